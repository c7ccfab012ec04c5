// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/watch.h"

#include "platform/base/limits.h"
#include "platform/http/sse.h"

enum { MOST_EDITIONS = 256 }; /* of one query */

struct Watch {
    Store *store;
    StreamHub *hub;
    Arena *arena;
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t end;
    bool ended;
};

typedef struct Look {
    Watch *watch;
    EditionVersions editions[MOST_EDITIONS];
    size_t count;
} Look;

static Err read_versions(Tx *tx, void *context) {
    Look *look = context;
    store_versions(tx, look->editions, look->count);
    return OK;
}

static void look_inside(void *argument) {
    Look *look = argument;
    if (!store_read(look->watch->store, look->watch->arena, read_versions, look))
        stream_hub_seen(look->watch->hub, look->editions, look->count);
}

/* False: the watch is to end. */
static bool pause_until_next(Watch *watch) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += SSE_WATCH_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&watch->mutex);
    if (!watch->ended) pthread_cond_timedwait(&watch->end, &watch->mutex, &until);
    bool goes_on = !watch->ended;
    pthread_mutex_unlock(&watch->mutex);
    return goes_on;
}

/* Whom a channel that comes or goes meanwhile shifts out of what is skipped is looked at the next time. */
static void look_at_all(Watch *watch) {
    Look look = {.watch = watch};
    size_t seen = 0;
    do {
        look.count = stream_hub_watched(watch->hub, seen, look.editions, MOST_EDITIONS);
        if (!look.count) return;
        arena_protect(watch->arena, look_inside, &look); /* a fault: next time */
        arena_reset(watch->arena);
        seen += look.count;
    } while (look.count == MOST_EDITIONS);
}

static void *watch_main(void *argument) {
    Watch *watch = argument;
    while (pause_until_next(watch)) look_at_all(watch);
    return NULL;
}

/* The wall's clock may be set back by hours. */
static void init_monotonic(pthread_cond_t *condition) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

Watch *watch_open(Store *store, StreamHub *hub) {
    Watch *watch = calloc(1, sizeof *watch);
    if (!watch) return NULL;
    *watch = (Watch){.store = store, .hub = hub, .arena = arena_open(LIMIT_ARENA_REQUEST_BYTES)};
    pthread_mutex_init(&watch->mutex, NULL);
    init_monotonic(&watch->end);
    if (watch->arena && !pthread_create(&watch->thread, NULL, watch_main, watch)) return watch;
    arena_close(watch->arena);
    pthread_cond_destroy(&watch->end);
    pthread_mutex_destroy(&watch->mutex);
    free(watch);
    return NULL;
}

void watch_close(Watch *watch) {
    if (!watch) return;
    pthread_mutex_lock(&watch->mutex);
    watch->ended = true;
    pthread_cond_signal(&watch->end);
    pthread_mutex_unlock(&watch->mutex);
    pthread_join(watch->thread, NULL);
    arena_close(watch->arena);
    pthread_cond_destroy(&watch->end);
    pthread_mutex_destroy(&watch->mutex);
    free(watch);
}
