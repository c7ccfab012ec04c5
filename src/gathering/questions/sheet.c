// SPDX-License-Identifier: EUPL-1.2
/* Answers in a sheet: written so that they can be read back, and read as the form would take them. */
#include "gathering/questions/internal.h"
#include "gathering/signups/export_sheet.h"
#include "gathering/signups/import_sheet.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "platform/page/form_state.h"

/* ---- written ------------------------------------------------------------------------------------------------- */

typedef struct SheetAnswers {
    Arena *arena;
    Language language;
    Questions all;
    AnswerSheet sheet;
} SheetAnswers;

static bool has_pick(const Answer *answer, Id choice) {
    for (size_t i = 0; i < answer->pick_count; i++)
        if (answer->picks[i] == choice) return true;
    return false;
}

/* Several are parted as the import parts them, a date stays figures. */
static Str cell_words(const SheetAnswers *answers, const Question *question, const Answer *answer) {
    if (!answer_is_given(answer)) return STR("");
    if (question->kind == QUESTION_DATE) return answer->words;
    if (question->kind != QUESTION_SEVERAL)
        return answer_words(answers->arena, answers->language, answers->language, question, answer);
    Buffer cell = buffer_in(answers->arena);
    for (size_t i = 0; i < question->choice_count; i++)
        if (has_pick(answer, question->choices[i].id))
            answers_add(&cell, wording_for(&question->choices[i].label, answers->language, answers->language));
    return buffer_str(&cell);
}

static Str sheet_cell(const SheetColumn *column, Id organisation) {
    const SheetAnswers *answers = column->context;
    const Question *question = questions_find(&answers->all, column->id);
    if (!question_applies(&answers->sheet, organisation, question)) return STR(""); /* what is not asked is not told */
    return cell_words(answers, question, answer_find(&answers->sheet, organisation, column->id));
}

void questions_sheet_columns(Tx *tx, Id edition, Language language, SheetColumns *columns) {
    SheetAnswers *answers = arena_new(columns->arena, SheetAnswers);
    *answers = (SheetAnswers){columns->arena, language, questions_of(tx, edition), {0}};
    if (!answers->all.count) return;
    answers->sheet = answers_all(tx, edition);
    for (size_t i = 0; i < answers->all.count; i++) {
        const Question *question = &answers->all.questions[i];
        sheet_columns_add(columns, &(SheetColumn){.head = wording_for(&question->label, language, language),
                                                  .cell = sheet_cell,
                                                  .context = answers,
                                                  .id = question->id});
    }
}

/* ---- read ---------------------------------------------------------------------------------------------------- */

/* No sheet brings a file. */
void questions_sheet_questions(Tx *tx, Id edition, Language language, SheetQuestions *questions) {
    SheetAnswers *answers = arena_new(questions->arena, SheetAnswers);
    *answers = (SheetAnswers){questions->arena, language, questions_of(tx, edition), {0}};
    if (!answers->all.count) return;
    answers->sheet = answers_all(tx, edition);
    questions->room = &questions_room;
    questions->context = answers;
    for (size_t i = 0; i < answers->all.count; i++) {
        const Question *question = &answers->all.questions[i];
        if (question->kind == QUESTION_FILE) continue;
        SheetQuestion one = {.id = question->id, .label = wording_for(&question->label, language, language)};
        for (size_t k = 0; k < LANGUAGE_COUNT; k++) one.labels[k] = question->label.in[k];
        sheet_questions_add(questions, &one);
    }
}

static bool is_one_of(Arena *arena, const Wording *label, Str folded) {
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (!str_is_empty(label->in[i]) && str_equal(utf8_fold(arena, label->in[i]), folded)) return true;
    return false;
}

static bool read_picks(Arena *arena, const Question *question, Str text, Answer *answer) {
    StrList said = question->kind == QUESTION_SEVERAL ? import_split(arena, text) : (StrList){&text, 1};
    Id *picks = arena_array(arena, Id, said.count);
    for (size_t i = 0; i < said.count; i++) {
        Str folded = utf8_fold(arena, said.strs[i]);
        const Choice *found = NULL;
        for (size_t k = 0; k < question->choice_count && !found; k++)
            if (is_one_of(arena, &question->choices[k].label, folded)) found = &question->choices[k];
        if (!found) return false;
        if (!has_pick(&(Answer){.picks = picks, .pick_count = answer->pick_count}, found->id))
            picks[answer->pick_count++] = found->id;
    }
    answer->picks = picks;
    return true;
}

/* As people and programs write it. */
static bool read_yes_no(Arena *arena, Str text, Str *words) {
    static const char *const yes[] = {"tak", "yes", "1", "x", "true"}, *const no[] = {"nie", "no", "0", "false"};
    Str folded = utf8_fold(arena, text);
    for (size_t side = 0; side < 2; side++) {
        Str said = side ? STR("no") : STR("yes");
        bool is_it = false;
        for (size_t i = 0; i < (side ? COUNT(no) : COUNT(yes)); i++)
            is_it |= str_equal(folded, str_from_c(side ? no[i] : yes[i]));
        for (Language language = 0; language < LANGUAGE_COUNT; language++)
            is_it |= str_equal(folded, utf8_fold(arena, yes_no_words(arena, language, said)));
        *words = said;
        if (is_it) return true;
    }
    return false;
}

