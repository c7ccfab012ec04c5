// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/job.h"

#include "jobs_sql.h"

/* A time far further ahead than it can have been set was set by a clock that was wrong. */
static bool is_over(int64_t ms, int64_t now_ms, int64_t longest_ms) {
    return ms <= now_ms || ms > now_ms + 2 * longest_ms;
}

static bool is_due(Tx *tx, const Job *job, int64_t now_ms, int64_t *taken) {
    JobsJobRow row;
    *taken = 0;
    if (!jobs_sql_job(tx, str_from_c(job->name), &row)) return true;
    *taken = row.taken;
    int64_t longest_ms = job->every_ms > job->again_ms ? job->every_ms : job->again_ms;
    return is_over(row.due_ms, now_ms, longest_ms) && is_over(row.lease_ms, now_ms, job->lease_ms);
}

/* Of two who find it due at once one changes no row: the other has counted on. */
int64_t job_take(Tx *tx, const Job *job, int64_t now_ms) {
    int64_t taken;
    if (!is_due(tx, job, now_ms, &taken)) return 0;
    return jobs_sql_take_job(tx, str_from_c(job->name), taken, now_ms + job->lease_ms) == 1 ? taken + 1 : 0;
}

bool job_finish(Tx *tx, const Job *job, int64_t taken, int64_t due_ms) {
    return jobs_sql_finish_job(tx, str_from_c(job->name), taken, due_ms) == 1;
}

typedef struct Run {
    const Job *job;
    TxFunction work;
    void *context;
    int64_t now_ms, due_ms, taken;
    bool is_due, is_lost;
} Run;

static Err look(Tx *tx, void *context) {
    Run *run = context;
    run->is_due = is_due(tx, run->job, run->now_ms, &run->taken);
    return OK;
}

static Err take(Tx *tx, void *context) {
    Run *run = context;
    run->taken = job_take(tx, run->job, run->now_ms);
    return OK;
}

static Err do_work(Tx *tx, void *context) {
    Run *run = context;
    run->is_lost = false;
    Err err = run->work(tx, run->context);
    if (err) return err;
    run->is_lost = !job_finish(tx, run->job, run->taken, run->now_ms + run->job->every_ms);
    return run->is_lost ? ERR_CONFLICT : OK;
}

/* With what came of it: when it is due again. */
static Err give_back(Tx *tx, void *context) {
    Run *run = context;
    run->is_lost = !job_finish(tx, run->job, run->taken, run->due_ms);
    return OK;
}

typedef struct Looking {
    Store *store;
    Arena *arena;
    Run *run;
} Looking;

static void look_inside(void *argument) {
    const Looking *looking = argument;
    store_read(looking->store, looking->arena, look, looking->run);
}

static JobOutcome begin(Store *store, Arena *arena, Run *run) {
    if (arena_protect(arena, look_inside, &(Looking){store, arena, run})) return JOB_FAILED;
    if (!run->is_due) return JOB_NOT_DUE;
    if (store_write(store, arena, take, run)) return JOB_FAILED;
    return run->taken ? JOB_DONE : JOB_NOT_DUE;
}

/* In an arena of its own: the work's may hold the reason why it failed, and be full. */
static Err end(Store *store, Run *run) {
    Arena *arena = arena_open(1 << 20);
    if (!arena) return ERR_LIMIT;
    Err err = store_write(store, arena, give_back, run);
    arena_close(arena);
    return err;
}

JobOutcome job_begin(Store *store, Arena *arena, const Job *job, int64_t now_ms, int64_t *taken) {
    Run run = {.job = job, .now_ms = now_ms};
    JobOutcome outcome = begin(store, arena, &run);
    *taken = run.taken;
    return outcome;
}

JobOutcome job_end(Store *store, const Job *job, int64_t taken, Err err, int64_t now_ms) {
    Run run = {.job = job, .taken = taken, .due_ms = now_ms + (err ? job->again_ms : job->every_ms)};
    if (end(store, &run) || err) return JOB_FAILED;
    return run.is_lost ? JOB_LOST : JOB_DONE;
}

JobOutcome job_run(Store *store, Arena *arena, const Job *job, TxFunction work, void *context, int64_t now_ms) {
    Run run = {.job = job, .work = work, .context = context, .now_ms = now_ms, .due_ms = now_ms + job->again_ms};
    JobOutcome begun = begin(store, arena, &run);
    if (begun != JOB_DONE) return begun;
    Err err = store_write(store, arena, do_work, &run);
    if (!err) return JOB_DONE;
    if (err == ERR_CONFLICT && run.is_lost) return JOB_LOST;
    end(store, &run);
    return JOB_FAILED;
}
