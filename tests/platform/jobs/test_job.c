// SPDX-License-Identifier: EUPL-1.2
/* Jobs among nodes: two stores stand for two nodes, as two processes would have them. */
#include "platform/jobs/job.h"

#include "../store/own.h"
#include "cmocka_all.h"
#include "platform/jobs/mail_queue.h"
#include "platform/jobs/outbox.h"
#include <pthread.h>
#include <unistd.h>

enum { NODES = 3, ROUNDS = 12 };
#define HOUR_MS (INT64_C(60) * 60 * 1000)
#define START_MS INT64_C(1900000000000)
static const Job job = {"test", .every_ms = 24 * HOUR_MS, .again_ms = HOUR_MS, .lease_ms = 2 * HOUR_MS};

typedef struct World {
    Arena *arena;
    char folder[64];
    Store *stores[NODES];
} World;
static World world;

static int world_open(void **state) {
    (void)state;
    world = (World){0};
    world.arena = own_folder(world.folder, "job", 64 << 20);
    for (int i = 0; i < NODES; i++) world.stores[i] = own_store(world.arena, world.folder, NULL);
    return 0;
}

static int world_close(void **state) {
    (void)state;
    for (int i = 0; i < NODES; i++) store_close(world.stores[i]);
    own_end(world.arena, world.folder, NULL);
    return 0;
}

/* What the job does is an audit row: how many there are says how often it was done. */
static Err work(Tx *tx, void *context) {
    (void)context;
    store_audit(tx, &(AuditEntry){.action = "test.job", .subject = tx_new_id(tx)});
    return OK;
}

static Err fail_work(Tx *tx, void *context) {
    work(tx, context);
    return ERR_INPUT;
}

typedef struct Taking {
    int64_t now_ms, taken, due_ms;
    bool finished;
} Taking;

static Err take(Tx *tx, void *context) {
    Taking *taking = context;
    taking->taken = job_take(tx, &job, taking->now_ms);
    return OK;
}

static Err finish(Tx *tx, void *context) {
    Taking *taking = context;
    taking->finished = job_finish(tx, &job, taking->taken, taking->due_ms);
    return OK;
}

static int64_t taken_by(int node, int64_t now_ms) {
    Arena *arena = arena_open(4 << 20);
    Taking taking = {.now_ms = now_ms};
    assert_int_equal(store_write(world.stores[node], arena, take, &taking), OK);
    arena_close(arena);
    return taking.taken;
}

static bool finished_by(int node, int64_t taken, int64_t due_ms) {
    Taking taking = {.taken = taken, .due_ms = due_ms};
    assert_int_equal(store_write(world.stores[node], world.arena, finish, &taking), OK);
    return taking.finished;
}

typedef struct Runner {
    pthread_t thread;
    int node;
    int64_t now_ms;
    pthread_barrier_t *start;
    JobOutcome outcome;
} Runner;

static void *run(void *argument) {
    Runner *runner = argument;
    Arena *arena = arena_open(4 << 20);
    pthread_barrier_wait(runner->start);
    runner->outcome = job_run(world.stores[runner->node], arena, &job, work, NULL, runner->now_ms);
    arena_close(arena);
    return NULL;
}

static void test_of_nodes_that_find_it_due_at_once_one_does_it(void **state) {
    (void)state;
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, NODES);
    for (int round = 0; round < ROUNDS; round++) {
        Runner runners[NODES];
        int done = 0;
        /* Each round when that after the one before is due. */
        for (int i = 0; i < NODES; i++) {
            runners[i] = (Runner){.node = i, .now_ms = START_MS + round * job.every_ms, .start = &start};
            assert_int_equal(pthread_create(&runners[i].thread, NULL, run, &runners[i]), 0);
        }
        for (int i = 0; i < NODES; i++) {
            pthread_join(runners[i].thread, NULL);
            assert_int_not_equal(runners[i].outcome, JOB_FAILED);
            done += runners[i].outcome == JOB_DONE;
        }
        assert_int_equal(done, 1);
    }
    pthread_barrier_destroy(&start);
}

