// SPDX-License-Identifier: EUPL-1.2
/* Mending against every programme there is: the fewest without a place, then the fewest moves, then minutes, then
 * points. What is mended is a plan for something a little different: an item longer, later, gone, a section begun
 * later. */
#include "order_cases.h"

typedef struct Mended {
    const OrderPlacement *before;
    size_t unplaced, moved;
    int64_t minutes, points;
    OrderPlacement placements[ITEMS_MOST];
} Mended;

static void count_moves(const OrderInput *input, const OrderPlacement *before, const OrderPlacement *after,
                        size_t *moved, int64_t *minutes) {
    *moved = 0;
    *minutes = 0;
    for (size_t i = 0; i < input->item_count; i++) {
        if (before[i].unplaced || input->items[i].fixed) continue;
        bool same =
            !after[i].unplaced && after[i].section == before[i].section && after[i].start_min == before[i].start_min;
        *moved += !same;
        if (!after[i].unplaced) *minutes += llabs((long long)after[i].start_min - before[i].start_min);
    }
}

static bool is_better(const Mended *a, const Mended *b) {
    if (a->unplaced != b->unplaced) return a->unplaced < b->unplaced;
    if (a->moved != b->moved) return a->moved < b->moved;
    if (a->minutes != b->minutes) return a->minutes < b->minutes;
    return a->points < b->points;
}

static void weigh(Every *every) {
    Mended *best = every->for_weigh, now = {.before = best->before};
    Arena *arena = arena_open(1 << 22);
    OrderCost cost;
    assert_int_equal(order_cost(arena, every->input, every->placements, &cost), OK);
    now.unplaced = cost.unplaced;
    now.points = cost.points;
    count_moves(every->input, best->before, every->placements, &now.moved, &now.minutes);
    memcpy(now.placements, every->placements, sizeof now.placements);
    if (is_better(&now, best)) *best = now;
    arena_close(arena);
}

/* Something happens. */
static void change_case(Case *c, Random *random) {
    if (!c->input.item_count) return;
    size_t item = random_below(random, c->input.item_count);
    switch (random_below(random, 5)) {
    case 0: c->items[item].duration_min += 5 + some_min(random, 5); break;
    case 1: c->items[item].earliest_min = 605 + some_min(random, 25); break;
    case 2:
        if (!c->items[item].fixed) c->items[item].spaces = UINT64_C(1) << 40; /* gone: it fits nowhere */
        break;
    case 3: c->sections[0].start_min += 5; break;
    default: c->items[item].fixed = true; c->items[item].fixed_start_min = 600 + some_min(random, 30);
    }
}

static void tell_mended(const Case *c, const OrderPlacement *before, const OrderRepair *repair, const Mended *best) {
    print_message("mended: %zu without, %zu moves, %lld min, %lld points; there is %zu, %zu, %lld, %lld\n",
                  repair->cost.unplaced, repair->moved, (long long)repair->moved_min, (long long)repair->cost.points,
                  best->unplaced, best->moved, (long long)best->minutes, (long long)best->points);
    OrderWarning *warnings;
    size_t count;
    Arena *arena = arena_open(1 << 22);
    assert_int_equal(order_check(arena, &c->input, before, &warnings, &count), OK);
    for (size_t i = 0; i < count; i++)
        print_message("before: warning %d of %zu with %zu, %d min\n", warnings[i].kind, warnings[i].item,
                      warnings[i].other, warnings[i].minutes);
    arena_close(arena);
    for (size_t i = 0; i < c->input.item_count; i++)
        print_message("%zu: %d min, %s before %d %u %d, mended %d %u %d, best %d %u %d\n", i, c->items[i].duration_min,
                      c->items[i].fixed ? "fixed," : "", before[i].unplaced, before[i].section, before[i].start_min,
                      repair->placements[i].unplaced, repair->placements[i].section, repair->placements[i].start_min,
                      best->placements[i].unplaced, best->placements[i].section, best->placements[i].start_min);
}

static uint64_t first_seed = 20261201; /* or the program's argument: any number of other cases */

static void test_fewest_moves(void **state) {
    (void)state;
    print_message("seed %llu\n", (unsigned long long)first_seed);
    Random random = random_from_seed(first_seed);
    enum { CASES = 150 };
    size_t proven = 0, least = 0, moved = 0;
    for (int turn = 0; turn < CASES; turn++) {
        Case c;
        memset(&c, 0, sizeof c);
        fill_case(&c, &random);
        Arena *arena = arena_open(1 << 26);
        OrderPlan plan;
        assert_int_equal(order_plan(arena, &c.input, &(OrderOptions){.seed = 1, .orders = 500}, &plan), OK);
        change_case(&c, &random);
        Mended best = {.before = plan.placements, .unplaced = SIZE_MAX};
        try_every_programme(&c.input, weigh, &best);
        OrderRepair repair;
        assert_int_equal(order_repair(arena, &c.input, plan.placements, &(OrderOptions){0}, &repair), OK);
        assert_int_equal(broken_rules(&c.input, repair.placements), 0);
        bool is_least = repair.cost.unplaced == best.unplaced && repair.moved == best.moved &&
                        repair.moved_min == best.minutes && repair.cost.points == best.points;
        if (!is_least && repair.proven) tell_mended(&c, plan.placements, &repair, &best);
        assert_true(is_least || !repair.proven);
        least += is_least;
        moved += repair.moved;
        proven += repair.proven;
        arena_close(arena);
    }
    print_message("%zu of %d proven, %zu as good as there is, %zu moves\n", proven, CASES, least, moved);
    assert_true(proven > CASES / 3 && least > CASES * 8 / 10 && moved > CASES / 10);
}

int main(int argc, char **argv) {
    int64_t seed;
    if (argc > 1 && str_to_int(str_from_c(argv[1]), &seed)) first_seed = (uint64_t)seed;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fewest_moves)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
