// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/access.h"

#include "gathering/signups/internal.h"
#include "gathering/signups/letters.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"

/* ---- what is asked and answered --------------------------------------------------------------------- */

static bool is_meant(const Signup *signup) {
    return !str_is_empty(signup->access_needs) && signup->state != SIGNUP_DECLINED && signup->state != SIGNUP_WITHDRAWN;
}

static Access with_answer(const Signup *signup, const Asks *asks) {
    Access access = {.signup = signup};
    for (size_t i = 0; i < asks->count; i++)
        if (asks->asks[i].subject == signup->id) access.ask = asks->asks[i];
    access.is_current = !str_is_empty(access.ask.answer) && str_equal(access.ask.words, signup->access_needs);
    return access;
}

AccessList access_of(Tx *tx, Id edition, const Signups *signups) {
    AccessList list = {arena_array(tx_arena(tx), Access, signups->count), 0, 0};
    Asks asks = {0};
    bool is_read = false;
    for (size_t i = 0; i < signups->count; i++) {
        if (!is_meant(&signups->signups[i])) continue;
        if (!is_read) asks = asks_of(tx, edition, "access");
        is_read = true;
        list.all[list.count] = with_answer(&signups->signups[i], &asks);
        list.open += !list.all[list.count++].is_current;
    }
    return list;
}

bool access_of_signup(Tx *tx, const Signup *signup, Access *access) {
    if (str_is_empty(signup->access_needs)) return false;
    Asks asks = asks_about(tx, signup->edition, "access", signup->id);
    *access = with_answer(signup, &asks);
    return true;
}

Err access_answer(Tx *tx, const Signup *signup, const Ask *ask, Id by) {
    Asks asks = asks_about(tx, signup->edition, "access", signup->id);
    Ask answered = *ask;
    answered.words = signup->access_needs;
    if (asks.count) {
        answered.id = asks.asks[asks.count - 1].id;
    } else {
        if (ask->version) return ERR_CONFLICT;
        answered.id = ask_add(tx, signup->edition, "access", signup->id, signup->access_needs, by);
        answered.version = 1;
    }
    return ask_answer(tx, signup->edition, &answered, by);
}

/* ---- in words --------------------------------------------------------------------------------------- */

Str access_answer_words(Request *request, const Access *access) {
    const Zone *zone = edition_of(request)->zone;
    Ask ask = access->ask;
    if (str_is_empty(ask.answer_name)) ask.answer_name = signups_said(request, MSG("signups", "the organiser"));
    Str answer = ask_answer_words(request->arena, request->language, zone, &ask);
    if (access->is_current || str_is_empty(access->ask.answer)) return answer;
    return say(request->arena, request->language,
               MSG("signups", "It was changed since; to what it said before: {answer}"), SAY_TEXT("answer", answer));
}

void access_today_items(Request *request, const Signups *signups, TodayItems *items) {
    AccessList list = access_of(request->tx, request->scope.edition, signups);
    if (list.open == 0 || edition_of(request)->state >= EDITION_FINISHED) return;
    today_items_add(items, &(TodayItem){
                               .urgency = URGENT_SOON,
                               .words = say(request->arena, request->language,
                                            MSG_PLURAL("signups", "{count} request for access waits for an answer",
                                                       "{count} requests for access wait for an answer"),
                                            SAY_INT("count", (int64_t)list.open)),
                               .href = edition_path(request->arena, edition_of(request), "/staff/access"),
                               .link = signups_said(request, MSG("signups", "Answer")),
                           });
}

void access_my_item(Request *request, Str needs, const Ask *ask, MyItems *items) {
    Signup said = {.access_needs = needs};
    Access access = {
        .signup = &said, .ask = *ask, .is_current = !str_is_empty(ask->answer) && str_equal(ask->words, needs)};
    my_items_add(items, &(MyItem){
                            .title = signups_said(request, MSG("signups", "What you need to take part")),
                            .words = str_format(request->arena, "%.*s – %.*s", STR_FORMAT(needs),
                                                STR_FORMAT(access_answer_words(request, &access))),
                        });
}

/* ---- pages ------------------------------------------------------------------------------------------ */

static Str one_path(Request *request, Id signup) { return staff_signup_path(request, signup, "/access"); }

