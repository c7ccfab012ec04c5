// SPDX-License-Identifier: EUPL-1.2
/* Limits: how much one address may have, in tables that do not grow.
 *
 * Open connections are counted exactly. Tries (changes, passwords) run through token buckets:
 * a bucket holds a minute's worth and refills evenly. Buckets stand in sets of eight, found
 * by a keyed hash; where a set is full, the one nearest to being full of tokens is forgotten,
 * since it is closest to holding nobody back.
 */
#ifndef WSPOLNIE_HTTP_LIMITS_H
#define WSPOLNIE_HTTP_LIMITS_H

#include "platform/http/address.h"

typedef struct Limits Limits;

enum { LIMITS_SETS = 2048, LIMITS_WAYS = 8 };

Limits *limits_open(unsigned connections_per_address); /* NULL: no memory */
void limits_close(Limits *limits);

bool limits_may_connect(Limits *limits, const Address *address);
void limits_connected(Limits *limits, const Address *address);
void limits_disconnected(Limits *limits, const Address *address);

/* Takes one try. purpose tells kinds of tries apart. False: too many, and *wait_s is when to come back. */
bool limits_take(Limits *limits, const Address *address, uint64_t purpose, unsigned per_min, int64_t now_ms,
                 unsigned *wait_s);

#endif
