// SPDX-License-Identifier: EUPL-1.2
#include "planner/order_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- What is a sound input ---- */

static bool minute_is_sound(int32_t minute) { return minute >= 0 && minute <= ORDER_MINUTES_MOST; }

static bool window_is_sound(int32_t start_min, int32_t end_min) {
    return minute_is_sound(start_min) && minute_is_sound(end_min) && start_min <= end_min;
}

static bool lists_are_sound(const OrderInput *input, const OrderItem *item) {
    if (item->window_count > ORDER_LISTED_MOST || item->people_count > ORDER_LISTED_MOST) return false;
    if (item->use_count > ORDER_LISTED_MOST || item->after_count > ORDER_LISTED_MOST) return false;
    for (size_t i = 0; i < item->window_count; i++)
        if (!window_is_sound(item->windows[i].start_min, item->windows[i].end_min)) return false;
    for (size_t i = 0; i < item->use_count; i++) {
        const OrderUse *use = &item->uses[i];
        if (use->resource >= input->resource_count) return false;
        if (!minute_is_sound(use->before_min) || !minute_is_sound(use->after_min)) return false;
    }
    for (size_t i = 0; i < item->after_count; i++)
        if (item->after[i] >= input->item_count) return false;
    return true;
}

static bool item_is_sound(const OrderInput *input, const OrderItem *item) {
    if (item->duration_min < 1 || item->duration_min > ORDER_MINUTES_MOST || item->kind >= ORDER_KINDS_MOST)
        return false;
    if (!minute_is_sound(item->earliest_min) || !minute_is_sound(item->latest_min)) return false;
    if (!minute_is_sound(item->setup_min) || !minute_is_sound(item->clear_min)) return false;
    if (!minute_is_sound(item->wish_from_min) || !minute_is_sound(item->wish_to_min)) return false;
    if (item->weight < 0 || item->weight > ORDER_WEIGHT_MOST || !lists_are_sound(input, item)) return false;
    return !item->fixed || (item->fixed_section < input->section_count && minute_is_sound(item->fixed_start_min));
}

bool order_input_is_sound(const OrderInput *input) {
    if (input->item_count > ORDER_ITEMS_MOST || input->section_count > ORDER_SECTIONS_MOST) return false;
    if (input->busy_count > ORDER_BUSY_MOST || input->resource_count > ORDER_RESOURCES_MOST) return false;
    if (!minute_is_sound(input->changeover_min) || !minute_is_sound(input->children_until_min)) return false;
    for (size_t i = 0; i < input->section_count; i++)
        if (!window_is_sound(input->sections[i].start_min, input->sections[i].end_min)) return false;
    for (size_t i = 0; i < input->busy_count; i++)
        if (!window_is_sound(input->busy[i].start_min, input->busy[i].end_min)) return false;
    for (size_t i = 0; i < input->item_count; i++)
        if (!item_is_sound(input, &input->items[i])) return false;
    return true;
}

bool order_placements_are_sound(const OrderInput *input, const OrderPlacement *placements) {
    for (size_t i = 0; i < input->item_count; i++) {
        if (placements[i].unplaced) continue;
        if (placements[i].section >= input->section_count || !minute_is_sound(placements[i].start_min)) return false;
    }
    return true;
}

/* ---- Of two items ---- */

static bool share_a_resource(const OrderItem *a, const OrderItem *b) {
    for (size_t i = 0; i < a->use_count; i++)
        for (size_t k = 0; k < b->use_count; k++)
            if (a->uses[i].resource == b->uses[k].resource) return true;
    return false;
}

int32_t order_gap_min(const OrderInput *input, const OrderItem *first, const OrderItem *second) {
    if (first->setting && first->setting == second->setting) return input->changeover_min;
    int32_t clear_min = first->clear_min, setup_min = second->setup_min;
    int32_t needed_min = clear_min > setup_min ? clear_min : setup_min;
    if (clear_min && setup_min && share_a_resource(first, second)) needed_min = clear_min + setup_min;
    return needed_min > input->changeover_min ? needed_min : input->changeover_min;
}

