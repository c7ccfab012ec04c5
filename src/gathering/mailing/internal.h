// SPDX-License-Identifier: EUPL-1.2
/* What the files of this room share. */
#ifndef WSPOLNIE_MAILING_INTERNAL_H
#define WSPOLNIE_MAILING_INTERNAL_H

#include "gathering/mailing/mailing.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"
#include "platform/page/conflict.h"
#include "platform/page/typed.h"

#define INVITED "invited:" /* begins the names of audiences that are invited */

/* staff_pages.c */
Err mailings_page(Request *request);
Err mailing_page(Request *request);
Err mailing_save(Request *request);
Err mailing_remove_press(Request *request);
Err mailing_review_page(Request *request);
Err mailing_send_press(Request *request);
Err mailing_letter_page(Request *request);
Err mailing_print_page(Request *request);
extern const FormTable mailing_asked;

/* invitations.c */
Err my_invitations_page(Request *request);
Err my_invitations_save(Request *request);
Err invitations_end_page(Request *request);
Err invitations_end_press(Request *request);
void mailing_my_items(Request *request, MyItems *items);
bool invitations_sign_up_wording(Request *request, Str *wording);
void invitations_sign_up_agreed(Request *request);
void mailing_personal_erase(Tx *tx, const PersonalSubject *subject);
void mailing_people_forgotten(Tx *tx, const Id *people, size_t count);

Str mailing_said(const Request *request, Msg msg);

#endif
