// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/call.h"
#include "gathering/tasks/internal.h"

static Str date_of(Arena *arena, const Edition *edition, const Task *task) {
    TaskDue due = task_due(edition, task);
    if (!due.is_known) return STR("");
    Civil at = civil_from_utc_ms(due.day * INT64_C(86400000));
    return str_format(arena, "%04d-%02d-%02d", at.year, at.month, at.day);
}

static Str state_of(Arena *arena, const TaskFacts *facts, const Task *task) {
    Str seen = task_seen(arena, LANGUAGE_EN, facts, task);
    bool is_seen = task->state < TASK_DONE && !str_is_empty(seen);
    return is_seen ? str_join(arena, STR("done: "), seen) : str_from_c(task_state_name(task->state));
}

static void text_task(CommandCall *call, const TaskFacts *facts, const Task *task) {
    Str date = date_of(call->arena, facts->edition, task);
    if (str_is_empty(date) && task->due_days.given)
        date = task_span_words(call->arena, LANGUAGE_EN, task->due_days.value);
    buffer_format(&call->out, "%.*s  %.*s  %.*s  [%.*s]\n", STR_FORMAT(id_text(call->arena, task->id)),
                  STR_FORMAT(str_is_empty(date) ? STR("no date") : date), STR_FORMAT(task->words),
                  STR_FORMAT(state_of(call->arena, facts, task)));
}

static void json_task(CommandCall *call, JsonWriter *json, const TaskFacts *facts, const Task *task) {
    json_object_begin(json);
    json_key(json, STR("id")), json_add_str(json, id_text(call->arena, task->id));
    json_key(json, STR("words")), json_add_str(json, task->words);
    json_key(json, STR("due")), json_add_str(json, date_of(call->arena, facts->edition, task));
    if (task->due_days.given) json_key(json, STR("due_days")), json_add_int(json, task->due_days.value);
    json_key(json, STR("state")), json_add_str(json, str_from_c(task_state_name(task->state)));
    json_key(json, STR("is_open")), json_add_bool(json, task_is_open(facts, task));
    json_key(json, STR("note")), json_add_str(json, task->note);
    json_object_end(json);
}

static Err list(Tx *tx, void *context) {
    CommandCall *call = context;
    Edition edition = edition_of_call(call, tx);
    Tasks tasks = tasks_of(tx, &edition);
    TaskFacts facts = task_facts(tx, &edition);
    JsonWriter *json = command_list_begin(call);
    for (size_t i = 0; i < tasks.count; i++) {
        if (json) json_task(call, json, &facts, &tasks.tasks[i]);
        else text_task(call, &facts, &tasks.tasks[i]);
    }
    command_list_end(json);
    return OK;
}

static Err command_list(CommandCall *call) { return store_read(call->store, call->arena, list, call); }

static const CommandOption edition_options[] = {EDITION_OPTION};

const Command task_commands[TASK_COMMAND_COUNT] = {
    {"tasks list", "", "list the plan of the weeks before: what is due when, and how far it is",
     OPTIONS(edition_options), .store = STORE_MUST_EXIST, .run = command_list},
};
