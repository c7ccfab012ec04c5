// SPDX-License-Identifier: EUPL-1.2
/* An organisation's own talks and performances, from "my gathering": offered, changed, and filled in where coordinators
 * made one for it. What of it is still theirs is item_rights. */
#include "gathering/programme/item_form.h"
#include "gathering/programme/pages.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "programme_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str my_path(Request *request) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, "");
}

Str my_item_path(Request *request, Id item) {
    return str_format(request->arena, "%.*s/talk/%.*s", STR_FORMAT(my_path(request)),
                      STR_FORMAT(id_text(request->arena, item)));
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

static ItemRights rights_to(Request *request, const Item *item) {
    return takes_part(request) ? item_rights(edition_of(request)->state, item->state) : ITEM_RIGHTS_NONE;
}

/* "Talk · 3 min" */
static Str item_facts(Request *request, const Item *item) {
    Str kind = item_kind_words(request->arena, request->language, item->kind);
    if (!item->duration_min) return kind;
    Str minutes = say(request->arena, request->language, MSG("programme", "{minutes} min"),
                      SAY_TEXT("minutes", number_words(request->arena, request->language, item->duration_min)));
    return str_format(request->arena, "%.*s · %.*s", STR_FORMAT(kind), STR_FORMAT(minutes));
}

/* ---- all of theirs, and one more ------------------------------------------------------- */

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
            .what = has_title ? item_facts(request, item) : STR_ABSENT,
            .state = item_lacks_title(item) ? words(request, MSG("programme", "waits for its title"))
                                            : item_state_words(request->arena, request->language, item->state),
            .is_warm = item_lacks_title(item),
            .href = rights_to(request, item) ? my_item_path(request, item->id) : STR_ABSENT,
        };
    }
}

static Str new_lead(Request *request, bool is_open) {
    if (is_open)
        return words(request, MSG("programme", "Show in a few minutes what you do, or give people something to watch. "
                                               "The organiser chooses: there is never time for everybody."));
    if (!takes_offers(edition_of(request)))
        return words(request, MSG("programme", "Offers for this gathering are no longer taken."));
    return words(request, MSG("programme", "A talk can be offered by organisations that take part."));
}

static Err show_new(Request *request, Form *form) {
    bool is_open = takes_offers(edition_of(request)) && takes_part(request);
    Str heading = words(request, MSG("programme", "Offer a talk or a performance"));
    OfferPage page = {
        .layout = edition_layout(request, heading, MENU_MY),
        .back_href = my_path(request),
        .back = words(request, MSG("programme", "My gathering")),
        .heading = heading,
        .lead = new_lead(request, is_open),
        .is_open = is_open,
        .is_whole = true,
        .name = organisation_name_of(request),
        .form = form,
        .button = words(request, MSG("programme", "Send the offer")),
    };
    page.layout.is_refused = !form_ok(form);
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("offered")))
        page.layout.notice = words(request, MSG("programme", "Thank you. The organiser will decide and write to you."));
    if (str_equal(done, STR("saved"))) page.layout.notice = words(request, MSG("programme", "Saved. Thank you."));
    add_offers(request, &page);
    PageOut out = page_out(request);
    page_offer(&out, &page);
    return OK;
}

static Item new_offer(const Request *request) {
    return (Item){.edition = request->scope.edition,
                  .organisation = request->scope.organisation,
                  .offered_by = request->scope.organisation, /* the form says that its name will stand there */
                  .kind = STR("talk"),
                  .duration_min = TALK_MIN,
                  .changeover_min = TALK_CHANGEOVER_MIN};
}

Err offer_page(Request *request) {
    Item item = new_offer(request);
    ItemForm values = item_form_values(request, &item);
    values.theme = STR("");
    values.version = STR("");
    return show_new(request, form_open(request, offer_fields, offer_field_count, &values));
}

static Err done(Request *request, const char *action, Id item, const char *rest) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = item});
    return respond_redirect(request, str_join(request->arena, my_path(request), str_from_c(rest)));
}

Err offer_save(Request *request) {
    if (!takes_offers(edition_of(request)) || !takes_part(request)) return ERR_DENIED;
    Item item = new_offer(request);
    ItemForm values = {0};
    Form *form = form_open(request, offer_fields, offer_field_count, &values);
    if (!form_read(form) || !offer_form_apply(request, form, &values, &item)) return show_new(request, form);
    return done(request, "item.offer", item_add(request->tx, &item), "/talk?done=offered");
}

