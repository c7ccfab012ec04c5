// SPDX-License-Identifier: EUPL-1.2
#include "../../cmocka_all.h"
#include "platform/http/base_url.h"

static void test_as_a_browser_writes_it(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"https://spotkanie.example", "https://spotkanie.example"},
        {"https://spotkanie.example/", "https://spotkanie.example"},
        {"HTTPS://Spotkanie.Example:443/", "https://spotkanie.example"},
        {"http://spotkanie.example:80", "http://spotkanie.example"},
        {"http://spotkanie.example:443", "http://spotkanie.example:443"},
        {"https://spotkanie.example:08443", "https://spotkanie.example:8443"},
        {"http://127.0.0.1:8080/", "http://127.0.0.1:8080"},
        {"http://localhost:1", "http://localhost:1"},
        {"http://hall_server:65535", "http://hall_server:65535"},
        {"https://xn--krg-qqa.example", "https://xn--krg-qqa.example"},
        {"http://[0:0::1]:8080", "http://[::1]:8080"},
        {"https://[2001:DB8::7]/", "https://[2001:db8::7]"},
        {"http://[::ffff:127.0.0.1]:80", "http://[::ffff:127.0.0.1]"},
    };
    Arena *arena = arena_open(1024 * 1024);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str url = STR_ABSENT;
        if (!base_url_parse(arena, str_from_c(cases[i][0]), &url)) fail_msg("%s is refused", cases[i][0]);
        assert_str(url, str_from_c(cases[i][1]));
        Str again = STR_ABSENT;
        assert_true(base_url_parse(arena, url, &again));
        assert_str(again, url);
    }
    arena_close(arena);
}

static void test_what_is_none(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "/",
        "spotkanie.example",
        "//spotkanie.example",
        "ftp://spotkanie.example",
        "https://",
        "https:///",
        "https://spotkanie.example//",
        "https://spotkanie.example/wspolnie",
        "https://spotkanie.example/wspolnie/",
        "https://spotkanie.example?a=b",
        "https://spotkanie.example#a",
        "https://anna@spotkanie.example",
        "https://spotkanie.example:",
        "https://spotkanie.example:0",
        "https://spotkanie.example:65536",
        "https://spotkanie.example:8o",
        "https://spotkanie.example:-1",
        "https://spotkanie.example:1:2",
        "https://spotkanie..example",
        "https://spotkanie.example.",
        "https://.example",
        "https://spot kanie.example",
        " https://spotkanie.example",
        "https://spotkanie.example\n",
        "https://krąg.example",
        "https://[::1",
        "https://[::1]x",
        "https://[127.0.0.1]",
        "https://[]",
        "https://::1",
    };
    Arena *arena = arena_open(1024 * 1024);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str url;
        if (base_url_parse(arena, str_from_c(cases[i]), &url)) fail_msg("\"%s\" is taken", cases[i]);
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_a_browser_writes_it),
        cmocka_unit_test(test_what_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
