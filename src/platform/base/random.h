// SPDX-License-Identifier: EUPL-1.2
/* Two kinds of randomness that must not be confused.
 *
 * random_secret: from the kernel, for keys, links and codes.
 * Random: a small generator (xoshiro256**, Blackman and Vigna 2018, seeded by
 * splitmix64) that gives the same numbers for the same seed on every machine,
 * for the planner and for tests. Never for a secret.
 */
#ifndef WSPOLNIE_BASE_RANDOM_H
#define WSPOLNIE_BASE_RANDOM_H

#include "platform/base/str.h"

/* Fills bytes from the kernel; ends the program if the kernel gives none. */
void random_secret(void *bytes, size_t size);
/* 128 random bits as 26 characters of id.h's base32: the secret part of a link. */
Str random_secret_text(Arena *arena);
enum { RANDOM_SECRET_TEXT_SIZE = 26 };

typedef struct Random {
    uint64_t state[4];
} Random;

Random random_from_seed(uint64_t seed);
uint64_t random_next(Random *random);
uint64_t random_below(Random *random, uint64_t limit); /* 0 … limit-1, without bias; limit > 0 */
double random_unit(Random *random);                    /* 0 ≤ x < 1 */

#endif
