// SPDX-License-Identifier: EUPL-1.2
/* Sign-ups: every step between states, versions, the queue, letters, counts, first times. */
#include "gathering/signups/edit.h"
#include "gathering/signups/letters.h"
#include "platform/account/sign_in.h"
#include "testing.h"

/* ---- making ------------------------------------------------------------------------------------------------ */

static Id sign_up(Tx *tx, Id edition, const char *name, const char *email, SignupState state) {
    SignupAnswers answers = {
        .organisation = {.name = str_from_c(name), .legal_form = STR(""), .words = STR("")},
        .contact_name = STR("Ada"),
        .contact_email = str_from_c(email),
        .language = LANGUAGE_PL,
        .source = "form",
        .state = state,
        .people = 2,
    };
    answers.organisation.id = organisation_find_same(tx, answers.organisation.name, STR_ABSENT);
    SignupSent sent;
    Err err = signup_submit(tx, edition, &answers, &sent);
    return err ? 0 : sent.signup;
}

/* ---- decisions --------------------------------------------------------------------------------------------- */

typedef struct Step {
    World *world;
    SignupState from, to;
    Err err;
} Step;

static void force_state(Tx *tx, Id edition, Id signup, SignupState state) {
    static const SignupState ways[SIGNUP_STATE_COUNT][2] = {
        [SIGNUP_ACCEPTED] = {SIGNUP_ACCEPTED, SIGNUP_STATE_COUNT},
        [SIGNUP_WAITING] = {SIGNUP_WAITING, SIGNUP_STATE_COUNT},
        [SIGNUP_DECLINED] = {SIGNUP_DECLINED, SIGNUP_STATE_COUNT},
        [SIGNUP_WITHDRAWN] = {SIGNUP_WITHDRAWN, SIGNUP_STATE_COUNT},
    };
    if (state == SIGNUP_NEW) return;
    SignupDecision decision = {
        .edition = edition, .signup = signup, .version = 1, .to = ways[state][0], .reason = STR("bo tak")};
    assert_int_equal(signup_decide(tx, &decision), OK);
}

static Err try_step(Tx *tx, void *context) {
    Step *step = context;
    Id edition = step->world->first;
    Str name = str_format(tx_arena(tx), "Grupa %d %d", step->from, step->to);
    Id id = sign_up(tx, edition, str_to_c(tx_arena(tx), name), "ada@example.org", SIGNUP_NEW);
    force_state(tx, edition, id, step->from);
    Signup signup;
    assert_true(signup_get(tx, edition, id, &signup));
    assert_int_equal(signup.state, step->from);
    SignupDecision decision = {
        .edition = edition, .signup = id, .version = signup.version + 1, .to = step->to, .reason = STR("brak miejsc")};
    assert_int_equal(signup_decide(tx, &decision), ERR_CONFLICT);
    decision.version = signup.version;
    step->err = signup_decide(tx, &decision);
    Signup after;
    assert_true(signup_get(tx, edition, id, &after));
    assert_int_equal(after.state, step->err ? step->from : step->to);
    assert_int_equal(after.version, step->err ? signup.version : signup.version + 1);
    assert_int_equal(signup_queue_place(tx, edition, id) > 0, after.state == SIGNUP_WAITING);
    if (!step->err) assert_str(after.reason, step->to == SIGNUP_DECLINED ? STR("brak miejsc") : STR(""));
    decision.signup = id + 1000;
    assert_int_equal(signup_decide(tx, &decision), ERR_NOT_FOUND);
    return OK;
}

static void every_step_is_allowed_or_refused_as_told(void **state) {
    World *world = *state;
    static const char *const allowed[SIGNUP_STATE_COUNT] = {[SIGNUP_NEW] = "-yyyy",
                                                            [SIGNUP_ACCEPTED] = "--yyy",
                                                            [SIGNUP_WAITING] = "-y-yy",
                                                            [SIGNUP_DECLINED] = "-yy--",
                                                            [SIGNUP_WITHDRAWN] = "y----"};
    for (int from = 0; from < SIGNUP_STATE_COUNT; from++)
        for (int to = 0; to < SIGNUP_STATE_COUNT; to++) {
            Step step = {.world = world, .from = (SignupState)from, .to = (SignupState)to};
            assert_int_equal(store_write(world->store, world->arena, try_step, &step), OK);
            assert_int_equal(step.err, allowed[from][to] == 'y' ? OK : ERR_INPUT);
            assert_int_equal(signup_may_become((SignupState)from, (SignupState)to), allowed[from][to] == 'y');
        }
}

