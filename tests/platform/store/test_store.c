// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/store.h"

#include "platform/base/random.h"
#include "testing.h"

static Err write_thing(Folder *folder, Store *store, const char *name, Thing *thing) {
    thing->name = str_from_c(name);
    return store_write(store, folder->arena, add_thing, thing);
}

/* ---- one write ------------------------------------------------------------------------------------ */

static void test_a_write_is_kept(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(write_thing(folder, store, "one", &(Thing){0}), OK);
    store_close(store);
    store = must_open(folder, "a.db", NULL);
    assert_true(has_thing(store, folder->arena, "one"));
    store_close(store);
}

static void test_an_error_rolls_back(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(write_thing(folder, store, "one", &(Thing){.returns = ERR_NOT_FOUND}), ERR_NOT_FOUND);
    assert_int_equal(write_thing(folder, store, "two", &(Thing){.fails_arena = true}), ERR_INTERNAL);
    assert_string_equal(arena_failure(folder->arena)->message, "as asked");
    assert_int_equal(things(store, folder->arena), 0);
    store_close(store);
}

static void test_a_taken_name_is_a_conflict(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(write_thing(folder, store, "one", &(Thing){0}), OK);
    assert_int_equal(write_thing(folder, store, "one", &(Thing){0}), ERR_CONFLICT);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "things.sql:1"));
    assert_int_equal(write_thing(folder, store, "two", &(Thing){0}), OK);
    assert_int_equal(things(store, folder->arena), 2);
    store_close(store);
}

static Err fill_memory(Tx *tx, void *context) {
    Err err = add_thing(tx, context);
    for (;;) arena_alloc(tx_arena(tx), 1024 * 1024);
    return err;
}

static void test_a_member_without_memory_is_rolled_back(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Arena *small = arena_open(4 * 1024 * 1024);
    Thing thing = {.name = STR("large")};
    assert_int_equal(store_write(store, small, fill_memory, &thing), ERR_LIMIT);
    assert_int_equal(things(store, folder->arena), 0);
    assert_int_equal(write_thing(folder, store, "next", &(Thing){0}), OK);
    arena_close(small);
    store_close(store);
}

/* ---- values ----------------------------------------------------------------------------------------- */

static Err read_back(Tx *tx, void *context) {
    const Thing *thing = context;
    Statement *statement = statement_begin(tx, &query_all);
    assert_true(statement_step(statement));
    assert_true(statement_int(statement, 0) == thing->id);
    assert_str(statement_text(statement, 1), thing->name);
    assert_false(statement_optional_int(statement, 2).given);
    assert_true(statement_real(statement, 3) == 0.5);
    assert_str(statement_bytes(statement, 4), thing->bytes);
    assert_false(statement_step(statement));
    statement_end(statement);
    return OK;
}

static void test_values_come_back_as_they_were(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Thing thing = {.bytes = str_from("a\0b\xff", 4)};
    assert_int_equal(write_thing(folder, store, "Zażółć gęślą jaźń", &thing), OK);
    assert_int_equal(store_read(store, folder->arena, read_back, &thing), OK);
    store_close(store);
}

typedef struct Faulty {
    Store *store;
    Arena *arena;
    TxFunction work;
} Faulty;

static Err read_null(Tx *tx, void *context) {
    (void)context;
    Statement *statement = statement_begin(tx, &query_all);
    statement_step(statement);
    statement_int(statement, 2);
    fail_msg("a NULL was read as a number");
    return OK;
}

static void run_faulty(void *argument) {
    Faulty *faulty = argument;
    store_read(faulty->store, faulty->arena, faulty->work, NULL);
}

static void test_a_null_is_never_a_number(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(write_thing(folder, store, "one", &(Thing){0}), OK);
    Faulty faulty = {store, folder->arena, read_null};
    assert_int_equal(arena_protect(folder->arena, run_faulty, &faulty), ERR_INTERNAL);
    assert_string_equal(arena_failure(folder->arena)->message, "query all (things.sql:5): column parent is NULL");
    assert_int_equal(things(store, folder->arena), 1); /* the connection is of use again */
    store_close(store);
}

/* A query may run while another run of it is not over. */
static Err count_inside(Tx *tx, void *context) {
    int64_t *pairs = context;
    Statement *outer = statement_begin(tx, &query_all);
    while (statement_step(outer)) {
        Statement *inner = statement_begin(tx, &query_all);
        while (statement_step(inner)) ++*pairs;
        statement_end(inner);
    }
    statement_end(outer);
    return OK;
}

