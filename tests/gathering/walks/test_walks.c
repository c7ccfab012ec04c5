// SPDX-License-Identifier: EUPL-1.2
/* A walk and its turns: added, changed by the one who has seen them as they stand, removed. */
#include "gathering/walks/walks.h"

#include "../signups/testing.h"

static void assert_text(Str found, const char *expected) {
    if (!str_equal(found, str_from_c(expected))) fail_msg("\"%.*s\" is not \"%s\"", STR_FORMAT(found), expected);
}

static Id add_walk(Tx *tx, const World *world) {
    return walk_add(tx, &(Walk){.edition = world->first, .name = STR("Ogrody"), .place = STR("dach")});
}

static Err change_a_walk(Tx *tx, void *context) {
    const World *world = context;
    Walk walk, again;
    Id id = add_walk(tx, world);
    assert_true(walk_get(tx, world->first, id, &walk));
    assert_text(walk.words, "");
    again = walk;
    walk.name = STR("Ogrody na dachach");
    walk.meeting_point = STR("przy wejściu");
    assert_int_equal(walk_update(tx, &walk), OK);
    again.words = STR("Widok na miasto.");
    assert_int_equal(walk_update(tx, &again), ERR_CONFLICT); /* opened before */
    assert_true(walk_get(tx, world->first, id, &again));
    assert_text(again.name, "Ogrody na dachach");
    assert_text(again.place, "dach");
    assert_text(again.words, "");
    assert_int_equal(again.version, walk.version + 1);
    again.edition = world->second;
    assert_int_equal(walk_update(tx, &again), ERR_CONFLICT); /* not that edition's */
    assert_false(walk_get(tx, world->second, id, &again));
    return OK;
}

static Err change_a_turn(Tx *tx, void *context) {
    const World *world = context;
    Walk walk;
    Turn turn = {.edition = world->first, .starts_ms = 1000, .places = 20}, again;
    turn.walk = add_walk(tx, world);
    assert_int_equal(walk_add_turn(tx, &turn, &turn.id), OK);
    assert_true(walk_get(tx, world->first, turn.walk, &walk));
    assert_true(walk_turn(&walk, turn.id, &turn));
    again = turn;
    turn.starts_ms = 2000;
    turn.places = 12;
    turn.step_free = true;
    assert_int_equal(walk_update_turn(tx, &turn), OK);
    assert_int_equal(walk_update_turn(tx, &again), ERR_CONFLICT);
    assert_true(walk_get(tx, world->first, turn.walk, &walk));
    assert_int_equal(walk.version, 1); /* its own words are as they were */
    assert_true(walk_turn(&walk, turn.id, &again));
    assert_int_equal(again.starts_ms, 2000);
    assert_int_equal(again.places, 12);
    assert_true(again.step_free);
    const int64_t wrong[] = {0, -1, TURN_PLACES_MOST + 1};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        again.places = wrong[i];
        assert_int_equal(walk_update_turn(tx, &again), ERR_INPUT);
    }
    assert_int_equal(walk_remove_turn(tx, world->first, turn.id), OK);
    again.places = 5;
    assert_int_equal(walk_update_turn(tx, &again), ERR_CONFLICT); /* it is gone */
    return OK;
}

static void in_store(void **state, TxFunction work) {
    World *world = *state;
    if (store_write(world->store, world->arena, work, world)) fail_msg("%s", arena_failure(world->arena)->message);
}
static void the_second_change_of_a_walk_is_told(void **state) { in_store(state, change_a_walk); }
static void the_second_change_of_a_turn_is_told(void **state) { in_store(state, change_a_turn); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_second_change_of_a_walk_is_told, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_second_change_of_a_turn_is_told, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
