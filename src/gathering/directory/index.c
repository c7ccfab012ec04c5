// SPDX-License-Identifier: EUPL-1.2
/* What an organisation shows, made into terms. */
#include "directory_sql.h"
#include "gathering/directory/directory.h"
#include "planner/text.h"
#include "platform/base/utf8.h"
#include <stdlib.h>

/* How much a word counts by where it stands; a kind only chooses. */
enum { WEIGHT_KIND = 0, WEIGHT_WORDS = 1, WEIGHT_EXCHANGE = 2, WEIGHT_PROFILE = 4, WEIGHT_NAME = 8 };

/* ---- terms -------------------- */

/* They are kept in the store: how they are made stays as it is. */
static int64_t term(uint64_t salt, Str bytes) {
    uint64_t hash = (str_hash(bytes) ^ salt * 0x9e3779b97f4a7c15u) & INT64_MAX;
    return hash ? (int64_t)hash : 1;
}

int64_t directory_term_of_stem(Str stem) { return term(1, stem); }

int64_t directory_term_of_kind(const char *list, Str code) { return term(2 + str_hash(str_from_c(list)), code); }

int64_t directory_term_of_beginning(Str letters) { return term(0, letters); }

int64_t directory_form(Str word) { return (int64_t)1 << str_hash(word) % DIRECTORY_FORM_BITS; }

typedef struct Term {
    int64_t term, weight, forms;
} Term;
typedef struct Terms {
    Arena *arena;
    Term *terms;
    size_t count, capacity;
} Terms;

static void add(Terms *terms, int64_t term, int64_t weight, int64_t forms) {
    if (terms->count == terms->capacity) {
        size_t capacity = terms->capacity ? terms->capacity * 2 : 64;
        Term *grown = arena_array(terms->arena, Term, capacity);
        if (terms->count) memcpy(grown, terms->terms, terms->count * sizeof *grown);
        terms->terms = grown;
        terms->capacity = capacity;
    }
    terms->terms[terms->count++] = (Term){term, weight, forms};
}

static void add_words(Terms *terms, Str words, int64_t weight) {
    if (str_is_empty(words)) return;
    TextStems stems = text_forms(terms->arena, words);
    for (size_t i = 0; i < stems.count; i++)
        add(terms, directory_term_of_stem(stems.stems[i]), weight, directory_form(stems.words[i]));
}

/* A name is found by the beginning of a word too: who types it has not finished, or is not sure how it ends. */
static void add_name(Terms *terms, Str name) {
    add_words(terms, name, WEIGHT_NAME);
    TextStems stems = text_forms(terms->arena, name);
    for (size_t i = 0; i < stems.count; i++) {
        Str word = stems.words[i];
        for (size_t size = DIRECTORY_BEGINNING_LEAST; size < word.size && size <= DIRECTORY_BEGINNING_MOST; size++)
            add(terms, directory_term_of_beginning(str_slice(word, 0, size)), WEIGHT_NAME, 0);
    }
}

static void add_kind(Terms *terms, const char *list, Str code) {
    if (!str_is_empty(code)) add(terms, directory_term_of_kind(list, code), WEIGHT_KIND, 0);
}

/* A kind is found by its name in any language: who looks for "youth" finds what is told in Polish. */
static void add_kind_words(Tx *tx, Terms *terms, const char *list, const Str *codes, size_t count, int64_t weight) {
    for (Language language = 0; language < LANGUAGE_COUNT && count; language++) {
        Kinds kinds = kinds_of(tx, str_from_c(list), language);
        for (size_t i = 0; i < count; i++)
            if (!str_is_empty(codes[i])) add_words(terms, kind_name(&kinds, codes[i]), weight);
    }
}

/* In every language it was given in: who looks for it writes in their own. What was made from other words than stand
 * there now is shown nowhere, so nobody is found by it. */
