// SPDX-License-Identifier: EUPL-1.2
#include "schema.h"

#include "list.h"
#include "portable.h"
#include <dirent.h>
#include <errno.h>

static const struct {
    const char *name, *constant, *sqlite, *postgres;
} TYPES[] = {
    [TYPE_NONE] = {"", "", "", ""},
    [TYPE_ID] = {"id", "ID", "INTEGER", "bigint"},
    [TYPE_INT] = {"int", "INT", "INTEGER", "bigint"},
    [TYPE_BOOL] = {"bool", "BOOL", "INTEGER", "smallint"},
    [TYPE_REAL] = {"real", "REAL", "REAL", "double precision"},
    [TYPE_TEXT] = {"text", "TEXT", "TEXT", "text"},
    [TYPE_BYTES] = {"bytes", "BYTES", "BLOB", "bytea"},
};

ColumnType column_type_named(Str name) {
    for (ColumnType type = TYPE_ID; type <= TYPE_BYTES; type++)
        if (str_equal(name, str_from_c(TYPES[type].name))) return type;
    return TYPE_NONE;
}

const char *column_type_name(ColumnType type) { return TYPES[type].name; }
const char *column_type_postgres(ColumnType type) { return TYPES[type].postgres; }
const char *column_type_constant(ColumnType type) { return TYPES[type].constant; }

Table *schema_table(const Schema *schema, Str name) {
    for (size_t i = 0; i < schema->table_count; i++)
        if (str_equal(schema->tables[i].name, name)) return &schema->tables[i];
    return NULL;
}

const Column *table_column(const Table *table, Str name) {
    for (size_t i = 0; i < table->count; i++)
        if (str_equal(table->columns[i].name, name)) return &table->columns[i];
    return NULL;
}

/* One statement of a migration on its way to both engines. */
typedef struct Reader {
    Schema *schema;
    SchemaMigration *migration;
    Buffer sqlite, postgres;
} Reader;

#define reader_error(reader, line, ...) \
    compiler_error((reader)->schema->compiler, (reader)->migration->path, (line), __VA_ARGS__)

static void add_both(Reader *reader, Str text) {
    buffer_add(&reader->sqlite, text);
    buffer_add(&reader->postgres, text);
}

static void add_tokens(Reader *reader, SqlText text) {
    for (size_t i = 0; i < text.count; i++) {
        sql_add(&reader->sqlite, &text.tokens[i]);
        sql_add(&reader->postgres, &text.tokens[i]);
    }
}

/* PostgreSQL's appendix "SQL Key Words", 15: reserved, or reserved but for functions and types. SQLite's are among them
 * but for the last line. */
static const char RESERVED[] = "all analyse analyze and any array as asc asymmetric authorization binary both case "
                               "cast check collate collation column concurrently "
                               "constraint create cross current_catalog current_date current_role current_schema "
                               "current_time current_timestamp current_user default "
                               "deferrable desc distinct do else end except false fetch for foreign freeze from full "
                               "grant group having ilike in initially inner "
                               "intersect into is isnull join lateral leading left like limit localtime localtimestamp "
                               "natural not notnull null offset on only or "
                               "order outer overlaps placing primary references returning right select session_user "
                               "similar some symmetric table tablesample then to "
                               "trailing true union unique user using variadic verbose when where window with "
                               "add alter autoincrement between commit delete drop escape exists glob if index indexed "
                               "insert nothing regexp set transaction update values";

static bool check_name(Reader *reader, const SqlToken *token, const char *what) {
    if (sql_is_one_of(token, RESERVED)) {
        reader_error(reader, token->line, "%.*s is reserved in SQL: not fit to name a %s", STR_FORMAT(token->text),
                     what);
        return false;
    }
    if (token->kind == SQL_WORD && sql_is_lower_name(token->text)) return true;
    reader_error(reader, token->line, "a %s's name is written in small letters, digits and _", what);
    return false;
}

