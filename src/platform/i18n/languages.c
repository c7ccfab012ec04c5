// SPDX-License-Identifier: EUPL-1.2
/* Which languages there are, which one a reader wants, and how each counts. */
#include "platform/i18n/i18n.h"

#include "platform/base/utf8.h"

static const struct {
    const char *tag;
    Str own_name;
} languages[LANGUAGE_COUNT] = {
    [LANGUAGE_PL] = {"pl", STR_INIT("polski")},
    [LANGUAGE_EN] = {"en", STR_INIT("English")},
    [LANGUAGE_UK] = {"uk", STR_INIT("українська")},
};

const char *language_tag(Language language) { return languages[language].tag; }

Str language_own_name(Language language) { return languages[language].own_name; }

bool language_parse(Str tag, Language *language) {
    Str rest = tag, primary = STR("");
    str_next_part(&rest, '-', &primary);
    for (Language i = 0; i < LANGUAGE_COUNT; i++) {
        if (!str_equal_ascii_case(primary, str_from_c(languages[i].tag))) continue;
        *language = i;
        return true;
    }
    return false;
}

bool words_have_cyrillic(Str text) {
    enum { CYRILLIC_FIRST = 0x400, CYRILLIC_LAST = 0x52f };
    for (size_t at = 0; at < text.size;) {
        uint32_t letter = utf8_next(text, &at);
        if (letter >= CYRILLIC_FIRST && letter <= CYRILLIC_LAST) return true;
    }
    return false;
}

Str language_of_text(Str text, Language written, Language reader) {
    Language likely = words_have_cyrillic(text) ? LANGUAGE_UK : written;
    return likely == reader ? STR_ABSENT : str_from_c(language_tag(likely));
}

/* The weight behind "pl;q=0.8": 1 where none is said, 0 (not wanted) where it is not a weight. */
static double weight_of(Str parameters) {
    Str parameter;
    while (str_next_part(&parameters, ';', &parameter)) {
        parameter = str_trim(parameter);
        if (!str_starts_with(parameter, STR("q=")) && !str_starts_with(parameter, STR("Q="))) continue;
        double weight;
        bool is_weight = str_to_real(str_skip(parameter, 2), &weight) && weight >= 0 && weight <= 1;
        return is_weight ? weight : 0;
    }
    return 1;
}

Language language_from_header(Str accept_language, Language fallback) {
    Language best = fallback;
    double best_weight = 0;
    Str rest = accept_language, range;
    while (str_next_part(&rest, ',', &range)) {
        Str tag = STR(""), parameters = str_trim(range);
        str_next_part(&parameters, ';', &tag);
        tag = str_trim(tag);
        double weight = weight_of(parameters);
        Language language = fallback;
        if (weight <= best_weight || (!str_equal(tag, STR("*")) && !language_parse(tag, &language))) continue;
        best = language;
        best_weight = weight;
    }
    return best;
}

/* The rules of the Unicode CLDR for whole numbers; the catalogues' headers say the same, and the tests
 * compare them. */
int plural_form(Language language, int64_t count) {
    uint64_t n = count < 0 ? 0 - (uint64_t)count : (uint64_t)count;
    if (language == LANGUAGE_EN) return n != 1;
    bool is_one = language == LANGUAGE_PL ? n == 1 : n % 10 == 1 && n % 100 != 11;
    if (is_one) return 0;
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? 1 : 2;
}
