// SPDX-License-Identifier: EUPL-1.2
/* What is said of the waiting list wherever somebody signs up, or has. */
#include "gathering/signups/internal.h"
#include "gathering/signups/queue.h"

bool signup_is_full(Tx *tx, const Edition *edition) {
    OptionalInt left = signup_places_left(tx, edition);
    return left.given && left.value == 0;
}

QueuePart queue_for(Request *request, const Signup *signup) {
    if (signup) {
        int64_t place =
            signup->state == SIGNUP_WAITING ? signup_queue_place(request->tx, signup->edition, signup->id) : 0;
        return (QueuePart){.is_full = place > 0, .place = place};
    }
    if (!signup_is_full(request->tx, edition_of(request))) return (QueuePart){0};
    return (QueuePart){.is_full = true,
                       .before = signup_counts(request->tx, request->scope.edition).by_state[SIGNUP_WAITING]};
}
