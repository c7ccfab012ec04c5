// SPDX-License-Identifier: EUPL-1.2
/* The example is what export writes, imports into an empty store, and holds the record of every row of facts.csv. */
#include "../cmocka_all.h"
#include "../platform/store/own.h"
#include "platform/dump/dump.h"
#include "platform/format/csv_read.h"
#include "platform/format/json_read.h"
#include <unistd.h>

#define EXAMPLE "examples/wspolnie-do-celu-ii/"
enum { SENTENCES = 22, COLUMNS = 5 };

typedef struct Example {
    Arena *arena;
    Store *store;
    char folder[64];
    Str document, problem, exported;
    DumpCounts counts;
} Example;

static Str file_text(Arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    Buffer text = buffer_in(arena);
    enum { PIECE = 65536 };
    for (size_t got = PIECE; got == PIECE; text.size += got) got = fread(buffer_reserve(&text, PIECE), 1, PIECE, file);
    fclose(file);
    return buffer_str(&text);
}

static Err take_in(Tx *tx, void *context) {
    Example *example = context;
    return dump_import(tx, example->document, &example->counts, &example->problem);
}

static void note_series(void *context, const StoreTable *table, const RowValue *values) {
    assert_string_equal(table->columns[0].name, "id");
    *(Id *)context = values[0].integer;
}

static Err give_out(Tx *tx, void *context) {
    Example *example = context;
    RowScope scope = {0};
    rows_each(tx, row_table(STR("series")), &scope, note_series, &scope.series);
    Buffer out = buffer_in(example->arena);
    dump_export(tx, &scope, &out);
    example->exported = buffer_str(&out);
    return OK;
}

static int example_open(void **state) {
    static Example example;
    example = (Example){0};
    example.arena = own_folder(example.folder, "facts", 64 << 20);
    example.store = own_store(example.arena, example.folder, NULL);
    example.document = file_text(example.arena, EXAMPLE "wspolnie-do-celu-ii.json");
    if (store_write(example.store, example.arena, take_in, &example)) fail_msg("%.*s", STR_FORMAT(example.problem));
    assert_int_equal(store_read(example.store, example.arena, give_out, &example), OK);
    *state = &example;
    return 0;
}

static int example_close(void **state) {
    Example *example = *state;
    own_end(example->arena, example->folder, example->store);
    return 0;
}

static void it_is_what_export_writes(void **state) {
    Example *example = *state;
    assert_str(example->exported, example->document);
}

/* "edition/04fhn28000002", or "reported_kind/aim/presenting" by list and code. */
static bool has_record(const JsonValue *tables, Str record) {
    Str rest = record, table, first, second = STR_ABSENT;
    if (!str_next_part(&rest, '/', &table) || !str_next_part(&rest, '/', &first)) return false;
    bool is_kind = str_next_part(&rest, '/', &second);
    const JsonValue *rows = json_member(tables, table);
    for (size_t i = 0; rows && i < rows->count; i++) {
        const JsonValue *row = &rows->items[i];
        Str key = json_str_of(json_member(row, is_kind ? STR("list") : STR("id")));
        if (str_equal(key, first) && (!is_kind || str_equal(json_str_of(json_member(row, STR("code"))), second)))
            return true;
    }
    return false;
}

static void every_fact_has_its_record(void **state) {
    Example *example = *state;
    const JsonValue *document;
    JsonError error;
    CsvSheet sheet;
    bool told[SENTENCES + 1] = {0};
    assert_int_equal(json_read(example->arena, example->exported, &document, &error), OK);
    Str facts = file_text(example->arena, EXAMPLE "facts.csv");
    assert_int_equal(csv_read(example->arena, facts, &(CsvOptions){.separator = ','}, &sheet), OK);
    for (size_t i = 1; i < sheet.row_count; i++) {
        const CsvRow *row = &sheet.rows[i];
        int64_t sentence;
        assert_int_equal(row->count, COLUMNS);
        assert_true(str_to_int(row->cells[0].text, &sentence) && sentence >= 0 && sentence <= SENTENCES);
        told[sentence] = true;
        if (str_equal(row->cells[2].text, STR("atmosphere, no record"))) continue;
        if (!has_record(json_member(document, STR("tables")), row->cells[2].text))
            fail_msg("line %zu: no record %.*s", row->line, STR_FORMAT(row->cells[2].text));
        assert_false(str_is_empty(row->cells[3].text) || str_is_empty(row->cells[4].text));
    }
    for (size_t i = 0; i <= SENTENCES; i++)
        if (!told[i]) fail_msg("sentence %zu has no row", i);
}

static void what_is_not_told_stays_empty(void **state) {
    Example *example = *state;
    assert_true(str_contains(example->exported, STR("\"organiser\":\"\"")));
    assert_true(str_contains(example->exported, STR("\"state\":\"finished\",\"date\":\"\"")));
    assert_true(str_contains(example->exported, STR("\"date\":\"2026-06\"")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_what_export_writes),
        cmocka_unit_test(every_fact_has_its_record),
        cmocka_unit_test(what_is_not_told_stays_empty),
    };
    return cmocka_run_group_tests(tests, example_open, example_close);
}
