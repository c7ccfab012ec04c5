// SPDX-License-Identifier: EUPL-1.2
/* Engine: what the files of the store share, and nobody else includes (its tests apart).
 *
 * A store stands on one of two engines, each a table of functions: SQLite, one file (sqlite.h), and
 * PostgreSQL, a server that many nodes share (postgres.h). What is the same for both, groups and their
 * outcomes (writer.c), ids (node.c), versions (changes.c), the order of migrations (migrate.c), is written
 * once over these tables; the address a store is opened by says which engine it is.
 *
 * A Connection is the engine's own way in, with its prepared statements; it belongs to one thread at a
 * time. A store has one that reads for each thread that ever read, kept in a list until store_close, and
 * one that writes for each lane. A lane is a thread with a queue of writes, which it commits in groups;
 * SQLite, which lets one write at a time, has one lane, PostgreSQL several. Writes of one key (an edition)
 * always go to the same lane, so inside a process they never stand in each other's way.
 */
#ifndef WSPOLNIE_STORE_ENGINE_H
#define WSPOLNIE_STORE_ENGINE_H

#include "platform/base/random.h"
#include "platform/store/query.h"
#include <pthread.h>
#include <stdatomic.h>

/* How long another may hold what we need before ERR_BUSY. */
enum { STORE_BUSY_MS = 5000 };
enum { STORE_MOST_LANES = 16 };
/* What is personal in an audit row is kept this long. */
#define STORE_AUDIT_PERSONAL_MS (INT64_C(90) * 24 * 60 * 60 * 1000)

/* What a program expects of a store: its migrations, and how patient it is. Tests bring their own. */
typedef struct StoreSetup {
    const Migration *migrations;
    int migration_count;
    int busy_ms;
    int lanes; /* 0: as many as the engine likes */
} StoreSetup;

Err store_open_as(Arena *arena, const StoreOptions *options, const StoreSetup *setup, Store **store);
StoreSetup store_setup(void); /* of this program */

/* ---- connections ---------------------------------------------------------------------------------- */

typedef struct Engine Engine;
typedef struct Connection Connection;
struct PortEngine;

/* Why a step of a transaction failed, where no arena is at hand to tell it. */
typedef struct Reason {
    Err err;
    bool is_passing; /* the same may go through when it is tried again in a moment */
    char text[200];
} Reason;

/* Prepared statements by their query. */
typedef struct CachedStatement {
    const Query *query; /* NULL: the place is free */
    void *prepared;     /* the engine's */
    bool in_use;
} CachedStatement;
typedef struct StatementCache {
    CachedStatement *places; /* open addressing, a power of two */
    size_t capacity, count;
} StatementCache;

/* The place of the query, free or taken; valid until the next call. NULL: no memory. */
CachedStatement *statement_cache_place(StatementCache *cache, const Query *query);
/* Of a query that has one. */
CachedStatement *statement_cache_find(const StatementCache *cache, const Query *query);

/* The versions of one edition's parts as they were at a stamp (Engine.stamp). */
typedef struct KnownVersions {
    bool known;
    Id edition;
    int64_t stamp;
    int64_t versions[PART_COUNT];
} KnownVersions;
enum { KNOWN_VERSIONS = 64 };

/* The head of each engine's own. */
struct Connection {
    const Engine *engine;
    Store *store;       /* NULL: a file that is only looked at */
    Connection *next;   /* of the store's list of those that read */
    int running;        /* statements begun and not ended */
    int64_t statements; /* begun since it was opened */
    Reason reason;      /* of the last step that failed */
    StatementCache cache;
    KnownVersions known[KNOWN_VERSIONS];
};

struct Tx {
    Store *store; /* NULL while a file is opened or looked at */
    Connection *connection;
    Arena *arena;
    int64_t now_ms;
    int64_t changes;
    unsigned lane;
    bool writes;
};

/* The head of each engine's own. */
struct Statement {
    const Engine *engine;
    Tx *tx;
    const Query *query;
    bool done; /* stepped to its end */
    int64_t changed;
};

/* Fails the statement's arena: "query walks_turns (src/…/walks.sql:12): disk is full". */
noreturn void statement_fail(const Statement *statement, Err err, const char *reason);

