// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/qr.h"

#include "platform/base/buffer.h"
#include <qrencode.h>

static void release(void *code) { QRcode_free(code); }

/* The code is released with the arena's recovery, or by the caller. */
static Err encode(Arena *arena, Str text, QRcode **code) {
    if (str_is_empty(text)) return ERR_INPUT;
    if (text.size > QR_LIMIT_BYTES) return ERR_LIMIT;
    QRcode *made = QRcode_encodeData((int)text.size, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    if (!made) arena_fail(arena, ERR_INTERNAL, "libqrencode refuses %zu bytes", text.size);
    arena_defer(arena, release, made);
    *code = made;
    return OK;
}

/* Of the code with its quiet zone. */
static bool is_dark(const QRcode *code, size_t x, size_t y) {
    size_t width = (size_t)code->width;
    if (x < QR_QUIET || y < QR_QUIET || x >= width + QR_QUIET || y >= width + QR_QUIET) return false;
    return code->data[(y - QR_QUIET) * width + (x - QR_QUIET)] & 1;
}

static size_t size_of(const QRcode *code) { return (size_t)code->width + 2 * QR_QUIET; }

Err qr_make(Arena *arena, Str text, Qr *qr) {
    QRcode *code;
    Err err = encode(arena, text, &code);
    if (err) return err;
    size_t size = size_of(code);
    Buffer path = buffer_in(arena);
    for (size_t y = 0; y < size; y++) {
        for (size_t x = 0; x < size; x++) {
            size_t run = 0; /* dark modules side by side are one rectangle */
            while (is_dark(code, x + run, y)) run++;
            if (run) buffer_format(&path, "M%zu %zuh%zuv1h-%zuz", x, y, run, run);
            x += run;
        }
    }
    arena_undo_now(arena, release, code);
    *qr = (Qr){.size = size, .path = buffer_str(&path)};
    return OK;
}

Err qr_text(Arena *arena, Str text, Str *lines) {
    static const Str blocks[] = {STR_INIT(" "), STR_INIT("▄"), STR_INIT("▀"),
                                 STR_INIT("█")}; /* bits: upper, lower light */
    QRcode *code;
    Err err = encode(arena, text, &code);
    if (err) return err;
    size_t size = size_of(code);
    Buffer out = buffer_in(arena);
    for (size_t y = 0; y < size; y += 2) {
        for (size_t x = 0; x < size; x++) {
            bool upper = !is_dark(code, x, y), lower = y + 1 < size && !is_dark(code, x, y + 1);
            buffer_add(&out, blocks[upper * 2 + lower]);
        }
        buffer_add_char(&out, '\n');
    }
    arena_undo_now(arena, release, code);
    *lines = buffer_str(&out);
    return OK;
}
