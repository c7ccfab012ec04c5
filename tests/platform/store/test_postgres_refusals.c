// SPDX-License-Identifier: EUPL-1.2
/* Servers and databases that cannot be worked on, and stores of other programs' schemas: one sentence each. Run by
 * tests/peers/postgres.sh --env; without a server there is nothing to test. */
#include "platform/store/postgres.h"

#include "administer.h"
#include "testing.h"
#include <sys/socket.h>
#include <sys/un.h>

static const char *refused_at(Folder *folder, const char *address, Err expected) {
    StoreOptions options = {.path = address, .may_create = true, .may_migrate = true};
    Store *store = NULL;
    Err err = store_open_as(folder->arena, &options, &folder->setup, &store);
    if (err != expected)
        fail_msg("%s: %s (%s)", address, err_name(err), err ? arena_failure(folder->arena)->message : "");
    const char *sentence = arena_failure(folder->arena)->message;
    assert_null(strstr(sentence, "s3cret"));
    assert_null(strchr(sentence, '\n'));
    return sentence;
}

static void assert_refused(Folder *folder, const char *address, Err expected, const char *words) {
    const char *sentence = refused_at(folder, address, expected);
    if (!strstr(sentence, words)) fail_msg("\"%s\" does not say \"%s\"", sentence, words);
}

static void test_addresses_that_are_none(void **state) {
    Folder *folder = *state;
    assert_refused(folder, "postgres://ola:s3cret@[::1/x", ERR_INPUT, "is not one");
    assert_refused(folder, "postgres://ola:s3cret@host:port/x", ERR_BUSY, "cannot be reached");
    assert_refused(folder, "postgres://ola:at@s3cret@host/x", ERR_INPUT, "%40");
    assert_refused(folder, "postgres://host/x?pasword=s3cret", ERR_INPUT, "is not one");
    assert_refused(folder, "postgres://ola:s3cret@/x?host=%2Fnowhere", ERR_BUSY, "cannot be reached");
    assert_refused(folder, "postgres://ola:s3cret@127.0.0.1:1/x", ERR_BUSY, "Connection refused");
    assert_refused(folder, "postgres://ola:s3cret@nowhere.invalid/x", ERR_BUSY, "cannot be reached");
}

static void assert_blotted(const char *password, const char *message, size_t size, const char *expected) {
    char out[64];
    PQconninfoOption options[] = {{.keyword = "password", .val = (char *)(uintptr_t)password}, {0}};
    postgres_address_blot(&(PostgresAddress){.options = options}, message, out, size);
    assert_string_equal(out, expected);
}

static void test_passwords_are_blotted_out(void **state) {
    (void)state;
    assert_blotted("s3cret", "no s3cret, s3cret\nmore", 64, "no ******, ******");
    assert_blotted("**", "a ** of ***", 64, "a ** of ***");
    assert_blotted("aa", "baaab", 64, "b***b");
    assert_blotted("s3cret", "no s3cret", 7, "no ***"); /* cut where the password stands */
    assert_blotted("s3\ncret", "no s3\ncret\nmore", 64, "no *******");
    assert_blotted("", "as it is", 64, "as it is");
    assert_blotted(NULL, "as it is", 64, "as it is");
}

/* The server's address with another database. */
static const char *other_database(Folder *folder, const char *database) {
    return place_address(folder->arena, str_from_c(database));
}

static void test_databases_that_are_not_ours(void **state) {
    Folder *folder = *state;
    assert_refused(folder, other_database(folder, "nothing_of_this_name"), ERR_NOT_FOUND, "there is no such database");

    administer(folder, "other.db", "CREATE TABLE bookmark (address text)%s", "");
    assert_refused(folder, folder_place(folder, "other.db"), ERR_CONFLICT, "another program");

    Str latin = database_of(folder, "latin.db");
    folder_place(folder, "latin.db");
    place_do(folder->arena, str_format(folder->arena, "DROP DATABASE \"%s\"", latin.data).data);
    const char *made =
        str_format(folder->arena, "CREATE DATABASE \"%s\" ENCODING 'LATIN2' LOCALE 'C' TEMPLATE template0", latin.data)
            .data;
    assert_string_equal(place_do(folder->arena, made), "");
    assert_refused(folder, folder_place(folder, "latin.db"), ERR_CONFLICT, "keeps its text as LATIN2");
}

typedef struct Counting {
    Store *store;
    Arena *arena;
    int64_t *count;
} Counting;

static void count_inside(void *argument) {
    const Counting *counting = argument;
    *counting->count = things(counting->store, counting->arena);
}

