// SPDX-License-Identifier: EUPL-1.2
/* Look: a series' own accent colour and languages.
 *
 * The accent colours what means "act": it is taken only where white letters on it, and it on our paper, have the
 * contrast that WCAG 2.2 asks of text (4.5), and is lightened for dark screens until it has it there too. It is served
 * as a sheet of its own, named by the colour: "/brand/b8460e.css" says the same for ever.
 */
#ifndef WSPOLNIE_EDITIONS_LOOK_H
#define WSPOLNIE_EDITIONS_LOOK_H

#include "gathering/editions/editions.h"

/* "#B8460E", "b8460e" → "b8460e". False: no colour. */
bool colour_parse(Arena *arena, Str typed, Str *colour);
/* Of two colours, by WCAG 2.2: 1 to 21. */
double colour_contrast(Str one, Str other);
bool accent_is_readable(Str colour);
Str accent_on_dark(Arena *arena,
                   Str colour); /* what dark screens, and the deep blue of the opening, show of a readable one */

Str accent_path(Arena *arena, const Series *series); /* of its sheet; absent where the series has no accent */
Err brand_sheet(Request *request);                   /* serves it */

/* Whether a series' pages come in this language; one that names none comes in all. */
bool series_speaks(const Series *series, Language language);

#endif
