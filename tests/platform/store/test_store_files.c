// SPDX-License-Identifier: EUPL-1.2
/* Opening, migrating, copying and refusing files (migrate.c, backup.c). */
#include "platform/store/store.h"

#include "testing.h"
#include <fcntl.h>

static void add_named(Folder *folder, Store *store, const char *name) {
    Thing thing = {.name = str_from_c(name)};
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), OK);
}

static const char *refused(Folder *folder, const char *name, Err expected) {
    Store *store = NULL;
    assert_int_equal(try_open(folder, name, NULL, &store), expected);
    assert_null(store);
    const char *message = arena_failure(folder->arena)->message;
    assert_non_null(strstr(message, name));
    assert_null(strchr(message, '\n'));
    return message;
}

static void write_file(Folder *folder, const char *name, const void *bytes, size_t size) {
    int fd = open(folder_file(folder, name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

/* By another program than ours. */
static void foreign_sql(Folder *folder, const char *name, const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(folder_file(folder, name), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int64_t pragma_of(Folder *folder, const char *name, const char *sql) {
    Connection *connection = sqlite_open_connection(folder->arena, folder_file(folder, name), CONNECTION_READS, 0);
    int64_t value = sqlite_pragma(connection, folder->arena, sql);
    sqlite_disconnect(connection);
    return value;
}

/* ---- new files --------------------------------------------------------------------------------------- */

static void test_a_new_file_is_ours_and_private(void **state) {
    Folder *folder = *state;
    store_close(must_open(folder, "a.db", NULL));
    struct stat found;
    assert_int_equal(stat(folder_file(folder, "a.db"), &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    assert_int_equal(pragma_of(folder, "a.db", "PRAGMA application_id"), STORE_APPLICATION_ID);
    assert_int_equal(pragma_of(folder, "a.db", "PRAGMA user_version"), 2);
    assert_int_equal(pragma_of(folder, "a.db", "SELECT schema_version FROM installation"), 2);
    assert_int_equal(pragma_of(folder, "a.db", "SELECT COUNT(*) FROM installation WHERE id > 0 AND created_ms > 0"), 1);
    assert_int_equal(folder_entries(folder), 1); /* no log, no copy is left */
}

static void test_the_programs_own_schema_opens(void **state) {
    Folder *folder = *state;
    StoreOptions options = {.path = folder_file(folder, "own.db"), .may_create = true};
    Store *store = NULL;
    assert_int_equal(store_open(folder->arena, &options, &store), OK);
    Str finding = STR("untouched");
    assert_int_equal(store_check(store, folder->arena, &finding), OK);
    assert_true(str_is_absent(finding));
    store_close(store);
    assert_int_equal(pragma_of(folder, "own.db", "PRAGMA user_version"), store_schema_version());
}

static void test_durable_settings_are_on(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    Connection *const both[] = {store->lanes[0].connection, store_reader(store, folder->arena)};
    for (int i = 0; i < 2; i++) {
        assert_str(sqlite_pragma_text(both[i], folder->arena, "PRAGMA journal_mode"), STR("wal"));
        assert_int_equal(sqlite_pragma(both[i], folder->arena, "PRAGMA synchronous"), 2);
        assert_int_equal(sqlite_pragma(both[i], folder->arena, "PRAGMA foreign_keys"), 1);
        assert_int_equal(sqlite_pragma(both[i], folder->arena, "PRAGMA trusted_schema"), 0);
        assert_int_equal(sqlite_pragma(both[i], folder->arena, "PRAGMA busy_timeout"), STORE_BUSY_MS);
    }
    store_close(store);
}

static void test_a_start_that_broke_off_is_no_trouble(void **state) {
    Folder *folder = *state;
    write_file(folder, "a.db", "", 0);
    Store *store = must_open(folder, "a.db", NULL);
    add_named(folder, store, "one");
    store_close(store);
}

/* ---- refusals ------------------------------------------------------------------------------------------ */

static void test_a_missing_file_or_folder(void **state) {
    Folder *folder = *state;
    StoreOptions options = {.path = folder_file(folder, "none.db")};
    Store *store = NULL;
    assert_int_equal(store_open_as(folder->arena, &options, &folder->setup, &store), ERR_NOT_FOUND);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "there is no data file"));
    assert_non_null(strstr(refused(folder, "none/a.db", ERR_NOT_FOUND), "the folder of"));
    assert_int_equal(folder_entries(folder), 0);
}

static void test_what_is_not_our_file(void **state) {
    Folder *folder = *state;
    char text[5000];
    memset(text, 'x', sizeof text);
    write_file(folder, "letter.txt", text, sizeof text);
    assert_non_null(strstr(refused(folder, "letter.txt", ERR_CONFLICT), "is not a data file of this program"));
    foreign_sql(folder, "foreign.db", "CREATE TABLE bookmark (address TEXT)");
    assert_non_null(strstr(refused(folder, "foreign.db", ERR_CONFLICT), "is a database of another program"));
    assert_str(str_from_c(refused(folder, ".", ERR_CONFLICT) + strlen(folder->path)), STR("/. is not a file"));
    /* Left as they were: a foreign database keeps its journal mode. */
    Connection *foreign = sqlite_open_connection(folder->arena, folder_file(folder, "foreign.db"), CONNECTION_LOOKS, 0);
    assert_str(sqlite_pragma_text(foreign, folder->arena, "PRAGMA journal_mode"), STR("delete"));
    sqlite_disconnect(foreign);
    assert_int_equal(folder_entries(folder), 2);
}

static void test_a_newer_file(void **state) {
    Folder *folder = *state;
    folder->setup.migration_count = 3;
    store_close(must_open(folder, "a.db", NULL));
    folder->setup.migration_count = 2;
    assert_non_null(strstr(refused(folder, "a.db", ERR_CONFLICT),
                           "was written by a newer program (schema 3, this program knows 2)"));
    /* One that says it is compatible is worked on, and left as it is. */
    foreign_sql(folder, "a.db", "UPDATE installation SET compatible_version = 2");
    Store *store = must_open(folder, "a.db", NULL);
    add_named(folder, store, "one");
    store_close(store);
    assert_int_equal(pragma_of(folder, "a.db", "PRAGMA user_version"), 3);
    assert_int_equal(folder_entries(folder), 1);
}

/* One serves a file, and nobody brings it further meanwhile; commands of its own schema go on. */
static void test_a_file_that_is_served(void **state) {
    Folder *folder = *state;
    Store *serving = must_open(folder, "a.db", NULL), *other = must_open(folder, "a.db", NULL);
    assert_int_equal(store_serve(serving, folder->arena), OK);
    assert_int_equal(store_serve(serving, folder->arena), OK);
    assert_int_equal(store_serve(other, folder->arena), ERR_BUSY);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "another wspolnie serves"));
    add_named(folder, other, "one");
    store_close(other);
    folder->setup.migration_count = 3;
    assert_non_null(strstr(refused(folder, "a.db", ERR_BUSY), "is served by an older wspolnie: stop that one"));
    assert_int_equal(pragma_of(folder, "a.db", "PRAGMA user_version"), 2);
    assert_false(folder_has(folder, "a.db.before-3"));
    add_named(folder, serving, "two");
    store_close(serving);
    other = must_open(folder, "a.db", NULL);
    assert_int_equal(store_serve(other, folder->arena), OK);
    store_close(other);
    assert_int_equal(pragma_of(folder, "a.db", "PRAGMA user_version"), 3);
}

typedef struct Counting {
    Store *store;
    Folder *folder;
} Counting;

static void read_something(void *argument) {
    const Counting *counting = argument;
    has_thing(counting->store, counting->folder->arena, "one");
}

/* A command is at work while a newer program comes: it writes nothing into what it does not know, and reads nothing. */
static void test_a_file_brought_further_meanwhile(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    add_named(folder, store, "one");
    assert_true(has_thing(store, folder->arena, "one"));
    folder->setup.migration_count = 3;
    store_close(must_open(folder, "a.db", NULL));
    Thing late = {.name = STR("late")};
    assert_int_equal(store_write(store, folder->arena, add_thing, &late), ERR_OUTDATED);
    assert_int_equal(late.runs, 0);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "by a newer program (this one knows schema 2)"));
    Counting counting = {store, folder};
    assert_int_equal(arena_protect(folder->arena, read_something, &counting), ERR_OUTDATED);
    foreign_sql(folder, "a.db", "UPDATE installation SET compatible_version = 2");
    assert_false(has_thing(store, folder->arena, "late"));
    assert_int_equal(store_write(store, folder->arena, add_thing, &late), OK);
    assert_true(has_thing(store, folder->arena, "late"));
    store_close(store);
}

static void test_a_file_that_another_program_holds(void **state) {
    Folder *folder = *state;
    folder->setup.busy_ms = 20;
    Store *store = must_open(folder, "a.db", NULL);
    sqlite3 *foreign = NULL;
    sqlite3_open(folder_file(folder, "a.db"), &foreign);
    assert_int_equal(sqlite3_exec(foreign, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    Thing thing = {.name = STR("one")};
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), ERR_BUSY);
    assert_int_equal(thing.runs, 0);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "cannot begin to write"));
    sqlite3_exec(foreign, "ROLLBACK", NULL, NULL, NULL);
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), OK);
    store_close(store);
    assert_int_equal(sqlite3_exec(foreign, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_non_null(strstr(refused(folder, "a.db", ERR_BUSY), "is locked by another program"));
    sqlite3_close(foreign);
}

/* Rights do not bind root, so a child without them tries. */
static void test_missing_rights(void **state) {
    Folder *folder = *state;
    store_close(must_open(folder, "a.db", NULL));
    store_close(must_open(folder, "b.db", NULL));
    chmod(folder_file(folder, "a.db"), 0444);
    chmod(folder_file(folder, "b.db"), 0666);
    chmod(folder->path, 0555);
    const char *existing = folder_file(folder, "a.db"), *fresh = folder_file(folder, "new.db");
    const char *writable = folder_file(folder, "b.db");
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534)) _exit(9);
        Store *store = NULL;
        StoreOptions options = {.path = existing, .may_create = true};
        if (store_open_as(folder->arena, &options, &folder->setup, &store) != ERR_DENIED) _exit(1);
        options.path = fresh;
        if (store_open_as(folder->arena, &options, &folder->setup, &store) != ERR_DENIED) _exit(2);
        if (!strstr(arena_failure(folder->arena)->message, "no right to create")) _exit(3);
        options.path = writable; /* but the log beside it cannot be made */
        if (store_open_as(folder->arena, &options, &folder->setup, &store) != ERR_DENIED) _exit(4);
        _exit(strstr(arena_failure(folder->arena)->message, "no right to write") ? 0 : 5);
    }
    int status = 0;
    waitpid(child, &status, 0);
    chmod(folder->path, 0755);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- older files ---------------------------------------------------------------------------------------- */

