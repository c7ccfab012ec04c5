// SPDX-License-Identifier: EUPL-1.2
/* A whole store from one place to another. The source is a file, the target whatever the tests stand on: a file, or a
 * database (tests/peers/postgres.sh --env). */
#include "platform/store/port.h"

#include "faulty_disk.h"
#include "testing.h"
#include "platform/store/rows.h"

enum { FILLED = 100, ROWS = 12000 };
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- a store with all that may stand in one --------------------------------------------------------------- */

static Store *open_whole(Folder *folder, const char *path) {
    StoreOptions options = {.path = path, .may_create = true, .may_migrate = true};
    Store *store = NULL;
    if (store_open(folder->arena, &options, &store)) fail_msg("%s", arena_failure(folder->arena)->message);
    return store;
}

static const int64_t numbers[] = {0, 1, -1, INT64_MIN, INT64_MAX, 4294967296};
static const Str texts[] = {STR(""), STR("1"), STR("ą"), STR("\xf0\x9f\x8c\xbb"), STR("\\N"), STR("a\tb\r\n\"'")};
static const Str octets[] = {STR(""), STR("\0"), STR("\0a\0"), STR("\377\376"), STR("1"), STR("\\x31")};

/* Of the row: each kind of value comes with each other. */
static RowValue value_of(const StoreColumn *column, int row, size_t place) {
    size_t kind = ((size_t)row / (place + 1) + place) % (COUNT(numbers) + (column->nullable ? 1 : 0));
    if (kind == COUNT(numbers)) return (RowValue){.is_null = true, .text = STR_ABSENT};
    if (column->type == STORE_TEXT) return (RowValue){.text = texts[kind]};
    if (column->type == STORE_BYTES) return (RowValue){.text = octets[kind]};
    if (column->type == STORE_BOOL) return (RowValue){.integer = row & 1};
    return (RowValue){.integer = numbers[kind], .real = (double)row / 3};
}

#define ORGANISATION_COLUMNS                                                                                         \
    "id, name, name_sort, name_folded, legal_form, nip, regon, krs, public_benefit, founded_year, parent, district," \
    " website, words, is_listed, created_ms, version"

typedef struct Fill {
    const char *table;
    int rows;
} Fill;

static Err fill(Tx *tx, void *context) {
    const Fill *wanted = context;
    const StoreTable *table = row_table(str_from_c(wanted->table));
    RowValue *values = arena_array(tx_arena(tx), RowValue, table->column_count);
    for (int row = 0; row < wanted->rows; row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            values[i] = value_of(&table->columns[i], row, i);
            if (!table->columns[i].in_key) continue;
            values[i].integer = (int64_t)(wanted->rows - row) * 3; /* not in the order of the key */
            values[i].text = str_format(tx_arena(tx), "%c%d%c", 0, row, 0);
        }
        Str differs;
        assert_int_equal(row_put(tx, table, values, false, &differs), ROW_ADDED);
    }
    return OK;
}

static void fill_table(Folder *folder, Store *store, const char *table, int rows) {
    Fill wanted = {table, rows};
    if (store_write(store, folder->arena, fill, &wanted)) fail_msg("%s", arena_failure(folder->arena)->message);
}

static void change(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    char *error = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error)) fail_msg("%s", error);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* More than a hundred rows are those again, with higher keys. */
static const char *make_source(Folder *folder, int rows) {
    const char *path = folder_file(folder, "source.db");
    Store *store = open_whole(folder, path);
    fill_table(folder, store, "organisation", rows < FILLED ? rows : FILLED);
    fill_table(folder, store, "once_key", 100);
    fill_table(folder, store, "gate", 100);
    store_close(store);
    if (rows > FILLED)
        change(path, str_format(folder->arena,
                                "INSERT INTO organisation (" ORGANISATION_COLUMNS
                                ") SELECT id + time * 1000, name, name_sort, name_folded,"
                                " legal_form, nip, regon, krs, public_benefit, founded_year, parent, district, website,"
                                " words, is_listed, created_ms, version FROM organisation, (WITH RECURSIVE times (time)"
                                " AS (SELECT 1 UNION ALL SELECT time + 1 FROM times WHERE time < %d)"
                                " SELECT time FROM times)",
                                rows / FILLED - 1)
                         .data);
    return path;
}

static Err port(Folder *folder, const char *from, const char *to, PortReport *report) {
    PortReport own;
    return store_port(folder->arena, &(PortOptions){.from = from, .to = to}, report ? report : &own);
}

