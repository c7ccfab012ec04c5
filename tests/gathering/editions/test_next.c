// SPDX-License-Identifier: EUPL-1.2
/* The next edition from the last: everything ticked is there, equal but for keys and days; what has hours waits for a
 * day; and no table of an edition is forgotten: it is copied, or stands here with why it stays. */
#include "../../cmocka_all.h"
#include "../../platform/store/own.h"
#include "gathering/editions/asks.h"
#include "gathering/editions/edition_form.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/next.h"
#include "gathering/questions/questions.h"
#include "gathering/signups/asked.h"
#include "gathering/signups/guests.h"
#include "gathering/signups/signups.h"
#include "gathering/tasks/tasks.h"
#include "gathering/ties/ties.h"
#include "gathering/walks/walks.h"
#include "platform/account/account.h"
#include "platform/store/rows.h"
#include <string.h>
#include <unistd.h>

static const Room *const rooms[] = {&editions_room, &signups_room, &questions_room, &walks_room, &tasks_room};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

typedef struct World {
    Arena *arena;
    Store *store;
    char folder[64];
    Id series, edition, helper, other_helper;
} World;

static Edition edition_from_form(Id series, const char *date, const char *from, const char *to) {
    EditionForm typed = {.number = 2,
                         .title = STR("Razem II"),
                         .words = STR("Rozmowy i ciasto."),
                         .date = str_from_c(date),
                         .from = str_from_c(from),
                         .to = str_from_c(to),
                         .closes = STR(""),
                         .zone = STR("Europe/Warsaw"),
                         .places = given_int(70)};
    Edition edition = {.series = {.id = series}, .slug = STR("ii"), .state = EDITION_FINISHED};
    assert_int_equal(edition_form_take(&typed, &edition), EDITION_GOOD);
    return edition;
}

static int64_t at(Tx *tx, Id edition, const char *time) {
    Edition found;
    int64_t ms;
    assert_true(edition_get(tx, edition, &found));
    assert_true(edition_moment(&found, str_from_c(time), &ms));
    return ms;
}

static void fill_places(Tx *tx, World *world) {
    Id house_id = edition_add_venue(tx, world->edition, STR("Dom"), STR("ul. Przykładowa 56"), STR("Wejście z boku"));
    Id yard = edition_add_venue(tx, world->edition, STR("Dziedziniec"), STR(""), STR(""));
    edition_add_space(
        tx, world->edition, house_id,
        &(Space){.name = STR("Sala"), .words = STR("duża"), .capacity = given_int(120), .is_stage = true});
    Id second = edition_add_space(tx, world->edition, yard,
                                  &(Space){.name = STR("Sala"),
                                           .words = STR(""),
                                           .step_free = true,
                                           .has_toilet = true,
                                           .has_loop = true,
                                           .is_quiet = true,
                                           .takes_dogs = true,
                                           .interpreter_until = STR("2026-03-01"),
                                           .equipment = STR("krzesła"),
                                           .power = STR("16 A"),
                                           .uses = STR("warsztaty")});
    Id host = edition_add_party(
        tx, world->edition,
        &(Party){.role = STR("host"), .name = STR("Fundacja Kasztan"), .website = STR("https://kasztan.example")});
    edition_add_party(tx, world->edition, &(Party){.role = STR("partner"), .name = STR("Miasto"), .website = STR("")});
    Str gifts[] = {STR("przestrzeń"), STR("nagłośnienie")};
    edition_set_contributions(tx, world->edition, host, &(StrList){gifts, COUNT(gifts)});
    edition_add_section(tx, world->edition,
                        &(FrameSection){.kind = STR("doors"),
                                        .title = STR(""),
                                        .starts_ms = at(tx, world->edition, "14:00"),
                                        .ends_ms = at(tx, world->edition, "14:30")});
    edition_add_section(tx, world->edition,
                        &(FrameSection){.kind = STR("potluck"),
                                        .title = STR("Przerwa"),
                                        .starts_ms = at(tx, world->edition, "15:45"),
                                        .ends_ms = at(tx, world->edition, "16:15"),
                                        .is_protected = true,
                                        .space = second});
}

