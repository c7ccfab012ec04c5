// SPDX-License-Identifier: EUPL-1.2
/* Written to be read beside the rules in rounds.h, not to be fast: it looks at pairs and people one by one, and uses
 * of the rest of rounds only the checks of the input and the sum of the bound. */
#include "planner/rounds_internal.h"

#include <string.h>

typedef struct Verdict {
    const RoundsInput *input;
    const RoundsPlan *plan;
    RoundsReport report;
} Verdict;

static int table_of(const Verdict *verdict, size_t round, size_t who) {
    return verdict->plan->table[round * verdict->plan->participants + who];
}

static bool together(const Verdict *verdict, size_t round, size_t a, size_t b) {
    return table_of(verdict, round, a) >= 0 && table_of(verdict, round, a) == table_of(verdict, round, b);
}

static void verify_seats(Verdict *verdict) {
    const RoundsInput *input = verdict->input;
    RoundsReport *report = &verdict->report;
    for (size_t round = 0; round < input->rounds; round++) {
        bool held = round < input->held_rounds;
        for (size_t i = 0; i < input->participants; i++) {
            int table = table_of(verdict, round, i);
            if (held) {
                report->wrong_seats += table != input->held[round * input->participants + i];
                continue;
            }
            bool absent = rounds_is_absent(input, round, i);
            report->wrong_seats += table < ROUNDS_UNSEATED || table >= (int)input->tables || (absent && table >= 0);
            report->sit_outs += !absent && table < 0;
        }
    }
}

static void verify_tables(Verdict *verdict, Arena *arena) {
    const RoundsInput *input = verdict->input;
    size_t *sitting = arena_array(arena, size_t, input->tables);
    for (size_t round = input->held_rounds; round < input->rounds; round++) {
        memset(sitting, 0, input->tables * sizeof *sitting);
        for (size_t i = 0; i < input->participants; i++) {
            int table = table_of(verdict, round, i);
            if (table >= 0 && table < (int)input->tables) sitting[table]++;
        }
        for (size_t t = 0; t < input->tables; t++) {
            verdict->report.crowded_tables += sitting[t] > input->table_size;
            verdict->report.lone_tables += sitting[t] == 1;
        }
    }
}

static void verify_pair(Verdict *verdict, size_t a, size_t b) {
    const RoundsInput *input = verdict->input;
    unsigned marks = rounds_marks(input, a, b);
    size_t times = 0;
    for (size_t round = 0; round < input->rounds; round++) {
        if (!together(verdict, round, a, b)) continue;
        times++;
        if (round >= input->held_rounds && marks & ROUNDS_PAIR_NEVER) verdict->report.never_together++;
    }
    if (times == 0) return;
    verdict->report.meetings++;
    verdict->report.repeats += times - 1;
    if (marks & ROUNDS_PAIR_MET) verdict->report.met_again++;
    if (marks == 0) verdict->report.value += rounds_value(input, a, b);
}

static bool is_pinned(const RoundsInput *input, size_t round, size_t who) {
    if (input->keeps_table && input->keeps_table[who] != ROUNDS_MOVES) return true;
    for (size_t i = 0; i < input->pin_count; i++) {
        const RoundsPin *pin = &input->pins[i];
        if (pin->round == round && (pin->a == who || pin->b == who)) return true;
    }
    return false;
}

static void verify_turns(Verdict *verdict, Arena *arena) {
    const RoundsInput *input = verdict->input;
    size_t *outs = arena_array(arena, size_t, input->participants);
    for (size_t round = 0; round < input->rounds; round++) {
        size_t least_seated = SIZE_MAX;
        for (size_t i = 0; i < input->participants; i++) {
            bool free_to_move = table_of(verdict, round, i) >= 0 && !is_pinned(input, round, i);
            if (free_to_move && outs[i] < least_seated) least_seated = outs[i];
        }
        for (size_t i = 0; i < input->participants; i++) {
            bool out = table_of(verdict, round, i) < 0 && !rounds_is_absent(input, round, i);
            if (round >= input->held_rounds && out && outs[i] > least_seated) verdict->report.unfair_sit_outs++;
        }
        for (size_t i = 0; i < input->participants; i++) {
            outs[i] += table_of(verdict, round, i) < 0 && !rounds_is_absent(input, round, i);
        }
    }
}

