// SPDX-License-Identifier: EUPL-1.2
/* Folds, sort keys and slugs of utf8.h. */
#include "platform/base/utf8.h"

#include "platform/base/buffer.h"
#include <assert.h>
#include <utf8proc.h>

/* Letters whose Latin or plain form no Unicode decomposition gives. All small; ordered by code point. */
typedef struct Plain {
    uint32_t letter;
    char plain[5];
} Plain;

static const Plain plain_letters[] = {
    {0xDF, "ss"}, {0xE6, "ae"},  {0xF0, "d"},   {0xF8, "o"},     {0xFE, "th"},  {0x111, "d"},  {0x127, "h"},
    {0x131, "i"}, {0x142, "l"},  {0x14B, "ng"}, {0x153, "oe"},   {0x167, "t"},  {0x2BC, ""},   {0x430, "a"},
    {0x431, "b"}, {0x432, "v"},  {0x433, "gh"}, {0x434, "d"},    {0x435, "e"},  {0x436, "zh"}, {0x437, "z"},
    {0x438, "y"}, {0x439, "j"},  {0x43A, "k"},  {0x43B, "l"},    {0x43C, "m"},  {0x43D, "n"},  {0x43E, "o"},
    {0x43F, "p"}, {0x440, "r"},  {0x441, "s"},  {0x442, "t"},    {0x443, "u"},  {0x444, "f"},  {0x445, "kh"},
    {0x446, "c"}, {0x447, "ch"}, {0x448, "sh"}, {0x449, "shch"}, {0x44A, ""},   {0x44B, "y"},  {0x44C, ""},
    {0x44D, "e"}, {0x44E, "ju"}, {0x44F, "ja"}, {0x451, "jo"},   {0x454, "je"}, {0x456, "i"},  {0x457, "ji"},
    {0x45E, "u"}, {0x491, "g"},
};

static const Plain *plain_of(uint32_t letter) {
    size_t low = 0, high = sizeof plain_letters / sizeof *plain_letters;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (plain_letters[middle].letter == letter) return &plain_letters[middle];
        if (plain_letters[middle].letter < letter) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static bool is_letter_or_digit(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_MC ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static bool is_mark(uint32_t c) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x60 || c == 0xB4; }

static bool is_joined_space(uint32_t c) { return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS; }

/* Code points of a text in composed compatibility form: "ﬁ" is "fi" and й one letter. */
typedef struct Points {
    utf8proc_int32_t *points;
    size_t count;
} Points;

static Points points_of(Arena *arena, Str str, utf8proc_option_t options) {
    if (!utf8_is_valid(str)) { /* never of text that came in by utf8_clean_…; what is broken becomes U+FFFD */
        Buffer valid = buffer_in(arena);
        for (size_t position = 0; position < str.size;) {
            uint32_t c = utf8_next(str, &position);
            valid.size += utf8_write(buffer_reserve(&valid, 4), c);
        }
        str = buffer_str(&valid);
    }
    options |= UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)(str.data ? str.data : "");
    utf8proc_ssize_t size = utf8proc_decompose(bytes, (utf8proc_ssize_t)str.size, NULL, 0, options);
    if (size < 0) arena_fail(arena, ERR_INTERNAL, "decomposing text: %s", utf8proc_errmsg(size));
    Points points = {.points = arena_array(arena, utf8proc_int32_t, (size_t)size)};
    utf8proc_decompose(bytes, (utf8proc_ssize_t)str.size, points.points, size, options);
    points.count = (size_t)utf8proc_normalize_utf32(points.points, size, options);
    return points;
}

/* The letter without its marks, and the marks, in parts (room for the longest decomposition). */
enum { MOST_PARTS = 8 };
static size_t parts_of(uint32_t c, utf8proc_int32_t parts[MOST_PARTS]) {
    int boundary_class = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, MOST_PARTS, UTF8PROC_DECOMPOSE, &boundary_class);
    if (count > 0 && count <= MOST_PARTS) return (size_t)count;
    parts[0] = (utf8proc_int32_t)c;
    return 1;
}

static void add_point(Buffer *out, uint32_t c) { out->size += utf8_write(buffer_reserve(out, 4), c); }

/* Folding */

static void add_folded(Buffer *out, uint32_t c) {
    const Plain *plain = plain_of(c);
    if (plain) buffer_add(out, str_from_c(plain->plain));
    else add_point(out, c);
}

static void add_folded_letter(Buffer *out, uint32_t c) {
    if (plain_of(c)) {
        add_folded(out, c);
        return;
    }
    utf8proc_int32_t parts[MOST_PARTS];
    size_t count = parts_of(c, parts);
    for (size_t i = 0; i < count; i++)
        if (!is_mark((uint32_t)parts[i])) add_folded(out, (uint32_t)parts[i]);
}

/* An apostrophe inside a word is part of it: "п'ять" is one word however its apostrophe was typed. */
static bool is_inside_word(const Points *text, size_t i) {
    return i > 0 && i + 1 < text->count && is_letter_or_digit((uint32_t)text->points[i - 1]) &&
           is_letter_or_digit((uint32_t)text->points[i + 1]);
}

Str utf8_fold(Arena *arena, Str str) {
    Points text = points_of(arena, str, UTF8PROC_CASEFOLD);
    Buffer out = buffer_in(arena);
    bool gap = false; /* a space is owed before the next letter */
    for (size_t i = 0; i < text.count; i++) {
        uint32_t c = (uint32_t)text.points[i];
        if (is_mark(c) || (is_apostrophe(c) && is_inside_word(&text, i))) continue;
        if (!is_letter_or_digit(c) || is_apostrophe(c)) {
            gap = true;
            continue;
        }
        size_t before = out.size;
        if (gap && before) buffer_add_char(&out, ' ');
        size_t start = out.size;
        add_folded_letter(&out, c);
        if (out.size > start) gap = false;
        else out.size = before; /* a soft sign alone: the space is still owed */
    }
    return str_copy(arena, buffer_str(&out));
}

