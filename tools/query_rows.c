// SPDX-License-Identifier: EUPL-1.2
/* Rows that several queries give: written once under "-- row: name", meant by {name} among the items of a SELECT. */
#include "query_spec.h"

#include "list.h"

static const QueryRow *row_named(const QueryFile *file, Str name) {
    for (size_t i = 0; i < file->row_count; i++)
        if (str_equal(file->rows[i].name, name)) return &file->rows[i];
    return NULL;
}

bool query_row_begins(const SqlToken *token) {
    return token->kind == SQL_COMMENT && str_starts_with(token->text, STR("row:"));
}

size_t query_row_read(QueryFile *file, SqlText all, size_t i) {
    Compiler *compiler = file->compiler;
    QueryRow row = {.line = all.tokens[i].line, .name = str_trim(str_skip(all.tokens[i].text, 4))};
    if (!query_name_is_fit(row.name))
        compiler_error(compiler, file->path, row.line, "not fit to name a row: %.*s", STR_FORMAT(row.name));
    if (row_named(file, row.name))
        compiler_error(compiler, file->path, row.line, "two rows are called %.*s", STR_FORMAT(row.name));
    i++;
    for (; sql_at(all, i)->kind == SQL_COMMENT && !query_begins(sql_at(all, i)); i++) {
        row.remarks = list_room(compiler->arena, row.remarks, row.remark_count, sizeof *row.remarks);
        row.remarks[row.remark_count++] = all.tokens[i].text;
    }
    size_t end = i;
    while (end < all.count && !sql_is(&all.tokens[end], ";") && all.tokens[end].kind != SQL_COMMENT) end++;
    row.items = sql_slice(all, i, end);
    if (row.items.count == 0) compiler_error(compiler, file->path, row.line, "no items follow");
    else if (!sql_is(sql_at(all, end), ";"))
        compiler_error(compiler, file->path, all.tokens[end - 1].line, "the items of a row end with ;");
    file->rows = list_room(compiler->arena, file->rows, file->row_count, sizeof row);
    file->rows[file->row_count++] = row;
    return sql_is(sql_at(all, end), ";") ? end + 1 : end;
}

static bool stands_among_items(SqlText before) {
    const SqlToken *last = sql_at(before, before.count - 1);
    return before.count && sql_is_one_of(last, "SELECT DISTINCT RETURNING ,");
}

/* The tokens keep the lines they were written in, so that errors lead there. */
size_t query_row_expand(const QueryFile *file, SqlText all, size_t i, SqlText *body) {
    const SqlToken *brace = &all.tokens[i], *name = sql_at(all, i + 1);
    bool closed = name->kind == SQL_WORD && sql_is(sql_at(all, i + 2), "}");
    const QueryRow *row = closed ? row_named(file, name->text) : NULL;
    if (!closed) compiler_error(file->compiler, file->path, brace->line, "a row is meant by {name}");
    else if (!row)
        compiler_error(file->compiler, file->path, brace->line, "no row above is called %.*s", STR_FORMAT(name->text));
    else if (!stands_among_items(*body))
        compiler_error(file->compiler, file->path, brace->line, "{%.*s} stands among the items of a SELECT",
                       STR_FORMAT(name->text));
    SqlToken *tokens = (SqlToken *)(uintptr_t)body->tokens;
    for (size_t k = 0; row && k < row->items.count; k++) {
        tokens = list_room(file->compiler->arena, tokens, body->count, sizeof *tokens);
        SqlToken *token = &tokens[body->count++];
        *token = row->items.tokens[k];
        token->depth += brace->depth;
        token->row = (unsigned)(row - file->rows) + 1;
        if (k == 0) token->spaced = true;
    }
    body->tokens = tokens;
    return i + (closed ? 3 : 1);
}

static bool is_same(const QueryValue *a, const QueryValue *b) {
    return str_equal(a->name, b->name) && a->type == b->type && a->optional == b->optional;
}

static bool has_twins(const QueryValue *columns, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (str_equal(columns[i].name, columns[k].name)) return true;
    return false;
}

static void learn(const QueryFile *file, const QuerySpec *spec, size_t from, size_t count) {
    QueryRow *row = &file->rows[spec->columns[from].row - 1];
    if (!row->columns) {
        row->columns = &spec->columns[from];
        row->column_count = count;
        return;
    }
    bool same = row->column_count == count;
    for (size_t i = 0; same && i < count; i++) same = is_same(&row->columns[i], &spec->columns[from + i]);
    if (!same)
        compiler_error(file->compiler, file->path, spec->line, "{%.*s} gives other types here than in a query above",
                       STR_FORMAT(row->name));
}

void query_rows_learn(const QueryFile *file, const QuerySpec *spec) {
    for (size_t from = 0, to; from < spec->column_count; from = to) {
        unsigned row = spec->columns[from].row;
        for (to = from + 1; to < spec->column_count && spec->columns[to].row == row; to++) continue;
        if (!row) continue;
        if (has_twins(&spec->columns[from], to - from))
            compiler_error(file->compiler, file->path, spec->line, "{%.*s} gives two columns of one name",
                           STR_FORMAT(file->rows[row - 1].name));
        else learn(file, spec, from, to - from);
        Str name = file->rows[row - 1].name;
        for (size_t i = 0; i < spec->column_count; i++) {
            bool again = i >= to && spec->columns[i].row == row;
            bool taken = !spec->columns[i].row && str_equal(spec->columns[i].name, name);
            if (!again && !taken) continue;
            compiler_error(file->compiler, file->path, spec->line, "two columns are called %.*s", STR_FORMAT(name));
            return;
        }
    }
}

void query_rows_check(const QueryFile *file) {
    for (size_t i = 0; i < file->row_count; i++) {
        const QueryRow *row = &file->rows[i];
        if (!row->columns && !file->compiler->errors)
            compiler_error(file->compiler, file->path, row->line, "no query gives the row %.*s", STR_FORMAT(row->name));
        for (size_t k = 0; k < file->count; k++)
            if (str_equal(file->queries[k].name, row->name))
                compiler_error(file->compiler, file->path, file->queries[k].line, "a row is called %.*s already",
                               STR_FORMAT(row->name));
    }
}
