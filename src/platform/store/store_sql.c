// SPDX-License-Identifier: EUPL-1.2
#include "store_sql.h"
static const Query query_installation = {"store_installation", "src/platform/store/store.sql:3", "SELECT id, name, created_ms, schema_version, compatible_version FROM installation", "", false};
bool store_sql_installation(Tx *tx, StoreInstallationRow *row) {
    Statement *s = statement_begin(tx, &query_installation);
    bool found = statement_step(s);
    if (found) *row = (StoreInstallationRow){.id = statement_int(s, 0), .name = statement_text(s, 1), .created_ms = statement_int(s, 2), .schema_version = statement_int(s, 3), .compatible_version = statement_int(s, 4)};
    statement_end(s);
    return found;
}
static const Query query_installation_create = {"store_installation_create", "src/platform/store/store.sql:7", "INSERT INTO installation (id, name, created_ms, schema_version, compatible_version) VALUES (?1, '', ?2, ?3, ?4)", "", true};
int64_t store_sql_installation_create(Tx *tx, Id id, int64_t created_ms, int64_t schema_version, int64_t compatible_version) {
    Statement *s = statement_begin(tx, &query_installation_create);
    statement_bind_int(s, 1, id);
    statement_bind_int(s, 2, created_ms);
    statement_bind_int(s, 3, schema_version);
    statement_bind_int(s, 4, compatible_version);
    return statement_end(s);
}
static const Query query_installation_rename = {"store_installation_rename", "src/platform/store/store.sql:11", "UPDATE installation SET name = ?1", "", true};
int64_t store_sql_installation_rename(Tx *tx, Str name) {
    Statement *s = statement_begin(tx, &query_installation_rename);
    statement_bind_text(s, 1, name);
    return statement_end(s);
}
static const Query query_installation_migrated = {"store_installation_migrated", "src/platform/store/store.sql:14", "UPDATE installation SET schema_version = ?1, compatible_version = ?2", "", true};
int64_t store_sql_installation_migrated(Tx *tx, int64_t schema_version, int64_t compatible_version) {
    Statement *s = statement_begin(tx, &query_installation_migrated);
    statement_bind_int(s, 1, schema_version);
    statement_bind_int(s, 2, compatible_version);
    return statement_end(s);
}
static const Query query_nodes = {"store_nodes", "src/platform/store/store.sql:17", "SELECT number, holder, reserved_id FROM node ORDER BY number", "", false};
StoreNodesRows store_sql_nodes(Tx *tx) {
    StoreNodesRows rows = {0};
    size_t room = 0;
    Statement *s = statement_begin(tx, &query_nodes);
    while (statement_step(s)) {
        if (rows.count == room) {
            size_t more = room ? room * 2 : 8;
            rows.rows = arena_grow(tx_arena(tx), rows.rows, room * sizeof *rows.rows, more * sizeof *rows.rows);
            room = more;
        }
        rows.rows[rows.count++] = (StoreNodesRow){.number = statement_int(s, 0), .holder = statement_int(s, 1), .reserved_id = statement_int(s, 2)};
    }
    statement_end(s);
    return rows;
}
static const Query query_node_take = {"store_node_take", "src/platform/store/store.sql:21", "INSERT INTO node (number, holder, reserved_id) VALUES (?1, ?2, ?3) ON CONFLICT (number) DO UPDATE SET holder = excluded.holder, reserved_id = excluded.reserved_id", "", true};
int64_t store_sql_node_take(Tx *tx, int64_t number, int64_t holder, Id reserved_id) {
    Statement *s = statement_begin(tx, &query_node_take);
    statement_bind_int(s, 1, number);
    statement_bind_int(s, 2, holder);
    statement_bind_int(s, 3, reserved_id);
    return statement_end(s);
}
static const Query query_node_reserve = {"store_node_reserve", "src/platform/store/store.sql:25", "UPDATE node SET reserved_id = ?3 WHERE number = ?1 AND holder = ?2", "", true};
int64_t store_sql_node_reserve(Tx *tx, int64_t number, int64_t holder, Id reserved_id) {
    Statement *s = statement_begin(tx, &query_node_reserve);
    statement_bind_int(s, 1, number);
    statement_bind_int(s, 2, holder);
    statement_bind_int(s, 3, reserved_id);
    return statement_end(s);
}
static const Query query_node_release = {"store_node_release", "src/platform/store/store.sql:29", "UPDATE node SET holder = 0, reserved_id = ?3 WHERE number = ?1 AND holder = ?2", "", true};
int64_t store_sql_node_release(Tx *tx, int64_t number, int64_t holder, Id last_id) {
    Statement *s = statement_begin(tx, &query_node_release);
    statement_bind_int(s, 1, number);
    statement_bind_int(s, 2, holder);
    statement_bind_int(s, 3, last_id);
    return statement_end(s);
}
static const Query query_changed = {"store_changed", "src/platform/store/store.sql:32", "INSERT INTO change (edition, part, version) VALUES (?1, ?2, 1) ON CONFLICT (edition, part) DO UPDATE SET version = change.version + 1", "", true};
int64_t store_sql_changed(Tx *tx, Id edition, int64_t part) {
    Statement *s = statement_begin(tx, &query_changed);
    statement_bind_int(s, 1, edition);
    statement_bind_int(s, 2, part);
    return statement_end(s);
}
static const Query query_versions = {"store_versions", "src/platform/store/store.sql:36", "SELECT part, version FROM change WHERE edition = ?1 ORDER BY part", "", false};
StoreVersionsRows store_sql_versions(Tx *tx, Id edition) {
    StoreVersionsRows rows = {0};
    size_t room = 0;
    Statement *s = statement_begin(tx, &query_versions);
    statement_bind_int(s, 1, edition);
    while (statement_step(s)) {
        if (rows.count == room) {
            size_t more = room ? room * 2 : 8;
            rows.rows = arena_grow(tx_arena(tx), rows.rows, room * sizeof *rows.rows, more * sizeof *rows.rows);
            room = more;
        }
        rows.rows[rows.count++] = (StoreVersionsRow){.part = statement_int(s, 0), .version = statement_int(s, 1)};
    }
    statement_end(s);
    return rows;
}
static const Query query_audit_add = {"store_audit_add", "src/platform/store/store.sql:39", "INSERT INTO audit (id, at_ms, person, edition, action, subject) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "", true};
int64_t store_sql_audit_add(Tx *tx, Id id, int64_t at_ms, OptionalInt person, OptionalInt edition, Str action, OptionalInt subject) {
    Statement *s = statement_begin(tx, &query_audit_add);
    statement_bind_int(s, 1, id);
    statement_bind_int(s, 2, at_ms);
    statement_bind_optional_int(s, 3, person);
    statement_bind_optional_int(s, 4, edition);
    statement_bind_text(s, 5, action);
    statement_bind_optional_int(s, 6, subject);
    return statement_end(s);
}
static const Query query_audit_personal_add = {"store_audit_personal_add", "src/platform/store/store.sql:43", "INSERT INTO audit_personal (audit, expires_ms, detail) VALUES (?1, ?2, ?3)", "", true};
int64_t store_sql_audit_personal_add(Tx *tx, Id audit, int64_t expires_ms, Str detail) {
    Statement *s = statement_begin(tx, &query_audit_personal_add);
    statement_bind_int(s, 1, audit);
    statement_bind_int(s, 2, expires_ms);
    statement_bind_text(s, 3, detail);
    return statement_end(s);
}
static const Query query_audit_personal_expire = {"store_audit_personal_expire", "src/platform/store/store.sql:46", "DELETE FROM audit_personal WHERE expires_ms <= ?1", "", true};
int64_t store_sql_audit_personal_expire(Tx *tx, int64_t now_ms) {
    Statement *s = statement_begin(tx, &query_audit_personal_expire);
    statement_bind_int(s, 1, now_ms);
    return statement_end(s);
}
const Migration store_migrations[] = {{1, 1, "0001_store", "CREATE TABLE installation ( id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, created_ms INTEGER NOT NULL, schema_version INTEGER NOT NULL, compatible_version INTEGER NOT NULL ) STRICT; CREATE TABLE node ( number INTEGER NOT NULL PRIMARY KEY, holder INTEGER NOT NULL, reserved_id INTEGER NOT NULL ) STRICT; CREATE TABLE change ( edition INTEGER NOT NULL, part INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (edition, part) ) STRICT; CREATE TABLE audit ( id INTEGER NOT NULL PRIMARY KEY, at_ms INTEGER NOT NULL, person INTEGER, edition INTEGER, action TEXT NOT NULL, subject INTEGER ) STRICT; CREATE INDEX audit_by_subject ON audit (subject, id); CREATE TABLE audit_personal ( audit INTEGER NOT NULL PRIMARY KEY REFERENCES audit (id), expires_ms INTEGER NOT NULL, detail TEXT NOT NULL ) STRICT; CREATE INDEX audit_personal_by_expiry ON audit_personal (expires_ms); CREATE TABLE once_key ( key_hash BLOB NOT NULL PRIMARY KEY, created_ms INTEGER NOT NULL, status INTEGER, location TEXT ) STRICT; CREATE INDEX once_key_by_age ON once_key (created_ms);", ""}};
const int store_migration_count = 1;
