// SPDX-License-Identifier: EUPL-1.2
#include "planner/order_internal.h"

#include <string.h>

/* About a second's work on one core of an ordinary machine: orders × items it looks at, and steps of the proof. */
enum { ORDERS_LEAST = 20000, ORDERS_MOST = 400000, WORK = 12 * 1000 * 1000, PROOF_STEPS_AN_ORDER = 3 };

static uint64_t suitable_orders(const OrderModel *model) {
    uint64_t orders = WORK / (model->free_count + 1);
    if (orders < ORDERS_LEAST) return ORDERS_LEAST;
    return orders < ORDERS_MOST ? orders : ORDERS_MOST;
}

/* Those it is to come after leave it no time. */
static bool is_too_late_for_wishes(const OrderModel *model, const OrderPlacement *places, uint32_t item) {
    for (uint32_t k = model->choices.first[item]; k < model->choices.first[item + 1]; k++) {
        int32_t ready_min = 0, last_min = -1;
        for (uint32_t b = model->before.first[item]; b < model->before.first[item + 1]; b++) {
            uint32_t other = model->before.all[b];
            int32_t end_min = places[other].start_min + model->input->items[other].duration_min;
            if (!places[other].unplaced && end_min > ready_min) ready_min = end_min;
        }
        size_t at = (size_t)item * model->sections + model->choices.all[k];
        for (uint32_t s = model->span_first[at]; s < model->span_first[at + 1]; s++)
            if (model->spans[s].to_min > last_min) last_min = model->spans[s].to_min;
        if (last_min >= ready_min) return false;
    }
    return model->choices.first[item] < model->choices.first[item + 1];
}

static void tell_why_unplaced(const OrderModel *model, OrderPlacement *places) {
    for (uint32_t i = 0; i < model->n; i++) {
        if (!places[i].unplaced) continue;
        OrderUnplaced why = model->never[i];
        if (!why) why = is_too_late_for_wishes(model, places, i) ? ORDER_AFTER : ORDER_NO_ROOM;
        places[i] = (OrderPlacement){.unplaced = why};
    }
}

Err order_plan(Arena *arena, const OrderInput *input, const OrderOptions *options, OrderPlan *plan) {
    if (!order_input_is_sound(input)) return ERR_INPUT;
    OrderModel *model = order_model(arena, input);
    OrderSearch search;
    order_search_open(arena, model, options->seed, &search);
    int64_t bound = order_bound(model);
    bool ended = search.best <= bound || order_search_all(&search);
    uint64_t orders = options->orders ? options->orders : suitable_orders(model);
    if (!ended) order_search_anneal(&search, orders);
    order_search_end(&search);
    OrderPlacement *places = search.board.places;
    int64_t best = search.best;
    if (!ended && best > bound) {
        OrderPlacement *better_places = arena_array(arena, OrderPlacement, model->n + 1);
        bool better;
        ended = order_prove(arena, model, orders * PROOF_STEPS_AN_ORDER, &best, better_places, &better);
        if (better) places = better_places;
    }
    if (ended) bound = best;
    *plan = (OrderPlan){.placements = places, .orders = search.tried, .bound_points = bound, .proven = best <= bound};
    OrderBoard board;
    order_board_open(arena, model, &board);
    order_board_set(&board, places);
    plan->cost = board.cost;
    tell_why_unplaced(model, places);
    return OK;
}

Err order_cost(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderCost *cost) {
    if (!order_input_is_sound(input) || !order_placements_are_sound(input, placements)) return ERR_INPUT;
    OrderModel *model = order_model(arena, input);
    OrderBoard board;
    order_board_open(arena, model, &board);
    order_board_set(&board, placements);
    *cost = board.cost;
    return OK;
}
