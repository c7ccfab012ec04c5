// SPDX-License-Identifier: EUPL-1.2
/* Rooms: how coordinators note them, and what the host says of them. */
#include "gathering/editions/things.h"

#include "editions_sql.h"
#include "gathering/editions/host.h"
#include "gathering/editions/space_form.h"
#include "platform/page/typed.h"

static FormOptions venue_choices(Request *request, void *context) {
    (void)context;
    EditionsVenuesRows rows = editions_sql_venues(request->tx, request->scope.edition);
    FormOption *options = arena_array(request->arena, FormOption, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        options[i] = (FormOption){id_text(request->arena, rows.rows[i].id), rows.rows[i].name};
    return (FormOptions){options, rows.count};
}

static const FormField space_fields[] = {
    {.name = "venue",
     .kind = FIELD_CHOICE,
     .offset = offsetof(SpaceForm, venue),
     .required = true,
     .is_guarded = true,
     .label = MSG_INIT("editions", "In which place"),
     .options = venue_choices},
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(SpaceForm, space.name),
     .required = true,
     .most = 120,
     .label = MSG_INIT("editions", "Name of the room")},
    {.name = "is_stage",
     .kind = FIELD_CHECK,
     .offset = offsetof(SpaceForm, space.is_stage),
     .label = MSG_INIT("editions", "It has the stage")},
    {.name = "capacity",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(SpaceForm, space.capacity),
     .least = 1,
     .most = 100000,
     .label = MSG_INIT("editions", "How many people it holds")},
    {.name = "step_free",
     .kind = FIELD_CHECK,
     .offset = offsetof(SpaceForm, space.step_free),
     .label = MSG_INIT("editions", "One gets there without steps")},
    {.name = "has_toilet",
     .kind = FIELD_CHECK,
     .offset = offsetof(SpaceForm, space.has_toilet),
     .label = MSG_INIT("editions", "There is a toilet for wheelchairs")},
    {.name = "has_loop",
     .kind = FIELD_CHECK,
     .offset = offsetof(SpaceForm, space.has_loop),
     .label = MSG_INIT("editions", "It has an induction loop")},
    {.name = "is_quiet",
     .kind = FIELD_CHECK,
     .offset = offsetof(SpaceForm, space.is_quiet),
     .label = MSG_INIT("editions", "It is quiet: one can rest there")},
    {.name = "takes_dogs",
     .kind = FIELD_CHECK,
     .offset = offsetof(SpaceForm, space.takes_dogs),
     .label = MSG_INIT("editions", "Assistance dogs are welcome")},
    {.name = "interpreter_until",
     .kind = FIELD_DATE,
     .offset = offsetof(SpaceForm, space.interpreter_until),
     .label = MSG_INIT("editions", "Last day to ask for a sign-language interpreter"),
     .hint = MSG_INIT("editions", "Left empty: there is none.")},
    {.name = "equipment",
     .kind = FIELD_LINE,
     .offset = offsetof(SpaceForm, space.equipment),
     .most = 300,
     .label = MSG_INIT("editions", "Equipment"),
     .hint = MSG_INIT("editions", "Chairs, tables, screen, sound.")},
    {.name = "power",
     .kind = FIELD_LINE,
     .offset = offsetof(SpaceForm, space.power),
     .most = 300,
     .label = MSG_INIT("editions", "Power"),
     .hint = MSG_INIT("editions", "Sockets, circuits, how much they carry.")},
    {.name = "uses",
     .kind = FIELD_LINE,
     .offset = offsetof(SpaceForm, space.uses),
     .most = 300,
     .label = MSG_INIT("editions", "What it could be used for")},
    {.name = "words",
     .kind = FIELD_LINE,
     .offset = offsetof(SpaceForm, space.words),
     .most = 300,
     .label = MSG_INIT("editions", "What else to know")},
    FORM_VERSION(SpaceForm),
};
enum { OF_STAFF_ALONE = 3 };
const FormTable space_asked = {space_fields + OF_STAFF_ALONE, COUNT(space_fields) - OF_STAFF_ALONE};

static void begin_space(Request *request, void *values) {
    FormOptions venues = venue_choices(request, NULL);
    *(SpaceForm *)values = (SpaceForm){
        .venue = venues.count == 1 ? venues.options[0].value : STR(""),
        .version = STR(""),
        .space = {.name = STR(""),
                  .words = STR(""),
                  .interpreter_until = STR(""),
                  .equipment = STR(""),
                  .power = STR(""),
                  .uses = STR("")},
    };
}

bool space_form_load(Request *request, Id id, void *values) {
    Spaces spaces = edition_spaces(request->tx, request->scope.edition);
    for (size_t i = 0; i < spaces.count; i++) {
        const Space *space = &spaces.spaces[i];
        if (space->id != id) continue;
        *(SpaceForm *)values = (SpaceForm){.venue = id_text(request->arena, space->venue),
                                           .version = form_version(request->arena, space->version),
                                           .space = *space};
        return true;
    }
    return false;
}

Err space_form_save(Request *request, Form *form, Id id, const void *values) {
    const SpaceForm *typed = values;
    Space space = typed->space;
    if (!id_parse(typed->venue, &space.venue)) {
        form_refuse(form, "venue", say(request->arena, request->language, MSG("editions", "Add the place first.")));
        return OK;
    }
    if (!id) {
        edition_add_space(request->tx, request->scope.edition, space.venue, &space);
        return OK;
    }
    space.id = id;
    space.version = form_version_number(typed->version);
    return edition_update_space(request->tx, request->scope.edition, &space);
}

static bool remove_space(Request *request, Id id) {
    return editions_sql_remove_space(request->tx, request->scope.edition, id) > 0;
}

const Thing space_thing = {
    .path = "spaces",
    .list = "/staff/settings/places",
    .new_heading = MSG_INIT("editions", "A new room"),
    .heading = MSG_INIT("editions", "A room"),
    .remove = MSG_INIT("editions", "Remove this room"),
    .fields = space_fields,
    .fields_count = COUNT(space_fields),
    .values_size = sizeof(SpaceForm),
    .begin = begin_space,
    .load = space_form_load,
    .save = space_form_save,
    .remove_one = remove_space,
};
