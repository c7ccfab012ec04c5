// SPDX-License-Identifier: EUPL-1.2
/* The list that everybody sees: what stands in it, and what reading it costs when many signed up. */
#include "gathering/signups/listing.h"
#include "gathering/signups/public.h"
#include "testing.h"

enum { ORGANISATIONS = 1200, PROFILES = 12, EXCHANGES = 4, LISTED_EVERY = 2 };

static void accept(Tx *tx, Id edition, const SignupSent *sent) {
    SignupDecision decision = {
        .edition = edition, .signup = sent->signup, .version = 1, .to = SIGNUP_ACCEPTED, .reason = STR("")};
    assert_int_equal(signup_decide(tx, &decision), OK);
    listing_give(tx, &(ListingGiven){.organisation = sent->organisation,
                                     .edition = edition,
                                     .person = sent->person,
                                     .wording = STR("Zgoda."),
                                     .channel = "form"});
}

static Err fill(Tx *tx, void *context) {
    const World *world = context;
    Arena *arena = tx_arena(tx);
    Str profiles[PROFILES];
    Exchange exchanges[EXCHANGES];
    for (int i = 0; i < PROFILES; i++) profiles[i] = str_format(arena, "profile-%02d", i);
    for (int i = 0; i < EXCHANGES; i++)
        exchanges[i] = (Exchange){
            .is_offer = i % 2, .kind = str_format(arena, "kind-%d", i), .words = i == 1 ? STR("a hall") : STR("")};
    for (int i = 0; i < ORGANISATIONS; i++) {
        SignupAnswers answers = {
            .organisation = {.name = str_format(arena, "Grupa %04d", ORGANISATIONS - i),
                             .legal_form = STR(""),
                             .words = STR(""),
                             .profiles = {profiles, PROFILES}},
            .contact_name = STR("Ada"),
            .contact_email = str_format(arena, "g%d@example.org", i),
            .language = LANGUAGE_PL,
            .source = "form",
            .people = 1,
            .exchanges = {exchanges, EXCHANGES},
        };
        SignupSent sent;
        assert_int_equal(signup_submit(tx, world->second, &answers, &sent), OK);
        if (i % LISTED_EVERY == 0) accept(tx, world->second, &sent);
    }
    return OK;
}

typedef struct Look {
    const World *world;
    Directory directory;
} Look;

static Err look_at(Tx *tx, void *context) {
    Look *look = context;
    look->directory = directory_read(tx, look->world->second, LANGUAGE_PL);
    return OK;
}

/* Every organisation has a list of its own profiles, of just their number. */
static void many_cost_no_more_each_than_a_few(void **state) {
    const World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, fill, (void *)(uintptr_t)world), OK);
    Arena *arena = arena_open(64 << 20);
    Look look = {.world = world};
    if (store_read(world->store, arena, look_at, &look)) fail_msg("%s", arena_failure(arena)->message);
    assert_true(arena_used_bytes(arena) < (size_t)ORGANISATIONS * 8 * 1024);
    assert_int_equal(look.directory.count, ORGANISATIONS / LISTED_EVERY);
    Str before = STR("");
    for (size_t i = 0; i < look.directory.count; i++) {
        const Listed *one = &look.directory.rows[i];
        assert_true(str_compare(before, one->name) < 0);
        before = one->name;
        assert_int_equal(one->profiles.count, PROFILES);
        assert_str(one->profiles.strs[PROFILES - 1], STR("profile-11"));
        assert_true(str_starts_with(buffer_str(&one->profile_words), STR("profile-00, profile-01, ")));
        assert_str(buffer_str(&one->needs), STR("kind-0; kind-2"));
        assert_str(buffer_str(&one->offers), STR("kind-1 (a hall); kind-3"));
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(many_cost_no_more_each_than_a_few, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
