// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/staff.h"

#include "gathering/rounds/draft.h"
#include "gathering/rounds/table_plan.h"
#include "gathering/rounds/words.h"
#include "gathering/signups/listing.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "rounds_pages.h"
#include "rounds_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }
static Str counted(const Request *request, Msg msg, int64_t count) {
    return say(request->arena, request->language, msg, SAY_INT("count", count));
}

/* ---- the forms ------------------ */

/* Which plan the page showed and as it then stood ("0f1h2k3m4n5p6.3"); empty where there was none. */
typedef struct SeenForm {
    Str version;
} SeenForm;

static const FormField seen_fields[] = {FORM_VERSION(SeenForm)};

typedef struct PlanForm {
    Str version, seed, starts;
    int64_t rounds, talk_min, change_min, table_size;
    OptionalInt tables;
} PlanForm;

static const FormField plan_fields[] = {
    FORM_VERSION(PlanForm),
    {.name = "seed", .kind = FIELD_HIDDEN, .offset = offsetof(PlanForm, seed), .most = 18},
    {.name = "starts",
     .kind = FIELD_TIME,
     .offset = offsetof(PlanForm, starts),
     .label = MSG_INIT("rounds", "First round at")},
    {.name = "rounds",
     .kind = FIELD_INT,
     .offset = offsetof(PlanForm, rounds),
     .required = true,
     .least = 1,
     .most = ROUND_MOST_ROUNDS,
     .label = MSG_INIT("rounds", "How many rounds")},
    {.name = "talk_min",
     .kind = FIELD_INT,
     .offset = offsetof(PlanForm, talk_min),
     .required = true,
     .least = 1,
     .most = ROUND_MOST_MINUTES,
     .label = MSG_INIT("rounds", "Minutes to talk")},
    {.name = "change_min",
     .kind = FIELD_INT,
     .offset = offsetof(PlanForm, change_min),
     .required = true,
     .least = 0,
     .most = ROUND_MOST_MINUTES,
     .label = MSG_INIT("rounds", "Minutes to change tables")},
    {.name = "table_size",
     .kind = FIELD_INT,
     .offset = offsetof(PlanForm, table_size),
     .required = true,
     .least = ROUNDS_TABLE_SIZE_LEAST,
     .most = ROUND_MOST_TABLE_SIZE,
     .label = MSG_INIT("rounds", "Organisations at a table"),
     .hint = MSG_INIT("rounds", "Two is best for a real conversation.")},
    {.name = "tables",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(PlanForm, tables),
     .least = 1,
     .most = ROUND_MOST_TABLES,
     .label = MSG_INIT("rounds", "How many tables there are"),
     .hint = MSG_INIT("rounds", "Leave it empty for as many as are needed.")},
};
const FormTable plan_asked = {plan_fields, COUNT(plan_fields)};

static Str version_of(Arena *arena, const RoundPlan *plan) {
    if (!plan->id) return STR("");
    return str_format(arena, "%.*s.%lld", STR_FORMAT(id_text(arena, plan->id)), (long long)plan->version);
}

/* False: a hidden value that this page never wrote. */
static bool step_from(const Request *request, Str version, RoundStep *step) {
    *step = (RoundStep){.edition = request->scope.edition, .by = request->who.person};
    Str plan;
    return str_is_empty(version) ||
           (str_next_part(&version, '.', &plan) && id_parse(plan, &step->plan) && str_to_int(version, &step->version));
}

static PlanForm form_from(Arena *arena, const Edition *edition, const RoundPlan *plan, const RoundSettings *settings) {
    PlanForm form = {
        .version = version_of(arena, plan),
        .seed = str_format(arena, "%lld", (long long)(plan->id ? settings->seed + 1 : settings->seed)),
        .starts = STR(""),
        .rounds = settings->rounds,
        .talk_min = settings->talk_min,
        .change_min = settings->change_min,
        .table_size = settings->table_size,
    };
    if (settings->starts_ms) {
        Civil time = zone_civil(edition->zone, settings->starts_ms);
        form.starts = clock_time(arena, &time);
    }
    return form;
}

/* The day of the edition at a time of day; 0 where the day is not known. */
static int64_t moment_of(const Edition *edition, Str time) {
    int64_t ms;
    return edition_moment(edition, time, &ms) ? ms : 0;
}

