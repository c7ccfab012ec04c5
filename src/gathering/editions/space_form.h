// SPDX-License-Identifier: EUPL-1.2
/* The form of a room: all of it for coordinators (things.h), and what its host says of it (host.h, space_asked). */
#ifndef WSPOLNIE_EDITIONS_SPACE_FORM_H
#define WSPOLNIE_EDITIONS_SPACE_FORM_H

#include "gathering/editions/internal.h"

typedef struct SpaceForm {
    Str venue, version;
    Space space; /* its id, venue and version are not looked at */
} SpaceForm;

/* As of a Thing. */
bool space_form_load(Request *request, Id id, void *values);
Err space_form_save(Request *request, Form *form, Id id, const void *values);

#endif
