// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/people_file.h"

#include "platform/base/limits.h"
#include "platform/format/csv_read.h"

/* ---- a sheet with a head ------------------ */

typedef struct Sheet {
    CommandCall *call;
    Str path;
    CsvSheet csv;
} Sheet;

static noreturn void refuse(const Sheet *sheet, size_t line, size_t column, const char *expected, Str found) {
    arena_fail(sheet->call->arena, ERR_INPUT, "%.*s:%zu:%zu: expected %s, found \"%.*s\"", STR_FORMAT(sheet->path),
               line, column, expected, STR_FORMAT(str_slice(found, 0, 60)));
}

static Sheet sheet_read(CommandCall *call, Str path) {
    enum { SHEET_BYTES_MOST = 256 * 1024 * 1024 };
    Sheet sheet = {.call = call, .path = path};
    Str bytes = command_read_file(call, path, SHEET_BYTES_MOST);
    if (csv_read(call->arena, bytes, &(CsvOptions){0}, &sheet.csv))
        arena_fail(call->arena, ERR_INPUT, "%.*s is not a text file of comma-separated values", STR_FORMAT(path));
    if (sheet.csv.is_cut)
        arena_fail(call->arena, ERR_LIMIT, "%.*s has more than %d rows, %d columns or %d cells", STR_FORMAT(path),
                   CSV_LIMIT_ROWS, CSV_LIMIT_COLUMNS, CSV_LIMIT_CELLS);
    if (sheet.csv.problem_count) {
        const CsvProblem *problem = &sheet.csv.problems[0];
        arena_fail(call->arena, ERR_INPUT, "%.*s:%zu:%zu: expected plain cells, found a fault in the sheet (%s)",
                   STR_FORMAT(path), problem->line, problem->column, csv_problem_name(problem->kind));
    }
    if (!sheet.csv.row_count) refuse(&sheet, 1, 1, "a row with the columns' names", STR(""));
    return sheet;
}

static ptrdiff_t column_of(const Sheet *sheet, const char *name) {
    const CsvRow *head = &sheet->csv.rows[0];
    for (size_t i = 0; i < head->count; i++)
        if (str_equal_ascii_case(str_trim(head->cells[i].text), str_from_c(name))) return (ptrdiff_t)i;
    return -1;
}

static ptrdiff_t needed_column(const Sheet *sheet, const char *name) {
    ptrdiff_t column = column_of(sheet, name);
    if (column < 0) {
        const char *expected = str_format(sheet->call->arena, "a column \"%s\"", name).data;
        refuse(sheet, sheet->csv.rows[0].line, 1, expected, sheet->csv.rows[0].cells[0].text);
    }
    return column;
}

/* A cell that the row does not have is empty, at the row's beginning. */
static CsvCell cell_of(const CsvRow *row, ptrdiff_t column) {
    if (column < 0 || (size_t)column >= row->count) return (CsvCell){STR(""), row->line, 1};
    CsvCell cell = row->cells[column];
    cell.text = str_trim(cell.text);
    return cell;
}

/* ---- people ------------------ */

typedef struct PeopleColumns {
    ptrdiff_t id, name, absent, host_table, needs_access, delegates;
} PeopleColumns;

static uint64_t rounds_of(const Sheet *sheet, const CsvCell *cell) {
    uint64_t mask = 0;
    Str rest = cell->text, part;
    while (!str_is_empty(cell->text) && str_next_part(&rest, ';', &part)) {
        int64_t round;
        if (!str_to_int(str_trim(part), &round) || round < 1 || round > ROUNDS_MOST)
            refuse(sheet, cell->line, cell->column, "rounds from 1 to 64, as in 2;3", cell->text);
        mask |= (uint64_t)1 << (round - 1);
    }
    return mask;
}