static void test_older_and_newer_stores(void **state) {
    Folder *folder = *state;
    StoreOptions options = {.path = folder_place(folder, "a.db"), .may_migrate = true};
    Store *store = NULL;
    assert_int_equal(store_open_as(folder->arena, &options, &folder->setup, &store), ERR_NOT_FOUND);
    store_close(must_open(folder, "a.db", NULL));
    folder->setup.migration_count = 3;
    options = (StoreOptions){.path = folder_place(folder, "a.db")};
    assert_int_equal(store_open_as(folder->arena, &options, &folder->setup, &store), ERR_CONFLICT);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "older program (schema 2 of 3)"));
    store_close(must_open(folder, "a.db", NULL));
    folder->setup.migration_count = 2;
    assert_refused(folder, folder_place(folder, "a.db"), ERR_CONFLICT,
                   "newer program (schema 3, this program knows 2)");
    /* One that says it is compatible is worked on, and left as it is. */
    administer(folder, "a.db", "UPDATE installation SET compatible_version = 2%s", "");
    store = must_open(folder, "a.db", NULL);
    Thing thing = {.name = STR("one")};
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), OK);
    /* A newer program that comes while this one works: nothing more is written, and what is read is told so soon. */
    administer(folder, "a.db", "UPDATE installation SET compatible_version = 3%s", "");
    Thing late = {.name = STR("late")};
    assert_int_equal(store_write(store, folder->arena, add_thing, &late), ERR_OUTDATED);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "this one knows 2): start a newer one"));
    usleep(SCHEMA_LOOK_MS * 1000 + 50000);
    int64_t count = 0;
    assert_int_equal(arena_protect(folder->arena, count_inside, &(Counting){store, folder->arena, &count}),
                     ERR_OUTDATED);
    /* It goes on where it may again; and connections made anew look too. */
    administer(folder, "a.db", "UPDATE installation SET compatible_version = 2%s", "");
    assert_false(has_thing(store, folder->arena, "late"));
    assert_int_equal(store_write(store, folder->arena, add_thing, &late), OK);
    administer(folder, "a.db", "UPDATE installation SET compatible_version = 3%s", "");
    administer(
        folder, "a.db",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s' AND pid <> pg_backend_pid()",
        database_of(folder, "a.db").data);
    usleep(100000);
    assert_int_equal(store_write(store, folder->arena, add_thing, &thing), ERR_OUTDATED);
    assert_non_null(strstr(arena_failure(folder->arena)->message, "a newer program"));
    store_close(store);
}

static void test_a_migration_that_fails_leaves_the_store_as_it_was(void **state) {
    Folder *folder = *state;
    store_close(must_open(folder, "a.db", NULL));
    folder->setup.migration_count = 3;
    folder->migrations[2].postgres = "ALTER TABLE thing ADD COLUMN colour text; INSERT INTO no_such_table VALUES (1);";
    assert_refused(folder, folder_place(folder, "a.db"), ERR_INTERNAL, "to schema 3 (colour)");
    folder->migrations[2].postgres = "ALTER TABLE thing ADD COLUMN colour text;"; /* it is not there yet */
    store_close(must_open(folder, "a.db", NULL));
}

/* Roles of the test's own, of a name no other test has. */
static const char *as_role(Folder *folder, const char *name, const char *role) {
    Str address = str_from_c(folder_place(folder, name));
    return str_to_c(folder->arena,
                    str_replace(folder->arena, address, STR("//postgres@"), str_format(folder->arena, "//%s@", role)));
}

static void test_users_that_may_not(void **state) {
    Folder *folder = *state;
    folder_place(folder, "a.db");
    assert_refused(folder, as_role(folder, "a.db", "nobody_of_this_name"), ERR_DENIED, "does not let this user in");

    administer(folder, "a.db", "CREATE ROLE only_looks LOGIN%s", "");
    assert_refused(folder, as_role(folder, "a.db", "only_looks"), ERR_DENIED, "no right to make tables");
    administer(folder, "a.db", "ALTER ROLE only_looks SET default_transaction_read_only = on%s", "");
    assert_refused(folder, as_role(folder, "a.db", "only_looks"), ERR_DENIED, "only reads");
    administer(folder, "a.db", "ALTER ROLE only_looks RESET ALL; ALTER ROLE only_looks CONNECTION LIMIT 0%s", "");
    assert_refused(folder, as_role(folder, "a.db", "only_looks"), ERR_BUSY, "as many connections as it takes");
    administer(folder, "a.db", "DROP ROLE only_looks%s", "");
}

/* A server of another time: says its version and nothing more. */
static void *say_version(void *argument) {
    static const char hello[] = "R\0\0\0\x08\0\0\0\0" /* let in */
                                "S\0\0\0\x18server_version\0"
                                "13.9\0"
                                "K\0\0\0\x0c\0\0\0\x01\0\0\0\x01"
                                "Z\0\0\0\x05I";
    int listening = *(int *)argument, fd = accept(listening, NULL, NULL);
    char startup[1024];
    if (recv(fd, startup, sizeof startup, 0) > 0) send(fd, hello, sizeof hello - 1, MSG_NOSIGNAL);
    recv(fd, startup, sizeof startup, 0);
    close(fd);
    return NULL;
}

static void test_an_old_server(void **state) {
    Folder *folder = *state;
    struct sockaddr_un own = {.sun_family = AF_UNIX};
    snprintf(own.sun_path, sizeof own.sun_path, "%s/.s.PGSQL.5432", folder->path);
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listening, (struct sockaddr *)&own, sizeof own) | listen(listening, 1), 0);
    pthread_t thread;
    pthread_create(&thread, NULL, say_version, &listening);
    const char *address = str_format(folder->arena, "postgres://ola:s3cret@/x?host=%s", folder->path).data;
    assert_refused(folder, address, ERR_CONFLICT, "is PostgreSQL 13.9: 15 or newer is needed");
    pthread_join(thread, NULL);
    close(listening);
    unlink(own.sun_path);
}

int main(void) {
    if (!place_is_postgres()) {
        fprintf(stderr, "WSPOLNIE_TEST_STORE names no server: skipped\n");
        return 77;
    }
#define CASE(name) cmocka_unit_test_setup_teardown(name, folder_open, folder_close)
    const struct CMUnitTest tests[] = {
        CASE(test_addresses_that_are_none),
        cmocka_unit_test(test_passwords_are_blotted_out),
        CASE(test_databases_that_are_not_ours),
        CASE(test_older_and_newer_stores),
        CASE(test_a_migration_that_fails_leaves_the_store_as_it_was),
        CASE(test_users_that_may_not),
        CASE(test_an_old_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
