// SPDX-License-Identifier: EUPL-1.2
/* Full disks, disks that fail, and processes that are killed. */
#include "platform/store/store.h"

#include "faulty_disk.h"
#include "platform/base/random.h"
#include "testing.h"
#include <signal.h>

static Err try_add(Folder *folder, Store *store, Str name) {
    Thing thing = {.name = name};
    return store_write(store, folder->arena, add_thing, &thing);
}

static void assert_sound(Folder *folder, Store *store) {
    Str finding = STR("not looked at");
    assert_int_equal(store_check(store, folder->arena, &finding), OK);
    assert_str(finding, STR_ABSENT);
}

static int faults_open(void **state) {
    disk_mend();
    return folder_open(state);
}

/* ---- killed ------------------------------------------------------------------------------------------- */

typedef struct Acknowledging {
    Store *store;
    int pipe;
    int round, number;
} Acknowledging;

static void *acknowledge(void *argument) {
    Acknowledging *mine = argument;
    Arena *arena = arena_open(64 * 1024 * 1024);
    for (int i = 0;; i++) {
        Thing thing = {.name = str_format(arena, "%d/%d/%d", mine->round, mine->number, i)};
        if (store_write(mine->store, arena, add_thing, &thing)) _exit(1);
        if (write(mine->pipe, &thing.id, sizeof thing.id) != sizeof thing.id) _exit(2);
        arena_reset(arena);
    }
}

/* Writes until it is killed; says which rows were answered with OK. */
static noreturn void run_victim(Folder *folder, int pipe, int round) {
    enum { VICTIM_THREADS = 4 };
    Store *store = NULL;
    if (try_open(folder, "a.db", NULL, &store)) _exit(3);
    Acknowledging workers[VICTIM_THREADS];
    for (int i = 0; i < VICTIM_THREADS; i++) {
        workers[i] = (Acknowledging){store, pipe, round, i};
        pthread_t thread;
        if (pthread_create(&thread, NULL, acknowledge, &workers[i])) _exit(4);
    }
    for (;;) pause();
}

static Err find_ids(Tx *tx, void *context) {
    const IdList *ids = context;
    static const Query query = {
        .name = "by_id", .place = "things.sql:9", BOTH("SELECT COUNT(*) FROM thing WHERE id = $1")};
    for (size_t i = 0; i < ids->count; i++) {
        Statement *statement = statement_begin(tx, &query);
        statement_bind_int(statement, 1, ids->ids[i]);
        statement_step(statement);
        int64_t found = statement_int(statement, 0);
        statement_end(statement);
        if (found != 1) return ERR_NOT_FOUND;
    }
    return OK;
}

static void test_what_was_acknowledged_survives_kill(void **state) {
    enum { ROUNDS = 20, MOST_IDS = 100000 };
    Folder *folder = *state;
    Id *ids = calloc(MOST_IDS, sizeof *ids);
    IdList known = {.ids = ids};
    Random random = random_from_seed(4);
    for (int round = 0; round < ROUNDS; round++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            run_victim(folder, ends[1], round);
        }
        close(ends[1]);
        size_t most = known.count + 1 + random_below(&random, 200);
        while (read(ends[0], &ids[known.count], sizeof *ids) == sizeof *ids && known.count + 1 < MOST_IDS)
            if (++known.count == most) kill(child, SIGKILL); /* and read on: it had acknowledged more */
        int status = 0;
        waitpid(child, &status, 0);
        close(ends[0]);
        assert_true(WIFSIGNALED(status));

        Store *store = must_open(folder, "a.db", NULL);
        assert_int_equal(store_read(store, folder->arena, find_ids, &known), OK);
        assert_sound(folder, store);
        store_close(store);
    }
    free(ids);
}

