// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.h"

#include <assert.h>
#include <endian.h>

/* PostgreSQL's numbers of its types (pg_type.dat), which do not change. */
enum { TYPE_BOOL = 16, TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23, TYPE_FLOAT8 = 701 };

typedef struct Prepared {
    char name[64]; /* a number, and the query's name for who looks at the server */
    int parameter_count;
    Oid types[];
} Prepared;

typedef struct PostgresStatement {
    Statement head; /* first: the store's Statement is ours */
    const Prepared *prepared;
    const char **values; /* by parameter */
    int *sizes, *formats;
    char (*numbers)[8]; /* room for what is not text */
    PGresult *result;
    int row; /* at present; -1: not run yet */
    bool is_running;
} PostgresStatement;

static PostgresStatement *own_of(Statement *statement) { return (PostgresStatement *)statement; }
static const PGresult *result_of(const Statement *statement) { return ((const PostgresStatement *)statement)->result; }
static int row_of(const Statement *statement) { return ((const PostgresStatement *)statement)->row; }

static PostgresConnection *connection_of(const Statement *statement) { return postgres_of(statement->tx->connection); }

static noreturn void fail(const Statement *statement) {
    const Reason *reason = &statement->tx->connection->reason;
    statement_fail(statement, reason->err, reason->text);
}

static void release(void *argument) {
    PostgresStatement *statement = argument;
    if (!statement->is_running) return;
    statement->is_running = false;
    statement->head.tx->connection->running--;
    PQclear(statement->result);
    statement->result = NULL;
    if (statement->head.query->is_passing) free((void *)statement->prepared);
}

/* ---- preparing ----------------------------------------------------------------------------------------- */

static Prepared *described(const char *name, const PGresult *description) {
    int count = PQnparams(description);
    Prepared *prepared = calloc(1, sizeof *prepared + (size_t)count * sizeof *prepared->types);
    if (!prepared) return NULL;
    snprintf(prepared->name, sizeof prepared->name, "%s", name);
    prepared->parameter_count = count;
    for (int i = 0; i < count; i++) prepared->types[i] = PQparamtype(description, i);
    return prepared;
}

static Prepared *prepare(const Statement *statement) {
    PostgresConnection *connection = connection_of(statement);
    const Query *query = statement->query;
    char name[64] = "";
    if (!query->is_passing) snprintf(name, sizeof name, "%u %s", ++connection->prepared, query->name);
    PGresult *description = NULL;
    PGconn *conn = connection->conn;
    bool sound = postgres_sent(connection, conn && PQsendPrepare(conn, name, query->postgres, 0, NULL), SENT_STATEMENT);
    sound = sound && postgres_sent(connection, PQsendDescribePrepared(conn, name), SENT_STATEMENT);
    if (!sound || !postgres_take(connection, &description)) fail(statement);
    Prepared *prepared = described(name, description);
    PQclear(description);
    if (!prepared) arena_fail(statement->tx->arena, ERR_LIMIT, "out of memory for a statement");
    return prepared;
}

static const Prepared *prepared_once(const Statement *statement) {
    StatementCache *cache = &statement->tx->connection->cache;
    CachedStatement *place = statement_cache_place(cache, statement->query);
    if (!place) arena_fail(statement->tx->arena, ERR_LIMIT, "out of memory for a statement");
    if (!place->query) {
        Prepared *prepared = prepare(statement);
        *place = (CachedStatement){.query = statement->query, .prepared = prepared};
        cache->count++;
    }
    return place->prepared;
}

Statement *postgres_statement_begin(Tx *tx, const Query *query) {
    PostgresConnection *connection = postgres_of(tx->connection);
    if (tx->writes && (!connection->in_transaction || connection->has_failed || connection->is_lost))
        arena_fail(tx->arena, ERR_INTERNAL, "query %s (%s): the transaction was lost before", query->name,
                   query->place);
    /* What stands alone (store_version) begins here, as others do with a BEGIN. */
    if (!connection->in_transaction && !postgres_connected(connection))
        arena_fail(tx->arena, tx->connection->reason.err, "%s", tx->connection->reason.text);
    if (!connection->in_transaction && postgres_schema_may_be_new(connection) &&
        !postgres_look_at_schema(connection, false))
        arena_fail(tx->arena, tx->connection->reason.err, "%s", tx->connection->reason.text);
    PostgresStatement *statement = arena_new(tx->arena, PostgresStatement);
    statement->head = (Statement){.engine = &engine_postgres, .tx = tx, .query = query};
    statement->row = -1;
    arena_defer(tx->arena, release, statement);
    statement->prepared = query->is_passing ? prepare(&statement->head) : prepared_once(&statement->head);
    tx->connection->running++;
    statement->is_running = true;
    size_t count = (size_t)statement->prepared->parameter_count;
    statement->values = arena_array(tx->arena, const char *, count);
    statement->sizes = arena_array(tx->arena, int, count);
    statement->formats = arena_array(tx->arena, int, count);
    statement->numbers = arena_alloc_array(tx->arena, count, sizeof *statement->numbers);
    for (size_t i = 0; i < count; i++) statement->formats[i] = 1;
    return &statement->head;
}

