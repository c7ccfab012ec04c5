// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/editions.h"

#include "editions_sql.h"
#include "gathering/editions/internal.h"
#include <assert.h>
#include <string.h>

static const char *const state_names[] = {
    [EDITION_DRAFT] = "draft",         [EDITION_CALL_OPEN] = "call_open", [EDITION_CALL_CLOSED] = "call_closed",
    [EDITION_PUBLISHED] = "published", [EDITION_FINISHED] = "finished",   [EDITION_ARCHIVED] = "archived",
};

const char *edition_state_name(EditionState state) { return state_names[state]; }

bool edition_state_parse(Str name, EditionState *state) {
    for (size_t i = 0; i < COUNT(state_names); i++) {
        if (!str_equal(name, str_from_c(state_names[i]))) continue;
        *state = (EditionState)i;
        return true;
    }
    return false;
}

bool states_have(unsigned states, EditionState state) { return ((states ? states : STATES_USUAL) >> state & 1u) != 0; }

/* ---- series ----------------------------------------------------------------------------------------- */

static Str told(Str text) { return str_is_absent(text) ? STR("") : text; }

static Language stored_language(Tx *tx, Str tag) {
    Language language;
    if (!language_parse(tag, &language)) arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored language is not one of ours");
    return language;
}

static Series series_from(Tx *tx, const EditionsSeriesRow *row) {
    return (Series){
        .id = row->id,
        .slug = row->slug,
        .name = row->name,
        .words = row->words,
        .organiser = row->organiser,
        .phone = row->phone,
        .email = row->email,
        .language = stored_language(tx, row->language),
        .is_demo = row->is_demo,
        .accent = row->accent,
        .languages = row->languages,
        .logo = row->logo,
        .logo_width = row->logo_width,
        .logo_height = row->logo_height,
        .version = row->version,
    };
}

bool series_get(Tx *tx, Id id, Series *series) {
    EditionsGetSeriesRow row;
    if (!editions_sql_get_series(tx, id, &row)) return false;
    *series = series_from(tx, &row.series);
    return true;
}

bool series_find(Tx *tx, Str slug, Series *series) {
    EditionsSeriesBySlugRow row;
    if (!editions_sql_series_by_slug(tx, slug, &row)) return false;
    *series = series_from(tx, &row.series);
    return true;
}

