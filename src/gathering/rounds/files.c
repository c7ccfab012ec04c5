// SPDX-License-Identifier: EUPL-1.2
/* Rounds of files alone: people, pairs and earlier meetings in, a plan out, and the other way round to verify it. */
#include "gathering/rounds/commands.h"
#include "gathering/rounds/people_file.h"
#include "platform/format/json_read.h"
#include "platform/format/json_write.h"
#include <math.h>

/* ---- the input, from the files ------------------ */

static RoundsInput input_of(CommandCall *call, const People *people) {
    return (RoundsInput){
        .participants = people->count,
        .absent = people->absent,
        .keeps_table = people->keeps_table,
        .values = people_values(call, people, command_text(call, "pairs")),
        .marks = people_marks(call, people, command_text(call, "pairs"), command_text(call, "met")),
    };
}

/* ---- writing a plan ------------------ */

static bool sits_at(const RoundsPlan *plan, size_t round, size_t table, size_t who) {
    return plan->table[round * plan->participants + who] == (int)table;
}

static void write_table(JsonWriter *json, const People *people, const RoundsPlan *plan, size_t round, size_t table) {
    json_array_begin(json);
    for (size_t i = 0; i < plan->participants; i++)
        if (sits_at(plan, round, table, i)) json_add_str(json, people->ids[i]);
    json_array_end(json);
}

static void write_tables(JsonWriter *json, const People *people, const RoundsInput *input, const RoundsPlan *plan) {
    json_key(json, STR("rounds"));
    json_array_begin(json);
    for (size_t round = 0; round < plan->rounds; round++) {
        json_array_begin(json);
        for (size_t table = 0; table < input->tables; table++) write_table(json, people, plan, round, table);
        json_array_end(json);
    }
    json_array_end(json);
}

static void write_number(JsonWriter *json, Str key, int64_t value) {
    json_key(json, key);
    json_add_int(json, value);
}

static void write_plan(CommandCall *call, const People *people, const RoundsInput *input, const RoundsPlan *plan,
                       const RoundsReport *report, int64_t seed, double seconds) {
    JsonWriter json = json_begin(&call->out, 0);
    json_object_begin(&json);
    write_tables(&json, people, input, plan);
    write_number(&json, STR("table_size"), (int64_t)input->table_size);
    write_number(&json, STR("value"), plan->value);
    write_number(&json, STR("bound"), plan->bound);
    write_number(&json, STR("repeats"), (int64_t)report->repeats);
    write_number(&json, STR("met_again"), (int64_t)report->met_again);
    json_key(&json, STR("worst"));
    json_object_begin(&json);
    json_key(&json, STR("id"));
    json_add_str(&json, people->count ? people->ids[plan->worst] : STR_ABSENT);
    json_key(&json, STR("share"));
    json_add_real(&json, plan->worst_share);
    json_object_end(&json);
    json_key(&json, STR("multipliers"));
    json_object_begin(&json);
    for (size_t i = 0; i < plan->participants; i++) {
        json_key(&json, people->ids[i]);
        json_add_real(&json, (double)plan->multipliers[i] / ROUNDS_BOUND_SCALE);
    }
    json_object_end(&json);
    json_key(&json, STR("multiplier_meetings"));
    json_add_real(&json, (double)plan->multiplier_meetings / ROUNDS_BOUND_SCALE);
    write_number(&json, STR("seed"), seed);
    json_key(&json, STR("seconds"));
    json_add_real(&json, seconds);
    json_object_end(&json);
    buffer_add_char(&call->out, '\n');
}

static void name_table(Buffer *out, const People *people, const RoundsPlan *plan, size_t round, size_t table) {
    size_t seated = 0;
    for (size_t i = 0; i < plan->participants; i++) {
        if (!sits_at(plan, round, table, i)) continue;
        if (!seated) buffer_format(out, "  table %zu:", table + 1);
        buffer_format(out, "%s %.*s", seated++ ? " ·" : "", STR_FORMAT(people->names[i]));
    }
    if (seated) buffer_add_char(out, '\n');
}

static void write_names(CommandCall *call, const People *people, const RoundsInput *input, const RoundsPlan *plan,
                        const RoundsReport *report) {
    buffer_format(&call->out, "value %lld of at most %lld, %zu repeats, %zu met before\n", (long long)plan->value,
                  (long long)plan->bound, report->repeats, report->met_again);
    for (size_t round = 0; round < plan->rounds; round++) {
        buffer_format(&call->out, "round %zu\n", round + 1);
        for (size_t table = 0; table < input->tables; table++) name_table(&call->out, people, plan, round, table);
    }
}

