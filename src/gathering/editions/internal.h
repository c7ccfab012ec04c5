// SPDX-License-Identifier: EUPL-1.2
/* What the files of this room share. */
#ifndef WSPOLNIE_EDITIONS_INTERNAL_H
#define WSPOLNIE_EDITIONS_INTERNAL_H

#include "editions_pages.h"
#include "gathering/editions/editions.h"
#include "platform/account/account.h"
#include "platform/page/conflict.h"

Err home_page(Request *request);
Err series_page(Request *request);
Err edition_page(Request *request);
Err edition_changes(Request *request); /* a stream (http/sse.h): which public parts have changed */
Err organisation_page(Request *request);

Err series_new_page(Request *request);
Err series_create(Request *request);
Err series_edit_page(Request *request);
Err series_change(Request *request);

Err edition_new_page(Request *request);
Err edition_create(Request *request);

Err next_page(Request *request);
Err next_make(Request *request);
Err from_last_page(Request *request);
Err from_last_take(Request *request);
Str edition_take_over_href(Request *request, const Edition *source); /* where that one's parts are taken over */

Err invite_page(Request *request);
Err poster_page(Request *request);

Err settings_page(Request *request);
Err settings_change(Request *request);
Err state_page(Request *request);
Err state_change(Request *request);
Err notice_page(Request *request);
Err notice_change(Request *request);
Err views_page(Request *request);
Err before_page(Request *request);
Err before_try(Request *request);
Err told_page(Request *request);
Err told_version_page(Request *request);
void told_versions(Request *request, NoticePage *page);
Err people_page(Request *request);
Err people_give(Request *request);
Err people_take(Request *request);
Err people_link_page(Request *request);
Err people_link_prepare(Request *request);
Err people_link_make(Request *request);
Err mail_page(Request *request);
Err message_page(Request *request);
Err message_passed_on(Request *request);
Err message_address(Request *request);
/* For the reader's own mail program: subject and body go along. */
Str mail_link(Arena *arena, Str address, Str subject, Str body);
Err hand_on_page(Request *request); /* hand_on.c */
Err hand_on_press(Request *request);
Err hand_on_zip(Request *request);

/* What their forms ask (page/typed.h). */
extern const FormTable state_asked, next_asked, from_last_asked, notice_asked, series_asked, helper_asked, report_asked;

Err mine_page(Request *request);
Err my_gathering_page(Request *request);
Err today_page(Request *request);
EditionFacts edition_facts(Request *request); /* when, where, who comes: of this edition, told by every room */
void editions_today_items(Request *request, TodayItems *items);

void my_items_sort(MyItems *items); /* by time; what has none last */
size_t my_items_next(const MyItems *items,
                     int64_t now_ms); /* of sorted ones the first not over (room.h: is_everybodys); their count: none */
void today_items_sort(TodayItems *items);

/* A line of a list of editions. */
EditionRowPart edition_row(Request *request, const Edition *edition);
Str edition_state_words(Arena *arena, Language language, EditionState state);
/* The same, and "today" on the day itself; not for pages that are kept. */
Str edition_now_words(Request *request, const Edition *edition);
/* Whether the reader coordinates this series, which need not be the path's. */
bool reader_coordinates(const Request *request, Id series);
bool reader_owns(const Request *request); /* the installation */
/* organisation_page.c: whether the path's organisation has a sign-up in the path's edition that was accepted; or, where
 * accepted_only is not asked, one that may still be. */
bool organisation_takes_part(Request *request, bool accepted_only);

/* reported.c: what a reported figure counts. */
Str figure_subject_words(const Request *request, Str subject);
/* people.c: whether somebody has a role of staff in the path's series or edition. */
bool is_helper(Request *request, Id person);
/* Tells somebody that they were given a role in this edition, where to sign in. */
void tell_helper(Tx *tx, const Edition *edition, const Person *person, Str base_url);
/* letters.c: a letter in the organiser's name, whose answers they read. Returns the message. */
Id letter_of_edition(Tx *tx, const Edition *edition, const Person *person, Language language, Str subject, Str body);
/* What a role of helpers does: "door: checks people in". */
Str helping_role_words(const Request *request, Role role);

/* One sentence or two where letters wait that cannot leave, for the top of coordinators' pages; else absent. */
Str mail_alarm(Request *request);

/* own_texts.c */
void editions_texts(Request *request, TextSources *sources);

/* editions.c: every public page of it is made anew. */
void series_tell_changed(Tx *tx, Id series);

#endif
