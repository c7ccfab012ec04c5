// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include "platform/base/limits.h"
#include "store_sql.h"
#include <assert.h>
#include <semaphore.h>
#include <signal.h>
#include <time.h>

/* ---- one attempt at a group ----------------------------------------------------------------------- */

typedef enum Attempt {
    ATTEMPT_COMMITTED, /* outcomes are set, and true on disk */
    ATTEMPT_LOST,      /* nothing is on disk: the group is worth splitting */
    ATTEMPT_REFUSED,   /* could not even begin: another holds the file, or the server is away */
    ATTEMPT_UNCERTAIN, /* asked for the commit, and lost the answer */
} Attempt;

static Reason reason_told(Err err, const Arena *arena) {
    const Failure *failure = arena_failure(arena);
    Reason reason = {.err = err};
    snprintf(reason.text, sizeof reason.text, "%s", failure->err ? failure->message : "the transaction was lost");
    return reason;
}

typedef struct Blame {
    Arena *arena;
    const Reason *reason;
} Blame;

static void raise_reason(void *argument) {
    const Blame *blame = argument;
    arena_fail(blame->arena, blame->reason->err, "%s", blame->reason->text);
}

/* Sets the outcome, and the arena's failure as if the member itself had met with it. */
static void member_fail(StoreWrite *write, const Reason *reason) {
    write->outcome = arena_protect(write->arena, raise_reason, &(Blame){write->arena, reason});
}

typedef struct Run {
    Tx tx;
    StoreWrite *write;
    Err err;
} Run;

static void run_member(void *argument) {
    Run *run = argument;
    run->err = run->write->work(&run->tx, run->write->context);
    assert(run->tx.connection->running == 0); /* every statement was ended */
}

/* One member in its savepoint. False: the whole transaction was lost, for *reason. */
static bool member_try(Lane *lane, StoreWrite *write, int64_t now_ms, Reason *reason) {
    Connection *connection = lane->connection;
    const Engine *engine = connection->engine;
    Run run = {.write = write};
    run.tx = (Tx){.store = lane->store,
                  .connection = connection,
                  .arena = write->arena,
                  .now_ms = now_ms,
                  .lane = lane->number,
                  .writes = true};
    bool sound = engine->savepoint(connection);
    if (sound) {
        Err fault = arena_protect(write->arena, run_member, &run);
        write->outcome = fault ? fault : run.err;
        write->was_taken = fault == ERR_CONFLICT && engine->was_taken(connection);
        sound = !engine->is_lost(connection) && engine->savepoint_end(connection, !write->outcome);
    }
    if (sound) return true;
    *reason = connection->reason;
    if (!write->outcome) return false;
    /* The member that lost it knows best why. */
    bool is_passing = reason->is_passing;
    *reason = reason_told(write->outcome, write->arena);
    reason->is_passing = is_passing;
    return false;
}

static void prepare_node(void *argument) {
    Tx *tx = argument;
    node_prepare(&tx->store->node, tx);
}

static void leave_transaction(Lane *lane) {
    lane->connection->engine->rollback(lane->connection);
    node_rolled_back(&lane->store->node, lane->connection);
}

static Tx own_tx(const Lane *lane) {
    return (Tx){.store = lane->store,
                .connection = lane->connection,
                .arena = lane->arena,
                .now_ms = clock_now_ms(&lane->store->clock),
                .lane = lane->number,
                .writes = true};
}

StoreGate store_edition_gate(Arena *arena, Str series, Str edition) {
    uint64_t hash = str_hash(str_format(arena, "%.*s/%.*s", STR_FORMAT(series), STR_FORMAT(edition)));
    return (StoreGate){.edition = 0, .gate = (Id)(hash >> 1 | 1)};
}

void tx_pass_gate(Tx *tx, StoreGate gate) {
    if (tx->store->engine->has_gates) store_sql_gate_pass(tx, gate.edition, gate.gate);
}

static void pass_gate(void *argument) {
    void *const *arguments = argument;
    const StoreGate *gate = arguments[1];
    store_sql_gate_pass(arguments[0], gate->edition, gate->gate);
}

/* In the transaction that was begun; false: *reason, and the transaction is left. */
static bool do_first(Lane *lane, Tx *own, void (*work)(void *argument), void *argument, Reason *reason) {
    Err err = arena_protect(own->arena, work, argument);
    if (!err) return true;
    bool is_passing = lane->connection->engine->is_lost(lane->connection) && lane->connection->reason.is_passing;
    *reason = reason_told(err, own->arena);
    reason->is_passing = is_passing;
    leave_transaction(lane);
    return false;
}

