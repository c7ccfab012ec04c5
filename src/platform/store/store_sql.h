// SPDX-License-Identifier: EUPL-1.2
#ifndef STORE_SQL_H
#define STORE_SQL_H
#include "platform/store/query.h"
typedef struct StoreInstallationRow { int64_t id; Str name; int64_t created_ms; int64_t schema_version; int64_t compatible_version; } StoreInstallationRow;
bool store_sql_installation(Tx *tx, StoreInstallationRow *row);
int64_t store_sql_installation_create(Tx *tx, Id id, int64_t created_ms, int64_t schema_version, int64_t compatible_version);
int64_t store_sql_installation_rename(Tx *tx, Str name);
int64_t store_sql_installation_migrated(Tx *tx, int64_t schema_version, int64_t compatible_version);
typedef struct StoreNodesRow { int64_t number; int64_t holder; int64_t reserved_id; } StoreNodesRow;
typedef struct StoreNodesRows { StoreNodesRow *rows; size_t count; } StoreNodesRows;
StoreNodesRows store_sql_nodes(Tx *tx);
int64_t store_sql_node_take(Tx *tx, int64_t number, int64_t holder, Id reserved_id);
int64_t store_sql_node_reserve(Tx *tx, int64_t number, int64_t holder, Id reserved_id);
int64_t store_sql_node_release(Tx *tx, int64_t number, int64_t holder, Id last_id);
int64_t store_sql_changed(Tx *tx, Id edition, int64_t part);
typedef struct StoreVersionsRow { int64_t part; int64_t version; } StoreVersionsRow;
typedef struct StoreVersionsRows { StoreVersionsRow *rows; size_t count; } StoreVersionsRows;
StoreVersionsRows store_sql_versions(Tx *tx, Id edition);
int64_t store_sql_audit_add(Tx *tx, Id id, int64_t at_ms, OptionalInt person, OptionalInt edition, Str action, OptionalInt subject);
int64_t store_sql_audit_personal_add(Tx *tx, Id audit, int64_t expires_ms, Str detail);
int64_t store_sql_audit_personal_expire(Tx *tx, int64_t now_ms);
#endif
