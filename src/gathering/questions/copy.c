// SPDX-License-Identifier: EUPL-1.2
/* Questions go into the next edition with their choices and conditions, without their last days, which are of that
 * year; answers stay where they were given. */
#include "gathering/editions/next.h"
#include "gathering/questions/internal.h"
#include "questions_sql.h"

static int64_t count_questions(Tx *tx, Id edition) { return (int64_t)questions_of(tx, edition).count; }

/* What each question and choice of the earlier edition is called in the new one. */
typedef struct Made {
    Id from, to;
} Made;
typedef struct AllMade {
    Made *made;
    size_t count;
} AllMade;

static Id made_from(const AllMade *all, Id from) {
    for (size_t i = 0; i < all->count; i++)
        if (all->made[i].from == from) return all->made[i].to;
    return 0;
}

static AllMade name_all(Tx *tx, const Questions *questions) {
    size_t most = questions->count;
    for (size_t i = 0; i < questions->count; i++) most += questions->questions[i].choice_count;
    AllMade all = {arena_array(tx_arena(tx), Made, most), 0};
    for (size_t i = 0; i < questions->count; i++) {
        const Question *question = &questions->questions[i];
        all.made[all.count++] = (Made){question->id, tx_new_id(tx)};
        for (size_t k = 0; k < question->choice_count; k++)
            all.made[all.count++] = (Made){question->choices[k].id, tx_new_id(tx)};
    }
    return all;
}

/* 'yes', 'no', or the id of a choice. */
static Str answer_in_new(Tx *tx, const AllMade *all, Str shown_answer) {
    Id choice, made = 0;
    if (!id_parse(shown_answer, &choice) || !(made = made_from(all, choice))) return shown_answer;
    return id_text(tx_arena(tx), made);
}

static void copy_questions(const EditionCopy *copy) {
    Tx *tx = copy->tx;
    Id from = copy->from->id, to = copy->to->id;
    Questions questions = questions_of(tx, from);
    AllMade all = name_all(tx, &questions);
    for (size_t i = 0; i < questions.count; i++) {
        const Question *question = &questions.questions[i];
        Id made = made_from(&all, question->id), shown = made_from(&all, question->shown_question);
        questions_sql_copy_question(tx, from, question->id, to, made, (OptionalInt){0},
                                    shown ? given_int(shown) : (OptionalInt){0},
                                    shown ? answer_in_new(tx, &all, question->shown_answer) : STR(""));
        for (size_t k = 0; k < question->choice_count; k++)
            questions_sql_copy_choice(tx, from, question->choices[k].id, to, made_from(&all, question->choices[k].id),
                                      made);
    }
}

const CopyPart questions_copy_parts[QUESTIONS_COPY_PART_COUNT] = {
    {.name = "questions",
     .label = MSG_INIT("questions", "Questions of your own, without their last days"),
     .tables = "question question_choice",
     .count = count_questions,
     .copy = copy_questions},
};
