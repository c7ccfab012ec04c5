// SPDX-License-Identifier: EUPL-1.2
/* import(export(x)) is x, for random stores of every table the schema has; and each refusal is one clear sentence. */
#include "../../cmocka_all.h"
#include "../store/own.h"
#include "platform/base/utf8.h"
#include "gathering/texts/texts.h"
#include "platform/dump/dump.h"
#include <time.h>
#include <unistd.h>

typedef struct Stores {
    Arena *arena;
    char folder[64];
    Store *one, *other;
} Stores;

static Store *open_one(Stores *stores, const char *name) {
    StoreOptions options = {
        .path = store_place(stores->arena, str_format(stores->arena, "%s/%s", stores->folder, name).data),
        .may_create = true,
        .may_migrate = true};
    Store *store;
    assert_int_equal(store_open(stores->arena, &options, &store), OK);
    return store;
}

static void stores_open(Stores *stores) {
    *stores = (Stores){0};
    stores->arena = own_folder(stores->folder, "dump", 512 << 20);
    stores->one = open_one(stores, "one.db");
    stores->other = open_one(stores, "other.db");
}

static void stores_close(Stores *stores) {
    store_close(stores->one);
    store_close(stores->other);
    store_place_remove(stores->arena, str_format(stores->arena, "%s/one.db", stores->folder).data);
    store_place_remove(stores->arena, str_format(stores->arena, "%s/other.db", stores->folder).data);
    own_folder_remove(stores->arena, stores->folder);
    arena_close(stores->arena);
}

/* ---- random rows ---------------------------------------------------------------------------------------- */

enum { ROWS = 4, TABLES_MOST = 100 };

typedef struct Filling {
    uint64_t state; /* xorshift: printed as the seed */
    Tx *tx;
    RowValue *rows[TABLES_MOST][ROWS]; /* by table */
} Filling;

static uint64_t next(Filling *filling) {
    filling->state ^= filling->state << 13;
    filling->state ^= filling->state >> 7;
    filling->state ^= filling->state << 17;
    return filling->state;
}

static Str random_text(Filling *filling) {
    static const char *const texts[] = {"", "Żółw", "Спілка «Разом»", "a\"b\\c\nd", "🌻 ogród", "1", "null", "\x7f"};
    Str text = str_from_c(texts[next(filling) % (sizeof texts / sizeof *texts)]);
    return str_format(tx_arena(filling->tx), "%.*s%llu", STR_FORMAT(text), (unsigned long long)next(filling) % 100000);
}

static size_t table_place(const char *name) { return (size_t)(row_table(str_from_c(name)) - store_tables); }

/* A column of the same name in the table this row refers to has the row's own value: keys of several columns hold. */
static const RowValue *referred(const Filling *filling, const StoreColumn *column, size_t row) {
    if (!column->refers_to) return NULL;
    const StoreTable *table = row_table(str_from_c(column->refers_to));
    const RowValue *values = filling->rows[table_place(column->refers_to)][row];
    for (size_t i = 0; values && i < table->column_count; i++)
        if (strcmp(table->columns[i].name, "id") == 0) return &values[i];
    return NULL;
}

static RowValue random_value(Filling *filling, const StoreTable *table, size_t column_number, size_t row) {
    const StoreColumn *column = &table->columns[column_number];
    const RowValue *same = referred(filling, column, row);
    if (same) return *same;
    if (column->nullable && next(filling) % 3 == 0) return (RowValue){.is_null = true};
    switch (column->type) {
    case STORE_ID: {
        /* composite references (plan, venue, party) point at the row of the same number there */
        const StoreTable *target =
            row_table(str_from_c(strcmp(column->name, "plan") == 0 ? "round_plan" : column->name));
        const RowValue *values = target && target != table ? filling->rows[target - store_tables][row] : NULL;
        for (size_t i = 0; values && i < target->column_count; i++)
            if (strcmp(target->columns[i].name, "id") == 0) return values[i];
        return (RowValue){.integer = tx_new_id(filling->tx)};
    }
    case STORE_INT: return (RowValue){.integer = (int64_t)(next(filling) >> 1) - (INT64_MAX / 2)};
    case STORE_BOOL: return (RowValue){.integer = (int64_t)(next(filling) & 1)};
    case STORE_REAL: return (RowValue){.real = (double)(int64_t)next(filling) / 7e9};
    case STORE_TEXT: return (RowValue){.text = random_text(filling)};
    case STORE_BYTES: return (RowValue){.text = random_text(filling)};
    }
    return (RowValue){.is_null = true};
}

