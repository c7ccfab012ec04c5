// SPDX-License-Identifier: EUPL-1.2
/* The host's own page: what is asked of them, each with an answer of its own, and what they say of house and rooms. */
#include "gathering/editions/host.h"

#include "editions_sql.h"
#include "gathering/editions/ask_things.h"
#include "gathering/editions/space_form.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static Str said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str host_path(Request *request, const char *rest, Id id) {
    Str path = edition_path(request->arena, edition_of(request), "/host");
    if (!id) return path;
    return str_format(request->arena, "%.*s/%s/%.*s", STR_FORMAT(path), rest, STR_FORMAT(id_text(request->arena, id)));
}

/* ---- what is asked ---------------------------------------------------------------------------------- */

static void fill_asks(Request *request, HostPage *page) {
    Asks asks = asks_of(request->tx, request->scope.edition, "host");
    AskSubjects subjects = ask_subjects(request);
    HostPageOpen *open = arena_array(request->arena, HostPageOpen, asks.count);
    HostPageAnswered *answered = arena_array(request->arena, HostPageAnswered, asks.count);
    for (size_t i = 0; i < asks.count; i++) {
        const Ask *ask = &asks.asks[i];
        Str what = ask_about_words(request, &subjects, ask), href = host_path(request, "asks", ask->id);
        if (str_is_empty(ask->answer)) open[page->open_count++] = (HostPageOpen){what, href};
        else
            answered[page->answered_count++] = (HostPageAnswered){
                what, ask_answer_words(request->arena, request->language, edition_of(request)->zone, ask), href};
    }
    page->open = open;
    page->answered = answered;
}

/* ---- what they say of the house --------------------------------------------------------------------- */

typedef struct HouseForm {
    Str words, load_in, keys, wifi, exits, first_aid, on_duty, version;
} HouseForm;

static const FormField house_fields[] = {
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(HouseForm, words),
     .most = 800,
     .label = MSG_INIT("editions", "What to know about it"),
     .hint = MSG_INIT("editions", "How to get there, where the entrance is, what the place is good for.")},
    {.name = "load_in",
     .kind = FIELD_TEXT,
     .offset = offsetof(HouseForm, load_in),
     .most = 500,
     .label = MSG_INIT("editions", "How things are brought in"),
     .hint = MSG_INIT("editions", "Which door, which lift, where to stop with a car, from what time.")},
    {.name = "keys",
     .kind = FIELD_LINE,
     .offset = offsetof(HouseForm, keys),
     .most = 300,
     .label = MSG_INIT("editions", "Keys"),
     .hint = MSG_INIT("editions", "Who has them, who opens and who locks.")},
    {.name = "wifi",
     .kind = FIELD_LINE,
     .offset = offsetof(HouseForm, wifi),
     .most = 200,
     .label = MSG_INIT("editions", "Wi-Fi"),
     .hint = MSG_INIT("editions", "The name of the network and how to get in.")},
    {.name = "exits",
     .kind = FIELD_LINE,
     .offset = offsetof(HouseForm, exits),
     .most = 300,
     .label = MSG_INIT("editions", "Emergency exits")},
    {.name = "first_aid",
     .kind = FIELD_LINE,
     .offset = offsetof(HouseForm, first_aid),
     .most = 300,
     .label = MSG_INIT("editions", "First aid"),
     .hint = MSG_INIT("editions", "Where the kit and the defibrillator are.")},
    {.name = "on_duty",
     .kind = FIELD_LINE,
     .offset = offsetof(HouseForm, on_duty),
     .most = 200,
     .label = MSG_INIT("editions", "Who is on duty on the day"),
     .hint = MSG_INIT("editions", "A name and a telephone number.")},
    FORM_VERSION(HouseForm),
};
const FormTable house_asked = {house_fields, COUNT(house_fields)};

static HouseForm house_of_row(Request *request, const EditionsVenuesRow *row) {
    return (HouseForm){row->words, row->load_in,   row->keys,    row->wifi,
                       row->exits, row->first_aid, row->on_duty, form_version(request->arena, row->version)};
}

