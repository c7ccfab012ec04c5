// SPDX-License-Identifier: EUPL-1.2
/* Conflict: two people changed the same thing, and the second is told, shown both, and loses nothing typed.
 *
 * What can be edited is a row with a version, and its form has a field for it:
 *
 *     typedef struct WalkForm { Str name, place; Str version; } WalkForm;
 *     static const FormField walk_fields[] = {…, FORM_VERSION(WalkForm)};     // in the page: {form.version}
 *
 *     WalkForm stored = walk_form_of(arena, &walk), typed = {0};              // .version = form_version(arena, …)
 *     Form *form = form_open(request, walk_fields, COUNT(walk_fields), &typed);
 *     if (form_read(form) && form_is_current(form, &stored)) … the rule …
 *     if (!form_ok(form)) return show(request, form);                         // {form.errors} shows what there is
 *
 * form_is_current says whether the row is still the one the form was opened on. Where it is not, the form is shown
 * again with what stands now beside what was typed, and with the version of now, so that sending it once more is a
 * decision. The status is 409 and whatever the handler wrote is rolled back. Rows of several tables in one form put
 * their versions side by side ("3.5.2"): only sameness is looked at.
 *
 * A button that types nothing (remove, decide) carries the version too; its page is shown as it stands now, with the
 * word that nothing was done:
 *
 *     Form *form = form_open(request, walk_fields, COUNT(walk_fields), &stored);
 *     if (!form_step_is_current(form)) return show(request, form);
 */
#ifndef WSPOLNIE_PAGE_CONFLICT_H
#define WSPOLNIE_PAGE_CONFLICT_H

#include "platform/page/form.h"

enum { FORM_VERSION_CHARS = 100 };
#define FORM_VERSION(Values) \
    { .name = "version", .kind = FIELD_HIDDEN, .offset = offsetof(Values, version), .most = FORM_VERSION_CHARS }
Str form_version(Arena *arena, int64_t version);
int64_t form_version_number(Str version); /* of a form that is current; -1 where there is none */

/* Of a form that was read well. stored: a values struct of the same form, filled with what stands now, its "version"
 * too. */
bool form_is_current(Form *form, const void *stored);
/* Of a form opened on what stands now: whether the button that was pressed stood on a page that showed just that. */
bool form_step_is_current(Form *form);

#endif
