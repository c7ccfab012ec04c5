// SPDX-License-Identifier: EUPL-1.2
/* The plan of the coming edition, half done: what the program sees, what was ticked, what is late, what is nobody's. */
#include "demo_fill.h"
#include "gathering/tasks/known.h"

/* How far each of the proposed tasks is, beyond what is seen; of the others nobody has begun. */
static const struct {
    const char *kind;
    TaskState state;
    const char *note;
} ticked[] = {
    {"before", TASK_DONE, ""},
    {"poster", TASK_DONE, "Wisi w bibliotece, w domu kultury i na przystanku."},
    {"invite", TASK_DOING, "Zostały organizacje bez adresu e-mail."},
    {"access", TASK_DOING, ""},
};

static void tick(DemoFill *fill, Task task, int due_days) {
    bool is_before_the_end = due_days <= -TASK_WEEK_DAYS;
    task.due_days = given_int(due_days); /* as it stood from the beginning, also where that is past by now */
    if (is_before_the_end && !task.is_hosts) task.person = fill->coordinator;
    if (str_equal(task.kind, STR("food"))) {
        task.person = 0;
        task.whom = STR("Zosia z kuchni");
    }
    for (size_t i = 0; i < COUNT(ticked); i++)
        if (str_equal(task.kind, str_from_c(ticked[i].kind))) task.note = str_from_c(ticked[i].note);
    demo_must(fill, task_update(fill->tx, &task, fill->coordinator), "a task");
    task.version++;
    for (size_t i = 0; i < COUNT(ticked); i++)
        if (str_equal(task.kind, str_from_c(ticked[i].kind)))
            demo_must(fill, task_set_state(fill->tx, &task, ticked[i].state, fill->coordinator), "a task");
}

void demo_add_tasks(DemoFill *fill) {
    enum { INTERPRETER_BEFORE_DAYS = 32 };
    Edition edition;
    Id id;
    if (!edition_get(fill->tx, fill->coming, &edition)) return;
    demo_must(fill, tasks_propose(fill->tx, &edition, LANGUAGE_PL, fill->coordinator), "the plan");
    Tasks tasks = tasks_of(fill->tx, &edition);
    for (size_t i = 0; i < tasks.count; i++)
        for (size_t k = 0; k < TASKS_PROPOSED; k++)
            if (str_equal(tasks.tasks[i].kind, str_from_c(tasks_proposed(k)->kind)))
                tick(fill, tasks.tasks[i], tasks_proposed(k)->due_days);
    Civil until = civil_from_utc_ms((fill->coming_day - INTERPRETER_BEFORE_DAYS) * INT64_C(86400000));
    Task own = {.edition = fill->coming,
                .words = STR("Zamówić tłumaczkę języka migowego"),
                .due_on = str_format(tx_arena(fill->tx), "%04d-%02d-%02d", until.year, until.month, until.day),
                .note = STR("Potwierdzenie pisemne, bez niego termin przepada.")};
    demo_must(fill, task_add(fill->tx, &own, fill->coordinator, &id), "a task");
}
