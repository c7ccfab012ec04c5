// SPDX-License-Identifier: EUPL-1.2
/* What the tests of sign-ups share: a temporary store with a series and two editions. */
#ifndef WSPOLNIE_TESTS_SIGNUPS_TESTING_H
#define WSPOLNIE_TESTS_SIGNUPS_TESTING_H

#include "../../cmocka_all.h"
#include "../../platform/store/place.h"
#include "gathering/signups/import_plan.h"
#include "gathering/signups/signups.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"
#include <dirent.h>
#include <unistd.h>

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
    world = (World){.arena = arena_open(512 * 1024 * 1024), .folder = "/tmp/wspolnie-signups-XXXXXX"};
    assert_non_null(mkdtemp(world.folder));
    StoreOptions options = {.path = store_place(world.arena, str_format(world.arena, "%s/data.db", world.folder).data),
                            .may_create = true,
                            .may_migrate = true};
    if (store_open(world.arena, &options, &world.store)) fail_msg("%s", arena_failure(world.arena)->message);
    assert_int_equal(store_write(world.store, world.arena, make_series, &world), OK);
    *state = &world;
    return 0;
}

static int world_close(void **state) {
    World *world = *state;
    store_close(world->store);
    store_place_remove(world->arena, str_format(world->arena, "%s/data.db", world->folder).data);
    DIR *dir = opendir(world->folder);
    for (struct dirent *entry; (entry = readdir(dir));)
        unlink(str_to_c(world->arena, str_format(world->arena, "%s/%s", world->folder, entry->d_name)));
    closedir(dir);
    rmdir(world->folder);
    arena_close(world->arena);
    return 0;
}

#endif
