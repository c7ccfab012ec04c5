// SPDX-License-Identifier: EUPL-1.2
/* What everybody sees of those who come: a page with all, and a part of the edition's page. Only
 * organisations that agreed to be listed stand there; the counts are of all. */
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/public.h"
#include "platform/page/lists.h"
#include "platform/page/respond.h"
#include "signups_pages.h"
#include "signups_sql.h"

enum { NEWCOMERS_NAMED_MOST = 12 };

/* ---- those who are listed, with what is told of each ----------------------------------------------------------- */

typedef struct Reading {
    Directory directory;
    Listed **by_id;   /* the same, as the other lists come */
    TextOthers texts; /* of those */
    Language language;
} Reading;

static int compare_ids(const void *a, const void *b) {
    Id left = (*(Listed *const *)a)->id, right = (*(Listed *const *)b)->id;
    return left < right ? -1 : left > right;
}

/* The next in order of id that is this one or behind it, from *place on. */
static Listed *listed_at(const Reading *reading, size_t *place, Id organisation) {
    while (*place < reading->directory.count && reading->by_id[*place]->id < organisation) (*place)++;
    bool is_there = *place < reading->directory.count && reading->by_id[*place]->id == organisation;
    return is_there ? reading->by_id[*place] : NULL;
}

static void add_said(Buffer *said, const char *between, Str words) {
    if (said->size) buffer_add(said, str_from_c(between));
    buffer_add(said, words);
}

/* In several languages at once, in one line: what is not in the reader's stands as it was written. */
static Str exchange_words(const TextOthers *texts, const SignupsExchangeRow *one, Language language) {
    TextOriginal original = {.subject = one->id, .field = "words", .words = one->words};
    const TextOther *other = text_other_of(texts, one->id, "words", str_from_c(language_tag(language)));
    return other && text_holds(other, &original) ? other->words : one->words;
}

static void read_exchanges(Tx *tx, const Reading *reading, Id edition) {
    SignupsListedExchangesRows rows = signups_sql_listed_exchanges(tx, edition);
    Kinds kinds = kinds_of(tx, STR("exchange"), reading->language);
    Id *ids = arena_array(tx_arena(tx), Id, rows.count);
    for (size_t i = 0; i < rows.count; i++) ids[i] = rows.rows[i].exchange.id;
    TextOthers texts = texts_of(tx, (IdList){ids, rows.count});
    size_t place = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsExchangeRow *one = &rows.rows[i].exchange;
        Listed *listed = listed_at(reading, &place, one->organisation);
        if (listed == NULL) continue;
        Buffer *side = str_equal(one->side, STR("offer")) ? &listed->offers : &listed->needs;
        add_said(side, "; ", kind_name(&kinds, one->kind));
        if (str_is_empty(one->words)) continue;
        buffer_format(side, " (%.*s)", STR_FORMAT(exchange_words(&texts, one, reading->language)));
    }
}

static void read_profiles(Tx *tx, const Reading *reading, Id edition) {
    SignupsListedProfilesRows rows = signups_sql_listed_profiles(tx, edition);
    Kinds kinds = kinds_of(tx, STR("profile"), reading->language);
    Str *codes = arena_array(tx_arena(tx), Str, rows.count);
    size_t place = 0;
    for (size_t i = 0; i < rows.count; i++) {
        codes[i] = rows.rows[i].profile;
        Listed *listed = listed_at(reading, &place, rows.rows[i].organisation);
        if (listed == NULL) continue;
        if (listed->profiles.count == 0) listed->profiles.strs = &codes[i]; /* and those behind it */
        listed->profiles.count++;
        add_said(&listed->profile_words, ", ", kind_name(&kinds, codes[i]));
    }
}

