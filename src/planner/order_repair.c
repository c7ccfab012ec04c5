// SPDX-License-Identifier: EUPL-1.2
/* Mending with the fewest moves: a search by the number of items that may move (iterative deepening: Korf 1985). What
 * breaks a rule is taken out, either of two that clash; what is out is put where it touches something (any place can be
 * pushed towards the old one until it does), and whatever is in its way there is taken out in turn, as long as the
 * number allows. The first number for which all find a place is the least; among its programmes the one of the fewest
 * minutes counts, then of the fewest points. A simple mending, everything later in turn, is there before and stands
 * where the search does not come to an end. */
#include "planner/order_internal.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 40, MOVES_MOST = 24 };

/* A start to try, and how far it is from the old one. */
typedef struct Moment {
    int32_t start_min, away_min;
} Moment;

typedef struct Mending {
    const OrderModel *model;
    Arena *arena;
    const OrderPlacement *old; /* those that had a place */
    OrderPlacement *places;    /* as it stands */
    bool *is_moved;            /* taken out of its old place */
    bool *is_given_up;         /* nobody looks for a place for it */
    uint32_t *taken;           /* what was taken out, the last at the end */
    uint32_t taken_count, moved, moved_most, depth;
    Moment *moments[DEPTH_MOST];
    int64_t minutes;
    uint64_t steps, steps_most;
    OrderBoard board;
    OrderPlacement *best;
    size_t best_moved, best_unplaced;
    int64_t best_minutes, best_points;
    bool found; /* for this number of moves */
} Mending;

static bool had_a_place(const Mending *mending, uint32_t item) { return !mending->old[item].unplaced; }

static int64_t minutes_between(const OrderPlacement *a, const OrderPlacement *b) {
    return a->start_min > b->start_min ? a->start_min - b->start_min : b->start_min - a->start_min;
}

/* ---- What was found ---- */

static bool is_same_place(const OrderPlacement *a, const OrderPlacement *b) {
    return !a->unplaced && a->section == b->section && a->start_min == b->start_min;
}

/* Moves and minutes of the items that are not fixed: where fixed ones stand is not the planner's doing. */
static void count_moves(const Mending *mending, const OrderPlacement *places, size_t *moved, int64_t *minutes) {
    *moved = 0;
    *minutes = 0;
    for (uint32_t i = 0; i < mending->model->n; i++) {
        bool counts = had_a_place(mending, i) && !mending->model->input->items[i].fixed;
        if (!counts || is_same_place(&places[i], &mending->old[i])) continue;
        (*moved)++;
        if (!places[i].unplaced) *minutes += minutes_between(&places[i], &mending->old[i]);
    }
}

static void keep_if_better(Mending *mending) {
    size_t moved;
    int64_t minutes;
    count_moves(mending, mending->places, &moved, &minutes);
    order_board_set(&mending->board, mending->places);
    const OrderCost *cost = &mending->board.cost;
    int64_t order = cost->unplaced != mending->best_unplaced ? (cost->unplaced < mending->best_unplaced ? -1 : 1)
                    : moved != mending->best_moved           ? (moved < mending->best_moved ? -1 : 1)
                    : minutes != mending->best_minutes       ? minutes - mending->best_minutes
                                                             : cost->points - mending->best_points;
    if (order >= 0) return;
    memcpy(mending->best, mending->places, mending->model->n * sizeof *mending->best);
    mending->best_unplaced = cost->unplaced;
    mending->best_moved = moved;
    mending->best_minutes = minutes;
    mending->best_points = cost->points;
}

/* ---- In and out ---- */

static bool is_out(const Mending *mending, uint32_t item) {
    return mending->places[item].unplaced && !mending->is_given_up[item];
}

static void take_out(Mending *mending, uint32_t item) {
    mending->places[item].unplaced = ORDER_NO_ROOM;
    mending->is_moved[item] = true;
    mending->moved += had_a_place(mending, item);
    mending->taken[mending->taken_count++] = item;
}

static void put_back_last(Mending *mending) {
    uint32_t item = mending->taken[--mending->taken_count];
    mending->places[item] = mending->old[item];
    mending->is_moved[item] = false;
    mending->moved -= had_a_place(mending, item);
}

static bool may_be_taken_out(const Mending *mending, uint32_t item) {
    return !mending->is_moved[item] && !mending->places[item].unplaced && !mending->model->input->items[item].fixed;
}

/* ---- The simple mending ---- */

