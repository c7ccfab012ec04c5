// SPDX-License-Identifier: EUPL-1.2
/* Answering: one question a page, by the organisation itself or by a coordinator who was told. */
#include "gathering/questions/internal.h"
#include "gathering/organisations/organisations.h"
#include "platform/base/utf8.h"
#include "platform/base/limits.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "questions_pages.h"
#include "questions_sql.h"

/* ---- words and addresses ------------------------------------------------------------------------------------- */

Str questions_said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Language written_in(const Request *request) { return edition_of((Request *)request)->series.language; }

Str question_label(const Request *request, const Question *question) {
    return wording_for(&question->label, request->language, written_in(request));
}

Str choice_label(const Request *request, const Choice *choice) {
    return wording_for(&choice->label, request->language, written_in(request));
}

static Str last_day(const Request *request, const Question *question) {
    if (!question->due_ms.given) return STR("");
    Civil civil = zone_civil(edition_of((Request *)request)->zone, question->due_ms.value - 1);
    return date_words(request->arena, request->language, &civil);
}

Str question_due_words(const Request *request, const Question *question) {
    if (!question->due_ms.given) return STR("");
    return say(request->arena, request->language, MSG("questions", "until {day}"),
               SAY_TEXT("day", last_day(request, question)));
}

static bool is_staff(const Request *request) { return str_is_absent(request_parameter(request, "organisation")); }

/* Whose answer it is: the path's organisation, or for coordinators the one of the sign-up. */
static Id answering(Request *request) {
    Id organisation;
    if (!is_staff(request)) return request->scope.organisation;
    return request_id(request, "signed_up", &organisation) ? organisation : 0;
}

static Str answers_path(Request *request, Id question, const char *rest) {
    Arena *arena = request->arena;
    const Edition *edition = edition_of(request);
    Str all = is_staff(request)
                  ? str_format(arena, "%.*s/%.*s", STR_FORMAT(edition_path(arena, edition, "/staff/answers")),
                               STR_FORMAT(id_text(arena, answering(request))))
                  : edition_my_path(arena, edition, request->scope.organisation, "/questions");
    if (!question) return str_format(arena, "%.*s%s", STR_FORMAT(all), rest);
    return str_format(arena, "%.*s/%.*s%s", STR_FORMAT(all), STR_FORMAT(id_text(arena, question)), rest);
}

bool question_of_path(Request *request, Questions *all, const Question **question) {
    Id id;
    *all = questions_of(request->tx, request->scope.edition);
    *question = request_id(request, "question", &id) ? questions_find(all, id) : NULL;
    return *question != NULL;
}

/* ---- what is open -------------------------------------------------------------------------------------------- */

static bool is_late(const Request *request, const Question *question) {
    return question->due_ms.given && request->now_ms >= question->due_ms.value;
}

/* has_ended: declined or withdrawn; what was answered can be read still. */
static bool signed_up(Request *request, Id organisation, bool *has_ended) {
    QuestionsSignupOfRow row;
    if (!questions_sql_signup_of(request->tx, request->scope.edition, organisation, &row)) return false;
    *has_ended = str_equal(row.state, STR("declined")) || str_equal(row.state, STR("withdrawn"));
    return true;
}

static bool takes_part(Request *request, Id organisation) {
    bool has_ended;
    return signed_up(request, organisation, &has_ended) && !has_ended;
}

/* Whether the edition still takes changes of organisations: the routes' states, for what is shown. */
static bool is_open(Request *request) { return states_have(STATES_OF_ORGANISATIONS, edition_of(request)->state); }

typedef struct Asked {
    Questions all;
    AnswerSheet sheet;
    Id organisation;
} Asked;

static Asked asked_of(Request *request, Id organisation) {
    return (Asked){questions_of(request->tx, request->scope.edition),
                   answers_of(request->tx, request->scope.edition, organisation), organisation};
}

static bool is_waiting(const Request *request, const Asked *asked, const Question *question) {
    return question_applies(&asked->sheet, asked->organisation, question) && !is_late(request, question) &&
           !answer_is_given(answer_find(&asked->sheet, asked->organisation, question->id));
}

