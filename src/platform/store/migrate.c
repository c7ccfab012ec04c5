// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include "store_sql.h"

/* ---- a store of a newer program ---------------------------------------------------------------------- */

typedef struct Reading {
    Tx tx;
    StoreInstallationRow installation;
    bool found;
} Reading;

static void read_installation(void *argument) {
    Reading *reading = argument;
    reading->found = store_sql_installation(&reading->tx, &reading->installation);
}

/* A newer program says from which schema on others may still work on its store. */
void migrate_must_be_compatible(Connection *connection, Arena *arena, const char *name, int version, int ours) {
    Reading reading = {.tx = {.connection = connection, .arena = arena}};
    Err err = arena_protect(arena, read_installation, &reading);
    if (!err && reading.found && reading.installation.compatible_version <= ours) return;
    arena_fail(arena, ERR_CONFLICT,
               "%s was written by a newer program (schema %d, this program knows %d): use that program", name, version,
               ours);
}

/* ---- migrating ------------------------------------------------------------------------------------------ */

static void record_version(Tx *tx, const Migration *migration) {
    StoreInstallationRow row;
    if (!store_sql_installation(tx, &row)) {
        node_prepare(&tx->store->node, tx);
        store_sql_installation_create(tx, tx_new_id(tx), tx->now_ms, migration->number, migration->compatible);
        return;
    }
    int64_t compatible =
        row.compatible_version > migration->compatible ? row.compatible_version : migration->compatible;
    store_sql_installation_migrated(tx, migration->number, compatible);
}

void migrate_all(Tx *tx, const Migration **at) {
    const StoreSetup *setup = &tx->store->setup;
    int version = tx->connection->engine->schema_version(tx);
    for (int i = 0; i < setup->migration_count; i++) {
        *at = &setup->migrations[i];
        if ((*at)->number <= version) continue;
        tx->connection->engine->apply(tx, *at);
        record_version(tx, *at);
    }
}
