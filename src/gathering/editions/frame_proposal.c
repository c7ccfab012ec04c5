// SPDX-License-Identifier: EUPL-1.2
/* A first day for an edition whose hours are told: to be changed, so that nobody begins with an empty page.
 *
 * The parts and their shares are those of an afternoon of five hours which people describe when they tell of such a
 * gathering: they arrive, a welcome, talks in two halves with food between them that nothing shortens, the children's
 * performance before the food, rounds at tables with room to move the chairs before and after, a concert, goodbye. */
#include "gathering/editions/editions.h"

#include <assert.h>

enum { MIN_MS = 60 * 1000, STEP_MIN = 5, SHORTEST_MIN = 120, LONGEST_MIN = 12 * 60, PROPOSED_COUNT = 11 };

static const struct {
    const char *kind;
    int minutes; /* of five hours */
    bool is_protected;
} parts[PROPOSED_COUNT] = {
    {"doors", 30, false},   {"opening", 10, false},  {"talks", 60, false},       {"performance", 25, false},
    {"potluck", 30, true},  {"talks", 40, false},    {"turnover", 10, false},    {"rounds", 45, false},
    {"turnover", 10, false}, {"performance", 30, false}, {"closing", 10, false},
};
enum { WHOLE_MIN = 300 };

bool frame_can_be_proposed(const Edition *edition) {
    if (!edition->starts_ms.given || !edition->ends_ms.given) return false;
    int64_t minutes = (edition->ends_ms.value - edition->starts_ms.value) / MIN_MS;
    return minutes >= SHORTEST_MIN && minutes <= LONGEST_MIN;
}

Frame frame_propose(Arena *arena, const Edition *edition) {
    assert(frame_can_be_proposed(edition));
    int64_t starts = edition->starts_ms.value, whole = (edition->ends_ms.value - starts) / MIN_MS;
    Frame frame = {arena_array(arena, FrameSection, PROPOSED_COUNT), 0};
    int64_t from = 0;
    int share = 0;
    for (size_t i = 0; i < PROPOSED_COUNT; i++) {
        share += parts[i].minutes;
        bool is_last = i + 1 == PROPOSED_COUNT;
        int64_t to = is_last ? whole : (share * whole / WHOLE_MIN + STEP_MIN / 2) / STEP_MIN * STEP_MIN;
        if (to <= from) continue; /* of a short day: less than half a step */
        frame.sections[frame.count++] = (FrameSection){
            .kind = str_from_c(parts[i].kind),
            .title = STR(""),
            .starts_ms = starts + from * MIN_MS,
            .ends_ms = starts + to * MIN_MS,
            .is_protected = parts[i].is_protected,
        };
        from = to;
    }
    return frame;
}

Err edition_take_proposed_frame(Tx *tx, const Edition *edition) {
    if (!frame_can_be_proposed(edition)) return ERR_INPUT;
    if (edition_frame(tx, edition->id).count) return ERR_CONFLICT;
    Frame frame = frame_propose(tx_arena(tx), edition);
    for (size_t i = 0; i < frame.count; i++) edition_add_section(tx, edition->id, &frame.sections[i]);
    return OK;
}
