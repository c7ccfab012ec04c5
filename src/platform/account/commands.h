// SPDX-License-Identifier: EUPL-1.2
/* What account adds to the command line. */
#ifndef WSPOLNIE_ACCOUNT_COMMANDS_H
#define WSPOLNIE_ACCOUNT_COMMANDS_H

#include "platform/command/command.h"

enum { ACCOUNT_COMMAND_COUNT = 1 };
extern const Command account_commands[ACCOUNT_COMMAND_COUNT];

#endif
