// SPDX-License-Identifier: EUPL-1.2
#include "gathering/programme/arrange.h"

#include "programme_sql.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- the frame, for items ------------------------------------------------------- */

/* The planner's numbers for kinds. A concert is a performance to its rules. */
static const struct {
    const char *name;
    uint32_t number;
} kind_numbers[] = {
    {"talk", ORDER_TALK},           {"talks", ORDER_TALK},        {"performance", ORDER_PERFORMANCE},
    {"concert", ORDER_PERFORMANCE}, {"other", ORDER_OTHER},       {"opening", ORDER_OTHER + 1},
    {"closing", ORDER_OTHER + 2},   {"potluck", ORDER_OTHER + 3}, {"rounds", ORDER_OTHER + 4},
    {"turnover", ORDER_OTHER + 5},  {"walk", ORDER_OTHER + 6},    {"doors", ORDER_OTHER + 7},
};

static uint32_t kind_number(Str kind) {
    for (size_t i = 0; i < COUNT(kind_numbers); i++)
        if (str_equal(kind, str_from_c(kind_numbers[i].name))) return kind_numbers[i].number;
    return ORDER_OTHER;
}

/* A section takes items of its own kind, and one of no special kind takes what a stage takes. */
static uint32_t section_takes(const FrameSection *section) {
    if (section->is_protected) return 0;
    uint32_t own = 1u << kind_number(section->kind);
    bool is_open = str_equal(section->kind, STR("other"));
    return is_open ? own | 1u << ORDER_TALK | 1u << ORDER_PERFORMANCE : own;
}

bool section_takes_items(const FrameSection *section) { return !section->is_protected; }

bool section_has_stage(const FrameSection *section) {
    static const char *const without[] = {"doors", "rounds", "turnover", "walk"};
    for (size_t i = 0; i < COUNT(without); i++)
        if (str_equal(section->kind, str_from_c(without[i]))) return false;
    return section_takes_items(section);
}

const FrameSection *frame_find(const Frame *frame, Id section) {
    for (size_t i = 0; i < frame->count; i++)
        if (frame->sections[i].id == section) return &frame->sections[i];
    return NULL;
}

/* ---- one after another ------------------------------------------------------- */

static int64_t time_taken_ms(const Item *item) { return (item->duration_min + item->changeover_min) * MINUTE_MS; }

/* The fixed item that is in the way of one of that length at that moment; the earliest there is. */
static const Item *in_the_way(const Items *items, Id section, int64_t starts_ms, int64_t length_ms) {
    for (size_t i = 0; i < items->count; i++) {
        const Item *item = &items->items[i];
        if (item->section != section || !item->is_fixed || !item->starts_ms.given) continue;
        int64_t ends_ms = item->starts_ms.value + time_taken_ms(item);
        if (item->starts_ms.value < starts_ms + length_ms && starts_ms < ends_ms) return item;
    }
    return NULL;
}

static int by_position(const void *a, const void *b) {
    const Item *const *left = a, *const *right = b;
    if ((*left)->position != (*right)->position) return (*left)->position < (*right)->position ? -1 : 1;
    return (*left)->id < (*right)->id ? -1 : (*left)->id > (*right)->id;
}

static size_t items_in(Arena *arena, const Items *items, Id section, bool with_fixed, const Item ***found) {
    const Item **list = arena_array(arena, const Item *, items->count);
    size_t count = 0;
    for (size_t i = 0; i < items->count; i++) {
        const Item *item = &items->items[i];
        if (item->section == section && (with_fixed || !item->is_fixed)) list[count++] = item;
    }
    qsort(list, count, sizeof(const Item *), by_position);
    *found = list;
    return count;
}

