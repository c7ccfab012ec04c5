// SPDX-License-Identifier: EUPL-1.2
#include "gathering/ties/ties.h"

#include "ties_sql.h"
#include <assert.h>

Ties ties_met_before(Tx *tx, Id series, Id edition) {
    TiesMetBeforeRows rows = ties_sql_met_before(tx, series, edition);
    Ties ties = {arena_array(tx_arena(tx), Tie, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        ties.ties[i] = (Tie){.lower = rows.rows[i].lower, .higher = rows.rows[i].higher};
    return ties;
}

Ties ties_of_edition(Tx *tx, Id edition) {
    TiesMetInRows rows = ties_sql_met_in(tx, edition);
    Ties ties = {arena_array(tx_arena(tx), Tie, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        ties.ties[i] = (Tie){rows.rows[i].lower, rows.rows[i].higher, (int)rows.rows[i].round};
    return ties;
}

bool ties_add(Tx *tx, Id edition, Id one, Id other, int round) {
    assert(one != other);
    Id lower = one < other ? one : other, higher = one < other ? other : one;
    return ties_sql_add(tx, edition, lower, higher, round, tx_now_ms(tx)) > 0;
}

void ties_move(Tx *tx, Id edition, Id from, Id to) {
    Ties met = ties_of_edition(tx, edition);
    for (size_t i = 0; i < met.count; i++) {
        const Tie *tie = &met.ties[i];
        if (tie->lower != from && tie->higher != from) continue;
        Id partner = tie->lower == from ? tie->higher : tie->lower;
        ties_sql_remove(tx, edition, tie->lower, tie->higher);
        if (partner != to) ties_add(tx, edition, partner, to, tie->round);
    }
}

/* It has no pages of its own yet; the rounds fill it and read it. */
static const JoinColumn join_columns[] = {
    {{.table = "meeting_held", .column = "lower", .higher = "higher"}, JOIN_FOLLOWS, NULL},
};

const Room ties_room = {.name = "ties", .join_columns = join_columns, .join_column_count = COUNT(join_columns)};
