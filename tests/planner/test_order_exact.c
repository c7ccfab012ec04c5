// SPDX-License-Identifier: EUPL-1.2
/* The planner of order against every programme there is: each item left out or in each section at each start on a grid
 * of five minutes, judged by order_check and order_cost. All lengths are multiples of five, so the grid loses nothing. */
#include "planner/order.h"

#include "../cmocka_all.h"
#include "platform/base/random.h"
#include <string.h>

enum { ITEMS_MOST = 5, STEP_MIN = 5, TALKS = 1 << ORDER_TALK, SHOWS = 1 << ORDER_PERFORMANCE };

/* An input with room for all it points to. */
typedef struct Case {
    OrderInput input;
    OrderSection sections[2];
    OrderItem items[ITEMS_MOST];
    OrderWindow windows[ITEMS_MOST][2];
    int64_t people[ITEMS_MOST][2];
    OrderUse uses[ITEMS_MOST][1];
    uint32_t after[ITEMS_MOST][1];
    OrderBusy busy[2];
    uint32_t resources[1];
} Case;

static int32_t some_min(Random *random, int32_t most_min) {
    return (int32_t)random_below(random, (uint64_t)(most_min / STEP_MIN) + 1) * STEP_MIN;
}

static bool one_in(Random *random, uint64_t count) { return random_below(random, count) == 0; }

static void fill_item(Case *c, size_t i, Random *random) {
    OrderItem *item = &c->items[i];
    *item = (OrderItem){.duration_min = STEP_MIN + some_min(random, 10),
                        .kind = (uint32_t)random_below(random, 2),
                        .theme = (int64_t)random_below(random, 3),
                        .organisation = (int64_t)random_below(random, 4),
                        .profile = (int64_t)random_below(random, 3),
                        .children = one_in(random, 4),
                        .setting = (int64_t)random_below(random, 3)};
    if (one_in(random, 8)) item->earliest_min = 600 + some_min(random, 30);
    if (one_in(random, 8)) item->latest_min = 610 + some_min(random, 40);
    if (one_in(random, 3)) item->setup_min = some_min(random, 10);
    if (one_in(random, 3)) item->clear_min = some_min(random, 10);
    if (one_in(random, 5)) item->wish_from_min = 600 + some_min(random, 30);
    if (one_in(random, 5)) item->wish_to_min = 610 + some_min(random, 40);
    if (one_in(random, 6)) item->spaces = 1 + random_below(random, 3);
    if (one_in(random, 6)) item->weight = 1 + (int32_t)random_below(random, 3);
    for (size_t k = 0; k < 2; k++) {
        int32_t start_min = 600 + some_min(random, 30);
        c->windows[i][k] = (OrderWindow){start_min, start_min + some_min(random, 30)};
        c->people[i][k] = 10 + (int64_t)random_below(random, 4);
    }
    item->windows = c->windows[i];
    item->people = c->people[i];
    item->after = c->after[i];
    item->uses = c->uses[i];
    if (one_in(random, 8)) item->window_count = 1 + random_below(random, 2);
    if (one_in(random, 3)) item->people_count = 1 + random_below(random, 2);
    if (i > 0 && one_in(random, 5)) item->after_count = 1;
    if (one_in(random, 4)) item->use_count = 1;
    c->after[i][0] = (uint32_t)random_below(random, i + 1);
    c->uses[i][0] = (OrderUse){.before_min = some_min(random, 5), .after_min = some_min(random, 5)};
    if (i == 0 && one_in(random, 4)) {
        item->fixed = true;
        item->fixed_start_min = 600 + some_min(random, 20);
    }
}

static void fill_case(Case *c, Random *random) {
    size_t count = random_below(random, ITEMS_MOST + 1);
    int32_t start_min = 600;
    bool one_stage = random_below(random, 2);
    for (size_t i = 0; i < 2; i++) {
        int32_t length_min = 15 + some_min(random, 20);
        c->sections[i] = (OrderSection){.start_min = start_min,
                                        .end_min = start_min + length_min,
                                        .takes = one_in(random, 4) ? TALKS : TALKS | SHOWS,
                                        .space = one_stage ? 0 : (uint32_t)i};
        if (one_stage) start_min += length_min + some_min(random, 5);
    }
    for (size_t i = 0; i < count; i++) fill_item(c, i, random);
    for (size_t i = 0; i < 2; i++) {
        int32_t busy_min = 600 + some_min(random, 30);
        c->busy[i] = (OrderBusy){10 + (int64_t)random_below(random, 4), busy_min, busy_min + some_min(random, 15)};
    }
    c->resources[0] = 1;
    c->input = (OrderInput){.sections = c->sections,
                            .section_count = 1 + random_below(random, 2),
                            .items = c->items,
                            .item_count = count,
                            .changeover_min = one_in(random, 2) ? STEP_MIN : 0,
                            .children_until_min = one_in(random, 2) ? 620 : 0,
                            .busy = c->busy,
                            .busy_count = random_below(random, 3),
                            .resources = c->resources,
                            .resource_count = 1};
}

