// SPDX-License-Identifier: EUPL-1.2
/* Who answered what: groups that letters go to. */
#include "gathering/questions/internal.h"
#include "questions_sql.h"

/* What a group is looked for in: everything that was asked and answered, and who may still come. */
typedef struct Groups {
    Language language;
    Questions all;
    AnswerSheet sheet;
    QuestionsSignupsRows signups;
    Audiences *audiences;
} Groups;

static Str label_of(const Groups *groups, const Wording *wording) {
    return wording_for(wording, groups->language, groups->language);
}

static bool is_asked(const Groups *groups, Id organisation, const Question *question) {
    return question_applies(&groups->sheet, organisation, question);
}

static void add_those_who_said(const Groups *groups, const Question *question, Str name, Str said, Str words) {
    Arena *arena = groups->audiences->arena;
    Audience *audience =
        audiences_ensure(groups->audiences, name,
                         say(arena, groups->language, MSG("questions", "answered “{question}”: {answer}"),
                             SAY_TEXT("question", label_of(groups, &question->label)), SAY_TEXT("answer", words)));
    for (size_t i = 0; i < groups->signups.count; i++) {
        Id organisation = groups->signups.rows[i].organisation;
        if (!is_asked(groups, organisation, question)) continue;
        const Answer *answer = answer_find(&groups->sheet, organisation, question->id);
        if (answer && answer_is(answer, said)) audience_add(groups->audiences, audience, organisation);
    }
}

static void add_the_silent(const Groups *groups, const Question *question) {
    Arena *arena = groups->audiences->arena;
    Audience *audience = audiences_ensure(
        groups->audiences, str_format(arena, "unanswered:%.*s", STR_FORMAT(id_text(arena, question->id))),
        say(arena, groups->language, MSG("questions", "have not answered “{question}” yet"),
            SAY_TEXT("question", label_of(groups, &question->label))));
    for (size_t i = 0; i < groups->signups.count; i++) {
        Id organisation = groups->signups.rows[i].organisation;
        if (is_asked(groups, organisation, question) &&
            !answer_is_given(answer_find(&groups->sheet, organisation, question->id)))
            audience_add(groups->audiences, audience, organisation);
    }
}

void questions_audiences(Tx *tx, Id edition, Language language, Audiences *audiences) {
    Arena *arena = audiences->arena;
    Groups groups = {.language = language, .all = questions_of(tx, edition), .audiences = audiences};
    if (!groups.all.count) return;
    groups.sheet = answers_all(tx, edition);
    groups.signups = questions_sql_signups(tx, edition);
    for (size_t i = 0; i < groups.all.count; i++) {
        const Question *question = &groups.all.questions[i];
        for (size_t k = 0; k < question->choice_count; k++) {
            Str id = id_text(arena, question->choices[k].id);
            add_those_who_said(&groups, question, str_format(arena, "choice:%.*s", STR_FORMAT(id)), id,
                               label_of(&groups, &question->choices[k].label));
        }
        for (int k = 0; question->kind == QUESTION_YES_NO && k < 2; k++) {
            Str said = k ? STR("no") : STR("yes"), id = id_text(arena, question->id);
            add_those_who_said(&groups, question, str_format(arena, "said:%.*s:%.*s", STR_FORMAT(id), STR_FORMAT(said)),
                               said, yes_no_words(arena, language, said));
        }
        add_the_silent(&groups, question);
    }
}
