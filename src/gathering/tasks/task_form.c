// SPDX-License-Identifier: EUPL-1.2
/* One task: its form, and the buttons that say how far it is. */
#include "gathering/tasks/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "tasks_pages.h"

typedef struct TaskForm {
    Str words, unit, date, who, whom, note, version;
    OptionalInt count;
} TaskForm;

enum { COUNT_MOST = 365 };

static const struct {
    const char *name;
    int64_t days; /* of one */
    Msg label;
} units[] = {
    {"weeks_before", -TASK_WEEK_DAYS, MSG_INIT("tasks", "weeks before the day")},
    {"days_before", -1, MSG_INIT("tasks", "days before the day")},
    {"days_after", 1, MSG_INIT("tasks", "days after the day")},
    {"weeks_after", TASK_WEEK_DAYS, MSG_INIT("tasks", "weeks after the day")},
};

static FormOptions unit_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(units));
    for (size_t i = 0; i < COUNT(units); i++)
        options[i] = (FormOption){str_from_c(units[i].name), tasks_said(request, units[i].label)};
    return (FormOptions){options, COUNT(units)};
}

#define NOBODY STR("nobody")
#define HOST STR("host")

static FormOptions who_options(Request *request, void *context) {
    (void)context;
    Team team = team_of(request);
    FormOption *options = arena_array(request->arena, FormOption, team.count + 2);
    size_t count = 0;
    options[count++] = (FormOption){NOBODY, tasks_said(request, MSG("tasks", "nobody yet, or who is named below"))};
    for (size_t i = 0; i < team.count; i++)
        options[count++] =
            (FormOption){id_text(request->arena, team.people[i].id), team_name(request, &team, team.people[i].id)};
    options[count++] = (FormOption){HOST, tasks_said(request, MSG("tasks", "the host"))};
    return (FormOptions){options, count};
}

static const FormField task_fields[] = {
    {.name = "words",
     .kind = FIELD_LINE,
     .offset = offsetof(TaskForm, words),
     .required = true,
     .most = 200,
     .label = MSG_INIT("tasks", "What is to be done")},
    {.name = "count",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(TaskForm, count),
     .unmarked = true,
     .least = 0,
     .most = COUNT_MOST,
     .label = MSG_INIT("tasks", "Until when: how many weeks or days"),
     .hint = MSG_INIT("tasks", "A figure; 0 is the day itself. It moves along when the day of the gathering moves.")},
    {.name = "unit",
     .kind = FIELD_CHOICE,
     .offset = offsetof(TaskForm, unit),
     .unmarked = true,
     .options = unit_options,
     .label = MSG_INIT("tasks", "Of these")},
    {.name = "date",
     .kind = FIELD_DATE,
     .offset = offsetof(TaskForm, date),
     .unmarked = true,
     .label = MSG_INIT("tasks", "Or until a date of its own"),
     .hint = MSG_INIT("tasks", "This one stays where it is when the day of the gathering moves.")},
    {.name = "who",
     .kind = FIELD_CHOICE,
     .offset = offsetof(TaskForm, who),
     .unmarked = true,
     .is_guarded = true,
     .options = who_options,
     .label = MSG_INIT("tasks", "Who does it")},
    {.name = "whom",
     .kind = FIELD_LINE,
     .offset = offsetof(TaskForm, whom),
     .most = 120,
     .label = MSG_INIT("tasks", "Somebody else, in words"),
     .hint = MSG_INIT("tasks", "For example: the caretaker, a volunteer")},
    {.name = "note",
     .kind = FIELD_TEXT,
     .offset = offsetof(TaskForm, note),
     .most = 1000,
     .label = MSG_INIT("tasks", "Note")},
    FORM_VERSION(TaskForm),
};
const FormTable task_asked = {task_fields, COUNT(task_fields)};

static TaskForm new_task(void) {
    return (TaskForm){.words = STR(""),
                      .unit = str_from_c(units[0].name),
                      .date = STR(""),
                      .who = NOBODY,
                      .whom = STR(""),
                      .note = STR(""),
                      .version = STR("")};
}

