// SPDX-License-Identifier: EUPL-1.2
/* The rounds for everyone, the sheets to print, and what the room hands to the house. */
#include "gathering/editions/logo.h"
#include "gathering/editions/public_names.h"
#include "gathering/rounds/commands.h"
#include "gathering/rounds/mine.h"
#include "gathering/rounds/staff.h"
#include "gathering/rounds/table_plan.h"
#include "gathering/rounds/words.h"
#include "platform/base/utf8.h"
#include "platform/page/respond.h"
#include "rounds_pages.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Str label_of(const Request *request, const Edition *edition, const RoundPlan *plan, int64_t round) {
    return round_label(request->arena, request->language, edition->zone, &plan->settings, round);
}

static const Str *times_of(const Request *request, const Edition *edition, const RoundPlan *plan) {
    size_t rounds = (size_t)plan->settings.rounds;
    Str *times = arena_array(request->arena, Str, rounds);
    for (size_t round = 0; round < rounds; round++) times[round] = label_of(request, edition, plan, (int64_t)round + 1);
    return times;
}

/* ---- find your table ------------------ */

/* By their tables, round after round. */
static int by_tables(const TablePlan *tables, const TablePerson *one, const TablePerson *other) {
    for (int64_t round = 0; round < tables->plan.settings.rounds; round++)
        if (one->table[round] != other->table[round]) return one->table[round] < other->table[round] ? -1 : 1;
    return 0;
}

/* A–Z, and behind them those without a name in public, whose place among the others would give it away (insertion sort
 * of a few: the named ones stand in order). */
static void order_for_everybody(TablePlan *tables) {
    for (size_t i = 1; i < tables->count; i++) {
        TablePerson moved = tables->people[i];
        size_t at = i;
        for (; at > 0; at--) {
            const TablePerson *before = &tables->people[at - 1];
            bool goes_before =
                moved.is_listed ? !before->is_listed : !before->is_listed && by_tables(tables, &moved, before) < 0;
            if (!goes_before) break;
            tables->people[at] = *before;
        }
        tables->people[at] = moved;
    }
}

/* Nobody is sent to an empty chair. */
static void leave_out_those_gone(TablePlan *tables) {
    size_t kept = 0;
    for (size_t i = 0; i < tables->count; i++)
        if (tables->people[i].is_coming) tables->people[kept++] = tables->people[i];
    tables->count = kept;
}

enum { LETTERS_LEAST = 20 }; /* organisations from which letters help to find one */

/* Latin with its marks, Greek, Cyrillic, digits; not the punctuation of any of them. */
static bool is_letter(uint32_t c) {
    enum { MARKED_FIRST = 0xc0, GENERAL_PUNCTUATION = 0x2000 };
    bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return is_plain || (c >= MARKED_FIRST && c < GENERAL_PUNCTUATION);
}

/* The first letter of a name as it is written, past quotation marks. */
static Str first_letter(Str name) {
    size_t at = 0;
    while (at < name.size) {
        size_t from = at;
        if (is_letter(utf8_next(name, &at))) return str_slice(name, from, at - from);
    }
    return STR_ABSENT;
}

static void add_letters(Request *request, RoundsPageOrganisation *organisations, RoundsPage *page) {
    if (page->organisations_count < LETTERS_LEAST) return;
    size_t named = page->organisations_count - (size_t)page->nameless; /* the others stand at the end */
    RoundsPageLetter *letters = arena_array(request->arena, RoundsPageLetter, named + 1);
    for (size_t i = 0; i < named; i++) {
        Str letter = first_letter(organisations[i].name);
        size_t count = page->letters_count;
        if (str_is_absent(letter) || (count && str_equal(letters[count - 1].sign, letter))) continue;
        letters[page->letters_count++] = (RoundsPageLetter){letter, (int64_t)count + 1};
        organisations[i].letter = (int64_t)count + 1;
    }
    page->letters = letters;
}

