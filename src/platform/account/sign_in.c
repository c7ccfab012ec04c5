// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/sign_in.h"

#include "account_sql.h"
#include "platform/account/secrets.h"
#include "platform/account/tries.h"
#include "platform/base/random.h"
#include "platform/jobs/outbox.h"
#include <assert.h>

#define MINUTE_MS (INT64_C(60) * 1000)
static const int64_t sign_in_lasts_ms = SIGN_IN_LASTS_MIN * MINUTE_MS;
/* A set-up link older than that ends with the next start. */
static const int64_t setup_link_lasts_ms = 24 * 60 * MINUTE_MS;

/* What a browser began with, for links that any browser may use. */
static Str any_browser(Arena *arena) { return secret_hash(arena, "began", STR("")); }

/* ---- mailed links ------------------------------------------------------------------------------------------- */

static void add_sign_in(Tx *tx, Str token, Id person, Str goes_to, Str began_hash, int64_t lasts_ms) {
    Arena *arena = tx_arena(tx);
    account_sql_expire_sign_ins(tx, tx_now_ms(tx));
    account_sql_add_sign_in(tx, tx_new_id(tx), secret_hash(arena, "sign-in", token),
                            secret_hash(arena, "code", secret_code(arena, token)), began_hash, person, goes_to,
                            tx_now_ms(tx), tx_now_ms(tx) + lasts_ms);
}

static void mail_link(Request *request, const Person *person, Str token) {
    Arena *arena = request->arena;
    Str link = str_format(arena, "%.*s/sign-in/%.*s", STR_FORMAT(request->base_url), STR_FORMAT(token));
    Str code = secret_code(arena, token);
    OutboxMessage message = {
        .kind = OUTBOX_SIGN_IN,
        .person = person->id,
        .to_address = person->email,
        .to_name = person->name,
        .language = person->language,
        .subject = say(arena, person->language, MSG("account", "Sign in: {code}"), SAY_TEXT("code", code)),
        .body = say(arena, person->language,
                    MSG("account",
                        "Good day,\n\nto sign in, open this address and press the button:\n{address}\n\nOr type this "
                        "code where you began: {code}\n\nBoth work for {minutes} minutes. If you did not ask for "
                        "this, you need do nothing.\n"),
                    SAY_TEXT("address", link), SAY_TEXT("code", code), SAY_INT("minutes", SIGN_IN_LASTS_MIN)),
        .expires_ms = request->now_ms + sign_in_lasts_ms,
    };
    outbox_add(request->tx, &message);
}

void sign_in_ask(Request *request, Str email, Str goes_to, Str began) {
    Person person;
    if (!person_by_email(request->tx, email, &person) || tries_wait_ms(request, TRY_MAIL, email) > 0) return;
    tries_add(request, TRY_MAIL, email);
    Str token = random_secret_text(request->arena);
    add_sign_in(request->tx, token, person.id, goes_to, secret_hash(request->arena, "began", began), sign_in_lasts_ms);
    mail_link(request, &person, token);
}

bool sign_in_by_token(Request *request, Str token, Str began, SignIn *sign_in) {
    AccountSignInByTokenRow row;
    if (token.size != RANDOM_SECRET_TEXT_SIZE) return false;
    if (!account_sql_sign_in_by_token(request->tx, secret_hash(request->arena, "sign-in", token), request->now_ms,
                                      &row))
        return false;
    bool began_here = secret_hash_equal(row.began_hash, secret_hash(request->arena, "began", began)) ||
                      secret_hash_equal(row.began_hash, any_browser(request->arena));
    *sign_in = (SignIn){row.id, row.person, row.goes_to, began_here};
    return true;
}

Err sign_in_by_code(Request *request, Str code, Str began, SignIn *sign_in) {
    AccountSignInByBeganRow row;
    if (str_is_empty(began) ||
        !account_sql_sign_in_by_began(request->tx, secret_hash(request->arena, "began", began), request->now_ms, &row))
        return ERR_NOT_FOUND;
    if (row.tries >= SIGN_IN_CODE_TRIES || tries_wait_ms(request, TRY_CODE, row.email) > 0) return ERR_LIMIT;
    if (!secret_hash_equal(row.code_hash, secret_hash(request->arena, "code", code))) {
        account_sql_count_tries(request->tx, row.id);
        tries_add(request, TRY_CODE, row.email);
        return ERR_INPUT;
    }
    tries_end(request, TRY_CODE, row.email);
    *sign_in = (SignIn){row.id, row.person, row.goes_to, true};
    return OK;
}

Err sign_in_use(Request *request, const SignIn *sign_in) {
    if (account_sql_use_sign_in(request->tx, sign_in->id, request->now_ms) == 0) return ERR_CONFLICT;
    session_begin(request, sign_in->person);
    return OK;
}

void sign_in_links_end(Tx *tx, Id person) { account_sql_end_links(tx, person, any_browser(tx_arena(tx))); }

static const Str link_start = STR_INIT("/sign-in/"), card_start = STR_INIT("/s/");

Str sign_in_link_path(Arena *arena) { return str_join(arena, link_start, random_secret_text(arena)); }

void sign_in_link_keep(Tx *tx, Str path, Id person, Str goes_to, int64_t lasts_ms) {
    add_sign_in(tx, str_skip(path, link_start.size), person, goes_to, any_browser(tx_arena(tx)), lasts_ms);
}