static void must_port(Folder *folder, const char *from, const char *to, PortReport *report) {
    if (port(folder, from, to, report)) fail_msg("%s", arena_failure(folder->arena)->message);
}

static const PortTable *ported(const PortReport *report, const char *name) {
    for (size_t i = 0; i < report->count; i++)
        if (strcmp(report->tables[i].table->name, name) == 0) return &report->tables[i];
    fail_msg("%s is not in the report", name);
    return NULL;
}

static bool says(const Folder *folder, const char *words) {
    bool found = strstr(arena_failure(folder->arena)->message, words) != NULL;
    if (!found) print_error("said: %s\n", arena_failure(folder->arena)->message);
    return found;
}

/* ---- what stays of a target that came to nothing -------------------------------------------------------------- */

/* One number of a database; -1: it cannot be had. */
static int64_t ask_number(const char *address, const char *sql) {
    int64_t number = -1;
    PGconn *conn = PQconnectdb(address);
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) == PGRES_TUPLES_OK) str_to_int(str_from_c(PQgetvalue(result, 0, 0)), &number);
    PQclear(result);
    PQfinish(conn);
    return number;
}

/* A server undoes what a dead client had begun in its own time. */
static void assert_clean(Folder *folder, const char *name, const char *target) {
    if (!place_is_postgres()) {
        assert_false(folder_has(folder, name));
        return;
    }
    for (int tries = 0; tries < 500; tries++) {
        if (ask_number(target, "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()") == 1) break;
        usleep(10000);
    }
    assert_int_equal(ask_number(target, "SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"),
                     0);
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

/* Rows of one file that the other has not, of the same values and types. */
static int64_t differing_rows(Folder *folder, const char *path, const char *other, const StoreTable *table) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    const char *attach = str_format(folder->arena, "ATTACH '%s' AS other", other).data;
    assert_int_equal(sqlite3_exec(db, attach, NULL, NULL, NULL), SQLITE_OK);
    const char *sql = str_format(folder->arena,
                                 "SELECT (SELECT COUNT(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM other.%s))"
                                 " + (SELECT COUNT(*) FROM (SELECT * FROM other.%s EXCEPT SELECT * FROM main.%s))",
                                 table->name, table->name, table->name, table->name)
                          .data;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t rows = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return rows;
}

static void test_there_and_back(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, 2000), *target = folder_place(folder, "target"),
               *back = folder_file(folder, "back.db");
    PortReport there, again;
    must_port(folder, source, target, &there);
    must_port(folder, target, back, &again);
    assert_true(there.is_same && again.is_same);
    assert_int_equal(there.count, store_table_count);
    for (int i = 0; i < store_table_count; i++) {
        assert_memory_equal(&there.tables[i].source, &again.tables[i].target, sizeof(PortTally));
        if (strcmp(store_tables[i].name, "node") != 0)
            assert_int_equal(differing_rows(folder, source, back, &store_tables[i]), 0);
    }
    assert_int_equal(ported(&there, "organisation")->source.rows, 2000);
    assert_int_equal(ported(&there, "installation")->source.rows, 1);
    StoreOptions options = {.path = target};
    Store *store;
    Str finding;
    assert_int_equal(store_open(folder->arena, &options, &store), OK);
    assert_int_equal(store_check(store, folder->arena, &finding), OK);
    assert_true(str_is_absent(finding));
    store_close(store);
}

/* What a port makes is what migrations make. */
static void test_same_schema(void **state) {
    Folder *folder = *state;
    if (!place_is_postgres()) return;
    static const char sql[] = "SELECT hashtextextended(string_agg(line, ';' ORDER BY line), 0) FROM ("
                              "SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) AS line"
                              " FROM pg_constraint WHERE connamespace = 'public'::regnamespace UNION ALL "
                              "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public') AS lines";
    const char *target = folder_place(folder, "target"), *fresh = folder_place(folder, "fresh");
    store_close(open_whole(folder, fresh));
    must_port(folder, make_source(folder, 10), target, NULL);
    assert_int_not_equal(ask_number(fresh, sql), -1);
    assert_int_equal(ask_number(target, sql), ask_number(fresh, sql));
}

/* Two of the target's kind. */
static void test_from_a_target_to_its_like(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, 100), *one = folder_place(folder, "one"),
               *other = folder_place(folder, "other");
    PortReport first, second;
    must_port(folder, source, one, &first);
    must_port(folder, one, other, &second);
    assert_memory_equal(&ported(&first, "organisation")->source, &ported(&second, "organisation")->target,
                        sizeof(PortTally));
}

