// SPDX-License-Identifier: EUPL-1.2
/* "My data": everybody's own page, and what they may do there. Open in every state of an edition: it is their right. */
#include "gathering/privacy/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/languages.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

/* A card is held by whoever typed an e-mail into the public form, too: it does not prove that somebody is the person of
 * that e-mail. Who has none was made with the card, and has no other way in. */
static bool is_proven(const Request *request, const PersonalFound *found) {
    return !request->who.is_limited || str_is_empty(found->person.email);
}

static bool own_found(Request *request, PersonalFound *found) {
    return personal_of(request->tx, house_of(request), request->who.person, 0, found);
}

static Err ask_for_proof(Request *request) {
    MyProofPage page = {
        .layout = house_layout(request, privacy_said(request, MSG("privacy", "My data"))),
        .form = form_open(request, NULL, 0, NULL),
        .back = STR("/me"),
    };
    PageOut out = page_out(request);
    page_my_proof(&out, &page);
    return OK;
}

/* ---- seeing, taking along ----------------------------------------------------------------------------------- */

Err my_data_page(Request *request) {
    PersonalFound found;
    if (!own_found(request, &found)) return ERR_NOT_FOUND;
    if (!is_proven(request, &found)) return ask_for_proof(request);
    MyDataPage page = {
        .layout = house_layout(request, privacy_said(request, MSG("privacy", "My data"))),
        .back = STR("/me"),
        .back_words = privacy_said(request, MSG("privacy", "My page")),
        .heading = privacy_said(request, MSG("privacy", "My data")),
        .lead = privacy_said(request, MSG("privacy", "Everything that is kept about you here, for how long, and what "
                                                     "you can do about it.")),
        .export_href = STR("/me/data/export"),
        .erase_href = STR("/me/data/erase"),
    };
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("corrected")))
        page.layout.notice = privacy_said(request, MSG("privacy", "Saved. Thank you."));
    if (str_equal(done, STR("withdrawn")))
        page.layout.notice = privacy_said(request, MSG("privacy", "The consent is withdrawn, with effect at once."));
    data_page_fill(request, &found, &page);
    PageOut out = page_out(request);
    page_my_data(&out, &page);
    return OK;
}

Err my_data_export(Request *request) {
    PersonalFound found;
    if (!own_found(request, &found)) return ERR_NOT_FOUND;
    if (!is_proven(request, &found)) return respond_redirect(request, STR("/me/data"));
    data_file(request, &found);
    return OK;
}

/* ---- correcting --------------------------------------------------------------------------------------------- */

typedef struct CorrectForm {
    Str name, phone, language, version;
} CorrectForm;

static const FormField correct_fields[] = {
    FORM_VERSION(CorrectForm),
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(CorrectForm, name),
     .required = true,
     .most = 120,
     .autocomplete = "name",
     .label = MSG_INIT("privacy", "Name")},
    {.name = "phone",
     .kind = FIELD_PHONE,
     .offset = offsetof(CorrectForm, phone),
     .autocomplete = "tel",
     .label = MSG_INIT("privacy", "Telephone"),
     .hint = MSG_INIT("privacy", "What a sign-up says of its contact person stands in that sign-up, and is changed "
                                 "there.")},
    {.name = "language",
     .kind = FIELD_CHOICE,
     .offset = offsetof(CorrectForm, language),
     .required = true,
     .options = form_languages,
     .label = MSG_INIT("privacy", "Language of letters")},
};
const FormTable correct_asked = {correct_fields, COUNT(correct_fields)};

static CorrectForm correct_values(Arena *arena, const Person *person) {
    return (CorrectForm){person->name, str_is_absent(person->phone) ? STR("") : person->phone,
                         str_from_c(language_tag(person->language)), form_version(arena, person->version)};
}

