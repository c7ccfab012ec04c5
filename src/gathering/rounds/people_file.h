// SPDX-License-Identifier: EUPL-1.2
/* The sheets of `rounds plan PEOPLE.csv`: who takes part, what pairs are worth, who has met before.
 *
 * PEOPLE.csv has a column id (any text, each once) and may have name, absent (rounds, "2;3"), host_table (a number) and
 * needs_access (yes keeps one table in all rounds). PAIRS.csv has a, b, value: a whole number or "never". MET.csv has
 * a, b. Wrong cells end the command with file, line, column and what was expected. */
#ifndef WSPOLNIE_ROUNDS_PEOPLE_FILE_H
#define WSPOLNIE_ROUNDS_PEOPLE_FILE_H

#include "platform/command/command.h"
#include "planner/rounds.h"

typedef struct People {
    size_t count;
    Str *ids, *names; /* a name that is not given is the id */
    uint64_t *absent; /* as RoundsInput has them */
    int16_t *keeps_table;
    size_t highest_table; /* the highest host_table; 0: none */
    size_t *order;        /* places by id, for people_find */
} People;

People people_read(CommandCall *call, Str path);
bool people_find(const People *people, Str id, size_t *place);

/* count × count. values: NULL without a file, which means that every pair is worth 1. */
int32_t *people_values(CommandCall *call, const People *people, Str pairs_path);
uint8_t *people_marks(CommandCall *call, const People *people, Str pairs_path, Str met_path);

#endif
