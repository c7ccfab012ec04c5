// SPDX-License-Identifier: EUPL-1.2
/* What a row of a sheet says. */
#include "gathering/signups/import_sheet.h"

#include "gathering/organisations/organisations.h"
#include "gathering/signups/signups.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/format/csv_write.h"
#include "platform/page/form_state.h"

static const char *const why_names[IMPORT_WHY_COUNT] = {
    [IMPORT_NO_NAME] = "no_name",
    [IMPORT_NO_TEXT] = "no_text",
    [IMPORT_BAD_NIP] = "bad_nip",
    [IMPORT_BAD_REGON] = "bad_regon",
    [IMPORT_BAD_KRS] = "bad_krs",
    [IMPORT_BAD_EMAIL] = "bad_email",
    [IMPORT_BAD_PHONE] = "bad_phone",
    [IMPORT_BAD_PEOPLE] = "bad_people",
    [IMPORT_SHORT_ROW] = "short_row",
    [IMPORT_BROKEN_CELL] = "broken_cell",
    [IMPORT_TWO_ROWS] = "two_rows",
    [IMPORT_MAYBE_TWO_ROWS] = "maybe_two_rows",
    [IMPORT_SIMILAR] = "similar",
    [IMPORT_NOT_COMING] = "not_coming",
    [IMPORT_DIFFERS] = "differs",
    [IMPORT_TWO_ORGANISATIONS] = "two_organisations",
    [IMPORT_BAD_WEBSITE] = "bad_website",
    [IMPORT_BAD_TIME] = "bad_time",
    [IMPORT_UNKNOWN_ANSWER] = "unknown_answer",
    [IMPORT_REPLACED] = "replaced",
    [IMPORT_CUT] = "cut",
};

const char *import_why_name(ImportWhy why) { return why_names[why]; }

void import_note(Arena *arena, ImportNotes *notes, const ImportNote *note) {
    if (notes->count == notes->capacity) {
        size_t larger = notes->capacity ? notes->capacity * 2 : 4;
        notes->notes = arena_grow(arena, notes->notes, notes->capacity * sizeof *note, larger * sizeof *note);
        notes->capacity = larger;
    }
    notes->notes[notes->count++] = *note;
}

/* ---- choices ----------------------------------------------------------------------------------------------- */

static void add_choice(Arena *arena, StrList *list, Str choice) {
    choice = str_trim(choice);
    if (str_is_empty(choice)) return;
    size_t size = list->count * sizeof(Str);
    list->strs = arena_grow(arena, list->strs, size, size + sizeof(Str));
    list->strs[list->count++] = choice;
}

static bool parts_choices(char c, bool by_commas, int depth) {
    return c == '\n' || (by_commas ? c == ',' && depth == 0 : c == ';');
}

/* The end of a choice that begins at from in quotation marks, behind the closing one; 0: it is no such choice. */
static size_t quoted_end(Str cell, size_t from) {
    while (from < cell.size && cell.data[from] == ' ') from++;
    if (from >= cell.size || cell.data[from] != '"') return 0;
    for (size_t i = from + 1; i < cell.size; i++) {
        if (cell.data[i] != '"') continue;
        bool is_doubled = i + 1 < cell.size && cell.data[i + 1] == '"';
        if (is_doubled) {
            i++;
            continue;
        }
        size_t end = i + 1, next = end;
        while (next < cell.size && cell.data[next] == ' ') next++;
        return next == cell.size || str_index_of_char(STR(";,\n"), cell.data[next]) >= 0 ? end : 0;
    }
    return 0;
}

static Str unquoted(Arena *arena, Str choice) {
    choice = str_trim(choice);
    if (choice.size < 2 || quoted_end(choice, 0) != choice.size) return choice;
    return str_replace(arena, str_slice(choice, 1, choice.size - 2), STR("\"\""), STR("\""));
}

