// SPDX-License-Identifier: EUPL-1.2
/* The index finds what comparing each with each finds, in its order, on names made to be nearly alike. */
#include "../../cmocka_all.h"
#include "gathering/organisations/name_index.h"
#include "platform/base/buffer.h"
#include "platform/base/random.h"
#include <time.h>

/* ---- by the book: all edits are counted (Wagner and Fischer 1974) ---- */

static size_t edits(Str a, Str b) {
    size_t row[64];
    assert_true(b.size < 63);
    for (size_t j = 0; j <= b.size; j++) row[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t replaced = diagonal + (a.data[i - 1] != b.data[j - 1]);
            diagonal = row[j];
            size_t shorter = row[j - 1] < row[j] ? row[j - 1] : row[j];
            row[j] = replaced < shorter + 1 ? replaced : shorter + 1;
        }
    }
    return row[b.size];
}

static bool are_similar_by_the_book(Str a, Str b) {
    if (a.size < NAME_LONG_ENOUGH || b.size < NAME_LONG_ENOUGH) return str_equal(a, b);
    return str_contains(a, b) || str_contains(b, a) || edits(a, b) <= NAME_EDITS;
}

/* ---- names ---- */

/* Few letters, so that much is alike. */
static Str made(Arena *arena, Random *random, size_t most) {
    size_t size = random_below(random, most + 1);
    char *name = arena_alloc(arena, size + 1);
    for (size_t i = 0; i < size; i++) name[i] = "ab c"[random_below(random, 4)];
    return (Str){name, size};
}

/* A few edits away, or within, or around. */
static Str relative(Arena *arena, Random *random, Str name) {
    Buffer changed = buffer_in(arena);
    if (random_below(random, 4) == 0) return str_slice(name, random_below(random, name.size + 1), name.size);
    if (random_below(random, 4) == 0) buffer_add(&changed, made(arena, random, 4));
    size_t to_do = random_below(random, 4);
    for (size_t i = 0; i < name.size; i++) {
        bool is_here = to_do && random_below(random, name.size) < 2;
        if (is_here) to_do--;
        uint64_t kind = is_here ? random_below(random, 3) : 3;
        if (kind == 0) continue;
        if (kind == 1) buffer_add_char(&changed, 'x');
        buffer_add_char(&changed, kind == 2 ? 'y' : name.data[i]);
    }
    return str_slice(buffer_str(&changed), 0, 40);
}

static void check(Arena *arena, const Str *names, size_t count, Str name) {
    NameIndex *index = name_index_make(arena, names, count);
    for (size_t most = 0; most <= 7; most++) {
        size_t found[7], expected[7], expected_count = 0;
        size_t found_count = name_index_similar(index, name, found, most);
        for (size_t i = 0; i < count && expected_count < most; i++)
            if (are_similar_by_the_book(names[i], name)) expected[expected_count++] = i;
        if (found_count != expected_count)
            fail_msg("“%.*s”: %zu found, not %zu", STR_FORMAT(name), found_count, expected_count);
        for (size_t i = 0; i < found_count; i++)
            if (found[i] != expected[i])
                fail_msg("“%.*s”: “%.*s” for “%.*s”", STR_FORMAT(name), STR_FORMAT(names[found[i]]),
                         STR_FORMAT(names[expected[i]]));
    }
}

static void finds_what_comparing_all_finds(void **state) {
    (void)state;
    uint64_t seed = (uint64_t)time(NULL);
    print_message("seed %llu\n", (unsigned long long)seed);
    Random random = random_from_seed(seed);
    for (int turn = 0; turn < 400; turn++) {
        Arena *arena = arena_open(64 << 20);
        enum { MOST = 60 };
        Str names[MOST];
        size_t count = random_below(&random, MOST + 1);
        for (size_t i = 0; i < count; i++)
            names[i] = i > 0 && random_below(&random, 2) ? relative(arena, &random, names[random_below(&random, i)])
                                                         : made(arena, &random, 30);
        for (int i = 0; i < 6; i++)
            check(arena, names, count,
                  count && random_below(&random, 3) ? relative(arena, &random, names[random_below(&random, count)])
                                                    : made(arena, &random, 36));
        arena_close(arena);
    }
}

static void two_names_alike(void **state) {
    (void)state;
    static const struct {
        const char *one, *other;
        bool alike;
    } cases[] = {
        {"zielony zaulek", "zielony zaulek", true},
        {"zielony zaulek", "zielony zaulekk", true},
        {"zielony zaulek", "zielny zalek", true},
        {"zielony zaulek", "zielny zalk", false},
        {"zielony zaulek", "nasz zielony zaulek w bronowicach", true},
        {"zielony", "zielony zaulek", true},
        {"most", "mosty", false},
        {"most", "most", true},
        {"", "", true},
        {"", "zielony", false},
        {"mosty", "mostyy", false},
        {"abcdef", "abcdef", true},
        {"abcdef", "fedcba", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str one = str_from_c(cases[i].one), other = str_from_c(cases[i].other);
        assert_int_equal(names_are_similar(one, other), cases[i].alike);
        assert_int_equal(names_are_similar(other, one), cases[i].alike);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_names_alike),
        cmocka_unit_test(finds_what_comparing_all_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
