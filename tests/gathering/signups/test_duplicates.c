// SPDX-License-Identifier: EUPL-1.2
/* Organisations of a series that may be one: by what they are told apart from others, and by what not. */
#include "gathering/signups/duplicates.h"
#include "testing.h"

static void sites_and_letter_boxes_have_keys(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const char *const sites[][2] = {{"https://www.Kolo.example/o-nas", "kolo.example"},
                                           {"http://kolo.example:8080", "kolo.example"},
                                           {"https://facebook.com/kolo?ref=1", "facebook.com/kolo"},
                                           {"https://m.facebook.com/kolo/", "facebook.com/kolo"},
                                           {"https://www.facebook.com/", ""},
                                           {"https://", ""},
                                           {"", ""}};
    static const char *const mails[][2] = {
        {"ada@Kolo.example", "kolo.example"}, {"kolo@gmail.com", ""}, {"kolo@WP.pl", ""}, {"kolo", ""}, {"", ""}};
    for (size_t i = 0; i < COUNT(sites); i++)
        assert_str(duplicate_site_key(arena, str_from_c(sites[i][0])), str_from_c(sites[i][1]));
    for (size_t i = 0; i < COUNT(mails); i++)
        assert_str(duplicate_mail_key(arena, str_from_c(mails[i][0])), str_from_c(mails[i][1]));
    assert_str(duplicate_mail_key(arena, STR_ABSENT), STR(""));
    assert_str(duplicate_site_key(arena, STR_ABSENT), STR(""));
    arena_close(arena);
}

static Id sign_up(Tx *tx, Id edition, const Organisation *organisation, const char *email) {
    SignupAnswers answers = {.organisation = *organisation,
                             .contact_name = STR("Ada"),
                             .contact_email = str_from_c(email),
                             .language = LANGUAGE_PL,
                             .source = "form",
                             .people = 1};
    SignupSent sent;
    answers.organisation.legal_form = answers.organisation.words = STR("");
    assert_int_equal(signup_submit(tx, edition, &answers, &sent), OK);
    return sent.organisation;
}

static const DuplicatePair *pair_of(const Duplicates *found, Id one, Id other) {
    for (size_t i = 0; i < found->count; i++)
        if (found->pairs[i].one->organisation == one && found->pairs[i].other->organisation == other)
            return &found->pairs[i];
    return NULL;
}

static Err look(Tx *tx, void *context) {
    const World *world = context;
    Organisation turtle = {
        .name = STR("Fundacja Żółw"), .regon = STR("123456785"), .website = STR("https://zolw.example")};
    Organisation branch = {.name = STR("Oddział"), .regon = STR("12345678512347")};
    Organisation again = {.name = STR("Stowarzyszenie ŻÓŁW"), .website = STR("http://www.zolw.example/x")};
    Organisation apart = {.name = STR("Koło"), .nip = STR("8567346215")};
    Organisation far = {.name = STR("Koło Dalekie"), .nip = STR("8567346215")};
    Id one = sign_up(tx, world->first, &turtle, "a@gmail.com");
    Id two = sign_up(tx, world->second, &branch, "b@gmail.com");
    Id three = sign_up(tx, world->second, &again, "c@example.org");
    Id four = sign_up(tx, world->second, &apart, "d@example.org");
    sign_up(tx, world->elsewhere, &far, "e@example.net"); /* of other organisers */
    Duplicates found = duplicates_of(tx, world->series);
    assert_int_equal(found.count, 3);
    const DuplicatePair *first = pair_of(&found, one, three), *second = pair_of(&found, one, two),
                        *third = pair_of(&found, three, four);
    assert_ptr_equal(first, &found.pairs[0]); /* the most in common */
    assert_true(first->why[SAME_KEY_NAME] && first->why[SAME_KEY_SITE] && !first->why[SAME_KEY_MAIL]);
    assert_true(second && second->why[SAME_KEY_REGON] && !second->why[SAME_KEY_NAME]);
    assert_true(third && third->why[SAME_KEY_MAIL]);
    Signup signup;
    assert_true(signup_of_organisation(tx, world->second, three, &signup));
    SignupDecision decision = {.edition = world->second,
                               .signup = signup.id,
                               .version = signup.version,
                               .to = SIGNUP_WITHDRAWN,
                               .reason = STR("")};
    assert_int_equal(signup_decide(tx, &decision), OK);
    found = duplicates_of(tx, world->series);
    assert_int_equal(found.count, 1); /* of the second with the first */
    assert_int_equal(duplicates_of(tx, world->other_series).count, 0);
    return OK;
}

static void they_are_found_by_numbers_name_site_and_mail(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, look, world), OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_and_letter_boxes_have_keys),
        cmocka_unit_test_setup_teardown(they_are_found_by_numbers_name_site_and_mail, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