static bool read_answer(Arena *arena, const Question *question, Str text, Answer *answer) {
    int64_t number;
    answer->words = text;
    switch (question->kind) {
    case QUESTION_LINE: return utf8_clean_line(arena, text, &answer->words) && utf8_count(text) <= LIMIT_LINE_CHARS;
    case QUESTION_TEXT: return utf8_count(text) <= LIMIT_TEXT_CHARS;
    case QUESTION_NUMBER:
        if (!str_to_int(text, &number) || number < 0 || number > QUESTION_NUMBER_MOST) return false;
        answer->words = str_format(arena, "%lld", (long long)number); /* as the form keeps it: 007 is 7 */
        return true;
    case QUESTION_YES_NO: return read_yes_no(arena, text, &answer->words);
    case QUESTION_DATE: return kind_date(arena, text, false, &answer->words);
    case QUESTION_CHOICE:
    case QUESTION_SEVERAL: answer->words = STR(""); return read_picks(arena, question, text, answer);
    case QUESTION_FILE:
    case QUESTION_KIND_COUNT: break;
    }
    return false;
}

static bool is_same(const Answer *before, const Answer *answer) {
    if (!before || !str_equal(before->words, answer->words) || before->pick_count != answer->pick_count) return false;
    for (size_t i = 0; i < answer->pick_count; i++)
        if (!has_pick(before, answer->picks[i])) return false;
    return true;
}

static bool has_place(const Question *question, const Answer *before, const Answer *answer) {
    for (size_t i = 0; i < answer->pick_count; i++) {
        const Choice *choice = question_choice_find(question, answer->picks[i]);
        if (choice->places.given && choice->taken >= choice->places.value &&
            !(before && has_pick(before, answer->picks[i])))
            return false;
    }
    return true;
}

static SheetVerdict keep(Tx *tx, const Question *question, const SheetRow *row, const Answer *answer) {
    const Choice *full;
    AnswerGiven given = {.edition = row->edition, .by = row->by, .answer = *answer};
    switch (answer_save(tx, question, &given, &full)) {
    case OK: return SHEET_TAKEN;
    case ERR_NOT_FOUND: return SHEET_NOT_ASKED;
    case ERR_LIMIT: return SHEET_NO_PLACE;
    default: return SHEET_UNREADABLE;
    }
}

/* sheet: what the organisation has answered, with what stands in the row so far. */
static SheetVerdict take(Tx *tx, const Question *question, const SheetRow *row, SheetCell *cell, AnswerSheet *sheet) {
    Arena *arena = tx_arena(tx);
    Answer *before = (Answer *)answer_find(sheet, row->organisation, question->id);
    Answer answer = {.organisation = row->organisation,
                     .question = question->id,
                     .version = before ? before->version : 0,
                     .file_type = STR(""),
                     .file_hash = STR("")};
    if (!read_answer(arena, question, cell->text, &answer)) return SHEET_UNREADABLE;
    if (!question_applies(sheet, row->organisation, question)) return SHEET_NOT_ASKED;
    if (is_same(before, &answer)) return SHEET_SAME;
    if (!has_place(question, before, &answer)) return SHEET_NO_PLACE;
    SheetVerdict verdict = row->is_tried ? SHEET_TAKEN : keep(tx, question, row, &answer);
    if (verdict != SHEET_TAKEN) return verdict;
    if (before) *before = answer;
    else answers_put(sheet, answer);
    return SHEET_TAKEN;
}

/* In the order of the questions: what others depend on is asked before them. */
void questions_sheet_answers(Tx *tx, const SheetQuestions *questions, SheetRow *row) {
    const SheetAnswers *known = questions->context;
    Arena *arena = tx_arena(tx);
    Questions all = row->is_tried ? known->all : questions_of(tx, row->edition);
    AnswerSheet stored = row->is_tried ? known->sheet : answers_of(tx, row->edition, row->organisation),
                own = {arena_array(arena, Answer, all.count), 0};
    for (size_t i = 0; i < all.count; i++) {
        const Answer *answer = row->organisation ? answer_find(&stored, row->organisation, all.questions[i].id) : NULL;
        if (answer) answers_put(&own, *answer);
    }
    for (size_t i = 0; i < row->count; i++) row->cells[i].verdict = SHEET_UNREADABLE; /* its question may be gone */
    for (size_t i = 0; i < all.count; i++)
        for (size_t k = 0; k < row->count; k++) {
            SheetCell *cell = &row->cells[k];
            if (cell->question != all.questions[i].id) continue;
            const Answer *before = answer_find(&own, row->organisation, cell->question);
            cell->kept = answer_words(arena, known->language, known->language, &all.questions[i], before);
            cell->verdict = take(tx, &all.questions[i], row, cell, &own);
        }
}
