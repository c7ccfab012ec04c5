// SPDX-License-Identifier: EUPL-1.2
/* What a report told of an edition held before it was kept here: which report, and its figures in its own words. They
 * stand apart from what is counted. */
#include "gathering/editions/things.h"

#include "editions_sql.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- one figure ------------------------------------------------------------------------------------- */

typedef struct FigureForm {
    Str subject, wording, source, version;
    OptionalInt low, high;
} FigureForm;

static const struct {
    const char *code;
    Msg name;
} subjects[] = {
    {"organisations", MSG_INIT("editions", "organisations")},
    {"newcomers", MSG_INIT("editions", "new initiatives")},
    {"people", MSG_INIT("editions", "people")},
};

Str figure_subject_words(const Request *request, Str subject) {
    for (size_t i = 0; i < COUNT(subjects); i++)
        if (str_equal(subject, str_from_c(subjects[i].code))) return words(request, subjects[i].name);
    return subject;
}

static FormOptions subject_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(subjects));
    for (size_t i = 0; i < COUNT(subjects); i++)
        options[i] = (FormOption){str_from_c(subjects[i].code), words(request, subjects[i].name)};
    return (FormOptions){options, COUNT(subjects)};
}

enum { FIGURE_MOST = 1000000 };
static const FormField figure_fields[] = {
    {.name = "subject",
     .kind = FIELD_CHOICE,
     .offset = offsetof(FigureForm, subject),
     .required = true,
     .label = MSG_INIT("editions", "What it counts"),
     .options = subject_choices},
    {.name = "wording",
     .kind = FIELD_LINE,
     .offset = offsetof(FigureForm, wording),
     .required = true,
     .most = 120,
     .label = MSG_INIT("editions", "In the words of the report"),
     .hint = MSG_INIT("editions", "For example: nearly 70")},
    {.name = "low",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(FigureForm, low),
     .least = 0,
     .most = FIGURE_MOST,
     .label = MSG_INIT("editions", "At least"),
     .hint = MSG_INIT("editions", "The figure the words stand for, as far as they tell it. Both may stay empty.")},
    {.name = "high",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(FigureForm, high),
     .least = 0,
     .most = FIGURE_MOST,
     .label = MSG_INIT("editions", "At most")},
    {.name = "source",
     .kind = FIELD_LINE,
     .offset = offsetof(FigureForm, source),
     .required = true,
     .most = 200,
     .label = MSG_INIT("editions", "Where it stands"),
     .hint = MSG_INIT("editions", "The report, with its date.")},
    FORM_VERSION(FigureForm),
};

static void begin_figure(Request *request, void *values) {
    const Edition *edition = edition_of(request);
    *(FigureForm *)values = (FigureForm){
        .subject = STR("organisations"), .wording = STR(""), .source = edition->reported_in, .version = STR("")};
}

static bool load_figure(Request *request, Id id, void *values) {
    EditionsReportedFiguresRows rows = editions_sql_reported_figures(request->tx, request->scope.edition);
    for (size_t i = 0; i < rows.count; i++) {
        const EditionsReportedFiguresRow *row = &rows.rows[i];
        if (row->id != id) continue;
        *(FigureForm *)values = (FigureForm){.subject = row->subject,
                                             .wording = row->wording,
                                             .source = row->source,
                                             .version = form_version(request->arena, row->version),
                                             .low = row->low,
                                             .high = row->high};
        return true;
    }
    return false;
}

static Err save_figure(Request *request, Form *form, Id id, const void *values) {
    const FigureForm *typed = values;
    Id edition = request->scope.edition;
    if (typed->low.given && typed->high.given && typed->high.value < typed->low.value) {
        form_refuse(form, "high",
                    words(request, MSG("editions", "“At most” is less than “at least”: perhaps they changed places.")));
        return OK;
    }
    if (id)
        return editions_sql_update_reported_figure(request->tx, edition, id, form_version_number(typed->version),
                                                   typed->subject, typed->wording, typed->low, typed->high,
                                                   typed->source)
                   ? OK
                   : ERR_CONFLICT;
    edition_add_reported_figure(request->tx, edition, typed->subject, typed->wording, typed->low, typed->high,
                                typed->source);
    return OK;
}

