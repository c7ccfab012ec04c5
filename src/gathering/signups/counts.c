// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/signups.h"
#include "signups_sql.h"

SignupCounts signup_counts(Tx *tx, Id edition) {
    SignupCounts counts = {0};
    SignupsCountsRows rows = signups_sql_counts(tx, edition);
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsCountsRow *row = &rows.rows[i];
        SignupState state;
        if (!signup_state_parse(row->state, &state)) continue;
        counts.by_state[state] = row->count;
        if (state != SIGNUP_ACCEPTED) continue;
        counts.first_time = row->first_time;
        counts.people = row->people;
        counts.informal = row->informal;
        counts.units = row->units;
        counts.came = row->came;
        counts.came_people = row->came_people;
    }
    SignupsGuestsCountedRow guests;
    if (signups_sql_guests_counted(tx, edition, &guests)) counts.guests = guests.people;
    return counts;
}

/* Below zero: so many are accepted beyond the places. */
static int64_t places_less_accepted(Tx *tx, const Edition *edition) {
    SignupsAcceptedRow accepted = {0};
    signups_sql_accepted(tx, edition->id, &accepted);
    return edition->places.value - accepted.count;
}

OptionalInt signup_places_left(Tx *tx, const Edition *edition) {
    if (!edition->places.given) return (OptionalInt){0};
    int64_t left = places_less_accepted(tx, edition);
    return given_int(left > 0 ? left : 0);
}

int64_t signup_places_beyond(Tx *tx, const Edition *edition) {
    if (!edition->places.given) return 0;
    int64_t left = places_less_accepted(tx, edition);
    return left < 0 ? -left : 0;
}

/* Up to three away from a round ten the ten is said, with which side of it the figure lies. */
Str count_words(Arena *arena, Language language, int64_t count) {
    enum { SMALLEST_ROUNDED = 20, REACH = 3 };
    int64_t past = count % 10;
    if (count < SMALLEST_ROUNDED || past == 0) return number_words(arena, language, count);
    if (past <= REACH)
        return say(arena, language, MSG("signups", "more than {number}"),
                   SAY_TEXT("number", number_words(arena, language, count - past)));
    if (past >= 10 - REACH)
        return say(arena, language, MSG("signups", "nearly {number}"),
                   SAY_TEXT("number", number_words(arena, language, count - past + 10)));
    return number_words(arena, language, count);
}