/* ---- Every programme ---- */

static bool is_soft(OrderWarningKind kind) {
    return kind == ORDER_WARNING_UNPLACED || kind == ORDER_WARNING_CHILDREN_LATE ||
           kind == ORDER_WARNING_SAME_ORGANISATION || kind == ORDER_WARNING_SAME_THEME;
}

/* Broken rules; what is between two fixed items is nobody's fault. */
static size_t broken_rules(const OrderInput *input, const OrderPlacement *placements) {
    Arena *arena = arena_open(1 << 22);
    OrderWarning *warnings;
    size_t count, broken = 0;
    assert_int_equal(order_check(arena, input, placements, &warnings, &count), OK);
    for (size_t i = 0; i < count; i++) {
        bool alone = warnings[i].kind == ORDER_WARNING_RESOURCE || warnings[i].other == warnings[i].item;
        bool by_fixed = input->items[warnings[i].item].fixed && alone;
        broken += !is_soft(warnings[i].kind) && !by_fixed;
    }
    arena_close(arena);
    return broken;
}

typedef struct Every {
    const OrderInput *input;
    OrderPlacement placements[ITEMS_MOST], best_placements[ITEMS_MOST];
    int64_t best;
    size_t programmes;
} Every;

static void weigh(Every *every) {
    Arena *arena = arena_open(1 << 22);
    OrderCost cost;
    assert_int_equal(order_cost(arena, every->input, every->placements, &cost), OK);
    every->programmes++;
    if (cost.points < every->best) {
        every->best = cost.points;
        memcpy(every->best_placements, every->placements, sizeof every->placements);
    }
    arena_close(arena);
}

static void try_from(Every *every, size_t item) {
    const OrderInput *input = every->input;
    if (item == input->item_count) {
        weigh(every);
        return;
    }
    const OrderItem *own = &input->items[item];
    if (own->fixed) {
        every->placements[item] = (OrderPlacement){ORDER_PLACED, own->fixed_section, own->fixed_start_min};
        try_from(every, item + 1);
        return;
    }
    for (uint32_t s = 0; s < input->section_count; s++) {
        const OrderSection *section = &input->sections[s];
        for (int32_t min = section->start_min; min + own->duration_min <= section->end_min; min += STEP_MIN) {
            every->placements[item] = (OrderPlacement){ORDER_PLACED, s, min};
            if (broken_rules(input, every->placements) == 0) try_from(every, item + 1);
        }
    }
    every->placements[item] = (OrderPlacement){.unplaced = ORDER_NO_ROOM};
    try_from(every, item + 1);
}

static void tell_item(const Case *c, size_t i, const OrderPlacement *own, const OrderPlacement *best) {
    const OrderItem *item = &c->items[i];
    print_message("%zu: %d min, kind %u, organisation %lld, setting %lld, setup %d, clear %d, from %d to %d, spaces %llu, "
                  "wish %d to %d, windows %zu, people %zu, uses %zu, after %zu (%u)%s%s; planned %d %u %d, best %d %u %d\n",
                  i, item->duration_min, item->kind, (long long)item->organisation, (long long)item->setting,
                  item->setup_min, item->clear_min, item->earliest_min, item->latest_min,
                  (unsigned long long)item->spaces, item->wish_from_min, item->wish_to_min, item->window_count,
                  item->people_count, item->use_count, item->after_count, c->after[i][0],
                  item->children ? " children" : "", item->fixed ? " fixed" : "", own->unplaced, own->section,
                  own->start_min, best->unplaced, best->section, best->start_min);
}

static void tell_case(const Case *c, const OrderPlan *plan, const Every *every) {
    print_message("planned %lld, there is %lld\n", (long long)plan->cost.points, (long long)every->best);
    for (size_t s = 0; s < c->input.section_count; s++)
        print_message("section %d to %d, space %u, takes %u\n", c->sections[s].start_min, c->sections[s].end_min,
                      c->sections[s].space, c->sections[s].takes);
    for (size_t i = 0; i < c->input.item_count; i++)
        tell_item(c, i, &plan->placements[i], &every->best_placements[i]);
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
        Every every = {.input = &c.input, .best = INT64_MAX};
        for (size_t i = 0; i < ITEMS_MOST; i++) every.placements[i].unplaced = ORDER_NO_ROOM;
        try_from(&every, 0);
        Arena *arena = arena_open(1 << 24);
        OrderPlan plan;
        OrderOptions options = {.seed = (uint64_t)turn, .orders = 2000};
        assert_int_equal(order_plan(arena, &c.input, &options, &plan), OK);
        if (plan.cost.points != every.best) tell_case(&c, &plan, &every);
        assert_int_equal(plan.cost.points, every.best);
        assert_true(plan.bound_points <= every.best);
        assert_int_equal(broken_rules(&c.input, plan.placements), 0);
        proven += plan.proven;
        programmes += every.programmes;
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
