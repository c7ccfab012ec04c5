// SPDX-License-Identifier: EUPL-1.2
/* What organisations answer. */
#include "gathering/questions/internal.h"
#include "questions_sql.h"

/* ---- reading ------------------------------------------------------------------------------------------------- */

/* Answers and picks both come by organisation and question: one pass gives each answer its own. */
static AnswerSheet put_together(Arena *arena, const QuestionsAnswerRow **answers, size_t count,
                                const QuestionsPickRow **picks, size_t pick_count) {
    AnswerSheet sheet = {arena_array(arena, Answer, count), count};
    Id *choices = arena_array(arena, Id, pick_count);
    for (size_t i = 0; i < pick_count; i++) choices[i] = picks[i]->choice;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const QuestionsAnswerRow *row = answers[i];
        Answer *answer = &sheet.answers[i];
        *answer = (Answer){.organisation = row->organisation,
                           .question = row->question,
                           .words = row->words,
                           .file_type = row->file_type,
                           .file_hash = row->file_hash,
                           .file_size = row->file_size,
                           .version = row->version};
        while (at < pick_count &&
               (picks[at]->organisation < row->organisation ||
                (picks[at]->organisation == row->organisation && picks[at]->question < row->question)))
            at++;
        answer->picks = &choices[at];
        for (; at < pick_count && picks[at]->organisation == row->organisation && picks[at]->question == row->question;
             at++)
            answer->pick_count++;
    }
    return sheet;
}

/* The three queries give the same rows in structs of three names. */
#define SHEET_FROM(tx, answer_rows, pick_rows)                                                                    \
    do {                                                                                                          \
        Arena *arena = tx_arena(tx);                                                                              \
        const QuestionsAnswerRow **answers = arena_array(arena, const QuestionsAnswerRow *, (answer_rows).count); \
        const QuestionsPickRow **picks = arena_array(arena, const QuestionsPickRow *, (pick_rows).count);         \
        for (size_t i = 0; i < (answer_rows).count; i++) answers[i] = &(answer_rows).rows[i].answer;              \
        for (size_t i = 0; i < (pick_rows).count; i++) picks[i] = &(pick_rows).rows[i].pick;                      \
        return put_together(arena, answers, (answer_rows).count, picks, (pick_rows).count);                       \
    } while (false)

AnswerSheet answers_of(Tx *tx, Id edition, Id organisation) {
    QuestionsAnswersOfRows rows = questions_sql_answers_of(tx, edition, organisation);
    QuestionsPicksOfRows chosen = questions_sql_picks_of(tx, edition, organisation);
    SHEET_FROM(tx, rows, chosen);
}

AnswerSheet answers_to(Tx *tx, Id edition, Id question) {
    QuestionsAnswersToRows rows = questions_sql_answers_to(tx, edition, question);
    QuestionsPicksToRows chosen = questions_sql_picks_to(tx, edition, question);
    SHEET_FROM(tx, rows, chosen);
}

AnswerSheet answers_all(Tx *tx, Id edition) {
    QuestionsAnswersAllRows rows = questions_sql_answers_all(tx, edition);
    QuestionsPicksAllRows chosen = questions_sql_picks_all(tx, edition);
    SHEET_FROM(tx, rows, chosen);
}

