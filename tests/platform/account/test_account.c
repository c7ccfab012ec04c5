// SPDX-License-Identifier: EUPL-1.2
/* People, rights, sessions and once-keys. Ways in are in test_sign_in.c. */
#include "testing.h"

/* ---- people ------------------------------------------------------------------------------------------- */

static void people(Request *request, void *values) {
    (void)values;
    Tx *tx = request->tx;
    Id ola = person_ensure(tx, STR("Ola"), STR("Ola@zaulek.example"), STR_ABSENT, LANGUAGE_UK), other;
    Person person, found;
    assert_true(person_get(tx, ola, &person));
    assert_str(person.name, STR("Ola"));
    assert_str(person.email, STR("Ola@zaulek.example"));
    assert_true(str_is_absent(person.phone));
    assert_int_equal(person.language, LANGUAGE_UK);
    assert_false(person.has_password);

    assert_true(person_by_email(tx, STR("oLA@ZAULEK.example"), &found));
    assert_true(found.id == ola);
    assert_true(person_ensure(tx, STR("Another name"), STR("ola@zaulek.example"), STR("+48 1"), LANGUAGE_PL) == ola);
    assert_true(person_get(tx, ola, &found));
    assert_str(found.name, STR("Ola"));

    /* Without an address everybody is somebody else. */
    other = person_ensure(tx, STR("Jan"), STR_ABSENT, STR_ABSENT, LANGUAGE_PL);
    assert_true(other != person_ensure(tx, STR("Jan"), STR(""), STR_ABSENT, LANGUAGE_PL));
    assert_false(person_by_email(tx, STR(""), &found));
    assert_false(person_by_email(tx, STR_ABSENT, &found));
    assert_false(person_get(tx, ola + 12345, &found));
}