static void fill_asks(Tx *tx, World *world) {
    Id space = edition_spaces(tx, world->edition).spaces[1].id;
    Id id = ask_add(tx, world->edition, "host", space, STR("dwa gniazdka"), 0);
    Ask ask = {.id = id,
               .words = STR("dwa gniazdka"),
               .answer = STR("no"),
               .answer_words = STR("nie ma"),
               .answer_name = STR("Anna Zmyślona"),
               .version = 1};
    assert_int_equal(ask_answer(tx, world->edition, &ask, 0), OK);
    assert_int_equal(ask_answer(tx, world->edition, &ask, 0), ERR_CONFLICT); /* somebody was first */
    ask_add(tx, world->edition, "host", 0, STR("kawa"), 0);
    ask_add(tx, world->edition, "access", 99, STR("pętla"), 0); /* of a sign-up: it stays */
}

/* One of a choice, and one that depends on it. */
static void fill_questions(Tx *tx, World *world) {
    Question craft = {.edition = world->edition,
                      .kind = QUESTION_CHOICE,
                      .label = {{[LANGUAGE_PL] = STR("Warsztat?"), STR(""), STR("")}},
                      .hint = {{STR(""), STR(""), STR("")}},
                      .shown_answer = STR("")};
    Id question, clay, other;
    assert_int_equal(question_add(tx, &craft, 0, &question), OK);
    Choice choice = {.edition = world->edition,
                     .question = question,
                     .label = {{[LANGUAGE_PL] = STR("glina"), STR(""), STR("")}},
                     .places = given_int(12)};
    assert_int_equal(choice_add(tx, &choice, 0, &clay), OK);
    Question apron = {.edition = world->edition,
                      .kind = QUESTION_LINE,
                      .label = {{[LANGUAGE_PL] = STR("Fartuch?"), STR(""), STR("")}},
                      .hint = {{STR(""), STR(""), STR("")}},
                      .is_required = true,
                      .shown_question = question,
                      .shown_answer = id_text(tx_arena(tx), clay)};
    assert_int_equal(question_add(tx, &apron, 0, &other), OK);
    signup_set_asks(tx, world->edition, (unsigned)ASK_ALL & ~(unsigned)ASK_WEBSITE, 0);
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
    Edition edition = edition_from_form(world->series, "2026-03-12", "14:00", "19:00");
    assert_int_equal(edition_add(tx, &edition, &world->edition), OK);
    fill_places(tx, world);
    fill_asks(tx, world);
    fill_questions(tx, world);
    Id walk = walk_add(tx, &(Walk){.edition = world->edition, .name = STR("Ogrody"), .meeting_point = STR("brama")});
    Id turn;
    assert_int_equal(walk_add_turn(tx,
                                   &(Turn){.edition = world->edition,
                                           .walk = walk,
                                           .places = 20,
                                           .step_free = true,
                                           .starts_ms = at(tx, world->edition, "15:50")},
                                   &turn),
                     OK);
    walk_add(tx, &(Walk){.edition = world->edition, .name = STR("Dach")});
    Id task;
    assert_int_equal(task_add(tx,
                              &(Task){.edition = world->edition,
                                      .kind = STR("set_up"),
                                      .words = STR("Otworzyć dom"),
                                      .due_days = given_int(-1),
                                      .whom = STR("dozorca")},
                              0, &task),
                     OK);
    guest_add(tx,
              &(Guest){.edition = world->edition,
                       .kind = STR("press"),
                       .name = STR("Gazeta Próbna"),
                       .words = STR(""),
                       .people = 2},
              0);
    world->helper = person_ensure(tx, STR("Pomoc"), STR("pomoc@example.org"), STR_ABSENT, LANGUAGE_PL);
    role_give(tx, world->helper, ROLE_DOOR, world->edition, 0);
    world->other_helper = person_ensure(tx, STR("Skądinąd"), STR("inny@example.org"), STR_ABSENT, LANGUAGE_PL);
    role_give(tx, world->other_helper, ROLE_DOOR, world->edition, 0);
    role_give(tx, world->other_helper, ROLE_COORDINATOR, 77, 0); /* of another series */
    return OK;
}

