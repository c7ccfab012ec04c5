// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/rates.h"

#include "account_sql.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/http/limits.h"
#include <assert.h>
#include <sodium.h>

/* ---- the key they share ---------------------------------------------------------------------------------- */

static_assert(RATES_PAIR_BYTES == crypto_box_PUBLICKEYBYTES, "a public key fits");
static_assert(RATES_PAIR_BYTES == crypto_box_SECRETKEYBYTES, "a secret key fits");
enum {
    ROUNDS_WAITED_MOST = 2,
    ALIVE_MINUTES = 1,
    KEPT_MINUTES = 5,
    SEALED_BYTES = LIMITS_KEY_SIZE + crypto_box_SEALBYTES
};

typedef struct Agreeing {
    Rates *rates;
    int64_t minute;
    AccountRateNodesRows nodes; /* that are there */
} Agreeing;

static int64_t random_number(void) {
    int64_t number = 0;
    while (number <= 0) {
        random_secret(&number, sizeof number);
        number &= INT64_MAX;
    }
    return number;
}

static void begin(Rates *rates) {
    if (rates->node) return;
    rates->node = random_number();
    crypto_box_keypair(rates->public_key, rates->secret_key);
}

static Err look_round(Tx *tx, void *context) {
    Agreeing *agreeing = context;
    agreeing->nodes = account_sql_rate_nodes(tx, agreeing->minute - ALIVE_MINUTES);
    return OK;
}

static const AccountRateNodesRow *own_row(const Agreeing *agreeing) {
    for (size_t i = 0; i < agreeing->nodes.count; i++)
        if (agreeing->nodes.rows[i].node == agreeing->rates->node) return &agreeing->nodes.rows[i];
    return NULL;
}

static bool needs_key(const Rates *rates, const AccountRateNodesRow *node) {
    return node->node != rates->node && rates->key_number &&
           (!node->key_number || node->key_number > rates->key_number) && node->public_key.size == RATES_PAIR_BYTES;
}

/* What was sealed for this node meanwhile: of a smaller number than what it has, or the first. */
static bool was_given(const Agreeing *agreeing) {
    const AccountRateNodesRow *own = own_row(agreeing);
    return own && own->key_number && own->key_number != agreeing->rates->key_number && own->sealed.size == SEALED_BYTES;
}

static bool has_to_write(const Agreeing *agreeing) {
    const AccountRateNodesRow *own = own_row(agreeing);
    bool has_holder = false;
    if (!own || own->minute != agreeing->minute || (!own->key_number && agreeing->rates->key_number)) return true;
    for (size_t i = 0; i < agreeing->nodes.count; i++) {
        if (needs_key(agreeing->rates, &agreeing->nodes.rows[i])) return true;
        has_holder = has_holder || agreeing->nodes.rows[i].key_number;
    }
    return !has_holder || (!agreeing->rates->key_number && agreeing->rates->rounds_waited > ROUNDS_WAITED_MOST);
}

/* One that cannot be opened was sealed for somebody else's pair, or by nobody: it is asked for anew. */
static void take_given(Tx *tx, Agreeing *agreeing) {
    Rates *rates = agreeing->rates;
    const AccountRateNodesRow *own = own_row(agreeing);
    unsigned char key[LIMITS_KEY_SIZE];
    if (crypto_box_seal_open(key, (const unsigned char *)own->sealed.data, own->sealed.size, rates->public_key,
                             rates->secret_key) != 0) {
        if (tx_writes(tx)) account_sql_drop_rate_key(tx, rates->node);
        return;
    }
    memcpy(rates->key, key, sizeof key);
    rates->key_number = own->key_number;
}

static void seal_for(Tx *tx, const Rates *rates, const AccountRateNodesRow *node) {
    unsigned char sealed[SEALED_BYTES];
    crypto_box_seal(sealed, rates->key, LIMITS_KEY_SIZE, (const unsigned char *)node->public_key.data);
    account_sql_seal_rate_key(tx, node->node, rates->key_number, str_from((const char *)sealed, sizeof sealed));
}

/* May run again: what it made in the memory of the node before is as good. */
static Err agree(Tx *tx, void *context) {
    Agreeing *agreeing = context;
    Rates *rates = agreeing->rates;
    look_round(tx, agreeing);
    if (was_given(agreeing)) take_given(tx, agreeing);
    bool has_holder = rates->key_number != 0;
    for (size_t i = 0; i < agreeing->nodes.count; i++) has_holder = has_holder || agreeing->nodes.rows[i].key_number;
    if (!has_holder || (!rates->key_number && rates->rounds_waited > ROUNDS_WAITED_MOST)) {
        random_secret(rates->key, sizeof rates->key);
        rates->key_number = random_number();
    }
    Str public_key = str_from((const char *)rates->public_key, sizeof rates->public_key);
    account_sql_tell_rate_node(tx, rates->node, agreeing->minute, public_key, rates->key_number);
    for (size_t i = 0; i < agreeing->nodes.count; i++)
        if (needs_key(rates, &agreeing->nodes.rows[i])) seal_for(tx, rates, &agreeing->nodes.rows[i]);
    account_sql_expire_rate_nodes(tx, agreeing->minute - KEPT_MINUTES);
    return OK;
}

Err rates_agree(Rates *rates, Arena *arena, int64_t wall_ms, bool *has_changed) {
    begin(rates);
    rates->rounds_waited = rates->key_number ? 0 : rates->rounds_waited + 1;
    Agreeing agreeing = {.rates = rates, .minute = limits_minute(wall_ms)};
    Err err = store_read(rates->store, arena, look_round, &agreeing);
    if (!err && (has_to_write(&agreeing) || was_given(&agreeing)))
        err = store_write(rates->store, arena, agree, &agreeing);
    *has_changed = !err && rates->key_number != rates->told_number;
    if (*has_changed) rates->told_number = rates->key_number;
    return err;
}

/* ---- telling and asking -------------------------------------------------------------------------------------- */

typedef struct Sharing {
    const Rates *rates;
    int64_t minute, wall_ms;
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
    bool has_changed = false;
    Err err = rates_agree(arguments[0], arena, sharing->wall_ms, &has_changed);
    if (err) arena_fail(arena, err, "%s", arena_failure(arena)->message);
    if (has_changed) server_rates_use_key(rates->server, rates->key);
    if (!rates->key_number) return; /* until it was given the key it counts by itself */
    sharing->here_count = server_rates_used(rates->server, sharing->minute, sharing->here);
    err = sharing->here_count ? store_write(rates->store, arena, tell, sharing) : OK;
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
    Sharing sharing = {.rates = rates, .minute = limits_minute(wall_ms), .wall_ms = wall_ms};
    void *arguments[] = {rates, &sharing, arena};
    Err err = arena_protect(arena, share, arguments);
    if (err && !rates->was_told) log_error(STR("rates of other nodes"), "%s", arena_failure(arena)->message);
    rates->was_told = err != OK;
    arena_close(arena);
}
