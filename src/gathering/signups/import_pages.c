// SPDX-License-Identifier: EUPL-1.2
/* Importing a sheet in the browser: uploaded, looked at, corrected, confirmed. The sheet waits in the store
 * between the pages; what is written is written in the one transaction of the confirmation. */
#include "gathering/signups/import_plan.h"
#include "gathering/signups/internal.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/page/respond.h"
#include "signups_pages.h"
#include "signups_sql.h"

static Str sheet_path(Request *request, Id sheet, const char *rest) {
    return str_format(request->arena, "%.*s%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/sign-ups/import/")),
                      STR_FORMAT(id_text(request->arena, sheet)), rest);
}

/* ---- uploading ----------------------------------------------------------------------------------------------- */

typedef struct UploadForm {
    const Field *sheet;
} UploadForm;
static const FormField upload_fields[] = {
    {.name = "sheet",
     .kind = FIELD_FILE,
     .offset = offsetof(UploadForm, sheet),
     .required = true,
     .label = MSG_INIT("signups", "The CSV file"),
     .hint = MSG_INIT("signups", "At most 8 MB. In a spreadsheet: File, Save as, CSV.")},
};

static ImportStartPageWaiting *waiting_sheets(Request *request, size_t *count) {
    SignupsSheetsRows rows = signups_sql_sheets(request->tx, request->scope.edition);
    ImportStartPageWaiting *waiting = arena_array(request->arena, ImportStartPageWaiting, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        waiting[i] = (ImportStartPageWaiting){
            .name = rows.rows[i].name,
            .when = relative_time(request->arena, request->language, edition_of(request)->zone, rows.rows[i].created_ms,
                                  request->now_ms),
            .href = sheet_path(request, rows.rows[i].id, ""),
        };
    *count = rows.count;
    return waiting;
}

static Err show_start(Request *request, const Form *form) {
    ImportStartPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Import a sheet")), MENU_STAFF_SIGNUPS),
        .form = form,
        .action = request->path,
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
    };
    page.waiting = waiting_sheets(request, &page.waiting_count);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_import_start(&out, &page);
    return OK;
}

Err import_start_page(Request *request) {
    UploadForm values = {NULL};
    return show_start(request, form_open(request, upload_fields, COUNT(upload_fields), &values));
}

static bool is_sheet(Arena *arena, Str bytes) {
    CsvSheet csv;
    return !csv_read(arena, bytes, &(CsvOptions){0}, &csv) && csv.row_count > 0;
}

/* The slow part, on a worker: seeing whether it is a sheet at all. */
Err import_upload_prepare(Request *request) {
    UploadForm *values = arena_new(request->arena, UploadForm);
    Form *form = form_open(request, upload_fields, COUNT(upload_fields), values);
    if (form_read(form) && !is_sheet(request->arena, values->sheet->value))
        form_refuse(
            form, "sheet",
            signups_said(
                request,
                MSG("signups", "This file is no CSV text. A spreadsheet's own file has to be saved as CSV first.")));
    request->prepared = values;
    return form_ok(form) ? OK : show_start(request, form);
}

Err import_upload(Request *request) {
    const UploadForm *values = request->prepared;
    Str name;
    if (!utf8_clean_line(request->arena, values->sheet->file_name, &name)) name = STR("sheet.csv");
    Id sheet = tx_new_id(request->tx);
    signups_sql_expire_sheets(request->tx, request->now_ms - IMPORT_SHEET_LASTS_MS);
    signups_sql_add_sheet(request->tx, request->scope.edition, sheet, utf8_cut(name, LIMIT_LINE_CHARS),
                          values->sheet->value, request->who.person, request->now_ms);
    return respond_redirect(request, sheet_path(request, sheet, ""));
}

/* ---- a sheet that is in --------------------------------------------------------------------------------------- */

#define TAKEN "taken "

typedef struct TakenSheet {
    Id id;
    Str name;
    ImportTaken taken;
    int64_t when_ms;
} TakenSheet;

static bool next_number(Str *rest, int64_t *number) {
    Str part;
    return str_next_part(rest, ' ', &part) && str_to_int(part, number) && *number >= 0;
}

