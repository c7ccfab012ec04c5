// SPDX-License-Identifier: EUPL-1.2
#include "planner/pairs.h"

#include "planner/rounds.h"
#include "planner/text.h"

#include <math.h>
#include <stdlib.h>

enum { WISH_WANT = 1, WISH_RATHER_NOT = 2 }; /* bits of what the one thinks of the other */

struct Pairs {
    PairInput input;
    PairWeights weights;
    TextSet *texts;
    double *rarity;  /* by kind: 0 … 1 */
    uint8_t *wishes; /* [from * count + to] */
    uint8_t *marks;
    int32_t *values;
};

/* Terms of one pair, gathered in the order of the kinds. */
typedef struct Terms {
    PairReason reasons[PAIR_REASONS_MOST];
    size_t count;
} Terms;

PairWeights pair_default_weights(void) {
    return (PairWeights){.any = 10,
                         .need = 200,
                         .both = 300,
                         .words = 150,
                         .fields = 120,
                         .newcomer = 60,
                         .want = 250,
                         .rather_not = 400};
}

/* ---- Checks ---- */

static bool list_is_sound(const uint16_t *list, size_t count, size_t limit) {
    if (count > PAIRS_LIST_MOST) return false;
    for (size_t i = 0; i < count; i++) {
        if (list[i] >= limit) return false;
    }
    return true;
}

static bool weights_are_sound(const PairWeights *weights) {
    const int32_t all[] = {weights->any,    weights->need,     weights->both, weights->words,
                           weights->fields, weights->newcomer, weights->want, weights->rather_not};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i] < 0 || all[i] > PAIR_POINTS_MOST) return false;
    }
    return true;
}

static bool input_is_sound(const PairInput *input) {
    if (input->count > PAIRS_PROFILES_MOST || input->kinds > PAIRS_KINDS_MOST || input->fields > PAIRS_KINDS_MOST)
        return false;
    if (!(input->different >= 0 && input->different <= 1)) return false;
    if (input->weights && !weights_are_sound(input->weights)) return false;
    for (size_t i = 0; i < input->count; i++) {
        const PairProfile *profile = &input->profiles[i];
        if (!list_is_sound(profile->needs, profile->need_count, input->kinds)) return false;
        if (!list_is_sound(profile->offers, profile->offer_count, input->kinds)) return false;
        if (!list_is_sound(profile->fields, profile->field_count, input->fields)) return false;
    }
    for (size_t i = 0; i < input->wish_count; i++) {
        const PairWish *wish = &input->wishes[i];
        if (wish->from >= input->count || wish->to >= input->count || wish->from == wish->to) return false;
        if (wish->kind < PAIR_WANT || wish->kind > PAIR_NEVER) return false;
    }
    for (size_t i = 0; i < input->met_count; i++) {
        const PairMet *met = &input->met[i];
        if (met->a >= input->count || met->b >= input->count || met->a == met->b) return false;
    }
    return true;
}

/* ---- Terms ---- */

static void add_reason(Terms *terms, PairReason reason) {
    if (reason.points != 0) terms->reasons[terms->count++] = reason;
}

/* Is list[index] named earlier in the list? */
static bool named_before(const uint16_t *list, size_t index) {
    for (size_t i = 0; i < index; i++) {
        if (list[i] == list[index]) return true;
    }
    return false;
}

/* What who gains from what the other offers; the sum of the kinds' rarities. */
static double add_needs(const Pairs *pairs, size_t who, size_t other, Terms *terms) {
    const PairProfile *seeker = &pairs->input.profiles[who], *giver = &pairs->input.profiles[other];
    double gain = 0;
    for (size_t need = 0; need < seeker->need_count; need++) {
        if (named_before(seeker->needs, need)) continue;
        uint16_t kind = seeker->needs[need];
        size_t offer = 0;
        while (offer < giver->offer_count && giver->offers[offer] != kind) offer++;
        if (offer == giver->offer_count) continue;
        gain += pairs->rarity[kind];
        add_reason(terms, (PairReason){.kind = PAIR_REASON_NEED,
                                       .who = who,
                                       .need = need,
                                       .offer = offer,
                                       .points = (int32_t)lround(pairs->weights.need * pairs->rarity[kind])});
    }
    return gain;
}

/* Shared fields over all fields of both (Jaccard 1901); below 0 where one names none. */
static double likeness(const PairProfile *a, const PairProfile *b) {
    size_t shared = 0, of_a = 0, of_b = 0;
    for (size_t i = 0; i < b->field_count; i++) of_b += !named_before(b->fields, i);
    for (size_t i = 0; i < a->field_count; i++) {
        if (named_before(a->fields, i)) continue;
        of_a++;
        bool found = false;
        for (size_t k = 0; k < b->field_count && !found; k++) found = a->fields[i] == b->fields[k];
        shared += found;
    }
    if (of_a == 0 || of_b == 0) return -1;
    return (double)shared / (double)(of_a + of_b - shared);
}

static void add_fields(const Pairs *pairs, size_t a, size_t b, Terms *terms) {
    double alike = likeness(&pairs->input.profiles[a], &pairs->input.profiles[b]), dial = pairs->input.different;
    if (alike < 0) return;
    add_reason(terms, (PairReason){.kind = PAIR_REASON_DIFFERENT,
                                   .who = a,
                                   .points = (int32_t)lround(pairs->weights.fields * dial * (1 - alike))});
    add_reason(terms, (PairReason){.kind = PAIR_REASON_ALIKE,
                                   .who = a,
                                   .points = (int32_t)lround(pairs->weights.fields * (1 - dial) * alike)});
}

