// SPDX-License-Identifier: EUPL-1.2
/* What the room of translations hands to the house. */
#include "gathering/translations/internal.h"
#include "platform/page/typed.h"

#define LIST "/{series}/{edition}/translations"
#define ONE "/{language}/{field}/{subject}"
#define MINE "/me/{series}/{edition}/{organisation}/languages"
enum { WHO = ROLE_TRANSLATOR | ROLE_COORDINATOR };

static const Route routes[] = {
    {METHOD_GET, LIST, WHO, translations_page},
    {METHOD_GET, LIST ONE, WHO, translation_page},
    {METHOD_POST, LIST ONE, WHO, translation_save, .changes = true, .form = &translation_asked},
    {METHOD_GET, MINE, ROLE_REPRESENTATIVE, my_texts_page},
    {METHOD_POST, MINE, ROLE_REPRESENTATIVE, my_texts_save, .changes = true, .form = &my_texts_asked},
    {METHOD_GET, MINE ONE, ROLE_REPRESENTATIVE, my_text_page},
    {METHOD_POST, MINE ONE, ROLE_REPRESENTATIVE, my_text_save, .changes = true, .form = &translation_asked},
    {METHOD_POST, MINE ONE "/refuse", ROLE_REPRESENTATIVE, my_text_refuse, .changes = true},
};

static void today_items(Request *request, TodayItems *items) {
    int64_t count = texts_lacking(request, true);
    if (!count) return;
    today_items_add(items, &(TodayItem){
                               .urgency = URGENT_WHEN_TIME,
                               .words = say(request->arena, request->language,
                                            MSG_PLURAL("translations", "{count} text lacks a language",
                                                       "{count} texts lack a language"),
                                            SAY_INT("count", count)),
                               .href = edition_path(request->arena, edition_of(request), "/translations"),
                               .link = translations_said(request, MSG("translations", "Look at them")),
                           });
}

static void joins(Tx *tx, const OrganisationJoin *join) { texts_copy(tx, join->from, join->to); }

const Room translations_room = {
    .name = "translations",
    .routes = routes,
    .route_count = COUNT(routes),
    .my_items = translations_my_items,
    .today_items = today_items,
    .organisation_joins = joins,
};
