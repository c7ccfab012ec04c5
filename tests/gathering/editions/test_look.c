// SPDX-License-Identifier: EUPL-1.2
/* A series' look: colours as people write them, contrast as WCAG computes it, every accent that is taken readable by
 * day and by night, and the languages of a series. */
#include "../../cmocka_all.h"
#include "gathering/editions/look.h"

static int set_up(void **state) {
    *state = arena_open(8 << 20);
    return 0;
}
static int tear_down(void **state) {
    arena_close(*state);
    return 0;
}

static void test_colours_as_typed(void **state) {
    static const char *const good[] = {"b8460e", "#b8460e", "#B8460E", " #b8460e "};
    static const char *const bad[] = {"", "#", "red", "#b84", "#b8460", "#b8460e0", "b8460g", "url(x)", "b8460e}"};
    Str colour;
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_true(colour_parse(*state, str_from_c(good[i]), &colour));
        assert_str(colour, STR("b8460e"));
    }
    for (size_t i = 0; i < COUNT(bad); i++) assert_false(colour_parse(*state, str_from_c(bad[i]), &colour));
}

/* Known values: the ends, and the grey that is just too light for text on white. */
static void test_contrast(void **state) {
    (void)state;
    assert_true(colour_contrast(STR("000000"), STR("ffffff")) > 20.99);
    assert_true(colour_contrast(STR("abcdef"), STR("abcdef")) < 1.01);
    double grey = colour_contrast(STR("777777"), STR("ffffff"));
    assert_true(grey > 4.47 && grey < 4.49);
    assert_true(accent_is_readable(STR("b8460e")));
    assert_false(accent_is_readable(STR("777777")));
    assert_false(accent_is_readable(STR("ffcc00")));
}

/* Every sixteenth colour of each channel: what is taken by day is readable by night. */
static void test_every_accent_on_dark(void **state) {
    size_t taken = 0;
    for (unsigned i = 0; i < 16 * 16 * 16; i++) {
        Str colour = str_format(*state, "%02x%02x%02x", (i >> 8) * 17, (i >> 4 & 15) * 17, (i & 15) * 17);
        if (!accent_is_readable(colour)) continue;
        taken++;
        Str dark = accent_on_dark(*state, colour);
        assert_true(colour_contrast(dark, STR("19212d")) >= 4.5);
        assert_true(colour_contrast(dark, STR("10161f")) >= 4.5);
        assert_true(colour_contrast(dark, STR("0a2f5c")) >= 4.5);
    }
    assert_true(taken > 500);
}

static void test_languages(void **state) {
    (void)state;
    Series all = {.languages = STR("")}, two = {.languages = STR("pl uk")};
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        assert_true(series_speaks(&all, language));
        assert_int_equal(series_speaks(&two, language), language != LANGUAGE_EN);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_colours_as_typed, set_up, tear_down),
        cmocka_unit_test(test_contrast),
        cmocka_unit_test_setup_teardown(test_every_accent_on_dark, set_up, tear_down),
        cmocka_unit_test(test_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