static bool has_outside_quotes(Str cell, Str signs) {
    for (size_t i = 0, start = 1; i < cell.size; i++) {
        size_t end = start ? quoted_end(cell, i) : 0;
        if (end) i = end;
        if (i >= cell.size) return false;
        if (str_index_of_char(signs, cell.data[i]) >= 0) return true;
        start = cell.data[i] == ',';
    }
    return false;
}

StrList import_split(Arena *arena, Str cell) {
    bool by_commas = !has_outside_quotes(cell, STR(";\n"));
    StrList list = {0};
    size_t from = 0;
    int depth = 0;
    for (size_t i = 0; i < cell.size; i++) {
        size_t end = i == from ? quoted_end(cell, from) : 0;
        if (end) i = end;
        if (i >= cell.size) break;
        char c = cell.data[i];
        depth += (c == '(') - (c == ')' && depth > 0);
        if (!parts_choices(c, by_commas, depth)) continue;
        add_choice(arena, &list, unquoted(arena, str_slice(cell, from, i - from)));
        from = i + 1;
    }
    add_choice(arena, &list, unquoted(arena, str_skip(cell, from)));
    return list;
}

/* A tick in a column that stands for one answer: "1", "x", "tak", or the answer itself. */
static bool is_tick(Arena *arena, Str cell, Str answer) {
    static const char *const ticks[] = {"1", "x", "tak", "yes", "true", "prawda", "ok", "checked", "zaznaczono", "tik"};
    if (str_equal(cell, STR("✓")) || str_equal(cell, STR("✔"))) return true;
    Str folded = utf8_fold(arena, cell);
    for (size_t i = 0; i < COUNT(ticks); i++)
        if (str_equal(folded, str_from_c(ticks[i]))) return true;
    return str_equal(folded, utf8_fold(arena, answer));
}

static bool is_no_tick(Arena *arena, Str cell) {
    static const char *const noes[] = {"0", "nie", "no", "false", "falsz", "ni", "unchecked"};
    Str folded = utf8_fold(arena, cell);
    for (size_t i = 0; i < COUNT(noes); i++)
        if (str_equal(folded, str_from_c(noes[i]))) return true;
    return false;
}

/* ---- cells --------------------------------------------------------------------------------------------------- */

/* A row while it is read. */
typedef struct Reading {
    Arena *arena;
    const ImportSheet *sheet;
    ImportRow *row;
    Str texts[IMPORT_FIELD_COUNT];
} Reading;

static void note(Reading *reading, ImportWhy why, ImportField field, Str value) {
    ImportRow *row = reading->row;
    import_note(reading->arena, &row->notes,
                &(ImportNote){
                    .why = why,
                    .field = field,
                    .line = row->lines[field] ? row->lines[field] : row->line,
                    .column = row->columns[field] ? row->columns[field] : 1,
                    .value = value,
                });
}

static bool is_long_text(ImportField field) {
    return field == IMPORT_WORDS || field == IMPORT_QUESTION || field == IMPORT_REMARKS || field == IMPORT_ACCESS ||
           field == IMPORT_NOTES || field == IMPORT_PROFILES || field == IMPORT_OFFERS || field == IMPORT_NEEDS;
}

static Str cut_to_limit(Reading *reading, ImportField field, Str text) {
    size_t most = is_long_text(field) ? LIMIT_TEXT_CHARS : LIMIT_LINE_CHARS;
    if (utf8_count(text) <= most) return text;
    note(reading, IMPORT_CUT, field, text);
    return utf8_cut(text, most);
}

static const char question_start[] = "question.";

Str import_column_text(Arena *arena, ImportField field, Id question) {
    if (field != IMPORT_QUESTION) return str_from_c(import_field_name(field));
    return str_format(arena, "%s%.*s", question_start, STR_FORMAT(id_text(arena, question)));
}

static bool has_question(const ImportSheet *sheet, Id question) {
    for (size_t i = 0; sheet->questions && i < sheet->questions->count; i++)
        if (sheet->questions->questions[i].id == question) return true;
    return false;
}

