// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/words.h"

#include "planner/text.h"
#include "platform/base/utf8.h"

Str round_label(Arena *arena, Language language, const Zone *zone, const RoundSettings *settings, int64_t round) {
    if (!settings->starts_ms) return say(arena, language, MSG("rounds", "Round {number}"), SAY_INT("number", round));
    Civil time = zone_civil(zone, round_starts_ms(settings, round));
    return clock_time(arena, &time);
}

Str rounds_in_words(Arena *arena, Language language, const Zone *zone, const RoundSettings *settings) {
    Str minutes = say(arena, language, MSG_PLURAL("rounds", "{count} minute each", "{count} minutes each"),
                      SAY_INT("count", settings->talk_min));
    Str rounds = say(arena, language, MSG_PLURAL("rounds", "{count} round, {minutes}", "{count} rounds, {minutes}"),
                     SAY_INT("count", settings->rounds), SAY_TEXT("minutes", minutes));
    if (!settings->starts_ms) return rounds;
    return say(arena, language, MSG("rounds", "{rounds}, from {time}"), SAY_TEXT("rounds", rounds),
               SAY_TEXT("time", round_label(arena, language, zone, settings, 1)));
}

/* ---- what they run into ------------------ */

static const FrameSection *own_part(const Frame *frame, const RoundSettings *settings) {
    for (size_t i = 0; settings->starts_ms && i < frame->count; i++) {
        const FrameSection *part = &frame->sections[i];
        bool is_it = str_equal(part->kind, STR("rounds")) && settings->starts_ms >= part->starts_ms &&
                     settings->starts_ms < part->ends_ms;
        if (is_it) return part;
    }
    return NULL;
}

int64_t rounds_over_min(const Frame *frame, const RoundSettings *settings) {
    const FrameSection *own = own_part(frame, settings);
    if (!own) return 0;
    int64_t over_ms = round_ends_ms(settings, settings->rounds) - own->ends_ms;
    return over_ms > 0 ? (over_ms + 59999) / 60000 : 0;
}

static Str time_words(Arena *arena, const Edition *edition, int64_t ms) {
    Civil at = zone_civil(edition->zone, ms);
    return clock_time(arena, &at);
}

Str rounds_over_words(Arena *arena, Language language, const Edition *edition, const Frame *frame,
                      const RoundSettings *settings) {
    if (!settings->starts_ms) return STR("");
    const FrameSection *own = own_part(frame, settings);
    FrameSection taken = {.kind = STR("rounds"),
                          .starts_ms = settings->starts_ms,
                          .ends_ms = round_ends_ms(settings, settings->rounds),
                          .space = own ? own->space : 0};
    Buffer said = buffer_in(arena);
    int64_t over_min = rounds_over_min(frame, settings);
    if (over_min)
        buffer_add(&said,
                   say(arena, language,
                       MSG_PLURAL("rounds", "The last round ends at {end}, {count} minute after their part of the day.",
                                  "The last round ends at {end}, {count} minutes after their part of the day."),
                       SAY_TEXT("end", time_words(arena, edition, taken.ends_ms)), SAY_INT("count", over_min)));
    Str *others = arena_array(arena, Str, frame->count);
    size_t count = 0;
    for (size_t i = 0; i < frame->count; i++) {
        const FrameSection *part = &frame->sections[i];
        if (str_equal(part->kind, STR("rounds")) || !frame_sections_collide(&taken, part)) continue;
        others[count++] = frame_section_words(arena, language, edition, part);
    }
    if (!count) return buffer_str(&said);
    if (said.size) buffer_add_char(&said, ' ');
    buffer_add(&said, say(arena, language, MSG("rounds", "They run over: {parts}."),
                          SAY_TEXT("parts", list_words(arena, language, others, count))));
    return buffer_str(&said);
}

/* ---- reasons ------------------ */

/* What people wrote, to stand inside a sentence: without the full stop they may have ended it with. */
static Str inside_sentence(Str words) {
    Str trimmed = str_trim(words);
    while (trimmed.size && (trimmed.data[trimmed.size - 1] == '.' || trimmed.data[trimmed.size - 1] == ' '))
        trimmed.size--;
    return trimmed;
}

bool need_words_meet(Arena *arena, Str asked, Str given) {
    if (str_is_empty(inside_sentence(asked)) || str_is_empty(inside_sentence(given))) return true;
    return text_shares_stem(arena, asked, given);
}

