// SPDX-License-Identifier: EUPL-1.2
/* Late: a coordinator's link with which one may sign up though sign-up is closed: once, or as often as wanted until a
 * day. It opens the form and nothing else; only its hash is kept. A sign-up begun with it can be sent while it works.
 *
 *     Str secret = random_secret_text(arena);                 // "/series/edition/sign-up?late=" + secret
 *     late_keep(tx, &(Late){.edition = edition, .is_single = true, .ends_ms = …, .made_by = person}, secret);
 *     Id late = late_find(tx, edition, secret);               // 0: it does not work
 */
#ifndef WSPOLNIE_SIGNUPS_LATE_H
#define WSPOLNIE_SIGNUPS_LATE_H

#include "platform/store/store.h"

enum { LATE_DAYS_MOST = 60 };

typedef struct Late {
    Id edition, made_by;
    bool is_single;
    int64_t ends_ms;
} Late;

void late_keep(Tx *tx, const Late *late, Str secret);
Id late_find(Tx *tx, Id edition, Str secret); /* absent: 0 */
bool late_is_open(Tx *tx, Id edition, Id late);
void late_use(Tx *tx, Id edition, Id late); /* a sign-up was sent by it */
void late_end(Tx *tx, Id edition, Id late, Id by);

#endif
