// SPDX-License-Identifier: EUPL-1.2
/* Every column that the schema marks PERSONAL is found for the person it is about, and gone when they had it erased;
 * what is counted stays as it was. A new mark, or a new reference to a person, fails this test until somebody has said
 * here what becomes of it. */
#include "../../marked.h"
#include "gathering/mailing/mailing.h"
#include "gathering/privacy/privacy.h"
#include "gathering/programme/programme.h"
#include "gathering/questions/questions.h"
#include "gathering/signups/signups.h"
#include "gathering/tasks/tasks.h"
#include "platform/dump/dump.h"
#include "platform/store/rows.h"

static const Room *const rooms[] = {&editions_room, &signups_room, &questions_room, &programme_room,
                                    &mailing_room,  &privacy_room, &tasks_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};
enum { SERIES = 1, EDITION = 2, PERSON = 3, ORGANISATION = 4 };

/* ---- what is asked of the store ----------------------------------------------------------------------------- */

typedef struct AskedOf {
    Id series;
    PersonalReader reader;
    bool is_found;
    Str document;
} AskedOf;

static Err look(Tx *tx, void *context) {
    AskedOf *question = context;
    PersonalFound found;
    question->is_found = personal_of(tx, &house, PERSON, question->series, &found);
    Buffer out = buffer_in(tx_arena(tx));
    if (question->is_found) personal_export(tx, &found, question->reader, &out);
    question->document = buffer_str(&out);
    return OK;
}

static Str document_of(Id series, PersonalReader reader) {
    AskedOf question = {.series = series, .reader = reader};
    assert_int_equal(store_read(world.store, world.arena, look, &question), OK);
    assert_true(question.is_found);
    return question.document;
}

static Err erase(Tx *tx, void *context) {
    personal_erase(tx, &house, context);
    return OK;
}

static void erase_all(Id series) {
    PersonalErasing erasing = {.person = PERSON, .series = series, .by = PERSON};
    assert_int_equal(store_write(world.store, world.arena, erase, &erasing), OK);
}

/* ---- every mark --------------------------------------------------------------------------------------------- */

static bool is_column(const PersonalColumn *column, const char *table, const char *name) {
    return !strcmp(column->table, table) && !strcmp(column->column, name);
}

/* A guest has no account, and nothing refers to who it is: coordinators change and remove guests on their own page. */
static bool is_of_nobody(const PersonalColumn *column) {
    /* So is who is on duty in the house, in words of the host or of coordinators; and that a server refused an address
     * stands beside the person whose address it is (below). */
    return is_column(column, "guest", "words") || is_column(column, "venue", "on_duty") ||
           is_column(column, "mail_refusal", "address");
}

/* Who asks for it gets it as a file, from the page of the answer. */
static bool is_a_file(const PersonalColumn *column) { return is_column(column, "answer_chunk", "content"); }

/* The same e-mail in small letters: made from it. */
static bool is_made_of_another(const PersonalColumn *column) { return is_column(column, "person", "email_folded"); }

/* A working address: who opens it acts as the person. */
static bool is_for_themselves(const PersonalColumn *column) { return is_column(column, "outbox", "unsubscribe"); }

static const Marked *marked_of(const PersonalColumn *column) {
    for (size_t i = 0; i < COUNT(marked); i++)
        if (is_column(column, marked[i].table, marked[i].column)) return &marked[i];
    fail_msg("%s.%s: add a row with it to tests/marked.h", column->table, column->column);
    return NULL;
}

static bool has_mark(Str document, const PersonalColumn *column) {
    return str_contains(document, str_format(world.arena, "mark of %s.%s", column->table, column->column));
}

