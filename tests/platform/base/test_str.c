// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/str.h"

#include "../../cmocka_all.h"
#include "platform/base/arena.h"

static void test_numbers(void **state) {
    (void)state;
    int64_t value = 7;
    assert_true(str_to_int(STR("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_true(str_to_int(STR("9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    const char *const bad[] = {"", "-", "9223372036854775808", "-9223372036854775809", "1 ", " 1", "+1", "0x1", "1e3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        value = 7;
        assert_false(str_to_int(str_from_c(bad[i]), &value));
        assert_int_equal(value, 7);
    }
}

static void test_reals(void **state) {
    (void)state;
    double value;
    assert_true(str_to_real(STR("-12.5"), &value) && value == -12.5);
    assert_true(str_to_real(STR("0.1"), &value) && value == 0.1);
    assert_true(str_to_real(STR("100"), &value) && value == 100);
    const char *const bad[] = {"", ".", "1.", ".5", "1.2.3", "1e5", "nan", "inf", "1234567890123456", "1,5"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(str_to_real(str_from_c(bad[i]), &value));
}

static void test_parts(void **state) {
    (void)state;
    Str rest = STR("a,,b"), part;
    const char *const expected[] = {"a", "", "b"};
    for (int i = 0; i < 3; i++) {
        assert_true(str_next_part(&rest, ',', &part));
        assert_str(part, str_from_c(expected[i]));
    }
    assert_false(str_next_part(&rest, ',', &part));
    rest = STR("");
    assert_true(str_next_part(&rest, ',', &part));
    assert_false(str_next_part(&rest, ',', &part));
}

static void test_finding_and_cutting(void **state) {
    (void)state;
    assert_int_equal(str_index_of(STR("abcabd"), STR("abd")), 3);
    assert_int_equal(str_index_of(STR("ab"), STR("abc")), -1);
    assert_int_equal(str_index_of(STR("ab"), STR("")), 0);
    assert_str(str_slice(STR("abc"), 1, 99), STR("bc"));
    assert_str(str_slice(STR("abc"), 9, 1), STR(""));
    assert_str(str_trim(STR(" \t x y\r\n")), STR("x y"));
    assert_true(str_equal(STR_ABSENT, STR("")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_equal_ascii_case(STR("Content-LENGTH"), STR("content-length")));
}

static void test_copies(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    assert_str(str_replace(arena, STR("a--b--"), STR("--"), STR("+")), STR("a+b+"));
    assert_str(str_replace(arena, STR("aaa"), STR("a"), STR("")), STR(""));
    assert_str(str_join(arena, STR_ABSENT, STR("x")), STR("x"));
    assert_str(str_format(arena, "%d-%s", 5, "ż"), STR("5-ż"));
    assert_true(str_is_absent(str_copy(arena, STR_ABSENT)));
    assert_string_equal(str_to_c(arena, STR("abc")), "abc");
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_reals),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_finding_and_cutting),
        cmocka_unit_test(test_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
