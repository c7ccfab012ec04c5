// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/commands.h"

#include "gathering/editions/call.h"
#include "gathering/rounds/table_plan.h"
#include "gathering/rounds/words.h"
#include "platform/format/json_write.h"

static const CommandOption plan_options[] = {
    {"edition", "SERIES/EDITION", "plan for this edition's accepted organisations; without it, for a file"},
    {"rounds", "R", "how many rounds (an edition's frame says it, else 5; 20 at most)"},
    {"table-size", "C", "most at one table, 2 to 12 (2)"},
    {"tables", "T", "how many tables there are (as many as needed)"},
    {"talk", "MINUTES", "of an edition: minutes to talk (8)"},
    {"change", "MINUTES", "of an edition: minutes to change tables (1)"},
    {"pairs", "PAIRS.csv", "of a file: a,b,value with value a number or never; unlisted pairs are worth 0"},
    {"met", "MET.csv", "of a file: a,b of those who have met before"},
    {"seed", "N", "another seed gives another plan; the same gives the same (1)"},
};
static const CommandOption verify_options[] = {
    {"pairs", "PAIRS.csv", "as it was given to rounds plan"},
    {"met", "MET.csv", "as it was given to rounds plan"},
    {"table-size", "C", "most at one table (what the plan says)"},
};
static const CommandOption edition_options[] = {EDITION_OPTION};

/* ---- what all share ------------------ */

typedef struct Work {
    CommandCall *call;
    Edition edition;
    RoundSettings settings;
    RoundDraft *draft;
    RoundPlan plan; /* the one on top, as it was read; id 0: none */
    int64_t meetings, over_min;
    Str over; /* what the rounds run into */
    Err (*act)(Tx *tx, const RoundStep *step);
} Work;

static void find_edition(Tx *tx, Work *work) {
    work->edition = edition_of_call(work->call, tx);
    work->plan = (RoundPlan){0};
    round_current(tx, work->edition.id, &work->plan);
}

static RoundStep step_of(const Work *work) {
    return (RoundStep){.edition = work->edition.id, .plan = work->plan.id, .version = work->plan.version};
}

static void pass_on(const Work *work, Err err) {
    if (err && arena_failure(work->call->arena)->err)
        arena_fail(work->call->arena, err, "%s", arena_failure(work->call->arena)->message);
}

/* ---- plan ------------------ */

static Err find_plan(Tx *tx, void *context) {
    Work *work = context;
    CommandCall *call = work->call;
    find_edition(tx, work);
    RoundSettings settings = round_defaults(tx, &work->edition);
    settings.rounds = command_int(call, "rounds", settings.rounds, 1, ROUND_MOST_ROUNDS);
    settings.table_size =
        command_int(call, "table-size", settings.table_size, ROUNDS_TABLE_SIZE_LEAST, ROUND_MOST_TABLE_SIZE);
    settings.tables = command_int(call, "tables", 0, 1, ROUND_MOST_TABLES);
    settings.talk_min = command_int(call, "talk", settings.talk_min, 1, ROUND_MOST_MINUTES);
    settings.change_min = command_int(call, "change", settings.change_min, 0, ROUND_MOST_MINUTES);
    settings.seed = command_int(call, "seed", 1, 0, INT64_MAX);
    Frame frame = edition_frame(tx, work->edition.id);
    work->over_min = rounds_over_min(&frame, &settings);
    work->over = rounds_over_words(call->arena, call->language, &work->edition, &frame, &settings);
    Err err = round_draft(tx, &work->edition, &settings, &work->draft);
    if (err == ERR_LIMIT)
        arena_fail(call->arena, ERR_CONFLICT, "conversations are planned for 2 to %d accepted organisations",
                   ROUND_PARTICIPANTS_MOST);
    return err;
}

static Err store_plan(Tx *tx, void *context) {
    Work *work = context;
    RoundStep step = step_of(work);
    Id plan;
    edition_of_call(work->call, tx); /* it may have been archived while this was planned */
    return round_store(tx, work->draft, &step, &plan);
}

static void refuse_step(const Work *work, Err err) {
    pass_on(work, err); /* what has a sentence of its own */
    if (err == ERR_INPUT || err == ERR_NOT_FOUND)
        arena_fail(work->call->arena, ERR_CONFLICT, "the plan of this edition is %s: this cannot be done with it",
                   work->plan.id ? round_state_name(work->plan.state) : "not made yet");
    if (err == ERR_CONFLICT)
        arena_fail(work->call->arena, ERR_CONFLICT, "meanwhile somebody else changed the plan: try again");
}

static Err plan_edition(CommandCall *call) {
    Work work = {.call = call};
    command_open_store(call, false);
    Err err = store_read(call->store, call->arena, find_plan, &work);
    pass_on(&work, err);
    if (err) return err;
    err = store_write(call->store, call->arena, store_plan, &work);
    refuse_step(&work, err);
    const RoundsPlan *plan = round_draft_plan(work.draft);
    if (call->json)
        buffer_format(&call->out,
                      "{\"value\":%lld,\"bound\":%lld,\"repeats\":%zu,\"minutes_over\":%lld,\"state\":\"draft\"}\n",
                      (long long)plan->value, (long long)plan->bound, plan->repeat_count, (long long)work.over_min);
    else
        buffer_format(&call->out,
                      "The plan is ready, not yet published: %zu organisations, %zu rounds, %zu repeats, value %lld of "
                      "at most %lld.\n",
                      plan->participants, plan->rounds, plan->repeat_count, (long long)plan->value,
                      (long long)plan->bound);
    if (!str_is_empty(work.over)) command_say(call, "! %.*s", STR_FORMAT(work.over));
    return err;
}

