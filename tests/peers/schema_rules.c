// SPDX-License-Identifier: EUPL-1.2
/* Can the schema be spread over many machines? No sequence, trigger, extension, exclusion or deferrable constraint, no
 * number the server makes; every table has a family and a room; a table of editions leads each key with the edition.
 *
 *     schema_rules CONNECTION FOLDER
 *
 * applies all migrations to the empty database of CONNECTION (libpq's words) and to a SQLite in memory, asks both for
 * what breaks a rule (rules_postgres.sql and rules_sqlite.sql in FOLDER), and looks for forbidden words in the
 * migrations themselves. Then it breaks each rule on purpose (rules_bad.txt): each must be told. Says what is wrong;
 * exit status 1 then. Run by postgres.sh over a throwaway cluster. */
#include "platform/base/buffer.h"
#include "platform/store/query.h"
#include <ctype.h>
#include <libpq-fe.h>
#include <sqlite3.h>

/* What breaks the letter of a rule, and why it may. Each must be there: what is put right goes from here too. */
static const struct {
    const char *line, *why;
} allowed[] = {
    {"unique edition_by_slug of edition without edition first",
     "how an address finds its edition: the table of editions"
     " is small, and whole on every machine"},
    {"index signup_of_organisation of signup without edition first", "what an organisation did in all editions"},
    {"index signup_by_contact of signup without edition first", "whose contact a person still is, in any edition"},
    {"index task_by_person of task without edition first", "what is somebody's to do, in any edition"},
    {"index signup_draft_by_end of signup_draft without edition first", "what is to expire, on each machine its own"},
    {"index signup_late_by_end of signup_late without edition first", "what is to expire, on each machine its own"},
    {"index acting_invitation_to of acting_invitation without edition first",
     "what waits for somebody, in any edition"},
    {"index acting_invitation_by_end of acting_invitation without edition first",
     "what is to expire, on each machine its own"},
    {"index import_sheet_by_age of import_sheet without edition first", "what is to expire, on each machine its own"},
};

static const char *const forbidden[] = {
    "SEQUENCE",   "SERIAL", "BIGSERIAL", "IDENTITY", "AUTOINCREMENT", "GENERATED", "TRIGGER", "EXTENSION", "EXCLUDE",
    "DEFERRABLE", "NOTIFY", "LISTEN",    "NEXTVAL",  "FUNCTION",      "PROCEDURE", "VIEW",    "RULE",      "PARTITION"};

enum { MOST_LINES = 1000, MOST_BREACHES = 64 };

typedef struct Rules {
    Arena *arena;
    PGconn *postgres;
    sqlite3 *sqlite;
    const char *folder;
    int faults;
} Rules;

typedef struct Lines {
    Str *lines;
    size_t count;
} Lines;

static void close_file(void *file) { fclose(file); }
static void clear_result(void *result) { PQclear(result); }

static Str read_text(const Rules *rules, const char *name) {
    FILE *file = fopen(str_format(rules->arena, "%s/%s", rules->folder, name).data, "rb");
    if (!file) arena_fail(rules->arena, ERR_INPUT, "%s/%s: cannot be read", rules->folder, name);
    arena_defer(rules->arena, close_file, file);
    Buffer text = buffer_in(rules->arena);
    for (size_t got = 1; got; text.size += got) got = fread(buffer_reserve(&text, 4096), 1, 4096, file);
    arena_undo_now(rules->arena, close_file, file);
    return buffer_str(&text);
}

/* ---- on both engines ----------------------------------------------------------------------------------- */

