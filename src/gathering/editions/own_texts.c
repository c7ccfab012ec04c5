// SPDX-License-Identifier: EUPL-1.2
/* The edition's own words in other languages (texts/texts.h): which there are, and how pages show them. */
#include "editions_sql.h"
#include "gathering/editions/internal.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static void add(Request *request, TextSources *sources, Id subject, const char *field, Str text, Msg what, Str of) {
    bool is_title = str_equal(str_from_c(field), STR("title"));
    text_sources_add(sources, &(TextSource){.subject = subject,
                                            .field = field,
                                            .words = text,
                                            .what = words(request, what),
                                            .of = of,
                                            .is_line = is_title,
                                            .is_public = true,
                                            .is_optional = subject == edition_of(request)->id && is_title,
                                            .part = PART_EDITION});
}

/* The words of a notice that was changed in one language alone differ from what is said in the others. */
static void add_notice(Request *request, TextSources *sources) {
    unsigned lacking = 0;
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (!notice_is_own(request->tx, series_of(request), language)) lacking |= 1u << language;
    if (lacking == (1u << LANGUAGE_COUNT) - 1) return;
    text_sources_add(
        sources, &(TextSource){.what = words(request, MSG("editions", "What we do with your data")),
                               .lacking = lacking,
                               .href = edition_path(request->arena, edition_of(request), "/staff/settings/notice")});
}

void editions_texts(Request *request, TextSources *sources) {
    if (sources->organisation) return;
    const Edition *edition = edition_of(request);
    add(request, sources, edition->series.id, "words", edition->series.words, MSG("editions", "About the series"),
        edition->series.name);
    add(request, sources, edition->id, "title", edition->title, MSG("editions", "Title"), edition->title);
    add(request, sources, edition->id, "words", edition->words, MSG("editions", "About the gathering"), edition->title);
    EditionsVenuesRows venues = editions_sql_venues(request->tx, edition->id);
    for (size_t i = 0; i < venues.count; i++)
        add(request, sources, venues.rows[i].id, "words", venues.rows[i].words, MSG("editions", "About the place"),
            venues.rows[i].name);
    Frame frame = edition_frame(request->tx, edition->id);
    for (size_t i = 0; i < frame.count; i++)
        add(request, sources, frame.sections[i].id, "title", frame.sections[i].title,
            MSG("editions", "A part of the day"), frame.sections[i].title);
    add_notice(request, sources);
}

/* ---- showing ------------------------------------------------------------------------------------------ */

TextShown edition_text(Tx *tx, const Series *series, Id subject, const char *field, Str text, Language reader) {
    TextOriginal original = {.subject = subject, .field = field, .words = text, .usual = series->language};
    TextOthers others = {0};
    if (!str_is_empty(text) && reader != series->language) others = texts_of(tx, (IdList){&subject, 1});
    return text_shown(tx_arena(tx), &others, &original, reader);
}

TextShown edition_words(Tx *tx, const Edition *edition, Language reader) {
    if (str_is_empty(edition->words))
        return edition_text(tx, &edition->series, edition->series.id, "words", edition->series.words, reader);
    return edition_text(tx, &edition->series, edition->id, "words", edition->words, reader);
}
