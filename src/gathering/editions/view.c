// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/view.h"

#include "gathering/editions/internal.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"

#include "editions_sql.h"

#define PUBLIC STR("public")
#define HOST STR("host")

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static bool is_of_public(const Request *request) { return str_equal(request->view.whom, PUBLIC); }
static bool is_of_host(const Request *request) { return str_equal(request->view.whom, HOST); }

/* ---- who may, and what they see then ---------------------------------------------------------------- */

/* edition 0: in any of the series. */
static bool takes_part(Request *request, Id organisation, Id edition) {
    MyPlaces places = {.arena = request->arena, .organisations = &organisation, .organisation_count = 1};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->my_places) house->rooms[i]->my_places(request, &places);
    Editions editions = {0};
    if (!edition) editions = editions_of_series(request->tx, request->scope.series);
    for (size_t i = 0; i < places.count; i++) {
        if (edition && places.places[i].edition == edition) return true;
        for (size_t k = 0; k < editions.count; k++)
            if (editions.editions[k].id == places.places[i].edition) return true;
    }
    return false;
}

/* This right and no other. Who has it is nobody's account (it is an id of another table), and came in as by a card: so
 * nothing that is the viewer's own, or one representative's, is mixed in. */
static void narrow(Request *request, Grant grant) {
    Grant *only = arena_new(request->arena, Grant);
    *only = grant;
    request->who = (Who){
        .person = grant.scope, .language = request->who.language, .grants = only, .grant_count = 1, .is_limited = true};
}

static Err look_as_public(Request *request) {
    request->who = (Who){.language = request->who.language};
    return OK;
}

/* Of an edition without them they see what everybody does: links of their own pages lead there. */
static Err look_as_organisation(Request *request) {
    EditionsOrganisationNameRow row;
    Id organisation;
    if (!id_parse(request->view.whom, &organisation)) return ERR_NOT_FOUND;
    bool is_here = takes_part(request, organisation, request->scope.edition);
    bool is_public = !is_here && request->route->roles & ROLE_ANYONE && takes_part(request, organisation, 0);
    if ((!is_here && !is_public) || !editions_sql_organisation_name(request->tx, organisation, &row))
        return ERR_NOT_FOUND;
    request->view.name = row.name;
    if (is_public) return look_as_public(request);
    request->view.subject = organisation;
    request->view.reads = "read.as_organisation";
    narrow(request, (Grant){ROLE_REPRESENTATIVE, organisation, request->scope.series});
    return OK;
}

static Err look_as_host(Request *request) {
    request->view.reads = "read.as_host";
    if (!request->scope.edition) return look_as_public(request); /* of the series the host sees what everybody does */
    narrow(request, (Grant){ROLE_HOST, request->scope.edition, 0});
    return OK;
}

Err editions_view(Request *request) {
    if (!request->scope.series) return look_as_public(request); /* no more than everybody may open there */
    if (!reader_is_coordinator(request)) return ERR_DENIED;
    request->view.viewer = request->who.person;
    Err err = is_of_public(request) ? look_as_public(request)
              : is_of_host(request) ? look_as_host(request)
                                    : look_as_organisation(request);
    if (err) return err;
    bool is_draft = request->scope.edition && edition_of(request)->state == EDITION_DRAFT;
    return is_draft && !reader_is_staff(request) ? ERR_NOT_FOUND : OK;
}

/* ---- the ways in ------------------------------------------------------------------------------------ */

Str view_as_public_path(Arena *arena, const Edition *edition, const char *rest) {
    return str_join(arena, STR("/~public"), edition_path(arena, edition, rest));
}

Str view_as_host_path(Arena *arena, const Edition *edition) {
    return str_join(arena, STR("/~host"), edition_path(arena, edition, "/host"));
}

Str view_as_organisation_path(Arena *arena, const Edition *edition, Id organisation) {
    return str_format(arena, "/~%.*s%.*s", STR_FORMAT(id_text(arena, organisation)),
                      STR_FORMAT(edition_my_path(arena, edition, organisation, "")));
}

/* Of a draft only the host sees anything yet. */
Err views_page(Request *request) {
    const Edition *edition = edition_of(request);
    Arena *arena = request->arena;
    bool is_public = edition->state != EDITION_DRAFT;
    ThingsPageGroupRow rows[] = {
        {.what = words(request, MSG("editions", "As the host sees it")),
         .who = words(request, MSG("editions", "What is asked of them, and what they say of their house")),
         .href = view_as_host_path(arena, edition)},
        {.what = words(request, MSG("editions", "As an organisation sees it")),
         .who = words(request, MSG("editions", "Choose a sign-up; its page leads there")),
         .href = edition_path(arena, edition, "/staff/sign-ups")},
        {.what = words(request, MSG("editions", "As everybody sees it")),
         .who = words(request, MSG("editions", "The page of the gathering, its programme, who comes, the sign-up")),
         .href = view_as_public_path(arena, edition, "")},
    };
    ThingsPageGroup group = {.rows = rows, .rows_count = COUNT(rows) - !is_public};
    Str title = words(request, MSG("editions", "As others see it"));
    ThingsPage page = {
        .layout = edition_layout(request, title, MENU_STAFF_SETTINGS),
        .heading = title,
        .lead = is_public ? words(request, MSG("editions", "You look at their pages without being them: nothing can be "
                                                           "sent from there, and it is noted who looked."))
                          : words(request, MSG("editions", "This edition is a draft: everybody else does not see it "
                                                           "yet.")),
        .back = edition_path(arena, edition, "/staff/settings"),
        .groups = &group,
        .groups_count = 1,
        .form = form_open(request, NULL, 0, NULL),
    };
    PageOut out = page_out(request);
    page_things(&out, &page);
    return OK;
}

/* ---- the bar ---------------------------------------------------------------------------------------- */

static Str bar_words(Request *request) {
    bool is_whose = is_of_public(request) || is_of_host(request) || !str_is_empty(request->view.name);
    if (!request->view.viewer || !is_whose)
        return words(request, MSG("editions", "You only look here: nothing can be sent."));
    if (is_of_public(request))
        return words(request, MSG("editions", "You see this as everybody does. Nothing can be sent from here."));
    if (is_of_host(request))
        return words(request, MSG("editions", "You see this as the host does. Nothing can be sent from here."));
    return say(request->arena, request->language,
               MSG("editions", "You see this as this organisation does: {name}. Nothing can be sent from here."),
               SAY_TEXT("name", request->view.name));
}

/* To the page of coordinators that the view began from. */
static Str back_path(Request *request) {
    if (!request->view.viewer || !request->room_data || !request->scope.edition) return STR("/me");
    const Edition *edition = edition_of(request);
    if (is_of_host(request)) return edition_path(request->arena, edition, "/staff/settings/host");
    if (!request->view.subject) return edition_path(request->arena, edition, "/staff");
    return str_format(request->arena, "%.*s/%.*s",
                      STR_FORMAT(edition_path(request->arena, edition, "/staff/sign-ups/of")),
                      STR_FORMAT(request->view.whom));
}

ViewBar view_bar(Request *request) {
    if (str_is_absent(request->view.whom)) return (ViewBar){0};
    ViewBarPart part = {.words = bar_words(request),
                        .back = words(request, MSG("editions", "Back to your own pages")),
                        .back_href = back_path(request)};
    Buffer *markup = arena_new(request->arena, Buffer);
    *markup = buffer_in(request->arena);
    PageOut out = {.out = markup, .language = request->language}; /* without the prefix: it leads out */
    part_view_bar(&out, &part);
    return (ViewBar){part.words, {buffer_str(markup)}};
}
