// SPDX-License-Identifier: EUPL-1.2
#include "gathering/tasks/known.h"

#include "tasks_sql.h"
#include <assert.h>

/* ---- the plan --------------------------------------------------------------------------------------- */

static const ProposedTask proposed[TASKS_PROPOSED] = {
    {"day", -70, false, MSG_INIT("tasks", "Fix the day, its hours and how many organisations there is room for")},
    {"place", -70, false, MSG_INIT("tasks", "Agree on the place, and write down its rooms")},
    {"host", -63, false, MSG_INIT("tasks", "Ask the host: chairs, tables, power, sound, keys")},
    {"notice", -63, false, MSG_INIT("tasks", "Read what we do with people’s data, and make the words ours")},
    {"before", -58, false, MSG_INIT("tasks", "Check everything before inviting: address, test letter, safety copy")},
    {"open", -56, false, MSG_INIT("tasks", "Open the sign-ups")},
    {"invite", -56, false, MSG_INIT("tasks", "Send the invitations to those who agreed to get them")},
    {"poster", -54, false, MSG_INIT("tasks", "Hang up the poster, and send the words for messengers")},
    {"calls", -35, false, MSG_INIT("tasks", "Ring those whom letters do not reach")},
    {"helpers", -35, false, MSG_INIT("tasks", "Find who helps on the day: door, stage, kitchen, walks")},
    {"frame", -28, false, MSG_INIT("tasks", "Lay out the day, from doors to goodbye")},
    {"close", -21, false, MSG_INIT("tasks", "Close the sign-ups")},
    {"decide", -19, false, MSG_INIT("tasks", "Decide on every sign-up, and tell them")},
    {"access", -18, false, MSG_INIT("tasks", "Answer what people need to take part")},
    {"programme", -14, false, MSG_INIT("tasks", "Arrange the programme and publish it")},
    {"confirm", -12, false, MSG_INIT("tasks", "Ask the accepted organisations to confirm that they come")},
    {"food", -10, false, MSG_INIT("tasks", "Look at the food: is there enough of every kind")},
    {"rounds", -7, false, MSG_INIT("tasks", "Plan the talks at tables and publish them")},
    {"letter", -5, false, MSG_INIT("tasks", "Write to all who come: how to get there, from when, whom to ring")},
    {"print", -2, false, MSG_INIT("tasks", "Print the programme, the table cards and the lists")},
    {"set_up", 0, true, MSG_INIT("tasks", "Open the house two hours before the doors; chairs, sound, signs")},
    {"thanks", 2, false, MSG_INIT("tasks", "Thank the host, the organisations and all who helped")},
    {"held", 3, false, MSG_INIT("tasks", "Mark the gathering as held, and write down who met")},
    {"next", 21, false, MSG_INIT("tasks", "Make the next edition from this one")},
};

const ProposedTask *tasks_proposed(size_t index) {
    assert(index < TASKS_PROPOSED);
    return &proposed[index];
}

/* ---- where each is done ----------------------------------------------------------------------------- */

static const struct {
    const char *kind, *path;
    Msg link;
} places[] = {
    {"day", "/staff/settings", MSG_INIT("tasks", "To the settings")},
    {"place", "/staff/settings/places", MSG_INIT("tasks", "To the place and its rooms")},
    {"host", "/staff/settings/host", MSG_INIT("tasks", "To what you ask of the host")},
    {"notice", "/staff/settings/notice", MSG_INIT("tasks", "To these words")},
    {"before", "/staff/settings/before", MSG_INIT("tasks", "To what is checked before you invite")},
    {"open", "/staff/settings/state", MSG_INIT("tasks", "To where this edition stands")},
    {"invite", "/staff/mailings", MSG_INIT("tasks", "To letters to many")},
    {"poster", "/staff/invite", MSG_INIT("tasks", "To the poster and the words")},
    {"calls", "/staff/calls", MSG_INIT("tasks", "To the call list")},
    {"helpers", "/staff/settings/people", MSG_INIT("tasks", "To who helps")},
    {"frame", "/staff/settings/frame", MSG_INIT("tasks", "To the parts of the day")},
    {"close", "/staff/settings/state", MSG_INIT("tasks", "To where this edition stands")},
    {"decide", "/staff/sign-ups", MSG_INIT("tasks", "To the sign-ups")},
    {"access", "/staff/access", MSG_INIT("tasks", "To what people need")},
    {"programme", "/staff/programme", MSG_INIT("tasks", "To the programme")},
    {"confirm", "/staff/sign-ups/confirm", MSG_INIT("tasks", "To asking them")},
    {"food", "/staff/potluck", MSG_INIT("tasks", "To the food")},
    {"rounds", "/staff/rounds", MSG_INIT("tasks", "To the talks at tables")},
    {"letter", "/staff/mailings", MSG_INIT("tasks", "To letters to many")},
    {"print", "/staff/rounds", MSG_INIT("tasks", "To the plan of tables, to print")},
    {"thanks", "/staff/mailings", MSG_INIT("tasks", "To letters to many")},
    {"held", "/staff/settings/state", MSG_INIT("tasks", "To where this edition stands")},
};

