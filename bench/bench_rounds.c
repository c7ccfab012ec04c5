// SPDX-License-Identifier: EUPL-1.2
/* How good plans are: value over a bound no plan can exceed, and pairs that meet twice, on made-up gatherings whose
 * generator is below (needs and offers of 24 kinds, 8 fields of work), so that anybody gets the same figures.
 * Prints ratios; seconds are of this machine and only for orientation. */
#include "platform/base/random.h"
#include "planner/rounds.h"

#include <stdio.h>
#include <time.h>

static int32_t *made_up_values(Arena *arena, size_t n, uint64_t seed) {
    Random random = random_from_seed(seed);
    uint32_t *needs = arena_array(arena, uint32_t, n), *offers = arena_array(arena, uint32_t, n);
    int32_t *values = arena_alloc_array(arena, n * n, sizeof *values);
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < 3; k++) {
            needs[i] |= UINT32_C(1) << random_below(&random, 24);
            offers[i] |= UINT32_C(1) << random_below(&random, 24);
        }
    }
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            int there = __builtin_popcount(needs[a] & offers[b]), back = __builtin_popcount(needs[b] & offers[a]);
            int32_t value = 200 * (there + back) + (there && back ? 300 : 0) + (int32_t)random_below(&random, 150);
            values[a * n + b] = values[b * n + a] = value;
        }
    }
    return values;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(size_t n, size_t table_size, size_t rounds) {
    Arena *arena = arena_open((size_t)1 << 30);
    RoundsInput input = {
        .participants = n, .rounds = rounds, .tables = (n + table_size - 1) / table_size, .table_size = table_size};
    input.values = made_up_values(arena, n, 20260323);
    RoundsPlan plan;
    RoundsReport report;
    double start = seconds_now();
    Err err = rounds_plan(arena, &input, &(RoundsOptions){.seed = 1}, &plan);
    double seconds = seconds_now() - start;
    if (!err) err = rounds_verify(arena, &input, &plan, &report);
    if (err) printf("%5zu %2zu %2zu  failed\n", n, table_size, rounds);
    else
        printf("%5zu %2zu %2zu  %.4f  %5zu  %.3f  %.2f\n", n, table_size, rounds,
               (double)report.value / (double)report.bound, report.repeats, report.worst_share, seconds);
    arena_close(arena);
}

int main(void) {
    printf("    n  c  R  value/bound  repeats  worst  (seconds)\n");
    measure(40, 2, 30); /* nearly all meet all */
    for (size_t table_size = 2; table_size <= 6; table_size += 4) {
        measure(70, table_size, 5);
        measure(71, table_size, 5);
        measure(500, table_size, 8);
    }
    return 0;
}
