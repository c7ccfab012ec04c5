// SPDX-License-Identifier: EUPL-1.2
/* What anybody sees: the series, their editions, and the page of one. */
#include "gathering/editions/internal.h"
#include "gathering/editions/motif.h"
#include "gathering/organisations/organisations.h"

#include "editions_sql.h"
#include "platform/http/sse.h"
#include "platform/page/respond.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

bool reader_coordinates(const Request *request, Id series) {
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role == ROLE_OWNER || (grant->role == ROLE_COORDINATOR && grant->scope == series)) return true;
    }
    return false;
}

bool reader_speaks_for(const Request *request, Id organisation, Id series) {
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role == ROLE_REPRESENTATIVE && grant->scope == organisation && grant->series == series) return true;
    }
    return false;
}

bool reader_owns(const Request *request) {
    for (size_t i = 0; i < request->who.grant_count; i++)
        if (request->who.grants[i].role == ROLE_OWNER) return true;
    return false;
}

/* ---- lists of editions ------------------------------------------------------------------------------ */

Str edition_state_words(Arena *arena, Language language, EditionState state) {
    static const Msg names[] = {
        [EDITION_DRAFT] = MSG_INIT("editions", "draft"),
        [EDITION_CALL_OPEN] = MSG_INIT("editions", "taking sign-ups"),
        [EDITION_CALL_CLOSED] = MSG_INIT("editions", "sign-ups closed"),
        [EDITION_PUBLISHED] = MSG_INIT("editions", "programme ready"),
        [EDITION_FINISHED] = MSG_INIT("editions", "held"),
        [EDITION_ARCHIVED] = MSG_INIT("editions", "archived"),
    };
    return say(arena, language, names[state]);
}

Str edition_now_words(Request *request, const Edition *edition) {
    if (edition_is_today(edition, request->now_ms)) return words(request, MSG("editions", "today is the day"));
    return edition_state_words(request->arena, request->language, edition->state);
}

EditionRowPart edition_row(Request *request, const Edition *edition) {
    return (EditionRowPart){
        .title = edition->title,
        .href = edition_path(request->arena, edition, ""),
        .when = edition_eyebrow(request->arena, edition, request->language),
        .where = edition_where(request->arena, edition),
        .tag = edition->state >= EDITION_FINISHED
                   ? STR_ABSENT
                   : edition_state_words(request->arena, request->language, edition->state),
    };
}

static bool is_over(const Edition *edition) { return edition->state >= EDITION_FINISHED; }

static bool may_see(const Request *request, const Edition *edition) {
    return edition->state != EDITION_DRAFT || reader_coordinates(request, edition->series.id);
}

/* ---- the start page --------------------------------------------------------------------------------- */

typedef struct Home {
    Request *request;
    Editions editions;
    HomePage *page;
    const Edition *featured;
} Home;

static size_t add_rows(const Home *home, Id series, EditionRowPart *rows) {
    size_t count = 0;
    for (size_t i = 0; i < home->editions.count; i++) {
        const Edition *edition = &home->editions.editions[i];
        if (edition->series.id == series && edition != home->featured && may_see(home->request, edition))
            rows[count++] = edition_row(home->request, edition);
    }
    return count;
}

static TextOthers texts_of_series(Request *request, const SeriesList *all) {
    Id *ids = arena_array(request->arena, Id, all->count);
    for (size_t i = 0; i < all->count; i++) ids[i] = all->series[i].id;
    return texts_of(request->tx, (IdList){ids, all->count});
}

static void add_series(Home *home, const SeriesList *all) {
    Request *request = home->request;
    TextOthers others = {0};
    if (!home->featured) others = texts_of_series(request, all);
    HomePageSery *shown = arena_array(request->arena, HomePageSery, all->count);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const Series *series = &all->series[i];
        EditionRowPart *rows = arena_array(request->arena, EditionRowPart, home->editions.count);
        size_t row_count = add_rows(home, series->id, rows);
        if (!row_count && !reader_coordinates(request, series->id)) continue;
        TextOriginal original = {series->id, "words", series->words, STR_ABSENT, series->language};
        TextShown about = text_shown(request->arena, &others, &original, request->language);
        shown[count++] = (HomePageSery){
            .name = series->name,
            .href = str_join(request->arena, STR("/"), series->slug),
            .words = home->featured ? STR_ABSENT : about.words,
            .language = about.language,
            .editions = rows,
            .editions_count = row_count,
        };
    }
    home->page->series = shown;
    home->page->series_count = count;
}

