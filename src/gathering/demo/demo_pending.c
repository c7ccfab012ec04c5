// SPDX-License-Identifier: EUPL-1.2
#include "gathering/demo/demo.h"

Err demo_fill(Store *store, Arena *arena) {
    (void)store;
    arena_fail(arena, ERR_NOT_FOUND, "the demo gathering is being written");
}

Err demo_sign_in_links(Store *store, Arena *arena, DemoLinks *links) {
    (void)store, (void)arena;
    links->count = 0;
    return OK;
}
