// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/csv_write.h"

#include <assert.h>

CsvWriter csv_begin(Buffer *out, const CsvFormat *format) {
    char separator = format->separator ? format->separator : ',';
    assert(separator == ',' || separator == ';' || separator == '\t');
    if (format->byte_order_mark) buffer_add(out, STR("\uFEFF"));
    return (CsvWriter){.out = out, .separator = separator, .row_start = out->size};
}

static bool begins_formula(Str text) {
    static const Str signs[] = {STR_INIT("="),  STR_INIT("+"),  STR_INIT("-"),  STR_INIT("@"),
                                STR_INIT("\t"), STR_INIT("\r"), STR_INIT("\n"), STR_INIT("＝"),
                                STR_INIT("＋"), STR_INIT("－"), STR_INIT("＠")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts_with(text, signs[i])) return true;
    return false;
}

/* Apostrophes, or none, and then what begins a formula. */
static bool needs_apostrophe(Str text) {
    while (str_starts_with(text, STR("'"))) text = str_skip(text, 1);
    return begins_formula(text);
}

static bool needs_quotes(Str text) {
    if (!text.size) return false;
    for (size_t i = 0; i < text.size; i++)
        if (str_index_of_char(STR(",;\t\"\r\n"), text.data[i]) >= 0) return true;
    /* Such a cell would be taken for a first line that names the separator. */
    bool names_separator = str_equal_ascii_case(str_slice(text, 0, 4), STR("sep="));
    return names_separator || text.data[0] == ' ' || text.data[text.size - 1] == ' ';
}

static void begin_cell(CsvWriter *writer) {
    if (writer->cells++) buffer_add_char(writer->out, writer->separator);
}

void csv_text(CsvWriter *writer, Str text) {
    begin_cell(writer);
    bool quoted = needs_quotes(text);
    if (quoted) buffer_add_char(writer->out, '"');
    if (needs_apostrophe(text)) buffer_add_char(writer->out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') buffer_add_char(writer->out, '"');
        buffer_add_char(writer->out, text.data[i]);
    }
    if (quoted) buffer_add_char(writer->out, '"');
}

void csv_int(CsvWriter *writer, int64_t value) {
    begin_cell(writer);
    buffer_add_int(writer->out, value);
}

void csv_end_row(CsvWriter *writer) {
    if (writer->out->size == writer->row_start)
        buffer_add(writer->out, STR("\"\"")); /* an empty line would be no row */
    buffer_add(writer->out, STR("\r\n"));
    writer->row_start = writer->out->size;
    writer->cells = 0;
}

Str csv_text_restore(Str cell) {
    return str_starts_with(cell, STR("'")) && needs_apostrophe(cell) ? str_skip(cell, 1) : cell;
}
