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

void my_places_add(MyPlaces *places, MyPlace place) {
    size_t at = room_for_one(places->arena, (void **)&places->places, places->count, &places->capacity, sizeof place);
    places->places[at] = place;
    places->count++;
}

void edition_facts_add(EditionFacts *facts, Str name, Str value) {
    assert(facts->count < COUNT(facts->facts));
    facts->facts[facts->count++] = (EditionFact){name, value};
}

const House *house_of(const Request *request) { return request->application; }
