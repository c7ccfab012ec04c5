// SPDX-License-Identifier: EUPL-1.2
/* `wspolnie rounds …`: of an edition, and of files alone. */
#ifndef WSPOLNIE_ROUNDS_COMMANDS_H
#define WSPOLNIE_ROUNDS_COMMANDS_H

#include "gathering/rounds/rounds.h"

enum { ROUNDS_COMMAND_COUNT = 5 };
extern const Command rounds_commands[ROUNDS_COMMAND_COUNT];

/* PEOPLE.csv to a plan, and PEOPLE.csv with a plan to what is true of it; options as the commands have them. */
Err rounds_plan_files(CommandCall *call);
Err rounds_verify_files(CommandCall *call);

#endif
