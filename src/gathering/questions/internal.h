// SPDX-License-Identifier: EUPL-1.2
/* What the files of this room share. */
#ifndef WSPOLNIE_QUESTIONS_INTERNAL_H
#define WSPOLNIE_QUESTIONS_INTERNAL_H

#include "gathering/questions/questions.h"

/* answers.c: all to one question, with their picks and files. */
void answers_drop_all(Tx *tx, Id edition, Id question);
/* Where answer_find looks for it; the array has room for one more. */
void answers_put(AnswerSheet *sheet, Answer answer);
/* said: "yes", "no", or the id of a choice, which is neither. NULL is no answer. */
bool answer_is(const Answer *answer, Str said);
Str yes_no_words(Arena *arena, Language reader, Str said);
/* The same file: what was chosen there by those of whom it is not asked. */
void picks_free_unasked(Tx *tx, const Question *question);
/* files.c: keeps the bytes of an answer's file; hash: 64 digits, of the content and whose answer it is. Nobody shares
 * them: answers to other questions come through other gates, at the same time. The second is called after the answer
 * does not name it any more, or still: then the bytes stay. */
typedef struct FileOf {
    Id edition, organisation, question;
} FileOf;
Str file_keep(Tx *tx, FileOf of, Str content);
void file_drop(Tx *tx, Id edition, Str hash);

/* my_pages.c: the organisation's own, and the same for coordinators who write down what they were told. */
Err my_questions_page(Request *request);
Err my_question_page(Request *request);
Err my_question_save(Request *request);
Err my_file(Request *request);
Err staff_answer_page(Request *request);
Err staff_answer_save(Request *request);
Err staff_file(Request *request);
extern const FormTable question_answer_asked;
void questions_my_items(Request *request, MyItems *items);
void questions_signup_part(Request *request, PageOut *page, Id organisation);
/* sheet.c: answers in a sheet, there and back. */
void questions_sheet_columns(Tx *tx, Id edition, Language language, SheetColumns *columns);
void questions_sheet_questions(Tx *tx, Id edition, Language language, SheetQuestions *questions);
void questions_sheet_answers(Tx *tx, const SheetQuestions *questions, SheetRow *row);
/* groups.c: who answered what. */
void questions_audiences(Tx *tx, Id edition, Language language, Audiences *audiences);
/* staff_pages.c, staff_choice.c: what is asked. */
Err staff_questions_page(Request *request);
Err staff_questions_switch(Request *request);
Err staff_question_page(Request *request);
Err staff_question_save(Request *request);
Err staff_question_move(Request *request);
Err staff_question_remove(Request *request);
Err staff_choice_page(Request *request);
Err staff_choice_save(Request *request);
Err staff_choice_remove(Request *request);
Err staff_answers_page(Request *request);
Err paper_form_page(Request *request);
extern const FormTable question_asked, choice_asked, switches_asked;

/* personal.c, copy.c: for the house. */
void questions_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data);
void questions_personal_erase(Tx *tx, const PersonalSubject *subject);
enum { QUESTIONS_COPY_PART_COUNT = 1 };
extern const CopyPart questions_copy_parts[QUESTIONS_COPY_PART_COUNT];

Str questions_said(const Request *request, Msg msg);
Str question_label(const Request *request, const Question *question);
Str choice_label(const Request *request, const Choice *choice);
Str question_due_words(const Request *request, const Question *question); /* "until 20 May"; empty: no day was set */
/* "only where “Do you bring a stand?” is answered: yes"; empty: it is always asked */
Str question_condition_words(Request *request, const Questions *all, const Question *question);
/* Below /staff/questions; question 0: of all. */
Str staff_questions_path(Request *request, Id question, const char *rest);
bool question_of_path(Request *request, Questions *all, const Question **question);

#endif
