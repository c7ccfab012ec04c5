// SPDX-License-Identifier: EUPL-1.2
/* The programme as the public sees it: made from the draft, compared, copied. */
#include "gathering/programme/arrange.h"
#include "programme_sql.h"
#include <stdlib.h>

static OptionalInt optional_id(Id id) { return id ? given_int(id) : (OptionalInt){0}; }
static Id id_or_none(OptionalInt id) { return id.given ? id.value : 0; }

static Slot slot_of_section(const FrameSection *section, size_t index) {
    return (Slot){
        .id = section->id,
        .is_section = true,
        .is_free = section->is_protected,
        .section = section->id,
        .kind = section->kind,
        .title = section->title,
        .words = STR(""),
        .theme = STR(""),
        .who = STR(""),
        .starts_ms = given_int(section->starts_ms),
        .duration_min = (section->ends_ms - section->starts_ms) / MINUTE_MS,
        .space = section->space,
        .position = (int64_t)index,
    };
}

static Slot slot_of_item(const Item *item, const Frame *frame) {
    const FrameSection *section = frame_find(frame, item->section);
    return (Slot){
        .id = item->id,
        .section = section ? section->id : 0,
        .kind = item->kind,
        .title = item->title,
        .words = item->words,
        .theme = item->theme,
        .organisation = item->organisation,
        .offered_by = item->offered_by,
        .is_listed = item->is_listed,
        .who = item->who,
        .people = item->people,
        .has_children = item->has_children,
        .starts_ms = section ? item->starts_ms : (OptionalInt){0},
        .duration_min = item->duration_min,
        .space = section ? section->space : 0,
        .position = item->position,
    };
}

static int in_order_of_the_day(const void *a, const void *b) {
    const Slot *left = a, *right = b;
    if (left->starts_ms.given != right->starts_ms.given) return left->starts_ms.given ? -1 : 1;
    if (left->starts_ms.value != right->starts_ms.value) return left->starts_ms.value < right->starts_ms.value ? -1 : 1;
    if (left->is_section != right->is_section) return left->is_section ? -1 : 1;
    if (left->position != right->position) return left->position < right->position ? -1 : 1;
    return left->id < right->id ? -1 : left->id > right->id;
}

/* Items that stand nowhere belong to it only where there is no frame to stand in. */
Programme programme_draft(Tx *tx, Id edition) {
    Frame frame = edition_frame(tx, edition);
    Items items = items_of(tx, edition);
    Programme programme = {.slots = arena_array(tx_arena(tx), Slot, frame.count + items.count)};
    for (size_t i = 0; i < frame.count; i++)
        programme.slots[programme.count++] = slot_of_section(&frame.sections[i], i);
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        bool is_taken = item->state == ITEM_ACCEPTED && !item->stays_away;
        bool is_in = is_taken && (!frame.count || frame_find(&frame, item->section));
        if (is_in) programme.slots[programme.count++] = slot_of_item(item, &frame);
    }
    qsort(programme.slots, programme.count, sizeof *programme.slots, in_order_of_the_day);
    return programme;
}

bool programme_published(Tx *tx, Id edition, Programme *programme) {
    ProgrammeLatestPublicationRow publication;
    if (!programme_sql_latest_publication(tx, edition, &publication)) return false;
    ProgrammePublishedRows rows = programme_sql_published(tx, edition);
    Programme found = {.slots = arena_array(tx_arena(tx), Slot, rows.count),
                       .count = rows.count,
                       .number = publication.number,
                       .published_ms = publication.published_ms};
    for (size_t i = 0; i < rows.count; i++) {
        const ProgrammePublishedRow *row = &rows.rows[i];
        found.slots[i] = (Slot){
            .id = row->item,
            .is_section = row->is_section,
            .is_free = row->is_free,
            .section = id_or_none(row->section),
            .kind = row->kind,
            .title = row->title,
            .words = row->words,
            .theme = row->theme,
            .organisation = id_or_none(row->organisation),
            .offered_by = id_or_none(row->offered_by),
            .is_listed = row->is_listed,
            .who = row->performer,
            .people = row->people,
            .has_children = row->has_children,
            .starts_ms = row->starts_ms,
            .duration_min = row->duration_min,
            .space = id_or_none(row->space),
            .position = row->position,
        };
    }
    *programme = found;
    return true;
}

