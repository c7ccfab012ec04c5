// SPDX-License-Identifier: EUPL-1.2
/* Checks of a query against the tables: its parameters, its columns, what it touches, and whether
 * SQLite takes it. */
#include "query_spec.h"

#include "portable.h"

typedef struct Check {
    QueryFile *file;
    QuerySpec *spec;
    const Schema *schema;
    const Floors *floors;
} Check;

#define check_error(check, line, ...) compiler_error((check)->file->compiler, (check)->file->path, (line), __VA_ARGS__)

static QueryValue *parameter_named(const QuerySpec *spec, Str name) {
    for (size_t i = 0; i < spec->parameter_count; i++)
        if (str_equal(spec->parameters[i].name, name)) return &spec->parameters[i];
    return NULL;
}

static void check_use_of_parameter(Check *check, SqlText body, size_t i) {
    const SqlToken *token = &body.tokens[i];
    const QueryValue *parameter = parameter_named(check->spec, token->text);
    if (!parameter) {
        check_error(check, token->line, "$%.*s is not declared", STR_FORMAT(token->text));
        return;
    }
    bool in = sql_is(sql_at(body, i - 2), "IN") && sql_is(sql_at(body, i - 1), "(") && sql_is(sql_at(body, i + 1), ")");
    if (parameter->list != (token->kind == SQL_LIST) || (parameter->list && !in))
        check_error(check, token->line,
                    parameter->list ? "a list is used as IN ($%.*s[])" : "$%.*s is not declared as a list, id[]",
                    STR_FORMAT(token->text));
}

static void check_parameters(Check *check, SqlText body) {
    const QuerySpec *spec = check->spec;
    for (size_t i = 0; i < body.count; i++)
        if (body.tokens[i].kind == SQL_PARAMETER || body.tokens[i].kind == SQL_LIST)
            check_use_of_parameter(check, body, i);
    for (size_t k = 0; k < spec->parameter_count; k++) {
        bool used = false;
        for (size_t i = 0; i < body.count; i++)
            used |= (body.tokens[i].kind == SQL_PARAMETER || body.tokens[i].kind == SQL_LIST) &&
                    str_equal(body.tokens[i].text, spec->parameters[k].name);
        if (!used)
            check_error(check, spec->line, "the parameter %.*s is not used", STR_FORMAT(spec->parameters[k].name));
    }
}

/* Typed aliases belong to what the statement gives; any other "name" would be a quoted one. */
static void check_quoted(Check *check, SqlText body) {
    for (size_t i = 0; i < body.count; i++) {
        const SqlToken *token = &body.tokens[i];
        if (token->kind == SQL_QUOTED && (token->depth || str_index_of_char(token->text, ':') < 0))
            check_error(check, token->line,
                        "\"%.*s\": names are not quoted, and only columns the query gives carry a type",
                        STR_FORMAT(token->text));
    }
}

/* A WITH that hides a table would make its columns the table's. */
static void check_with(Check *check, SqlText body) {
    for (size_t i = 0; i < body.count; i++) {
        if (!sql_is(&body.tokens[i], "AS") || !sql_is_one_of(sql_at(body, i + 1), "( NOT MATERIALIZED")) continue;
        size_t name = i - 1;
        if (sql_is(sql_at(body, name), ")"))
            while (name > 0 && !(sql_is(&body.tokens[name], "(") && body.tokens[name].depth == body.tokens[i].depth))
                name--;
        const SqlToken *token = sql_at(body, sql_is(sql_at(body, name), "(") ? name - 1 : name);
        if (token->kind == SQL_WORD && schema_table(check->schema, token->text))
            check_error(check, token->line, "%.*s is a table: call the WITH otherwise", STR_FORMAT(token->text));
    }
}

/* An INSERT gives every column that may not be NULL: SQLite would make up a missing id. */
static void check_insert(Check *check, SqlText body) {
    size_t into = sql_find(body, 0, 0, "INTO");
    const Table *table = schema_table(check->schema, sql_at(body, into + 1)->text);
    size_t open = into + (sql_is(sql_at(body, into + 2), "AS") ? 4 : 2);
    if (!table || !sql_is(sql_at(body, open), "(")) return;
    SqlText columns = sql_slice(body, open, sql_closing(body, open));
    for (size_t k = 0; k < table->count; k++) {
        const Column *column = &table->columns[k];
        if (!column->nullable && !column->has_default &&
            sql_find(columns, 0, -1, str_to_c(check->file->compiler->arena, column->name)) == columns.count)
            check_error(check, sql_at(body, into)->line, "no value for %.*s, which is NOT NULL",
                        STR_FORMAT(column->name));
    }
}

static void check_kind(Check *check) {
    QuerySpec *spec = check->spec;
    static const char VERBS[] = "SELECT INSERT UPDATE DELETE";
    size_t verb = 0;
    while (verb < spec->body.count &&
           (spec->body.tokens[verb].depth || !sql_is_one_of(&spec->body.tokens[verb], VERBS)))
        verb++;
    if (!sql_is(sql_at(spec->body, 0), "WITH") && verb != 0) verb = spec->body.count;
    if (verb == spec->body.count) {
        check_error(check, sql_at(spec->body, 0)->line,
                    "a query is a SELECT, INSERT, UPDATE or DELETE, maybe after WITH");
        return;
    }
    spec->changes = !sql_is(sql_at(spec->body, verb), "SELECT");
    bool gives = !spec->changes || sql_find(spec->body, 0, 0, "RETURNING") < spec->body.count;
    if (gives && spec->kind == QUERY_EXEC) check_error(check, spec->line, "it gives rows: write many or one, not exec");
    if (!gives && spec->kind != QUERY_EXEC)
        check_error(check, spec->line, "it gives no rows: write exec, or RETURNING");
}

