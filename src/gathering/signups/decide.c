// SPDX-License-Identifier: EUPL-1.2
/* Decisions on sign-ups: which steps there are, and the letter that tells of one. */
#include "gathering/signups/catalogue.h"
#include "gathering/signups/letters.h"
#include "gathering/signups/signups.h"
#include "platform/account/account.h"
#include "signups_sql.h"

bool signup_may_become(SignupState from, SignupState to) {
    static const bool steps[SIGNUP_STATE_COUNT][SIGNUP_STATE_COUNT] = {
        [SIGNUP_NEW] =
            {[SIGNUP_ACCEPTED] = true, [SIGNUP_WAITING] = true, [SIGNUP_DECLINED] = true, [SIGNUP_WITHDRAWN] = true},
        [SIGNUP_ACCEPTED] = {[SIGNUP_WAITING] = true, [SIGNUP_DECLINED] = true, [SIGNUP_WITHDRAWN] = true},
        [SIGNUP_WAITING] = {[SIGNUP_ACCEPTED] = true, [SIGNUP_DECLINED] = true, [SIGNUP_WITHDRAWN] = true},
        [SIGNUP_DECLINED] = {[SIGNUP_ACCEPTED] = true, [SIGNUP_WAITING] = true},
        [SIGNUP_WITHDRAWN] = {[SIGNUP_NEW] = true}, /* they may think better of it */
    };
    return steps[from][to];
}

static const char *audit_action(SignupState to) {
    static const char *const actions[SIGNUP_STATE_COUNT] = {
        [SIGNUP_NEW] = "signup.renew",        [SIGNUP_ACCEPTED] = "signup.accept",    [SIGNUP_WAITING] = "signup.wait",
        [SIGNUP_DECLINED] = "signup.decline", [SIGNUP_WITHDRAWN] = "signup.withdraw",
    };
    return actions[to];
}

Err signup_decide(Tx *tx, const SignupDecision *decision) {
    Signup signup;
    if (!signup_get(tx, decision->edition, decision->signup, &signup)) return ERR_NOT_FOUND;
    if (signup.version != decision->version) return ERR_CONFLICT;
    if (!signup_may_become(signup.state, decision->to)) return ERR_INPUT;
    SignupState from = signup.state;
    int64_t now_ms = tx_now_ms(tx);
    bool has_reason = decision->to == SIGNUP_DECLINED && !str_is_empty(decision->reason);
    int64_t changed = signups_sql_decide(
        tx, decision->edition, decision->signup, decision->version, str_from_c(signup_state_name(decision->to)),
        has_reason ? decision->reason : STR(""), now_ms, decision->by ? given_int(decision->by) : (OptionalInt){0},
        decision->to == SIGNUP_WAITING ? given_int(now_ms) : (OptionalInt){0});
    if (changed == 0) return ERR_CONFLICT;
    if (!signup_get(tx, decision->edition, decision->signup, &signup)) return ERR_NOT_FOUND;
    letter_of_decision(tx, &signup, from, decision);
    store_audit(tx, &(AuditEntry){.person = decision->by,
                                  .edition = decision->edition,
                                  .action = audit_action(decision->to),
                                  .subject = decision->signup});
    store_changed(tx, decision->edition, PART_SIGNUPS);
    store_changed(tx, decision->edition, PART_DIRECTORY);
    store_changed(tx, decision->edition, PART_EDITION);
    catalogue_follow(tx, signup.organisation);
    return OK;
}
