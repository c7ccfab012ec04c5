// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/csv_read.h"

#include "platform/base/buffer.h"
#include "platform/base/utf8.h"
#include "platform/format/csv_text.h"

enum {
    ROWS_LOOKED_AT = 20,   /* for the separator */
    MOST_OPEN_QUOTES = 16, /* each costs a look to the end; after them quotes are plain text */
    NOWHERE = -1,
};

/* What a look ahead in a line has found: the same from each place that it passed. */
typedef struct Glance {
    size_t from, to; /* to: behind the place where it stopped; 0: nothing was looked at */
    ptrdiff_t close;
} Glance;

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
    char separator;
    /* The place last told, from which the next one is counted. */
    size_t place, line, column;
    size_t open_quotes;
    Glance glance;
    size_t looks;
    CsvRow *rows;
    size_t row_count, row_room;
    size_t cells_in_all;
    CsvCell *cells; /* of the current row */
    size_t cell_count, cell_room;
    CsvProblem *problems;
    size_t problem_count, problem_room, more_problems;
    bool is_cut, row_is_cut;
} Reader;

static char char_at(const Reader *reader, size_t at) { return at < reader->text.size ? reader->text.data[at] : '\n'; }

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static bool ends_cell(const Reader *reader, size_t at) {
    char c = char_at(reader, at);
    return c == reader->separator || is_line_end(c);
}

static size_t skip_blanks(const Reader *reader, size_t at) {
    while (char_at(reader, at) == ' ' || (char_at(reader, at) == '\t' && reader->separator != '\t')) at++;
    return at;
}

/* Moves the told place on to at. */
static void locate(Reader *reader, size_t at) {
    for (; reader->place < at; reader->place++) {
        char c = reader->text.data[reader->place];
        bool half_of_crlf =
            c == '\r' && reader->place + 1 < reader->text.size && reader->text.data[reader->place + 1] == '\n';
        if (is_line_end(c) && !half_of_crlf) {
            reader->line++;
            reader->column = 1;
        } else if (((unsigned char)c & 0xC0) != 0x80) {
            reader->column++;
        }
    }
}

/* Room for one more in a list that grows. */
static void *room_for_one(Arena *arena, void *list, size_t count, size_t *room, size_t size) {
    if (count < *room) return list;
    size_t larger = *room ? *room * 2 : 8;
    list = arena_grow(arena, list, *room * size, larger * size);
    *room = larger;
    return list;
}

static void add_problem_at(Reader *reader, CsvProblemKind kind, size_t line, size_t column) {
    if (reader->problem_count == CSV_LIMIT_PROBLEMS) {
        reader->more_problems++;
        return;
    }
    reader->problems =
        room_for_one(reader->arena, reader->problems, reader->problem_count, &reader->problem_room, sizeof(CsvProblem));
    reader->problems[reader->problem_count++] = (CsvProblem){kind, line, column};
}

static void add_problem(Reader *reader, CsvProblemKind kind, size_t at) {
    locate(reader, at);
    add_problem_at(reader, kind, reader->line, reader->column);
}

/* The place where a look from at is over: at the quote that may close a cell, where another cell begins, or at the
 * line's end. */
static size_t look_in_line(Reader *reader, size_t at, ptrdiff_t *close) {
    *close = NOWHERE;
    for (; !is_line_end(char_at(reader, at)); at++, reader->looks++) {
        char c = char_at(reader, at);
        if (c == reader->separator && char_at(reader, at + 1) == '"') return at;
        if (c != '"' || !ends_cell(reader, skip_blanks(reader, at + 1))) continue;
        *close = (ptrdiff_t)at;
        return at;
    }
    return at;
}

/* Whether, before the line ends or another cell begins, a quote stands where a cell may close. A line is looked
 * through once, however many quotes it has. */
static ptrdiff_t close_in_line(Reader *reader, size_t at) {
    Glance *glance = &reader->glance;
    if (at < glance->from || at >= glance->to) {
        glance->from = at;
        glance->to = look_in_line(reader, at, &glance->close) + 1;
    }
    return glance->close;
}

/* The place of the quote that closes what was opened just before at; NOWHERE if none does. */
static ptrdiff_t closing_quote(Reader *reader, size_t at) {
    ptrdiff_t known_close = NOWHERE; /* quotes before it are text */
    for (; at < reader->text.size; at++, reader->looks++) {
        if (reader->text.data[at] != '"') continue;
        if (char_at(reader, at + 1) == '"') at++;
        else if ((ptrdiff_t)at < known_close) continue;
        else if (ends_cell(reader, skip_blanks(reader, at + 1))) return (ptrdiff_t)at;
        else if ((known_close = close_in_line(reader, at + 1)) == NOWHERE) return (ptrdiff_t)at;
    }
    return NOWHERE;
}

