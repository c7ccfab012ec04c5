// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.h"

#include "platform/base/buffer.h"

static noreturn void fail(PostgresConnection *connection, Arena *arena) {
    arena_fail(arena, connection->head.reason.err, "%s", connection->head.reason.text);
}

static const char *shown_of(const Store *store) { return postgres_server(store)->address.shown; }

/* ---- whose database it is ------------------------------------------------------------------------------ */

typedef struct Found {
    bool is_there; /* a table of ours that says what the store is */
    int64_t tables;
    int version, compatible;
} Found;

static int64_t number_at(const PGresult *result, int row, int column) {
    int64_t value = 0;
    str_to_int(str_from_c(PQgetvalue(result, row, column)), &value);
    return value;
}

/* False: the reason is set. */
static bool look(PostgresConnection *connection, Found *found) {
    PGresult *result = postgres_query(
        connection, "SELECT (SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND"
                    " relkind IN ('r', 'p', 'v', 'm', 'f')), (SELECT COUNT(*) FROM pg_attribute WHERE attrelid ="
                    " to_regclass('installation') AND attname IN ('schema_version', 'compatible_version')),"
                    " current_schema() IS NOT NULL");
    if (!result) return false;
    found->tables = number_at(result, 0, 0);
    found->is_there = number_at(result, 0, 1) == 2;
    bool has_schema = *PQgetvalue(result, 0, 2) == 't';
    PQclear(result);
    if (!has_schema) {
        connection->head.reason = (Reason){.err = ERR_DENIED, .text = "no schema of the database is open to this user"};
        return false;
    }
    if (!found->is_there) return true;
    result = postgres_query(connection, "SELECT schema_version, compatible_version FROM installation");
    if (!result) return false;
    if (PQntuples(result) == 1) {
        found->version = (int)number_at(result, 0, 0);
        found->compatible = (int)number_at(result, 0, 1);
    }
    PQclear(result);
    return true;
}

bool postgres_has_no_tables(PostgresConnection *connection, Arena *arena) {
    Found found = {0};
    if (!look(connection, &found)) fail(connection, arena);
    return found.tables == 0;
}

bool postgres_is_still_ours(PostgresConnection *connection) {
    const Store *store = connection->head.store;
    if (!store->is_ready) return true; /* postgres_make_ready looks for itself */
    Found found = {0};
    if (!look(connection, &found)) return false;
    const int ours = store->setup.migration_count;
    Reason *reason = &connection->head.reason;
    *reason = (Reason){.err = ERR_OUTDATED};
    if (found.version < ours) snprintf(reason->text, sizeof reason->text, "%s has lost its schema", shown_of(store));
    else if (found.version > ours && found.compatible > ours)
        snprintf(reason->text, sizeof reason->text,
                 "%s was brought to schema %d by a newer program (this one knows %d): start that one", shown_of(store),
                 found.version, ours);
    else return true;
    return false;
}

static int identify(PostgresConnection *connection, Arena *arena, const StoreOptions *options) {
    const Store *store = connection->head.store;
    const char *shown = shown_of(store);
    const int ours = store->setup.migration_count;
    Found found = {0};
    if (!look(connection, &found)) fail(connection, arena);
    if (!found.is_there && found.tables)
        arena_fail(arena, ERR_CONFLICT, "%s is a database of another program: give this one its own", shown);
    if (!found.is_there && !options->may_create) arena_fail(arena, ERR_NOT_FOUND, "there is no store in %s", shown);
    if (found.is_there && !found.version) arena_fail(arena, ERR_CONFLICT, "%s is a database of another program", shown);
    if (found.version > ours && found.compatible > ours)
        arena_fail(arena, ERR_CONFLICT,
                   "%s was written by a newer program (schema %d, this program knows %d): use that program", shown,
                   found.version, ours);
    if (found.is_there && found.version < ours && !options->may_migrate)
        arena_fail(arena, ERR_CONFLICT, "%s was written by an older program (schema %d of %d): start the server once",
                   shown, found.version, ours);
    return found.version;
}

/* ---- migrating -------------------------------------------------------------------------------------------- */

int postgres_schema_version(Tx *tx) {
    Found found = {0};
    if (!look(postgres_of(tx->connection), &found)) fail(postgres_of(tx->connection), tx->arena);
    return found.version;
}

void postgres_apply(Tx *tx, const Migration *migration) {
    PostgresConnection *connection = postgres_of(tx->connection);
    if (*migration->postgres && !postgres_script(connection, migration->postgres)) fail(connection, tx->arena);
}

typedef struct Migrating {
    Tx tx;
    const Migration *at; /* the one that is run, for the message */
} Migrating;

/* Where those who serve may not go on with what comes, they are to have finished, and to begin nothing, before it is
 * done: postgres.h. Others go on all the while. Before anything else is locked, so that nobody waits in a circle. */
static void shut_out_older_programs(Tx *tx) {
    PostgresConnection *connection = postgres_of(tx->connection);
    const StoreSetup *setup = &tx->store->setup;
    const int version = postgres_schema_version(tx);
    bool is_compatible = true;
    for (int i = 0; i < setup->migration_count; i++)
        if (setup->migrations[i].number > version && setup->migrations[i].compatible > version) is_compatible = false;
    if (is_compatible || !version) return;
    PGresult *result = postgres_query(connection, "LOCK TABLE installation IN EXCLUSIVE MODE");
    if (!result) fail(connection, tx->arena);
    PQclear(result);
}