SeriesList series_all(Tx *tx) {
    EditionsAllSeriesRows rows = editions_sql_all_series(tx);
    SeriesList list = {arena_array(tx_arena(tx), Series, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) list.series[i] = series_from(tx, &rows.rows[i].series);
    return list;
}

SeriesList series_from_slug(Tx *tx, Str slug, size_t most) {
    EditionsSeriesFromRows rows = editions_sql_series_from(tx, slug, (int64_t)most);
    SeriesList list = {arena_array(tx_arena(tx), Series, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) list.series[i] = series_from(tx, &rows.rows[i].series);
    return list;
}

Err series_add(Tx *tx, const Series *series, Id *id) {
    Series existing;
    if (series_find(tx, series->slug, &existing)) return ERR_CONFLICT;
    Id made = tx_new_id(tx);
    editions_sql_add_series(tx, made, series->slug, series->name, series->words, series->organiser, series->phone,
                            series->email, str_from_c(language_tag(series->language)), series->is_demo,
                            told(series->accent), told(series->languages), tx_now_ms(tx));
    store_changed(tx, 0, PART_EDITION);
    *id = made;
    return OK;
}

void series_tell_changed(Tx *tx, Id series) {
    store_changed(tx, 0, PART_EDITION);
    Editions editions = editions_of_series(tx, series);
    for (size_t i = 0; i < editions.count; i++) store_changed(tx, editions.editions[i].id, PART_EDITION);
}

Err series_update(Tx *tx, const Series *series) {
    Series stored;
    if (!series_get(tx, series->id, &stored)) return ERR_NOT_FOUND;
    if (editions_sql_update_series(tx, series->id, series->version, series->name, series->words, series->organiser,
                                   series->phone, series->email, str_from_c(language_tag(series->language)),
                                   told(series->accent), told(series->languages)) == 0)
        return ERR_CONFLICT;
    series_tell_changed(tx, series->id);
    return OK;
}

/* ---- editions --------------------------------------------------------------------------------------- */

static const Zone *stored_zone(Tx *tx, Str name) {
    const Zone *zone;
    if (zone_find(name, &zone) != OK)
        arena_fail(tx_arena(tx), ERR_INTERNAL, "the time zone %.*s is not on this machine", STR_FORMAT(name));
    return zone;
}

static EditionState stored_state(Tx *tx, Str name) {
    EditionState state;
    if (!edition_state_parse(name, &state))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored state of an edition is unknown");
    return state;
}

static ImpreciseDate stored_date(Tx *tx, Str text) {
    ImpreciseDate date;
    if (!imprecise_date_parse(text, &date)) arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored date is none");
    return date;
}

static Edition edition_from(Tx *tx, const EditionsEditionRow *row, const EditionsSeriesRow *series) {
    return (Edition){
        .id = row->id,
        .slug = row->slug,
        .title = row->title,
        .words = row->words,
        .number = (int)row->number,
        .series = series_from(tx, series),
        .state = stored_state(tx, row->state),
        .date = stored_date(tx, row->date),
        .date_text = row->date,
        .zone = stored_zone(tx, row->zone),
        .starts_ms = row->starts_ms,
        .ends_ms = row->ends_ms,
        .closes_ms = row->closes_ms,
        .places = row->places,
        .reported_on = row->reported_on,
        .reported_in = row->reported_in,
        .version = row->version,
        .place = told(row->place),
        .address = told(row->address),
        .host = told(row->host),
    };
}

bool edition_get(Tx *tx, Id id, Edition *edition) {
    EditionsGetRow row;
    if (!editions_sql_get(tx, id, &row)) return false;
    *edition = edition_from(tx, &row.edition, &row.series);
    return true;
}

bool edition_is_archived(Tx *tx, Id id) {
    Edition edition;
    return edition_get(tx, id, &edition) && edition.state == EDITION_ARCHIVED;
}

/* The rows of several queries are alike, and of types of their own. */
#define RETURN_EDITIONS(tx, found)                                                                  \
    do {                                                                                            \
        Editions list = {arena_array(tx_arena(tx), Edition, (found).count), (found).count};         \
        for (size_t i = 0; i < list.count; i++)                                                     \
            list.editions[i] = edition_from(tx, &(found).rows[i].edition, &(found).rows[i].series); \
        return list;                                                                                \
    } while (0)

Editions editions_of_series(Tx *tx, Id series) {
    EditionsEditionsOfRows rows = editions_sql_editions_of(tx, series);
    RETURN_EDITIONS(tx, rows);
}

Editions editions_all(Tx *tx) {
    EditionsAllRows rows = editions_sql_all(tx);
    RETURN_EDITIONS(tx, rows);
}

Editions editions_of_many(Tx *tx, const SeriesList *series) {
    Id *ids = arena_array(tx_arena(tx), Id, series->count);
    for (size_t i = 0; i < series->count; i++) ids[i] = series->series[i].id;
    EditionsEditionsOfManyRows rows = editions_sql_editions_of_many(tx, (IdList){ids, series->count});
    RETURN_EDITIONS(tx, rows);
}

Editions editions_of_ids(Tx *tx, IdList ids) {
    EditionsTheseRows rows = editions_sql_these(tx, ids);
    RETURN_EDITIONS(tx, rows);
}

bool edition_by_path(Tx *tx, Str series, Str slug, Id organisation, Edition *edition, Str *organisation_name) {
    EditionsResolveRow row;
    if (!editions_sql_resolve(tx, series, slug, organisation ? given_int(organisation) : (OptionalInt){0}, &row))
        return false;
    *edition = edition_from(tx, &row.edition, &row.series);
    *organisation_name = row.organisation_name;
    return true;
}

bool edition_find(Tx *tx, Str path, Edition *edition) {
    Str slug = path, series_slug, organisation;
    if (!str_next_part(&slug, '/', &series_slug)) return false;
    if (!str_is_absent(slug)) return edition_by_path(tx, series_slug, slug, 0, edition, &organisation);
    Series series;
    if (!series_find(tx, series_slug, &series)) return false;
    Editions editions = editions_of_series(tx, series.id);
    if (!editions.count) return false;
    *edition = editions.editions[0];
    return true;
}

Err edition_add(Tx *tx, const Edition *edition, Id *id) {
    EditionsSlugTakenRow existing;
    if (editions_sql_slug_taken(tx, edition->series.id, edition->slug, &existing)) return ERR_CONFLICT;
    Id made = tx_new_id(tx);
    editions_sql_add(tx, made, edition->series.id, edition->slug, edition->number, edition->title, edition->words,
                     str_from_c(edition_state_name(edition->state)), edition->date_text, zone_name(edition->zone),
                     edition->starts_ms, edition->ends_ms, edition->closes_ms, edition->places, tx_now_ms(tx));
    store_changed(tx, 0, PART_EDITION);
    store_changed(tx, made, PART_EDITION);
    *id = made;
    return OK;
}

Err edition_update(Tx *tx, const Edition *edition) {
    Edition stored;
    if (!edition_get(tx, edition->id, &stored)) return ERR_NOT_FOUND;
    if (editions_sql_update(tx, edition->id, edition->version, edition->number, edition->title, edition->words,
                            edition->date_text, zone_name(edition->zone), edition->starts_ms, edition->ends_ms,
                            edition->closes_ms, edition->places) == 0)
        return ERR_CONFLICT;
    store_changed(tx, 0, PART_EDITION);
    store_changed(tx, edition->id, PART_EDITION);
    return OK;
}

Err edition_set_state(Tx *tx, Id edition, int64_t version, EditionState state) {
    Edition stored;
    if (!edition_get(tx, edition, &stored)) return ERR_NOT_FOUND;
    if (editions_sql_set_state(tx, edition, version, str_from_c(edition_state_name(state))) == 0) return ERR_CONFLICT;
    store_changed(tx, 0, PART_EDITION);
    store_changed(tx, edition, PART_EDITION);
    return OK;
}

/* ---- words about an edition ------------------------------------------------------------------------- */

Str edition_path(Arena *arena, const Edition *edition, const char *rest) {
    return str_format(arena, "/%.*s/%.*s%s", STR_FORMAT(edition->series.slug), STR_FORMAT(edition->slug), rest);
}

Str edition_my_path(Arena *arena, const Edition *edition, Id organisation, const char *rest) {
    return str_format(arena, "/me%.*s/%.*s%s", STR_FORMAT(edition_path(arena, edition, "")),
                      STR_FORMAT(id_text(arena, organisation)), rest);
}

ImpreciseDate edition_day(const Edition *edition) {
    if (!edition->starts_ms.given) return edition->date;
    Civil civil = zone_civil(edition->zone, edition->starts_ms.value);
    return (ImpreciseDate){DATE_DAY, civil.year, civil.month, civil.day};
}

bool edition_is_today(const Edition *edition, int64_t now_ms) {
    ImpreciseDate day = edition_day(edition);
    if (edition->state != EDITION_PUBLISHED || day.precision != DATE_DAY) return false;
    Civil now = zone_civil(edition->zone, now_ms);
    bool is_its_day = now.year == day.year && now.month == day.month && now.day == day.day;
    bool goes_on = edition->starts_ms.given && edition->ends_ms.given && now_ms >= edition->starts_ms.value &&
                   now_ms < edition->ends_ms.value;
    return is_its_day || goes_on;
}

static Str day_words(Arena *arena, const Edition *edition, Language language) {
    if (edition->starts_ms.given) {
        Civil day = zone_civil(edition->zone, edition->starts_ms.value);
        return date_words_with_year(arena, language, &day);
    }
    if (edition->date.precision != DATE_DAY) return imprecise_date_words(arena, language, edition->date, true);
    Civil day = {.year = edition->date.year, .month = edition->date.month, .day = edition->date.day};
    day.weekday = civil_weekday(day.year, day.month, day.day);
    return date_words_with_year(arena, language, &day);
}

Str edition_when(Arena *arena, const Edition *edition, Language language) {
    Str day = day_words(arena, edition, language);
    if (!edition->starts_ms.given) return day;
    Civil from = zone_civil(edition->zone, edition->starts_ms.value);
    if (!edition->ends_ms.given)
        return str_format(arena, "%.*s, %.*s", STR_FORMAT(day), STR_FORMAT(clock_time(arena, &from)));
    Civil to = zone_civil(edition->zone, edition->ends_ms.value);
    return str_format(arena, "%.*s, %.*s–%.*s", STR_FORMAT(day), STR_FORMAT(clock_time(arena, &from)),
                      STR_FORMAT(clock_time(arena, &to)));
}

Str edition_where(Arena *arena, const Edition *edition) {
    if (str_is_empty(edition->place) || str_starts_with(edition->address, edition->place)) return edition->address;
    if (str_is_empty(edition->address)) return edition->place;
    return str_format(arena, "%.*s, %.*s", STR_FORMAT(edition->place), STR_FORMAT(edition->address));
}

Str edition_eyebrow(Arena *arena, const Edition *edition, Language language) {
    Str which = say(arena, language, MSG("editions", "{ordinal} edition"),
                    SAY_TEXT("ordinal", edition_ordinal(arena, language, edition->number)));
    Str when = imprecise_date_words(arena, language, edition_day(edition), false);
    return str_is_empty(when) ? which : str_format(arena, "%.*s\u00a0· %.*s", STR_FORMAT(which), STR_FORMAT(when));
}

Civil edition_last_day(const Edition *edition) { return zone_civil(edition->zone, edition->closes_ms.value - 1); }

bool edition_takes_signups(const Edition *edition, int64_t now_ms) {
    return edition->state == EDITION_CALL_OPEN && (!edition->closes_ms.given || now_ms < edition->closes_ms.value);
}

static bool day_of_gathering(const Edition *edition, Civil *day) {
    if (edition->starts_ms.given) {
        *day = zone_civil(edition->zone, edition->starts_ms.value);
        return true;
    }
    if (edition->date.precision != DATE_DAY) return false;
    *day = (Civil){.year = edition->date.year, .month = edition->date.month, .day = edition->date.day};
    return true;
}

bool edition_moment(const Edition *edition, Str time, int64_t *ms) {
    Civil at;
    int64_t hour, minute;
    if (time.size != strlen("14:40") || time.data[2] != ':' || !day_of_gathering(edition, &at)) return false;
    if (!str_to_int(str_slice(time, 0, 2), &hour) || !str_to_int(str_skip(time, 3), &minute)) return false;
    at.hour = (int)hour;
    at.minute = (int)minute;
    at.second = 0;
    if (!civil_valid(&at)) return false;
    *ms = zone_ms(edition->zone, &at);
    return true;
}

/* ---- the day's frame -------------------------------------------------------------------------------- */

Frame edition_frame(Tx *tx, Id edition) {
    EditionsFrameRows rows = editions_sql_frame(tx, edition);
    Frame frame = {arena_array(tx_arena(tx), FrameSection, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const EditionsFrameRow *row = &rows.rows[i];
        frame.sections[i] = (FrameSection){row->id,
                                           row->kind,
                                           row->title,
                                           row->starts_ms,
                                           row->ends_ms,
                                           row->is_protected,
                                           row->space.given ? row->space.value : 0,
                                           row->version};
    }
    return frame;
}

Spaces edition_spaces(Tx *tx, Id edition) {
    EditionsSpacesRows rows = editions_sql_spaces(tx, edition);
    Spaces spaces = {arena_array(tx_arena(tx), Space, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const EditionsSpacesRow *row = &rows.rows[i];
        spaces.spaces[i] = (Space){.id = row->id,
                                   .venue = row->venue,
                                   .name = row->name,
                                   .words = row->words,
                                   .capacity = row->capacity,
                                   .is_stage = row->is_stage,
                                   .step_free = row->step_free,
                                   .has_toilet = row->has_toilet,
                                   .has_loop = row->has_loop,
                                   .is_quiet = row->is_quiet,
                                   .takes_dogs = row->takes_dogs,
                                   .interpreter_until = row->interpreter_until,
                                   .equipment = row->equipment,
                                   .power = row->power,
                                   .uses = row->uses,
                                   .version = row->version};
    }
    return spaces;
}
