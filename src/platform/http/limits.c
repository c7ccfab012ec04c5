// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/limits.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>

enum { CONNECTION_HEADS = 4096 };
#define MS_NS INT64_C(1000000)
#define MINUTE_NS (60000 * MS_NS)

/* Connections of one address; linked from heads[hash]. There are as many as connected addresses. */
typedef struct Connected {
    struct Connected *next;
    Address address;
    unsigned count;
} Connected;

typedef struct Bucket {
    uint64_t key;    /* hash of address and purpose; 0: free */
    Address network; /* of whom, where they were here; else only others told of the key */
    uint64_t purpose;
    bool is_of_here;
    int64_t full_ns; /* when it will be full again */
    int64_t minute;  /* of the wall, in which */
    int64_t used, elsewhere;
} Bucket;

struct Limits {
    pthread_mutex_t mutex;
    unsigned char connections_key[crypto_shorthash_KEYBYTES]; /* of this program's own table */
    unsigned char hash_key[crypto_shorthash_KEYBYTES];        /* of buckets */
    unsigned per_address;
    Connected *heads[CONNECTION_HEADS];
    Bucket buckets[LIMITS_SETS][LIMITS_WAYS];
};

Limits *limits_open(unsigned connections_per_address) {
    Limits *limits = calloc(1, sizeof *limits);
    if (!limits) return NULL;
    pthread_mutex_init(&limits->mutex, NULL);
    static_assert(LIMITS_KEY_SIZE == crypto_shorthash_KEYBYTES, "the nodes' key is the hash's");
    crypto_shorthash_keygen(limits->connections_key);
    crypto_shorthash_keygen(limits->hash_key);
    limits->per_address = connections_per_address;
    return limits;
}

void limits_close(Limits *limits) {
    if (!limits) return;
    for (size_t i = 0; i < CONNECTION_HEADS; i++) {
        while (limits->heads[i]) {
            Connected *next = limits->heads[i]->next;
            free(limits->heads[i]);
            limits->heads[i] = next;
        }
    }
    pthread_mutex_destroy(&limits->mutex);
    free(limits);
}

static uint64_t hash_of(const unsigned char *key, const Address *address, uint64_t purpose) {
    unsigned char bytes[sizeof *address + sizeof purpose];
    memcpy(bytes, address, sizeof *address);
    memcpy(bytes + sizeof *address, &purpose, sizeof purpose);
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, bytes, sizeof bytes, key);
    return hash;
}

static Connected **link_of(Limits *limits, const Address *network) {
    Connected **link = &limits->heads[hash_of(limits->connections_key, network, 0) % CONNECTION_HEADS];
    while (*link && !address_equal(&(*link)->address, network)) link = &(*link)->next;
    return link;
}

bool limits_may_connect(Limits *limits, const Address *address) {
    Address network = address_for_limits(address);
    pthread_mutex_lock(&limits->mutex);
    Connected *found = *link_of(limits, &network);
    bool may = !found || found->count < limits->per_address;
    pthread_mutex_unlock(&limits->mutex);
    return may;
}

void limits_connected(Limits *limits, const Address *address) {
    Address network = address_for_limits(address);
    pthread_mutex_lock(&limits->mutex);
    Connected **link = link_of(limits, &network);
    if (!*link) *link = calloc(1, sizeof **link);
    if (*link) { /* without memory it goes uncounted, which harms nobody */
        (*link)->address = network;
        (*link)->count++;
    }
    pthread_mutex_unlock(&limits->mutex);
}

void limits_disconnected(Limits *limits, const Address *address) {
    Address network = address_for_limits(address);
    pthread_mutex_lock(&limits->mutex);
    Connected **link = link_of(limits, &network), *found = *link;
    if (found && --found->count == 0) {
        *link = found->next;
        free(found);
    }
    pthread_mutex_unlock(&limits->mutex);
}

static Bucket *bucket_of(Limits *limits, uint64_t key, int64_t minute) {
    Bucket *set = limits->buckets[key % LIMITS_SETS], *fullest = set, *found = NULL;
    for (size_t way = 0; way < LIMITS_WAYS && !found; way++) {
        if (set[way].key == key) found = &set[way];
        else if (set[way].full_ns < fullest->full_ns) fullest = &set[way];
    }
    if (!found) {
        found = fullest;
        *found = (Bucket){.key = key};
    }
    if (found->minute != minute) {
        found->minute = minute;
        found->used = found->elsewhere = 0;
    }
    return found;
}