static void check_references(Reader *reader, const Table *table, SqlText text) {
    for (size_t i = sql_find(text, 0, -1, "REFERENCES"); i < text.count; i = sql_find(text, i + 1, -1, "REFERENCES")) {
        const SqlToken *name = sql_at(text, i + 1);
        if (!str_equal(name->text, table->name) && !schema_table(reader->schema, name->text))
            reader_error(reader, name->line, "no such table yet: %.*s", STR_FORMAT(name->text));
        else if (!sql_is(sql_at(text, i + 2), "("))
            reader_error(reader, name->line, "REFERENCES %.*s (column) names the column", STR_FORMAT(name->text));
    }
}

/* name type constraints [PERSONAL retention] */
static void read_column(Reader *reader, Table *table, SqlText item) {
    const SqlToken *name = sql_at(item, 0), *type = sql_at(item, 1);
    if (!check_name(reader, name, "column")) return;
    Column column = {.name = name->text, .type = column_type_named(type->text), .nullable = true};
    if (column.type == TYPE_NONE)
        reader_error(reader, name->line, "%.*s: not a type: %.*s (id int bool real text bytes)", STR_FORMAT(name->text),
                     STR_FORMAT(type->text));
    if (table_column(table, name->text))
        reader_error(reader, name->line, "the column %.*s is there already", STR_FORMAT(name->text));
    size_t end = sql_find(item, 2, -1, "PERSONAL");
    if (end < item.count) {
        column.retention = sql_at(item, end + 1)->text;
        if (sql_at(item, end + 1)->kind != SQL_WORD || end + 2 < item.count)
            reader_error(reader, sql_at(item, end)->line, "PERSONAL ends the column and names how long it is kept");
    }
    SqlText rest = sql_slice(item, 2, end);
    for (size_t i = 0; i < rest.count; i++)
        if (sql_is(sql_at(rest, i + 1), "NULL") && sql_is(sql_at(rest, i), "NOT")) column.nullable = false;
    bool key = sql_find(rest, 0, -1, "PRIMARY") < rest.count;
    column.has_default = sql_find(rest, 0, -1, "DEFAULT") < rest.count;
    check_references(reader, table, rest);

    sql_add(&reader->sqlite, name);
    sql_add(&reader->postgres, name);
    buffer_format(&reader->sqlite, " %s", TYPES[column.type].sqlite);
    buffer_format(&reader->postgres, " %s", TYPES[column.type].postgres);
    if (column.type == TYPE_TEXT) buffer_add(&reader->postgres, STR(" COLLATE \"C\""));
    if (key && column.nullable) add_both(reader, STR(" NOT NULL"));
    column.nullable = column.nullable && !key;
    column.in_key = key;
    add_tokens(reader, rest);
    if (column.type == TYPE_BOOL) {
        Str check = str_format(reader->schema->compiler->arena, " CHECK (%.*s IN (0, 1))", STR_FORMAT(column.name));
        add_both(reader, check);
    }
    table->columns = list_room(reader->schema->compiler->arena, table->columns, table->count, sizeof column);
    table->columns[table->count++] = column;
}

/* SQLite lets a NULL into a key of several columns; PostgreSQL makes the columns NOT NULL. */
static void read_key(Reader *reader, Table *table, SqlText item, size_t first_column) {
    for (size_t i = first_column; i < item.count && !sql_is(sql_at(item, i), ")"); i++) {
        for (size_t k = 0; k < table->count; k++) {
            Column *column = &table->columns[k];
            if (!str_equal(column->name, sql_at(item, i)->text)) continue;
            column->in_key = true;
            if (column->nullable)
                reader_error(reader, sql_at(item, i)->line, "%.*s is part of the key: write NOT NULL",
                             STR_FORMAT(column->name));
        }
    }
}

