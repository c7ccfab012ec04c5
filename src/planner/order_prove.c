// SPDX-License-Identifier: EUPL-1.2
/* What cannot be beaten, and a search that shows it.
 *
 * The bound counts what is unavoidable: items that nothing can take; more minutes than there are; more of one theme
 * (organisation, profile, performances) than others can separate; how early children can be on stage; the evenest runs.
 *
 * The search goes through programmes of one stage from the first minute to the last, depth first, and leaves a branch
 * where the bound on the rest says that it cannot become better than the best known, or where it came to the same items
 * with the same last one before, no later and no dearer (dynamic programming over sets: Held and Karp 1962). Of items
 * that nothing distinguishes only one order is looked at. */
#include "planner/order_internal.h"

#include <string.h>

enum { PROVABLE_MOST = 64, MEMORY_BITS_MOST = 16 };

typedef struct Memory {
    uint64_t items; /* seen, by place in free */
    int64_t points;
    int32_t at_min;
    uint16_t section, last, run; /* last: and one more, 0 for nobody */
    bool has_performances, in_use;
} Memory;

/* ---- The bound ---- */

/* Items alike in what should not stand side by side. */
typedef enum Trait { THEME, ORGANISATION, PROFILE, PERFORMS, TRAITS } Trait;

static const int64_t trait_points[TRAITS] = {
    [THEME] = ORDER_POINTS_SAME_THEME,
    [ORGANISATION] = ORDER_POINTS_SAME_ORGANISATION,
    [PROFILE] = ORDER_POINTS_SAME_PROFILE,
    [PERFORMS] = ORDER_POINTS_PERFORMANCES_TOGETHER,
};

/* What is still to be placed, and between what. */
typedef struct Rest {
    const OrderModel *model;
    uint16_t *class_of[TRAITS]; /* by item: which of those with its trait; 0: like no other free one */
    uint16_t *left[TRAITS];     /* by class: how many are still to be placed */
    uint16_t classes[TRAITS];   /* and one more, for 0 */
    const bool *seen;           /* by item; what is not free is seen */
    size_t count;
    size_t performances;
    size_t separators; /* ends of sections and fixed items that may stand between */
    uint32_t last;
} Rest;

static int64_t trait_of(const OrderItem *item, Trait trait) {
    switch (trait) {
    case THEME: return item->theme;
    case ORGANISATION: return item->organisation;
    case PROFILE: return item->profile;
    case PERFORMS: return item->kind == ORDER_PERFORMANCE;
    case TRAITS: break;
    }
    return 0;
}

static void find_classes(Rest *rest, Trait trait) {
    const OrderModel *model = rest->model;
    const OrderItem *items = model->input->items;
    rest->class_of[trait] = arena_array(model->arena, uint16_t, model->n + 1);
    rest->left[trait] = arena_array(model->arena, uint16_t, model->n + 2);
    rest->classes[trait] = 1;
    for (uint32_t i = 0; i < model->n; i++) {
        int64_t own = trait_of(&items[i], trait);
        for (uint32_t k = 0; own && k < i && !rest->class_of[trait][i]; k++)
            if (trait_of(&items[k], trait) == own) rest->class_of[trait][i] = rest->class_of[trait][k];
        if (own && !rest->class_of[trait][i]) rest->class_of[trait][i] = rest->classes[trait]++;
    }
    for (uint32_t k = 0; k < model->free_count; k++) rest->left[trait][rest->class_of[trait][model->free[k]]]++;
}

static Rest rest_of(const OrderModel *model, const bool *seen) {
    Rest rest = {.model = model, .seen = seen, .count = model->free_count, .last = ORDER_NOBODY};
    for (int trait = 0; trait < TRAITS; trait++) find_classes(&rest, (Trait)trait);
    for (uint32_t k = 0; k < model->free_count; k++)
        rest.performances += model->input->items[model->free[k]].kind == ORDER_PERFORMANCE;
    return rest;
}

static void rest_change(Rest *rest, uint32_t item, int by) {
    rest->count += (size_t)by;
    rest->performances += rest->model->input->items[item].kind == ORDER_PERFORMANCE ? (size_t)by : 0;
    for (int trait = 0; trait < TRAITS; trait++) rest->left[trait][rest->class_of[trait][item]] += (uint16_t)by;
}

