// SPDX-License-Identifier: EUPL-1.2
/* "What needs you today": each room says what waits for a coordinator; the most urgent stands first. */
#include "gathering/editions/asks.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/next.h"
#include "gathering/editions/warnings.h"
#include "platform/jobs/outbox.h"
#include "platform/page/respond.h"

#include "editions_sql.h"

enum { MAIL_LOOKED_AT = 500 };

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* What waits for the reader in person comes before all else, each by its urgency. */
static int rank_of(const TodayItem *item) { return (int)item->urgency + (item->is_yours ? 0 : URGENT_WHEN_TIME + 1); }

/* Of one rank they stay in the order of the rooms. */
void today_items_sort(TodayItems *items) {
    for (size_t i = 1; i < items->count; i++) {
        TodayItem moved = items->items[i];
        size_t place = i;
        for (; place && rank_of(&items->items[place - 1]) > rank_of(&moved); place--)
            items->items[place] = items->items[place - 1];
        items->items[place] = moved;
    }
}

/* ---- what this room itself asks --------------------------------------------------------------------- */

static void ask(Request *request, TodayItems *items, Urgency urgency, Str what, const char *rest, Msg link) {
    today_items_add(items, &(TodayItem){.urgency = urgency,
                                        .words = what,
                                        .href = edition_path(request->arena, edition_of(request), rest),
                                        .link = words(request, link)});
}

enum { DAY_MS = 24 * 60 * 60 * 1000, OPEN_NOW_DAYS = 21, OPEN_SOON_DAYS = 60 };

/* A draft may wait while the day is far; 0 days where it is not known to the day. */
static Urgency urgency_of_opening(const Edition *edition, int64_t now_ms) {
    Civil day = {.year = edition->date.year, .month = edition->date.month, .day = edition->date.day};
    if (!edition->starts_ms.given && edition->date.precision != DATE_DAY) return URGENT_WHEN_TIME;
    int64_t left_ms = (edition->starts_ms.given ? edition->starts_ms.value : zone_ms(edition->zone, &day)) - now_ms;
    if (left_ms < 0) return URGENT_WHEN_TIME; /* it is told of the past */
    if (left_ms <= (int64_t)OPEN_NOW_DAYS * DAY_MS) return URGENT_NOW;
    return left_ms <= (int64_t)OPEN_SOON_DAYS * DAY_MS ? URGENT_SOON : URGENT_WHEN_TIME;
}

static void ask_about_state(Request *request, const Edition *edition, TodayItems *items) {
    if (edition->state == EDITION_DRAFT)
        ask(request, items, urgency_of_opening(edition, request->now_ms),
            words(request, MSG("editions", "This edition is a draft: nobody can sign up yet.")),
            "/staff/settings/state", MSG("editions", "Open the sign-ups"));
    if (edition->state == EDITION_CALL_OPEN && !edition_takes_signups(edition, request->now_ms))
        ask(request, items, URGENT_NOW, words(request, MSG("editions", "The last day for sign-ups has passed.")),
            "/staff/settings/state", MSG("editions", "Close the sign-ups"));
    bool is_over = edition->ends_ms.given && edition->ends_ms.value < request->now_ms;
    if (is_over && edition->state > EDITION_DRAFT && edition->state < EDITION_FINISHED)
        ask(request, items, URGENT_SOON, words(request, MSG("editions", "The day is over.")), "/staff/settings/state",
            MSG("editions", "Mark this edition as held"));
}

static void ask_about_settings(Request *request, const Edition *edition, TodayItems *items) {
    if (edition->state >= EDITION_FINISHED) return;
    Str day = edition_day_warning(request->arena, request->language, edition);
    if (!str_is_empty(day))
        ask(request, items, URGENT_WHEN_TIME, day, "/staff/settings", MSG("editions", "See the date"));
    if (str_is_empty(edition_where(request->arena, edition)))
        ask(request, items, URGENT_WHEN_TIME, words(request, MSG("editions", "Nobody knows yet where you will meet.")),
            "/staff/settings", MSG("editions", "Say where"));
    if (edition->starts_ms.given && editions_sql_frame(request->tx, edition->id).count == 0)
        ask(request, items, URGENT_WHEN_TIME,
            words(request, MSG("editions", "The day has no parts yet: doors, opening, talks, thanks.")),
            "/staff/settings/frame", MSG("editions", "Lay out the day"));
}