static void read_texts(Tx *tx, Reading *reading) {
    Id *ids = arena_array(tx_arena(tx), Id, reading->directory.count);
    for (size_t i = 0; i < reading->directory.count; i++) ids[i] = reading->by_id[i]->id;
    reading->texts = texts_of(tx, (IdList){ids, reading->directory.count});
    size_t place = 0;
    for (size_t i = 0; i < reading->texts.count; i++) {
        Listed *listed = listed_at(reading, &place, reading->texts.others[i].subject);
        if (listed) add_said(&listed->others, " ", reading->texts.others[i].words);
    }
}

Directory directory_read(Tx *tx, Id edition, Language language) {
    Arena *arena = tx_arena(tx);
    SignupsListedRows rows = signups_sql_listed(tx, edition);
    Reading reading = {.directory = {arena_array(arena, Listed, rows.count), rows.count},
                       .by_id = arena_array(arena, Listed *, rows.count),
                       .language = language};
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsListedRow *row = &rows.rows[i];
        reading.directory.rows[i] = (Listed){.id = row->id,
                                             .name = row->name,
                                             .words = row->words,
                                             .written_in = row->written_in,
                                             .others = buffer_in(arena),
                                             .first_time = row->first_time,
                                             .profile_words = buffer_in(arena),
                                             .needs = buffer_in(arena),
                                             .offers = buffer_in(arena)};
        reading.by_id[i] = &reading.directory.rows[i];
    }
    if (rows.count) qsort(reading.by_id, rows.count, sizeof *reading.by_id, compare_ids);
    read_texts(tx, &reading);
    read_profiles(tx, &reading, edition);
    read_exchanges(tx, &reading, edition);
    reading.directory.texts = reading.texts;
    return reading.directory;
}

/* ---- the page ------------------------------------------------------------------------------------------------ */

static ListValue value_name(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(((const Listed *)row)->name);
}

static FormOptions profile_options(Request *request, void *context) { return options_of_profiles(request, context); }

static bool has_profile(const void *row, Str choice, void *context) {
    (void)context;
    const StrList *profiles = &((const Listed *)row)->profiles;
    for (size_t i = 0; i < profiles->count; i++)
        if (str_equal(profiles->strs[i], choice)) return true;
    return false;
}

static void search_words(const void *row, Buffer *words, void *context) {
    (void)context;
    const Listed *listed = row;
    const Str parts[] = {listed->name,
                         listed->words,
                         buffer_str(&listed->others),
                         buffer_str(&listed->profile_words),
                         buffer_str(&listed->needs),
                         buffer_str(&listed->offers)};
    for (size_t i = 0; i < COUNT(parts); i++) {
        buffer_add_char(words, ' ');
        buffer_add(words, parts[i]);
    }
}

static const ListColumn columns[] = {{"name", MSG_INIT("signups", "Organisation"), value_name, false}};
static const ListFilter filters[] = {{"profile", MSG_INIT("signups", "What they do"), profile_options, has_profile}};
static const ListPlan plan = {columns, COUNT(columns), filters, COUNT(filters), search_words, 0};

static DirectoryPageRow row_of(Request *request, const TextOthers *texts, const Listed *one, Str path) {
    TextOriginal name = {one->id, "name", one->name, one->written_in, edition_of(request)->series.language};
    TextOriginal said = {one->id, "words", one->words, one->written_in, edition_of(request)->series.language};
    NameShown named = text_name(texts, &name, request->language);
    TextShown shown = text_shown(request->arena, texts, &said, request->language);
    return (DirectoryPageRow){
        .name = named.name,
        .name_language = named.language,
        .other_name = named.other,
        .other_language = named.other_language,
        .href = str_format(request->arena, "%.*s/%.*s", STR_FORMAT(path), STR_FORMAT(id_text(request->arena, one->id))),
        .words = shown.words,
        .language = shown.language,
        .note = shown.note,
        .is_new = one->first_time,
        .profiles = buffer_str(&one->profile_words),
        .needs = buffer_str(&one->needs),
        .offers = buffer_str(&one->offers),
        .has_exchanges = one->needs.size || one->offers.size};
}

