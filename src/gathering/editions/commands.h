// SPDX-License-Identifier: EUPL-1.2
/* Series and editions on the command line: made, listed, changed, shown; and the day's frame. */
#ifndef WSPOLNIE_EDITIONS_COMMANDS_H
#define WSPOLNIE_EDITIONS_COMMANDS_H

#include "platform/command/command.h"

enum { EDITIONS_COMMAND_COUNT = 10 };
extern const Command editions_commands[EDITIONS_COMMAND_COUNT];

#endif
