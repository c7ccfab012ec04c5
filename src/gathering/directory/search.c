// SPDX-License-Identifier: EUPL-1.2
#include "directory_sql.h"
#include "gathering/directory/directory.h"
#include "planner/text.h"
#include <stdlib.h>

bool directory_query_is_narrowed(const DirectoryQuery *query) {
    const Str parts[] = {query->words, query->profile, query->district, query->offer, query->need, query->newcomer};
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!str_is_empty(parts[i])) return true;
    return false;
}

/* ---- what has to be there ------------------------------------------------------------------------------------- */

/* All of them; a word as its stem, or, whatever its stem, as the beginning of a word of the name. */
typedef struct Wanted {
    int64_t stem, beginning; /* terms; beginning 0: none */
    int64_t form;            /* directory_form; 0: of a kind */
    IdList any;              /* in place of the stem: one of these will do */
} Wanted;
enum { KINDS = 4, WANTED_MOST = DIRECTORY_WORDS_MOST + KINDS + 1 };
typedef struct Asked {
    Wanted wanted[WANTED_MOST];
    size_t count;
} Asked;

static void add_word(Asked *asked, Str stem, Str word) {
    bool may_begin = word.size >= DIRECTORY_BEGINNING_LEAST && word.size <= DIRECTORY_BEGINNING_MOST;
    asked->wanted[asked->count++] = (Wanted){.stem = directory_term_of_stem(stem),
                                             .beginning = may_begin ? directory_term_of_beginning(word) : 0,
                                             .form = directory_form(word)};
}

/* ---- the new, on the day they are looked for ------------------------------------------------------------------- */

static Str month_text(Arena *arena, int64_t months) {
    return str_format(arena, "%04lld-%02lld", (long long)(months / 12), (long long)(months % 12 + 1));
}

static int64_t months_now(Tx *tx) {
    Civil now = zone_civil(zone_utc(), tx_now_ms(tx));
    return (int64_t)now.year * 12 + now.month - 1;
}

bool directory_is_first(Tx *tx, Str first_until) {
    return !str_is_empty(first_until) && str_compare(first_until, month_text(tx_arena(tx), months_now(tx))) >= 0;
}

/* Those that count today. An organisation has one year of founding and one last month. */
static Wanted newcomers(Tx *tx, Str code) {
    Arena *arena = tx_arena(tx);
    int64_t months = months_now(tx), year = months / 12;
    Id *ids = arena_array(arena, Id, DIRECTORY_FIRST_AHEAD_MONTHS + DIRECTORY_YOUNG_YEARS + 2);
    size_t count = 0;
    if (str_equal(code, STR("young"))) {
        for (int64_t y = year - DIRECTORY_YOUNG_YEARS; y <= year + 1; y++) /* one may be about to be founded */
            ids[count++] = directory_term_of_kind("founded", str_format(arena, "%lld", (long long)y));
    } else if (str_equal(code, STR("first"))) {
        for (int64_t m = months; m <= months + DIRECTORY_FIRST_AHEAD_MONTHS; m++)
            ids[count++] = directory_term_of_kind("first_until", month_text(arena, m));
    } else ids[count++] = directory_term_of_kind("newcomer", code);
    return (Wanted){.any = {ids, count}};
}

static Asked asked_by(Tx *tx, const DirectoryQuery *query) {
    const struct {
        const char *list;
        Str code;
    } kinds[KINDS] = {
        {"profile", query->profile}, {"district", query->district}, {"offer", query->offer}, {"need", query->need}};
    Asked asked = {.count = 0};
    if (!str_is_empty(query->words)) {
        TextStems stems = text_stems(tx_arena(tx), query->words);
        for (size_t i = 0; i < stems.count && i < DIRECTORY_WORDS_MOST; i++)
            add_word(&asked, stems.stems[i], stems.words[i]);
    }
    for (size_t i = 0; i < KINDS; i++)
        if (!str_is_empty(kinds[i].code))
            asked.wanted[asked.count++] = (Wanted){.stem = directory_term_of_kind(kinds[i].list, kinds[i].code)};
    if (!str_is_empty(query->newcomer)) asked.wanted[asked.count++] = newcomers(tx, query->newcomer);
    return asked;
}

static IdList terms_of(Arena *arena, const Asked *asked) {
    size_t most = 0, count = 0;
    for (size_t i = 0; i < asked->count; i++) most += 2 + asked->wanted[i].any.count;
    Id *ids = arena_array(arena, Id, most);
    for (size_t i = 0; i < asked->count; i++) {
        const Wanted *wanted = &asked->wanted[i];
        if (wanted->stem) ids[count++] = wanted->stem;
        if (wanted->beginning) ids[count++] = wanted->beginning;
        for (size_t k = 0; k < wanted->any.count; k++) ids[count++] = wanted->any.ids[k];
    }
    return (IdList){ids, count};
}