Str sign_in_link_make(Tx *tx, Id person, Str goes_to, int64_t lasts_ms) {
    Str path = sign_in_link_path(tx_arena(tx));
    sign_in_link_keep(tx, path, person, goes_to, lasts_ms);
    return path;
}

/* ---- cards ---------------------------------------------------------------------------------------------------- */

Str card_path(Arena *arena) { return str_join(arena, card_start, random_secret_text(arena)); }

void card_keep(Tx *tx, Str path, const CardFor *card) {
    assert(card->series);
    account_sql_add_card(tx, secret_hash(tx_arena(tx), "card", str_skip(path, card_start.size)), tx_new_id(tx),
                         card->person, given_int(card->series),
                         card->organisation ? given_int(card->organisation) : (OptionalInt){0}, card->goes_to,
                         tx_now_ms(tx), card->ends_ms);
    store_audit(tx, &(AuditEntry){.action = "card.make", .subject = card->person});
}

Str card_make(Tx *tx, const CardFor *card) {
    Str path = card_path(tx_arena(tx));
    card_keep(tx, path, card);
    return path;
}

void ways_move(Tx *tx, Id person, const WaysMove *move) {
    Str from = move->from_path;
    account_sql_move_card_limits(tx, person, move->series, move->from, move->to);
    account_sql_move_session_limits(tx, person, move->series, move->from, move->to);
    AccountWaysOfRows ways = account_sql_ways_of(tx, person, tx_now_ms(tx));
    for (size_t i = 0; i < ways.count; i++) {
        Str goes_to = ways.rows[i].goes_to, rest = str_skip(goes_to, from.size);
        bool is_behind = str_starts_with(goes_to, from) && (str_is_empty(rest) || rest.data[0] == '/');
        if (!is_behind) continue;
        Str moved = str_join(tx_arena(tx), move->to_path, rest);
        if (!account_sql_move_card(tx, ways.rows[i].way, person, moved))
            account_sql_move_sign_in(tx, ways.rows[i].way, moved);
    }
}

CardState card_state(Tx *tx, Id person) {
    AccountCardStateRows rows = account_sql_card_state(tx, person, tx_now_ms(tx));
    if (!rows.count) return (CardState){0};
    CardState state = {.newest = rows.rows[0].id, .made_ms = rows.rows[0].made_ms, .count = rows.count};
    for (size_t i = 0; i < rows.count; i++)
        if (rows.rows[i].used_ms.given && rows.rows[i].used_ms.value > state.used_ms)
            state.used_ms = rows.rows[i].used_ms.value;
    return state;
}

void card_revoke_all(Tx *tx, Id person) {
    account_sql_revoke_cards(tx, person, tx_now_ms(tx));
    account_sql_end_sessions(tx, person);
    account_sql_forget_browsers(tx, person);
    store_audit(tx, &(AuditEntry){.action = "card.revoke", .subject = person});
}

/* Letters that are mistaken for digits of the alphabet are taken as meant (Crockford's rule). */
static Str plain_secret(Arena *arena, Str typed) {
    Buffer plain = buffer_in(arena);
    Str lower = str_lower_ascii(arena, typed);
    for (size_t i = 0; i < lower.size; i++) {
        char c = lower.data[i];
        if (c == ' ' || c == '-') continue;
        buffer_add_char(&plain, (char)(c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c));
    }
    return buffer_str(&plain);
}

bool card_find(Request *request, Str typed, Card *card) {
    Str secret = plain_secret(request->arena, typed);
    AccountCardRow row;
    if (secret.size != RANDOM_SECRET_TEXT_SIZE ||
        !account_sql_card(request->tx, secret_hash(request->arena, "card", secret), request->now_ms, &row))
        return false;
    *card = (Card){row.person, row.only_series.value, row.only_organisation.value, row.name, row.goes_to};
    return true;
}

Err card_use(Request *request, Str typed) {
    Card card;
    if (!card_find(request, typed, &card)) return ERR_NOT_FOUND;
    account_sql_use_card(request->tx, secret_hash(request->arena, "card", plain_secret(request->arena, typed)),
                         request->now_ms);
    session_begin_limited(request, card.person, card.series, card.organisation);
    return respond_redirect(request, card.goes_to);
}

/* ---- the first set-up -------------------------------------------------------------------------------------------- */

static bool has_owner(Tx *tx) {
    AccountOwnersRow row;
    return account_sql_owners(tx, &row) && row.count > 0;
}

Str setup_link_make(Tx *tx) {
    if (has_owner(tx)) return STR_ABSENT;
    Str token = random_secret_text(tx_arena(tx));
    account_sql_expire_setup(tx, tx_now_ms(tx) - setup_link_lasts_ms);
    account_sql_add_setup(tx, secret_hash(tx_arena(tx), "setup", token), tx_now_ms(tx));
    return str_join(tx_arena(tx), STR("/setup/"), token);
}

bool setup_token_is_good(Request *request, Str token) {
    AccountSetupRow row;
    return !has_owner(request->tx) && account_sql_setup(request->tx, secret_hash(request->arena, "setup", token), &row);
}

void setup_done(Request *request, Id owner) {
    account_sql_clear_setup(request->tx);
    role_give(request->tx, owner, ROLE_OWNER, 0, 0);
    session_begin(request, owner);
}