static int set_up(void **state) {
    World *world = malloc(sizeof *world);
    *world = (World){0};
    world->arena = own_folder(world->folder, "next", 8 << 20);
    world->store = own_store(world->arena, world->folder, NULL);
    assert_int_equal(store_write(world->store, world->arena, fill, world), OK);
    *state = world;
    return 0;
}

static int tear_down(void **state) {
    World *world = *state;
    own_end(world->arena, world->folder, world->store);
    free(world);
    return 0;
}

static StrList every_part(Arena *arena) {
    StrList names = {arena_array(arena, Str, 32), 0};
    for (size_t i = 0; i < house.room_count; i++)
        for (size_t k = 0; k < rooms[i]->copy_part_count; k++)
            names.strs[names.count++] = str_from_c(rooms[i]->copy_parts[k].name);
    return names;
}

/* ---- rows of two editions, compared ---- */

typedef struct Seen {
    Id edition;
    const RowValue *rows[64];
    size_t count;
} Seen;

static void see(void *context, const StoreTable *table, const RowValue *values) {
    Seen *seen = context;
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, strcmp(table->name, "edition") ? "edition" : "id") == 0 &&
            values[i].integer == seen->edition && seen->count < COUNT(seen->rows))
            seen->rows[seen->count++] = values;
}

/* Keys, what refers to rows that were copied too, and when; the edition's own address, name, number and state. */
static bool may_differ(const StoreTable *table, const StoreColumn *column) {
    static const char *const of_edition[] = {"slug",       "number",      "title",       "state",    "date",
                                             "created_ms", "reported_on", "reported_in", "closes_ms"};
    static const char *const references[] = {"venue", "party", "walk", "space", "version"};
    if (column->type == STORE_ID && column->in_key) return true;
    if (strstr(column->name, "_ms")) return true;
    for (size_t i = 0; i < COUNT(references); i++)
        if (strcmp(column->name, references[i]) == 0) return true;
    for (size_t i = 0; i < COUNT(of_edition); i++)
        if (strcmp(table->name, "edition") == 0 && strcmp(column->name, of_edition[i]) == 0) return true;
    return false;
}

static void compare_table(Tx *tx, const char *name, Id from, Id to) {
    const StoreTable *table = row_table(str_from_c(name));
    assert_non_null(table);
    Seen before = {.edition = from}, after = {.edition = to};
    RowScope all = {.with_people = true};
    rows_each(tx, table, &all, see, &before);
    rows_each(tx, table, &all, see, &after);
    if (before.count != after.count || !before.count)
        fail_msg("%s: %zu rows became %zu", name, before.count, after.count);
    for (size_t r = 0; r < before.count; r++)
        for (size_t i = 0; i < table->column_count; i++) {
            const RowValue *one = &before.rows[r][i], *other = &after.rows[r][i];
            if (may_differ(table, &table->columns[i])) continue;
            bool is_same = one->is_null == other->is_null &&
                           (one->is_null || (one->integer == other->integer && str_equal(one->text, other->text)));
            if (!is_same) fail_msg("%s.%s was not copied", name, table->columns[i].name);
        }
}

static void compare_times(Tx *tx, const Edition *from, const Edition *to) {
    Frame before = edition_frame(tx, from->id), after = edition_frame(tx, to->id);
    Arena *arena = tx_arena(tx);
    assert_int_equal(before.count, after.count);
    for (size_t i = 0; i < before.count; i++) {
        Civil one = zone_civil(from->zone, before.sections[i].starts_ms);
        Civil other = zone_civil(to->zone, after.sections[i].starts_ms);
        assert_str(clock_time(arena, &one), clock_time(arena, &other));
        assert_int_equal(other.month * 100 + other.day, 611);
    }
    assert_int_not_equal(after.sections[1].space, before.sections[1].space);
    Spaces spaces = edition_spaces(tx, to->id);
    assert_int_equal(spaces.count, 2);
    assert_int_equal(after.sections[1].space, spaces.spaces[1].id); /* the second that is called so */
}