/* The lock's number is "Wspo" in ASCII. */
void postgres_lock_schema(PostgresConnection *connection, Arena *arena) {
    /* However long another takes to migrate, it is waited for; then for no table longer than usual. */
    static const char *const steps[] = {"SELECT set_config('lock_timeout', '0', true)",
                                        "SELECT pg_advisory_xact_lock(1467183215)",
                                        "SELECT set_config('lock_timeout', '5s', true)"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        PGresult *result = postgres_query(connection, steps[i]);
        if (!result) fail(connection, arena);
        PQclear(result);
    }
}

/* All in one transaction, behind the lock: one migrates, the others wait and find it done. */
static void migrate_whole(void *argument) {
    Migrating *migrating = argument;
    Tx *tx = &migrating->tx;
    PostgresConnection *connection = postgres_of(tx->connection);
    if (!engine_postgres.begin(tx->connection, PURPOSE_NODE)) fail(connection, tx->arena);
    postgres_lock_schema(connection, tx->arena);
    shut_out_older_programs(tx);
    migrate_all(tx, &migrating->at);
    if (engine_postgres.commit(tx->connection) != COMMIT_DONE) fail(connection, tx->arena);
    node_committed(&tx->store->node, tx->connection);
}

static void migrate(Store *store, Connection *connection, Arena *arena) {
    Migrating migrating = {.tx = {.store = store, .connection = connection, .arena = arena, .writes = true}};
    migrating.tx.now_ms = clock_now_ms(&store->clock);
    Err err = arena_protect(arena, migrate_whole, &migrating);
    if (!err) return;
    engine_postgres.rollback(connection);
    node_rolled_back(&store->node, connection);
    Str reason = str_copy(arena, str_from_c(arena_failure(arena)->message));
    if (err == ERR_DENIED)
        arena_fail(arena, err, "no right to make tables in %s: %.*s", shown_of(store), STR_FORMAT(reason));
    const Migration *at = migrating.at ? migrating.at : store->setup.migrations;
    arena_fail(arena, err, "cannot bring %s to schema %d (%s): %.*s", shown_of(store), at->number, at->name,
               STR_FORMAT(reason));
}

void postgres_server_open(Store *store, Arena *arena) {
    PostgresServer *server = store_calloc(arena, sizeof *server);
    pthread_mutex_init(&server->lock, NULL);
    store->own = server; /* closed with the store, whatever happens */
    postgres_address_open(&server->address, arena, store->path);
    /* With a password in it, it is needed no more. */
    memset(store->path, 0, strlen(store->path));
}

void postgres_make_ready(Store *store, Arena *arena, const StoreOptions *options) {
    postgres_server_open(store, arena);
    Connection *connection = engine_postgres.connect(store, arena, true);
    store->lanes[0].connection = connection; /* closed with the store, whatever happens */
    int version = identify(postgres_of(connection), arena, options);
    if (version < store->setup.migration_count) migrate(store, connection, arena);
}

/* ---- checking ---------------------------------------------------------------------------------------------- */

static PGresult *ask(PostgresConnection *connection, Arena *arena, const Buffer *sql) {
    PGresult *result = postgres_query(connection, str_to_c(arena, buffer_str(sql)));
    if (!result) fail(connection, arena);
    return result;
}

/* Reads every value of the table: the server checks its pages as it reads them, where it keeps checksums. */
static void read_whole(PostgresConnection *connection, Arena *arena, const StoreTable *table) {
    Buffer sql = buffer_in(arena);
    buffer_format(&sql, "SELECT COUNT(*), SUM(length(CAST(%s AS text))) FROM %s", table->name, table->name);
    PQclear(ask(connection, arena, &sql));
}

static Str first_orphan(PostgresConnection *connection, Arena *arena, const StoreTable *table) {
    for (size_t i = 0; i < table->column_count; i++) {
        const StoreColumn *column = &table->columns[i];
        if (!column->refers_to) continue;
        Buffer sql = buffer_in(arena);
        buffer_format(&sql, "SELECT 1 FROM %s AS one WHERE one.%s IS NOT NULL AND NOT EXISTS ", table->name,
                      column->name);
        buffer_format(&sql, "(SELECT 1 FROM %s AS other WHERE other.id = one.%s) LIMIT 1", column->refers_to,
                      column->name);
        PGresult *result = ask(connection, arena, &sql);
        bool found = PQntuples(result) > 0;
        PQclear(result);
        if (found) return str_format(arena, "a row of %s refers to one that is gone", table->name);
    }
    return STR_ABSENT;
}

static void disconnect(void *connection) { engine_postgres.disconnect(connection); }

Str postgres_check(Store *store, Arena *arena) {
    Connection *connection = engine_postgres.connect(store, arena, false);
    arena_defer(arena, disconnect, connection);
    if (!engine_postgres.begin(connection, PURPOSE_READ)) fail(postgres_of(connection), arena);
    Str finding = STR_ABSENT;
    for (int i = 0; i < store_table_count && str_is_absent(finding); i++) {
        read_whole(postgres_of(connection), arena, &store_tables[i]);
        finding = first_orphan(postgres_of(connection), arena, &store_tables[i]);
    }
    arena_undo_now(arena, disconnect, connection);
    return finding;
}
