// SPDX-License-Identifier: EUPL-1.2
#include "gathering/walks/commands.h"
#include "gathering/editions/asks.h"
#include "gathering/walks/walks.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
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

/* ---- a walk, and a turn of it, as forms ------------------------------------------------------- */

typedef struct WalkForm {
    Str name, place, words, meeting, version;
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
    FORM_VERSION(WalkForm),
};
static const FormTable walk_asked = {walk_fields, COUNT(walk_fields)};

typedef struct TurnForm {
    Str starts, version;
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
    FORM_VERSION(TurnForm),
};
static const FormTable turn_asked = {turn_fields, COUNT(turn_fields)};

static WalkForm form_of_walk(const Request *request, const Walk *walk) {
    return (WalkForm){walk->name, walk->place, walk->words, walk->meeting_point,
                      form_version(request->arena, walk->version)};
}

static TurnForm form_of_turn(Request *request, const Turn *turn) {
    return (TurnForm){time_words(request, turn->starts_ms), form_version(request->arena, turn->version), turn->places,
                      turn->step_free};
}

static TurnForm new_turn(void) {
    return (TurnForm){.starts = STR(""), .version = STR(""), .places = TURN_PLACES_USUAL};
}

static void take_walk(const WalkForm *form, Walk *walk) {
    walk->name = form->name;
    walk->place = form->place;
    walk->words = form->words;
    walk->meeting_point = form->meeting;
}

static bool take_turn(Request *request, Form *form, const TurnForm *typed, Turn *turn) {
    turn->places = typed->places;
    turn->step_free = typed->step_free;
    if (edition_moment(edition_of(request), typed->starts, &turn->starts_ms)) return true;
    form_refuse(form, "starts",
                words(request, MSG("walks", "The day of the gathering is not set yet, so an hour cannot be kept.")));
    return false;
}

static void audit(Request *request, const char *action, Id subject) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = subject});
}

/* ---- all walks, for coordinators ------------------------------------------------------- */

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
    Walk walk = {.edition = request->scope.edition};
    take_walk(&values, &walk);
    walk.id = walk_add(request->tx, &walk);
    audit(request, "walk.add", walk.id);
    return respond_redirect(request, staff_path(request, walk.id, ""));
}

/* ---- one walk ------------------------------------------------------- */

static bool walk_of_path(Request *request, Walk *found) {
    Id id;
    return request_id(request, "walk", &id) && walk_get(request->tx, request->scope.edition, id, found);
}

static Str turn_path(Request *request, const Turn *turn, const char *rest) {
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(staff_path(request, turn->walk, "/turns")),
                      STR_FORMAT(id_text(request->arena, turn->id)), rest);
}

static Err show_walk(Request *request, const Walk *walk, const Form *form, const Form *turn_form) {
    StaffWalkPageTurn *turns = arena_array(request->arena, StaffWalkPageTurn, walk->turn_count);
    for (size_t i = 0; i < walk->turn_count; i++) {
        const Turn *turn = &walk->turns[i];
        turns[i] = (StaffWalkPageTurn){time_words(request, turn->starts_ms), turn->places, turn->step_free,
                                       turn_path(request, turn, "")};
    }
    StaffWalkPage page = {
        .layout = edition_layout(request, walk->name, MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, 0, ""),
        .heading = walk->name,
        .form = form,
        .action = staff_path(request, walk->id, ""),
        .turn = turn_form,
        .turn_action = staff_path(request, walk->id, "/turns"),
        .remove_href = staff_path(request, walk->id, "/remove"),
        .turns = turns,
        .turns_count = walk->turn_count,
    };
    page.asked = ask_notes(request, walk->id, &page.asked_count);
    page.ask_href = ask_new_path(request, walk->id);
    page.layout.is_refused = !form_ok(form) || !form_ok(turn_form);
    if (str_equal(fields_get(&request->query, STR("saved")), STR("1")))
        page.layout.notice = words(request, MSG("walks", "Saved."));
    PageOut out = page_out(request);
    page_staff_walk(&out, &page);
    return OK;
}

/* With a turn that is only begun. */
static Err show_walk_form(Request *request, const Walk *walk, const Form *form) {
    TurnForm turn = new_turn();
    return show_walk(request, walk, form, form_open(request, turn_fields, COUNT(turn_fields), &turn));
}

static Err show_turn_form(Request *request, const Walk *walk, const Form *turn_form) {
    WalkForm values = form_of_walk(request, walk);
    return show_walk(request, walk, form_open(request, walk_fields, COUNT(walk_fields), &values), turn_form);
}

static Err walk_page(Request *request) {
    Walk walk;
    if (!walk_of_path(request, &walk)) return ERR_NOT_FOUND;
    WalkForm values = form_of_walk(request, &walk);
    return show_walk_form(request, &walk, form_open(request, walk_fields, COUNT(walk_fields), &values));
}

