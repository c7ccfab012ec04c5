// SPDX-License-Identifier: EUPL-1.2
#include "../../cmocka_all.h"
#include "platform/base/buffer.h"

static Arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = arena_open(1 << 22);
    return arena ? 0 : -1;
}

static int close_arena(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static void test_grows_and_keeps_what_it_has(void **state) {
    (void)state;
    Buffer buffer = buffer_in(arena);
    assert_str(buffer_str(&buffer), STR(""));
    enum { TIMES = 20000 };
    for (int i = 0; i < TIMES; i++) {
        buffer_add_char(&buffer, (char)('a' + i % 26));
        buffer_add(&buffer, STR("-"));
        buffer_add(&buffer, STR_ABSENT);
    }
    Str text = buffer_str(&buffer);
    assert_int_equal(text.size, 2 * TIMES);
    for (size_t i = 0; i < text.size; i++) assert_int_equal(text.data[i], i % 2 ? '-' : 'a' + (int)(i / 2 % 26));
    size_t capacity = buffer.capacity;
    buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    assert_int_equal(buffer.capacity, capacity);
}

static void test_numbers(void **state) {
    (void)state;
    const int64_t numbers[] = {0, 7, -7, 10, 1234567890, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        Buffer plain = buffer_in(arena), formatted = buffer_in(arena);
        buffer_add_int(&plain, numbers[i]);
        buffer_format(&formatted, "%lld", (long long)numbers[i]);
        assert_str(buffer_str(&plain), buffer_str(&formatted));
    }
}

static void test_format_of_any_length(void **state) {
    (void)state;
    for (int width = 1; width < 1200; width++) {
        Buffer buffer = buffer_in(arena);
        buffer_format(&buffer, "%s%*d", "x", width, 7);
        assert_int_equal(buffer.size, width + 1);
        assert_int_equal(buffer.data[buffer.size - 1], '7');
    }
}

static void fill_to(void *argument) {
    size_t size = *(size_t *)argument;
    Buffer buffer = {.arena = arena, .limit = 300};
    for (size_t i = 0; i < size; i++) buffer_add_char(&buffer, 'x');
}

static void ask_for(void *argument) {
    Buffer buffer = {.arena = arena};
    buffer_add_char(&buffer, 'x');
    buffer_reserve(&buffer, *(size_t *)argument);
}

static void format_to(void *argument) {
    Buffer buffer = {.arena = arena, .limit = 300};
    buffer_format(&buffer, "%*s", (int)*(size_t *)argument, "");
}

static void test_limit(void **state) {
    (void)state;
    assert_int_equal(arena_protect(arena, fill_to, &(size_t){300}), OK);
    assert_int_equal(arena_protect(arena, fill_to, &(size_t){301}), ERR_LIMIT);
    assert_int_equal(arena_protect(arena, format_to, &(size_t){300}), OK);
    assert_int_equal(arena_protect(arena, format_to, &(size_t){301}), ERR_LIMIT);
    assert_int_equal(arena_protect(arena, ask_for, &(size_t){SIZE_MAX}), ERR_LIMIT);
    assert_int_equal(arena_protect(arena, ask_for, &(size_t){SIZE_MAX / 2 + 1}), ERR_LIMIT);
    assert_int_equal(arena_protect(arena, ask_for, &(size_t){1 << 24}), ERR_LIMIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows_and_keeps_what_it_has),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_format_of_any_length),
        cmocka_unit_test(test_limit),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