/* ---- what an engine can do ------------------------------------------------------------------------- */

typedef enum Purpose {
    PURPOSE_READ,  /* one moment, for reading */
    PURPOSE_WRITE, /* a group */
    PURPOSE_GATE,  /* one member that goes through a gate (store.h) */
    PURPOSE_NODE,  /* reserves ids, on engines that do so apart */
} Purpose;

typedef enum Commit {
    COMMIT_DONE,
    COMMIT_FAILED,    /* nothing of it is kept */
    COMMIT_UNCERTAIN, /* it was asked for, and the answer was lost */
} Commit;

struct Engine {
    const char *name;
    unsigned lanes; /* unless the setup says otherwise */
    unsigned most_lanes;
    size_t group_limit;  /* members of a group at most */
    bool has_gates;      /* else one writer is gate enough */
    bool reserves_apart; /* ids are reserved in a transaction of their own, not in the group's */
    int reserve_ms;      /* so far ahead */
    int tries;           /* of a member whose transaction was lost for a passing reason */

    /* Finds the store, checks that it is ours and not newer, makes a new or an older one ready where the options
     * allow it, and opens the first lane's connection. Fails the arena with one sentence otherwise. */
    void (*make_ready)(Store *store, Arena *arena, const StoreOptions *options);
    void (*close)(Store *store); /* what the engine keeps in store->own */
    /* store_serve, where it holds anything: fails the arena. NULL: many may serve one store. */
    void (*serve)(Store *store, Arena *arena);
    /* A connection that reads, or one that writes. Fails the arena, holding nothing. */
    Connection *(*connect)(Store *store, Arena *arena, bool writes);
    void (*disconnect)(Connection *connection);

    /* Steps of a transaction. False: connection->reason says why. */
    bool (*begin)(Connection *connection, Purpose purpose);
    bool (*savepoint)(Connection *connection);
    bool (*savepoint_end)(Connection *connection, bool keep); /* else what was done since is undone */
    Commit (*commit)(Connection *connection);
    void (*rollback)(Connection *connection); /* nothing where no transaction is open */
    bool (*is_open)(const Connection *connection);
    /* A writing transaction that was begun cannot be committed any more; the reason is set. */
    bool (*is_lost)(Connection *connection);
    /* The last failure was a key that another has taken, perhaps after this transaction began. */
    bool (*was_taken)(const Connection *connection);

    /* A number that differs whenever the store may have changed since the last one. */
    int64_t (*stamp)(Connection *connection, Arena *arena);

    /* In a transaction that migrates. */
    int (*schema_version)(Tx *tx); /* 0: nothing is there yet */
    void (*apply)(Tx *tx, const Migration *migration);

    /* Statements. Each fails the transaction's arena. Texts given to bind live as long as the statement; those
     * that come back are copied into the arena. */
    Statement *(*statement_begin)(Tx *tx, const Query *query);
    void (*bind_null)(Statement *statement, int parameter);
    void (*bind_int)(Statement *statement, int parameter, int64_t value);
    void (*bind_real)(Statement *statement, int parameter, double value);
    void (*bind_text)(Statement *statement, int parameter, Str value);
    void (*bind_bytes)(Statement *statement, int parameter, Str value);
    bool (*step)(Statement *statement); /* false: at its end, with changed set */
    bool (*is_null)(const Statement *statement, int column);
    int64_t (*get_int)(const Statement *statement, int column);
    double (*get_real)(const Statement *statement, int column);
    Str (*get_text)(const Statement *statement, int column);
    Str (*get_bytes)(const Statement *statement, int column);
    const char *(*column_name)(const Statement *statement, int column);
    void (*statement_end)(Statement *statement);

    /* Operation (store.h). */
    void (*backup)(Store *store, Arena *arena, const char *path);
    Str (*check)(Store *store, Arena *arena);
    const struct PortEngine *port; /* port_engine.h */
};

extern const Engine engine_sqlite;
extern const Engine engine_postgres;

/* ---- ids (node.c) -------------------------------------------------------------------------------- */

