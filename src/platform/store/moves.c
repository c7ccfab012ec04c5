// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/moves.h"

#include <assert.h>

static bool is_called(const char *name, const char *other) { return strcmp(name, other) == 0; }

static size_t place_of(const StoreTable *table, const char *column) {
    for (size_t i = 0; i < table->column_count; i++)
        if (is_called(table->columns[i].name, column)) return i;
    return table->column_count;
}

RowValue *row_value(const StoreTable *table, RowValue *values, const char *column) {
    size_t place = place_of(table, column);
    assert(place < table->column_count);
    return &values[place];
}

static RowValue *copy_values(Arena *arena, const StoreTable *table, const RowValue *values) {
    RowValue *copy = arena_array(arena, RowValue, table->column_count);
    memcpy(copy, values, table->column_count * sizeof *values);
    return copy;
}

/* For one more. */
static void make_room(Arena *arena, void **items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return;
    size_t grown = *capacity ? *capacity * 2 : 32;
    *items = arena_grow(arena, *items, *capacity * size, grown * size);
    *capacity = grown;
}

/* ---- finding --------------------------------------------------------------------------------------------- */

static void add_select(Buffer *sql, const StoreTable *table) {
    buffer_add(sql, STR("SELECT "));
    for (size_t i = 0; i < table->column_count; i++)
        buffer_format(sql, "%sown.%s", i ? ", " : "", table->columns[i].name);
    buffer_format(sql, " FROM %s AS own WHERE ", table->name);
}

/* Ids are numbers of ours: they stand in the text, whose statement is used once. */
static void add_editions(Buffer *sql, IdList series) {
    buffer_add(sql, STR(" AND own.edition IN (SELECT edition.id FROM edition WHERE edition.series IN ("));
    for (size_t i = 0; i < series.count; i++) buffer_format(sql, "%s%lld", i ? ", " : "", (long long)series.ids[i]);
    buffer_add(sql, series.count ? STR("))") : STR("0))"));
}

static void add_unless(Buffer *sql, const MoveColumn *move) {
    buffer_format(sql, " AND NOT EXISTS (SELECT 1 FROM %s AS there WHERE there.%s = $2", move->unless,
                  move->unless_column);
    Str rest = str_from_c(move->unless_same), part, name;
    while (str_next_part(&rest, ' ', &part)) {
        str_next_part(&part, '=', &name);
        Str own = str_is_empty(part) ? name : part;
        buffer_format(sql, " AND there.%.*s = own.%.*s", STR_FORMAT(name), STR_FORMAT(own));
    }
    buffer_add_char(sql, ')');
}

/* A pair of the two themselves stays: nobody meets themselves. */
static const char *find_text(Tx *tx, const StoreTable *table, const MoveColumn *move, const MoveIds *ids) {
    Buffer sql = buffer_in(tx_arena(tx));
    add_select(&sql, table);
    if (move->higher)
        buffer_format(&sql, "(own.%s = $1 OR own.%s = $1) AND own.%s <> $2 AND own.%s <> $2", move->column,
                      move->higher, move->column, move->higher);
    else buffer_format(&sql, "own.%s = $1", move->column);
    if (place_of(table, "edition") < table->column_count && is_called(table->family, "edition"))
        add_editions(&sql, ids->series);
    if (move->unless) add_unless(&sql, move);
    return str_to_c(sql.arena, buffer_str(&sql));
}

static void point(RowValue *value, const MoveIds *ids) {
    if (!value->is_null && value->integer == ids->from) value->integer = ids->to;
}

static void point_pair(const StoreTable *table, const MoveColumn *move, const MoveIds *ids, RowValue *values) {
    RowValue *lower = row_value(table, values, move->column), *higher = row_value(table, values, move->higher);
    point(lower, ids);
    point(higher, ids);
    if (lower->integer > higher->integer) {
        RowValue turned = *lower;
        *lower = *higher;
        *higher = turned;
    }
    if (move->who) point(row_value(table, values, move->who), ids);
}

