// SPDX-License-Identifier: EUPL-1.2
/* Guard: what is wrong with the head of a request, before anybody believes it.
 *
 * Two programs that read the same bytes differently are how requests are smuggled past one
 * of them, so whatever RFC 9112 leaves to goodwill is refused here: the answer is the status
 * given, and the connection is closed, because where the next request begins is not certain.
 * docs/internals/http.md lists what libmicrohttpd mends or hides before we see it.
 */
#ifndef WSPOLNIE_HTTP_GUARD_H
#define WSPOLNIE_HTTP_GUARD_H

#include "platform/base/str.h"

typedef struct HeadLine {
    Str name, value;
} HeadLine;

typedef struct RequestHead {
    Str method, target, version; /* "GET", "/a?b=c", "HTTP/1.1" */
    const HeadLine *lines;
    size_t count;
} RequestHead;

enum { GUARD_TARGET_BYTES = 4096, GUARD_LINES = 64, GUARD_LINE_BYTES = 8192 };

/* How the body is delimited. */
typedef struct BodyFraming {
    bool is_chunked;
    int64_t length_bytes; /* when not chunked; 0: no body */
} BodyFraming;

/* 0 when there is nothing against it, else 400, 414, 431 or 505. header_bytes: the most that
 * line and headers may have together. */
int guard_head(const RequestHead *head, size_t header_bytes, BodyFraming *framing);

/* The first header of that name (any case); absent when there is none. */
Str head_get(const RequestHead *head, Str name);
/* The last: of a list that each program on the way adds to, that of the program nearest to us. */
Str head_get_last(const RequestHead *head, Str name);

#endif
