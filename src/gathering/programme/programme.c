// SPDX-License-Identifier: EUPL-1.2
#include "gathering/programme/programme.h"

#include "gathering/organisations/organisations.h"
#include "gathering/programme/arrange.h"
#include "gathering/programme/pages.h"
#include "programme_sql.h"

static const char *const state_names[ITEM_STATE_COUNT] = {
    [ITEM_OFFERED] = "offered", [ITEM_ACCEPTED] = "accepted", [ITEM_RESERVE] = "reserve", [ITEM_DECLINED] = "declined"};

const char *item_state_name(ItemState state) { return state_names[state]; }

bool item_state_parse(Str name, ItemState *state) {
    for (size_t i = 0; i < ITEM_STATE_COUNT; i++) {
        if (!str_equal(name, str_from_c(state_names[i]))) continue;
        *state = (ItemState)i;
        return true;
    }
    return false;
}

static OptionalInt optional_id(Id id) { return id ? given_int(id) : (OptionalInt){0}; }
static Id id_or_none(OptionalInt id) { return id.given ? id.value : 0; }
/* ---- reading ------------------------------------------------------- */

static Str who_is_it(const ProgrammeItemsRow *row) {
    if (!str_is_empty(row->organisation_name)) return row->organisation_name;
    return str_is_empty(row->guest_name) ? row->performer : row->guest_name;
}

static Item item_from_row(Tx *tx, Id edition, const ProgrammeItemsRow *row) {
    Item item = {
        .edition = edition,
        .id = row->id,
        .kind = row->kind,
        .title = row->title,
        .words = row->words,
        .theme = row->theme,
        .organisation = id_or_none(row->organisation),
        .guest = id_or_none(row->guest),
        .performer = row->performer,
        .people = row->people,
        .has_children = row->has_children,
        .adult_attested = row->adult_attested,
        .photo_consent = row->photo_consent,
        .duration_min = row->duration_min,
        .changeover_min = row->changeover_min,
        .needs = row->needs,
        .not_before_ms = row->not_before_ms,
        .done_by_ms = row->done_by_ms,
        .starts_ms = row->starts_ms,
        .section = id_or_none(row->section),
        .is_fixed = row->is_fixed,
        .position = row->position,
        .version = row->version,
        .who = who_is_it(row),
        .offered_by = id_or_none(row->offered_by),
        .is_listed = row->is_listed,
        .stays_away = row->stays_away,
    };
    if (!item_state_parse(row->state, &item.state))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "an item's state is unknown");
    return item;
}

