// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/str.h"

#include "platform/base/arena.h"
#include <assert.h>
#include <stdarg.h>

Str str_from(const char *data, size_t size) { return (Str){data, size}; }

Str str_from_c(const char *text) { return text ? (Str){text, strlen(text)} : STR_ABSENT; }

bool str_equal(Str a, Str b) {
    if (a.size != b.size) return false;
    assert(a.size == 0 || (a.data && b.data));
    return a.size == 0 || memcmp(a.data, b.data, a.size) == 0;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

bool str_equal_ascii_case(Str a, Str b) {
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.data[i]) != lower(b.data[i])) return false;
    return true;
}

int str_compare(Str a, Str b) {
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool str_starts_with(Str str, Str prefix) {
    return str.size >= prefix.size && str_equal(str_slice(str, 0, prefix.size), prefix);
}

bool str_ends_with(Str str, Str suffix) {
    return str.size >= suffix.size && str_equal(str_skip(str, str.size - suffix.size), suffix);
}

bool str_contains(Str str, Str part) { return str_index_of(str, part) >= 0; }

ptrdiff_t str_index_of_char(Str str, char c) {
    const char *found = str.size ? memchr(str.data, c, str.size) : NULL;
    return found ? found - str.data : -1;
}

ptrdiff_t str_index_of(Str str, Str part) {
    for (size_t i = 0; i + part.size <= str.size; i++)
        if (str_equal(str_slice(str, i, part.size), part)) return (ptrdiff_t)i;
    return -1;
}

Str str_slice(Str str, size_t from, size_t size) {
    if (from > str.size) from = str.size;
    if (size > str.size - from) size = str.size - from;
    return (Str){str.data ? str.data + from : NULL, size};
}

Str str_skip(Str str, size_t size) { return str_slice(str, size, SIZE_MAX); }

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Str str_trim(Str str) {
    while (str.size && is_space(str.data[0])) str = str_skip(str, 1);
    while (str.size && is_space(str.data[str.size - 1])) str.size--;
    return str;
}

bool str_next_part(Str *rest, char separator, Str *part) {
    if (str_is_absent(*rest)) return false;
    ptrdiff_t end = str_index_of_char(*rest, separator);
    if (end < 0) {
        *part = *rest;
        *rest = STR_ABSENT;
    } else {
        *part = str_slice(*rest, 0, (size_t)end);
        *rest = str_skip(*rest, (size_t)end + 1);
    }
    return true;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool str_to_int(Str str, int64_t *value) {
    bool negative = str.size && str.data[0] == '-';
    if (negative) str = str_skip(str, 1);
    if (!str.size) return false;
    const uint64_t most = negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX;
    uint64_t sum = 0;
    for (size_t i = 0; i < str.size; i++) {
        if (str.data[i] < '0' || str.data[i] > '9') return false;
        uint64_t digit = (uint64_t)(str.data[i] - '0');
        if (sum > (most - digit) / 10) return false;
        sum = sum * 10 + digit;
    }
    *value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return true;
}

/* Up to 15 digits with up to 22 of them behind the point are exact in one division (Clinger 1990),
 * which is all that people write; more digits are refused rather than rounded wrongly. */
bool str_to_real(Str str, double *value) {
    enum { MOST_DIGITS = 15 };
    bool negative = str.size && str.data[0] == '-';
    if (negative) str = str_skip(str, 1);
    int64_t digits = 0;
    double scale = 1;
    size_t count = 0;
    bool after_point = false;
    for (size_t i = 0; i < str.size; i++) {
        char c = str.data[i];
        if (c == '.' && !after_point && i > 0 && i + 1 < str.size) {
            after_point = true;
        } else if (c >= '0' && c <= '9' && count < MOST_DIGITS) {
            digits = digits * 10 + (c - '0');
            count += digits > 0;
            if (after_point) scale *= 10;
        } else {
            return false;
        }
    }
    if (!str.size) return false;
    *value = (double)(negative ? -digits : digits) / scale;
    return true;
}

uint64_t str_hash(Str str) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < str.size; i++) hash = (hash ^ (unsigned char)str.data[i]) * 1099511628211u;
    return hash;
}

static char *room_for(Arena *arena, size_t size) {
    char *copy = arena_alloc(arena, size + 1);
    copy[size] = '\0';
    return copy;
}

Str str_copy(Arena *arena, Str str) {
    if (str_is_absent(str)) return STR_ABSENT;
    char *copy = room_for(arena, str.size);
    if (str.size) memcpy(copy, str.data, str.size);
    return (Str){copy, str.size};
}

const char *str_to_c(Arena *arena, Str str) {
    return str_is_absent(str) ? room_for(arena, 0) : str_copy(arena, str).data;
}

Str str_join(Arena *arena, Str a, Str b) {
    char *joined = room_for(arena, a.size + b.size);
    if (a.size) memcpy(joined, a.data, a.size);
    if (b.size) memcpy(joined + a.size, b.data, b.size);
    return (Str){joined, a.size + b.size};
}

Str str_format(Arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0) arena_fail(arena, ERR_INTERNAL, "cannot format \"%s\"", format);
    char *text = room_for(arena, (size_t)size);
    vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return (Str){text, (size_t)size};
}

Str str_lower_ascii(Arena *arena, Str str) {
    char *copy = room_for(arena, str.size);
    for (size_t i = 0; i < str.size; i++) copy[i] = lower(str.data[i]);
    return (Str){copy, str.size};
}

static size_t count_of(Str str, Str part) {
    size_t count = 0;
    for (ptrdiff_t at; (at = str_index_of(str, part)) >= 0; count++) str = str_skip(str, (size_t)at + part.size);
    return count;
}

Str str_replace(Arena *arena, Str str, Str from, Str to) {
    if (!from.size) return str;
    size_t count = count_of(str, from);
    size_t size = str.size - count * from.size + count * to.size;
    char *out = room_for(arena, size), *end = out;
    for (ptrdiff_t at; (at = str_index_of(str, from)) >= 0; str = str_skip(str, (size_t)at + from.size)) {
        memcpy(end, str.data, (size_t)at);
        end += at;
        if (to.size) memcpy(end, to.data, to.size);
        end += to.size;
    }
    if (str.size) memcpy(end, str.data, str.size);
    return (Str){out, size};
}
