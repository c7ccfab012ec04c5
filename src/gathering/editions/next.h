// SPDX-License-Identifier: EUPL-1.2
/* Next: an edition made from an earlier one of its series, so that nothing is typed twice.
 *
 * Each room says which parts of an edition it can copy (room.h, CopyPart). Whoever makes the next edition sees each
 * with its count and ticks it or not; what has times waits until the new day is known, and can be taken over later, as
 * long as the new edition has none of it. What belongs to the series goes on by itself: coordinators, the notice, who
 * speaks for an organisation, who met whom.
 *
 *     CopyOffers offers = copy_offers(tx, house, &last, NULL);           // shown, ticked
 *     Err err = edition_make_next(house, &(EditionCopy){.tx = tx, .from = &last, .by = person}, &made, &parts, &id);
 */
#ifndef WSPOLNIE_EDITIONS_NEXT_H
#define WSPOLNIE_EDITIONS_NEXT_H

#include "gathering/editions/editions.h"

struct EditionCopy {
    Tx *tx;
    const Edition *from, *to; /* of one series */
    Id by;                    /* who does it; 0: the command line */
    Str base_url;             /* for letters; absent: none are written */
};

/* A moment of the earlier edition on the new one's day, at the same time of day. Only where that day is known. */
int64_t edition_copy_moment(const EditionCopy *copy, int64_t ms);
/* The space of the new edition that is called like that of the earlier one, the second of a name for the second; 0:
 * none is. */
Id edition_copy_space(const EditionCopy *copy, Id space);

typedef struct CopyOffer {
    const CopyPart *part;
    int64_t count; /* what the earlier edition has: above 0 */
    bool waits;    /* the new edition's day is not known yet */
} CopyOffer;
typedef struct CopyOffers {
    CopyOffer *offers;
    size_t count;
} CopyOffers;
/* What the earlier edition has and the new one has none of. to NULL: it is not made yet, nothing waits. */
CopyOffers copy_offers(Tx *tx, const House *house, const Edition *from, const Edition *to);
/* Copies the parts of these names that copy_offers tells and that do not wait; the others are passed over. How many. */
size_t edition_take_over(const House *house, const EditionCopy *copy, const StrList *names);
/* Makes *made (copy->to is not looked at), a draft, with these parts. ERR_CONFLICT: its address is taken. */
Err edition_make_next(const House *house, const EditionCopy *copy, const Edition *made, const StrList *names, Id *id);

/* Those of its series that come before this one, by number, and have something it has none of: the latest first, at
 * most COPY_SOURCES_MOST. An empty draft in between is passed over. with_times: only what has hours counts. */
enum { COPY_SOURCES_MOST = 6 };
Editions copy_sources(Tx *tx, const House *house, const Edition *edition, bool with_times);
/* How many things with hours these offers tell, those aside that are asked about. */
int64_t copy_offers_with_times(const CopyOffers *offers);
/* The one the next is made from unless another is said: the newest that is no draft and has a day, since one that was
 * only announced has little to give; else the newest. NULL: none. */
const Edition *edition_to_follow(const Editions *newest_first);
/* What a made edition is called where nobody says: the title of the last with its number, where it had its number. */
Str edition_title_after(Arena *arena, const Edition *last, int64_t number);

/* What this room itself copies. */
enum { EDITIONS_COPY_PART_COUNT = 6 };
extern const CopyPart editions_copy_parts[EDITIONS_COPY_PART_COUNT];

#endif
