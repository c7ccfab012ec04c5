// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/clock.h"

#include "../../cmocka_all.h"
#include "libc_time.h"
#include "platform/base/random.h"
#include <pthread.h>

enum { SEED = 20260611 };

static const char *const zones[] = {"Europe/Warsaw", "Europe/Kyiv", "America/New_York", "UTC", "Australia/Lord_Howe",
                                    "Europe/Dublin", "Africa/Casablanca", "Asia/Kathmandu"};
enum { ZONES = sizeof zones / sizeof *zones };

static const Zone *zone(const char *name) {
    const Zone *found = NULL;
    if (zone_find(str_from_c(name), &found)) fail_msg("no zone %s", name);
    return found;
}

static int64_t at(const char *text) {
    int64_t ms = 0;
    if (!time_parse(str_from_c(text), &ms)) fail_msg("not a time: %s", text);
    return ms;
}

static bool same(const Civil *a, const Civil *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
           a->minute == b->minute && a->second == b->second;
}

static void compare_with_libc(const char *name, int64_t seconds) {
    LibcTime expected = libc_time_at(seconds);
    Civil got = zone_civil(zone(name), seconds * 1000 + 999);
    if (zone_offset_s(zone(name), seconds * 1000) != expected.offset_s || got.year != expected.year ||
        got.month != expected.month || got.day != expected.day || got.hour != expected.hour ||
        got.minute != expected.minute || got.second != expected.second || got.weekday != expected.weekday)
        fail_msg("%s at %lld (seed %d): %04d-%02d-%02d %02d:%02d:%02d, offset %d, expected offset %d", name,
                 (long long)seconds, SEED, got.year, got.month, got.day, got.hour, got.minute, got.second,
                 zone_offset_s(zone(name), seconds * 1000), expected.offset_s);
}

/* From 1800 on, so that the time before the first transition is met too. */
static void test_zones_agree_with_the_c_library(void **state) {
    (void)state;
    const int64_t from = at("1800-01-01T00:00:00Z") / 1000, to = at("2100-01-01T00:00:00Z") / 1000;
    const int64_t until = at("2050-01-01T00:00:00Z") / 1000;
    Random random = random_from_seed(SEED);
    for (size_t z = 0; z < ZONES; z++) {
        libc_set_zone(zones[z]);
        for (int i = 0; i < 10000; i++)
            compare_with_libc(zones[z], from + (int64_t)random_below(&random, (uint64_t)(to - from)));
        int before = 0;
        for (int64_t hour = at("2015-01-01T00:00:00Z") / 1000; hour < until; hour += 3600) {
            int offset = libc_time_at(hour).offset_s; /* changes: the second before and of each */
            if (offset != before)
                for (int64_t second = hour - 3601; second <= hour; second += 100) compare_with_libc(zones[z], second);
            if (offset != before) compare_with_libc(zones[z], hour - 1);
            before = offset;
        }
    }
}

/* The earliest moment that reads as the civil time, found by trying every quarter of an hour of offset. */
static int64_t earliest_ms(const Civil *civil) {
    int64_t local = civil_to_utc_ms(civil) / 1000;
    for (int offset = 16 * 3600; offset >= -16 * 3600; offset -= 900)
        if (libc_time_at(local - offset).offset_s == offset) return (local - offset) * 1000;
    return INT64_MIN;
}

static void test_moments_of_civil_times(void **state) {
    (void)state;
    Random random = random_from_seed(SEED + 1);
    const int64_t from = at("1975-01-01T00:00:00Z") / 1000, to = at("2100-01-01T00:00:00Z") / 1000;
    for (size_t z = 0; z < ZONES; z++) {
        libc_set_zone(zones[z]);
        for (int i = 0; i < 5000; i++) {
            Civil civil = civil_from_utc_ms((from + (int64_t)random_below(&random, (uint64_t)(to - from))) * 1000);
            if (i % 2) { /* often near a change */
                civil.month = i % 4 == 1 ? 10 : 3;
                civil.day = 25 + i % 7;
                civil.hour = 1 + i % 3;
            }
            int64_t expected = earliest_ms(&civil), got = zone_ms(zone(zones[z]), &civil);
            if (expected == INT64_MIN) continue; /* skipped hours: tested below */
            if (got != expected) fail_msg("%s %lld ≠ %lld", zones[z], (long long)got, (long long)expected);
            Civil back = zone_civil(zone(zones[z]), got);
            assert_true(same(&back, &civil));
        }
    }
}

static int64_t moment(const char *name, const char *local) {
    int64_t ms = at(local);
    Civil civil = civil_from_utc_ms(ms);
    return zone_ms(zone(name), &civil);
}