static RoundSettings settings_from(const Edition *edition, const PlanForm *form) {
    RoundSettings settings = {
        .starts_ms = moment_of(edition, form->starts),
        .rounds = form->rounds,
        .table_size = form->table_size,
        .talk_min = form->talk_min,
        .change_min = form->change_min,
        .tables = form->tables.given ? form->tables.value : 0,
        .seed = 1,
    };
    str_to_int(form->seed, &settings.seed);
    return settings;
}

/* ---- what the page says of a plan ------------------ */

static Str lead_words(const Request *request, const RoundPlan *plan) {
    if (plan->repeats)
        return counted(request,
                       MSG_PLURAL("rounds", "The plan is ready. {count} pair meets again: there is no other way.",
                                  "The plan is ready. {count} pairs meet again: there is no other way."),
                       plan->repeats);
    return words(request, MSG("rounds", "The plan is ready. Nobody meets anybody twice."));
}

static Str state_words(const Request *request, RoundState state) {
    switch (state) {
    case ROUND_DRAFT: return words(request, MSG("rounds", "not published yet"));
    case ROUND_PUBLISHED: return words(request, MSG("rounds", "published"));
    case ROUND_HELD: return words(request, MSG("rounds", "the conversations took place"));
    }
    return STR_ABSENT;
}

static Str more_words(const Request *request, const Edition *edition, const TablePlan *tables) {
    Str rounds = rounds_in_words(request->arena, request->language, edition->zone, &tables->plan.settings);
    Str number = counted(request, MSG_PLURAL("rounds", "{count} table", "{count} tables"), tables->tables);
    return say(request->arena, request->language, MSG("rounds", "{rounds}; {tables}; {state}."),
               SAY_TEXT("rounds", rounds), SAY_TEXT("tables", number),
               SAY_TEXT("state", state_words(request, tables->plan.state)));
}

static RoundsStaffPageFact quality_fact(const Request *request, const RoundPlan *plan) {
    RoundsStaffPageFact fact = {.name = words(request, MSG("rounds", "How good it is"))};
    if (plan->settings.table_size > 2) {
        fact.value = words(request, MSG("rounds", "the best we found"));
        fact.note = words(
            request, MSG("rounds", "For tables larger than two nobody can say closely what the best possible is."));
        return fact;
    }
    double share = plan->bound ? (double)plan->value / (double)plan->bound : 1;
    fact.value = say(request->arena, request->language, MSG("rounds", "{share} of the best possible"),
                     SAY_TEXT("share", number_percent(request->arena, request->language, share)));
    fact.meter = str_format(request->arena, "%d", (int)(share * 1000));
    return fact;
}

static const TablePerson *person_of(const TablePlan *tables, Id organisation) {
    for (size_t i = 0; i < tables->count; i++)
        if (tables->people[i].organisation == organisation) return &tables->people[i];
    return NULL;
}

static int64_t rounds_seated(const TablePlan *tables, const TablePerson *person) {
    int64_t seats = 0;
    for (int64_t round = 0; person && round < tables->plan.settings.rounds; round++) seats += person->table[round] != 0;
    return seats;
}

static RoundsStaffPageFact worst_fact(const Request *request, const TablePlan *tables) {
    const TablePerson *worst = person_of(tables, tables->plan.worst);
    int64_t seats = rounds_seated(tables, worst);
    RoundsStaffPageFact fact = {.name = words(request, MSG("rounds", "Whom it is worth helping"))};
    if (!worst || tables->plan.worst_good >= seats) {
        fact.value = words(request, MSG("rounds", "nobody stands out"));
        return fact;
    }
    fact.value = worst->name;
    fact.note = say(request->arena, request->language,
                    MSG_PLURAL("rounds", "{good} of {count} round brings what is needed on one side",
                               "{good} of {count} rounds bring what is needed on one side"),
                    SAY_INT("good", tables->plan.worst_good), SAY_INT("count", seats));
    return fact;
}

static RoundsStaffPageFact *facts_of(const Request *request, const TablePlan *tables, size_t *count) {
    enum { FACTS = 4 };
    RoundsStaffPageFact *facts = arena_array(request->arena, RoundsStaffPageFact, FACTS);
    facts[0] = quality_fact(request, &tables->plan);
    facts[1] = (RoundsStaffPageFact){.name = words(request, MSG("rounds", "Pairs that meet again")),
                                     .value = number_words(request->arena, request->language, tables->plan.repeats),
                                     .note = words(request, MSG("rounds", "earlier editions are counted"))};
    Str across = number_percent(request->arena, request->language, (double)tables->plan.across_permille / 1000);
    facts[2] =
        (RoundsStaffPageFact){.name = words(request, MSG("rounds", "Between different fields of work")),
                              .value = say(request->arena, request->language, MSG("rounds", "{share} of conversations"),
                                           SAY_TEXT("share", across))};
    facts[3] = worst_fact(request, tables);
    *count = FACTS;
    return facts;
}