/* SQLite keeps a table by a hidden number and every key but a single integer in an index beside it. Where the key
 * alone can order the rows, one tree in place of two halves the pages a change writes and keeps an edition's rows
 * together. Not where rows carry bytes: a large row stands better in a table of its own (sqlite.org/withoutrowid). */
static bool is_kept_by_key(const Table *table) {
    size_t key_columns = 0;
    bool has_integer_key = false, has_bytes = false;
    for (size_t i = 0; i < table->count; i++) {
        const Column *column = &table->columns[i];
        if (column->in_key) {
            key_columns++;
            has_integer_key = column->type == TYPE_ID || column->type == TYPE_INT;
        } else if (column->type == TYPE_BYTES) {
            has_bytes = true;
        }
    }
    return key_columns && !(key_columns == 1 && has_integer_key) && !has_bytes;
}

static void read_item(Reader *reader, Table *table, SqlText item, Str *key) {
    if (!sql_is_one_of(sql_at(item, 0), "PRIMARY FOREIGN UNIQUE CHECK CONSTRAINT")) {
        read_column(reader, table, item);
        if (sql_find(item, 2, 0, "PRIMARY") < item.count || sql_find(item, 2, 1, "PRIMARY") < item.count)
            *key = sql_at(item, 0)->text;
        return;
    }
    size_t primary = sql_find(item, 0, -1, "PRIMARY");
    if (primary < item.count) {
        *key = sql_at(item, primary + 3)->text;
        read_key(reader, table, item, primary + 3);
    }
    check_references(reader, table, item);
    add_tokens(reader, item);
}

static void read_marks(Reader *reader, Table *table, SqlText marks, size_t line) {
    for (size_t i = 0; i < marks.count; i++) {
        const SqlToken *mark = sql_at(marks, i);
        if (sql_is(mark, "LOCAL")) table->is_local = true;
        else if (sql_is(mark, "FAMILY")) table->family = sql_at(marks, ++i)->text;
        else if (sql_is(mark, "ROOM")) table->room = sql_at(marks, ++i)->text;
        else
            reader_error(reader, mark->line,
                         "after a table stand FAMILY name ROOM name, and LOCAL where it is not exported");
    }
    static const char *const FAMILIES[] = {"installation", "organisation", "person", "edition"};
    bool known = false;
    for (size_t i = 0; i < sizeof FAMILIES / sizeof *FAMILIES; i++)
        known |= str_equal(table->family, str_from_c(FAMILIES[i]));
    if (!known)
        reader_error(reader, line, "%.*s: FAMILY is one of installation, organisation, person, edition",
                     STR_FORMAT(table->name));
    if (str_is_empty(table->room)) reader_error(reader, line, "%.*s: ROOM is missing", STR_FORMAT(table->name));
    else if (reader->schema->floors && !floors_of(reader->schema->floors, table->room))
        reader_error(reader, line, "no such room: %.*s", STR_FORMAT(table->room));
}

static void read_create_table(Reader *reader, SqlText text) {
    Schema *schema = reader->schema;
    const SqlToken *name = sql_at(text, 2);
    if (!check_name(reader, name, "table")) return;
    if (schema_table(schema, name->text))
        reader_error(reader, name->line, "the table %.*s is there already", STR_FORMAT(name->text));
    Table table = {.name = name->text};
    size_t close = sql_closing(text, 3);
    if (!sql_is(sql_at(text, 3), "(") || close == text.count) {
        reader_error(reader, name->line, "CREATE TABLE name ( … ) is expected");
        return;
    }
    Str key = STR_ABSENT;
    add_tokens(reader, sql_slice(text, 0, 4));
    for (size_t from = 4, to; from < close; from = to + 1) {
        to = sql_find(sql_slice(text, 0, close), from, 1, ",");
        read_item(reader, &table, sql_slice(text, from, to), &key);
        if (to < close) add_both(reader, STR(","));
    }
    add_both(reader, STR(")"));
    buffer_add(&reader->sqlite, STR(" STRICT"));
    if (is_kept_by_key(&table)) buffer_add(&reader->sqlite, STR(", WITHOUT ROWID"));
    read_marks(reader, &table, sql_slice(text, close + 1, text.count), name->line);
    if (str_is_empty(key)) reader_error(reader, name->line, "%.*s has no PRIMARY KEY", STR_FORMAT(table.name));
    else if (str_equal(table.family, STR("edition")) && !str_equal(table.name, STR("edition")) &&
             !str_equal(key, STR("edition")))
        reader_error(reader, name->line, "%.*s: the key of an edition's table leads with edition",
                     STR_FORMAT(table.name));
    schema->tables = list_room(schema->compiler->arena, schema->tables, schema->table_count, sizeof table);
    schema->tables[schema->table_count++] = table;
}