static void test_an_older_file_is_copied_and_migrated(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    add_named(folder, store, "one");
    store_close(store);

    folder->setup.migration_count = 3;
    StoreOptions options = {.path = folder_file(folder, "a.db"), .may_create = true};
    assert_int_equal(store_open_as(folder->arena, &options, &folder->setup, &store), ERR_CONFLICT);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "older program (schema 2 of 3)"));
    assert_int_equal(folder_entries(folder), 1);

    store = must_open(folder, "a.db", NULL);
    assert_true(has_thing(store, folder->arena, "one"));
    store_close(store);
    assert_int_equal(pragma_of(folder, "a.db", "PRAGMA user_version"), 3);
    assert_int_equal(pragma_of(folder, "a.db", "SELECT compatible_version FROM installation WHERE schema_version = 3"),
                     3);
    assert_int_equal(pragma_of(folder, "a.db", "SELECT COUNT(colour) FROM thing"), 0);
    assert_true(folder_has(folder, "a.db.before-3"));
    assert_int_equal(folder_entries(folder), 2);

    /* The copy is a whole file of ours; going back and forth again does not overwrite it. */
    assert_int_equal(rename(folder_file(folder, "a.db.before-3"), folder_file(folder, "old.db")), 0);
    write_file(folder, "old.db.before-3", "kept", 4);
    store = must_open(folder, "old.db", NULL);
    assert_true(has_thing(store, folder->arena, "one"));
    store_close(store);
    assert_true(folder_has(folder, "old.db.before-3-2"));
    struct stat found;
    stat(folder_file(folder, "old.db.before-3"), &found);
    assert_int_equal(found.st_size, 4);
}

