// SPDX-License-Identifier: EUPL-1.2
/* Account: who somebody is, how they come in, and what they may do.
 *
 * A person is known by e-mail or by a card (a secret address with its QR, for those who
 * have none). People sign in with a mailed link, which takes a button press because mail
 * scanners open links; opened in another browser than it was asked from, it shows a
 * six-digit code to type where one began. Coordinators may set a password (Argon2id,
 * computed on a worker). What is kept of a secret is its hash.
 *
 * Rights are grants: a role in a scope. A role of an edition holds there; COORDINATOR is of
 * a series and all its editions; REPRESENTATIVE of an organisation; OWNER of everything.
 */
#ifndef WSPOLNIE_ACCOUNT_ACCOUNT_H
#define WSPOLNIE_ACCOUNT_ACCOUNT_H

#include "platform/http/server.h"
#include "platform/store/query.h"

/* The hooks of http that are account's business. resolve and error_page are the rooms'. */
void account_identify(Request *request);
bool account_allows(Request *request, unsigned roles);
bool account_once_begin(Request *request);
void account_once_end(Request *request);
Str account_sign_in_path(Request *request);

/* Its pages: sign-in, code, /s/{secret}, set-up, password, sign-out. */
extern const Route account_routes[];
extern const size_t account_route_count;

/* ---- people ------------------------------------------------------------------------------------ */

typedef struct Person {
    Id id;
    Str name, email, phone; /* email, phone: absent when there is none */
    Language language;
    bool has_password;
    int64_t version;
} Person;

bool person_get(Tx *tx, Id id, Person *person);
bool person_has_come_in(Tx *tx, Id id); /* ever signed in */
bool person_by_email(Tx *tx, Str email, Person *person);
/* Finds the person of that e-mail, or makes one. email absent always makes one. An existing
 * person's name and phone are left as they are. */
Id person_ensure(Tx *tx, Str name, Str email, Str phone, Language language);
/* ERR_CONFLICT when version is not the row's, or the e-mail is another person's. */
Err person_update(Tx *tx, const Person *person);

/* ---- rights ------------------------------------------------------------------------------------ */

/* The first role of staff (all but REPRESENTATIVE and GUEST), and each that reaches beyond those of staff they hold,
 * closes every way in that the person had before: cards, sessions, password. Somebody else may have opened it with
 * their e-mail, or where they help already. */
void role_give(Tx *tx, Id person, Role role, Id scope, int64_t ends_ms); /* ends_ms 0: no end; never REPRESENTATIVE */
/* The same in a place: the role's scope is that part of the place it is for, and COORDINATOR of the place's series
 * reaches its edition. */
void role_give_in(Tx *tx, Id person, Role role, const Scope *place);
/* Whether giving it closes what the person had. */
bool role_would_close_ways(Tx *tx, Id person, Role role, const Scope *place);
void role_take(Tx *tx, Id person, Role role, Id scope);
bool role_held(Tx *tx, Id person, unsigned roles, Scope scope); /* OWNER and COORDINATOR count where they reach */
typedef struct IdArray {
    Id *ids;
    size_t count;
} IdArray;
IdArray role_holders(Tx *tx, Role role, Id scope);
const char *role_name(Role role); /* "coordinator": for routes and logs */
bool role_parse(Str name, Role *role);
/* Who speaks for an organisation does so in one series: another has other organisers, and what people told those is
 * not theirs to open. */
void representative_give(Tx *tx, Id person, Id organisation, Id series);
void representative_take(Tx *tx, Id person, Id organisation, Id series);
IdArray representatives(Tx *tx, Id organisation, Id series);
/* All they hold now. */
const Grant *role_grants(Tx *tx, Id person, size_t *count);
/* OWNER to GUIDE: who looks after a gathering, or helps on the day. */
bool role_is_of_staff(unsigned role);

/* ---- ways in ------------------------------------------------------------------------------------- */

/* A card's secret path, "/s/…". Shown once: only its hash is kept. It opens what the person may in one series, or of
 * one organisation there, and no more, whatever else they may or come to: a card that a public form shows is held by
 * whoever typed their e-mail. */
typedef struct CardFor {
    Id person, series, organisation; /* organisation 0: any in the series */
    Str goes_to;
    int64_t ends_ms;
} CardFor;
Str card_make(Tx *tx, const CardFor *card);
/* The same in two steps, so that its QR is drawn before the writer is held: a new path, which opens nothing until it is
 * kept. */
Str card_path(Arena *arena);
void card_keep(Tx *tx, Str path, const CardFor *card);
/* An organisation has become another in a series: what the person's cards and links that still work open and where they
 * lead, and what is open by them, follows. */