/* MARK COLUMN name PERSONAL retention: of what is there already. No engine hears of it. */
static void read_mark(Reader *reader, Table *table, SqlText text) {
    const SqlToken *name = sql_at(text, 5);
    const Column *known = table_column(table, name->text);
    Column *column = known ? &table->columns[known - table->columns] : NULL;
    if (!column) reader_error(reader, name->line, "no such column: %.*s", STR_FORMAT(name->text));
    else if (text.count != 8 || !sql_is(sql_at(text, 6), "PERSONAL") || sql_at(text, 7)->kind != SQL_WORD)
        reader_error(reader, name->line, "MARK COLUMN name PERSONAL and how long it is kept");
    else column->retention = sql_at(text, 7)->text;
}

static void read_alter(Reader *reader, SqlText text) {
    Table *table = schema_table(reader->schema, sql_at(text, 2)->text);
    if (!table) reader_error(reader, sql_at(text, 0)->line, "no such table: %.*s", STR_FORMAT(sql_at(text, 2)->text));
    else if (sql_is(sql_at(text, 3), "MARK") && sql_is(sql_at(text, 4), "COLUMN")) read_mark(reader, table, text);
    else if (!sql_is(sql_at(text, 3), "ADD") || !sql_is(sql_at(text, 4), "COLUMN"))
        reader_error(reader, sql_at(text, 0)->line, "of ALTER TABLE there is only ADD COLUMN and MARK COLUMN");
    else {
        add_tokens(reader, sql_slice(text, 0, 5));
        read_column(reader, table, sql_slice(text, 5, text.count));
    }
}

static void read_drop(Reader *reader, SqlText text) {
    Schema *schema = reader->schema;
    add_tokens(reader, text);
    if (sql_is(sql_at(text, 1), "INDEX")) return;
    Table *table = schema_table(schema, sql_at(text, 2)->text);
    if (!sql_is(sql_at(text, 1), "TABLE") || !table) {
        reader_error(reader, sql_at(text, 0)->line, "DROP TABLE or DROP INDEX and the name of what is there");
        return;
    }
    /* The others stay in their order: each stands after those it refers to. */
    size_t after = (size_t)(&schema->tables[--schema->table_count] - table);
    memmove(table, table + 1, after * sizeof *table);
}

/* What a store spread over many machines cannot keep: numbers that one place gives, and what is checked later than at
 * its statement (tests/peers/schema_rules.c looks at what came of it). */
static void check_spreads(Reader *reader, SqlText text) {
    static const char WORDS[] = "autoincrement deferrable exclude generated identity partition inherits";
    for (size_t i = 0; i < text.count; i++)
        if (sql_is_one_of(&text.tokens[i], WORDS))
            reader_error(reader, text.tokens[i].line, "%.*s: not in a store of many machines",
                         STR_FORMAT(text.tokens[i].text));
}