static void verify_keepers(Verdict *verdict) {
    const RoundsInput *input = verdict->input;
    for (size_t i = 0; input->keeps_table && i < input->participants; i++) {
        int wish = input->keeps_table[i];
        bool moved = false;
        for (size_t round = input->held_rounds; wish != ROUNDS_MOVES && round < input->rounds; round++) {
            int table = table_of(verdict, round, i);
            if (table < 0) continue;
            if (wish == ROUNDS_KEEPS_A_TABLE) wish = table;
            moved |= table != wish;
        }
        verdict->report.moved_keepers += moved;
    }
}

static void verify_pins(Verdict *verdict) {
    for (size_t i = 0; i < verdict->input->pin_count; i++) {
        const RoundsPin *pin = &verdict->input->pins[i];
        verdict->report.unmet_pins += !together(verdict, pin->round, pin->a, pin->b);
    }
}

/* The best one could have, by taking the most worth partner again and again. */
static int64_t best_possible(const Verdict *verdict, size_t who, bool *taken) {
    const RoundsInput *input = verdict->input;
    size_t places = 0;
    for (size_t round = 0; round < input->rounds && input->tables; round++) {
        places += rounds_is_absent(input, round, who) ? 0 : input->table_size - 1;
    }
    memset(taken, 0, input->participants * sizeof *taken);
    int64_t sum = 0;
    for (; places > 0; places--) {
        size_t best = who;
        for (size_t i = 0; i < input->participants; i++) {
            if (i == who || taken[i] || rounds_marks(input, who, i)) continue;
            if (best == who || rounds_value(input, who, i) > rounds_value(input, who, best)) best = i;
        }
        if (best == who) break;
        taken[best] = true;
        sum += rounds_value(input, who, best);
    }
    return sum;
}

static void verify_shares(Verdict *verdict, Arena *arena) {
    const RoundsInput *input = verdict->input;
    bool *taken = arena_array(arena, bool, input->participants);
    verdict->report.worst_share = 1;
    for (size_t who = 0; who < input->participants; who++) {
        int64_t own = 0, best = best_possible(verdict, who, taken);
        for (size_t other = 0; other < input->participants; other++) {
            bool meets = false;
            if (other == who || rounds_marks(input, who, other)) continue;
            for (size_t round = 0; round < input->rounds && !meets; round++)
                meets = together(verdict, round, who, other);
            if (meets) own += rounds_value(input, who, other);
        }
        double share = best > 0 ? (double)own / (double)best : 1;
        if (share >= verdict->report.worst_share) continue;
        verdict->report.worst_share = share;
        verdict->report.worst = who;
    }
}

Err rounds_verify(Arena *arena, const RoundsInput *input, const RoundsPlan *plan, RoundsReport *report) {
    if (rounds_check(input) || plan->participants != input->participants || plan->rounds != input->rounds)
        return ERR_INPUT;
    Verdict verdict = {.input = input, .plan = plan, .report = {.bound = -1}};
    for (size_t i = 0; plan->multipliers && i < plan->participants; i++) {
        if (plan->multipliers[i] < 0 || plan->multiplier_meetings < 0) return ERR_INPUT;
    }
    verify_seats(&verdict);
    verify_tables(&verdict, arena);
    for (size_t a = 0; a < input->participants; a++) {
        for (size_t b = a + 1; b < input->participants; b++) verify_pair(&verdict, a, b);
    }
    verify_turns(&verdict, arena);
    verify_keepers(&verdict);
    verify_pins(&verdict);
    verify_shares(&verdict, arena);
    RoundsReport *found = &verdict.report;
    if (plan->multipliers) found->bound = rounds_bound_of(arena, input, plan->multipliers, plan->multiplier_meetings);
    found->feasible = !found->wrong_seats && !found->crowded_tables && !found->never_together && !found->lone_tables;
    *report = verdict.report;
    return OK;
}
