// SPDX-License-Identifier: EUPL-1.2
/* What generated pages write, to the byte, in three languages; and that no value becomes markup, in any place. */
#include "platform/page/page.h"

#include "../../cmocka_all.h"
#include "fixture_pages.h"
#include "messages.h"
#include "platform/base/random.h"
#include "platform/page/form.h"
#include <jansson.h>
#include <libxml/HTMLparser.h>

/* The form itself is tested in test_form: here it only has to be called. */
void form_write_field(PageOut *page, const Form *form, const char *name) {
    (void)form;
    page_text(page, str_from_c(name));
}
void form_write_errors(PageOut *page, const Form *form) {
    (void)form;
    PAGE_RAW(page, "errors,");
}
void form_write_once(PageOut *page, const Form *form) {
    (void)form;
    page_text(page, page->once->text);
}

static PageOut open_page(Arena *arena, Language language) {
    Buffer *out = arena_new(arena, Buffer);
    *out = buffer_in(arena);
    OnceKey *once = arena_new(arena, OnceKey);
    once->text = STR("once,");
    return (PageOut){.out = out, .language = language, .once = once};
}

static int setup(void **state) { return (*state = arena_open(64 << 20)) ? 0 : 1; }
static int teardown(void **state) {
    arena_close(*state);
    return 0;
}

/* ---- exact bytes ---- */

static void test_page_in_polish(void **state) {
    PageOut out = open_page(*state, LANGUAGE_PL);
    const WalksPageTurn turns[] = {{.starts = STR("14:00"), .href = STR("/walks/1"), .is_full = true},
                                   {.starts = STR("15:00 & on"), .href = STR("/walks/2"), .note = STR("<steep>")}};
    page_walks(&out, &(WalksPage){.layout = {STR("Spacery")},
                                  .title = STR("Żółte & <b>"),
                                  .places = 3,
                                  .who = STR("O'Hara & \"Co\""),
                                  .help = STR("/help?a=1&b=2"),
                                  .turns = turns,
                                  .turns_count = 2});
    assert_str(buffer_str(out.out),
               STR("<!doctype html><html lang=\"pl\"><head><title>Spacery</title></head><body>"
                   "<h1>Żółte &amp; &lt;b&gt;</h1> <p title=\"Prowadzi: O&#39;Hara &amp; &#34;Co&#34; &amp; "
                   "goście\">Zostały 3 miejsca.</p>"
                   " <p><a href=\"/help?a=1&amp;b=2\">Czytajcie dalej</a> albo zapytajcie: <strong>O'Hara &amp; "
                   "\"Co\"</strong>.</p>"
                   " <ul>  <li class=\"full\">1. <a href=\"/walks/1\">14:00</a>,</li>  <li>2. <a "
                   "href=\"/walks/2\">15:00 &amp; on</a>"
                   " <small>&lt;steep&gt;</small>.</li>  </ul> <form "
                   "method=\"post\">once,errors,people<button>Zapisz</button></form></body></html>"));
}

static void test_page_in_english_and_ukrainian(void **state) {
    const WalksPage page = {.layout = {STR("x")}, .title = STR("t"), .places = 1, .who = STR("Ola"), .help = STR("#h")};
    PageOut out = open_page(*state, LANGUAGE_EN);
    page_walks(&out, &page);
    assert_str(
        buffer_str(out.out),
        STR("<!doctype html><html lang=\"en\"><head><title>x</title></head><body><h1>t</h1> <p title=\"By Ola\">1 "
            "place is left.</p>"
            " <p>Ask <strong>Ola</strong>, or <a href=\"#h\">read on</a>.</p> <ul>  <li>No walks yet.</li>  </ul>"
            " <form method=\"post\">once,errors,people<button>Save</button></form></body></html>"));
    out = open_page(*state, LANGUAGE_UK);
    page_walks(&out, &page);
    assert_str(buffer_str(out.out),
               STR("<!doctype html><html lang=\"uk\"><head><title>x</title></head><body><h1>t</h1> <p title=\"Веде: "
                   "Ola\">Залишилося 1 місце.</p>"
                   " <p>Запитайте: <strong>Ola</strong> або <a href=\"#h\">читайте далі</a>.</p> <ul>  <li>Прогулянок "
                   "ще немає.</li>  </ul>"
                   " <form method=\"post\">once,errors,people<button>Зберегти</button></form></body></html>"));
}

