// SPDX-License-Identifier: EUPL-1.2
#include "planner/pairs.h"

#include "../cmocka_all.h"
#include "planner/rounds.h"
#include "platform/base/random.h"

enum { HALL, SOUND, BREAD, VOLUNTEERS, KINDS };

static const uint16_t HALL_LIST[] = {HALL}, SOUND_LIST[] = {SOUND}, BREAD_LIST[] = {BREAD},
                      TWO_LIST[] = {VOLUNTEERS, SOUND};

static Pairs *weighed(Arena *arena, const PairInput *input) {
    Pairs *pairs = NULL;
    assert_int_equal(pairs_weigh(arena, input, &pairs), OK);
    return pairs;
}

static void test_both_gain_counts_most(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const PairProfile profiles[] = {
        {.needs = HALL_LIST, .need_count = 1, .offers = SOUND_LIST, .offer_count = 1},
        {.needs = TWO_LIST, .need_count = 2, .offers = HALL_LIST, .offer_count = 1},
        {.offers = HALL_LIST, .offer_count = 1},
        {.needs = BREAD_LIST, .need_count = 1},
    };
    Pairs *pairs = weighed(arena, &(PairInput){.profiles = profiles, .count = 4, .kinds = KINDS, .different = 0.5});
    const int32_t *values = pairs_values(pairs);
    assert_true(values[0 * 4 + 1] > 2 * values[0 * 4 + 2]);
    assert_true(values[0 * 4 + 2] > values[0 * 4 + 3]);
    assert_int_equal(values[0 * 4 + 3], pair_default_weights().any);
    PairReason reasons[3];
    assert_int_equal(pair_explain(pairs, 1, 0, reasons, 3), 3);
    assert_int_equal(reasons[0].kind, PAIR_REASON_BOTH);
    assert_int_equal(reasons[1].kind, PAIR_REASON_NEED); /* sound, which only 0 offers, before the hall, which two do */
    assert_int_equal(reasons[1].who, 1);
    assert_int_equal(reasons[1].need, 1);
    assert_int_equal(reasons[1].offer, 0);
    assert_int_equal(reasons[2].who, 0);
    assert_true(reasons[2].points < reasons[1].points);
    arena_close(arena);
}

static void test_dial_of_different_profiles(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const uint16_t arts[] = {0}, nature[] = {1};
    const PairProfile profiles[] = {{.fields = arts, .field_count = 1},
                                    {.fields = nature, .field_count = 1},
                                    {.fields = arts, .field_count = 1},
                                    {0}};
    for (int dial = 0; dial <= 2; dial++) {
        Pairs *pairs =
            weighed(arena, &(PairInput){.profiles = profiles, .count = 4, .fields = 2, .different = dial / 2.0});
        int32_t differ = pairs_values(pairs)[1], alike = pairs_values(pairs)[2], unknown = pairs_values(pairs)[3];
        assert_int_equal((differ > alike) - (differ < alike), dial - 1);
        assert_int_equal(unknown, pair_default_weights().any);
        PairReason reason;
        assert_int_equal(pair_explain(pairs, 0, 1, &reason, 1), 1);
        assert_int_equal(reason.kind, dial ? PAIR_REASON_DIFFERENT : PAIR_REASON_ANY);
    }
    arena_close(arena);
}

