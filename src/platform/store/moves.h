// SPDX-License-Identifier: EUPL-1.2
/* Moves: what refers to one id refers to another from now on, in any table, and can be put back.
 *
 * Two rows turn out to be about one thing, and all that refers to the first becomes the second's. What is to be moved
 * is a table of columns; each row is changed by what the schema says of it (store_tables), and each value that changed
 * is told as a cell, in words: its table, the row's key as it is afterwards, its column, what stood there and what
 * stands there now. Put back are the cells in which still stands what was put there; what was changed meanwhile stays,
 * and so does what was removed or came to be.
 *
 *     RowChanges changes = moves_find(tx, columns, count, &(MoveIds){from, to, series});
 *     RowCells cells = {.arena = arena};
 *     for (size_t i = 0; i < changes.count; i++) row_change(tx, &changes.changes[i], &cells);
 *     …                                                  // the cells are kept
 *     cells_undo(tx, &cells);
 *
 * A row stays as it is where a row of its new key is there already, and where its column says so (unless): nothing is
 * ever removed. Versions only go up, also when a row is put back, so that no form opened meanwhile fits again.
 */
#ifndef WSPOLNIE_STORE_MOVES_H
#define WSPOLNIE_STORE_MOVES_H

#include "platform/store/rows.h"

typedef struct MoveColumn {
    const char *table, *column;
    const char *higher; /* of a pair kept with the smaller id first: the column of the other one; else NULL */
    const char *who;    /* of a pair: a column that names one of the two, which follows; else NULL */
    /* The row stays where this table has one that refers to the new id by this column, with the same values in these
     * columns: "edition plan", or "edition plan=id" where they are called otherwise. NULL: it always follows. */
    const char *unless, *unless_column, *unless_same;
} MoveColumn;

typedef struct MoveIds {
    Id from, to;
    IdList series; /* of tables of editions: the rows of these series' editions alone */
} MoveIds;

typedef struct RowChange {
    const StoreTable *table;
    RowValue *before, *after; /* a value for each column */
} RowChange;
typedef struct RowChanges {
    RowChange *changes;
    size_t count, capacity;
} RowChanges;
/* Reads; changes nothing. All is found before the first is changed, since what is moved says what stays. */
RowChanges moves_find(Tx *tx, const MoveColumn *columns, size_t count, const MoveIds *ids);

typedef struct RowCell {
    Str table, key, column;
    Str before, after; /* absent: NULL */
} RowCell;
typedef struct RowCells {
    Arena *arena;
    RowCell *cells;
    size_t count, capacity;
} RowCells;
/* False, and nothing done: a row of the new key is there. Cells of one row stand together. */
bool row_change(Tx *tx, const RowChange *change, RowCells *cells);
/* The row of this key (a value for each column, those of the key count), to be changed: after is as before. False:
 * there is none. */
bool row_find(Tx *tx, const StoreTable *table, const RowValue *key, RowChange *change);
/* By name, which has to be there. */
RowValue *row_value(const StoreTable *table, RowValue *values, const char *column);
/* From the last to the first. */
void cells_undo(Tx *tx, const RowCells *cells);

#endif