static void test_checksums_tell(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, 50);
    static const char *const changes[] = {
        "UPDATE organisation SET nip = '' WHERE id = (SELECT MIN(id) FROM organisation WHERE nip IS NULL)",
        "UPDATE organisation SET krs = NULL WHERE id = (SELECT MIN(id) FROM organisation WHERE krs = '')",
        "UPDATE organisation SET version = version + 1 WHERE id = 3",
        "UPDATE organisation SET nip = krs, krs = nip WHERE id = (SELECT MIN(id) FROM organisation WHERE nip <> krs)",
        "UPDATE organisation SET public_benefit = 1 - public_benefit WHERE id = 6",
        "UPDATE organisation SET name_sort = CAST(name_sort || x'00' AS BLOB) WHERE id = 6",
        "DELETE FROM organisation WHERE id = 9",
        ("INSERT INTO organisation (" ORGANISATION_COLUMNS
         ") SELECT 1, name, name_sort, name_folded, legal_form, nip, regon, krs, public_benefit,"
         " founded_year, parent, district, website, words, is_listed, created_ms, version FROM organisation"
         " WHERE id = 3"),
    };
    PortTally seen[COUNT(changes) + 1];
    for (size_t i = 0; i <= COUNT(changes); i++) {
        PortReport report;
        must_port(folder, source, folder_file(folder, str_format(folder->arena, "copy%zu.db", i).data), &report);
        seen[i] = ported(&report, "organisation")->source;
        for (size_t k = 0; k < i; k++) assert_memory_not_equal(&seen[i], &seen[k], sizeof *seen);
        if (i < COUNT(changes)) change(source, changes[i]);
    }
}

static void test_not_empty(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, 10), *target = folder_place(folder, "target");
    must_port(folder, source, target, NULL);
    assert_int_equal(port(folder, source, target, NULL), ERR_CONFLICT);
    assert_true(says(folder, place_is_postgres() ? "is not empty" : "exists already"));
    assert_int_equal(port(folder, target, target, NULL), ERR_CONFLICT);
    const char *foreign = folder_place(folder, "foreign");
    if (place_is_postgres()) assert_int_equal(ask_number(foreign, "CREATE TABLE thing (id int)"), -1);
    else change(foreign, "CREATE TABLE thing (id INTEGER)");
    assert_int_equal(port(folder, source, foreign, NULL), ERR_CONFLICT);
    assert_int_equal(port(folder, foreign, folder_file(folder, "new.db"), NULL), ERR_CONFLICT); /* nor is it a source */
    assert_int_equal(port(folder, folder_file(folder, "nothing.db"), folder_file(folder, "new.db"), NULL),
                     ERR_NOT_FOUND);
    assert_false(folder_has(folder, "new.db"));
    assert_false(folder_has(folder, "nothing.db"));
}

static void test_other_schema(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, 10), *target = folder_place(folder, "target");
    change(source, str_format(folder->arena, "PRAGMA user_version = %d", store_schema_version() - 1).data);
    assert_int_equal(port(folder, source, target, NULL), ERR_CONFLICT);
    assert_true(says(folder, "start the server once"));
    change(source, str_format(folder->arena, "PRAGMA user_version = %d", store_schema_version() + 1).data);
    assert_int_equal(port(folder, source, target, NULL), ERR_CONFLICT); /* one this program may work on */
    assert_true(says(folder, "port it with the program that serves it"));
    assert_clean(folder, "target", target);
}

static void test_broken_source(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, 10), *target = folder_place(folder, "target");
    change(source, "PRAGMA foreign_keys = OFF; INSERT INTO organisation_profile VALUES (77777, 'senior')");
    assert_int_not_equal(port(folder, source, target, NULL), OK);
    assert_clean(folder, "target", target);
    change(source, "DELETE FROM organisation_profile; UPDATE organisation SET words = 'a' || char(0) WHERE id = 6");
    if (!place_is_postgres()) return; /* a file keeps it as it is */
    assert_int_equal(port(folder, source, target, NULL), ERR_INPUT);
    assert_true(says(folder, "organisation.words of row 2, by the order of its key, holds a zero byte"));
    change(source, "UPDATE organisation SET words = CAST(x'61ff' AS TEXT) WHERE id = 6");
    assert_int_equal(port(folder, source, target, NULL), ERR_INPUT);
    assert_true(says(folder, "is not UTF-8"));
    assert_clean(folder, "target", target);
}

