// SPDX-License-Identifier: EUPL-1.2
#include "gathering/programme/pages.h"

#include "gathering/programme/arrange.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- times ------------------------------------------------------- */

Str local_time(Arena *arena, const Edition *edition, int64_t ms) {
    Civil at = zone_civil(edition->zone, ms);
    return clock_time(arena, &at);
}

Str local_hours(Arena *arena, const Edition *edition, int64_t from_ms, int64_t to_ms) {
    return str_format(arena, "%.*s–%.*s", STR_FORMAT(local_time(arena, edition, from_ms)),
                      STR_FORMAT(local_time(arena, edition, to_ms)));
}

Str local_day(Arena *arena, Language language, const Edition *edition, int64_t ms) {
    Civil at = zone_civil(edition->zone, ms);
    return date_words_with_year(arena, language, &at);
}

int64_t slot_ends_ms(const Slot *slot) { return slot->starts_ms.value + slot->duration_min * MINUTE_MS; }

/* ---- names ------------------------------------------------------- */

NameToShow slot_name_to_show(const Slot *slot) {
    return (NameToShow){.organisation = slot->organisation,
                        .name = slot->who,
                        .is_listed = slot->is_listed,
                        .is_offered = slot->offered_by && slot->offered_by == slot->organisation};
}

void programme_hide_names(Request *request, Programme *programme) {
    for (size_t i = 0; i < programme->count; i++) {
        Slot *slot = &programme->slots[i];
        NameToShow shown = slot_name_to_show(slot);
        PublicName name = public_name(request, &shown);
        slot->who = name.name;
        slot->is_hidden = name.is_hidden;
        slot->for_reader = name.for_reader;
    }
}

/* In the reader's language what is there in it. */
static void speak(Request *request, Programme *programme) {
    Id *ids = arena_array(request->arena, Id, programme->count);
    for (size_t i = 0; i < programme->count; i++) ids[i] = programme->slots[i].id;
    TextOthers others = texts_of(request->tx, (IdList){ids, programme->count});
    Language usual = edition_of(request)->series.language;
    for (size_t i = 0; i < programme->count; i++) {
        Slot *slot = &programme->slots[i];
        TextOriginal title = {slot->id, "title", slot->title, STR_ABSENT, usual};
        TextOriginal said = {slot->id, "words", slot->words, STR_ABSENT, usual};
        TextShown titled = text_shown(request->arena, &others, &title, request->language);
        TextShown told = text_shown(request->arena, &others, &said, request->language);
        slot->is_spoken = true;
        slot->title = titled.words;
        slot->title_language = titled.language;
        slot->words = told.words;
        slot->words_language = told.language;
        slot->note = str_is_empty(told.words) ? titled.note : told.note;
    }
}

bool programme_for_everybody(Request *request, Programme *programme) {
    if (!programme_public(request->tx, edition_of(request), programme)) return false;
    programme_hide_names(request, programme);
    speak(request, programme);
    return true;
}

static HiddenNamePart hidden_name_of(const Slot *slot) { return (HiddenNamePart){.name = slot->for_reader}; }

/* ---- words ------------------------------------------------------- */

Str content_language(Request *request) {
    Language language = edition_of(request)->series.language;
    return language == request->language ? STR_ABSENT : str_from_c(language_tag(language));
}

Str reported_words(Request *request) {
    const Edition *edition = edition_of(request);
    ImpreciseDate date;
    if (str_is_empty(edition->reported_on) || !imprecise_date_parse(edition->reported_on, &date)) return STR_ABSENT;
    Civil day = {.year = date.year, .month = date.month, .day = date.day};
    return say(request->arena, request->language, MSG("programme", "As reported on {day}. The hours are not known."),
               SAY_TEXT("day", date_day_month_year(request->arena, request->language, &day)));
}

/* Who does something stands for its title where it has none; "an organisation" would be a poor one. */
static bool has_title(const Slot *slot) { return !str_is_empty(slot->title) || slot->is_hidden; }

Str slot_title(Request *request, const Slot *slot) {
    if (!str_is_empty(slot->title)) return slot->title;
    return str_is_empty(slot->who) || slot->is_hidden ? item_kind_words(request->arena, request->language, slot->kind)
                                                      : slot->who;
}

