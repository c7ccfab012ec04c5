// SPDX-License-Identifier: EUPL-1.2
/* What this room hands to the house. */
#include "gathering/privacy/internal.h"
#include "platform/page/typed.h"
#include "privacy_sql.h"

/* ---- what the daily job removed ---------------------------------------------------------------------------- */

void expired_note(Tx *tx, Str kind, int64_t amount) {
    privacy_sql_note_expired(tx, tx_new_id(tx), tx_now_ms(tx), kind, amount);
}

#define PERSON "/{series}/{edition}/staff/people/{person}/data"

static const Route routes[] = {
    {METHOD_GET, "/me/data", ROLE_SIGNED_IN, my_data_page},
    {METHOD_GET, "/me/data/export", ROLE_SIGNED_IN, my_data_export},
    {METHOD_GET, "/me/data/correct", ROLE_SIGNED_IN, my_correct_page},
    {METHOD_POST, "/me/data/correct", ROLE_SIGNED_IN, my_correct, .changes = true, .form = &correct_asked},
    {METHOD_GET, "/me/data/erase", ROLE_SIGNED_IN, my_erase_page},
    {METHOD_POST, "/me/data/erase", ROLE_ANYONE, my_erase, .changes = true, .form = &erase_own_asked},
    {METHOD_GET, "/me/data/erased", ROLE_ANYONE, my_erased_page},
    {METHOD_POST, "/me/data/consents/{consent}/withdraw", ROLE_SIGNED_IN, my_consent_withdraw, .changes = true},
    {METHOD_GET, PERSON, ROLE_COORDINATOR, staff_data_page},
    {METHOD_GET, PERSON "/export", ROLE_COORDINATOR, staff_data_export},
    {METHOD_GET, PERSON "/erase", ROLE_COORDINATOR, staff_erase_page},
    {METHOD_POST, PERSON "/erase", ROLE_COORDINATOR, staff_erase, .changes = true, .states = STATES_ALL,
     .form = &erase_for_asked},
};

const Room privacy_room = {
    .name = "privacy",
    .routes = routes,
    .route_count = COUNT(routes),
};
