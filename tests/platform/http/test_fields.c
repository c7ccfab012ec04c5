// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/fields.h"

#include "../../cmocka_all.h"

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(16 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void test_urlencoded(void **state) {
    (void)state;
    Fields fields = {0};
    assert_int_equal(fields_from_urlencoded(arena, STR("a=1&b=x+y%20z&&c&d=&a=2&%C5%BC=%2B%3D"), 16, &fields), OK);
    assert_int_equal(fields.count, 6);
    assert_str(fields_get(&fields, STR("a")), STR("1"));
    assert_str(fields_get(&fields, STR("b")), STR("x y z"));
    assert_false(str_is_absent(fields_get(&fields, STR("c"))));
    assert_str(fields_get(&fields, STR("ż")), STR("+="));
    assert_true(str_is_absent(fields_get(&fields, STR("e"))));
    Str value;
    size_t at = 0;
    assert_true(fields_next(&fields, STR("a"), &at, &value));
    assert_str(value, STR("1"));
    assert_true(fields_next(&fields, STR("a"), &at, &value));
    assert_str(value, STR("2"));
    assert_false(fields_next(&fields, STR("a"), &at, &value));
    assert_int_equal(at, fields.count); /* one pass finds them all */
    assert_int_equal(fields_from_urlencoded(arena, STR(""), 16, &fields), OK);
    assert_int_equal(fields.count, 0);
}

static void test_urlencoded_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"a=%",   "a=%4",     "a=%zz",  "%=a",         "a=%00",
                                        "a=%ff", "a=%c0%80", "a=\xff", "a=%ed%a0%80", "%F8=1"};
    Fields fields = {.count = 99};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(fields_from_urlencoded(arena, str_from_c(wrong[i]), 16, &fields), ERR_INPUT);
    assert_int_equal(fields_from_urlencoded(arena, str_from("a=\0", 3), 16, &fields), ERR_INPUT);
    assert_int_equal(fields_from_urlencoded(arena, STR("a&b&c"), 2, &fields), ERR_LIMIT);
    assert_int_equal(fields.count, 99);
    assert_int_equal(fields_from_urlencoded(arena, STR("a&b"), 2, &fields), OK);
}

static void test_cookies(void **state) {
    (void)state;
    Fields fields = {0};
    fields_from_cookies(arena, STR(" a=1; b=\"two\";c=; bad name=x; =y; d; e=x y; f=\xc4\x85; g=a=b ;h=1"), 16,
                        &fields);
    assert_int_equal(fields.count, 5);
    assert_str(fields_get(&fields, STR("a")), STR("1"));
    assert_str(fields_get(&fields, STR("b")), STR("two"));
    assert_str(fields_get(&fields, STR("c")), STR(""));
    assert_str(fields_get(&fields, STR("g")), STR("a=b"));
    assert_str(fields_get(&fields, STR("h")), STR("1"));
    fields_from_cookies(arena, STR("a=1; b=2; c=3"), 2, &fields);
    assert_int_equal(fields.count, 2);
}

#define PART(head, value) "--B\r\n" head "\r\n\r\n" value "\r\n"
#define NAMED(name, value) PART("Content-Disposition: form-data; name=\"" name "\"", value)

static void test_multipart(void **state) {
    (void)state;
    Str body =
        STR(NAMED("a", "za\xC5\xBC\xC3\xB3\xC5\x82\xC4\x87") NAMED("b", "") NAMED("say %22hi%22", "--B inside\r\n--C")
                PART("content-disposition: form-data; name=f; filename=\"C:\\ark\\list.csv\"\r\nContent-Type: text/csv",
                     "a\0b\xff\r\n") "--B--\r\n");
    Fields fields = {0};
    assert_int_equal(fields_from_multipart(arena, STR("B"), body, 16, &fields), OK);
    assert_int_equal(fields.count, 4);
    assert_str(fields_get(&fields, STR("a")), STR("zażółć"));
    assert_str(fields_get(&fields, STR("b")), STR(""));
    assert_str(fields_get(&fields, STR("say \"hi\"")), STR("--B inside\r\n--C"));
    const Field *file = fields_find(&fields, STR("f"));
    assert_str(file->file_name, STR("list.csv"));
    assert_str(file->file_type, STR("text/csv"));
    assert_str(file->value, STR("a\0b\xff\r\n"));
    assert_true(str_is_absent(fields_find(&fields, STR("a"))->file_name));
    assert_int_equal(fields_from_multipart(arena, STR("B"), STR("--B--"), 16, &fields), OK);
    assert_int_equal(fields.count, 0);
}

