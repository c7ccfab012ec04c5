// SPDX-License-Identifier: EUPL-1.2
/* Runs what tools/queries made of queries/walks.sql and queries/schema on a fresh SQLite. */
#include "plain_statements.h"
#include "walks_sql.h"

#include "cmocka_all.h"

typedef struct World {
    Arena *arena;
    sqlite3 *db;
    Tx *tx;
} World;

static void sql(World *world, const char *text) {
    char *message = NULL;
    if (sqlite3_exec(world->db, text, NULL, NULL, &message) != SQLITE_OK) fail_msg("%s", message);
}

static int set_up(void **state) {
    Arena *arena = arena_open(16 << 20);
    World *world = arena_new(arena, World);
    world->arena = arena;
    assert_int_equal(sqlite3_open(":memory:", &world->db), SQLITE_OK);
    sql(world, "PRAGMA foreign_keys = ON");
    for (int i = 0; i < store_migration_count; i++) sql(world, store_migrations[i].sqlite);
    sql(world, "INSERT INTO organisation (id, name, area_m2) VALUES (1, 'zielony', 12.5), (2, 'zazolc', NULL);"
               "INSERT INTO edition (id, host, starts_ms) VALUES (10, 1, 5000)");
    world->tx = plain_tx(arena, world->db);
    *state = world;
    return 0;
}

static int tear_down(void **state) {
    World *world = *state;
    sqlite3_close(world->db);
    arena_close(world->arena);
    return 0;
}

static void add_turns(World *world, int64_t count) {
    for (int64_t id = 1; id <= count; id++)
        assert_int_equal(
            walks_sql_turn_add(world->tx, 10, id, STR("Stawy"), 100 + id, STR_ABSENT, id % 2 == 0, given_int(id)), 1);
}

static void rows_come_typed(void **state) {
    World *world = *state;
    enum { TURNS = 100 };
    add_turns(world, TURNS);
    WalksBookRow booked;
    assert_true(walks_sql_book(world->tx, 10, 500, 3, 4, &booked));
    assert_int_equal(booked.id, 500);
    assert_int_equal(booked.seats, 4);
    WalksTurnsRows turns = walks_sql_turns(world->tx, 10, 101);
    assert_int_equal(turns.count, TURNS - 1);
    for (size_t i = 0; i < turns.count; i++) {
        assert_int_equal(turns.rows[i].id, i + 2);
        assert_str(turns.rows[i].title, STR("Stawy"));
        assert_true(str_is_absent(turns.rows[i].guide));
        assert_int_equal(turns.rows[i].closed, turns.rows[i].id % 2 == 0);
        assert_true(turns.rows[i].places.given && turns.rows[i].places.value == turns.rows[i].id);
        assert_int_equal(turns.rows[i].taken, turns.rows[i].id == 3);
    }
    WalksPeopleRow people;
    assert_true(walks_sql_people(world->tx, 10, &people));
    assert_int_equal(people.people, 4);
}

static void none_leaves_the_row(void **state) {
    World *world = *state;
    add_turns(world, 1);
    WalksTurnLockRow row = {given_int(-1)};
    assert_false(walks_sql_turn_lock(world->tx, 10, 2, &row));
    assert_int_equal(row.places.value, -1);
    assert_true(walks_sql_turn_lock(world->tx, 10, 1, &row));
    assert_int_equal(row.places.value, 1);
}

/* Two queries give the same row, beside what is each one's own. */
static void rows_are_shared(void **state) {
    World *world = *state;
    add_turns(world, 3);
    WalksGuidedTurnsRows turns = walks_sql_guided_turns(world->tx, 10);
    WalksGuidedTurnRow turn;
    assert_int_equal(turns.count, 3);
    assert_true(walks_sql_guided_turn(world->tx, 10, 2, &turn));
    const WalksGuidedRow *one = &turn.guided, *other = &turns.rows[1].guided;
    assert_int_equal(one->id, 2);
    assert_int_equal(other->id, 2);
    assert_str(one->title, other->title);
    assert_true(str_is_absent(one->guide) && str_is_absent(other->guide));
    assert_int_equal(one->places.value, other->places.value);
    assert_int_equal(turns.rows[1].booked, 0);
}

static void lists_of_any_length(void **state) {
    World *world = *state;
    enum { BOOKINGS = 70 };
    add_turns(world, BOOKINGS);
    Id ids[QUERY_LIST_LIMIT];
    for (Id id = 1; id <= QUERY_LIST_LIMIT; id++) ids[id - 1] = id;
    WalksBookRow booked;
    for (Id id = 1; id <= BOOKINGS; id++) assert_true(walks_sql_book(world->tx, 10, id, id, 1, &booked));
    for (size_t count = 0; count <= BOOKINGS; count++)
        assert_int_equal(walks_sql_bookings_of(world->tx, 10, (IdList){ids, count}).count, count);
    assert_int_equal(walks_sql_bookings_of(world->tx, 10, (IdList){ids, QUERY_LIST_LIMIT}).count, BOOKINGS);
}

static void too_long(void *context) {
    World *world = context;
    Id ids[QUERY_LIST_LIMIT + 1] = {0};
    walks_sql_bookings_of(world->tx, 10, (IdList){ids, QUERY_LIST_LIMIT + 1});
}

static void second_row(void *context) {
    World *world = context;
    WalksAnyTurnRow row;
    walks_sql_any_turn(world->tx, 10, &row);
}

static void faults_fail_the_arena(void **state) {
    World *world = *state;
    add_turns(world, 2);
    assert_int_equal(arena_protect(world->arena, too_long, world), ERR_LIMIT);
    assert_int_equal(arena_protect(world->arena, second_row, world), ERR_INTERNAL);
    assert_non_null(strstr(arena_failure(world->arena)->message, "walks_any_turn (tests/tools/queries/walks.sql:"));
}

static void nulls_are_told_from_values(void **state) {
    World *world = *state;
    WalksOrganisationsRows found = walks_sql_organisations(world->tx, STR("z"), (OptionalReal){true, 1});
    assert_int_equal(found.count, 1);
    assert_true(found.rows[0].area_m2.given && found.rows[0].active);
    assert_true(str_is_absent(found.rows[0].logo));
    assert_int_equal(walks_sql_organisations(world->tx, STR("z"), (OptionalReal){0}).count, 0); /* x >= NULL */
}

static void tables_are_described(void **state) {
    (void)state;
    assert_int_equal(store_migration_count, 2);
    assert_int_equal(store_migrations[1].number, 2);
    assert_int_equal(store_migrations[1].compatible, 1);
    assert_string_equal(store_migrations[1].name, "more");
    assert_int_equal(store_personal_column_count, 2);
    assert_string_equal(store_personal_columns[0].column, "title"); /* marked later */
    assert_string_equal(store_personal_columns[0].retention, "edition_end_plus_2_years");
    assert_string_equal(store_personal_columns[1].column, "guide_phone");
    assert_string_equal(store_personal_columns[1].retention, "edition_end_plus_90_days");
    assert_int_equal(store_table_count, 5);
    assert_int_equal(store_query_count, 11);
    assert_string_equal(store_queries[0]->name, "walks_turn_add");
    assert_true(store_queries[0]->changes);
    assert_false(store_queries[1]->changes);
}

#define world_test(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        world_test(rows_come_typed),
        world_test(none_leaves_the_row),
        world_test(rows_are_shared),
        world_test(lists_of_any_length),
        world_test(faults_fail_the_arena),
        world_test(nulls_are_told_from_values),
        cmocka_unit_test(tables_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
