// SPDX-License-Identifier: EUPL-1.2
/* Somebody asks a coordinator by telephone what is kept about them, or to be forgotten. What belongs to the series is
 * the coordinator's to show and to erase, and no more. Each look and each erasing stands in the audit. */
#include "gathering/editions/reach.h"
#include "gathering/privacy/internal.h"
#include "platform/page/respond.h"

static Str person_path(Request *request, Id person, const char *rest) {
    return str_format(request->arena, "%.*s%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/people/")),
                      STR_FORMAT(id_text(request->arena, person)), rest);
}

static bool found_of_path(Request *request, PersonalFound *found) {
    Id person;
    return request_id(request, "person", &person) &&
           personal_of(request->tx, house_of(request), person, request->scope.series, found);
}

/* The name they are known by here: of another series' account only what a sign-up says. */
static Str name_of(Request *request, const PersonalFound *found) {
    for (size_t i = 0; i < found->data.count; i++)
        for (size_t k = 0; k < PERSONAL_VALUES && found->data.records[i].values[k].column; k++) {
            const PersonalValue *value = &found->data.records[i].values[k];
            bool is_name = !strcmp(value->column, "name") || !strcmp(value->column, "contact_name");
            if (is_name && !str_is_empty(value->value)) return value->value;
        }
    return privacy_said(request, MSG("privacy", "A person without a name"));
}

Err staff_data_page(Request *request) {
    PersonalFound found;
    if (!found_of_path(request, &found)) return ERR_NOT_FOUND;
    MyDataPage page = {
        .layout = edition_layout(request, name_of(request, &found), MENU_STAFF_SIGNUPS),
        .back = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .back_words = privacy_said(request, MSG("privacy", "Sign-ups")),
        .heading = name_of(request, &found),
        .lead = privacy_said(request,
                             MSG("privacy", "What is kept about this person in this series: for when they ask you. On "
                                            "their own page “My data” they find what belongs to other series too.")),
        .export_href = person_path(request, found.person.id, "/data/export"),
        .erase_href = person_path(request, found.person.id, "/data/erase"),
    };
    if (str_equal(fields_get(&request->query, STR("done")), STR("erased")))
        page.layout.notice = privacy_said(request, MSG("privacy", "It is erased. Tell them so."));
    data_page_fill(request, &found, &page);
    PageOut out = page_out(request);
    page_my_data(&out, &page);
    return OK;
}

Err staff_data_export(Request *request) {
    PersonalFound found;
    if (!found_of_path(request, &found)) return ERR_NOT_FOUND;
    data_file(request, &found);
    return OK;
}

/* Who is of staff is erased by themselves, or after their role was taken away. */
static Str refusal_of(Request *request, Id person) {
    switch (reach_of_card(request, person)) {
    case REACH_OK:
    case REACH_ELSEWHERE: return STR("");
    case REACH_SELF: return privacy_said(request, MSG("privacy", "This is you. Your own page “My data” erases it."));
    case REACH_OWNER:
    case REACH_STAFF: break;
    }
    return privacy_said(request, MSG("privacy", "This person helps to organise. They erase their data on their own "
                                                "page “My data”, or you take the role away first."));
}

static Err show_erase(Request *request, const PersonalFound *found, const Form *form) {
    MyErasePage page = {
        .layout =
            edition_layout(request, privacy_said(request, MSG("privacy", "Erase what is kept")), MENU_STAFF_SIGNUPS),
        .back = person_path(request, found->person.id, "/data"),
        .back_words = name_of(request, found),
        .heading = privacy_said(request, MSG("privacy", "Erase what is kept")),
        .lead = say(request->arena, request->language,
                    MSG("privacy", "{name} asked for it. This takes effect at once and cannot be undone."),
                    SAY_TEXT("name", name_of(request, found))),
        .refused = refusal_of(request, found->person.id),
        .button = privacy_said(request, MSG("privacy", "Erase it, as they ask")),
    };
    return erase_show(request, found, form, &page);
}

Err staff_erase_page(Request *request) {
    PersonalFound found;
    EraseForm values = {0};
    if (!found_of_path(request, &found)) return ERR_NOT_FOUND;
    return show_erase(request, &found, erase_form_open(request, &values, false));
}

Err staff_erase(Request *request) {
    PersonalFound found;
    EraseForm values = {0};
    if (!found_of_path(request, &found)) return ERR_NOT_FOUND;
    Form *form = erase_form_open(request, &values, false);
    bool is_read = form_read(form);
    if (!str_is_empty(refusal_of(request, found.person.id))) request->response.status = 409;
    if (!is_read || request->response.status == 409) return show_erase(request, &found, form);
    personal_erase(request->tx, house_of(request),
                   &(PersonalErasing){.person = found.person.id,
                                      .series = request->scope.series,
                                      .by = request->who.person,
                                      .edition = request->scope.edition});
    return respond_redirect(request, person_path(request, found.person.id, "/data?done=erased"));
}
