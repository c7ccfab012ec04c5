// SPDX-License-Identifier: EUPL-1.2
/* Who acts for an organisation in a series: its own people see each other, invite, hand over, and stop.
 *
 * Nobody acts before they accept (inviting.h). Somebody with an e-mail gets a letter with the address of the answer: it
 * is not shown to who invites them, because the letter box may be of somebody who may more. Somebody without one is a
 * new person, with a card that is handed over and leads to the answer. */
#include "gathering/signups/internal.h"
#include "gathering/signups/inviting.h"
#include "gathering/signups/letters.h"
#include "platform/account/account.h"
#include "platform/base/random.h"
#include "platform/jobs/outbox.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "platform/page/way_in.h"
#include "signups_pages.h"

enum { LETTERS_A_DAY = 3, DAY_MS = 24 * 3600 * 1000 };

static Str acting_path(Request *request, const char *rest) {
    Str path = edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/people");
    return str_format(request->arena, "%.*s%s", STR_FORMAT(path), rest);
}

static bool my_signup(Request *request, Signup *signup) {
    return signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, signup);
}

static IdArray acting(Request *request) {
    return representatives(request->tx, request->scope.organisation, request->scope.series);
}

static bool acts(const IdArray *all, Id person) {
    for (size_t i = 0; i < all->count; i++)
        if (all->ids[i] == person) return true;
    return false;
}

static bool is_open(Request *request) {
    return states_have(STATES_OF_ORGANISATIONS | IN_FINISHED, edition_of(request)->state);
}

/* ---- the page -------------------------------------------------------------------------------------------------- */

typedef struct InviteForm {
    Str name, email;
    bool hands_over;
} InviteForm;

static const FormField invite_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(InviteForm, name),
     .required = true,
     .most = 120,
     .label = MSG_INIT("signups", "First and last name")},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(InviteForm, email),
     .label = MSG_INIT("signups", "E-mail"),
     .hint = MSG_INIT("signups", "They get a letter and accept by it. Without an address you get a link to hand over "
                                 "yourselves.")},
    {.name = "hands_over",
     .kind = FIELD_CHECK,
     .offset = offsetof(InviteForm, hands_over),
     .label = MSG_INIT("signups", "They take over from me: when they accept, I act for the organisation no more, and "
                                  "they are the contact person where I was.")},
};
const FormTable invite_asked = {invite_fields, COUNT(invite_fields)};

/* The name and the number of an account are told to whoever proved that it is theirs. Of anybody else there is what was
 * typed here: an invitation finds the account behind an e-mail, and must not tell whose it is. */
static bool is_known_by_name(const Request *request, const Person *person) {
    bool is_me = person->id == request->who.person && !request->who.is_limited;
    return is_me || str_is_empty(person->email);
}

static ActingPagePeople *people_of(Request *request, const Signup *signup, const IdArray *all, size_t *count) {
    ActingPagePeople *people = arena_array(request->arena, ActingPagePeople, all->count);
    *count = 0;
    for (size_t i = 0; i < all->count; i++) {
        Person person;
        if (!person_get(request->tx, all->ids[i], &person)) continue;
        bool is_contact = person.id == signup->contact;
        Str name = is_contact && !str_is_empty(signup->contact_name) ? signup->contact_name
                   : is_known_by_name(request, &person)              ? person.name
                                                                     : STR("");
        bool has_name = !str_is_empty(name);
        people[(*count)++] = (ActingPagePeople){
            .name = has_name ? name : person.email,
            .way = has_name ? person.email : STR(""),
            .id = id_text(request->arena, person.id),
            .is_me = person.id == request->who.person,
            .is_contact = is_contact,
            .may_contact = !is_contact && is_open(request),
        };
    }
    return people;
}

static Str done_words(Request *request) {
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("invited")))
        return signups_said(request, MSG("signups", "The invitation is on its way. They act for you when they have "
                                                    "accepted it."));
    if (str_equal(done, STR("withdrawn")))
        return signups_said(request,
                            MSG("signups", "The invitation is withdrawn: its address opens nothing any more."));
    if (str_equal(done, STR("contact"))) return signups_said(request, MSG("signups", "Saved. Thank you."));
    return STR_ABSENT;
}

