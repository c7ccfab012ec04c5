// SPDX-License-Identifier: EUPL-1.2
#include "planner/rounds.h"

#include "../cmocka_all.h"
#include "platform/base/random.h"

typedef struct Case {
    RoundsInput input;
    int32_t values[16 * 16];
    uint8_t marks[16 * 16];
    uint64_t absent[16];
    int16_t keeps[16];
    RoundsPin pins[3];
} Case;

static void fill_values(Case *one, Random *random, unsigned most, unsigned never_percent, unsigned met_percent) {
    size_t n = one->input.participants;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            one->values[a * n + b] = one->values[b * n + a] = (int32_t)random_below(random, most);
            unsigned mark = 0;
            if (random_below(random, 100) < never_percent) mark |= ROUNDS_PAIR_NEVER;
            if (random_below(random, 100) < met_percent) mark |= ROUNDS_PAIR_MET;
            one->marks[a * n + b] = one->marks[b * n + a] = (uint8_t)mark;
        }
    }
    one->input.values = one->values;
    one->input.marks = one->marks;
}

static RoundsPlan planned(Arena *arena, const RoundsInput *input, uint64_t seed, uint64_t iterations) {
    RoundsPlan plan = {0};
    assert_int_equal(rounds_plan(arena, input, &(RoundsOptions){.seed = seed, .iterations = iterations}, &plan), OK);
    return plan;
}

static RoundsReport verified(Arena *arena, const RoundsInput *input, const RoundsPlan *plan) {
    RoundsReport report = {0};
    assert_int_equal(rounds_verify(arena, input, plan, &report), OK);
    assert_int_equal(report.value, plan->value);
    assert_int_equal(report.bound, plan->bound);
    assert_true(report.value <= report.bound);
    assert_true(report.worst == plan->worst && report.worst_share == plan->worst_share);
    size_t repeats = 0;
    for (size_t i = 0; i < plan->repeat_count; i++) repeats += plan->repeats[i].times - 1;
    assert_int_equal(report.repeats, repeats);
    return report;
}

/* ---- Every plan tried ---- */

typedef struct Tries {
    const RoundsInput *input;
    RoundsPlan plan;
    int64_t best;
} Tries;

static int64_t worth_if_clean(const Tries *tries) {
    const RoundsInput *input = tries->input;
    size_t n = input->participants;
    int64_t value = 0;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            int times = 0;
            for (size_t r = 0; r < input->rounds; r++) {
                const int16_t *table = tries->plan.table + r * n;
                times += table[a] >= 0 && table[a] == table[b];
            }
            if (times > 1 || (times && input->marks[a * n + b])) return -1;
            if (times) value += input->values[a * n + b];
        }
    }
    return value;
}

/* All seatings of one round after another; the first seated of a table is its lowest, so no plan comes twice. */
static void try_all(Tries *tries, size_t round, size_t who, int used) {
    const RoundsInput *input = tries->input;
    size_t n = input->participants;
    if (who == n) {
        if (round + 1 < input->rounds) return try_all(tries, round + 1, 0, 0);
        int64_t worth = worth_if_clean(tries);
        tries->best = worth > tries->best ? worth : tries->best;
        return;
    }
    int16_t *table = tries->plan.table + round * n;
    for (int t = -1; t <= used && t < (int)input->tables; t++) {
        size_t sitting = 0;
        for (size_t i = 0; i < who; i++) sitting += t >= 0 && table[i] == t;
        if (sitting == input->table_size) continue;
        table[who] = (int16_t)t;
        try_all(tries, round, who + 1, t == used ? used + 1 : used);
    }
}

static void compare_with_best(Arena *arena, Random *random, size_t n, size_t c, size_t rounds, size_t tables) {
    Case one = {.input = {.participants = n, .rounds = rounds, .tables = tables, .table_size = c}};
    fill_values(&one, random, 100, 0, 0);
    RoundsPlan plan = planned(arena, &one.input, 7, 0);
    RoundsReport report = verified(arena, &one.input, &plan);
    Tries tries = {.input = &one.input, .plan = {.table = arena_array(arena, int16_t, n * rounds)}, .best = -1};
    try_all(&tries, 0, 0, 0);
    if (tries.best < 0) return;
    assert_true(tries.best <= plan.bound);
    assert_int_equal(report.repeats, 0);
    assert_true(plan.value <= tries.best);
    /* The plan also owes fair turns of sitting out and even tables, which the best found here does not. */
    bool all_seated = n % c == 0 && tables * c >= n;
    if (all_seated) assert_true(plan.value * 100 >= tries.best * 97);
}

