// SPDX-License-Identifier: EUPL-1.2
/* Guests: counted apart from those who sign up, safe against two people at once. */
#include "gathering/signups/guests.h"
#include "testing.h"

static Err guests(Tx *tx, void *context) {
    World *world = context;
    Guest artist = {
        .edition = world->first, .kind = STR("artist"), .name = STR("Akordeon"), .words = STR(""), .people = 1};
    Id id = guest_add(tx, &artist, 0);
    Guest press = artist, stored, stale;
    press.kind = STR("press");
    press.name = STR("Kurier");
    press.people = 3;
    guest_add(tx, &press, 0);
    press.edition = world->second;
    guest_add(tx, &press, 0);
    SignupCounts counts = signup_counts(tx, world->first);
    assert_int_equal(counts.guests, 4);
    assert_int_equal(counts.people, 0); /* apart from the organisations' */
    assert_int_equal(guests_of(tx, world->first).count, 2);
    assert_false(guest_get(tx, world->second, id, &stored)); /* of another edition */
    assert_true(guest_get(tx, world->first, id, &stored));
    stale = stored;
    stored.people = 5;
    assert_int_equal(guest_update(tx, &stored, 0), OK);
    assert_int_equal(guest_update(tx, &stale, 0), ERR_CONFLICT);
    assert_int_equal(guest_remove(tx, &stale, 0), ERR_CONFLICT);
    assert_int_equal(signup_counts(tx, world->first).guests, 8);
    assert_true(guest_get(tx, world->first, id, &stored));
    assert_int_equal(guest_remove(tx, &stored, 0), OK);
    assert_int_equal(guest_remove(tx, &stored, 0), ERR_NOT_FOUND);
    assert_int_equal(guest_update(tx, &stored, 0), ERR_NOT_FOUND);
    assert_int_equal(signup_counts(tx, world->first).guests, 3);
    return OK;
}

static void guests_are_counted_apart(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, guests, world), OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(guests_are_counted_apart, world_open, world_close),
    };
    return cmocka_run_group_tests_name("gathering/signups guests", tests, NULL, NULL);
}
