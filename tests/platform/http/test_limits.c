// SPDX-License-Identifier: EUPL-1.2
/* Rates of an address: a bucket that refills, and what other nodes gave out of the same minute. */
#include "../../cmocka_all.h"
#include "platform/http/limits.h"

static Address address_of(const char *text) {
    Address address;
    assert_true(address_parse(str_from_c(text), &address));
    return address;
}

static LimitsNow at(int64_t ms) { return (LimitsNow){ms, ms}; }

static void test_buckets(void **state) {
    (void)state;
    Limits *limits = limits_open(2);
    Address a, b;
    unsigned wait_s = 0;
    address_parse(STR("192.0.2.1"), &a);
    address_parse(STR("192.0.2.2"), &b);
    for (int i = 0; i < 6; i++) assert_true(limits_take(limits, &a, 1, 6, at(1000000), &wait_s));
    assert_false(limits_take(limits, &a, 1, 6, at(1000000), &wait_s));
    assert_int_equal(wait_s, 10);
    assert_true(limits_take(limits, &b, 1, 6, at(1000000), &wait_s));
    assert_true(limits_take(limits, &a, 2, 6, at(1000000), &wait_s));
    assert_false(limits_take(limits, &a, 1, 6, at(1009999), &wait_s));
    assert_true(limits_take(limits, &a, 1, 6, at(1010000), &wait_s));
    assert_false(limits_take(limits, &a, 1, 6, at(1010000), &wait_s));
    /* A limit of more than one in a millisecond is the limit that was asked for. */
    for (int i = 0; i < 600000; i++) assert_true(limits_take(limits, &a, 3, 600000, at(2000000), &wait_s));
    assert_false(limits_take(limits, &a, 3, 600000, at(2000000), &wait_s));
    assert_int_equal(wait_s, 1);
    assert_true(limits_may_connect(limits, &a));
    limits_connected(limits, &a);
    limits_connected(limits, &a);
    assert_false(limits_may_connect(limits, &a));
    assert_true(limits_may_connect(limits, &b));
    limits_disconnected(limits, &a);
    assert_true(limits_may_connect(limits, &a));
    limits_close(limits);
}

static size_t take_all(Limits *limits, const Address *address, unsigned per_min, LimitsNow now) {
    unsigned wait_s = 0;
    size_t taken = 0;
    while (taken < 10000 && limits_take(limits, address, 0, per_min, now, &wait_s)) taken++;
    assert_in_range(wait_s, 1, 60);
    return taken;
}

static void test_a_minutes_worth_and_what_refills(void **state) {
    (void)state;
    Limits *limits = limits_open(10);
    Address one = address_of("192.0.2.7"), other = address_of("192.0.2.8");
    LimitsNow now = {.monotonic_ms = 5000, .wall_ms = 600000};
    assert_int_equal(take_all(limits, &one, 60, now), 60);
    assert_int_equal(take_all(limits, &other, 60, now), 60); /* one does not hold up the other */
    now.monotonic_ms += 10000, now.wall_ms += 10000;
    assert_int_equal(take_all(limits, &one, 60, now), 10);
    now.monotonic_ms += 60000, now.wall_ms += 60000;
    assert_int_equal(take_all(limits, &one, 60, now), 60);
    limits_close(limits);
}

