// SPDX-License-Identifier: EUPL-1.2
/* Publishing something of a draft opens the edition in the same step. */
#include "gathering/editions/editions.h"

Err edition_open_first(Request *request) {
    Edition edition;
    EditionState state;
    if (!edition_get(request->tx, request->scope.edition, &edition)) return ERR_NOT_FOUND;
    if (edition.state != EDITION_DRAFT) return OK;
    if (!edition_state_parse(fields_get(&request->form, STR("open")), &state)) return ERR_INPUT;
    if (state != EDITION_CALL_OPEN && state != EDITION_PUBLISHED) return ERR_INPUT;
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = edition.id,
                                           .action = "edition.state",
                                           .subject = edition.id});
    return edition_set_state(request->tx, edition.id, edition.version, state);
}

Str edition_open_first_words(const Request *request) {
    return say(request->arena, request->language,
               MSG("editions", "Nothing was published: this edition is a draft, and nobody outside would see it. Say "
                               "below what it is to become."));
}
