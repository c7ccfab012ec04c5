// SPDX-License-Identifier: EUPL-1.2
/* What the files of this room share: how a task is said, its pages, its hooks. */
#ifndef WSPOLNIE_TASKS_INTERNAL_H
#define WSPOLNIE_TASKS_INTERNAL_H

#include "gathering/signups/notes.h" /* Team */
#include "gathering/tasks/known.h"

#define tasks_said(request, msg) say((request)->arena, (request)->language, (msg))

/* "8 weeks before the day", "on the day", "2 days after the day". */
Str task_span_words(Arena *arena, Language language, int64_t due_days);
/* "Thursday 12 November", with the year where it is not this day's; the span where the day is not known; empty: by no
 * date. */
Str task_due_words(Arena *arena, Language language, const Edition *edition, const Task *task);
Str task_state_words(Arena *arena, Language language, TaskState state);
/* Who of the team has it now; 0: nobody, also where whoever had it has left. */
Id task_owner(const Team *team, const Task *task);
/* "Maria Przykładowska", "the host", "nobody yet". */
Str task_who_words(const Request *request, const Team *team, const Task *task);

/* How a task stands on a day. */
typedef enum TaskPressure { TASK_LATE, TASK_THIS_WEEK, TASK_LATER, TASK_ANY_TIME } TaskPressure;
TaskPressure task_pressure(const Edition *edition, const Task *task, int64_t today);

Str tasks_path(Request *request, Id task, const char *rest); /* task 0: of all */

Err tasks_page(Request *request);
Err tasks_sheet(Request *request);
Err tasks_calendar(Request *request);
Err tasks_propose_press(Request *request);
Err task_page(Request *request);
Err task_save(Request *request);
Err task_state_press(Request *request);
Err task_remove_press(Request *request);
extern const FormTable task_asked;

void tasks_today_items(Request *request, TodayItems *items);
Str tasks_day_moved(Request *request);
void tasks_host_part(Request *request, PageOut *page);
void tasks_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data);
void tasks_personal_erase(Tx *tx, const PersonalSubject *subject);

enum { TASK_COMMAND_COUNT = 1 };
extern const Command task_commands[TASK_COMMAND_COUNT];

#endif
