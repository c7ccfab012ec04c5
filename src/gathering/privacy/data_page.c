// SPDX-License-Identifier: EUPL-1.2
/* What is kept about somebody, in plain words: by kind, each value with how long it is kept. */
#include "gathering/directory/directory.h"
#include "gathering/editions/editions.h"
#include "gathering/organisations/organisations.h"
#include "gathering/privacy/internal.h"
#include "gathering/signups/listing.h"
#include "platform/page/respond.h"
#include "privacy_sql.h"

Str privacy_said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

Str privacy_day(const Request *request, int64_t ms) {
    const Zone *zone;
    if (zone_find(STR("Europe/Warsaw"), &zone)) zone = zone_utc();
    Civil day = zone_civil(zone, ms);
    return date_day_month_year(request->arena, request->language, &day);
}

typedef struct Shown {
    Request *request;
    const PersonalFound *found;
    Editions editions; /* of the records and consents */
} Shown;

static const Edition *edition_named(const Shown *shown, Id id) {
    for (size_t i = 0; i < shown->editions.count; i++)
        if (shown->editions.editions[i].id == id) return &shown->editions.editions[i];
    return NULL;
}

static Editions editions_meant(Request *request, const PersonalFound *found) {
    Id *ids = arena_array(request->arena, Id, found->data.count + found->consents.count + found->grant_count);
    size_t count = 0;
    for (size_t i = 0; i < found->data.count; i++) ids[count++] = found->data.records[i].edition;
    for (size_t i = 0; i < found->consents.count; i++) ids[count++] = found->consents.consents[i].edition;
    for (size_t i = 0; i < found->grant_count; i++) ids[count++] = found->grants[i].scope;
    return editions_of_ids(request->tx, (IdList){ids, count});
}

/* ---- records ------------------------------------------------------------------------------------------------ */

static void join_words(Request *request, Str *words, Str more) {
    if (str_is_empty(more)) return;
    *words = str_is_empty(*words)
                 ? more
                 : str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(*words), STR_FORMAT(more));
}

static Str record_heading(const Shown *shown, const PersonalRecord *record) {
    Request *request = shown->request;
    const Edition *edition = edition_named(shown, record->edition);
    Str words = record->organisation ? organisation_name(request->tx, record->organisation) : STR("");
    join_words(request, &words, record->name);
    if (edition) join_words(request, &words, edition->title);
    if (record->at_ms) join_words(request, &words, privacy_day(request, record->at_ms));
    return words;
}

/* Where who reads may change it themselves. */
static void record_link(const Shown *shown, const PersonalRecord *record, MyDataPageGroupRecord *row) {
    Request *request = shown->request;
    const Edition *edition = edition_named(shown, record->edition);
    if (shown->found->series || !edition || !record->organisation ||
        !reader_speaks_for(request, record->organisation, edition->series.id))
        return;
    Str rest = !strcmp(record->table, "signup") ? STR("/sign-up") : STR_ABSENT;
    if (!strcmp(record->table, "item"))
        rest = str_join(request->arena, STR("/talk/"), id_text(request->arena, record->id));
    if (str_is_absent(rest)) return;
    row->href = edition_my_path(request->arena, edition, record->organisation, str_to_c(request->arena, rest));
    row->link = privacy_said(request, MSG("privacy", "Read or correct it"));
}

static PersonalReader reader_of(const Shown *shown) {
    return shown->found->series ? PERSONAL_FOR_STAFF : PERSONAL_FOR_THEMSELVES;
}

static MyDataPageGroupRecord record_row(const Shown *shown, const PersonalRecord *record) {
    Request *request = shown->request;
    MyDataPageGroupRecordValue *values = arena_array(request->arena, MyDataPageGroupRecordValue, PERSONAL_VALUES);
    MyDataPageGroupRecord row = {.heading = record_heading(shown, record), .values = values};
    for (size_t i = 0; i < PERSONAL_VALUES && record->values[i].column; i++) {
        const PersonalValue *value = &record->values[i];
        if (str_is_empty(value->value) || !strcmp(value->column, "email_folded")) continue;
        const char *retention = personal_retention(record->table, value->column);
        bool is_shown = personal_is_shown(record->table, value->column, reader_of(shown));
        values[row.values_count++] = (MyDataPageGroupRecordValue){
            .label = personal_column_words(request->arena, request->language, record->table, value->column),
            .value = is_shown ? value->value
                              : privacy_said(request, MSG("privacy", "There are some. Ask the organiser, who reads "
                                                                     "them to you.")),
            .until = retention ? personal_retention_words(request->arena, request->language, retention) : STR(""),
        };
    }
    record_link(shown, record, &row);
    return row;
}