/* ---- ids --------------------------------------------------------------------------------------------------------- */

typedef struct Ids {
    Id first, last;
} Ids;

static Err take_ids(Tx *tx, void *context) {
    Ids *ids = context;
    ids->first = tx_new_id(tx);
    for (int i = 0; i < 1000; i++) ids->last = tx_new_id(tx);
    return OK;
}

/* While the source is held by a process that goes on giving ids of what it has reserved. */
static void test_ids_go_on_above(void **state) {
    Folder *folder = *state;
    const char *source = folder_file(folder, "source.db"), *target = folder_place(folder, "target");
    Store *old = open_whole(folder, source);
    Ids before, after, here;
    assert_int_equal(store_write(old, folder->arena, take_ids, &before), OK);
    must_port(folder, source, target, NULL);
    assert_int_equal(store_write(old, folder->arena, take_ids, &after), OK);
    Store *new = open_whole(folder, target);
    assert_int_equal(store_write(new, folder->arena, take_ids, &here), OK);
    assert_true(here.first > before.last && here.first > after.last);
    store_close(new);
    store_close(old);
}

/* ---- what is in the way half through ---------------------------------------------------------------------------- */

typedef struct Half {
    Folder *folder;
    void (*act)(const struct Half *half);
    const char *target;
    int pipe;
    int64_t done;
    bool has_acted;
} Half;

static void at_half(void *context, const PortProgress *progress) {
    Half *half = context;
    assert_true(progress->done > half->done || progress->rows == 0);
    assert_true(progress->done <= progress->all_to_do && progress->rows <= progress->all_rows);
    half->done = progress->done;
    if (half->has_acted || strcmp(progress->table->name, "organisation") != 0 || progress->rows < ROWS / 2) return;
    half->has_acted = true;
    if (half->act) half->act(half);
}

static Err port_to_half(Folder *folder, Half *half, const char *source, PortReport *report) {
    PortOptions options = {.from = source, .to = half->target, .seen = at_half, .context = half};
    half->folder = folder;
    return store_port(folder->arena, &options, report);
}

static void test_progress_goes_forward(void **state) {
    Folder *folder = *state;
    PortReport report;
    Half half = {.target = folder_place(folder, "target")};
    assert_int_equal(port_to_half(folder, &half, make_source(folder, ROWS), &report), OK);
    int64_t rows = 0;
    for (size_t i = 0; i < report.count; i++) rows += report.tables[i].target.rows;
    assert_true(half.has_acted && half.done >= rows && half.done <= 2 * rows);
}

static void wait_to_be_killed(const Half *half) {
    assert_int_equal(write(half->pipe, "x", 1), 1);
    for (;;) pause();
}

/* The target's connection is there, and all has come to it that was sent. */
static void test_killed(void **state) {
    Folder *folder = *state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGKILL};
    const char *source = make_source(folder, ROWS);
    size_t entries = folder_entries(folder);
    for (size_t i = 0; i < COUNT(signals); i++) {
        int pipes[2], status;
        char byte;
        assert_int_equal(pipe(pipes), 0);
        Half half = {.act = wait_to_be_killed, .target = folder_place(folder, "target"), .pipe = pipes[1]};
        pid_t child = fork();
        if (child == 0) {
            PortReport report;
            signal(signals[i], SIG_DFL); /* who started the tests may ignore it: nohup */
            port_to_half(folder, &half, source, &report);
            _exit(1);
        }
        close(pipes[1]);
        assert_int_equal(read(pipes[0], &byte, 1), 1);
        close(pipes[0]);
        kill(child, signals[i]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
        assert_clean(folder, "target", half.target);
        for (int k = 0; k < 2; k++) /* of the source that was killed: its log */
            unlink(folder_file(folder, k ? "source.db-wal" : "source.db-shm"));
        assert_int_equal(folder_entries(folder), entries + (signals[i] == SIGKILL && !place_is_postgres()));
    }
    must_port(folder, source, folder_place(folder, "target"), NULL);
}

/* By who started the program: it ends all the same, and the signal stays ignored, meanwhile too. */
static void send_ignored(const Half *half) {
    (void)half;
    kill(getpid(), SIGUSR1);
}

static void test_signals_that_are_ignored(void **state) {
    Folder *folder = *state;
    PortReport report;
    struct sigaction after;
    signal(SIGUSR1, SIG_IGN);
    Half half = {.act = send_ignored, .target = folder_place(folder, "target")};
    assert_int_equal(port_to_half(folder, &half, make_source(folder, ROWS), &report), OK);
    assert_true(half.has_acted);
    sigaction(SIGUSR1, NULL, &after);
    assert_true(after.sa_handler == SIG_IGN);
    signal(SIGUSR1, SIG_DFL);
}

