// SPDX-License-Identifier: EUPL-1.2
/* What an organisation looks for and can give, one by one: the words, how many, until when. The form of the sign-up
 * asks for the kinds alone. */
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"

/* ---- words ----------------------------------------------------------------------------------------------------- */

static Str until_words(Arena *arena, Language language, Str day) {
    ImpreciseDate date;
    if (str_is_empty(day) || !imprecise_date_parse(day, &date) || date.precision != DATE_DAY) return STR("");
    Civil civil = {.year = date.year, .month = date.month, .day = date.day};
    return say(arena, language, MSG("signups", "until {day}"),
               SAY_TEXT("day", date_day_month_year(arena, language, &civil)));
}

Str exchange_detail_words(Arena *arena, Language language, const Exchange *exchange) {
    Str until = until_words(arena, language, exchange->until_on);
    if (!exchange->quantity.given) return until;
    Str number = say(arena, language, MSG("signups", "how many: {number}"),
                     SAY_TEXT("number", number_words(arena, language, exchange->quantity.value)));
    if (str_is_empty(until)) return number;
    return str_format(arena, "%.*s\u00a0· %.*s", STR_FORMAT(number), STR_FORMAT(until));
}

/* ---- the list -------------------------------------------------------------------------------------------------- */

static Str exchanges_path(Request *request, const char *rest) {
    Str path = edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/exchanges");
    return str_format(request->arena, "%.*s%s", STR_FORMAT(path), rest);
}

static Str exchange_path(Request *request, Id exchange, const char *rest) {
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(exchanges_path(request, "")),
                      STR_FORMAT(id_text(request->arena, exchange)), rest);
}

static bool is_open(Request *request) {
    return states_have(STATES_OF_ORGANISATIONS | IN_FINISHED, edition_of(request)->state);
}

static ExchangesPageSide side_of(Request *request, const Exchanges *all, bool is_offer) {
    Kinds kinds = kinds_of(request->tx, STR("exchange"), request->language);
    ExchangesPageSideRow *rows = arena_array(request->arena, ExchangesPageSideRow, all->count);
    ExchangesPageSide side = {
        .heading = is_offer ? signups_said(request, MSG("signups", "What you can give"))
                            : signups_said(request, MSG("signups", "What you look for")),
        .empty = is_offer ? signups_said(request, MSG("signups", "Nothing stands here yet. A room for an evening, an "
                                                                 "hour of advice, thirty chairs: others may need it."))
                          : signups_said(request, MSG("signups", "Nothing stands here yet. Say it, and somebody may "
                                                                 "have it.")),
        .add = is_offer ? signups_said(request, MSG("signups", "Add what you can give"))
                        : signups_said(request, MSG("signups", "Add what you look for")),
        .rows = rows,
    };
    for (size_t i = 0; i < all->count; i++) {
        const Exchange *one = &all->exchanges[i];
        if (one->is_offer != is_offer) continue;
        rows[side.rows_count++] = (ExchangesPageSideRow){
            .what = kind_name(&kinds, one->kind),
            .words = one->words,
            .language = language_of_text(one->words, edition_of(request)->series.language, request->language),
            .detail = exchange_detail_words(request->arena, request->language, one),
            .href = is_open(request) ? exchange_path(request, one->id, "") : STR_ABSENT,
        };
    }
    if (is_open(request) && side.rows_count < EXCHANGES_MOST)
        side.add_href = exchanges_path(request, is_offer ? "/new?side=offer" : "/new?side=need");
    return side;
}

static bool has_signup(Request *request, Signup *signup) {
    return signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, signup);
}

Err exchanges_page(Request *request) {
    Signup signup;
    if (!has_signup(request, &signup)) return ERR_NOT_FOUND;
    Exchanges all = signup_exchanges_of(request->tx, request->scope.edition, request->scope.organisation);
    ExchangesPageSide *sides = arena_array(request->arena, ExchangesPageSide, 2);
    sides[0] = side_of(request, &all, false);
    sides[1] = side_of(request, &all, true);
    ExchangesPage page = {
        .layout = edition_layout(
            request, signups_said(request, MSG("signups", "What you look for and what you can give")), MENU_MY),
        .organisation = signup.organisation_name,
        .back_href = edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/sign-up"),
        .sides = sides,
        .sides_count = 2,
    };
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("saved"))) page.layout.notice = signups_said(request, MSG("signups", "Saved. Thank you."));
    if (str_equal(done, STR("removed"))) page.layout.notice = signups_said(request, MSG("signups", "Removed."));
    PageOut out = page_out(request);
    page_exchanges(&out, &page);
    return OK;
}

/* ---- one ------------------------------------------------------------------------------------------------------- */

enum { QUANTITY_MOST = 1000000, EXCHANGE_WORDS_MOST = 600 };

typedef struct ExchangeForm {
    Str kind, words, until, version;
    OptionalInt quantity;
} ExchangeForm;