static TaskForm form_of(Request *request, const Task *task) {
    TaskForm form = new_task();
    form.words = task->words;
    form.date = task->due_on;
    form.whom = task->whom;
    form.note = task->note;
    form.version = form_version(request->arena, task->version);
    Team team = team_of(request);
    if (task->is_hosts) form.who = HOST;
    else if (task_owner(&team, task)) form.who = id_text(request->arena, task->person);
    if (!task->due_days.given) return form;
    int64_t days = task->due_days.value, size = days < 0 ? -days : days;
    bool in_weeks = size % TASK_WEEK_DAYS == 0;
    form.count = given_int(in_weeks ? size / TASK_WEEK_DAYS : size);
    form.unit = str_from_c(days > 0   ? (in_weeks ? "weeks_after" : "days_after")
                           : in_weeks ? "weeks_before"
                                      : "days_before");
    return form;
}

/* What is typed, into the task; refused where it says two things at once. */
static bool take(Form *form, Request *request, const TaskForm *typed, Task *task) {
    task->words = typed->words;
    task->note = typed->note;
    task->is_hosts = str_equal(typed->who, HOST);
    task->person = 0;
    if (!task->is_hosts && !str_equal(typed->who, NOBODY)) id_parse(typed->who, &task->person);
    task->whom = typed->whom;
    if (!str_is_empty(typed->whom) && (task->is_hosts || task->person))
        form_refuse(form, "whom",
                    tasks_said(request, MSG("tasks", "Somebody is chosen above already. Take one of the two out.")));
    task->due_on = typed->date;
    task->due_days = (OptionalInt){0};
    if (!typed->count.given) return form_ok(form);
    if (!str_is_empty(typed->date))
        form_refuse(form, "date",
                    tasks_said(request, MSG("tasks", "Give either a figure above or a date here, not both.")));
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_equal(typed->unit, str_from_c(units[i].name)))
            task->due_days = given_int(typed->count.value * units[i].days);
    return form_ok(form);
}

/* ---- the page --------------------------------------------------------------------------------------- */

/* Who said so and when, or what the program sees. */
static Str said_by(Request *request, const Task *task, const Team *team) {
    TaskFacts facts = task_facts(request->tx, edition_of(request));
    Str reason = task_seen(request->arena, request->language, &facts, task);
    if (task->state < TASK_DONE && !str_is_empty(reason))
        return say(request->arena, request->language, MSG("tasks", "Done, as the program sees: {reason}."),
                   SAY_TEXT("reason", reason));
    if (!task->state_ms.given) return STR("");
    Civil at = zone_civil(edition_of(request)->zone, task->state_ms.value);
    Str when = date_day_month_year(request->arena, request->language, &at);
    Str who = team_name(request, team, task->state_by);
    if (str_is_empty(who))
        return say(request->arena, request->language, MSG("tasks", "Said on {date}."), SAY_TEXT("date", when));
    return say(request->arena, request->language, MSG("tasks", "Said by {name}, {date}."), SAY_TEXT("name", who),
               SAY_TEXT("date", when));
}

static void fill_standing(Request *request, const Task *task, TaskPage *page) {
    const Edition *edition = edition_of(request);
    Team team = team_of(request);
    Str due = task_due_words(request->arena, request->language, edition, task);
    page->due = str_is_empty(due) ? tasks_said(request, MSG("tasks", "without a date")) : due;
    page->who = task_who_words(request, &team, task);
    page->state = task_state_words(request->arena, request->language, task->state);
    page->said = said_by(request, task, &team);
    page->done_href = task_path(request->arena, edition, task);
    page->done_link = task_path_words(request->arena, request->language, task);
    page->state_action = tasks_path(request, task->id, "/state");
    page->remove_action = tasks_path(request, task->id, "/remove");
    page->may_do = task->state != TASK_DONE;
    page->may_begin = task->state == TASK_TO_DO;
    page->may_skip = task->state != TASK_NOT_NEEDED;
    page->may_reopen = task->state != TASK_TO_DO;
}

