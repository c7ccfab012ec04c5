// SPDX-License-Identifier: EUPL-1.2
/* Soft warnings: the days off in words, each side of 80% of a space and of a mass event, and which space is meant. */
#include "../../cmocka_all.h"
#include "gathering/editions/warnings.h"

static int set_up(void **state) {
    *state = arena_open(1 << 20);
    return 0;
}
static int tear_down(void **state) {
    arena_close(*state);
    return 0;
}

static void test_days(void **state) {
    static const struct {
        ImpreciseDate date;
        const char *said;
    } cases[] = {
        {{DATE_DAY, 2026, 6, 4}, "Tego dnia jest święto: Boże Ciało. Wiele osób wyjedzie."},
        {{DATE_DAY, 2026, 6, 5}, "Dzień wcześniej jest święto: Boże Ciało. Wiele osób może wyjechać."},
        {{DATE_DAY, 2026, 6, 3}, "Następnego dnia jest święto: Boże Ciało. Wiele osób może wyjechać."},
        {{DATE_DAY, 2026, 6, 11}, ""},
        {{DATE_MONTH, 2026, 6, 0}, ""},
        {{DATE_SEASON, 2026, 2, 0}, ""},
        {{DATE_NONE, 0, 0, 0}, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Edition edition = {.date = cases[i].date};
        assert_str(edition_day_warning(*state, LANGUAGE_PL, &edition), str_from_c(cases[i].said));
    }
}

/* Exhaustive on small halls: the least number that is 80% or more, and the first that does not fit. */
static void test_eighty_percent(void **state) {
    (void)state;
    for (int64_t capacity = 1; capacity <= 300; capacity++)
        for (int64_t people = 0; people <= capacity + 3; people++) {
            CapacityFit expected = people > capacity                                ? CAPACITY_EXCEEDED
                                   : (double)people / (double)capacity >= 0.7999999 ? CAPACITY_NEARLY_FULL
                                                                                    : CAPACITY_FITS;
            assert_int_equal(capacity_fit(people, capacity), expected);
        }
}

static void test_mass_event(void **state) {
    assert_true(str_is_empty(mass_event_warning(*state, LANGUAGE_PL, 399)));
    assert_false(str_is_empty(mass_event_warning(*state, LANGUAGE_PL, 400)));
    assert_false(str_is_empty(mass_event_warning(*state, LANGUAGE_PL, 5000)));
}

static void test_which_space(void **state) {
    Space spaces[] = {{.id = 1, .name = STR("Hol"), .capacity = given_int(300)},
                      {.id = 2, .name = STR("Scena"), .capacity = given_int(120), .is_stage = true},
                      {.id = 3, .name = STR("Kuchnia"), .capacity = given_int(20)},
                      {.id = 4, .name = STR("Ogród")}};
    Spaces all = {spaces, COUNT(spaces)};
    FrameSection sections[] = {{.kind = STR("walk"), .space = 3}, {.kind = STR("talks"), .space = 4}};
    Frame frame = {sections, COUNT(sections)};
    assert_int_equal(space_of_all(&all, &frame)->id, 2); /* a walk is not for all, the garden's size is not told */
    sections[1].space = 1;
    assert_int_equal(space_of_all(&all, &frame)->id, 1);
    assert_str(capacity_warning(*state, LANGUAGE_PL, space_of_all(&all, &frame), 239), STR(""));
    assert_false(str_is_empty(capacity_warning(*state, LANGUAGE_PL, space_of_all(&all, &frame), 240)));
    assert_int_equal(space_of_all(&(Spaces){spaces, 1}, &(Frame){0})->id, 1);
    assert_null(space_of_all(&(Spaces){spaces + 3, 1}, &frame));
    assert_str(capacity_warning(*state, LANGUAGE_PL, NULL, 240), STR(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_days, set_up, tear_down),
        cmocka_unit_test(test_eighty_percent),
        cmocka_unit_test_setup_teardown(test_mass_event, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_which_space, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