/* Three nodes that tell each other after each round of tries give out one node's worth, and a round more at most. */
static void test_nodes_that_tell_each_other(void **state) {
    (void)state;
    enum { NODES = 3, PER_MIN = 300, ROUND = 10 };
    static const unsigned char key[LIMITS_KEY_SIZE] = "sixteen bytes o";
    Limits *limits[NODES];
    for (int i = 0; i < NODES; i++) {
        limits[i] = limits_open(10);
        limits_use_key(limits[i], key);
    }
    Address one = address_of("192.0.2.7"), quiet = address_of("192.0.2.9");
    LimitsNow now = {.monotonic_ms = 5000, .wall_ms = 600000};
    size_t taken = 0, before;
    unsigned wait_s = 0;
    assert_true(limits_take(limits[0], &quiet, 0, PER_MIN, now, &wait_s));
    do {
        before = taken;
        RateUse used[NODES][LIMITS_TOLD];
        for (int i = 0; i < NODES; i++) {
            for (int k = 0; k < ROUND; k++) taken += limits_take(limits[i], &one, 0, PER_MIN, now, &wait_s);
            size_t count = limits_used(limits[i], limits_minute(now.wall_ms), used[i]);
            assert_int_equal(count, 1); /* of who is quiet nothing is told */
            assert_int_equal(used[i][0].key, used[0][0].key);
        }
        for (int i = 0; i < NODES; i++) {
            RateUse others = {.key = used[0][0].key};
            for (int k = 0; k < NODES; k++) others.used += k == i ? 0 : used[k][0].used;
            limits_used_elsewhere(limits[i], limits_minute(now.wall_ms), &others, 1);
        }
    } while (taken > before);
    assert_in_range(taken, PER_MIN, PER_MIN + NODES * ROUND);
    assert_int_equal(wait_s, 60);                    /* the next minute of the wall */
    now.monotonic_ms += 60000, now.wall_ms += 60000; /* what was told was of that minute */
    assert_true(limits_take(limits[0], &one, 0, PER_MIN, now, &wait_s));
    assert_true(limits_take(limits[0], &quiet, 0, PER_MIN, now, &wait_s));
    for (int i = 0; i < NODES; i++) limits_close(limits[i]);
}

/* With another key who was held back is held back, and is counted as before. */
static void test_another_key_forgets_nothing(void **state) {
    (void)state;
    enum { PER_MIN = 60 };
    static const unsigned char keys[2][LIMITS_KEY_SIZE] = {"the first, of 2", "the second of 2"};
    Limits *limits = limits_open(10);
    LimitsNow now = {.monotonic_ms = 5000, .wall_ms = 600000};
    Address one = address_of("192.0.2.7"), other = address_of("192.0.2.8");
    unsigned wait_s;
    limits_connected(limits, &one);
    for (int i = 0; i < 2; i++) {
        limits_use_key(limits, keys[i]);
        for (int k = 0; k < PER_MIN / 2; k++) assert_true(limits_take(limits, &one, 0, PER_MIN, now, &wait_s));
    }
    assert_false(limits_take(limits, &one, 0, PER_MIN, now, &wait_s));
    assert_true(limits_take(limits, &other, 0, PER_MIN, now, &wait_s));
    limits_use_key(limits, keys[0]);
    assert_false(limits_take(limits, &one, 0, PER_MIN, now, &wait_s));
    RateUse used[LIMITS_TOLD];
    assert_int_equal(limits_used(limits, limits_minute(now.wall_ms), used), 1);
    assert_int_equal(used[0].used, PER_MIN);
    limits_disconnected(limits, &one);
    limits_close(limits);
}

static void test_more_than_can_be_told(void **state) {
    (void)state;
    Limits *limits = limits_open(10);
    LimitsNow now = {.monotonic_ms = 5000, .wall_ms = 600000};
    unsigned wait_s = 0;
    for (int i = 0; i < LIMITS_TOLD + 50; i++) {
        char text[32];
        snprintf(text, sizeof text, "192.0.%d.%d", i / 250, i % 250);
        Address address = address_of(text);
        for (int k = 0; k < LIMITS_TOLD_FROM; k++) assert_true(limits_take(limits, &address, 0, 60, now, &wait_s));
    }
    RateUse uses[LIMITS_TOLD];
    assert_int_equal(limits_used(limits, limits_minute(now.wall_ms), uses), LIMITS_TOLD);
    limits_close(limits);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buckets),
        cmocka_unit_test(test_a_minutes_worth_and_what_refills),
        cmocka_unit_test(test_nodes_that_tell_each_other),
        cmocka_unit_test(test_another_key_forgets_nothing),
        cmocka_unit_test(test_more_than_can_be_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
