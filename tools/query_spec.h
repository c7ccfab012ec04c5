// SPDX-License-Identifier: EUPL-1.2
/* A room's .sql file between its reader, its checks and its writer (docs/internals/queries.md).
 *
 *     QueryFile file = query_file_read(compiler, path, STR("walks"), text);
 *     query_file_check(&file, &schema, &floors, db);       // fills columns and texts
 *     query_file_emit(&file, dir);
 */
#ifndef WSPOLNIE_TOOLS_QUERY_SPEC_H
#define WSPOLNIE_TOOLS_QUERY_SPEC_H

#include "schema.h"

typedef enum QueryKind { QUERY_MANY, QUERY_ONE, QUERY_EXEC } QueryKind;

typedef struct QueryValue {
    Str name;
    ColumnType type;
    bool optional; /* may be NULL */
    bool list;     /* of parameters: id[] */
    unsigned row;  /* of columns: 1 + index of the row they are part of; 0: none */
} QueryValue;

/* "-- row: name": items that several queries give, as one struct. */
typedef struct QueryRow {
    Str name;
    size_t line;
    Str *remarks;
    size_t remark_count;
    SqlText items;
    const QueryValue *columns; /* as the first query that gives it has them; NULL: none yet */
    size_t column_count;
} QueryRow;

typedef struct QuerySpec {
    Str name;
    size_t line; /* of its -- name: */
    QueryKind kind;
    QueryValue *parameters;
    size_t parameter_count;
    Str *remarks; /* the lines under -- name: */
    size_t remark_count;
    SqlText body; /* of SQLite, and of PostgreSQL where there is no variant */
    SqlText postgres_body;
    /* From the checks: */
    QueryValue *columns;
    size_t column_count;
    Str sqlite, postgres;
    bool changes;
} QuerySpec;

typedef struct QueryFile {
    Compiler *compiler;
    const char *path;
    Str room;
    QueryRow *rows;
    size_t row_count;
    QuerySpec *queries;
    size_t count;
} QueryFile;

QueryFile query_file_read(Compiler *compiler, const char *path, Str room, Str text);
void query_file_check(QueryFile *file, const Schema *schema, const Floors *floors, sqlite3 *db);
void query_file_emit(const QueryFile *file, const char *dir);

/* What may be called so in C too: small letters, digits and _, no word of C and none of the writer's own. */
bool query_name_is_fit(Str name);

/* Does a comment begin a query, or a row? */
bool query_begins(const SqlToken *token);

/* query_rows.c. Reads a row from its comment on; gives the index behind it. */
bool query_row_begins(const SqlToken *token);
size_t query_row_read(QueryFile *file, SqlText all, size_t i);
/* Puts the items of the {name} at token i behind body's tokens; gives the index behind it. */
size_t query_row_expand(const QueryFile *file, SqlText all, size_t i, SqlText *body);
/* Takes the rows' types from a query's columns, or compares them with what is known. */
void query_rows_learn(const QueryFile *file, const QuerySpec *spec);
void query_rows_check(const QueryFile *file);

/* query_columns.c: what a statement gives, by its text; an error for what it does not say. */
void query_columns_read(const QueryFile *file, QuerySpec *spec, const Schema *schema);

/* query_scope.c: refusals that need the tables. */
void query_scope_check(const QueryFile *file, const QuerySpec *spec, const Schema *schema);

/* query_text.c: the statement as one engine takes it. offsets[i] is where token i of body begins, for errors. */
typedef enum QueryEngine { ENGINE_SQLITE, ENGINE_POSTGRES } QueryEngine;
Str query_text(const QueryFile *file, const QuerySpec *spec, SqlText body, QueryEngine engine, size_t *offsets);

#endif
