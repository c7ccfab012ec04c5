// SPDX-License-Identifier: EUPL-1.2
/* What is asked: questions and their choices, as coordinators write them. */
#include "gathering/questions/questions.h"

#include "gathering/questions/internal.h"
#include "questions_sql.h"

/* ---- kinds and words ----------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    Msg words;
} kinds[QUESTION_KIND_COUNT] = {
    [QUESTION_LINE] = {"line", MSG_INIT("questions", "a short text")},
    [QUESTION_TEXT] = {"text", MSG_INIT("questions", "a longer text")},
    [QUESTION_NUMBER] = {"number", MSG_INIT("questions", "a number")},
    [QUESTION_CHOICE] = {"choice", MSG_INIT("questions", "one of several answers")},
    [QUESTION_SEVERAL] = {"several", MSG_INIT("questions", "any of several answers")},
    [QUESTION_YES_NO] = {"yes_no", MSG_INIT("questions", "yes or no")},
    [QUESTION_DATE] = {"date", MSG_INIT("questions", "a date")},
    [QUESTION_FILE] = {"file", MSG_INIT("questions", "a file")},
};

const char *question_kind_name(QuestionKind kind) { return kinds[kind].name; }

Str question_kind_words(Arena *arena, Language language, QuestionKind kind) {
    return say(arena, language, kinds[kind].words);
}

bool question_kind_parse(Str name, QuestionKind *kind) {
    for (size_t i = 0; i < QUESTION_KIND_COUNT; i++) {
        if (!str_equal(name, str_from_c(kinds[i].name))) continue;
        *kind = (QuestionKind)i;
        return true;
    }
    return false;
}

unsigned wording_lacks(const Wording *wording) {
    const unsigned all = (1u << LANGUAGE_COUNT) - 1;
    unsigned lacking = 0;
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (str_is_empty(wording->in[language])) lacking |= 1u << language;
    return lacking == all ? 0 : lacking;
}

Str wording_for(const Wording *wording, Language reader, Language written) {
    if (!str_is_empty(wording->in[reader])) return wording->in[reader];
    if (!str_is_empty(wording->in[written])) return wording->in[written];
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (!str_is_empty(wording->in[i])) return wording->in[i];
    return STR("");
}

static Wording wording_from(Str pl, Str en, Str uk) {
    return (Wording){{[LANGUAGE_PL] = pl, [LANGUAGE_EN] = en, [LANGUAGE_UK] = uk}};
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

static Question question_from(Tx *tx, Id edition, const QuestionsQuestionsRow *row) {
    Question question = {
        .edition = edition,
        .id = row->id,
        .label = wording_from(row->label_pl, row->label_en, row->label_uk),
        .hint = wording_from(row->hint_pl, row->hint_en, row->hint_uk),
        .is_required = row->is_required,
        .due_ms = row->due_ms,
        .shown_question = row->shown_question.given ? row->shown_question.value : 0,
        .shown_answer = row->shown_answer,
        .version = row->version,
    };
    if (!question_kind_parse(row->kind, &question.kind))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored question is of no known kind");
    return question;
}

static void add_choices(Tx *tx, Id edition, Questions *all) {
    QuestionsChoicesRows rows = questions_sql_choices(tx, edition);
    Choice *choices = arena_array(tx_arena(tx), Choice, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const QuestionsChoicesRow *row = &rows.rows[i];
        choices[i] =
            (Choice){edition,     row->id,    row->question, wording_from(row->label_pl, row->label_en, row->label_uk),
                     row->places, row->taken, row->version};
    }
    for (size_t i = 0; i < all->count; i++) {
        Question *question = &all->questions[i];
        for (size_t j = 0; j < rows.count; j++) { /* they stand together by question */
            if (choices[j].question != question->id) continue;
            if (!question->choice_count) question->choices = &choices[j];
            question->choice_count++;
        }
    }
}

Questions questions_of(Tx *tx, Id edition) {
    QuestionsQuestionsRows rows = questions_sql_questions(tx, edition);
    Questions all = {arena_array(tx_arena(tx), Question, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) all.questions[i] = question_from(tx, edition, &rows.rows[i]);
    if (all.count) add_choices(tx, edition, &all);
    return all;
}

const Question *questions_find(const Questions *all, Id question) {
    for (size_t i = 0; i < all->count; i++)
        if (all->questions[i].id == question) return &all->questions[i];
    return NULL;
}

const Choice *question_choice_find(const Question *question, Id choice) {
    for (size_t i = 0; i < question->choice_count; i++)
        if (question->choices[i].id == choice) return &question->choices[i];
    return NULL;
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static void audit(Tx *tx, Id edition, Id by, const char *action, Id subject) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = subject});
}

static bool is_an_answer_of(const Question *other, Str answer) {
    Id choice;
    if (other->kind == QUESTION_YES_NO) return str_equal(answer, STR("yes")) || str_equal(answer, STR("no"));
    return question_has_choices(other->kind) && id_parse(answer, &choice) && question_choice_find(other, choice);
}

/* What another one depends on depends on nothing: so a chain has two links at most, and there is no circle. */
static bool may_depend(const Questions *all, const Question *question) {
    if (!question->shown_question) return true;
    const Question *other = questions_find(all, question->shown_question);
    if (!other || other->id == question->id || other->shown_question) return false;
    for (size_t i = 0; question->id && i < all->count; i++)
        if (all->questions[i].shown_question == question->id) return false;
    return is_an_answer_of(other, question->shown_answer);
}

