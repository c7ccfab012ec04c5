// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/id.h"

#include "../../cmocka_all.h"
#include "platform/base/arena.h"
#include "platform/base/random.h"

static const int64_t now_ms = INT64_C(1781186400000);

static void test_ids_rise_whatever_the_clock_does(void **state) {
    (void)state;
    IdMaker maker;
    id_maker_open(&maker, 5, 0);
    Id last = 0;
    Random random = random_from_seed(1);
    for (int i = 0; i < 100000; i++) {
        Id id = id_next(&maker, now_ms + (int64_t)random_below(&random, 20) - 10);
        assert_true(id > last);
        last = id;
    }
}

static void test_ids_rise_across_restart(void **state) {
    (void)state;
    IdMaker maker, again;
    id_maker_open(&maker, 5, 0);
    Id last = 0;
    for (int i = 0; i < 5000; i++) last = id_next(&maker, now_ms);
    id_maker_open(&again, 5, last);
    assert_true(id_next(&again, now_ms - 1000) > last);
}

static void test_nodes_never_share_an_id(void **state) {
    (void)state;
    IdMaker a, b;
    id_maker_open(&a, 0, 0);
    id_maker_open(&b, 1023, 0);
    for (int i = 0; i < 10000; i++) assert_true(id_next(&a, now_ms) != id_next(&b, now_ms));
}

static void test_time_is_kept(void **state) {
    (void)state;
    IdMaker maker;
    id_maker_open(&maker, 1023, 0);
    assert_true(id_time_ms(id_next(&maker, now_ms)) == now_ms);
    assert_true(id_least_at(now_ms) <= id_next(&maker, now_ms) && id_least_at(now_ms + 1) > id_next(&maker, now_ms));
}

static void test_text_round_trip(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    Random random = random_from_seed(2);
    for (int i = 0; i < 10000; i++) {
        Id id = (Id)(random_next(&random) >> 1), back = 0;
        if (!id) continue;
        Str text = id_text(arena, id);
        assert_int_equal(text.size, ID_TEXT_SIZE);
        assert_true(id_parse(text, &back) && back == id);
    }
    Id id = 3;
    const char *const bad[] = {
        "", "0000000000000", "zzzzzzzzzzzzz", "00000000000O1", "000000000001", "00000000000001", "8000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(id_parse(str_from_c(bad[i]), &id));
    assert_true(id == 3);
    arena_close(arena);
}

static void test_secrets_differ_and_fill_their_alphabet(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    unsigned seen[128] = {0};
    Str last = random_secret_text(arena);
    for (int i = 0; i < 2000; i++) {
        Str secret = random_secret_text(arena);
        assert_int_equal(secret.size, RANDOM_SECRET_TEXT_SIZE);
        assert_false(str_equal(secret, last));
        for (size_t c = 0; c + 1 < secret.size; c++) seen[(unsigned char)secret.data[c]]++;
        last = secret;
    }
    for (const char *c = "0123456789abcdefghjkmnpqrstvwxyz"; *c; c++)
        assert_in_range(seen[(unsigned char)*c], 1200, 1950);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_rise_whatever_the_clock_does),
        cmocka_unit_test(test_ids_rise_across_restart),
        cmocka_unit_test(test_nodes_never_share_an_id),
        cmocka_unit_test(test_time_is_kept),
        cmocka_unit_test(test_text_round_trip),
        cmocka_unit_test(test_secrets_differ_and_fill_their_alphabet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