void section_restack(Tx *tx, Id edition, Id section_id) {
    Frame frame = edition_frame(tx, edition);
    const FrameSection *section = frame_find(&frame, section_id);
    if (!section) return;
    Items items = items_of(tx, edition);
    const Item **movable;
    size_t count = items_in(tx_arena(tx), &items, section_id, false, &movable);
    int64_t at_ms = section->starts_ms;
    for (size_t i = 0; i < count; i++) {
        const Item *item = movable[i], *fixed;
        if (item->not_before_ms.given && item->not_before_ms.value > at_ms &&
            item->not_before_ms.value < section->ends_ms)
            at_ms = item->not_before_ms.value;
        while ((fixed = in_the_way(&items, section_id, at_ms, time_taken_ms(item))))
            at_ms = fixed->starts_ms.value + time_taken_ms(fixed);
        programme_sql_place(tx, edition, item->id, given_int(section_id), given_int(at_ms), item->position);
        at_ms += time_taken_ms(item);
    }
}

/* ---- by hand ------------------------------------------------------- */

static int64_t last_position(const Items *items) {
    int64_t last = 0;
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].position > last) last = items->items[i].position;
    return last;
}

static Err move_to_section(Tx *tx, const Items *items, const Item *item, Id section_id) {
    Frame frame = edition_frame(tx, item->edition);
    const FrameSection *section = frame_find(&frame, section_id);
    if (!section) return ERR_NOT_FOUND;
    if (!section_takes_items(section)) return ERR_INPUT;
    programme_sql_place(tx, item->edition, item->id, given_int(section_id), given_int(section->starts_ms),
                        last_position(items) + 1);
    if (item->section) section_restack(tx, item->edition, item->section);
    section_restack(tx, item->edition, section_id);
    return OK;
}

static Err move_out(Tx *tx, const Item *item) {
    if (!item->section) return ERR_INPUT;
    programme_sql_place(tx, item->edition, item->id, (OptionalInt){0}, (OptionalInt){0}, item->position);
    section_restack(tx, item->edition, item->section);
    return OK;
}

static Err exchange_with_neighbour(Tx *tx, const Items *items, const Item *item, ItemMove move) {
    const Item **members;
    size_t count = items_in(tx_arena(tx), items, item->section, false, &members), at = 0;
    while (at < count && members[at] != item) at++;
    assert(at < count);
    if (move == MOVE_EARLIER ? at == 0 : at + 1 == count) return ERR_INPUT;
    const Item *other = members[move == MOVE_EARLIER ? at - 1 : at + 1];
    programme_sql_place(tx, item->edition, item->id, given_int(item->section), item->starts_ms, other->position);
    programme_sql_place(tx, item->edition, other->id, given_int(item->section), other->starts_ms, item->position);
    section_restack(tx, item->edition, item->section);
    return OK;
}

static const Item *find_item(const Items *items, Id id) {
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].id == id) return &items->items[i];
    return NULL;
}

Err item_move(Tx *tx, Id edition, Id id, ItemMove move, Id section) {
    Items items = items_of(tx, edition);
    const Item *item = find_item(&items, id);
    if (!item) return ERR_NOT_FOUND;
    if (item->state != ITEM_ACCEPTED || item->is_fixed) return ERR_INPUT;
    store_changed(tx, edition, PART_PROGRAMME);
    if (move == MOVE_TO_SECTION) return move_to_section(tx, &items, item, section);
    if (move == MOVE_OUT) return move_out(tx, item);
    return item->section ? exchange_with_neighbour(tx, &items, item, move) : ERR_INPUT;
}

Err item_fix(Tx *tx, Id edition, Id id, bool is_fixed) {
    Item item;
    if (!item_get(tx, edition, id, &item)) return ERR_NOT_FOUND;
    if (!item.starts_ms.given || !item.section) return ERR_INPUT;
    programme_sql_fix(tx, edition, id, is_fixed);
    if (!is_fixed) section_restack(tx, edition, item.section);
    return OK;
}

Err item_set_time(Tx *tx, Id edition, Id id, int64_t starts_ms) {
    Item item;
    if (!item_get(tx, edition, id, &item)) return ERR_NOT_FOUND;
    if (item.state != ITEM_ACCEPTED) return ERR_INPUT;
    Frame frame = edition_frame(tx, edition);
    for (size_t i = 0; i < frame.count; i++) {
        const FrameSection *section = &frame.sections[i];
        if (!section_takes_items(section) || starts_ms < section->starts_ms || starts_ms >= section->ends_ms) continue;
        programme_sql_place(tx, edition, id, given_int(section->id), given_int(starts_ms), item.position);
        store_changed(tx, edition, PART_PROGRAMME);
        programme_sql_fix(tx, edition, id, true);
        if (item.section && item.section != section->id) section_restack(tx, edition, item.section);
        section_restack(tx, edition, section->id);
        return OK;
    }
    return ERR_INPUT;
}

