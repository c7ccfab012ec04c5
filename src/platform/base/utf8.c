// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/utf8.h"

#include "platform/base/buffer.h"
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, LAST_CODE_POINT = 0x10FFFF };

/* More marks on one letter than any language uses serve only to spoil a page. */
enum { MOST_MARKS_IN_A_ROW = 8 };

/* Decodes at position; the size in bytes, or 0 where it is not well formed (Unicode 15, table 3-7). */
static size_t decode(Str str, size_t position, uint32_t *code_point) {
    const unsigned char *bytes = (const unsigned char *)str.data + position;
    size_t room = str.size - position;
    if (bytes[0] < 0x80) {
        *code_point = bytes[0];
        return 1;
    }
    size_t size = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || room < size) return 0;
    uint32_t value = bytes[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    static const uint32_t lowest[] = {0, 0, 0x80, 0x800, 0x10000}; /* anything less is overlong */
    if (value < lowest[size] || value > LAST_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) return 0;
    *code_point = value;
    return size;
}

bool utf8_is_valid(Str str) {
    uint32_t code_point;
    for (size_t position = 0, size; position < str.size; position += size) {
        size = decode(str, position, &code_point);
        if (!size) return false;
    }
    return true;
}

uint32_t utf8_next(Str str, size_t *position) {
    uint32_t code_point = REPLACEMENT;
    size_t size = decode(str, *position, &code_point);
    *position += size ? size : 1;
    return code_point;
}

size_t utf8_write(char out[4], uint32_t code_point) {
    if (code_point > LAST_CODE_POINT || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, code_point >>= 6) out[i] = (char)(0x80 | (code_point & 0x3F));
    out[0] = (char)((0xF00 >> size) | code_point);
    return size;
}

size_t utf8_count(Str str) {
    size_t count = 0;
    for (size_t position = 0; position < str.size; count++) utf8_next(str, &position);
    return count;
}

Str utf8_cut(Str str, size_t most_code_points) {
    utf8proc_int32_t state = 0;
    size_t position = 0, boundary = 0, count = 0;
    uint32_t before = 0;
    while (position < str.size && count <= most_code_points) {
        size_t start = position;
        uint32_t next = utf8_next(str, &position);
        if (count && utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)next, &state))
            boundary = start;
        before = next;
        count++;
    }
    return count <= most_code_points ? str : str_slice(str, 0, boundary);
}

/* Cleaning */

static bool is_line_end(uint32_t c) { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

static bool is_space(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\v' || c == '\f' || is_line_end(c) ||
           utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS;
}

static bool is_mark(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* Characters that show nothing and change what stands around them, and such as are no characters. The
 * joiners (U+200C, U+200D) and direction marks (U+200E, U+200F) stay: languages and emoji need them. */
static bool is_unwanted(uint32_t c) {
    bool invisible = c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
    bool bidi_control = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool noncharacter = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
    return invisible || bidi_control || noncharacter ||
           (utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_CC && !is_space(c));
}

/* NFC of what is left when the unwanted is taken out: first that, for it may stand between a letter and
 * its mark. */
static Str normalised(Arena *arena, Str str) {
    Buffer kept = buffer_in(arena);
    for (size_t position = 0; position < str.size;) {
        size_t start = position;
        if (!is_unwanted(utf8_next(str, &position))) buffer_add(&kept, str_slice(str, start, position - start));
    }
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)buffer_str(&kept).data;
    const utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_STABLE;
    utf8proc_ssize_t size = utf8proc_decompose(bytes, (utf8proc_ssize_t)kept.size, NULL, 0, options);
    if (size < 0) arena_fail(arena, ERR_INTERNAL, "normalising text: %s", utf8proc_errmsg(size));
    utf8proc_int32_t *points = arena_array(arena, utf8proc_int32_t, (size_t)size + 1); /* reencode ends it by NUL */
    utf8proc_decompose(bytes, (utf8proc_ssize_t)kept.size, points, size, options);
    size = utf8proc_reencode(points, size, options);
    if (size < 0) arena_fail(arena, ERR_INTERNAL, "normalising text: %s", utf8proc_errmsg(size));
    return str_from((const char *)points, (size_t)size);
}

static bool may_be_cleaned(Str typed) { return str_index_of_char(typed, '\0') < 0 && utf8_is_valid(typed); }

/* Counts marks in a row; false for one too many. */
static bool mark_fits(uint32_t c, size_t *marks) {
    *marks = is_mark(c) ? *marks + 1 : 0;
    return *marks <= MOST_MARKS_IN_A_ROW;
}

bool utf8_clean_line(Arena *arena, Str typed, Str *clean) {
    if (!may_be_cleaned(typed)) return false;
    Str text = normalised(arena, typed);
    Buffer out = buffer_in(arena);
    bool space_before = true; /* none at the beginning */
    size_t marks = 0;
    for (size_t position = 0; position < text.size;) {
        size_t start = position;
        uint32_t c = utf8_next(text, &position);
        if (is_space(c)) {
            if (!space_before) buffer_add_char(&out, ' ');
            space_before = true;
            marks = 0;
        } else if (mark_fits(c, &marks)) {
            buffer_add(&out, str_slice(text, start, position - start));
            space_before = false;
        }
    }
    if (space_before && out.size) out.size--;
    *clean = str_copy(arena, buffer_str(&out));
    return true;
}

bool utf8_clean_text(Arena *arena, Str typed, Str *clean) {
    if (!may_be_cleaned(typed)) return false;
    Str text = normalised(arena, typed);
    Buffer out = buffer_in(arena);
    size_t marks = 0;
    for (size_t position = 0; position < text.size;) {
        size_t start = position;
        uint32_t c = utf8_next(text, &position);
        if (c == '\r' && position < text.size && text.data[position] == '\n') continue;
        if (is_line_end(c)) buffer_add_char(&out, '\n');
        else if (c == '\t' || c == '\v' || c == '\f') buffer_add_char(&out, ' ');
        else if (mark_fits(c, &marks)) buffer_add(&out, str_slice(text, start, position - start));
    }
    *clean = str_copy(arena, buffer_str(&out));
    return true;
}
