// SPDX-License-Identifier: EUPL-1.2
/* A plan's seats, arranged for pages: by table and round, and by organisation and round. */
#ifndef WSPOLNIE_ROUNDS_TABLE_PLAN_H
#define WSPOLNIE_ROUNDS_TABLE_PLAN_H

#include "gathering/rounds/rounds.h"

typedef struct TablePerson {
    Id organisation;
    Str name;
    int64_t *table; /* by round, from 0: the table's number, or 0 */
    bool is_listed; /* it may be named in public */
    bool is_coming; /* it takes part (still) */
} TablePerson;

typedef struct TablePlan {
    RoundPlan plan;
    RoundSeats seats;
    int64_t tables;      /* the highest number in use */
    TablePerson *people; /* A–Z */
    size_t count;
} TablePlan;

TablePlan table_plan(Tx *tx, Id edition, const RoundPlan *plan);
/* The seats of one table in one round (both from 1); they stand together. */
RoundSeats table_seats(const TablePlan *plan, int64_t round, int64_t table);

#endif
