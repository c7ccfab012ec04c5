// SPDX-License-Identifier: EUPL-1.2
/* What the tests of sign-ups share: a temporary store with a series and two editions. */
#ifndef WSPOLNIE_TESTS_SIGNUPS_TESTING_H
#define WSPOLNIE_TESTS_SIGNUPS_TESTING_H

#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/signups/import_plan.h"
#include "gathering/signups/signups.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"

typedef struct World {
    Arena *arena;
    char folder[64];
    Store *store;
    Id series, first, second;
    Id other_series, elsewhere; /* of other organisers */
} World;

static Err make_series(Tx *tx, void *context) {
    World *world = context;
    const Zone *zone;
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &zone), OK);
    Series series = {.slug = STR("s"),
                     .name = STR("Seria"),
                     .words = STR(""),
                     .organiser = STR("Dom"),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    assert_int_equal(series_add(tx, &series, &world->series), OK);
    series.id = world->series;
    Edition edition = {.series = series,
                       .slug = STR("i"),
                       .number = 1,
                       .title = STR("Pierwsza"),
                       .words = STR(""),
                       .state = EDITION_CALL_OPEN,
                       .date_text = STR(""),
                       .zone = zone,
                       .places = given_int(2)};
    assert_int_equal(edition_add(tx, &edition, &world->first), OK);
    edition.slug = STR("ii");
    edition.number = 2;
    assert_int_equal(edition_add(tx, &edition, &world->second), OK);
    series.slug = STR("t");
    assert_int_equal(series_add(tx, &series, &world->other_series), OK);
    edition.series.id = world->other_series;
    return edition_add(tx, &edition, &world->elsewhere);
}

static int world_open(void **state) {
    static World world;
    world = (World){0};
    world.arena = own_folder(world.folder, "signups", 512 << 20);
    world.store = own_store(world.arena, world.folder, NULL);
    assert_int_equal(store_write(world.store, world.arena, make_series, &world), OK);
    *state = &world;
    return 0;
}

static int world_close(void **state) {
    World *world = *state;
    own_end(world->arena, world->folder, world->store);
    return 0;
}

#endif