bool import_column_parse(const ImportSheet *sheet, Str text, ImportField *field, Id *question) {
    *question = 0;
    if (str_starts_with(text, str_from_c(question_start))) {
        *field = IMPORT_QUESTION;
        return id_parse(str_skip(text, strlen(question_start)), question) && has_question(sheet, *question);
    }
    return import_field_parse(text, field) && *field != IMPORT_QUESTION;
}

static bool is_its_head(Arena *arena, const SheetQuestion *question, Str folded) {
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (!str_is_empty(question->labels[i]) && str_equal(utf8_fold(arena, question->labels[i]), folded)) return true;
    return false;
}

/* "Czego potrzebujecie? [stół]" and heads in two rows name the question before the answer. */
static Str head_of_question(Arena *arena, const ImportColumn *column) {
    Str head = column->head;
    if (!str_is_absent(column->answer)) {
        ptrdiff_t bracket = str_index_of_char(head, '[');
        size_t tail = column->answer.size + strlen(" \u00b7 ");
        if (bracket > 0) head = str_trim(str_slice(head, 0, (size_t)bracket));
        else if (head.size > tail) head = str_slice(head, 0, head.size - tail);
    }
    return utf8_fold(arena, head);
}

void import_sheet_ask(Arena *arena, ImportSheet *sheet, const SheetQuestions *questions) {
    sheet->questions = questions;
    for (size_t i = 0; i < sheet->column_count; i++) {
        ImportColumn *column = &sheet->columns[i];
        Str folded = column->is_by_hand ? STR("") : head_of_question(arena, column);
        for (size_t k = 0; k < questions->count && !str_is_empty(folded); k++) {
            if (!is_its_head(arena, &questions->questions[k], folded)) continue;
            column->field = IMPORT_QUESTION;
            column->question = questions->questions[k].id;
        }
    }
}

/* Several columns of one question follow each other. */
static void take_answer(Reading *reading, const ImportColumn *column, const CsvCell *cell, Str clean) {
    ImportRow *row = reading->row;
    if (!row->answers) row->answers = arena_array(reading->arena, SheetCell, reading->sheet->column_count);
    size_t at = 0;
    while (at < row->answer_count && row->answers[at].question != column->question) at++;
    SheetCell *answer = &row->answers[at];
    if (at == row->answer_count) {
        *answer = (SheetCell){.question = column->question, .text = clean, .line = cell->line, .column = cell->column};
        row->answer_count++;
    } else {
        answer->text = str_format(reading->arena, "%.*s\n%.*s", STR_FORMAT(answer->text), STR_FORMAT(clean));
    }
}

/* Takes a cell in: several columns of one field follow each other. */
static void take_cell(Reading *reading, size_t index, const CsvCell *cell) {
    const ImportColumn *column = &reading->sheet->columns[index];
    ImportField field = column->field;
    Str clean, raw = csv_text_restore(cell->text);
    bool is_text = is_long_text(field) ? utf8_clean_text(reading->arena, raw, &clean)
                                       : utf8_clean_line(reading->arena, raw, &clean);
    if (!is_text) {
        import_note(reading->arena, &reading->row->notes,
                    &(ImportNote){.why = IMPORT_NO_TEXT, .field = field, .line = cell->line, .column = cell->column});
        return;
    }
    clean = str_trim(clean);
    if (str_is_empty(clean)) return;
    if (!str_is_absent(column->answer)) {
        if (is_no_tick(reading->arena, clean)) return;
        if (is_tick(reading->arena, clean, column->answer)) clean = column->answer;
    }
    if (field == IMPORT_QUESTION) {
        take_answer(reading, column, cell, clean);
        return;
    }
    if (reading->row->lines[field] == 0) {
        reading->row->lines[field] = cell->line;
        reading->row->columns[field] = cell->column;
    }
    Str earlier = reading->texts[field];
    const char *between = field == IMPORT_CONTACT_NAME ? " " : "\n";
    reading->texts[field] = str_is_empty(earlier) ? clean
                                                  : str_format(reading->arena, "%.*s%s%.*s", STR_FORMAT(earlier),
                                                               between, STR_FORMAT(clean));
}

