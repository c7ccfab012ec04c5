// SPDX-License-Identifier: EUPL-1.2
/* A data file at a moment, with a row for each column that the schema marks PERSONAL, in which a known word stands: for
 * the tests that follow every mark (test_expiry.c, gathering/privacy/test_personal.c). On either engine; of a file its
 * bytes are looked at too. */
#ifndef WSPOLNIE_TESTS_MARKED_H
#define WSPOLNIE_TESTS_MARKED_H

#include "cmocka_all.h"
#include "platform/store/own.h"
#include "platform/base/buffer.h"
#include "platform/store/query.h"
#include <sqlite3.h>
#include <unistd.h>

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* ---- a data file in a folder, at a moment ------------------------------------------------------------------- */

typedef struct World {
    Arena *arena;
    char folder[64];
    Clock clock;
    Store *store;
    const char *path; /* the file; of a database, what it is named after */
    const char *place;
} World;
static World world;

static void store_at_its_time(void) { world.store = own_store(world.arena, world.folder, &world.clock); }

static int world_open(void **state) {
    (void)state;
    world = (World){0};
    world.arena = own_folder(world.folder, "expiry", 64 << 20);
    world.path = own_path(world.arena, world.folder);
    world.place = store_place(world.arena, world.path);
    assert_int_equal(clock_parse(STR("2026-06-11T12:00:00Z"), &world.clock), OK);
    store_at_its_time();
    return 0;
}

static int world_close(void **state) {
    (void)state;
    own_end(world.arena, world.folder, world.store);
    return 0;
}

/* The store reads its clock when it is opened. */
[[maybe_unused]] static void let_pass(int64_t ms) {
    store_close(world.store);
    world.clock.start_ms += ms;
    store_at_its_time();
}

/* SQLite's way of writing bytes in the other engine's; what is SQLite's alone is left out. */
static const char *for_postgres(const char *sql) {
    Arena *arena = world.arena;
    Str text = str_replace(arena, str_from_c(sql), STR("PRAGMA foreign_keys = ON;"), STR(""));
    if (str_contains(text, STR(" AS BLOB)"))) {
        text = str_replace(arena, text, STR(" AS BLOB)"), STR(", 'UTF8')"));
        text = str_replace(arena, text, STR("CAST('"), STR("convert_to('"));
    }
    text = str_replace(arena, text, STR("char(10)"), STR("chr(10)"));
    text = str_replace(arena, text, STR(" x'"), STR(" '\\x"));
    text = str_replace(arena, text, STR("(x'"), STR("('\\x"));
    return str_to_c(arena, text);
}

static int64_t by_postgres(const char *sql) {
    PGconn *conn = PQconnectdb(world.place);
    PGresult *result = PQexec(conn, for_postgres(sql));
    int64_t value = 0;
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail_msg("%s: %s", PQerrorMessage(conn), sql);
    if (PQntuples(result)) str_to_int(str_from_c(PQgetvalue(result, 0, 0)), &value);
    PQclear(result);
    PQfinish(conn);
    return value;
}

