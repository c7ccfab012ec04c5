// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what kind of file it is ------------------------------------------------------------------------- */

int sqlite_identify(Connection *connection, Arena *arena, const char *path, const StoreSetup *setup) {
    sqlite3 *db = sqlite_db(connection);
    sqlite3_stmt *prepared = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT COUNT(*) FROM sqlite_schema", -1, &prepared, NULL);
    if (!code) code = sqlite3_step(prepared);
    bool empty = code == SQLITE_ROW && sqlite3_column_int64(prepared, 0) == 0;
    sqlite3_finalize(prepared);
    if (code != SQLITE_ROW) sqlite_refuse(arena, path, sqlite_err(db, code), sqlite3_errmsg(db));

    int64_t application = sqlite_pragma(connection, arena, "PRAGMA application_id");
    int version = (int)sqlite_pragma(connection, arena, "PRAGMA user_version");
    if (empty && application == 0 && version == 0) return 0;
    if (application != STORE_APPLICATION_ID)
        arena_fail(arena, ERR_CONFLICT, "%s is a database of another program", path);
    if (version > setup->migration_count)
        migrate_must_be_compatible(connection, arena, path, version, setup->migration_count);
    return version;
}

/* ---- migrating ------------------------------------------------------------------------------------------ */

int sqlite_schema_version(Tx *tx) { return (int)sqlite_pragma(tx->connection, tx->arena, "PRAGMA user_version"); }

void sqlite_apply(Tx *tx, const Migration *migration) {
    sqlite_execute(tx->connection, tx->arena, migration->sqlite);
    Str versions = str_format(tx->arena, "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION_ID,
                              migration->number);
    sqlite_execute(tx->connection, tx->arena, versions.data);
}

typedef struct Migrating {
    Tx tx;
    const Migration *at; /* the one that is run, for the message */
} Migrating;

/* All in one transaction: a file is wholly migrated or left as it was, for the program that made it. */
static void migrate_whole(void *argument) {
    Migrating *migrating = argument;
    Tx *tx = &migrating->tx;
    int code = sqlite_command(tx->connection, COMMAND_BEGIN_WRITE, NULL);
    if (code) sqlite_fail(tx->connection, tx->arena, "begin to write", code);
    migrate_all(tx, &migrating->at);
    Str orphan = sqlite_pragma_text(tx->connection, tx->arena, "PRAGMA foreign_key_check");
    if (!str_is_absent(orphan))
        arena_fail(tx->arena, ERR_INTERNAL, "a row of %.*s refers to one that is gone", STR_FORMAT(orphan));
    code = sqlite_command(tx->connection, COMMAND_COMMIT, NULL);
    if (code) sqlite_fail(tx->connection, tx->arena, "commit", code);
    node_committed(&tx->store->node, tx->connection);
}

static void migrate(Store *store, Connection *connection, Arena *arena, const char *copy) {
    Migrating migrating = {.tx = {.store = store, .connection = connection, .arena = arena, .writes = true}};
    migrating.tx.now_ms = clock_now_ms(&store->clock);
    /* Tables may be rebuilt; references are checked before the commit instead. */
    sqlite_execute(connection, arena, "PRAGMA foreign_keys = OFF");
    Err err = arena_protect(arena, migrate_whole, &migrating);
    if (err) {
        engine_sqlite.rollback(connection);
        if (copy) unlink(copy); /* the file itself is as it was */
        Str reason = str_copy(arena, str_from_c(arena_failure(arena)->message));
        const Migration *at = migrating.at ? migrating.at : store->setup.migrations;
        if (err == ERR_FULL) arena_fail(arena, err, "the disk has no room for %s", store->path);
        arena_fail(arena, err, "cannot bring %s to schema %d (%s): %.*s", store->path, at->number, at->name,
                   STR_FORMAT(reason));
    }
    sqlite_execute(connection, arena, "PRAGMA foreign_keys = ON");
}

/* "name.before-3" holds the file as it was before schema 3; an earlier one is never overwritten. */
static const char *copy_before_migrating(const Store *store, Connection *connection, Arena *arena) {
    enum { MOST_COPIES = 100 };
    for (int i = 1; i <= MOST_COPIES; i++) {
        Str name = i == 1 ? str_format(arena, "%s.before-%d", store->path, store->setup.migration_count)
                          : str_format(arena, "%s.before-%d-%d", store->path, store->setup.migration_count, i);
        struct stat found;
        if (lstat(name.data, &found) == 0) continue;
        sqlite_copy(connection, arena, name.data);
        return name.data;
    }
    arena_fail(arena, ERR_CONFLICT, "there are %d copies of %s made before migrating: remove some", MOST_COPIES,
               store->path);
}

