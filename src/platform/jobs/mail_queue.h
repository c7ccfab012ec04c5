// SPDX-License-Identifier: EUPL-1.2
/* The queue of letters that wait to leave: what the worker that sends (mailer.h) does in the store.
 *
 * One node at a time sends: it holds the job "mail" (job.h) with a lease, and renews it with each batch of letters that
 * it takes in hand. So letters that are in hand (state sending) while nobody holds the job were lost in hand: whoever
 * takes the job puts them off and marks them as ones that may have arrived. Of a letter the store knows, before the
 * mail server hears of it, that it is in hand; so none is forgotten, and where a node never comes back, with its
 * journal (mail_helper.h), at most one batch can go out twice.
 *
 * Sign-in letters go before all others, service letters before invitations.
 */
#ifndef WSPOLNIE_JOBS_MAIL_QUEUE_H
#define WSPOLNIE_JOBS_MAIL_QUEUE_H

#include "platform/jobs/job.h"
#include "platform/jobs/mail_reply.h"
#include "platform/jobs/outbox.h"

enum {
    MAIL_GIVE_UP_DAYS = 5,               /* of trying (RFC 5321, 4.5.4.1), or of waiting for a server */
    MAIL_FIRST_PAUSE_MS = 2 * 60 * 1000, /* to a letter's second try; then twice as long each time */
    MAIL_LONGEST_PAUSE_MS = 4 * 60 * 60 * 1000,
    MAIL_UNSURE_PAUSE_MS = 15 * 60 * 1000, /* of one that may have arrived */
};

typedef struct MailLetter {
    OutboxMessage message;
    Id id;
    int64_t written_ms, tries;
} MailLetter;

/* Whether anything is to be done now: cheap, for a reading transaction. */
bool mail_queue_has_work(Tx *tx);
/* Takes the job, wakes what was put off until now and puts off what was lost in hand. 0: not due, or another has it. */
int64_t mail_queue_begin(Tx *tx, const Job *job);
/* Gives the job back until then. */
void mail_queue_end(Tx *tx, const Job *job, int64_t taken, int64_t due_ms);

typedef struct MailBatch {
    MailLetter letters[MAIL_BATCH_MOST];
    size_t count;
} MailBatch;
/* Renews the job and takes the next letters in hand: most, MAIL_BATCH_MOST at most; none where none waits. False:
 * another has the job. */
bool mail_queue_next(Tx *tx, const Job *job, int64_t taken, size_t most, MailBatch *batch);
/* These were taken in hand and not begun: they are first in line again. */
void mail_queue_return(Tx *tx, const MailLetter *letters, size_t count);
/* What became of it. jitter: 0 … 1, so that not all come again at once. */
void mail_queue_record(Tx *tx, Id letter, Str to_address, int64_t tries, const MailReply *reply, double jitter);
/* At the start, with what the helper says of the letters that were in hand last. is_alone: no other program has
 * anything in hand. Where the job is still that of the program before, which is gone, it is free at once. */
void mail_queue_recover(Tx *tx, const Job *job, bool is_alone, const MailJournal *journal);
/* No letter can leave. */
void mail_queue_fails(Tx *tx, MailTrouble trouble);

#endif
