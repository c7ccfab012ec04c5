// SPDX-License-Identifier: EUPL-1.2
/* A programme while it is put together, what it costs, and where the next item could stand. */
#include "planner/order_internal.h"

#include <stdlib.h>
#include <string.h>

static int32_t end_of(const OrderModel *model, const OrderPlacement *places, uint32_t item) {
    return places[item].start_min + model->input->items[item].duration_min;
}

/* ---- Points ---- */

static const int64_t points_by_term[ORDER_TERMS] = {
    [ORDER_TERM_UNPLACED] = ORDER_POINTS_UNPLACED,
    [ORDER_TERM_CHILDREN_LATE] = ORDER_POINTS_CHILDREN_LATE,
    [ORDER_TERM_SAME_ORGANISATION] = ORDER_POINTS_SAME_ORGANISATION,
    [ORDER_TERM_SAME_THEME] = ORDER_POINTS_SAME_THEME,
    [ORDER_TERM_PERFORMANCES_TOGETHER] = ORDER_POINTS_PERFORMANCES_TOGETHER,
    [ORDER_TERM_SAME_PROFILE] = ORDER_POINTS_SAME_PROFILE,
    [ORDER_TERM_WISH] = ORDER_POINTS_WISH_MISSED,
    [ORDER_TERM_HEAVY_CHANGEOVER] = ORDER_POINTS_HEAVY_CHANGEOVER,
    [ORDER_TERM_UNEVEN] = ORDER_POINTS_UNEVEN,
    [ORDER_TERM_CHILDREN_WAIT] = ORDER_POINTS_CHILDREN_WAIT,
    [ORDER_TERM_IDLE] = ORDER_POINTS_IDLE_MIN,
};

static size_t count_of(const OrderCost *cost, OrderTerm term) {
    switch (term) {
    case ORDER_TERM_UNPLACED: return cost->unplaced;
    case ORDER_TERM_CHILDREN_LATE: return cost->children_late;
    case ORDER_TERM_SAME_ORGANISATION: return cost->same_organisation;
    case ORDER_TERM_SAME_THEME: return cost->same_theme;
    case ORDER_TERM_PERFORMANCES_TOGETHER: return cost->performances_together;
    case ORDER_TERM_SAME_PROFILE: return cost->same_profile;
    case ORDER_TERM_WISH: return cost->wishes_missed;
    case ORDER_TERM_HEAVY_CHANGEOVER: return cost->heavy_changeovers;
    case ORDER_TERM_UNEVEN: return cost->uneven;
    case ORDER_TERM_CHILDREN_WAIT: return cost->children_wait;
    case ORDER_TERM_IDLE: return cost->idle_min;
    case ORDER_TERMS: break;
    }
    return 0;
}

int64_t order_term_points(const OrderCost *cost, OrderTerm term) {
    return term < ORDER_TERMS ? (int64_t)count_of(cost, term) * points_by_term[term] : 0;
}

int64_t order_points_of(const OrderCost *cost) {
    int64_t points = 0;
    for (int term = 0; term < ORDER_TERMS; term++) points += order_term_points(cost, (OrderTerm)term);
    return points;
}

/* ---- What an item costs behind another ---- */

static void cost_alone(const OrderModel *model, uint32_t item, int32_t start_min, OrderCost *cost) {
    const OrderItem *own = &model->input->items[item];
    int32_t end_min = start_min + own->duration_min;
    if (own->children) {
        cost->children_late += model->input->children_until_min && end_min > model->input->children_until_min;
        int32_t wait_min = start_min - model->frame_start_min;
        cost->children_wait += wait_min > 0 ? (size_t)wait_min / 15 : 0;
    }
    bool is_early = start_min < own->wish_from_min, is_late = own->wish_to_min && end_min > own->wish_to_min;
    cost->wishes_missed += is_early || is_late;
}

