// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/reach.h"

#include "gathering/editions/editions.h"
#include "platform/account/account.h"

typedef struct Grants {
    const Grant *grants;
    size_t count;
} Grants;

static Grants grants_of(Request *request, Id person) {
    Grants grants;
    grants.grants = role_grants(request->tx, person, &grants.count);
    return grants;
}

static bool holds(const Grants *grants, unsigned roles) {
    for (size_t i = 0; i < grants->count; i++)
        if (grants->grants[i].role & roles) return true;
    return false;
}

static bool is_of_staff(const Grants *grants) {
    for (size_t i = 0; i < grants->count; i++)
        if (role_is_of_staff(grants->grants[i].role)) return true;
    return false;
}

static bool reader_is_owner(const Request *request) {
    for (size_t i = 0; i < request->who.grant_count; i++)
        if (request->who.grants[i].role == ROLE_OWNER) return true;
    return false;
}

/* ---- whether somebody has to do with this series alone ------------------------------------------------- */

static bool is_of_series(Tx *tx, const Grant *grant, Id series) {
    Edition edition;
    if (grant->role == ROLE_REPRESENTATIVE) return grant->series == series;
    if (grant->role == ROLE_COORDINATOR) return grant->scope == series;
    return edition_get(tx, grant->scope, &edition) && edition.series.id == series;
}

static bool is_elsewhere(Request *request, const Grants *grants) {
    for (size_t i = 0; i < grants->count; i++)
        if (!is_of_series(request->tx, &grants->grants[i], request->scope.series)) return true;
    return false;
}

bool person_is_elsewhere(Tx *tx, Id person, Id series) {
    size_t count;
    const Grant *grants = role_grants(tx, person, &count);
    for (size_t i = 0; i < count; i++)
        if (!is_of_series(tx, &grants[i], series)) return true;
    return false;
}

/* ---- the questions --------------------------------------------------------------------------------- */

Reach reach_of_card(Request *request, Id person) {
    Grants grants = grants_of(request, person);
    if (person == request->who.person) return REACH_SELF;
    if (holds(&grants, ROLE_OWNER)) return REACH_OWNER;
    if (is_of_staff(&grants)) return REACH_STAFF;
    if (!reader_is_owner(request) && is_elsewhere(request, &grants)) return REACH_ELSEWHERE;
    return REACH_OK;
}

Reach reach_of_link(Request *request, Id person) {
    Grants grants = grants_of(request, person);
    if (person == request->who.person) return REACH_SELF;
    if (holds(&grants, ROLE_OWNER)) return REACH_OWNER;
    if (reader_is_owner(request)) return REACH_OK;
    if (is_elsewhere(request, &grants)) return REACH_ELSEWHERE;
    if (holds(&grants, ROLE_COORDINATOR) && person_has_come_in(request->tx, person)) return REACH_STAFF;
    return REACH_OK;
}

Reach reach_of_role(Request *request, Id person, Role role) {
    Grants grants = grants_of(request, person);
    if (reader_is_owner(request) || !role_would_close_ways(request->tx, person, role, &request->scope)) return REACH_OK;
    return is_elsewhere(request, &grants) ? REACH_ELSEWHERE : REACH_OK;
}
