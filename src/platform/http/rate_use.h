// SPDX-License-Identifier: EUPL-1.2
/* Rate use: what one address used, for one purpose, of a minute of the wall; as limits.h counts it, and as nodes tell
 * it each other. */
#ifndef WSPOLNIE_HTTP_RATE_USE_H
#define WSPOLNIE_HTTP_RATE_USE_H

#include <stdint.h>

typedef struct RateUse {
    int64_t key; /* above 0: a hash of the address and the purpose */
    int64_t used;
} RateUse;

/* At most so many are told at one time, and none that used less. */
enum { LIMITS_TOLD = 256, LIMITS_TOLD_FROM = 8 };

static inline int64_t limits_minute(int64_t wall_ms) { return wall_ms / 60000; }

#endif