static void show_public(Request *request, const Edition *edition, const RoundPlan *plan, RoundsPage *page) {
    TablePlan tables = table_plan(request->tx, edition->id, plan);
    size_t rounds = (size_t)plan->settings.rounds;
    const Str *times = times_of(request, edition, plan);
    leave_out_those_gone(&tables);
    RoundsPageOrganisation *organisations = arena_array(request->arena, RoundsPageOrganisation, tables.count);
    order_for_everybody(&tables);
    for (size_t i = 0; i < tables.count; i++) {
        const TablePerson *person = &tables.people[i];
        RoundsPageOrganisationTable *places = arena_array(request->arena, RoundsPageOrganisationTable, rounds);
        for (size_t round = 0; round < rounds; round++)
            places[round] = (RoundsPageOrganisationTable){times[round], person->table[round]};
        PublicName name = public_name(
            request,
            &(NameToShow){.organisation = person->organisation, .name = person->name, .is_listed = person->is_listed});
        organisations[i] = (RoundsPageOrganisation){.name = name.name,
                                                    .language = name_language(name.name, request->language),
                                                    .hidden = hidden_name_part(&name),
                                                    .tables = places,
                                                    .tables_count = rounds};
        page->nameless += name.is_hidden;
    }
    page->is_published = true;
    page->lead =
        say(request->arena, request->language,
            MSG("rounds", "{rounds}. Look for your organisation: beside it stand its tables."),
            SAY_TEXT("rounds", rounds_in_words(request->arena, request->language, edition->zone, &plan->settings)));
    page->times = times;
    page->times_count = rounds;
    page->organisations = organisations;
    page->organisations_count = tables.count;
    add_letters(request, organisations, page);
}

static Err public_page(Request *request) {
    const Edition *edition = edition_of(request);
    RoundsPage page = {
        .layout = edition_layout(request, words(request, MSG("rounds", "Conversations at tables")), MENU_NONE),
        .nothing = {.heading = words(request, MSG("rounds", "The plan of conversations is not published yet")),
                    .words = words(request, MSG("rounds", "When it is, every organisation finds its tables here.")),
                    .action = words(request, MSG("rounds", "To the edition")),
                    .action_href = edition_path(request->arena, edition, "")},
    };
    RoundPlan plan;
    if (round_public(request->tx, edition->id, &plan)) show_public(request, edition, &plan, &page);
    PageOut out = page_out(request);
    page_rounds(&out, &page);
    return OK;
}

/* ---- to print ------------------ */

static RoundsCardsPageCard card_of(const Request *request, const Edition *edition, const TablePlan *tables,
                                   int64_t number) {
    size_t rounds = (size_t)tables->plan.settings.rounds;
    RoundsCardsPageCardRound *shown = arena_array(request->arena, RoundsCardsPageCardRound, rounds);
    for (size_t round = 0; round < rounds; round++) {
        RoundSeats seats = table_seats(tables, (int64_t)round + 1, number);
        RoundsCardsPageCardRoundSeated *seated =
            arena_array(request->arena, RoundsCardsPageCardRoundSeated, seats.count);
        for (size_t i = 0; i < seats.count; i++)
            seated[i] = (RoundsCardsPageCardRoundSeated){seats.seats[i].name,
                                                         name_language(seats.seats[i].name, request->language)};
        shown[round] = (RoundsCardsPageCardRound){label_of(request, edition, &tables->plan, (int64_t)round + 1), seated,
                                                  seats.count};
    }
    return (RoundsCardsPageCard){.table = number, .rounds = shown, .rounds_count = rounds};
}

static TextOthers names_of(Request *request, const TablePlan *tables) {
    Id *ids = arena_array(request->arena, Id, tables->count);
    for (size_t i = 0; i < tables->count; i++) ids[i] = tables->people[i].organisation;
    return texts_of(request->tx, (IdList){ids, tables->count});
}

static RoundsCardsPageSlip slip_of(const Request *request, const Edition *edition, const TablePlan *tables,
                                   const TextOthers *names, const TablePerson *person) {
    size_t rounds = (size_t)tables->plan.settings.rounds;
    RoundsCardsPageSlipTurn *shown = arena_array(request->arena, RoundsCardsPageSlipTurn, rounds);
    for (size_t round = 0; round < rounds; round++) {
        RoundSeats seats = table_seats(tables, (int64_t)round + 1, person->table[round]);
        RoundsCardsPageSlipTurnPartner *seated =
            arena_array(request->arena, RoundsCardsPageSlipTurnPartner, seats.count);
        size_t count = 0;
        for (size_t i = 0; i < seats.count; i++)
            if (seats.seats[i].organisation != person->organisation)
                seated[count++] = (RoundsCardsPageSlipTurnPartner){
                    seats.seats[i].name, name_language(seats.seats[i].name, request->language)};
        shown[round] = (RoundsCardsPageSlipTurn){label_of(request, edition, &tables->plan, (int64_t)round + 1),
                                                 person->table[round], seated, count};
    }
    TextOriginal original = {person->organisation, "name", person->name, STR_ABSENT, edition->series.language};
    NameShown named = text_name(names, &original, request->language);
    bool is_turned = str_equal(named.other, person->name); /* a name in the reader's language stands first */
    Str other = is_turned ? named.name : named.other;
    return (RoundsCardsPageSlip){.name = person->name,
                                 .language = name_language(person->name, request->language),
                                 .other_name = other,
                                 .other_language = is_turned ? STR_ABSENT : named.other_language,
                                 .turns = shown,
                                 .turns_count = rounds};
}

