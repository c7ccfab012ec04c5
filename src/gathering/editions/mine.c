// SPDX-License-Identifier: EUPL-1.2
/* What somebody has here: the organisations they speak for, the series they look after, their account. */
#include "gathering/editions/internal.h"
#include "gathering/organisations/organisations.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- where they take part --------------------------------------------------------------------------- */

static size_t represented(Request *request, Id *organisations) {
    size_t count = 0;
    for (size_t i = 0; i < request->who.grant_count; i++)
        if (request->who.grants[i].role == ROLE_REPRESENTATIVE) organisations[count++] = request->who.grants[i].scope;
    return count;
}

static const Edition *find_edition(const Editions *editions, Id id) {
    for (size_t i = 0; i < editions->count; i++)
        if (editions->editions[i].id == id) return &editions->editions[i];
    return NULL;
}

static MyPlaces places_of(Request *request) {
    Id *organisations = arena_array(request->arena, Id, request->who.grant_count);
    MyPlaces places = {.arena = request->arena, .organisations = organisations};
    places.organisation_count = represented(request, organisations);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count && places.organisation_count; i++)
        if (house->rooms[i]->my_places) house->rooms[i]->my_places(request, &places);
    return places;
}

/* The editions of these places, and those somebody has a role in. */
static Editions editions_meant(Request *request, const MyPlaces *places) {
    Id *ids = arena_array(request->arena, Id, places->count + request->who.grant_count);
    size_t count = 0;
    for (size_t i = 0; i < places->count; i++) ids[count++] = places->places[i].edition;
    for (size_t i = 0; i < request->who.grant_count; i++) ids[count++] = request->who.grants[i].scope;
    return editions_of_ids(request->tx, (IdList){ids, count});
}

static void fill_places(Request *request, const MyPlaces *places, const Editions *editions, MinePage *page) {
    MinePagePlace *shown = arena_array(request->arena, MinePagePlace, places->count);
    for (size_t i = 0; i < places->count; i++) {
        const Edition *edition = find_edition(editions, places->places[i].edition);
        if (!edition || edition->state == EDITION_DRAFT) continue;
        if (!reader_speaks_for(request, places->places[i].organisation, edition->series.id)) continue;
        shown[page->places_count++] = (MinePagePlace){
            .organisation = organisation_name(request->tx, places->places[i].organisation),
            .title = edition->title,
            .when = edition_when(request->arena, edition, request->language),
            .href = edition_my_path(request->arena, edition, places->places[i].organisation, ""),
        };
    }
    page->places = shown;
}

/* ---- where they help ---- */

/* What a role opens today. A draft is not to be seen by helpers either, so it has no link; but a
 * host is asked while everything else is a draft. */
static MinePageRole role_row(Request *request, const Edition *edition, Role role) {
    bool is_draft = edition->state == EDITION_DRAFT;
    Msg opens = is_draft
                    ? MSG("editions", "This gathering is being prepared. Its pages open here when it is announced.")
                    : MSG("editions", "From here you read the programme, and where and when to be. For lists of "
                                      "people ask the organiser.");
    if (role == ROLE_HOST)
        opens =
            MSG("editions", "Here you answer what the organiser asks of you, and say what people should know of your "
                            "house.");
    if (role == ROLE_TRANSLATOR)
        opens = MSG("editions", "Here stand the texts that lack a language. Each one that you translate is shown at "
                                "once, marked as a volunteer’s.");
    Str href = role == ROLE_TRANSLATOR ? edition_path(request->arena, edition, "/translations")
               : role == ROLE_HOST     ? edition_path(request->arena, edition, "/host")
               : is_draft              ? STR_ABSENT
                                       : edition_path(request->arena, edition, "");
    return (MinePageRole){
        .title = edition->title,
        .role = helping_role_words(request, role),
        .opens = words(request, opens),
        .when = edition_when(request->arena, edition, request->language),
        .href = href,
        .programme_href = is_draft ? STR_ABSENT : edition_path(request->arena, edition, "/programme"),
        .phone = edition->series.phone,
        .phone_href = phone_link(request->arena, edition->series.phone),
    };
}

