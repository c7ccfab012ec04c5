// SPDX-License-Identifier: EUPL-1.2
/* Logo: the sign of a series, a picture that its coordinators upload.
 *
 * It is made fit by format/picture.h (PNG or JPEG, written anew from the parts that are needed; SVG is refused, because
 * it can hold programs), kept in the store, and served at "/logo/HASH.png", whose name is a hash of its bytes: it says
 * the same for ever. It stands in the head of the series' pages, on its posters and cards, with the series' name as its
 * words.
 */
#ifndef WSPOLNIE_EDITIONS_LOGO_H
#define WSPOLNIE_EDITIONS_LOGO_H

#include "gathering/editions/editions.h"
#include "platform/format/picture.h"

LogoPart logo_part(Arena *arena, const Series *series); /* series NULL, or without one: nothing */
/* Absent bytes: none from now on. ERR_CONFLICT: series->version is not the stored one. */
Err logo_set(Tx *tx, const Series *series, const Picture *picture);

/* Handlers. */
Err logo_file(Request *request);
Err logo_page(Request *request);
Err logo_prepare(Request *request);
Err logo_upload(Request *request);
Err logo_remove(Request *request);
extern const FormTable logo_asked;

#endif
