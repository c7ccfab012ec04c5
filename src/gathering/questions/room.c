// SPDX-License-Identifier: EUPL-1.2
/* What the room of questions hands to the house. */
#include "gathering/questions/internal.h"
#include "platform/base/limits.h"
#include "platform/page/typed.h"

#define STAFF "/{series}/{edition}/staff/questions"
#define ANSWERS "/{series}/{edition}/staff/answers/{signed_up}/{question}"
#define MINE "/me/{series}/{edition}/{organisation}/questions"
/* More than may be kept, so that somewhat too large a file is answered with a word at the field. */
enum { FILE_FORM_BYTES = LIMIT_UPLOAD_BYTES + 64 * 1024 };

static const Route routes[] = {
    {METHOD_GET, STAFF, ROLE_COORDINATOR, staff_questions_page},
    {METHOD_POST, STAFF, ROLE_COORDINATOR, staff_questions_switch, .changes = true, .form = &switches_asked},
    {METHOD_GET, STAFF "/new", ROLE_COORDINATOR, staff_question_page},
    {METHOD_POST, STAFF "/new", ROLE_COORDINATOR, staff_question_save, .changes = true, .form = &question_asked},
    {METHOD_GET, STAFF "/{question}", ROLE_COORDINATOR, staff_question_page},
    {METHOD_POST, STAFF "/{question}", ROLE_COORDINATOR, staff_question_save, .changes = true, .form = &question_asked,
     .gate = "edition"},
    {METHOD_POST, STAFF "/{question}/move", ROLE_COORDINATOR, staff_question_move, .changes = true},
    {METHOD_POST, STAFF "/{question}/remove", ROLE_COORDINATOR, staff_question_remove, .changes = true,
     .gate = "edition"},
    {METHOD_GET, STAFF "/{question}/answers", ROLE_COORDINATOR, staff_answers_page, .reads = "read.signups"},
    {METHOD_GET, STAFF "/{question}/choices/new", ROLE_COORDINATOR, staff_choice_page},
    {METHOD_POST, STAFF "/{question}/choices/new", ROLE_COORDINATOR, staff_choice_save, .changes = true,
     .form = &choice_asked, .gate = "edition"},
    {METHOD_GET, STAFF "/{question}/choices/{choice}", ROLE_COORDINATOR, staff_choice_page},
    {METHOD_POST, STAFF "/{question}/choices/{choice}", ROLE_COORDINATOR, staff_choice_save, .changes = true,
     .form = &choice_asked, .gate = "edition"},
    {METHOD_POST, STAFF "/{question}/choices/{choice}/remove", ROLE_COORDINATOR, staff_choice_remove, .changes = true,
     .gate = "edition"},
    {METHOD_GET, "/{series}/{edition}/staff/paper-form", ROLE_COORDINATOR, paper_form_page},
    {METHOD_GET, ANSWERS, ROLE_COORDINATOR, staff_answer_page, .reads = "read.signups"},
    {METHOD_POST, ANSWERS, ROLE_COORDINATOR, staff_answer_save, .changes = true, .form = &question_answer_asked,
     .body_limit_bytes = FILE_FORM_BYTES, .gate = "edition"},
    {METHOD_GET, ANSWERS "/file", ROLE_COORDINATOR, staff_file, .reads = "read.signups"},
    {METHOD_GET, MINE, ROLE_REPRESENTATIVE, my_questions_page},
    {METHOD_GET, MINE "/{question}", ROLE_REPRESENTATIVE, my_question_page},
    {METHOD_POST, MINE "/{question}", ROLE_REPRESENTATIVE, my_question_save, .changes = true,
     .states = STATES_OF_ORGANISATIONS, .form = &question_answer_asked, .body_limit_bytes = FILE_FORM_BYTES,
     .gate = "edition"},
    {METHOD_GET, MINE "/{question}/file", ROLE_REPRESENTATIVE, my_file},
};

static const JoinColumn join_columns[] = {
    /* of a gathering to which both signed up, each answer goes with its sign-up */
    {{.table = "answer",
      .column = "organisation",
      .unless = "signup",
      .unless_column = "organisation",
      .unless_same = "edition"},
     JOIN_FOLLOWS,
     NULL},
    {{.table = "answer_pick",
      .column = "organisation",
      .unless = "signup",
      .unless_column = "organisation",
      .unless_same = "edition"},
     JOIN_FOLLOWS,
     NULL},
};
/* Its words stand in columns of their own: what lacks a language is filled in on the question's own page. */
static void texts_of_questions(Request *request, TextSources *sources) {
    if (sources->organisation) return;
    Questions all = questions_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < all.count; i++) {
        const Question *question = &all.questions[i];
        unsigned lacking = wording_lacks(&question->label) | wording_lacks(&question->hint);
        for (size_t k = 0; k < question->choice_count; k++) lacking |= wording_lacks(&question->choices[k].label);
        if (lacking)
            text_sources_add(sources, &(TextSource){.what = questions_said(request, MSG("questions", "A question")),
                                                    .of = question_label(request, question),
                                                    .lacking = lacking,
                                                    .href = staff_questions_path(request, question->id, "")});
    }
}

const Room questions_room = {
    .name = "questions",
    .join_columns = join_columns,
    .join_column_count = COUNT(join_columns),
    .routes = routes,
    .route_count = COUNT(routes),
    .my_items = questions_my_items,
    .texts = texts_of_questions,
    .signup_part = questions_signup_part,
    .sheet_columns = questions_sheet_columns,
    .sheet_questions = questions_sheet_questions,
    .sheet_answers = questions_sheet_answers,
    .audiences = questions_audiences,
    .organisation_joins = answers_move,
    .copy_parts = questions_copy_parts,
    .copy_part_count = QUESTIONS_COPY_PART_COUNT,
    .personal_find = questions_personal_find,
    .personal_erase = questions_personal_erase,
};