static bool stands_well(const Mending *mending, uint32_t item) {
    const OrderModel *model = mending->model;
    const OrderPlacement *place = &mending->places[item];
    if (!order_may_start(model, item, place->section, place->start_min)) return false;
    for (uint32_t other = 0; other < model->n; other++)
        if (other != item && !mending->places[other].unplaced &&
            order_clashes(model, mending->places, item, *place, other))
            return false;
    return !order_lacks(model, mending->places, item, place->start_min);
}

/* Where the item can stand, no earlier than it stood if there is such a place; false: nowhere. */
static bool find_place(const Mending *mending, uint32_t item, OrderPlacement *place) {
    const OrderModel *model = mending->model;
    const OrderPlacement *old = &mending->old[item];
    int32_t wanted_min = had_a_place(mending, item) ? old->start_min : 0;
    *place = (OrderPlacement){.unplaced = ORDER_NO_ROOM};
    for (uint32_t k = model->choices.first[item]; k < model->choices.first[item + 1]; k++) {
        uint32_t section = model->choices.all[k];
        int32_t start_min = order_fit(model, mending->places, item, section, wanted_min);
        if (start_min < 0) start_min = order_fit(model, mending->places, item, section, 0);
        if (start_min < 0) continue;
        OrderPlacement here = {ORDER_PLACED, section, start_min};
        bool nearer = place->unplaced ||
                      (had_a_place(mending, item) && minutes_between(&here, old) < minutes_between(place, old));
        if (nearer) *place = here;
    }
    return !place->unplaced;
}

static void sort_by_old_time(const Mending *mending, uint32_t *items, uint32_t count) {
    for (uint32_t k = 1; k < count; k++) {
        uint32_t item = items[k], at = k;
        int32_t start_min = had_a_place(mending, item) ? mending->old[item].start_min : INT32_MAX;
        for (; at > 0; at--) {
            uint32_t before = items[at - 1];
            int32_t before_min = had_a_place(mending, before) ? mending->old[before].start_min : INT32_MAX;
            if (before_min <= start_min) break;
            items[at] = before;
        }
        items[at] = item;
    }
}

/* One after the other in the order of their old times: who can stay stays, who cannot goes to the nearest place. */
static void mend_simply(Mending *mending) {
    const OrderModel *model = mending->model;
    uint32_t *items = arena_array(mending->arena, uint32_t, model->n + 1);
    memcpy(items, model->free, model->free_count * sizeof *items);
    sort_by_old_time(mending, items, model->free_count);
    for (uint32_t k = 0; k < model->free_count; k++) mending->places[items[k]].unplaced = ORDER_NO_ROOM;
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = items[k];
        mending->places[item] = mending->old[item];
        if (had_a_place(mending, item) && stands_well(mending, item)) continue;
        mending->places[item].unplaced = ORDER_NO_ROOM;
        OrderPlacement place;
        if (find_place(mending, item, &place)) mending->places[item] = place;
    }
    keep_if_better(mending);
}

/* ---- The search ---- */

static void go_on(Mending *mending);

/* Takes out what is in the way of an item that was put somewhere; how many. -1: something there cannot be moved. */
static int clear_the_way(Mending *mending, uint32_t item, const OrderPlacement *there) {
    const OrderModel *model = mending->model;
    int count = 0;
    for (uint32_t other = 0; other < model->n; other++) {
        if (other == item || mending->places[other].unplaced) continue;
        if (!order_clashes(model, mending->places, item, *there, other)) continue;
        if (!may_be_taken_out(mending, other) || mending->moved >= mending->moved_most) {
            while (count-- > 0) put_back_last(mending);
            return -1;
        }
        take_out(mending, other);
        count++;
    }
    if (order_lacks(model, mending->places, item, there->start_min)) {
        while (count-- > 0) put_back_last(mending);
        return -1;
    }
    return count;
}

static void put_at(Mending *mending, uint32_t item, const OrderPlacement *there) {
    if (!order_may_start(mending->model, item, there->section, there->start_min)) return;
    bool is_old_place = had_a_place(mending, item) && is_same_place(there, &mending->old[item]);
    int64_t minutes = had_a_place(mending, item) ? minutes_between(there, &mending->old[item]) : 0;
    bool is_worse = mending->found && mending->minutes + minutes > mending->best_minutes;
    if (is_old_place || is_worse || mending->steps++ >= mending->steps_most) return;
    int count = clear_the_way(mending, item, there);
    if (count < 0) return;
    mending->places[item] = *there;
    mending->minutes += minutes;
    go_on(mending);
    mending->minutes -= minutes;
    mending->places[item].unplaced = ORDER_NO_ROOM;
    while (count-- > 0) put_back_last(mending);
}

