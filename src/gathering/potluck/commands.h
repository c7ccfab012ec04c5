// SPDX-License-Identifier: EUPL-1.2
/* What can be typed about dishes. */
#ifndef WSPOLNIE_POTLUCK_COMMANDS_H
#define WSPOLNIE_POTLUCK_COMMANDS_H

#include "platform/command/command.h"

enum { DISH_COMMAND_COUNT = 4 };
extern const Command dish_commands[DISH_COMMAND_COUNT];

#endif
