// SPDX-License-Identifier: EUPL-1.2
/* How a task is said: when, by whom, how far. */
#include "gathering/tasks/internal.h"

Str task_span_words(Arena *arena, Language language, int64_t due_days) {
    int64_t days = due_days < 0 ? -due_days : due_days;
    bool in_weeks = days % TASK_WEEK_DAYS == 0;
    SayValue count = SAY_INT("count", in_weeks ? days / TASK_WEEK_DAYS : days);
    if (days == 0) return say(arena, language, MSG("tasks", "on the day"));
    if (due_days < 0)
        return in_weeks ? say(arena, language,
                              MSG_PLURAL("tasks", "{count} week before the day", "{count} weeks before the day"), count)
                        : say(arena, language,
                              MSG_PLURAL("tasks", "{count} day before the day", "{count} days before the day"), count);
    return in_weeks ? say(arena, language,
                          MSG_PLURAL("tasks", "{count} week after the day", "{count} weeks after the day"), count)
                    : say(arena, language,
                          MSG_PLURAL("tasks", "{count} day after the day", "{count} days after the day"), count);
}

static Civil civil_of_day(int64_t day) { return civil_from_utc_ms(day * INT64_C(86400000)); }

Str task_due_words(Arena *arena, Language language, const Edition *edition, const Task *task) {
    TaskDue due = task_due(edition, task);
    ImpreciseDate day = edition_day(edition);
    if (!due.is_known) return task->due_days.given ? task_span_words(arena, language, task->due_days.value) : STR("");
    Civil at = civil_of_day(due.day);
    if (day.precision == DATE_NONE || at.year != day.year) return date_words_with_year(arena, language, &at);
    return date_words(arena, language, &at);
}

Str task_state_words(Arena *arena, Language language, TaskState state) {
    static const Msg names[TASK_STATE_COUNT] = {MSG_INIT("tasks", "to do"), MSG_INIT("tasks", "begun"),
                                                MSG_INIT("tasks", "done"), MSG_INIT("tasks", "not needed")};
    return say(arena, language, names[state]);
}

Id task_owner(const Team *team, const Task *task) {
    for (size_t i = 0; i < team->count; i++)
        if (team->people[i].id == task->person) return task->person;
    return 0;
}

Str task_who_words(const Request *request, const Team *team, const Task *task) {
    if (task->is_hosts) return tasks_said(request, MSG("tasks", "the host"));
    if (task_owner(team, task)) return team_name(request, team, task->person);
    if (!str_is_empty(task->whom)) return task->whom;
    if (task->person) return tasks_said(request, MSG("tasks", "nobody: who had it is not of the team any more"));
    return tasks_said(request, MSG("tasks", "nobody yet"));
}

TaskPressure task_pressure(const Edition *edition, const Task *task, int64_t today) {
    TaskDue due = task_due(edition, task);
    if (!due.is_known) return task->due_days.given ? TASK_LATER : TASK_ANY_TIME;
    if (due.day < today) return TASK_LATE;
    return due.day < today + TASK_WEEK_DAYS ? TASK_THIS_WEEK : TASK_LATER;
}

Str tasks_path(Request *request, Id task, const char *rest) {
    Str path = edition_path(request->arena, edition_of(request), "/staff/tasks");
    if (!task) return str_join(request->arena, path, str_from_c(rest));
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(path), STR_FORMAT(id_text(request->arena, task)), rest);
}