/* ---- letters, queue, conflicts ------------------------------------------------------------------------------- */

static Err queue_and_letters(Tx *tx, void *context) {
    World *world = context;
    Id a = sign_up(tx, world->first, "Alfa", "a@example.org", SIGNUP_WAITING),
       b = sign_up(tx, world->first, "Beta", "", SIGNUP_NEW);
    assert_true(a && b);
    assert_int_equal(sign_up(tx, world->first, "Alfa", "c@example.org", SIGNUP_NEW), 0); /* it has one */
    assert_int_equal(signup_queue_place(tx, world->first, a), 1);
    SignupDecision decision = {.edition = world->first, .signup = b, .version = 1, .to = SIGNUP_WAITING};
    assert_int_equal(signup_decide(tx, &decision), OK);
    assert_int_equal(signup_queue_place(tx, world->first, b), 2);
    assert_int_equal(outbox_list(tx, world->first, 10).count, 0); /* Beta left no e-mail */
    decision = (SignupDecision){.edition = world->first,
                                .signup = a,
                                .version = 1,
                                .to = SIGNUP_ACCEPTED,
                                .base_url = STR("https://example.org")};
    assert_int_equal(signup_decide(tx, &decision), OK);
    assert_int_equal(signup_queue_place(tx, world->first, b), 1);
    OutboxEntries letters = outbox_list(tx, world->first, 10);
    assert_int_equal(letters.count, 1);
    assert_str(letters.entries[0].to_address, STR("a@example.org"));
    assert_str(letters.entries[0].subject, STR("Jesteście z nami: Pierwsza"));
    Signup accepted; /* the address is that of a page there is: their own of this edition */
    assert_true(signup_get(tx, world->first, a, &accepted));
    Str address = str_format(world->arena, "https://example.org/me/s/i/%.*s\n",
                             STR_FORMAT(id_text(world->arena, accepted.organisation)));
    assert_true(str_is_absent(letters.entries[0].body)); /* a list does not read what it does not show */
    OutboxEntry letter;
    assert_true(outbox_get(tx, world->first, letters.entries[0].id, &letter));
    assert_true(str_contains(letter.body, address));
    return OK;
}

static void the_queue_moves_up_and_letters_are_written(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, queue_and_letters, world), OK);
}

/* "All places are taken" is said where they are. */
static Str waiting_letter(Tx *tx, const World *world, const char *name, const char *email) {
    Id id = sign_up(tx, world->first, name, email, SIGNUP_NEW);
    SignupDecision decision = {.edition = world->first, .signup = id, .version = 1, .to = SIGNUP_WAITING};
    assert_int_equal(signup_decide(tx, &decision), OK);
    OutboxEntries letters = outbox_list(tx, world->first, 100);
    OutboxEntry letter;
    for (size_t i = 0; i < letters.count; i++)
        if (str_equal(letters.entries[i].to_address, str_from_c(email))) {
            assert_true(outbox_get(tx, world->first, letters.entries[i].id, &letter));
            return letter.body;
        }
    fail_msg("no letter to %s", email);
    return STR("");
}

static Err wait_with_and_without_places(Tx *tx, void *context) {
    World *world = context;
    Str body = waiting_letter(tx, world, "Alfa", "a@example.org");
    assert_false(str_contains(body, STR("zajęte")));
    assert_true(str_contains(body, STR("To nie jest odmowa")));
    for (int i = 0; i < 2; i++) { /* so many places there are */
        Id id = sign_up(tx, world->first, i ? "Gamma" : "Delta", "", SIGNUP_NEW);
        SignupDecision decision = {.edition = world->first, .signup = id, .version = 1, .to = SIGNUP_ACCEPTED};
        assert_int_equal(signup_decide(tx, &decision), OK);
    }
    assert_true(str_contains(waiting_letter(tx, world, "Beta", "b@example.org"), STR("zajęte")));
    return OK;
}

static void the_waiting_list_letter_says_what_is_true(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, wait_with_and_without_places, world), OK);
}