static void test_a_query_runs_inside_itself(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    const char *const names[] = {"one", "two", "three"};
    for (int i = 0; i < 3; i++) assert_int_equal(write_thing(folder, store, names[i], &(Thing){0}), OK);
    int64_t pairs = 0;
    assert_int_equal(store_read(store, folder->arena, count_inside, &pairs), OK);
    assert_int_equal(pairs, 9);
    store_close(store);
}

static Err rename_all(Tx *tx, void *context) {
    Thing *thing = context;
    assert_true(tx_writes(tx));
    for (int i = 0; i < 100; i++) {
        Statement *statement = statement_begin(tx, &query_rename);
        statement_bind_int(statement, 1, thing->id + i); /* one of them exists */
        statement_bind_text(statement, 2, STR("renamed"));
        assert_int_equal(statement_end(statement), i == 0);
    }
    assert_int_equal(tx_changes(tx), 1);
    return OK;
}

static void test_changed_rows_are_counted(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Thing thing = {0};
    assert_int_equal(write_thing(folder, store, "one", &thing), OK);
    assert_int_equal(store_write(store, folder->arena, rename_all, &thing), OK);
    assert_true(has_thing(store, folder->arena, "renamed"));
    store_close(store);
}

static Err check_lists(Tx *tx, void *context) {
    const Id *ids = context;
    assert_str(query_list_text(tx, (IdList){0}), STR("[]"));
    assert_str(query_list_text(tx, (IdList){ids, 3}), STR("[1,2,3]"));
    assert_true(query_list_text(tx, (IdList){ids, QUERY_LIST_LIMIT}).size > QUERY_LIST_LIMIT * 2);
    int64_t *rows = NULL;
    for (size_t count = 0; count < 1000; count++) {
        rows = query_room_for_row(tx, rows, count, sizeof *rows);
        rows[count] = (int64_t)count;
    }
    for (int64_t i = 0; i < 1000; i++) assert_true(rows[i] == i);
    return OK;
}

static Err list_too_many(Tx *tx, void *context) {
    query_list_text(tx, (IdList){context, QUERY_LIST_LIMIT + 1});
    return OK;
}

static void test_lists_of_ids_and_rows(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Id ids[QUERY_LIST_LIMIT + 1];
    for (int i = 0; i <= QUERY_LIST_LIMIT; i++) ids[i] = i + 1;
    assert_int_equal(store_read(store, folder->arena, check_lists, ids), OK);
    assert_int_equal(store_write(store, folder->arena, list_too_many, ids), ERR_LIMIT);
    store_close(store);
}

/* ---- groups ------------------------------------------------------------------------------------------- */

enum { GROUP = 100 };

static void test_waiting_writes_share_a_commit(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    static Submitted all[GROUP];
    memset(all, 0, sizeof all);
    sem_t answered;
    sem_init(&answered, 0, 0);
    Hold hold;
    hold_writer(store, &hold);
    for (int i = 0; i < GROUP; i++) {
        if (i % 10 == 3) all[i].thing.returns = ERR_CONFLICT;
        if (i % 10 == 7) all[i].thing.fails_arena = true;
        submit(store, &all[i], &answered, str_format(folder->arena, "thing %d", i));
    }
    let_writer_go(&hold);
    for (int i = 0; i < GROUP; i++) sem_wait(&answered);

    StoreCounters counters = store_counters(store);
    int64_t limit = (int64_t)store->engine->group_limit;
    assert_int_equal(counters.commits, 1 + (GROUP + limit - 1) / limit); /* the one that held, and all the others */
    assert_int_equal(counters.members, GROUP + 1);
    assert_int_equal(counters.reruns, 0);
    for (int i = 0; i < GROUP; i++) {
        Err expected = i % 10 == 3 ? ERR_CONFLICT : i % 10 == 7 ? ERR_INTERNAL : OK;
        assert_int_equal(all[i].err, expected);
        assert_int_equal(all[i].answers, 1);
        assert_true(has_thing(store, folder->arena, all[i].thing.name.data) == (expected == OK));
        arena_close(all[i].write.arena);
    }
    store_close(store);
}

