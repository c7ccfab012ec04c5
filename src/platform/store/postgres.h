// SPDX-License-Identifier: EUPL-1.2
/* The engine of many nodes: PostgreSQL 15 or newer, through libpq.
 *
 * What a server costs is round trips, so each connection stays in libpq's pipeline mode and sends what needs no
 * answer, BEGIN, SAVEPOINT, RELEASE, along with the statement that follows; a reading transaction's end is sent and
 * its answer taken at the next beginning. Statements are prepared once a connection; parameters and rows travel in
 * binary.
 *
 * Reading is REPEATABLE READ READ ONLY. Writing is SERIALIZABLE: what two lanes or nodes do at once comes out as if
 * one had done it after the other, or one of them is lost (40001) and run again (writer.c). What goes through a gate,
 * and the reserving of ids, is READ COMMITTED behind the row of a gate (store.h).
 *
 * A newer program may bring the schema further while this one serves (engine.h says which schema admits whom). Each
 * writing transaction begins with a lock on the table that says so, which writers share and such a migration has alone,
 * and a look at it; reading ones look when that was last done SCHEMA_LOOK_MS ago. Both travel with BEGIN.
 *
 * A server that is away is told as ERR_BUSY; each connection finds its way back by itself when it is next used.
 *
 * postgres_address.c reads the address; postgres_error.c knows SQLSTATEs; postgres_link.c is a connection with its
 * pipeline; postgres.c opens connections and has the steps of a transaction; postgres_statement.c the statements;
 * postgres_schema.c finds the store in its database, and makes it ready; postgres_port.c copies whole tables.
 */
#ifndef WSPOLNIE_STORE_POSTGRES_H
#define WSPOLNIE_STORE_POSTGRES_H

#include "platform/store/engine.h"
#include <libpq-fe.h>

enum { POSTGRES_OLDEST = 15, SCHEMA_LOOK_MS = 200 };

/* ---- the address (postgres_address.c) ------------------------------------------------------------------ */

typedef struct PostgresAddress {
    PQconninfoOption *options; /* libpq's: what the address says, and our own where it is silent */
    char *shown;               /* "postgres://host:5432/database": without user and password */
} PostgresAddress;

/* "postgres://…" or "postgresql://…" */
bool postgres_is_address(const char *path);
/* Fails the arena, never repeating what was given: a password may be in it. */
void postgres_address_open(PostgresAddress *address, Arena *arena, const char *text);
void postgres_address_close(PostgresAddress *address);
/* The first line of what libpq says, with the password, should it be in there, blotted out. */
void postgres_address_blot(const PostgresAddress *address, const char *message, char *out, size_t size);

/* ---- what the server says (postgres_error.c) ------------------------------------------------------------ */

Err postgres_err(const char *sqlstate);
/* The same may go through when it is tried again. */
bool postgres_is_passing(const char *sqlstate);
/* Why a connection cannot be made, as one sentence: ERR_BUSY (away, or too many connections), ERR_DENIED, … */
Reason postgres_refusal(const PostgresAddress *address, const PGconn *conn);

/* ---- a connection and its pipeline (postgres_link.c) ---------------------------------------------------- */

typedef enum Control {
    CONTROL_BEGIN_READ,
    CONTROL_BEGIN_WRITE,
    CONTROL_BEGIN_GATE,
    CONTROL_SAVEPOINT,
    CONTROL_RELEASE,
    CONTROL_ROLLBACK_TO,
    CONTROL_COMMIT,
    CONTROL_ROLLBACK,
    CONTROL_HOLD_SCHEMA, /* of a store that is ready only, as what follows */
    CONTROL_LOOK_AT_SCHEMA,
    CONTROL_COUNT
} Control;

typedef enum Sent { SENT_CONTROL, SENT_LOOK, SENT_STATEMENT, SENT_SYNC } Sent;

/* More is not sent without taking the answers: enough for a group whose members ask nothing. */
enum { POSTGRES_GROUP_LIMIT = 32, POSTGRES_MOST_SENT = 128 };

