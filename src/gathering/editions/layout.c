// SPDX-License-Identifier: EUPL-1.2
/* The frame of every page: menu by role, main action by state, whom to ring. */
#include "gathering/editions/internal.h"

#include "gathering/editions/logo.h"
#include "gathering/editions/look.h"
#include "gathering/editions/view.h"
#include "platform/account/account.h"
#include "platform/page/languages.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- whom to ask ------------------------------------------------------------------------------------ */

Str phone_link(Arena *arena, Str phone) {
    Buffer href = buffer_in(arena);
    buffer_add(&href, STR("tel:"));
    for (size_t i = 0; i < phone.size; i++)
        if ((phone.data[i] >= '0' && phone.data[i] <= '9') || phone.data[i] == '+')
            buffer_add_char(&href, phone.data[i]);
    return buffer_str(&href);
}

static ContactPart contact_of(Arena *arena, const Series *series) {
    if (!series || (str_is_empty(series->phone) && str_is_empty(series->email))) return (ContactPart){0};
    return (ContactPart){
        .name = str_is_empty(series->organiser) ? series->name : series->organiser,
        .phone = series->phone,
        .phone_href = phone_link(arena, series->phone),
        .email = series->email,
        .email_href = page_mailto(arena, series->email),
    };
}

/* Outside any series the one series there is answers; of several, none in particular. */
static const Series *answering_series(Request *request) {
    const Series *series = series_of(request);
    if (series || !request->tx) return series;
    SeriesList all = series_from_slug(request->tx, STR(""), 2);
    return all.count == 1 ? all.series : NULL;
}

static Str credit_of(const Request *request, const Edition *edition) {
    if (str_is_empty(edition->host)) return STR_ABSENT;
    return say(request->arena, request->language, MSG("editions", "Host: {host}."), SAY_TEXT("host", edition->host));
}

/* ---- menu ------------------------------------------------------------------------------------------- */

typedef struct Menu {
    Request *request;
    MenuItemPart *items;
    size_t count;
    MenuEntry current;
} Menu;
enum { MOST_ENTRIES = 10 };

static void menu_add(Menu *menu, MenuEntry entry, Msg label, Str href) {
    menu->items[menu->count++] = (MenuItemPart){
        .label = words(menu->request, label), .href = href, .is_current = entry == menu->current && entry != MENU_NONE};
}

/* Straight to the one organisation somebody speaks for; to the list where there are several. */
static Str my_path(Request *request, const Edition *edition) {
    Id mine = 0;
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role != ROLE_REPRESENTATIVE || grant->series != edition->series.id) continue;
        if (mine) return STR("/me");
        mine = grant->scope;
    }
    if (!mine) return STR_ABSENT;
    return edition_my_path(request->arena, edition, mine, "");
}

static void add_public_entries(Menu *menu, const Edition *edition) {
    Arena *arena = menu->request->arena;
    menu_add(menu, MENU_EDITION, MSG("editions", "The gathering"), edition_path(arena, edition, ""));
    if (edition->state >= EDITION_CALL_OPEN)
        menu_add(menu, MENU_PROGRAMME, MSG("editions", "Programme"), edition_path(arena, edition, "/programme"));
    if (edition->state >= EDITION_CALL_OPEN)
        menu_add(menu, MENU_ORGANISATIONS, MSG("editions", "Organisations"),
                 edition_path(arena, edition, "/organisations"));
    Str mine = my_path(menu->request, edition);
    if (!str_is_absent(mine)) menu_add(menu, MENU_MY, MSG("editions", "My gathering"), mine);
    if (account_allows(menu->request, ROLE_HOST))
        menu_add(menu, MENU_HOST, MSG("editions", "For the host"), edition_path(arena, edition, "/host"));
    if (reader_is_coordinator(menu->request))
        menu_add(menu, MENU_NONE, MSG("editions", "For the organiser"), edition_path(arena, edition, "/staff"));
}