static void cost_of_neighbours(const OrderModel *model, const OrderPlacement *places, uint32_t first, uint32_t second,
                               OrderCost *cost) {
    const OrderItem *a = &model->input->items[first], *b = &model->input->items[second];
    cost->same_organisation += a->organisation && a->organisation == b->organisation;
    cost->same_theme += a->theme && a->theme == b->theme;
    cost->same_profile += a->profile && a->profile == b->profile;
    cost->performances_together += a->kind == ORDER_PERFORMANCE && b->kind == ORDER_PERFORMANCE;
    int32_t gap_min = order_gap_of(model, first, second);
    cost->heavy_changeovers += gap_min >= ORDER_HEAVY_MIN && gap_min > model->input->changeover_min;
    int32_t idle_min = places[second].start_min - end_of(model, places, first) - gap_min;
    if (idle_min > 0) cost->idle_min += (size_t)idle_min;
}

static void cost_of_first(const OrderModel *model, const OrderPlacement *place, OrderCost *cost) {
    int32_t idle_min = place->start_min - model->input->sections[place->section].start_min;
    if (idle_min > 0) cost->idle_min += (size_t)idle_min;
}

/* ---- Putting together ---- */

/* Adds an item that has its place already behind the last of its section. */
static void link_item(OrderBoard *board, uint32_t item) {
    const OrderPlacement *place = &board->places[item];
    OrderTail *tail = &board->tails[place->section];
    cost_alone(board->model, item, place->start_min, &board->cost);
    if (tail->last != ORDER_NOBODY) cost_of_neighbours(board->model, board->places, tail->last, item, &board->cost);
    else cost_of_first(board->model, place, &board->cost);
    if (board->model->input->items[item].kind == ORDER_PERFORMANCE) {
        tail->squares += (size_t)tail->run * tail->run;
        tail->run = 0;
        tail->has_performances = true;
    } else tail->run++;
    board->prior[item] = tail->last;
    tail->last = item;
}

static void link_fixed_until(OrderBoard *board, uint32_t section, int32_t start_min) {
    const OrderModel *model = board->model;
    OrderTail *tail = &board->tails[section];
    while (tail->next_fixed < model->fixed_first[section + 1]) {
        uint32_t item = model->fixed[tail->next_fixed];
        if (model->input->items[item].fixed_start_min >= start_min) return;
        tail->next_fixed++;
        link_item(board, item);
    }
}

void order_board_open(Arena *arena, const OrderModel *model, OrderBoard *board) {
    *board = (OrderBoard){.model = model,
                          .places = arena_array(arena, OrderPlacement, model->n + 1),
                          .prior = arena_array(arena, uint32_t, model->n + 1),
                          .sorted = arena_array(arena, uint32_t, model->n + 1),
                          .seen = arena_array(arena, bool, model->n + 1),
                          .tails = arena_array(arena, OrderTail, model->sections + 1)};
    order_board_clear(board);
}

static void clear_tails(OrderBoard *board) {
    for (uint32_t s = 0; s < board->model->sections; s++)
        board->tails[s] = (OrderTail){.last = ORDER_NOBODY, .next_fixed = board->model->fixed_first[s]};
}

void order_board_clear(OrderBoard *board) {
    const OrderModel *model = board->model;
    board->cost = (OrderCost){0};
    clear_tails(board);
    for (uint32_t i = 0; i < model->n; i++) {
        const OrderItem *item = &model->input->items[i];
        board->seen[i] = item->fixed || model->never[i];
        board->places[i] = item->fixed ? (OrderPlacement){ORDER_PLACED, item->fixed_section, item->fixed_start_min}
                                       : (OrderPlacement){.unplaced = ORDER_NO_ROOM};
        if (!item->fixed && model->never[i]) order_board_leave_out(board, i);
    }
}

void order_board_add(OrderBoard *board, uint32_t item, uint32_t section, int32_t start_min) {
    link_fixed_until(board, section, start_min);
    board->places[item] = (OrderPlacement){ORDER_PLACED, section, start_min};
    board->seen[item] = true;
    link_item(board, item);
}

void order_board_leave_out(OrderBoard *board, uint32_t item) {
    board->places[item] = (OrderPlacement){.unplaced = ORDER_NO_ROOM};
    board->seen[item] = true;
    board->cost.unplaced += (size_t)order_weight_of(board->model, item);
}

