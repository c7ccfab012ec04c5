// SPDX-License-Identifier: EUPL-1.2
/* The page of an error: what happened, what to do, and what was typed. Needs no transaction. And the page of what the
 * state of the edition does not allow (editions.h has the table). */
#include "gathering/editions/internal.h"

#include "platform/page/respond.h"
#include "platform/page/typed.h"

typedef struct ErrorWords {
    Msg heading, advice;
} ErrorWords;

static const ErrorWords error_words[ERR_COUNT] = {
    [ERR_INPUT] = {MSG_INIT("editions", "We could not read this"),
                   MSG_INIT("editions", "Something in the address or in the form is not as it should be. Go back, look "
                                        "it over, and send it once more.")},
    [ERR_DENIED] = {MSG_INIT("editions", "This page is not open to you"),
                    MSG_INIT("editions",
                             "It is for people with another role. If you should see it, ring the organiser.")},
    [ERR_NOT_FOUND] =
        {MSG_INIT("editions", "There is no such page"),
         MSG_INIT("editions",
                  "It may have moved, or the address is not complete. From the start page you will find everything.")},
    [ERR_CONFLICT] = {MSG_INIT("editions", "Somebody changed this a moment ago"),
                      MSG_INIT("editions",
                               "Open the page anew to see how it stands now, then make your change again.")},
    [ERR_LIMIT] = {MSG_INIT("editions", "That is more than we can take"),
                   MSG_INIT("editions",
                            "Either too much was sent at once, or too often. Wait a minute, then try with less.")},
    [ERR_BUSY] = {MSG_INIT("editions", "Very many people are here just now"),
                  MSG_INIT("editions", "Nothing is lost. Please try again in a minute.")},
    [ERR_FULL] = {MSG_INIT("editions", "There is no room left to save this"),
                  MSG_INIT("editions", "The disk of this site is full, so nothing was saved. Tell the organiser; once "
                                       "there is room, send it again.")},
    [ERR_UNCERTAIN] = {MSG_INIT("editions", "We are not certain that this was saved"),
                       MSG_INIT("editions",
                                "Open the page anew and look whether your change is there before you make it again.")},
    [ERR_OUTDATED] = {MSG_INIT("editions", "This site is being renewed"),
                      MSG_INIT("editions", "Nothing is lost. Please open the page again in a minute.")},
    [ERR_IO] = {MSG_INIT("editions", "Something is broken on our side"),
                MSG_INIT(
                    "editions",
                    "Nothing was saved. Please try again in a while, and if it happens again, ring the organiser.")},
    [ERR_INTERNAL] =
        {MSG_INIT("editions", "Something is broken on our side"),
         MSG_INIT("editions",
                  "Nothing was saved. Please try again in a while, and if it happens again, ring the organiser.")},
};

/* What a form was to change, and is not there: a page of ours led to it a moment ago. */
static const ErrorWords gone_words = {
    MSG_INIT("editions", "This is no longer there"),
    MSG_INIT("editions", "Somebody has removed it while you were at it, so nothing was saved."),
};

/* Somebody sent a form of a page that stood open while their session ended, here or from another device. */
static bool is_signed_out(const Request *request, Err err) {
    return err == ERR_DENIED && request->method == METHOD_POST && !request->who.person;
}

/* Where they came from, when that is a page of ours. */
static Str page_before(Request *request) {
    Str referer = request_header(request, "Referer");
    bool is_ours = str_starts_with(referer, request->base_url) && referer.size > request->base_url.size &&
                   referer.data[request->base_url.size] == '/';
    return is_ours ? str_skip(referer, request->base_url.size) : STR("/me");
}

static Str sign_in_again(Request *request) {
    Buffer path = buffer_in(request->arena);
    PageOut out = {.out = &path};
    buffer_add(&path, STR("/sign-in?to="));
    page_url_component(&out, page_before(request));
    return buffer_str(&path);
}

static const ErrorWords signed_out_words = {
    MSG_INIT("editions", "You are no longer signed in"),
    MSG_INIT("editions",
             "This page stood open too long, or you were signed out from another device. Copy what you wrote, "
             "sign in again, and send it once more."),
};

