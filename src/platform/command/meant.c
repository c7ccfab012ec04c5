// SPDX-License-Identifier: EUPL-1.2
#include "platform/command/internal.h"

enum { LONGEST = 40 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Letters to change, add, leave out or swap with their neighbour (the optimal string alignment distance of F. Damerau,
 * "A technique for computer detection and correction of spelling errors", 1964). */
static size_t distance(Str a, Str b) {
    size_t rows[3][LONGEST + 1], *before = rows[0], *last = rows[1], *row = rows[2];
    if (a.size > LONGEST || b.size > LONGEST) return LONGEST;
    for (size_t j = 0; j <= b.size; j++) last[j] = before[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (a.data[i - 1] != b.data[j - 1]));
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b.size];
}

typedef struct Nearest {
    Str typed, name;
    size_t distance;
} Nearest;

static void look_at(Nearest *nearest, Str name) {
    size_t here = distance(nearest->typed, name);
    if (here >= nearest->distance) return;
    nearest->distance = here;
    nearest->name = name;
}

/* A third of the letters may be wrong, three at most. */
static Nearest nearest_to(Str typed) {
    return (Nearest){.typed = typed, .name = STR_ABSENT, .distance = least(typed.size / 3, 3) + 1};
}

Str command_meant(Arena *arena, const CommandTable *table, Str typed) {
    Nearest nearest = nearest_to(str_lower_ascii(arena, typed));
    for (size_t i = 0; i < table->count; i++) {
        look_at(&nearest, str_from_c(table->commands[i]->name));
        look_at(&nearest, command_first_word(table->commands[i]));
    }
    return nearest.name;
}

Str command_option_meant(Arena *arena, const Command *command, Str typed) {
    Nearest nearest = nearest_to(str_lower_ascii(arena, typed));
    for (size_t i = 0; command && i < command->option_count; i++)
        look_at(&nearest, str_from_c(command->options[i].name));
    for (size_t i = 0; i < COMMAND_COMMON_COUNT; i++) look_at(&nearest, str_from_c(command_common_options[i].name));
    return nearest.name;
}
