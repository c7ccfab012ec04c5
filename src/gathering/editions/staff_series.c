// SPDX-License-Identifier: EUPL-1.2
/* Making and changing a series. */
#include "gathering/editions/internal.h"
#include "gathering/editions/look.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

typedef struct SeriesForm {
    Str name, slug, words, organiser, phone, email, language, accent, version;
    StrList languages;
} SeriesForm;

static const FormField series_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(SeriesForm, name),
     .required = true,
     .most = 120,
     .label = MSG_INIT("editions", "Name of the series"),
     .hint = MSG_INIT("editions", "The name under which your gatherings come back, without a number.")},
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(SeriesForm, words),
     .most = 600,
     .label = MSG_INIT("editions", "What it is, in two sentences"),
     .hint = MSG_INIT("editions", "It stands under the name on the public page.")},
    {.name = "organiser",
     .kind = FIELD_LINE,
     .offset = offsetof(SeriesForm, organiser),
     .most = 120,
     .autocomplete = "organization",
     .label = MSG_INIT("editions", "Who organises it")},
    {.name = "phone",
     .kind = FIELD_PHONE,
     .offset = offsetof(SeriesForm, phone),
     .required = true,
     .autocomplete = "tel",
     .label = MSG_INIT("editions", "Telephone for questions"),
     .hint = MSG_INIT("editions", "It stands on every page. Somebody should answer it.")},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(SeriesForm, email),
     .autocomplete = "email",
     .label = MSG_INIT("editions", "E-mail for questions")},
    {.name = "language",
     .kind = FIELD_CHOICE,
     .offset = offsetof(SeriesForm, language),
     .required = true,
     .options = form_languages,
     .label = MSG_INIT("editions", "Language you write in")},
    {.name = "languages",
     .kind = FIELD_SEVERAL,
     .offset = offsetof(SeriesForm, languages),
     .required = true,
     .options = form_languages,
     .label = MSG_INIT("editions", "Languages its pages come in")},
    {.name = "accent",
     .kind = FIELD_LINE,
     .offset = offsetof(SeriesForm, accent),
     .most = 9,
     .label = MSG_INIT("editions", "Colour of buttons"),
     .hint =
         MSG_INIT("editions", "Six figures and letters as a designer gives them: #1c6b45. Left empty, it is ours.")},
    FORM_VERSION(SeriesForm),
    {.name = "slug",
     .kind = FIELD_LINE,
     .offset = offsetof(SeriesForm, slug),
     .most = SLUG_LONGEST,
     .label = MSG_INIT("editions", "Last part of its address"),
     .hint = MSG_INIT("editions", "Small letters, figures and dashes. Left empty, it is made from the name.")},
};
const FormTable series_asked = {series_fields, COUNT(series_fields)};
enum { FIELDS_OF_EXISTING = COUNT(series_fields) - 1 }; /* the address stays */

static StrList languages_of(Arena *arena, const Series *series) {
    StrList tags = {arena_array(arena, Str, LANGUAGE_COUNT), 0};
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (series_speaks(series, language)) tags.strs[tags.count++] = str_from_c(language_tag(language));
    return tags;
}

static SeriesForm form_of_series(Arena *arena, const Series *series) {
    return (SeriesForm){.name = series->name,
                        .words = series->words,
                        .organiser = series->organiser,
                        .phone = series->phone,
                        .email = series->email,
                        .language = str_from_c(language_tag(series->language)),
                        .languages = languages_of(arena, series),
                        .accent = str_is_empty(series->accent) ? STR("") : str_join(arena, STR("#"), series->accent),
                        .version = form_version(arena, series->version)};
}

/* In the order of the program's own; empty where all are meant, so that one it learns later is meant too. */
static Str languages_taken(Arena *arena, const StrList *tags) {
    Buffer taken = buffer_in(arena);
    if (tags->count == LANGUAGE_COUNT) return STR("");
    for (size_t i = 0; i < tags->count; i++) buffer_format(&taken, "%s%.*s", i ? " " : "", STR_FORMAT(tags->strs[i]));
    return buffer_str(&taken);
}

