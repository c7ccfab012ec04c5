// SPDX-License-Identifier: EUPL-1.2
/* What is in a dish, said honestly. */
#include "gathering/potluck/potluck.h"

#include "../../cmocka_all.h"

static Str words_of(Arena *arena, const char *stored) {
    Allergens allergens;
    assert_true(allergens_parse(str_from_c(stored), &allergens));
    return allergens_words(arena, LANGUAGE_EN, &allergens);
}

static void unknown_is_not_none(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    assert_true(str_equal(words_of(arena, ""), STR("Allergens not told.")));
    assert_true(str_equal(words_of(arena, "uuuuuuuuuuuuuu"), STR("Allergens not told.")));
    assert_true(str_equal(words_of(arena, "nnnnnnnnnnnnnn"), STR("None of the 14 allergens.")));
    assert_true(str_equal(words_of(arena, "ynynnnynnnnnnn"),
                          STR("Contains: cereals with gluten, eggs and milk. None of the others.")));
    assert_true(str_equal(words_of(arena, "yuyuuuyuuuuuuu"),
                          STR("Contains: cereals with gluten, eggs and milk. Not known about the others.")));
    assert_true(
        str_equal(words_of(arena, "ynnnnnunnnnnnn"), STR("Contains: cereals with gluten. Not known about: milk.")));
    assert_true(str_equal(words_of(arena, "nnnnnnunnnnnnn"), STR("Not known about: milk. None of the others.")));
    arena_close(arena);
}

static void text_and_answers_are_the_same(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Allergens allergens;
    assert_true(allergens_parse(STR("ynuynuynuynuyn"), &allergens));
    assert_true(str_equal(allergens_text(arena, &allergens), STR("ynuynuynuynuyn")));
    static const char *const bad[] = {"y", "ynuynuynuynuynn", "YNUYNUYNUYNUYN", "ynuynuynuynuy?"};
    for (size_t i = 0; i < COUNT(bad); i++) assert_false(allergens_parse(str_from_c(bad[i]), &allergens));
    for (size_t i = 0; i < ALLERGEN_COUNT; i++) {
        Allergen found;
        assert_true(allergen_parse(str_from_c(allergen_code((Allergen)i)), &found));
        assert_int_equal(found, i);
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(unknown_is_not_none),
                                       cmocka_unit_test(text_and_answers_are_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
