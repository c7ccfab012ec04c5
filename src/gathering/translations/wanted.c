// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/look.h"
#include "gathering/translations/internal.h"

Str translations_said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

TextsHere texts_here(Request *request, Id organisation) {
    TextsHere here = {.sources = {.arena = request->arena, .organisation = organisation}};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->texts) house->rooms[i]->texts(request, &here.sources);
    Id *ids = arena_array(request->arena, Id, here.sources.count);
    size_t count = 0;
    for (size_t i = 0; i < here.sources.count; i++) {
        Id id = here.sources.sources[i].subject;
        if (id && (!count || ids[count - 1] != id)) ids[count++] = id;
    }
    if (count) here.others = texts_of(request->tx, (IdList){ids, count});
    return here;
}

TextOriginal original_of(Request *request, const TextSource *source) {
    return (TextOriginal){.subject = source->subject,
                          .field = source->field,
                          .words = source->words,
                          .written_in = source->written_in,
                          .usual = series_of(request)->language};
}

static TextState state_of_own_form(const TextSource *source, Str language) {
    Language one;
    bool lacks = language_parse(language, &one) && source->lacking & 1u << one;
    return lacks ? TEXT_LACKS : TEXT_NOT_WANTED;
}

TextState text_state(Request *request, const TextsHere *here, const TextSource *source, Str language) {
    if (!source->subject) return state_of_own_form(source, language);
    TextOriginal original = original_of(request, source);
    if (str_is_empty(source->words) || str_equal(text_language(&original), language)) return TEXT_NOT_WANTED;
    const TextOther *other = text_other_of(&here->others, source->subject, source->field, language);
    if (!other || other->origin == TEXT_NONE) return TEXT_LACKS;
    if (other->origin == TEXT_REFUSED) return TEXT_NOT_WANTED;
    return text_holds(other, &original) ? TEXT_THERE : TEXT_CHANGED;
}

bool volunteers_write(const TextSource *source) { return source->subject && source->is_public && !source->is_name; }

int64_t texts_lacking(Request *request, bool of_team_too) {
    TextsHere here = texts_here(request, 0);
    int64_t count = 0;
    for (size_t i = 0; i < here.sources.count; i++) {
        const TextSource *source = &here.sources.sources[i];
        if (source->is_optional || (!volunteers_write(source) && (source->subject || !of_team_too))) continue;
        for (Language language = 0; language < LANGUAGE_COUNT; language++) {
            if (!series_speaks(series_of(request), language)) continue;
            TextState state = text_state(request, &here, source, str_from_c(language_tag(language)));
            count += state == TEXT_LACKS || state == TEXT_CHANGED;
        }
    }
    return count;
}

Str from_to_words(Request *request, const TextSource *source, Str to) {
    Str into = text_language_name(request->arena, request->language, to);
    if (!source->subject) return into;
    TextOriginal original = original_of(request, source);
    Str from = text_language_name(request->arena, request->language, text_language(&original));
    return str_format(request->arena, "%.*s → %.*s", STR_FORMAT(from), STR_FORMAT(into));
}

Str text_path(Request *request, Str base, const TextSource *source, Str language) {
    return str_format(request->arena, "%.*s/%.*s/%s/%.*s", STR_FORMAT(base), STR_FORMAT(language), source->field,
                      STR_FORMAT(id_text(request->arena, source->subject)));
}