static void read_statement(Reader *reader, SqlText text) {
    const SqlToken *first = sql_at(text, 0), *second = sql_at(text, 1);
    bool index = sql_is(first, "CREATE") &&
                 (sql_is(second, "INDEX") || (sql_is(second, "UNIQUE") && sql_is(sql_at(text, 2), "INDEX")));
    if (!sql_is_one_of(first, "INSERT UPDATE DELETE")) check_spreads(reader, text);
    if (sql_is(first, "CREATE") && sql_is(second, "TABLE")) read_create_table(reader, text);
    else if (sql_is(first, "ALTER") && sql_is(second, "TABLE")) read_alter(reader, text);
    else if (sql_is(first, "DROP")) read_drop(reader, text);
    else if (index) add_tokens(reader, text);
    else if (sql_is_one_of(first, "INSERT UPDATE DELETE")) {
        portable_check(reader->schema->compiler, reader->migration->path, text);
        add_tokens(reader, text);
    } else
        reader_error(reader, first->line, "a migration has no such statement: %.*s %.*s", STR_FORMAT(first->text),
                     STR_FORMAT(second->text));
    for (size_t i = 0; i < text.count; i++)
        if (text.tokens[i].kind == SQL_PARAMETER || text.tokens[i].kind == SQL_LIST)
            reader_error(reader, text.tokens[i].line, "a migration has no parameters");
}

/* Takes the comments away and looks for the mark among those before the first statement. */
static SqlText without_comments(Schema *schema, SchemaMigration *migration, SqlText text) {
    SqlToken *kept = arena_array(schema->compiler->arena, SqlToken, text.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < text.count; i++) {
        const SqlToken *token = &text.tokens[i];
        if (token->kind != SQL_COMMENT) kept[count++] = *token;
        else if (str_starts_with(token->text, STR("compatible:")) &&
                 (count || migration->compatible ||
                  !str_to_int(str_trim(str_skip(token->text, 11)), &migration->compatible)))
            compiler_error(schema->compiler, migration->path, token->line,
                           "one line -- compatible: NUMBER begins a migration");
    }
    if (migration->compatible < 1 || migration->compatible > migration->number)
        compiler_error(schema->compiler, migration->path, 1,
                       "it begins with -- compatible: and the oldest schema number (1 to %lld) whose program can work "
                       "on the result",
                       (long long)migration->number);
    return (SqlText){kept, count};
}

void schema_add(Schema *schema, const char *path, Str text) {
    Arena *arena = schema->compiler->arena;
    Str name = str_from_c(path), part;
    while (str_index_of_char(name, '/') >= 0) str_next_part(&name, '/', &part);
    SchemaMigration migration = {.path = path};
    if (name.size < 10 || name.data[4] != '_' || !str_to_int(str_slice(name, 0, 4), &migration.number) ||
        migration.number != (int64_t)schema->migration_count + 1)
        compiler_error(schema->compiler, path, 0,
                       "migrations are called NNNN_name.sql and numbered from 0001 without gaps");
    migration.name = name.size > 9 ? str_slice(name, 5, name.size - 9) : name;
    SqlText all = without_comments(schema, &migration, sql_read(schema->compiler, path, text));
    for (size_t from = 0, to; from < all.count; from = to + 1) {
        to = sql_find(all, from, 0, ";");
        if (to == all.count) compiler_error(schema->compiler, path, sql_at(all, from)->line, "a statement ends with ;");
        if (to == from) continue;
        Reader reader = {schema, &migration, buffer_in(arena), buffer_in(arena)};
        read_statement(&reader, sql_slice(all, from, to));
        if (!reader.sqlite.size) continue; /* a mark */
        migration.statements = list_room(arena, migration.statements, migration.count, sizeof *migration.statements);
        migration.statements[migration.count++] =
            (SchemaStatement){sql_at(all, from)->line, buffer_str(&reader.sqlite), buffer_str(&reader.postgres)};
    }
    schema->migrations = list_room(arena, schema->migrations, schema->migration_count, sizeof migration);
    schema->migrations[schema->migration_count++] = migration;
}

