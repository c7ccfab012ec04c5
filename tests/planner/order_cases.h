// SPDX-License-Identifier: EUPL-1.2
/* Small made-up inputs of every kind, and every programme there is for one: each item left out or in each section at
 * each start on a grid of five minutes, as far as order_check finds no broken rule. All lengths are multiples of five,
 * so the grid loses nothing. */
#ifndef WSPOLNIE_TESTS_ORDER_CASES_H
#define WSPOLNIE_TESTS_ORDER_CASES_H

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

static inline int32_t some_min(Random *random, int32_t most_min) {
    return (int32_t)random_below(random, (uint64_t)(most_min / STEP_MIN) + 1) * STEP_MIN;
}

static inline bool one_in(Random *random, uint64_t count) { return random_below(random, count) == 0; }

static inline void fill_item(Case *c, size_t i, Random *random) {
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

static inline void fill_case(Case *c, Random *random) {
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

static inline bool is_soft(OrderWarningKind kind) {
    return kind == ORDER_WARNING_UNPLACED || kind == ORDER_WARNING_CHILDREN_LATE ||
           kind == ORDER_WARNING_SAME_ORGANISATION || kind == ORDER_WARNING_SAME_THEME;
}

/* Broken rules; what is between two fixed items is nobody's fault. */
static inline size_t broken_rules(const OrderInput *input, const OrderPlacement *placements) {
    Arena *arena = arena_open(1 << 22);
    OrderWarning *warnings;
    size_t count, broken = 0;
    assert_int_equal(order_check(arena, input, placements, &warnings, &count), OK);
    for (size_t i = 0; i < count; i++) {
        bool alone = warnings[i].kind == ORDER_WARNING_RESOURCE || warnings[i].other == warnings[i].item;
        bool by_fixed = input->items[warnings[i].item].fixed && (alone || input->items[warnings[i].other].fixed);
        broken += !is_soft(warnings[i].kind) && !by_fixed;
    }
    arena_close(arena);
    return broken;
}

typedef struct Every Every;
struct Every {
    const OrderInput *input;
    void (*weigh)(Every *every); /* a programme stands in placements */
    void *for_weigh;
    OrderPlacement placements[ITEMS_MOST];
    size_t programmes;
};

static inline void try_from(Every *every, size_t item) {
    const OrderInput *input = every->input;
    if (item == input->item_count) {
        every->programmes++;
        every->weigh(every);
        return;
    }
    const OrderItem *own = &input->items[item];
    if (own->fixed) {
        every->placements[item] = (OrderPlacement){ORDER_PLACED, own->fixed_section, own->fixed_start_min};
        if (broken_rules(input, every->placements) == 0) try_from(every, item + 1);
        every->placements[item].unplaced = ORDER_NO_ROOM;
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

static inline size_t try_every_programme(const OrderInput *input, void (*weigh)(Every *every), void *for_weigh) {
    Every every = {.input = input, .weigh = weigh, .for_weigh = for_weigh};
    for (size_t i = 0; i < ITEMS_MOST; i++) every.placements[i].unplaced = ORDER_NO_ROOM;
    try_from(&every, 0);
    return every.programmes;
}

#endif
