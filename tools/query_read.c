// SPDX-License-Identifier: EUPL-1.2
/* Annotations: which queries a file has, with their parameters, remarks and statements. */
#include "query_spec.h"

#include "list.h"
#include <ctype.h>

bool query_name_is_fit(Str name) {
    static const char TAKEN[] =
        " auto bool break case char const constexpr continue default do double else enum extern false float for "
        "goto if inline int long nullptr register restrict return short signed sizeof static struct switch "
        "thread_local true typedef typeof union unsigned void volatile while tx row rows found statement ";
    enum { LONGEST = 60 };
    if (!sql_is_lower_name(name) || !islower((unsigned char)name.data[0]) || name.size > LONGEST) return false;
    Str rest = str_from_c(TAKEN), word;
    while (str_next_part(&rest, ' ', &word))
        if (str_equal(word, name)) return false;
    return true;
}

static Str without_end(Str text, Str end, bool *had) {
    *had = str_ends_with(text, end);
    return *had ? str_slice(text, 0, text.size - end.size) : text;
}

/* "district text?" */
static void read_parameter(const QueryFile *file, QuerySpec *spec, Str text) {
    text = str_trim(text);
    ptrdiff_t space = str_index_of_char(text, ' ');
    QueryValue value = {.name = space < 0 ? text : str_slice(text, 0, (size_t)space)};
    Str type = space < 0 ? STR("") : str_trim(str_skip(text, (size_t)space));
    type = without_end(type, STR("?"), &value.optional);
    type = without_end(type, STR("[]"), &value.list);
    value.type = column_type_named(type);
    if (!query_name_is_fit(value.name))
        compiler_error(file->compiler, file->path, spec->line, "not fit to name a parameter: %.*s",
                       STR_FORMAT(value.name));
    if (value.type == TYPE_NONE)
        compiler_error(file->compiler, file->path, spec->line,
                       "%.*s: not a type: '%.*s' (id int bool real text bytes, ? may be NULL)", STR_FORMAT(value.name),
                       STR_FORMAT(type));
    if (value.list && (value.type != TYPE_ID || value.optional))
        compiler_error(file->compiler, file->path, spec->line, "%.*s: a list is id[]", STR_FORMAT(value.name));
    for (size_t i = 0; i < spec->parameter_count; i++)
        if (str_equal(spec->parameters[i].name, value.name))
            compiler_error(file->compiler, file->path, spec->line, "two parameters are called %.*s",
                           STR_FORMAT(value.name));
    spec->parameters = list_room(file->compiler->arena, spec->parameters, spec->parameter_count, sizeof value);
    spec->parameters[spec->parameter_count++] = value;
}

/* "turns(edition id, now_ms int) many" */
static void read_annotation(const QueryFile *file, QuerySpec *spec, Str text) {
    static const char *const KINDS[] = {[QUERY_MANY] = "many", [QUERY_ONE] = "one", [QUERY_EXEC] = "exec"};
    ptrdiff_t open = str_index_of_char(text, '('), close = str_index_of_char(text, ')');
    if (open < 0 || close < open) {
        compiler_error(file->compiler, file->path, spec->line,
                       "-- name: is followed by name(parameter type, …) and many, one or exec");
        return;
    }
    spec->name = str_trim(str_slice(text, 0, (size_t)open));
    if (!query_name_is_fit(spec->name))
        compiler_error(file->compiler, file->path, spec->line, "not fit to name a query: %.*s", STR_FORMAT(spec->name));
    for (size_t i = 0; i < file->count; i++)
        if (str_equal(file->queries[i].name, spec->name))
            compiler_error(file->compiler, file->path, spec->line, "two queries are called %.*s",
                           STR_FORMAT(spec->name));
    Str inside = str_trim(str_slice(text, (size_t)open + 1, (size_t)(close - open) - 1)), part;
    while (inside.size && str_next_part(&inside, ',', &part)) read_parameter(file, spec, part);
    Str kind = str_trim(str_skip(text, (size_t)close + 1));
    bool known = false;
    for (QueryKind k = QUERY_MANY; k <= QUERY_EXEC; k++) {
        if (!str_equal(kind, str_from_c(KINDS[k]))) continue;
        spec->kind = k;
        known = true;
    }
    if (!known)
        compiler_error(file->compiler, file->path, spec->line, "a query ends with many, one or exec, not '%.*s'",
                       STR_FORMAT(kind));
}

static bool is_name(const SqlToken *token) {
    return token->kind == SQL_COMMENT && str_starts_with(token->text, STR("name:"));
}

