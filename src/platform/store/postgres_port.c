// SPDX-License-Identifier: EUPL-1.2
/* Tables go by COPY in binary (PostgreSQL 15, "COPY", Binary Format), which the pipeline mode does not know: a
 * connection that ports leaves it. */
#include "platform/store/port_engine.h"
#include "platform/store/postgres.h"

#include "platform/base/utf8.h"
#include <assert.h>
#include <endian.h>

/* Signature, flags, length of the extension: none. */
static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
enum { COPY_HEAD_SIZE = 19, PIECE_SIZE = 65536 };

typedef struct PostgresTarget {
    PortTarget head;        /* first: port.c's target is ours */
    Buffer piece;           /* rows that were not sent yet */
    struct Postponed *keys; /* in the order in which they were put off */
    size_t key_count;
} PostgresTarget;

/* A key or an index that is made anew when its rows are there. */
typedef struct Postponed {
    Str table;
    const char *sql;
    bool is_reference; /* when all tables' rows are there */
} Postponed;

static PostgresTarget *own_of(PortTarget *target) { return (PostgresTarget *)target; }
static PGconn *conn_of(Connection *connection) { return postgres_of(connection)->conn; }
static const char *shown_of(const Connection *connection) { return postgres_server(connection->store)->address.shown; }

static noreturn void fail(Connection *connection, Arena *arena) {
    const Reason *reason = &connection->reason;
    if (reason->err == ERR_FULL) arena_fail(arena, ERR_FULL, "the disk of %s is full", shown_of(connection));
    arena_fail(arena, reason->err, "%s: %s", shown_of(connection), reason->text);
}

static noreturn void fail_with(Connection *connection, Arena *arena, PGresult *result) {
    postgres_set_reason(postgres_of(connection), result);
    PQclear(result);
    fail(connection, arena);
}

static void leave_pipeline(Connection *connection, Arena *arena) {
    if (!postgres_take(postgres_of(connection), NULL)) fail(connection, arena);
    if (!PQexitPipelineMode(conn_of(connection)))
        arena_fail(arena, ERR_INTERNAL, "something was sent to %s and not taken", shown_of(connection));
}

/* The result is of the status, or the arena fails. */
static PGresult *run(Connection *connection, Arena *arena, const char *sql, ExecStatusType status) {
    PGresult *result = PQexec(conn_of(connection), sql);
    if (PQresultStatus(result) != status) fail_with(connection, arena, result);
    return result;
}

static void do_it(Connection *connection, Arena *arena, const char *sql) {
    PQclear(run(connection, arena, sql, PGRES_COMMAND_OK));
}

/* However long a large table takes, and the other side meanwhile. */
static void be_patient(Connection *connection, Arena *arena) {
    do_it(connection, arena, "SET LOCAL statement_timeout = 0");
    do_it(connection, arena, "SET LOCAL idle_in_transaction_session_timeout = 0");
    do_it(connection, arena, "SET LOCAL enable_seqscan = on"); /* whole tables are read */
}

/* ---- giving ------------------------------------------------------------------------------------------ */

/* The tables stay as they are until the snapshot is given up: no migration comes between. */
static void source_begin(Connection *connection, Arena *arena) {
    leave_pipeline(connection, arena);
    be_patient(connection, arena);
    Buffer sql = buffer_in(arena);
    buffer_add(&sql, STR("LOCK TABLE "));
    for (int i = 0; i < store_table_count; i++) buffer_format(&sql, "%s%s", i ? ", " : "", store_tables[i].name);
    buffer_add(&sql, STR(" IN ACCESS SHARE MODE"));
    do_it(connection, arena, str_to_c(arena, buffer_str(&sql)));
}

static int64_t count(Connection *connection, Arena *arena, const StoreTable *table) {
    const char *sql = str_format(arena, "SELECT COUNT(*) FROM %s", table->name).data;
    PGresult *result = run(connection, arena, sql, PGRES_TUPLES_OK);
    int64_t rows = 0;
    str_to_int(str_from_c(PQgetvalue(result, 0, 0)), &rows);
    PQclear(result);
    return rows;
}

/* A row as it came, or what is left of it. */
typedef struct Incoming {
    const char *at;
    size_t left;
    bool is_short; /* it ended too early */
} Incoming;