Str utf8_slug(Arena *arena, Str str, size_t most_bytes) {
    assert(most_bytes > 0);
    Str fold = utf8_fold(arena, str);
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < fold.size && out.size < most_bytes; i++) {
        char c = fold.data[i];
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) buffer_add_char(&out, c);
        else if (out.size && out.data[out.size - 1] != '-') buffer_add_char(&out, '-');
    }
    while (out.size && out.data[out.size - 1] == '-') out.size--;
    return out.size ? str_copy(arena, buffer_str(&out)) : STR("x");
}

/* Sorting. A key has four levels with LEVEL_END between: the letters; their foreign accents; their case;
 * the text as it is. Every byte of a weight is below 0x80 and above LEVEL_END, a letter of another script
 * stands for itself, and no byte is 0: so a key is valid UTF-8 and can be kept in a text column. */
enum { LEVEL_END = 1, SPACE_WEIGHT = 2, DIGIT_WEIGHT = 0x10, LATIN_WEIGHT = 0x20, CYRILLIC_WEIGHT = 0x44 };
enum { PLAIN_WEIGHT = 2, SPECIAL_WEIGHT = 3 }; /* accents, case */

static const uint32_t latin_alphabet[] = U"aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż";
static const uint32_t cyrillic_alphabet[] = U"абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя";
static_assert(sizeof latin_alphabet / 4 - 1 <= CYRILLIC_WEIGHT - LATIN_WEIGHT, "the alphabets overlap");
static_assert(sizeof cyrillic_alphabet / 4 - 1 < 0x7f - CYRILLIC_WEIGHT, "weights must stay ASCII");

/* 0 where the letter is in no alphabet of ours. */
static char weight_of(uint32_t c) {
    if (c >= '0' && c <= '9') return (char)(DIGIT_WEIGHT + (c - '0'));
    for (size_t i = 0; latin_alphabet[i]; i++)
        if (latin_alphabet[i] == c) return (char)(LATIN_WEIGHT + i);
    for (size_t i = 0; cyrillic_alphabet[i]; i++)
        if (cyrillic_alphabet[i] == c) return (char)(CYRILLIC_WEIGHT + i);
    return 0;
}

typedef struct Key {
    Buffer letters, accents, cases;
} Key;

static void key_add(Key *key, uint32_t letter, char accent_weight, bool upper) {
    char weight = weight_of(letter);
    if (weight) buffer_add_char(&key->letters, weight);
    else add_point(&key->letters, letter);
    buffer_add_char(&key->accents, accent_weight);
    buffer_add_char(&key->cases, upper ? SPECIAL_WEIGHT : PLAIN_WEIGHT);
}

/* A foreign letter sorts as what it is made of: é as e, ß as ss, then after it. */
static void key_add_foreign(Key *key, uint32_t c, bool upper) {
    utf8proc_int32_t parts[MOST_PARTS];
    size_t count = parts_of(c, parts);
    for (size_t i = 0; i < count; i++) {
        uint32_t part = (uint32_t)parts[i];
        const Plain *plain = weight_of(part) ? NULL : plain_of(part);
        if (is_mark(part)) add_point(&key->accents, part);
        else if (!plain) key_add(key, part, PLAIN_WEIGHT, upper);
        else
            for (const char *letter = plain->plain; *letter; letter++)
                key_add(key, (uint32_t)*letter, SPECIAL_WEIGHT, upper);
    }
}

static void key_add_space(Key *key) {
    Buffer *letters = &key->letters;
    if (!letters->size || letters->data[letters->size - 1] == SPACE_WEIGHT) return;
    buffer_add_char(letters, SPACE_WEIGHT);
    buffer_add_char(&key->accents, PLAIN_WEIGHT);
    buffer_add_char(&key->cases, PLAIN_WEIGHT);
}

/* Plain weights at the end tell nothing: LEVEL_END is lower still. */
static void add_level(Buffer *out, Buffer *level, char removable) {
    while (level->size && level->data[level->size - 1] == removable) level->size--;
    buffer_add(out, buffer_str(level));
    buffer_add_char(out, LEVEL_END);
}

Str utf8_sort_key(Arena *arena, Str str) {
    Points text = points_of(arena, str, 0);
    Key key = {buffer_in(arena), buffer_in(arena), buffer_in(arena)};
    for (size_t i = 0; i < text.count; i++) {
        uint32_t c = (uint32_t)text.points[i];
        uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        if (is_joined_space(c) || (c >= '\t' && c <= '\r')) key_add_space(&key);
        else if (is_mark(c) && key.letters.size) add_point(&key.accents, c);
        else if (!is_letter_or_digit(c)) continue; /* punctuation counts only in the text as it is */
        else if (weight_of(small)) key_add(&key, small, PLAIN_WEIGHT, small != c);
        else key_add_foreign(&key, small, small != c);
    }
    Buffer out = buffer_in(arena);
    add_level(&out, &key.letters, SPACE_WEIGHT);
    add_level(&out, &key.accents, PLAIN_WEIGHT);
    add_level(&out, &key.cases, PLAIN_WEIGHT);
    for (size_t position = 0; position < str.size;) {
        uint32_t c = utf8_next(str, &position);
        if (c >= ' ') add_point(&out, c);
    }
    return str_copy(arena, buffer_str(&out));
}
