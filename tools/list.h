// SPDX-License-Identifier: EUPL-1.2
/* A list that grows in an arena: room for one more item, in blocks that double.
 *
 *     columns->items = list_room(arena, columns->items, columns->count, sizeof *columns->items);
 *     columns->items[columns->count++] = column;
 */
#ifndef WSPOLNIE_TOOLS_LIST_H
#define WSPOLNIE_TOOLS_LIST_H

#include "platform/base/arena.h"
#include <stdbool.h>

/* items has count items of size bytes, all of them added this way. The same block, or a larger one. */
static inline void *list_room(Arena *arena, void *items, size_t count, size_t size) {
    enum { FIRST = 8 };
    if (count == 0) return arena_alloc_array(arena, FIRST, size);
    bool full = count >= FIRST && (count & (count - 1)) == 0;
    return full ? arena_grow(arena, items, count * size, 2 * count * size) : items;
}

#endif
