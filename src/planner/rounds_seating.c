// SPDX-License-Identifier: EUPL-1.2
#include "planner/rounds_internal.h"

#include <string.h>

/* ---- What a meeting adds ---- */

/* What the (count+1)th meeting of a pair adds. Each further one costs more, so that unavoidable repeats spread. */
static inline int64_t next_meeting(const Seating *seating, size_t pair) {
    int64_t worth = seating->worth[pair];
    unsigned count = seating->count[pair];
    if (count == 0) return worth;
    return (worth < 0 ? worth : 0) - (int64_t)count * seating->repeat_cost;
}

/* What the pair's latest meeting has added. */
static inline int64_t last_meeting(const Seating *seating, size_t pair) {
    int64_t worth = seating->worth[pair];
    unsigned count = seating->count[pair];
    if (count == 1) return worth;
    return (worth < 0 ? worth : 0) - (int64_t)(count - 1) * seating->repeat_cost;
}

static void meet(Seating *seating, size_t a, size_t b) {
    seating->score += next_meeting(seating, a * seating->n + b);
    seating->count[a * seating->n + b]++;
    seating->count[b * seating->n + a]++;
}

/* An exchange of a and b, who sit in different groups of the line: what it adds to the score. */
int64_t seating_gain(const Seating *seating, const Line *line, uint32_t a, uint32_t b) {
    size_t row_a = a * seating->n, row_b = b * seating->n;
    uint32_t group_a = line->group[line->place[a]], group_b = line->group[line->place[b]];
    int64_t gain = 0;
    for (uint32_t i = line->start[group_a]; group_a < line->used && i < line->start[group_a + 1]; i++) {
        uint32_t other = line->who[i];
        if (other != a) gain += next_meeting(seating, row_b + other) - last_meeting(seating, row_a + other);
    }
    for (uint32_t i = line->start[group_b]; group_b < line->used && i < line->start[group_b + 1]; i++) {
        uint32_t other = line->who[i];
        if (other != b) gain += next_meeting(seating, row_a + other) - last_meeting(seating, row_b + other);
    }
    return gain;
}

/* leaver goes from the group, comer takes the place; only the counts change. */
static void change_counts(Seating *seating, const Line *line, uint32_t group, uint32_t leaver, uint32_t comer) {
    if (group >= line->used) return;
    size_t n = seating->n;
    for (uint32_t i = line->start[group]; i < line->start[group + 1]; i++) {
        uint32_t other = line->who[i];
        if (other == leaver) continue;
        seating->count[leaver * n + other]--;
        seating->count[other * n + leaver]--;
        seating->count[comer * n + other]++;
        seating->count[other * n + comer]++;
    }
}

void seating_exchange(Seating *seating, Line *line, uint32_t a, uint32_t b, int64_t gain) {
    int32_t place_a = line->place[a], place_b = line->place[b];
    change_counts(seating, line, line->group[place_a], a, b);
    change_counts(seating, line, line->group[place_b], b, a);
    line->who[place_a] = b;
    line->who[place_b] = a;
    line->place[a] = place_b;
    line->place[b] = place_a;
    seating->score += gain;
}

/* ---- Sitting out ---- */

static bool sits_out(const Line *line, size_t who) {
    return line->place[who] >= 0 && line->group[line->place[who]] == line->used;
}

static void count_held_outs(const Seating *seating, unsigned *outs) {
    const RoundsInput *input = seating->input;
    for (size_t round = 0; round < seating->held; round++) {
        for (size_t i = 0; i < seating->n; i++) {
            bool seated = input->held[round * seating->n + i] >= 0;
            outs[i] += !seated && !rounds_is_absent(input, round, i);
        }
    }
}

