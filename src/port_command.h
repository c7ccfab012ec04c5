// SPDX-License-Identifier: EUPL-1.2
/* The command that copies a whole store from one place to another: `wspolnie port FROM TO` (platform/store/port.h). */
#ifndef WSPOLNIE_PORT_COMMAND_H
#define WSPOLNIE_PORT_COMMAND_H

#include "platform/command/command.h"

Err port_command(CommandCall *call);

#endif
