// SPDX-License-Identifier: EUPL-1.2
/* Of directory.c, for the table in room.c. */
#ifndef WSPOLNIE_SIGNUPS_PUBLIC_H
#define WSPOLNIE_SIGNUPS_PUBLIC_H

#include "gathering/room.h"

void signups_edition_part(Request *request, PageOut *page);
void signups_organisation_part(Request *request, PageOut *page);
void signups_edition_facts(Request *request, EditionFacts *facts);
void signups_edition_motif(Request *request, Id edition, Motif *motif);

#endif
