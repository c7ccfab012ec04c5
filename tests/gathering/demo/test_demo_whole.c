// SPDX-License-Identifier: EUPL-1.2
/* The demo gathering as a whole: the same each time, exported and back, beside nobody else's data; ways in; the queries
 * that a page of it takes. */
#include "gathering/potluck/potluck.h"
#include "gathering/programme/programme.h"
#include "gathering/rounds/rounds.h"
#include "gathering/signups/signups.h"
#include "gathering/walks/walks.h"
#include "platform/account/account.h"
#include "testing.h"

/* ---- the whole ---------------------------------- */

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
    Str value = request.response.cookies[0], name;
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
        cmocka_unit_test(filling_twice_changes_nothing), cmocka_unit_test(same_clock_same_gathering),
        cmocka_unit_test(export_comes_back_whole),       cmocka_unit_test(other_data_is_left_alone),
        cmocka_unit_test(links_are_three_and_fresh),     cmocka_unit_test(my_gathering_takes_few_queries),
    };
    return cmocka_run_group_tests_name("gathering/demo whole", tests, set_up, tear_down);
}