static void close_folder(void *folder) { closedir(folder); }

static int compare_paths(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

Schema schema_read(Compiler *compiler, const Floors *floors, const char *dir) {
    Schema schema = {.compiler = compiler, .floors = floors};
    DIR *folder = opendir(dir);
    if (!folder) arena_fail(compiler->arena, ERR_INPUT, "%s: cannot be read: %s", dir, strerror(errno));
    arena_defer(compiler->arena, close_folder, folder);
    const char **paths = NULL;
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (!str_ends_with(str_from_c(entry->d_name), STR(".sql"))) continue;
        paths = list_room(compiler->arena, paths, count, sizeof *paths);
        paths[count++] = str_to_c(compiler->arena, str_format(compiler->arena, "%s/%s", dir, entry->d_name));
    }
    arena_undo_now(compiler->arena, close_folder, folder);
    if (count == 0) arena_fail(compiler->arena, ERR_INPUT, "%s: holds no migrations", dir);
    qsort(paths, count, sizeof *paths, compare_paths);
    for (size_t i = 0; i < count; i++) schema_add(&schema, paths[i], compiler_read(compiler, paths[i]));
    return schema;
}

void schema_apply(const Schema *schema, sqlite3 *db) {
    for (size_t i = 0; i < schema->migration_count; i++) {
        const SchemaMigration *migration = &schema->migrations[i];
        for (size_t k = 0; k < migration->count; k++) {
            const char *sql = str_to_c(schema->compiler->arena, migration->statements[k].sqlite);
            if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
                compiler_error(schema->compiler, migration->path, migration->statements[k].line, "%s",
                               sqlite3_errmsg(db));
        }
    }
}

static Str statements_text(const Schema *schema, const SchemaMigration *migration, bool postgres) {
    Buffer out = buffer_in(schema->compiler->arena);
    for (size_t i = 0; i < migration->count; i++) {
        buffer_add(&out, postgres ? migration->statements[i].postgres : migration->statements[i].sqlite);
        buffer_add(&out, STR(";\n"));
    }
    return buffer_str(&out);
}

static void emit_migrations(const Schema *schema, Buffer *out) {
    buffer_add(out, STR("const Migration store_migrations[] = {\n"));
    for (size_t i = 0; i < schema->migration_count; i++) {
        const SchemaMigration *migration = &schema->migrations[i];
        buffer_format(out, "    {%lld, %lld, ", (long long)migration->number, (long long)migration->compatible);
        compiler_add_literal(out, migration->name);
        buffer_add(out, STR(",\n    "));
        compiler_add_literal(out, statements_text(schema, migration, false));
        buffer_add(out, STR(",\n    "));
        compiler_add_literal(out, statements_text(schema, migration, true));
        buffer_add(out, STR("},\n"));
    }
    buffer_format(out, "    {0}\n};\nconst int store_migration_count = %zu;\n\n", schema->migration_count);
}

static void emit_personal(const Schema *schema, Buffer *out) {
    size_t count = 0;
    buffer_add(out, STR("const PersonalColumn store_personal_columns[] = {\n"));
    for (size_t i = 0; i < schema->table_count; i++) {
        const Table *table = &schema->tables[i];
        for (size_t k = 0; k < table->count; k++) {
            const Column *column = &table->columns[k];
            if (str_is_absent(column->retention)) continue;
            buffer_format(out, "    {\"%.*s\", \"%.*s\", \"%.*s\"},\n", STR_FORMAT(table->name),
                          STR_FORMAT(column->name), STR_FORMAT(column->retention));
            count++;
        }
    }
    buffer_format(out, "    {0}\n};\nconst int store_personal_column_count = %zu;\n\n", count);
}