static void add_wishes(const Pairs *pairs, size_t who, size_t other, Terms *terms) {
    unsigned wish = pairs->wishes[who * pairs->input.count + other];
    if (wish & WISH_WANT)
        add_reason(terms, (PairReason){.kind = PAIR_REASON_WANT, .who = who, .points = pairs->weights.want});
    if (wish & WISH_RATHER_NOT)
        add_reason(terms,
                   (PairReason){.kind = PAIR_REASON_RATHER_NOT, .who = who, .points = -pairs->weights.rather_not});
}

static void find_terms(const Pairs *pairs, size_t a, size_t b, Terms *terms) {
    terms->count = 0;
    const PairWeights *weights = &pairs->weights;
    double gain_a = add_needs(pairs, a, b, terms), gain_b = add_needs(pairs, b, a, terms);
    if (gain_a > 0 && gain_b > 0) {
        double both = 2 * gain_a * gain_b / (gain_a + gain_b);
        add_reason(terms,
                   (PairReason){.kind = PAIR_REASON_BOTH, .who = a, .points = (int32_t)lround(weights->both * both)});
    }
    int32_t words = (int32_t)lround(weights->words * text_overlap(pairs->texts, a, b));
    add_reason(terms, (PairReason){.kind = PAIR_REASON_WORDS, .who = a, .points = words});
    add_fields(pairs, a, b, terms);
    bool newcomer_a = pairs->input.profiles[a].newcomer;
    if (newcomer_a != pairs->input.profiles[b].newcomer)
        add_reason(terms,
                   (PairReason){.kind = PAIR_REASON_NEWCOMER, .who = newcomer_a ? a : b, .points = weights->newcomer});
    add_wishes(pairs, a, b, terms);
    add_wishes(pairs, b, a, terms);
    add_reason(terms, (PairReason){.kind = PAIR_REASON_ANY, .who = a, .points = weights->any});
}

/* ---- The whole ---- */

static void find_rarity(Pairs *pairs) {
    const PairInput *input = &pairs->input;
    for (size_t i = 0; i < input->count; i++) {
        const PairProfile *profile = &input->profiles[i];
        for (size_t k = 0; k < profile->offer_count; k++) {
            if (!named_before(profile->offers, k)) pairs->rarity[profile->offers[k]]++;
        }
    }
    double n = (double)input->count;
    for (size_t kind = 0; kind < input->kinds; kind++) {
        double offers = pairs->rarity[kind];
        pairs->rarity[kind] = offers > 0 ? log(1 + n / offers) / log(1 + n) : 0;
    }
}

static void mark(Pairs *pairs, size_t a, size_t b, unsigned bit) {
    pairs->marks[a * pairs->input.count + b] |= (uint8_t)bit;
    pairs->marks[b * pairs->input.count + a] |= (uint8_t)bit;
}

static void note_wishes(Pairs *pairs) {
    const PairInput *input = &pairs->input;
    for (size_t i = 0; i < input->wish_count; i++) {
        const PairWish *wish = &input->wishes[i];
        uint8_t *noted = &pairs->wishes[wish->from * input->count + wish->to];
        if (wish->kind == PAIR_NEVER) mark(pairs, wish->from, wish->to, ROUNDS_PAIR_NEVER);
        else *noted |= wish->kind == PAIR_WANT ? WISH_WANT : WISH_RATHER_NOT;
    }
    for (size_t i = 0; i < input->met_count; i++) mark(pairs, input->met[i].a, input->met[i].b, ROUNDS_PAIR_MET);
}

Err pairs_weigh(Arena *arena, const PairInput *input, Pairs **pairs) {
    if (!input_is_sound(input)) return ERR_INPUT;
    size_t n = input->count;
    Pairs *made = arena_new(arena, Pairs);
    *made = (Pairs){.input = *input, .weights = input->weights ? *input->weights : pair_default_weights()};
    made->rarity = arena_array(arena, double, input->kinds);
    made->wishes = arena_alloc_array(arena, n * n, sizeof *made->wishes);
    made->marks = arena_alloc_array(arena, n * n, sizeof *made->marks);
    made->values = arena_alloc_array(arena, n * n, sizeof *made->values);
    Str *words = arena_array(arena, Str, n);
    for (size_t i = 0; i < n; i++) words[i] = input->profiles[i].words;
    made->texts = text_set_make(arena, words, n);
    find_rarity(made);
    note_wishes(made);
    Terms terms;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            int32_t sum = 0;
            find_terms(made, a, b, &terms);
            for (size_t i = 0; i < terms.count; i++) sum += terms.reasons[i].points;
            made->values[a * n + b] = made->values[b * n + a] = sum > 0 ? sum : 0;
        }
    }
    *pairs = made;
    return OK;
}

const int32_t *pairs_values(const Pairs *pairs) { return pairs->values; }
const uint8_t *pairs_marks(const Pairs *pairs) { return pairs->marks; }

size_t pair_explain(const Pairs *pairs, size_t a, size_t b, PairReason *reasons, size_t most) {
    Terms terms;
    if (a == b) return 0;
    find_terms(pairs, a < b ? a : b, a < b ? b : a, &terms);
    /* Insertion keeps equal ones in the order of the kinds; there are a handful. */
    for (size_t i = 1; i < terms.count; i++) {
        PairReason reason = terms.reasons[i];
        size_t at = i;
        for (; at > 0 && abs(terms.reasons[at - 1].points) < abs(reason.points); at--)
            terms.reasons[at] = terms.reasons[at - 1];
        terms.reasons[at] = reason;
    }
    size_t given = terms.count < most ? terms.count : most;
    for (size_t i = 0; i < given; i++) reasons[i] = terms.reasons[i];
    return given;
}

size_t pair_shared_words(const Pairs *pairs, size_t a, size_t b, Str *words, size_t most) {
    return text_shared(pairs->texts, a, b, words, most);
}
