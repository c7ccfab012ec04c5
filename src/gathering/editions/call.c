// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/call.h"

Edition edition_named(const CommandCall *call, Tx *tx, Str path) {
    Edition edition;
    if (!edition_find(tx, path, &edition))
        arena_fail(call->arena, ERR_NOT_FOUND, "there is no edition %.*s: name it like wspolnie-do-celu/ii",
                   STR_FORMAT(path));
    return edition;
}

Edition edition_of_call(const CommandCall *call, Tx *tx) {
    return edition_named(call, tx, command_text(call, "edition"));
}
