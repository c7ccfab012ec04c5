// SPDX-License-Identifier: EUPL-1.2
/* The demo gathering: each number as PRODUCT.md has it, and nothing real in it. */
#include "gathering/demo/demo_data.h"
#include "gathering/potluck/potluck.h"
#include "gathering/programme/programme.h"
#include "gathering/rounds/rounds.h"
#include "gathering/signups/guests.h"
#include "gathering/signups/listing.h"
#include "gathering/ties/ties.h"
#include "gathering/walks/walks.h"
#include "platform/account/account.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/format/json_read.h"
#include "testing.h"

static void see_editions(Tx *tx, Look *look) {
    (void)tx;
    assert_true(look->series.is_demo);
    assert_true(str_equal(look->series.name, STR("Wspólnie do celu (dane przykładowe)")));
    assert_true(str_equal(look->past.date_text, STR("2025-07-24")));
    assert_int_equal(look->past.state, EDITION_FINISHED);
    assert_true(str_equal(look->coming.date_text, STR("2026-04-09")));
    assert_int_equal(look->coming.state, EDITION_CALL_OPEN);
    Civil starts = zone_civil(look->coming.zone, look->coming.starts_ms.value),
          ends = zone_civil(look->coming.zone, look->coming.ends_ms.value);
    assert_int_equal(starts.weekday, 4);
    assert_int_equal(starts.hour, 14);
    assert_int_equal(ends.hour, 19);
    assert_true(str_equal(look->next.date_text, STR("2026-06")));
}
static void editions_stand_round_the_clock(void **state) { look(state, see_editions); }

/* ---- sign-ups ---------------------------------- */

static void see_counts(Tx *tx, Look *look) {
    SignupCounts coming = signup_counts(tx, look->coming.id), past = signup_counts(tx, look->past.id);
    const SignupCounts *both[] = {&past, &coming};
    for (size_t i = 0; i < COUNT(both); i++) {
        assert_int_equal(both[i]->by_state[SIGNUP_ACCEPTED], 70);
        assert_int_equal(both[i]->by_state[SIGNUP_WAITING], 5);
        assert_int_equal(both[i]->by_state[SIGNUP_WITHDRAWN], 3);
        assert_int_equal(both[i]->by_state[SIGNUP_NEW] + both[i]->by_state[SIGNUP_DECLINED], 0);
    }
    assert_int_equal(coming.informal, 6);
    assert_int_equal(coming.units, 2);
    assert_int_equal(coming.first_time, 8);
    assert_int_equal(coming.came, 0); /* its day has not been */
    assert_int_equal(past.came, 67);
    assert_int_equal(past.came_people, 150);
}
static void signups_are_counted(void **state) { look(state, see_counts); }

typedef struct Tally {
    const char *name;
    int wanted, found;
} Tally;

static void tally_add(Tally *tallies, size_t count, Str name) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, str_from_c(tallies[i].name))) {
            tallies[i].found++;
            return;
        }
    fail_msg("not expected: %.*s", STR_FORMAT(name));
}

static void tally_check(const Tally *tallies, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (tallies[i].found != tallies[i].wanted)
            fail_msg("%s: %d, not %d", tallies[i].name, tallies[i].found, tallies[i].wanted);
}

static void see_kinds(Tx *tx, Look *look) {
    Tally profiles[] = {{"senior", 10, 0},    {"youth", 8, 0},        {"training", 7, 0}, {"multicultural", 9, 0},
                        {"ecological", 8, 0}, {"educational", 10, 0}, {"cultural", 10, 0}};
    Tally forms[] = {{"association", 27, 0}, {"foundation", 24, 0}, {"ordinary_association", 6, 0},
                     {"informal", 6, 0},     {"sports_club", 2, 0}, {"social_cooperative", 2, 0},
                     {"branch", 2, 0},       {"kgw", 1, 0}};
    int of_two = 0, public_benefit = 0;
    Signups signups = signups_of(tx, look->coming.id);
    assert_int_equal(signups.count, DEMO_ORGANISATIONS);
    for (size_t i = 0; i < signups.count; i++) {
        Organisation organisation;
        if (signups.signups[i].state != SIGNUP_ACCEPTED) continue;
        assert_true(organisation_get(tx, signups.signups[i].organisation, &organisation));
        public_benefit += organisation.public_benefit;
        tally_add(forms, COUNT(forms), organisation.legal_form);
        if (organisation.profiles.count == 2) of_two++;
        else tally_add(profiles, COUNT(profiles), organisation.profiles.strs[0]);
    }
    tally_check(profiles, COUNT(profiles));
    tally_check(forms, COUNT(forms));
    assert_int_equal(of_two, 8);
    assert_int_equal(public_benefit, 12);
}
static void profiles_and_forms_are_counted(void **state) { look(state, see_kinds); }

