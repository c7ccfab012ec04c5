// SPDX-License-Identifier: EUPL-1.2
#include "gathering/tasks/tasks.h"

#include "gathering/editions/next.h"
#include "gathering/tasks/internal.h"
#include "gathering/tasks/known.h"
#include "tasks_sql.h"

static const char *const state_names[TASK_STATE_COUNT] = {"todo", "doing", "done", "not_needed"};

const char *task_state_name(TaskState state) { return state_names[state]; }

bool task_state_parse(Str name, TaskState *state) {
    for (int i = 0; i < TASK_STATE_COUNT; i++) {
        if (!str_equal(name, str_from_c(state_names[i]))) continue;
        *state = (TaskState)i;
        return true;
    }
    return false;
}

/* ---- when it is due --------------------------------------------------------------------------------- */

static bool day_of(ImpreciseDate date, int64_t *day) {
    if (date.precision != DATE_DAY) return false;
    *day = civil_days(date.year, date.month, date.day);
    return true;
}

TaskDue task_due(const Edition *edition, const Task *task) {
    TaskDue due = {0};
    ImpreciseDate own;
    if (task->due_days.given) {
        due.is_known = day_of(edition_day(edition), &due.day);
        due.day += task->due_days.value;
    } else if (imprecise_date_parse(task->due_on, &own)) {
        due.is_known = day_of(own, &due.day);
    }
    return due.is_known ? due : (TaskDue){0};
}

int64_t edition_today(const Edition *edition, int64_t now_ms) {
    Civil today = zone_civil(edition->zone, now_ms);
    return civil_days(today.year, today.month, today.day);
}

/* ---- what is stored --------------------------------------------------------------------------------- */

static Task task_of_row(const TasksTaskRow *row) {
    Task task = {
        .edition = row->edition,
        .id = row->id,
        .kind = row->kind,
        .words = row->words,
        .due_days = row->due_days,
        .due_on = row->due_on,
        .person = row->person.given ? row->person.value : 0,
        .is_hosts = row->is_hosts,
        .whom = row->whom,
        .note = row->note,
        .state_by = row->state_by.given ? row->state_by.value : 0,
        .state_ms = row->state_ms,
        .version = row->version,
    };
    task_state_parse(row->state, &task.state);
    return task;
}

/* Where the day is not known, what is told by it comes in its own order, before dates of their own. */
static bool stands_before(const Edition *edition, const Task *one, const Task *other) {
    TaskDue due = task_due(edition, one), due_other = task_due(edition, other);
    if (due.is_known && due_other.is_known) return due.day < due_other.day;
    if (one->due_days.given && other->due_days.given) return one->due_days.value < other->due_days.value;
    int rank = one->due_days.given ? 0 : due.is_known ? 1 : 2;
    int rank_other = other->due_days.given ? 0 : due_other.is_known ? 1 : 2;
    return rank < rank_other;
}

Tasks tasks_of(Tx *tx, const Edition *edition) {
    TasksAllRows rows = tasks_sql_all(tx, edition->id);
    Tasks tasks = {arena_array(tx_arena(tx), Task, rows.count), 0};
    for (size_t i = 0; i < rows.count; i++) { /* insertion: mostly in order, and at most TASKS_MOST */
        Task task = task_of_row(&rows.rows[i].task);
        size_t place = tasks.count++;
        for (; place && stands_before(edition, &task, &tasks.tasks[place - 1]); place--)
            tasks.tasks[place] = tasks.tasks[place - 1];
        tasks.tasks[place] = task;
    }
    return tasks;
}

bool task_get(Tx *tx, Id edition, Id id, Task *found) {
    TasksGetRow row;
    if (!tasks_sql_get(tx, edition, id, &row)) return false;
    *found = task_of_row(&row.task);
    return true;
}

static void audit(Tx *tx, Id edition, Id by, const char *action, Id subject) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = subject});
}

static OptionalInt id_or_null(Id id) { return (OptionalInt){id != 0, id}; }

static int64_t count_tasks(Tx *tx, Id edition) {
    TasksCountRow row;
    return tasks_sql_count(tx, edition, &row) ? row.count : 0;
}

