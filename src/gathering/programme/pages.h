// SPDX-License-Identifier: EUPL-1.2
/* Between the files of this room that answer requests. */
#ifndef WSPOLNIE_PROGRAMME_PAGES_H
#define WSPOLNIE_PROGRAMME_PAGES_H

#include "gathering/editions/public_names.h"
#include "gathering/programme/programme.h"
#include "programme_pages.h"

/* ---- words of a running order (view.c) ------------------------------------------------------------ */

/* programme_public as everybody may read it: organisations that are not named in public (public_names.h) are called
 * "an organisation". What is shown outside starts here. */
bool programme_for_everybody(Request *request, Programme *programme);
void programme_hide_names(Request *request, Programme *programme);
NameToShow slot_name_to_show(const Slot *slot);

Str slot_title(Request *request, const Slot *slot);
/* "Fundacja Zielony Zaułek · 3 min · 14 people" */
Str slot_facts(Request *request, const Slot *slot);
/* The content's language where it is not the reader's, else absent. */
Str content_language(Request *request);
typedef enum SlotPlace {
    SLOT_ALONE,
    SLOT_PART,
    SLOT_INSIDE
} SlotPlace; /* a part of the day with items, or one of these */
SlotPart slot_part(Request *request, const Slot *slot, SlotPlace place);
/* A part of the day that is one item, in one line. */
SlotPart only_item_part(Request *request, const Slot *section, const Slot *item);
RecordedPart recorded_part(Request *request, const Slot *slot);
/* How many items stand in it; *only is one of them. */
size_t section_items(const Programme *programme, Id section, const Slot **only);
Str local_time(Arena *arena, const Edition *edition, int64_t ms);                      /* "14:40" */
Str local_hours(Arena *arena, const Edition *edition, int64_t from_ms, int64_t to_ms); /* "14:40–15:20" */
Str local_day(Arena *arena, Language language, const Edition *edition, int64_t ms);
int64_t slot_ends_ms(const Slot *slot);
Str reported_words(Request *request);            /* absent for an edition held with the program */
Str space_name_of(Tx *tx, Id edition, Id space); /* absent where it is not told */

/* ---- handlers ------------------------------------------------------------------------------------------ */

Err programme_page(Request *request);
Err programme_item_page(Request *request);
Err programme_calendar(Request *request);

Err staff_programme_page(Request *request);
Err staff_programme_arrange_prepare(Request *request);
Err staff_programme_arrange(Request *request);
Err staff_programme_talks(Request *request);
Err staff_item_move(Request *request);
Err staff_item_decide(Request *request);
Err staff_publish_page(Request *request);
Err staff_publish(Request *request);

Err staff_item_page(Request *request); /* also a new one */
Err staff_item_save(Request *request);
Err staff_item_remove(Request *request);

Err offer_page(Request *request);
Err offer_save(Request *request);
Err own_item_page(Request *request);
Err own_item_save(Request *request);
Str my_item_path(Request *request, Id item); /* where its organisation changes it */

/* ---- hooks ------------------------------------------------------------------------------------------------ */

void programme_edition_part(Request *request, PageOut *page);
void programme_my_items(Request *request, MyItems *my);
void programme_today_items(Request *request, TodayItems *today);
bool programme_uses_guest(Tx *tx, Id edition, Id guest);
void programme_organisation_joins(Tx *tx, const OrganisationJoin *join);
void programme_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data);
void programme_audiences(Tx *tx, Id edition, Language language, Audiences *audiences);
void programme_personal_erase(Tx *tx, const PersonalSubject *subject);

enum { PROGRAMME_COMMAND_COUNT = 9 };
extern const Command programme_commands[PROGRAMME_COMMAND_COUNT];

#endif