static Err walk_save(Request *request) {
    Walk walk;
    if (!walk_of_path(request, &walk)) return ERR_NOT_FOUND;
    WalkForm values = {0}, stored = form_of_walk(request, &walk);
    Form *form = form_open(request, walk_fields, COUNT(walk_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show_walk_form(request, &walk, form);
    take_walk(&values, &walk);
    Err err = walk_update(request->tx, &walk);
    if (err) return err;
    audit(request, "walk.change", walk.id);
    return respond_redirect(request, staff_path(request, walk.id, "?saved=1"));
}

static Err whole_walk_remove(Request *request) {
    Walk walk;
    if (!walk_of_path(request, &walk)) return ERR_NOT_FOUND;
    WalkForm stored = form_of_walk(request, &walk);
    Form *form = form_open(request, walk_fields, COUNT(walk_fields), &stored);
    if (!form_step_is_current(form)) return show_walk_form(request, &walk, form);
    Err err = walk_remove(request->tx, request->scope.edition, walk.id);
    if (err) return err;
    audit(request, "walk.remove", walk.id);
    return respond_redirect(request, staff_path(request, 0, ""));
}

/* ---- one turn ------------------------------------------------------- */

static bool turn_of_path(Request *request, Walk *walk, Turn *turn) {
    Id id;
    return walk_of_path(request, walk) && request_id(request, "turn", &id) && walk_turn(walk, id, turn);
}

static Err turn_add(Request *request) {
    Walk walk;
    if (!walk_of_path(request, &walk)) return ERR_NOT_FOUND;
    TurnForm values = new_turn();
    Turn turn = {.edition = walk.edition, .walk = walk.id};
    Form *form = form_open(request, turn_fields, COUNT(turn_fields), &values);
    if (!form_read(form) || !take_turn(request, form, &values, &turn)) return show_turn_form(request, &walk, form);
    Err err = walk_add_turn(request->tx, &turn, &turn.id);
    if (err) return err;
    audit(request, "turn.add", turn.id);
    return respond_redirect(request, staff_path(request, walk.id, ""));
}

static Err show_turn(Request *request, const Walk *walk, const Turn *turn, const Form *form) {
    Str heading = say(request->arena, request->language, MSG("walks", "The turn at {time}"),
                      SAY_TEXT("time", time_words(request, turn->starts_ms)));
    StaffTurnPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, walk->id, ""),
        .back = walk->name,
        .heading = heading,
        .form = form,
        .action = turn_path(request, turn, ""),
        .remove_href = turn_path(request, turn, "/remove"),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_turn(&out, &page);
    return OK;
}

static Err turn_page(Request *request) {
    Walk walk;
    Turn turn;
    if (!turn_of_path(request, &walk, &turn)) return ERR_NOT_FOUND;
    TurnForm values = form_of_turn(request, &turn);
    return show_turn(request, &walk, &turn, form_open(request, turn_fields, COUNT(turn_fields), &values));
}

static Err turn_save(Request *request) {
    Walk walk;
    Turn turn;
    if (!turn_of_path(request, &walk, &turn)) return ERR_NOT_FOUND;
    TurnForm values = {0}, stored = form_of_turn(request, &turn);
    Turn changed = turn;
    Form *form = form_open(request, turn_fields, COUNT(turn_fields), &values);
    if (form_read(form) && take_turn(request, form, &values, &changed)) form_is_current(form, &stored);
    if (!form_ok(form)) return show_turn(request, &walk, &turn, form);
    Err err = walk_update_turn(request->tx, &changed);
    if (err) return err;
    audit(request, "turn.change", turn.id);
    return respond_redirect(request, staff_path(request, walk.id, "?saved=1"));
}

static Err turn_remove(Request *request) {
    Walk walk;
    Turn turn;
    if (!turn_of_path(request, &walk, &turn)) return ERR_NOT_FOUND;
    TurnForm stored = form_of_turn(request, &turn);
    Form *form = form_open(request, turn_fields, COUNT(turn_fields), &stored);
    if (!form_step_is_current(form)) return show_turn(request, &walk, &turn, form);
    Err err = walk_remove_turn(request->tx, request->scope.edition, turn.id);
    if (err) return err;
    audit(request, "turn.remove", turn.id);
    return respond_redirect(request, staff_path(request, walk.id, ""));
}

#define STAFF "/{series}/{edition}/staff/walks"
static const Route routes[] = {
    {METHOD_GET, STAFF, ROLE_COORDINATOR, walks_page},
    {METHOD_POST, STAFF, ROLE_COORDINATOR, walks_add, .changes = true, .form = &walk_asked},
    {METHOD_GET, STAFF "/{walk}", ROLE_COORDINATOR, walk_page},
    {METHOD_POST, STAFF "/{walk}", ROLE_COORDINATOR, walk_save, .changes = true, .form = &walk_asked},
    {METHOD_POST, STAFF "/{walk}/remove", ROLE_COORDINATOR, whole_walk_remove, .changes = true},
    {METHOD_POST, STAFF "/{walk}/turns", ROLE_COORDINATOR, turn_add, .changes = true, .form = &turn_asked},
    {METHOD_GET, STAFF "/{walk}/turns/{turn}", ROLE_COORDINATOR, turn_page},
    {METHOD_POST, STAFF "/{walk}/turns/{turn}", ROLE_COORDINATOR, turn_save, .changes = true, .form = &turn_asked},
    {METHOD_POST, STAFF "/{walk}/turns/{turn}/remove", ROLE_COORDINATOR, turn_remove, .changes = true},
};

static void ask_subjects_of_walks(Request *request, AskSubjects *subjects) {
    Walks walks = walks_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < walks.count; i++) ask_subjects_add(subjects, walks.walks[i].id, walks.walks[i].name);
}

const Room walks_room = {
    .name = "walks",
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = walks_edition_part,
    .edition_place = EDITION_PLACE_WALKS,
    .ask_subjects = ask_subjects_of_walks,
    .commands = walk_commands,
    .command_count = WALK_COMMAND_COUNT,
    .copy_parts = walks_copy_parts,
    .copy_part_count = WALKS_COPY_PART_COUNT,
};