const Answer *answer_find(const AnswerSheet *sheet, Id organisation, Id question) {
    size_t low = 0, high = sheet->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const Answer *answer = &sheet->answers[middle];
        if (answer->organisation == organisation && answer->question == question) return answer;
        bool is_before = answer->organisation < organisation ||
                         (answer->organisation == organisation && answer->question < question);
        if (is_before) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

void answers_put(AnswerSheet *sheet, Answer answer) {
    size_t place = sheet->count++;
    for (; place && (sheet->answers[place - 1].organisation > answer.organisation ||
                     (sheet->answers[place - 1].organisation == answer.organisation &&
                      sheet->answers[place - 1].question > answer.question));
         place--)
        sheet->answers[place] = sheet->answers[place - 1];
    sheet->answers[place] = answer;
}

bool answer_is_given(const Answer *answer) {
    return answer && (!str_is_empty(answer->words) || answer->pick_count || !str_is_empty(answer->file_hash));
}

static bool has_pick(const Answer *answer, Id choice) {
    for (size_t i = 0; i < answer->pick_count; i++)
        if (answer->picks[i] == choice) return true;
    return false;
}

bool answer_is(const Answer *answer, Str said) {
    Id choice;
    if (!answer) return false;
    return id_parse(said, &choice) ? has_pick(answer, choice) : str_equal(answer->words, said);
}

static bool condition_holds(const AnswerSheet *sheet, Id organisation, const Question *question) {
    return !question->shown_question ||
           answer_is(answer_find(sheet, organisation, question->shown_question), question->shown_answer);
}

bool question_applies(const AnswerSheet *sheet, Id organisation, const Question *question) {
    if (question_has_choices(question->kind) && !question->choice_count) return false; /* nothing to choose yet */
    return condition_holds(sheet, organisation, question);
}

Str yes_no_words(Arena *arena, Language reader, Str said) {
    return str_equal(said, STR("yes")) ? say(arena, reader, MSG("questions", "yes"))
                                       : say(arena, reader, MSG("questions", "no"));
}

static Str picks_words(Arena *arena, Language reader, Language written, const Question *question,
                       const Answer *answer) {
    Str *names = arena_array(arena, Str, question->choice_count);
    size_t count = 0;
    for (size_t i = 0; i < question->choice_count; i++)
        if (has_pick(answer, question->choices[i].id))
            names[count++] = wording_for(&question->choices[i].label, reader, written);
    return list_words(arena, reader, names, count);
}

Str answer_words(Arena *arena, Language reader, Language written, const Question *question, const Answer *answer) {
    ImpreciseDate date;
    if (!answer_is_given(answer)) return STR("");
    if (question_has_choices(question->kind)) return picks_words(arena, reader, written, question, answer);
    if (question->kind == QUESTION_YES_NO) return yes_no_words(arena, reader, answer->words);
    if (question->kind == QUESTION_DATE && imprecise_date_parse(answer->words, &date))
        return imprecise_date_words(arena, reader, date, true);
    return answer->words;
}

/* ---- keeping ------------------------------------------------------------------------------------------------- */

void picks_free_unasked(Tx *tx, const Question *question) {
    Id choice = 0;
    if (!question->shown_question || !question_has_choices(question->kind)) return;
    bool is_of_choice = id_parse(question->shown_answer, &choice);
    questions_sql_free_unasked(tx, question->edition, question->id, question->shown_question,
                               is_of_choice ? STR("") : question->shown_answer, choice);
}

/* The choices of those who do not come, and what hung on them. */
static void free_absent(Tx *tx, const Question *question) {
    if (!questions_sql_free_picks(tx, question->edition, question->id)) return;
    Questions all = questions_of(tx, question->edition);
    for (size_t i = 0; i < all.count; i++)
        if (all.questions[i].shown_question == question->id) picks_free_unasked(tx, &all.questions[i]);
}

/* An answer that is another one now: what is asked no more because of it keeps its words, and no place. */
static void free_unasked_of(Tx *tx, Id edition, const Answer *answer) {
    QuestionsDependantsRows rows = questions_sql_dependants(tx, edition, answer->question);
    for (size_t i = 0; i < rows.count; i++)
        if (!answer_is(answer, rows.rows[i].shown_answer))
            questions_sql_clear_picks(tx, edition, answer->organisation, rows.rows[i].id);
}

/* Whoever gets here has the gate of the edition: what is counted now stands until the COMMIT. A place that was theirs
 * before stays theirs, also where there are fewer by now. */
static const Choice *first_full(Tx *tx, const Question *question, const Answer *before, const Answer *answer) {
    bool is_limited = false;
    for (size_t i = 0; i < answer->pick_count; i++) {
        const Choice *choice = question_choice_find(question, answer->picks[i]);
        is_limited |= choice && choice->places.given;
    }
    if (!is_limited) return NULL;
    free_absent(tx, question);
    QuestionsTakenRows taken = questions_sql_taken(tx, question->edition, question->id);
    for (size_t i = 0; i < answer->pick_count; i++) {
        const Choice *choice = question_choice_find(question, answer->picks[i]);
        int64_t count = 0;
        for (size_t j = 0; j < taken.count; j++)
            if (taken.rows[j].choice == answer->picks[i]) count = taken.rows[j].count;
        bool was_theirs = before && has_pick(before, answer->picks[i]);
        if (choice && !was_theirs && choice->places.given && count >= choice->places.value) return choice;
    }
    return NULL;
}

static Err keep_row(Tx *tx, Id edition, const Answer *answer) {
    int64_t now_ms = tx_now_ms(tx);
    int64_t kept = answer->version == 0
                       ? questions_sql_add_answer(tx, edition, answer->organisation, answer->question, answer->words,
                                                  answer->file_type, answer->file_size, answer->file_hash, now_ms)
                       : questions_sql_update_answer(tx, edition, answer->organisation, answer->question,
                                                     answer->version, answer->words, answer->file_type,
                                                     answer->file_size, answer->file_hash, now_ms);
    return kept ? OK : ERR_CONFLICT;
}

/* Anybody may sign up and send files: no edition may fill the disk of all. */
static bool has_no_room(Tx *tx, Id edition, int64_t more) {
    QuestionsFileBytesRow bytes;
    return questions_sql_file_bytes(tx, edition, &bytes) && bytes.sum + more > QUESTION_FILES_BYTES;
}

/* What is to stand, from what stood: a file that is not touched stays. */
static Err take_file(Tx *tx, const AnswerGiven *given, const Answer *before, Answer *answer) {
    answer->file_type = STR("");
    answer->file_hash = STR("");
    answer->file_size = 0;
    if (given->file) {
        answer->file_type = file_type_of(given->file->content);
        if (str_is_absent(answer->file_type) || given->file->content.size > QUESTION_FILE_BYTES) return ERR_INPUT;
        answer->words = given->file->name;
        answer->file_size = (int64_t)given->file->content.size;
        if (has_no_room(tx, given->edition, answer->file_size)) return ERR_FULL;
        FileOf of = {given->edition, answer->organisation, answer->question};
        answer->file_hash = file_keep(tx, of, given->file->content);
    } else if (before && !given->removes_file) {
        answer->words = before->words;
        answer->file_type = before->file_type;
        answer->file_size = before->file_size;
        answer->file_hash = before->file_hash;
    } else {
        answer->words = STR("");
    }
    return OK;
}

Err answer_save(Tx *tx, const Question *question, const AnswerGiven *given, const Choice **full) {
    Answer answer = given->answer;
    answer.words = str_or_empty(answer.words);
    answer.question = question->id;
    AnswerSheet sheet = answers_of(tx, given->edition, answer.organisation);
    const Answer *before = answer_find(&sheet, answer.organisation, question->id);
    if ((before ? before->version : 0) != answer.version) return ERR_CONFLICT;
    if (!condition_holds(&sheet, answer.organisation, question)) return ERR_NOT_FOUND;
    Str old_hash = before ? before->file_hash : STR("");
    Err err = OK;
    answer.file_type = answer.file_hash = STR("");
    if (question->kind == QUESTION_FILE) err = take_file(tx, given, before, &answer);
    if (err) return err;
    questions_sql_clear_picks(tx, given->edition, answer.organisation, question->id);
    const Choice *taken = first_full(tx, question, before, &answer);
    if (taken) {
        *full = taken;
        return ERR_LIMIT;
    }
    err = keep_row(tx, given->edition, &answer);
    if (err) return err;
    for (size_t i = 0; i < answer.pick_count; i++)
        questions_sql_add_pick(tx, given->edition, answer.organisation, question->id, answer.picks[i]);
    free_unasked_of(tx, given->edition, &answer);
    if (!str_equal(old_hash, answer.file_hash)) file_drop(tx, given->edition, old_hash);
    store_audit(tx,
                &(AuditEntry){
                    .person = given->by, .edition = given->edition, .action = "answer.save", .subject = question->id});
    return OK;
}

void answers_drop_all(Tx *tx, Id edition, Id question) {
    QuestionsFileHashesRows hashes = questions_sql_file_hashes(tx, edition, question);
    questions_sql_remove_picks(tx, edition, question);
    questions_sql_remove_answers(tx, edition, question);
    for (size_t i = 0; i < hashes.count; i++) file_drop(tx, edition, hashes.rows[i].file_hash);
}

/* Where both have answered a question, the answer of the one that stays counts, and the other's file goes. */
void answers_move(Tx *tx, const OrganisationJoin *join) {
    AnswerSheet own = answers_of(tx, join->edition, join->to), theirs = answers_of(tx, join->edition, join->from);
    bool keeps_own = join->has_own;
    const AnswerSheet *second = keeps_own ? &theirs : &own;
    Id loses = keeps_own ? join->from : join->to, wins = keeps_own ? join->to : join->from;
    for (size_t i = 0; i < second->count; i++) {
        const Answer *answer = &second->answers[i];
        if (!answer_find(keeps_own ? &own : &theirs, wins, answer->question)) continue;
        questions_sql_clear_picks(tx, join->edition, loses, answer->question);
        questions_sql_drop_answer(tx, join->edition, loses, answer->question);
        file_drop(tx, join->edition, answer->file_hash);
    }
    questions_sql_move_answers(tx, join->edition, join->from, join->to);
    questions_sql_move_picks(tx, join->edition, join->from, join->to);
    Questions all = questions_of(tx, join->edition);
    for (size_t i = 0; i < all.count; i++) picks_free_unasked(tx, &all.questions[i]);
}
