// SPDX-License-Identifier: EUPL-1.2
/* Once-key: the mark of one form as it was shown to one reader. Sent twice, it acts once.
 *
 * Its text is nine letters of the moment it was made (base32 of milliseconds since 1970, enough
 * until 3084) and a secret of 128 bits. The time leads so that keys of one moment stand side by
 * side where they are stored: a group of changes then touches one page of that table, not one page
 * each. It is made when a page first asks for it; a page that never did may be kept in the cache.
 */
#ifndef WSPOLNIE_HTTP_ONCE_KEY_H
#define WSPOLNIE_HTTP_ONCE_KEY_H

#include "platform/base/arena.h"
#include "platform/base/random.h"

enum { ONCE_KEY_TIME_SIZE = 9, ONCE_KEY_SIZE = ONCE_KEY_TIME_SIZE + RANDOM_SECRET_TEXT_SIZE };

typedef struct OnceKey {
    int64_t now_ms; /* of the request */
    Str text;       /* absent until it is asked for */
} OnceKey;

/* The key's text, the same for every form of a page. In arena, which is the page's. */
Str once_key_text(OnceKey *key, Arena *arena);
/* Whether what was sent can be a once-key. */
bool once_key_is_whole(Str sent);

#endif
