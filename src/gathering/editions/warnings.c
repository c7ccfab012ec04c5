// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/warnings.h"

#include "planner/holidays.h"
#include <assert.h>

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

/* ---- days off --------------------------------------------------------------------------------------- */

static Str holiday_name(Arena *arena, Language language, Holiday holiday) {
    static const Msg names[] = {
        [HOLIDAY_NEW_YEAR] = MSG_INIT("editions", "New Year"),
        [HOLIDAY_EPIPHANY] = MSG_INIT("editions", "Epiphany"),
        [HOLIDAY_EASTER] = MSG_INIT("editions", "Easter"),
        [HOLIDAY_EASTER_MONDAY] = MSG_INIT("editions", "Easter Monday"),
        [HOLIDAY_LABOUR] = MSG_INIT("editions", "1 May"),
        [HOLIDAY_CONSTITUTION] = MSG_INIT("editions", "Constitution Day"),
        [HOLIDAY_PENTECOST] = MSG_INIT("editions", "Pentecost"),
        [HOLIDAY_CORPUS_CHRISTI] = MSG_INIT("editions", "Corpus Christi"),
        [HOLIDAY_ASSUMPTION] = MSG_INIT("editions", "15 August"),
        [HOLIDAY_ALL_SAINTS] = MSG_INIT("editions", "All Saints"),
        [HOLIDAY_INDEPENDENCE] = MSG_INIT("editions", "Independence Day"),
        [HOLIDAY_CHRISTMAS_EVE] = MSG_INIT("editions", "Christmas Eve"),
        [HOLIDAY_CHRISTMAS] = MSG_INIT("editions", "Christmas"),
        [HOLIDAY_SECOND_CHRISTMAS] = MSG_INIT("editions", "the second day of Christmas"),
    };
    assert(holiday > HOLIDAY_NONE && holiday < HOLIDAY_COUNT);
    return say(arena, language, names[holiday]);
}

static Str day_warning(Arena *arena, Language language, ImpreciseDate day) {
    if (day.precision != DATE_DAY) return STR("");
    HolidayNear near = holiday_near(day.year, day.month, day.day);
    if (near.holiday == HOLIDAY_NONE) return STR("");
    Msg said = near.days == 0  ? MSG("editions", "That day is a holiday in Poland: {holiday}. Many will be away.")
               : near.days > 0 ? MSG("editions", "The day after is a holiday in Poland: {holiday}. Many may be away.")
                               : MSG("editions", "The day before is a holiday in Poland: {holiday}. Many may be away.");
    return say(arena, language, said, SAY_TEXT("holiday", holiday_name(arena, language, near.holiday)));
}

Str edition_day_warning(Arena *arena, Language language, const Edition *edition) {
    return day_warning(arena, language, edition_day(edition));
}

Str day_typed_warning(Arena *arena, Language language, Str typed) {
    ImpreciseDate day;
    return imprecise_date_parse(typed, &day) ? day_warning(arena, language, day) : STR("");
}

DaysOffPart days_off_ahead(Request *request) {
    enum { DAYS = 365, MOST = 20 };
    int64_t today = request->now_ms / DAY_MS;
    DaysOffPartDay *days = arena_array(request->arena, DaysOffPartDay, MOST);
    DaysOffPart part = {.days = days};
    for (int64_t day = today; day < today + DAYS && part.days_count < MOST; day++) {
        Civil at = civil_from_utc_ms(day * DAY_MS);
        Holiday holiday = holiday_on(at.year, at.month, at.day);
        if (holiday != HOLIDAY_NONE)
            days[part.days_count++] = (DaysOffPartDay){date_words_with_year(request->arena, request->language, &at),
                                                       holiday_name(request->arena, request->language, holiday)};
    }
    return part;
}

/* ---- how many there is room for --------------------------------------------------------------------- */

CapacityFit capacity_fit(int64_t people, int64_t capacity) {
    assert(capacity > 0);
    if (people > capacity) return CAPACITY_EXCEEDED;
    return people * 100 >= capacity * CAPACITY_WARNED_PERCENT ? CAPACITY_NEARLY_FULL : CAPACITY_FITS;
}

static bool is_used(const Frame *frame, Id space) {
    for (size_t i = 0; i < frame->count; i++)
        if (frame->sections[i].space == space && !str_equal(frame->sections[i].kind, STR("walk")) &&
            !str_equal(frame->sections[i].kind, STR("doors")))
            return true;
    return false;
}

const Space *space_of_all(const Spaces *spaces, const Frame *frame) {
    const Space *used = NULL, *stage = NULL, *largest = NULL;
    for (size_t i = 0; i < spaces->count; i++) {
        const Space *space = &spaces->spaces[i];
        if (!space->capacity.given) continue;
        int64_t holds = space->capacity.value;
        if (is_used(frame, space->id) && (!used || holds < used->capacity.value)) used = space;
        if (space->is_stage && (!stage || holds < stage->capacity.value)) stage = space;
        if (!largest || holds > largest->capacity.value) largest = space;
    }
    return used ? used : stage ? stage : largest;
}

Str capacity_warning(Arena *arena, Language language, const Space *space, int64_t people) {
    if (!space || !space->capacity.given) return STR("");
    CapacityFit fit = capacity_fit(people, space->capacity.value);
    if (fit == CAPACITY_FITS) return STR("");
    Msg said = fit == CAPACITY_EXCEEDED ? MSG("editions", "More people than fit: {people} are expected, and this is "
                                                          "how many there is room for in {space}: {capacity}.")
                                        : MSG("editions", "It gets full: {people} people are expected, and this is how "
                                                          "many there is room for in {space}: {capacity}.");
    return say(arena, language, said, SAY_INT("people", people), SAY_TEXT("space", space->name),
               SAY_INT("capacity", space->capacity.value));
}

Str mass_event_warning(Arena *arena, Language language, int64_t people) {
    if (capacity_fit(people, MASS_EVENT_PLACES) == CAPACITY_FITS) return STR("");
    return say(arena, language,
               MSG("editions", "{people} people are expected. From {limit} places inside, an artistic event is a mass "
                               "event, which needs a permit."),
               SAY_INT("people", people), SAY_INT("limit", MASS_EVENT_PLACES));
}