static const char *take(Incoming *incoming, size_t size) {
    if (incoming->left < size) {
        incoming->is_short = true;
        return NULL;
    }
    const char *taken = incoming->at;
    incoming->at += size;
    incoming->left -= size;
    return taken;
}

/* Big-endian, of 2, 4 or 8 bytes. */
static int64_t take_int(Incoming *incoming, size_t size) {
    const char *bytes = take(incoming, size);
    uint64_t value = 0;
    for (size_t i = 0; bytes && i < size; i++) value = value << 8 | (unsigned char)bytes[i];
    return size == 2 ? (int16_t)value : size == 4 ? (int32_t)value : (int64_t)value;
}

static bool read_value(Incoming *incoming, StoreType type, RowValue *value) {
    int64_t size = take_int(incoming, 4);
    *value = (RowValue){.is_null = size < 0, .text = STR_ABSENT};
    if (incoming->is_short || size < 0) return size == -1;
    if (type == STORE_TEXT || type == STORE_BYTES) {
        const char *octets = take(incoming, (size_t)size);
        if (octets) value->text = str_from(octets, (size_t)size);
        return octets != NULL;
    }
    if (size != (type == STORE_BOOL ? 2 : 8)) return false;
    int64_t bits = take_int(incoming, (size_t)size);
    if (type == STORE_REAL) memcpy(&value->real, &bits, sizeof bits);
    else value->integer = bits;
    return !incoming->is_short;
}

typedef struct Giving {
    Connection *connection;
    Arena *arena;
    const StoreTable *table;
    PortRowSeen seen;
    void *context;
    RowValue *values;
    int64_t rows;
    char *piece; /* libpq's */
} Giving;

static void free_piece(void *argument) {
    Giving *giving = argument;
    PQfreemem(giving->piece);
    giving->piece = NULL;
}

/* Of a piece, which holds a row, perhaps with the head before it; or the end alone. */
static void read_piece(Giving *giving, size_t size, bool is_first) {
    Incoming incoming = {.at = giving->piece, .left = size};
    if (is_first) take(&incoming, COPY_HEAD_SIZE);
    while (incoming.left && !incoming.is_short) {
        int64_t columns = take_int(&incoming, 2);
        if (columns == -1) return;
        bool is_sound = columns == (int64_t)giving->table->column_count;
        for (size_t i = 0; is_sound && i < giving->table->column_count; i++)
            if (!read_value(&incoming, giving->table->columns[i].type, &giving->values[i]))
                port_refuse_value(giving->arena, giving->table, i, giving->rows + 1,
                                  "is of another type than its column");
        if (!is_sound || incoming.is_short) break;
        giving->rows++;
        giving->seen(giving->context, giving->values);
    }
    if (incoming.left || incoming.is_short)
        arena_fail(giving->arena, ERR_IO, "%s gave a row of %s that cannot be read", shown_of(giving->connection),
                   giving->table->name);
}

static void each(Connection *connection, Arena *arena, const StoreTable *table, bool in_order, PortRowSeen seen,
                 void *context) {
    const char *sql =
        str_format(arena, "COPY (%s) TO STDOUT (FORMAT binary)", port_select(arena, table, in_order)).data;
    Giving giving = {.connection = connection, .arena = arena, .table = table, .seen = seen, .context = context};
    giving.values = arena_array(arena, RowValue, table->column_count);
    PQclear(run(connection, arena, sql, PGRES_COPY_OUT));
    arena_defer(arena, free_piece, &giving);
    bool is_first = true;
    for (int size; (size = PQgetCopyData(conn_of(connection), &giving.piece, 0)) > 0; is_first = false) {
        read_piece(&giving, (size_t)size, is_first);
        free_piece(&giving);
    }
    arena_undo_now(arena, free_piece, &giving);
    PGresult *result = PQgetResult(conn_of(connection));
    if (PQresultStatus(result) != PGRES_COMMAND_OK) fail_with(connection, arena, result);
    PQclear(result);
    PQclear(PQgetResult(conn_of(connection))); /* NULL: it has ended */
}

/* ---- taking ------------------------------------------------------------------------------------------ */

static void free_store(void *store) { store_free(store); }
static void clear_result(void *result) { PQclear(result); }