static Str day_words(Request *request, int64_t at_ms) {
    Civil day = zone_civil(edition_of(request)->zone, at_ms);
    return date_day_month_year(request->arena, request->language, &day);
}

/* Under what was typed: whose address it is, is not told. */
static ActingPageWaiting *waiting_of(Request *request, const Invitations *waiting) {
    ActingPageWaiting *shown = arena_array(request->arena, ActingPageWaiting, waiting->count);
    for (size_t i = 0; i < waiting->count; i++) {
        Person person = {.name = STR(""), .email = STR_ABSENT};
        person_get(request->tx, waiting->all[i].person, &person);
        shown[i] = (ActingPageWaiting){
            .name = str_is_empty(person.email) ? person.name : person.email,
            .until = day_words(request, waiting->all[i].ends_ms),
            .id = id_text(request->arena, waiting->all[i].id),
            .hands_over = waiting->all[i].hands_over,
            .may_resend = !str_is_empty(person.email) && is_open(request) && !request->who.is_limited,
        };
    }
    return shown;
}

static Err show(Request *request, const Signup *signup, const Form *form) {
    IdArray all = acting(request);
    Invitations waiting = invitations_of(request->tx, signup->organisation, request->scope.series);
    ActingPage page = {
        .layout =
            edition_layout(request, signups_said(request, MSG("signups", "Who acts for your organisation")), MENU_MY),
        .organisation = signup->organisation_name,
        .back_href = edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/sign-up"),
        .contact_action = acting_path(request, "/contact"),
        .end_action = acting_path(request, "/end"),
        .may_end = all.count > 1 && signup->contact != request->who.person,
        .is_open = is_open(request),
        .is_full = all.count + waiting.count >= ACTING_MOST && form_ok(form), /* what was typed is never taken away */
        .waiting = waiting_of(request, &waiting),
        .waiting_count = waiting.count,
        .again_action = acting_path(request, "/again"),
        .withdraw_action = acting_path(request, "/withdraw"),
        .is_limited = request->who.is_limited,
        .form = form,
        .action = acting_path(request, ""),
    };
    page.people = people_of(request, signup, &all, &page.people_count);
    page.layout.is_refused = !form_ok(form);
    if (form_ok(form)) page.layout.notice = done_words(request);
    PageOut out = page_out(request);
    page_acting(&out, &page);
    return OK;
}

Err acting_page(Request *request) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    InviteForm values = {STR(""), STR(""), false};
    return show(request, &signup, form_open(request, invite_fields, COUNT(invite_fields), &values));
}

/* ---- inviting -------------------------------------------------------------------------------------------------- */

bool acting_invite_prepares(const Request *request) {
    return str_is_empty(str_trim(fields_get(&request->form, STR("email"))));
}

/* The slow part, on a worker: the QR of a card that does not work yet. */
Err acting_invite_prepare(Request *request) {
    request->prepared = way_in_of(request, card_path(request->arena), STR("/s"));
    return OK;
}

static void note(Request *request, const char *action, Id subject) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = subject});
}

static Err show_link(Request *request, const Signup *signup, const InviteForm *values, const WayInPart *way,
                     int64_t ends_ms) {
    Civil last = zone_civil(edition_of(request)->zone, ends_ms);
    ActingLinkPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "The way in is ready")), MENU_MY),
        .organisation = signup->organisation_name,
        .name = values->name,
        .until = date_day_month_year(request->arena, request->language, &last),
        .way = *way,
        .back_href = acting_path(request, ""),
    };
    PageOut out = page_out(request);
    page_acting_link(&out, &page);
    return OK;
}

static Invitation invitation_from(Request *request, const Signup *signup, const InviteForm *values, Id person) {
    return (Invitation){.edition = signup->edition,
                        .organisation = signup->organisation,
                        .person = person,
                        .invited_by = request->who.person,
                        .hands_over = values->hands_over};
}

