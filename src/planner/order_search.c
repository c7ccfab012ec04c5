// SPDX-License-Identifier: EUPL-1.2
#include "planner/order_internal.h"

#include <math.h>
#include <string.h>

/* ---- One order ---- */

/* In its own section if it fits there, else in the first that takes it. */
static void place_next(OrderSearch *search, uint32_t item) {
    const OrderModel *model = search->model;
    OrderBoard *board = &search->board;
    uint32_t section = search->now.section[item];
    if (section == ORDER_NOBODY) {
        order_board_leave_out(board, item);
        return;
    }
    int32_t start_min = order_board_find(board, item, section, (int32_t)search->now.waits[item]);
    for (uint32_t k = model->choices.first[item]; start_min < 0 && k < model->choices.first[item + 1]; k++) {
        if (model->choices.all[k] == search->now.section[item]) continue;
        section = model->choices.all[k];
        start_min = order_board_find(board, item, section, 0);
    }
    if (start_min < 0) order_board_leave_out(board, item);
    else order_board_add(board, item, section, start_min);
}

static void copy_genes(const OrderModel *model, OrderGenes *to, const OrderGenes *from) {
    memcpy(to->order, from->order, model->free_count * sizeof *to->order);
    memcpy(to->section, from->section, model->n * sizeof *to->section);
    memcpy(to->waits, from->waits, model->n * sizeof *to->waits);
}

static OrderGenes new_genes(Arena *arena, const OrderModel *model) {
    return (OrderGenes){.order = arena_array(arena, uint32_t, model->n + 1),
                        .section = arena_array(arena, uint32_t, model->n + 1),
                        .waits = arena_array(arena, uint32_t, model->n + 1)};
}

int64_t order_search_try(OrderSearch *search) {
    order_board_clear(&search->board);
    for (uint32_t k = 0; k < search->model->free_count; k++) place_next(search, search->now.order[k]);
    order_board_end(&search->board);
    search->tried++;
    int64_t points = search->board.cost.points;
    if (points < search->best) {
        search->best = points;
        copy_genes(search->model, &search->best_genes, &search->now);
    }
    return points;
}

static int32_t last_start_min(const OrderModel *model, uint32_t item) {
    int32_t last_min = 0;
    size_t at = (size_t)item * model->sections;
    for (uint32_t k = model->span_first[at]; k < model->span_first[at + model->sections]; k++)
        if (model->spans[k].to_min > last_min) last_min = model->spans[k].to_min;
    return last_min;
}

static int32_t urgency(const OrderModel *model, uint32_t item) {
    int32_t last_min = last_start_min(model, item);
    return model->input->items[item].children ? last_min - ORDER_MINUTES_MOST - 1 : last_min;
}

/* Those with something to come before go behind it. Items on circles are not among the free. */
static void obey_wishes(const OrderModel *model, uint32_t *order) {
    uint32_t *at = arena_array(model->arena, uint32_t, model->n + 1);
    bool *placed = arena_array(model->arena, bool, model->n + 1), *is_free = arena_array(model->arena, bool, model->n);
    uint32_t count = 0;
    for (uint32_t k = 0; k < model->free_count; k++) is_free[order[k]] = true;
    while (count < model->free_count) {
        for (uint32_t k = 0; k < model->free_count; k++) {
            uint32_t item = order[k];
            bool ready = !placed[item];
            for (uint32_t b = model->before.first[item]; ready && b < model->before.first[item + 1]; b++)
                ready = placed[model->before.all[b]] || !is_free[model->before.all[b]];
            if (!ready) continue;
            placed[item] = true;
            at[count++] = item;
        }
    }
    memcpy(order, at, model->free_count * sizeof *order);
}

