// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/joins.h"

#include "gathering/signups/catalogue.h"
#include "gathering/signups/joins_hand.h"
#include "platform/account/account.h"
#include "signups_sql.h"

/* ---- who may ------------------------------------------------------------------------------------------------ */

static IdList series_reached(Tx *tx, Id organisation) {
    SignupsSeriesReachedRows rows = signups_sql_series_reached(tx, organisation);
    Id *ids = arena_array(tx_arena(tx), Id, rows.count);
    for (size_t i = 0; i < rows.count; i++) ids[i] = rows.rows[i].series;
    return (IdList){ids, rows.count};
}

static bool has_id(IdList list, Id id) {
    for (size_t i = 0; i < list.count; i++)
        if (list.ids[i] == id) return true;
    return false;
}

static bool has_say_in(Tx *tx, Id person, IdList series) {
    for (size_t i = 0; i < series.count; i++)
        if (!role_held(tx, person, ROLE_COORDINATOR, (Scope){.series = series.ids[i]})) return false;
    return true;
}

static Id series_of_edition_id(Tx *tx, Id edition) {
    Edition found;
    if (!edition_get(tx, edition, &found)) arena_fail(tx_arena(tx), ERR_INTERNAL, "a join on no edition's pages");
    return found.series.id;
}

JoinFault join_may(Tx *tx, const JoinAsked *asked) {
    Organisation joined, kept;
    if (asked->joined == asked->kept || !organisation_get(tx, asked->joined, &joined) ||
        !organisation_get(tx, asked->kept, &kept) || joined.joined_into || kept.joined_into)
        return JOIN_NOT_TWO;
    IdList reached = series_reached(tx, asked->joined);
    Id here = series_of_edition_id(tx, asked->edition);
    if (!has_id(reached, here) || !has_id(series_reached(tx, asked->kept), here)) return JOIN_NOT_HERE;
    return has_say_in(tx, asked->by, reached) ? JOIN_GOOD : JOIN_BEYOND;
}

bool join_reaches_kept(Tx *tx, const JoinAsked *asked) {
    return has_say_in(tx, asked->by, series_reached(tx, asked->kept));
}

/* ---- who acts ----------------------------------------------------------------------------------------------- */

static void add_people(JoinPeople *people, IdArray holders, Id series, bool of_kept) {
    for (size_t i = 0; i < holders.count; i++) {
        size_t at = 0;
        while (at < people->count &&
               (people->people[at].person != holders.ids[i] || people->people[at].series != series))
            at++;
        if (at == people->count)
            people->people[people->count++] = (JoinPerson){.person = holders.ids[i], .series = series};
        *(of_kept ? &people->people[at].of_kept : &people->people[at].of_joined) = true;
    }
}

JoinPeople join_people(Tx *tx, Id joined, Id kept) {
    Arena *arena = tx_arena(tx);
    IdList series = series_reached(tx, joined);
    IdArray *of_joined = arena_array(arena, IdArray, series.count),
            *of_kept = arena_array(arena, IdArray, series.count);
    size_t most = 0;
    for (size_t i = 0; i < series.count; i++) {
        of_joined[i] = representatives(tx, joined, series.ids[i]);
        of_kept[i] = representatives(tx, kept, series.ids[i]);
        most += of_joined[i].count + of_kept[i].count;
    }
    JoinPeople people = {arena_array(arena, JoinPerson, most), 0};
    for (size_t i = 0; i < series.count; i++) {
        add_people(&people, of_kept[i], series.ids[i], true);
        add_people(&people, of_joined[i], series.ids[i], false);
    }
    return people;
}

static bool is_chosen(const JoinAsked *asked, const JoinPerson *one) {
    for (size_t i = 0; i < asked->acting_count; i++)
        if (asked->acting[i].person == one->person && asked->acting[i].series == one->series) return true;
    return false;
}

/* In every series in which people act for them, one of these goes on. */
static bool somebody_acts(const JoinAsked *asked, const JoinPeople *people) {
    for (size_t i = 0; i < people->count; i++) {
        bool is_any = false;
        for (size_t k = 0; k < people->count; k++)
            is_any = is_any ||
                     (people->people[k].series == people->people[i].series && is_chosen(asked, &people->people[k]));
        if (!is_any) return false;
    }
    return true;
}

