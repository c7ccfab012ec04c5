// SPDX-License-Identifier: EUPL-1.2
/* The plan of the weeks before the day: when a task is due as the day is known, moves or is told by its month alone;
 * the proposed plan once; what is seen as done; and what two people at once and a very long plan do. */
#include "../../cmocka_all.h"
#include "../../platform/store/place.h"
#include "gathering/editions/edition_form.h"
#include "gathering/editions/next.h"
#include "gathering/tasks/internal.h"
#include "gathering/tasks/known.h"
#include <unistd.h>

typedef struct World {
    Arena *arena;
    Store *store;
    Clock clock;
    char folder[64];
    Id series, edition;
} World;

static Edition on(const char *date) {
    Edition edition = {.date_text = str_from_c(date)};
    assert_int_equal(zone_find(STR("Europe/Warsaw"), &edition.zone), OK);
    assert_true(imprecise_date_parse(edition.date_text, &edition.date));
    return edition;
}

static Err fill(Tx *tx, void *context) {
    World *world = context;
    Series series = {.slug = STR("razem"),
                     .name = STR("Razem"),
                     .words = STR(""),
                     .organiser = STR(""),
                     .phone = STR(""),
                     .email = STR(""),
                     .language = LANGUAGE_PL};
    assert_int_equal(series_add(tx, &series, &world->series), OK);
    Edition edition = on("2026-06-11");
    edition.series.id = world->series;
    edition.slug = STR("ii");
    edition.number = 2;
    edition.title = STR("Razem II");
    edition.words = STR("");
    assert_int_equal(edition_add(tx, &edition, &world->edition), OK);
    return OK;
}

static int set_up(void **state) {
    World *world = malloc(sizeof *world);
    *world = (World){.arena = arena_open(16 << 20), .folder = "/tmp/wspolnie-tasks-XXXXXX"};
    assert_non_null(mkdtemp(world->folder));
    assert_int_equal(clock_parse(STR("2026-04-20T10:00:00Z"), &world->clock), OK); /* 52 days before the day */
    StoreOptions options = {
        .path = store_place(world->arena, str_format(world->arena, "%s/wspolnie.db", world->folder).data),
        .clock = &world->clock,
        .may_create = true};
    assert_int_equal(store_open(world->arena, &options, &world->store), OK);
    assert_int_equal(store_write(world->store, world->arena, fill, world), OK);
    *state = world;
    return 0;
}

static int tear_down(void **state) {
    World *world = *state;
    store_close(world->store);
    store_place_remove(world->arena, str_format(world->arena, "%s/wspolnie.db", world->folder).data);
    const char *names[] = {"wspolnie.db", "wspolnie.db-wal", "wspolnie.db-shm"};
    for (size_t i = 0; i < COUNT(names); i++)
        unlink(str_to_c(world->arena, str_format(world->arena, "%s/%s", world->folder, names[i])));
    rmdir(world->folder);
    arena_close(world->arena);
    free(world);
    return 0;
}

static void in_store(void **state, TxFunction work) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, work, world), OK);
}

static Edition edition_now(Tx *tx, const World *world) {
    Edition edition;
    assert_true(edition_get(tx, world->edition, &edition));
    return edition;
}

/* ---- when it is due --------------------------------------------------------------------------------- */

static void test_due(void **state) {
    (void)state;
    Edition day = on("2026-06-11"), month = on("2026-06"), season = on("2026-22"), none = on("");
    Task before = {.due_days = given_int(-14), .due_on = STR("")}, own = {.due_on = STR("2026-05-12")};
    Task without = {.due_on = STR("")};
    assert_int_equal(task_due(&day, &before).day, civil_days(2026, 5, 28));
    for (int64_t days = -TASK_DAYS_MOST; days <= TASK_DAYS_MOST; days++) { /* over changes of year and of the clock */
        Task one = {.due_days = given_int(days)};
        assert_int_equal(task_due(&day, &one).day, civil_days(2026, 6, 11) + days);
    }
    const Edition *unknown[] = {&month, &season, &none};
    for (size_t i = 0; i < COUNT(unknown); i++) {
        assert_false(task_due(unknown[i], &before).is_known);
        assert_true(task_due(unknown[i], &own).is_known); /* its own date needs no other */
        assert_int_equal(task_pressure(unknown[i], &before, civil_days(2030, 1, 1)), TASK_LATER);
    }
    assert_false(task_due(&day, &without).is_known);
    assert_int_equal(task_pressure(&day, &without, 0), TASK_ANY_TIME);
}

