// SPDX-License-Identifier: EUPL-1.2
#include "gathering/organisations/name_keys.h"

#include "gathering/organisations/name_index.h"
#include "organisations_sql.h"

enum { PARTS = NAME_EDITS + 1, PAGE = 200 };

/* What a key is of. They are kept in the store: their numbers stay as they are. */
typedef enum KeyKind { KEY_WHOLE = 1, KEY_FIRST = 2, KEY_WORD = 3, KEY_THIRD = 16 } KeyKind;

static void add(NameKeys *keys, uint64_t kind, Str bytes) {
    uint64_t key = (str_hash(bytes) ^ kind * 0x9e3779b97f4a7c15u) & INT64_MAX;
    keys->keys[keys->count++] = key ? (int64_t)key : 1;
}

static bool begins_word(Str name, size_t at) { return at == 0 || name.data[at - 1] == ' '; }

static Str six_from(Str name, size_t at) { return str_slice(name, at, NAME_LONG_ENOUGH); }

/* Third number `which` of a name of this length. */
static Str third_of(Str name, size_t length, size_t which, ptrdiff_t moved) {
    size_t start = length * which / PARTS, end = length * (which + 1) / PARTS;
    ptrdiff_t from = (ptrdiff_t)start + moved;
    if (from < 0 || (size_t)from + end - start > name.size) return STR_ABSENT;
    return str_slice(name, (size_t)from, end - start);
}

static uint64_t kind_of_third(size_t length, size_t which) { return KEY_THIRD + length * PARTS + which; }

NameKeys name_keys_of(Arena *arena, Str folded) {
    NameKeys keys = {arena_array(arena, int64_t, folded.size + PARTS + 1), 0};
    add(&keys, KEY_WHOLE, folded);
    if (folded.size < NAME_LONG_ENOUGH) return keys;
    for (size_t at = 0; at + NAME_LONG_ENOUGH <= folded.size; at++)
        if (begins_word(folded, at)) add(&keys, at ? KEY_WORD : KEY_FIRST, six_from(folded, at));
    for (size_t which = 0; which < PARTS; which++)
        add(&keys, kind_of_third(folded.size, which), third_of(folded, folded.size, which, 0));
    return keys;
}

/* A third that no edit touches has moved by as many bytes at most as there are edits. */
static void add_thirds(NameKeys *keys, Str folded, size_t length) {
    for (size_t which = 0; which < PARTS; which++)
        for (ptrdiff_t moved = -NAME_EDITS; moved <= NAME_EDITS; moved++) {
            Str third = third_of(folded, length, which, moved);
            if (!str_is_absent(third)) add(keys, kind_of_third(length, which), third);
        }
}

NameKeys name_keys_like(Arena *arena, Str folded) {
    enum { LENGTHS = 2 * NAME_EDITS + 1, MOVES = 2 * NAME_EDITS + 1 };
    NameKeys keys = {arena_array(arena, int64_t, folded.size + LENGTHS * PARTS * MOVES + 2), 0};
    add(&keys, KEY_WHOLE, folded);
    if (folded.size < NAME_LONG_ENOUGH) return keys;
    add(&keys, KEY_WORD, six_from(folded, 0)); /* those that contain it */
    for (size_t at = 0; at + NAME_LONG_ENOUGH <= folded.size; at++)
        if (begins_word(folded, at)) add(&keys, KEY_FIRST, six_from(folded, at)); /* those that it contains */
    size_t shortest = folded.size - NAME_EDITS;
    for (size_t length = shortest < NAME_LONG_ENOUGH ? NAME_LONG_ENOUGH : shortest; length <= folded.size + NAME_EDITS;
         length++)
        add_thirds(&keys, folded, length);
    return keys;
}

/* ---- in the store --------------------------------------------------------------------------------------- */

void name_keys_put(Tx *tx, Id organisation, Str folded) {
    NameKeys keys = name_keys_of(tx_arena(tx), folded);
    organisations_sql_clear_name_keys(tx, organisation);
    for (size_t i = 0; i < keys.count; i++) organisations_sql_add_name_key(tx, keys.keys[i], organisation);
}

size_t name_keys_find(Tx *tx, Str folded, Id found[NAME_KEYS_MOST_FOUND]) {
    NameKeys keys = name_keys_like(tx_arena(tx), folded);
    OrganisationsByNameKeysRows rows =
        organisations_sql_by_name_keys(tx, (IdList){keys.keys, keys.count}, NAME_KEYS_MOST_COMPARED);
    size_t count = 0;
    for (size_t i = 0; i < rows.count && count < NAME_KEYS_MOST_FOUND; i++)
        if (names_are_similar(folded, rows.rows[i].name_folded)) found[count++] = rows.rows[i].id;
    return count;
}

/* ---- names that came another way ------------------------------------------------------------------------- */

typedef struct Page {
    Id after, last; /* last: 0 where the page was the last one */
    OrganisationsPageRows rows;
    size_t without;
} Page;

static Err read_page(Tx *tx, void *context) {
    Page *page = context;
    page->rows = organisations_sql_page(tx, page->after, PAGE);
    page->without = 0;
    for (size_t i = 0; i < page->rows.count; i++) page->without += !page->rows.rows[i].has_keys;
    page->last = page->rows.count == PAGE ? page->rows.rows[PAGE - 1].id : 0;
    return OK;
}

static Err give_keys(Tx *tx, void *context) {
    Page *page = context;
    Err err = read_page(tx, page); /* anew: somebody may have been faster, and rows belong to a transaction */
    for (size_t i = 0; i < page->rows.count; i++)
        if (!page->rows.rows[i].has_keys) name_keys_put(tx, page->rows.rows[i].id, page->rows.rows[i].name_folded);
    return err;
}

Err name_keys_catch_up(Store *store, Arena *arena, Id *after) {
    Page page = {.after = *after};
    Err err = store_read(store, arena, read_page, &page);
    if (!err && page.without) err = store_write(store, arena, give_keys, &page);
    if (!err) *after = page.last;
    return err;
}