/* The reference to a parent is looked at on COMMIT: one bad member makes the whole group's fail. */
static void test_a_lost_group_runs_again_one_by_one(void **state) {
    enum { BAD = 40 };
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    static Submitted all[GROUP];
    memset(all, 0, sizeof all);
    sem_t answered;
    sem_init(&answered, 0, 0);
    Hold hold;
    hold_writer(store, &hold);
    for (int i = 0; i < GROUP; i++) {
        if (i == BAD) all[i].thing.parent = 12345;
        submit(store, &all[i], &answered, str_format(folder->arena, "thing %d", i));
    }
    let_writer_go(&hold);
    for (int i = 0; i < GROUP; i++) sem_wait(&answered);
    int limit = (int)store->engine->group_limit, its_group = BAD / limit;
    assert_int_equal(store_counters(store).reruns, limit < GROUP ? limit : GROUP);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(all[i].err, i == BAD ? ERR_INTERNAL : OK);
        assert_int_equal(all[i].answers, 1);
        assert_int_equal(all[i].thing.runs, i / limit == its_group ? 2 : 1);
        assert_true(has_thing(store, folder->arena, all[i].thing.name.data) == (i != BAD));
        if (i == BAD) assert_non_null(strstr(arena_failure(all[i].write.arena)->message, "FOREIGN KEY"));
        arena_close(all[i].write.arena);
    }
    store_close(store);
}

enum { THREADS = 8, WRITES = 50 };

typedef struct Worker {
    Store *store;
    int number;
} Worker;

static void *write_and_read(void *argument) {
    Worker *worker = argument;
    Arena *arena = arena_open(64 * 1024 * 1024);
    for (int i = 0; i < WRITES; i++) {
        Thing thing = {.name = str_format(arena, "thing %d of %d", i, worker->number)};
        Err err = store_write(worker->store, arena, add_thing, &thing);
        if (err || !has_thing(worker->store, arena, thing.name.data)) abort(); /* cmocka has one thread only */
    }
    arena_close(arena);
    return NULL;
}

static void test_threads_see_what_they_wrote(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    pthread_t threads[THREADS];
    Worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (Worker){store, i};
        pthread_create(&threads[i], NULL, write_and_read, &workers[i]);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(things(store, folder->arena), THREADS * WRITES);
    StoreCounters counters = store_counters(store);
    assert_int_equal(counters.members, THREADS * WRITES);
    assert_true(counters.commits <= counters.members);
    store_close(store);
}

static void test_the_queue_has_an_end_and_is_drained(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Submitted *all = calloc(STORE_QUEUE_LIMIT, sizeof *all);
    sem_t answered;
    sem_init(&answered, 0, 0);
    Hold hold;
    hold_writer(store, &hold);
    for (int i = 0; i < STORE_QUEUE_LIMIT; i++) submit(store, &all[i], &answered, str_format(folder->arena, "%d", i));
    Submitted surplus = {.answered = &answered};
    surplus.write =
        (StoreWrite){.work = add_thing, .done = note_answer, .context = &surplus.thing, .arena = folder->arena};
    assert_int_equal(store_submit(store, &surplus.write), ERR_BUSY);
    Thing thing = {.name = STR("surplus")};
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), ERR_BUSY);
    assert_int_equal(arena_failure(folder->arena)->err, ERR_BUSY);
    let_writer_go(&hold);
    store_close(store); /* without waiting: it finishes what it took in */
    for (int i = 0; i < STORE_QUEUE_LIMIT; i++) {
        assert_int_equal(all[i].answers, 1);
        assert_int_equal(all[i].err, OK);
        arena_close(all[i].write.arena);
    }
    free(all);
    store = must_open(folder, "a.db", NULL);
    assert_int_equal(things(store, folder->arena), STORE_QUEUE_LIMIT + 1);
    store_close(store);
}

/* ---- reading ------------------------------------------------------------------------------------------- */

typedef struct Snapshot {
    Store *store;
    Arena *other;
} Snapshot;

static Err write_while_reading(Tx *tx, void *context) {
    Snapshot *snapshot = context;
    assert_false(tx_writes(tx));
    assert_int_equal(count_with(tx, &query_count, STR_ABSENT), 0);
    Thing thing = {.name = STR("meanwhile")};
    assert_int_equal(store_write(snapshot->store, snapshot->other, add_thing, &thing), OK);
    assert_int_equal(count_with(tx, &query_count, STR_ABSENT), 0);
    assert_int_equal(things(snapshot->store, snapshot->other), 0); /* a reading inside shares the moment */
    return ERR_NOT_FOUND;
}

