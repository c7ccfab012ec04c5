// SPDX-License-Identifier: EUPL-1.2
/* Of two names that are alike one has a key by which the other finds it: on names made to be nearly alike, and in a
 * store that knows many. */
#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/organisations/name_index.h"
#include "gathering/organisations/name_keys.h"
#include "gathering/organisations/organisations.h"
#include "organisations_sql.h"
#include "platform/base/buffer.h"
#include "platform/base/random.h"
#include <unistd.h>

/* ---- pure ---- */

/* Words of few letters, so that much is alike; in Latin and, of two bytes a letter, in Cyrillic. */
static Str made(Arena *arena, Random *random) {
    static const char *const letters[] = {"a", "b", "c", "ж"};
    Buffer name = buffer_in(arena);
    size_t words = 1 + random_below(random, 3);
    for (size_t i = 0; i < words; i++) {
        if (i) buffer_add_char(&name, ' ');
        size_t size = 1 + random_below(random, 8);
        for (size_t k = 0; k < size; k++) buffer_add(&name, str_from_c(letters[random_below(random, 4)]));
    }
    return buffer_str(&name);
}

/* A few bytes away, or with words before or behind, or without its first ones. */
static Str relative(Arena *arena, Random *random, Str name) {
    Buffer changed = buffer_in(arena);
    Str rest = name, word;
    switch (random_below(random, 4)) {
    case 0: return str_format(arena, "%.*s %.*s", STR_FORMAT(made(arena, random)), STR_FORMAT(name));
    case 1: return str_format(arena, "%.*s%.*s", STR_FORMAT(name), STR_FORMAT(made(arena, random)));
    case 2: return str_next_part(&rest, ' ', &word) && rest.size ? rest : name;
    default: break;
    }
    for (size_t i = 0, edits = random_below(random, 4); i < name.size; i++) {
        bool is_here = edits && random_below(random, name.size) < 2;
        if (is_here) edits--;
        uint64_t kind = is_here ? random_below(random, 3) : 3;
        if (kind == 1) buffer_add_char(&changed, 'x');
        if (kind != 0) buffer_add_char(&changed, kind == 2 ? 'y' : name.data[i]);
    }
    return buffer_str(&changed);
}

static bool share_a_key(NameKeys kept, const NameKeysLike *looked_for) {
    for (size_t i = 0; i < kept.count; i++)
        for (size_t kind = 0; kind < NAME_KEY_KINDS; kind++)
            for (size_t k = 0; k < looked_for->kinds[kind].count; k++)
                if (kept.keys[i] == looked_for->kinds[kind].keys[k]) return true;
    return false;
}

/* The one kind of likeness that has no key: a name that begins in the middle of the other's word. */
static bool stands_in_a_word(Str whole, Str part) {
    if (part.size > whole.size) return false;
    for (size_t at = 0; at + part.size <= whole.size; at++)
        if ((at == 0 || whole.data[at - 1] == ' ') && str_starts_with(str_skip(whole, at), part)) return false;
    return str_contains(whole, part);
}

static void test_alike_names_share_a_key(void **state) {
    (void)state;
    Random random = random_from_seed(20261125);
    size_t alike = 0;
    for (int i = 0; i < 40000; i++) {
        Arena *arena = arena_open((size_t)1 << 20);
        Str one = made(arena, &random), other = relative(arena, &random, one);
        for (int turn = 0; turn < 2; turn++) {
            NameKeys kept = name_keys_of(arena, one);
            NameKeysLike like = name_keys_like(arena, other);
            for (size_t k = 0; k < kept.count; k++) assert_true(kept.keys[k] > 0);
            assert_true(kept.count <= one.size + 4);
            if (names_are_similar(one, other)) {
                alike++;
                if (!share_a_key(kept, &like) && !stands_in_a_word(one, other) && !stands_in_a_word(other, one))
                    fail_msg("%.*s | %.*s", STR_FORMAT(one), STR_FORMAT(other));
            }
            Str swap = one;
            one = other;
            other = swap;
        }
        arena_close(arena);
    }
    assert_true(alike > 10000);
}

/* ---- in the store ---- */