Err rounds_plan_files(CommandCall *call) {
    enum { FILE_SEED = 1 };
    People people = people_read(call, call->arguments[0]);
    if (str_is_absent(command_text(call, "rounds")))
        arena_fail(call->arena, ERR_INPUT, "rounds plan of a file needs --rounds R");
    RoundsInput input = input_of(call, &people);
    input.rounds = (size_t)command_int(call, "rounds", 1, 1, ROUNDS_MOST);
    input.table_size = (size_t)command_int(call, "table-size", 2, ROUNDS_TABLE_SIZE_LEAST, ROUNDS_TABLE_SIZE_MOST);
    size_t needed = (people.count + input.table_size - 1) / input.table_size;
    if (needed < people.highest_table) needed = people.highest_table;
    input.tables = (size_t)command_int(call, "tables", (int64_t)needed, 1, ROUNDS_TABLES_MOST);
    if (people.highest_table > input.tables)
        arena_fail(call->arena, ERR_INPUT, "a host keeps table %zu, and there are %zu tables", people.highest_table,
                   input.tables);
    int64_t seed = command_int(call, "seed", FILE_SEED, 0, INT64_MAX), began = clock_monotonic_ns();
    RoundsPlan plan;
    RoundsReport report;
    Err err = rounds_plan(call->arena, &input, &(RoundsOptions){.seed = (uint64_t)seed}, &plan);
    if (!err) err = rounds_verify(call->arena, &input, &plan, &report);
    if (err)
        arena_fail(call->arena, err, "the planner does not take these sizes: %zu people, %zu rounds, %zu tables",
                   people.count, input.rounds, input.tables);
    double seconds = (double)(clock_monotonic_ns() - began) / 1e9;
    if (call->json) write_plan(call, &people, &input, &plan, &report, seed, seconds);
    else write_names(call, &people, &input, &plan, &report);
    return report.feasible ? OK : ERR_CONFLICT;
}

/* ---- reading a plan ------------------ */

typedef struct PlanFile {
    CommandCall *call;
    Str path;
    const People *people;
    const JsonValue *document;
    RoundsPlan plan;
    size_t tables, largest;
} PlanFile;

static noreturn void refuse_plan(const PlanFile *file, const char *place, const char *expected) {
    arena_fail(file->call->arena, ERR_INPUT, "%.*s: %s: expected %s", STR_FORMAT(file->path), place, expected);
}

static const JsonValue *member(const PlanFile *file, const char *key, JsonKind kind, const char *expected) {
    const JsonValue *value = json_member(file->document, str_from_c(key));
    if (!value || value->kind != kind) refuse_plan(file, key, expected);
    return value;
}

static void read_seat(PlanFile *file, size_t round, size_t table, const JsonValue *seat) {
    size_t who;
    const char *place = str_format(file->call->arena, "rounds[%zu][%zu]", round, table).data;
    if (seat->kind != JSON_KIND_STR || !people_find(file->people, seat->text, &who))
        refuse_plan(file, place, "ids that stand in the file of people");
    int16_t *place_of = &file->plan.table[round * file->people->count + who];
    if (*place_of != ROUNDS_UNSEATED) refuse_plan(file, place, "everyone at most once in a round");
    *place_of = (int16_t)table;
}

static void read_round(PlanFile *file, size_t round, const JsonValue *tables) {
    if (tables->kind != JSON_KIND_ARRAY || tables->count > ROUNDS_TABLES_MOST)
        refuse_plan(file, "rounds", "arrays of tables");
    if (tables->count > file->tables) file->tables = tables->count;
    for (size_t table = 0; table < tables->count; table++) {
        const JsonValue *seats = &tables->items[table];
        if (seats->kind != JSON_KIND_ARRAY) refuse_plan(file, "rounds", "a table as an array of ids");
        if (seats->count > file->largest) file->largest = seats->count;
        for (size_t i = 0; i < seats->count; i++) read_seat(file, round, table, &seats->items[i]);
    }
}

/* A multiplier is a whole number of 1/ROUNDS_BOUND_SCALE, which a decimal says exactly. */
static int64_t multiplier_of(const PlanFile *file, const JsonValue *value) {
    bool is_number = value && (value->kind == JSON_KIND_INT || value->kind == JSON_KIND_REAL);
    double number = !is_number ? -1 : value->kind == JSON_KIND_INT ? (double)value->integer : value->real;
    if (!(number >= 0) || number > 1e12) refuse_plan(file, "multipliers", "a number that is not below 0 for every id");
    return llround(number * ROUNDS_BOUND_SCALE);
}

