// SPDX-License-Identifier: EUPL-1.2
/* Sign-ups as a sheet that comes back: what the export writes, the import reads as the same sign-ups.
 *
 *     signups_write_sheet(tx, &edition, language, signups, count, &request->response.body);
 *
 * Heads are in the reader's language, and the import knows each. Cells of several answers part them by "; ", and an
 * answer that holds what would part it stands in quotation marks. A need or an offer is the name of its kind, with ": "
 * and the organisation's own words where it has any. What the import does not take (whether it is their first time) is
 * there for people.
 */
#ifndef WSPOLNIE_SIGNUPS_EXPORT_SHEET_H
#define WSPOLNIE_SIGNUPS_EXPORT_SHEET_H

#include "gathering/signups/signups.h"

/* house: whose rooms add their columns behind these; NULL: none do. */
void signups_write_sheet(Tx *tx, const House *house, const Edition *edition, Language language,
                         const Signup *const *signups, size_t count, Buffer *out);
/* "przestrzeń: sala na 30 osób", or the name of the kind alone. */
Str exchange_item(Arena *arena, const Kinds *kinds, const Exchange *exchange);
/* Adds an answer to a cell of several; import_split (import_sheet.h) takes them apart. */
void answers_add(Buffer *cell, Str answer);

#endif