Err directory_page(Request *request) {
    Directory directory = directory_read(request->tx, request->scope.edition, request->language);
    Str path = edition_path(request->arena, edition_of(request), "/organisations");
    List *list = list_open(request, &plan, directory.rows, directory.count, sizeof *directory.rows, NULL);
    DirectoryPageRow *shown = arena_array(request->arena, DirectoryPageRow, list_count(list));
    for (size_t i = 0; i < list_count(list); i++) shown[i] = row_of(request, &directory.texts, list_row(list, i), path);
    SignupCounts counts = signup_counts(request->tx, request->scope.edition);
    DirectoryPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Organisations")), MENU_ORGANISATIONS),
        .gathering = edition_of(request)->title,
        .count = signups_count_words(request, counts.by_state[SIGNUP_ACCEPTED], counts.first_time),
        .rows = shown,
        .rows_count = list_count(list),
        .is_bare = directory.count == 0,
        .pager = list_pager(list),
        .filters = list_filter_bar(list),
        .empty = {.heading = list_is_narrowed(list)
                                 ? signups_said(request, MSG("signups", "No organisation fits what you look for"))
                                 : signups_said(request, MSG("signups", "The list is still empty")),
                  .words = list_is_narrowed(list)
                               ? STR("")
                               : signups_said(
                                     request,
                                     MSG("signups",
                                         "Organisations stand here as soon as they are accepted and agree to it."))},
    };
    page.filters.found_words =
        say(request->arena, request->language,
            MSG_PLURAL("signups", "{count} organisation in the list", "{count} organisations in the list"),
            SAY_INT("count", list_found(list)));
    PageOut out = page_out(request);
    page_directory(&out, &page);
    return OK;
}

/* ---- in the edition's page ----------------------------------------------------------------------------------- */

/* Newcomers stand there by name while they are few; those that are not listed are only counted. */
static void add_newcomers(Request *request, const SignupsListedRows *rows, EditionOrganisationsPart *part) {
    EditionOrganisationsPartNewcomer *newcomers =
        arena_array(request->arena, EditionOrganisationsPartNewcomer, rows->count);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].first_time)
            newcomers[count++] = (EditionOrganisationsPartNewcomer){
                rows->rows[i].name, str_format(request->arena, "%.*s/%.*s", STR_FORMAT(part->href),
                                               STR_FORMAT(id_text(request->arena, rows->rows[i].id)))};
    if (count > NEWCOMERS_NAMED_MOST) return;
    part->newcomers = newcomers;
    part->newcomers_count = count;
}

void signups_edition_part(Request *request, PageOut *page) {
    SignupCounts counts = signup_counts(request->tx, request->scope.edition);
    if (counts.by_state[SIGNUP_ACCEPTED] == 0) return;
    SignupsListedRows rows = signups_sql_listed(request->tx, request->scope.edition);
    bool is_over = edition_of(request)->state >= EDITION_FINISHED;
    EditionOrganisationsPart part = {
        .heading = is_over ? signups_said(request, MSG("signups", "Organisations"))
                           : signups_said(request, MSG("signups", "Who is coming")),
        .href = edition_path(request->arena, edition_of(request), "/organisations"),
        .count = signups_count_words(request, counts.by_state[SIGNUP_ACCEPTED], counts.first_time),
        .others = counts.by_state[SIGNUP_ACCEPTED] - counts.first_time,
    };
    add_newcomers(request, &rows, &part);
    part_edition_organisations(page, &part);
}

void signups_edition_motif(Request *request, Id edition, Motif *motif) {
    SignupsBeadsRows rows = signups_sql_beads(request->tx, edition);
    for (size_t i = 0; i < rows.count; i++)
        motif_add_bead(motif, (MotifBead){rows.rows[i].organisation, rows.rows[i].field, rows.rows[i].first_time});
}

/* ---- in the page of one ----------------------------------------------------------------------------------- */

