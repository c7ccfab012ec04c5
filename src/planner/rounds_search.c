// SPDX-License-Identifier: EUPL-1.2
#include "planner/rounds_internal.h"

#include <math.h>
#include <string.h>

enum {
    CHECKPOINT_MOVES = 4096,  /* between two looks at progress and the best plan so far */
    WANTED_LEAST = 8,         /* how many wanted partners a guided move knows of, at least */
    EVENINGS_EVERY = 256,     /* one move in so many exchanges two people's whole evenings … */
    EVENINGS_EVERY_FULL = 64, /* … but where nearly all pairs meet, little else can move */
};

typedef struct Search {
    Seating *seating;
    uint32_t *wanted; /* by participant: wanted_count partners, most worth first */
    size_t wanted_count;
    double heat;
    int64_t best_score;
    uint32_t *best; /* the lines' people at the best score, round by round */
} Search;

/* The rows of wanted: insertion into a short sorted list, since nearly all candidates fail at its end. */
static void find_wanted(Search *search) {
    const Seating *seating = search->seating;
    size_t n = seating->n, free_rounds = seating->rounds - seating->held;
    size_t most = 2 * free_rounds * (seating->input->table_size - 1);
    if (most < WANTED_LEAST) most = WANTED_LEAST;
    search->wanted_count = most < n - 1 ? most : n - 1;
    search->wanted = arena_alloc_array(seating->arena, n * search->wanted_count, sizeof *search->wanted);
    for (size_t i = 0; i < n; i++) {
        uint32_t *list = search->wanted + i * search->wanted_count;
        const int32_t *worth = seating->worth + i * n;
        size_t count = 0;
        for (uint32_t other = 0; other < n; other++) {
            if (other == i || (count == search->wanted_count && worth[other] <= worth[list[count - 1]])) continue;
            size_t at = count < search->wanted_count ? count++ : count - 1;
            for (; at > 0 && worth[list[at - 1]] < worth[other]; at--) list[at] = list[at - 1];
            list[at] = other;
        }
    }
}

static bool accepts(Search *search, int64_t gain) {
    if (gain >= 0) return true;
    double loss = (double)-gain / search->heat;
    return loss < 20 && random_unit(&search->seating->random) < exp(-loss);
}

static void try_exchange_in(Search *search, size_t round, uint32_t a, uint32_t b) {
    Seating *seating = search->seating;
    Line *line = &seating->lines[round];
    uint32_t group_a = line->group[line->place[a]], group_b = line->group[line->place[b]];
    if (group_a == group_b || line->fixed[a] || line->fixed[b]) return;
    bool benches = group_a == line->used || group_b == line->used;
    if (benches && !seating_stays_fair(seating, round, group_a == line->used ? a : b, group_a == line->used ? b : a))
        return;
    int64_t gain = seating_gain(seating, line, a, b);
    if (!accepts(search, gain)) return;
    seating_exchange(seating, line, a, b, gain);
    if (benches) seating_count_outs(seating);
}

static size_t any_round(Search *search) {
    Seating *seating = search->seating;
    return seating->held + random_below(&seating->random, seating->rounds - seating->held);
}

/* Two people of one round change places. */
static void move_two(Search *search) {
    size_t round = any_round(search);
    Line *line = &search->seating->lines[round];
    if (line->seated == 0) return;
    uint32_t a = line->who[random_below(&search->seating->random, line->seated)];
    uint32_t b = line->who[random_below(&search->seating->random, line->present)];
    try_exchange_in(search, round, a, b);
}

/* Somebody's wanted partner takes the place of another at the same table. */
static void move_wanted(Search *search) {
    Seating *seating = search->seating;
    size_t round = any_round(search);
    Line *line = &seating->lines[round];
    if (line->seated == 0) return;
    uint32_t place = (uint32_t)random_below(&seating->random, line->seated), who = line->who[place];
    uint32_t partner =
        search->wanted[who * search->wanted_count + random_below(&seating->random, search->wanted_count)];
    if (line->place[partner] < 0 || seating->count[who * seating->n + partner]) return;
    uint32_t first = line->start[line->group[place]], size = line->start[line->group[place] + 1] - first;
    uint32_t other = first + (uint32_t)random_below(&seating->random, size - 1);
    if (other >= place) other++;
    try_exchange_in(search, round, line->who[other], partner);
}

static int64_t exchange_evenings(Seating *seating, uint32_t a, uint32_t b) {
    int64_t sum = 0;
    for (size_t round = seating->held; round < seating->rounds; round++) {
        Line *line = &seating->lines[round];
        if (line->place[a] < 0 || line->group[line->place[a]] == line->group[line->place[b]]) continue;
        int64_t gain = seating_gain(seating, line, a, b);
        seating_exchange(seating, line, a, b, gain);
        sum += gain;
    }
    return sum;
}

/* Two people exchange all their places: meetings elsewhere and the turns of sitting out stay as they are. */
static void move_evenings(Search *search) {
    Seating *seating = search->seating;
    uint32_t a = (uint32_t)random_below(&seating->random, seating->n);
    uint32_t b = (uint32_t)random_below(&seating->random, seating->n);
    const uint64_t *absent = seating->input->absent;
    if (a == b || seating->rooted[a] || seating->rooted[b] || (absent && absent[a] != absent[b])) return;
    const Line *first = &seating->lines[seating->held];
    if (first->out_before[a] != first->out_before[b]) return;
    bool benches =
        seating->lines[seating->rounds - 1].out_before[a] || seating->lines[seating->rounds - 1].out_before[b];
    int64_t gain = exchange_evenings(seating, a, b);
    if (!accepts(search, gain)) exchange_evenings(seating, a, b);
    else if (benches || seating->lines[seating->rounds - 1].seated < seating->lines[seating->rounds - 1].present)
        seating_count_outs(seating);
}