static void find_rows(Tx *tx, const MoveColumn *move, const MoveIds *ids, RowChanges *changes) {
    Arena *arena = tx_arena(tx);
    const StoreTable *table = row_table(str_from_c(move->table));
    assert(table);
    const char *text = find_text(tx, table, move, ids);
    Query query = row_query(table, text, false);
    Statement *statement = statement_begin(tx, &query);
    statement_bind_int(statement, 1, ids->from);
    if (move->unless || move->higher) statement_bind_int(statement, 2, ids->to);
    while (statement_step(statement)) {
        RowChange change = {table, row_values_read(statement, arena, table), NULL};
        change.after = copy_values(arena, table, change.before);
        if (move->higher) point_pair(table, move, ids, change.after);
        else point(row_value(table, change.after, move->column), ids);
        make_room(arena, (void **)&changes->changes, changes->count, &changes->capacity, sizeof change);
        changes->changes[changes->count++] = change;
    }
    statement_end(statement);
}

RowChanges moves_find(Tx *tx, const MoveColumn *columns, size_t count, const MoveIds *ids) {
    RowChanges changes = {0};
    for (size_t i = 0; i < count; i++) find_rows(tx, &columns[i], ids, &changes);
    return changes;
}

bool row_find(Tx *tx, const StoreTable *table, const RowValue *key, RowChange *change) {
    Arena *arena = tx_arena(tx);
    Buffer sql = buffer_in(arena);
    add_select(&sql, table);
    int parameter = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].in_key) continue;
        buffer_format(&sql, "%sown.%s = $%d", parameter ? " AND " : "", table->columns[i].name, parameter + 1);
        parameter++;
    }
    Query query = row_query(table, str_to_c(arena, buffer_str(&sql)), false);
    Statement *statement = statement_begin(tx, &query);
    parameter = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].in_key) row_value_bind(statement, ++parameter, table->columns[i].type, &key[i]);
    bool is_there = statement_step(statement);
    if (is_there) {
        RowValue *values = row_values_read(statement, arena, table);
        *change = (RowChange){table, values, copy_values(arena, table, values)};
    }
    statement_end(statement);
    return is_there;
}

/* ---- changing ----------------------------------------------------------------------------------------------- */

static bool is_changed(const RowChange *change, size_t place) {
    return !row_value_is_same(&change->before[place], &change->after[place]);
}

static bool changes_key(const RowChange *change) {
    for (size_t i = 0; i < change->table->column_count; i++)
        if (change->table->columns[i].in_key && is_changed(change, i)) return true;
    return false;
}

static void write_change(Tx *tx, const RowChange *change) {
    const StoreTable *table = change->table;
    Buffer sql = buffer_in(tx_arena(tx));
    buffer_format(&sql, "UPDATE %s SET ", table->name);
    int parameter = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (is_changed(change, i)) {
            buffer_format(&sql, "%s%s = $%d", parameter ? ", " : "", table->columns[i].name, parameter + 1);
            parameter++;
        }
    if (place_of(table, "version") < table->column_count) buffer_add(&sql, STR(", version = version + 1"));
    const char *between = " WHERE ";
    int set = parameter;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].in_key) continue;
        buffer_format(&sql, "%s%s = $%d", between, table->columns[i].name, ++parameter);
        between = " AND ";
    }
    Query query = row_query(table, str_to_c(sql.arena, buffer_str(&sql)), true);
    Statement *statement = statement_begin(tx, &query);
    parameter = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (is_changed(change, i)) row_value_bind(statement, ++parameter, table->columns[i].type, &change->after[i]);
    assert(parameter == set);
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].in_key)
            row_value_bind(statement, ++parameter, table->columns[i].type, &change->before[i]);
    statement_step(statement);
    statement_end(statement);
}

/* False: nothing changes, or a row of the new key is there. */
static bool change_row(Tx *tx, const RowChange *change) {
    RowChange there;
    bool is_any = false;
    for (size_t i = 0; i < change->table->column_count; i++) is_any = is_any || is_changed(change, i);
    if (!is_any || (changes_key(change) && row_find(tx, change->table, change->after, &there))) return false;
    write_change(tx, change);
    return true;
}

