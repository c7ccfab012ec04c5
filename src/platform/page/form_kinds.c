// SPDX-License-Identifier: EUPL-1.2
/* From what people type to what is kept. All of these are generous with form and strict with meaning. */
#include "platform/base/utf8.h"
#include "platform/page/form_state.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Without any kind of space: the ASCII one and the narrow and unbreakable ones of sheets and word processors. */
static Str without_spaces(Arena *arena, Str text) {
    static const Str spaces[] = {STR_INIT(" "), STR_INIT("\u00A0"), STR_INIT("\u2009"), STR_INIT("\u202F")};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) text = str_replace(arena, text, spaces[i], STR(""));
    return text;
}

bool kind_int(Arena *arena, Str typed, int64_t *number) {
    Str digits = without_spaces(arena, typed);
    if (str_starts_with(digits, STR("+")) && digits.size > 1 && is_digit(digits.data[1])) digits = str_skip(digits, 1);
    return str_to_int(digits, number);
}

/* ---- e-mail --------------------------------------------------------------------------------------- */

enum { EMAIL_BYTES = 254, EMAIL_LOCAL_BYTES = 64, HOST_LABEL_BYTES = 63, HOST_BYTES = 253 };

/* RFC 5321 dot-atoms. Quoted local parts are legal and nobody has one; letters outside ASCII need a mail
 * server with SMTPUTF8, and are nearly always a slip ("józef@"). */
static bool is_local_part(Str local) {
    if (local.size == 0 || local.size > EMAIL_LOCAL_BYTES || str_contains(local, STR(".."))) return false;
    if (local.data[0] == '.' || local.data[local.size - 1] == '.') return false;
    for (size_t i = 0; i < local.size; i++) {
        char c = local.data[i];
        if (!is_letter(c) && !is_digit(c) && str_index_of_char(STR("!#$%&'*+-/=?^_`{|}~."), c) < 0) return false;
    }
    return true;
}

/* A host name people write: two labels or more. allow_letters: beyond ASCII too, browsers know them. */
static bool is_host(Str host, bool allow_letters) {
    if (host.size == 0 || host.size > HOST_BYTES) return false;
    size_t labels = 0;
    Str label, last = STR("");
    for (Str rest = host; str_next_part(&rest, '.', &label); labels++) {
        if (label.size == 0 || label.size > HOST_LABEL_BYTES) return false;
        if (label.data[0] == '-' || label.data[label.size - 1] == '-') return false;
        for (size_t i = 0; i < label.size; i++) {
            char c = label.data[i];
            bool is_beyond_ascii = (unsigned char)c >= 0x80;
            if (!is_letter(c) && !is_digit(c) && c != '-' && !(is_beyond_ascii && allow_letters)) return false;
        }
        last = label;
    }
    return labels >= 2 && last.size >= 2 && !is_digit(last.data[0]);
}

bool kind_email(Arena *arena, Str typed, Str *email) {
    Str text = str_trim(typed);
    if (str_starts_with(str_lower_ascii(arena, text), STR("mailto:"))) text = str_skip(text, strlen("mailto:"));
    /* A telephone's keyboard likes to end a sentence. */
    while (str_ends_with(text, STR(".")) || str_ends_with(text, STR(","))) text = str_slice(text, 0, text.size - 1);
    ptrdiff_t at = str_index_of_char(text, '@');
    if (at < 0 || text.size > EMAIL_BYTES) return false;
    Str local = str_slice(text, 0, (size_t)at);
    Str host = str_lower_ascii(arena, str_skip(text, (size_t)at + 1));
    if (!is_local_part(local) || !is_host(host, false)) return false;
    *email = str_join(arena, str_join(arena, local, STR("@")), host);
    return true;
}

/* ---- telephone ------------------------------------------------------------------------------------ */

enum { PHONE_DIGITS = 15 /* ITU-T E.164 */, PHONE_FEWEST = 7, PHONE_POLISH = 9, PHONE_UKRAINIAN = 9 };

/* The digits of a number; false where something stands in it that nobody writes in one. */
static bool phone_digits(Arena *arena, Str typed, bool *is_abroad, Str *digits) {
    Str text = without_spaces(arena, typed);
    *is_abroad = str_starts_with(text, STR("+"));
    Buffer found = buffer_in(arena);
    for (size_t i = *is_abroad ? 1 : 0; i < text.size; i++) {
        if (is_digit(text.data[i])) buffer_add_char(&found, text.data[i]);
        else if (str_index_of_char(STR("-./()"), text.data[i]) < 0) return false;
    }
    *digits = buffer_str(&found);
    if (!*is_abroad && str_starts_with(*digits, STR("00"))) {
        *is_abroad = true;
        *digits = str_skip(*digits, 2);
    }
    return true;
}