bool programme_public(Tx *tx, const Edition *edition, Programme *programme) {
    if (programme_published(tx, edition->id, programme)) return true;
    if (str_is_empty(edition->reported_on)) return false;
    *programme = programme_draft(tx, edition->id);
    return programme->count > 0;
}

/* ---- what has changed ------------------------------------------------------- */

static const Slot *slot_find(const Programme *programme, Id id) {
    for (size_t i = 0; i < programme->count; i++)
        if (programme->slots[i].id == id) return &programme->slots[i];
    return NULL;
}

static bool numbers_equal(OptionalInt a, OptionalInt b) {
    return a.given == b.given && (!a.given || a.value == b.value);
}

static bool times_equal(const Slot *a, const Slot *b) {
    return numbers_equal(a->starts_ms, b->starts_ms) && a->duration_min == b->duration_min && a->space == b->space;
}

static bool words_equal(const Slot *a, const Slot *b) {
    return str_equal(a->title, b->title) && str_equal(a->words, b->words) && str_equal(a->theme, b->theme) &&
           str_equal(a->who, b->who) && str_equal(a->kind, b->kind) && numbers_equal(a->people, b->people) &&
           a->has_children == b->has_children && a->is_free == b->is_free;
}

ProgrammeChanges programme_changes(Arena *arena, const Programme *published, const Programme *draft) {
    ProgrammeChanges changes = {arena_array(arena, ProgrammeChange, published->count + draft->count), 0};
    for (size_t i = 0; i < draft->count; i++) {
        const Slot *is = &draft->slots[i], *was = slot_find(published, is->id);
        if (!was) changes.changes[changes.count++] = (ProgrammeChange){CHANGE_NEW, NULL, is};
        else if (!times_equal(was, is)) changes.changes[changes.count++] = (ProgrammeChange){CHANGE_TIME, was, is};
        else if (!words_equal(was, is)) changes.changes[changes.count++] = (ProgrammeChange){CHANGE_WORDS, was, is};
    }
    for (size_t i = 0; i < published->count; i++) {
        const Slot *was = &published->slots[i];
        if (!slot_find(draft, was->id)) changes.changes[changes.count++] = (ProgrammeChange){CHANGE_GONE, was, NULL};
    }
    return changes;
}

/* ---- publishing ------------------------------------------------------- */

static void copy_slot(Tx *tx, Id edition, const Slot *slot, size_t index) {
    programme_sql_publish_item(tx, edition, slot->id, slot->is_section, slot->is_free, optional_id(slot->section),
                               slot->kind, slot->title, slot->words, slot->theme, optional_id(slot->organisation),
                               slot->who, slot->people, slot->has_children, slot->starts_ms, slot->duration_min,
                               optional_id(slot->space), (int64_t)index, optional_id(slot->offered_by));
}

Err programme_publish(Tx *tx, Id edition_id, Id by, int64_t *number) {
    Edition edition;
    if (!edition_get(tx, edition_id, &edition)) return ERR_NOT_FOUND;
    Programme draft = programme_draft(tx, edition_id);
    if (!draft.count) return ERR_INPUT;
    programme_sql_clear_published(tx, edition_id);
    for (size_t i = 0; i < draft.count; i++) copy_slot(tx, edition_id, &draft.slots[i], i);
    ProgrammeLatestPublicationRow before = {0};
    programme_sql_latest_publication(tx, edition_id, &before);
    int64_t next = before.number + 1;
    programme_sql_add_publication(tx, edition_id, next, tx_now_ms(tx), optional_id(by));
    store_audit(
        tx, &(AuditEntry){.person = by, .edition = edition_id, .action = "programme.publish", .subject = edition_id});
    store_changed(tx, edition_id, PART_PROGRAMME);
    if (edition.state == EDITION_CALL_CLOSED) {
        Err err = edition_set_state(tx, edition_id, edition.version, EDITION_PUBLISHED);
        if (err) return err;
    }
    *number = next;
    return OK;
}