static int64_t starts_or_last(const Edition *edition) {
    return edition->starts_ms.given ? edition->starts_ms.value : INT64_MAX;
}

/* The edition that comes next stands large, where all that come are of one series. */
static const Edition *next_edition(const Request *request, const Editions *editions) {
    const Edition *next = NULL;
    for (size_t i = 0; i < editions->count; i++) {
        const Edition *edition = &editions->editions[i];
        if (is_over(edition) || edition->state == EDITION_DRAFT || !may_see(request, edition)) continue;
        if (next && edition->series.id != next->series.id) return NULL;
        if (!next || starts_or_last(edition) < starts_or_last(next)) next = edition;
    }
    return next;
}

static void feature(Home *home, const Edition *edition) {
    Request *request = home->request;
    HomePage *page = home->page;
    MainAction action = edition_main_action(request, edition);
    page->featured = true;
    page->motif = motif_of(request, edition->id);
    page->eyebrow = edition_eyebrow(request->arena, edition, request->language);
    page->heading = edition->title;
    TextShown about = edition_words(request->tx, edition, request->language);
    page->words = about.words;
    page->language = about.language;
    page->href = edition_path(request->arena, edition, "");
    page->action = action.label;
    page->action_href = action.href;
}

/* ?from=SLUG: the series from there on, a page of them at a time. */
enum { SERIES_AT_ONCE = 30 };

static SeriesList series_shown(Request *request, Str from, HomePage *page) {
    SeriesList some = series_from_slug(request->tx, from, SERIES_AT_ONCE + 1);
    if (some.count > SERIES_AT_ONCE) {
        some.count = SERIES_AT_ONCE;
        page->next_href = str_join(request->arena, STR("/?from="), some.series[SERIES_AT_ONCE].slug);
    }
    if (!str_is_empty(from)) page->first_href = STR("/");
    return some;
}

static EmptyPart nothing_yet(Request *request, bool owns) {
    EmptyPart empty = {.heading = words(request, MSG("editions", "No gathering has been announced yet")),
                       .words =
                           words(request, MSG("editions", "When the organisers announce one, it will stand here."))};
    if (owns) {
        empty.words =
            words(request, MSG("editions", "Begin with a series: the name under which your gatherings come back."));
        empty.action = words(request, MSG("editions", "Make the first series"));
        empty.action_href = STR("/admin/series/new");
    } else if (!request->who.person) {
        empty.action = words(request, MSG("editions", "Sign in"));
        empty.action_href = STR("/sign-in");
    }
    return empty;
}

Err home_page(Request *request) {
    HomePage page = {.layout = house_layout(request, words(request, MSG("editions", "Gatherings of organisations")))};
    Str from = fields_get(&request->query, STR("from"));
    SeriesList some = series_shown(request, str_is_absent(from) ? STR("") : from, &page);
    Home home = {.request = request, .editions = editions_of_many(request->tx, &some), .page = &page};
    page.is_paged = !str_is_absent(page.next_href) || !str_is_absent(page.first_href);
    if (!page.is_paged) home.featured = next_edition(request, &home.editions);
    if (home.featured) feature(&home, home.featured);
    add_series(&home, &some);
    bool owns = reader_owns(request);
    page.is_empty = !page.series_count && !home.featured && !page.is_paged;
    if (page.is_empty) page.empty = nothing_yet(request, owns);
    else if (owns) page.new_href = STR("/admin/series/new");
    PageOut out = page_out(request);
    page_home(&out, &page);
    return OK;
}

static Html series_parts(Request *request) {
    Buffer *parts = arena_new(request->arena, Buffer);
    *parts = buffer_in(request->arena);
    PageOut out = page_out_into(request, parts);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->series_part) house->rooms[i]->series_part(request, &out);
    return (Html){buffer_str(parts)};
}