Str slot_facts(Request *request, const Slot *slot) {
    Arena *arena = request->arena;
    Buffer facts = buffer_in(arena);
    if (has_title(slot)) buffer_add(&facts, slot->who);
    bool tells_minutes = !slot->is_section && slot->duration_min && !str_equal(slot->kind, STR("talk"));
    if (tells_minutes) {
        Str minutes = say(arena, request->language, MSG("programme", "{minutes} min"),
                          SAY_TEXT("minutes", number_words(arena, request->language, slot->duration_min)));
        buffer_format(&facts, "%s%.*s", facts.size ? "\u00a0· " : "", STR_FORMAT(minutes));
    }
    if (slot->people.given) {
        Str people = say(arena, request->language, MSG_PLURAL("programme", "{count} person", "{count} people"),
                         SAY_INT("count", slot->people.value));
        buffer_format(&facts, "%s%.*s", facts.size ? "\u00a0· " : "", STR_FORMAT(people));
    }
    return buffer_str(&facts);
}

Str space_name_of(Tx *tx, Id edition, Id space) {
    if (!space) return STR_ABSENT;
    Spaces spaces = edition_spaces(tx, edition);
    for (size_t i = 0; i < spaces.count; i++)
        if (spaces.spaces[i].id == space) return spaces.spaces[i].name;
    return STR_ABSENT;
}

size_t section_items(const Programme *programme, Id section, const Slot **only) {
    size_t count = 0;
    for (size_t i = 0; i < programme->count; i++) {
        const Slot *slot = &programme->slots[i];
        if (slot->is_section || slot->section != section) continue;
        *only = slot;
        count++;
    }
    return count;
}

/* ---- lines ------------------------------------------------------- */

/* Kinds that their titles tell, and talks among talks. */
static bool needs_no_tag(Str kind) {
    static const char *const kinds[] = {"talk", "doors", "opening", "turnover", "closing", "other"};
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i]))) return true;
    return false;
}

static Str tag_of(Request *request, const Slot *slot) {
    if (slot->is_free) return words(request, MSG("programme", "free time"));
    if (slot->has_children) return words(request, MSG("programme", "children on stage"));
    if (slot->is_section && str_is_empty(slot->title)) return STR_ABSENT; /* its kind is its title */
    return needs_no_tag(slot->kind) ? STR_ABSENT : item_kind_words(request->arena, request->language, slot->kind);
}

static Str item_href(Request *request, const Slot *slot) {
    if (slot->is_section) return STR_ABSENT;
    return str_format(request->arena, "%.*s/%.*s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/programme")),
                      STR_FORMAT(id_text(request->arena, slot->id)));
}

/* A title may be the name of a kind, in the reader's language. */
static Str title_language(Request *request, const Slot *slot) {
    if (str_is_empty(slot->title)) return STR_ABSENT;
    return slot->is_spoken ? slot->title_language : content_language(request);
}

SlotPart slot_part(Request *request, const Slot *slot, SlotPlace place) {
    return (SlotPart){
        .time =
            slot->starts_ms.given ? local_time(request->arena, edition_of(request), slot->starts_ms.value) : STR_ABSENT,
        .from = slot->starts_ms.given ? time_to_text(request->arena, slot->starts_ms.value) : STR_ABSENT,
        .to = slot->starts_ms.given ? time_to_text(request->arena, slot_ends_ms(slot)) : STR_ABSENT,
        .is_part = place == SLOT_PART,
        .is_inside = place == SLOT_INSIDE,
        .title = slot_title(request, slot),
        .language = title_language(request, slot),
        .href = item_href(request, slot),
        .who = slot_facts(request, slot),
        .hidden = hidden_name_of(slot),
        .tag = place == SLOT_PART ? STR_ABSENT : tag_of(request, slot),
        .is_free = slot->is_free,
    };
}

/* "Występ dzieci: Piosenki z podwórka" */
SlotPart only_item_part(Request *request, const Slot *section, const Slot *item) {
    SlotPart part = slot_part(request, item, SLOT_ALONE);
    Str language = title_language(request, section);
    bool is_one_language = str_equal(str_or_empty(language), str_or_empty(part.language)); /* one line has one */
    if (!str_is_empty(section->title) && is_one_language && !str_equal(section->title, slot_title(request, item))) {
        part.title = str_format(request->arena, "%.*s: %.*s", STR_FORMAT(section->title), STR_FORMAT(part.title));
        part.language = language;
    }
    return part;
}

RecordedPart recorded_part(Request *request, const Slot *slot) {
    return (RecordedPart){
        .title = slot_title(request, slot),
        .language = title_language(request, slot),
        .who = slot_facts(request, slot),
        .hidden = hidden_name_of(slot),
        .words = slot->words,
        .tag = tag_of(request, slot),
    };
}