/* ---- one of theirs ------------------------------------------------------- */

static bool own_item_of_path(Request *request, Item *item) {
    Id id;
    return request_id(request, "item", &id) && item_get(request->tx, request->scope.edition, id, item) &&
           item->organisation == request->scope.organisation;
}

static bool is_published(Request *request, Id item) {
    Programme published = {0};
    if (!programme_published(request->tx, request->scope.edition, &published)) return false;
    for (size_t i = 0; i < published.count; i++)
        if (published.slots[i].id == item) return true;
    return false;
}

/* The rule (programme.h) as it stands for this one, in plain words. */
static Str own_lead(Request *request, const Item *item, ItemRights rights) {
    if (rights == ITEM_RIGHTS_NONE) return words(request, MSG("programme", "Nothing of this can be changed any more."));
    if (rights == ITEM_RIGHTS_ALL)
        return words(request, MSG("programme", "You can change everything until the organiser has decided."));
    if (is_published(request, item->id))
        return words(request, MSG("programme", "The programme is published. What you change here is seen by everybody "
                                               "when the organiser publishes it the next time; until then what was "
                                               "published stands."));
    return words(request,
                 MSG("programme", "What it is and how long it takes is settled with the organiser. The title, "
                                  "the words and what you need are yours: you can change them until the day."));
}

static Form *own_form(Request *request, ItemRights rights, ItemForm *values) {
    return rights == ITEM_RIGHTS_ALL ? form_open(request, offer_fields, offer_field_count, values)
                                     : form_open(request, own_words_fields, own_words_field_count, values);
}

static Err show_own(Request *request, const Item *item, ItemRights rights, Form *form) {
    Str heading = rights == ITEM_RIGHTS_ALL            ? words(request, MSG("programme", "Your offer"))
                  : str_equal(item->kind, STR("talk")) ? words(request, MSG("programme", "Your talk"))
                                                       : words(request, MSG("programme", "Your performance"));
    OfferPage page = {
        .layout = edition_layout(request, heading, MENU_MY),
        .back_href = my_path(request),
        .back = words(request, MSG("programme", "My gathering")),
        .heading = heading,
        .facts = rights == ITEM_RIGHTS_ALL ? STR_ABSENT : item_facts(request, item),
        .lead = own_lead(request, item, rights),
        .is_open = rights != ITEM_RIGHTS_NONE,
        .name = rights != ITEM_RIGHTS_NONE ? organisation_name_of(request) : STR_ABSENT,
        .is_whole = rights == ITEM_RIGHTS_ALL,
        .has_children = item->has_children,
        .form = form,
        .button = words(request, MSG("programme", "Save")),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_offer(&out, &page);
    return OK;
}

Err own_item_page(Request *request) {
    Item item;
    if (!own_item_of_path(request, &item)) return ERR_NOT_FOUND;
    ItemRights rights = rights_to(request, &item);
    ItemForm values = item_form_values(request, &item);
    return show_own(request, &item, rights, own_form(request, rights, &values));
}

/* Accepted while it was being changed: the form that is shown again has what is still theirs. Declined meanwhile: what
 * was typed stands on the page that says so. */
Err own_item_save(Request *request) {
    Item item, changed;
    if (!own_item_of_path(request, &item)) return ERR_NOT_FOUND;
    ItemRights rights = rights_to(request, &item);
    if (rights == ITEM_RIGHTS_NONE) return ERR_CONFLICT;
    ItemForm values = {0}, stored = item_form_values(request, &item);
    Form *form = own_form(request, rights, &values);
    changed = item;
    bool is_good =
        form_read(form) && (rights == ITEM_RIGHTS_ALL ? offer_form_apply(request, form, &values, &changed)
                                                      : own_words_form_apply(request, form, &values, &changed));
    if (!is_good || !form_is_current(form, &stored)) return show_own(request, &item, rights, form);
    Err err = item_update(request->tx, &changed);
    if (!err) item_set_offered_by(request->tx, item.edition, item.id, item.organisation);
    return err ? err : done(request, "item.fill", item.id, "/talk?done=saved");
}