static void test_two_processes_write_at_once(void **state) {
    enum { EACH = 200 };
    Folder *folder = *state;
    store_close(must_open(folder, "a.db", NULL));
    pid_t child = fork();
    Store *store = must_open(folder, "a.db", NULL);
    for (int i = 0; i < EACH; i++) {
        Err err = try_add(folder, store, str_format(folder->arena, "%s %d", child ? "parent" : "child", i));
        if (err && child == 0) _exit(1);
        assert_int_equal(err, OK);
    }
    if (child == 0) {
        store_close(store);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(things(store, folder->arena), 2 * EACH);
    store_close(store);
}

/* ---- a full disk --------------------------------------------------------------------------------------- */

static void test_a_full_disk_is_told_and_got_over(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(try_add(folder, store, STR("before")), OK);
    atomic_store(&disk.room_bytes, 0);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(try_add(folder, store, STR("meanwhile")), ERR_FULL);
        assert_non_null(strstr(arena_failure(folder->arena)->message, "full"));
        assert_true(has_thing(store, folder->arena, "before")); /* reading goes on */
    }
    assert_int_equal(store_backup(store, folder->arena, folder_file(folder, "copy.db")), ERR_FULL);
    assert_false(folder_has(folder, "copy.db"));
    size_t entries = folder_entries(folder); /* a.db and its log: nothing of the copy */
    assert_int_equal(entries, 3);
    disk_mend();
    assert_int_equal(try_add(folder, store, STR("after")), OK);
    assert_int_equal(things(store, folder->arena), 2);
    assert_sound(folder, store);
    store_close(store);
}

static void test_a_new_file_on_a_full_disk(void **state) {
    Folder *folder = *state;
    atomic_store(&disk.room_bytes, 0);
    Store *store = NULL;
    assert_int_equal(try_open(folder, "a.db", NULL, &store), ERR_FULL);
    disk_mend();
    store = must_open(folder, "a.db", NULL);
    assert_int_equal(try_add(folder, store, STR("one")), OK);
    store_close(store);
}

enum { GROUP = 20, LARGE_ONE = 9, LARGE_BYTES = 16 * 1024 * 1024, ROOM_BYTES = 4 * 1024 * 1024 };

static void write_held_group(Folder *folder, Store *store, Submitted *all, Str large) {
    memset(all, 0, GROUP * sizeof *all);
    sem_t answered;
    sem_init(&answered, 0, 0);
    Hold hold;
    hold_writer(store, &hold);
    for (int i = 0; i < GROUP; i++) {
        if (i == LARGE_ONE) all[i].thing.bytes = large;
        submit(store, &all[i], &answered, str_format(folder->arena, "thing %d", i));
    }
    let_writer_go(&hold);
    for (int i = 0; i < GROUP; i++) sem_wait(&answered);
    for (int i = 0; i < GROUP; i++) arena_close(all[i].write.arena);
}

/* What does not fit into memory is written before COMMIT: SQLite gives up the whole transaction. */
static void test_one_that_does_not_fit_takes_no_other_with_it(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Submitted all[GROUP];
    atomic_store(&disk.room_bytes, ROOM_BYTES);
    write_held_group(folder, store, all, str_from(arena_alloc(folder->arena, LARGE_BYTES), LARGE_BYTES));
    disk_mend();
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(all[i].err, i == LARGE_ONE ? ERR_FULL : OK);
        assert_int_equal(all[i].answers, 1);
        assert_true(has_thing(store, folder->arena, all[i].thing.name.data) == (i != LARGE_ONE));
    }
    assert_int_equal(all[GROUP - 1].thing.runs, 1); /* the transaction was lost before its turn */
    assert_int_equal(store_counters(store).reruns, GROUP);
    assert_sound(folder, store);
    store_close(store);
}

typedef struct Stubborn {
    Tx *tx;
    Thing large, small;
} Stubborn;

static void add_large(void *argument) {
    Stubborn *stubborn = argument;
    add_thing(stubborn->tx, &stubborn->large);
}

/* Takes no notice of the fault and writes on. */
static Err write_on_regardless(Tx *tx, void *context) {
    Stubborn *stubborn = context;
    stubborn->tx = tx;
    assert_int_equal(arena_protect(tx_arena(tx), add_large, stubborn), ERR_FULL);
    return add_thing(tx, &stubborn->small);
}

static void test_nothing_is_written_past_a_lost_transaction(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Stubborn stubborn = {.large.name = STR("large"), .small.name = STR("small")};
    stubborn.large.bytes = str_from(arena_alloc(folder->arena, LARGE_BYTES), LARGE_BYTES);
    atomic_store(&disk.room_bytes, ROOM_BYTES);
    assert_int_equal(store_write(store, folder->arena, write_on_regardless, &stubborn), ERR_INTERNAL);
    disk_mend();
    assert_int_equal(things(store, folder->arena), 0);
    assert_sound(folder, store);
    store_close(store);
}

