// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/markdown.h"

#include "../../cmocka_all.h"
#include "platform/base/buffer.h"
#include "platform/base/random.h"

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(256u << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void expect(const char *text, const char *html) {
    assert_str(markdown_html(arena, str_from_c(text), 3), str_from_c(html));
}

static void test_what_is_kept(void **state) {
    (void)state;
    expect("", "");
    expect("Zażółć *gęślą* **jaźń**", "<p>Zażółć <em>gęślą</em> <strong>jaźń</strong></p>\n");
    expect("# One\n##### Five", "<h3>One</h3>\n<h6>Five</h6>\n");
    expect("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    expect("[us](https://example.org/?a=1&b=2)", "<p><a href=\"https://example.org/?a=1&amp;b=2\">us</a></p>\n");
    expect("<mailto:a@example.org>", "<p><a href=\"mailto:a@example.org\">mailto:a@example.org</a></p>\n");
    expect("<a@example.org>", "<p><a href=\"mailto:a@example.org\">a@example.org</a></p>\n");
    expect("[x](HTTP://example.org)", "<p><a href=\"HTTP://example.org\">x</a></p>\n");
    assert_str(markdown_html(arena, STR_ABSENT, 1), STR(""));
    assert_str(markdown_html(arena, STR("# x"), 1), STR("<h1>x</h1>\n"));
}

static void test_what_is_not(void **state) {
    (void)state;
    expect("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n");
    expect("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n");
    expect("<!-- x -->", "<p>&lt;!-- x --&gt;\n</p>\n");
    expect("[x *y*](javascript:alert(1))", "<p>x <em>y</em></p>\n");
    expect("[x](/path) [y](//example.org) [z](ftp://example.org)", "<p>x y z</p>\n");
    expect("[x](data:text/html,y)", "<p>x</p>\n");
    expect("[x](java&#115;cript:alert(1))", "<p>x</p>\n");
    expect("![the *hall*](https://example.org/hall.png)", "<p>the <em>hall</em></p>\n");
    expect("[![alt](x.png)](https://example.org)", "<p><a href=\"https://example.org\">alt</a></p>\n");
    expect("[x](https://example.org \"\\\" onclick=\\\"y\")",
           "<p><a href=\"https://example.org\" title=\"&quot; onclick=&quot;y\">x</a></p>\n");
}

/* From any pieces: every tag is one of the known, with known attributes only. */
static void check_tags(Str html) {
    static const char *const tags[] = {
        "p>", "/p>", "em>", "/em>", "strong>", "/strong>", "code>", "/code>", "pre>", "/pre>", "ul>", "/ul>",
        "ol>", "ol start=\"", "/ol>", "li>", "/li>", "blockquote>", "/blockquote>", "h3>", "/h3>", "h4>", "/h4>",
        "h5>", "/h5>", "h6>", "/h6>", "hr />", "br />", "a href=\"http://", "a href=\"https://",
        "a href=\"mailto:", "/a>", "code class=\"language-",
    };
    for (ptrdiff_t at; (at = str_index_of_char(html, '<')) >= 0;) {
        html = str_skip(html, (size_t)at + 1);
        bool known = false;
        for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) known |= str_starts_with(html, str_from_c(tags[i]));
        if (!known) fail_msg("<%.*s", STR_FORMAT(str_slice(html, 0, 40)));
    }
}

static void test_random_pieces(void **state) {
    (void)state;
    enum { SEED = 99, TEXTS = 5000 };
    static const char *const pieces[] = {
        "[",           "]", "(",           ")", "!",           "<", ">",           "\"", "'",           "&",
        "#",           "*", "_",           "`", "~~~",         "- ", "1. ",         "\n", "\n\n",        "    ",
        "> ",          "http://e.org", "javascript:", "mailto:x", "<script>",    "</p>", "<!--",        "-->",
        "<a href=x>",  "onclick=", "&lt;",        "&#x3c;", "\\",          "ż", "a",           " ",
        "[x]: y\n",    "\xff", "<![CDATA[",
    };
    Random random = random_from_seed(SEED);
    for (int i = 0; i < TEXTS; i++) {
        Buffer text = buffer_in(arena);
        for (uint64_t k = random_below(&random, 25); k; k--)
            buffer_add(&text, str_from_c(pieces[random_below(&random, sizeof pieces / sizeof *pieces)]));
        check_tags(markdown_html(arena, buffer_str(&text), 3));
    }
}

static void convert(void *small) { markdown_html(small, STR("a *b* c"), 2); }

static void test_full_arena(void **state) {
    (void)state;
    Arena *small = arena_open(64); /* the leak check sees whether everything was released */
    assert_int_equal(arena_protect(small, convert, small), ERR_LIMIT);
    arena_close(small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_kept),
        cmocka_unit_test(test_what_is_not),
        cmocka_unit_test(test_random_pieces),
        cmocka_unit_test(test_full_arena),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
