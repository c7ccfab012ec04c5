// SPDX-License-Identifier: EUPL-1.2
/* Order: the best running order that can be proven or found, what is wrong with any running order, and how to mend one
 * with the fewest moves.
 *
 *     OrderInput input = {.sections = frame, .section_count = 3, .items = items, .item_count = 12};
 *     OrderPlan plan;
 *     Err err = order_plan(arena, &input, &(OrderOptions){.seed = 1}, &plan);
 *     // plan.placements[i].section, .start_min; plan.placements[i].unplaced says why an item found no place
 *
 * Times are whole minutes from one origin of the caller's choice (midnight of the first day, say). The frame is a list
 * of sections, each in a space, each taking some kinds of items.
 *
 * What is always kept. An item lies wholly in a section that takes its kind, in a space it fits in, within its earliest
 * and latest and one of its windows. Two items of one space have between them the changeover, or what clearing away the
 * one and setting up the other take (order_gap_min). Nobody (organisation, people) is in two places at a time, nor
 * elsewhere (busy) while on stage. No more of a resource is in use than there is. An item comes after those it asks to
 * come after. Fixed items stay where they are, right or wrong.
 *
 * What is kept as well as possible is a cost in points (OrderCost), so that anybody can see why one order is better
 * than another: every item has a place; children are on stage before children_until_min and rather early; neighbours
 * differ in organisation, theme and profile; performances stand apart, with even runs of other items between them;
 * heavy changeovers are few; wished times are met; no idle minutes.
 *
 * Method (order_search.c). An order of items, each with a section, becomes a programme by putting each in turn in the
 * earliest place of its section after those before it there (or the earliest from its wished time on): every programme
 * in which nothing could stand earlier can be reached so (active schedules: Giffler and Thompson 1960), and nothing in
 * the cost but a wished time prefers a later place. (Where three or more share several of one resource, some may be
 * missed.) Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over such orders finds a good one; where one stage
 * has the programme, a depth-first search that keeps what is not dominated then looks for a better one or proves that
 * there is none (order_prove.c). There is no clock: the caller gives the number of orders to try, and the same input,
 * seed and number give the same plan.
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
    ORDER_SPACES_MOST = 64,    /* that an item can name; sections may have any number */
    ORDER_LISTED_MOST = 64,    /* windows, people, uses, predecessors of one item */
    ORDER_RESOURCES_MOST = 64, /* kinds of equipment, changing rooms, … */
    ORDER_BUSY_MOST = 10000,
    ORDER_WEIGHT_MOST = 100,
    ORDER_HEAVY_MIN = 5, /* a changeover of so many minutes is heavy */
};

/* Kinds the rules know; callers number further ones from ORDER_OTHER on. */
enum { ORDER_TALK = 0, ORDER_PERFORMANCE = 1, ORDER_OTHER = 2 };

typedef struct OrderSection {
    int32_t start_min, end_min;
    uint32_t takes; /* bit k: items of kind k. 0 takes nothing: a break, protected free time */
    uint32_t space; /* which stage */
} OrderSection;

typedef struct OrderWindow {
    int32_t start_min, end_min;
} OrderWindow;

/* A resource in use from before_min before the start to after_min after the end: a piano from its set-up on, a changing
 * room with time to change. */
typedef struct OrderUse {
    uint32_t resource;
    int32_t before_min, after_min;
} OrderUse;

/* Somebody is elsewhere: on a walk, at a round table, on the way. */
typedef struct OrderBusy {
    int64_t who;
    int32_t start_min, end_min;
} OrderBusy;

typedef struct OrderItem {
    int32_t duration_min; /* at least 1 */
    uint32_t kind;
    int64_t theme, organisation;      /* any numbers; 0: none, which is like no other */
    bool children;                    /* children are on stage */
    int32_t earliest_min, latest_min; /* not to start before, not to end after; latest 0: no limit */
    bool fixed;                       /* stays at fixed_section, fixed_start_min */
    uint32_t fixed_section;
    int32_t fixed_start_min;
    int64_t profile;              /* the kind of organisation; 0: none */
    int32_t setup_min, clear_min; /* on its stage, before and after */
    int64_t setting;              /* how the stage stands; neighbours of one setting change nothing. 0: like no other */
    uint64_t spaces;              /* bit s: fits in space s. 0: in all */
    const OrderWindow *windows;   /* within one of these; none: at any time */
    size_t window_count;
    const int64_t *people; /* who is needed, beside the organisation; of the same numbers as busy's who */
    size_t people_count;
    const OrderUse *uses;
    size_t use_count;
    const uint32_t *after; /* items that end before this one starts */
    size_t after_count;
    int32_t wish_from_min, wish_to_min; /* would rather lie wholly within; wish_to 0: no limit */
    int32_t weight;                     /* of its having a place; 0: as 1 */
} OrderItem;

