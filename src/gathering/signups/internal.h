// SPDX-License-Identifier: EUPL-1.2
/* What the pages of this room share: their handlers, for the one table of routes in room.c. */
#ifndef WSPOLNIE_SIGNUPS_INTERNAL_H
#define WSPOLNIE_SIGNUPS_INTERNAL_H

#include "gathering/signups/signups.h"
#include "signups_pages.h" /* ListingPart */

/* How long a sheet waits to be confirmed. */
static const int64_t IMPORT_SHEET_LASTS_MS = INT64_C(30) * 24 * 3600 * 1000;

/* form_pages.c: the public form. */
Err form_start_page(Request *request);
Err form_start(Request *request);
Err form_step_page(Request *request);
bool form_step_prepares(const Request *request);
Err form_step_prepare(Request *request);
Err form_step(Request *request);
/* my_pages.c: the organisation's own. */
Err my_signup_page(Request *request);
Err my_signup_save(Request *request);
Err my_withdraw_page(Request *request);
Err my_withdraw(Request *request);
Err my_renew(Request *request);
/* listing_pages.c: being named in public. */
Err my_listing_page(Request *request);
Err my_listing_answer(Request *request);
Err staff_listing_save(Request *request);
typedef struct ListingForm {
    Str channel;
} ListingForm;
Form *listing_form_open(Request *request, ListingForm *values);
/* How a coordinator may have been told: phone paper mail spoken. */
FormOptions listing_channels(Request *request, void *context);
const char *listing_channel(Arena *arena, Str channel); /* one of these, as it is kept */
ListingPart listing_part(Request *request, const Signup *signup, const Form *form, Str action);
/* staff_list.c, staff_pages.c: the coordinators'. */
Err staff_list_page(Request *request);
Err staff_list_act(Request *request);
Err staff_export(Request *request);
Err staff_signup_page(Request *request);
Err staff_signup_save(Request *request);
Err staff_signup_decide(Request *request);
Err staff_signup_join(Request *request);
Err staff_others_end(Request *request);
Str staff_signup_path(Request *request, Id signup, const char *rest);
/* The page of one; listing: the form on being named, as it was typed, or NULL. */
Err staff_signup_show(Request *request, const Signup *signup, const Form *listing);
Err staff_add_page(Request *request);
Err staff_add(Request *request);
/* card_pages.c: a way in to hand over. */
Err staff_card_page(Request *request);
Err staff_card_prepare(Request *request);
Err staff_card_make(Request *request);
/* figures.c, guest_pages.c: what is counted, and those who need not sign up. */
Err figures_page(Request *request);
Err guests_page(Request *request);
Err guest_page(Request *request);
Err guest_save(Request *request);
Err guest_remove_one(Request *request);
/* import_pages.c: sheets. */
Err import_start_page(Request *request);
Err import_upload_prepare(Request *request);
Err import_upload(Request *request);
Err import_preview_page(Request *request);
Err import_confirm_prepare(Request *request);
Err import_confirm(Request *request);
Err import_discard(Request *request);
/* directory.c: what everybody sees. */
Err directory_page(Request *request);
/* commands.c */
enum { SIGNUPS_COMMANDS = 7 };
extern const Command signups_commands[SIGNUPS_COMMANDS];

#define CARD_LASTS_MS ((int64_t)400 * 24 * 3600 * 1000) /* until after the next edition */

Str signups_said(const Request *request, Msg msg); /* in the reader's language */
const char *signup_state_tone(SignupState state);  /* class of its tag: "good" */
Str signups_count_words(const Request *request, int64_t organisations, int64_t first_time);

#endif
