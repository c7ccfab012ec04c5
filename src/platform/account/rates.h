// SPDX-License-Identifier: EUPL-1.2
/* Rates: what addresses have used of a minute's changes, told between the nodes that serve one store.
 *
 * Each node limits by itself (http/limits.h). Every second it writes what addresses used in the running minute, where
 * that is more than a few, and reads what the others wrote: small rows of its own, which no two nodes write, and
 * nothing at all while nobody is busy, but that it is there, once a minute. So an address has one minute's worth with
 * three nodes as with one, but for what it takes within a second.
 *
 * In the store an address is a keyed hash, for two minutes. There are few addresses, so whoever knew the key could try
 * them all: the key is in no row. Each node has a pair of keys in memory alone (X25519) and writes the public one. The
 * first makes the key at random; whoever has it seals it for who has none (crypto_box_seal), and only that node can
 * open it. Of several, made at once or in two halves that did not see each other, the one of the smallest number is
 * kept; who is given none for a few rounds makes one, since those who seem to have it may have just stopped. When the
 * last node stops, the key is gone. Who reads the store or a copy of it learns nothing; who can write into it while it
 * is served could have a node of their own given the key, and could then do anything else as well.
 *
 *     Rates rates = {.store = store, .server = server};
 *     rates_share(&rates, wall_ms);                // twice a second, or as often as one likes
 */
#ifndef WSPOLNIE_ACCOUNT_RATES_H
#define WSPOLNIE_ACCOUNT_RATES_H

#include "platform/http/limits.h"
#include "platform/http/server.h"

enum { RATES_EVERY_MS = 1000, RATES_PAIR_BYTES = 32 /* crypto_box */ };

typedef struct Rates {
    Store *store;
    Server *server;
    int64_t node;      /* a number of its own; 0: none yet */
    int64_t shared_ms; /* when it was last done */
    bool was_told;     /* that it failed, once */
    unsigned char public_key[RATES_PAIR_BYTES], secret_key[RATES_PAIR_BYTES];
    unsigned char key[LIMITS_KEY_SIZE]; /* that all nodes have */
    int64_t key_number;                 /* 0: none yet; then it counts by itself */
    int64_t told_number;                /* of the key the caller was last told of: a round may fail in between */
    int rounds_waited;                  /* for it */
} Rates;

/* One round of agreeing: reads who is there, and writes where there is something to say. Makes the node's number and
 * pair of keys at its first. Whether the key is another than the caller was last told of. */
Err rates_agree(Rates *rates, Arena *arena, int64_t wall_ms, bool *has_changed);
/* Agrees, tells and asks, where it is time. What fails is logged once, and tried again the next time. */
void rates_share(Rates *rates, int64_t wall_ms);

#endif