static Err cards_page(Request *request) {
    const Edition *edition = edition_of(request);
    RoundPlan plan;
    if (!round_current(request->tx, edition->id, &plan)) return ERR_NOT_FOUND;
    TablePlan tables = table_plan(request->tx, edition->id, &plan);
    RoundsCardsPage page = {
        .layout = edition_layout(request, words(request, MSG("rounds", "Cards to print")), MENU_STAFF_ROUNDS),
        .title = edition->title,
        .when = edition_when(request->arena, edition, request->language),
        .back_href = edition_path(request->arena, edition, "/staff/rounds"),
        .logo = logo_part(request->arena, &edition->series),
        .cards_count = (size_t)tables.tables,
        .slips_count = tables.count,
    };
    RoundsCardsPageCard *cards = arena_array(request->arena, RoundsCardsPageCard, page.cards_count);
    for (size_t i = 0; i < page.cards_count; i++) cards[i] = card_of(request, edition, &tables, (int64_t)i + 1);
    TextOthers names = names_of(request, &tables);
    RoundsCardsPageSlip *slips = arena_array(request->arena, RoundsCardsPageSlip, page.slips_count);
    for (size_t i = 0; i < page.slips_count; i++)
        slips[i] = slip_of(request, edition, &tables, &names, &tables.people[i]);
    page.cards = cards;
    page.slips = slips;
    page.times = times_of(request, edition, &plan);
    page.times_count = (size_t)plan.settings.rounds;
    PageOut out = page_out(request);
    page_rounds_cards(&out, &page);
    return OK;
}

/* ---- the room ------------------ */

static const Route routes[] = {
    {METHOD_GET, "/{series}/{edition}/rounds", ROLE_ANYONE, public_page, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_ROUNDS | 1 << PART_EDITION | 1 << PART_DIRECTORY},
    {METHOD_GET, "/{series}/{edition}/staff/rounds", ROLE_COORDINATOR, rounds_staff_page},
    {METHOD_GET, "/{series}/{edition}/staff/rounds/cards", ROLE_COORDINATOR, cards_page},
    {METHOD_POST, "/{series}/{edition}/staff/rounds/plan", ROLE_COORDINATOR, rounds_staff_plan, .changes = true,
     .states = STATES_UNTIL_THE_DAY, .prepare = rounds_staff_plan_prepare, .form = &plan_asked},
    {METHOD_POST, "/{series}/{edition}/staff/rounds/publish", ROLE_COORDINATOR, rounds_staff_publish, .changes = true,
     .states = STATES_UNTIL_THE_DAY},
    {METHOD_POST, "/{series}/{edition}/staff/rounds/take-back", ROLE_COORDINATOR, rounds_staff_take_back,
     .changes = true, .states = STATES_UNTIL_THE_DAY},
    {METHOD_POST, "/{series}/{edition}/staff/rounds/discard", ROLE_COORDINATOR, rounds_staff_discard, .changes = true,
     .states = STATES_UNTIL_THE_DAY},
    {METHOD_POST, "/{series}/{edition}/staff/rounds/held", ROLE_COORDINATOR, rounds_staff_held, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
};

static const JoinColumn join_columns[] = {
    /* in a plan in which both sit, each keeps its seats */
    {{.table = "seat",
      .column = "organisation",
      .unless = "seat",
      .unless_column = "organisation",
      .unless_same = "edition plan"},
     JOIN_FOLLOWS,
     NULL},
    {{.table = "pair_reason",
      .column = "lower",
      .higher = "higher",
      .who = "who",
      .unless = "seat",
      .unless_column = "organisation",
      .unless_same = "edition plan"},
     JOIN_FOLLOWS,
     NULL},
    {{.table = "round_plan",
      .column = "worst",
      .unless = "seat",
      .unless_column = "organisation",
      .unless_same = "edition plan=id"},
     JOIN_FOLLOWS,
     NULL},
};

const Room rounds_room = {
    .name = "rounds",
    .join_columns = join_columns,
    .join_column_count = COUNT(join_columns),
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = rounds_edition_part,
    .edition_place = EDITION_PLACE_ROUNDS,
    .edition_motif = rounds_edition_motif,
    .my_items = rounds_my_items,
    .organisation_joins = rounds_organisation_joins,
    .today_items = rounds_today_items,
    .commands = rounds_commands,
    .command_count = ROUNDS_COMMAND_COUNT,
};
