// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/utf8.h"

#include "../../cmocka_all.h"
#include "platform/base/buffer.h"
#include "platform/base/random.h"
#include <utf8proc.h>

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(256 << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void test_validity(void **state) {
    (void)state;
    const Str good[] = {STR(""), STR("abc"), STR("Żółw"), STR("\x7f"), STR("\xc2\x80"), STR("\u07ff"), STR("\u0800"),
                        STR("\ud7ff"), STR("\ue000"), STR("\uffff"), STR("\U00010000"), STR("\U0010ffff")};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(utf8_is_valid(good[i]));
    const Str bad[] = {
        STR("\x80"), STR("\xc0\x80"), STR("\xc1\xbf"), STR("\xc2"), STR("\xe0\x9f\xbf"), STR("\xed\xa0\x80"),
        STR("\xed\xbf\xbf"), STR("\xf0\x8f\xbf\xbf"), STR("\xf4\x90\x80\x80"), STR("\xf5\x80\x80\x80"),
        STR("\xff"), STR("a\xe2\x82"), STR("\xe2\x28\xa1"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(utf8_is_valid(bad[i]));
}

/* Every code point there and back, with utf8proc's own encoder beside. */
static void test_every_code_point(void **state) {
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        char out[4];
        utf8proc_uint8_t expected[4];
        size_t size = utf8_write(out, c), position = 0;
        assert_int_equal(size, utf8proc_encode_char((utf8proc_int32_t)c, expected));
        assert_memory_equal(out, expected, size);
        assert_int_equal(utf8_next(str_from(out, size), &position), c);
        assert_int_equal(position, size);
    }
    size_t position = 0;
    Str broken = STR("\xe2\x82z");
    assert_int_equal(utf8_next(broken, &position), 0xfffd);
    assert_int_equal(position, 1);
    assert_int_equal(utf8_count(broken), 3);
    char out[4];
    assert_int_equal(utf8_write(out, 0xd800), 3);
    assert_memory_equal(out, "\ufffd", 3);
}

static void test_cut(void **state) {
    (void)state;
    assert_str(utf8_cut(STR("żółw"), 3), STR("żół"));
    assert_str(utf8_cut(STR("żółw"), 4), STR("żółw"));
    assert_str(utf8_cut(STR("żółw"), 0), STR(""));
    assert_str(utf8_cut(STR(""), 0), STR(""));
    assert_str(utf8_cut(STR("ae\u0301\u0302z"), 2), STR("a"));
    assert_str(utf8_cut(STR("ae\u0301\u0302z"), 4), STR("ae\u0301\u0302"));
    assert_str(utf8_cut(STR("👩‍👩‍👧x"), 3), STR(""));       /* one family of five code points */
    assert_str(utf8_cut(STR("🇵🇱🇺🇦🇪🇺"), 5), STR("🇵🇱🇺🇦")); /* flags are pairs */
}

static Str line(Str typed) {
    Str clean = STR_ABSENT;
    if (!utf8_clean_line(arena, typed, &clean)) return STR("(refused)");
    return clean;
}

static Str text(Str typed) {
    Str clean = STR_ABSENT;
    if (!utf8_clean_text(arena, typed, &clean)) return STR("(refused)");
    return clean;
}

static void test_clean(void **state) {
    (void)state;
    assert_str(line(STR("  Zielony \t\r\n  Zaułek\u00a0 ")), STR("Zielony Zaułek"));
    assert_str(line(STR("e\u0301\x07\x7f")), STR("é"));
    assert_str(line(STR("e\u200b\u0301")), STR("é"));
    assert_str(line(STR("\u202egnp.exe\u2066x")), STR("gnp.exex"));
    assert_str(line(STR("\ufeffa\ufffe\ufdd0\U0001ffff")), STR("a"));
    assert_str(line(STR("👩‍👧")), STR("👩‍👧"));
    assert_str(line(STR("")), STR(""));
    assert_str(line(STR_ABSENT), STR(""));
    assert_str(line(STR(" \u2028 ")), STR(""));
    assert_str(line(STR("a\0b")), STR("(refused)"));
    assert_str(line(STR("a\xff")), STR("(refused)"));
    assert_str(line(STR("a\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315z")),
               STR("a\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315z"));
    assert_str(text(STR("a\r\nb\rc\nd\u2028e\tf  g\n\n")), STR("a\nb\nc\nd\ne f  g\n\n"));
    assert_str(text(STR("\x1b[31mred\u202e")), STR("[31mred"));
    assert_str(text(STR("x\xc0")), STR("(refused)"));
}

static void test_fold(void **state) {
    (void)state;
    static const char *const pairs[][2] = {{"Żółw", "zolw"},
                                           {"Тут і разом", "tut i razom"},
                                           {"ZAŻÓŁĆ gęślą JAŹŃ", "zazolc gesla jazn"},
                                           {"Straße, STRASSE", "strasse strasse"},
                                           {"Ærø Đorđe œuvre", "aero dorde oeuvre"},
                                           {"Ґанок", "ganok"},
                                           {"Київ", "kyjiv"},
                                           {"Львів", "lviv"},
                                           {"Щастя", "shchastja"},
                                           {"п'ять п’ять пʼять", "pjat pjat pjat"},
                                           {"Єднання Їжак Юрій Харків Ґ", "jednannja jizhak jurij kharkiv g"},
                                           {"Съешь ещё этих мягких", "sesh eshchjo etykh mjaghkykh"},
                                           {"\u0438\u0306", "j"},
                                           {"  --a..b\u00a0c!! ", "a b c"},
                                           {"ﬁn ① Ⅳ ２", "fin 1 iv 2"},
                                           {"İstanbul", "istanbul"},
                                           {"", ""},
                                           {"!?", ""},
                                           {"a ь b", "a b"},
                                           {"a ь", "a"},
                                           {"東京", "東京"},
                                           {"ǿ", "o"},
                                           {"'a' 'b", "a b"},
                                           {"e\u0301\u0302", "e"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_str(utf8_fold(arena, str_from_c(pairs[i][0])), str_from_c(pairs[i][1]));
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) /* folding twice changes nothing */
        assert_str(utf8_fold(arena, str_from_c(pairs[i][1])), str_from_c(pairs[i][1]));
}

static void expect_order(const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            int order =
                str_compare(utf8_sort_key(arena, str_from_c(words[i])), utf8_sort_key(arena, str_from_c(words[j])));
            if ((order < 0) != (i < j) || (order > 0) != (i > j)) fail_msg("\"%s\" and \"%s\"", words[i], words[j]);
        }
    }
}
#define EXPECT_ORDER(...)                                                                                              \
    do {                                                                                                               \
        const char *const words_[] = {__VA_ARGS__};                                                                    \
        expect_order(words_, sizeof words_ / sizeof *words_);                                                          \
    } while (0)

static void test_order(void **state) {
    (void)state;
    EXPECT_ORDER("a", "ą", "b", "c", "ć", "d", "e", "ę", "f", "g", "h", "i", "j", "k", "l", "ł", "m", "n", "ń", "o",
                 "ó", "p", "q", "r", "s", "ś", "t", "u", "v", "w", "x", "y", "z", "ź", "ż", "а", "б", "в", "г", "ґ",
                 "д", "е", "є", "ж", "з", "и", "і", "ї", "й", "к", "л", "м", "н", "о", "п", "р", "с", "т", "у", "ф",
                 "х", "ц", "ч", "ш", "щ", "ь", "ю", "я");
    EXPECT_ORDER("", "12 miast", "2 brzegi", "Ala", "Ala Żak", "Alabama", "Ałun", "Ąfera", "Bać", "cacko", "Ćma",
                 "Lwów", "Łąka", "łuk", "Łuków", "Mały", "zebra", "Zorza", "źdźbło", "Żaba", "Борщ", "Гора", "Ґанок",
                 "Дім", "Єва", "Іван", "Їжак", "Йод", "Яна", "東京");
    EXPECT_ORDER("resume", "Resume", "resumé", "résumé", "Résumé", "resumen"); /* ties: accents, then case */
    EXPECT_ORDER("Bielsko", "Bielsko Biała", "bielsko-biała", "bielskobiała", "Bielsko-Biała", "Bielskot");
    EXPECT_ORDER("Strasse", "Straße", "Strast");
    EXPECT_ORDER("łosz", "łoś", "Łoś", "ŁOŚ"); /* ś is a letter of its own after s */
    assert_str(utf8_sort_key(arena, STR("é")), utf8_sort_key(arena, STR("é")));
}

static void test_slug(void **state) {
    (void)state;
    assert_str(utf8_slug(arena, STR("Zażółć gęślą"), 40), STR("zazolc-gesla"));
    assert_str(utf8_slug(arena, STR("Zażółć gęślą"), 7), STR("zazolc"));
    assert_str(utf8_slug(arena, STR("Zażółć gęślą"), 3), STR("zaz"));
    assert_str(utf8_slug(arena, STR("東京 2026"), 40), STR("2026"));
    assert_str(utf8_slug(arena, STR("!?"), 40), STR("x"));
    assert_str(utf8_slug(arena, STR(""), 1), STR("x"));
    assert_str(utf8_slug(arena, STR("Тут і разом"), 40), STR("tut-i-razom"));
}

/* What must be true of any text at all. */
static void check_any(Str any) {
    Str clean, again = STR_ABSENT;
    bool fit = utf8_clean_line(arena, any, &clean);
    assert_int_equal(fit, utf8_is_valid(any) && str_index_of_char(any, '\0') < 0);
    if (fit) {
        assert_true(utf8_is_valid(clean));
        assert_true(utf8_clean_line(arena, clean, &again));
        assert_str(again, clean);
        assert_true(str_index_of_char(clean, '\n') < 0);
        assert_true(utf8_clean_text(arena, any, &clean));
        assert_true(utf8_is_valid(clean));
        assert_true(utf8_clean_text(arena, clean, &again));
        assert_str(again, clean);
    }
    Str fold = utf8_fold(arena, any), key = utf8_sort_key(arena, any), slug = utf8_slug(arena, any, 30);
    assert_true(utf8_is_valid(fold) && utf8_is_valid(key) && str_index_of_char(key, '\0') < 0);
    assert_str(utf8_fold(arena, fold), fold);
    assert_true(slug.size > 0 && slug.size <= 30);
    Str cut = utf8_cut(any, 5);
    assert_true(utf8_count(cut) <= 5 && str_starts_with(any, cut));
}

static void test_random_text(void **state) {
    (void)state;
    enum { SEED = 4242, TEXTS = 20000 };
    Random random = random_from_seed(SEED);
    for (int i = 0; i < TEXTS; i++) {
        char bytes[64];
        size_t size = 0, length = random_below(&random, 15);
        for (size_t j = 0; j < length; j++) {
            uint64_t kind = random_below(&random, 8);
            uint32_t c = (uint32_t)random_below(&random, kind == 0   ? 0x110000
                                                         : kind < 4  ? 0x600
                                                         : kind == 4 ? 0x80
                                                                     : 0x3000);
            if (kind == 5) c = 0x300 + c % 0x70;
            size += utf8_write(bytes + size, c);
            if (kind == 7 && random_below(&random, 20) == 0) bytes[size++] = (char)random_below(&random, 256);
        }
        check_any(str_from(bytes, size));
        if (i % 1000 == 0) arena_reset(arena);
    }
}

/* The list of strings that broke programs, where it is there. */
static void test_naughty_strings(void **state) {
    (void)state;
    const char *folder = getenv("WSPOLNIE_DATA");
    if (!folder) skip();
    FILE *file = fopen(str_to_c(arena, str_format(arena, "%s/strings/blns.txt", folder)), "rb");
    assert_non_null(file);
    static char content[256 * 1024];
    size_t size = fread(content, 1, sizeof content, file);
    fclose(file);
    assert_true(size > 10000);
    Str rest = str_from(content, size), one;
    while (str_next_part(&rest, '\n', &one)) check_any(one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_validity),      cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_cut),           cmocka_unit_test(test_clean),
        cmocka_unit_test(test_fold),          cmocka_unit_test(test_order),
        cmocka_unit_test(test_slug),          cmocka_unit_test(test_random_text),
        cmocka_unit_test(test_naughty_strings),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
