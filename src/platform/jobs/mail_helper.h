// SPDX-License-Identifier: EUPL-1.2
/* Mail helper: the process that talks to the mail server, so that the one that serves resolves no name and waits for no
 * network. It is started before any thread, by a fork; a second process above it starts it anew should it crash.
 *
 * It outlives the program by the letter in hand: killed in between (kill -9, out of memory), the program finds at its
 * next start what became of that letter. For this the helper writes the number of the letter into a journal, a file of
 * one record, before it begins, and the outcome behind it, on disk, before it tells anybody. Only who holds the lock
 * of the journal sends, so that a new helper waits for the old one; and where two programs share a data folder (two
 * nodes of a server on one machine), one sends and the other stands by.
 *
 *     MailHelper *helper = mail_helper_start(arena, &settings, "data/mail.journal");
 *     …threads…
 *     mail_helper_last(helper, &last);                       // waits for it
 *     mail_helper_send(helper, id, taken, "spotkanie.example", "ola@zaulek.example", letter, &reply);
 */
#ifndef WSPOLNIE_JOBS_MAIL_HELPER_H
#define WSPOLNIE_JOBS_MAIL_HELPER_H

#include "platform/base/id.h"
#include "platform/jobs/mail_reply.h"
#include "platform/jobs/mail_settings.h"

typedef struct MailHelper MailHelper;

/* journal: a file in a folder that is there, or NULL: without. No thread may have been started. It lives as long as the
 * arena; the processes end by themselves when this one does. Fails the arena where the system gives no process. */
MailHelper *mail_helper_start(Arena *arena, const MailSettings *settings, const char *journal);

typedef enum MailHello { MAIL_HELLO, MAIL_HELLO_NOT_YET, MAIL_HELLO_GONE } MailHello;
/* Waits at most that long. NOT_YET: another helper with this journal is at work; GONE: the helper has ended. */
MailHello mail_helper_last(MailHelper *helper, int most_ms, MailLast *last);

/* Waits for what comes of it, by one thread at a time. taken: by which taking of the job (job.h) it is sent. */
void mail_helper_send(MailHelper *helper, Id id, int64_t taken, const char *ehlo, const char *to, Str letter,
                      MailReply *reply);
/* From any thread: who waits in one of the two is answered at once, and nothing is sent any more. The helper ends when
 * it is done with the letter in hand. */
void mail_helper_hang_up(MailHelper *helper);

#endif
