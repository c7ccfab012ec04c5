// SPDX-License-Identifier: EUPL-1.2
/* The commands of the house itself: what no room has. */
#ifndef WSPOLNIE_COMMANDS_H
#define WSPOLNIE_COMMANDS_H

#include "platform/command/command.h"

extern const Command house_commands[];
extern const size_t house_command_count;

#endif
