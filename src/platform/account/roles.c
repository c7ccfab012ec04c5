// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/account.h"

#include "account_sql.h"
#include <assert.h>

static const struct {
    Role role;
    const char *name;
} roles[] = {
    {ROLE_ANYONE, "anyone"}, {ROLE_SIGNED_IN, "signed_in"},
    {ROLE_OWNER, "owner"},   {ROLE_COORDINATOR, "coordinator"},
    {ROLE_HOST, "host"},     {ROLE_DOOR, "door"},
    {ROLE_STAGE, "stage"},   {ROLE_KITCHEN, "kitchen"},
    {ROLE_GUIDE, "guide"},   {ROLE_REPRESENTATIVE, "representative"},
    {ROLE_GUEST, "guest"},   {ROLE_TRANSLATOR, "translator"},
};
enum { ROLE_COUNT = sizeof roles / sizeof *roles };

const char *role_name(Role role) {
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (roles[i].role == role) return roles[i].name;
    return "unknown";
}

bool role_parse(Str name, Role *role) {
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        if (!str_equal(name, str_from_c(roles[i].name))) continue;
        *role = roles[i].role;
        return true;
    }
    return false;
}

/* ---- whether a grant reaches ------------------------------------------------------------------------------ */

/* What of the path a role is looked for in. */
static Id scope_of_role(unsigned role, const Scope *scope) {
    switch (role) {
    case ROLE_OWNER: return 0;
    case ROLE_COORDINATOR: return scope->series;
    case ROLE_REPRESENTATIVE: return scope->organisation;
    default: return scope->edition;
    }
}

static bool reaches(const Grant *grant, unsigned wanted, const Scope *scope) {
    if (grant->role == ROLE_OWNER) return wanted & (ROLE_OWNER | ROLE_COORDINATOR);
    if (!(grant->role & wanted)) return false;
    Id needed = scope_of_role(grant->role, scope);
    if (needed == 0 || grant->scope != needed) return false;
    return grant->role != ROLE_REPRESENTATIVE || (scope->series != 0 && grant->series == scope->series);
}

static bool any_reaches(const Grant *grants, size_t count, unsigned wanted, const Scope *scope) {
    for (size_t i = 0; i < count; i++)
        if (reaches(&grants[i], wanted, scope)) return true;
    return false;
}

bool account_allows(Request *request, unsigned wanted) {
    if (wanted & ROLE_ANYONE) return true;
    if (!request->who.person) return false;
    if (wanted & ROLE_SIGNED_IN) return true;
    return any_reaches(request->who.grants, request->who.grant_count, wanted, &request->scope);
}

static Grant *grants_of(Tx *tx, Id person, size_t *count) {
    AccountGrantsOfRows rows = account_sql_grants_of(tx, person, tx_now_ms(tx));
    Grant *grants = arena_array(tx_arena(tx), Grant, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        grants[i] = (Grant){(unsigned)rows.rows[i].role, rows.rows[i].scope, rows.rows[i].series};
    *count = rows.count;
    return grants;
}

bool role_held(Tx *tx, Id person, unsigned wanted, Scope scope) {
    size_t count;
    const Grant *grants = grants_of(tx, person, &count);
    return any_reaches(grants, count, wanted, &scope);
}

/* ---- giving and taking -------------------------------------------------------------------------------------- */

const Grant *role_grants(Tx *tx, Id person, size_t *count) { return grants_of(tx, person, count); }

enum {
    GRANTS_OF_STAFF =
        ROLE_OWNER | ROLE_COORDINATOR | ROLE_HOST | ROLE_DOOR | ROLE_STAGE | ROLE_KITCHEN | ROLE_GUIDE | ROLE_TRANSLATOR
};

bool role_is_of_staff(unsigned role) { return role & GRANTS_OF_STAFF; }

/* Whether what is held lets its holder's coordinators in where the new one is given: everywhere, or the same scope, or
 * the series around it. */
static bool covers(const Grant *held, Id scope, Id series) {
    if (held->role == ROLE_OWNER) return true;
    if (!role_is_of_staff(held->role)) return false;
    return held->scope != 0 && (held->scope == scope || (held->role == ROLE_COORDINATOR && held->scope == series));
}

static bool reaches_beyond(Tx *tx, Id person, Role role, Id scope, Id series) {
    if (!role_is_of_staff(role)) return false;
    size_t count;
    const Grant *grants = grants_of(tx, person, &count);
    for (size_t i = 0; i < count; i++)
        if (covers(&grants[i], scope, series)) return false;
    return true;
}

bool role_would_close_ways(Tx *tx, Id person, Role role, const Scope *place) {
    return reaches_beyond(tx, person, role, scope_of_role(role, place), place->series);
}

/* Until now whoever had typed this person's e-mail into a public form may hold a card for them, be signed in by
 * it, and have set a password; so may who coordinates where they help: none of it may lead to what staff may do here.
 * Their own mail lets them in again. */
static void close_earlier_ways_in(Tx *tx, Id person) {
    card_revoke_all(tx, person);
    sign_in_links_end(tx, person);
    account_sql_forget_password(tx, person);
}

static void give(Tx *tx, Id person, Role role, Id scope, int64_t ends_ms) {
    assert(role != ROLE_REPRESENTATIVE);
    account_sql_give_role(tx, person, role, scope, 0, tx_now_ms(tx), ends_ms ? given_int(ends_ms) : (OptionalInt){0});
    store_audit(tx, &(AuditEntry){.action = "role.give", .subject = person});
}

void role_give(Tx *tx, Id person, Role role, Id scope, int64_t ends_ms) {
    if (reaches_beyond(tx, person, role, scope, 0)) close_earlier_ways_in(tx, person);
    give(tx, person, role, scope, ends_ms);
}

void role_give_in(Tx *tx, Id person, Role role, const Scope *place) {
    if (role_would_close_ways(tx, person, role, place)) close_earlier_ways_in(tx, person);
    give(tx, person, role, scope_of_role(role, place), 0);
}

void role_take(Tx *tx, Id person, Role role, Id scope) {
    account_sql_take_role(tx, person, role, scope, 0);
    store_audit(tx, &(AuditEntry){.action = "role.take", .subject = person});
}

IdArray role_holders(Tx *tx, Role role, Id scope) {
    AccountRoleHoldersRows rows = account_sql_role_holders(tx, role, scope, tx_now_ms(tx));
    IdArray people = {arena_array(tx_arena(tx), Id, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) people.ids[i] = rows.rows[i].person;
    return people;
}

/* ---- who speaks for an organisation ------------------------------------------------------------------------- */

void representative_give(Tx *tx, Id person, Id organisation, Id series) {
    assert(organisation && series);
    account_sql_give_role(tx, person, ROLE_REPRESENTATIVE, organisation, series, tx_now_ms(tx), (OptionalInt){0});
    store_audit(tx, &(AuditEntry){.action = "role.give", .subject = person});
}

void representative_take(Tx *tx, Id person, Id organisation, Id series) {
    account_sql_take_role(tx, person, ROLE_REPRESENTATIVE, organisation, series);
    store_audit(tx, &(AuditEntry){.action = "role.take", .subject = person});
}

IdArray representatives(Tx *tx, Id organisation, Id series) {
    AccountRepresentativesRows rows = account_sql_representatives(tx, organisation, series);
    IdArray people = {arena_array(tx_arena(tx), Id, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) people.ids[i] = rows.rows[i].person;
    return people;
}