void order_board_end(OrderBoard *board) {
    for (uint32_t s = 0; s < board->model->sections; s++) {
        link_fixed_until(board, s, INT32_MAX);
        OrderTail *tail = &board->tails[s];
        if (tail->has_performances) board->cost.uneven += tail->squares + (size_t)tail->run * tail->run;
        tail->has_performances = false;
    }
    board->cost.points = order_points_of(&board->cost);
}

void order_board_set(OrderBoard *board, const OrderPlacement *placements) {
    const OrderModel *model = board->model;
    uint32_t *sorted = board->sorted;
    board->cost = (OrderCost){0};
    clear_tails(board);
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->n; i++) {
        board->places[i] = placements[i];
        board->seen[i] = true;
        if (placements[i].unplaced) {
            order_board_leave_out(board, i);
            continue;
        }
        uint32_t at = count++;
        for (; at > 0 && placements[sorted[at - 1]].start_min > placements[i].start_min; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = i;
    }
    for (uint32_t s = 0; s < model->sections; s++) board->tails[s].next_fixed = model->fixed_first[s + 1];
    for (uint32_t i = 0; i < count; i++) link_item(board, sorted[i]);
    order_board_end(board);
}

/* ---- Where the next could stand ---- */

/* If the two, on one stage, are too near: when the item could start behind the other. */
static int32_t behind_on_stage(const OrderModel *model, const OrderPlacement *places, uint32_t item, int32_t start_min,
                               uint32_t other) {
    int32_t other_end_min = end_of(model, places, other), gap_min = order_gap_of(model, other, item);
    if (start_min >= other_end_min + gap_min) return start_min;
    int32_t end_min = start_min + model->input->items[item].duration_min;
    if (end_min + order_gap_of(model, item, other) <= places[other].start_min) return start_min;
    return other_end_min + gap_min;
}

static int32_t behind_fixed(const OrderModel *model, const OrderPlacement *places, uint32_t item, uint32_t section,
                            int32_t start_min) {
    for (uint32_t k = model->fixed_first[section]; k < model->fixed_first[section + 1]; k++)
        start_min = behind_on_stage(model, places, item, start_min, model->fixed[k]);
    return start_min;
}

/* Free items of a section never overlap and stand in order, so that far ones need not be looked at. */
static int32_t behind_free(const OrderBoard *board, uint32_t item, uint32_t section, int32_t start_min) {
    const OrderModel *model = board->model;
    for (uint32_t other = board->tails[section].last; other != ORDER_NOBODY; other = board->prior[other]) {
        if (model->input->items[other].fixed) continue;
        if (end_of(model, board->places, other) + model->most_gap_min <= start_min) break;
        start_min = behind_on_stage(model, board->places, item, start_min, other);
    }
    return start_min;
}

static int32_t behind_people(const OrderModel *model, const OrderPlacement *places, uint32_t item, int32_t start_min) {
    int32_t duration_min = model->input->items[item].duration_min;
    for (uint32_t k = model->apart.first[item]; k < model->apart.first[item + 1]; k++) {
        uint32_t other = model->apart.all[k];
        if (places[other].unplaced) continue;
        int32_t other_end_min = end_of(model, places, other);
        if (start_min < other_end_min && places[other].start_min < start_min + duration_min) start_min = other_end_min;
    }
    return start_min;
}

/* Behind what it comes after; -1 where what comes after it would begin too early. */
static int32_t behind_wishes(const OrderModel *model, const OrderPlacement *places, uint32_t item, int32_t start_min) {
    for (uint32_t k = model->before.first[item]; k < model->before.first[item + 1]; k++) {
        uint32_t other = model->before.all[k];
        if (places[other].unplaced) continue;
        int32_t other_end_min = end_of(model, places, other);
        if (start_min < other_end_min) start_min = other_end_min;
    }
    int32_t end_min = start_min + model->input->items[item].duration_min;
    for (uint32_t k = model->behind.first[item]; k < model->behind.first[item + 1]; k++) {
        uint32_t other = model->behind.all[k];
        if (!places[other].unplaced && places[other].start_min < end_min) return -1;
    }
    return start_min;
}

typedef struct InUse {
    const OrderModel *model;
    const OrderPlacement *places;
    uint32_t item, resource;
} InUse;

