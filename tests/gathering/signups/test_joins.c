// SPDX-License-Identifier: EUPL-1.2
/* Two organisations joined and two again: on rows of every table that names one, whatever tables there will be. */
#include "gathering/directory/directory.h"
#include "gathering/mailing/mailing.h"
#include "gathering/potluck/potluck.h"
#include "gathering/privacy/privacy.h"
#include "gathering/programme/programme.h"
#include "gathering/questions/questions.h"
#include "gathering/rounds/rounds.h"
#include "gathering/signups/joins.h"
#include "gathering/texts/texts.h"
#include "gathering/ties/ties.h"
#include "gathering/walks/walks.h"
#include "platform/dump/dump.h"
#include "testing.h"

static const Room *const rooms[] = {
    &organisations_room, &editions_room, &directory_room, &ties_room,    &signups_room, &questions_room,
    &programme_room,     &walks_room,    &rounds_room,    &potluck_room, &mailing_room, &privacy_room,
    &texts_room,
};
static const House house = {.rooms = rooms, .room_count = COUNT(rooms)};

static bool is_called(const char *one, const char *other) { return strcmp(one, other) == 0; }

/* ---- no column is forgotten --------------------------------------------------------------------------------- */

static bool names_organisation(const MoveColumn *move, const char *column) {
    return is_called(move->column, column) || (move->higher && is_called(move->higher, column)) ||
           (move->who && is_called(move->who, column));
}

static const JoinColumn *column_of(const char *table, const char *column, int *count) {
    const JoinColumn *found = NULL;
    *count = 0;
    for (size_t i = 0; i < COUNT(rooms); i++)
        for (size_t k = 0; k < rooms[i]->join_column_count; k++) {
            const JoinColumn *one = &rooms[i]->join_columns[k];
            if (!is_called(one->move.table, table) || !names_organisation(&one->move, column)) continue;
            found = one;
            ++*count;
        }
    return found;
}

/* Ids that the schema does not say of what they are, and that are never an organisation's. */
static const char *const other_ids[] = {
    "id",         "edition",    "series",      "person",      "reserved_id",    "venue",     "space",   "party",
    "notice",     "decided_by", "sent_signup", "uploaded_by", "guest",          "section",   "item",    "published_by",
    "walk",       "plan",       "only_series", "gate",        "shown_question", "question",  "choice",  "made_by",
    "late",       "signup",     "author",      "in_charge",   "joined_by",      "undone_by", "joining", "said_by",
    "invited_by", "handed_by",  "mailing",     "by_hand",
};
static const char *const other_ids_of[][2] = {{"ask", "subject"}};

static bool is_other_id(const char *table, const char *column) {
    for (size_t i = 0; i < COUNT(other_ids); i++)
        if (is_called(other_ids[i], column)) return true;
    for (size_t i = 0; i < COUNT(other_ids_of); i++)
        if (is_called(other_ids_of[i][0], table) && is_called(other_ids_of[i][1], column)) return true;
    return false;
}

static void every_column_that_names_an_organisation_is_decided(void **state) {
    (void)state;
    for (int i = 0; i < store_table_count; i++) {
        const StoreTable *table = &store_tables[i];
        for (size_t k = 0; k < table->column_count; k++) {
            const StoreColumn *column = &table->columns[k];
            int count;
            const JoinColumn *found = column_of(table->name, column->name, &count);
            bool refers = column->refers_to && is_called(column->refers_to, "organisation");
            bool is_told = column->refers_to || is_other_id(table->name, column->name);
            if (column->type == STORE_ID && !is_told && !found)
                fail_msg("%s.%s: an organisation's? then its room says in join_columns what a join does with it, else "
                         "it is one of other_ids",
                         table->name, column->name);
            if (refers && count != 1)
                fail_msg("%s.%s names an organisation: %d rooms say what a join does with it", table->name,
                         column->name, count);
            if (found && found->fate != JOIN_FOLLOWS && !found->why)
                fail_msg("%s.%s: say why it does not follow", table->name, column->name);
        }
    }
}

/* What is said of columns is of columns that are there. */
static void every_rule_is_of_a_column(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(rooms); i++)
        for (size_t k = 0; k < rooms[i]->join_column_count; k++) {
            const MoveColumn *move = &rooms[i]->join_columns[k].move;
            const StoreTable *table = row_table(str_from_c(move->table));
            assert_non_null(table);
            RowValue values[64] = {0};
            assert_true(table->column_count <= COUNT(values));
            row_value(table, values, move->column);
            if (move->higher) row_value(table, values, move->higher);
            if (move->who) row_value(table, values, move->who);
        }
}