/* Where ids are reserved apart: behind a gate of their own, which processes and lanes go through one by one. */
static Attempt reserve_ids(Lane *lane, Reason *reason) {
    static const StoreGate ids = {0, 0};
    Store *store = lane->store;
    if (!store->engine->begin(lane->connection, PURPOSE_NODE)) {
        *reason = lane->connection->reason;
        return ATTEMPT_REFUSED;
    }
    Tx own = own_tx(lane);
    void *through[] = {&own, (void *)&ids};
    if (!do_first(lane, &own, pass_gate, through, reason) || !do_first(lane, &own, prepare_node, &own, reason))
        return ATTEMPT_LOST;
    if (store->engine->commit(lane->connection) != COMMIT_DONE) {
        *reason = lane->connection->reason;
        if (reason->err == ERR_UNCERTAIN) { /* of the ids alone: nobody's work has begun, and others are reserved */
            *reason = (Reason){.err = ERR_BUSY, .is_passing = true};
            snprintf(reason->text, sizeof reason->text, "the connection was lost while ids were reserved");
        }
        leave_transaction(lane);
        return ATTEMPT_LOST;
    }
    node_committed(&store->node, lane->connection);
    return ATTEMPT_COMMITTED;
}

static Attempt have_ids(Lane *lane, Reason *reason) {
    Store *store = lane->store;
    if (!store->engine->reserves_apart) return ATTEMPT_COMMITTED;
    Attempt result = ATTEMPT_COMMITTED;
    pthread_mutex_lock(&store->reserving);
    if (!node_has_enough(&store->node, clock_now_ms(&store->clock))) result = reserve_ids(lane, reason);
    pthread_mutex_unlock(&store->reserving);
    return result;
}

typedef struct Connecting {
    Lane *lane;
    Connection *made;
} Connecting;

static void connect_lane(void *argument) {
    Connecting *connecting = argument;
    Lane *lane = connecting->lane;
    connecting->made = lane->store->engine->connect(lane->store, lane->arena, true);
}

/* The first lane's was opened with the store; another's is opened when it is needed, and kept. */
static bool has_connection(Lane *lane, Reason *reason) {
    if (lane->connection) return true;
    Connecting connecting = {.lane = lane};
    Err err = arena_protect(lane->arena, connect_lane, &connecting);
    if (err) *reason = reason_told(err, lane->arena);
    lane->connection = connecting.made;
    return !err;
}

/* Nothing is committed here when it gives ATTEMPT_COMMITTED, but all is ready for the members. */
static Attempt begin_group(Lane *lane, const StoreGate *gate, Tx *own, Reason *reason) {
    const Engine *engine = lane->store->engine;
    arena_reset(lane->arena);
    if (!has_connection(lane, reason)) return ATTEMPT_REFUSED;
    Attempt ready = have_ids(lane, reason);
    if (ready != ATTEMPT_COMMITTED) return ready;
    bool gated = engine->has_gates && gate->gate;
    if (!engine->begin(lane->connection, gated ? PURPOSE_GATE : PURPOSE_WRITE)) {
        *reason = lane->connection->reason;
        return ATTEMPT_REFUSED;
    }
    *own = own_tx(lane);
    if (!engine->reserves_apart && !do_first(lane, own, prepare_node, own, reason)) return ATTEMPT_LOST;
    void *through[] = {own, (void *)gate};
    if (gated && !do_first(lane, own, pass_gate, through, reason)) return ATTEMPT_LOST;
    return ATTEMPT_COMMITTED;
}

static Attempt attempt(Lane *lane, StoreWrite **group, size_t count, Reason *reason) {
    Store *store = lane->store;
    for (size_t i = 0; i < count; i++) group[i]->outcome = OK;
    Tx own;
    Attempt begun = begin_group(lane, &group[0]->gate, &own, reason);
    if (begun != ATTEMPT_COMMITTED) return begun;
    bool sound = true, is_kept = false;
    for (size_t i = 0; sound && i < count; i++) {
        sound = member_try(lane, group[i], own.now_ms, reason);
        is_kept |= !group[i]->outcome;
    }
    if (sound && !is_kept && store->engine->has_gates && group[0]->gate.gate) {
        leave_transaction(lane); /* that somebody who was refused came to a gate is no reason to keep its row */
        return ATTEMPT_COMMITTED;
    }
    Commit commit = sound ? store->engine->commit(lane->connection) : COMMIT_FAILED;
    if (commit != COMMIT_DONE) {
        if (sound) *reason = lane->connection->reason;
        leave_transaction(lane);
        return commit == COMMIT_UNCERTAIN ? ATTEMPT_UNCERTAIN : ATTEMPT_LOST;
    }
    node_committed(&store->node, lane->connection);
    atomic_fetch_add(&store->commits, 1);
    atomic_fetch_add(&store->members, (int64_t)count);
    return ATTEMPT_COMMITTED;
}

