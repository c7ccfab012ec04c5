// SPDX-License-Identifier: EUPL-1.2
#include "planner/text.h"

#include "platform/base/utf8.h"

#include <math.h>
#include <stdlib.h>

/* Folded, in the order of bytes. */
static const Str STOP_WORDS[] = {
    STR_INIT("a"),    STR_INIT("aby"),  STR_INIT("abo"), STR_INIT("and"),  STR_INIT("are"), STR_INIT("at"),
    STR_INIT("by"),   STR_INIT("co"),   STR_INIT("dla"), STR_INIT("dlia"), STR_INIT("do"),  STR_INIT("for"),
    STR_INIT("from"), STR_INIT("ich"),  STR_INIT("in"),  STR_INIT("is"),   STR_INIT("it"),  STR_INIT("jak"),
    STR_INIT("jest"), STR_INIT("lub"),  STR_INIT("my"),  STR_INIT("na"),   STR_INIT("nad"), STR_INIT("nas"),
    STR_INIT("nasz"), STR_INIT("ne"),   STR_INIT("nie"), STR_INIT("od"),   STR_INIT("of"),  STR_INIT("on"),
    STR_INIT("or"),   STR_INIT("oraz"), STR_INIT("our"), STR_INIT("po"),   STR_INIT("pod"), STR_INIT("przez"),
    STR_INIT("przy"), STR_INIT("sa"),   STR_INIT("sie"), STR_INIT("ta"),   STR_INIT("te"),  STR_INIT("that"),
    STR_INIT("the"),  STR_INIT("to"),   STR_INIT("u"),   STR_INIT("v"),    STR_INIT("w"),   STR_INIT("we"),
    STR_INIT("with"), STR_INIT("za"),   STR_INIT("ze"),
};

/* What is said beside any word, in the order of bytes: as a thing that two share it says nothing. */
static const Str FILLERS[] = {
    STR_INIT("bahato"),  STR_INIT("bardzo"),      STR_INIT("bilsh"),   STR_INIT("cztery"),
    STR_INIT("duzhe"),   STR_INIT("duzo"),        STR_INIT("dwa"),     STR_INIT("dwadziescia"),
    STR_INIT("dwie"),    STR_INIT("dziesiec"),    STR_INIT("jeden"),   STR_INIT("jedna"),
    STR_INIT("kilka"),   STR_INIT("kilkanascie"), STR_INIT("kilku"),   STR_INIT("ktora"),
    STR_INIT("ktore"),   STR_INIT("ktory"),       STR_INIT("ktorych"), STR_INIT("many"),
    STR_INIT("mnoho"),   STR_INIT("more"),        STR_INIT("mozemy"),  STR_INIT("much"),
    STR_INIT("one"),     STR_INIT("rowniez"),     STR_INIT("takozh"),  STR_INIT("takze"),
    STR_INIT("tez"),     STR_INIT("three"),       STR_INIT("trzy"),    STR_INIT("trzydziesci"),
    STR_INIT("two"),     STR_INIT("very"),        STR_INIT("wiele"),   STR_INIT("wielu"),
    STR_INIT("wszyscy"), STR_INIT("wszystkich"),
};

typedef struct Token {
    Str word;
    size_t text;
} Token;

typedef struct TextWords {
    uint32_t *ids; /* rising */
    size_t count;
    double length; /* of the vector of weights */
} TextWords;

struct TextSet {
    size_t text_count, word_count;
    TextWords *texts;
    Str *words;      /* by id */
    double *weights; /* by id */
};

static int compare_words(const void *a, const void *b) { return str_compare(*(const Str *)a, *(const Str *)b); }

static int compare_tokens(const void *a, const void *b) {
    const Token *x = a, *y = b;
    int order = str_compare(x->word, y->word);
    return order ? order : (x->text > y->text) - (x->text < y->text);
}

bool text_word_says(Str word) {
    if (word.size < 2) return false;
    return !bsearch(&word, STOP_WORDS, sizeof STOP_WORDS / sizeof *STOP_WORDS, sizeof *STOP_WORDS, compare_words);
}

bool text_word_tells(Str word) {
    return text_word_says(word) &&
           !bsearch(&word, FILLERS, sizeof FILLERS / sizeof *FILLERS, sizeof *FILLERS, compare_words);
}

static Token *find_tokens(Arena *arena, const Str *texts, size_t count, size_t *found) {
    Str *folded = arena_array(arena, Str, count);
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        folded[i] = utf8_fold(arena, texts[i]);
        most += folded[i].size / 2 + 1;
    }
    Token *tokens = arena_array(arena, Token, most);
    *found = 0;
    for (size_t i = 0; i < count; i++) {
        Str word;
        while (folded[i].size && str_next_part(&folded[i], ' ', &word)) {
            if (text_word_says(word)) tokens[(*found)++] = (Token){.word = word, .text = i};
        }
    }
    qsort(tokens, *found, sizeof *tokens, compare_tokens);
    return tokens;
}

