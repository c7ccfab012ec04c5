// SPDX-License-Identifier: EUPL-1.2
/* What can be typed about walks. */
#ifndef WSPOLNIE_WALKS_COMMANDS_H
#define WSPOLNIE_WALKS_COMMANDS_H

#include "platform/command/command.h"

enum { WALK_COMMAND_COUNT = 5 };
extern const Command walk_commands[WALK_COMMAND_COUNT];

#endif
