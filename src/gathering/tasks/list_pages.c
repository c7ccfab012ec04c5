// SPDX-License-Identifier: EUPL-1.2
/* The whole plan: on the screen by what presses most, on a sheet and as a calendar by date. */
#include "gathering/editions/warnings.h"
#include "gathering/tasks/internal.h"
#include "platform/format/ical.h"
#include "platform/page/respond.h"
#include "tasks_pages.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)

typedef struct Plan {
    Request *request;
    const Edition *edition;
    Tasks tasks;
    TaskFacts facts;
    Team team;
    int64_t today;
    bool is_mine;
} Plan;

static Plan plan_of(Request *request) {
    const Edition *edition = edition_of(request);
    return (Plan){
        .request = request,
        .edition = edition,
        .tasks = tasks_of(request->tx, edition),
        .facts = task_facts(request->tx, edition),
        .team = team_of(request),
        .today = edition_today(edition, request->now_ms),
        .is_mine = str_equal(fields_get(&request->query, STR("mine")), STR("1")),
    };
}

static bool is_shown(const Plan *plan, const Task *task) {
    return !plan->is_mine || task->person == plan->request->who.person;
}

/* ---- the page: groups by how much each presses ------------------------------------------------------ */

static TasksPageGroupRow row_of(const Plan *plan, const Task *task) {
    Request *request = plan->request;
    TasksPageGroupRow row = {
        .id = id_text(request->arena, task->id),
        .words = task->words,
        .href = tasks_path(request, task->id, ""),
        .due = task_due_words(request->arena, request->language, plan->edition, task),
        .who = task_who_words(request, &plan->team, task),
        .page_href = task_path(request->arena, plan->edition, task),
        .page_link = task_path_words(request->arena, request->language, task),
        .action = tasks_path(request, task->id, "/state"),
        .version = str_format(request->arena, "%lld", (long long)task->version),
    };
    if (task->due_days.given && task_due(plan->edition, task).is_known)
        row.span = task_span_words(request->arena, request->language, task->due_days.value);
    if (task->state == TASK_DOING) row.state = task_state_words(request->arena, request->language, TASK_DOING);
    return row;
}

static void fill_groups(const Plan *plan, TasksPage *page) {
    static const Msg headings[] = {
        [TASK_LATE] = MSG_INIT("tasks", "Late"),
        [TASK_THIS_WEEK] = MSG_INIT("tasks", "Within a week"),
        [TASK_LATER] = MSG_INIT("tasks", "Later"),
        [TASK_ANY_TIME] = MSG_INIT("tasks", "Without a date"),
    };
    Request *request = plan->request;
    TasksPageGroup *groups = arena_array(request->arena, TasksPageGroup, COUNT(headings));
    TasksPageGroupRow *rows = arena_array(request->arena, TasksPageGroupRow, plan->tasks.count);
    size_t used = 0;
    for (size_t pressure = 0; pressure < COUNT(headings); pressure++) {
        TasksPageGroup group = {.heading = tasks_said(request, headings[pressure]), .rows = rows + used};
        if (pressure == TASK_LATER && edition_day(plan->edition).precision != DATE_DAY)
            group.heading = tasks_said(request, MSG("tasks", "One after another"));
        for (size_t i = 0; i < plan->tasks.count; i++) {
            const Task *task = &plan->tasks.tasks[i];
            if (!is_shown(plan, task) || !task_is_open(&plan->facts, task)) continue;
            if (task_pressure(plan->edition, task, plan->today) != (TaskPressure)pressure) continue;
            rows[used++] = row_of(plan, task);
            group.rows_count++;
        }
        if (group.rows_count) groups[page->groups_count++] = group;
    }
    page->groups = groups;
}

/* "done · Maria Przykładowska, 3 May 2026", or what the program sees. */
static Str why_finished(const Plan *plan, const Task *task) {
    Request *request = plan->request;
    Str seen = task_seen(request->arena, request->language, &plan->facts, task);
    if (task->state < TASK_DONE)
        return say(request->arena, request->language, MSG("tasks", "Done, as the program sees: {reason}."),
                   SAY_TEXT("reason", seen));
    Str words = task_state_words(request->arena, request->language, task->state);
    Str who = team_name(request, &plan->team, task->state_by);
    if (!str_is_empty(who)) words = str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(words), STR_FORMAT(who));
    if (!task->state_ms.given) return words;
    Civil at = zone_civil(plan->edition->zone, task->state_ms.value);
    return str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(words),
                      STR_FORMAT(date_day_month_year(request->arena, request->language, &at)));
}

