// SPDX-License-Identifier: EUPL-1.2
#include "planner/rounds_internal.h"

#include <stdlib.h>

enum { MOVES_PER_SEAT = 5000, MOVES_LEAST = 20000, MOVES_MOST = 60 * 1000 * 1000 };

uint64_t rounds_default_iterations(const RoundsInput *input) {
    uint64_t moves = (uint64_t)input->participants * input->rounds * MOVES_PER_SEAT;
    if (moves < MOVES_LEAST) return MOVES_LEAST;
    return moves < MOVES_MOST ? moves : MOVES_MOST;
}

/* ---- From the search's lines to the plan's tables ---- */

static void write_tables(const Seating *seating, RoundsPlan *plan) {
    size_t n = seating->n;
    for (size_t i = 0; i < seating->held * n; i++) plan->table[i] = seating->input->held[i];
    for (size_t round = seating->held; round < seating->rounds; round++) {
        const Line *line = &seating->lines[round];
        int16_t *table = plan->table + round * n;
        for (size_t i = 0; i < n; i++) table[i] = ROUNDS_UNSEATED;
        for (uint32_t place = 0; place < line->seated; place++)
            table[line->who[place]] = line->label[line->group[place]];
    }
}

static bool sits_with_never(const RoundsInput *input, const int16_t *table, size_t who) {
    for (size_t other = 0; other < input->participants; other++) {
        if (other == who || table[other] != table[who] || table[who] < 0) continue;
        if (rounds_marks(input, who, other) & ROUNDS_PAIR_NEVER) return true;
    }
    return false;
}

static size_t alone_at(const RoundsInput *input, const int16_t *table, size_t who) {
    size_t others = 0;
    for (size_t i = 0; i < input->participants; i++) others += i != who && table[i] == table[who];
    return others == 0;
}

/* NEVER is absolute: what the search could not part, somebody sits out for. Nobody is left at a table alone. */
static void part_never(const RoundsInput *input, RoundsPlan *plan) {
    size_t n = input->participants;
    for (size_t round = input->held_rounds; round < input->rounds; round++) {
        int16_t *table = plan->table + round * n;
        for (size_t i = n; i-- > 0;) {
            if (sits_with_never(input, table, i)) table[i] = ROUNDS_UNSEATED;
        }
        for (size_t i = 0; i < n; i++) {
            if (table[i] >= 0 && alone_at(input, table, i)) table[i] = ROUNDS_UNSEATED;
        }
    }
}

/* ---- What the plan is worth ---- */

static void count_meetings_of(const int16_t *table, size_t n, uint8_t *count) {
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; table[a] >= 0 && b < n; b++) {
            if (table[a] != table[b]) continue;
            count[a * n + b]++;
            count[b * n + a]++;
        }
    }
}

static uint8_t *count_meetings(Arena *arena, const RoundsPlan *plan) {
    size_t n = plan->participants;
    uint8_t *count = arena_alloc_array(arena, n * n, sizeof *count);
    for (size_t round = 0; round < plan->rounds; round++) count_meetings_of(plan->table + round * n, n, count);
    return count;
}

/* How many there are; written to repeats unless that is NULL. */
static size_t find_repeats(const RoundsInput *input, const uint8_t *count, RoundsRepeat *repeats) {
    size_t n = input->participants, found = 0;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            bool met = rounds_marks(input, a, b) & ROUNDS_PAIR_MET;
            unsigned times = count[a * n + b];
            if (times < 2 && !(met && times)) continue;
            if (repeats) repeats[found] = (RoundsRepeat){.a = a, .b = b, .times = times, .met_before = met};
            found++;
        }
    }
    return found;
}

static void list_repeats(Arena *arena, const RoundsInput *input, const uint8_t *count, RoundsPlan *plan) {
    plan->repeat_count = find_repeats(input, count, NULL);
    plan->repeats = arena_array(arena, RoundsRepeat, plan->repeat_count);
    find_repeats(input, count, plan->repeats);
}

static int compare_falling(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

/* The most one could have if all others served it: its best partners, as many as its rounds have places for. */
static int64_t best_alone(const RoundsInput *input, size_t who, int32_t *row) {
    size_t n = input->participants, places = 0, count = 0;
    for (size_t round = 0; round < input->rounds; round++) {
        if (!rounds_is_absent(input, round, who) && input->tables) places += input->table_size - 1;
    }
    for (size_t other = 0; other < n; other++) {
        if (other != who && !rounds_marks(input, who, other)) row[count++] = rounds_value(input, who, other);
    }
    qsort(row, count, sizeof *row, compare_falling);
    int64_t sum = 0;
    for (size_t i = 0; i < count && i < places; i++) sum += row[i];
    return sum;
}

static void weigh_plan(Arena *arena, const RoundsInput *input, const uint8_t *count, RoundsPlan *plan) {
    size_t n = input->participants;
    int32_t *row = arena_array(arena, int32_t, n);
    int64_t twice = 0;
    plan->worst_share = 1;
    for (size_t who = 0; who < n; who++) {
        int64_t own = 0, best = best_alone(input, who, row);
        for (size_t other = 0; other < n; other++) {
            if (count[who * n + other] && !rounds_marks(input, who, other)) own += rounds_value(input, who, other);
        }
        twice += own;
        double share = best > 0 ? (double)own / (double)best : 1;
        if (share >= plan->worst_share) continue;
        plan->worst_share = share;
        plan->worst = who;
    }
    plan->value = twice / 2;
}

Err rounds_plan(Arena *arena, const RoundsInput *input, const RoundsOptions *options, RoundsPlan *plan) {
    Err err = rounds_check(input);
    if (err) return err;
    Seating *seating = seating_start(arena, input, options->seed);
    rounds_search(seating, options);
    RoundsPlan made = {.participants = input->participants, .rounds = input->rounds};
    made.table = arena_array(arena, int16_t, made.rounds * made.participants);
    write_tables(seating, &made);
    if (input->marks) part_never(input, &made);
    const uint8_t *count = count_meetings(arena, &made);
    list_repeats(arena, input, count, &made);
    weigh_plan(arena, input, count, &made);
    rounds_bound(arena, input, &made);
    *plan = made;
    return OK;
}
