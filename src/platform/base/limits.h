// SPDX-License-Identifier: EUPL-1.2
/* Limits that several modules share. A limit of one module stands in that module. Each is tested. */
#ifndef WSPOLNIE_BASE_LIMITS_H
#define WSPOLNIE_BASE_LIMITS_H

enum {
    LIMIT_ARENA_REQUEST_BYTES = 64 * 1024 * 1024,   /* one request, its rows and its page          */
    LIMIT_ARENA_ANSWER_BYTES = 4 * 1024 * 1024,     /* beyond that, for the page of what went wrong */
    LIMIT_ARENA_COMMAND_BYTES = 1024 * 1024 * 1024, /* one command: an import may be large        */
    LIMIT_LINE_CHARS = 200,                         /* a name, a title: what one line of form takes */
    LIMIT_TEXT_CHARS = 4000,                        /* a description                                */
    LIMIT_UPLOAD_BYTES = 8 * 1024 * 1024,           /* one uploaded sheet                           */
};

#endif