/* Anybody can send the form again and again with the address of somebody else. */
static Err many_receipts(Tx *tx, void *context) {
    World *world = context;
    Id id = sign_up(tx, world->first, "Alfa", "a@example.org", SIGNUP_NEW);
    Signup signup;
    assert_true(signup_get(tx, world->first, id, &signup));
    for (int i = 0; i < 50; i++) letter_of_receipt(tx, &signup, STR("https://example.org/x"));
    assert_int_equal(outbox_list(tx, world->first, 100).count, 5);
    SignupDecision decision = {.edition = world->first, .signup = id, .version = 1, .to = SIGNUP_ACCEPTED};
    assert_int_equal(signup_decide(tx, &decision), OK); /* what organisers say always goes out */
    assert_int_equal(outbox_list(tx, world->first, 100).count, 6);
    return OK;
}

static void receipts_do_not_flood_anybody(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, many_receipts, world), OK);
}

static Err first_times(Tx *tx, void *context) {
    World *world = context;
    Id known = sign_up(tx, world->first, "Alfa", "a@example.org", SIGNUP_NEW);
    sign_up(tx, world->first, "Beta", "b@example.org", SIGNUP_NEW);
    SignupDecision decision = {.edition = world->first, .signup = known, .version = 1, .to = SIGNUP_ACCEPTED};
    assert_int_equal(signup_decide(tx, &decision), OK);
    Signup signup;
    assert_true(signup_get(tx, world->second, sign_up(tx, world->second, "Fundacja Alfa", "a@example.org", SIGNUP_NEW),
                           &signup));
    assert_false(signup.first_time);
    assert_true(
        signup_get(tx, world->second, sign_up(tx, world->second, "Beta", "b@example.org", SIGNUP_NEW), &signup));
    assert_true(signup.first_time); /* it was never accepted */
    assert_true(
        signup_get(tx, world->second, sign_up(tx, world->second, "Gamma", "g@example.org", SIGNUP_NEW), &signup));
    assert_true(signup.first_time);
    signup.version = 7;
    assert_int_equal(signup_update(tx, &signup, 0), ERR_CONFLICT);
    signup.version = 1;
    signup.people = 9;
    assert_int_equal(signup_update(tx, &signup, 0), OK);
    SignupCounts counts = signup_counts(tx, world->second);
    assert_int_equal(counts.by_state[SIGNUP_NEW], 3);
    assert_int_equal(counts.people, 0);
    counts = signup_counts(tx, world->first);
    assert_int_equal(counts.by_state[SIGNUP_ACCEPTED], 1);
    assert_int_equal(counts.people, 2);
    assert_int_equal(counts.first_time, 0); /* in the first edition nobody is told apart as new */
    Edition edition;
    assert_true(edition_get(tx, world->first, &edition));
    assert_int_equal(signup_places_left(tx, &edition).value, 1);
    return OK;
}

static void first_times_and_counts_come_from_records(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, first_times, world), OK);
}

static Card card_of(Tx *tx, World *world, Str card) {
    Request request = {.arena = world->arena, .tx = tx, .now_ms = tx_now_ms(tx)};
    Card found;
    assert_true(card_find(&request, str_skip(card, sizeof "/s/" - 1), &found));
    return found;
}

static Str where_card_leads(Tx *tx, World *world, Str card) { return card_of(tx, world, card).goes_to; }

static Str own_page(Tx *tx, World *world, Id organisation, const char *rest) {
    Edition edition;
    assert_true(edition_get(tx, world->second, &edition));
    return edition_my_path(world->arena, &edition, organisation, rest);
}

static bool represents_in(Tx *tx, Id person, Id organisation, Id series) {
    return role_held(tx, person, ROLE_REPRESENTATIVE, (Scope){.series = series, .organisation = organisation});
}

static bool represents(Tx *tx, const World *world, Id person, Id organisation) {
    return represents_in(tx, person, organisation, world->series);
}