typedef struct WaysMove {
    Id series, from, to;
    Str from_path, to_path; /* "/me/…", and what lies behind */
} WaysMove;
void ways_move(Tx *tx, Id person, const WaysMove *move);
/* Also ends the person's sessions, and knows their browsers no more: whoever found the card may be signed in by it. */
void card_revoke_all(Tx *tx, Id person);
/* Of the cards that work now. */
typedef struct CardState {
    size_t count;
    Id newest;                /* the one made last; 0: none */
    int64_t made_ms, used_ms; /* that one's; the last time any was used, 0: never */
} CardState;
CardState card_state(Tx *tx, Id person);

/* A single-use link that signs person in after a button press, in any browser: for the terminal, and for who hands it
 * over by hand. "/sign-in/…". */
Str sign_in_link_make(Tx *tx, Id person, Str goes_to, int64_t lasts_ms);
/* In two steps, as with a card. */
Str sign_in_link_path(Arena *arena);
void sign_in_link_keep(Tx *tx, Str path, Id person, Str goes_to, int64_t lasts_ms);
void sign_in_links_end(Tx *tx, Id person); /* of those, the ones not used yet */
/* The one-time link with which the first coordinator sets up; absent when somebody did already. Each node of a server
 * prints one of its own at its start: those of the last day work until one of them was used. */
Str setup_link_make(Tx *tx);

/* A session for person in this response's cookie. */
void session_begin(Request *request, Id person);
/* One that opens no more than a card for the same does. */
void session_begin_limited(Request *request, Id person, Id series, Id organisation);
void session_end(Request *request);

/* Of a handler that has ended every session of who sent the form, and redirects: a second press of it comes from
 * nobody, and is led to the same place. */
void account_once_for_nobody(Request *request);

/* Removes sessions, sign-ins, once-keys, cards, counted tries and known browsers that are past their end; how many. */
int64_t account_expire(Tx *tx);
/* People who were there for the last time before since_ms: made earlier, nothing done since, no role of staff, no
 * session and no card that works. A page of them at a time, by id. Rooms may need some of them still. */
enum { IDLE_PEOPLE_AT_ONCE = 500 };
IdArray account_idle_people(Tx *tx, int64_t since_ms, Id after);
/* Takes name, e-mail, telephone, password, rights and ways in; the row stays, because counts and records refer to it.
 */
int64_t account_forget_people(Tx *tx, IdArray people);

/* ---- consents ------------------------------------------------------------------------------------- */

/* Somebody agreed to something. What a consent says of the giver alone (photos) has no subject; one that speaks for
 * something else (an organisation that is named in public) has it as its subject. Nothing is changed in one but that it
 * is withdrawn. */
typedef struct Consent {
    Id person, edition, subject; /* edition, subject 0: none */
    const char *purpose;         /* schema/0002_account.sql */
    Str wording;                 /* the exact words that were agreed to */
    const char *channel;         /* form phone paper import, … : how it reached us */
    int64_t given_ms;            /* 0: now */
} Consent;
Id consent_give(Tx *tx, const Consent *consent);
/* Whoever gave it: all that stand about the subject. */
void consent_withdraw_about(Tx *tx, Id subject, const char *purpose);
/* What was about one subject is about another: the two are the same. */
void consents_move(Tx *tx, Id from, Id to, const char *purpose);

/* The newest about a subject, also where it is withdrawn. False: nobody ever agreed. */
typedef struct ConsentRecord {
    Str person, wording, channel; /* person: the name, or how they are reached where that is all we know */
    int64_t given_ms;
    OptionalInt withdrawn_ms;
} ConsentRecord;
bool consent_about(Tx *tx, Id subject, const char *purpose, ConsentRecord *record);

/* What one person agreed to, the newest first. */
typedef struct ConsentGiven {
    Id id, edition, subject; /* edition, subject 0: none */
    Str purpose, wording, channel;
    int64_t given_ms;
    OptionalInt withdrawn_ms;
} ConsentGiven;
typedef struct ConsentsGiven {
    ConsentGiven *consents;
    size_t count;
} ConsentsGiven;
ConsentsGiven consents_of(Tx *tx, Id person);
bool consent_of(Tx *tx, Id person, Id consent, ConsentGiven *given); /* false: none of theirs */
/* This one alone; what stands on it is the rooms' (Room.consent_withdrawn). Nothing where it is withdrawn already. */
void consent_withdraw(Tx *tx, Id person, Id consent);

/* ---- when somebody asks for their data, or to be forgotten -------------------------------------------- */

typedef struct SessionSeen {
    int64_t began_ms, seen_ms;
} SessionSeen;
typedef struct SessionsSeen {
    SessionSeen *sessions;
    size_t count;
} SessionsSeen;
SessionsSeen account_sessions(Tx *tx, Id person); /* that are open */
/* Everything, as account_forget_people, and what they agreed to for themselves is withdrawn. */
void account_erase(Tx *tx, Id person);
/* They speak for nobody in the series any more, what opened that series alone opens nothing, and that they helped in
 * these editions of it is not kept where it is over. */
void account_leave_series(Tx *tx, Id person, Id series, IdList editions);

#endif
