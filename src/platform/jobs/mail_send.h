// SPDX-License-Identifier: EUPL-1.2
/* Hands letters to the mail server by SMTP (libcurl), one after the other over one connection. It resolves names and
 * waits for the network: only the helper process uses it (mail_helper.h).
 */
#ifndef WSPOLNIE_JOBS_MAIL_SEND_H
#define WSPOLNIE_JOBS_MAIL_SEND_H

#include "platform/jobs/mail_reply.h"
#include "platform/jobs/mail_settings.h"

typedef struct MailSender MailSender;

/* settings stay the caller's, for as long. NULL: no memory. */
MailSender *mail_sender_open(const MailSettings *settings);
void mail_sender_close(MailSender *sender);

/* to and ehlo (how we are called) end in NUL; letter as mime_write wrote it. */
void mail_sender_send(MailSender *sender, const char *ehlo, const char *to, Str letter, MailReply *reply);

#endif
