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
    ATTEMPT_REFUSED,   /* could not even begin: another holds the file */
} Attempt;

typedef struct Reason {
    Err err;
    char text[200];
} Reason;

static Reason reason_of(Connection *connection, const char *what, int code) {
    Reason reason = {.err = sqlite_err(connection->db, code)};
    snprintf(reason.text, sizeof reason.text, "%s: %s", what, sqlite3_errmsg(connection->db));
    return reason;
}

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

/* One member in its savepoint. SQLITE_OK, or the code with which the whole transaction was lost. */
static int member_try(Store *store, StoreWrite *write, int64_t now_ms) {
    Connection *connection = store->connection;
    Run run = {.write = write};
    run.tx = (Tx){.store = store, .connection = connection, .arena = write->arena, .now_ms = now_ms, .writes = true};
    int code = connection_command(connection, COMMAND_SAVEPOINT);
    if (code) return code;
    Err fault = arena_protect(write->arena, run_member, &run);
    write->outcome = fault ? fault : run.err;
    if (sqlite3_get_autocommit(connection->db)) return SQLITE_ABORT_ROLLBACK;
    if (write->outcome) code = connection_command(connection, COMMAND_ROLLBACK_TO);
    return code ? code : connection_command(connection, COMMAND_RELEASE);
}

static void prepare_node(void *argument) {
    Tx *tx = argument;
    node_prepare(&tx->store->node, tx);
}

static void leave_transaction(Store *store) {
    if (!sqlite3_get_autocommit(store->connection->db)) connection_command(store->connection, COMMAND_ROLLBACK);
    node_rolled_back(&store->node);
}

static Attempt attempt(Store *store, StoreWrite **group, size_t count, Reason *reason) {
    Connection *connection = store->connection;
    int code = connection_command(connection, COMMAND_BEGIN_WRITE);
    if (code) {
        *reason = reason_of(connection, "cannot begin to write", code);
        return ATTEMPT_REFUSED;
    }
    arena_reset(store->writer.arena);
    Tx own = {.store = store, .connection = connection, .arena = store->writer.arena, .writes = true};
    own.now_ms = clock_now_ms(&store->clock);
    Err err = arena_protect(own.arena, prepare_node, &own);
    if (err) {
        *reason = reason_told(err, own.arena);
        leave_transaction(store);
        return ATTEMPT_LOST;
    }
    for (size_t i = 0; !code && i < count; i++) {
        code = member_try(store, group[i], own.now_ms);
        if (!code) continue;
        /* The member that lost it knows best why. */
        if (group[i]->outcome) *reason = reason_told(group[i]->outcome, group[i]->arena);
        else *reason = reason_of(connection, "the transaction was lost", code);
    }
    if (!code) {
        code = connection_command(connection, COMMAND_COMMIT);
        if (code) *reason = reason_of(connection, "cannot commit", code);
    }
    if (code) {
        leave_transaction(store);
        return ATTEMPT_LOST;
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
static void write_group(Store *store, StoreWrite **group, size_t count) {
    Reason reason = {0};
    Attempt result = attempt(store, group, count, &reason);
    if (result == ATTEMPT_COMMITTED) return;
    if (result == ATTEMPT_REFUSED || count == 1) {
        group_fail(group, count, &reason);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        atomic_fetch_add(&store->reruns, 1);
        result = attempt(store, &group[i], 1, &reason);
        if (result == ATTEMPT_REFUSED) { /* waiting for the file once more for each would be long */
            group_fail(&group[i], count - i, &reason);
            return;
        }
        if (result == ATTEMPT_LOST) member_fail(group[i], &reason);
    }
}

/* ---- the thread and its queue ------------------------------------------------------------------------ */

/* Waits for work. 0: closing, and all is done. */
static size_t take_group(Writer *writer, StoreWrite *group[STORE_GROUP_LIMIT]) {
    pthread_mutex_lock(&writer->lock);
    while (!writer->first && !writer->closing) pthread_cond_wait(&writer->wake, &writer->lock);
    size_t count = 0;
    for (; writer->first && count < STORE_GROUP_LIMIT; count++) {
        group[count] = writer->first;
        writer->first = writer->first->next;
    }
    if (!writer->first) writer->last = NULL;
    writer->waiting -= count;
    pthread_mutex_unlock(&writer->lock);
    return count;
}

static void *writer_main(void *argument) {
    Store *store = argument;
    StoreWrite *group[STORE_GROUP_LIMIT];
    for (size_t count; (count = take_group(&store->writer, group)) > 0;) {
        write_group(store, group, count);
        for (size_t i = 0; i < count; i++) group[i]->done(group[i], group[i]->outcome);
    }
    return NULL;
}

Err writer_start(Store *store) {
    Writer *writer = &store->writer;
    writer->arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (!writer->arena) return ERR_LIMIT;
    /* Signals are for the program's main thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&writer->thread, NULL, writer_main, store);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    writer->started = !failed;
    return failed ? ERR_LIMIT : OK;
}

void writer_stop(Store *store) {
    Writer *writer = &store->writer;
    if (writer->started) {
        pthread_mutex_lock(&writer->lock);
        writer->closing = true;
        pthread_cond_signal(&writer->wake);
        pthread_mutex_unlock(&writer->lock);
        pthread_join(writer->thread, NULL);
        writer->started = false;
    }
    arena_close(writer->arena);
    writer->arena = NULL;
}

Err store_submit(Store *store, StoreWrite *write) {
    Writer *writer = &store->writer;
    write->next = NULL;
    write->outcome = OK;
    pthread_mutex_lock(&writer->lock);
    bool taken = !writer->closing && writer->waiting < STORE_QUEUE_LIMIT;
    if (taken) {
        if (writer->last) writer->last->next = write;
        else writer->first = write;
        writer->last = write;
        writer->waiting++;
        pthread_cond_signal(&writer->wake);
    }
    pthread_mutex_unlock(&writer->lock);
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

Err store_write(Store *store, Arena *arena, TxFunction work, void *context) {
    assert(!pthread_equal(pthread_self(), store->writer.thread)); /* it would wait for itself */
    Waiter waiter = {.write = {.work = work, .done = answer_waiter, .context = context, .arena = arena}};
    sem_init(&waiter.answered, 0, 0);
    if (store_submit(store, &waiter.write)) {
        sem_destroy(&waiter.answered);
        member_fail(&waiter.write, &(Reason){ERR_BUSY, "the store is closing, or too many writes are waiting"});
        return ERR_BUSY;
    }
    while (sem_wait(&waiter.answered)) continue; /* a signal came */
    sem_destroy(&waiter.answered);
    return waiter.write.outcome;
}