/* task NULL: a new one. */
static Err show(Request *request, const Task *task, const Form *form) {
    Str heading = task ? task->words : tasks_said(request, MSG("tasks", "A new task"));
    TaskPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_TODAY),
        .back_href = tasks_path(request, 0, ""),
        .heading = heading,
        .is_new = !task,
        .form = form,
        .action = task ? tasks_path(request, task->id, "") : tasks_path(request, 0, "/new"),
    };
    if (task) fill_standing(request, task, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_task(&out, &page);
    return OK;
}

static bool task_of_path(Request *request, Task *task) {
    Id id;
    return request_id(request, "task", &id) && task_get(request->tx, request->scope.edition, id, task);
}

static bool is_new(const Request *request) { return str_is_absent(request_parameter(request, "task")); }

Err task_page(Request *request) {
    Task task;
    bool makes = is_new(request);
    if (!makes && !task_of_path(request, &task)) return ERR_NOT_FOUND;
    TaskForm values = makes ? new_task() : form_of(request, &task);
    return show(request, makes ? NULL : &task, form_open(request, task_fields, COUNT(task_fields), &values));
}

static Err add(Request *request) {
    TaskForm values = new_task();
    Task task = {.edition = request->scope.edition};
    Form *form = form_open(request, task_fields, COUNT(task_fields), &values);
    if (!form_read(form) || !take(form, request, &values, &task)) return show(request, NULL, form);
    Err err = task_add(request->tx, &task, request->who.person, &task.id);
    if (err == ERR_LIMIT) {
        form_refuse(
            form, NULL,
            tasks_said(request, MSG("tasks", "There are as many tasks as a plan can hold. Remove some first.")));
        return show(request, NULL, form);
    }
    return err ? err : respond_redirect(request, tasks_path(request, 0, "?saved=1"));
}

Err task_save(Request *request) {
    Task task, changed;
    if (is_new(request)) return add(request);
    if (!task_of_path(request, &task)) return ERR_NOT_FOUND;
    TaskForm values = {0}, stored = form_of(request, &task);
    Form *form = form_open(request, task_fields, COUNT(task_fields), &values);
    changed = task;
    if (!form_read(form) || !take(form, request, &values, &changed) || !form_is_current(form, &stored))
        return show(request, &task, form);
    Err err = task_update(request->tx, &changed, request->who.person);
    return err ? err : respond_redirect(request, tasks_path(request, 0, "?saved=1"));
}

/* ---- buttons ---------------------------------------------------------------------------------------- */

/* What two people tick at once is ticked: only where it was something else by now is the second one told. */
Err task_state_press(Request *request) {
    Task task;
    TaskState state;
    if (!task_of_path(request, &task)) return ERR_NOT_FOUND;
    if (!task_state_parse(fields_get(&request->form, STR("to")), &state)) return ERR_INPUT;
    Str rest = str_format(request->arena, "?done=%.*s%s", STR_FORMAT(id_text(request->arena, task.id)),
                          str_equal(fields_get(&request->form, STR("mine")), STR("1")) ? "&mine=1" : "");
    Str back = str_join(request->arena, tasks_path(request, 0, ""), rest);
    if (task.state == state) return respond_redirect(request, back);
    TaskForm stored = form_of(request, &task);
    Form *form = form_open(request, task_fields, COUNT(task_fields), &stored);
    if (!form_step_is_current(form)) return show(request, &task, form);
    Err err = task_set_state(request->tx, &task, state, request->who.person);
    return err ? err : respond_redirect(request, back);
}

Err task_remove_press(Request *request) {
    Task task;
    if (!task_of_path(request, &task)) return ERR_NOT_FOUND;
    TaskForm stored = form_of(request, &task);
    Form *form = form_open(request, task_fields, COUNT(task_fields), &stored);
    if (!form_step_is_current(form)) return show(request, &task, form);
    Err err = task_remove(request->tx, &task, request->who.person);
    return err ? err : respond_redirect(request, tasks_path(request, 0, "?removed=1"));
}
