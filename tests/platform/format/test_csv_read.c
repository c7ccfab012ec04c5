// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/csv_read.h"

#include "../../cmocka_all.h"
#include "platform/base/buffer.h"
#include "platform/base/utf8.h"
#include "platform/format/csv_text.h"
#include <iconv.h>
#include <jansson.h>

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(1024u << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static CsvSheet read_as(Str bytes, CsvOptions options) {
    CsvSheet sheet;
    assert_int_equal(csv_read(arena, bytes, &options, &sheet), OK);
    return sheet;
}

static CsvSheet read(Str bytes) { return read_as(bytes, (CsvOptions){0}); }

/* The sheet as one line of text: cells in ⟨⟩, rows by their line. */
static Str shown(const CsvSheet *sheet) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < sheet->row_count; i++) {
        buffer_format(&out, "%zu", sheet->rows[i].line);
        for (size_t j = 0; j < sheet->rows[i].count; j++)
            buffer_format(&out, "<%.*s>", STR_FORMAT(sheet->rows[i].cells[j].text));
    }
    for (size_t i = 0; i < sheet->problem_count; i++)
        buffer_format(&out, " %s %zu:%zu", csv_problem_name(sheet->problems[i].kind), sheet->problems[i].line,
                      sheet->problems[i].column);
    return buffer_str(&out);
}

static void expect(Str bytes, Str expected) {
    CsvSheet sheet = read_as(bytes, (CsvOptions){.separator = ','});
    assert_str(shown(&sheet), expected);
}

static void test_shape(void **state) {
    (void)state;
    expect(STR(""), STR(""));
    expect(STR("\n\r\n\r"), STR(""));
    expect(STR("a"), STR("1<a>"));
    expect(STR("a,b\nc,d\n"), STR("1<a><b>2<c><d>"));
    expect(STR("a,b\r\n\r\nc,\r,\n"), STR("1<a><b>3<c><>4<><>"));
    expect(STR("a,\"b\nc\"\rd,\"\"\"e\"\"\",\"\""), STR("1<a><b\nc>3<d><\"e\"><>"));
    expect(STR("\"\"\n\"a\r\nb\"\nc"), STR("1<>2<a\r\nb>4<c>"));
    expect(STR("a, \"b,c\" ,d"), STR("1<a><b,c><d>"));
    expect(STR(" a , b "), STR("1< a >< b >"));
}

static void test_problems(void **state) {
    (void)state;
    expect(STR("a\nżó\"łw,b\nc"), STR("1<a>2<żó\"łw><b>3<c> stray_quote 2:3"));
    expect(STR("\"ab\"c,d\ne"), STR("1<abc><d>2<e> text_after_quote 1:5"));
    expect(STR("\"the \"Bee\" club\",x\ny"), STR("1<the \"Bee\" club><x>2<y> stray_quote 1:6"));
    expect(STR("\"ab\"c,\"d\"\ne"), STR("1<abc><d>2<e> text_after_quote 1:5"));
    expect(STR("a,\"b\nc,d\ne,f"), STR("1<a><\"b>2<c><d>3<e><f> open_quote 1:3"));
    expect(STR("x,\"a\nb\",\"c\"d\n"), STR("1<x><a\nb><cd> text_after_quote 2:7"));
    expect(STR("a\nb,\uFFFDc\n"), STR("1<a>2<b><\uFFFDc> broken_character 2:3"));
    expect(STR("\""), STR("1<\"> open_quote 1:1"));
    expect(STR("ok,ok,ok ęóąśłżźćń ęóąśłżźćń\nx\xff,y"),
           STR("1<ok><ok><ok ęóąśłżźćń ęóąśłżźćń>2<x\uFFFD><y> broken_character 2:2"));
}

static void test_columns_of_cells(void **state) {
    (void)state;
    CsvSheet sheet = read(STR("żółw,łoś,x\n\"a\r\nbb\",c\n"));
    static const size_t expected[][2] = {{1, 1}, {1, 6}, {1, 10}, {2, 1}, {3, 5}};
    const CsvCell *cells[] = {&sheet.rows[0].cells[0], &sheet.rows[0].cells[1], &sheet.rows[0].cells[2],
                              &sheet.rows[1].cells[0], &sheet.rows[1].cells[1]};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(cells[i]->line, expected[i][0]);
        assert_int_equal(cells[i]->column, expected[i][1]);
    }
}

