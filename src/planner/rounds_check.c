// SPDX-License-Identifier: EUPL-1.2
#include "planner/rounds_internal.h"

static bool sizes_are_sound(const RoundsInput *input) {
    return input->participants <= ROUNDS_PARTICIPANTS_MOST && input->rounds <= ROUNDS_MOST &&
           input->tables <= ROUNDS_TABLES_MOST && input->table_size >= ROUNDS_TABLE_SIZE_LEAST &&
           input->table_size <= ROUNDS_TABLE_SIZE_MOST && input->held_rounds <= input->rounds &&
           (input->held_rounds == 0 || input->held);
}

static bool pairs_are_sound(const RoundsInput *input) {
    size_t n = input->participants;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            int32_t value = rounds_value(input, a, b);
            if (value < 0 || value > ROUNDS_VALUE_MOST || value != rounds_value(input, b, a)) return false;
            if (rounds_marks(input, a, b) != rounds_marks(input, b, a)) return false;
        }
    }
    return true;
}

static bool wishes_are_sound(const RoundsInput *input) {
    for (size_t i = 0; i < input->pin_count; i++) {
        const RoundsPin *pin = &input->pins[i];
        if (pin->a >= input->participants || pin->b >= input->participants || pin->a == pin->b) return false;
        if (pin->round >= input->rounds) return false;
    }
    if (!input->keeps_table) return true;
    for (size_t i = 0; i < input->participants; i++) {
        int16_t table = input->keeps_table[i];
        if (table < ROUNDS_KEEPS_A_TABLE || table >= (int)input->tables) return false;
    }
    return true;
}

static bool held_rounds_are_sound(const RoundsInput *input) {
    for (size_t round = 0; round < input->held_rounds; round++) {
        uint8_t sitting[ROUNDS_TABLES_MOST] = {0};
        for (size_t i = 0; i < input->participants; i++) {
            int16_t table = input->held[round * input->participants + i];
            if (table < ROUNDS_UNSEATED || table >= (int)input->tables) return false;
            if (table >= 0 && ++sitting[table] > input->table_size) return false;
        }
    }
    return true;
}

Err rounds_check(const RoundsInput *input) {
    bool sound =
        sizes_are_sound(input) && pairs_are_sound(input) && wishes_are_sound(input) && held_rounds_are_sound(input);
    return sound ? OK : ERR_INPUT;
}
