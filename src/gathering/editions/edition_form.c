// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/edition_form.h"

#include "gathering/editions/internal.h"
#include "gathering/editions/next.h"
#include "platform/page/conflict.h"
#include "platform/page/typed.h"

/* Ticked by who makes an edition from an earlier one; context: what that one has (next.h). Where the form is not open,
 * all there is. */
static FormOptions part_options(Request *request, void *context) {
    const CopyOffers *offers = context;
    const House *house = house_of(request);
    size_t most = offers ? offers->count : 0, count = 0;
    for (size_t i = 0; i < house->room_count && !offers; i++) most += house->rooms[i]->copy_part_count;
    FormOption *options = arena_array(request->arena, FormOption, most);
    for (size_t i = 0; offers && i < offers->count; i++) {
        const CopyOffer *offer = &offers->offers[i];
        Str label = say(request->arena, request->language, offer->part->label);
        if (offer->count > 1)
            label = str_format(request->arena, "%.*s: %lld", STR_FORMAT(label), (long long)offer->count);
        options[count++] = (FormOption){str_from_c(offer->part->name), label};
    }
    for (size_t i = 0; i < house->room_count && !offers; i++)
        for (size_t k = 0; k < house->rooms[i]->copy_part_count; k++) {
            const CopyPart *part = &house->rooms[i]->copy_parts[k];
            options[count++] =
                (FormOption){str_from_c(part->name), say(request->arena, request->language, part->label)};
        }
    return (FormOptions){options, count};
}

static const FormField edition_fields[] = {
    {.name = "parts",
     .kind = FIELD_SEVERAL,
     .offset = offsetof(EditionForm, parts),
     .unmarked = true,
     .label = MSG_INIT("editions", "What comes along"),
     .hint = MSG_INIT("editions", "Everything can be changed afterwards."),
     .options = part_options},
    {.name = "source", .kind = FIELD_HIDDEN, .offset = offsetof(EditionForm, source)},
    {.name = "number",
     .kind = FIELD_INT,
     .offset = offsetof(EditionForm, number),
     .required = true,
     .least = 1,
     .most = 500,
     .label = MSG_INIT("editions", "Which edition it is"),
     .hint = MSG_INIT("editions", "A figure: for edition II write 2.")},
    {.name = "title",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, title),
     .required = true,
     .most = 120,
     .label = MSG_INIT("editions", "Title"),
     .hint = MSG_INIT("editions", "For example: Together to the goal III")},
    {.name = "date",
     .kind = FIELD_DATE,
     .offset = offsetof(EditionForm, date),
     .imprecise = true,
     .label = MSG_INIT("editions", "Date"),
     .hint = MSG_INIT("editions", "A day (11.06.2026), or as much as is known: June 2026, summer 2026. It may wait.")},
    {.name = "from",
     .kind = FIELD_TIME,
     .offset = offsetof(EditionForm, from),
     .label = MSG_INIT("editions", "From what time")},
    {.name = "to",
     .kind = FIELD_TIME,
     .offset = offsetof(EditionForm, to),
     .label = MSG_INIT("editions", "To what time")},
    {.name = "closes",
     .kind = FIELD_DATE,
     .offset = offsetof(EditionForm, closes),
     .label = MSG_INIT("editions", "Last day for sign-ups"),
     .hint = MSG_INIT("editions", "Sign-ups are taken until midnight of that day.")},
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(EditionForm, words),
     .most = 800,
     .label = MSG_INIT("editions", "What will happen, in two sentences")},
    {.name = "places",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(EditionForm, places),
     .least = 1,
     .most = 5000,
     .label = MSG_INIT("editions", "How many organisations there is room for")},
    {.name = "zone",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, zone),
     .required = true,
     .most = 60,
     .label = MSG_INIT("editions", "Time zone"),
     .hint = MSG_INIT("editions", "Leave it as it is, unless you meet abroad.")},
    FORM_VERSION(EditionForm),
    {.name = "slug",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, slug),
     .most = SLUG_LONGEST,
     .label = MSG_INIT("editions", "Last part of its address"),
     .hint = MSG_INIT("editions", "Small letters, figures and dashes. Left empty, it is the number.")},
    {.name = "venue",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, venue),
     .most = 120,
     .label = MSG_INIT("editions", "Where: name of the place")},
    {.name = "address",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, address),
     .most = 200,
     .label = MSG_INIT("editions", "Where: street and number")},
    {.name = "host",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, host),
     .most = 160,
     .label = MSG_INIT("editions", "Who hosts it")},
    {.name = "contributions",
     .kind = FIELD_LINE,
     .offset = offsetof(EditionForm, contributions),
     .most = 300,
     .label = MSG_INIT("editions", "What the host gives"),
     .hint = MSG_INIT("editions", "With commas between: space, technical support")},
};
enum { OF_NEXT = 2, AND_NEXT = 6, OF_EXISTING = 10 };
const EditionFields edition_fields_of_new = {edition_fields + OF_NEXT, COUNT(edition_fields) - OF_NEXT};
const EditionFields edition_fields_of_existing = {edition_fields + OF_NEXT, OF_EXISTING};
const EditionFields edition_fields_of_next = {edition_fields, OF_NEXT + AND_NEXT};
const EditionFields edition_fields_of_taking = {edition_fields, OF_NEXT};
const FormTable edition_asked = {edition_fields + OF_NEXT, COUNT(edition_fields) - OF_NEXT};
const FormTable next_asked = {edition_fields, OF_NEXT + AND_NEXT};
const FormTable from_last_asked = {edition_fields, OF_NEXT};

