// SPDX-License-Identifier: EUPL-1.2
/* Any bytes as a sheet: read as found out, and with a separator and an encoding forced. What is read must be
 * valid UTF-8, in order, inside the limits, and come back the same when written and read again. */
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/format/csv_read.h"
#include "platform/format/csv_write.h"

#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition)) abort();                                                                                     \
    } while (0)

typedef struct Input {
    Arena *arena;
    Str bytes;
} Input;

static void check_places(const CsvSheet *sheet) {
    size_t line = 1, column = 0;
    for (size_t i = 0; i < sheet->row_count; i++) {
        const CsvRow *row = &sheet->rows[i];
        MUST(row->count >= 1 && row->count <= CSV_LIMIT_COLUMNS && row->line == row->cells[0].line);
        for (size_t j = 0; j < row->count; j++) {
            const CsvCell *cell = &row->cells[j];
            MUST(cell->text.size <= CSV_LIMIT_CELL_BYTES && utf8_is_valid(cell->text));
            MUST(cell->line > line || (cell->line == line && cell->column > column));
            line = cell->line;
            column = cell->column;
        }
    }
    MUST(sheet->row_count <= CSV_LIMIT_ROWS && sheet->problem_count <= CSV_LIMIT_PROBLEMS);
    for (size_t i = 0; i < sheet->problem_count; i++) MUST(sheet->problems[i].line && sheet->problems[i].column);
}

static void check_comes_back(Arena *arena, const CsvSheet *sheet) {
    Buffer out = buffer_in(arena);
    CsvWriter writer = csv_begin(&out, &(CsvFormat){.separator = sheet->separator, .byte_order_mark = true});
    for (size_t i = 0; i < sheet->row_count; i++) {
        for (size_t j = 0; j < sheet->rows[i].count; j++) csv_text(&writer, sheet->rows[i].cells[j].text);
        csv_end_row(&writer);
    }
    CsvSheet again;
    MUST(csv_read(arena, buffer_str(&out), &(CsvOptions){.separator = sheet->separator}, &again) == OK);
    MUST(again.row_count == sheet->row_count && again.encoding == CSV_UTF8);
    for (size_t i = 0; i < sheet->row_count; i++) {
        MUST(again.rows[i].count == sheet->rows[i].count);
        for (size_t j = 0; j < sheet->rows[i].count; j++) {
            Str cell = again.rows[i].cells[j].text, before = sheet->rows[i].cells[j].text;
            if (before.size < CSV_LIMIT_CELL_BYTES) MUST(str_equal(csv_text_restore(cell), before));
        }
    }
}

static void read_all_ways(void *argument) {
    const Input *input = argument;
    static const CsvOptions ways[] = {
        {0}, {CSV_UTF8, ','}, {CSV_UTF16_LE, ';'}, {CSV_UTF16_BE, '\t'}, {CSV_CP1250, ';'}, {CSV_ISO_8859_2, ','}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        CsvSheet sheet;
        if (csv_read(input->arena, input->bytes, &ways[i], &sheet)) continue;
        check_places(&sheet);
        check_comes_back(input->arena, &sheet);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {.arena = arena_open(LIMIT_ARENA_COMMAND_BYTES), .bytes = str_from((const char *)data, size)};
    MUST(input.arena);
    Err err = arena_protect(input.arena, read_all_ways, &input);
    arena_close(input.arena);
    MUST(err == OK);
    return 0;
}
