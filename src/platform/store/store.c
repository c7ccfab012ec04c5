// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.h"
#include "platform/store/sqlite.h"

#include <assert.h>

/* ---- the running transaction -------------------------------------------------------------------- */

Arena *tx_arena(Tx *tx) { return tx->arena; }

int64_t tx_now_ms(Tx *tx) { return tx->now_ms; }

Id tx_new_id(Tx *tx) { return node_next(&tx->store->node, tx); }

bool tx_writes(const Tx *tx) { return tx->writes; }

int64_t tx_changes(const Tx *tx) { return tx->changes; }

void *store_calloc(Arena *arena, size_t size) {
    void *memory = calloc(1, size);
    if (!memory) arena_fail(arena, ERR_LIMIT, "out of memory for the store");
    return memory;
}

/* ---- reading ----------------------------------------------------------------------------------------- */

/* At the end of a thread that read. */
static void forget_reader(void *value) {
    Connection *reader = value;
    Store *store = reader->store;
    pthread_mutex_lock(&store->readers_lock);
    for (Connection **link = &store->readers; *link; link = &(*link)->next)
        if (*link == reader) {
            *link = reader->next;
            break;
        }
    pthread_mutex_unlock(&store->readers_lock);
    store->engine->disconnect(reader);
}

Connection *store_reader(Store *store, Arena *arena) {
    Connection *reader = pthread_getspecific(store->reader_key);
    if (reader) return reader;
    reader = store->engine->connect(store, arena, false);
    if (pthread_setspecific(store->reader_key, reader)) {
        store->engine->disconnect(reader);
        arena_fail(arena, ERR_LIMIT, "out of memory for a thread's connection");
    }
    pthread_mutex_lock(&store->readers_lock);
    reader->next = store->readers;
    store->readers = reader;
    pthread_mutex_unlock(&store->readers_lock);
    return reader;
}

static void end_reading(void *argument) {
    Connection *reader = argument;
    reader->engine->rollback(reader);
}

Err store_read(Store *store, Arena *arena, TxFunction work, void *context) {
    Connection *reader = store_reader(store, arena);
    Tx tx = {.store = store, .connection = reader, .arena = arena, .now_ms = clock_now_ms(&store->clock)};
    /* A reading inside a reading shares its snapshot. */
    if (store->engine->is_open(reader)) return work(&tx, context);
    arena_defer(arena, end_reading, reader);
    if (!store->engine->begin(reader, PURPOSE_READ)) arena_fail(arena, reader->reason.err, "%s", reader->reason.text);
    Err err = work(&tx, context);
    assert(reader->running == 0); /* every statement was ended */
    arena_undo_now(arena, end_reading, reader);
    return err;
}

StoreCounters store_counters(const Store *store) {
    const Connection *reader = pthread_getspecific(store->reader_key);
    StoreCounters counters = {.commits = atomic_load(&store->commits),
                              .members = atomic_load(&store->members),
                              .reruns = atomic_load(&store->reruns),
                              .statements = reader ? reader->statements : 0};
    for (unsigned i = 0; i < store->lane_count; i++) {
        const Lane *lane = &store->lanes[i];
        if (lane->started && lane->connection && pthread_equal(pthread_self(), lane->thread))
            counters.statements += lane->connection->statements;
    }
    return counters;
}

/* ---- opening and closing ------------------------------------------------------------------------------- */

StoreSetup store_setup(void) {
    return (StoreSetup){
        .migrations = store_migrations, .migration_count = store_migration_count, .busy_ms = STORE_BUSY_MS};
}

int store_schema_version(void) { return store_migration_count; }

static void close_readers(Store *store) {
    if (store->has_reader_key) pthread_key_delete(store->reader_key);
    while (store->readers) {
        Connection *next = store->readers->next;
        store->engine->disconnect(store->readers);
        store->readers = next;
    }
}

static void stop_lanes(Store *store) {
    for (unsigned i = 0; i < store->lane_count; i++) lane_stop(&store->lanes[i]);
}

void store_free(Store *store) {
    stop_lanes(store);
    close_readers(store);
    for (unsigned i = 0; i < store->lane_count; i++) lane_destroy(&store->lanes[i]);
    store->engine->close(store);
    node_close(&store->node);
    pthread_mutex_destroy(&store->readers_lock);
    pthread_mutex_destroy(&store->reserving);
    free(store->path);
    free(store);
}