typedef struct PostgresConnection {
    Connection head; /* first: the store's Connection is ours */
    PGconn *conn;    /* NULL: to be made anew at the next beginning */
    bool writes;
    bool in_transaction;
    bool is_lost;                  /* it cannot be committed any more: the connection went, or what failed may pass */
    bool has_failed;               /* a statement did: nothing but going back to the savepoint is possible */
    bool was_taken;                /* a key, since the last savepoint */
    bool is_stale;                 /* its prepared statements are of no use */
    Sent sent[POSTGRES_MOST_SENT]; /* whose answers were not taken yet, first one first */
    size_t sent_count;
    size_t failed_at;  /* of what was sent before the answers were last taken, the first that did not do */
    char sqlstate[6];  /* of that; "": the connection broke */
    unsigned prepared; /* so many statements */
    bool can_look;     /* what looks at the schema is prepared too */
    int64_t stamp;
} PostgresConnection;

/* store->own */
typedef struct PostgresServer {
    PostgresAddress address;
    pthread_mutex_t lock;      /* of what follows */
    int64_t away_since_ms;     /* monotonic: since no connection could be made; 0: it answers */
    int64_t tried_ms;          /* the last try */
    Reason refusal;            /* what came of it */
    _Atomic int64_t looked_ms; /* monotonic: when the schema was last found to be one we may work on */
} PostgresServer;

static inline PostgresConnection *postgres_of(Connection *connection) { return (PostgresConnection *)connection; }
static inline PostgresServer *postgres_server(const Store *store) { return store->own; }

/* Sends without flushing; false: the connection is gone, with the reason set. */
bool postgres_send_control(PostgresConnection *connection, Control control);
/* Asks along with what is sent next whether the schema is still one this program may work on; held: and that it stay so
 * until the transaction ends. Where it is not, what was sent fails with ERR_OUTDATED. */
bool postgres_schema_may_be_new(const PostgresConnection *connection); /* nobody has looked for a while */
bool postgres_look_at_schema(PostgresConnection *connection, bool held);
/* After a PQsend…: its answer is waited for. */
bool postgres_sent(PostgresConnection *connection, int is_sent, Sent what);
/* Flushes what was sent, and leaves the answers for later. */
bool postgres_flush(PostgresConnection *connection);
/* Flushes, and takes every answer; *result is that of the last statement, to be cleared. False: something failed,
 * and the reason is set. */
bool postgres_take(PostgresConnection *connection, PGresult **result);
/* One statement of the engine's own, in text. NULL: failed, with the reason set. */
PGresult *postgres_query(PostgresConnection *connection, const char *sql);
/* Several statements at once, outside the pipeline. */
bool postgres_script(PostgresConnection *connection, const char *sql);
void postgres_set_reason(PostgresConnection *connection, const PGresult *result);
/* Prepares the engine's own statements, in a connection fresh in pipeline mode. */
bool postgres_prepare_controls(PostgresConnection *connection);
/* Forgets what was prepared and sent; the connection is closed. */
void postgres_drop(PostgresConnection *connection);

/* ---- connecting (postgres.c) ------------------------------------------------------------------------------ */

/* Makes the connection where there is none, or none that is of use. False: the reason is set. */
bool postgres_connected(PostgresConnection *connection);

/* ---- statements (postgres_statement.c): the table's functions -------------------------------------------- */

Statement *postgres_statement_begin(Tx *tx, const Query *query);
void postgres_bind_null(Statement *statement, int parameter);
void postgres_bind_int(Statement *statement, int parameter, int64_t value);
void postgres_bind_real(Statement *statement, int parameter, double value);
void postgres_bind_octets(Statement *statement, int parameter, Str value);
bool postgres_step(Statement *statement);
bool postgres_is_null(const Statement *statement, int column);
int64_t postgres_get_int(const Statement *statement, int column);
double postgres_get_real(const Statement *statement, int column);
Str postgres_get_octets(const Statement *statement, int column);
const char *postgres_column_title(const Statement *statement, int column);
void postgres_statement_end(Statement *statement);

/* ---- the store in its database (postgres_schema.c) --------------------------------------------------------- */

/* Takes the address in; the path, which may hold a password, is forgotten. */
void postgres_server_open(Store *store, Arena *arena);
/* The lock that every program of ours asks for before it makes or changes tables; to the transaction's end. */
void postgres_lock_schema(PostgresConnection *connection, Arena *arena);
bool postgres_has_no_tables(PostgresConnection *connection, Arena *arena);
void postgres_make_ready(Store *store, Arena *arena, const StoreOptions *options);
int postgres_schema_version(Tx *tx);
void postgres_apply(Tx *tx, const Migration *migration);
/* Of a connection made anew: still ours, and not too new. False: the reason is set. */
bool postgres_is_still_ours(PostgresConnection *connection);
Str postgres_check(Store *store, Arena *arena);

#endif
