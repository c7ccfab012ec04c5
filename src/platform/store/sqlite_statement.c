// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite.h"

typedef struct SqliteStatement {
    Statement head; /* first: the store's Statement is ours */
    sqlite3_stmt *prepared;
    bool is_cached; /* false: a second run of a query whose statement is in use; it is finalised */
} SqliteStatement;

static SqliteStatement *own_of(Statement *statement) { return (SqliteStatement *)statement; }

static sqlite3_stmt *prepared_of(const Statement *statement) { return ((const SqliteStatement *)statement)->prepared; }

static noreturn void fail(const Statement *statement, int code) {
    sqlite3 *db = sqlite_db(statement->tx->connection);
    statement_fail(statement, sqlite_err(db, code), sqlite3_errmsg(db));
}

static void release(void *argument) {
    SqliteStatement *statement = argument;
    Connection *connection = statement->head.tx->connection;
    if (!statement->prepared) return;
    connection->running--;
    if (statement->is_cached) {
        sqlite3_reset(statement->prepared);
        sqlite3_clear_bindings(statement->prepared);
        statement_cache_find(&connection->cache, statement->head.query)->in_use = false;
    } else {
        sqlite3_finalize(statement->prepared);
    }
    statement->prepared = NULL;
}

static sqlite3_stmt *prepare_query(const Statement *statement, unsigned flags) {
    sqlite3_stmt *prepared = NULL;
    sqlite3 *db = sqlite_db(statement->tx->connection);
    int code = sqlite3_prepare_v3(db, statement->query->sqlite, -1, flags, &prepared, NULL);
    if (code) fail(statement, code);
    return prepared;
}

/* The query's own statement, prepared once; another where that one is in use. */
static void prepare_cached(SqliteStatement *statement) {
    const Query *query = statement->head.query;
    StatementCache *cache = &statement->head.tx->connection->cache;
    CachedStatement *place = statement_cache_place(cache, query);
    if (!place) arena_fail(statement->head.tx->arena, ERR_LIMIT, "out of memory for a statement");
    statement->is_cached = !place->in_use;
    if (place->query && !place->in_use) {
        statement->prepared = place->prepared;
    } else {
        statement->prepared = prepare_query(&statement->head, statement->is_cached ? SQLITE_PREPARE_PERSISTENT : 0);
        if (statement->is_cached) {
            *place = (CachedStatement){.query = query, .prepared = statement->prepared};
            cache->count++;
        }
    }
    place->in_use = true;
}

Statement *sqlite_statement_begin(Tx *tx, const Query *query) {
    /* Outside a transaction each statement would be kept by itself: nobody may go on past its loss. */
    if (tx->writes && sqlite3_get_autocommit(sqlite_db(tx->connection)))
        arena_fail(tx->arena, ERR_INTERNAL, "query %s (%s): the transaction was lost before", query->name,
                   query->place);
    SqliteStatement *statement = arena_new(tx->arena, SqliteStatement);
    statement->head = (Statement){.engine = &engine_sqlite, .tx = tx, .query = query};
    arena_defer(tx->arena, release, statement);
    if (query->is_passing) statement->prepared = prepare_query(&statement->head, 0);
    else prepare_cached(statement);
    tx->connection->running++;
    return &statement->head;
}

static void bound(const Statement *statement, int code) {
    if (code) fail(statement, code);
}

void sqlite_bind_null(Statement *statement, int parameter) {
    bound(statement, sqlite3_bind_null(prepared_of(statement), parameter));
}

void sqlite_bind_integer(Statement *statement, int parameter, int64_t value) {
    bound(statement, sqlite3_bind_int64(prepared_of(statement), parameter, value));
}

void sqlite_bind_real(Statement *statement, int parameter, double value) {
    bound(statement, sqlite3_bind_double(prepared_of(statement), parameter, value));
}

/* SQLITE_STATIC: what is bound outlives the statement, as both end with the transaction at the latest. */
void sqlite_bind_words(Statement *statement, int parameter, Str value) {
    bound(statement,
          sqlite3_bind_text64(prepared_of(statement), parameter, value.data, value.size, SQLITE_STATIC, SQLITE_UTF8));
}

void sqlite_bind_octets(Statement *statement, int parameter, Str value) {
    bound(statement, sqlite3_bind_blob64(prepared_of(statement), parameter, value.data, value.size, SQLITE_STATIC));
}

bool sqlite_step(Statement *statement) {
    int code = sqlite3_step(prepared_of(statement));
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(statement, code);
    if (statement->query->changes) statement->changed = sqlite3_changes64(sqlite_db(statement->tx->connection));
    return false;
}

bool sqlite_is_null(const Statement *statement, int column) {
    return sqlite3_column_type(prepared_of(statement), column) == SQLITE_NULL;
}

int64_t sqlite_get_int(const Statement *statement, int column) {
    return sqlite3_column_int64(prepared_of(statement), column);
}

double sqlite_get_real(const Statement *statement, int column) {
    return sqlite3_column_double(prepared_of(statement), column);
}

/* A pointer before its size, as SQLite asks; NULL for no bytes, or when there was no memory for them. */
static Str copy_column(const Statement *statement, const void *bytes, int column) {
    size_t size = (size_t)sqlite3_column_bytes(prepared_of(statement), column);
    if (!bytes && sqlite3_errcode(sqlite_db(statement->tx->connection)) == SQLITE_NOMEM) fail(statement, SQLITE_NOMEM);
    return str_copy(statement->tx->arena, str_from(bytes ? bytes : "", bytes ? size : 0));
}

Str sqlite_get_text(const Statement *statement, int column) {
    return copy_column(statement, sqlite3_column_text(prepared_of(statement), column), column);
}

Str sqlite_get_bytes(const Statement *statement, int column) {
    return copy_column(statement, sqlite3_column_blob(prepared_of(statement), column), column);
}

const char *sqlite_column_title(const Statement *statement, int column) {
    return sqlite3_column_name(prepared_of(statement), column);
}

void sqlite_statement_end(Statement *statement) { arena_undo_now(statement->tx->arena, release, own_of(statement)); }
