// SPDX-License-Identifier: EUPL-1.2
/* Serve: the command that opens the store, listens, and stops well. */
#ifndef WSPOLNIE_SERVE_H
#define WSPOLNIE_SERVE_H

#include "gathering/room.h"
#include "platform/http/server.h"

/* Every route of the house, in the order of the rooms. */
RouteTable house_routes(Arena *arena, const House *house);

Err serve_command(CommandCall *call);  /* wspolnie serve */
Err demo_command(CommandCall *call);   /* wspolnie demo: the demo gathering, made on first start */
Err routes_command(CommandCall *call); /* wspolnie routes */

enum { SERVE_OPTION_COUNT = 11 };
extern const CommandOption serve_options[SERVE_OPTION_COUNT];

/* Every command: of the house itself, then of the rooms. */
CommandTable house_command_table(Arena *arena, const House *house);

#endif
