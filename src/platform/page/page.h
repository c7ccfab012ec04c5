// SPDX-License-Identifier: EUPL-1.2
/* Page: what functions generated from *.html write into.
 *
 * tools/pages compiles each page into a struct of what it shows and a function that writes
 * it, escaped for the place each value stands in (docs/internals/pages.md). This header is
 * what the generated functions call, and the few types their structs use.
 */
#ifndef WSPOLNIE_PAGE_PAGE_H
#define WSPOLNIE_PAGE_PAGE_H

#include "platform/base/buffer.h"
#include "platform/i18n/i18n.h"

/* HTML that is already HTML: made by a page function, a form or cmark, never from typed text. */
typedef struct Html {
    Str markup;
} Html;

typedef struct PageOut {
    Buffer *out;
    Language language;
    Str once_key; /* for forms */
} PageOut;

/* For request handlers: writes into the response. Declared in page/respond.h. */

/* ---- what generated code calls --------------------------------------------------------------- */
void page_raw(PageOut *page, const char *markup, size_t size);
void page_text(PageOut *page, Str text);          /* between tags: & < > */
void page_attribute(PageOut *page, Str text);     /* inside "…": & < > " ' */
void page_url(PageOut *page, Str url);            /* a whole URL in an attribute: http, https, mailto, tel, or a
                                                     path or fragment of our own; anything else becomes "#" */
void page_url_component(PageOut *page, Str text); /* a part of a path or query: percent-encoded */
void page_json(PageOut *page, Str text);          /* a JSON string inside a data block: also < > & and U+2028 */
void page_int(PageOut *page, int64_t number);     /* digits only */
void page_html(PageOut *page, Html html);
/* Message index from the generated table; values as text already escaped where they stand. */
Str page_message(const PageOut *page, int message, int64_t count);

#endif
