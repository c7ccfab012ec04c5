// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static Err err_of_errno(int number) {
    switch (number) {
    case ENOSPC:
    case EDQUOT: return ERR_FULL;
    case EACCES:
    case EPERM:
    case EROFS: return ERR_DENIED;
    case ENOENT:
    case ENOTDIR: return ERR_NOT_FOUND;
    case EEXIST: return ERR_CONFLICT;
    default: return ERR_IO;
    }
}

static noreturn void fail_with_errno(Arena *arena, const char *what, const char *path) {
    int number = errno;
    arena_fail(arena, err_of_errno(number), "cannot %s %s: %s", what, path, strerror(number));
}

void sqlite_must_not_exist(Arena *arena, const char *path) {
    struct stat found;
    if (lstat(path, &found) == 0) arena_fail(arena, ERR_CONFLICT, "%s exists already", path);
}

static void remove_file(void *path) { unlink(path); }

char *sqlite_temporary_beside(Arena *arena, const char *path) {
    Str name = str_format(arena, "%s.XXXXXX", path);
    char *temporary = arena_alloc(arena, name.size + 1);
    memcpy(temporary, name.data, name.size + 1);
    arena_defer(arena, remove_file, temporary); /* a name with X's is nobody's */
    int fd = mkstemp(temporary);
    if (fd < 0) fail_with_errno(arena, "create a file beside", path);
    close(fd);
    return temporary;
}

static void sync_path(Arena *arena, const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) fail_with_errno(arena, "open", path);
    int failed = fsync(fd);
    int reason = errno;
    close(fd);
    errno = reason;
    if (failed) fail_with_errno(arena, "write to disk", path);
}

static Str folder_of(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return STR(".");
    return str_copy(arena, str_from(path, slash == path ? 1 : (size_t)(slash - path)));
}

void sqlite_publish(Arena *arena, char *temporary, const char *path) {
    sync_path(arena, temporary, O_RDONLY);
    int failed = renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE);
    if (failed && (errno == EINVAL || errno == ENOSYS)) { /* not every file system has it */
        sqlite_must_not_exist(arena, path);
        failed = rename(temporary, path);
    }
    if (failed) fail_with_errno(arena, "name", path);
    sync_path(arena, folder_of(arena, path).data, O_RDONLY | O_DIRECTORY);
    arena_undo_now(arena, remove_file, temporary); /* it has moved: nothing is removed */
}

/* In one step the source is read in one transaction, so writers go on and the copy is of one moment. */
static void copy_pages(Connection *source, Connection *copy, Arena *arena, const char *path) {
    sqlite3_backup *backup = sqlite3_backup_init(sqlite_db(copy), "main", sqlite_db(source), "main");
    if (!backup) sqlite_fail(copy, arena, "copy", sqlite3_errcode(sqlite_db(copy)));
    int step = sqlite3_backup_step(backup, -1);
    int code = sqlite3_backup_finish(backup);
    if (code) sqlite_fail(copy, arena, "copy the data file", code);
    if (step != SQLITE_DONE)
        arena_fail(arena, sqlite_err(sqlite_db(copy), step), "cannot copy to %s: %s", path, sqlite3_errstr(step));
}

static void close_connection(void *connection) { sqlite_disconnect(connection); }

static Connection *open_for_now(Arena *arena, const char *path, ConnectionKind kind, int busy_ms) {
    Connection *connection = sqlite_open_connection(arena, path, kind, busy_ms);
    arena_defer(arena, close_connection, connection);
    return connection;
}

static void close_now(Arena *arena, Connection *connection) { arena_undo_now(arena, close_connection, connection); }

void sqlite_copy(Connection *source, Arena *arena, const char *path) {
    sqlite_must_not_exist(arena, path);
    char *temporary = sqlite_temporary_beside(arena, path);
    Connection *copy = open_for_now(arena, temporary, CONNECTION_WRITES, 0);
    copy_pages(source, copy, arena, path);
    /* The copy says of itself that it has a write-ahead log. Without one it can be read anywhere. */
    sqlite_pragma_text(copy, arena, "PRAGMA journal_mode = DELETE");
    close_now(arena, copy);
    sqlite_publish(arena, temporary, path);
}

Str sqlite_first_finding(Connection *connection, Arena *arena) {
    Str finding = sqlite_pragma_text(connection, arena, "PRAGMA integrity_check(1)");
    if (!str_equal(finding, STR("ok"))) return finding;
    Str orphan = sqlite_pragma_text(connection, arena, "PRAGMA foreign_key_check");
    if (str_is_absent(orphan)) return STR_ABSENT;
    return str_format(arena, "a row of %.*s refers to one that is gone", STR_FORMAT(orphan));
}

void sqlite_backup(Store *store, Arena *arena, const char *path) {
    Connection *source = open_for_now(arena, store->path, CONNECTION_READS, STORE_BUSY_MS);
    sqlite_copy(source, arena, path);
    close_now(arena, source);
}

void sqlite_must_have_no_log(Arena *arena, const char *path) {
    sqlite_must_not_exist(arena, str_format(arena, "%s-wal", path).data);
    sqlite_must_not_exist(arena, str_format(arena, "%s-journal", path).data);
}

void sqlite_restore(Arena *arena, const char *backup_path, const char *path) {
    sqlite_must_not_exist(arena, path);
    sqlite_must_have_no_log(arena, path);
    if (access(backup_path, R_OK)) fail_with_errno(arena, "read", backup_path);
    StoreSetup setup = store_setup();
    Connection *source = open_for_now(arena, backup_path, CONNECTION_LOOKS, STORE_BUSY_MS);
    if (sqlite_identify(source, arena, backup_path, &setup) == 0)
        arena_fail(arena, ERR_CONFLICT, "%s is empty", backup_path);
    Str finding = sqlite_first_finding(source, arena);
    if (!str_is_absent(finding)) arena_fail(arena, ERR_IO, "%s is damaged: %.*s", backup_path, STR_FORMAT(finding));
    sqlite_copy(source, arena, path);
    close_now(arena, source);
}

Str sqlite_check(Store *store, Arena *arena) {
    Connection *connection = open_for_now(arena, store->path, CONNECTION_READS, STORE_BUSY_MS);
    Str finding = sqlite_first_finding(connection, arena);
    close_now(arena, connection);
    return finding;
}
