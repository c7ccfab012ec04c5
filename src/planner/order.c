// SPDX-License-Identifier: EUPL-1.2
#include "planner/order.h"

#include "planner/order_internal.h"
#include "platform/base/random.h"

#include <string.h>

enum { ORDERS_LEAST = 2000, ORDERS_MOST = 60000, VISITS_MOST = 60 * 1000 * 1000 };

typedef struct Planning {
    const OrderInput *input;
    Random random;
    size_t n;
    OrderPlacement *placements;
    uint32_t *placed; /* items that have a place, in the order they got it */
    size_t placed_count;
    uint32_t *by_time; /* room for order_cost */
    uint32_t *order;   /* the free items */
    size_t free_count;
    uint32_t *best_order;
    int64_t best;
    uint64_t tried;
} Planning;

/* ---- Checks ---- */

static bool minute_is_sound(int32_t minute) { return minute >= 0 && minute <= ORDER_MINUTES_MOST; }

static bool item_is_sound(const OrderInput *input, const OrderItem *item) {
    if (item->duration_min < 1 || item->duration_min > ORDER_MINUTES_MOST || item->kind >= ORDER_KINDS_MOST)
        return false;
    if (!minute_is_sound(item->earliest_min) || !minute_is_sound(item->latest_min)) return false;
    return !item->fixed || (item->fixed_section < input->section_count && minute_is_sound(item->fixed_start_min));
}

bool order_input_is_sound(const OrderInput *input) {
    if (input->item_count > ORDER_ITEMS_MOST || input->section_count > ORDER_SECTIONS_MOST) return false;
    if (!minute_is_sound(input->changeover_min) || !minute_is_sound(input->children_until_min)) return false;
    for (size_t i = 0; i < input->section_count; i++) {
        const OrderSection *section = &input->sections[i];
        if (!minute_is_sound(section->start_min) || !minute_is_sound(section->end_min)) return false;
        if (section->end_min < section->start_min) return false;
    }
    for (size_t i = 0; i < input->item_count; i++) {
        if (!item_is_sound(input, &input->items[i])) return false;
    }
    return true;
}

bool order_placements_are_sound(const OrderInput *input, const OrderPlacement *placements) {
    for (size_t i = 0; i < input->item_count; i++) {
        if (placements[i].unplaced) continue;
        if (placements[i].section >= input->section_count || !minute_is_sound(placements[i].start_min)) return false;
    }
    return true;
}

/* ---- What an order costs ---- */

static int32_t end_of(const OrderInput *input, const OrderPlacement *placements, uint32_t item) {
    return placements[item].start_min + input->items[item].duration_min;
}

/* Placed items by section, then time. They come nearly sorted, so insertion is quick. */
static size_t sort_by_time(const OrderInput *input, const OrderPlacement *placements, uint32_t *by_time) {
    size_t count = 0;
    for (uint32_t item = 0; item < input->item_count; item++) {
        const OrderPlacement *own = &placements[item];
        if (own->unplaced) continue;
        size_t at = count++;
        for (; at > 0; at--) {
            const OrderPlacement *before = &placements[by_time[at - 1]];
            if (before->section < own->section ||
                (before->section == own->section && before->start_min <= own->start_min))
                break;
            by_time[at] = by_time[at - 1];
        }
        by_time[at] = item;
    }
    return count;
}

static void cost_of_children(const OrderInput *input, const OrderPlacement *placements, OrderCost *cost) {
    int32_t start_min = ORDER_MINUTES_MOST;
    for (size_t i = 0; i < input->section_count; i++) {
        if (input->sections[i].start_min < start_min) start_min = input->sections[i].start_min;
    }
    for (uint32_t item = 0; item < input->item_count; item++) {
        if (placements[item].unplaced || !input->items[item].children) continue;
        bool late = input->children_until_min && end_of(input, placements, item) > input->children_until_min;
        cost->children_late += late;
        int32_t wait_min = placements[item].start_min - start_min;
        cost->children_wait += wait_min > 0 ? (size_t)wait_min / 15 : 0;
    }
}

static void cost_of_neighbours(const OrderInput *input, const OrderPlacement *placements, uint32_t first,
                               uint32_t second, OrderCost *cost) {
    const OrderItem *a = &input->items[first], *b = &input->items[second];
    cost->same_organisation += a->organisation && a->organisation == b->organisation;
    cost->same_theme += a->theme && a->theme == b->theme;
    cost->performances_together += a->kind == ORDER_PERFORMANCE && b->kind == ORDER_PERFORMANCE;
    int32_t idle_min = placements[second].start_min - end_of(input, placements, first) - input->changeover_min;
    if (idle_min > 0) cost->idle_min += (size_t)idle_min;
}

/* One section's items in time: neighbours, and runs between performances. */
static void cost_of_section(const OrderInput *input, const OrderPlacement *placements, const uint32_t *items,
                            size_t count, OrderCost *cost) {
    size_t run = 0, squares = 0, performances = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0) cost_of_neighbours(input, placements, items[i - 1], items[i], cost);
        if (input->items[items[i]].kind == ORDER_PERFORMANCE) {
            performances++;
            squares += run * run;
            run = 0;
        } else run++;
    }
    if (performances) cost->uneven += squares + run * run;
}

