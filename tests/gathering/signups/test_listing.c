// SPDX-License-Identifier: EUPL-1.2
/* Being named in public: consents and their withdrawal, wishes that wait, two organisations that are one, sheets, and
 * consents from before their subject was kept. */
#include "gathering/signups/catalogue.h"
#include "gathering/signups/edit.h"
#include "gathering/signups/import_sheet.h"
#include "gathering/signups/listing.h"
#include "platform/dump/dump.h"
#include "testing.h"
#include <sqlite3.h>

static void assert_text(Str found, Str expected) {
    if (!str_equal(found, expected)) fail_msg("\"%.*s\" is not \"%.*s\"", STR_FORMAT(found), STR_FORMAT(expected));
}

static SignupSent sign_up(Tx *tx, Id edition, const char *name, const char *email) {
    SignupAnswers answers = {
        .organisation = {.name = str_from_c(name), .legal_form = STR(""), .words = STR("")},
        .contact_name = STR("Ada"),
        .contact_email = str_from_c(email),
        .language = LANGUAGE_PL,
        .source = "form",
        .state = SIGNUP_NEW,
        .people = 2,
    };
    answers.organisation.id = organisation_find_same(tx, answers.organisation.name, STR_ABSENT);
    SignupSent sent = {0};
    assert_int_equal(signup_submit(tx, edition, &answers, &sent), OK);
    return sent;
}

static bool is_listed(Tx *tx, Id organisation) {
    Organisation found;
    assert_true(organisation_get(tx, organisation, &found));
    return found.is_listed;
}

static ListingGiven given_by(Id edition, const SignupSent *sent, const char *channel) {
    return (ListingGiven){.organisation = sent->organisation,
                          .edition = edition,
                          .person = sent->person,
                          .wording = STR("Zgoda."),
                          .channel = channel};
}

/* How many were ever given: none is changed or removed. */
static size_t consents(Tx *tx) {
    Buffer out = buffer_in(tx_arena(tx));
    size_t count = 0;
    dump_export(tx, &(RowScope){.with_people = true}, &out);
    ptrdiff_t at;
    for (Str rest = buffer_str(&out); (at = str_index_of(rest, STR("\"purpose\":\"directory\""))) >= 0; count++)
        rest = str_skip(rest, (size_t)at + 1);
    return count;
}

static Signup signup_now(Tx *tx, Id edition, const SignupSent *sent) {
    Signup signup;
    assert_true(signup_get(tx, edition, sent->signup, &signup));
    return signup;
}

/* ---- agreeing and thinking better of it ------------------------------------------------------------------------ */

static Err give_and_withdraw(Tx *tx, void *context) {
    World *world = context;
    SignupSent sent = sign_up(tx, world->second, "Alfa", "a@example.org");
    ConsentRecord record;
    Organisation before, after;
    assert_false(is_listed(tx, sent.organisation)); /* nobody is, until they say so */
    assert_false(listing_was_withdrawn(tx, sent.organisation));
    assert_true(organisation_get(tx, sent.organisation, &before));
    ListingGiven given = given_by(world->second, &sent, "phone");
    listing_give(tx, &given);
    assert_true(is_listed(tx, sent.organisation));
    assert_true(consent_about(tx, sent.organisation, "directory", &record));
    assert_text(record.person, STR("Ada"));
    assert_text(record.wording, STR("Zgoda."));
    assert_text(record.channel, STR("phone"));
    assert_int_equal(record.given_ms, tx_now_ms(tx));
    assert_true(organisation_get(tx, sent.organisation, &after));
    assert_true(after.version > before.version); /* forms that are open elsewhere are told */
    listing_give(tx, &given);
    assert_int_equal(consents(tx), 1); /* a consent stands */
    listing_withdraw(tx, sent.organisation, world->second, 0);
    assert_false(is_listed(tx, sent.organisation));
    assert_true(listing_was_withdrawn(tx, sent.organisation));
    assert_true(consent_about(tx, sent.organisation, "directory", &record));
    assert_true(record.withdrawn_ms.given);
    given.channel = "paper";
    given.given_ms = 1700000000000;
    listing_give(tx, &given);
    assert_true(is_listed(tx, sent.organisation));
    assert_int_equal(consents(tx), 2);
    assert_true(consent_about(tx, sent.organisation, "directory", &record));
    assert_int_equal(record.given_ms, 1700000000000);
    assert_false(record.withdrawn_ms.given);
    /* Listed before consents were kept: who says so now is written down. */
    SignupSent old = sign_up(tx, world->second, "Beta", "b@example.org");
    organisation_set_listed(tx, old.organisation, true);
    given = given_by(world->second, &old, "spoken");
    listing_give(tx, &given);
    assert_int_equal(consents(tx), 3);
    return OK;
}

