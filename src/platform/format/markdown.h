// SPDX-License-Identifier: EUPL-1.2
/* Markdown (CommonMark, by cmark) of people, made into HTML that may stand in a page.
 *
 * What they write cannot bring markup of its own: HTML in it is shown as text; links lead to http, https
 * and mailto only, others keep their words and lose the link; a picture becomes its description.
 * Headings begin at the level the page has room for.
 */
#ifndef WSPOLNIE_FORMAT_MARKDOWN_H
#define WSPOLNIE_FORMAT_MARKDOWN_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

/* top_heading: level that "#" becomes, 1–6; deeper ones follow, none below 6. Well-formed HTML, to be put
 * in unescaped. */
Str markdown_html(Arena *arena, Str text, int top_heading);

#endif
