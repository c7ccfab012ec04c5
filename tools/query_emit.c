// SPDX-License-Identifier: EUPL-1.2
/* The C of a room's queries: ROOM_sql.h and ROOM_sql.c. */
#include "query_spec.h"

#include <ctype.h>

/* "walks_turns" → "WalksTurns" */
static Str camel(Arena *arena, Str name) {
    Buffer out = buffer_in(arena);
    bool upper = true;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '_') upper = true;
        else {
            buffer_add_char(&out, (char)(upper ? toupper((unsigned char)name.data[i]) : name.data[i]));
            upper = false;
        }
    }
    return buffer_str(&out);
}

static const char *c_type(const QueryValue *value) {
    if (value->list) return "IdList";
    if (value->optional && value->type == TYPE_REAL) return "OptionalReal";
    if (value->optional && value->type < TYPE_REAL) return "OptionalInt";
    static const char *const NAMES[] = {"", "Id", "int64_t", "bool", "double", "Str", "Str"};
    return NAMES[value->type];
}

/* "statement_bind_…" and "statement_…" of a value. */
static const char *accessor(const QueryValue *value, bool bind) {
    static const char *const BIND[] = {"", "int", "int", "int", "real", "text", "bytes"};
    static const char *const GET[] = {"", "int", "int", "bool", "real", "text", "bytes"};
    static const char *const OPTIONAL[] = {
        "", "optional_int", "optional_int", "optional_int", "optional_real", "optional_text", "optional_bytes"};
    if (value->optional && !(bind && value->type >= TYPE_TEXT)) return OPTIONAL[value->type];
    return bind ? BIND[value->type] : GET[value->type];
}

static Str row_type(const QueryFile *file, const QuerySpec *spec) {
    Str name = str_format(file->compiler->arena, "%.*s_%.*s", STR_FORMAT(file->room), STR_FORMAT(spec->name));
    return str_format(file->compiler->arena, "%.*sRow", STR_FORMAT(camel(file->compiler->arena, name)));
}

static Str shared_row_type(const QueryFile *file, const QueryRow *row) {
    Str name = str_format(file->compiler->arena, "%.*s_%.*s", STR_FORMAT(file->room), STR_FORMAT(row->name));
    return str_format(file->compiler->arena, "%.*sRow", STR_FORMAT(camel(file->compiler->arena, name)));
}

static void emit_prototype(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    Str row = row_type(file, spec);
    if (spec->kind == QUERY_MANY) buffer_format(out, "%.*ss ", STR_FORMAT(row));
    else buffer_add(out, spec->kind == QUERY_ONE ? STR("bool ") : STR("int64_t "));
    buffer_format(out, "%.*s_sql_%.*s(Tx *tx", STR_FORMAT(file->room), STR_FORMAT(spec->name));
    for (size_t i = 0; i < spec->parameter_count; i++)
        buffer_format(out, ", %s %.*s", c_type(&spec->parameters[i]), STR_FORMAT(spec->parameters[i].name));
    if (spec->kind == QUERY_ONE) buffer_format(out, ", %.*s *row", STR_FORMAT(row));
    buffer_add_char(out, ')');
}

static void emit_remarks(const Str *remarks, size_t count, Buffer *out) {
    for (size_t i = 0; i < count; i++)
        buffer_format(out, "%s %.*s%s\n", i ? " *" : "/*", STR_FORMAT(remarks[i]), i + 1 == count ? " */" : "");
}

static void emit_shared_row(const QueryFile *file, const QueryRow *row, Buffer *out) {
    Str type = shared_row_type(file, row);
    emit_remarks(row->remarks, row->remark_count, out);
    buffer_format(out, "typedef struct %.*s {\n", STR_FORMAT(type));
    for (size_t i = 0; i < row->column_count; i++)
        buffer_format(out, "    %s %.*s;\n", c_type(&row->columns[i]), STR_FORMAT(row->columns[i].name));
    buffer_format(out, "} %.*s;\n\n", STR_FORMAT(type));
}

