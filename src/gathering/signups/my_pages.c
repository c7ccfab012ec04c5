// SPDX-License-Identifier: EUPL-1.2
/* The organisation's own sign-up: reading, changing, withdrawing. */
#include "gathering/signups/asked.h"
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"

static Str my_path(Request *request, const char *rest) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, rest);
}

static bool my_signup(Request *request, Signup *signup) {
    return signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, signup);
}

/* "You are 3rd in the queue", and why. */
static Str place_words(Request *request, const Signup *signup) {
    int64_t place = signup_queue_place(request->tx, signup->edition, signup->id);
    int64_t since_ms = signup_waiting_since(request->tx, signup->edition, signup->id);
    if (place == 0) return STR_ABSENT;
    Civil civil = zone_civil(edition_of(request)->zone, since_ms);
    Msg words = place == 1
                    ? MSG("signups", "You are number {place} in the queue, on it since {day}, {time}. Nobody was "
                                     "put on it before you. When a place comes free, it is offered to the "
                                     "first in the queue.")
                    : MSG("signups", "You are number {place} in the queue, on it since {day}, {time}. Those "
                                     "before you were put on it earlier: the order is that of time alone. When "
                                     "a place comes free, it is offered to the first in the queue.");
    return say(request->arena, request->language, words, SAY_INT("place", place),
               SAY_TEXT("day", date_words(request->arena, request->language, &civil)),
               SAY_TEXT("time", clock_time(request->arena, &civil)));
}

static Str reason_words(Request *request, const Signup *signup) {
    if (signup->state != SIGNUP_DECLINED) return STR_ABSENT;
    if (str_is_empty(signup->reason)) return signups_said(request, MSG("signups", "This time it will not work out."));
    return say(request->arena, request->language, MSG("signups", "This time it will not work out: {reason}"),
               SAY_TEXT("reason", signup->reason));
}

static void fill_asks(Request *request, MySignupPage *page) {
    unsigned asks = signup_asks(request->tx, request->scope.edition);
    page->asks_words = asks & ASK_WORDS;
    page->asks_exchange = asks & ASK_EXCHANGE;
    page->asks_access = asks & ASK_ACCESS;
    page->asks_legal_form = asks & ASK_LEGAL_FORM;
    page->asks_website = asks & ASK_WEBSITE;
    page->asks_district = asks & ASK_DISTRICT;
    page->asks_numbers = asks & ASK_NUMBERS;
    page->asks_remarks = asks & ASK_REMARKS;
}

static Form *own_form(Request *request, EditValues *values) {
    FormTable asked = signup_asked_fields(request->arena, edit_own_fields, edit_own_count,
                                          signup_asks(request->tx, request->scope.edition));
    return form_open(request, asked.fields, asked.count, values);
}

static Err show(Request *request, const Signup *signup, const Form *form) {
    bool is_open = signup->state != SIGNUP_WITHDRAWN && signup->state != SIGNUP_DECLINED;
    bool may_renew = signup->state == SIGNUP_WITHDRAWN && edition_takes_signups(edition_of(request), request->now_ms);
    MySignupPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Your sign-up")), MENU_MY),
        .organisation = signup->organisation_name,
        .state = signup_state_words(request->arena, request->language, signup->state),
        .tone = str_from_c(signup_state_tone(signup->state)),
        .place = place_words(request, signup),
        .reason = reason_words(request, signup),
        .form = form,
        .action = request->path,
        .back_href = my_path(request, ""),
        .people_href = my_path(request, "/people"),
        .exchanges_href = my_path(request, "/exchanges"),
        .withdraw_href = my_path(request, "/sign-up/withdraw"),
        .renew_action = may_renew ? my_path(request, "/sign-up/again") : STR_ABSENT,
        .is_withdrawn = signup->state == SIGNUP_WITHDRAWN,
        .phone = edition_of(request)->series.phone,
        .phone_href = phone_link(request->arena, edition_of(request)->series.phone),
        .is_open = is_open,
    };
    fill_asks(request, &page);
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = signups_said(request, MSG("signups", "Saved. Thank you."));
    if (str_equal(fields_get(&request->query, STR("done")), STR("sent")))
        page.layout.notice = signups_said(request, MSG("signups", "Thank you, we have your sign-up"));
    PageOut out = page_out(request);
    page_my_signup(&out, &page);
    return OK;
}

Err my_signup_page(Request *request) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    EditValues values = edit_load(request->tx, &signup, request->language);
    return show(request, &signup, own_form(request, &values));
}

Err my_signup_save(Request *request) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    EditValues stored = edit_load(request->tx, &signup, request->language), values = stored;
    Form *form = own_form(request, &values);
    if (form_read(form)) {
        if (signup_asks(request->tx, signup.edition) & ASK_NUMBERS) edit_check_numbers(form, request, &values);
        edit_check_contact(form, request, &values);
        edit_check_name(form, request, &signup, &values);
    }
    if (!form_ok(form) || !form_is_current(form, &stored)) return show(request, &signup, form);
    Err err = edit_save(request->tx, &signup, &values,
                        &(EditSaving){request->who.person, request->language, !request->who.is_limited});
    if (err) return err;
    return respond_redirect(request, my_path(request, "/sign-up?done=1"));
}

Err my_withdraw_page(Request *request) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (!signup_may_become(signup.state, SIGNUP_WITHDRAWN))
        return respond_redirect(request, my_path(request, "/sign-up"));
    MyWithdrawPage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Withdraw the sign-up?")), 0, 0,
                                       my_path(request, "/sign-up")),
        .organisation = signup.organisation_name,
        .gathering = edition_of(request)->title,
        .is_accepted = signup.state == SIGNUP_ACCEPTED,
        .form = form_open(request, NULL, 0, NULL),
        .action = request->path,
        .back_href = my_path(request, "/sign-up"),
    };
    PageOut out = page_out(request);
    page_my_withdraw(&out, &page);
    return OK;
}

/* One step, whatever else has changed meanwhile: it was their wish. */
static Err decide_own(Request *request, SignupState to) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (!signup_may_become(signup.state, to)) return respond_redirect(request, my_path(request, "/sign-up"));
    Err err = signup_decide(request->tx, &(SignupDecision){
                                             .edition = signup.edition,
                                             .signup = signup.id,
                                             .by = request->who.person,
                                             .version = signup.version,
                                             .to = to,
                                             .base_url = request->base_url,
                                         });
    return err ? err : respond_redirect(request, my_path(request, "/sign-up"));
}

Err my_withdraw(Request *request) { return decide_own(request, SIGNUP_WITHDRAWN); }

Err my_renew(Request *request) {
    if (!edition_takes_signups(edition_of(request), request->now_ms)) return ERR_CONFLICT;
    return decide_own(request, SIGNUP_NEW);
}