/* What waited for the day can come along now. */
static void ask_about_hours(Request *request, const Edition *edition, TodayItems *items) {
    if (edition->state != EDITION_DRAFT || edition_day(edition).precision != DATE_DAY) return;
    Editions sources = copy_sources(request->tx, house_of(request), edition, true);
    if (!sources.count) return;
    CopyOffers offers = copy_offers(request->tx, house_of(request), sources.editions, edition);
    Str what = say(request->arena, request->language,
                   MSG_PLURAL("editions", "{count} thing with hours waits to be taken over from {edition}.",
                              "{count} things with hours wait to be taken over from {edition}."),
                   SAY_INT("count", copy_offers_with_times(&offers)), SAY_TEXT("edition", sources.editions[0].title));
    today_items_add(items, &(TodayItem){.urgency = URGENT_SOON,
                                        .words = what,
                                        .href = edition_take_over_href(request, sources.editions),
                                        .link = words(request, MSG("editions", "Take it over"))});
}

static void ask_about_host(Request *request, const Edition *edition, TodayItems *items) {
    if (edition->state >= EDITION_FINISHED) return;
    Asks asks = asks_of(request->tx, edition->id, "host");
    int64_t refused = 0, open = 0, news = 0;
    for (size_t i = 0; i < asks.count; i++) {
        refused += ask_is_refused(&asks.asks[i]);
        open += str_is_empty(asks.asks[i].answer);
        news += ask_is_news(&asks.asks[i]);
    }
    if (news)
        ask(request, items, URGENT_SOON,
            say(request->arena, request->language,
                MSG_PLURAL("editions", "The host has answered {count} thing you asked.",
                           "The host has answered {count} things you asked."),
                SAY_INT("count", news)),
            "/staff/settings/host", MSG("editions", "Read what they say"));
    if (refused)
        ask(request, items, URGENT_SOON,
            say(request->arena, request->language,
                MSG_PLURAL("editions", "The host cannot give {count} thing as you asked.",
                           "The host cannot give {count} things as you asked."),
                SAY_INT("count", refused)),
            "/staff/settings/host", MSG("editions", "Read the answers"));
    if (open)
        ask(request, items, URGENT_WHEN_TIME,
            say(request->arena, request->language,
                MSG_PLURAL("editions", "{count} thing waits for the host’s answer.",
                           "{count} things wait for the host’s answer."),
                SAY_INT("count", open)),
            "/staff/settings/host", MSG("editions", "See what you asked"));
}

static void ask_about_mail(Request *request, const Edition *edition, TodayItems *items) {
    OutboxEntries mail = outbox_list(request->tx, edition->id, MAIL_LOOKED_AT);
    int64_t failed = 0, held = 0, unread = 0;
    for (size_t i = 0; i < mail.count; i++) {
        Str state = mail.entries[i].state;
        failed += str_equal(state, STR("failed")) || str_equal(state, STR("refused")) ||
                  str_equal(state, STR("given_up")) || str_equal(state, STR("came_back"));
        held += str_equal(state, STR("held"));
        unread += str_equal(state, STR("waiting")) || outbox_is_settling(&mail.entries[i]);
    }
    if (held)
        ask(request, items, URGENT_NOW,
            say(request->arena, request->language,
                MSG_PLURAL("editions", "{count} message is held: letters do not reach its address.",
                           "{count} messages are held: letters do not reach their addresses."),
                SAY_INT("count", held)),
            "/staff/mail?state=held", MSG("editions", "See which"));
    if (failed)
        ask(request, items, URGENT_NOW,
            say(request->arena, request->language,
                MSG_PLURAL("editions", "{count} message could not be sent.", "{count} messages could not be sent."),
                SAY_INT("count", failed)),
            "/staff/mail", MSG("editions", "See the mail"));
    if (unread && !house_of(request)->has_smtp)
        ask(request, items, URGENT_SOON,
            say(request->arena, request->language,
                MSG_PLURAL("editions", "{count} message waits: no mail server is set, so you pass it on.",
                           "{count} messages wait: no mail server is set, so you pass them on."),
                SAY_INT("count", unread)),
            "/staff/mail/hand-on", MSG("editions", "Hand them on"));
}