static void keep_if_best(Search *search) {
    const Seating *seating = search->seating;
    if (seating->score <= search->best_score) return;
    search->best_score = seating->score;
    for (size_t round = seating->held; round < seating->rounds; round++) {
        const Line *line = &seating->lines[round];
        memcpy(search->best + round * seating->n, line->who, line->present * sizeof *line->who);
    }
}

static void return_to_best(Search *search) {
    Seating *seating = search->seating;
    for (size_t round = seating->held; round < seating->rounds; round++) {
        Line *line = &seating->lines[round];
        memcpy(line->who, search->best + round * seating->n, line->present * sizeof *line->who);
    }
    seating_recount(seating);
}

/* What a good meeting is worth: the mean of everyone's wanted half. */
static double typical_worth(const Search *search) {
    const Seating *seating = search->seating;
    double sum = 0, count = 0;
    for (size_t i = 0; i < seating->n; i++) {
        for (size_t k = 0; k < (search->wanted_count + 1) / 2; k++) {
            int32_t worth = seating->worth[i * seating->n + search->wanted[i * search->wanted_count + k]];
            if (worth > 0) sum += worth;
            count++;
        }
    }
    return sum > count ? sum / count : 1;
}

static bool has_clashes(const Seating *seating) {
    for (size_t a = 0; a < seating->n; a++) {
        for (size_t b = a + 1; b < seating->n; b++) {
            size_t pair = a * seating->n + b;
            if (seating->count[pair] > 1 || (seating->count[pair] && seating->worth[pair] < 0)) return true;
        }
    }
    return false;
}

/* From hot to cold in equal ratios. Where the start has clashes it begins at their price, so that they melt first. */
static void anneal(Search *search, const RoundsOptions *options, uint64_t iterations) {
    Seating *seating = search->seating;
    double typical = typical_worth(search), cold = typical * 0.015;
    double hot = has_clashes(seating) ? (double)seating->repeat_cost * 0.15 : typical * 0.12;
    bool nearly_full = seating->input->table_size == 2 && seating->rounds * 3 >= seating->n;
    unsigned evenings_every = nearly_full ? EVENINGS_EVERY_FULL : EVENINGS_EVERY;
    for (uint64_t done = 0; done < iterations; done++) {
        if (done % CHECKPOINT_MOVES == 0) {
            search->heat = hot * pow(cold / hot, (double)done / (double)iterations);
            keep_if_best(search);
            RoundsProgress progress = {.done = done, .iterations = iterations, .score = search->best_score};
            if (options->progress && !options->progress(options->context, &progress)) return;
        }
        uint64_t dice = random_next(&seating->random) >> 32;
        if (dice % evenings_every == 0) move_evenings(search);
        else if (dice % 2) move_wanted(search);
        else move_two(search);
    }
    keep_if_best(search);
}

static bool is_in_clash(const Seating *seating, const Line *line, uint32_t who) {
    uint32_t group = line->group[line->place[who]];
    for (uint32_t i = line->start[group]; group < line->used && i < line->start[group + 1]; i++) {
        size_t pair = who * seating->n + line->who[i];
        if (line->who[i] != who && (seating->count[pair] > 1 || seating->worth[pair] < 0)) return true;
    }
    return false;
}

/* The exchange that gains most for who in this round. False where none gains. */
static bool mend_one(Seating *seating, size_t round, uint32_t who) {
    Line *line = &seating->lines[round];
    uint32_t best = who;
    int64_t best_gain = 0;
    for (uint32_t i = 0; i < line->seated; i++) {
        uint32_t other = line->who[i];
        if (line->fixed[other] || line->group[i] == line->group[line->place[who]]) continue;
        int64_t gain = seating_gain(seating, line, who, other);
        if (gain <= best_gain) continue;
        best_gain = gain;
        best = other;
    }
    if (best != who) seating_exchange(seating, line, who, best, best_gain);
    return best != who;
}

static bool mend_round(Seating *seating, size_t round) {
    const Line *line = &seating->lines[round];
    bool mended = false;
    for (uint32_t who = 0; who < seating->n; who++) {
        if (line->place[who] < 0 || line->fixed[who] || !is_in_clash(seating, line, who)) continue;
        mended |= mend_one(seating, round, who);
    }
    return mended;
}

/* Clashes that chance left over are few: look at every exchange for those in them, until none helps. */
static void mend_clashes(Seating *seating) {
    bool mended = has_clashes(seating);
    while (mended) {
        mended = false;
        for (size_t round = seating->held; round < seating->rounds; round++) mended |= mend_round(seating, round);
    }
}

void rounds_search(Seating *seating, const RoundsOptions *options) {
    if (seating->n < 3 || seating->held >= seating->rounds) return;
    Search search = {.seating = seating, .best_score = INT64_MIN};
    search.best = arena_alloc_array(seating->arena, seating->rounds * seating->n, sizeof *search.best);
    find_wanted(&search);
    mend_clashes(seating);
    anneal(&search, options, options->iterations ? options->iterations : rounds_default_iterations(seating->input));
    return_to_best(&search);
    mend_clashes(seating);
}
