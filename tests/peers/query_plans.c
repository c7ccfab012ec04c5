// SPDX-License-Identifier: EUPL-1.2
/* Does every query reach its rows through a key or an index, whatever the tables grow to?
 *
 *     query_plans CONNECTION
 *
 * applies all migrations to the empty database of CONNECTION (libpq's words) and to a SQLite in memory, lets both plan
 * every query of the registry, and reads the plans: none may read the whole of a table that grows. Plans are asked for
 * without statistics on SQLite (a data file has none), and on PostgreSQL with sequential scans made unattractive, since
 * its planner rightly prefers them in empty tables: one that is still there had no other way. A walk through a whole
 * index is a scan as well. Says what is wrong; exit status 1 then. Run by postgres.sh over a throwaway cluster. */
#include "platform/base/buffer.h"
#include "platform/store/query.h"
#include <libpq-fe.h>
#include <sqlite3.h>

/* What does not grow with organisations, people and editions. */
static const char *const small_tables[] = {"installation", "node", "kind", "setup", "job", "rate_node"};

/* What reads a whole table, and why it may. Each must be there: what is put right goes from here too. */
static const struct {
    const char *query, *why;
} allowed[] = {
    {"jobs_list_all", "the newest letters: it stops at its limit, and is the command line's"},
    {"editions_all_series", "the list of all series: a command that is asked for it"},
    {"editions_all", "the list of all editions: a command that is asked for it"},
    {"editions_ends", "once a day, a row an edition"},
    {"organisations_names", "a sheet is compared with every organisation: once, outside the writer"},
    {"organisations_names_state", "whether that has changed since"},
    {"demo_other_things", "whether there is anything at all: it stops at the first"},
};
enum { ALLOWED = sizeof allowed / sizeof *allowed };

typedef struct Plans {
    Arena *arena;
    PGconn *postgres;
    sqlite3 *sqlite;
    int faults;
    bool is_met[ALLOWED];
} Plans;

static void clear_result(void *result) { PQclear(result); }

static PGresult *ask(Plans *plans, const char *sql) {
    PGresult *result = PQexec(plans->postgres, sql);
    arena_defer(plans->arena, clear_result, result);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        arena_fail(plans->arena, ERR_INTERNAL, "%s: %s", sql, PQerrorMessage(plans->postgres));
    return result;
}

static void migrate(Plans *plans) {
    for (int i = 0; i < store_migration_count; i++) {
        ask(plans, store_migrations[i].postgres);
        if (sqlite3_exec(plans->sqlite, store_migrations[i].sqlite, NULL, NULL, NULL) != SQLITE_OK)
            arena_fail(plans->arena, ERR_INTERNAL, "migration %d on SQLite: %s", store_migrations[i].number,
                       sqlite3_errmsg(plans->sqlite));
    }
    ask(plans, "SET enable_seqscan = off");
    ask(plans, "SET enable_mergejoin = off"); /* both read one side whole, which in an empty table costs nothing */
    ask(plans, "SET enable_hashjoin = off");
    ask(plans, "SET plan_cache_mode = force_generic_plan");
}

/* ---- what a scan means ---------------------------------------------------------------------------------- */

static bool grows(Str table) {
    for (size_t i = 0; i < sizeof small_tables / sizeof *small_tables; i++)
        if (str_equal(table, str_from_c(small_tables[i]))) return false;
    return true;
}

static void scanned(Plans *plans, const Query *query, const char *engine, Str plan) {
    for (size_t i = 0; i < ALLOWED; i++) {
        if (!str_equal(str_from_c(query->name), str_from_c(allowed[i].query))) continue;
        plans->is_met[i] = true;
        return;
    }
    printf("%s: %s on %s: %.*s\n", query->place, query->name, engine, STR_FORMAT(plan));
    plans->faults++;
}

/* ---- SQLite --------------------------------------------------------------------------------------------- */