static bool taken_from(const SignupsSheetColumnsRow *row, TakenSheet *sheet) {
    int64_t added, updated, left, when_ms;
    if (!str_starts_with(row->columns, STR(TAKEN))) return false;
    Str rest = str_skip(row->columns, sizeof TAKEN - 1);
    if (!next_number(&rest, &added) || !next_number(&rest, &updated) || !next_number(&rest, &left) ||
        !next_number(&rest, &when_ms))
        return false;
    *sheet =
        (TakenSheet){.name = row->name, .taken = {(size_t)added, (size_t)updated, (size_t)left}, .when_ms = when_ms};
    return true;
}

/* The sheet of the path was confirmed before: here, in another tab, by somebody else. */
static bool is_taken(Request *request, TakenSheet *sheet) {
    SignupsSheetColumnsRow row;
    Id id;
    if (!request_id(request, "sheet", &id) || !signups_sql_sheet_columns(request->tx, request->scope.edition, id, &row))
        return false;
    if (!taken_from(&row, sheet)) return false;
    sheet->id = id;
    return true;
}

static void keep_result(Request *request, Id sheet, const ImportTaken *taken) {
    Str result = str_format(request->arena, TAKEN "%zu %zu %zu %lld", taken->added, taken->updated, taken->left,
                            (long long)request->now_ms);
    signups_sql_finish_sheet(request->tx, request->scope.edition, sheet, result, STR(""));
}

static Err show_taken(Request *request, const TakenSheet *sheet) {
    const Edition *edition = edition_of(request);
    ImportDonePage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "This sheet has been loaded already")),
                                 MENU_STAFF_SIGNUPS),
        .name = sheet->name,
        .when = relative_time(request->arena, request->language, edition->zone, sheet->when_ms, request->now_ms),
        .result = import_taken_words(request->arena, request->language, &sheet->taken),
        .signups_href = edition_path(request->arena, edition, "/staff/sign-ups"),
        .import_href = edition_path(request->arena, edition, "/staff/sign-ups/import"),
    };
    PageOut out = page_out(request);
    page_import_done(&out, &page);
    return OK;
}

/* ---- the sheet of a path ------------------------------------------------------------------------------------- */

typedef struct OpenSheet {
    Id id;
    Str name;
    CsvSheet csv;
    ImportSheet sheet;
} OpenSheet;

static void correct_columns(Arena *arena, ImportSheet *sheet, Str corrections) {
    Str line, number;
    ImportField field;
    Id question;
    for (Str rest = corrections; str_next_part(&rest, '\n', &line);)
        if (str_next_part(&line, '=', &number) && import_column_parse(sheet, line, &field, &question))
            import_column_set(arena, sheet, number, field, question);
}

static bool open_sheet(Request *request, OpenSheet *open) {
    SignupsSheetRow row;
    Id id;
    if (!request_id(request, "sheet", &id) || !signups_sql_sheet(request->tx, request->scope.edition, id, &row))
        return false;
    *open = (OpenSheet){.id = row.id, .name = row.name};
    if (csv_read(request->arena, row.content, &(CsvOptions){0}, &open->csv)) return false;
    open->sheet = import_sheet_open(request->arena, &open->csv);
    import_sheet_ask(request->arena, &open->sheet,
                     import_questions(request->tx, house_of(request), request->scope.edition, request->language));
    correct_columns(request->arena, &open->sheet, row.columns);
    return true;
}

/* ---- the preview --------------------------------------------------------------------------------------------- */

typedef struct TakeForm {
    bool is_listed;
} TakeForm;
static const FormField take_fields[] = {
    {.name = "is_listed",
     .kind = FIELD_CHECK,
     .offset = offsetof(TakeForm, is_listed),
     .label = MSG_INIT("signups", "The contact persons agreed that their organisations are named in public"),
     .hint = MSG_INIT("signups", "In the list of those who come, in the programme and in the plan of tables. A row "
                                 "without a contact person is left out of this.")},
};

static const char *fate_tone(ImportFate fate) {
    static const char *const tones[IMPORT_FATE_COUNT] = {
        [IMPORT_NEW] = "good", [IMPORT_SAME] = "", [IMPORT_DOUBTFUL] = "warm", [IMPORT_WRONG] = "bad"};
    return tones[fate];
}