static int compare_moments(const void *a, const void *b) {
    const Moment *x = a, *y = b;
    if (x->away_min != y->away_min) return x->away_min < y->away_min ? -1 : 1;
    return (x->start_min > y->start_min) - (x->start_min < y->start_min);
}

static void add_moment(const Mending *mending, uint32_t item, size_t *count, int32_t start_min) {
    OrderPlacement here = {.start_min = start_min};
    int32_t away_min = had_a_place(mending, item) ? (int32_t)minutes_between(&here, &mending->old[item]) : start_min;
    if (start_min >= 0) mending->moments[mending->depth][(*count)++] = (Moment){start_min, away_min};
}

/* Starts at which an item would touch something in a section: edges of what it may, of others, its old start. The
 * nearest first. */
static size_t find_moments(Mending *mending, uint32_t item, uint32_t section) {
    const OrderModel *model = mending->model;
    size_t at = (size_t)item * model->sections + section, count = 0;
    if (had_a_place(mending, item)) add_moment(mending, item, &count, mending->old[item].start_min);
    for (size_t k = model->span_first[at]; k < model->span_first[at + 1]; k++) {
        add_moment(mending, item, &count, model->spans[k].from_min);
        add_moment(mending, item, &count, model->spans[k].to_min);
    }
    int32_t duration_min = model->input->items[item].duration_min;
    for (uint32_t other = 0; other < model->n; other++) {
        if (other == item || mending->places[other].unplaced) continue;
        int32_t start_min = mending->places[other].start_min,
                end_min = start_min + model->input->items[other].duration_min;
        bool shares =
            model->input->sections[mending->places[other].section].space == model->input->sections[section].space;
        add_moment(mending, item, &count, end_min + (shares ? order_gap_of(model, other, item) : 0));
        add_moment(mending, item, &count, start_min - duration_min - (shares ? order_gap_of(model, item, other) : 0));
        add_moment(mending, item, &count, start_min); /* in its place */
    }
    Moment *moments = mending->moments[mending->depth];
    qsort(moments, count, sizeof *moments, compare_moments);
    size_t different = 0;
    for (size_t k = 0; k < count; k++)
        if (!k || moments[k].start_min != moments[k - 1].start_min) moments[different++] = moments[k];
    return different;
}

static void try_places(Mending *mending, uint32_t item) {
    const OrderModel *model = mending->model;
    if (mending->depth + 1 >= DEPTH_MOST) {
        mending->steps = mending->steps_most;
        return;
    }
    for (uint32_t c = model->choices.first[item]; c < model->choices.first[item + 1]; c++) {
        uint32_t section = model->choices.all[c];
        size_t count = find_moments(mending, item, section);
        for (size_t k = 0; k < count; k++) {
            OrderPlacement there = {ORDER_PLACED, section, mending->moments[mending->depth][k].start_min};
            mending->depth++;
            put_at(mending, item, &there);
            mending->depth--;
        }
    }
}

/* Two that clash, the first there are; false: none. Only what still stands where it stood can. */
static bool find_clash(const Mending *mending, uint32_t *one, uint32_t *other) {
    const OrderModel *model = mending->model;
    for (uint32_t a = 0; a < model->n; a++) {
        if (mending->places[a].unplaced) continue;
        for (uint32_t b = a + 1; b < model->n; b++) {
            if (mending->places[b].unplaced) continue;
            if (!may_be_taken_out(mending, a) && !may_be_taken_out(mending, b)) continue;
            if (!order_clashes(model, mending->places, a, mending->places[a], b)) continue;
            *one = a;
            *other = b;
            return true;
        }
    }
    return false;
}

static void without(Mending *mending, uint32_t item) {
    if (!may_be_taken_out(mending, item) || mending->moved >= mending->moved_most) return;
    take_out(mending, item);
    go_on(mending);
    put_back_last(mending);
}

static void go_on(Mending *mending) {
    if (mending->steps >= mending->steps_most) return;
    uint32_t one, other;
    if (find_clash(mending, &one, &other)) {
        mending->steps++;
        without(mending, one);
        without(mending, other);
        return;
    }
    bool is_any_out = false;
    for (uint32_t k = 0; k < mending->model->free_count; k++) {
        if (!is_out(mending, mending->model->free[k])) continue;
        is_any_out = true;
        try_places(mending, mending->model->free[k]);
    }
    if (is_any_out) return;
    mending->found = true;
    keep_if_better(mending);
}

/* ---- All of it ---- */

