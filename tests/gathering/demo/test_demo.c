// SPDX-License-Identifier: EUPL-1.2
/* The demo gathering: its numbers as PRODUCT.md has them, nothing real in it, the same each time. */
#include "../../cmocka_all.h"
#include "../../platform/store/place.h"
#include "gathering/demo/demo.h"
#include "gathering/demo/demo_data.h"
#include "gathering/editions/editions.h"
#include "gathering/potluck/potluck.h"
#include "gathering/programme/programme.h"
#include "gathering/rounds/rounds.h"
#include "gathering/signups/signups.h"
#include "gathering/ties/ties.h"
#include "gathering/walks/walks.h"
#include "platform/account/account.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/dump/dump.h"
#include <dirent.h>
#include <string.h>
#include <unistd.h>

typedef struct World {
    Arena *arena;
    Store *store;
    Clock clock;
    char folder[64];
} World;

/* 23 February 2026, a Monday: the coming edition is on 9 April, the past one on 24 July 2025. */
#define NOW "2026-02-23T09:00:00Z"

static void world_open(World *world) {
    *world = (World){.arena = arena_open(512 * 1024 * 1024), .folder = "/tmp/wspolnie-demo-XXXXXX"};
    assert_non_null(mkdtemp(world->folder));
    assert_int_equal(clock_parse(STR(NOW), &world->clock), OK);
    StoreOptions options = {
        .path = store_place(world->arena, str_format(world->arena, "%s/wspolnie.db", world->folder).data),
        .clock = &world->clock,
        .may_create = true,
        .may_migrate = true};
    assert_int_equal(store_open(world->arena, &options, &world->store), OK);
}

static void world_close(World *world) {
    store_close(world->store);
    store_place_remove(world->arena, str_format(world->arena, "%s/wspolnie.db", world->folder).data);
    DIR *dir = opendir(world->folder);
    for (struct dirent *entry; (entry = readdir(dir));)
        unlink(str_format(world->arena, "%s/%s", world->folder, entry->d_name).data);
    closedir(dir);
    rmdir(world->folder);
    arena_close(world->arena);
}

static void fill(World *world) {
    if (demo_fill(world->store, world->arena)) fail_msg("%s", arena_failure(world->arena)->message);
}

static int set_up(void **state) {
    static World world;
    world_open(&world);
    fill(&world);
    *state = &world;
    return 0;
}

static int tear_down(void **state) {
    world_close(*state);
    return 0;
}

/* ---- reading ---------------------------------- */

typedef struct Look {
    Series series;
    Edition past, coming, next;
    void (*at)(Tx *tx, struct Look *look);
} Look;

static Err look_work(Tx *tx, void *context) {
    Look *look = context;
    SeriesList all = series_all(tx);
    assert_int_equal(all.count, 1);
    look->series = all.series[0];
    Editions editions = editions_of_series(tx, look->series.id);
    assert_int_equal(editions.count, 3);
    for (size_t i = 0; i < editions.count; i++) {
        Edition *edition = &editions.editions[i];
        *(edition->number == 1 ? &look->past : edition->number == 2 ? &look->coming : &look->next) = *edition;
    }
    look->at(tx, look);
    return OK;
}

static void look(void **state, void (*at)(Tx *, Look *)) {
    World *world = *state;
    Look found = {.at = at};
    assert_int_equal(store_read(world->store, world->arena, look_work, &found), OK);
}

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
    assert_int_equal(coming.first_time, 8);
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
    Exchanges exchanges = signup_exchanges(tx, look->coming.id);
    int offers = 0;
    for (size_t i = 0; i < exchanges.count; i++) {
        offers += exchanges.exchanges[i].is_offer;
        assert_false(str_is_empty(exchanges.exchanges[i].words));
        for (size_t j = 0; j < i; j++) /* nobody needs what they offer, or anything twice */
            assert_false(exchanges.exchanges[i].organisation == exchanges.exchanges[j].organisation &&
                         str_equal(exchanges.exchanges[i].kind, exchanges.exchanges[j].kind));
    }
    assert_int_equal(offers, 120);
    assert_int_equal(exchanges.count - (size_t)offers, 140);
}
static void needs_and_offers_are_counted(void **state) { look(state, see_exchanges); }

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

