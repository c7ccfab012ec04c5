// SPDX-License-Identifier: EUPL-1.2
/* Guessing a password is slow wherever it is done from, and keeps nobody out who has another way in. Each step of time
 * opens the data file anew, so the counts are those of a restarted program. */
#include "platform/account/tries.h"
#include "platform/base/random.h"
#include "testing.h"

#define SECONDS_MS(seconds) ((seconds)*INT64_C(1000))

typedef struct Guess {
    TryKind kind;
    const char *email, *address;
    Str browser; /* absent: a browser without a cookie of ours */
    bool is_wrong;
    int64_t wait_ms; /* what had to be waited for */
} Guess;

static Field cookies[2];

static void come_from(Request *request, const Guess *guess) {
    request->remote_address = str_from_c(guess->address);
    size_t count = 0;
    if (!str_is_absent(guess->browser)) cookies[count++] = (Field){.name = STR("began"), .value = guess->browser};
    request->cookies = (Fields){cookies, count};
}

/* As the page does it: a try that has to wait is not looked at. */
static void guess_once(Request *request, void *values) {
    Guess *guess = values;
    Str email = str_from_c(guess->email);
    come_from(request, guess);
    guess->wait_ms = tries_wait_ms(request, guess->kind, email);
    if (guess->wait_ms) return;
    if (guess->is_wrong) tries_add(request, guess->kind, email);
    else tries_end(request, guess->kind, email);
}

static int64_t guessed(Guess guess, bool is_wrong) {
    guess.is_wrong = is_wrong;
    as(STR_ABSENT, guess_once, &guess);
    return guess.wait_ms;
}

static const Guess stranger = {.email = "ola@zaulek.example", .address = "203.0.113.9", .browser = {NULL, 0}};

static Guess from(const char *address) {
    Guess guess = stranger;
    guess.address = address;
    return guess;
}

static Guess from_network(int number) {
    return from(str_format(world.arena, "203.0.%d.%d", number / 200, number % 200 + 1).data);
}

/* ---- one place ------------------------------------------------------------------------------------------ */

static void test_a_few_are_free_then_each_waits_longer(void **state) {
    (void)state;
    for (int i = 0; i < TRIES_FREE; i++) assert_int_equal(guessed(stranger, true), 0);
    int64_t wait_ms = SECONDS_MS(TRIES_FIRST_WAIT_S);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(guessed(stranger, true), wait_ms);
        assert_int_equal(guessed(stranger, false), wait_ms); /* the right one too: it is not looked at */
        let_pass(wait_ms - 1);
        assert_int_equal(guessed(stranger, true), 1);
        let_pass(1);
        assert_int_equal(guessed(stranger, true), 0);
        wait_ms = wait_ms * 2 < SECONDS_MS(TRIES_LONGEST_WAIT_S) ? wait_ms * 2 : SECONDS_MS(TRIES_LONGEST_WAIT_S);
    }
    assert_int_equal(wait_ms, SECONDS_MS(TRIES_LONGEST_WAIT_S));
    assert_int_equal(guessed(from("203.0.113.10"), true), 0); /* another place begins anew */
}

static void test_a_network_is_one_place(void **state) {
    (void)state;
    for (int i = 0; i < TRIES_FREE; i++)
        assert_int_equal(guessed(from(str_format(world.arena, "2001:db8:1:2::%d", i + 1).data), true), 0);
    assert_true(guessed(from("2001:db8:1:2:ffff::1"), true) > 0);
    assert_int_equal(guessed(from("2001:db8:1:3::1"), true), 0);
}

static void test_the_right_one_forgives_this_place(void **state) {
    (void)state;
    for (int i = 1; i < TRIES_FREE; i++) assert_int_equal(guessed(stranger, true), 0);
    assert_int_equal(guessed(stranger, false), 0);
    for (int i = 0; i < TRIES_FREE; i++) assert_int_equal(guessed(stranger, true), 0);
    assert_true(guessed(stranger, true) > 0);
}

