// SPDX-License-Identifier: EUPL-1.2
/* Demo: the fictional gathering of PRODUCT.md, made by the rooms' own rules.
 *
 * Every name in it is invented, every address is .example, every register number lies outside the
 * real ranges, and every page says so. The same clock gives the same gathering.
 */
#ifndef WSPOLNIE_DEMO_DEMO_H
#define WSPOLNIE_DEMO_DEMO_H

#include "platform/store/store.h"

/* Fills an empty store; leaves one that is filled as it is. ERR_CONFLICT when it holds something
 * that is not the demo. */
Err demo_fill(Store *store, Arena *arena);

/* Fresh links for a coordinator and two representatives, single-use, in the order to print. */
typedef struct DemoLink {
    Str who, path;
} DemoLink;
typedef struct DemoLinks {
    DemoLink links[3];
    size_t count;
} DemoLinks;
Err demo_sign_in_links(Store *store, Arena *arena, DemoLinks *links);

#endif