static void check_stage(const Items *items, size_t children) {
    size_t performances = 0, with_children = 0;
    for (size_t i = 0; i < items->count; i++) {
        const Item *item = &items->items[i];
        if (str_equal(item->kind, STR("talk"))) continue;
        performances++;
        with_children += item->has_children;
        assert_in_range(item->duration_min, 8, 35);
    }
    assert_int_equal(performances, 9);
    assert_int_equal(with_children, children);
}

static void see_programme(Tx *tx, Look *look) {
    Items items = items_of(tx, look->coming.id);
    check_stage(&items, 2);
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
    size_t step_free = 0;
    for (size_t i = 0; i < walks.walks[0].turn_count; i++) {
        assert_int_equal(walks.walks[0].turns[i].places, 20);
        step_free += walks.walks[0].turns[i].step_free;
    }
    assert_int_equal(step_free, 1);
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

/* ---- the whole ---------------------------------- */

static Err export_work(Tx *tx, void *context) {
    Buffer *out = context;
    dump_export(tx, &(RowScope){.with_people = true}, out);
    return OK;
}

static Str export_of(World *world) {
    Buffer out = buffer_in(world->arena);
    assert_int_equal(store_read(world->store, world->arena, export_work, &out), OK);
    return buffer_str(&out);
}

static void filling_twice_changes_nothing(void **state) {
    World *world = *state;
    Str before = export_of(world);
    fill(world);
    assert_true(str_equal(before, export_of(world)));
}

static Err import_work(Tx *tx, void *context) {
    DumpCounts counts;
    Str problem;
    Err err = dump_import(tx, *(Str *)context, &counts, &problem);
    if (err) fail_msg("%.*s", STR_FORMAT(problem));
    return OK;
}

static Err export_series_work(Tx *tx, void *context) {
    SeriesList all = series_all(tx);
    dump_export(tx, &(RowScope){.series = all.series[0].id, .with_people = true}, context);
    return OK;
}

static Str export_of_series(World *world) {
    Buffer out = buffer_in(world->arena);
    assert_int_equal(store_read(world->store, world->arena, export_series_work, &out), OK);
    return buffer_str(&out);
}

/* Ids hold the time they were made at, and the clock stands still: the same gathering has the same ids. */
static void same_clock_same_gathering(void **state) {
    World again;
    world_open(&again);
    fill(&again);
    assert_true(str_equal(export_of_series(*state), export_of_series(&again)));
    world_close(&again);
}

static void export_comes_back_whole(void **state) {
    World other;
    world_open(&other);
    Str document = export_of_series(*state);
    if (store_write(other.store, other.arena, import_work, &document))
        fail_msg("%s", arena_failure(other.arena)->message);
    assert_true(str_equal(document, export_of_series(&other)));
    world_close(&other);
}

static Err add_foreign_series(Tx *tx, void *context) {
    (void)context;
    Series series = {.slug = STR("nasze"),
                     .name = STR("Nasze"),
                     .words = STR(""),
                     .organiser = STR(""),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    Id id;
    return series_add(tx, &series, &id);
}

static void other_data_is_left_alone(void **state) {
    (void)state;
    World other;
    world_open(&other);
    assert_int_equal(store_write(other.store, other.arena, add_foreign_series, NULL), OK);
    Str before = export_of(&other);
    assert_int_equal(demo_fill(other.store, other.arena), ERR_CONFLICT);
    assert_true(str_equal(before, export_of(&other)));
    world_close(&other);
}

static void links_are_three_and_fresh(void **state) {
    World *world = *state;
    DemoLinks first, second;
    assert_int_equal(demo_sign_in_links(world->store, world->arena, &first), OK);
    assert_int_equal(demo_sign_in_links(world->store, world->arena, &second), OK);
    assert_int_equal(first.count, 3);
    for (size_t i = 0; i < first.count; i++) {
        assert_true(str_starts_with(first.links[i].path, STR("/sign-in/")));
        assert_true(str_equal(first.links[i].who, second.links[i].who));
        assert_false(str_equal(first.links[i].path, second.links[i].path));
    }
}

/* ---- queries a page ---------------------------------- */

enum { MY_GATHERING_QUERIES_MOST = 6 }; /* who asks, what the path means, and one for each room that has something */

static const Room *const rooms[] = {&editions_room, &signups_room, &programme_room,
                                    &walks_room,    &rounds_room,  &potluck_room};

typedef struct Visit {
    const World *world;
    Id person, organisation;
    Str cookie; /* its value */
    int64_t statements;
} Visit;

static Err begin_session(Tx *tx, void *context) {
    Visit *visit = context;
    Edition edition;
    assert_true(edition_find(tx, STR("wspolnie-do-celu-przyklad/ii"), &edition));
    Signups all = signups_of(tx, edition.id);
    for (size_t i = 0; i < all.count && !visit->person; i++) {
        visit->person = all.signups[i].state == SIGNUP_ACCEPTED ? all.signups[i].contact : 0;
        visit->organisation = all.signups[i].organisation;
    }
    Request request = {.arena = tx_arena(tx), .tx = tx, .now_ms = tx_now_ms(tx)};
    session_begin(&request, visit->person);
    Str value = request.response.cookie, name;
    assert_true(str_next_part(&value, '=', &name) && str_next_part(&value, ';', &name));
    visit->cookie = name;
    return OK;
}

static Err open_my_gathering(Tx *tx, void *context) {
    Visit *visit = context;
    Arena *arena = tx_arena(tx);
    House house = {.rooms = rooms, .room_count = COUNT(rooms)};
    Field path[] = {{.name = STR("series"), .value = STR("wspolnie-do-celu-przyklad")},
                    {.name = STR("edition"), .value = STR("ii")},
                    {.name = STR("organisation"), .value = id_text(arena, visit->organisation)}};
    Field cookie = {.name = STR("session"), .value = visit->cookie};
    Request request = {.arena = arena,
                       .store = visit->world->store,
                       .tx = tx,
                       .application = &house,
                       .path = STR("/me"),
                       .parameters = {path, COUNT(path)},
                       .cookies = {&cookie, 1},
                       .now_ms = tx_now_ms(tx),
                       .response = {.body = buffer_in(arena)}};
    int64_t before = store_counters(visit->world->store).statements;
    account_identify(&request);
    assert_true(request.who.person == visit->person);
    assert_int_equal(editions_resolve(&request), OK);
    for (size_t i = 0; i < editions_room.route_count; i++)
        if (str_equal(str_from_c(editions_room.routes[i].path), STR("/me/{series}/{edition}/{organisation}")))
            assert_int_equal(editions_room.routes[i].handler(&request), OK);
    visit->statements = store_counters(visit->world->store).statements - before;
    assert_true(str_contains(buffer_str(&request.response.body), STR("sign-up")));
    return OK;
}

static void my_gathering_takes_few_queries(void **state) {
    World *world = *state;
    Visit visit = {.world = world};
    assert_int_equal(store_write(world->store, world->arena, begin_session, &visit), OK);
    assert_int_equal(store_read(world->store, world->arena, open_my_gathering, &visit), OK);
    assert_in_range(visit.statements, 1, MY_GATHERING_QUERIES_MOST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(editions_stand_round_the_clock),
        cmocka_unit_test(signups_are_counted),
        cmocka_unit_test(profiles_and_forms_are_counted),
        cmocka_unit_test(needs_and_offers_are_counted),
        cmocka_unit_test(nothing_is_real),
        cmocka_unit_test(programme_is_published_without_warnings),
        cmocka_unit_test(walks_and_food_are_there),
        cmocka_unit_test(nobody_meets_the_same_twice),
        cmocka_unit_test(filling_twice_changes_nothing),
        cmocka_unit_test(same_clock_same_gathering),
        cmocka_unit_test(export_comes_back_whole),
        cmocka_unit_test(other_data_is_left_alone),
        cmocka_unit_test(links_are_three_and_fresh),
        cmocka_unit_test(my_gathering_takes_few_queries),
    };
    return cmocka_run_group_tests_name("gathering/demo", tests, set_up, tear_down);
}
