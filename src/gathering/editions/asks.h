// SPDX-License-Identifier: EUPL-1.2
/* Asks: what was asked of the host, or what somebody asked for to take part, and the answer: yes, no or instead, in
 * words, with who gave it and when.
 *
 * Coordinators ask the host (kind host) about the whole gathering or about one thing: a space, an item of the
 * programme, a walk. The host answers on a page of their own (host.c). A refusal stands where it matters: at the thing
 * it is about (ask_notes), in the list, and in "what needs you today". What somebody needs to take part (kind access)
 * is asked in a sign-up; the answer is kept with the words it answers, so that other words are unanswered again.
 */
#ifndef WSPOLNIE_EDITIONS_ASKS_H
#define WSPOLNIE_EDITIONS_ASKS_H

#include "gathering/editions/editions.h"
#include "platform/page/conflict.h"

typedef struct Ask {
    Id id, subject; /* subject 0: the whole gathering */
    Str kind;       /* host access */
    Str words;
    int64_t asked_ms;
    Str answer; /* yes no instead; empty: none yet */
    Str answer_words, answer_name;
    OptionalInt answered_ms;
    OptionalInt seen_ms; /* when a coordinator said that they have read the answer */
    int64_t version;
} Ask;
typedef struct Asks {
    Ask *asks;
    size_t count;
} Asks;
Asks asks_of(Tx *tx, Id edition, const char *kind); /* as they were asked */
Asks asks_about(Tx *tx, Id edition, const char *kind, Id subject);
bool ask_get(Tx *tx, Id edition, Id id, Ask *ask);
Id ask_add(Tx *tx, Id edition, const char *kind, Id subject, Str words, Id by); /* subject 0: none */
/* Its words and what it is about; it is unanswered again. ERR_CONFLICT: version is not the stored one. */
Err ask_change(Tx *tx, Id edition, const Ask *ask, Id by);
/* words, answer, answer_words and answer_name of *ask. ERR_CONFLICT as above. */
Err ask_answer(Tx *tx, Id edition, const Ask *ask, Id by);
/* Of a sign-up that asked for something to take part: the words go, that it asked and was answered stays. */
void asks_erase(Tx *tx, Id edition, Id signup);
/* Under which answers somebody's name stands, of a host or a coordinator, and that it stands there no more (room.h). */
void asks_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data);
void asks_personal_erase(Tx *tx, const PersonalSubject *subject);
bool ask_is_refused(const Ask *ask); /* no, or something instead */
bool ask_is_news(const Ask *ask);    /* answered, and no coordinator has read it yet */
/* What the host answered until then is no news any more. */
void asks_see_answers(Tx *tx, Id edition, int64_t until_ms);

/* Writes to every host of the edition who has an e-mail what is asked and not answered yet, with the address of their
 * page: one letter, which waits a few minutes, so that ten things asked in a row are one letter and what is taken back
 * or answered meanwhile stands in none (outbox.h). begins: something was asked just now; else only a letter that still
 * waits is written anew. */
void asks_tell_host(Request *request, bool begins);
/* What became of it: "Letter to Anna Gospodarz: waits, leaves at 14:05"; one for each host. */
Str *asks_told_host(Request *request, size_t *count);

/* "No: there are two sockets. Anna Gospodarz, 20 April 2026"; where there is no answer yet, that. */
Str ask_answer_words(Arena *arena, Language language, const Zone *zone, const Ask *ask);
/* What the host was asked about a thing and answered, a sentence each. */
Str *ask_notes(Request *request, Id subject, size_t *count);
/* What of these the host will not do for a thing, or not so, as one text; absent: nothing. subject 0: for the whole. */
Str ask_refusals(Request *request, const Asks *asks, Id subject);
Str ask_new_path(Request *request, Id subject); /* where a coordinator asks the host about it */

/* The form of an answer: yes, no or instead; the last two say more. */
typedef struct AnswerForm {
    Str answer, words, version;
} AnswerForm;
extern const FormField answer_fields[];
extern const size_t answer_fields_count;
extern const FormTable answer_asked;
AnswerForm answer_form_of(Arena *arena, const Ask *ask);
/* Says at the form what is missing. */
void answer_form_check(Form *form, Request *request, const AnswerForm *values);
Str answerer_name(Request *request); /* who answers, as it is kept: never an address; may be empty */

#endif
