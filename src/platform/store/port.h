// SPDX-License-Identifier: EUPL-1.2
/* Port: a whole store from one place to another, a file or a PostgreSQL server on each side.
 *
 *     PortReport report;
 *     Err err = store_port(arena, &(PortOptions){.from = "data/wspolnie.db", .to = "postgres://…"}, &report);
 *
 * The source is read in one snapshot, so it may be served meanwhile; what is written to it later stays behind. Its
 * schema must be this program's. The target must be empty: a file that is not there, a database without tables. It
 * gets its schema by the program's own migrations, and then every table row by row, those referred to first.
 *
 * What is in the target is read back from it, and counts and checksums of each table are compared before the target
 * is kept: they differ, and it is not. Nothing half-made stays behind, whatever happens: on PostgreSQL all is one
 * transaction; a file is made under a name of its own beside and gets its name at the end. A signal that ends the
 * program (SIGINT, SIGTERM, SIGHUP) takes that file away first; after kill -9 or a power cut it is left, as
 * NAME and six more signs.
 *
 * A row at a time is held, with what the engines buffer: PORT_CACHE_KB of SQLite's pages on each side, and some
 * times the largest row.
 *
 * Not copied as it is: who holds the numbers of the node table (engine.h). In the target nobody does, and all that was
 * reserved in the source counts as given, so whoever writes there first starts above every id the source ever gave.
 */
#ifndef WSPOLNIE_STORE_PORT_H
#define WSPOLNIE_STORE_PORT_H

#include "platform/store/query.h"

enum { PORT_CHECKSUM_SIZE = 16, PORT_CACHE_KB = 65536 };

/* Rows and their checksum: the sum, whatever their order, of a BLAKE2b of each row's values with their types; so NULL
 * is not '', and 1 is not '1'. It finds faults, not forgers. */
typedef struct PortTally {
    int64_t rows;
    unsigned char checksum[PORT_CHECKSUM_SIZE];
} PortTally;

typedef struct PortTable {
    const StoreTable *table;
    PortTally source; /* as it was read: what the target must have */
    PortTally target; /* as it was read back */
    bool is_same;
} PortTable;

typedef struct PortReport {
    const PortTable *tables; /* in the order of store_tables; they live in the arena */
    size_t count;            /* 0: it did not come to comparing */
    bool is_same;            /* all of them */
} PortReport;

typedef struct PortProgress {
    const StoreTable *table;
    bool is_checking;        /* reads it back */
    int64_t rows, all_rows;  /* of the table: done, and of how many; equal at its end */
    int64_t done, all_to_do; /* of the whole: rows copied and rows read back */
} PortProgress;

typedef struct PortOptions {
    const char *from, *to; /* a file, or postgres://… */
    const Clock *clock;    /* NULL: the real one */
    void (*seen)(void *context,
                 const PortProgress *progress); /* every few thousand rows and at a table's end; or NULL */
    void *context;
} PortOptions;

/* ERR_CONFLICT: the target is not empty, or the source's schema is another. ERR_IO with report->is_same false: the
 * target did not keep what it was given. In any but OK there is no target, save for ERR_UNCERTAIN. The one sentence
 * is in arena_failure. */
Err store_port(Arena *arena, const PortOptions *options, PortReport *report);

#endif
