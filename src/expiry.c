// SPDX-License-Identifier: EUPL-1.2
#include "expiry.h"

#include "gathering/editions/editions.h"
#include "gathering/privacy/privacy.h"
#include "platform/account/account.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/jobs/job.h"
#include "platform/jobs/outbox.h"
#include "platform/store/rows.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* One transaction's part of the work: small, since whoever writes at that moment waits for it. */
typedef struct Page {
    const House *house;
    const Room *room;
    Id after; /* of people or editions: where the page begins */
    Id last;  /* where it ended; 0: there were none left */
    int64_t gone;
    bool again; /* there may be more to do */
    RowsForgottenList columns;
} Page;

/* ---- people who are no longer there ------------------------------------------------------------------- */

static bool is_among(Id id, const Id *ids, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return true;
    return false;
}

/* Of a page of idle people those whom no room needs. */
static IdArray not_needed(Tx *tx, const House *house, IdArray idle, int64_t since_ms) {
    IdArray left = idle;
    Id *needed = arena_array(tx_arena(tx), Id, idle.count);
    for (size_t i = 0; i < house->room_count; i++) {
        if (!house->rooms[i]->people_needed) continue;
        size_t count = house->rooms[i]->people_needed(tx, left.ids, left.count, since_ms, needed), kept = 0;
        for (size_t k = 0; k < left.count; k++)
            if (!is_among(left.ids[k], needed, count)) left.ids[kept++] = left.ids[k];
        left.count = kept;
    }
    return left;
}

static Err forget_people(Tx *tx, void *context) {
    Page *page = context;
    int64_t since_ms = tx_now_ms(tx) - EXPIRY_PERSON_DAYS * DAY_MS;
    IdArray idle = account_idle_people(tx, since_ms, page->after);
    page->last = idle.count ? idle.ids[idle.count - 1] : 0;
    page->again = idle.count > 0;
    IdArray past = not_needed(tx, page->house, idle, since_ms);
    page->gone = account_forget_people(tx, past);
    for (size_t i = 0; past.count && i < page->house->room_count; i++)
        if (page->house->rooms[i]->people_forgotten) page->house->rooms[i]->people_forgotten(tx, past.ids, past.count);
    return OK;
}

/* ---- the others --------------------------------------------------------------------------------------------- */

static Err expire_ways_in(Tx *tx, void *context) {
    ((Page *)context)->gone = account_expire(tx);
    return OK;
}

static Err expire_audit(Tx *tx, void *context) {
    ((Page *)context)->gone = store_audit_expire(tx);
    return OK;
}

static Err expire_letters(Tx *tx, void *context) {
    Page *page = context;
    page->gone = outbox_expire(tx);
    page->again = tx_changes(tx) > 0;
    return OK;
}

static Err expire_room(Tx *tx, void *context) {
    Page *page = context;
    int64_t before = tx_changes(tx);
    page->room->expire(tx);
    page->gone = tx_changes(tx) - before;
    return OK;
}

/* A page of the editions that were over by then: there may be more than fit one query, or one transaction. */
static void forget_columns(Tx *tx, Page *page, const char *retention, int days) {
    enum { EDITIONS_AT_ONCE = 500 };
    IdList over = editions_over(tx, tx_now_ms(tx) - days * DAY_MS);
    size_t from = 0;
    while (from < over.count && over.ids[from] <= page->after) from++;
    size_t count = over.count - from < EDITIONS_AT_ONCE ? over.count - from : EDITIONS_AT_ONCE;
    page->columns = (RowsForgottenList){0};
    if (count) page->columns = rows_forget(tx, retention, (IdList){over.ids + from, count});
    page->last = count ? over.ids[from + count - 1] : 0;
    page->again = from + count < over.count;
}

static Err forget_soon(Tx *tx, void *context) {
    forget_columns(tx, context, "edition_end_plus_90_days", EXPIRY_EDITION_DAYS);
    return OK;
}