/* ---- the planner ------------------------------------------------------- */

static int32_t minute_of(const ArrangeInput *input, int64_t ms) {
    int64_t away_ms = ms - input->origin_ms;
    return (int32_t)((away_ms < 0 ? away_ms - (MINUTE_MS - 1) : away_ms) / MINUTE_MS);
}

static int32_t minute_from_above(const ArrangeInput *input, int64_t ms) { return minute_of(input, ms + MINUTE_MS - 1); }

/* Sections without a space of their own share one: there is one stage unless more are told. */
static uint32_t space_number(const Frame *frame, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (frame->sections[i].space == frame->sections[index].space) return (uint32_t)i;
    return (uint32_t)index;
}

static size_t section_index(const Frame *frame, Id section) {
    const FrameSection *found = frame_find(frame, section);
    return found ? (size_t)(found - frame->sections) : frame->count;
}

/* Themes are words; equal numbers mean equal words. */
static int64_t theme_number(Str theme) { return str_is_empty(theme) ? 0 : (int64_t)(str_hash(theme) >> 2) + 1; }

/* 0 would mean no limit. */
static int32_t latest_minute(const ArrangeInput *input, int64_t ms) {
    int32_t minute = minute_of(input, ms);
    return minute > 0 ? minute : 1;
}

static OrderItem order_item(const ArrangeInput *input, const Item *item) {
    size_t section = section_index(input->frame, item->section);
    bool is_fixed = item->is_fixed && item->starts_ms.given && section < input->frame->count;
    return (OrderItem){
        .duration_min = (int32_t)(item->duration_min ? item->duration_min + item->changeover_min : 1),
        .kind = kind_number(item->kind),
        .theme = theme_number(item->theme),
        .organisation = item->organisation,
        .children = item->has_children,
        .earliest_min = item->not_before_ms.given ? minute_from_above(input, item->not_before_ms.value) : 0,
        .latest_min = item->done_by_ms.given ? latest_minute(input, item->done_by_ms.value) : 0,
        .fixed = is_fixed,
        .fixed_section = is_fixed ? (uint32_t)section : 0,
        .fixed_start_min = is_fixed ? minute_of(input, item->starts_ms.value) : 0,
    };
}

ArrangeInput arrange_input(Arena *arena, const Frame *frame, const Items *items, ItemFilter takes_part) {
    ArrangeInput input = {.frame = frame, .origin_ms = frame->count ? frame->sections[0].starts_ms : 0};
    OrderSection *sections = arena_array(arena, OrderSection, frame->count);
    for (size_t i = 0; i < frame->count; i++) {
        const FrameSection *section = &frame->sections[i];
        sections[i] = (OrderSection){minute_from_above(&input, section->starts_ms), minute_of(&input, section->ends_ms),
                                     section_takes(section), space_number(frame, i)};
    }
    OrderItem *order_items = arena_array(arena, OrderItem, items->count);
    input.members = arena_array(arena, const Item *, items->count);
    size_t count = 0;
    for (size_t i = 0; i < items->count; i++) {
        if (!takes_part(&items->items[i])) continue;
        input.members[count] = &items->items[i];
        order_items[count++] = order_item(&input, &items->items[i]);
    }
    input.order =
        (OrderInput){.sections = sections, .section_count = frame->count, .items = order_items, .item_count = count};
    return input;
}

OrderPlacement *arrange_placements(Arena *arena, const ArrangeInput *input) {
    OrderPlacement *placements = arena_array(arena, OrderPlacement, input->order.item_count);
    for (size_t i = 0; i < input->order.item_count; i++) {
        const Item *item = input->members[i];
        size_t section = section_index(input->frame, item->section);
        bool is_placed = item->starts_ms.given && section < input->frame->count;
        placements[i] = is_placed
                            ? (OrderPlacement){ORDER_PLACED, (uint32_t)section, minute_of(input, item->starts_ms.value)}
                            : (OrderPlacement){.unplaced = ORDER_NO_ROOM};
    }
    return placements;
}

