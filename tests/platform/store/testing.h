// SPDX-License-Identifier: EUPL-1.2
/* What the store's tests share: a temporary folder, a schema of two steps (the store's own and a
 * table of things) and queries on it, written by hand as tools/queries would write them. */
#ifndef WSPOLNIE_TESTS_STORE_TESTING_H
#define WSPOLNIE_TESTS_STORE_TESTING_H

#include "../../cmocka_all.h"
#include "own_schema.h"
#include "place.h"
#include "platform/store/sqlite.h"
#include <dirent.h>
#include <semaphore.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Folder {
    Arena *arena;
    char path[64];
    const char *places[16]; /* of stores */
    size_t place_count;
    Migration migrations[4];
    StoreSetup setup;
} Folder;

static const char things_sqlite[] =
    "CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " parent INTEGER REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED, weight REAL, bytes BLOB) STRICT;";
static const char things_postgres[] =
    "CREATE TABLE thing (id bigint NOT NULL PRIMARY KEY, name text COLLATE \"C\" NOT NULL UNIQUE,"
    " parent bigint REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED, weight double precision, bytes bytea);";

static const Query query_add = {
    .name = "add",
    .place = "things.sql:1",
    .sqlite = "INSERT INTO thing (id, name, parent, weight, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
    .postgres = "INSERT INTO thing (id, name, parent, weight, bytes) VALUES ($1, $2, $3, $4, $5)",
    .changes = true};
static const Query query_rename = {.name = "rename",
                                   .place = "things.sql:2",
                                   .sqlite = "UPDATE thing SET name = ?2 WHERE id = ?1",
                                   .postgres = "UPDATE thing SET name = $2 WHERE id = $1",
                                   .changes = true};
#define BOTH(text) .sqlite = (text), .postgres = (text)
static const Query query_count = {.name = "count", .place = "things.sql:3", BOTH("SELECT COUNT(*) FROM thing")};
static const Query query_named = {
    .name = "named", .place = "things.sql:4", BOTH("SELECT COUNT(*) FROM thing WHERE name = $1")};
static const Query query_all = {
    .name = "all", .place = "things.sql:5", BOTH("SELECT id, name, parent, weight, bytes FROM thing ORDER BY id")};

__attribute__((unused)) static int folder_open(void **state) {
    static Folder folder;
    folder = (Folder){.arena = arena_open(256 * 1024 * 1024), .path = "/tmp/wspolnie-store-XXXXXX"};
    assert_non_null(mkdtemp(folder.path));
    folder.migrations[0] = own_schema(folder.arena);
    folder.migrations[1] = (Migration){2, 1, "things", things_sqlite, things_postgres};
    folder.migrations[2] = (Migration){3, 3, "colour", "ALTER TABLE thing ADD COLUMN colour TEXT;",
                                       "ALTER TABLE thing ADD COLUMN colour text COLLATE \"C\";"};
    folder.setup = (StoreSetup){.migrations = folder.migrations, .migration_count = 2, .busy_ms = STORE_BUSY_MS};
    *state = &folder;
    return 0;
}

__attribute__((unused)) static int folder_close(void **state) {
    Folder *folder = *state;
    for (size_t i = 0; i < folder->place_count; i++) store_place_remove(folder->arena, folder->places[i]);
    DIR *dir = opendir(folder->path);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char name[400];
        snprintf(name, sizeof name, "%s/%s", folder->path, entry->d_name);
        unlink(name);
    }
    closedir(dir);
    rmdir(folder->path);
    arena_close(folder->arena);
    return 0;
}

__attribute__((unused)) static const char *folder_file(Folder *folder, const char *name) {
    return str_format(folder->arena, "%s/%s", folder->path, name).data;
}

/* Of a store: a file, or a database that goes with the folder. */
__attribute__((unused)) static const char *folder_place(Folder *folder, const char *name) {
    const char *path = folder_file(folder, name);
    bool known = false;
    for (size_t i = 0; i < folder->place_count; i++) known |= strcmp(folder->places[i], path) == 0;
    assert_true(known || folder->place_count < sizeof folder->places / sizeof *folder->places);
    if (!known) folder->places[folder->place_count++] = path;
    return store_place(folder->arena, path);
}

__attribute__((unused)) static bool folder_has(Folder *folder, const char *name) {
    return access(folder_file(folder, name), F_OK) == 0;
}