/* Asked anew: what was answered then is not an answer now. */
static void compare_asks(Tx *tx, const Edition *to) {
    Asks asks = asks_of(tx, to->id, "host");
    assert_int_equal(asks.count, 2);
    assert_str(asks.asks[0].words, STR("dwa gniazdka"));
    assert_int_equal(asks.asks[0].subject, edition_spaces(tx, to->id).spaces[1].id);
    assert_int_equal(asks.asks[1].subject, 0);
    for (size_t i = 0; i < asks.count; i++) assert_true(str_is_empty(asks.asks[i].answer));
    assert_int_equal(asks_of(tx, to->id, "access").count, 0);
}

/* March to June: the clocks change between, the hours on the wall do not. */
static Err copies_all(Tx *tx, void *context) {
    World *world = context;
    Edition from, to, made = edition_from_form(world->series, "2026-06-11", "14:00", "19:00");
    assert_true(edition_get(tx, world->edition, &from));
    made.words = STR("");
    made.places = (OptionalInt){0};
    made.number = 3;
    made.slug = STR("iii");
    StrList parts = every_part(world->arena);
    Id id;
    EditionCopy copy = {.tx = tx, .from = &from, .base_url = STR("https://razem.example")};
    assert_int_equal(edition_make_next(&house, &copy, &made, &parts, &id), OK);
    assert_true(edition_get(tx, id, &to));
    assert_int_equal(to.state, EDITION_DRAFT);
    for (size_t i = 0; i < house.room_count; i++)
        for (size_t k = 0; k < rooms[i]->copy_part_count; k++) {
            Str tables = str_from_c(rooms[i]->copy_parts[k].tables), table;
            while (str_next_part(&tables, ' ', &table))
                if (table.size && !str_equal(table, STR("ask")))
                    compare_table(tx, str_to_c(world->arena, table), from.id, to.id);
        }
    compare_times(tx, &from, &to);
    compare_asks(tx, &to);
    Walks walks = walks_of(tx, to.id);
    assert_int_equal(walks.walks[0].turn_count, 1);
    assert_int_equal(walks.walks[0].turns[0].starts_ms, at(tx, to.id, "15:50"));
    assert_true(role_held(tx, world->helper, ROLE_DOOR, (Scope){.series = world->series, .edition = to.id}));
    assert_false(role_held(tx, world->other_helper, ROLE_DOOR, (Scope){.series = world->series, .edition = to.id}));
    assert_int_equal(edition_make_next(&house, &copy, &made, &parts, &id), ERR_CONFLICT);
    return OK;
}

static void test_all_that_is_ticked(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, copies_all, world), OK);
}

/* Where only June is known, hours wait; with the day they come, once; and nothing that was not ticked is there. */
static Err waits(Tx *tx, void *context) {
    World *world = context;
    Edition from, to, made = edition_from_form(world->series, "2027-06", "", "");
    assert_true(edition_get(tx, world->edition, &from));
    made.number = 4;
    made.slug = STR("iv");
    Str names[] = {STR("places"), STR("day"), STR("walks"), STR("nothing like it")};
    StrList parts = {names, COUNT(names)};
    Id id;
    EditionCopy copy = {.tx = tx, .from = &from, .base_url = STR_ABSENT};
    assert_int_equal(edition_make_next(&house, &copy, &made, &parts, &id), OK);
    assert_true(edition_get(tx, id, &to));
    assert_int_equal(edition_spaces(tx, id).count, 2);
    assert_int_equal(edition_frame(tx, id).count, 0);
    assert_int_equal(guests_of(tx, id).count, 0);
    CopyOffers offers = copy_offers(tx, &house, &from, &to);
    size_t waiting = 0;
    for (size_t i = 0; i < offers.count; i++) {
        waiting += offers.offers[i].waits;
        assert_string_not_equal(offers.offers[i].part->name, "places"); /* it has some */
    }
    assert_int_equal(waiting, 2);
    copy.to = &to;
    assert_int_equal(edition_take_over(&house, &copy, &parts), 0);
    to.date = (ImpreciseDate){DATE_DAY, 2026, 6, 11};
    to.date_text = STR("2026-06-11");
    assert_int_equal(edition_update(tx, &to), OK);
    assert_int_equal(edition_take_over(&house, &copy, &parts), 2);
    compare_times(tx, &from, &to);
    assert_int_equal(edition_take_over(&house, &copy, &parts), 0);
    assert_int_equal(edition_frame(tx, id).count, 2);
    /* An empty draft in between does not cut the chain. */
    Edition empty = to, last = to;
    empty.number = 8;
    empty.slug = STR("viii");
    last.number = 9;
    last.slug = STR("ix");
    assert_int_equal(edition_add(tx, &empty, &empty.id), OK);
    assert_int_equal(edition_add(tx, &last, &last.id), OK);
    Editions sources = copy_sources(tx, &house, &last, true);
    assert_int_equal(sources.count, 2);
    assert_int_equal(sources.editions[0].id, to.id);
    assert_int_equal(sources.editions[1].id, from.id);
    assert_int_equal(copy_sources(tx, &house, &to, true).count, 0);
    assert_int_equal(copy_sources(tx, &house, &from, false).count, 0);
    return OK;
}

