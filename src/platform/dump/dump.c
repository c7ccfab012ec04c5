// SPDX-License-Identifier: EUPL-1.2
#include "platform/dump/dump.h"

#include "platform/base/utf8.h"
#include "platform/format/json_read.h"
#include "platform/format/json_write.h"
#include <stdarg.h>

/* ---- derived columns ------------------------------------------------------------------------------------- */

/* The column a sort key is made of: "name" for "name_sort". -1: it is no sort key. */
static ptrdiff_t sorted_by(const StoreTable *table, size_t column) {
    Str name = str_from_c(table->columns[column].name), ending = STR("_sort");
    if (table->columns[column].type != STORE_BYTES || !str_ends_with(name, ending)) return -1;
    Str base = str_slice(name, 0, name.size - ending.size);
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].type == STORE_TEXT && str_equal(base, str_from_c(table->columns[i].name)))
            return (ptrdiff_t)i;
    return -1;
}

/* ---- out --------------------------------------------------------------------------------------------------- */

typedef struct Export {
    Buffer *out;
    size_t tables, rows; /* written; rows of this table */
} Export;

static void add_hex(JsonWriter *json, Str bytes) {
    static const char digits[] = "0123456789abcdef";
    Buffer text = buffer_in(json->out->arena);
    for (size_t i = 0; i < bytes.size; i++) {
        buffer_add_char(&text, digits[(unsigned char)bytes.data[i] >> 4]);
        buffer_add_char(&text, digits[(unsigned char)bytes.data[i] & 15]);
    }
    json_add_str(json, buffer_str(&text));
}

static void add_value(JsonWriter *json, StoreType type, const RowValue *value) {
    switch (type) {
    case STORE_ID: /* 0 is no id, but a scope may be 0: the whole installation */
        if (value->integer) json_add_str(json, id_text(json->out->arena, value->integer));
        else json_add_int(json, 0);
        break;
    case STORE_INT: json_add_int(json, value->integer); break;
    case STORE_BOOL: json_add_bool(json, value->integer != 0); break;
    case STORE_REAL: json_add_real(json, value->real); break;
    case STORE_TEXT: json_add_str(json, value->text); break;
    case STORE_BYTES: add_hex(json, value->text); break;
    }
}

static void add_row(void *context, const StoreTable *table, const RowValue *values) {
    Export *export = context;
    if (!export->rows) buffer_format(export->out, "%s\n\"%s\": [", export->tables++ ? "," : "", table->name);
    buffer_add(export->out, export->rows++ ? STR(",\n") : STR("\n"));
    JsonWriter json = json_begin(export->out, 0);
    json_object_begin(&json);
    for (size_t i = 0; i < table->column_count; i++) {
        if (values[i].is_null || sorted_by(table, i) >= 0) continue;
        json_key(&json, str_from_c(table->columns[i].name));
        add_value(&json, table->columns[i].type, &values[i]);
    }
    json_object_end(&json);
}

void dump_export(Tx *tx, const RowScope *scope, Buffer *out) {
    Export export = {.out = out};
    buffer_format(out, "{\"format\": \"wspolnie\", \"schema\": %d, \"tables\": {", store_schema_version());
    for (int i = 0; i < store_table_count; i++) {
        if (!row_scope_has(&store_tables[i], scope)) continue;
        export.rows = 0;
        rows_each(tx, &store_tables[i], scope, add_row, &export);
        if (export.rows) buffer_add(out, STR("\n]"));
    }
    buffer_add(out, STR("\n}}\n"));
}

/* ---- in ------------------------------------------------------------------------------------------------------ */

typedef struct Import {
    Tx *tx;
    DumpClosed is_closed;
    bool without_people; /* the document has none */
    Id *made;            /* editions that this import has added, and may fill whatever their state */
    size_t made_count, made_capacity;
    Id looked_at; /* the edition asked about last, and the answer */
    bool looked_at_is_closed;
    const StoreTable *table;
    size_t row;
    DumpCounts counts;
    Err err;
    Str problem;
} Import;

