// SPDX-License-Identifier: EUPL-1.2
/* What is asked with each sign-in, or twice a second, is found by an index, however many rows there are. */
#include "cmocka_all.h"
#include "platform/store/query.h"
#include <sqlite3.h>

static sqlite3 *migrated(void) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (int i = 0; i < store_migration_count; i++)
        assert_int_equal(sqlite3_exec(db, store_migrations[i].sqlite, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static const Query *query_named(const char *name) {
    for (int i = 0; i < store_query_count; i++)
        if (strcmp(store_queries[i]->name, name) == 0) return store_queries[i];
    fail_msg("no query %s", name);
    return NULL;
}

/* Each step of the plan goes by an index or a key, and one of them says so as expected. */
static void check_plan(sqlite3 *db, const char *name, const char *expected) {
    char sql[8192];
    sqlite3_stmt *statement;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", query_named(name)->sqlite);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    bool found = false;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(statement, 3);
        if (strncmp(step, "SCAN", 4) == 0) fail_msg("%s reads a whole table: %s", name, step);
        found |= strstr(step, expected) != NULL;
    }
    if (!found) fail_msg("%s: no step goes by \"%s\"", name, expected);
    sqlite3_finalize(statement);
}

static void what_is_asked_often_is_found_by_an_index(void **state) {
    (void)state;
    static const struct {
        const char *query, *step;
    } cases[] = {
        {"account_ways_of", "sign_in_by_person (person=?)"},
        {"account_end_links", "sign_in USING INDEX"},
        {"account_expire_sign_ins", "sign_in_by_end (expires_ms<?)"},
        {"account_has_come_in", "audit_by_person (person=?)"},
        {"jobs_waiting_sign_ins", "outbox_by_turn (state=? AND kind=?)"},
    };
    sqlite3 *db = migrated();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check_plan(db, cases[i].query, cases[i].step);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_asked_often_is_found_by_an_index)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
