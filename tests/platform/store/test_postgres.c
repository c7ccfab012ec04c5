// SPDX-License-Identifier: EUPL-1.2
/* What is PostgreSQL's alone: nodes that write at once, gates, connections that are cut, a server that is away. Run by
 * tests/peers/postgres.sh --env; without a server there is nothing to test. */
#include "platform/store/postgres.h"

#include "administer.h"
#include "proxy.h"
#include "testing.h"
#include <time.h>

static const Query query_weigh = {
    .name = "weigh",
    .place = "things.sql:7",
    BOTH("INSERT INTO thing (id, name, weight) VALUES ($1, $2, CAST($3 AS double precision))"),
    .changes = true};
static const Query query_weights = {
    .name = "weights",
    .place = "things.sql:8",
    BOTH("SELECT COUNT(*), COUNT(DISTINCT weight), COALESCE(MAX(weight), -1) FROM thing WHERE weight IS NOT NULL")};

/* ---- places that are few ------------------------------------------------------------------------------- */

enum { PLACES = 20 };

typedef struct Booking {
    StoreWrite write; /* first: done gets it */
    Str name;
    sem_t *answered;
    Err err;
} Booking;

/* Wrong on purpose wherever another may count at the same time: only who is alone sees the true number. */
static Err book(Tx *tx, void *context) {
    const Booking *booking = context;
    int64_t taken = count_with(tx, &query_count, STR_ABSENT);
    if (taken >= PLACES) return ERR_LIMIT;
    Statement *statement = statement_begin(tx, &query_weigh);
    statement_bind_int(statement, 1, tx_new_id(tx));
    statement_bind_text(statement, 2, booking->name);
    statement_bind_real(statement, 3, (double)taken);
    statement_end(statement);
    return OK;
}

static void booked(StoreWrite *write, Err err) {
    Booking *booking = (Booking *)write;
    booking->err = err;
    sem_post(booking->answered);
}

typedef struct Booked {
    int64_t ok, full, busy, other, reruns;
} Booked;

/* All at once, over all lanes. */
static Booked book_many(Store *store, int count, StoreGate gate, int who) {
    Booking *all = calloc((size_t)count, sizeof *all);
    Arena *names = arena_open(64 * 1024 * 1024);
    sem_t answered;
    sem_init(&answered, 0, 0);
    for (int i = 0; i < count; i++) {
        all[i] = (Booking){.name = str_format(names, "%d of %d", i, who), .answered = &answered};
        all[i].write = (StoreWrite){.work = book,
                                    .done = booked,
                                    .context = &all[i],
                                    .arena = arena_open(1024 * 1024),
                                    .lane = (uint64_t)i,
                                    .gate = gate};
        if (store_submit(store, &all[i].write)) abort();
    }
    for (int i = 0; i < count; i++) sem_wait(&answered);
    Booked sum = {.reruns = store_counters(store).reruns};
    for (int i = 0; i < count; i++) {
        sum.ok += all[i].err == OK;
        sum.full += all[i].err == ERR_LIMIT;
        sum.busy += all[i].err == ERR_BUSY;
        sum.other += all[i].err != OK && all[i].err != ERR_LIMIT && all[i].err != ERR_BUSY;
        arena_close(all[i].write.arena);
    }
    arena_close(names);
    free(all);
    return sum;
}

/* In processes of their own, as nodes are; each says what came of its bookings. */
static Booked book_from(Folder *folder, int processes, int each, StoreGate gate) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    store_close(must_open(folder, "a.db", NULL));
    for (int who = 0; who < processes; who++) {
        if (fork()) continue;
        Booked booked = book_many(must_open(folder, "a.db", NULL), each, gate, who);
        _exit(write(ends[1], &booked, sizeof booked) == sizeof booked ? 0 : 1);
    }
    close(ends[1]);
    Booked sum = {0}, one;
    int told = 0;
    while (read(ends[0], &one, sizeof one) == sizeof one) {
        sum = (Booked){sum.ok + one.ok, sum.full + one.full, sum.busy + one.busy, sum.other + one.other,
                       sum.reruns + one.reruns};
        told++;
    }
    close(ends[0]);
    while (wait(NULL) > 0) continue;
    assert_int_equal(told, processes);
    return sum;
}