static void fill_groups(const Shown *shown, MyDataPage *page) {
    Request *request = shown->request;
    const PersonalData *data = &shown->found->data;
    MyDataPageGroup *groups = arena_array(request->arena, MyDataPageGroup, personal_table_count);
    for (size_t i = 0; i < personal_table_count; i++) {
        MyDataPageGroupRecord *rows = arena_array(request->arena, MyDataPageGroupRecord, data->count);
        MyDataPageGroup group = {.heading = privacy_said(request, personal_tables[i].heading), .records = rows};
        for (size_t k = 0; k < data->count; k++) {
            if (strcmp(data->records[k].table, personal_tables[i].table) != 0) continue;
            MyDataPageGroupRecord row = record_row(shown, &data->records[k]);
            if (row.values_count) rows[group.records_count++] = row;
        }
        if (!strcmp(personal_tables[i].table, "person") && !shown->found->series && group.records_count) {
            rows[0].href = STR("/me/data/correct");
            rows[0].link = privacy_said(request, MSG("privacy", "Correct it"));
        }
        if (group.records_count) groups[page->groups_count++] = group;
    }
    page->groups = groups;
}

/* ---- ways in, consents, notices ----------------------------------------------------------------------------- */

static void fill_ways(const Shown *shown, MyDataPage *page) {
    Request *request = shown->request;
    const PersonalFound *found = shown->found;
    Str *ways = arena_array(request->arena, Str, 4);
    if (found->series) return;
    if (found->sessions.count)
        ways[page->ways_count++] =
            say(request->arena, request->language,
                MSG_PLURAL("privacy", "Signed in on {count} device", "Signed in on {count} devices"),
                SAY_INT("count", (int64_t)found->sessions.count));
    if (found->cards.count)
        ways[page->ways_count++] =
            say(request->arena, request->language,
                MSG_PLURAL("privacy", "{count} card opens your pages", "{count} cards open your pages"),
                SAY_INT("count", (int64_t)found->cards.count));
    if (found->person.has_password)
        ways[page->ways_count++] =
            privacy_said(request, MSG("privacy", "A password is set; what is kept of it tells nobody what it is."));
    if (found->grant_count)
        ways[page->ways_count++] = say(
            request->arena, request->language,
            MSG_PLURAL("privacy",
                       "You hold {count} right in this program: for instance to act for an organisation, or to help",
                       "You hold {count} rights in this program: for instance to act for an organisation, or to help"),
            SAY_INT("count", (int64_t)found->grant_count));
    page->ways = ways;
}

/* The organisation a consent speaks for, and where it is about its entry in a directory, in which series. */
typedef struct ConsentAbout {
    Id organisation, series; /* 0: none, any */
} ConsentAbout;

static ConsentAbout consent_told_about(Request *request, const ConsentGiven *consent) {
    DirectoryEntry entry;
    if (!str_equal(consent->purpose, STR("catalogue"))) return (ConsentAbout){consent->subject, 0};
    if (!directory_entry_of_id(request->tx, consent->subject, &entry)) return (ConsentAbout){0};
    return (ConsentAbout){entry.organisation, entry.series};
}

static Str purpose_words(Request *request, const ConsentGiven *consent) {
    ConsentAbout told = consent_told_about(request, consent);
    Str about = told.organisation ? organisation_name(request->tx, told.organisation) : STR("");
    Str purpose = consent->purpose;
    if (str_equal(purpose, STR("catalogue")))
        purpose = privacy_said(request, MSG("privacy", "In the directory of organisations"));
    else if (str_equal(purpose, STR("directory")))
        purpose = privacy_said(request, MSG("privacy", "Being named in public"));
    else if (str_equal(purpose, STR("invitations")))
        purpose = privacy_said(request, MSG("privacy", "Invitations to the next gatherings"));
    else if (str_equal(purpose, STR("photos"))) purpose = privacy_said(request, MSG("privacy", "Photos"));
    join_words(request, &purpose, about);
    Series series;
    if (told.series && series_get(request->tx, told.series, &series)) join_words(request, &purpose, series.name);
    return purpose;
}