/* Columns of a shared row are one member of its type, where the first of them stands. */
static void emit_members(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    for (size_t i = 0; i < spec->column_count; i++) {
        const QueryValue *column = &spec->columns[i];
        if (!column->row) {
            buffer_format(out, "    %s %.*s;\n", c_type(column), STR_FORMAT(column->name));
        } else if (i == 0 || spec->columns[i - 1].row != column->row) {
            const QueryRow *row = &file->rows[column->row - 1];
            buffer_format(out, "    %.*s %.*s;\n", STR_FORMAT(shared_row_type(file, row)), STR_FORMAT(row->name));
        }
    }
}

static void emit_declaration(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    Str row = row_type(file, spec);
    if (spec->kind != QUERY_EXEC) {
        buffer_format(out, "typedef struct %.*s {\n", STR_FORMAT(row));
        emit_members(file, spec, out);
        buffer_format(out, "} %.*s;\n", STR_FORMAT(row));
    }
    if (spec->kind == QUERY_MANY)
        buffer_format(out, "typedef struct %.*ss {\n    %.*s *rows;\n    size_t count;\n} %.*ss;\n", STR_FORMAT(row),
                      STR_FORMAT(row), STR_FORMAT(row));
    emit_remarks(spec->remarks, spec->remark_count, out);
    emit_prototype(file, spec, out);
    buffer_add(out, STR(";\n\n"));
}

static Str header_of(const QueryFile *file) {
    Buffer out = buffer_in(file->compiler->arena);
    Str guard = camel(file->compiler->arena, file->room);
    buffer_format(
        &out,
        "/* Written by tools/queries from %.*s.sql. */\n#ifndef GENERATED_%.*s_SQL_H\n#define GENERATED_%.*s_SQL_H\n\n",
        STR_FORMAT(file->room), STR_FORMAT(guard), STR_FORMAT(guard));
    buffer_add(&out, STR("#include \"platform/store/query.h\"\n\n"));
    for (size_t i = 0; i < file->row_count; i++) emit_shared_row(file, &file->rows[i], &out);
    for (size_t i = 0; i < file->count; i++) emit_declaration(file, &file->queries[i], &out);
    buffer_add(&out, STR("/* For the registry of all queries. */\n"));
    for (size_t i = 0; i < file->count; i++)
        buffer_format(&out, "extern const Query query_%.*s_%.*s;\n", STR_FORMAT(file->room),
                      STR_FORMAT(file->queries[i].name));
    buffer_add(&out, STR("\n#endif\n"));
    return buffer_str(&out);
}

/* The path as from the root of the source: builds run the compiler from a folder of their own. */
static Str place_of(const QueryFile *file) {
    Str path = str_from_c(file->path);
    while (str_starts_with(path, STR("../"))) path = str_skip(path, 3);
    return path;
}

static void emit_query(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    buffer_format(out,
                  "const Query query_%.*s_%.*s = {\n    .name = \"%.*s_%.*s\",\n    .place = ", STR_FORMAT(file->room),
                  STR_FORMAT(spec->name), STR_FORMAT(file->room), STR_FORMAT(spec->name));
    Str place = place_of(file);
    compiler_add_literal(out, str_format(file->compiler->arena, "%.*s:%zu", STR_FORMAT(place), spec->line));
    buffer_add(out, STR(",\n    .sqlite = "));
    compiler_add_literal(out, spec->sqlite);
    buffer_add(out, STR(",\n    .postgres = "));
    compiler_add_literal(out, spec->postgres);
    buffer_format(out, ",\n    .changes = %s,\n};\n\n", spec->changes ? "true" : "false");
}

