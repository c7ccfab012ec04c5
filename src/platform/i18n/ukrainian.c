// SPDX-License-Identifier: EUPL-1.2
/* Ukrainian in Latin letters, as passports write it: resolution 55 of the Cabinet of Ministers of Ukraine, 27 January
 * 2010. Its signs have no case of their own: ЩО is SHCHO, Що is Shcho. */
#include "platform/base/utf8.h"
#include "platform/i18n/i18n.h"

typedef struct Letter {
    uint32_t small, capital;
    const char *first, *inside; /* at the beginning of a word, and in it */
} Letter;
static const Letter letters[] = {
    {U'а', U'А', "a", "a"},   {U'б', U'Б', "b", "b"},       {U'в', U'В', "v", "v"},   {U'г', U'Г', "h", "h"},
    {U'ґ', U'Ґ', "g", "g"},   {U'д', U'Д', "d", "d"},       {U'е', U'Е', "e", "e"},   {U'є', U'Є', "ye", "ie"},
    {U'ж', U'Ж', "zh", "zh"}, {U'з', U'З', "z", "z"},       {U'и', U'И', "y", "y"},   {U'і', U'І', "i", "i"},
    {U'ї', U'Ї', "yi", "i"},  {U'й', U'Й', "y", "i"},       {U'к', U'К', "k", "k"},   {U'л', U'Л', "l", "l"},
    {U'м', U'М', "m", "m"},   {U'н', U'Н', "n", "n"},       {U'о', U'О', "o", "o"},   {U'п', U'П', "p", "p"},
    {U'р', U'Р', "r", "r"},   {U'с', U'С', "s", "s"},       {U'т', U'Т', "t", "t"},   {U'у', U'У', "u", "u"},
    {U'ф', U'Ф', "f", "f"},   {U'х', U'Х', "kh", "kh"},     {U'ц', U'Ц', "ts", "ts"}, {U'ч', U'Ч', "ch", "ch"},
    {U'ш', U'Ш', "sh", "sh"}, {U'щ', U'Щ', "shch", "shch"}, {U'ь', U'Ь', "", ""},     {U'ю', U'Ю', "yu", "iu"},
    {U'я', U'Я', "ya", "ia"},
};
enum { LETTER_COUNT = sizeof letters / sizeof *letters };

static const Letter *letter_of(uint32_t code) {
    for (size_t i = 0; i < LETTER_COUNT; i++)
        if (letters[i].small == code || letters[i].capital == code) return &letters[i];
    return NULL;
}

static bool is_capital(uint32_t code) {
    const Letter *letter = letter_of(code);
    return letter && letter->capital == code;
}

static bool is_apostrophe(uint32_t code) { return code == '\'' || code == 0x2019 || code == 0x02bc; }

/* The letter at this place, 0 behind the end. */
static uint32_t peek(Str text, size_t at) { return at < text.size ? utf8_next(text, &at) : 0; }

static void add_letters(Buffer *out, const char *latin, bool is_capital, bool is_all_capitals) {
    for (size_t i = 0; latin[i]; i++) {
        bool raise = is_capital && (i == 0 || is_all_capitals);
        buffer_add_char(out, raise && latin[i] >= 'a' ? (char)(latin[i] - 'a' + 'A') : latin[i]);
    }
}

Str ukrainian_in_latin(Arena *arena, Str text) {
    Buffer out = buffer_in(arena);
    uint32_t before = 0; /* 0: a word begins */
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at), next = peek(text, at);
        if (before && is_apostrophe(code) && letter_of(next)) continue; /* Знам'янка is one word */
        const Letter *letter = letter_of(code);
        if (!letter) {
            buffer_add(&out, str_slice(text, from, at - from));
            before = 0;
            continue;
        }
        bool capitals = is_capital(code) && (next && letter_of(next) ? is_capital(next) : is_capital(before));
        bool is_zgh = letter->small == U'г' && (before == U'з' || before == U'З'); /* зг is not ж */
        add_letters(&out, is_zgh ? "gh" : before ? letter->inside : letter->first, is_capital(code), capitals);
        before = code;
    }
    return buffer_str(&out);
}