static void test_against_every_plan(void **state) {
    (void)state;
    Random random = random_from_seed(11);
    for (int turn = 0; turn < 12; turn++) {
        Arena *arena = arena_open(1 << 26);
        compare_with_best(arena, &random, 4, 2, 2, 2);
        compare_with_best(arena, &random, 5, 2, 2, 2);
        compare_with_best(arena, &random, 6, 2, 2, 3);
        compare_with_best(arena, &random, 6, 3, 1, 2);
        compare_with_best(arena, &random, 6, 2, 2, 2);
        compare_with_best(arena, &random, 8, 4, 1, 2);
        compare_with_best(arena, &random, 8, 2, 1, 4);
        compare_with_best(arena, &random, 7, 3, 1, 2);
        arena_close(arena);
    }
}

/* ---- Properties ---- */

static Case random_case(Random *random) {
    Case one = {.input = {.participants = random_below(random, 15), .rounds = random_below(random, 7)}};
    one.input.tables = random_below(random, 7);
    one.input.table_size = 2 + random_below(random, 5);
    fill_values(&one, random, 1 + (unsigned)random_below(random, 1000), (unsigned)random_below(random, 25),
                (unsigned)random_below(random, 25));
    bool masks = random_below(random, 2), keepers = random_below(random, 3) == 0, pins = random_below(random, 3) == 0;
    size_t n = one.input.participants;
    for (size_t i = 0; i < n; i++) {
        if (masks && random_below(random, 3) == 0) one.absent[i] = random_next(random);
        one.keeps[i] = keepers && random_below(random, 6) == 0 ? ROUNDS_KEEPS_A_TABLE : ROUNDS_MOVES;
    }
    if (masks) one.input.absent = one.absent;
    if (keepers) one.input.keeps_table = one.keeps;
    for (size_t i = 0; pins && n > 1 && one.input.rounds && i < 3; i++) {
        size_t a = random_below(random, n), b = random_below(random, n);
        if (a != b)
            one.pins[one.input.pin_count++] =
                (RoundsPin){.a = a, .b = b, .round = random_below(random, one.input.rounds)};
    }
    one.input.pins = one.pins;
    return one;
}

/* The copies in Case move with it, so their addresses are set where it came to rest. */
static void settle(Case *one) {
    one->input.values = one->values;
    one->input.marks = one->marks;
    one->input.pins = one->pins;
    if (one->input.absent) one->input.absent = one->absent;
    if (one->input.keeps_table) one->input.keeps_table = one->keeps;
}

static bool has_never(const Case *one) {
    for (size_t i = 0; i < one->input.participants * one->input.participants; i++) {
        if (one->marks[i] & ROUNDS_PAIR_NEVER) return true;
    }
    return false;
}

static void test_properties_of_random_plans(void **state) {
    (void)state;
    const uint64_t seed = 20260323;
    print_message("seed %llu\n", (unsigned long long)seed);
    Random random = random_from_seed(seed);
    for (int turn = 0; turn < 3000; turn++) {
        Arena *arena = arena_open(1 << 24);
        Case one = random_case(&random);
        settle(&one);
        RoundsPlan plan = planned(arena, &one.input, (uint64_t)turn, 600);
        RoundsReport report = verified(arena, &one.input, &plan);
        assert_true(report.feasible);
        if (!has_never(&one)) assert_int_equal(report.unfair_sit_outs, 0);
        RoundsPlan again = planned(arena, &one.input, (uint64_t)turn, 600);
        assert_memory_equal(again.table, plan.table, plan.rounds * plan.participants * sizeof *plan.table);
        assert_int_equal(again.bound, plan.bound);
        arena_close(arena);
    }
}

static void test_held_rounds_stay(void **state) {
    (void)state;
    Random random = random_from_seed(5);
    for (int turn = 0; turn < 300; turn++) {
        Arena *arena = arena_open(1 << 24);
        Case one = random_case(&random);
        settle(&one);
        RoundsPlan first = planned(arena, &one.input, 1, 300);
        RoundsInput later = one.input;
        later.held = first.table;
        later.held_rounds = random_below(&random, later.rounds + 1);
        uint64_t gone[16];
        for (size_t i = 0; i < later.participants; i++) {
            uint64_t held = (UINT64_C(1) << later.held_rounds) - 1;
            gone[i] = (one.absent[i] & held) | (random_below(&random, 5) == 0 ? ~held : one.absent[i] & ~held);
            if (!one.input.absent) gone[i] &= ~held;
        }
        later.absent = gone;
        RoundsPlan second = planned(arena, &later, 2, 300);
        RoundsReport report = verified(arena, &later, &second);
        assert_true(report.feasible);
        assert_memory_equal(second.table, first.table, later.held_rounds * later.participants * sizeof *first.table);
        arena_close(arena);
    }
}