static uint64_t key_of(const Limits *limits, const Address *network, uint64_t purpose) {
    return (hash_of(limits->hash_key, network, purpose + 1) & INT64_MAX) | 1;
}

/* Each goes to its new place. Without memory for both they are forgotten, which holds nobody back. */
static void move_buckets(Limits *limits) {
    Bucket *old = malloc(sizeof limits->buckets);
    if (old) memcpy(old, limits->buckets, sizeof limits->buckets);
    memset(limits->buckets, 0, sizeof limits->buckets);
    for (size_t i = 0; old && i < (size_t)LIMITS_SETS * LIMITS_WAYS; i++) {
        if (!old[i].is_of_here) continue;
        Bucket *moved = bucket_of(limits, key_of(limits, &old[i].network, old[i].purpose), old[i].minute);
        uint64_t key = moved->key;
        *moved = old[i];
        moved->key = key;
        moved->elsewhere = 0;
    }
    free(old);
}

void limits_use_key(Limits *limits, const unsigned char key[LIMITS_KEY_SIZE]) {
    pthread_mutex_lock(&limits->mutex);
    if (memcmp(limits->hash_key, key, LIMITS_KEY_SIZE) != 0) {
        memcpy(limits->hash_key, key, LIMITS_KEY_SIZE);
        move_buckets(limits);
    }
    pthread_mutex_unlock(&limits->mutex);
}

static unsigned seconds_of(int64_t ns) { return (unsigned)((ns + 1000 * MS_NS - 1) / (1000 * MS_NS)); }

/* A bucket is kept as the moment at which it is full again (GCRA, ITU-T I.371): taking one moves it by a token's time,
 * and it may lie at most a minute ahead. What other nodes gave out counts by the minute of the wall. */
bool limits_take(Limits *limits, const Address *address, uint64_t purpose, unsigned per_min, LimitsNow now,
                 unsigned *wait_s) {
    if (per_min == 0) per_min = 1;
    Address network = address_for_limits(address);
    int64_t token_ns = MINUTE_NS / per_min, now_ns = now.monotonic_ms * MS_NS;
    pthread_mutex_lock(&limits->mutex);
    Bucket *bucket = bucket_of(limits, key_of(limits, &network, purpose), limits_minute(now.wall_ms));
    bucket->network = network;
    bucket->purpose = purpose;
    bucket->is_of_here = true;
    int64_t full_ns = (bucket->full_ns > now_ns ? bucket->full_ns : now_ns) + token_ns;
    bool is_held_here = full_ns - now_ns > MINUTE_NS;
    bool may = !is_held_here && (!bucket->elsewhere || bucket->used + bucket->elsewhere < per_min);
    if (may) {
        bucket->full_ns = full_ns;
        bucket->used++;
    } else {
        int64_t here_ns = full_ns - now_ns - MINUTE_NS, minute_ns = MINUTE_NS - now.wall_ms * MS_NS % MINUTE_NS;
        *wait_s = seconds_of(is_held_here ? here_ns : minute_ns);
    }
    pthread_mutex_unlock(&limits->mutex);
    return may;
}

size_t limits_used(Limits *limits, int64_t minute, RateUse uses[LIMITS_TOLD]) {
    size_t count = 0;
    pthread_mutex_lock(&limits->mutex);
    for (size_t set = 0; set < LIMITS_SETS; set++)
        for (size_t way = 0; way < LIMITS_WAYS && count < LIMITS_TOLD; way++) {
            const Bucket *bucket = &limits->buckets[set][way];
            if (bucket->minute == minute && bucket->used >= LIMITS_TOLD_FROM)
                uses[count++] = (RateUse){(int64_t)bucket->key, bucket->used};
        }
    pthread_mutex_unlock(&limits->mutex);
    return count;
}

void limits_used_elsewhere(Limits *limits, int64_t minute, const RateUse *uses, size_t count) {
    pthread_mutex_lock(&limits->mutex);
    for (size_t i = 0; i < count; i++) bucket_of(limits, (uint64_t)uses[i].key, minute)->elsewhere = uses[i].used;
    pthread_mutex_unlock(&limits->mutex);
}
