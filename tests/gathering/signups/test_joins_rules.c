// SPDX-License-Identifier: EUPL-1.2
/* Joining two organisations: who may, who acts afterwards, what of an edition to which both signed up, and what becomes
 * of that which was changed between joining and undoing. */
#include "gathering/questions/questions.h"
#include "gathering/signups/edit.h"
#include "gathering/signups/joins.h"
#include "gathering/signups/listing.h"
#include "gathering/signups/same.h"
#include "gathering/ties/ties.h"
#include "testing.h"

static const Room *const rooms[] = {&organisations_room, &editions_room, &ties_room, &signups_room, &questions_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

typedef struct Made {
    Id organisation, signup, person;
} Made;

static Made sign_up_to(Tx *tx, Id edition, const char *name, const char *email, SignupState state) {
    SignupAnswers answers = {
        .organisation = {.name = str_from_c(name), .legal_form = STR(""), .words = STR("")},
        .contact_name = STR("Ada"),
        .contact_email = *email ? str_from_c(email) : STR_ABSENT,
        .contact_phone = STR("+48 123 456 789"),
        .language = LANGUAGE_PL,
        .source = "form",
        .state = state,
        .people = 2,
    };
    SignupSent sent;
    answers.organisation.id = organisation_find_same(tx, answers.organisation.name, STR_ABSENT);
    assert_int_equal(signup_submit(tx, edition, &answers, &sent), OK);
    return (Made){sent.organisation, sent.signup, sent.person};
}

static Id coordinator(Tx *tx, Id series) {
    Id person = person_ensure(tx, STR("Kora"), STR("kora@example.org"), STR_ABSENT, LANGUAGE_PL);
    role_give(tx, person, ROLE_COORDINATOR, series, 0);
    return person;
}

static Organisation organisation(Tx *tx, Id id) {
    Organisation found;
    assert_true(organisation_get(tx, id, &found));
    return found;
}

static Signup signup(Tx *tx, Id edition, Id id) {
    Signup found;
    assert_true(signup_get(tx, edition, id, &found));
    return found;
}

static bool acts(Tx *tx, Id person, Id organisation, Id series) {
    return role_held(tx, person, ROLE_REPRESENTATIVE, (Scope){.series = series, .organisation = organisation});
}

typedef struct Try {
    Id edition, joined, kept, by;
    Id chosen[2]; /* people, in the edition's series */
    JoinFault fault;
    Id join;
} Try;

static Err try_join(Tx *tx, const World *world, Try *one) {
    JoinPerson acting[2];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(one->chosen); i++)
        if (one->chosen[i]) acting[count++] = (JoinPerson){.person = one->chosen[i], .series = world->series};
    JoinAsked asked = {.edition = one->edition,
                       .joined = one->joined,
                       .kept = one->kept,
                       .joined_version = organisation(tx, one->joined).version,
                       .kept_version = organisation(tx, one->kept).version,
                       .acting = acting,
                       .acting_count = count,
                       .by = one->by};
    return organisations_join(tx, &house, &asked, &one->fault, &one->join);
}

static JoinFault undo(Tx *tx, const Try *one) {
    JoinFault fault;
    Join in_the_way;
    organisations_unjoin(tx, &house, &(JoinUndo){one->edition, one->join, one->by}, &fault, &in_the_way);
    return fault;
}

/* ---- who may ------------------------------------------------------------------------------------------------ */

static Err look_who_may(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_ACCEPTED);
    Made two = sign_up_to(tx, world->second, "Jaskolka bis", "b@example.org", SIGNUP_NEW);
    Made far = sign_up_to(tx, world->elsewhere, "Daleka", "c@example.org", SIGNUP_NEW);
    Id kora = coordinator(tx, world->series);
    Try wrong = {world->second, two.organisation, one.organisation, one.person, {one.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &wrong), ERR_INPUT); /* who acts for it joins nothing */
    assert_int_equal(wrong.fault, JOIN_BEYOND);
    Try good = {world->second, two.organisation, one.organisation, kora, {0}, 0, 0};
    assert_int_equal(try_join(tx, world, &good), ERR_INPUT);
    assert_int_equal(good.fault, JOIN_NOBODY);
    Try same = {world->second, one.organisation, one.organisation, kora, {0}, 0, 0};
    assert_int_equal(try_join(tx, world, &same), ERR_CONFLICT);
    Try not_here = {world->second, two.organisation, far.organisation, kora, {two.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &not_here), ERR_INPUT);
    assert_int_equal(not_here.fault, JOIN_NOT_HERE);
    sign_up_to(tx, world->elsewhere, "Jaskolka bis", "d@example.org", SIGNUP_NEW); /* now known to others too */
    Try beyond = {world->second, two.organisation, one.organisation, kora, {two.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &beyond), ERR_INPUT);
    assert_int_equal(beyond.fault, JOIN_BEYOND);
    Organisation kept = organisation(tx, two.organisation);
    Try turned = {world->second, one.organisation, two.organisation, kora, {one.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &turned), OK); /* the other way round it touches nothing of theirs */
    assert_str(organisation(tx, two.organisation).name, kept.name);
    assert_int_equal(signup(tx, world->first, one.signup).organisation, two.organisation);
    assert_int_equal(organisation_kept(tx, one.organisation), two.organisation);
    assert_int_equal(organisation_find_same(tx, STR("Fundacja Jaskółka"), STR_ABSENT), two.organisation);
    assert_int_equal(undo(tx, &turned), JOIN_GOOD);
    assert_int_equal(undo(tx, &turned), JOIN_UNKNOWN);
    assert_int_equal(organisation_find_same(tx, STR("Fundacja Jaskółka"), STR_ABSENT), one.organisation);
    return OK;
}