/* ---- What people ask for ---- */

static void test_nobody_twice_where_it_is_easy(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 26);
    RoundsInput input = {.participants = 70, .rounds = 5, .tables = 12, .table_size = 6};
    RoundsPlan plan = planned(arena, &input, 1, 400000);
    RoundsReport report = verified(arena, &input, &plan);
    assert_true(report.feasible);
    assert_int_equal(report.repeats, 0);
    assert_int_equal(report.sit_outs, 0);
    arena_close(arena);
}

static void test_everyone_meets_everyone_once(void **state) {
    (void)state;
    for (size_t n = 2; n <= 21; n++) {
        Arena *arena = arena_open(1 << 24);
        RoundsInput input = {.participants = n, .rounds = n % 2 ? n : n - 1, .tables = n, .table_size = 2};
        RoundsPlan plan = planned(arena, &input, n, 2000);
        RoundsReport report = verified(arena, &input, &plan);
        assert_int_equal(report.meetings, n * (n - 1) / 2);
        assert_int_equal(report.repeats, 0);
        assert_int_equal(report.unfair_sit_outs, 0);
        assert_int_equal(plan.value, plan.bound);
        assert_true(plan.worst_share == 1);
        arena_close(arena);
    }
}

static void test_more_rounds_than_partners(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    RoundsInput input = {.participants = 4, .rounds = 7, .tables = 2, .table_size = 2};
    RoundsPlan plan = planned(arena, &input, 1, 0);
    RoundsReport report = verified(arena, &input, &plan);
    assert_int_equal(report.meetings, 6);
    assert_int_equal(report.repeats, 14 - 6);
    for (size_t i = 0; i < plan.repeat_count; i++) assert_true(plan.repeats[i].times <= 3);
    assert_int_equal(plan.value, plan.bound);
    arena_close(arena);
}

static void test_turns_of_sitting_out(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    RoundsInput input = {.participants = 17, .rounds = 9, .tables = 5, .table_size = 3};
    RoundsPlan plan = planned(arena, &input, 3, 0);
    RoundsReport report = verified(arena, &input, &plan);
    assert_int_equal(report.sit_outs, 9 * 2);
    assert_int_equal(report.unfair_sit_outs, 0);
    for (size_t i = 0; i < 17; i++) {
        size_t outs = 0;
        for (size_t r = 0; r < 9; r++) outs += plan.table[r * 17 + i] < 0;
        assert_true(outs == 1 || outs == 2);
    }
    arena_close(arena);
}

static void test_keepers_and_pins(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    int16_t keeps[12];
    for (size_t i = 0; i < 12; i++) keeps[i] = ROUNDS_MOVES;
    keeps[3] = 2;
    keeps[7] = ROUNDS_KEEPS_A_TABLE;
    const RoundsPin pins[] = {{.a = 3, .b = 5, .round = 1}, {.a = 0, .b = 1, .round = 2}, {.a = 8, .b = 7, .round = 0}};
    for (size_t c = 2; c <= 4; c++) {
        RoundsInput input = {.participants = 12,
                             .rounds = 3,
                             .tables = 12 / c,
                             .table_size = c,
                             .keeps_table = keeps,
                             .pins = pins,
                             .pin_count = 3};
        RoundsPlan plan = planned(arena, &input, c, 0);
        RoundsReport report = verified(arena, &input, &plan);
        assert_true(report.feasible);
        assert_int_equal(report.moved_keepers, 0);
        assert_int_equal(report.unmet_pins, 0);
        for (size_t r = 0; r < 3; r++) assert_int_equal(plan.table[r * 12 + 3], 2);
    }
    arena_close(arena);
}

static void test_never_is_absolute(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    uint8_t marks[9] = {0, ROUNDS_PAIR_NEVER, ROUNDS_PAIR_NEVER, ROUNDS_PAIR_NEVER,
                        0, ROUNDS_PAIR_NEVER, ROUNDS_PAIR_NEVER, ROUNDS_PAIR_NEVER,
                        0};
    RoundsInput input = {.participants = 3, .rounds = 2, .tables = 2, .table_size = 3, .marks = marks};
    RoundsPlan plan = planned(arena, &input, 1, 0);
    RoundsReport report = verified(arena, &input, &plan);
    assert_true(report.feasible);
    assert_int_equal(report.sit_outs, 6);
    assert_int_equal(plan.bound, 0);
    arena_close(arena);
}

