// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/port_engine.h"

#include <assert.h>
#include <signal.h>
#include <sodium.h>
#include <unistd.h>

enum { ROWS_BETWEEN_LOOKS = 4096, MOST_COLUMNS = 64 };

typedef struct Port {
    Arena *arena;
    const PortOptions *options;
    Store *source;
    Connection *from;
    PortTarget *target;
    PortTable *tables;
    size_t compared; /* tables */
    bool is_same;
    PortProgress progress;
    PortTally *tally; /* of the rows that go by */
    Buffer row;       /* as it is summed up */
    struct Guard *guard;
} Port;

/* ---- for the engines --------------------------------------------------------------------------------- */

const char *port_select(Arena *arena, const StoreTable *table, bool in_order) {
    Buffer sql = buffer_in(arena);
    buffer_add(&sql, STR("SELECT "));
    for (size_t i = 0; i < table->column_count; i++) buffer_format(&sql, "%s%s", i ? ", " : "", table->columns[i].name);
    buffer_format(&sql, " FROM %s", table->name);
    const char *between = " ORDER BY ";
    for (size_t i = 0; in_order && i < table->column_count; i++) {
        if (!table->columns[i].in_key) continue;
        buffer_format(&sql, "%s%s", between, table->columns[i].name);
        between = ", ";
    }
    return str_to_c(arena, buffer_str(&sql));
}

noreturn void port_refuse_value(Arena *arena, const StoreTable *table, size_t column, int64_t row, const char *why) {
    arena_fail(arena, ERR_INPUT, "%s.%s of row %lld, by the order of its key, %s: put it right in the source first",
               table->name, table->columns[column].name, (long long)row, why);
}

/* ---- counts and checksums ----------------------------------------------------------------------------- */

static void add_number(Buffer *out, char tag, uint64_t bits) {
    char *bytes = buffer_reserve(out, 9);
    bytes[0] = tag;
    for (int i = 0; i < 8; i++) bytes[1 + i] = (char)(bits >> 8 * (7 - i));
    out->size += 9;
}

/* Its type, and where its size is not the type's own, that. */
static void add_value(Buffer *out, StoreType type, const RowValue *value) {
    uint64_t bits;
    double real = value->real + 0.0; /* SQLite knows no -0 */
    if (value->is_null) {
        buffer_add_char(out, 'n');
    } else if (type == STORE_TEXT || type == STORE_BYTES) {
        add_number(out, type == STORE_TEXT ? 't' : 'b', value->text.size);
        buffer_add(out, value->text);
    } else if (type == STORE_REAL) {
        memcpy(&bits, &real, sizeof bits);
        add_number(out, 'r', bits);
    } else {
        add_number(out, 'i', (uint64_t)value->integer);
    }
}

/* As numbers of 128 bits, the last byte the lowest. */
static void add_checksum(unsigned char *sum, const unsigned char *other) {
    unsigned carry = 0;
    for (int i = PORT_CHECKSUM_SIZE; i-- > 0; carry >>= 8) {
        carry += (unsigned)sum[i] + other[i];
        sum[i] = (unsigned char)carry;
    }
}

static void add_row(Port *port, const StoreTable *table, const RowValue *values) {
    unsigned char hash[PORT_CHECKSUM_SIZE];
    buffer_clear(&port->row);
    for (size_t i = 0; i < table->column_count; i++) add_value(&port->row, table->columns[i].type, &values[i]);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)port->row.data, port->row.size, NULL, 0);
    add_checksum(port->tally->checksum, hash);
    port->tally->rows++;
}

static bool is_same(const PortTally *one, const PortTally *other) {
    return one->rows == other->rows && memcmp(one->checksum, other->checksum, PORT_CHECKSUM_SIZE) == 0;
}

static void tell(const Port *port) {
    if (port->options->seen) port->options->seen(port->options->context, &port->progress);
}

static void row_went_by(Port *port, const RowValue *values) {
    add_row(port, port->progress.table, values);
    port->progress.rows++;
    port->progress.done++;
    if (port->progress.rows % ROWS_BETWEEN_LOOKS == 0 && port->progress.rows < port->progress.all_rows) tell(port);
}

/* ---- copying ------------------------------------------------------------------------------------------- */

static bool is_called(const char *name, const char *other) { return strcmp(name, other) == 0; }

