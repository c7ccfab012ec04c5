// SPDX-License-Identifier: EUPL-1.2
/* Store: where everything is kept, and the only way to change it.
 *
 * A store is one SQLite file (the second engine, PostgreSQL, stands behind this same
 * header). All work is done in a transaction, Tx. A reading one sees the store as it was
 * at one moment. A writing one is a function that may be run again from the start, so it
 * has no effect outside the store and its arena; mail goes through the outbox table.
 *
 *     static Err rename_it(Tx *tx, void *context) {
 *         Rename *rename = context;
 *         if (organisations_sql_rename(tx, rename->organisation, rename->name, tx_now_ms(tx)) == 0)
 *             return ERR_NOT_FOUND;                     // rolls back this member, no other
 *         store_changed(tx, rename->edition, PART_DIRECTORY);
 *         return OK;
 *     }
 *     Err err = store_write(store, arena, rename_it, &rename);
 *
 * One thread writes. It takes all the writes that wait, gives each a savepoint in one
 * transaction, and commits them together: an fsync is paid once a group. A member that
 * returns an error or fails its arena is rolled back to its savepoint alone. If SQLite
 * itself has left the transaction (disk full, I/O error), or the COMMIT fails, each member
 * is run again alone. A write is answered only after its COMMIT is on disk.
 *
 * Statements come from the .sql files of the rooms through tools/queries (docs/internals/
 * queries.md), which writes typed functions over query.h. A statement that fails inside
 * (I/O, full, a NULL where none may be) fails the arena: callers see rows, never codes.
 */
#ifndef WSPOLNIE_STORE_STORE_H
#define WSPOLNIE_STORE_STORE_H

#include "platform/base/arena.h"
#include "platform/base/clock.h"
#include "platform/base/id.h"
#include "platform/base/str.h"

typedef struct Store Store;
typedef struct Tx Tx;

typedef struct StoreOptions {
    const char *path;   /* the SQLite file; its folder exists                                 */
    const Clock *clock; /* NULL: the real one                                                 */
    bool may_create;    /* make a new file, its parents' rights permitting, if there is none  */
    bool may_migrate;   /* bring an older file up to date, after copying it beside itself     */
} StoreOptions;

/* Opens, creates or migrates. On failure the arena's failure message is the one clear sentence
 * for the terminal: ERR_NOT_FOUND, ERR_DENIED (rights), ERR_FULL, ERR_IO, ERR_CONFLICT (the file
 * is of a newer program, of an older one and may not be migrated, or is no store of ours), ERR_BUSY
 * (locked by a foreign program). All migrations run in one transaction: a file is wholly up to date
 * or left as it was. */
Err store_open(Arena *arena, const StoreOptions *options, Store **store);
/* This process serves the store until it closes it. One program serves a data file: two would each remember pages and
 * guesses of their own, and print letters twice. So ERR_BUSY with the sentence where another does, and a newer program
 * does not bring the file further meanwhile. Commands beside it are no such thing, and many may serve one server. */
Err store_serve(Store *store, Arena *arena);
/* Finishes the writes it took in, checkpoints, closes. Nothing else may be using it. */
void store_close(Store *store);

typedef Err (*TxFunction)(Tx *tx, void *context);

/* Runs work in a snapshot on this thread's read connection; rows live in arena. What work
 * returns is returned. A fault inside (see above) goes on through the caller's arena_protect. */
Err store_read(Store *store, Arena *arena, TxFunction work, void *context);

/* Runs work in a write transaction and waits for its COMMIT. OK means it is on disk.
 * ERR_FULL, ERR_IO, ERR_BUSY, ERR_INTERNAL are returned, with arena_failure(arena) telling why. */
Err store_write(Store *store, Arena *arena, TxFunction work, void *context);

/* What many want at once and few can have, the places of a walk's turn: writes that go through the same gate come one
 * after the other, whatever node they are on, and each sees all that those before it did. Whatever counts such places
 * goes through their gate. */
typedef struct StoreGate {
    Id edition;
    Id gate; /* the id of what is wanted */
} StoreGate;

/* The gate of all of an edition, by its address: nobody need look it up first. */
StoreGate store_edition_gate(Arena *arena, Str series, Str edition);
/* For a write that did not come by the gate and finds out that it has to count: it has the gate from here to its end,
 * and is run again where somebody went through meanwhile. */
void tx_pass_gate(Tx *tx, StoreGate gate);

