// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/mine.h"

#include "gathering/rounds/words.h"
#include "rounds_pages.h"
#include "rounds_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }
static Str counted(const Request *request, Msg msg, int64_t count) {
    return say(request->arena, request->language, msg, SAY_INT("count", count));
}

/* ---- my gathering ------------------ */

typedef struct Mine {
    Request *request;
    MyItems *items;
    const RoundsMyMeetingsRow *rows;
    size_t count;
    RoundSettings settings;
} Mine;

static Str kind_of(const Request *request, const RoundsMyMeetingsRow *row) {
    switch (request->language) {
    case LANGUAGE_EN: return row->name_en;
    case LANGUAGE_UK: return row->name_uk;
    default: return row->name_pl;
    }
}

static MyItem item_of_round(const Mine *mine, int64_t round) {
    const Request *request = mine->request;
    MyItem item = {.tag = say(request->arena, request->language, MSG("rounds", "round {number} of {rounds}"),
                              SAY_INT("number", round), SAY_INT("rounds", mine->settings.rounds))};
    if (!mine->settings.starts_ms) return item;
    item.starts_ms = round_starts_ms(&mine->settings, round);
    item.ends_ms = round_ends_ms(&mine->settings, round);
    return item;
}

static void add_break(const Mine *mine, int64_t round) {
    MyItem item = item_of_round(mine, round);
    item.title = words(mine->request, MSG("rounds", "A break from conversations"));
    item.words = words(mine->request, MSG("rounds", "This round you are free: have a coffee, look around."));
    my_items_add(mine->items, &item);
}

/* Rows of one partner in one round, from first on; each is a reason. Returns how many. */
static size_t rows_of_partner(const Mine *mine, size_t first) {
    size_t count = 1;
    const RoundsMyMeetingsRow *row = &mine->rows[first];
    while (first + count < mine->count && mine->rows[first + count].round == row->round &&
           mine->rows[first + count].partner.given && mine->rows[first + count].partner.value == row->partner.value)
        count++;
    return count;
}

static Str reasons_of(const Mine *mine, size_t first, size_t count) {
    const Request *request = mine->request;
    TellReason *reasons = arena_array(request->arena, TellReason, count);
    size_t told = 0;
    for (size_t i = first; i < first + count; i++) {
        const RoundsMyMeetingsRow *row = &mine->rows[i];
        if (str_is_absent(row->reason)) continue;
        reasons[told++] = (TellReason){row->reason, row->who.given && row->who.value == request->scope.organisation,
                                       kind_of(request, row), row->asked, row->given};
    }
    return reasons_in_words(request->arena, request->language, reasons, told);
}

/* One item for each partner: at a table of two there is one. Returns the rows used. */
static size_t add_meeting(const Mine *mine, size_t first) {
    const RoundsMyMeetingsRow *row = &mine->rows[first];
    MyItem item = item_of_round(mine, row->round);
    item.table = (int)row->table_number;
    if (!row->partner.given) { /* everybody else of the table is gone from the plan */
        item.title = words(mine->request, MSG("rounds", "A table of your own"));
        my_items_add(mine->items, &item);
        return 1;
    }
    size_t count = rows_of_partner(mine, first);
    item.title = row->partner_name;
    item.title_language = name_language(row->partner_name, mine->request->language);
    item.words = row->is_partner_coming
                     ? reasons_of(mine, first, count)
                     : words(mine->request, MSG("rounds", "This organisation does not come after all. Please ask the "
                                                          "organiser who could sit down with you."));
    my_items_add(mine->items, &item);
    return count;
}

void rounds_my_items(Request *request, MyItems *items) {
    RoundsMyMeetingsRows rows =
        rounds_sql_my_meetings(request->tx, request->scope.edition, request->scope.organisation);
    if (!rows.count) return;
    Mine mine = {.request = request, .items = items, .rows = rows.rows, .count = rows.count};
    mine.settings = (RoundSettings){.rounds = rows.rows[0].rounds,
                                    .starts_ms = rows.rows[0].starts_ms,
                                    .talk_min = rows.rows[0].talk_min,
                                    .change_min = rows.rows[0].change_min};
    size_t next = 0;
    for (int64_t round = 1; round <= mine.settings.rounds; round++) {
        if (next == mine.count || mine.rows[next].round != round) add_break(&mine, round);
        while (next < mine.count && mine.rows[next].round == round) next += add_meeting(&mine, next);
    }
}

/* ---- what needs a coordinator ------------------ */

static bool frame_has_rounds(Request *request) {
    Frame frame = edition_frame(request->tx, request->scope.edition);
    for (size_t i = 0; i < frame.count; i++)
        if (str_equal(frame.sections[i].kind, STR("rounds"))) return true;
    return false;
}