static Err look_at_weights(Tx *tx, void *context) {
    int64_t rows = *(int64_t *)context;
    Statement *statement = statement_begin(tx, &query_weights);
    assert_true(statement_step(statement));
    assert_int_equal(statement_int(statement, 0), rows);
    assert_int_equal(statement_int(statement, 1), rows);
    assert_true(statement_real(statement, 2) == (double)(rows - 1));
    statement_end(statement);
    return OK;
}

/* Each saw all that were before it: the numbers they saw are 0, 1, 2 … */
static void assert_one_after_the_other(Folder *folder, int64_t rows) {
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(things(store, folder->arena), rows);
    assert_int_equal(store_read(store, folder->arena, look_at_weights, &rows), OK);
    store_close(store);
}

typedef struct ThroughGate {
    StoreWrite write;
    sem_t answered;
    Err err;
} ThroughGate;

static void through_gate(StoreWrite *write, Err err) {
    ThroughGate *through = (ThroughGate *)write;
    through->err = err;
    sem_post(&through->answered);
}

static void write_through_gate(Store *store, Thing *thing, Id gate, Err expected) {
    ThroughGate through = {.write = {.work = add_thing,
                                     .done = through_gate,
                                     .context = thing,
                                     .arena = arena_open(1024 * 1024),
                                     .gate = {.edition = 0, .gate = gate}}};
    sem_init(&through.answered, 0, 0);
    assert_int_equal(store_submit(store, &through.write), OK);
    sem_wait(&through.answered);
    assert_int_equal(through.err, expected);
    arena_close(through.write.arena);
}

static int64_t gates(Folder *folder) {
    PGconn *conn = PQconnectdb(folder_place(folder, "a.db"));
    PGresult *result = PQexec(conn, "SELECT COUNT(*) FROM gate WHERE gate > 0");
    int64_t count = -1;
    str_to_int(str_from_c(PQgetvalue(result, 0, 0)), &count);
    PQclear(result);
    PQfinish(conn);
    return count;
}

static void test_a_gate_gives_out_each_place_once(void **state) {
    enum { PROCESSES = 4, EACH = 256 };
    Folder *folder = *state;
    Booked booked = book_from(folder, PROCESSES, EACH, (StoreGate){.edition = 7, .gate = 99});
    assert_int_equal(booked.ok, PLACES);
    assert_int_equal(booked.full, PROCESSES * EACH - PLACES);
    assert_int_equal(booked.reruns, 0);
    assert_one_after_the_other(folder, PLACES);
}

/* Who is refused at a gate leaves no row of it behind: anybody may name one. */
static void test_a_gate_that_let_nobody_through_is_not_kept(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Thing refused = {.name = STR("refused"), .returns = ERR_DENIED}, done = {.name = STR("done")};
    write_through_gate(store, &refused, 77, ERR_DENIED);
    write_through_gate(store, &done, 78, OK);
    assert_true(has_thing(store, folder->arena, "done"));
    assert_int_equal(gates(folder), 1);
    store_close(store);
}

static void test_without_a_gate_it_is_right_too(void **state) {
    Folder *folder = *state;
    Booked booked = book_from(folder, 4, 150, (StoreGate){0});
    assert_int_equal(booked.other, 0);
    assert_in_range(booked.ok, 1, PLACES);
    assert_true(booked.ok == PLACES || booked.busy > 0); /* ten tries may not be enough for all */
    assert_true(booked.reruns > 0);                      /* it was no matter of luck */
    assert_one_after_the_other(folder, booked.ok);
}

/* ---- nodes ----------------------------------------------------------------------------------------------- */

