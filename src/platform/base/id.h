// SPDX-License-Identifier: EUPL-1.2
/* Id: the key of every row, made by the program, ordered by time.
 *
 * 41 bits of milliseconds since 2025-01-01 UTC, 10 bits of the node that made it,
 * 12 bits of counter. An IdMaker never gives the same id twice and never goes
 * back, also when the clock does, and also after a restart (id_maker_open is
 * given the highest id this node has stored). In URLs, JSON and CSV an id is 13
 * characters of base32 (Crockford's letters, small, without i l o u; RFC 4648's
 * idea, not its alphabet). An id is no secret.
 */
#ifndef WSPOLNIE_BASE_ID_H
#define WSPOLNIE_BASE_ID_H

#include "platform/base/str.h"
#include <stdatomic.h>

typedef int64_t Id; /* > 0; 0 is no id */

enum { ID_TEXT_SIZE = 13, ID_NODES = 1024 };

typedef struct IdMaker {
    unsigned node;
    _Atomic int64_t last; /* the highest id given */
} IdMaker;

void id_maker_open(IdMaker *maker, unsigned node, Id highest_known);
/* now_ms: milliseconds since 1970 UTC. Safe from several threads. */
Id id_next(IdMaker *maker, int64_t now_ms);

Id id_least_at(int64_t ms); /* below all that were made at that moment or later; 0: before there were any */
int64_t id_time_ms(Id id);  /* when it was made, milliseconds since 1970 UTC */

Str id_text(Arena *arena, Id id);
void id_write(char text[ID_TEXT_SIZE], Id id);
/* Only the form id_text writes, and only positive ids. False otherwise. */
bool id_parse(Str text, Id *id);

#endif
