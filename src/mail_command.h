// SPDX-License-Identifier: EUPL-1.2
/* What the command line says of mail: `mail list` how it stands with each letter and with what sends them, `mail test`
 * a letter that shows whether any arrives. The program that serves is the one that sends. */
#ifndef WSPOLNIE_MAIL_COMMAND_H
#define WSPOLNIE_MAIL_COMMAND_H

#include "platform/command/command.h"

enum { MAIL_LIST_OPTION_COUNT = 2 };
extern const CommandOption mail_list_options[MAIL_LIST_OPTION_COUNT];
Err mail_list_command(CommandCall *call);
Err mail_test_command(CommandCall *call);

#endif
