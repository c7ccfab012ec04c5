// SPDX-License-Identifier: EUPL-1.2
/* Conflict: two people changed the same thing, and the second is told, shown both, and loses nothing typed.
 *
 * A row has a version; its form carries it in a FIELD_HIDDEN called "version". When the rule answers
 * ERR_CONFLICT the form is shown again with what stands now beside what was typed, and with the version
 * of now, so that sending it once more is a decision:
 *
 *     if (err == ERR_CONFLICT) {
 *         SeriesForm stored = form_of_series(…);
 *         page.conflict = form_conflict(form, &stored);     // in the page: {include conflict conflict}
 *         page.has_conflict = true;
 *         return show(…);                                   // status 409: what the handler wrote is rolled back
 *     }
 */
#ifndef WSPOLNIE_PAGE_CONFLICT_H
#define WSPOLNIE_PAGE_CONFLICT_H

#include "page_pages.h"
#include "platform/page/form.h"

/* stored: a values struct of the same form, filled with what stands now, its "version" too. */
ConflictPart form_conflict(Form *form, const void *stored);

#endif
