// SPDX-License-Identifier: EUPL-1.2
/* Both drawings are read back into modules and compared with the library's own matrix. */
#include "platform/format/qr.h"

#include "../../cmocka_all.h"
#include "platform/base/utf8.h"
#include <qrencode.h>

enum { MOST = 200 };

typedef struct Modules {
    size_t size;
    bool dark[MOST][MOST];
} Modules;

static size_t number(Str *rest) {
    size_t value = 0;
    for (; rest->size && rest->data[0] >= '0' && rest->data[0] <= '9'; *rest = str_skip(*rest, 1))
        value = value * 10 + (size_t)(rest->data[0] - '0');
    return value;
}

static void expect(Str *rest, Str word) {
    assert_true(str_starts_with(*rest, word));
    *rest = str_skip(*rest, word.size);
}

static void read_path(const Qr *qr, Modules *modules) {
    modules->size = qr->size;
    for (Str rest = qr->path; rest.size;) {
        expect(&rest, STR("M"));
        size_t x = number(&rest);
        expect(&rest, STR(" "));
        size_t y = number(&rest);
        expect(&rest, STR("h"));
        size_t run = number(&rest);
        expect(&rest, STR("v1h-"));
        assert_int_equal(number(&rest), run);
        expect(&rest, STR("z"));
        assert_true(run > 0 && x + run <= qr->size && y < qr->size);
        for (size_t i = 0; i < run; i++) modules->dark[y][x + i] = true;
    }
}

static void read_lines(Str lines, Modules *modules) {
    size_t x = 0, y = 0;
    for (size_t position = 0; position < lines.size;) {
        uint32_t c = utf8_next(lines, &position);
        if (c == '\n') {
            modules->size = x;
            x = 0;
            y += 2;
            continue;
        }
        modules->dark[y][x] = c == ' ' || c == U'▄';
        modules->dark[y + 1][x++] = c == ' ' || c == U'▀';
    }
}

static void compare(const Modules *modules, const QRcode *code) {
    size_t width = (size_t)code->width;
    assert_int_equal(modules->size, width + 2 * QR_QUIET);
    for (size_t y = 0; y < modules->size; y++) {
        for (size_t x = 0; x < modules->size; x++) {
            bool inside = x >= QR_QUIET && y >= QR_QUIET && x < width + QR_QUIET && y < width + QR_QUIET;
            bool dark = inside && (code->data[(y - QR_QUIET) * width + x - QR_QUIET] & 1);
            if (modules->dark[y][x] != dark) fail_msg("module %zu, %zu", x, y);
        }
    }
}

static void test_drawings(void **state) {
    (void)state;
    static const char *const texts[] = {"a", "https://example.org/s/0d3fhjkmnpqrstvwxyz0123456", "Zażółć gęślą jaźń 😀"};
    Arena *arena = arena_open(16 << 20);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Str text = str_from_c(texts[i]), lines;
        Qr qr;
        assert_int_equal(qr_make(arena, text, &qr), OK);
        assert_int_equal(qr_text(arena, text, &lines), OK);
        QRcode *code = QRcode_encodeData((int)text.size, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
        Modules *path = arena_new(arena, Modules), *blocks = arena_new(arena, Modules);
        read_path(&qr, path);
        compare(path, code);
        read_lines(lines, blocks);
        compare(blocks, code);
        QRcode_free(code);
    }
    arena_close(arena);
}

static void test_limits(void **state) {
    (void)state;
    Arena *arena = arena_open(16 << 20);
    static char text[QR_LIMIT_BYTES + 1];
    memset(text, 'x', sizeof text);
    Qr qr = {.size = 7};
    Str lines = STR("kept");
    assert_int_equal(qr_make(arena, STR(""), &qr), ERR_INPUT);
    assert_int_equal(qr_make(arena, str_from(text, sizeof text), &qr), ERR_LIMIT);
    assert_int_equal(qr_text(arena, str_from(text, sizeof text), &lines), ERR_LIMIT);
    assert_int_equal(qr.size, 7);
    assert_str(lines, STR("kept"));
    assert_int_equal(qr_make(arena, str_from(text, sizeof text - 1), &qr), OK);
    arena_close(arena);
}

static void draw(void *arena) {
    Qr qr;
    qr_make(arena, STR("https://example.org/"), &qr);
}

static void test_full_arena(void **state) {
    (void)state;
    Arena *small = arena_open(512); /* the leak check sees whether the code was released */
    assert_int_equal(arena_protect(small, draw, small), ERR_LIMIT);
    arena_close(small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_drawings), cmocka_unit_test(test_limits),
                                       cmocka_unit_test(test_full_arena)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
