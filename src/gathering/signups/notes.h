// SPDX-License-Identifier: EUPL-1.2
/* Notes: what coordinators write down about a sign-up, each with who and when, and that somebody was rung; and who of
 * the team looks after it. A note is added and never overwritten, so that two who write at once lose nothing.
 *
 *     note_add(tx, &(NoteToAdd){.edition = …, .signup = …, .kind = NOTE_NOBODY_THERE, .author = who});
 *     if (charge_give(tx, edition, signup, seen, person)) …      // seen: who it was when the page was opened
 */
#ifndef WSPOLNIE_SIGNUPS_NOTES_H
#define WSPOLNIE_SIGNUPS_NOTES_H

#include "gathering/signups/signups.h"
#include "platform/account/account.h"
#include "signups_pages.h" /* NotesPart */

typedef enum NoteKind { NOTE_WORDS, NOTE_RUNG, NOTE_NOBODY_THERE, NOTE_KIND_COUNT } NoteKind;
typedef struct NoteToAdd {
    Id edition, signup, author; /* author 0: the command line */
    NoteKind kind;
    Str words; /* may be absent of a call */
} NoteToAdd;
void note_add(Tx *tx, const NoteToAdd *note);

/* person 0: nobody. ERR_CONFLICT: it is not before's any more. */
Err charge_give(Tx *tx, Id edition, Id signup, Id before, Id person, Id by);

/* Who may look after a sign-up of the path's series: its coordinators and the owners. */
typedef struct Team {
    Person *people;
    size_t count;
} Team;
Team team_of(Request *request);
Str team_name(const Request *request, const Team *team, Id person); /* empty: none of the team */

typedef struct NoteForm {
    Str note;
    Str person, before; /* who looks after it, and who did when the page was opened: an id, or "nobody" */
} NoteForm;
extern const FormTable note_asked;
/* For {include notes notes} on a sign-up's page: read only. */
NotesPart notes_part(Request *request, const Signup *signup);

/* A page of its own, where both are changed. */
Err staff_notes_page(Request *request);
Err staff_notes_save(Request *request);
Err staff_rung(Request *request);
Err calls_page(Request *request);
void calls_today(Request *request, const Signups *all, TodayItems *items);

#endif