static Err forget_later(Tx *tx, void *context) {
    forget_columns(tx, context, "edition_end_plus_2_years", EXPIRY_HISTORY_DAYS);
    return OK;
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

enum { KINDS_MOST = 128 };
typedef struct Gone {
    Str kind; /* "letters", "signup.access_needs" */
    int64_t rows;
} Gone;

typedef struct Sweeping {
    Store *store;
    const House *house;
    Arena *arena;
    Gone gone[KINDS_MOST];
    size_t kinds;
    Err err; /* what was not done is done the next time */
} Sweeping;

static void add_gone(Sweeping *sweeping, Str kind, int64_t rows) {
    if (!rows) return;
    for (size_t i = 0; i < sweeping->kinds; i++) {
        if (!str_equal(sweeping->gone[i].kind, kind)) continue;
        sweeping->gone[i].rows += rows;
        return;
    }
    if (sweeping->kinds < KINDS_MOST) sweeping->gone[sweeping->kinds++] = (Gone){kind, rows};
}

/* Page after page, each in a transaction of its own. */
static void sweep(Sweeping *sweeping, const char *whose, TxFunction work, const Room *room) {
    Page page = {.again = true};
    while (page.again && !sweeping->err) {
        page = (Page){.house = sweeping->house, .room = room, .after = page.last};
        sweeping->err = store_write(sweeping->store, sweeping->arena, work, &page);
        if (sweeping->err) break;
        for (size_t i = 0; i < page.columns.count; i++) {
            const PersonalColumn *column = page.columns.columns[i].column;
            add_gone(sweeping, str_format(sweeping->arena, "%s.%s", column->table, column->column),
                     page.columns.columns[i].rows);
        }
        add_gone(sweeping, str_from_c(whose), page.gone);
    }
}

/* What went stays on record, for coordinators to read: also that there was nothing to do, or that it was not finished.
 * What fails every ten minutes is said once, as long as nothing goes. */
static Err note_gone(Tx *tx, void *context) {
    const Sweeping *sweeping = context;
    ExpiredRuns runs = expired_runs(tx);
    if (sweeping->err && !sweeping->kinds && expired_is_failing(&runs)) return OK;
    expired_note(tx, sweeping->err ? STR(EXPIRED_FAILED) : STR(""), 0);
    for (size_t i = 0; i < sweeping->kinds; i++) expired_note(tx, sweeping->gone[i].kind, sweeping->gone[i].rows);
    return OK;
}

static void log_gone(const Sweeping *sweeping) {
    Buffer words = buffer_in(sweeping->arena);
    for (size_t i = 0; i < sweeping->kinds; i++)
        buffer_format(&words, "%s%.*s %lld", i ? ", " : "", STR_FORMAT(sweeping->gone[i].kind),
                      (long long)sweeping->gone[i].rows);
    if (words.size) log_info(STR("expiry"), "past their end: %.*s", STR_FORMAT(buffer_str(&words)));
}

static void sweep_all(void *argument) {
    Sweeping *sweeping = argument;
    sweep(sweeping, "ways in", expire_ways_in, NULL);
    sweep(sweeping, "audit details", expire_audit, NULL);
    sweep(sweeping, "letters", expire_letters, NULL);
    sweep(sweeping, "", forget_soon, NULL);
    sweep(sweeping, "", forget_later, NULL);
    for (size_t i = 0; i < sweeping->house->room_count; i++)
        if (sweeping->house->rooms[i]->expire)
            sweep(sweeping, sweeping->house->rooms[i]->name, expire_room, sweeping->house->rooms[i]);
    sweep(sweeping, "people", forget_people, NULL);
    Err err = store_write(sweeping->store, sweeping->arena, note_gone, sweeping);
    if (!sweeping->err) sweeping->err = err;
}

bool expiry_sweep(Expiry *expiry, int64_t now_ms) {
    static const Job job = {"expiry", EXPIRY_EVERY_MS, EXPIRY_AGAIN_MS, EXPIRY_LEASE_MS};
    int64_t since_ms = now_ms - expiry->failed_ms;
    if (expiry->failed_ms && since_ms >= 0 && since_ms < EXPIRY_AGAIN_MS) return false;
    Arena *arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (!arena) return false;
    Sweeping sweeping = {.store = expiry->store, .house = expiry->house, .arena = arena};
    int64_t taken = 0;
    JobOutcome outcome = job_begin(expiry->store, arena, &job, now_ms, &taken);
    if (outcome == JOB_DONE) {
        Err err = arena_protect(arena, sweep_all, &sweeping);
        if (!err) err = sweeping.err;
        if (err) log_failure(STR("expiry"), arena_failure(arena));
        outcome = job_end(expiry->store, &job, taken, err, now_ms);
        if (outcome == JOB_LOST) log_warning(STR("expiry"), "took so long that another node began anew");
        log_gone(&sweeping);
    } else if (outcome == JOB_FAILED) {
        log_failure(STR("expiry"), arena_failure(arena));
    }
    expiry->failed_ms = outcome == JOB_FAILED ? now_ms : 0;
    arena_close(arena);
    return outcome == JOB_DONE;
}
