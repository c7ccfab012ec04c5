// SPDX-License-Identifier: EUPL-1.2
/* Reading of personal data by staff: noted in the audit, shown to the owner. A page that shows them says so in its
 * route (Route.reads); a test goes through the staff's pages and fails for one that shows somebody's address and does
 * not. */
#include "gathering/privacy/internal.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/page/respond.h"
#include "privacy_sql.h"

/* ---- noting ------------------------------------------------------------------------------------------------- */

#define SAME_FOR_MS (INT64_C(60) * 60 * 1000)
enum { NOTE_ARENA_BYTES = 1 << 20 };

/* A page is read in a transaction that cannot write: the note is a write of its own, which the page does not wait for.
 */
typedef struct Note {
    StoreWrite write;
    Arena *arena;
    AuditEntry entry;
} Note;

static bool is_noted(Tx *tx, const AuditEntry *entry) {
    PrivacyReadSinceRow row;
    return privacy_sql_read_since(tx, entry->person, tx_now_ms(tx) - SAME_FOR_MS, str_from_c(entry->action),
                                  entry->edition, entry->subject, &row);
}

/* Asked once more: of two pages opened at a time neither has seen the other's note. */
static Err write_note(Tx *tx, void *context) {
    const Note *note = context;
    if (!is_noted(tx, &note->entry)) store_audit(tx, &note->entry);
    return OK;
}

static void note_done(StoreWrite *write, Err err) {
    Note *note = write->context;
    if (err) log_failure(STR("privacy"), arena_failure(note->arena));
    arena_close(note->arena);
}

/* The list is its own subject; of one person, letter or sign-up it is that. */
static Id subject_of(const Request *request) {
    if (request->view.subject) return request->view.subject;
    static const char *const names[] = {"signup", "person", "message", "guest", "sheet"};
    Id id;
    for (size_t i = 0; i < COUNT(names); i++)
        if (id_parse(fields_get(&request->parameters, str_from_c(names[i])), &id)) return id;
    return 0;
}

void privacy_note_read(Request *request) {
    bool is_view = request->view.reads != NULL; /* whoever it is seen as, a coordinator looks */
    AuditEntry entry = {.person = is_view ? request->view.viewer : request->who.person,
                        .edition = request->scope.edition,
                        .action = is_view ? request->view.reads : request->route->reads,
                        .subject = subject_of(request)};
    if (is_noted(request->tx, &entry)) return;
    Arena *arena = arena_open(NOTE_ARENA_BYTES);
    if (!arena) return;
    Note *note = arena_new(arena, Note);
    *note = (Note){
        .write = {.work = write_note, .done = note_done, .context = note, .arena = arena},
        .arena = arena,
        .entry = entry,
    };
    if (store_submit(request->store, &note->write) == OK) return;
    log_warning(STR("privacy"), "a reading of personal data could not be noted");
    arena_close(arena);
}

/* ---- showing ------------------------------------------------------------------------------------------------ */

enum { ROWS_SHOWN = 50, ROWS_LOOKED_AT = 2000 };

static Str what_words(const Request *request, Str action) {
    static const struct {
        const char *action;
        Msg words;
    } actions[] = {
        {"read.signups", MSG_INIT("privacy", "the list of sign-ups")},
        {"read.signups_file", MSG_INIT("privacy", "the list of sign-ups, as a file")},
        {"read.signup", MSG_INIT("privacy", "one sign-up")},
        {"read.calls", MSG_INIT("privacy", "the call list")},
        {"read.sheet", MSG_INIT("privacy", "an uploaded sheet")},
        {"read.guests", MSG_INIT("privacy", "guests")},
        {"read.mail", MSG_INIT("privacy", "the list of letters")},
        {"read.letter", MSG_INIT("privacy", "one letter")},
        {"read.mailing", MSG_INIT("privacy", "who gets a letter to many")},
        {"read.host", MSG_INIT("privacy", "who is on duty in the house")},
        {"read.helpers", MSG_INIT("privacy", "the list of helpers")},
        {"read.as_organisation", MSG_INIT("privacy", "the pages of an organisation, as it sees them")},
        {"read.as_host", MSG_INIT("privacy", "the host’s pages, as the host sees them")},
        {"read.person", MSG_INIT("privacy", "all that is kept about one person")},
        {"read.person_file", MSG_INIT("privacy", "all that is kept about one person, as a file")},
    };
    for (size_t i = 0; i < COUNT(actions); i++)
        if (str_equal(action, str_from_c(actions[i].action))) return privacy_said(request, actions[i].words);
    return action;
}