static bool is_word_part(char sign) {
    return sign == '_' || (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
}

/* The next word of small letters: a name, as the queries here write them; keywords are capitals and end in nothing. */
static bool next_name(Str *rest, Str *name) {
    size_t from = 0, to;
    while (from < rest->size && !is_word_part(rest->data[from])) from++;
    for (to = from; to < rest->size && is_word_part(rest->data[to]); to++) {
    }
    *name = str_slice(*rest, from, to - from);
    *rest = str_skip(*rest, to);
    return name->size > 0;
}

/* The table that a plan names by its alias, which stands behind it; empty: no table (a part of the query itself). */
static Str table_of(const Query *query, Str alias) {
    Str rest = str_from_c(query->sqlite), before = STR(""), name;
    for (; next_name(&rest, &name); before = name)
        for (int i = 0; i < store_table_count; i++) {
            Str table = str_from_c(store_tables[i].name);
            if (str_equal(alias, table) || (str_equal(name, alias) && str_equal(before, table))) return table;
        }
    return STR("");
}

static void read_sqlite(Plans *plans, const Query *query) {
    sqlite3_stmt *statement;
    Str sql = str_format(plans->arena, "EXPLAIN QUERY PLAN %s", query->sqlite);
    if (sqlite3_prepare_v2(plans->sqlite, sql.data, (int)sql.size, &statement, NULL) != SQLITE_OK)
        arena_fail(plans->arena, ERR_INTERNAL, "%s: %s", query->place, sqlite3_errmsg(plans->sqlite));
    while (sqlite3_step(statement) == SQLITE_ROW) {
        Str detail = str_copy(plans->arena, str_from_c((const char *)sqlite3_column_text(statement, 3)));
        Str rest = detail, name;
        if (!str_starts_with(detail, STR("SCAN ")) || !next_name(&rest, &name)) continue;
        Str table = table_of(query, name);
        if (!str_is_empty(table) && grows(table)) scanned(plans, query, "SQLite", detail);
    }
    sqlite3_finalize(statement);
}

/* ---- PostgreSQL ----------------------------------------------------------------------------------------- */

static Str line_of(Plans *plans, PGresult *plan, int row) {
    return row < PQntuples(plan) ? str_trim(str_copy(plans->arena, str_from_c(PQgetvalue(plan, row, 0)))) : STR("");
}

/* "->  Index Scan using signup_pkey on signup s": the table; empty where the line is no scan. */
static Str scanned_table(Str line, bool *is_whole) {
    *is_whole = str_contains(line, STR("Seq Scan on "));
    bool is_index = str_contains(line, STR("Index Scan using ")) || str_contains(line, STR("Index Only Scan using "));
    if (!*is_whole && !is_index) return STR("");
    ptrdiff_t at = str_index_of(line, STR(" on "));
    Str rest = str_skip(line, (size_t)at + 4), name;
    return next_name(&rest, &name) ? name : STR("");
}

static void read_postgres(Plans *plans, const Query *query) {
    PGresult *prepared = PQprepare(plans->postgres, "query", query->postgres, 0, NULL);
    arena_defer(plans->arena, clear_result, prepared);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK)
        arena_fail(plans->arena, ERR_INTERNAL, "%s: %s", query->place, PQerrorMessage(plans->postgres));
    PGresult *described = PQdescribePrepared(plans->postgres, "query");
    arena_defer(plans->arena, clear_result, described);
    Buffer call = buffer_in(plans->arena);
    buffer_add(&call, STR("EXPLAIN (COSTS OFF) EXECUTE query"));
    for (int i = 0; i < PQnparams(described); i++) buffer_add(&call, i ? STR(", NULL") : STR("(NULL"));
    if (PQnparams(described)) buffer_add_char(&call, ')');
    PGresult *plan = ask(plans, str_to_c(plans->arena, buffer_str(&call)));
    for (int row = 0; row < PQntuples(plan); row++) {
        bool is_whole;
        Str line = line_of(plans, plan, row), table = scanned_table(line, &is_whole);
        if (str_is_empty(table) || !grows(table)) continue;
        if (is_whole || !str_starts_with(line_of(plans, plan, row + 1), STR("Index Cond:")))
            scanned(plans, query, "PostgreSQL", line);
    }
    ask(plans, "DEALLOCATE query");
}

static void work(void *argument) {
    Plans *plans = argument;
    migrate(plans);
    for (int i = 0; i < store_query_count; i++) {
        read_sqlite(plans, store_queries[i]);
        read_postgres(plans, store_queries[i]);
    }
    for (size_t i = 0; i < ALLOWED; i++) {
        if (plans->is_met[i]) continue;
        printf("%s reads no whole table any more: take it out of the list of what may\n", allowed[i].query);
        plans->faults++;
    }
    printf("%d queries planned on both engines, %d faults\n", store_query_count, plans->faults);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "query_plans CONNECTION\n");
        return 2;
    }
    Plans plans = {.arena = arena_open((size_t)256 << 20), .postgres = PQconnectdb(argv[1])};
    if (PQstatus(plans.postgres) != CONNECTION_OK || sqlite3_open(":memory:", &plans.sqlite) != SQLITE_OK) {
        fprintf(stderr, "query_plans: %s\n", PQerrorMessage(plans.postgres));
        return 1;
    }
    Err err = arena_protect(plans.arena, work, &plans);
    if (err) fprintf(stderr, "query_plans: %s\n", arena_failure(plans.arena)->message);
    PQfinish(plans.postgres);
    sqlite3_close(plans.sqlite);
    arena_close(plans.arena);
    return err || plans.faults ? 1 : 0;
}
