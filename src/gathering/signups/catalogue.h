// SPDX-License-Identifier: EUPL-1.2
/* Catalogue: what the sign-ups bring to the directory of a series (directory/directory.h).
 *
 * Whatever changes what an organisation shows there (its name and words, a decision, a need) calls catalogue_follow in
 * the same transaction; where the organisation is in no directory that is one small query.
 */
#ifndef WSPOLNIE_SIGNUPS_CATALOGUE_H
#define WSPOLNIE_SIGNUPS_CATALOGUE_H

#include "gathering/directory/directory.h"
#include "gathering/signups/signups.h"

/* Whoever acted for the one in this series acts for the other now, and what the one shows there is the other's. The
 * caller has both indexed. */
void catalogue_join(Tx *tx, const Signup *signup, Id to, Id by);
/* Somebody withdrew the consent to an entry: it is shown no more. */
void catalogue_withdraw(Tx *tx, Id entry, Id edition, Id by);
/* Its rows of the index are made again, in every series in whose directory it is. */
void catalogue_follow(Tx *tx, Id organisation);
void catalogue_index(Tx *tx, Id organisation, Id series); /* in one of them, also where it is no more */
/* Makes the index of a page of entries behind *after that have none; *after is then where the next page begins, 0 when
 * this was the last one. What the store returns, with nothing changed. */
Err catalogue_catch_up(Store *store, Arena *arena, Id *after);
/* What holds no longer today leaves the index. */
void catalogue_expire(Tx *tx);

/* What the organisation agrees to when it enters itself: the words name what will stand there. */
Str catalogue_wording(Arena *arena, Language language, const DirectoryEntry *entry);

/* Hooks of the room. */
void catalogue_part(Request *request, PageOut *page);
void catalogue_my_items(Request *request, MyItems *items, bool is_shown);
Err my_catalogue_page(Request *request);
Err my_catalogue_save(Request *request);
extern const FormTable catalogue_asked;

#endif
