// SPDX-License-Identifier: EUPL-1.2
/* Refusals that need the tables: a flag that stands for a condition, an order over NULLs that does
 * not say where they go, a grouped SELECT with a column outside its GROUP BY. Names are looked up
 * among all tables the statement names, at any depth: a refusal too many is cured by qualifying. */
#include "query_spec.h"

#include "list.h"

typedef struct Named {
    Str alias;
    const Table *table;
    bool outer;
} Named;

typedef struct Scope {
    const QueryFile *file;
    const QuerySpec *spec;
    Named *named;
    size_t count;
} Scope;

#define scope_error(scope, line, ...) compiler_error((scope)->file->compiler, (scope)->file->path, (line), __VA_ARGS__)

static void read_tables(Scope *scope, const Schema *schema, SqlText body) {
    for (size_t i = 0; i < body.count; i++) {
        const Table *table = body.tokens[i].kind == SQL_WORD ? schema_table(schema, body.tokens[i].text) : NULL;
        if (!table || !sql_is_one_of(sql_at(body, i - 1), "FROM JOIN INTO UPDATE ,")) continue;
        bool outer = sql_is(sql_at(body, i - 1), "JOIN") && sql_is_one_of(sql_at(body, i - 2), "LEFT OUTER");
        const SqlToken *alias = sql_at(body, sql_is(sql_at(body, i + 1), "AS") ? i + 2 : i + 1);
        Named named = {.alias = table->name, .table = table, .outer = outer};
        if (alias->kind == SQL_WORD &&
            !sql_is_one_of(alias, "WHERE ON SET JOIN LEFT INNER CROSS GROUP ORDER LIMIT UNION"))
            named.alias = alias->text;
        scope->named = list_room(scope->file->compiler->arena, scope->named, scope->count, sizeof named);
        scope->named[scope->count++] = named;
    }
}

/* [alias.]column and nothing else. */
static bool is_bare(SqlText value) {
    return (value.count == 1 && sql_at(value, 0)->kind == SQL_WORD) ||
           (value.count == 3 && sql_at(value, 0)->kind == SQL_WORD && sql_is(sql_at(value, 1), ".") &&
            sql_at(value, 2)->kind == SQL_WORD);
}

/* The next table that may have the bare column, from *position on; NULL when there is no more. */
static const Named *next_holder(const Scope *scope, SqlText bare, size_t *position) {
    while (*position < scope->count) {
        const Named *named = &scope->named[(*position)++];
        if (bare.count == 3 && !str_equal(named->alias, sql_at(bare, 0)->text)) continue;
        if (table_column(named->table, sql_at(bare, bare.count - 1)->text)) return named;
    }
    return NULL;
}

static bool is_flag(const Scope *scope, SqlText bare) {
    size_t position = 0;
    for (const Named *named; (named = next_holder(scope, bare, &position));)
        if (table_column(named->table, sql_at(bare, bare.count - 1)->text)->type == TYPE_BOOL) return true;
    return false;
}

static void check_flags(const Scope *scope, SqlText body) {
    for (size_t i = 0; i < body.count; i++) {
        bool when = sql_is(sql_at(body, i), "WHEN") && sql_is(sql_at(body, i - 1), "CASE");
        if (!when && !sql_is_one_of(&body.tokens[i], "WHERE AND OR HAVING ON")) continue;
        size_t from = i + 1;
        while (sql_is_one_of(sql_at(body, from), "NOT (")) from++;
        size_t size = sql_is(sql_at(body, from + 1), ".") ? 3 : 1;
        const SqlToken *next = sql_at(body, from + size);
        SqlText bare = sql_slice(body, from, from + size);
        bool ends =
            next->kind == SQL_END ||
            sql_is_one_of(next,
                          ") AND OR THEN GROUP ORDER LIMIT HAVING RETURNING UNION EXCEPT INTERSECT JOIN LEFT WHERE");
        if (ends && is_bare(bare) && is_flag(scope, bare))
            scope_error(scope, sql_at(bare, 0)->line, "%.*s is no condition: write = 1 or = 0",
                        STR_FORMAT(sql_at(bare, size - 1)->text));
    }
}

/* Where what began at this depth ends: at the ')' around it, or at one of the words. */
static size_t end_of_clause(SqlText body, size_t from, int depth, const char *words) {
    for (size_t i = from; i < body.count; i++) {
        if (body.tokens[i].depth < depth) return i;
        if (body.tokens[i].depth == depth && sql_is_one_of(&body.tokens[i], words)) return i;
    }
    return body.count;
}