static void take_problems(Reading *reading, size_t index) {
    const CsvSheet *csv = reading->sheet->csv;
    size_t last = index + 1 < csv->row_count ? csv->rows[index + 1].line : SIZE_MAX;
    for (size_t i = 0; i < csv->problem_count; i++) {
        const CsvProblem *problem = &csv->problems[i];
        if (problem->line < csv->rows[index].line || problem->line >= last) continue;
        import_note(reading->arena, &reading->row->notes,
                    &(ImportNote){.why = IMPORT_BROKEN_CELL,
                                  .line = problem->line,
                                  .column = problem->column,
                                  .value = str_from_c(csv_problem_name(problem->kind))});
    }
}

/* ---- answers --------------------------------------------------------------------------------------------------- */

typedef RegisterFault (*RegisterCheck)(Arena *arena, Str typed, Str *plain);

static Str read_register(Reading *reading, ImportField field, RegisterCheck check, ImportWhy why) {
    Str plain, typed = reading->texts[field];
    if (str_is_empty(typed) || str_equal(typed, STR("-"))) return STR_ABSENT;
    if (check(reading->arena, typed, &plain) == REGISTER_GOOD) return plain;
    note(reading, why, field, typed);
    return STR_ABSENT;
}

static Str read_email(Reading *reading) {
    Str email, typed = reading->texts[IMPORT_EMAIL];
    if (str_is_empty(typed)) return STR_ABSENT;
    if (kind_email(reading->arena, typed, &email)) return email;
    note(reading, IMPORT_BAD_EMAIL, IMPORT_EMAIL, typed);
    return STR_ABSENT;
}

static Str read_phone(Reading *reading) {
    Str phone, typed = reading->texts[IMPORT_PHONE];
    if (str_is_empty(typed)) return STR_ABSENT;
    if (kind_phone(reading->arena, LANGUAGE_PL, typed, &phone)) return phone;
    note(reading, IMPORT_BAD_PHONE, IMPORT_PHONE, typed);
    return STR_ABSENT;
}

