// SPDX-License-Identifier: EUPL-1.2
/* Reach: whose account a reader may open for somebody, by a card or a one-time link, or close by a role.
 *
 * Such a way in is the account itself, so nobody may make one that opens more than they may see anyway: a series has a
 * controller of its own, and its coordinators have no business in another's. The owner of the installation may see
 * everything, but is not opened by anybody; coordinators are opened by the owner alone, once they have come in.
 */
#ifndef WSPOLNIE_EDITIONS_REACH_H
#define WSPOLNIE_EDITIONS_REACH_H

#include "gathering/room.h"

typedef enum Reach {
    REACH_OK,
    REACH_SELF,      /* it is the reader */
    REACH_OWNER,     /* the installation's owner */
    REACH_STAFF,     /* coordinates, or helps on the day */
    REACH_ELSEWHERE, /* has to do with another series, which is another controller's */
} Reach;

/* A card for a contact of a sign-up in the series of the path. REACH_STAFF for anybody of staff. */
Reach reach_of_card(Request *request, Id person);
/* A one-time link for somebody with a role of staff in the path's series or edition. REACH_STAFF: a coordinator who has
 * come in before, and the reader is not the owner. */
Reach reach_of_link(Request *request, Id person);
/* A role of staff in the path's series or edition. Where it ends the ways in that somebody had (account.h):
 * REACH_ELSEWHERE for who has to do with another series, unless the reader is the owner; else REACH_OK. */
Reach reach_of_role(Request *request, Id person, Role role);

/* Whether somebody has a right in any other series, or over the whole installation. */
bool person_is_elsewhere(Tx *tx, Id person, Id series);

#endif
