// SPDX-License-Identifier: EUPL-1.2
/* Rates: what addresses have used of a minute's changes, told between the nodes that serve one store.
 *
 * Each node limits by itself (http/limits.h). Every second it writes what addresses used in the running minute, where
 * that is more than a few, and reads what the others wrote: small rows of its own, which no two nodes write, and
 * nothing at all while nobody is busy. So an address has one minute's worth with three nodes as with one, but for what
 * it takes within a second. In the store it is a hash of the address, for two minutes.
 *
 *     options.nodes_key = rates_key(store, arena);
 *     Rates rates = {.store = store, .server = server};
 *     rates_share(&rates, wall_ms);                // twice a second, or as often as one likes
 */
#ifndef WSPOLNIE_ACCOUNT_RATES_H
#define WSPOLNIE_ACCOUNT_RATES_H

#include "platform/http/server.h"

enum { RATES_EVERY_MS = 1000 };

typedef struct Rates {
    Store *store;
    Server *server;
    int64_t node;      /* a number of its own; 0: none yet */
    int64_t shared_ms; /* when it was last done */
    bool was_told;     /* that it failed, once */
} Rates;

/* The same for all nodes of the store, and for no other's. Fails the arena where the store does. */
Str rates_key(Store *store, Arena *arena);
/* Tells and asks, where it is time. What fails is logged once, and tried again the next time. */
void rates_share(Rates *rates, int64_t wall_ms);

#endif
