// SPDX-License-Identifier: EUPL-1.2
/* What coordinators are accountable for: the register of processing, from the schema's own marks, and what the daily
 * job removed. */
#include "gathering/privacy/internal.h"
#include "platform/format/csv_write.h"
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

/* "1,204 rows about 310 people"; "40 rows, in the whole program". */
static Str kept_words(Request *request, const PersonalTableWords *table) {
    RowsKept kept = {0};
    if (!rows_count_kept(request->tx, table->table, table->person, request->scope.series, &kept)) return STR("");
    Str rows = say(request->arena, request->language, MSG_PLURAL("privacy", "{count} record", "{count} records"),
                   SAY_INT("count", kept.rows));
    if (kept.is_whole)
        return say(request->arena, request->language, MSG("privacy", "{records}, of all series together"),
                   SAY_TEXT("records", rows));
    if (!table->person) return rows;
    Str people = say(request->arena, request->language, MSG_PLURAL("privacy", "{count} person", "{count} people"),
                     SAY_INT("count", kept.people));
    return say(request->arena, request->language, MSG("privacy", "{records}; {people}"), SAY_TEXT("records", rows),
               SAY_TEXT("people", people));
}

static void add_term(Request *request, ProcessingPageGroupTerm *terms, size_t *count, Str until, Str label) {
    size_t at = 0;
    while (at < *count && !str_equal(terms[at].until, until)) at++;
    if (at == *count) terms[(*count)++] = (ProcessingPageGroupTerm){.until = until, .data = label};
    else terms[at].data = str_format(request->arena, "%.*s, %.*s", STR_FORMAT(terms[at].data), STR_FORMAT(label));
}

/* What it holds, put together by how long it is kept. */
static ProcessingPageGroupTerm *terms_of(Request *request, const PersonalTableWords *table, size_t *count) {
    ProcessingPageGroupTerm *terms =
        arena_array(request->arena, ProcessingPageGroupTerm, (size_t)store_personal_column_count + 1);
    *count = 0;
    for (int i = 0; i < store_personal_column_count; i++) {
        const PersonalColumn *column = &store_personal_columns[i];
        if (strcmp(column->table, table->table) != 0) continue;
        add_term(request, terms, count, personal_retention_words(request->arena, request->language, column->retention),
                 personal_column_words(request->arena, request->language, column->table, column->column));
    }
    if (!*count)
        add_term(request, terms, count, privacy_said(request, table->until), privacy_said(request, table->holds));
    return terms;
}

static ProcessingPageGroup group_of(Request *request, const PersonalTableWords *table) {
    ProcessingPageGroup group = {
        .heading = privacy_said(request, table->heading),
        .about = privacy_said(request, table->about),
        .purpose = privacy_said(request, table->purpose),
        .ground = privacy_said(request, table->ground),
        .readers = privacy_said(request, table->readers),
        .kept = kept_words(request, table),
    };
    group.terms = terms_of(request, table, &group.terms_count);
    return group;
}

static ProcessingPageGroup *groups_of(Request *request) {
    ProcessingPageGroup *groups = arena_array(request->arena, ProcessingPageGroup, personal_table_count);
    for (size_t i = 0; i < personal_table_count; i++) groups[i] = group_of(request, &personal_tables[i]);
    return groups;
}

static Str keeper_of(Request *request, const Series *series) {
    Str parts[] = {str_is_empty(series->organiser) ? series->name : series->organiser, series->phone, series->email};
    Str words = parts[0];
    for (size_t i = 1; i < COUNT(parts); i++)
        if (!str_is_empty(parts[i]))
            words = str_format(request->arena, "%.*s, %.*s", STR_FORMAT(words), STR_FORMAT(parts[i]));
    return words;
}

static Str made_words(Request *request) {
    return say(request->arena, request->language, MSG("privacy", "As it is on {day}, from what the program stores."),
               SAY_TEXT("day", privacy_day(request, request->now_ms)));
}

Err staff_register_page(Request *request) {
    const Series *series = &edition_of(request)->series;
    ProcessingPage page = {
        .layout = edition_layout(request, privacy_said(request, MSG("privacy", "Register of processing")),
                                 MENU_STAFF_SETTINGS),
        .back = here(request, "/staff/settings/privacy"),
        .sheet_href = here(request, "/staff/settings/privacy/register/export"),
        .series = series->name,
        .keeper = keeper_of(request, series),
        .made = made_words(request),
        .groups = groups_of(request),
        .groups_count = personal_table_count,
    };
    PageOut out = page_out(request);
    page_processing(&out, &page);
    return OK;
}

/* A row for each kind of data and term, so that a spreadsheet can sort by either. */
Err staff_register_sheet(Request *request) {
    static const Msg heads[] = {
        MSG_INIT("privacy", "Kept by"),         MSG_INIT("privacy", "What is processed"),
        MSG_INIT("privacy", "What for"),        MSG_INIT("privacy", "Legal ground"),
        MSG_INIT("privacy", "About whom"),      MSG_INIT("privacy", "Which data"),
        MSG_INIT("privacy", "Who receives it"), MSG_INIT("privacy", "How long"),
        MSG_INIT("privacy", "Kept now"),        MSG_INIT("privacy", "As of"),
    };
    CsvWriter csv = csv_begin(&request->response.body, &(CsvFormat){.separator = ';', .byte_order_mark = true});
    for (size_t i = 0; i < COUNT(heads); i++) csv_text(&csv, privacy_said(request, heads[i]));
    csv_end_row(&csv);
    const ProcessingPageGroup *groups = groups_of(request);
    Str keeper = keeper_of(request, &edition_of(request)->series), day = privacy_day(request, request->now_ms);
    for (size_t i = 0; i < personal_table_count; i++)
        for (size_t k = 0; k < groups[i].terms_count; k++) {
            const Str cells[COUNT(heads)] = {keeper,
                                             groups[i].heading,
                                             groups[i].purpose,
                                             groups[i].ground,
                                             groups[i].about,
                                             groups[i].terms[k].data,
                                             groups[i].readers,
                                             groups[i].terms[k].until,
                                             groups[i].kept,
                                             day};
            for (size_t c = 0; c < COUNT(heads); c++) csv_text(&csv, cells[c]);
            csv_end_row(&csv);
        }
    respond_file(request, STR("text/csv; charset=utf-8"), STR("register-of-processing.csv"));
    return OK;
}
