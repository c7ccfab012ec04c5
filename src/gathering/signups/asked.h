// SPDX-License-Identifier: EUPL-1.2
/* Asked: what an edition asks for of what every sign-up may tell. Name, contact, number of people and what they do are
 * always asked; the rest a coordinator can leave out. What is not asked any more is not lost: it stays as it was told.
 *
 *     if (signup_asks(tx, edition) & ASK_EXCHANGE) … the page with needs and offers …
 */
#ifndef WSPOLNIE_SIGNUPS_ASKED_H
#define WSPOLNIE_SIGNUPS_ASKED_H

#include "gathering/signups/signups.h"

enum {
    ASK_WORDS = 1 << 0,
    ASK_EXCHANGE = 1 << 1,
    ASK_ACCESS = 1 << 2,
    ASK_LEGAL_FORM = 1 << 3,
    ASK_WEBSITE = 1 << 4,
    ASK_DISTRICT = 1 << 5,
    ASK_NUMBERS = 1 << 6,
    ASK_REMARKS = 1 << 7,
    ASK_COUNT = 8,
    ASK_ALL = (1 << ASK_COUNT) - 1
};

unsigned signup_asks(Tx *tx, Id edition); /* ASK_… of what is asked */
void signup_set_asks(Tx *tx, Id edition, unsigned asks, Id by);
/* For the next edition: how many are left out; leaves out the same. */
int64_t signup_unasked_count(Tx *tx, Id edition);
void signup_unasked_copy(const EditionCopy *copy);
const char *signup_ask_name(unsigned bit); /* "exchange" */
Str signup_ask_words(Arena *arena, Language language, unsigned bit);
/* Those of these fields (edit.h, form_pages.c) that are asked; the others keep what stands in their values. */
FormTable signup_asked_fields(Arena *arena, const FormField *fields, size_t count, unsigned asks);

/* The consent that who sends a sign-up for themselves is asked for at its end, in the words of an upper room
 * (Room.sign_up_wording), which stand above the tick. Absent: it is not asked. Keeping it where it was ticked: what
 * nobody was asked is not kept. */
Str signup_consent_wording(Request *request);
/* The fields of a form with that tick behind them, where it is asked. */
FormTable signup_consent_fields(Request *request, FormTable asked, const FormField *tick);
void signup_consent_keep(Request *request);

#endif