static Id add(Tx *tx, const char *name) {
    return organisation_add(tx, &(Organisation){.name = str_from_c(name), .legal_form = STR(""), .words = STR("")});
}

static Err fill(Tx *tx, void *context) {
    Id *club = context;
    for (int i = 0; i < 500; i++)
        add(tx, str_format(tx_arena(tx), "Koło numer %d przy ulicy %d", i * 7919, i * 104729).data);
    *club = add(tx, "Klub Seniora Trzeci Rozdział");
    add(tx, "Klub Seniora Trzeci Rozdział w Bieńczycach");
    add(tx, "Kot");
    return OK;
}

static Err look(Tx *tx, void *context) {
    const Id *club = context;
    OrganisationHits hits = organisation_find_similar(tx, STR("Stowarzyszenie Seniora Trzeci Rozdzal"));
    assert_int_equal(hits.count, 1);
    assert_true(hits.organisations[0].id == *club);
    assert_int_equal(organisation_find_similar(tx, STR("Trzeci Rozdział")).count, 2);
    assert_int_equal(organisation_find_similar(tx, STR("Fundacja Kot")).count, 1);
    assert_int_equal(organisation_find_similar(tx, STR("Kos")).count, 0);
    return OK;
}

/* More than are compared begin with the same word, all older: the same name and one letter's difference are found. */
static Err crowd(Tx *tx, void *context) {
    for (int i = 0; i < 10 * NAME_KEYS_MOST_COMPARED; i++)
        add(tx, str_format(tx_arena(tx), "Krakowianie %d z ulicy %d", i * 7919, i * 104729).data);
    *(Id *)context = add(tx, "Krakowianie dla Seniorów");
    return OK;
}

static Err look_in_the_crowd(Tx *tx, void *context) {
    static const char *const alike[] = {"Krakowianie dla Seniorów", "Krakowianie dla Seniora",
                                        "Krakowiane dla Senorów"};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        OrganisationHits hits = organisation_find_similar(tx, str_from_c(alike[i]));
        assert_int_equal(hits.count, 1);
        assert_true(hits.organisations[0].id == *(Id *)context);
    }
    return OK;
}

static Err rename_it(Tx *tx, void *context) {
    Organisation club;
    assert_true(organisation_get(tx, *(Id *)context, &club));
    club.name = STR("Orkiestra Dęta");
    assert_int_equal(organisation_update(tx, &club), OK);
    assert_int_equal(organisation_find_similar(tx, STR("Orkiestra Deta")).count, 1);
    assert_int_equal(organisation_find_similar(tx, STR("Seniora Trzeci Rozdział")).count, 1);
    return OK;
}

/* As an older data file, or an imported document, has it. */
static Err lose_keys(Tx *tx, void *context) {
    organisations_sql_clear_name_keys(tx, *(Id *)context);
    assert_int_equal(organisation_find_similar(tx, STR("Orkiestra Deta")).count, 0);
    return OK;
}

static Err find_again(Tx *tx, void *context) {
    (void)context;
    assert_int_equal(organisation_find_similar(tx, STR("Orkiestra Deta")).count, 1);
    return OK;
}

static void test_names_are_found_in_a_store(void **state) {
    (void)state;
    char folder[OWN_FOLDER_BYTES];
    Arena *arena = own_folder(folder, "name-keys", 64 << 20);
    Store *store = own_store(arena, folder, NULL);
    Id club, after = 0;
    assert_int_equal(store_write(store, arena, fill, &club), OK);
    assert_int_equal(store_read(store, arena, look, &club), OK);
    assert_int_equal(store_write(store, arena, rename_it, &club), OK);
    assert_int_equal(store_write(store, arena, lose_keys, &club), OK);
    size_t pages = 0;
    do {
        assert_int_equal(name_keys_catch_up(store, arena, &after), OK);
        pages++;
    } while (after);
    assert_int_equal(pages, 3); /* 503 of them */
    assert_int_equal(store_read(store, arena, find_again, NULL), OK);
    assert_int_equal(store_write(store, arena, crowd, &club), OK);
    assert_int_equal(store_read(store, arena, look_in_the_crowd, &club), OK);
    own_end(arena, folder, store);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike_names_share_a_key),
        cmocka_unit_test(test_names_are_found_in_a_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
