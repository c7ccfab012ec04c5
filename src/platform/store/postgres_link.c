// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.h"

#include <assert.h>

static const char *const control_names[CONTROL_COUNT] = {
    [CONTROL_BEGIN_READ] = "begin_read",   [CONTROL_BEGIN_WRITE] = "begin_write",
    [CONTROL_BEGIN_GATE] = "begin_gate",   [CONTROL_SAVEPOINT] = "savepoint",
    [CONTROL_RELEASE] = "release",         [CONTROL_ROLLBACK_TO] = "rollback_to",
    [CONTROL_COMMIT] = "commit",           [CONTROL_ROLLBACK] = "rollback",
    [CONTROL_HOLD_SCHEMA] = "hold_schema", [CONTROL_LOOK_AT_SCHEMA] = "look_at_schema",
};
static const char *const control_texts[CONTROL_COUNT] = {
    [CONTROL_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    [CONTROL_BEGIN_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
    [CONTROL_BEGIN_GATE] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    [CONTROL_SAVEPOINT] = "SAVEPOINT member",
    [CONTROL_RELEASE] = "RELEASE SAVEPOINT member",
    [CONTROL_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT member",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    /* Before anything that reads: the snapshot is then one that has seen the migration we waited for. */
    [CONTROL_HOLD_SCHEMA] = "LOCK TABLE installation IN ROW SHARE MODE",
    [CONTROL_LOOK_AT_SCHEMA] = "SELECT compatible_version FROM installation",
};

/* ---- reasons --------------------------------------------------------------------------------------- */

static bool set_gone(PostgresConnection *connection) {
    Reason *reason = &connection->head.reason;
    *reason = (Reason){.err = ERR_BUSY, .is_passing = true};
    snprintf(reason->text, sizeof reason->text, "the connection to %s was lost",
             postgres_server(connection->head.store)->address.shown);
    connection->is_lost = true;
    return false;
}

/* Of a foreign key that is broken, in SQLite's words: who imports rows is told in its own (platform/dump). */
void postgres_set_reason(PostgresConnection *connection, const PGresult *result) {
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!sqlstate) {
        set_gone(connection); /* libpq's own: the connection broke while it was read */
        return;
    }
    snprintf(connection->sqlstate, sizeof connection->sqlstate, "%s", sqlstate);
    Reason *reason = &connection->head.reason;
    *reason = (Reason){.err = postgres_err(sqlstate), .is_passing = postgres_is_passing(sqlstate)};
    if (strcmp(sqlstate, "23503") == 0) snprintf(reason->text, sizeof reason->text, "FOREIGN KEY constraint failed");
    else snprintf(reason->text, sizeof reason->text, "%s", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    connection->has_failed = true;
    connection->is_lost |= reason->is_passing;
    connection->was_taken |= strcmp(sqlstate, "23505") == 0;
    bool is_of_another_time = !strncmp(sqlstate, "0A000", 5) || !strncmp(sqlstate, "26000", 5);
    connection->is_stale |= is_of_another_time || !strncmp(sqlstate, "25006", 5) || !strncmp(sqlstate, "57P", 3);
}

/* ---- sending ----------------------------------------------------------------------------------------- */

bool postgres_sent(PostgresConnection *connection, int is_sent, Sent what) {
    if (!is_sent) return set_gone(connection);
    assert(connection->sent_count < POSTGRES_MOST_SENT);
    connection->sent[connection->sent_count++] = what;
    return true;
}

bool postgres_flush(PostgresConnection *connection) {
    return postgres_sent(connection, connection->conn && PQpipelineSync(connection->conn), SENT_SYNC);
}

/* ---- taking ------------------------------------------------------------------------------------------ */

static bool is_error(ExecStatusType status) {
    return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY &&
           status != PGRES_PIPELINE_SYNC;
}

/* What a look at the schema has found. */
static bool may_work_on(PostgresConnection *connection, const PGresult *result) {
    Store *store = connection->head.store;
    int64_t compatible = 0;
    bool found = PQntuples(result) == 1 && str_to_int(str_from_c(PQgetvalue(result, 0, 0)), &compatible);
    if (found && compatible <= store->setup.migration_count) {
        atomic_store(&postgres_server(store)->looked_ms, clock_monotonic_ns() / 1000000);
        return true;
    }
    Reason *reason = &connection->head.reason;
    *reason = (Reason){.err = ERR_OUTDATED};
    if (found)
        snprintf(reason->text, sizeof reason->text,
                 "%s is now for programs that know schema %lld (this one knows %d): start a newer one",
                 postgres_server(store)->address.shown, (long long)compatible, store->setup.migration_count);
    else snprintf(reason->text, sizeof reason->text, "%s has lost its schema", postgres_server(store)->address.shown);
    connection->has_failed = connection->is_lost = true;
    return false;
}

/* The answer to one thing that was sent, without the NULL that ends it; what stood in its way was told before. */
static PGresult *take_one(PostgresConnection *connection, Sent what, bool *sound) {
    PGresult *result = PQgetResult(connection->conn);
    if (!result) {
        *sound = set_gone(connection);
        return NULL;
    }
    if (what == SENT_SYNC && PQresultStatus(result) == PGRES_PIPELINE_SYNC) return result;
    if (is_error(PQresultStatus(result))) {
        if (PQresultStatus(result) != PGRES_PIPELINE_ABORTED && *sound) postgres_set_reason(connection, result);
        *sound = false;
    } else if (what == SENT_LOOK && *sound) {
        *sound = may_work_on(connection, result);
    }
    PGresult *end = PQgetResult(connection->conn);
    if (end) PQclear(end);
    return result;
}

bool postgres_take(PostgresConnection *connection, PGresult **result) {
    PGresult *last = NULL;
    bool sound = postgres_flush(connection);
    connection->failed_at = connection->sent_count;
    connection->sqlstate[0] = 0;
    for (size_t i = 0; connection->conn && i < connection->sent_count; i++) {
        if (sound) connection->failed_at = i;
        PGresult *taken = take_one(connection, connection->sent[i], &sound);
        if (connection->sent[i] == SENT_SYNC) {
            PQclear(taken);
        } else {
            PQclear(last);
            last = taken;
        }
        if (PQstatus(connection->conn) == CONNECTION_OK) continue;
        sound = set_gone(connection);
        break;
    }
    connection->sent_count = 0;
    if (!sound || !result) {
        PQclear(last);
        last = NULL;
    }
    if (result) *result = last;
    return sound;
}

PGresult *postgres_query(PostgresConnection *connection, const char *sql) {
    PGresult *result = NULL;
    int sent = connection->conn && PQsendQueryParams(connection->conn, sql, 0, NULL, NULL, NULL, NULL, 0);
    return postgres_sent(connection, sent, SENT_STATEMENT) && postgres_take(connection, &result) ? result : NULL;
}

bool postgres_script(PostgresConnection *connection, const char *sql) {
    if (connection->sent_count && !postgres_take(connection, NULL)) return false;
    if (!PQexitPipelineMode(connection->conn)) return set_gone(connection);
    PGresult *result = PQexec(connection->conn, sql);
    bool done = !is_error(PQresultStatus(result));
    if (!done) postgres_set_reason(connection, result);
    PQclear(result);
    if (!PQenterPipelineMode(connection->conn)) return set_gone(connection);
    return done;
}

bool postgres_send_control(PostgresConnection *connection, Control control) {
    if (!connection->conn) return set_gone(connection);
    if (connection->sent_count > POSTGRES_MOST_SENT / 2 && !postgres_take(connection, NULL)) return false;
    int sent = PQsendQueryPrepared(connection->conn, control_names[control], 0, NULL, NULL, NULL, 1);
    return postgres_sent(connection, sent, SENT_CONTROL);
}

static bool prepare_control(PostgresConnection *connection, Control control) {
    int sent = PQsendPrepare(connection->conn, control_names[control], control_texts[control], 0, NULL);
    return postgres_sent(connection, sent, SENT_CONTROL);
}

bool postgres_look_at_schema(PostgresConnection *connection, bool held) {
    if (!connection->head.store->is_ready) return true; /* nothing is there yet, or it is being brought up to date */
    if (!connection->can_look) {
        bool sound = connection->conn && prepare_control(connection, CONTROL_HOLD_SCHEMA) &&
                     prepare_control(connection, CONTROL_LOOK_AT_SCHEMA);
        if (!sound) return set_gone(connection);
        connection->can_look = true;
    }
    if (held && !postgres_send_control(connection, CONTROL_HOLD_SCHEMA)) return false;
    int sent = PQsendQueryPrepared(connection->conn, control_names[CONTROL_LOOK_AT_SCHEMA], 0, NULL, NULL, NULL, 0);
    return postgres_sent(connection, sent, SENT_LOOK);
}

/* ---- its beginning and end ------------------------------------------------------------------------------ */

bool postgres_prepare_controls(PostgresConnection *connection) {
    bool sound = true;
    for (int i = 0; sound && i < CONTROL_HOLD_SCHEMA; i++) sound = prepare_control(connection, i);
    return sound && postgres_take(connection, NULL);
}

void postgres_drop(PostgresConnection *connection) {
    PQfinish(connection->conn);
    connection->conn = NULL;
    StatementCache *cache = &connection->head.cache;
    for (size_t i = 0; i < cache->capacity; i++) free(cache->places[i].prepared);
    free(cache->places);
    *cache = (StatementCache){0};
    connection->in_transaction = connection->is_stale = connection->can_look = false;
    connection->sent_count = connection->prepared = 0;
}
