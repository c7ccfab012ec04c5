// SPDX-License-Identifier: EUPL-1.2
/* Fields: the parsers of what a browser sends as name=value, one for each way it is written.
 *
 * They take hostile bytes. Names and values come out decoded, in valid UTF-8 and without NUL
 * (an uploaded file's content is left as sent), at most limit of them, and point into the
 * text given or into the arena.
 */
#ifndef WSPOLNIE_HTTP_FIELDS_H
#define WSPOLNIE_HTTP_FIELDS_H

#include "platform/http/request.h"

/* application/x-www-form-urlencoded (WHATWG URL, "5. application/x-www-form-urlencoded"): query
 * strings and forms. Stricter: a broken %-escape, bad UTF-8 or a NUL is ERR_INPUT; ERR_LIMIT for
 * too many. */
Err fields_from_urlencoded(Arena *arena, Str text, size_t limit, Fields *fields);

/* multipart/form-data (RFC 7578). ERR_INPUT for anything a browser would not write, a body that
 * does not end with its closing boundary among it; ERR_LIMIT for too many. */
Err fields_from_multipart(Arena *arena, Str boundary, Str body, size_t limit, Fields *fields);
/* The boundary in a Content-Type that is multipart/form-data. */
bool multipart_boundary(Str content_type, Str *boundary);

/* A Cookie header (RFC 6265, section 5.4). Other programs of the same host set cookies too, so what
 * is malformed is skipped, not refused; so is what exceeds the limit. */
void fields_from_cookies(Arena *arena, Str header, size_t limit, Fields *fields);

/* %XX to bytes and, where plus_is_space, '+' to ' '. False: a broken escape, bad UTF-8, a NUL. */
bool percent_decode(Arena *arena, Str text, bool plus_is_space, Str *decoded);

/* A list of fields while it is read. */
typedef struct FieldList {
    Arena *arena;
    Fields fields;
    size_t capacity;
    size_t limit;
} FieldList;
bool field_list_add(FieldList *list, Field field); /* false: the limit is reached */

#endif
