// SPDX-License-Identifier: EUPL-1.2
/* Statements as an engine takes them: numbered parameters, bare aliases, one space for any. */
#include "query_spec.h"

static size_t parameter_number(const QuerySpec *spec, Str name) {
    for (size_t i = 0; i < spec->parameter_count; i++)
        if (str_equal(spec->parameters[i].name, name)) return i + 1;
    return 0;
}

static void add_parameter(Buffer *out, const QuerySpec *spec, const SqlToken *token, QueryEngine engine) {
    size_t number = parameter_number(spec, token->text);
    if (number == 0) return; /* reported by the checks */
    if (token->kind == SQL_LIST && engine == ENGINE_SQLITE)
        buffer_format(out, "SELECT value FROM json_each(?%zu)", number);
    else if (token->kind == SQL_LIST)
        buffer_format(out, "SELECT CAST(value AS bigint) FROM json_array_elements_text($%zu::json)", number);
    else if (engine == ENGINE_SQLITE) buffer_format(out, "?%zu", number);
    else buffer_format(out, "$%zu::%s", number, column_type_postgres(spec->parameters[number - 1].type));
}

static void add_alias(Buffer *out, Str typed) {
    ptrdiff_t colon = str_index_of_char(typed, ':');
    buffer_add(out, colon < 0 ? typed : str_slice(typed, 0, (size_t)colon));
}

Str query_text(const QueryFile *file, const QuerySpec *spec, SqlText body, QueryEngine engine, size_t *offsets) {
    Buffer out = buffer_in(file->compiler->arena);
    for (size_t i = 0; i < body.count; i++) {
        const SqlToken *token = &body.tokens[i];
        if (token->spaced && i) buffer_add_char(&out, ' ');
        if (offsets) offsets[i] = out.size;
        if (token->kind == SQL_PARAMETER || token->kind == SQL_LIST) add_parameter(&out, spec, token, engine);
        else if (token->kind == SQL_QUOTED) add_alias(&out, token->text);
        else if (engine == ENGINE_POSTGRES && sql_is(token, "instr")) buffer_add(&out, STR("strpos"));
        else buffer_add(&out, token->text);
    }
    return buffer_str(&out);
}