/* ---- until it is decided --------------------------------------------------------------------------------- */

static void group_fail(StoreWrite **group, size_t count, const Reason *reason) {
    for (size_t i = 0; i < count; i++) member_fail(group[i], reason);
}

/* What was rolled back is certain all the same. */
static void group_uncertain(StoreWrite **group, size_t count, const Reason *reason) {
    for (size_t i = 0; i < count; i++)
        if (!group[i]->outcome) member_fail(group[i], reason);
}

/* Longer each time, and of a length of its own, so that two who stand in each other's way do not meet again. */
static void pause_before(Lane *lane, int tried) {
    enum { LONGEST_MS = 128 };
    int64_t most_us = INT64_C(1000) << (tried < 7 ? tried : 7);
    if (most_us > LONGEST_MS * INT64_C(1000)) most_us = LONGEST_MS * INT64_C(1000);
    int64_t us = most_us / 2 + (int64_t)random_below(&lane->random, (uint32_t)(most_us / 2));
    nanosleep(&(struct timespec){.tv_nsec = us * 1000}, NULL);
}

/* One member alone, and again while what stands in its way may pass. False: the store is away, as it will be for
 * the next. */
static bool write_alone(Lane *lane, StoreWrite *write) {
    int64_t until_ms = clock_monotonic_ns() / 1000000 + lane->store->setup.busy_ms;
    for (int tried = 1;; tried++) {
        Reason reason = {0};
        atomic_fetch_add(&lane->store->reruns, 1);
        Attempt result = attempt(lane, &write, 1, &reason);
        if (result == ATTEMPT_UNCERTAIN) group_uncertain(&write, 1, &reason);
        if (result == ATTEMPT_REFUSED) member_fail(write, &reason);
        if (result != ATTEMPT_LOST) return result != ATTEMPT_REFUSED;
        bool again = reason.is_passing && tried < lane->store->engine->tries;
        if (!again || clock_monotonic_ns() / 1000000 >= until_ms) {
            member_fail(write, &reason);
            return true;
        }
        pause_before(lane, tried);
    }
}

/* A key that was taken may have been taken by another node after the transaction began: who finds it taken in a new
 * one too has his answer. */
static void write_taken_again(Lane *lane, StoreWrite **group, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (group[i]->was_taken) write_alone(lane, group[i]);
}

/* Sets every outcome. A group that was lost for a passing reason is tried once more as it is. What a group lost
 * otherwise, its members get another chance at one by one, so that one that cannot be written does not take the
 * others with it. */
static void write_group(Lane *lane, StoreWrite **group, size_t count) {
    Reason reason = {0};
    Attempt result = attempt(lane, group, count, &reason);
    if (result == ATTEMPT_LOST && reason.is_passing && count > 1) {
        pause_before(lane, 1);
        atomic_fetch_add(&lane->store->reruns, (int64_t)count);
        result = attempt(lane, group, count, &reason);
    }
    bool alone = count == 1 && !reason.is_passing;
    if (result == ATTEMPT_COMMITTED) write_taken_again(lane, group, count);
    else if (result == ATTEMPT_UNCERTAIN) group_uncertain(group, count, &reason);
    else if (result == ATTEMPT_REFUSED || alone) group_fail(group, count, &reason);
    if (result != ATTEMPT_LOST || alone) return;
    for (size_t i = 0; i < count; i++) {
        if (write_alone(lane, group[i])) continue;
        reason = lane->connection ? lane->connection->reason : reason;
        group_fail(&group[i], count - i, &reason); /* waiting once more for each would be long */
        return;
    }
}

/* ---- the thread and its queue ------------------------------------------------------------------------ */

static bool share_gate(const StoreWrite *one, const StoreWrite *other) {
    return one->gate.gate == other->gate.gate && one->gate.edition == other->gate.edition;
}

