// SPDX-License-Identifier: EUPL-1.2
/* Mailer: the worker that sends what waits in the outbox.
 *
 * It is a thread that takes some letters of the queue in hand (mail_queue.h), writes each (mail_letter.h), gives it to
 * the process that talks to the mail server (mail_helper.h), and says in the store what became of them in the same
 * transaction that takes the next: so many in a round, and rounds so far apart that no more leave in a minute than is
 * set, by all nodes together. Nothing of this is inside a transaction but what concerns the store.
 *
 *     sent      the mail server has it
 *     refused   it will not have it (5xx); where that was about the address, the address is marked
 *     later     it will not have it now (4xx): tried again after 2 minutes, 4, 8 … 4 hours, given up after 5 days
 *     unsure    the connection was lost behind the last dot: as later, and marked (mail_reply.h says why)
 *     stopped   the server is not reached or does not let us in: no letter's fault, the letter stays first in line;
 * tried again after 2 seconds, 4, 8 … 5 minutes; pages of coordinators say so meanwhile
 *
 * A letter's Message-ID is made of its number in the outbox and the host of the site's address: the same each time.
 *
 *     Mailer *mailer = mailer_open(&(MailerOptions){.store = store, .helper = helper, …});
 *     …
 *     mailer_close(mailer);   // before the store is closed
 */
#ifndef WSPOLNIE_JOBS_MAILER_H
#define WSPOLNIE_JOBS_MAILER_H

#include "platform/jobs/mail_helper.h"
#include "platform/jobs/mail_letter.h"

enum {
    MAIL_RATE_PER_MIN = 120,
    MAIL_RATE_MOST = 60000,
    MAIL_ROUND_MOST = 160,  /* letters in a round: the rate is kept from one to the next */
    MAIL_CLOSE_MS = 10000,  /* that closing waits for the letter that is on its way */
    MAIL_LEASE_MORE_S = 60, /* that the job's lease lasts longer than the longest letter */
};

typedef struct MailerOptions {
    Store *store;
    MailHelper *helper;
    const MailSettings *settings;
    const Clock *clock;
    Str host;             /* mail_host_of the site's address */
    int64_t rate_per_min; /* 0: MAIL_RATE_PER_MIN */
    bool is_alone;        /* no other program serves the store */
} MailerOptions;

typedef struct Mailer Mailer;

/* What the options point to stays the caller's. NULL: no memory or no thread. */
Mailer *mailer_open(const MailerOptions *options);
/* Waits for the letter in hand, MAIL_CLOSE_MS at most: what becomes of it then is found at the next start. NULL is
 * allowed. */
void mailer_close(Mailer *mailer);

#endif
