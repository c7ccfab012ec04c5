// SPDX-License-Identifier: EUPL-1.2
/* The migrations in schema/: read once, written for both engines.
 *
 * schema_read gives the tables as they are after the last migration, and each migration as
 * text of SQLite and of PostgreSQL. schema_apply runs the SQLite side on a connection, which
 * finds what this reader does not look at (a foreign key to nowhere, a default of a wrong type).
 */
#ifndef WSPOLNIE_TOOLS_SCHEMA_H
#define WSPOLNIE_TOOLS_SCHEMA_H

#include "floors.h"
#include "sql_lexer.h"
#include <sqlite3.h>

typedef enum ColumnType { TYPE_NONE, TYPE_ID, TYPE_INT, TYPE_BOOL, TYPE_REAL, TYPE_TEXT, TYPE_BYTES } ColumnType;

/* TYPE_NONE when it is none of ours. */
ColumnType column_type_named(Str name);
const char *column_type_name(ColumnType type);
const char *column_type_postgres(ColumnType type); /* "bigint" */
const char *column_type_constant(ColumnType type); /* "BOOL" of query.h's STORE_BOOL */

typedef struct Column {
    Str name;
    ColumnType type;
    bool nullable;
    bool has_default;
    bool in_key;
    Str retention; /* of a personal column; absent otherwise */
} Column;

typedef struct Table {
    Str name, family, room;
    bool is_local; /* stays with this installation: not exported */
    Column *columns;
    size_t count;
} Table;

typedef struct SchemaStatement {
    size_t line;
    Str sqlite, postgres;
} SchemaStatement;

typedef struct SchemaMigration {
    const char *path;
    Str name;
    int64_t number, compatible;
    SchemaStatement *statements;
    size_t count;
} SchemaMigration;

typedef struct Schema {
    Compiler *compiler;
    const Floors *floors; /* NULL: rooms are not checked */
    Table *tables;
    size_t table_count;
    SchemaMigration *migrations;
    size_t migration_count;
} Schema;

/* All of DIR/NNNN_name.sql in order of number. */
Schema schema_read(Compiler *compiler, const Floors *floors, const char *dir);
/* Adds one migration; path names it in errors and gives its number. */
void schema_add(Schema *schema, const char *path, Str text);
void schema_apply(const Schema *schema, sqlite3 *db);

/* NULL where there is none. */
Table *schema_table(const Schema *schema, Str name);
const Column *table_column(const Table *table, Str name);

/* schema.c of the program: store_migrations, store_personal_columns, store_tables. */
Str schema_emit(const Schema *schema);

#endif