bool consent_speaks_for(Request *request, const ConsentGiven *consent) {
    ConsentAbout told = consent_told_about(request, consent);
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role == ROLE_REPRESENTATIVE && grant->scope == told.organisation &&
            (!told.series || grant->series == told.series))
            return true;
    }
    return false;
}

static MyDataPageConsent consent_row(const Shown *shown, const ConsentGiven *consent) {
    Request *request = shown->request;
    bool stands = !consent->withdrawn_ms.given, is_own = !shown->found->series;
    bool may = is_own && stands && (!consent->subject || consent_speaks_for(request, consent));
    return (MyDataPageConsent){
        .purpose = purpose_words(request, consent),
        .wording = consent->wording,
        .given = say(request->arena, request->language, MSG("privacy", "Given on {day}, {channel}."),
                     SAY_TEXT("day", privacy_day(request, consent->given_ms)),
                     SAY_TEXT("channel", listing_channel_words(request->arena, request->language, consent->channel))),
        .withdrawn = stands ? STR("")
                            : say(request->arena, request->language, MSG("privacy", "Withdrawn on {day}."),
                                  SAY_TEXT("day", privacy_day(request, consent->withdrawn_ms.value))),
        .action = may ? str_format(request->arena, "/me/data/consents/%.*s/withdraw",
                                   STR_FORMAT(id_text(request->arena, consent->id)))
                      : STR_ABSENT,
        .others =
            is_own && stands && !may
                ? privacy_said(request, MSG("privacy", "Others speak for this organisation now. They can withdraw "
                                                       "it, or the organiser can, at your word."))
                : STR(""),
    };
}

static void fill_consents(const Shown *shown, MyDataPage *page) {
    const ConsentsGiven *consents = &shown->found->consents;
    MyDataPageConsent *rows = arena_array(shown->request->arena, MyDataPageConsent, consents->count);
    for (size_t i = 0; i < consents->count; i++) rows[i] = consent_row(shown, &consents->consents[i]);
    page->consents = rows;
    page->consents_count = consents->count;
}

static void fill_notices(const Shown *shown, MyDataPage *page) {
    Request *request = shown->request;
    PrivacyNoticesToldRows told = privacy_sql_notices_told(request->tx, shown->found->person.id, shown->found->series);
    MyDataPageNotice *rows = arena_array(request->arena, MyDataPageNotice, told.count);
    for (size_t i = 0; i < told.count; i++) {
        const PrivacyNoticesToldRow *row = &told.rows[i];
        rows[i] = (MyDataPageNotice){
            .words = say(request->arena, request->language, MSG("privacy", "{series}: version {number}, from {day}"),
                         SAY_TEXT("series", row->name), SAY_INT("number", row->number),
                         SAY_TEXT("day", privacy_day(request, row->created_ms))),
            .href = str_format(request->arena, "/%.*s/%.*s/privacy/%.*s", STR_FORMAT(row->series_slug),
                               STR_FORMAT(row->edition_slug), STR_FORMAT(id_text(request->arena, row->id))),
        };
    }
    page->notices = rows;
    page->notices_count = told.count;
}

void data_page_fill(Request *request, const PersonalFound *found, MyDataPage *page) {
    Shown shown = {request, found, editions_meant(request, found)};
    page->form = form_open(request, NULL, 0, NULL);
    page->is_own = !found->series;
    fill_groups(&shown, page);
    fill_ways(&shown, page);
    fill_consents(&shown, page);
    fill_notices(&shown, page);
}

void data_file(Request *request, const PersonalFound *found) {
    personal_export(request->tx, found, found->series ? PERSONAL_FOR_STAFF : PERSONAL_FOR_THEMSELVES,
                    &request->response.body);
    respond_file(request, STR("application/json; charset=utf-8"), STR("wspolnie-data.json"));
}
