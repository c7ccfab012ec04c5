// SPDX-License-Identifier: EUPL-1.2
#include "expiry.h"

#include "platform/account/account.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"

/* What went, as one line of the log: "account 12, signups 3"; empty where nothing did. */
typedef struct Sweeping {
    const House *house;
    Buffer gone;
} Sweeping;

static void add_gone(Buffer *gone, const char *whose, int64_t rows) {
    if (rows) buffer_format(gone, "%s%s %lld", gone->size ? ", " : "", whose, (long long)rows);
}

static Err sweep(Tx *tx, void *context) {
    Sweeping *sweeping = context;
    sweeping->gone = buffer_in(tx_arena(tx));
    add_gone(&sweeping->gone, "account", account_expire(tx));
    add_gone(&sweeping->gone, "audit", store_audit_expire(tx));
    for (size_t i = 0; i < sweeping->house->room_count; i++) {
        const Room *room = sweeping->house->rooms[i];
        if (!room->expire) continue;
        int64_t before = tx_changes(tx);
        room->expire(tx);
        add_gone(&sweeping->gone, room->name, tx_changes(tx) - before);
    }
    return OK;
}

bool expiry_sweep(Expiry *expiry, int64_t now_ms) {
    if (expiry->swept_ms && now_ms - expiry->swept_ms < EXPIRY_EVERY_MS) return false;
    Arena *arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (!arena) return false;
    Sweeping sweeping = {.house = expiry->house};
    Err err = store_write(expiry->store, arena, sweep, &sweeping);
    if (err) {
        log_failure(STR("expiry"), arena_failure(arena));
    } else {
        expiry->swept_ms = now_ms;
        if (sweeping.gone.size) log_info(STR("expiry"), "past their end: %.*s", STR_FORMAT(buffer_str(&sweeping.gone)));
    }
    arena_close(arena);
    return !err;
}
