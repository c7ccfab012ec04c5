// SPDX-License-Identifier: EUPL-1.2
/* Letters to many: placeholders that cannot be misspelt, who gets which letter, sent once; and invitations, for those
 * alone who agreed. */
#include "gathering/mailing/mailing.h"

#include "../signups/testing.h"
#include "gathering/potluck/potluck.h"

static const Room *const rooms[] = {&signups_room, &potluck_room, &mailing_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

static void assert_text(Str found, const char *expected) {
    if (!str_equal(found, str_from_c(expected))) fail_msg("\"%.*s\" is not \"%s\"", STR_FORMAT(found), expected);
}

/* ---- placeholders ------------------------------------------------------------------------------------------------ */

static bool is_a_placeholder(Str name) {
    for (Placeholder i = 0; i < PLACEHOLDER_COUNT; i++)
        if (str_equal(name, str_from_c(placeholder_name(i)))) return true;
    return false;
}

static void every_misspelling_by_one_letter_is_refused_and_put_right(void **state) {
    World *world = *state;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzA {\n";
    for (Placeholder i = 0; i < PLACEHOLDER_COUNT; i++) {
        Str name = str_from_c(placeholder_name(i));
        for (size_t at = 0; at <= name.size; at++)
            for (size_t letter = 0; letter < sizeof letters; letter++) /* the last one: a letter left out */
                for (int instead = 0; instead < 2; instead++) {
                    size_t skip = instead || letter == sizeof letters - 1 ? 1 : 0;
                    if (at + skip > name.size) continue;
                    Str wrong_name = str_format(world->arena, "%.*s%.*s%.*s", STR_FORMAT(str_slice(name, 0, at)),
                                                letter < sizeof letters - 1, letters + letter,
                                                STR_FORMAT(str_skip(name, at + skip)));
                    Str words = str_format(world->arena, "A {%.*s} b", STR_FORMAT(wrong_name)), wrong;
                    Placeholder nearest;
                    bool is_right = placeholders_are_right(words, &wrong, &nearest);
                    assert_int_equal(is_right, is_a_placeholder(wrong_name));
                    if (is_right) continue;
                    assert_true(str_starts_with(wrong, STR("{")) && str_contains(words, wrong));
                    if (strchr("{\n", letters[letter])) continue;
                    /* "nate" is as near to the one as to the other */
                    assert_true(nearest == i || (i == PLACEHOLDER_DATE && nearest == PLACEHOLDER_NAME));
                }
    }
}

static void what_is_no_placeholder_is_named(void **state) {
    (void)state;
    static const struct {
        const char *words, *wrong; /* NULL: right */
    } cases[] = {
        {"", NULL},
        {"no braces } at all", NULL},
        {"{name}{organisation}{edition}{date}{place}{link}", NULL},
        {"{", "{"},
        {"{}", "{}"},
        {"{name", "{name"},
        {"{name\n}", "{name"},
        {"{Name}", "{Name}"},
        {"{ name }", "{ name }"},
        {"{name} {nazwa}", "{nazwa}"},
        {"{{name}}", "{{name}"},
        {"{organisation organisation organisation organisation}",
         "{organisation organisation organisation organisation}"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str wrong = STR("");
        Placeholder nearest;
        bool is_right = placeholders_are_right(str_from_c(cases[i].words), &wrong, &nearest);
        assert_int_equal(is_right, cases[i].wrong == NULL);
        if (!is_right) assert_text(wrong, cases[i].wrong);
    }
}

static void values_are_filled_in_once(void **state) {
    World *world = *state;
    Str values[PLACEHOLDER_COUNT];
    for (Placeholder i = 0; i < PLACEHOLDER_COUNT; i++) values[i] = STR("{name}");
    values[PLACEHOLDER_LINK] = STR("");
    assert_text(placeholders_fill(world->arena, STR("a{place}b{link}c"), values), "a{name}bc");
    assert_text(placeholders_fill(world->arena, STR(""), values), "");
    assert_true(placeholders_have(STR("x {date}"), PLACEHOLDER_DATE));
    assert_false(placeholders_have(STR("x {date} {place"), PLACEHOLDER_PLACE));
}

/* ---- who gets what ----------------------------------------------------------------------------------------------- */

typedef struct Made {
    Id signup, organisation, person;
} Made;

static Made sign_up(Tx *tx, Id edition, const char *name, const char *email, Language language, SignupState to) {
    SignupAnswers answers = {.organisation = {.name = str_from_c(name), .words = STR(""), .legal_form = STR("")},
                             .contact_name = STR("Ewa"),
                             .contact_email = str_from_c(email),
                             .contact_phone = STR("+48 600 100 200"),
                             .language = language,
                             .source = "form",
                             .people = 2,
                             .remarks = STR(""),
                             .access_needs = STR(""),
                             .staff_notes = STR("")};
    SignupSent sent;
    Signup signup;
    assert_int_equal(signup_submit(tx, edition, &answers, &sent), OK);
    assert_true(signup_get(tx, edition, sent.signup, &signup));
    if (to != SIGNUP_NEW)
        assert_int_equal(signup_decide(tx, &(SignupDecision){.edition = edition,
                                                             .signup = sent.signup,
                                                             .version = signup.version,
                                                             .to = to,
                                                             .reason = STR("Brak miejsc.")}),
                         OK);
    return (Made){sent.signup, sent.organisation, sent.person};
}

static Mailing written(Id edition, const char *audience) {
    Mailing mailing = {.edition = edition, .audience = str_from_c(audience)};
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        mailing.subject[language] = mailing.words[language] = STR("");
    mailing.subject[LANGUAGE_PL] = STR("Do: {organisation}");
    mailing.words[LANGUAGE_PL] = STR("Dzień dobry, {name}. {edition} {link}");
    mailing.subject[LANGUAGE_UK] = STR("Для: {organisation}");
    mailing.words[LANGUAGE_UK] = STR("Добрий день, {name}.");
    return mailing;
}

static MailingSend plan_of(Tx *tx, const World *world, const char *audience) {
    Edition edition;
    assert_true(edition_get(tx, world->first, &edition));
    Mailing mailing = written(world->first, audience);
    return mailing_send_plan(tx, &house, &edition, &mailing);
}

static Err audiences(Tx *tx, void *context) {
    World turned = *(const World *)context, *world = &turned; /* the later one, so that there are newcomers */
    turned.first = ((const World *)context)->second;
    turned.second = ((const World *)context)->first;
    sign_up(tx, world->second, "Alfa z dawna", "dawna@a.example", LANGUAGE_PL, SIGNUP_ACCEPTED);
    sign_up(tx, world->first, "Alfa", "alfa@a.example", LANGUAGE_PL, SIGNUP_ACCEPTED);
    sign_up(tx, world->first, "Beta", "beta@a.example", LANGUAGE_UK, SIGNUP_ACCEPTED);
    sign_up(tx, world->first, "Gamma", "", LANGUAGE_PL, SIGNUP_NEW);
    sign_up(tx, world->first, "Delta", "delta@a.example", LANGUAGE_EN, SIGNUP_DECLINED);
    sign_up(tx, world->first, "Eta", "eta@a.example", LANGUAGE_EN, SIGNUP_WAITING);
    static const struct {
        const char *name;
        size_t letters, to_ring;
    } expected[] = {{"accepted", 2, 0}, {"to_confirm", 0, 0}, {"newcomers", 2, 0}, {"new", 0, 1},
                    {"waiting", 1, 0},  {"signed_up", 3, 1},  {"dish", 0, 0},      {"invited:all", 0, 0}};
    Edition edition;
    assert_true(edition_get(tx, world->first, &edition));
    Audiences all = mailing_audiences(tx, &house, &edition, LANGUAGE_EN);
    assert_int_equal(all.count, COUNT(expected) + 1);
    for (size_t i = 0; i < COUNT(expected); i++) {
        MailingSend send = plan_of(tx, world, expected[i].name);
        assert_int_equal(send.letter_count, expected[i].letters);
        assert_int_equal(send.to_ring_count, expected[i].to_ring);
        assert_false(send.has_no_audience);
        assert_int_equal(mailing_can_be_sent(&send), expected[i].letters > 0);
    }
    MailingSend send = plan_of(tx, world, "signed_up");
    assert_int_equal(send.letters[0].language, LANGUAGE_PL);
    assert_int_equal(send.letters[1].language, LANGUAGE_UK);
    assert_int_equal(send.letters[2].language, LANGUAGE_PL); /* theirs is not written: the series' own */
    assert_true(send.letters[2].is_other_language && !send.letters[1].is_other_language);
    assert_text(send.to_ring[0].phone, "+48 600 100 200");
    assert_true(plan_of(tx, world, "space:0000000000001").has_no_audience);
    return OK;
}

static Err sent_once(Tx *tx, void *context) {
    const World *world = context;
    Edition edition;
    Made alfa = sign_up(tx, world->first, "Alfa", "alfa@a.example", LANGUAGE_PL, SIGNUP_ACCEPTED);
    assert_true(edition_get(tx, world->first, &edition));
    size_t before = outbox_list(tx, world->first, 1000).count;
    Mailing mailing = written(world->first, "accepted");
    mailing.id = mailing_add(tx, &mailing);
    assert_true(mailing_get(tx, world->first, mailing.id, &mailing));
    MailingSend send = mailing_send_plan(tx, &house, &edition, &mailing);
    MailingPress press = {mailing.id, 0, mailing_seen(world->arena, &mailing, &send), STR("https://w.example")};
    Made beta = sign_up(tx, world->first, "Beta", "beta@a.example", LANGUAGE_UK, SIGNUP_ACCEPTED);
    before = outbox_list(tx, world->first, 1000).count;
    assert_int_equal(mailing_send(tx, &house, &edition, &press), ERR_CONFLICT); /* one more than was seen */
    assert_int_equal(outbox_list(tx, world->first, 1000).count, before);
    send = mailing_send_plan(tx, &house, &edition, &mailing);
    press.seen = mailing_seen(world->arena, &mailing, &send);
    assert_int_equal(mailing_send(tx, &house, &edition, &press), OK);
    assert_int_equal(mailing_send(tx, &house, &edition, &press), ERR_CONFLICT);
    OutboxEntries letters = outbox_list(tx, world->first, 1000);
    assert_int_equal(letters.count, before + 2);
    assert_text(letters.entries[1].subject, "Do: Alfa");
    assert_text(letters.entries[0].subject, "Для: Beta");
    Mailing later = mailing;
    assert_int_equal(mailing_update(tx, &later), ERR_CONFLICT);
    assert_int_equal(mailing_remove(tx, &later), ERR_CONFLICT);
    assert_true(mailing_get(tx, world->first, mailing.id, &later));
    assert_int_equal(later.letters, 2);
    assert_true(later.sent_ms.given && alfa.person && beta.person);
    assert_false(mailing_get(tx, world->second, mailing.id, &later)); /* not that edition's */
    return OK;
}

static Err hundreds(Tx *tx, void *context) {
    const World *world = context;
    enum { MANY = 300 };
    Edition edition;
    assert_true(edition_get(tx, world->first, &edition));
    for (int i = 0; i < MANY; i++)
        sign_up(tx, world->first, str_format(world->arena, "Grupa %03d", i).data,
                str_format(world->arena, "g%03d@a.example", i).data, i % LANGUAGE_COUNT, SIGNUP_NEW);
    Mailing mailing = written(world->first, "new");
    mailing.id = mailing_add(tx, &mailing);
    assert_true(mailing_get(tx, world->first, mailing.id, &mailing));
    MailingSend send = mailing_send_plan(tx, &house, &edition, &mailing);
    assert_int_equal(send.letter_count, MANY);
    size_t before = outbox_list(tx, world->first, 4 * MANY).count;
    MailingPress press = {mailing.id, 0, mailing_seen(world->arena, &mailing, &send), STR("https://w.example")};
    assert_int_equal(mailing_send(tx, &house, &edition, &press), OK);
    assert_int_equal(outbox_list(tx, world->first, 4 * MANY).count, before + MANY);
    send.is_too_many = true; /* over MAILING_MOST_LETTERS */
    assert_false(mailing_can_be_sent(&send));
    return OK;
}

/* ---- invitations ------------------------------------------------------------------------------------------------- */

static Err invitations(Tx *tx, void *context) {
    const World *world = context;
    Edition first, second, elsewhere;
    assert_true(edition_get(tx, world->first, &first) && edition_get(tx, world->second, &second) &&
                edition_get(tx, world->elsewhere, &elsewhere));
    Made alfa = sign_up(tx, world->second, "Alfa", "alfa@a.example", LANGUAGE_PL, SIGNUP_ACCEPTED);
    Made beta = sign_up(tx, world->second, "Beta", "beta@a.example", LANGUAGE_UK, SIGNUP_ACCEPTED);
    Made same = sign_up(tx, world->first, "Gamma", "gamma@a.example", LANGUAGE_PL, SIGNUP_NEW);
    invitations_agree(tx, alfa.person, &second, LANGUAGE_PL);
    invitations_agree(tx, alfa.person, &first, LANGUAGE_PL); /* agreed already: nothing is written twice */
    assert_int_equal(consents_of(tx, alfa.person).count, 1);
    invitations_agree(tx, same.person, &first, LANGUAGE_PL);
    invitations_agree(tx, beta.person, &elsewhere, LANGUAGE_UK); /* with other organisers: none of ours */
    assert_int_equal(plan_of(tx, world, "invited:all").letter_count, 2);
    MailingSend not_yet = plan_of(tx, world, "invited:not_yet");
    assert_int_equal(not_yet.letter_count, 1);
    assert_int_equal(not_yet.letters[0].person, alfa.person);

    Mailing mailing = written(world->first, "invited:not_yet");
    Str path = invitation_end_path(tx, alfa.person, world->series);
    assert_true(str_equal(path, invitation_end_path(tx, alfa.person, world->series)));
    MailingLetter letter =
        mailing_letter(world->arena, &first, &mailing, &not_yet.letters[0], STR("https://w.example"), path);
    assert_true(str_starts_with(letter.unsubscribe, STR("https://w.example/unsubscribe/")));
    assert_true(str_contains(letter.body, letter.unsubscribe) &&
                str_contains(letter.body, STR("https://w.example/s/i")));
    mailing.audience = STR("accepted");
    letter = mailing_letter(world->arena, &first, &mailing, &not_yet.letters[0], STR("https://w.example"), STR_ABSENT);
    assert_true(str_is_absent(letter.unsubscribe) && !str_contains(letter.body, STR("unsubscribe")));

    Id person, series;
    assert_true(invitation_end_find(tx, str_skip(path, sizeof "/unsubscribe/" - 1), &person, &series));
    assert_true(person == alfa.person && series == world->series);
    assert_false(invitation_end_find(tx, STR("00000000000000000000000000"), &person, &series));
    for (int i = 0; i < 2; i++) { /* as often as one likes */
        invitations_withdraw(tx, alfa.person, world->series);
        assert_false(invitations_agreed(tx, alfa.person, world->series));
        assert_int_equal(plan_of(tx, world, "invited:not_yet").letter_count, 0);
    }
    assert_true(invitations_agreed(tx, beta.person, world->other_series)); /* another's consent stands */
    invitations_agree(tx, alfa.person, &second, LANGUAGE_PL);
    assert_int_equal(plan_of(tx, world, "invited:not_yet").letter_count, 1);
    mailing_room.personal_erase(tx, &(PersonalSubject){.person = alfa.person, .series = world->series});
    assert_int_equal(plan_of(tx, world, "invited:not_yet").letter_count, 0);
    assert_false(invitation_end_find(tx, str_skip(path, sizeof "/unsubscribe/" - 1), &person, &series));
    return OK;
}

static void in_a_transaction(void **state, Err (*work)(Tx *, void *)) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, work, world), OK);
}
static void who_is_in_an_audience(void **state) { in_a_transaction(state, audiences); }
static void just_what_was_seen_is_sent_and_once(void **state) { in_a_transaction(state, sent_once); }
static void hundreds_leave_at_once(void **state) { in_a_transaction(state, hundreds); }
static void only_who_agreed_is_invited(void **state) { in_a_transaction(state, invitations); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_misspelling_by_one_letter_is_refused_and_put_right, world_open,
                                        world_close),
        cmocka_unit_test(what_is_no_placeholder_is_named),
        cmocka_unit_test_setup_teardown(values_are_filled_in_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(who_is_in_an_audience, world_open, world_close),
        cmocka_unit_test_setup_teardown(just_what_was_seen_is_sent_and_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(hundreds_leave_at_once, world_open, world_close),
        cmocka_unit_test_setup_teardown(only_who_agreed_is_invited, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
