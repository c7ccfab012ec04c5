// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/draft.h"

#include "gathering/rounds/words.h"
#include "planner/text.h"
#include "platform/base/utf8.h"

#include <string.h>

/* ---- settings ------------------ */

RoundSettings round_defaults(Tx *tx, const Edition *edition) {
    enum { ROUNDS = 5, TALK_MIN = 8, CHANGE_MIN = 1, PAIR = 2, MINUTE_MS = 60000 };
    RoundSettings settings = {
        .rounds = ROUNDS, .table_size = PAIR, .talk_min = TALK_MIN, .change_min = CHANGE_MIN, .seed = 1};
    Frame frame = edition_frame(tx, edition->id);
    for (size_t i = 0; i < frame.count; i++) {
        const FrameSection *section = &frame.sections[i];
        if (!str_equal(section->kind, STR("rounds"))) continue;
        settings.starts_ms = section->starts_ms;
        /* After the last round nobody changes tables. */
        int64_t fit = ((section->ends_ms - section->starts_ms) / MINUTE_MS + CHANGE_MIN) / (TALK_MIN + CHANGE_MIN);
        if (fit >= 1) settings.rounds = fit < ROUND_MOST_ROUNDS ? fit : ROUND_MOST_ROUNDS;
        break;
    }
    return settings;
}

int64_t round_starts_ms(const RoundSettings *settings, int64_t round) {
    return settings->starts_ms + (round - 1) * (settings->talk_min + settings->change_min) * 60000;
}

int64_t round_ends_ms(const RoundSettings *settings, int64_t round) {
    return round_starts_ms(settings, round) + settings->talk_min * 60000;
}

static bool within(int64_t value, int64_t least, int64_t most) { return value >= least && value <= most; }

static bool settings_are_good(const RoundSettings *settings) {
    return within(settings->rounds, 1, ROUND_MOST_ROUNDS) &&
           within(settings->table_size, ROUNDS_TABLE_SIZE_LEAST, ROUND_MOST_TABLE_SIZE) &&
           within(settings->tables, 0, ROUND_MOST_TABLES) && within(settings->talk_min, 1, ROUND_MOST_MINUTES) &&
           within(settings->change_min, 0, ROUND_MOST_MINUTES) && settings->starts_ms >= 0;
}

/* ---- why two meet ------------------ */

static void add_reason(Arena *arena, RoundDraft *draft, const DraftReason *reason) {
    if (draft->reason_count == draft->reason_capacity) {
        size_t larger = draft->reason_capacity ? draft->reason_capacity * 2 : 64;
        draft->reasons =
            arena_grow(arena, draft->reasons, draft->reason_capacity * sizeof *reason, larger * sizeof *reason);
        draft->reason_capacity = larger;
    }
    draft->reasons[draft->reason_count++] = *reason;
}

/* Anything but letters and figures: quotation marks and dashes of every kind too. */
static bool ends_word(uint32_t c) {
    enum { LATIN_1_SIGNS = 0xc0, PUNCTUATION_FIRST = 0x2000, PUNCTUATION_LAST = 0x206f };
    if (c >= 0x80) return c < LATIN_1_SIGNS || (c >= PUNCTUATION_FIRST && c <= PUNCTUATION_LAST);
    return !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9');
}

/* A word as it stands in the text, for its folded form; absent when no word folds to it. */
static Str word_as_written(Arena *arena, Str text, Str folded) {
    size_t from = 0, at = 0;
    while (at <= text.size) {
        size_t next = at;
        bool is_end = at == text.size || ends_word(utf8_next(text, &next));
        if (is_end) {
            Str word = str_slice(text, from, at - from);
            if (word.size && str_equal(utf8_fold(arena, word), folded)) return word;
            from = next;
        }
        if (at == text.size) break;
        at = next;
    }
    return STR_ABSENT;
}

/* "ogród, sąsiedzi": at most two of the words both use, as one of the two writes them. */
static Str shared_words(Arena *arena, const Group *group, size_t a, size_t b) {
    enum { SHOWN = 2, LOOKED_AT = 12, TOLD_LEAST = 4 };
    Str folded[LOOKED_AT];
    size_t found = pair_shared_words(group->pairs, a, b, folded, LOOKED_AT), shown = 0;
    Buffer words = buffer_in(arena);
    for (size_t i = 0; i < found && shown < SHOWN; i++) {
        if (folded[i].size < TOLD_LEAST || !text_word_tells(folded[i])) continue;
        Str word = word_as_written(arena, group->words[a], folded[i]);
        if (str_is_absent(word)) continue;
        if (shown++) buffer_add(&words, STR(", "));
        buffer_add(&words, word);
    }
    return buffer_str(&words);
}

/* Of all they have of one kind the need and the offer whose words go together; else those that were found. */
static void choose_words(Arena *arena, const Group *group, const PairReason *found, size_t other, DraftReason *reason) {
    const PairProfile *seeker = &group->profiles[found->who], *giver = &group->profiles[other];
    const GroupSides *asked = &group->sides[found->who], *given = &group->sides[other];
    uint16_t kind = asked->needs[found->need];
    reason->asked = asked->asked[found->need];
    reason->given = given->given[found->offer];
    for (size_t i = 0; i < seeker->need_count; i++)
        for (size_t j = 0; asked->needs[i] == kind && j < giver->offer_count; j++) {
            if (given->offers[j] != kind || !text_shares_stem(arena, asked->asked[i], given->given[j])) continue;
            reason->asked = asked->asked[i];
            reason->given = given->given[j];
            return;
        }
}