/* ---- in words ----------------------------------------------------------------------------------------------- */

static Str value_words(Arena *arena, StoreType type, const RowValue *value) {
    assert(type != STORE_REAL && type != STORE_BYTES);
    if (value->is_null) return STR_ABSENT;
    return type == STORE_TEXT ? value->text : str_format(arena, "%lld", (long long)value->integer);
}

static RowValue value_from(StoreType type, Str words) {
    RowValue value = {.is_null = str_is_absent(words), .text = STR_ABSENT};
    if (value.is_null) return value;
    if (type == STORE_TEXT) value.text = words;
    else str_to_int(words, &value.integer);
    return value;
}

/* What stands in keys is ids, numbers and codes: a line each. */
static Str key_words(Arena *arena, const StoreTable *table, const RowValue *values) {
    Buffer key = buffer_in(arena);
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].in_key) continue;
        if (key.size) buffer_add_char(&key, '\n');
        buffer_add(&key, value_words(arena, table->columns[i].type, &values[i]));
    }
    return buffer_str(&key);
}

static RowValue *key_from(Arena *arena, const StoreTable *table, Str key) {
    RowValue *values = arena_array(arena, RowValue, table->column_count);
    Str line = STR("");
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].in_key) continue;
        str_next_part(&key, '\n', &line);
        values[i] = value_from(table->columns[i].type, line);
    }
    return values;
}

bool row_change(Tx *tx, const RowChange *change, RowCells *cells) {
    if (!change_row(tx, change)) return false;
    const StoreTable *table = change->table;
    Str key = key_words(cells->arena, table, change->after);
    for (size_t i = 0; i < table->column_count; i++) {
        if (!is_changed(change, i)) continue;
        StoreType type = table->columns[i].type;
        make_room(cells->arena, (void **)&cells->cells, cells->count, &cells->capacity, sizeof *cells->cells);
        cells->cells[cells->count++] = (RowCell){
            .table = str_from_c(table->name),
            .key = key,
            .column = str_from_c(table->columns[i].name),
            .before = value_words(cells->arena, type, &change->before[i]),
            .after = value_words(cells->arena, type, &change->after[i]),
        };
    }
    return true;
}

/* ---- putting back ------------------------------------------------------------------------------------------- */

/* What still stands as it was put goes back; a table or a column there is no more is passed over. */
static void put_back(Arena *arena, const RowCell *cell, RowChange *change) {
    const StoreTable *table = change->table;
    size_t place = place_of(table, str_to_c(arena, cell->column));
    if (place == table->column_count) return;
    StoreType type = table->columns[place].type;
    RowValue put = value_from(type, cell->after);
    if (row_value_is_same(&change->before[place], &put)) change->after[place] = value_from(type, cell->before);
}

static bool is_of_one_row(const RowCell *one, const RowCell *other) {
    return str_equal(one->table, other->table) && str_equal(one->key, other->key);
}

/* Where a row has come to be in the place of its old key, the key stays and the rest goes back. */
static void undo_row(Tx *tx, const RowCell *cells, size_t count) {
    Arena *arena = tx_arena(tx);
    const StoreTable *table = row_table(cells->table);
    RowChange change;
    if (!table || !row_find(tx, table, key_from(arena, table, cells->key), &change)) return;
    for (size_t i = 0; i < count; i++) put_back(arena, &cells[i], &change);
    if (change_row(tx, &change) || !changes_key(&change)) return;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].in_key) change.after[i] = change.before[i];
    change_row(tx, &change);
}

void cells_undo(Tx *tx, const RowCells *cells) {
    for (size_t end = cells->count; end;) {
        size_t first = end - 1;
        while (first && is_of_one_row(&cells->cells[first - 1], &cells->cells[end - 1])) first--;
        undo_row(tx, &cells->cells[first], end - first);
        end = first;
    }
}
