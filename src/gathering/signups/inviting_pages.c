// SPDX-License-Identifier: EUPL-1.2
/* Who is asked to act for an organisation answers: by the address of the letter, or signed in. */
#include "gathering/signups/internal.h"
#include "gathering/signups/inviting.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "signups_pages.h"

static Str asked_words(Request *request, const Invitation *invitation) {
    Person inviting = {.name = STR(""), .email = STR_ABSENT};
    person_get(request->tx, invitation->invited_by, &inviting);
    Msg words = invitation->hands_over
                    ? MSG("signups", "{inviting} asks you to take over from them, at the gathering {gathering}.")
                    : MSG("signups", "{inviting} asks you to act for it too, at the gathering {gathering}.");
    return say(request->arena, request->language, words,
               SAY_TEXT("inviting", str_is_empty(inviting.name) ? inviting.email : inviting.name),
               SAY_TEXT("gathering", edition_of(request)->title));
}

typedef struct Shown {
    const Invitation *invitation; /* NULL: there is none, or it is open no more */
    bool is_other;                /* somebody else is signed in */
    Str refusal;                  /* said above; or absent */
} Shown;

static Err show(Request *request, const Shown *shown) {
    Form *form = form_open(request, NULL, 0, NULL);
    if (!str_is_absent(shown->refusal)) form_refuse(form, NULL, shown->refusal);
    ActingAnswerPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "An invitation")), MENU_MY),
        .is_good = shown->invitation && !shown->is_other,
        .is_other = shown->is_other,
        .form = form,
        .action = request->path,
        .onward = STR("/me"),
    };
    if (page.is_good) {
        Civil last = zone_civil(edition_of(request)->zone, shown->invitation->ends_ms);
        page.organisation = organisation_name(request->tx, shown->invitation->organisation);
        page.asked = asked_words(request, shown->invitation);
        page.until = date_day_month_year(request->arena, request->language, &last);
    } else {
        request->response.status = shown->is_other ? 403 : 410;
    }
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_acting_answer(&out, &page);
    return OK;
}

/* Whose letter it is, or whoever is signed in as the one who was asked. */
static bool is_somebody_else(const Request *request, const Invitation *invitation) {
    return request->who.person && request->who.person != invitation->person;
}

static Str home_of(Request *request, const Invitation *invitation) {
    return edition_my_path(request->arena, edition_of(request), invitation->organisation, "");
}

/* Whoever accepted it and comes again, by Back or by the letter, is where they wanted to be. */
static bool was_accepted_by_reader(const Request *request, const Invitation *invitation) {
    return request->who.person == invitation->person && str_equal(invitation->state, STR("accepted"));
}

static Err show_invitation(Request *request, const Invitation *invitation) {
    if (was_accepted_by_reader(request, invitation)) return respond_redirect(request, home_of(request, invitation));
    if (!invitation_is_open(request->tx, invitation)) return show(request, &(Shown){0});
    return show(request, &(Shown){invitation, is_somebody_else(request, invitation), STR_ABSENT});
}

/* By the letter alone one comes into this organisation, and no further: a letter can be passed on. */
static Err accept(Request *request, const Invitation *invitation) {
    bool is_theirs = request->who.person == invitation->person && !request->who.is_limited;
    Err err = invitation_accept(request->tx, invitation, is_theirs);
    if (err == ERR_CONFLICT) return show(request, &(Shown){0});
    if (err == ERR_LIMIT)
        return show(request,
                    &(Shown){invitation, false,
                             signups_said(request, MSG("signups", "No more people can act for one organisation. "
                                                                  "Ask the organiser to take somebody off."))});
    if (err) return err;
    if (!request->who.person)
        session_begin_limited(request, invitation->person, request->scope.series, invitation->organisation);
    return respond_redirect(request, home_of(request, invitation));
}

static Err answer(Request *request, const Invitation *invitation) {
    Str answered = fields_get(&request->form, STR("answer"));
    bool is_accepted = str_equal(answered, STR("accept"));
    if (!is_accepted && !str_equal(answered, STR("decline"))) return ERR_INPUT;
    if (was_accepted_by_reader(request, invitation)) return respond_redirect(request, home_of(request, invitation));
    if (!invitation_is_open(request->tx, invitation)) return show(request, &(Shown){0});
    if (is_somebody_else(request, invitation)) return show(request, &(Shown){invitation, true, STR_ABSENT});
    if (is_accepted) return accept(request, invitation);
    invitation_end(request->tx, invitation, "declined", invitation->person);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), ""));
}

/* ---- by the letter ------------------------------------------------------------------------------------------ */

static bool of_secret(Request *request, Invitation *found) {
    return invitation_find(request->tx, request->scope.edition, request_parameter(request, "secret"), found);
}

Err acting_answer_page(Request *request) {
    Invitation invitation;
    return of_secret(request, &invitation) ? show_invitation(request, &invitation) : show(request, &(Shown){0});
}

Err acting_answer(Request *request) {
    Invitation invitation;
    return of_secret(request, &invitation) ? answer(request, &invitation) : show(request, &(Shown){0});
}

/* ---- signed in ---------------------------------------------------------------------------------------------- */

/* Who they are has to be proven, and it is theirs: of nobody else's it is told that it is there. */
static bool of_reader(Request *request, Invitation *found) {
    Id id;
    return !request->who.is_limited && request_id(request, "invitation", &id) &&
           invitation_get(request->tx, request->scope.edition, id, found) && found->person == request->who.person;
}

Err my_invitation_page(Request *request) {
    Invitation invitation;
    return of_reader(request, &invitation) ? show_invitation(request, &invitation) : ERR_NOT_FOUND;
}

Err my_invitation_answer(Request *request) {
    Invitation invitation;
    return of_reader(request, &invitation) ? answer(request, &invitation) : ERR_NOT_FOUND;
}

void my_invitations(Request *request, MyItems *items) {
    if (request->who.is_limited) return;
    Invitations waiting = invitations_to(request->tx, request->who.person);
    for (size_t i = 0; i < waiting.count; i++) {
        Edition edition;
        if (!edition_get(request->tx, waiting.all[i].edition, &edition)) continue;
        my_items_add(
            items, &(MyItem){.waits_for_them = true,
                             .is_invitation = true,
                             .title = organisation_name(request->tx, waiting.all[i].organisation),
                             .words = say(request->arena, request->language,
                                          MSG("signups", "You are asked to act for it, at the gathering {gathering}."),
                                          SAY_TEXT("gathering", edition.title)),
                             .href = str_format(request->arena, "/me/%.*s/%.*s/invited/%.*s",
                                                STR_FORMAT(edition.series.slug), STR_FORMAT(edition.slug),
                                                STR_FORMAT(id_text(request->arena, waiting.all[i].id))),
                             .link = signups_said(request, MSG("signups", "Answer"))});
    }
}