static void emit_fill(const QueryFile *file, const QuerySpec *spec, const char *row, const char *indent, Buffer *out) {
    for (size_t i = 0; i < spec->column_count; i++) {
        const QueryValue *column = &spec->columns[i];
        buffer_format(out, "%s%s", indent, row);
        if (column->row) buffer_format(out, "%.*s.", STR_FORMAT(file->rows[column->row - 1].name));
        buffer_format(out, "%.*s = statement_%s(statement, %zu);\n", STR_FORMAT(column->name), accessor(column, false),
                      i);
    }
}

static void emit_many(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    Str row = row_type(file, spec);
    buffer_format(out, "    %.*ss found = {0};\n    while (statement_step(statement)) {\n", STR_FORMAT(row));
    buffer_add(out, STR("        found.rows = query_room_for_row(tx, found.rows, found.count, sizeof *found.rows);\n"));
    buffer_format(out, "        %.*s *row = &found.rows[found.count++];\n", STR_FORMAT(row));
    emit_fill(file, spec, "row->", "        ", out);
    buffer_add(out, STR("    }\n    statement_end(statement);\n    return found;\n}\n\n"));
}

static void emit_one(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    buffer_format(out, "    %.*s found = {0};\n    bool is_there = statement_step(statement);\n    if (is_there) {\n",
                  STR_FORMAT(row_type(file, spec)));
    emit_fill(file, spec, "found.", "        ", out);
    buffer_format(out,
                  "        if (statement_step(statement))\n"
                  "            arena_fail(tx_arena(tx), ERR_INTERNAL, \"%%s (%%s): a second row\", "
                  "query_%.*s_%.*s.name, query_%.*s_%.*s.place);\n",
                  STR_FORMAT(file->room), STR_FORMAT(spec->name), STR_FORMAT(file->room), STR_FORMAT(spec->name));
    buffer_add(
        out, STR("    }\n    statement_end(statement);\n    if (is_there) *row = found;\n    return is_there;\n}\n\n"));
}

static void emit_function(const QueryFile *file, const QuerySpec *spec, Buffer *out) {
    emit_prototype(file, spec, out);
    buffer_format(out, " {\n    Statement *statement = statement_begin(tx, &query_%.*s_%.*s);\n",
                  STR_FORMAT(file->room), STR_FORMAT(spec->name));
    for (size_t i = 0; i < spec->parameter_count; i++) {
        const QueryValue *value = &spec->parameters[i];
        if (value->list)
            buffer_format(out, "    statement_bind_text(statement, %zu, query_list_text(tx, %.*s));\n", i + 1,
                          STR_FORMAT(value->name));
        else
            buffer_format(out, "    statement_bind_%s(statement, %zu, %.*s);\n", accessor(value, true), i + 1,
                          STR_FORMAT(value->name));
    }
    if (spec->kind == QUERY_MANY) emit_many(file, spec, out);
    else if (spec->kind == QUERY_ONE) emit_one(file, spec, out);
    else buffer_add(out, STR("    statement_step(statement);\n    return statement_end(statement);\n}\n\n"));
}

void query_file_emit(const QueryFile *file, const char *dir) {
    Arena *arena = file->compiler->arena;
    Buffer out = buffer_in(arena);
    buffer_format(&out, "/* Written by tools/queries from %.*s.sql. */\n#include \"%.*s_sql.h\"\n\n",
                  STR_FORMAT(file->room), STR_FORMAT(file->room));
    for (size_t i = 0; i < file->count; i++) {
        emit_query(file, &file->queries[i], &out);
        emit_function(file, &file->queries[i], &out);
    }
    Str stem = str_format(arena, "%.*s_sql", STR_FORMAT(file->room));
    compiler_write(file->compiler, dir, str_to_c(arena, str_format(arena, "%.*s.h", STR_FORMAT(stem))),
                   header_of(file));
    compiler_write(file->compiler, dir, str_to_c(arena, str_format(arena, "%.*s.c", STR_FORMAT(stem))),
                   buffer_str(&out));
}
