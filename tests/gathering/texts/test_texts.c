// SPDX-License-Identifier: EUPL-1.2
/* Texts in several languages: which is shown to whom, what is said about it, and that two do not overwrite each other.
 */
#include "../signups/testing.h"
#include "gathering/texts/texts.h"

static TextOther made(Id subject, const char *field, const char *language, Str original, const char *words,
                      TextOrigin origin) {
    return (TextOther){.subject = subject,
                       .field = str_from_c(field),
                       .language = str_from_c(language),
                       .words = str_from_c(words),
                       .original = text_original(original),
                       .origin = origin};
}

static void keep(Tx *tx, TextOther text) { assert_int_equal(text_save(tx, &text), OK); }

static void assert_tag(Str tag, const char *expected) {
    if (!expected) assert_true(str_is_absent(tag));
    else assert_true(str_equal(tag, str_from_c(expected)));
}

/* ---- languages -------------------- */

static void a_language_is_told_or_guessed(void **state) {
    (void)state;
    static const struct {
        const char *words, *told, *language;
        Language usual;
    } cases[] = {
        {"Robimy ciasto", "", "pl", LANGUAGE_PL}, {"Ми печемо", "", "uk", LANGUAGE_PL},
        {"We bake", "en", "en", LANGUAGE_PL},     {"Мы печём", "ru", "ru", LANGUAGE_PL},
        {"Печемо", "en", "uk", LANGUAGE_PL}, /* told for other texts of theirs, and not in these letters */
        {"Pieczemy", "uk", "pl", LANGUAGE_PL},    {"Pieczemy", "", "en", LANGUAGE_EN},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        TextOriginal original = {
            .words = str_from_c(cases[i].words), .written_in = str_from_c(cases[i].told), .usual = cases[i].usual};
        assert_tag(text_language(&original), cases[i].language);
    }
}

/* ---- showing -------------------- */

static Err show(Tx *tx, void *context) {
    (void)context;
    Arena *arena = tx_arena(tx);
    Str words = STR("Uczymy szyć");
    TextOriginal original = {.subject = 7, .field = "words", .words = words, .usual = LANGUAGE_PL};
    keep(tx, made(7, "words", "en", words, "We teach sewing", TEXT_OWN));
    keep(tx, made(7, "words", "uk", words, "Вчимо шити", TEXT_VOLUNTEER));
    Id id = 7;
    TextOthers others = texts_of(tx, (IdList){&id, 1});
    assert_int_equal(others.count, 2);
    TextShown polish = text_shown(arena, &others, &original, LANGUAGE_PL);
    assert_str(polish.words, words);
    assert_tag(polish.language, NULL);
    assert_true(str_is_absent(polish.note));
    TextShown english = text_shown(arena, &others, &original, LANGUAGE_EN);
    assert_str(english.words, STR("We teach sewing"));
    assert_tag(english.language, NULL);
    assert_true(str_is_absent(english.note));
    TextShown ukrainian = text_shown(arena, &others, &original, LANGUAGE_UK);
    assert_str(ukrainian.words, STR("Вчимо шити"));
    assert_false(str_is_absent(ukrainian.note));    /* a volunteer's says so */
    original.words = STR("Uczymy szyć i haftować"); /* it does not say the same any more */
    english = text_shown(arena, &others, &original, LANGUAGE_EN);
    assert_str(english.words, original.words);
    assert_tag(english.language, "pl");
    assert_str(english.note, STR("In Polish."));
    assert_str(
        text_shown(arena, &others, &(TextOriginal){.subject = 7, .field = "words", .words = STR("")}, LANGUAGE_EN)
            .words,
        STR(""));
    return OK;
}

static void what_a_reader_reads(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, show, world), OK);
}

static Err name(Tx *tx, void *context) {
    (void)context;
    Str cyrillic = STR("Тут і разом"), latin = STR("Fundacja Most");
    keep(tx, made(1, "name", "uk-Latn", cyrillic, "Tut i razom", TEXT_OWN));
    keep(tx, made(2, "name", "en", latin, "The Bridge", TEXT_OWN));
    keep(tx, made(2, "name", "uk", latin, "Фундація Міст", TEXT_OWN));
    Id ids[] = {1, 2};
    TextOthers others = texts_of(tx, (IdList){ids, 2});
    TextOriginal one = {.subject = 1, .field = "name", .words = cyrillic, .usual = LANGUAGE_PL};
    TextOriginal two = {.subject = 2, .field = "name", .words = latin, .usual = LANGUAGE_PL};
    for (Language reader = 0; reader < LANGUAGE_COUNT; reader++) { /* both scripts, for everybody */
        NameShown shown = text_name(&others, &one, reader);
        assert_str(shown.name, cyrillic);
        assert_tag(shown.language, reader == LANGUAGE_UK ? NULL : "uk");
        assert_str(shown.other, STR("Tut i razom"));
        assert_tag(shown.other_language, "uk-Latn");
    }
    NameShown english = text_name(&others, &two, LANGUAGE_EN);
    assert_str(english.name, STR("The Bridge"));
    assert_str(english.other, latin); /* the name as it was given is always there */
    assert_tag(english.other_language, "pl");
    NameShown polish = text_name(&others, &two, LANGUAGE_PL);
    assert_str(polish.name, latin);
    assert_str(polish.other, STR("Фундація Міст"));
    assert_tag(polish.other_language, "uk");
    return OK;
}

static void a_name_stands_in_both_scripts(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, name, world), OK);
}

/* ---- keeping -------------------- */

static Err twice(Tx *tx, void *context) {
    (void)context;
    Str words = STR("Ogród");
    TextOther first = made(3, "words", "en", words, "A garden", TEXT_VOLUNTEER), second = first;
    keep(tx, first);
    second.words = STR("Garden");
    assert_int_equal(text_save(tx, &second), ERR_CONFLICT); /* both began with nothing */
    second.version = 1;
    assert_int_equal(text_save(tx, &second), OK);
    first.version = 1;
    assert_int_equal(text_save(tx, &first), ERR_CONFLICT);
    TextOther refused = made(3, "words", "uk", words, "", TEXT_REFUSED);
    keep(tx, refused);
    texts_copy(tx, 3, 4);
    Id ids[] = {3, 4};
    TextOthers others = texts_of(tx, (IdList){ids, 2});
    assert_int_equal(others.count, 4);
    assert_str(text_other_of(&others, 4, "words", STR("en"))->words, STR("Garden"));
    assert_int_equal(text_other_of(&others, 4, "words", STR("uk"))->origin, TEXT_REFUSED);
    TextOriginal original = {.subject = 3, .field = "words", .words = words, .usual = LANGUAGE_PL};
    assert_false(text_holds(text_other_of(&others, 3, "words", STR("uk")), &original));
    texts_forget(tx, 3);
    assert_int_equal(texts_of(tx, (IdList){ids, 2}).count, 2);
    assert_int_equal(texts_of(tx, (IdList){ids, 0}).count, 0);
    return OK;
}

static void two_at_once_do_not_overwrite_each_other(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, twice, world), OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_language_is_told_or_guessed),
        cmocka_unit_test_setup_teardown(what_a_reader_reads, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_name_stands_in_both_scripts, world_open, world_close),
        cmocka_unit_test_setup_teardown(two_at_once_do_not_overwrite_each_other, world_open, world_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