static void add_others(Terms *terms, const TextOthers *texts, const TextOriginal *original, int64_t weight) {
    for (size_t i = 0; i < texts->count; i++) {
        const TextOther *one = &texts->others[i];
        bool is_of_it = one->subject == original->subject && str_equal(one->field, str_from_c(original->field));
        if (!is_of_it || !text_holds(one, original)) continue;
        if (weight == WEIGHT_NAME) add_name(terms, one->words);
        else add_words(terms, one->words, weight);
    }
}

static TextOthers texts_shown(Tx *tx, const DirectoryFacts *facts) {
    Id *ids = arena_array(tx_arena(tx), Id, facts->exchange_count + 1);
    for (size_t i = 0; i < facts->exchange_count; i++) ids[i] = facts->exchanges[i].id;
    ids[facts->exchange_count] = facts->organisation;
    return texts_of(tx, (IdList){ids, facts->exchange_count + 1});
}

/* ---- of one organisation -------------------- */

static bool holds(const DirectoryExchange *exchange, Str today) {
    return str_is_empty(exchange->until_on) || str_compare(exchange->until_on, today) >= 0;
}

static void add_exchanges(Tx *tx, Terms *terms, const DirectoryFacts *facts, const TextOthers *texts) {
    Str *kinds = arena_array(terms->arena, Str, facts->exchange_count);
    size_t count = 0;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const DirectoryExchange *one = &facts->exchanges[i];
        if (!holds(one, facts->today)) continue;
        add_kind(terms, one->is_offer ? "offer" : "need", one->kind);
        add_words(terms, one->words, WEIGHT_EXCHANGE);
        add_others(terms, texts, &(TextOriginal){one->id, "words", one->words}, WEIGHT_EXCHANGE);
        kinds[count++] = one->kind;
    }
    add_kind_words(tx, terms, "exchange", kinds, count, WEIGHT_EXCHANGE);
}

static void add_organisation(Tx *tx, Terms *terms, const Organisation *organisation, const DirectoryEntry *entry,
                             const TextOthers *texts) {
    add_name(terms, organisation->name);
    add_others(terms, texts, &(TextOriginal){organisation->id, "name", organisation->name}, WEIGHT_NAME);
    for (size_t i = 0; i < organisation->profiles.count; i++)
        add_kind(terms, "profile", organisation->profiles.strs[i]);
    add_kind_words(tx, terms, "profile", organisation->profiles.strs, organisation->profiles.count, WEIGHT_PROFILE);
    add_kind(terms, "district", organisation->district);
    add_kind_words(tx, terms, "district", &organisation->district, 1, WEIGHT_EXCHANGE);
    add_kind_words(tx, terms, "legal_form", &organisation->legal_form, 1, WEIGHT_WORDS);
    add_kind_words(tx, terms, "language", organisation->languages.strs, organisation->languages.count, WEIGHT_WORDS);
    if (entry->shows_words) {
        add_words(terms, organisation->words, WEIGHT_WORDS);
        add_others(terms, texts, &(TextOriginal){organisation->id, "words", organisation->words}, WEIGHT_WORDS);
    }
    if (!entry->shows_numbers) return;
    add_words(terms, organisation->nip, WEIGHT_NAME);
    add_words(terms, organisation->regon, WEIGHT_NAME);
    add_words(terms, organisation->krs, WEIGHT_NAME);
}

static void add_history(Terms *terms, const Organisation *organisation, Str first_until) {
    add_words(terms, organisation->parent_name, WEIGHT_WORDS);
    add_kind(terms, "first_until", first_until);
    if (organisation->founded_year.given)
        add_kind(terms, "founded", str_format(terms->arena, "%lld", (long long)organisation->founded_year.value));
}

static void add_informal(Terms *terms, const Organisation *organisation) {
    if (str_equal(organisation->legal_form, STR("informal"))) add_kind(terms, "newcomer", STR("informal"));
}

/* ---- keeping -------------------- */

static int compare_terms(const void *a, const void *b) {
    const Term *x = a, *y = b;
    if (x->term != y->term) return x->term < y->term ? -1 : 1;
    return (x->weight < y->weight) - (x->weight > y->weight); /* where it counts most comes first */
}

