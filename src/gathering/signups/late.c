// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/late.h"

#include "platform/account/secrets.h"
#include "platform/base/random.h"
#include "signups_sql.h"

static Str hash_of(Tx *tx, Str secret) { return secret_hash(tx_arena(tx), "late sign-up", secret); }

void late_keep(Tx *tx, const Late *late, Str secret) {
    Id id = tx_new_id(tx);
    signups_sql_add_late(tx, late->edition, id, hash_of(tx, secret), late->is_single, late->made_by, tx_now_ms(tx),
                         late->ends_ms);
    store_audit(
        tx, &(AuditEntry){.person = late->made_by, .edition = late->edition, .action = "signup.late", .subject = id});
}

Id late_find(Tx *tx, Id edition, Str secret) {
    SignupsLateBySecretRow row;
    if (secret.size != RANDOM_SECRET_TEXT_SIZE) return 0;
    return signups_sql_late_by_secret(tx, edition, hash_of(tx, secret), tx_now_ms(tx), &row) ? row.id : 0;
}

bool late_is_open(Tx *tx, Id edition, Id late) {
    SignupsLateIsOpenRow row;
    return signups_sql_late_is_open(tx, edition, late, tx_now_ms(tx), &row);
}

void late_use(Tx *tx, Id edition, Id late) { signups_sql_use_late(tx, edition, late, tx_now_ms(tx)); }

void late_end(Tx *tx, Id edition, Id late, Id by) {
    if (!signups_sql_end_late(tx, edition, late)) return;
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = "signup.late_end", .subject = late});
}