/* Joined by who coordinates both series, it is undone by nobody who has a say in one of them alone. */
static Err look_who_may_undo(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_ACCEPTED);
    Made two = sign_up_to(tx, world->second, "Jaskolka bis", "b@example.org", SIGNUP_NEW);
    sign_up_to(tx, world->elsewhere, "Jaskolka bis", "b@example.org", SIGNUP_NEW);
    Id kora = coordinator(tx, world->series);
    role_give(tx, kora, ROLE_COORDINATOR, world->other_series, 0);
    JoinPerson acting[] = {{.person = two.person, .series = world->series},
                           {.person = two.person, .series = world->other_series}};
    JoinAsked asked = {world->second, two.organisation, one.organisation, 1, 1, acting, COUNT(acting), kora};
    JoinFault fault;
    Try join = {world->second, two.organisation, one.organisation, kora, {0}, 0, 0};
    assert_int_equal(organisations_join(tx, &house, &asked, &fault, &join.join), OK);
    assert_true(acts(tx, two.person, one.organisation, world->other_series));
    join.by = person_ensure(tx, STR("Ola"), STR("ola@example.org"), STR_ABSENT, LANGUAGE_PL);
    role_give(tx, join.by, ROLE_COORDINATOR, world->series, 0);
    assert_int_equal(undo(tx, &join), JOIN_BEYOND);
    assert_int_equal(organisation_kept(tx, two.organisation), one.organisation);
    join.by = kora;
    assert_int_equal(undo(tx, &join), JOIN_GOOD);
    return OK;
}

static Err look_at_versions(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_ACCEPTED);
    Made two = sign_up_to(tx, world->second, "Jaskolka bis", "b@example.org", SIGNUP_NEW);
    Id kora = coordinator(tx, world->series), join;
    JoinPerson acting = {.person = one.person, .series = world->series};
    JoinAsked asked = {world->second, two.organisation, one.organisation, 1, 1, &acting, 1, kora};
    Signup edited = signup(tx, world->second, two.signup);
    EditValues values = edit_load(tx, &edited, LANGUAGE_PL), stale = values;
    values.website = STR("https://nowa.example");
    assert_int_equal(edit_save(tx, &edited, &values, &(EditSaving){0, LANGUAGE_PL, false}), OK);
    JoinFault fault;
    assert_int_equal(organisations_join(tx, &house, &asked, &fault, &join), ERR_CONFLICT);
    assert_int_equal(fault, JOIN_CHANGED);
    edited = signup(tx, world->second, two.signup);
    stale = edit_load(tx, &edited, LANGUAGE_PL);
    asked.joined_version = organisation(tx, two.organisation).version;
    assert_int_equal(organisations_join(tx, &house, &asked, &fault, &join), OK);
    edited = signup(tx, world->second, two.signup);
    assert_int_equal(edit_save(tx, &edited, &stale, &(EditSaving){0, LANGUAGE_PL, false}), ERR_CONFLICT);
    assert_str(organisation(tx, one.organisation).website, STR("https://nowa.example")); /* an empty field is filled */
    return OK;
}

/* ---- who acts ----------------------------------------------------------------------------------------------- */

