// SPDX-License-Identifier: EUPL-1.2
/* One item in the coordinator's hand: added, changed, removed. */
#include "gathering/programme/item_form.h"
#include "gathering/programme/pages.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str staff_path(Request *request, const char *rest) {
    return str_format(request->arena, "%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/programme")), rest);
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

typedef struct Difference {
    StaffItemPageDifference rows[16];
    size_t count;
} Difference;

static Err show(Request *request, Form *form, const Item *item, Difference *differences) {
    Str heading =
        item->id ? words(request, MSG("programme", "Change an item")) : words(request, MSG("programme", "Add an item"));
    StaffItemPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, ""),
        .heading = heading,
        .form = form,
        .version = item->version,
        .is_new = !item->id,
        .remove_href = item->id
                           ? str_format(request->arena, "%.*s/items/%.*s/remove", STR_FORMAT(staff_path(request, "")),
                                        STR_FORMAT(id_text(request->arena, item->id)))
                           : STR_ABSENT,
    };
    page.layout.is_refused = !form_ok(form);
    if (differences) {
        page.differences = differences->rows;
        page.differences_count = differences->count;
    }
    PageOut out = page_out(request);
    page_staff_item(&out, &page);
    return OK;
}

Err staff_item_page(Request *request) {
    Item item;
    if (!item_of_path(request, &item)) return ERR_NOT_FOUND;
    ItemForm *values = arena_new(request->arena, ItemForm);
    *values = item_form_values(request, &item);
    return show(request, form_open(request, item_fields, item_field_count, values), &item, NULL);
}

/* ---- two people, one item ------------------------------------------------------- */

static void compare(Request *request, Difference *differences, Msg label, Str theirs, Str yours) {
    if (str_equal(theirs, yours)) return;
    Str none = STR("—");
    differences->rows[differences->count++] = (StaffItemPageDifference){.label = words(request, label),
                                                                        .theirs = str_is_empty(theirs) ? none : theirs,
                                                                        .yours = str_is_empty(yours) ? none : yours};
}

static Str minutes_words(Request *request, int64_t minutes) {
    return str_format(request->arena, "%lld", (long long)minutes);
}

static Str yes_or_no(Request *request, bool yes) {
    return yes ? words(request, MSG("programme", "yes")) : words(request, MSG("programme", "no"));
}

static Err show_conflict(Request *request, Form *form, const ItemForm *values, const Item *yours) {
    Item stored;
    if (!item_get(request->tx, yours->edition, yours->id, &stored)) return ERR_NOT_FOUND;
    ItemForm theirs = item_form_values(request, &stored);
    Difference *found = arena_new(request->arena, Difference);
    compare(request, found, MSG("programme", "Title"), stored.title, yours->title);
    compare(request, found, MSG("programme", "What is it"),
            item_kind_words(request->arena, request->language, stored.kind),
            item_kind_words(request->arena, request->language, yours->kind));
    compare(request, found, MSG("programme", "Who is on stage, where nobody of the list is"), stored.performer,
            yours->performer);
    compare(request, found, MSG("programme", "A few sentences for the programme"), stored.words, yours->words);
    compare(request, found, MSG("programme", "How many minutes it takes"), minutes_words(request, stored.duration_min),
            minutes_words(request, yours->duration_min));
    compare(request, found, MSG("programme", "Minutes to change the stage after it"),
            minutes_words(request, stored.changeover_min), minutes_words(request, yours->changeover_min));
    compare(request, found, MSG("programme", "What is needed on stage"), stored.needs, yours->needs);
    compare(request, found, MSG("programme", "Children are on stage"), yes_or_no(request, stored.has_children),
            yes_or_no(request, yours->has_children));
    compare(request, found, MSG("programme", "They can be there from"), theirs.not_before, values->not_before);
    compare(request, found, MSG("programme", "They have to be done by"), theirs.done_by, values->done_by);
    /* Also where only the decision about it is new: there is always something to tell. */
    if (!found->count)
        compare(request, found, MSG("programme", "Decision"),
                item_state_words(request->arena, request->language, stored.state), STR(""));
    request->response.status = 409;
    Item shown = *yours;
    shown.version = stored.version;
    return show(request, form, &shown, found);
}

Err staff_item_save(Request *request) {
    Item item;
    if (!item_of_path(request, &item)) return ERR_NOT_FOUND;
    ItemForm *values = arena_new(request->arena, ItemForm);
    Form *form = form_open(request, item_fields, item_field_count, values);
    int64_t version = item.version;
    str_to_int(fields_get(&request->form, STR("version")), &version);
    item.version = version;
    if (!form_read(form) || !item_form_apply(request, form, values, &item)) return show(request, form, &item, NULL);
    if (!item.id) {
        Id id = item_add(request->tx, &item);
        store_audit(
            request->tx,
            &(AuditEntry){.person = request->who.person, .edition = item.edition, .action = "item.add", .subject = id});
        return respond_redirect(request, staff_path(request, "?done=saved"));
    }
    Err err = item_update(request->tx, &item);
    if (err == ERR_CONFLICT) return show_conflict(request, form, values, &item);
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
    Id item;
    if (!request_id(request, "item", &item)) return ERR_NOT_FOUND;
    Err err = item_remove(request->tx, request->scope.edition, item, request->who.person);
    return err ? err : respond_redirect(request, staff_path(request, "?done=removed"));
}