static void every_mark_is_found_and_erased(void **state) {
    (void)state;
    fill();
    Str own = document_of(0, PERSONAL_FOR_THEMSELVES), staffs = document_of(SERIES, PERSONAL_FOR_STAFF);
    for (int i = 0; i < store_personal_column_count; i++) {
        const PersonalColumn *column = &store_personal_columns[i];
        assert_true(is_there(marked_of(column)));
        if (is_of_nobody(column) || is_made_of_another(column) || is_a_file(column)) continue;
        bool is_shown = personal_is_shown(column->table, column->column, PERSONAL_FOR_THEMSELVES);
        if (has_mark(staffs, column) == is_for_themselves(column))
            fail_msg("%s.%s is %s coordinators", column->table, column->column,
                     is_for_themselves(column) ? "shown to" : "not found for");
        if (has_mark(own, column) != is_shown)
            fail_msg("%s.%s is %s its own person", column->table, column->column, is_shown ? "not told" : "told");
        if (!is_shown && !str_contains(own, str_from_c(column->column)))
            fail_msg("%s.%s is hidden without a word", column->table, column->column);
    }
    erase_all(0);
    for (int i = 0; i < store_personal_column_count; i++) {
        const PersonalColumn *column = &store_personal_columns[i];
        if (is_of_nobody(column)) continue;
        if (is_there(marked_of(column))) fail_msg("%s.%s is left behind", column->table, column->column);
        if (is_in_the_file(marked_of(column))) fail_msg("%s.%s is left in the file", column->table, column->column);
    }
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox"), 0); /* it waited, and is not sent any more */
    assert_int_equal(SQL("SELECT COUNT(*) FROM audit WHERE action = 'person.erase' AND subject = 3"), 1);
}

static void every_mark_has_words(void **state) {
    (void)state;
    for (int i = 0; i < store_personal_column_count; i++) {
        const PersonalColumn *column = &store_personal_columns[i];
        for (Language language = 0; language < LANGUAGE_COUNT; language++) {
            if (!personal_table_words(column->table)) fail_msg("%s is not described in words.c", column->table);
            if (str_is_empty(personal_column_words(world.arena, language, column->table, column->column)))
                fail_msg("%s.%s has no words in words.c", column->table, column->column);
            if (str_is_empty(personal_retention_words(world.arena, language, column->retention)))
                fail_msg("%s has no words in words.c", column->retention);
        }
    }
}

/* ---- every reference ---------------------------------------------------------------------------------------- */

/* What becomes of rows that refer to a person, when that person is erased. */
static const struct {
    const char *table, *column;
    bool goes; /* the row does; else it stays and refers to a person without a name */
} references[] = {
    {"role_grant", "person", true}, {"session", "person", true},
    {"sign_in", "person", true},    {"card", "person", true},
    {"consent", "person", false},   {"known_browser", "person", true},
    {"signup", "contact", false},   {"invitation_end", "person", true},
    {"task", "person", true}, /* it is nobody's then */
    {"task", "state_by", false},    {"acting_invitation", "person", true},
};