static void test_gaps_and_overlaps(void **state) {
    (void)state;
    assert_int_equal(moment("Europe/Warsaw", "2026-03-29T02:30:00Z"), at("2026-03-29T03:30:00+02:00"));
    assert_int_equal(moment("Europe/Warsaw", "2026-03-29T02:00:00Z"), at("2026-03-29T01:00:00Z"));
    assert_int_equal(moment("Europe/Warsaw", "2026-03-29T03:00:00Z"), at("2026-03-29T01:00:00Z"));
    assert_int_equal(moment("Europe/Warsaw", "2026-10-25T02:30:00Z"), at("2026-10-25T02:30:00+02:00"));
    assert_int_equal(moment("Europe/Warsaw", "2026-10-25T03:00:00Z"), at("2026-10-25T03:00:00+01:00"));
    assert_int_equal(moment("Europe/Warsaw", "2071-03-29T02:30:00Z"), at("2071-03-29T01:30:00Z"));
    assert_int_equal(moment("Australia/Lord_Howe", "2026-10-04T02:15:00Z"), at("2026-10-04T02:45:00+11:00"));
    assert_int_equal(moment("Australia/Lord_Howe", "2026-04-05T01:45:00Z"), at("2026-04-05T01:45:00+11:00"));
    assert_int_equal(moment("America/New_York", "2026-03-08T02:59:59Z"), at("2026-03-08T03:59:59-04:00"));
    assert_int_equal(moment("Europe/Kyiv", "1800-01-01T12:00:00Z"), at("1800-01-01T12:00:00Z") - 7324000);
}

static void test_zones_that_are_not(void **state) {
    (void)state;
    const Zone *found = NULL;
    const char *const missing[] = {"", "Europe/Nowhere", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/Warsaw ",
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        assert_int_equal(zone_find(str_from_c(missing[i]), &found), ERR_NOT_FOUND);
    assert_int_equal(zone_find(STR("leapseconds"), &found), ERR_INPUT);
    assert_null(found);
    assert_ptr_equal(zone("UTC"), zone_utc());
    assert_string_equal(zone_name(zone("Europe/Kyiv")).data, "Europe/Kyiv");
}

static void *find_all(void *argument) {
    const Zone **found = argument;
    for (size_t z = 0; z < ZONES; z++) zone_find(str_from_c(zones[z]), &found[z]);
    return NULL;
}

static void test_zones_from_threads(void **state) {
    (void)state;
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    const Zone *found[THREADS][ZONES] = {0};
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, find_all, found[i]), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < THREADS; i++)
        for (size_t z = 0; z < ZONES; z++) assert_ptr_equal(found[i][z], zone(zones[z]));
}

/* Every day of 800 years, counted one by one. */
static void test_calendar_day_by_day(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t days = civil_days(1600, 1, 1);
    assert_int_equal(civil_days(1970, 1, 1), 0);
    assert_int_equal(civil_weekday(1970, 1, 1), 4);
    assert_int_equal(days, -135140);
    int weekday = civil_weekday(1600, 1, 1);
    assert_int_equal(weekday, 6);
    for (int year = 1600; year < 2400; year++) {
        bool leap = year % 400 == 0 || (year % 100 != 0 && year % 4 == 0);
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (leap && month == 2);
            for (int day = 1; day <= length; day++, days++, weekday = weekday % 7 + 1) {
                Civil civil = civil_from_utc_ms(days * 86400000 + 86399999);
                Civil expected = {year, month, day, 23, 59, 59, weekday};
                if (!same(&civil, &expected) || civil.weekday != weekday || civil_days(year, month, day) != days)
                    fail_msg("%d-%d-%d", year, month, day);
                assert_true(civil_valid(&civil));
            }
            Civil after = {.year = year, .month = month, .day = length + 1};
            assert_false(civil_valid(&after));
        }
    }
    Civil midnight = {.year = 2026, .month = 6, .day = 11, .hour = 24};
    assert_false(civil_valid(&midnight));
}

/* The table of the ecclesiastical full moons of 1900–2199 by golden number; Easter is the Sunday after. */
static void test_easter(void **state) {
    (void)state;
    static const int full_moons[19][2] = {{4, 14}, {4, 3}, {3, 23}, {4, 11}, {3, 31}, {4, 18}, {4, 8},
                                          {3, 28}, {4, 16}, {4, 5}, {3, 25}, {4, 13}, {4, 2}, {3, 22},
                                          {4, 10}, {3, 30}, {4, 17}, {4, 7}, {3, 27}};
    int month, day;
    for (int year = 1900; year < 2200; year++) {
        const int *moon = full_moons[year % 19];
        int64_t days = civil_days(year, moon[0], moon[1]) + 1;
        while ((days + 3) % 7 + (days + 3 < 0 ? 7 : 0) != 6) days++;
        civil_easter(year, &month, &day);
        if (civil_days(year, month, day) != days || civil_weekday(year, month, day) != 7)
            fail_msg("%d: got %d-%d", year, month, day);
    }
    civil_easter(2026, &month, &day);
    assert_true(month == 4 && day == 5);
    civil_easter(2038, &month, &day);
    assert_true(month == 4 && day == 25);
}

