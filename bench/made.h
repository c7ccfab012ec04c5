// SPDX-License-Identifier: EUPL-1.2
/* What benches share: the processor's time of a thread, and invented words, the same each time for a seed. */
#ifndef WSPOLNIE_BENCH_MADE_H
#define WSPOLNIE_BENCH_MADE_H

#include "platform/base/buffer.h"
#include "platform/base/random.h"
#include <time.h>

/* Of this thread: on a busy machine the wall tells more of the others. */
static int64_t spent_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static Str made_word(Arena *arena, Random *random) {
    static const char *const syllables[] = {"ka", "le",  "mi",  "ro", "su",  "ta", "ny", "da",  "wo", "pe",
                                            "li", "gra", "sto", "bu", "cze", "no", "ja", "rze", "do", "wi"};
    Buffer word = buffer_in(arena);
    for (uint64_t i = 0, count = 2 + random_below(random, 3); i < count; i++)
        buffer_add(&word, str_from_c(syllables[random_below(random, sizeof syllables / sizeof *syllables)]));
    return buffer_str(&word);
}

#endif
