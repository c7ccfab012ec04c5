// SPDX-License-Identifier: EUPL-1.2
/* Limits: how much one address may have, in tables that do not grow.
 *
 * Open connections are counted exactly. Tries (changes, passwords) run through token buckets:
 * a bucket holds a minute's worth and refills evenly. Buckets stand in sets of eight, found
 * by a keyed hash; where a set is full, the one nearest to being full of tokens is forgotten,
 * since it is closest to holding nobody back.
 *
 * Where several nodes serve one store, each tells the others what was used of it in the running minute (limits_used),
 * and counts what they tell (limits_used_elsewhere): an address has no more with three nodes than with one, but for
 * what it takes between two tellings. The hash is then of a key that they share (limits_use_key).
 */
#ifndef WSPOLNIE_HTTP_LIMITS_H
#define WSPOLNIE_HTTP_LIMITS_H

#include "platform/http/address.h"
#include "platform/http/rate_use.h"

typedef struct Limits Limits;

enum { LIMITS_SETS = 2048, LIMITS_WAYS = 8 };

/* Begins with a key of its own. NULL: no memory. */
enum { LIMITS_KEY_SIZE = 16 };
Limits *limits_open(unsigned connections_per_address);
void limits_close(Limits *limits);

bool limits_may_connect(Limits *limits, const Address *address);
void limits_connected(Limits *limits, const Address *address);
void limits_disconnected(Limits *limits, const Address *address);

/* Of a clock that never goes back, and of the wall. */
typedef struct LimitsNow {
    int64_t monotonic_ms, wall_ms;
} LimitsNow;

/* Takes one try. purpose tells kinds of tries apart. False: too many, and *wait_s is when to come back. */
bool limits_take(Limits *limits, const Address *address, uint64_t purpose, unsigned per_min, LimitsNow now,
                 unsigned *wait_s);

/* What is counted is counted under this key from now on, which all nodes have. What was counted here stays counted;
 * what others told under another key is forgotten. */
void limits_use_key(Limits *limits, const unsigned char key[LIMITS_KEY_SIZE]);
/* What was used here in that minute, of those that used LIMITS_TOLD_FROM or more; at most LIMITS_TOLD. */
size_t limits_used(Limits *limits, int64_t minute, RateUse uses[LIMITS_TOLD]);
/* What is known of all other nodes together, in place of what was told before. */
void limits_used_elsewhere(Limits *limits, int64_t minute, const RateUse *uses, size_t count);

#endif
