// SPDX-License-Identifier: EUPL-1.2
/* The parts of a join that the columns do not say (joins.h): the two sign-ups of one edition, the organisations' own
 * fields, being named in public, who acts, invitations that wait. Each change is a cell, and goes back with the rest.
 */
#ifndef WSPOLNIE_SIGNUPS_JOINS_HAND_H
#define WSPOLNIE_SIGNUPS_JOINS_HAND_H

#include "gathering/signups/joins.h"

typedef struct JoinHand {
    MoveIds ids;
    Id join;
    JoinPeople people; /* .acts says who was chosen */
    bool reaches_kept;
} JoinHand;
/* Before anything has moved: of editions to which both signed up. */
void join_sign_ups(Tx *tx, const JoinHand *hand, RowCells *cells);
/* After. */
void join_by_hand(Tx *tx, const JoinHand *hand, RowCells *cells);
/* When the cells are back: consents that were withdrawn meanwhile, and the cards of who acts for the first again. */
void unjoin_by_hand(Tx *tx, const Join *join, const RowCells *cells, Id by);

#endif