/* ---- a failing disk --------------------------------------------------------------------------------------- */

static void test_a_commit_that_fails_once_is_tried_again(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    assert_int_equal(try_add(folder, store, STR("before")), OK);
    Submitted all[GROUP];
    atomic_store(&disk.failing_syncs, 2); /* that of the holding one, alone in its group, and the group's */
    Hold hold;
    memset(all, 0, sizeof all);
    sem_t answered;
    sem_init(&answered, 0, 0);
    hold_writer(store, &hold);
    for (int i = 0; i < GROUP; i++) submit(store, &all[i], &answered, str_format(folder->arena, "thing %d", i));
    sem_post(&hold.may_go);
    sem_wait(&hold.answered);
    assert_int_equal(hold.submitted.err, ERR_IO);
    arena_close(hold.submitted.write.arena);
    for (int i = 0; i < GROUP; i++) sem_wait(&answered);
    for (int i = 0; i < GROUP; i++) {
        assert_int_equal(all[i].err, OK);
        assert_int_equal(all[i].thing.runs, 2);
        assert_true(has_thing(store, folder->arena, all[i].thing.name.data));
        arena_close(all[i].write.arena);
    }
    assert_int_equal(things(store, folder->arena), GROUP + 1);
    assert_int_equal(store_counters(store).reruns, GROUP);
    store_close(store);
}

/* Some writes with a fault in one of them: whatever happens, what was answered with OK is there. */
static void live_through(Folder *folder, int round, int *acknowledged, const char **names) {
    Store *store = NULL;
    if (try_open(folder, "a.db", NULL, &store)) return;
    for (int i = 0; i < 3; i++) {
        Str name = str_format(folder->arena, "%d/%d", round, i);
        Err err = try_add(folder, store, name);
        assert_true(err == OK || err == ERR_FULL || err == ERR_IO);
        if (err == OK) names[(*acknowledged)++] = name.data;
    }
    store_close(store);
}

static void fail_each_operation(Folder *folder, int fault, bool goes_on) {
    enum { MOST_OPERATIONS = 400 };
    bool fired = true;
    for (int n = 0; fired && n < MOST_OPERATIONS; n++) {
        const char *names[8];
        int acknowledged = 0;
        atomic_store(&disk.fault, fault);
        atomic_store(&disk.goes_on_failing, goes_on);
        atomic_store(&disk.countdown, n);
        live_through(folder, n, &acknowledged, names);
        fired = atomic_load(&disk.countdown) < 0;
        disk_mend();
        live_through(folder, n + 1000, &acknowledged, names);
        assert_in_range(acknowledged, 3, 6);

        Store *store = must_open(folder, "a.db", NULL);
        for (int i = 0; i < acknowledged; i++) assert_true(has_thing(store, folder->arena, names[i]));
        assert_sound(folder, store);
        store_close(store);
        unlink(folder_file(folder, "a.db"));
        assert_int_equal(folder_entries(folder), 0);
    }
    assert_false(fired); /* every operation had its turn */
}

static void test_each_write_to_disk_fails_in_turn(void **state) {
    Folder *folder = *state;
    fail_each_operation(folder, SQLITE_IOERR_WRITE, false);
    fail_each_operation(folder, SQLITE_IOERR_WRITE, true);
    fail_each_operation(folder, SQLITE_FULL, false);
    fail_each_operation(folder, SQLITE_FULL, true);
}

int main(void) {
    disk_install();
#define CASE(name) cmocka_unit_test_setup_teardown(name, faults_open, folder_close)
    const struct CMUnitTest tests[] = {
        CASE(test_what_was_acknowledged_survives_kill),
        CASE(test_two_processes_write_at_once),
        CASE(test_a_full_disk_is_told_and_got_over),
        CASE(test_a_new_file_on_a_full_disk),
        CASE(test_one_that_does_not_fit_takes_no_other_with_it),
        CASE(test_nothing_is_written_past_a_lost_transaction),
        CASE(test_a_commit_that_fails_once_is_tried_again),
        CASE(test_each_write_to_disk_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
