// SPDX-License-Identifier: EUPL-1.2
/* Series and editions as a terminal shows them, for people and as JSON. */
#ifndef WSPOLNIE_EDITIONS_SHOW_H
#define WSPOLNIE_EDITIONS_SHOW_H

#include "gathering/editions/editions.h"

void show_series_json(Buffer *out, const SeriesList *list);
void show_edition(Buffer *out, Language language, const Edition *edition, const Frame *frame); /* of its date */
void show_edition_json(Buffer *out, const Edition *edition, const Frame *frame);
void show_editions(Buffer *out, const Editions *list);
void show_editions_json(Buffer *out, const Editions *list);

#endif
