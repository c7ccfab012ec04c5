// SPDX-License-Identifier: EUPL-1.2
/* Inviting: somebody who acts for an organisation asks another person to act for it too, or to take over from them.
 *
 * Nothing is granted before the invited person presses "accept": by the address in the letter (or behind the card that
 * is handed over), or signed in, on their own page. Until then it can be declined, withdrawn by whoever acts for the
 * organisation, and it ends by itself after INVITATION_DAYS. It counts only while who invited still acts, and not after
 * the organisation was joined with another (joins.h). An address is of one letter: inviting again makes another, and
 * the earlier one opens nothing.
 *
 *     Str secret = random_secret_text(arena);
 *     Id id = invitation_add(tx, &(Invitation){.edition = …, .organisation = …, .person = …, …}, secret);
 *     if (invitation_find(tx, edition, secret, &found)) err = invitation_accept(tx, &found, is_theirs);
 *
 * Handing over: when it is accepted, the one who invited is the contact no more, and stops acting, in the same
 * transaction; so an organisation is never left with nobody.
 */
#ifndef WSPOLNIE_SIGNUPS_INVITING_H
#define WSPOLNIE_SIGNUPS_INVITING_H

#include "gathering/signups/signups.h"

enum { INVITATION_DAYS = 14, INVITED_A_DAY = 3, ACTING_MOST = 12 };
#define INVITATION_LASTS_MS ((int64_t)INVITATION_DAYS * 24 * 3600 * 1000)

typedef struct Invitation {
    Id edition, id, organisation, person, invited_by;
    bool hands_over;
    Str state; /* waiting accepted declined withdrawn */
    int64_t invited_ms, ends_ms, version;
} Invitation;
typedef struct Invitations {
    Invitation *all;
    size_t count;
} Invitations;

/* One that waits for the same person and organisation in the series is withdrawn by it. */
Id invitation_add(Tx *tx, const Invitation *invitation, Str secret);
/* The address of the answer, "/…": only the hash of its secret is kept. */
Str invitation_path(Arena *arena, const Edition *edition, Str secret);
bool invitation_find(Tx *tx, Id edition, Str secret, Invitation *found); /* whatever became of it */
bool invitation_get(Tx *tx, Id edition, Id id, Invitation *found);
/* Those that wait and have not ended: of an organisation in a series, and to a person. */
Invitations invitations_of(Tx *tx, Id organisation, Id series);
Invitations invitations_to(Tx *tx, Id person);
/* How many went to the person for this organisation since then. */
int64_t invitations_since(Tx *tx, Id organisation, Id person, int64_t since_ms);
/* Whether it can be answered now: it waits, has not ended, and who invited still acts for the organisation. */
bool invitation_is_open(Tx *tx, const Invitation *invitation);

/* is_theirs: whoever presses proved that the account is theirs, and did not only come by the letter, which can be
 * passed on. Else a contact who takes over is called by the e-mail the letter went to: what the account tells besides
 * is not for who reads the sign-up. ERR_CONFLICT: it is not open any more, or too many act already (ERR_LIMIT); nothing
 * is written. */
Err invitation_accept(Tx *tx, const Invitation *invitation, bool is_theirs);
/* False: it did not wait any more. */
bool invitation_end(Tx *tx, const Invitation *invitation, const char *state, Id by);

void invitations_expire(Tx *tx); /* those that ended some time ago go */

#endif