static Str read_website(Reading *reading) {
    Str url, typed = reading->texts[IMPORT_WEBSITE];
    if (str_is_empty(typed) || str_equal(typed, STR("-"))) return STR_ABSENT;
    if (kind_url(reading->arena, typed, &url)) return url;
    note(reading, IMPORT_BAD_WEBSITE, IMPORT_WEBSITE, typed);
    return STR_ABSENT;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "-3", "2,5": more than digits and words say. */
static bool is_odd_number(Arena *arena, Str typed) {
    Str text = str_replace(arena, typed, STR("−"), STR("-"));
    bool had_digit = false;
    for (size_t i = 0; i < text.size; i++) {
        bool before_digit = i + 1 < text.size && is_digit(text.data[i + 1]);
        if (text.data[i] == '-' && before_digit && !had_digit) return true;
        bool is_point = text.data[i] == '.' || text.data[i] == ',';
        if (is_point && before_digit && i > 0 && is_digit(text.data[i - 1])) return true;
        had_digit |= is_digit(text.data[i]);
    }
    return false;
}

/* "3", "3 osoby", "2-3" (the larger: room is what is asked for). */
static OptionalInt read_people(Reading *reading) {
    Str typed = reading->texts[IMPORT_PEOPLE], word;
    if (str_is_empty(typed)) return (OptionalInt){0};
    int64_t most = is_odd_number(reading->arena, typed) ? SIGNUP_PEOPLE_LIMIT + 1 : 0, number;
    for (Str rest = utf8_fold(reading->arena, typed); str_next_part(&rest, ' ', &word);)
        if (str_to_int(word, &number) && number > most) most = number;
    if (most >= 1 && most <= SIGNUP_PEOPLE_LIMIT) return given_int(most);
    note(reading, IMPORT_BAD_PEOPLE, IMPORT_PEOPLE, typed);
    return (OptionalInt){0};
}

/* A date, a time, perhaps AM or PM; what stands behind (a zone) says nothing we do not know. */
static Civil read_moment(Reading *reading) {
    Str typed = reading->texts[IMPORT_SUBMITTED], date, time = STR("00:00"), day, word;
    Civil moment = {0};
    if (str_is_empty(typed)) return moment;
    Str rest = str_replace(reading->arena, str_replace(reading->arena, typed, STR("T"), STR(" ")), STR(", "), STR(" "));
    bool is_read = str_next_part(&rest, ' ', &day) && kind_date(reading->arena, day, false, &date);
    bool has_time = is_read && str_next_part(&rest, ' ', &word) && kind_time(reading->arena, word, &time);
    bool is_afternoon = has_time && str_contains(rest, STR("PM")),
         is_morning = has_time && str_contains(rest, STR("AM"));
    int64_t year, month, day_number, hour, minute;
    if (!is_read || !str_to_int(str_slice(date, 0, 4), &year) || !str_to_int(str_slice(date, 5, 2), &month) ||
        !str_to_int(str_slice(date, 8, 2), &day_number) || !str_to_int(str_slice(time, 0, 2), &hour) ||
        !str_to_int(str_slice(time, 3, 2), &minute)) {
        note(reading, IMPORT_BAD_TIME, IMPORT_SUBMITTED, typed);
        return moment;
    }
    if (is_afternoon && hour < 12) hour += 12;
    if (is_morning && hour == 12) hour = 0;
    return (Civil){
        .year = (int)year, .month = (int)month, .day = (int)day_number, .hour = (int)hour, .minute = (int)minute};
}

static void read_answers(Reading *reading) {
    ImportRow *row = reading->row;
    for (size_t i = IMPORT_NAME; i < IMPORT_FIELD_COUNT; i++)
        reading->texts[i] = cut_to_limit(reading, (ImportField)i, reading->texts[i]);
    const Str *texts = reading->texts;
    row->name = texts[IMPORT_NAME];
    row->contact_name = texts[IMPORT_CONTACT_NAME];
    row->email = read_email(reading);
    row->phone = read_phone(reading);
    row->people = read_people(reading);
    row->legal_form = texts[IMPORT_LEGAL_FORM];
    row->nip = read_register(reading, IMPORT_NIP, nip_check, IMPORT_BAD_NIP);
    row->regon = read_register(reading, IMPORT_REGON, regon_check, IMPORT_BAD_REGON);
    row->krs = read_register(reading, IMPORT_KRS, krs_check, IMPORT_BAD_KRS);
    row->district = texts[IMPORT_DISTRICT];
    row->website = read_website(reading);
    row->words = texts[IMPORT_WORDS];
    row->remarks = texts[IMPORT_REMARKS];
    row->access_needs = texts[IMPORT_ACCESS];
    row->staff_notes = texts[IMPORT_NOTES];
    row->state = texts[IMPORT_STATE];
    row->profiles = import_split(reading->arena, texts[IMPORT_PROFILES]);
    row->offers = import_split(reading->arena, texts[IMPORT_OFFERS]);
    row->needs = import_split(reading->arena, texts[IMPORT_NEEDS]);
    row->submitted = read_moment(reading);
    if (str_is_empty(row->name)) note(reading, IMPORT_NO_NAME, IMPORT_NAME, STR(""));
}

bool import_row_read(Arena *arena, const ImportSheet *sheet, size_t index, ImportRow *row) {
    size_t in_csv = index + sheet->head_rows;
    const CsvRow *cells = &sheet->csv->rows[in_csv];
    *row = (ImportRow){.line = cells->line};
    Reading reading = {.arena = arena, .sheet = sheet, .row = row};
    bool is_empty = true;
    for (size_t i = 0; i < cells->count; i++) {
        is_empty &= str_is_empty(str_trim(cells->cells[i].text));
        if (sheet->columns[i].field != IMPORT_LEFT_OUT) take_cell(&reading, i, &cells->cells[i]);
    }
    if (is_empty) return false;
    if (cells->count < sheet->full_row) note(&reading, IMPORT_SHORT_ROW, IMPORT_LEFT_OUT, STR(""));
    take_problems(&reading, in_csv);
    read_answers(&reading);
    return true;
}
