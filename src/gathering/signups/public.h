// SPDX-License-Identifier: EUPL-1.2
/* Of directory.c: who is listed, and what the table in room.c hands the house. */
#ifndef WSPOLNIE_SIGNUPS_PUBLIC_H
#define WSPOLNIE_SIGNUPS_PUBLIC_H

#include "gathering/signups/signups.h"
#include "platform/page/form.h" /* StrList */

/* One that comes and agreed to be named, with what it does, looks for and can give. */
typedef struct Listed {
    Id id;
    Str name, words, written_in;
    Buffer others; /* name and words in other languages: to be found by */
    bool first_time;
    StrList profiles;                    /* codes */
    Buffer profile_words, needs, offers; /* in words */
} Listed;
typedef struct Directory {
    Listed *rows; /* by name */
    size_t count;
    TextOthers texts; /* in other languages, of all of them */
} Directory;
Directory directory_read(Tx *tx, Id edition, Language language);

/* What the organisation of the path looks for and can give, as a part of its public page. */
void exchanges_write(Request *request, PageOut *page, const Exchanges *exchanges);
Exchanges exchanges_that_hold(Arena *arena, const Exchanges *all, Str today);

void signups_edition_part(Request *request, PageOut *page);
void signups_organisation_part(Request *request, PageOut *page);
void signups_edition_facts(Request *request, EditionFacts *facts);
void signups_edition_motif(Request *request, Id edition, Motif *motif);

#endif