/* How many of others' uses of the resource cover a minute; *until_min: when the first of them ends. */
static uint32_t uses_at(const InUse *in, int32_t minute, int32_t *until_min) {
    const OrderModel *model = in->model;
    uint32_t count = 0;
    *until_min = INT32_MAX;
    for (uint32_t k = model->users.first[in->resource]; k < model->users.first[in->resource + 1]; k++) {
        uint32_t other = model->users.all[k];
        bool again = k > model->users.first[in->resource] && model->users.all[k - 1] == other;
        if (again || other == in->item || in->places[other].unplaced)
            continue; /* all uses of one are counted at once */
        const OrderItem *item = &model->input->items[other];
        for (size_t u = 0; u < item->use_count; u++) {
            const OrderUse *use = &item->uses[u];
            if (use->resource != in->resource) continue;
            int32_t from_min = in->places[other].start_min - use->before_min;
            int32_t to_min = end_of(model, in->places, other) + use->after_min;
            if (minute < from_min || minute >= to_min) continue;
            count++;
            if (to_min < *until_min) *until_min = to_min;
        }
    }
    return count;
}

/* Uses of a resource by an item itself that cover a minute, were it to start then. */
static uint32_t own_uses_at(const OrderItem *item, uint32_t resource, int32_t start_min, int32_t minute) {
    uint32_t count = 0;
    for (size_t u = 0; u < item->use_count; u++) {
        const OrderUse *use = &item->uses[u];
        count += use->resource == resource && minute >= start_min - use->before_min &&
                 minute < start_min + item->duration_min + use->after_min;
    }
    return count;
}

/* Too many in use at a minute: the item must start so much later that its own use begins when one ends. */
static int32_t behind_use_at(const InUse *in, const OrderUse *use, int32_t start_min, int32_t minute) {
    const OrderItem *item = &in->model->input->items[in->item];
    int32_t until_min;
    uint32_t others = uses_at(in, minute, &until_min), own = own_uses_at(item, use->resource, start_min, minute);
    if (!own || others + own <= in->model->input->resources[use->resource] || !others) return start_min;
    int32_t next_min = until_min + use->before_min;
    return next_min > start_min ? next_min : start_min + 1;
}

/* Use changes where one begins, so only beginnings within its own use need looking at: those of another item here. */
static int32_t behind_beginnings_of(const InUse *in, const OrderUse *use, int32_t start_min, uint32_t other) {
    const OrderItem *own = &in->model->input->items[in->item], *theirs = &in->model->input->items[other];
    int32_t from_min = start_min - use->before_min, to_min = start_min + own->duration_min + use->after_min;
    for (size_t v = 0; v < theirs->use_count; v++) {
        int32_t begins_min = in->places[other].start_min - theirs->uses[v].before_min;
        if (theirs->uses[v].resource != use->resource || begins_min <= from_min || begins_min >= to_min) continue;
        int32_t next_min = behind_use_at(in, use, start_min, begins_min);
        if (next_min != start_min) return next_min;
    }
    return start_min;
}

static int32_t behind_use(const InUse *in, const OrderUse *use, int32_t start_min) {
    const OrderModel *model = in->model;
    int32_t next_min = behind_use_at(in, use, start_min, start_min - use->before_min);
    for (uint32_t k = model->users.first[use->resource]; k < model->users.first[use->resource + 1]; k++) {
        uint32_t other = model->users.all[k];
        if (next_min != start_min) break;
        if (other != in->item && !in->places[other].unplaced)
            next_min = behind_beginnings_of(in, use, start_min, other);
    }
    return next_min;
}

static int32_t behind_uses(const OrderModel *model, const OrderPlacement *places, uint32_t item, int32_t start_min) {
    const OrderItem *own = &model->input->items[item];
    for (size_t u = 0; u < own->use_count; u++) {
        InUse in = {model, places, item, own->uses[u].resource};
        int32_t next_min = behind_use(&in, &own->uses[u], start_min);
        if (next_min != start_min) return next_min;
    }
    return start_min;
}

