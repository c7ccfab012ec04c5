// SPDX-License-Identifier: EUPL-1.2
/* Agreeing to be invited, and ending it: signed in, or by the address that stands in every invitation. */
#include "gathering/mailing/internal.h"
#include "mailing_pages.h"
#include "mailing_sql.h"
#include "platform/page/respond.h"

Str mailing_said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str whose(const Series *series) { return str_is_empty(series->organiser) ? series->name : series->organiser; }

/* ---- the consent ------------------------------------------------------------------------------------------------- */

Str invitation_wording(Arena *arena, Language language, const Series *series) {
    return say(arena, language,
               MSG("mailing", "I agree that {organiser} invites me by e-mail to gatherings of “{series}”. I can end "
                              "that at any time, also with one press in every invitation."),
               SAY_TEXT("organiser", whose(series)), SAY_TEXT("series", series->name));
}

bool invitations_agreed(Tx *tx, Id person, Id series) { return mailing_sql_consents(tx, person, series).count > 0; }

void invitations_agree(Tx *tx, Id person, const Edition *edition, Language language) {
    if (invitations_agreed(tx, person, edition->series.id)) return;
    consent_give(tx, &(Consent){.person = person,
                                .edition = edition->id,
                                .purpose = INVITATIONS,
                                .wording = invitation_wording(tx_arena(tx), language, &edition->series),
                                .channel = "form"});
}

void invitations_withdraw(Tx *tx, Id person, Id series) {
    MailingConsentsRows rows = mailing_sql_consents(tx, person, series);
    for (size_t i = 0; i < rows.count; i++) consent_withdraw(tx, person, rows.rows[i].id);
}

/* ---- the address that ends them ---------------------------------------------------------------------------------- */

Str invitation_end_path(Tx *tx, Id person, Id series) {
    MailingEndOfRow row;
    if (!mailing_sql_end_of(tx, person, series, &row)) {
        row.secret = random_secret_text(tx_arena(tx));
        /* Another node may have made one in the same moment: that is the one. */
        if (!mailing_sql_add_end(tx, person, series, row.secret)) mailing_sql_end_of(tx, person, series, &row);
    }
    return str_format(tx_arena(tx), "/unsubscribe/%.*s", STR_FORMAT(row.secret));
}

bool invitation_end_find(Tx *tx, Str secret, Id *person, Id *series) {
    MailingFindEndRow row;
    if (!mailing_sql_find_end(tx, secret, &row)) return false;
    *person = row.person;
    *series = row.series;
    return true;
}

/* Nothing of whom it is about is told: a forwarded letter has the address too. */
static Err show_end(Request *request, const Series *series, bool is_open) {
    InvitationsEndedPage page = {
        .layout = house_layout(request, mailing_said(request, MSG("mailing", "Invitations"))),
        .series = series->name,
        .organiser = whose(series),
        .is_open = is_open,
        .action = request->path,
        .form = form_open(request, NULL, 0, NULL),
    };
    PageOut out = page_out(request);
    page_invitations_ended(&out, &page);
    return OK;
}

static bool end_of_path(Request *request, Id *person, Series *series) {
    Id id;
    return invitation_end_find(request->tx, request_parameter(request, "secret"), person, &id) &&
           series_get(request->tx, id, series);
}

Err invitations_end_page(Request *request) {
    Id person;
    Series series;
    if (!end_of_path(request, &person, &series)) return ERR_NOT_FOUND;
    return show_end(request, &series, invitations_agreed(request->tx, person, series.id));
}

/* From a mail program (RFC 8058), which sends no cookie and shows no answer, or from the page: whoever has the address
 * may, as often as they like. */
Err invitations_end_press(Request *request) {
    Id person;
    Series series;
    if (!end_of_path(request, &person, &series)) return ERR_NOT_FOUND;
    if (invitations_agreed(request->tx, person, series.id)) {
        invitations_withdraw(request->tx, person, series.id);
        store_audit(request->tx, &(AuditEntry){.person = person, .action = "invitations.end", .subject = person});
    }
    return show_end(request, &series, false);
}

