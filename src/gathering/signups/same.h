// SPDX-License-Identifier: EUPL-1.2
/* Same: two sign-ups of one edition that turn out to be one organisation's.
 *
 * Who was sent the form twice, or wrote the name otherwise than the sheet, stands there twice, and takes two places.
 * signup_doubles marks those whose names are alike; whether they are the same only people know. Joining ends one of the
 * two: it is withdrawn without a letter, and what it has in other rooms (Room.organisation_joins) and those who act for
 * it go over to the one that stays, with its state. Of answers that differ it is chosen which stays.
 *
 *     SameJoin join = {.kept = same_side(tx, &kept, language), .other = same_side(tx, &other, language), .by = …};
 *     same_choose(arena, &join);                     // what loses least; then what the form says
 *     Err err = same_join(tx, &join);                // then the other rooms
 */
#ifndef WSPOLNIE_SIGNUPS_SAME_H
#define WSPOLNIE_SIGNUPS_SAME_H

#include "gathering/signups/edit.h"
#include "gathering/signups/joins.h"

/* Of those that take part or wish to (new, accepted, waiting): for each, in the order given, one it may be the same as;
 * NULL: none. aparts: pairs that are known to be two; or NULL. */
const Signup **signup_doubles(Arena *arena, const Signups *all, const Aparts *aparts);
bool signup_is_active(SignupState state);

/* One answer of a sign-up or of its organisation, as one chooses. */
typedef enum SameAnswer {
    SAME_CONTACT,
    SAME_PEOPLE,
    SAME_ACCESS,
    SAME_REMARKS,
    SAME_NOTES,
    SAME_PROFILES,
    SAME_WORDS,
    SAME_NEEDS,
    SAME_OFFERS,
    SAME_LEGAL_FORM,
    SAME_WEBSITE,
    SAME_DISTRICT,
    SAME_PARENT,
    SAME_FOUNDED,
    SAME_LANGUAGES,
    SAME_NIP,
    SAME_REGON,
    SAME_KRS,
    SAME_ANSWERS
} SameAnswer;
typedef enum SameChoice { SAME_KEPT, SAME_OTHER, SAME_BOTH, SAME_CHOICES } SameChoice;

typedef struct SameSide {
    Signup signup;
    EditValues values;
    Exchanges exchanges;
    Str words[SAME_ANSWERS]; /* each answer as people read it; empty: none */
} SameSide;
SameSide same_side(Tx *tx, const Signup *signup, Language language);

typedef struct SameJoin {
    SameSide kept, other;
    SameChoice choices[SAME_ANSWERS];
    Str note; /* kept with the one that ends, for coordinators: where it went */
    Id by;
    Language language;
} SameJoin;
bool same_differs(const SameJoin *join, SameAnswer answer);
/* Both can stand side by side: texts, as long as they fit, and lists. */
bool same_may_be_both(const SameJoin *join, SameAnswer answer);
/* What loses least: both where they can be, else the one that is told. */
void same_choose(SameJoin *join);
/* ERR_CONFLICT: one of the two is not what was read any more; nothing is written. */
Err same_join(Tx *tx, const SameJoin *join);

#endif