static void test_another_takes_it_when_the_lease_is_over(void **state) {
    (void)state;
    assert_int_equal(taken_by(0, START_MS), 1); /* and dies */
    assert_int_equal(taken_by(1, START_MS + job.lease_ms - 1), 0);
    assert_int_equal(taken_by(1, START_MS + job.lease_ms), 2);
    assert_int_equal(taken_by(2, START_MS + job.lease_ms), 0);
    /* It was only slow: what it did is not kept, and the other's stands. */
    assert_false(finished_by(0, 1, START_MS + job.every_ms));
    assert_true(finished_by(1, 2, START_MS + job.every_ms));
    assert_false(finished_by(0, 1, START_MS));
    assert_int_equal(taken_by(2, START_MS + job.every_ms - 1), 0);
    assert_int_equal(taken_by(2, START_MS + job.every_ms), 3);
}

static Err lose(Tx *tx, void *context) {
    work(tx, context);
    Taking *other = context;
    /* While it worked its lease ran out: another node took it, and has finished. */
    if (!other->taken) {
        other->taken = taken_by(1, START_MS + job.lease_ms);
        assert_true(other->taken > 0);
    }
    return OK;
}

static void test_who_lost_it_undoes_what_it_did(void **state) {
    (void)state;
    if (!place_is_postgres()) return; /* on a file no other writes while one does */
    Taking other = {0};
    assert_int_equal(job_run(world.stores[0], world.arena, &job, lose, &other, START_MS), JOB_LOST);
    assert_true(finished_by(1, other.taken, START_MS + job.every_ms));
    assert_int_equal(job_run(world.stores[2], world.arena, &job, work, NULL, START_MS + HOUR_MS), JOB_NOT_DUE);
}

static void test_what_failed_is_put_off_for_all(void **state) {
    (void)state;
    assert_int_equal(job_run(world.stores[0], world.arena, &job, fail_work, NULL, START_MS), JOB_FAILED);
    assert_int_equal(job_run(world.stores[1], world.arena, &job, work, NULL, START_MS + HOUR_MS - 1), JOB_NOT_DUE);
    assert_int_equal(job_run(world.stores[1], world.arena, &job, work, NULL, START_MS + HOUR_MS), JOB_DONE);
}

static void test_a_clock_that_was_far_ahead_holds_nobody_up(void **state) {
    (void)state;
    assert_int_equal(taken_by(0, START_MS + 1000 * job.every_ms), 1);
    assert_int_equal(taken_by(1, START_MS), 2);
    assert_true(finished_by(1, 2, START_MS + 1000 * job.every_ms));
    assert_int_equal(taken_by(2, START_MS + HOUR_MS), 3);
}

/* ---- a letter in hand whose person is erased --------------------------------------------------------------- */

typedef struct InHand {
    MailOutcome outcome;
    Id letter;
    OutboxEntry entry;
    bool is_refused, waits;
} InHand;

static Err take_letter(Tx *tx, void *context) {
    InHand *in_hand = context;
    in_hand->letter = outbox_add(tx, &(OutboxMessage){.kind = OUTBOX_SERVICE,
                                                      .edition = 7,
                                                      .person = 8,
                                                      .to_address = STR("ola@zaulek.example"),
                                                      .to_name = STR("Ola"),
                                                      .subject = STR("List"),
                                                      .body = STR("Dzień dobry")});
    MailBatch batch;
    int64_t taken = mail_queue_begin(tx, &job);
    assert_true(mail_queue_next(tx, &job, taken, MAIL_BATCH_MOST, &batch));
    assert_int_equal(batch.count, 1);
    assert_true(batch.letters[0].id == in_hand->letter);
    return OK;
}

