// SPDX-License-Identifier: EUPL-1.2
/* Storing a plan, and what is done to it: published, taken back, discarded, held. */
#include "gathering/rounds/draft.h"
#include "gathering/ties/ties.h"
#include "rounds_sql.h"

static const char *const state_names[] = {
    [ROUND_DRAFT] = "draft", [ROUND_PUBLISHED] = "published", [ROUND_HELD] = "held"};

const char *round_state_name(RoundState state) { return state_names[state]; }

/* ---- reading ------------------ */

static RoundState stored_state(Tx *tx, Str name) {
    for (size_t i = 0; i < COUNT(state_names); i++)
        if (str_equal(name, str_from_c(state_names[i]))) return (RoundState)i;
    arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored state of a plan is unknown");
}

static RoundPlan plan_from(Tx *tx, const RoundsPlansRow *row) {
    return (RoundPlan){
        .id = row->id,
        .state = stored_state(tx, row->state),
        .settings = {.starts_ms = row->starts_ms,
                     .rounds = row->rounds,
                     .table_size = row->table_size,
                     .tables = row->tables,
                     .talk_min = row->talk_min,
                     .change_min = row->change_min,
                     .seed = row->seed},
        .value = row->value,
        .bound = row->bound,
        .repeats = row->repeats,
        .across_permille = row->across_permille,
        .worst = row->worst.given ? row->worst.value : 0,
        .worst_good = row->worst_good,
        .created_ms = row->created_ms,
        .version = row->version,
    };
}

bool round_current(Tx *tx, Id edition, RoundPlan *plan) {
    RoundsPlansRows rows = rounds_sql_plans(tx, edition);
    if (rows.count) *plan = plan_from(tx, &rows.rows[0]);
    return rows.count > 0;
}

bool round_public(Tx *tx, Id edition, RoundPlan *plan) {
    RoundsPlansRows rows = rounds_sql_plans(tx, edition);
    for (size_t i = 0; i < rows.count; i++) {
        RoundPlan found = plan_from(tx, &rows.rows[i]);
        if (found.state == ROUND_DRAFT) continue;
        *plan = found;
        return true;
    }
    return false;
}

