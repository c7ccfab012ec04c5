// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include "platform/base/limits.h"
#include <assert.h>
#include <semaphore.h>
#include <signal.h>

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
    node_rolled_back(&lane->store->node);
}

static Tx own_tx(const Lane *lane) {
    return (Tx){.store = lane->store,
                .connection = lane->connection,
                .arena = lane->arena,
                .now_ms = clock_now_ms(&lane->store->clock),
                .lane = lane->number,
                .writes = true};
}

static Attempt attempt(Lane *lane, StoreWrite **group, size_t count, Reason *reason) {
    Store *store = lane->store;
    Connection *connection = lane->connection;
    for (size_t i = 0; i < count; i++) group[i]->outcome = OK;
    if (!store->engine->begin(connection, PURPOSE_WRITE)) {
        *reason = connection->reason;
        return ATTEMPT_REFUSED;
    }
    arena_reset(lane->arena);
    Tx own = own_tx(lane);
    Err err = arena_protect(own.arena, prepare_node, &own);
    if (err) {
        *reason = reason_told(err, own.arena);
        leave_transaction(lane);
        return ATTEMPT_LOST;
    }
    bool sound = true;
    for (size_t i = 0; sound && i < count; i++) sound = member_try(lane, group[i], own.now_ms, reason);
    Commit commit = sound ? store->engine->commit(connection) : COMMIT_FAILED;
    if (commit != COMMIT_DONE) {
        if (sound) *reason = connection->reason;
        leave_transaction(lane);
        return commit == COMMIT_UNCERTAIN ? ATTEMPT_UNCERTAIN : ATTEMPT_LOST;
    }
    node_committed(&store->node);
    atomic_fetch_add(&store->commits, 1);
    atomic_fetch_add(&store->members, (int64_t)count);
    return ATTEMPT_COMMITTED;
}

static void group_fail(StoreWrite **group, size_t count, const Reason *reason) {
    for (size_t i = 0; i < count; i++) member_fail(group[i], reason);
}

/* Sets every outcome. What a group lost together, its members get another chance at one by one, so
 * that one that cannot be written does not take the others with it. */
static void write_group(Lane *lane, StoreWrite **group, size_t count) {
    Reason reason = {0};
    Attempt result = attempt(lane, group, count, &reason);
    if (result == ATTEMPT_COMMITTED) return;
    if (result == ATTEMPT_REFUSED || count == 1) {
        group_fail(group, count, &reason);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        atomic_fetch_add(&lane->store->reruns, 1);
        result = attempt(lane, &group[i], 1, &reason);
        if (result == ATTEMPT_REFUSED) { /* waiting once more for each would be long */
            group_fail(&group[i], count - i, &reason);
            return;
        }
        if (result == ATTEMPT_LOST) member_fail(group[i], &reason);
    }
}

/* ---- the thread and its queue ------------------------------------------------------------------------ */

/* Waits for work. 0: closing, and all is done. */
static size_t take_group(Lane *lane, StoreWrite *group[STORE_GROUP_LIMIT]) {
    const size_t limit = lane->store->engine->group_limit;
    pthread_mutex_lock(&lane->lock);
    while (!lane->first && !lane->closing) pthread_cond_wait(&lane->wake, &lane->lock);
    size_t count = 0;
    for (; lane->first && count < limit; count++) {
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
