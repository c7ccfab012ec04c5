// SPDX-License-Identifier: EUPL-1.2
#include "gathering/walks/commands.h"
#include "gathering/walks/walks.h"
#include "platform/page/respond.h"
#include "walks_pages.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str staff_path(Request *request, Id walk, const char *rest) {
    Str path = edition_path(request->arena, edition_of(request), "/staff/walks");
    if (!walk) return path;
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(path), STR_FORMAT(id_text(request->arena, walk)), rest);
}

static Str time_words(Request *request, int64_t ms) {
    Civil at = zone_civil(edition_of(request)->zone, ms);
    return clock_time(request->arena, &at);
}

/* ---- the page of the edition ------------------------------------------------------- */

static void add_turns(Request *request, const Walk *walk, WalksPartPartWalk *shown) {
    WalksPartPartWalkTurn *turns = arena_array(request->arena, WalksPartPartWalkTurn, walk->turn_count);
    for (size_t i = 0; i < walk->turn_count; i++) {
        const Turn *turn = &walk->turns[i];
        turns[i] =
            (WalksPartPartWalkTurn){time_words(request, turn->starts_ms), time_to_text(request->arena, turn->starts_ms),
                                    turn->places, turn->step_free};
    }
    shown->turns = turns;
    shown->turns_count = walk->turn_count;
}

static void walks_edition_part(Request *request, PageOut *page) {
    Walks walks = walks_of(request->tx, request->scope.edition);
    if (!walks.count) return;
    Language language = edition_of(request)->series.language;
    WalksPartPartWalk *shown = arena_array(request->arena, WalksPartPartWalk, walks.count);
    for (size_t i = 0; i < walks.count; i++) {
        const Walk *walk = &walks.walks[i];
        shown[i] = (WalksPartPartWalk){
            .name = walk->name,
            .language = language == request->language ? STR_ABSENT : str_from_c(language_tag(language)),
            .place = walk->place,
            .words = walk->words,
            .meeting = walk->meeting_point,
        };
        add_turns(request, walk, &shown[i]);
    }
    part_walks_part(page, &(WalksPartPart){.walks = shown, .walks_count = walks.count});
}

/* ---- the coordinator's lists ------------------------------------------------------- */

typedef struct WalkForm {
    Str name, place, words, meeting;
} WalkForm;

static const FormField walk_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(WalkForm, name),
     .required = true,
     .label = MSG_INIT("walks", "What the walk is called")},
    {.name = "place",
     .kind = FIELD_LINE,
     .offset = offsetof(WalkForm, place),
     .label = MSG_INIT("walks", "Where it leads")},
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(WalkForm, words),
     .label = MSG_INIT("walks", "What can be seen there")},
    {.name = "meeting",
     .kind = FIELD_LINE,
     .offset = offsetof(WalkForm, meeting),
     .label = MSG_INIT("walks", "Where people meet")},
};

typedef struct TurnForm {
    Str starts;
    int64_t places;
    bool step_free;
} TurnForm;

static const FormField turn_fields[] = {
    {.name = "starts",
     .kind = FIELD_TIME,
     .offset = offsetof(TurnForm, starts),
     .required = true,
     .label = MSG_INIT("walks", "When it starts")},
    {.name = "places",
     .kind = FIELD_INT,
     .offset = offsetof(TurnForm, places),
     .required = true,
     .least = 1,
     .most = TURN_PLACES_MOST,
     .label = MSG_INIT("walks", "How many people can go")},
    {.name = "step_free",
     .kind = FIELD_CHECK,
     .offset = offsetof(TurnForm, step_free),
     .label = MSG_INIT("walks", "Without steps: good for wheelchairs and prams")},
};

static Err show_walks(Request *request, Form *form) {
    Walks walks = walks_of(request->tx, request->scope.edition);
    StaffWalksPageWalk *rows = arena_array(request->arena, StaffWalksPageWalk, walks.count);
    for (size_t i = 0; i < walks.count; i++)
        rows[i] = (StaffWalksPageWalk){walks.walks[i].name, walks.walks[i].place,
                                       staff_path(request, walks.walks[i].id, ""), (int64_t)walks.walks[i].turn_count};
    StaffWalksPage page = {.layout =
                               edition_layout(request, words(request, MSG("walks", "Walks")), MENU_STAFF_PROGRAMME),
                           .back_href = edition_path(request->arena, edition_of(request), "/staff/programme"),
                           .heading = words(request, MSG("walks", "Walks")),
                           .form = form,
                           .walks = rows,
                           .walks_count = walks.count};
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_walks(&out, &page);
    return OK;
}

static Err walks_page(Request *request) {
    WalkForm values = {0};
    return show_walks(request, form_open(request, walk_fields, COUNT(walk_fields), &values));
}

