// SPDX-License-Identifier: EUPL-1.2
/* query.h on a bare SQLite connection, for what tools/queries generates from the fixtures:
 * nothing but SQLite stands between a test and the generated code. */
#include "plain_statements.h"

#include "platform/store/query.h"

struct Tx {
    Arena *arena;
    sqlite3 *db;
};

struct Statement {
    Tx *tx;
    const Query *query;
    sqlite3_stmt *stmt;
};

static void finalize(void *stmt) { sqlite3_finalize(stmt); }

static noreturn void failed(Statement *statement) {
    arena_fail(statement->tx->arena, ERR_INTERNAL, "%s (%s): %s", statement->query->name, statement->query->place,
               sqlite3_errmsg(statement->tx->db));
}

Tx *plain_tx(Arena *arena, sqlite3 *db) {
    Tx *tx = arena_new(arena, Tx);
    *tx = (Tx){arena, db};
    return tx;
}

Arena *tx_arena(Tx *tx) { return tx->arena; }

Statement *statement_begin(Tx *tx, const Query *query) {
    Statement *statement = arena_new(tx->arena, Statement);
    *statement = (Statement){tx, query, NULL};
    if (sqlite3_prepare_v2(tx->db, query->sqlite, -1, &statement->stmt, NULL) != SQLITE_OK) failed(statement);
    arena_defer(tx->arena, finalize, statement->stmt);
    return statement;
}

static void check(Statement *statement, int result) {
    if (result != SQLITE_OK) failed(statement);
}

void statement_bind_int(Statement *statement, int parameter, int64_t value) {
    check(statement, sqlite3_bind_int64(statement->stmt, parameter, value));
}
void statement_bind_real(Statement *statement, int parameter, double value) {
    check(statement, sqlite3_bind_double(statement->stmt, parameter, value));
}
void statement_bind_text(Statement *statement, int parameter, Str value) {
    check(statement,
          sqlite3_bind_text64(statement->stmt, parameter, value.data, value.size, SQLITE_TRANSIENT, SQLITE_UTF8));
}
void statement_bind_bytes(Statement *statement, int parameter, Str value) {
    check(statement, sqlite3_bind_blob64(statement->stmt, parameter, value.data, value.size, SQLITE_TRANSIENT));
}
void statement_bind_optional_int(Statement *statement, int parameter, OptionalInt value) {
    if (value.given) statement_bind_int(statement, parameter, value.value);
}
void statement_bind_optional_real(Statement *statement, int parameter, OptionalReal value) {
    if (value.given) statement_bind_real(statement, parameter, value.value);
}

bool statement_step(Statement *statement) {
    int result = sqlite3_step(statement->stmt);
    if (result != SQLITE_ROW && result != SQLITE_DONE) failed(statement);
    return result == SQLITE_ROW;
}

static bool is_null(Statement *statement, int column) {
    return sqlite3_column_type(statement->stmt, column) == SQLITE_NULL;
}

static void refuse_null(Statement *statement, int column) {
    if (is_null(statement, column))
        arena_fail(statement->tx->arena, ERR_INTERNAL, "%s: NULL in column %d", statement->query->name, column);
}

int64_t statement_int(Statement *statement, int column) {
    refuse_null(statement, column);
    return sqlite3_column_int64(statement->stmt, column);
}
bool statement_bool(Statement *statement, int column) { return statement_int(statement, column) != 0; }
double statement_real(Statement *statement, int column) {
    refuse_null(statement, column);
    return sqlite3_column_double(statement->stmt, column);
}
Str statement_bytes(Statement *statement, int column) {
    refuse_null(statement, column);
    const void *bytes = sqlite3_column_blob(statement->stmt, column);
    return str_copy(statement->tx->arena,
                    str_from(bytes ? bytes : "", (size_t)sqlite3_column_bytes(statement->stmt, column)));
}
Str statement_text(Statement *statement, int column) { return statement_bytes(statement, column); }
OptionalInt statement_optional_int(Statement *statement, int column) {
    return is_null(statement, column) ? (OptionalInt){0} : given_int(statement_int(statement, column));
}
OptionalReal statement_optional_real(Statement *statement, int column) {
    return is_null(statement, column) ? (OptionalReal){0} : (OptionalReal){true, statement_real(statement, column)};
}
Str statement_optional_text(Statement *statement, int column) {
    return is_null(statement, column) ? STR_ABSENT : statement_text(statement, column);
}
Str statement_optional_bytes(Statement *statement, int column) { return statement_optional_text(statement, column); }

int64_t statement_end(Statement *statement) {
    arena_undo_now(statement->tx->arena, finalize, statement->stmt);
    return sqlite3_changes64(statement->tx->db);
}