/* The next one that waits, in order, after this one and then from the first; 0: none. */
static Id next_waiting(const Request *request, const Asked *asked, Id after) {
    size_t at = 0;
    while (after && at < asked->all.count && asked->all.questions[at].id != after) at++;
    for (size_t i = 1; i <= asked->all.count; i++) {
        const Question *question = &asked->all.questions[after ? (at + i) % asked->all.count : i - 1];
        if (question->id != after && is_waiting(request, asked, question)) return question->id;
    }
    return 0;
}

/* ---- in "my gathering" --------------------------------------------------------------------------------------- */

static Str waiting_words(Request *request, int64_t count, const Question *soonest) {
    Str words = say(
        request->arena, request->language,
        MSG_PLURAL("questions", "{count} question waits for your answer.", "{count} questions wait for your answer."),
        SAY_INT("count", count));
    if (!soonest) return words;
    Civil civil = zone_civil(edition_of(request)->zone, soonest->due_ms.value - 1);
    Str due = say(request->arena, request->language, MSG("questions", "The next day to keep: {day}."),
                  SAY_TEXT("day", date_words(request->arena, request->language, &civil)));
    return str_format(request->arena, "%.*s %.*s", STR_FORMAT(words), STR_FORMAT(due));
}

/* As much of it as tells what waits, from one query: this page is opened often. */
static Asked asked_in_short(Request *request, Id organisation) {
    QuestionsMineRows rows = questions_sql_mine(request->tx, request->scope.edition, organisation);
    Arena *arena = request->arena;
    Asked asked = {
        {arena_array(arena, Question, rows.count), 0}, {arena_array(arena, Answer, rows.count), 0}, organisation};
    Id *picks = arena_array(arena, Id, rows.count);
    for (size_t i = 0; i < rows.count;) {
        const QuestionsMineRow *row = &rows.rows[i];
        Question question = {.edition = request->scope.edition,
                             .id = row->id,
                             .due_ms = row->due_ms,
                             .shown_question = row->shown_question.given ? row->shown_question.value : 0,
                             .shown_answer = row->shown_answer};
        question_kind_parse(row->kind, &question.kind);
        Answer answer = {.organisation = organisation,
                         .question = row->id,
                         .words = row->words,
                         .file_hash = row->file_hash,
                         .picks = &picks[i]};
        for (; i < rows.count && rows.rows[i].id == question.id; i++)
            if (rows.rows[i].choice.given) picks[i] = rows.rows[i].choice.value, answer.pick_count++;
        asked.all.questions[asked.all.count++] = question;
        answers_put(&asked.sheet, answer);
    }
    return asked;
}

void questions_my_items(Request *request, MyItems *items) {
    Asked asked = asked_in_short(request, request->scope.organisation);
    int64_t count = 0;
    const Question *soonest = NULL;
    for (size_t i = 0; i < asked.all.count; i++) {
        const Question *question = &asked.all.questions[i];
        if (!is_waiting(request, &asked, question)) continue;
        count++;
        if (question->due_ms.given && (!soonest || question->due_ms.value < soonest->due_ms.value)) soonest = question;
    }
    if (!asked.all.count) return;
    bool is_asking = count && is_open(request);
    my_items_add(items, &(MyItem){
                            .is_invitation = true, /* nothing for the paper of the day */
                            .waits_for_them = is_asking,
                            .title = questions_said(request, MSG("questions", "Questions from the organiser")),
                            .words = is_asking ? waiting_words(request, count, soonest)
                                               : questions_said(request, MSG("questions", "You have answered all.")),
                            .href = answers_path(request, 0, ""),
                            .link = is_asking ? questions_said(request, MSG("questions", "Answer"))
                                              : questions_said(request, MSG("questions", "Read your answers")),
                        });
}

/* ---- the list ------------------------------------------------------------------------------------------------ */

static Str size_words(Request *request, int64_t bytes) {
    int64_t kib = (bytes + 1023) / 1024;
    return say(request->arena, request->language, MSG("questions", "{size} KB"), SAY_INT("size", kib));
}