static void a_consent_stands_until_it_is_withdrawn(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, give_and_withdraw, world), OK);
}

static Err wishes(Tx *tx, void *context) {
    World *world = context;
    SignupSent sent = sign_up(tx, world->first, "Alfa", "a@example.org"),
               again = sign_up(tx, world->second, "Alfa", "a@example.org");
    assert_int_equal(sent.organisation, again.organisation);
    assert_true(str_is_absent(signup_now(tx, world->first, &sent).listing_wish));
    listing_wish(tx, world->first, sent.signup, STR("Zgoda."));
    assert_text(signup_now(tx, world->first, &sent).listing_wish, STR("Zgoda."));
    assert_false(is_listed(tx, sent.organisation)); /* it is a wish */
    assert_int_equal(consents(tx), 0);
    listing_refuse(tx, world->first, sent.signup, sent.person);
    assert_true(str_is_absent(signup_now(tx, world->first, &sent).listing_wish));
    listing_refuse(tx, world->first, sent.signup, sent.person); /* pressed twice */
    listing_wish(tx, world->first, sent.signup, STR("Zgoda."));
    listing_wish(tx, world->second, again.signup, STR("Zgoda."));
    ListingGiven given = given_by(world->second, &again, "form");
    listing_give(tx, &given);
    assert_true(is_listed(tx, sent.organisation));
    assert_true(str_is_absent(signup_now(tx, world->first, &sent).listing_wish)); /* met, wherever it waited */
    assert_true(str_is_absent(signup_now(tx, world->second, &again).listing_wish));
    return OK;
}

static void a_wish_is_no_consent(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, wishes, world), OK);
}

static Err who_is_missing(Tx *tx, void *context) {
    World *world = context;
    SignupSent never = sign_up(tx, world->first, "Alfa", "a@example.org"),
               wished = sign_up(tx, world->first, "Beta", "b@example.org"),
               agreed = sign_up(tx, world->first, "Gamma", "g@example.org"),
               withdrew = sign_up(tx, world->first, "Delta", "d@example.org");
    ListingGiven given = given_by(world->first, &agreed, "form");
    listing_give(tx, &given);
    given = given_by(world->first, &withdrew, "form");
    listing_give(tx, &given);
    listing_withdraw(tx, withdrew.organisation, world->first, 0);
    listing_wish(tx, world->first, wished.signup, STR("Zgoda."));
    UnlistedOnes missing = listing_missing(tx, world->first);
    assert_int_equal(missing.count, 3);
    assert_int_equal(missing.ones[0].organisation, never.organisation); /* by name */
    assert_false(missing.ones[0].is_wished || missing.ones[0].withdrawn_ms.given);
    assert_int_equal(missing.ones[1].signup, wished.signup);
    assert_true(missing.ones[1].is_wished);
    assert_int_equal(missing.ones[2].organisation, withdrew.organisation);
    assert_int_equal(missing.ones[2].withdrawn_ms.value, tx_now_ms(tx));
    const Zone *zone;
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &zone), OK);
    Str why[3];
    for (size_t i = 0; i < 3; i++) why[i] = listing_why(tx_arena(tx), LANGUAGE_PL, zone, &missing.ones[i]);
    assert_text(why[0], STR("Nie ma ich zgody."));
    assert_true(str_contains(why[1], STR("jeszcze tego nie potwierdziła")));
    assert_true(str_contains(why[2], STR("wycofano")));
    return OK;
}

static void who_is_not_named_is_told_with_the_reason(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, who_is_missing, world), OK);
}

/* ---- what the pages show changes at once ---------------------------------------------------------------------- */

