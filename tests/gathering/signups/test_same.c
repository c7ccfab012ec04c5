// SPDX-License-Identifier: EUPL-1.2
/* Two sign-ups of one organisation: found by their names, joined with the answers one chose, nobody's way in lost. */
#include "gathering/signups/listing.h"
#include "gathering/signups/same.h"
#include "testing.h"

/* ---- making --------------------------------------------------------------------------------------------------- */

static Signup stored(Tx *tx, Id edition, Id signup) {
    Signup found;
    assert_true(signup_get(tx, edition, signup, &found));
    return found;
}

static Id sign_up(Tx *tx, Id edition, const char *name, const char *email, SignupState state) {
    Arena *arena = tx_arena(tx);
    SignupAnswers answers = {
        .organisation = {.name = str_from_c(name), .legal_form = STR(""), .words = STR("")},
        .contact_name = str_format(arena, "Osoba od %s", name),
        .contact_email = str_from_c(email),
        .language = LANGUAGE_PL,
        .source = "form",
        .state = state,
        .people = 2,
    };
    SignupSent sent;
    assert_int_equal(signup_submit(tx, edition, &answers, &sent), OK);
    return sent.signup;
}

static void change(Tx *tx, Id edition, Id signup, void (*with)(EditValues *values)) {
    Signup now = stored(tx, edition, signup);
    EditValues values = edit_load(tx, &now, LANGUAGE_PL);
    with(&values);
    assert_int_equal(edit_save(tx, &now, &values, &(EditSaving){0, LANGUAGE_PL}), OK);
}

static SameJoin joining(Tx *tx, Id edition, Id kept, Id other) {
    Signup one = stored(tx, edition, kept), two = stored(tx, edition, other);
    SameJoin join = {.kept = same_side(tx, &one, LANGUAGE_PL),
                     .other = same_side(tx, &two, LANGUAGE_PL),
                     .note = STR("Podwójne."),
                     .language = LANGUAGE_PL};
    same_choose(&join);
    return join;
}

static bool represents(Tx *tx, const World *world, Id person, Id organisation) {
    IdArray all = representatives(tx, organisation, world->series);
    for (size_t i = 0; i < all.count; i++)
        if (all.ids[i] == person) return true;
    return false;
}

/* ---- finding ---------------------------------------------------------------------------------------------------- */

static Err find(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world->first, "Fundacja Zielony Zaułek", "a@example.org", SIGNUP_ACCEPTED);
    Id two = sign_up(tx, world->first, "Zielony Zaulek", "b@example.org", SIGNUP_WAITING);
    Id apart = sign_up(tx, world->first, "Koło Modelarzy", "c@example.org", SIGNUP_NEW);
    Id gone = sign_up(tx, world->first, "Kolo Modelarzy!", "d@example.org", SIGNUP_NEW);
    SignupDecision decision = {.edition = world->first, .signup = gone, .version = 1, .to = SIGNUP_WITHDRAWN};
    assert_int_equal(signup_decide(tx, &decision), OK);
    sign_up(tx, world->second, "Koło Modelarzy 2", "e@example.org", SIGNUP_NEW); /* of another edition */
    Signups all = signups_of(tx, world->first);
    const Signup **doubles = signup_doubles(tx_arena(tx), &all, NULL);
    assert_int_equal(all.count, 4);
    for (size_t i = 0; i < all.count; i++) {
        Id id = all.signups[i].id, expected = id == one ? two : id == two ? one : 0;
        assert_true(id == one || id == two || id == apart || id == gone);
        assert_true(doubles[i] ? doubles[i]->id == expected : expected == 0);
    }
    return OK;
}

static void alike_names_of_those_that_come_are_marked(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, find, world), OK);
}

/* ---- joining ---------------------------------------------------------------------------------------------------- */

static void first_answers(EditValues *values) {
    values->people = 3;
    values->remarks = STR("Przyjdziemy wcześniej.");
    values->website = STR("https://jeden.example");
    values->staff_notes = STR("Dzwonili.");
}

static void second_answers(EditValues *values) {
    values->people = 5;
    values->remarks = STR("Z wózkiem.");
    values->nip = STR("8567346215");
    values->legal_form = STR("foundation");
    values->staff_notes = STR("Pisali.");
}