/* Says what is wrong, once. column absent: the whole row. */
__attribute__((format(printf, 4, 5))) static bool refuse(Import *import, Err err, Str column, const char *format, ...) {
    char words[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    import->err = err;
    import->problem = str_format(tx_arena(import->tx), "tables.%s[%zu]%s%.*s: %s", import->table->name, import->row,
                                 str_is_absent(column) ? "" : ".", STR_FORMAT(column), words);
    return false;
}

static bool read_hex(Arena *arena, Str text, Str *bytes) {
    Buffer read = buffer_in(arena);
    for (size_t i = 0; i + 1 < text.size; i += 2) {
        int high = hex_value(text.data[i]), low = hex_value(text.data[i + 1]);
        if (high < 0 || low < 0) return false;
        buffer_add_char(&read, (char)(high << 4 | low));
    }
    *bytes = buffer_str(&read);
    return text.size % 2 == 0;
}

static bool read_value(Import *import, const StoreColumn *column, const JsonValue *json, RowValue *value) {
    static const char *const expected[] = {
        [STORE_ID] = "an id of 13 characters",
        [STORE_INT] = "a whole number",
        [STORE_BOOL] = "true or false",
        [STORE_REAL] = "a number",
        [STORE_TEXT] = "a text",
        [STORE_BYTES] = "bytes as hexadecimal digits",
    };
    bool good = false;
    switch (column->type) {
    case STORE_ID:
        good = (json->kind == JSON_KIND_STR && id_parse(json->text, &value->integer)) ||
               (json->kind == JSON_KIND_INT && json->integer == 0);
        break;
    case STORE_INT:
        good = json->kind == JSON_KIND_INT;
        value->integer = json->integer;
        break;
    case STORE_BOOL:
        good = json->kind == JSON_KIND_BOOL;
        value->integer = json->integer;
        break;
    case STORE_REAL:
        good = json->kind == JSON_KIND_REAL || json->kind == JSON_KIND_INT;
        value->real = json->kind == JSON_KIND_INT ? (double)json->integer : json->real;
        break;
    case STORE_TEXT:
        good = json->kind == JSON_KIND_STR;
        value->text = json->text;
        break;
    case STORE_BYTES:
        good = json->kind == JSON_KIND_STR && read_hex(tx_arena(import->tx), json->text, &value->text);
        break;
    }
    return good || refuse(import, ERR_INPUT, str_from_c(column->name), "expected %s", expected[column->type]);
}

/* What the DDL says of a column that a document of an older schema does not have: a number, or a text in its quotes. */
static bool take_default(const StoreColumn *column, RowValue *value) {
    Str text = str_from_c(column->otherwise);
    bool is_quoted = text.size >= 2 && text.data[0] == '\'';
    if (str_is_absent(text) || column->type == STORE_REAL || column->type == STORE_BYTES) return false;
    RowValue found = {.text = is_quoted ? str_slice(text, 1, text.size - 2) : STR_ABSENT};
    if (column->type == STORE_TEXT ? !is_quoted : !str_to_int(text, &found.integer)) return false;
    *value = found;
    return true;
}

static bool has_column(const StoreTable *table, Str name) {
    for (size_t i = 0; i < table->column_count; i++)
        if (str_equal(name, str_from_c(table->columns[i].name))) return sorted_by(table, i) < 0;
    return false;
}

static bool read_row(Import *import, const JsonValue *row, RowValue *values) {
    const StoreTable *table = import->table;
    if (row->kind != JSON_KIND_OBJECT) return refuse(import, ERR_INPUT, STR_ABSENT, "expected an object of columns");
    for (size_t i = 0; i < row->count; i++)
        if (!has_column(table, row->keys[i])) return refuse(import, ERR_INPUT, row->keys[i], "there is no such column");
    for (size_t i = 0; i < table->column_count; i++) {
        const StoreColumn *column = &table->columns[i];
        const JsonValue *json = json_member(row, str_from_c(column->name));
        bool is_given = json && json->kind != JSON_KIND_NULL;
        values[i] = (RowValue){.is_null = !is_given};
        if (sorted_by(table, i) >= 0 || (!is_given && column->nullable)) continue;
        if (!json && take_default(column, &values[i])) continue;
        if (!is_given) return refuse(import, ERR_INPUT, str_from_c(column->name), "must be given");
        if (!read_value(import, column, json, &values[i])) return false;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        ptrdiff_t base = sorted_by(table, i);
        if (base < 0 || values[base].is_null) continue;
        values[i] = (RowValue){.text = utf8_sort_key(tx_arena(import->tx), values[base].text)};
    }
    return true;
}

static Id id_in(const StoreTable *table, const RowValue *values, const char *column) {
    for (size_t i = 0; i < table->column_count; i++)
        if (str_equal(str_from_c(table->columns[i].name), str_from_c(column))) return values[i].integer;
    return 0;
}

/* Readers of an edition's pages are told that they changed. */
static void edition_added(Import *import, const RowValue *values) {
    if (!str_equal(str_from_c(import->table->name), STR("edition"))) return;
    Id edition = id_in(import->table, values, "id");
    for (int part = 0; part < PART_COUNT; part++) store_changed(import->tx, edition, (StorePart)part);
    if (import->made_count == import->made_capacity) {
        size_t larger = import->made_capacity ? import->made_capacity * 2 : 16;
        import->made =
            arena_grow(tx_arena(import->tx), import->made, import->made_capacity * sizeof(Id), larger * sizeof(Id));
        import->made_capacity = larger;
    }
    import->made[import->made_count++] = edition;
}

/* Whether the row was added to an edition that was here before and takes nothing more. */
static bool is_in_closed_edition(Import *import, const RowValue *values) {
    if (!import->is_closed || !str_equal(str_from_c(import->table->family), STR("edition"))) return false;
    Id edition = id_in(import->table, values, "edition");
    if (!edition) return false; /* the edition itself */
    for (size_t i = 0; i < import->made_count; i++)
        if (import->made[i] == edition) return false;
    if (edition != import->looked_at) {
        import->looked_at = edition;
        import->looked_at_is_closed = import->is_closed(import->tx, edition);
    }
    return import->looked_at_is_closed;
}

static bool import_row(Import *import, const JsonValue *row) {
    RowValue *values = arena_array(tx_arena(import->tx), RowValue, import->table->column_count);
    if (!read_row(import, row, values)) return false;
    Str differs;
    switch (row_put(import->tx, import->table, values, import->without_people, &differs)) {
    case ROW_DIFFERS:
        return refuse(
            import, ERR_CONFLICT, STR_ABSENT,
            "such a row is here already, with other content (%.*s). An import adds and changes nothing that is "
            "here: import into a data file of its own (--data), or change it here by hand",
            STR_FORMAT(differs));
    case ROW_SAME: import->counts.same++; return true;
    case ROW_ADDED:
        if (is_in_closed_edition(import, values))
            return refuse(import, ERR_CONFLICT, STR_ABSENT, "its edition is archived here and takes nothing more");
        import->counts.added++;
        edition_added(import, values);
        return true;
    }
    return false;
}

static Err refuse_document(Import *import, Err err, Str problem) {
    import->problem = problem;
    return err;
}

static Err check_document(Import *import, const JsonValue *document) {
    Arena *arena = tx_arena(import->tx);
    const JsonValue *schema = json_member(document, STR("schema")), *tables = json_member(document, STR("tables"));
    if (!str_equal(json_str_of(json_member(document, STR("format"))), STR("wspolnie")))
        return refuse_document(import, ERR_INPUT,
                               STR("format: expected \"wspolnie\": this is no export of this program"));
    if (!schema || schema->kind != JSON_KIND_INT || schema->integer < 1)
        return refuse_document(import, ERR_INPUT, STR("schema: expected a whole number"));
    if (schema->integer > store_schema_version())
        return refuse_document(import, ERR_CONFLICT,
                               str_format(arena, "schema: %lld is of a newer program; this one knows %d",
                                          (long long)schema->integer, store_schema_version()));
    if (!tables || tables->kind != JSON_KIND_OBJECT)
        return refuse_document(import, ERR_INPUT, STR("tables: expected an object of tables"));
    for (size_t i = 0; i < tables->count; i++) {
        const StoreTable *table = row_table(tables->keys[i]);
        if (!table || table->is_local || tables->items[i].kind != JSON_KIND_ARRAY)
            return refuse_document(import, ERR_INPUT,
                                   str_format(arena, "tables.%.*s: %s", STR_FORMAT(tables->keys[i]),
                                              !table            ? "there is no such table"
                                              : table->is_local ? "stays with its installation and cannot be imported"
                                                                : "expected an array of rows"));
    }
    return OK;
}

/* In the schema's order, whatever the document's: each table after those it refers to. */
static void import_tables(Import *import, const JsonValue *tables) {
    for (int i = 0; i < store_table_count; i++) {
        const JsonValue *rows = json_member(tables, str_from_c(store_tables[i].name));
        import->table = &store_tables[i];
        for (import->row = 0; rows && import->row < rows->count; import->row++)
            if (!import_row(import, &rows->items[import->row])) return;
    }
}

/* What the store refuses of a row. */
static void import_inside(void *argument) {
    Import *import = ((void **)argument)[0];
    import_tables(import, ((void **)argument)[1]);
}

static void tell_refusal(Import *import, Err fault) {
    const char *message = arena_failure(tx_arena(import->tx))->message;
    bool refers = str_contains(str_from_c(message), STR("FOREIGN KEY"));
    Err err = refers ? ERR_INPUT : fault;
    refuse(import, err, STR_ABSENT, "%s", refers ? "it refers to a row that is not here" : message);
}

Err dump_import(Tx *tx, Str document, DumpCounts *counts, Str *problem) {
    return dump_import_into(tx, document, NULL, counts, problem);
}

Err dump_import_into(Tx *tx, Str document, DumpClosed is_closed, DumpCounts *counts, Str *problem) {
    Import import = {.tx = tx, .is_closed = is_closed};
    const JsonValue *json;
    JsonError error;
    Err err = json_read(tx_arena(tx), document, &json, &error);
    if (err) {
        *problem = str_format(tx_arena(tx), "%zu:%zu: %.*s", error.line, error.column, STR_FORMAT(error.message));
        return err;
    }
    err = check_document(&import, json);
    if (!err) {
        const JsonValue *tables = json_member(json, STR("tables"));
        import.without_people = !json_member(tables, STR("person"));
        void *arguments[] = {&import, (void *)tables};
        Err fault = arena_protect(tx_arena(tx), import_inside, arguments);
        if (fault == ERR_FULL || fault == ERR_IO || fault == ERR_BUSY || fault == ERR_LIMIT)
            arena_fail(tx_arena(tx), fault, "%s", arena_failure(tx_arena(tx))->message);
        if (fault) tell_refusal(&import, fault);
        err = import.err;
    }
    if (err) *problem = import.problem;
    else store_changed(tx, 0, PART_EDITION);
    if (!err) *counts = import.counts;
    return err;
}
