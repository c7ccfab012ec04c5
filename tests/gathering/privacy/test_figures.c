// SPDX-License-Identifier: EUPL-1.2
/* Whoever has themselves erased and whatever goes because its time is over: what reports of past editions said stays
 * true. Random people, sign-ups, guests, dishes, diets and meetings; random erasing and days that pass; every figure
 * before and after is the same. */
#include "../../marked.h"
#include "expiry.h"
#include "gathering/mailing/mailing.h"
#include "gathering/potluck/potluck.h"
#include "gathering/privacy/privacy.h"
#include "gathering/programme/programme.h"
#include "gathering/questions/questions.h"
#include "gathering/signups/signups.h"
#include "platform/base/random.h"

static const Room *const rooms[] = {&editions_room, &signups_room, &questions_room, &programme_room,
                                    &potluck_room,  &mailing_room, &privacy_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

/* For %lld. */
static long long number(int64_t value) { return (long long)value; }

enum { SERIES_MOST = 2, EDITIONS = 4, PEOPLE = 12, ORGANISATIONS = 10 };

/* ---- a random world ------------------------------------------------------------------------------------------ */

static uint64_t state_of_dice;

static int64_t dice(int64_t sides) { /* xorshift64: the same for the same seed */
    state_of_dice ^= state_of_dice << 13;
    state_of_dice ^= state_of_dice >> 7;
    state_of_dice ^= state_of_dice << 17;
    return (int64_t)(state_of_dice % (uint64_t)sides);
}

static void add_people(Buffer *sql) {
    for (int64_t i = 0; i < SERIES_MOST; i++)
        buffer_format(
            sql,
            "INSERT INTO series (id, slug, name, words, organiser, phone, email, language, is_demo, created_ms,"
            " version) VALUES (%lld, 's%lld', 'S', '', '', '1', '', 'pl', 0, 1, 1);",
            number(10 + i), (long long)i);
    for (int64_t i = 0; i < PEOPLE; i++)
        buffer_format(sql,
                      "INSERT INTO person (id, name, email, email_folded, phone, language, created_ms, version)"
                      " VALUES (%lld, 'Osoba', 'o%lld@x.example', 'o%lld@x.example', '600', 'pl', 1, 1);",
                      number(100 + i), (long long)i, (long long)i);
    for (int64_t i = 0; i < ORGANISATIONS; i++)
        buffer_format(sql,
                      "INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, public_benefit, words,"
                      " is_listed, created_ms, version) VALUES (%lld, 'O%lld', x'00', 'o', '%s', 0, '', 0, 1, 1);",
                      number(200 + i), (long long)i, dice(3) ? (dice(2) ? "branch" : "foundation") : "informal");
}

static void add_signup(Buffer *sql, int64_t edition, int64_t organisation, int64_t id) {
    static const char *const states[] = {"new", "accepted", "accepted", "waiting", "declined", "withdrawn"};
    buffer_format(
        sql,
        "INSERT INTO signup (edition, id, organisation, state, source, contact, contact_name, contact_phone,"
        " people, came_people, first_time, remarks, staff_notes, access_needs, reason, submitted_ms, version)"
        " VALUES (%lld, %lld, %lld, '%s', 'form', %lld, 'Imię', '1', %lld, %lld, %lld, 'u', 'n', 'p', 'r', 1, 1);",
        (long long)edition, (long long)id, (long long)organisation, states[dice(COUNT(states))],
        number(100 + dice(PEOPLE)), (long long)dice(9), (long long)dice(5), (long long)dice(2));
    if (dice(2))
        buffer_format(
            sql, "INSERT INTO diet_count (edition, organisation, diet, people) VALUES (%lld, %lld, 'vegan', %lld);",
            (long long)edition, (long long)organisation, number(1 + dice(4)));
    if (dice(2))
        buffer_format(sql,
                      "INSERT INTO dish (edition, id, organisation, kind, name, portions, allergens, position, version)"
                      " VALUES (%lld, %lld, %lld, 'cake', 'Sernik', %lld, '', 1, 1);",
                      (long long)edition, number(id + 10000), (long long)organisation, (long long)dice(20));
    if (dice(2))
        buffer_format(
            sql,
            "INSERT INTO item (edition, id, kind, state, title, words, theme, organisation, performer,"
            " has_children, adult_attested, photo_consent, duration_min, changeover_min, needs, is_fixed,"
            " position, version) VALUES (%lld, %lld, 'talk', 'accepted', 'T', '', '', %lld, '', 0, 0, '', 4, 0,"
            " 'potrzeby', 0, 1, 1);",
            (long long)edition, number(id + 20000), (long long)organisation);
}

static void add_edition(Buffer *sql, int64_t edition, int64_t ends_ms) {
    buffer_format(
        sql,
        "INSERT INTO edition (id, series, slug, number, title, words, state, date, zone, starts_ms, ends_ms,"
        " reported_on, reported_in, created_ms, version) VALUES (%lld, %lld, 'e%lld', %lld, 'T', '', 'finished',"
        " '', 'Europe/Warsaw', %lld, %lld, '', '', 1, 1);",
        (long long)edition, number(10 + dice(SERIES_MOST)), (long long)edition, (long long)edition,
        number(ends_ms - DAY_MS / 4), (long long)ends_ms);
    for (int64_t i = 0; i < ORGANISATIONS; i++)
        if (dice(4)) add_signup(sql, edition, 200 + i, edition * 100 + i);
    for (int64_t i = 0; i + 1 < ORGANISATIONS; i++)
        if (dice(2))
            buffer_format(
                sql, "INSERT INTO meeting_held (edition, lower, higher, round, at_ms) VALUES (%lld, %lld, %lld, 1, 1);",
                (long long)edition, number(200 + i), number(201 + i));
    for (int64_t i = 0; i < dice(4); i++)
        buffer_format(sql,
                      "INSERT INTO guest (edition, id, kind, name, words, people, version)"
                      " VALUES (%lld, %lld, 'artist', 'Zespół', 'kto', %lld, 1);",
                      (long long)edition, number(edition * 1000 + 900 + i), (long long)dice(8));
}

static void make_world(void) {
    Buffer sql = buffer_in(world.arena);
    add_people(&sql);
    for (int64_t i = 0; i < EDITIONS; i++) add_edition(&sql, 20 + i, world.clock.start_ms - dice(400) * DAY_MS);
    by_hand(str_to_c(world.arena, buffer_str(&sql)));
}

/* ---- every figure ---------------------------------------------------------------------------------------------- */

static Err count(Tx *tx, void *context) {
    Buffer *out = context;
    for (int64_t edition = 20; edition < 20 + EDITIONS; edition++) {
        SignupCounts counts = signup_counts(tx, edition);
        for (size_t i = 0; i < SIGNUP_STATE_COUNT; i++) buffer_format(out, "%lld ", (long long)counts.by_state[i]);
        buffer_format(out, "| %lld %lld %lld %lld %lld %lld %lld\n", (long long)counts.first_time,
                      (long long)counts.people, (long long)counts.came, (long long)counts.came_people,
                      (long long)counts.informal, (long long)counts.units, (long long)counts.guests);
    }
    return OK;
}

static Str figures(void) {
    static const char *const sums[] = {
        "SELECT COALESCE(SUM(people), 0) FROM diet_count",
        "SELECT COALESCE(SUM(portions), 0) FROM dish",
        "SELECT COUNT(*) FROM meeting_held",
        "SELECT COUNT(*) FROM item WHERE state = 'accepted'",
        "SELECT COUNT(*) FROM guest",
        "SELECT COUNT(DISTINCT organisation) FROM signup",
    };
    Buffer out = buffer_in(world.arena);
    assert_int_equal(store_read(world.store, world.arena, count, &out), OK);
    for (size_t i = 0; i < COUNT(sums); i++) buffer_format(&out, "%lld ", (long long)by_hand(sums[i]));
    return buffer_str(&out);
}

/* ---- what happens to it ----------------------------------------------------------------------------------------- */

static Err erase_one(Tx *tx, void *context) {
    personal_erase(tx, &house, context);
    return OK;
}

static void something_happens(void) {
    if (dice(3)) {
        PersonalErasing erasing = {.person = 100 + dice(PEOPLE), .series = dice(2) ? 0 : 10 + dice(SERIES_MOST)};
        erasing.by = erasing.person;
        assert_int_equal(store_write(world.store, world.arena, erase_one, &erasing), OK);
        return;
    }
    let_pass(dice(400) * DAY_MS);
    SQL("DELETE FROM job");
    Expiry expiry = {.store = world.store, .house = &house};
    assert_true(expiry_sweep(&expiry, world.clock.start_ms));
}

static void figures_stay_whoever_goes(void **state) {
    (void)state;
    int64_t seed;
    random_secret(&seed, sizeof seed);
    seed &= INT64_MAX;
    if (getenv("SEED")) assert_true(str_to_int(str_from_c(getenv("SEED")), &seed));
    state_of_dice = (uint64_t)seed | 1;
    printf("SEED=%lld\n", (long long)seed);
    make_world();
    Str before = figures();
    for (int i = 0; i < 2 * PEOPLE; i++) {
        something_happens();
        Str after = figures();
        if (!str_equal(before, after))
            fail_msg("SEED=%lld, step %d:\n%.*s\nbecame\n%.*s", (long long)seed, i, STR_FORMAT(before),
                     STR_FORMAT(after));
    }
    let_pass(3000 * DAY_MS); /* and nobody is left */
    SQL("DELETE FROM job");
    Expiry expiry = {.store = world.store, .house = &house};
    assert_true(expiry_sweep(&expiry, world.clock.start_ms));
    assert_int_equal(SQL("SELECT COUNT(*) FROM person WHERE name <> '' OR email IS NOT NULL"), 0);
    assert_int_equal(SQL("SELECT COUNT(*) FROM signup WHERE contact_name <> '' OR remarks <> '' OR staff_notes <> ''"),
                     0);
    assert_true(str_equal(before, figures()));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_stay_whoever_goes, world_open, world_close),
        cmocka_unit_test_setup_teardown(figures_stay_whoever_goes, world_open, world_close),
        cmocka_unit_test_setup_teardown(figures_stay_whoever_goes, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