static OptionalInt id_or_null(Id id) { return id ? given_int(id) : (OptionalInt){0}; }

Err question_add(Tx *tx, const Question *question, Id by, Id *id) {
    Questions all = questions_of(tx, question->edition);
    if (all.count >= QUESTIONS_MOST) return ERR_LIMIT;
    if (!may_depend(&all, question)) return ERR_INPUT;
    Id made = tx_new_id(tx);
    const Str *label = question->label.in, *hint = question->hint.in;
    questions_sql_add(
        tx, question->edition, made, str_from_c(question_kind_name(question->kind)), str_or_empty(label[LANGUAGE_PL]),
        str_or_empty(label[LANGUAGE_EN]), str_or_empty(label[LANGUAGE_UK]), str_or_empty(hint[LANGUAGE_PL]),
        str_or_empty(hint[LANGUAGE_EN]), str_or_empty(hint[LANGUAGE_UK]), question->is_required, question->due_ms,
        id_or_null(question->shown_question), question->shown_question ? question->shown_answer : STR(""));
    audit(tx, question->edition, by, "question.add", made);
    *id = made;
    return OK;
}

Err question_update(Tx *tx, const Question *question, Id by) {
    Questions all = questions_of(tx, question->edition);
    if (!may_depend(&all, question)) return ERR_INPUT;
    const Str *label = question->label.in, *hint = question->hint.in;
    int64_t changed = questions_sql_update(
        tx, question->edition, question->id, question->version, str_or_empty(label[LANGUAGE_PL]),
        str_or_empty(label[LANGUAGE_EN]), str_or_empty(label[LANGUAGE_UK]), str_or_empty(hint[LANGUAGE_PL]),
        str_or_empty(hint[LANGUAGE_EN]), str_or_empty(hint[LANGUAGE_UK]), question->is_required, question->due_ms,
        id_or_null(question->shown_question), question->shown_question ? question->shown_answer : STR(""));
    if (!changed) return ERR_CONFLICT;
    picks_free_unasked(tx, question);
    audit(tx, question->edition, by, "question.change", question->id);
    return OK;
}

Err question_move(Tx *tx, Id edition, Id question, bool is_up, Id by) {
    Questions all = questions_of(tx, edition);
    size_t at = 0;
    while (at < all.count && all.questions[at].id != question) at++;
    if (at == all.count) return ERR_NOT_FOUND;
    if (is_up ? at == 0 : at + 1 == all.count) return OK;
    size_t with = is_up ? at - 1 : at + 1;
    size_t upper = is_up ? with : at, lower = is_up ? at : with;
    if (all.questions[lower].shown_question == all.questions[upper].id) return ERR_INPUT;
    Question moved = all.questions[at];
    all.questions[at] = all.questions[with];
    all.questions[with] = moved;
    for (size_t i = 0; i < all.count; i++) questions_sql_set_position(tx, edition, all.questions[i].id, (int64_t)i + 1);
    audit(tx, edition, by, "question.move", question);
    return OK;
}

Err question_remove(Tx *tx, const Question *question, Id by) {
    Id edition = question->edition, id = question->id;
    if (!questions_sql_touch(tx, edition, id, question->version)) return ERR_CONFLICT;
    answers_drop_all(tx, edition, id);
    questions_sql_remove_choices(tx, edition, id);
    questions_sql_ask_everybody(tx, edition, id);
    questions_sql_remove(tx, edition, id, question->version + 1);
    audit(tx, edition, by, "question.remove", id);
    return OK;
}

Err choice_add(Tx *tx, const Choice *choice, Id by, Id *id) {
    Questions all = questions_of(tx, choice->edition);
    const Question *question = questions_find(&all, choice->question);
    if (!question || !question_has_choices(question->kind)) return ERR_NOT_FOUND;
    if (question->choice_count >= QUESTION_CHOICES_MOST) return ERR_LIMIT;
    Id made = tx_new_id(tx);
    const Str *label = choice->label.in;
    questions_sql_add_choice(tx, choice->edition, made, choice->question, str_or_empty(label[LANGUAGE_PL]),
                             str_or_empty(label[LANGUAGE_EN]), str_or_empty(label[LANGUAGE_UK]), choice->places);
    audit(tx, choice->edition, by, "choice.add", made);
    *id = made;
    return OK;
}

Err choice_update(Tx *tx, const Choice *choice, Id by) {
    const Str *label = choice->label.in;
    if (!questions_sql_update_choice(tx, choice->edition, choice->id, choice->version, str_or_empty(label[LANGUAGE_PL]),
                                     str_or_empty(label[LANGUAGE_EN]), str_or_empty(label[LANGUAGE_UK]),
                                     choice->places))
        return ERR_CONFLICT;
    audit(tx, choice->edition, by, "choice.change", choice->id);
    return OK;
}

Err choice_remove(Tx *tx, const Choice *choice, Id by) {
    /* The version is asked first: picks go only with the choice they were seen with. */
    if (!questions_sql_update_choice(tx, choice->edition, choice->id, choice->version, STR(""), STR(""), STR(""),
                                     choice->places))
        return ERR_CONFLICT;
    questions_sql_remove_picks_of_choice(tx, choice->edition, choice->question, choice->id);
    questions_sql_ask_everybody_of_choice(tx, choice->edition, choice->question, id_text(tx_arena(tx), choice->id));
    questions_sql_remove_choice(tx, choice->edition, choice->id, choice->version + 1);
    audit(tx, choice->edition, by, "choice.remove", choice->id);
    return OK;
}