static size_t line_of_word(const QuerySpec *spec, Str word) {
    for (size_t i = 0; i < spec->body.count; i++)
        if (spec->body.tokens[i].kind == SQL_WORD && str_equal(spec->body.tokens[i].text, word))
            return spec->body.tokens[i].line;
    return spec->line;
}

/* Called by SQLite for each column read and each table written (sqlite3_set_authorizer). */
static int check_access(void *context, int action, const char *name, const char *detail, const char *database,
                        const char *inner) {
    (void)detail, (void)database, (void)inner;
    Check *check = context;
    bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    const Table *table = (writes || action == SQLITE_READ) ? schema_table(check->schema, str_from_c(name)) : NULL;
    if (!table) return SQLITE_OK;
    Str room = check->file->room;
    bool own = str_equal(table->room, room);
    bool lower = floors_of(check->floors, table->room) < floors_of(check->floors, room);
    if (own || (lower && !writes)) return SQLITE_OK;
    check_error(check, line_of_word(check->spec, table->name), "%s belongs to the room %.*s: %.*s may not %s it", name,
                STR_FORMAT(table->room), STR_FORMAT(room), writes ? "change" : "read");
    return SQLITE_DENY;
}

static size_t line_of_offset(const QuerySpec *spec, const size_t *offsets, int offset) {
    size_t line = sql_at(spec->body, 0)->line;
    for (size_t i = 0; offset >= 0 && i < spec->body.count && offsets[i] <= (size_t)offset; i++)
        line = spec->body.tokens[i].line;
    return line;
}

/* The columns were read from the text (query_columns.c); what SQLite knows of them must agree. */
static void check_columns(Check *check, sqlite3_stmt *statement) {
    const QuerySpec *spec = check->spec;
    int count = sqlite3_column_count(statement);
    if ((size_t)count != spec->column_count)
        check_error(check, spec->line, "SQLite counts %d columns, the text has %zu", count, spec->column_count);
    for (int i = 0; i < count && (size_t)i < spec->column_count; i++) {
        const Table *table = schema_table(check->schema, str_from_c(sqlite3_column_table_name(statement, i)));
        const Column *origin = table ? table_column(table, str_from_c(sqlite3_column_origin_name(statement, i))) : NULL;
        ColumnType type = spec->columns[i].type;
        if (origin && origin->type != type && (origin->type > TYPE_INT || type > TYPE_INT))
            check_error(check, spec->line, "%.*s is %s in the schema, not %s", STR_FORMAT(spec->columns[i].name),
                        column_type_name(origin->type), column_type_name(type));
    }
}

static void prepare(Check *check, sqlite3 *db) {
    QuerySpec *spec = check->spec;
    Arena *arena = check->file->compiler->arena;
    size_t *offsets = arena_array(arena, size_t, spec->body.count + 1);
    spec->sqlite = query_text(check->file, spec, spec->body, ENGINE_SQLITE, offsets);
    spec->postgres = query_text(check->file, spec, spec->postgres_body.tokens ? spec->postgres_body : spec->body,
                                ENGINE_POSTGRES, NULL);
    size_t errors = check->file->compiler->errors;
    sqlite3_stmt *statement = NULL;
    sqlite3_set_authorizer(db, check_access, check);
    int result = sqlite3_prepare_v2(db, spec->sqlite.data, (int)spec->sqlite.size, &statement, NULL);
    sqlite3_set_authorizer(db, NULL, NULL);
    if (result == SQLITE_OK && statement) check_columns(check, statement);
    else if (errors == check->file->compiler->errors)
        check_error(check, line_of_offset(spec, offsets, sqlite3_error_offset(db)), "%s", sqlite3_errmsg(db));
    sqlite3_finalize(statement);
}

static void check_query(Check *check, sqlite3 *db) {
    QuerySpec *spec = check->spec;
    size_t errors = check->file->compiler->errors;
    check_kind(check);
    check_quoted(check, spec->body);
    check_parameters(check, spec->body);
    check_with(check, spec->body);
    check_insert(check, spec->body);
    portable_check(check->file->compiler, check->file->path, spec->body);
    if (spec->postgres_body.tokens) {
        check_parameters(check, spec->postgres_body);
        portable_check(check->file->compiler, check->file->path, spec->postgres_body);
    }
    if (errors == check->file->compiler->errors) query_columns_read(check->file, spec, check->schema);
    if (errors == check->file->compiler->errors) query_rows_learn(check->file, spec);
    if (errors == check->file->compiler->errors) query_scope_check(check->file, spec, check->schema);
    if (errors == check->file->compiler->errors) prepare(check, db);
}

void query_file_check(QueryFile *file, const Schema *schema, const Floors *floors, sqlite3 *db) {
    if (!floors_of(floors, file->room))
        compiler_error(file->compiler, file->path, 0, "no such room: %.*s", STR_FORMAT(file->room));
    for (size_t i = 0; i < file->count; i++) {
        Check check = {file, &file->queries[i], schema, floors};
        if (file->queries[i].body.count) check_query(&check, db);
    }
    query_rows_check(file);
}