/* By the engine itself, while the store is shut: rows as any program may have left them. */
static int64_t by_hand(const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *statement = NULL;
    int64_t value = 0;
    store_close(world.store);
    if (place_is_postgres()) {
        value = by_postgres(sql);
        store_at_its_time();
        return value;
    }
    assert_int_equal(sqlite3_open(world.path, &db), SQLITE_OK);
    for (const char *rest = sql; *rest;) {
        if (sqlite3_prepare_v2(db, rest, -1, &statement, &rest) != SQLITE_OK)
            fail_msg("%s: %s", sqlite3_errmsg(db), sql);
        int code = sqlite3_step(statement);
        if (code == SQLITE_ROW) value = sqlite3_column_int64(statement, 0);
        else if (code != SQLITE_DONE) fail_msg("%s: %s", sqlite3_errmsg(db), sqlite3_sql(statement));
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
    store_at_its_time();
    return value;
}
#define SQL(...) by_hand(str_format(world.arena, __VA_ARGS__).data)

/* ---- what the schema marks ---------------------------------------------------------------------------------- */

/* A row for each personal column, with words in it that are found again, and after how many days they must be gone. The
 * edition is over, and everything else was done, when the world begins. */
typedef struct Marked {
    const char *table, *column;
    int days;
} Marked;
static const Marked marked[] = {
    {"audit_personal", "detail", 90},
    {"outbox", "to_address", 90},
    {"outbox", "to_name", 90},
    {"outbox", "body", 90},
    {"signup_draft", "answers", 30},
    {"import_sheet", "content", 30},
    {"signup", "access_needs", 90},
    {"person", "name", 730},
    {"person", "email", 730},
    {"person", "email_folded", 730},
    {"person", "phone", 730},
    {"signup", "remarks", 90},
    {"signup", "reason", 90},
    {"signup", "staff_notes", 730},
    {"guest", "words", 730},
    {"item", "needs", 90},
    {"signup", "contact_name", 730},
    {"signup", "contact_phone", 730},
    {"signup_note", "words", 730},
    {"venue", "on_duty", 90},
    {"ask", "words", 90},
    {"ask", "answer_words", 90},
    {"ask", "answer_name", 90},
    {"outbox", "unsubscribe", 90},
    {"mail_refusal", "address", 90},
    {"outbox", "calendar", 90},
    {"answer", "words", 90},
    {"answer_chunk", "content", 90},
    {"task", "whom", 90},
    {"task", "note", 90},
};

static const char rows_marked[] =
    "PRAGMA foreign_keys = ON;"
    "INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms, version)"
    " VALUES (1, 's', 'S', '', '', '1', '', 'pl', 0, %lld, 1);"
    "INSERT INTO edition (id, series, slug, number, title, words, state, date, zone, starts_ms, ends_ms, reported_on,"
    " reported_in, created_ms, version)"
    " VALUES (2, 1, 'i', 1, 'T', '', 'finished', '', 'Europe/Warsaw', %lld, %lld, '', '', %lld, 1);"
    "INSERT INTO person (id, name, email, email_folded, phone, language, password_hash, created_ms, version)"
    " VALUES (3, 'mark of person.name', 'mark of person.email', 'mark of person.email_folded', 'mark of person.phone',"
    " 'pl', 'hash', %lld, 1);"
    "INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, public_benefit, words, is_listed, "
    "created_ms,"
    " version) VALUES (4, 'O', x'00', 'o', '', 0, '', 0, %lld, 1);"
    "INSERT INTO role_grant (person, role, scope, series, granted_ms) VALUES (3, 512, 4, 1, %lld);"
    "INSERT INTO signup (edition, id, organisation, state, source, contact, contact_name, contact_phone, people,"
    " first_time, remarks, staff_notes, access_needs, reason, submitted_ms, version)"
    " VALUES (2, 5, 4, 'accepted', 'form', 3, 'mark of signup.contact_name', 'mark of signup.contact_phone', 2, 0,"
    " 'mark of signup.remarks', 'mark of signup.staff_notes',"
    " 'mark of signup.access_needs', 'mark of signup.reason', %lld, 1);"
    "INSERT INTO signup_note (edition, id, signup, kind, author, at_ms, words)"
    " VALUES (2, 12, 5, 'note', 3, 0, 'mark of signup_note.words');"
    "INSERT INTO venue (edition, id, name, address, words, on_duty, position)"
    " VALUES (2, 12, 'Dom', '', '', 'mark of venue.on_duty', 0);"
    "INSERT INTO ask (edition, id, kind, subject, words, asked_ms, answer, answer_words, answer_name, version)"
    " VALUES (2, 13, 'access', 5, 'mark of ask.words', 0, 'no', 'mark of ask.answer_words', 'mark of ask.answer_name', "
    "1);"
    "INSERT INTO question (edition, id, position, kind, label_pl, label_en, label_uk, hint_pl, hint_en, hint_uk,"
    " is_required, shown_answer, version) VALUES (2, 12, 1, 'line', 'Q', '', '', '', '', '', 0, '', 1);"
    "INSERT INTO answer (edition, organisation, question, words, file_type, file_size, file_hash, answered_ms, version)"
    " VALUES (2, 4, 12, 'mark of answer.words', 'application/pdf', 5, 'h', 1, 1);"
    "INSERT INTO answer_chunk (edition, hash, position, content)"
    " VALUES (2, 'h', 0, CAST('mark of answer_chunk.content' AS BLOB));"
    "INSERT INTO task (edition, id, kind, words, due_on, person, is_hosts, whom, note, state, state_by, state_ms,"
    " version)"
    " VALUES (2, 14, '', 'Dzwonić', '', 3, 0, 'mark of task.whom', 'mark of task.note', 'done', 3, 1, 1);"
    "INSERT INTO acting_invitation (edition, id, organisation, person, invited_by, hands_over, state, secret_hash,"
    " invited_ms, ends_ms, version)"
    " VALUES (2, 15, 4, 3, 3, 0, 'waiting', x'15', 1, 2, 1);"
    "INSERT INTO guest (edition, id, kind, name, words, people, version)"
    " VALUES (2, 10, 'artist', 'Orkiestra', 'mark of guest.words', 3, 1);"
    "INSERT INTO item (edition, id, kind, state, title, words, theme, organisation, performer, has_children, "
    "adult_attested,"
    " photo_consent, duration_min, changeover_min, needs, is_fixed, position, version)"
    " VALUES (2, 11, 'talk', 'accepted', '', '', '', 4, 'Orkiestra', 0, 0, '', 0, 0, 'mark of item.needs',"
    " 0, 1, 1);"
    "INSERT INTO signup_draft (edition, id, secret_hash, answers, created_ms, expires_ms, sent_signup)"
    " VALUES (2, 6, x'01', 'mark of signup_draft.answers', %lld, %lld, 5);"
    "INSERT INTO import_sheet (edition, id, name, content, columns, uploaded_by, created_ms)"
    " VALUES (2, 7, 'a', CAST('mark of import_sheet.content;mark of person.email' AS BLOB), '', 3, %lld);"
    "INSERT INTO outbox (id, kind, edition, person, to_address, to_name, language, subject, body, state, created_ms, "
    "tries, unsubscribe, calendar)"
    " VALUES (8, 'service', 2, 3, 'mark of outbox.to_address', 'mark of outbox.to_name', 'pl', 'S', 'mark of "
    "outbox.body',"
    " 'waiting', %lld, 0, 'mark of outbox.unsubscribe', 'mark of outbox.calendar');"
    "INSERT INTO mail_refusal (address, at_ms, reply) VALUES ('mark of mail_refusal.address', %lld, '550'),"
    " ('mark of person.email', 0, '550');"
    "INSERT INTO audit (id, at_ms, person, edition, action, subject) VALUES (9, %lld, 3, 2, 'signup.add', 5);"
    "INSERT INTO audit_personal (audit, expires_ms, detail) VALUES (9, %lld, 'mark of audit_personal.detail');";

[[maybe_unused]] static void fill(void) {
    long long now = world.clock.start_ms, draft_ends = now + 30 * DAY_MS, audit_ends = now + 90 * DAY_MS;
    SQL(rows_marked, now, now - DAY_MS, now, now, now, now, now, now, now, draft_ends, now, now, now, now, audit_ends);
}

[[maybe_unused]] static bool is_there(const Marked *one) {
    if (!place_is_postgres())
        return SQL("SELECT COUNT(*) FROM %s WHERE instr(CAST(%s AS TEXT), 'mark of %s.%s') > 0", one->table,
                   one->column, one->table, one->column) > 0;
    bool is_bytes = by_postgres(str_format(world.arena,
                                           "SELECT COUNT(*) FROM information_schema.columns WHERE table_name = '%s' AND"
                                           " column_name = '%s' AND data_type = 'bytea'",
                                           one->table, one->column)
                                    .data) > 0;
    return SQL("SELECT COUNT(*) FROM %s WHERE strpos(%s, 'mark of %s.%s') > 0", one->table,
               is_bytes ? str_format(world.arena, "encode(%s, 'escape')", one->column).data : one->column, one->table,
               one->column) > 0;
}

/* Nor in a page of the file that nobody uses any more. */
[[maybe_unused]] static bool is_in_the_file(const Marked *one) {
    if (place_is_postgres()) return false; /* its own vacuum sees to that */
    store_close(world.store);
    FILE *file = fopen(world.path, "rb");
    assert_non_null(file);
    char *bytes = NULL;
    size_t size = 0, got;
    FILE *all = open_memstream(&bytes, &size);
    char piece[65536];
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) fwrite(piece, 1, got, all);
    fclose(all);
    fclose(file);
    Str mark = str_format(world.arena, "mark of %s.%s", one->table, one->column);
    bool found = memmem(bytes, size, mark.data, mark.size) != NULL;
    free(bytes);
    store_at_its_time();
    return found;
}

#endif
