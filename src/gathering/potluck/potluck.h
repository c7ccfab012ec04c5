// SPDX-License-Identifier: EUPL-1.2
/* Potluck: what is brought to eat and drink, and what is in it.
 *
 * Of each of the 14 allergens (Annex II of Regulation (EU) No 1169/2011) a dish says yes, no or
 * unknown. Unknown is not "none": a dish nobody answered for is shown as one.
 *
 *     Dish dish = {.edition = edition, .organisation = ours, .kind = STR("cake"), .name = STR("Sernik")};
 *     dish.allergens.answers[ALLERGEN_EGGS] = ALLERGEN_YES;   // the others are unknown
 *     dish.id = dish_add(tx, &dish);
 *
 * Whoever brings a dish changes and removes it until the day; coordinators do so as long as the edition is open to
 * changes (editions.h). It carries a version: the second of two who change it is told.
 */
#ifndef WSPOLNIE_POTLUCK_POTLUCK_H
#define WSPOLNIE_POTLUCK_POTLUCK_H

#include "gathering/editions/editions.h"

enum { DISH_NAME_CHARS = 120, DISH_PORTIONS_MOST = 1000 };

/* In the order of the Regulation. */
typedef enum Allergen {
    ALLERGEN_GLUTEN,
    ALLERGEN_CRUSTACEANS,
    ALLERGEN_EGGS,
    ALLERGEN_FISH,
    ALLERGEN_PEANUTS,
    ALLERGEN_SOYA,
    ALLERGEN_MILK,
    ALLERGEN_NUTS,
    ALLERGEN_CELERY,
    ALLERGEN_MUSTARD,
    ALLERGEN_SESAME,
    ALLERGEN_SULPHITES,
    ALLERGEN_LUPIN,
    ALLERGEN_MOLLUSCS,
    ALLERGEN_COUNT
} Allergen;
typedef enum AllergenAnswer { ALLERGEN_UNKNOWN, ALLERGEN_NO, ALLERGEN_YES } AllergenAnswer;
typedef struct Allergens {
    AllergenAnswer answers[ALLERGEN_COUNT];
} Allergens;
Str allergen_name(Arena *arena, Language language, Allergen allergen);
const char *allergen_code(Allergen allergen); /* "gluten" */
bool allergen_parse(Str code, Allergen *allergen);
/* As it is stored: 14 of y n u, or empty where nothing was asked (then all are unknown). */
Str allergens_text(Arena *arena, const Allergens *allergens);
bool allergens_parse(Str text, Allergens *allergens);
/* "Contains: eggs, milk. Free of the rest." · "Contains: eggs. We do not know about the rest." · "Allergens not told."
 */
Str allergens_words(Arena *arena, Language language, const Allergens *allergens);

typedef struct Dish {
    Id edition, id, organisation; /* organisation 0: recorded, without saying whose */
    Str kind;                     /* cake salad snack main drink coffee other */
    Str name;
    OptionalInt portions;
    Allergens allergens;
    Str who;        /* the organisation's name, or empty */
    bool is_listed; /* it may be named in public */
    int64_t version;
} Dish;
typedef struct Dishes {
    Dish *dishes;
    size_t count;
} Dishes;
Dishes dishes_of(Tx *tx, Id edition); /* as they were added */
enum { DISH_KIND_COUNT = 7 };
Str dish_kind(size_t index); /* in the order of the tables: "cake" first, "other" last */
bool dish_kind_is_known(Str kind);
Str dish_kind_words(Arena *arena, Language language, Str kind);

/* organisation 0: anybody's; else only where it brings it. */
bool dish_get(Tx *tx, Id edition, Id id, Id organisation, Dish *found);
Id dish_add(Tx *tx, const Dish *dish);
/* ERR_CONFLICT: version is not the stored one, or it is gone. */
Err dish_update(Tx *tx, const Dish *dish);
/* ERR_NOT_FOUND, also where organisation is given and it is another's. */
Err dish_remove(Tx *tx, Id edition, Id id, Id organisation);

/* How many of an organisation's people eat so; in place of what was said before. 0: nobody. No names. Diets are
 * vegetarian vegan gluten_free lactose_free halal nut_allergy. */
void diet_count_set(Tx *tx, Id edition, Id organisation, Str diet, int64_t people);

/* Room.organisation_joins */
void potluck_organisation_joins(Tx *tx, const OrganisationJoin *join);

extern const Room potluck_room;

#endif
