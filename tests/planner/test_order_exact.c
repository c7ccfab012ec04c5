// SPDX-License-Identifier: EUPL-1.2
/* The planner of order against every programme there is. */
#include "order_cases.h"

typedef struct Best {
    OrderPlacement placements[ITEMS_MOST];
    int64_t points;
} Best;

static void weigh(Every *every) {
    Best *best = every->for_weigh;
    Arena *arena = arena_open(1 << 22);
    OrderCost cost;
    assert_int_equal(order_cost(arena, every->input, every->placements, &cost), OK);
    if (cost.points < best->points) {
        best->points = cost.points;
        memcpy(best->placements, every->placements, sizeof best->placements);
    }
    arena_close(arena);
}

static void tell_item(const Case *c, size_t i, const OrderPlacement *own, const OrderPlacement *best) {
    const OrderItem *item = &c->items[i];
    print_message(
        "%zu: %d min, kind %u, organisation %lld, setting %lld, setup %d, clear %d, from %d to %d, spaces %llu, "
        "wish %d to %d, windows %zu, people %zu, uses %zu, after %zu (%u)%s%s; planned %d %u %d, best %d %u %d\n",
        i, item->duration_min, item->kind, (long long)item->organisation, (long long)item->setting, item->setup_min,
        item->clear_min, item->earliest_min, item->latest_min, (unsigned long long)item->spaces, item->wish_from_min,
        item->wish_to_min, item->window_count, item->people_count, item->use_count, item->after_count, c->after[i][0],
        item->children ? " children" : "", item->fixed ? " fixed" : "", own->unplaced, own->section, own->start_min,
        best->unplaced, best->section, best->start_min);
}

static void tell_case(const Case *c, const OrderPlan *plan, const Best *best) {
    print_message("planned %lld, there is %lld\n", (long long)plan->cost.points, (long long)best->points);
    for (size_t s = 0; s < c->input.section_count; s++)
        print_message("section %d to %d, space %u, takes %u\n", c->sections[s].start_min, c->sections[s].end_min,
                      c->sections[s].space, c->sections[s].takes);
    for (size_t i = 0; i < c->input.item_count; i++) tell_item(c, i, &plan->placements[i], &best->placements[i]);
}

static uint64_t first_seed = 20261130; /* or the program's argument: any number of other cases */

static void test_nothing_is_better(void **state) {
    (void)state;
    const uint64_t seed = first_seed;
    print_message("seed %llu\n", (unsigned long long)seed);
    Random random = random_from_seed(seed);
    size_t programmes = 0, proven = 0;
    enum { CASES = 150 };
    for (int turn = 0; turn < CASES; turn++) {
        Case c;
        memset(&c, 0, sizeof c);
        fill_case(&c, &random);
        Best best = {.points = INT64_MAX};
        programmes += try_every_programme(&c.input, weigh, &best);
        Arena *arena = arena_open(1 << 24);
        OrderPlan plan;
        OrderOptions options = {.seed = (uint64_t)turn, .orders = 2000};
        assert_int_equal(order_plan(arena, &c.input, &options, &plan), OK);
        if (plan.cost.points != best.points) tell_case(&c, &plan, &best);
        assert_int_equal(plan.cost.points, best.points);
        assert_true(plan.bound_points <= best.points);
        assert_int_equal(broken_rules(&c.input, plan.placements), 0);
        proven += plan.proven;
        arena_close(arena);
    }
    print_message("%zu programmes, %zu of %d proven\n", programmes, proven, CASES);
    assert_true(programmes > CASES * 10 && proven > CASES / 2);
}

int main(int argc, char **argv) {
    int64_t seed;
    if (argc > 1 && str_to_int(str_from_c(argv[1]), &seed)) first_seed = (uint64_t)seed;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_is_better)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