static bool may_be_null(const Scope *scope, SqlText bare, bool outermost) {
    Str name = sql_at(bare, bare.count - 1)->text;
    for (size_t i = 0; outermost && bare.count == 1 && i < scope->spec->column_count; i++)
        if (str_equal(scope->spec->columns[i].name, name)) return scope->spec->columns[i].optional;
    size_t position = 0;
    for (const Named *named; (named = next_holder(scope, bare, &position));)
        if (named->outer || table_column(named->table, name)->nullable) return true;
    return false;
}

static void check_order(const Scope *scope, SqlText body, size_t by) {
    int depth = body.tokens[by].depth;
    size_t end = end_of_clause(body, by + 1, depth, "LIMIT OFFSET FOR ROWS RANGE");
    for (size_t from = by + 1, to; from < end; from = to + 1) {
        to = sql_find(sql_slice(body, 0, end), from, depth, ",");
        SqlText value = sql_slice(body, from, to);
        if (sql_find(value, 0, depth, "NULLS") < value.count) continue;
        if (sql_is_one_of(sql_at(value, value.count - 1), "ASC DESC")) value.count--;
        if (is_bare(value) && may_be_null(scope, value, depth == 0))
            scope_error(scope, sql_at(value, 0)->line, "%.*s may be NULL: say NULLS FIRST or NULLS LAST",
                        STR_FORMAT(sql_at(value, value.count - 1)->text));
    }
}

static bool has_aggregate(SqlText items) {
    for (size_t i = 0; i < items.count; i++) {
        if (sql_is(&items.tokens[i], "SELECT")) return false;
        if (!sql_is_one_of(&items.tokens[i], "COUNT SUM AVG MIN MAX") || !sql_is(sql_at(items, i + 1), "(")) continue;
        if (!sql_is(sql_at(items, sql_closing(items, i + 1) + 1), "OVER")) return true;
    }
    return false;
}

static bool is_same_column(SqlText a, SqlText b) {
    bool qualified = a.count == 3 && b.count == 3;
    if (qualified && !str_equal(sql_at(a, 0)->text, sql_at(b, 0)->text)) return false;
    return is_bare(b) && str_equal(sql_at(a, a.count - 1)->text, sql_at(b, b.count - 1)->text);
}

static bool is_grouped(SqlText groups, int depth, SqlText bare) {
    for (size_t from = 0, to; from < groups.count; from = to + 1) {
        to = sql_find(groups, from, depth, ",");
        if (is_same_column(bare, sql_slice(groups, from, to))) return true;
    }
    return false;
}

static void check_select(const Scope *scope, SqlText body, size_t select) {
    int depth = body.tokens[select].depth;
    size_t end = end_of_clause(body, select + 1, depth, "UNION EXCEPT INTERSECT");
    SqlText whole = sql_slice(body, 0, end);
    size_t items_end = end_of_clause(whole, select + 1, depth, "FROM");
    size_t group = sql_find(whole, select, depth, "GROUP");
    SqlText items = sql_slice(body, select + 1, items_end);
    if (group == end && !has_aggregate(items)) return;
    SqlText groups = sql_slice(body, group + 2, end_of_clause(whole, group + 2, depth, "HAVING ORDER LIMIT WINDOW"));
    for (size_t from = 0, to; from < items.count; from = to + 1) {
        to = sql_find(items, from, depth, ",");
        SqlText value = sql_slice(items, from, sql_find(sql_slice(items, 0, to), from, depth, "AS"));
        size_t position = 0;
        if (is_bare(value) && next_holder(scope, value, &position) && !is_grouped(groups, depth, value))
            scope_error(scope, sql_at(value, 0)->line, "%.*s is selected but not grouped by",
                        STR_FORMAT(sql_at(value, value.count - 1)->text));
    }
}

void query_scope_check(const QueryFile *file, const QuerySpec *spec, const Schema *schema) {
    Scope scope = {.file = file, .spec = spec};
    SqlText body = spec->body;
    read_tables(&scope, schema, body);
    check_flags(&scope, body);
    for (size_t i = 0; i < body.count; i++) {
        if (sql_is(&body.tokens[i], "SELECT")) check_select(&scope, body, i);
        if (sql_is(&body.tokens[i], "ORDER") && sql_is(sql_at(body, i + 1), "BY")) check_order(&scope, body, i + 1);
    }
}
