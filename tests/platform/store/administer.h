// SPDX-License-Identifier: EUPL-1.2
/* What a test does to its database behind the program's back. */
#ifndef WSPOLNIE_TESTS_STORE_ADMINISTER_H
#define WSPOLNIE_TESTS_STORE_ADMINISTER_H

#include "testing.h"
#include <libpq-fe.h>

/* Runs SQL in the database of that name. format: with one %s, for value. */
static inline void administer(Folder *folder, const char *name, const char *format, const char *value) {
    PGconn *conn = PQconnectdb(folder_place(folder, name));
    PGresult *result = PQexec(conn, str_format(folder->arena, format, value).data);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail_msg("%s", PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
}

static inline Str database_of(Folder *folder, const char *name) {
    return place_database(folder->arena, folder_file(folder, name));
}

#endif
