// SPDX-License-Identifier: EUPL-1.2
/* The key under which nodes count addresses: all have the same soon after they started, whatever the order; it is in no
 * row of the store; it ends with the last of them. */
#include "platform/account/rates.h"
#include "testing.h"

enum { NODES = 5 };
static Rates nodes[NODES];

static int nodes_open(void **state) {
    world_open(state);
    for (int i = 0; i < NODES; i++) nodes[i] = (Rates){.store = world.store};
    return 0;
}

static bool go_round(int node, int64_t ms) {
    bool has_changed;
    assert_int_equal(rates_agree(&nodes[node], world.arena, ms, &has_changed), OK);
    return has_changed;
}

static bool have_one_key(int first, int count) {
    for (int i = first; i < first + count; i++)
        if (!nodes[i].key_number || nodes[i].key_number != nodes[first].key_number ||
            memcmp(nodes[i].key, nodes[first].key, sizeof nodes[i].key) != 0)
            return false;
    return true;
}

/* Until nobody has anything new; how many rounds that took. */
static int until_agreed(int first, int count, int64_t ms) {
    enum { ROUNDS_MOST = 6 };
    for (int round = 1; round <= ROUNDS_MOST; round++) {
        for (int i = first; i < first + count; i++) go_round(i, ms);
        if (have_one_key(first, count)) return round;
    }
    fail_msg("no common key after %d rounds", ROUNDS_MOST);
    return 0;
}

static int64_t begin_ms(void) { return world.clock.start_ms; }

static void all_have_the_same_soon(void **state) {
    (void)state;
    assert_true(until_agreed(0, NODES, begin_ms()) <= 3);
    unsigned char before[LIMITS_KEY_SIZE];
    memcpy(before, nodes[0].key, sizeof before);
    for (int minute = 1; minute < 10; minute++) /* and keep it */
        for (int i = 0; i < NODES; i++) assert_false(go_round(i, begin_ms() + minute * 60000));
    assert_memory_equal(before, nodes[0].key, sizeof before);
}

static void who_comes_later_is_given_it(void **state) {
    (void)state;
    until_agreed(0, 2, begin_ms());
    int64_t number = nodes[0].key_number;
    for (int i = 2; i < NODES; i++) until_agreed(0, i + 1, begin_ms() + i * 1000);
    assert_int_equal(nodes[NODES - 1].key_number, number);
    nodes[0] = (Rates){.store = world.store}; /* the one that made it stops, and comes back as another */
    until_agreed(0, NODES, begin_ms() + 90000);
    assert_int_equal(nodes[0].key_number, number);
}

/* Two that did not see each other have a key each: the smaller number is kept, by all. */
static void of_two_keys_one_is_kept(void **state) {
    (void)state;
    until_agreed(0, 2, begin_ms());
    until_agreed(2, NODES - 2, begin_ms() + 10 * 60000); /* the first two seem to be gone */
    int64_t one = nodes[0].key_number, other = nodes[2].key_number;
    assert_true(one != other);
    for (int i = 0; i < 2; i++) go_round(i, begin_ms() + 10 * 60000);
    until_agreed(0, NODES, begin_ms() + 10 * 60000);
    assert_int_equal(nodes[0].key_number, one < other ? one : other);
}

typedef struct Bytes {
    const unsigned char *bytes;
    size_t size;
    bool is_found;
} Bytes;

static Err search_rows(Tx *tx, void *context) {
    Bytes *bytes = context;
    static const Query all = {.name = "all",
                              .place = "test",
                              .sqlite = "SELECT public_key, sealed FROM rate_node",
                              .postgres = "SELECT public_key, sealed FROM rate_node",
                              .is_passing = true};
    Statement *statement = statement_begin(tx, &all);
    while (statement_step(statement))
        for (int i = 0; i < 2; i++) {
            Str cell = statement_optional_bytes(statement, i);
            if (!str_is_absent(cell) && memmem(cell.data, cell.size, bytes->bytes, bytes->size)) bytes->is_found = true;
        }
    statement_end(statement);
    return OK;
}

static bool is_in_the_store(const unsigned char *wanted, size_t size) {
    Bytes bytes = {wanted, size, false};
    assert_int_equal(store_read(world.store, world.arena, search_rows, &bytes), OK);
    return bytes.is_found;
}