typedef struct OrderInput {
    const OrderSection *sections;
    size_t section_count;
    const OrderItem *items;
    size_t item_count;
    int32_t changeover_min;
    int32_t children_until_min; /* 0: no limit */
    const OrderBusy *busy;
    size_t busy_count;
    const uint32_t *resources; /* how many there are of each */
    size_t resource_count;
} OrderInput;

typedef struct OrderOptions {
    uint64_t seed;
    uint64_t orders; /* to try; 0: as many as suit the number of items, about a second's work. A proof takes its part */
} OrderOptions;

/* Why an item has no place, by the section that came nearest to taking it. */
typedef enum OrderUnplaced {
    ORDER_PLACED,
    ORDER_KIND_NOT_TAKEN, /* no section takes its kind */
    ORDER_SPACE,          /* it fits in no space of those that do */
    ORDER_TOO_LONG,       /* longer than every section that does */
    ORDER_WINDOW,         /* its earliest, latest and windows leave too little of each of them */
    ORDER_BUSY,           /* those it needs are elsewhere */
    ORDER_AFTER,          /* it is to come after something that cannot come before it: a circle, or fixed items */
    ORDER_RESOURCE,       /* it needs something there is none of */
    ORDER_NO_ROOM,        /* others are there */
} OrderUnplaced;

typedef struct OrderPlacement {
    OrderUnplaced unplaced;
    uint32_t section; /* meaningless where unplaced */
    int32_t start_min;
} OrderPlacement;

/* Counts, and their sum in points by ORDER_POINTS_…. */
typedef struct OrderCost {
    size_t unplaced; /* by weight */
    size_t children_late;
    size_t same_organisation, same_theme; /* neighbours in a section */
    size_t same_profile;                  /* neighbours in a section */
    size_t performances_together;         /* neighbours in a section */
    size_t heavy_changeovers;             /* neighbours in a section with ORDER_HEAVY_MIN or more between them */
    size_t uneven;        /* squared lengths of the runs between performances, in sections that have any */
    size_t children_wait; /* quarters of an hour from the frame's start to each item with children */
    size_t wishes_missed; /* items that lie outside their wished time, be it by a minute */
    size_t idle_min;      /* from a section's start to its last item, beyond what changeovers need */
    int64_t points;
} OrderCost;

enum {
    ORDER_POINTS_UNPLACED = 100000,
    ORDER_POINTS_CHILDREN_LATE = 2000,
    ORDER_POINTS_SAME_ORGANISATION = 300,
    ORDER_POINTS_SAME_THEME = 100,
    ORDER_POINTS_PERFORMANCES_TOGETHER = 80,
    ORDER_POINTS_SAME_PROFILE = 30,
    ORDER_POINTS_WISH_MISSED = 60,
    ORDER_POINTS_HEAVY_CHANGEOVER = 15,
    ORDER_POINTS_UNEVEN = 2,
    ORDER_POINTS_CHILDREN_WAIT = 2,
    ORDER_POINTS_IDLE_MIN = 1,
};

typedef struct OrderPlan {
    OrderPlacement *placements; /* by item */
    OrderCost cost;
    uint64_t orders;      /* tried */
    int64_t bound_points; /* no plan in which nothing could stand earlier costs less */
    bool proven;          /* cost.points is that bound */
} OrderPlan;

/* Minutes between the end of one and the start of the other on one stage: nothing but changeover_min where both have
 * the same setting; else clear_min and setup_min at the same time where they use no resource in common, one after the
 * other where they do; at least changeover_min. */
int32_t order_gap_min(const OrderInput *input, const OrderItem *first, const OrderItem *second);

/* ERR_INPUT: sizes or numbers outside the limits above, a section that ends before it starts. An item that cannot be
 * placed is no error, nor is a circle of "after". The plan lives in arena. */
Err order_plan(Arena *arena, const OrderInput *input, const OrderOptions *options, OrderPlan *plan);