static Err invite_by_hand(Request *request, const Signup *signup, const InviteForm *values) {
    const WayInPart *way = request->prepared;
    Id person = person_ensure(request->tx, values->name, STR_ABSENT, STR_ABSENT, edition_of(request)->series.language);
    Str secret = random_secret_text(request->arena);
    Invitation invitation = invitation_from(request, signup, values, person);
    invitation_add(request->tx, &invitation, secret);
    card_keep(request->tx, way->address_href,
              &(CardFor){.person = person,
                         .series = request->scope.series,
                         .organisation = signup->organisation,
                         .goes_to = invitation_path(request->arena, edition_of(request), secret),
                         .ends_ms = request->now_ms + CARD_LASTS_MS});
    return show_link(request, signup, values, way, request->now_ms + INVITATION_LASTS_MS);
}

static bool waits_for(Request *request, const Invitation *invitation) {
    Invitations waiting = invitations_of(request->tx, invitation->organisation, request->scope.series);
    for (size_t i = 0; i < waiting.count; i++)
        if (waiting.all[i].person == invitation->person) return true;
    return false;
}

/* Pressed again and again it fills nobody's letter box; the letter they have goes on opening what it opened. */
static void write_to(Request *request, const Signup *signup, const Invitation *invitation) {
    Str secret = random_secret_text(request->arena);
    bool is_enough = outbox_written_to(request->tx, invitation->person, request->now_ms - DAY_MS) >= LETTERS_A_DAY;
    if (is_enough && waits_for(request, invitation)) return;
    invitation_add(request->tx, invitation, secret);
    if (is_enough) return;
    Person inviting = {.name = STR("")};
    person_get(request->tx, request->who.person, &inviting);
    Str path = invitation_path(request->arena, edition_of(request), secret);
    letter_of_invitation(request->tx, signup,
                         &(ActingLetter){.person = invitation->person,
                                         .inviting = str_is_empty(inviting.name) ? inviting.email : inviting.name,
                                         .address = str_join(request->arena, request->base_url, path),
                                         .ends_ms = request->now_ms + INVITATION_LASTS_MS,
                                         .hands_over = invitation->hands_over});
}

static bool is_often_invited(Request *request, const Signup *signup, Id person) {
    return invitations_since(request->tx, signup->organisation, person, request->now_ms - DAY_MS) >= INVITED_A_DAY;
}

static Str often_words(Request *request) {
    return signups_said(request, MSG("signups", "You have invited them several times today. Wait until tomorrow: they "
                                                "have the letters."));
}

static Err invite_by_letter(Request *request, const Signup *signup, const InviteForm *values, Form *form) {
    Id person =
        person_ensure(request->tx, values->name, values->email, STR_ABSENT, edition_of(request)->series.language);
    IdArray all = acting(request);
    if (acts(&all, person)) {
        form_refuse(form, "email", signups_said(request, MSG("signups", "They act for your organisation already.")));
        return show(request, signup, form);
    }
    if (is_often_invited(request, signup, person)) {
        form_refuse(form, "email", often_words(request));
        return show(request, signup, form);
    }
    Invitation invitation = invitation_from(request, signup, values, person);
    write_to(request, signup, &invitation);
    return respond_redirect(request, acting_path(request, "?done=invited"));
}

Err acting_invite(Request *request) {
    Signup signup;
    InviteForm values = {STR(""), STR(""), false};
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    Form *form = form_open(request, invite_fields, COUNT(invite_fields), &values);
    if (request->who.is_limited) { /* not proven who they are: no rights, no letters and no further cards by it */
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "By a card or its link nobody can be invited. Sign in with "
                                                         "your e-mail, or ask the organiser to do it.")));
        return show(request, &signup, form);
    }
    if (!form_read(form)) return show(request, &signup, form);
    if (acting(request).count + invitations_of(request->tx, signup.organisation, request->scope.series).count >=
        ACTING_MOST) {
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "No more people can act for one organisation. "
                                                         "Ask the organiser to take somebody off.")));
        return show(request, &signup, form);
    }
    if (str_is_empty(values.email) && !request->prepared) return ERR_INPUT; /* something invisible was typed */
    return str_is_empty(values.email) ? invite_by_hand(request, &signup, &values)
                                      : invite_by_letter(request, &signup, &values, form);
}

