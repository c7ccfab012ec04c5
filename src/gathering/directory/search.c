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

/* All that has to be there, each once. */
static IdList terms_of(Arena *arena, const DirectoryQuery *query) {
    const struct {
        const char *list;
        Str code;
    } kinds[] = {{"profile", query->profile},
                 {"district", query->district},
                 {"offer", query->offer},
                 {"need", query->need},
                 {"newcomer", query->newcomer}};
    Id *ids = arena_array(arena, Id, DIRECTORY_WORDS_MOST + COUNT(kinds));
    IdList terms = {ids, 0};
    if (!str_is_empty(query->words)) {
        TextStems stems = text_stems(arena, query->words);
        for (size_t i = 0; i < stems.count && i < DIRECTORY_WORDS_MOST; i++)
            add(&terms, ids, directory_term_of_stem(stems.stems[i]));
    }
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (!str_is_empty(kinds[i].code)) add(&terms, ids, directory_term_of_kind(kinds[i].list, kinds[i].code));
    return terms;
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
            found->are_new[i] = rows.rows[k].is_newcomer;
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

static DirectorySomeRows some(Tx *tx, Id series, IdList terms, int64_t page) {
    return directory_sql_some(tx, series, terms, (int64_t)terms.count, DIRECTORY_PAGE_ROWS, skip_to(page));
}

/* A page behind the last one has no row that could say how many there are: then they are counted. */
static DirectoryFound find_some(Tx *tx, Id series, IdList terms, int64_t page) {
    DirectorySomeRows rows = some(tx, series, terms, page);
    DirectoryCountSomeRow all;
    if (rows.count == 0 && page > 1 && directory_sql_count_some(tx, series, terms, (int64_t)terms.count, &all)) {
        page = pages_of(all.count);
        rows = some(tx, series, terms, page);
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
    IdList terms = terms_of(tx_arena(tx), query);
    if (terms.count) return find_some(tx, series, terms, page);
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
