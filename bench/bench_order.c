// SPDX-License-Identifier: EUPL-1.2
/* How good running orders are, on made-up afternoons (order_made.h): points beside the bound that counting gives, and
 * whether the planner proved its plan. bench/order.sh puts a solver beside it. Processor seconds are of this machine
 * and for orientation only. An argument is the number of orders to try instead of the planner's own. */
#include "order_made.h"
#include "planner/order.h"

#include <stdio.h>
#include <time.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(size_t count, size_t stages, uint64_t seed, uint64_t orders) {
    Arena *arena = arena_open((size_t)1 << 30);
    OrderInput input = made_input(arena, count, stages, seed);
    OrderPlan plan;
    double start = seconds_now();
    Err err = order_plan(arena, &input, &(OrderOptions){.seed = 1, .orders = orders}, &plan);
    double seconds = seconds_now() - start;
    if (err) printf("%5zu %zu %3llu  failed\n", count, stages, (unsigned long long)seed);
    else
        printf("%5zu %zu %3llu  %7lld  %7lld  %s  %7llu  %.2f\n", count, stages, (unsigned long long)seed,
               (long long)plan.cost.points, (long long)plan.bound_points, plan.proven ? "proven" : "      ",
               (unsigned long long)plan.orders, seconds);
    arena_close(arena);
}

int main(int argc, char **argv) {
    int64_t orders = 0;
    if (argc > 1) (void)str_to_int(str_from_c(argv[1]), &orders);
    printf("items stages seed  points  bound  proven  orders  (seconds)\n");
    for (uint64_t seed = 1; seed <= 4; seed++) measure(10, 1, seed, (uint64_t)orders);
    for (uint64_t seed = 1; seed <= 4; seed++) measure(20, 1, seed, (uint64_t)orders);
    for (uint64_t seed = 1; seed <= 4; seed++) measure(40, 1, seed, (uint64_t)orders);
    for (uint64_t seed = 1; seed <= 4; seed++) measure(200, 5, seed, (uint64_t)orders);
}