/* Waits for work. 0: closing, and all is done. Who goes through a gate goes with those that go through the same. */
static size_t take_group(Lane *lane, StoreWrite *group[STORE_GROUP_LIMIT]) {
    const size_t limit = lane->store->engine->group_limit;
    const bool has_gates = lane->store->engine->has_gates;
    pthread_mutex_lock(&lane->lock);
    while (!lane->first && !lane->closing) pthread_cond_wait(&lane->wake, &lane->lock);
    size_t count = 0;
    for (; lane->first && count < limit; count++) {
        if (has_gates && count && !share_gate(group[0], lane->first)) break;
        group[count] = lane->first;
        lane->first = lane->first->next;
    }
    if (!lane->first) lane->last = NULL;
    lane->waiting -= count;
    pthread_mutex_unlock(&lane->lock);
    return count;
}

static void *lane_main(void *argument) {
    Lane *lane = argument;
    StoreWrite *group[STORE_GROUP_LIMIT];
    for (size_t count; (count = take_group(lane, group)) > 0;) {
        write_group(lane, group, count);
        for (size_t i = 0; i < count; i++) group[i]->done(group[i], group[i]->outcome);
    }
    return NULL;
}

void lane_init(Lane *lane, Store *store, unsigned number) {
    lane->store = store;
    lane->number = number;
    uint64_t seed = 0;
    random_secret(&seed, sizeof seed);
    lane->random = random_from_seed(seed);
    pthread_mutex_init(&lane->lock, NULL);
    pthread_cond_init(&lane->wake, NULL);
}

Err lane_start(Lane *lane) {
    lane->arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (!lane->arena) return ERR_LIMIT;
    /* Signals are for the program's main thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&lane->thread, NULL, lane_main, lane);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    lane->started = !failed;
    return failed ? ERR_LIMIT : OK;
}

void lane_stop(Lane *lane) {
    if (!lane->started) return;
    pthread_mutex_lock(&lane->lock);
    lane->closing = true;
    pthread_cond_signal(&lane->wake);
    pthread_mutex_unlock(&lane->lock);
    pthread_join(lane->thread, NULL);
    lane->started = false;
}

static void give_node_back(void *argument) {
    Tx *tx = argument;
    node_give_back(&tx->store->node, tx);
}

void lane_give_node_back(Lane *lane) {
    const Engine *engine = lane->store->engine;
    if (!lane->store->node.leased || !lane->connection || !engine->begin(lane->connection, PURPOSE_NODE)) return;
    arena_reset(lane->arena);
    Tx own = own_tx(lane);
    if (!arena_protect(own.arena, give_node_back, &own)) engine->commit(lane->connection);
    engine->rollback(lane->connection);
}

void lane_destroy(Lane *lane) {
    if (lane->connection) lane->connection->engine->disconnect(lane->connection);
    arena_close(lane->arena);
    pthread_mutex_destroy(&lane->lock);
    pthread_cond_destroy(&lane->wake);
}

static Lane *lane_for(Store *store, const StoreWrite *write) { return &store->lanes[write->lane % store->lane_count]; }

Err store_submit(Store *store, StoreWrite *write) {
    Lane *lane = lane_for(store, write);
    write->next = NULL;
    write->outcome = OK;
    pthread_mutex_lock(&lane->lock);
    bool taken = !lane->closing && lane->waiting < STORE_QUEUE_LIMIT;
    if (taken) {
        if (lane->last) lane->last->next = write;
        else lane->first = write;
        lane->last = write;
        lane->waiting++;
        pthread_cond_signal(&lane->wake);
    }
    pthread_mutex_unlock(&lane->lock);
    return taken ? OK : ERR_BUSY;
}

typedef struct Waiter {
    StoreWrite write;
    sem_t answered;
} Waiter;

static void answer_waiter(StoreWrite *write, Err err) {
    (void)err; /* it stands in write->outcome */
    sem_post(&((Waiter *)write)->answered);
}

static bool is_lane_of(const Store *store, pthread_t thread) {
    for (unsigned i = 0; i < store->lane_count; i++)
        if (store->lanes[i].started && pthread_equal(thread, store->lanes[i].thread)) return true;
    return false;
}

Err store_write(Store *store, Arena *arena, TxFunction work, void *context) {
    assert(!is_lane_of(store, pthread_self())); /* it would wait for itself */
    Waiter waiter = {.write = {.work = work, .done = answer_waiter, .context = context, .arena = arena}};
    sem_init(&waiter.answered, 0, 0);
    if (store_submit(store, &waiter.write)) {
        sem_destroy(&waiter.answered);
        member_fail(&waiter.write, &(Reason){ERR_BUSY, false, "the store is closing, or too many writes are waiting"});
        return ERR_BUSY;
    }
    while (sem_wait(&waiter.answered)) continue; /* a signal came */
    sem_destroy(&waiter.answered);
    return waiter.write.outcome;
}