static Str shown_answer(Request *request, const Question *question, const Answer *answer) {
    Str words = answer_words(request->arena, request->language, written_in(request), question, answer);
    if (question->kind != QUESTION_FILE || str_is_empty(words)) return words;
    return str_format(request->arena, "%.*s, %.*s", STR_FORMAT(words),
                      STR_FORMAT(size_words(request, answer->file_size)));
}

Err my_questions_page(Request *request) {
    bool has_ended;
    if (!signed_up(request, request->scope.organisation, &has_ended)) return ERR_NOT_FOUND;
    Asked asked = asked_of(request, request->scope.organisation);
    MyQuestionsPageQuestion *rows = arena_array(request->arena, MyQuestionsPageQuestion, asked.all.count);
    MyQuestionsPage page = {
        .layout =
            edition_layout(request, questions_said(request, MSG("questions", "Questions from the organiser")), MENU_MY),
        .back_href = edition_my_path(request->arena, edition_of(request), request->scope.organisation, ""),
        .questions = rows,
    };
    for (size_t i = 0; i < asked.all.count; i++) {
        const Question *question = &asked.all.questions[i];
        const Answer *answer = answer_find(&asked.sheet, asked.organisation, question->id);
        if (!question_applies(&asked.sheet, asked.organisation, question)) continue;
        rows[page.questions_count++] = (MyQuestionsPageQuestion){
            .label = question_label(request, question),
            .answer = shown_answer(request, question, answer),
            .due = question_due_words(request, question),
            .href = answers_path(request, question->id, ""),
            .is_late = is_late(request, question) || !is_open(request) || has_ended,
            .is_required = question->is_required,
        };
    }
    Id next = is_open(request) && !has_ended ? next_waiting(request, &asked, 0) : 0;
    if (next) page.next_href = answers_path(request, next, "");
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = questions_said(request, MSG("questions", "Saved. Thank you."));
    PageOut out = page_out(request);
    page_my_questions(&out, &page);
    return OK;
}

/* ---- the form of one ----------------------------------------------------------------------------------------- */

typedef struct AnswerForm {
    Str version, words, choice;
    OptionalInt number;
    StrList several;
    const Field *file;
    bool removes;
} AnswerForm;

/* What may be shown of any question's answer that could not be saved (page/typed.h). */
static FormOptions every_choice(Request *request, void *context) {
    (void)context;
    Questions all = questions_of(request->tx, request->scope.edition);
    size_t count = 2;
    for (size_t i = 0; i < all.count; i++) count += all.questions[i].choice_count;
    FormOption *options = arena_array(request->arena, FormOption, count);
    options[0] = (FormOption){STR("yes"), questions_said(request, MSG("questions", "yes"))};
    options[1] = (FormOption){STR("no"), questions_said(request, MSG("questions", "no"))};
    count = 2;
    for (size_t i = 0; i < all.count; i++)
        for (size_t j = 0; j < all.questions[i].choice_count; j++) {
            const Choice *choice = &all.questions[i].choices[j];
            options[count++] = (FormOption){id_text(request->arena, choice->id), choice_label(request, choice)};
        }
    return (FormOptions){options, count};
}
static const FormField any_fields[] = {
    {.name = "answer", .kind = FIELD_TEXT, .label = MSG_INIT("questions", "Your answer")},
    {.name = "pick",
     .kind = FIELD_SEVERAL,
     .is_guarded = true,
     .options = every_choice,
     .label = MSG_INIT("questions", "Your choice")},
};
const FormTable question_answer_asked = {any_fields, COUNT(any_fields)};

static Str option_words(Request *request, const Choice *choice, bool is_own) {
    Str label = choice_label(request, choice);
    if (!choice->places.given || is_own) return label;
    int64_t left = choice->places.value - choice->taken;
    if (left <= 0)
        return say(request->arena, request->language, MSG("questions", "{choice} (all places are taken)"),
                   SAY_TEXT("choice", label));
    return say(request->arena, request->language,
               MSG_PLURAL("questions", "{choice} ({count} place is left)", "{choice} ({count} places are left)"),
               SAY_INT("count", left), SAY_TEXT("choice", label));
}

