// SPDX-License-Identifier: EUPL-1.2
/* The texts that lack a language, for whoever translates them. */
#include "gathering/editions/look.h"
#include "gathering/translations/internal.h"
#include "platform/page/lists.h"
#include "platform/page/respond.h"

typedef struct Wanted {
    const TextSource *source;
    Language to;
    bool is_changed;
} Wanted;

typedef struct WantedList {
    Wanted *rows;
    size_t count;
} WantedList;

static WantedList wanted_of(Request *request, const TextsHere *here, bool is_team) {
    WantedList list = {arena_array(request->arena, Wanted, here->sources.count * LANGUAGE_COUNT), 0};
    for (size_t i = 0; i < here->sources.count; i++) {
        const TextSource *source = &here->sources.sources[i];
        if (!volunteers_write(source) && (source->subject || !is_team)) continue;
        for (Language to = 0; to < LANGUAGE_COUNT; to++) {
            if (!series_speaks(series_of(request), to)) continue;
            TextState state = text_state(request, here, source, str_from_c(language_tag(to)));
            if (state != TEXT_LACKS && state != TEXT_CHANGED) continue;
            list.rows[list.count++] = (Wanted){source, to, state == TEXT_CHANGED};
        }
    }
    return list;
}

static FormOptions language_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, LANGUAGE_COUNT);
    size_t count = 0;
    for (Language one = 0; one < LANGUAGE_COUNT; one++) {
        Str tag = str_from_c(language_tag(one));
        if (series_speaks(series_of(request), one))
            options[count++] = (FormOption){tag, text_language_name(request->arena, request->language, tag)};
    }
    return (FormOptions){options, count};
}

static bool is_into(const void *row, Str choice, void *context) {
    (void)context;
    return str_equal(str_from_c(language_tag(((const Wanted *)row)->to)), choice);
}

static ListValue value_of(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(((const Wanted *)row)->source->of);
}

static void search_words(const void *row, Buffer *words, void *context) {
    (void)context;
    const TextSource *source = ((const Wanted *)row)->source;
    buffer_format(words, " %.*s %.*s %.*s", STR_FORMAT(source->of), STR_FORMAT(source->what),
                  STR_FORMAT(source->words));
}

static const ListColumn columns[] = {{"of", MSG_INIT("translations", "Whose"), value_of, false}};
static const ListFilter filters[] = {{"to", MSG_INIT("translations", "Into"), language_options, is_into}};
static const ListPlan plan = {columns, COUNT(columns), filters, COUNT(filters), search_words, 0, NULL};

static TranslationsPageRow row_of(Request *request, const Wanted *one) {
    const TextSource *source = one->source;
    Str to = str_from_c(language_tag(one->to));
    return (TranslationsPageRow){
        .what = source->what,
        .of = source->of,
        .href = source->subject
                    ? text_path(request, edition_path(request->arena, edition_of(request), "/translations"), source, to)
                    : source->href,
        .way = from_to_words(request, source, to),
        .is_changed = one->is_changed,
        .is_team = !source->subject,
    };
}

Err translations_page(Request *request) {
    bool is_team = reader_is_coordinator(request);
    TextsHere here = texts_here(request, 0);
    WantedList wanted = wanted_of(request, &here, is_team);
    List *list = list_open(request, &plan, wanted.rows, wanted.count, sizeof *wanted.rows, NULL);
    TranslationsPageRow *rows = arena_array(request->arena, TranslationsPageRow, list_count(list));
    for (size_t i = 0; i < list_count(list); i++) rows[i] = row_of(request, list_row(list, i));
    TranslationsPage page = {
        .layout = edition_layout(request, translations_said(request, MSG("translations", "Texts to translate")),
                                 is_team ? MENU_STAFF_SETTINGS : MENU_NONE),
        .rows = rows,
        .rows_count = list_count(list),
        .is_done = wanted.count == 0,
        .people_href =
            is_team ? edition_path(request->arena, edition_of(request), "/staff/settings/people") : STR_ABSENT,
        .pager = list_pager(list),
        .filters = list_filter_bar(list),
        .empty = {.heading = translations_said(request, MSG("translations", "No text fits what you look for")),
                  .words = STR("")},
    };
    page.filters.found_words = say(request->arena, request->language,
                                   MSG_PLURAL("translations", "{count} text is left", "{count} texts are left"),
                                   SAY_INT("count", (int64_t)list_found(list)));
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = translations_said(request, MSG("translations", "Saved. Thank you."));
    PageOut out = page_out(request);
    page_translations(&out, &page);
    return OK;
}
