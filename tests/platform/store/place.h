// SPDX-License-Identifier: EUPL-1.2
/* Where a test's store stands: a file in the test's folder; or, where WSPOLNIE_TEST_STORE is the address of a server
 * (tests/peers/postgres.sh --env), a database of its own there, named after the file, made when it is first asked
 * for. */
#ifndef WSPOLNIE_TESTS_STORE_PLACE_H
#define WSPOLNIE_TESTS_STORE_PLACE_H

#include "platform/base/arena.h"
#include "platform/base/str.h"
#include <libpq-fe.h>

__attribute__((unused)) static const char *place_server(void) { return getenv("WSPOLNIE_TEST_STORE"); }
__attribute__((unused)) static bool place_is_postgres(void) { return place_server() != NULL; }

/* One statement on the server's own database; "" or the error's SQLSTATE. */
__attribute__((unused)) static const char *place_do(Arena *arena, const char *sql) {
    PGconn *conn = PQconnectdb(place_server());
    PGresult *result = PQexec(conn, sql);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    Str told = str_copy(arena, str_from_c(state ? state : PQstatus(conn) == CONNECTION_OK ? "" : "08000"));
    PQclear(result);
    PQfinish(conn);
    return told.data;
}

__attribute__((unused)) static Str place_database(Arena *arena, const char *path) {
    Str name = str_format(arena, "%s", path);
    for (char *sign = (char *)name.data; *sign; sign++) {
        bool fits = (*sign >= 'a' && *sign <= 'z') || (*sign >= '0' && *sign <= '9');
        if (*sign >= 'A' && *sign <= 'Z') *sign = (char)(*sign + 'a' - 'A'); /* of mkdtemp's letters few meet */
        else if (!fits) *sign = '_';
    }
    return name;
}

/* The address of a database on the test's server. */
__attribute__((unused)) static const char *place_address(Arena *arena, Str database) {
    Str server = str_from_c(place_server());
    return str_to_c(arena,
                    str_replace(arena, server, STR("@/postgres?"), str_format(arena, "@/%.*s?", STR_FORMAT(database))));
}

__attribute__((unused)) static const char *store_place(Arena *arena, const char *path) {
    if (!place_is_postgres()) return path;
    Str database = place_database(arena, path);
    const char *sql = str_format(arena, "CREATE DATABASE \"%.*s\"", STR_FORMAT(database)).data;
    const char *state = place_do(arena, sql);
    if (*state && strcmp(state, "42P04") != 0) fprintf(stderr, "%s: SQLSTATE %s\n", sql, state);
    return place_address(arena, database);
}

/* Nothing where it stood on a file. */
__attribute__((unused)) static void store_place_remove(Arena *arena, const char *path) {
    if (!place_is_postgres()) return;
    Str database = place_database(arena, path);
    place_do(arena, str_format(arena, "DROP DATABASE IF EXISTS \"%.*s\" WITH (FORCE)", STR_FORMAT(database)).data);
}

#endif
