// SPDX-License-Identifier: EUPL-1.2
/* What the pages of this room share. */
#ifndef WSPOLNIE_PRIVACY_INTERNAL_H
#define WSPOLNIE_PRIVACY_INTERNAL_H

#include "gathering/privacy/privacy.h"
#include "platform/page/form.h"
#include "privacy_pages.h"

Str privacy_said(const Request *request, Msg msg);
/* "3 maja 2026", in the zone of the gatherings. */
Str privacy_day(const Request *request, int64_t ms);

/* data_page.c: what is found, as a page; of somebody's own (found->series 0) or as coordinators see it. */
void data_page_fill(Request *request, const PersonalFound *found, MyDataPage *page);
/* Of a consent that speaks for an organisation, in the list of those who come or in a directory: whether they do. */
bool consent_speaks_for(Request *request, const ConsentGiven *consent);
void data_file(Request *request, const PersonalFound *found);

/* erase_page.c: the same question for who asks themselves and for who is asked. */
typedef struct EraseForm {
    bool is_sure;
} EraseForm;
extern const FormTable erase_own_asked, erase_for_asked;
Form *erase_form_open(Request *request, EraseForm *values, bool is_own);
Err erase_show(Request *request, const PersonalFound *found, const Form *form, MyErasePage *page);

/* my_pages.c: /me/data. */
extern const FormTable correct_asked;
Err my_data_page(Request *request);
Err my_data_export(Request *request);
Err my_correct_page(Request *request);
Err my_correct(Request *request);
Err my_erase_page(Request *request);
Err my_erase(Request *request);
Err my_erased_page(Request *request);
Err my_consent_withdraw(Request *request);
/* register.c, reads.c */
Err staff_privacy_page(Request *request);
Err staff_register_page(Request *request);
Err staff_register_sheet(Request *request);
Err reads_page(Request *request);
/* staff_pages.c: somebody asked by telephone. */
Err staff_data_page(Request *request);
Err staff_data_export(Request *request);
Err staff_erase_page(Request *request);
Err staff_erase(Request *request);
/* named_pages.c: the same for an address that may have no account. */
Err staff_find_page(Request *request);
Err staff_named_export(Request *request);
Err staff_named_erase_page(Request *request);
Err staff_named_erase(Request *request);

#endif