static void test_time_text(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 16);
    assert_str(time_to_text(arena, 0), STR("1970-01-01T00:00:00Z"));
    assert_str(time_to_text(arena, -1), STR("1969-12-31T23:59:59.999Z"));
    assert_int_equal(at("2026-06-11T14:00:00+02:00"), at("2026-06-11T12:00:00Z"));
    assert_int_equal(at("2026-06-11T12:00:00.1239Z"), at("2026-06-11T12:00:00Z") + 123);
    assert_int_equal(at("2026-06-11T00:00:00-03:30"), at("2026-06-11T03:30:00z"));
    const char *const bad[] = {"", "2026-06-11", "2026-06-11T12:00:00", "2026-06-11T12:00Z", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-06-11T24:00:00Z", "2026-06-11T12:60:00Z", "2026-06-11T12:00:60Z",
        "2026-06-11T12:00:00.Z", "2026-06-11T12:00:00+24:00", "2026-06-11T12:00:00Z ", "0000-01-01T00:00:00Z",
        "2026-06-11 12:00:00Z", "26-06-11T12:00:00Z", "2026-06-11T12:00:00+0200"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 7;
        if (time_parse(str_from_c(bad[i]), &ms) || ms != 7) fail_msg("was taken: %s", bad[i]);
    }
    Random random = random_from_seed(SEED);
    for (int i = 0; i < 1000; i++) {
        int64_t ms = (int64_t)random_below(&random, 250000000000000) - 60000000000000, back;
        assert_true(time_parse(time_to_text(arena, ms), &back) && back == ms);
    }
    arena_close(arena);
}

static void test_clock(void **state) {
    (void)state;
    Clock clock = clock_real();
    assert_true(clock_now_ms(&clock) > at("2025-01-01T00:00:00Z"));
    assert_int_equal(clock_parse(STR("2026-06-11T14:00:00Z"), &clock), OK);
    assert_int_equal(clock_now_ms(&clock), at("2026-06-11T14:00:00Z"));
    assert_int_equal(clock_parse(STR("2026-06-11T14:00:00Z*60"), &clock), OK);
    assert_true(clock.speed == 60);
    clock.start_real_ms -= 10000; /* as if set ten seconds ago */
    int64_t now = clock_now_ms(&clock);
    assert_true(now >= at("2026-06-11T14:10:00Z"));
    assert_true(clock_now_ms(&clock) >= now);
    const char *const bad[] = {
        "", "now", "2026-06-11T14:00:00Z*", "2026-06-11T14:00:00Z*-1", "*60", "2026-06-11T14:00:00Z*x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Clock untouched = {.start_ms = 7};
        assert_int_equal(clock_parse(str_from_c(bad[i]), &untouched), ERR_INPUT);
        assert_int_equal(untouched.start_ms, 7);
    }
    int64_t ns = clock_monotonic_ns();
    assert_true(clock_monotonic_ns() >= ns);
}

static void test_imprecise_dates(void **state) {
    (void)state;
    static const struct { const char *text; ImpreciseDate date; } good[] = {
        {"", {DATE_NONE, 0, 0, 0}}, {"2026", {DATE_YEAR, 2026, 0, 0}}, {"2026-06", {DATE_MONTH, 2026, 6, 0}},
        {"2026-06-11", {DATE_DAY, 2026, 6, 11}}, {"2024-02-29", {DATE_DAY, 2024, 2, 29}},
        {"2026-21", {DATE_SEASON, 2026, 1, 0}}, {"2026-24", {DATE_SEASON, 2026, 4, 0}}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ImpreciseDate date = {.day = 99};
        assert_true(imprecise_date_parse(str_from_c(good[i].text), &date));
        assert_memory_equal(&date, &good[i].date, sizeof date);
    }
    const char *const bad[] = {" ",         "26",          "2026-",      "2026-13",     "2026-00",
                               "2026-20",   "2026-25",     "2026-21-01", "2026-02-29",  "2026-06-31",
                               "2026-06-1", "2026-06-11 ", "0000",       "2026-06-11T", "june"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ImpreciseDate date = {.day = 99};
        if (imprecise_date_parse(str_from_c(bad[i]), &date) || date.day != 99) fail_msg("was taken: %s", bad[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_zones_from_threads),
        cmocka_unit_test(test_zones_agree_with_the_c_library),
        cmocka_unit_test(test_moments_of_civil_times),
        cmocka_unit_test(test_gaps_and_overlaps),
        cmocka_unit_test(test_zones_that_are_not),
        cmocka_unit_test(test_calendar_day_by_day),
        cmocka_unit_test(test_easter),
        cmocka_unit_test(test_time_text),
        cmocka_unit_test(test_clock),
        cmocka_unit_test(test_imprecise_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