Err access_page(Request *request) {
    Signups signups = signups_of(request->tx, request->scope.edition);
    AccessList list = access_of(request->tx, request->scope.edition, &signups);
    AccessPageRow *rows = arena_array(request->arena, AccessPageRow, list.count);
    for (size_t i = 0; i < list.count; i++)
        rows[i] = (AccessPageRow){
            .organisation = list.all[i].signup->organisation_name,
            .needs = list.all[i].signup->access_needs,
            .answer = access_answer_words(request, &list.all[i]),
            .href = one_path(request, list.all[i].signup->id),
            .is_open = !list.all[i].is_current,
            .told = letter_of_access_told(request, list.all[i].signup->id),
            .phone = list.all[i].is_current && str_is_empty(list.all[i].signup->contact_email)
                         ? list.all[i].signup->contact_phone
                         : STR_ABSENT,
        };
    AccessPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "What people need to take part")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .rows = rows,
        .rows_count = list.count,
    };
    Str told = fields_get(&request->query, STR("told"));
    if (str_equal(told, STR("letter")) && !house_of(request)->has_smtp)
        page.layout.notice =
            signups_said(request, MSG("signups", "Saved. No mail leaves from here yet: the letter with "
                                                 "it stands under Mail, for you to pass on."));
    else if (str_equal(told, STR("letter")))
        page.layout.notice = signups_said(request, MSG("signups", "Saved. They get a letter with it in a few minutes: "
                                                                  "until then you can still correct it."));
    if (str_equal(told, STR("ring")))
        page.layout.notice = signups_said(request, MSG("signups", "Saved. They have no e-mail address: please ring "
                                                                  "them."));
    PageOut out = page_out(request);
    page_access(&out, &page);
    return OK;
}

/* The sign-up of the path, which says what they need. */
static bool of_path(Request *request, Signup *signup, Access *access) {
    Id id;
    return request_id(request, "signup", &id) && signup_get(request->tx, request->scope.edition, id, signup) &&
           access_of_signup(request->tx, signup, access);
}

static Err show(Request *request, const Form *form, const Access *access) {
    AccessOnePage page = {
        .layout = edition_layout(request, access->signup->organisation_name, MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/access"),
        .organisation = access->signup->organisation_name,
        .signup_href = staff_signup_path(request, access->signup->id, ""),
        .needs = access->signup->access_needs,
        .answer = str_is_empty(access->ask.answer) ? STR_ABSENT : access_answer_words(request, access),
        .form = form,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_access_one(&out, &page);
    return OK;
}

/* With the version of the sign-up: whoever answers has read what it says now. */
static AnswerForm stored_answer(Request *request, const Access *access) {
    AnswerForm stored = answer_form_of(request->arena, &access->ask);
    stored.version =
        str_format(request->arena, "%lld.%lld", (long long)access->ask.version, (long long)access->signup->version);
    return stored;
}

Err access_one_page(Request *request) {
    Signup signup;
    Access access;
    if (!of_path(request, &signup, &access)) return ERR_NOT_FOUND;
    AnswerForm values = stored_answer(request, &access);
    if (str_is_absent(values.answer)) values.answer = values.words = STR("");
    return show(request, form_open(request, answer_fields, answer_fields_count, &values), &access);
}

/* Who asked gets a letter; where no letter reaches them, the list says that they are to be rung. */
static Str tell_them(Request *request, const Signup *signup) {
    Access now;
    Str list = edition_path(request->arena, edition_of(request), "/staff/access");
    Str theirs = edition_my_path(request->arena, edition_of(request), signup->organisation, "/sign-up");
    if (access_of_signup(request->tx, signup, &now) &&
        letter_of_access(request->tx, signup, &now.ask, str_join(request->arena, request->base_url, theirs)))
        return str_join(request->arena, list, STR("?told=letter"));
    return str_join(request->arena, list, STR("?told=ring"));
}

Err access_one_answer(Request *request) {
    Signup signup;
    Access access;
    if (!of_path(request, &signup, &access)) return ERR_NOT_FOUND;
    AnswerForm values = {0}, stored = stored_answer(request, &access);
    if (str_is_absent(stored.answer)) stored.answer = stored.words = STR("");
    Form *form = form_open(request, answer_fields, answer_fields_count, &values);
    if (form_read(form)) answer_form_check(form, request, &values);
    if (!form_ok(form) || !form_is_current(form, &stored)) return show(request, form, &access);
    Ask ask = {.answer = values.answer,
               .answer_words = values.words,
               .answer_name = answerer_name(request),
               .version = access.ask.version};
    Err err = access_answer(request->tx, &signup, &ask, request->who.person);
    if (err) return err;
    return respond_redirect(request, tell_them(request, &signup));
}
