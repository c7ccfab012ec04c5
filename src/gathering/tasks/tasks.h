// SPDX-License-Identifier: EUPL-1.2
/* Tasks: the plan of the weeks before the day. What is to be done, until when, by whom, and how far it is, so that
 * nothing is lost between the people who organise, nor between one edition and the next.
 *
 * A task is due some days before or after the gathering, or on a date of its own. What is due by the day moves along
 * when the day does, and is told in weeks while only the month is known. A task may be of a kind the program knows
 * (known.h): then it leads to the page where it is done, and is seen as done when it is, whoever did it.
 *
 *     Id id;
 *     task_add(tx, &(Task){.edition = edition, .words = STR("Otworzyć nabór"), .due_days = given_int(-56)}, by, &id);
 *     TaskDue due = task_due(&edition, &task);              // .is_known: a date can be told
 *     task_set_state(tx, &task, TASK_DONE, by);             // ERR_CONFLICT: somebody was first
 *
 * Who is named in a task may leave the team: the task stays, and is nobody's (task_owner in internal.h).
 */
#ifndef WSPOLNIE_TASKS_TASKS_H
#define WSPOLNIE_TASKS_TASKS_H

#include "gathering/editions/editions.h"

enum { TASKS_MOST = 500, TASK_DAYS_MOST = 730, TASK_WEEK_DAYS = 7 };

typedef enum TaskState { TASK_TO_DO, TASK_DOING, TASK_DONE, TASK_NOT_NEEDED, TASK_STATE_COUNT } TaskState;

typedef struct Task {
    Id edition, id;
    Str kind; /* known.h; empty: only its words */
    Str words;
    OptionalInt due_days; /* after the day of the gathering; below 0: before it */
    Str due_on;           /* "2026-05-12"; empty: none. Never beside due_days */
    Id person;            /* of the team; 0: nobody */
    bool is_hosts;        /* the host is to do it; person is 0 then, and whom empty */
    Str whom;             /* who else, in words */
    Str note;
    TaskState state; /* as people said it; by what the program sees: task_look in known.h */
    Id state_by;     /* 0: nobody yet, or the command line */
    OptionalInt state_ms;
    int64_t version;
} Task;
typedef struct Tasks {
    Task *tasks;
    size_t count;
} Tasks;

Tasks tasks_of(Tx *tx, const Edition *edition); /* by when they are due, those without a date last */
bool task_get(Tx *tx, Id edition, Id id, Task *found);
/* Its state is TASK_TO_DO. ERR_LIMIT: TASKS_MOST are there. */
Err task_add(Tx *tx, const Task *task, Id by, Id *id);
/* All but its kind and its state. ERR_CONFLICT: version is not the stored one, or it is gone. */
Err task_update(Tx *tx, const Task *task, Id by);
Err task_set_state(Tx *tx, const Task *task, TaskState state, Id by); /* ERR_CONFLICT as above */
Err task_remove(Tx *tx, const Task *task, Id by);                     /* ERR_CONFLICT as above */

const char *task_state_name(TaskState state); /* as stored: "not_needed" */
bool task_state_parse(Str name, TaskState *state);

/* When a task is due. A day is a number of days since 1970 in the edition's zone. */
typedef struct TaskDue {
    bool is_known;
    int64_t day; /* where it is known */
} TaskDue;
TaskDue task_due(const Edition *edition, const Task *task);
int64_t edition_today(const Edition *edition, int64_t now_ms); /* as such a day */

/* The plan of an ordinary gathering, in words of this language: adds it where there is none. What should have been done
 * by now is due today. ERR_CONFLICT: the edition has tasks. */
Err tasks_propose(Tx *tx, const Edition *edition, Language language, Id by);

enum { TASKS_COPY_PART_COUNT = 1 };
extern const CopyPart tasks_copy_parts[TASKS_COPY_PART_COUNT];
extern const Room tasks_room;

#endif
