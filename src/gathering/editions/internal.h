// SPDX-License-Identifier: EUPL-1.2
/* What the files of this room share. */
#ifndef WSPOLNIE_EDITIONS_INTERNAL_H
#define WSPOLNIE_EDITIONS_INTERNAL_H

#include "editions_pages.h"
#include "gathering/editions/editions.h"
#include "platform/page/conflict.h"

Err home_page(Request *request);
Err series_page(Request *request);
Err edition_page(Request *request);

Err series_new_page(Request *request);
Err series_create(Request *request);
Err series_edit_page(Request *request);
Err series_change(Request *request);

Err edition_new_page(Request *request);
Err edition_create(Request *request);

/* A line of a list of editions. */
EditionRowPart edition_row(Request *request, const Edition *edition);
Str edition_state_words(Arena *arena, Language language, EditionState state);
/* Whether the reader coordinates this series, which need not be the path's. */
bool reader_coordinates(const Request *request, Id series);

#endif