static bool needs(const OrderItem *item, int64_t who) {
    if (!who) return false;
    if (item->organisation == who) return true;
    for (size_t i = 0; i < item->people_count; i++)
        if (item->people[i] == who) return true;
    return false;
}

bool order_shares_people(const OrderItem *a, const OrderItem *b) {
    if (needs(b, a->organisation)) return true;
    for (size_t i = 0; i < a->people_count; i++)
        if (needs(b, a->people[i])) return true;
    return false;
}

/* ---- Lists by number ---- */

typedef struct Pair {
    uint32_t of, entry;
} Pair;

typedef struct Pairs {
    Arena *arena;
    Pair *all;
    size_t count, room;
} Pairs;

static void add_pair(Pairs *pairs, uint32_t of, uint32_t entry) {
    if (pairs->count == pairs->room) {
        size_t room = pairs->room ? pairs->room * 2 : 64;
        pairs->all = arena_grow(pairs->arena, pairs->all, pairs->room * sizeof(Pair), room * sizeof(Pair));
        pairs->room = room;
    }
    pairs->all[pairs->count++] = (Pair){of, entry};
}

/* Keeps the order in which entries were added. */
static OrderLists lists_of(const Pairs *pairs, size_t count) {
    OrderLists lists = {arena_array(pairs->arena, uint32_t, count + 2),
                        arena_array(pairs->arena, uint32_t, pairs->count + 1)};
    uint32_t *at = lists.first + 1; /* shifted by one while filling, so that it ends where it should */
    for (size_t i = 0; i < pairs->count; i++) at[pairs->all[i].of + 1]++;
    for (size_t i = 1; i <= count; i++) at[i] += at[i - 1];
    for (size_t i = 0; i < pairs->count; i++) lists.all[at[pairs->all[i].of]++] = pairs->all[i].entry;
    return lists;
}

/* ---- Who cannot be in two places ---- */

typedef struct Need {
    int64_t who;
    uint32_t item;
} Need;

static int compare_needs(const void *a, const void *b) {
    const Need *x = a, *y = b;
    if (x->who != y->who) return x->who < y->who ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static Need *needs_of(const OrderModel *model, size_t *count) {
    const OrderInput *input = model->input;
    size_t room = 0;
    for (uint32_t i = 0; i < model->n; i++) room += 1 + input->items[i].people_count;
    Need *all = arena_array(model->arena, Need, room);
    *count = 0;
    for (uint32_t i = 0; i < model->n; i++) {
        const OrderItem *item = &input->items[i];
        if (item->organisation) all[(*count)++] = (Need){item->organisation, i};
        for (size_t k = 0; k < item->people_count; k++)
            if (item->people[k]) all[(*count)++] = (Need){item->people[k], i};
    }
    if (*count) qsort(all, *count, sizeof *all, compare_needs);
    return all;
}

/* Every two of those that need the same person, each pair once. */
static void add_apart(const OrderModel *model, Pairs *pairs, uint8_t *met, const Need *needs_one, size_t count) {
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            uint32_t item = needs_one[a].item, other = needs_one[b].item;
            uint8_t *pair = &met[(size_t)item * model->n + other];
            if (item != other && !*pair) add_pair(pairs, item, other);
            *pair = 1;
        }
    }
}

static OrderLists apart_of(const OrderModel *model) {
    Pairs pairs = {.arena = model->arena};
    size_t count;
    const Need *all = needs_of(model, &count);
    uint8_t *met = arena_array(model->arena, uint8_t, (size_t)model->n * model->n + 1);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && all[to].who == all[from].who;) to++;
        add_apart(model, &pairs, met, all + from, to - from);
    }
    return lists_of(&pairs, model->n);
}

/* ---- What comes after what ---- */

static void find_order_of_wishes(OrderModel *model) {
    Pairs before = {.arena = model->arena}, behind = {.arena = model->arena};
    for (uint32_t i = 0; i < model->n; i++) {
        const OrderItem *item = &model->input->items[i];
        for (size_t k = 0; k < item->after_count; k++) {
            add_pair(&before, i, item->after[k]);
            add_pair(&behind, item->after[k], i);
        }
    }
    model->before = lists_of(&before, model->n);
    model->behind = lists_of(&behind, model->n);
}