/* What SQLite knows of a column: text of the one row and value of the statement, absent where there is none. */
static Str ask_of_column(const Schema *schema, sqlite3 *db, const char *sql, const Table *table, const Column *column) {
    sqlite3_stmt *prepared = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &prepared, NULL) != SQLITE_OK)
        arena_fail(schema->compiler->arena, ERR_INTERNAL, "%s", sqlite3_errmsg(db));
    sqlite3_bind_text(prepared, 1, table->name.data, (int)table->name.size, SQLITE_STATIC);
    sqlite3_bind_text(prepared, 2, column->name.data, (int)column->name.size, SQLITE_STATIC);
    Str found = STR_ABSENT;
    if (sqlite3_step(prepared) == SQLITE_ROW)
        found = str_copy(schema->compiler->arena, str_from_c((const char *)sqlite3_column_text(prepared, 0)));
    sqlite3_finalize(prepared);
    return found;
}

static void emit_optional(Buffer *out, Str text) {
    if (str_is_absent(text)) buffer_add(out, STR("NULL"));
    else compiler_add_literal(out, text);
}

static void emit_columns(const Schema *schema, sqlite3 *db, const Table *table, Buffer *out) {
    static const char in_key[] = "SELECT 'true' FROM pragma_table_info(?1) WHERE name = ?2 AND pk > 0";
    static const char refers_to[] =
        "SELECT \"table\" FROM pragma_foreign_key_list(?1) WHERE \"from\" = ?2 AND \"to\" = 'id' ORDER BY id, seq";
    static const char otherwise[] = "SELECT dflt_value FROM pragma_table_info(?1) WHERE name = ?2";
    buffer_format(out, "static const StoreColumn columns_of_%.*s[] = {\n", STR_FORMAT(table->name));
    for (size_t i = 0; i < table->count; i++) {
        const Column *column = &table->columns[i];
        Str target = ask_of_column(schema, db, refers_to, table, column),
            value = ask_of_column(schema, db, otherwise, table, column);
        bool is_key = !str_is_absent(ask_of_column(schema, db, in_key, table, column));
        buffer_format(out, "    {\"%.*s\", STORE_%s, %s, %s, ", STR_FORMAT(column->name),
                      column_type_constant(column->type), column->nullable ? "true" : "false",
                      is_key ? "true" : "false");
        emit_optional(out, target);
        buffer_add(out, STR(", "));
        emit_optional(out, value);
        buffer_add(out, STR("},\n"));
    }
    buffer_add(out, STR("};\n"));
}

static void close_database(void *db) { sqlite3_close(db); }

static void emit_tables(const Schema *schema, Buffer *out) {
    sqlite3 *db = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        arena_fail(schema->compiler->arena, ERR_INTERNAL, "SQLite cannot open a store in memory");
    arena_defer(schema->compiler->arena, close_database, db);
    schema_apply(schema, db);
    for (size_t i = 0; i < schema->table_count; i++) emit_columns(schema, db, &schema->tables[i], out);
    buffer_add(out, STR("const StoreTable store_tables[] = {\n"));
    for (size_t i = 0; i < schema->table_count; i++) {
        const Table *table = &schema->tables[i];
        buffer_format(out, "    {\"%.*s\", \"%.*s\", \"%.*s\", %s, columns_of_%.*s, %zu},\n", STR_FORMAT(table->name),
                      STR_FORMAT(table->family), STR_FORMAT(table->room), table->is_local ? "true" : "false",
                      STR_FORMAT(table->name), table->count);
    }
    buffer_format(out, "};\nconst int store_table_count = %zu;\n", schema->table_count);
    arena_undo_now(schema->compiler->arena, close_database, db);
}

Str schema_emit(const Schema *schema) {
    Buffer out = buffer_in(schema->compiler->arena);
    buffer_add(&out,
               STR("/* Written by tools/queries from the migrations. */\n#include \"platform/store/query.h\"\n\n"));
    emit_migrations(schema, &out);
    emit_personal(schema, &out);
    emit_tables(schema, &out);
    return buffer_str(&out);
}
