// SPDX-License-Identifier: EUPL-1.2
/* A talk or a performance offered by an organisation, from "my gathering". */
#include "gathering/programme/item_form.h"
#include "gathering/programme/pages.h"
#include "platform/page/respond.h"
#include "programme_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str my_path(Request *request) {
    return str_format(request->arena, "/me%.*s/%.*s", STR_FORMAT(edition_path(request->arena, edition_of(request), "")),
                      STR_FORMAT(id_text(request->arena, request->scope.organisation)));
}

static bool takes_offers(const Edition *edition) {
    return edition->state == EDITION_CALL_OPEN || edition->state == EDITION_CALL_CLOSED;
}

/* Only who signed up, and was not told no, can offer. */
static bool takes_part(Request *request) {
    ProgrammeSignupStateRow row;
    return programme_sql_signup_state(request->tx, request->scope.edition, request->scope.organisation, &row) &&
           !str_equal(row.state, STR("declined")) && !str_equal(row.state, STR("withdrawn"));
}

static Str why_closed(Request *request) {
    if (!takes_offers(edition_of(request)))
        return words(request, MSG("programme", "Offers for this gathering are no longer taken."));
    return words(request, MSG("programme", "A talk can be offered by organisations that take part."));
}

/* Theirs, and not decided yet: what they may still change. */
static bool may_change(const Request *request, const Item *item) {
    return item->organisation == request->scope.organisation && item->state == ITEM_OFFERED;
}

static void add_offers(Request *request, OfferPage *page) {
    Items items = items_of(request->tx, request->scope.edition);
    OfferPageOffer *offers = arena_array(request->arena, OfferPageOffer, items.count);
    page->offers = offers;
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        if (item->organisation != request->scope.organisation) continue;
        bool has_title = !str_is_empty(item->title);
        offers[page->offers_count++] = (OfferPageOffer){
            .title = has_title ? item->title : item_kind_words(request->arena, request->language, item->kind),
            .language = has_title ? content_language(request) : STR_ABSENT,
            .state = item_state_words(request->arena, request->language, item->state),
            .href = may_change(request, item)
                        ? str_format(request->arena, "%.*s/talk?item=%.*s", STR_FORMAT(my_path(request)),
                                     STR_FORMAT(id_text(request->arena, item->id)))
                        : STR_ABSENT,
        };
    }
}

static Err show(Request *request, Form *form, const Item *item, bool changed) {
    Str heading = item->id ? words(request, MSG("programme", "Your offer"))
                           : words(request, MSG("programme", "Offer a talk or a performance"));
    OfferPage page = {
        .layout = edition_layout(request, heading, MENU_MY),
        .back_href = my_path(request),
        .heading = heading,
        .name = organisation_name_of(request),
        .is_open = takes_offers(edition_of(request)) && takes_part(request),
        .closed = why_closed(request),
        .form = form,
        .item = item->id ? id_text(request->arena, item->id) : STR_ABSENT,
        .version = item->version,
        .changed = changed,
    };
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = words(request, MSG("programme", "Thank you. The organiser will decide and write to you."));
    add_offers(request, &page);
    PageOut out = page_out(request);
    page_offer(&out, &page);
    return OK;
}

/* The offer to change, by its id; a new one where there is none. */
static bool offer_named(Request *request, Str name, Item *item) {
    Id id;
    *item = (Item){.edition = request->scope.edition,
                   .organisation = request->scope.organisation,
                   .offered_by = request->scope.organisation, /* the form says that its name will stand there */
                   .kind = STR("talk"),
                   .duration_min = TALK_MIN,
                   .changeover_min = TALK_CHANGEOVER_MIN};
    if (str_is_empty(name)) return true;
    Item stored;
    if (!id_parse(name, &id) || !item_get(request->tx, request->scope.edition, id, &stored) ||
        !may_change(request, &stored))
        return false;
    *item = stored;
    return true;
}

Err offer_page(Request *request) {
    Item item;
    if (!offer_named(request, fields_get(&request->query, STR("item")), &item)) return ERR_NOT_FOUND;
    ItemForm *values = arena_new(request->arena, ItemForm);
    *values = item_form_values(request, &item);
    if (!item.id) values->theme = STR("");
    return show(request, form_open(request, offer_fields, offer_field_count, values), &item, false);
}

Err offer_save(Request *request) {
    Item item;
    if (!takes_offers(edition_of(request)) || !takes_part(request)) return ERR_DENIED;
    if (!offer_named(request, fields_get(&request->form, STR("item")), &item)) return ERR_NOT_FOUND;
    ItemForm *values = arena_new(request->arena, ItemForm);
    Form *form = form_open(request, offer_fields, offer_field_count, values);
    int64_t stored_version = item.version;
    str_to_int(fields_get(&request->form, STR("version")), &item.version);
    if (!form_read(form) || !offer_form_apply(request, form, values, &item)) return show(request, form, &item, false);
    if (item.id) {
        if (item_update(request->tx, &item) == ERR_CONFLICT) {
            item.version = stored_version;
            request->response.status = 409;
            return show(request, form, &item, true);
        }
    } else {
        item.id = item_add(request->tx, &item);
    }
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = item.edition,
                                           .action = "item.offer",
                                           .subject = item.id});
    return respond_redirect(request, str_join(request->arena, my_path(request), STR("/talk?done=1")));
}