/* What is wrong with its look, said at the field. */
static void check_look(Form *form, Request *request, const SeriesForm *values, Series *series) {
    if (!series_speaks(series, series->language))
        form_refuse(
            form, "languages",
            say(request->arena, request->language, MSG("editions", "The language you write in has to be among them.")));
    if (str_is_empty(values->accent)) series->accent = STR("");
    else if (!colour_parse(request->arena, values->accent, &series->accent))
        form_refuse(
            form, "accent",
            say(request->arena, request->language, MSG("editions", "This is no colour. One looks like this: #1c6b45")));
    else if (!accent_is_readable(series->accent))
        form_refuse(form, "accent",
                    say(request->arena, request->language,
                        MSG("editions", "White letters on it could not be read well. Choose a darker one.")));
}

static void take_form(Arena *arena, const SeriesForm *values, Series *series) {
    series->languages = languages_taken(arena, &values->languages);
    series->name = values->name;
    series->words = values->words;
    series->organiser = values->organiser;
    series->phone = values->phone;
    series->email = values->email;
    language_parse(values->language, &series->language);
}

static Err show(Request *request, const Form *form, bool is_new) {
    Str title = is_new ? say(request->arena, request->language, MSG("editions", "A new series"))
                       : say(request->arena, request->language, MSG("editions", "Change this series"));
    SeriesFormPage page = {.layout = house_layout(request, title), .heading = title, .form = form, .is_new = is_new};
    if (!is_new)
        page.logo_href = str_format(request->arena, "/admin/series/%.*s/logo", STR_FORMAT(series_of(request)->slug));
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_series_form(&out, &page);
    return OK;
}

Err series_new_page(Request *request) {
    SeriesForm values = {.language = str_from_c(language_tag(request->language)),
                         .languages = languages_of(request->arena, &(Series){.languages = STR("")})};
    return show(request, form_open(request, series_fields, COUNT(series_fields), &values), true);
}

static bool check_slug(Form *form, const Request *request, Str slug) {
    if (slug_is_good(slug) && series_slug_is_free(slug)) return true;
    form_refuse(form, "slug",
                slug_is_good(slug)
                    ? say(request->arena, request->language,
                          MSG("editions", "This address is needed by the program itself. Choose another."))
                    : say(request->arena, request->language,
                          MSG("editions", "Use small letters without accents, figures and dashes between them.")));
    return false;
}

Err series_create(Request *request) {
    SeriesForm values = {0};
    Form *form = form_open(request, series_fields, COUNT(series_fields), &values);
    bool is_read = form_read(form);
    Series series = {0};
    if (is_read) {
        take_form(request->arena, &values, &series);
        check_look(form, request, &values, &series);
    }
    series.slug = str_is_empty(values.slug) ? slug_make(request->arena, values.name) : values.slug;
    if (!is_read || !form_ok(form) || !check_slug(form, request, series.slug)) return show(request, form, true);
    Id id;
    if (series_add(request->tx, &series, &id)) {
        form_refuse(form, "slug",
                    say(request->arena, request->language,
                        MSG("editions", "Another series has this address. Choose another.")));
        return show(request, form, true);
    }
    store_audit(request->tx, &(AuditEntry){.person = request->who.person, .action = "series.add", .subject = id});
    return respond_redirect(request, str_format(request->arena, "/%.*s/staff/new-edition", STR_FORMAT(series.slug)));
}

Err series_edit_page(Request *request) {
    SeriesForm values = form_of_series(request->arena, series_of(request));
    return show(request, form_open(request, series_fields, FIELDS_OF_EXISTING, &values), false);
}

Err series_change(Request *request) {
    Series series = *series_of(request);
    SeriesForm values = {0}, stored = form_of_series(request->arena, &series);
    Form *form = form_open(request, series_fields, FIELDS_OF_EXISTING, &values);
    if (form_read(form)) {
        take_form(request->arena, &values, &series);
        check_look(form, request, &values, &series);
    }
    if (!form_ok(form) || !form_is_current(form, &stored)) return show(request, form, false);
    Err err = series_update(request->tx, &series);
    if (err) return err;
    store_audit(request->tx,
                &(AuditEntry){.person = request->who.person, .action = "series.change", .subject = series.id});
    return respond_redirect(request, str_join(request->arena, STR("/"), series.slug));
}