static bool is_wanted(const Wanted *wanted, int64_t term) {
    if (term == wanted->stem || term == wanted->beginning) return true;
    for (size_t i = 0; i < wanted->any.count; i++)
        if (wanted->any.ids[i] == term) return true;
    return false;
}

/* ---- who has it --------------------------------------------------------------------------------------------------
 * The store gives the rows of the terms from an index and does nothing else with them: to group them there, and to sort
 * all that is found by name for the twenty of a page, took four times as long (docs/internals/directory.md). */

typedef struct Hit {
    Id organisation;           /* 0: an empty place */
    int32_t points;            /* above 0 where all that is wanted is there */
    int16_t best[WANTED_MOST]; /* points for each that is wanted, and one; 0: it is not there */
} Hit;
typedef struct Hits {
    Hit *places; /* by a hash of the organisation; a power of two, never full */
    size_t mask;
    Hit **found; /* those that have all that is wanted */
    size_t count;
} Hits;

enum { POINTS_AS_TYPED = 200, POINTS_BEGINS = 100 };

static Hit *hit_of(const Hits *hits, Id organisation) {
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(((uint64_t)organisation * odd) >> 32) & hits->mask;
    while (hits->places[at].organisation && hits->places[at].organisation != organisation) at = (at + 1) & hits->mask;
    return &hits->places[at];
}

static int16_t points_of(const Wanted *wanted, const DirectoryHitsRow *row) {
    if (!wanted->form) return 0;
    int64_t more = row->term != wanted->stem ? POINTS_BEGINS : row->forms & wanted->form ? POINTS_AS_TYPED : 0;
    return (int16_t)(row->weight + more);
}

static void note(Hit *hit, const DirectoryHitsRow *row, const Asked *asked) {
    hit->organisation = row->organisation;
    for (size_t k = 0; k < asked->count; k++) {
        const Wanted *wanted = &asked->wanted[k];
        if (!is_wanted(wanted, row->term)) continue;
        int16_t points = (int16_t)(points_of(wanted, row) + 1);
        if (points > hit->best[k]) hit->best[k] = points;
    }
}

/* Its points, where it has all that is wanted; else it is as if it were not there. */
static bool has_all(Hit *hit, const Asked *asked) {
    int32_t points = 0;
    for (size_t k = 0; k < asked->count; k++) {
        if (!hit->best[k]) return false;
        points += hit->best[k];
    }
    hit->points = points;
    return true;
}

static int compare_hits(const void *a, const void *b) {
    const Hit *x = *(Hit *const *)a, *y = *(Hit *const *)b;
    if (x->points != y->points) return x->points > y->points ? -1 : 1;
    return (x->organisation > y->organisation) - (x->organisation < y->organisation);
}

/* The best first; those of one rank by name only where a page shows them. */
static Hits find_hits(Tx *tx, Id series, const Asked *asked) {
    Arena *arena = tx_arena(tx);
    DirectoryHitsRows rows = directory_sql_hits(tx, series, terms_of(arena, asked));
    size_t room = 64;
    while (room < rows.count * 2) room *= 2;
    Hits hits = {
        .places = arena_array(arena, Hit, room), .mask = room - 1, .found = arena_array(arena, Hit *, rows.count)};
    memset(hits.places, 0, room * sizeof *hits.places);
    for (size_t i = 0; i < rows.count; i++) note(hit_of(&hits, rows.rows[i].organisation), &rows.rows[i], asked);
    for (size_t i = 0; i < room; i++)
        if (has_all(&hits.places[i], asked)) hits.found[hits.count++] = &hits.places[i];
    if (hits.count) qsort(hits.found, hits.count, sizeof *hits.found, compare_hits);
    return hits;
}

/* ---- by name, within a rank ----------------------------------------------------------------------------------- */

static void order_few(Tx *tx, Id series, Hits *hits, size_t from, size_t to) {
    Id *ids = arena_array(tx_arena(tx), Id, to - from);
    for (size_t i = from; i < to; i++) ids[i - from] = hits->found[i]->organisation;
    DirectoryInOrderRows rows = directory_sql_in_order(tx, series, (IdList){ids, to - from});
    for (size_t i = 0; i < rows.count && from + i < to; i++)
        hits->found[from + i] = hit_of(hits, rows.rows[i].organisation);
}