static void test_separators(void **state) {
    (void)state;
    static const struct { const char *text; char separator; } sheets[] = {
        {"a;b\n1,5;2\n", ';'}, {"name;sum\nA;1,5\nB;2,5\n", ';'}, {"a\tb\nx, y\tz, w\n", '\t'}, {"a,b\nx;y,z;w\n", ','},
        {"one column\nx\n", ','}, {"", ','}, {"a,b,c\n\"x;y;z\",2,3\n", ','}, {"sep=;\na,b;c\n", ';'},
        {"SEP=\t\r\na,b\n", '\t'}, {"a;b;c\nx\ny;;\n", ';'}};
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        CsvSheet sheet = read(str_from_c(sheets[i].text));
        if (sheet.separator != sheets[i].separator) fail_msg("%s: '%c'", sheets[i].text, sheet.separator);
    }
    CsvSheet sheet = read(STR("sep=;\na,b;c\n"));
    assert_str(shown(&sheet), STR("2<a,b><c>"));
    sheet = read_as(STR("a;b,c"), (CsvOptions){.separator = ','});
    assert_str(shown(&sheet), STR("1<a;b><c>"));
}

/* The C library's idea of an encoding. */
static Str in_encoding(Str text, const char *name) {
    iconv_t converter = iconv_open(name, "UTF-8");
    assert_ptr_not_equal(converter, (iconv_t)-1);
    char *out = arena_alloc(arena, text.size * 4 + 16), *end = out, *in = (char *)(uintptr_t)text.data;
    size_t in_left = text.size, room = text.size * 4 + 16;
    assert_int_equal(iconv(converter, &in, &in_left, &end, &room), 0);
    iconv_close(converter);
    return str_from(out, (size_t)(end - out));
}

static void test_tables_agree_with_iconv(void **state) {
    (void)state;
    static const struct {
        CsvEncoding encoding;
        const char *name;
    } tables[] = {{CSV_CP1250, "CP1250"}, {CSV_ISO_8859_2, "ISO-8859-2"}};
    for (size_t t = 0; t < 2; t++) {
        for (int byte = 1; byte < 256; byte++) {
            char in[1] = {(char)byte}, out[8], *from = in, *to = out;
            size_t left = 1, room = sizeof out;
            iconv_t converter = iconv_open("UTF-8", tables[t].name);
            bool known = iconv(converter, &from, &left, &to, &room) == 0;
            iconv_close(converter);
            Str expected = known ? str_from(out, (size_t)(to - out)) : STR("\uFFFD");
            assert_str(csv_text_decode(arena, str_from(in, 1), tables[t].encoding), expected);
        }
    }
}

/* Every encoding × separator × line end, found out without a hint and read as it was. */
static void test_every_combination(void **state) {
    (void)state;
    static const struct { const char *name, *mark; size_t mark_size; CsvEncoding encoding;
    } encodings[] = {
        {"UTF-8", "", 0, CSV_UTF8}, {"UTF-8", "\xEF\xBB\xBF", 3, CSV_UTF8},
        {"UTF-16LE", "\xFF\xFE", 2, CSV_UTF16_LE}, {"UTF-16LE", "", 0, CSV_UTF16_LE},
        {"UTF-16BE", "\xFE\xFF", 2, CSV_UTF16_BE}, {"UTF-16BE", "", 0, CSV_UTF16_BE},
        {"CP1250", "", 0, CSV_CP1250}, {"ISO-8859-2", "", 0, CSV_ISO_8859_2},
    };
    static const char separators[] = ",;\t";
    static const char *const line_ends[] = {"\n", "\r\n", "\r"};
    int combinations = 0;
    for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
        for (size_t s = 0; s < 3; s++) {
            for (size_t l = 0; l < 3; l++, combinations++) {
                char c = separators[s];
                const char *end = line_ends[l];
                Str text = str_format(arena,
                                      "Nazwa%cOpis%cTelefon%s\"Gęś, źdźbło; i\tśruba\"%cdwa "
                                      "wiersze%c600%s\"Świt%snowy\"%c%c\"ó \"\"w\"\" ą\"%s",
                                      c, c, end, c, c, end, end, c, c, end);
                Str encoded = in_encoding(text, encodings[e].name);
                CsvSheet sheet = read(str_join(arena, str_from(encodings[e].mark, encodings[e].mark_size), encoded));
                assert_int_equal(sheet.encoding, encodings[e].encoding);
                assert_int_equal(sheet.separator, c);
                assert_str(
                    shown(&sheet),
                    str_format(
                        arena,
                        "1<Nazwa><Opis><Telefon>2<Gęś, źdźbło; i\tśruba><dwa wiersze><600>3<Świt%snowy><><ó \"w\" ą>",
                        end));
            }
        }
    }
    assert_int_equal(combinations, 72);
}

