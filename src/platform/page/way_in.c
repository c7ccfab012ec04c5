// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/way_in.h"

#include "platform/format/qr.h"
#include <assert.h>

enum { CODE_GROUP = 4 };

/* In groups, for eyes that go from paper to keys and back. */
static Str grouped(Arena *arena, Str code) {
    Buffer groups = buffer_in(arena);
    for (size_t i = 0; i < code.size; i++) {
        if (i && i % CODE_GROUP == 0) buffer_add_char(&groups, ' ');
        buffer_add_char(&groups, code.data[i]);
    }
    return buffer_str(&groups);
}

static Str last_part(Str path) {
    Str rest = path, part = STR("");
    while (str_next_part(&rest, '/', &part)) continue;
    return part;
}

/* "wspolnie.example/s": as one types it into a browser. */
static Str without_scheme(Str address) {
    ptrdiff_t at = str_index_of(address, STR("://"));
    return at < 0 ? address : str_skip(address, (size_t)at + 3);
}

WayInPart *way_in_of(Request *request, Str path, Str typed_at) {
    assert(!tx_writes(request->tx)); /* everybody's changes would wait for the drawing */
    Arena *arena = request->arena;
    WayInPart *part = arena_new(arena, WayInPart);
    *part = (WayInPart){.address = str_join(arena, request->base_url, path), .address_href = path};
    Qr qr;
    if (qr_make(arena, part->address, &qr) == OK) {
        part->qr_size = (int64_t)qr.size;
        part->qr_path = qr.path;
    }
    if (str_is_absent(typed_at)) return part;
    part->code = grouped(arena, last_part(path));
    part->code_at = without_scheme(str_join(arena, request->base_url, typed_at));
    return part;
}