/* The roles of the day in an edition, each named: it is why somebody was given a way in. */
static void fill_roles(Request *request, const Editions *editions, MinePage *page) {
    MinePageRole *shown = arena_array(request->arena, MinePageRole, request->who.grant_count);
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        const Edition *edition = find_edition(editions, grant->scope);
        bool is_of_the_day = grant->role >= ROLE_HOST && grant->role <= ROLE_GUIDE;
        if ((!is_of_the_day && grant->role != ROLE_TRANSLATOR) || !edition) continue;
        shown[page->roles_count++] = role_row(request, edition, grant->role);
    }
    page->roles = shown;
}

/* ---- what they organise ----------------------------------------------------------------------------- */

static EditionRowPart staff_row(Request *request, const Edition *edition) {
    EditionRowPart row = edition_row(request, edition);
    row.href = edition_path(request->arena, edition, "/staff");
    row.tag = edition_now_words(request, edition);
    return row;
}

enum { OWNED_AT_ONCE = 30 }; /* an owner sees the rest from the start page */

static SeriesList series_organised(Request *request) {
    SeriesList owned = {0};
    if (reader_owns(request)) owned = series_from_slug(request->tx, STR(""), OWNED_AT_ONCE);
    SeriesList mine = {arena_array(request->arena, Series, request->who.grant_count + owned.count), 0};
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role == ROLE_COORDINATOR && series_get(request->tx, grant->scope, &mine.series[mine.count]))
            mine.count++;
    }
    size_t own = mine.count;
    for (size_t i = 0; i < owned.count; i++) {
        bool is_there = false;
        for (size_t k = 0; k < own; k++) is_there = is_there || mine.series[k].id == owned.series[i].id;
        if (!is_there) mine.series[mine.count++] = owned.series[i];
    }
    return mine;
}

static void fill_series(Request *request, MinePage *page) {
    SeriesList mine = series_organised(request);
    Editions editions = editions_of_many(request->tx, &mine);
    MinePageSery *shown = arena_array(request->arena, MinePageSery, mine.count);
    for (size_t i = 0; i < mine.count; i++) {
        EditionRowPart *rows = arena_array(request->arena, EditionRowPart, editions.count);
        size_t count = 0;
        for (size_t j = 0; j < editions.count; j++)
            if (editions.editions[j].series.id == mine.series[i].id)
                rows[count++] = staff_row(request, &editions.editions[j]);
        shown[page->series_count++] = (MinePageSery){
            .name = mine.series[i].name,
            .href = str_join(request->arena, STR("/"), mine.series[i].slug),
            .editions = rows,
            .editions_count = count,
        };
    }
    page->series = shown;
}

/* ---- what waits for an answer ----------------------------------------------------------------------- */

static void fill_waiting(Request *request, MinePage *page) {
    MyItems items = {.arena = request->arena};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->mine_items) house->rooms[i]->mine_items(request, &items);
    MinePageWaiting *shown = arena_array(request->arena, MinePageWaiting, items.count);
    for (size_t i = 0; i < items.count; i++)
        shown[i] =
            (MinePageWaiting){items.items[i].title, items.items[i].words, items.items[i].href, items.items[i].link};
    page->waiting = shown;
    page->waiting_count = items.count;
}

Err mine_page(Request *request) {
    static const FormField no_fields[1];
    MinePage page = {
        .layout = house_layout(request, words(request, MSG("editions", "My page"))),
        .form = form_open(request, no_fields, 0, &page),
        .sign_out_href = STR("/sign-out"),
        .reads_href = reader_owns(request) ? STR("/admin/reads") : STR_ABSENT,
        .password_href = request->who.is_limited ? STR_ABSENT : STR("/me/password"), /* a card opens one place */
    };
    MyPlaces places = places_of(request);
    Editions editions = editions_meant(request, &places);
    fill_places(request, &places, &editions, &page);
    fill_roles(request, &editions, &page);
    fill_series(request, &page);
    fill_waiting(request, &page);
    page.is_nothing = !page.waiting_count && !page.places_count && !page.roles_count && !page.series_count;
    page.empty =
        (EmptyPart){.heading = words(request, MSG("editions", "You take part in nothing yet")),
                    .words = words(request, MSG("editions", "When you sign up an organisation, it will stand here.")),
                    .action = words(request, MSG("editions", "See the gatherings")),
                    .action_href = STR("/")};
    PageOut out = page_out(request);
    page_mine(&out, &page);
    return OK;
}
