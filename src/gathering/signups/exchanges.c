// SPDX-License-Identifier: EUPL-1.2
/* What an organisation needs and offers in an edition: each a row that stays the same one while it is changed. */
#include "gathering/signups/catalogue.h"
#include "gathering/signups/signups.h"
#include "signups_sql.h"

static Exchange exchange_from(const SignupsExchangeRow *row) {
    return (Exchange){.id = row->id,
                      .organisation = row->organisation,
                      .is_offer = str_equal(row->side, STR("offer")),
                      .kind = row->kind,
                      .words = row->words,
                      .quantity = row->quantity,
                      .until_on = row->until_on,
                      .version = row->version};
}

Exchanges signup_exchanges(Tx *tx, Id edition) {
    SignupsExchangesRows rows = signups_sql_exchanges(tx, edition);
    Exchanges all = {arena_array(tx_arena(tx), Exchange, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) all.exchanges[i] = exchange_from(&rows.rows[i].exchange);
    return all;
}

Exchanges signup_exchanges_of(Tx *tx, Id edition, Id organisation) {
    SignupsExchangesOfRows rows = signups_sql_exchanges_of(tx, edition, organisation);
    Exchanges all = {arena_array(tx_arena(tx), Exchange, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) all.exchanges[i] = exchange_from(&rows.rows[i].exchange);
    return all;
}

bool signup_exchange_get(Tx *tx, Id edition, Id organisation, Id exchange, Exchange *found) {
    SignupsExchangeOneRow row;
    if (!signups_sql_exchange_one(tx, edition, organisation, exchange, &row)) return false;
    *found = exchange_from(&row.exchange);
    return true;
}

/* ---- writing ------------------------------------------------------------------------------------------- */

static void add(Tx *tx, Id edition, Id organisation, const Exchange *one, size_t position) {
    Id made = tx_new_id(tx);
    if (one->id) texts_copy(tx, one->id, made); /* last time's, in another edition */
    signups_sql_add_exchange(tx, edition, made, organisation, one->is_offer ? STR("offer") : STR("need"), one->kind,
                             str_or_empty(one->words), one->quantity, str_or_empty(one->until_on), (int64_t)position);
}

static int64_t change(Tx *tx, Id edition, Id organisation, const Exchange *one, int64_t version) {
    return signups_sql_update_exchange(tx, edition, organisation, one->id, version, one->kind, str_or_empty(one->words),
                                       one->quantity, str_or_empty(one->until_on));
}

static bool is_as_kept(const Exchange *one, const Exchange *kept) {
    return str_equal(one->kind, kept->kind) && str_equal(str_or_empty(one->words), kept->words) &&
           str_equal(str_or_empty(one->until_on), kept->until_on) && one->quantity.given == kept->quantity.given &&
           (!one->quantity.given || one->quantity.value == kept->quantity.value);
}

static const Exchange *of_id(const Exchanges *exchanges, const Exchange *one) {
    for (size_t i = 0; one->id && i < exchanges->count; i++)
        if (exchanges->exchanges[i].id == one->id && exchanges->exchanges[i].is_offer == one->is_offer)
            return &exchanges->exchanges[i];
    return NULL;
}

void signup_set_exchanges(Tx *tx, Id edition, Id organisation, const Exchanges *exchanges) {
    Exchanges before = signup_exchanges_of(tx, edition, organisation);
    for (size_t i = 0; i < before.count; i++) {
        const Exchange *old = &before.exchanges[i];
        if (of_id(exchanges, old)) continue;
        signups_sql_remove_exchange(tx, edition, organisation, old->id, old->version);
        texts_forget(tx, old->id);
    }
    for (size_t i = 0; i < exchanges->count; i++) {
        const Exchange *one = &exchanges->exchanges[i], *kept = of_id(&before, one);
        if (!kept) {
            add(tx, edition, organisation, one, i);
            continue;
        }
        if (!is_as_kept(one, kept)) change(tx, edition, organisation, one, kept->version);
        signups_sql_place_exchange(tx, edition, one->id, (int64_t)i);
    }
    store_changed(tx, edition, PART_DIRECTORY);
    catalogue_follow(tx, organisation);
}

static void tell(Tx *tx, Id edition, Id organisation, const char *action, Id by) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = organisation});
    store_changed(tx, edition, PART_DIRECTORY);
    catalogue_follow(tx, organisation);
}

Err signup_exchange_save(Tx *tx, Id edition, const Exchange *exchange, Id by) {
    if (exchange->id) {
        if (!change(tx, edition, exchange->organisation, exchange, exchange->version)) return ERR_CONFLICT;
        tell(tx, edition, exchange->organisation, "exchange.change", by);
        return OK;
    }
    Exchanges all = signup_exchanges_of(tx, edition, exchange->organisation);
    size_t of_side = 0;
    for (size_t i = 0; i < all.count; i++) of_side += all.exchanges[i].is_offer == exchange->is_offer;
    if (of_side >= EXCHANGES_MOST) return ERR_LIMIT;
    add(tx, edition, exchange->organisation, exchange, all.count);
    tell(tx, edition, exchange->organisation, "exchange.add", by);
    return OK;
}

Err signup_exchange_remove(Tx *tx, Id edition, const Exchange *exchange, Id by) {
    if (!signups_sql_remove_exchange(tx, edition, exchange->organisation, exchange->id, exchange->version))
        return ERR_CONFLICT;
    texts_forget(tx, exchange->id);
    tell(tx, edition, exchange->organisation, "exchange.remove", by);
    return OK;
}
