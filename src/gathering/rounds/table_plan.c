// SPDX-License-Identifier: EUPL-1.2
#include "gathering/rounds/table_plan.h"

#include "rounds_sql.h"

static TablePerson *person_of(const TablePlan *plan, Id organisation) {
    for (size_t i = 0; i < plan->count; i++)
        if (plan->people[i].organisation == organisation) return &plan->people[i];
    return NULL;
}

TablePlan table_plan(Tx *tx, Id edition, const RoundPlan *plan) {
    Arena *arena = tx_arena(tx);
    RoundsSeatedRows rows = rounds_sql_seated(tx, edition, plan->id);
    TablePlan found = {.plan = *plan, .seats = round_seats(tx, edition, plan->id)};
    found.people = arena_array(arena, TablePerson, rows.count);
    found.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        found.people[i] = (TablePerson){rows.rows[i].organisation, rows.rows[i].name,
                                        arena_array(arena, int64_t, (size_t)plan->settings.rounds),
                                        rows.rows[i].is_listed, rows.rows[i].is_coming};
    for (size_t i = 0; i < found.seats.count; i++) {
        const RoundSeat *seat = &found.seats.seats[i];
        if (seat->table > found.tables) found.tables = seat->table;
        TablePerson *person = person_of(&found, seat->organisation);
        if (person && seat->round >= 1 && seat->round <= plan->settings.rounds)
            person->table[seat->round - 1] = seat->table;
    }
    return found;
}

RoundSeats table_seats(const TablePlan *plan, int64_t round, int64_t table) {
    RoundSeats found = {0};
    for (size_t i = 0; i < plan->seats.count; i++) {
        RoundSeat *seat = &plan->seats.seats[i];
        if (seat->round != round || seat->table != table) continue;
        if (!found.count) found.seats = seat;
        found.count++;
    }
    return found;
}
