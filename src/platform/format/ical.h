// SPDX-License-Identifier: EUPL-1.2
/* Writing calendars (iCalendar, RFC 5545; with the names of RFC 7986).
 *
 *     Ical ical = ical_begin(&out, STR("Wspólnie do celu III"), STR("Europe/Warsaw"));
 *     ical_add(&ical, &(IcalEvent){.uid = STR("0f3…@wspolnie"), .changed_ms = now, .starts_ms = …, .ends_ms = …,
 *                                  .summary = STR("Otwarcie"), .location = STR("ul. Przykładowa 56")});
 *     ical_end(&ical);
 *
 * Times are written in UTC, which every calendar shows in its reader's zone; the zone's name goes along
 * for those that ask. Lines are folded at 75 bytes, never inside a character. The same uid is the same
 * event for whoever subscribed: a changed time moves it.
 */
#ifndef WSPOLNIE_FORMAT_ICAL_H
#define WSPOLNIE_FORMAT_ICAL_H

#include "platform/base/buffer.h"

enum { ICAL_LINE_BYTES = 75 };

typedef struct Ical {
    Buffer *out;
    Str organizer; /* of a letter's */
    Str organizer_name;
    bool is_cancelled;
} Ical;

typedef struct IcalEvent {
    Str uid;                    /* not empty; the same for the same thing, for ever */
    int64_t changed_ms;         /* when it was last published */
    int64_t sequence;           /* grows with each publication */
    int64_t starts_ms, ends_ms; /* ends_ms not before starts_ms */
    bool is_whole_day;          /* the times are midnights as if the zone were UTC, the end the first day behind it */
    Str summary;
    Str description, location, url; /* empty or absent: left out */
} IcalEvent;

/* zone: the name of the time zone it is held in, or empty. */
Ical ical_begin(Buffer *out, Str name, Str zone);

/* A calendar that goes with a letter (iTIP, RFC 5546, and RFC 6047): mail programs offer to take the event over, to
 * move it where it stands already, or, cancelled, to take it out again. organizer: an e-mail; without it, which iTIP
 * asks for, it is a calendar like any other. */
typedef struct IcalLetter {
    Str organizer, organizer_name;
    bool is_cancelled;
} IcalLetter;
Ical ical_begin_letter(Buffer *out, const IcalLetter *letter);
void ical_add(Ical *ical, const IcalEvent *event);
void ical_end(Ical *ical);

#endif
