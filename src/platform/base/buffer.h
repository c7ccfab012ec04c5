// SPDX-License-Identifier: EUPL-1.2
/* Buffer: text that grows in an arena.
 *
 *     Buffer out = buffer_in(arena);
 *     buffer_add(&out, STR("Dzień dobry, "));
 *     buffer_add(&out, name);
 *     Str greeting = buffer_str(&out);
 *
 * A buffer that reaches its limit fails its arena (ERR_LIMIT), so writers do not check.
 */
#ifndef WSPOLNIE_BASE_BUFFER_H
#define WSPOLNIE_BASE_BUFFER_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

typedef struct Buffer {
    Arena *arena;
    char *data;
    size_t size;
    size_t capacity;
    size_t limit; /* bytes; 0: the arena's own limit */
} Buffer;

static inline Buffer buffer_in(Arena *arena) { return (Buffer){.arena = arena}; }

void buffer_add(Buffer *buffer, Str str);
void buffer_add_char(Buffer *buffer, char c);
void buffer_add_int(Buffer *buffer, int64_t value);
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for size more bytes at the returned place; the caller writes them and adds to size. */
char *buffer_reserve(Buffer *buffer, size_t size);
void buffer_clear(Buffer *buffer); /* keeps the room */

/* Valid until the buffer grows or its arena ends. */
static inline Str buffer_str(const Buffer *buffer) { return (Str){buffer->data ? buffer->data : "", buffer->size}; }

#endif
