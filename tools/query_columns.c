// SPDX-License-Identifier: EUPL-1.2
/* What a statement gives: the items of its SELECT or RETURNING, with name, type and NULL-ness. */
#include "query_spec.h"

#include "list.h"

/* A table, or a subquery (no table), in the FROM of the outermost SELECT. */
typedef struct Source {
    Str alias;
    const Table *table;
    bool outer; /* stands to the right of a LEFT JOIN */
} Source;

typedef struct Columns {
    const QueryFile *file;
    QuerySpec *spec;
    const Schema *schema;
    Source *sources;
    size_t source_count;
    bool compound; /* of several SELECTs: the first one's columns do not speak for the others */
} Columns;

static const char FROM_ENDS[] = "WHERE GROUP HAVING ORDER LIMIT WINDOW UNION EXCEPT INTERSECT RETURNING SET FOR";

static void add_source(Columns *columns, SqlText body, size_t i, bool outer) {
    const SqlToken *first = sql_at(body, i);
    Source source = {.alias = first->text, .outer = outer};
    size_t next = i + 1;
    if (sql_is(first, "(")) {
        next = sql_closing(body, i) + 1;
        source.alias = STR_ABSENT;
        if (!sql_is(sql_at(body, i + 1), "SELECT"))
            compiler_error(columns->file->compiler, columns->file->path, first->line,
                           "write joins without parentheses");
    } else source.table = schema_table(columns->schema, first->text);
    if (sql_is(sql_at(body, next), "AS")) next++;
    if (sql_at(body, next)->kind == SQL_WORD && sql_at(body, next)->depth == 0 &&
        !sql_is_one_of(sql_at(body, next), FROM_ENDS) &&
        !sql_is_one_of(sql_at(body, next), "JOIN LEFT INNER CROSS ON USING NATURAL RIGHT FULL"))
        source.alias = sql_at(body, next)->text;
    columns->sources =
        list_room(columns->file->compiler->arena, columns->sources, columns->source_count, sizeof source);
    columns->sources[columns->source_count++] = source;
}

static void read_sources(Columns *columns, SqlText body, size_t from) {
    bool outer = false;
    for (size_t i = from; i < body.count; i++) {
        const SqlToken *token = &body.tokens[i];
        if (token->depth) continue;
        if (i > from && sql_is_one_of(token, FROM_ENDS)) return;
        if (sql_is(token, "LEFT")) outer = true;
        if (!sql_is_one_of(token, "FROM JOIN ,")) continue;
        add_source(columns, body, i + 1, outer && sql_is(token, "JOIN"));
        outer = false;
    }
}

static const Source *source_named(const Columns *columns, Str alias) {
    for (size_t i = 0; i < columns->source_count; i++)
        if (str_equal(columns->sources[i].alias, alias)) return &columns->sources[i];
    return NULL;
}

/* The one source that has such a column; none where a subquery might have it too. */
static const Source *source_having(const Columns *columns, Str name) {
    const Source *having = NULL;
    for (size_t i = 0; i < columns->source_count; i++) {
        const Source *source = &columns->sources[i];
        if (!source->table) return NULL;
        if (table_column(source->table, name)) having = source;
    }
    return having;
}

/* The column a bare name stands for, when its DDL may speak for it. */
static const Column *bare_column(const Columns *columns, SqlText value) {
    if (value.count != 1 && !(value.count == 3 && sql_is(sql_at(value, 1), "."))) return NULL;
    Str name = sql_at(value, value.count - 1)->text;
    const Source *source =
        value.count == 3 ? source_named(columns, sql_at(value, 0)->text) : source_having(columns, name);
    if (!source || !source->table || source->outer || columns->compound) return NULL;
    return table_column(source->table, name);
}

static bool read_typed_alias(const Columns *columns, const SqlToken *token, QueryValue *value) {
    ptrdiff_t colon = str_index_of_char(token->text, ':');
    if (colon < 0) {
        compiler_error(columns->file->compiler, columns->file->path, token->line,
                       "\"%.*s\": a quoted alias is \"name:type\" or \"name:type?\"", STR_FORMAT(token->text));
        return false;
    }
    Str type = str_skip(token->text, (size_t)colon + 1);
    value->optional = str_ends_with(type, STR("?"));
    if (value->optional) type = str_slice(type, 0, type.size - 1);
    value->name = str_slice(token->text, 0, (size_t)colon);
    value->type = column_type_named(type);
    if (value->type == TYPE_NONE)
        compiler_error(columns->file->compiler, columns->file->path, token->line, "\"%.*s\": not a type: '%.*s'",
                       STR_FORMAT(token->text), STR_FORMAT(type));
    return value->type != TYPE_NONE;
}