static void see_exchanges(Tx *tx, Look *look) {
    enum { ANY = -1 };
    Tally kinds[] = {{"space", ANY, 0},     {"volunteers", ANY, 0}, {"promotion", ANY, 0}, {"grant_partner", ANY, 0},
                     {"expertise", ANY, 0}, {"equipment", ANY, 0},  {"audience", ANY, 0}};
    Tally offered[COUNT(kinds)], needed[COUNT(kinds)];
    memcpy(offered, kinds, sizeof kinds);
    memcpy(needed, kinds, sizeof kinds);
    Exchanges exchanges = signup_exchanges(tx, look->coming.id);
    int offers = 0;
    for (size_t i = 0; i < exchanges.count; i++) {
        offers += exchanges.exchanges[i].is_offer;
        tally_add(exchanges.exchanges[i].is_offer ? offered : needed, COUNT(kinds), exchanges.exchanges[i].kind);
        assert_false(str_is_empty(exchanges.exchanges[i].words));
        for (size_t j = 0; j < i; j++) /* nobody needs what they offer, or anything twice */
            assert_false(exchanges.exchanges[i].organisation == exchanges.exchanges[j].organisation &&
                         str_equal(exchanges.exchanges[i].kind, exchanges.exchanges[j].kind));
    }
    for (size_t kind = 0; kind < COUNT(kinds); kind++) assert_true(offered[kind].found >= 5 && needed[kind].found >= 5);
    assert_int_equal(offers, 120);
    assert_int_equal(exchanges.count - (size_t)offers, 140);
}
static void needs_and_offers_are_counted(void **state) { look(state, see_exchanges); }

/* ---- guests, districts, consents ---------------------------------- */

static void see_guests(Tx *tx, Look *look) {
    Guests guests = guests_of(tx, look->coming.id);
    Tally kinds[] = {{"artist", 1, 0}, {"press", 1, 0}, {"city", 1, 0}};
    int64_t people = 0;
    for (size_t i = 0; i < guests.count; i++) {
        tally_add(kinds, COUNT(kinds), guests.guests[i].kind);
        people += guests.guests[i].people;
    }
    tally_check(kinds, COUNT(kinds));
    assert_int_equal(people, 6);
    assert_int_equal(signup_counts(tx, look->coming.id).guests, people);
}
static void guests_are_counted_apart(void **state) { look(state, see_guests); }

static void see_districts(Tx *tx, Look *look) {
    enum { DISTRICTS = 18 };
    static const char *const codes[DISTRICTS] = {"I", "II", "III", "IV",   "V",   "VI", "VII", "VIII", "IX",
                                                 "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII"};
    Kinds districts = kinds_of(tx, STR("district"), LANGUAGE_PL);
    int in[DISTRICTS] = {0};
    assert_int_equal(districts.count, DISTRICTS);
    for (size_t i = 0; i < DISTRICTS; i++) assert_true(str_equal(districts.kinds[i].code, str_from_c(codes[i])));
    assert_true(str_equal(districts.kinds[17].name, STR("Nowa Huta")));
    Signups signups = signups_of(tx, look->coming.id);
    for (size_t i = 0; i < signups.count; i++) {
        Organisation organisation;
        assert_true(organisation_get(tx, signups.signups[i].organisation, &organisation));
        for (size_t d = 0; d < DISTRICTS; d++) in[d] += str_equal(organisation.district, str_from_c(codes[d]));
    }
    int all = 0;
    for (size_t d = 0; d < DISTRICTS; d++) {
        assert_true(in[d] > 0);
        all += in[d];
    }
    assert_int_equal(all, DEMO_ORGANISATIONS);
}
static void districts_are_data(void **state) { look(state, see_districts); }

