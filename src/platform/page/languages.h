// SPDX-License-Identifier: EUPL-1.2
/* The links with which a reader changes the language of the page they are on. */
#ifndef WSPOLNIE_PAGE_LANGUAGES_H
#define WSPOLNIE_PAGE_LANGUAGES_H

#include "page_pages.h"
#include "platform/http/request.h"

/* One for each language, the current one marked. */
LanguageLinkPart *language_links(Request *request, size_t *count);

#endif
