// SPDX-License-Identifier: EUPL-1.2
/* Engine: what the files of the store share, and nobody else includes (its tests apart).
 *
 * A Connection is one open SQLite handle with its prepared statements; it belongs to one
 * thread at a time. A store has one that writes, used by the writer's thread (writer.c),
 * and one that reads for each thread that ever read, kept in a list until store_close.
 * Opening brings an older file up to date (migrate.c); ids come from a leased node (node.c).
 */
#ifndef WSPOLNIE_STORE_ENGINE_H
#define WSPOLNIE_STORE_ENGINE_H

#include "platform/store/query.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

/* "Wspo": how a file of ours is told from another program's database. */
enum { STORE_APPLICATION_ID = 0x5773706f };
/* How long a foreign program may hold the file before ERR_BUSY. */
enum { STORE_BUSY_MS = 5000 };
/* What is personal in an audit row is kept this long. */
#define STORE_AUDIT_PERSONAL_MS (INT64_C(90) * 24 * 60 * 60 * 1000)

/* What a program expects of a file: its migrations, and how patient it is. Tests bring their own. */
typedef struct StoreSetup {
    const Migration *migrations;
    int migration_count;
    int busy_ms;
} StoreSetup;

Err store_open_as(Arena *arena, const StoreOptions *options, const StoreSetup *setup, Store **store);
StoreSetup store_setup(void); /* of this program */

/* ---- connections and statements (sqlite.c) ---------------------------------------------------- */

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
    COMMAND_COUNT
} Command;

typedef struct CachedStatement {
    const Query *query; /* NULL: the place is free */
    sqlite3_stmt *prepared;
    bool in_use;
} CachedStatement;

/* The versions of one edition's parts as they were when the file was last seen to change. */
typedef struct KnownVersions {
    bool known;
    Id edition;
    int64_t data_version;
    int64_t versions[PART_COUNT];
} KnownVersions;
enum { KNOWN_VERSIONS = 64 };

typedef struct Connection {
    sqlite3 *db;
    sqlite3_stmt *commands[COMMAND_COUNT];
    CachedStatement *cache; /* open addressing, a power of two */
    size_t cache_capacity, cache_count;
    int running;        /* statements begun and not ended */
    int64_t statements; /* begun since it was opened */
    KnownVersions known[KNOWN_VERSIONS];
    Store *store;            /* of a reading one: */
    struct Connection *next; /* the store's list */
} Connection;

struct Tx {
    Store *store; /* NULL while a file is opened or looked at */
    Connection *connection;
    Arena *arena;
    int64_t now_ms;
    int64_t changes;
    bool writes;
};

typedef enum ConnectionKind { CONNECTION_LOOKS, CONNECTION_READS, CONNECTION_WRITES } ConnectionKind;

/* Opens an existing file, with our settings. LOOKS opens read-only and leaves the file's mode as it
 * is. On failure fails the arena, holding nothing. */
Connection *connection_open(Arena *arena, const char *path, ConnectionKind kind, int busy_ms);
/* One sentence on why a file cannot be opened. */
noreturn void connection_refuse(Arena *arena, const char *path, Err err, const char *reason);
void connection_close(Connection *connection); /* NULL is allowed */
/* The same, for arena_defer. */
void connection_close_deferred(void *connection);

/* Runs one of the engine's statements; SQLITE_OK, or SQLite's code. *value: of the first column. */
int connection_command(Connection *connection, Command command);
int connection_command_value(Connection *connection, Command command, int64_t *value);
/* Runs statements that give no rows; failure fails the arena. */
void connection_execute(Connection *connection, Arena *arena, const char *sql);
int64_t connection_pragma(Connection *connection, Arena *arena, const char *sql);  /* first column, or 0 */
Str connection_pragma_text(Connection *connection, Arena *arena, const char *sql); /* or absent */

Err sqlite_err(sqlite3 *db, int code);
/* Fails the arena with the connection's last error: "cannot WHAT: disk is full". */
noreturn void connection_fail(Connection *connection, Arena *arena, const char *what, int code);

/* ---- ids (node.c) -------------------------------------------------------------------------------- */

/* Ten bits of every id name the node that made it. A process that writes leases a row of the node
 * table and reserves ids a second ahead in it: reserved_id. It gives ids only up to what it has
 * reserved on disk, and whoever leases a node starts above everything reserved by anybody. So no id
 * is given twice and none is lower than one given before, whatever became of the process or the
 * clock; and a lease needs no renewal: once its reserved time is past, another may take the node. */
typedef struct Node {
    bool leased;
    unsigned number;
    int64_t holder; /* random, of this process */
    Id reserved;    /* in the running transaction */
    Id committed;   /* on disk */
    Id last;        /* the highest given */
    IdMaker maker;
} Node;

void node_open(Node *node);
/* At the beginning of a writing transaction: leases or reserves, when there is not enough. */
void node_prepare(Node *node, Tx *tx);
void node_committed(Node *node);
void node_rolled_back(Node *node);
/* At least two million are there for a group; a member that wants more fails with ERR_LIMIT. */
Id node_next(Node *node, Tx *tx);
/* Inside a writing transaction: gives the lease back. */
void node_give_back(Node *node, Tx *tx);

/* ---- the writer (writer.c) -------------------------------------------------------------------------- */

typedef struct Writer {
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* of the queue */
    pthread_cond_t wake;
    StoreWrite *first, *last;
    size_t waiting;
    bool closing;
    Arena *arena; /* the writer's own work, one group long */
} Writer;

Err writer_start(Store *store);
/* Finishes what is queued and ends the thread. */
void writer_stop(Store *store);

/* ---- files (migrate.c, backup.c) ------------------------------------------------------------------- */

/* Checks that the file is ours and not newer; makes a new or an older one ready where the options
 * allow it. Fails the arena with one sentence otherwise. */
void store_make_ready(Store *store, Arena *arena, const StoreOptions *options);
/* Of an open file: ERR_CONFLICT with one sentence unless it is ours and not too new. Gives its
 * schema version; 0 for an empty file. */
int store_identify(Connection *connection, Arena *arena, const char *path, const StoreSetup *setup);
/* A consistent copy under a new name, on disk when this returns; fails the arena. */
void store_copy(Connection *source, Arena *arena, const char *path);
/* First finding of SQLite's own checks, or absent. */
Str store_first_finding(Connection *connection, Arena *arena);

struct Store {
    char *path;
    Clock clock;
    StoreSetup setup;
    Connection *connection; /* the one that writes */
    Writer writer;
    Node node;
    pthread_key_t reader_key;
    bool has_reader_key;
    pthread_mutex_t readers_lock;
    Connection *readers;
    atomic_int_least64_t commits, members, reruns;
};

/* This thread's connection, opened at its first use. */
Connection *store_reader(Store *store, Arena *arena);

#endif
