// SPDX-License-Identifier: EUPL-1.2
/* What this room hands to the house. */
#include "gathering/privacy/internal.h"
#include "platform/page/typed.h"
#include "privacy_sql.h"

/* ---- what the daily job removed ---------------------------------------------------------------------------- */

void expired_note(Tx *tx, Str kind, int64_t amount) {
    privacy_sql_note_expired(tx, tx_new_id(tx), tx_now_ms(tx), kind, amount);
}

/* An id begins with the milliseconds it was made at, 22 bits from its end (base/id.h). */
static void expire(Tx *tx) {
    static const int64_t kept_ms = INT64_C(2) * 365 * 24 * 60 * 60 * 1000;
    privacy_sql_forget_expired(tx, tx_new_id(tx) - (kept_ms << 22));
}

#define PERSON "/{series}/{edition}/staff/people/{person}/data"
#define FIND "/{series}/{edition}/staff/people/find"

static const Route routes[] = {
    {METHOD_GET, "/me/data", ROLE_SIGNED_IN, my_data_page},
    {METHOD_GET, "/me/data/export", ROLE_SIGNED_IN, my_data_export},
    {METHOD_GET, "/me/data/correct", ROLE_SIGNED_IN, my_correct_page},
    {METHOD_POST, "/me/data/correct", ROLE_SIGNED_IN, my_correct, .changes = true, .form = &correct_asked},
    {METHOD_GET, "/me/data/erase", ROLE_SIGNED_IN, my_erase_page},
    {METHOD_POST, "/me/data/erase", ROLE_ANYONE, my_erase, .changes = true, .form = &erase_own_asked},
    {METHOD_GET, "/me/data/erased", ROLE_ANYONE, my_erased_page},
    {METHOD_POST, "/me/data/consents/{consent}/withdraw", ROLE_SIGNED_IN, my_consent_withdraw, .changes = true},
    {METHOD_GET, PERSON, ROLE_COORDINATOR, staff_data_page, .reads = "read.person"},
    {METHOD_GET, PERSON "/export", ROLE_COORDINATOR, staff_data_export, .reads = "read.person_file"},
    {METHOD_GET, PERSON "/erase", ROLE_COORDINATOR, staff_erase_page, .reads = "read.person"},
    {METHOD_POST, PERSON "/erase", ROLE_COORDINATOR, staff_erase, .changes = true, .states = STATES_ALL,
     .form = &erase_for_asked},
    {METHOD_GET, FIND, ROLE_COORDINATOR, staff_find_page, .reads = "read.person"},
    {METHOD_GET, FIND "/export", ROLE_COORDINATOR, staff_named_export, .reads = "read.person_file"},
    {METHOD_GET, FIND "/erase", ROLE_COORDINATOR, staff_named_erase_page, .reads = "read.person"},
    {METHOD_POST, FIND "/erase", ROLE_COORDINATOR, staff_named_erase, .changes = true, .states = STATES_ALL,
     .form = &erase_for_asked},
    {METHOD_GET, "/{series}/{edition}/staff/settings/privacy", ROLE_COORDINATOR, staff_privacy_page},
    {METHOD_GET, "/{series}/{edition}/staff/settings/privacy/register", ROLE_COORDINATOR, staff_register_page},
    {METHOD_GET, "/admin/reads", ROLE_OWNER, reads_page},
};

const Room privacy_room = {
    .name = "privacy",
    .routes = routes,
    .route_count = COUNT(routes),
    .expire = expire,
};
