// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/query.h"

#include "platform/base/buffer.h"

Str query_list_text(Tx *tx, IdList list) {
    if (list.count > QUERY_LIST_LIMIT) arena_fail(tx_arena(tx), ERR_LIMIT, "a list of %zu ids in a query", list.count);
    Buffer text = buffer_in(tx_arena(tx));
    buffer_add_char(&text, '[');
    for (size_t i = 0; i < list.count; i++) {
        if (i) buffer_add_char(&text, ',');
        buffer_add_int(&text, list.ids[i]);
    }
    buffer_add_char(&text, ']');
    return buffer_str(&text);
}

void *query_room_for_row(Tx *tx, void *rows, size_t count, size_t row_size) {
    enum { FIRST = 16 };
    if (count == 0) return arena_alloc_array(tx_arena(tx), FIRST, row_size);
    bool full = count >= FIRST && (count & (count - 1)) == 0;
    return full ? arena_grow(tx_arena(tx), rows, count * row_size, 2 * count * row_size) : rows;
}
