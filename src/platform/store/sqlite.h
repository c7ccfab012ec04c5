// SPDX-License-Identifier: EUPL-1.2
/* The engine of one file. WAL, synchronous=FULL, one writer, many readers.
 *
 * A newer program never brings the file further while another serves it (sqlite_serve). A command of an older one may
 * still be at work then: each transaction looks at the file's version, which its first page tells anyway, and ends with
 * ERR_OUTDATED where it has become one that this program may not work on.
 *
 * sqlite.c has connections, transactions and errors; sqlite_statement.c the statements; sqlite_file.c finds the file
 * and makes it ready; sqlite_backup.c copies it; sqlite_port.c copies whole tables.
 */
#ifndef WSPOLNIE_STORE_SQLITE_H
#define WSPOLNIE_STORE_SQLITE_H

#include "platform/store/engine.h"
#include <sqlite3.h>

/* "Wspo": how a file of ours is told from another program's database. */
enum { STORE_APPLICATION_ID = 0x5773706f };

/* Statements of the engine itself, which carry no data. */
typedef enum Command {
    COMMAND_BEGIN_READ,
    COMMAND_BEGIN_WRITE,
    COMMAND_SAVEPOINT,
    COMMAND_RELEASE,
    COMMAND_ROLLBACK_TO,
    COMMAND_COMMIT,
    COMMAND_ROLLBACK,
    COMMAND_DATA_VERSION,
    COMMAND_SCHEMA_VERSION,
    COMMAND_COMPATIBLE_VERSION,
    COMMAND_COUNT
} Command;

typedef struct SqliteConnection {
    Connection head; /* first: the store's Connection is ours */
    sqlite3 *db;
    sqlite3_stmt *commands[COMMAND_COUNT];
    int64_t schema; /* the version that was last found to be one we may work on; 0: none yet */
} SqliteConnection;

static inline SqliteConnection *sqlite_of(Connection *connection) { return (SqliteConnection *)connection; }
static inline sqlite3 *sqlite_db(const Connection *connection) { return ((const SqliteConnection *)connection)->db; }

typedef enum ConnectionKind { CONNECTION_LOOKS, CONNECTION_READS, CONNECTION_WRITES } ConnectionKind;

/* Opens an existing file, with our settings. LOOKS opens read-only and leaves the file's mode as it
 * is. On failure fails the arena, holding nothing. */
Connection *sqlite_open_connection(Arena *arena, const char *path, ConnectionKind kind, int busy_ms);
void sqlite_disconnect(Connection *connection); /* NULL is allowed */
/* One sentence on why a file cannot be opened. */
noreturn void sqlite_refuse(Arena *arena, const char *path, Err err, const char *reason);

/* Runs one of the engine's statements; SQLITE_OK, or SQLite's code. *value: of the first column, or NULL. */
int sqlite_command(Connection *connection, Command command, int64_t *value);
/* Runs statements that give no rows; failure fails the arena. */
void sqlite_execute(Connection *connection, Arena *arena, const char *sql);
int64_t sqlite_pragma(Connection *connection, Arena *arena, const char *sql);  /* first column, or 0 */
Str sqlite_pragma_text(Connection *connection, Arena *arena, const char *sql); /* or absent */

Err sqlite_err(sqlite3 *db, int code);
/* Fails the arena with the connection's last error: "cannot WHAT: disk is full". */
noreturn void sqlite_fail(Connection *connection, Arena *arena, const char *what, int code);

/* ---- statements (sqlite_statement.c): the table's functions --------------------------------------- */

Statement *sqlite_statement_begin(Tx *tx, const Query *query);
void sqlite_bind_null(Statement *statement, int parameter);
void sqlite_bind_integer(Statement *statement, int parameter, int64_t value);
void sqlite_bind_real(Statement *statement, int parameter, double value);
void sqlite_bind_words(Statement *statement, int parameter, Str value);
void sqlite_bind_octets(Statement *statement, int parameter, Str value);
bool sqlite_step(Statement *statement);
bool sqlite_is_null(const Statement *statement, int column);
int64_t sqlite_get_int(const Statement *statement, int column);
double sqlite_get_real(const Statement *statement, int column);
Str sqlite_get_text(const Statement *statement, int column);
Str sqlite_get_bytes(const Statement *statement, int column);
const char *sqlite_column_title(const Statement *statement, int column);
void sqlite_statement_end(Statement *statement);

/* ---- files (sqlite_file.c, sqlite_backup.c) ------------------------------------------------------------------ */

void sqlite_make_ready(Store *store, Arena *arena, const StoreOptions *options);
/* Holds a lock on the little file FILE.serving until sqlite_close. The lock is the kernel's and ends with the process,
 * whatever ends it; where the file cannot be made (no room, no right) the data file itself says so better. */
void sqlite_serve(Store *store, Arena *arena);
void sqlite_close(Store *store);
int sqlite_schema_version(Tx *tx);
void sqlite_apply(Tx *tx, const Migration *migration);
/* Of an open file: ERR_CONFLICT with one sentence unless it is ours and not too new. Gives its
 * schema version; 0 for an empty file. */
int sqlite_identify(Connection *connection, Arena *arena, const char *path, const StoreSetup *setup);
/* ERR_CONFLICT. */
void sqlite_must_not_exist(Arena *arena, const char *path);
/* A log left beside a file that is gone would be taken for the new one's. */
void sqlite_must_have_no_log(Arena *arena, const char *path);
/* A new, empty file beside path, for its owner alone; removed unless the arena's protect ends well. */
char *sqlite_temporary_beside(Arena *arena, const char *path);
/* Gives the finished file its name, never over another; on disk when this returns. */
void sqlite_publish(Arena *arena, char *temporary, const char *path);
/* A consistent copy under a new name, on disk when this returns; fails the arena. */
void sqlite_copy(Connection *source, Arena *arena, const char *path);
void sqlite_backup(Store *store, Arena *arena, const char *path);
/* Checks a copy and puts it at path (store_restore). */
void sqlite_restore(Arena *arena, const char *backup_path, const char *path);
/* First finding of SQLite's own checks, or absent. */
Str sqlite_first_finding(Connection *connection, Arena *arena);
Str sqlite_check(Store *store, Arena *arena);

#endif