static void test_a_leading_line_end_is_kept(void **state) {
    PageOut out = open_page(*state, LANGUAGE_EN);
    page_places(&out, &(PlacesPage){.words = STR("\nx"), .link = STR("/")});
    assert_true(str_contains(buffer_str(out.out), STR("<textarea name=\"t\">\n\nx</textarea>")));
}

static Str written(Arena *arena, void (*write)(PageOut *, Str), const char *text) {
    PageOut out = open_page(arena, LANGUAGE_PL);
    write(&out, str_from_c(text));
    return buffer_str(out.out);
}

static void test_escapes(void **state) {
    assert_str(written(*state, page_text, "<script>&\"'"), STR("&lt;script&gt;&amp;\"'"));
    assert_str(written(*state, page_attribute, "\" onclick='x' <>&"), STR("&#34; onclick=&#39;x&#39; &lt;&gt;&amp;"));
    assert_str(written(*state, page_json, "</script>\xe2\x80\xa8\xe2\x80\xa9\"\\\n\x01 <!-- & é"),
               STR("\"\\u003c/script\\u003e\\u2028\\u2029\\\"\\\\\\n\\u0001 \\u003c!-- \\u0026 é\""));
    assert_str(written(*state, page_url_component, "a b/../?&=%#ż~-_.\\"),
               STR("a%20b%2F..%2F%3F%26%3D%25%23%C5%BC~-_.%5C"));
    assert_str(written(*state, page_url_segment, ""), STR("-"));
    assert_str(written(*state, page_url_segment, "."), STR("-"));
    assert_str(written(*state, page_url_segment, ".."), STR("-"));
    assert_str(written(*state, page_url_segment, "..."), STR("..."));
    PageOut out = open_page(*state, LANGUAGE_PL);
    page_text(&out, (Str){"a\0b", 3});
    page_text(&out, STR_ABSENT);
    page_int(&out, INT64_MIN);
    page_json_bool(&out, true);
    page_html(&out, (Html){STR("<i>")});
    assert_str(buffer_str(out.out), STR("a\xef\xbf\xbd"
                                        "b-9223372036854775808true<i>"));
}

/* What an address may hold must not become a part of the letter. */
static void test_mailto(void **state) {
    (void)state;
    Arena *arena = arena_open(1024 * 1024);
    assert_str(page_mailto(arena, STR("a.b-c@example.org")), STR("mailto:a.b-c@example.org"));
    assert_str(page_mailto(arena, STR("x?bcc=a%40evil.example&y=@b.example")),
               STR("mailto:x%3Fbcc%3Da%2540evil.example%26y%3D@b.example"));
    assert_str(page_mailto(arena, STR("a+b@example.org")), STR("mailto:a%2Bb@example.org"));
    assert_str(page_mailto(arena, STR("?subject=x")), STR("mailto:%3Fsubject%3Dx"));
    assert_true(str_is_absent(page_mailto(arena, STR(""))));
    arena_close(arena);
}