static bool remove_figure(Request *request, Id id) {
    return editions_sql_remove_reported_figure(request->tx, request->scope.edition, id) > 0;
}

const Thing figure_thing = {
    .path = "figures",
    .list = "/staff/settings/reported",
    .new_heading = MSG_INIT("editions", "A new reported figure"),
    .heading = MSG_INIT("editions", "A reported figure"),
    .remove = MSG_INIT("editions", "Remove this figure"),
    .fields = figure_fields,
    .fields_count = COUNT(figure_fields),
    .values_size = sizeof(FigureForm),
    .begin = begin_figure,
    .load = load_figure,
    .save = save_figure,
    .remove_one = remove_figure,
};

/* ---- which report it is, and the list --------------------------------------------------------------- */

typedef struct ReportForm {
    Str reported_on, reported_in, version;
} ReportForm;

static const FormField report_fields[] = {
    {.name = "reported_on",
     .kind = FIELD_DATE,
     .offset = offsetof(ReportForm, reported_on),
     .label = MSG_INIT("editions", "Day of the report"),
     .hint = MSG_INIT("editions", "Only of a gathering that was held before it was kept here. Left empty, its page "
                                  "shows what is counted and published here.")},
    {.name = "reported_in",
     .kind = FIELD_LINE,
     .offset = offsetof(ReportForm, reported_in),
     .most = 200,
     .label = MSG_INIT("editions", "Title of the report")},
    FORM_VERSION(ReportForm),
};
const FormTable report_asked = {report_fields, COUNT(report_fields)};

static ReportForm report_of(const Request *request, const Edition *edition) {
    return (ReportForm){edition->reported_on, edition->reported_in, form_version(request->arena, edition->version)};
}

static ReportedPageFigure *figures_of(Request *request, size_t *count) {
    EditionsReportedFiguresRows rows = editions_sql_reported_figures(request->tx, request->scope.edition);
    ReportedPageFigure *figures = arena_array(request->arena, ReportedPageFigure, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        figures[i] = (ReportedPageFigure){
            .what = rows.rows[i].wording,
            .who = str_format(request->arena, "%.*s · %.*s",
                              STR_FORMAT(figure_subject_words(request, rows.rows[i].subject)),
                              STR_FORMAT(rows.rows[i].source)),
            .href = str_format(request->arena, "%.*s/%.*s",
                               STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/settings/figures")),
                               STR_FORMAT(id_text(request->arena, rows.rows[i].id))),
        };
    *count = rows.count;
    return figures;
}

static Err show(Request *request, const Form *form) {
    const Edition *edition = edition_of(request);
    Str title = words(request, MSG("editions", "What a report told"));
    ReportedPage page = {
        .layout = edition_layout(request, title, MENU_STAFF_SETTINGS),
        .edition = edition->title,
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .form = form,
        .new_href = edition_path(request->arena, edition, "/staff/settings/figures/new"),
    };
    page.figures = figures_of(request, &page.figures_count);
    page.is_unseen = page.figures_count && str_is_empty(edition->reported_on);
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("saved")), STR("1")))
        page.layout.notice = words(request, MSG("editions", "Saved."));
    PageOut out = page_out(request);
    page_reported(&out, &page);
    return OK;
}

Err reported_page(Request *request) {
    ReportForm values = report_of(request, edition_of(request));
    return show(request, form_open(request, report_fields, COUNT(report_fields), &values));
}

Err reported_change(Request *request) {
    const Edition *edition = edition_of(request);
    ReportForm values = {0}, stored = report_of(request, edition);
    Form *form = form_open(request, report_fields, COUNT(report_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, form);
    Err err = edition_set_reported(request->tx, edition->id, edition->version, values.reported_on, values.reported_in);
    return err ? err
               : respond_redirect(request, edition_path(request->arena, edition, "/staff/settings/reported?saved=1"));
}