static Str drift_words(const Request *request, const RoundPlan *plan) {
    RoundsDriftRow drift;
    if (plan->state == ROUND_HELD || !rounds_sql_drift(request->tx, request->scope.edition, plan->id, &drift))
        return STR_ABSENT;
    Buffer said = buffer_in(request->arena);
    if (drift.missing)
        buffer_add(&said, counted(request,
                                  MSG_PLURAL("rounds", "{count} organisation was accepted since and has no table.",
                                             "{count} organisations were accepted since and have no table."),
                                  drift.missing));
    if (drift.missing && drift.gone) buffer_add_char(&said, ' ');
    if (drift.gone)
        buffer_add(&said, counted(request,
                                  MSG_PLURAL("rounds", "{count} organisation of the plan does not come any more.",
                                             "{count} organisations of the plan do not come any more."),
                                  drift.gone));
    return buffer_str(&said);
}

/* ---- tables and rounds ------------------ */

static Str label_of(const Request *request, const Edition *edition, const RoundPlan *plan, int64_t round) {
    return round_label(request->arena, request->language, edition->zone, &plan->settings, round);
}

static RoundsStaffPageTableCell cell_of(const Request *request, const Edition *edition, const TablePlan *tables,
                                        int64_t round, int64_t table) {
    RoundSeats seats = table_seats(tables, round, table);
    RoundsStaffPageTableCellSeated *seated = arena_array(request->arena, RoundsStaffPageTableCellSeated, seats.count);
    for (size_t i = 0; i < seats.count; i++)
        seated[i] = (RoundsStaffPageTableCellSeated){seats.seats[i].name,
                                                     name_language(seats.seats[i].name, request->language)};
    return (RoundsStaffPageTableCell){
        .when = label_of(request, edition, &tables->plan, round), .seated = seated, .seated_count = seats.count};
}

enum { ROUNDS_BESIDE_EACH_OTHER = 5 }; /* that fit a page of 1280 px; a phone has a list instead */

static void show_tables(const Request *request, const Edition *edition, const TablePlan *tables,
                        RoundsStaffPage *page) {
    size_t rounds = (size_t)tables->plan.settings.rounds, count = (size_t)tables->tables;
    Str *times = arena_array(request->arena, Str, rounds);
    for (size_t round = 0; round < rounds; round++)
        times[round] = label_of(request, edition, &tables->plan, (int64_t)round + 1);
    RoundsStaffPageTable *shown = arena_array(request->arena, RoundsStaffPageTable, count);
    for (size_t i = 0; i < count; i++) {
        RoundsStaffPageTableCell *cells = arena_array(request->arena, RoundsStaffPageTableCell, rounds);
        for (size_t round = 0; round < rounds; round++)
            cells[round] = cell_of(request, edition, tables, (int64_t)round + 1, (int64_t)i + 1);
        shown[i] = (RoundsStaffPageTable){.table_number = (int64_t)i + 1, .cells = cells, .cells_count = rounds};
    }
    page->times = times;
    page->is_wide = rounds > ROUNDS_BESIDE_EACH_OTHER;
    page->times_count = rounds;
    page->tables = shown;
    page->tables_count = count;
}

static void show_breaks(const Request *request, const Edition *edition, const TablePlan *tables,
                        RoundsStaffPage *page) {
    size_t rounds = (size_t)tables->plan.settings.rounds;
    RoundsStaffPageSitsOut *rests = arena_array(request->arena, RoundsStaffPageSitsOut, rounds);
    Str *names = arena_array(request->arena, Str, tables->count);
    for (size_t round = 0; round < rounds; round++) {
        size_t resting = 0;
        for (size_t i = 0; i < tables->count; i++)
            if (!tables->people[i].table[round]) names[resting++] = tables->people[i].name;
        if (!resting) continue;
        rests[page->sits_out_count++] =
            (RoundsStaffPageSitsOut){label_of(request, edition, &tables->plan, (int64_t)round + 1),
                                     list_words(request->arena, request->language, names, resting)};
    }
    page->sits_out = rests;
}

static IdList unlisted_of(Arena *arena, const TablePlan *tables) {
    Id *unlisted = arena_array(arena, Id, tables->count);
    size_t count = 0;
    for (size_t i = 0; i < tables->count; i++)
        if (!tables->people[i].is_listed) unlisted[count++] = tables->people[i].organisation;
    return (IdList){unlisted, count};
}

