// SPDX-License-Identifier: EUPL-1.2
/* What {series}, {edition} and {organisation} of a path stand for: one query for all three. */
#include "gathering/editions/editions.h"
#include "gathering/editions/look.h"
#include "gathering/organisations/organisations.h"
#include "platform/account/account.h"

#include <assert.h>

typedef struct Resolved {
    Series series;
    Edition edition; /* id 0: the path has none */
    Str organisation_name;
} Resolved;

/* What the edition's pages ask for; an owner is let in as a coordinator. */
enum { ROLES_HERE = ROLE_COORDINATOR | ROLE_HOST | ROLE_DOOR | ROLE_STAGE | ROLE_KITCHEN | ROLE_GUIDE };

bool reader_is_coordinator(Request *request) { return account_allows(request, ROLE_COORDINATOR); }

bool reader_is_staff(Request *request) { return account_allows(request, ROLES_HERE); }

const Edition *edition_of(Request *request) {
    const Resolved *resolved = request->room_data;
    assert(resolved && resolved->edition.id);
    return &resolved->edition;
}

const Series *series_of(Request *request) {
    const Resolved *resolved = request->room_data;
    return resolved ? &resolved->series : NULL;
}

Str organisation_name_of(Request *request) {
    const Resolved *resolved = request->room_data;
    return resolved ? resolved->organisation_name : STR_ABSENT;
}

/* Who reads a language the series does not come in reads the one it is written in. */
static void speak(Request *request, const Series *series) {
    if (!series_speaks(series, request->language)) request->language = series->language;
}

/* Nobody acts for one that was joined into another (joins.h), so one that the reader acts for is none: their own pages
 * do without the question. */
static bool may_be_joined(const Request *request, Id organisation) {
    for (size_t i = 0; i < request->who.grant_count; i++) {
        const Grant *grant = &request->who.grants[i];
        if (grant->role == ROLE_REPRESENTATIVE && grant->scope == organisation) return false;
    }
    return organisation != 0;
}

static Err resolve_edition(Request *request, Str series, Str edition) {
    Resolved *resolved = arena_new(request->arena, Resolved);
    bool has_organisation = !str_is_empty(request_parameter(request, "organisation"));
    Id organisation = 0;
    if (has_organisation && !request_id(request, "organisation", &organisation)) return ERR_NOT_FOUND;
    if (!edition_by_path(request->tx, series, edition, organisation, &resolved->edition, &resolved->organisation_name))
        return ERR_NOT_FOUND;
    if (has_organisation && str_is_absent(resolved->organisation_name)) return ERR_NOT_FOUND;
    Id kept = may_be_joined(request, organisation) ? organisation_kept(request->tx, organisation) : organisation;
    if (kept != organisation) resolved->organisation_name = organisation_name(request->tx, kept);
    organisation = kept; /* letters and cards with the address of one that was joined go on leading somewhere */
    resolved->series = resolved->edition.series;
    request->scope = (Scope){resolved->series.id, resolved->edition.id, organisation};
    /* A draft is there for those who make it. */
    bool helps = reader_is_staff(request) || account_allows(request, ROLE_TRANSLATOR);
    if (resolved->edition.state == EDITION_DRAFT && !helps) return ERR_NOT_FOUND;
    request->room_data = resolved;
    speak(request, &resolved->series);
    return OK;
}

Err editions_resolve(Request *request) {
    request->room_data = NULL;
    Str series = request_parameter(request, "series"), edition = request_parameter(request, "edition");
    if (str_is_empty(series)) return OK;
    if (!str_is_empty(edition)) return resolve_edition(request, series, edition);
    Resolved *resolved = arena_new(request->arena, Resolved);
    if (!series_find(request->tx, series, &resolved->series)) return ERR_NOT_FOUND;
    request->scope.series = resolved->series.id;
    request->room_data = resolved;
    speak(request, &resolved->series);
    return OK;
}