static bool is_picked(const Answer *answer, Id choice) {
    for (size_t i = 0; answer && i < answer->pick_count; i++)
        if (answer->picks[i] == choice) return true;
    return false;
}

static const FormOptions *options_for(Request *request, const Question *question, const Answer *answer) {
    FormOptions *made = arena_new(request->arena, FormOptions);
    size_t count = question->kind == QUESTION_YES_NO ? 2 : question->choice_count;
    FormOption *options = arena_array(request->arena, FormOption, count);
    for (size_t i = 0; i < question->choice_count; i++) {
        const Choice *choice = &question->choices[i];
        options[i] = (FormOption){id_text(request->arena, choice->id),
                                  option_words(request, choice, is_picked(answer, choice->id))};
    }
    if (question->kind == QUESTION_YES_NO) {
        options[0] = (FormOption){STR("yes"), questions_said(request, MSG("questions", "yes"))};
        options[1] = (FormOption){STR("no"), questions_said(request, MSG("questions", "no"))};
    }
    *made = (FormOptions){options, count};
    return made;
}

static Str file_hint(Request *request) {
    return say(request->arena, request->language, MSG("questions", "PDF, JPEG, PNG, ODT or DOCX, at most {size} MB."),
               SAY_INT("size", QUESTION_FILE_BYTES / 1024 / 1024));
}

static FormField field_of(Request *request, const Question *question, const Answer *answer) {
    static const struct {
        FieldKind kind;
        const char *name;
        size_t offset;
        Msg label;
    } asked[QUESTION_KIND_COUNT] = {
        [QUESTION_LINE] = {FIELD_LINE, "answer", offsetof(AnswerForm, words), MSG_INIT("questions", "Your answer")},
        [QUESTION_TEXT] = {FIELD_TEXT, "answer", offsetof(AnswerForm, words), MSG_INIT("questions", "Your answer")},
        [QUESTION_NUMBER] = {FIELD_OPTIONAL_INT, "answer", offsetof(AnswerForm, number),
                             MSG_INIT("questions", "Your answer")},
        [QUESTION_CHOICE] = {FIELD_CHOICE, "pick", offsetof(AnswerForm, choice), MSG_INIT("questions", "Your choice")},
        [QUESTION_SEVERAL] = {FIELD_SEVERAL, "pick", offsetof(AnswerForm, several),
                              MSG_INIT("questions", "Your choice")},
        [QUESTION_YES_NO] = {FIELD_CHOICE, "pick", offsetof(AnswerForm, choice), MSG_INIT("questions", "Your choice")},
        [QUESTION_DATE] = {FIELD_DATE, "answer", offsetof(AnswerForm, words), MSG_INIT("questions", "Your answer")},
        [QUESTION_FILE] = {FIELD_FILE, "file", offsetof(AnswerForm, file), MSG_INIT("questions", "Your file")},
    };
    bool is_there = question->kind == QUESTION_FILE && answer_is_given(answer);
    FormField field = {
        .name = asked[question->kind].name,
        .kind = asked[question->kind].kind,
        .offset = asked[question->kind].offset,
        .required = question->is_required && !is_there && !is_staff(request),
        .label = asked[question->kind].label,
        .hint_text = wording_for(&question->hint, request->language, written_in(request)),
    };
    if (field.kind == FIELD_CHOICE || field.kind == FIELD_SEVERAL)
        field.own_options = options_for(request, question, answer);
    if (question->kind == QUESTION_NUMBER) field.most = QUESTION_NUMBER_MOST; /* nothing below 0 */
    if (field.kind == FIELD_FILE)
        field.hint_text =
            str_is_empty(field.hint_text)
                ? file_hint(request)
                : str_format(request->arena, "%.*s %.*s", STR_FORMAT(field.hint_text), STR_FORMAT(file_hint(request)));
    return field;
}