/* What whom they look as does not see, or what was sent from a view. */
static const ErrorWords unseen_words = {
    MSG_INIT("editions", "They do not see this page"),
    MSG_INIT("editions", "It is not open to whom you look as, or not there yet. Go back, or leave the view above."),
};
static const ErrorWords only_looked_words = {
    MSG_INIT("editions", "You only look here"),
    MSG_INIT("editions", "You see these pages as somebody else does, so nothing was sent and nothing has changed. Go "
                         "back, or leave the view above."),
};

static const ErrorWords *words_in_view(const Request *request, Err err, const ErrorWords *usual) {
    if (str_is_absent(request->view.whom)) return usual;
    if (request->method != METHOD_GET) return &only_looked_words;
    return (err == ERR_DENIED || err == ERR_NOT_FOUND) && request->view.viewer ? &unseen_words : usual;
}

/* Where the store itself may be what is broken, it is not asked for words. */
static bool may_read_store(Err err) {
    return err == ERR_DENIED || err == ERR_NOT_FOUND || err == ERR_CONFLICT || err == ERR_INPUT;
}

void editions_error_page(Request *request, Err err) {
    bool is_view = !str_is_absent(request->view.whom), is_out = !is_view && is_signed_out(request, err);
    const ErrorWords *found = &error_words[err > OK && err < ERR_COUNT ? err : ERR_INTERNAL];
    if (err == ERR_NOT_FOUND && request->method == METHOD_POST && request->room_data) found = &gone_words;
    if (is_out) found = &signed_out_words;
    found = words_in_view(request, err, found);
    Str heading = say(request->arena, request->language, found->heading);
    bool is_ours = err == ERR_INTERNAL || err == ERR_IO || err == ERR_FULL || err == ERR_UNCERTAIN;
    ErrorPage page = {
        .layout = request->room_data && request->scope.edition ? edition_layout(request, heading, MENU_NONE)
                                                               : house_layout(request, heading),
        .heading = heading,
        .advice = say(request->arena, request->language, found->advice),
        .home_href = STR("/"),
        .sign_in_href = is_out ? sign_in_again(request) : STR_ABSENT,
        .before_href = is_view && request->method != METHOD_GET ? page_before(request) : STR_ABSENT,
        .request_id = is_ours ? request->id : STR_ABSENT,
    };
    page.layout.is_refused = true;
    page.typed = typed_part(request, may_read_store(err));
    if (request->room_data && request->scope.edition)
        page.home_href = edition_path(request->arena, edition_of(request), "");
    PageOut out = page_out(request);
    page_error(&out, &page);
}

/* ---- not in this state ------------------------------------------------------------------------------ */

static Str closed_lead(Request *request, const Edition *edition) {
    if (edition->state == EDITION_ARCHIVED)
        return say(request->arena, request->language,
                   MSG("editions", "This edition is archived: nothing in it changes any more. Nothing was saved."));
    return say(request->arena, request->language,
               MSG("editions", "This edition is at another stage now: {state}. Nothing was saved."),
               SAY_TEXT("state", edition_state_words(request->arena, request->language, edition->state)));
}

static void show_closed(Request *request) {
    const Edition *edition = edition_of(request);
    Str heading = say(request->arena, request->language, MSG("editions", "This cannot be done at this stage"));
    NotNowPage page = {
        .layout = edition_layout(request, heading, MENU_NONE),
        .lead = closed_lead(request, edition),
        .home_href = edition_path(request->arena, edition, ""),
        .state_href = reader_is_coordinator(request) ? edition_path(request->arena, edition, "/staff/settings/state")
                                                     : STR_ABSENT,
    };
    page.layout.is_refused = true;
    page.typed = typed_part(request, true);
    request->response.status = 409;
    PageOut out = page_out(request);
    page_not_now(&out, &page);
}

bool editions_is_open(Request *request) {
    if (!request->scope.edition || states_have(request->route->states, edition_of(request)->state)) return true;
    show_closed(request);
    return false;
}
