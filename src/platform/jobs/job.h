// SPDX-License-Identifier: EUPL-1.2
/* Job: work that is to be done once in a while, by one of the nodes that serve a store.
 *
 * A node that finds a job due takes it with a lease, in a transaction: no other takes it before the lease is over, and
 * who dies while at it is followed by another then. The work is done in a transaction of its own, which ends with
 * giving the job back: somebody else may have taken it meanwhile, because the lease was too short, and then all of this
 * one's work is undone. So what a job does in the store is done once, whatever the nodes' clocks say; a clock that is
 * wrong only makes the wrong one wait, or work for nothing.
 *
 *     static const Job expiry = {"expiry", .every_ms = DAY_MS, .again_ms = 10 * MINUTE_MS, .lease_ms = 10 * MINUTE_MS};
 *     JobOutcome outcome = job_run(store, arena, &expiry, sweep, &sweeping, now_ms);
 */
#ifndef WSPOLNIE_JOBS_JOB_H
#define WSPOLNIE_JOBS_JOB_H

#include "platform/store/store.h"

typedef struct Job {
    const char *name;
    int64_t every_ms; /* from one time to the next */
    int64_t again_ms; /* to the next when it failed */
    int64_t lease_ms; /* longer than it ever takes */
} Job;

typedef enum JobOutcome {
    JOB_NOT_DUE, /* or another has it */
    JOB_DONE,
    JOB_LOST,   /* another took it meanwhile: nothing was done here */
    JOB_FAILED, /* arena_failure(arena) tells why */
} JobOutcome;

/* Does the job if it is due. Called often: it reads one row where it is not. work is a TxFunction: it may be run
 * again from the start. */
JobOutcome job_run(Store *store, Arena *arena, const Job *job, TxFunction work, void *context, int64_t now_ms);

/* For work of many transactions, each of which may as well be done twice: takes the job, and gives it back. begin:
 * JOB_DONE with *taken, JOB_NOT_DUE or JOB_FAILED. end, with what came of the work: JOB_DONE, JOB_FAILED (it is tried
 * again), or JOB_LOST where another took it meanwhile. */
JobOutcome job_begin(Store *store, Arena *arena, const Job *job, int64_t now_ms, int64_t *taken);
JobOutcome job_end(Store *store, const Job *job, int64_t taken, Err err, int64_t now_ms);

/* The steps of it, for tests. take: which taking it is, or 0 where the job is not due. finish: false where it was lost.
 */
int64_t job_take(Tx *tx, const Job *job, int64_t now_ms);
bool job_finish(Tx *tx, const Job *job, int64_t taken, int64_t due_ms);

#endif