static void run_on_sqlite(const Rules *rules, const char *sql) {
    if (sqlite3_exec(rules->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        arena_fail(rules->arena, ERR_INPUT, "SQLite: %s: %s", sqlite3_errmsg(rules->sqlite), sql);
}

static void run_on_postgres(const Rules *rules, const char *sql) {
    PGresult *result = PQexec(rules->postgres, sql);
    arena_defer(rules->arena, clear_result, result);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        arena_fail(rules->arena, ERR_INPUT, "PostgreSQL: %s: %s", PQerrorMessage(rules->postgres), sql);
}

static void make(const Rules *rules) {
    Buffer known = buffer_in(rules->arena);
    buffer_add(&known, STR("CREATE TEMP TABLE rule_table (place INTEGER, name TEXT, family TEXT)"));
    for (int i = 0; i < store_table_count; i++)
        buffer_format(&known, "; INSERT INTO rule_table (place, name, family) VALUES (%d, '%s', '%s')", i,
                      store_tables[i].name, store_tables[i].family);
    run_on_sqlite(rules, str_to_c(rules->arena, buffer_str(&known)));
    run_on_postgres(rules, str_to_c(rules->arena, buffer_str(&known)));
    for (int i = 0; i < store_migration_count; i++) {
        run_on_sqlite(rules, store_migrations[i].sqlite);
        run_on_postgres(rules, store_migrations[i].postgres);
    }
}

static Lines broken_on_postgres(const Rules *rules) {
    PGresult *result = PQexec(rules->postgres, str_to_c(rules->arena, read_text(rules, "rules_postgres.sql")));
    arena_defer(rules->arena, clear_result, result);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        arena_fail(rules->arena, ERR_INTERNAL, "rules_postgres.sql: %s", PQerrorMessage(rules->postgres));
    Lines lines = {arena_array(rules->arena, Str, (size_t)PQntuples(result) + 1), (size_t)PQntuples(result)};
    for (int i = 0; i < PQntuples(result); i++) lines.lines[i] = str_from_c(PQgetvalue(result, i, 0));
    return lines;
}

static Lines broken_on_sqlite(const Rules *rules) {
    Lines lines = {arena_array(rules->arena, Str, MOST_LINES), 0};
    sqlite3_stmt *statement;
    const char *sql = str_to_c(rules->arena, read_text(rules, "rules_sqlite.sql"));
    if (sqlite3_prepare_v2(rules->sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
        arena_fail(rules->arena, ERR_INTERNAL, "rules_sqlite.sql: %s", sqlite3_errmsg(rules->sqlite));
    while (sqlite3_step(statement) == SQLITE_ROW && lines.count < MOST_LINES)
        lines.lines[lines.count++] =
            str_copy(rules->arena, str_from_c((const char *)sqlite3_column_text(statement, 0)));
    sqlite3_finalize(statement);
    return lines;
}

static bool has(Lines lines, Str line) {
    for (size_t i = 0; i < lines.count; i++)
        if (str_equal(lines.lines[i], line)) return true;
    return false;
}

/* ---- what is ours ---------------------------------------------------------------------------------------- */

static bool is_allowed(Str line) {
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (str_equal(line, str_from_c(allowed[i].line))) return true;
    return false;
}

static void judge(Rules *rules, const char *engine, Lines broken) {
    for (size_t i = 0; i < broken.count; i++) {
        if (is_allowed(broken.lines[i])) continue;
        printf("%s: %.*s\n", engine, STR_FORMAT(broken.lines[i]));
        rules->faults++;
    }
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (has(broken, str_from_c(allowed[i].line))) continue;
        printf("%s: is allowed, and not there: %s\n", engine, allowed[i].line);
        rules->faults++;
    }
}

static void judge_marks(Rules *rules) {
    for (int i = 0; i < store_table_count; i++) {
        if (*store_tables[i].family && *store_tables[i].room) continue;
        printf("%s has no family or no room\n", store_tables[i].name);
        rules->faults++;
    }
}

/* The first forbidden word outside of '…', or NULL. */
static const char *forbidden_word(const char *sql) {
    bool is_quoted = false;
    for (const char *at = sql; *at; at++) {
        if (*at == '\'') is_quoted = !is_quoted;
        bool begins = !is_quoted && isalpha((unsigned char)*at) &&
                      (at == sql || (!isalnum((unsigned char)at[-1]) && at[-1] != '_'));
        if (!begins) continue;
        size_t size = 0;
        while (isalnum((unsigned char)at[size]) || at[size] == '_') size++;
        for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
            if (str_equal_ascii_case(str_from(at, size), str_from_c(forbidden[i]))) return forbidden[i];
    }
    return NULL;
}

static void judge_words(Rules *rules) {
    for (int i = 0; i < store_migration_count; i++) {
        const char *const texts[] = {store_migrations[i].sqlite, store_migrations[i].postgres};
        for (size_t k = 0; k < 2; k++) {
            const char *word = forbidden_word(texts[k]);
            if (!word) continue;
            printf("migration %d (%s) says %s\n", store_migrations[i].number, store_migrations[i].name, word);
            rules->faults++;
        }
    }
}

/* ---- what breaks each rule on purpose ---------------------------------------------------------------------- */

typedef struct Breach {
    Str engines, line, sql;
} Breach;

static size_t read_breaches(const Rules *rules, Breach *breaches) {
    size_t count = 0;
    Str rest = read_text(rules, "rules_bad.txt"), line;
    while (count < MOST_BREACHES && str_next_part(&rest, '\n', &line)) {
        if (str_is_empty(line) || str_starts_with(line, STR("#"))) continue;
        Breach *breach = &breaches[count++];
        str_next_part(&line, '|', &breach->engines);
        str_next_part(&line, '|', &breach->line);
        breach->sql = str_trim(line);
        breach->line = str_trim(breach->line);
    }
    return count;
}

static bool is_of(const Breach *breach, char engine) { return str_index_of_char(breach->engines, engine) >= 0; }

static void must_be_told(Rules *rules, const char *engine, Lines broken, const Breach *breach) {
    if (has(broken, breach->line)) return;
    printf("%s does not tell: %.*s\n", engine, STR_FORMAT(breach->line));
    rules->faults++;
}

static size_t break_all(Rules *rules) {
    Breach breaches[MOST_BREACHES];
    size_t count = read_breaches(rules, breaches);
    for (size_t i = 0; i < count; i++) {
        const char *sql = str_to_c(rules->arena, breaches[i].sql);
        if (is_of(&breaches[i], 'S')) run_on_sqlite(rules, sql);
        if (is_of(&breaches[i], 'P')) run_on_postgres(rules, sql);
    }
    Lines postgres = broken_on_postgres(rules), sqlite = broken_on_sqlite(rules);
    for (size_t i = 0; i < count; i++) {
        if (is_of(&breaches[i], 'S')) must_be_told(rules, "SQLite", sqlite, &breaches[i]);
        if (is_of(&breaches[i], 'P')) must_be_told(rules, "PostgreSQL", postgres, &breaches[i]);
    }
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        const char *text = str_format(rules->arena, "create x 'it''s'; %s y", forbidden[i]).data,
                   *quoted = str_format(rules->arena, "insert 'a %s'; x_%s", forbidden[i], forbidden[i]).data;
        bool is_found = forbidden_word(text) == forbidden[i] && !forbidden_word(quoted);
        if (!is_found) printf("the word %s is not found where it stands\n", forbidden[i]);
        rules->faults += !is_found;
    }
    return count;
}

static void work(void *argument) {
    Rules *rules = argument;
    make(rules);
    judge_marks(rules);
    judge_words(rules);
    judge(rules, "PostgreSQL", broken_on_postgres(rules));
    judge(rules, "SQLite", broken_on_sqlite(rules));
    int own = rules->faults;
    size_t breaches = break_all(rules);
    if (breaches == 0) arena_fail(rules->arena, ERR_INTERNAL, "there is nothing that breaks a rule");
    printf("%d tables, %d faults; of %zu breaches made on purpose %d were not told\n", store_table_count, own, breaches,
           rules->faults - own);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "schema_rules CONNECTION FOLDER\n");
        return 2;
    }
    Rules rules = {.arena = arena_open(256 << 20), .postgres = PQconnectdb(argv[1]), .folder = argv[2]};
    int status = 1;
    if (PQstatus(rules.postgres) != CONNECTION_OK) fprintf(stderr, "%s", PQerrorMessage(rules.postgres));
    else if (sqlite3_open(":memory:", &rules.sqlite) == SQLITE_OK) {
        Err err = arena_protect(rules.arena, work, &rules);
        if (err) fprintf(stderr, "%s\n", arena_failure(rules.arena)->message);
        status = err || rules.faults ? 1 : 0;
    }
    arena_close(rules.arena);
    sqlite3_close(rules.sqlite);
    PQfinish(rules.postgres);
    return status;
}
