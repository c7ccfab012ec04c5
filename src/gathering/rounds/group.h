// SPDX-License-Identifier: EUPL-1.2
/* Group: who takes part in the rounds of an edition, in the planner's numbers, and what each pair is worth. */
#ifndef WSPOLNIE_ROUNDS_GROUP_H
#define WSPOLNIE_ROUNDS_GROUP_H

#include "gathering/editions/editions.h"
#include "planner/pairs.h"

/* The words behind a profile's needs and offers, by the same index. */
typedef struct GroupSides {
    uint16_t needs[PAIRS_LIST_MOST], offers[PAIRS_LIST_MOST], fields[PAIRS_LIST_MOST];
    Str asked[PAIRS_LIST_MOST], given[PAIRS_LIST_MOST];
} GroupSides;

typedef struct Group {
    size_t count;
    const Id *organisations; /* ascending */
    const Str *words;        /* what each says of itself */
    const PairProfile *profiles;
    const GroupSides *sides;
    const Str *kinds; /* codes of kind exchange, by the planner's number */
    const Pairs *pairs;
    const int16_t *keeps_table; /* who needs one table in all rounds */
} Group;

enum { GROUP_MOST = 1000 };

/* The accepted organisations, with their profiles, needs, offers and earlier meetings. ERR_LIMIT: fewer than two, or
 * more than GROUP_MOST. */
Err group_collect(Tx *tx, const Edition *edition, Group *group);

/* Whether both name fields of work, and none in common. */
bool group_is_across(const Group *group, size_t a, size_t b);

#endif
