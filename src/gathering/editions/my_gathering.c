// SPDX-License-Identifier: EUPL-1.2
/* "My gathering": what one organisation has in one edition, told by every room, in order of time. */
#include "gathering/editions/internal.h"
#include "platform/page/respond.h"

enum {
    DAY_MS = 24 * 60 * 60 * 1000,
    RELATIVE_MS = 13 * DAY_MS, /* within what relative_time says in days: beyond, it would tell the date again */
    NEAR_MS = 90 * 60 * 1000,
    TALKLESS_END_MS = 30 * 60 * 1000
};

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- order of time ---------------------------------------------------------------------------------- */

/* Untimed things stand last; of two at one moment the one told first stays first (insertion sort: few items). */
void my_items_sort(MyItems *items) {
    for (size_t i = 1; i < items->count; i++) {
        MyItem moved = items->items[i];
        size_t place = i;
        int64_t key = moved.starts_ms ? moved.starts_ms : INT64_MAX;
        while (place) {
            const MyItem *before = &items->items[place - 1];
            if ((before->starts_ms ? before->starts_ms : INT64_MAX) <= key) break;
            items->items[place] = *before;
            place--;
        }
        items->items[place] = moved;
    }
}

static int64_t end_of(const MyItem *item) { return item->ends_ms ? item->ends_ms : item->starts_ms + TALKLESS_END_MS; }

static bool is_over_at(const MyItem *item, int64_t now_ms) { return item->starts_ms && end_of(item) <= now_ms; }

size_t my_items_next(const MyItems *items, int64_t now_ms) {
    size_t going_on = items->count; /* a part of everybody's day, while nothing of one's own is ahead */
    for (size_t i = 0; i < items->count; i++) {
        const MyItem *item = &items->items[i];
        if (!item->starts_ms || is_over_at(item, now_ms)) continue;
        if (!item->is_everybodys || item->starts_ms > now_ms) return i;
        going_on = i;
    }
    return going_on;
}

/* The part of the day that the meetings are is told by them. */
static bool is_told_by_meetings(const MyItems *items, const MyItem *part) {
    for (size_t i = 0; part->is_everybodys && i < items->count; i++) {
        const MyItem *item = &items->items[i];
        if (item->table && item->starts_ms >= part->starts_ms && item->starts_ms < part->ends_ms) return true;
    }
    return false;
}

static void drop_told_parts(MyItems *items) {
    size_t kept = 0;
    for (size_t i = 0; i < items->count; i++)
        if (!is_told_by_meetings(items, &items->items[i])) items->items[kept++] = items->items[i];
    items->count = kept;
}

/* ---- one item as the page shows it ------------------------------------------------------------------ */

static MyItemPart part_of(Request *request, const MyItem *item, bool is_past) {
    MyItemPart part = {
        .table = item->table,
        .is_everybodys = item->is_everybodys,
        .is_invitation = item->is_invitation,
        .title = item->title,
        .language = item->title_language,
        .place = item->place,
        .words = item->words,
        .tag = item->tag,
        .href = item->href,
        .link = item->link,
        .is_past = is_past,
    };
    if (!item->starts_ms) return part;
    Civil civil = zone_civil(edition_of(request)->zone, item->starts_ms);
    part.time = clock_time(request->arena, &civil);
    part.datetime = time_to_text(request->arena, item->starts_ms);
    return part;
}

/* ---- the headline ----------------------------------------------------------------------------------- */

/* "Your talk" of "Your talk: Gardens on roofs": the whole of it stands right below the headline. */
static Str short_title(Str title) {
    ptrdiff_t colon = str_index_of(title, STR(": "));
    return colon > 0 ? str_slice(title, 0, (size_t)colon) : title;
}

static Str near_words(Request *request, const MyItem *next) {
    Str what = short_title(next->title);
    if (next->table)
        what =
            say(request->arena, request->language, MSG("editions", "Table {number}"), SAY_INT("number", next->table));
    if (next->starts_ms <= request->now_ms)
        return say(request->arena, request->language, MSG("editions", "Now: {what}"), SAY_TEXT("what", what));
    Str when =
        relative_time(request->arena, request->language, edition_of(request)->zone, next->starts_ms, request->now_ms);
    return say(request->arena, request->language, MSG("editions", "{when}: {what}"), SAY_TEXT("when", when),
               SAY_TEXT("what", what));
}

static Str far_lead(Request *request) {
    const Edition *edition = edition_of(request);
    Str when = edition_when(request->arena, edition, request->language);
    if (!edition->starts_ms.given || edition->starts_ms.value <= request->now_ms ||
        edition->starts_ms.value - request->now_ms > RELATIVE_MS)
        return when;
    Str how_soon =
        relative_time(request->arena, request->language, edition->zone, edition->starts_ms.value, request->now_ms);
    return str_format(request->arena, "%.*s (%.*s)", STR_FORMAT(when), STR_FORMAT(how_soon));
}

static bool is_over(const Request *request, const Edition *edition) {
    return edition->state >= EDITION_FINISHED || (edition->ends_ms.given && edition->ends_ms.value < request->now_ms);
}