/* ---- rows in every table ------------------------------------------------------------------------------------ */

typedef struct Made {
    const StoreTable *table;
    RowValue *values;
} Made;
typedef struct Filling {
    World *world;
    Tx *tx;
    uint64_t random;
    Made made[4000];
    size_t count;
    Id organisations[6], editions[3];
    Id owner, people[4];
} Filling;

static uint64_t next(Filling *filling, uint64_t below) { /* xorshift64 (Marsaglia 2003) */
    filling->random ^= filling->random << 13;
    filling->random ^= filling->random >> 7;
    filling->random ^= filling->random << 17;
    return filling->random % below;
}

static Id any_row(Filling *filling, const char *table, Id edition) {
    Id found = 0;
    uint64_t seen = 0;
    for (size_t i = 0; i < filling->count; i++) {
        Made *one = &filling->made[i];
        if (!is_called(one->table->name, table) || row_value(one->table, one->values, "edition")->integer != edition)
            continue;
        if (next(filling, ++seen) == 0) found = row_value(one->table, one->values, "id")->integer;
    }
    return found;
}

static Id referred(Filling *filling, const char *table, Id edition) {
    if (is_called(table, "organisation")) return filling->organisations[next(filling, COUNT(filling->organisations))];
    if (is_called(table, "person")) return filling->people[next(filling, COUNT(filling->people))];
    if (is_called(table, "edition")) return edition;
    if (is_called(table, "series")) return next(filling, 2) ? filling->world->series : filling->world->other_series;
    return any_row(filling, table, edition);
}

static RowValue any_value(Filling *filling, const StoreTable *table, const StoreColumn *column, Id edition) {
    static const char *const words[] = {"accepted", "withdrawn", "new", "waiting", "senior", "x", ""};
    int count;
    const JoinColumn *names = column_of(table->name, column->name, &count);
    bool is_id = column->type == STORE_ID;
    RowValue value = {.text = STR_ABSENT};
    if (column->nullable && next(filling, 3) == 0) return (RowValue){.is_null = true, .text = STR_ABSENT};
    if (is_id && is_called(column->name, "id")) value.integer = tx_new_id(filling->tx);
    else if (is_id && is_called(column->name, "edition")) value.integer = edition;
    else if (is_id && names) value.integer = referred(filling, "organisation", edition);
    else if (is_id && column->refers_to) value.integer = referred(filling, column->refers_to, edition);
    else if (is_id) value.integer = referred(filling, column->name, edition);
    else if (column->type == STORE_INT) value.integer = (int64_t)next(filling, 4);
    else if (column->type == STORE_BOOL) value.integer = (int64_t)next(filling, 2);
    else value.text = str_from_c(words[next(filling, COUNT(words))]);
    return value;
}

static void swap_pair(const StoreTable *table, RowValue *values) {
    for (size_t i = 0; i < table->column_count; i++) {
        int count;
        const JoinColumn *found = column_of(table->name, table->columns[i].name, &count);
        if (!found || !found->move.higher || !is_called(found->move.column, table->columns[i].name)) continue;
        RowValue *lower = &values[i], *higher = row_value(table, values, found->move.higher), kept = *lower;
        if (lower->integer <= higher->integer) continue;
        *lower = *higher;
        *higher = kept;
    }
}

/* The one unique key that the schema's description does not tell. */
static bool is_second_sign_up(Filling *filling, const StoreTable *table, RowValue *values) {
    if (!is_called(table->name, "signup")) return false;
    for (size_t i = 0; i < filling->count; i++) {
        Made *one = &filling->made[i];
        if (one->table == table &&
            row_value_is_same(row_value(table, one->values, "edition"), row_value(table, values, "edition")) &&
            row_value_is_same(row_value(table, one->values, "organisation"), row_value(table, values, "organisation")))
            return true;
    }
    return false;
}

static bool lacks_parent(const StoreTable *table, const RowValue *values) {
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].refers_to && !values[i].is_null && !values[i].integer) return true;
    return false;
}

static bool is_made_here(const StoreTable *table) {
    static const char *const by_hand[] = {"edition", "organisation", "person", "organisation_join",
                                          "organisation_join_cell"};
    for (size_t i = 0; i < COUNT(by_hand); i++)
        if (is_called(table->name, by_hand[i])) return false;
    if (table->is_local || is_called(table->family, "installation")) return false;
    bool names = !is_called(table->family, "person");
    int count;
    for (size_t i = 0; i < table->column_count; i++)
        names = names || column_of(table->name, table->columns[i].name, &count);
    return names;
}

