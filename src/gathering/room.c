// SPDX-License-Identifier: EUPL-1.2
#include "gathering/room.h"

#include <assert.h>

/* The next free place of a list that grows in its arena. */
static size_t room_for_one(Arena *arena, void **items, size_t count, size_t *capacity, size_t size) {
    if (count == *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 16;
        *items = arena_grow(arena, *items, *capacity * size, larger * size);
        *capacity = larger;
    }
    return count;
}

void my_items_add(MyItems *items, const MyItem *item) {
    size_t place = room_for_one(items->arena, (void **)&items->items, items->count, &items->capacity, sizeof *item);
    items->items[place] = *item;
    items->count++;
}

void today_items_add(TodayItems *items, const TodayItem *item) {
    size_t place = room_for_one(items->arena, (void **)&items->items, items->count, &items->capacity, sizeof *item);
    items->items[place] = *item;
    items->count++;
}

void sheet_columns_add(SheetColumns *columns, const SheetColumn *column) {
    size_t at =
        room_for_one(columns->arena, (void **)&columns->columns, columns->count, &columns->capacity, sizeof *column);
    columns->columns[at] = *column;
    columns->count++;
}

void sheet_questions_add(SheetQuestions *questions, const SheetQuestion *question) {
    size_t at = room_for_one(questions->arena, (void **)&questions->questions, questions->count, &questions->capacity,
                             sizeof *question);
    questions->questions[at] = *question;
    questions->count++;
}

void my_places_add(MyPlaces *places, MyPlace place) {
    size_t at = room_for_one(places->arena, (void **)&places->places, places->count, &places->capacity, sizeof place);
    places->places[at] = place;
    places->count++;
}

void ask_subjects_add(AskSubjects *subjects, Id id, Str label) {
    size_t at = room_for_one(subjects->arena, (void **)&subjects->subjects, subjects->count, &subjects->capacity,
                             sizeof *subjects->subjects);
    subjects->subjects[at] = (AskSubject){id, label};
    subjects->count++;
}

void text_sources_add(TextSources *sources, const TextSource *source) {
    size_t at =
        room_for_one(sources->arena, (void **)&sources->sources, sources->count, &sources->capacity, sizeof *source);
    sources->sources[at] = *source;
    sources->count++;
}

Audience *audiences_ensure(Audiences *audiences, Str name, Str label) {
    for (size_t i = 0; i < audiences->count; i++)
        if (str_equal(audiences->audiences[i].name, name)) return &audiences->audiences[i];
    size_t at = room_for_one(audiences->arena, (void **)&audiences->audiences, audiences->count, &audiences->capacity,
                             sizeof *audiences->audiences);
    audiences->audiences[at] = (Audience){.name = name, .label = label};
    audiences->count++;
    return &audiences->audiences[at];
}

void audience_add(Audiences *audiences, Audience *audience, Id organisation) {
    for (size_t i = 0; i < audience->count; i++)
        if (audience->organisations[i] == organisation) return;
    size_t at = room_for_one(audiences->arena, (void **)&audience->organisations, audience->count, &audience->capacity,
                             sizeof organisation);
    audience->organisations[at] = organisation;
    audience->count++;
}

void motif_add_bead(Motif *motif, MotifBead bead) {
    size_t at =
        room_for_one(motif->arena, (void **)&motif->beads, motif->bead_count, &motif->bead_capacity, sizeof bead);
    motif->beads[at] = bead;
    motif->bead_count++;
}

void motif_add_meeting(Motif *motif, Id one, Id other) {
    size_t at = room_for_one(motif->arena, (void **)&motif->meetings, motif->meeting_count, &motif->meeting_capacity,
                             sizeof *motif->meetings);
    motif->meetings[at] = (MotifMeeting){one, other};
    motif->meeting_count++;
}

void personal_add(PersonalData *data, const PersonalRecord *record) {
    size_t at = room_for_one(data->arena, (void **)&data->records, data->count, &data->capacity, sizeof *record);
    data->records[at] = *record;
    data->count++;
}

void edition_facts_add(EditionFacts *facts, Str name, Str value) {
    for (size_t i = 0; i < facts->count; i++) {
        Str *said = &facts->facts[i].value;
        if (!str_equal(facts->facts[i].name, name)) continue;
        *said = str_format(facts->arena, "%.*s\u00a0· %.*s", STR_FORMAT(*said), STR_FORMAT(value));
        return;
    }
    assert(facts->count < COUNT(facts->facts));
    facts->facts[facts->count++] = (EditionFact){name, value};
}

const House *house_of(const Request *request) { return request->application; }
