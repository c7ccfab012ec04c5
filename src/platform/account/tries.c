// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/tries.h"

#include "account_sql.h"
#include "platform/account/account.h"
#include "platform/account/secrets.h"
#include "platform/base/random.h"
#include "platform/http/address.h"

#define SECOND_MS INT64_C(1000)
#define DAY_MS (24 * 3600 * SECOND_MS)
enum { YEAR_S = 365 * 24 * 3600 };

/* ---- the browser's own secret ------------------------------------------------------------------------- */

static const char cookie_name[] = "began";

Str browser_secret(const Request *request) {
    Str secret = fields_get(&request->cookies, str_from_c(cookie_name));
    return secret.size == RANDOM_SECRET_TEXT_SIZE ? secret : STR_ABSENT;
}

Str browser_secret_ensure(Request *request) {
    Str secret = browser_secret(request);
    if (!str_is_absent(secret)) return secret;
    secret = random_secret_text(request->arena);
    respond_cookie(request, cookie_name, secret, YEAR_S);
    return secret;
}

static Str browser_hash(const Request *request) {
    return secret_hash(request->arena, "known browser", browser_secret(request));
}

void browser_know(Request *request, Id person) {
    if (str_is_absent(browser_secret(request))) return;
    account_sql_know_browser(request->tx, person, browser_hash(request), request->now_ms);
}

static bool is_known_browser(Request *request, Str email) {
    Person person;
    AccountKnownBrowserRow row;
    int64_t since_ms = request->now_ms - BROWSER_KNOWN_DAYS * DAY_MS;
    return !str_is_absent(browser_secret(request)) && person_by_email(request->tx, email, &person) &&
           account_sql_known_browser(request->tx, person.id, browser_hash(request), since_ms, &row);
}

/* ---- what is counted ---------------------------------------------------------------------------------- */

typedef struct Bound {
    int64_t free, longest_ms;
} Bound;
static const Bound own_bound = {TRIES_FREE, TRIES_LONGEST_WAIT_S *SECOND_MS};
static const Bound bound_in_all = {TRIES_FREE_IN_ALL, TRIES_LONGEST_WAIT_IN_ALL_S *SECOND_MS};
static const Bound bound_of_codes = {TRIES_FREE_CODES, TRIES_LONGEST_WAIT_IN_ALL_S *SECOND_MS};

typedef struct Counted {
    Str key;
    const Bound *bound;
    bool is_own; /* this browser's or network's doing alone */
} Counted;
enum { MOST_COUNTED = 2 };

/* A household or a phone has a /64 of IPv6 to itself; an address that cannot be read counts as one. */
static Str network_of(const Request *request) {
    Address address;
    if (!address_parse(request->remote_address, &address)) return STR("");
    address = address_for_limits(&address);
    char text[ADDRESS_TEXT_SIZE];
    return str_copy(request->arena, str_from(text, address_write(text, &address)));
}

static Str key_of(const Request *request, TryKind kind, Str email, const char *where, Str from) {
    static const char *const kinds[] = {[TRY_PASSWORD] = "password", [TRY_CODE] = "code", [TRY_MAIL] = "mail"};
    Str account = str_lower_ascii(request->arena, email);
    return secret_hash(request->arena, "wrong try",
                       str_format(request->arena, "%s %zu %.*s %s %.*s", kinds[kind], account.size, STR_FORMAT(account),
                                  where, STR_FORMAT(from)));
}

static size_t counted_of(Request *request, TryKind kind, Str email, Counted counted[MOST_COUNTED]) {
    bool is_code = kind == TRY_CODE;
    if (is_known_browser(request, email)) {
        counted[0] = (Counted){key_of(request, kind, email, "browser", browser_secret(request)),
                               is_code ? &bound_of_codes : &own_bound, true};
        return 1;
    }
    counted[0] =
        (Counted){key_of(request, kind, email, "anywhere", STR("")), is_code ? &bound_of_codes : &bound_in_all, false};
    if (is_code) return 1; /* a message takes few wrong ones, wherever they come from */
    counted[1] = (Counted){key_of(request, kind, email, "network", network_of(request)), &own_bound, true};
    return 2;
}

/* ---- waiting ------------------------------------------------------------------------------------------ */

static int64_t wait_after_ms(int64_t tries, const Bound *bound) {
    if (tries < bound->free) return 0;
    int64_t wait_ms = TRIES_FIRST_WAIT_S * SECOND_MS;
    for (int64_t i = bound->free; i < tries && wait_ms < bound->longest_ms; i++) wait_ms *= 2;
    return wait_ms < bound->longest_ms ? wait_ms : bound->longest_ms;
}

static int64_t wait_of(Request *request, const Counted *counted) {
    AccountWrongTriesRow row;
    if (!account_sql_wrong_tries(request->tx, counted->key, &row)) return 0;
    /* The clock may have been set back since: the wait is never longer for it. */
    int64_t last_ms = row.last_ms < request->now_ms ? row.last_ms : request->now_ms;
    int64_t until_ms = last_ms + wait_after_ms(row.tries, counted->bound);
    return until_ms > request->now_ms ? until_ms - request->now_ms : 0;
}

int64_t tries_wait_ms(Request *request, TryKind kind, Str email) {
    Counted counted[MOST_COUNTED];
    size_t count = counted_of(request, kind, email, counted);
    int64_t longest_ms = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t wait_ms = wait_of(request, &counted[i]);
        if (wait_ms > longest_ms) longest_ms = wait_ms;
    }
    return longest_ms;
}

static int64_t left_of(const AccountWrongTriesRow *row, int64_t now_ms) {
    int64_t faded = now_ms > row->last_ms ? (now_ms - row->last_ms) / (TRIES_FADE_S * SECOND_MS) : 0;
    return faded < row->tries ? row->tries - faded : 0;
}

void tries_add(Request *request, TryKind kind, Str email) {
    Counted counted[MOST_COUNTED];
    size_t count = counted_of(request, kind, email, counted);
    for (size_t i = 0; i < count; i++) {
        AccountWrongTriesRow row;
        bool found = account_sql_wrong_tries(request->tx, counted[i].key, &row);
        int64_t tries = found ? left_of(&row, request->now_ms) : 0;
        account_sql_set_wrong_tries(request->tx, counted[i].key, tries + 1, request->now_ms);
    }
}

void tries_end(Request *request, TryKind kind, Str email) {
    Counted counted[MOST_COUNTED];
    size_t count = counted_of(request, kind, email, counted);
    for (size_t i = 0; i < count; i++)
        if (counted[i].is_own) account_sql_forget_wrong_tries(request->tx, counted[i].key);
}

int64_t tries_expire(Tx *tx) {
    int64_t now_ms = tx_now_ms(tx);
    return account_sql_expire_wrong_tries(tx, now_ms - TRIES_KEPT_S * SECOND_MS) +
           account_sql_expire_known_browsers(tx, now_ms - BROWSER_KNOWN_DAYS * DAY_MS);
}