Err task_add(Tx *tx, const Task *task, Id by, Id *id) {
    if (count_tasks(tx, task->edition) >= TASKS_MOST) return ERR_LIMIT;
    Id made = tx_new_id(tx);
    tasks_sql_add(tx, task->edition, made, str_or_empty(task->kind), task->words, task->due_days,
                  str_or_empty(task->due_on), id_or_null(task->person), task->is_hosts, str_or_empty(task->whom),
                  str_or_empty(task->note));
    audit(tx, task->edition, by, "task.add", made);
    *id = made;
    return OK;
}

Err task_update(Tx *tx, const Task *task, Id by) {
    if (!tasks_sql_update(tx, task->edition, task->id, task->version, task->words, task->due_days,
                          str_or_empty(task->due_on), id_or_null(task->person), task->is_hosts,
                          str_or_empty(task->whom), str_or_empty(task->note)))
        return ERR_CONFLICT;
    audit(tx, task->edition, by, "task.change", task->id);
    return OK;
}

Err task_set_state(Tx *tx, const Task *task, TaskState state, Id by) {
    if (!tasks_sql_set_state(tx, task->edition, task->id, task->version, str_from_c(state_names[state]), id_or_null(by),
                             tx_now_ms(tx)))
        return ERR_CONFLICT;
    audit(tx, task->edition, by, "task.state", task->id);
    return OK;
}

Err task_remove(Tx *tx, const Task *task, Id by) {
    if (!tasks_sql_remove(tx, task->edition, task->id, task->version)) return ERR_CONFLICT;
    audit(tx, task->edition, by, "task.remove", task->id);
    return OK;
}

/* ---- the plan that is proposed ---------------------------------------------------------------------- */

Err tasks_propose(Tx *tx, const Edition *edition, Language language, Id by) {
    if (count_tasks(tx, edition->id)) return ERR_CONFLICT;
    int64_t day, left = TASK_DAYS_MOST; /* days until the gathering, where it is ahead */
    if (day_of(edition_day(edition), &day) && day > edition_today(edition, tx_now_ms(tx)))
        left = day - edition_today(edition, tx_now_ms(tx));
    for (size_t i = 0; i < TASKS_PROPOSED; i++) {
        const ProposedTask *proposed = tasks_proposed(i);
        int64_t days = proposed->due_days < -left ? -left : proposed->due_days;
        Task task = {.edition = edition->id,
                     .kind = str_from_c(proposed->kind),
                     .words = say(tx_arena(tx), language, proposed->words),
                     .due_days = given_int(days),
                     .is_hosts = proposed->is_hosts};
        Id id;
        Err err = task_add(tx, &task, by, &id);
        if (err) return err;
    }
    return OK;
}

/* ---- into the next edition -------------------------------------------------------------------------- */

/* A date of its own becomes as many days from the day as it was then; where that day is not told, it has none. */
static OptionalInt days_from_then(const Edition *then, const Task *task) {
    TaskDue due = task_due(then, task);
    int64_t day;
    if (task->due_days.given) return task->due_days;
    if (!due.is_known || !day_of(edition_day(then), &day)) return (OptionalInt){0};
    return given_int(due.day - day);
}

static void copy_tasks(const EditionCopy *copy) {
    Tasks tasks = tasks_of(copy->tx, copy->from);
    for (size_t i = 0; i < tasks.count; i++)
        tasks_sql_copy(copy->tx, copy->from->id, tasks.tasks[i].id, copy->to->id, tx_new_id(copy->tx),
                       days_from_then(copy->from, &tasks.tasks[i]));
}

const CopyPart tasks_copy_parts[TASKS_COPY_PART_COUNT] = {
    {.name = "tasks",
     .label = MSG_INIT("tasks", "The plan of tasks, each as long before or after the day as it was"),
     .tables = "task",
     .count = count_tasks,
     .copy = copy_tasks},
};

/* ---- when somebody asks for their data, or to be forgotten ------------------------------------------ */

void tasks_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data) {
    TasksPersonalRows rows = tasks_sql_personal(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++)
        personal_add(data, &(PersonalRecord){.table = "task",
                                             .id = rows.rows[i].id,
                                             .edition = rows.rows[i].edition,
                                             .name = rows.rows[i].words,
                                             .values = {{"whom", rows.rows[i].whom}, {"note", rows.rows[i].note}}});
}

void tasks_personal_erase(Tx *tx, const PersonalSubject *subject) {
    TasksPersonalRows rows = tasks_sql_personal(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++) tasks_sql_erase(tx, rows.rows[i].edition, rows.rows[i].id);
}