static void every_reference_is_known(void **state) {
    (void)state;
    fill();
    SQL("INSERT INTO session (token_hash, id, person, created_ms, seen_ms, expires_ms) VALUES (x'01', 20, 3, 1, 1, "
        "9999999999999);"
        "INSERT INTO card (secret_hash, id, person, goes_to, made_ms, ends_ms) VALUES (x'02', 21, 3, '/', 1, "
        "9999999999999);"
        "INSERT INTO known_browser (person, browser_hash, seen_ms) VALUES (3, x'03', 1);"
        "INSERT INTO sign_in (id, token_hash, code_hash, began_hash, person, goes_to, created_ms, expires_ms, tries)"
        " VALUES (22, x'04', x'05', x'06', 3, '/', 1, 9999999999999, 0);"
        "INSERT INTO consent (id, person, purpose, wording, given_ms, channel)"
        " VALUES (23, 3, 'photos', 'Zgoda.', 1, 'form');"
        "INSERT INTO acting_invitation (edition, id, organisation, person, hands_over, state, secret_hash, invited_ms,"
        " ends_ms, version) VALUES (2, 24, 4, 3, 0, 'waiting', x'07', 1, 9999999999999, 1);"
        "INSERT INTO invitation_end (person, series, secret) VALUES (3, 1, 'secret')");
    erase_all(0);
    for (int i = 0; i < store_table_count; i++)
        for (size_t k = 0; k < store_tables[i].column_count; k++) {
            const StoreColumn *column = &store_tables[i].columns[k];
            if (!column->refers_to || strcmp(column->refers_to, "person") != 0) continue;
            size_t at = 0;
            while (at < COUNT(references) && (strcmp(references[at].table, store_tables[i].name) != 0 ||
                                              strcmp(references[at].column, column->name) != 0))
                at++;
            if (at == COUNT(references)) {
                fail_msg("%s.%s refers to a person: say what becomes of it", store_tables[i].name, column->name);
                return;
            }
            int64_t rows = SQL("SELECT COUNT(*) FROM %s WHERE %s = 3", store_tables[i].name, column->name);
            if ((rows == 0) != references[at].goes) fail_msg("%s: %lld rows", store_tables[i].name, (long long)rows);
        }
    assert_int_equal(SQL("SELECT COUNT(*) FROM consent WHERE withdrawn_ms IS NOT NULL AND wording = 'Zgoda.'"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE id = 3 AND name = '' AND password_hash IS NULL"), 1);
}

/* ---- what is counted ---------------------------------------------------------------------------------------- */

static const char reported[] =
    "UPDATE answer SET file_type = '', file_size = 0, file_hash = ''; DELETE FROM answer_chunk;" /* a file tells of some
                                                                                                  */
    "UPDATE signup SET came_people = 5, first_time = 1 WHERE id = 5;"
    "INSERT INTO diet_count (edition, organisation, diet, people) VALUES (2, 4, 'vegan', 2);"
    "INSERT INTO reported_figure (edition, id, subject, wording, low, high, source, position)"
    " VALUES (2, 30, 'organisations', 'blisko 70', 66, 69, 'relacja', 1);";

static Err count(Tx *tx, void *context) {
    Buffer *out = context;
    SignupCounts counts = signup_counts(tx, EDITION);
    for (size_t i = 0; i < SIGNUP_STATE_COUNT; i++) buffer_format(out, "%lld ", (long long)counts.by_state[i]);
    buffer_format(out, "%lld %lld %lld %lld", (long long)counts.first_time, (long long)counts.informal,
                  (long long)counts.came, (long long)counts.came_people);
    /* All that tells of no person, but for versions. */
    Buffer whole = buffer_in(tx_arena(tx));
    dump_export(tx, &(RowScope){0}, &whole);
    Str rest = buffer_str(&whole), line;
    while (str_next_part(&rest, '\n', &line)) {
        bool is_audit = str_contains(line, STR("\"action\":")) || str_contains(line, STR("\"detail\":")) ||
                        str_starts_with(line, STR("\"audit")) || str_equal(line, STR("],"));
        ptrdiff_t at = str_index_of(line, STR("\"version\":"));
        if (is_audit) continue;
        buffer_add(out, at < 0 ? line : str_slice(line, 0, (size_t)at));
        buffer_add_char(out, '\n');
    }
    return OK;
}

static Str counted(void) {
    Buffer out = buffer_in(world.arena);
    assert_int_equal(store_read(world.store, world.arena, count, &out), OK);
    return buffer_str(&out);
}

static void assert_same(Str before, Str after) {
    Str one, other;
    while (str_next_part(&before, '\n', &one) && str_next_part(&after, '\n', &other))
        if (!str_equal(one, other)) fail_msg("%.*s became %.*s", STR_FORMAT(one), STR_FORMAT(other));
    assert_true(str_is_empty(before) && str_is_empty(after));
}

static void what_is_counted_stays(void **state) {
    (void)state;
    fill();
    by_hand(reported);
    Str before = counted();
    assert_true(str_contains(before, STR("blisko 70")));
    erase_all(0);
    assert_same(before, counted());
    erase_all(0); /* once more does nothing worse */
    assert_same(before, counted());
}

/* ---- the register of processing ------------------------------------------------------------------------------ */

static Err count_kept(Tx *tx, void *context) {
    Id series = *(Id *)context;
    for (size_t i = 0; i < personal_table_count; i++) {
        const PersonalTableWords *table = &personal_tables[i];
        RowsKept kept;
        if (!rows_count_kept(tx, table->table, table->person, series, &kept))
            fail_msg("%s: no such table, or column", table->table);
        bool is_here = series == SERIES || kept.is_whole, is_marked = kept.people > 0 || !table->person;
        bool is_empty = !strcmp(table->table, "consent") || !strcmp(table->table, "session") ||
                        !strcmp(table->table, "card") || !strcmp(table->table, "directory_entry");
        if (!is_empty && (kept.rows > 0) != is_here)
            fail_msg("%s in series %lld: %lld rows", table->table, (long long)series, (long long)kept.rows);
        if (kept.rows && !is_marked) fail_msg("%s: of nobody", table->table);
    }
    return OK;
}

static Err count_signups(Tx *tx, void *context) {
    RowsKept kept;
    assert_true(rows_count_kept(tx, "signup", "contact", ((AskedOf *)context)->series, &kept));
    assert_int_equal(kept.rows, 2);
    assert_int_equal(kept.people, 1);
    return OK;
}

static void the_register_counts_what_is_kept(void **state) {
    (void)state;
    fill();
    SQL("INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms, version)"
        " VALUES (50, 't', 'T', '', '', '1', '', 'pl', 0, 1, 1)");
    for (Id series = 1; series <= 50; series += 49)
        assert_int_equal(store_read(world.store, world.arena, count_kept, &series), OK);
    /* Rows, not columns: two sign-ups of one person with six filled columns each are two records about one. */
    SQL("INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, public_benefit, words, is_listed, "
        "created_ms, version) VALUES (70, 'P', x'01', 'p', '', 0, '', 0, 1, 1);"
        "INSERT INTO signup (edition, id, organisation, state, source, contact, contact_name, contact_phone, people,"
        " first_time, remarks, staff_notes, access_needs, reason, submitted_ms, version)"
        " VALUES (2, 71, 70, 'new', 'form', 3, 'Imię', '1', 2, 0, 'u', 'n', 'p', 'r', 1, 1)");
    assert_int_equal(SQL("SELECT COUNT(*) FROM signup"), 2);
    AskedOf asked = {.series = SERIES};
    assert_int_equal(store_read(world.store, world.arena, count_signups, &asked), OK);
}

/* What refers to a person stands in the register, by itself or with what it is a part of. */
static void every_table_of_people_is_in_the_register(void **state) {
    (void)state;
    static const char *const part_of_others[] = {"sign_in", "known_browser", /* with being signed in */
                                                 "invitation_end"};          /* with the consent it ends */
    for (int i = 0; i < store_table_count; i++)
        for (size_t k = 0; k < store_tables[i].column_count; k++) {
            const char *refers_to = store_tables[i].columns[k].refers_to;
            bool is_known =
                !refers_to || strcmp(refers_to, "person") != 0 || personal_table_words(store_tables[i].name);
            for (size_t n = 0; n < COUNT(part_of_others); n++)
                is_known = is_known || !strcmp(part_of_others[n], store_tables[i].name);
            if (!is_known) fail_msg("%s is not in the register of processing", store_tables[i].name);
        }
    for (size_t i = 0; i < personal_table_count; i++)
        for (Language language = 0; language < LANGUAGE_COUNT; language++)
            assert_false(str_is_empty(say(world.arena, language, personal_tables[i].ground)));
}

/* ---- each series has its own controller --------------------------------------------------------------------- */

static const char elsewhere[] =
    "INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms, version)"
    " VALUES (50, 't', 'T', '', '', '1', '', 'pl', 0, 1, 1);"
    "INSERT INTO edition (id, series, slug, number, title, words, state, date, zone, reported_on, reported_in, "
    "created_ms, version) VALUES (51, 50, 'i', 1, 'T', '', 'call_open', '', 'Europe/Warsaw', '', '', 1, 1);"
    "INSERT INTO signup (edition, id, organisation, state, source, contact, contact_name, contact_phone, people,"
    " first_time, remarks, staff_notes, access_needs, reason, submitted_ms, version)"
    " VALUES (51, 52, 4, 'new', 'form', 3, 'Inne imię', '', 2, 0, 'inne uwagi', '', '', '', 1, 1);"
    "INSERT INTO role_grant (person, role, scope, series, granted_ms) VALUES (3, 512, 4, 50, 1);"
    "INSERT INTO outbox (id, kind, edition, person, to_address, to_name, language, subject, body, state, created_ms,"
    " tries) VALUES (53, 'service', 51, 3, 'x@y', 'X', 'pl', 'S', 'inny list', 'sent', 1, 0);";

static void a_series_shows_and_erases_its_own_alone(void **state) {
    (void)state;
    fill();
    by_hand(elsewhere);
    Str here = document_of(SERIES, PERSONAL_FOR_STAFF);
    assert_false(str_contains(here, STR("inne uwagi")));
    assert_false(str_contains(here, STR("inny list")));
    assert_false(str_contains(here, STR("mark of person.phone"))); /* the account is not this series' own */
    assert_true(str_contains(here, STR("mark of signup.contact_name")));
    assert_true(str_contains(document_of(0, PERSONAL_FOR_THEMSELVES), STR("inne uwagi")));
    erase_all(SERIES);
    assert_int_equal(SQL("SELECT COUNT(*) FROM signup WHERE contact_name <> ''"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM signup WHERE remarks = 'inne uwagi' AND version = 1"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE body <> ''"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM role_grant WHERE series = 50"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM role_grant WHERE series = 1"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE id = 3 AND phone IS NOT NULL"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM audit WHERE action = 'person.erase_here'"), 1);
}

static void nobody_of_another_series_is_found(void **state) {
    (void)state;
    fill();
    SQL("INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms, version)"
        " VALUES (50, 't', 'T', '', '', '1', '', 'pl', 0, 1, 1)");
    AskedOf question = {.series = 50};
    assert_int_equal(store_read(world.store, world.arena, look, &question), OK);
    assert_false(question.is_found);
}

/* ---- helpers, and who is only named ------------------------------------------------------------------------- */

static const char helper_alone[] = /* of edition 2, by a right whose own series is 0, and nothing else */
    "DELETE FROM role_grant; UPDATE signup SET contact = NULL, contact_name = ''; DELETE FROM outbox; DELETE FROM "
    "audit_personal;"
    " DELETE FROM audit; DELETE FROM answer_chunk; DELETE FROM answer; UPDATE item SET organisation = NULL;"
    "UPDATE signup_draft SET sent_signup = NULL, answers = ''; DELETE FROM import_sheet; DELETE FROM task;"
    "INSERT INTO role_grant (person, role, scope, series, granted_ms) VALUES (3, 16, 2, 0, 1)";

static void a_helper_is_of_the_series_they_help(void **state) {
    (void)state;
    fill();
    by_hand(helper_alone);
    assert_true(str_contains(document_of(SERIES, PERSONAL_FOR_STAFF), STR("mark of person.phone")));
    by_hand(elsewhere);
    AskedOf question = {.series = 50};
    SQL("UPDATE signup SET contact = NULL; DELETE FROM role_grant WHERE series = 50; DELETE FROM outbox");
    assert_int_equal(store_read(world.store, world.arena, look, &question), OK);
    assert_false(question.is_found);
    /* Helping elsewhere too keeps the account from either; over there it keeps it no more, and here it is asked for. */
    SQL("INSERT INTO role_grant (person, role, scope, series, granted_ms) VALUES (3, 32, 51, 0, 1)");
    assert_false(str_contains(document_of(SERIES, PERSONAL_FOR_STAFF), STR("mark of person.phone")));
    SQL("UPDATE role_grant SET ends_ms = 5 WHERE scope = 51");
    assert_true(str_contains(document_of(SERIES, PERSONAL_FOR_STAFF), STR("mark of person.phone")));
    SQL("UPDATE role_grant SET ends_ms = CASE WHEN scope = 2 THEN 5 END");
    assert_false(str_contains(document_of(SERIES, PERSONAL_FOR_STAFF), STR("mark of person.phone")));
    erase_all(SERIES); /* the account stays where it is needed; that they helped here, and no longer do, goes */
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE id = 3 AND phone IS NOT NULL"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM role_grant WHERE scope = 2"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM role_grant WHERE scope = 51"), 1);
}

static void a_coordinator_of_the_series_is_of_it(void **state) {
    (void)state;
    fill();
    by_hand(helper_alone);
    SQL("UPDATE role_grant SET role = 8, scope = 1");
    assert_true(str_contains(document_of(SERIES, PERSONAL_FOR_STAFF), STR("mark of person.phone")));
    SQL("UPDATE role_grant SET role = 4, scope = 0"); /* of the whole program: of no series */
    AskedOf question = {.series = SERIES};
    assert_int_equal(store_read(world.store, world.arena, look, &question), OK);
    assert_false(question.is_found);
}

/* A draft and a sheet name them, and they have signed up nothing: found for themselves and for the series, with the
 * account only where that is the series' own. */
static void who_is_only_named_is_found(void **state) {
    (void)state;
    fill();
    by_hand(helper_alone);
    SQL("DELETE FROM role_grant; UPDATE person SET email = 'a@b.pl', email_folded = 'a@b.pl';"
        "UPDATE signup_draft SET answers = 'szkic a@b.pl';"
        "INSERT INTO import_sheet (edition, id, name, content, columns, uploaded_by, created_ms)"
        " VALUES (2, 7, 'a', CAST('arkusz;a@b.pl' AS BLOB), '', 3, 5)");
    Str documents[] = {document_of(0, PERSONAL_FOR_THEMSELVES), document_of(SERIES, PERSONAL_FOR_STAFF)};
    for (size_t i = 0; i < COUNT(documents); i++) {
        assert_true(str_contains(documents[i], STR("szkic a@b.pl")));
        assert_true(str_contains(documents[i], STR("arkusz;a@b.pl")));
    }
    assert_false(str_contains(documents[1], STR("mark of person.phone")));
    erase_all(SERIES);
    assert_int_equal(SQL("SELECT (SELECT COUNT(*) FROM signup_draft) + (SELECT COUNT(*) FROM import_sheet)"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE id = 3 AND phone IS NOT NULL"), 1);
}

static Err look_by_address(Tx *tx, void *context) {
    AskedOf question = *(AskedOf *)context;
    PersonalFound found;
    question.is_found = personal_named(tx, &house, STR("Nikt@B.pl"), question.series, &found);
    Buffer out = buffer_in(tx_arena(tx));
    if (question.is_found) personal_export(tx, &found, PERSONAL_FOR_STAFF, &out);
    question.document = buffer_str(&out);
    *(AskedOf *)context = question;
    return OK;
}

static Err erase_address(Tx *tx, void *context) {
    personal_erase_named(tx, &house, STR("NIKT@b.pl"), context);
    return OK;
}

static void an_address_without_an_account_is_found_too(void **state) {
    (void)state;
    fill();
    by_hand(elsewhere);
    SQL("UPDATE signup_draft SET answers = 'szkic nikt@b.pl', sent_signup = NULL;"
        "UPDATE import_sheet SET content = CAST('arkusz;nikt@b.pl' AS BLOB);"
        "INSERT INTO mail_refusal (address, at_ms, reply) VALUES ('nikt@b.pl', 1, '550 nikt@b.pl: unknown')");
    AskedOf question = {.series = 50};
    assert_int_equal(store_read(world.store, world.arena, look_by_address, &question), OK);
    assert_false(question.is_found); /* another series has nothing of it */
    question.series = SERIES;
    assert_int_equal(store_read(world.store, world.arena, look_by_address, &question), OK);
    assert_true(question.is_found && str_contains(question.document, STR("szkic nikt@b.pl")));
    assert_false(str_contains(question.document, STR("mark of ")));
    PersonalErasing erasing = {.series = SERIES, .by = PERSON};
    assert_int_equal(store_write(world.store, world.arena, erase_address, &erasing), OK);
    assert_int_equal(SQL("SELECT (SELECT COUNT(*) FROM signup_draft) + (SELECT COUNT(*) FROM import_sheet)"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM audit WHERE action = 'person.erase_named'"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM mail_refusal WHERE address = 'nikt@b.pl'"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM mail_refusal"), 2); /* those of others stay */
    assert_int_equal(SQL("SELECT COUNT(*) FROM signup WHERE contact_name <> ''"), 2);
}

/* Whatever else they did and were written elsewhere: what is of the series stands in its file. */
static void much_elsewhere_hides_nothing_here(void **state) {
    (void)state;
    enum { MANY = PERSONAL_LETTERS + 50 };
    fill();
    by_hand(elsewhere);
    SQL("WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO outbox (id, kind,"
        " edition, person, to_address, to_name, language, subject, body, state, created_ms, tries)"
        " SELECT i, 'service', 51, 3, 'x@y', 'X', 'pl', 'S', 'inny', 'sent', 9000000000000 + i, 0 FROM n",
        1000 + MANY - 1);
    SQL("WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO audit (id, at_ms,"
        " person, edition, action, subject) SELECT i, 9000000000000 + i, 3, 51, 'elsewhere', 5 FROM n",
        1000 + MANY - 1);
    Str here = document_of(SERIES, PERSONAL_FOR_STAFF);
    assert_true(str_contains(here, STR("mark of outbox.body")));
    assert_true(str_contains(here, STR("mark of audit_personal.detail")));
    assert_true(str_contains(here, STR("signup.add")));
    assert_false(str_contains(here, STR("elsewhere")));
}

/* Of a host or a coordinator: under their answers stands their name, as long as they gave the last one. */
static void who_answered_is_found_and_erased(void **state) {
    (void)state;
    fill();
    by_hand(helper_alone);
    SQL("INSERT INTO ask (edition, id, kind, subject, words, asked_ms, answer, answer_words, answer_name, answered_ms,"
        " version) VALUES (2, 60, 'host', NULL, 'krzesła', 0, 'yes', 'są', 'Imię gospodarza', 7, 1);"
        "INSERT INTO audit (id, at_ms, person, edition, action, subject) VALUES (61, 7, 3, 2, 'ask.answer', 60)");
    assert_true(str_contains(document_of(0, PERSONAL_FOR_THEMSELVES), STR("Imię gospodarza")));
    SQL("INSERT INTO person (id, name, language, created_ms, version) VALUES (62, 'Inna', 'pl', 1, 1);"
        "INSERT INTO audit (id, at_ms, person, edition, action, subject) VALUES (63, 8, 62, 2, 'ask.answer', 60)");
    assert_false(str_contains(document_of(0, PERSONAL_FOR_THEMSELVES), STR("Imię gospodarza")));
    SQL("DELETE FROM audit WHERE id = 63");
    erase_all(0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM ask WHERE id = 60 AND answer = 'yes' AND answer_words = 'są'"
                         " AND answer_name = '' AND version = 2"),
                     1);
}

/* ---- addresses in sheets ------------------------------------------------------------------------------------ */

static void an_address_inside_another_is_another(void **state) {
    (void)state;
    static const struct {
        const char *content;
        bool is_theirs;
    } cases[] = {
        {"Koło;a@b.pl;2", true}, {"ola@b.pl", false}, {"a@b.pl.example", false},
        {"A@B.PL", true},        {"x-a@b.pl", false}, {"a@b.plus", false},
        {"<a@b.pl>", true},      {"a@b.pl.", true},   {"ola@b.pl;2\nKoło;a@b.pl", true},
        {"a@b.pla@b.pl", false}, {"", false},         {"ża@b.pl", false},
        {"a@b.pl", true},
    };
    fill();
    SQL("UPDATE person SET email = 'a@b.pl', email_folded = 'a@b.pl'; UPDATE signup_draft SET sent_signup = NULL");
    for (size_t i = 0; i < COUNT(cases); i++) {
        SQL("UPDATE import_sheet SET content = CAST('%s' AS BLOB); UPDATE signup_draft SET answers = '%s'",
            cases[i].content, cases[i].content);
        Str document = document_of(0, PERSONAL_FOR_THEMSELVES);
        if (str_contains(document, STR("import_sheet")) != cases[i].is_theirs) fail_msg("sheet: %s", cases[i].content);
        if (str_contains(document, STR("signup_draft")) != cases[i].is_theirs) fail_msg("draft: %s", cases[i].content);
    }
    SQL("UPDATE import_sheet SET content = CAST('inna@b.pl;sekret' || char(10) || 'a@b.pl;moje' AS BLOB)");
    Str document = document_of(0, PERSONAL_FOR_THEMSELVES);
    assert_true(str_contains(document, STR("moje")));
    assert_false(str_contains(document, STR("sekret"))); /* the other lines are about others */
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, world_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(every_mark_is_found_and_erased),
        TEST(every_mark_has_words),
        TEST(every_reference_is_known),
        TEST(what_is_counted_stays),
        TEST(the_register_counts_what_is_kept),
        TEST(every_table_of_people_is_in_the_register),
        TEST(a_series_shows_and_erases_its_own_alone),
        TEST(nobody_of_another_series_is_found),
        TEST(a_helper_is_of_the_series_they_help),
        TEST(a_coordinator_of_the_series_is_of_it),
        TEST(who_is_only_named_is_found),
        TEST(an_address_without_an_account_is_found_too),
        TEST(much_elsewhere_hides_nothing_here),
        TEST(who_answered_is_found_and_erased),
        TEST(an_address_inside_another_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