static void changing_people(Request *request, void *values) {
    (void)values;
    Tx *tx = request->tx;
    Id ola = person_ensure(tx, STR("Ola"), STR("ola@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    Id jan = person_ensure(tx, STR("Jan"), STR("jan@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    Person person, stale;
    assert_true(person_get(tx, jan, &person));
    stale = person;
    person.name = STR("Jan B.");
    person.email = STR("JAN@zaulek.example"); /* his own, written otherwise */
    assert_int_equal(person_update(tx, &person), OK);
    assert_int_equal(person_update(tx, &stale), ERR_CONFLICT);
    assert_true(person_get(tx, jan, &person));
    assert_str(person.name, STR("Jan B."));
    person.email = STR("OLA@zaulek.example");
    assert_int_equal(person_update(tx, &person), ERR_CONFLICT);
    person.email = STR("");
    assert_int_equal(person_update(tx, &person), OK);
    assert_true(person_get(tx, jan, &person));
    assert_true(str_is_absent(person.email));
    (void)ola;
}

/* What several people agreed to about one thing: the newest is told, and all of it can be withdrawn at once. */
static void consents_about(Request *request, void *values) {
    (void)values;
    enum { CLUB = 77, CHOIR = 78, EARLIER_MS = 1700000000 };
    Tx *tx = request->tx;
    Id ola = person_ensure(tx, STR("Ola"), STR("ola@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    Id jan = person_ensure(tx, STR("Jan"), STR("jan@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    ConsentRecord record;
    assert_false(consent_about(tx, CLUB, "directory", &record));
    Consent listed = {.person = ola,
                      .subject = CLUB,
                      .purpose = "directory",
                      .wording = STR("Zgoda."),
                      .channel = "paper",
                      .given_ms = EARLIER_MS};
    consent_give(tx, &listed);
    assert_true(consent_about(tx, CLUB, "directory", &record));
    assert_str(record.person, STR("Ola"));
    assert_str(record.wording, STR("Zgoda."));
    assert_str(record.channel, STR("paper"));
    assert_int_equal(record.given_ms, EARLIER_MS);
    assert_false(record.withdrawn_ms.given);
    listed.person = jan;
    consent_give(tx, &listed);
    listed.subject = CHOIR;
    listed.person = person_ensure(tx, STR(""), STR("biuro@zaulek.example"), STR_ABSENT, LANGUAGE_PL);
    consent_give(tx, &listed);
    assert_true(consent_about(tx, CHOIR, "directory", &record));
    assert_str(record.person, STR("biuro@zaulek.example")); /* of whom no name is known */
    consent_withdraw_about(tx, CLUB, "directory");
    assert_true(consent_about(tx, CLUB, "directory", &record));
    assert_str(record.person, STR("Jan"));
    assert_int_equal(record.withdrawn_ms.value, tx_now_ms(tx));
    assert_true(consent_about(tx, CHOIR, "directory", &record));
    assert_false(record.withdrawn_ms.given);
}

static void test_people(void **state) {
    (void)state;
    as(STR_ABSENT, people, NULL);
}

static void test_consents_about(void **state) {
    (void)state;
    as(STR_ABSENT, consents_about, NULL);
}

static void test_changing_people(void **state) {
    (void)state;
    as(STR_ABSENT, changing_people, NULL);
}

/* ---- rights ------------------------------------------------------------------------------------------- */

static const unsigned all_roles[] = {ROLE_OWNER,   ROLE_COORDINATOR, ROLE_HOST,  ROLE_DOOR,          ROLE_STAGE,
                                     ROLE_KITCHEN, ROLE_GUIDE,       ROLE_GUEST, ROLE_REPRESENTATIVE};
enum { SERIES = 11, EDITION = 12, ORGANISATION = 13, ELSEWHERE = 99 };

static Id own_scope(unsigned role) {
    if (role == ROLE_OWNER) return 0;
    if (role == ROLE_COORDINATOR) return SERIES;
    return role == ROLE_REPRESENTATIVE ? ORGANISATION : EDITION;
}

/* What account.h says of rights, written down a second time. */
static bool should_reach(unsigned held, Id scope, unsigned wanted, const Scope *here) {
    if (held == ROLE_OWNER) return wanted == ROLE_OWNER || wanted == ROLE_COORDINATOR;
    if (held != wanted) return false;
    if (held == ROLE_REPRESENTATIVE && here->series != SERIES) return false;
    Id needed = held == ROLE_COORDINATOR      ? here->series
                : held == ROLE_REPRESENTATIVE ? here->organisation
                                              : here->edition;
    return needed && needed == scope;
}

static void rights(Request *request, void *values) {
    (void)values;
    static const Scope places[] = {{0},
                                   {SERIES, EDITION, ORGANISATION},
                                   {SERIES, 0, 0},
                                   {0, EDITION, 0},
                                   {0, 0, ORGANISATION},
                                   {ELSEWHERE, 0, ORGANISATION},
                                   {SERIES, 0, ELSEWHERE},
                                   {ELSEWHERE, ELSEWHERE, ELSEWHERE}};
    Tx *tx = request->tx;
    for (size_t i = 0; i < COUNT(all_roles); i++) {
        unsigned held = all_roles[i];
        Id person = person_ensure(tx, STR("Ola"), STR_ABSENT, STR_ABSENT, LANGUAGE_PL);
        if (held == ROLE_REPRESENTATIVE) representative_give(tx, person, ORGANISATION, SERIES);
        else role_give(tx, person, held, own_scope(held), 0);
        for (size_t j = 0; j < COUNT(all_roles) * COUNT(places); j++) {
            unsigned wanted = all_roles[j % COUNT(all_roles)];
            const Scope *here = &places[j / COUNT(all_roles)];
            if (role_held(tx, person, wanted, *here) != should_reach(held, own_scope(held), wanted, here))
                fail_msg("%s wanted %s in place %zu", role_name(held), role_name(wanted), j / COUNT(all_roles));
        }
        assert_true(role_held(tx, person, ROLE_OWNER | ROLE_COORDINATOR | held, places[1]));
    }
}

static void giving_and_taking(Request *request, void *values) {
    (void)values;
    Tx *tx = request->tx;
    const Scope here = {.edition = EDITION};
    Id person = person_ensure(tx, STR("Ola"), STR_ABSENT, STR_ABSENT, LANGUAGE_PL);
    role_give(tx, person, ROLE_DOOR, EDITION, request->now_ms + 1);
    assert_true(role_held(tx, person, ROLE_DOOR, here));
    role_give(tx, person, ROLE_DOOR, EDITION, request->now_ms); /* given anew, with an end that has come */
    assert_false(role_held(tx, person, ROLE_DOOR, here));
    role_give(tx, person, ROLE_DOOR, EDITION, 0);
    assert_true(role_held(tx, person, ROLE_DOOR, here));
    assert_int_equal(role_holders(tx, ROLE_DOOR, EDITION).count, 1);
    role_take(tx, person, ROLE_DOOR, EDITION);
    assert_false(role_held(tx, person, ROLE_DOOR, here));
    assert_int_equal(role_holders(tx, ROLE_DOOR, EDITION).count, 0);
    representative_give(tx, person, ORGANISATION, SERIES);
    representative_give(tx, person, ORGANISATION, ELSEWHERE); /* in each series by itself */
    representative_take(tx, person, ORGANISATION, ELSEWHERE);
    assert_int_equal(representatives(tx, ORGANISATION, ELSEWHERE).count, 0);
    assert_int_equal(representatives(tx, ORGANISATION, SERIES).count, 1);
    size_t count;
    const Grant *grants = role_grants(tx, person, &count);
    assert_int_equal(count, 1);
    assert_true(grants[0].role == ROLE_REPRESENTATIVE && grants[0].scope == ORGANISATION && grants[0].series == SERIES);
}

static void test_rights(void **state) {
    (void)state;
    as(STR_ABSENT, rights, NULL);
}

static void test_giving_and_taking(void **state) {
    (void)state;
    as(STR_ABSENT, giving_and_taking, NULL);
}

static void test_role_names(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(all_roles); i++) {
        Role role = ROLE_ANYONE;
        assert_true(role_parse(str_from_c(role_name(all_roles[i])), &role));
        assert_int_equal(role, all_roles[i]);
    }
    Role role;
    assert_false(role_parse(STR("king"), &role));
    assert_false(role_parse(STR(""), &role));
}

/* ---- sessions ----------------------------------------------------------------------------------------- */

typedef struct Session {
    Id person, found;
    Str cookie;
    bool is_door;
} Session;

static Str value_of_cookie(Str header) {
    ptrdiff_t equals = str_index_of_char(header, '='), end = str_index_of_char(header, ';');
    return equals < 0
               ? STR_ABSENT
               : str_slice(header, (size_t)equals + 1, (size_t)((end < 0 ? (ptrdiff_t)header.size : end) - equals - 1));
}

static void begin(Request *request, void *values) {
    Session *session = values;
    session->person = person_ensure(request->tx, STR("Ola"), STR("ola@zaulek.example"), STR_ABSENT, LANGUAGE_UK);
    role_give(request->tx, session->person, ROLE_DOOR, EDITION, 0);
    session_begin(request, session->person);
    session->cookie = str_copy(world.arena, value_of_cookie(request->response.cookies[0]));
}

static void look(Request *request, void *values) {
    Session *session = values;
    session->found = request->who.person;
    request->scope = (Scope){.edition = EDITION};
    session->is_door = account_allows(request, ROLE_DOOR);
    assert_true(account_allows(request, ROLE_ANYONE));
    assert_true(account_allows(request, ROLE_SIGNED_IN) == (session->found != 0));
    assert_false(account_allows(request, ROLE_HOST));
    if (session->found) assert_int_equal(request->who.language, LANGUAGE_UK);
}

static void end(Request *request, void *values) {
    (void)values;
    session_end(request);
}

static Id found_with(Session *session, Str cookie) {
    as(cookie, look, session);
    return session->found;
}

static void test_sessions(void **state) {
    (void)state;
    Session session = {0};
    as(STR_ABSENT, begin, &session);
    assert_int_equal(session.cookie.size, 26);
    assert_true(found_with(&session, session.cookie) == session.person && session.is_door);
    assert_int_equal(found_with(&session, STR_ABSENT), 0);
    assert_false(session.is_door);
    assert_int_equal(found_with(&session, STR("")), 0);
    assert_int_equal(found_with(&session, str_slice(session.cookie, 0, 25)), 0);
    assert_int_equal(found_with(&session, STR("00000000000000000000000000")), 0);
    as(session.cookie, end, NULL);
    assert_int_equal(found_with(&session, session.cookie), 0);
}

static void test_sessions_end_with_disuse(void **state) {
    (void)state;
    Session session = {0};
    as(STR_ABSENT, begin, &session);
    for (int i = 0; i < 5; i++) { /* each use makes thirty days more of it */
        let_pass(DAYS_MS(29));
        assert_true(found_with(&session, session.cookie) == session.person);
    }
    let_pass(DAYS_MS(30));
    assert_int_equal(found_with(&session, session.cookie), 0);
}

static void where_to_sign_in(Request *request, void *values) {
    (void)values;
    assert_str(account_sign_in_path(request), STR("/sign-in")); /* what was posted cannot be posted again for them */
    request->method = METHOD_GET;
    assert_str(account_sign_in_path(request), STR("/sign-in?to=%2Fsomewhere%3Fa%3Db"));
    request->who.person = 7;
    assert_true(str_is_absent(account_sign_in_path(request)));
}

static void test_where_to_sign_in(void **state) {
    (void)state;
    as(STR_ABSENT, where_to_sign_in, NULL);
}

/* ---- once-keys ---------------------------------------------------------------------------------------- */

typedef struct Once {
    Str key, path;
    Id person;
    bool goes_on;
} Once;

static void send_once(Request *request, void *values) {
    Once *once = values;
    Field field = {.name = STR("once"), .value = once->key};
    request->form = (Fields){&field, 1};
    request->path = once->path;
    request->who.person = once->person;
    once->goes_on = account_once_begin(request);
    if (!once->goes_on) {
        assert_str(request->response.location, STR("/done"));
        return;
    }
    request->response.status = 303;
    request->response.location = STR("/done");
    account_once_end(request);
}

static bool goes_on(Str key, Str path, Id person) {
    Once once = {key, path, person, false};
    as(STR_ABSENT, send_once, &once);
    return once.goes_on;
}

static void test_once(void **state) {
    (void)state;
    assert_true(goes_on(STR("k1"), STR("/a"), 1));
    assert_false(goes_on(STR("k1"), STR("/a"), 1)); /* sent twice: the first one's answer */
    assert_true(goes_on(STR("k1"), STR("/b"), 1));
    assert_true(goes_on(STR("k1"), STR("/a"), 2));
    assert_true(goes_on(STR("k2"), STR("/a"), 1));
    let_pass(DAYS_MS(2) + 1);
    assert_true(goes_on(STR("k3"), STR("/a"), 1)); /* forgets the old ones */
    assert_true(goes_on(STR("k1"), STR("/a"), 1));
}

/* ---- a form that begins a session, sent twice ----------------------------------------------------------- */

typedef struct Pressed {
    Session session;
    Id who; /* as whom it comes: the browser may have kept the first answer's cookie already */
    bool goes_on;
    Str cookie; /* of this answer; absent: none */
} Pressed;

static void press(Request *request, void *values) {
    static const Route sign_in = {METHOD_POST, "/sign-in/code", ROLE_ANYONE, NULL, .changes = true};
    Pressed *pressed = values;
    Field field = {.name = STR("once"), .value = STR("k1")};
    request->form = (Fields){&field, 1};
    request->route = &sign_in;
    request->path = STR("/sign-in/code");
    request->who.person = pressed->who;
    pressed->cookie = STR_ABSENT;
    pressed->goes_on = account_once_begin(request);
    if (pressed->goes_on) {
        begin(request, &pressed->session);
        request->response.status = 303;
        request->response.location = STR("/me");
        account_once_end(request);
    }
    assert_str(request->response.location, STR("/me"));
    if (!str_is_absent(request->response.cookies[0]))
        pressed->cookie = str_copy(world.arena, value_of_cookie(request->response.cookies[0]));
}

/* The browser drops the first answer, or the line breaks before it comes: the second leads in all the same. */
static void test_a_way_in_pressed_twice(void **state) {
    (void)state;
    Pressed pressed = {0};
    as(STR_ABSENT, press, &pressed);
    assert_true(pressed.goes_on);
    Str first = pressed.cookie;
    as(STR_ABSENT, press, &pressed);
    assert_false(pressed.goes_on);
    assert_false(str_is_absent(pressed.cookie) || str_equal(pressed.cookie, first));
    assert_true(found_with(&pressed.session, first) == pressed.session.person);
    assert_true(found_with(&pressed.session, pressed.cookie) == pressed.session.person);
    /* Signed in by the first answer meanwhile: led on, and not told that the code was wrong. */
    pressed.who = pressed.session.person;
    as(STR_ABSENT, press, &pressed);
    assert_false(pressed.goes_on);
    assert_true(str_is_absent(pressed.cookie));
    pressed.who += 1; /* it is another's form */
    as(STR_ABSENT, press, &pressed);
    assert_true(pressed.goes_on);
}

static void test_a_way_in_pressed_late_leads_nobody_in(void **state) {
    (void)state;
    Pressed pressed = {0};
    as(STR_ABSENT, press, &pressed);
    let_pass(MINUTES_MS(1) + 1);
    as(STR_ABSENT, press, &pressed);
    assert_false(pressed.goes_on);
    assert_true(str_is_absent(pressed.cookie));
}

/* Nor where the session was ended since: signed out, or the card was taken back. */
static void test_a_session_that_was_ended_does_not_begin_again(void **state) {
    (void)state;
    Pressed pressed = {0};
    as(STR_ABSENT, press, &pressed);
    as(pressed.cookie, end, NULL);
    as(STR_ABSENT, press, &pressed);
    assert_false(pressed.goes_on);
    assert_true(str_is_absent(pressed.cookie));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_people, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_changing_people, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_consents_about, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_rights, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_giving_and_taking, world_open, world_close),
        cmocka_unit_test(test_role_names),
        cmocka_unit_test_setup_teardown(test_sessions, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_sessions_end_with_disuse, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_where_to_sign_in, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_way_in_pressed_twice, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_way_in_pressed_late_leads_nobody_in, world_open, world_close),
        cmocka_unit_test_setup_teardown(test_a_session_that_was_ended_does_not_begin_again, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