static void test_nodes_that_start_at_once_are_different_ones(void **state) {
    enum { PROCESSES = 8, EACH = 30 };
    Folder *folder = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    folder_place(folder, "a.db");
    for (int who = 0; who < PROCESSES; who++) {
        if (fork()) continue;
        Store *store = must_open(folder, "a.db", NULL); /* one of them makes the tables */
        for (int i = 0; i < EACH; i++) {
            Thing thing = {.name = str_format(folder->arena, "%d/%d", who, i)};
            if (store_write(store, folder->arena, add_thing, &thing)) _exit(1); /* ids are unique, or this fails */
        }
        unsigned number = store->node.current.number;
        _exit(write(ends[1], &number, sizeof number) == sizeof number ? 0 : 1);
    }
    close(ends[1]);
    unsigned number, seen = 0, told = 0;
    while (read(ends[0], &number, sizeof number) == sizeof number) {
        assert_true(number < 32 && !(seen & 1u << number));
        seen |= 1u << number;
        told++;
    }
    close(ends[0]);
    while (wait(NULL) > 0) continue;
    assert_int_equal(told, PROCESSES);
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(things(store, folder->arena), PROCESSES * EACH);
    store_close(store);
}

typedef struct Racing {
    Folder *folder;
    Store *other;
    Thing *thing;
    int runs;
} Racing;

/* Another node takes the name after this transaction has begun. */
static Err add_what_another_adds(Tx *tx, void *context) {
    Racing *racing = context;
    count_with(tx, &query_count, STR_ABSENT);
    Thing theirs = {.name = racing->thing->name};
    Arena *arena = arena_open(1024 * 1024);
    if (racing->runs++ == 0) assert_int_equal(store_write(racing->other, arena, add_thing, &theirs), OK);
    arena_close(arena);
    return add_thing(tx, racing->thing);
}

static void test_a_key_taken_meanwhile_is_looked_at_again(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL), *other = must_open(folder, "a.db", NULL);
    Thing thing = {.name = STR("wanted by two")};
    Racing racing = {folder, other, &thing, 0};
    assert_int_equal(store_write(store, folder->arena, add_what_another_adds, &racing), ERR_CONFLICT);
    assert_true(racing.runs >= 2);
    assert_int_equal(things(store, folder->arena), 1);
    store_close(other);
    store_close(store);
}

/* ---- a wire that is cut ------------------------------------------------------------------------------------- */

typedef struct Wire {
    Folder *folder;
    Proxy proxy;
    Store *store;
} Wire;

static const char *address_through(Folder *folder, const Proxy *proxy, const char *name) {
    Str address = str_from_c(folder_place(folder, name));
    ptrdiff_t host = str_index_of(address, STR("host="));
    return str_format(folder->arena, "%.*shost=%s", (int)host, address.data, proxy->folder).data;
}

static void wire_open(Wire *wire, Folder *folder) {
    *wire = (Wire){.folder = folder};
    proxy_open(&wire->proxy, getenv("WSPOLNIE_TEST_CLUSTER"));
    StoreOptions options = {
        .path = address_through(folder, &wire->proxy, "a.db"), .may_create = true, .may_migrate = true};
    if (store_open_as(folder->arena, &options, &folder->setup, &wire->store))
        fail_msg("%s", arena_failure(folder->arena)->message);
}

static void wire_close(Wire *wire) {
    store_close(wire->store);
    proxy_close(&wire->proxy);
}

static Err wire_add(Wire *wire, const char *name, Thing *thing) {
    thing->name = str_from_c(name);
    return store_write(wire->store, wire->folder->arena, add_thing, thing);
}

static void test_a_lost_answer_to_a_commit_is_uncertain(void **state) {
    Wire wire;
    wire_open(&wire, *state);
    Thing before = {0}, lost = {0}, after = {0};
    assert_int_equal(wire_add(&wire, "before", &before), OK);
    atomic_store(&wire.proxy.cut, CUT_AFTER_COMMIT);
    assert_int_equal(wire_add(&wire, "lost", &lost), ERR_UNCERTAIN);
    assert_int_equal(lost.runs, 1); /* never tried again without a word */
    assert_non_null(strstr(arena_failure(wire.folder->arena)->message, "before the answer"));
    assert_int_equal(atomic_load(&wire.proxy.cuts), 1);
    assert_int_equal(wire_add(&wire, "after", &after), OK); /* it has found its way back */
    assert_true(has_thing(wire.store, wire.folder->arena, "lost"));
    assert_int_equal(things(wire.store, wire.folder->arena), 3);
    wire_close(&wire);
}