static void add_staff_entries(Menu *menu, const Edition *edition) {
    Arena *arena = menu->request->arena;
    if (reader_is_coordinator(menu->request)) {
        menu_add(menu, MENU_STAFF_TODAY, MSG("editions", "Today"), edition_path(arena, edition, "/staff"));
        menu_add(menu, MENU_STAFF_SIGNUPS, MSG("editions", "Sign-ups"),
                 edition_path(arena, edition, "/staff/sign-ups"));
        menu_add(menu, MENU_STAFF_PROGRAMME, MSG("editions", "Programme"),
                 edition_path(arena, edition, "/staff/programme"));
        menu_add(menu, MENU_STAFF_ROUNDS, MSG("editions", "Talks at tables"),
                 edition_path(arena, edition, "/staff/rounds"));
        menu_add(menu, MENU_STAFF_MAIL, MSG("editions", "Mail"), edition_path(arena, edition, "/staff/mail"));
        menu_add(menu, MENU_STAFF_SETTINGS, MSG("editions", "Settings"),
                 edition_path(arena, edition, "/staff/settings"));
    }
    menu_add(menu, MENU_NONE, MSG("editions", "Public page"), edition_path(arena, edition, ""));
}

/* ---- the look of a series --------------------------------------------------------------------------- */

/* Of a page of this series; all languages and the usual accent outside any. */
static const LanguageLinkPart *languages_of(Request *request, size_t *count) {
    const Series *series = series_of(request);
    LanguageLinkPart *links = language_links(request, count);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (!series || series_speaks(series, (Language)i)) links[kept++] = links[i];
    *count = kept > 1 ? kept : 0; /* one alone is no choice */
    return links;
}

static Str accent_of(Request *request) {
    const Series *series = series_of(request);
    return series ? accent_path(request->arena, series) : STR_ABSENT;
}

/* ---- layouts ---------------------------------------------------------------------------------------- */

static MainLayout bare_layout(Request *request, Str title) {
    MainLayout layout = {.title = title};
    layout.languages = languages_of(request, &layout.languages_count);
    layout.accent = accent_of(request);
    ViewBar bar = view_bar(request);
    layout.view_words = bar.words;
    layout.view_bar = bar.bar;
    if (!str_is_absent(bar.words)) return layout; /* whose account it is, is no part of a view */
    if (request->who.person) {
        layout.person =
            str_is_empty(request->who.name) ? words(request, MSG("editions", "My account")) : request->who.name;
        layout.person_href = STR("/me");
    } else {
        layout.sign_in_href = account_sign_in_path(request);
    }
    return layout;
}

static bool is_demo(const Request *request, const Series *series) {
    return (request->application && house_of(request)->is_demo) || (series && series->is_demo);
}

/* "/wspolnie/iii/staff" and "/me/wspolnie/iii" are of the series "wspolnie". */
static bool series_of_target(Request *request, Series *series) {
    Str rest = str_skip(fields_get(&request->query, STR("to")), 1), slug = STR("");
    if (!str_next_part(&rest, '/', &slug)) return false;
    if (str_equal(slug, STR("me")) && !str_next_part(&rest, '/', &slug)) return false;
    return series_find(request->tx, slug, series);
}

Whom editions_whom_to_ask(Request *request) {
    Series wanted;
    const Series *series = request->tx && series_of_target(request, &wanted) ? &wanted : answering_series(request);
    ContactPart contact = contact_of(request->arena, series);
    return (Whom){contact.name, contact.phone, contact.phone_href, str_is_empty(contact.name) ? STR("") : series->email,
                  is_demo(request, series)};
}

/* The first there is: one thing at a time. */
static Str alarm_of_rooms(Request *request, Str *href) {
    if (!request->tx || !request->application) return STR_ABSENT;
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++) {
        Str said = house->rooms[i]->alarm ? house->rooms[i]->alarm(request, href) : STR_ABSENT;
        if (!str_is_absent(said)) return said;
    }
    return STR_ABSENT;
}

MainLayout edition_layout(Request *request, Str title, MenuEntry current) {
    const Edition *edition = edition_of(request);
    MainLayout layout = bare_layout(request, title);
    Menu menu = {
        .request = request, .items = arena_array(request->arena, MenuItemPart, MOST_ENTRIES), .current = current};
    if (current >= MENU_STAFF_TODAY) add_staff_entries(&menu, edition);
    else add_public_entries(&menu, edition);
    layout.menu = menu.items;
    layout.menu_count = menu.count;
    layout.brand = (BrandPart){.name = edition->title,
                               .href = edition_path(request->arena, edition, ""),
                               .logo = logo_part(request->arena, &edition->series)};
    layout.is_demo = is_demo(request, &edition->series);
    layout.contact = contact_of(request->arena, &edition->series);
    if (current >= MENU_STAFF_TODAY && reader_is_coordinator(request)) {
        layout.alarm = mail_alarm(request);
        layout.alarm_href = edition_path(request->arena, edition, "/staff/mail");
        layout.overdue = alarm_of_rooms(request, &layout.overdue_href);
    }
    layout.credit = credit_of(request, edition);
    layout.privacy_href = edition_path(request->arena, edition, "/privacy");
    if (edition->state == EDITION_ARCHIVED && current >= MENU_MY)
        layout.standing = words(request, MSG("editions", "This edition is archived: nothing in it changes any more."));
    return layout;
}