static void test_hours_wait_for_a_day(void **state) {
    World *world = *state;
    assert_int_equal(store_write(world->store, world->arena, waits, world), OK);
}

/* ---- nothing is forgotten ---- */

static const char *const stays[][2] = {
    {"reported_figure", "what a report told of that edition"},
    {"reported_kind", "what a report told of that edition"},
    {"meeting_held", "who met: counts in every edition of the series by itself"},
    {"signup", "who takes part is asked anew"},
    {"signup_note", "notes are of that sign-up"},
    {"organisation_join", "it stands, or not, for the whole series"},
    {"organisation_join_cell", "what was changed by it"},
    {"organisation_apart", "it holds for the whole series"},
    {"answer", "what was asked is answered anew"},
    {"answer_pick", "what was asked is answered anew"},
    {"answer_chunk", "what was asked is answered anew"},
    {"exchange", "what is needed and offered is of that time"},
    {"item", "the programme is made anew"},
    {"published_item", "the programme is made anew"},
    {"publication", "the programme is made anew"},
    {"dish", "what is brought is of that day"},
    {"mailing", "what was written then was about that day"},
    {"diet_count", "of who comes to that day"},
    {"round_plan", "who meets whom is planned anew"},
    {"seat", "who meets whom is planned anew"},
    {"pair_reason", "who meets whom is planned anew"},
};

static bool is_copied(Arena *arena, const char *table) {
    (void)arena;
    for (size_t i = 0; i < house.room_count; i++)
        for (size_t k = 0; k < rooms[i]->copy_part_count; k++) {
            Str tables = str_from_c(rooms[i]->copy_parts[k].tables), one;
            while (str_next_part(&tables, ' ', &one))
                if (str_equal(one, str_from_c(table))) return true;
        }
    return false;
}

static void test_every_table_of_an_edition(void **state) {
    World *world = *state;
    for (int i = 0; i < store_table_count; i++) {
        const StoreTable *table = &store_tables[i];
        if (strcmp(table->family, "edition") != 0 || table->is_local) continue;
        bool is_told = is_copied(world->arena, table->name);
        for (size_t k = 0; k < COUNT(stays); k++) {
            if (strcmp(stays[k][0], table->name) != 0) continue;
            if (is_told) fail_msg("%s is copied, and is said to stay", table->name);
            is_told = true;
        }
        if (!is_told) fail_msg("%s: copy it into the next edition, or say here why it stays", table->name);
    }
}

static void test_titles(void **state) {
    World *world = *state;
    static const struct {
        const char *title, *expected;
        int number, next;
    } cases[] = {
        {"Razem", "Razem II", 1, 2}, {"Razem II", "Razem III", 2, 3}, {"Razem do celu II", "Razem do celu III", 2, 3},
        {"Piknik", "Piknik", 2, 3},  {"Razem II", "Razem", 2, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Edition last = {
            .series = {.name = STR("Razem")}, .title = str_from_c(cases[i].title), .number = cases[i].number};
        assert_str(edition_title_after(world->arena, &last, cases[i].next), str_from_c(cases[i].expected));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_that_is_ticked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hours_wait_for_a_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_table_of_an_edition, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_titles, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