static void test_a_commit_that_did_not_arrive_is_uncertain_too(void **state) {
    Wire wire;
    wire_open(&wire, *state);
    Thing before = {0}, lost = {0};
    assert_int_equal(wire_add(&wire, "before", &before), OK);
    atomic_store(&wire.proxy.cut, CUT_BEFORE_COMMIT);
    assert_int_equal(wire_add(&wire, "lost", &lost), ERR_UNCERTAIN); /* from here it looks the same */
    assert_false(has_thing(wire.store, wire.folder->arena, "lost"));
    assert_int_equal(wire_add(&wire, "lost", &lost), OK);
    wire_close(&wire);
}

/* Ids that may or may not have been reserved are nobody's, and others are: the write itself is done, once. */
static void test_a_lost_answer_while_ids_are_reserved(void **state) {
    static const int cuts[] = {CUT_BEFORE_COMMIT, CUT_AFTER_COMMIT};
    Wire wire;
    wire_open(&wire, *state);
    Thing before = {0};
    assert_int_equal(wire_add(&wire, "before", &before), OK);
    for (int i = 0; i < 2; i++) {
        Thing thing = {0};
        wire.store->clock.start_ms += 60 * 1000; /* what was reserved is used up */
        assert_false(node_has_enough(&wire.store->node, clock_now_ms(&wire.store->clock)));
        atomic_store(&wire.proxy.cut, cuts[i]);
        assert_int_equal(wire_add(&wire, i ? "after" : "lost", &thing), OK);
        assert_int_equal(thing.runs, 1);
        assert_int_equal(atomic_load(&wire.proxy.cuts), 1 + i);
    }
    assert_int_equal(things(wire.store, wire.folder->arena), 3);
    wire_close(&wire);
}

/* In a group, who was rolled back knows it all the same. */
static void test_an_uncertain_group(void **state) {
    enum { GROUP = 9 };
    Wire wire;
    wire_open(&wire, *state);
    Submitted all[GROUP] = {0};
    sem_t answered, begun, may_go;
    sem_init(&answered, 0, 0);
    sem_init(&begun, 0, 0);
    sem_init(&may_go, 0, 0);
    Hold hold;
    hold_writer(wire.store, &hold);
    all[0].thing.begun = &begun; /* the wire is cut while the group is at work */
    all[0].thing.may_go = &may_go;
    for (int i = 0; i < GROUP; i++) {
        if (i % 3 == 0) all[i].thing.returns = ERR_NOT_FOUND;
        submit(wire.store, &all[i], &answered, str_format(wire.folder->arena, "thing %d", i));
    }
    let_writer_go(&hold);
    sem_wait(&begun);
    atomic_store(&wire.proxy.cut, CUT_AFTER_COMMIT);
    sem_post(&may_go);
    for (int i = 0; i < GROUP; i++) sem_wait(&answered);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(all[i].err, i % 3 == 0 ? ERR_NOT_FOUND : ERR_UNCERTAIN);
        assert_int_equal(all[i].thing.runs, 1);
        arena_close(all[i].write.arena);
    }
    assert_int_equal(things(wire.store, wire.folder->arena), 1 + GROUP - GROUP / 3);
    wire_close(&wire);
}

/* What a pooler does that gives us another's connection, where nothing was prepared. */
static Err add_and_lose_commit(Tx *tx, void *context) {
    Thing *thing = context;
    Err err = add_thing(tx, thing);
    if (thing->runs == 1) PQclear(postgres_query(postgres_of(tx->connection), "DEALLOCATE commit"));
    return err;
}

