// SPDX-License-Identifier: EUPL-1.2
/* What was said where data are collected, for anybody to read: as it stands, and every version there was. */
#include "editions_sql.h"
#include "gathering/editions/internal.h"
#include "platform/page/respond.h"

static Str version_words(Request *request, int64_t number, int64_t created_ms) {
    Civil day = zone_civil(edition_of(request)->zone, created_ms);
    return say(request->arena, request->language, MSG("editions", "Version {number}, from {date}"),
               SAY_INT("number", number),
               SAY_TEXT("date", date_day_month_year(request->arena, request->language, &day)));
}

static Str told_path(Request *request, Id notice) {
    Str path = edition_path(request->arena, edition_of(request), "/privacy");
    if (!notice) return path;
    return str_format(request->arena, "%.*s/%.*s", STR_FORMAT(path), STR_FORMAT(id_text(request->arena, notice)));
}

static Err show(Request *request, const Notice *notice, Str language, bool is_old) {
    ToldPage page = {
        .layout = edition_layout(
            request, say(request->arena, request->language, MSG("editions", "What we do with your data")), MENU_NONE),
        .words = notice_html(request->arena, notice, 2),
        .language = language,
        .version = notice->id ? version_words(request, notice->number, notice->created_ms) : STR(""),
        .is_old = is_old,
        .current = told_path(request, 0),
        .mine = STR("/me/data"),
    };
    PageOut out = page_out(request);
    page_told(&out, &page);
    return OK;
}

Err told_page(Request *request) {
    Notice now = notice_current(request->tx, &edition_of(request)->series, request->language);
    return show(request, &now, STR_ABSENT, false);
}

Err told_version_page(Request *request) {
    Id id;
    EditionsNoticeRow row;
    if (!request_id(request, "notice", &id) || !editions_sql_notice(request->tx, request->scope.series, id, &row))
        return ERR_NOT_FOUND;
    Notice now = notice_current(request->tx, &edition_of(request)->series, request->language);
    bool is_own = str_equal(row.language, str_from_c(language_tag(request->language)));
    return show(request, &(Notice){row.id, row.number, row.words, row.created_ms}, is_own ? STR_ABSENT : row.language,
                row.id != now.id);
}

/* For the coordinators' page of the words. */
void told_versions(Request *request, NoticePage *page) {
    EditionsNoticesRows rows = editions_sql_notices(request->tx, request->scope.series);
    NoticePageVersion *versions = arena_array(request->arena, NoticePageVersion, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const EditionsNoticesRow *row = &rows.rows[i];
        Language language = LANGUAGE_PL;
        language_parse(row->language, &language);
        versions[i] = (NoticePageVersion){
            .words = str_format(request->arena, "%.*s\u00a0· %.*s%s%.*s", STR_FORMAT(language_own_name(language)),
                                STR_FORMAT(version_words(request, row->number, row->created_ms)),
                                row->is_suggested ? "\u00a0· " : "",
                                STR_FORMAT(row->is_suggested ? say(request->arena, request->language,
                                                                   MSG("editions", "in the words the program suggests"))
                                                             : STR(""))),
            .href = told_path(request, row->id),
        };
    }
    page->versions = versions;
    page->versions_count = rows.count;
}
