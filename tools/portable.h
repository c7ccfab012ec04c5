// SPDX-License-Identifier: EUPL-1.2
/* What one text for two engines may not say, with a word on what to write instead. By the text
 * alone: what needs the tables is in query_check.c. */
#ifndef WSPOLNIE_TOOLS_PORTABLE_H
#define WSPOLNIE_TOOLS_PORTABLE_H

#include "sql_lexer.h"

void portable_check(Compiler *compiler, const char *path, SqlText body);

#endif
