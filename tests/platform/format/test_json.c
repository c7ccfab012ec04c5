// SPDX-License-Identifier: EUPL-1.2
/* json_write against jansson, json_read against both. */
#include "../../cmocka_all.h"
#include "platform/format/json_read.h"
#include "platform/format/json_write.h"
#include <jansson.h>

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(512u << 20);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void write_sample(JsonWriter *json) {
    json_object_begin(json);
    json_key(json, STR("name"));
    json_add_str(json, STR("Żółw \"x\" \\ \b\n\r\t\x1f / \u2028"));
    json_key(json, STR("list"));
    json_array_begin(json);
    json_add_int(json, INT64_MIN);
    json_add_bool(json, true);
    json_add_bool(json, false);
    json_add_null(json);
    json_add_str(json, STR_ABSENT);
    json_add_str(json, STR(""));
    json_array_end(json);
    json_key(json, STR("none"));
    json_array_begin(json);
    json_array_end(json);
    json_key(json, STR("a\"b"));
    json_object_begin(json);
    json_object_end(json);
    json_object_end(json);
}

static void test_reals_read_back_the_same(void **state) {
    (void)state;
    static const double reals[] = {0, 1, -0.1, 1.0 / 3, 0.986, 1e-300, 1.7976931348623157e308, 42.5, 3 / 256.0};
    Arena *own = arena_open(1 << 16);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        Buffer out = buffer_in(own);
        JsonWriter json = json_begin(&out, 0);
        json_add_real(&json, reals[i]);
        const JsonValue *again = NULL;
        JsonError error;
        assert_int_equal(json_read(own, buffer_str(&out), &again, &error), OK);
        assert_true((again->kind == JSON_KIND_REAL ? again->real : (double)again->integer) == reals[i]);
    }
    arena_close(own);
}

static void test_written(void **state) {
    (void)state;
    Buffer out = buffer_in(arena);
    JsonWriter json = json_begin(&out, 0);
    write_sample(&json);
    assert_str(
        buffer_str(&out),
        STR("{\"name\":\"Żółw \\\"x\\\" \\\\ \\u0008\\n\\r\\t\\u001f / \u2028\",\"list\":[-9223372036854775808,true,"
            "false,null,null,\"\"],\"none\":[],\"a\\\"b\":{}}"));
    Buffer indented = buffer_in(arena);
    json = json_begin(&indented, 2);
    write_sample(&json);
    assert_true(str_contains(buffer_str(&indented), STR("  \"list\": [\n    -9223372036854775808,\n")));
    assert_true(str_ends_with(buffer_str(&indented), STR("\n  \"none\": [],\n  \"a\\\"b\": {}\n}")));
    json_t *one = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
    json_t *other = json_loadb(indented.data, indented.size, JSON_REJECT_DUPLICATES, NULL);
    assert_true(one && other && json_equal(one, other));
    json_decref(one);
    json_decref(other);

    Buffer broken = buffer_in(arena);
    json = json_begin(&broken, 0);
    json_add_str(&json, STR("a\xff" "b"));
    assert_str(buffer_str(&broken), STR("\"a\uFFFDb\""));
}

static const JsonValue *read(Str text) {
    const JsonValue *value;
    JsonError error;
    Err err = json_read(arena, text, &value, &error);
    if (err) fail_msg("%zu:%zu: %.*s", error.line, error.column, STR_FORMAT(error.message));
    return value;
}

static void test_read(void **state) {
    (void)state;
    Buffer out = buffer_in(arena);
    JsonWriter json = json_begin(&out, 1);
    write_sample(&json);
    const JsonValue *value = read(buffer_str(&out));
    assert_int_equal(value->kind, JSON_KIND_OBJECT);
    assert_int_equal(value->count, 4);
    assert_str(value->keys[1], STR("list"));
    assert_str(json_str_of(json_member(value, STR("name"))), STR("Żółw \"x\" \\ \b\n\r\t\x1f / \u2028"));
    const JsonValue *list = json_member(value, STR("list"));
    assert_int_equal(list->count, 6);
    assert_true(list->items[0].kind == JSON_KIND_INT && list->items[0].integer == INT64_MIN);
    assert_true(list->items[1].kind == JSON_KIND_BOOL && list->items[1].integer == 1 && list->items[2].integer == 0);
    assert_true(list->items[3].kind == JSON_KIND_NULL && list->items[5].kind == JSON_KIND_STR);
    assert_true(read(STR("1.5"))->kind == JSON_KIND_REAL && read(STR("1.5"))->real == 1.5);
    assert_null(json_member(value, STR("absent")));
    assert_null(json_member(list, STR("name")));
    assert_null(json_member(NULL, STR("name")));
    assert_true(str_is_absent(json_str_of(list)) && str_is_absent(json_str_of(NULL)));
}

static void test_errors_have_places(void **state) {
    (void)state;
    static const struct { const char *text; size_t line;
    } bad[] = {
        {"", 1}, {"{", 1}, {"{\n \"a\": 1,\n \"a\": 2\n}", 3}, {"[1,\n2,]", 2}, {"[1] x", 1},
        {"{\"a\": \"\\u0000\"}", 1}, {"[99999999999999999999]", 1}, {"\n\n\"\xff\"", 3}, {"[1e999]", 1},
        {"nul", 1}, {"['a']", 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const JsonValue *value = NULL;
        JsonError error = {0};
        assert_int_equal(json_read(arena, str_from_c(bad[i].text), &value, &error), ERR_INPUT);
        assert_null(value);
        if (error.line != bad[i].line || !error.column || !error.message.size)
            fail_msg("%s: %zu:%zu %.*s", bad[i].text, error.line, error.column, STR_FORMAT(error.message));
    }
}

static Str nested(size_t depth) {
    Buffer out = buffer_in(arena);
    buffer_add(&out, STR("\n\"["));
    out.size -= 2;
    for (size_t i = 0; i < depth; i++) buffer_add_char(&out, '[');
    buffer_add(&out, STR("\"[[\\\"[\""));
    for (size_t i = 0; i < depth; i++) buffer_add_char(&out, ']');
    return buffer_str(&out);
}

static void test_limits(void **state) {
    (void)state;
    const JsonValue *value = NULL;
    JsonError error;
    assert_int_equal(read(nested(JSON_LIMIT_DEPTH))->kind, JSON_KIND_ARRAY);
    assert_int_equal(json_read(arena, nested(JSON_LIMIT_DEPTH + 1), &value, &error), ERR_LIMIT);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, JSON_LIMIT_DEPTH + 1);
    Str large = str_from(arena_alloc(arena, JSON_LIMIT_BYTES + 1), JSON_LIMIT_BYTES + 1);
    assert_int_equal(json_read(arena, large, &value, &error), ERR_LIMIT);
    assert_null(value);
}

/* jansson's tree is given back also when the arena is too small for ours (the leak check sees it). */
static void read_large(void *argument) {
    const JsonValue *value;
    JsonError error;
    json_read(argument, STR("[[1,2,3,4,5,6,7,8,9],[1,2,3,4,5,6,7,8,9],[1,2,3,4,5,6,7,8,9]]"), &value, &error);
}

static void test_full_arena(void **state) {
    (void)state;
    Arena *small = arena_open(1024);
    assert_int_equal(arena_protect(small, read_large, small), ERR_LIMIT);
    arena_close(small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reals_read_back_the_same),
        cmocka_unit_test(test_written), cmocka_unit_test(test_read),       cmocka_unit_test(test_errors_have_places),
        cmocka_unit_test(test_limits),  cmocka_unit_test(test_full_arena),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