/* What is told of a house, under the labels of its form. */
static HostPageHouseFact *facts_of(Request *request, const EditionsVenuesRow *row, size_t *count) {
    HouseForm house = house_of_row(request, row);
    HostPageHouseFact *facts = arena_array(request->arena, HostPageHouseFact, COUNT(house_fields));
    *count = 0;
    for (size_t i = 0; i < COUNT(house_fields); i++) {
        const FormField *field = &house_fields[i];
        const Str *value = (const Str *)(const void *)((const char *)&house + field->offset);
        if (field->kind == FIELD_HIDDEN || str_is_empty(*value)) continue;
        facts[(*count)++] = (HostPageHouseFact){said(request, field->label), *value};
    }
    return facts;
}

static Str space_line(Request *request, const Space *space) {
    Str parts[4];
    size_t count = 0;
    if (space->capacity.given)
        parts[count++] =
            say(request->arena, request->language, MSG_PLURAL("editions", "for {count} person", "for {count} people"),
                SAY_INT("count", space->capacity.value));
    Str access = space_access_words(request->arena, request->language, space);
    if (!str_is_empty(access)) parts[count++] = access;
    if (!str_is_empty(space->equipment)) parts[count++] = space->equipment;
    if (!str_is_empty(space->power)) parts[count++] = space->power;
    Buffer joined = buffer_in(request->arena);
    for (size_t i = 0; i < count; i++) buffer_format(&joined, "%s%.*s", i ? "\u00a0· " : "", STR_FORMAT(parts[i]));
    return buffer_str(&joined);
}

static void fill_spaces(Request *request, const Spaces *spaces, Id venue, HostPageHouse *house) {
    HostPageHouseSpace *inside = arena_array(request->arena, HostPageHouseSpace, spaces->count);
    for (size_t i = 0; i < spaces->count; i++) {
        const Space *space = &spaces->spaces[i];
        if (space->venue == venue)
            inside[house->spaces_count++] = (HostPageHouseSpace){space->name, space_line(request, space), space->uses,
                                                                 host_path(request, "spaces", space->id)};
    }
    house->spaces = inside;
}

static void fill_houses(Request *request, HostPage *page) {
    EditionsVenuesRows venues = editions_sql_venues(request->tx, request->scope.edition);
    Spaces spaces = edition_spaces(request->tx, request->scope.edition);
    HostPageHouse *houses = arena_array(request->arena, HostPageHouse, venues.count);
    for (size_t i = 0; i < venues.count; i++) {
        houses[i] =
            (HostPageHouse){.name = venues.rows[i].name, .href = host_path(request, "house", venues.rows[i].id)};
        houses[i].facts = facts_of(request, &venues.rows[i], &houses[i].facts_count);
        fill_spaces(request, &spaces, venues.rows[i].id, &houses[i]);
    }
    page->houses = houses;
    page->houses_count = venues.count;
}

static Html parts_of_rooms(Request *request) {
    Buffer *parts = arena_new(request->arena, Buffer);
    *parts = buffer_in(request->arena);
    PageOut out = page_out_into(request, parts);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->host_part) house->rooms[i]->host_part(request, &out);
    return (Html){buffer_str(parts)};
}

Err host_page(Request *request) {
    const Edition *edition = edition_of(request);
    HostPage page = {
        .layout = edition_layout(request, said(request, MSG("editions", "For the host")), MENU_HOST),
        .when = edition_when(request->arena, edition, request->language),
        .lead = say(request->arena, request->language,
                    MSG("editions", "What {edition} asks of you, and what people should know of your house."),
                    SAY_TEXT("edition", edition->title)),
        .parts = parts_of_rooms(request),
    };
    fill_asks(request, &page);
    fill_houses(request, &page);
    if (str_equal(fields_get(&request->query, STR("saved")), STR("1")))
        page.layout.notice = said(request, MSG("editions", "Saved."));
    PageOut out = page_out(request);
    page_host(&out, &page);
    return OK;
}

/* ---- one form a page -------------------------------------------------------------------------------- */

static Err show_form(Request *request, const Form *form, const FormTable *table, Str heading, Str lead) {
    Buffer *html = arena_new(request->arena, Buffer);
    *html = buffer_in(request->arena);
    PageOut inside = page_out_into(request, html);
    for (size_t i = 0; i < table->count; i++) form_write_field(&inside, form, table->fields[i].name);
    HostFormPage page = {.layout = edition_layout(request, heading, MENU_HOST),
                         .back = host_path(request, "", 0),
                         .heading = heading,
                         .lead = lead,
                         .form = form,
                         .fields = {buffer_str(html)}};
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_host_form(&out, &page);
    return OK;
}

