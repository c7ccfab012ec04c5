// SPDX-License-Identifier: EUPL-1.2
#include "../../cmocka_all.h"
#include "platform/base/random.h"

/* splitmix64 from 0 gives these four (Vigna's splitmix64.c); xoshiro256** goes on from them. */
static void test_known_numbers(void **state) {
    (void)state;
    Random random = random_from_seed(0);
    const uint64_t states[] = {0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec};
    assert_memory_equal(random.state, states, sizeof states);
    uint64_t times5 = states[1] * 5;
    assert_true(random_next(&random) == (times5 << 7 | times5 >> 57) * 9);
}

static void test_same_seed_same_numbers(void **state) {
    (void)state;
    Random one = random_from_seed(7), other = random_from_seed(7), third = random_from_seed(8);
    bool differs = false;
    for (int i = 0; i < 1000; i++) {
        uint64_t number = random_next(&one);
        assert_true(number == random_next(&other));
        differs |= number != random_next(&third);
    }
    assert_true(differs);
}

/* Each of the numbers comes up as often as chance has it: chi-squared with 9 degrees of freedom, far above 27.9 (0.1
 * %). */
static void test_below_is_even(void **state) {
    (void)state;
    enum { LIMIT = 10, THROWS = 100000 };
    Random random = random_from_seed(1);
    int counts[LIMIT] = {0};
    for (int i = 0; i < THROWS; i++) {
        uint64_t number = random_below(&random, LIMIT);
        assert_true(number < LIMIT);
        counts[number]++;
    }
    double sum = 0, expected = (double)THROWS / LIMIT;
    for (int i = 0; i < LIMIT; i++) sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    assert_true(sum < 40);
    for (int i = 0; i < 100; i++) assert_int_equal(random_below(&random, 1), 0);
    for (int i = 0; i < 100; i++) assert_true(random_below(&random, UINT64_MAX) < UINT64_MAX);
}

static void test_unit(void **state) {
    (void)state;
    Random random = random_from_seed(2);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double x = random_unit(&random);
        assert_true(x >= 0 && x < 1);
        sum += x;
    }
    assert_true(sum > 49500 && sum < 50500);
}

static void test_secrets(void **state) {
    (void)state;
    unsigned char bytes[2][1000] = {0};
    for (int i = 0; i < 2; i++) random_secret(bytes[i], sizeof bytes[i]);
    assert_memory_not_equal(bytes[0], bytes[1], sizeof bytes[0]);
    random_secret(bytes, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_numbers), cmocka_unit_test(test_same_seed_same_numbers),
        cmocka_unit_test(test_below_is_even), cmocka_unit_test(test_unit),
        cmocka_unit_test(test_secrets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
