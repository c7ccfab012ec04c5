// SPDX-License-Identifier: EUPL-1.2
/* SQLSTATEs: PostgreSQL 15, appendix A. */
#include "platform/store/postgres.h"

typedef struct Meaning {
    const char *sqlstate; /* five signs, or the two of a class */
    Err err;
    bool is_passing;
} Meaning;

/* The first that fits. */
static const Meaning meanings[] = {
    {"40001", ERR_BUSY, true},                                  /* serialization failure */
    {"40P01", ERR_BUSY, true},                                  /* deadlock */
    {"40", ERR_BUSY, true},          {"55P03", ERR_BUSY, true}, /* lock timeout */
    {"57014", ERR_BUSY, true},                                  /* cancelled: a statement's timeout */
    {"57", ERR_BUSY, true},                                     /* the server stops, starts, or has just crashed */
    {"08", ERR_BUSY, true},                                     /* the connection */
    {"25P03", ERR_BUSY, true},                                  /* idle too long in a transaction */
    {"25006", ERR_BUSY, true},                                  /* read-only: it has become a standby */
    {"53100", ERR_FULL, false},                                 /* disk full */
    {"53200", ERR_LIMIT, false},                                /* out of memory */
    {"53", ERR_BUSY, true},                                     /* too many connections */
    {"54", ERR_LIMIT, false},                                   /* a limit of the program's */
    {"23505", ERR_CONFLICT, false},                             /* a unique key is taken */
    {"0A000", ERR_BUSY, true},       /* a prepared statement's result has changed with the schema */
    {"26000", ERR_BUSY, true},       /* a prepared statement is not there: a pooler gave us another's connection */
    {"42501", ERR_DENIED, false},    /* no right */
    {"28", ERR_DENIED, false},       /* not let in */
    {"3D000", ERR_NOT_FOUND, false}, /* no such database */
    {"58", ERR_IO, false},           /* the server's file system */
    {"XX001", ERR_IO, false},        /* data corrupted */
    {"XX002", ERR_IO, false},        /* index corrupted */
};

static const Meaning *meaning_of(const char *sqlstate) {
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strncmp(sqlstate, meanings[i].sqlstate, strlen(meanings[i].sqlstate)) == 0) return &meanings[i];
    return NULL;
}

Err postgres_err(const char *sqlstate) {
    const Meaning *meaning = meaning_of(sqlstate);
    return meaning ? meaning->err : ERR_INTERNAL;
}

bool postgres_is_passing(const char *sqlstate) {
    const Meaning *meaning = meaning_of(sqlstate);
    return meaning && meaning->is_passing;
}

/* ---- a connection that was refused ------------------------------------------------------------------- */

typedef struct Refusal {
    const char *sqlstate;
    const char *sentence; /* %s: the address */
} Refusal;

static const Refusal refusals[] = {
    {"28P01", "the password for %s is not right"},
    {"28", "%s does not let this user in (roles and pg_hba.conf)"},
    {"3D000", "there is no such database: %s"},
    {"53300", "%s has as many connections as it takes (max_connections)"},
    {"57P03", "%s is starting or stopping"},
    {"57", "%s is stopping"},
};

/* Connections ask for SQLSTATEs in place of words, which may be of any language: "…: FATAL:  28P01". The five signs
 * at the end of a line, or "". */
static void sqlstate_of(const char *message, char sqlstate[6]) {
    sqlstate[0] = 0;
    for (const char *line = message; *line;) {
        size_t length = strcspn(line, "\n");
        const char *code = line + length - 5;
        if (length > 8 && strncmp(code - 3, ":  ", 3) == 0 && strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5)
            snprintf(sqlstate, 6, "%.5s", code);
        line += length + (line[length] != 0);
    }
}

Reason postgres_refusal(const PostgresAddress *address, const PGconn *conn) {
    const char *message = PQerrorMessage(conn);
    char sqlstate[6];
    sqlstate_of(message, sqlstate);
    Reason reason = {.err = ERR_BUSY, .is_passing = true};
    if (*sqlstate) reason = (Reason){.err = postgres_err(sqlstate), .is_passing = postgres_is_passing(sqlstate)};
    if (reason.err == ERR_INTERNAL)
        reason.err = ERR_IO; /* the server's fault, not ours: a full disk gives XX000 here */
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        if (strncmp(sqlstate, refusals[i].sqlstate, strlen(refusals[i].sqlstate)) != 0) continue;
        snprintf(reason.text, sizeof reason.text, refusals[i].sentence, address->shown);
        return reason;
    }
    if (strstr(message, "no password supplied")) {
        reason = (Reason){.err = ERR_DENIED};
        snprintf(reason.text, sizeof reason.text, "%s asks for a password: put it into ~/.pgpass or PGPASSWORD",
                 address->shown);
        return reason;
    }
    char words[120];
    postgres_address_blot(address, message, words, sizeof words);
    snprintf(reason.text, sizeof reason.text, "%s cannot be reached: %s", address->shown, words);
    return reason;
}