static void finish_sort_keys(Filling *filling, const StoreTable *table, RowValue *values) {
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, "name_sort") == 0)
            for (size_t k = 0; k < table->column_count; k++)
                if (strcmp(table->columns[k].name, "name") == 0)
                    values[i] = (RowValue){.text = utf8_sort_key(tx_arena(filling->tx), values[k].text)};
}

static Err fill(Tx *tx, void *context) {
    Filling *filling = context;
    filling->tx = tx;
    memset(filling->rows, 0, sizeof filling->rows);
    assert_true(store_table_count <= TABLES_MOST);
    for (int t = 0; t < store_table_count; t++) {
        const StoreTable *table = &store_tables[t];
        for (size_t row = 0; row < ROWS && !table->is_local; row++) {
            RowValue *values = arena_array(tx_arena(tx), RowValue, table->column_count);
            for (size_t i = 0; i < table->column_count; i++) values[i] = random_value(filling, table, i, row);
            finish_sort_keys(filling, table, values);
            Str differs;
            assert_int_equal(row_put(tx, table, values, false, &differs), ROW_ADDED);
            filling->rows[t][row] = values;
        }
    }
    return OK;
}

/* ---- out and in -------------------------------------------------------------------------------------------- */

typedef struct Trip {
    RowScope scope;
    Buffer out;
    Str document, problem;
    DumpCounts counts;
} Trip;

static Err export_all(Tx *tx, void *context) {
    Trip *trip = context;
    dump_export(tx, &trip->scope, &trip->out);
    return OK;
}

static Err import_all(Tx *tx, void *context) {
    Trip *trip = context;
    return dump_import(tx, trip->document, &trip->counts, &trip->problem);
}

static Str export_of(Stores *stores, Store *store, RowScope scope) {
    Trip trip = {.scope = scope, .out = buffer_in(stores->arena)};
    if (store_read(store, stores->arena, export_all, &trip)) fail_msg("%s", arena_failure(stores->arena)->message);
    return buffer_str(&trip.out);
}

static Trip import_of(Stores *stores, Store *store, Str document, Err expected) {
    Trip trip = {.document = document};
    Err err = store_write(store, stores->arena, import_all, &trip);
    if (err != expected)
        fail_msg("%s: %.*s / %s", err_name(err), STR_FORMAT(trip.problem), arena_failure(stores->arena)->message);
    return trip;
}

static void everything_comes_back(void **state) {
    (void)state;
    uint64_t seed = (uint64_t)time(NULL) * 2654435761u | 1;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int turn = 0; turn < 5; turn++) {
        Stores stores;
        stores_open(&stores);
        Filling filling = {.state = seed + (uint64_t)turn * 2};
        if (store_write(stores.one, stores.arena, fill, &filling)) fail_msg("%s", arena_failure(stores.arena)->message);
        RowScope scope = {.with_people = true};
        Str document = export_of(&stores, stores.one, scope);
        for (int t = 0; t < store_table_count; t++)
            assert_int_equal(str_contains(document, str_format(stores.arena, "\n\"%s\": [", store_tables[t].name)),
                             !store_tables[t].is_local);
        Trip trip = import_of(&stores, stores.other, document, OK);
        assert_true(trip.counts.added >= ROWS * 20);
        assert_str(export_of(&stores, stores.other, scope), document);
        trip = import_of(&stores, stores.other, document, OK);
        assert_int_equal(trip.counts.added, 0);
        stores_close(&stores);
    }
}

static void without_people_nobody_is_in_it(void **state) {
    (void)state;
    Stores stores;
    stores_open(&stores);
    Filling filling = {.state = 12345};
    assert_int_equal(store_write(stores.one, stores.arena, fill, &filling), OK);
    Str document = export_of(&stores, stores.one, (RowScope){0});
    assert_false(str_contains(document, STR("\"person\": [")));
    assert_false(str_contains(document, STR("\"contact\":")));
    import_of(&stores, stores.other, document, OK);
    stores_close(&stores);
}

