// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/next.h"

#include "gathering/editions/edition_form.h"
#include <assert.h>

/* ---- from one day to another ------------------------------------------------------------------------ */

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static int64_t day_number(int year, int month, int day) {
    return civil_to_utc_ms(&(Civil){.year = year, .month = month, .day = day, .hour = 12}) / DAY_MS;
}

int64_t edition_copy_moment(const EditionCopy *copy, int64_t ms) {
    ImpreciseDate to = edition_day(copy->to), from = edition_day(copy->from);
    assert(to.precision == DATE_DAY);
    Civil at = zone_civil(copy->from->zone, ms);
    /* Where the earlier day is not told any more, everything of it is taken for that one day. */
    int64_t past_days = from.precision == DATE_DAY
                            ? day_number(at.year, at.month, at.day) - day_number(from.year, from.month, from.day)
                            : 0;
    Civil noon = {.year = to.year, .month = to.month, .day = to.day, .hour = 12};
    Civil moved = civil_from_utc_ms(civil_to_utc_ms(&noon) + past_days * DAY_MS);
    moved.hour = at.hour;
    moved.minute = at.minute;
    moved.second = at.second;
    return zone_ms(copy->to->zone, &moved);
}

Id edition_copy_space(const EditionCopy *copy, Id space) {
    Spaces before = edition_spaces(copy->tx, copy->from->id), now = edition_spaces(copy->tx, copy->to->id);
    const Space *meant = NULL;
    size_t namesakes = 0;
    for (size_t i = 0; i < before.count && !meant; i++)
        if (before.spaces[i].id == space) meant = &before.spaces[i];
    for (size_t i = 0; meant && &before.spaces[i] != meant; i++)
        namesakes += str_equal(before.spaces[i].name, meant->name);
    for (size_t i = 0; meant && i < now.count; i++)
        if (str_equal(now.spaces[i].name, meant->name) && namesakes-- == 0) return now.spaces[i].id;
    return 0;
}

/* ---- what can be taken over ------------------------------------------------------------------------- */

CopyOffers copy_offers(Tx *tx, const House *house, const Edition *from, const Edition *to) {
    size_t most = 0;
    for (size_t i = 0; i < house->room_count; i++) most += house->rooms[i]->copy_part_count;
    CopyOffers offers = {arena_array(tx_arena(tx), CopyOffer, most), 0};
    for (size_t i = 0; i < house->room_count; i++)
        for (size_t k = 0; k < house->rooms[i]->copy_part_count; k++) {
            const CopyPart *part = &house->rooms[i]->copy_parts[k];
            CopyOffer offer = {.part = part, .count = part->count(tx, from->id)};
            if (offer.count == 0 || (to && part->count(tx, to->id) > 0)) continue;
            offer.waits = to && part->has_times && edition_day(to).precision != DATE_DAY;
            offers.offers[offers.count++] = offer;
        }
    return offers;
}

static bool is_named(const StrList *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->strs[i], str_from_c(name))) return true;
    return false;
}

size_t edition_take_over(const House *house, const EditionCopy *copy, const StrList *names) {
    assert(copy->from->series.id == copy->to->series.id);
    CopyOffers offers = copy_offers(copy->tx, house, copy->from, copy->to);
    size_t taken = 0;
    for (size_t i = 0; i < offers.count; i++) {
        if (offers.offers[i].waits || !is_named(names, offers.offers[i].part->name)) continue;
        offers.offers[i].part->copy(copy);
        taken++;
    }
    store_audit(copy->tx, &(AuditEntry){.person = copy->by,
                                        .edition = copy->to->id,
                                        .action = "edition.take_over",
                                        .subject = copy->from->id});
    for (int part = 0; part < PART_COUNT; part++) store_changed(copy->tx, copy->to->id, (StorePart)part);
    store_changed(copy->tx, 0, PART_EDITION);
    return taken;
}

Err edition_make_next(const House *house, const EditionCopy *copy, const Edition *made, const StrList *names, Id *id) {
    Edition draft = *made;
    draft.state = EDITION_DRAFT;
    Id added;
    Err err = edition_add(copy->tx, &draft, &added);
    if (err) return err;
    store_audit(copy->tx,
                &(AuditEntry){.person = copy->by, .edition = added, .action = "edition.add", .subject = added});
    Edition to;
    if (!edition_get(copy->tx, added, &to)) return ERR_INTERNAL;
    EditionCopy whole = *copy;
    whole.to = &to;
    edition_take_over(house, &whole, names);
    *id = added;
    return OK;
}

/* ---- which is the last ------------------------------------------------------------------------------ */

int64_t copy_offers_with_times(const CopyOffers *offers) {
    int64_t count = 0;
    for (size_t i = 0; i < offers->count; i++)
        if (offers->offers[i].part->has_times && !offers->offers[i].part->is_asked) count += offers->offers[i].count;
    return count;
}

Editions copy_sources(Tx *tx, const House *house, const Edition *edition, bool with_times) {
    Editions all = editions_of_series(tx, edition->series.id);
    size_t count = 0;
    for (size_t i = 0; i < all.count && count < COPY_SOURCES_MOST; i++) {
        if (all.editions[i].number >= edition->number) continue;
        CopyOffers offers = copy_offers(tx, house, &all.editions[i], edition);
        if (with_times ? copy_offers_with_times(&offers) : (int64_t)offers.count)
            all.editions[count++] = all.editions[i];
    }
    return (Editions){all.editions, count};
}

const Edition *edition_to_follow(const Editions *newest_first) {
    const Edition *known = NULL;
    for (size_t i = newest_first->count; i--;) {
        const Edition *edition = &newest_first->editions[i];
        if (edition->state != EDITION_DRAFT && edition_day(edition).precision == DATE_DAY) known = edition;
    }
    return known ? known : newest_first->count ? newest_first->editions : NULL;
}

Str edition_title_after(Arena *arena, const Edition *last, int64_t number) {
    if (str_equal(last->title, edition_title_make(arena, last->series.name, last->number)))
        return edition_title_make(arena, last->series.name, number);
    Str numbered = edition_title_make(arena, STR(""), last->number), ends = edition_title_make(arena, STR(""), number);
    if (last->number > 1 && number > 1 && str_ends_with(last->title, numbered))
        return str_join(arena, str_slice(last->title, 0, last->title.size - numbered.size), ends);
    return last->title;
}
