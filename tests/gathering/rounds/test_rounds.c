// SPDX-License-Identifier: EUPL-1.2
/* From sign-ups to a stored plan: nobody meets anybody twice, earlier meetings are kept out, steps are told apart. */
#include "gathering/rounds/draft.h"
#include "gathering/rounds/table_plan.h"
#include "gathering/ties/ties.h"
#include "rounds_sql.h"
#include "testing.h"

enum { ORGANISATIONS = 24 };

typedef struct Act {
    World *world;
    Id edition;
    RoundSettings settings;
    RoundDraft *draft;
    RoundStep step;
    RoundPlan plan;
    Ties ties;
    int64_t meetings;
    Err (*act)(Tx *tx, const RoundStep *step);
} Act;

static Err draft_plan(Tx *tx, void *context) {
    Act *act = context;
    Edition edition;
    assert_true(edition_get(tx, act->edition, &edition));
    act->settings = round_defaults(tx, &edition);
    return round_draft(tx, &edition, &act->settings, &act->draft);
}

static Err store_plan(Tx *tx, void *context) {
    Act *act = context;
    Id plan;
    Err err = round_store(tx, act->draft, &act->step, &plan);
    if (!err) assert_true(round_current(tx, act->edition, &act->plan));
    return err;
}

static Err take_step(Tx *tx, void *context) {
    Act *act = context;
    Err err = act->act ? act->act(tx, &act->step) : round_held(tx, &act->step, &act->meetings);
    if (!err) round_current(tx, act->edition, &act->plan);
    return err;
}

static Err read_ties(Tx *tx, void *context) {
    Act *act = context;
    act->ties = ties_met_before(tx, act->world->series, act->edition);
    return OK;
}

static Act plan_of(World *world, Id edition) {
    Act act = {.world = world, .edition = edition, .step = {.edition = edition}};
    assert_int_equal(store_read(world->store, world->arena, draft_plan, &act), OK);
    assert_int_equal(store_write(world->store, world->arena, store_plan, &act), OK);
    act.step = (RoundStep){.edition = edition, .plan = act.plan.id, .version = act.plan.version};
    return act;
}

static Err step(Act *act, Err (*what)(Tx *tx, const RoundStep *step)) {
    act->act = what;
    Err err = store_write(act->world->store, act->world->arena, take_step, act);
    if (!err) act->step.version = act->plan.version;
    return err;
}

static bool have_met(const Ties *ties, Id one, Id other) {
    for (size_t i = 0; i < ties->count; i++)
        if (ties->ties[i].lower == (one < other ? one : other) && ties->ties[i].higher == (one < other ? other : one))
            return true;
    return false;
}

typedef struct SeatsOf {
    Id edition, plan;
    RoundSeats seats;
} SeatsOf;

static Err read_seats(Tx *tx, void *context) {
    SeatsOf *of = context;
    of->seats = round_seats(tx, of->edition, of->plan);
    return OK;
}

/* Meetings of a stored plan: none twice, none of those in known. */
static size_t check_meetings(Act *act, const Ties *known) {
    SeatsOf of = {act->edition, act->plan.id, {0}};
    assert_int_equal(store_read(act->world->store, act->world->arena, read_seats, &of), OK);
    Tie *met = arena_array(act->world->arena, Tie, of.seats.count);
    Ties so_far = {met, 0};
    for (size_t i = 0; i + 1 < of.seats.count; i++) {
        const RoundSeat *one = &of.seats.seats[i], *other = &of.seats.seats[i + 1];
        if (one->round != other->round || one->table != other->table) continue;
        assert_false(have_met(&so_far, one->organisation, other->organisation));
        assert_false(have_met(known, one->organisation, other->organisation));
        bool is_lower = one->organisation < other->organisation;
        met[so_far.count++] = (Tie){is_lower ? one->organisation : other->organisation,
                                    is_lower ? other->organisation : one->organisation, (int)one->round};
    }
    return so_far.count;
}

