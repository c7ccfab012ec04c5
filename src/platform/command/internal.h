// SPDX-License-Identifier: EUPL-1.2
/* What the files of command share: parsing and running (command.c), help and the manual page (help.c), completion in
 * three shells (completion.c), and what was probably meant (meant.c). */
#ifndef WSPOLNIE_COMMAND_INTERNAL_H
#define WSPOLNIE_COMMAND_INTERNAL_H

#include "platform/command/command.h"

/* What every command takes. */
enum { COMMAND_COMMON_COUNT = 7 };
extern const CommandOption command_common_options[COMMAND_COMMON_COUNT];

Str command_first_word(const Command *command);
bool command_is_one_word(const Command *command);
/* No command before it in the table begins with the same word. */
bool command_is_first_of_its_word(const CommandTable *table, size_t index);
const Command *command_find(const CommandTable *table, Str name);

/* first_word: only the commands that begin with it; absent: all. */
void command_write_help(Buffer *out, const CommandTable *table, Str first_word);
void command_write_help_of(Buffer *out, const CommandTable *table, const Command *command);

/* The name that is nearest to what was typed; absent where none is near. */
Str command_meant(Arena *arena, const CommandTable *table, Str typed);
Str command_option_meant(Arena *arena, const Command *command, Str typed);

#endif