void seating_count_outs(Seating *seating) {
    for (size_t round = seating->held; round < seating->rounds; round++) {
        Line *line = &seating->lines[round];
        if (round > seating->held) {
            const Line *before = line - 1;
            for (size_t i = 0; i < seating->n; i++) line->out_before[i] = before->out_before[i] + sits_out(before, i);
        }
        line->out_most = 0;
        line->seated_least = UINT32_MAX;
        for (size_t i = 0; i < seating->n; i++) {
            unsigned outs = line->out_before[i];
            if (line->place[i] < 0 || line->fixed[i]) continue;
            if (sits_out(line, i)) line->out_most = outs > line->out_most ? outs : line->out_most;
            else line->seated_least = outs < line->seated_least ? outs : line->seated_least;
        }
    }
}

/* May `out` of this round's bench change places with `in`, who is seated? From this round on, out has sat out once
 * less and in once more; no round may then bench one over another who has sat out less. A sufficient test: it relies on
 * this being so before the exchange. */
bool seating_stays_fair(const Seating *seating, size_t round, uint32_t out, uint32_t in) {
    const Line *line = &seating->lines[round];
    if (line->out_before[in] > line->seated_least || line->out_before[in] > line->out_before[out]) return false;
    for (size_t later = round + 1; later < seating->rounds; later++) {
        line = &seating->lines[later];
        unsigned of_out = line->out_before[out] - 1, of_in = line->out_before[in] + 1;
        bool out_seated = line->place[out] >= 0 && !sits_out(line, out), in_benched = sits_out(line, in);
        if (out_seated && line->out_most > of_out && line->seated < line->present) return false;
        if (in_benched && (of_in > line->seated_least || (out_seated && of_in > of_out))) return false;
    }
    return true;
}

/* ---- Layout ---- */

/* Whom each keeper's table belongs to: table by participant, -1 for who moves or finds none. */
static int16_t *give_tables(const Seating *seating) {
    const RoundsInput *input = seating->input;
    int16_t *given = arena_array(seating->arena, int16_t, seating->n);
    bool *taken = arena_array(seating->arena, bool, input->tables + 1);
    for (size_t i = 0; i < seating->n; i++) {
        int16_t wish = input->keeps_table ? input->keeps_table[i] : ROUNDS_MOVES;
        given[i] = wish >= 0 && !taken[wish] ? wish : -1;
        if (given[i] >= 0) taken[wish] = true;
    }
    size_t next = 0;
    for (size_t i = 0; i < seating->n; i++) {
        if (!input->keeps_table || input->keeps_table[i] == ROUNDS_MOVES || given[i] >= 0) continue;
        while (next < input->tables && taken[next]) next++;
        if (next == input->tables) break;
        taken[next] = true;
        given[i] = (int16_t)next;
    }
    return given;
}

/* How many tables and places a round has: as few tables as hold everyone, but one for each keeper. */
static void size_line(const Seating *seating, Line *line, size_t keepers) {
    size_t c = seating->input->table_size, most = seating->input->tables * c;
    line->seated = line->present < most ? line->present : most;
    if (c == 2) line->seated &= ~(size_t)1;
    if (line->seated < 2) line->seated = 0;
    line->used = (line->seated + c - 1) / c;
    if (keepers > line->used) line->used = keepers < line->seated / 2 ? keepers : line->seated / 2;
    line->start = arena_array(seating->arena, uint32_t, line->used + 2);
    line->label = arena_array(seating->arena, int16_t, line->used + 1);
    for (size_t k = 0; k < line->used; k++) {
        size_t size = line->seated / line->used + (k < line->seated % line->used);
        line->start[k + 1] = line->start[k] + (uint32_t)size;
    }
    line->start[line->used + 1] = (uint32_t)line->present;
    for (size_t k = 0; k <= line->used; k++) {
        for (uint32_t i = line->start[k]; i < line->start[k + 1]; i++) line->group[i] = (uint32_t)k;
    }
}

static const uint32_t NOBODY = UINT32_MAX;

static void seat(Line *line, uint32_t place, uint32_t who) {
    line->who[place] = who;
    line->place[who] = (int32_t)place;
}

