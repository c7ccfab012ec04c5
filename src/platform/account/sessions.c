// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/account.h"
#include "platform/account/secrets.h"
#include "platform/account/tries.h"

#include "account_sql.h"
#include "platform/base/random.h"
#include "platform/page/page.h"
#include <assert.h>

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
static const int64_t session_lasts_ms = 30 * DAY_MS;
static const int64_t once_key_lasts_ms = 2 * DAY_MS;
static const int64_t answer_lost_ms = 60 * 1000; /* sent again within it, the answer may not have come */

static Str session_cookie(const Request *request) { return fields_get(&request->cookies, STR("session")); }

static OptionalInt id_or_null(Id id) { return id ? given_int(id) : (OptionalInt){0}; }

void session_begin(Request *request, Id person) { session_begin_limited(request, person, 0, 0); }

void session_begin_limited(Request *request, Id person, Id series, Id organisation) {
    Str token = random_secret_text(request->arena);
    Str hash = secret_hash(request->arena, "session", token);
    Id session = tx_new_id(request->tx);
    account_sql_add_session(request->tx, hash, session, person, id_or_null(series), id_or_null(organisation),
                            request->now_ms, request->now_ms + session_lasts_ms);
    if (!series) browser_know(request, person); /* who holds a card need not be who it is for */
    store_audit(request->tx, &(AuditEntry){.person = person, .action = "session.begin", .subject = session});
    respond_cookie(request, "session", token, session_lasts_ms / 1000);
    request->response.session_hash = hash;
}

void session_end(Request *request) {
    if (request->who.session) account_sql_end_session(request->tx, request->who.session, request->who.person);
    respond_cookie(request, "session", STR(""), 0);
}

/* A session in use is lengthened once a day, and only in a request that writes anyway. */
static void lengthen(Request *request, const AccountSessionRow *row) {
    if (!tx_writes(request->tx) || request->now_ms - row->seen_ms < DAY_MS) return;
    account_sql_touch_session(request->tx, row->id, row->person, request->now_ms, request->now_ms + session_lasts_ms);
}

void account_identify(Request *request) {
    Str token = session_cookie(request);
    request->who = (Who){0};
    if (token.size != RANDOM_SECRET_TEXT_SIZE) return;
    AccountSessionRows rows =
        account_sql_session(request->tx, secret_hash(request->arena, "session", token), request->now_ms);
    if (!rows.count) return;
    const AccountSessionRow *row = &rows.rows[0];
    Grant *grants = arena_array(request->arena, Grant, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (rows.rows[i].role.given)
            grants[count++] =
                (Grant){(unsigned)rows.rows[i].role.value, rows.rows[i].scope.value, rows.rows[i].series.value};
    request->who = (Who){.person = row->person,
                         .session = row->id,
                         .name = row->name,
                         .grants = grants,
                         .grant_count = count,
                         .is_limited = row->only_series.given};
    if (!language_parse(row->language, &request->who.language)) request->who.language = request->language;
    lengthen(request, row);
}

/* ---- once ------------------------------------------------------------------------------------------------ */

/* A form's key stands for this form of this person's only: another path or person makes another key of it. Behind
 * the key's own time, so that keys of one moment lie together in the table. */
static Str once_hash(const Request *request, Id person) {
    Arena *arena = request->arena;
    Str key = fields_get(&request->form, STR("once"));
    Str whole = str_format(arena, "%.*s %lld %.*s", STR_FORMAT(key), (long long)person, STR_FORMAT(request->path));
    return str_join(arena, str_slice(key, 0, ONCE_KEY_TIME_SIZE), secret_hash(arena, "once", whole));
}

static bool find_once(Request *request, Id person, AccountOnceRow *earlier) {
    return account_sql_once(request->tx, once_hash(request, person), request->now_ms - once_key_lasts_ms, earlier);
}

/* The session that the form began; false: none, or it is ended. */
static bool session_begun(Request *request, const AccountOnceRow *earlier, AccountLimitsOfSessionRow *begun) {
    return !str_is_absent(earlier->session_hash) &&
           account_sql_limits_of_session(request->tx, earlier->session_hash, request->now_ms, begun);
}

/* The first answer may never have been taken: of two presses a browser drops it, and lines break. With it went the only
 * cookie of a session, and the way in is used up. So the one who holds the form's secret is let in again, for a minute
 * and while the first session stands: signed out, or its card taken back, none begins. */
static void let_in_again(Request *request, const AccountOnceRow *earlier) {
    int64_t age_ms = request->now_ms - earlier->created_ms;
    AccountLimitsOfSessionRow begun;
    if (age_ms < 0 || age_ms > answer_lost_ms || !session_begun(request, earlier, &begun)) return;
    session_begin_limited(request, begun.person, begun.only_series.value, begun.only_organisation.value);
}

bool account_once_begin(Request *request) {
    AccountOnceRow earlier;
    if (find_once(request, request->who.person, &earlier)) {
        if (!request->who.person) let_in_again(request, &earlier);
    } else {
        /* Pressed again when the first answer's cookie had come and its page not yet: a form that nobody had signed in
         * for comes from whom it signed in. */
        bool may_be_own = request->who.person && request->route && request->route->roles & ROLE_ANYONE &&
                          find_once(request, 0, &earlier);
        AccountLimitsOfSessionRow begun;
        if (!may_be_own || !session_begun(request, &earlier, &begun) || begun.person != request->who.person)
            return true;
    }
    respond_redirect(request, str_is_absent(earlier.location) ? request->path : earlier.location);
    return false;
}

void account_once_end(Request *request) {
    assert(request->tx);
    if (account_sql_end_once(request->tx, once_hash(request, request->who.person), request->now_ms,
                             request->now_ms - once_key_lasts_ms, request->response.location,
                             request->response.session_hash) == 0)
        arena_fail(request->arena, ERR_BUSY, "this form is being acted on at this moment");
}

void account_once_for_nobody(Request *request) {
    account_sql_end_once(request->tx, once_hash(request, 0), request->now_ms, request->now_ms - once_key_lasts_ms,
                         request->response.location, STR_ABSENT);
}

int64_t account_expire(Tx *tx) {
    int64_t now_ms = tx_now_ms(tx);
    return account_sql_expire_sessions(tx, now_ms) + account_sql_expire_sign_ins(tx, now_ms) +
           account_sql_expire_once(tx, now_ms - once_key_lasts_ms) + account_sql_expire_cards(tx, now_ms) +
           tries_expire(tx);
}

Str account_sign_in_path(Request *request) {
    if (request->who.person) return STR_ABSENT;
    if (request->method != METHOD_GET) return STR("/sign-in");
    Buffer path = buffer_in(request->arena);
    PageOut out = {.out = &path};
    buffer_add(&path, STR("/sign-in?to="));
    page_url_component(&out, request->target);
    return buffer_str(&path);
}