static bool can_be_arranged(const Item *item) { return item->state == ITEM_ACCEPTED && item->duration_min > 0; }

static NoPlace no_place_of(OrderUnplaced unplaced) {
    switch (unplaced) {
    case ORDER_KIND_NOT_TAKEN: return NO_PLACE_KIND;
    case ORDER_TOO_LONG: return NO_PLACE_LENGTH;
    case ORDER_WINDOW: return NO_PLACE_WINDOW;
    case ORDER_SPACE: /* spaces, people, what comes after what and resources are not told to the planner yet */
    case ORDER_BUSY:
    case ORDER_AFTER:
    case ORDER_RESOURCE:
    case ORDER_PLACED:
    case ORDER_NO_ROOM: break;
    }
    return NO_PLACE_ROOM;
}

static void add_unplaced(Unplaced *unplaced, const Item *item, NoPlace why) {
    unplaced->items[unplaced->count++] = (UnplacedItem){*item, why};
}

/* Keeps positions in the order of the day, so that "earlier" means what it says. */
static void store_plan(Tx *tx, Id edition, const ArrangeInput *input, const OrderPlan *plan) {
    store_changed(tx, edition, PART_PROGRAMME);
    for (size_t i = 0; i < input->order.item_count; i++) {
        const Item *item = input->members[i];
        if (input->order.items[i].fixed) continue;
        const OrderPlacement *placement = &plan->placements[i];
        if (placement->unplaced) {
            programme_sql_place(tx, edition, item->id, (OptionalInt){0}, (OptionalInt){0}, item->position);
            continue;
        }
        int64_t starts_ms = input->origin_ms + (int64_t)placement->start_min * MINUTE_MS;
        Id section = input->frame->sections[placement->section].id;
        programme_sql_place(tx, edition, item->id, given_int(section), given_int(starts_ms), placement->start_min + 1);
    }
}

static Err read_input(Tx *tx, Id edition, Arrangement *found) {
    found->frame = edition_frame(tx, edition);
    if (!found->frame.count) return ERR_INPUT;
    found->items = items_of(tx, edition);
    found->input = arrange_input(tx_arena(tx), &found->frame, &found->items, can_be_arranged);
    bool too_many = found->input.order.item_count > ORDER_ITEMS_MOST || found->frame.count > ORDER_SECTIONS_MOST;
    return too_many ? ERR_LIMIT : OK;
}

static Err plan_order(Tx *tx, Arrangement *arrangement) {
    enum { ORDERS = 60000 };
    OrderOptions options = {.seed = arrangement->seed, .orders = ORDERS};
    return order_plan(tx_arena(tx), &arrangement->input.order, &options, &arrangement->plan);
}

Err programme_arrangement(Tx *tx, Id edition, uint64_t seed, Arrangement **arrangement) {
    Arrangement *found = arena_new(tx_arena(tx), Arrangement);
    found->seed = seed;
    Err err = read_input(tx, edition, found);
    if (!err) err = plan_order(tx, found);
    if (!err) *arrangement = found;
    return err;
}

static bool is_same_section(const Arrangement *a, const Arrangement *b, size_t i) {
    const OrderSection *one = &a->input.order.sections[i], *other = &b->input.order.sections[i];
    return a->frame.sections[i].id == b->frame.sections[i].id && one->start_min == other->start_min &&
           one->end_min == other->end_min && one->takes == other->takes && one->space == other->space;
}

static bool is_same_item(const Arrangement *a, const Arrangement *b, size_t i) {
    const OrderItem *one = &a->input.order.items[i], *other = &b->input.order.items[i];
    bool fixed_alike = one->fixed == other->fixed && one->fixed_section == other->fixed_section &&
                       one->fixed_start_min == other->fixed_start_min;
    return a->input.members[i]->id == b->input.members[i]->id && one->duration_min == other->duration_min &&
           one->kind == other->kind && one->theme == other->theme && one->organisation == other->organisation &&
           one->children == other->children && one->earliest_min == other->earliest_min &&
           one->latest_min == other->latest_min && fixed_alike;
}

