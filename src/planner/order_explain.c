// SPDX-License-Identifier: EUPL-1.2
/* Why an item stands where it stands: what allows no other time, and what the best exchange with another would cost. */
#include "planner/order_internal.h"

#include <string.h>

enum { EXPLAIN_MOST = 200, QUARTER_MIN = 15 };

typedef struct Explaining {
    Arena *arena;
    const OrderModel *model;
    const OrderPlacement *places;
    OrderReason *reasons;
    size_t count, room;
} Explaining;

static OrderReason *add_reason(Explaining *explaining, OrderReasonKind kind, uint32_t item) {
    if (explaining->count == explaining->room) {
        size_t room = explaining->room ? explaining->room * 2 : 32;
        explaining->reasons =
            arena_grow(explaining->arena, explaining->reasons, explaining->room * sizeof *explaining->reasons,
                       room * sizeof *explaining->reasons);
        explaining->room = room;
    }
    OrderReason *reason = &explaining->reasons[explaining->count++];
    *reason = (OrderReason){.kind = kind, .item = item, .other = item};
    return reason;
}

static int32_t end_of(const Explaining *explaining, uint32_t item) {
    return explaining->places[item].start_min + explaining->model->input->items[item].duration_min;
}

static bool needs(const OrderItem *item, int64_t who) {
    if (item->organisation == who) return true;
    for (size_t i = 0; i < item->people_count; i++)
        if (item->people[i] == who) return true;
    return false;
}

static void explain_times(Explaining *explaining, uint32_t item) {
    const OrderInput *input = explaining->model->input;
    const OrderItem *own = &input->items[item];
    int32_t start_min = explaining->places[item].start_min, end_min = end_of(explaining, item);
    bool is_earliest = own->earliest_min && start_min == own->earliest_min, is_busy = false;
    for (size_t i = 0; i < own->window_count; i++) is_earliest = is_earliest || start_min == own->windows[i].start_min;
    if (is_earliest) add_reason(explaining, ORDER_REASON_EARLIEST, item);
    if (own->latest_min && end_min + QUARTER_MIN > own->latest_min) add_reason(explaining, ORDER_REASON_LATEST, item);
    for (size_t i = 0; i < input->busy_count && !is_busy; i++)
        is_busy = input->busy[i].who && needs(own, input->busy[i].who) && input->busy[i].end_min == start_min;
    if (is_busy) add_reason(explaining, ORDER_REASON_BUSY, item);
    for (size_t i = 0; i < own->after_count; i++)
        if (!explaining->places[own->after[i]].unplaced && end_of(explaining, own->after[i]) == start_min)
            add_reason(explaining, ORDER_REASON_AFTER, item)->other = own->after[i];
}

/* The item next to it in its section, earlier or later; ORDER_NOBODY. */
static uint32_t neighbour_of(const Explaining *explaining, uint32_t item, bool later) {
    const OrderPlacement *places = explaining->places;
    uint32_t found = ORDER_NOBODY;
    for (uint32_t other = 0; other < explaining->model->n; other++) {
        if (other == item || places[other].unplaced || places[other].section != places[item].section) continue;
        if ((places[other].start_min > places[item].start_min) != later) continue;
        bool nearer = found == ORDER_NOBODY || (places[other].start_min < places[found].start_min) == later;
        if (nearer) found = other;
    }
    return found;
}

static bool is_performance(const Explaining *explaining, uint32_t item) {
    return explaining->model->input->items[item].kind == ORDER_PERFORMANCE;
}

static void explain_place(Explaining *explaining, uint32_t item) {
    const OrderModel *model = explaining->model;
    if (model->sections > 1 && model->choices.first[item + 1] - model->choices.first[item] == 1)
        add_reason(explaining, ORDER_REASON_ONLY_SECTION, item);
    explain_times(explaining, item);
    if (model->input->items[item].children) add_reason(explaining, ORDER_REASON_CHILDREN, item);
    uint32_t before = neighbour_of(explaining, item, false), behind = neighbour_of(explaining, item, true);
    bool between = is_performance(explaining, item) && before != ORDER_NOBODY && behind != ORDER_NOBODY &&
                   !is_performance(explaining, before) && !is_performance(explaining, behind);
    if (between) add_reason(explaining, ORDER_REASON_BETWEEN, item);
}

