// SPDX-License-Identifier: EUPL-1.2
/* What tests/raw/test_hostile.c sends over sockets is not repeated; here is what libmicrohttpd refuses
 * before the guard sees it, and what must pass. */
#include "platform/http/guard.h"

#include "../../cmocka_all.h"
#include "platform/http/address.h"
#include "platform/http/cache.h"

enum { HEADER_BYTES = 16 * 1024 };

static int guarded(const char *method, Str target, const char *version, Str name, Str value) {
    const HeadLine lines[] = {{STR("Host"), STR("example.org:8080")}, {name, value}};
    RequestHead head = {str_from_c(method), target, str_from_c(version), lines, 2};
    BodyFraming framing = {.length_bytes = -1};
    int status = guard_head(&head, HEADER_BYTES, &framing);
    assert_true((status == 0) == (framing.length_bytes >= 0));
    return status;
}

static void test_what_passes(void **state) {
    (void)state;
    static const char *const targets[] = {
        "/", "/a/b", "/a?b=c&d", "/%C4%85", "/a%20b", "/~a!$&'()*+,;=:@", "/a?x=%0D%0A&y=%2F\\|{}"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        assert_int_equal(guarded("GET", str_from_c(targets[i]), "HTTP/1.1", STR("a"), STR("b c\td \xc4\x85")), 0);
    assert_int_equal(guarded("POST", STR("/"), "HTTP/1.1", STR("content-length"), STR("0012")), 0);
    assert_int_equal(guarded("POST", STR("/"), "HTTP/1.1", STR("transfer-encoding"), STR("Chunked")), 0);
    assert_int_equal(guarded("PROPFIND", STR("/"), "HTTP/1.0", STR("expect"), STR("100-Continue")), 0);
}

static void test_what_does_not(void **state) {
    (void)state;
    static const struct {
        Str name, value;
    } lines[] = {
        {STR_INIT(""), STR_INIT("b")},
        {STR_INIT("a b"), STR_INIT("")},
        {STR_INIT("a\0b"), STR_INIT("")},
        {STR_INIT("\xc4\x85"), STR_INIT("")},
        {STR_INIT("a"), STR_INIT("b\0c")},
        {STR_INIT("a"), STR_INIT("b\nc")},
        {STR_INIT("a"), STR_INIT("b\rc")},
        {STR_INIT("a"), STR_INIT("\x7f")},
        {STR_INIT("host"), STR_INIT("y")},
        {STR_INIT("Content-Length"), STR_INIT("9223372036854775808")},
        {STR_INIT("Content-Length"), STR_INIT("1 ")},
        {STR_INIT("HTTP2-Settings"), STR_INIT("x")},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(guarded("POST", STR("/"), "HTTP/1.1", lines[i].name, lines[i].value), 400);
    const Str targets[] = {STR(""),      STR("*"),     STR("a"),  STR("/a\0b"), STR("/a b"),
                           STR("/\x7f"), STR("/a\\b"), STR("/%"), STR("/%e"),   STR("/a?%")};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        assert_int_equal(guarded("GET", targets[i], "HTTP/1.1", STR("a"), STR("b")), 400);
}

static void test_addresses(void **state) {
    (void)state;
    Address a, b;
    char text[ADDRESS_TEXT_SIZE];
    assert_true(address_parse(STR("192.0.2.1"), &a));
    assert_true(address_parse(STR("::ffff:192.0.2.1"), &b));
    assert_true(address_equal(&a, &b));
    assert_str(str_from(text, address_write(text, &a)), STR("192.0.2.1"));
    assert_true(address_parse(STR("2001:db8:1:2:3:4:5:6"), &a));
    assert_true(address_parse(STR("2001:db8:1:2:ffff::"), &b));
    a = address_for_limits(&a);
    b = address_for_limits(&b);
    assert_true(address_equal(&a, &b));
    assert_false(address_parse(STR("192.0.2.256"), &a));
    assert_false(address_parse(STR("unknown"), &a));
    assert_false(address_parse(STR(""), &a));
}

static void test_encodings(void **state) {
    (void)state;
    assert_int_equal(encoding_choose(STR_ABSENT), ENCODING_PLAIN);
    assert_int_equal(encoding_choose(STR("gzip, deflate, br, zstd")), ENCODING_BROTLI);
    assert_int_equal(encoding_choose(STR("GZIP;q=0.5")), ENCODING_GZIP);
    assert_int_equal(encoding_choose(STR("br;q=0, gzip;q=0.000")), ENCODING_PLAIN);
    assert_int_equal(encoding_choose(STR("xgzip, brr")), ENCODING_PLAIN);
    assert_true(etag_matches(STR("\"a\", W/\"b\""), STR("\"b\"")));
    assert_true(etag_matches(STR("*"), STR("\"b\"")));
    assert_false(etag_matches(STR("b, \"c\""), STR("\"b\"")));
    assert_false(etag_matches(STR_ABSENT, STR_ABSENT));
}

static int answers_freed;
static void free_answer(void *answer) {
    assert_int_equal(*(int *)answer, 7);
    answers_freed++;
}

/* The table holds no more than its limit, and what was used last stays. */
static void test_cache_is_bounded(void **state) {
    (void)state;
    answers_freed = 0;
    enum { LIMIT = 64 * 1024 };
    static char body[4000];
    memset(body, 'a', sizeof body);
    Cache *cache = cache_open(LIMIT, free_answer);
    for (int i = 0; i < 200; i++) {
        char path[16];
        snprintf(path, sizeof path, "/%d", i);
        cache_release(cache_put(cache, str_from_c(path), (PageLanguage){0}, 1, (PageStamp){1, 1}, STR("text/html"),
                                str_from(body, sizeof body)));
        CachedPage *first = cache_find(cache, STR("/0"), LANGUAGE_PL);
        assert_non_null(first);
        cache_release(first);
    }
    assert_null(cache_find(cache, STR("/1"), LANGUAGE_PL));
    assert_null(cache_find(cache, STR("/0"), LANGUAGE_EN));
    CachedPage *last = cache_find(cache, STR("/199"), LANGUAGE_PL);
    assert_non_null(last);
    PageLanguage in_another = {.asked = LANGUAGE_EN, .written = LANGUAGE_PL}; /* the series does not have the first */
    cache_release(cache_put(cache, STR("/en"), in_another, 1, (PageStamp){1, 1}, STR("text/html"), STR("<p>")));
    CachedPage *found = cache_find(cache, STR("/en"), LANGUAGE_EN);
    assert_non_null(found);
    assert_int_equal(cached_language(found), LANGUAGE_PL);
    cache_release(found);
    assert_null(cache_find(cache, STR("/en"), LANGUAGE_PL));
    static char large[LIMIT / 2];
    assert_null(cache_put(cache, STR("/large"), (PageLanguage){0}, 1, (PageStamp){1, 1}, STR("text/html"),
                          str_from(large, sizeof large)));
    cache_close(cache);
    CachedForm *form = cached_form(last, ENCODING_GZIP); /* pinned pages outlive the cache */
    assert_true(form->size < 200);
    assert_int_equal(form->encoding, ENCODING_GZIP);
    int answer = 7, slower = 7;
    assert_ptr_equal(cached_answer_keep(form, ANSWER_WHOLE, &answer), &answer);
    assert_ptr_equal(cached_answer_keep(form, ANSWER_WHOLE, &slower), &answer); /* made first, kept first */
    assert_int_equal(answers_freed, 0);
    cache_release(last);
    assert_int_equal(answers_freed, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_passes), cmocka_unit_test(test_what_does_not),    cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_encodings),   cmocka_unit_test(test_cache_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