static JoinFault fault_of(Tx *tx, const JoinAsked *asked, const JoinPeople *people) {
    JoinFault fault = join_may(tx, asked);
    if (fault) return fault;
    Organisation joined, kept;
    if (!organisation_get(tx, asked->joined, &joined) || !organisation_get(tx, asked->kept, &kept)) return JOIN_NOT_TWO;
    if (joined.version != asked->joined_version || kept.version != asked->kept_version) return JOIN_CHANGED;
    return somebody_acts(asked, people) ? JOIN_GOOD : JOIN_NOBODY;
}

/* ---- joining ------------------------------------------------------------------------------------------------ */

static void add_all(Arena *arena, RowChanges *all, const RowChanges *some) {
    RowChange *grown = arena_array(arena, RowChange, all->count + some->count);
    for (size_t i = 0; i < all->count; i++) grown[i] = all->changes[i];
    for (size_t i = 0; i < some->count; i++) grown[all->count + i] = some->changes[i];
    *all = (RowChanges){grown, all->count + some->count, all->count + some->count};
}

static RowChanges find_all(Tx *tx, const House *house, const MoveIds *ids) {
    RowChanges all = {0};
    for (size_t i = 0; i < house->room_count; i++)
        for (size_t k = 0; k < house->rooms[i]->join_column_count; k++) {
            const JoinColumn *column = &house->rooms[i]->join_columns[k];
            if (column->fate != JOIN_FOLLOWS) continue;
            RowChanges some = moves_find(tx, &column->move, 1, ids);
            add_all(tx_arena(tx), &all, &some);
        }
    return all;
}

/* Whatever shows either of the two, in any edition, is made again. */
static void tell(Tx *tx, Id joined, Id kept, const IdList *also) {
    const Id both[] = {joined, kept};
    for (size_t i = 0; i < COUNT(both); i++) {
        SignupsEditionsOfRows rows = signups_sql_editions_of(tx, both[i]);
        for (size_t k = 0; k < rows.count; k++)
            for (int part = 0; part < PART_COUNT; part++) store_changed(tx, rows.rows[k].edition, part);
    }
    for (size_t i = 0; i < also->count; i++)
        for (int part = 0; part < PART_COUNT; part++) store_changed(tx, also->ids[i], part);
    store_changed(tx, 0, PART_DIRECTORY);
}

static IdList editions_of(Tx *tx, const RowCells *cells) {
    Id *ids = arena_array(tx_arena(tx), Id, cells->count);
    IdList list = {ids, 0};
    for (size_t i = 0; i < cells->count; i++) {
        const StoreTable *table = row_table(cells->cells[i].table);
        Str rest = cells->cells[i].key, first;
        int64_t id;
        if (!table || strcmp(table->family, "edition") != 0 || !str_next_part(&rest, '\n', &first)) continue;
        if (str_to_int(first, &id) && !has_id(list, id)) ids[list.count++] = id;
    }
    return list;
}

static void keep_cells(Tx *tx, Id edition, Id join, const RowCells *cells) {
    for (size_t i = 0; i < cells->count; i++) {
        const RowCell *cell = &cells->cells[i];
        signups_sql_add_join_cell(tx, edition, join, (int64_t)i, cell->table, cell->key, cell->column, cell->before,
                                  cell->after);
    }
}

static OptionalInt id_or_null(Id id) { return id ? given_int(id) : (OptionalInt){0}; }

static void audit(Tx *tx, Id by, Id edition, const char *action, Id joined, Id kept) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = joined});
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = kept});
}

/* In whose directories either of the two stood or stands. */
static void index_again(Tx *tx, IdList series, Id joined, Id kept) {
    for (size_t i = 0; i < series.count; i++) {
        catalogue_index(tx, joined, series.ids[i]);
        catalogue_index(tx, kept, series.ids[i]);
    }
    catalogue_follow(tx, kept);
}