static Id organisation_numbered(Tx *tx, int number) {
    return organisation_find_same(tx, str_from_c(demo_organisations[number - 1].name), STR_ABSENT);
}

/* Every named one has a consent of its contact with words, time and channel; three are not named. */
static void see_consents(Tx *tx, Look *look) {
    Signups signups = signups_of(tx, look->coming.id);
    Str wording = listing_wording(tx_arena(tx), LANGUAGE_PL);
    int named = 0, by_form = 0, by_sheet = 0, by_hand = 0;
    for (size_t i = 0; i < signups.count; i++) {
        const Signup *signup = &signups.signups[i];
        if (!signup->is_listed) continue;
        ConsentRecord record;
        assert_true(consent_about(tx, signup->organisation, "directory", &record));
        assert_true(str_equal(record.person, signup->contact_name));
        assert_true(str_equal(record.wording, wording));
        assert_int_equal(record.given_ms, signup->submitted_ms);
        assert_false(record.withdrawn_ms.given);
        if (str_equal(record.channel, STR("form"))) by_form++;
        else if (str_equal(record.channel, STR("import"))) by_sheet++;
        else by_hand++;
        named++;
    }
    assert_int_equal(named, DEMO_ORGANISATIONS - 3);
    assert_true(by_form > 40 && by_sheet > 10 && by_hand > 5);
    UnlistedOnes missing = listing_missing(tx, look->coming.id);
    assert_int_equal(missing.count, 3);
    for (size_t i = 0; i < missing.count; i++) {
        const Unlisted *one = &missing.ones[i];
        assert_int_equal(one->is_wished, one->organisation == organisation_numbered(tx, DEMO_NOT_CONFIRMED));
        assert_int_equal(one->withdrawn_ms.given, one->organisation == organisation_numbered(tx, DEMO_WITHDREW));
    }
}
static void consents_are_kept_or_missing(void **state) { look(state, see_consents); }

/* ---- nothing real ---------------------------------- */

static void see_names(Tx *tx, Look *look) {
    Signups signups = signups_of(tx, look->coming.id);
    size_t longest = 0;
    for (size_t i = 0; i < signups.count; i++) {
        const Signup *signup = &signups.signups[i];
        Organisation organisation;
        Str plain;
        assert_true(organisation_get(tx, signup->organisation, &organisation));
        assert_true(str_ends_with(signup->contact_email, STR(".example")));
        assert_true(str_starts_with(signup->contact_phone, STR("+48 12 000 00 ")));
        assert_true(str_ends_with(organisation.website, STR(".example")));
        assert_true(str_is_empty(organisation.nip) ||
                    nip_check(tx_arena(tx), organisation.nip, &plain) != REGISTER_GOOD);
        assert_true(str_is_empty(organisation.regon) && str_is_empty(organisation.krs));
        size_t letters = utf8_count(organisation.name);
        if (letters > longest) longest = letters;
        for (size_t j = 0; j < i; j++) {
            assert_false(str_equal(signup->contact_email, signups.signups[j].contact_email));
            assert_false(str_equal(signup->organisation_name, signups.signups[j].organisation_name));
        }
    }
    assert_in_range(longest, 190, LIMIT_LINE_CHARS);
    assert_true(str_ends_with(look->series.email, STR(".example")));
}
static void nothing_is_real(void **state) { look(state, see_names); }

/* ---- the day ---------------------------------- */

static bool is_act(const Item *item) {
    return str_equal(item->kind, STR("performance")) || str_equal(item->kind, STR("concert"));
}

static void check_stage(const Items *items) {
    size_t performances = 0, with_children = 0;
    int64_t shortest = INT64_MAX, longest = 0;
    for (size_t i = 0; i < items->count; i++) {
        const Item *item = &items->items[i];
        if (!is_act(item)) continue;
        performances++;
        with_children += item->has_children;
        assert_true(item->organisation && item->offered_by == item->organisation);
        if (item->duration_min < shortest) shortest = item->duration_min;
        if (item->duration_min > longest) longest = item->duration_min;
    }
    assert_int_equal(performances, 9);
    assert_int_equal(with_children, 2);
    assert_int_equal(shortest, 8);
    assert_int_equal(longest, 35);
}