/* Whether following "after" leads back to the item. */
static bool is_in_a_circle(const OrderModel *model, uint32_t item, uint32_t *todo, bool *seen) {
    if (model->before.first[item] == model->before.first[item + 1]) return false;
    memset(seen, 0, model->n * sizeof *seen);
    size_t count = 0;
    todo[count++] = item;
    while (count) {
        uint32_t at = todo[--count];
        for (uint32_t k = model->before.first[at]; k < model->before.first[at + 1]; k++) {
            uint32_t next = model->before.all[k];
            if (next == item) return true;
            if (seen[next]) continue;
            seen[next] = true;
            todo[count++] = next;
        }
    }
    return false;
}

/* ---- When an item may start ---- */

typedef struct Spans {
    OrderSpan *all;
    size_t count, room;
} Spans;

static void add_span(Arena *arena, Spans *spans, int32_t from_min, int32_t to_min) {
    if (from_min > to_min) return;
    if (spans->count == spans->room) {
        size_t room = spans->room ? spans->room * 2 : 64;
        spans->all = arena_grow(arena, spans->all, spans->room * sizeof(OrderSpan), room * sizeof(OrderSpan));
        spans->room = room;
    }
    spans->all[spans->count++] = (OrderSpan){from_min, to_min};
}

static int compare_spans(const void *a, const void *b) {
    const OrderSpan *x = a, *y = b;
    return (x->from_min > y->from_min) - (x->from_min < y->from_min);
}

static int32_t later_of(int32_t a, int32_t b) { return a > b ? a : b; }
static int32_t earlier_of(int32_t a, int32_t b) { return a < b ? a : b; }

/* A span without the starts at which somebody the item needs is elsewhere, split where need be. busy is in order. */
static void add_without_busy(Arena *arena, Spans *spans, OrderSpan span, const OrderWindow *busy, size_t busy_count,
                             int32_t duration_min) {
    for (size_t i = 0; i < busy_count && span.from_min <= span.to_min; i++) {
        int32_t last_min = busy[i].start_min - duration_min;
        if (busy[i].start_min == busy[i].end_min || last_min >= span.to_min || busy[i].end_min <= span.from_min)
            continue;
        add_span(arena, spans, span.from_min, earlier_of(last_min, span.to_min));
        span.from_min = later_of(span.from_min, busy[i].end_min);
    }
    add_span(arena, spans, span.from_min, span.to_min);
}

static OrderUnplaced why_not_in(const OrderItem *item, const OrderSection *section) {
    if (!(section->takes >> item->kind & 1)) return ORDER_KIND_NOT_TAKEN;
    if (item->spaces && (section->space >= ORDER_SPACES_MOST || !(item->spaces >> section->space & 1)))
        return ORDER_SPACE;
    if (section->end_min - section->start_min < item->duration_min) return ORDER_TOO_LONG;
    return ORDER_PLACED;
}

/* Adds the spans of an item in a section; why there are none otherwise. */
static OrderUnplaced spans_in(const OrderModel *model, Spans *spans, const OrderItem *item, const OrderSection *section,
                              const OrderWindow *busy, size_t busy_count) {
    OrderUnplaced why = why_not_in(item, section);
    if (why) return why;
    static const OrderWindow always = {0, INT32_MAX};
    const OrderWindow *windows = item->window_count ? item->windows : &always;
    size_t first = spans->count;
    bool fits_a_window = false;
    for (size_t i = 0; i < (item->window_count ? item->window_count : 1); i++) {
        int32_t from_min = later_of(later_of(section->start_min, item->earliest_min), windows[i].start_min);
        int32_t end_min = earlier_of(section->end_min, windows[i].end_min);
        if (item->latest_min) end_min = earlier_of(end_min, item->latest_min);
        OrderSpan span = {from_min, end_min - item->duration_min};
        fits_a_window = fits_a_window || span.from_min <= span.to_min;
        add_without_busy(model->arena, spans, span, busy, busy_count, item->duration_min);
    }
    if (spans->count == first) return fits_a_window ? ORDER_BUSY : ORDER_WINDOW;
    qsort(spans->all + first, spans->count - first, sizeof *spans->all, compare_spans);
    return ORDER_PLACED;
}