/* How many stand next to one of their own, at least. */
static size_t together_at_least(const Rest *rest, Trait trait) {
    size_t least = 0;
    uint16_t last_class = rest->last == ORDER_NOBODY ? 0 : rest->class_of[trait][rest->last];
    for (uint16_t class = 1; class < rest->classes[trait]; class ++) {
        size_t alike = rest->left[trait][class];
        if (!alike) continue;
        size_t others = rest->count - alike + rest->separators;
        size_t gaps = alike - 1 + (class == last_class); /* between those alike, each needs another */
        if (gaps > others && gaps - others > least) least = gaps - others;
    }
    return least;
}

/* Each one left out may save one. */
static int64_t bound_of_neighbours(const Rest *rest, size_t left_out) {
    int64_t points = 0;
    for (int trait = 0; trait < TRAITS && rest->count; trait++) {
        size_t together = together_at_least(rest, (Trait)trait);
        if (together > left_out) points += (int64_t)(together - left_out) * trait_points[trait];
    }
    return points;
}

/* The least sum of squares of `parts` whole numbers that sum up to `whole`. */
static int64_t even_squares(int64_t whole, int64_t parts) {
    int64_t each = whole / parts, more = whole % parts;
    return (parts - more) * each * each + more * (each + 1) * (each + 1);
}

/* What is left goes to one section: `run` items since the last performance there, and the rest. */
static int64_t bound_of_runs(const Rest *rest, int64_t run, bool has_performances) {
    int64_t performances = (int64_t)rest->performances, others = (int64_t)rest->count - performances;
    if (!performances) return has_performances ? (run + others) * (run + others) * ORDER_POINTS_UNEVEN : 0;
    int64_t parts = performances + 1, whole = run + others;
    if (run <= whole / parts) return even_squares(whole, parts) * ORDER_POINTS_UNEVEN;
    return (run * run + even_squares(others, performances)) * ORDER_POINTS_UNEVEN;
}

static int64_t children_cost(const OrderModel *model, uint32_t item, int32_t start_min) {
    int32_t wait_min = start_min - model->frame_start_min;
    int32_t end_min = start_min + model->input->items[item].duration_min;
    bool late = model->input->children_until_min && end_min > model->input->children_until_min;
    return (wait_min > 0 ? wait_min / 15 : 0) * ORDER_POINTS_CHILDREN_WAIT + (late ? ORDER_POINTS_CHILDREN_LATE : 0);
}

/* The earliest moment from at_min on at which an item may start anywhere; INT32_MAX: none. */
static int32_t earliest_of(const OrderModel *model, uint32_t item, int32_t at_min) {
    int32_t earliest_min = INT32_MAX;
    size_t first = (size_t)item * model->sections;
    for (uint32_t k = model->span_first[first]; k < model->span_first[first + model->sections]; k++) {
        const OrderSpan *span = &model->spans[k];
        int32_t start_min = span->from_min > at_min ? span->from_min : at_min;
        if (start_min <= span->to_min && start_min < earliest_min) earliest_min = start_min;
    }
    return earliest_min;
}

static int64_t bound_of_children(const Rest *rest, int32_t at_min) {
    int64_t points = 0;
    for (uint32_t k = 0; k < rest->model->free_count; k++) {
        uint32_t item = rest->model->free[k];
        if (rest->seen[item] || !rest->model->input->items[item].children) continue;
        int32_t start_min = earliest_of(rest->model, item, at_min);
        if (start_min < INT32_MAX) points += children_cost(rest->model, item, start_min);
    }
    return points;
}

/* How many of the rest have no place even if they are the longest, and the weight of the lightest. */
static size_t left_out_at_least(const Rest *rest, int64_t minutes, int32_t least_gap_min, int64_t *lightest) {
    const OrderItem *items = rest->model->input->items;
    const uint32_t *longest_first = rest->model->longest_first;
    int64_t needed = 0;
    *lightest = ORDER_WEIGHT_MOST;
    for (uint32_t k = 0; k < rest->model->free_count; k++) {
        uint32_t item = rest->model->free[k];
        if (rest->seen[item]) continue;
        needed += items[item].duration_min + least_gap_min;
        if (order_weight_of(rest->model, item) < *lightest) *lightest = order_weight_of(rest->model, item);
    }
    size_t left_out = 0;
    for (uint32_t k = 0; k < rest->model->free_count && needed > minutes; k++) {
        if (rest->seen[longest_first[k]]) continue;
        needed -= items[longest_first[k]].duration_min + least_gap_min;
        left_out++;
    }
    return left_out;
}

