// SPDX-License-Identifier: EUPL-1.2
/* Sign-ups: an organisation in an edition, from the form, the sheet or a coordinator's hand to a decision.
 *
 * States: new → accepted, waiting (a queue in order of time) or declined (with a reason for
 * them); withdrawn by themselves. The public form is a few pages, each saved as it is sent,
 * so it can be left and come back to; the rest of what is asked waits in "my gathering".
 */
#ifndef WSPOLNIE_SIGNUPS_SIGNUPS_H
#define WSPOLNIE_SIGNUPS_SIGNUPS_H

#include "gathering/editions/editions.h"
#include "gathering/organisations/organisations.h"

typedef enum SignupState { SIGNUP_NEW, SIGNUP_ACCEPTED, SIGNUP_WAITING, SIGNUP_DECLINED, SIGNUP_WITHDRAWN, SIGNUP_STATE_COUNT } SignupState;
const char *signup_state_name(SignupState state); /* as stored: "accepted" */
bool signup_state_parse(Str name, SignupState *state);

typedef struct Signup {
    Id id, edition, organisation, contact;
    SignupState state;
    Str source;      /* form import staff */
    int64_t people;
    OptionalInt came_people;
    bool first_time;
    Str remarks, staff_notes, access_needs, reason;
    int64_t submitted_ms;
    int64_t version;
    /* of the organisation and its contact, for lists */
    Str organisation_name, name_sort, contact_name, contact_email, contact_phone;
} Signup;

typedef struct Signups {
    Signup *signups;
    size_t count;
} Signups;
/* All of an edition, by name; the lists of pages and of the planner start from here. */
Signups signups_of(Tx *tx, Id edition);
bool signup_get(Tx *tx, Id edition, Id signup, Signup *found);
bool signup_of_organisation(Tx *tx, Id edition, Id organisation, Signup *found);

/* A new sign-up with what it needs and offers. ERR_CONFLICT: this organisation signed up already. */
typedef struct Exchange {
    Id organisation;
    bool is_offer;
    Str kind, words;
} Exchange;
typedef struct Exchanges {
    Exchange *exchanges;
    size_t count;
} Exchanges;
Err signup_add(Tx *tx, const Signup *signup, const Exchanges *exchanges, Id *id);
/* Needs and offers of all organisations of the edition, by organisation. */
Exchanges signup_exchanges(Tx *tx, Id edition);

/* A coordinator's or the organisation's own decision. ERR_CONFLICT: version is not the stored one.
 * ERR_INPUT: no such step (a withdrawn one cannot be accepted). Writes mail, audit and the change row. */
typedef struct SignupDecision {
    Id edition, signup, by; /* by 0: the command line */
    int64_t version;
    SignupState to;
    Str reason;
} SignupDecision;
Err signup_decide(Tx *tx, const SignupDecision *decision);

/* Counted from records; organisations only, guests apart (PRODUCT.md, "Counts from records"). */
typedef struct SignupCounts {
    int64_t by_state[SIGNUP_STATE_COUNT];
    int64_t first_time, people, came, came_people, informal, guests;
} SignupCounts;
SignupCounts signup_counts(Tx *tx, Id edition);

extern const Room signups_room;

#endif