typedef struct Change {
    World *world;
    SignupSent sent;
} Change;

static Err sign_up_to_both(Tx *tx, void *context) {
    Change *change = context;
    sign_up(tx, change->world->first, "Alfa", "a@example.org");
    change->sent = sign_up(tx, change->world->second, "Alfa", "a@example.org");
    return OK;
}

static Err agree(Tx *tx, void *context) {
    Change *change = context;
    ListingGiven given = given_by(change->world->second, &change->sent, "form");
    listing_give(tx, &given);
    return OK;
}

static Err think_better(Tx *tx, void *context) {
    Change *change = context;
    listing_withdraw(tx, change->sent.organisation, change->world->second, 0);
    return OK;
}

static void every_edition_shows_it_at_once(void **state) {
    World *world = *state;
    Change change = {.world = world};
    assert_int_equal(store_write(world->store, world->arena, sign_up_to_both, &change), OK);
    static Err (*const steps[])(Tx *, void *) = {agree, think_better, agree};
    for (size_t i = 0; i < COUNT(steps); i++) {
        int64_t first = store_version(world->store, world->arena, world->first, 1u << PART_DIRECTORY),
                second = store_version(world->store, world->arena, world->second, 1u << PART_DIRECTORY);
        assert_int_equal(store_write(world->store, world->arena, steps[i], &change), OK);
        assert_true(store_version(world->store, world->arena, world->first, 1u << PART_DIRECTORY) > first);
        assert_true(store_version(world->store, world->arena, world->second, 1u << PART_DIRECTORY) > second);
    }
}

/* ---- two that are one ------------------------------------------------------------------------------------------ */

static Err join_to(Tx *tx, Id edition, const SignupSent *sent, Id organisation) {
    Signup signup;
    assert_true(signup_get(tx, edition, sent->signup, &signup));
    return signup_join(tx, &signup, organisation, 0);
}

static Err join(Tx *tx, void *context) {
    World *world = context;
    /* The new one agreed, the known one was never asked. */
    SignupSent known = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org"),
               made = sign_up(tx, world->second, "Zielony Zaułekk", "b@example.org");
    ListingGiven given = given_by(world->second, &made, "form");
    listing_give(tx, &given);
    assert_int_equal(join_to(tx, world->second, &made, known.organisation), OK);
    assert_true(is_listed(tx, known.organisation));
    assert_false(is_listed(tx, made.organisation));
    ConsentRecord record;
    assert_true(consent_about(tx, known.organisation, "directory", &record));
    assert_false(consent_about(tx, made.organisation, "directory", &record));
    /* The known one agreed; what the new one did not say changes nothing. */
    SignupSent other = sign_up(tx, world->first, "Pracownia Most", "c@example.org"),
               twin = sign_up(tx, world->second, "Pracownia Mosty", "d@example.org");
    given = given_by(world->first, &other, "form");
    listing_give(tx, &given);
    assert_int_equal(join_to(tx, world->second, &twin, other.organisation), OK);
    assert_true(is_listed(tx, other.organisation));
    /* The known one withdrew after the new one's consent. */
    SignupSent third = sign_up(tx, world->first, "Klub Wieża", "e@example.org"),
               tower = sign_up(tx, world->second, "Klub Wieżaa", "f@example.org");
    given = given_by(world->first, &third, "form");
    listing_give(tx, &given);
    listing_withdraw(tx, third.organisation, world->first, 0);
    given = given_by(world->second, &tower, "form");
    given.given_ms = tx_now_ms(tx) - 1;
    listing_give(tx, &given);
    assert_int_equal(join_to(tx, world->second, &tower, third.organisation), OK);
    assert_false(is_listed(tx, third.organisation));
    assert_true(listing_was_withdrawn(tx, third.organisation));
    return OK;
}

static void enter(Tx *tx, const World *world, Id edition, const SignupSent *sent, const char *phone) {
    DirectoryEntry entry;
    directory_entry_get(tx, sent->organisation, world->series, &entry);
    entry.is_shown = true;
    entry.phone = str_from_c(phone);
    DirectorySaying saying = {.by = sent->person, .edition = edition, .wording = STR("Zgoda.")};
    assert_int_equal(directory_entry_save(tx, &entry, &saying), OK);
}