/* Leaving out one more than must be costs more than all it could save. Of what must be left out, nobody knows which:
 * then children and runs say nothing. */
typedef struct Room {
    int64_t minutes;
    int32_t at_min, least_gap_min;
    bool one_section; /* takes all that is left */
    int64_t run;
    bool has_performances;
} Room;

static int64_t bound_of(const Rest *rest, const Room *room) {
    int64_t lightest, points;
    size_t left_out = left_out_at_least(rest, room->minutes, room->least_gap_min, &lightest);
    points = (int64_t)left_out * lightest * ORDER_POINTS_UNPLACED + bound_of_neighbours(rest, left_out);
    if (left_out) return points;
    points += bound_of_children(rest, room->at_min);
    return room->one_section ? points + bound_of_runs(rest, room->run, room->has_performances) : points;
}

static int32_t least_gap_of(const OrderModel *model) {
    int32_t least_min = model->free_count ? INT32_MAX : 0;
    for (uint32_t a = 0; a < model->free_count; a++)
        for (uint32_t b = 0; b < model->free_count; b++)
            if (order_gap_of(model, model->free[a], model->free[b]) < least_min)
                least_min = order_gap_of(model, model->free[a], model->free[b]);
    return least_min;
}

static bool takes_free_items(const OrderModel *model, uint32_t section) {
    for (uint32_t k = 0; k < model->free_count; k++) {
        size_t at = (size_t)model->free[k] * model->sections + section;
        if (model->span_first[at] < model->span_first[at + 1]) return true;
    }
    return false;
}

int64_t order_bound(const OrderModel *model) {
    int64_t points = 0, minutes = 0;
    uint32_t open = 0;
    int32_t gap_min = least_gap_of(model);
    for (uint32_t i = 0; i < model->n; i++)
        if (!model->input->items[i].fixed && model->never[i])
            points += (int64_t)order_weight_of(model, i) * ORDER_POINTS_UNPLACED;
    for (uint32_t s = 0; s < model->sections; s++) {
        if (!takes_free_items(model, s)) continue;
        open++;
        minutes += model->input->sections[s].end_min - model->input->sections[s].start_min + gap_min;
    }
    Rest rest = rest_of(model, arena_array(model->arena, bool, model->n + 1));
    rest.separators = (open ? open - 1 : 0) + model->fixed_count;
    Room room = {.minutes = minutes, .least_gap_min = gap_min, .one_section = open == 1 && !model->fixed_count};
    return points + bound_of(&rest, &room);
}

/* ---- One stage, from the first minute to the last ---- */

typedef struct Proof {
    const OrderModel *model;
    OrderBoard board;
    uint32_t *sections; /* those that take free items, in time */
    uint32_t section_count;
    uint32_t *twin; /* by item: one that nothing distinguishes from it and that goes first, or ORDER_NOBODY */
    uint64_t seen;  /* by place in free */
    Rest rest;
    int32_t least_gap_min;
    Memory *memory; /* NULL where remembering would not be sound */
    int memory_bits;
    bool times_compare; /* earlier is never worse */
    uint64_t steps, steps_most;
    int64_t best;
    OrderPlacement *places;
    OrderTail *kept_tails;
    bool better;
} Proof;

static bool is_one_stage(Proof *proof) {
    const OrderModel *model = proof->model;
    for (uint32_t s = 0; s < model->sections; s++) {
        if (!takes_free_items(model, s)) continue;
        uint32_t at = proof->section_count++;
        for (;
             at > 0 && model->input->sections[proof->sections[at - 1]].start_min > model->input->sections[s].start_min;
             at--)
            proof->sections[at] = proof->sections[at - 1];
        proof->sections[at] = s;
    }
    for (uint32_t k = 1; k < proof->section_count; k++) {
        const OrderSection *before = &model->input->sections[proof->sections[k - 1]],
                           *here = &model->input->sections[proof->sections[k]];
        if (before->space != here->space || before->end_min > here->start_min) return false;
    }
    return proof->section_count > 0;
}