/* The afternoon of PRODUCT.md, part by part. */
static void see_frame(Tx *tx, Look *look) {
    static const struct {
        int from, to;
        const char *kind;
        bool is_protected;
    } day[] = {
        {AT(14, 0), AT(14, 30), "doors", false},        {AT(14, 30), AT(14, 40), "opening", false},
        {AT(14, 40), AT(15, 20), "talks", false},       {AT(15, 20), AT(15, 45), "performance", false},
        {AT(15, 45), AT(16, 15), "potluck", true},      {AT(16, 15), AT(16, 45), "talks", false},
        {AT(16, 45), AT(17, 5), "performance", false},  {AT(17, 5), AT(17, 15), "turnover", false},
        {AT(17, 15), AT(18, 0), "rounds", false},       {AT(18, 0), AT(18, 10), "turnover", false},
        {AT(18, 10), AT(18, 40), "performance", false}, {AT(18, 40), AT(18, 55), "closing", false},
        {AT(18, 55), AT(19, 0), "closing", false},
    };
    Frame frame = edition_frame(tx, look->coming.id);
    assert_int_equal(frame.count, COUNT(day));
    for (size_t i = 0; i < COUNT(day); i++) {
        Civil from = zone_civil(look->coming.zone, frame.sections[i].starts_ms),
              to = zone_civil(look->coming.zone, frame.sections[i].ends_ms);
        assert_int_equal(AT(from.hour, from.minute), day[i].from);
        assert_int_equal(AT(to.hour, to.minute), day[i].to);
        assert_true(str_equal(frame.sections[i].kind, str_from_c(day[i].kind)));
        assert_int_equal(frame.sections[i].is_protected, day[i].is_protected);
    }
    RoundSettings rounds = round_defaults(tx, &look->coming);
    assert_int_equal(rounds.rounds, 5);
    assert_int_equal(rounds.talk_min, 8);
    assert_int_equal(rounds.change_min, 1);
}
static void the_day_has_its_parts(void **state) { look(state, see_frame); }

/* What stands in a part of the day: ten talks of 3 + 1 minutes, then seven; children who are off by 16:00; two dances;
 * tables made of rows by people, in ten minutes; a guest who plays. */
static void see_items(Tx *tx, Look *look) {
    Items items = items_of(tx, look->coming.id);
    size_t early = 0, late = 0, dances = 0, turnovers = 0, guests = 0, children = 0;
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        if (!item->starts_ms.given) continue;
        Civil civil = zone_civil(look->coming.zone, item->starts_ms.value);
        int at = AT(civil.hour, civil.minute);
        if (str_equal(item->kind, STR("talk"))) {
            assert_int_equal(item->duration_min, 3);
            assert_int_equal(item->changeover_min, 1);
            early += at >= AT(14, 40) && at < AT(15, 20);
            late += at >= AT(16, 15) && at < AT(16, 45);
        }
        if (item->has_children) {
            Civil by = zone_civil(look->coming.zone, item->done_by_ms.value);
            assert_int_equal(at, AT(15, 20));
            assert_int_equal(AT(by.hour, by.minute), AT(16, 0));
            children++;
        }
        dances += is_act(item) && at >= AT(16, 45) && at < AT(17, 5);
        guests += item->guest != 0;
        if (!str_equal(item->kind, STR("turnover"))) continue;
        assert_int_equal(at, AT(17, 5));
        assert_int_equal(item->duration_min, 10);
        assert_int_equal(item->people.value, 12);
        turnovers++;
    }
    assert_int_equal(early, 10);
    assert_int_equal(late, 7);
    assert_int_equal(dances, 2);
    assert_int_equal(turnovers, 1);
    assert_int_equal(children, 1);
    assert_int_equal(guests, 1);
}
static void the_stage_has_its_items(void **state) { look(state, see_items); }