/* ---- from what is kept to what is shown ------------------------------------------------------------- */

static Str time_of(Arena *arena, const Zone *zone, OptionalInt ms) {
    if (!ms.given) return STR("");
    Civil civil = zone_civil(zone, ms.value);
    return clock_time(arena, &civil);
}

static Str last_day_of(Arena *arena, const Edition *edition) {
    if (!edition->closes_ms.given) return STR("");
    Civil civil = edition_last_day(edition);
    return str_format(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

EditionForm edition_form_of(Arena *arena, const Edition *edition) {
    return (EditionForm){
        .number = edition->number,
        .title = edition->title,
        .words = edition->words,
        .date = edition->date_text,
        .from = time_of(arena, edition->zone, edition->starts_ms),
        .to = time_of(arena, edition->zone, edition->ends_ms),
        .closes = last_day_of(arena, edition),
        .zone = zone_name(edition->zone),
        .places = edition->places,
        .version = form_version(arena, edition->version),
    };
}

/* ---- and back --------------------------------------------------------------------------------------- */

bool moment_of(const Zone *zone, ImpreciseDate day, Str time, int64_t *ms) {
    int64_t hour, minute;
    Str rest = time, part;
    if (day.precision != DATE_DAY || !str_next_part(&rest, ':', &part) || !str_to_int(part, &hour) ||
        !str_to_int(rest, &minute))
        return false;
    Civil civil = {.year = day.year, .month = day.month, .day = day.day, .hour = (int)hour, .minute = (int)minute};
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    *ms = zone_ms(zone, &civil);
    return true;
}

static EditionFault take_hours(const EditionForm *values, const Zone *zone, ImpreciseDate date, Edition *edition) {
    edition->starts_ms = edition->ends_ms = (OptionalInt){0};
    bool has_from = !str_is_empty(values->from), has_to = !str_is_empty(values->to);
    if (!has_from && !has_to) return EDITION_GOOD;
    if (!has_from) return EDITION_END_WITHOUT_START;
    if (!moment_of(zone, date, values->from, &edition->starts_ms.value)) return EDITION_HOURS_WITHOUT_DAY;
    edition->starts_ms.given = true;
    if (!has_to) return EDITION_GOOD;
    if (!moment_of(zone, date, values->to, &edition->ends_ms.value)) return EDITION_HOURS_WITHOUT_DAY;
    edition->ends_ms.given = true;
    return edition->ends_ms.value > edition->starts_ms.value ? EDITION_GOOD : EDITION_ENDS_BEFORE_START;
}

static OptionalInt midnight_after(const Zone *zone, Str day_text) {
    ImpreciseDate day;
    if (!imprecise_date_parse(day_text, &day) || day.precision != DATE_DAY) return (OptionalInt){0};
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    Civil noon = {.year = day.year, .month = day.month, .day = day.day, .hour = 12};
    Civil next = civil_from_utc_ms(civil_to_utc_ms(&noon) + DAY_MS);
    next.hour = next.minute = next.second = 0;
    return given_int(zone_ms(zone, &next));
}

EditionFault edition_form_take(const EditionForm *values, Edition *edition) {
    Edition taken = *edition;
    if (zone_find(values->zone, &taken.zone)) return EDITION_ZONE_UNKNOWN;
    if (!imprecise_date_parse(values->date, &taken.date)) return EDITION_HOURS_WITHOUT_DAY;
    EditionFault fault = take_hours(values, taken.zone, taken.date, &taken);
    if (fault) return fault;
    taken.closes_ms = midnight_after(taken.zone, values->closes);
    OptionalInt day_ends = midnight_after(taken.zone, values->date);
    if (taken.closes_ms.given && day_ends.given && taken.closes_ms.value > day_ends.value)
        return EDITION_CLOSES_AFTER_DAY;
    taken.number = (int)values->number;
    taken.title = values->title;
    taken.words = values->words;
    taken.date_text = values->date;
    taken.places = values->places;
    *edition = taken;
    return EDITION_GOOD;
}

void edition_form_let_hours_wait(EditionForm *values, Str offered_from, Str offered_to) {
    ImpreciseDate date;
    bool is_day = imprecise_date_parse(values->date, &date) && date.precision == DATE_DAY;
    if (is_day || !str_equal(values->from, offered_from) || !str_equal(values->to, offered_to)) return;
    values->from = values->to = STR("");
}

void edition_form_refuse(Form *form, Request *request, EditionFault fault) {
    static const struct {
        const char *field;
        Msg words;
    } faults[] = {
        [EDITION_ZONE_UNKNOWN] = {"zone", MSG_INIT("editions",
                                                   "There is no such time zone. Write it as a continent and a city.")},
        [EDITION_HOURS_WITHOUT_DAY] = {"date", MSG_INIT("editions", "Hours need a whole date: day, month and year.")},
        [EDITION_END_WITHOUT_START] = {"from", MSG_INIT("editions", "Say also from what time.")},
        [EDITION_CLOSES_AFTER_DAY] = {"closes",
                                      MSG_INIT("editions", "The last day for sign-ups is after the gathering.")},
        [EDITION_ENDS_BEFORE_START] = {"to", MSG_INIT("editions", "The end must be later than the beginning.")},
    };
    if (fault) form_refuse(form, faults[fault].field, say(request->arena, request->language, faults[fault].words));
}

/* ---- small things
 * ---------------------------------------------------------------------------------------------------- */

StrList contributions_split(Arena *arena, Str typed) {
    Str commas = str_replace(arena, typed, STR("\n"), STR(",")), part;
    size_t most = 1;
    for (size_t i = 0; i < commas.size; i++) most += commas.data[i] == ',';
    StrList list = {arena_array(arena, Str, most), 0};
    for (Str rest = commas; str_next_part(&rest, ',', &part);)
        if (!str_is_empty(str_trim(part))) list.strs[list.count++] = str_trim(part);
    return list;
}

Str edition_slug_make(Arena *arena, int64_t number) {
    static const char *const tens[] = {"", "x", "xx", "xxx"};
    static const char *const ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    if (number < 1 || number > 39) return str_format(arena, "%lld", (long long)number);
    return str_format(arena, "%s%s", tens[number / 10], ones[number % 10]);
}

static Str roman(Arena *arena, int64_t number) {
    Str small = edition_slug_make(arena, number);
    char *large = arena_alloc(arena, small.size + 1);
    for (size_t i = 0; i < small.size; i++)
        large[i] = small.data[i] >= 'a' && small.data[i] <= 'z' ? (char)(small.data[i] - 'a' + 'A') : small.data[i];
    return (Str){large, small.size};
}

Str edition_title_make(Arena *arena, Str series_name, int64_t number) {
    if (number <= 1) return series_name;
    return str_format(arena, "%.*s %.*s", STR_FORMAT(series_name), STR_FORMAT(roman(arena, number)));
}
