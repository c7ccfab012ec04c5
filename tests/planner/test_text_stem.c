// SPDX-License-Identifier: EUPL-1.2
/* Stems: forms of a word are one, different words stay two. */
#include "../cmocka_all.h"
#include "planner/text.h"
#include "platform/base/utf8.h"

static Str stem(Arena *arena, const char *word) { return text_stem(arena, utf8_fold(arena, str_from_c(word))); }

static void forms_of_a_word_are_one(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const char *const families[][8] = {
        {"senior", "seniorów", "seniorzy", "seniorom", "seniorami", "seniorach", "seniora", "seniors"},
        {"młodzież", "młodzieży", "młodzieżą", "mlodziez"},
        {"dzieci", "dzieciom", "dziećmi", "dzieciach", "dziecko"},
        {"książka", "książki", "książek", "książkami"},
        {"organizacja", "organizacji", "organizacje", "organizacją", "organizacjom", "organizacyjny"},
        {"społeczność", "społeczności", "społecznością"},
        {"kultura", "kultury", "kulturze", "kulturalny", "kulturalne"},
        {"ekologia", "ekologii", "ekologiczny", "ekologiczna", "ekologicznych"},
        {"edukacja", "edukacji", "edukacyjne", "edukacyjnych"},
        {"sport", "sportu", "sportowy", "sportowe", "sportowych"},
        {"Kraków", "Krakowa", "Krakowie", "Krakowem"},
        {"krakowski", "krakowska", "krakowskiego", "krakowskich"},
        {"krzesło", "krzesła", "krzeseł", "krzesłami"},
        {"okno", "okna", "okien"},
        {"nosorożec", "nosorożce", "nosorożców"},
        {"wolontariusz", "wolontariusze", "wolontariuszy", "wolontariuszom"},
        {"mieszkaniec", "mieszkańcy", "mieszkańców", "mieszkanka"},
        {"zajęcia", "zajęć", "zajęciach"},
        {"ogród", "ogrody", "ogrodów", "ogrodowy"},
        {"woda", "wody", "wodzie", "wodą"},
        {"szkoła", "szkoły", "szkole", "szkół"},
        {"ludzie", "ludzi", "ludźmi"},
        {"żółw", "żółwie", "żółwia", "zolw"},
        {"сеніор", "сеніори", "сеніорів", "сеніорам"},
        {"молодь", "молоді"},
        {"організація", "організації", "організацію"},
        {"дитина", "дитини", "дитину"},
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (size_t k = 1; k < 8 && families[i][k]; k++)
            if (!str_equal(stem(arena, families[i][0]), stem(arena, families[i][k])))
                fail_msg("%s and %s are two: %s, %s", families[i][0], families[i][k],
                         str_to_c(arena, stem(arena, families[i][0])), str_to_c(arena, stem(arena, families[i][k])));
    arena_close(arena);
}

static void different_words_stay_two(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const char *const pairs[][2] = {{"senior", "sensor"},    {"szkoła", "szkolenie"}, {"kultura", "kult"},
                                           {"sala", "salon"},       {"dom", "domek"},        {"muzyka", "muzeum"},
                                           {"sport", "spór"},       {"pomoc", "pomost"},     {"ogród", "ogrodzenie"},
                                           {"młodzież", "młodość"}, {"rower", "rów"},        {"2026", "2025"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_equal(stem(arena, pairs[i][0]), stem(arena, pairs[i][1])))
            fail_msg("%s and %s are one: %s", pairs[i][0], pairs[i][1], str_to_c(arena, stem(arena, pairs[i][0])));
    arena_close(arena);
}

static void a_text_is_its_words_each_once(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    TextStems stems = text_stems(arena, STR("Zajęcia dla seniorów i z seniorami, w sali na Zabłociu"));
    assert_int_equal(stems.count, 4);
    assert_true(str_equal(stems.stems[1], STR("senior")));
    assert_int_equal(text_stems(arena, STR("w i na")).count, 3); /* nothing else is there to look for */
    assert_int_equal(text_stems(arena, STR(" – ")).count, 0);
    TextStems cyrillic = text_stems(arena, STR("Тут і разом")), latin = text_stems(arena, STR("tut i razom"));
    assert_int_equal(cyrillic.count, latin.count);
    for (size_t i = 0; i < latin.count; i++) assert_true(str_equal(cyrillic.stems[i], latin.stems[i]));
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_a_word_are_one),
        cmocka_unit_test(different_words_stay_two),
        cmocka_unit_test(a_text_is_its_words_each_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