static void test_a_commit_that_was_refused_is_certain(void **state) {
    Wire wire;
    wire_open(&wire, *state);
    Thing before = {0}, refused = {.name = STR("refused")};
    assert_int_equal(wire_add(&wire, "before", &before), OK);
    assert_int_equal(store_write(wire.store, wire.folder->arena, add_and_lose_commit, &refused), OK);
    assert_int_equal(refused.runs, 2);
    assert_int_equal(things(wire.store, wire.folder->arena), 2);
    wire_close(&wire);
}

static void test_a_transaction_cut_before_its_commit_is_run_again(void **state) {
    Wire wire;
    wire_open(&wire, *state);
    Thing before = {0}, cut = {0};
    assert_int_equal(wire_add(&wire, "before", &before), OK);
    atomic_store(&wire.proxy.cut, CUT_AT_STATEMENT);
    assert_int_equal(wire_add(&wire, "cut", &cut), OK);
    assert_int_equal(cut.runs, 2);
    assert_int_equal(atomic_load(&wire.proxy.cuts), 1);
    assert_int_equal(things(wire.store, wire.folder->arena), 2);
    wire_close(&wire);
}

typedef struct TryRead {
    Wire *wire;
    int64_t count;
} TryRead;

static void read_inside(void *argument) {
    TryRead *reading = argument;
    Count count = {0};
    store_read(reading->wire->store, reading->wire->folder->arena, count_things_of, &count);
    reading->count = count.count;
}

static Err try_read(Wire *wire) { return arena_protect(wire->folder->arena, read_inside, &(TryRead){.wire = wire}); }

/* Readers are told at once, writers wait a while; when the server is back, both go on by themselves. */
static void test_a_server_that_is_away_is_told_and_found_again(void **state) {
    Wire wire;
    ((Folder *)*state)->setup.busy_ms = 300;
    wire_open(&wire, *state);
    Thing thing = {0};
    assert_int_equal(wire_add(&wire, "before", &thing), OK);
    assert_int_equal(try_read(&wire), OK);
    atomic_store(&wire.proxy.cut, CUT_EVERYTHING);
    for (int i = 0; i < 20 && try_read(&wire) == OK; i++) usleep(20000);
    assert_int_equal(try_read(&wire), ERR_BUSY);
    assert_non_null(strstr(arena_failure(wire.folder->arena)->message, "cannot be reached"));
    assert_int_equal(wire_add(&wire, "meanwhile", &thing), ERR_BUSY);
    atomic_store(&wire.proxy.cut, CUT_NOTHING);
    usleep(100000);
    assert_int_equal(try_read(&wire), OK);
    assert_int_equal(wire_add(&wire, "after", &thing), OK);
    assert_false(has_thing(wire.store, wire.folder->arena, "meanwhile"));
    wire_close(&wire);
}

static void *let_in_again(void *proxy) {
    usleep(400000);
    atomic_store(&((Proxy *)proxy)->cut, CUT_NOTHING);
    return NULL;
}

/* As when the server is started again: a write that comes meanwhile is a little late, and no more. */
static void test_a_short_absence_costs_a_write_nothing(void **state) {
    Wire wire;
    wire_open(&wire, *state);
    Thing thing = {0};
    assert_int_equal(wire_add(&wire, "before", &thing), OK);
    atomic_store(&wire.proxy.cut, CUT_EVERYTHING);
    usleep(100000);
    pthread_t thread;
    pthread_create(&thread, NULL, let_in_again, &wire.proxy);
    assert_int_equal(wire_add(&wire, "meanwhile", &thing), OK);
    pthread_join(thread, NULL);
    assert_int_equal(things(wire.store, wire.folder->arena), 2);
    wire_close(&wire);
}

static void test_backends_that_are_ended_are_replaced(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Thing thing = {.name = STR("before")};
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), OK);
    assert_int_equal(things(store, folder->arena), 1);
    administer(
        folder, "a.db",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s' AND pid <> pg_backend_pid()",
        database_of(folder, "a.db").data);
    usleep(100000);
    assert_int_equal(things(store, folder->arena), 1);
    thing.name = STR("after");
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), OK);
    store_close(store);
}