/* The first free place of a table, or NOBODY. */
static uint32_t free_place(const Line *line, size_t table) {
    for (uint32_t i = line->start[table]; i < line->start[table + 1]; i++) {
        if (line->who[i] == NOBODY) return i;
    }
    return NOBODY;
}

static size_t free_places(const Line *line, size_t table) {
    size_t count = 0;
    for (uint32_t i = line->start[table]; i < line->start[table + 1]; i++) count += line->who[i] == NOBODY;
    return count;
}

/* Keepers take their tables; the tables left over get the lowest free numbers. */
static void seat_keepers(const Seating *seating, Line *line, size_t round, const int16_t *given) {
    bool *taken = arena_array(seating->arena, bool, seating->input->tables + 1);
    size_t table = 0;
    for (uint32_t i = 0; i < seating->n && table < line->used; i++) {
        if (given[i] < 0 || rounds_is_absent(seating->input, round, i)) continue;
        line->label[table] = given[i];
        taken[given[i]] = true;
        line->fixed[i] = true;
        seat(line, line->start[table++], i);
    }
    for (size_t next = 0; table < line->used; table++) {
        while (taken[next]) next++;
        line->label[table] = (int16_t)next++;
    }
}

static bool may_sit_at(const Seating *seating, const Line *line, size_t table, uint32_t who) {
    for (uint32_t i = line->start[table]; i < line->start[table + 1]; i++) {
        uint32_t other = line->who[i];
        if (other != NOBODY && rounds_marks(seating->input, other, who) & ROUNDS_PAIR_NEVER) return false;
    }
    return true;
}

/* One end of a pin is seated, the other joins if there is room. */
static void join_at(const Seating *seating, Line *line, uint32_t sitting, uint32_t joining) {
    size_t table = line->group[line->place[sitting]];
    uint32_t place = free_place(line, table);
    if (place == NOBODY || !may_sit_at(seating, line, table, joining)) return;
    seat(line, place, joining);
    line->fixed[sitting] = line->fixed[joining] = true;
}

static void seat_pin(const Seating *seating, Line *line, uint32_t a, uint32_t b) {
    if (line->place[a] >= 0 && line->place[b] >= 0) return;
    if (line->place[a] >= 0) return join_at(seating, line, a, b);
    if (line->place[b] >= 0) return join_at(seating, line, b, a);
    for (size_t table = line->used; table-- > 0;) {
        if (free_places(line, table) < 2 || !may_sit_at(seating, line, table, a)) continue;
        seat(line, free_place(line, table), a);
        join_at(seating, line, a, b);
        if (line->fixed[b]) return;
        line->who[line->place[a]] = NOBODY;
        line->place[a] = -1;
    }
}

static void seat_pins(const Seating *seating, Line *line, size_t round) {
    const RoundsInput *input = seating->input;
    for (size_t i = 0; i < input->pin_count; i++) {
        const RoundsPin *pin = &input->pins[i];
        if (pin->round != round || rounds_marks(input, pin->a, pin->b) & ROUNDS_PAIR_NEVER) continue;
        if (rounds_is_absent(input, round, pin->a) || rounds_is_absent(input, round, pin->b)) continue;
        seat_pin(seating, line, (uint32_t)pin->a, (uint32_t)pin->b);
    }
}

static void lay_out(Seating *seating, Line *line, size_t round, const int16_t *given) {
    size_t n = seating->n, keepers = 0;
    line->who = arena_array(seating->arena, uint32_t, n);
    line->group = arena_array(seating->arena, uint32_t, n);
    line->place = arena_array(seating->arena, int32_t, n);
    line->fixed = arena_array(seating->arena, bool, n);
    line->out_before = arena_array(seating->arena, unsigned, n);
    for (size_t i = 0; i < n; i++) {
        bool present = !rounds_is_absent(seating->input, round, i);
        line->present += present;
        keepers += present && given[i] >= 0;
        line->who[i] = NOBODY;
        line->place[i] = -1;
    }
    size_line(seating, line, keepers);
    seat_keepers(seating, line, round, given);
    seat_pins(seating, line, round);
    for (size_t i = 0; i < n; i++) seating->rooted[i] |= line->fixed[i];
}