static void test_a_reading_sees_one_moment(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Snapshot snapshot = {store, arena_open(1024 * 1024)};
    assert_int_equal(store_read(store, folder->arena, write_while_reading, &snapshot), ERR_NOT_FOUND);
    assert_int_equal(things(store, folder->arena), 1);
    arena_close(snapshot.other);
    store_close(store);
}

/* Said to change nothing, as a query that does would not be run at all. */
static Err delete_things(Tx *tx, void *context) {
    (void)context;
    static const Query query = {.name = "delete", .place = "things.sql:6", BOTH("DELETE FROM thing")};
    Statement *statement = statement_begin(tx, &query);
    statement_step(statement);
    fail_msg("a reading transaction has written");
    return OK;
}

static void test_a_reading_connection_cannot_write(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Connection *reader = store_reader(store, folder->arena);
    if (place_is_postgres()) {
        Faulty faulty = {store, folder->arena, delete_things};
        assert_int_equal(arena_protect(folder->arena, run_faulty, &faulty), ERR_BUSY); /* 25006: it reads only */
        store_close(store);
        return;
    }
    assert_int_equal(sqlite3_exec(sqlite_db(reader), "DELETE FROM thing", NULL, NULL, NULL), SQLITE_READONLY);
    assert_int_equal(sqlite3_exec(sqlite_db(reader), "SELECT \"no such column\"", NULL, NULL, NULL), SQLITE_ERROR);
    store_close(store);
}

static void *read_once(void *argument) {
    Store *store = argument;
    Arena *arena = arena_open(1024 * 1024);
    things(store, arena);
    arena_close(arena);
    return NULL;
}

static void test_a_thread_that_ends_leaves_no_connection(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    for (int i = 0; i < 20; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, read_once, store);
        pthread_join(thread, NULL);
    }
    assert_null(store->readers);
    assert_int_equal(store_counters(store).statements, 0);
    things(store, folder->arena);
    assert_int_equal(store_counters(store).statements, 1);
    store_close(store);
}

/* ---- ids ----------------------------------------------------------------------------------------------- */

static Id new_thing(Folder *folder, Store *store, int number) {
    Thing thing = {.name = str_format(folder->arena, "thing %d", number)};
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), OK);
    return thing.id;
}

static void test_ids_rise_across_openings_and_clocks(void **state) {
    Folder *folder = *state;
    Random random = random_from_seed(3);
    Id last = 0;
    for (int i = 0; i < 30; i++) {
        Clock clock = {.start_ms = INT64_C(1781186400000) + (int64_t)random_below(&random, 100000) - 50000};
        Store *store = must_open(folder, "a.db", &clock);
        for (int j = 0; j < 3; j++) {
            Id id = new_thing(folder, store, i * 3 + j);
            assert_true(id > last);
            last = id;
        }
        store_close(store);
    }
}

/* Two stores stand for two processes: the server and the command line. */
static void test_two_processes_never_share_an_id(void **state) {
    Folder *folder = *state;
    Store *server = must_open(folder, "a.db", NULL), *command = must_open(folder, "a.db", NULL);
    Id ids[200];
    for (int i = 0; i < 200; i++) ids[i] = new_thing(folder, i % 2 ? server : command, i); /* the key is unique */
    assert_true(server->node.current.number != command->node.current.number);
    assert_int_equal(things(server, folder->arena), 200);
    for (int i = 2; i < 200; i++) assert_true(ids[i] > ids[i - 2]);
    store_close(command);
    store_close(server);
}

static Err take_ids(Tx *tx, void *context) {
    int64_t *count = context;
    Id last = 0;
    for (int64_t i = 0; i < *count; i++) {
        Id id = tx_new_id(tx);
        if (id <= last) return ERR_INTERNAL;
        last = id;
    }
    return OK;
}

static void test_ids_of_one_transaction_have_a_limit(void **state) {
    Folder *folder = *state;
    Clock clock = {.start_ms = INT64_C(1781186400000)};
    Store *store = must_open(folder, "a.db", &clock);
    int64_t most = 2000000, too_many = (int64_t)store->engine->reserve_ms * 5000; /* 4096 a millisecond */
    assert_int_equal(store_write(store, folder->arena, take_ids, &most), OK);
    assert_int_equal(store_write(store, folder->arena, take_ids, &most), OK);
    assert_int_equal(store_write(store, folder->arena, take_ids, &too_many), ERR_LIMIT);
    assert_int_equal(store_write(store, folder->arena, take_ids, &most), OK);
    store_close(store);
}