static void use_wal(const Store *store, Connection *connection, Arena *arena) {
    Str mode = sqlite_pragma_text(connection, arena, "PRAGMA journal_mode = WAL");
    if (!str_equal(mode, STR("wal")))
        arena_fail(arena, ERR_IO, "the file system of %s cannot share memory between programs", store->path);
}

/* ---- who serves it ------------------------------------------------------------------------------------ */

/* False: another holds it. *held: the descriptor of FILE.serving, whose lock says so; negative where there is none, or
 * none that can be opened. */
static bool lock_serving(const Store *store, Arena *arena, int more_flags, int *held) {
    Str path = str_format(arena, "%s.serving", store->path);
    *held = open(str_to_c(arena, path), O_RDWR | O_CLOEXEC | more_flags, 0600);
    if (*held < 0 || flock(*held, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return true;
    close(*held);
    return false;
}

typedef struct SqliteHeld {
    int serving; /* the descriptor; negative: none */
} SqliteHeld;

void sqlite_serve(Store *store, Arena *arena) {
    SqliteHeld *own = store->own;
    if (own && own->serving >= 0) return;
    if (!own) own = store->own = store_calloc(arena, sizeof *own);
    if (lock_serving(store, arena, O_CREAT, &own->serving)) return;
    own->serving = -1;
    arena_fail(arena, ERR_BUSY, "another wspolnie serves %s already", store->path);
}

void sqlite_close(Store *store) {
    SqliteHeld *own = store->own;
    if (own && own->serving >= 0) close(own->serving);
    free(own);
}

static void let_go(void *descriptor) { close((int)(intptr_t)descriptor); }

/* While an older file is copied and brought up to date nobody begins to serve it. */
static void migrate_alone(Store *store, Connection *connection, Arena *arena, bool is_older) {
    int held = -1;
    if (is_older && !lock_serving(store, arena, 0, &held))
        arena_fail(arena, ERR_BUSY,
                   "%s is served by an older wspolnie: stop that one, and this one brings the file up to date",
                   store->path);
    if (held >= 0) arena_defer(arena, let_go, (void *)(intptr_t)held);
    const char *copy = is_older ? copy_before_migrating(store, connection, arena) : NULL;
    use_wal(store, connection, arena);
    migrate(store, connection, arena, copy);
    if (held >= 0) arena_undo_now(arena, let_go, (void *)(intptr_t)held);
}

/* ---- opening the file --------------------------------------------------------------------------------- */

/* Made by us rather than by SQLite, so that only its owner can read it: it holds personal data. */
static void create_file(Arena *arena, const char *path) {
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
        return;
    }
    switch (errno) {
    case EEXIST: return; /* another process was quicker */
    case ENOENT:
    case ENOTDIR: arena_fail(arena, ERR_NOT_FOUND, "the folder of %s does not exist", path);
    case EACCES:
    case EPERM:
    case EROFS: arena_fail(arena, ERR_DENIED, "no right to create %s", path);
    case ENOSPC:
    case EDQUOT: arena_fail(arena, ERR_FULL, "no room on the disk to create %s", path);
    default: arena_fail(arena, ERR_IO, "cannot create %s: %s", path, strerror(errno));
    }
}

static void find_file(Arena *arena, const StoreOptions *options) {
    struct stat found;
    if (stat(options->path, &found) == 0) {
        if (!S_ISREG(found.st_mode)) arena_fail(arena, ERR_CONFLICT, "%s is not a file", options->path);
        if (access(options->path, R_OK | W_OK)) arena_fail(arena, ERR_DENIED, "no right to write to %s", options->path);
    } else if (errno == EACCES) {
        arena_fail(arena, ERR_DENIED, "no right to look for %s", options->path);
    } else if (options->may_create) {
        create_file(arena, options->path);
    } else {
        arena_fail(arena, ERR_NOT_FOUND, "there is no data file %s", options->path);
    }
}

void sqlite_make_ready(Store *store, Arena *arena, const StoreOptions *options) {
    const int newest = store->setup.migration_count;
    find_file(arena, options);
    Connection *connection = engine_sqlite.connect(store, arena, true);
    store->lanes[0].connection = connection; /* closed with the store, whatever happens */
    int version = sqlite_identify(connection, arena, store->path, &store->setup);
    if (version == 0 && !options->may_create) arena_fail(arena, ERR_CONFLICT, "%s is empty", store->path);
    if (version > 0 && version < newest && !options->may_migrate)
        arena_fail(arena, ERR_CONFLICT, "%s was written by an older program (schema %d of %d): start the server once",
                   store->path, version, newest);
    if (version < newest) migrate_alone(store, connection, arena, version > 0);
    else use_wal(store, connection, arena);
}