RoundSeats round_seats(Tx *tx, Id edition, Id plan) {
    RoundsSeatsRows rows = rounds_sql_seats(tx, edition, plan);
    RoundSeats seats = {arena_array(tx_arena(tx), RoundSeat, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const RoundsSeatsRow *row = &rows.rows[i];
        seats.seats[i] = (RoundSeat){row->round, row->table_number, row->organisation, row->name};
    }
    return seats;
}

/* ---- steps ------------------ */

/* The plan the step is about must be the one on top, as it was seen. */
static Err find_seen(Tx *tx, const RoundStep *step, RoundPlan *plan) {
    RoundPlan current = {0};
    round_current(tx, step->edition, &current);
    if (current.id != step->plan || (current.id && current.version != step->version)) return ERR_CONFLICT;
    *plan = current;
    return OK;
}

static void audit(Tx *tx, const RoundStep *step, const char *action, Id plan) {
    store_audit(tx, &(AuditEntry){.person = step->by, .edition = step->edition, .action = action, .subject = plan});
}

static void remove_plan(Tx *tx, Id edition, Id plan) {
    rounds_sql_remove_reasons(tx, edition, plan);
    rounds_sql_remove_seats(tx, edition, plan);
    rounds_sql_remove_plan(tx, edition, plan);
}

static void store_seats(Tx *tx, const RoundDraft *draft, Id plan) {
    const RoundsPlan *found = &draft->plan;
    for (size_t round = 0; round < found->rounds; round++) {
        for (size_t i = 0; i < found->participants; i++) {
            int table = found->table[round * found->participants + i];
            if (table == ROUNDS_UNSEATED) continue;
            rounds_sql_add_seat(tx, draft->edition, plan, (int64_t)round + 1, draft->group.organisations[i], table + 1);
        }
    }
}

static void store_reasons(Tx *tx, const RoundDraft *draft, Id plan) {
    for (size_t i = 0; i < draft->reason_count; i++) {
        const DraftReason *reason = &draft->reasons[i];
        OptionalInt who = {reason->who != 0, reason->who};
        rounds_sql_add_reason(tx, draft->edition, plan, draft->group.organisations[reason->a],
                              draft->group.organisations[reason->b], reason->position, str_from_c(reason->reason), who,
                              reason->kind, reason->asked, reason->given);
    }
}

Err round_store(Tx *tx, const RoundDraft *draft, const RoundStep *step, Id *plan) {
    RoundPlan seen;
    Err err = find_seen(tx, step, &seen);
    if (err) return err;
    if (seen.id && seen.state == ROUND_HELD) return ERR_INPUT;
    if (seen.id && seen.state == ROUND_DRAFT) remove_plan(tx, step->edition, seen.id);
    const RoundSettings *settings = &draft->settings;
    int64_t across_permille = draft->meetings ? draft->across * 1000 / draft->meetings : 0;
    Id made = tx_new_id(tx);
    rounds_sql_add_plan(tx, draft->edition, made, settings->rounds, settings->table_size, settings->tables,
                        settings->starts_ms, settings->talk_min, settings->change_min, draft->plan.value,
                        draft->plan.bound, (int64_t)draft->plan.repeat_count, across_permille,
                        (OptionalInt){draft->worst != 0, draft->worst}, draft->worst_good, settings->seed,
                        tx_now_ms(tx));
    store_seats(tx, draft, made);
    store_reasons(tx, draft, made);
    audit(tx, step, "rounds.plan", made);
    *plan = made;
    return OK;
}

Err round_publish(Tx *tx, const RoundStep *step) {
    RoundPlan seen, published;
    Err err = find_seen(tx, step, &seen);
    if (err) return err;
    if (!seen.id) return ERR_NOT_FOUND;
    if (seen.state != ROUND_DRAFT) return ERR_INPUT;
    if (round_public(tx, step->edition, &published)) remove_plan(tx, step->edition, published.id);
    rounds_sql_publish(tx, step->edition, step->plan, step->version, tx_now_ms(tx));
    store_changed(tx, step->edition, PART_ROUNDS);
    audit(tx, step, "rounds.publish", step->plan);
    return OK;
}

Err round_take_back(Tx *tx, const RoundStep *step) {
    RoundPlan seen;
    Err err = find_seen(tx, step, &seen);
    if (err) return err;
    if (rounds_sql_take_back(tx, step->edition, step->plan, step->version) == 0) return ERR_INPUT;
    store_changed(tx, step->edition, PART_ROUNDS);
    audit(tx, step, "rounds.take_back", step->plan);
    return OK;
}

Err round_discard(Tx *tx, const RoundStep *step) {
    RoundPlan seen;
    Err err = find_seen(tx, step, &seen);
    if (err) return err;
    if (!seen.id) return ERR_NOT_FOUND;
    if (seen.state != ROUND_DRAFT) return ERR_INPUT;
    remove_plan(tx, step->edition, step->plan);
    audit(tx, step, "rounds.discard", step->plan);
    return OK;
}

/* Seats come by round and table: those of one table stand together. */
static int64_t write_ties(Tx *tx, Id edition, const RoundSeats *seats) {
    int64_t met = 0;
    for (size_t i = 0; i < seats->count; i++) {
        const RoundSeat *one = &seats->seats[i];
        for (size_t j = i + 1; j < seats->count; j++) {
            const RoundSeat *other = &seats->seats[j];
            if (other->round != one->round || other->table != one->table) break;
            met += ties_add(tx, edition, one->organisation, other->organisation, (int)one->round);
        }
    }
    return met;
}

Err round_held(Tx *tx, const RoundStep *step, int64_t *meetings) {
    RoundPlan seen;
    Err err = find_seen(tx, step, &seen);
    if (err) return err;
    if (rounds_sql_hold(tx, step->edition, step->plan, step->version) == 0) return ERR_INPUT;
    RoundSeats seats = round_seats(tx, step->edition, step->plan);
    *meetings = write_ties(tx, step->edition, &seats);
    store_changed(tx, step->edition, PART_ROUNDS);
    audit(tx, step, "rounds.held", step->plan);
    return OK;
}

void rounds_organisation_joins(Tx *tx, const OrganisationJoin *join) {
    Id edition = join->edition, from = join->from, to = join->to;
    rounds_sql_move_worst(tx, edition, from, to);
    rounds_sql_move_reasons_who(tx, edition, from, to);
    rounds_sql_move_reasons_lower(tx, edition, from, to);
    rounds_sql_move_reasons_higher(tx, edition, from, to);
    rounds_sql_move_seats(tx, edition, from, to); /* last: the others look who sits */
    ties_move(tx, edition, from, to);
    store_changed(tx, edition, PART_ROUNDS);
}
