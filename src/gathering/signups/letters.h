// SPDX-License-Identifier: EUPL-1.2
/* Letters about a sign-up: the receipt, and what was decided. In the language of who gets them; nothing is
 * written where the contact has no e-mail. */
#ifndef WSPOLNIE_SIGNUPS_LETTERS_H
#define WSPOLNIE_SIGNUPS_LETTERS_H

#include "gathering/signups/signups.h"

/* from: the state it was in. Who was coming and does not come any more gets the day taken out of the calendar. */
void letter_of_decision(Tx *tx, const Signup *signup, SignupState from, const SignupDecision *decision);
/* address: a whole one to come back to. */
void letter_of_receipt(Tx *tx, const Signup *signup, Str address);

/* Somebody who acts for the organisation (their name) invited the person to act for it too; address: a whole one, of
 * its pages. */
void letter_of_invitation(Tx *tx, const Signup *signup, Id person, Str inviting, Str address);

/* Asks whether they still come; address: of the page that takes one press. has_changed: because something is not as it
 * was when they were asked before. */
void letter_of_confirming(Tx *tx, const Signup *signup, bool has_changed, Str address);
/* What the sign-up says they need to take part was answered; address: of the page where the answer stands. Neither is
 * told in the letter: it is about somebody's health. */
void letter_of_access(Tx *tx, const Signup *signup, Str address);
/* A card was made for the contact by a coordinator; has_ended: an earlier one works no more. Without its address. */
void letter_of_card(Tx *tx, const Signup *signup, bool has_ended);

#endif
