// SPDX-License-Identifier: EUPL-1.2
/* What an organisation shows of itself in the directory: it alone says so. */
#include "gathering/signups/catalogue.h"
#include "gathering/signups/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"

typedef struct CatalogueForm {
    bool is_shown, shows_words, shows_website, shows_exchanges, shows_numbers;
    Str phone, email, version;
} CatalogueForm;

/* ---- what is agreed to ----------------------------------------------------------------------------------------- */

Str catalogue_wording(Arena *arena, Language language, const DirectoryEntry *entry) {
    const struct {
        bool is_shown;
        Msg what;
    } fields[] = {
        {entry->shows_words, MSG("signups", "our description")},
        {entry->shows_exchanges, MSG("signups", "what we look for and can give")},
        {entry->shows_website, MSG("signups", "our web page")},
        {entry->shows_numbers, MSG("signups", "our register numbers")},
        {!str_is_empty(entry->phone), MSG("signups", "the telephone number we wrote there")},
        {!str_is_empty(entry->email), MSG("signups", "the e-mail address we wrote there")},
    };
    Str said[COUNT(fields)];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(fields); i++)
        if (fields[i].is_shown) said[count++] = say(arena, language, fields[i].what);
    Str beginning = say(arena, language, directory_agreed);
    if (count == 0) return beginning;
    Str more = say(arena, language, MSG("signups", "Also: {what}."),
                   SAY_TEXT("what", list_words(arena, language, said, count)));
    return str_format(arena, "%.*s %.*s", STR_FORMAT(beginning), STR_FORMAT(more));
}

/* ---- the form -------------------------------------------------------------------------------------------------- */

#define AT(member) .offset = offsetof(CatalogueForm, member)
/* The first is directory_agreed. */
static const FormField catalogue_fields[] = {
    FORM_VERSION(CatalogueForm),
    {.name = "is_shown",
     .kind = FIELD_CHECK,
     AT(is_shown),
     .label = MSG_INIT("directory", "Our organisation may stand in the public directory with its name, legal form, "
                                    "fields of work, district, languages, the larger organisation it is part of, the "
                                    "year it was founded, and whether it comes for the first time.")},
    {.name = "shows_words", .kind = FIELD_CHECK, AT(shows_words), .label = MSG_INIT("signups", "our description")},
    {.name = "shows_exchanges",
     .kind = FIELD_CHECK,
     AT(shows_exchanges),
     .label = MSG_INIT("signups", "what we look for and can give")},
    {.name = "shows_website", .kind = FIELD_CHECK, AT(shows_website), .label = MSG_INIT("signups", "our web page")},
    {.name = "shows_numbers",
     .kind = FIELD_CHECK,
     AT(shows_numbers),
     .label = MSG_INIT("signups", "our register numbers")},
    {.name = "public_phone",
     .kind = FIELD_PHONE,
     AT(phone),
     .label = MSG_INIT("signups", "A telephone number for everybody to see"),
     .hint = MSG_INIT("signups", "Of the organisation, rather than somebody’s own. Left empty, none stands there.")},
    {.name = "public_email",
     .kind = FIELD_EMAIL,
     AT(email),
     .label = MSG_INIT("signups", "An e-mail address for everybody to see"),
     .hint = MSG_INIT("signups", "Left empty, none stands there.")},
};
const FormTable catalogue_asked = {catalogue_fields, COUNT(catalogue_fields)};

static CatalogueForm form_values(Arena *arena, const DirectoryEntry *entry) {
    return (CatalogueForm){.is_shown = entry->is_shown,
                           .shows_words = entry->shows_words,
                           .shows_website = entry->shows_website,
                           .shows_exchanges = entry->shows_exchanges,
                           .shows_numbers = entry->shows_numbers,
                           .phone = entry->phone,
                           .email = entry->email,
                           .version = form_version(arena, entry->version)};
}

static Str my_path(Request *request, const char *rest) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, rest);
}

static bool read_entry(Request *request, Signup *signup, DirectoryEntry *entry) {
    if (!signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, signup)) return false;
    directory_entry_get(request->tx, request->scope.organisation, request->scope.series, entry);
    return true;
}

static Err show(Request *request, const Form *form, const Signup *signup, const DirectoryEntry *entry) {
    bool is_there = directory_has(request->tx, request->scope.series, request->scope.organisation);
    MyCataloguePage page = {
        .layout =
            edition_layout(request, signups_said(request, MSG("signups", "The directory of organisations")), MENU_MY),
        .organisation = signup->organisation_name,
        .back_href = my_path(request, ""),
        .public_href =
            is_there ? str_format(request->arena, "/%.*s/organisations/%.*s", STR_FORMAT(series_of(request)->slug),
                                  STR_FORMAT(id_text(request->arena, request->scope.organisation)))
                     : STR_ABSENT,
        .waits = entry->is_shown && !is_there,
        .form = form,
        .action = request->path,
    };
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = signups_said(request, MSG("signups", "Saved. Thank you."));
    PageOut out = page_out(request);
    page_my_catalogue(&out, &page);
    return OK;
}

Err my_catalogue_page(Request *request) {
    Signup signup;
    DirectoryEntry entry;
    if (!read_entry(request, &signup, &entry)) return ERR_NOT_FOUND;
    CatalogueForm values = form_values(request->arena, &entry);
    return show(request, form_open(request, catalogue_fields, COUNT(catalogue_fields), &values), &signup, &entry);
}

Err my_catalogue_save(Request *request) {
    Signup signup;
    DirectoryEntry entry;
    if (!read_entry(request, &signup, &entry)) return ERR_NOT_FOUND;
    CatalogueForm stored = form_values(request->arena, &entry), values = stored;
    Form *form = form_open(request, catalogue_fields, COUNT(catalogue_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, form, &signup, &entry);
    entry.is_shown = values.is_shown;
    entry.shows_words = values.shows_words;
    entry.shows_website = values.shows_website;
    entry.shows_exchanges = values.shows_exchanges;
    entry.shows_numbers = values.shows_numbers;
    entry.phone = values.phone;
    entry.email = values.email;
    DirectorySaying saying = {.by = request->who.person,
                              .edition = request->scope.edition,
                              .wording = catalogue_wording(request->arena, request->language, &entry)};
    Err err = directory_entry_save(request->tx, &entry, &saying);
    if (err) return err;
    catalogue_follow(request->tx, entry.organisation);
    return respond_redirect(request, my_path(request, "/directory?done=1"));
}

/* ---- in "my gathering" ----------------------------------------------------------------------------------------- */

void catalogue_my_items(Request *request, MyItems *items, bool is_shown) {
    my_items_add(items,
                 &(MyItem){
                     .is_invitation = !is_shown,
                     .title = signups_said(request, MSG("signups", "The directory of organisations")),
                     .words = is_shown ? STR("")
                                       : signups_said(request, MSG("signups", "Let others find you, also after the "
                                                                              "gathering.")),
                     .href = my_path(request, "/directory"),
                     .link = is_shown ? signups_said(request, MSG("signups", "Read or change it"))
                                      : signups_said(request, MSG("signups", "Look at it")),
                 });
}
