// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/things.h"

#include "platform/page/respond.h"
#include "platform/page/typed.h"

static const Thing *const all_things[] = {&section_thing, &venue_thing,  &space_thing,
                                          &party_thing,   &figure_thing, &ask_thing};

/* The thing and the one of it that the path means; *id 0 for a new one. */
static bool find(const Request *request, const Thing **thing, Id *id) {
    Str name = request_parameter(request, "things"), one = request_parameter(request, "thing");
    for (size_t i = 0; i < COUNT(all_things); i++) {
        if (!str_equal(name, str_from_c(all_things[i]->path))) continue;
        *thing = all_things[i];
        *id = 0;
        return str_equal(one, STR("new")) || request_id(request, "thing", id);
    }
    return false;
}

static const FormTable *table_of_thing(const Request *request) {
    const Thing *thing;
    Id id;
    if (!find(request, &thing, &id)) return NULL;
    FormTable *table = arena_new(request->arena, FormTable);
    *table = (FormTable){thing->fields, thing->fields_count};
    return table;
}
const FormTable thing_asked = {.of = table_of_thing};

static Html fields_html(Request *request, const Form *form, const Thing *thing) {
    Buffer *fields = arena_new(request->arena, Buffer);
    *fields = buffer_in(request->arena);
    PageOut out = page_out_into(request, fields);
    for (size_t i = 0; i < thing->fields_count; i++) form_write_field(&out, form, thing->fields[i].name);
    return (Html){buffer_str(fields)};
}

/* Also shown as the answer to another address (a removal that was refused): its forms say where they go. */
static Str one_path(Request *request, const Thing *thing, Id id, const char *rest) {
    return str_format(request->arena, "%.*s/staff/settings/%s/%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "")), thing->path,
                      STR_FORMAT(id ? id_text(request->arena, id) : STR("new")), rest);
}

static Err show(Request *request, const Form *form, const Thing *thing, Id id) {
    const Edition *edition = edition_of(request);
    Str heading = say(request->arena, request->language, id ? thing->heading : thing->new_heading);
    ThingPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_SETTINGS),
        .heading = heading,
        .back = edition_path(request->arena, edition, thing->list),
        .form = form,
        .fields = fields_html(request, form, thing),
        .action = one_path(request, thing, id, ""),
    };
    if (id) {
        page.remove = say(request->arena, request->language, thing->remove);
        page.remove_href = one_path(request, thing, id, "/remove");
    }
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_thing(&out, &page);
    return OK;
}

Err thing_page(Request *request) {
    const Thing *thing;
    Id id;
    if (!find(request, &thing, &id)) return ERR_NOT_FOUND;
    void *values = arena_alloc(request->arena, thing->values_size);
    if (!id) thing->begin(request, values);
    else if (!thing->load(request, id, values)) return ERR_NOT_FOUND;
    return show(request, form_open(request, thing->fields, thing->fields_count, values), thing, id);
}

static void changed(Request *request, const char *action, Id id) {
    Id edition = request->scope.edition;
    store_changed(request->tx, edition, PART_EDITION);
    store_changed(request->tx, edition, PART_PROGRAMME);
    store_changed(request->tx, 0, PART_EDITION);
    store_audit(request->tx,
                &(AuditEntry){.person = request->who.person, .edition = edition, .action = action, .subject = id});
}

Err thing_save(Request *request) {
    const Thing *thing;
    Id id;
    if (!find(request, &thing, &id)) return ERR_NOT_FOUND;
    void *values = arena_alloc(request->arena, thing->values_size),
         *stored = arena_alloc(request->arena, thing->values_size);
    if (id && !thing->load(request, id, stored)) return ERR_NOT_FOUND;
    Form *form = form_open(request, thing->fields, thing->fields_count, values);
    Err err = OK;
    if (form_read(form) && (!id || form_is_current(form, stored))) err = thing->save(request, form, id, values);
    if (!form_ok(form)) return show(request, form, thing, id);
    if (err) return err;
    changed(request, "settings.change", id);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), thing->list));
}

Err thing_remove(Request *request) {
    const Thing *thing;
    Id id;
    if (!find(request, &thing, &id) || !id) return ERR_NOT_FOUND;
    void *stored = arena_alloc(request->arena, thing->values_size);
    if (!thing->load(request, id, stored)) return ERR_NOT_FOUND;
    Form *form = form_open(request, thing->fields, thing->fields_count, stored);
    if (!form_step_is_current(form)) return show(request, form, thing, id);
    if (!thing->remove_one(request, id)) return ERR_NOT_FOUND;
    changed(request, "settings.remove", id);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), thing->list));
}