static void test_multipart_refused(void **state) {
    (void)state;
    const Str wrong[] = {
        STR(""),
        STR("B"),
        STR("--B"),
        STR("--B\r\n"),
        STR("--C--"),
        STR("x--B--"),
        STR("\r\n--B--"),
        STR("--B--x"),
        STR("--B--\r\nx"),
        STR(NAMED("a", "b")),
        STR(NAMED("a", "b") "--B"),
        STR(NAMED("a", "b") "--Bx"),
        STR("--B\r\n\r\nx\r\n--B--"),
        STR(PART("Content-Type: text/plain", "x") "--B--"),
        STR(PART("Content-Disposition: form-data", "x") "--B--"),
        STR(PART("Content-Disposition: attachment; name=\"a\"", "x") "--B--"),
        STR(PART("Content-Disposition: form-data; name=\"a", "x") "--B--"),
        STR(PART("Content-Disposition: form-data; name=\"a\"; name=\"b\"", "x") "--B--"),
        STR(PART("Content-Disposition: form-data; name=\"a\" x", "x") "--B--"),
        STR(PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"a\"",
                 "x") "--B--"),
        STR(PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "x") "--B--"),
        STR(PART("Content-Disposition: form-data; name=\"a\"\r\nno colon", "x") "--B--"),
        STR(NAMED("a", "\xff") "--B--"),
        STR(NAMED("a", "x\0y") "--B--"),
        STR(NAMED("\xff", "x") "--B--"),
        STR(NAMED("a\0b", "x") "--B--"),
        STR("--B\nContent-Disposition: form-data; name=\"a\"\n\nx\n--B--"),
    };
    Fields fields;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (fields_from_multipart(arena, STR("B"), wrong[i], 16, &fields) != ERR_INPUT)
            fail_msg("taken: %.*s", STR_FORMAT(wrong[i]));
    }
    Str three = STR(NAMED("a", "") NAMED("b", "") NAMED("c", "") "--B--");
    assert_int_equal(fields_from_multipart(arena, STR("B"), three, 2, &fields), ERR_LIMIT);
    Buffer long_head = buffer_in(arena);
    buffer_add(&long_head, STR("--B\r\nContent-Disposition: form-data; name=\""));
    for (int i = 0; i < 5000; i++) buffer_add_char(&long_head, 'a');
    buffer_add(&long_head, STR("\"\r\n\r\nx\r\n--B--"));
    assert_int_equal(fields_from_multipart(arena, STR("B"), buffer_str(&long_head), 16, &fields), ERR_INPUT);
}

/* Every beginning of a good body is refused, and none of them is read past its end. */
static void test_multipart_cut_short(void **state) {
    (void)state;
    Str body = STR(NAMED("a", "b") PART("Content-Disposition: form-data; name=\"f\"; filename=\"x\"", "y") "--B--");
    Fields fields;
    for (size_t size = 0; size < body.size; size++)
        assert_int_equal(fields_from_multipart(arena, STR("B"), str_copy(arena, str_slice(body, 0, size)), 16, &fields),
                         ERR_INPUT);
    assert_int_equal(fields_from_multipart(arena, STR("B"), body, 16, &fields), OK);
}

static void test_boundary(void **state) {
    (void)state;
    Str boundary;
    assert_true(multipart_boundary(STR("multipart/form-data; boundary=----WebKitFormBoundaryx1"), &boundary));
    assert_str(boundary, STR("----WebKitFormBoundaryx1"));
    assert_true(multipart_boundary(STR("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), &boundary) == false);
    assert_true(multipart_boundary(STR("multipart/form-data;boundary=\"a:b\""), &boundary));
    assert_str(boundary, STR("a:b"));
    static const char *const wrong[] = {
        "",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=a\r\nb",
        "multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(multipart_boundary(str_from_c(wrong[i]), &boundary));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urlencoded),        cmocka_unit_test(test_urlencoded_refused),
        cmocka_unit_test(test_cookies),           cmocka_unit_test(test_multipart),
        cmocka_unit_test(test_multipart_refused), cmocka_unit_test(test_multipart_cut_short),
        cmocka_unit_test(test_boundary),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
