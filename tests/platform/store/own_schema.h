// SPDX-License-Identifier: EUPL-1.2
/* What the store needs for itself, as one migration: for tests that bring tables of their own. */
#ifndef WSPOLNIE_TESTS_STORE_OWN_SCHEMA_H
#define WSPOLNIE_TESTS_STORE_OWN_SCHEMA_H

#include "platform/store/query.h"

static inline Migration own_schema(Arena *arena) {
    Migration own = {.number = 1, .compatible = 1, .name = "store", .sqlite = "", .postgres = ""};
    for (int i = 0; i < store_migration_count; i++) {
        const Migration *migration = &store_migrations[i];
        bool is_own = !strcmp(migration->name, "store") || !strcmp(migration->name, "engines");
        if (!is_own) continue;
        own.sqlite = str_format(arena, "%s%s", own.sqlite, migration->sqlite).data;
        own.postgres = str_format(arena, "%s%s", own.postgres, migration->postgres).data;
    }
    return own;
}

#endif