/* The first moment from start_min on at which it may start in the section, others apart; -1: none. */
static int32_t in_a_span(const OrderModel *model, uint32_t item, uint32_t section, int32_t start_min) {
    size_t at = (size_t)item * model->sections + section;
    for (uint32_t k = model->span_first[at]; k < model->span_first[at + 1]; k++) {
        const OrderSpan *span = &model->spans[k];
        if (start_min > span->to_min) continue;
        return start_min < span->from_min ? span->from_min : start_min;
    }
    return -1;
}

static bool may_still_come_before(const OrderBoard *board, uint32_t item) {
    const OrderModel *model = board->model;
    for (uint32_t k = model->before.first[item]; k < model->before.first[item + 1]; k++)
        if (!board->seen[model->before.all[k]]) return true;
    return false;
}

int32_t order_board_find(const OrderBoard *board, uint32_t item, uint32_t section, int32_t from_min) {
    const OrderModel *model = board->model;
    if (may_still_come_before(board, item)) return -1;
    uint32_t last = board->tails[section].last;
    int32_t start_min = from_min;
    if (last != ORDER_NOBODY && board->places[last].start_min > start_min) start_min = board->places[last].start_min;
    for (;;) {
        int32_t tried_min = start_min = in_a_span(model, item, section, start_min);
        if (start_min < 0) return -1;
        start_min = behind_free(board, item, section, start_min);
        start_min = behind_fixed(model, board->places, item, section, start_min);
        for (uint32_t k = model->near.first[section]; k < model->near.first[section + 1]; k++) {
            start_min = behind_free(board, item, model->near.all[k], start_min);
            start_min = behind_fixed(model, board->places, item, model->near.all[k], start_min);
        }
        start_min = behind_people(model, board->places, item, start_min);
        start_min = behind_wishes(model, board->places, item, start_min);
        if (start_min < 0) return -1;
        if (model->has_resources) start_min = behind_uses(model, board->places, item, start_min);
        if (start_min == tried_min) return start_min;
    }
}

bool order_may_start(const OrderModel *model, uint32_t item, uint32_t section, int32_t start_min) {
    return in_a_span(model, item, section, start_min) == start_min;
}

static bool is_listed(const OrderLists *lists, uint32_t of, uint32_t entry) {
    for (uint32_t k = lists->first[of]; k < lists->first[of + 1]; k++)
        if (lists->all[k] == entry) return true;
    return false;
}

bool order_clashes(const OrderModel *model, const OrderPlacement *places, uint32_t item, OrderPlacement there,
                   uint32_t other) {
    const OrderSection *sections = model->input->sections;
    int32_t end_min = there.start_min + model->input->items[item].duration_min;
    bool on_one_stage = sections[there.section].space == sections[places[other].section].space;
    if (on_one_stage && behind_on_stage(model, places, item, there.start_min, other) != there.start_min) return true;
    bool at_one_time = there.start_min < end_of(model, places, other) && places[other].start_min < end_min;
    if (at_one_time && is_listed(&model->apart, item, other)) return true;
    if (there.start_min < end_of(model, places, other) && is_listed(&model->before, item, other)) return true;
    return places[other].start_min < end_min && is_listed(&model->behind, item, other);
}

bool order_lacks(const OrderModel *model, const OrderPlacement *places, uint32_t item, int32_t start_min) {
    return model->has_resources && behind_uses(model, places, item, start_min) != start_min;
}

int32_t order_fit(const OrderModel *model, const OrderPlacement *places, uint32_t item, uint32_t section,
                  int32_t from_min) {
    int32_t start_min = from_min;
    for (;;) {
        int32_t tried_min = start_min = in_a_span(model, item, section, start_min);
        if (start_min < 0) return -1;
        for (uint32_t other = 0; other < model->n; other++) {
            bool shares = other != item && !places[other].unplaced &&
                          model->input->sections[places[other].section].space == model->input->sections[section].space;
            if (shares) start_min = behind_on_stage(model, places, item, start_min, other);
        }
        start_min = behind_people(model, places, item, start_min);
        start_min = behind_wishes(model, places, item, start_min);
        if (start_min < 0) return -1;
        if (model->has_resources) start_min = behind_uses(model, places, item, start_min);
        if (start_min == tried_min) return start_min;
    }
}
