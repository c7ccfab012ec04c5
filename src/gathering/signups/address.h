// SPDX-License-Identifier: EUPL-1.2
/* An e-mail of a sign-up that letters do not reach, and what is done about it. */
#ifndef WSPOLNIE_SIGNUPS_ADDRESS_H
#define WSPOLNIE_SIGNUPS_ADDRESS_H

#include "gathering/signups/signups.h"

Str address_words(Request *request, const Signup *signup); /* why they do not; absent: nothing is known against it */
Err staff_address(Request *request);
/* Another contact has taken the place of one whose e-mail letters did not reach: what was held for that one goes to the
 * new e-mail, but for invitations, and for all of it where they are the contact of another sign-up there too. */
void address_changed(Tx *tx, const Signup *before, Id contact);

#endif