/* Nobody holds a node of the target; what was reserved under its number stays reserved (port.h). */
static void give_node_back(const StoreTable *table, RowValue *values) {
    if (!is_called(table->name, "node")) return;
    for (size_t i = 0; i < table->column_count; i++)
        if (is_called(table->columns[i].name, "holder")) values[i].integer = 0;
}

static void copy_row(void *context, const RowValue *given) {
    Port *port = context;
    const StoreTable *table = port->progress.table;
    RowValue values[MOST_COLUMNS];
    memcpy(values, given, table->column_count * sizeof *values);
    give_node_back(table, values);
    port->target->connection->engine->port->put(port->target, values);
    port->target->rows++;
    row_went_by(port, values);
}

static void read_row(void *context, const RowValue *values) { row_went_by(context, values); }

static void begin_table(Port *port, PortTally *tally, bool is_checking) {
    const StoreTable *table = port->progress.table;
    const PortTable *known = &port->tables[table - store_tables];
    *tally = (PortTally){0};
    port->tally = tally;
    port->progress.is_checking = is_checking;
    port->progress.rows = 0;
    port->progress.all_rows = known->source.rows;
}

static void copy_table(Port *port, const StoreTable *table) {
    const PortEngine *to = port->target->connection->engine->port;
    assert(table->column_count <= MOST_COLUMNS);
    PortTally tally;
    port->progress.table = table;
    begin_table(port, &tally, false);
    port->target->table = table;
    port->target->rows = 0;
    to->table_begin(port->target, table);
    port->from->engine->port->each(port->from, port->arena, table, true, copy_row, port);
    to->table_end(port->target);
    PortTally *source = &port->tables[table - store_tables].source;
    if (tally.rows != source->rows)
        arena_fail(port->arena, ERR_IO, "the source gave %lld rows of %s and had counted %lld", (long long)tally.rows,
                   table->name, (long long)source->rows);
    *source = tally;
    tell(port);
}

static void read_back(Port *port, const StoreTable *table) {
    PortTable *ported = &port->tables[table - store_tables];
    port->progress.table = table;
    begin_table(port, &ported->target, true);
    port->target->connection->engine->port->each(port->target->connection, port->arena, table, false, read_row, port);
    ported->is_same = is_same(&ported->source, &ported->target);
    port->is_same = port->is_same && ported->is_same;
}

/* ---- the source ---------------------------------------------------------------------------------------- */

static void close_store(void *store) { store_close(store); }

static void disconnect(void *argument) {
    Connection *connection = argument;
    connection->engine->disconnect(connection);
}

static void open_source(Port *port) {
    Arena *arena = port->arena;
    StoreOptions options = {.path = port->options->from, .clock = port->options->clock};
    Err err = store_open(arena, &options, &port->source);
    if (err) arena_fail(arena, err, "%s", arena_failure(arena)->message);
    arena_defer(arena, close_store, port->source);
    const Engine *engine = port->source->engine;
    port->from = engine->connect(port->source, arena, false);
    arena_defer(arena, disconnect, port->from);
    if (!engine->begin(port->from, PURPOSE_READ))
        arena_fail(arena, port->from->reason.err, "%s", port->from->reason.text);
    Tx tx = {.store = port->source, .connection = port->from, .arena = arena};
    int version = engine->schema_version(&tx);
    if (version != store_schema_version())
        arena_fail(arena, ERR_CONFLICT,
                   "the source has schema %d and this program %d: port it with the program that serves it", version,
                   store_schema_version());
    engine->port->source_begin(port->from, arena);
    for (int i = 0; i < store_table_count; i++) {
        port->tables[i].table = &store_tables[i];
        port->tables[i].source.rows = engine->port->count(port->from, arena, &store_tables[i]);
        port->progress.all_to_do += 2 * port->tables[i].source.rows;
    }
}

/* ---- a signal that ends the program -------------------------------------------------------------------- */

/* A thread that waits for it, while it is blocked in all others, whatever they are at: what is unfinished goes, and
 * then the signal does what it would have done. */
typedef struct Guard {
    pthread_t thread;
    sigset_t waits_for, before;
    struct sigaction at_end; /* what GUARD_ENDS did before */
    pthread_mutex_t lock;    /* held where the file is made, and where it gets its name */
    const char *unfinished;
    atomic_bool has_ended;
} Guard;