__attribute__((unused)) static size_t folder_entries(Folder *folder) {
    size_t count = 0;
    DIR *dir = opendir(folder->path);
    for (struct dirent *entry; (entry = readdir(dir));) count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

__attribute__((unused)) static Err try_open(Folder *folder, const char *name, const Clock *clock, Store **store) {
    StoreOptions options = {
        .path = folder_place(folder, name), .clock = clock, .may_create = true, .may_migrate = true};
    return store_open_as(folder->arena, &options, &folder->setup, store);
}

__attribute__((unused)) static Store *must_open(Folder *folder, const char *name, const Clock *clock) {
    Store *store = NULL;
    if (try_open(folder, name, clock, &store)) fail_msg("%s", arena_failure(folder->arena)->message);
    return store;
}

/* ---- one thing --------------------------------------------------------------------------------- */

typedef struct Thing {
    Id id; /* out */
    Str name;
    Id parent;
    Str bytes;
    Err returns;           /* after writing */
    bool fails_arena;      /* after writing */
    sem_t *begun, *may_go; /* says so, then waits */
    int runs;
} Thing;

__attribute__((unused)) static Err add_thing(Tx *tx, void *context) {
    Thing *thing = context;
    thing->runs++;
    if (thing->begun) sem_post(thing->begun);
    if (thing->may_go) sem_wait(thing->may_go);
    thing->id = tx_new_id(tx);
    Statement *statement = statement_begin(tx, &query_add);
    statement_bind_int(statement, 1, thing->id);
    statement_bind_text(statement, 2, thing->name);
    statement_bind_optional_int(statement, 3, (OptionalInt){thing->parent != 0, thing->parent});
    statement_bind_optional_real(statement, 4, (OptionalReal){true, 0.5});
    statement_bind_bytes(statement, 5, thing->bytes);
    assert_int_equal(statement_end(statement), 1);
    if (thing->fails_arena) arena_fail(tx_arena(tx), ERR_INTERNAL, "as asked");
    return thing->returns;
}

__attribute__((unused)) static int64_t count_with(Tx *tx, const Query *query, Str name) {
    Statement *statement = statement_begin(tx, query);
    if (!str_is_absent(name)) statement_bind_text(statement, 1, name);
    assert_true(statement_step(statement));
    int64_t count = statement_int(statement, 0);
    statement_end(statement);
    return count;
}

typedef struct Count {
    Str name;
    int64_t count;
} Count;

__attribute__((unused)) static Err count_things_of(Tx *tx, void *context) {
    Count *count = context;
    count->count = count_with(tx, str_is_absent(count->name) ? &query_count : &query_named, count->name);
    return OK;
}

__attribute__((unused)) static int64_t things(Store *store, Arena *arena) {
    Count count = {0};
    assert_int_equal(store_read(store, arena, count_things_of, &count), OK);
    return count.count;
}

__attribute__((unused)) static bool has_thing(Store *store, Arena *arena, const char *name) {
    Count count = {.name = str_from_c(name)};
    assert_int_equal(store_read(store, arena, count_things_of, &count), OK);
    return count.count == 1;
}

/* ---- many writes at once ------------------------------------------------------------------------- */

typedef struct Submitted {
    StoreWrite write; /* first: done gets it */
    Thing thing;
    sem_t *answered;
    Err err;
    int answers;
} Submitted;

__attribute__((unused)) static void note_answer(StoreWrite *write, Err err) {
    Submitted *submitted = (Submitted *)write;
    submitted->err = err;
    submitted->answers++;
    sem_post(submitted->answered);
}

__attribute__((unused)) static void submit(Store *store, Submitted *submitted, sem_t *answered, Str name) {
    submitted->thing.name = name;
    submitted->answered = answered;
    submitted->write = (StoreWrite){
        .work = add_thing, .done = note_answer, .context = &submitted->thing, .arena = arena_open(64 * 1024 * 1024)};
    assert_int_equal(store_submit(store, &submitted->write), OK);
}

/* Holds the writer inside a write until let go, so that what is submitted meanwhile forms one group. */
typedef struct Hold {
    Submitted submitted;
    sem_t begun, may_go, answered;
} Hold;

__attribute__((unused)) static void hold_writer(Store *store, Hold *hold) {
    *hold = (Hold){0};
    sem_init(&hold->begun, 0, 0);
    sem_init(&hold->may_go, 0, 0);
    sem_init(&hold->answered, 0, 0);
    hold->submitted.thing.begun = &hold->begun;
    hold->submitted.thing.may_go = &hold->may_go;
    submit(store, &hold->submitted, &hold->answered, STR("the one that holds"));
    sem_wait(&hold->begun);
}

__attribute__((unused)) static void let_writer_go(Hold *hold) {
    sem_post(&hold->may_go);
    sem_wait(&hold->answered);
    assert_int_equal(hold->submitted.err, OK);
    arena_close(hold->submitted.write.arena);
}

#endif
