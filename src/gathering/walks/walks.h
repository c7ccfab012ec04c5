// SPDX-License-Identifier: EUPL-1.2
/* Walks: what can be seen around the place of the gathering, in turns with a number of places.
 *
 *     Id walk = walk_add(tx, &(Walk){.edition = edition, .name = STR("Spacer po ogrodach"), .place = STR("…")}), turn;
 *     walk_add_turn(tx, &(Turn){.edition = edition, .walk = walk, .starts_ms = …, .places = 20}, &turn);
 *     Walk changed = …;                       // as walk_get gave it, with its version
 *     walk_update(tx, &changed);              // ERR_CONFLICT: somebody was first
 *
 * A walk without turns is one that is only recorded. A walk and each of its turns have a version of their own: one
 * changes the words while another adds places.
 */
#ifndef WSPOLNIE_WALKS_WALKS_H
#define WSPOLNIE_WALKS_WALKS_H

#include "gathering/editions/editions.h"

enum { TURN_PLACES_MOST = 1000, TURN_PLACES_USUAL = 20 };

typedef struct Turn {
    Id edition, id, walk;
    int64_t starts_ms, places;
    bool step_free;
    int64_t version;
} Turn;

typedef struct Walk {
    Id edition, id;
    Str name, place, words, meeting_point; /* all but the name may be empty */
    int64_t version;
    const Turn *turns; /* in order of time */
    size_t turn_count;
} Walk;

typedef struct Walks {
    Walk *walks;
    size_t count;
} Walks;
Walks walks_of(Tx *tx, Id edition); /* as they were added, with their turns */
bool walk_get(Tx *tx, Id edition, Id id, Walk *found);
bool walk_turn(const Walk *walk, Id id, Turn *found);

Id walk_add(Tx *tx, const Walk *walk); /* without its turns */
/* ERR_NOT_FOUND: there is no such walk in the edition. ERR_INPUT: places out of 1 … TURN_PLACES_MOST. */
Err walk_add_turn(Tx *tx, const Turn *turn, Id *id);
/* What it says, not its turns. ERR_CONFLICT: version is not the stored one, or it is gone. */
Err walk_update(Tx *tx, const Walk *walk);
/* ERR_CONFLICT, ERR_INPUT: places. */
Err walk_update_turn(Tx *tx, const Turn *turn);
Err walk_remove_turn(Tx *tx, Id edition, Id turn);
Err walk_remove(Tx *tx, Id edition, Id walk); /* with its turns */

enum { WALKS_COPY_PART_COUNT = 1 };
extern const CopyPart walks_copy_parts[WALKS_COPY_PART_COUNT];
extern const Room walks_room;

#endif