static Err join_two(Tx *tx, void *context) {
    World *world = context;
    Id old = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org", SIGNUP_NEW);
    Id made = sign_up(tx, world->second, "Zielony Zaułekk", "b@example.org", SIGNUP_NEW);
    Signup first, second, seen_before;
    assert_true(signup_get(tx, world->first, old, &first) && signup_get(tx, world->second, made, &second));
    assert_int_not_equal(first.organisation, second.organisation);
    Id helper = person_ensure(tx, STR("Ewa"), STR("e@example.org"), STR_ABSENT, LANGUAGE_PL);
    signup_let_represent(tx, world->second, helper, second.organisation);
    enum { DAY_MS = 24 * 3600 * 1000 };
    int64_t ends_ms = tx_now_ms(tx) + DAY_MS;
    CardFor made_for = {second.contact, world->series, second.organisation, STR("/me"), ends_ms};
    Str elsewhere = card_make(tx, &made_for);
    made_for.goes_to = own_page(tx, world, second.organisation, "");
    Str card = card_make(tx, &made_for);
    made_for.goes_to = own_page(tx, world, second.organisation, "/sign-up");
    Str deeper = card_make(tx, &made_for);

    seen_before = second; /* somebody changes it after the page was opened */
    second.people = 7;
    assert_int_equal(signup_update(tx, &second, 0), OK);
    assert_int_equal(signup_join(tx, &seen_before, first.organisation, 0), ERR_CONFLICT);
    assert_true(signup_get(tx, world->second, made, &second));
    assert_int_not_equal(second.organisation, first.organisation);

    assert_int_equal(signup_join(tx, &second, first.organisation, 0), OK);
    assert_true(represents(tx, world, second.contact, first.organisation) &&
                represents(tx, world, helper, first.organisation));
    assert_false(represents(tx, world, second.contact, second.organisation) ||
                 represents(tx, world, helper, second.organisation));
    assert_str(where_card_leads(tx, world, card), own_page(tx, world, first.organisation, ""));
    assert_int_equal(card_of(tx, world, card).organisation, first.organisation);
    assert_str(where_card_leads(tx, world, deeper), own_page(tx, world, first.organisation, "/sign-up"));
    assert_str(where_card_leads(tx, world, elsewhere), STR("/me"));
    assert_int_equal(signup_join(tx, &second, first.organisation, 0), ERR_CONFLICT);
    return OK;
}

/* Other organisers, who know of the same organisation, open nothing here by naming a contact of theirs. */
static Err other_organisers(Tx *tx, void *context) {
    World *world = context;
    Id here = sign_up(tx, world->first, "Zielony Zaułek", "a@example.org", SIGNUP_NEW);
    Id there = sign_up(tx, world->elsewhere, "Zielony Zaułek", "stranger@example.org", SIGNUP_NEW);
    Signup first, second;
    assert_true(signup_get(tx, world->first, here, &first) && signup_get(tx, world->elsewhere, there, &second));
    assert_int_equal(first.organisation, second.organisation);
    assert_true(represents_in(tx, first.contact, first.organisation, world->series));
    assert_false(represents_in(tx, first.contact, first.organisation, world->other_series));
    assert_true(represents_in(tx, second.contact, first.organisation, world->other_series));
    assert_false(represents_in(tx, second.contact, first.organisation, world->series));
    SignupKnown known = signup_known(tx, first.organisation, world->series);
    assert_true(known.here && known.elsewhere);

    /* Nor by joining the two. */
    Id apart = sign_up(tx, world->second, "Zielony Zaułekk", "c@example.org", SIGNUP_NEW);
    Signup third;
    assert_true(signup_get(tx, world->second, apart, &third));
    assert_int_equal(signup_join(tx, &third, first.organisation, 0), OK);
    assert_true(represents_in(tx, third.contact, first.organisation, world->series));
    assert_false(represents_in(tx, third.contact, first.organisation, world->other_series));
    return OK;
}

static void a_representative_speaks_in_one_series(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, other_organisers, world), OK);
}

/* ---- whom they have for contact -------------------------------------------------------------------------------- */

static Signup stored(Tx *tx, Id edition, Id signup) {
    Signup found;
    assert_true(signup_get(tx, edition, signup, &found));
    return found;
}

typedef struct NewContact {
    const char *name, *email, *phone;
} NewContact;

/* As the coordinators' page saves it; gives the contact from then on. */
static Id save_contact(Tx *tx, Id edition, Id signup, NewContact contact, Id by) {
    Signup before = stored(tx, edition, signup);
    EditValues values = edit_load(tx, &before, LANGUAGE_PL);
    values.contact_name = str_from_c(contact.name);
    values.contact_email = str_from_c(contact.email);
    values.contact_phone = str_from_c(contact.phone);
    assert_int_equal(edit_save(tx, &before, &values, &(EditSaving){by, LANGUAGE_PL, true}), OK);
    return stored(tx, edition, signup).contact;
}

