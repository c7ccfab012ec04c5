// SPDX-License-Identifier: EUPL-1.2
/* Joins: two organisations that turn out to be one, and can be two again.
 *
 * One is joined into the other, which is kept. Every row of every room that names the first names the second from then
 * on, past editions included (Room.join_columns says of each column; store/moves.h does it and remembers it value by
 * value). Nothing is removed. What cannot follow stays with the first, whose row stays too and leads on to the kept one
 * (organisation_kept): its addresses, its name and its numbers find the kept one.
 *
 * - Of an edition to which both signed up, one sign-up is the kept one's as it was; the other ends as withdrawn, with
 * its answers to questions and its counts of diets. Where it was worth more (accepted, waiting) or more came by it, the
 *   kept one's takes that over. Seats, where both have some in a plan, are left as they are, with the reasons at them.
 * - What both have (a profile, a meeting with the same third, an entry in the directory) stays twice, once with each.
 * - The kept one's empty fields (numbers, website, …) are filled from the other's.
 *
 * Rights: nobody acts for the joined organisation but whom the coordinator who joins them chooses by name, of those who
 * acted for either. Whoever acted for one would else read what only the other had told. Who is not chosen acts for
 * neither while the join stands, and for what they acted for before when it is undone. Cards of the joined one open
 * nothing more, but of who is chosen and has no e-mail; invitations to act that wait are withdrawn.
 *
 * Who may join: a coordinator of every series the joined one takes part in; a series has organisers of its own, and
 * nobody changes what another's were told. The kept one may be known elsewhere too: then its own fields, and whether it
 * is named in public, stay as they are. Both take part in the series on whose pages it is done.
 *
 * Undone, the latest first, by who has a say in every series in which something goes back, whatever still stands as the
 * join put it goes back; what was changed meanwhile stays as it is, what came to the kept one stays there, and what was
 * removed stays removed. Versions only go up, so a form opened before fits no more. A consent that was withdrawn
 * meanwhile is not brought back by it.
 *
 *     JoinPeople people = join_people(tx, joined, kept);
 *     Err err = organisations_join(tx, house, &(JoinAsked){.edition = …, .joined = …, .kept = …, …}, &fault);
 *     err = organisations_unjoin(tx, house, &(JoinUndo){edition, join, by}, &fault);
 */
#ifndef WSPOLNIE_SIGNUPS_JOINS_H
#define WSPOLNIE_SIGNUPS_JOINS_H

#include "gathering/signups/signups.h"

/* Who acts for one of the two, where the joined one takes part. */
typedef struct JoinPerson {
    Id person, series;
    bool of_joined, of_kept;
    bool acts; /* was chosen to */
} JoinPerson;
typedef struct JoinPeople {
    JoinPerson *people; /* by series */
    size_t count;
} JoinPeople;
JoinPeople join_people(Tx *tx, Id joined, Id kept);

typedef struct JoinAsked {
    Id edition; /* on whose pages */
    Id joined, kept;
    int64_t joined_version, kept_version; /* as they were seen */
    const JoinPerson *acting;             /* who acts for the kept one from now on: person and series of each */
    size_t acting_count;
    Id by;
} JoinAsked;

typedef enum JoinFault {
    JOIN_GOOD,
    JOIN_NOT_TWO,  /* the same one, or one of them is joined already */
    JOIN_NOT_HERE, /* one of them does not take part in this series */
    JOIN_BEYOND,   /* the joined one takes part where the coordinator has no say */
    JOIN_CHANGED,  /* somebody has changed one of them meanwhile */
    JOIN_NOBODY,   /* people act for them in a series, and none was chosen */
    JOIN_UNKNOWN,  /* to be undone: none of that id, or it is undone already */
    JOIN_NOT_LAST  /* to be undone: a later one stands on it (Join of join_in_the_way) */
} JoinFault;
/* What is in the way of joining them, but for their versions and who acts. */
JoinFault join_may(Tx *tx, const JoinAsked *asked);
/* Whether the coordinator has a say wherever the kept one takes part, so that its own fields change too. */
bool join_reaches_kept(Tx *tx, const JoinAsked *asked);
/* ERR_CONFLICT (changed, not two) or ERR_INPUT with *fault; *join is then untouched, and nothing is written. */
Err organisations_join(Tx *tx, const House *house, const JoinAsked *asked, JoinFault *fault, Id *join);

typedef struct Join {
    Id edition, id, joined, kept;
    Str joined_name, kept_name, by_name, undone_by_name; /* names of people: empty where not known any more */
    int64_t joined_ms;
    OptionalInt undone_ms;
    bool is_last; /* it stands, and nothing stands on it: it can be undone */
} Join;
typedef struct Joins {
    Join *joins;
    size_t count;
} Joins;
/* Of a series, the latest first. */
Joins joins_of(Tx *tx, Id series);
typedef struct JoinUndo {
    Id edition, join, by;
} JoinUndo;
/* ERR_CONFLICT with *fault; with JOIN_NOT_LAST *in_the_way is the one to undo first. */
Err organisations_unjoin(Tx *tx, const House *house, const JoinUndo *undo, JoinFault *fault, Join *in_the_way);

/* Two that look alike were looked at, and are two: not asked about again in the series. */
void organisations_say_apart(Tx *tx, Id edition, Id one, Id other, Id by);
void organisations_unsay_apart(Tx *tx, Id series, Id one, Id other);
typedef struct Apart {
    Id lower, higher;
    Str lower_name, higher_name;
    int64_t said_ms;
} Apart;
typedef struct Aparts {
    Apart *pairs; /* by the two ids */
    size_t count;
} Aparts;
Aparts organisations_apart(Tx *tx, Id series);
bool aparts_have(const Aparts *aparts, Id one, Id other);

#endif
