// SPDX-License-Identifier: EUPL-1.2
#include "gathering/organisations/name_index.h"

#include <assert.h>

/* ---- two names ------------------------------------------------------------------------------------------ */

/* Whether NAME_EDITS edits turn a into b: the diagonals that near the main one are all that is computed (Ukkonen 1985).
 */
static bool are_few_edits_apart(Str a, Str b) {
    enum { BAND = 2 * NAME_EDITS + 1, FAR = NAME_EDITS + 1 };
    size_t difference = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (difference > NAME_EDITS) return false;
    int before[BAND + 2], row[BAND + 2]; /* a far column on each side */
    for (int k = 0; k < BAND + 2; k++) before[k] = FAR;
    for (int j = 0; j <= NAME_EDITS; j++) before[1 + NAME_EDITS + j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        int nearest = FAR;
        row[0] = row[BAND + 1] = FAR;
        for (int k = 1; k <= BAND; k++) {
            ptrdiff_t j = (ptrdiff_t)i + k - 1 - NAME_EDITS;
            row[k] = FAR;
            if (j < 0 || j > (ptrdiff_t)b.size) continue;
            if (j > 0) row[k] = before[k] + (a.data[i - 1] != b.data[j - 1]);
            if (before[k + 1] + 1 < row[k]) row[k] = before[k + 1] + 1;
            if (j > 0 && row[k - 1] + 1 < row[k]) row[k] = row[k - 1] + 1;
            if (row[k] > FAR) row[k] = FAR;
            if (row[k] < nearest) nearest = row[k];
        }
        if (nearest == FAR) return false;
        memcpy(before, row, sizeof row);
    }
    return before[1 + NAME_EDITS + (ptrdiff_t)b.size - (ptrdiff_t)a.size] <= NAME_EDITS;
}

static bool contains(Str name, Str part) { return memmem(name.data, name.size, part.data, part.size) != NULL; }

bool names_are_similar(Str a, Str b) {
    if (a.size < NAME_LONG_ENOUGH || b.size < NAME_LONG_ENOUGH) return str_equal(a, b);
    return contains(a, b) || contains(b, a) || are_few_edits_apart(a, b);
}

/* ---- tables of runs of bytes ---------------------------------------------------------------------------- */

/* Names by a key, chained. Keys are not kept: what is found may be another's, and is compared anyway. */
typedef struct Entry {
    uint32_t name, next; /* 1 + the next entry's place; 0: the last */
} Entry;
typedef struct Runs {
    uint32_t *heads, *lengths; /* by key: 1 + the first entry's place, and how many there are */
    size_t mask;
    Entry *entries;
    size_t count;
} Runs;

struct NameIndex {
    const Str *names;
    size_t count;
    Runs whole;           /* by the whole name */
    Runs inside;          /* by each run of NAME_LONG_ENOUGH bytes of a name that is long enough */
    Runs first;           /* by the first of these */
    Runs thirds;          /* by length, which third, and its bytes */
    uint32_t *seen, turn; /* by name: the look-up that has compared it */
};

static Runs runs_open(Arena *arena, size_t most) {
    size_t slots = 64;
    while (slots < most) slots *= 2;
    return (Runs){arena_array(arena, uint32_t, slots), arena_array(arena, uint32_t, slots), slots - 1,
                  arena_array(arena, Entry, most), 0};
}

static void runs_add(Runs *runs, uint64_t key, size_t name) {
    size_t slot = key & runs->mask;
    runs->entries[runs->count] = (Entry){(uint32_t)name, runs->heads[slot]};
    runs->heads[slot] = (uint32_t)++runs->count;
    runs->lengths[slot]++;
}

static uint64_t key_of(Str bytes) { return str_hash(bytes); }
static uint64_t key_of_first(Str name) { return str_hash(str_slice(name, 0, NAME_LONG_ENOUGH)); }

enum { PARTS = NAME_EDITS + 1 }; /* of so many parts one has no edit in it */
typedef struct Third {
    size_t start, size;
} Third;
static Third third_of(size_t length, size_t which) {
    size_t start = length * which / PARTS, end = length * (which + 1) / PARTS;
    return (Third){start, end - start};
}
static uint64_t key_of_third(size_t length, size_t which, Str bytes) {
    return str_hash(bytes) * 31 + length * PARTS + which;
}

static size_t runs_in(Str name) { return name.size < NAME_LONG_ENOUGH ? 0 : name.size - NAME_LONG_ENOUGH + 1; }