static Err join_two(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org", SIGNUP_ACCEPTED);
    Id two = sign_up(tx, world->first, "Zielony Zaulek", "b@example.org", SIGNUP_WAITING);
    change(tx, world->first, one, first_answers);
    change(tx, world->first, two, second_answers);
    Signup kept = stored(tx, world->first, one), other = stored(tx, world->first, two);
    Id helper = person_ensure(tx, STR("Pomocna"), STR("h@example.org"), STR_ABSENT, LANGUAGE_PL);
    signup_let_represent(tx, world->first, helper, other.organisation);
    listing_give(tx, &(ListingGiven){.organisation = other.organisation,
                                     .edition = world->first,
                                     .person = other.contact,
                                     .wording = STR("Tak."),
                                     .channel = "paper"});
    size_t letters = outbox_list(tx, world->first, 10).count;

    SameJoin join = joining(tx, world->first, one, two);
    assert_int_equal(join.choices[SAME_PEOPLE], SAME_KEPT);
    assert_int_equal(join.choices[SAME_REMARKS], SAME_BOTH);
    assert_int_equal(join.choices[SAME_NIP], SAME_OTHER);
    assert_int_equal(join.choices[SAME_WEBSITE], SAME_KEPT);
    assert_false(same_may_be_both(&join, SAME_NIP) || same_may_be_both(&join, SAME_CONTACT));
    join.choices[SAME_PEOPLE] = SAME_OTHER;
    join.choices[SAME_CONTACT] = SAME_OTHER;
    assert_int_equal(same_join(tx, &join), OK);

    Signup now = stored(tx, world->first, one), ended = stored(tx, world->first, two);
    EditValues values = edit_load(tx, &now, LANGUAGE_PL);
    assert_int_equal(now.state, SIGNUP_ACCEPTED);
    assert_int_equal(now.organisation, kept.organisation);
    assert_int_equal(now.people, 5);
    assert_str(now.remarks, STR("Przyjdziemy wcześniej.\nZ wózkiem."));
    assert_str(now.staff_notes, STR("Dzwonili.\nPisali."));
    assert_str(values.nip, STR("8567346215"));
    assert_str(values.website, STR("https://jeden.example"));
    assert_str(values.legal_form, STR("foundation"));
    assert_int_equal(now.contact, other.contact);
    assert_str(now.contact_name, STR("Osoba od Zielony Zaulek"));
    assert_true(now.is_listed);
    assert_int_equal(ended.state, SIGNUP_WITHDRAWN);
    assert_str(ended.staff_notes, STR("Pisali.\nPodwójne."));
    assert_int_equal(outbox_list(tx, world->first, 10).count, letters); /* no letter */
    Id all[] = {kept.contact, other.contact, helper};
    for (size_t i = 0; i < COUNT(all); i++) {
        assert_true(represents(tx, world, all[i], kept.organisation));
        assert_false(represents(tx, world, all[i], other.organisation));
    }
    assert_int_equal(organisation_find_same(tx, STR("nikt"), STR("8567346215")), kept.organisation);
    assert_int_equal(same_join(tx, &join), ERR_CONFLICT); /* again, on what was seen */
    return OK;
}

static void the_one_that_stays_has_the_answers_that_were_chosen(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_two, world), OK);
}

static void other_people(EditValues *values) { values->people = 9; }

/* Whichever of the two somebody has changed meanwhile. */
static Err change_meanwhile(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org", SIGNUP_NEW);
    Id two = sign_up(tx, world->first, "Zielony Zaulek", "b@example.org", SIGNUP_NEW);
    SameJoin seen = joining(tx, world->first, one, two);
    change(tx, world->first, two, other_people);
    assert_int_equal(same_join(tx, &seen), ERR_CONFLICT);
    assert_int_equal(stored(tx, world->first, two).state, SIGNUP_NEW);
    return OK;
}

static void what_changed_meanwhile_is_not_ended(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, change_meanwhile, world), OK);
}

