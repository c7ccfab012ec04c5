// SPDX-License-Identifier: EUPL-1.2
/* Letters about a sign-up: the receipt, and what was decided. In the language of who gets them; nothing is
 * written where the contact has no e-mail. */
#ifndef WSPOLNIE_SIGNUPS_LETTERS_H
#define WSPOLNIE_SIGNUPS_LETTERS_H

#include "gathering/editions/asks.h"
#include "gathering/signups/signups.h"

/* from: the state it was in. Who was coming and does not come any more gets the day taken out of the calendar. */
void letter_of_decision(Tx *tx, const Signup *signup, SignupState from, const SignupDecision *decision);
/* address: a whole one to come back to. */
void letter_of_receipt(Tx *tx, const Signup *signup, Str address);

/* Somebody who acts for the organisation (their name) asks the person to act for it too, or in their place; address: a
 * whole one, where they accept or decline until ends_ms. */
typedef struct ActingLetter {
    Id person;
    Str inviting, address;
    int64_t ends_ms;
    bool hands_over;
} ActingLetter;
void letter_of_invitation(Tx *tx, const Signup *signup, const ActingLetter *invitation);

/* Asks whether they still come; address: of the page that takes one press. has_changed: because something is not as it
 * was when they were asked before. */
void letter_of_confirming(Tx *tx, const Signup *signup, bool has_changed, Str address);
/* What they need to take part was answered. It waits a few minutes: an answer corrected meanwhile is one letter.
 * address: a whole one, of their pages. False: they have no e-mail, and are to be told otherwise. */
bool letter_of_access(Tx *tx, const Signup *signup, const Ask *answered, Str address);
/* What became of it: "Letter to Anna …: waits, leaves at 14:05"; absent: none was written. */
Str letter_of_access_told(Request *request, Id signup);
/* A card was made for the contact by a coordinator; has_ended: an earlier one works no more. Without its address. */
void letter_of_card(Tx *tx, const Signup *signup, bool has_ended);

#endif
