// SPDX-License-Identifier: EUPL-1.2
/* Warnings: what is worth a second thought about an edition, said softly; nothing is refused for it. */
#ifndef WSPOLNIE_EDITIONS_WARNINGS_H
#define WSPOLNIE_EDITIONS_WARNINGS_H

#include "editions_pages.h" /* DaysOffPart */
#include "gathering/editions/editions.h"

/* That its day is a day off, or the one beside it; empty: neither, or the day is not known. */
Str edition_day_warning(Arena *arena, Language language, const Edition *edition);
/* The same of a date as it stands in a form; empty also where it is none. */
Str day_typed_warning(Arena *arena, Language language, Str typed);
/* "Thursday 4 June 2026: Corpus Christi": days off of the year that begins today, where somebody looks for a day. */
DaysOffPart days_off_ahead(Request *request);

/* From this share of what a space, or the law, allows, it is said. */
enum { CAPACITY_WARNED_PERCENT = 80 };
/* An artistic event is a mass event, which needs a permit, from so many places inside a building on (Act of 20 March
 * 2009 on the safety of mass events, art. 3(2)). */
enum { MASS_EVENT_PLACES = 500 };
typedef enum CapacityFit { CAPACITY_FITS, CAPACITY_NEARLY_FULL, CAPACITY_EXCEEDED } CapacityFit;
/* Exactly 80% is nearly full; exactly as many as it holds too. capacity above 0. */
CapacityFit capacity_fit(int64_t people, int64_t capacity);

/* Where everybody is at once: of the spaces in which the day's parts stand, doors and walks apart, the one that holds
 * fewest; where none is told, of those with a stage, else the one that holds most. NULL: no capacity is told. */
const Space *space_of_all(const Spaces *spaces, const Frame *frame);
/* That so many people come near to what the space holds; empty: they fit, or none is told. */
Str capacity_warning(Arena *arena, Language language, const Space *space, int64_t people);
/* That so many come near to a mass event; empty: they do not. */
Str mass_event_warning(Arena *arena, Language language, int64_t people);

#endif
