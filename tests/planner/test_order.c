// SPDX-License-Identifier: EUPL-1.2
#include "planner/order.h"

#include "../cmocka_all.h"
#include "platform/base/random.h"

enum { TALKS = 1 << ORDER_TALK, SHOWS = 1 << ORDER_PERFORMANCE };

static OrderPlan planned(Arena *arena, const OrderInput *input) {
    OrderPlan plan = {0};
    assert_int_equal(order_plan(arena, input, &(OrderOptions){.seed = 1, .orders = 20000}, &plan), OK);
    OrderCost cost;
    assert_int_equal(order_cost(arena, input, plan.placements, &cost), OK);
    assert_memory_equal(&cost, &plan.cost, sizeof cost);
    return plan;
}

static size_t count_warnings(Arena *arena, const OrderInput *input, const OrderPlacement *placements,
                             OrderWarningKind kind) {
    OrderWarning *warnings;
    size_t count, found = 0;
    assert_int_equal(order_check(arena, input, placements, &warnings, &count), OK);
    for (size_t i = 0; i < count; i++) found += warnings[i].kind == kind;
    return found;
}

/* ---- Every order tried ---- */

typedef struct Tries {
    Arena *arena;
    const OrderInput *input;
    size_t order[9];
    int64_t best;
} Tries;

/* One section, nothing fixed, no windows: an order is laid out one after another. */
static void weigh_order(Tries *tries) {
    const OrderInput *input = tries->input;
    OrderPlacement placements[9];
    int32_t start_min = input->sections[0].start_min;
    for (size_t i = 0; i < input->item_count; i++) {
        size_t item = tries->order[i];
        placements[item] = (OrderPlacement){.start_min = start_min};
        if (start_min + input->items[item].duration_min > input->sections[0].end_min) return;
        start_min += input->items[item].duration_min + input->changeover_min;
    }
    OrderCost cost;
    assert_int_equal(order_cost(tries->arena, input, placements, &cost), OK);
    if (cost.points < tries->best) tries->best = cost.points;
}

static void try_orders(Tries *tries, size_t from) {
    if (from == tries->input->item_count) return weigh_order(tries);
    for (size_t i = from; i < tries->input->item_count; i++) {
        size_t kept = tries->order[from];
        tries->order[from] = tries->order[i];
        tries->order[i] = kept;
        try_orders(tries, from + 1);
        kept = tries->order[from];
        tries->order[from] = tries->order[i];
        tries->order[i] = kept;
    }
}

static void fill_items(Random *random, OrderItem *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        items[i] = (OrderItem){.duration_min = 5 + (int32_t)random_below(random, 20),
                               .kind = (uint32_t)random_below(random, 2),
                               .theme = (int64_t)random_below(random, 4),
                               .organisation = (int64_t)random_below(random, 4),
                               .children = random_below(random, 4) == 0};
    }
}

static void compare_with_every_order(Random *random, size_t count, int64_t most_percent) {
    Arena *arena = arena_open(1 << 24);
    OrderItem items[9];
    fill_items(random, items, count);
    const OrderSection section = {.start_min = 600, .end_min = 600 + 9 * 30, .takes = TALKS | SHOWS};
    OrderInput input = {.sections = &section,
                        .section_count = 1,
                        .items = items,
                        .item_count = count,
                        .changeover_min = 2,
                        .children_until_min = 700};
    Tries tries = {.arena = arena_open((size_t)1 << 28), .input = &input, .best = INT64_MAX};
    for (size_t i = 0; i < count; i++) tries.order[i] = i;
    try_orders(&tries, 0);
    OrderPlan plan = planned(arena, &input);
    assert_true(plan.cost.points >= tries.best);
    assert_true(plan.cost.points * 100 <= tries.best * most_percent);
    arena_close(tries.arena);
    arena_close(arena);
}

static void test_against_every_order(void **state) {
    (void)state;
    Random random = random_from_seed(4);
    for (int turn = 0; turn < 40; turn++) compare_with_every_order(&random, 1 + random_below(&random, 6), 100);
    for (int turn = 0; turn < 3; turn++) compare_with_every_order(&random, 8, 103);
}

/* ---- Properties ---- */

