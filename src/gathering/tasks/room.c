// SPDX-License-Identifier: EUPL-1.2
/* What the room of tasks hands to the house. */
#include "gathering/editions/next.h"
#include "gathering/tasks/internal.h"

#define STAFF "/{series}/{edition}/staff/tasks"

static const Route routes[] = {
    {METHOD_GET, STAFF, ROLE_COORDINATOR, tasks_page},
    {METHOD_GET, STAFF "/sheet", ROLE_COORDINATOR, tasks_sheet},
    {METHOD_GET, STAFF "/plan.ics", ROLE_COORDINATOR, tasks_calendar},
    {METHOD_POST, STAFF "/propose", ROLE_COORDINATOR, tasks_propose_press, .changes = true},
    {METHOD_GET, STAFF "/new", ROLE_COORDINATOR, task_page},
    {METHOD_POST, STAFF "/new", ROLE_COORDINATOR, task_save, .changes = true, .form = &task_asked},
    {METHOD_GET, STAFF "/{task}", ROLE_COORDINATOR, task_page},
    {METHOD_POST, STAFF "/{task}", ROLE_COORDINATOR, task_save, .changes = true, .form = &task_asked},
    {METHOD_POST, STAFF "/{task}/state", ROLE_COORDINATOR, task_state_press, .changes = true},
    {METHOD_POST, STAFF "/{task}/remove", ROLE_COORDINATOR, task_remove_press, .changes = true},
};

const Room tasks_room = {
    .name = "tasks",
    .routes = routes,
    .route_count = COUNT(routes),
    .host_part = tasks_host_part,
    .today_items = tasks_today_items,
    .day_moved = tasks_day_moved,
    .copy_parts = tasks_copy_parts,
    .copy_part_count = TASKS_COPY_PART_COUNT,
    .personal_find = tasks_personal_find,
    .personal_erase = tasks_personal_erase,
    .commands = task_commands,
    .command_count = TASK_COMMAND_COUNT,
};