static void test_mistakes_fade(void **state) {
    (void)state;
    for (int day = 0; day < 10; day++) { /* two mistakes an hour, day after day, are no guessing */
        for (int i = 0; i < 2; i++) assert_int_equal(guessed(stranger, true), 0);
        let_pass(MINUTES_MS(60));
    }
    for (int i = 0; i < TRIES_FREE; i++) assert_int_equal(guessed(stranger, true), 0);
    assert_true(guessed(stranger, true) > 0);
    let_pass(DAYS_MS(1));
    assert_int_equal(guessed(stranger, true), 0);
}

static void test_kinds_and_accounts_are_counted_apart(void **state) {
    (void)state;
    Guess code = stranger, other = stranger, same = stranger;
    code.kind = TRY_CODE;
    other.email = "jan@zaulek.example";
    same.email = "OLA@zaulek.example";
    for (int i = 0; i < TRIES_FREE; i++) assert_int_equal(guessed(stranger, true), 0);
    assert_int_equal(guessed(code, true), 0);
    assert_int_equal(guessed(other, true), 0);
    assert_true(guessed(same, true) > 0);
}

/* A message takes five wrong codes; asking for the next one does not begin anew for ever. */
static void test_codes_are_bounded_across_messages(void **state) {
    (void)state;
    for (int i = 0; i < TRIES_FREE_CODES; i++) {
        Guess code = from_network(i % 7);
        code.kind = TRY_CODE;
        assert_int_equal(guessed(code, true), 0);
    }
    Guess code = from_network(50);
    code.kind = TRY_CODE;
    assert_int_equal(guessed(code, true), SECONDS_MS(TRIES_FIRST_WAIT_S));
    assert_int_equal(guessed(from_network(50), true), 0); /* a password is another matter */
}

/* ---- many places ------------------------------------------------------------------------------------------ */

static void test_an_account_is_bounded_from_everywhere(void **state) {
    (void)state;
    for (int i = 0; i < TRIES_FREE_IN_ALL; i++) assert_int_equal(guessed(from_network(i), true), 0);
    assert_int_equal(guessed(from_network(100), true), SECONDS_MS(TRIES_FIRST_WAIT_S));
    int64_t longest_ms = 0, taken = 0;
    for (int i = 101; i < 160; i++) { /* a machine in each network, patient */
        int64_t wait_ms = guessed(from_network(i), true);
        longest_ms = wait_ms > longest_ms ? wait_ms : longest_ms;
        taken += wait_ms == 0;
        if (wait_ms) let_pass(wait_ms);
    }
    assert_int_equal(longest_ms, SECONDS_MS(TRIES_LONGEST_WAIT_IN_ALL_S));
    assert_true(taken >= 28 && taken <= 31); /* every other one had to wait */
}

typedef struct Knowing {
    Guess guess;
    Id person;
} Knowing;

