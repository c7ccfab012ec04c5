// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/call.h"

static Str states_words(Arena *arena, unsigned states) {
    Buffer words = buffer_in(arena);
    for (EditionState state = EDITION_DRAFT; state <= EDITION_ARCHIVED; state++)
        if (states_have(states, state))
            buffer_format(&words, "%s%s", words.size ? ", " : "", edition_state_name(state));
    return buffer_str(&words);
}

/* The table of editions.h. A command that writes says so in its own: else it could not be refused here. */
static void refuse_by_state(const CommandCall *call, const Tx *tx, const Edition *edition) {
    const Command *command = call->command;
    if (tx_writes(tx) && !command->changes)
        arena_fail(call->arena, ERR_INTERNAL, "%s changes something and does not say so", command->name);
    if (!command->changes || states_have(command->states, edition->state)) return;
    Str path = str_skip(edition_path(call->arena, edition, ""), 1);
    if (edition->state == EDITION_ARCHIVED)
        arena_fail(call->arena, ERR_CONFLICT,
                   "%.*s is archived: nothing in it changes any more; edition state %.*s finished opens it again",
                   STR_FORMAT(path), STR_FORMAT(path));
    if (edition->state == EDITION_DRAFT)
        arena_fail(call->arena, ERR_CONFLICT,
                   "%.*s is a draft, which nobody outside sees: edition state %.*s call_open opens it; then %s",
                   STR_FORMAT(path), STR_FORMAT(path), command->name);
    arena_fail(call->arena, ERR_CONFLICT, "%.*s is %s: %s is for an edition that is one of: %.*s", STR_FORMAT(path),
               edition_state_name(edition->state), command->name,
               STR_FORMAT(states_words(call->arena, command->states)));
}

Edition edition_named(const CommandCall *call, Tx *tx, Str path) {
    Edition edition;
    if (!edition_find(tx, path, &edition))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no edition %.*s: name it like wspolnie-do-celu/ii",
                   STR_FORMAT(path));
    refuse_by_state(call, tx, &edition);
    return edition;
}

Edition edition_of_call(const CommandCall *call, Tx *tx) {
    return edition_named(call, tx, command_text(call, "edition"));
}