static void fill_finished(const Plan *plan, TasksPage *page) {
    Request *request = plan->request;
    TasksPageFinished *rows = arena_array(request->arena, TasksPageFinished, plan->tasks.count);
    for (size_t i = 0; i < plan->tasks.count; i++) {
        const Task *task = &plan->tasks.tasks[i];
        if (is_shown(plan, task) && !task_is_open(&plan->facts, task))
            rows[page->finished_count++] =
                (TasksPageFinished){task->words, tasks_path(request, task->id, ""), why_finished(plan, task)};
    }
    page->finished = rows;
    page->finished_words =
        say(request->arena, request->language,
            MSG_PLURAL("tasks", "{count} task that is behind you", "{count} tasks that are behind you"),
            SAY_INT("count", (int64_t)page->finished_count));
}

static Str lead_words(const Plan *plan) {
    Request *request = plan->request;
    int64_t open = 0, late = 0;
    for (size_t i = 0; i < plan->tasks.count; i++) {
        const Task *task = &plan->tasks.tasks[i];
        bool is_open = task_is_open(&plan->facts, task);
        open += is_open;
        late += is_open && task_pressure(plan->edition, task, plan->today) == TASK_LATE;
    }
    if (!plan->tasks.count)
        return tasks_said(request, MSG("tasks", "What is due when, and who does it: so that nothing gets lost."));
    if (!open) return tasks_said(request, MSG("tasks", "Everything is done."));
    Str left = say(request->arena, request->language,
                   MSG_PLURAL("tasks", "{count} task is left.", "{count} tasks are left."), SAY_INT("count", open));
    if (!late) return left;
    Str are_late = say(request->arena, request->language, MSG_PLURAL("tasks", "{count} is late.", "{count} are late."),
                       SAY_INT("count", late));
    return str_format(request->arena, "%.*s %.*s", STR_FORMAT(left), STR_FORMAT(are_late));
}

static Str day_words(const Plan *plan) {
    Request *request = plan->request;
    Str when = edition_when(request->arena, plan->edition, request->language);
    if (edition_day(plan->edition).precision == DATE_DAY)
        return say(request->arena, request->language,
                   MSG("tasks", "The day: {when}. When it moves, what is due before and after it moves along."),
                   SAY_TEXT("when", when));
    if (str_is_empty(when))
        return tasks_said(request,
                          MSG("tasks", "The day is not known yet, so most of this is told in weeks before it."));
    return say(request->arena, request->language,
               MSG("tasks", "Of the day only this is known: {when}. So most of this is told in weeks before it."),
               SAY_TEXT("when", when));
}

static Str notice_words(Request *request) {
    Id id;
    Task task;
    if (id_parse(fields_get(&request->query, STR("done")), &id) &&
        task_get(request->tx, request->scope.edition, id, &task))
        return say(request->arena, request->language, MSG("tasks", "Noted: {task} – {state}."),
                   SAY_TEXT("task", task.words),
                   SAY_TEXT("state", task_state_words(request->arena, request->language, task.state)));
    if (str_equal(fields_get(&request->query, STR("saved")), STR("1")))
        return tasks_said(request, MSG("tasks", "Saved."));
    if (str_equal(fields_get(&request->query, STR("removed")), STR("1")))
        return tasks_said(request, MSG("tasks", "The task is removed."));
    if (str_equal(fields_get(&request->query, STR("proposed")), STR("1")))
        return tasks_said(request, MSG("tasks", "This is the plan to begin with. Say who does what."));
    return STR_ABSENT;
}

