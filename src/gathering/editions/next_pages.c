// SPDX-License-Identifier: EUPL-1.2
/* The next edition from an earlier one: what comes along is shown and ticked; later, what could not come along yet. */
#include "gathering/editions/edition_form.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/next.h"
#include "gathering/editions/warnings.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str series_path(Request *request, const char *rest) {
    return str_format(request->arena, "/%.*s%s", STR_FORMAT(series_of(request)->slug), rest);
}

/* All but what is asked about is ticked at first. */
static StrList ticked_at_first(Request *request, const CopyOffers *offers) {
    StrList names = {arena_array(request->arena, Str, offers->count), 0};
    for (size_t i = 0; i < offers->count; i++)
        if (!offers->offers[i].part->is_asked) names.strs[names.count++] = str_from_c(offers->offers[i].part->name);
    return names;
}

/* ---- a new edition ---------------------------------------------------------------------------------- */

/* The edition that `text` names by its id, of these; NULL: none. */
static const Edition *named(const Editions *editions, Str text) {
    Id id;
    if (!id_parse(text, &id)) return NULL;
    for (size_t i = 0; i < editions->count; i++)
        if (editions->editions[i].id == id) return &editions->editions[i];
    return NULL;
}

/* date: as it is typed. */
static Err show(Request *request, const Form *form, const Editions *all, const Edition *source, Str date) {
    NextPageOther *others = arena_array(request->arena, NextPageOther, all->count);
    NextPage page = {.layout = house_layout(request, words(request, MSG("editions", "The next edition"))),
                     .series = series_of(request)->name,
                     .source = source->title,
                     .others = others,
                     .form = form,
                     .day_warning = day_typed_warning(request->arena, request->language, date),
                     .days_off = days_off_ahead(request),
                     .plain_href = series_path(request, "/staff/new-edition")};
    for (size_t i = 0; i < all->count; i++)
        if (all->editions[i].id != source->id)
            others[page.others_count++] = (NextPageOther){
                all->editions[i].title, str_join(request->arena, series_path(request, "/staff/next-edition?from="),
                                                 id_text(request->arena, all->editions[i].id))};
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_next(&out, &page);
    return OK;
}

static Form *open_form(Request *request, EditionForm *values, CopyOffers *offers) {
    Form *form = form_open(request, edition_fields_of_next.fields, edition_fields_of_next.count, values);
    form_set_context(form, offers);
    return form;
}

Err next_page(Request *request) {
    Editions all = editions_of_series(request->tx, request->scope.series);
    const Edition *source = named(&all, fields_get(&request->query, STR("from")));
    if (!source) source = edition_to_follow(&all);
    if (!source) return respond_redirect(request, series_path(request, "/staff/new-edition"));
    CopyOffers *offers = arena_new(request->arena, CopyOffers);
    *offers = copy_offers(request->tx, house_of(request), source, NULL);
    EditionForm last = edition_form_of(request->arena, source);
    int64_t number = all.editions[0].number + 1;
    EditionForm values = {.number = number,
                          .title = edition_title_after(request->arena, source, number),
                          .date = STR(""),
                          .from = last.from,
                          .to = last.to,
                          .closes = STR(""),
                          .source = id_text(request->arena, source->id),
                          .parts = ticked_at_first(request, offers)};
    return show(request, open_form(request, &values, offers), &all, source, values.date);
}

/* The title that was offered follows a number that was changed beside it. */
static void follow_number(Request *request, EditionForm *values, const Edition *source, int64_t offered) {
    if (str_equal(values->title, edition_title_after(request->arena, source, offered)))
        values->title = edition_title_after(request->arena, source, values->number);
}

Err next_make(Request *request) {
    Editions all = editions_of_series(request->tx, request->scope.series);
    const Edition *source = named(&all, fields_get(&request->form, STR("source")));
    if (!source) return ERR_NOT_FOUND;
    CopyOffers *offers = arena_new(request->arena, CopyOffers);
    *offers = copy_offers(request->tx, house_of(request), source, NULL);
    EditionForm last = edition_form_of(request->arena, source);
    EditionForm values = {.words = STR(""), .zone = last.zone};
    Form *form = open_form(request, &values, offers);
    Edition edition = {.series = *series_of(request)};
    if (form_read(form)) {
        edition_form_let_hours_wait(&values, last.from, last.to);
        follow_number(request, &values, source, all.editions[0].number + 1);
        edition_form_refuse(form, request, edition_form_take(&values, &edition));
    }
    if (!form_ok(form)) return show(request, form, &all, source, values.date);
    edition.slug = edition_slug_make(request->arena, values.number);
    EditionCopy copy = {.tx = request->tx, .from = source, .by = request->who.person, .base_url = request->base_url};
    Id id;
    if (edition_make_next(house_of(request), &copy, &edition, &values.parts, &id)) {
        form_refuse(form, "number", words(request, MSG("editions", "This series has an edition of this number.")));
        return show(request, form, &all, source, values.date);
    }
    return respond_redirect(request, edition_path(request->arena, &edition, "/staff/settings?saved=next"));
}