Err series_page(Request *request) {
    const Series *series = series_of(request);
    Editions editions = editions_of_series(request->tx, series->id);
    EditionRowPart *next = arena_array(request->arena, EditionRowPart, editions.count);
    EditionRowPart *past = arena_array(request->arena, EditionRowPart, editions.count);
    TextShown about = edition_text(request->tx, series, series->id, "words", series->words, request->language);
    SeriesPage page = {.layout = house_layout(request, series->name),
                       .name = series->name,
                       .words = about.words,
                       .language = about.language,
                       .note = about.note,
                       .next = next,
                       .past = past,
                       .parts = series_parts(request)};
    for (size_t i = 0; i < editions.count; i++) { /* the latest first */
        const Edition *edition = &editions.editions[i];
        if (is_over(edition) && may_see(request, edition)) past[page.past_count++] = edition_row(request, edition);
    }
    for (size_t i = editions.count; i--;) { /* what comes next first */
        const Edition *edition = &editions.editions[i];
        if (!is_over(edition) && may_see(request, edition)) next[page.next_count++] = edition_row(request, edition);
    }
    if (reader_is_coordinator(request)) {
        const char *how = editions.count ? "next-edition" : "new-edition";
        page.new_href = str_format(request->arena, "/%.*s/staff/%s", STR_FORMAT(series->slug), how);
        page.edit_href = str_join(request->arena, STR("/admin/series/"), series->slug);
    }
    PageOut out = page_out(request);
    page_series(&out, &page);
    return OK;
}

/* ---- an edition: facts ------------------------------------------------------------------------------ */

static void add_fact(EditionFacts *facts, Str name, Str value) {
    if (!str_is_empty(value)) edition_facts_add(facts, name, value);
}

static void add_own_facts(Request *request, const Edition *edition, EditionFacts *facts) {
    add_fact(facts, words(request, MSG("editions", "When")), edition_when(request->arena, edition, request->language));
    add_fact(facts, words(request, MSG("editions", "Where")), edition_where(request->arena, edition));
    if (!edition->closes_ms.given || !edition_takes_signups(edition, request->now_ms)) return;
    Civil last = edition_last_day(edition);
    add_fact(facts, words(request, MSG("editions", "Sign-ups")),
             say(request->arena, request->language, MSG("editions", "until {date}"),
                 SAY_TEXT("date", date_day_month_year(request->arena, request->language, &last))));
}

EditionFacts edition_facts(Request *request) {
    EditionFacts facts = {.arena = request->arena};
    add_own_facts(request, edition_of(request), &facts);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->edition_facts) house->rooms[i]->edition_facts(request, &facts);
    return facts;
}

static void fill_facts(Request *request, EditionPage *page) {
    EditionFacts facts = edition_facts(request);
    EditionPageFact *shown = arena_array(request->arena, EditionPageFact, facts.count);
    for (size_t i = 0; i < facts.count; i++) shown[i] = (EditionPageFact){facts.facts[i].name, facts.facts[i].value};
    page->facts = shown;
    page->facts_count = facts.count;
}

/* The programme and who comes are the story of the page; the rest stands beside it. */
static bool is_aside(EditionPlace place) { return place > EDITION_PLACE_ORGANISATIONS; }

static Html parts_of_rooms(Request *request, bool asides) {
    Buffer *parts = arena_new(request->arena, Buffer);
    *parts = buffer_in(request->arena);
    PageOut out = page_out_into(request, parts);
    const House *house = house_of(request);
    for (EditionPlace place = 0; place < EDITION_PLACE_COUNT; place++)
        for (size_t i = 0; i < house->room_count && is_aside(place) == asides; i++)
            if (house->rooms[i]->edition_part && house->rooms[i]->edition_place == place)
                house->rooms[i]->edition_part(request, &out);
    return (Html){buffer_str(parts)};
}

/* ---- where and by whom ------------------------------------------------------------------------------ */

static Str space_words(Request *request, const Space *space) {
    Str parts[4];
    size_t count = 0;
    if (space->capacity.given)
        parts[count++] = say(request->arena, request->language,
                             MSG_PLURAL("editions", "room for {count} person", "room for {count} people"),
                             SAY_INT("count", space->capacity.value));
    if (space->is_stage) parts[count++] = words(request, MSG("editions", "stage"));
    Str access = space_access_words(request->arena, request->language, space);
    if (!str_is_empty(access)) parts[count++] = access;
    if (!str_is_empty(space->words)) parts[count++] = space->words;
    Buffer joined = buffer_in(request->arena);
    for (size_t i = 0; i < count; i++) buffer_format(&joined, "%s%.*s", i ? "\u00a0· " : "", STR_FORMAT(parts[i]));
    return buffer_str(&joined);
}

