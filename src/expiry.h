// SPDX-License-Identifier: EUPL-1.2
/* Expiry: what is kept for a time only goes when its time is over.
 *
 * Sessions, sign-ins, once-keys, cards, what is personal in the audit, and what each room names
 * in its `expire` (drafts of sign-ups, sheets that nobody confirmed) have an end that their own
 * rule knows. Readers ask for that end too, so nothing is used after it; this is the broom that
 * takes it out of the data file. serve calls it twice a second; it works once a day.
 *
 *     Expiry expiry = {.store = store, .house = &house};
 *     expiry_sweep(&expiry, clock_now_ms(clock));
 */
#ifndef WSPOLNIE_EXPIRY_H
#define WSPOLNIE_EXPIRY_H

#include "gathering/room.h"

enum { EXPIRY_EVERY_MS = 24 * 60 * 60 * 1000 };

typedef struct Expiry {
    Store *store;
    const House *house;
    int64_t swept_ms; /* when it was done last; 0: not since the program started */
} Expiry;

/* Sweeps when a day has passed since it was done last, in a transaction of its own, and logs how many rows went and
 * whose they were. What fails is logged and tried again on the next call. Returns whether it swept. */
bool expiry_sweep(Expiry *expiry, int64_t now_ms);

#endif