static void test_a_migration_that_fails_leaves_the_file_as_it_was(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    add_named(folder, store, "one");
    store_close(store);
    static const char *const broken[] = {
        "ALTER TABLE thing ADD COLUMN colour TEXT; INSERT INTO no_such_table VALUES (1);",
        "INSERT INTO thing (id, name, parent) VALUES (1, 'orphan', 999);",
    };
    folder->setup.migration_count = 3;
    for (int i = 0; i < 2; i++) {
        folder->migrations[2].sqlite = broken[i];
        assert_non_null(strstr(refused(folder, "a.db", ERR_INTERNAL), "to schema 3 (colour)"));
        assert_int_equal(pragma_of(folder, "a.db", "PRAGMA user_version"), 2);
        assert_int_equal(pragma_of(folder, "a.db", "SELECT COUNT(*) FROM thing"), 1);
        assert_int_equal(folder_entries(folder), 1); /* tried again and again, it leaves no heap of copies */
    }
    folder->setup.migration_count = 2;
    store = must_open(folder, "a.db", NULL);
    assert_int_equal(sqlite3_exec(sqlite_db(store->lanes[0].connection), "SELECT colour FROM thing", NULL, NULL, NULL),
                     SQLITE_ERROR);
    store_close(store);
}

/* ---- copies ---------------------------------------------------------------------------------------------- */

