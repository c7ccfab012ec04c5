// SPDX-License-Identifier: EUPL-1.2
/* The parts of a day in words: what each is called, and what is odd about where it stands. */
#include "gathering/editions/editions.h"

static const struct {
    const char *code;
    Msg name;
} section_kinds[] = {
    {"doors", MSG_INIT("editions", "doors open")},
    {"opening", MSG_INIT("editions", "opening")},
    {"talks", MSG_INIT("editions", "talks")},
    {"performance", MSG_INIT("editions", "performance")},
    {"potluck", MSG_INIT("editions", "food and coffee")},
    {"rounds", MSG_INIT("editions", "talks at tables")},
    {"turnover", MSG_INIT("editions", "moving chairs and tables")},
    {"walk", MSG_INIT("editions", "walk")},
    {"closing", MSG_INIT("editions", "thanks and goodbye")},
    {"other", MSG_INIT("editions", "something else")},
};

Str frame_kind_words(Arena *arena, Language language, Str kind) {
    for (size_t i = 0; i < COUNT(section_kinds); i++)
        if (str_equal(kind, str_from_c(section_kinds[i].code))) return say(arena, language, section_kinds[i].name);
    return say(arena, language, MSG("editions", "something else"));
}

StrList frame_kinds(Arena *arena) {
    StrList kinds = {arena_array(arena, Str, COUNT(section_kinds)), COUNT(section_kinds)};
    for (size_t i = 0; i < COUNT(section_kinds); i++) kinds.strs[i] = str_from_c(section_kinds[i].code);
    return kinds;
}

bool frame_kind_is_known(Str kind) {
    for (size_t i = 0; i < COUNT(section_kinds); i++)
        if (str_equal(kind, str_from_c(section_kinds[i].code))) return true;
    return false;
}

Str frame_section_words(Arena *arena, Language language, const Edition *edition, const FrameSection *section) {
    Civil at = zone_civil(edition->zone, section->starts_ms);
    Str title = str_is_empty(section->title) ? frame_kind_words(arena, language, section->kind) : section->title;
    return str_format(arena, "%.*s %.*s", STR_FORMAT(clock_time(arena, &at)), STR_FORMAT(title));
}

/* ---- what is odd ------------------------------------------------------------------------------------ */

/* Walks go on beside everything else, and two rooms do not disturb each other. */
bool frame_sections_collide(const FrameSection *one, const FrameSection *other) {
    if (str_equal(one->kind, STR("walk")) || str_equal(other->kind, STR("walk"))) return false;
    if (one->space && other->space && one->space != other->space) return false;
    return one->starts_ms < other->ends_ms && other->starts_ms < one->ends_ms;
}

static bool is_outside_hours(const Edition *edition, const FrameSection *section) {
    return (edition->starts_ms.given && section->starts_ms < edition->starts_ms.value) ||
           (edition->ends_ms.given && section->ends_ms > edition->ends_ms.value);
}

Str frame_warning_words(Arena *arena, Language language, const Edition *edition, const Frame *frame, size_t index) {
    const FrameSection *section = &frame->sections[index];
    Buffer said = buffer_in(arena);
    if (is_outside_hours(edition, section))
        buffer_add(&said, say(arena, language, MSG("editions", "It is outside the hours of the gathering: {when}."),
                              SAY_TEXT("when", edition_when(arena, edition, language))));
    Str *others = arena_array(arena, Str, frame->count);
    size_t count = 0;
    for (size_t i = 0; i < frame->count; i++)
        if (i != index && frame_sections_collide(section, &frame->sections[i]))
            others[count++] = frame_section_words(arena, language, edition, &frame->sections[i]);
    if (!count) return buffer_str(&said);
    if (said.size) buffer_add_char(&said, ' ');
    buffer_add(&said, say(arena, language, MSG("editions", "At the same time: {parts}."),
                          SAY_TEXT("parts", list_words(arena, language, others, count))));
    return buffer_str(&said);
}
