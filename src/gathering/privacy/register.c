// SPDX-License-Identifier: EUPL-1.2
/* What coordinators are accountable for: the register of processing, from the schema's own marks, and what the daily
 * job removed. */
#include "gathering/privacy/internal.h"
#include "platform/page/respond.h"
#include "platform/store/rows.h"
#include "privacy_sql.h"

static Str here(Request *request, const char *rest) { return edition_path(request->arena, edition_of(request), rest); }

/* ---- what went ---------------------------------------------------------------------------------------------- */

enum { ROWS_READ = 400 };

static Str kind_words(Request *request, Str kind) {
    static const struct {
        const char *kind;
        Msg words;
    } kinds[] = {
        {"ways in", MSG_INIT("privacy", "sessions, cards and keys of forms")},
        {"audit details", MSG_INIT("privacy", "details of changes")},
        {"letters", MSG_INIT("privacy", "letters")},
        {"signups", MSG_INIT("privacy", "unfinished sign-ups and sheets")},
        {"people", MSG_INIT("privacy", "people who were not there for two years")},
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i].kind))) return privacy_said(request, kinds[i].words);
    Str rest = kind, table;
    if (str_next_part(&rest, '.', &table) && rest.size) {
        const char *name = str_to_c(request->arena, table);
        Str column = personal_column_words(request->arena, request->language, name, str_to_c(request->arena, rest));
        if (!str_is_empty(column)) return column;
    }
    return kind;
}

/* The newest first: a run's rows come before the one that says it was done, which was written first. */
static void fill_runs(Request *request, StaffPrivacyPage *page) {
    PrivacyExpiredSinceRows rows = privacy_sql_expired_since(request->tx, 0, ROWS_READ);
    StaffPrivacyPageRun *runs = arena_array(request->arena, StaffPrivacyPageRun, rows.count);
    StaffPrivacyPageRunGone *gone = arena_array(request->arena, StaffPrivacyPageRunGone, rows.count);
    size_t count = 0, first = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const PrivacyExpiredSinceRow *row = &rows.rows[i];
        bool has_failed = str_equal(row->kind, STR(EXPIRED_FAILED));
        if (!str_is_empty(row->kind) && !has_failed) {
            gone[count++] = (StaffPrivacyPageRunGone){kind_words(request, row->kind),
                                                      number_words(request->arena, request->language, row->amount)};
            continue;
        }
        Civil civil = zone_civil(edition_of(request)->zone, row->at_ms);
        Str when = str_format(request->arena, "%.*s, %.*s",
                              STR_FORMAT(date_day_month_year(request->arena, request->language, &civil)),
                              STR_FORMAT(clock_time(request->arena, &civil)));
        runs[page->runs_count++] = (StaffPrivacyPageRun){when, has_failed, gone + first, count - first};
        first = count;
    }
    page->runs = runs;
}

Err staff_privacy_page(Request *request) {
    StaffPrivacyPageLink links[] = {
        {privacy_said(request, MSG("privacy", "What we tell people")),
         privacy_said(request, MSG("privacy", "The words where data are collected, in three languages, with every "
                                              "version")),
         here(request, "/staff/settings/notice")},
        {privacy_said(request, MSG("privacy", "Register of processing")),
         privacy_said(request, MSG("privacy", "What is kept, about whom, what for, how long, who sees it; to be "
                                              "printed")),
         here(request, "/staff/settings/privacy/register")},
        {privacy_said(request, MSG("privacy", "Somebody asks about their data")),
         privacy_said(request,
                      MSG("privacy", "What is kept about one person, found by their e-mail: to show it, hand it "
                                     "over or erase it")),
         here(request, "/staff/people/find")},
    };
    StaffPrivacyPage page = {
        .layout = edition_layout(request, privacy_said(request, MSG("privacy", "People’s data")), MENU_STAFF_SETTINGS),
        .back = here(request, "/staff/settings"),
        .links = links,
        .links_count = COUNT(links),
    };
    fill_runs(request, &page);
    PageOut out = page_out(request);
    page_staff_privacy(&out, &page);
    return OK;
}

/* ---- the register ------------------------------------------------------------------------------------------- */

static Str kept_words(Request *request, const PersonalColumn *column) {
    int64_t rows = 0;
    if (!rows_count_kept(request->tx, column, request->scope.series, &rows))
        return privacy_said(request, MSG("privacy", "not counted by series"));
    return number_words(request->arena, request->language, rows);
}

static ProcessingPageGroup group_of(Request *request, const PersonalTableWords *table) {
    ProcessingPageGroupColumn *columns =
        arena_array(request->arena, ProcessingPageGroupColumn, (size_t)store_personal_column_count);
    ProcessingPageGroup group = {
        .heading = privacy_said(request, table->heading),
        .about = privacy_said(request, table->about),
        .purpose = privacy_said(request, table->purpose),
        .readers = privacy_said(request, table->readers),
        .columns = columns,
    };
    for (int i = 0; i < store_personal_column_count; i++) {
        const PersonalColumn *column = &store_personal_columns[i];
        if (strcmp(column->table, table->table) != 0) continue;
        columns[group.columns_count++] = (ProcessingPageGroupColumn){
            .label = personal_column_words(request->arena, request->language, column->table, column->column),
            .until = personal_retention_words(request->arena, request->language, column->retention),
            .kept = kept_words(request, column),
        };
    }
    return group;
}

static Str keeper_of(Request *request, const Series *series) {
    Str parts[] = {str_is_empty(series->organiser) ? series->name : series->organiser, series->phone, series->email};
    Str words = parts[0];
    for (size_t i = 1; i < COUNT(parts); i++)
        if (!str_is_empty(parts[i]))
            words = str_format(request->arena, "%.*s, %.*s", STR_FORMAT(words), STR_FORMAT(parts[i]));
    return words;
}

Err staff_register_page(Request *request) {
    const Series *series = &edition_of(request)->series;
    ProcessingPageGroup *groups = arena_array(request->arena, ProcessingPageGroup, personal_table_count);
    ProcessingPage page = {
        .layout = edition_layout(request, privacy_said(request, MSG("privacy", "Register of processing")),
                                 MENU_STAFF_SETTINGS),
        .back = here(request, "/staff/settings/privacy"),
        .series = series->name,
        .keeper = keeper_of(request, series),
        .made =
            say(request->arena, request->language, MSG("privacy", "As it is on {day}, from what the program stores."),
                SAY_TEXT("day", privacy_day(request, request->now_ms))),
        .groups = groups,
    };
    for (size_t i = 0; i < personal_table_count; i++) { /* what is public of an organisation has no term */
        groups[page.groups_count] = group_of(request, &personal_tables[i]);
        page.groups_count += groups[page.groups_count].columns_count > 0;
    }
    PageOut out = page_out(request);
    page_processing(&out, &page);
    return OK;
}
