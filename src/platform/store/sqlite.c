// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include <assert.h>
#include <errno.h>

/* ---- errors ------------------------------------------------------------------------------------- */

static Err err_of_system(sqlite3 *db) {
    switch (db ? sqlite3_system_errno(db) : 0) {
    case ENOSPC:
    case EDQUOT: return ERR_FULL;
    case EACCES:
    case EPERM:
    case EROFS: return ERR_DENIED;
    default: return ERR_IO;
    }
}

Err sqlite_err(sqlite3 *db, int code) {
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return OK;
    case SQLITE_FULL: return ERR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return err_of_system(db); /* the -wal and -shm files need room and rights too */
    case SQLITE_CORRUPT: return ERR_IO;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ERR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return ERR_DENIED;
    case SQLITE_NOTADB: return ERR_CONFLICT;
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG: return ERR_LIMIT;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ? ERR_CONFLICT : ERR_INTERNAL;
    default: return ERR_INTERNAL;
    }
}

noreturn void connection_fail(Connection *connection, Arena *arena, const char *what, int code) {
    arena_fail(arena, sqlite_err(connection->db, code), "cannot %s: %s", what, sqlite3_errmsg(connection->db));
}

/* ---- connections -------------------------------------------------------------------------------- */

static const char *const command_texts[COMMAND_COUNT] = {
    [COMMAND_BEGIN_READ] = "BEGIN",
    [COMMAND_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [COMMAND_SAVEPOINT] = "SAVEPOINT member",
    [COMMAND_RELEASE] = "RELEASE member",
    [COMMAND_ROLLBACK_TO] = "ROLLBACK TO member",
    [COMMAND_COMMIT] = "COMMIT",
    [COMMAND_ROLLBACK] = "ROLLBACK",
    [COMMAND_DATA_VERSION] = "PRAGMA data_version",
};

/* Text in quotes is never silently a string, and nothing in the file may run what we did not write. */
static int harden(sqlite3 *db) {
    static const struct {
        int option, on;
    } settings[] = {
        {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        int code = sqlite3_db_config(db, settings[i].option, settings[i].on, NULL);
        if (code) return code;
    }
    return sqlite3_extended_result_codes(db, 1);
}

static int open_handle(Connection *connection, const char *path, ConnectionKind kind, int busy_ms) {
    static const char settings[] =
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; "
        "PRAGMA secure_delete = ON"; /* what was removed is overwritten, not only left out */
    int flags = (kind == CONNECTION_LOOKS ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(path, &connection->db, flags, NULL);
    if (!code) code = harden(connection->db);
    if (!code) code = sqlite3_busy_timeout(connection->db, busy_ms);
    if (!code) code = sqlite3_exec(connection->db, settings, NULL, NULL, NULL);
    if (!code && kind == CONNECTION_READS)
        code = sqlite3_exec(connection->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return code;
}

noreturn void connection_refuse(Arena *arena, const char *path, Err err, const char *reason) {
    if (err == ERR_CONFLICT) arena_fail(arena, err, "%s is not a data file of this program", path);
    if (err == ERR_DENIED) arena_fail(arena, err, "no right to write to %s and in its folder", path);
    if (err == ERR_BUSY) arena_fail(arena, err, "%s is locked by another program", path);
    arena_fail(arena, err, "cannot open %s: %s", path, reason);
}

Connection *connection_open(Arena *arena, const char *path, ConnectionKind kind, int busy_ms) {
    Connection *connection = calloc(1, sizeof *connection);
    if (!connection) arena_fail(arena, ERR_LIMIT, "out of memory opening %s", path);
    int code = open_handle(connection, path, kind, busy_ms);
    if (!code) return connection;
    char reason[200];
    snprintf(reason, sizeof reason, "%s", connection->db ? sqlite3_errmsg(connection->db) : "out of memory");
    Err err = sqlite_err(connection->db, code);
    connection_close(connection);
    connection_refuse(arena, path, err, reason);
}

void connection_close(Connection *connection) {
    if (!connection) return;
    for (int i = 0; i < COMMAND_COUNT; i++) sqlite3_finalize(connection->commands[i]);
    for (size_t i = 0; i < connection->cache_capacity; i++) sqlite3_finalize(connection->cache[i].prepared);
    free(connection->cache);
    int code = sqlite3_close(connection->db);
    assert(code == SQLITE_OK); /* a statement or a backup was left open */
    (void)code;
    free(connection);
}

void connection_close_deferred(void *connection) { connection_close(connection); }

int connection_command_value(Connection *connection, Command command, int64_t *value) {
    sqlite3_stmt **prepared = &connection->commands[command];
    if (!*prepared) {
        int code =
            sqlite3_prepare_v3(connection->db, command_texts[command], -1, SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (code) return code;
    }
    int code = sqlite3_step(*prepared);
    if (code == SQLITE_ROW && value) *value = sqlite3_column_int64(*prepared, 0);
    if (code == SQLITE_ROW || code == SQLITE_DONE) code = SQLITE_OK;
    int reset = sqlite3_reset(*prepared);
    return code ? code : reset;
}

int connection_command(Connection *connection, Command command) {
    return connection_command_value(connection, command, NULL);
}

void connection_execute(Connection *connection, Arena *arena, const char *sql) {
    int code = sqlite3_exec(connection->db, sql, NULL, NULL, NULL);
    if (code) connection_fail(connection, arena, "work on the data file", code);
}

Str connection_pragma_text(Connection *connection, Arena *arena, const char *sql) {
    sqlite3_stmt *prepared = NULL;
    int code = sqlite3_prepare_v2(connection->db, sql, -1, &prepared, NULL);
    if (!code) code = sqlite3_step(prepared);
    char text[300] = "";
    bool found = code == SQLITE_ROW;
    if (found && sqlite3_column_type(prepared, 0) != SQLITE_NULL)
        snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(prepared, 0));
    int last = sqlite3_finalize(prepared);
    if (!found && code != SQLITE_DONE) connection_fail(connection, arena, "read the data file", last ? last : code);
    return found ? str_copy(arena, str_from_c(text)) : STR_ABSENT;
}

int64_t connection_pragma(Connection *connection, Arena *arena, const char *sql) {
    int64_t value = 0;
    str_to_int(connection_pragma_text(connection, arena, sql), &value);
    return value;
}

/* ---- the cache of prepared statements ------------------------------------------------------------- */

static size_t cache_place(const Connection *connection, const Query *query) {
    size_t mask = connection->cache_capacity - 1, place = ((uintptr_t)query >> 4) * 0x9e3779b97f4a7c15u >> 40 & mask;
    while (connection->cache[place].query && connection->cache[place].query != query) place = (place + 1) & mask;
    return place;
}

/* False: no memory. Nothing is in use by place while this runs: statements keep no pointer into it. */
static bool cache_make_room(Connection *connection) {
    if (connection->cache_count * 2 < connection->cache_capacity) return true;
    CachedStatement *old = connection->cache;
    size_t old_capacity = connection->cache_capacity, capacity = old_capacity ? old_capacity * 2 : 64;
    CachedStatement *larger = calloc(capacity, sizeof *larger);
    if (!larger) return false;
    connection->cache = larger;
    connection->cache_capacity = capacity;
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i].query) larger[cache_place(connection, old[i].query)] = old[i];
    free(old);
    return true;
}

/* ---- statements ------------------------------------------------------------------------------------ */

struct Statement {
    Tx *tx;
    const Query *query;
    sqlite3_stmt *prepared;
    bool cached; /* false: a second run of a query whose statement is in use; it is finalised */
    bool done;   /* stepped to its end */
    int64_t changed;
};

static noreturn void statement_fail(Statement *statement, int code) {
    sqlite3 *db = statement->tx->connection->db;
    arena_fail(statement->tx->arena, sqlite_err(db, code), "query %s (%s): %s", statement->query->name,
               statement->query->place, sqlite3_errmsg(db));
}

static void statement_release(void *argument) {
    Statement *statement = argument;
    Connection *connection = statement->tx->connection;
    if (!statement->prepared) return;
    connection->running--;
    if (statement->cached) {
        sqlite3_reset(statement->prepared);
        sqlite3_clear_bindings(statement->prepared);
        connection->cache[cache_place(connection, statement->query)].in_use = false;
    } else {
        sqlite3_finalize(statement->prepared);
    }
    statement->prepared = NULL;
}

static sqlite3_stmt *prepare_query(Statement *statement, unsigned flags) {
    sqlite3_stmt *prepared = NULL;
    int code = sqlite3_prepare_v3(statement->tx->connection->db, statement->query->sqlite, -1, flags, &prepared, NULL);
    if (code) statement_fail(statement, code);
    return prepared;
}

/* The query's own statement, prepared once; another where that one is in use. */
static void prepare_cached(Statement *statement) {
    Connection *connection = statement->tx->connection;
    if (!cache_make_room(connection)) arena_fail(statement->tx->arena, ERR_LIMIT, "out of memory for a statement");
    CachedStatement *place = &connection->cache[cache_place(connection, statement->query)];
    statement->cached = !place->in_use;
    if (place->query && !place->in_use) {
        statement->prepared = place->prepared;
    } else {
        statement->prepared = prepare_query(statement, statement->cached ? SQLITE_PREPARE_PERSISTENT : 0);
        if (statement->cached) {
            *place = (CachedStatement){.query = statement->query, .prepared = statement->prepared};
            connection->cache_count++;
        }
    }
    place->in_use = true;
}

static void statement_prepare(Statement *statement) {
    if (statement->query->is_passing) statement->prepared = prepare_query(statement, 0);
    else prepare_cached(statement);
    statement->tx->connection->running++;
}

Statement *statement_begin(Tx *tx, const Query *query) {
    assert(tx->writes || !query->changes);
    /* Outside a transaction each statement would be kept by itself: nobody may go on past its loss. */
    if (tx->writes && sqlite3_get_autocommit(tx->connection->db))
        arena_fail(tx->arena, ERR_INTERNAL, "query %s (%s): the transaction was lost before", query->name,
                   query->place);
    Statement *statement = arena_new(tx->arena, Statement);
    *statement = (Statement){.tx = tx, .query = query};
    arena_defer(tx->arena, statement_release, statement);
    statement_prepare(statement);
    tx->connection->statements++;
    return statement;
}

static void statement_bound(Statement *statement, int code) {
    if (code) statement_fail(statement, code);
}

void statement_bind_int(Statement *statement, int parameter, int64_t value) {
    statement_bound(statement, sqlite3_bind_int64(statement->prepared, parameter, value));
}

void statement_bind_real(Statement *statement, int parameter, double value) {
    statement_bound(statement, sqlite3_bind_double(statement->prepared, parameter, value));
}

/* SQLITE_STATIC: what is bound outlives the statement, as both end with the transaction at the latest. */
void statement_bind_text(Statement *statement, int parameter, Str value) {
    statement_bound(statement, sqlite3_bind_text64(statement->prepared, parameter, value.data, value.size,
                                                   SQLITE_STATIC, SQLITE_UTF8));
}

void statement_bind_bytes(Statement *statement, int parameter, Str value) {
    statement_bound(statement,
                    sqlite3_bind_blob64(statement->prepared, parameter, value.data, value.size, SQLITE_STATIC));
}

void statement_bind_optional_int(Statement *statement, int parameter, OptionalInt value) {
    if (value.given) statement_bind_int(statement, parameter, value.value);
    else statement_bound(statement, sqlite3_bind_null(statement->prepared, parameter));
}

void statement_bind_optional_real(Statement *statement, int parameter, OptionalReal value) {
    if (value.given) statement_bind_real(statement, parameter, value.value);
    else statement_bound(statement, sqlite3_bind_null(statement->prepared, parameter));
}

bool statement_step(Statement *statement) {
    assert(!statement->done);
    int code = sqlite3_step(statement->prepared);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) statement_fail(statement, code);
    statement->done = true;
    if (statement->query->changes) statement->changed = sqlite3_changes64(statement->tx->connection->db);
    return false;
}

static bool is_null(Statement *statement, int column) {
    return sqlite3_column_type(statement->prepared, column) == SQLITE_NULL;
}

static void must_be_given(Statement *statement, int column) {
    if (is_null(statement, column))
        arena_fail(statement->tx->arena, ERR_INTERNAL, "query %s (%s): column %s is NULL", statement->query->name,
                   statement->query->place, sqlite3_column_name(statement->prepared, column));
}

int64_t statement_int(Statement *statement, int column) {
    must_be_given(statement, column);
    return sqlite3_column_int64(statement->prepared, column);
}

bool statement_bool(Statement *statement, int column) { return statement_int(statement, column) != 0; }

double statement_real(Statement *statement, int column) {
    must_be_given(statement, column);
    return sqlite3_column_double(statement->prepared, column);
}

/* A pointer before its size, as SQLite asks; NULL for no bytes, or when there was no memory for them. */
static Str copy_column(Statement *statement, const void *bytes, int column) {
    size_t size = (size_t)sqlite3_column_bytes(statement->prepared, column);
    if (!bytes && sqlite3_errcode(statement->tx->connection->db) == SQLITE_NOMEM)
        statement_fail(statement, SQLITE_NOMEM);
    return str_copy(statement->tx->arena, str_from(bytes ? bytes : "", bytes ? size : 0));
}

Str statement_text(Statement *statement, int column) {
    must_be_given(statement, column);
    return copy_column(statement, sqlite3_column_text(statement->prepared, column), column);
}

Str statement_bytes(Statement *statement, int column) {
    must_be_given(statement, column);
    return copy_column(statement, sqlite3_column_blob(statement->prepared, column), column);
}

OptionalInt statement_optional_int(Statement *statement, int column) {
    if (is_null(statement, column)) return (OptionalInt){0};
    return (OptionalInt){true, sqlite3_column_int64(statement->prepared, column)};
}

OptionalReal statement_optional_real(Statement *statement, int column) {
    if (is_null(statement, column)) return (OptionalReal){0};
    return (OptionalReal){true, sqlite3_column_double(statement->prepared, column)};
}

Str statement_optional_text(Statement *statement, int column) {
    return is_null(statement, column)
               ? STR_ABSENT
               : copy_column(statement, sqlite3_column_text(statement->prepared, column), column);
}

Str statement_optional_bytes(Statement *statement, int column) {
    return is_null(statement, column)
               ? STR_ABSENT
               : copy_column(statement, sqlite3_column_blob(statement->prepared, column), column);
}

/* A statement that changes rows has run when it is stepped once; who only ends it meant to run it. */
int64_t statement_end(Statement *statement) {
    if (statement->query->changes)
        while (!statement->done) statement_step(statement);
    statement->tx->changes += statement->changed;
    arena_undo_now(statement->tx->arena, statement_release, statement);
    return statement->changed;
}
