// SPDX-License-Identifier: EUPL-1.2
/* A store with an edition, its day, and organisations that take part. */
#ifndef WSPOLNIE_TESTS_PROGRAMME_TESTING_H
#define WSPOLNIE_TESTS_PROGRAMME_TESTING_H

#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/programme/programme.h"
#include "gathering/signups/signups.h"

enum { TEST_ORGANISATIONS = 6, TEST_SECTIONS = 5 };
enum { SECTION_OPENING, SECTION_TALKS, SECTION_CHILDREN, SECTION_POTLUCK, SECTION_LATE_TALKS };
#define AFTERNOON_MS INT64_C(1781179200000) /* 2026-06-11 14:00 in Warsaw */
#define MINUTES(count) (INT64_C(60000) * (count))

typedef struct World {
    Arena *arena;
    Store *store;
    char folder[64];
    Id series, edition;
    Id sections[TEST_SECTIONS], organisations[TEST_ORGANISATIONS];
} World;

__attribute__((unused)) static void add_day(Tx *tx, World *world) {
    static const struct {
        const char *kind;
        int from_min, to_min;
        bool is_free;
    } day[TEST_SECTIONS] = {{"opening", 30, 40, false},
                            {"talks", 40, 56, false},
                            {"performance", 80, 100, false},
                            {"potluck", 100, 130, true},
                            {"talks", 130, 145, false}};
    for (size_t i = 0; i < TEST_SECTIONS; i++)
        world->sections[i] = edition_add_section(tx, world->edition,
                                                 &(FrameSection){.kind = str_from_c(day[i].kind),
                                                                 .title = STR(""),
                                                                 .starts_ms = AFTERNOON_MS + MINUTES(day[i].from_min),
                                                                 .ends_ms = AFTERNOON_MS + MINUTES(day[i].to_min),
                                                                 .is_protected = day[i].is_free});
}

__attribute__((unused)) static void add_organisations(Tx *tx, World *world) {
    for (size_t i = 0; i < TEST_ORGANISATIONS; i++) {
        world->organisations[i] =
            organisation_add(tx, &(Organisation){.name = str_format(tx_arena(tx), "Organizacja %zu", i),
                                                 .legal_form = STR("association"),
                                                 .words = STR("")});
        Signup signup = {.edition = world->edition,
                         .organisation = world->organisations[i],
                         .state = SIGNUP_ACCEPTED,
                         .source = STR("staff"),
                         .people = 2,
                         .remarks = STR(""),
                         .staff_notes = STR(""),
                         .access_needs = STR(""),
                         .reason = STR("")};
        Id id;
        assert_int_equal(signup_add(tx, &signup, &(Exchanges){0}, &id), OK);
    }
}

__attribute__((unused)) static Err fill_world(Tx *tx, void *context) {
    World *world = context;
    Series series = {.slug = STR("do-celu"),
                     .name = STR("Do celu"),
                     .words = STR(""),
                     .organiser = STR(""),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    assert_int_equal(series_add(tx, &series, &world->series), OK);
    Edition edition = {.series.id = world->series,
                       .title = STR("Do celu III"),
                       .words = STR(""),
                       .number = 3,
                       .state = EDITION_CALL_CLOSED,
                       .date_text = STR("2026-06-11"),
                       .slug = STR("iii"),
                       .starts_ms = given_int(AFTERNOON_MS)};
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &edition.zone), OK);
    assert_int_equal(edition_add(tx, &edition, &world->edition), OK);
    add_day(tx, world);
    add_organisations(tx, world);
    return OK;
}

__attribute__((unused)) static void world_open(World *world) {
    *world = (World){};
    world->arena = own_folder(world->folder, "programme", 256 << 20);
    world->store = own_store(world->arena, world->folder, NULL);
    if (store_write(world->store, world->arena, fill_world, world))
        fail_msg("%s", arena_failure(world->arena)->message);
}

__attribute__((unused)) static void world_close(World *world) { own_end(world->arena, world->folder, world->store); }

/* Runs work in one write and expects it to go well. */
__attribute__((unused)) static void in_world(World *world, TxFunction work) {
    Err err = store_write(world->store, world->arena, work, world);
    if (err) fail_msg("%s: %s", err_name(err), arena_failure(world->arena) ? arena_failure(world->arena)->message : "");
}

#endif
