// SPDX-License-Identifier: EUPL-1.2
/* Questions: what the coordinators of an edition ask beside what every sign-up tells.
 *
 * The sign-up stays short: these are asked afterwards, in "my gathering", one a page, each until its own day. A
 * question may depend on the answer to another one, which then depends on none itself, so there is no circle. What is
 * not asked of an organisation it cannot answer. When the condition holds no more, what it chose there is let go at
 * once, so that the place is free for others; words and files stay, unseen, and are there again when the question is.
 *
 * A choice may have few places; they are counted when the answer is kept, by whoever has the gate of the edition
 * (route.h), since an answer frees the places of what depends on it. An organisation that withdrew or was declined
 * loses its place to the next one that asks for it.
 *
 *     Questions all = questions_of(tx, edition);
 *     AnswerSheet sheet = answers_of(tx, edition, organisation);
 *     for (size_t i = 0; i < all.count; i++)
 *         if (question_applies(&sheet, organisation, &all.questions[i])) …
 *
 * Answers are personal: 90 days after the edition they are emptied (src/expiry.c).
 */
#ifndef WSPOLNIE_QUESTIONS_QUESTIONS_H
#define WSPOLNIE_QUESTIONS_QUESTIONS_H

#include "gathering/editions/editions.h"

typedef enum QuestionKind {
    QUESTION_LINE,
    QUESTION_TEXT,
    QUESTION_NUMBER,
    QUESTION_CHOICE,
    QUESTION_SEVERAL,
    QUESTION_YES_NO,
    QUESTION_DATE,
    QUESTION_FILE,
    QUESTION_KIND_COUNT
} QuestionKind;
const char *question_kind_name(QuestionKind kind); /* as stored: "yes_no" */
bool question_kind_parse(Str name, QuestionKind *kind);
Str question_kind_words(Arena *arena, Language language, QuestionKind kind);
static inline bool question_has_choices(QuestionKind kind) {
    return kind == QUESTION_CHOICE || kind == QUESTION_SEVERAL;
}

enum {
    QUESTIONS_MOST = 40,        /* of an edition */
    QUESTION_CHOICES_MOST = 60, /* of one question */
    QUESTION_PLACES_MOST = 9999,
    QUESTION_NUMBER_MOST = 1000 * 1000 * 1000, /* what a number question takes, from 0 */
    QUESTION_FILE_BYTES = 5 * 1024 * 1024,
    QUESTION_CHUNK_BYTES = 256 * 1024,
    QUESTION_FILES_BYTES = 1 << 30, /* of all files of an edition */
};

/* The same words in up to three languages; empty where they were not told. */
typedef struct Wording {
    Str in[LANGUAGE_COUNT];
} Wording;
/* In the reader's language, else in the series', else in any. */
Str wording_for(const Wording *wording, Language reader, Language written);
/* 1 << Language for each language it is not told in; 0 where it is told in none: then there is nothing to translate. */
unsigned wording_lacks(const Wording *wording);

typedef struct Choice {
    Id edition, id, question;
    Wording label;
    OptionalInt places;
    int64_t taken; /* by those who are not withdrawn or declined */
    int64_t version;
} Choice;

typedef struct Question {
    Id edition, id; /* id 0: a new one */
    QuestionKind kind;
    Wording label, hint;
    bool is_required;
    OptionalInt due_ms; /* the midnight that ends the last day; from then on only coordinators answer */
    Id shown_question;  /* 0: always asked */
    Str shown_answer;
    int64_t version;
    const Choice *choices; /* in their order */
    size_t choice_count;
} Question;

typedef struct Questions {
    Question *questions; /* in their order */
    size_t count;
} Questions;
Questions questions_of(Tx *tx, Id edition);
const Question *questions_find(const Questions *all, Id question); /* NULL: there is none */
const Choice *question_choice_find(const Question *question, Id choice);

/* Writing, by a coordinator. ERR_CONFLICT: version is not the stored one, or it is gone. ERR_LIMIT: too many.
 * ERR_INPUT: it would depend on itself, on one that depends on another, or on an answer that there is not. */
Err question_add(Tx *tx, const Question *question, Id by, Id *id);
Err question_update(Tx *tx, const Question *question, Id by); /* its kind stays */
/* One place up or down. ERR_INPUT: it would stand below the one that depends on it. */
Err question_move(Tx *tx, Id edition, Id question, bool is_up, Id by);
/* With its choices and all answers to it; those that depended on it are asked of everybody from now on. */
Err question_remove(Tx *tx, const Question *question, Id by);
Err choice_add(Tx *tx, const Choice *choice, Id by, Id *id);
Err choice_update(Tx *tx, const Choice *choice, Id by);
Err choice_remove(Tx *tx, const Choice *choice, Id by); /* whoever chose it is asked again */

/* ---- answers ------------------------------------------------------------------------------------ */

typedef struct Answer {
    Id organisation, question;
    Str words;       /* a text, figures, "2026-06-11", "yes", "no", or the name of a file */
    const Id *picks; /* choices */
    size_t pick_count;
    Str file_type, file_hash; /* empty where it is no file */
    int64_t file_size;
    int64_t version; /* 0: never answered */
} Answer;
typedef struct AnswerSheet {
    Answer *answers; /* by organisation and question */
    size_t count;
} AnswerSheet;
AnswerSheet answers_of(Tx *tx, Id edition, Id organisation);
AnswerSheet answers_to(Tx *tx, Id edition, Id question); /* of everybody */
AnswerSheet answers_all(Tx *tx, Id edition);
/* NULL: it was never answered. */
const Answer *answer_find(const AnswerSheet *sheet, Id organisation, Id question);
bool answer_is_given(const Answer *answer); /* NULL or empty: no */
/* Whether it is asked of that organisation at all. */
bool question_applies(const AnswerSheet *sheet, Id organisation, const Question *question);
/* As people read it, in one line or several. */
Str answer_words(Arena *arena, Language reader, Language written, const Question *question, const Answer *answer);

typedef struct AnswerFile {
    Str name, content;
} AnswerFile;
typedef struct AnswerGiven {
    Id edition, by;
    Answer answer;          /* version: of the one that was seen */
    const AnswerFile *file; /* of a question for a file; NULL: the one there is stays, or is removed */
    bool removes_file;
} AnswerGiven;
/* Keeps it. ERR_CONFLICT: version is not the stored one. ERR_LIMIT: *full has no place left, and nothing is kept.
 * ERR_NOT_FOUND: it is not asked of that organisation. ERR_INPUT: a file of a kind that is not taken, or too large.
 * ERR_FULL: QUESTION_FILES_BYTES are reached. */
Err answer_save(Tx *tx, const Question *question, const AnswerGiven *given, const Choice **full);
void answers_move(Tx *tx, const OrganisationJoin *join);

/* ---- files -------------------------------------------------------------------------------------- */

/* Told by the bytes alone, whatever the name says: PDF, JPEG, PNG, OpenDocument text, Word (docx). Absent: none of
 * them. */
Str file_type_of(Str content);
Str file_extension(Str type); /* ".pdf" */
/* The bytes of a file that is kept. False: they are gone (90 days after the edition). */
bool file_read(Tx *tx, Id edition, Str hash, Str *content);

extern const Room questions_room;

#endif
