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

static void check_times(Checking *checking, size_t item) {
    const OrderInput *input = checking->input;
    const OrderItem *own = &input->items[item];
    int32_t start_min = starts(checking, item), end_min = ends(checking, item);
    if (start_min < own->earliest_min)
        warn_of(checking, ORDER_WARNING_TOO_EARLY, item, item, own->earliest_min - start_min);
    if (own->latest_min && end_min > own->latest_min)
        warn_of(checking, ORDER_WARNING_TOO_LATE, item, item, end_min - own->latest_min);
    bool in_a_window = own->window_count == 0;
    for (size_t i = 0; i < own->window_count; i++)
        in_a_window = in_a_window || (own->windows[i].start_min <= start_min && end_min <= own->windows[i].end_min);
    if (!in_a_window) warn_of(checking, ORDER_WARNING_OUT_OF_WINDOWS, item, item, 0);
    bool late = own->children && input->children_until_min && end_min > input->children_until_min;
    if (late) warn_of(checking, ORDER_WARNING_CHILDREN_LATE, item, item, end_min - input->children_until_min);
}

static void check_place(Checking *checking, size_t item) {
    const OrderItem *own = &checking->input->items[item];
    const OrderSection *section = section_of(checking, item);
    int32_t start_min = starts(checking, item), end_min = ends(checking, item);
    int32_t before = start_min < section->start_min ? section->start_min - start_min : 0;
    int32_t after = end_min > section->end_min ? end_min - section->end_min : 0;
    int32_t outside = before + after < own->duration_min ? before + after : own->duration_min;
    if (outside > 0) warn_of(checking, ORDER_WARNING_OUT_OF_SECTION, item, item, outside);
    if (!(section->takes >> own->kind & 1)) warn_of(checking, ORDER_WARNING_KIND_NOT_TAKEN, item, item, 0);
    bool fits = !own->spaces || (section->space < ORDER_SPACES_MOST && (own->spaces >> section->space & 1));
    if (!fits) warn_of(checking, ORDER_WARNING_SPACE, item, item, 0);
}

static bool is_needed(const OrderItem *item, int64_t who) {
    bool found = who != 0 && item->organisation == who;
    for (size_t i = 0; i < item->people_count; i++) found = found || (who != 0 && item->people[i] == who);
    return found;
}

static int32_t shared_min(int32_t a_start, int32_t a_end, int32_t b_start, int32_t b_end) {
    return (a_end < b_end ? a_end : b_end) - (a_start > b_start ? a_start : b_start);
}

static void check_people(Checking *checking, size_t item) {
    const OrderInput *input = checking->input;
    int32_t most_min = 0;
    for (size_t i = 0; i < input->busy_count; i++) {
        if (!is_needed(&input->items[item], input->busy[i].who)) continue;
        int32_t minutes =
            shared_min(starts(checking, item), ends(checking, item), input->busy[i].start_min, input->busy[i].end_min);
        if (minutes > most_min && input->busy[i].end_min > input->busy[i].start_min) most_min = minutes;
    }
    if (most_min > 0) warn_of(checking, ORDER_WARNING_BUSY, item, item, most_min);
}

static void check_after(Checking *checking, size_t item) {
    const OrderItem *own = &checking->input->items[item];
    for (size_t i = 0; i < own->after_count; i++) {
        size_t other = own->after[i];
        if (checking->placements[other].unplaced) continue;
        int32_t missing_min = ends(checking, other) - starts(checking, item);
        if (missing_min > 0) warn_of(checking, ORDER_WARNING_AFTER, item, other, missing_min);
    }
}

/* How many of a resource all placed items use at a minute. */
static size_t in_use_at(const Checking *checking, uint32_t resource, int32_t minute) {
    size_t count = 0;
    for (size_t i = 0; i < checking->input->item_count; i++) {
        const OrderItem *item = &checking->input->items[i];
        for (size_t u = 0; u < item->use_count && !checking->placements[i].unplaced; u++) {
            const OrderUse *use = &item->uses[u];
            count += use->resource == resource && minute >= starts(checking, i) - use->before_min &&
                     minute < ends(checking, i) + use->after_min;
        }
    }
    return count;
}

static void check_resources(Checking *checking, size_t item) {
    const OrderItem *own = &checking->input->items[item];
    for (size_t u = 0; u < own->use_count; u++) {
        const OrderUse *use = &own->uses[u];
        bool again = false;
        for (size_t v = 0; v < u; v++) again = again || own->uses[v].resource == use->resource;
        if (again) continue;
        bool lacks = false;
        for (size_t v = u; v < own->use_count; v++) {
            const OrderUse *each = &own->uses[v];
            if (each->resource != use->resource) continue;
            int32_t to_min = ends(checking, item) + each->after_min;
            for (int32_t minute = starts(checking, item) - each->before_min; !lacks && minute < to_min; minute++)
                lacks = in_use_at(checking, use->resource, minute) > checking->input->resources[use->resource];
        }
        if (lacks) warn_of(checking, ORDER_WARNING_RESOURCE, item, use->resource, 0);
    }
}

static void check_alone(Checking *checking, size_t item) {
    check_place(checking, item);
    check_times(checking, item);
    check_people(checking, item);
    check_after(checking, item);
    check_resources(checking, item);
}

static bool share_people_but_the_organisation(const OrderItem *a, const OrderItem *b) {
    bool found = false;
    for (size_t i = 0; i < a->people_count; i++) found = found || is_needed(b, a->people[i]);
    return found || is_needed(b, a->organisation);
}

/* Each clash once: told of the one that begins first, of two that begin together the lower number. */
static void check_clash(Checking *checking, size_t item, size_t other) {
    int32_t start_min = starts(checking, item), next_min = starts(checking, other);
    if (next_min < start_min || (next_min == start_min && other < item)) return;
    const OrderItem *a = &checking->input->items[item], *b = &checking->input->items[other];
    int32_t end_min = ends(checking, item) < ends(checking, other) ? ends(checking, item) : ends(checking, other);
    int32_t both_min = end_min - next_min, gap_min = next_min - ends(checking, item);
    if (section_of(checking, item)->space == section_of(checking, other)->space) {
        int32_t needed_min = order_gap_min(checking->input, a, b);
        if (both_min > 0) warn_of(checking, ORDER_WARNING_OVERLAP, item, other, both_min);
        else if (gap_min < needed_min) warn_of(checking, ORDER_WARNING_CHANGEOVER, item, other, needed_min - gap_min);
    } else if (both_min > 0 && a->organisation && a->organisation == b->organisation)
        warn_of(checking, ORDER_WARNING_ORGANISATION_TWICE, item, other, both_min);
    else if (both_min > 0 && share_people_but_the_organisation(a, b))
        warn_of(checking, ORDER_WARNING_PEOPLE_TWICE, item, other, both_min);
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
