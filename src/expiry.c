// SPDX-License-Identifier: EUPL-1.2
#include "expiry.h"

#include "gathering/editions/editions.h"
#include "platform/account/account.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/jobs/outbox.h"
#include "platform/store/rows.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* What went, as one line of the log: "ways in 12, signups 3"; empty where nothing did. */
typedef struct Sweeping {
    const House *house;
    Buffer gone;
} Sweeping;

static void add_gone(Buffer *gone, const char *whose, int64_t rows) {
    if (rows) buffer_format(gone, "%s%s %lld", gone->size ? ", " : "", whose, (long long)rows);
}

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

static int64_t forget_people(Tx *tx, const House *house) {
    int64_t since_ms = tx_now_ms(tx) - EXPIRY_PERSON_DAYS * DAY_MS, gone = 0;
    Id last = 0;
    for (IdArray idle; (idle = account_idle_people(tx, since_ms, last)).count > 0;) {
        last = idle.ids[idle.count - 1];
        IdArray past = not_needed(tx, house, idle, since_ms);
        gone += account_forget_people(tx, past);
        for (size_t i = 0; past.count && i < house->room_count; i++)
            if (house->rooms[i]->people_forgotten) house->rooms[i]->people_forgotten(tx, past.ids, past.count);
    }
    return gone;
}

/* ---- all of it ------------------------------------------------------------------------------------------ */

static Err sweep(Tx *tx, void *context) {
    Sweeping *sweeping = context;
    Buffer *gone = &sweeping->gone;
    *gone = buffer_in(tx_arena(tx));
    add_gone(gone, "ways in", account_expire(tx));
    add_gone(gone, "audit details", store_audit_expire(tx));
    add_gone(gone, "letters", outbox_expire(tx));
    rows_forget(tx, "edition_end_plus_90_days", editions_over(tx, tx_now_ms(tx) - EXPIRY_EDITION_DAYS * DAY_MS), gone);
    rows_forget(tx, "edition_end_plus_2_years", editions_over(tx, tx_now_ms(tx) - EXPIRY_HISTORY_DAYS * DAY_MS), gone);
    for (size_t i = 0; i < sweeping->house->room_count; i++) {
        const Room *room = sweeping->house->rooms[i];
        if (!room->expire) continue;
        int64_t before = tx_changes(tx);
        room->expire(tx);
        add_gone(gone, room->name, tx_changes(tx) - before);
    }
    add_gone(gone, "people", forget_people(tx, sweeping->house));
    return OK;
}

bool expiry_sweep(Expiry *expiry, int64_t now_ms) {
    if (expiry->swept_ms && now_ms - expiry->swept_ms < EXPIRY_EVERY_MS) return false;
    if (expiry->failed_ms && now_ms - expiry->failed_ms < EXPIRY_AGAIN_MS) return false;
    Arena *arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (!arena) return false;
    Sweeping sweeping = {.house = expiry->house};
    Err err = store_write(expiry->store, arena, sweep, &sweeping);
    expiry->failed_ms = err ? now_ms : 0;
    if (err) {
        log_failure(STR("expiry"), arena_failure(arena));
    } else {
        expiry->swept_ms = now_ms;
        if (sweeping.gone.size) log_info(STR("expiry"), "past their end: %.*s", STR_FORMAT(buffer_str(&sweeping.gone)));
    }
    arena_close(arena);
    return !err;
}
