// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/port_engine.h"
#include "platform/store/sqlite.h"

typedef struct SqliteTarget {
    PortTarget head; /* first: port.c's target is ours */
    const char *path;
    char *temporary;
    sqlite3_stmt *insert; /* into the table at work */
} SqliteTarget;

static SqliteTarget *own_of(PortTarget *target) { return (SqliteTarget *)target; }

static void finalize(void *prepared) { sqlite3_finalize(prepared); }

static sqlite3_stmt *prepare(Connection *connection, Arena *arena, const char *sql) {
    sqlite3_stmt *prepared = NULL;
    int code = sqlite3_prepare_v2(sqlite_db(connection), sql, -1, &prepared, NULL);
    if (code) sqlite_fail(connection, arena, "read a table", code);
    arena_defer(arena, finalize, prepared);
    return prepared;
}

/* ---- giving ------------------------------------------------------------------------------------------ */

static void source_begin(Connection *connection, Arena *arena) {
    (void)connection;
    (void)arena;
}

static int64_t count(Connection *connection, Arena *arena, const StoreTable *table) {
    sqlite3_stmt *prepared = prepare(connection, arena, str_format(arena, "SELECT COUNT(*) FROM %s", table->name).data);
    int code = sqlite3_step(prepared);
    if (code != SQLITE_ROW) sqlite_fail(connection, arena, "read a table", code);
    int64_t rows = sqlite3_column_int64(prepared, 0);
    arena_undo_now(arena, finalize, prepared);
    return rows;
}

/* What a STRICT table lets into a column of the type. */
static int kept_as(StoreType type) {
    static const int kinds[] = {
        [STORE_ID] = SQLITE_INTEGER, [STORE_INT] = SQLITE_INTEGER, [STORE_BOOL] = SQLITE_INTEGER,
        [STORE_REAL] = SQLITE_FLOAT, [STORE_TEXT] = SQLITE_TEXT,   [STORE_BYTES] = SQLITE_BLOB};
    return kinds[type];
}

/* False: it is of another type than its column. */
static bool read_value(sqlite3_stmt *prepared, int place, StoreType type, RowValue *value) {
    int kind = sqlite3_column_type(prepared, place);
    *value = (RowValue){.is_null = kind == SQLITE_NULL, .text = STR_ABSENT};
    if (value->is_null) return true;
    if (kind != kept_as(type)) return false;
    const char *octets = NULL;
    switch (kind) {
    case SQLITE_INTEGER: value->integer = sqlite3_column_int64(prepared, place); return true;
    case SQLITE_FLOAT: value->real = sqlite3_column_double(prepared, place); return true;
    case SQLITE_TEXT: octets = (const char *)sqlite3_column_text(prepared, place); break;
    default: octets = sqlite3_column_blob(prepared, place); break; /* NULL of none */
    }
    value->text = str_from(octets ? octets : "", (size_t)sqlite3_column_bytes(prepared, place));
    return true;
}

static void each(Connection *connection, Arena *arena, const StoreTable *table, bool in_order, PortRowSeen seen,
                 void *context) {
    sqlite3_stmt *prepared = prepare(connection, arena, port_select(arena, table, in_order));
    RowValue *values = arena_array(arena, RowValue, table->column_count);
    int code;
    for (int64_t row = 1; (code = sqlite3_step(prepared)) == SQLITE_ROW; row++) {
        for (size_t i = 0; i < table->column_count; i++)
            if (!read_value(prepared, (int)i, table->columns[i].type, &values[i]))
                port_refuse_value(arena, table, i, row, "is of another type than its column");
        seen(context, values);
    }
    if (code != SQLITE_DONE) sqlite_fail(connection, arena, "read a table", code);
    arena_undo_now(arena, finalize, prepared);
}

/* ---- taking ------------------------------------------------------------------------------------------ */

static void free_store(void *store) { store_free(store); }

/* The file has no name yet that anybody would look for, and is synced as a whole before it gets one: until then nothing
 * of it need be safe. What refers to what is checked at the end. */
static const char careless[] = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA foreign_keys = OFF; "
                               "PRAGMA secure_delete = OFF; PRAGMA cache_size = -65536";
_Static_assert(PORT_CACHE_KB == 65536, "cache_size above says the same");