/* What cannot stay where it stood, whatever moves: it may not start there, or something fixed is in its way. */
static void take_out_what_must(Mending *mending) {
    const OrderModel *model = mending->model;
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = model->free[k];
        const OrderPlacement *place = &mending->places[item];
        if (place->unplaced) continue;
        bool must = !order_may_start(model, item, place->section, place->start_min);
        for (uint32_t f = 0; f < model->fixed_count && !must; f++)
            must = order_clashes(model, mending->places, item, *place, model->fixed[f]);
        if (must) take_out(mending, item);
    }
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = model->free[k];
        const OrderPlacement *place = &mending->places[item];
        if (!place->unplaced && order_lacks(model, mending->places, item, place->start_min)) take_out(mending, item);
    }
}

static void start_again(Mending *mending) {
    const OrderModel *model = mending->model;
    for (uint32_t i = 0; i < model->n; i++) {
        const OrderItem *item = &model->input->items[i];
        mending->places[i] = mending->old[i];
        mending->is_moved[i] = false;
        if (item->fixed)
            mending->places[i] = (OrderPlacement){ORDER_PLACED, item->fixed_section, item->fixed_start_min};
        else if (model->never[i] || mending->is_given_up[i]) mending->places[i].unplaced = ORDER_NO_ROOM;
        if (!item->fixed && model->never[i]) mending->is_given_up[i] = true;
    }
    mending->taken_count = mending->moved = 0;
}

/* The fewest moves for which all but those given up find a place. Whether each number below was looked through. */
static bool search_by_moves(Mending *mending) {
    start_again(mending);
    take_out_what_must(mending);
    uint32_t most = mending->best_moved < MOVES_MOST ? (uint32_t)mending->best_moved : MOVES_MOST;
    mending->found = false;
    for (uint32_t k = mending->moved; k <= most && !mending->found; k++) {
        mending->moved_most = k;
        go_on(mending);
        if (mending->steps >= mending->steps_most) return false;
    }
    return mending->found || most == mending->best_moved;
}

static void open_mending(Arena *arena, const OrderModel *model, const OrderPlacement *before, Mending *mending) {
    OrderPlacement *old = arena_array(arena, OrderPlacement, model->n + 1);
    memcpy(old, before, model->n * sizeof *old);
    *mending = (Mending){.model = model,
                         .arena = arena,
                         .old = old,
                         .places = arena_array(arena, OrderPlacement, model->n + 1),
                         .is_moved = arena_array(arena, bool, model->n + 1),
                         .is_given_up = arena_array(arena, bool, model->n + 1),
                         .taken = arena_array(arena, uint32_t, model->n + 1),
                         .best = arena_array(arena, OrderPlacement, model->n + 1),
                         .best_moved = SIZE_MAX,
                         .best_unplaced = SIZE_MAX,
                         .best_minutes = INT64_MAX,
                         .best_points = INT64_MAX};
    size_t most = 1 + 3 * (size_t)model->n;
    for (uint32_t i = 0; i < model->n; i++) {
        size_t first = (size_t)i * model->sections;
        size_t spans = model->span_first[first + model->sections] - model->span_first[first];
        if (1 + 3 * (size_t)model->n + 2 * spans > most) most = 1 + 3 * (size_t)model->n + 2 * spans;
    }
    for (int depth = 0; depth < DEPTH_MOST; depth++) mending->moments[depth] = arena_array(arena, Moment, most);
    order_board_open(arena, model, &mending->board);
}

Err order_repair(Arena *arena, const OrderInput *input, const OrderPlacement *before, const OrderOptions *options,
                 OrderRepair *repair) {
    enum { WORK = 4 * 1000 * 1000 };
    if (!order_input_is_sound(input) || !order_placements_are_sound(input, before)) return ERR_INPUT;
    OrderModel *model = order_model(arena, input);
    Mending mending;
    open_mending(arena, model, before, &mending);
    start_again(&mending);
    mend_simply(&mending);
    mending.steps_most = options->orders ? options->orders : WORK / (model->n + 1) + 1000;
    bool ended = search_by_moves(&mending);
    if (!mending.found && mending.best_unplaced > 0) {
        ended = false;
        for (uint32_t i = 0; i < model->n; i++) mending.is_given_up[i] = mending.best[i].unplaced;
        mending.steps = 0;
        search_by_moves(&mending);
    }
    *repair = (OrderRepair){.placements = mending.best, .proven = ended && !model->has_resources};
    count_moves(&mending, mending.best, &repair->moved, &repair->moved_min);
    order_board_set(&mending.board, mending.best);
    repair->cost = mending.board.cost;
    return OK;
}