static Err contacts_change(Tx *tx, void *context) {
    World *world = context;
    Id coordinator = person_ensure(tx, STR("Ola"), STR("ola@example.org"), STR_ABSENT, LANGUAGE_PL);
    Id id = sign_up(tx, world->first, "Klub Zmian", "ada@example.org", SIGNUP_NEW);
    Id organisation = stored(tx, world->first, id).organisation, ada = stored(tx, world->first, id).contact;
    Str card = card_make(
        tx, &(CardFor){ada, world->series, organisation, own_page(tx, world, organisation, ""), tx_now_ms(tx) + 1000});

    /* Another e-mail is somebody else: who was the contact has no way in any more. */
    Id ewa = save_contact(tx, world->first, id, (NewContact){"Ewa", "ewa@example.org", ""}, coordinator);
    assert_true(ewa != ada && represents(tx, world, ewa, organisation));
    assert_false(represents(tx, world, ada, organisation));
    Request request = {.arena = world->arena, .tx = tx, .now_ms = tx_now_ms(tx)};
    Card found;
    assert_false(card_find(&request, str_skip(card, sizeof "/s/" - 1), &found));

    /* Who hands it over themselves stays until the organisers end it. */
    Id jan = save_contact(tx, world->first, id, (NewContact){"Jan", "jan@example.org", ""}, ewa);
    assert_true(represents(tx, world, ewa, organisation) && represents(tx, world, jan, organisation));
    Signup signup = stored(tx, world->first, id);
    signup_end_representation(tx, &signup, ewa);
    assert_false(represents(tx, world, ewa, organisation));

    /* Without an e-mail: a name or number put right is the same person, both of another are not. */
    Id mute = sign_up(tx, world->first, "Klub Cichy", "", SIGNUP_NEW);
    Id adam = stored(tx, world->first, mute).contact;
    organisation = stored(tx, world->first, mute).organisation;
    assert_int_equal(save_contact(tx, world->first, mute, (NewContact){"Ada", "", "+48600100200"}, coordinator), adam);
    assert_int_equal(save_contact(tx, world->first, mute, (NewContact){"Ada B.", "", "+48600100200"}, coordinator),
                     adam);
    Id other = save_contact(tx, world->first, mute, (NewContact){"Zofia", "", "+48600100299"}, coordinator);
    assert_true(other != adam && represents(tx, world, other, organisation));
    assert_false(represents(tx, world, adam, organisation));
    Person kept;
    assert_true(person_get(tx, adam, &kept));
    assert_str(kept.name, STR("Ada B."));
    return OK;
}

/* Whose e-mail somebody writes into a form neither shows there nor takes what is written beside it. */
static Err known_people(Tx *tx, void *context) {
    World *world = context;
    Id maria = person_ensure(tx, STR("Maria"), STR("maria@example.org"), STR("+48120000000"), LANGUAGE_PL);
    Id id = sign_up(tx, world->first, "Klub Obcy", "own@example.org", SIGNUP_NEW);
    Id own = stored(tx, world->first, id).contact;
    assert_int_equal(save_contact(tx, world->first, id, (NewContact){"X", "maria@example.org", "1"}, own), maria);
    Signup signup = stored(tx, world->first, id);
    EditValues seen = edit_load(tx, &signup, LANGUAGE_PL);
    assert_str(seen.contact_name, STR("X"));
    assert_str(seen.contact_phone, STR("1"));
    save_contact(tx, world->first, id, (NewContact){"Y", "maria@example.org", "2"}, own);
    Person kept;
    assert_true(person_get(tx, maria, &kept));
    assert_str(kept.name, STR("Maria"));
    assert_str(kept.phone, STR("+48120000000"));
    /* They themselves change it. */
    save_contact(tx, world->first, id, (NewContact){"Maria B.", "maria@example.org", "3"}, maria);
    assert_true(person_get(tx, maria, &kept));
    assert_str(kept.name, STR("Maria B."));
    return OK;
}

static void known_people_are_neither_read_nor_changed_by_others(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, known_people, world), OK);
}

static void who_is_the_contact_no_longer_has_no_way_in(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, contacts_change, world), OK);
}

/* ---- joining two of several -------------------------------------------------------------------------------------- */

/* Whose other sign-ups stay goes on speaking for them. */
static Err join_one_of_several(Tx *tx, void *context) {
    World *world = context;
    Id known = sign_up(tx, world->first, "Klub Kolorowy", "k@example.org", SIGNUP_NEW);
    Id other = sign_up(tx, world->first, "Nasz Klub", "n@example.org", SIGNUP_NEW);
    Id joined = sign_up(tx, world->second, "Nasz Klub", "n@example.org", SIGNUP_NEW);
    Signup target, stays, moves;
    assert_true(signup_get(tx, world->first, known, &target) && signup_get(tx, world->first, other, &stays) &&
                signup_get(tx, world->second, joined, &moves));
    assert_int_equal(stays.organisation, moves.organisation);
    assert_int_equal(signup_join(tx, &moves, target.organisation, 0), OK);
    assert_true(represents(tx, world, moves.contact, target.organisation));
    assert_true(represents(tx, world, stays.contact, stays.organisation));
    return OK;
}