static void fill_disk(const Half *half) {
    (void)half;
    atomic_store(&disk.room_bytes, 4096);
}

static void test_full_disk(void **state) {
    Folder *folder = *state;
    const char *source = make_source(folder, ROWS);
    size_t entries = folder_entries(folder);
    PortReport report;
    Half half = {.act = fill_disk, .target = folder_file(folder, "target.db")};
    Err err = port_to_half(folder, &half, source, &report);
    disk_mend();
    assert_int_equal(err, ERR_FULL);
    assert_true(says(folder, "the disk has no room for") && says(folder, "target.db"));
    assert_int_equal(report.count, 0);
    assert_int_equal(folder_entries(folder), entries);
    must_port(folder, source, half.target, NULL);
}

static void cut(const Half *half) {
    ask_number(half->target, "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname ="
                             " current_database() AND pid <> pg_backend_pid()");
}

static void test_server_lost(void **state) {
    Folder *folder = *state;
    if (!place_is_postgres()) return;
    const char *source = make_source(folder, ROWS);
    PortReport report;
    Half half = {.act = cut, .target = folder_place(folder, "target")};
    assert_int_equal(port_to_half(folder, &half, source, &report), ERR_BUSY);
    assert_true(half.has_acted);
    assert_clean(folder, "target", half.target);
    half = (Half){.target = half.target};
    assert_int_equal(port_to_half(folder, &half, source, &report), OK);
    half = (Half){.act = cut, .target = folder_file(folder, "back.db")}; /* and from one */
    const char *from = folder_place(folder, "target");
    Half other = {.act = cut, .target = from};
    PortOptions options = {.from = from, .to = half.target, .seen = at_half, .context = &other};
    assert_int_equal(store_port(folder->arena, &options, &report), ERR_BUSY);
    assert_false(folder_has(folder, "back.db"));
}

/* A server on which somebody's trigger changes what it is given. */
static void test_server_that_alters(void **state) {
    Folder *folder = *state;
    if (!place_is_postgres()) return;
    const char *source = make_source(folder, 100), *target = folder_place(folder, "target");
    ask_number(
        target,
        "CREATE SCHEMA meddling; CREATE FUNCTION meddling.alter_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF NEW.id = 30 THEN NEW.website = coalesce(NEW.website, '') || ' '; END IF; RETURN NEW; END $$;"
        "CREATE FUNCTION meddling.meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE object_identity ="
        " 'public.organisation' AND command_tag = 'CREATE TABLE') THEN"
        " CREATE TRIGGER alters BEFORE INSERT ON public.organisation FOR EACH ROW EXECUTE FUNCTION meddling.alter_it();"
        " END IF; END $$;"
        "CREATE EVENT TRIGGER meddles ON ddl_command_end EXECUTE FUNCTION meddling.meddle()");
    assert_int_equal(ask_number(target, "SELECT COUNT(*) FROM pg_event_trigger"), 1);
    PortReport report;
    assert_int_equal(port(folder, source, target, &report), ERR_IO);
    assert_int_equal(report.count, store_table_count);
    assert_false(report.is_same);
    for (size_t i = 0; i < report.count; i++)
        assert_int_equal(report.tables[i].is_same, strcmp(report.tables[i].table->name, "organisation") != 0);
    assert_int_equal(ported(&report, "organisation")->target.rows, 100);
    assert_clean(folder, "target", target);
}

#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, folder_open, folder_close)

int main(void) {
    disk_install();
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(test_there_and_back),
        FOLDER_TEST(test_same_schema),
        FOLDER_TEST(test_from_a_target_to_its_like),
        FOLDER_TEST(test_checksums_tell),
        FOLDER_TEST(test_not_empty),
        FOLDER_TEST(test_other_schema),
        FOLDER_TEST(test_broken_source),
        FOLDER_TEST(test_ids_go_on_above),
        FOLDER_TEST(test_progress_goes_forward),
        FOLDER_TEST(test_killed),
        FOLDER_TEST(test_signals_that_are_ignored),
        FOLDER_TEST(test_full_disk),
        FOLDER_TEST(test_server_lost),
        FOLDER_TEST(test_server_that_alters),
    };
    cmocka_set_test_filter(getenv("WSPOLNIE_TEST_ONLY"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
