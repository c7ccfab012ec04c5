// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/csv_write.h"

#include "../../cmocka_all.h"
#include "platform/base/random.h"
#include "platform/base/utf8.h"
#include "platform/format/csv_read.h"

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(256u << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void test_rows(void **state) {
    (void)state;
    Buffer out = buffer_in(arena);
    CsvWriter writer = csv_begin(&out, &(CsvFormat){.separator = ';', .byte_order_mark = true});
    csv_text(&writer, STR("Zielony Zaułek"));
    csv_text(&writer, STR("a,b"));
    csv_text(&writer, STR("say \"hi\"\nthere"));
    csv_int(&writer, -5);
    csv_text(&writer, STR_ABSENT);
    csv_end_row(&writer);
    csv_text(&writer, STR(""));
    csv_end_row(&writer);
    csv_text(&writer, STR(" x"));
    csv_end_row(&writer);
    assert_str(buffer_str(&out),
               STR("\uFEFFZielony Zaułek;\"a,b\";\"say \"\"hi\"\"\nthere\";-5;\r\n\"\"\r\n\" x\"\r\n"));
}

static Str written(Str text) {
    Buffer out = buffer_in(arena);
    CsvWriter writer = csv_begin(&out, &(CsvFormat){0});
    csv_text(&writer, text);
    csv_end_row(&writer);
    return buffer_str(&out);
}

/* What a spreadsheet sees: the cell without its quotes. */
static Str cell_read(Str line) {
    CsvSheet sheet;
    assert_int_equal(csv_read(arena, line, &(CsvOptions){.separator = ','}, &sheet), OK);
    assert_int_equal(sheet.row_count, 1);
    assert_int_equal(sheet.rows[0].count, 1);
    assert_int_equal(sheet.problem_count, 0);
    return sheet.rows[0].cells[0].text;
}

static void expect_harmless(Str text) {
    Str cell = cell_read(written(text));
    if (cell.size && str_index_of_char(STR("=+-@\t\r\n"), cell.data[0]) >= 0) fail_msg("\"%.*s\"", STR_FORMAT(cell));
    assert_str(csv_text_restore(cell), text);
}

static void test_formulas_are_text(void **state) {
    (void)state;
    assert_str(written(STR("=1+1")), STR("'=1+1\r\n"));
    assert_str(written(STR("+48 600 100 200")), STR("'+48 600 100 200\r\n"));
    assert_str(written(STR("'+1")), STR("''+1\r\n"));
    assert_str(written(STR("'tis")), STR("'tis\r\n"));
    assert_str(written(STR("Sep=")), STR("\"Sep=\"\r\n")); /* no directive for the separator */
    assert_str(written(STR("＝1")), STR("'＝1\r\n"));
    const Str texts[] = {STR("=1"), STR("-5"), STR("+48 600"), STR("@SUM(A1)"), STR("\t=1"), STR("\r=1"), STR("\n=1"),
                         STR("''=1"), STR("'"), STR("'a"), STR(""), STR("a=1"), STR("＋1"), STR("-5,\"x\"")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) expect_harmless(texts[i]);
    assert_str(csv_text_restore(STR("'a")), STR("'a"));
    assert_str(csv_text_restore(STR("-5")), STR("-5"));
}

static void test_known_injections(void **state) {
    (void)state;
    const char *folder = getenv("WSPOLNIE_DATA");
    if (!folder) skip();
    FILE *file =
        fopen(str_to_c(arena, str_format(arena, "%s/csv/csv-injection/Intruder/csv-payload.txt", folder)), "rb");
    assert_non_null(file);
    static char content[64 * 1024];
    size_t size = fread(content, 1, sizeof content, file), formulas = 0;
    fclose(file);
    Str rest = str_from(content, size), one;
    while (str_next_part(&rest, '\n', &one)) {
        one = str_trim(one);
        if (!one.size) continue;
        expect_harmless(one);
        formulas += one.data[0] == '=' || one.data[0] == '@';
    }
    assert_true(formulas >= 3);
}

/* Any text, in any separator, comes back. */
static void test_random_rows_come_back(void **state) {
    (void)state;
    enum { SEED = 77, ROWS = 3000 };
    static const char *const pieces[] = {"\"", ",", ";", "\t", "\n", "\r\n", "\r", "'", "=", "+",
                                         "-",  "@", " ", "a",  "ż",  "Тут",  "＝", "😀", "0"};
    Random random = random_from_seed(SEED);
    for (int i = 0; i < ROWS; i++) {
        Str cells[4];
        Buffer out = buffer_in(arena);
        CsvWriter writer = csv_begin(&out, &(CsvFormat){.separator = ",;\t"[i % 3], .byte_order_mark = i % 2});
        size_t count = 1 + random_below(&random, 4);
        for (size_t j = 0; j < count; j++) {
            Buffer cell = buffer_in(arena);
            for (uint64_t k = random_below(&random, 6); k; k--)
                buffer_add(&cell, str_from_c(pieces[random_below(&random, sizeof pieces / sizeof *pieces)]));
            cells[j] = buffer_str(&cell);
            csv_text(&writer, cells[j]);
        }
        csv_end_row(&writer);
        CsvSheet sheet;
        assert_int_equal(csv_read(arena, buffer_str(&out), &(CsvOptions){.separator = writer.separator}, &sheet), OK);
        if (sheet.row_count != 1 || sheet.rows[0].count != count || sheet.problem_count)
            fail_msg("row %d (seed %d): %.*s", i, SEED, STR_FORMAT(buffer_str(&out)));
        for (size_t j = 0; j < count; j++) assert_str(csv_text_restore(sheet.rows[0].cells[j].text), cells[j]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_formulas_are_text),
        cmocka_unit_test(test_known_injections),
        cmocka_unit_test(test_random_rows_come_back),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
