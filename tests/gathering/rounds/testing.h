// SPDX-License-Identifier: EUPL-1.2
/* A store in a temporary folder with a series, two editions and organisations that need and offer things. */
#ifndef WSPOLNIE_TESTS_ROUNDS_TESTING_H
#define WSPOLNIE_TESTS_ROUNDS_TESTING_H

#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/rounds/rounds.h"
#include "gathering/signups/signups.h"

typedef struct World {
    Arena *arena;
    Store *store;
    char folder[64];
    Id series, first, second; /* editions */
    Id organisations[64];
    size_t count;
} World;

/* An organisation that takes part. */
__attribute__((unused)) static void accept_signup(Tx *tx, Id edition, Id organisation, const Exchanges *exchanges) {
    Signup signup = {.edition = edition,
                     .organisation = organisation,
                     .state = SIGNUP_ACCEPTED,
                     .source = STR("staff"),
                     .people = 2};
    Id id;
    assert_int_equal(signup_add(tx, &signup, exchanges, &id), OK);
}

__attribute__((unused)) static void add_organisation(Tx *tx, World *world, size_t number) {
    static const char *const kinds[] = {"space", "volunteers", "promotion", "expertise"};
    static const char *const profiles[] = {"senior", "youth", "cultural", "ecological", "social"};
    Str profile = str_from_c(profiles[number % COUNT(profiles)]);
    Organisation organisation = {
        .name = str_format(tx_arena(tx), number % 7 == 3 ? "Спілка %zu" : "Stowarzyszenie %zu", number),
        .legal_form = STR("association"),
        .words = STR("Ogród, sąsiedzi i wspólne gotowanie"),
        .profiles = {&profile, 1},
    };
    world->organisations[number] = organisation_add(tx, &organisation);
    Exchange exchanges[] = {
        {.organisation = world->organisations[number],
         .kind = str_from_c(kinds[number % COUNT(kinds)]),
         .words = STR("sala prób")},
        {.organisation = world->organisations[number],
         .is_offer = true,
         .kind = str_from_c(kinds[(number + 1) % COUNT(kinds)]),
         .words = STR("sala w piątki.")},
    };
    Id editions[] = {world->first, world->second};
    for (size_t i = 0; i < COUNT(editions); i++) {
        accept_signup(tx, editions[i], world->organisations[number], &(Exchanges){exchanges, COUNT(exchanges)});
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
                       .title = STR("Do celu"),
                       .words = STR(""),
                       .number = 1,
                       .state = EDITION_PUBLISHED,
                       .date_text = STR("2026-06-11"),
                       .slug = STR("i")};
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &edition.zone), OK);
    assert_int_equal(edition_add(tx, &edition, &world->first), OK);
    edition.slug = STR("ii");
    edition.number = 2;
    assert_int_equal(edition_add(tx, &edition, &world->second), OK);
    for (size_t i = 0; i < world->count; i++) add_organisation(tx, world, i);
    return OK;
}

__attribute__((unused)) static void world_open(World *world, size_t organisations) {
    *world = (World){.count = organisations};
    world->arena = own_folder(world->folder, "rounds", 256 << 20);
    world->store = own_store(world->arena, world->folder, NULL);
    if (store_write(world->store, world->arena, fill_world, world))
        fail_msg("%s", arena_failure(world->arena)->message);
}

__attribute__((unused)) static void world_close(World *world) { own_end(world->arena, world->folder, world->store); }

#endif