static bool entry_agreed(Tx *tx, Id entry) {
    ConsentRecord record;
    return consent_about(tx, entry, "catalogue", &record) && !record.withdrawn_ms.given;
}

static Err join_entries(Tx *tx, void *context) {
    World *world = context;
    DirectoryEntry left, kept;
    /* What the new one shows becomes the known one's, with its consent. */
    SignupSent known = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org"),
               made = sign_up(tx, world->second, "Zielony Zaułekk", "b@example.org");
    enter(tx, world, world->second, &made, "+48600700800");
    assert_int_equal(join_to(tx, world->second, &made, known.organisation), OK);
    assert_true(directory_entry_get(tx, known.organisation, world->series, &kept) && kept.is_shown);
    assert_string_equal(str_to_c(tx_arena(tx), kept.phone), "+48600700800");
    assert_true(directory_entry_get(tx, made.organisation, world->series, &left));
    assert_false(left.is_shown || left.phone.size);
    assert_true(entry_agreed(tx, kept.id) && !entry_agreed(tx, left.id));
    /* Both stand there: the new one's is withdrawn and emptied. */
    SignupSent other = sign_up(tx, world->first, "Pracownia Most", "c@example.org"),
               twin = sign_up(tx, world->second, "Pracownia Mosty", "d@example.org");
    enter(tx, world, world->first, &other, "+48111222333");
    enter(tx, world, world->second, &twin, "+48444555666");
    assert_int_equal(join_to(tx, world->second, &twin, other.organisation), OK);
    directory_entry_get(tx, other.organisation, world->series, &kept);
    directory_entry_get(tx, twin.organisation, world->series, &left);
    assert_string_equal(str_to_c(tx_arena(tx), kept.phone), "+48111222333");
    assert_false(left.is_shown || left.phone.size);
    assert_true(entry_agreed(tx, kept.id) && !entry_agreed(tx, left.id));
    return OK;
}

static void joining_two_keeps_what_stands_in_the_directory(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_entries, world), OK);
}

static void joining_two_keeps_what_was_agreed(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join, world), OK);
}

/* ---- the organisation's own form ------------------------------------------------------------------------------ */

static Err own_form(Tx *tx, void *context) {
    World *world = context;
    SignupSent sent = sign_up(tx, world->first, "Alfa", "a@example.org");
    Signup signup = signup_now(tx, world->first, &sent);
    EditValues values = edit_load(tx, &signup, LANGUAGE_UK), stale = values;
    assert_false(values.is_listed);
    values.is_listed = true;
    EditSaving saving = {sent.person, LANGUAGE_UK};
    assert_int_equal(edit_save(tx, &signup, &values, &saving), OK);
    assert_true(is_listed(tx, sent.organisation));
    ConsentRecord record;
    assert_true(consent_about(tx, sent.organisation, "directory", &record));
    assert_text(record.wording, listing_wording(tx_arena(tx), LANGUAGE_UK)); /* as they read it */
    assert_text(record.channel, STR("form"));
    /* A form that was opened before cannot take it back unseen. */
    assert_int_equal(edit_save(tx, &signup, &stale, &saving), ERR_CONFLICT);
    assert_true(is_listed(tx, sent.organisation));
    signup = signup_now(tx, world->first, &sent);
    values = edit_load(tx, &signup, LANGUAGE_UK);
    assert_true(values.is_listed);
    values.remarks = STR("nic nowego");
    assert_int_equal(edit_save(tx, &signup, &values, &saving), OK);
    assert_int_equal(consents(tx), 1); /* saved again: nothing new was said */
    signup = signup_now(tx, world->first, &sent);
    values = edit_load(tx, &signup, LANGUAGE_UK);
    values.is_listed = false;
    assert_int_equal(edit_save(tx, &signup, &values, &saving), OK);
    assert_false(is_listed(tx, sent.organisation));
    assert_true(listing_was_withdrawn(tx, sent.organisation));
    return OK;
}

static void the_own_form_says_it_for_who_saves_it(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, own_form, world), OK);
}