static Str phone_grouped(Arena *arena, const char *country, Str digits, const size_t sizes[4]) {
    Buffer out = buffer_in(arena);
    buffer_add(&out, str_from_c(country));
    for (size_t i = 0, from = 0; i < 4 && from < digits.size; from += sizes[i++]) {
        buffer_add_char(&out, ' ');
        buffer_add(&out, str_slice(digits, from, sizes[i]));
    }
    return buffer_str(&out);
}

/* The codes of Poland's areas (the numbering plan of its Office of Electronic Communications): the two digits that a
 * number of a place begins with, which people write and say apart, "12 616 00 00". Others go by threes. */
static bool is_polish_area(Str digits) {
    static const char areas[] = "12 13 14 15 16 17 18 22 23 24 25 29 32 33 34 41 42 43 44 46 48 52 54 55 56 58 59 61 "
                                "62 63 65 67 68 71 74 75 76 77 81 82 83 84 85 86 87 89 91 94 95";
    for (size_t i = 0; i + 1 < sizeof areas; i += 3)
        if (digits.data[0] == areas[i] && digits.data[1] == areas[i + 1]) return true;
    return false;
}

static Str polish_phone(Arena *arena, Str digits) {
    static const size_t by_threes[4] = {3, 3, 3, 0}, of_a_place[4] = {2, 3, 2, 2};
    return phone_grouped(arena, "+48", digits, is_polish_area(digits) ? of_a_place : by_threes);
}

bool kind_phone(Arena *arena, Language language, Str typed, Str *phone) {
    static const size_t ukrainian[4] = {2, 3, 2, 2};
    bool is_abroad;
    Str digits;
    if (!phone_digits(arena, typed, &is_abroad, &digits)) return false;
    if (!is_abroad) {
        /* "0 12 …" was how one dialled in Poland until 2009 and is still written so. */
        bool has_zero = str_starts_with(digits, STR("0"));
        if (has_zero) digits = str_skip(digits, 1);
        if (!has_zero && digits.size == 2 + PHONE_POLISH && str_starts_with(digits, STR("48")))
            digits = str_skip(digits, 2);
        if (digits.size != PHONE_POLISH) return false;
        *phone = has_zero && language == LANGUAGE_UK ? phone_grouped(arena, "+380", digits, ukrainian)
                                                     : polish_phone(arena, digits);
        return true;
    }
    if (digits.size < PHONE_FEWEST || digits.size > PHONE_DIGITS || digits.data[0] == '0') return false;
    if (str_starts_with(digits, STR("48"))) {
        if (digits.size != 2 + PHONE_POLISH) return false;
        *phone = polish_phone(arena, str_skip(digits, 2));
    } else if (str_starts_with(digits, STR("380")) && digits.size == 3 + PHONE_UKRAINIAN) {
        *phone = phone_grouped(arena, "+380", str_skip(digits, 3), ukrainian);
    } else *phone = str_join(arena, STR("+"), digits);
    return true;
}

/* ---- web address ---------------------------------------------------------------------------------- */

bool kind_url(Arena *arena, Str typed, Str *url) {
    Str text = str_trim(typed), scheme = STR("https://");
    ptrdiff_t colon = str_index_of(text, STR("://"));
    if (colon >= 0) {
        Str given = str_lower_ascii(arena, str_slice(text, 0, (size_t)colon));
        if (!str_equal(given, STR("https")) && !str_equal(given, STR("http"))) return false;
        scheme = str_join(arena, given, STR("://"));
        text = str_skip(text, (size_t)colon + 3);
    }
    size_t host_size = 0;
    while (host_size < text.size && str_index_of_char(STR("/?#"), text.data[host_size]) < 0) host_size++;
    Str authority = str_slice(text, 0, host_size), host = authority;
    ptrdiff_t port = str_index_of_char(authority, ':');
    if (port >= 0) {
        int64_t number;
        if (!str_to_int(str_skip(authority, (size_t)port + 1), &number) || number < 1 || number > 65535) return false;
        host = str_slice(authority, 0, (size_t)port);
    }
    /* No "user@": it serves those who want to be taken for somebody else. */
    if (!is_host(host, true) || str_index_of_char(text, ' ') >= 0) return false;
    for (size_t i = host_size; i < text.size; i++)
        if (str_index_of_char(STR("\"<>\\^`{|}"), text.data[i]) >= 0) return false;
    Str path = str_skip(text, host_size);
    *url = str_join(arena, str_join(arena, scheme, str_lower_ascii(arena, authority)), path);
    return true;
}

/* ---- date and time -------------------------------------------------------------------------------- */

enum { NUMBERS = 3 };

/* The numbers of a text of figures and . / - or spaces between them; 0 for anything else. digits: how many
 * figures each had. */