static bool is_staff_somewhere(const Request *request) {
    for (size_t i = 0; i < request->who.grant_count; i++)
        if (request->who.grants[i].role & (ROLE_OWNER | ROLE_COORDINATOR)) return true;
    return false;
}

MainLayout house_layout(Request *request, Str title) {
    const Series *series = answering_series(request);
    MainLayout layout = bare_layout(request, title);
    Menu menu = {.request = request, .items = arena_array(request->arena, MenuItemPart, MOST_ENTRIES)};
    menu_add(&menu, MENU_NONE, MSG("editions", "All gatherings"), STR("/"));
    layout.menu = menu.items;
    layout.menu_count = menu.count;
    layout.brand =
        (BrandPart){.name = STR("Wspólnie"), .href = STR("/"), .logo = logo_part(request->arena, series_of(request))};
    layout.is_demo = is_demo(request, series);
    layout.contact = contact_of(request->arena, series);
    if (is_staff_somewhere(request)) {
        layout.alarm = mail_alarm(request);
        layout.overdue = alarm_of_rooms(request, &layout.overdue_href);
    }
    return layout;
}

/* The first to come that is public, else the last that was; NULL: none. */
static const Edition *edition_that_is_on(const Editions *newest_first) {
    const Edition *on = NULL;
    for (size_t i = newest_first->count; i-- && (!on || on->state >= EDITION_FINISHED);) /* the oldest first */
        if (newest_first->editions[i].state != EDITION_DRAFT) on = &newest_first->editions[i];
    return on;
}

MainLayout series_layout(Request *request, Str title) {
    MainLayout layout = house_layout(request, title);
    Editions *editions = arena_new(request->arena, Editions);
    *editions = editions_of_series(request->tx, request->scope.series);
    const Edition *on = edition_that_is_on(editions);
    if (!on) return layout;
    Menu menu = {.request = request, .items = arena_array(request->arena, MenuItemPart, MOST_ENTRIES)};
    add_public_entries(&menu, on);
    layout.menu = menu.items;
    layout.menu_count = menu.count;
    return layout;
}

PlainLayout edition_plain_layout(Request *request, Str title, int step, int steps, Str back) {
    const Series *series = answering_series(request);
    PlainLayout layout = {
        .title = title,
        .brand = {.name = series ? series->name : STR("Wspólnie"), .href = STR("/")},
        .is_demo = is_demo(request, series),
        .back_href = back,
        .step = step,
        .steps = steps,
        .contact = contact_of(request->arena, series),
    };
    if (request->scope.edition)
        layout.brand = (BrandPart){edition_of(request)->title, edition_path(request->arena, edition_of(request), ""),
                                   logo_part(request->arena, series)};
    layout.languages = languages_of(request, &layout.languages_count);
    layout.accent = accent_of(request);
    ViewBar bar = view_bar(request);
    layout.view_words = bar.words;
    layout.view_bar = bar.bar;
    return layout;
}

/* ---- the one thing to do ---------------------------------------------------------------------------- */

static MainAction see_programme(Request *request, const Edition *edition) {
    return (MainAction){words(request, MSG("editions", "See the programme")),
                        edition_path(request->arena, edition, "/programme")};
}

MainAction edition_main_action(Request *request, const Edition *edition) {
    Arena *arena = request->arena;
    switch (edition->state) {
    case EDITION_DRAFT:
        return (MainAction){words(request, MSG("editions", "Prepare this edition")),
                            edition_path(arena, edition, "/staff/settings")};
    case EDITION_CALL_OPEN:
        if (!edition_takes_signups(edition, request->now_ms)) return see_programme(request, edition);
        return (MainAction){words(request, MSG("editions", "Sign up your organisation")),
                            edition_path(arena, edition, "/sign-up")};
    case EDITION_CALL_CLOSED:
    case EDITION_PUBLISHED: return see_programme(request, edition);
    case EDITION_FINISHED:
    case EDITION_ARCHIVED:
        return (MainAction){words(request, MSG("editions", "What was in the programme")),
                            edition_path(arena, edition, "/programme")};
    }
    return (MainAction){0};
}