static OrderCost cost_of(const OrderInput *input, const OrderPlacement *placements, uint32_t *by_time) {
    OrderCost cost = {0};
    size_t count = sort_by_time(input, placements, by_time);
    cost.unplaced = input->item_count - count;
    cost_of_children(input, placements, &cost);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && placements[by_time[to]].section == placements[by_time[from]].section;) to++;
        cost_of_section(input, placements, by_time + from, to - from, &cost);
    }
    cost.points =
        (int64_t)(cost.unplaced * ORDER_POINTS_UNPLACED + cost.children_late * ORDER_POINTS_CHILDREN_LATE +
                  cost.same_organisation * ORDER_POINTS_SAME_ORGANISATION + cost.same_theme * ORDER_POINTS_SAME_THEME +
                  cost.performances_together * ORDER_POINTS_PERFORMANCES_TOGETHER + cost.uneven * ORDER_POINTS_UNEVEN +
                  cost.children_wait * ORDER_POINTS_CHILDREN_WAIT + cost.idle_min * ORDER_POINTS_IDLE_MIN);
    return cost;
}

Err order_cost(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderCost *cost) {
    if (!order_input_is_sound(input) || !order_placements_are_sound(input, placements)) return ERR_INPUT;
    *cost = cost_of(input, placements, arena_array(arena, uint32_t, input->item_count));
    return OK;
}

/* ---- From an order to a programme ---- */

/* When `item`, begun at start_min in this section, could begin instead because of somebody placed; start_min itself
 * where nobody is in the way. */
static int32_t start_after_conflict(const Planning *planning, uint32_t item, uint32_t section, int32_t start_min) {
    const OrderInput *input = planning->input;
    int32_t end_min = start_min + input->items[item].duration_min;
    for (size_t i = 0; i < planning->placed_count; i++) {
        uint32_t other = planning->placed[i];
        bool shares = input->sections[planning->placements[other].section].space == input->sections[section].space;
        bool same =
            input->items[item].organisation && input->items[item].organisation == input->items[other].organisation;
        if (!shares && !same) continue;
        int32_t apart_min = shares ? input->changeover_min : 0,
                other_end_min = end_of(input, planning->placements, other);
        if (start_min < other_end_min + apart_min && planning->placements[other].start_min < end_min + apart_min)
            return other_end_min + apart_min;
    }
    return start_min;
}

/* The earliest start in a section that keeps the rules, or -1. */
static int32_t find_start(const Planning *planning, uint32_t item, uint32_t section) {
    const OrderItem *own = &planning->input->items[item];
    const OrderSection *place = &planning->input->sections[section];
    if (!(place->takes >> own->kind & 1)) return -1;
    int32_t start_min = own->earliest_min > place->start_min ? own->earliest_min : place->start_min;
    int32_t end_min = own->latest_min && own->latest_min < place->end_min ? own->latest_min : place->end_min;
    while (start_min + own->duration_min <= end_min) {
        int32_t next_min = start_after_conflict(planning, item, section, start_min);
        if (next_min == start_min) return start_min;
        start_min = next_min;
    }
    return -1;
}

static void place_item(Planning *planning, uint32_t item) {
    OrderPlacement *own = &planning->placements[item];
    *own = (OrderPlacement){.unplaced = ORDER_NO_ROOM};
    for (uint32_t section = 0; section < planning->input->section_count; section++) {
        int32_t start_min = find_start(planning, item, section);
        if (start_min < 0 || (!own->unplaced && start_min >= own->start_min)) continue;
        *own = (OrderPlacement){.section = section, .start_min = start_min};
    }
    if (!own->unplaced) planning->placed[planning->placed_count++] = item;
}

static int64_t try_order(Planning *planning, const uint32_t *order) {
    size_t fixed_count = planning->n - planning->free_count;
    planning->placed_count = fixed_count; /* fixed items stand first and stay */
    planning->tried++;
    for (size_t i = 0; i < planning->free_count; i++) place_item(planning, order[i]);
    int64_t points = cost_of(planning->input, planning->placements, planning->by_time).points;
    if (points < planning->best) {
        planning->best = points;
        memcpy(planning->best_order, order, planning->free_count * sizeof *order);
    }
    return points;
}

/* ---- The search for an order ---- */

static void try_every_order(Planning *planning, size_t from) {
    uint32_t *order = planning->order;
    if (from + 1 >= planning->free_count) {
        try_order(planning, order);
        return;
    }
    for (size_t i = from; i < planning->free_count; i++) {
        uint32_t chosen = order[i];
        memmove(order + from + 1, order + from, (i - from) * sizeof *order);
        order[from] = chosen;
        try_every_order(planning, from + 1);
        memmove(order + from, order + from + 1, (i - from) * sizeof *order);
        order[i] = chosen;
    }
}