static Err show_correct(Request *request, const Person *person, const Form *form) {
    MyCorrectPage page = {
        .layout = house_layout(request, privacy_said(request, MSG("privacy", "Correct your data"))),
        .back = STR("/me/data"),
        .form = form,
        .email = person->email,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_my_correct(&out, &page);
    return OK;
}

/* Of a card that proves nobody it is not to be changed who somebody is. */
static bool own_person(Request *request, Person *person) {
    return person_get(request->tx, request->who.person, person) &&
           (!request->who.is_limited || str_is_empty(person->email));
}

Err my_correct_page(Request *request) {
    Person person;
    if (!own_person(request, &person)) return respond_redirect(request, STR("/me/data"));
    CorrectForm values = correct_values(request->arena, &person);
    return show_correct(request, &person, form_open(request, correct_fields, COUNT(correct_fields), &values));
}

Err my_correct(Request *request) {
    Person person;
    if (!own_person(request, &person)) return respond_redirect(request, STR("/me/data"));
    CorrectForm stored = correct_values(request->arena, &person), values = {0};
    Form *form = form_open(request, correct_fields, COUNT(correct_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show_correct(request, &person, form);
    person.name = values.name;
    person.phone = values.phone;
    if (!language_parse(values.language, &person.language)) return ERR_INPUT;
    Err err = person_update(request->tx, &person);
    if (err) return err;
    store_audit(request->tx, &(AuditEntry){.person = person.id, .action = "person.correct", .subject = person.id});
    return respond_redirect(request, STR("/me/data?done=corrected"));
}

/* ---- erasing ------------------------------------------------------------------------------------------------ */

/* Without an owner nobody could let anybody in. */
static Str refusal_of(Request *request) {
    IdArray owners = role_holders(request->tx, ROLE_OWNER, 0);
    if (owners.count != 1 || owners.ids[0] != request->who.person) return STR("");
    return privacy_said(request, MSG("privacy", "You are the only owner of this program: nobody could look after it "
                                                "then. Give somebody else that role first."));
}

static Err show_erase(Request *request, const PersonalFound *found, const Form *form) {
    MyErasePage page = {
        .layout = house_layout(request, privacy_said(request, MSG("privacy", "Erase my data"))),
        .back = STR("/me/data"),
        .back_words = privacy_said(request, MSG("privacy", "My data")),
        .heading = privacy_said(request, MSG("privacy", "Erase my data")),
        .lead = privacy_said(request, MSG("privacy", "This takes effect at once and cannot be undone. If you would "
                                                     "like a copy, download it first.")),
        .refused = refusal_of(request),
        .button = privacy_said(request, MSG("privacy", "Erase my data")),
    };
    return erase_show(request, found, form, &page);
}

Err my_erase_page(Request *request) {
    PersonalFound found;
    EraseForm values = {0};
    if (!own_found(request, &found)) return ERR_NOT_FOUND;
    if (!is_proven(request, &found)) return respond_redirect(request, STR("/me/data"));
    return show_erase(request, &found, erase_form_open(request, &values, true));
}

/* The session ends with it. The route is anybody's, so that a second press, which comes from nobody, finds the answer
 * of the first. */
Err my_erase(Request *request) {
    PersonalFound found;
    EraseForm values = {0};
    if (!request->who.person) return ERR_DENIED;
    if (!own_found(request, &found)) return ERR_NOT_FOUND;
    if (!is_proven(request, &found)) return respond_redirect(request, STR("/me/data"));
    Form *form = erase_form_open(request, &values, true);
    bool is_read = form_read(form);
    if (!str_is_empty(refusal_of(request))) request->response.status = 409;
    if (!is_read || request->response.status == 409) return show_erase(request, &found, form);
    personal_erase(request->tx, house_of(request),
                   &(PersonalErasing){.person = request->who.person, .by = request->who.person});
    session_end(request);
    Err err = respond_redirect(request, STR("/me/data/erased"));
    account_once_for_nobody(request);
    return err;
}

Err my_erased_page(Request *request) {
    MyErasedPage page = {
        .layout = house_layout(request, privacy_said(request, MSG("privacy", "Your data are erased"))),
        .home = STR("/"),
    };
    PageOut out = page_out(request);
    page_my_erased(&out, &page);
    return OK;
}

/* ---- consents ----------------------------------------------------------------------------------------------- */

/* Of a consent that speaks for an organisation, whoever gave it must still speak for it. */
static bool may_withdraw(Request *request, const ConsentGiven *given) {
    if (!given->subject) return !request->who.is_limited;
    return consent_speaks_for(request, given);
}

Err my_consent_withdraw(Request *request) {
    Id id;
    ConsentGiven given;
    if (!request_id(request, "consent", &id) || !consent_of(request->tx, request->who.person, id, &given))
        return ERR_NOT_FOUND;
    if (!may_withdraw(request, &given)) return ERR_DENIED;
    const House *house = house_of(request);
    if (!given.withdrawn_ms.given) {
        for (size_t i = 0; i < house->room_count; i++)
            if (house->rooms[i]->consent_withdrawn)
                house->rooms[i]->consent_withdrawn(request->tx, given.purpose, given.subject, given.edition,
                                                   request->who.person);
        consent_withdraw(request->tx, request->who.person, id);
        store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                               .edition = given.edition,
                                               .action = "consent.withdraw",
                                               .subject = id});
    }
    return respond_redirect(request, STR("/me/data?done=withdrawn#consents"));
}
