// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/group.h"

#include "gathering/ties/ties.h"
#include "planner/rounds.h"
#include "rounds_sql.h"

/* How much fields of work that differ count for; a dial for coordinators comes with wishes. */
static const double DIFFERENT = 0.7;

/* Codes numbered as they come. There are some dozens: a list is enough. */
typedef struct Codes {
    Arena *arena;
    Str *codes;
    size_t count;
} Codes;

static uint16_t code_number(Codes *codes, Str code) {
    for (size_t i = 0; i < codes->count; i++)
        if (str_equal(codes->codes[i], code)) return (uint16_t)i;
    if (codes->count == PAIRS_KINDS_MOST) arena_fail(codes->arena, ERR_LIMIT, "more than %d kinds", PAIRS_KINDS_MOST);
    size_t size = codes->count * sizeof *codes->codes;
    codes->codes = arena_grow(codes->arena, codes->codes, size, size + sizeof *codes->codes);
    codes->codes[codes->count] = code;
    return (uint16_t)codes->count++;
}

typedef struct Collecting {
    Group *group;
    PairProfile *profiles;
    GroupSides *sides;
    Codes kinds, fields;
} Collecting;

/* Rows come in the order of organisations: *at walks along. False: of nobody who takes part. */
static bool walk_to(const Group *group, Id organisation, size_t *at) {
    while (*at < group->count && group->organisations[*at] < organisation) ++*at;
    return *at < group->count && group->organisations[*at] == organisation;
}

static void collect_exchanges(Collecting *collecting, const RoundsExchangesRows *rows) {
    size_t at = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const RoundsExchangesRow *row = &rows->rows[i];
        if (!walk_to(collecting->group, row->organisation, &at)) continue;
        PairProfile *profile = &collecting->profiles[at];
        GroupSides *sides = &collecting->sides[at];
        bool is_need = str_equal(row->side, STR("need"));
        size_t *count = is_need ? &profile->need_count : &profile->offer_count;
        if (*count == PAIRS_LIST_MOST) continue; /* more wishes than anyone can read out */
        (is_need ? sides->needs : sides->offers)[*count] = code_number(&collecting->kinds, row->kind);
        (is_need ? sides->asked : sides->given)[*count] = row->words;
        ++*count;
    }
}

static void collect_profiles(Collecting *collecting, const RoundsProfilesRows *rows) {
    size_t at = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (!walk_to(collecting->group, rows->rows[i].organisation, &at)) continue;
        PairProfile *profile = &collecting->profiles[at];
        if (profile->field_count == PAIRS_LIST_MOST) continue;
        collecting->sides[at].fields[profile->field_count++] = code_number(&collecting->fields, rows->rows[i].profile);
    }
}

static size_t place_of(const Group *group, Id organisation) {
    size_t from = 0, to = group->count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (group->organisations[middle] < organisation) from = middle + 1;
        else to = middle;
    }
    return from < group->count && group->organisations[from] == organisation ? from : group->count;
}

/* Earlier meetings of two who are both here. */
static PairMet *collect_met(Tx *tx, const Group *group, const Edition *edition, size_t *count) {
    Ties ties = ties_met_before(tx, edition->series.id, edition->id);
    PairMet *met = arena_array(tx_arena(tx), PairMet, ties.count);
    *count = 0;
    for (size_t i = 0; i < ties.count; i++) {
        size_t a = place_of(group, ties.ties[i].lower), b = place_of(group, ties.ties[i].higher);
        if (a < group->count && b < group->count) met[(*count)++] = (PairMet){a, b};
    }
    return met;
}

static void take_participants(Tx *tx, const RoundsParticipantsRows *rows, Collecting *collecting) {
    Arena *arena = tx_arena(tx);
    Id *organisations = arena_array(arena, Id, rows->count);
    Str *words = arena_array(arena, Str, rows->count);
    int16_t *keeps_table = arena_array(arena, int16_t, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const RoundsParticipantsRow *row = &rows->rows[i];
        organisations[i] = row->organisation;
        words[i] = row->words;
        keeps_table[i] = row->keeps_table ? ROUNDS_KEEPS_A_TABLE : ROUNDS_MOVES;
        GroupSides *sides = &collecting->sides[i];
        collecting->profiles[i] = (PairProfile){.needs = sides->needs,
                                                .offers = sides->offers,
                                                .fields = sides->fields,
                                                .words = row->words,
                                                .newcomer = row->first_time};
    }
    *collecting->group = (Group){
        .count = rows->count,
        .organisations = organisations,
        .words = words,
        .profiles = collecting->profiles,
        .sides = collecting->sides,
        .keeps_table = keeps_table,
    };
}

Err group_collect(Tx *tx, const Edition *edition, Group *group) {
    Arena *arena = tx_arena(tx);
    RoundsParticipantsRows rows = rounds_sql_participants(tx, edition->id);
    if (rows.count < 2 || rows.count > GROUP_MOST) return ERR_LIMIT;
    Collecting collecting = {
        .group = group,
        .profiles = arena_array(arena, PairProfile, rows.count),
        .sides = arena_array(arena, GroupSides, rows.count),
        .kinds = {.arena = arena},
        .fields = {.arena = arena},
    };
    take_participants(tx, &rows, &collecting);
    RoundsExchangesRows exchanges = rounds_sql_exchanges(tx, edition->id);
    RoundsProfilesRows profiles = rounds_sql_profiles(tx, edition->id);
    collect_exchanges(&collecting, &exchanges);
    collect_profiles(&collecting, &profiles);
    group->kinds = collecting.kinds.codes;
    PairInput input = {.profiles = group->profiles,
                       .count = group->count,
                       .kinds = collecting.kinds.count,
                       .fields = collecting.fields.count,
                       .different = DIFFERENT};
    input.met = collect_met(tx, group, edition, &input.met_count);
    Pairs *pairs;
    Err err = pairs_weigh(arena, &input, &pairs);
    if (err) arena_fail(arena, ERR_INTERNAL, "what the sign-ups say is not what the planner takes");
    group->pairs = pairs;
    return OK;
}

bool group_is_across(const Group *group, size_t a, size_t b) {
    const PairProfile *one = &group->profiles[a], *other = &group->profiles[b];
    for (size_t i = 0; i < one->field_count; i++)
        for (size_t j = 0; j < other->field_count; j++)
            if (one->fields[i] == other->fields[j]) return false;
    return one->field_count && other->field_count;
}
