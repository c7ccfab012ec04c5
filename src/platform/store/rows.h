// SPDX-License-Identifier: EUPL-1.2
/* Rows: reading and writing any table by what the schema says of it (store_tables), so that nothing which works on
 * all tables can forget one: export and import (platform/dump).
 *
 * The statements are put together here from the tables' own names; nothing that was typed gets into them.
 */
#ifndef WSPOLNIE_STORE_ROWS_H
#define WSPOLNIE_STORE_ROWS_H

#include "platform/base/buffer.h"
#include "platform/store/query.h"

typedef struct RowValue {
    bool is_null;
    int64_t integer; /* of an id, an int, a bool */
    double real;
    Str text; /* of a text, of bytes */
} RowValue;

/* For what works on any table: a statement of this text, parameters in the order of their first appearance, so that
 * "$2" is SQLite's second as well; and values of a column's type. */
Query row_query(const StoreTable *table, const char *text, bool changes);
RowValue row_value_read(Statement *statement, int place, StoreType type);
RowValue *row_values_read(Statement *statement, Arena *arena,
                          const StoreTable *table); /* of a statement that gives all */
void row_value_bind(Statement *statement, int parameter, StoreType type, const RowValue *value);
bool row_value_is_same(const RowValue *one, const RowValue *other);

typedef struct RowScope {
    Id series;        /* its editions, and whom and what they refer to; 0: everything */
    bool with_people; /* persons, their consents, and what is marked PERSONAL; without it these stay behind, and
                         whoever refers to a person refers to nobody */
} RowScope;

/* NULL where there is none. */
const StoreTable *row_table(Str name);
/* False for tables that stay with the installation, and those the scope leaves out. */
bool row_scope_has(const StoreTable *table, const RowScope *scope);

/* The table's rows in the scope, by key. values: one for each column; they live in the transaction's arena. */
typedef void (*RowSeen)(void *context, const StoreTable *table, const RowValue *values);
void rows_each(Tx *tx, const StoreTable *table, const RowScope *scope, RowSeen seen, void *context);

typedef enum RowFate { ROW_ADDED, ROW_SAME, ROW_DIFFERS } RowFate;
/* Adds the row, unless one with its key is there: the same, or another, which stays as it is. without_people: the row
 * tells of no person and nothing personal (RowScope), so that what it leaves out says nothing against the one that is
 * there. *differs, where they do: names of columns, "name, words". */
RowFate row_put(Tx *tx, const StoreTable *table, const RowValue *values, bool without_people, Str *differs);

/* Makes empty what the schema marks PERSONAL with this retention, in these editions' rows: NULL, or nothing written
 * where there must be something. A row's version moves on, so that a form opened earlier does not bring it back. Tells
 * of each column of which there was something in how many rows. */
typedef struct RowsForgotten {
    const PersonalColumn *column;
    int64_t rows;
} RowsForgotten;
typedef struct RowsForgottenList {
    RowsForgotten *columns;
    size_t count;
} RowsForgottenList;
RowsForgottenList rows_forget(Tx *tx, const char *retention, IdList editions);

/* How many rows of a table a series keeps in which something personal stands (in any column marked PERSONAL; of a table
 * without such marks, all), and of how many people: those that its column `person` names (NULL: none does). is_whole:
 * the table's rows are not told apart by series, and all are counted. False: no such table, or column. */
typedef struct RowsKept {
    int64_t rows, people;
    bool is_whole;
} RowsKept;
bool rows_count_kept(Tx *tx, const char *table, const char *person, Id series, RowsKept *kept);

#endif