static Str need_in_words(Arena *arena, Language language, const TellReason *reason) {
    Str asked = inside_sentence(reason->asked), given = inside_sentence(reason->given);
    if (!need_words_meet(arena, asked, given)) /* two things of one kind, of which neither is the other */
        return reason->is_mine ? say(arena, language,
                                     MSG("rounds", "You look for something of this kind: {kind}. They give "
                                                   "something of it."),
                                     SAY_TEXT("kind", reason->kind))
                               : say(arena, language,
                                     MSG("rounds", "They look for something of this kind: {kind}. You give "
                                                   "something of it."),
                                     SAY_TEXT("kind", reason->kind));
    if (str_is_empty(asked)) asked = reason->kind;
    if (str_equal(utf8_fold(arena, asked), utf8_fold(arena, given))) given = STR("");
    if (str_is_empty(given))
        return reason->is_mine ? say(arena, language, MSG("rounds", "You look for: {asked}. They have it."),
                                     SAY_TEXT("asked", asked))
                               : say(arena, language, MSG("rounds", "They look for: {asked}. You have it."),
                                     SAY_TEXT("asked", asked));
    return reason->is_mine ? say(arena, language, MSG("rounds", "You look for: {asked}. They have: {given}."),
                                 SAY_TEXT("asked", asked), SAY_TEXT("given", given))
                           : say(arena, language, MSG("rounds", "They look for: {asked}. You have: {given}."),
                                 SAY_TEXT("asked", asked), SAY_TEXT("given", given));
}

Str reason_in_words(Arena *arena, Language language, const TellReason *reason) {
    if (str_equal(reason->reason, STR("need"))) return need_in_words(arena, language, reason);
    if (str_equal(reason->reason, STR("words")))
        return say(arena, language, MSG("rounds", "Both of you write about: {words}."),
                   SAY_TEXT("words", reason->asked));
    if (str_equal(reason->reason, STR("different")))
        return say(arena, language, MSG("rounds", "You work in different fields."));
    if (str_equal(reason->reason, STR("alike")))
        return say(arena, language, MSG("rounds", "You work in the same field."));
    if (str_equal(reason->reason, STR("newcomer")))
        return reason->is_mine
                   ? say(arena, language, MSG("rounds", "You are here for the first time, they know their way around."))
                   : say(arena, language, MSG("rounds", "They are here for the first time: greet them."));
    if (str_equal(reason->reason, STR("met")))
        return say(arena, language, MSG("rounds", "You have met at an earlier edition."));
    return STR_ABSENT;
}

/* "You look for" is told once, for the need that weighs most; so is every other reason of one side. */
static bool is_told(const TellReason *const *told, size_t count, const TellReason *reason) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(told[i]->reason, reason->reason) && told[i]->is_mine == reason->is_mine) return true;
    return false;
}

Str reasons_in_words(Arena *arena, Language language, const TellReason *reasons, size_t count) {
    const TellReason *told[REASONS_TOLD_MOST];
    size_t told_count = 0;
    Buffer words = buffer_in(arena);
    bool met = false;
    for (size_t i = 0; i < count; i++) {
        met |= str_equal(reasons[i].reason, STR("met"));
        if (told_count == REASONS_TOLD_MOST || is_told(told, told_count, &reasons[i])) continue;
        Str sentence = reason_in_words(arena, language, &reasons[i]);
        if (str_is_absent(sentence)) continue;
        told[told_count++] = &reasons[i];
        if (words.size) buffer_add_char(&words, ' ');
        buffer_add(&words, sentence);
    }
    if (met) return buffer_str(&words);
    if (words.size) buffer_add_char(&words, ' ');
    buffer_add(&words, say(arena, language, MSG("rounds", "You have not met yet.")));
    return buffer_str(&words);
}

Str name_language(Str name, Language reader) {
    enum { CYRILLIC_FIRST = 0x400, CYRILLIC_LAST = 0x52f };
    if (reader == LANGUAGE_UK) return STR_ABSENT;
    for (size_t at = 0; at < name.size;) {
        uint32_t letter = utf8_next(name, &at);
        if (letter >= CYRILLIC_FIRST && letter <= CYRILLIC_LAST) return STR("uk");
    }
    return STR_ABSENT;
}
