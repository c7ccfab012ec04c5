// SPDX-License-Identifier: EUPL-1.2
/* Rounds: conversations at tables, where everyone gets a plan of meetings worth having, with the reason.
 *
 * A plan is made in two steps, for finding it is slow and storing it is quick:
 *
 *     RoundSettings settings = round_defaults(tx, &edition);        // from the day's frame and the sign-ups
 *     RoundDraft *draft;
 *     Err err = round_draft(tx, &edition, &settings, &draft);       // in a reading transaction, on a worker
 *     err = round_store(tx, draft, &(RoundStep){.edition = edition.id, …}, &plan);   // in the writer's
 *
 * An edition has at most one draft, which coordinators see, and at most one plan that people see (published, then
 * held). Publishing a draft puts it in the other's place. "Held" writes who met whom (ties.h), which the next
 * edition's plan leaves out. The plan itself is found by planner/rounds.h, what a meeting is worth by planner/pairs.h.
 */
#ifndef WSPOLNIE_ROUNDS_ROUNDS_H
#define WSPOLNIE_ROUNDS_ROUNDS_H

#include "gathering/editions/editions.h"
#include "planner/rounds.h"

enum {
    ROUND_MOST_ROUNDS = 20,
    ROUND_MOST_TABLES = 500,
    ROUND_MOST_TABLE_SIZE = ROUNDS_TABLE_SIZE_MOST,
    ROUND_MOST_MINUTES = 120,
    ROUND_PARTICIPANTS_MOST = 1000, /* of one edition in the browser; a value for each pair stays in memory */
    ROUND_REASONS_MOST = 3,         /* kept of each pair */
};

typedef struct RoundSettings {
    int64_t starts_ms; /* 0: not known yet; times are then told in minutes from the start */
    int64_t rounds, table_size, talk_min, change_min;
    int64_t tables; /* 0: as many as are needed */
    int64_t seed;
} RoundSettings;

/* Start and number of rounds from the frame's section "rounds"; 5 rounds of 8 + 1 minutes in pairs otherwise. */
RoundSettings round_defaults(Tx *tx, const Edition *edition);
int64_t round_starts_ms(const RoundSettings *settings, int64_t round); /* round from 1 */
int64_t round_ends_ms(const RoundSettings *settings, int64_t round);

/* A plan as it was found, before it is stored. */
typedef struct RoundDraft RoundDraft;
/* ERR_LIMIT: fewer than two or more than ROUND_PARTICIPANTS_MOST are accepted. ERR_INPUT: settings out of range. */
Err round_draft(Tx *tx, const Edition *edition, const RoundSettings *settings, RoundDraft **found);
const RoundsPlan *round_draft_plan(const RoundDraft *draft);

/* Who does something to which state of the plans: ERR_CONFLICT when it is not the one they saw. */
typedef struct RoundStep {
    Id edition, plan; /* plan 0: they saw none */
    int64_t version;
    Id by; /* 0: the command line */
} RoundStep;

/* Stores it as the edition's draft, in place of the one in the step: the step names the plan that was on the page, a
 * draft or, where there was none, the published one (which stays). */
Err round_store(Tx *tx, const RoundDraft *draft, const RoundStep *step, Id *plan);
Err round_publish(Tx *tx, const RoundStep *step);   /* a draft; the plan published before goes */
Err round_take_back(Tx *tx, const RoundStep *step); /* a published one becomes the draft; a draft beside it goes */
Err round_discard(Tx *tx, const RoundStep *step);   /* a draft */
/* A published one, after the day: all its meetings took place. Returns how many pairs met in *meetings. */
Err round_held(Tx *tx, const RoundStep *step, int64_t *meetings);

typedef enum RoundState { ROUND_DRAFT, ROUND_PUBLISHED, ROUND_HELD } RoundState;
const char *round_state_name(RoundState state); /* as stored: "published" */

typedef struct RoundPlan {
    Id id;
    RoundState state;
    RoundSettings settings;
    int64_t value, bound, repeats, across_permille, worst_good;
    Id worst; /* 0: nobody stands out */
    int64_t created_ms, version;
} RoundPlan;
/* The draft where there is one, else what people see. */
bool round_current(Tx *tx, Id edition, RoundPlan *plan);
/* What people see. */
bool round_public(Tx *tx, Id edition, RoundPlan *plan);

/* Who sits where: rows by round, table and name. */
typedef struct RoundSeat {
    int64_t round, table;
    Id organisation;
    Str name;
} RoundSeat;
typedef struct RoundSeats {
    RoundSeat *seats;
    size_t count;
} RoundSeats;
RoundSeats round_seats(Tx *tx, Id edition, Id plan);

/* Room.organisation_joins: its seats, the reasons for its meetings, and whom it met. In a plan in which both sit each
 * keeps its seats, and the plan says that one of them does not come any more. */
void rounds_organisation_joins(Tx *tx, const OrganisationJoin *join);

extern const Room rounds_room;

#endif
