// SPDX-License-Identifier: EUPL-1.2
/* Refused: the page that shows a form again, with what is wrong in it, kept for minutes so that it has an address.
 *
 * It is the answer of a POST. Answered at once it would stand in the browser's history as that POST: whoever puts the
 * form right and later goes Back would be asked to send the wrong form again (in Chrome an error, ERR_CACHE_MISS). So a
 * browser is led, by a 303, to the page that the form stood on, with `refused=KEY` behind its address, and gets there
 * what it would have got, under the same status. In its history there are only pages it can open again.
 *
 * What was typed is never in an address. It is in memory alone, for REFUSED_LASTS_MS, and is shown to who has the key,
 * asks for the same page and sends the same cookies: after signing out nobody reads it. Where there is no room, or the
 * page is large, or nobody can say where the form stood, the answer is given at once, as to programs that ask for no
 * HTML, and as everywhere on a store that other nodes serve too (the redirect might lead to one of them): nothing typed
 * is ever lost to this. What was kept and is gone leads to the plain page.
 */
#ifndef WSPOLNIE_HTTP_REFUSED_H
#define WSPOLNIE_HTTP_REFUSED_H

#include "platform/base/arena.h"
#include "platform/base/random.h"

enum {
    REFUSED_LASTS_MS = 10 * 60 * 1000,
    REFUSED_FRESH_MS = 30 * 1000, /* so long one is not dropped for others: it was not looked at yet, perhaps */
    REFUSED_MOST = 1024,
    REFUSED_PAGE_BYTES = 256 * 1024, /* of one; of all: */
    REFUSED_BYTES = 16 * 1024 * 1024,
};

typedef struct Refusals Refusals;
Refusals *refusals_open(void); /* NULL: no memory */
void refusals_close(Refusals *refusals);

typedef struct RefusedPage {
    Str path, body;
    uint64_t reader; /* a hash of the cookies it was made for */
    int status;
} RefusedPage;
/* False: there is no room. key: text of RANDOM_SECRET_TEXT_SIZE. Any thread. */
bool refusals_keep(Refusals *refusals, const RefusedPage *page, Str key, int64_t now_ms);
void refusals_drop_old(Refusals *refusals, int64_t now_ms);
/* The body copied into arena. False: there is none for this path and reader, or not any more. */
bool refusals_find(Refusals *refusals, Arena *arena, Str key, RefusedPage *page, int64_t now_ms);

#endif
