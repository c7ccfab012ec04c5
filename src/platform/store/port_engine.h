// SPDX-License-Identifier: EUPL-1.2
/* What an engine can do for porting (port.h): give and take whole tables without a statement for each row. port.c is
 * written over this table of functions; sqlite_port.c and postgres_port.c fill it. Each fails the arena. */
#ifndef WSPOLNIE_STORE_PORT_ENGINE_H
#define WSPOLNIE_STORE_PORT_ENGINE_H

#include "platform/store/engine.h"
#include "platform/store/port.h"
#include "platform/store/rows.h"

typedef struct PortTarget PortTarget;

typedef void (*PortRowSeen)(void *context, const RowValue *values); /* which live until it returns */

typedef struct PortEngine {
    /* Of a connection in a reading transaction: gets it ready to give tables. */
    void (*source_begin)(Connection *connection, Arena *arena);
    int64_t (*count)(Connection *connection, Arena *arena, const StoreTable *table);
    /* The table's rows, each in the columns' order; in_order: by their key, where that is how they are best put in. */
    void (*each)(Connection *connection, Arena *arena, const StoreTable *table, bool in_order, PortRowSeen seen,
                 void *context);

    /* An empty target with this program's schema and no row in it, in a transaction; ERR_CONFLICT where it is not
     * empty. Undone when the arena's protect fails. */
    PortTarget *(*target_open)(Arena *arena, const PortOptions *options);
    void (*table_begin)(PortTarget *target, const StoreTable *table);
    void (*put)(PortTarget *target, const RowValue *values);
    void (*table_end)(PortTarget *target);
    /* All rows are there: what refers to what is sound, and each and count can read them on target->connection. */
    void (*settle)(PortTarget *target);
    /* The target is there for good. */
    void (*keep)(PortTarget *target);
} PortEngine;

extern const PortEngine port_sqlite, port_postgres;

/* The head of each engine's own. */
struct PortTarget {
    Arena *arena;
    Store *store; /* without lanes at work: what migrations need */
    Connection *connection;
    const StoreTable *table; /* at work */
    int64_t rows;            /* put into it */
    const char *unfinished;  /* a file that must go when the program is ended; NULL: none */
};

/* "SELECT id, name FROM person [ORDER BY id]" */
const char *port_select(Arena *arena, const StoreTable *table, bool in_order);
/* Fails the arena: "signup.remarks in row 12 …". */
noreturn void port_refuse_value(Arena *arena, const StoreTable *table, size_t column, int64_t row, const char *why);

#endif
