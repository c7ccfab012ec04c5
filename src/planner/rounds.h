// SPDX-License-Identifier: EUPL-1.2
/* Rounds: who sits with whom, round by round, so that everyone meets whom it is worth meeting.
 *
 * Participants are numbers 0 … n-1. A plan seats them in R rounds at T tables of at most c places.
 *
 *     RoundsInput input = {.participants = 70, .rounds = 5, .tables = 12, .table_size = 6, .values = values};
 *     RoundsPlan plan;
 *     Err err = rounds_plan(arena, &input, &(RoundsOptions){.seed = 1}, &plan);
 *     // plan.table[round * 70 + participant], plan.value, plan.bound, plan.repeats …
 *
 * What a plan keeps, strongest first: nobody sits where they are absent; a pair marked NEVER never shares a table
 * (rather somebody sits out); nobody meets the same one twice while arithmetic allows it, nor one met before the
 * plan began (marked MET); nobody sits out while another, who has sat out less often, is seated; then the total
 * value is made as high as the search gets it. A second meeting of a pair, and a meeting of a MET pair, adds nothing.
 *
 * Method. Places in a round are laid out first: as few tables as hold everyone, filled evenly, never a table of one.
 * Fixed places (rounds held, kept tables, pins) are taken. For pairs with (nearly) everyone meeting everyone the start
 * is the circle method (Kirkman 1847), otherwise a greedy seating by value. Simulated annealing (Kirkpatrick, Gelatt,
 * Vecchi 1983) improves it with three moves: two people of one round change places; one brings a wanted partner to its
 * table; two people exchange all their places. A move costs O(c), an exchange O(Rc); repeats carry a price above any
 * value they could bring. Nothing here reads a clock: the caller gives the number of moves and may stop the search.
 *
 * Proof. bound is a number no plan can exceed, by Lagrangian duality of the b-matching relaxation: with b_i the most
 * partners i can have and M the most meetings there can be, every choice of multipliers p_i, l ≥ 0 gives
 *     bound = Σ b_i p_i + M l + Σ_{i<j} max(0, v_ij − p_i − p_j − l).
 * A subgradient method with Polyak's step (1969) looks for multipliers that make it low; they are part of the plan,
 * in whole numbers, so rounds_verify or anybody recomputes the bound exactly. It is close for pairs and looser for
 * larger tables, where it does not know that tables are cliques.
 *
 * Later versions add fields to the structs; zero always means what it means today. Use designated initialisers.
 */
#ifndef WSPOLNIE_PLANNER_ROUNDS_H
#define WSPOLNIE_PLANNER_ROUNDS_H

#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    ROUNDS_PARTICIPANTS_MOST = 20000,
    ROUNDS_MOST = 64,
    ROUNDS_TABLES_MOST = 10000,
    ROUNDS_TABLE_SIZE_LEAST = 2,
    ROUNDS_TABLE_SIZE_MOST = 12,
    ROUNDS_VALUE_MOST = 1000000,
    ROUNDS_BOUND_SCALE = 256, /* multipliers are in 1/256 of a value */
};

/* Marks of a pair; may be added together. */
enum { ROUNDS_PAIR_NEVER = 1, ROUNDS_PAIR_MET = 2 };

/* In place of a table's number. */
enum { ROUNDS_UNSEATED = -1 };                         /* in a plan: sits out, or is absent             */
enum { ROUNDS_MOVES = -1, ROUNDS_KEEPS_A_TABLE = -2 }; /* in keeps_table: no wish; any table, but one */

typedef struct RoundsPin {
    size_t a, b;  /* these two share a table … */
    size_t round; /* … in this round           */
} RoundsPin;

/* Everything a NULL stands for is "none". Matrices have n rows of n, symmetric; the diagonal is not read. */
typedef struct RoundsInput {
    size_t participants, rounds, tables, table_size;
    const int32_t *values;      /* n×n, 0 … ROUNDS_VALUE_MOST; NULL: every pair is worth 1 */
    const uint8_t *marks;       /* n×n, ROUNDS_PAIR_… */
    const uint64_t *absent;     /* n, bit r: absent in round r */
    const int16_t *keeps_table; /* n, a table's number, ROUNDS_MOVES or ROUNDS_KEEPS_A_TABLE */
    const RoundsPin *pins;
    size_t pin_count;
    const int16_t *held; /* held_rounds × n, as RoundsPlan.table: the first rounds, which stay as they were */
    size_t held_rounds;
} RoundsInput;

typedef struct RoundsProgress {
    uint64_t done, iterations; /* moves tried, moves to try */
    int64_t score;             /* of the best plan so far: value less the price of what is not kept */
} RoundsProgress;

typedef struct RoundsOptions {
    uint64_t seed;
    uint64_t iterations; /* 0: rounds_default_iterations */
    /* Called every few thousand moves; false stops, and the best plan so far is the result. */
    bool (*progress)(void *context, const RoundsProgress *progress);
    void *context;
} RoundsOptions;

/* A pair that meets more often than it should: in all it meets `times` times, held rounds counted. A MET pair is
 * listed from its first time on. */
typedef struct RoundsRepeat {
    size_t a, b;
    unsigned times;
    bool met_before;
} RoundsRepeat;

typedef struct RoundsPlan {
    size_t participants, rounds;
    int16_t *table;              /* [round * participants + participant] */
    int64_t value;               /* of all pairs that meet, each once */
    int64_t bound;               /* no plan with these held rounds is worth more */
    int64_t *multipliers;        /* participants of them: the bound's p_i, in 1/ROUNDS_BOUND_SCALE */
    int64_t multiplier_meetings; /* the bound's l */
    RoundsRepeat *repeats;       /* by a, then b */
    size_t repeat_count;
    size_t worst;       /* who gets the least share of the best it could have alone; 0 of nobody */
    double worst_share; /* that share, 0 … 1; 1 where nobody could have anything */
} RoundsPlan;

uint64_t rounds_default_iterations(const RoundsInput *input);

/* The same input, seed and iterations give the same plan. ERR_INPUT: sizes or values outside the limits above, a
 * round, table or participant that is not there, a held round that seats more than c at one table. Wishes that
 * cannot be met are no error: rounds_verify counts them. The plan's arrays live in arena. */
Err rounds_plan(Arena *arena, const RoundsInput *input, const RoundsOptions *options, RoundsPlan *plan);

/* What is to be said about a plan, found from the input and plan->table alone, by code that shares nothing with the
 * search. feasible: none of the first four counts is above 0. */
typedef struct RoundsReport {
    bool feasible;
    size_t wrong_seats;     /* absent but seated, no such table, a held round changed */
    size_t crowded_tables;  /* more than c at one */
    size_t never_together;  /* NEVER pairs at one table (held rounds not counted) */
    size_t lone_tables;     /* tables of one */
    size_t repeats;         /* meetings too many: every one after a pair's first */
    size_t met_again;       /* MET pairs that meet */
    size_t unfair_sit_outs; /* sits out though one who had sat out less often is seated and free to move */
    size_t moved_keepers;   /* who was to keep a table and does not */
    size_t unmet_pins;
    size_t sit_outs; /* present and not seated, all rounds together */
    size_t meetings; /* different pairs that meet */
    int64_t value;
    int64_t bound; /* recomputed from the plan's multipliers; -1 where they are NULL */
    size_t worst;
    double worst_share;
} RoundsReport;

/* ERR_INPUT as rounds_plan, or a plan of other sizes. */
Err rounds_verify(Arena *arena, const RoundsInput *input, const RoundsPlan *plan, RoundsReport *report);

#endif
