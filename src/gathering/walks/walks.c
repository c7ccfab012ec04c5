// SPDX-License-Identifier: EUPL-1.2
#include "gathering/walks/walks.h"

#include "gathering/editions/next.h"
#include "walks_sql.h"

/* All turns of the edition in one array, each walk's beside each other. */
static void add_turns(Tx *tx, Id edition, Walks *walks) {
    WalksTurnsRows rows = walks_sql_turns(tx, edition);
    Turn *turns = arena_array(tx_arena(tx), Turn, rows.count);
    size_t count = 0;
    for (size_t w = 0; w < walks->count; w++) {
        Walk *walk = &walks->walks[w];
        walk->turns = turns + count;
        for (size_t i = 0; i < rows.count; i++) {
            const WalksTurnsRow *row = &rows.rows[i];
            if (row->walk != walk->id) continue;
            turns[count++] =
                (Turn){edition, row->id, row->walk, row->starts_ms, row->places, row->step_free, row->version};
            walk->turn_count++;
        }
    }
}

Walks walks_of(Tx *tx, Id edition) {
    WalksWalksRows rows = walks_sql_walks(tx, edition);
    Walks walks = {arena_array(tx_arena(tx), Walk, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const WalksWalksRow *row = &rows.rows[i];
        walks.walks[i] = (Walk){.edition = edition,
                                .id = row->id,
                                .name = row->name,
                                .place = row->place,
                                .words = row->words,
                                .meeting_point = row->meeting_point,
                                .version = row->version};
    }
    if (walks.count) add_turns(tx, edition, &walks);
    return walks;
}

bool walk_get(Tx *tx, Id edition, Id id, Walk *found) {
    Walks walks = walks_of(tx, edition);
    for (size_t i = 0; i < walks.count; i++) {
        if (walks.walks[i].id != id) continue;
        *found = walks.walks[i];
        return true;
    }
    return false;
}

bool walk_turn(const Walk *walk, Id id, Turn *found) {
    for (size_t i = 0; i < walk->turn_count; i++) {
        if (walk->turns[i].id != id) continue;
        *found = walk->turns[i];
        return true;
    }
    return false;
}

static bool is_place_count(int64_t places) { return places >= 1 && places <= TURN_PLACES_MOST; }

Id walk_add(Tx *tx, const Walk *walk) {
    Id id = tx_new_id(tx);
    walks_sql_add(tx, walk->edition, id, walk->name, str_or_empty(walk->place), str_or_empty(walk->words),
                  str_or_empty(walk->meeting_point));
    store_changed(tx, walk->edition, PART_PROGRAMME);
    return id;
}

Err walk_add_turn(Tx *tx, const Turn *turn, Id *id) {
    Walk walk;
    if (!walk_get(tx, turn->edition, turn->walk, &walk)) return ERR_NOT_FOUND;
    if (!is_place_count(turn->places)) return ERR_INPUT;
    Id made = tx_new_id(tx);
    walks_sql_add_turn(tx, turn->edition, made, turn->walk, turn->starts_ms, turn->places, turn->step_free);
    store_changed(tx, turn->edition, PART_PROGRAMME);
    *id = made;
    return OK;
}

Err walk_update(Tx *tx, const Walk *walk) {
    if (walks_sql_update(tx, walk->edition, walk->id, walk->version, walk->name, str_or_empty(walk->place),
                         str_or_empty(walk->words), str_or_empty(walk->meeting_point)) == 0)
        return ERR_CONFLICT;
    store_changed(tx, walk->edition, PART_PROGRAMME);
    return OK;
}

Err walk_update_turn(Tx *tx, const Turn *turn) {
    if (!is_place_count(turn->places)) return ERR_INPUT;
    if (walks_sql_update_turn(tx, turn->edition, turn->id, turn->version, turn->starts_ms, turn->places,
                              turn->step_free) == 0)
        return ERR_CONFLICT;
    store_changed(tx, turn->edition, PART_PROGRAMME);
    return OK;
}

Err walk_remove_turn(Tx *tx, Id edition, Id turn) {
    if (walks_sql_remove_turn(tx, edition, turn) == 0) return ERR_NOT_FOUND;
    store_changed(tx, edition, PART_PROGRAMME);
    return OK;
}

Err walk_remove(Tx *tx, Id edition, Id walk) {
    Walk found;
    if (!walk_get(tx, edition, walk, &found)) return ERR_NOT_FOUND;
    walks_sql_remove_turns_of(tx, edition, walk);
    walks_sql_remove(tx, edition, walk);
    store_changed(tx, edition, PART_PROGRAMME);
    return OK;
}

/* ---- into the next edition ---- */

static int64_t count_walks(Tx *tx, Id edition) { return (int64_t)walks_sql_walks(tx, edition).count; }

static void copy_walks(const EditionCopy *copy) {
    Walks walks = walks_of(copy->tx, copy->from->id);
    for (size_t i = 0; i < walks.count; i++) {
        Id walk = tx_new_id(copy->tx);
        walks_sql_copy(copy->tx, copy->from->id, walks.walks[i].id, copy->to->id, walk);
        for (size_t k = 0; k < walks.walks[i].turn_count; k++) {
            const Turn *turn = &walks.walks[i].turns[k];
            walks_sql_copy_turn(copy->tx, copy->from->id, turn->id, copy->to->id, tx_new_id(copy->tx), walk,
                                edition_copy_moment(copy, turn->starts_ms));
        }
    }
}

const CopyPart walks_copy_parts[WALKS_COPY_PART_COUNT] = {
    {.name = "walks",
     .label = MSG_INIT("walks", "Walks and their turns, at the same hours"),
     .tables = "walk turn",
     .has_times = true,
     .count = count_walks,
     .copy = copy_walks},
};
