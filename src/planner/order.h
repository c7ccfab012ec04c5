// SPDX-License-Identifier: EUPL-1.2
/* Order: a first running order, by rules simple enough to say aloud, and what is wrong with any running order.
 *
 *     OrderInput input = {.sections = frame, .section_count = 3, .items = items, .item_count = 12};
 *     OrderPlan plan;
 *     Err err = order_plan(arena, &input, &(OrderOptions){.seed = 1}, &plan);
 *     // plan.placements[i].section, .start_min; plan.placements[i].unplaced says why an item found no place
 *
 * Times are whole minutes from one origin of the caller's choice (midnight of the first day, say). The frame is a list
 * of sections, each in a space, each taking some kinds of items. What is always kept: an item lies wholly in a section
 * that takes its kind, within its own earliest and latest; two items of one space have the changeover between them;
 * an organisation is in one place at a time; fixed items stay where they are, right or wrong. What is kept as well as
 * possible is a cost in points (OrderCost), so that anybody can see why one order is better than another:
 * every item has a place; children are on stage before children_until_min and rather early; neighbours differ in
 * organisation and in theme; performances stand apart, with even runs of other items between them; no idle minutes.
 *
 * Method. An order of items becomes a programme by putting each in the earliest place that keeps the rules. Up to
 * ORDER_EXHAUSTIVE_MOST free items, every order is tried, so nothing that can be reached this way is better. Above,
 * descent with sideways steps by exchanging and moving items, from children and tight windows first. There is no clock:
 * the caller gives the number of orders to try. The same input, seed and number give the same plan.
 *
 * Later versions add fields; zero always means what it means today. Use designated initialisers.
 */
#ifndef WSPOLNIE_PLANNER_ORDER_H
#define WSPOLNIE_PLANNER_ORDER_H

#include "platform/base/arena.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    ORDER_ITEMS_MOST = 1000,
    ORDER_SECTIONS_MOST = 100,
    ORDER_MINUTES_MOST = 14 * 24 * 60,
    ORDER_KINDS_MOST = 32,
    ORDER_EXHAUSTIVE_MOST = 7,
};

/* Kinds the rules know; callers number further ones from ORDER_OTHER on. */
enum { ORDER_TALK = 0, ORDER_PERFORMANCE = 1, ORDER_OTHER = 2 };

typedef struct OrderSection {
    int32_t start_min, end_min;
    uint32_t takes; /* bit k: items of kind k. 0 takes nothing: a break, protected free time */
    uint32_t space; /* which stage */
} OrderSection;

typedef struct OrderItem {
    int32_t duration_min; /* at least 1 */
    uint32_t kind;
    int64_t theme, organisation;      /* any numbers; 0: none, which is like no other */
    bool children;                    /* children are on stage */
    int32_t earliest_min, latest_min; /* not to start before, not to end after; latest 0: no limit */
    bool fixed;                       /* stays at fixed_section, fixed_start_min */
    uint32_t fixed_section;
    int32_t fixed_start_min;
} OrderItem;

typedef struct OrderInput {
    const OrderSection *sections;
    size_t section_count;
    const OrderItem *items;
    size_t item_count;
    int32_t changeover_min;
    int32_t children_until_min; /* 0: no limit */
} OrderInput;

typedef struct OrderOptions {
    uint64_t seed;
    uint64_t orders; /* to try; 0: as many as suit the number of items */
} OrderOptions;

/* Why an item has no place, by the section that came nearest to taking it. */
typedef enum OrderUnplaced {
    ORDER_PLACED,
    ORDER_KIND_NOT_TAKEN, /* no section takes its kind */
    ORDER_TOO_LONG,       /* longer than every section that does */
    ORDER_WINDOW,         /* its earliest and latest leave too little of each of them */
    ORDER_NO_ROOM,        /* others are there */
} OrderUnplaced;

typedef struct OrderPlacement {
    OrderUnplaced unplaced;
    uint32_t section; /* meaningless where unplaced */
    int32_t start_min;
} OrderPlacement;

/* Counts, and their sum in points by ORDER_POINTS_…. */
typedef struct OrderCost {
    size_t unplaced;
    size_t children_late;
    size_t same_organisation, same_theme; /* neighbours in a section */
    size_t performances_together;         /* neighbours in a section */
    size_t uneven;        /* squared lengths of the runs between performances, in sections that have any */
    size_t children_wait; /* quarters of an hour from the frame's start to each item with children */
    size_t idle_min;      /* between neighbours, beyond the changeover */
    int64_t points;
} OrderCost;

enum {
    ORDER_POINTS_UNPLACED = 100000,
    ORDER_POINTS_CHILDREN_LATE = 2000,
    ORDER_POINTS_SAME_ORGANISATION = 300,
    ORDER_POINTS_SAME_THEME = 100,
    ORDER_POINTS_PERFORMANCES_TOGETHER = 80,
    ORDER_POINTS_UNEVEN = 2,
    ORDER_POINTS_CHILDREN_WAIT = 2,
    ORDER_POINTS_IDLE_MIN = 1,
};

typedef struct OrderPlan {
    OrderPlacement *placements; /* by item */
    OrderCost cost;
    uint64_t orders; /* tried */
} OrderPlan;

/* ERR_INPUT: sizes or numbers outside the limits above, a section that ends before it starts. An item that cannot be
 * placed is no error. The plan lives in arena. */
Err order_plan(Arena *arena, const OrderInput *input, const OrderOptions *options, OrderPlan *plan);

/* Of any placements, also ones made by hand. ERR_INPUT as order_plan, or a section that is not there. */
Err order_cost(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderCost *cost);

typedef enum OrderWarningKind {
    ORDER_WARNING_UNPLACED = 1,
    ORDER_WARNING_OUT_OF_SECTION, /* minutes outside */
    ORDER_WARNING_KIND_NOT_TAKEN,
    ORDER_WARNING_TOO_EARLY,          /* minutes before its earliest */
    ORDER_WARNING_TOO_LATE,           /* minutes after its latest */
    ORDER_WARNING_CHILDREN_LATE,      /* minutes after children_until_min */
    ORDER_WARNING_OVERLAP,            /* with other, in one space; minutes shared */
    ORDER_WARNING_CHANGEOVER,         /* before other; minutes that are missing */
    ORDER_WARNING_ORGANISATION_TWICE, /* with other, in another space; minutes shared */
    ORDER_WARNING_SAME_ORGANISATION,  /* right before other in a section */
    ORDER_WARNING_SAME_THEME,         /* right before other in a section */
} OrderWarningKind;

typedef struct OrderWarning {
    OrderWarningKind kind;
    size_t item;
    size_t other; /* item itself where there is none */
    int32_t minutes;
} OrderWarning;

/* Everything the rules have to say about placements, by item, then kind, then other. It shares no code with the search.
 * ERR_INPUT as order_cost. Warnings live in arena. */
Err order_check(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderWarning **warnings,
                size_t *count);

#endif