Items items_of(Tx *tx, Id edition) {
    ProgrammeItemsRows rows = programme_sql_items(tx, edition);
    Items items = {arena_array(tx_arena(tx), Item, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) items.items[i] = item_from_row(tx, edition, &rows.rows[i]);
    return items;
}

bool item_get(Tx *tx, Id edition, Id id, Item *found) {
    Items items = items_of(tx, edition);
    for (size_t i = 0; i < items.count; i++) {
        if (items.items[i].id != id) continue;
        *found = items.items[i];
        return true;
    }
    return false;
}

/* ---- whose word counts ------------------------------------------------------- */

bool item_lacks_title(const Item *item) {
    return item->state == ITEM_ACCEPTED && item->organisation && str_is_empty(item->title);
}

ItemRights item_rights(EditionState edition, ItemState item) {
    if (edition < EDITION_CALL_OPEN || edition > EDITION_PUBLISHED || item == ITEM_DECLINED) return ITEM_RIGHTS_NONE;
    return item == ITEM_OFFERED ? ITEM_RIGHTS_ALL : ITEM_RIGHTS_WORDS;
}

/* ---- changing ------------------------------------------------------- */

Id item_add(Tx *tx, const Item *item) {
    Id id = item->id ? item->id : tx_new_id(tx);
    programme_sql_add(tx, item->edition, id, item->kind, str_from_c(state_names[item->state]),
                      str_or_empty(item->title), str_or_empty(item->words), str_or_empty(item->theme),
                      optional_id(item->organisation), optional_id(item->guest), str_or_empty(item->performer),
                      item->people, item->has_children, item->adult_attested, str_or_empty(item->photo_consent),
                      item->duration_min, item->changeover_min, str_or_empty(item->needs), item->not_before_ms,
                      item->done_by_ms, optional_id(item->offered_by));
    store_changed(tx, item->edition, PART_PROGRAMME);
    return id;
}

Err item_update(Tx *tx, const Item *item) {
    Item stored;
    if (!item_get(tx, item->edition, item->id, &stored)) return ERR_NOT_FOUND;
    if (programme_sql_update(tx, item->edition, item->id, item->version, item->kind, str_or_empty(item->title),
                             str_or_empty(item->words), str_or_empty(item->theme), optional_id(item->organisation),
                             optional_id(item->guest), str_or_empty(item->performer), item->people, item->has_children,
                             item->adult_attested, str_or_empty(item->photo_consent), item->duration_min,
                             item->changeover_min, str_or_empty(item->needs), item->not_before_ms,
                             item->done_by_ms) == 0)
        return ERR_CONFLICT;
    store_changed(tx, item->edition, PART_PROGRAMME);
    /* Its neighbours move when it takes more or less time. */
    if (stored.section && (stored.duration_min != item->duration_min || stored.changeover_min != item->changeover_min))
        section_restack(tx, item->edition, stored.section);
    return OK;
}

void item_set_offered_by(Tx *tx, Id edition, Id item, Id organisation) {
    programme_sql_set_offered_by(tx, edition, item, organisation);
}

/* Out of the order; those behind it close up. */
static void leave_place(Tx *tx, const Item *item) {
    if (!item->section) return;
    programme_sql_place(tx, item->edition, item->id, (OptionalInt){0}, (OptionalInt){0}, item->position);
    programme_sql_fix(tx, item->edition, item->id, false);
    section_restack(tx, item->edition, item->section);
}

static const char *const decisions[ITEM_STATE_COUNT] = {[ITEM_OFFERED] = "item.reopen",
                                                        [ITEM_ACCEPTED] = "item.accept",
                                                        [ITEM_RESERVE] = "item.reserve",
                                                        [ITEM_DECLINED] = "item.decline"};

Err item_decide(Tx *tx, Id edition, Id id, int64_t version, ItemState state, Id by) {
    Item item;
    if (!item_get(tx, edition, id, &item)) return ERR_NOT_FOUND;
    if (programme_sql_decide(tx, edition, id, version, str_from_c(state_names[state])) == 0) return ERR_CONFLICT;
    if (state != ITEM_ACCEPTED) leave_place(tx, &item);
    store_changed(tx, edition, PART_PROGRAMME);
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = decisions[state], .subject = id});
    return OK;
}

Err item_remove(Tx *tx, Id edition, Id id, Id by) {
    Item item;
    if (!item_get(tx, edition, id, &item)) return ERR_NOT_FOUND;
    programme_sql_remove(tx, edition, id);
    texts_forget(tx, id);
    store_changed(tx, edition, PART_PROGRAMME);
    if (item.section) section_restack(tx, edition, item.section);
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = "item.remove", .subject = id});
    return OK;
}

void programme_organisation_joins(Tx *tx, const OrganisationJoin *join) {
    programme_sql_move_items(tx, join->edition, join->from, join->to);
    programme_sql_move_published(tx, join->edition, join->from, join->to, organisation_name(tx, join->to));
    store_changed(tx, join->edition, PART_PROGRAMME);
}

size_t items_add_talks(Tx *tx, Id edition, int64_t duration_min, int64_t changeover_min) {
    ProgrammeOrganisationsWithoutTalkRows rows = programme_sql_organisations_without_talk(tx, edition);
    for (size_t i = 0; i < rows.count; i++) {
        item_add(tx, &(Item){
                         .edition = edition,
                         .kind = STR("talk"),
                         .state = ITEM_ACCEPTED,
                         .organisation = rows.rows[i].organisation,
                         .duration_min = duration_min,
                         .changeover_min = changeover_min,
                     });
    }
    return rows.count;
}