bool query_begins(const SqlToken *token) { return is_name(token) || query_row_begins(token); }

static bool is_variant(const SqlToken *token, const char *engine) {
    return token->kind == SQL_COMMENT && str_equal(token->text, str_from_c(engine));
}

/* A statement from token i on, without its comments; the index after its ';'. */
static size_t read_body(const QueryFile *file, const QuerySpec *spec, SqlText all, size_t i, SqlText *body) {
    SqlToken *kept = NULL;
    *body = (SqlText){0};
    while (i < all.count && !sql_is(&all.tokens[i], ";") && !query_begins(&all.tokens[i])) {
        if (sql_is(&all.tokens[i], "{")) {
            i = query_row_expand(file, all, i, body);
        } else if (all.tokens[i].kind == SQL_COMMENT) {
            i++;
        } else {
            kept = list_room(file->compiler->arena, (SqlToken *)(uintptr_t)body->tokens, body->count, sizeof *kept);
            kept[body->count++] = all.tokens[i++];
            body->tokens = kept;
        }
    }
    if (body->count == 0) compiler_error(file->compiler, file->path, spec->line, "no statement follows");
    else if (!sql_is(sql_at(all, i), ";"))
        compiler_error(file->compiler, file->path, body->tokens[body->count - 1].line, "a statement ends with ;");
    return sql_is(sql_at(all, i), ";") ? i + 1 : i;
}

static size_t read_bodies(const QueryFile *file, QuerySpec *spec, SqlText all, size_t i) {
    if (!is_variant(sql_at(all, i), "@sqlite") && !is_variant(sql_at(all, i), "@postgres"))
        return read_body(file, spec, all, i, &spec->body);
    while (is_variant(sql_at(all, i), "@sqlite") || is_variant(sql_at(all, i), "@postgres"))
        i = read_body(file, spec, all, i + 1,
                      is_variant(sql_at(all, i), "@sqlite") ? &spec->body : &spec->postgres_body);
    if (!spec->body.tokens || !spec->postgres_body.tokens)
        compiler_error(file->compiler, file->path, spec->line, "a variant needs both --@sqlite and --@postgres");
    return i;
}

static size_t read_query(QueryFile *file, SqlText all, size_t i) {
    Arena *arena = file->compiler->arena;
    QuerySpec spec = {.line = all.tokens[i].line};
    Str text = str_skip(all.tokens[i++].text, 5);
    for (; str_index_of_char(text, '(') >= 0 && str_index_of_char(text, ')') < 0 &&
           sql_at(all, i)->kind == SQL_COMMENT && !query_begins(sql_at(all, i));
         i++)
        text = str_format(arena, "%.*s %.*s", STR_FORMAT(text), STR_FORMAT(all.tokens[i].text));
    read_annotation(file, &spec, text);
    for (; sql_at(all, i)->kind == SQL_COMMENT && !query_begins(sql_at(all, i)) &&
           !str_starts_with(all.tokens[i].text, STR("@"));
         i++) {
        if (str_contains(all.tokens[i].text, STR("*/")) || str_contains(all.tokens[i].text, STR("/*")))
            compiler_error(file->compiler, file->path, all.tokens[i].line,
                           "a remark becomes a comment in C: no /* or */");
        spec.remarks = list_room(arena, spec.remarks, spec.remark_count, sizeof *spec.remarks);
        spec.remarks[spec.remark_count++] = all.tokens[i].text;
    }
    size_t errors = file->compiler->errors;
    i = read_bodies(file, &spec, all, i);
    if (errors != file->compiler->errors) spec.body = (SqlText){0}; /* nothing more is worth saying of it */
    file->queries = list_room(arena, file->queries, file->count, sizeof spec);
    file->queries[file->count++] = spec;
    return i;
}

QueryFile query_file_read(Compiler *compiler, const char *path, Str room, Str text) {
    QueryFile file = {.compiler = compiler, .path = path, .room = room};
    SqlText all = sql_read(compiler, path, text);
    for (size_t i = 0; i < all.count;) {
        const SqlToken *token = &all.tokens[i];
        if (is_name(token)) i = read_query(&file, all, i);
        else if (query_row_begins(token)) i = query_row_read(&file, all, i);
        else if (token->kind == SQL_COMMENT) i++;
        else {
            compiler_error(compiler, path, token->line, "a statement needs its line -- name: above it");
            i = sql_find(all, i, -1, ";") + 1;
        }
    }
    return file;
}
