// SPDX-License-Identifier: EUPL-1.2
/* Public names: which organisations everybody may read the name of. One rule for every public page and file.
 *
 * An organisation is named in public when it agreed to that (is_listed, behind which stands a consent:
 * signups/listing.h), and, beside what stands in the programme, when it offered just that itself: the form of the offer
 * says that its name will stand there. Of all others everybody reads "an organisation".
 *
 * A page shows the same to all readers. Whoever may know a hidden name reads it beside, on the screen alone: who looks
 * after the series, who helps on the day, and who speaks for that organisation. So a public page that a coordinator
 * prints, or a calendar that they pass on, names nobody who did not agree.
 *
 *     PublicName name = public_name(request, &(NameToShow){.organisation = row->organisation, .name = row->name,
 *                                                          .is_listed = row->is_listed});
 *     part.who = name.name;
 *     part.hidden = hidden_name_part(&name);              // {include hidden_name slot.hidden} right behind it
 *
 * Consents change at any time, so pages ask anew each time they are made: their parts include PART_DIRECTORY.
 */
#ifndef WSPOLNIE_EDITIONS_PUBLIC_NAMES_H
#define WSPOLNIE_EDITIONS_PUBLIC_NAMES_H

#include "editions_pages.h" /* HiddenNamePart */
#include "gathering/editions/editions.h"

typedef struct NameToShow {
    Id organisation; /* 0: a guest, or how a performer is called: named as it stands */
    Str name;
    bool is_listed;
    bool is_offered; /* it offered what it stands beside */
} NameToShow;

bool name_is_public(const NameToShow *name);

typedef struct PublicName {
    Str name; /* what everybody reads */
    bool is_hidden;
    Str for_reader; /* the hidden name, for a reader who may know it; else absent */
} PublicName;
PublicName public_name(Request *request, const NameToShow *name);
HiddenNamePart hidden_name_part(const PublicName *name);

#endif
