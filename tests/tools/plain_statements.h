// SPDX-License-Identifier: EUPL-1.2
/* A Tx on a bare SQLite connection, to run generated queries without the store. */
#ifndef WSPOLNIE_TESTS_TOOLS_PLAIN_STATEMENTS_H
#define WSPOLNIE_TESTS_TOOLS_PLAIN_STATEMENTS_H

#include "platform/store/store.h"
#include <sqlite3.h>

Tx *plain_tx(Arena *arena, sqlite3 *db);

#endif