static ImportPreviewPageCount *counts_shown(Request *request, const ImportPlan *plan, size_t *count) {
    ImportPreviewPageCount *counts = arena_array(request->arena, ImportPreviewPageCount, IMPORT_FATE_COUNT);
    for (size_t i = 0; i < IMPORT_FATE_COUNT; i++)
        counts[i] = (ImportPreviewPageCount){
            .label = import_fate_words(request->arena, request->language, (ImportFate)i),
            .count = (int64_t)plan->by_fate[i],
        };
    *count = IMPORT_FATE_COUNT;
    return counts;
}

static Str example_of(Request *request, const ImportSheet *sheet, size_t column) {
    enum { EXAMPLE_CHARS = 60 };
    for (size_t i = sheet->head_rows; i < sheet->csv->row_count; i++) {
        const CsvRow *row = &sheet->csv->rows[i];
        Str clean;
        if (column >= row->count || !utf8_clean_line(request->arena, row->cells[column].text, &clean)) continue;
        if (!str_is_empty(clean)) return utf8_cut(clean, EXAMPLE_CHARS);
    }
    return STR("");
}

/* All that a column may be; behind it the edition's own questions. */
static ImportPreviewPageColumnChoice *choices_shown(Request *request, const ImportSheet *sheet,
                                                    const ImportColumn *column, size_t *count) {
    const SheetQuestions *questions = sheet->questions;
    ImportPreviewPageColumnChoice *choices =
        arena_array(request->arena, ImportPreviewPageColumnChoice, IMPORT_FIELD_COUNT + questions->count);
    *count = 0;
    for (size_t i = 0; i < IMPORT_FIELD_COUNT; i++)
        if (i != IMPORT_QUESTION)
            choices[(*count)++] = (ImportPreviewPageColumnChoice){
                .value = str_from_c(import_field_name((ImportField)i)),
                .label = import_field_words(request->arena, request->language, (ImportField)i),
                .is_picked = column->field == (ImportField)i,
            };
    for (size_t i = 0; i < questions->count; i++)
        choices[(*count)++] = (ImportPreviewPageColumnChoice){
            .value = import_column_text(request->arena, IMPORT_QUESTION, questions->questions[i].id),
            .label = say(request->arena, request->language, MSG("signups", "your question: {question}"),
                         SAY_TEXT("question", questions->questions[i].label)),
            .is_picked = column->field == IMPORT_QUESTION && column->question == questions->questions[i].id,
        };
    return choices;
}

static ImportPreviewPageColumn *columns_shown(Request *request, const ImportSheet *sheet, size_t *count) {
    ImportPreviewPageColumn *columns = arena_array(request->arena, ImportPreviewPageColumn, sheet->column_count);
    for (size_t i = 0; i < sheet->column_count; i++) {
        size_t choice_count;
        ImportPreviewPageColumnChoice *choices = choices_shown(request, sheet, &sheet->columns[i], &choice_count);
        columns[i] = (ImportPreviewPageColumn){
            .place = (int64_t)i + 1,
            .head = sheet->columns[i].head,
            .example = example_of(request, sheet, i),
            .choices = choices,
            .choices_count = choice_count,
        };
    }
    *count = sheet->column_count;
    return columns;
}

static ImportPreviewPageRowNote *notes_shown(Request *request, const ImportPlanRow *row) {
    const ImportNotes *notes = &row->read.notes;
    ImportPreviewPageRowNote *shown = arena_array(request->arena, ImportPreviewPageRowNote, notes->count);
    for (size_t i = 0; i < notes->count; i++)
        shown[i] = (ImportPreviewPageRowNote){
            .where =
                say(request->arena, request->language, MSG("signups", "line {line}, column {column}"),
                    SAY_INT("line", (int64_t)notes->notes[i].line), SAY_INT("column", (int64_t)notes->notes[i].column)),
            .words = import_note_words(request->arena, request->language, &notes->notes[i]),
        };
    return shown;
}

