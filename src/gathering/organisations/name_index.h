// SPDX-License-Identifier: EUPL-1.2
/* Name index: which of many names are like another one, without comparing it with each.
 *
 * Two names, folded (organisation_fold_name), are alike when one contains the other or two edits make one of the other;
 * names shorter than NAME_LONG_ENOUGH only when they are the same.
 *
 *     NameIndex *index = name_index_make(arena, names, count);    // 20,000 names: some 20 ms
 *     size_t found[5];
 *     size_t count = name_index_similar(index, folded, found, 5); // the first of them, in the order given:
 * microseconds
 *
 * Nothing is missed: a name that contains another contains each run of its bytes, and is looked up by the rarest; one
 * that is contained begins somewhere in the other; and of two that are at most two edits apart one third of the one
 * stands in the other unchanged, hardly moved (the partition scheme of Li, Deng, Wang and Feng, "Pass-Join", PVLDB
 * 5(3), 2011). What is found so is compared. Pure computation: no store, no clock.
 */
#ifndef WSPOLNIE_ORGANISATIONS_NAME_INDEX_H
#define WSPOLNIE_ORGANISATIONS_NAME_INDEX_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

enum { NAME_LONG_ENOUGH = 6, NAME_EDITS = 2 };

bool names_are_similar(Str a, Str b);

typedef struct NameIndex NameIndex;
/* The names live as long as the index. At most NAME_INDEX_MOST. */
enum { NAME_INDEX_MOST = 1 << 24 };
NameIndex *name_index_make(Arena *arena, const Str *names, size_t count);
/* Places in names of those like this one, ascending, at most `most` of them. */
size_t name_index_similar(const NameIndex *index, Str folded, size_t *places, size_t most);

#endif