static int compare_windows(const void *a, const void *b) {
    const OrderWindow *x = a, *y = b;
    if (x->start_min != y->start_min) return x->start_min < y->start_min ? -1 : 1;
    return (x->end_min > y->end_min) - (x->end_min < y->end_min);
}

static size_t busy_of(const OrderInput *input, const OrderItem *item, OrderWindow *busy) {
    size_t count = 0;
    for (size_t i = 0; i < input->busy_count; i++)
        if (needs(item, input->busy[i].who))
            busy[count++] = (OrderWindow){input->busy[i].start_min, input->busy[i].end_min};
    if (count) qsort(busy, count, sizeof *busy, compare_windows);
    return count;
}

static void find_spans(OrderModel *model) {
    const OrderInput *input = model->input;
    Spans spans = {0};
    Pairs choices = {.arena = model->arena};
    model->span_first = arena_array(model->arena, uint32_t, (size_t)model->n * model->sections + 1);
    OrderWindow *busy = arena_array(model->arena, OrderWindow, input->busy_count);
    for (uint32_t i = 0; i < model->n; i++) {
        size_t busy_count = busy_of(input, &input->items[i], busy);
        OrderUnplaced nearest = ORDER_KIND_NOT_TAKEN;
        bool found = false;
        for (uint32_t s = 0; s < model->sections; s++) {
            OrderUnplaced why = spans_in(model, &spans, &input->items[i], &input->sections[s], busy, busy_count);
            model->span_first[(size_t)i * model->sections + s + 1] = (uint32_t)spans.count;
            if (why > nearest) nearest = why;
            if (why) continue;
            found = true;
            if (!input->items[i].fixed) add_pair(&choices, i, s);
        }
        model->never[i] = found ? ORDER_PLACED : nearest;
    }
    model->spans = spans.all;
    model->choices = lists_of(&choices, model->n);
}

/* ---- The rest of the model ---- */

static void find_gaps(OrderModel *model) {
    const OrderInput *input = model->input;
    model->gap_min = arena_array(model->arena, int32_t, (size_t)model->n * model->n + 1);
    for (uint32_t a = 0; a < model->n; a++) {
        for (uint32_t b = 0; b < model->n; b++) {
            int32_t gap_min = order_gap_min(input, &input->items[a], &input->items[b]);
            model->gap_min[(size_t)a * model->n + b] = gap_min;
            if (gap_min > model->most_gap_min) model->most_gap_min = gap_min;
        }
    }
}

/* From the first to the last minute of a section that anything in it may take; fixed items may reach beyond it. */
static OrderSpan reach_of(const OrderModel *model, uint32_t section) {
    OrderSpan reach = {model->input->sections[section].start_min, model->input->sections[section].end_min};
    for (uint32_t i = 0; i < model->n; i++) {
        const OrderItem *item = &model->input->items[i];
        if (!item->fixed || item->fixed_section != section) continue;
        reach.from_min = earlier_of(reach.from_min, item->fixed_start_min);
        reach.to_min = later_of(reach.to_min, item->fixed_start_min + item->duration_min);
    }
    return reach;
}

static void find_near_sections(OrderModel *model) {
    Pairs near = {.arena = model->arena};
    OrderSpan *reach = arena_array(model->arena, OrderSpan, model->sections + 1);
    for (uint32_t s = 0; s < model->sections; s++) reach[s] = reach_of(model, s);
    for (uint32_t a = 0; a < model->sections; a++) {
        for (uint32_t b = 0; b < model->sections; b++) {
            bool shares = a != b && model->input->sections[a].space == model->input->sections[b].space;
            if (shares && reach[a].from_min < reach[b].to_min + model->most_gap_min &&
                reach[b].from_min < reach[a].to_min + model->most_gap_min)
                add_pair(&near, a, b);
        }
    }
    model->near = lists_of(&near, model->sections);
}

