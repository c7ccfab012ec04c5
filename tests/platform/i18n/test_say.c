// SPDX-License-Identifier: EUPL-1.2
/* The messages of this file are in po/ beside it; tools/messages makes the tables it is linked with. */
#include "platform/i18n/i18n.h"

#include "../../cmocka_all.h"

static int open_arena(void **state) {
    *state = arena_open(1 << 20);
    return 0;
}

static int close_arena(void **state) {
    arena_close(*state);
    return 0;
}

static void test_plain(void **state) {
    const Msg msg = MSG("signups", "This row has \"no\" name.");
    assert_str(say(*state, LANGUAGE_PL, msg), STR("Ten wiersz nie ma „nazwy”."));
    assert_str(say(*state, LANGUAGE_EN, msg), STR("This row has \"no\" name."));
    assert_str(say(*state, LANGUAGE_UK, msg), STR("Цей рядок без «назви»."));
}

static void test_context_tells_apart(void **state) {
    assert_str(say(*state, LANGUAGE_PL, MSG("signups", "Open")), STR("Otwarte"));
    assert_str(say(*state, LANGUAGE_PL, MSG("walks", "Open")), STR("Otwórz"));
}

static void test_plural_and_order(void **state) {
    static const Msg msg = MSG_PLURAL_INIT("walks", "{count} place "
                                                    "for {name}", /* a comment between */
                                           "{count} places for {name}");
    const struct {
        Language language;
        int64_t count;
        const char *expected;
    } cases[] = {
        {LANGUAGE_EN, 1, "1 place for A"},         {LANGUAGE_EN, 0, "0 places for A"},
        {LANGUAGE_EN, 26000, "26,000 places for A"}, {LANGUAGE_PL, 1, "dla A jedno miejsce"},
        {LANGUAGE_PL, 2, "dla A 2 miejsca"},       {LANGUAGE_PL, 12, "dla A 12 miejsc"},
        {LANGUAGE_PL, 21, "dla A 21 miejsc"},      {LANGUAGE_UK, 21, "21 місце для A"},
        {LANGUAGE_UK, 3, "3 місця для A"},         {LANGUAGE_UK, 11, "11 місць для A"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(say(*state, cases[i].language, msg, SAY_INT("count", cases[i].count), SAY_TEXT("name", STR("A"))),
                   str_from_c(cases[i].expected));
}

/* Braces in a value are text, not a placeholder. */
static void test_values_are_not_read_again(void **state) {
    const SayValue values[] = {SAY_TEXT("first", STR("{second}")), SAY_TEXT("second", STR("x")), {0}};
    assert_str(say_values(*state, LANGUAGE_EN, MSG("walks", "{first} and {second}"), values), STR("{second} and x"));
}

static void say_without_value(void *arena) {
    say(arena, LANGUAGE_EN, MSG("walks", "{first} and {second}"), SAY_INT("first", 1));
}
static void say_with_foreign_value(void *arena) { say(arena, LANGUAGE_EN, MSG("walks", "Open"), SAY_INT("a", 1)); }
static void say_without_count(void *arena) {
    say(arena, LANGUAGE_EN, MSG_PLURAL("walks", "{count} place for {name}", "{count} places for {name}"),
        SAY_TEXT("name", STR("A")));
}
static void say_unknown(void *arena) {
    const Msg unseen = {.context = "walks", .text = "Never seen"};
    say(arena, LANGUAGE_EN, unseen);
}

static void test_slips_are_faults(void **state) {
    assert_int_equal(arena_protect(*state, say_without_value, *state), ERR_INTERNAL);
    assert_int_equal(arena_protect(*state, say_with_foreign_value, *state), ERR_INTERNAL);
    assert_int_equal(arena_protect(*state, say_without_count, *state), ERR_INTERNAL);
    assert_int_equal(arena_protect(*state, say_unknown, *state), ERR_INTERNAL);
}

static void test_table_is_sorted(void **state) {
    (void)state;
    assert_int_equal(message_count, 5);
    for (size_t i = 1; i < message_count; i++) assert_true(message_hashes[i - 1] < message_hashes[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_context_tells_apart, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_plural_and_order, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_values_are_not_read_again, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_slips_are_faults, open_arena, close_arena),
        cmocka_unit_test(test_table_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