static void test_polish_letters_tell_the_encoding(void **state) {
    (void)state;
    static const char *const words[] = {"ą", "ś", "ź", "Ą", "Ś", "Ź", "Zażółć gęślą jaźń", "„cudzysłów” – Łódź"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str word = str_format(arena, "a,%s\n", words[i]);
        assert_int_equal(csv_text_encoding(in_encoding(word, "CP1250")), CSV_CP1250);
        if (i < 7) assert_int_equal(csv_text_encoding(in_encoding(word, "ISO-8859-2")), CSV_ISO_8859_2);
    }
    Str ukrainian = STR("назва,опис\nТут і разом,так\n");
    CsvSheet sheet = read(in_encoding(ukrainian, "UTF-16LE"));
    assert_int_equal(sheet.encoding, CSV_UTF16_LE);
    assert_str(shown(&sheet), STR("1<назва><опис>2<Тут і разом><так>"));
    sheet = read(in_encoding(STR("a,😀\n"), "UTF-16BE"));
    assert_str(shown(&sheet), STR("1<a><😀>"));
    sheet = read_as(STR("a\0\x01\xd8,\0b\0"), (CsvOptions){.encoding = CSV_UTF16_LE});
    assert_str(shown(&sheet), STR("1<a\uFFFD><b> broken_character 1:2"));
}

static void test_what_is_no_text(void **state) {
    (void)state;
    const Str bad[] = {STR("PK\x03\x04rest"), STR("%PDF-1.7"), STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), STR("a,b\0\0\0c"),
                       STR("\xFF\xFEx")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CsvSheet sheet = {.row_count = 77};
        assert_int_equal(csv_read(arena, bad[i], &(CsvOptions){0}, &sheet), ERR_INPUT);
        assert_int_equal(sheet.row_count, 77);
    }
}

static Str repeated(const char *part, size_t times) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < times; i++) buffer_add(&out, str_from_c(part));
    return buffer_str(&out);
}

static void test_limits(void **state) {
    (void)state;
    CsvSheet sheet = read(repeated("a,b\n", CSV_LIMIT_ROWS));
    assert_true(sheet.row_count == CSV_LIMIT_ROWS && !sheet.is_cut && !sheet.problem_count);
    sheet = read(repeated("a,b\n", CSV_LIMIT_ROWS + 1));
    assert_true(sheet.row_count == CSV_LIMIT_ROWS && sheet.is_cut && sheet.problem_count == 1);
    assert_true(sheet.problems[0].kind == CSV_MANY_ROWS && sheet.problems[0].line == CSV_LIMIT_ROWS + 1);

    enum { WIDE = 50, FULL = CSV_LIMIT_CELLS / WIDE };
    Str wide = str_format(arena, "%.*s\n", STR_FORMAT(repeated(",", WIDE - 1)));
    sheet = read(repeated(str_to_c(arena, wide), FULL));
    assert_true(sheet.row_count == FULL && !sheet.is_cut && !sheet.problem_count);
    sheet = read(repeated(str_to_c(arena, wide), FULL + 1));
    assert_true(sheet.row_count == FULL && sheet.is_cut && sheet.problem_count == 1);
    assert_true(sheet.problems[0].kind == CSV_MANY_ROWS && sheet.problems[0].line == FULL + 1);

    sheet = read(repeated("a,", CSV_LIMIT_COLUMNS - 1));
    assert_true(sheet.rows[0].count == CSV_LIMIT_COLUMNS && !sheet.is_cut);
    sheet = read(repeated("a,", CSV_LIMIT_COLUMNS + 1));
    assert_true(sheet.rows[0].count == CSV_LIMIT_COLUMNS && sheet.is_cut && sheet.problem_count == 1);
    assert_true(sheet.problems[0].kind == CSV_LONG_ROW && sheet.problems[0].column == 2 * CSV_LIMIT_COLUMNS + 1);

    sheet = read(repeated("a", CSV_LIMIT_CELL_BYTES));
    assert_true(sheet.rows[0].cells[0].text.size == CSV_LIMIT_CELL_BYTES && !sheet.is_cut);
    sheet = read(str_join(arena, STR("a"), repeated("ą", CSV_LIMIT_CELL_BYTES / 2)));
    assert_true(sheet.rows[0].cells[0].text.size == CSV_LIMIT_CELL_BYTES - 1 && sheet.is_cut);
    assert_true(utf8_is_valid(sheet.rows[0].cells[0].text) && sheet.problems[0].kind == CSV_LONG_CELL);

    sheet = read(repeated("a\"b,c\n", CSV_LIMIT_PROBLEMS + 5));
    assert_true(sheet.problem_count == CSV_LIMIT_PROBLEMS && sheet.more_problems == 5);
}

