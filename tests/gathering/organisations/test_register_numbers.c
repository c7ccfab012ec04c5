// SPDX-License-Identifier: EUPL-1.2
/* Register numbers: the rules of PRODUCT.md, and which of them is said to be broken. */
#include "../../cmocka_all.h"
#include "gathering/organisations/organisations.h"

static void good_ones_are_kept_plain(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Str plain;
    assert_int_equal(nip_check(arena, STR("PL 856-734-62-15"), &plain), REGISTER_GOOD);
    assert_true(str_equal(plain, STR("8567346215")));
    assert_int_equal(regon_check(arena, STR("192598184"), &plain), REGISTER_GOOD);
    assert_int_equal(regon_check(arena, STR("12345678512347"), &plain), REGISTER_GOOD);
    assert_int_equal(krs_check(arena, STR("123456"), &plain), REGISTER_GOOD);
    assert_true(str_equal(plain, STR("0000123456")));
    arena_close(arena);
}

/* Of ten numbers that differ in the last digit one at most is a NIP; and no digit can change alone. */
static void a_changed_digit_is_found(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const char *const good[] = {"8567346215", "192598184", "123456785"};
    Str plain;
    for (size_t i = 0; i < COUNT(good); i++) {
        char typed[16];
        size_t size = strlen(good[i]);
        for (size_t at = 0; at < size; at++)
            for (int digit = '0'; digit <= '9'; digit++) {
                memcpy(typed, good[i], size + 1);
                typed[at] = (char)digit;
                Str text = {typed, size};
                RegisterFault fault = i ? regon_check(arena, text, &plain) : nip_check(arena, text, &plain);
                /* REGON's remainder of ten counts as nought: there two digits may mean the same. */
                if (digit == good[i][at]) assert_int_equal(fault, REGISTER_GOOD);
                else if (i == 0) assert_int_equal(fault, REGISTER_CHECK);
            }
    }
    arena_close(arena);
}

static void it_is_said_which_rule_is_broken(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const struct {
        RegisterNumber number;
        const char *typed, *words;
    } cases[] = {
        {REGISTER_NIP, "856734621", "A NIP has ten digits. Here there are 9."},
        {REGISTER_NIP, "85673462155", "A NIP has ten digits. Here there are 11."},
        {REGISTER_NIP, "856734621X", "Only digits can stand here; spaces and dashes may stand between them."},
        {REGISTER_NIP, "8567346216",
         "The last digit of this NIP does not fit the nine before it: one of the digits is mistyped, or two have "
         "changed places."},
        {REGISTER_REGON, "1925981", "A REGON has 9 or 14 digits. Here there are 7."},
        {REGISTER_REGON, "192598185",
         "The ninth digit of this REGON does not fit the eight before it: one of the digits is mistyped, or two have "
         "changed places."},
        {REGISTER_REGON, "12345678512348",
         "The first nine digits of this REGON are good, but the last one does not fit: look at the last five."},
        {REGISTER_KRS, "12345678901", "A KRS number has at most ten digits. Here there are 11."},
        {REGISTER_KRS, "KRS 12", "Only digits can stand here; spaces and dashes may stand between them."},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(
            str_to_c(arena, register_fault_words(arena, LANGUAGE_EN, cases[i].number, str_from_c(cases[i].typed))),
            cases[i].words);
    assert_true(str_is_absent(register_fault_words(arena, LANGUAGE_PL, REGISTER_NIP, STR("856 734 62 15"))));
    assert_true(str_is_absent(register_fault_words(arena, LANGUAGE_PL, REGISTER_KRS, STR("1"))));
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_ones_are_kept_plain),
        cmocka_unit_test(a_changed_digit_is_found),
        cmocka_unit_test(it_is_said_which_rule_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