static void know(Request *request, void *values) {
    Knowing *knowing = values;
    come_from(request, &knowing->guess);
    knowing->person = person_ensure(request->tx, STR("Ola"), STR("ola@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    session_begin(request, knowing->person);
}

/* Whoever typed the e-mail holds the card: the browser it is pressed in is not the person's. */
static void press_card(Request *request, void *values) {
    Knowing *knowing = values;
    come_from(request, &knowing->guess);
    session_begin_limited(request, knowing->person, 8, 7);
}

static void test_a_card_makes_no_browser_known(void **state) {
    (void)state;
    Knowing ola = {.guess = from("198.51.100.7")}, holder = {.guess = from("198.51.100.8")};
    ola.guess.browser = random_secret_text(world.arena);
    holder.guess.browser = random_secret_text(world.arena);
    as(STR_ABSENT, know, &ola);
    holder.person = ola.person;
    as(STR_ABSENT, press_card, &holder);
    for (int i = 0; i < TRIES_FREE_IN_ALL; i++) guessed(from_network(i), true);
    assert_int_equal(guessed(ola.guess, false), 0);
    assert_true(guessed(holder.guess, false) > 0);
}

static void forget(Request *request, void *values) { card_revoke_all(request->tx, ((Knowing *)values)->person); }

static void test_a_known_browser_is_not_kept_out(void **state) {
    (void)state;
    Knowing ola = {.guess = from("198.51.100.7")};
    ola.guess.browser = random_secret_text(world.arena);
    as(STR_ABSENT, know, &ola);
    for (int i = 0; i < TRIES_FREE_IN_ALL; i++) guessed(from_network(i), true);
    assert_true(guessed(stranger, true) > 0);
    assert_int_equal(guessed(ola.guess, false), 0);
    Guess elsewhere = ola.guess; /* it is known wherever it is taken */
    elsewhere.address = "203.0.113.9";
    assert_int_equal(guessed(elsewhere, false), 0);
    /* Its own mistakes are bounded like anybody's. */
    for (int i = 0; i < TRIES_FREE; i++) assert_int_equal(guessed(ola.guess, true), 0);
    assert_int_equal(guessed(ola.guess, true), SECONDS_MS(TRIES_FIRST_WAIT_S));
    /* A browser with a secret nobody signed in with is a stranger's, and for another account it is one too. */
    Guess other = stranger, for_another = ola.guess;
    other.browser = random_secret_text(world.arena);
    assert_true(guessed(other, true) > 0);
    for_another.email = "jan@zaulek.example";
    for (int i = 0; i < TRIES_FREE; i++) guessed(for_another, true);
    assert_true(guessed(for_another, true) > 0);
}

static void test_a_browser_is_forgotten(void **state) {
    (void)state;
    Knowing ola = {.guess = stranger};
    ola.guess.browser = random_secret_text(world.arena);
    as(STR_ABSENT, know, &ola);
    for (int i = 0; i < TRIES_FREE_IN_ALL; i++) guessed(from_network(i), true);
    assert_int_equal(guessed(ola.guess, false), 0);
    as(STR_ABSENT, forget, &ola); /* whoever found the card may have signed in with it there */
    assert_true(guessed(ola.guess, false) > 0);
    let_pass(DAYS_MS(1));
    as(STR_ABSENT, know, &ola);
    let_pass(DAYS_MS(BROWSER_KNOWN_DAYS));
    for (int i = 0; i < TRIES_FREE_IN_ALL; i++) guessed(from_network(i), true);
    assert_true(guessed(ola.guess, false) > 0); /* a year without signing in */
}

static void test_a_clock_set_back_locks_nobody_out(void **state) {
    (void)state;
    for (int i = 0; i < TRIES_FREE + 3; i++) {
        int64_t wait_ms = guessed(stranger, true);
        if (wait_ms) let_pass(wait_ms);
    }
    let_pass(-DAYS_MS(30));
    int64_t wait_ms = guessed(stranger, true);
    assert_true(wait_ms >= 0 && wait_ms <= SECONDS_MS(TRIES_LONGEST_WAIT_S));
}

/* ---- what is removed ---------------------------------------------------------------------------------------- */

static void expire(Request *request, void *values) { *(int64_t *)values = tries_expire(request->tx); }

static int64_t expired(void) {
    int64_t gone = -1;
    as(STR_ABSENT, expire, &gone);
    return gone;
}

static void test_counts_are_removed(void **state) {
    (void)state;
    guessed(stranger, true);
    guessed(stranger, true);
    assert_int_equal(expired(), 0);
    let_pass(SECONDS_MS(TRIES_KEPT_S) + 1);
    assert_int_equal(expired(), 2); /* of the place, and of the account */
    Knowing ola = {.guess = stranger};
    ola.guess.browser = random_secret_text(world.arena);
    as(STR_ABSENT, know, &ola);
    let_pass(DAYS_MS(BROWSER_KNOWN_DAYS));
    assert_int_equal(expired(), 0);
    let_pass(1);
    assert_int_equal(expired(), 1);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_a_few_are_free_then_each_waits_longer), CASE(test_a_network_is_one_place),
        CASE(test_the_right_one_forgives_this_place),     CASE(test_mistakes_fade),
        CASE(test_kinds_and_accounts_are_counted_apart),  CASE(test_codes_are_bounded_across_messages),
        CASE(test_an_account_is_bounded_from_everywhere), CASE(test_a_known_browser_is_not_kept_out),
        CASE(test_a_card_makes_no_browser_known),         CASE(test_a_browser_is_forgotten),
        CASE(test_a_clock_set_back_locks_nobody_out),     CASE(test_counts_are_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