/* Quotes of every unlucky shape: each character is looked at a few times, not once for each quote of its line. */
static void test_hostile_quotes_are_read_in_one_go(void **state) {
    (void)state;
    static const size_t sizes[] = {1 << 14, 1 << 20}; /* the small one fails at once, were it otherwise */
    static const char *const parts[] = {" \"a\"b,", "\"a\"b, ", "\"a\"b", "\"a \"b \"", " \"\"\"a\"b,\"", "\"a\"b\n",
                                        "\"",       "\"\"\"",   ",\"a",   "\n\"a",      "\" ,\"",       "\"\t\" \"x"};
    for (size_t i = 0; i < 2 * sizeof parts / sizeof *parts; i++) {
        const char *part = parts[i / 2];
        Str text = repeated(part, sizes[i % 2] / strlen(part));
        CsvSheet sheet = read_as(text, (CsvOptions){.separator = ','});
        if (sheet.looks > 20 * text.size) fail_msg("<%s>: %zu looks", part, sheet.looks);
    }
}

static Str file_of(const char *name) {
    const char *folder = getenv("WSPOLNIE_DATA");
    if (!folder) skip();
    FILE *file = fopen(str_to_c(arena, str_format(arena, "%s/csv/%s", folder, name)), "rb");
    if (!file) fail_msg("%s is not there", name);
    char *content = arena_alloc(arena, 1 << 20);
    size_t size = fread(content, 1, 1 << 20, file);
    fclose(file);
    return str_from(content, size);
}

static void expect_spectrum(const char *name) {
    CsvSheet sheet = read(file_of(str_to_c(arena, str_format(arena, "csv-spectrum/csvs/%s.csv", name))));
    Str expected = file_of(str_to_c(arena, str_format(arena, "csv-spectrum/json/%s.json", name)));
    json_t *rows = json_loadb(expected.data, expected.size, 0, NULL);
    assert_non_null(rows);
    assert_int_equal(sheet.problem_count, 0);
    assert_int_equal(sheet.row_count, json_array_size(rows) + 1);
    for (size_t i = 1; i < sheet.row_count; i++) {
        json_t *row = json_array_get(rows, i - 1);
        assert_int_equal(sheet.rows[i].count, json_object_size(row));
        for (size_t j = 0; j < sheet.rows[i].count; j++) {
            const char *key = str_to_c(arena, sheet.rows[0].cells[j].text);
            assert_str(sheet.rows[i].cells[j].text, str_from_c(json_string_value(json_object_get(row, key))));
        }
    }
    json_decref(rows);
}

static void test_csv_spectrum(void **state) {
    (void)state;
    static const char *const names[] = {"comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
                                        "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) expect_spectrum(names[i]);
    /* Seconds of arc written as a bare quote, and lost characters: told, and read all the same. Its JSON is
     * of another version of the file. */
    CsvSheet sheet = read(file_of("csv-spectrum/csvs/location_coordinates.csv"));
    assert_int_equal(sheet.row_count, 2);
    assert_int_equal(sheet.rows[1].count, 4);
    assert_str(sheet.rows[1].cells[1].text, STR("37\uFFFD36'37.8\"N 121\uFFFD2'17.9\"W"));
    assert_str(sheet.rows[1].cells[3].text, STR("Stanislaus"));
    assert_int_equal(sheet.problem_count, 2);
}

static void test_form_export(void **state) {
    (void)state;
    CsvSheet sheet = read(file_of("form-export-cantera/responses.csv"));
    assert_int_equal(sheet.problem_count, 0);
    assert_true(sheet.row_count > 2);
    for (size_t i = 1; i < sheet.row_count; i++) assert_int_equal(sheet.rows[i].count, sheet.rows[0].count);
    assert_str(sheet.rows[1].cells[5].text, STR("Debian or its derivatives (Ubuntu, Mint, etc.)"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_columns_of_cells),
        cmocka_unit_test(test_separators),
        cmocka_unit_test(test_tables_agree_with_iconv),
        cmocka_unit_test(test_every_combination),
        cmocka_unit_test(test_polish_letters_tell_the_encoding),
        cmocka_unit_test(test_what_is_no_text),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_hostile_quotes_are_read_in_one_go),
        cmocka_unit_test(test_csv_spectrum),
        cmocka_unit_test(test_form_export),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
