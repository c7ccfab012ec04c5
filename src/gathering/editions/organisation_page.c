// SPDX-License-Identifier: EUPL-1.2
/* One organisation as anybody sees it: only where it agreed to be listed, and only in an edition it takes part in. */
#include "gathering/editions/internal.h"
#include "gathering/organisations/organisations.h"
#include "platform/format/markdown.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

bool organisation_takes_part(Request *request, bool accepted_only) {
    const Id organisation = request->scope.organisation;
    MyPlaces places = {.arena = request->arena, .organisations = &organisation, .organisation_count = 1};
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->my_places) house->rooms[i]->my_places(request, &places);
    for (size_t i = 0; i < places.count; i++)
        if (places.places[i].edition == request->scope.edition && (places.places[i].is_accepted || !accepted_only))
            return true;
    return false;
}

/* ---- what it tells of itself ------------------------------------------------------------------------ */

static Str kinds_words(Request *request, Str list, const StrList *codes) {
    Kinds kinds = kinds_of(request->tx, list, request->language);
    Str *names = arena_array(request->arena, Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    return list_words(request->arena, request->language, names, codes->count);
}

static void add_fact(OrganisationPageFact *facts, OrganisationPage *page, Str name, Str value, Str href) {
    if (!str_is_empty(value)) facts[page->facts_count++] = (OrganisationPageFact){name, value, href};
}

static void fill_facts(Request *request, const Organisation *organisation, OrganisationPage *page) {
    enum { MOST_FACTS = 4 };
    OrganisationPageFact *facts = arena_array(request->arena, OrganisationPageFact, MOST_FACTS);
    page->facts = facts;
    add_fact(facts, page, words(request, MSG("editions", "What the organisation does")),
             kinds_words(request, STR("profile"), &organisation->profiles), STR_ABSENT);
    Kinds districts = kinds_of(request->tx, STR("district"), request->language);
    add_fact(facts, page, words(request, MSG("editions", "District")),
             str_is_empty(organisation->district) ? STR("") : kind_name(&districts, organisation->district),
             STR_ABSENT);
    add_fact(facts, page, words(request, MSG("editions", "Web page")), organisation->website, organisation->website);
    if (organisation->founded_year.given)
        add_fact(facts, page, words(request, MSG("editions", "Founded in")),
                 str_format(request->arena, "%lld", (long long)organisation->founded_year.value), STR_ABSENT);
}

static Html parts_of_rooms(Request *request) {
    Buffer *parts = arena_new(request->arena, Buffer);
    *parts = buffer_in(request->arena);
    PageOut out = page_out_into(request, parts);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->organisation_part) house->rooms[i]->organisation_part(request, &out);
    return (Html){buffer_str(parts)};
}

Err organisation_page(Request *request) {
    Organisation organisation;
    if (!organisation_get(request->tx, request->scope.organisation, &organisation)) return ERR_NOT_FOUND;
    if (!organisation.is_listed || !organisation_takes_part(request, true)) return ERR_NOT_FOUND;
    const Edition *edition = edition_of(request);
    StrList form = {&organisation.legal_form, 1};
    TextOthers texts = texts_of(request->tx, (IdList){&organisation.id, 1});
    TextOriginal name = {organisation.id, "name", organisation.name, organisation.written_in, edition->series.language};
    TextOriginal said = {organisation.id, "words", organisation.words, organisation.written_in,
                         edition->series.language};
    NameShown named = text_name(&texts, &name, request->language);
    TextShown shown = text_shown(request->arena, &texts, &said, request->language);
    OrganisationPage page = {
        .layout = edition_layout(request, organisation.name, MENU_ORGANISATIONS),
        .back = edition_path(request->arena, edition, "/organisations"),
        .name = named.name,
        .name_language = named.language,
        .other_name = named.other,
        .other_language = named.other_language,
        .kind = str_is_empty(organisation.legal_form) ? STR("") : kinds_words(request, STR("legal_form"), &form),
        .has_words = !str_is_empty(organisation.words),
        .words = {markdown_html(request->arena, shown.words, 2)},
        .language = shown.language,
        .note = shown.note,
        .parts = parts_of_rooms(request),
    };
    fill_facts(request, &organisation, &page);
    PageOut out = page_out(request);
    page_organisation(&out, &page);
    return OK;
}