/* A document without people says nothing of those who are here: nothing of theirs is lost, and nothing refused. */
static void without_people_it_comes_back_where_people_are(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        Stores stores;
        stores_open(&stores);
        Filling filling = {.state = seed * 7919};
        assert_int_equal(store_write(stores.one, stores.arena, fill, &filling), OK);
        RowScope everything = {.with_people = true};
        Str before = export_of(&stores, stores.one, everything);
        const RowScope scopes[] = {{0}, {.series = filling.rows[table_place("series")][1][0].integer}};
        for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
            Trip trip = import_of(&stores, stores.one, export_of(&stores, stores.one, scopes[i]), OK);
            assert_int_equal(trip.counts.added, 0);
            assert_true(trip.counts.same > 0);
            assert_str(export_of(&stores, stores.one, everything), before);
        }
        stores_close(&stores);
    }
}

/* What it does say has to be what is here, of people too. */
static void without_people_a_difference_is_still_one(void **state) {
    (void)state;
    Stores stores;
    stores_open(&stores);
    Filling filling = {.state = 4711};
    assert_int_equal(store_write(stores.one, stores.arena, fill, &filling), OK);
    Str document = export_of(&stores, stores.one, (RowScope){0});
    Str told = str_replace(stores.arena, document, STR("\"remarks\":\"\""), STR("\"remarks\":\"zawsze inne\""));
    assert_false(str_equal(told, document));
    Trip trip = import_of(&stores, stores.one, told, ERR_CONFLICT);
    assert_true(str_contains(trip.problem, STR("tables.signup[0]")));
    assert_true(str_contains(trip.problem, STR("(remarks)")));
    stores_close(&stores);
}

static Err add_text(Tx *tx, void *context) {
    TextOther *text = context;
    return text_save(tx, text);
}

static void add_text_of(Stores *stores, Id subject, const char *words) {
    TextOther text = {.subject = subject,
                      .field = STR("words"),
                      .language = STR("uk"),
                      .words = str_from_c(words),
                      .origin = TEXT_OWN};
    assert_int_equal(store_write(stores->one, stores->arena, add_text, &text), OK);
}

/* Texts in other languages refer to any row, and go with it. */
static void a_series_brings_its_texts(void **state) {
    (void)state;
    Stores stores;
    stores_open(&stores);
    Filling filling = {.state = 777};
    assert_int_equal(store_write(stores.one, stores.arena, fill, &filling), OK);
    RowScope scope = {.series = filling.rows[table_place("series")][1][0].integer, .with_people = true};
    add_text_of(&stores, scope.series, "слова циклу");
    add_text_of(&stores, filling.rows[table_place("series")][0][0].integer, "слова іншого");
    Str document = export_of(&stores, stores.one, scope);
    assert_true(str_contains(document, STR("слова циклу")));
    assert_false(str_contains(document, STR("слова іншого")));
    import_of(&stores, stores.other, document, OK);
    assert_str(export_of(&stores, stores.other, scope), document);
    assert_true(str_contains(export_of(&stores, stores.one, (RowScope){0}), STR("слова іншого")));
    stores_close(&stores);
}

static void a_series_brings_what_it_refers_to(void **state) {
    (void)state;
    Stores stores;
    stores_open(&stores);
    Filling filling = {.state = 777};
    assert_int_equal(store_write(stores.one, stores.arena, fill, &filling), OK);
    const RowValue *series = filling.rows[table_place("series")][1];
    RowScope scope = {.series = series[0].integer, .with_people = true};
    Str document = export_of(&stores, stores.one, scope);
    import_of(&stores, stores.other, document, OK); /* every reference finds its row */
    assert_str(export_of(&stores, stores.other, scope), document);
    assert_false(str_contains(document, STR("\"role_grant\"")));
    stores_close(&stores);
}

/* ---- older documents --------------------------------------------------------------------------------------- */

/* A document from before a column was there gives its rows what the migration gave those that were. */
static void older_documents_get_what_the_migration_gave(void **state) {
    (void)state;
    Stores stores;
    stores_open(&stores);
    Filling filling = {.state = 4711};
    assert_int_equal(store_write(stores.one, stores.arena, fill, &filling), OK);
    Str whole = export_of(&stores, stores.one, (RowScope){.with_people = true}), text = whole;
    Buffer older = buffer_in(stores.arena);
    bool is_venue = false;
    for (Str line; str_next_part(&text, '\n', &line);) {
        if (str_starts_with(line, STR("\""))) is_venue = str_starts_with(line, STR("\"venue\": ["));
        ptrdiff_t at = is_venue ? str_index_of(line, STR(",\"version\":")) : -1;
        if (at < 0) buffer_add(&older, line);
        else buffer_format(&older, "%.*s}%s", (int)at, line.data, str_ends_with(line, STR(",")) ? "," : "");
        buffer_add_char(&older, '\n');
    }
    assert_false(str_equal(buffer_str(&older), whole));
    import_of(&stores, stores.other, buffer_str(&older), OK);
    Str document = export_of(&stores, stores.other, (RowScope){.with_people = true});
    size_t begun = 0;
    for (Str rest = document, line; str_next_part(&rest, '\n', &line);)
        begun += str_contains(line, STR("\"address\":")) && str_contains(line, STR("\"version\":1,\"load_in\":\"\""));
    assert_true(begun >= ROWS - 1);
    stores_close(&stores);
}