static void test_urls(void **state) {
    static const char *const good[] = {"/",
                                       "/a/b?c=d#e",
                                       "#top",
                                       "?page=2",
                                       "http://example.org",
                                       "HTTPS://example.org/a:b",
                                       "mailto:a@example.org",
                                       "tel:+48123456789",
                                       "/a:b",
                                       "/ż",
                                       "https://user@example.org/"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_str(written(*state, page_url, good[i]), str_from_c(good[i]));
    static const char *const bad[] = {"",
                                      "javascript:alert(1)",
                                      "JaVaScRiPt:alert(1)",
                                      " javascript:alert(1)",
                                      "\tjavascript:x",
                                      "java\nscript:x",
                                      "\x01javascript:x",
                                      "javascript\t:x",
                                      "data:text/html,x",
                                      "vbscript:x",
                                      "blob:x",
                                      "file:///etc/passwd",
                                      "//evil.example",
                                      "/\\evil.example",
                                      "\\\\evil.example",
                                      "\\/evil.example",
                                      "/\t/evil.example",
                                      "/ /evil.example",
                                      "https:evil.example",
                                      "https:/evil.example",
                                      "https:///evil",
                                      "http:\\\\evil.example",
                                      "evil.example",
                                      "a:b",
                                      ":",
                                      "javascript&colon;x",
                                      "&#106;avascript:x",
                                      "%6aavascript:x",
                                      "x/y",
                                      "\x7fjavascript:x",
                                      "/a b",
                                      "https://",
                                      "feed:javascript:x",
                                      "view-source:x",
                                      "jar:x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_str(written(*state, page_url, bad[i]), STR("#"));
    assert_true(page_url_is_safe(STR("/x")) && !page_url_is_safe((Str){"/a\0b", 4}));
}

static void test_numbers_in_messages(void **state) {
    static const struct {
        Language language;
        int64_t count;
        const char *text;
    } cases[] = {{LANGUAGE_PL, 0, "Zostało 0 miejsc."},      {LANGUAGE_PL, 1, "Zostało 1 miejsce."},
                 {LANGUAGE_PL, 2, "Zostały 2 miejsca."},     {LANGUAGE_PL, 5, "Zostało 5 miejsc."},
                 {LANGUAGE_PL, 12, "Zostało 12 miejsc."},    {LANGUAGE_PL, 22, "Zostały 22 miejsca."},
                 {LANGUAGE_EN, 0, "0 places are left."},     {LANGUAGE_EN, 1, "1 place is left."},
                 {LANGUAGE_EN, 999, "999 places are left."}, {LANGUAGE_EN, 26000, "26,000 places are left."},
                 {LANGUAGE_UK, 21, "Залишилося 21 місце."},  {LANGUAGE_UK, 3, "Залишилося 3 місця."},
                 {LANGUAGE_UK, 11, "Залишилося 11 місць."}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PageOut page = open_page(*state, cases[i].language), message = open_page(*state, cases[i].language);
        page_walks(&page, &(WalksPage){.places = cases[i].count});
        page_text(&message, str_from_c(cases[i].text));
        assert_true(str_contains(buffer_str(page.out), buffer_str(message.out)));
    }
}

static void message_without_value(void *page) { page_message(page, M_d7c1dad22b2dea7d, PAGE_BETWEEN_TAGS, NULL, 0); }

static void test_message_without_its_value_is_a_fault(void **state) {
    PageOut out = open_page(*state, LANGUAGE_EN);
    assert_int_equal(arena_protect(*state, message_without_value, &out), ERR_INTERNAL);
    assert_non_null(strstr(arena_failure(*state)->message, "{who}"));
}

/* ---- no value becomes markup ---- */

/* Every element and attribute name, in order. */
static void add_shape(Buffer *shape, const xmlNode *node) {
    for (; node; node = node->next) {
        if (node->type == XML_COMMENT_NODE) buffer_add(shape, STR("comment "));
        if (node->type != XML_ELEMENT_NODE) continue;
        buffer_format(shape, "<%s", (const char *)node->name);
        for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
            buffer_format(shape, " %s", (const char *)attribute->name);
        buffer_add_char(shape, '>');
        add_shape(shape, node->children);
        buffer_add(shape, STR("</>"));
    }
}

static Str shape_of(Arena *arena, Str html) {
    htmlDocPtr document = htmlReadMemory(html.data, (int)html.size, NULL, "UTF-8",
                                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    assert_non_null(document);
    Buffer shape = buffer_in(arena);
    add_shape(&shape, xmlDocGetRootElement(document));
    xmlFreeDoc(document);
    return buffer_str(&shape);
}

static Str places_with(Arena *arena, Language language, Str words) {
    PageOut out = open_page(arena, language);
    page_places(&out, &(PlacesPage){.words = words, .link = words, .ok = true, .number = 7});
    return buffer_str(out.out);
}

/* The data block is JSON, and gives the value back. */
static void check_json(Str html, Str words) {
    Str start = STR("json\">"), end = STR("</script>");
    Str json = str_skip(html, (size_t)str_index_of(html, start) + start.size);
    json = str_slice(json, 0, (size_t)str_index_of(json, end));
    json_t *value = json_loadb(json.data, json.size, 0, NULL);
    assert_non_null(value);
    json_t *got = json_object_get(value, "words");
    assert_str(str_from(json_string_value(got), json_string_length(got)), words);
    json_decref(value);
}

static void check_words(Arena *arena, Str expected, Str words) {
    Str html = places_with(arena, LANGUAGE_PL, words);
    Str shape = shape_of(arena, html);
    if (!str_equal(shape, expected)) fail_msg("\"%.*s\" became markup: %.*s", STR_FORMAT(words), STR_FORMAT(shape));
    check_json(html, words);
}

static void test_attacks_stay_text(void **state) {
    Str expected = shape_of(*state, places_with(*state, LANGUAGE_PL, STR("x")));
    assert_true(str_contains(expected, STR("<a href>")) && str_contains(expected, STR("<p id title data-x>")));
    static const char *const attacks[] = {"<script>alert(1)</script>",
                                          "\"><img src=x onerror=alert(1)>",
                                          "' onmouseover='alert(1)",
                                          "\" autofocus onfocus=\"x",
                                          "</textarea><script>x</script>",
                                          "</title><script>x</script>",
                                          "</script><script>x</script>",
                                          "<!--",
                                          "--><b>",
                                          "]]>",
                                          "&lt;b&gt;",
                                          "{b}x{/b}",
                                          "{who}",
                                          "{here}x{/here}",
                                          "javascript:x",
                                          "</svg><p>",
                                          "\\\"</script>",
                                          "\xe2\x80\xa8</script>",
                                          "`<b>",
                                          "%3Cb%3E",
                                          "<b",
                                          "&#60;b>"};
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) check_words(*state, expected, str_from_c(attacks[i]));
}

static void test_random_values_stay_text(void **state) {
    static const char *const pieces[] = {
        "<",  ">",   "\"", "'",           "&",   "/", "\\",   "{",  "}",  "b", "script", " ", "=",
        "-",  "!",   "on", "javascript:", ";",   "#", "%",    "\n", "\t", "x", "ż",      "і", "\xe2\x80\xa8",
        "--", "]]>", "</", "<!--",        "&lt", "`", "\x01", "?"};
    enum { ROUNDS = 2000, MOST_PIECES = 12 };
    const uint64_t seed = 20260611;
    print_message("seed %ju\n", (uintmax_t)seed);
    Random random = random_from_seed(seed);
    Str expected = shape_of(*state, places_with(*state, LANGUAGE_PL, STR("x")));
    Arena *arena = arena_open(16 << 20);
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(arena);
        Buffer words = buffer_in(arena);
        for (uint64_t left = 1 + random_below(&random, MOST_PIECES); left; left--)
            buffer_add(&words, str_from_c(pieces[random_below(&random, sizeof pieces / sizeof *pieces)]));
        check_words(arena, expected, buffer_str(&words));
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_page_in_polish, setup, teardown),
        cmocka_unit_test_setup_teardown(test_page_in_english_and_ukrainian, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_leading_line_end_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_escapes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_urls, setup, teardown),
        cmocka_unit_test_setup_teardown(test_mailto, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_in_messages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_message_without_its_value_is_a_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(test_attacks_stay_text, setup, teardown),
        cmocka_unit_test_setup_teardown(test_random_values_stay_text, setup, teardown),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xmlCleanupParser();
    return failed;
}
