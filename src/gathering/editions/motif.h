// SPDX-License-Identifier: EUPL-1.2
/* The motif of an edition, drawn from what is known of it: a ring for each field of work, on it a bead for each
 * organisation that comes, and a line between two that meet. Before there is enough to draw, the page shows rings
 * that stand for nothing.
 *
 * Rings stand on a circle round the middle, the fullest first; a ring's size follows how many are on it.
 */
#ifndef WSPOLNIE_EDITIONS_MOTIF_H
#define WSPOLNIE_EDITIONS_MOTIF_H

#include "editions_pages.h"
#include "gathering/room.h"

enum { MOTIF_WIDTH = 400, MOTIF_HEIGHT = 360, MOTIF_BEADS_LEAST = 6 };

/* Asks the rooms and draws. A part without rings where there are fewer than MOTIF_BEADS_LEAST organisations. */
MotifPart motif_of(Request *request, Id edition);

/* The drawing alone: sorts the beads by their rings; meetings of organisations without a bead are left out. */
MotifPart motif_draw(Arena *arena, Motif *motif);

#endif