#define AT(member) .offset = offsetof(ExchangeForm, member)
static const FormField exchange_fields[] = {
    FORM_VERSION(ExchangeForm),
    {.name = "kind",
     .kind = FIELD_CHOICE,
     AT(kind),
     .required = true,
     .options = options_of_exchanges,
     .label = MSG_INIT("signups", "What it is")},
    {.name = "words",
     .kind = FIELD_TEXT,
     AT(words),
     .most = EXCHANGE_WORDS_MOST,
     .label = MSG_INIT("signups", "In your own words"),
     .hint = MSG_INIT("signups", "For example: folding chairs, with transport on Saturdays.")},
    {.name = "quantity",
     .kind = FIELD_OPTIONAL_INT,
     AT(quantity),
     .least = 1,
     .most = QUANTITY_MOST,
     .label = MSG_INIT("signups", "How many")},
    {.name = "until",
     .kind = FIELD_DATE,
     AT(until),
     .label = MSG_INIT("signups", "The last day on which it holds"),
     .hint = MSG_INIT("signups", "From the day after it stands in the directory no longer.")},
};
const FormTable own_exchange_asked = {exchange_fields, COUNT(exchange_fields)};

/* The one of the path; where the path has none a new one, of the side that ?side= names. */
static bool exchange_of_path(Request *request, Exchange *exchange) {
    Id id;
    if (str_is_absent(request_parameter(request, "exchange"))) {
        Str side = fields_get(&request->query, STR("side"));
        *exchange = (Exchange){.organisation = request->scope.organisation,
                               .is_offer = str_equal(side, STR("offer")),
                               .kind = STR(""),
                               .words = STR(""),
                               .until_on = STR("")};
        return true;
    }
    return request_id(request, "exchange", &id) &&
           signup_exchange_get(request->tx, request->scope.edition, request->scope.organisation, id, exchange);
}

static ExchangeForm form_values(Arena *arena, const Exchange *exchange) {
    return (ExchangeForm){.kind = exchange->kind,
                          .words = exchange->words,
                          .until = exchange->until_on,
                          .version = form_version(arena, exchange->version),
                          .quantity = exchange->quantity};
}

static Form *open_form(Request *request, const Exchange *exchange, ExchangeForm **values) {
    *values = arena_new(request->arena, ExchangeForm);
    **values = form_values(request->arena, exchange);
    return form_open(request, exchange_fields, COUNT(exchange_fields), *values);
}

static Err show(Request *request, const Form *form, const Exchange *exchange) {
    Str heading = exchange->is_offer ? signups_said(request, MSG("signups", "What you can give"))
                                     : signups_said(request, MSG("signups", "What you look for"));
    ExchangePage page = {
        .layout = edition_layout(request, heading, MENU_MY),
        .heading = heading,
        .back_href = exchanges_path(request, ""),
        .form = form,
        .action = exchange->id         ? exchange_path(request, exchange->id, "")
                  : exchange->is_offer ? exchanges_path(request, "/new?side=offer")
                                       : exchanges_path(request, "/new?side=need"),
        .remove_href = exchange->id ? exchange_path(request, exchange->id, "/remove") : STR_ABSENT,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_exchange(&out, &page);
    return OK;
}

Err exchange_page(Request *request) {
    Exchange exchange;
    ExchangeForm *values;
    Signup signup;
    if (!has_signup(request, &signup) || !exchange_of_path(request, &exchange)) return ERR_NOT_FOUND;
    return show(request, open_form(request, &exchange, &values), &exchange);
}

Err exchange_save(Request *request) {
    Exchange exchange;
    ExchangeForm *values;
    Signup signup;
    if (!has_signup(request, &signup) || !exchange_of_path(request, &exchange)) return ERR_NOT_FOUND;
    ExchangeForm stored = form_values(request->arena, &exchange);
    Form *form = open_form(request, &exchange, &values);
    if (!form_read(form) || (exchange.id && !form_is_current(form, &stored))) return show(request, form, &exchange);
    exchange.kind = values->kind;
    exchange.words = values->words;
    exchange.until_on = values->until;
    exchange.quantity = values->quantity;
    Err err = signup_exchange_save(request->tx, request->scope.edition, &exchange, request->who.person);
    if (err == ERR_LIMIT) {
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "The list is full: take something off it first.")));
        return show(request, form, &exchange);
    }
    return err ? err : respond_redirect(request, exchanges_path(request, "?done=saved"));
}

Err exchange_remove(Request *request) {
    Exchange exchange;
    ExchangeForm *values;
    if (!exchange_of_path(request, &exchange)) return ERR_NOT_FOUND;
    Form *form = open_form(request, &exchange, &values);
    if (!form_step_is_current(form)) return show(request, form, &exchange);
    Err err = signup_exchange_remove(request->tx, request->scope.edition, &exchange, request->who.person);
    return err ? err : respond_redirect(request, exchanges_path(request, "?done=removed"));
}
