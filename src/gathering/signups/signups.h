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

typedef enum SignupState {
    SIGNUP_NEW,
    SIGNUP_ACCEPTED,
    SIGNUP_WAITING,
    SIGNUP_DECLINED,
    SIGNUP_WITHDRAWN,
    SIGNUP_STATE_COUNT
} SignupState;
const char *signup_state_name(SignupState state); /* as stored: "accepted" */
bool signup_state_parse(Str name, SignupState *state);
Str signup_state_words(Arena *arena, Language language, SignupState state); /* "on the waiting list" */

enum { SIGNUP_PEOPLE_LIMIT = 99 }; /* of one organisation */

typedef struct Signup {
    Id id, edition, organisation, contact; /* contact 0: none */
    SignupState state;
    Str source; /* form import staff */
    int64_t people;
    OptionalInt came_people;
    bool first_time;
    Str remarks, staff_notes, access_needs, reason;
    int64_t submitted_ms;
    int64_t version;
    Id in_charge;     /* who of the team looks after it; 0: nobody. Only read (notes.h). */
    Id notice;        /* for signup_add: the words on people's data that were shown; 0: none, or of no version */
    Str listing_wish; /* words that wait for the contact to agree to them (listing.h); absent: none. Only read. */
    bool is_listed;   /* the organisation agreed to be named in public. Only read. */
    Str contact_name, contact_phone; /* as told with this sign-up; empty: not told */
    /* of the organisation and its contact, for lists; only read */
    Str organisation_name, name_sort, contact_email;
    bool is_address_bad; /* letters do not reach that e-mail */
    int64_t organisation_version;
} Signup;

typedef struct Signups {
    Signup *signups;
    size_t count;
} Signups;
/* All of an edition, by name; the lists of pages and of the planner start from here. */
Signups signups_of(Tx *tx, Id edition);
bool signup_get(Tx *tx, Id edition, Id signup, Signup *found);
bool signup_of_organisation(Tx *tx, Id edition, Id organisation, Signup *found);
/* From 1, in the order they were put on the waiting list; 0 when it does not wait. */
int64_t signup_queue_place(Tx *tx, Id edition, Id signup);
int64_t signup_waiting_since(Tx *tx, Id edition, Id signup); /* milliseconds; 0 when it does not wait */

/* ---- writing ------------------------------------------------------------------------------------- */

/* What an organisation needs and offers. */
typedef struct Exchange {
    Id id; /* 0: not stored yet */
    Id organisation;
    bool is_offer;
    Str kind, words;
    OptionalInt quantity; /* of what the words name */
    Str until_on;         /* the last day it holds, "2026-06-11"; empty: no end is told */
    int64_t version;
} Exchange;
typedef struct Exchanges {
    Exchange *exchanges;
    size_t count;
} Exchanges;

/* Its name or words changed: they stand in the lists of every edition it signed up for, not of this one only. */
void signups_organisation_changed(Tx *tx, Id organisation);
/* A new sign-up with what it needs and offers (exchanges may be NULL). Whether it is their first time is
 * found out here. submitted_ms 0: now. ERR_CONFLICT: this organisation signed up already. */
Err signup_add(Tx *tx, const Signup *signup, const Exchanges *exchanges, Id *id);
/* People, remarks, access needs, staff notes and contact. ERR_CONFLICT: version is not the stored one. */
Err signup_update(Tx *tx, const Signup *signup, Id by);
/* Needs and offers of all organisations of the edition, by organisation. */
Exchanges signup_exchanges(Tx *tx, Id edition);
Exchanges signup_exchanges_of(Tx *tx, Id edition, Id organisation);
/* Instead of what is kept. One that has the id of a kept one stays that row, and changes where it differs. */
void signup_set_exchanges(Tx *tx, Id edition, Id organisation, const Exchanges *exchanges);
/* One of them, for a page of its own. False: there is none of that id of this organisation. */
bool signup_exchange_get(Tx *tx, Id edition, Id organisation, Id exchange, Exchange *found);
/* Adds it at the end, or changes it by its id. ERR_CONFLICT: version is not the stored one, or it is gone; ERR_LIMIT:
 * there are EXCHANGES_MOST on its side. */
