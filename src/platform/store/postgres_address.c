// SPDX-License-Identifier: EUPL-1.2
#include "platform/store/postgres.h"

#include "platform/base/buffer.h"

bool postgres_is_address(const char *path) {
    Str text = str_from_c(path);
    return str_starts_with(text, STR("postgres://")) || str_starts_with(text, STR("postgresql://"));
}

static PQconninfoOption *option_of(const PostgresAddress *address, const char *keyword) {
    for (PQconninfoOption *option = address->options; option->keyword; option++)
        if (strcmp(option->keyword, keyword) == 0) return option;
    return NULL;
}

static const char *value_of(const PostgresAddress *address, const char *keyword) {
    const PQconninfoOption *option = option_of(address, keyword);
    return option && option->val ? option->val : "";
}

/* Where neither the address nor the environment says something. */
static void set_otherwise(const PostgresAddress *address, Arena *arena, const char *keyword, const char *value) {
    PQconninfoOption *option = option_of(address, keyword);
    if (!option || option->val || (option->envvar && getenv(option->envvar))) return;
    size_t size = strlen(value) + 1;
    option->val = malloc(size); /* libpq frees it: its own is malloc too */
    if (!option->val) arena_fail(arena, ERR_LIMIT, "out of memory for the server's address");
    memcpy(option->val, value, size);
}

/* A server that went without a word is found out within seconds, and a lock of another program is not waited for
 * longer than SQLite's. */
static void set_our_own(const PostgresAddress *address, Arena *arena) {
    set_otherwise(address, arena, "connect_timeout", "5");
    set_otherwise(address, arena, "application_name", "wspolnie");
    set_otherwise(address, arena, "keepalives_idle", "10");
    set_otherwise(address, arena, "keepalives_interval", "5");
    set_otherwise(address, arena, "keepalives_count", "3");
    set_otherwise(address, arena, "tcp_user_timeout", "15000");
    PQconninfoOption *encoding = option_of(address, "client_encoding");
    if (!encoding) return;
    free(encoding->val);
    encoding->val = NULL;
    set_otherwise(address, arena, "client_encoding", "UTF8");
}

static char *shown_of(const PostgresAddress *address, Arena *arena) {
    const char *host = value_of(address, "host"), *port = value_of(address, "port");
    Str shown = str_format(arena, "postgres://%s%s%s/%s", host, *port ? ":" : "", port, value_of(address, "dbname"));
    char *kept = store_calloc(arena, shown.size + 1);
    memcpy(kept, shown.data, shown.size);
    return kept;
}

void postgres_address_open(PostgresAddress *address, Arena *arena, const char *text) {
    char *error = NULL;
    address->options = PQconninfoParse(text, &error);
    if (error) PQfreemem(error);
    if (!address->options)
        arena_fail(arena, ERR_INPUT,
                   "the address of the PostgreSQL server is not one: postgres://user@host:5432/database, with %%40 for "
                   "an @ in a password");
    if (strchr(value_of(address, "host"), '@'))
        arena_fail(arena, ERR_INPUT, "an @ in a password is written %%40 in the address of the PostgreSQL server");
    set_our_own(address, arena);
    address->shown = shown_of(address, arena);
}

void postgres_address_close(PostgresAddress *address) {
    if (address->options) PQconninfoFree(address->options);
    free(address->shown);
    *address = (PostgresAddress){0};
}

void postgres_address_blot(const PostgresAddress *address, const char *message, char *out, size_t size) {
    const char *password = value_of(address, "password");
    size_t length = strlen(password), to_blot = 0, used = 0;
    /* Occurrences may overlap, and go beyond the line's end or the room in out. */
    for (const char *sign = message; *sign && used + 1 < size && (*sign != '\n' || to_blot); sign++) {
        if (length && strncmp(sign, password, length) == 0) to_blot = length;
        out[used++] = to_blot ? '*' : *sign;
        if (to_blot) to_blot--;
    }
    out[used] = 0;
}
