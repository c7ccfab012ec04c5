// SPDX-License-Identifier: EUPL-1.2
/* Made-up afternoons for the benches of the running order: talks of 4 to 10 minutes and performances of 8 to 30 on one
 * or more stages, six themes, some organisations twice, set-up for performances, children, windows, wishes. The frame
 * has a tenth more minutes than are asked for. The same seed gives the same afternoon everywhere. */
#ifndef WSPOLNIE_BENCH_ORDER_MADE_H
#define WSPOLNIE_BENCH_ORDER_MADE_H

#include "planner/order.h"
#include "platform/base/random.h"

enum { MADE_DOORS_MIN = 14 * 60, MADE_BREAK_MIN = 20, MADE_SECTIONS = 3, MADE_CHANGEOVER_MIN = 1 };

static inline OrderItem made_item(Random *random, size_t count) {
    bool performs = random_below(random, 100) < 30;
    int64_t organisation = 1 + (int64_t)random_below(random, count * 4);
    OrderItem item = {.duration_min =
                          performs ? 8 + (int32_t)random_below(random, 23) : 4 + (int32_t)random_below(random, 7),
                      .kind = performs ? ORDER_PERFORMANCE : ORDER_TALK,
                      .theme = performs ? 0 : 1 + (int64_t)random_below(random, 6),
                      .organisation = organisation,
                      .profile = 1 + organisation % 8,
                      .children = performs && random_below(random, 4) == 0,
                      .setting = performs ? 0 : 1};
    if (performs) {
        item.setup_min = 2 + (int32_t)random_below(random, 6);
        item.clear_min = 1 + (int32_t)random_below(random, 4);
    }
    return item;
}

/* `stages` stages, each with three sections of equal length and a break between them. */
static inline OrderInput made_input(Arena *arena, size_t count, size_t stages, uint64_t seed) {
    Random random = random_from_seed(seed);
    OrderItem *items = arena_array(arena, OrderItem, count);
    int32_t minutes = 0;
    for (size_t i = 0; i < count; i++) {
        items[i] = made_item(&random, count);
        minutes += items[i].duration_min + MADE_CHANGEOVER_MIN + (items[i].setup_min + items[i].clear_min) / 2;
    }
    int32_t length_min = minutes * 11 / 10 / (int32_t)(stages * MADE_SECTIONS) + 5;
    OrderSection *sections = arena_array(arena, OrderSection, stages * MADE_SECTIONS);
    for (size_t s = 0; s < stages * MADE_SECTIONS; s++) {
        int32_t start_min = MADE_DOORS_MIN + (int32_t)(s % MADE_SECTIONS) * (length_min + MADE_BREAK_MIN);
        sections[s] = (OrderSection){start_min, start_min + length_min, 1 << ORDER_TALK | 1 << ORDER_PERFORMANCE,
                                     (uint32_t)(s / MADE_SECTIONS)};
    }
    int32_t end_min = MADE_DOORS_MIN + MADE_SECTIONS * (length_min + MADE_BREAK_MIN);
    for (size_t i = 0; i < count; i++) {
        if (random_below(&random, 6) == 0)
            items[i].earliest_min =
                MADE_DOORS_MIN + (int32_t)random_below(&random, (uint64_t)(end_min - MADE_DOORS_MIN) / 2);
        if (random_below(&random, 8) == 0)
            items[i].latest_min = end_min - (int32_t)random_below(&random, (uint64_t)(end_min - MADE_DOORS_MIN) / 3);
        if (random_below(&random, 8) == 0) items[i].wish_to_min = MADE_DOORS_MIN + (end_min - MADE_DOORS_MIN) / 2;
    }
    return (OrderInput){.sections = sections,
                        .section_count = stages * MADE_SECTIONS,
                        .items = items,
                        .item_count = count,
                        .changeover_min = MADE_CHANGEOVER_MIN,
                        .children_until_min = MADE_DOORS_MIN + 2 * 60};
}

#endif