static Form *open_form(Request *request, const FormTable *table, void *values) {
    return form_open(request, table->fields, table->count, values);
}

static Err saved(Request *request) {
    return respond_redirect(request, str_join(request->arena, host_path(request, "", 0), STR("?saved=1")));
}

static bool ask_of_path(Request *request, Ask *ask) {
    Id id;
    return request_id(request, "ask", &id) && ask_get(request->tx, request->scope.edition, id, ask) &&
           str_equal(ask->kind, STR("host"));
}

static Err show_ask(Request *request, const Form *form, const Ask *ask) {
    AskSubjects subjects = ask_subjects(request);
    return show_form(request, form, &answer_asked, said(request, MSG("editions", "Your answer")),
                     ask_about_words(request, &subjects, ask));
}

Err host_ask_page(Request *request) {
    Ask ask;
    if (!ask_of_path(request, &ask)) return ERR_NOT_FOUND;
    AnswerForm values = answer_form_of(request->arena, &ask);
    return show_ask(request, open_form(request, &answer_asked, &values), &ask);
}

Err host_ask_answer(Request *request) {
    Ask ask;
    if (!ask_of_path(request, &ask)) return ERR_NOT_FOUND;
    AnswerForm values = {0}, stored = answer_form_of(request->arena, &ask);
    Form *form = open_form(request, &answer_asked, &values);
    if (form_read(form)) answer_form_check(form, request, &values);
    if (!form_ok(form) || !form_is_current(form, &stored)) return show_ask(request, form, &ask);
    ask.answer = values.answer;
    ask.answer_words = values.words;
    ask.answer_name = answerer_name(request);
    Err err = ask_answer(request->tx, request->scope.edition, &ask, request->who.person);
    if (err) return err;
    asks_tell_host(request, false);
    return saved(request);
}

static bool house_of_path(Request *request, EditionsVenuesRow *house) {
    Id id;
    if (!request_id(request, "venue", &id)) return false;
    EditionsVenuesRows rows = editions_sql_venues(request->tx, request->scope.edition);
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].id != id) continue;
        *house = rows.rows[i];
        return true;
    }
    return false;
}

static Err show_house(Request *request, const Form *form, const EditionsVenuesRow *house) {
    return show_form(
        request, form, &house_asked, house->name,
        said(request, MSG("editions", "Only the first of these stands in public; the others are for who prepares the "
                                      "day.")));
}

Err host_house_page(Request *request) {
    EditionsVenuesRow house;
    if (!house_of_path(request, &house)) return ERR_NOT_FOUND;
    HouseForm values = house_of_row(request, &house);
    return show_house(request, open_form(request, &house_asked, &values), &house);
}

static void changed(Request *request, const char *action, Id subject) {
    store_changed(request->tx, request->scope.edition, PART_EDITION);
    store_changed(request->tx, 0, PART_EDITION);
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = subject});
}

Err host_house_save(Request *request) {
    EditionsVenuesRow house;
    if (!house_of_path(request, &house)) return ERR_NOT_FOUND;
    HouseForm values = {0}, stored = house_of_row(request, &house);
    Form *form = open_form(request, &house_asked, &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show_house(request, form, &house);
    if (editions_sql_update_house(request->tx, request->scope.edition, house.id, house.version, values.words,
                                  values.load_in, values.keys, values.wifi, values.exits, values.first_aid,
                                  values.on_duty) == 0)
        return ERR_CONFLICT;
    changed(request, "house.change", house.id);
    return saved(request);
}

Err host_space_page(Request *request) {
    Id id;
    SpaceForm values;
    if (!request_id(request, "space", &id) || !space_form_load(request, id, &values)) return ERR_NOT_FOUND;
    return show_form(request, open_form(request, &space_asked, &values), &space_asked, values.space.name, STR_ABSENT);
}

Err host_space_save(Request *request) {
    Id id;
    SpaceForm stored, values;
    if (!request_id(request, "space", &id) || !space_form_load(request, id, &stored)) return ERR_NOT_FOUND;
    values = stored; /* what the host is not asked stays */
    Form *form = open_form(request, &space_asked, &values);
    if (!form_read(form) || !form_is_current(form, &stored))
        return show_form(request, form, &space_asked, stored.space.name, STR_ABSENT);
    Err err = space_form_save(request, form, id, &values);
    if (err) return err;
    changed(request, "space.change", id);
    return saved(request);
}
