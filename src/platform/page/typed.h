// SPDX-License-Identifier: EUPL-1.2
/* Typed: what somebody wrote into a form that could not be saved, shown under the form's own labels, so that it can be
 * copied: their session ended while they wrote, the edition went on to another stage, the disk was full.
 *
 * The page that says so does not run the handler, whose business the form is; the route names the form's table instead:
 *
 *     const FormTable walk_form = {walk_fields, COUNT(walk_fields)};
 *     {METHOD_POST, STAFF "/{walk}", ROLE_COORDINATOR, walk_save, .changes = true, .form = &walk_form},
 *
 *     page.typed = typed_part(request, true);                     // {include typed typed}
 *
 * Hidden fields, secrets and files are not shown, nor is what a form without a table carries: it has buttons only. A
 * test goes through every form of the house (reliability/conflict).
 */
#ifndef WSPOLNIE_PAGE_TYPED_H
#define WSPOLNIE_PAGE_TYPED_H

#include "page_pages.h"
#include "platform/page/form.h"

/* The fields that a route reads; several tables where it has several forms. */
struct FormTable {
    const FormField *fields;
    size_t count;
    const FormTable *more; /* NULL: no others */
    /* Where the path says which it is; the table's own fields are none then. NULL from it: no form. */
    const FormTable *(*of)(const Request *request);
};

/* may_read: choices are shown in words, for which the store is read; otherwise as the form sent them. Of a choice among
 * what only those with rights may read (FormField.is_guarded) the words are shown within request->tx alone, that is, to
 * somebody whose rights were looked at. */
TypedPart typed_part(Request *request, bool may_read);

#endif
