// SPDX-License-Identifier: EUPL-1.2
/* What the disk allows: durable rows a second of SQLite itself, one row a transaction and GROUP rows a transaction,
 * with the store's own settings (WAL, synchronous FULL, foreign keys) and rows of a sign-up's size.
 *
 *     bench_commits FOLDER SECONDS GROUP
 *
 * Prints one JSON line. The peer of bench_signups, run on the same disk in the same run.
 */
#include "platform/base/clock.h"
#include <sqlite3.h>

enum { ROW_TEXT_BYTES = 180 };

static sqlite3 *open_database(const char *folder) {
    char path[1024];
    snprintf(path, sizeof path, "%s/commits.db", folder);
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK) return NULL;
    int failed =
        sqlite3_exec(db,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                     "DROP TABLE IF EXISTS row; CREATE TABLE row (edition INTEGER NOT NULL, id INTEGER NOT NULL,"
                     " secret_hash BLOB NOT NULL, answers TEXT NOT NULL, created_ms INTEGER NOT NULL,"
                     " PRIMARY KEY (edition, id)) STRICT; CREATE UNIQUE INDEX row_by_secret ON row (secret_hash)",
                     NULL, NULL, NULL);
    if (!failed) return db;
    sqlite3_close(db);
    return NULL;
}

static bool insert(sqlite3_stmt *statement, int64_t id) {
    char text[ROW_TEXT_BYTES];
    memset(text, 'x', sizeof text);
    uint64_t secret[4] = {(uint64_t)id * 0x9e3779b97f4a7c15u, (uint64_t)id, 0, 1};
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_blob(statement, 2, secret, sizeof secret, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 3, text, sizeof text, SQLITE_TRANSIENT);
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return done;
}

/* Rows a second in transactions of group rows; negative where something failed. */
static double measure(sqlite3 *db, sqlite3_stmt *statement, int64_t group, double seconds, int64_t *next_id) {
    int64_t begun_ns = clock_monotonic_ns(), rows = 0;
    double passed_s = 0;
    while (passed_s < seconds) {
        if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL)) return -1;
        for (int64_t i = 0; i < group; i++, rows++)
            if (!insert(statement, (*next_id)++)) return -1;
        if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL)) return -1;
        passed_s = (double)(clock_monotonic_ns() - begun_ns) / 1e9;
    }
    return (double)rows / passed_s;
}

int main(int argument_count, char **arguments) {
    double seconds;
    int64_t group;
    if (argument_count != 4 || !str_to_real(str_from_c(arguments[2]), &seconds) ||
        !str_to_int(str_from_c(arguments[3]), &group) || group < 1) {
        fprintf(stderr, "usage: bench_commits FOLDER SECONDS GROUP\n");
        return 2;
    }
    sqlite3 *db = open_database(arguments[1]);
    sqlite3_stmt *statement;
    if (!db || sqlite3_prepare_v2(db, "INSERT INTO row VALUES (1, ?1, ?2, ?3, 0)", -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "bench_commits: no database in %s\n", arguments[1]);
        return 1;
    }
    int64_t next_id = 1;
    double single = measure(db, statement, 1, seconds, &next_id);
    double grouped = measure(db, statement, group, seconds, &next_id);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    printf("{\"rows_per_s_single\": %.0f, \"rows_per_s_grouped\": %.0f, \"group\": %lld}\n", single, grouped,
           (long long)group);
    return single < 0 || grouped < 0;
}
