// SPDX-License-Identifier: EUPL-1.2
/* Arrange: the running order inside the room; programme.h has what others use.
 *
 * Times for the planner are whole minutes from the first section's start. An item's changeover is part
 * of its time, so that talks of 3 + 1 minutes start every four minutes.
 */
#ifndef WSPOLNIE_PROGRAMME_ARRANGE_H
#define WSPOLNIE_PROGRAMME_ARRANGE_H

#include "gathering/programme/programme.h"

enum { MINUTE_MS = 60 * 1000 };

/* The items of a section one after another from its start, in the order of their positions, round the
 * fixed ones, which stay. */
void section_restack(Tx *tx, Id edition, Id section);

/* May a coordinator put items here: free time is protected. */
bool section_takes_items(const FrameSection *section);
/* Is it offered as a place to move to: where something can be on stage. Arriving, conversations and walks are not. */
bool section_has_stage(const FrameSection *section);
const FrameSection *frame_find(const Frame *frame, Id section);

/* Frame and items as planner/order.h wants them. members[i] is the item of input.items[i]. */
typedef struct ArrangeInput {
    OrderInput order;
    const Item **members;
    const Frame *frame;
    int64_t origin_ms;
} ArrangeInput;
typedef bool (*ItemFilter)(const Item *item);
ArrangeInput arrange_input(Arena *arena, const Frame *frame, const Items *items, ItemFilter takes_part);
/* What was planned, and from what. */
struct Arrangement {
    uint64_t seed;
    Frame frame;
    Items items;
    ArrangeInput input;
    OrderPlan plan;
};
/* Where each member stands; those that stand nowhere are unplaced. */
OrderPlacement *arrange_placements(Arena *arena, const ArrangeInput *input);

#endif