/* The same without waiting: done is called on the writer's thread after the COMMIT (or with the
 * error), and must be short. The struct stays with the caller until then. ERR_BUSY at once, with
 * done not called, when the store is closing or the queue is full (STORE_QUEUE_LIMIT). */
typedef struct StoreWrite {
    TxFunction work;
    void (*done)(struct StoreWrite *write, Err err);
    void *context;
    Arena *arena;
    uint64_t lane;           /* writes of one edition share a key, so that they do not meet; 0: of none */
    StoreGate gate;          /* .gate 0: none */
    struct StoreWrite *next; /* the store's own, as what follows */
    Err outcome;
    bool was_taken;
} StoreWrite;
enum { STORE_QUEUE_LIMIT = 16384, STORE_GROUP_LIMIT = 256 };
Err store_submit(Store *store, StoreWrite *write);

/* Of the running transaction. */
Arena *tx_arena(Tx *tx);
int64_t tx_now_ms(Tx *tx); /* the same for the whole transaction */
Id tx_new_id(Tx *tx);      /* only in a writing one; after some two million in a group, ERR_LIMIT */
bool tx_writes(const Tx *tx);
/* Rows changed by inserts, updates and deletes of this transaction so far. */
int64_t tx_changes(const Tx *tx);

/* ---- what others must be told: the change table -------------------------------------------- */

/* A part of an edition's public face. A page says which parts it shows; a write says which it
 * changed; a cached page is fresh while the versions of its parts are what they were. */
typedef enum StorePart {
    PART_EDITION, /* the edition itself, its venue, hosts, reported figures */
    PART_PROGRAMME,
    PART_DIRECTORY, /* organisations as the public sees them */
    PART_ROUNDS,    /* the published plan of meetings */
    PART_SIGNUPS,   /* counts and states of sign-ups */
    PART_COUNT
} StorePart;

/* edition 0: the installation's own pages. */
void store_changed(Tx *tx, Id edition, StorePart part);
/* Sum of the versions of the parts in the mask (1 << part), cheap enough for every request:
 * rows are read again only when the file has changed since (PRAGMA data_version, own commits). */
int64_t store_version(Store *store, Arena *arena, Id edition, unsigned parts);

/* Where the parts of an edition are, for who watches them and compares (http/watch.h). */
typedef struct EditionVersions {
    Id edition;
    int64_t versions[PART_COUNT];
} EditionVersions;
/* Fills the versions of those given, as they are at one moment; at most QUERY_LIST_LIMIT. */
void store_versions(Tx *tx, EditionVersions *editions, size_t count);

/* ---- who did what: audit rows ---------------------------------------------------------------- */

typedef struct AuditEntry {
    Id person;          /* 0: nobody signed in (a public form), or the command line */
    Id edition;         /* 0: none */
    const char *action; /* "signup.accept": room.verb, a constant */
    Id subject;         /* the row it was done to */
    Str personal;       /* what may expire earlier than the fact (a name, an old value); or absent */
} AuditEntry;
void store_audit(Tx *tx, const AuditEntry *entry);
/* Removes what is personal of entries older than 90 days; how many. The fact that something was done stays. */
int64_t store_audit_expire(Tx *tx);

/* Removes what is personal of what somebody did, and of what was done to their account. editions NULL: everywhere, else
 * of what they did in these editions alone. The fact that something was done stays. */
void store_audit_erase(Tx *tx, Id person, const Id *editions, size_t count);

/* ---- operation -------------------------------------------------------------------------------- */

/* A consistent copy while others go on (SQLite's online backup); path must not exist. The copy is
 * complete under its name only when all is on disk. ERR_CONFLICT, ERR_FULL, ERR_IO, ERR_DENIED. */
Err store_backup(Store *store, Arena *arena, const char *path);
/* Checks a copy (ours, sound, not newer) and puts it at path, which must not exist. */
Err store_restore(Arena *arena, const char *backup_path, const char *path);
/* integrity_check and foreign_key_check; the first finding in *finding, absent when sound. */
Err store_check(Store *store, Arena *arena, Str *finding);

typedef struct StoreCounters {
    int64_t commits, members, reruns; /* groups committed, writes in them, writes run again alone */
    int64_t statements;               /* run on this thread since it began (queries a page) */
} StoreCounters;
StoreCounters store_counters(const Store *store);
int store_schema_version(void); /* of this program */

#endif