static void find_resources(OrderModel *model) {
    const OrderInput *input = model->input;
    Pairs users = {.arena = model->arena};
    for (uint32_t i = 0; i < model->n; i++) {
        const OrderItem *item = &input->items[i];
        for (size_t k = 0; k < item->use_count; k++) {
            uint32_t own = 0;
            for (size_t m = 0; m < item->use_count; m++) own += item->uses[m].resource == item->uses[k].resource;
            if (own > input->resources[item->uses[k].resource] && !model->never[i]) model->never[i] = ORDER_RESOURCE;
            add_pair(&users, item->uses[k].resource, i);
            model->has_resources = true;
        }
    }
    model->users = lists_of(&users, input->resource_count);
}

static void sort_fixed(OrderModel *model) {
    const OrderItem *items = model->input->items;
    model->fixed = arena_array(model->arena, uint32_t, model->n + 1);
    model->fixed_first = arena_array(model->arena, uint32_t, model->sections + 1);
    for (uint32_t s = 0; s < model->sections; s++) {
        uint32_t first = model->fixed_count;
        for (uint32_t i = 0; i < model->n; i++) {
            if (!items[i].fixed || items[i].fixed_section != s) continue;
            uint32_t at = model->fixed_count++;
            for (; at > first && items[model->fixed[at - 1]].fixed_start_min > items[i].fixed_start_min; at--)
                model->fixed[at] = model->fixed[at - 1];
            model->fixed[at] = i;
        }
        model->fixed_first[s + 1] = model->fixed_count;
    }
}

static void find_moments(OrderModel *model) {
    Pairs moments = {.arena = model->arena};
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t item = model->free[k];
        add_pair(&moments, item, 0);
        if (model->input->items[item].wish_from_min)
            add_pair(&moments, item, (uint32_t)model->input->items[item].wish_from_min);
        for (uint32_t c = model->choices.first[item]; c < model->choices.first[item + 1]; c++) {
            uint32_t s = model->choices.all[c];
            for (uint32_t f = model->fixed_first[s]; f < model->fixed_first[s + 1]; f++) {
                const OrderItem *fixed = &model->input->items[model->fixed[f]];
                int32_t end_min = fixed->fixed_start_min + fixed->duration_min;
                add_pair(&moments, item, (uint32_t)(end_min + order_gap_of(model, model->fixed[f], item)));
            }
        }
    }
    model->moments = lists_of(&moments, model->n);
}

static void find_circles(OrderModel *model) {
    uint32_t *todo = arena_array(model->arena, uint32_t, model->n + 1);
    bool *seen = arena_array(model->arena, bool, model->n + 1);
    for (uint32_t i = 0; i < model->n; i++)
        if (!model->never[i] && is_in_a_circle(model, i, todo, seen)) model->never[i] = ORDER_AFTER;
}

static void sort_by_length(OrderModel *model) {
    const OrderItem *items = model->input->items;
    model->longest_first = arena_array(model->arena, uint32_t, model->free_count + 1);
    for (uint32_t k = 0; k < model->free_count; k++) {
        uint32_t at = k;
        for (; at > 0 && items[model->longest_first[at - 1]].duration_min < items[model->free[k]].duration_min; at--)
            model->longest_first[at] = model->longest_first[at - 1];
        model->longest_first[at] = model->free[k];
    }
}

OrderModel *order_model(Arena *arena, const OrderInput *input) {
    OrderModel *model = arena_new(arena, OrderModel);
    *model = (OrderModel){.arena = arena,
                          .input = input,
                          .n = (uint32_t)input->item_count,
                          .sections = (uint32_t)input->section_count,
                          .never = arena_array(arena, OrderUnplaced, input->item_count + 1),
                          .free = arena_array(arena, uint32_t, input->item_count + 1),
                          .frame_start_min = ORDER_MINUTES_MOST};
    for (uint32_t s = 0; s < model->sections; s++)
        model->frame_start_min = earlier_of(model->frame_start_min, input->sections[s].start_min);
    find_gaps(model);
    find_near_sections(model);
    find_spans(model);
    find_resources(model);
    model->apart = apart_of(model);
    find_order_of_wishes(model);
    find_circles(model);
    sort_fixed(model);
    for (uint32_t i = 0; i < model->n; i++)
        if (!input->items[i].fixed && !model->never[i]) model->free[model->free_count++] = i;
    find_moments(model);
    sort_by_length(model);
    return model;
}
