// SPDX-License-Identifier: EUPL-1.2
/* What the files of account's pages share. */
#ifndef WSPOLNIE_ACCOUNT_PAGES_H
#define WSPOLNIE_ACCOUNT_PAGES_H

#include "account_pages.h"
#include "platform/account/account.h"
#include "platform/page/form.h"
#include "platform/page/respond.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

Str account_said(const Request *request, Msg msg); /* in the reader's language */
PlainLayout account_layout(Request *request, Str title, const Form *form);
/* Only a path of our own, never an address elsewhere: "/x", not "//x" or "/\x". */
Str account_own_path(Str to, Str otherwise);
/* "/sign-in/password?to=…": page with the place to go to afterwards; to absent: none. */
Str account_path_to(Request *request, const char *page, Str to);

/* password_pages.c */
extern const FormTable password_sign_in_asked; /* what its form asks (page/typed.h) */
Err password_sign_in_page(Request *request);
Err password_check(Request *request); /* slow: on a worker, before password_sign_in */
Err password_sign_in(Request *request);
Err password_page(Request *request);
Err password_prepare(Request *request); /* slow: before password_set */
Err password_set(Request *request);

#endif