void editions_today_items(Request *request, TodayItems *items) {
    const Edition *edition = edition_of(request);
    ask_about_state(request, edition, items);
    ask_about_settings(request, edition, items);
    ask_about_hours(request, edition, items);
    ask_about_host(request, edition, items);
    ask_about_mail(request, edition, items);
}

/* ---- the page --------------------------------------------------------------------------------------- */

static Str urgency_words(const Request *request, Urgency urgency) {
    switch (urgency) {
    case URGENT_NOW: return words(request, MSG("editions", "now"));
    case URGENT_SOON: return words(request, MSG("editions", "soon"));
    case URGENT_WHEN_TIME: break;
    }
    return words(request, MSG("editions", "when there is time"));
}

static void fill_items(Request *request, TodayPage *page) {
    TodayItems items = {.arena = request->arena};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->today_items) house->rooms[i]->today_items(request, &items);
    today_items_sort(&items);
    TodayPageItem *shown = arena_array(request->arena, TodayPageItem, items.count);
    for (size_t i = 0; i < items.count; i++) {
        const TodayItem *item = &items.items[i];
        shown[i] = (TodayPageItem){item->words, item->href, item->link, urgency_words(request, item->urgency),
                                   item->urgency == URGENT_NOW};
    }
    page->items = shown;
    page->items_count = items.count;
}

static void fill_facts(Request *request, TodayPage *page) {
    EditionFacts facts = edition_facts(request);
    TodayPageFact *shown = arena_array(request->arena, TodayPageFact, facts.count);
    for (size_t i = 0; i < facts.count; i++) shown[i] = (TodayPageFact){facts.facts[i].name, facts.facts[i].value};
    page->facts = shown;
    page->facts_count = facts.count;
}

/* Where organisations sign up, to copy into a letter; said aloud right after opening. */
static void fill_address(Request *request, const Edition *edition, TodayPage *page) {
    page->invite_href = edition_path(request->arena, edition, "/staff/invite");
    page->send_href = edition_path(request->arena, edition, "/sign-up");
    page->send_address = str_join(request->arena, request->base_url, page->send_href);
    page->send_words = words(request, MSG("editions", "Organisations sign up here. Copy it into your letters."));
    if (str_equal(fields_get(&request->query, STR("opened")), STR("1")))
        page->layout.notice = words(request, MSG("editions", "The sign-ups are open."));
}

Err today_page(Request *request) {
    const Edition *edition = edition_of(request);
    Str title = words(request, MSG("editions", "What needs you today"));
    TodayPage page = {
        .layout = edition_layout(request, title, MENU_STAFF_TODAY),
        .state = edition_now_words(request, edition),
        .plan_href = edition_path(request->arena, edition, "/staff/tasks"),
        .empty = {.heading = words(request, MSG("editions", "All is well")),
                  .words = words(request, MSG("editions", "Nothing waits for you. Go and have a coffee."))},
    };
    if (edition->state == EDITION_ARCHIVED) { /* nothing can be done about anything in it */
        page.empty.words = words(request, MSG("editions", "To change something, open this edition again first."));
        page.empty.action = words(request, MSG("editions", "Open it again"));
        page.empty.action_href = edition_path(request->arena, edition, "/staff/settings/state");
    } else {
        fill_items(request, &page);
    }
    fill_facts(request, &page);
    if (edition_takes_signups(edition, request->now_ms)) fill_address(request, edition, &page);
    PageOut out = page_out(request);
    page_today(&out, &page);
    return OK;
}
