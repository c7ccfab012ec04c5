// SPDX-License-Identifier: EUPL-1.2
/* What the files of the planner of order share: what is a sound input, and the model, an input prepared so that trying
 * an order is cheap. order_check.c uses of this only what is sound. */
#ifndef WSPOLNIE_PLANNER_ORDER_INTERNAL_H
#define WSPOLNIE_PLANNER_ORDER_INTERNAL_H

#include "planner/order.h"

#include "platform/base/random.h"

bool order_input_is_sound(const OrderInput *input);
bool order_placements_are_sound(const OrderInput *input, const OrderPlacement *placements);

/* Whether the two need somebody in common. */
bool order_shares_people(const OrderItem *a, const OrderItem *b);
/* The terms of a cost in points, from its counts. */
int64_t order_points_of(const OrderCost *cost);

/* ---- The model ---- */

/* An item may start from from_min to to_min. */
typedef struct OrderSpan {
    int32_t from_min, to_min;
} OrderSpan;

/* Lists of numbers by item or section, one after the other: those of i are all[first[i]] … all[first[i + 1] - 1]. */
typedef struct OrderLists {
    uint32_t *first, *all;
} OrderLists;

typedef struct OrderModel {
    Arena *arena;
    const OrderInput *input;
    uint32_t n, sections;
    int32_t *gap_min; /* n×n */
    int32_t most_gap_min;
    uint32_t *span_first; /* n×sections + 1, into spans: when an item may start in a section, others apart */
    OrderSpan *spans;
    OrderLists apart;   /* by item: others that may not lie at the same time, wherever they are */
    OrderLists before;  /* by item: those it comes after */
    OrderLists behind;  /* by item: those that come after it */
    OrderLists near;    /* by section: others of its space that are not well before or after it */
    OrderLists choices; /* by item: sections that could take it; none for fixed ones */
    OrderLists moments; /* by free item: minutes not to start before that make a difference: 0, its wished time, the end
                           of what is fixed in its sections */
    OrderLists users;   /* by resource: items that use it, as often as they name it */
    uint32_t *fixed;    /* fixed items, by section, then start */
    uint32_t *fixed_first;   /* by section + 1, into fixed */
    uint32_t *free;          /* items to place */
    uint32_t *longest_first; /* the same */
    uint32_t free_count, fixed_count;
    OrderUnplaced *never; /* by item: why it can have no place whatever the others do; ORDER_PLACED where it may */
    int32_t frame_start_min;
    bool has_resources;
} OrderModel;

OrderModel *order_model(Arena *arena, const OrderInput *input);

static inline int32_t order_gap_of(const OrderModel *model, uint32_t first, uint32_t second) {
    return model->gap_min[(size_t)first * model->n + second];
}
static inline int32_t order_weight_of(const OrderModel *model, uint32_t item) {
    return model->input->items[item].weight ? model->input->items[item].weight : 1;
}

/* ---- Trying an order ---- */

enum { ORDER_NOBODY = UINT32_MAX };

/* How far a section has come. */
typedef struct OrderTail {
    uint32_t last; /* item, or ORDER_NOBODY */
    uint32_t run;  /* items since the last performance */
    uint32_t next_fixed;
    bool has_performances;
    size_t squares;
} OrderTail;

/* A programme while it is being put together: items are added behind those of their section. */
typedef struct OrderBoard {
    const OrderModel *model;
    OrderPlacement *places;
    uint32_t *prior;  /* by placed item: the one before it in its section */
    uint32_t *sorted; /* room for order_board_set */
    bool *seen;       /* by item: was tried; until then it may still come */
    OrderTail *tails;
    OrderCost cost; /* its points are summed by order_board_end */
} OrderBoard;

void order_board_open(Arena *arena, const OrderModel *model, OrderBoard *board);
/* Nothing but the fixed items. */
void order_board_clear(OrderBoard *board);
/* The earliest start from from_min on and behind the section's last item that keeps the rules, or -1. */
int32_t order_board_find(const OrderBoard *board, uint32_t item, uint32_t section, int32_t from_min);
void order_board_add(OrderBoard *board, uint32_t item, uint32_t section, int32_t start_min);
/* Counts it as left out. */
void order_board_leave_out(OrderBoard *board, uint32_t item);
/* Adds what is fixed behind the last ones, and the last runs; the board is whole then. */
void order_board_end(OrderBoard *board);
/* Any placements, made by hand or not, all at once. */
void order_board_set(OrderBoard *board, const OrderPlacement *placements);

/* Whether it, there, breaks a rule together with the other, which is placed. */
bool order_clashes(const OrderModel *model, const OrderPlacement *places, uint32_t item, OrderPlacement there,
                   uint32_t other);
/* Whether there is too little of something it uses, with all that is placed but itself. */
bool order_lacks(const OrderModel *model, const OrderPlacement *places, uint32_t item, int32_t start_min);
/* Whether it may start then in a section, others apart. */
bool order_may_start(const OrderModel *model, uint32_t item, uint32_t section, int32_t start_min);

/* The earliest start from from_min on at which it could stand in a section with everything that is placed, before or
 * behind it, or -1. */
int32_t order_fit(const OrderModel *model, const OrderPlacement *places, uint32_t item, uint32_t section,
                  int32_t from_min);

/* ---- Search and proof ---- */

/* What an order is made of: places in it are those of the free items; the others by item. */
typedef struct OrderGenes {
    uint32_t *order, *section;
    uint32_t *waits; /* until one of its moments */
} OrderGenes;

typedef struct OrderSearch {
    const OrderModel *model;
    Random random;
    OrderBoard board;
    OrderGenes now, best_genes;
    int64_t best; /* points of best_genes */
    uint64_t tried;
} OrderSearch;

void order_search_open(Arena *arena, const OrderModel *model, uint64_t seed, OrderSearch *search);
/* Every order with every choice of section, if there are few enough of them; false where not. */
bool order_search_all(OrderSearch *search);
void order_search_anneal(OrderSearch *search, uint64_t orders);
/* Puts the order of these placements into search->now, each item waiting for as long as it does there. */
void order_search_take(OrderSearch *search, const OrderPlacement *placements);
/* Points of search->now, on the board afterwards. */
int64_t order_search_try(OrderSearch *search);
/* Puts the best on the board. */
void order_search_end(OrderSearch *search);

/* What no active programme can fall below, told by counting alone. */
int64_t order_bound(const OrderModel *model);
/* Looks for a programme of fewer points than `best`, at most `steps` steps. Whether it came to an end: the best there
 * is is then `*best`, with *better telling that it is in placements. */
bool order_prove(Arena *arena, const OrderModel *model, uint64_t steps, int64_t *best, OrderPlacement *placements,
                 bool *better);

#endif
