// SPDX-License-Identifier: EUPL-1.2
/* Ukrainian in Latin letters: the rules of resolution 55, letter by letter, and what is no letter. */
#include "../../cmocka_all.h"
#include "platform/i18n/i18n.h"

static void words_are_written_by_the_rules(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    static const char *const pairs[][2] = {
        {"Алушта", "Alushta"},
        {"Борщагівка", "Borshchahivka"},
        {"Вінниця", "Vinnytsia"},
        {"Гадяч", "Hadiach"},
        {"Згурський", "Zghurskyi"},
        {"Ґалаґан", "Galagan"},
        {"Донецьк", "Donetsk"},
        {"Єнакієве", "Yenakiieve"},
        {"Гаєвич", "Haievych"},
        {"Житомир", "Zhytomyr"},
        {"Їжакевич", "Yizhakevych"},
        {"Кадиївка", "Kadyivka"},
        {"Йосипівка", "Yosypivka"},
        {"Стрий", "Stryi"},
        {"Харків", "Kharkiv"},
        {"Щербухи", "Shcherbukhy"},
        {"Юрій", "Yurii"},
        {"Корюківка", "Koriukivka"},
        {"Яготин", "Yahotyn"},
        {"Костянтин", "Kostiantyn"},
        {"Знам’янка", "Znamianka"},
        {"Феодосія", "Feodosiia"},
        {"Розгон", "Rozghon"},
        {"ЩО", "SHCHO"},
        {"Що", "Shcho"},
        {"ЮНІСТЬ", "YUNIST"},
        {"Я", "Ya"},
        {"Громадська ініціатива «Тут і разом»", "Hromadska initsiatyva «Tut i razom»"},
        {"Спілка №7, ул. X", "Spilka №7, ul. X"},
        {"", ""},
        {"Most", "Most"},
        {"'", "'"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        Str made = ukrainian_in_latin(arena, str_from_c(pairs[i][0]));
        if (!str_equal(made, str_from_c(pairs[i][1])))
            fail_msg("%s is %s, not %s", pairs[i][0], str_to_c(arena, made), pairs[i][1]);
        assert_true(str_equal(ukrainian_in_latin(arena, made), made)); /* twice changes nothing */
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_written_by_the_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
