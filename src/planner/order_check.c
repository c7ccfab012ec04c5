// SPDX-License-Identifier: EUPL-1.2
#include "planner/order_internal.h"

#include <stdlib.h>

typedef struct Checking {
    Arena *arena;
    const OrderInput *input;
    const OrderPlacement *placements;
    OrderWarning *warnings;
    size_t count, room;
} Checking;

static void warn_of(Checking *checking, OrderWarningKind kind, size_t item, size_t other, int32_t minutes) {
    if (checking->count == checking->room) {
        size_t room = checking->room ? checking->room * 2 : 16;
        checking->warnings = arena_grow(checking->arena, checking->warnings,
                                        checking->room * sizeof *checking->warnings, room * sizeof *checking->warnings);
        checking->room = room;
    }
    checking->warnings[checking->count++] =
        (OrderWarning){.kind = kind, .item = item, .other = other, .minutes = minutes};
}

static int32_t starts(const Checking *checking, size_t item) { return checking->placements[item].start_min; }
static int32_t ends(const Checking *checking, size_t item) {
    return starts(checking, item) + checking->input->items[item].duration_min;
}
static const OrderSection *section_of(const Checking *checking, size_t item) {
    return &checking->input->sections[checking->placements[item].section];
}

static void check_alone(Checking *checking, size_t item) {
    const OrderInput *input = checking->input;
    const OrderItem *own = &input->items[item];
    const OrderSection *section = section_of(checking, item);
    int32_t start_min = starts(checking, item), end_min = ends(checking, item);
    int32_t before = start_min < section->start_min ? section->start_min - start_min : 0;
    int32_t after = end_min > section->end_min ? end_min - section->end_min : 0;
    int32_t outside = before + after < own->duration_min ? before + after : own->duration_min;
    if (outside > 0) warn_of(checking, ORDER_WARNING_OUT_OF_SECTION, item, item, outside);
    if (!(section->takes >> own->kind & 1)) warn_of(checking, ORDER_WARNING_KIND_NOT_TAKEN, item, item, 0);
    if (start_min < own->earliest_min)
        warn_of(checking, ORDER_WARNING_TOO_EARLY, item, item, own->earliest_min - start_min);
    if (own->latest_min && end_min > own->latest_min)
        warn_of(checking, ORDER_WARNING_TOO_LATE, item, item, end_min - own->latest_min);
    bool late = own->children && input->children_until_min && end_min > input->children_until_min;
    if (late) warn_of(checking, ORDER_WARNING_CHILDREN_LATE, item, item, end_min - input->children_until_min);
}

/* Each clash once: told of the one that begins first, of two that begin together the lower number. */
static void check_clash(Checking *checking, size_t item, size_t other) {
    int32_t start_min = starts(checking, item), next_min = starts(checking, other);
    if (next_min < start_min || (next_min == start_min && other < item)) return;
    const OrderItem *a = &checking->input->items[item], *b = &checking->input->items[other];
    int32_t end_min = ends(checking, item) < ends(checking, other) ? ends(checking, item) : ends(checking, other);
    int32_t shared_min = end_min - next_min, gap_min = next_min - ends(checking, item);
    if (section_of(checking, item)->space == section_of(checking, other)->space) {
        if (shared_min > 0) warn_of(checking, ORDER_WARNING_OVERLAP, item, other, shared_min);
        else if (gap_min < checking->input->changeover_min)
            warn_of(checking, ORDER_WARNING_CHANGEOVER, item, other, checking->input->changeover_min - gap_min);
    } else if (shared_min > 0 && a->organisation && a->organisation == b->organisation)
        warn_of(checking, ORDER_WARNING_ORGANISATION_TWICE, item, other, shared_min);
}

/* The item of the same section that comes next in time (then number); item itself where it is the last. */
static size_t next_in_section(const Checking *checking, size_t item) {
    size_t next = item;
    for (size_t i = 0; i < checking->input->item_count; i++) {
        const OrderPlacement *place = &checking->placements[i];
        if (i == item || place->unplaced || place->section != checking->placements[item].section) continue;
        bool later =
            place->start_min > starts(checking, item) || (place->start_min == starts(checking, item) && i > item);
        if (later && (next == item || place->start_min < starts(checking, next))) next = i;
    }
    return next;
}

static void check_neighbour(Checking *checking, size_t item) {
    size_t next = next_in_section(checking, item);
    if (next == item) return;
    const OrderItem *a = &checking->input->items[item], *b = &checking->input->items[next];
    if (a->organisation && a->organisation == b->organisation)
        warn_of(checking, ORDER_WARNING_SAME_ORGANISATION, item, next, 0);
    if (a->theme && a->theme == b->theme) warn_of(checking, ORDER_WARNING_SAME_THEME, item, next, 0);
}

static int compare_warnings(const void *a, const void *b) {
    const OrderWarning *x = a, *y = b;
    if (x->item != y->item) return x->item < y->item ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

Err order_check(Arena *arena, const OrderInput *input, const OrderPlacement *placements, OrderWarning **warnings,
                size_t *count) {
    if (!order_input_is_sound(input) || !order_placements_are_sound(input, placements)) return ERR_INPUT;
    Checking checking = {.arena = arena, .input = input, .placements = placements};
    for (size_t item = 0; item < input->item_count; item++) {
        if (placements[item].unplaced) {
            warn_of(&checking, ORDER_WARNING_UNPLACED, item, item, 0);
            continue;
        }
        check_alone(&checking, item);
        for (size_t other = 0; other < input->item_count; other++) {
            if (other != item && !placements[other].unplaced) check_clash(&checking, item, other);
        }
        check_neighbour(&checking, item);
    }
    if (checking.count) qsort(checking.warnings, checking.count, sizeof *checking.warnings, compare_warnings);
    *warnings = checking.warnings;
    *count = checking.count;
    return OK;
}
