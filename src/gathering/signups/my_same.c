// SPDX-License-Identifier: EUPL-1.2
/* "Same as last time": an organisation that has been there before sees what is known of it on one page, says how many
 * come, and has signed up. Everything else can be changed afterwards in "my gathering", where what is new waits. */
#include "gathering/signups/asked.h"
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/letters.h"
#include "gathering/signups/queue.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"
#include "signups_sql.h"

typedef struct SameForm {
    int64_t people;
    Str name, phone; /* only where last time's contact does not act for them any more */
    bool invites;
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
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(SameForm, name),
     .required = true,
     .most = 120,
     .label = MSG_INIT("signups", "Your first and last name: you are the contact this time")},
    {.name = "phone",
     .kind = FIELD_PHONE,
     .offset = offsetof(SameForm, phone),
     .most = 40,
     .label = MSG_INIT("signups", "Telephone")},
};
enum { SAME_WITH_CONTACT = 1 };
static const FormField invites_field = {
    .name = "invites",
    .kind = FIELD_CHECK,
    .offset = offsetof(SameForm, invites),
    .label = MSG_INIT("signups", "Yes, I agree to the invitations"),
};
static const FormTable invites_asked = {&invites_field, 1};
const FormTable my_same_asked = {same_fields, COUNT(same_fields), .more = &invites_asked};

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

/* Whoever was the contact last time is it again only while they act for the organisation. */
static bool acts_for_it(Request *request, Id person) {
    IdArray acting = representatives(request->tx, request->scope.organisation, request->scope.series);
    for (size_t i = 0; i < acting.count; i++)
        if (acting.ids[i] == person) return true;
    return false;
}

static bool keeps_contact(Request *request, const Signup *last) { return acts_for_it(request, last->contact); }

/* What is asked: who presses is the contact where last time's is gone. */
static Form *open_same(Request *request, const Signup *last, SameForm *values) {
    Person person;
    bool keeps = keeps_contact(request, last);
    FormTable asked = {same_fields, keeps ? SAME_WITH_CONTACT : COUNT(same_fields)};
    asked = signup_consent_fields(request, asked, &invites_field);
    *values = (SameForm){.people = last->people, .name = STR(""), .phone = STR("")};
    if (!keeps && person_get(request->tx, request->who.person, &person)) {
        values->name = person.name;
        values->phone = person.phone;
    }
    return form_open(request, asked.fields, asked.count, values);
}

static void check_reachable(Request *request, const Signup *last, const SameForm *values, Form *form) {
    Person person;
    if (keeps_contact(request, last) || !str_is_empty(values->phone)) return;
    if (!person_get(request->tx, request->who.person, &person) || str_is_empty(person.email))
        form_refuse(form, "phone",
                    signups_said(request, MSG("signups", "Write a telephone number: we have no e-mail "
                                                         "address of yours.")));
}

static void fill_known(Request *request, const EditValues *known, bool has_contact, MySamePage *page) {
    enum { SHOWN = 6, OF_CONTACT = 3 };
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
    for (size_t i = has_contact ? 0 : OF_CONTACT; i < SHOWN; i++)
        if (!str_is_empty(rows[i].value))
            shown[page->answers_count++] = (MySamePageAnswer){signups_said(request, rows[i].label), rows[i].value};
}

static Err show(Request *request, const Signup *last, const Form *form) {
    Edition before;
    if (!edition_get(request->tx, last->edition, &before)) return ERR_NOT_FOUND;
    Notice notice = notice_current(request->tx, &edition_of(request)->series, request->language);
    EditValues known = edit_load(request->tx, last, request->language);
    MySamePage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Same as last time")), 0, 0,
                                       my_path(request, "")),
        .organisation = last->organisation_name,
        .gathering = edition_of(request)->title,
        .when = edition_when(request->arena, edition_of(request), request->language),
        .before = before.title,
        .queue = queue_for(request, NULL),
        .consent = signup_consent_wording(request),
        .form = form,
        .action = request->path,
        .anew_href = edition_path(request->arena, edition_of(request), "/sign-up"),
        .notice = notice_html(request->arena, &notice, 3),
    };
    page.asks_contact = !keeps_contact(request, last);
    fill_known(request, &known, !page.asks_contact, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_my_same(&out, &page);
    return OK;
}

Err my_same_page(Request *request) {
    Signup last;
    if (!last_time(request, request->scope.organisation, &last)) return respond_redirect(request, my_path(request, ""));
    SameForm values;
    return show(request, &last, open_same(request, &last, &values));
}

/* As they were told last time, with what they need and offer now. Access needs are not taken over: they are kept for
 * 90 days only. */
static Signup signup_from(Request *request, const Signup *last, const SameForm *values) {
    bool keeps = keeps_contact(request, last);
    Id presser = acts_for_it(request, request->who.person) ? request->who.person : 0;
    return (Signup){
        .edition = request->scope.edition,
        .organisation = last->organisation,
        .contact = keeps ? last->contact : presser,
        .contact_name = keeps ? last->contact_name : values->name,
        .contact_phone = keeps ? last->contact_phone : values->phone,
        .state = signup_is_full(request->tx, edition_of(request)) ? SIGNUP_WAITING : SIGNUP_NEW,
        .source = STR("form"),
        .people = values->people,
        .notice = notice_keep(request->tx, &edition_of(request)->series, request->language),
    };
}

Err my_same_send(Request *request) {
    Signup last, sent;
    Id id;
    if (!last_time(request, request->scope.organisation, &last))
        return respond_redirect(request, my_path(request, "/sign-up"));
    SameForm values;
    Form *form = open_same(request, &last, &values);
    if (form_read(form)) check_reachable(request, &last, &values, form);
    if (!form_ok(form)) return show(request, &last, form);
    Signup signup = signup_from(request, &last, &values);
    Exchanges exchanges = signup_exchanges_of(request->tx, last.edition, last.organisation);
    Err err = signup_add(request->tx, &signup, &exchanges, &id);
    if (err) return err;
    if (!signup_get(request->tx, signup.edition, id, &sent)) return ERR_INTERNAL;
    if (values.invites) signup_consent_keep(request);
    letter_of_receipt(request->tx, &sent, str_join(request->arena, request->base_url, my_path(request, "")));
    return respond_redirect(request, my_path(request, "/sign-up?done=sent"));
}
