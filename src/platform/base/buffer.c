// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/buffer.h"

#include <stdarg.h>

enum { FIRST_CAPACITY = 256 };

static void check_limit(Buffer *buffer, size_t size) {
    if (buffer->limit && (size > buffer->limit || buffer->size > buffer->limit - size))
        arena_fail(buffer->arena, ERR_LIMIT, "text longer than its limit of %zu bytes", buffer->limit);
}

static char *make_room(Buffer *buffer, size_t size) {
    if (size > buffer->capacity - buffer->size) {
        size_t capacity = buffer->capacity ? buffer->capacity : FIRST_CAPACITY;
        while (capacity - buffer->size < size) {
            if (capacity > SIZE_MAX / 2) arena_fail(buffer->arena, ERR_LIMIT, "text of %zu bytes more", size);
            capacity *= 2;
        }
        buffer->data = arena_grow(buffer->arena, buffer->data, buffer->capacity, capacity);
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->size;
}

char *buffer_reserve(Buffer *buffer, size_t size) {
    check_limit(buffer, size);
    return make_room(buffer, size);
}

void buffer_add(Buffer *buffer, Str str) {
    if (!str.size) return;
    memcpy(buffer_reserve(buffer, str.size), str.data, str.size);
    buffer->size += str.size;
}

void buffer_add_char(Buffer *buffer, char c) {
    *buffer_reserve(buffer, 1) = c;
    buffer->size++;
}

void buffer_add_int(Buffer *buffer, int64_t value) {
    char digits[20];
    size_t first = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do digits[--first] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) buffer_add_char(buffer, '-');
    buffer_add(buffer, str_from(digits + first, sizeof digits - first));
}

void buffer_format(Buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0) arena_fail(buffer->arena, ERR_INTERNAL, "cannot format \"%s\"", format);
    check_limit(buffer, (size_t)size);
    char *end = make_room(buffer, (size_t)size + 1); /* vsnprintf's NUL is no part of the text */
    vsnprintf(end, (size_t)size + 1, format, again);
    va_end(again);
    buffer->size += (size_t)size;
}

void buffer_clear(Buffer *buffer) { buffer->size = 0; }
