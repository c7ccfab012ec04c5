// SPDX-License-Identifier: EUPL-1.2
/* "Same as last time": an organisation that has been there before sees what is known of it on one page, says how many
 * come, and has signed up. Everything else can be changed afterwards in "my gathering", where what is new waits. */
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/letters.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"
#include "signups_sql.h"

typedef struct SameForm {
    int64_t people;
} SameForm;
static const FormField same_fields[] = {
    {.name = "people",
     .kind = FIELD_INT,
     .offset = offsetof(SameForm, people),
     .required = true,
     .least = 1,
     .most = SIGNUP_PEOPLE_LIMIT,
     .label = MSG_INIT("signups", "How many of you will come this time"),
     .hint = MSG_INIT("signups", "An estimate is enough; you can change it later.")},
};
const FormTable my_same_asked = {same_fields, COUNT(same_fields)};

static Str my_path(Request *request, const char *rest) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, rest);
}

/* The latest sign-up in the series, where there is none in this edition and one can be sent. */
static bool last_time(Request *request, Id organisation, Signup *last) {
    Signup here;
    SignupsLastOfRow row;
    const Edition *edition = edition_of(request);
    if (!edition_takes_signups(edition, request->now_ms) ||
        signup_of_organisation(request->tx, edition->id, organisation, &here))
        return false;
    return signups_sql_last_of(request->tx, organisation, edition->series.id, edition->id, &row) &&
           signup_get(request->tx, row.edition, row.id, last);
}

bool my_same_is_offered(Request *request, Id organisation) {
    Signup last;
    return last_time(request, organisation, &last);
}

static Str kinds_words(Request *request, const char *list, const StrList *codes) {
    Kinds kinds = kinds_of(request->tx, str_from_c(list), request->language);
    Str *names = arena_array(request->arena, Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    return list_words(request->arena, request->language, names, codes->count);
}

static void fill_known(Request *request, const EditValues *known, MySamePage *page) {
    enum { SHOWN = 6 };
    const struct {
        Msg label;
        Str value;
    } rows[SHOWN] = {
        {MSG_INIT("signups", "Contact"), known->contact_name},
        {MSG_INIT("signups", "E-mail"), known->contact_email},
        {MSG_INIT("signups", "Telephone"), known->contact_phone},
        {MSG_INIT("signups", "What you do"), kinds_words(request, "profile", &known->profiles)},
        {MSG_INIT("signups", "What you look for"), kinds_words(request, "exchange", &known->needs)},
        {MSG_INIT("signups", "What you can give"), kinds_words(request, "exchange", &known->offers)},
    };
    MySamePageAnswer *shown = arena_array(request->arena, MySamePageAnswer, SHOWN);
    page->answers = shown;
    for (size_t i = 0; i < SHOWN; i++)
        if (!str_is_empty(rows[i].value))
            shown[page->answers_count++] = (MySamePageAnswer){signups_said(request, rows[i].label), rows[i].value};
}

static Err show(Request *request, const Signup *last, const Form *form) {
    Edition before;
    if (!edition_get(request->tx, last->edition, &before)) return ERR_NOT_FOUND;
    Notice notice = notice_current(request->tx, &edition_of(request)->series, request->language);
    EditValues known = edit_load(request->tx, last, request->language);
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    MySamePage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Same as last time")), 0, 0,
                                       my_path(request, "")),
        .organisation = last->organisation_name,
        .gathering = edition_of(request)->title,
        .when = edition_when(request->arena, edition_of(request), request->language),
        .before = before.title,
        .is_full = left.given && left.value == 0,
        .form = form,
        .action = request->path,
        .anew_href = edition_path(request->arena, edition_of(request), "/sign-up"),
        .notice = notice_html(request->arena, &notice, 3),
    };
    fill_known(request, &known, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_my_same(&out, &page);
    return OK;
}

Err my_same_page(Request *request) {
    Signup last;
    if (!last_time(request, request->scope.organisation, &last)) return respond_redirect(request, my_path(request, ""));
    SameForm values = {last.people};
    return show(request, &last, form_open(request, same_fields, COUNT(same_fields), &values));
}

/* As they were told last time, with what they need and offer now. Access needs are not taken over: they are kept for
 * 90 days only. */
static Signup signup_from(Request *request, const Signup *last, int64_t people) {
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    return (Signup){
        .edition = request->scope.edition,
        .organisation = last->organisation,
        .contact = last->contact,
        .contact_name = last->contact_name,
        .contact_phone = last->contact_phone,
        .state = left.given && left.value == 0 ? SIGNUP_WAITING : SIGNUP_NEW,
        .source = STR("form"),
        .people = people,
        .notice = notice_current(request->tx, &edition_of(request)->series, request->language).id,
    };
}

Err my_same_send(Request *request) {
    Signup last, sent;
    Id id;
    if (!last_time(request, request->scope.organisation, &last))
        return respond_redirect(request, my_path(request, "/sign-up"));
    SameForm values = {last.people};
    Form *form = form_open(request, same_fields, COUNT(same_fields), &values);
    if (!form_read(form)) return show(request, &last, form);
    Signup signup = signup_from(request, &last, values.people);
    Exchanges exchanges = signup_exchanges_of(request->tx, last.edition, last.organisation);
    Err err = signup_add(request->tx, &signup, &exchanges, &id);
    if (err) return err;
    if (!signup_get(request->tx, signup.edition, id, &sent)) return ERR_INTERNAL;
    letter_of_receipt(request->tx, &sent, str_join(request->arena, request->base_url, my_path(request, "")));
    return respond_redirect(request, my_path(request, "/sign-up?done=sent"));
}