void order_search_open(Arena *arena, const OrderModel *model, uint64_t seed, OrderSearch *search) {
    *search = (OrderSearch){.model = model,
                            .random = random_from_seed(seed),
                            .now = new_genes(arena, model),
                            .best_genes = new_genes(arena, model),
                            .best = INT64_MAX};
    order_board_open(arena, model, &search->board);
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = model->free[k], at = k;
        search->now.section[item] = model->choices.all[model->choices.first[item]];
        for (; at > 0 && urgency(model, search->now.order[at - 1]) > urgency(model, item); at--)
            search->now.order[at] = search->now.order[at - 1];
        search->now.order[at] = item;
    }
    obey_wishes(model, search->now.order);
    order_search_try(search);
}

static void back_to_best(OrderSearch *search) { copy_genes(search->model, &search->now, &search->best_genes); }

void order_search_end(OrderSearch *search) {
    back_to_best(search);
    order_search_try(search);
}

void order_search_take(OrderSearch *search, const OrderPlacement *placements) {
    const OrderModel *model = search->model;
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = model->free[k], at = k;
        const OrderPlacement *own = &placements[item];
        search->now.section[item] = own->unplaced ? model->choices.all[model->choices.first[item]] : own->section;
        search->now.waits[item] = 0;
        for (uint32_t m = model->moments.first[item]; m < model->moments.first[item + 1]; m++)
            if (!own->unplaced && model->moments.all[m] <= (uint32_t)own->start_min &&
                model->moments.all[m] > search->now.waits[item])
                search->now.waits[item] = model->moments.all[m];
        for (; at > 0; at--) {
            const OrderPlacement *before = &placements[search->now.order[at - 1]];
            if (!before->unplaced && (own->unplaced || before->start_min <= own->start_min)) break;
            if (before->unplaced && own->unplaced) break;
            search->now.order[at] = search->now.order[at - 1];
        }
        search->now.order[at] = item;
    }
}

/* ---- Every order ---- */

/* Leaving it out may make room for what would come after it; others are left out when nothing takes them. */
static bool may_be_left_out(const OrderModel *model, uint32_t item) {
    return model->behind.first[item] < model->behind.first[item + 1];
}

static uint32_t moments_of(const OrderModel *model, uint32_t item) {
    return model->moments.first[item + 1] - model->moments.first[item];
}

static void try_every_order(OrderSearch *search, uint32_t from) {
    const OrderModel *model = search->model;
    if (from == model->free_count) {
        order_search_try(search);
        return;
    }
    uint32_t *order = search->now.order;
    for (uint32_t i = from; i < model->free_count; i++) {
        uint32_t chosen = order[i];
        memmove(order + from + 1, order + from, (i - from) * sizeof *order);
        order[from] = chosen;
        for (uint32_t k = model->choices.first[chosen]; k < model->choices.first[chosen + 1]; k++) {
            search->now.section[chosen] = model->choices.all[k];
            for (uint32_t m = model->moments.first[chosen]; m < model->moments.first[chosen + 1]; m++) {
                search->now.waits[chosen] = model->moments.all[m];
                try_every_order(search, from + 1);
            }
        }
        if (may_be_left_out(model, chosen)) {
            search->now.section[chosen] = ORDER_NOBODY;
            try_every_order(search, from + 1);
        }
        memmove(order + from, order + from + 1, (i - from) * sizeof *order);
        order[i] = chosen;
    }
}

bool order_search_all(OrderSearch *search) {
    enum { ORDERS_MOST = 50000 };
    const OrderModel *model = search->model;
    uint64_t orders = 1;
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = model->free[k];
        uint64_t choices = model->choices.first[item + 1] - model->choices.first[item];
        orders *= (k + 1) * (choices * moments_of(model, item) + may_be_left_out(model, item));
        if (orders > ORDERS_MOST) return false;
    }
    try_every_order(search, 0);
    return true;
}

/* ---- Annealing ---- */

/* A change of the order that can be taken back. */
typedef enum ChangeKind { EXCHANGE, MOVE, OTHER_SECTION, WAIT } ChangeKind;
typedef struct Change {
    ChangeKind kind;
    uint32_t a, b;               /* places in the order */
    uint32_t section, section_b; /* what the items at a and b had */
    uint32_t waits;              /* what the item at a had */
} Change;