static AnswerForm values_of(Request *request, const Question *question, const Answer *answer) {
    AnswerForm values = {
        .version = form_version(request->arena, answer ? answer->version : 0), .words = STR(""), .choice = STR("")};
    if (!answer || !answer_is_given(answer)) return values;
    values.words = answer->words;
    if (question->kind == QUESTION_YES_NO) values.choice = answer->words;
    int64_t number;
    if (question->kind == QUESTION_NUMBER && str_to_int(answer->words, &number)) values.number = given_int(number);
    Str *picks = arena_array(request->arena, Str, answer->pick_count);
    for (size_t i = 0; i < answer->pick_count; i++) picks[i] = id_text(request->arena, answer->picks[i]);
    values.several = (StrList){picks, answer->pick_count};
    if (question->kind == QUESTION_CHOICE && answer->pick_count) values.choice = picks[0];
    return values;
}

enum { FORM_ASKED_AT = 1, FORM_FIELDS_MOST = 3 };
static Form *open_form(Request *request, const Question *question, const Answer *answer, AnswerForm **values) {
    static const FormField version = FORM_VERSION(AnswerForm);
    static const FormField removes = {.name = "remove",
                                      .kind = FIELD_CHECK,
                                      .offset = offsetof(AnswerForm, removes),
                                      .label = MSG_INIT("questions", "Remove the file that is there")};
    FormField *fields = arena_array(request->arena, FormField, FORM_FIELDS_MOST);
    size_t count = 0;
    fields[count++] = version;
    fields[count++] = field_of(request, question, answer);
    if (question->kind == QUESTION_FILE && answer_is_given(answer)) fields[count++] = removes;
    *values = arena_new(request->arena, AnswerForm);
    **values = values_of(request, question, answer);
    return form_open(request, fields, count, *values);
}

/* ---- the page of one ----------------------------------------------------------------------------------------- */

typedef struct Page {
    Asked asked;
    const Question *question;
    const Answer *answer; /* NULL: none yet */
    Str organisation;
    bool has_ended;
    bool is_unasked; /* its condition does not hold: nothing to answer now */
} Page;

static bool read_page(Request *request, Page *page) {
    Id organisation = answering(request);
    Questions all;
    if (!organisation || !signed_up(request, organisation, &page->has_ended) ||
        !question_of_path(request, &all, &page->question))
        return false;
    page->asked = (Asked){all, answers_of(request->tx, request->scope.edition, organisation), organisation};
    page->answer = answer_find(&page->asked.sheet, organisation, page->question->id);
    page->is_unasked = !question_applies(&page->asked.sheet, organisation, page->question);
    page->organisation = organisation_name(request->tx, organisation);
    return true;
}

static Html asked_html(Request *request, const Form *form, const Question *question, bool has_file) {
    Buffer *markup = arena_new(request->arena, Buffer);
    *markup = buffer_in(request->arena);
    PageOut out = page_out_into(request, markup);
    bool is_pick = question_has_choices(question->kind) || question->kind == QUESTION_YES_NO;
    form_write_field(&out, form, question->kind == QUESTION_FILE ? "file" : is_pick ? "pick" : "answer");
    if (has_file) form_write_field(&out, form, "remove");
    return (Html){buffer_str(markup)};
}

static Str back_of(Request *request, const Page *page) {
    QuestionsSignupOfRow row;
    if (!is_staff(request)) return answers_path(request, 0, "");
    if (!questions_sql_signup_of(request->tx, request->scope.edition, page->asked.organisation, &row)) return STR("/");
    return str_format(request->arena, "%.*s/%.*s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/sign-ups")),
                      STR_FORMAT(id_text(request->arena, row.id)));
}

static Err show(Request *request, const Page *shown, const Form *form) {
    const Question *question = shown->question;
    bool has_file = question->kind == QUESTION_FILE && answer_is_given(shown->answer);
    Id next = next_waiting(request, &shown->asked, question->id);
    MyQuestionPage page = {
        .layout = edition_layout(request, question_label(request, question),
                                 is_staff(request) ? MENU_STAFF_SIGNUPS : MENU_MY),
        .back_href = back_of(request, shown),
        .form = form,
        .asked = asked_html(request, form, question, has_file),
        .action = request->path,
        .organisation = is_staff(request) ? shown->organisation : STR_ABSENT,
        .due = last_day(request, question),
        .is_file = question->kind == QUESTION_FILE,
        .is_closed = shown->is_unasked || shown->has_ended ||
                     (!is_staff(request) && (is_late(request, question) || !is_open(request))),
        .is_unasked = shown->is_unasked,
        .condition = question_condition_words(request, &shown->asked.all, question),
        .answer = shown_answer(request, question, shown->answer),
        .later_href = next && !is_staff(request) ? answers_path(request, next, "") : back_of(request, shown),
        .phone = edition_of(request)->series.phone,
        .phone_href = phone_link(request->arena, edition_of(request)->series.phone),
    };
    page.label = question_label(request, question);
    if (has_file) page.file_href = answers_path(request, question->id, "/file");
    page.layout.is_refused = !form_ok(form);
    if (page.is_closed && page.layout.is_refused) page.typed = typed_part(request, true);
    PageOut out = page_out(request);
    page_my_question(&out, &page);
    return OK;
}