static size_t place_of(const Task *task) {
    size_t i = 0;
    while (i < COUNT(places) && !str_equal(task->kind, str_from_c(places[i].kind))) i++;
    return i;
}

static bool is_next(const Task *task) { return str_equal(task->kind, STR("next")); }

Str task_path(Arena *arena, const Edition *edition, const Task *task) {
    if (is_next(task)) return str_format(arena, "/%.*s/staff/next-edition", STR_FORMAT(edition->series.slug));
    size_t place = place_of(task);
    return place < COUNT(places) ? edition_path(arena, edition, places[place].path) : STR_ABSENT;
}

Str task_path_words(Arena *arena, Language language, const Task *task) {
    if (is_next(task)) return say(arena, language, MSG("tasks", "To making it"));
    size_t place = place_of(task);
    return place < COUNT(places) ? say(arena, language, places[place].link) : STR("");
}

/* ---- what is seen as done --------------------------------------------------------------------------- */

TaskFacts task_facts(Tx *tx, const Edition *edition) {
    TaskFacts facts = {.edition = edition};
    TasksFactsRow row;
    if (!tasks_sql_facts(tx, edition->id, edition->series.id, edition->number, &row)) return facts;
    facts.host_asks = row.host_asks;
    facts.host_answers = row.host_answers;
    facts.sections = row.sections;
    facts.invitations = row.invitations;
    facts.undecided = row.undecided;
    facts.accepted = row.accepted;
    facts.asked_to_confirm = row.asked_to_confirm;
    facts.publications = row.publications;
    facts.has_notice = row.own_notices > 0;
    facts.has_rounds = row.rounds > 0;
    facts.has_held_rounds = row.held_rounds > 0;
    facts.has_next = row.later_editions > 0;
    return facts;
}

static bool day_is_told(const TaskFacts *facts) {
    return facts->edition->starts_ms.given && facts->edition->ends_ms.given && facts->edition->places.given;
}
static bool place_is_told(const TaskFacts *facts) { return !str_is_empty(facts->edition->place); }
static bool host_answered(const TaskFacts *facts) {
    return facts->host_asks > 0 && facts->host_asks == facts->host_answers;
}
static bool has_own_notice(const TaskFacts *facts) { return facts->has_notice; }
static bool is_opened(const TaskFacts *facts) { return facts->edition->state >= EDITION_CALL_OPEN; }
static bool is_invited(const TaskFacts *facts) { return facts->invitations > 0; }
static bool is_laid_out(const TaskFacts *facts) { return facts->sections > 0; }
static bool is_closed(const TaskFacts *facts) { return facts->edition->state >= EDITION_CALL_CLOSED; }
static bool is_decided(const TaskFacts *facts) {
    return is_closed(facts) && facts->undecided == 0 && facts->accepted > 0;
}
static bool is_published(const TaskFacts *facts) { return facts->publications > 0; }
static bool is_asked_to_confirm(const TaskFacts *facts) { return facts->asked_to_confirm > 0; }
static bool rounds_are_out(const TaskFacts *facts) { return facts->has_rounds; }
static bool is_held(const TaskFacts *facts) { return facts->edition->state >= EDITION_FINISHED; }
static bool next_is_made(const TaskFacts *facts) { return facts->has_next; }

static const struct {
    const char *kind;
    bool (*holds)(const TaskFacts *facts);
    Msg reason;
} seen[] = {
    {"day", day_is_told, MSG_INIT("tasks", "the day, its hours and the places are told")},
    {"place", place_is_told, MSG_INIT("tasks", "the place is told")},
    {"host", host_answered, MSG_INIT("tasks", "the host has answered all that was asked")},
    {"notice", has_own_notice, MSG_INIT("tasks", "the words are yours")},
    {"open", is_opened, MSG_INIT("tasks", "the sign-ups were opened")},
    {"invite", is_invited, MSG_INIT("tasks", "invitations were sent")},
    {"frame", is_laid_out, MSG_INIT("tasks", "the day has its parts")},
    {"close", is_closed, MSG_INIT("tasks", "the sign-ups are closed")},
    {"decide", is_decided, MSG_INIT("tasks", "every sign-up is decided")},
    {"programme", is_published, MSG_INIT("tasks", "the programme is published")},
    {"confirm", is_asked_to_confirm, MSG_INIT("tasks", "they were asked")},
    {"rounds", rounds_are_out, MSG_INIT("tasks", "the plan of tables is published")},
    {"held", is_held, MSG_INIT("tasks", "the gathering is marked as held")},
    {"next", next_is_made, MSG_INIT("tasks", "a later edition is made")},
};

Str task_seen(Arena *arena, Language language, const TaskFacts *facts, const Task *task) {
    for (size_t i = 0; i < COUNT(seen); i++)
        if (str_equal(task->kind, str_from_c(seen[i].kind)) && seen[i].holds(facts))
            return say(arena, language, seen[i].reason);
    return STR("");
}

bool task_is_open(const TaskFacts *facts, const Task *task) {
    if (task->state == TASK_DONE || task->state == TASK_NOT_NEEDED) return false;
    for (size_t i = 0; i < COUNT(seen); i++)
        if (str_equal(task->kind, str_from_c(seen[i].kind)) && seen[i].holds(facts)) return false;
    return true;
}