/* A character inside quotes is damaged, or a quote inside them is not doubled. */
static void report_inside(Reader *reader, size_t from, size_t to, bool quoted) {
    static const Str replacement = STR_INIT("\uFFFD");
    bool broken = false, stray = false;
    for (size_t at = from; at < to && !(broken && stray); at++) {
        char c = reader->text.data[at];
        if (c == '"' && quoted && at + 1 < to && reader->text.data[at + 1] == '"') at++;
        else if (c == '"' && !stray) {
            stray = true;
            add_problem(reader, CSV_STRAY_QUOTE, at);
        } else if (c == replacement.data[0] && !broken && str_starts_with(str_skip(reader->text, at), replacement)) {
            broken = true;
            add_problem(reader, CSV_BROKEN_CHARACTER, at);
        }
    }
}

/* Doubled quotes become one. */
static Str undoubled(Arena *arena, Str quoted) {
    if (str_index_of(quoted, STR("\"\"")) < 0) return quoted;
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < quoted.size; i++) {
        buffer_add_char(&out, quoted.data[i]);
        if (quoted.data[i] == '"' && i + 1 < quoted.size && quoted.data[i + 1] == '"') i++;
    }
    return buffer_str(&out);
}

/* Cut at a character, without the half of one. */
static Str shortened(Str text) {
    size_t size = CSV_LIMIT_CELL_BYTES;
    while (size && ((unsigned char)text.data[size] & 0xC0) == 0x80) size--;
    return str_slice(text, 0, size);
}

static size_t end_of_plain(const Reader *reader, size_t at) {
    while (!ends_cell(reader, at)) at++;
    return at;
}

static Str take_plain(Reader *reader) {
    size_t start = reader->at;
    reader->at = end_of_plain(reader, start);
    report_inside(reader, start, reader->at, false);
    return str_slice(reader->text, start, reader->at - start);
}

static Str take_quoted(Reader *reader, size_t quote) {
    ptrdiff_t close = reader->open_quotes < MOST_OPEN_QUOTES ? closing_quote(reader, quote + 1) : NOWHERE;
    if (close == NOWHERE) {
        reader->open_quotes++;
        add_problem(reader, CSV_OPEN_QUOTE, quote);
        size_t start = quote;
        reader->at = end_of_plain(reader, start);
        return str_slice(reader->text, start, reader->at - start);
    }
    report_inside(reader, quote + 1, (size_t)close, true);
    Str text = undoubled(reader->arena, str_slice(reader->text, quote + 1, (size_t)close - quote - 1));
    size_t rest = skip_blanks(reader, (size_t)close + 1);
    reader->at = end_of_plain(reader, rest);
    if (reader->at == rest) return text;
    add_problem(reader, CSV_TEXT_AFTER_QUOTE, rest);
    return str_join(reader->arena, text, str_slice(reader->text, (size_t)close + 1, reader->at - (size_t)close - 1));
}

/* One cell, up to what ends it. */
static void take_cell(Reader *reader) {
    size_t start = reader->at;
    locate(reader, start);
    CsvCell cell = {.line = reader->line, .column = reader->column};
    size_t first = skip_blanks(reader, start);
    cell.text = char_at(reader, first) == '"' ? take_quoted(reader, first) : take_plain(reader);
    if (cell.text.size > CSV_LIMIT_CELL_BYTES) {
        reader->is_cut = true;
        add_problem_at(reader, CSV_LONG_CELL, cell.line, cell.column);
        cell.text = shortened(cell.text);
    }
    if (reader->cell_count == CSV_LIMIT_COLUMNS) {
        if (!reader->row_is_cut) add_problem_at(reader, CSV_LONG_ROW, cell.line, cell.column);
        reader->row_is_cut = reader->is_cut = true;
        return;
    }
    reader->cells = room_for_one(reader->arena, reader->cells, reader->cell_count, &reader->cell_room, sizeof(CsvCell));
    reader->cells[reader->cell_count++] = cell;
}

static void take_line_end(Reader *reader) {
    if (char_at(reader, reader->at) == '\r' && reader->at + 1 < reader->text.size &&
        reader->text.data[reader->at + 1] == '\n')
        reader->at++;
    reader->at++;
}

static void take_row(Reader *reader) {
    reader->cell_count = 0;
    reader->row_is_cut = false;
    locate(reader, reader->at);
    CsvRow row = {.line = reader->line};
    take_cell(reader);
    while (reader->at < reader->text.size && char_at(reader, reader->at) == reader->separator) {
        reader->at++;
        take_cell(reader);
    }
    take_line_end(reader);
    row.count = reader->cell_count;
    reader->cells_in_all += row.count;
    row.cells = arena_array(reader->arena, CsvCell, row.count);
    memcpy(row.cells, reader->cells, row.count * sizeof *row.cells);
    reader->rows = room_for_one(reader->arena, reader->rows, reader->row_count, &reader->row_room, sizeof(CsvRow));
    reader->rows[reader->row_count++] = row;
}