/* ---- First seating ---- */

static void shuffle(Seating *seating, uint32_t *people, size_t count) {
    for (size_t i = count; i > 1; i--) {
        size_t j = random_below(&seating->random, i);
        uint32_t kept = people[i - 1];
        people[i - 1] = people[j];
        people[j] = kept;
    }
}

/* Fills the bench with those who have sat out least; gives the others to pool, in random order. */
static size_t choose_bench(Seating *seating, Line *line, size_t round, const unsigned *outs, uint32_t *pool) {
    size_t count = 0, kept = 0;
    for (uint32_t i = 0; i < seating->n; i++) {
        if (line->place[i] < 0 && !rounds_is_absent(seating->input, round, i)) pool[count++] = i;
    }
    shuffle(seating, pool, count);
    uint32_t place = (uint32_t)line->seated;
    for (unsigned level = 0; place < line->present; level++) {
        kept = 0;
        for (size_t i = 0; i < count; i++) {
            if (outs[pool[i]] == level && place < line->present) seat(line, place++, pool[i]);
            else pool[kept++] = pool[i];
        }
        count = kept;
    }
    return count;
}

/* What it is worth that somebody joins those who sit at the table already. */
static int64_t worth_at(const Seating *seating, const Line *line, uint32_t table, uint32_t who) {
    int64_t sum = 0;
    for (uint32_t k = line->start[table]; k < line->start[table + 1]; k++) {
        uint32_t other = line->who[k];
        if (other != NOBODY) sum += next_meeting(seating, other * seating->n + who);
    }
    return sum;
}

/* Seats the pool table by table, each place with whom it is worth most to those already there. */
static void seat_greedily(Seating *seating, Line *line, uint32_t *pool, size_t count) {
    for (uint32_t place = 0; place < line->seated; place++) {
        if (line->who[place] != NOBODY) continue;
        uint32_t table = line->group[place];
        int64_t best = INT64_MIN;
        size_t chosen = count - 1;
        for (size_t i = 0; i < count; i++) {
            int64_t worth = worth_at(seating, line, table, pool[i]);
            if (worth <= best) continue;
            best = worth;
            chosen = i;
        }
        seat(line, place, pool[chosen]);
        pool[chosen] = pool[--count];
    }
}

static void count_line(Seating *seating, const Line *line) {
    for (uint32_t i = 0; i < line->seated; i++) {
        for (uint32_t k = i + 1; k < line->start[line->group[i] + 1]; k++) meet(seating, line->who[i], line->who[k]);
    }
}

static void count_held_round(Seating *seating, const int16_t *table) {
    for (size_t a = 0; a < seating->n; a++) {
        for (size_t b = a + 1; b < seating->n; b++) {
            if (table[a] >= 0 && table[a] == table[b]) meet(seating, a, b);
        }
    }
}

static void count_held(Seating *seating) {
    for (size_t round = 0; round < seating->held; round++)
        count_held_round(seating, seating->input->held + round * seating->n);
}

void seating_recount(Seating *seating) {
    memset(seating->count, 0, seating->n * seating->n);
    seating->score = 0;
    count_held(seating);
    for (size_t round = seating->held; round < seating->rounds; round++) {
        Line *line = &seating->lines[round];
        for (uint32_t i = 0; i < line->present; i++) line->place[line->who[i]] = (int32_t)i;
        count_line(seating, line);
    }
    seating_count_outs(seating);
}

