// SPDX-License-Identifier: EUPL-1.2
/* Tries: wrong passwords and codes, and sign-in messages asked for, counted so that guessing is slow, nobody is
 * flooded, and nobody is locked out.
 *
 * Each is counted where it came from and whose it was: for the account and the network it came from, and for the
 * account from wherever. After a few free ones each further one must wait, longer and longer up to a bound. A browser
 * in which the person has signed in before is counted by itself: strangers who guess or ask make it wait no more than
 * what it did itself, and no wait touches links that were sent, cards and one-time links. (After "Slow Down Online
 * Guessing Attacks with Device Cookies", OWASP.)
 *
 * Counted is the e-mail as typed, whether it is somebody's or nobody's, so that a wait tells nothing. The counts stand
 * in the store: they hold across restarts, and for all servers on it. A wrong one fades after a quarter of an hour; all
 * are gone a day after the last.
 *
 *     int64_t wait_ms = tries_wait_ms(request, TRY_PASSWORD, email);
 *     if (wait_ms) return refuse(request, wait_ms);
 *     if (fits) tries_end(request, TRY_PASSWORD, email);
 *     else tries_add(request, TRY_PASSWORD, email);
 *
 * Whoever must wait is refused whether it fits or not; asked again in the writing transaction, since others may have
 * tried in between.
 */
#ifndef WSPOLNIE_ACCOUNT_TRIES_H
#define WSPOLNIE_ACCOUNT_TRIES_H

#include "platform/http/request.h"

typedef enum TryKind {
    TRY_PASSWORD,
    TRY_CODE, /* of a mailed message: bounded across messages, each of which takes few by itself */
    TRY_MAIL, /* a message that was sent: whoever knows an address may ask for one */
} TryKind;

enum {
    TRIES_FREE = 5,         /* of one network, or of one known browser */
    TRIES_FREE_IN_ALL = 20, /* of one account, from all unknown browsers */
    TRIES_FREE_CODES = 30,  /* of one account: six messages' worth */
    TRIES_FIRST_WAIT_S = 5, /* after the free ones; doubled with each */
    TRIES_LONGEST_WAIT_S = 15 * 60,
    TRIES_LONGEST_WAIT_IN_ALL_S = 5 * 60, /* shorter, because strangers can bring it about */
    TRIES_FADE_S = 15 * 60,               /* one is forgiven in this time */
    TRIES_KEPT_S = 24 * 3600,
    BROWSER_KNOWN_DAYS = 365, /* since somebody last signed in with it */
};

/* How long this may not be tried yet; 0: now. Reads only. */
int64_t tries_wait_ms(Request *request, TryKind kind, Str email);
void tries_add(Request *request, TryKind kind, Str email); /* one more was wrong */
/* It was right: what this browser and network did is forgiven. */
void tries_end(Request *request, TryKind kind, Str email);

/* The browser's own secret, from its cookie; absent where it has none. */
Str browser_secret(const Request *request);
/* The same; made and sent as a cookie where there is none. */
Str browser_secret_ensure(Request *request);
/* Somebody has signed in with this browser; without a secret nothing is remembered. */
void browser_know(Request *request, Id person);

/* Removes tries and browsers that are past their time; how many. */
int64_t tries_expire(Tx *tx);

#endif