static Str row_contact(Arena *arena, const ImportRow *row) {
    const Str parts[] = {row->contact_name, row->email, row->phone};
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (str_is_empty(parts[i])) continue;
        if (out.size) buffer_add(&out, STR(", "));
        buffer_add(&out, parts[i]);
    }
    return buffer_str(&out);
}

static ImportPreviewPageRow *rows_shown(Request *request, const ImportPlan *plan) {
    Kinds kinds = kinds_of(request->tx, STR("profile"), request->language);
    ImportPreviewPageRow *rows = arena_array(request->arena, ImportPreviewPageRow, plan->count);
    for (size_t i = 0; i < plan->count; i++) {
        const ImportPlanRow *row = &plan->rows[i];
        Str *does = arena_array(request->arena, Str, row->profiles.count);
        for (size_t j = 0; j < row->profiles.count; j++) does[j] = kind_name(&kinds, row->profiles.strs[j]);
        rows[i] = (ImportPreviewPageRow){
            .line = (int64_t)row->read.line,
            .name = row->read.name,
            .fate = import_fate_words(request->arena, request->language, row->fate),
            .tone = str_from_c(fate_tone(row->fate)),
            .people = row->read.people.given ? number_words(request->arena, request->language, row->read.people.value)
                                             : STR(""),
            .contact = row_contact(request->arena, &row->read),
            .does = list_words(request->arena, request->language, does, row->profiles.count),
            .is_doubtful = row->fate == IMPORT_DOUBTFUL,
            .is_maybe = row->is_maybe,
            .same = row->is_maybe ? import_tick_words(request->arena, plan, row, true) : STR(""),
            .other = import_tick_words(request->arena, plan, row, false),
            .notes = notes_shown(request, row),
            .notes_count = row->read.notes.count,
        };
    }
    return rows;
}

static Str separator_words(const Request *request, char separator) {
    switch (separator) {
    case '\t': return signups_said(request, MSG("signups", "between cells a tab"));
    case ';': return signups_said(request, MSG("signups", "between cells a semicolon"));
    case ',': return signups_said(request, MSG("signups", "between cells a comma"));
    default: return str_copy(request->arena, str_from(&separator, 1));
    }
}

Err import_preview_page(Request *request) {
    TakenSheet before;
    if (is_taken(request, &before)) return show_taken(request, &before);
    OpenSheet open;
    if (!open_sheet(request, &open)) return ERR_NOT_FOUND;
    ImportPlan plan = import_plan_make(request->tx, edition_of(request), &open.sheet);
    TakeForm values = {false};
    ImportPreviewPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "What becomes of the rows")),
                                 MENU_STAFF_SIGNUPS),
        .name = open.name,
        .kind = str_format(request->arena, "%s, %.*s", csv_encoding_name(open.csv.encoding),
                           STR_FORMAT(separator_words(request, open.csv.separator))),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups/import"),
        .action = request->path,
        .discard = sheet_path(request, open.id, "/discard"),
        .form = form_open(request, take_fields, COUNT(take_fields), &values),
        .rows = rows_shown(request, &plan),
        .rows_count = plan.count,
        .takeable = (int64_t)plan.by_fate[IMPORT_NEW],
        .has_name = import_sheet_has(&open.sheet, IMPORT_NAME),
        .is_cut = open.csv.is_cut,
        .not_read = import_not_read_words(request->arena, request->language, &open.sheet),
    };
    page.counts = counts_shown(request, &plan, &page.counts_count);
    page.columns = columns_shown(request, &open.sheet, &page.columns_count);
    PageOut out = page_out(request);
    page_import_preview(&out, &page);
    return OK;
}

/* ---- confirming ---------------------------------------------------------------------------------------------- */

/* The columns as the page's choices say, for the next look at the sheet. */
static Str typed_columns(Request *request, ImportSheet *sheet) {
    Buffer out = buffer_in(request->arena);
    for (size_t i = 0; i < sheet->column_count; i++) {
        Str name = str_format(request->arena, "column-%zu", i + 1);
        ImportField field;
        Id question;
        if (!import_column_parse(sheet, fields_get(&request->form, name), &field, &question)) continue;
        sheet->columns[i].field = field;
        sheet->columns[i].question = question;
        buffer_format(&out, "%zu=%.*s\n", i + 1, STR_FORMAT(import_column_text(request->arena, field, question)));
    }
    return buffer_str(&out);
}

