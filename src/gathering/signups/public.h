// SPDX-License-Identifier: EUPL-1.2
/* Of directory.c: who is listed, and what the table in room.c hands the house. */
#ifndef WSPOLNIE_SIGNUPS_PUBLIC_H
#define WSPOLNIE_SIGNUPS_PUBLIC_H

#include "gathering/room.h"
#include "platform/page/form.h" /* StrList */

/* One that comes and agreed to be named, with what it does, looks for and can give. */
typedef struct Listed {
    Id id;
    Str name, words;
    bool first_time;
    StrList profiles;                    /* codes */
    Buffer profile_words, needs, offers; /* in words */
} Listed;
typedef struct Directory {
    Listed *rows; /* by name */
    size_t count;
} Directory;
Directory directory_read(Tx *tx, Id edition, Language language);

void signups_edition_part(Request *request, PageOut *page);
void signups_organisation_part(Request *request, PageOut *page);
void signups_edition_facts(Request *request, EditionFacts *facts);
void signups_edition_motif(Request *request, Id edition, Motif *motif);

#endif