/* Whether what one was planned from is what the other read. */
static bool is_of_the_same(const Arrangement *a, const Arrangement *b) {
    const OrderInput *one = &a->input.order, *other = &b->input.order;
    bool same = a->input.origin_ms == b->input.origin_ms && one->section_count == other->section_count &&
                one->item_count == other->item_count && one->changeover_min == other->changeover_min &&
                one->children_until_min == other->children_until_min;
    for (size_t i = 0; same && i < one->section_count; i++) same = is_same_section(a, b, i);
    for (size_t i = 0; same && i < one->item_count; i++) same = is_same_item(a, b, i);
    return same;
}

static Unplaced unplaced_of(Arena *arena, const Arrangement *arrangement) {
    const Items *items = &arrangement->items;
    Unplaced found = {arena_array(arena, UnplacedItem, items->count), 0};
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].state == ITEM_ACCEPTED && items->items[i].duration_min == 0)
            add_unplaced(&found, &items->items[i], NO_PLACE_MINUTES);
    for (size_t i = 0; i < arrangement->input.order.item_count; i++)
        if (arrangement->plan.placements[i].unplaced)
            add_unplaced(&found, arrangement->input.members[i], no_place_of(arrangement->plan.placements[i].unplaced));
    return found;
}

Err programme_arrange_as(Tx *tx, Id edition, const Arrangement *planned, Unplaced *unplaced) {
    Arrangement *now = arena_new(tx_arena(tx), Arrangement);
    now->seed = planned->seed;
    Err err = read_input(tx, edition, now);
    if (err) return err;
    if (is_of_the_same(planned, now)) now->plan = planned->plan;
    else err = plan_order(tx, now);
    if (err) return err;
    store_plan(tx, edition, &now->input, &now->plan);
    *unplaced = unplaced_of(tx_arena(tx), now);
    return OK;
}

Err programme_arrange(Tx *tx, Id edition, uint64_t seed, Unplaced *unplaced) {
    Arrangement *arrangement;
    Err err = programme_arrangement(tx, edition, seed, &arrangement);
    return err ? err : programme_arrange_as(tx, edition, arrangement, unplaced);
}

/* ---- those that stand nowhere ------------------------------------------------------- */

static bool section_is_long_enough(const FrameSection *section, const Item *item) {
    return section->ends_ms - section->starts_ms >= time_taken_ms(item);
}

static bool window_is_long_enough(const FrameSection *section, const Item *item) {
    int64_t from_ms = section->starts_ms, to_ms = section->ends_ms;
    if (item->not_before_ms.given && item->not_before_ms.value > from_ms) from_ms = item->not_before_ms.value;
    if (item->done_by_ms.given && item->done_by_ms.value < to_ms) to_ms = item->done_by_ms.value;
    return to_ms - from_ms >= time_taken_ms(item);
}

static NoPlace why_nowhere(const Frame *frame, const Item *item) {
    if (item->duration_min == 0) return NO_PLACE_MINUTES;
    NoPlace nearest = NO_PLACE_KIND;
    for (size_t i = 0; i < frame->count; i++) {
        const FrameSection *section = &frame->sections[i];
        if (!(section_takes(section) & 1u << kind_number(item->kind))) continue;
        NoPlace why = !section_is_long_enough(section, item) ? NO_PLACE_LENGTH
                      : window_is_long_enough(section, item) ? NO_PLACE_ROOM
                                                             : NO_PLACE_WINDOW;
        if (why > nearest) nearest = why;
    }
    return nearest;
}

Unplaced programme_unplaced(Tx *tx, Id edition) {
    Frame frame = edition_frame(tx, edition);
    Items items = items_of(tx, edition);
    Unplaced unplaced = {arena_array(tx_arena(tx), UnplacedItem, items.count), 0};
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        if (item->state == ITEM_ACCEPTED && !item->section) add_unplaced(&unplaced, item, why_nowhere(&frame, item));
    }
    return unplaced;
}
