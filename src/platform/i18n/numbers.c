// SPDX-License-Identifier: EUPL-1.2
/* Numbers, ordinals and lists as people say them. */
#include "platform/i18n/i18n.h"

#include <assert.h>
#include <math.h>

#define NO_BREAK_SPACE "\u00a0"
#define MINUS "−"

/* Polish and Ukrainian set four digits together (5000) and part longer numbers by spaces that do not
 * break; English has commas from a thousand on. */
static const struct {
    Str separator;
    int least_digits; /* shorter numbers are not parted */
    char point;
} number_styles[LANGUAGE_COUNT] = {
    [LANGUAGE_PL] = {STR_INIT(NO_BREAK_SPACE), 5, ','},
    [LANGUAGE_EN] = {STR_INIT(","), 4, '.'},
    [LANGUAGE_UK] = {STR_INIT(NO_BREAK_SPACE), 5, ','},
};

Str number_words(Arena *arena, Language language, int64_t number) {
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    Str digits = str_format(arena, "%ju", (uintmax_t)size);
    Buffer out = buffer_in(arena);
    if (number < 0) buffer_add(&out, STR(MINUS));
    bool is_parted = digits.size >= (size_t)number_styles[language].least_digits;
    for (size_t i = 0; i < digits.size; i++) {
        if (is_parted && i > 0 && (digits.size - i) % 3 == 0) buffer_add(&out, number_styles[language].separator);
        buffer_add_char(&out, digits.data[i]);
    }
    return buffer_str(&out);
}

Str number_percent(Arena *arena, Language language, double share) {
    assert(isfinite(share) && fabs(share) < 1e12);
    int64_t thousandths = llround(share * 1000);
    int64_t size = thousandths < 0 ? -thousandths : thousandths;
    Buffer out = buffer_in(arena);
    if (thousandths < 0) buffer_add(&out, STR(MINUS));
    buffer_add(&out, number_words(arena, language, size / 10));
    if (size % 10) buffer_format(&out, "%c%d", number_styles[language].point, (int)(size % 10));
    buffer_add_char(&out, '%');
    return buffer_str(&out);
}

Str list_words(Arena *arena, Language language, const Str *parts, size_t count) {
    static const Str last_joint[LANGUAGE_COUNT] = {
        [LANGUAGE_PL] = STR_INIT(" i "), [LANGUAGE_EN] = STR_INIT(" and "), [LANGUAGE_UK] = STR_INIT(" і ")};
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add(&out, i + 1 == count ? last_joint[language] : STR(", "));
        buffer_add(&out, parts[i]);
    }
    return buffer_str(&out);
}

/* ---- ordinals --------------------------------------------------------------------------------------- */

enum { ORDINAL_WORDS = 20 };

/* Agreeing with edycja (feminine) and випуск (masculine). */
static const char *const ordinals[LANGUAGE_COUNT][ORDINAL_WORDS] = {
    [LANGUAGE_PL] = {"pierwsza",  "druga",     "trzecia",     "czwarta",    "piąta",         "szósta",    "siódma",
                     "ósma",      "dziewiąta", "dziesiąta",   "jedenasta",  "dwunasta",      "trzynasta", "czternasta",
                     "piętnasta", "szesnasta", "siedemnasta", "osiemnasta", "dziewiętnasta", "dwudziesta"},
    [LANGUAGE_EN] = {"first",     "second",    "third",       "fourth",     "fifth",      "sixth",      "seventh",
                     "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth", "fourteenth",
                     "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"},
    [LANGUAGE_UK] = {"перший",       "другий",      "третій",        "четвертий",      "п’ятий",
                     "шостий",       "сьомий",      "восьмий",       "дев’ятий",       "десятий",
                     "одинадцятий",  "дванадцятий", "тринадцятий",   "чотирнадцятий",  "п’ятнадцятий",
                     "шістнадцятий", "сімнадцятий", "вісімнадцятий", "дев’ятнадцятий", "двадцятий"},
};

static const char *english_ordinal_ending(int number) {
    if (number % 100 >= 11 && number % 100 <= 13) return "th";
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    return number % 10 <= 3 ? endings[number % 10] : "th";
}

Str edition_ordinal(Arena *arena, Language language, int number) {
    assert(number > 0);
    if (number <= ORDINAL_WORDS) return str_from_c(ordinals[language][number - 1]);
    if (language == LANGUAGE_EN) return str_format(arena, "%d%s", number, english_ordinal_ending(number));
    return str_format(arena, "%d%s", number, language == LANGUAGE_PL ? "." : "-й");
}