static void nobody_meets_twice_and_ties_are_kept(void **state) {
    (void)state;
    World world;
    world_open(&world, ORGANISATIONS);
    Act first = plan_of(&world, world.first);
    assert_int_equal(first.plan.repeats, 0);
    assert_int_equal(first.plan.settings.rounds, 5);
    assert_true(first.plan.value > 0 && first.plan.value <= first.plan.bound);
    size_t meetings = check_meetings(&first, &(Ties){0});
    assert_int_equal(meetings, ORGANISATIONS / 2 * 5);
    assert_int_equal(step(&first, round_publish), OK);
    assert_int_equal(step(&first, NULL), OK);
    assert_int_equal(first.meetings, meetings);

    Act second = {.world = &world, .edition = world.second};
    assert_int_equal(store_read(world.store, world.arena, read_ties, &second), OK);
    Ties known = second.ties;
    assert_int_equal(known.count, meetings);
    second = plan_of(&world, world.second);
    assert_int_equal(second.plan.repeats, 0);
    assert_int_equal(check_meetings(&second, &known), ORGANISATIONS / 2 * 5);
    world_close(&world);
}

static void steps_know_what_was_seen(void **state) {
    (void)state;
    World world;
    world_open(&world, 6);
    Act act = plan_of(&world, world.second);
    Act late = act;
    late.step = (RoundStep){.edition = world.second}; /* saw no plan yet */
    assert_int_equal(store_write(world.store, world.arena, store_plan, &late), ERR_CONFLICT);
    assert_int_equal(step(&act, round_take_back), ERR_INPUT); /* a draft is not published */
    assert_int_equal(step(&act, round_publish), OK);
    assert_int_equal(act.plan.state, ROUND_PUBLISHED);
    late.step = (RoundStep){.edition = world.second, .plan = act.plan.id, .version = 1};
    assert_int_equal(step(&late, round_discard), ERR_CONFLICT);
    assert_int_equal(step(&act, round_take_back), OK);
    assert_int_equal(act.plan.state, ROUND_DRAFT);
    assert_int_equal(step(&act, round_discard), OK);
    act.step = (RoundStep){.edition = world.second};
    assert_int_equal(step(&act, round_publish), ERR_NOT_FOUND);
    world_close(&world);
}

static void a_new_draft_leaves_what_people_see(void **state) {
    (void)state;
    World world;
    world_open(&world, 6);
    Act act = plan_of(&world, world.second);
    assert_int_equal(step(&act, round_publish), OK);
    Id published = act.plan.id;
    assert_int_equal(store_write(world.store, world.arena, store_plan, &act), OK);
    assert_int_equal(act.plan.state, ROUND_DRAFT);
    assert_true(act.plan.id != published);
    act.step = (RoundStep){.edition = world.second, .plan = act.plan.id, .version = act.plan.version};
    assert_int_equal(step(&act, round_publish), OK);
    assert_int_equal(step(&act, round_discard), ERR_INPUT);
    world_close(&world);
}

/* ---- one turned out to be another ---- */

/* What all are told of their tables, as text, with the name of who that is replaced. */
static Str told(Tx *tx, const World *world, Id edition, Id replaced) {
    Buffer text = buffer_in(tx_arena(tx));
    RoundPlan plan;
    assert_true(round_current(tx, edition, &plan));
    RoundSeats seats = round_seats(tx, edition, plan.id);
    for (size_t i = 0; i < seats.count; i++) {
        RoundsMyMeetingsRows rows = rounds_sql_my_meetings(tx, edition, seats.seats[i].organisation);
        for (size_t k = 0; k < rows.count; k++) {
            const RoundsMyMeetingsRow *row = &rows.rows[k];
            bool is_it = row->partner.given && row->partner.value == replaced;
            buffer_format(&text, "%lld %lld %lld %.*s %.*s %d\n", (long long)row->round, (long long)row->table_number,
                          (long long)(is_it ? 0 : row->partner.value), STR_FORMAT(row->reason), STR_FORMAT(row->asked),
                          row->who.given && row->who.value == replaced);
        }
    }
    Ties met = ties_of_edition(tx, edition);
    for (size_t i = 0; i < world->count; i++) {
        size_t partners = 0;
        for (size_t k = 0; k < met.count; k++)
            partners += met.ties[k].lower == world->organisations[i] || met.ties[k].higher == world->organisations[i];
        buffer_format(&text, "%zu met %zu\n", i, world->organisations[i] == replaced ? 0 : partners);
    }
    return buffer_str(&text);
}