static void show_plan(Request *request, const Edition *edition, const RoundPlan *plan, RoundsStaffPage *page) {
    TablePlan tables = table_plan(request->tx, edition->id, plan);
    page->has_plan = true;
    page->lead = lead_words(request, plan);
    page->more = more_words(request, edition, &tables);
    page->drift = drift_words(request, plan);
    Frame frame = edition_frame(request->tx, edition->id);
    if (plan->state != ROUND_HELD)
        page->overrun = rounds_over_words(request->arena, request->language, edition, &frame, &plan->settings);
    page->facts = facts_of(request, &tables, &page->facts_count);
    page->can_publish = plan->state == ROUND_DRAFT;
    page->can_take_back = plan->state == ROUND_PUBLISHED;
    page->can_hold =
        plan->state == ROUND_PUBLISHED && (!plan->settings.starts_ms || plan->settings.starts_ms <= request->now_ms);
    page->is_held = plan->state == ROUND_HELD;
    page->has_hidden = listing_not_named(request, unlisted_of(request->arena, &tables), &page->hidden);
    show_breaks(request, edition, &tables, page);
    show_tables(request, edition, &tables, page);
}

/* ---- the page ------------------ */

static Str own_path(const Request *request, const Edition *edition, const char *rest) {
    return edition_path(request->arena, edition, rest);
}

static void show_planning(Request *request, const Edition *edition, const RoundPlan *plan, RoundsStaffPage *page) {
    RoundsAcceptedRow accepted;
    bool enough = rounds_sql_accepted(request->tx, edition->id, &accepted) && accepted.count >= 2;
    page->can_plan = enough && !page->is_held;
    page->is_nobody = !enough && !plan->id;
    if (page->is_nobody)
        page->nobody = (EmptyPart){
            .heading = words(request, MSG("rounds", "Nobody to seat yet")),
            .words = words(
                request, MSG("rounds",
                             "When at least two organisations are accepted, their conversations can be planned here.")),
            .action = words(request, MSG("rounds", "To the sign-ups")),
            .action_href = own_path(request, edition, "/staff/sign-ups"),
        };
    page->plan_heading =
        plan->id ? words(request, MSG("rounds", "Plan it anew")) : words(request, MSG("rounds", "How it should be"));
    page->plan_words =
        plan->id
            ? words(request, MSG("rounds", "With other settings, or after changes in the sign-ups. A published plan "
                                           "stays until you publish the new one."))
            : counted(request,
                      MSG_PLURAL("rounds", "{count} organisation is accepted.",
                                 "{count} organisations are accepted. The program finds everyone "
                                 "conversations worth having; nobody meets anybody twice."),
                      accepted.count);
    page->plan_button = plan->id ? words(request, MSG("rounds", "Plan it again"))
                                 : words(request, MSG("rounds", "Plan the conversations"));
}

static PlanForm plan_form_now(Request *request, const RoundPlan *plan) {
    const Edition *edition = edition_of(request);
    RoundSettings settings = plan->id ? plan->settings : round_defaults(request->tx, edition);
    return form_from(request->arena, edition, plan, &settings);
}

/* form: what was typed, or NULL for what is stored. problem: absent, or why nothing was done. */
static Err show_staff(Request *request, Form *form, Str problem) {
    const Edition *edition = edition_of(request);
    RoundPlan plan = {0};
    bool has_plan = round_current(request->tx, edition->id, &plan);
    PlanForm values = {0};
    SeenForm seen = {version_of(request->arena, &plan)};
    if (!form) {
        values = plan_form_now(request, &plan);
        form = form_open(request, plan_fields, COUNT(plan_fields), &values);
    }
    RoundsStaffPage page = {
        .layout = edition_layout(request, words(request, MSG("rounds", "Conversations at tables")), MENU_STAFF_ROUNDS),
        .problem = problem,
        .is_draft = edition->state == EDITION_DRAFT,
        .form = form,
        .step = form_open(request, seen_fields, COUNT(seen_fields), &seen),
        .plan_href = own_path(request, edition, "/staff/rounds/plan"),
        .publish_href = own_path(request, edition, "/staff/rounds/publish"),
        .take_back_href = own_path(request, edition, "/staff/rounds/take-back"),
        .discard_href = own_path(request, edition, "/staff/rounds/discard"),
        .held_href = own_path(request, edition, "/staff/rounds/held"),
        .cards_href = own_path(request, edition, "/staff/rounds/cards"),
        .public_href = own_path(request, edition, "/rounds"),
    };
    page.layout.is_refused = !form_ok(form);
    if (has_plan) show_plan(request, edition, &plan, &page);
    show_planning(request, edition, &plan, &page);
    PageOut out = page_out(request);
    page_rounds_staff(&out, &page);
    return OK;
}