static void test_plans_keep_the_rules(void **state) {
    (void)state;
    const uint64_t seed = 77;
    print_message("seed %llu\n", (unsigned long long)seed);
    Random random = random_from_seed(seed);
    for (int turn = 0; turn < 400; turn++) {
        Arena *arena = arena_open(1 << 22);
        OrderItem items[14];
        OrderSection sections[4];
        size_t count = random_below(&random, 15), frame = random_below(&random, 5);
        fill_items(&random, items, count);
        for (size_t i = 0; i < frame; i++) {
            int32_t start_min = 600 + (int32_t)random_below(&random, 200);
            sections[i] = (OrderSection){.start_min = start_min,
                                         .end_min = start_min + (int32_t)random_below(&random, 120),
                                         .takes = (uint32_t)random_below(&random, 4),
                                         .space = (uint32_t)random_below(&random, 2)};
        }
        for (size_t i = 0; i < count; i++) {
            if (random_below(&random, 4) == 0) items[i].earliest_min = 600 + (int32_t)random_below(&random, 100);
            if (random_below(&random, 4) == 0) items[i].latest_min = 650 + (int32_t)random_below(&random, 100);
        }
        OrderInput input = {.sections = sections,
                            .section_count = frame,
                            .items = items,
                            .item_count = count,
                            .changeover_min = (int32_t)random_below(&random, 5),
                            .children_until_min = 700};
        OrderPlan plan = {0}, again = {0};
        OrderOptions options = {.seed = (uint64_t)turn, .orders = 300};
        assert_int_equal(order_plan(arena, &input, &options, &plan), OK);
        assert_int_equal(order_plan(arena, &input, &options, &again), OK);
        for (size_t i = 0; i < count; i++) {
            assert_true(plan.placements[i].section == again.placements[i].section &&
                        plan.placements[i].start_min == again.placements[i].start_min);
        }
        OrderWarning *warnings;
        size_t found, soft = 0;
        assert_int_equal(order_check(arena, &input, plan.placements, &warnings, &found), OK);
        for (size_t i = 0; i < found; i++) {
            OrderWarningKind kind = warnings[i].kind;
            soft += kind == ORDER_WARNING_UNPLACED || kind == ORDER_WARNING_CHILDREN_LATE ||
                    kind == ORDER_WARNING_SAME_ORGANISATION || kind == ORDER_WARNING_SAME_THEME;
        }
        assert_int_equal(soft, found);
        assert_int_equal(found, plan.cost.unplaced + plan.cost.children_late + plan.cost.same_organisation +
                                    plan.cost.same_theme);
        arena_close(arena);
    }
}

/* ---- What people ask for ---- */

static void test_performances_stand_between_talks(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    OrderItem items[9];
    for (size_t i = 0; i < 9; i++)
        items[i] = (OrderItem){.duration_min = 10,
                               .kind = i < 2 ? ORDER_PERFORMANCE : ORDER_TALK,
                               .theme = (int64_t)(i % 3 + 1),
                               .organisation = (int64_t)i + 1};
    const OrderSection section = {.start_min = 975, .end_min = 1100, .takes = TALKS | SHOWS};
    OrderPlan plan = planned(
        arena,
        &(OrderInput){.sections = &section, .section_count = 1, .items = items, .item_count = 9, .changeover_min = 2});
    assert_int_equal(plan.cost.unplaced + plan.cost.same_theme + plan.cost.performances_together, 0);
    assert_int_equal(plan.cost.uneven, 2 * 2 + 2 * 2 + 3 * 3);
    arena_close(arena);
}

static void test_fixed_items_stay_and_children_come_early(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    const OrderItem items[] = {
        {.duration_min = 20, .organisation = 1},
        {.duration_min = 20, .organisation = 2, .children = true},
        {.duration_min = 30, .organisation = 3, .fixed = true, .fixed_start_min = 640},
        {.duration_min = 20, .organisation = 4},
    };
    const OrderSection section = {.start_min = 600, .end_min = 720, .takes = TALKS};
    OrderInput input = {.sections = &section,
                        .section_count = 1,
                        .items = items,
                        .item_count = 4,
                        .changeover_min = 5,
                        .children_until_min = 630};
    OrderPlan plan = planned(arena, &input);
    assert_int_equal(plan.cost.unplaced, 0);
    assert_int_equal(plan.placements[2].start_min, 640);
    assert_int_equal(plan.placements[1].start_min, 600);
    assert_int_equal(count_warnings(arena, &input, plan.placements, ORDER_WARNING_OVERLAP), 0);
    arena_close(arena);
}