/* ---- an invitation that waits ---------------------------------------------------------------------------------- */

/* Of this organisation in this series, as the buttons name it. Another one, or one that waits no more: false. */
static bool waiting_one(Request *request, const Signup *signup, Invitation *found) {
    Id id;
    Invitations waiting = invitations_of(request->tx, signup->organisation, request->scope.series);
    if (!id_parse(fields_get(&request->form, STR("invitation")), &id)) return false;
    for (size_t i = 0; i < waiting.count; i++) {
        if (waiting.all[i].id != id) continue;
        *found = waiting.all[i];
        return true;
    }
    return false;
}

/* Another letter, with an address of its own: the earlier one opens nothing more. */
Err acting_again(Request *request) {
    Signup signup;
    Invitation invitation;
    InviteForm values = {STR(""), STR(""), false};
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (request->who.is_limited) return ERR_DENIED;
    if (!waiting_one(request, &signup, &invitation)) return respond_redirect(request, acting_path(request, ""));
    if (is_often_invited(request, &signup, invitation.person)) {
        Form *form = form_open(request, invite_fields, COUNT(invite_fields), &values);
        form_refuse(form, NULL, often_words(request));
        return show(request, &signup, form);
    }
    invitation.edition = signup.edition;
    if (invitation.hands_over && invitation.invited_by != request->who.person) invitation.hands_over = false;
    invitation.invited_by = request->who.person;
    write_to(request, &signup, &invitation);
    return respond_redirect(request, acting_path(request, "?done=invited"));
}

Err acting_withdraw(Request *request) {
    Signup signup;
    Invitation invitation;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (!waiting_one(request, &signup, &invitation)) return respond_redirect(request, acting_path(request, ""));
    invitation_end(request->tx, &invitation, "withdrawn", request->who.person);
    return respond_redirect(request, acting_path(request, "?done=withdrawn"));
}

/* ---- handing over ---------------------------------------------------------------------------------------------- */

/* Whoever acts for it already: under their own name and number where those may be told, else under the e-mail, and what
 * they are called is written in the sign-up. */
Err acting_contact(Request *request) {
    Signup signup;
    Id id;
    Person person;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (!id_parse(fields_get(&request->form, STR("person")), &id)) return ERR_INPUT;
    IdArray all = acting(request);
    if (!acts(&all, id) || !person_get(request->tx, id, &person)) return ERR_NOT_FOUND;
    if (str_is_empty(person.email) && str_is_empty(person.phone)) {
        InviteForm values = {STR(""), STR(""), false};
        Form *form = form_open(request, invite_fields, COUNT(invite_fields), &values);
        form_refuse(form, NULL,
                    say(request->arena, request->language,
                        MSG("signups", "{name} has no e-mail and no telephone number here: nobody could reach your "
                                       "organisation. Invite them with an e-mail, or write them with a number into "
                                       "your sign-up."),
                        SAY_TEXT("name", person.name)));
        return show(request, &signup, form);
    }
    if (signup.contact != id) {
        signup.contact = id;
        bool is_known = is_known_by_name(request, &person);
        signup.contact_name = is_known && !str_is_empty(person.name) ? person.name : person.email;
        signup.contact_phone = is_known && !str_is_absent(person.phone) ? person.phone : STR("");
        Err err = signup_update(request->tx, &signup, request->who.person);
        if (err) return err;
    }
    return respond_redirect(request, acting_path(request, "?done=contact"));
}

/* Never the last one, nor the contact: somebody has to be there to be written to. */
Err acting_end(Request *request) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    IdArray all = acting(request);
    if (!acts(&all, request->who.person)) return ERR_DENIED;
    if (all.count < 2 || signup.contact == request->who.person)
        return respond_redirect(request, acting_path(request, ""));
    signup_end_representation(request->tx, &signup, request->who.person);
    note(request, "signup.stop", signup.organisation);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), ""));
}
