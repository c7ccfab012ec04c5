// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/random.h"

#include "platform/base/arena.h"
#include "platform/base/base32.h"
#include <assert.h>
#include <errno.h>
#include <sys/random.h>

void random_secret(void *bytes, size_t size) {
    unsigned char *next = bytes;
    while (size) {
        ssize_t got = getrandom(next, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            fprintf(stderr, "wspolnie: the kernel gives no random bytes\n");
            abort();
        }
        next += got;
        size -= (size_t)got;
    }
}

Str random_secret_text(Arena *arena) {
    unsigned char bytes[16];
    random_secret(bytes, sizeof bytes);
    char *text = arena_alloc(arena, RANDOM_SECRET_TEXT_SIZE + 1);
    for (size_t i = 0; i < RANDOM_SECRET_TEXT_SIZE; i++) {
        size_t bit = i * 5, byte = bit / 8;
        unsigned pair = (unsigned)bytes[byte] << 8 | (byte + 1 < sizeof bytes ? bytes[byte + 1] : 0u);
        text[i] = BASE32_LETTERS[pair >> (11 - bit % 8) & 31];
    }
    return (Str){text, RANDOM_SECRET_TEXT_SIZE};
}

static uint64_t rotated(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

Random random_from_seed(uint64_t seed) {
    Random random;
    for (int i = 0; i < 4; i++) { /* splitmix64 */
        uint64_t z = seed += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        random.state[i] = z ^ z >> 31;
    }
    return random;
}

uint64_t random_next(Random *random) {
    uint64_t *s = random->state;
    uint64_t result = rotated(s[1] * 5, 7) * 9, moved = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= moved;
    s[3] = rotated(s[3], 45);
    return result;
}

/* Numbers at or above the largest multiple of limit are thrown again, so that none is likelier. */
uint64_t random_below(Random *random, uint64_t limit) {
    assert(limit > 0);
    uint64_t surplus = (0 - limit) % limit, number;
    do number = random_next(random);
    while (number < surplus);
    return number % limit;
}

double random_unit(Random *random) { return (double)(random_next(random) >> 11) * 0x1.0p-53; }