static Err walks_add(Request *request) {
    WalkForm values = {0};
    Form *form = form_open(request, walk_fields, COUNT(walk_fields), &values);
    if (!form_read(form)) return show_walks(request, form);
    Id walk = walk_add(request->tx, &(Walk){.edition = request->scope.edition,
                                            .name = values.name,
                                            .place = values.place,
                                            .words = values.words,
                                            .meeting_point = values.meeting});
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = "walk.add",
                                           .subject = walk});
    return respond_redirect(request, staff_path(request, walk, ""));
}

static bool walk_of_path(Request *request, Walk *found) {
    Id id;
    if (!request_id(request, "walk", &id)) return false;
    Walks walks = walks_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < walks.count; i++) {
        if (walks.walks[i].id != id) continue;
        *found = walks.walks[i];
        return true;
    }
    return false;
}

static Err show_walk(Request *request, const Walk *walk, Form *form) {
    StaffWalkPageTurn *turns = arena_array(request->arena, StaffWalkPageTurn, walk->turn_count);
    for (size_t i = 0; i < walk->turn_count; i++) {
        const Turn *turn = &walk->turns[i];
        turns[i] = (StaffWalkPageTurn){time_words(request, turn->starts_ms), turn->places, turn->step_free,
                                       str_format(request->arena, "%.*s/turns/%.*s/remove",
                                                  STR_FORMAT(staff_path(request, walk->id, "")),
                                                  STR_FORMAT(id_text(request->arena, turn->id)))};
    }
    StaffWalkPage page = {
        .layout = edition_layout(request, walk->name, MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, 0, ""),
        .heading = walk->name,
        .place = walk->place,
        .meeting = walk->meeting_point,
        .words = walk->words,
        .form = form,
        .remove_href = staff_path(request, walk->id, "/remove"),
        .turns = turns,
        .turns_count = walk->turn_count,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_walk(&out, &page);
    return OK;
}

static Err walk_page(Request *request) {
    Walk walk;
    TurnForm values = {.places = 20};
    if (!walk_of_path(request, &walk)) return ERR_NOT_FOUND;
    return show_walk(request, &walk, form_open(request, turn_fields, COUNT(turn_fields), &values));
}

static Err turn_add(Request *request) {
    Walk walk;
    TurnForm values = {.places = 20};
    if (!walk_of_path(request, &walk)) return ERR_NOT_FOUND;
    Form *form = form_open(request, turn_fields, COUNT(turn_fields), &values);
    if (!form_read(form)) return show_walk(request, &walk, form);
    int64_t starts_ms;
    if (!edition_moment(edition_of(request), values.starts, &starts_ms)) {
        form_refuse(
            form, "starts",
            words(request, MSG("walks", "The day of the gathering is not set yet, so an hour cannot be kept.")));
        return show_walk(request, &walk, form);
    }
    Id turn;
    Err err = walk_add_turn(request->tx,
                            &(Turn){.edition = request->scope.edition,
                                    .walk = walk.id,
                                    .starts_ms = starts_ms,
                                    .places = values.places,
                                    .step_free = values.step_free},
                            &turn);
    return err ? err : respond_redirect(request, staff_path(request, walk.id, ""));
}

static Err turn_remove(Request *request) {
    Walk walk;
    Id turn;
    if (!walk_of_path(request, &walk) || !request_id(request, "turn", &turn)) return ERR_NOT_FOUND;
    Err err = walk_remove_turn(request->tx, request->scope.edition, turn);
    return err ? err : respond_redirect(request, staff_path(request, walk.id, ""));
}

static Err whole_walk_remove(Request *request) {
    Id walk;
    if (!request_id(request, "walk", &walk)) return ERR_NOT_FOUND;
    Err err = walk_remove(request->tx, request->scope.edition, walk);
    if (err) return err;
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = "walk.remove",
                                           .subject = walk});
    return respond_redirect(request, staff_path(request, 0, ""));
}

static const Route routes[] = {
    {METHOD_GET, "/{series}/{edition}/staff/walks", ROLE_COORDINATOR, walks_page},
    {METHOD_POST, "/{series}/{edition}/staff/walks", ROLE_COORDINATOR, walks_add, .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/walks/{walk}", ROLE_COORDINATOR, walk_page},
    {METHOD_POST, "/{series}/{edition}/staff/walks/{walk}", ROLE_COORDINATOR, turn_add, .changes = true},
    {METHOD_POST, "/{series}/{edition}/staff/walks/{walk}/remove", ROLE_COORDINATOR, whole_walk_remove,
     .changes = true},
    {METHOD_POST, "/{series}/{edition}/staff/walks/{walk}/turns/{turn}/remove", ROLE_COORDINATOR, turn_remove,
     .changes = true},
};

const Room walks_room = {
    .name = "walks",
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = walks_edition_part,
    .edition_place = EDITION_PLACE_WALKS,
    .commands = walk_commands,
    .command_count = WALK_COMMAND_COUNT,
};
