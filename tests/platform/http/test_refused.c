// SPDX-License-Identifier: EUPL-1.2
/* Refused pages: read by who they were made for, for their time, and never at the cost of one that was not read yet. */
#include "../../cmocka_all.h"
#include "platform/http/refused.h"

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

static Str key_of(Arena *arena, int number) {
    char *key = arena_array(arena, char, RANDOM_SECRET_TEXT_SIZE);
    memset(key, '0', RANDOM_SECRET_TEXT_SIZE);
    for (int i = 0; number; i++, number /= 32) key[i] = alphabet[number % 32];
    return str_from(key, RANDOM_SECRET_TEXT_SIZE);
}

static void only_its_reader_finds_it_at_its_path(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 26);
    Refusals *refusals = refusals_open();
    RefusedPage page = {STR("/a"), STR("typed"), 7, 422}, found = {.path = STR("/a"), .reader = 7};
    assert_true(refusals_keep(refusals, &page, key_of(arena, 1), 0));
    assert_true(refusals_find(refusals, arena, key_of(arena, 1), &found, REFUSED_LASTS_MS));
    assert_true(str_equal(found.body, STR("typed")));
    assert_int_equal(found.status, 422);
    assert_false(refusals_find(refusals, arena, key_of(arena, 2), &found, 0));
    assert_false(refusals_find(refusals, arena, STR("1"), &found, 0));
    found = (RefusedPage){.path = STR("/b"), .reader = 7};
    assert_false(refusals_find(refusals, arena, key_of(arena, 1), &found, 0));
    found = (RefusedPage){.path = STR("/a"), .reader = 8};
    assert_false(refusals_find(refusals, arena, key_of(arena, 1), &found, 0));
    found.reader = 7;
    assert_false(refusals_find(refusals, arena, key_of(arena, 1), &found, REFUSED_LASTS_MS + 1));
    assert_false(refusals_find(refusals, arena, key_of(arena, 1), &found, 0)); /* it is gone, not only hidden */
    refusals_close(refusals);
    arena_close(arena);
}

static void what_was_not_read_yet_makes_no_room(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 26);
    Refusals *refusals = refusals_open();
    RefusedPage page = {STR("/a"), STR("typed"), 7, 409}, found = {.path = STR("/a"), .reader = 7};
    for (int i = 0; i < REFUSED_MOST; i++) assert_true(refusals_keep(refusals, &page, key_of(arena, i), i));
    assert_false(refusals_keep(refusals, &page, key_of(arena, REFUSED_MOST), REFUSED_FRESH_MS));
    assert_true(refusals_find(refusals, arena, key_of(arena, 0), &found, REFUSED_FRESH_MS));
    assert_true(refusals_keep(refusals, &page, key_of(arena, REFUSED_MOST), REFUSED_FRESH_MS + 1));
    assert_false(refusals_find(refusals, arena, key_of(arena, 0), &found, REFUSED_FRESH_MS + 1));
    assert_true(refusals_find(refusals, arena, key_of(arena, REFUSED_MOST), &found, REFUSED_FRESH_MS + 1));
    refusals_close(refusals);
    arena_close(arena);
}

static void bytes_are_limited_of_one_and_of_all(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 26);
    Refusals *refusals = refusals_open();
    char *bytes = arena_array(arena, char, REFUSED_PAGE_BYTES + 1);
    RefusedPage page = {STR("/a"), str_from(bytes, REFUSED_PAGE_BYTES + 1), 7, 422};
    assert_false(refusals_keep(refusals, &page, key_of(arena, 0), 0));
    page.body.size--;
    int kept = 0;
    while (refusals_keep(refusals, &page, key_of(arena, kept), 0)) kept++;
    assert_int_equal(kept, (REFUSED_BYTES - 1) / REFUSED_PAGE_BYTES); /* what stands beside each counts too */
    refusals_drop_old(refusals, REFUSED_LASTS_MS + 1);
    assert_true(refusals_keep(refusals, &page, key_of(arena, 0), REFUSED_LASTS_MS + 1));
    refusals_close(refusals);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_its_reader_finds_it_at_its_path),
        cmocka_unit_test(what_was_not_read_yet_makes_no_room),
        cmocka_unit_test(bytes_are_limited_of_one_and_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
