// SPDX-License-Identifier: EUPL-1.2
/* A data file in a temporary folder, a clock that tests move, and requests as http would hand them over. */
#ifndef WSPOLNIE_TESTS_ACCOUNT_TESTING_H
#define WSPOLNIE_TESTS_ACCOUNT_TESTING_H

#include "../../cmocka_all.h"
#include "../store/own.h"
#include "platform/account/sign_in.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MINUTES_MS(minutes) ((minutes)*INT64_C(60000))
#define DAYS_MS(days) ((days)*INT64_C(86400000))

typedef struct World {
    Arena *arena;
    Store *store;
    Clock clock;
    char folder[64];
} World;

static World world;

static void open_store(void) { world.store = own_store(world.arena, world.folder, &world.clock); }

__attribute__((unused)) static int world_open(void **state) {
    (void)state;
    world = (World){0};
    world.arena = own_folder(world.folder, "account", 256 << 20);
    assert_int_equal(clock_parse(STR("2026-06-11T12:00:00Z"), &world.clock), OK);
    open_store();
    return 0;
}

__attribute__((unused)) static int world_close(void **state) {
    (void)state;
    own_end(world.arena, world.folder, world.store);
    return 0;
}

/* The store reads its clock when it is opened. */
__attribute__((unused)) static void let_pass(int64_t ms) {
    world.clock.start_ms += ms;
    store_close(world.store);
    open_store();
}

/* ---- steps: each in a writing transaction of its own, as a request is ---- */

typedef struct Step {
    void (*work)(Request *request, void *values);
    void *values;
    Str cookies;
} Step;

static Err run_step(Tx *tx, void *context) {
    Step *step = context;
    Field session = {.name = STR("session"), .value = step->cookies};
    Request request = {
        .arena = tx_arena(tx),
        .tx = tx,
        .method = METHOD_POST,
        .path = STR("/somewhere"),
        .target = STR("/somewhere?a=b"),
        .language = LANGUAGE_PL,
        .now_ms = tx_now_ms(tx),
        .base_url = STR("https://example.test"),
        .cookies = {&session, str_is_absent(step->cookies) ? 0 : 1},
        .response = {.body = buffer_in(tx_arena(tx))},
    };
    account_identify(&request);
    step->work(&request, step->values);
    return OK;
}

/* Does the work as somebody whose browser holds this session, or none. */
__attribute__((unused)) static void as(Str session, void (*work)(Request *request, void *values), void *values) {
    Step step = {work, values, session};
    if (store_write(world.store, world.arena, run_step, &step)) fail_msg("%s", arena_failure(world.arena)->message);
}

#endif
