// SPDX-License-Identifier: EUPL-1.2
/* Invitations to act: what grants, what does not any more, and that somebody always acts. */
#include "gathering/signups/inviting.h"
#include "gathering/signups/joins.h"
#include "platform/base/random.h"
#include "testing.h"

static const Room *const rooms[] = {&organisations_room, &signups_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

typedef struct Setting {
    Id organisation, signup, contact, invited;
    Id series, edition;
} Setting;

static Setting setting(Tx *tx, const World *world, const char *name, const char *email) {
    SignupAnswers answers = {
        .organisation = {.name = str_from_c(name), .legal_form = STR(""), .words = STR("")},
        .contact_name = STR("Ada"),
        .contact_email = str_from_c(email),
        .language = LANGUAGE_PL,
        .source = "form",
        .state = SIGNUP_ACCEPTED,
        .people = 1,
    };
    SignupSent sent;
    assert_int_equal(signup_submit(tx, world->first, &answers, &sent), OK);
    Id invited = person_ensure(tx, STR("Nowa"), STR("nowa@example.org"), STR_ABSENT, LANGUAGE_PL);
    return (Setting){sent.organisation, sent.signup, sent.person, invited, world->series, world->first};
}

static Invitation invite(Tx *tx, const Setting *at, bool hands_over) {
    Invitation made = {.edition = at->edition,
                       .organisation = at->organisation,
                       .person = at->invited,
                       .invited_by = at->contact,
                       .hands_over = hands_over};
    Str secret = random_secret_text(tx_arena(tx));
    Invitation found;
    invitation_add(tx, &made, secret);
    assert_true(invitation_find(tx, at->edition, secret, &found));
    assert_false(invitation_find(tx, at->edition, random_secret_text(tx_arena(tx)), &made));
    return found;
}

static bool acts(Tx *tx, const Setting *at, Id person) {
    return role_held(tx, person, ROLE_REPRESENTATIVE, (Scope){.series = at->series, .organisation = at->organisation});
}

/* Its time is over. */
static void let_end(Tx *tx, const Invitation *invitation) {
    const StoreTable *table = row_table(STR("acting_invitation"));
    RowValue *key = arena_array(tx_arena(tx), RowValue, table->column_count);
    RowChange change;
    RowCells cells = {.arena = tx_arena(tx)};
    row_value(table, key, "edition")->integer = invitation->edition;
    row_value(table, key, "id")->integer = invitation->id;
    assert_true(row_find(tx, table, key, &change));
    row_value(table, change.after, "ends_ms")->integer = tx_now_ms(tx);
    assert_true(row_change(tx, &change, &cells));
}

static Err answers(Tx *tx, void *context) {
    const World *world = context;
    Setting at = setting(tx, world, "Jaskółka", "a@example.org");
    Invitation one = invite(tx, &at, false);
    assert_int_equal(one.ends_ms - one.invited_ms, INVITATION_LASTS_MS);
    assert_false(acts(tx, &at, at.invited));
    assert_int_equal(invitations_to(tx, at.invited).count, 1);
    assert_int_equal(invitations_of(tx, at.organisation, at.series).count, 1);
    Invitation again = invite(tx, &at, false); /* replaces the first */
    assert_int_equal(invitations_of(tx, at.organisation, at.series).count, 1);
    invitation_get(tx, at.edition, one.id, &one);
    assert_str(one.state, STR("withdrawn"));
    assert_int_equal(invitation_accept(tx, &one, true), ERR_CONFLICT);
    assert_int_equal(invitation_accept(tx, &again, true), OK);
    assert_int_equal(invitation_accept(tx, &again, true), ERR_CONFLICT); /* pressed twice, with what was read before */
    assert_true(acts(tx, &at, at.invited));
    assert_false(role_held(tx, at.invited, ROLE_REPRESENTATIVE,
                           (Scope){.series = world->other_series, .organisation = at.organisation}));
    return OK;
}

static Err ends(Tx *tx, void *context) {
    const World *world = context;
    Setting at = setting(tx, world, "Jaskółka", "a@example.org");
    Invitation late = invite(tx, &at, false);
    let_end(tx, &late);
    assert_true(invitation_get(tx, at.edition, late.id, &late));
    assert_int_equal(invitation_accept(tx, &late, true), ERR_CONFLICT);
    assert_int_equal(invitations_to(tx, at.invited).count, 0);
    Invitation declined = invite(tx, &at, false);
    assert_true(invitation_end(tx, &declined, "declined", at.invited));
    assert_false(invitation_end(tx, &declined, "withdrawn", at.contact));
    assert_int_equal(invitation_accept(tx, &declined, true), ERR_CONFLICT);
    /* Who invited does not act any more: they had nothing to give. */
    Invitation orphan = invite(tx, &at, false);
    representative_take(tx, at.contact, at.organisation, at.series);
    assert_int_equal(invitation_accept(tx, &orphan, true), ERR_CONFLICT);
    assert_int_equal(invitations_to(tx, at.invited).count, 0);
    assert_false(acts(tx, &at, at.invited));
    return OK;
}

static Err hands_over(Tx *tx, void *context) {
    const World *world = context;
    Setting at = setting(tx, world, "Jaskółka", "a@example.org");
    Invitation one = invite(tx, &at, true);
    assert_true(acts(tx, &at, at.contact)); /* until then */
    assert_int_equal(invitation_accept(tx, &one, true), OK);
    assert_true(acts(tx, &at, at.invited));
    assert_false(acts(tx, &at, at.contact));
    Signup signup;
    assert_true(signup_get(tx, at.edition, at.signup, &signup));
    assert_int_equal(signup.contact, at.invited);
    assert_int_equal(representatives(tx, at.organisation, at.series).count, 1);
    return OK;
}

/* By the letter alone, which can be passed on, nobody reads what an account tells of who it is. */
static Err hands_over_by_letter(Tx *tx, void *context) {
    const World *world = context;
    Setting at = setting(tx, world, "Jaskółka", "a@example.org");
    Signup signup;
    Invitation one = invite(tx, &at, true);
    Person successor;
    assert_true(person_get(tx, at.invited, &successor));
    assert_false(str_is_empty(successor.name) || str_is_empty(successor.email));
    assert_int_equal(invitation_accept(tx, &one, false), OK);
    assert_true(signup_get(tx, at.edition, at.signup, &signup));
    assert_int_equal(signup.contact, at.invited);
    assert_true(str_equal(signup.contact_name, successor.email));
    assert_true(str_is_empty(signup.contact_phone));
    return OK;
}

/* It was of one organisation alone, which is two now. */
static Err joined(Tx *tx, void *context) {
    const World *world = context;
    Setting one = setting(tx, world, "Jaskółka", "a@example.org"), two = setting(tx, world, "Sikora", "b@example.org");
    Invitation to_one = invite(tx, &one, false), to_two = invite(tx, &two, false);
    Id kora = person_ensure(tx, STR("Kora"), STR("kora@example.org"), STR_ABSENT, LANGUAGE_PL), join;
    role_give(tx, kora, ROLE_COORDINATOR, world->series, 0);
    JoinPerson acting = {.person = one.contact, .series = world->series};
    JoinAsked asked = {one.edition, two.organisation, one.organisation, 1, 1, &acting, 1, kora};
    JoinFault fault;
    assert_int_equal(organisations_join(tx, &house, &asked, &fault, &join), OK);
    const Invitation *both[] = {&to_one, &to_two};
    for (size_t i = 0; i < COUNT(both); i++) {
        Invitation now;
        assert_true(invitation_get(tx, both[i]->edition, both[i]->id, &now));
        assert_int_equal(invitation_accept(tx, &now, true), ERR_CONFLICT);
    }
    assert_false(acts(tx, &one, one.invited));
    Join in_the_way;
    assert_int_equal(organisations_unjoin(tx, &house, &(JoinUndo){one.edition, join, kora}, &fault, &in_the_way), OK);
    Invitation back;
    assert_true(invitation_get(tx, to_two.edition, to_two.id, &back));
    assert_int_equal(invitation_accept(tx, &back, true), OK);
    assert_true(acts(tx, &two, two.invited));
    assert_false(acts(tx, &one, two.invited));
    return OK;
}

static Err expires(Tx *tx, void *context) {
    const World *world = context;
    Setting at = setting(tx, world, "Jaskółka", "a@example.org");
    Invitation one = invite(tx, &at, false);
    invitations_expire(tx);
    assert_true(invitation_get(tx, at.edition, one.id, &one));
    assert_int_equal(invitations_since(tx, at.organisation, at.invited, 0), 1);
    return OK;
}

static void in_write(void **state, TxFunction function) {
    World *world = *state;
    if (store_write(world->store, world->arena, function, world)) fail_msg("%s", arena_failure(world->arena)->message);
}
static void an_invitation_grants_when_it_is_accepted_and_once(void **state) { in_write(state, answers); }
static void what_is_over_grants_nothing(void **state) { in_write(state, ends); }
static void who_hands_over_stops_when_another_is_there(void **state) { in_write(state, hands_over); }
static void who_takes_over_by_letter_is_called_by_its_address(void **state) { in_write(state, hands_over_by_letter); }
static void a_join_takes_them_back(void **state) { in_write(state, joined); }
static void those_that_wait_are_kept(void **state) { in_write(state, expires); }

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_WORLD(an_invitation_grants_when_it_is_accepted_and_once),
        IN_WORLD(what_is_over_grants_nothing),
        IN_WORLD(who_hands_over_stops_when_another_is_there),
        IN_WORLD(who_takes_over_by_letter_is_called_by_its_address),
        IN_WORLD(a_join_takes_them_back),
        IN_WORLD(those_that_wait_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
