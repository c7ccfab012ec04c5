// SPDX-License-Identifier: EUPL-1.2
/* Ties: who has met whom, in which edition. The memory of a series: the next plan of meetings
 * (rounds.h) leaves out pairs that have met before.
 *
 *     ties_add(tx, edition, stowarzyszenie, fundacja, 3);       // they sat together in the third round
 *     Ties met = ties_met_before(tx, series, next_edition);
 */
#ifndef WSPOLNIE_TIES_TIES_H
#define WSPOLNIE_TIES_TIES_H

#include "gathering/room.h"

typedef struct Tie {
    Id lower, higher; /* two organisations, the smaller id first */
    int round;        /* in which they first met that day; 0 where several editions are meant */
} Tie;

typedef struct Ties {
    Tie *ties;
    size_t count;
} Ties;

/* Pairs that met in any other edition of the series, each once, by id. */
Ties ties_met_before(Tx *tx, Id series, Id edition);
/* Pairs that met in this one, by round. */
Ties ties_of_edition(Tx *tx, Id edition);
/* That these two met; in either order. Said twice it is true once. Returns whether it was news. */
bool ties_add(Tx *tx, Id edition, Id one, Id other, int round);

/* Whom the one met in this edition, the other met: they turned out to be the same. */
void ties_move(Tx *tx, Id edition, Id from, Id to);

extern const Room ties_room;

#endif
