// SPDX-License-Identifier: EUPL-1.2
/* What the functions generated from the rooms' .sql files are made of.
 *
 * Written by tools/queries, not by hand:
 *
 *     Statement *statement = statement_begin(tx, &query_walks_turns);
 *     statement_bind_int(statement, 1, edition);
 *     while (statement_step(statement)) { row->title = statement_text(statement, 0); … }
 *     statement_end(statement);
 *
 * Every failure inside goes through arena_fail with the query's name and line.
 */
#ifndef WSPOLNIE_STORE_QUERY_H
#define WSPOLNIE_STORE_QUERY_H

#include "platform/store/store.h"

/* A flag or a number that may be NULL. Text that may be NULL is a Str that may be absent. */
typedef struct OptionalInt {
    bool given;
    int64_t value;
} OptionalInt;
typedef struct OptionalReal {
    bool given;
    double value;
} OptionalReal;
static inline OptionalInt given_int(int64_t value) { return (OptionalInt){true, value}; }

typedef struct Query {
    const char *name;     /* "walks_turns" */
    const char *place;    /* "src/gathering/walks/walks.sql:12" */
    const char *sqlite;   /* numbered parameters ?1 … */
    const char *postgres; /* $1::bigint …, for the check and the second engine */
    bool changes;
    bool is_passing; /* put together while running (rows.h): not kept prepared, and gone when it has run */
} Query;

typedef struct Statement Statement;

Statement *statement_begin(Tx *tx, const Query *query);
void statement_bind_int(Statement *statement, int parameter, int64_t value); /* from 1 */
void statement_bind_real(Statement *statement, int parameter, double value);
void statement_bind_text(Statement *statement, int parameter, Str value); /* absent binds NULL */
void statement_bind_bytes(Statement *statement, int parameter, Str value);
void statement_bind_optional_int(Statement *statement, int parameter, OptionalInt value);
void statement_bind_optional_real(Statement *statement, int parameter, OptionalReal value);
bool statement_step(Statement *statement);               /* a row is there */
int64_t statement_int(Statement *statement, int column); /* from 0; NULL fails the arena */
bool statement_bool(Statement *statement, int column);
double statement_real(Statement *statement, int column);
Str statement_text(Statement *statement, int column); /* copied into the transaction's arena */
Str statement_bytes(Statement *statement, int column);
OptionalInt statement_optional_int(Statement *statement, int column);
OptionalReal statement_optional_real(Statement *statement, int column);
Str statement_optional_text(Statement *statement, int column); /* NULL gives absent */
Str statement_optional_bytes(Statement *statement, int column);
int64_t statement_end(Statement *statement); /* rows changed */

/* $ids[]: bound as one text, a JSON array, that both engines take apart as a table: one statement
 * for a list of any length. More than QUERY_LIST_LIMIT ids fail the arena (ERR_LIMIT). */
typedef struct IdList {
    const Id *ids;
    size_t count;
} IdList;
enum { QUERY_LIST_LIMIT = 4096 };
Str query_list_text(Tx *tx, IdList list);

/* For generated functions: room in the transaction's arena for one row more than count. */
void *query_room_for_row(Tx *tx, void *rows, size_t count, size_t row_size);

/* A migration as tools/queries compiles it from schema/NNNN_name.sql. */
typedef struct Migration {
    int number;
    int compatible; /* the oldest program schema that can still work on the result */
    const char *name;
    const char *sqlite;
    const char *postgres;
} Migration;
extern const Migration store_migrations[];
extern const int store_migration_count;

/* Every query of the program, for `check` to prepare on both engines. */
extern const Query *const store_queries[];
extern const int store_query_count;

/* Personal columns and how long they are kept, from the schema's PERSONAL marks. */
typedef struct PersonalColumn {
    const char *table, *column, *retention;
} PersonalColumn;
extern const PersonalColumn store_personal_columns[];
extern const int store_personal_column_count;

/* The tables as they are after the last migration, each after those it refers to; for what works
 * on all of them: export and import, copying between engines, rules about the schema. */
typedef enum StoreType { STORE_ID, STORE_INT, STORE_BOOL, STORE_REAL, STORE_TEXT, STORE_BYTES } StoreType;
typedef struct StoreColumn {
    const char *name;
    StoreType type;
    bool nullable;
    bool in_key;
    const char *refers_to; /* the table whose id this is by a foreign key, or NULL */
    const char *otherwise; /* its DEFAULT as the DDL writes it ("1"): what rows from before it have; or NULL */
} StoreColumn;
typedef struct StoreTable {
    const char *name, *family, *room;
    bool is_local; /* stays with this installation: sessions, mail that waits */
    const StoreColumn *columns;
    size_t column_count;
} StoreTable;
extern const StoreTable store_tables[];
extern const int store_table_count;

#endif
