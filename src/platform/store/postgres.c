// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.h"

#include "platform/store/port_engine.h"
#include <errno.h>
#include <poll.h>
#include <time.h>

enum { ANSWER_MS = 5000, LEAST_PAUSE_MS = 50, MOST_PAUSE_MS = 500 };

/* Also where a cluster's own settings are less careful. A lane looks things up by index, so that what it has read is
 * a few pages and not whole tables, which every other lane's writes would collide with. */
static const char session_reads[] = "SET lock_timeout = '5s'; SET jit = off";
static const char session_writes[] =
    "SET lock_timeout = '5s'; SET jit = off; SET enable_seqscan = off; SET idle_in_transaction_session_timeout = "
    "'60s'; "
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

static int64_t now_ms(void) { return clock_monotonic_ns() / 1000000; }

static void pause_ms(int64_t ms) {
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* ---- a connection made ------------------------------------------------------------------------------- */

static bool refuse(PostgresConnection *connection, Err err, const char *format, const char *value) {
    Reason *reason = &connection->head.reason;
    *reason = (Reason){.err = err};
    int used =
        snprintf(reason->text, sizeof reason->text, "%s ", postgres_server(connection->head.store)->address.shown);
    snprintf(reason->text + used, sizeof reason->text - (size_t)used, format, value);
    return false;
}

/* As PQconnectdb does, but with SQLSTATEs in place of words, and within ANSWER_MS for each of the hosts. */
static PGconn *dial(const PostgresAddress *address) {
    const char *keywords[64], *values[64];
    size_t count = 0, hosts = 1;
    for (const PQconninfoOption *option = address->options; option->keyword && count < 63; option++) {
        if (!option->val) continue;
        keywords[count] = option->keyword;
        values[count++] = option->val;
        if (strcmp(option->keyword, "host") == 0)
            for (const char *sign = option->val; *sign; sign++) hosts += *sign == ',';
    }
    keywords[count] = values[count] = NULL;
    PGconn *conn = PQconnectStartParams(keywords, values, 0);
    if (!conn) return NULL;
    PQsetErrorVerbosity(conn, PQERRORS_SQLSTATE);
    int64_t until_ms = now_ms() + ANSWER_MS * (int64_t)hosts;
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (PQstatus(conn) != CONNECTION_BAD && state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        struct pollfd waiting = {.fd = PQsocket(conn), .events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT};
        int64_t left_ms = until_ms - now_ms();
        if (left_ms <= 0 || (poll(&waiting, 1, (int)left_ms) < 0 && errno != EINTR)) break;
        state = PQconnectPoll(conn);
    }
    return conn;
}

static const char *told(const PGconn *conn, const char *parameter) {
    const char *value = PQparameterStatus(conn, parameter);
    return value ? value : "";
}

/* What the server said of itself. */
static bool is_of_use(PostgresConnection *connection) {
    PGconn *conn = connection->conn;
    if (PQserverVersion(conn) < POSTGRES_OLDEST * 10000)
        return refuse(connection, ERR_CONFLICT, "is PostgreSQL %s: 15 or newer is needed",
                      told(conn, "server_version"));
    if (strcmp(told(conn, "server_encoding"), "UTF8") != 0)
        return refuse(connection, ERR_CONFLICT, "keeps its text as %s: make the database with ENCODING 'UTF8'",
                      told(conn, "server_encoding"));
    if (strcmp(told(conn, "in_hot_standby"), "on") == 0)
        return refuse(connection, ERR_DENIED, "is a standby, which only reads: %s",
                      "give the address of the server that writes");
    if (strcmp(told(conn, "default_transaction_read_only"), "on") == 0)
        return refuse(connection, ERR_DENIED, "only reads (%s is on)", "default_transaction_read_only");
    return true;
}

static void ignore_notices(void *context, const PGresult *notice) {
    (void)context;
    (void)notice;
}

static bool open_session(PostgresConnection *connection) {
    PGconn *conn = connection->conn;
    PQsetNoticeReceiver(conn, ignore_notices, NULL);
    if (!is_of_use(connection)) return false;
    PGresult *result = PQexec(conn, connection->writes ? session_writes : session_reads);
    bool sound = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!sound) postgres_set_reason(connection, result);
    PQclear(result);
    return sound && PQenterPipelineMode(conn) && postgres_prepare_controls(connection) &&
           postgres_is_still_ours(connection);
}

/* One that was away a moment ago is not asked again by everybody. */
static bool is_known_to_be_away(PostgresServer *server, Reason *reason) {
    pthread_mutex_lock(&server->lock);
    bool away = server->away_since_ms && now_ms() - server->tried_ms < LEAST_PAUSE_MS;
    if (away) *reason = server->refusal;
    pthread_mutex_unlock(&server->lock);
    return away;
}

static void note(PostgresServer *server, const Reason *refusal) {
    pthread_mutex_lock(&server->lock);
    server->tried_ms = now_ms();
    if (!refusal) server->away_since_ms = 0;
    else if (!server->away_since_ms) server->away_since_ms = server->tried_ms;
    if (refusal) server->refusal = *refusal;
    pthread_mutex_unlock(&server->lock);
}

