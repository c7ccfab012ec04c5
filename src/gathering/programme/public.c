// SPDX-License-Identifier: EUPL-1.2
/* What everybody sees: the programme, one item of it, and the calendar. */
#include "gathering/programme/pages.h"

#include "gathering/organisations/organisations.h"
#include "platform/format/ical.h"
#include "platform/format/markdown.h"
#include "platform/page/respond.h"
#include "programme_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- the whole programme ------------------------------------------------------- */

static bool is_same_day(const Edition *edition, int64_t a_ms, int64_t b_ms) {
    Civil a = zone_civil(edition->zone, a_ms), b = zone_civil(edition->zone, b_ms);
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* The line of a slot; false where another line says it already. */
static bool add_line(Request *request, const Programme *programme, const Slot *slot, SlotPart *line) {
    const Slot *only = NULL;
    size_t count = slot->section ? section_items(programme, slot->section, &only) : 0;
    bool is_one_line = count == 1 && only->starts_ms.given && !str_equal(only->kind, STR("talk"));
    if (is_one_line && !slot->is_section) return false;
    if (is_one_line) *line = only_item_part(request, slot, only);
    else if (slot->is_section) *line = slot_part(request, slot, count ? SLOT_PART : SLOT_ALONE);
    else *line = slot_part(request, slot, slot->section ? SLOT_INSIDE : SLOT_ALONE);
    return true;
}

/* Slots with a time into their days, the others into a list. Days are named only where there are several. */
static void add_days(Request *request, const Programme *programme, ProgrammePage *page) {
    Arena *arena = request->arena;
    const Edition *edition = edition_of(request);
    ProgrammePageDay *days = arena_array(arena, ProgrammePageDay, programme->count), *day = NULL;
    RecordedPart *recorded = arena_array(arena, RecordedPart, programme->count);
    SlotPart *slots = arena_array(arena, SlotPart, programme->count);
    size_t count = 0;
    int64_t day_ms = 0;
    page->days = days;
    page->recorded = recorded;
    for (size_t i = 0; i < programme->count; i++) {
        const Slot *slot = &programme->slots[i];
        if (!slot->starts_ms.given) {
            recorded[page->recorded_count++] = recorded_part(request, slot);
            continue;
        }
        if (!add_line(request, programme, slot, &slots[count])) continue;
        if (!day || !is_same_day(edition, day_ms, slot->starts_ms.value)) {
            day = &days[page->days_count++];
            *day = (ProgrammePageDay){.heading = local_day(arena, request->language, edition, slot->starts_ms.value),
                                      .slots = &slots[count]};
            day_ms = slot->starts_ms.value;
        }
        count++;
        day->slots_count++;
    }
    if (page->days_count == 1) day->heading = STR_ABSENT;
}

static Str published_words(Request *request, const Programme *programme) {
    if (!programme->number) return STR_ABSENT;
    Civil at = zone_civil(edition_of(request)->zone, programme->published_ms);
    return say(request->arena, request->language, MSG("programme", "Version {number}, {day}, {time}."),
               SAY_TEXT("number", str_format(request->arena, "%lld", (long long)programme->number)),
               SAY_TEXT("day", date_day_month_year(request->arena, request->language, &at)),
               SAY_TEXT("time", clock_time(request->arena, &at)));
}

static EmptyPart nothing_yet(Request *request) {
    return (EmptyPart){
        .heading = words(request, MSG("programme", "The programme is still being made")),
        .words = words(request, MSG("programme", "When it is ready, the order of the day will stand here.")),
        .action = words(request, MSG("programme", "About the gathering")),
        .action_href = edition_path(request->arena, edition_of(request), ""),
    };
}

Err programme_page(Request *request) {
    const Edition *edition = edition_of(request);
    ProgrammePage page = {
        .layout = edition_layout(request, words(request, MSG("programme", "Programme")), MENU_PROGRAMME),
        .eyebrow = edition_when(request->arena, edition, request->language),
        .heading = words(request, MSG("programme", "Programme")),
        .now_words = words(request, MSG("programme", "now")),
        .reported = reported_words(request),
    };
    Programme programme = {0};
    page.is_empty = !programme_for_everybody(request, &programme);
    if (page.is_empty) page.empty = nothing_yet(request);
    add_days(request, &programme, &page);
    page.published = published_words(request, &programme);
    if (page.days_count) page.ics_href = edition_path(request->arena, edition, "/programme.ics");
    PageOut out = page_out(request);
    page_programme(&out, &page);
    return OK;
}

/* ---- one item ------------------------------------------------------- */

static const Slot *find_slot(const Programme *programme, Id id) {
    for (size_t i = 0; i < programme->count; i++)
        if (programme->slots[i].id == id && !programme->slots[i].is_section) return &programme->slots[i];
    return NULL;
}

static void add_when(Request *request, const Slot *slot, ItemPage *page) {
    if (!slot->starts_ms.given) return;
    const Edition *edition = edition_of(request);
    page->day = local_day(request->arena, request->language, edition, slot->starts_ms.value);
    page->time = local_time(request->arena, edition, slot->starts_ms.value);
    page->from = time_to_text(request->arena, slot->starts_ms.value);
}

Err programme_item_page(Request *request) {
    const Edition *edition = edition_of(request);
    Id id;
    Programme programme = {0};
    if (!request_id(request, "item", &id) || !programme_for_everybody(request, &programme)) return ERR_NOT_FOUND;
    const Slot *slot = find_slot(&programme, id);
    if (!slot) return ERR_NOT_FOUND;
    Str title = slot_title(request, slot);
    bool says_kind = str_is_empty(slot->title) && (slot->is_hidden || str_is_empty(slot->who)); /* its title does */
    Kinds themes = kinds_of(request->tx, STR("theme"), request->language);
    ItemPage page = {
        .layout = edition_layout(request, title, MENU_PROGRAMME),
        .back_href = edition_path(request->arena, edition, "/programme"),
        .heading = title,
        .says_kind = says_kind,
        .language = slot->title_language,
        .words_language = slot->words_language,
        .note = slot->note,
        .who = str_is_empty(slot->title) && !slot->is_hidden ? STR_ABSENT : slot->who,
        .hidden = (HiddenNamePart){.name = slot->for_reader},
        .tag = says_kind ? STR_ABSENT : item_kind_words(request->arena, request->language, slot->kind),
        .place = space_name_of(request->tx, edition->id, slot->space),
        .lasts_min = slot->duration_min,
        .theme = str_is_empty(slot->theme) ? STR_ABSENT : kind_name(&themes, slot->theme),
        .children = slot->has_children,
    };
    add_when(request, slot, &page);
    if (!str_is_empty(slot->words)) page.words = (Html){markdown_html(request->arena, slot->words, 2)};
    PageOut out = page_out(request);
    page_item(&out, &page);
    return OK;
}

/* ---- the calendar ------------------------------------------------------- */

static Str where_words(Request *request, const Slot *slot) {
    Arena *arena = request->arena;
    Id edition = request->scope.edition;
    Str parts[3];
    size_t count = 0;
    ProgrammeFirstVenueRow venue;
    Str space = space_name_of(request->tx, edition, slot->space);
    if (!str_is_empty(space)) parts[count++] = space;
    if (programme_sql_first_venue(request->tx, edition, &venue)) {
        if (!str_is_empty(venue.name)) parts[count++] = venue.name;
        if (!str_is_empty(venue.address)) parts[count++] = venue.address;
    }
    Buffer where = buffer_in(arena);
    for (size_t i = 0; i < count; i++) buffer_format(&where, "%s%.*s", i ? ", " : "", STR_FORMAT(parts[i]));
    return buffer_str(&where);
}

static void add_event(Request *request, Ical *ical, const Programme *programme, const Slot *slot) {
    Arena *arena = request->arena;
    Str path = slot->is_section
                   ? edition_path(arena, edition_of(request), "/programme")
                   : str_format(arena, "%.*s/%.*s", STR_FORMAT(edition_path(arena, edition_of(request), "/programme")),
                                STR_FORMAT(id_text(arena, slot->id)));
    Str title = slot_title(request, slot);
    bool has_who = (!str_is_empty(slot->title) || slot->is_hidden) && !str_is_empty(slot->who);
    ical_add(ical,
             &(IcalEvent){
                 .uid = str_join(arena, id_text(arena, slot->id), STR("@wspolnie")),
                 .changed_ms = programme->published_ms,
                 .sequence = programme->number,
                 .starts_ms = slot->starts_ms.value,
                 .ends_ms = slot_ends_ms(slot),
                 .summary = has_who ? str_format(arena, "%.*s: %.*s", STR_FORMAT(slot->who), STR_FORMAT(title)) : title,
                 .description = slot->words,
                 .location = where_words(request, slot),
                 .url = str_join(arena, request->base_url, path),
             });
}

/* A part of the day with items in it stands in the calendar as these. It is passed on, so it says the same to all. */
Err programme_calendar(Request *request) {
    const Edition *edition = edition_of(request);
    Programme programme = {0};
    programme_published(request->tx, edition->id, &programme);
    programme_hide_names(request, &programme);
    request->response.content_type = STR("text/calendar; charset=utf-8");
    Ical ical = ical_begin(&request->response.body, edition->title, zone_name(edition->zone));
    for (size_t i = 0; i < programme.count; i++) {
        const Slot *slot = &programme.slots[i];
        const Slot *only;
        if (!slot->starts_ms.given || (slot->is_section && section_items(&programme, slot->id, &only))) continue;
        add_event(request, &ical, &programme, slot);
    }
    ical_end(&ical);
    return OK;
}
