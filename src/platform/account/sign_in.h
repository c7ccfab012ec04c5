// SPDX-License-Identifier: EUPL-1.2
/* Ways in, as rules: mailed links with codes, cards, the first set-up. The pages are in pages.c. */
#ifndef WSPOLNIE_ACCOUNT_SIGN_IN_H
#define WSPOLNIE_ACCOUNT_SIGN_IN_H

#include "platform/account/account.h"

enum {
    SIGN_IN_LASTS_MIN = 20,
    SIGN_IN_CODE_TRIES = 5, /* wrong codes before the mail must be asked for anew */
};

/* Mails a link and a code to email, if it is somebody's and they have not been sent too many (tries.h); tells nobody
 * whether it did. began: the secret of
 * the browser that asks, from its cookie. */
void sign_in_ask(Request *request, Str email, Str goes_to, Str began);

typedef struct SignIn {
    Id id, person;
    Str goes_to;
    bool began_here; /* opened in the browser that asked, or made for the terminal */
} SignIn;
/* False: unknown, used, or too old. */
bool sign_in_by_token(Request *request, Str token, Str began, SignIn *sign_in);
/* The code typed where one began. ERR_INPUT: wrong. ERR_LIMIT: too often. ERR_NOT_FOUND: nothing waits. Whoever typed
 * it is told the same of all three: for an address that is nobody's nothing ever waits. */
Err sign_in_by_code(Request *request, Str code, Str began, SignIn *sign_in);
/* Uses it up and begins the session. ERR_CONFLICT: somebody was faster. */
Err sign_in_use(Request *request, const SignIn *sign_in);

typedef struct Card {
    Id person, series, organisation; /* what it opens, as CardFor; series 0: all that the person may */
    Str name, goes_to;
} Card;
/* typed: with or without dashes and capital letters, as on the printed card. */
bool card_find(Request *request, Str typed, Card *card);
Err card_use(Request *request, Str typed);

bool setup_token_is_good(Request *request, Str token);
void setup_done(Request *request, Id owner);

#endif
