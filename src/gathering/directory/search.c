// SPDX-License-Identifier: EUPL-1.2
#include "directory_sql.h"
#include "gathering/directory/directory.h"
#include "planner/text.h"

bool directory_query_is_narrowed(const DirectoryQuery *query) {
    const Str parts[] = {query->words, query->profile, query->district, query->offer, query->need, query->newcomer};
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!str_is_empty(parts[i])) return true;
    return false;
}

static void add(IdList *terms, Id *ids, int64_t term) {
    for (size_t i = 0; i < terms->count; i++)
        if (ids[i] == term) return;
    ids[terms->count++] = term;
}

/* What has to be there: any one of the terms of a group, and all the others, each once. An organisation has one year of
 * founding and one last month, so of such a group it has one term at most. */
typedef struct Wanted {
    IdList terms;
    int64_t count; /* of those it must have */
} Wanted;

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

/* Those that count today. */
static void add_newcomers(Tx *tx, Str code, Wanted *wanted, Id *ids) {
    Arena *arena = tx_arena(tx);
    size_t before = wanted->terms.count;
    int64_t months = months_now(tx), year = months / 12;
    if (str_equal(code, STR("young"))) {
        for (int64_t y = year - DIRECTORY_YOUNG_YEARS; y <= year + 1; y++) /* one may be about to be founded */
            add(&wanted->terms, ids, directory_term_of_kind("founded", str_format(arena, "%lld", (long long)y)));
    } else if (str_equal(code, STR("first"))) {
        for (int64_t m = months; m <= months + DIRECTORY_FIRST_AHEAD_MONTHS; m++)
            add(&wanted->terms, ids, directory_term_of_kind("first_until", month_text(arena, m)));
    } else {
        add(&wanted->terms, ids, directory_term_of_kind("newcomer", code));
    }
    if (wanted->terms.count > before) wanted->count++;
}

static Wanted terms_of(Tx *tx, const DirectoryQuery *query) {
    Arena *arena = tx_arena(tx);
    const struct {
        const char *list;
        Str code;
    } kinds[] = {
        {"profile", query->profile}, {"district", query->district}, {"offer", query->offer}, {"need", query->need}};
    Id *ids = arena_array(arena, Id, DIRECTORY_WORDS_MOST + COUNT(kinds) + DIRECTORY_FIRST_AHEAD_MONTHS + 1);
    Wanted wanted = {{ids, 0}, 0};
    if (!str_is_empty(query->words)) {
        TextStems stems = text_stems(arena, query->words);
        for (size_t i = 0; i < stems.count && i < DIRECTORY_WORDS_MOST; i++)
            add(&wanted.terms, ids, directory_term_of_stem(stems.stems[i]));
    }
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!str_is_empty(kinds[i].code)) add(&wanted.terms, ids, directory_term_of_kind(kinds[i].list, kinds[i].code));
    wanted.count = (int64_t)wanted.terms.count;
    if (!str_is_empty(query->newcomer)) add_newcomers(tx, query->newcomer, &wanted, ids);
    return wanted;
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

static DirectorySomeRows some(Tx *tx, Id series, const Wanted *wanted, int64_t page) {
    return directory_sql_some(tx, series, wanted->terms, wanted->count, DIRECTORY_PAGE_ROWS, skip_to(page));
}

/* A page behind the last one has no row that could say how many there are: then they are counted. */
static DirectoryFound find_some(Tx *tx, Id series, const Wanted *wanted, int64_t page) {
    DirectorySomeRows rows = some(tx, series, wanted, page);
    DirectoryCountSomeRow all;
    if (rows.count == 0 && page > 1 && directory_sql_count_some(tx, series, wanted->terms, wanted->count, &all)) {
        page = pages_of(all.count);
        rows = some(tx, series, wanted, page);
    }
    DirectoryFound found = with_room(tx_arena(tx), rows.count);
    found.found = rows.count ? rows.rows[0].in_all : 0;
    found.page = page;
    found.pages = pages_of(found.found);
    for (size_t i = 0; i < rows.count; i++) found.organisations[found.count++] = rows.rows[i].organisation;
    fill(tx, series, &found);
    return found;
}

DirectoryFound directory_search(Tx *tx, Id series, const DirectoryQuery *query) {
    enum { PAGES_MOST = 1000000 };
    int64_t page = query->page < 1 ? 1 : query->page > PAGES_MOST ? PAGES_MOST : query->page;
    Wanted wanted = terms_of(tx, query);
    if (wanted.terms.count) return find_some(tx, series, &wanted, page);
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
