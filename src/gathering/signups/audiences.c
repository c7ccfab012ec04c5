// SPDX-License-Identifier: EUPL-1.2
/* Whom letters to many can go to, by how they are signed up. */
#include "gathering/signups/internal.h"
#include "signups_sql.h"

typedef struct State {
    const char *name;
    Msg label;
    bool (*has)(const SignupsAudienceRow *row);
} State;

static bool is_state(const SignupsAudienceRow *row, const char *state) {
    return str_equal(row->state, str_from_c(state));
}
static bool is_accepted(const SignupsAudienceRow *row) { return is_state(row, "accepted"); }
static bool is_to_confirm(const SignupsAudienceRow *row) { return row->is_to_confirm; }
static bool is_newcomer(const SignupsAudienceRow *row) { return is_accepted(row) && row->first_time; }
static bool is_new(const SignupsAudienceRow *row) { return is_state(row, "new"); }
static bool is_waiting(const SignupsAudienceRow *row) { return is_state(row, "waiting"); }
static bool is_coming(const SignupsAudienceRow *row) { return is_accepted(row) || is_new(row) || is_waiting(row); }

static const State states[] = {
    {"accepted", MSG_INIT("signups", "accepted"), is_accepted},
    {"to_confirm", MSG_INIT("signups", "accepted, and not confirmed yet that they come"), is_to_confirm},
    {"newcomers", MSG_INIT("signups", "accepted, and here for the first time"), is_newcomer},
    {"new", MSG_INIT("signups", "not decided on yet"), is_new},
    {"waiting", MSG_INIT("signups", "on the waiting list"), is_waiting},
    {"signed_up", MSG_INIT("signups", "all who signed up and were not declined"), is_coming},
};

void signups_audiences(Tx *tx, Id edition, Language language, Audiences *audiences) {
    SignupsAudienceRows rows = signups_sql_audience(tx, edition);
    for (size_t i = 0; i < COUNT(states); i++) {
        Audience *audience =
            audiences_ensure(audiences, str_from_c(states[i].name), say(audiences->arena, language, states[i].label));
        for (size_t k = 0; k < rows.count; k++)
            if (states[i].has(&rows.rows[k])) audience_add(audiences, audience, rows.rows[k].organisation);
    }
}
