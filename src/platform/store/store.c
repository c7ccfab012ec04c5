// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include <assert.h>

/* ---- the running transaction -------------------------------------------------------------------- */

Arena *tx_arena(Tx *tx) { return tx->arena; }

int64_t tx_now_ms(Tx *tx) { return tx->now_ms; }

Id tx_new_id(Tx *tx) { return node_next(&tx->store->node, tx); }

bool tx_writes(const Tx *tx) { return tx->writes; }

int64_t tx_changes(const Tx *tx) { return tx->changes; }

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
    connection_close(reader);
}

Connection *store_reader(Store *store, Arena *arena) {
    Connection *reader = pthread_getspecific(store->reader_key);
    if (reader) return reader;
    reader = connection_open(arena, store->path, CONNECTION_READS, store->setup.busy_ms);
    reader->store = store;
    if (pthread_setspecific(store->reader_key, reader)) {
        connection_close(reader);
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
    if (!sqlite3_get_autocommit(reader->db)) connection_command(reader, COMMAND_ROLLBACK);
}

Err store_read(Store *store, Arena *arena, TxFunction work, void *context) {
    Connection *reader = store_reader(store, arena);
    Tx tx = {.store = store, .connection = reader, .arena = arena, .now_ms = clock_now_ms(&store->clock)};
    /* A reading inside a reading shares its snapshot. */
    if (!sqlite3_get_autocommit(reader->db)) return work(&tx, context);
    arena_defer(arena, end_reading, reader);
    int code = connection_command(reader, COMMAND_BEGIN_READ);
    if (code) connection_fail(reader, arena, "begin to read", code);
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
    if (store->writer.started && pthread_equal(pthread_self(), store->writer.thread))
        counters.statements += store->connection->statements;
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
        connection_close(store->readers);
        store->readers = next;
    }
}

static void free_store(Store *store) {
    writer_stop(store);
    close_readers(store);
    connection_close(store->connection);
    pthread_mutex_destroy(&store->readers_lock);
    pthread_mutex_destroy(&store->writer.lock);
    pthread_cond_destroy(&store->writer.wake);
    free(store->path);
    free(store);
}

static Store *new_store(const StoreOptions *options, const StoreSetup *setup) {
    Store *store = calloc(1, sizeof *store);
    if (!store) return NULL;
    size_t size = strlen(options->path) + 1;
    store->path = malloc(size);
    if (!store->path) {
        free(store);
        return NULL;
    }
    memcpy(store->path, options->path, size);
    store->clock = options->clock ? *options->clock : clock_real();
    store->setup = *setup;
    pthread_mutex_init(&store->readers_lock, NULL);
    pthread_mutex_init(&store->writer.lock, NULL);
    pthread_cond_init(&store->writer.wake, NULL);
    node_open(&store->node);
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
    opening->store = new_store(opening->options, opening->setup);
    if (!opening->store) arena_fail(opening->arena, ERR_LIMIT, "out of memory opening %s", opening->options->path);
    Store *store = opening->store;
    if (pthread_key_create(&store->reader_key, forget_reader))
        arena_fail(opening->arena, ERR_LIMIT, "too many stores are open");
    store->has_reader_key = true;
    store_make_ready(store, opening->arena, opening->options);
    if (writer_start(store)) arena_fail(opening->arena, ERR_LIMIT, "cannot start the writer's thread");
}

Err store_open_as(Arena *arena, const StoreOptions *options, const StoreSetup *setup, Store **store) {
    Opening opening = {.arena = arena, .options = options, .setup = setup};
    Err err = arena_protect(arena, open_parts, &opening);
    if (err) {
        if (opening.store) free_store(opening.store);
        return err;
    }
    *store = opening.store;
    return OK;
}

Err store_open(Arena *arena, const StoreOptions *options, Store **store) {
    StoreSetup setup = store_setup();
    return store_open_as(arena, options, &setup, store);
}

static void give_node_back(void *argument) {
    Tx *tx = argument;
    node_give_back(&tx->store->node, tx);
}

/* A courtesy: the next start need not count on from what was reserved. Nothing depends on it. */
static void close_node(Store *store) {
    enum { CLOSING_BYTES = 64 * 1024 };
    Arena *arena = arena_open(CLOSING_BYTES);
    if (!arena) return;
    Tx tx = {.store = store, .connection = store->connection, .arena = arena, .writes = true};
    sqlite3_busy_timeout(store->connection->db, 0);
    if (store->node.leased && connection_command(store->connection, COMMAND_BEGIN_WRITE) == SQLITE_OK) {
        Err err = arena_protect(arena, give_node_back, &tx);
        connection_command(store->connection, err ? COMMAND_ROLLBACK : COMMAND_COMMIT);
        if (!sqlite3_get_autocommit(store->connection->db)) connection_command(store->connection, COMMAND_ROLLBACK);
    }
    arena_close(arena);
}

void store_close(Store *store) {
    writer_stop(store);
    close_node(store);
    free_store(store);
}
