// SPDX-License-Identifier: EUPL-1.2
/* What the rounds say on pages of others: an organisation's own afternoon, what waits for a coordinator, the edition.
 */
#ifndef WSPOLNIE_ROUNDS_MINE_H
#define WSPOLNIE_ROUNDS_MINE_H

#include "gathering/rounds/rounds.h"

void rounds_my_items(Request *request, MyItems *items);
void rounds_today_items(Request *request, TodayItems *items);
void rounds_edition_part(Request *request, PageOut *out);
void rounds_edition_motif(Request *request, Id edition, Motif *motif);

#endif