static void migrate(SqliteTarget *target) {
    PortTarget *head = &target->head;
    Tx tx = {.store = head->store, .connection = head->connection, .arena = head->arena, .writes = true};
    tx.now_ms = clock_now_ms(&head->store->clock);
    int code = sqlite_command(head->connection, COMMAND_BEGIN_WRITE, NULL);
    if (code) sqlite_fail(head->connection, head->arena, "begin to write", code);
    const Migration *at;
    migrate_all(&tx, &at);
    for (int i = store_table_count; i-- > 0;) /* of migrations: kinds, the installation they made */
        sqlite_execute(head->connection, head->arena,
                       str_format(head->arena, "DELETE FROM %s", store_tables[i].name).data);
}

static PortTarget *target_open(Arena *arena, const PortOptions *options) {
    sqlite_must_not_exist(arena, options->to);
    sqlite_must_have_no_log(arena, options->to);
    SqliteTarget *target = arena_new(arena, SqliteTarget);
    target->path = options->to;
    target->temporary = sqlite_temporary_beside(arena, options->to);
    target->head = (PortTarget){.arena = arena, .unfinished = target->temporary};
    StoreOptions store = {.path = target->temporary, .clock = options->clock};
    StoreSetup setup = store_setup();
    target->head.store = store_new(&store, &setup);
    if (!target->head.store) arena_fail(arena, ERR_LIMIT, "out of memory for the store");
    arena_defer(arena, free_store, target->head.store);
    target->head.connection = engine_sqlite.connect(target->head.store, arena, true);
    target->head.store->lanes[0].connection = target->head.connection; /* closed with the store */
    sqlite_execute(target->head.connection, arena, careless);
    migrate(target);
    return &target->head;
}

static void table_begin(PortTarget *target, const StoreTable *table) {
    Buffer sql = buffer_in(target->arena);
    buffer_format(&sql, "INSERT INTO %s (", table->name);
    for (size_t i = 0; i < table->column_count; i++) buffer_format(&sql, "%s%s", i ? ", " : "", table->columns[i].name);
    buffer_add(&sql, STR(") VALUES ("));
    for (size_t i = 0; i < table->column_count; i++) buffer_format(&sql, "%s?%zu", i ? ", " : "", i + 1);
    buffer_add_char(&sql, ')');
    own_of(target)->insert = prepare(target->connection, target->arena, str_to_c(target->arena, buffer_str(&sql)));
}

static int bind_value(sqlite3_stmt *insert, int parameter, StoreType type, const RowValue *value) {
    if (value->is_null) return sqlite3_bind_null(insert, parameter);
    if (type == STORE_REAL) return sqlite3_bind_double(insert, parameter, value->real);
    if (type == STORE_TEXT)
        return sqlite3_bind_text64(insert, parameter, value->text.data, value->text.size, SQLITE_STATIC, SQLITE_UTF8);
    if (type == STORE_BYTES)
        return sqlite3_bind_blob64(insert, parameter, value->text.data, value->text.size, SQLITE_STATIC);
    return sqlite3_bind_int64(insert, parameter, value->integer);
}

static void put(PortTarget *target, const RowValue *values) {
    sqlite3_stmt *insert = own_of(target)->insert;
    int code = SQLITE_OK;
    for (size_t i = 0; !code && i < target->table->column_count; i++)
        code = bind_value(insert, (int)i + 1, target->table->columns[i].type, &values[i]);
    if (!code) code = sqlite3_step(insert);
    if (code == SQLITE_DONE) code = sqlite3_reset(insert);
    if (sqlite_err(sqlite_db(target->connection), code) == ERR_FULL)
        arena_fail(target->arena, ERR_FULL, "the disk has no room for %s", own_of(target)->path);
    if (code) sqlite_fail(target->connection, target->arena, "write a row", code);
}

static void table_end(PortTarget *target) { arena_undo_now(target->arena, finalize, own_of(target)->insert); }

static void settle(PortTarget *target) {
    Str orphan = sqlite_pragma_text(target->connection, target->arena, "PRAGMA foreign_key_check");
    if (!str_is_absent(orphan))
        arena_fail(target->arena, ERR_IO, "the source is damaged: a row of %.*s refers to one that is gone",
                   STR_FORMAT(orphan));
    int code = sqlite_command(target->connection, COMMAND_COMMIT, NULL);
    if (sqlite_err(sqlite_db(target->connection), code) == ERR_FULL)
        arena_fail(target->arena, ERR_FULL, "the disk has no room for %s", own_of(target)->path);
    if (code) sqlite_fail(target->connection, target->arena, "commit", code);
}

static void keep(PortTarget *target) {
    sqlite_pragma_text(target->connection, target->arena, "PRAGMA journal_mode = DELETE");
    arena_undo_now(target->arena, free_store, target->store);
    sqlite_publish(target->arena, own_of(target)->temporary, own_of(target)->path);
}

const PortEngine port_sqlite = {
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