/* ---- binding --------------------------------------------------------------------------------------------- */

static void bind(Statement *statement, int parameter, const char *value, size_t size) {
    PostgresStatement *own = own_of(statement);
    assert(parameter >= 1 && parameter <= own->prepared->parameter_count);
    if (size > INT32_MAX / 2) statement_fail(statement, ERR_LIMIT, "a value is too large");
    own->values[parameter - 1] = value;
    own->sizes[parameter - 1] = (int)size;
}

void postgres_bind_null(Statement *statement, int parameter) { bind(statement, parameter, NULL, 0); }

void postgres_bind_octets(Statement *statement, int parameter, Str value) {
    bind(statement, parameter, value.data, value.size);
}

static void bind_bits(Statement *statement, int parameter, const void *bits, size_t size) {
    char *room = own_of(statement)->numbers[parameter - 1];
    memcpy(room, bits, size);
    bind(statement, parameter, room, size);
}

void postgres_bind_int(Statement *statement, int parameter, int64_t value) {
    uint64_t big8 = htobe64((uint64_t)value);
    uint32_t big4 = htobe32((uint32_t)value);
    uint16_t big2 = htobe16((uint16_t)value);
    Oid type = own_of(statement)->prepared->types[parameter - 1];
    if (type == TYPE_INT8) bind_bits(statement, parameter, &big8, sizeof big8);
    else if (type == TYPE_INT4 && value == (int32_t)value) bind_bits(statement, parameter, &big4, sizeof big4);
    else if (type == TYPE_INT2 && value == (int16_t)value) bind_bits(statement, parameter, &big2, sizeof big2);
    else statement_fail(statement, ERR_INTERNAL, "a number does not fit its parameter");
}

void postgres_bind_real(Statement *statement, int parameter, double value) {
    const PostgresStatement *own = own_of(statement);
    if (own->prepared->types[parameter - 1] != TYPE_FLOAT8)
        statement_fail(statement, ERR_INTERNAL, "a real does not fit its parameter");
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    bits = htobe64(bits);
    bind_bits(statement, parameter, &bits, sizeof bits);
}

/* ---- running ---------------------------------------------------------------------------------------------- */

static void run(PostgresStatement *statement) {
    PostgresConnection *connection = connection_of(&statement->head);
    const Prepared *prepared = statement->prepared;
    int sent = connection->conn && PQsendQueryPrepared(connection->conn, prepared->name, prepared->parameter_count,
                                                       statement->values, statement->sizes, statement->formats, 1);
    if (!postgres_sent(connection, sent, SENT_STATEMENT) || !postgres_take(connection, &statement->result))
        fail(&statement->head);
    const char *changed = PQcmdTuples(statement->result);
    if (statement->head.query->changes) str_to_int(str_from_c(changed), &statement->head.changed);
}

bool postgres_step(Statement *statement) {
    PostgresStatement *own = own_of(statement);
    if (own->row < 0) run(own);
    return ++own->row < PQntuples(own->result);
}

bool postgres_is_null(const Statement *statement, int column) {
    return PQgetisnull(result_of(statement), row_of(statement), column);
}

int64_t postgres_get_int(const Statement *statement, int column) {
    const char *bytes = PQgetvalue(result_of(statement), row_of(statement), column);
    uint64_t big8;
    uint32_t big4;
    uint16_t big2;
    switch (PQftype(result_of(statement), column)) {
    case TYPE_INT8: memcpy(&big8, bytes, 8); return (int64_t)be64toh(big8);
    case TYPE_INT4: memcpy(&big4, bytes, 4); return (int32_t)be32toh(big4);
    case TYPE_INT2: memcpy(&big2, bytes, 2); return (int16_t)be16toh(big2);
    case TYPE_BOOL: return *bytes != 0;
    default: statement_fail(statement, ERR_INTERNAL, "a column that is no whole number was read as one");
    }
}

double postgres_get_real(const Statement *statement, int column) {
    if (PQftype(result_of(statement), column) != TYPE_FLOAT8)
        statement_fail(statement, ERR_INTERNAL, "a column that is no real was read as one");
    uint64_t bits;
    memcpy(&bits, PQgetvalue(result_of(statement), row_of(statement), column), sizeof bits);
    bits = be64toh(bits);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Text and bytes alike: in binary both come as they are. */
Str postgres_get_octets(const Statement *statement, int column) {
    const PGresult *result = result_of(statement);
    int row = row_of(statement);
    return str_copy(statement->tx->arena,
                    str_from(PQgetvalue(result, row, column), (size_t)PQgetlength(result, row, column)));
}

const char *postgres_column_title(const Statement *statement, int column) {
    return PQfname(result_of(statement), column);
}

void postgres_statement_end(Statement *statement) { arena_undo_now(statement->tx->arena, release, statement); }