static size_t split_numbers(Str text, const char *separators, int64_t numbers[NUMBERS], size_t digits[NUMBERS]) {
    size_t count = 0;
    bool is_inside = false;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i])) {
            if (strchr(separators, text.data[i]) == NULL) return 0;
            is_inside = false;
            continue;
        }
        if (!is_inside) {
            if (count == NUMBERS) return 0;
            numbers[count] = 0;
            digits[count++] = 0;
            is_inside = true;
        }
        if (++digits[count - 1] > 4) return 0;
        numbers[count - 1] = numbers[count - 1] * 10 + (text.data[i] - '0');
    }
    return count;
}

static bool date_of_numbers(Arena *arena, Str text, bool imprecise, Str *date) {
    int64_t n[NUMBERS];
    size_t digits[NUMBERS], count = split_numbers(text, " ./-", n, digits);
    Str found;
    if (count == 3 && digits[0] == 4) found = str_format(arena, "%04d-%02d-%02d", (int)n[0], (int)n[1], (int)n[2]);
    else if (count == 3 && digits[2] == 4) found = str_format(arena, "%04d-%02d-%02d", (int)n[2], (int)n[1], (int)n[0]);
    else if (imprecise && count == 2 && digits[0] == 4) found = str_format(arena, "%04d-%02d", (int)n[0], (int)n[1]);
    else if (imprecise && count == 2 && digits[1] == 4) found = str_format(arena, "%04d-%02d", (int)n[1], (int)n[0]);
    else if (imprecise && count == 1 && digits[0] == 4) found = str_format(arena, "%04d", (int)n[0]);
    else return false;
    ImpreciseDate parsed;
    if (!imprecise_date_parse(found, &parsed) || parsed.year < 1000) return false;
    *date = found;
    return true;
}

/* The first number of size figures or fewer, at least fewest; 0 when there is none. */
static int number_in(Str folded, size_t fewest, size_t most) {
    Str word;
    int64_t number;
    for (Str rest = folded; str_next_part(&rest, ' ', &word);)
        if (word.size >= fewest && word.size <= most && str_to_int(word, &number) && number > 0) return (int)number;
    return 0;
}

/* Whether the folded text is what we would say of the date in one of our languages; "року" behind it may be missing. */
static bool is_said(Arena *arena, Str folded, ImpreciseDate date) {
    Civil day = {.year = date.year, .month = date.month, .day = date.day};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        Language language = (Language)i;
        Str words = date.precision == DATE_DAY ? date_day_month_year(arena, language, &day)
                                               : imprecise_date_words(arena, language, date, true);
        Str said = utf8_fold(arena, words);
        if (str_equal(said, folded) || str_starts_with(said, str_join(arena, folded, STR(" ")))) return true;
    }
    return false;
}

/* "11 czerwca 2026", "June 2026", "літо 2026": read by comparing with our own words. */
static bool date_of_words(Arena *arena, Str text, bool imprecise, Str *date) {
    Str folded = utf8_fold(arena, text);
    int year = number_in(folded, 4, 4), day = number_in(folded, 1, 2);
    if (year < 1000 || (day == 0 && !imprecise)) return false;
    for (int month = 1; month <= 12; month++) {
        Civil civil = {.year = year, .month = month, .day = day};
        if (day > 0 && !civil_valid(&civil)) continue;
        if (!is_said(arena, folded, (ImpreciseDate){day > 0 ? DATE_DAY : DATE_MONTH, year, month, day})) continue;
        *date = day > 0 ? str_format(arena, "%04d-%02d-%02d", year, month, day)
                        : str_format(arena, "%04d-%02d", year, month);
        return true;
    }
    for (int season = 1; day == 0 && season <= 4; season++) {
        if (!is_said(arena, folded, (ImpreciseDate){DATE_SEASON, year, season, 0})) continue;
        *date = str_format(arena, "%04d-%02d", year, 20 + season); /* EDTF's numbers for seasons */
        return true;
    }
    return false;
}

bool kind_date(Arena *arena, Str typed, bool imprecise, Str *date) {
    return date_of_numbers(arena, typed, imprecise, date) || date_of_words(arena, typed, imprecise, date);
}

bool kind_time(Arena *arena, Str typed, Str *time) {
    int64_t n[NUMBERS];
    size_t digits[NUMBERS], count = split_numbers(typed, " :.", n, digits);
    if (count == 0) return false;
    int64_t hour = n[0], minute = count >= 2 ? n[1] : 0;
    if (count == 1 && digits[0] >= 3) { /* "1400" */
        hour = n[0] / 100;
        minute = n[0] % 100;
    }
    if (hour > 23 || minute > 59 || (count == 3 && n[2] > 59)) return false;
    *time = str_format(arena, "%02d:%02d", (int)hour, (int)minute);
    return true;
}

/* ---- choices that several forms give ----------------------------------------------------------------------------- */

FormOptions form_languages(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, LANGUAGE_COUNT);
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        options[language] = (FormOption){str_from_c(language_tag(language)), language_own_name(language)};
    return (FormOptions){options, LANGUAGE_COUNT};
}