/* What an address says beyond the name it stands under: "Kraków" of "Kapelanka 56, Kraków" under "Kapelanka 56". */
static Str address_under(Str name, Str address) {
    if (!str_starts_with(address, name)) return address;
    Str rest = str_trim(str_skip(address, name.size));
    if (str_is_empty(rest)) return rest;
    return rest.data[0] == ',' ? str_trim(str_skip(rest, 1)) : address;
}

static void fill_venues(Request *request, const Edition *edition, EditionPage *page) {
    EditionsVenuesRows venues = editions_sql_venues(request->tx, edition->id);
    Spaces spaces = edition_spaces(request->tx, edition->id);
    EditionPageVenue *shown = arena_array(request->arena, EditionPageVenue, venues.count);
    for (size_t i = 0; i < venues.count; i++) {
        EditionPageVenueSpace *inside = arena_array(request->arena, EditionPageVenueSpace, spaces.count);
        size_t count = 0;
        for (size_t j = 0; j < spaces.count; j++)
            if (spaces.spaces[j].venue == venues.rows[i].id)
                inside[count++] =
                    (EditionPageVenueSpace){spaces.spaces[j].name, space_words(request, &spaces.spaces[j])};
        TextShown about = edition_text(request->tx, &edition->series, venues.rows[i].id, "words", venues.rows[i].words,
                                       request->language); /* there is one place, or two */
        shown[i] = (EditionPageVenue){venues.rows[i].name,
                                      address_under(venues.rows[i].name, venues.rows[i].address),
                                      about.words,
                                      about.language,
                                      inside,
                                      count};
    }
    page->venues = shown;
    page->venues_count = venues.count;
}

static Str role_words(Request *request, Str role) {
    if (str_equal(role, STR("host"))) return words(request, MSG("editions", "host"));
    if (str_equal(role, STR("organiser"))) return words(request, MSG("editions", "organiser"));
    if (str_equal(role, STR("place"))) return words(request, MSG("editions", "place"));
    return words(request, MSG("editions", "partner"));
}

/* "space and technical support"; without contributions the role itself. */
static Str credited_for(Request *request, const EditionsPartiesRow *party,
                        const EditionsContributionsRows *contributions) {
    Str *gave = arena_array(request->arena, Str, contributions->count);
    size_t count = 0;
    for (size_t i = 0; i < contributions->count; i++)
        if (contributions->rows[i].party == party->id) gave[count++] = contributions->rows[i].words;
    return count ? list_words(request->arena, request->language, gave, count) : role_words(request, party->role);
}

static void fill_credits(Request *request, const Edition *edition, EditionPage *page) {
    EditionsPartiesRows parties = editions_sql_parties(request->tx, edition->id);
    if (!parties.count) return;
    EditionsContributionsRows contributions = editions_sql_contributions(request->tx, edition->id);
    EditionPageCredit *shown = arena_array(request->arena, EditionPageCredit, parties.count);
    for (size_t i = 0; i < parties.count; i++)
        shown[i] = (EditionPageCredit){credited_for(request, &parties.rows[i], &contributions), parties.rows[i].name,
                                       parties.rows[i].website};
    page->credits = shown;
    page->credits_count = parties.count;
}

/* ---- what a report tells ---------------------------------------------------------------------------- */

static const struct {
    const char *list;
    Msg heading;
} report_groups[] = {
    {"profile", MSG_INIT("editions", "Who came")},        {"theme", MSG_INIT("editions", "What the talks were about")},
    {"aim", MSG_INIT("editions", "What it was for")},     {"other", MSG_INIT("editions", "Also in the report")},
    {"outlook", MSG_INIT("editions", "What comes next")},
};