static void see_programme(Tx *tx, Look *look) {
    Items items = items_of(tx, look->coming.id);
    check_stage(&items);
    assert_int_equal(programme_warnings(tx, look->coming.id, &items).count, 0);
    Programme published, past;
    assert_true(programme_published(tx, look->coming.id, &published));
    assert_true(programme_published(tx, look->past.id, &past));
    size_t sections = 0, talks = 0;
    for (size_t i = 0; i < published.count; i++) {
        sections += published.slots[i].is_section;
        talks += !published.slots[i].is_section && str_equal(published.slots[i].kind, STR("talk"));
    }
    assert_int_equal(sections, demo_section_count);
    assert_int_equal(talks, 17);
    /* Minute by minute: each accepted item stands where the table says. */
    for (size_t i = 0; i < demo_item_count; i++) {
        if (!demo_items[i].at) continue;
        bool is_there = false;
        for (size_t j = 0; j < published.count && !is_there; j++) {
            const Slot *slot = &published.slots[j];
            if (slot->is_section || !str_equal(slot->title, str_from_c(demo_items[i].title))) continue;
            Civil at = zone_civil(look->coming.zone, slot->starts_ms.value);
            assert_int_equal(AT(at.hour, at.minute), demo_items[i].at);
            is_there = true;
        }
        assert_true(is_there);
    }
}
static void programme_is_published_without_warnings(void **state) { look(state, see_programme); }

static void see_walks_and_food(Tx *tx, Look *look) {
    Walks walks = walks_of(tx, look->coming.id);
    assert_int_equal(walks.count, 1);
    assert_int_equal(walks.walks[0].turn_count, 3);
    static const int times[] = {AT(13, 30), AT(15, 50), AT(16, 20)};
    for (size_t i = 0; i < walks.walks[0].turn_count; i++) {
        Civil at = zone_civil(look->coming.zone, walks.walks[0].turns[i].starts_ms);
        assert_int_equal(AT(at.hour, at.minute), times[i]);
        assert_int_equal(walks.walks[0].turns[i].places, 20);
        assert_int_equal(walks.walks[0].turns[i].step_free, times[i] == AT(15, 50));
    }
    Dishes dishes = dishes_of(tx, look->coming.id);
    assert_int_equal(dishes.count, 38);
    size_t unknown = 0;
    for (size_t i = 0; i < dishes.count; i++) unknown += dishes.dishes[i].allergens.answers[0] == ALLERGEN_UNKNOWN;
    assert_int_equal(unknown, 5); /* 12% of 38 */
}
static void walks_and_food_are_there(void **state) { look(state, see_walks_and_food); }

static void see_rounds(Tx *tx, Look *look) {
    RoundPlan past, coming;
    assert_true(round_public(tx, look->past.id, &past));
    assert_true(round_public(tx, look->coming.id, &coming));
    assert_string_equal(round_state_name(past.state), "held");
    assert_string_equal(round_state_name(coming.state), "published");
    assert_int_equal(past.repeats, 0);
    assert_int_equal(coming.repeats, 0);
    assert_int_equal(coming.settings.rounds, 5);
    assert_int_equal(ties_of_edition(tx, look->past.id).count, 35 * 5);
    /* Nobody sits with whom they met last time. */
    Ties met = ties_met_before(tx, look->series.id, look->coming.id);
    RoundSeats seats = round_seats(tx, look->coming.id, coming.id);
    assert_int_equal(seats.count, 70 * 5);
    for (size_t i = 0; i + 1 < seats.count; i += 2) {
        assert_int_equal(seats.seats[i].table, seats.seats[i + 1].table);
        Id one = seats.seats[i].organisation, other = seats.seats[i + 1].organisation;
        for (size_t j = 0; j < met.count; j++)
            assert_false(met.ties[j].lower == (one < other ? one : other) &&
                         met.ties[j].higher == (one < other ? other : one));
    }
}
static void nobody_meets_the_same_twice(void **state) { look(state, see_rounds); }

/* ---- diets: kept as counts, read through the export ---------------------------------- */