static void test_an_organisation_is_in_one_place(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    const OrderItem items[] = {{.duration_min = 30, .organisation = 7},
                               {.duration_min = 30, .kind = ORDER_PERFORMANCE, .organisation = 7}};
    const OrderSection sections[] = {{.start_min = 600, .end_min = 660, .takes = TALKS, .space = 0},
                                     {.start_min = 600, .end_min = 660, .takes = SHOWS, .space = 1}};
    OrderInput input = {.sections = sections, .section_count = 2, .items = items, .item_count = 2};
    OrderPlan plan = planned(arena, &input);
    assert_int_equal(plan.cost.unplaced, 0);
    assert_int_equal(plan.placements[0].start_min + plan.placements[1].start_min, 600 + 630);
    plan.placements[0].start_min = plan.placements[1].start_min;
    assert_int_equal(count_warnings(arena, &input, plan.placements, ORDER_WARNING_ORGANISATION_TWICE), 1);
    arena_close(arena);
}

static void test_what_does_not_fit_is_named(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    const OrderItem items[] = {
        {.duration_min = 50},
        {.duration_min = 10, .kind = ORDER_OTHER},
        {.duration_min = 61},
        {.duration_min = 30, .latest_min = 620},
        {.duration_min = 30, .earliest_min = 640},
        {.duration_min = 50},
    };
    const OrderSection sections[] = {{.start_min = 600, .end_min = 660, .takes = TALKS},
                                     {.start_min = 660, .end_min = 900, .takes = 0}};
    OrderInput input = {.sections = sections, .section_count = 2, .items = items, .item_count = 6};
    OrderPlan plan = planned(arena, &input);
    assert_int_equal(plan.cost.unplaced, 5);
    assert_int_equal(plan.placements[1].unplaced, ORDER_KIND_NOT_TAKEN);
    assert_int_equal(plan.placements[2].unplaced, ORDER_TOO_LONG);
    assert_int_equal(plan.placements[3].unplaced, ORDER_WINDOW);
    assert_int_equal(plan.placements[4].unplaced, ORDER_WINDOW);
    assert_true((plan.placements[0].unplaced == ORDER_NO_ROOM) != (plan.placements[5].unplaced == ORDER_NO_ROOM));
    assert_int_equal(count_warnings(arena, &input, plan.placements, ORDER_WARNING_UNPLACED), 5);
    arena_close(arena);
}

static void test_check_sees_what_is_wrong(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    const OrderItem items[] = {
        {.duration_min = 20, .theme = 1, .organisation = 1, .earliest_min = 605},
        {.duration_min = 20, .theme = 1, .organisation = 1, .children = true},
        {.duration_min = 20, .theme = 2, .kind = ORDER_PERFORMANCE, .latest_min = 650},
    };
    const OrderSection section = {.start_min = 600, .end_min = 650, .takes = TALKS};
    OrderInput input = {.sections = &section,
                        .section_count = 1,
                        .items = items,
                        .item_count = 3,
                        .changeover_min = 5,
                        .children_until_min = 630};
    const OrderPlacement placements[] = {{.start_min = 595}, {.start_min = 613}, {.start_min = 635}};
    OrderWarning *warnings;
    size_t count;
    assert_int_equal(order_check(arena, &input, placements, &warnings, &count), OK);
    const OrderWarning expected[] = {
        {ORDER_WARNING_OUT_OF_SECTION, 0, 0, 5}, {ORDER_WARNING_TOO_EARLY, 0, 0, 10},
        {ORDER_WARNING_OVERLAP, 0, 1, 2},        {ORDER_WARNING_SAME_ORGANISATION, 0, 1, 0},
        {ORDER_WARNING_SAME_THEME, 0, 1, 0},     {ORDER_WARNING_CHILDREN_LATE, 1, 1, 3},
        {ORDER_WARNING_CHANGEOVER, 1, 2, 3},     {ORDER_WARNING_OUT_OF_SECTION, 2, 2, 5},
        {ORDER_WARNING_KIND_NOT_TAKEN, 2, 2, 0}, {ORDER_WARNING_TOO_LATE, 2, 2, 5},
    };
    assert_int_equal(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(warnings[i].kind, expected[i].kind);
        assert_int_equal(warnings[i].item, expected[i].item);
        assert_int_equal(warnings[i].other, expected[i].other);
        assert_int_equal(warnings[i].minutes, expected[i].minutes);
    }
    arena_close(arena);
}

static const OrderReason *reason_of(const OrderReason *reasons, size_t count, size_t item, OrderReasonKind kind) {
    for (size_t i = 0; i < count; i++)
        if (reasons[i].item == item && reasons[i].kind == kind) return &reasons[i];
    return NULL;
}