Err organisations_join(Tx *tx, const House *house, const JoinAsked *asked, JoinFault *fault, Id *join) {
    Arena *arena = tx_arena(tx);
    JoinPeople people = join_people(tx, asked->joined, asked->kept);
    *fault = fault_of(tx, asked, &people);
    if (*fault) return *fault == JOIN_CHANGED || *fault == JOIN_NOT_TWO ? ERR_CONFLICT : ERR_INPUT;
    for (size_t i = 0; i < people.count; i++) people.people[i].acts = is_chosen(asked, &people.people[i]);
    Id made = tx_new_id(tx);
    MoveIds ids = {asked->joined, asked->kept, series_reached(tx, asked->joined)};
    JoinHand hand = {.ids = ids, .join = made, .people = people, .reaches_kept = join_reaches_kept(tx, asked)};
    RowCells cells = {.arena = arena};
    RowChanges changes = find_all(tx, house, &ids);
    join_sign_ups(tx, &hand, &cells);
    for (size_t i = 0; i < changes.count; i++) row_change(tx, &changes.changes[i], &cells);
    join_by_hand(tx, &hand, &cells);
    signups_sql_add_join(tx, asked->edition, made, asked->joined, asked->kept, id_or_null(asked->by), tx_now_ms(tx));
    keep_cells(tx, asked->edition, made, &cells);
    IdList editions = editions_of(tx, &cells);
    tell(tx, asked->joined, asked->kept, &editions);
    index_again(tx, ids.series, asked->joined, asked->kept);
    audit(tx, asked->by, asked->edition, "organisation.join", asked->joined, asked->kept);
    *join = made;
    return OK;
}

/* ---- what was joined ---------------------------------------------------------------------------------------- */

/* A later one stands on it that has to do with the one it was joined into. Of organisations that are known to several
 * series the joins stand on pages of several too. */
static bool stands_on(const Join *later, const Join *join) {
    bool is_later = later->joined_ms > join->joined_ms || (later->joined_ms == join->joined_ms && later->id > join->id);
    return !later->undone_ms.given && is_later &&
           (later->kept == join->kept || later->joined == join->kept || later->kept == join->joined);
}

static const Join *in_the_way_of(const Joins *joins, const Join *join) {
    for (size_t i = 0; i < joins->count; i++)
        if (stands_on(&joins->joins[i], join)) return &joins->joins[i];
    return NULL;
}