static Reader read_rows(Arena *arena, Str text, size_t from, char separator, size_t most_rows) {
    Reader reader = {.arena = arena, .text = text, .at = from, .separator = separator, .line = 1, .column = 1};
    while (reader.at < text.size && reader.row_count < most_rows && reader.cells_in_all < CSV_LIMIT_CELLS) {
        if (is_line_end(char_at(&reader, reader.at))) take_line_end(&reader); /* an empty line */
        else take_row(&reader);
    }
    return reader;
}

/* How evenly a separator cuts the first rows: how many have the commonest number of cells, where that is
 * more than one; half as much where the first row, which has the names, is not cut at all. */
typedef struct Evenness {
    size_t score, cells;
} Evenness;

static Evenness evenness_of(const Reader *reader) {
    Evenness best = {0};
    for (size_t i = 0; i < reader->row_count; i++) {
        Evenness here = {.cells = reader->rows[i].count};
        if (here.cells < 2) continue;
        for (size_t j = 0; j < reader->row_count; j++) here.score += 2 * (reader->rows[j].count == here.cells);
        if (here.score > best.score || (here.score == best.score && here.cells > best.cells)) best = here;
    }
    if (reader->row_count && reader->rows[0].count < 2) best.score /= 2;
    return best;
}

static char find_separator(Arena *arena, Str text) {
    static const char candidates[] = {'\t', ';', ','}; /* at a tie the one that is rarer inside text */
    char separator = ',';
    Evenness best = {0};
    for (size_t i = 0; i < sizeof candidates; i++) {
        Reader reader = read_rows(arena, text, 0, candidates[i], ROWS_LOOKED_AT);
        Evenness here = evenness_of(&reader);
        bool better = here.score > best.score || (here.score == best.score && here.score && here.cells > best.cells);
        if (!better) continue;
        best = here;
        separator = candidates[i];
    }
    return separator;
}

/* "sep=;" in a first line of its own; gives its size with the line's end, 0 where there is none. */
static size_t separator_line(Str text, char *separator) {
    enum { SIZE = 5 };
    if (text.size <= SIZE || !str_equal_ascii_case(str_slice(text, 0, 4), STR("sep="))) return 0;
    char c = text.data[4];
    if ((c != ',' && c != ';' && c != '\t') || !is_line_end(text.data[SIZE])) return 0;
    *separator = c;
    return SIZE;
}

Err csv_read(Arena *arena, Str bytes, const CsvOptions *options, CsvSheet *sheet) {
    static const Str not_text[] = {STR_INIT("PK\x03\x04"), STR_INIT("\xD0\xCF\x11\xE0"), STR_INIT("%PDF-")};
    for (size_t i = 0; i < sizeof not_text / sizeof *not_text; i++)
        if (str_starts_with(bytes, not_text[i])) return ERR_INPUT;
    CsvEncoding encoding = options->encoding ? options->encoding : csv_text_encoding(bytes);
    bool utf16 = encoding == CSV_UTF16_LE || encoding == CSV_UTF16_BE;
    if (encoding == CSV_ENCODING_UNKNOWN || (utf16 && bytes.size % 2)) return ERR_INPUT;
    Str text = csv_text_decode(arena, bytes, encoding);
    char separator = 0;
    size_t start = separator_line(text, &separator);
    if (options->separator) separator = options->separator;
    if (!separator) separator = find_separator(arena, text);
    Reader reader = read_rows(arena, text, start, separator, CSV_LIMIT_ROWS);
    if (str_trim(str_skip(text, reader.at)).size) {
        add_problem(&reader, CSV_MANY_ROWS, reader.at);
        reader.is_cut = true;
    }
    *sheet = (CsvSheet){
        .encoding = encoding,
        .separator = separator,
        .rows = reader.rows,
        .row_count = reader.row_count,
        .problems = reader.problems,
        .problem_count = reader.problem_count,
        .more_problems = reader.more_problems,
        .is_cut = reader.is_cut,
        .looks = reader.looks,
    };
    return OK;
}

const char *csv_encoding_name(CsvEncoding encoding) {
    static const char *const names[] = {"unknown", "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1250", "ISO-8859-2"};
    return names[encoding];
}

const char *csv_problem_name(CsvProblemKind kind) {
    static const char *const names[] = {"stray_quote", "text_after_quote", "open_quote", "broken_character",
                                        "long_cell",   "long_row",         "many_rows"};
    return names[kind];
}
