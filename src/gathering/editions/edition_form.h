// SPDX-License-Identifier: EUPL-1.2
/* The form of an edition: what people type of it, and what is kept. Times are those of its zone. */
#ifndef WSPOLNIE_EDITIONS_EDITION_FORM_H
#define WSPOLNIE_EDITIONS_EDITION_FORM_H

#include "gathering/editions/editions.h"

typedef struct EditionForm {
    int64_t number;
    Str title, words, date, from, to, closes, zone;
    OptionalInt places;
    Str version;
    /* only of a new one */
    Str slug, venue, address, host, contributions;
    /* only of one made from an earlier one (next.h): the names of the parts to copy, and which it is */
    StrList parts;
    Str source;
} EditionForm;

typedef struct EditionFields {
    const FormField *fields;
    size_t count;
} EditionFields;
extern const EditionFields edition_fields_of_new;
extern const EditionFields edition_fields_of_existing; /* address, place and host are changed elsewhere */
extern const EditionFields edition_fields_of_next;     /* parts (context: CopyOffers), and what is new each time */
extern const EditionFields edition_fields_of_taking;   /* parts alone */
extern const FormTable edition_asked;

EditionForm edition_form_of(Arena *arena, const Edition *edition);
/* What edition_form_take can find wrong, each with the field it stands at. */
typedef enum EditionFault {
    EDITION_GOOD,
    EDITION_ZONE_UNKNOWN,
    EDITION_HOURS_WITHOUT_DAY, /* hours need a whole date */
    EDITION_END_WITHOUT_START,
    EDITION_CLOSES_AFTER_DAY,
    EDITION_ENDS_BEFORE_START,
} EditionFault;
/* Puts what was typed into *edition; untouched when something is wrong. */
EditionFault edition_form_take(const EditionForm *values, Edition *edition);
/* Hours that were only offered wait with the day: without one they are not asked to be taken out again by hand. */
void edition_form_let_hours_wait(EditionForm *values, Str offered_from, Str offered_to);
/* Says it at the field. */
void edition_form_refuse(Form *form, Request *request, EditionFault fault);
/* "space, technical support" or one a line. */
StrList contributions_split(Arena *arena, Str typed);
/* "14:00" on a day, in a zone. False: not a time. */
bool moment_of(const Zone *zone, ImpreciseDate day, Str time, int64_t *ms);
/* The title offered for a new edition: the series' name, from the second on with its number ("Wspólnie do celu II"). */
Str edition_title_make(Arena *arena, Str series_name, int64_t number);
/* A new edition's address where none was typed: its number as a Roman one up to 39 ("iii"). */
Str edition_slug_make(Arena *arena, int64_t number);

#endif