static void assert_same_lines(Arena *arena, Str one, Str other) {
    StrList lines[2];
    Str texts[] = {one, other};
    for (int side = 0; side < 2; side++) {
        lines[side] = (StrList){arena_array(arena, Str, one.size + other.size), 0};
        for (Str rest = texts[side], line; str_next_part(&rest, '\n', &line);)
            lines[side].strs[lines[side].count++] = line;
    }
    assert_int_equal(lines[0].count, lines[1].count);
    for (size_t i = 0; i < lines[0].count; i++) {
        size_t here = 0, there = 0;
        for (size_t k = 0; k < lines[0].count; k++) {
            here += str_equal(lines[0].strs[k], lines[0].strs[i]);
            there += str_equal(lines[1].strs[k], lines[0].strs[i]);
        }
        if (here != there) fail_msg("%zu and %zu times: %.*s", here, there, STR_FORMAT(lines[0].strs[i]));
    }
}

/* Its seats, its reasons and whom it met go along, whether its new id stands before or behind the others'. */
static Err join_and_back(Tx *tx, void *context) {
    World *world = context;
    Arena *arena = tx_arena(tx);
    Id from = world->organisations[2];
    Id to = organisation_add(tx, &(Organisation){.name = STR("Ta sama"), .legal_form = STR(""), .words = STR("")});
    assert_true(to > world->organisations[world->count - 1]);
    /* Its sign-up is what the room below has moved: who does not take part is told of no meeting. */
    accept_signup(tx, world->second, to, &(Exchanges){0});
    Str before = told(tx, world, world->second, from);
    rounds_organisation_joins(tx, &(OrganisationJoin){world->second, from, to, false});
    RoundPlan plan;
    assert_true(round_current(tx, world->second, &plan));
    RoundSeats seats = round_seats(tx, world->second, plan.id);
    for (size_t i = 0; i < seats.count; i++) assert_int_not_equal(seats.seats[i].organisation, from);
    world->organisations[2] = to;
    assert_same_lines(arena, before, told(tx, world, world->second, to));
    rounds_organisation_joins(tx, &(OrganisationJoin){world->second, to, from, false});
    world->organisations[2] = from;
    assert_same_lines(arena, before, told(tx, world, world->second, from));
    /* Where both sit each keeps its seat: nobody sits twice, and nobody's table is emptied unseen. */
    rounds_organisation_joins(tx, &(OrganisationJoin){world->second, from, world->organisations[3], true});
    RoundSeats both = round_seats(tx, world->second, plan.id);
    assert_int_equal(both.count, seats.count);
    size_t kept = 0;
    for (size_t i = 0; i < both.count; i++) kept += both.seats[i].organisation == from;
    assert_true(kept > 0);
    return OK;
}

static void a_joined_organisation_keeps_its_tables(void **state) {
    (void)state;
    World world;
    world_open(&world, 12);
    Act act = plan_of(&world, world.second);
    assert_int_equal(step(&act, round_publish), OK);
    assert_int_equal(step(&act, NULL), OK);
    if (store_write(world.store, world.arena, join_and_back, &world))
        fail_msg("%s", arena_failure(world.arena)->message);
    world_close(&world);
}

static void two_are_needed(void **state) {
    (void)state;
    World world;
    world_open(&world, 1);
    Act act = {.world = &world, .edition = world.second};
    assert_int_equal(store_read(world.store, world.arena, draft_plan, &act), ERR_LIMIT);
    world_close(&world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_meets_twice_and_ties_are_kept),
        cmocka_unit_test(steps_know_what_was_seen),
        cmocka_unit_test(a_new_draft_leaves_what_people_see),
        cmocka_unit_test(a_joined_organisation_keeps_its_tables),
        cmocka_unit_test(two_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
