// SPDX-License-Identifier: EUPL-1.2
/* Making a new edition: everything but the title may wait. */
#include "gathering/editions/edition_form.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/warnings.h"
#include "platform/page/respond.h"

static int64_t next_number(const Editions *before) { return before->count ? before->editions[0].number + 1 : 1; }

/* date: as it is typed. */
static Err show(Request *request, const Form *form, Str date) {
    Str title = say(request->arena, request->language, MSG("editions", "A new edition"));
    EditionNewPage page = {
        .layout = house_layout(request, title),
        .series = series_of(request)->name,
        .form = form,
        .day_warning = day_typed_warning(request->arena, request->language, date),
        .days_off = days_off_ahead(request),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_edition_new(&out, &page);
    return OK;
}

/* The next number; zone as last time. */
Err edition_new_page(Request *request) {
    Editions before = editions_of_series(request->tx, request->scope.series);
    int64_t number = next_number(&before);
    EditionForm values = {.number = number,
                          .zone = before.count ? zone_name(before.editions[0].zone) : STR("Europe/Warsaw"),
                          .title = edition_title_make(request->arena, series_of(request)->name, number)};
    return show(request, form_open(request, edition_fields_of_new.fields, edition_fields_of_new.count, &values),
                values.date);
}

/* The title that was offered follows a number that was changed beside it. */
static void follow_number(Request *request, EditionForm *values) {
    Str name = series_of(request)->name;
    Editions before = editions_of_series(request->tx, request->scope.series);
    if (str_equal(values->title, edition_title_make(request->arena, name, next_number(&before))))
        values->title = edition_title_make(request->arena, name, values->number);
}

static bool check_slug(Form *form, Request *request, Str slug) {
    if (edition_slug_is_free(slug)) return true;
    form_refuse(form, "slug",
                say(request->arena, request->language,
                    MSG("editions", "Use small letters without accents, figures and dashes between them.")));
    return false;
}

static void add_place_and_host(Request *request, Id edition, const EditionForm *values) {
    if (!str_is_empty(values->venue) || !str_is_empty(values->address))
        edition_add_venue(request->tx, edition, str_is_empty(values->venue) ? values->address : values->venue,
                          str_is_empty(values->venue) ? STR("") : values->address, STR(""));
    if (str_is_empty(values->host)) return;
    Id host = edition_add_party(request->tx, edition,
                                &(Party){.role = STR("host"), .name = values->host, .website = STR("")});
    StrList contributions = contributions_split(request->arena, values->contributions);
    edition_set_contributions(request->tx, edition, host, &contributions);
}

Err edition_create(Request *request) {
    EditionForm values = {0};
    Form *form = form_open(request, edition_fields_of_new.fields, edition_fields_of_new.count, &values);
    bool is_read = form_read(form);
    Edition edition = {.series = *series_of(request), .state = EDITION_DRAFT};
    if (is_read) follow_number(request, &values);
    if (is_read) edition_form_refuse(form, request, edition_form_take(&values, &edition));
    edition.slug = str_is_empty(values.slug) ? edition_slug_make(request->arena, values.number) : values.slug;
    if (!form_ok(form) || !check_slug(form, request, edition.slug)) return show(request, form, values.date);
    Id id;
    if (edition_add(request->tx, &edition, &id)) {
        form_refuse(form, "slug",
                    say(request->arena, request->language,
                        MSG("editions", "Another edition of this series has this address. Choose another.")));
        return show(request, form, values.date);
    }
    add_place_and_host(request, id, &values);
    store_audit(request->tx,
                &(AuditEntry){.person = request->who.person, .edition = id, .action = "edition.add", .subject = id});
    return respond_redirect(request, edition_path(request->arena, &edition, "/staff/settings?saved=made"));
}
