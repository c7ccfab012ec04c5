// SPDX-License-Identifier: EUPL-1.2
/* A link that signs a helper in once, for who cannot be reached by mail: first what would happen, then the link, shown
 * once. With it they set a password of their own. */
#include "gathering/editions/internal.h"
#include "gathering/editions/reach.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/way_in.h"

enum { LINK_DAYS = 7 };
#define LINK_LASTS_MS ((int64_t)LINK_DAYS * 24 * 3600 * 1000)
/* Where the link leads: to setting a password, then to their own page. */
#define LINK_GOES_TO "/me/password?first=1"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static bool person_of_path(Request *request, Person *person) {
    Id id;
    return request_id(request, "person", &id) && is_helper(request, id) && person_get(request->tx, id, person);
}

static Str name_of(const Person *person) { return str_is_empty(person->name) ? person->email : person->name; }

static Str people_path(Request *request) {
    return edition_path(request->arena, edition_of(request), "/staff/settings/people");
}

static Str refusal_of(Request *request, Reach reach) {
    switch (reach) {
    case REACH_OK: break;
    case REACH_SELF: return words(request, MSG("editions", "This is you: you are signed in already."));
    case REACH_OWNER:
        return words(request, MSG("editions", "This person looks after the whole program. Nobody makes a link for them "
                                              "here; the one who runs the program can, in its terminal."));
    case REACH_STAFF:
        return words(request, MSG("editions", "This person has coordinated here already. Only the owner of the program "
                                              "can make a link for them."));
    case REACH_ELSEWHERE:
        return words(request, MSG("editions", "This person also has to do with another series, which a link would open "
                                              "too. Only the owner of the program can make it."));
    }
    return STR_ABSENT;
}

static Err show_question(Request *request, const Person *person, Reach reach) {
    PeopleLinkPage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "A link to sign in")), MENU_STAFF_SETTINGS),
        .edition = edition_of(request)->title,
        .back = people_path(request),
        .name = name_of(person),
        .refusal = refusal_of(request, reach),
        .days = LINK_DAYS,
        .form = form_open(request, NULL, 0, NULL),
        .action = request->path,
    };
    PageOut out = page_out(request);
    page_people_link(&out, &page);
    return OK;
}

Err people_link_page(Request *request) {
    Person person;
    if (!person_of_path(request, &person)) return ERR_NOT_FOUND;
    return show_question(request, &person, reach_of_link(request, person.id));
}

/* Who has come in before is told: they know best whether they asked for it. */
static void tell(Request *request, const Person *person) {
    if (str_is_empty(person->email) || !person_has_come_in(request->tx, person->id)) return;
    const Edition *edition = edition_of(request);
    Language language = person->language;
    Str body =
        say(request->arena, language,
            MSG("editions", "Good day. For {edition} a link was made with which you can be signed in once. You get "
                            "it by hand. If you did not ask for it, tell us."),
            SAY_TEXT("edition", edition->title));
    Str subject = say(request->arena, language, MSG("editions", "A link to sign in was made for you: {edition}"),
                      SAY_TEXT("edition", edition->title));
    letter_of_edition(request->tx, edition, person, language, subject, body);
}

/* The slow part, on a worker: the QR of a link that does not work yet. */
Err people_link_prepare(Request *request) {
    request->prepared = way_in_of(request, sign_in_link_path(request->arena), STR_ABSENT);
    return OK;
}

Err people_link_make(Request *request) {
    const WayInPart *way = request->prepared;
    Person person;
    if (!person_of_path(request, &person)) return ERR_NOT_FOUND;
    Reach reach = reach_of_link(request, person.id);
    if (reach != REACH_OK) {
        request->response.status = 403;
        return show_question(request, &person, reach);
    }
    sign_in_links_end(request->tx, person.id);
    sign_in_link_keep(request->tx, way->address_href, person.id, STR(LINK_GOES_TO), LINK_LASTS_MS);
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = "person.link",
                                           .subject = person.id});
    tell(request, &person);
    PeopleLinkMadePage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "A link to sign in")), MENU_STAFF_SETTINGS),
        .back = people_path(request),
        .name = name_of(&person),
        .days = LINK_DAYS,
        .way = *way,
    };
    PageOut out = page_out(request);
    page_people_link_made(&out, &page);
    return OK;
}
