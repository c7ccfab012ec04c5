// SPDX-License-Identifier: EUPL-1.2
/* What is looked for and offered, changed in the form's one field of words: what was told one by one is not lost. */
#include "gathering/signups/edit.h"
#include "../../cmocka_all.h"

#define OFFER(number, of, says, many, until)                                             \
    {                                                                                    \
        .id = (number), .is_offer = true, .kind = STR_INIT(of), .words = STR_INIT(says), \
        .quantity = {(many) > 0, (many)}, .until_on = STR_INIT(until), .version = 1      \
    }

static Exchange told[] = {
    OFFER(1, "space", "sala na 30 osób", 0, "2026-06-11"),
    OFFER(2, "space", "ogród", 0, ""),
    OFFER(3, "equipment", "rzutnik", 2, ""),
};
static const Exchanges before = {told, COUNT(told)};

static Exchanges typed(Arena *arena, Exchanges was, const char *kinds, const char *words) {
    Str codes[4], rest = str_from_c(kinds);
    StrList list = {codes, 0}, none = {NULL, 0};
    while (str_next_part(&rest, ' ', &codes[list.count])) list.count++;
    return exchanges_from(arena, &none, STR(""), &list, str_from_c(words), &was);
}

static void assert_rows(const Exchanges *made, const char *const *words, size_t count) {
    assert_int_equal(made->count, count);
    for (size_t i = 0; i < count; i++) assert_str(made->exchanges[i].words, str_from_c(words[i]));
}

static void what_was_told_one_by_one_stays(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    /* One line is changed: the others keep theirs, and all keep their ids, numbers and days. */
    Exchanges made = typed(arena, before, "space equipment", "sala na 40 osób\nogród\nrzutnik");
    assert_rows(&made, (const char *const[]){"sala na 40 osób", "ogród", "rzutnik"}, 3);
    for (size_t i = 0; i < made.count; i++) assert_int_equal(made.exchanges[i].id, told[i].id);
    assert_str(made.exchanges[0].until_on, STR("2026-06-11"));
    assert_int_equal(made.exchanges[2].quantity.value, 2);
    /* A line is added: nothing is lost, and it is kept. */
    made = typed(arena, before, "space equipment", "sala na 30 osób\nogród\nrzutnik\nkawa");
    assert_rows(&made, (const char *const[]){"sala na 30 osób", "ogród", "rzutnik\nkawa"}, 3);
    /* A line is taken out: its row stays, of its kind, without words. */
    made = typed(arena, before, "space equipment", "sala na 30 osób\nrzutnik");
    assert_rows(&made, (const char *const[]){"sala na 30 osób", "", "rzutnik"}, 3);
    /* A kind that is ticked no more goes; a new one gets what no other row says. */
    made = typed(arena, before, "space audience", "sala na 30 osób\nogród\nnasi widzowie");
    assert_rows(&made, (const char *const[]){"sala na 30 osób", "ogród", "nasi widzowie"}, 3);
    assert_str(made.exchanges[2].kind, STR("audience"));
    /* All is written anew. */
    made = typed(arena, before, "space equipment", "wszystko inaczej");
    assert_int_equal(made.count, 3);
    arena_close(arena);
}

static void words_for_a_whole_side_count_for_all_its_kinds(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Exchange side[] = {OFFER(1, "space", "u nas", 0, ""), OFFER(2, "equipment", "u nas", 0, "")};
    Exchanges made = typed(arena, (Exchanges){side, COUNT(side)}, "space equipment", "u nas i u was");
    assert_rows(&made, (const char *const[]){"u nas i u was", "u nas i u was"}, 2);
    assert_int_equal(made.exchanges[1].id, 2);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_told_one_by_one_stays),
        cmocka_unit_test(words_for_a_whole_side_count_for_all_its_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
