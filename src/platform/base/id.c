// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/id.h"

#include "platform/base/arena.h"
#include "platform/base/base32.h"
#include <assert.h>

enum { COUNTER_BITS = 12, NODE_BITS = 10, TIME_SHIFT = COUNTER_BITS + NODE_BITS };
#define EPOCH_MS INT64_C(1735689600000) /* 2025-01-01T00:00:00Z */
#define COUNTER_MASK ((INT64_C(1) << COUNTER_BITS) - 1)

/* The maker counts in steps of time and counter, without the node, so that "one more" carries from
 * the counter into the time when 4096 ids were made in one millisecond. */
static Id id_of_step(const IdMaker *maker, int64_t step) {
    return (step >> COUNTER_BITS) << TIME_SHIFT | (int64_t)maker->node << COUNTER_BITS | (step & COUNTER_MASK);
}

static int64_t step_of_id(Id id) { return id >> TIME_SHIFT << COUNTER_BITS | (id & COUNTER_MASK); }

void id_maker_open(IdMaker *maker, unsigned node, Id highest_known) {
    assert(node < ID_NODES);
    maker->node = node;
    atomic_init(&maker->last, step_of_id(highest_known));
}

Id id_next(IdMaker *maker, int64_t now_ms) {
    int64_t since_epoch = now_ms > EPOCH_MS ? now_ms - EPOCH_MS : 1;
    int64_t earliest = since_epoch << COUNTER_BITS;
    int64_t last = atomic_load(&maker->last), next;
    do next = last >= earliest ? last + 1 : earliest;
    while (!atomic_compare_exchange_weak(&maker->last, &last, next));
    return id_of_step(maker, next);
}

Id id_least_at(int64_t ms) { return ms > EPOCH_MS ? (ms - EPOCH_MS) << TIME_SHIFT : 0; }

int64_t id_time_ms(Id id) { return (id >> TIME_SHIFT) + EPOCH_MS; }

void id_write(char text[ID_TEXT_SIZE], Id id) {
    uint64_t rest = (uint64_t)id;
    for (int i = ID_TEXT_SIZE - 1; i >= 0; i--, rest >>= 5) text[i] = BASE32_LETTERS[rest & 31];
}

Str id_text(Arena *arena, Id id) {
    char *text = arena_alloc(arena, ID_TEXT_SIZE + 1);
    id_write(text, id);
    return (Str){text, ID_TEXT_SIZE};
}

bool id_parse(Str text, Id *id) {
    if (text.size != ID_TEXT_SIZE) return false;
    uint64_t bits = 0;
    for (size_t i = 0; i < text.size; i++) {
        int value = base32_value(text.data[i]);
        if (value < 0 || bits > (uint64_t)INT64_MAX >> 5) return false;
        bits = bits << 5 | (uint64_t)value;
    }
    if (bits == 0 || bits > INT64_MAX) return false;
    *id = (Id)bits;
    return true;
}
