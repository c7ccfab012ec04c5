// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/catalogue.h"

#include "gathering/signups/internal.h"
#include "gathering/signups/public.h"
#include "signups_pages.h"
#include "signups_sql.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

static Str day_words(Arena *arena, int64_t at_ms) {
    Civil day = zone_civil(zone_utc(), at_ms);
    return str_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* ---- the index follows ----------------------------------------------------------------------------------------- */

/* "2027-06": a year after the month in which it is over. */
static Str month_after_year(Arena *arena, int64_t over_ms) {
    Civil over = zone_civil(zone_utc(), over_ms);
    return str_format(arena, "%04d-%02d", over.year + 1, over.month);
}

void catalogue_index(Tx *tx, Id organisation, Id series) {
    Arena *arena = tx_arena(tx);
    SignupsAcceptedInRows editions = signups_sql_accepted_in(tx, organisation, series);
    DirectoryFacts facts = {.organisation = organisation,
                            .series = series,
                            .is_accepted = editions.count > 0,
                            .today = day_words(arena, tx_now_ms(tx))};
    if (editions.count) {
        Exchanges all = signup_exchanges_of(tx, editions.rows[0].id, organisation);
        DirectoryExchange *exchanges = arena_array(arena, DirectoryExchange, all.count);
        for (size_t i = 0; i < all.count; i++)
            exchanges[i] = (DirectoryExchange){all.exchanges[i].id, all.exchanges[i].is_offer, all.exchanges[i].kind,
                                               all.exchanges[i].words, all.exchanges[i].until_on};
        if (editions.rows[0].first_time) {
            int64_t over_ms = edition_over_ms(tx, editions.rows[0].id);
            facts.first_until = month_after_year(arena, over_ms);
            /* The day may be moved, which nobody tells the index: looked at again when it should have been. */
            if (over_ms > tx_now_ms(tx)) facts.look_again_on = day_words(arena, over_ms + DAY_MS);
        }
        facts.exchanges = exchanges;
        facts.exchange_count = all.count;
    }
    directory_index(tx, &facts);
}

void catalogue_follow(Tx *tx, Id organisation) {
    IdArray series = directory_series(tx, organisation);
    for (size_t i = 0; i < series.count; i++) catalogue_index(tx, organisation, series.ids[i]);
}

void catalogue_expire(Tx *tx) {
    enum { AT_ONCE = 200 }; /* each is read whole; the rest on the next day */
    IdArray due = directory_due(tx, day_words(tx_arena(tx), tx_now_ms(tx)), AT_ONCE);
    for (size_t i = 0; i < due.count; i++) catalogue_follow(tx, due.ids[i]);
}

void catalogue_join(Tx *tx, const Signup *signup, Id to, Id by) {
    Edition edition;
    SignupsOthersInRow others;
    if (!edition_get(tx, signup->edition, &edition)) arena_fail(tx_arena(tx), ERR_INTERNAL, "a sign-up of no edition");
    Id series = edition.series.id;
    if (signups_sql_others_in(tx, signup->organisation, series, signup->id, &others) && others.count > 0) return;
    directory_entry_join(tx, signup->organisation, to, series, &(DirectorySaying){.by = by, .edition = edition.id});
}

void catalogue_withdraw(Tx *tx, Id entry, Id edition, Id by) {
    DirectoryEntry found;
    if (!directory_entry_of_id(tx, entry, &found) || !found.is_shown) return;
    found.is_shown = false;
    if (directory_entry_save(tx, &found, &(DirectorySaying){.by = by, .edition = edition}))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "an entry of the directory changed in one transaction");
    catalogue_follow(tx, found.organisation);
}

/* ---- made again where it is missing ------------------------------------------------------------------------------ */

typedef struct Page {
    Id after, last; /* last 0: this was the last page */
    SignupsNotIndexedRows rows;
} Page;

enum { CATCH_UP_ROWS = 100 };

static Err read_page(Tx *tx, void *context) {
    Page *page = context;
    page->rows = signups_sql_not_indexed(tx, page->after, DIRECTORY_MADE_BY, CATCH_UP_ROWS);
    bool is_full = page->rows.count == CATCH_UP_ROWS;
    page->last = is_full ? page->rows.rows[page->rows.count - 1].organisation : 0;
    return OK;
}

static Err index_page(Tx *tx, void *context) {
    const Page *page = context;
    for (size_t i = 0; i < page->rows.count; i++)
        if (!page->rows.rows[i].has_row) catalogue_follow(tx, page->rows.rows[i].organisation);
    return OK;
}

/* One that is shown nowhere has no row for ever: it is looked at again, and nothing is written. */
Err catalogue_catch_up(Store *store, Arena *arena, Id *after) {
    Page page = {.after = *after};
    size_t without = 0;
    Err err = store_read(store, arena, read_page, &page);
    for (size_t i = 0; !err && i < page.rows.count; i++) without += !page.rows.rows[i].has_row;
    if (!err && without) err = store_write(store, arena, index_page, &page);
    if (!err) *after = page.last;
    return err;
}

/* ---- in the page of one ------------------------------------------------------------------------------------------ */

static void write_exchanges(Request *request, PageOut *page, Id edition) {
    Exchanges all = signup_exchanges_of(request->tx, edition, request->scope.organisation);
    Exchanges held = exchanges_that_hold(request->arena, &all, day_words(request->arena, request->now_ms));
    exchanges_write(request, page, &held);
}

/* Where it stands by name in the lists of those editions too: that is another consent. */
static void write_editions(Request *request, PageOut *page, const SignupsAcceptedInRows *editions) {
    Organisation organisation;
    if (!organisation_get(request->tx, request->scope.organisation, &organisation) || !organisation.is_listed) return;
    PastEditionsPartEdition *rows = arena_array(request->arena, PastEditionsPartEdition, editions->count);
    for (size_t i = 0; i < editions->count; i++)
        rows[i] = (PastEditionsPartEdition){.title = editions->rows[i].title,
                                            .href = str_format(request->arena, "/%.*s/%.*s/organisations/%.*s",
                                                               STR_FORMAT(series_of(request)->slug),
                                                               STR_FORMAT(editions->rows[i].slug),
                                                               STR_FORMAT(id_text(request->arena, organisation.id)))};
    part_past_editions(page, &(PastEditionsPart){.editions = rows, .editions_count = editions->count});
}

void catalogue_part(Request *request, PageOut *page) {
    DirectoryEntry entry;
    Id organisation = request->scope.organisation, series = request->scope.series;
    SignupsAcceptedInRows editions = signups_sql_accepted_in(request->tx, organisation, series);
    if (editions.count == 0 || !directory_entry_get(request->tx, organisation, series, &entry)) return;
    if (entry.is_shown && entry.shows_exchanges) write_exchanges(request, page, editions.rows[0].id);
    write_editions(request, page, &editions);
}