static void remind_of_planning(Request *request, TodayItems *items, Str href) {
    const Edition *edition = edition_of(request);
    RoundsAcceptedRow accepted;
    bool enough = rounds_sql_accepted(request->tx, edition->id, &accepted) && accepted.count >= 2;
    if (!enough || edition->state >= EDITION_FINISHED || !frame_has_rounds(request)) return;
    bool is_soon = edition->state == EDITION_CALL_CLOSED || edition->state == EDITION_PUBLISHED;
    today_items_add(
        items,
        &(TodayItem){
            .urgency = is_soon ? URGENT_SOON : URGENT_WHEN_TIME,
            .words = words(request,
                           MSG("rounds", "The programme has conversations at tables, and they are not planned yet.")),
            .href = href,
            .link = words(request, MSG("rounds", "Plan the conversations")),
        });
}

static void remind_of_drift(Request *request, const RoundPlan *plan, TodayItems *items, Str href) {
    RoundsDriftRow drift;
    if (plan->state == ROUND_HELD || !rounds_sql_drift(request->tx, request->scope.edition, plan->id, &drift)) return;
    Urgency urgency = plan->state == ROUND_PUBLISHED ? URGENT_NOW : URGENT_SOON;
    Str link = words(request, MSG("rounds", "Look at the plan"));
    if (drift.missing)
        today_items_add(
            items,
            &(TodayItem){
                urgency,
                counted(request,
                        MSG_PLURAL("rounds",
                                   "{count} accepted organisation has no place in the conversations at tables.",
                                   "{count} accepted organisations have no place in the conversations at tables."),
                        drift.missing),
                href, link});
    if (drift.gone)
        today_items_add(
            items,
            &(TodayItem){
                urgency,
                counted(request,
                        MSG_PLURAL("rounds", "{count} organisation has tables in the plan and does not come any more.",
                                   "{count} organisations have tables in the plan and do not come any more."),
                        drift.gone),
                href, link});
}

void rounds_today_items(Request *request, TodayItems *items) {
    Str href = edition_path(request->arena, edition_of(request), "/staff/rounds");
    RoundPlan plan;
    if (!round_current(request->tx, request->scope.edition, &plan)) {
        remind_of_planning(request, items, href);
        return;
    }
    remind_of_drift(request, &plan, items, href);
    if (plan.state == ROUND_DRAFT)
        today_items_add(items,
                        &(TodayItem){URGENT_SOON,
                                     words(request, MSG("rounds", "The plan of conversations waits to be published.")),
                                     href, words(request, MSG("rounds", "Look at the plan"))});
    bool is_over = plan.settings.starts_ms && round_ends_ms(&plan.settings, plan.settings.rounds) < request->now_ms;
    if (plan.state == ROUND_PUBLISHED && is_over)
        today_items_add(
            items,
            &(TodayItem){URGENT_WHEN_TIME,
                         words(request, MSG("rounds", "Did the conversations take place? Say so, and the next edition "
                                                      "brings new meetings.")),
                         href, words(request, MSG("rounds", "Look at the plan"))});
}

/* ---- the edition's page ------------------ */

void rounds_edition_part(Request *request, PageOut *out) {
    const Edition *edition = edition_of(request);
    RoundPlan plan;
    bool is_published = round_public(request->tx, edition->id, &plan);
    if (!is_published && !frame_has_rounds(request)) return;
    RoundSettings settings = is_published ? plan.settings : round_defaults(request->tx, edition);
    Str rounds = rounds_in_words(request->arena, request->language, edition->zone, &settings);
    RoundsOfEditionPart part = {
        .words = str_format(request->arena, "%.*s.", STR_FORMAT(rounds)),
        .href = is_published ? edition_path(request->arena, edition, "/rounds") : STR(""),
    };
    part_rounds_of_edition(out, &part);
}

/* Everyone at a table with everyone else there. */
void rounds_edition_motif(Request *request, Id edition, Motif *motif) {
    RoundPlan plan;
    if (!round_public(request->tx, edition, &plan)) return;
    RoundsSeatsRows seats = rounds_sql_seats(request->tx, edition, plan.id);
    for (size_t i = 0; i < seats.count; i++)
        for (size_t j = i + 1; j < seats.count; j++) { /* in the order of rounds and tables */
            const RoundsSeatsRow *one = &seats.rows[i], *other = &seats.rows[j];
            if (other->round != one->round || other->table_number != one->table_number) break;
            motif_add_meeting(motif, one->organisation, other->organisation);
        }
}