static Err plan_command(CommandCall *call) {
    bool has_edition = !str_is_absent(command_text(call, "edition"));
    if (has_edition == (call->argument_count == 1))
        arena_fail(call->arena, ERR_INPUT, "rounds plan takes either --edition SERIES/EDITION or one PEOPLE.csv");
    return has_edition ? plan_edition(call) : rounds_plan_files(call);
}

/* ---- show ------------------ */

static void show_json(Buffer *out, const TablePlan *tables) {
    JsonWriter json = json_begin(out, 0);
    json_object_begin(&json);
    json_key(&json, STR("state"));
    json_add_str(&json, str_from_c(round_state_name(tables->plan.state)));
    json_key(&json, STR("rounds"));
    json_array_begin(&json);
    for (int64_t round = 1; round <= tables->plan.settings.rounds; round++) {
        json_array_begin(&json);
        for (int64_t table = 1; table <= tables->tables; table++) {
            RoundSeats seats = table_seats(tables, round, table);
            json_array_begin(&json);
            for (size_t i = 0; i < seats.count; i++) json_add_str(&json, seats.seats[i].name);
            json_array_end(&json);
        }
        json_array_end(&json);
    }
    json_array_end(&json);
    json_key(&json, STR("value"));
    json_add_int(&json, tables->plan.value);
    json_key(&json, STR("bound"));
    json_add_int(&json, tables->plan.bound);
    json_key(&json, STR("repeats"));
    json_add_int(&json, tables->plan.repeats);
    json_object_end(&json);
    buffer_add_char(out, '\n');
}

static void show_words(Buffer *out, const TablePlan *tables) {
    buffer_format(out, "%s, %lld rounds, value %lld of at most %lld, %lld repeats\n",
                  round_state_name(tables->plan.state), (long long)tables->plan.settings.rounds,
                  (long long)tables->plan.value, (long long)tables->plan.bound, (long long)tables->plan.repeats);
    for (int64_t round = 1; round <= tables->plan.settings.rounds; round++) {
        buffer_format(out, "round %lld\n", (long long)round);
        for (int64_t table = 1; table <= tables->tables; table++) {
            RoundSeats seats = table_seats(tables, round, table);
            if (seats.count) buffer_format(out, "  table %lld:", (long long)table);
            for (size_t i = 0; i < seats.count; i++)
                buffer_format(out, "%s %.*s", i ? " ·" : "", STR_FORMAT(seats.seats[i].name));
            if (seats.count) buffer_add_char(out, '\n');
        }
    }
}

static Err show_plan(Tx *tx, void *context) {
    Work *work = context;
    find_edition(tx, work);
    if (!work->plan.id) arena_fail(tx_arena(tx), ERR_NOT_FOUND, "no plan has been made for this edition");
    TablePlan tables = table_plan(tx, work->edition.id, &work->plan);
    (work->call->json ? show_json : show_words)(&work->call->out, &tables);
    return OK;
}

static Err show_command(CommandCall *call) {
    Work work = {.call = call};
    return store_read(call->store, call->arena, show_plan, &work);
}

/* ---- publish, held ------------------ */

static Err act_on_plan(Tx *tx, void *context) {
    Work *work = context;
    find_edition(tx, work);
    RoundStep step = step_of(work);
    return work->act ? work->act(tx, &step) : round_held(tx, &step, &work->meetings);
}

static Err run_step(CommandCall *call, Work *work) {
    work->call = call;
    Err err = store_write(call->store, call->arena, act_on_plan, work);
    refuse_step(work, err);
    return err;
}

static Err publish_command(CommandCall *call) {
    Work work = {.act = round_publish};
    Err err = run_step(call, &work);
    if (!err) command_say(call, "The plan is published: everyone sees their tables.");
    return err;
}

static Err held_command(CommandCall *call) {
    Work work = {0};
    Err err = run_step(call, &work);
    if (!err && call->json) buffer_format(&call->out, "{\"met\":%lld}\n", (long long)work.meetings);
    if (!err) command_say(call, "Written down: %lld pairs met.", (long long)work.meetings);
    return err;
}

const Command rounds_commands[ROUNDS_COMMAND_COUNT] = {
    {"rounds plan", "[PEOPLE.csv]", "plan who meets whom, for an edition or for a file", OPTIONS(plan_options), 0, 1,
     STORE_OWN, plan_command, .changes = true, .states = STATES_UNTIL_THE_DAY},
    {"rounds verify", "PEOPLE.csv PLAN.json", "recompute what is true of a plan, from the files alone",
     OPTIONS(verify_options), 2, 2, STORE_NOT_USED, rounds_verify_files},
    {"rounds show", "", "show the plan of an edition", OPTIONS(edition_options), 0, 0, STORE_MUST_EXIST, show_command},
    {"rounds publish", "", "let everyone see the plan of an edition", OPTIONS(edition_options), 0, 0, STORE_MUST_EXIST,
     publish_command, .changes = true, .states = STATES_OF_ORGANISATIONS},
    {"rounds held", "", "say that the conversations took place", OPTIONS(edition_options), 0, 0, STORE_MUST_EXIST,
     held_command, .changes = true, .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
};