static void test_pressure(void **state) {
    (void)state;
    Edition day = on("2026-06-11");
    Task task = {.due_days = given_int(-14), .due_on = STR("")};
    int64_t due = civil_days(2026, 5, 28);
    assert_int_equal(task_pressure(&day, &task, due + 1), TASK_LATE);
    assert_int_equal(task_pressure(&day, &task, due), TASK_THIS_WEEK); /* on its day it is not late */
    assert_int_equal(task_pressure(&day, &task, due - 6), TASK_THIS_WEEK);
    assert_int_equal(task_pressure(&day, &task, due - 7), TASK_LATER);
}

static void test_span_words(void **state) {
    World *world = *state;
    const struct {
        int64_t days;
        const char *pl, *en;
    } spans[] = {
        {-56, "8 tygodni przed spotkaniem", "8 weeks before the day"},
        {-7, "1 tydzień przed spotkaniem", "1 week before the day"},
        {-154, "22 tygodnie przed spotkaniem", "22 weeks before the day"},
        {-10, "10 dni przed spotkaniem", "10 days before the day"},
        {-1, "1 dzień przed spotkaniem", "1 day before the day"},
        {0, "w dniu spotkania", "on the day"},
        {2, "2 dni po spotkaniu", "2 days after the day"},
        {14, "2 tygodnie po spotkaniu", "2 weeks after the day"},
    };
    for (size_t i = 0; i < COUNT(spans); i++) {
        assert_string_equal(str_to_c(world->arena, task_span_words(world->arena, LANGUAGE_PL, spans[i].days)),
                            spans[i].pl);
        assert_string_equal(str_to_c(world->arena, task_span_words(world->arena, LANGUAGE_EN, spans[i].days)),
                            spans[i].en);
    }
}

/* ---- the proposed plan ------------------------------------------------------------------------------ */

static Err propose(Tx *tx, void *context) {
    World *world = context;
    Edition edition = edition_now(tx, world);
    assert_int_equal(tasks_propose(tx, &edition, LANGUAGE_UK, 0), OK);
    assert_int_equal(tasks_propose(tx, &edition, LANGUAGE_PL, 0), ERR_CONFLICT);
    Tasks tasks = tasks_of(tx, &edition);
    assert_int_equal(tasks.count, TASKS_PROPOSED);
    int64_t today = edition_today(&edition, tx_now_ms(tx)), last = 0;
    for (size_t i = 0; i < tasks.count; i++) {
        TaskDue due = task_due(&edition, &tasks.tasks[i]);
        assert_true(due.is_known && due.day >= today); /* nothing begins late */
        assert_true(due.day >= last);
        last = due.day;
    }
    return OK;
}

static void test_propose(void **state) { in_store(state, propose); }

/* ---- changed, ticked, gone -------------------------------------------------------------------------- */

static Err change(Tx *tx, void *context) {
    World *world = context;
    Edition edition = edition_now(tx, world);
    Task task = {.edition = world->edition, .words = STR("Krzesła"), .due_days = given_int(-3)}, seen;
    assert_int_equal(task_add(tx, &task, 0, &task.id), OK);
    assert_true(task_get(tx, world->edition, task.id, &seen));
    assert_int_equal(task_set_state(tx, &seen, TASK_DONE, 0), OK);
    assert_int_equal(task_set_state(tx, &seen, TASK_NOT_NEEDED, 0), ERR_CONFLICT); /* somebody was first */
    assert_int_equal(task_update(tx, &seen, 0), ERR_CONFLICT);
    assert_int_equal(task_remove(tx, &seen, 0), ERR_CONFLICT);
    assert_true(task_get(tx, world->edition, task.id, &seen));
    assert_true(seen.state == TASK_DONE && seen.state_ms.given);
    seen.due_days = (OptionalInt){0};
    seen.due_on = STR("2026-05-12");
    assert_int_equal(task_update(tx, &seen, 0), OK);
    assert_true(task_get(tx, world->edition, task.id, &seen));
    assert_int_equal(task_due(&edition, &seen).day, civil_days(2026, 5, 12));
    assert_int_equal(task_remove(tx, &seen, 0), OK);
    assert_false(task_get(tx, world->edition, task.id, &seen));
    return OK;
}

static void test_change(void **state) { in_store(state, change); }