static bool is_straight(const OrderModel *model, uint32_t a, uint32_t c) {
    for (uint32_t b = 0; b < model->n; b++) {
        int32_t by_min = order_gap_of(model, a, b) + model->input->items[b].duration_min + order_gap_of(model, b, c);
        if (order_gap_of(model, a, c) > by_min) return false;
    }
    return true;
}

/* Any way by another item takes no less than the straight one, so that only the last item matters. */
static bool gaps_are_straight(const OrderModel *model) {
    for (uint32_t a = 0; a < model->n; a++)
        for (uint32_t c = 0; c < model->n; c++)
            if (!is_straight(model, a, c)) return false;
    return true;
}

static bool has_same_spans(const OrderModel *model, uint32_t a, uint32_t b) {
    for (uint32_t s = 0; s < model->sections; s++) {
        size_t one = (size_t)a * model->sections + s, other = (size_t)b * model->sections + s;
        uint32_t count = model->span_first[one + 1] - model->span_first[one];
        if (model->span_first[other + 1] - model->span_first[other] != count) return false;
        if (count && memcmp(&model->spans[model->span_first[one]], &model->spans[model->span_first[other]],
                            count * sizeof(OrderSpan)) != 0)
            return false;
    }
    return true;
}

static bool has_ties(const OrderModel *model, uint32_t item) {
    return model->apart.first[item] < model->apart.first[item + 1] ||
           model->before.first[item] < model->before.first[item + 1] ||
           model->behind.first[item] < model->behind.first[item + 1] || model->input->items[item].use_count;
}

static bool are_twins(const OrderModel *model, uint32_t a, uint32_t b) {
    const OrderItem *x = &model->input->items[a], *y = &model->input->items[b];
    if (has_ties(model, a) || has_ties(model, b)) return false;
    return x->duration_min == y->duration_min && x->kind == y->kind && x->theme == y->theme &&
           x->profile == y->profile && x->children == y->children && x->setup_min == y->setup_min &&
           x->clear_min == y->clear_min && x->setting == y->setting && x->wish_from_min == y->wish_from_min &&
           x->wish_to_min == y->wish_to_min && order_weight_of(model, a) == order_weight_of(model, b) &&
           has_same_spans(model, a, b);
}

static void find_twins(Proof *proof) {
    const OrderModel *model = proof->model;
    for (uint32_t k = 0; k < model->free_count; k++) {
        proof->twin[model->free[k]] = ORDER_NOBODY;
        for (uint32_t m = k; m > 0 && proof->twin[model->free[k]] == ORDER_NOBODY; m--)
            if (are_twins(model, model->free[m - 1], model->free[k])) proof->twin[model->free[k]] = model->free[m - 1];
    }
}

static bool remembering_is_sound(const Proof *proof) {
    return !proof->model->has_resources && gaps_are_straight(proof->model);
}

/* Earlier is never worse where nothing fixed changes what stands next to what. */
static bool earlier_is_better(const Proof *proof) {
    for (uint32_t k = 0; k < proof->section_count; k++) {
        uint32_t s = proof->sections[k];
        if (proof->model->fixed_first[s] < proof->model->fixed_first[s + 1]) return false;
    }
    return true;
}

static int32_t time_of(const Proof *proof, uint32_t at) {
    const OrderModel *model = proof->model;
    uint32_t section = proof->sections[at], last = proof->board.tails[section].last;
    if (last == ORDER_NOBODY) return model->input->sections[section].start_min;
    return proof->board.places[last].start_min + model->input->items[last].duration_min;
}

/* The last free item on the stage, of this section or one before it. */
static uint32_t last_on_stage(const Proof *proof, uint32_t at) {
    for (uint32_t k = at + 1; k > 0; k--) {
        uint32_t last = proof->board.tails[proof->sections[k - 1]].last;
        if (last != ORDER_NOBODY) return last;
    }
    return ORDER_NOBODY;
}

