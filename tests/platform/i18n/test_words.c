// SPDX-License-Identifier: EUPL-1.2
/* Languages, numbers, dates, ordinals. */
#include "platform/i18n/i18n.h"

#include "../../cmocka_all.h"

static int open_arena(void **state) {
    *state = arena_open(1 << 24);
    return 0;
}

static int close_arena(void **state) {
    arena_close(*state);
    return 0;
}

static void test_language_of_text(void **state) {
    (void)state;
    assert_true(str_is_absent(language_of_text(STR("Żółw"), LANGUAGE_PL, LANGUAGE_PL)));
    assert_true(str_equal(language_of_text(STR("Żółw"), LANGUAGE_PL, LANGUAGE_UK), STR("pl")));
    assert_true(str_equal(language_of_text(STR("Наш «Klub»"), LANGUAGE_PL, LANGUAGE_PL), STR("uk")));
    assert_true(str_is_absent(language_of_text(STR("Разом"), LANGUAGE_PL, LANGUAGE_UK)));
    assert_true(str_equal(language_of_text(STR(""), LANGUAGE_PL, LANGUAGE_EN), STR("pl")));
}

static void test_tags(void **state) {
    (void)state;
    Language language = LANGUAGE_EN;
    assert_true(language_parse(STR("UK-ua"), &language) && language == LANGUAGE_UK);
    assert_true(language_parse(STR("pl"), &language) && language == LANGUAGE_PL);
    const char *const bad[] = {"", "p", "plx", "-pl", "de", "pl_PL", " pl"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(language_parse(str_from_c(bad[i]), &language));
    assert_int_equal(language, LANGUAGE_PL);
    for (Language each = 0; each < LANGUAGE_COUNT; each++) {
        assert_true(language_parse(str_from_c(language_tag(each)), &language) && language == each);
        assert_true(language_own_name(each).size > 0);
    }
}

static void test_accept_language(void **state) {
    (void)state;
    const struct {
        const char *header;
        Language expected; /* the fallback is Polish */
    } cases[] = {
        {"", LANGUAGE_PL},
        {"de, fr;q=0.5", LANGUAGE_PL},
        {"en", LANGUAGE_EN},
        {"uk-UA,uk;q=0.9,en;q=0.8", LANGUAGE_UK},
        {"de, en;q=0.2, uk;q=0.30", LANGUAGE_UK},
        {"en;q=0, uk;q=0.001", LANGUAGE_UK},
        {"en;q=0", LANGUAGE_PL},
        {"*", LANGUAGE_PL},
        {"en;q=0.5, *;q=0.1", LANGUAGE_EN},
        {" EN ; Q=1.000 ,pl;q=0.9", LANGUAGE_EN},
        {"en;q=2, uk;q=0.1", LANGUAGE_UK},
        {"en;q=nan;;,,;=", LANGUAGE_PL},
        {"en, uk", LANGUAGE_EN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (language_from_header(str_from_c(cases[i].header), LANGUAGE_PL) != cases[i].expected)
            fail_msg("Accept-Language: %s", cases[i].header);
    assert_int_equal(language_from_header(STR_ABSENT, LANGUAGE_UK), LANGUAGE_UK);
}

static void test_numbers(void **state) {
    Arena *arena = *state;
    assert_str(number_words(arena, LANGUAGE_PL, 26000), STR("26\u00a0000"));
    assert_str(number_words(arena, LANGUAGE_UK, 1234567), STR("1\u00a0234\u00a0567"));
    assert_str(number_words(arena, LANGUAGE_EN, 26000), STR("26,000"));
    assert_str(number_words(arena, LANGUAGE_PL, 5000), STR("5000"));
    assert_str(number_words(arena, LANGUAGE_EN, 5000), STR("5,000"));
    assert_str(number_words(arena, LANGUAGE_EN, 999), STR("999"));
    assert_str(number_words(arena, LANGUAGE_EN, 0), STR("0"));
    assert_str(number_words(arena, LANGUAGE_EN, -100000), STR("−100,000"));
    assert_str(number_words(arena, LANGUAGE_EN, INT64_MIN), STR("−9,223,372,036,854,775,808"));
}

static void test_percent(void **state) {
    Arena *arena = *state;
    assert_str(number_percent(arena, LANGUAGE_PL, 0.986), STR("98,6%"));
    assert_str(number_percent(arena, LANGUAGE_EN, 0.986), STR("98.6%"));
    assert_str(number_percent(arena, LANGUAGE_UK, 0.7), STR("70%"));
    assert_str(number_percent(arena, LANGUAGE_PL, 1), STR("100%"));
    assert_str(number_percent(arena, LANGUAGE_PL, 0), STR("0%"));
    assert_str(number_percent(arena, LANGUAGE_PL, 0.004), STR("0,4%"));
    assert_str(number_percent(arena, LANGUAGE_PL, -0.125), STR("−12,5%"));
    assert_str(number_percent(arena, LANGUAGE_EN, 12.3456), STR("1,234.6%"));
}

static void test_lists(void **state) {
    Arena *arena = *state;
    const Str parts[] = {STR("A"), STR("B"), STR("C")};
    assert_str(list_words(arena, LANGUAGE_PL, parts, 0), STR(""));
    assert_str(list_words(arena, LANGUAGE_PL, parts, 1), STR("A"));
    assert_str(list_words(arena, LANGUAGE_PL, parts, 2), STR("A i B"));
    assert_str(list_words(arena, LANGUAGE_EN, parts, 3), STR("A, B and C"));
    assert_str(list_words(arena, LANGUAGE_UK, parts, 3), STR("A, B і C"));
}

static void test_ordinals(void **state) {
    Arena *arena = *state;
    assert_str(edition_ordinal(arena, LANGUAGE_PL, 2), STR("druga"));
    assert_str(edition_ordinal(arena, LANGUAGE_EN, 2), STR("second"));
    assert_str(edition_ordinal(arena, LANGUAGE_UK, 2), STR("другий"));
    assert_str(edition_ordinal(arena, LANGUAGE_PL, 20), STR("dwudziesta"));
    assert_str(edition_ordinal(arena, LANGUAGE_PL, 21), STR("21."));
    assert_str(edition_ordinal(arena, LANGUAGE_UK, 21), STR("21-й"));
    const char *const english[] = {"21st", "22nd", "23rd", "24th"};
    for (int i = 0; i < 4; i++) assert_str(edition_ordinal(arena, LANGUAGE_EN, 21 + i), str_from_c(english[i]));
    assert_str(edition_ordinal(arena, LANGUAGE_EN, 111), STR("111th"));
    assert_str(edition_ordinal(arena, LANGUAGE_EN, 130), STR("130th"));
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        for (int i = 1; i <= 20; i++) assert_true(edition_ordinal(arena, language, i).size > 4);
}

static void test_dates(void **state) {
    Arena *arena = *state;
    const Civil june = {.year = 2026, .month = 6, .day = 11}, march = {.year = 2026, .month = 3, .day = 23};
    assert_str(date_words(arena, LANGUAGE_PL, &june), STR("czwartek 11 czerwca"));
    assert_str(date_words(arena, LANGUAGE_EN, &june), STR("Thursday 11 June"));
    assert_str(date_words(arena, LANGUAGE_UK, &june), STR("четвер, 11 червня"));
    assert_str(date_words_with_year(arena, LANGUAGE_PL, &june), STR("czwartek 11 czerwca 2026"));
    assert_str(date_words_with_year(arena, LANGUAGE_UK, &june), STR("четвер, 11 червня 2026 року"));
    assert_str(date_day_month_year(arena, LANGUAGE_PL, &march), STR("23 marca 2026"));
    assert_str(date_day_month_year(arena, LANGUAGE_EN, &march), STR("23 March 2026"));
    assert_str(date_day_month_year(arena, LANGUAGE_UK, &march), STR("23 березня 2026 року"));
    assert_str(clock_time(arena, &(Civil){.hour = 9, .minute = 5}), STR("09:05"));
}

static void test_imprecise_dates(void **state) {
    Arena *arena = *state;
    const ImpreciseDate month = {DATE_MONTH, 2026, 6, 0}, season = {DATE_SEASON, 2026, 2, 0};
    const ImpreciseDate year = {DATE_YEAR, 2026, 0, 0};
    assert_str(imprecise_date_words(arena, LANGUAGE_PL, month, false), STR("czerwiec"));
    assert_str(imprecise_date_words(arena, LANGUAGE_UK, month, false), STR("червень"));
    assert_str(imprecise_date_words(arena, LANGUAGE_EN, month, true), STR("June 2026"));
    assert_str(imprecise_date_words(arena, LANGUAGE_UK, month, true), STR("червень 2026 року"));
    assert_str(imprecise_date_words(arena, LANGUAGE_PL, season, true), STR("lato 2026"));
    assert_str(imprecise_date_words(arena, LANGUAGE_PL, year, false), STR("2026"));
    assert_str(imprecise_date_words(arena, LANGUAGE_UK, year, true), STR("2026 рік"));
    assert_str(imprecise_date_words(arena, LANGUAGE_PL, (ImpreciseDate){DATE_DAY, 2026, 6, 11}, false),
               STR("czwartek 11 czerwca"));
    assert_str(imprecise_date_words(arena, LANGUAGE_PL, (ImpreciseDate){0}, true), STR(""));
}

static int64_t utc(int month, int day, int hour, int minute) {
    return civil_to_utc_ms(&(Civil){.year = 2026, .month = month, .day = day, .hour = hour, .minute = minute});
}

static void test_relative(void **state) {
    Arena *arena = *state;
    const Zone *warsaw;
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &warsaw), OK);
    const int64_t now = utc(6, 11, 12, 0); /* 14:00 in Warsaw */
    const int64_t minute = 60 * 1000;
    const struct {
        Language language;
        int64_t then;
        const char *expected;
    } cases[] = {
        {LANGUAGE_PL, now, "przed chwilą"},
        {LANGUAGE_PL, now - 20 * 1000, "przed chwilą"},
        {LANGUAGE_PL, now + 20 * 1000, "za chwilę"},
        {LANGUAGE_PL, now + 12 * minute, "za 12 minut"},
        {LANGUAGE_PL, now + 2 * minute, "za 2 minuty"},
        {LANGUAGE_PL, now - minute, "1 minutę temu"},
        {LANGUAGE_UK, now + 21 * minute, "за 21 хвилину"},
        {LANGUAGE_UK, now - 3 * minute, "3 хвилини тому"},
        {LANGUAGE_EN, now - 90 * minute, "2 hours ago"},
        {LANGUAGE_PL, now + 23 * 60 * minute, "za 23 godziny"},
        {LANGUAGE_PL, utc(6, 12, 13, 0), "jutro"},
        {LANGUAGE_EN, utc(6, 10, 11, 0), "yesterday"},
        {LANGUAGE_PL, utc(6, 13, 5, 0), "za 2 dni"}, /* 41 hours */
        {LANGUAGE_UK, utc(6, 16, 12, 0), "за 5 днів"},
        {LANGUAGE_EN, utc(5, 28, 12, 0), "14 days ago"},
        {LANGUAGE_PL, utc(6, 26, 12, 0), "piątek 26 czerwca"},
        {LANGUAGE_PL, utc(6, 25, 22, 30), "piątek 26 czerwca"}, /* already the 26th in Warsaw */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(relative_time(arena, cases[i].language, warsaw, cases[i].then, now), str_from_c(cases[i].expected));
    const Civil next_year = {.year = 2027, .month = 6, .day = 1, .hour = 12};
    assert_str(relative_time(arena, LANGUAGE_EN, warsaw, civil_to_utc_ms(&next_year), now), STR("Tuesday 1 June 2027"));
    /* 25 October 2026 has 25 hours in Warsaw. */
    assert_str(relative_time(arena, LANGUAGE_EN, warsaw, utc(10, 25, 22, 30), utc(10, 24, 22, 10)), STR("in 24 hours"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tags, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_accept_language, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_numbers, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_percent, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_lists, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_ordinals, open_arena, close_arena),
        cmocka_unit_test(test_language_of_text),
        cmocka_unit_test_setup_teardown(test_dates, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_imprecise_dates, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_relative, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
