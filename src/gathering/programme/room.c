// SPDX-License-Identifier: EUPL-1.2
/* What this room hands to the house. */
#include "gathering/programme/item_form.h"
#include "gathering/programme/pages.h"

/* PART_DIRECTORY: who is named changes with their consents. */
#define PUBLIC_PARTS (1 << PART_PROGRAMME | 1 << PART_EDITION | 1 << PART_DIRECTORY)

static const Route routes[] = {
    {METHOD_GET, "/{series}/{edition}/programme", ROLE_ANYONE, programme_page, .caching = CACHE_PUBLIC,
     .parts = PUBLIC_PARTS},
    {METHOD_GET, "/{series}/{edition}/programme.ics", ROLE_ANYONE, programme_calendar, .caching = CACHE_PUBLIC,
     .parts = PUBLIC_PARTS},
    {METHOD_GET, "/{series}/{edition}/programme/{item}", ROLE_ANYONE, programme_item_page, .caching = CACHE_PUBLIC,
     .parts = PUBLIC_PARTS},
    {METHOD_GET, "/{series}/{edition}/staff/programme", ROLE_COORDINATOR, staff_programme_page},
    {METHOD_POST, "/{series}/{edition}/staff/programme/arrange", ROLE_COORDINATOR, staff_programme_arrange,
     .changes = true, .states = STATES_UNTIL_THE_DAY, .prepare = staff_programme_arrange_prepare},
    {METHOD_POST, "/{series}/{edition}/staff/programme/talks", ROLE_COORDINATOR, staff_programme_talks, .changes = true,
     .states = STATES_UNTIL_THE_DAY},
    {METHOD_GET, "/{series}/{edition}/staff/programme/publish", ROLE_COORDINATOR, staff_publish_page},
    {METHOD_POST, "/{series}/{edition}/staff/programme/publish", ROLE_COORDINATOR, staff_publish, .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/programme/items/new", ROLE_COORDINATOR, staff_item_page},
    {METHOD_POST, "/{series}/{edition}/staff/programme/items/new", ROLE_COORDINATOR, staff_item_save, .changes = true,
     .form = &item_asked},
    {METHOD_GET, "/{series}/{edition}/staff/programme/items/{item}", ROLE_COORDINATOR, staff_item_page},
    {METHOD_POST, "/{series}/{edition}/staff/programme/items/{item}", ROLE_COORDINATOR, staff_item_save,
     .changes = true, .form = &item_asked},
    {METHOD_POST, "/{series}/{edition}/staff/programme/items/{item}/move", ROLE_COORDINATOR, staff_item_move,
     .changes = true},
    {METHOD_POST, "/{series}/{edition}/staff/programme/items/{item}/decide", ROLE_COORDINATOR, staff_item_decide,
     .changes = true},
    {METHOD_POST, "/{series}/{edition}/staff/programme/items/{item}/remove", ROLE_COORDINATOR, staff_item_remove,
     .changes = true},
    {METHOD_GET, "/me/{series}/{edition}/{organisation}/talk", ROLE_REPRESENTATIVE, offer_page},
    {METHOD_POST, "/me/{series}/{edition}/{organisation}/talk", ROLE_REPRESENTATIVE, offer_save, .changes = true,
     .states = IN_CALL_OPEN | IN_CALL_CLOSED, .form = &offer_asked},
    {METHOD_GET, "/me/{series}/{edition}/{organisation}/talk/{item}", ROLE_REPRESENTATIVE, own_item_page},
    {METHOD_POST, "/me/{series}/{edition}/{organisation}/talk/{item}", ROLE_REPRESENTATIVE, own_item_save,
     .changes = true, .states = STATES_OF_ORGANISATIONS, .form = &offer_asked},
};

/* What asks something of the place: what is on stage and says what it needs. */
static void ask_subjects_of_items(Request *request, AskSubjects *subjects) {
    Items items = items_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        if (item->state == ITEM_DECLINED) continue;
        Str label = !str_is_empty(item->title) ? item->title : item->who;
        if (str_is_empty(label)) label = item_kind_words(request->arena, request->language, item->kind);
        ask_subjects_add(subjects, item->id, label);
    }
}

static const JoinColumn join_columns[] = {
    {{.table = "item", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "item", .column = "offered_by"}, JOIN_FOLLOWS, NULL},
    {{.table = "published_item", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "published_item", .column = "offered_by"}, JOIN_FOLLOWS, NULL},
};
/* What an organisation offered it may give in other languages whatever becomes of it; others see what is accepted. */
static bool is_public_item(const Item *item) {
    bool may_be_named = !item->organisation || item->is_listed || item->offered_by == item->organisation;
    return item->state == ITEM_ACCEPTED && !item->stays_away && may_be_named;
}

static void texts_of_items(Request *request, TextSources *sources) {
    Items items = items_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        if (sources->organisation && item->organisation != sources->organisation) continue;
        if (!sources->organisation && !is_public_item(item)) continue;
        TextSource source = {
            .subject = item->id,
            .field = "title",
            .organisation = item->organisation,
            .words = item->title,
            .what = say(request->arena, request->language, MSG("programme", "Title of a talk or performance")),
            .of = str_is_empty(item->who) ? item->title : item->who,
            .is_line = true,
            .is_public = is_public_item(item),
            .part = PART_PROGRAMME};
        text_sources_add(sources, &source);
        source.field = "words";
        source.words = item->words;
        source.what = say(request->arena, request->language, MSG("programme", "What a talk or performance is about"));
        source.is_line = false;
        text_sources_add(sources, &source);
    }
}

const Room programme_room = {
    .name = "programme",
    .join_columns = join_columns,
    .join_column_count = COUNT(join_columns),
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = programme_edition_part,
    .edition_place = EDITION_PLACE_PROGRAMME,
    .my_items = programme_my_items,
    .audiences = programme_audiences,
    .today_items = programme_today_items,
    .uses_guest = programme_uses_guest,
    .organisation_joins = programme_organisation_joins,
    .ask_subjects = ask_subjects_of_items,
    .texts = texts_of_items,
    .personal_find = programme_personal_find,
    .personal_erase = programme_personal_erase,
    .commands = programme_commands,
    .command_count = PROGRAMME_COMMAND_COUNT,
};
