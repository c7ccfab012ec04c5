// SPDX-License-Identifier: EUPL-1.2
/* One item in the coordinator's hand: added, changed, removed. */
#include "gathering/editions/asks.h"
#include "gathering/programme/item_form.h"
#include "gathering/programme/pages.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str staff_path(Request *request, const char *rest) {
    return str_format(request->arena, "%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/programme")), rest);
}

static Str item_path(Request *request, Id item, const char *rest) {
    return str_format(request->arena, "%.*s/items/%.*s%s", STR_FORMAT(staff_path(request, "")),
                      STR_FORMAT(id_text(request->arena, item)), rest);
}

/* The item of the path; a new one where the path has none. False: there is no such item. */
static bool item_of_path(Request *request, Item *item) {
    Id id;
    if (str_is_absent(request_parameter(request, "item"))) {
        *item = (Item){.edition = request->scope.edition,
                       .state = ITEM_ACCEPTED,
                       .kind = STR("talk"),
                       .changeover_min = TALK_CHANGEOVER_MIN};
        return true;
    }
    return request_id(request, "item", &id) && item_get(request->tx, request->scope.edition, id, item);
}

static Err show(Request *request, Form *form, const Item *item) {
    Str heading =
        item->id ? words(request, MSG("programme", "Change an item")) : words(request, MSG("programme", "Add an item"));
    StaffItemPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, ""),
        .heading = heading,
        .form = form,
        .is_new = !item->id,
        .action = item->id ? item_path(request, item->id, "") : staff_path(request, "/items/new"),
        .remove_href = item->id ? item_path(request, item->id, "/remove") : STR_ABSENT,
    };
    if (item->id) {
        page.asked = ask_notes(request, item->id, &page.asked_count);
        page.ask_href = ask_new_path(request, item->id);
    }
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_item(&out, &page);
    return OK;
}

Err staff_item_page(Request *request) {
    Item item;
    if (!item_of_path(request, &item)) return ERR_NOT_FOUND;
    ItemForm *values = arena_new(request->arena, ItemForm);
    *values = item_form_values(request, &item);
    return show(request, form_open(request, item_fields, item_field_count, values), &item);
}

Err staff_item_save(Request *request) {
    Item item;
    if (!item_of_path(request, &item)) return ERR_NOT_FOUND;
    ItemForm *values = arena_new(request->arena, ItemForm), stored = item_form_values(request, &item);
    Form *form = form_open(request, item_fields, item_field_count, values);
    if (form_read(form) && item_form_apply(request, form, values, &item) && item.id) form_is_current(form, &stored);
    if (!form_ok(form)) return show(request, form, &item);
    if (!item.id) {
        Id id = item_add(request->tx, &item);
        store_audit(
            request->tx,
            &(AuditEntry){.person = request->who.person, .edition = item.edition, .action = "item.add", .subject = id});
        return respond_redirect(request, staff_path(request, "?done=saved"));
    }
    Err err = item_update(request->tx, &item);
    if (err) return err;
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = item.edition,
                                           .action = "item.change",
                                           .subject = item.id});
    return respond_redirect(request,
                            str_format(request->arena, "%.*s?done=saved#i-%.*s", STR_FORMAT(staff_path(request, "")),
                                       STR_FORMAT(id_text(request->arena, item.id))));
}

Err staff_item_remove(Request *request) {
    Item item;
    if (!item_of_path(request, &item) || !item.id) return ERR_NOT_FOUND;
    ItemForm stored = item_form_values(request, &item);
    Form *form = form_open(request, item_fields, item_field_count, &stored);
    if (!form_step_is_current(form)) return show(request, form, &item);
    Err err = item_remove(request->tx, request->scope.edition, item.id, request->who.person);
    return err ? err : respond_redirect(request, staff_path(request, "?done=removed"));
}