/* ---- signed in --------------------------------------------------------------------------------------------------- */

/* Who came in by a card need not be the person whose e-mail it is: they may not agree for them. */
static bool may_agree(Request *request, Person *person) {
    return person_get(request->tx, request->who.person, person) && !request->who.is_limited &&
           !str_is_empty(person->email);
}

/* Coordinators see what organisations see; they agree to nothing in their name. */
static bool is_own(Request *request) {
    return reader_speaks_for(request, request->scope.organisation, request->scope.series);
}

Err my_invitations_page(Request *request) {
    const Edition *edition = edition_of(request);
    Person person = {0};
    MyInvitationsPage page = {
        .layout = edition_layout(request, mailing_said(request, MSG("mailing", "Invitations")), MENU_MY),
        .back_href = edition_my_path(request->arena, edition, request->scope.organisation, ""),
        .may_agree = may_agree(request, &person) && is_own(request),
        .agreed = invitations_agreed(request->tx, request->who.person, edition->series.id),
        .email = str_is_empty(person.email) ? STR("") : person.email,
        .wording = invitation_wording(request->arena, request->language, &edition->series),
        .action = request->path,
        .form = form_open(request, NULL, 0, NULL),
    };
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("1"))) page.layout.notice = mailing_said(request, MSG("mailing", "Saved. Thank you."));
    PageOut out = page_out(request);
    page_my_invitations(&out, &page);
    return OK;
}

Err my_invitations_save(Request *request) {
    const Edition *edition = edition_of(request);
    Person person = {0};
    if (str_equal(fields_get(&request->form, STR("do")), STR("end")))
        invitations_withdraw(request->tx, request->who.person, edition->series.id);
    else if (!may_agree(request, &person) || !is_own(request)) return ERR_DENIED;
    else invitations_agree(request->tx, person.id, edition, request->language);
    return respond_redirect(request, str_join(request->arena, request->path, STR("?done=1")));
}

/* Whoever fills in the public form may type anybody's e-mail; only who signed in with their own is asked there. */
bool invitations_sign_up_wording(Request *request, Str *wording) {
    Person person;
    const Series *series = &edition_of(request)->series;
    if (!request->who.person || !may_agree(request, &person) || invitations_agreed(request->tx, person.id, series->id))
        return false;
    *wording = invitation_wording(request->arena, request->language, series);
    return true;
}

void invitations_sign_up_agreed(Request *request) {
    invitations_agree(request->tx, request->who.person, edition_of(request), request->language);
}

void mailing_my_items(Request *request, MyItems *items) {
    const Edition *edition = edition_of(request);
    Person person;
    if (!is_own(request) || !may_agree(request, &person)) return;
    bool agreed = invitations_agreed(request->tx, person.id, edition->series.id);
    my_items_add(
        items, &(MyItem){
                   .is_invitation = true,
                   .title = mailing_said(request, MSG("mailing", "The next gatherings")),
                   .words = agreed ? mailing_said(request, MSG("mailing", "We will invite you by e-mail."))
                                   : mailing_said(request,
                                                  MSG("mailing", "Shall we invite you by e-mail? Only if you agree.")),
                   .href = edition_my_path(request->arena, edition, request->scope.organisation, "/invitations"),
                   .link = agreed ? mailing_said(request, MSG("mailing", "Change"))
                                  : mailing_said(request, MSG("mailing", "Invite us")),
               });
}

/* ---- when somebody is erased ------------------------------------------------------------------------------------- */

void mailing_personal_erase(Tx *tx, const PersonalSubject *subject) {
    if (!subject->series) mailing_sql_remove_ends(tx, (IdList){&subject->person, 1});
    if (!subject->series) return;
    invitations_withdraw(tx, subject->person, subject->series);
    mailing_sql_remove_end(tx, subject->person, subject->series);
}

void mailing_people_forgotten(Tx *tx, const Id *people, size_t count) {
    mailing_sql_remove_ends(tx, (IdList){people, count});
}