const Engine *engine_of(const char *path) { return postgres_is_address(path) ? &engine_postgres : &engine_sqlite; }

Store *store_new(const StoreOptions *options, const StoreSetup *setup) {
    Store *store = calloc(1, sizeof *store);
    if (!store) return NULL;
    size_t size = strlen(options->path) + 1;
    store->path = malloc(size);
    if (!store->path) {
        free(store);
        return NULL;
    }
    memcpy(store->path, options->path, size);
    store->engine = engine_of(options->path);
    store->clock = options->clock ? *options->clock : clock_real();
    store->setup = *setup;
    store->lane_count = setup->lanes ? (unsigned)setup->lanes : store->engine->lanes;
    if (store->lane_count > store->engine->most_lanes) store->lane_count = store->engine->most_lanes;
    pthread_mutex_init(&store->readers_lock, NULL);
    pthread_mutex_init(&store->reserving, NULL);
    for (unsigned i = 0; i < store->lane_count; i++) lane_init(&store->lanes[i], store, i);
    node_open(&store->node, store->engine->reserve_ms);
    return store;
}

typedef struct Opening {
    Arena *arena;
    const StoreOptions *options;
    const StoreSetup *setup;
    Store *store;
} Opening;

static void open_parts(void *argument) {
    Opening *opening = argument;
    opening->store = store_new(opening->options, opening->setup);
    if (!opening->store) arena_fail(opening->arena, ERR_LIMIT, "out of memory opening the store");
    Store *store = opening->store;
    if (pthread_key_create(&store->reader_key, forget_reader))
        arena_fail(opening->arena, ERR_LIMIT, "too many stores are open");
    store->has_reader_key = true;
    store->engine->make_ready(store, opening->arena, opening->options);
    store->is_ready = true;
    for (unsigned i = 0; i < store->lane_count; i++)
        if (lane_start(&store->lanes[i])) arena_fail(opening->arena, ERR_LIMIT, "cannot start the writer's thread");
}

Err store_open_as(Arena *arena, const StoreOptions *options, const StoreSetup *setup, Store **store) {
    Opening opening = {.arena = arena, .options = options, .setup = setup};
    Err err = arena_protect(arena, open_parts, &opening);
    if (err) {
        if (opening.store) store_free(opening.store);
        return err;
    }
    *store = opening.store;
    return OK;
}

Err store_open(Arena *arena, const StoreOptions *options, Store **store) {
    StoreSetup setup = store_setup();
    return store_open_as(arena, options, &setup, store);
}

typedef struct Serving {
    Store *store;
    Arena *arena;
} Serving;

static void serve(void *argument) {
    const Serving *serving = argument;
    serving->store->engine->serve(serving->store, serving->arena);
}

Err store_serve(Store *store, Arena *arena) {
    return store->engine->serve ? arena_protect(arena, serve, &(Serving){store, arena}) : OK;
}

void store_close(Store *store) {
    stop_lanes(store);
    lane_give_node_back(&store->lanes[0]);
    store_free(store);
}

/* ---- operation: faults become results -------------------------------------------------------------------- */

typedef struct Operation {
    Store *store;
    Arena *arena;
    const char *from, *to;
    Str finding;
} Operation;

static void backup(void *argument) {
    Operation *operation = argument;
    operation->store->engine->backup(operation->store, operation->arena, operation->to);
}

Err store_backup(Store *store, Arena *arena, const char *path) {
    return arena_protect(arena, backup, &(Operation){.store = store, .arena = arena, .to = path});
}

static void restore(void *argument) {
    const Operation *operation = argument;
    if (postgres_is_address(operation->to))
        arena_fail(operation->arena, ERR_CONFLICT, "a copy made by PostgreSQL is put back with pg_restore");
    sqlite_restore(operation->arena, operation->from, operation->to);
}

Err store_restore(Arena *arena, const char *backup_path, const char *path) {
    return arena_protect(arena, restore, &(Operation){.arena = arena, .from = backup_path, .to = path});
}

static void check(void *argument) {
    Operation *operation = argument;
    operation->finding = operation->store->engine->check(operation->store, operation->arena);
}

Err store_check(Store *store, Arena *arena, Str *finding) {
    Operation operation = {.store = store, .arena = arena};
    Err err = arena_protect(arena, check, &operation);
    if (!err) *finding = operation.finding;
    return err;
}