/* ---- operation ------------------------------------------------------------------------------------------------ */

static void test_a_copy_is_made_with_other_tools(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(store_backup(store, folder->arena, folder_file(folder, "copy.db")), ERR_CONFLICT);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "pg_dump"));
    store_close(store);
    assert_int_equal(store_restore(folder->arena, folder_file(folder, "copy.db"), "postgres://x/y"), ERR_CONFLICT);
}

static Store *open_own(Folder *folder, const char *name) {
    StoreOptions options = {.path = folder_place(folder, name), .may_create = true, .may_migrate = true};
    Store *store = NULL;
    if (store_open(folder->arena, &options, &store)) fail_msg("%s", arena_failure(folder->arena)->message);
    return store;
}

static Err audit_once(Tx *tx, void *context) {
    (void)context;
    store_audit(tx, &(AuditEntry){.action = "thing.add", .personal = STR("Maria")});
    return OK;
}

static void test_a_check_finds_what_refers_to_nothing(void **state) {
    Folder *folder = *state;
    Store *store = open_own(folder, "a.db");
    assert_int_equal(store_write(store, folder->arena, audit_once, NULL), OK);
    Str finding = STR("not looked at");
    assert_int_equal(store_check(store, folder->arena, &finding), OK);
    assert_true(str_is_absent(finding));
    administer(folder, "a.db", "SET session_replication_role = replica; DELETE FROM audit%s", "");
    assert_int_equal(store_check(store, folder->arena, &finding), OK);
    assert_str(finding, STR("a row of audit_personal refers to one that is gone"));
    store_close(store);
}

/* The cluster's own setting may be careless: what is acknowledged is on disk all the same. */
static Err look_at_durability(Tx *tx, void *context) {
    static const Query query = {
        .name = "durable", .place = "things.sql:10", .postgres = "SELECT current_setting('synchronous_commit')"};
    Statement *statement = statement_begin(tx, &query);
    assert_true(statement_step(statement));
    *(Str *)context = statement_text(statement, 0);
    statement_end(statement);
    return OK;
}

static void test_a_commit_waits_for_the_disk(void **state) {
    Folder *folder = *state;
    folder_place(folder, "a.db");
    administer(folder, "a.db", "ALTER DATABASE \"%s\" SET synchronous_commit = off", database_of(folder, "a.db").data);
    Store *store = must_open(folder, "a.db", NULL);
    Str setting = STR_ABSENT;
    assert_int_equal(store_write(store, folder->arena, look_at_durability, &setting), OK);
    assert_str(setting, STR("on"));
    store_close(store);
}

int main(void) {
    if (!place_is_postgres()) {
        fprintf(stderr, "WSPOLNIE_TEST_STORE names no server: skipped\n");
        return 77;
    }
#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_open, folder_close)
    const struct CMUnitTest tests[] = {
        CASE(test_a_gate_gives_out_each_place_once),
        CASE(test_a_gate_that_let_nobody_through_is_not_kept),
        CASE(test_without_a_gate_it_is_right_too),
        CASE(test_nodes_that_start_at_once_are_different_ones),
        CASE(test_a_key_taken_meanwhile_is_looked_at_again),
        CASE(test_a_lost_answer_to_a_commit_is_uncertain),
        CASE(test_a_commit_that_did_not_arrive_is_uncertain_too),
        CASE(test_a_lost_answer_while_ids_are_reserved),
        CASE(test_an_uncertain_group),
        CASE(test_a_commit_that_was_refused_is_certain),
        CASE(test_a_transaction_cut_before_its_commit_is_run_again),
        CASE(test_a_server_that_is_away_is_told_and_found_again),
        CASE(test_a_short_absence_costs_a_write_nothing),
        CASE(test_backends_that_are_ended_are_replaced),
        CASE(test_a_copy_is_made_with_other_tools),
        CASE(test_a_check_finds_what_refers_to_nothing),
        CASE(test_a_commit_waits_for_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
