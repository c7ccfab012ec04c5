// SPDX-License-Identifier: EUPL-1.2
/* View: coordinators look at a page as a representative, the host or everybody sees it, to help on the telephone or to
 * try what they have written.
 *
 *     /~public/wspolnie/iii                         as everybody
 *     /~host/wspolnie/iii/host                      as the host
 *     /~0123456789abc/me/wspolnie/iii/0123456789abc as who speaks for that organisation
 *
 * A view narrows and never widens: only who coordinates the series of the path has one, what they then may is what that
 * other person may there, and an organisation is looked at where it takes part; of the series' other editions it sees
 * what everybody does. Nobody's session is taken: what is somebody's own and not the organisation's (their account,
 * what they agreed to) is not in it. Nothing can be sent, and nothing is marked as seen; that a coordinator looked is
 * noted.
 */
#ifndef WSPOLNIE_EDITIONS_VIEW_H
#define WSPOLNIE_EDITIONS_VIEW_H

#include "gathering/editions/editions.h"

Err editions_view(Request *request); /* server.h, ServerHooks.view */

/* Where it is seen so, for the coordinators' own pages. */
Str view_as_public_path(Arena *arena, const Edition *edition, const char *rest);
Str view_as_host_path(Arena *arena, const Edition *edition);
Str view_as_organisation_path(Arena *arena, const Edition *edition, Id organisation);

/* The bar above a page in a view: what is said, and how one leaves. Absent words: no view. */
typedef struct ViewBar {
    Str words;
    Html bar;
} ViewBar;
ViewBar view_bar(Request *request);

#endif
