// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite.h"

#include "platform/store/port_engine.h"
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

noreturn void sqlite_fail(Connection *connection, Arena *arena, const char *what, int code) {
    sqlite3 *db = sqlite_db(connection);
    arena_fail(arena, sqlite_err(db, code), "cannot %s: %s", what, sqlite3_errmsg(db));
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
    [COMMAND_SCHEMA_VERSION] = "PRAGMA user_version",
    [COMMAND_COMPATIBLE_VERSION] = "SELECT compatible_version FROM installation",
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

static int open_handle(SqliteConnection *connection, const char *path, ConnectionKind kind, int busy_ms) {
    static const char settings[] =
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; "
        "PRAGMA cache_size = -8000; " /* KiB, taken as a large file needs them: its rows lie far apart */
        "PRAGMA secure_delete = ON";  /* what was removed is overwritten, not only left out */
    int flags = (kind == CONNECTION_LOOKS ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(path, &connection->db, flags, NULL);
    if (!code) code = harden(connection->db);
    if (!code) code = sqlite3_busy_timeout(connection->db, busy_ms);
    if (!code) code = sqlite3_exec(connection->db, settings, NULL, NULL, NULL);
    if (!code && kind == CONNECTION_READS)
        code = sqlite3_exec(connection->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return code;
}

noreturn void sqlite_refuse(Arena *arena, const char *path, Err err, const char *reason) {
    if (err == ERR_CONFLICT) arena_fail(arena, err, "%s is not a data file of this program", path);
    if (err == ERR_DENIED) arena_fail(arena, err, "no right to write to %s and in its folder", path);
    if (err == ERR_BUSY) arena_fail(arena, err, "%s is locked by another program", path);
    arena_fail(arena, err, "cannot open %s: %s", path, reason);
}

Connection *sqlite_open_connection(Arena *arena, const char *path, ConnectionKind kind, int busy_ms) {
    SqliteConnection *connection = store_calloc(arena, sizeof *connection);
    connection->head.engine = &engine_sqlite;
    int code = open_handle(connection, path, kind, busy_ms);
    if (!code) return &connection->head;
    char reason[200];
    snprintf(reason, sizeof reason, "%s", connection->db ? sqlite3_errmsg(connection->db) : "out of memory");
    Err err = sqlite_err(connection->db, code);
    sqlite_disconnect(&connection->head);
    sqlite_refuse(arena, path, err, reason);
}

static Connection *sqlite_connect(Store *store, Arena *arena, bool writes) {
    ConnectionKind kind = writes ? CONNECTION_WRITES : CONNECTION_READS;
    Connection *connection = sqlite_open_connection(arena, store->path, kind, store->setup.busy_ms);
    connection->store = store;
    return connection;
}

void sqlite_disconnect(Connection *connection) {
    if (!connection) return;
    SqliteConnection *own = sqlite_of(connection);
    for (int i = 0; i < COMMAND_COUNT; i++) sqlite3_finalize(own->commands[i]);
    for (size_t i = 0; i < connection->cache.capacity; i++) sqlite3_finalize(connection->cache.places[i].prepared);
    free(connection->cache.places);
    int code = sqlite3_close(own->db);
    assert(code == SQLITE_OK); /* a statement or a backup was left open */
    (void)code;
    free(own);
}

int sqlite_command(Connection *connection, Command command, int64_t *value) {
    SqliteConnection *own = sqlite_of(connection);
    sqlite3_stmt **prepared = &own->commands[command];
    if (!*prepared) {
        int code = sqlite3_prepare_v3(own->db, command_texts[command], -1, SQLITE_PREPARE_PERSISTENT, prepared, NULL);
        if (code) return code;
    }
    int code = sqlite3_step(*prepared);
    if (code == SQLITE_ROW && value) *value = sqlite3_column_int64(*prepared, 0);
    if (code == SQLITE_ROW || code == SQLITE_DONE) code = SQLITE_OK;
    int reset = sqlite3_reset(*prepared);
    return code ? code : reset;
}

void sqlite_execute(Connection *connection, Arena *arena, const char *sql) {
    int code = sqlite3_exec(sqlite_db(connection), sql, NULL, NULL, NULL);
    if (code) sqlite_fail(connection, arena, "work on the data file", code);
}

Str sqlite_pragma_text(Connection *connection, Arena *arena, const char *sql) {
    sqlite3_stmt *prepared = NULL;
    int code = sqlite3_prepare_v2(sqlite_db(connection), sql, -1, &prepared, NULL);
    if (!code) code = sqlite3_step(prepared);
    char text[300] = "";
    bool found = code == SQLITE_ROW;
    if (found && sqlite3_column_type(prepared, 0) != SQLITE_NULL)
        snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(prepared, 0));
    int last = sqlite3_finalize(prepared);
    if (!found && code != SQLITE_DONE) sqlite_fail(connection, arena, "read the data file", last ? last : code);
    return found ? str_copy(arena, str_from_c(text)) : STR_ABSENT;
}

int64_t sqlite_pragma(Connection *connection, Arena *arena, const char *sql) {
    int64_t value = 0;
    str_to_int(sqlite_pragma_text(connection, arena, sql), &value);
    return value;
}

/* ---- transactions --------------------------------------------------------------------------------- */

static bool is_done(Connection *connection, int code, const char *what) {
    if (!code) return true;
    sqlite3 *db = sqlite_db(connection);
    connection->reason = (Reason){.err = sqlite_err(db, code)};
    snprintf(connection->reason.text, sizeof connection->reason.text, "%s: %s", what, sqlite3_errmsg(db));
    return false;
}

static bool sqlite_is_open(const Connection *connection) { return !sqlite3_get_autocommit(sqlite_db(connection)); }

static void sqlite_rollback(Connection *connection) {
    if (sqlite_is_open(connection)) sqlite_command(connection, COMMAND_ROLLBACK, NULL);
}

/* SQLite's code. Where the version is another than last time, ->schema is 0 unless we may work on it all the same. */
static int look_at_schema(Connection *connection) {
    SqliteConnection *own = sqlite_of(connection);
    if (!connection->store || !connection->store->is_ready) return SQLITE_OK; /* sqlite_make_ready looks for itself */
    int64_t version = 0, compatible = 0;
    int code = sqlite_command(connection, COMMAND_SCHEMA_VERSION, &version);
    if (code || version == own->schema) return code;
    own->schema = 0;
    if (version > connection->store->setup.migration_count)
        code = sqlite_command(connection, COMMAND_COMPATIBLE_VERSION, &compatible);
    if (!code && compatible <= connection->store->setup.migration_count) own->schema = version;
    return code;
}

static bool may_work_on_schema(Connection *connection) {
    const Store *store = connection->store;
    if (!store || !store->is_ready || sqlite_of(connection)->schema) return true;
    connection->reason = (Reason){.err = ERR_OUTDATED};
    snprintf(connection->reason.text, sizeof connection->reason.text,
             "%s was brought further by a newer program (this one knows schema %d): start that one", store->path,
             store->setup.migration_count);
    return false;
}

static bool sqlite_begin(Connection *connection, Purpose purpose) {
    bool reads = purpose == PURPOSE_READ;
    if (purpose == PURPOSE_NODE) sqlite3_busy_timeout(sqlite_db(connection), 0); /* at closing: nobody waits for it */
    int code = sqlite_command(connection, reads ? COMMAND_BEGIN_READ : COMMAND_BEGIN_WRITE, NULL);
    if (!code) code = look_at_schema(connection);
    const char *what = reads ? "cannot begin to read" : "cannot begin to write";
    if (is_done(connection, code, what) && may_work_on_schema(connection)) return true;
    sqlite_rollback(connection);
    return false;
}

static bool sqlite_savepoint(Connection *connection) {
    return is_done(connection, sqlite_command(connection, COMMAND_SAVEPOINT, NULL), "the transaction was lost");
}

static bool sqlite_savepoint_end(Connection *connection, bool keep) {
    int code = keep ? SQLITE_OK : sqlite_command(connection, COMMAND_ROLLBACK_TO, NULL);
    if (!code) code = sqlite_command(connection, COMMAND_RELEASE, NULL);
    return is_done(connection, code, "the transaction was lost");
}

static Commit sqlite_commit(Connection *connection) {
    bool done = is_done(connection, sqlite_command(connection, COMMAND_COMMIT, NULL), "cannot commit");
    return done ? COMMIT_DONE : COMMIT_FAILED;
}

/* SQLite leaves it by itself, on a full disk or a failing one. */
static bool sqlite_is_lost(Connection *connection) {
    return !sqlite_is_open(connection) && !is_done(connection, SQLITE_ABORT_ROLLBACK, "the transaction was lost");
}

/* Nobody else writes while we do: what is taken was taken before. */
static bool sqlite_was_taken(const Connection *connection) {
    (void)connection;
    return false;
}

static int64_t sqlite_stamp(Connection *connection, Arena *arena) {
    int64_t stamp = 0;
    int code = sqlite_command(connection, COMMAND_DATA_VERSION, &stamp);
    if (code) sqlite_fail(connection, arena, "see whether the data file has changed", code);
    return stamp;
}

const Engine engine_sqlite = {
    .name = "SQLite",
    .lanes = 1,
    .most_lanes = 1,
    .group_limit = STORE_GROUP_LIMIT,
    .reserve_ms = 1000,
    .tries = 1,
    .make_ready = sqlite_make_ready,
    .serve = sqlite_serve,
    .close = sqlite_close,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .begin = sqlite_begin,
    .savepoint = sqlite_savepoint,
    .savepoint_end = sqlite_savepoint_end,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .is_open = sqlite_is_open,
    .is_lost = sqlite_is_lost,
    .was_taken = sqlite_was_taken,
    .stamp = sqlite_stamp,
    .schema_version = sqlite_schema_version,
    .apply = sqlite_apply,
    .statement_begin = sqlite_statement_begin,
    .bind_null = sqlite_bind_null,
    .bind_int = sqlite_bind_integer,
    .bind_real = sqlite_bind_real,
    .bind_text = sqlite_bind_words,
    .bind_bytes = sqlite_bind_octets,
    .step = sqlite_step,
    .is_null = sqlite_is_null,
    .get_int = sqlite_get_int,
    .get_real = sqlite_get_real,
    .get_text = sqlite_get_text,
    .get_bytes = sqlite_get_bytes,
    .column_name = sqlite_column_title,
    .statement_end = sqlite_statement_end,
    .backup = sqlite_backup,
    .check = sqlite_check,
    .port = &port_sqlite,
};