static void move(uint32_t *order, uint32_t from, uint32_t to) {
    uint32_t kept = order[from];
    if (from < to) memmove(order + from, order + from + 1, (to - from) * sizeof *order);
    else memmove(order + to + 1, order + to, (from - to) * sizeof *order);
    order[to] = kept;
}

static bool may_lie_in(const OrderModel *model, uint32_t item, uint32_t section) {
    if (section == ORDER_NOBODY) return false;
    size_t at = (size_t)item * model->sections + section;
    return model->span_first[at] < model->span_first[at + 1];
}

static void exchange(OrderSearch *search, const Change *change) {
    uint32_t *order = search->now.order, one = order[change->a], other = order[change->b];
    order[change->a] = other;
    order[change->b] = one;
    if (may_lie_in(search->model, one, change->section_b)) search->now.section[one] = change->section_b;
    if (may_lie_in(search->model, other, change->section)) search->now.section[other] = change->section;
}

static Change make_change(OrderSearch *search) {
    const OrderModel *model = search->model;
    uint32_t n = model->free_count;
    Change change = {.a = (uint32_t)random_below(&search->random, n), .b = (uint32_t)random_below(&search->random, n)};
    uint64_t dice = random_below(&search->random, 16);
    uint32_t one = search->now.order[change.a], other = search->now.order[change.b];
    change.section = search->now.section[one];
    change.section_b = search->now.section[other];
    change.waits = search->now.waits[one];
    if (dice < 3 && moments_of(model, one) > 1) {
        change.kind = WAIT;
        search->now.waits[one] =
            model->moments.all[model->moments.first[one] + random_below(&search->random, moments_of(model, one))];
    } else if (dice < 7) {
        change.kind = EXCHANGE;
        exchange(search, &change);
    } else if (dice < 15) {
        change.kind = MOVE; /* to where the other is, in its section */
        move(search->now.order, change.a, change.b);
        if (may_lie_in(model, one, change.section_b)) search->now.section[one] = change.section_b;
    } else {
        change.kind = OTHER_SECTION;
        uint32_t first = model->choices.first[one], count = model->choices.first[one + 1] - first;
        uint64_t choice = random_below(&search->random, count + may_be_left_out(model, one));
        search->now.section[one] = choice < count ? model->choices.all[first + choice] : ORDER_NOBODY;
    }
    return change;
}

static void take_back(OrderSearch *search, const Change *change) {
    uint32_t *order = search->now.order;
    switch (change->kind) {
    case EXCHANGE: {
        uint32_t one = order[change->b], other = order[change->a];
        order[change->a] = one;
        order[change->b] = other;
        search->now.section[one] = change->section;
        search->now.section[other] = change->section_b;
        break;
    }
    case MOVE:
        search->now.section[order[change->b]] = change->section;
        move(order, change->b, change->a);
        break;
    case WAIT: search->now.waits[order[change->a]] = change->waits; break;
    case OTHER_SECTION: search->now.section[order[change->a]] = change->section; break;
    }
}

/* Points at which the heat begins and ends: a few neighbours of one theme; half a minute. */
static const double HOT = 150, COLD = 0.4;

static void cool_once(OrderSearch *search, uint64_t orders) {
    double heat = HOT, cooling = pow(COLD / HOT, 1.0 / (double)orders);
    int64_t now = search->best;
    for (uint64_t k = 0; k < orders && search->best > 0; k++) {
        Change change = make_change(search);
        heat *= cooling;
        int64_t points = order_search_try(search);
        double worse = (double)(points - now);
        if (worse <= 0 || random_unit(&search->random) < exp(-worse / heat)) now = points;
        else take_back(search, &change);
    }
    back_to_best(search);
}

void order_search_anneal(OrderSearch *search, uint64_t orders) {
    enum { COOLINGS = 4 };
    if (search->model->free_count < 2 && search->model->sections < 2) return;
    if (!search->model->free_count) return;
    back_to_best(search);
    for (int turn = 0; turn < COOLINGS && search->best > 0; turn++) cool_once(search, orders / COOLINGS + 1);
}
