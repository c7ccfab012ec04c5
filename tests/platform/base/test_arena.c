// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/arena.h"

#include "../../cmocka_all.h"
#include "platform/base/buffer.h"

typedef struct Trace {
    Arena *arena;
    char order[16];
    size_t count;
} Trace;

static void note_a(void *argument) { ((Trace *)argument)->order[((Trace *)argument)->count++] = 'a'; }
static void note_b(void *argument) { ((Trace *)argument)->order[((Trace *)argument)->count++] = 'b'; }

static void fails_after_deferring(void *argument) {
    Trace *trace = argument;
    arena_defer(trace->arena, note_a, trace);
    arena_defer(trace->arena, note_b, trace);
    arena_fail(trace->arena, ERR_CONFLICT, "seen %d times", 2);
}

static void test_failure_runs_deferred_last_first(void **state) {
    (void)state;
    Trace trace = {.arena = arena_open(1 << 20)};
    assert_int_equal(arena_protect(trace.arena, fails_after_deferring, &trace), ERR_CONFLICT);
    assert_string_equal(trace.order, "ba");
    assert_string_equal(arena_failure(trace.arena)->message, "seen 2 times");
    arena_close(trace.arena);
    assert_int_equal(trace.count, 2);
}

static void fails_inside(void *argument) {
    Trace *trace = argument;
    arena_defer(trace->arena, note_a, trace);
    assert_int_equal(arena_protect(trace->arena, fails_after_deferring, trace), ERR_CONFLICT);
}

static void test_inner_protection_keeps_outer_deferred(void **state) {
    (void)state;
    Trace trace = {.arena = arena_open(1 << 20)};
    assert_int_equal(arena_protect(trace.arena, fails_inside, &trace), OK);
    assert_string_equal(trace.order, "ba");
    arena_reset(trace.arena);
    assert_string_equal(trace.order, "baa");
    arena_close(trace.arena);
}

static void takes_too_much(void *argument) {
    Arena *arena = argument;
    for (;;) arena_alloc(arena, 1000);
}

static void asks_for_impossible_array(void *argument) { arena_alloc_array(argument, SIZE_MAX / 2, 3); }

static void test_limit_fails_and_reset_gives_room_again(void **state) {
    (void)state;
    Arena *arena = arena_open(100 * 1000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(arena_protect(arena, takes_too_much, arena), ERR_LIMIT);
        assert_true(arena_used_bytes(arena) <= 100 * 1000);
        arena_reset(arena);
        assert_int_equal(arena_used_bytes(arena), 0);
    }
    assert_int_equal(arena_protect(arena, asks_for_impossible_array, arena), ERR_LIMIT);
    arena_close(arena);
}

static void takes_a_little(void *argument) { arena_alloc(argument, 5000); }

static void test_a_raised_limit(void **state) {
    (void)state;
    Arena *arena = arena_open(100 * 1000);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(arena_protect(arena, takes_too_much, arena), ERR_LIMIT);
        assert_int_equal(arena_protect(arena, takes_a_little, arena), ERR_LIMIT);
        arena_set_limit(arena, 110 * 1000);
        assert_int_equal(arena_protect(arena, takes_a_little, arena), OK);
        assert_int_equal(arena_protect(arena, takes_too_much, arena), ERR_LIMIT);
        assert_true(arena_used_bytes(arena) <= 110 * 1000);
        arena_set_limit(arena, 100 * 1000); /* below what is used */
        assert_int_equal(arena_protect(arena, takes_a_little, arena), ERR_LIMIT);
        arena_reset(arena);
    }
    arena_close(arena);
}

static void defers_in_a_full_arena(void *argument) {
    Trace *trace = argument;
    arena_alloc(trace->arena, 1000);
    arena_defer(trace->arena, note_a, trace);
}

static void test_what_cannot_be_deferred_is_undone(void **state) {
    (void)state;
    Trace trace = {.arena = arena_open(1008)};
    assert_int_equal(arena_protect(trace.arena, defers_in_a_full_arena, &trace), ERR_LIMIT);
    assert_string_equal(trace.order, "a");
    arena_close(trace.arena);
    assert_string_equal(trace.order, "a");
}

static void test_memory_is_zeroed_also_after_reset(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *bytes = arena_alloc(arena, size);
            for (size_t i = 0; i < size; i++) assert_int_equal(bytes[i], 0);
            memset(bytes, 0xff, size);
        }
        arena_reset(arena);
    }
    arena_close(arena);
}

static void test_grow_keeps_bytes(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    Buffer a = buffer_in(arena), b = buffer_in(arena);
    for (int i = 0; i < 20000; i++) {
        buffer_add_int(&a, i % 10);
        if (i % 3 == 0) buffer_add_char(&b, 'x');
    }
    for (int i = 0; i < 20000; i++) assert_int_equal(a.data[i], '0' + i % 10);
    assert_int_equal(b.size, 6667);
    arena_close(arena);
}

static void fills_limited_buffer(void *argument) {
    Buffer *buffer = argument;
    for (;;) buffer_add(buffer, STR("four"));
}

static void test_buffer_limit(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Buffer buffer = {.arena = arena, .limit = 10};
    assert_int_equal(arena_protect(arena, fills_limited_buffer, &buffer), ERR_LIMIT);
    assert_int_equal(buffer.size, 8);
    arena_close(arena);
}

static void passes_on(void *argument) {
    Arena *arena = argument;
    arena_fail(arena, ERR_BUSY, "%s", arena_failure(arena)->message);
}

static void test_a_message_can_be_passed_on(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 16);
    Trace trace = {.arena = arena};
    assert_int_not_equal(arena_protect(arena, fails_after_deferring, &trace), OK);
    assert_int_equal(arena_protect(arena, passes_on, arena), ERR_BUSY);
    assert_string_equal(arena_failure(arena)->message, "seen 2 times");
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failure_runs_deferred_last_first),
        cmocka_unit_test(test_a_message_can_be_passed_on),
        cmocka_unit_test(test_inner_protection_keeps_outer_deferred),
        cmocka_unit_test(test_limit_fails_and_reset_gives_room_again),
        cmocka_unit_test(test_a_raised_limit),
        cmocka_unit_test(test_what_cannot_be_deferred_is_undone),
        cmocka_unit_test(test_memory_is_zeroed_also_after_reset),
        cmocka_unit_test(test_grow_keeps_bytes),
        cmocka_unit_test(test_buffer_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