static void diets_are_counted(void **state) {
    World *world = *state;
    Tally diets[] = {{"vegetarian", 22, 0},  {"vegan", 9, 0}, {"gluten_free", 6, 0},
                     {"lactose_free", 8, 0}, {"halal", 4, 0}, {"nut_allergy", 3, 0}};
    const JsonValue *document;
    JsonError error;
    assert_int_equal(json_read(world->arena, export_of(world), &document, &error), OK);
    const JsonValue *rows = json_member(json_member(document, STR("tables")), STR("diet_count"));
    for (size_t i = 0; i < rows->count; i++)
        for (int64_t n = 0; n < json_member(&rows->items[i], STR("people"))->integer; n++)
            tally_add(diets, COUNT(diets), json_str_of(json_member(&rows->items[i], STR("diet"))));
    tally_check(diets, COUNT(diets));
}

/* ---- the cases that are not smooth ---------------------------------- */

static Signup signup_numbered(Tx *tx, Id edition, int number) {
    Signup signup;
    assert_true(signup_of_organisation(tx, edition, organisation_numbered(tx, number), &signup));
    return signup;
}

static void see_bad_cases(Tx *tx, Look *look) {
    enum { WRONG_NIP = 20, LATE_RIDER = 69, NO_PHOTOS = 34, LONG_NAME = 32 };
    Str plain;
    /* sent twice: one sign-up, and the refusal is noted */
    assert_true(str_contains(signup_numbered(tx, look->coming.id, DEMO_SENT_TWICE).staff_notes, STR("dwa razy")));
    /* a NIP that cannot be one is noted, not kept */
    assert_true(str_contains(signup_numbered(tx, look->coming.id, WRONG_NIP).staff_notes, STR("NIP 000-000-00-01")));
    assert_int_equal(nip_check(tx_arena(tx), STR("000-000-00-01"), &plain), REGISTER_CHECK);
    /* a rider that came late, with what it asks for */
    assert_true(str_contains(signup_numbered(tx, look->coming.id, LATE_RIDER).staff_notes, STR("po terminie")));
    /* consents to photographs are missing where children are on stage, and nobody answers for them yet */
    assert_true(str_contains(signup_numbered(tx, look->coming.id, NO_PHOTOS).staff_notes, STR("zgód na zdjęcia")));
    Items items = items_of(tx, look->coming.id);
    bool has_late_rider = false, has_unattested = false;
    for (size_t i = 0; i < items.count; i++) {
        const Item *item = &items.items[i];
        has_late_rider |= item->organisation == organisation_numbered(tx, LATE_RIDER) &&
                          str_contains(item->needs, STR("po terminie"));
        has_unattested |= item->organisation == organisation_numbered(tx, NO_PHOTOS) && item->has_children &&
                          !item->adult_attested && str_equal(item->photo_consent, STR("none"));
    }
    assert_true(has_late_rider && has_unattested);
    assert_true(str_contains(signup_numbered(tx, look->coming.id, LONG_NAME).organisation_name, STR("Вигаданого")));
    /* three said they would come, and did not */
    Signups past = signups_of(tx, look->past.id);
    int absent = 0;
    for (size_t i = 0; i < past.count; i++) {
        if (past.signups[i].state != SIGNUP_ACCEPTED) continue;
        assert_true(past.signups[i].came_people.given);
        absent += past.signups[i].came_people.value == 0;
    }
    assert_int_equal(absent, 3);
}
static void bad_cases_are_there(void **state) { look(state, see_bad_cases); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(editions_stand_round_the_clock),
        cmocka_unit_test(signups_are_counted),
        cmocka_unit_test(profiles_and_forms_are_counted),
        cmocka_unit_test(needs_and_offers_are_counted),
        cmocka_unit_test(guests_are_counted_apart),
        cmocka_unit_test(districts_are_data),
        cmocka_unit_test(consents_are_kept_or_missing),
        cmocka_unit_test(nothing_is_real),
        cmocka_unit_test(the_day_has_its_parts),
        cmocka_unit_test(the_stage_has_its_items),
        cmocka_unit_test(diets_are_counted),
        cmocka_unit_test(bad_cases_are_there),
        cmocka_unit_test(programme_is_published_without_warnings),
        cmocka_unit_test(walks_and_food_are_there),
        cmocka_unit_test(nobody_meets_the_same_twice),
    };
    return cmocka_run_group_tests_name("gathering/demo", tests, set_up, tear_down);
}