/* Of many: the names of all stand in an index in their order, and each is looked up among those found. */
static void order_many(Tx *tx, Id series, Hits *hits, size_t from, size_t to) {
    DirectoryAllInOrderRows rows = directory_sql_all_in_order(tx, series);
    int32_t points = hits->found[from]->points;
    for (size_t i = 0; i < rows.count && from < to; i++) {
        Hit *hit = hit_of(hits, rows.rows[i].organisation);
        if (hit->points != points) continue; /* of a place that is empty, or lacks something, they are 0 */
        hits->found[from++] = hit;
    }
}

static void order_rank(Tx *tx, Id series, Hits *hits, size_t from, size_t to) {
    enum { MANY = 400 };
    if (to - from > MANY) order_many(tx, series, hits, from, to);
    else if (to - from > 1) order_few(tx, series, hits, from, to);
}

/* Ranks that a page shows something of, from hits->found[from] to before [to]. */
static void order_page(Tx *tx, Id series, Hits *hits, size_t from, size_t to) {
    while (from > 0 && from < hits->count && hits->found[from - 1]->points == hits->found[from]->points) from--;
    for (size_t begins = from, ends; begins < to; begins = ends) {
        for (ends = begins + 1; ends < hits->count && hits->found[ends]->points == hits->found[begins]->points;) ends++;
        order_rank(tx, series, hits, begins, ends);
    }
}

/* ---- a page of them ------------------------------------------------------------------------------------------ */

static DirectoryFound with_room(Arena *arena, size_t count) {
    return (DirectoryFound){.organisations = arena_array(arena, Id, count),
                            .are_new = arena_array(arena, bool, count),
                            .needs = arena_array(arena, Str, count),
                            .offers = arena_array(arena, Str, count)};
}

static int64_t pages_of(int64_t found) {
    return found > 0 ? (found + DIRECTORY_PAGE_ROWS - 1) / DIRECTORY_PAGE_ROWS : 1;
}

static int64_t skip_to(int64_t page) { return (page - 1) * DIRECTORY_PAGE_ROWS; }

/* What the list shows of each, for those of the page alone. */
static void fill(Tx *tx, Id series, DirectoryFound *found) {
    DirectoryPageRows rows = directory_sql_page(tx, series, (IdList){found->organisations, found->count});
    for (size_t i = 0; i < found->count; i++)
        for (size_t k = 0; k < rows.count; k++) {
            if (rows.rows[k].organisation != found->organisations[i]) continue;
            found->are_new[i] = directory_is_first(tx, rows.rows[k].first_until);
            found->needs[i] = rows.rows[k].needs;
            found->offers[i] = rows.rows[k].offers;
        }
}

static DirectoryFound find_all(Tx *tx, Id series, int64_t page) {
    DirectoryCountAllRow all;
    int64_t count = directory_sql_count_all(tx, series, &all) ? all.count : 0, pages = pages_of(count);
    if (page > pages) page = pages;
    DirectoryAllRows rows = directory_sql_all(tx, series, DIRECTORY_PAGE_ROWS, skip_to(page));
    DirectoryFound found = with_room(tx_arena(tx), rows.count);
    found.found = count;
    found.page = page;
    found.pages = pages;
    for (size_t i = 0; i < rows.count; i++) found.organisations[found.count++] = rows.rows[i].organisation;
    fill(tx, series, &found);
    return found;
}

/* A page behind the last one is the last. */
static DirectoryFound find_some(Tx *tx, Id series, const Asked *asked, int64_t page) {
    Hits hits = find_hits(tx, series, asked);
    int64_t pages = pages_of((int64_t)hits.count);
    if (page > pages) page = pages;
    size_t from = (size_t)skip_to(page);
    size_t to = from + DIRECTORY_PAGE_ROWS < hits.count ? from + DIRECTORY_PAGE_ROWS : hits.count;
    order_page(tx, series, &hits, from, to);
    DirectoryFound found = with_room(tx_arena(tx), to - from);
    found.found = (int64_t)hits.count;
    found.page = page;
    found.pages = pages;
    for (size_t i = from; i < to; i++) found.organisations[found.count++] = hits.found[i]->organisation;
    fill(tx, series, &found);
    return found;
}

DirectoryFound directory_search(Tx *tx, Id series, const DirectoryQuery *query) {
    enum { PAGES_MOST = 1000000 };
    int64_t page = query->page < 1 ? 1 : query->page > PAGES_MOST ? PAGES_MOST : query->page;
    Asked asked = asked_by(tx, query);
    if (asked.count) return find_some(tx, series, &asked, page);
    if (directory_query_is_narrowed(query)) { /* words of no letter */
        DirectoryFound none = with_room(tx_arena(tx), 0);
        none.page = none.pages = 1;
        return none;
    }
    return find_all(tx, series, page);
}

bool directory_has(Tx *tx, Id series, Id organisation) {
    DirectoryHasRow row;
    return directory_sql_has(tx, series, organisation, &row);
}
