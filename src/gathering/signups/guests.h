// SPDX-License-Identifier: EUPL-1.2
/* Guests: an artist, the press, the city. They need no organisation, do not sign up, and are counted apart from those
 * who do. Coordinators keep their list; an item of the programme can be a guest's.
 */
#ifndef WSPOLNIE_SIGNUPS_GUESTS_H
#define WSPOLNIE_SIGNUPS_GUESTS_H

#include "gathering/room.h"

enum { GUEST_PEOPLE_MOST = 999 };

typedef struct Guest {
    Id edition, id;
    Str kind; /* artist press city other */
    Str name, words;
    int64_t people;
    int64_t version;
} Guest;
typedef struct Guests {
    Guest *guests;
    size_t count;
} Guests;
Guests guests_of(Tx *tx, Id edition); /* as they were added */
bool guest_get(Tx *tx, Id edition, Id id, Guest *found);
Str guest_kind_words(Arena *arena, Language language, Str kind);

Id guest_add(Tx *tx, const Guest *guest, Id by); /* version is not looked at */
/* ERR_CONFLICT: version is not the stored one. ERR_NOT_FOUND. */
Err guest_update(Tx *tx, const Guest *guest, Id by);
Err guest_remove(Tx *tx, const Guest *guest, Id by);

enum { SIGNUPS_COPY_PART_COUNT = 2 };
extern const CopyPart signups_copy_parts[SIGNUPS_COPY_PART_COUNT];

#endif
