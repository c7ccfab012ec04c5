// SPDX-License-Identifier: EUPL-1.2
/* Outbox: mail that waits to be sent.
 *
 * A rule that tells somebody something adds a message in the transaction that does the
 * thing, so that neither happens without the other. Sending is a worker's business (mailer.h);
 * with no SMTP server set, coordinators read waiting messages on a page, except sign-in
 * messages, which only the terminal prints (printer.h), and only while listening on loopback.
 */
#ifndef WSPOLNIE_JOBS_OUTBOX_H
#define WSPOLNIE_JOBS_OUTBOX_H

#include "platform/i18n/i18n.h"
#include "platform/store/query.h"
#include "platform/store/store.h"

typedef enum OutboxKind { OUTBOX_SIGN_IN, OUTBOX_SERVICE, OUTBOX_INVITATION } OutboxKind;

typedef struct OutboxMessage {
    OutboxKind kind;
    Id edition, person; /* 0: none */
    Id mailing;         /* the letter to many that it is one of; 0: none */
    Str to_address, to_name;
    Language language;
    Str subject, body;  /* plain text */
    int64_t expires_ms; /* 0: never; it is not sent after that */
    Str from_name;      /* whose letter it is; absent: the installation's */
    Str reply_to;       /* the address of who reads answers; absent: that which it is sent from */
    Str calendar;       /* goes along where a date is concerned (format/ical.h); or absent */
    Str unsubscribe;    /* of an invitation: the whole address that ends them with one POST (RFC 8058) */
} OutboxMessage;

/* Where there is a word that letters do not reach the address, it is held until that is put right; a sign-in letter is
 * tried all the same. */
Id outbox_add(Tx *tx, const OutboxMessage *message);

/* A letter about something that may be changed again in a minute: it waits OUTBOX_SETTLES_MS before it leaves, and one
 * with the same `about` and address that has not been tried yet is replaced by it, and waits anew, OUTBOX_SETTLED_MS
 * from its first at most. So whoever corrects an answer sends one letter, and the one that is right. One that may have
 * arrived (its number is known to mailboxes then) is not sent again, and the new one is a letter of its own. */
enum { OUTBOX_SETTLES_MS = 5 * 60 * 1000, OUTBOX_SETTLED_MS = 20 * 60 * 1000 };
Id outbox_add_settling(Tx *tx, const OutboxMessage *message, Str about);
/* What it would tell is no longer so: those that have not been tried yet go. */
void outbox_take_back(Tx *tx, Str about);

/* A message as a page shows it. */
typedef struct OutboxEntry {
    Id id;
    Str to_address, to_name, subject, body;
    /* waiting, sending, later, sent, refused, given_up, shown, failed (schema/0015_mail.sql says more), handed_on,
     * came_back, held (0021) */
    Str state;
    int64_t created_ms;
    OptionalInt sent_ms, tried_ms, due_ms, unsure_ms; /* unsure: the server's last word was lost, it may have arrived */
    int64_t tries;
    Str last_error; /* what the server said, in its own words; or absent */
    Id handed_by;   /* who handed it on; 0: nobody */
} OutboxEntry;
typedef struct OutboxEntries {
    OutboxEntry *entries;
    size_t count;
} OutboxEntries;
/* Newest first, without sign-in messages and without the words of each (body is absent); edition 0 means all. */
OutboxEntries outbox_list(Tx *tx, Id edition, size_t most);
/* The sign-in messages that wait, oldest first: for the terminal (printer.h). Nothing is printed inside a transaction.
 */
OutboxEntries outbox_waiting_sign_ins(Tx *tx, size_t most);
/* They were shown: no longer waiting, and what they said is forgotten. */
void outbox_sign_ins_shown(Tx *tx, OutboxEntries shown);
/* Service letters to the person since then, whatever became of them. */
int64_t outbox_written_to(Tx *tx, Id person, int64_t since_ms);
/* Whether it waits, and has not been tried yet: it may still be replaced (outbox_add_settling). */
bool outbox_is_settling(const OutboxEntry *entry);
/* The letters with this `about`, one for each address, the newest of each: what became of them. */
OutboxEntries outbox_about(Tx *tx, Str about);