static EditionPageGroup group_of(Request *request, const EditionsReportedKindsRows *kinds, size_t index) {
    EditionPageGroupWording *wordings = arena_array(request->arena, EditionPageGroupWording, kinds->count);
    size_t count = 0;
    for (size_t i = 0; i < kinds->count; i++)
        if (str_equal(kinds->rows[i].list, str_from_c(report_groups[index].list)))
            wordings[count++].text = kinds->rows[i].wording;
    return (EditionPageGroup){words(request, report_groups[index].heading), wordings, count};
}

static void fill_groups(Request *request, const EditionsReportedKindsRows *kinds, EditionPage *page) {
    EditionPageGroup *groups = arena_array(request->arena, EditionPageGroup, COUNT(report_groups));
    for (size_t i = 0; i < COUNT(report_groups); i++) {
        EditionPageGroup group = group_of(request, kinds, i);
        if (group.wordings_count) groups[page->groups_count++] = group;
    }
    page->groups = groups;
}

static Str reported_when(Request *request, Str reported_on) {
    ImpreciseDate date;
    if (!imprecise_date_parse(reported_on, &date) || date.precision == DATE_NONE) return STR_ABSENT;
    Civil day = {.year = date.year, .month = date.month, .day = date.day};
    Str when = date.precision == DATE_DAY ? date_day_month_year(request->arena, request->language, &day)
                                          : imprecise_date_words(request->arena, request->language, date, true);
    return say(request->arena, request->language, MSG("editions", "According to the report of {date}"),
               SAY_TEXT("date", when));
}

static void fill_reported(Request *request, const Edition *edition, EditionPage *page) {
    page->reported_when = reported_when(request, edition->reported_on);
    if (str_is_absent(page->reported_when)) return;
    page->reported_in = edition->reported_in;
    EditionsReportedFiguresRows figures = editions_sql_reported_figures(request->tx, edition->id);
    EditionPageFigure *shown = arena_array(request->arena, EditionPageFigure, figures.count);
    for (size_t i = 0; i < figures.count; i++)
        shown[i] = (EditionPageFigure){figure_subject_words(request, figures.rows[i].subject), figures.rows[i].wording};
    page->figures = shown;
    page->figures_count = figures.count;
    EditionsReportedKindsRows kinds = editions_sql_reported_kinds(request->tx, edition->id);
    fill_groups(request, &kinds, page);
}

/* ---- the page
 * ----------------------------------------------------------------------------------------------------------- */

static void fill_others(Request *request, const Edition *edition, EditionPage *page) {
    Editions all = editions_of_series(request->tx, edition->series.id);
    EditionRowPart *rows = arena_array(request->arena, EditionRowPart, all.count);
    for (size_t i = 0; i < all.count; i++)
        if (all.editions[i].id != edition->id && may_see(request, &all.editions[i]))
            rows[page->others_count++] = edition_row(request, &all.editions[i]);
    page->others = rows;
}

Err edition_page(Request *request) {
    const Edition *edition = edition_of(request);
    MainAction action = edition_main_action(request, edition);
    TextShown about = edition_words(request->tx, edition, request->language);
    TextShown title =
        edition_text(request->tx, &edition->series, edition->id, "title", edition->title, request->language);
    EditionPage page = {
        .layout = edition_layout(request, edition->title, MENU_EDITION),
        .motif = motif_of(request, edition->id),
        .eyebrow = edition_eyebrow(request->arena, edition, request->language),
        .title = title.words,
        .title_language = title.language,
        .words = about.words,
        .words_language = about.language,
        .words_note = about.note,
        .language = str_from_c(language_tag(edition->series.language)),
        .is_draft = edition->state == EDITION_DRAFT,
        .action = action.label,
        .action_href = action.href,
    };
    page.layout.description = page.words;
    fill_facts(request, &page);
    page.parts = parts_of_rooms(request, false);
    page.asides = parts_of_rooms(request, true);
    page.has_asides = !str_is_empty(page.asides.markup);
    fill_reported(request, edition, &page);
    page.has_story = !str_is_empty(page.parts.markup) || !str_is_absent(page.reported_when);
    fill_venues(request, edition, &page);
    fill_credits(request, edition, &page);
    fill_others(request, edition, &page);
    page.has_end = page.venues_count || page.credits_count || page.others_count;
    PageOut out = page_out(request);
    page_edition(&out, &page);
    return OK;
}

Err edition_changes(Request *request) { return respond_changes(request, request->scope.edition); }