typedef struct Load {
    Store *store;
    atomic_bool stop;
    atomic_int written;
} Load;

static void *write_on(void *argument) {
    Load *load = argument;
    Arena *arena = arena_open(256 * 1024 * 1024);
    while (!atomic_load(&load->stop)) {
        Thing thing = {.name = str_format(arena, "thing %d", atomic_load(&load->written))};
        if (store_write(load->store, arena, add_thing, &thing)) abort();
        atomic_fetch_add(&load->written, 1);
    }
    arena_close(arena);
    return NULL;
}

static void test_backup_while_writing_and_restore(void **state) {
    Folder *folder = *state;
    folder->setup.migration_count = 2;
    Load load = {.store = must_open(folder, "a.db", NULL)};
    pthread_t thread;
    pthread_create(&thread, NULL, write_on, &load);
    while (atomic_load(&load.written) < 50) usleep(1000);
    int before = atomic_load(&load.written);
    assert_int_equal(store_backup(load.store, folder->arena, folder_file(folder, "copy.db")), OK);
    int after = atomic_load(&load.written) + 1;
    while (atomic_load(&load.written) < after + 50) usleep(1000);
    atomic_store(&load.stop, true);
    pthread_join(thread, NULL);
    assert_int_equal(store_backup(load.store, folder->arena, folder_file(folder, "copy.db")), ERR_CONFLICT);
    assert_int_equal(store_backup(load.store, folder->arena, folder_file(folder, "none/copy.db")), ERR_NOT_FOUND);
    store_close(load.store);

    Store *copy = must_open(folder, "copy.db", NULL);
    int64_t count = things(copy, folder->arena);
    assert_in_range(count, before, after);
    Str finding = STR("untouched");
    assert_int_equal(store_check(copy, folder->arena, &finding), OK);
    assert_true(str_is_absent(finding));
    store_close(copy);
}

/* Restoring takes the program's own schema for its measure. */
static Store *open_own(Folder *folder, const char *name) {
    StoreOptions options = {.path = folder_file(folder, name), .may_create = true, .may_migrate = true};
    Store *store = NULL;
    assert_int_equal(store_open(folder->arena, &options, &store), OK);
    return store;
}

