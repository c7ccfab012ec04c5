// SPDX-License-Identifier: EUPL-1.2
/* QR codes (ISO/IEC 18004) by libqrencode, correction level M: for a page and for the terminal.
 *
 *     Qr qr;
 *     if (qr_make(arena, STR("https://example.org/s/…"), &qr) == OK)
 *         → <svg viewBox="0 0 {qr.size} {qr.size}"><path d="{qr.path}"/></svg>, dark on a light ground
 */
#ifndef WSPOLNIE_FORMAT_QR_H
#define WSPOLNIE_FORMAT_QR_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

enum {
    QR_LIMIT_BYTES = 1024, /* more cannot be read from a card at arm's length */
    QR_QUIET = 4,          /* modules of free ground at each side, as the standard asks */
};

typedef struct Qr {
    size_t size; /* modules on a side, with the quiet zone */
    Str path;    /* SVG path data of the dark modules, one unit a module: "M4 4h7v1h-7z…" */
} Qr;

/* ERR_INPUT: empty. ERR_LIMIT: longer than QR_LIMIT_BYTES. */
Err qr_make(Arena *arena, Str text, Qr *qr);

/* The same for a terminal: lines of half blocks, light modules drawn, made for light letters on a dark
 * ground; most readers take it the other way round too. */
Err qr_text(Arena *arena, Str text, Str *lines);

#endif