/* False: a reason that is not told. What lowers a value, wishes, and that any meeting is worth something, are not;
 * that both gain shows in the two needs. */
static bool reason_from(Arena *arena, const Group *group, const PairReason *found, DraftReason *reason) {
    size_t other = found->who == reason->a ? reason->b : reason->a;
    switch (found->kind) {
    case PAIR_REASON_NEED:
        reason->reason = "need";
        reason->who = group->organisations[found->who];
        reason->kind = group->kinds[group->sides[found->who].needs[found->need]];
        choose_words(arena, group, found, other, reason);
        return true;
    case PAIR_REASON_WORDS:
        reason->reason = "words";
        reason->asked = shared_words(arena, group, reason->a, reason->b);
        return !str_is_empty(reason->asked);
    case PAIR_REASON_DIFFERENT: reason->reason = "different"; return group_is_across(group, reason->a, reason->b);
    case PAIR_REASON_ALIKE: reason->reason = "alike"; return true;
    case PAIR_REASON_NEWCOMER:
        reason->reason = "newcomer";
        reason->who = group->organisations[found->who];
        return true;
    default: return false;
    }
}

/* A need whose words are met comes before one of which only the kind is. */
static void order_needs(Arena *arena, DraftReason *reasons, size_t count) {
    for (size_t i = 1; i < count; i++) {
        DraftReason moved = reasons[i];
        if (strcmp(moved.reason, "need") != 0 || !need_words_meet(arena, moved.asked, moved.given)) continue;
        size_t at = i;
        for (; at > 0; at--) {
            const DraftReason *before = &reasons[at - 1];
            if (strcmp(before->reason, "need") != 0 || need_words_meet(arena, before->asked, before->given)) break;
            reasons[at] = *before;
        }
        reasons[at] = moved;
    }
}

/* Returns whether one has what the other needs. */
static bool explain_pair(Arena *arena, RoundDraft *draft, size_t a, size_t b) {
    const Group *group = &draft->group;
    PairReason found[PAIR_REASONS_MOST];
    size_t count = pair_explain(group->pairs, a, b, found, PAIR_REASONS_MOST);
    DraftReason told_reasons[PAIR_REASONS_MOST];
    size_t can_tell = 0;
    bool is_good = false;
    int told = 0;
    if (pairs_marks(group->pairs)[a * group->count + b] & ROUNDS_PAIR_MET)
        add_reason(arena, draft, &(DraftReason){.a = a, .b = b, .position = told++, .reason = "met"});
    for (size_t i = 0; i < count; i++) {
        is_good |= found[i].kind == PAIR_REASON_NEED;
        DraftReason reason = {.a = a, .b = b, .kind = STR(""), .asked = STR(""), .given = STR("")};
        if (reason_from(arena, group, &found[i], &reason)) told_reasons[can_tell++] = reason;
    }
    order_needs(arena, told_reasons, can_tell);
    for (size_t i = 0; i < can_tell && told < ROUND_REASONS_MOST; i++) {
        told_reasons[i].position = told++;
        add_reason(arena, draft, &told_reasons[i]);
    }
    return is_good;
}

static bool share_table(const RoundsPlan *plan, size_t round, size_t a, size_t b) {
    const int16_t *table = &plan->table[round * plan->participants];
    return table[a] != ROUNDS_UNSEATED && table[a] == table[b];
}

static bool meet(const RoundsPlan *plan, size_t a, size_t b) {
    for (size_t round = 0; round < plan->rounds; round++)
        if (share_table(plan, round, a, b)) return true;
    return false;
}

void draft_explain(Arena *arena, RoundDraft *draft) {
    for (size_t a = 0; a < draft->group.count; a++) {
        for (size_t b = a + 1; b < draft->group.count; b++) {
            if (!meet(&draft->plan, a, b)) continue;
            draft->meetings++;
            draft->across += group_is_across(&draft->group, a, b);
            bool is_good = explain_pair(arena, draft, a, b);
            draft->worst_good += is_good && (a == draft->plan.worst || b == draft->plan.worst);
        }
    }
}

/* ---- finding a plan ------------------ */

Err round_draft(Tx *tx, const Edition *edition, const RoundSettings *settings, RoundDraft **found) {
    if (!settings_are_good(settings)) return ERR_INPUT;
    Arena *arena = tx_arena(tx);
    RoundDraft *draft = arena_new(arena, RoundDraft);
    *draft = (RoundDraft){.edition = edition->id, .settings = *settings};
    Err err = group_collect(tx, edition, &draft->group);
    if (err) return err;
    int64_t size = settings->table_size, count = (int64_t)draft->group.count;
    if (!draft->settings.tables) draft->settings.tables = (count + size - 1) / size;
    RoundsInput input = {
        .participants = draft->group.count,
        .rounds = (size_t)settings->rounds,
        .tables = (size_t)draft->settings.tables,
        .table_size = (size_t)size,
        .values = pairs_values(draft->group.pairs),
        .marks = pairs_marks(draft->group.pairs),
        .keeps_table = draft->group.keeps_table,
    };
    err = rounds_plan(arena, &input, &(RoundsOptions){.seed = (uint64_t)settings->seed}, &draft->plan);
    if (err) arena_fail(arena, ERR_INTERNAL, "the planner refused settings that had been checked");
    bool has_worst = draft->plan.worst_share < 1;
    draft->worst = has_worst ? draft->group.organisations[draft->plan.worst] : 0;
    draft_explain(arena, draft);
    *found = draft;
    return OK;
}

const RoundsPlan *round_draft_plan(const RoundDraft *draft) { return &draft->plan; }
