// SPDX-License-Identifier: EUPL-1.2
/* Coordinators make and end links for those who are late. */
#include "gathering/signups/internal.h"
#include "gathering/signups/late.h"
#include "platform/base/random.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "platform/page/way_in.h"
#include "signups_pages.h"
#include "signups_sql.h"

enum { DAYS_FIRST = 7 };
static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

typedef struct LateForm {
    Str often; /* once, many */
    int64_t days;
} LateForm;

static FormOptions often_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 2);
    options[0] = (FormOption){STR("once"), signups_said(request, MSG("signups", "one organisation"))};
    options[1] = (FormOption){STR("many"), signups_said(request, MSG("signups", "any number of organisations"))};
    return (FormOptions){options, 2};
}

static const FormField late_fields[] = {
    {.name = "often",
     .kind = FIELD_CHOICE,
     .offset = offsetof(LateForm, often),
     .required = true,
     .options = often_options,
     .label = MSG_INIT("signups", "The link is for")},
    {.name = "days",
     .kind = FIELD_INT,
     .offset = offsetof(LateForm, days),
     .required = true,
     .least = 1,
     .most = LATE_DAYS_MOST,
     .label = MSG_INIT("signups", "For how many days it works")},
};
const FormTable late_asked = {late_fields, COUNT(late_fields)};

static Str late_path(Request *request) {
    return edition_path(request->arena, edition_of(request), "/staff/sign-ups/late");
}

static Str day_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s", STR_FORMAT(date_words(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

static Err show(Request *request, const Form *form, const WayInPart *made) {
    SignupsLateLinksRows rows = signups_sql_late_links(request->tx, request->scope.edition, request->now_ms);
    StaffLatePageLink *links = arena_array(request->arena, StaffLatePageLink, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        links[i] = (StaffLatePageLink){
            .id = id_text(request->arena, rows.rows[i].id),
            .until = day_words(request, rows.rows[i].ends_ms),
            .made = day_words(request, rows.rows[i].made_ms),
            .made_by = rows.rows[i].made_by,
            .is_single = rows.rows[i].is_single,
            .used = rows.rows[i].used,
        };
    StaffLatePage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Late sign-ups")), MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .form = form,
        .action = late_path(request),
        .end_action = str_join(request->arena, late_path(request), STR("/end")),
        .links = links,
        .links_count = rows.count,
        .is_open = edition_takes_signups(edition_of(request), request->now_ms),
        .is_made = made != NULL,
    };
    if (made) page.way = *made;
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_late(&out, &page);
    return OK;
}

Err late_page(Request *request) {
    LateForm values = {STR("once"), DAYS_FIRST};
    return show(request, form_open(request, late_fields, COUNT(late_fields), &values), NULL);
}

/* The slow part, on a worker: the QR of a link that does not work yet. */
Err late_prepare(Request *request) {
    Str path = str_format(request->arena, "%.*s?late=%.*s",
                          STR_FORMAT(edition_path(request->arena, edition_of(request), "/sign-up")),
                          STR_FORMAT(random_secret_text(request->arena)));
    request->prepared = way_in_of(request, path, STR_ABSENT);
    return OK;
}

Err late_add(Request *request) {
    LateForm values = {STR("once"), DAYS_FIRST};
    Form *form = form_open(request, late_fields, COUNT(late_fields), &values);
    if (!form_read(form)) return show(request, form, NULL);
    const WayInPart *way = request->prepared;
    ptrdiff_t at = str_index_of_char(way->address_href, '=');
    late_keep(request->tx,
              &(Late){.edition = request->scope.edition,
                      .made_by = request->who.person,
                      .is_single = str_equal(values.often, STR("once")),
                      .ends_ms = request->now_ms + values.days * day_ms},
              str_skip(way->address_href, (size_t)at + 1));
    return show(request, form, way);
}

Err late_stop(Request *request) {
    Id late;
    if (!id_parse(fields_get(&request->form, STR("link")), &late)) return ERR_INPUT;
    late_end(request->tx, request->scope.edition, late, request->who.person);
    return respond_redirect(request, late_path(request));
}
