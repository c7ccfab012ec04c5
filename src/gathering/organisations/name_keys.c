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

static void add_contained(NameKeys *keys, Str folded, size_t at) {
    for (size_t size = NAME_LONG_ENOUGH; at + size <= folded.size; size++)
        if (size < folded.size) add(keys, KEY_WHOLE, str_slice(folded, at, size));
}

static size_t count_words(Str folded) {
    size_t words = 0;
    for (size_t at = 0; at < folded.size; at++) words += begins_word(folded, at);
    return words;
}

NameKeysLike name_keys_like(Arena *arena, Str folded) {
    enum { LENGTHS = 2 * NAME_EDITS + 1, MOVES = 2 * NAME_EDITS + 1 };
    NameKeysLike like = {0};
    NameKeys *same = &like.kinds[0], *contained = &like.kinds[1], *near = &like.kinds[2], *containing = &like.kinds[3];
    same->keys = arena_array(arena, int64_t, 1);
    add(same, KEY_WHOLE, folded);
    if (folded.size < NAME_LONG_ENOUGH) return like;
    contained->keys = arena_array(arena, int64_t, count_words(folded) * folded.size);
    for (size_t at = 0; at < folded.size; at++)
        if (begins_word(folded, at)) add_contained(contained, folded, at);
    containing->keys = arena_array(arena, int64_t, 2);
    add(containing, KEY_FIRST, six_from(folded, 0));
    add(containing, KEY_WORD, six_from(folded, 0));
    near->keys = arena_array(arena, int64_t, (size_t)LENGTHS * PARTS * MOVES);
    size_t shortest = folded.size - NAME_EDITS;
    for (size_t length = shortest < NAME_LONG_ENOUGH ? NAME_LONG_ENOUGH : shortest; length <= folded.size + NAME_EDITS;
         length++)
        add_thirds(near, folded, length);
    return like;
}

/* ---- in the store --------------------------------------------------------------------------------------- */

void name_keys_put(Tx *tx, Id organisation, Str folded) {
    NameKeys keys = name_keys_of(tx_arena(tx), folded);
    organisations_sql_clear_name_keys(tx, organisation);
    for (size_t i = 0; i < keys.count; i++) organisations_sql_add_name_key(tx, keys.keys[i], organisation);
}

/* What was found so far, ascending. */
typedef struct Found {
    Id *ids;
    size_t count;
} Found;

static void add_found(Found *found, Id id) {
    size_t at = found->count;
    while (at > 0 && found->ids[at - 1] > id) at--;
    if (found->count == NAME_KEYS_MOST_FOUND || (at > 0 && found->ids[at - 1] == id)) return;
    memmove(&found->ids[at + 1], &found->ids[at], (found->count - at) * sizeof *found->ids);
    found->ids[at] = id;
    found->count++;
}

/* A list is as long as a statement takes; names of more words than that are no names. */
static IdList list_of(NameKeys keys) {
    return (IdList){keys.keys, keys.count < QUERY_LIST_LIMIT ? keys.count : QUERY_LIST_LIMIT};
}

size_t name_keys_find(Tx *tx, Str folded, Id ids[NAME_KEYS_MOST_FOUND]) {
    NameKeysLike like = name_keys_like(tx_arena(tx), folded);
    Found found = {ids, 0};
    for (size_t kind = 0; kind < NAME_KEY_KINDS && found.count < NAME_KEYS_MOST_FOUND; kind++) {
        if (!like.kinds[kind].count) continue;
        OrganisationsByNameKeysRows rows =
            organisations_sql_by_name_keys(tx, list_of(like.kinds[kind]), NAME_KEYS_MOST_COMPARED);
        for (size_t i = 0; i < rows.count && found.count < NAME_KEYS_MOST_FOUND; i++)
            if (names_are_similar(folded, rows.rows[i].name_folded)) add_found(&found, rows.rows[i].id);
    }
    return found.count;
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