static void make_tables(void *argument) {
    PortTarget *target = argument;
    Tx tx = {.store = target->store, .connection = target->connection, .arena = target->arena, .writes = true};
    tx.now_ms = clock_now_ms(&target->store->clock);
    const Migration *at;
    migrate_all(&tx, &at);
}

static void migrate(PortTarget *target) {
    PostgresConnection *connection = postgres_of(target->connection);
    if (!engine_postgres.begin(target->connection, PURPOSE_NODE)) fail(target->connection, target->arena);
    postgres_lock_schema(connection, target->arena);
    if (!postgres_has_no_tables(connection, target->arena))
        arena_fail(target->arena, ERR_CONFLICT, "%s is not empty: give a database without tables",
                   shown_of(target->connection));
    if (arena_protect(target->arena, make_tables, target)) fail(target->connection, target->arena);
}

/* An index is made, and a foreign key checked, at once for a whole table in a fraction of the time that it takes row by
 * row. References go first and come back last: they stand on keys. */
static void put_keys_off(PostgresTarget *own) {
    static const char sql[] =
        "SELECT conrelid::regclass, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),"
        " format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),"
        " contype = 'f' FROM pg_constraint"
        " WHERE contype IN ('f', 'p', 'u') AND connamespace = current_schema()::regnamespace"
        " UNION ALL"
        " SELECT indrelid::regclass, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), false"
        " FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE relnamespace = current_schema()::regnamespace"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))"
        " ORDER BY 4 DESC";
    Connection *connection = own->head.connection;
    Arena *arena = own->head.arena;
    PGresult *result = run(connection, arena, sql, PGRES_TUPLES_OK);
    arena_defer(arena, clear_result, result);
    own->key_count = (size_t)PQntuples(result);
    own->keys = arena_array(arena, Postponed, own->key_count);
    for (int i = 0; i < PQntuples(result); i++) {
        do_it(connection, arena, PQgetvalue(result, i, 1));
        own->keys[i] = (Postponed){.table = str_copy(arena, str_from_c(PQgetvalue(result, i, 0))),
                                   .sql = str_copy(arena, str_from_c(PQgetvalue(result, i, 2))).data,
                                   .is_reference = *PQgetvalue(result, i, 3) == 't'};
    }
    arena_undo_now(arena, clear_result, result);
}

static void make_keys(const PostgresTarget *own, const StoreTable *table) {
    for (size_t i = 0; i < own->key_count; i++) {
        const Postponed *key = &own->keys[i];
        if (!key->is_reference && str_equal(key->table, str_from_c(table->name)))
            do_it(own->head.connection, own->head.arena, key->sql);
    }
}

static PortTarget *target_open(Arena *arena, const PortOptions *options) {
    PostgresTarget *own = arena_new(arena, PostgresTarget);
    PortTarget *target = &own->head;
    StoreOptions store = {.path = options->to, .clock = options->clock};
    StoreSetup setup = store_setup();
    target->arena = arena;
    target->store = store_new(&store, &setup);
    if (!target->store) arena_fail(arena, ERR_LIMIT, "out of memory for the store");
    arena_defer(arena, free_store, target->store); /* the connection with it: what is not committed is undone */
    postgres_server_open(target->store, arena);
    target->connection = engine_postgres.connect(target->store, arena, true);
    target->store->lanes[0].connection = target->connection;
    migrate(target);
    leave_pipeline(target->connection, arena);
    be_patient(target->connection, arena);
    for (int i = store_table_count; i-- > 0;) /* of migrations: kinds, the installation they made */
        do_it(target->connection, arena, str_format(arena, "DELETE FROM %s", store_tables[i].name).data);
    put_keys_off(own);
    own->piece = buffer_in(arena);
    return target;
}

static void send_piece(PortTarget *target) {
    Buffer *piece = &own_of(target)->piece;
    PGconn *conn = conn_of(target->connection);
    if (PQputCopyData(conn, piece->data, (int)piece->size) == 1) {
        buffer_clear(piece);
        return;
    }
    PGresult *result = PQgetResult(conn);
    fail_with(target->connection, target->arena, result);
}