/* ---- refusals ---------------------------------------------------------------------------------------------- */

#define HEAD "{\"format\":\"wspolnie\",\"schema\":1,\"tables\":{"
#define SERIES(more)                                                                                            \
    "{\"id\":\"0f000000000g1\",\"slug\":\"s\",\"name\":\"S\",\"words\":\"\",\"organiser\":\"\",\"phone\":\"\"," \
    "\"email\":\"\",\"language\":\"pl\",\"is_demo\":false,\"created_ms\":1,\"version\":1" more "}"

static void refusals_say_where(void **state) {
    (void)state;
    static const struct {
        const char *document, *problem;
        Err err;
    } cases[] = {
        {"{", "1:", ERR_INPUT},
        {"{\"format\":\"other\"}", "format: expected \"wspolnie\"", ERR_INPUT},
        {"{\"format\":\"wspolnie\",\"schema\":9999,\"tables\":{}}", "schema: 9999 is of a newer program", ERR_CONFLICT},
        {HEAD "\"nothing\":[]}}", "tables.nothing: there is no such table", ERR_INPUT},
        {HEAD "\"session\":[]}}", "tables.session: stays with its installation", ERR_INPUT},
        {HEAD "\"series\":{}}}", "tables.series: expected an array", ERR_INPUT},
        {HEAD "\"series\":[1]}}", "tables.series[0]: expected an object", ERR_INPUT},
        {HEAD "\"series\":[" SERIES(",\"colour\":1") "]}}", "tables.series[0].colour: there is no such column",
         ERR_INPUT},
        {HEAD "\"series\":[" SERIES("") "," SERIES("") ",{\"id\":\"X\"}]}}", "tables.series[2].id: expected an id",
         ERR_INPUT},
        {HEAD "\"series\":[{\"id\":\"0f000000000g1\"}]}}", "tables.series[0].slug: must be given", ERR_INPUT},
        {HEAD "\"contribution\":[{\"edition\":\"0f000000000g1\",\"id\":\"0f000000000g2\",\"party\":\"0f000000000g3\","
              "\"words\":\"x\",\"position\":1}]}}",
         "tables.contribution[0]: it refers to a row that is not here", ERR_INPUT},
    };
    Stores stores;
    stores_open(&stores);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Trip trip = import_of(&stores, stores.one, str_from_c(cases[i].document), cases[i].err);
        if (!str_starts_with(trip.problem, str_from_c(cases[i].problem)))
            fail_msg("got \"%.*s\", expected \"%s\"", STR_FORMAT(trip.problem), cases[i].problem);
    }
    import_of(&stores, stores.one, STR(HEAD "\"series\":[" SERIES("") "]}}"), OK);
    Str other = str_replace(stores.arena, STR(HEAD "\"series\":[" SERIES("") "]}}"), STR("\"name\":\"S\""),
                            STR("\"name\":\"T\""));
    Trip trip = import_of(&stores, stores.one, other, ERR_CONFLICT);
    assert_true(str_starts_with(
        trip.problem, STR("tables.series[0]: such a row is here already, with other content (name). An import "
                          "adds and changes nothing that is here")));
    stores_close(&stores);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_comes_back),
        cmocka_unit_test(without_people_nobody_is_in_it),
        cmocka_unit_test(without_people_it_comes_back_where_people_are),
        cmocka_unit_test(without_people_a_difference_is_still_one),
        cmocka_unit_test(a_series_brings_what_it_refers_to),
        cmocka_unit_test(a_series_brings_its_texts),
        cmocka_unit_test(older_documents_get_what_the_migration_gave),
        cmocka_unit_test(refusals_say_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