NameIndex *name_index_make(Arena *arena, const Str *names, size_t count) {
    assert(count <= NAME_INDEX_MOST);
    size_t runs = 0;
    for (size_t i = 0; i < count; i++) runs += runs_in(names[i]);
    NameIndex *index = arena_new(arena, NameIndex);
    *index = (NameIndex){.names = names,
                         .count = count,
                         .whole = runs_open(arena, count),
                         .inside = runs_open(arena, runs),
                         .first = runs_open(arena, count),
                         .thirds = runs_open(arena, count * PARTS)};
    for (size_t i = 0; i < count; i++) {
        Str name = names[i];
        runs_add(&index->whole, key_of(name), i);
        if (name.size < NAME_LONG_ENOUGH) continue;
        runs_add(&index->first, key_of_first(name), i);
        for (size_t at = 0; at < runs_in(name); at++) runs_add(&index->inside, key_of_first(str_skip(name, at)), i);
        for (size_t which = 0; which < PARTS; which++) {
            Third third = third_of(name.size, which);
            runs_add(&index->thirds, key_of_third(name.size, which, str_slice(name, third.start, third.size)), i);
        }
    }
    return index;
}

/* ---- looking one up ------------------------------------------------------------------------------------- */

typedef struct Looking {
    const NameIndex *index;
    Str name;
    size_t *places, count, most;
} Looking;

/* The lowest stay, each once. */
static void keep(Looking *looking, size_t place) {
    size_t at = looking->count;
    while (at > 0 && looking->places[at - 1] > place) at--;
    if (at == looking->most || (at > 0 && looking->places[at - 1] == place)) return;
    if (looking->count < looking->most) looking->count++;
    memmove(looking->places + at + 1, looking->places + at, (looking->count - 1 - at) * sizeof *looking->places);
    looking->places[at] = place;
}

/* behind: the name from where the key was found in it. */
typedef bool (*Fits)(Str known, Str name, Str behind);
static bool is_same(Str known, Str name, Str behind) {
    (void)behind;
    return str_equal(known, name);
}
static bool is_longer(Str known, Str name, Str behind) {
    (void)behind;
    return known.size > name.size && contains(known, name);
}
static bool is_contained(Str known, Str name, Str behind) {
    (void)name;
    return str_starts_with(behind, known);
}
static bool is_edited(Str known, Str name, Str behind) {
    (void)behind;
    return are_few_edits_apart(known, name);
}

static void compare_all(Looking *looking, const Runs *runs, uint64_t key, Fits fits, Str behind) {
    for (uint32_t at = runs->heads[key & runs->mask]; at; at = runs->entries[at - 1].next) {
        uint32_t place = runs->entries[at - 1].name;
        if (fits(looking->index->names[place], looking->name, behind)) keep(looking, place);
    }
}

/* Those that contain it: by the run of it that the fewest names have. */
static void look_for_longer(Looking *looking) {
    const Runs *inside = &looking->index->inside;
    uint64_t rarest = key_of_first(looking->name);
    for (size_t at = 1; at < runs_in(looking->name); at++) {
        uint64_t key = key_of_first(str_skip(looking->name, at));
        if (inside->lengths[key & inside->mask] < inside->lengths[rarest & inside->mask]) rarest = key;
    }
    compare_all(looking, inside, rarest, is_longer, looking->name);
}

static void look_for_contained(Looking *looking) {
    for (size_t at = 0; at < runs_in(looking->name); at++) {
        Str behind = str_skip(looking->name, at);
        compare_all(looking, &looking->index->first, key_of_first(behind), is_contained, behind);
    }
}

/* A third that no edit touches has moved by as many bytes at most as there are edits. */
static void look_for_third(Looking *looking, size_t length, size_t which) {
    Third third = third_of(length, which);
    size_t from = third.start > NAME_EDITS ? third.start - NAME_EDITS : 0;
    for (size_t at = from; at <= third.start + NAME_EDITS && at + third.size <= looking->name.size; at++)
        compare_all(looking, &looking->index->thirds,
                    key_of_third(length, which, str_slice(looking->name, at, third.size)), is_edited, looking->name);
}

static void look_for_edited(Looking *looking) {
    size_t shortest = looking->name.size - NAME_EDITS, longest = looking->name.size + NAME_EDITS;
    for (size_t length = shortest < NAME_LONG_ENOUGH ? NAME_LONG_ENOUGH : shortest; length <= longest; length++)
        for (size_t which = 0; which < PARTS; which++) look_for_third(looking, length, which);
}

size_t name_index_similar(const NameIndex *index, Str folded, size_t *places, size_t most) {
    Looking looking = {.index = index, .name = folded, .places = places, .most = most};
    if (!index->count || !most) return 0;
    if (folded.size < NAME_LONG_ENOUGH) {
        compare_all(&looking, &index->whole, key_of(folded), is_same, folded);
        return looking.count;
    }
    look_for_longer(&looking);
    look_for_contained(&looking);
    look_for_edited(&looking);
    return looking.count;
}
