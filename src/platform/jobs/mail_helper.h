// SPDX-License-Identifier: EUPL-1.2
/* Mail helper: the process that talks to the mail server, so that the one that serves resolves no name and waits for no
 * network. It is started before any thread, by a fork; a second process above it starts it anew should it crash.
 *
 * It outlives the program by the letter that is on its way: killed in between (kill -9, out of memory), the program
 * finds at its next start what became of each letter it had in hand. For this the helper writes the number of a letter
 * into a journal before it begins, and the outcome in the same place, on disk, before it tells anybody: a file of a
 * record for each letter of a batch, begun anew with the next batch, when the store knows of all of them. Only who
 * holds the lock of the journal sends, so that a new helper waits for the old one; and where two programs share a data
 * folder (two nodes of a server on one machine), one sends and the other stands by.
 *
 *     MailHelper *helper = mail_helper_start(arena, &settings, "data/mail.journal");
 *     …threads…
 *     mail_helper_last(helper, &journal);                    // waits for it
 *     mail_helper_begin(helper, taken, &reply);              // before any letter is taken in hand
 *     mail_helper_send(helper, &(MailOrder){id, taken, .is_first = true, …}, &reply);
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
MailHello mail_helper_last(MailHelper *helper, int most_ms, MailJournal *journal);

typedef struct MailOrder {
    Id id;
    int64_t taken; /* by which taking of the job (job.h) it is sent */
    bool is_first; /* of a batch: what the journal says of letters before is in the store */
    const char *ehlo, *to;
    Str letter;
} MailOrder;
/* Waits for what comes of it, by one thread at a time. At most MAIL_BATCH_MOST without one that is the first. */
void mail_helper_send(MailHelper *helper, const MailOrder *given, MailReply *reply);
/* Says in the journal that letters will be taken in hand, and that none is begun: then what of them was not begun when
 * the program ended is known for certain. False: it cannot be written, as reply says. */
bool mail_helper_begin(MailHelper *helper, int64_t taken, MailReply *reply);
/* From any thread: who waits in one of the two is answered at once, and nothing is sent any more. The helper ends when
 * it is done with the letter in hand. */
void mail_helper_hang_up(MailHelper *helper);

#endif