/* The term that grows most. */
static OrderTerm term_that_grows(const OrderCost *from, const OrderCost *to) {
    OrderTerm most = ORDER_TERM_UNPLACED;
    int64_t most_points = INT64_MIN;
    for (int term = 0; term < ORDER_TERMS; term++) {
        int64_t points = order_term_points(to, (OrderTerm)term) - order_term_points(from, (OrderTerm)term);
        if (points <= most_points) continue;
        most_points = points;
        most = (OrderTerm)term;
    }
    return most;
}

static void exchange(OrderSearch *search, uint32_t a, uint32_t b) {
    uint32_t one = search->now.order[a], other = search->now.order[b], section = search->now.section[one];
    search->now.order[a] = other;
    search->now.order[b] = one;
    search->now.section[one] = search->now.section[other];
    search->now.section[other] = section;
}

static bool may_lie_in(const OrderModel *model, uint32_t item, uint32_t section) {
    size_t at = (size_t)item * model->sections + section;
    return model->span_first[at] < model->span_first[at + 1];
}

/* Every exchange with another item, the order laid out again each time. */
static void explain_by_exchange(Explaining *explaining, OrderSearch *search, uint32_t a, const OrderCost *now) {
    const OrderModel *model = explaining->model;
    OrderReason best = {.kind = ORDER_REASON_CHANGE, .item = search->now.order[a], .points = INT64_MAX};
    for (uint32_t b = 0; b < model->free_count; b++) {
        uint32_t one = search->now.order[a], other = search->now.order[b];
        if (a == b || explaining->places[one].unplaced || explaining->places[other].unplaced) continue;
        if (!may_lie_in(model, one, search->now.section[other]) || !may_lie_in(model, other, search->now.section[one]))
            continue;
        uint32_t waits_one = search->now.waits[one], waits_other = search->now.waits[other];
        search->now.waits[one] = search->now.waits[other] = 0;
        exchange(search, a, b);
        int64_t points = order_search_try(search) - now->points;
        if (points < best.points) {
            best.points = points;
            best.other = other;
            best.term = term_that_grows(now, &search->board.cost);
        }
        exchange(search, a, b);
        search->now.waits[one] = waits_one;
        search->now.waits[other] = waits_other;
    }
    if (best.points > 0 && best.points < INT64_MAX) *add_reason(explaining, best.kind, (uint32_t)best.item) = best;
}

static int compare_reasons(const OrderReason *x, const OrderReason *y) {
    if (x->item != y->item) return x->item < y->item ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static void sort_reasons(Explaining *explaining) {
    for (size_t k = 1; k < explaining->count; k++) {
        OrderReason reason = explaining->reasons[k];
        size_t at = k;
        for (; at > 0 && compare_reasons(&explaining->reasons[at - 1], &reason) > 0; at--)
            explaining->reasons[at] = explaining->reasons[at - 1];
        explaining->reasons[at] = reason;
    }
}

Err order_explain(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderReason **reasons,
                  size_t *count) {
    if (!order_input_is_sound(input) || !order_placements_are_sound(input, placements)) return ERR_INPUT;
    Explaining explaining = {.arena = arena, .model = order_model(arena, input), .places = placements};
    for (uint32_t item = 0; item < explaining.model->n; item++) {
        if (placements[item].unplaced) continue;
        if (input->items[item].fixed) add_reason(&explaining, ORDER_REASON_FIXED, item);
        else explain_place(&explaining, item);
    }
    if (explaining.model->n <= EXPLAIN_MOST && explaining.model->free_count > 1) {
        OrderSearch search;
        order_search_open(arena, explaining.model, 1, &search);
        order_search_take(&search, placements);
        order_search_try(&search);
        OrderCost now = search.board.cost;
        for (uint32_t a = 0; a < explaining.model->free_count; a++) explain_by_exchange(&explaining, &search, a, &now);
    }
    sort_reasons(&explaining);
    *reasons = explaining.reasons;
    *count = explaining.count;
    return OK;
}
