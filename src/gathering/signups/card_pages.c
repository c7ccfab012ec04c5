// SPDX-License-Identifier: EUPL-1.2
/* A card for a sign-up's contact: first what would happen, then the card itself, shown once. */
#include "gathering/editions/reach.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/letters.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "platform/page/way_in.h"
#include "signups_pages.h"

typedef struct CardForm {
    Str seen; /* the newest card that worked when the question was shown */
} CardForm;
static const FormField card_fields[] = {
    {.name = "seen", .kind = FIELD_HIDDEN, .offset = offsetof(CardForm, seen), .most = 20},
};
const FormTable card_asked = {card_fields, COUNT(card_fields)};

/* A card is a person's. */
static bool with_contact(Request *request, Signup *signup) {
    return signup_of_path(request, signup) && signup->contact;
}

static Str moment_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s",
                      STR_FORMAT(date_day_month_year(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

static Str day_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return date_day_month_year(request->arena, request->language, &civil);
}

/* ---- the question -------------------------------------------------------------------------------------- */

static Str refusal_of(Request *request, Reach reach) {
    switch (reach) {
    case REACH_OK: break;
    case REACH_SELF: return signups_said(request, MSG("signups", "This contact is you: you are signed in already."));
    case REACH_OWNER:
        return signups_said(request,
                            MSG("signups", "This person looks after the whole program. A card would open all of "
                                           "it to whoever finds the card, so there is none for them."));
    case REACH_STAFF:
        return signups_said(request,
                            MSG("signups", "This person helps to run the gathering. A card would open that too, "
                                           "so there is none for them; under “Who helps” you can make them a "
                                           "link that works once."));
    case REACH_ELSEWHERE:
        return signups_said(request, MSG("signups", "This person also takes part in another series, which a card would "
                                                    "open too. Only the owner of the program can make it; they "
                                                    "themselves can sign in by a message."));
    }
    return STR_ABSENT;
}

static Str ending_words(Request *request, const CardState *cards) {
    Str made = moment_words(request, cards->made_ms);
    if (!cards->used_ms)
        return say(request->arena, request->language,
                   MSG("signups", "The card made on {made}, not used yet, stops working."), SAY_TEXT("made", made));
    return say(request->arena, request->language,
               MSG("signups",
                   "The card made on {made}, last used on {used}, stops working, and whoever is signed in as "
                   "this person is signed out."),
               SAY_TEXT("made", made), SAY_TEXT("used", moment_words(request, cards->used_ms)));
}

/* A second press of the button shows the question again in place of the card that the first one made. */
static bool is_just_made(const Request *request, const CardState *cards) {
    enum { MOMENT_MS = 60000 };
    return cards->count && !cards->used_ms && request->now_ms - cards->made_ms < MOMENT_MS;
}

static Err show_question(Request *request, const Signup *signup, const Form *form, bool is_outrun) {
    CardState cards = card_state(request->tx, signup->contact);
    Reach reach = reach_of_card(request, signup->contact);
    StaffCardAskPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Make a card")), MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .name = signup->contact_name,
        .email = signup->contact_email,
        .refusal = refusal_of(request, reach),
        .is_outrun = is_outrun || is_just_made(request, &cards),
        .ending = cards.count ? ending_words(request, &cards) : STR_ABSENT,
        .until = day_words(request, request->now_ms + CARD_LASTS_MS),
        .form = form,
        .action = request->path,
        .back_href = staff_signup_path(request, signup->id, ""),
    };
    if (reach == REACH_STAFF)
        page.helpers_href = edition_path(request->arena, edition_of(request), "/staff/settings/people");
    PageOut out = page_out(request);
    page_staff_card_ask(&out, &page);
    return OK;
}

static Form *question_form(Request *request, const Signup *signup) {
    CardForm *values = arena_new(request->arena, CardForm);
    values->seen = id_text(request->arena, card_state(request->tx, signup->contact).newest);
    return form_open(request, card_fields, COUNT(card_fields), values);
}

Err staff_card_page(Request *request) {
    Signup signup;
    if (!with_contact(request, &signup)) return ERR_NOT_FOUND;
    return show_question(request, &signup, question_form(request, &signup), false);
}

/* ---- the card ------------------------------------------------------------------------------------------ */

static Err show_card(Request *request, const Signup *signup, const WayInPart *way) {
    const Edition *edition = edition_of(request);
    StaffCardPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Card")), MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .name = signup->contact_name,
        .gathering = edition->title,
        .when = edition_when(request->arena, edition, request->language),
        .way = *way,
        .until = day_words(request, request->now_ms + CARD_LASTS_MS),
        .organiser = str_is_empty(edition->series.organiser) ? edition->series.name : edition->series.organiser,
        .phone = edition->series.phone,
        .told = signup->contact_email,
        .back_href = staff_signup_path(request, signup->id, ""),
    };
    PageOut out = page_out(request);
    page_staff_card(&out, &page);
    return OK;
}

/* What was asked about must still be so: a card that was made meanwhile is not ended unseen. */
static bool is_as_shown(Request *request, const CardForm *values, const CardState *cards) {
    return str_equal(values->seen, id_text(request->arena, cards->newest));
}

/* The slow part, on a worker: the QR of a card that does not work yet. */
Err staff_card_prepare(Request *request) {
    request->prepared = way_in_of(request, card_path(request->arena), STR("/s"));
    return OK;
}

Err staff_card_make(Request *request) {
    const WayInPart *way = request->prepared;
    Signup signup;
    if (!with_contact(request, &signup)) return ERR_NOT_FOUND;
    CardForm values = {0};
    Form *form = form_open(request, card_fields, COUNT(card_fields), &values);
    CardState cards = card_state(request->tx, signup.contact);
    bool may = reach_of_card(request, signup.contact) == REACH_OK;
    if (!form_read(form) || !may || !is_as_shown(request, &values, &cards)) {
        request->response.status = may ? 409 : 403;
        return show_question(request, &signup, question_form(request, &signup), may);
    }
    if (cards.count) card_revoke_all(request->tx, signup.contact);
    card_keep(request->tx, way->address_href,
              &(CardFor){.person = signup.contact,
                         .series = request->scope.series,
                         .goes_to = edition_my_path(request->arena, edition_of(request), signup.organisation, ""),
                         .ends_ms = request->now_ms + CARD_LASTS_MS});
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = signup.edition,
                                           .action = "signup.card",
                                           .subject = signup.id});
    letter_of_card(request->tx, &signup, cards.count > 0);
    return show_card(request, &signup, way);
}
