// SPDX-License-Identifier: EUPL-1.2
/* Expiry: what is kept for a time only goes when its time is over.
 *
 * The schema says of each personal column how long it is kept (PERSONAL …). This is the broom that carries it out; a
 * test (tests/test_expiry.c) goes through all those marks and fails for one that nobody carries out:
 *
 *     audit_plus_90_days               the entry's detail goes, the fact stays           store_audit_expire
 *     sent_plus_90_days                a letter's address and words; that there was one  outbox_expire
 *     draft_plus_30_days               drafts of sign-ups, sheets nobody confirmed       the room's expire
 *     edition_end_plus_90_days         the column is emptied, in whatever table          rows_forget
 *     edition_end_plus_2_years         the same                                           rows_forget
 *     person_inactive_plus_2_years     name, e-mail, telephone; the row stays            account_forget_people
 *
 * A person is inactive who did nothing in two years (audit), has no session and no card that works, no role of staff,
 * and is the contact of no sign-up in an edition that was over less than two years ago (Room.people_needed).
 *
 * Sessions, sign-ins, once-keys, cards and counted tries have an end that their own rule knows. Readers ask for that
 * end too, so nothing is used after it. serve calls this twice a second; it works once a day, on one of the nodes that
 * serve the store (platform/jobs/job.h).
 *
 *     Expiry expiry = {.store = store, .house = &house};
 *     expiry_sweep(&expiry, clock_now_ms(clock));
 */
#ifndef WSPOLNIE_EXPIRY_H
#define WSPOLNIE_EXPIRY_H

#include "gathering/room.h"

enum {
    EXPIRY_EVERY_MS = 24 * 60 * 60 * 1000,
    EXPIRY_AGAIN_MS = 10 * 60 * 1000, /* after one that failed */
    EXPIRY_LEASE_MS = 15 * 60 * 1000, /* until another node may begin, when the one that swept is gone */
    EXPIRY_EDITION_DAYS = 90,
    EXPIRY_HISTORY_DAYS = 730, /* what helps to prepare the next edition */
    EXPIRY_PERSON_DAYS = 730,
};

typedef struct Expiry {
    Store *store;
    const House *house;
    int64_t failed_ms; /* when the store could not even be asked; 0: it could */
} Expiry;

/* Sweeps when a day has passed since it was done last, by whatever node, in pages of a transaction each, and logs how
 * many rows went and whose they were: counts, nothing of what they held. What fails is logged and tried again later.
 * Returns whether it swept. */
bool expiry_sweep(Expiry *expiry, int64_t now_ms);

#endif