enum { EXCHANGES_MOST = 30 };
Err signup_exchange_save(Tx *tx, Id edition, const Exchange *exchange, Id by);
Err signup_exchange_remove(Tx *tx, Id edition, const Exchange *exchange, Id by); /* ERR_CONFLICT, as above */

/* The sign-up is one of an organisation that is known already: takes it over there, with those who represent it in this
 * series and their ways in. Whoever represents an organisation that has other sign-ups in it goes on doing so. The
 * other rooms' part is Room.organisation_joins. ERR_CONFLICT: version is not the stored one, or that organisation has a
 * sign-up of its own in this edition. */
Err signup_join(Tx *tx, const Signup *signup, Id organisation, Id by);

/* From now on the person speaks for the organisation, in the series of the edition and in no other (account.h). */
void signup_let_represent(Tx *tx, Id edition, Id person, Id organisation);
/* Not any more, there. Who has no other right left has no way in either: cards, links and sessions end. */
void signup_end_representation(Tx *tx, const Signup *signup, Id person);
/* Who speaks for the organisation of the sign-up speaks for another one from now on, with their cards and links; where
 * it has other sign-ups in the series they go on doing so, and of them only the contact speaks for both. */
void signup_move_representatives(Tx *tx, const Signup *signup, Id to);
/* Whether the organisation ever signed up in the series, and in another one: what those know is not this one's. */
typedef struct SignupKnown {
    bool here, elsewhere;
} SignupKnown;
SignupKnown signup_known(Tx *tx, Id organisation, Id series);

/* All that one answers in one go, from whichever side it comes: the form, a sheet, paper. */
typedef struct SignupAnswers {
    Organisation organisation; /* id 0: a new one */
    Str contact_name, contact_email, contact_phone;
    Language language;
    const char *source; /* form import staff */
    SignupState state;  /* SIGNUP_NEW, or SIGNUP_WAITING where all places are taken */
    int64_t people, submitted_ms;
    Id notice; /* as in Signup */
    Str remarks, access_needs, staff_notes;
    Exchanges exchanges;
} SignupAnswers;
typedef struct SignupSent {
    Id signup, organisation, person; /* person 0: no contact was given */
    bool is_known_person;            /* somebody with this e-mail was known before */
} SignupSent;
/* Adds the organisation where it is new, its contact with the right to represent it, and the sign-up.
 * ERR_CONFLICT as signup_add. */
Err signup_submit(Tx *tx, Id edition, const SignupAnswers *answers, SignupSent *sent);

/* A coordinator's or the organisation's own decision. ERR_CONFLICT: version is not the stored one.
 * ERR_INPUT: no such step (a withdrawn one cannot be accepted). Writes mail, audit and the change row. */
typedef struct SignupDecision {
    Id edition, signup, by; /* by 0: the command line */
    int64_t version;
    SignupState to;
    Str reason;
    Str base_url; /* for the link in the mail; absent: no link */
} SignupDecision;
Err signup_decide(Tx *tx, const SignupDecision *decision);
bool signup_may_become(SignupState from, SignupState to);

/* ---- counts -------------------------------------------------------------------------------------- */

/* Counted from records; organisations only, guests apart (PRODUCT.md, "Counts from records"; guests.h).
 * first_time, people, informal and units (branches of another body, public institutions) are of accepted ones. */
typedef struct SignupCounts {
    int64_t by_state[SIGNUP_STATE_COUNT];
    int64_t first_time, people, came, came_people, informal, units, guests; /* guests: people */
} SignupCounts;
SignupCounts signup_counts(Tx *tx, Id edition);
/* A figure as a report says it: 67 "blisko 70", 70 "70", 72 "ponad 70", 65 "65"; below 20 the figure. */
Str count_words(Arena *arena, Language language, int64_t count);
/* Places that are left; not given where the edition does not limit them. */
OptionalInt signup_places_left(Tx *tx, const Edition *edition);
bool signup_is_full(Tx *tx, const Edition *edition);
/* Accepted ones there is no place for. */
int64_t signup_places_beyond(Tx *tx, const Edition *edition);

extern const Room signups_room;

#endif