static void test_verify_sees_what_is_wrong(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    RoundsInput input = {.participants = 6, .rounds = 2, .tables = 3, .table_size = 2};
    RoundsPlan plan = planned(arena, &input, 1, 0);
    RoundsReport report;
    int16_t *second = plan.table + input.participants;
    memcpy(second, plan.table, input.participants * sizeof *second);
    assert_int_equal(rounds_verify(arena, &input, &plan, &report), OK);
    assert_int_equal(report.repeats, 3);
    assert_true(report.feasible);
    for (size_t i = 0; i < 6; i++) plan.table[i] = i < 3 ? 0 : (int16_t)(i == 3);
    assert_int_equal(rounds_verify(arena, &input, &plan, &report), OK);
    assert_int_equal(report.crowded_tables, 1);
    assert_int_equal(report.lone_tables, 1);
    assert_false(report.feasible);
    plan.table[0] = 3;
    assert_int_equal(rounds_verify(arena, &input, &plan, &report), OK);
    assert_int_equal(report.wrong_seats, 1);
    plan.participants = 5;
    assert_int_equal(rounds_verify(arena, &input, &plan, &report), ERR_INPUT);
    arena_close(arena);
}

static void test_edges(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    for (size_t n = 0; n <= 3; n++) {
        for (size_t tables = 0; tables <= 2; tables++) {
            const uint64_t all_absent[3] = {~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0)};
            for (size_t rounds = 0; rounds <= 3; rounds++) {
                RoundsInput input = {.participants = n, .rounds = rounds, .tables = tables, .table_size = 2};
                RoundsPlan plan = planned(arena, &input, 1, 0);
                assert_true(verified(arena, &input, &plan).feasible);
                input.absent = all_absent;
                plan = planned(arena, &input, 1, 0);
                RoundsReport report = verified(arena, &input, &plan);
                assert_true(report.feasible && report.meetings == 0 && report.sit_outs == 0);
            }
        }
    }
    arena_close(arena);
}

static void test_limits(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    RoundsOptions options = {.seed = 1};
    RoundsPlan plan = {.value = 42};
    const int32_t high[4] = {0, ROUNDS_VALUE_MOST + 1, ROUNDS_VALUE_MOST + 1, 0}, lopsided[4] = {0, 1, 2, 0};
    const int16_t held[2] = {0, 9}, keeps[2] = {5, ROUNDS_MOVES};
    const RoundsPin pin = {.a = 0, .b = 0};
    const RoundsInput bad[] = {
        {.participants = ROUNDS_PARTICIPANTS_MOST + 1, .table_size = 2},
        {.participants = 2, .rounds = ROUNDS_MOST + 1, .table_size = 2},
        {.participants = 2, .tables = ROUNDS_TABLES_MOST + 1, .table_size = 2},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 1},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = ROUNDS_TABLE_SIZE_MOST + 1},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 2, .values = high},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 2, .values = lopsided},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 2, .held = held, .held_rounds = 1},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 2, .held_rounds = 2},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 2, .keeps_table = keeps},
        {.participants = 2, .rounds = 1, .tables = 1, .table_size = 2, .pins = &pin, .pin_count = 1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(rounds_plan(arena, &bad[i], &options, &plan), ERR_INPUT);
    assert_int_equal(plan.value, 42);
    arena_close(arena);
}

static bool stop_at_once(void *context, const RoundsProgress *progress) {
    (*(int *)context)++;
    assert_true(progress->done < progress->iterations);
    return false;
}

static void test_stopping_gives_a_whole_plan(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 24);
    int calls = 0;
    RoundsInput input = {.participants = 20, .rounds = 3, .tables = 5, .table_size = 4};
    RoundsPlan plan;
    assert_int_equal(rounds_plan(arena, &input, &(RoundsOptions){.progress = stop_at_once, .context = &calls}, &plan),
                     OK);
    assert_int_equal(calls, 1);
    assert_true(verified(arena, &input, &plan).feasible);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_every_plan),
        cmocka_unit_test(test_properties_of_random_plans),
        cmocka_unit_test(test_held_rounds_stay),
        cmocka_unit_test(test_nobody_twice_where_it_is_easy),
        cmocka_unit_test(test_everyone_meets_everyone_once),
        cmocka_unit_test(test_more_rounds_than_partners),
        cmocka_unit_test(test_turns_of_sitting_out),
        cmocka_unit_test(test_keepers_and_pins),
        cmocka_unit_test(test_never_is_absolute),
        cmocka_unit_test(test_verify_sees_what_is_wrong),
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_stopping_gives_a_whole_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
