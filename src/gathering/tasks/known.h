// SPDX-License-Identifier: EUPL-1.2
/* Known: tasks of which the program knows where they are done, and of some whether they are.
 *
 *     TaskFacts facts = task_facts(tx, edition);
 *     Str reason = task_seen(arena, language, &facts, &task);   // "Sign-ups are open." Empty: not seen as done
 *     Str path = task_path(arena, edition, &task);              // absent: on no page
 *
 * The same table is the plan that is proposed (tasks_propose): one line a task, with when it is due.
 */
#ifndef WSPOLNIE_TASKS_KNOWN_H
#define WSPOLNIE_TASKS_KNOWN_H

#include "gathering/tasks/tasks.h"

/* What there is in an edition, as far as tasks ask. */
typedef struct TaskFacts {
    const Edition *edition;
    int64_t host_asks, host_answers, sections, invitations, undecided, accepted, asked_to_confirm, publications;
    bool has_notice, has_rounds, has_held_rounds, has_next;
} TaskFacts;
TaskFacts task_facts(Tx *tx, const Edition *edition); /* edition lives as long as they do */
/* Why it counts as done though nobody said so; empty: it does not. */
Str task_seen(Arena *arena, Language language, const TaskFacts *facts, const Task *task);
bool task_is_open(const TaskFacts *facts, const Task *task); /* neither said nor seen as done, nor not needed */

Str task_path(Arena *arena, const Edition *edition, const Task *task);  /* absent: on no page of ours */
Str task_path_words(Arena *arena, Language language, const Task *task); /* of the link; empty: none */

/* A task of the plan that is proposed. */
typedef struct ProposedTask {
    const char *kind;
    int due_days;
    bool is_hosts;
    Msg words;
} ProposedTask;
enum { TASKS_PROPOSED = 24 };
const ProposedTask *tasks_proposed(size_t index); /* index below TASKS_PROPOSED; in order of time */

#endif