/* Ten bits of every id name the node that made it. A process that writes leases a row of the node
 * table and reserves ids ahead in it: reserved_id. It gives ids only up to what is reserved on disk or in the
 * transaction they are for, and whoever leases a node starts above everything reserved by anybody. So no id
 * is given twice and none is lower than one given before, whatever became of the process or the
 * clock; and a lease needs no renewal: once its reserved time is past, another may take the node. */
typedef struct NodeLease {
    unsigned number;
    Id above;    /* only ids above it and */
    Id reserved; /* below it may be given */
    IdMaker maker;
} NodeLease;

typedef struct Node {
    pthread_mutex_t lock; /* of what follows, for lanes that take ids at once; held for no longer than that */
    int64_t holder;       /* random, of this process */
    int reserve_ms;
    bool leased;
    NodeLease current; /* as it is on disk */
    NodeLease pending; /* as it will be when the transaction of that connection, which may take ids of it, commits */
    const Connection *reserving;
    Id last; /* the highest given */
} Node;

void node_open(Node *node, int reserve_ms);
void node_close(Node *node);
/* Whether there is enough for a group: some two million ids. A member that wants more fails with ERR_LIMIT. */
bool node_has_enough(Node *node, int64_t now_ms);
/* In a writing transaction, one at a time: leases or reserves, where there is not enough. */
void node_prepare(Node *node, Tx *tx);
/* Of the connection whose transaction ended: what another lane reserves meanwhile is none of its business. */
void node_committed(Node *node, const Connection *connection);
void node_rolled_back(Node *node, const Connection *connection);
Id node_next(Node *node, Tx *tx);
/* Which row of the change table the transaction writes: no other at this time writes the same. */
int64_t node_slot(Node *node, const Tx *tx);
/* Inside a writing transaction: gives the lease back. */
void node_give_back(Node *node, Tx *tx);

/* ---- lanes (writer.c) -------------------------------------------------------------------------------- */

typedef struct Lane {
    Store *store;
    unsigned number;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* of the queue */
    pthread_cond_t wake;
    StoreWrite *first, *last;
    size_t waiting;
    bool closing;
    Connection *connection; /* the one that writes; NULL until it is needed */
    Random random;          /* of pauses */
    Arena *arena;           /* the lane's own work, one group long */
} Lane;

void lane_init(Lane *lane, Store *store, unsigned number);
Err lane_start(Lane *lane);
/* Finishes what is queued and ends the thread. */
void lane_stop(Lane *lane);
/* Of a lane that was stopped. A courtesy: the next start need not count on from what was reserved. */
void lane_give_node_back(Lane *lane);
void lane_destroy(Lane *lane);

/* ---- migrations (migrate.c) -------------------------------------------------------------------------- */

/* Applies, in the transaction, what the setup has and the store has not, perhaps since another process was faster.
 * *at: the one at work, for the message. */
void migrate_all(Tx *tx, const Migration **at);
/* Of a store with a newer schema: fails the arena with one sentence, unless that schema says that this program may
 * still work on it. */
void migrate_must_be_compatible(Connection *connection, Arena *arena, const char *name, int version, int ours);

struct Store {
    const Engine *engine;
    char *path; /* the file, or the server's address */
    Clock clock;
    StoreSetup setup;
    Lane lanes[STORE_MOST_LANES];
    unsigned lane_count;
    Node node;
    pthread_key_t reader_key;
    bool has_reader_key;
    bool is_ready; /* found, or made */
    pthread_mutex_t readers_lock;
    Connection *readers;
    pthread_mutex_t reserving; /* held by the lane that reserves ids, on engines that do so apart */
    void *own;                 /* the engine's */
    atomic_int_least64_t commits, members, reruns;
};

/* By the address. */
const Engine *engine_of(const char *path);
/* A store that is not open: no connection, no lane at work. NULL: no memory. Then to be freed, or opened. */
Store *store_new(const StoreOptions *options, const StoreSetup *setup);
void store_free(Store *store);
/* This thread's connection, opened at its first use. */
Connection *store_reader(Store *store, Arena *arena);
/* Memory that outlives arenas, zeroed; fails the arena where there is none. */
void *store_calloc(Arena *arena, size_t size);

#endif
