// SPDX-License-Identifier: EUPL-1.2
/* What came of handing a letter to the mail server.
 *
 * What is wrong with a letter and what is wrong with the server are two things: the first concerns one letter, the
 * second stops all of them, and says so. Between them lies the one case in which nobody knows: the connection was lost
 * behind the last dot, before the server's answer (RFC 5321, 4.5.3.2.6; RFC 1047). Such a letter may have arrived. It
 * is sent again all the same, after a while and under the same Message-ID, by which mailboxes know it for the same: a
 * letter that comes twice is a nuisance, one that never comes is somebody who did not know. Pages say which letters
 * those were.
 */
#ifndef WSPOLNIE_JOBS_MAIL_REPLY_H
#define WSPOLNIE_JOBS_MAIL_REPLY_H

#include "platform/base/id.h"

typedef enum MailOutcome {
    MAIL_TAKEN,       /* the server has it */
    MAIL_REFUSED,     /* not this letter, and not later either (5xx) */
    MAIL_BAD_ADDRESS, /* the same, because there is no such address */
    MAIL_PUT_OFF,     /* not now (4xx), or the connection was lost in the middle of it */
    MAIL_UNSURE,      /* the connection was lost behind the last dot */
    MAIL_STOPPED,     /* the server cannot be reached, or does not let us send: no letter's fault */
} MailOutcome;

/* What is in the way where it is stopped. */
typedef enum MailTrouble {
    MAIL_TROUBLE_NONE,
    MAIL_TROUBLE_NAME,        /* the server's name is not known */
    MAIL_TROUBLE_CONNECTION,  /* nobody answers, or the connection ends */
    MAIL_TROUBLE_TIME,        /* it takes too long */
    MAIL_TROUBLE_PLAIN,       /* it offers no encryption */
    MAIL_TROUBLE_CERTIFICATE, /* its certificate is not its own */
    MAIL_TROUBLE_SIGN_IN,     /* it does not take the name and password */
    MAIL_TROUBLE_SENDER,      /* it does not take the address letters are sent from */
    MAIL_TROUBLE_SERVER,      /* it says that it cannot */
    MAIL_TROUBLE_HELPER,      /* our own process that sends has ended */
    MAIL_TROUBLE_COUNT
} MailTrouble;

/* As the store keeps it: "certificate". */
const char *mail_trouble_name(MailTrouble trouble);

enum { MAIL_REPLY_BYTES = 400 };
typedef struct MailReply {
    MailOutcome outcome;
    MailTrouble trouble;
    int code;                    /* the server's last; 0: none */
    char text[MAIL_REPLY_BYTES]; /* what it said, or the library, as a line of ASCII; ends in NUL */
} MailReply;

/* What is known of the letters that were in hand last, before the program began: each that was begun, in order. */
enum { MAIL_BATCH_MOST = 16 /* letters in hand at once */ };
typedef struct MailLast {
    Id id;
    bool has_reply; /* else it was cut off in the middle, and may have arrived */
    MailReply reply;
} MailLast;
typedef struct MailJournal {
    int64_t taken; /* by which taking of the job they were sent (job.h); 0: nothing is known */
    MailLast letters[MAIL_BATCH_MOST];
    size_t count;
} MailJournal;

/* How far it had come. */
typedef enum MailStage {
    MAIL_AT_CONNECT, /* the greeting, EHLO and STARTTLS too */
    MAIL_AT_SIGN_IN,
    MAIL_AT_SENDER,
    MAIL_AT_ADDRESS,
    MAIL_AT_LETTER,
    MAIL_AT_DOT, /* the whole letter was handed over */
} MailStage;

/* What a failure means: the server's code where it was its last word, 0 where the connection was lost; text: what it
 * said, with its enhanced code (RFC 3463) if it has one. */
MailOutcome mail_outcome_of(MailStage stage, int code, Str text);

#endif