static uint64_t hash_of(const Memory *memory) {
    uint64_t rest = (uint64_t)memory->section << 33 | (uint64_t)memory->last << 17 | (uint64_t)memory->run << 1;
    uint64_t hash = memory->items * UINT64_C(0x9E3779B97F4A7C15);
    hash ^= (rest | memory->has_performances) * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (hash ^ hash >> 29) * UINT64_C(0x9E3779B97F4A7C15);
}

/* Whether it was here before, no later and no dearer; else remembers that it is here now. */
static bool is_dominated(Proof *proof, uint32_t at, int64_t points) {
    if (!proof->memory) return false;
    const OrderTail *tail = &proof->board.tails[proof->sections[at]];
    uint32_t last = last_on_stage(proof, at);
    Memory here = {.items = proof->seen,
                   .section = (uint16_t)at,
                   .last = (uint16_t)(last == ORDER_NOBODY ? 0 : last + 1),
                   .run = (uint16_t)tail->run,
                   .has_performances = tail->has_performances,
                   .in_use = true,
                   .at_min = time_of(proof, at),
                   .points = points};
    if (last != ORDER_NOBODY && tail->last == ORDER_NOBODY) {
        here.section |= 1u << 15; /* has not begun; what was before it may still need its changeover */
        here.at_min = proof->board.places[last].start_min + proof->model->input->items[last].duration_min;
    }
    Memory *kept = &proof->memory[hash_of(&here) >> (64 - proof->memory_bits)];
    bool is_same = kept->in_use && kept->items == here.items && kept->section == here.section &&
                   kept->last == here.last && kept->run == here.run && kept->has_performances == here.has_performances;
    if (is_same && kept->at_min == here.at_min && kept->points <= points) return true;
    if (is_same && proof->times_compare && kept->at_min < here.at_min &&
        kept->points + (int64_t)(here.at_min - kept->at_min) * ORDER_POINTS_IDLE_MIN <= points)
        return true;
    *kept = here;
    return false;
}

static int64_t bound_of_rest(Proof *proof, uint32_t at) {
    const OrderModel *model = proof->model;
    const OrderTail *tail = &proof->board.tails[proof->sections[at]];
    proof->rest.separators = proof->section_count - 1 - at + model->fixed_count;
    proof->rest.last = tail->last;
    Room room = {.minutes = model->input->sections[proof->sections[at]].end_min - time_of(proof, at),
                 .at_min = time_of(proof, at),
                 .least_gap_min = proof->least_gap_min,
                 .one_section = at + 1 == proof->section_count && !model->fixed_count,
                 .run = tail->run,
                 .has_performances = tail->has_performances};
    if (tail->last == ORDER_NOBODY) room.minutes += proof->least_gap_min;
    for (uint32_t k = at + 1; k < proof->section_count; k++) {
        const OrderSection *section = &model->input->sections[proof->sections[k]];
        room.minutes += section->end_min - section->start_min + proof->least_gap_min;
    }
    return bound_of(&proof->rest, &room);
}

/* Cost of what stands, with the runs that are closed. */
static int64_t points_now(const Proof *proof, uint32_t at) {
    int64_t points = order_points_of(&proof->board.cost);
    for (uint32_t k = 0; k <= at; k++) {
        const OrderTail *tail = &proof->board.tails[proof->sections[k]];
        size_t squares = tail->squares;
        if (k < at && tail->has_performances) squares += (size_t)tail->run * tail->run;
        points += (int64_t)squares * ORDER_POINTS_UNEVEN;
    }
    return points;
}

/* ---- Depth first ---- */

static void end_here(Proof *proof) {
    OrderBoard *board = &proof->board;
    const OrderModel *model = proof->model;
    OrderCost kept_cost = board->cost;
    memcpy(proof->kept_tails, board->tails, model->sections * sizeof *board->tails);
    for (uint32_t k = 0; k < model->free_count; k++)
        if (!(proof->seen >> k & 1)) board->cost.unplaced += (size_t)order_weight_of(model, model->free[k]);
    order_board_end(board);
    if (board->cost.points < proof->best) {
        proof->best = board->cost.points;
        proof->better = true;
        memcpy(proof->places, board->places, model->n * sizeof *proof->places);
    }
    board->cost = kept_cost;
    memcpy(board->tails, proof->kept_tails, model->sections * sizeof *board->tails);
}