static bool connect_once(PostgresConnection *connection) {
    PostgresServer *server = postgres_server(connection->head.store);
    if (is_known_to_be_away(server, &connection->head.reason)) return false;
    connection->conn = dial(&server->address);
    bool sound = connection->conn && PQstatus(connection->conn) == CONNECTION_OK;
    if (!sound) connection->head.reason = postgres_refusal(&server->address, connection->conn);
    sound = sound && open_session(connection);
    bool is_there = sound || connection->head.reason.err == ERR_OUTDATED; /* what it keeps may change at any moment */
    note(server, is_there ? NULL : &connection->head.reason);
    if (!sound) postgres_drop(connection);
    return sound;
}

/* A writer waits for a server that restarts, or for its standby that takes over, as long as it would wait for a
 * file; readers tell their people at once. */
static bool connect_anew(PostgresConnection *connection) {
    PostgresServer *server = postgres_server(connection->head.store);
    for (int64_t pause = LEAST_PAUSE_MS; !connect_once(connection); pause = pause * 2) {
        pthread_mutex_lock(&server->lock);
        bool waits = connection->writes && connection->head.reason.is_passing && server->away_since_ms &&
                     now_ms() - server->away_since_ms < connection->head.store->setup.busy_ms;
        pthread_mutex_unlock(&server->lock);
        if (!waits) return false;
        pause_ms(pause < MOST_PAUSE_MS ? pause : MOST_PAUSE_MS);
    }
    return true;
}

/* Takes what is still to come, and looks whether the server has hung up meanwhile. */
static bool is_alive(PostgresConnection *connection) {
    if (!connection->conn || connection->is_stale || PQstatus(connection->conn) != CONNECTION_OK) return false;
    if (connection->sent_count && !postgres_take(connection, NULL)) return false;
    struct pollfd waiting = {.fd = PQsocket(connection->conn), .events = POLLIN};
    while (poll(&waiting, 1, 0) > 0)
        if (!PQconsumeInput(connection->conn) || PQstatus(connection->conn) != CONNECTION_OK) return false;
    return true;
}

bool postgres_connected(PostgresConnection *connection) {
    if (is_alive(connection)) return true;
    postgres_drop(connection);
    return connect_anew(connection);
}

static void postgres_disconnect(Connection *connection) {
    postgres_drop(postgres_of(connection));
    free(connection);
}

static Connection *postgres_connect(Store *store, Arena *arena, bool writes) {
    PostgresConnection *connection = store_calloc(arena, sizeof *connection);
    connection->head.engine = &engine_postgres;
    connection->head.store = store;
    connection->writes = writes;
    if (postgres_connected(connection)) return &connection->head;
    Reason reason = connection->head.reason;
    postgres_disconnect(&connection->head);
    arena_fail(arena, reason.err, "%s", reason.text);
}