Err rounds_staff_page(Request *request) { return show_staff(request, NULL, STR_ABSENT); }

/* The page as it stands now, with the word that nothing was done. */
static Err show_conflict(Request *request) {
    respond_clear(request);
    request->response.status = 409;
    return show_staff(
        request, NULL,
        words(request, MSG("rounds", "Meanwhile somebody else changed the plan. Nothing was done; this is how "
                                     "it stands now.")));
}

static Err back(Request *request) {
    return respond_redirect(request, own_path(request, edition_of(request), "/staff/rounds"));
}

/* ---- planning ------------------ */

static Str refusal_words(const Request *request, Err err) {
    if (err == ERR_LIMIT)
        return counted(request,
                       MSG_PLURAL("rounds", "Conversations are planned for two to {count} accepted organisation.",
                                  "Conversations are planned for two to {count} accepted organisations."),
                       ROUND_PARTICIPANTS_MOST);
    return words(request, MSG("rounds", "With these settings no plan can be made."));
}

/* Whether nobody has made another plan since the form was opened; else *answer is given. */
static bool is_plan_current(Request *request, Form *form, Err *answer) {
    RoundPlan plan = {0};
    round_current(request->tx, request->scope.edition, &plan);
    PlanForm stored = plan_form_now(request, &plan);
    if (form_is_current(form, &stored)) return true;
    /* What took place is not planned anew: the page has no form to show it in. */
    *answer = plan.id && plan.state == ROUND_HELD ? show_conflict(request) : show_staff(request, form, STR_ABSENT);
    return false;
}

/* What is wrong with the form is answered here: the page shown is the answer, and nothing is written. */
Err rounds_staff_plan_prepare(Request *request) {
    PlanForm values = {0};
    Form *form = form_open(request, plan_fields, COUNT(plan_fields), &values);
    Err answer;
    if (!form_read(form)) return show_staff(request, form, STR_ABSENT);
    if (!is_plan_current(request, form, &answer)) return answer;
    const Edition *edition = edition_of(request);
    RoundSettings settings = settings_from(edition, &values);
    RoundDraft *draft;
    Err err = round_draft(request->tx, edition, &settings, &draft);
    if (err) {
        form_refuse(form, NULL, refusal_words(request, err));
        return show_staff(request, form, STR_ABSENT);
    }
    request->prepared = draft;
    return OK;
}

Err rounds_staff_plan(Request *request) {
    PlanForm values = {0};
    RoundStep step;
    Id plan;
    Form *form = form_open(request, plan_fields, COUNT(plan_fields), &values);
    if (!form_read(form)) return ERR_INPUT;
    Err answer;
    if (!is_plan_current(request, form, &answer)) return answer; /* while it was planned */
    if (!step_from(request, values.version, &step)) return ERR_INPUT;
    Err err = round_store(request->tx, request->prepared, &step, &plan);
    if (err == ERR_CONFLICT || err == ERR_INPUT) return show_conflict(request);
    return err ? err : back(request);
}

/* ---- the other buttons ------------------ */

static Err hold(Tx *tx, const RoundStep *step) {
    int64_t meetings;
    return round_held(tx, step, &meetings);
}

static Err take_step(Request *request, Err (*act)(Tx *tx, const RoundStep *step)) {
    SeenForm seen = {0};
    Form *form = form_open(request, seen_fields, COUNT(seen_fields), &seen);
    RoundStep step;
    if (!form_read(form) || !step_from(request, seen.version, &step)) return ERR_INPUT;
    Err err = act(request->tx, &step);
    if (err == ERR_CONFLICT || err == ERR_INPUT || err == ERR_NOT_FOUND) return show_conflict(request);
    return err ? err : back(request);
}

Err rounds_staff_publish(Request *request) {
    Err err = edition_open_first(request);
    if (err == ERR_INPUT) {
        request->response.status = 422;
        return show_staff(request, NULL, edition_open_first_words(request));
    }
    return err ? err : take_step(request, round_publish);
}

Err rounds_staff_take_back(Request *request) { return take_step(request, round_take_back); }
Err rounds_staff_discard(Request *request) { return take_step(request, round_discard); }
Err rounds_staff_held(Request *request) { return take_step(request, hold); }