static void who_speaks_for_two_goes_on_doing_so(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_one_of_several, world), OK);
}

static void a_signup_can_be_joined_to_a_known_organisation(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, join_two, world), OK);
}

/* ---- what the lists of editions show ---- */

typedef struct Renaming {
    World *world;
    Id signup;
} Renaming;

static Err sign_up_twice(Tx *tx, void *context) {
    Renaming *renaming = context;
    renaming->signup = sign_up(tx, renaming->world->second, "Zielony Zaułek", "a@example.org", SIGNUP_ACCEPTED);
    Signup signup;
    assert_true(signup_get(tx, renaming->world->second, renaming->signup, &signup));
    Id other;
    Signup earlier = {.edition = renaming->world->first,
                      .organisation = signup.organisation,
                      .state = SIGNUP_ACCEPTED,
                      .source = STR("staff"),
                      .people = 2};
    return signup_add(tx, &earlier, NULL, &other);
}

static Err rename_it(Tx *tx, void *context) {
    Renaming *renaming = context;
    Signup signup;
    assert_true(signup_get(tx, renaming->world->second, renaming->signup, &signup));
    EditValues values = edit_load(tx, &signup, LANGUAGE_PL);
    values.organisation = STR("Zaułek Zielony");
    return edit_save(tx, &signup, &values, &(EditSaving){0, LANGUAGE_PL});
}

static void a_new_name_reaches_every_edition(void **state) {
    World *world = *state;
    Renaming renaming = {.world = world};
    assert_int_equal(store_write(world->store, world->arena, sign_up_twice, &renaming), OK);
    int64_t before = store_version(world->store, world->arena, world->first, 1u << PART_DIRECTORY);
    assert_int_equal(store_write(world->store, world->arena, rename_it, &renaming), OK);
    assert_true(store_version(world->store, world->arena, world->first, 1u << PART_DIRECTORY) > before);
}

/* ---- counting words --------------------------------------------------------------------------------------------- */

static void figures_have_their_words(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    assert_str(count_words(arena, LANGUAGE_PL, 67), STR("blisko 70"));
    assert_str(count_words(arena, LANGUAGE_PL, 70), STR("70"));
    assert_str(count_words(arena, LANGUAGE_PL, 72), STR("ponad 70"));
    assert_str(count_words(arena, LANGUAGE_PL, 65), STR("65"));
    assert_str(count_words(arena, LANGUAGE_EN, 67), STR("nearly 70"));
    assert_str(count_words(arena, LANGUAGE_UK, 72), STR("понад 70"));
    for (int64_t n = 0; n <= 200; n++) {
        Str words = count_words(arena, LANGUAGE_PL, n), figure = number_words(arena, LANGUAGE_PL, n);
        int64_t past = n % 10;
        bool is_plain = n < 20 || past == 0 || (past > 3 && past < 7);
        if (is_plain) assert_str(words, figure);
        else if (past <= 3)
            assert_str(words, str_join(arena, STR("ponad "), number_words(arena, LANGUAGE_PL, n - past)));
        else assert_str(words, str_join(arena, STR("blisko "), number_words(arena, LANGUAGE_PL, n - past + 10)));
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_step_is_allowed_or_refused_as_told, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_queue_moves_up_and_letters_are_written, world_open, world_close),
        cmocka_unit_test_setup_teardown(the_waiting_list_letter_says_what_is_true, world_open, world_close),
        cmocka_unit_test_setup_teardown(first_times_and_counts_come_from_records, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_new_name_reaches_every_edition, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_signup_can_be_joined_to_a_known_organisation, world_open, world_close),
        cmocka_unit_test_setup_teardown(who_speaks_for_two_goes_on_doing_so, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_representative_speaks_in_one_series, world_open, world_close),
        cmocka_unit_test_setup_teardown(who_is_the_contact_no_longer_has_no_way_in, world_open, world_close),
        cmocka_unit_test_setup_teardown(known_people_are_neither_read_nor_changed_by_others, world_open, world_close),
        cmocka_unit_test_setup_teardown(receipts_do_not_flood_anybody, world_open, world_close),
        cmocka_unit_test(figures_have_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
