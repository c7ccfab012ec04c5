// SPDX-License-Identifier: EUPL-1.2
/* What is in a dish, said honestly; and a dish that is changed keeps what nobody spoke of. */
#include "gathering/potluck/dish_form.h"

#include "../signups/testing.h"
#include "potluck_sql.h"

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

/* ---- the form ------------------------------------------------------- */

static Dish dish_with(const char *stored) {
    Dish dish = {.id = 7, .kind = STR("cake"), .name = STR("Sernik"), .version = 3};
    assert_true(allergens_parse(str_from_c(stored), &dish.allergens));
    return dish;
}

/* Opened and saved as it stands, a dish is what it was, whatever mixture of answers it has. */
static void saving_unchanged_changes_nothing(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const char *const all[] = {"uuuuuuuuuuuuuu", "nnnnnnnnnnnnnn", "yyyyyyyyyyyyyy", "ynynnnynnnnnnn",
                                      "yuyuuuyuuuuuuu", "ynuynuynuynuyn", "nnnnnnunnnnnnn", "uuuuuuunuuuuuu"};
    for (size_t i = 0; i < COUNT(all); i++) {
        Request request = {.arena = arena, .language = LANGUAGE_EN};
        Dish dish = dish_with(all[i]);
        DishForm values = dish_form_values(&request, &dish);
        dish_form_take(&values, false, &dish);
        if (!str_equal(allergens_text(arena, &dish.allergens), str_from_c(all[i])))
            fail_msg("%s became %.*s", all[i], STR_FORMAT(allergens_text(arena, &dish.allergens)));
        assert_true(str_equal(values.version, STR("3")));
    }
    arena_close(arena);
}

static void what_is_no_longer_ticked_is_not_known(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const struct {
        const char *before, *rest, *after;
    } cases[] = {
        {"ynuynuynuynuyn", "kept", "unuunuunuunuun"},
        {"ynuynuynuynuyn", "none", "nnnnnnnnnnnnnn"},
        {"ynuynuynuynuyn", "unknown", "uuuuuuuuuuuuuu"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Dish dish = dish_with(cases[i].before);
        DishForm values = {.name = STR("x"), .kind = STR("cake"), .rest = str_from_c(cases[i].rest)};
        dish_form_take(&values, false, &dish);
        assert_true(str_equal(allergens_text(arena, &dish.allergens), str_from_c(cases[i].after)));
    }
    arena_close(arena);
}

/* ---- two at once ------------------------------------------------------- */

static Err change_a_dish(Tx *tx, void *context) {
    const World *world = context;
    Organisation organisation = {.name = STR("Klub"), .legal_form = STR(""), .words = STR("")};
    Id ours = organisation_add(tx, &organisation);
    Dish dish = {.edition = world->first, .organisation = ours, .kind = STR("cake"), .name = STR("Sernik")}, again;
    dish.id = dish_add(tx, &dish);
    assert_true(dish_get(tx, world->first, dish.id, ours, &dish));
    assert_false(dish_get(tx, world->first, dish.id, ours + 1, &again)); /* another's */
    assert_false(dish_get(tx, world->second, dish.id, 0, &again));
    again = dish;
    dish.name = STR("Sernik z rodzynkami");
    dish.portions = given_int(12);
    assert_int_equal(dish_update(tx, &dish), OK);
    again.kind = STR("salad");
    assert_int_equal(dish_update(tx, &again), ERR_CONFLICT);
    assert_true(dish_get(tx, world->first, dish.id, 0, &again));
    assert_true(str_equal(again.name, STR("Sernik z rodzynkami")));
    assert_true(str_equal(again.kind, STR("cake")));
    assert_int_equal(again.portions.value, 12);
    again.organisation = 0;
    assert_int_equal(dish_update(tx, &again), OK); /* recorded, without saying whose */
    assert_false(dish_get(tx, world->first, dish.id, ours, &again));
    assert_int_equal(dish_remove(tx, world->first, dish.id, 0), OK);
    assert_int_equal(dish_update(tx, &again), ERR_CONFLICT);
    return OK;
}

static Err join(Tx *tx, void *context) {
    const World *world = context;
    Organisation organisation = {.name = STR("Klub"), .legal_form = STR(""), .words = STR("")};
    Id from = organisation_add(tx, &organisation), to = organisation_add(tx, &organisation);
    Dish dish = {.edition = world->first, .organisation = from, .kind = STR("cake"), .name = STR("Sernik")}, found;
    dish.id = dish_add(tx, &dish);
    dish.edition = world->second; /* another edition's stays where it is */
    Id elsewhere = dish_add(tx, &dish);
    diet_count_set(tx, world->first, from, STR("vegan"), 2);
    diet_count_set(tx, world->first, to, STR("vegan"), 9);
    potluck_organisation_joins(tx, &(OrganisationJoin){world->first, from, to, false});
    assert_true(dish_get(tx, world->first, dish.id, to, &found));
    assert_true(dish_get(tx, world->second, elsewhere, from, &found));
    PotluckDietsOfRow diets;
    assert_true(potluck_sql_diets_of(tx, world->first, from, &diets) && diets.count == 0);

    /* Of two sign-ups each told its own: people are not counted twice. */
    diet_count_set(tx, world->first, from, STR("halal"), 4);
    diet_count_set(tx, world->first, from, STR("vegetarian"), 1);
    potluck_organisation_joins(tx, &(OrganisationJoin){world->first, from, to, true});
    assert_true(potluck_sql_diets_of(tx, world->first, from, &diets) && diets.count == 0);
    assert_true(potluck_sql_diets_of(tx, world->first, to, &diets) && diets.count == 1);
    return OK;
}

static void a_joined_organisation_keeps_its_dish(void **state) {
    World *world = *state;
    if (store_write(world->store, world->arena, join, world)) fail_msg("%s", arena_failure(world->arena)->message);
}

static void the_second_change_of_a_dish_is_told(void **state) {
    World *world = *state;
    if (store_write(world->store, world->arena, change_a_dish, world))
        fail_msg("%s", arena_failure(world->arena)->message);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_is_not_none),
        cmocka_unit_test(text_and_answers_are_the_same),
        cmocka_unit_test(saving_unchanged_changes_nothing),
        cmocka_unit_test(what_is_no_longer_ticked_is_not_known),
        cmocka_unit_test_setup_teardown(a_joined_organisation_keeps_its_dish, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_second_change_of_a_dish_is_told, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