static bool is_yes(const Sheet *sheet, const CsvCell *cell) {
    static const char *const yes[] = {"yes", "1", "true", "y", "tak"}, *const no[] = {"",      "no", "0",
                                                                                      "false", "n",  "nie"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (str_equal_ascii_case(cell->text, str_from_c(yes[i]))) return true;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (str_equal_ascii_case(cell->text, str_from_c(no[i]))) return false;
    refuse(sheet, cell->line, cell->column, "yes or no", cell->text);
}

static int16_t table_of(const Sheet *sheet, const PeopleColumns *columns, const CsvRow *row, People *people) {
    CsvCell host = cell_of(row, columns->host_table), access = cell_of(row, columns->needs_access);
    if (str_is_empty(host.text)) return is_yes(sheet, &access) ? ROUNDS_KEEPS_A_TABLE : ROUNDS_MOVES;
    int64_t table;
    if (!str_to_int(host.text, &table) || table < 1 || table > ROUNDS_TABLES_MOST)
        refuse(sheet, host.line, host.column, "a table's number from 1 to 10000", host.text);
    if ((size_t)table > people->highest_table) people->highest_table = (size_t)table;
    return (int16_t)(table - 1);
}

static void read_person(const Sheet *sheet, const PeopleColumns *columns, const CsvRow *row, People *people) {
    CsvCell id = cell_of(row, columns->id), name = cell_of(row, columns->name);
    CsvCell absent = cell_of(row, columns->absent), delegates = cell_of(row, columns->delegates);
    if (str_is_empty(id.text)) refuse(sheet, id.line, id.column, "an id", id.text);
    if (!str_is_empty(delegates.text) && !str_equal(delegates.text, STR("1")))
        refuse(sheet, delegates.line, delegates.column, "one delegate (give each of several a row of their own)",
               delegates.text);
    size_t place = people->count++;
    people->ids[place] = id.text;
    people->names[place] = str_is_empty(name.text) ? id.text : name.text;
    people->absent[place] = rounds_of(sheet, &absent);
    people->keeps_table[place] = table_of(sheet, columns, row, people);
}

/* qsort has no context: what is sorted carries it. */
typedef struct Ordered {
    Str id;
    size_t place;
} Ordered;

static int by_id(const void *one, const void *other) {
    const Ordered *a = one, *b = other;
    int order = str_compare(a->id, b->id);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static void order_people(const Sheet *sheet, People *people) {
    Ordered *ordered = arena_array(sheet->call->arena, Ordered, people->count);
    for (size_t i = 0; i < people->count; i++) ordered[i] = (Ordered){people->ids[i], i};
    qsort(ordered, people->count, sizeof *ordered, by_id);
    people->order = arena_array(sheet->call->arena, size_t, people->count);
    for (size_t i = 0; i < people->count; i++) {
        people->order[i] = ordered[i].place;
        if (!i || !str_equal(ordered[i].id, ordered[i - 1].id)) continue;
        const CsvRow *row = &sheet->csv.rows[ordered[i].place + 1];
        refuse(sheet, row->line, 1, "each id once", ordered[i].id);
    }
}

People people_read(CommandCall *call, Str path) {
    Sheet sheet = sheet_read(call, path);
    PeopleColumns columns = {needed_column(&sheet, "id"),       column_of(&sheet, "name"),
                             column_of(&sheet, "absent"),       column_of(&sheet, "host_table"),
                             column_of(&sheet, "needs_access"), column_of(&sheet, "delegates")};
    size_t most = sheet.csv.row_count;
    People people = {.ids = arena_array(call->arena, Str, most),
                     .names = arena_array(call->arena, Str, most),
                     .absent = arena_array(call->arena, uint64_t, most),
                     .keeps_table = arena_array(call->arena, int16_t, most)};
    for (size_t i = 1; i < sheet.csv.row_count; i++) read_person(&sheet, &columns, &sheet.csv.rows[i], &people);
    order_people(&sheet, &people);
    return people;
}

bool people_find(const People *people, Str id, size_t *place) {
    size_t from = 0, to = people->count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = str_compare(people->ids[people->order[middle]], id);
        if (order == 0) {
            *place = people->order[middle];
            return true;
        }
        if (order < 0) from = middle + 1;
        else to = middle;
    }
    return false;
}

/* ---- pairs ------------------ */

static size_t person_in(const Sheet *sheet, const People *people, const CsvRow *row, ptrdiff_t column) {
    CsvCell cell = cell_of(row, column);
    size_t place;
    if (!people_find(people, cell.text, &place))
        refuse(sheet, cell.line, cell.column, "an id of the file of people", cell.text);
    return place;
}

/* Both ids of a row; two of one are refused. */
static void pair_in(const Sheet *sheet, const People *people, const CsvRow *row, size_t *a, size_t *b) {
    ptrdiff_t first = needed_column(sheet, "a"), second = needed_column(sheet, "b");
    *a = person_in(sheet, people, row, first);
    *b = person_in(sheet, people, row, second);
    if (*a == *b) refuse(sheet, row->line, cell_of(row, second).column, "two different ids", people->ids[*b]);
}

static bool is_never(const CsvCell *cell) { return str_equal_ascii_case(cell->text, STR("never")); }

int32_t *people_values(CommandCall *call, const People *people, Str pairs_path) {
    if (str_is_absent(pairs_path)) return NULL;
    Sheet sheet = sheet_read(call, pairs_path);
    ptrdiff_t column = needed_column(&sheet, "value");
    int32_t *values = arena_alloc_array(call->arena, people->count, people->count * sizeof *values);
    for (size_t i = 1; i < sheet.csv.row_count; i++) {
        const CsvRow *row = &sheet.csv.rows[i];
        CsvCell cell = cell_of(row, column);
        size_t a, b;
        int64_t value = 0;
        pair_in(&sheet, people, row, &a, &b);
        if (!is_never(&cell) && (!str_to_int(cell.text, &value) || value < 0 || value > ROUNDS_VALUE_MOST))
            refuse(&sheet, cell.line, cell.column, "a whole number from 0 to 1000000, or never", cell.text);
        values[a * people->count + b] = values[b * people->count + a] = (int32_t)value;
    }
    return values;
}

static void mark(const People *people, uint8_t *marks, size_t a, size_t b, uint8_t what) {
    marks[a * people->count + b] |= what;
    marks[b * people->count + a] |= what;
}

uint8_t *people_marks(CommandCall *call, const People *people, Str pairs_path, Str met_path) {
    if (str_is_absent(pairs_path) && str_is_absent(met_path)) return NULL;
    uint8_t *marks = arena_alloc_array(call->arena, people->count, people->count);
    size_t a, b;
    Sheet pairs = str_is_absent(pairs_path) ? (Sheet){0} : sheet_read(call, pairs_path);
    for (size_t i = 1; i < pairs.csv.row_count; i++) {
        CsvCell cell = cell_of(&pairs.csv.rows[i], needed_column(&pairs, "value"));
        pair_in(&pairs, people, &pairs.csv.rows[i], &a, &b);
        if (is_never(&cell)) mark(people, marks, a, b, ROUNDS_PAIR_NEVER);
    }
    Sheet met = str_is_absent(met_path) ? (Sheet){0} : sheet_read(call, met_path);
    for (size_t i = 1; i < met.csv.row_count; i++) {
        pair_in(&met, people, &met.csv.rows[i], &a, &b);
        mark(people, marks, a, b, ROUNDS_PAIR_MET);
    }
    return marks;
}