/* An organisation that signed up for another edition too keeps its people there, its numbers and its consent. */
static Err join_known(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org", SIGNUP_NEW);
    Id two = sign_up(tx, world->first, "Klub Osobny", "b@example.org", SIGNUP_NEW);
    change(tx, world->first, two, second_answers);
    Signup other = stored(tx, world->first, two);
    Id helper = person_ensure(tx, STR("Pomocna"), STR("h@example.org"), STR_ABSENT, LANGUAGE_PL);
    signup_let_represent(tx, world->first, helper, other.organisation);
    Signup earlier = {
        .edition = world->second, .organisation = other.organisation, .source = STR("staff"), .people = 1};
    Id id;
    assert_int_equal(signup_add(tx, &earlier, NULL, &id), OK);
    SameJoin join = joining(tx, world->first, one, two);
    assert_int_equal(same_join(tx, &join), OK);
    Id kept = stored(tx, world->first, one).organisation;
    assert_true(represents(tx, world, other.contact, kept) && represents(tx, world, other.contact, other.organisation));
    assert_true(represents(tx, world, helper, other.organisation));
    assert_false(represents(tx, world, helper, kept));
    Organisation left;
    assert_true(organisation_get(tx, other.organisation, &left));
    assert_str(left.nip, STR("8567346215"));
    return OK;
}

static void one_that_signed_up_elsewhere_keeps_what_is_its_own(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_known, world), OK);
}

static Id sign_up_who_came(Tx *tx, const World *world, const char *name, int64_t came, bool is_known) {
    Id organisation =
           organisation_add(tx, &(Organisation){.name = str_from_c(name), .legal_form = STR(""), .words = STR("")}),
       id;
    Signup signup = {.organisation = organisation, .source = STR("staff"), .people = 1, .state = SIGNUP_ACCEPTED};
    signup.edition = world->first;
    if (is_known) assert_int_equal(signup_add(tx, &signup, NULL, &id), OK);
    signup.edition = world->second;
    signup.came_people = came ? given_int(came) : (OptionalInt){0};
    assert_int_equal(signup_add(tx, &signup, NULL, &id), OK);
    return id;
}

/* Whoever came under the other name was there; and it is the first time only where it was for both. */
static Err join_who_came(Tx *tx, void *context) {
    World *world = context;
    sign_up_who_came(tx, world, "Ktoś Dawny", 0, true); /* so that there was an earlier time */
    static const struct {
        const char *one, *other;
        int64_t came_one, came_other, came;
        bool is_known, is_first;
    } cases[] = {{"Zielony Zaułek", "Zielony Zaulek", 0, 4, 4, true, false},
                 {"Koło Modelarzy", "Kolo Modelarzy", 5, 3, 5, false, true}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        Id one = sign_up_who_came(tx, world, cases[i].one, cases[i].came_one, false);
        Id other = sign_up_who_came(tx, world, cases[i].other, cases[i].came_other, cases[i].is_known);
        assert_true(stored(tx, world->second, one).first_time);
        SameJoin join = joining(tx, world->second, one, other);
        assert_int_equal(same_join(tx, &join), OK);
        Signup now = stored(tx, world->second, one);
        assert_true(now.came_people.given);
        assert_int_equal(now.came_people.value, cases[i].came);
        assert_int_equal(now.first_time, cases[i].is_first);
    }
    return OK;
}

static void who_came_is_not_lost(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_who_came, world), OK);
}

static void long_remarks(EditValues *values) {
    static char text[3001];
    memset(text, 'a', sizeof text - 1);
    values->remarks = str_from_c(text);
}
static void other_long_remarks(EditValues *values) {
    static char text[3001];
    memset(text, 'b', sizeof text - 1);
    values->remarks = str_from_c(text);
}

/* Nothing is cut silently: what does not fit side by side is chosen. */
static Err join_long(Tx *tx, void *context) {
    World *world = context;
    Id one = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org", SIGNUP_NEW);
    Id two = sign_up(tx, world->first, "Zielony Zaulek", "b@example.org", SIGNUP_NEW);
    change(tx, world->first, one, long_remarks);
    change(tx, world->first, two, other_long_remarks);
    SameJoin join = joining(tx, world->first, one, two);
    assert_false(same_may_be_both(&join, SAME_REMARKS));
    assert_int_equal(join.choices[SAME_REMARKS], SAME_KEPT);
    return OK;
}

static void texts_that_do_not_fit_are_not_cut(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_long, world), OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(alike_names_of_those_that_come_are_marked, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_one_that_stays_has_the_answers_that_were_chosen, world_open, world_close),
        cmocka_unit_test_setup_teardown(what_changed_meanwhile_is_not_ended, world_open, world_close),
        cmocka_unit_test_setup_teardown(one_that_signed_up_elsewhere_keeps_what_is_its_own, world_open, world_close),
        cmocka_unit_test_setup_teardown(who_came_is_not_lost, world_open, world_close),
        cmocka_unit_test_setup_teardown(texts_that_do_not_fit_are_not_cut, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