static Str older_href(Request *request, Id person, Id before) {
    Str href = str_format(request->arena, "/admin/reads?before=%.*s", STR_FORMAT(id_text(request->arena, before)));
    if (!person) return href;
    return str_format(request->arena, "%.*s&person=%.*s", STR_FORMAT(href),
                      STR_FORMAT(id_text(request->arena, person)));
}

static ReadsPageRow row_of(Request *request, const PrivacyReadRow *row, const Edition *edition) {
    Civil civil = zone_civil(edition ? edition->zone : zone_utc(), row->at_ms);
    return (ReadsPageRow){
        .when = str_format(request->arena, "%.*s, %.*s",
                           STR_FORMAT(date_day_month_year(request->arena, request->language, &civil)),
                           STR_FORMAT(clock_time(request->arena, &civil))),
        .who = str_is_empty(row->name) ? privacy_said(request, MSG("privacy", "A person without a name")) : row->name,
        .who_href = row->person.given ? str_format(request->arena, "/admin/reads?person=%.*s",
                                                   STR_FORMAT(id_text(request->arena, row->person.value)))
                                      : STR_ABSENT,
        .what = what_words(request, row->action),
        .where = edition ? edition->title : STR(""),
    };
}

typedef struct Batch {
    const PrivacyReadRow *rows[ROWS_LOOKED_AT];
    size_t count;
} Batch;

static void fill_rows(Request *request, const Batch *batch, Id person, ReadsPage *page) {
    Id ids[ROWS_SHOWN];
    const PrivacyReadRow *shown[ROWS_SHOWN];
    size_t count = 0, at = 0;
    for (; at < batch->count && count < ROWS_SHOWN; at++) {
        if (!str_starts_with(batch->rows[at]->action, STR("read."))) continue;
        ids[count] = batch->rows[at]->edition.value;
        shown[count++] = batch->rows[at];
    }
    Editions editions = editions_of_ids(request->tx, (IdList){ids, count});
    ReadsPageRow *rows = arena_array(request->arena, ReadsPageRow, count);
    for (size_t i = 0; i < count; i++) {
        const Edition *edition = NULL;
        for (size_t k = 0; k < editions.count; k++)
            if (editions.editions[k].id == ids[i]) edition = &editions.editions[k];
        rows[i] = row_of(request, shown[i], edition);
    }
    page->rows = rows;
    page->rows_count = count;
    bool has_more = at < batch->count || batch->count == ROWS_LOOKED_AT;
    if (has_more && at) page->older = older_href(request, person, batch->rows[at - 1]->id);
}

Err reads_page(Request *request) {
    Id before, person = 0;
    if (!id_parse(fields_get(&request->query, STR("before")), &before)) before = INT64_MAX;
    if (!id_parse(fields_get(&request->query, STR("person")), &person)) person = 0;
    Batch *batch = arena_new(request->arena, Batch);
    if (person) {
        int64_t until_ms = before == INT64_MAX ? request->now_ms : id_time_ms(before);
        PrivacyReadsOfRows rows = privacy_sql_reads_of(request->tx, person, until_ms, before, ROWS_LOOKED_AT);
        for (size_t i = 0; i < rows.count; i++) batch->rows[batch->count++] = &rows.rows[i].read;
    } else {
        PrivacyReadsRows rows = privacy_sql_reads(request->tx, before, ROWS_LOOKED_AT);
        for (size_t i = 0; i < rows.count; i++) batch->rows[batch->count++] = &rows.rows[i].read;
    }
    Person who;
    ReadsPage page = {
        .layout = house_layout(request, privacy_said(request, MSG("privacy", "Who looked at personal data"))),
        .back = STR("/me"),
        .all_href = STR("/admin/reads"),
    };
    if (person && person_get(request->tx, person, &who)) page.whose = who.name;
    fill_rows(request, batch, person, &page);
    PageOut out = page_out(request);
    page_reads(&out, &page);
    return OK;
}