/* ---- by hand ---------------------------------------------------------------------------------------------------- */

/* What waits in an edition for somebody who hands it on, the oldest first: with its words. */
typedef struct OutboxToHand {
    Id id;
    int64_t written_ms;
    OutboxMessage message;
} OutboxToHand;
typedef struct OutboxToHands {
    OutboxToHand *letters;
    size_t count;
} OutboxToHands;
OutboxToHands outbox_to_hand(Tx *tx, Id edition, size_t most);
/* A coordinator says that they have handed it on: no longer waiting. That is kept apart from what a mail server took.
 * False where there is no such message, or it is too late: it has ended or is being sent. */
bool outbox_hand_on(Tx *tx, Id edition, Id message, Id by);
/* A coordinator saw it come back: its address is marked, and what else waits for it is held. False where there is no
 * such letter, or it has not left. */
bool outbox_came_back(Tx *tx, Id edition, Id message, Id by);

bool outbox_get(Tx *tx, Id edition, Id message, OutboxEntry *entry);
/* A letter that was refused, given up or held, came back, or is put off, tries again at once; whoever says so holds its
 * address for right, so what is held for that goes too. False where there is no such letter, or what it said is no
 * longer kept. */
bool outbox_send_again(Tx *tx, Id edition, Id message);

/* ---- addresses that letters do not reach ------------------------------------------------------------------------- */

/* Whether a mail server refused that address for good, and has taken no letter for it since; or somebody saw letters
 * come back. */
bool outbox_is_refused(Tx *tx, Str address);
typedef struct OutboxRefusal {
    int64_t at_ms;
    Id by; /* who saw letters come back; 0: a mail server said so */
} OutboxRefusal;
bool outbox_refusal(Tx *tx, Str address, OutboxRefusal *refusal);
void outbox_refuse_by_hand(Tx *tx, Str address, Id by); /* what waits for it is held */
void outbox_accept(Tx *tx, Str address);                /* it is right after all: what was held for it waits to leave */
void outbox_forget_refusal(Tx *tx, Str address);        /* whose address it was is not kept any longer */
/* What is held for somebody in an edition goes to another address, whose is the right one; except letters with a way in
 * for whom they were written. How many. */
int64_t outbox_redirect(Tx *tx, Id edition, Id from, Id to, Str address, Str name);

/* How it goes with what sends. */
typedef struct MailHealth {
    OptionalInt sent_ms;    /* when a letter left last */
    OptionalInt failing_ms; /* since when none can leave; not given: it goes well */
    OptionalInt waiting_ms; /* since when the letter that is first in line has waited; not given: none waits */
    Str trouble, reply;     /* what is in the way (mail_reply.h), and what was said */
} MailHealth;
MailHealth outbox_health(Tx *tx);

/* The letters to somebody, newest first, with their words; edition: 0 where there is none. editions NULL: all, else
 * those of these editions alone. */
typedef struct OutboxLetter {
    OutboxEntry entry;
    Id edition;
    Str unsubscribe; /* of an invitation: the address that ends them */
    Str calendar;    /* the day that goes along; or empty */
} OutboxLetter;
typedef struct OutboxLetters {
    OutboxLetter *letters;
    size_t count;
} OutboxLetters;
OutboxLetters outbox_to(Tx *tx, Id person, const Id *editions, size_t count, size_t most);
/* Removes to whom the letters to somebody went and what they said; those that wait go, and are not sent. editions
 * NULL: all of them, else those of these editions alone. The other rows stay, for what counts letters. */
void outbox_erase_to(Tx *tx, Id person, const Id *editions, size_t count);
/* Of letters that left OUTBOX_KEPT_DAYS ago, or could not leave in that time, removes to whom they went and what they
 * said, of OUTBOX_AT_ONCE at most; how many. The row stays, for what counts letters: an entry's texts but its subject
 * are empty then. Nothing is left to do when the transaction has changed nothing. */
enum { OUTBOX_KEPT_DAYS = 90, OUTBOX_AT_ONCE = 500 };
int64_t outbox_expire(Tx *tx);

#endif