Err my_question_page(Request *request) {
    Page page;
    AnswerForm *values;
    if (!read_page(request, &page)) return ERR_NOT_FOUND;
    return show(request, &page, open_form(request, page.question, page.answer, &values));
}
Err staff_answer_page(Request *request) { return my_question_page(request); }

/* ---- saving -------------------------------------------------------------------------------------------------- */

static Answer answer_typed(Request *request, const Page *page, const AnswerForm *values) {
    Arena *arena = request->arena;
    Answer answer = {.organisation = page->asked.organisation,
                     .question = page->question->id,
                     .words = values->words,
                     .version = page->answer ? page->answer->version : 0};
    StrList picks = values->several;
    Str choice = values->choice;
    if (page->question->kind == QUESTION_NUMBER)
        answer.words = values->number.given ? str_format(arena, "%lld", (long long)values->number.value) : STR("");
    if (page->question->kind == QUESTION_YES_NO) answer.words = choice;
    if (!question_has_choices(page->question->kind)) return answer;
    answer.words = STR("");
    if (page->question->kind == QUESTION_CHOICE) picks = (StrList){&choice, str_is_empty(choice) ? 0 : 1};
    Id *ids = arena_array(arena, Id, picks.count);
    for (size_t i = 0; i < picks.count; i++)
        if (id_parse(picks.strs[i], &ids[answer.pick_count])) answer.pick_count++;
    answer.picks = ids;
    return answer;
}

static void refuse(Request *request, Form *form, Err err, const Choice *full, const AnswerFile *file) {
    if (err == ERR_LIMIT) {
        form_refuse(form, "pick",
                    say(request->arena, request->language,
                        MSG("questions", "The last place for “{choice}” has just been taken. Choose another answer."),
                        SAY_TEXT("choice", choice_label(request, full))));
        return;
    }
    if (file && file->content.size > QUESTION_FILE_BYTES) {
        form_refuse(form, "file",
                    say(request->arena, request->language,
                        MSG("questions", "This file is too large: at most {size} MB. Send a smaller one."),
                        SAY_INT("size", QUESTION_FILE_BYTES / 1024 / 1024)));
        return;
    }
    form_refuse(form, "file",
                say(request->arena, request->language,
                    MSG("questions", "We cannot take this file. Send a PDF, JPEG, PNG, ODT or DOCX of at most "
                                     "{size} MB."),
                    SAY_INT("size", QUESTION_FILE_BYTES / 1024 / 1024)));
}

/* A name without a path, and with the ending of what it is: "plan.exe" that is a PDF is told as "plan.exe.pdf". */
static Str file_name_of(Arena *arena, Str sent, Str type) {
    Str name = STR("file"), clean;
    if (utf8_clean_line(arena, sent, &clean) && !str_is_empty(clean)) name = clean;
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] == '/' || name.data[i] == '\\') name = str_skip(name, i + 1), i = (size_t)-1;
    Str extension = file_extension(type);
    bool has_it = str_ends_with(str_lower_ascii(arena, name), extension) ||
                  (str_equal(extension, STR(".jpg")) && str_ends_with(str_lower_ascii(arena, name), STR(".jpeg")));
    enum { NAME_BYTES_MOST = 120 };
    if (name.size > NAME_BYTES_MOST) name = STR("file"), has_it = false;
    return has_it ? name : str_join(arena, name, extension);
}

