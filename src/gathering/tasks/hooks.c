// SPDX-License-Identifier: EUPL-1.2
/* What this room says on pages of the house: what is due, and that the plan moved with the day. */
#include "gathering/tasks/internal.h"
#include "tasks_pages.h"

enum { OWN_SHOWN = 5 }; /* tasks of the reader, each by itself; the rest is counted */

typedef struct Due {
    int64_t own, late, this_week;
} Due;

static void add_own(Request *request, TodayItems *items, const Task *task, bool is_late) {
    const Edition *edition = edition_of(request);
    Str when = task_due_words(request->arena, request->language, edition, task);
    Str path = task_path(request->arena, edition, task);
    bool has_page = !str_is_absent(path);
    Msg said = is_late ? MSG("tasks", "Yours, since {date}: {task}") : MSG("tasks", "Yours, until {date}: {task}");
    today_items_add(items, &(TodayItem){
                               .urgency = is_late ? URGENT_NOW : URGENT_SOON,
                               .is_yours = true,
                               .words = say(request->arena, request->language, said, SAY_TEXT("date", when),
                                            SAY_TEXT("task", task->words)),
                               .href = has_page ? path : tasks_path(request, task->id, ""),
                               .link = has_page ? task_path_words(request->arena, request->language, task)
                                                : tasks_said(request, MSG("tasks", "See the task")),
                           });
}

static void add_counted(Request *request, TodayItems *items, Urgency urgency, Msg said, int64_t count) {
    if (count == 0) return;
    today_items_add(items, &(TodayItem){
                               .urgency = urgency,
                               .words = say(request->arena, request->language, said, SAY_INT("count", count)),
                               .href = tasks_path(request, 0, ""),
                               .link = tasks_said(request, MSG("tasks", "See the plan")),
                           });
}

void tasks_today_items(Request *request, TodayItems *items) {
    const Edition *edition = edition_of(request);
    Tasks tasks = tasks_of(request->tx, edition);
    if (!tasks.count) return;
    TaskFacts facts = task_facts(request->tx, edition);
    int64_t today = edition_today(edition, request->now_ms);
    Due due = {0};
    for (size_t i = 0; i < tasks.count; i++) {
        const Task *task = &tasks.tasks[i];
        TaskPressure pressure = task_pressure(edition, task, today);
        if (pressure > TASK_THIS_WEEK || !task_is_open(&facts, task)) continue;
        if (task->person == request->who.person && due.own++ < OWN_SHOWN)
            add_own(request, items, task, pressure == TASK_LATE);
        else if (pressure == TASK_LATE) due.late++;
        else due.this_week++;
    }
    add_counted(request, items, URGENT_SOON,
                MSG_PLURAL("tasks", "{count} task of the plan is late.", "{count} tasks of the plan are late."),
                due.late);
    add_counted(request, items, URGENT_WHEN_TIME,
                MSG_PLURAL("tasks", "{count} task of the plan is due within a week.",
                           "{count} tasks of the plan are due within a week."),
                due.this_week);
}

/* Said once the day of the edition is another: not where nothing of the plan depends on it. */
Str tasks_day_moved(Request *request) {
    Tasks tasks = tasks_of(request->tx, edition_of(request));
    int64_t count = 0;
    for (size_t i = 0; i < tasks.count; i++) count += tasks.tasks[i].due_days.given;
    if (!count) return STR("");
    return say(request->arena, request->language,
               MSG_PLURAL("tasks", "{count} task of the plan moved along with the day.",
                          "{count} tasks of the plan moved along with the day."),
               SAY_INT("count", count));
}

/* What is theirs to do and not done, without what the organisers noted. */
void tasks_host_part(Request *request, PageOut *page) {
    const Edition *edition = edition_of(request);
    Tasks tasks = tasks_of(request->tx, edition);
    if (!tasks.count) return;
    TaskFacts facts = task_facts(request->tx, edition);
    HostTasksPartRow *rows = arena_array(request->arena, HostTasksPartRow, tasks.count);
    HostTasksPart part = {.rows = rows};
    for (size_t i = 0; i < tasks.count; i++) {
        const Task *task = &tasks.tasks[i];
        if (task->is_hosts && task_is_open(&facts, task))
            rows[part.rows_count++] =
                (HostTasksPartRow){task->words, task_due_words(request->arena, request->language, edition, task)};
    }
    if (part.rows_count) part_host_tasks(page, &part);
}