static void fill_headline(Request *request, const MyItem *next, MyGatheringPage *page) {
    const Edition *edition = edition_of(request);
    if (next && next->starts_ms - request->now_ms <= NEAR_MS) {
        page->headline = near_words(request, next);
    } else if (!next && is_over(request, edition)) {
        page->headline = words(request, MSG("editions", "Thank you for being with us"));
        page->lead = edition->title;
    } else {
        page->headline = words(request, MSG("editions", "Your gathering"));
        page->lead = far_lead(request);
    }
}

/* ---- segments: meetings at tables stand together, all else on the line of time ---------------------- */

static Str segment_heading(Request *request, const MyItem *first) {
    if (!first->table) return STR_ABSENT;
    if (!first->starts_ms) return words(request, MSG("editions", "Talks at tables"));
    Civil civil = zone_civil(edition_of(request)->zone, first->starts_ms);
    return say(request->arena, request->language, MSG("editions", "Talks at tables from {time}"),
               SAY_TEXT("time", clock_time(request->arena, &civil)));
}

static void add_to_segments(Request *request, MyGatheringPage *page, MyGatheringPageSegment *segments,
                            MyItemPart *parts, size_t index, const MyItem *item) {
    bool is_meeting = item->table != 0;
    if (!page->segments_count || segments[page->segments_count - 1].is_meetings != is_meeting)
        segments[page->segments_count++] =
            (MyGatheringPageSegment){is_meeting, segment_heading(request, item), &parts[index], 0};
    parts[index] = part_of(request, item, false);
    segments[page->segments_count - 1].items_count++;
}

static void fill_items(Request *request, const MyItems *items, size_t next, MyGatheringPage *page) {
    MyGatheringPageSegment *segments = arena_array(request->arena, MyGatheringPageSegment, items->count);
    MyItemPart *later = arena_array(request->arena, MyItemPart, items->count);
    MyItemPart *others = arena_array(request->arena, MyItemPart, items->count);
    MyItemPart *past = arena_array(request->arena, MyItemPart, items->count);
    MyItemPart *due = arena_array(request->arena, MyItemPart, items->count);
    size_t later_count = 0;
    page->segments = segments;
    page->others = others;
    page->past = past;
    page->due = due;
    for (size_t i = 0; i < items->count; i++) {
        const MyItem *item = &items->items[i];
        if (item->waits_for_them && !item->starts_ms) due[page->due_count++] = part_of(request, item, false);
        else if (!item->starts_ms && !item->table) others[page->others_count++] = part_of(request, item, false);
        else if (i != next && is_over_at(item, request->now_ms))
            past[page->past_count++] = part_of(request, item, true);
        else if (i != next) add_to_segments(request, page, segments, later, later_count++, item);
    }
}

/* ---- the page --------------------------------------------------------------------------------------- */

static MyItems items_of_rooms(Request *request) {
    MyItems items = {.arena = request->arena};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->my_items) house->rooms[i]->my_items(request, &items);
    my_items_sort(&items);
    drop_told_parts(&items);
    return items;
}

static EmptyPart nothing_yet(Request *request) {
    const Edition *edition = edition_of(request);
    EmptyPart empty = {.heading = words(request, MSG("editions", "Nothing stands here yet"))};
    if (edition_takes_signups(edition, request->now_ms)) {
        empty.words = words(request, MSG("editions", "Has your organisation signed up for this edition?"));
        MainAction action = edition_main_action(request, edition);
        empty.action = action.label;
        empty.action_href = action.href;
    } else {
        empty.words =
            words(request, MSG("editions", "When the organisers publish the programme, your part of it comes here."));
    }
    return empty;
}

/* Coordinators see that of who takes part, not of every organisation of the installation. */
static bool may_see(Request *request) {
    return reader_speaks_for(request, request->scope.organisation, request->scope.series) ||
           organisation_takes_part(request, false);
}

Err my_gathering_page(Request *request) {
    const Edition *edition = edition_of(request);
    if (!may_see(request)) return ERR_NOT_FOUND;
    MyItems items = items_of_rooms(request);
    size_t next = my_items_next(&items, request->now_ms);
    const MyItem *next_item = next < items.count ? &items.items[next] : NULL;
    MyGatheringPage page = {
        .organisation = organisation_name_of(request),
        .has_next = next_item != NULL,
        .where = edition_where(request->arena, edition),
        .phone = edition->series.phone,
        .phone_href = phone_link(request->arena, edition->series.phone),
        .organiser = edition->series.organiser,
        .calendar_href = items.calendar_href,
        .is_empty = items.count == 0,
    };
    if (next_item) page.next = part_of(request, next_item, false);
    if (page.is_empty) page.empty = nothing_yet(request);
    fill_headline(request, next_item, &page);
    page.layout = edition_layout(request, page.headline, MENU_MY);
    fill_items(request, &items, next, &page);
    page.has_asides = page.others_count || !str_is_empty(page.where);
    PageOut out = page_out(request);
    page_my_gathering(&out, &page);
    return OK;
}