static void the_key_is_in_no_row(void **state) {
    (void)state;
    until_agreed(0, NODES, begin_ms());
    assert_true(is_in_the_store(nodes[0].public_key, sizeof nodes[0].public_key)); /* the search finds what is there */
    for (int i = 0; i < NODES; i++) {
        assert_false(is_in_the_store(nodes[i].key, 8));
        assert_false(is_in_the_store(nodes[i].secret_key, 8));
    }
}

static void it_ends_with_the_last_of_them(void **state) {
    (void)state;
    until_agreed(0, NODES, begin_ms());
    int64_t number = nodes[0].key_number;
    nodes[0] = (Rates){.store = world.store};
    assert_true(go_round(0, begin_ms() + 60 * 60000));
    assert_true(nodes[0].key_number && nodes[0].key_number != number);
}

/* All were stopped a moment ago: their rows still say that they have a key, and nobody gives it. */
static void nobody_waits_for_those_who_stopped(void **state) {
    (void)state;
    until_agreed(0, NODES, begin_ms());
    int64_t number = nodes[0].key_number;
    for (int i = 0; i < NODES; i++) nodes[i] = (Rates){.store = world.store};
    until_agreed(0, NODES, begin_ms() + 2000);
    assert_true(nodes[0].key_number != number);
}

static Err spoil(Tx *tx, void *context) {
    (void)context;
    static const Query spoiled = {.name = "spoil",
                                  .place = "test",
                                  .sqlite = "UPDATE rate_node SET key_number = 1, sealed = zeroblob(64)",
                                  .postgres =
                                      "UPDATE rate_node SET key_number = 1, sealed = decode(repeat('00', 64), 'hex')",
                                  .changes = true,
                                  .is_passing = true};
    Statement *statement = statement_begin(tx, &spoiled);
    statement_step(statement);
    statement_end(statement);
    return OK;
}

/* Whoever writes nonsense into the rows takes nobody's key away for long. */
static void what_cannot_be_opened_is_asked_for_anew(void **state) {
    (void)state;
    until_agreed(0, 3, begin_ms());
    int64_t number = nodes[0].key_number;
    assert_int_equal(store_write(world.store, world.arena, spoil, NULL), OK);
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < 3; i++) go_round(i, begin_ms() + 1000 * round);
    assert_true(have_one_key(0, 3));
    assert_int_equal(nodes[0].key_number, number);
}

static Err run_passing(Tx *tx, void *context) {
    Statement *statement = statement_begin(tx, context);
    statement_step(statement);
    statement_end(statement);
    return OK;
}

static void go_round_badly(void *argument) {
    bool has_changed = false;
    Err err = rates_agree(argument, world.arena, begin_ms(), &has_changed);
    if (err) arena_fail(world.arena, err, "the store takes nothing");
}

/* What was made in memory and could not be written is still told to whoever counts by it. */
static void a_key_is_told_after_the_store_was_full(void **state) {
    (void)state;
    Query full = {.name = "full",
                  .place = "test",
                  .sqlite = "CREATE TRIGGER no_more BEFORE INSERT ON rate_node BEGIN SELECT RAISE(ABORT, 'full'); END",
                  .postgres = "ALTER TABLE rate_node ADD CONSTRAINT no_more CHECK (minute < 0) NOT VALID",
                  .changes = true,
                  .is_passing = true};
    Query free_again = {.name = "free_again",
                        .place = "test",
                        .sqlite = "DROP TRIGGER no_more",
                        .postgres = "ALTER TABLE rate_node DROP CONSTRAINT no_more",
                        .changes = true,
                        .is_passing = true};
    assert_int_equal(store_write(world.store, world.arena, run_passing, &full), OK);
    assert_int_not_equal(arena_protect(world.arena, go_round_badly, &nodes[0]), OK);
    assert_int_equal(store_write(world.store, world.arena, run_passing, &free_again), OK);
    assert_true(go_round(0, begin_ms() + 1000));
    assert_false(go_round(0, begin_ms() + 2000));
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, nodes_open, world_close)
    const struct CMUnitTest tests[] = {
        TEST(all_have_the_same_soon),
        TEST(who_comes_later_is_given_it),
        TEST(of_two_keys_one_is_kept),
        TEST(the_key_is_in_no_row),
        TEST(it_ends_with_the_last_of_them),
        TEST(nobody_waits_for_those_who_stopped),
        TEST(what_cannot_be_opened_is_asked_for_anew),
        TEST(a_key_is_told_after_the_store_was_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