static void test_wishes_newcomers_and_marks(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const PairProfile profiles[] = {{.newcomer = true}, {0}, {0}, {.newcomer = true}};
    const PairWish wishes[] = {{.from = 1, .to = 2, .kind = PAIR_WANT},
                               {.from = 0, .to = 2, .kind = PAIR_NEVER},
                               {.from = 3, .to = 1, .kind = PAIR_RATHER_NOT}};
    const PairMet met[] = {{.a = 2, .b = 1}};
    Pairs *pairs = weighed(
        arena,
        &(PairInput){.profiles = profiles, .count = 4, .wishes = wishes, .wish_count = 3, .met = met, .met_count = 1});
    const int32_t *values = pairs_values(pairs);
    const uint8_t *marks = pairs_marks(pairs);
    PairWeights weights = pair_default_weights();
    assert_int_equal(values[0 * 4 + 1], weights.any + weights.newcomer);
    assert_int_equal(values[0 * 4 + 3], weights.any);
    assert_int_equal(values[1 * 4 + 2], weights.any + weights.want);
    assert_int_equal(values[1 * 4 + 3], 0); /* never below */
    assert_int_equal(marks[0 * 4 + 2], ROUNDS_PAIR_NEVER);
    assert_int_equal(marks[2 * 4 + 0], ROUNDS_PAIR_NEVER);
    assert_int_equal(marks[1 * 4 + 2], ROUNDS_PAIR_MET);
    PairReason reason;
    pair_explain(pairs, 1, 3, &reason, 1);
    assert_int_equal(reason.kind, PAIR_REASON_RATHER_NOT);
    assert_int_equal(reason.who, 3);
    arena_close(arena);
}

static void test_words_are_shared(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const PairProfile profiles[] = {
        {.words = STR("Pszczoły w mieście")}, {.words = STR("Miejskie pszczoły")}, {.words = STR("Taniec")}};
    Pairs *pairs = weighed(arena, &(PairInput){.profiles = profiles, .count = 3});
    assert_true(pairs_values(pairs)[1] > pairs_values(pairs)[2]);
    Str word;
    assert_int_equal(pair_shared_words(pairs, 0, 1, &word, 1), 1);
    assert_true(str_equal(word, STR("pszczoly")));
    arena_close(arena);
}

static const uint16_t *random_list(Arena *arena, Random *random, size_t limit, size_t *count) {
    *count = random_below(random, 6);
    uint16_t *list = arena_array(arena, uint16_t, *count);
    for (size_t i = 0; i < *count; i++) list[i] = (uint16_t)random_below(random, limit);
    return list;
}

static void check_sums(const Pairs *pairs, size_t n) {
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            PairReason reasons[PAIR_REASONS_MOST], back[PAIR_REASONS_MOST];
            size_t count = pair_explain(pairs, a, b, reasons, PAIR_REASONS_MOST);
            assert_int_equal(pair_explain(pairs, b, a, back, PAIR_REASONS_MOST), count);
            int32_t sum = 0;
            for (size_t i = 0; i < count; i++) {
                sum += reasons[i].points;
                assert_true(reasons[i].kind == back[i].kind && reasons[i].who == back[i].who &&
                            reasons[i].points == back[i].points);
                assert_true(i == 0 || abs(reasons[i - 1].points) >= abs(reasons[i].points));
            }
            assert_int_equal(pairs_values(pairs)[a * n + b], sum > 0 ? sum : 0);
            assert_true(sum <= ROUNDS_VALUE_MOST);
            assert_int_equal(pairs_values(pairs)[b * n + a], pairs_values(pairs)[a * n + b]);
        }
    }
}

static void test_reasons_add_up(void **state) {
    (void)state;
    Random random = random_from_seed(8);
    for (int turn = 0; turn < 300; turn++) {
        Arena *arena = arena_open(1 << 22);
        size_t n = random_below(&random, 9);
        PairProfile *profiles = arena_array(arena, PairProfile, n);
        for (size_t i = 0; i < n; i++) {
            profiles[i].needs = random_list(arena, &random, 5, &profiles[i].need_count);
            profiles[i].offers = random_list(arena, &random, 5, &profiles[i].offer_count);
            profiles[i].fields = random_list(arena, &random, 3, &profiles[i].field_count);
            profiles[i].newcomer = random_below(&random, 2);
            profiles[i].words = random_below(&random, 2) ? STR("teatr i las") : STR("las miasto");
        }
        PairWish wishes[6];
        size_t wish_count = n > 1 ? 6 : 0;
        for (size_t i = 0; i < wish_count; i++) {
            size_t from = random_below(&random, n), to = (from + 1 + random_below(&random, n - 1)) % n;
            wishes[i] = (PairWish){.from = from, .to = to, .kind = (PairWishKind)(1 + random_below(&random, 3))};
        }
        PairInput input = {.profiles = profiles,
                           .count = n,
                           .kinds = 5,
                           .fields = 3,
                           .wishes = wishes,
                           .wish_count = wish_count,
                           .different = random_unit(&random)};
        check_sums(weighed(arena, &input), n);
        arena_close(arena);
    }
}