static void fill_table(Filling *filling, const StoreTable *table) {
    enum { ROWS = 14 };
    for (int n = 0; n < ROWS && filling->count < COUNT(filling->made); n++) {
        Id edition = filling->editions[next(filling, COUNT(filling->editions))];
        RowValue *values = arena_array(tx_arena(filling->tx), RowValue, table->column_count);
        for (size_t i = 0; i < table->column_count; i++)
            values[i] = any_value(filling, table, &table->columns[i], edition);
        if (is_called(table->name, "role_grant")) {
            row_value(table, values, "role")->integer = ROLE_REPRESENTATIVE;
            row_value(table, values, "series")->integer = referred(filling, "series", edition);
            *row_value(table, values, "ends_ms") = (RowValue){.is_null = true};
        }
        swap_pair(table, values);
        Str differs;
        if (is_second_sign_up(filling, table, values) || lacks_parent(table, values)) continue;
        if (row_put(filling->tx, table, values, false, &differs) == ROW_ADDED)
            filling->made[filling->count++] = (Made){table, values};
    }
}

static Id person(Tx *tx, const char *email) {
    return person_ensure(tx, STR("Osoba"), str_from_c(email), STR_ABSENT, LANGUAGE_PL);
}

static Err fill(Tx *tx, void *context) {
    Filling *filling = context;
    World *world = filling->world;
    filling->tx = tx;
    filling->owner = person(tx, "owner@example.org");
    role_give(tx, filling->owner, ROLE_OWNER, 0, 0);
    for (size_t i = 0; i < COUNT(filling->people); i++)
        filling->people[i] = person(tx, str_to_c(world->arena, str_format(world->arena, "p%zu@example.org", i)));
    const Id editions[] = {world->first, world->second, world->elsewhere};
    memcpy(filling->editions, editions, sizeof editions);
    for (size_t i = 0; i < COUNT(filling->organisations); i++) {
        Organisation made = {.name = str_format(world->arena, "Koło %zu", i),
                             .legal_form = STR(""),
                             .words = next(filling, 2) ? STR("Śpiewamy.\n\nI gramy.") : STR(""),
                             .website = next(filling, 2) ? STR("https://a.example") : STR_ABSENT};
        if (next(filling, 2)) made.nip = STR("8567346215");
        filling->organisations[i] = organisation_add(tx, &made);
    }
    for (int i = 0; i < store_table_count; i++)
        if (is_made_here(&store_tables[i])) fill_table(filling, &store_tables[i]);
    return OK;
}

/* ---- what is there, but for versions, and that it was done -------------------------------------------------- */

static Err whole(Tx *tx, void *context) {
    Buffer *out = context, document = buffer_in(tx_arena(tx));
    dump_export(tx, &(RowScope){.with_people = true}, &document);
    Str rest = buffer_str(&document), line;
    bool is_left_out = false;
    while (str_next_part(&rest, '\n', &line)) {
        if (str_starts_with(line, STR("\""))) {
            static const char *const names[] = {"\"audit", "\"organisation_join"};
            is_left_out = false;
            for (size_t i = 0; i < COUNT(names); i++)
                is_left_out = is_left_out || str_starts_with(line, str_from_c(names[i]));
        }
        if (is_left_out) continue;
        ptrdiff_t at = str_index_of(line, STR("\"version\":")), end;
        if (at < 0) {
            buffer_add(out, line);
        } else {
            buffer_add(out, str_slice(line, 0, (size_t)at));
            Str behind = str_skip(line, (size_t)at);
            end = str_index_of_char(behind, ',');
            if (end < 0) end = str_index_of_char(behind, '}');
            buffer_add(out, str_skip(behind, (size_t)end));
        }
        buffer_add_char(out, '\n');
    }
    return OK;
}

static Str whole_of(World *world) {
    Buffer out = buffer_in(world->arena);
    assert_int_equal(store_read(world->store, world->arena, whole, &out), OK);
    return buffer_str(&out);
}

static void assert_same_document(Str before, Str after) {
    Str one, other;
    while (str_next_part(&before, '\n', &one) && str_next_part(&after, '\n', &other))
        if (!str_equal(one, other)) fail_msg("%.*s became %.*s", STR_FORMAT(one), STR_FORMAT(other));
    assert_true(str_is_empty(before) && str_is_empty(after));
}

static size_t lines_in(Str document) {
    Str line;
    size_t count = 0;
    while (str_next_part(&document, '\n', &line)) count++;
    return count;
}

/* ---- joining, in a transaction ------------------------------------------------------------------------------ */