static void forms_ask_with_the_words_that_are_kept(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    bool is_asked = false;
    for (size_t i = 0; i < edit_own_count; i++) {
        if (!str_equal(str_from_c(edit_own_fields[i].name), STR("is_listed"))) continue;
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            assert_text(say(arena, (Language)language, edit_own_fields[i].label),
                        listing_wording(arena, (Language)language));
        is_asked = true;
    }
    assert_true(is_asked);
    for (size_t i = 0; i < edit_staff_count; i++) /* coordinators agree for nobody by saving a form */
        assert_false(str_equal(str_from_c(edit_staff_fields[i].name), STR("is_listed")));
    arena_close(arena);
}

/* Written and read by its name; kept as the code of the city's list, or as it is where there is none. */
static Err districts(Tx *tx, void *context) {
    World *world = context;
    kind_put(tx, STR("district"), STR("I"), (KindNames){STR("Stare Miasto"), STR("Stare Miasto"), STR("Старе Місто")});
    kind_put(tx, STR("district"), STR("XIII"), (KindNames){STR("Podgórze"), STR("Podgórze"), STR("Подгуже")});
    kind_put(tx, STR("district"), STR("I"), (KindNames){STR("Stare Miasto"), STR("Old Town"), STR("Старе Місто")});
    Kinds list = kinds_of(tx, STR("district"), LANGUAGE_EN);
    assert_int_equal(list.count, 2); /* the same code: other names, the same place */
    assert_text(list.kinds[0].name, STR("Old Town"));
    SignupSent sent = sign_up(tx, world->first, "Alfa", "a@example.org");
    static const struct {
        const char *typed, *kept, *shown;
    } cases[] = {{"podgorze", "XIII", "Подгуже"},
                 {"Старе місто", "I", "Старе Місто"},
                 {"xiii", "XIII", "Подгуже"},
                 {"Nowe Miasto", "Nowe Miasto", "Nowe Miasto"}, /* resembles one, and is another */
                 {"", "", ""}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Signup signup = signup_now(tx, world->first, &sent);
        EditValues values = edit_load(tx, &signup, LANGUAGE_UK);
        values.district = str_from_c(cases[i].typed);
        assert_int_equal(edit_save(tx, &signup, &values, &(EditSaving){0, LANGUAGE_UK}), OK);
        Organisation organisation;
        assert_true(organisation_get(tx, sent.organisation, &organisation));
        assert_text(organisation.district, str_from_c(cases[i].kept));
        assert_text(edit_load(tx, &signup, LANGUAGE_UK).district, str_from_c(cases[i].shown));
    }
    return OK;
}

static void a_district_is_a_name_to_people(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, districts, world), OK);
}

/* ---- sheets ---------------------------------------------------------------------------------------------------- */

static ImportTaken take(Tx *tx, Id edition_id, const char *text, bool listed) {
    Edition edition;
    CsvSheet csv;
    assert_true(edition_get(tx, edition_id, &edition));
    assert_int_equal(csv_read(tx_arena(tx), str_from_c(text), &(CsvOptions){.encoding = CSV_UTF8}, &csv), OK);
    ImportSheet sheet = import_sheet_open(tx_arena(tx), &csv);
    ImportPlan plan = import_plan_make(tx, &edition, &sheet);
    return import_plan_take(tx, &edition, &plan, &(ImportWish){.is_listed = listed, .takes_doubtful = true});
}

static Id named(Tx *tx, const char *name) { return organisation_find_same(tx, str_from_c(name), STR_ABSENT); }