static void test_each_place_is_explained(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    const int64_t guide[] = {70};
    const uint32_t after_opening[] = {0};
    const OrderItem items[] = {
        {.duration_min = 10, .fixed = true, .fixed_start_min = 600},
        {.duration_min = 10, .theme = 1, .after = after_opening, .after_count = 1},
        {.duration_min = 10, .theme = 2, .people = guide, .people_count = 1},
        {.duration_min = 10, .theme = 1},
        {.duration_min = 20, .kind = ORDER_PERFORMANCE, .children = true, .earliest_min = 650},
    };
    const OrderSection sections[] = {{.start_min = 600, .end_min = 640, .takes = TALKS},
                                     {.start_min = 640, .end_min = 700, .takes = SHOWS}};
    const OrderBusy busy[] = {{70, 590, 620}};
    OrderInput input = {
        .sections = sections, .section_count = 2, .items = items, .item_count = 5, .busy = busy, .busy_count = 1};
    OrderPlan plan = planned(arena, &input);
    assert_int_equal(plan.cost.unplaced + plan.cost.same_theme, 0);
    assert_int_equal(plan.placements[2].start_min, 620);
    OrderReason *reasons;
    size_t count;
    assert_int_equal(order_explain(arena, &input, plan.placements, &reasons, &count), OK);
    assert_non_null(reason_of(reasons, count, 0, ORDER_REASON_FIXED));
    assert_non_null(reason_of(reasons, count, 1, ORDER_REASON_ONLY_SECTION));
    const OrderReason *after = reason_of(reasons, count, 1, ORDER_REASON_AFTER);
    if (plan.placements[1].start_min == 610) assert_true(after && after->other == 0);
    assert_non_null(reason_of(reasons, count, 2, ORDER_REASON_BUSY));
    assert_non_null(reason_of(reasons, count, 4, ORDER_REASON_EARLIEST));
    assert_non_null(reason_of(reasons, count, 4, ORDER_REASON_CHILDREN));
    const OrderReason *change = reason_of(reasons, count, 2, ORDER_REASON_CHANGE);
    assert_true(change && change->points >= ORDER_POINTS_SAME_THEME);
    assert_null(reason_of(reasons, count, 3, ORDER_REASON_AFTER));
    arena_close(arena);
}

static void test_limits_and_nothing(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    OrderPlan plan = {.orders = 42};
    OrderOptions options = {0};
    const OrderSection backwards = {.start_min = 5, .end_min = 4}, section = {.end_min = 60, .takes = TALKS};
    const OrderItem instant = {0}, strange = {.duration_min = 1, .kind = ORDER_KINDS_MOST},
                    lost = {.duration_min = 1, .fixed = true, .fixed_section = 1};
    const OrderItem endless = {.duration_min = ORDER_MINUTES_MOST + 1}, past = {.duration_min = 1, .earliest_min = -1};
    const OrderInput bad[] = {
        {.item_count = ORDER_ITEMS_MOST + 1},
        {.section_count = ORDER_SECTIONS_MOST + 1},
        {.changeover_min = -1},
        {.children_until_min = ORDER_MINUTES_MOST + 1},
        {.sections = &backwards, .section_count = 1},
        {.sections = &section, .section_count = 1, .items = &instant, .item_count = 1},
        {.sections = &section, .section_count = 1, .items = &strange, .item_count = 1},
        {.sections = &section, .section_count = 1, .items = &lost, .item_count = 1},
        {.sections = &section, .section_count = 1, .items = &endless, .item_count = 1},
        {.sections = &section, .section_count = 1, .items = &past, .item_count = 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(order_plan(arena, &bad[i], &options, &plan), ERR_INPUT);
    assert_int_equal(plan.orders, 42);
    assert_int_equal(planned(arena, &(OrderInput){0}).cost.points, 0);
    const OrderItem talk = {.duration_min = 10};
    assert_int_equal(planned(arena, &(OrderInput){.items = &talk, .item_count = 1}).placements[0].unplaced,
                     ORDER_KIND_NOT_TAKEN);
    const OrderPlacement nowhere = {.section = 3};
    OrderCost cost;
    assert_int_equal(order_cost(arena, &(OrderInput){.items = &talk, .item_count = 1}, &nowhere, &cost), ERR_INPUT);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_every_order),
        cmocka_unit_test(test_plans_keep_the_rules),
        cmocka_unit_test(test_performances_stand_between_talks),
        cmocka_unit_test(test_fixed_items_stay_and_children_come_early),
        cmocka_unit_test(test_an_organisation_is_in_one_place),
        cmocka_unit_test(test_what_does_not_fit_is_named),
        cmocka_unit_test(test_check_sees_what_is_wrong),
        cmocka_unit_test(test_each_place_is_explained),
        cmocka_unit_test(test_limits_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