Exchanges exchanges_that_hold(Arena *arena, const Exchanges *all, Str today) {
    Exchanges kept = {arena_array(arena, Exchange, all->count), 0};
    for (size_t i = 0; i < all->count; i++) {
        Str until = all->exchanges[i].until_on;
        if (str_is_empty(until) || str_compare(until, today) >= 0) kept.exchanges[kept.count++] = all->exchanges[i];
    }
    return kept;
}

void exchanges_write(Request *request, PageOut *page, const Exchanges *exchanges) {
    Organisation organisation;
    if (exchanges->count == 0 || !organisation_get(request->tx, request->scope.organisation, &organisation)) return;
    Arena *arena = request->arena;
    Kinds kinds = kinds_of(request->tx, STR("exchange"), request->language);
    Id *ids = arena_array(arena, Id, exchanges->count);
    for (size_t i = 0; i < exchanges->count; i++) ids[i] = exchanges->exchanges[i].id;
    TextOthers texts = texts_of(request->tx, (IdList){ids, exchanges->count});
    OrganisationExchangesPartNeed *needs = arena_array(arena, OrganisationExchangesPartNeed, exchanges->count);
    OrganisationExchangesPartOffer *offers = arena_array(arena, OrganisationExchangesPartOffer, exchanges->count);
    OrganisationExchangesPart part = {.needs = needs, .offers = offers};
    for (size_t i = 0; i < exchanges->count; i++) {
        const Exchange *one = &exchanges->exchanges[i];
        TextOriginal original = {one->id, "words", one->words, organisation.written_in, series_of(request)->language};
        TextShown said = text_shown(arena, &texts, &original, request->language);
        Str kind = kind_name(&kinds, one->kind), detail = exchange_detail_words(arena, request->language, one);
        if (one->is_offer)
            offers[part.offers_count++] =
                (OrganisationExchangesPartOffer){kind, said.words, detail, said.language, said.note};
        else
            needs[part.needs_count++] =
                (OrganisationExchangesPartNeed){kind, said.words, detail, said.language, said.note};
    }
    part_organisation_exchanges(page, &part);
}

void signups_organisation_part(Request *request, PageOut *page) {
    Exchanges exchanges = signup_exchanges_of(request->tx, request->scope.edition, request->scope.organisation);
    exchanges_write(request, page, &exchanges);
}

/* ---- facts of the edition ----------------------------------------------------------------------------------- */

/* After the day, who was there, in the words a report has for it. Nothing where nobody noted it. */
static void add_came(Request *request, const SignupCounts *counts, EditionFacts *facts) {
    if (!counts->came) return;
    edition_facts_add(facts, signups_said(request, MSG("signups", "Organisations that came")),
                      count_words(request->arena, request->language, counts->came));
    edition_facts_add(facts, signups_said(request, MSG("signups", "People who came")),
                      count_words(request->arena, request->language, counts->came_people));
}

void signups_edition_facts(Request *request, EditionFacts *facts) {
    const Edition *edition = edition_of(request);
    SignupCounts counts = signup_counts(request->tx, edition->id);
    if (edition->state >= EDITION_FINISHED) {
        add_came(request, &counts, facts);
        return;
    }
    Str said = signups_count_words(request, counts.by_state[SIGNUP_ACCEPTED], counts.first_time);
    if (!str_is_empty(said)) edition_facts_add(facts, signups_said(request, MSG("signups", "Who is coming")), said);
    if (!edition_takes_signups(edition, request->now_ms) || !edition->places.given) return;
    int64_t left = edition->places.value - counts.by_state[SIGNUP_ACCEPTED];
    Str words = signups_said(request, MSG("signups", "all places are taken just now; you can sign up all the same and "
                                                     "wait in a queue, in order of time"));
    if (left > 0)
        words = say(request->arena, request->language,
                    MSG_PLURAL("signups", "{count} place is left", "{count} places are left"), SAY_INT("count", left));
    edition_facts_add(facts, signups_said(request, MSG("signups", "Sign-ups")), words);
}
