// SPDX-License-Identifier: EUPL-1.2
#include "planner/rounds_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_MOST = 600,
    PAIR_VISITS_MOST = 200 * 1000 * 1000, /* steps × pairs, so that thousands of participants stay affordable */
};

/* The relaxation: values of what can still be met, how many partners each can have, how many meetings in all. */
typedef struct Relaxed {
    size_t n;
    int32_t *value;    /* n×n; 0 for pairs that bring nothing */
    int64_t *partners; /* b_i */
    int64_t meetings;  /* M */
    int64_t held_value;
} Relaxed;

static int64_t pairs_of(int64_t people) { return people * (people - 1) / 2; }

/* Full tables and one rest hold the most pairs, whatever the layout of the plan. */
static void count_places(const RoundsInput *input, Relaxed *relaxed) {
    size_t c = input->table_size;
    for (size_t round = input->held_rounds; round < input->rounds; round++) {
        size_t present = 0;
        for (size_t i = 0; i < relaxed->n; i++) present += !rounds_is_absent(input, round, i);
        size_t seated = present < c * input->tables ? present : c * input->tables;
        if (seated == 0) continue;
        relaxed->meetings += (int64_t)(seated / c) * pairs_of((int64_t)c) + pairs_of((int64_t)(seated % c));
        int64_t others = (int64_t)(seated < c ? seated : c) - 1;
        for (size_t i = 0; i < relaxed->n; i++) relaxed->partners[i] += rounds_is_absent(input, round, i) ? 0 : others;
    }
}

static bool has_met_in_held(const RoundsInput *input, size_t a, size_t b) {
    for (size_t round = 0; round < input->held_rounds; round++) {
        const int16_t *table = input->held + round * input->participants;
        if (table[a] >= 0 && table[a] == table[b]) return true;
    }
    return false;
}

static Relaxed relax(Arena *arena, const RoundsInput *input) {
    size_t n = input->participants;
    Relaxed relaxed = {
        .n = n, .value = arena_alloc_array(arena, n * n, sizeof(int32_t)), .partners = arena_array(arena, int64_t, n)};
    count_places(input, &relaxed);
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            unsigned marks = rounds_marks(input, a, b);
            bool held = has_met_in_held(input, a, b);
            if (held && !marks) relaxed.held_value += rounds_value(input, a, b);
            relaxed.value[a * n + b] = relaxed.value[b * n + a] = held || marks ? 0 : rounds_value(input, a, b);
        }
    }
    return relaxed;
}

/* In whole numbers of 1/ROUNDS_BOUND_SCALE, so that it is a proof and not an estimate. */
static int64_t exact_bound(const Relaxed *relaxed, const int64_t *multipliers, int64_t meetings) {
    int64_t sum = relaxed->meetings * meetings;
    for (size_t a = 0; a < relaxed->n; a++) {
        sum += relaxed->partners[a] * multipliers[a];
        for (size_t b = a + 1; b < relaxed->n; b++) {
            int64_t left = (int64_t)relaxed->value[a * relaxed->n + b] * ROUNDS_BOUND_SCALE - multipliers[a] -
                           multipliers[b] - meetings;
            if (left > 0) sum += left;
        }
    }
    return relaxed->held_value + sum / ROUNDS_BOUND_SCALE; /* plans have whole values: rounding down stays true */
}

int64_t rounds_bound_of(Arena *arena, const RoundsInput *input, const int64_t *multipliers, int64_t meetings) {
    Relaxed relaxed = relax(arena, input);
    return exact_bound(&relaxed, multipliers, meetings);
}

static int compare_falling(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

/* Half of the value of everyone's last affordable partner: never worse than half the sum of everyone's best. */
static void start_multipliers(Arena *arena, const Relaxed *relaxed, double *multipliers) {
    int32_t *row = arena_array(arena, int32_t, relaxed->n);
    for (size_t i = 0; i < relaxed->n; i++) {
        if (relaxed->partners[i] == 0 || (size_t)relaxed->partners[i] >= relaxed->n) continue;
        memcpy(row, relaxed->value + i * relaxed->n, relaxed->n * sizeof *row);
        qsort(row, relaxed->n, sizeof *row, compare_falling);
        multipliers[i] = row[relaxed->partners[i] - 1] / 2.0;
    }
}

/* The bound at multipliers (the last is l), and its slope in each. */
static double bound_and_slope(const Relaxed *relaxed, const double *multipliers, double *slope) {
    size_t n = relaxed->n;
    double all = multipliers[n], sum = all * (double)relaxed->meetings;
    slope[n] = (double)relaxed->meetings;
    for (size_t i = 0; i < n; i++) {
        slope[i] = (double)relaxed->partners[i];
        sum += slope[i] * multipliers[i];
    }
    for (size_t a = 0; a < n; a++) {
        const int32_t *value = relaxed->value + a * n;
        double own = multipliers[a] + all;
        for (size_t b = a + 1; b < n; b++) {
            double left = value[b] - own - multipliers[b];
            if (left <= 0) continue;
            sum += left;
            slope[a]--;
            slope[b]--;
            slope[n]--;
        }
    }
    return sum;
}

/* A step against the slope, its length from the gap to the plan's own value (Polyak 1969). */
static void step_down(size_t count, double *multipliers, const double *slope, double gap) {
    double square = 0;
    for (size_t i = 0; i < count; i++) square += multipliers[i] > 0 || slope[i] < 0 ? slope[i] * slope[i] : 0;
    if (square == 0) return;
    for (size_t i = 0; i < count; i++) multipliers[i] = fmax(0, multipliers[i] - slope[i] * gap / square);
}

static size_t affordable_steps(size_t n) {
    size_t steps = n ? PAIR_VISITS_MOST / (n * n) : 0;
    return steps > STEPS_MOST ? STEPS_MOST : steps;
}

void rounds_bound(Arena *arena, const RoundsInput *input, RoundsPlan *plan) {
    Relaxed relaxed = relax(arena, input);
    size_t n = relaxed.n;
    double *now = arena_array(arena, double, n + 1), *best = arena_array(arena, double, n + 1);
    double *slope = arena_array(arena, double, n + 1);
    start_multipliers(arena, &relaxed, now);
    double lowest = HUGE_VAL, reach = 1, target = (double)(plan->value - relaxed.held_value);
    size_t since = 0, steps = affordable_steps(n);
    for (size_t step = 0; step <= steps; step++) {
        double bound = bound_and_slope(&relaxed, now, slope);
        if (bound < lowest - 1e-6 * fabs(lowest)) since = 0;
        else if (++since == 12) { /* overshooting: shorter steps from the best so far */ since = 0;
            reach /= 2;
            memcpy(now, best, (n + 1) * sizeof *now);
            bound = bound_and_slope(&relaxed, now, slope);
        }
        if (bound < lowest) {
            lowest = bound;
            memcpy(best, now, (n + 1) * sizeof *now);
        }
        if (bound <= target || reach < 1e-4) break;
        step_down(n + 1, now, slope, reach * (bound - target));
    }
    plan->multipliers = arena_array(arena, int64_t, n);
    for (size_t i = 0; i < n; i++) plan->multipliers[i] = llround(best[i] * ROUNDS_BOUND_SCALE);
    plan->multiplier_meetings = llround(best[n] * ROUNDS_BOUND_SCALE);
    plan->bound = exact_bound(&relaxed, plan->multipliers, plan->multiplier_meetings);
}