/* ---- the change table, audit ------------------------------------------------------------------------- */

static Err change_part(Tx *tx, void *context) {
    store_changed(tx, 7, *(StorePart *)context);
    return OK;
}

static Err audit_twice(Tx *tx, void *context) {
    (void)context;
    store_audit(
        tx, &(AuditEntry){.person = 5, .edition = 7, .action = "thing.rename", .subject = 9, .personal = STR("Maria")});
    store_audit(tx, &(AuditEntry){.action = "thing.add"});
    assert_int_equal(tx_changes(tx), 3);
    return OK;
}

static void test_versions_move_with_their_part(void **state) {
    Folder *folder = *state;
    Arena *arena = folder->arena;
    Store *store = must_open(folder, "a.db", NULL), *other = must_open(folder, "a.db", NULL);
    const unsigned programme = 1u << PART_PROGRAMME, rounds = 1u << PART_ROUNDS;
    int64_t before = store_version(store, arena, 7, programme), untouched = store_version(store, arena, 7, rounds);
    StorePart part = PART_PROGRAMME;
    assert_int_equal(store_write(store, arena, change_part, &part), OK);
    int64_t after = store_version(store, arena, 7, programme);
    assert_true(after > before);
    assert_int_equal(store_write(other, arena, change_part, &part), OK); /* as if by another process */
    assert_true(store_version(store, arena, 7, programme) > after);
    assert_int_equal(store_version(store, arena, 7, rounds), untouched);
    assert_int_equal(store_version(store, arena, 8, programme), before);

    int64_t statements = store_counters(store).statements;
    for (int i = 0; i < 100; i++) store_version(store, arena, 7, programme | rounds);
    /* Edition 8 may share its place. On PostgreSQL other nodes write unseen, so each look is a query. */
    assert_true(store_counters(store).statements <= statements + (place_is_postgres() ? 100 : 1));
    store_close(other);
    store_close(store);
}

static Err look_at_audit(Tx *tx, void *context) {
    (void)context;
    static const Query rows = {
        .name = "rows",
        .place = "audit.sql:1",
        BOTH("SELECT COUNT(*) FROM audit WHERE person = 5 OR (person IS NULL AND subject IS NULL)")};
    static const Query personal = {.name = "personal",
                                   .place = "audit.sql:2",
                                   BOTH("SELECT detail, expires_ms - at_ms FROM audit JOIN audit_personal"
                                        " ON audit.id = audit_personal.audit")};
    assert_int_equal(count_with(tx, &rows, STR_ABSENT), 2);
    Statement *statement = statement_begin(tx, &personal);
    assert_true(statement_step(statement));
    assert_str(statement_text(statement, 0), STR("Maria"));
    assert_int_equal(statement_int(statement, 1), STORE_AUDIT_PERSONAL_MS);
    assert_false(statement_step(statement));
    statement_end(statement);
    return OK;
}

static void test_audit_rows_are_written(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(store_write(store, folder->arena, audit_twice, NULL), OK);
    assert_int_equal(store_read(store, folder->arena, look_at_audit, NULL), OK);
    store_close(store);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_open, folder_close)
    const struct CMUnitTest tests[] = {
        CASE(test_a_write_is_kept),
        CASE(test_an_error_rolls_back),
        CASE(test_a_taken_name_is_a_conflict),
        CASE(test_a_member_without_memory_is_rolled_back),
        CASE(test_values_come_back_as_they_were),
        CASE(test_a_null_is_never_a_number),
        CASE(test_a_query_runs_inside_itself),
        CASE(test_changed_rows_are_counted),
        CASE(test_lists_of_ids_and_rows),
        CASE(test_waiting_writes_share_a_commit),
        CASE(test_a_lost_group_runs_again_one_by_one),
        CASE(test_threads_see_what_they_wrote),
        CASE(test_the_queue_has_an_end_and_is_drained),
        CASE(test_a_reading_sees_one_moment),
        CASE(test_a_reading_connection_cannot_write),
        CASE(test_a_thread_that_ends_leaves_no_connection),
        CASE(test_ids_rise_across_openings_and_clocks),
        CASE(test_two_processes_never_share_an_id),
        CASE(test_ids_of_one_transaction_have_a_limit),
        CASE(test_versions_move_with_their_part),
        CASE(test_audit_rows_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
