// SPDX-License-Identifier: EUPL-1.2
/* Is every migration and every query of this program taken by PostgreSQL as by SQLite?
 *
 *     postgres_prepare CONNECTION FOLDER
 *
 * applies all migrations to the empty database of CONNECTION (libpq's words) and to a SQLite in
 * memory, prepares every query of the registry on PostgreSQL, looks at the types it gives, and
 * compares the two schemas as the queries in FOLDER (tests/peers) list them. Says what differs;
 * exit status 1 then. Run by postgres.sh over a throwaway cluster. */
#include "platform/base/buffer.h"
#include "platform/store/query.h"
#include <libpq-fe.h>
#include <sqlite3.h>

typedef struct Peers {
    Arena *arena;
    PGconn *postgres;
    sqlite3 *sqlite;
    const char *folder;
    int faults;
} Peers;

typedef struct Lines {
    Str *lines;
    size_t count;
} Lines;

static void close_file(void *file) { fclose(file); }
static void clear_result(void *result) { PQclear(result); }

static const char *read_sql(Peers *peers, const char *name) {
    FILE *file = fopen(str_to_c(peers->arena, str_format(peers->arena, "%s/%s", peers->folder, name)), "rb");
    if (!file) arena_fail(peers->arena, ERR_INPUT, "%s/%s: cannot be read", peers->folder, name);
    arena_defer(peers->arena, close_file, file);
    Buffer text = buffer_in(peers->arena);
    for (size_t got = 1; got; text.size += got) got = fread(buffer_reserve(&text, 4096), 1, 4096, file);
    arena_undo_now(peers->arena, close_file, file);
    return str_to_c(peers->arena, buffer_str(&text));
}

static PGresult *keep(Peers *peers, PGresult *result) {
    arena_defer(peers->arena, clear_result, result);
    return result;
}

static void migrate(Peers *peers) {
    for (int i = 0; i < store_migration_count; i++) {
        const Migration *migration = &store_migrations[i];
        PGresult *result = keep(peers, PQexec(peers->postgres, migration->postgres));
        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_EMPTY_QUERY)
            arena_fail(peers->arena, ERR_INPUT, "migration %d on PostgreSQL: %s", migration->number,
                       PQerrorMessage(peers->postgres));
        if (sqlite3_exec(peers->sqlite, migration->sqlite, NULL, NULL, NULL) != SQLITE_OK)
            arena_fail(peers->arena, ERR_INPUT, "migration %d on SQLite: %s", migration->number,
                       sqlite3_errmsg(peers->sqlite));
    }
}

/* bytea, int8, int2, int4, text and float8: what the store reads. */
static bool is_known_type(Oid type) {
    static const Oid KNOWN[] = {17, 20, 21, 23, 25, 701};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (type == KNOWN[i]) return true;
    return false;
}

static void prepare(Peers *peers, const Query *query) {
    PGresult *result = keep(peers, PQprepare(peers->postgres, "", query->postgres, 0, NULL));
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        printf("%s: PostgreSQL: %s", query->place, PQerrorMessage(peers->postgres));
        peers->faults++;
        return;
    }
    PGresult *described = keep(peers, PQdescribePrepared(peers->postgres, ""));
    for (int i = 0; i < PQnfields(described); i++) {
        if (is_known_type(PQftype(described, i))) continue;
        printf("%s: the column %s has the type number %u on PostgreSQL: write CAST or CASE\n", query->place,
               PQfname(described, i), PQftype(described, i));
        peers->faults++;
    }
}

static int compare_lines(const void *a, const void *b) { return str_compare(*(const Str *)a, *(const Str *)b); }

static Lines sorted(Lines lines) {
    qsort(lines.lines, lines.count, sizeof *lines.lines, compare_lines);
    return lines;
}

static Lines lines_of_postgres(Peers *peers) {
    PGresult *result = keep(peers, PQexec(peers->postgres, read_sql(peers, "schema_postgres.sql")));
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        arena_fail(peers->arena, ERR_INTERNAL, "schema_postgres.sql: %s", PQerrorMessage(peers->postgres));
    Lines lines = {arena_array(peers->arena, Str, (size_t)PQntuples(result) + 1), (size_t)PQntuples(result)};
    for (int i = 0; i < PQntuples(result); i++)
        lines.lines[i] = str_copy(peers->arena, str_from_c(PQgetvalue(result, i, 0)));
    return sorted(lines);
}

static Lines lines_of_sqlite(Peers *peers) {
    enum { MOST = 10000 };
    Lines lines = {arena_array(peers->arena, Str, MOST), 0};
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(peers->sqlite, read_sql(peers, "schema_sqlite.sql"), -1, &statement, NULL) != SQLITE_OK)
        arena_fail(peers->arena, ERR_INTERNAL, "schema_sqlite.sql: %s", sqlite3_errmsg(peers->sqlite));
    while (sqlite3_step(statement) == SQLITE_ROW && lines.count < MOST)
        lines.lines[lines.count++] =
            str_copy(peers->arena, str_from_c((const char *)sqlite3_column_text(statement, 0)));
    sqlite3_finalize(statement);
    return sorted(lines);
}

/* Both sorted: what stands in one alone is a difference. */
static void compare(Peers *peers, Lines sqlite, Lines postgres) {
    size_t i = 0, k = 0;
    while (i < sqlite.count || k < postgres.count) {
        int order = i == sqlite.count ? 1 : k == postgres.count ? -1 : str_compare(sqlite.lines[i], postgres.lines[k]);
        if (order < 0) printf("only SQLite has: %.*s\n", STR_FORMAT(sqlite.lines[i]));
        if (order > 0) printf("only PostgreSQL has: %.*s\n", STR_FORMAT(postgres.lines[k]));
        peers->faults += order != 0;
        i += order <= 0;
        k += order >= 0;
    }
}

static void work(void *argument) {
    Peers *peers = argument;
    migrate(peers);
    for (int i = 0; i < store_query_count; i++) prepare(peers, store_queries[i]);
    Lines sqlite = lines_of_sqlite(peers);
    if (sqlite.count == 0) arena_fail(peers->arena, ERR_INTERNAL, "there is no schema");
    compare(peers, sqlite, lines_of_postgres(peers));
    printf("PostgreSQL %d: %d migrations, %d queries, %zu lines of schema, %d differences\n",
           PQserverVersion(peers->postgres) / 10000, store_migration_count, store_query_count, sqlite.count,
           peers->faults);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "postgres_prepare CONNECTION FOLDER\n");
        return 2;
    }
    Peers peers = {.arena = arena_open(256 << 20), .postgres = PQconnectdb(argv[1]), .folder = argv[2]};
    int status = 1;
    if (PQstatus(peers.postgres) != CONNECTION_OK)
        fprintf(stderr, "%s", PQerrorMessage(peers.postgres));
    else if (sqlite3_open(":memory:", &peers.sqlite) == SQLITE_OK) {
        Err err = arena_protect(peers.arena, work, &peers);
        if (err) fprintf(stderr, "%s\n", arena_failure(peers.arena)->message);
        status = err || peers.faults ? 1 : 0;
    }
    arena_close(peers.arena);
    sqlite3_close(peers.sqlite);
    PQfinish(peers.postgres);
    return status;
}
