// SPDX-License-Identifier: EUPL-1.2
/* Pairs: what a meeting of two organisations is worth, and why.
 *
 *     PairInput input = {.profiles = profiles, .count = n, .kinds = 40, .different = 0.7};
 *     Pairs *pairs;
 *     Err err = pairs_weigh(arena, &input, &pairs);
 *     rounds.values = pairs_values(pairs), rounds.marks = pairs_marks(pairs);
 *     PairReason reasons[3];
 *     size_t found = pair_explain(pairs, a, b, reasons, 3);    // the strongest first
 *
 * A value is a plain sum of terms, each a whole number of points, so that what pair_explain gives adds up to it
 * exactly (a sum below 0 counts as 0). The terms:
 *   - what one needs and the other offers, kind by kind, in both directions. A kind few offer weighs more:
 *     log(1 + n / offers) / log(1 + n), after inverse document frequency (Spärck Jones 1972);
 *   - that both gain: the harmonic mean of the two directions, which is high only where both are;
 *   - words both use (planner/text.h);
 *   - fields of work: `different` 1 values those with none in common, 0 those with the same, ½ neither. Who names
 *     no field gains nothing here;
 *   - a newcomer with somebody who has been here before;
 *   - wishes: "want" adds for each side, "rather not" takes away.
 * "Never" and "met before" are no terms but marks, which planner/rounds.h keeps before any value.
 * Reasons are data; words for people are made by whoever shows them. Later terms add kinds and fields whose zero
 * means "nothing known". Profiles are read again by pair_explain and must live as long as Pairs.
 */
#ifndef WSPOLNIE_PLANNER_PAIRS_H
#define WSPOLNIE_PLANNER_PAIRS_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

enum { PAIRS_PROFILES_MOST = 20000, PAIRS_KINDS_MOST = 10000, PAIRS_LIST_MOST = 32 };

/* Lists hold at most PAIRS_LIST_MOST numbers below PairInput.kinds or .fields; one named twice counts once. */
typedef struct PairProfile {
    const uint16_t *needs, *offers; /* kinds, of one numbering */
    size_t need_count, offer_count;
    const uint16_t *fields; /* of work */
    size_t field_count;
    Str words; /* what it writes about itself; may be absent */
    bool newcomer;
} PairProfile;

typedef enum PairWishKind { PAIR_WANT = 1, PAIR_RATHER_NOT, PAIR_NEVER } PairWishKind;
typedef struct PairWish {
    size_t from, to;
    PairWishKind kind;
} PairWish;
typedef struct PairMet {
    size_t a, b;
} PairMet;

/* Points of each term at its strongest; all ≥ 0 and at most PAIR_POINTS_MOST. */
enum { PAIR_POINTS_MOST = 5000 }; /* so that no sum passes ROUNDS_VALUE_MOST */
typedef struct PairWeights {
    int32_t any;   /* any meeting at all */
    int32_t need;  /* one need met by a kind nobody else offers */
    int32_t both;  /* both gain one such kind; more for more */
    int32_t words; /* the same words */
    int32_t fields;
    int32_t newcomer;
    int32_t want;       /* each side's */
    int32_t rather_not; /* taken away, each side's */
} PairWeights;
PairWeights pair_default_weights(void);

typedef struct PairInput {
    const PairProfile *profiles;
    size_t count;
    size_t kinds, fields; /* how many numbers there are */
    const PairWish *wishes;
    size_t wish_count;
    const PairMet *met;
    size_t met_count;
    double different;           /* 0 alike … 1 different */
    const PairWeights *weights; /* NULL: pair_default_weights */
} PairInput;

typedef enum PairReasonKind {
    PAIR_REASON_NEED = 1,   /* a need of who, met by the other's offer  */
    PAIR_REASON_BOTH,       /* both gain; no side                       */
    PAIR_REASON_WORDS,      /* no side; see pair_shared_words           */
    PAIR_REASON_DIFFERENT,  /* fields of work differ, and that is valued */
    PAIR_REASON_ALIKE,      /* they are alike, and that is valued       */
    PAIR_REASON_NEWCOMER,   /* who is the newcomer                      */
    PAIR_REASON_WANT,       /* who wishes it                            */
    PAIR_REASON_RATHER_NOT, /* who; never to be shown to the other     */
    PAIR_REASON_ANY,        /* a meeting is worth something in itself   */
} PairReasonKind;

typedef struct PairReason {
    PairReasonKind kind;
    int32_t points;     /* below 0: lowers the value */
    size_t who;         /* the side it speaks of; the smaller number where there is none */
    size_t need, offer; /* PAIR_REASON_NEED: index in the needs of who, in the other's offers */
} PairReason;

typedef struct Pairs Pairs;

/* ERR_INPUT: more than the limits, a number that is not there, a wish or meeting of one with itself, a dial or weight
 * out of range. Lives in arena. */
Err pairs_weigh(Arena *arena, const PairInput *input, Pairs **pairs);

const int32_t *pairs_values(const Pairs *pairs); /* count × count, symmetric, ≥ 0, diagonal 0 */
const uint8_t *pairs_marks(const Pairs *pairs);  /* count × count, ROUNDS_PAIR_… */

/* At most `most` reasons, greatest |points| first. Returns how many are in reasons. The same for (a, b) and (b, a). */
enum { PAIR_REASONS_MOST = 2 * PAIRS_LIST_MOST + 8 }; /* no pair has more */
size_t pair_explain(const Pairs *pairs, size_t a, size_t b, PairReason *reasons, size_t most);

/* Folded words that both use, rarest first. */
size_t pair_shared_words(const Pairs *pairs, size_t a, size_t b, Str *words, size_t most);

#endif