static void test_greatest_sum_fits_the_rounds(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    uint16_t all[PAIRS_LIST_MOST];
    for (int i = 0; i < PAIRS_LIST_MOST; i++) all[i] = (uint16_t)i;
    const int32_t most = PAIR_POINTS_MOST;
    const PairWeights weights = {most, most, most, most, most, most, most, most};
    PairProfile profile = {.needs = all,
                           .offers = all,
                           .fields = all,
                           .need_count = PAIRS_LIST_MOST,
                           .offer_count = PAIRS_LIST_MOST,
                           .field_count = PAIRS_LIST_MOST,
                           .words = STR("razem")};
    const PairProfile profiles[] = {profile, profile};
    const PairWish wishes[] = {{.from = 0, .to = 1, .kind = PAIR_WANT}, {.from = 1, .to = 0, .kind = PAIR_WANT}};
    Pairs *pairs = weighed(arena, &(PairInput){.profiles = profiles,
                                               .count = 2,
                                               .kinds = PAIRS_LIST_MOST,
                                               .fields = PAIRS_LIST_MOST,
                                               .wishes = wishes,
                                               .wish_count = 2,
                                               .weights = &weights});
    check_sums(pairs, 2);
    arena_close(arena);
}

static void test_bad_input(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const PairProfile needy[] = {{.needs = BREAD_LIST, .need_count = 1}, {0}},
                      many[] = {{.needs = BREAD_LIST, .need_count = PAIRS_LIST_MOST + 1}, {0}};
    const PairProfile plain[2] = {0};
    const PairWish self = {.from = 1, .to = 1, .kind = PAIR_WANT}, beyond = {.from = 0, .to = 2, .kind = PAIR_WANT},
                   odd = {.from = 0, .to = 1};
    const PairMet met = {.a = 0, .b = 0};
    const PairWeights below = {.any = -1}, above = {.need = PAIR_POINTS_MOST + 1};
    const PairInput bad[] = {
        {.profiles = needy, .count = 2, .kinds = BREAD},
        {.profiles = many, .count = 2, .kinds = KINDS},
        {.profiles = plain, .count = PAIRS_PROFILES_MOST + 1},
        {.profiles = plain, .count = 2, .kinds = PAIRS_KINDS_MOST + 1},
        {.profiles = plain, .count = 2, .wishes = &self, .wish_count = 1},
        {.profiles = plain, .count = 2, .wishes = &beyond, .wish_count = 1},
        {.profiles = plain, .count = 2, .wishes = &odd, .wish_count = 1},
        {.profiles = plain, .count = 2, .met = &met, .met_count = 1},
        {.profiles = plain, .count = 2, .different = 1.5},
        {.profiles = plain, .count = 2, .weights = &below},
        {.profiles = plain, .count = 2, .weights = &above},
    };
    Pairs *pairs = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(pairs_weigh(arena, &bad[i], &pairs), ERR_INPUT);
    assert_null(pairs);
    weighed(arena, &(PairInput){0});
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_gain_counts_most),
        cmocka_unit_test(test_dial_of_different_profiles),
        cmocka_unit_test(test_wishes_newcomers_and_marks),
        cmocka_unit_test(test_words_are_shared),
        cmocka_unit_test(test_reasons_add_up),
        cmocka_unit_test(test_greatest_sum_fits_the_rounds),
        cmocka_unit_test(test_bad_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