static Err look_who_acts(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_ACCEPTED);
    Made two = sign_up_to(tx, world->second, "Jaskolka bis", "b@example.org", SIGNUP_NEW);
    Made card = sign_up_to(tx, world->second, "Inna", "", SIGNUP_NEW);
    Id kora = coordinator(tx, world->series), series = world->series;
    Try join = {world->second, two.organisation, one.organisation, kora, {one.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &join), OK);
    assert_true(acts(tx, one.person, one.organisation, series));
    assert_false(acts(tx, two.person, one.organisation, series)); /* nobody granted it */
    assert_int_equal(representatives(tx, one.organisation, series).count, 1);
    assert_int_equal(undo(tx, &join), JOIN_GOOD);
    assert_true(acts(tx, two.person, two.organisation, series));
    join.chosen[0] = two.person;
    assert_int_equal(try_join(tx, world, &join), OK);
    assert_true(acts(tx, two.person, one.organisation, series));
    assert_false(acts(tx, one.person, one.organisation, series)); /* nor to read what the other told */
    assert_int_equal(undo(tx, &join), JOIN_GOOD);
    assert_true(acts(tx, one.person, one.organisation, series));
    assert_true(acts(tx, two.person, two.organisation, series));
    assert_false(acts(tx, two.person, one.organisation, series));
    /* A card of who has no e-mail goes with them. */
    card_make(tx, &(CardFor){card.person, series, card.organisation, STR("/me"), tx_now_ms(tx) + 1000000});
    Try third = {world->second, card.organisation, one.organisation, kora, {card.person, one.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &third), OK);
    assert_true(acts(tx, card.person, one.organisation, series));
    assert_int_equal(card_state(tx, card.person).count, 1);
    assert_int_equal(undo(tx, &third), JOIN_GOOD);
    assert_true(acts(tx, card.person, card.organisation, series));
    assert_false(acts(tx, card.person, one.organisation, series));
    return OK;
}

/* ---- both signed up ----------------------------------------------------------------------------------------- */

static Err look_at_both(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_WAITING);
    Made two = sign_up_to(tx, world->first, "Jaskolka bis", "b@example.org", SIGNUP_ACCEPTED);
    Made third = sign_up_to(tx, world->first, "Trzecia", "c@example.org", SIGNUP_ACCEPTED);
    Id kora = coordinator(tx, world->series);
    ties_add(tx, world->first, one.organisation, third.organisation, 1);
    ties_add(tx, world->first, two.organisation, third.organisation, 2);
    ties_add(tx, world->first, one.organisation, two.organisation, 3);
    Try join = {world->first, two.organisation, one.organisation, kora, {one.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &join), OK);
    assert_int_equal(signup(tx, world->first, one.signup).state, SIGNUP_ACCEPTED); /* it was worth more */
    assert_int_equal(signup(tx, world->first, two.signup).state, SIGNUP_WITHDRAWN);
    assert_int_equal(signup(tx, world->first, two.signup).organisation, two.organisation);
    assert_int_equal(signup_counts(tx, world->first).by_state[SIGNUP_ACCEPTED], 2); /* each once */
    assert_int_equal(ties_of_edition(tx, world->first).count, 3);                   /* nothing is lost */
    assert_int_equal(undo(tx, &join), JOIN_GOOD);
    assert_int_equal(signup(tx, world->first, one.signup).state, SIGNUP_WAITING);
    assert_int_equal(signup(tx, world->first, two.signup).state, SIGNUP_ACCEPTED);
    /* Decided anew meanwhile: what was decided stays. */
    assert_int_equal(try_join(tx, world, &join), OK);
    Signup now = signup(tx, world->first, one.signup);
    SignupDecision decision = {.edition = world->first,
                               .signup = one.signup,
                               .version = now.version,
                               .to = SIGNUP_DECLINED,
                               .reason = STR("Brak miejsc.")};
    assert_int_equal(signup_decide(tx, &decision), OK);
    assert_int_equal(undo(tx, &join), JOIN_GOOD);
    assert_int_equal(signup(tx, world->first, one.signup).state, SIGNUP_DECLINED);
    assert_int_equal(signup(tx, world->first, two.signup).state, SIGNUP_ACCEPTED);
    return OK;
}

/* ---- between ------------------------------------------------------------------------------------------------ */

