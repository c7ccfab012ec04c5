// SPDX-License-Identifier: EUPL-1.2
/* Draft: a plan as it was found, with the reasons of its meetings, before it is stored. */
#ifndef WSPOLNIE_ROUNDS_DRAFT_H
#define WSPOLNIE_ROUNDS_DRAFT_H

#include "gathering/rounds/group.h"
#include "gathering/rounds/rounds.h"

typedef struct DraftReason {
    size_t a, b; /* places in the group, a < b */
    int position;
    const char *reason; /* as stored: need words different alike newcomer met */
    Id who;             /* 0: of both */
    Str kind, asked, given;
} DraftReason;

struct RoundDraft {
    Id edition;
    RoundSettings settings;
    Group group;
    RoundsPlan plan;
    DraftReason *reasons;
    size_t reason_count, reason_capacity;
    int64_t meetings, across; /* different pairs that meet, and those of different profiles */
    Id worst;
    int64_t worst_good;
};

/* Fills reasons, meetings, across and worst_good from the plan. */
void draft_explain(Arena *arena, RoundDraft *draft);

#endif
