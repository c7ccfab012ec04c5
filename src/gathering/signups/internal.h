// SPDX-License-Identifier: EUPL-1.2
/* What the pages of this room share: their handlers, for the one table of routes in room.c. */
#ifndef WSPOLNIE_SIGNUPS_INTERNAL_H
#define WSPOLNIE_SIGNUPS_INTERNAL_H

#include "gathering/signups/signups.h"
#include "signups_pages.h" /* ListingPart */

/* How long a sheet waits to be confirmed. */
static const int64_t IMPORT_SHEET_LASTS_MS = INT64_C(30) * 24 * 3600 * 1000;

/* What the forms of these pages ask (page/typed.h). */
extern const FormTable start_asked, step_asked, decide_asked, add_asked, guest_asked, many_asked, card_asked,
    late_asked, my_same_asked, listing_asked;

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
/* exchange_pages.c: what it looks for and can give, one by one. */
extern const FormTable own_exchange_asked;
Err exchanges_page(Request *request);
Err exchange_page(Request *request);
Err exchange_save(Request *request);
Err exchange_remove(Request *request);
/* "how many: 30 · until 11 June 2026"; empty where neither is told. */
Str exchange_detail_words(Arena *arena, Language language, const Exchange *exchange);
/* acting.c: who acts for the organisation. */
extern const FormTable invite_asked;
Err acting_page(Request *request);
Err acting_again(Request *request);
Err acting_withdraw(Request *request);
/* inviting_pages.c: the answer to an invitation. */
Err acting_answer_page(Request *request);
Err acting_answer(Request *request);
Err my_invitation_page(Request *request);
Err my_invitation_answer(Request *request);
void my_invitations(Request *request, MyItems *items); /* Room.mine_items */
bool acting_invite_prepares(const Request *request);
Err acting_invite_prepare(Request *request);
Err acting_invite(Request *request);
Err acting_contact(Request *request);
Err acting_end(Request *request);
/* listing_pages.c: being named in public. */
Err my_listing_page(Request *request);
Err my_listing_answer(Request *request);
Err staff_listing_save(Request *request);
typedef struct ListingForm {
    Str channel;
} ListingForm;
Form *listing_form_open(Request *request, ListingForm *values);
/* How a coordinator may have been told: phone paper mail spoken; and of many at once: import, too. */
FormOptions listing_channels(Request *request, void *context);
FormOptions listing_channels_of_many(Request *request, void *context);
const char *listing_channel(Arena *arena, Str channel); /* one of these, as it is kept */
ListingPart listing_part(Request *request, const Signup *signup, const Form *form, Str action);
/* staff_list.c, staff_many.c: the coordinators' list, and what is done with the ticked ones. */
enum { MANY_ROWS = 5000, MANY_FORM_FIELDS = MANY_ROWS + 16, MANY_FORM_BYTES = 64 * MANY_FORM_FIELDS };
typedef struct ManyForm {
    Str reason, channel;
} ManyForm;
/* More are to be accepted than there are places: what is said, and the button that does it all the same. */
typedef struct ManyBeyond {
    Str words, button;
    int64_t count;
} ManyBeyond;
Form *many_form_open(Request *request, ManyForm *values);
/* A tick names the row as it was seen, so that what changed meanwhile is not decided unseen. */
Str many_pick(Arena *arena, const Signup *signup);
Str many_done_words(Request *request); /* what has been done, on the page it led to; absent: nothing */
Err staff_list_show(Request *request, const Form *form, const ManyBeyond *beyond); /* beyond NULL: not asked */
Str staff_list_here(Request *request); /* the address of the list as the query has it */
/* "2 places are left", "3 more are accepted than there are places"; absent where they are not limited. */
Str staff_places_words(Request *request);
Err staff_list_page(Request *request);
Err staff_list_act(Request *request);
/* staff_pages.c */
Err staff_export(Request *request);
Err staff_signup_page(Request *request);
Err staff_signup_of(Request *request);
Err staff_signup_save(Request *request);
Err staff_signup_decide(Request *request);
Err staff_signup_join(Request *request);
Err staff_others_end(Request *request);
void staff_join_rooms(Request *request, const OrganisationJoin *join); /* each room takes its own over */
Str staff_signup_path(Request *request, Id signup, const char *rest);
bool signup_of_path(Request *request, Signup *signup); /* that the path names; false: there is none */
/* The page of one; listing: the form on being named, as it was typed, or NULL. */
Err staff_signup_edit_page(Request *request);
Err staff_signup_decline_page(Request *request);
Err staff_listing_page(Request *request);
Err staff_add_page(Request *request);
Err staff_add(Request *request);
/* same_pages.c: two sign-ups of one organisation. */
Err staff_same_page(Request *request);
Err staff_same_join(Request *request);
Str staff_same_href(Request *request, const Signup *one, const Signup *other); /* where both stand side by side */
/* duplicates_pages.c: organisations of the series that may be one. */
Err duplicates_page(Request *request);
/* joins_pages.c: two organisations joined into one, and two again. */
extern const FormTable join_asked;
Str staff_join_href(Request *request, Id one, Id other);
Err staff_join_page(Request *request);
Err staff_join(Request *request);
Err staff_joins_page(Request *request);
Err staff_unjoin(Request *request);
Err staff_apart(Request *request);
Err staff_ask_again(Request *request);
/* card_pages.c: a way in to hand over. */
Err staff_card_page(Request *request);
Err staff_card_prepare(Request *request);
Err staff_card_make(Request *request);
/* late_pages.c: links to sign up with after sign-up has closed. */
Err late_page(Request *request);
Err late_prepare(Request *request);
Err late_add(Request *request);
Err late_stop(Request *request);
/* confirm.c: whether they still come. */
Err confirming_page(Request *request);
Err confirming_ask(Request *request);
Err confirming_noted(Request *request);
Err my_confirm_page(Request *request);
Err my_confirm(Request *request);
bool confirm_is_asked(Tx *tx, Id edition, Id signup); /* and not answered yet */
/* my_same.c: as last time. */
Err my_same_page(Request *request);
Err my_same_send(Request *request);
bool my_same_is_offered(Request *request, Id organisation);
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
/* personal.c: the hooks of room.h. */
void signups_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data);
void signups_audiences(Tx *tx, Id edition, Language language, Audiences *audiences); /* audiences.c */
void signups_personal_erase(Tx *tx, const PersonalSubject *subject);
void signups_consent_withdrawn(Tx *tx, Str purpose, Id subject, Id edition, Id by);
/* commands.c */
enum { SIGNUPS_COMMANDS = 7 };
extern const Command signups_commands[SIGNUPS_COMMANDS];

#define CARD_LASTS_MS ((int64_t)400 * 24 * 3600 * 1000) /* until after the next edition */

Str signups_said(const Request *request, Msg msg); /* in the reader's language */
const char *signup_state_tone(SignupState state);  /* class of its tag: "good" */
Str signups_count_words(const Request *request, int64_t organisations, int64_t first_time);

#endif