static Err look_between(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_ACCEPTED);
    Made two = sign_up_to(tx, world->second, "Jaskolka bis", "b@example.org", SIGNUP_NEW);
    Id kora = coordinator(tx, world->series);
    listing_give(tx, &(ListingGiven){.organisation = two.organisation,
                                     .edition = world->second,
                                     .person = two.person,
                                     .wording = STR("Zgoda."),
                                     .channel = "form"});
    Exchange offer = {.organisation = two.organisation, .kind = STR("space"), .words = STR("sala"), .is_offer = true};
    assert_int_equal(signup_exchange_save(tx, world->second, &offer, 0), OK);
    Try join = {world->second, two.organisation, one.organisation, kora, {one.person}, 0, 0};
    assert_int_equal(try_join(tx, world, &join), OK);
    assert_true(organisation(tx, one.organisation).is_listed);
    assert_false(organisation(tx, two.organisation).is_listed); /* what stayed with it is named nowhere by itself */
    Exchanges moved = signup_exchanges_of(tx, world->second, one.organisation);
    assert_int_equal(moved.count, 1);
    Signup now = signup(tx, world->second, two.signup);
    EditValues values = edit_load(tx, &now, LANGUAGE_PL);
    values.remarks = STR("Zmienione.");
    assert_int_equal(edit_save(tx, &now, &values, &(EditSaving){0, LANGUAGE_PL, false}), OK);
    Exchange more = {.organisation = one.organisation, .kind = STR("space"), .words = STR("ogród"), .is_offer = true};
    assert_int_equal(signup_exchange_save(tx, world->second, &more, 0), OK);
    listing_withdraw(tx, one.organisation, world->second, one.person);
    int64_t version = signup(tx, world->second, two.signup).version;
    assert_int_equal(undo(tx, &join), JOIN_GOOD);
    now = signup(tx, world->second, two.signup);
    assert_int_equal(now.organisation, two.organisation);
    assert_str(now.remarks, STR("Zmienione.")); /* stays */
    assert_true(now.version > version);
    assert_int_equal(signup_exchanges_of(tx, world->second, two.organisation).count, 1); /* goes back */
    assert_int_equal(signup_exchanges_of(tx, world->second, one.organisation).count, 1); /* came meanwhile */
    assert_false(organisation(tx, one.organisation).is_listed);
    assert_false(organisation(tx, two.organisation).is_listed); /* the consent was withdrawn, and stays so */
    return OK;
}

/* ---- two that are two --------------------------------------------------------------------------------------- */

static Err look_apart(Tx *tx, void *context) {
    const World *world = context;
    Made one = sign_up_to(tx, world->first, "Jaskółka", "a@example.org", SIGNUP_ACCEPTED);
    Made two = sign_up_to(tx, world->first, "Jaskółki", "b@example.org", SIGNUP_NEW);
    Signups all = signups_of(tx, world->first);
    Aparts none = organisations_apart(tx, world->series);
    assert_int_equal(none.count, 0);
    assert_true(all.count == 2 && one.organisation != two.organisation);
    assert_non_null(signup_doubles(tx_arena(tx), &all, &none)[0]);
    organisations_say_apart(tx, world->first, all.signups[0].organisation, all.signups[1].organisation, 0);
    organisations_say_apart(tx, world->second, all.signups[1].organisation, all.signups[0].organisation, 0);
    Aparts said = organisations_apart(tx, world->series);
    assert_int_equal(said.count, 1); /* in the series, however often it was said */
    assert_true(aparts_have(&said, all.signups[1].organisation, all.signups[0].organisation));
    assert_null(signup_doubles(tx_arena(tx), &all, &said)[0]);
    assert_int_equal(organisations_apart(tx, world->other_series).count, 0);
    organisations_unsay_apart(tx, world->series, all.signups[1].organisation, all.signups[0].organisation);
    assert_int_equal(organisations_apart(tx, world->series).count, 0);
    return OK;
}

static void in_write(void **state, TxFunction function) {
    World *world = *state;
    if (store_write(world->store, world->arena, function, world)) fail_msg("%s", arena_failure(world->arena)->message);
}
static void a_coordinator_joins_where_nobody_else_has_a_say(void **state) { in_write(state, look_who_may); }
static void undoing_takes_a_say_in_all_it_touches(void **state) { in_write(state, look_who_may_undo); }
static void what_changed_meanwhile_is_not_joined_unseen(void **state) { in_write(state, look_at_versions); }
static void nobody_gains_a_right_that_was_not_chosen(void **state) { in_write(state, look_who_acts); }
static void of_two_sign_ups_one_ends_and_nothing_is_lost(void **state) { in_write(state, look_at_both); }
static void what_was_changed_between_stays(void **state) { in_write(state, look_between); }
static void two_that_are_two_are_not_asked_about(void **state) { in_write(state, look_apart); }

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_WORLD(undoing_takes_a_say_in_all_it_touches),
        IN_WORLD(a_coordinator_joins_where_nobody_else_has_a_say),
        IN_WORLD(what_changed_meanwhile_is_not_joined_unseen),
        IN_WORLD(nobody_gains_a_right_that_was_not_chosen),
        IN_WORLD(of_two_sign_ups_one_ends_and_nothing_is_lost),
        IN_WORLD(what_was_changed_between_stays),
        IN_WORLD(two_that_are_two_are_not_asked_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
