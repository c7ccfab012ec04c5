// SPDX-License-Identifier: EUPL-1.2
#include "planner/text.h"

#include "../cmocka_all.h"
#include "platform/base/random.h"

static void test_same_and_different(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const Str texts[] = {STR("Teatr i muzyka dla dzieci"), STR("MUZYKA, teatr; dzieci!"), STR("Warsztaty rowerowe"),
                         STR(""), STR_ABSENT};
    TextSet *set = text_set_make(arena, texts, 5);
    assert_int_equal(text_word_count(set, 0), 3);
    assert_true(text_overlap(set, 0, 1) > 0.999);
    assert_true(text_overlap(set, 0, 2) == 0);
    assert_true(text_overlap(set, 0, 3) == 0 && text_overlap(set, 3, 4) == 0);
    arena_close(arena);
}

static void test_folds_across_scripts(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const Str texts[] = {STR("Żółw"), STR("zolw"), STR("Разом"), STR("razom")};
    TextSet *set = text_set_make(arena, texts, 4);
    assert_true(text_overlap(set, 0, 1) > 0.999);
    assert_true(text_overlap(set, 2, 3) > 0.999);
    arena_close(arena);
}

static void test_stop_words_say_nothing(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const Str texts[] = {STR("dla i na oraz się w ze the and of a x"), STR("w ze dla się and")};
    TextSet *set = text_set_make(arena, texts, 2);
    assert_int_equal(text_word_count(set, 0), 0);
    assert_true(text_overlap(set, 0, 1) == 0);
    arena_close(arena);
}

static void test_rare_words_weigh_more(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    const Str texts[] = {STR("fundacja pszczoły miasto"), STR("fundacja pszczoły las"), STR("fundacja miasto teatr"),
                         STR("fundacja miasto sport"), STR("fundacja miasto chleb")};
    TextSet *set = text_set_make(arena, texts, 5);
    assert_true(text_overlap(set, 0, 1) > text_overlap(set, 0, 2));
    Str words[3];
    assert_int_equal(text_shared(set, 0, 1, words, 3), 2);
    assert_true(str_equal(words[0], STR("pszczoly")));
    assert_true(str_equal(words[1], STR("fundacja")));
    assert_int_equal(text_shared(set, 0, 1, words, 1), 1);
    assert_true(str_equal(words[0], STR("pszczoly")));
    arena_close(arena);
}

static void test_shared_limit(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Str many = STR("aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt");
    const Str texts[] = {many, many};
    TextSet *set = text_set_make(arena, texts, 2);
    Str words[32];
    assert_int_equal(text_shared(set, 0, 1, words, 32), TEXT_SHARED_MOST);
    assert_int_equal(text_shared(set, 0, 1, words, 0), 0);
    arena_close(arena);
}

static void test_overlap_is_symmetric_and_within_one(void **state) {
    (void)state;
    Random random = random_from_seed(3);
    for (int turn = 0; turn < 200; turn++) {
        Arena *arena = arena_open(1 << 20);
        char letters[12][40];
        Str texts[12];
        for (size_t i = 0; i < 12; i++) {
            size_t size = random_below(&random, 40);
            for (size_t k = 0; k < size; k++) letters[i][k] = "abc  "[random_below(&random, 5)];
            texts[i] = str_from(letters[i], size);
        }
        TextSet *set = text_set_make(arena, texts, 12);
        for (size_t a = 0; a < 12; a++) {
            for (size_t b = 0; b < 12; b++) {
                double overlap = text_overlap(set, a, b);
                assert_true(overlap >= 0 && overlap <= 1 && overlap == text_overlap(set, b, a));
                Str words[4];
                assert_true((text_shared(set, a, b, words, 4) > 0) == (overlap > 0));
            }
        }
        arena_close(arena);
    }
}

static void words_of_one_stem_are_found(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const char *const meet[][2] = {{"krzesła", "trzydzieści krzeseł składanych"},
                                          {"sala prób", "Sali szukamy"},
                                          {"nagłośnienie", "nagłośnieniem"},
                                          {"зал", "зала для репетицій"},
                                          {"rzutnik", "rzutnik i ekran"}};
    static const char *const differ[][2] = {{"nagłośnienie na dwa popołudnia", "dwa rzutniki"},
                                            {"nagłośnienie na dwa popołudnia", "piec do ceramiki"},
                                            {"kilka krzeseł", "kilka stołów"},
                                            {"30 krzeseł", "30 stołów"},
                                            {"sala", "salon urody"},
                                            {"", "krzesła"}};
    for (size_t i = 0; i < sizeof meet / sizeof *meet; i++)
        assert_true(text_shares_stem(arena, str_from_c(meet[i][0]), str_from_c(meet[i][1])));
    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++)
        assert_false(text_shares_stem(arena, str_from_c(differ[i][0]), str_from_c(differ[i][1])));
    assert_false(text_word_tells(STR("duzo")));
    assert_true(text_word_tells(STR("ogrod")));
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_one_stem_are_found),
        cmocka_unit_test(test_same_and_different),
        cmocka_unit_test(test_folds_across_scripts),
        cmocka_unit_test(test_stop_words_say_nothing),
        cmocka_unit_test(test_rare_words_weigh_more),
        cmocka_unit_test(test_shared_limit),
        cmocka_unit_test(test_overlap_is_symmetric_and_within_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