static void postgres_close(Store *store) {
    PostgresServer *server = postgres_server(store);
    if (!server) return;
    postgres_address_close(&server->address);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

bool postgres_schema_may_be_new(const PostgresConnection *connection) {
    return now_ms() - atomic_load(&postgres_server(connection->head.store)->looked_ms) >= SCHEMA_LOOK_MS;
}

/* ---- steps of a transaction ------------------------------------------------------------------------------ */

static bool postgres_begin(Connection *connection, Purpose purpose) {
    static const Control controls[] = {[PURPOSE_READ] = CONTROL_BEGIN_READ,
                                       [PURPOSE_WRITE] = CONTROL_BEGIN_WRITE,
                                       [PURPOSE_GATE] = CONTROL_BEGIN_GATE,
                                       [PURPOSE_NODE] = CONTROL_BEGIN_GATE};
    PostgresConnection *own = postgres_of(connection);
    own->is_lost = own->has_failed = own->was_taken = false;
    own->in_transaction = postgres_connected(own) && postgres_send_control(own, controls[purpose]);
    bool looks = purpose != PURPOSE_READ || postgres_schema_may_be_new(own);
    return own->in_transaction && (!looks || postgres_look_at_schema(own, purpose != PURPOSE_READ));
}

static bool postgres_savepoint(Connection *connection) {
    PostgresConnection *own = postgres_of(connection);
    own->was_taken = false;
    return postgres_send_control(own, CONTROL_SAVEPOINT);
}

static bool postgres_savepoint_end(Connection *connection, bool keep) {
    PostgresConnection *own = postgres_of(connection);
    if (keep && own->has_failed) { /* its fault was passed over: what it did cannot be kept */
        own->head.reason = (Reason){.err = ERR_INTERNAL, .text = "the transaction was lost: a statement failed in it"};
        return false;
    }
    if (!keep && !postgres_send_control(own, CONTROL_ROLLBACK_TO)) return false;
    own->has_failed = false;
    return postgres_send_control(own, CONTROL_RELEASE);
}

/* After a COMMIT that was sent and did not come out sound: whether it may have been done all the same. What stood
 * before it in the pipeline and was refused has kept the server from it. */
static bool may_be_committed(const PostgresConnection *connection, size_t commit_at) {
    const char *sqlstate = connection->sqlstate;
    if (!*sqlstate) return PQstatus(connection->conn) != CONNECTION_OK;
    if (connection->failed_at < commit_at) return false;
    bool says_so = !strncmp(sqlstate, "57P", 3) || !strncmp(sqlstate, "08", 2) || !strcmp(sqlstate, "40003");
    return says_so || PQstatus(connection->conn) != CONNECTION_OK; /* the server panicked while it was at it */
}

/* Of a transaction whose members asked nothing the look at the schema may still be on its way: only who has read what
 * it found may ask for the commit, for to the server it is a SELECT like any other. */
static bool schema_was_seen(PostgresConnection *connection) {
    for (size_t i = 0; i < connection->sent_count; i++)
        if (connection->sent[i] == SENT_LOOK) return postgres_take(connection, NULL);
    return true;
}

/* In a transaction that has failed, COMMIT is answered with ROLLBACK. */
static Commit postgres_commit(Connection *connection) {
    PostgresConnection *own = postgres_of(connection);
    PGresult *result = NULL;
    if (own->is_lost || !schema_was_seen(own) || !postgres_send_control(own, CONTROL_COMMIT)) return COMMIT_FAILED;
    size_t commit_at = own->sent_count - 1;
    bool sound = postgres_take(own, &result);
    bool committed = sound && strcmp(PQcmdStatus(result), "COMMIT") == 0;
    PQclear(result);
    own->in_transaction = !committed;
    if (committed) return COMMIT_DONE;
    bool is_uncertain = !sound && may_be_committed(own, commit_at);
    if (is_uncertain) {
        own->head.reason = (Reason){.err = ERR_UNCERTAIN};
        snprintf(own->head.reason.text, sizeof own->head.reason.text,
                 "asked for the commit, and the connection to %s was lost before the answer",
                 postgres_server(connection->store)->address.shown);
    } else if (sound) {
        own->head.reason = (Reason){.err = ERR_INTERNAL, .text = "cannot commit: the transaction was lost"};
    }
    return is_uncertain ? COMMIT_UNCERTAIN : COMMIT_FAILED;
}

static void postgres_rollback(Connection *connection) {
    PostgresConnection *own = postgres_of(connection);
    if (!own->in_transaction) return;
    own->in_transaction = false;
    if (own->conn && PQstatus(own->conn) == CONNECTION_OK && postgres_send_control(own, CONTROL_ROLLBACK))
        postgres_flush(own);
}

static bool postgres_is_open(const Connection *connection) {
    return ((const PostgresConnection *)connection)->in_transaction;
}

static bool postgres_is_lost(Connection *connection) { return postgres_of(connection)->is_lost; }

static bool postgres_was_taken(const Connection *connection) {
    return ((const PostgresConnection *)connection)->was_taken;
}

/* Other nodes write: nothing here knows of it, so what is known of the rows is never known for long. */
static int64_t postgres_stamp(Connection *connection, Arena *arena) {
    (void)arena;
    return ++postgres_of(connection)->stamp;
}

static void postgres_backup(Store *store, Arena *arena, const char *path) {
    (void)path;
    arena_fail(arena, ERR_CONFLICT, "%s is copied with PostgreSQL's own tools: pg_dump, or pg_basebackup for the whole",
               postgres_server(store)->address.shown);
}

const Engine engine_postgres = {
    .name = "PostgreSQL",
    .lanes = 4,
    .most_lanes = STORE_MOST_LANES,
    .group_limit = POSTGRES_GROUP_LIMIT,
    .reserves_apart = true,
    .has_gates = true,
    .reserve_ms = 10000,
    .tries = 10,
    .make_ready = postgres_make_ready,
    .close = postgres_close,
    .connect = postgres_connect,
    .disconnect = postgres_disconnect,
    .begin = postgres_begin,
    .savepoint = postgres_savepoint,
    .savepoint_end = postgres_savepoint_end,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .is_open = postgres_is_open,
    .is_lost = postgres_is_lost,
    .was_taken = postgres_was_taken,
    .stamp = postgres_stamp,
    .schema_version = postgres_schema_version,
    .apply = postgres_apply,
    .statement_begin = postgres_statement_begin,
    .bind_null = postgres_bind_null,
    .bind_int = postgres_bind_int,
    .bind_real = postgres_bind_real,
    .bind_text = postgres_bind_octets,
    .bind_bytes = postgres_bind_octets,
    .step = postgres_step,
    .is_null = postgres_is_null,
    .get_int = postgres_get_int,
    .get_real = postgres_get_real,
    .get_text = postgres_get_octets,
    .get_bytes = postgres_get_octets,
    .column_name = postgres_column_title,
    .statement_end = postgres_statement_end,
    .backup = postgres_backup,
    .check = postgres_check,
    .port = &port_postgres,
};