/* FREEZE: the rows need no second writing when they have grown old; the tables were made in this transaction. */
static void table_begin(PortTarget *target, const StoreTable *table) {
    Buffer sql = buffer_in(target->arena);
    buffer_format(&sql, "COPY %s (", table->name);
    for (size_t i = 0; i < table->column_count; i++) buffer_format(&sql, "%s%s", i ? ", " : "", table->columns[i].name);
    buffer_add(&sql, STR(") FROM STDIN (FORMAT binary, FREEZE)"));
    PQclear(run(target->connection, target->arena, str_to_c(target->arena, buffer_str(&sql)), PGRES_COPY_IN));
    buffer_add(&own_of(target)->piece, str_from(copy_head, COPY_HEAD_SIZE));
}

static void add_int(Buffer *piece, int64_t value, size_t size) {
    char *bytes = buffer_reserve(piece, size);
    for (size_t i = 0; i < size; i++) bytes[i] = (char)((uint64_t)value >> 8 * (size - 1 - i));
    piece->size += size;
}

static void add_octets(Buffer *piece, Str octets) {
    add_int(piece, (int64_t)octets.size, 4);
    buffer_add(piece, octets);
}

static void add_value(PortTarget *target, size_t column, const RowValue *value) {
    Buffer *piece = &own_of(target)->piece;
    StoreType type = target->table->columns[column].type;
    const char *refusal = NULL;
    if (value->is_null) {
        add_int(piece, -1, 4);
    } else if (type == STORE_TEXT) {
        if (memchr(value->text.data, 0, value->text.size))
            refusal = "holds a zero byte, which PostgreSQL's text cannot";
        else if (!utf8_is_valid(value->text)) refusal = "is not UTF-8, which PostgreSQL's text must be";
        else add_octets(piece, value->text);
    } else if (type == STORE_BYTES) {
        add_octets(piece, value->text);
    } else if (type == STORE_BOOL) {
        add_int(piece, 2, 4);
        add_int(piece, value->integer, 2);
    } else {
        int64_t bits = value->integer;
        if (type == STORE_REAL) memcpy(&bits, &value->real, sizeof bits);
        add_int(piece, 8, 4);
        add_int(piece, bits, 8);
    }
    if (refusal) port_refuse_value(target->arena, target->table, column, target->rows + 1, refusal);
}

static void put(PortTarget *target, const RowValue *values) {
    Buffer *piece = &own_of(target)->piece;
    size_t before = piece->size;
    add_int(piece, (int64_t)target->table->column_count, 2);
    for (size_t i = 0; i < target->table->column_count; i++) add_value(target, i, &values[i]);
    if (piece->size - before > INT32_MAX / 2)
        arena_fail(target->arena, ERR_LIMIT, "a row of %s is too large for PostgreSQL", target->table->name);
    if (piece->size >= PIECE_SIZE) send_piece(target);
}

static void table_end(PortTarget *target) {
    PGconn *conn = conn_of(target->connection);
    add_int(&own_of(target)->piece, -1, 2);
    send_piece(target);
    if (PQputCopyEnd(conn, NULL) != 1) fail_with(target->connection, target->arena, PQgetResult(conn));
    PGresult *result = PQgetResult(conn);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) fail_with(target->connection, target->arena, result);
    PQclear(result);
    PQclear(PQgetResult(conn)); /* NULL: it has ended */
    make_keys(own_of(target), target->table);
    do_it(target->connection, target->arena, str_format(target->arena, "ANALYZE %s", target->table->name).data);
}

static void settle(PortTarget *target) {
    const PostgresTarget *own = own_of(target);
    for (size_t i = 0; i < own->key_count; i++)
        if (own->keys[i].is_reference) do_it(target->connection, target->arena, own->keys[i].sql);
}

static void keep(PortTarget *target) {
    if (!PQenterPipelineMode(conn_of(target->connection)))
        arena_fail(target->arena, ERR_INTERNAL, "%s is still at work", shown_of(target->connection));
    if (engine_postgres.commit(target->connection) != COMMIT_DONE) fail(target->connection, target->arena);
    arena_undo_now(target->arena, free_store, target->store);
}

const PortEngine port_postgres = {
    .source_begin = source_begin,
    .count = count,
    .each = each,
    .target_open = target_open,
    .table_begin = table_begin,
    .put = put,
    .table_end = table_end,
    .settle = settle,
    .keep = keep,
};
