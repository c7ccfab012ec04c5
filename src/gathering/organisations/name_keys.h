// SPDX-License-Identifier: EUPL-1.2
/* Name keys: how the store itself finds the organisations whose names are like another one, of however many there are.
 *
 * Beside each name its keys are kept: of the whole name, of the six bytes from the beginning of each of its words, and
 * of each third of it (with the name's length, and which third). A name that is like another (name_index.h) has the
 * other's whole name as a key; or is, from one of the other's words on, a part of it, and has that part's key; or has
 * the other's beginning as that of one of its words; or shares an unchanged third. What is found so is compared. The
 * scheme is that of name_index.h, less one thing: a name that stands in the middle of a word of another is not found.
 *
 * Thousands may share a key (16,000 volunteer fire brigades are called the same, but for the place). So each kind is
 * asked for by itself, the surest first, and no more than NAME_KEYS_MOST_COMPARED names are looked at of each: among
 * those that say no more than all fire brigades do, a likeness may be missed; the same name never is.
 *
 *     name_keys_put(tx, organisation, folded);                   // with every new name
 *     size_t count = name_keys_find(tx, folded, found);          // ascending, at most NAME_KEYS_MOST_FOUND
 *
 * Rows that came another way (an older data file, an imported document) have no keys at first. They get them from
 * name_keys_catch_up, a page at a time: serve calls it after its start, import when it has ended.
 */
#ifndef WSPOLNIE_ORGANISATIONS_NAME_KEYS_H
#define WSPOLNIE_ORGANISATIONS_NAME_KEYS_H

#include "platform/store/store.h"

enum { NAME_KEYS_MOST_COMPARED = 100, NAME_KEYS_MOST_FOUND = 5 };

/* Instead of those it had. folded: organisation_fold_name. */
void name_keys_put(Tx *tx, Id organisation, Str folded);
/* Those of similar names, ascending. Returns how many. */
size_t name_keys_find(Tx *tx, Str folded, Id ids[NAME_KEYS_MOST_FOUND]);
/* Gives the organisations of a page behind *after their keys, where they have none; *after is then where the next page
 * begins, 0 when this was the last one. What the store returns, with nothing changed. */
Err name_keys_catch_up(Store *store, Arena *arena, Id *after);

/* Of a name, for the tests. */
typedef struct NameKeys {
    int64_t *keys;
    size_t count;
} NameKeys;
NameKeys name_keys_of(Arena *arena, Str folded); /* those that are kept */
/* One of which a similar name keeps: the kinds in the order in which they are asked for. */
enum { NAME_KEY_KINDS = 4 };
typedef struct NameKeysLike {
    NameKeys kinds[NAME_KEY_KINDS];
} NameKeysLike;
NameKeysLike name_keys_like(Arena *arena, Str folded);

#endif
