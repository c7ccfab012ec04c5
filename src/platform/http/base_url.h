// SPDX-License-Identifier: EUPL-1.2
/* Base URL: the address people reach the pages by. It stands before every path that is written where pages cannot be
 * (letters, printed codes, calendars), and is what a browser says as the Origin of our own forms.
 */
#ifndef WSPOLNIE_HTTP_BASE_URL_H
#define WSPOLNIE_HTTP_BASE_URL_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

/* "HTTPS://Spotkanie.Example:443/" is "https://spotkanie.example": as a browser writes an origin (RFC 6454,
 * section 6.2). False for anything but http or https, a host in ASCII, and perhaps a port: the program answers at a
 * host's root. */
bool base_url_parse(Arena *arena, Str typed, Str *url);
/* The same; fails the arena with ERR_INPUT and one sentence. */
Str base_url_read(Arena *arena, Str typed);

#endif