static void go_on(Proof *proof, uint32_t at);

typedef struct Kept {
    OrderCost cost;
    OrderTail tail;
} Kept;

static void take_back(Proof *proof, uint32_t k, uint32_t at, const Kept *kept) {
    proof->board.cost = kept->cost;
    proof->board.tails[proof->sections[at]] = kept->tail;
    proof->board.places[proof->model->free[k]] = (OrderPlacement){.unplaced = ORDER_NO_ROOM};
    proof->board.seen[proof->model->free[k]] = false;
    proof->seen &= ~(UINT64_C(1) << k);
    rest_change(&proof->rest, proof->model->free[k], 1);
}

static void mark(Proof *proof, uint32_t k) {
    proof->seen |= UINT64_C(1) << k;
    rest_change(&proof->rest, proof->model->free[k], -1);
}

static void try_item(Proof *proof, uint32_t k, uint32_t at) {
    const OrderModel *model = proof->model;
    uint32_t item = model->free[k], section = proof->sections[at];
    if (proof->twin[item] != ORDER_NOBODY && !proof->board.seen[proof->twin[item]]) return;
    Kept kept = {proof->board.cost, proof->board.tails[section]};
    int32_t soonest_min = -1;
    for (uint32_t m = model->moments.first[item]; m < model->moments.first[item + 1]; m++) {
        int32_t start_min = order_board_find(&proof->board, item, section, (int32_t)model->moments.all[m]);
        if (start_min < 0 || start_min == soonest_min) continue;
        if (soonest_min < 0) soonest_min = start_min;
        order_board_add(&proof->board, item, section, start_min);
        mark(proof, k);
        go_on(proof, at);
        take_back(proof, k, at, &kept);
    }
}

/* Only where others wait for it; whatever is left at the end is left out anyway. */
static void try_without(Proof *proof, uint32_t k, uint32_t at) {
    const OrderModel *model = proof->model;
    uint32_t item = model->free[k];
    if (model->behind.first[item] == model->behind.first[item + 1]) return;
    Kept kept = {proof->board.cost, proof->board.tails[proof->sections[at]]};
    order_board_leave_out(&proof->board, item);
    mark(proof, k);
    go_on(proof, at);
    take_back(proof, k, at, &kept);
}

static void go_on(Proof *proof, uint32_t at) {
    if (proof->steps++ >= proof->steps_most) return;
    int64_t points = points_now(proof, at);
    if (proof->rest.count == 0) {
        end_here(proof);
        return;
    }
    if (points + bound_of_rest(proof, at) >= proof->best || is_dominated(proof, at, points)) return;
    for (uint32_t k = 0; k < proof->model->free_count; k++) {
        if (proof->seen >> k & 1) continue;
        try_item(proof, k, at);
        try_without(proof, k, at);
    }
    if (at + 1 < proof->section_count) go_on(proof, at + 1);
    else end_here(proof);
}

bool order_prove(Arena *arena, const OrderModel *model, uint64_t steps, int64_t *best, OrderPlacement *placements,
                 bool *better) {
    *better = false;
    Proof proof = {.model = model,
                   .sections = arena_array(arena, uint32_t, model->sections + 1),
                   .twin = arena_array(arena, uint32_t, model->n + 1),
                   .kept_tails = arena_array(arena, OrderTail, model->sections + 1),
                   .least_gap_min = least_gap_of(model),
                   .steps_most = steps,
                   .best = *best,
                   .places = placements};
    if (!model->free_count || model->free_count > PROVABLE_MOST || !is_one_stage(&proof)) return false;
    order_board_open(arena, model, &proof.board);
    proof.rest = rest_of(model, proof.board.seen);
    find_twins(&proof);
    proof.memory_bits = model->free_count + 2 < MEMORY_BITS_MOST ? (int)model->free_count + 2 : MEMORY_BITS_MOST;
    if (remembering_is_sound(&proof)) proof.memory = arena_array(arena, Memory, (size_t)1 << proof.memory_bits);
    proof.times_compare = earlier_is_better(&proof);
    go_on(&proof, 0);
    *best = proof.best;
    *better = proof.better;
    return proof.steps < proof.steps_most;
}
