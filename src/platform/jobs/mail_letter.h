// SPDX-License-Identifier: EUPL-1.2
/* A letter of the outbox as it travels (format/mime.h). */
#ifndef WSPOLNIE_JOBS_MAIL_LETTER_H
#define WSPOLNIE_JOBS_MAIL_LETTER_H

#include "platform/jobs/mail_queue.h"
#include "platform/jobs/mail_settings.h"

/* "spotkanie.example" of "https://spotkanie.example:8443"; "localhost" where the address has no name. */
Str mail_host_of(Arena *arena, Str base_url);
/* Its Message-ID is its number in the outbox at that host, the same each time it is sent. The address it goes to is one
 * (mime_is_address). */
Str mail_letter_write(Arena *arena, const MailSettings *settings, Str host, const MailLetter *letter);
/* The same for somebody's own mail program (".eml"), which opens it as a letter that is yet to be sent. It is from who
 * reads the answers, where that is known, else from whoever opens it; to nobody yet where what stands there is no
 * address. */
Str mail_letter_draft(Arena *arena, const OutboxToHand *letter);

#endif