static void read_multipliers(PlanFile *file) {
    const JsonValue *multipliers = member(file, "multipliers", JSON_KIND_OBJECT, "an object of numbers by id");
    file->plan.multipliers = arena_array(file->call->arena, int64_t, file->people->count);
    for (size_t i = 0; i < file->people->count; i++)
        file->plan.multipliers[i] = multiplier_of(file, json_member(multipliers, file->people->ids[i]));
    file->plan.multiplier_meetings = multiplier_of(file, json_member(file->document, STR("multiplier_meetings")));
}

static void read_plan(PlanFile *file) {
    CommandCall *call = file->call;
    JsonError error;
    if (json_read(call->arena, command_read_file(call, file->path, JSON_LIMIT_BYTES), &file->document, &error))
        arena_fail(call->arena, ERR_INPUT, "%.*s:%zu:%zu: %.*s", STR_FORMAT(file->path), error.line, error.column,
                   STR_FORMAT(error.message));
    const JsonValue *rounds = member(file, "rounds", JSON_KIND_ARRAY, "an array of rounds");
    if (rounds->count < 1 || rounds->count > ROUNDS_MOST) refuse_plan(file, "rounds", "1 to 64 rounds");
    size_t count = file->people->count, places = rounds->count * count;
    file->plan = (RoundsPlan){
        .participants = count, .rounds = rounds->count, .table = arena_array(call->arena, int16_t, places)};
    for (size_t i = 0; i < places; i++) file->plan.table[i] = ROUNDS_UNSEATED;
    for (size_t round = 0; round < rounds->count; round++) read_round(file, round, &rounds->items[round]);
    file->plan.value = member(file, "value", JSON_KIND_INT, "a whole number")->integer;
    file->plan.bound = member(file, "bound", JSON_KIND_INT, "a whole number")->integer;
    read_multipliers(file);
}

/* ---- verifying ------------------ */

static void report_json(Buffer *out, const RoundsReport *report, bool agrees) {
    buffer_format(
        out,
        "{\"feasible\":%s,\"agrees\":%s,\"value\":%lld,\"bound\":%lld,\"repeats\":%zu,\"met_again\":%zu,"
        "\"wrong_seats\":%zu,\"crowded_tables\":%zu,\"never_together\":%zu,\"lone_tables\":%zu,\"meetings\":%zu,"
        "\"sit_outs\":%zu}\n",
        report->feasible ? "true" : "false", agrees ? "true" : "false", (long long)report->value,
        (long long)report->bound, report->repeats, report->met_again, report->wrong_seats, report->crowded_tables,
        report->never_together, report->lone_tables, report->meetings, report->sit_outs);
}

static void report_words(Buffer *out, const PlanFile *file, const RoundsReport *report) {
    buffer_format(out, "%s: value %lld of at most %lld, %zu repeats, %zu met again, %zu meetings, %zu sit out\n",
                  report->feasible ? "feasible" : "not feasible", (long long)report->value, (long long)report->bound,
                  report->repeats, report->met_again, report->meetings, report->sit_outs);
    if (!report->feasible)
        buffer_format(out, "wrong seats %zu, crowded tables %zu, never together %zu, tables of one %zu\n",
                      report->wrong_seats, report->crowded_tables, report->never_together, report->lone_tables);
    if (report->value != file->plan.value)
        buffer_format(out, "the plan says value %lld, it is %lld\n", (long long)file->plan.value,
                      (long long)report->value);
    if (report->bound != file->plan.bound)
        buffer_format(out, "the plan says bound %lld, its multipliers give %lld\n", (long long)file->plan.bound,
                      (long long)report->bound);
}

Err rounds_verify_files(CommandCall *call) {
    People people = people_read(call, call->arguments[0]);
    PlanFile file = {.call = call, .path = call->arguments[1], .people = &people};
    read_plan(&file);
    RoundsInput input = input_of(call, &people);
    const JsonValue *size = json_member(file.document, STR("table_size"));
    int64_t largest = size && size->kind == JSON_KIND_INT ? size->integer : (int64_t)file.largest;
    input.rounds = file.plan.rounds;
    input.tables = file.tables > people.highest_table ? file.tables : people.highest_table;
    input.table_size =
        (size_t)command_int(call, "table-size", largest, ROUNDS_TABLE_SIZE_LEAST, ROUNDS_TABLE_SIZE_MOST);
    RoundsReport report;
    Err err = rounds_verify(call->arena, &input, &file.plan, &report);
    if (err) arena_fail(call->arena, ERR_INPUT, "%.*s: the planner does not take these sizes", STR_FORMAT(file.path));
    bool agrees = report.value == file.plan.value && report.bound == file.plan.bound && report.value <= report.bound;
    if (call->json) report_json(&call->out, &report, agrees);
    else report_words(&call->out, &file, &report);
    return report.feasible && agrees ? OK : ERR_CONFLICT;
}