static void keep_terms(Tx *tx, const DirectoryFacts *facts, Terms *terms) {
    if (terms->count) qsort(terms->terms, terms->count, sizeof *terms->terms, compare_terms);
    for (size_t i = 0, next; i < terms->count; i = next) {
        const Term *first = &terms->terms[i];
        int64_t forms = first->forms;
        for (next = i + 1; next < terms->count && terms->terms[next].term == first->term; next++)
            forms |= terms->terms[next].forms;
        directory_sql_add_term(tx, facts->series, first->term, facts->organisation, first->weight, forms);
    }
}

/* The kinds of a side, each once, a space between them. */
static Str side_kinds(Arena *arena, const DirectoryFacts *facts, bool is_offer) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < facts->exchange_count; i++) {
        const DirectoryExchange *one = &facts->exchanges[i];
        bool is_said = one->is_offer != is_offer || !holds(one, facts->today);
        for (size_t k = 0; k < i && !is_said; k++)
            is_said = facts->exchanges[k].is_offer == is_offer && holds(&facts->exchanges[k], facts->today) &&
                      str_equal(facts->exchanges[k].kind, one->kind);
        if (is_said) continue;
        if (out.size) buffer_add_char(&out, ' ');
        buffer_add(&out, one->kind);
    }
    return buffer_str(&out);
}

/* The day after the first last day. */
static Str day_after_first(Arena *arena, const DirectoryFacts *facts) {
    Str first = STR_ABSENT;
    for (size_t i = 0; i < facts->exchange_count; i++) {
        Str until = facts->exchanges[i].until_on;
        if (str_is_empty(until) || !holds(&facts->exchanges[i], facts->today)) continue;
        if (str_is_absent(first) || str_compare(until, first) < 0) first = until;
    }
    ImpreciseDate date;
    if (str_is_absent(first) || !imprecise_date_parse(first, &date) || date.precision != DATE_DAY) return STR_ABSENT;
    enum { DAY_MS = 24 * 3600 * 1000 };
    int64_t days = civil_days(date.year, date.month, date.day) + 1;
    Civil next = zone_civil(zone_utc(), days * DAY_MS);
    return str_format(arena, "%04d-%02d-%02d", next.year, next.month, next.day);
}

static Str due_day(Arena *arena, const DirectoryFacts *facts) {
    Str due = day_after_first(arena, facts);
    if (str_is_empty(facts->look_again_on)) return due;
    return str_is_absent(due) || str_compare(facts->look_again_on, due) < 0 ? facts->look_again_on : due;
}

void directory_index(Tx *tx, const DirectoryFacts *facts) {
    Arena *arena = tx_arena(tx);
    Organisation organisation;
    DirectoryEntry entry;
    directory_sql_clear_terms(tx, facts->series, facts->organisation);
    directory_sql_clear_row(tx, facts->series, facts->organisation);
    store_changed(tx, 0, PART_DIRECTORY);
    if (!directory_entry_get(tx, facts->organisation, facts->series, &entry) || !entry.is_shown) return;
    if (!facts->is_accepted || !organisation_get(tx, facts->organisation, &organisation)) return;
    DirectoryFacts shown = *facts;
    if (!entry.shows_exchanges) shown.exchange_count = 0;
    Terms terms = {.arena = arena};
    TextOthers texts = texts_shown(tx, &shown);
    add_organisation(tx, &terms, &organisation, &entry, &texts);
    add_exchanges(tx, &terms, &shown, &texts);
    add_informal(&terms, &organisation);
    bool tells_history = directory_tells_history(tx, &entry);
    shown.first_until = tells_history ? str_or_empty(facts->first_until) : STR("");
    if (tells_history) add_history(&terms, &organisation, shown.first_until);
    directory_sql_add_row(tx, facts->series, facts->organisation, utf8_sort_key(arena, organisation.name),
                          !str_is_empty(shown.first_until), shown.first_until, DIRECTORY_MADE_BY,
                          side_kinds(arena, &shown, false), side_kinds(arena, &shown, true), due_day(arena, &shown));
    keep_terms(tx, facts, &terms);
}
