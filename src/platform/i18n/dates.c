// SPDX-License-Identifier: EUPL-1.2
/* Dates and times as people say them. */
#include "platform/i18n/i18n.h"

#include <assert.h>

typedef struct DateWords {
    const char *weekdays[7];      /* from Monday */
    const char *months[12];       /* alone: "czerwiec" */
    const char *of_months[12];    /* behind a day: "11 czerwca" */
    const char *seasons[4];       /* from spring */
    const char *behind_weekday;   /* "четвер, 11 червня" */
    const char *behind_year;      /* "11 червня 2026 року" */
    const char *behind_lone_year; /* "2026 рік" */
} DateWords;

#define ENGLISH_MONTHS                                                                                                \
    {                                                                                                                 \
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", \
            "December"                                                                                                \
    }

static const DateWords date_words_of[LANGUAGE_COUNT] =
    {
        [LANGUAGE_PL] =
            {
                .weekdays = {"poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"},
                .months = {"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień",
                           "październik", "listopad", "grudzień"},
                .of_months = {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
                              "września", "października", "listopada", "grudnia"},
                .seasons = {"wiosna", "lato", "jesień", "zima"},
                .behind_weekday = " ",
                .behind_year = "",
                .behind_lone_year = "",
            },
        [LANGUAGE_EN] =
            {
                .weekdays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
                .months = ENGLISH_MONTHS,
                .of_months = ENGLISH_MONTHS,
                .seasons = {"spring", "summer", "autumn", "winter"},
                .behind_weekday = " ",
                .behind_year = "",
                .behind_lone_year = "",
            },
        [LANGUAGE_UK] =
            {
                .weekdays = {"понеділок", "вівторок", "середа", "четвер", "п’ятниця", "субота", "неділя"},
                .months = {"січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень",
                           "вересень", "жовтень", "листопад", "грудень"},
                .of_months = {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
                              "жовтня", "листопада", "грудня"},
                .seasons = {"весна", "літо", "осінь", "зима"},
                .behind_weekday = ", ",
                .behind_year = " року",
                .behind_lone_year = " рік",
            },
};

static Str day_and_month(Arena *arena, const DateWords *words, const Civil *civil) {
    return str_format(arena, "%d %s", civil->day, words->of_months[civil->month - 1]);
}

Str date_words(Arena *arena, Language language, const Civil *civil) {
    const DateWords *words = &date_words_of[language];
    int weekday = civil_weekday(civil->year, civil->month, civil->day);
    Str day = day_and_month(arena, words, civil);
    return str_format(arena, "%s%s%.*s", words->weekdays[weekday - 1], words->behind_weekday, STR_FORMAT(day));
}

static Str with_year_behind(Arena *arena, Language language, Str day, int year) {
    return str_format(arena, "%.*s %d%s", STR_FORMAT(day), year, date_words_of[language].behind_year);
}

Str date_words_with_year(Arena *arena, Language language, const Civil *civil) {
    return with_year_behind(arena, language, date_words(arena, language, civil), civil->year);
}

Str date_day_month_year(Arena *arena, Language language, const Civil *civil) {
    return with_year_behind(arena, language, day_and_month(arena, &date_words_of[language], civil), civil->year);
}

Str imprecise_date_words(Arena *arena, Language language, ImpreciseDate date, bool with_year) {
    const DateWords *words = &date_words_of[language];
    Str alone = STR("");
    switch (date.precision) {
    case DATE_NONE: return alone;
    case DATE_YEAR: return str_format(arena, "%d%s", date.year, words->behind_lone_year);
    case DATE_DAY:
        alone = date_words(arena, language, &(Civil){.year = date.year, .month = date.month, .day = date.day});
        break;
    case DATE_MONTH: alone = str_from_c(words->months[date.month - 1]); break;
    case DATE_SEASON: alone = str_from_c(words->seasons[date.month - 1]); break;
    }
    return with_year ? with_year_behind(arena, language, alone, date.year) : alone;
}

Str clock_time(Arena *arena, const Civil *civil) { return str_format(arena, "%02d:%02d", civil->hour, civil->minute); }

/* ---- how long until, how long since --------------------------------------------------------------------- */

typedef enum Unit { UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_COUNT } Unit;

typedef struct RelativeWords {
    const char *soon, *just_now, *tomorrow, *yesterday;
    const char *units[UNIT_COUNT][3];        /* by plural form, in the case that both frames ask for */
    const char *before_future, *behind_past; /* "za ", " temu" */
} RelativeWords;

static const RelativeWords relative_words_of[LANGUAGE_COUNT] = {
    [LANGUAGE_PL] = {"za chwilę",
                     "przed chwilą",
                     "jutro",
                     "wczoraj",
                     {{"minutę", "minuty", "minut"}, {"godzinę", "godziny", "godzin"}, {"dzień", "dni", "dni"}},
                     "za ",
                     " temu"},
    [LANGUAGE_EN] = {"in a moment",
                     "just now",
                     "tomorrow",
                     "yesterday",
                     {{"minute", "minutes"}, {"hour", "hours"}, {"day", "days"}},
                     "in ",
                     " ago"},
    [LANGUAGE_UK] = {"за мить",
                     "щойно",
                     "завтра",
                     "вчора",
                     {{"хвилину", "хвилини", "хвилин"}, {"годину", "години", "годин"}, {"день", "дні", "днів"}},
                     "за ",
                     " тому"},
};

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS, MOST_DAYS = 14 };

static Str amount(Arena *arena, Language language, int64_t count, Unit unit, bool is_past) {
    const RelativeWords *words = &relative_words_of[language];
    return str_format(arena, "%s%d %s%s", is_past ? "" : words->before_future, (int)count,
                      words->units[unit][plural_form(language, count)], is_past ? words->behind_past : "");
}

static int64_t day_number(const Civil *civil) { return civil_days(civil->year, civil->month, civil->day); }

/* A day or more away: people count midnights, not times 24 hours. */
static Str relative_days(Arena *arena, Language language, const Civil *then, const Civil *now) {
    int64_t days = day_number(then) - day_number(now);
    bool is_past = days < 0;
    if (is_past) days = -days;
    if (days > MOST_DAYS) return (then->year == now->year ? date_words : date_words_with_year)(arena, language, then);
    const RelativeWords *words = &relative_words_of[language];
    if (days == 1) return str_from_c(is_past ? words->yesterday : words->tomorrow);
    return amount(arena, language, days, UNIT_DAY, is_past);
}

Str relative_time(Arena *arena, Language language, const Zone *zone, int64_t ms, int64_t now_ms) {
    bool is_past = ms < now_ms;
    int64_t away_ms = is_past ? now_ms - ms : ms - now_ms;
    int64_t minutes = (away_ms + MINUTE_MS / 2) / MINUTE_MS, hours = (away_ms + HOUR_MS / 2) / HOUR_MS;
    const RelativeWords *words = &relative_words_of[language];
    if (minutes == 0) return str_from_c(is_past || away_ms == 0 ? words->just_now : words->soon);
    if (minutes < 60) return amount(arena, language, minutes, UNIT_MINUTE, is_past);
    Civil then = zone_civil(zone, ms), now = zone_civil(zone, now_ms);
    bool is_same_date = /* also 24 hours on, where the clocks went back */
        day_number(&then) == day_number(&now);
    if (away_ms < DAY_MS || is_same_date) return amount(arena, language, hours, UNIT_HOUR, is_past);
    return relative_days(arena, language, &then, &now);
}