static Err show(Request *request, const Form *form) {
    Plan plan = plan_of(request);
    TasksPage page = {
        .layout =
            edition_layout(request, tasks_said(request, MSG("tasks", "The plan until the day")), MENU_STAFF_TODAY),
        .lead = lead_words(&plan),
        .day = day_words(&plan),
        .day_warning = edition_day_warning(request->arena, request->language, plan.edition),
        .form = form,
        .is_mine = plan.is_mine,
        .mine_href = tasks_path(request, 0, "?mine=1"),
        .all_href = tasks_path(request, 0, ""),
        .is_empty = plan.tasks.count == 0,
        .proposed = TASKS_PROPOSED,
        .propose_action = tasks_path(request, 0, "/propose"),
        .new_href = tasks_path(request, 0, "/new"),
        .sheet_href = tasks_path(request, 0, "/sheet"),
        .calendar_href = tasks_path(request, 0, "/plan.ics"),
        .before_href = edition_path(request->arena, plan.edition, "/staff/settings/before"),
        .back_href = edition_path(request->arena, plan.edition, "/staff"),
    };
    for (size_t i = 0; i < plan.tasks.count && request->who.person; i++)
        page.has_mine = page.has_mine || plan.tasks.tasks[i].person == request->who.person;
    fill_groups(&plan, &page);
    fill_finished(&plan, &page);
    if (plan.is_mine && !page.groups_count)
        page.nothing = tasks_said(request, MSG("tasks", "Nothing of the plan waits for you."));
    page.layout.notice = notice_words(request);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_tasks(&out, &page);
    return OK;
}

Err tasks_page(Request *request) { return show(request, form_open(request, NULL, 0, NULL)); }

/* Whoever was second finds the plan there. */
Err tasks_propose_press(Request *request) {
    Err err = tasks_propose(request->tx, edition_of(request), request->language, request->who.person);
    if (err && err != ERR_CONFLICT) return err;
    return respond_redirect(request, tasks_path(request, 0, err ? "" : "?proposed=1"));
}

/* ---- on paper --------------------------------------------------------------------------------------- */

Err tasks_sheet(Request *request) {
    Plan plan = plan_of(request);
    TaskSheetPageRow *rows = arena_array(request->arena, TaskSheetPageRow, plan.tasks.count);
    size_t count = 0;
    for (size_t i = 0; i < plan.tasks.count; i++) {
        const Task *task = &plan.tasks.tasks[i];
        if (task->state == TASK_NOT_NEEDED) continue;
        rows[count++] = (TaskSheetPageRow){
            .due = task_due_words(request->arena, request->language, plan.edition, task),
            .words = task->words,
            .who = task_who_words(request, &plan.team, task),
            .is_done = !task_is_open(&plan.facts, task),
        };
    }
    TaskSheetPage page = {
        .layout =
            edition_layout(request, tasks_said(request, MSG("tasks", "The plan until the day")), MENU_STAFF_TODAY),
        .gathering = plan.edition->title,
        .when = edition_when(request->arena, plan.edition, request->language),
        .back_href = tasks_path(request, 0, ""),
        .rows = rows,
        .rows_count = count,
    };
    PageOut out = page_out(request);
    page_task_sheet(&out, &page);
    return OK;
}

/* ---- as a calendar: what is left, each on its day --------------------------------------------------- */

Err tasks_calendar(Request *request) {
    Plan plan = plan_of(request);
    Arena *arena = request->arena;
    Str name = str_format(arena, "%.*s: %.*s", STR_FORMAT(plan.edition->title),
                          STR_FORMAT(tasks_said(request, MSG("tasks", "the plan until the day"))));
    respond_file(request, STR("text/calendar; charset=utf-8"), STR("plan.ics"));
    Ical ical = ical_begin(&request->response.body, name, zone_name(plan.edition->zone));
    for (size_t i = 0; i < plan.tasks.count; i++) {
        const Task *task = &plan.tasks.tasks[i];
        TaskDue due = task_due(plan.edition, task);
        if (!due.is_known || !is_shown(&plan, task) || !task_is_open(&plan.facts, task)) continue;
        Str who = task_who_words(request, &plan.team, task);
        ical_add(&ical, &(IcalEvent){
                            .uid = str_join(arena, id_text(arena, task->id), STR("@wspolnie")),
                            .changed_ms = request->now_ms,
                            .sequence = task->version,
                            .is_whole_day = true,
                            .starts_ms = due.day * DAY_MS,
                            .ends_ms = (due.day + 1) * DAY_MS,
                            .summary = task->words,
                            .description = str_is_empty(task->note) ? who
                                                                    : str_format(arena, "%.*s\n%.*s", STR_FORMAT(who),
                                                                                 STR_FORMAT(task->note)),
                            .url = str_join(arena, request->base_url, tasks_path(request, task->id, "")),
                        });
    }
    ical_end(&ical);
    return OK;
}