/* Of any placements, also ones made by hand. ERR_INPUT as order_plan, or a section that is not there. */
Err order_cost(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderCost *cost);

typedef enum OrderWarningKind {
    ORDER_WARNING_UNPLACED = 1,
    ORDER_WARNING_OUT_OF_SECTION, /* minutes outside */
    ORDER_WARNING_KIND_NOT_TAKEN,
    ORDER_WARNING_SPACE,              /* does not fit in this space */
    ORDER_WARNING_TOO_EARLY,          /* minutes before its earliest */
    ORDER_WARNING_TOO_LATE,           /* minutes after its latest */
    ORDER_WARNING_OUT_OF_WINDOWS,     /* in none of its windows */
    ORDER_WARNING_BUSY,               /* somebody it needs is elsewhere; minutes shared */
    ORDER_WARNING_AFTER,              /* starts before other, which it is to come after, ends; minutes missing */
    ORDER_WARNING_RESOURCE,           /* while it uses them there are not enough of a resource; other: its number */
    ORDER_WARNING_CHILDREN_LATE,      /* minutes after children_until_min */
    ORDER_WARNING_OVERLAP,            /* with other, in one space; minutes shared */
    ORDER_WARNING_CHANGEOVER,         /* before other; minutes that are missing */
    ORDER_WARNING_ORGANISATION_TWICE, /* with other, in another space; minutes shared */
    ORDER_WARNING_PEOPLE_TWICE,       /* with other, in another space; minutes shared */
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

/* ---- Mending ---- */

typedef struct OrderRepair {
    OrderPlacement *placements; /* by item */
    OrderCost cost;
    size_t moved;      /* items that had a place and have another now, or none */
    int64_t moved_min; /* by so many minutes in all; what lost its place counts in moved alone */
    bool proven;       /* nothing that keeps the rules leaves fewer without a place or moves fewer items */
} OrderRepair;

/* Changes `before` (by item; unplaced ones are to be placed) until it keeps the rules of `input`, which may differ from
 * what it was made for: an item gone, longer, later, fixed elsewhere, a section begun later. Fewest items without a
 * place first (by weight), then fewest moved, then fewest minutes moved, then points. Items that stand well stay,
 * whatever a better order would be. ERR_INPUT as order_cost. */
Err order_repair(Arena *arena, const OrderInput *input, const OrderPlacement *before, const OrderOptions *options,
                 OrderRepair *repair);

/* ---- Why ---- */

/* What holds an item where it is. */
typedef enum OrderReasonKind {
    ORDER_REASON_FIXED = 1,
    ORDER_REASON_ONLY_SECTION, /* no other section could take it */
    ORDER_REASON_EARLIEST,     /* starts as early as it may */
    ORDER_REASON_LATEST,       /* ends within a quarter of its latest */
    ORDER_REASON_BUSY,         /* would start earlier but for somebody who is elsewhere */
    ORDER_REASON_AFTER,        /* starts right after other, which it is to come after */
    ORDER_REASON_CHILDREN,     /* children are early */
    ORDER_REASON_BETWEEN,      /* a performance with talks around it */
    ORDER_REASON_CHANGE,       /* the best exchange with another item costs `points` more, most of it in `term` */
} OrderReasonKind;

/* The terms of OrderCost, for saying what a change would cost. */
typedef enum OrderTerm {
    ORDER_TERM_UNPLACED,
    ORDER_TERM_CHILDREN_LATE,
    ORDER_TERM_SAME_ORGANISATION,
    ORDER_TERM_SAME_THEME,
    ORDER_TERM_PERFORMANCES_TOGETHER,
    ORDER_TERM_SAME_PROFILE,
    ORDER_TERM_WISH,
    ORDER_TERM_HEAVY_CHANGEOVER,
    ORDER_TERM_UNEVEN,
    ORDER_TERM_CHILDREN_WAIT,
    ORDER_TERM_IDLE,
    ORDER_TERMS,
} OrderTerm;

int64_t order_term_points(const OrderCost *cost, OrderTerm term);

typedef struct OrderReason {
    OrderReasonKind kind;
    size_t item;
    size_t other; /* item itself where there is none */
    int64_t points;
    OrderTerm term;
} OrderReason;

/* What holds each placed item where it is, by item, then kind. Exchanges are looked at among up to 200 items, with the
 * order laid out anew after each. ERR_INPUT as order_cost. Reasons live in arena. */
Err order_explain(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderReason **reasons,
                  size_t *count);

#endif
