// SPDX-License-Identifier: EUPL-1.2
/* What this room hands to the house. */
#include "gathering/privacy/internal.h"
#include "platform/page/typed.h"
#include "privacy_sql.h"

/* ---- what the daily job removed ---------------------------------------------------------------------------- */

void expired_note(Tx *tx, Str kind, int64_t amount) {
    privacy_sql_note_expired(tx, tx_new_id(tx), tx_now_ms(tx), kind, amount);
}

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

static Id id_before(Tx *tx, int64_t ms) { return id_least_at(tx_now_ms(tx) - ms); }

ExpiredRuns expired_runs(Tx *tx) {
    enum { DAYS_LOOKED_AT = 10 };
    PrivacyRunsSinceRow row = {0};
    privacy_sql_runs_since(tx, id_before(tx, DAYS_LOOKED_AT * DAY_MS), &row);
    return (ExpiredRuns){row.done_ms, row.failed_ms};
}

bool expired_is_failing(const ExpiredRuns *runs) {
    return runs->failed_ms.given && (!runs->done_ms.given || runs->done_ms.value < runs->failed_ms.value);
}

/* Since when it is not done, and should have been; 0: it was. */
static int64_t missed_since(Request *request, const ExpiredRuns *runs) {
    enum { LATE_MS = 26 * 60 * 60 * 1000 }; /* a day, and time to begin anew after one that failed */
    PrivacyInstallationRow row;
    int64_t last_ms = runs->done_ms.value;
    if (!runs->done_ms.given && privacy_sql_installation(request->tx, &row)) last_ms = row.created_ms;
    return request->now_ms - last_ms > LATE_MS ? last_ms : 0;
}

/* What was promised about people's data, and is not kept. */
static Str alarm(Request *request, Str *href) {
    ExpiredRuns runs = expired_runs(request->tx);
    int64_t missed_ms = missed_since(request, &runs);
    if (!missed_ms && !expired_is_failing(&runs)) return STR_ABSENT;
    if (request->scope.edition) *href = edition_path(request->arena, edition_of(request), "/staff/settings/privacy");
    if (missed_ms)
        return say(request->arena, request->language,
                   MSG("privacy",
                       "Personal data whose time is over have not been removed since {day}. It should be done "
                       "every day."),
                   SAY_TEXT("day", privacy_day(request, missed_ms)));
    return say(request->arena, request->language,
               MSG("privacy", "Removing personal data whose time is over failed on {day}. It is tried again every ten "
                              "minutes."),
               SAY_TEXT("day", privacy_day(request, runs.failed_ms.value)));
}

static void expire(Tx *tx) { privacy_sql_forget_expired(tx, id_before(tx, 2 * 365 * DAY_MS)); }

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
    {METHOD_GET, "/{series}/{edition}/staff/settings/privacy/register/export", ROLE_COORDINATOR, staff_register_sheet},
    {METHOD_GET, "/admin/reads", ROLE_OWNER, reads_page},
};

const Room privacy_room = {
    .name = "privacy",
    .routes = routes,
    .route_count = COUNT(routes),
    .expire = expire,
    .alarm = alarm,
};
