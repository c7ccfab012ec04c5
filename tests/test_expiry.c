// SPDX-License-Identifier: EUPL-1.2
/* What is past its end goes once a day, and what is not stays. Each column that the schema marks PERSONAL is followed
 * to its end; one that nobody knows how to follow fails the test. */
#include "expiry.h"
#include "gathering/signups/signups.h"
#include "marked.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"

static const Room *const rooms[] = {&editions_room, &signups_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

static void sweep(void) {
    SQL("DELETE FROM job"); /* due, whenever it was done */
    Expiry expiry = {.store = world.store, .house = &house};
    assert_true(expiry_sweep(&expiry, world.clock.start_ms));
}

/* ---- what the schema marks -------------------------------------------------------------------------------- */

static const Marked *marked_of(const PersonalColumn *column) {
    for (size_t i = 0; i < COUNT(marked); i++)
        if (!strcmp(marked[i].table, column->table) && !strcmp(marked[i].column, column->column)) return &marked[i];
    fail_msg("%s.%s is kept %s, and this test does not see that carried out: add a row with it", column->table,
             column->column, column->retention);
    return NULL;
}

/* The days are what the retention's name says. */
static void check_days(const PersonalColumn *column, const Marked *one) {
    Str name = str_from_c(column->retention);
    int days = str_ends_with(name, STR("plus_90_days"))   ? 90
               : str_ends_with(name, STR("plus_30_days")) ? 30
               : str_ends_with(name, STR("plus_2_years")) ? 730
                                                          : 0;
    if (days != one->days)
        fail_msg("%s.%s: %s is not %d days", column->table, column->column, column->retention, one->days);
}

static void test_every_mark_of_the_schema_is_carried_out(void **state) {
    (void)state;
    static const int moments[] = {29, 31, 89, 91, 729, 731};
    fill();
    assert_true(store_personal_column_count > 0);
    int64_t passed = 0;
    for (size_t i = 0; i < COUNT(moments); i++) {
        let_pass((moments[i] - passed) * DAY_MS);
        passed = moments[i];
        sweep();
        for (int k = 0; k < store_personal_column_count; k++) {
            const PersonalColumn *column = &store_personal_columns[k];
            const Marked *one = marked_of(column);
            check_days(column, one);
            bool must_be_there = one->days > moments[i];
            if (is_there(one) != must_be_there)
                fail_msg("%s.%s is %s after %d days", column->table, column->column, must_be_there ? "gone" : "there",
                         moments[i]);
            if (!must_be_there && is_in_the_file(one))
                fail_msg("%s.%s can still be read in the file after %d days", column->table, column->column,
                         moments[i]);
        }
    }
    /* What counts stays. */
    assert_int_equal(SQL("SELECT COUNT(*) FROM signup WHERE people = 2 AND version = 6"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM guest WHERE name = 'Orkiestra' AND people = 3 AND version = 2"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM item WHERE performer = 'Orkiestra' AND version = 2"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE id = 3 AND password_hash IS NULL"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM role_grant"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE subject = 'S' AND state = 'failed' AND last_error <> ''"),
                     1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM audit WHERE id = 9 AND person = 3"), 1);
    /* What went is on record, as counts. */
    assert_int_equal(SQL("SELECT COUNT(*) FROM expired WHERE kind = 'signup.remarks' AND amount = 1"), 1);
    assert_int_equal(SQL("SELECT SUM(amount) FROM expired WHERE kind = 'people'"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM expired WHERE kind = '' AND amount = 0"), COUNT(moments));
    sweep(); /* and nothing is left to do */
    assert_int_equal(SQL("SELECT version FROM person WHERE id = 3"), 2);
}

static void test_a_letter_counts_from_the_day_it_left(void **state) {
    (void)state;
    fill();
    let_pass(80 * DAY_MS);
    SQL("UPDATE outbox SET state = 'sent', sent_ms = %lld, left_ms = %lld", (long long)world.clock.start_ms,
        (long long)world.clock.start_ms);
    let_pass(89 * DAY_MS);
    sweep();
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE body <> ''"), 1);
    let_pass(2 * DAY_MS);
    sweep();
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE body = '' AND state = 'sent'"), 1);
}

/* ---- when an edition is over --------------------------------------------------------------------------------- */

static Err over_now(Tx *tx, void *context) {
    *(size_t *)context = editions_over(tx, tx_now_ms(tx)).count;
    return OK;
}

static bool is_over_on(const char *date, const char *day) {
    SQL("UPDATE edition SET date = '%s', starts_ms = NULL, ends_ms = NULL", date);
    store_close(world.store);
    int64_t ms;
    assert_true(time_parse(str_format(world.arena, "%sT12:00:00Z", day), &ms));
    world.clock.start_ms = ms;
    store_at_its_time();
    size_t over;
    assert_int_equal(store_read(world.store, world.arena, over_now, &over), OK);
    return over == 1;
}

static void test_when_an_edition_is_over(void **state) {
    (void)state;
    static const struct {
        const char *date, *last, *first; /* the last day it is not over, the first on which it is */
    } cases[] = {
        {"2026-06-30", "2026-06-30", "2026-07-01"}, {"2026-12-31", "2026-12-31", "2027-01-01"},
        {"2027-06", "2027-06-30", "2027-07-01"},    {"2026-12", "2026-12-31", "2027-01-01"},
        {"2027", "2027-12-31", "2028-01-01"},       {"2027-21", "2027-05-31", "2027-06-01"},
        {"2027-22", "2027-08-31", "2027-09-01"},    {"2027-24", "2028-02-29", "2028-03-01"},
        {"", "2027-06-11", "2027-06-12"}, /* nothing told: a year after it was made */
    };
    fill();
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (i + 1 == COUNT(cases)) SQL("UPDATE edition SET created_ms = created_ms + 1000");
        if (is_over_on(cases[i].date, cases[i].last)) fail_msg("%s is over on %s", cases[i].date, cases[i].last);
        if (!is_over_on(cases[i].date, cases[i].first)) fail_msg("%s is not over on %s", cases[i].date, cases[i].first);
    }
}

/* ---- who is still there --------------------------------------------------------------------------------------- */

static bool is_forgotten(void) { return SQL("SELECT COUNT(*) FROM person WHERE id = 3 AND name = ''") == 1; }

/* Two years and a day later, with one thing that keeps the person; without it they go. */
static void check_is_kept_by(const char *what, const char *then_without) {
    by_hand(what);
    sweep();
    if (is_forgotten()) fail_msg("forgotten in spite of: %s", what);
    by_hand(then_without);
    sweep();
    if (!is_forgotten()) fail_msg("not forgotten after: %s", then_without);
    SQL("UPDATE person SET name = 'Ola' WHERE id = 3");
}

static void test_who_is_still_there_is_not_forgotten(void **state) {
    (void)state;
    fill();
    let_pass(731 * DAY_MS);
    long long now = world.clock.start_ms;
    const char *lately = str_format(world.arena, "%lld", now - 100 * DAY_MS).data;
    const char *tomorrow = str_format(world.arena, "%lld", now + DAY_MS).data;
#define TEXT(...) str_format(world.arena, __VA_ARGS__).data
    check_is_kept_by(TEXT("INSERT INTO session (token_hash, id, person, created_ms, seen_ms, expires_ms)"
                          " VALUES (x'02', 20, 3, 0, 0, %s)",
                          tomorrow),
                     "DELETE FROM session");
    check_is_kept_by(TEXT("INSERT INTO audit (id, at_ms, person, action) VALUES (21, %s, 3, 'session.begin')", lately),
                     "DELETE FROM audit WHERE id = 21");
    check_is_kept_by("INSERT INTO role_grant (person, role, scope, series, granted_ms) VALUES (3, 8, 1, 0, 0)",
                     "DELETE FROM role_grant");
    check_is_kept_by(TEXT("INSERT INTO card (secret_hash, id, person, goes_to, made_ms, ends_ms)"
                          " VALUES (x'03', 22, 3, '/', 0, %s)",
                          tomorrow),
                     "UPDATE card SET revoked_ms = 1");
    check_is_kept_by(TEXT("UPDATE edition SET ends_ms = %s", lately), "UPDATE edition SET ends_ms = 1");
    check_is_kept_by("UPDATE edition SET ends_ms = NULL, starts_ms = NULL, date = '2028'",
                     "UPDATE edition SET ends_ms = 1, date = ''");
    check_is_kept_by(TEXT("UPDATE person SET created_ms = %s", lately), "UPDATE person SET created_ms = 1");
}

static void test_more_people_than_fit_at_once(void **state) {
    (void)state;
    enum { PEOPLE = 2 * IDLE_PEOPLE_AT_ONCE + 7, NEEDED = 3 };
    fill();
    SQL("WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO person (id, name,"
        " language, created_ms, version) SELECT i, 'P', 'pl', 1, 1 FROM n",
        1000 + PEOPLE - 1);
    let_pass(731 * DAY_MS);
    long long now = world.clock.start_ms;
    SQL("INSERT INTO role_grant (person, role, scope, series, granted_ms) SELECT id, 32, 2, 0, %lld FROM person"
        " WHERE id IN (1000, 1500, 2000)",
        now);
    int64_t before = store_counters(world.store).commits;
    sweep();
    int64_t commits = store_counters(world.store).commits - before;
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE name = 'P'"), NEEDED);
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE name = ''"), PEOPLE - NEEDED + 1);
    /* A transaction for each page: what people write at that moment waits for one of them at most. */
    assert_true(commits >= PEOPLE / IDLE_PEOPLE_AT_ONCE);
}

static void test_more_letters_than_fit_at_once(void **state) {
    (void)state;
    enum { LETTERS = 3 * OUTBOX_AT_ONCE + 7, LATE = 5 };
    fill();
    long long now = world.clock.start_ms;
    SQL("WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO outbox (id, kind,"
        " to_address, to_name, language, subject, body, state, created_ms, left_ms, tries)"
        " SELECT i, 'service', 'a@b.example', 'A', 'pl', 'S', 'B', CASE i %% 2 WHEN 0 THEN 'sent' ELSE 'waiting' END,"
        " %lld, CASE i %% 2 WHEN 0 THEN %lld END, 0 FROM n",
        1000 + LETTERS + LATE - 1, now, now);
    SQL("UPDATE outbox SET created_ms = %lld, left_ms = NULL, state = 'waiting' WHERE id >= %d", now + 50 * DAY_MS,
        1000 + LETTERS);
    let_pass(91 * DAY_MS);
    int64_t before = store_counters(world.store).commits;
    sweep();
    int64_t commits = store_counters(world.store).commits - before;
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE body = '' AND to_address = '' AND to_name = ''"),
                     LETTERS + 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE body <> '' AND state = 'waiting'"), LATE);
    assert_int_equal(SQL("SELECT COUNT(*) FROM outbox WHERE state = 'failed' AND last_error <> ''"), LETTERS / 2 + 1);
    assert_true(commits >= LETTERS / OUTBOX_AT_ONCE);
}

/* ---- once a day --------------------------------------------------------------------------------------------- */

static Err make_ways_in(Tx *tx, void *context) {
    (void)context;
    Id person = person_ensure(tx, STR("Ola"), STR_ABSENT, STR_ABSENT, LANGUAGE_PL);
    card_make(tx, &(CardFor){person, 1, 0, STR("/me"), tx_now_ms(tx) + DAY_MS});
    sign_in_link_make(tx, person, STR("/me"), DAY_MS);
    return OK;
}

static void count_expire(Tx *tx) { store_audit(tx, &(AuditEntry){.action = "room.expire"}); }
static const Room counting_room = {.name = "counting", .expire = count_expire};

static int64_t sweeps(void) { return SQL("SELECT COUNT(*) FROM audit WHERE action = 'room.expire'"); }

static void test_a_day_at_a_time(void **state) {
    (void)state;
    static const Room *const counted[] = {&counting_room};
    House counting = {.rooms = counted, .room_count = 1};
    assert_int_equal(store_write(world.store, world.arena, make_ways_in, NULL), OK);
    Expiry expiry = {.store = world.store, .house = &counting};
    assert_true(expiry_sweep(&expiry, world.clock.start_ms));
    assert_false(expiry_sweep(&expiry, world.clock.start_ms + EXPIRY_EVERY_MS - 1));
    assert_int_equal(sweeps(), 1);
    assert_int_equal(SQL("SELECT (SELECT COUNT(*) FROM card) + (SELECT COUNT(*) FROM sign_in)"), 2);
    let_pass(2 * DAY_MS);
    expiry.store = world.store;
    assert_true(expiry_sweep(&expiry, world.clock.start_ms));
    assert_int_equal(sweeps(), 2);
    assert_int_equal(SQL("SELECT (SELECT COUNT(*) FROM card) + (SELECT COUNT(*) FROM sign_in)"), 0);
}

static void fail_expire(Tx *tx) {
    store_audit(tx, &(AuditEntry){.action = "room.expire"});
    arena_fail(tx_arena(tx), ERR_IO, "a fault on purpose");
}
static const Room failing_room = {.name = "failing", .expire = fail_expire};

static void test_what_fails_is_tried_again_and_not_at_once(void **state) {
    (void)state;
    static const Room *const failing[] = {&failing_room};
    House house_that_fails = {.rooms = failing, .room_count = 1};
    Expiry expiry = {.store = world.store, .house = &house_that_fails};
    int64_t now = world.clock.start_ms;
    assert_false(expiry_sweep(&expiry, now));
    assert_int_equal(expiry.failed_ms, now);
    assert_false(expiry_sweep(&expiry, now + EXPIRY_AGAIN_MS - 1));
    assert_int_equal(expiry.failed_ms, now); /* it did not try */
    assert_false(expiry_sweep(&expiry, now + EXPIRY_AGAIN_MS));
    assert_int_equal(expiry.failed_ms, now + EXPIRY_AGAIN_MS);
    assert_int_equal(sweeps(), 0);
    /* It is on record as not done: said once, and not as if it had been. */
    assert_int_equal(SQL("SELECT COUNT(*) FROM expired WHERE kind = 'failed'"), 1);
    assert_int_equal(SQL("SELECT COUNT(*) FROM expired WHERE kind = ''"), 0);
    expiry.store = world.store;
    expiry.house = &house;
    assert_true(expiry_sweep(&expiry, now + 2 * (int64_t)EXPIRY_AGAIN_MS));
    assert_int_equal(expiry.failed_ms, 0);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_every_mark_of_the_schema_is_carried_out),
        CASE(test_a_letter_counts_from_the_day_it_left),
        CASE(test_when_an_edition_is_over),
        CASE(test_who_is_still_there_is_not_forgotten),
        CASE(test_more_people_than_fit_at_once),
        CASE(test_more_letters_than_fit_at_once),
        CASE(test_a_day_at_a_time),
        CASE(test_what_fails_is_tried_again_and_not_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
