// SPDX-License-Identifier: EUPL-1.2
/* Settings of mail: which server sends, and as whom.
 *
 *     smtp://poczta%40zaulek.example:password@smtp.zaulek.example:587     STARTTLS, port 587 where none is given
 *     smtps://…                                                           TLS from the start, port 465
 *
 * The connection is always encrypted and the server's certificate checked; there is no setting against that.
 */
#ifndef WSPOLNIE_JOBS_MAIL_SETTINGS_H
#define WSPOLNIE_JOBS_MAIL_SETTINGS_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

typedef struct MailSettings {
    const char *url;             /* "smtp://host:587", without name and password; NULL: no mail is sent */
    const char *user, *password; /* NULL: without */
    const char *ca_file;         /* certificates that are trusted; NULL: those of the system */
    Str from_name, from_address; /* of the installation */
    int64_t timeout_s;           /* of one letter, from the connection to the server's last word */
} MailSettings;

enum { MAIL_TIMEOUT_S = 180, MAIL_TIMEOUT_LEAST_S = 2, MAIL_TIMEOUT_MOST_S = 900 };

/* As they were typed; what is absent was not given. */
typedef struct MailTyped {
    Str smtp, password_file, ca_file, from;
    int64_t timeout_s;
} MailTyped;

/* Fails the arena with ERR_INPUT and one sentence, which never holds the password. */
MailSettings mail_settings_read(Arena *arena, const MailTyped *typed);

#endif
