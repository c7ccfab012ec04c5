// SPDX-License-Identifier: EUPL-1.2
/* What the parts of rounds share: the layout of places, and the state the search works on.
 *
 * The people of a round stand in one line, `who`: the first table's, the second's, …, then those who sit out (the
 * bench, which is group number `used`). Every place is always filled, so each move is an exchange of two people. */
#ifndef WSPOLNIE_PLANNER_ROUNDS_INTERNAL_H
#define WSPOLNIE_PLANNER_ROUNDS_INTERNAL_H

#include "platform/base/random.h"
#include "planner/rounds.h"

typedef struct Line {
    size_t present, seated, used; /* people, places at tables, tables in use */
    uint32_t *start;              /* used + 2: where each group begins in who */
    int16_t *label;               /* used: the number people see */
    uint32_t *who;                /* present */
    uint32_t *group;              /* by place in who; used is the bench */
    int32_t *place;               /* by participant, -1 absent */
    bool *fixed;                  /* by participant */
    unsigned *out_before;         /* by participant: rounds sat out before this one */
    unsigned out_most;            /* of those who sit out: the most they sat out before */
    unsigned seated_least;        /* of those seated and free to move: the least */
} Line;

typedef struct Seating {
    const RoundsInput *input;
    Arena *arena;
    Random random;
    size_t n, rounds, held; /* lines before `held` do not exist */
    Line *lines;            /* by round */
    int32_t *worth;         /* n×n: what a first meeting adds; below 0 what it costs */
    uint8_t *count;         /* n×n: how often a pair meets so far */
    int64_t repeat_cost;
    int64_t score; /* value less costs of all rounds */
    bool *rooted;  /* by participant: fixed in some round */
} Seating;

/* rounds_check.c */
Err rounds_check(const RoundsInput *input);
static inline bool rounds_is_absent(const RoundsInput *input, size_t round, size_t who) {
    return input->absent && (input->absent[who] >> round & 1);
}
static inline int32_t rounds_value(const RoundsInput *input, size_t a, size_t b) {
    return input->values ? input->values[a * input->participants + b] : 1;
}
static inline unsigned rounds_marks(const RoundsInput *input, size_t a, size_t b) {
    return input->marks ? input->marks[a * input->participants + b] : 0;
}

/* rounds_seating.c: the first seating, and what one exchange changes. */
Seating *seating_start(Arena *arena, const RoundsInput *input, uint64_t seed);
int64_t seating_gain(const Seating *seating, const Line *line, uint32_t a, uint32_t b);
void seating_exchange(Seating *seating, Line *line, uint32_t a, uint32_t b, int64_t gain);
bool seating_stays_fair(const Seating *seating, size_t round, uint32_t out, uint32_t in);
void seating_count_outs(Seating *seating);
/* Once more from the line's order of people: counts and score. */
void seating_recount(Seating *seating);

/* rounds_search.c */
void rounds_search(Seating *seating, const RoundsOptions *options);

/* rounds_bound.c: fills bound and multipliers; plan->value must be known. */
void rounds_bound(Arena *arena, const RoundsInput *input, RoundsPlan *plan);
/* The bound that given multipliers prove. Exact. */
int64_t rounds_bound_of(Arena *arena, const RoundsInput *input, const int64_t *multipliers, int64_t meetings);

#endif