/* Who sends a form that stood open meanwhile reads why, and what they typed. */
static bool is_over(Request *request, const Page *page, Form *form) {
    bool is_too_late = !is_staff(request) && is_late(request, page->question);
    if (!page->is_unasked && !is_too_late) return false;
    form_refuse(form, NULL,
                page->is_unasked
                    ? questions_said(request, MSG("questions", "This question is not asked of you any more, so "
                                                               "your answer was not kept."))
                    : questions_said(request, MSG("questions", "The day for this answer is over. Ring the "
                                                               "organiser: they can still write it down.")));
    return true;
}

Err my_question_save(Request *request) {
    Page page;
    AnswerForm *values;
    const Choice *full = NULL;
    if (!read_page(request, &page)) return ERR_NOT_FOUND;
    if (page.has_ended) return ERR_CONFLICT;
    AnswerForm stored = values_of(request, page.question, page.answer);
    Form *form = open_form(request, page.question, page.answer, &values);
    if (is_over(request, &page, form)) return show(request, &page, form);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, &page, form);
    AnswerGiven given = {.edition = request->scope.edition,
                         .by = request->who.person,
                         .answer = answer_typed(request, &page, values),
                         .removes_file = values->removes};
    AnswerFile file;
    if (values->file) {
        Str type = file_type_of(values->file->value);
        file = (AnswerFile){file_name_of(request->arena, values->file->file_name, type), values->file->value};
        given.file = &file;
    }
    Err err = answer_save(request->tx, page.question, &given, &full);
    if (err == ERR_LIMIT || err == ERR_INPUT) {
        refuse(request, form, err, full, given.file);
        return show(request, &page, form);
    }
    if (err) return err;
    if (is_staff(request)) return respond_redirect(request, back_of(request, &page));
    page.asked.sheet = answers_of(request->tx, request->scope.edition, page.asked.organisation);
    Id next = next_waiting(request, &page.asked, page.question->id);
    return respond_redirect(request, next ? answers_path(request, next, "") : answers_path(request, 0, "?done=1"));
}
Err staff_answer_save(Request *request) { return my_question_save(request); }

/* Never shown on a page of ours: saved, under a type that its bytes have, in a sandbox (http/response.c). */
Err my_file(Request *request) {
    Page page;
    Str content;
    if (!read_page(request, &page) || !answer_is_given(page.answer) || str_is_empty(page.answer->file_hash))
        return ERR_NOT_FOUND;
    if (!file_read(request->tx, request->scope.edition, page.answer->file_hash, &content)) return ERR_NOT_FOUND;
    buffer_add(&request->response.body, content);
    respond_file(request, page.answer->file_type, page.answer->words);
    return OK;
}
Err staff_file(Request *request) { return my_file(request); }

/* ---- for coordinators: of one sign-up -------------------------------------------------------------------------- */

void questions_signup_part(Request *request, PageOut *page, Id organisation) {
    Asked asked = asked_of(request, organisation);
    if (!asked.all.count || !takes_part(request, organisation)) return;
    SignupAnswersPartQuestion *rows = arena_array(request->arena, SignupAnswersPartQuestion, asked.all.count);
    SignupAnswersPart part = {.questions = rows};
    for (size_t i = 0; i < asked.all.count; i++) {
        const Question *question = &asked.all.questions[i];
        const Answer *answer = answer_find(&asked.sheet, organisation, question->id);
        if (!question_applies(&asked.sheet, organisation, question)) continue;
        Str href = str_format(request->arena, "%.*s/%.*s/%.*s",
                              STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/answers")),
                              STR_FORMAT(id_text(request->arena, organisation)),
                              STR_FORMAT(id_text(request->arena, question->id)));
        rows[part.questions_count++] = (SignupAnswersPartQuestion){
            .label = question_label(request, question),
            .answer = shown_answer(request, question, answer),
            .href = href,
            .file_href = question->kind == QUESTION_FILE && answer_is_given(answer)
                             ? str_join(request->arena, href, STR("/file"))
                             : STR_ABSENT,
        };
    }
    part_signup_answers(page, &part);
}
