// SPDX-License-Identifier: EUPL-1.2
/* Days off in Poland: Easter against the Church's table, what follows it, what changed with the years, and a whole year
 * counted. */
#include "../cmocka_all.h"
#include "planner/holidays.h"
#include "platform/base/clock.h"

static void test_easter(void **state) {
    static const int days[][3] = {{1981, 4, 19}, {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2024, 3, 31},
                                  {2025, 4, 20}, {2026, 4, 5},  {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1},
                                  {2030, 4, 21}, {2031, 4, 13}, {2032, 3, 28}, {2033, 4, 17}, {2034, 4, 9},
                                  {2035, 3, 25}, {2038, 4, 25}, {2076, 4, 19}};
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_int_equal(holiday_on(days[i][0], days[i][1], days[i][2]), HOLIDAY_EASTER);
}

static void test_what_follows_easter_and_the_law(void **state) {
    static const struct {
        int year, month, day;
        Holiday holiday;
    } cases[] = {
        {2026, 4, 6, HOLIDAY_EASTER_MONDAY},
        {2026, 5, 24, HOLIDAY_PENTECOST},
        {2026, 6, 4, HOLIDAY_CORPUS_CHRISTI},
        {2025, 6, 19, HOLIDAY_CORPUS_CHRISTI},
        {2027, 5, 27, HOLIDAY_CORPUS_CHRISTI},
        {2038, 6, 24, HOLIDAY_CORPUS_CHRISTI},
        {2024, 12, 24, HOLIDAY_NONE},
        {2025, 12, 24, HOLIDAY_CHRISTMAS_EVE},
        {2030, 12, 24, HOLIDAY_CHRISTMAS_EVE},
        {2010, 1, 6, HOLIDAY_NONE},
        {2011, 1, 6, HOLIDAY_EPIPHANY},
        {2026, 5, 2, HOLIDAY_NONE},
        {2026, 5, 3, HOLIDAY_CONSTITUTION},
        {2026, 6, 11, HOLIDAY_NONE},
        {2026, 12, 26, HOLIDAY_SECOND_CHRISTMAS},
        {2026, 11, 11, HOLIDAY_INDEPENDENCE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(holiday_on(cases[i].year, cases[i].month, cases[i].day), cases[i].holiday);
}

static void assert_near(HolidayNear near, Holiday holiday, int days) {
    assert_int_equal(near.holiday, holiday);
    assert_int_equal(near.days, days);
}

static void test_the_day_before_and_after(void **state) {
    (void)state;
    assert_near(holiday_near(2026, 6, 3), HOLIDAY_CORPUS_CHRISTI, 1);
    assert_near(holiday_near(2026, 6, 4), HOLIDAY_CORPUS_CHRISTI, 0);
    assert_near(holiday_near(2026, 6, 5), HOLIDAY_CORPUS_CHRISTI, -1);
    assert_near(holiday_near(2026, 6, 6), HOLIDAY_NONE, 0);
    assert_near(holiday_near(2026, 5, 2), HOLIDAY_CONSTITUTION, 1); /* between two: what comes */
    assert_near(holiday_near(2026, 12, 31), HOLIDAY_NEW_YEAR, 1);   /* over the end of a year */
    assert_near(holiday_near(2027, 1, 2), HOLIDAY_NEW_YEAR, -1);
    assert_near(holiday_near(2024, 12, 23), HOLIDAY_NONE, 0);
    assert_near(holiday_near(2025, 12, 23), HOLIDAY_CHRISTMAS_EVE, 1);
    assert_near(holiday_near(2028, 2, 29), HOLIDAY_NONE, 0);
}

/* Each holiday once a year. */
static void test_every_year_has_each_once(void **state) {
    (void)state;
    for (int year = 2025; year <= 2125; year++) {
        int seen[HOLIDAY_COUNT] = {0};
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++)
                if (civil_valid(&(Civil){.year = year, .month = month, .day = day}))
                    seen[holiday_on(year, month, day)]++;
        for (int i = 1; i < HOLIDAY_COUNT; i++)
            assert_int_equal(seen[i], 1); /* the earliest Pentecost is 10 May, after the fixed days of that month */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_easter),
        cmocka_unit_test(test_what_follows_easter_and_the_law),
        cmocka_unit_test(test_the_day_before_and_after),
        cmocka_unit_test(test_every_year_has_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