static Err audit_once(Tx *tx, void *context) {
    (void)context;
    store_audit(tx, &(AuditEntry){.action = "thing.add"});
    return OK;
}

static void test_restore_takes_only_sound_copies(void **state) {
    Folder *folder = *state;
    Arena *arena = folder->arena;
    Store *store = open_own(folder, "a.db");
    for (int i = 0; i < 7; i++) assert_int_equal(store_write(store, arena, audit_once, NULL), OK);
    const char *copy = folder_file(folder, "copy.db");
    assert_int_equal(store_backup(store, arena, copy), OK);
    store_close(store);

    assert_int_equal(store_restore(arena, copy, folder_file(folder, "a.db")), ERR_CONFLICT); /* is there */
    write_file(folder, "b.db-wal", "old", 3);
    assert_int_equal(store_restore(arena, copy, folder_file(folder, "b.db")), ERR_CONFLICT);
    unlink(folder_file(folder, "b.db-wal"));
    assert_int_equal(store_restore(arena, copy, folder_file(folder, "b.db")), OK);
    store_close(open_own(folder, "b.db"));
    assert_int_equal(pragma_of(folder, "b.db", "SELECT COUNT(*) FROM audit"), 7);

    assert_int_equal(store_restore(arena, folder_file(folder, "none.db"), folder_file(folder, "c.db")), ERR_NOT_FOUND);
    write_file(folder, "empty.db", "", 0);
    assert_int_equal(store_restore(arena, folder_file(folder, "empty.db"), folder_file(folder, "c.db")), ERR_CONFLICT);
    foreign_sql(folder, "copy.db", "PRAGMA foreign_keys = OFF; INSERT INTO audit_personal VALUES (1, 2, 'orphan')");
    assert_int_equal(store_restore(arena, copy, folder_file(folder, "c.db")), ERR_IO);
    assert_non_null(strstr(arena_failure(arena)->message, "is damaged: a row of audit_personal"));
    foreign_sql(
        folder, "copy.db",
        "DELETE FROM audit_personal; PRAGMA user_version = 9999; UPDATE installation SET compatible_version = 9999");
    assert_int_equal(store_restore(arena, copy, folder_file(folder, "c.db")), ERR_CONFLICT);
    assert_false(folder_has(folder, "c.db"));
    assert_int_equal(folder_entries(folder), 4); /* a, b, copy, empty: no leavings */
}

static void test_a_damaged_file_is_found(void **state) {
    Folder *folder = *state;
    Store *store = must_open(folder, "a.db", NULL);
    for (int i = 0; i < 300; i++) add_named(folder, store, str_format(folder->arena, "thing %d", i).data);
    store_close(store);
    struct stat found;
    stat(folder_file(folder, "a.db"), &found);
    int fd = open(folder_file(folder, "a.db"), O_WRONLY);
    char rubbish[64];
    memset(rubbish, 0x55, sizeof rubbish);
    assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, found.st_size - 4096), sizeof rubbish);
    close(fd);
    store = must_open(folder, "a.db", NULL);
    Str finding = STR_ABSENT;
    Err err = store_check(store, folder->arena, &finding);
    assert_true(err == ERR_IO || (err == OK && !str_is_empty(finding)));
    store_close(store);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_open, folder_close)
    const struct CMUnitTest tests[] = {
        CASE(test_a_new_file_is_ours_and_private),
        CASE(test_the_programs_own_schema_opens),
        CASE(test_durable_settings_are_on),
        CASE(test_a_start_that_broke_off_is_no_trouble),
        CASE(test_a_missing_file_or_folder),
        CASE(test_what_is_not_our_file),
        CASE(test_a_newer_file),
        CASE(test_a_file_that_is_served),
        CASE(test_a_file_brought_further_meanwhile),
        CASE(test_a_file_that_another_program_holds),
        CASE(test_missing_rights),
        CASE(test_an_older_file_is_copied_and_migrated),
        CASE(test_a_migration_that_fails_leaves_the_file_as_it_was),
        CASE(test_backup_while_writing_and_restore),
        CASE(test_restore_takes_only_sound_copies),
        CASE(test_a_damaged_file_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