enum { GUARD_ENDS = SIGUSR1 }; /* to the thread alone, when there is nothing to guard any more */

static void *wait_for_signal(void *argument) {
    Guard *guard = argument;
    int number;
    do {
        if (sigwait(&guard->waits_for, &number)) return NULL;
        if (number == GUARD_ENDS && atomic_load(&guard->has_ended)) return NULL;
    } while (number == GUARD_ENDS && guard->at_end.sa_handler == SIG_IGN);
    pthread_mutex_lock(&guard->lock);
    if (guard->unfinished) unlink(guard->unfinished);
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &guard->waits_for, NULL);
    raise(number);
    return NULL;
}

static void stop_waiting(const Guard *guard) {
    sigaction(GUARD_ENDS, &guard->at_end, NULL);
    pthread_sigmask(SIG_SETMASK, &guard->before, NULL);
}

static void end_guard(void *argument) {
    Guard *guard = argument;
    atomic_store(&guard->has_ended, true);
    pthread_kill(guard->thread, GUARD_ENDS);
    pthread_join(guard->thread, NULL);
    pthread_mutex_destroy(&guard->lock);
    stop_waiting(guard);
}

/* Before any other thread and any file. What the parent has chosen to ignore (nohup) stays so; GUARD_ENDS is ignored by
 * the thread then, for one that the system ignores never comes to it. */
static Guard *begin_guard(Arena *arena) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, GUARD_ENDS};
    Guard *guard = arena_new(arena, Guard);
    sigemptyset(&guard->waits_for);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action;
        if (numbers[i] == GUARD_ENDS || sigaction(numbers[i], NULL, &action) || action.sa_handler != SIG_IGN)
            sigaddset(&guard->waits_for, numbers[i]);
    }
    pthread_mutex_init(&guard->lock, NULL);
    pthread_sigmask(SIG_BLOCK, &guard->waits_for, &guard->before);
    sigaction(GUARD_ENDS, &(struct sigaction){.sa_handler = SIG_DFL}, &guard->at_end);
    if (pthread_create(&guard->thread, NULL, wait_for_signal, guard)) {
        stop_waiting(guard);
        arena_fail(arena, ERR_LIMIT, "cannot start a thread that waits for signals");
    }
    arena_defer(arena, end_guard, guard);
    return guard;
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

static void unlock(void *lock) { pthread_mutex_unlock(lock); }

static void lock_guard(Port *port) {
    pthread_mutex_lock(&port->guard->lock);
    arena_defer(port->arena, unlock, &port->guard->lock);
}

static void unlock_guard(Port *port) { arena_undo_now(port->arena, unlock, &port->guard->lock); }

static void open_target(Port *port) {
    lock_guard(port);
    port->target = engine_of(port->options->to)->port->target_open(port->arena, port->options);
    port->guard->unfinished = port->target->unfinished;
    unlock_guard(port);
}

static void keep(Port *port) {
    lock_guard(port);
    port->target->connection->engine->port->keep(port->target);
    port->guard->unfinished = NULL;
    unlock_guard(port);
}

static void port_whole(void *argument) {
    Port *port = argument;
    port->guard = begin_guard(port->arena);
    open_source(port);
    open_target(port);
    for (int i = 0; i < store_table_count; i++) copy_table(port, &store_tables[i]);
    port->target->connection->engine->port->settle(port->target);
    port->is_same = true;
    for (int i = 0; i < store_table_count; i++) read_back(port, &store_tables[i]);
    port->compared = (size_t)store_table_count;
    if (!port->is_same) arena_fail(port->arena, ERR_IO, "the target did not keep what it was given, and was not kept");
    keep(port);
    arena_undo_now(port->arena, disconnect, port->from);
    arena_undo_now(port->arena, close_store, port->source);
    arena_undo_now(port->arena, end_guard, port->guard);
}

Err store_port(Arena *arena, const PortOptions *options, PortReport *report) {
    Port port = {.arena = arena, .options = options, .row = buffer_in(arena)};
    port.tables = arena_array(arena, PortTable, (size_t)store_table_count);
    Err err = arena_protect(arena, port_whole, &port);
    *report = (PortReport){port.tables, port.compared, port.is_same};
    return err;
}