/* Name and type of an item, and in *value_end where its alias begins. */
static bool read_item(const Columns *columns, SqlText item, QueryValue *value, size_t *value_end) {
    const SqlToken *last = sql_at(item, item.count - 1), *before = sql_at(item, item.count - 2);
    bool has_as = item.count > 2 && sql_is(before, "AS");
    *value_end = item.count - (has_as ? 2 : last->kind == SQL_QUOTED ? 1 : 0);
    const Column *column = bare_column(columns, sql_slice(item, 0, *value_end));
    if (last->kind == SQL_QUOTED) {
        if (!read_typed_alias(columns, last, value)) return false;
        bool numbers = column && column->type <= TYPE_INT && value->type <= TYPE_INT;
        if (column && column->type != value->type && !numbers)
            compiler_error(columns->file->compiler, columns->file->path, last->line, "%.*s is %s in the schema",
                           STR_FORMAT(column->name), column_type_name(column->type));
        return true;
    }
    if (column) {
        *value = (QueryValue){
            .name = has_as ? last->text : column->name, .type = column->type, .optional = column->nullable};
        return true;
    }
    if (sql_is(last, "*"))
        compiler_error(columns->file->compiler, columns->file->path, last->line, "name the columns instead of *");
    else
        compiler_error(
            columns->file->compiler, columns->file->path, sql_at(item, 0)->line,
            "%.*s…: what is no plain column of an inner table carries its type: AS \"name:int\", AS \"name:text?\"",
            STR_FORMAT(sql_at(item, 0)->text));
    return false;
}

static void add_column(Columns *columns, SqlText item) {
    QuerySpec *spec = columns->spec;
    QueryValue value = {0};
    size_t value_end;
    if (item.count == 0 || !read_item(columns, item, &value, &value_end)) return;
    size_t line = sql_at(item, 0)->line;
    value.row = sql_at(item, 0)->row;
    if (!query_name_is_fit(value.name))
        compiler_error(columns->file->compiler, columns->file->path, line, "not fit to name a field in C: %.*s",
                       STR_FORMAT(value.name));
    for (size_t i = 0; i < spec->column_count; i++)
        if (!spec->columns[i].row && !value.row && str_equal(spec->columns[i].name, value.name))
            compiler_error(columns->file->compiler, columns->file->path, line, "two columns are called %.*s",
                           STR_FORMAT(value.name));
    spec->columns = list_room(columns->file->compiler->arena, spec->columns, spec->column_count, sizeof value);
    spec->columns[spec->column_count++] = value;
}

static size_t end_of_items(SqlText body, size_t from) {
    for (size_t i = from; i < body.count; i++)
        if (body.tokens[i].depth == 0 && (sql_is(&body.tokens[i], "FROM") || sql_is_one_of(&body.tokens[i], FROM_ENDS)))
            return i;
    return body.count;
}

static void read_items(Columns *columns, SqlText body, size_t from, size_t end) {
    if (sql_is(sql_at(body, from), "DISTINCT")) from++;
    for (size_t to; from < end; from = to + 1) {
        to = sql_find(sql_slice(body, 0, end), from, 0, ",");
        add_column(columns, sql_slice(body, from, to));
    }
}

/* The table an INSERT, UPDATE or DELETE changes: all that RETURNING can name. */
static void read_target(Columns *columns, SqlText body) {
    size_t verb = 0;
    while (verb < body.count && (body.tokens[verb].depth || !sql_is_one_of(&body.tokens[verb], "INSERT UPDATE DELETE")))
        verb++;
    bool update = sql_is(sql_at(body, verb), "UPDATE");
    add_source(columns, body, verb + (update ? 1 : 2), false);
}

void query_columns_read(const QueryFile *file, QuerySpec *spec, const Schema *schema) {
    Columns columns = {.file = file, .spec = spec, .schema = schema};
    SqlText body = spec->body;
    size_t returning = sql_find(body, 0, 0, "RETURNING");
    if (returning < body.count) {
        read_target(&columns, body);
        read_items(&columns, body, returning + 1, body.count);
    } else if (!spec->changes) {
        size_t select = sql_find(body, 0, 0, "SELECT"), end = end_of_items(body, select + 1);
        read_sources(&columns, body, end);
        columns.compound = sql_find(body, 0, 0, "UNION") < body.count || sql_find(body, 0, 0, "EXCEPT") < body.count ||
                           sql_find(body, 0, 0, "INTERSECT") < body.count;
        if (select < body.count) read_items(&columns, body, select + 1, end);
    }
}