/* Pairs, everyone always there, nothing fixed, and so many rounds that a greedy start would paint itself in. */
static bool suits_circle(const Seating *seating) {
    const RoundsInput *input = seating->input;
    size_t n = seating->n, even = n + n % 2;
    if (input->table_size != 2 || n < 4 || seating->held || input->tables < n / 2) return false;
    if (input->rounds >= even || input->rounds * 3 < even) return false;
    for (size_t i = 0; i < n; i++) {
        if (seating->rooted[i] || (input->absent && input->absent[i])) return false;
    }
    return true;
}

/* Kirkman's circle: one stays, the others go round; opposite places meet. With an odd number the one who stays is a
 * nobody, and who meets nobody sits out. */
static void seat_in_circle(Seating *seating) {
    size_t n = seating->n, even = n + n % 2, ring = even - 1;
    uint32_t *people = arena_array(seating->arena, uint32_t, even);
    for (uint32_t i = 0; i < even; i++) people[i] = i < n ? i : NOBODY;
    shuffle(seating, people, n);
    for (size_t round = 0; round < seating->rounds; round++) {
        Line *line = &seating->lines[round];
        uint32_t place = 0;
        for (size_t k = 0; k < even / 2; k++) {
            uint32_t a = people[(round + k) % ring], b = people[k ? (round + ring - k) % ring : ring];
            if (b == NOBODY) {
                seat(line, (uint32_t)line->seated, a);
                continue;
            }
            seat(line, place++, a);
            seat(line, place++, b);
        }
    }
}

static void seat_all_greedily(Seating *seating) {
    uint32_t *pool = arena_array(seating->arena, uint32_t, seating->n);
    unsigned *outs = arena_array(seating->arena, unsigned, seating->n);
    count_held_outs(seating, outs);
    count_held(seating);
    for (size_t round = seating->held; round < seating->rounds; round++) {
        Line *line = &seating->lines[round];
        size_t count = choose_bench(seating, line, round, outs, pool);
        seat_greedily(seating, line, pool, count);
        count_line(seating, line);
        for (size_t i = 0; i < seating->n; i++) outs[i] += sits_out(line, i);
    }
}

/* Costs stand in steps: a repeat costs more than one exchange can ever gain, a NEVER pair more than many repeats. */
static void weigh_pairs(Seating *seating) {
    size_t n = seating->n;
    int32_t most = 1;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++)
            most = rounds_value(seating->input, a, b) > most ? rounds_value(seating->input, a, b) : most;
    }
    seating->repeat_cost = (int64_t)most * 2 * (int64_t)seating->input->table_size;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            unsigned marks = a == b ? 0 : rounds_marks(seating->input, a, b);
            int32_t worth = a == b ? 0 : rounds_value(seating->input, a, b);
            if (marks & ROUNDS_PAIR_MET) worth = (int32_t)-seating->repeat_cost;
            if (marks & ROUNDS_PAIR_NEVER) worth = (int32_t)(-16 * seating->repeat_cost);
            seating->worth[a * n + b] = worth;
        }
    }
}

Seating *seating_start(Arena *arena, const RoundsInput *input, uint64_t seed) {
    Seating *seating = arena_new(arena, Seating);
    size_t n = input->participants;
    *seating = (Seating){.input = input,
                         .arena = arena,
                         .random = random_from_seed(seed),
                         .n = n,
                         .rounds = input->rounds,
                         .held = input->held_rounds};
    seating->worth = arena_alloc_array(arena, n * n, sizeof *seating->worth);
    seating->count = arena_alloc_array(arena, n * n, sizeof *seating->count);
    seating->rooted = arena_array(arena, bool, n);
    seating->lines = arena_array(arena, Line, input->rounds);
    weigh_pairs(seating);
    const int16_t *given = give_tables(seating);
    for (size_t round = seating->held; round < seating->rounds; round++)
        lay_out(seating, &seating->lines[round], round, given);
    if (suits_circle(seating)) seat_in_circle(seating);
    else seat_all_greedily(seating);
    if (seating->held < seating->rounds) count_held_outs(seating, seating->lines[seating->held].out_before);
    seating_recount(seating);
    return seating;
}