static void exchange(uint32_t *order, size_t a, size_t b) {
    uint32_t kept = order[a];
    order[a] = order[b];
    order[b] = kept;
}

static void move(uint32_t *order, size_t from, size_t to) {
    uint32_t kept = order[from];
    if (from < to) memmove(order + from, order + from + 1, (to - from) * sizeof *order);
    else memmove(order + to + 1, order + to, (from - to) * sizeof *order);
    order[to] = kept;
}

/* Steps down and sideways; now and then back to the best, so that sideways steps do not get lost. */
static void descend(Planning *planning, uint64_t orders) {
    enum { RETURN_EVERY = 1000 };
    int64_t now = try_order(planning, planning->order);
    while (planning->tried < orders && planning->best > 0) {
        size_t a = random_below(&planning->random, planning->free_count),
               b = random_below(&planning->random, planning->free_count);
        bool exchanges = random_below(&planning->random, 2);
        if (planning->tried % RETURN_EVERY == 0) {
            memcpy(planning->order, planning->best_order, planning->free_count * sizeof *planning->order);
            now = planning->best;
        }
        if (exchanges) exchange(planning->order, a, b);
        else move(planning->order, a, b);
        int64_t points = try_order(planning, planning->order);
        if (points <= now) now = points;
        else if (exchanges) exchange(planning->order, a, b);
        else move(planning->order, b, a);
    }
}

static int32_t urgency(const OrderInput *input, uint32_t item) {
    int32_t latest = input->items[item].latest_min ? input->items[item].latest_min : ORDER_MINUTES_MOST;
    return input->items[item].children ? latest - ORDER_MINUTES_MOST - 1 : latest;
}

static void start_planning(Arena *arena, Planning *planning) {
    const OrderInput *input = planning->input;
    planning->placements = arena_array(arena, OrderPlacement, planning->n);
    planning->placed = arena_array(arena, uint32_t, planning->n);
    planning->by_time = arena_array(arena, uint32_t, planning->n);
    planning->order = arena_array(arena, uint32_t, planning->n);
    planning->best_order = arena_array(arena, uint32_t, planning->n);
    for (uint32_t item = 0; item < planning->n; item++) {
        const OrderItem *own = &input->items[item];
        if (own->fixed) {
            planning->placements[item] =
                (OrderPlacement){.section = own->fixed_section, .start_min = own->fixed_start_min};
            planning->placed[planning->placed_count++] = item;
            continue;
        }
        size_t at = planning->free_count++;
        for (; at > 0 && urgency(input, planning->order[at - 1]) > urgency(input, item); at--)
            planning->order[at] = planning->order[at - 1];
        planning->order[at] = item;
    }
}

static uint64_t suitable_orders(const Planning *planning) {
    uint64_t visits = planning->n * planning->n * (planning->input->section_count + 1) + 1;
    uint64_t orders = VISITS_MOST / visits;
    if (orders < ORDERS_LEAST) return ORDERS_LEAST;
    return orders < ORDERS_MOST ? orders : ORDERS_MOST;
}

/* ---- Why not ---- */

static OrderUnplaced why_unplaced(const OrderInput *input, const OrderItem *item) {
    OrderUnplaced why = ORDER_KIND_NOT_TAKEN;
    for (size_t i = 0; i < input->section_count; i++) {
        const OrderSection *section = &input->sections[i];
        if (!(section->takes >> item->kind & 1)) continue;
        int32_t start_min = item->earliest_min > section->start_min ? item->earliest_min : section->start_min;
        int32_t end_min = item->latest_min && item->latest_min < section->end_min ? item->latest_min : section->end_min;
        OrderUnplaced here = ORDER_NO_ROOM;
        if (section->end_min - section->start_min < item->duration_min) here = ORDER_TOO_LONG;
        else if (end_min - start_min < item->duration_min) here = ORDER_WINDOW;
        if (here > why) why = here; /* the section that came nearest speaks */
    }
    return why;
}

Err order_plan(Arena *arena, const OrderInput *input, const OrderOptions *options, OrderPlan *plan) {
    if (!order_input_is_sound(input)) return ERR_INPUT;
    Planning planning = {
        .input = input, .random = random_from_seed(options->seed), .n = input->item_count, .best = INT64_MAX};
    start_planning(arena, &planning);
    if (planning.free_count <= ORDER_EXHAUSTIVE_MOST) try_every_order(&planning, 0);
    else descend(&planning, options->orders ? options->orders : suitable_orders(&planning));
    uint64_t tried = planning.tried;
    try_order(&planning, planning.best_order);
    for (size_t i = 0; i < planning.n; i++) {
        if (planning.placements[i].unplaced) planning.placements[i].unplaced = why_unplaced(input, &input->items[i]);
    }
    *plan = (OrderPlan){.placements = planning.placements,
                        .orders = tried,
                        .cost = cost_of(input, planning.placements, planning.by_time)};
    return OK;
}
