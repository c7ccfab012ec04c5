// SPDX-License-Identifier: EUPL-1.2
/* Ways in: mailed links and their codes, cards, the first set-up. */
#include "platform/account/tries.h"
#include "platform/base/random.h"
#include "platform/jobs/outbox.h"
#include "testing.h"

#include "account_sql.h"
#include <ctype.h>

static Str kept(Str str) { return str_copy(world.arena, str); }

static void somebody(Request *request, void *values) {
    Id person = person_ensure(request->tx, STR("Ola"), STR("ola@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    if (values) *(Id *)values = person;
}

/* ---- mailed links ------------------------------------------------------------------------------------- */

typedef struct Mail {
    const char *email, *began;
    const char *address; /* where it is asked from; NULL: one place */
    Str token, code;     /* absent: no mail was written */
} Mail;

static void read_mail(Tx *tx, Mail *mail) {
    OutboxEntries waiting = outbox_waiting_sign_ins(tx, 100);
    Buffer text = buffer_in(tx_arena(tx));
    for (size_t i = 0; i < waiting.count; i++) buffer_add(&text, waiting.entries[i].body);
    outbox_sign_ins_shown(tx, waiting);
    Str all = buffer_str(&text), mark = STR("https://example.test/sign-in/");
    ptrdiff_t at = str_index_of(all, mark);
    if (at >= 0) mail->token = kept(str_slice(all, (size_t)at + mark.size, 26));
    for (size_t i = 0; at >= 0 && i + 6 <= all.size && str_is_absent(mail->code); i++) {
        size_t digits = 0;
        while (digits < 6 && all.data[i + digits] >= '0' && all.data[i + digits] <= '9') digits++;
        bool is_alone = (i == 0 || !isalnum((unsigned char)all.data[i - 1])) &&
                        (i + 6 == all.size || !isalnum((unsigned char)all.data[i + 6])); /* no part of the token */
        if (digits == 6 && is_alone) mail->code = kept(str_slice(all, i, 6));
    }
}

static void ask(Request *request, void *values) {
    Mail *mail = values;
    mail->token = mail->code = STR_ABSENT;
    Field browser = {.name = STR("began"), .value = str_from_c(mail->began)};
    request->cookies = (Fields){&browser, 1};
    if (mail->address) request->remote_address = str_from_c(mail->address);
    sign_in_ask(request, str_from_c(mail->email), STR("/me"), str_from_c(mail->began));
    read_mail(request->tx, mail);
}

static Mail mailed(const char *email, const char *began) {
    Mail mail = {.email = email, .began = began};
    as(STR_ABSENT, ask, &mail);
    return mail;
}

static bool is_mailed(const char *began, const char *address) {
    Mail mail = {.email = "ola@zaulek.example", .began = began, .address = address};
    as(STR_ABSENT, ask, &mail);
    return !str_is_absent(mail.token);
}

typedef struct Try {
    Str secret;
    const char *began;
    bool uses, found; /* uses: also signs in */
    Err err;
    SignIn sign_in;
} Try;

static void try_token(Request *request, void *values) {
    Try *try = values;
    try->found = sign_in_by_token(request, try->secret, str_from_c(try->began), &try->sign_in);
    if (!try->found) return;
    assert_str(try->sign_in.goes_to, STR("/me"));
    if (!try->uses) return;
    try->err = sign_in_use(request, &try->sign_in);
    assert_int_equal(sign_in_use(request, &try->sign_in), ERR_CONFLICT);
    if (try->err == OK) assert_false(str_is_absent(request->response.cookies[0]));
}

static void try_code(Request *request, void *values) {
    Try *try = values;
    try->err = sign_in_by_code(request, try->secret, str_from_c(try->began), &try->sign_in);
    if (try->err == OK && try->uses) try->err = sign_in_use(request, &try->sign_in);
}

static Try with_token(Str token, const char *began, bool uses) {
    Try try = {.secret = token, .began = began, .uses = uses};
    as(STR_ABSENT, try_token, &try);
    return try;
}

static Err with_code(Str code, const char *began, bool uses) {
    Try try = {.secret = code, .began = began, .uses = uses};
    as(STR_ABSENT, try_code, &try);
    return try.err;
}

/* Six digits that are not these. */
static Str another(Str code) {
    return str_format(world.arena, "%c%.*s", code.data[0] == '1' ? '2' : '1', 5, code.data + 1);
}

static void test_link_works_once(void **state) {
    (void)state;
    as(STR_ABSENT, somebody, NULL);
    Mail mail = mailed("OLA@zaulek.example", "browser");
    assert_int_equal(mail.token.size, 26);
    assert_int_equal(mail.code.size, 6);
    for (int i = 0; i < 3; i++) assert_true(with_token(mail.token, "browser", false).found); /* a scanner only looks */
    Try here = with_token(mail.token, "browser", true);
    assert_true(here.found && here.sign_in.began_here && here.err == OK);
    assert_false(with_token(mail.token, "browser", false).found);
    assert_int_equal(with_code(mail.code, "browser", false), ERR_NOT_FOUND);
}

static void test_link_in_another_browser(void **state) {
    (void)state;
    as(STR_ABSENT, somebody, NULL);
    Mail mail = mailed("ola@zaulek.example", "browser");
    static const char *const others[] = {"another", ""};
    for (size_t i = 0; i < COUNT(others); i++) {
        Try elsewhere = with_token(mail.token, others[i], false);
        assert_true(elsewhere.found);
        assert_false(elsewhere.sign_in.began_here);
    }
    assert_int_equal(with_code(mail.code, "another", true), ERR_NOT_FOUND);
    assert_int_equal(with_code(mail.code, "", true), ERR_NOT_FOUND);
    assert_int_equal(with_code(mail.code, "browser", true), OK);
    assert_int_equal(with_code(mail.code, "browser", true), ERR_NOT_FOUND);
}

static void test_link_and_code_expire(void **state) {
    (void)state;
    as(STR_ABSENT, somebody, NULL);
    Mail mail = mailed("ola@zaulek.example", "browser");
    let_pass(MINUTES_MS(SIGN_IN_LASTS_MIN) - 1);
    assert_true(with_token(mail.token, "browser", false).found);
    let_pass(1);
    assert_false(with_token(mail.token, "browser", false).found);
    assert_int_equal(with_code(mail.code, "browser", false), ERR_NOT_FOUND);
}

static void test_wrong_codes_are_counted(void **state) {
    (void)state;
    as(STR_ABSENT, somebody, NULL);
    Mail mail = mailed("ola@zaulek.example", "browser");
    for (int i = 0; i < SIGN_IN_CODE_TRIES; i++)
        assert_int_equal(with_code(another(mail.code), "browser", true), ERR_INPUT);
    assert_int_equal(with_code(mail.code, "browser", true), ERR_LIMIT); /* the right one comes too late */
    assert_true(with_token(mail.token, "browser", false).found);        /* the link does not care */
    Mail newer = mailed("ola@zaulek.example", "browser");
    assert_int_equal(with_code(STR(""), "browser", true), ERR_INPUT);
    assert_int_equal(with_code(newer.code, "browser", true), OK);
}

static void test_wrong_links(void **state) {
    (void)state;
    as(STR_ABSENT, somebody, NULL);
    Mail mail = mailed("ola@zaulek.example", "browser");
    Str wrong[] = {STR(""), STR_ABSENT, str_slice(mail.token, 0, 25), STR("00000000000000000000000000")};
    for (size_t i = 0; i < COUNT(wrong); i++) assert_false(with_token(wrong[i], "browser", false).found);
}

static void test_strangers_get_no_mail_and_nobody_too_many(void **state) {
    (void)state;
    as(STR_ABSENT, somebody, NULL);
    assert_true(str_is_absent(mailed("nobody@zaulek.example", "browser").token));
    assert_true(str_is_absent(mailed("", "browser").token));
    for (int i = 0; i < TRIES_FREE; i++) assert_false(str_is_absent(mailed("ola@zaulek.example", "browser").token));
    assert_true(str_is_absent(mailed("ola@zaulek.example", "browser").token));
    let_pass(MINUTES_MS(SIGN_IN_LASTS_MIN) + 1);
    assert_false(str_is_absent(mailed("ola@zaulek.example", "browser").token));
}

static void know_browser(Request *request, void *values) {
    Id person;
    somebody(request, &person);
    Field browser = {.name = STR("began"), .value = *(Str *)values};
    request->cookies = (Fields){&browser, 1};
    browser_know(request, person);
}

/* Whoever knows an address may ask for messages to it, but not so often that its owner's own request does nothing. */
static void test_strangers_do_not_use_up_somebodys_messages(void **state) {
    (void)state;
    Str own = random_secret_text(world.arena);
    as(STR_ABSENT, know_browser, &own);
    for (int i = 0; i < 2 * TRIES_FREE; i++) assert_true(is_mailed("stranger", "203.0.113.9") == (i < TRIES_FREE));
    assert_true(is_mailed("a new browser", "198.51.100.1"));
    /* From many places: bounded in all, for browsers that nobody has signed in with. */
    int sent = 0;
    for (int i = 0; i < 3 * TRIES_FREE_IN_ALL; i++)
        sent += is_mailed("stranger", str_format(world.arena, "203.0.%d.1", i).data);
    assert_in_range(sent, TRIES_FREE, TRIES_FREE_IN_ALL);
    assert_false(is_mailed("a new browser", "198.51.100.2"));
    assert_true(is_mailed(own.data, "203.0.113.9"));
    let_pass(MINUTES_MS(TRIES_LONGEST_WAIT_IN_ALL_S / 60));
    assert_true(is_mailed("a new browser", "198.51.100.2"));
}

static void make_terminal_link(Request *request, void *values) {
    Id person;
    somebody(request, &person);
    Str path = sign_in_link_make(request->tx, person, STR("/me"), MINUTES_MS(60));
    assert_true(str_starts_with(path, STR("/sign-in/")));
    *(Str *)values = kept(str_skip(path, 9));
}

static void test_link_of_the_terminal(void **state) {
    (void)state;
    Str token;
    as(STR_ABSENT, make_terminal_link, &token);
    let_pass(MINUTES_MS(60) - 1);
    Try anywhere = with_token(token, "any", true);
    assert_true(anywhere.found && anywhere.sign_in.began_here && anywhere.err == OK);
    assert_false(with_token(token, "any", false).found);
}

/* ---- cards -------------------------------------------------------------------------------------------- */

typedef struct CardTry {
    Id person;
    Str secret, typed;
    bool found;
} CardTry;

static void make_card(Request *request, void *values) {
    CardTry *try = values;
    somebody(request, &try->person);
    Str path =
        card_make(request->tx, &(CardFor){try->person, 8, 0, STR("/me/day"), request->now_ms + DAYS_MS(1)});
    assert_true(str_starts_with(path, STR("/s/")));
    try->secret = kept(str_skip(path, 3));
}

static void show_card(Request *request, void *values) {
    CardTry *try = values;
    Card card;
    try->found = card_find(request, try->typed, &card);
    if (try->found) {
        assert_true(card.person == try->person);
        assert_str(card.name, STR("Ola"));
        assert_int_equal(card_use(request, try->typed), OK);
        assert_str(request->response.location, STR("/me/day"));
        assert_false(str_is_absent(request->response.cookies[0]));
    } else {
        assert_int_equal(card_use(request, try->typed), ERR_NOT_FOUND);
        assert_true(str_is_absent(request->response.cookies[0]));
    }
}

static bool card_fits(CardTry *try, Str typed) {
    try->typed = typed;
    as(STR_ABSENT, show_card, try);
    return try->found;
}

/* As somebody types it from paper: groups, capital letters, O for 0 and I or L for 1. */
static Str as_typed(Str secret) {
    Buffer typed = buffer_in(world.arena);
    for (size_t i = 0; i < secret.size; i++) {
        char c = secret.data[i];
        if (i && i % 4 == 0) buffer_add(&typed, STR(" - "));
        buffer_add_char(&typed, (char)(c == '0' ? 'O' : c == '1' ? (i % 2 ? 'I' : 'l') : c >= 'a' ? c - 'a' + 'A' : c));
    }
    return buffer_str(&typed);
}

static void revoke_cards(Request *request, void *values) { card_revoke_all(request->tx, ((CardTry *)values)->person); }

static void test_cards(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) {
        CardTry try = {0};
        as(STR_ABSENT, make_card, &try);
        assert_true(card_fits(&try, try.secret) && card_fits(&try, try.secret)); /* many times */
        assert_true(card_fits(&try, as_typed(try.secret)));
        assert_false(card_fits(&try, str_slice(try.secret, 0, 25)));
        assert_false(card_fits(&try, STR("")));
    }
}

static void test_cards_end(void **state) {
    (void)state;
    CardTry try = {0}, second = {0};
    as(STR_ABSENT, make_card, &try);
    let_pass(DAYS_MS(1) - 1);
    assert_true(card_fits(&try, try.secret));
    let_pass(1);
    assert_false(card_fits(&try, try.secret));
    as(STR_ABSENT, make_card, &second);
    as(STR_ABSENT, revoke_cards, &second);
    assert_false(card_fits(&second, second.secret));
}

typedef struct Opened {
    Id person, series, organisation; /* what the card is for */
    Str session;
    size_t grants;
    bool has_own, is_limited;
} Opened;

static void open_by_card(Request *request, void *values) {
    Opened *opened = values;
    somebody(request, &opened->person);
    representative_give(request->tx, opened->person, 7, 8);
    representative_give(request->tx, opened->person, 9, 8);
    representative_give(request->tx, opened->person, 7, 10);
    role_give(request->tx, opened->person, ROLE_GUEST, 11, 0);
    Str path = card_make(request->tx, &(CardFor){opened->person, opened->series, opened->organisation, STR("/me"),
                                                 request->now_ms + DAYS_MS(1)});
    assert_int_equal(card_use(request, str_skip(path, 3)), OK);
    Str cookie = request->response.cookies[0];
    size_t from = (size_t)str_index_of_char(cookie, '=') + 1;
    opened->session = kept(str_slice(cookie, from, (size_t)str_index_of_char(cookie, ';') - from));
}

static void count_rights(Request *request, void *values) {
    Opened *opened = values;
    assert_true(request->who.person == opened->person);
    opened->grants = request->who.grant_count;
    opened->is_limited = request->who.is_limited;
    for (size_t i = 0; i < request->who.grant_count; i++)
        opened->has_own |= request->who.grants[i].scope == 7 && request->who.grants[i].series == 8;
}

/* Whoever typed an e-mail holds the card that the form showed: it opens nothing that comes to this person besides. */
static void test_a_card_opens_what_it_was_made_for(void **state) {
    (void)state;
    Opened every[] = {{.series = 8, .organisation = 7}, {.series = 8}, {.series = 8, .organisation = 5}};
    static const size_t rights[] = {1, 2, 0};
    for (size_t i = 0; i < COUNT(every); i++) {
        as(STR_ABSENT, open_by_card, &every[i]);
        as(every[i].session, count_rights, &every[i]);
        assert_int_equal(every[i].grants, rights[i]);
        assert_int_equal(every[i].has_own, rights[i] > 0);
        assert_true(every[i].is_limited);
    }
}

typedef struct Takeover {
    CardTry card;
    Str session;
    Id found;
    unsigned role;
    Scope within; /* where it is given; none: in SERIES */
} Takeover;
enum { SERIES = 7, SERIES_ELSEWHERE = 8, EDITION = 70, EDITION_ELSEWHERE = 80 };

/* Somebody signs up with another's e-mail: they hold a card for it, come in by it and set a password. */
static void take_over(Request *request, void *values) {
    Takeover *takeover = values;
    if (!takeover->card.person) make_card(request, &takeover->card);
    session_begin(request, takeover->card.person);
    Str cookie = request->response.cookies[0];
    size_t from = (size_t)str_index_of_char(cookie, '=') + 1;
    takeover->session = kept(str_slice(cookie, from, (size_t)str_index_of_char(cookie, ';') - from));
    account_sql_set_password(request->tx, takeover->card.person, STR("$argon2id$stolen"));
}

static void make_somebody(Request *request, void *values) {
    Takeover *takeover = values;
    takeover->card.person = person_ensure(request->tx, STR(""), STR_ABSENT, STR_ABSENT, LANGUAGE_PL);
}

static void give_role(Request *request, void *values) {
    const Takeover *takeover = values;
    if (takeover->role == ROLE_REPRESENTATIVE)
        representative_give(request->tx, takeover->card.person, SERIES, SERIES_ELSEWHERE);
    else if (takeover->within.series)
        role_give_in(request->tx, takeover->card.person, takeover->role, &takeover->within);
    else role_give(request->tx, takeover->card.person, takeover->role, SERIES, 0);
}

static void look_around(Request *request, void *values) { ((Takeover *)values)->found = request->who.person; }

static bool is_signed_in(Takeover *takeover) {
    as(takeover->session, look_around, takeover);
    return takeover->found != 0;
}

static void look_at_password(Request *request, void *values) {
    Takeover *takeover = values;
    Person person;
    assert_true(person_get(request->tx, takeover->card.person, &person));
    takeover->found = person.has_password;
}

static void test_the_first_role_of_staff_closes_earlier_ways_in(void **state) {
    (void)state;
    Takeover takeover = {.role = ROLE_REPRESENTATIVE};
    as(STR_ABSENT, take_over, &takeover);
    as(STR_ABSENT, give_role, &takeover);
    assert_true(card_fits(&takeover.card, takeover.card.secret));
    assert_true(is_signed_in(&takeover));
    takeover.role = ROLE_DOOR;
    as(STR_ABSENT, give_role, &takeover);
    assert_false(card_fits(&takeover.card, takeover.card.secret));
    assert_false(is_signed_in(&takeover));
    as(STR_ABSENT, look_at_password, &takeover);
    assert_false(takeover.found);
}

/* Whether somebody who is of staff somewhere, and came in there, is still in when they are given a role more. */
static bool stays_in(unsigned had, Scope there, unsigned given, Scope here) {
    Takeover takeover = {.role = had, .within = there};
    as(STR_ABSENT, make_somebody, &takeover);
    as(STR_ABSENT, give_role, &takeover);
    as(STR_ABSENT, take_over, &takeover);
    takeover.role = given;
    takeover.within = here;
    as(STR_ABSENT, give_role, &takeover);
    return is_signed_in(&takeover);
}

/* Who coordinates where somebody helps may have made them a way in, and be in by it themselves: it must not lead
 * further than to what is the coordinator's own. */
static void test_a_role_that_reaches_further_closes_earlier_ways_in(void **state) {
    (void)state;
    const Scope here = {.series = SERIES, .edition = EDITION};
    const Scope elsewhere = {.series = SERIES_ELSEWHERE, .edition = EDITION_ELSEWHERE};
    const Scope next = {.series = SERIES, .edition = EDITION + 1};
    assert_false(stays_in(ROLE_COORDINATOR, here, ROLE_COORDINATOR, elsewhere));
    assert_false(stays_in(ROLE_COORDINATOR, here, ROLE_DOOR, elsewhere));
    assert_false(stays_in(ROLE_DOOR, here, ROLE_DOOR, elsewhere));
    assert_false(stays_in(ROLE_DOOR, here, ROLE_DOOR, next));
    assert_false(stays_in(ROLE_DOOR, here, ROLE_COORDINATOR, here));
    /* One role more where they are already. */
    assert_true(stays_in(ROLE_COORDINATOR, here, ROLE_DOOR, here));
    assert_true(stays_in(ROLE_COORDINATOR, here, ROLE_HOST, next));
    assert_true(stays_in(ROLE_DOOR, here, ROLE_HOST, here));
    assert_true(stays_in(ROLE_COORDINATOR, here, ROLE_COORDINATOR, here));
    assert_true(stays_in(ROLE_OWNER, here, ROLE_COORDINATOR, elsewhere));
}

static void test_a_lost_card_ends_its_sessions(void **state) {
    (void)state;
    Takeover takeover = {0};
    as(STR_ABSENT, take_over, &takeover);
    as(STR_ABSENT, revoke_cards, &takeover.card);
    assert_false(is_signed_in(&takeover));
}

/* ---- the first set-up ---------------------------------------------------------------------------------- */

static void make_setup(Request *request, void *values) {
    Str path = setup_link_make(request->tx);
    *(Str *)values = str_is_absent(path) ? STR_ABSENT : kept(str_skip(path, 7));
}

static void check_setup(Request *request, void *values) {
    Str *token = values;
    if (!setup_token_is_good(request, *token)) *token = STR_ABSENT;
}

static bool setup_is_good(Str token) {
    as(STR_ABSENT, check_setup, &token);
    return !str_is_absent(token);
}

static void set_up(Request *request, void *values) {
    (void)values;
    Id person;
    somebody(request, &person);
    setup_done(request, person);
    assert_true(role_held(request->tx, person, ROLE_OWNER, (Scope){0}));
    assert_false(str_is_absent(request->response.cookies[0]));
}

static void test_set_up_happens_once(void **state) {
    (void)state;
    Str first, second, third;
    as(STR_ABSENT, make_setup, &first);
    assert_true(setup_is_good(first));
    assert_false(setup_is_good(STR("00000000000000000000000000")));
    assert_false(setup_is_good(STR("")));
    let_pass(MINUTES_MS(24 * 60 - 1));
    as(STR_ABSENT, make_setup, &second); /* by another node, or after a restart */
    assert_true(setup_is_good(first));
    assert_true(setup_is_good(second));
    let_pass(MINUTES_MS(2));
    assert_true(setup_is_good(first)); /* nobody has started since */
    as(STR_ABSENT, make_setup, &third);
    assert_false(setup_is_good(first));
    assert_true(setup_is_good(second));
    as(STR_ABSENT, set_up, NULL);
    assert_false(setup_is_good(second));
    assert_false(setup_is_good(third));
    as(STR_ABSENT, make_setup, &third);
    assert_true(str_is_absent(third));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_link_works_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_link_in_another_browser, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_link_and_code_expire, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_wrong_codes_are_counted, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_wrong_links, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_strangers_get_no_mail_and_nobody_too_many, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_strangers_do_not_use_up_somebodys_messages, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_link_of_the_terminal, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_cards, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_cards_end, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_card_opens_what_it_was_made_for, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_the_first_role_of_staff_closes_earlier_ways_in, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_role_that_reaches_further_closes_earlier_ways_in, world_open,
                                        world_close),
        cmocka_unit_test_setup_teardown(test_a_lost_card_ends_its_sessions, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_set_up_happens_once, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