static int compare_ticks(const void *a, const void *b) {
    const ImportTick *left = a, *right = b;
    return left->line < right->line ? -1 : left->line > right->line;
}

/* Each field is looked at once: a sheet may have thousands of doubtful rows. */
static ImportTick *typed_ticks(Request *request, size_t *count) {
    static const Str start = STR_INIT("row-");
    ImportTick *ticks = arena_array(request->arena, ImportTick, request->form.count);
    *count = 0;
    for (size_t i = 0; i < request->form.count; i++) {
        const Field *field = &request->form.fields[i];
        int64_t line;
        if (!str_starts_with(field->name, start) || str_is_empty(field->value)) continue;
        if (!str_to_int(str_skip(field->name, start.size), &line) || line < 1) continue;
        ticks[(*count)++] = (ImportTick){(size_t)line, import_tick_is_same(field->value), field->value};
    }
    if (*count) qsort(ticks, *count, sizeof *ticks, compare_ticks);
    return ticks;
}

/* The slow part, on a worker: reading the sheet, what was typed, and what becomes of the rows. */
typedef struct ReadyImport {
    OpenSheet open;
    Str columns;
    bool takes;
    ImportWish wish;
    ImportPlan plan;
} ReadyImport;

Err import_confirm_prepare(Request *request) {
    ReadyImport *ready = arena_new(request->arena, ReadyImport);
    if (!open_sheet(request, &ready->open)) return OK; /* the same form again is led where it was before */
    request->prepared = ready;
    ready->columns = typed_columns(request, &ready->open.sheet);
    ready->takes = str_equal(fields_get(&request->form, STR("do")), STR("take"));
    if (!ready->takes) return OK;
    TakeForm values = {false};
    Form *form = form_open(request, take_fields, COUNT(take_fields), &values);
    if (!form_read(form)) return ERR_INPUT;
    ready->wish = (ImportWish){.is_listed = values.is_listed, .by = request->who.person};
    ready->wish.ticks = typed_ticks(request, &ready->wish.tick_count);
    ready->plan = import_plan_make(request->tx, edition_of(request), &ready->open.sheet);
    return OK;
}

Err import_confirm(Request *request) {
    const ReadyImport *ready = request->prepared;
    TakenSheet before; /* by whoever was quicker */
    SignupsSheetColumnsRow there;
    if (is_taken(request, &before)) return respond_redirect(request, sheet_path(request, before.id, ""));
    if (!ready || !signups_sql_sheet_columns(request->tx, request->scope.edition, ready->open.id, &there))
        return ERR_NOT_FOUND;
    if (!ready->takes) {
        signups_sql_set_sheet_columns(request->tx, request->scope.edition, ready->open.id, ready->columns);
        return respond_redirect(request, request->path);
    }
    ImportPlan plan = import_plan_renewed(request->tx, edition_of(request), &ready->open.sheet, &ready->plan);
    ImportTaken taken = import_plan_take(request->tx, edition_of(request), &plan, &ready->wish);
    keep_result(request, ready->open.id, &taken);
    Str list = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        changed = taken.changed ? str_format(request->arena, "&changed=%zu", taken.changed) : STR(""),
        unkept = taken.unkept ? str_format(request->arena, "&unkept=%zu", taken.unkept) : STR("");
    return respond_redirect(request, str_format(request->arena, "%.*s?added=%zu&updated=%zu&left=%zu%.*s%.*s",
                                                STR_FORMAT(list), taken.added, taken.updated, taken.left,
                                                STR_FORMAT(changed), STR_FORMAT(unkept)));
}

Err import_discard(Request *request) {
    Id id;
    TakenSheet before;
    if (is_taken(request, &before)) return respond_redirect(request, sheet_path(request, before.id, ""));
    if (!request_id(request, "sheet", &id)) return ERR_NOT_FOUND;
    signups_sql_remove_sheet(request->tx, request->scope.edition, id);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/sign-ups/import"));
}