Joins joins_of(Tx *tx, Id series) {
    SignupsJoinsRows rows = signups_sql_joins(tx, series);
    Joins joins = {arena_array(tx_arena(tx), Join, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsJoinsRow *row = &rows.rows[i];
        joins.joins[i] = (Join){row->edition,
                                row->id,
                                row->organisation,
                                row->kept,
                                row->joined_name,
                                row->kept_name,
                                str_or_empty(row->by_name),
                                str_or_empty(row->undone_by_name),
                                row->joined_ms,
                                row->undone_ms,
                                false};
    }
    for (size_t i = 0; i < joins.count; i++)
        joins.joins[i].is_last = !joins.joins[i].undone_ms.given && !in_the_way_of(&joins, &joins.joins[i]);
    return joins;
}

/* ---- undoing ------------------------------------------------------------------------------------------------ */

static RowCells read_cells(Tx *tx, Id edition, Id join) {
    SignupsJoinCellsRows rows = signups_sql_join_cells(tx, edition, join);
    RowCells cells = {tx_arena(tx), arena_array(tx_arena(tx), RowCell, rows.count), rows.count, rows.count};
    for (size_t i = 0; i < rows.count; i++)
        cells.cells[i] = (RowCell){rows.rows[i].table_name, rows.rows[i].row_key, rows.rows[i].column_name,
                                   rows.rows[i].before, rows.rows[i].after};
    return cells;
}

/* Joins that were done on another series' pages count too: both organisations take part there. */
static Joins joins_around(Tx *tx, const Join *join) {
    IdList series = series_reached(tx, join->kept);
    Joins all = {0};
    for (size_t i = 0; i < series.count; i++) {
        Joins some = joins_of(tx, series.ids[i]);
        Join *grown = arena_array(tx_arena(tx), Join, all.count + some.count);
        for (size_t k = 0; k < all.count; k++) grown[k] = all.joins[k];
        for (size_t k = 0; k < some.count; k++) grown[all.count + k] = some.joins[k];
        all = (Joins){grown, all.count + some.count};
    }
    return all;
}

static bool find_join(const Joins *joins, const JoinUndo *undo, Join *join) {
    for (size_t i = 0; i < joins->count; i++) {
        if (joins->joins[i].id != undo->join || joins->joins[i].undone_ms.given) continue;
        *join = joins->joins[i];
        return true;
    }
    return false;
}

/* The series in which something goes back: of rows of editions, of rights, of entries in directories. */
static IdList series_touched(Tx *tx, const RowCells *cells, const IdList *editions) {
    Id *ids = arena_array(tx_arena(tx), Id, editions->count + cells->count);
    IdList list = {ids, 0};
    for (size_t i = 0; i < editions->count; i++) {
        Id series = series_of_edition_id(tx, editions->ids[i]);
        if (!has_id(list, series)) ids[list.count++] = series;
    }
    for (size_t i = 0; i < cells->count; i++) {
        const RowCell *cell = &cells->cells[i];
        bool ends_with_series =
            str_equal(cell->table, STR("role_grant")) || str_equal(cell->table, STR("directory_entry"));
        Str rest = cell->key, last = STR("");
        int64_t series;
        while (ends_with_series && str_next_part(&rest, '\n', &last)) {
        }
        if (ends_with_series && str_to_int(last, &series) && !has_id(list, series)) ids[list.count++] = series;
    }
    return list;
}

Err organisations_unjoin(Tx *tx, const House *house, const JoinUndo *undo, JoinFault *fault, Join *in_the_way) {
    (void)house;
    Join join;
    Joins here = joins_of(tx, series_of_edition_id(tx, undo->edition));
    *fault = find_join(&here, undo, &join) ? JOIN_GOOD : JOIN_UNKNOWN;
    if (*fault) return ERR_CONFLICT;
    Joins around = joins_around(tx, &join);
    const Join *later = in_the_way_of(&around, &join);
    if (later) {
        *fault = JOIN_NOT_LAST;
        *in_the_way = *later;
        return ERR_CONFLICT;
    }
    IdList before = series_reached(tx, join.kept);
    RowCells cells = read_cells(tx, join.edition, join.id);
    IdList editions = editions_of(tx, &cells);
    if (!has_say_in(tx, undo->by, series_touched(tx, &cells, &editions))) {
        *fault = JOIN_BEYOND;
        return ERR_INPUT;
    }
    if (!signups_sql_end_join(tx, join.edition, join.id, id_or_null(undo->by), tx_now_ms(tx))) return ERR_CONFLICT;
    tell(tx, join.joined, join.kept, &editions);
    cells_undo(tx, &cells);
    unjoin_by_hand(tx, &join, &cells, undo->by);
    tell(tx, join.joined, join.kept, &editions);
    index_again(tx, before, join.joined, join.kept);
    audit(tx, undo->by, join.edition, "organisation.unjoin", join.joined, join.kept);
    return OK;
}

/* ---- two that are two --------------------------------------------------------------------------------------- */

void organisations_say_apart(Tx *tx, Id edition, Id one, Id other, Id by) {
    if (one == other) return;
    signups_sql_say_apart(tx, edition, one < other ? one : other, one < other ? other : one, id_or_null(by),
                          tx_now_ms(tx));
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = "organisation.apart", .subject = one});
}

void organisations_unsay_apart(Tx *tx, Id series, Id one, Id other) {
    signups_sql_unsay_apart(tx, series, one < other ? one : other, one < other ? other : one);
}

Aparts organisations_apart(Tx *tx, Id series) {
    SignupsApartRows rows = signups_sql_apart(tx, series);
    Aparts all = {arena_array(tx_arena(tx), Apart, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        all.pairs[i] = (Apart){rows.rows[i].lower, rows.rows[i].higher, rows.rows[i].lower_name,
                               rows.rows[i].higher_name, rows.rows[i].said_ms};
    return all;
}

bool aparts_have(const Aparts *aparts, Id one, Id other) {
    Id lower = one < other ? one : other, higher = one < other ? other : one;
    for (size_t i = 0; i < aparts->count; i++)
        if (aparts->pairs[i].lower == lower && aparts->pairs[i].higher == higher) return true;
    return false;
}
