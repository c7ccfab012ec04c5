// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/show.h"

#include "platform/format/json_write.h"

enum { INDENT = 2 };

static void add_text(JsonWriter *json, Str key, Str value) {
    json_key(json, key);
    json_add_str(json, value);
}

static void add_moment(JsonWriter *json, Str key, OptionalInt ms) {
    json_key(json, key);
    if (ms.given) json_add_str(json, time_to_text(json->out->arena, ms.value));
    else json_add_null(json);
}

/* ---- series ----------------------------------------------------------------------------------------- */

void show_series_json(Buffer *out, const SeriesList *list) {
    JsonWriter json = json_list_begin(out);
    for (size_t i = 0; i < list->count; i++) {
        const Series *series = &list->series[i];
        json_object_begin(&json);
        add_text(&json, STR("id"), id_text(out->arena, series->id));
        add_text(&json, STR("slug"), series->slug);
        add_text(&json, STR("name"), series->name);
        add_text(&json, STR("words"), series->words);
        add_text(&json, STR("organiser"), series->organiser);
        add_text(&json, STR("phone"), series->phone);
        add_text(&json, STR("email"), series->email);
        add_text(&json, STR("language"), str_from_c(language_tag(series->language)));
        json_object_end(&json);
    }
    json_list_end(&json);
}

/* ---- editions --------------------------------------------------------------------------------------- */

static void add_edition_fields(JsonWriter *json, const Edition *edition) {
    add_text(json, STR("id"), id_text(json->out->arena, edition->id));
    add_text(json, STR("series"), edition->series.slug);
    add_text(json, STR("slug"), edition->slug);
    json_key(json, STR("number"));
    json_add_int(json, edition->number);
    add_text(json, STR("title"), edition->title);
    add_text(json, STR("words"), edition->words);
    add_text(json, STR("state"), str_from_c(edition_state_name(edition->state)));
    add_text(json, STR("date"), edition->date_text);
    add_text(json, STR("zone"), zone_name(edition->zone));
    add_moment(json, STR("starts"), edition->starts_ms);
    add_moment(json, STR("ends"), edition->ends_ms);
    add_moment(json, STR("closes"), edition->closes_ms);
    json_key(json, STR("places"));
    if (edition->places.given) json_add_int(json, edition->places.value);
    else json_add_null(json);
    add_text(json, STR("place"), edition->place);
    add_text(json, STR("address"), edition->address);
    add_text(json, STR("host"), edition->host);
}

static void add_frame(JsonWriter *json, const Frame *frame) {
    json_key(json, STR("frame"));
    json_array_begin(json);
    for (size_t i = 0; i < frame->count; i++) {
        const FrameSection *section = &frame->sections[i];
        json_object_begin(json);
        add_text(json, STR("kind"), section->kind);
        add_text(json, STR("title"), section->title);
        add_moment(json, STR("starts"), given_int(section->starts_ms));
        add_moment(json, STR("ends"), given_int(section->ends_ms));
        json_key(json, STR("free"));
        json_add_bool(json, section->is_protected);
        json_object_end(json);
    }
    json_array_end(json);
}

void show_edition_json(Buffer *out, const Edition *edition, const Frame *frame) {
    JsonWriter json = json_begin(out, INDENT);
    json_object_begin(&json);
    add_edition_fields(&json, edition);
    add_frame(&json, frame);
    json_object_end(&json);
    buffer_add_char(out, '\n');
}

void show_editions_json(Buffer *out, const Editions *list) {
    JsonWriter json = json_list_begin(out);
    for (size_t i = 0; i < list->count; i++) {
        json_object_begin(&json);
        add_edition_fields(&json, &list->editions[i]);
        json_object_end(&json);
    }
    json_list_end(&json);
}

/* ---- for people ------------------------------------------------------------------------------------- */

static void add_line(Buffer *out, const char *label, Str value) {
    if (!str_is_empty(value)) buffer_format(out, "  %-10s %.*s\n", label, STR_FORMAT(value));
}

static Str local_time(Arena *arena, const Zone *zone, int64_t ms) {
    Civil civil = zone_civil(zone, ms);
    return clock_time(arena, &civil);
}

void show_edition(Buffer *out, Language language, const Edition *edition, const Frame *frame) {
    Arena *arena = out->arena;
    buffer_format(out, "%.*s\n", STR_FORMAT(edition_path(arena, edition, "")));
    add_line(out, "title", edition->title);
    add_line(out, "state", str_from_c(edition_state_name(edition->state)));
    add_line(out, "when", edition_when(arena, edition, language));
    add_line(out, "where", edition_where(arena, edition));
    add_line(out, "host", edition->host);
    if (edition->closes_ms.given) {
        Civil last = edition_last_day(edition);
        add_line(out, "sign-ups", str_format(arena, "until %04d-%02d-%02d", last.year, last.month, last.day));
    }
    if (edition->places.given) buffer_format(out, "  %-10s %lld\n", "places", (long long)edition->places.value);
    for (size_t i = 0; i < frame->count; i++) {
        const FrameSection *section = &frame->sections[i];
        buffer_format(out, "  %.*s–%.*s  %.*s%s%.*s%s\n",
                      STR_FORMAT(local_time(arena, edition->zone, section->starts_ms)),
                      STR_FORMAT(local_time(arena, edition->zone, section->ends_ms)), STR_FORMAT(section->kind),
                      str_is_empty(section->title) ? "" : ": ", STR_FORMAT(section->title),
                      section->is_protected ? " (free time)" : "");
    }
}

void show_editions(Buffer *out, const Editions *list) {
    for (size_t i = 0; i < list->count; i++) {
        const Edition *edition = &list->editions[i];
        Str path = str_skip(edition_path(out->arena, edition, ""), 1);
        buffer_format(out, "%-36.*s %-12s %-12.*s %.*s\n", STR_FORMAT(path), edition_state_name(edition->state),
                      STR_FORMAT(edition->date_text), STR_FORMAT(edition->title));
    }
}
