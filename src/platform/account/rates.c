// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/rates.h"

#include "account_sql.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/http/limits.h"
#include <sodium.h>

/* ---- the key they share ---------------------------------------------------------------------------------- */

static Err read_installation(Tx *tx, void *context) {
    return account_sql_installation(tx, context) ? OK : ERR_NOT_FOUND;
}

Str rates_key(Store *store, Arena *arena) {
    AccountInstallationRow row;
    Err err = store_read(store, arena, read_installation, &row);
    if (err) arena_fail(arena, err, "the store does not say which it is");
    Str words = str_format(arena, "rates of %lld, made %lld", (long long)row.id, (long long)row.created_ms);
    char *key = arena_alloc(arena, LIMITS_KEY_SIZE);
    crypto_generichash((unsigned char *)key, LIMITS_KEY_SIZE, (const unsigned char *)words.data, words.size, NULL, 0);
    return str_from(key, LIMITS_KEY_SIZE);
}

/* ---- telling and asking -------------------------------------------------------------------------------------- */

typedef struct Sharing {
    const Rates *rates;
    int64_t minute;
    RateUse here[LIMITS_TOLD];
    size_t here_count;
    AccountRatesElsewhereRows elsewhere;
} Sharing;

static Err tell(Tx *tx, void *context) {
    const Sharing *sharing = context;
    account_sql_expire_rates(tx, sharing->minute - 1);
    for (size_t i = 0; i < sharing->here_count; i++)
        account_sql_tell_rate(tx, sharing->minute, sharing->rates->node, sharing->here[i].key, sharing->here[i].used);
    return OK;
}

static Err ask(Tx *tx, void *context) {
    Sharing *sharing = context;
    sharing->elsewhere = account_sql_rates_elsewhere(tx, sharing->minute, sharing->rates->node, LIMITS_TOLD);
    return OK;
}

static void share(void *argument) {
    void *const *arguments = argument;
    const Rates *rates = arguments[0];
    Sharing *sharing = arguments[1];
    Arena *arena = arguments[2];
    sharing->here_count = server_rates_used(rates->server, sharing->minute, sharing->here);
    Err err = sharing->here_count ? store_write(rates->store, arena, tell, sharing) : OK;
    if (!err) err = store_read(rates->store, arena, ask, sharing);
    if (err) arena_fail(arena, err, "%s", arena_failure(arena)->message);
    RateUse uses[LIMITS_TOLD];
    for (size_t i = 0; i < sharing->elsewhere.count; i++)
        uses[i] = (RateUse){sharing->elsewhere.rows[i].key, sharing->elsewhere.rows[i].used};
    server_rates_used_elsewhere(rates->server, sharing->minute, uses, sharing->elsewhere.count);
}

void rates_share(Rates *rates, int64_t wall_ms) {
    if (wall_ms - rates->shared_ms < RATES_EVERY_MS && wall_ms >= rates->shared_ms) return;
    rates->shared_ms = wall_ms;
    Arena *arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (!arena) return;
    while (rates->node <= 0) {
        random_secret(&rates->node, sizeof rates->node);
        rates->node &= INT64_MAX;
    }
    Sharing sharing = {.rates = rates, .minute = limits_minute(wall_ms)};
    void *arguments[] = {rates, &sharing, arena};
    Err err = arena_protect(arena, share, arguments);
    if (err && !rates->was_told) log_error(STR("rates of other nodes"), "%s", arena_failure(arena)->message);
    rates->was_told = err != OK;
    arena_close(arena);
}
