// SPDX-License-Identifier: EUPL-1.2
/* Things: the small lists of an edition's settings (parts of the day, venues, rooms, partners, reported figures), each
 * made, changed and removed by the same three handlers from one table (things.c). Whoever was second is shown both
 * (page/conflict.h): the fields of each end with FORM_VERSION, which load fills and begin leaves empty. */
#ifndef WSPOLNIE_EDITIONS_THINGS_H
#define WSPOLNIE_EDITIONS_THINGS_H

#include "gathering/editions/internal.h"

typedef struct Thing {
    const char *path; /* {things} of the address */
    const char *list; /* where its list stands, behind the edition's path */
    Msg new_heading, heading, remove;
    const FormField *fields;
    size_t fields_count;
    size_t values_size;
    /* values of a new one. */
    void (*begin)(Request *request, void *values);
    /* values of one there is; false: there is none. */
    bool (*load)(Request *request, Id id, void *values);
    /* id 0: a new one. What it refuses it says at the form. ERR_CONFLICT: the version is not the stored one. */
    Err (*save)(Request *request, Form *form, Id id, const void *values);
    /* False: something stands in it. */
    bool (*remove_one)(Request *request, Id id);
} Thing;

extern const Thing section_thing, venue_thing, space_thing, party_thing, figure_thing, ask_thing;

extern const FormTable thing_asked; /* of the thing that the path says */
Err thing_page(Request *request);
Err thing_save(Request *request);
Err thing_remove(Request *request);

Err frame_page(Request *request);
Err frame_take_proposed(Request *request);
Err places_page(Request *request);
Err reported_page(Request *request);
Err reported_change(Request *request);

#endif
