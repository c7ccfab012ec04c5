// SPDX-License-Identifier: EUPL-1.2
/* What the demo gathering is made of: tables of invented organisations, wishes, items and dishes.
 *
 * Organisations are referred to by their number, from 1, in the order of demo_organisations.
 */
#ifndef WSPOLNIE_DEMO_DEMO_DATA_H
#define WSPOLNIE_DEMO_DEMO_DATA_H

#include "gathering/programme/programme.h"

/* What became of a sign-up to the coming edition, and of the one before. */
typedef enum DemoPlace {
    DEMO_RETURNING, /* accepted in both */
    DEMO_NEWCOMER,  /* accepted now; had found no place last time */
    DEMO_WAITING,   /* accepted last time, waits now */
    DEMO_WITHDRAWN, /* accepted last time, withdrew now */
} DemoPlace;

typedef struct DemoOrganisation {
    const char *name, *legal_form, *profile, *other_profile; /* other_profile: NULL for most */
    const char *words;
    DemoPlace place;
    bool public_benefit;
    const char *contact; /* NULL: a Polish name from the lists; else who writes in Ukrainian */
} DemoOrganisation;

enum { DEMO_ORGANISATIONS = 78, DEMO_ACCEPTED = 70, DEMO_OFFERS = 120, DEMO_NEEDS = 140 };
extern const DemoOrganisation demo_organisations[DEMO_ORGANISATIONS];

/* The name of the contact of an organisation (by index, from 0), always the same one. */
Str demo_contact_name(Arena *arena, size_t index);

/* Words of needs and offers, by kind. */
enum { DEMO_NEED_WORDS = 8, DEMO_OFFER_WORDS = 7, DEMO_EXCHANGE_KINDS = 7 };
typedef struct DemoExchangeKind {
    const char *kind;
    const char *needs[DEMO_NEED_WORDS];
    const char *offers[DEMO_OFFER_WORDS];
} DemoExchangeKind;
extern const DemoExchangeKind demo_exchange_kinds[DEMO_EXCHANGE_KINDS];

/* What stands in the remarks and notes of single sign-ups: the cases that are not smooth. */
typedef struct DemoNote {
    int organisation;
    const char *remarks, *staff_notes, *access_needs;
} DemoNote;
extern const DemoNote demo_notes[];
extern const size_t demo_note_count;
enum { DEMO_SENT_TWICE = 17 }; /* the organisation whose second sign-up is refused */
/* Those that are not named in public, each for a reason of its own. */
enum { DEMO_WITHDREW = 5, DEMO_NOT_CONFIRMED = 30, DEMO_NEVER_AGREED = 55 };

/* The districts of Kraków, as its set-up brings them. */
typedef struct DemoDistrict {
    const char *code, *name, *name_uk;
} DemoDistrict;
enum { DEMO_DISTRICTS = 18 };
extern const DemoDistrict demo_districts[DEMO_DISTRICTS];

typedef struct DemoGuest {
    const char *kind, *name, *words;
    int people;
} DemoGuest;
enum { DEMO_GUESTS = 3 };
extern const DemoGuest demo_guests[DEMO_GUESTS];

/* Times of day in minutes from midnight. */
#define AT(hour, minute) ((hour)*60 + (minute))

typedef struct DemoSection {
    const char *kind, *title;
    int from, to;
    bool is_protected;
    int space; /* index in demo_spaces */
} DemoSection;
extern const DemoSection demo_sections[];
extern const size_t demo_section_count;

typedef struct DemoSpace {
    const char *name, *words;
    int capacity;
    bool is_stage, step_free;
} DemoSpace;
enum { DEMO_SPACES = 4 };
extern const DemoSpace demo_spaces[DEMO_SPACES];

typedef struct DemoItem {
    const char *kind, *title, *theme;
    int organisation; /* 0: of nobody who signed up */
    ItemState state;
    int at; /* 0: stands nowhere */
    int duration_min, changeover_min;
    int people; /* 0: not told */
    bool has_children, adult_attested;
    const char *photo_consent, *needs; /* NULL: nothing said */
    int done_by;                       /* 0: no wish */
    int guest;                         /* from 1, in the order of demo_guests; 0: none */
    const char *performer;             /* NULL: the organisation or the guest says it */
    bool is_typed_in;                  /* by the coordinator; else the organisation offered it itself */
} DemoItem;
extern const DemoItem demo_items[], demo_past_items[];
extern const size_t demo_item_count, demo_past_item_count;

typedef struct DemoDish {
    const char *kind, *name;
    int portions;
    const char *contains; /* letters of demo_allergen_letters; "?": not told */
} DemoDish;
enum { DEMO_DISHES = 38 };
extern const DemoDish demo_dishes[DEMO_DISHES];
extern const char demo_allergen_letters[]; /* by Allergen */

typedef struct DemoDiet {
    const char *diet;
    int people;
} DemoDiet;
enum { DEMO_DIETS = 6 };
extern const DemoDiet demo_diets[DEMO_DIETS];

#endif