/* Drops what a text says twice; tokens stay in order. */
static size_t drop_repeats(Token *tokens, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept && compare_tokens(&tokens[kept - 1], &tokens[i]) == 0) continue;
        tokens[kept++] = tokens[i];
    }
    return kept;
}

static void add_word(TextSet *set, const Token *tokens, size_t holders) {
    uint32_t id = (uint32_t)set->word_count++;
    double all = (double)set->text_count, some = (double)holders;
    set->words[id] = tokens[0].word;
    set->weights[id] = log(1 + (all - some + 0.5) / (some + 0.5));
    for (size_t i = 0; i < holders; i++) {
        TextWords *text = &set->texts[tokens[i].text];
        text->ids[text->count++] = id;
        text->length += set->weights[id] * set->weights[id];
    }
}

TextSet *text_set_make(Arena *arena, const Str *texts, size_t count) {
    TextSet *set = arena_new(arena, TextSet);
    size_t found;
    Token *tokens = find_tokens(arena, texts, count, &found);
    found = drop_repeats(tokens, found);
    *set = (TextSet){.text_count = count, .texts = arena_array(arena, TextWords, count)};
    set->words = arena_array(arena, Str, found);
    set->weights = arena_array(arena, double, found);
    for (size_t i = 0; i < found; i++) set->texts[tokens[i].text].count++;
    for (size_t i = 0; i < count; i++) {
        set->texts[i].ids = arena_array(arena, uint32_t, set->texts[i].count);
        set->texts[i].count = 0;
    }
    for (size_t i = 0, next; i < found; i = next) {
        for (next = i + 1; next < found && str_equal(tokens[next].word, tokens[i].word);) next++;
        add_word(set, tokens + i, next - i);
    }
    for (size_t i = 0; i < count; i++) set->texts[i].length = sqrt(set->texts[i].length);
    return set;
}

/* The next id both lists have from *i and *k on; the positions are left behind it. */
static bool next_shared(const TextWords *a, const TextWords *b, size_t *i, size_t *k, uint32_t *id) {
    while (*i < a->count && *k < b->count) {
        uint32_t left = a->ids[*i], right = b->ids[*k];
        *i += left <= right;
        *k += right <= left;
        *id = left;
        if (left == right) return true;
    }
    return false;
}

double text_overlap(const TextSet *set, size_t a, size_t b) {
    const TextWords *left = &set->texts[a], *right = &set->texts[b];
    if (left->count == 0 || right->count == 0) return 0;
    double sum = 0;
    uint32_t id;
    for (size_t i = 0, k = 0; next_shared(left, right, &i, &k, &id);) sum += set->weights[id] * set->weights[id];
    return fmin(1, sum / (left->length * right->length));
}

size_t text_shared(const TextSet *set, size_t a, size_t b, Str *words, size_t most) {
    size_t count = 0;
    uint32_t id;
    double weights[TEXT_SHARED_MOST];
    if (most > TEXT_SHARED_MOST) most = TEXT_SHARED_MOST;
    for (size_t i = 0, k = 0; most && next_shared(&set->texts[a], &set->texts[b], &i, &k, &id);) {
        if (count == most && set->weights[id] <= weights[count - 1]) continue;
        size_t at = count < most ? count++ : count - 1;
        for (; at > 0 && weights[at - 1] < set->weights[id]; at--) {
            weights[at] = weights[at - 1];
            words[at] = words[at - 1];
        }
        weights[at] = set->weights[id];
        words[at] = set->words[id];
    }
    return count;
}

static bool is_figure(char c) { return c >= '0' && c <= '9'; }

/* Folded words have one byte a letter, but for alphabets that do not fold to Latin: those count as longer. */
static bool is_one_stem(Str one, Str other) {
    enum { STEM_LEAST = 4, ENDING_MOST = 3, SHORT_STEM_LEAST = 3, SHORT_ENDING_MOST = 1 };
    if (!text_word_tells(one) || !text_word_tells(other) || is_figure(one.data[0])) return false;
    size_t stem = 0, shorter = one.size < other.size ? one.size : other.size;
    while (stem < shorter && one.data[stem] == other.data[stem]) stem++;
    size_t ending = (one.size > other.size ? one.size : other.size) - stem;
    if (stem >= STEM_LEAST) return ending <= ENDING_MOST;
    return stem >= SHORT_STEM_LEAST && ending <= SHORT_ENDING_MOST;
}

bool text_shares_stem(Arena *arena, Str one, Str other) {
    Str left = utf8_fold(arena, one), right = utf8_fold(arena, other), a, b;
    while (left.size && str_next_part(&left, ' ', &a))
        for (Str rest = right; rest.size && str_next_part(&rest, ' ', &b);)
            if (is_one_stem(a, b)) return true;
    return false;
}

size_t text_word_count(const TextSet *set, size_t text) { return set->texts[text].count; }
