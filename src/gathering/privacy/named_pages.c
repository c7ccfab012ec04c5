// SPDX-License-Identifier: EUPL-1.2
/* Somebody rings and gives an e-mail address. Where it is that of an account that has to do with the series, its page
 * opens (staff_pages.c); who has none may still stand in a sign-up that is being written or in a sheet that waits. */
#include "gathering/privacy/internal.h"
#include "platform/page/respond.h"

static Str asked_address(const Request *request) { return str_trim(fields_get(&request->query, STR("q"))); }

static Str find_path(Request *request, const char *rest) {
    Buffer path = buffer_in(request->arena);
    PageOut out = {.out = &path};
    buffer_add(&path, edition_path(request->arena, edition_of(request), "/staff/people/find"));
    buffer_format(&path, "%s?q=", rest);
    page_url_component(&out, asked_address(request));
    return buffer_str(&path);
}

/* Their page, where the address is that of somebody the series has to do with; absent: it is of nobody here. */
static Str page_of_account(Request *request, Str email) {
    Person person;
    PersonalFound found;
    if (!person_by_email(request->tx, email, &person) ||
        !personal_of(request->tx, house_of(request), person.id, request->scope.series, &found))
        return STR_ABSENT;
    return str_format(request->arena, "%.*s%.*s/data",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/people/")),
                      STR_FORMAT(id_text(request->arena, person.id)));
}

static bool named(Request *request, PersonalFound *found) {
    Str email = asked_address(request);
    return str_contains(email, STR("@")) &&
           personal_named(request->tx, house_of(request), email, request->scope.series, found);
}

static Err show_found(Request *request, const PersonalFound *found) {
    MyDataPage page = {
        .layout = edition_layout(request, asked_address(request), MENU_STAFF_SETTINGS),
        .back = edition_path(request->arena, edition_of(request), "/staff/people/find"),
        .back_words = privacy_said(request, MSG("privacy", "Somebody asks about their data")),
        .heading = asked_address(request),
        .lead = privacy_said(request, MSG("privacy", "This address belongs to no account here, but it stands in what "
                                                     "waits to be sent or confirmed.")),
        .export_href = find_path(request, "/export"),
        .erase_href = find_path(request, "/erase"),
    };
    data_page_fill(request, found, &page);
    PageOut out = page_out(request);
    page_my_data(&out, &page);
    return OK;
}

Err staff_find_page(Request *request) {
    Str email = asked_address(request);
    PersonalFound found;
    if (!str_is_empty(email)) {
        Str theirs = page_of_account(request, email);
        if (!str_is_absent(theirs)) return respond_redirect(request, theirs);
        if (named(request, &found)) return show_found(request, &found);
    }
    PersonFindPage page = {
        .layout = edition_layout(request, privacy_said(request, MSG("privacy", "Somebody asks about their data")),
                                 MENU_STAFF_SETTINGS),
        .back = edition_path(request->arena, edition_of(request), "/staff/settings/privacy"),
        .action = request->path,
        .asked = email,
    };
    if (str_equal(fields_get(&request->query, STR("done")), STR("erased")))
        page.layout.notice = privacy_said(request, MSG("privacy", "It is erased. Tell them so."));
    request->response.has_nobody = true;
    PageOut out = page_out(request);
    page_person_find(&out, &page);
    return OK;
}

Err staff_named_export(Request *request) {
    PersonalFound found;
    if (!named(request, &found)) return ERR_NOT_FOUND;
    data_file(request, &found);
    return OK;
}

static Err show_erase(Request *request, const PersonalFound *found, const Form *form) {
    MyErasePage page = {
        .layout =
            edition_layout(request, privacy_said(request, MSG("privacy", "Erase what is kept")), MENU_STAFF_SETTINGS),
        .back = find_path(request, ""),
        .back_words = asked_address(request),
        .heading = privacy_said(request, MSG("privacy", "Erase what is kept")),
        .lead = say(request->arena, request->language,
                    MSG("privacy", "{name} asked for it. This takes effect at once and cannot be undone."),
                    SAY_TEXT("name", asked_address(request))),
        .button = privacy_said(request, MSG("privacy", "Erase it, as they ask")),
    };
    return erase_show(request, found, form, &page);
}

Err staff_named_erase_page(Request *request) {
    PersonalFound found;
    EraseForm values = {0};
    if (!named(request, &found)) return ERR_NOT_FOUND;
    return show_erase(request, &found, erase_form_open(request, &values, false));
}

Err staff_named_erase(Request *request) {
    PersonalFound found;
    EraseForm values = {0};
    if (!named(request, &found)) return ERR_NOT_FOUND;
    Form *form = erase_form_open(request, &values, false);
    if (!form_read(form)) return show_erase(request, &found, form);
    personal_erase_named(request->tx, house_of(request), found.person.email,
                         &(PersonalErasing){.series = request->scope.series,
                                            .by = request->who.person,
                                            .edition = request->scope.edition});
    return respond_redirect(request,
                            edition_path(request->arena, edition_of(request), "/staff/people/find?done=erased"));
}