static Err sheets(Tx *tx, void *context) {
    World *world = context;
    static const char sheet[] = "Sygnatura czasowa;Nazwa organizacji;Osoba do kontaktu;E-mail\n"
                                "2026-03-02 10:15;Alfa;Ada;a@example.org\n"
                                ";Beta;;\n"
                                ";Gamma;Gabi;g@example.org\n";
    assert_int_equal(take(tx, world->first, sheet, true).added, 3);
    assert_true(is_listed(tx, named(tx, "Alfa")));
    assert_false(is_listed(tx, named(tx, "Beta"))); /* nobody is there who could have agreed */
    assert_int_equal(consents(tx), 2);
    ConsentRecord record;
    assert_true(consent_about(tx, named(tx, "Alfa"), "directory", &record));
    assert_text(record.channel, STR("import"));
    assert_text(record.person, STR("Ada"));
    Civil day = civil_from_utc_ms(record.given_ms);
    assert_int_equal(day.year, 2026); /* when they filled it in */
    assert_int_equal(day.month, 3);
    assert_int_equal(day.day, 2);
    take(tx, world->first, sheet, true);
    assert_int_equal(consents(tx), 2); /* the same sheet again */
    listing_withdraw(tx, named(tx, "Gamma"), world->first, 0);
    take(tx, world->second, sheet, true);
    assert_false(is_listed(tx, named(tx, "Gamma"))); /* an old sheet takes no withdrawal back */
    take(tx, world->second, "Nazwa organizacji;Osoba do kontaktu;E-mail\nDelta;Dana;d@example.org\n", false);
    assert_false(is_listed(tx, named(tx, "Delta"))); /* the sheet's people were not asked */
    return OK;
}

static void a_sheet_brings_consents_of_its_contacts(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, sheets, world), OK);
}

/* ---- a file from before ----------------------------------------------------------------------------------------- */

static void run_sql(sqlite3 *db, const char *sql) {
    char *problem = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &problem)) fail_msg("%s: %s", sql, problem);
}

static int64_t number_of(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

/* Consents get the organisation that their giver signed up; offers that were made before are nobody's word on names. */
static void an_older_file_learns_what_its_consents_are_about(void **state) {
    (void)state;
    enum { BEFORE = 4, NAMES = 5 };
    sqlite3 *db = NULL;
    assert_true(store_migration_count >= NAMES);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (int i = 0; i < BEFORE; i++) run_sql(db, store_migrations[i].sqlite);
    run_sql(db, "INSERT INTO person (id, name, language, created_ms, version) VALUES (1, 'Ada', 'pl', 0, 1);"
                "INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, public_benefit, words, "
                "is_listed, created_ms, version) VALUES (2, 'Alfa', x'00', 'alfa', '', 0, '', 1, 0, 1);"
                "INSERT INTO signup (edition, id, organisation, state, source, contact, people, first_time, remarks, "
                "staff_notes, access_needs, reason, submitted_ms, version) VALUES (3, 4, 2, 'accepted', 'form', 1, 1, "
                "0, '', '', '', '', 0, 1);"
                "INSERT INTO consent (id, person, purpose, wording, edition, given_ms, channel) VALUES "
                "(5, 1, 'directory', 'Zgoda.', 3, 0, 'form'), (6, 1, 'photos', 'Zgoda.', 3, 0, 'form'), "
                "(7, 1, 'directory', 'Zgoda.', NULL, 0, 'form');");
    run_sql(db, store_migrations[NAMES - 1].sqlite);
    assert_int_equal(number_of(db, "SELECT subject FROM consent WHERE id = 5"), 2);
    assert_int_equal(number_of(db, "SELECT subject IS NULL FROM consent WHERE id = 6"), 1);
    assert_int_equal(number_of(db, "SELECT subject IS NULL FROM consent WHERE id = 7"), 1);
    assert_int_equal(number_of(db, "SELECT is_listed FROM organisation WHERE id = 2"), 1);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_consent_stands_until_it_is_withdrawn, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_wish_is_no_consent, world_open, world_close),
        cmocka_unit_test_setup_teardown(who_is_not_named_is_told_with_the_reason, world_open, world_close),
        cmocka_unit_test_setup_teardown(every_edition_shows_it_at_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(joining_two_keeps_what_was_agreed, world_open, world_close),
        cmocka_unit_test_setup_teardown(joining_two_keeps_what_stands_in_the_directory, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_own_form_says_it_for_who_saves_it, world_open, world_close),
        cmocka_unit_test(forms_ask_with_the_words_that_are_kept),
        cmocka_unit_test_setup_teardown(a_district_is_a_name_to_people, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_sheet_brings_consents_of_its_contacts, world_open, world_close),
        cmocka_unit_test(an_older_file_learns_what_its_consents_are_about),
    };
    return cmocka_run_group_tests_name("gathering/signups listing", tests, NULL, NULL);
}