static Err fill_up(Tx *tx, void *context) {
    World *world = context;
    Edition edition = edition_now(tx, world);
    Id id;
    for (int64_t i = 0; i < TASKS_MOST; i++) /* in an order that is not theirs */
        assert_int_equal(
            task_add(
                tx,
                &(Task){.edition = world->edition, .words = STR("Zadanie"), .due_days = given_int((i * 37) % 101 - 50)},
                0, &id),
            OK);
    assert_int_equal(task_add(tx, &(Task){.edition = world->edition, .words = STR("Za dużo")}, 0, &id), ERR_LIMIT);
    Tasks tasks = tasks_of(tx, &edition);
    assert_int_equal(tasks.count, TASKS_MOST);
    for (size_t i = 1; i < tasks.count; i++)
        assert_true(tasks.tasks[i - 1].due_days.value <= tasks.tasks[i].due_days.value);
    return OK;
}

static void test_limit(void **state) { in_store(state, fill_up); }

/* ---- what the program sees -------------------------------------------------------------------------- */

static bool sees(Tx *tx, const World *world, const char *kind) {
    Edition edition = edition_now(tx, world);
    TaskFacts facts = task_facts(tx, &edition);
    Task task = {.kind = str_from_c(kind)};
    bool is_seen = !str_is_empty(task_seen(tx_arena(tx), LANGUAGE_EN, &facts, &task));
    assert_int_equal(task_is_open(&facts, &task), !is_seen);
    task.state = TASK_DONE;
    assert_false(task_is_open(&facts, &task)); /* what somebody said is so */
    return is_seen;
}

static Err see(Tx *tx, void *context) {
    World *world = context;
    assert_false(sees(tx, world, "open") || sees(tx, world, "place") || sees(tx, world, "frame"));
    assert_false(sees(tx, world, "host") || sees(tx, world, "close") || sees(tx, world, "held"));
    assert_false(sees(tx, world, "") || sees(tx, world, "set_up"));
    Edition edition = edition_now(tx, world);
    assert_int_equal(edition_set_state(tx, world->edition, edition.version, EDITION_CALL_OPEN), OK);
    edition_add_venue(tx, world->edition, STR("Dom"), STR("ul. Przykładowa 1"), STR(""));
    assert_true(sees(tx, world, "open") && sees(tx, world, "place"));
    assert_false(sees(tx, world, "close") || sees(tx, world, "decide") || sees(tx, world, "day"));
    return OK;
}

static void test_seen(void **state) { in_store(state, see); }

/* ---- into the next edition -------------------------------------------------------------------------- */

static const Room *const rooms[] = {&tasks_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

static Err copy(Tx *tx, void *context) {
    World *world = context;
    Edition from = edition_now(tx, world), to = on("2027-06");
    Id id;
    Task relative = {.edition = world->edition,
                     .kind = STR("open"),
                     .words = STR("Otworzyć"),
                     .due_days = given_int(-56),
                     .whom = STR("Zosia"),
                     .note = STR("tajne")};
    Task own = {.edition = world->edition, .words = STR("Tłumaczka"), .due_on = STR("2026-05-12")};
    assert_int_equal(task_add(tx, &relative, 0, &id), OK);
    assert_true(task_get(tx, world->edition, id, &relative));
    assert_int_equal(task_set_state(tx, &relative, TASK_DONE, 0), OK);
    assert_int_equal(task_add(tx, &own, 0, &id), OK);
    to.series.id = world->series;
    to.slug = STR("iii");
    to.number = 3;
    to.title = STR("Razem III");
    to.words = STR("");
    Str part[] = {STR("tasks")};
    EditionCopy making = {.tx = tx, .from = &from};
    assert_int_equal(edition_make_next(&house, &making, &to, &(StrList){part, 1}, &id), OK);
    assert_true(edition_get(tx, id, &to));
    Tasks tasks = tasks_of(tx, &to);
    assert_int_equal(tasks.count, 2);
    assert_true(str_equal(tasks.tasks[0].kind, STR("open")) && str_equal(tasks.tasks[0].whom, STR("Zosia")));
    assert_int_equal(tasks.tasks[0].due_days.value, -56);
    assert_int_equal(tasks.tasks[0].state, TASK_TO_DO);
    assert_true(str_is_empty(tasks.tasks[0].note) && !tasks.tasks[0].state_ms.given);
    assert_int_equal(tasks.tasks[1].due_days.value, -30); /* its date, as long before the day as it was */
    assert_true(str_is_empty(tasks.tasks[1].due_on));
    assert_false(task_due(&to, &tasks.tasks[1]).is_known);
    making.to = &to;
    assert_int_equal(edition_take_over(&house, &making, &(StrList){part, 1}), 0); /* once */
    return OK;
}

static void test_copy(void **state) { in_store(state, copy); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due),
        cmocka_unit_test(test_pressure),
        cmocka_unit_test_setup_teardown(test_span_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_propose, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_copy, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
