// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/engine.h"

#include "store_sql.h"
#include <assert.h>

void store_changed(Tx *tx, Id edition, StorePart part) {
    assert(part >= 0 && part < PART_COUNT);
    store_sql_changed(tx, edition, part, node_slot(&tx->store->node, tx));
}

static void read_versions(Store *store, Connection *connection, Arena *arena, KnownVersions *known) {
    Tx tx = {.store = store, .connection = connection, .arena = arena};
    StoreVersionsRows rows = store_sql_versions(&tx, known->edition);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.rows[i].part >= 0 && rows.rows[i].part < PART_COUNT)
            known->versions[rows.rows[i].part] = rows.rows[i].version;
}

/* The stamp is asked for before the rows are read: a commit in between makes the rows newer than
 * their stamp, so they are read once too often and never once too seldom. */
int64_t store_version(Store *store, Arena *arena, Id edition, unsigned parts) {
    Connection *connection = store_reader(store, arena);
    int64_t stamp = store->engine->stamp(connection, arena);
    KnownVersions *known = &connection->known[(uint64_t)edition * 0x9e3779b97f4a7c15u >> 32 & (KNOWN_VERSIONS - 1)];
    if (!known->known || known->edition != edition || known->stamp != stamp) {
        *known = (KnownVersions){.edition = edition, .stamp = stamp};
        read_versions(store, connection, arena, known);
        known->known = true; /* not before: reading may have failed the arena */
    }
    int64_t sum = 0;
    for (unsigned part = 0; part < PART_COUNT; part++)
        if (parts & 1u << part) sum += known->versions[part];
    return sum;
}

static void set_versions(EditionVersions *editions, size_t count, const StoreVersionsOfRow *row) {
    if (row->part < 0 || row->part >= PART_COUNT) return;
    for (size_t i = 0; i < count; i++)
        if (editions[i].edition == row->edition) editions[i].versions[row->part] = row->version;
}

void store_versions(Tx *tx, EditionVersions *editions, size_t count) {
    Id *ids = arena_array(tx->arena, Id, count);
    for (size_t i = 0; i < count; i++) {
        ids[i] = editions[i].edition;
        memset(editions[i].versions, 0, sizeof editions[i].versions);
    }
    StoreVersionsOfRows rows = store_sql_versions_of(tx, (IdList){ids, count});
    for (size_t i = 0; i < rows.count; i++) set_versions(editions, count, &rows.rows[i]);
}

static OptionalInt id_or_null(Id id) { return (OptionalInt){id != 0, id}; }

void store_audit(Tx *tx, const AuditEntry *entry) {
    Id id = tx_new_id(tx);
    store_sql_audit_add(tx, id, tx->now_ms, id_or_null(entry->person), id_or_null(entry->edition),
                        str_from_c(entry->action), id_or_null(entry->subject));
    if (!str_is_absent(entry->personal))
        store_sql_audit_personal_add(tx, id, tx->now_ms + STORE_AUDIT_PERSONAL_MS, entry->personal);
}

int64_t store_audit_expire(Tx *tx) { return store_sql_audit_personal_expire(tx, tx->now_ms); }

void store_audit_erase(Tx *tx, Id person, const Id *editions, size_t count) {
    if (editions) {
        store_sql_audit_personal_erase_in(tx, person, (IdList){editions, count});
        return;
    }
    store_sql_audit_personal_erase(tx, person);
    store_sql_audit_personal_erase_about(tx, person);
}