typedef struct Act {
    Id edition, joined, kept, by, join;
    bool nobody_is_chosen;
    JoinFault fault;
    Join in_the_way;
    Err err;
} Act;

static Id shared_edition(Tx *tx, const World *world, Act *act) {
    const Id editions[] = {world->first, world->second, world->elsewhere};
    for (size_t i = 0; i < COUNT(editions); i++) {
        JoinAsked asked = {.edition = editions[i], .joined = act->joined, .kept = act->kept, .by = act->by};
        if (join_may(tx, &asked) != JOIN_NOT_HERE) return editions[i];
    }
    return 0;
}

static void do_join(Tx *tx, Act *act) {
    Organisation joined, kept;
    assert_true(organisation_get(tx, act->joined, &joined) && organisation_get(tx, act->kept, &kept));
    JoinPeople people = join_people(tx, act->joined, act->kept);
    JoinAsked asked = {.edition = act->edition,
                       .joined = act->joined,
                       .kept = act->kept,
                       .joined_version = joined.version,
                       .kept_version = kept.version,
                       .acting = people.people,
                       .acting_count = act->nobody_is_chosen ? 0 : people.count,
                       .by = act->by};
    act->err = organisations_join(tx, &house, &asked, &act->fault, &act->join);
}

static void do_undo(Tx *tx, Act *act) {
    act->err =
        organisations_unjoin(tx, &house, &(JoinUndo){act->edition, act->join, act->by}, &act->fault, &act->in_the_way);
}

typedef struct Trial {
    Filling *filling;
    Act acts[3];
    size_t count;
} Trial;

static Err join_some(Tx *tx, void *context) {
    Trial *random = context;
    Filling *filling = random->filling;
    random->count = 0;
    for (int tries = 0; tries < 30 && random->count < COUNT(random->acts); tries++) {
        Act act = {.joined = filling->organisations[next(filling, COUNT(filling->organisations))],
                   .kept = filling->organisations[next(filling, COUNT(filling->organisations))],
                   .by = filling->owner};
        if (random->count && next(filling, 2)) act.joined = random->acts[random->count - 1].kept; /* a chain */
        act.edition = shared_edition(tx, filling->world, &act);
        if (!act.edition) continue;
        do_join(tx, &act);
        if (act.err) {
            assert_int_equal(act.fault, JOIN_NOT_TWO);
            continue;
        }
        assert_int_equal(organisation_kept(tx, act.joined), act.kept);
        random->acts[random->count++] = act;
    }
    return OK;
}

static Err undo_all(Tx *tx, void *context) {
    Trial *random = context;
    for (size_t i = random->count; i;) {
        Act *act = &random->acts[--i];
        for (size_t k = 0; k < i; k++) { /* an earlier one on which it stands waits */
            Act early = random->acts[k];
            bool is_below = early.kept == act->kept || early.kept == act->joined;
            if (!is_below) continue;
            do_undo(tx, &early);
            assert_int_equal(early.fault, JOIN_NOT_LAST);
        }
        do_undo(tx, act);
        assert_int_equal(act->fault, JOIN_GOOD);
        do_undo(tx, act);
        assert_int_equal(act->fault, JOIN_UNKNOWN); /* pressed twice */
    }
    return OK;
}

static void in_write(World *world, TxFunction function, void *context) {
    Err err = store_write(world->store, world->arena, function, context);
    if (err) fail_msg("%s", arena_failure(world->arena)->message);
}

static void joined_and_undone_all_is_as_it_was(void **state) {
    (void)state;
    enum { ROUNDS = 12 };
    size_t joins = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        void *opened;
        assert_int_equal(world_open(&opened), 0);
        World *world = opened;
        Filling *filling = arena_new(world->arena, Filling);
        *filling = (Filling){.world = world, .random = seed * 0x9e3779b97f4a7c15u};
        printf("seed %llu\n", (unsigned long long)seed);
        in_write(world, fill, filling);
        Str before = whole_of(world);
        Trial random = {.filling = filling};
        in_write(world, join_some, &random);
        joins += random.count;
        Str joined = whole_of(world);
        assert_int_equal(lines_in(joined), lines_in(before)); /* nothing is lost */
        if (random.count) assert_false(str_equal(before, joined));
        in_write(world, undo_all, &random);
        assert_same_document(before, whole_of(world));
        world_close(&opened);
    }
    assert_true(joins > ROUNDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_that_names_an_organisation_is_decided),
        cmocka_unit_test(every_rule_is_of_a_column),
        cmocka_unit_test(joined_and_undone_all_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
