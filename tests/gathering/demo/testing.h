// SPDX-License-Identifier: EUPL-1.2
/* A store in a temporary folder that is filled with the demo, at a time that stands still. */
#ifndef WSPOLNIE_TESTS_DEMO_TESTING_H
#define WSPOLNIE_TESTS_DEMO_TESTING_H

#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/demo/demo.h"
#include "gathering/editions/editions.h"
#include "platform/dump/dump.h"
#include <string.h>

typedef struct World {
    Arena *arena;
    Store *store;
    Clock clock;
    char folder[64];
} World;

/* 23 February 2026, a Monday: the coming edition is on 9 April, the past one on 24 July 2025. */
#define NOW "2026-02-23T09:00:00Z"

__attribute__((unused)) static void world_open(World *world) {
    *world = (World){};
    world->arena = own_folder(world->folder, "demo", 512 << 20);
    assert_int_equal(clock_parse(STR(NOW), &world->clock), OK);
    world->store = own_store(world->arena, world->folder, &world->clock);
}

__attribute__((unused)) static void world_close(World *world) { own_end(world->arena, world->folder, world->store); }

__attribute__((unused)) static void fill(World *world) {
    if (demo_fill(world->store, world->arena)) fail_msg("%s", arena_failure(world->arena)->message);
}

__attribute__((unused)) static int set_up(void **state) {
    static World world;
    world_open(&world);
    fill(&world);
    *state = &world;
    return 0;
}

__attribute__((unused)) static int tear_down(void **state) {
    world_close(*state);
    return 0;
}

/* ---- reading ---------------------------------- */

typedef struct Look {
    Series series;
    Edition past, coming, next;
    void (*at)(Tx *tx, struct Look *look);
} Look;

__attribute__((unused)) static Err look_work(Tx *tx, void *context) {
    Look *look = context;
    SeriesList all = series_all(tx);
    assert_int_equal(all.count, 1);
    look->series = all.series[0];
    Editions editions = editions_of_series(tx, look->series.id);
    assert_int_equal(editions.count, 3);
    for (size_t i = 0; i < editions.count; i++) {
        Edition *edition = &editions.editions[i];
        *(edition->number == 1 ? &look->past : edition->number == 2 ? &look->coming : &look->next) = *edition;
    }
    look->at(tx, look);
    return OK;
}

__attribute__((unused)) static void look(void **state, void (*at)(Tx *, Look *)) {
    World *world = *state;
    Look found = {.at = at};
    assert_int_equal(store_read(world->store, world->arena, look_work, &found), OK);
}

__attribute__((unused)) static Err export_work(Tx *tx, void *context) {
    Buffer *out = context;
    dump_export(tx, &(RowScope){.with_people = true}, out);
    return OK;
}

__attribute__((unused)) static Str export_of(World *world) {
    Buffer out = buffer_in(world->arena);
    assert_int_equal(store_read(world->store, world->arena, export_work, &out), OK);
    return buffer_str(&out);
}

#endif