static Err erase_then_record(Tx *tx, void *context) {
    InHand *in_hand = context;
    outbox_erase_to(tx, 8, NULL, 0);
    MailReply reply = {.outcome = in_hand->outcome, .code = 550, .text = "550 5.1.1 <ola@zaulek.example>: unknown"};
    mail_queue_record(tx, in_hand->letter, STR("ola@zaulek.example"), 0, &reply, 0);
    in_hand->is_refused = outbox_is_refused(tx, STR("ola@zaulek.example")) || outbox_is_refused(tx, STR(""));
    assert_true(outbox_get(tx, 7, in_hand->letter, &in_hand->entry));
    in_hand->entry.state = str_copy(world.arena, in_hand->entry.state);
    assert_true(str_is_absent(in_hand->entry.last_error));
    in_hand->waits = mail_queue_has_work(tx);
    mail_queue_end(tx, &job, 1, START_MS);
    return OK;
}

static void test_whose_person_was_erased_in_hand_ends_without_a_trace(void **state) {
    (void)state;
    static const struct {
        MailOutcome outcome;
        const char *state;
    } cases[] = {
        {MAIL_TAKEN, "sent"},       {MAIL_REFUSED, "refused"}, {MAIL_BAD_ADDRESS, "refused"},
        {MAIL_PUT_OFF, "given_up"}, {MAIL_UNSURE, "given_up"}, {MAIL_STOPPED, "given_up"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world_close(NULL);
        world_open(NULL);
        InHand in_hand = {.outcome = cases[i].outcome};
        assert_int_equal(store_write(world.stores[0], world.arena, take_letter, &in_hand), OK);
        assert_int_equal(store_write(world.stores[0], world.arena, erase_then_record, &in_hand), OK);
        if (!str_equal(in_hand.entry.state, str_from_c(cases[i].state)))
            fail_msg("case %zu: %.*s", i, STR_FORMAT(in_hand.entry.state));
        assert_false(in_hand.is_refused);
        assert_false(in_hand.waits);
    }
}

/* ---- a batch of letters in hand ------------------------------------------------------------------------------ */

enum { LETTERS = MAIL_BATCH_MOST + 4 };
typedef struct Many {
    Id letters[LETTERS];
    int64_t taken;
    MailBatch batch;
    MailJournal journal;
    Str states[LETTERS];
    bool is_alone;
} Many;

static Err take_many(Tx *tx, void *context) {
    Many *many = context;
    static const OutboxKind kinds[] = {OUTBOX_INVITATION, OUTBOX_SERVICE, OUTBOX_SIGN_IN};
    for (size_t i = 0; i < LETTERS; i++)
        many->letters[i] = outbox_add(tx, &(OutboxMessage){.kind = kinds[i % 3],
                                                           .edition = 7,
                                                           .person = (Id)(100 + i),
                                                           .to_address = STR("ola@zaulek.example"),
                                                           .to_name = STR("Ola"),
                                                           .subject = STR("List"),
                                                           .body = STR("Dzień dobry")});
    many->taken = mail_queue_begin(tx, &job);
    assert_true(mail_queue_next(tx, &job, many->taken, 1000, &many->batch));
    return OK;
}

static Err read_states(Tx *tx, void *context) {
    Many *many = context;
    for (size_t i = 0; i < LETTERS; i++) {
        OutboxEntry entry = {.state = STR("sign in")};
        outbox_get(tx, 7, many->letters[i], &entry);
        many->states[i] = str_copy(world.arena, entry.state);
    }
    return OK;
}

static Err return_some(Tx *tx, void *context) {
    Many *many = context;
    const MailReply taken = {.outcome = MAIL_TAKEN, .code = 250};
    for (size_t i = 0; i < 10; i++)
        mail_queue_record(tx, many->batch.letters[i].id, STR("ola@zaulek.example"), 0, &taken, 0);
    mail_queue_return(tx, many->batch.letters + 10, many->batch.count - 10);
    assert_true(mail_queue_next(tx, &job, many->taken, MAIL_BATCH_MOST, &many->batch));
    return OK;
}

/* Sign-in letters first, then service, then invitations, each by age; no more than a batch. */
static void test_a_batch_is_in_order_and_what_was_not_begun_is_first_in_line(void **state) {
    (void)state;
    Many many = {0};
    assert_int_equal(store_write(world.stores[0], world.arena, take_many, &many), OK);
    assert_int_equal(many.batch.count, MAIL_BATCH_MOST);
    for (size_t i = 1; i < many.batch.count; i++) {
        const MailLetter *one = &many.batch.letters[i - 1], *next = &many.batch.letters[i];
        assert_true(one->message.kind < next->message.kind ||
                    (one->message.kind == next->message.kind && one->id < next->id));
    }
    MailBatch first = many.batch;
    assert_int_equal(store_write(world.stores[0], world.arena, return_some, &many), OK);
    assert_int_equal(many.batch.count, LETTERS - 10);
    for (size_t i = 10; i < MAIL_BATCH_MOST; i++) assert_true(many.batch.letters[i - 10].id == first.letters[i].id);
}

static Err recover_many(Tx *tx, void *context) {
    Many *many = context;
    mail_queue_recover(tx, &job, many->is_alone, &many->journal);
    return OK;
}

static Str state_of(const Many *many, Id letter) {
    for (size_t i = 0; i < LETTERS; i++)
        if (many->letters[i] == letter) return many->states[i];
    return STR_ABSENT;
}

/* Killed with a batch in hand: what was sent is sent, what was begun may have arrived, the rest waits as before. */
static void test_of_a_batch_the_journal_tells_what_was_begun(void **state) {
    (void)state;
    for (int alone = 0; alone < 2; alone++) {
        world_close(NULL);
        world_open(NULL);
        Many many = {.is_alone = alone};
        assert_int_equal(store_write(world.stores[0], world.arena, take_many, &many), OK);
        size_t begin = 7; /* behind the sign-in letters */
        many.journal = (MailJournal){.taken = many.taken, .count = 2};
        many.journal.letters[0] = (MailLast){many.batch.letters[begin].id, true, {.outcome = MAIL_TAKEN, .code = 250}};
        many.journal.letters[1] = (MailLast){.id = many.batch.letters[begin + 1].id};
        assert_int_equal(store_write(world.stores[0], world.arena, recover_many, &many), OK);
        assert_int_equal(store_write(world.stores[0], world.arena, read_states, &many), OK);
        for (size_t i = begin; i < many.batch.count; i++) {
            Str wanted = i == begin ? STR("sent") : i == begin + 1 ? STR("later") : STR("waiting");
            Str got = state_of(&many, many.batch.letters[i].id);
            if (!str_equal(got, wanted)) fail_msg("letter %zu is %.*s", i, STR_FORMAT(got));
        }
    }
}

/* The job is another node's by now: what that has in hand is not touched. */
static void test_an_old_journal_frees_nothing_of_another_node(void **state) {
    (void)state;
    Many many = {0};
    assert_int_equal(store_write(world.stores[0], world.arena, take_many, &many), OK);
    many.journal.taken = many.taken - 1;
    assert_int_equal(store_write(world.stores[1], world.arena, recover_many, &many), OK);
    assert_int_equal(store_write(world.stores[0], world.arena, read_states, &many), OK);
    for (size_t i = 7; i < many.batch.count; i++)
        assert_true(str_equal(state_of(&many, many.batch.letters[i].id), STR("sending")));
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_of_nodes_that_find_it_due_at_once_one_does_it),
        CASE(test_another_takes_it_when_the_lease_is_over),
        CASE(test_who_lost_it_undoes_what_it_did),
        CASE(test_what_failed_is_put_off_for_all),
        CASE(test_a_clock_that_was_far_ahead_holds_nobody_up),
        CASE(test_whose_person_was_erased_in_hand_ends_without_a_trace),
        CASE(test_a_batch_is_in_order_and_what_was_not_begun_is_first_in_line),
        CASE(test_of_a_batch_the_journal_tells_what_was_begun),
        CASE(test_an_old_journal_frees_nothing_of_another_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