/* ---- what could not come along yet ------------------------------------------------------------------ */

Str edition_take_over_href(Request *request, const Edition *source) {
    return str_join(request->arena,
                    edition_path(request->arena, edition_of(request), "/staff/settings/from-last?from="),
                    id_text(request->arena, source->id));
}

/* What can be taken now stays in *offers; what waits is told apart. */
static void split(Request *request, CopyOffers *offers, FromLastPage *page) {
    FromLastPageWaiting *waiting = arena_array(request->arena, FromLastPageWaiting, offers->count);
    size_t kept = 0;
    for (size_t i = 0; i < offers->count; i++) {
        if (offers->offers[i].waits)
            waiting[page->waiting_count++] = (FromLastPageWaiting){words(request, offers->offers[i].part->label)};
        else offers->offers[kept++] = offers->offers[i];
    }
    offers->count = kept;
    page->waiting = waiting;
    page->has_any = kept > 0;
}

/* Which it is taken from: the one that is named, else the latest that has something; NULL: none has. */
static const Edition *source_of(const Editions *sources, Str asked) {
    Id id;
    for (size_t i = 0; id_parse(asked, &id) && i < sources->count; i++)
        if (sources->editions[i].id == id) return &sources->editions[i];
    return sources->count ? sources->editions : NULL;
}

static FromLastPage from_last(Request *request, const Editions *sources, const Edition *source, CopyOffers *offers) {
    const Edition *edition = edition_of(request);
    Str path = edition_path(request->arena, edition, "/staff/settings/from-last");
    FromLastPageOther *others = arena_array(request->arena, FromLastPageOther, sources->count);
    FromLastPage page = {
        .layout =
            edition_layout(request, words(request, MSG("editions", "From an earlier edition")), MENU_STAFF_SETTINGS),
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .source = source ? source->title : STR_ABSENT,
        .others = others,
        .action = path,
    };
    for (size_t i = 0; i < sources->count; i++)
        if (&sources->editions[i] != source)
            others[page.others_count++] =
                (FromLastPageOther){sources->editions[i].title, edition_take_over_href(request, &sources->editions[i])};
    if (source) *offers = copy_offers(request->tx, house_of(request), source, edition);
    split(request, offers, &page);
    return page;
}

static Err show_from_last(Request *request, FromLastPage *page, const Form *form) {
    page->form = form;
    page->layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_from_last(&out, page);
    return OK;
}

static Form *open_taking(Request *request, EditionForm *values, CopyOffers *offers) {
    Form *form = form_open(request, edition_fields_of_taking.fields, edition_fields_of_taking.count, values);
    form_set_context(form, offers);
    return form;
}

Err from_last_page(Request *request) {
    CopyOffers *offers = arena_new(request->arena, CopyOffers);
    Editions sources = copy_sources(request->tx, house_of(request), edition_of(request), false);
    const Edition *source = source_of(&sources, fields_get(&request->query, STR("from")));
    FromLastPage page = from_last(request, &sources, source, offers);
    EditionForm values = {.source = source ? id_text(request->arena, source->id) : STR(""),
                          .parts = ticked_at_first(request, offers)};
    return show_from_last(request, &page, open_taking(request, &values, offers));
}

/* What somebody else took over meanwhile is not among the answers any more; when that was all, nothing is left. */
Err from_last_take(Request *request) {
    CopyOffers *offers = arena_new(request->arena, CopyOffers);
    Editions sources = copy_sources(request->tx, house_of(request), edition_of(request), false);
    const Edition *source = source_of(&sources, fields_get(&request->form, STR("source")));
    FromLastPage page = from_last(request, &sources, source, offers);
    EditionForm values = {.source = STR("")};
    Form *form = open_taking(request, &values, offers);
    EditionCopy copy = {.tx = request->tx,
                        .from = source,
                        .to = edition_of(request),
                        .by = request->who.person,
                        .base_url = request->base_url};
    if (form_read(form) && (!source || edition_take_over(house_of(request), &copy, &values.parts) == 0))
        form_refuse(form, "parts", words(request, MSG("editions", "Tick what is to be taken over.")));
    if (!form_ok(form)) return show_from_last(request, &page, form);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/settings?saved=taken"));
}
