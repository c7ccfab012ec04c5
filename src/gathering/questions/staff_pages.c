// SPDX-License-Identifier: EUPL-1.2
/* What an edition asks, for coordinators: the built-in questions by switch, and their own. */
#include "gathering/questions/internal.h"
#include "gathering/signups/asked.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "questions_pages.h"
#include "questions_sql.h"

Str staff_questions_path(Request *request, Id question, const char *rest) {
    Str all = edition_path(request->arena, edition_of(request), "/staff/questions");
    if (!question) return str_format(request->arena, "%.*s%s", STR_FORMAT(all), rest);
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(all), STR_FORMAT(id_text(request->arena, question)),
                      rest);
}

/* ---- switches ------------------------------------------------------------------------------------------------ */

typedef struct SwitchForm {
    Str version; /* what stood there */
    StrList asked;
} SwitchForm;

static FormOptions switch_options(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, ASK_COUNT);
    for (size_t i = 0; i < ASK_COUNT; i++)
        options[i] = (FormOption){str_from_c(signup_ask_name(1u << i)),
                                  signup_ask_words(request->arena, request->language, 1u << i)};
    return (FormOptions){options, ASK_COUNT};
}

static const FormField switch_fields[] = {
    FORM_VERSION(SwitchForm),
    {.name = "asked",
     .kind = FIELD_SEVERAL,
     .offset = offsetof(SwitchForm, asked),
     .unmarked = true,
     .options = switch_options,
     .label = MSG_INIT("questions", "Beside name, contact, number of people and what they do, we ask for"),
     .hint = MSG_INIT("questions", "What you leave out is not asked any more; what was told already stays.")},
};
const FormTable switches_asked = {switch_fields, COUNT(switch_fields)};

static SwitchForm switches_of(Request *request) {
    unsigned asks = signup_asks(request->tx, request->scope.edition);
    SwitchForm values = {.version = form_version(request->arena, asks),
                         .asked = {arena_array(request->arena, Str, ASK_COUNT), 0}};
    for (size_t i = 0; i < ASK_COUNT; i++)
        if (asks & 1u << i) values.asked.strs[values.asked.count++] = str_from_c(signup_ask_name(1u << i));
    return values;
}

/* ---- the list ------------------------------------------------------------------------------------------------ */

static int64_t answered(const QuestionsCountedRows *counted, Id question) {
    for (size_t i = 0; i < counted->count; i++)
        if (counted->rows[i].question == question) return counted->rows[i].count;
    return 0;
}

/* "only where “Do you bring a stand?” is answered: yes" */
Str question_condition_words(Request *request, const Questions *all, const Question *question) {
    const Question *other = question->shown_question ? questions_find(all, question->shown_question) : NULL;
    Id choice;
    if (!other) return STR("");
    Str answer = str_equal(question->shown_answer, STR("yes")) ? questions_said(request, MSG("questions", "yes"))
                                                               : questions_said(request, MSG("questions", "no"));
    const Choice *chosen = id_parse(question->shown_answer, &choice) ? question_choice_find(other, choice) : NULL;
    if (chosen) answer = choice_label(request, chosen);
    return say(request->arena, request->language, MSG("questions", "only where “{question}” is answered: {answer}"),
               SAY_TEXT("question", question_label(request, other)), SAY_TEXT("answer", answer));
}

static Str about_words(Request *request, const Questions *all, const Question *question) {
    Str parts[4];
    size_t count = 0;
    parts[count++] = question_kind_words(request->arena, request->language, question->kind);
    if (question->is_required) parts[count++] = questions_said(request, MSG("questions", "needed"));
    Str due = question_due_words(request, question), condition = question_condition_words(request, all, question);
    if (!str_is_empty(due)) parts[count++] = due;
    if (!str_is_empty(condition)) parts[count++] = condition;
    Buffer words = buffer_in(request->arena);
    for (size_t i = 0; i < count; i++) buffer_format(&words, "%s%.*s", i ? "\u00a0· " : "", STR_FORMAT(parts[i]));
    return buffer_str(&words);
}

static void fill_rows(Request *request, const Questions *all, StaffQuestionsPage *page) {
    QuestionsCountedRows counted = questions_sql_counted(request->tx, request->scope.edition);
    StaffQuestionsPageQuestion *rows = arena_array(request->arena, StaffQuestionsPageQuestion, all->count);
    page->questions = rows;
    page->questions_count = all->count;
    for (size_t i = 0; i < all->count; i++) {
        const Question *question = &all->questions[i];
        rows[i] = (StaffQuestionsPageQuestion){
            .label = question_label(request, question),
            .about = about_words(request, all, question),
            .href = staff_questions_path(request, question->id, ""),
            .answers_href = staff_questions_path(request, question->id, "/answers"),
            .answers = answered(&counted, question->id),
            .move_action = staff_questions_path(request, question->id, "/move"),
            .has_no_choices = question_has_choices(question->kind) && !question->choice_count,
        };
    }
}

static Err show_list(Request *request, const Form *switches) {
    Questions all = questions_of(request->tx, request->scope.edition);
    StaffQuestionsPage page = {
        .layout = edition_layout(request, questions_said(request, MSG("questions", "What the sign-up asks")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .add_href = staff_questions_path(request, 0, "/new"),
        .paper_href = edition_path(request->arena, edition_of(request), "/staff/paper-form"),
        .switches = switches,
        .switch_action = staff_questions_path(request, 0, ""),
        .may_add = all.count < QUESTIONS_MOST,
    };
    fill_rows(request, &all, &page);
    page.layout.is_refused = !form_ok(switches);
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("saved"))) page.layout.notice = questions_said(request, MSG("questions", "Saved."));
    if (str_equal(done, STR("depends")))
        page.layout.notice = questions_said(
            request, MSG("questions", "It stays where it was: a question is asked below the one it depends on. "
                                      "Move the other one first."));
    if (str_equal(done, STR("removed"))) page.layout.notice = questions_said(request, MSG("questions", "Removed."));
    PageOut out = page_out(request);
    page_staff_questions(&out, &page);
    return OK;
}

static Form *switch_form(Request *request, SwitchForm **values) {
    *values = arena_new(request->arena, SwitchForm);
    **values = switches_of(request);
    return form_open(request, switch_fields, COUNT(switch_fields), *values);
}

Err staff_questions_page(Request *request) {
    SwitchForm *values;
    return show_list(request, switch_form(request, &values));
}

Err staff_questions_switch(Request *request) {
    SwitchForm *values, stored = switches_of(request);
    Form *form = switch_form(request, &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show_list(request, form);
    unsigned asks = 0;
    for (size_t i = 0; i < values->asked.count; i++)
        for (size_t j = 0; j < ASK_COUNT; j++)
            if (str_equal(values->asked.strs[i], str_from_c(signup_ask_name(1u << j)))) asks |= 1u << j;
    signup_set_asks(request->tx, request->scope.edition, asks, request->who.person);
    return respond_redirect(request, staff_questions_path(request, 0, "?done=saved"));
}

/* ---- one ----------------------------------------------------------------------------------------------------- */

typedef struct QuestionForm {
    Str version, kind, label[LANGUAGE_COUNT], hint[LANGUAGE_COUNT], due, shown; /* shown: "ID.yes" */
    bool is_required;
} QuestionForm;

static FormOptions kinds_offered(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, QUESTION_KIND_COUNT);
    for (size_t i = 0; i < QUESTION_KIND_COUNT; i++)
        options[i] = (FormOption){str_from_c(question_kind_name((QuestionKind)i)),
                                  question_kind_words(request->arena, request->language, (QuestionKind)i)};
    return (FormOptions){options, QUESTION_KIND_COUNT};
}

static FormOption condition_option(Request *request, const Question *question, Str answer, Str words) {
    return (FormOption){
        str_format(request->arena, "%.*s.%.*s", STR_FORMAT(id_text(request->arena, question->id)), STR_FORMAT(answer)),
        say(request->arena, request->language, MSG("questions", "“{question}”: {answer}"),
            SAY_TEXT("question", question_label(request, question)), SAY_TEXT("answer", words))};
}

/* Every answer of a question that depends on none itself; not of the one that is written. */
static FormOptions condition_options(Request *request, void *context) {
    (void)context;
    Questions all = questions_of(request->tx, request->scope.edition);
    Id own = 0;
    request_id(request, "question", &own);
    size_t count = 1;
    for (size_t i = 0; i < all.count; i++) count += all.questions[i].choice_count + 2;
    FormOption *options = arena_array(request->arena, FormOption, count);
    options[0] = (FormOption){STR("always"), questions_said(request, MSG("questions", "always"))};
    count = 1;
    for (size_t i = 0; i < all.count; i++) {
        const Question *question = &all.questions[i];
        if (question->id == own || question->shown_question) continue;
        for (size_t j = 0; j < question->choice_count; j++)
            options[count++] = condition_option(request, question, id_text(request->arena, question->choices[j].id),
                                                choice_label(request, &question->choices[j]));
        if (question->kind != QUESTION_YES_NO) continue;
        options[count++] =
            condition_option(request, question, STR("yes"), questions_said(request, MSG("questions", "yes")));
        options[count++] =
            condition_option(request, question, STR("no"), questions_said(request, MSG("questions", "no")));
    }
    return (FormOptions){options, count};
}

#define AT(member) .offset = offsetof(QuestionForm, member)
static const FormField question_fields[] = {
    FORM_VERSION(QuestionForm),
    {.name = "label_pl",
     .kind = FIELD_LINE,
     AT(label[LANGUAGE_PL]),
     .unmarked = true,
     .label = MSG_INIT("questions", "Question, in Polish"),
     .hint = MSG_INIT("questions", "One language is enough; the others see this one.")},
    {.name = "label_en",
     .kind = FIELD_LINE,
     AT(label[LANGUAGE_EN]),
     .label = MSG_INIT("questions", "Question, in English")},
    {.name = "label_uk",
     .kind = FIELD_LINE,
     AT(label[LANGUAGE_UK]),
     .label = MSG_INIT("questions", "Question, in Ukrainian")},
    {.name = "hint_pl",
     .kind = FIELD_LINE,
     AT(hint[LANGUAGE_PL]),
     .label = MSG_INIT("questions", "A sentence of help, in Polish")},
    {.name = "hint_en",
     .kind = FIELD_LINE,
     AT(hint[LANGUAGE_EN]),
     .label = MSG_INIT("questions", "A sentence of help, in English")},
    {.name = "hint_uk",
     .kind = FIELD_LINE,
     AT(hint[LANGUAGE_UK]),
     .label = MSG_INIT("questions", "A sentence of help, in Ukrainian")},
    {.name = "is_required",
     .kind = FIELD_CHECK,
     AT(is_required),
     .label = MSG_INIT("questions", "An answer is needed")},
    {.name = "due",
     .kind = FIELD_DATE,
     AT(due),
     .label = MSG_INIT("questions", "Last day for an answer"),
     .hint = MSG_INIT("questions", "Afterwards only coordinators write answers down.")},
    {.name = "shown",
     .kind = FIELD_CHOICE,
     AT(shown),
     .required = true,
     .options = condition_options,
     .label = MSG_INIT("questions", "When it is asked")},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     AT(kind),
     .required = true,
     .options = kinds_offered,
     .label = MSG_INIT("questions", "What kind of answer"),
     .hint = MSG_INIT("questions", "It stays as it is once the question is made.")},
};
enum { FIELDS_OF_EXISTING = COUNT(question_fields) - 1 }; /* without the kind */
const FormTable question_asked = {question_fields, COUNT(question_fields)};

static Str due_day(Request *request, const Question *question) {
    if (!question->due_ms.given) return STR("");
    Civil civil = zone_civil(edition_of(request)->zone, question->due_ms.value - 1);
    return str_format(request->arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

/* The midnight that ends the day. */
static OptionalInt midnight_after(Request *request, Str day) {
    ImpreciseDate date;
    if (str_is_empty(day) || !imprecise_date_parse(day, &date) || date.precision != DATE_DAY) return (OptionalInt){0};
    Civil noon = {.year = date.year, .month = date.month, .day = date.day, .hour = 12};
    Civil next = civil_from_utc_ms(civil_to_utc_ms(&noon) + INT64_C(24) * 3600 * 1000);
    next.hour = next.minute = next.second = 0;
    return given_int(zone_ms(edition_of(request)->zone, &next));
}

static QuestionForm values_of(Request *request, const Question *question) {
    QuestionForm values = {
        .version = form_version(request->arena, question->version),
        .kind = question->id ? str_from_c(question_kind_name(question->kind)) : STR(""),
        .due = due_day(request, question),
        .shown = STR("always"),
        .is_required = question->is_required,
    };
    if (question->shown_question)
        values.shown =
            str_format(request->arena, "%.*s.%.*s", STR_FORMAT(id_text(request->arena, question->shown_question)),
                       STR_FORMAT(question->shown_answer));
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        values.label[i] = question->label.in[i];
        values.hint[i] = question->hint.in[i];
    }
    return values;
}

static void take_values(Request *request, const QuestionForm *values, Question *question) {
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        question->label.in[i] = values->label[i];
        question->hint.in[i] = values->hint[i];
    }
    question->is_required = values->is_required;
    question->due_ms = midnight_after(request, values->due);
    question->shown_question = 0;
    question->shown_answer = STR("");
    ptrdiff_t dot = str_index_of_char(values->shown, '.');
    if (dot > 0 && id_parse(str_slice(values->shown, 0, (size_t)dot), &question->shown_question))
        question->shown_answer = str_skip(values->shown, (size_t)dot + 1);
    if (!question->id) question_kind_parse(values->kind, &question->kind);
}

static void fill_choices(Request *request, const Question *question, StaffQuestionPage *page) {
    StaffQuestionPageChoice *rows = arena_array(request->arena, StaffQuestionPageChoice, question->choice_count);
    page->choices = rows;
    page->choices_count = question->choice_count;
    page->has_choices = question->id && question_has_choices(question->kind);
    for (size_t i = 0; i < question->choice_count; i++) {
        const Choice *choice = &question->choices[i];
        Str href =
            str_format(request->arena, "%.*s/%.*s", STR_FORMAT(staff_questions_path(request, question->id, "/choices")),
                       STR_FORMAT(id_text(request->arena, choice->id)));
        Str taken = choice->places.given
                        ? say(request->arena, request->language, MSG("questions", "{taken} of {places} places taken"),
                              SAY_INT("taken", choice->taken), SAY_INT("places", choice->places.value))
                        : say(request->arena, request->language,
                              MSG_PLURAL("questions", "chosen {count} time", "chosen {count} times"),
                              SAY_INT("count", choice->taken));
        rows[i] = (StaffQuestionPageChoice){choice_label(request, choice), href, taken};
    }
    page->add_choice_href = staff_questions_path(request, question->id, "/choices/new");
}

static Err show_one(Request *request, const Question *question, const Form *form) {
    Str heading =
        question->id ? question_label(request, question) : questions_said(request, MSG("questions", "A new question"));
    StaffQuestionPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_SIGNUPS),
        .heading = heading,
        .back_href = staff_questions_path(request, 0, ""),
        .form = form,
        .is_new = !question->id,
        .kind = question->id ? question_kind_words(request->arena, request->language, question->kind) : STR(""),
        .action =
            question->id ? staff_questions_path(request, question->id, "") : staff_questions_path(request, 0, "/new"),
    };
    if (question->id) {
        QuestionsCountedRows counted = questions_sql_counted(request->tx, request->scope.edition);
        page.answers = answered(&counted, question->id);
        page.remove_action = staff_questions_path(request, question->id, "/remove");
    }
    fill_choices(request, question, &page);
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("made")))
        page.layout.notice = questions_said(request, MSG("questions", "Saved. Now add the answers to choose from."));
    if (str_equal(fields_get(&request->query, STR("done")), STR("saved")))
        page.layout.notice = questions_said(request, MSG("questions", "Saved."));
    PageOut out = page_out(request);
    page_staff_question(&out, &page);
    return OK;
}

/* A new one where the path has none. */
static bool one_of_path(Request *request, Question *question) {
    Questions all;
    const Question *found;
    *question = (Question){.edition = request->scope.edition, .shown_answer = STR("")};
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) question->label.in[i] = question->hint.in[i] = STR("");
    if (str_is_absent(request_parameter(request, "question"))) return true;
    if (!question_of_path(request, &all, &found)) return false;
    *question = *found;
    return true;
}

static Form *one_form(Request *request, const Question *question, QuestionForm **values) {
    *values = arena_new(request->arena, QuestionForm);
    **values = values_of(request, question);
    return form_open(request, question_fields, question->id ? FIELDS_OF_EXISTING : COUNT(question_fields), *values);
}

Err staff_question_page(Request *request) {
    Question question;
    QuestionForm *values;
    if (!one_of_path(request, &question)) return ERR_NOT_FOUND;
    return show_one(request, &question, one_form(request, &question, &values));
}

static bool has_label(Request *request, Form *form, const QuestionForm *values) {
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (!str_is_empty(values->label[i])) return true;
    form_refuse(form, "label_pl",
                questions_said(request, MSG("questions", "Write the question in one language at "
                                                         "least.")));
    return false;
}

static void refuse(Request *request, Form *form, Err err) {
    if (err == ERR_LIMIT) {
        form_refuse(form, NULL,
                    say(request->arena, request->language,
                        MSG_PLURAL("questions", "An edition asks {count} question of its own at most.",
                                   "An edition asks {count} questions of its own at most."),
                        SAY_INT("count", QUESTIONS_MOST)));
        return;
    }
    form_refuse(form, "shown",
                questions_said(request, MSG("questions", "Another question depends on this one, so this one has to be "
                                                         "asked always.")));
}

Err staff_question_save(Request *request) {
    Question question;
    QuestionForm *values;
    if (!one_of_path(request, &question)) return ERR_NOT_FOUND;
    QuestionForm stored = values_of(request, &question);
    Form *form = one_form(request, &question, &values);
    if (!form_read(form) || !has_label(request, form, values) || (question.id && !form_is_current(form, &stored)))
        return show_one(request, &question, form);
    Question before = question;
    take_values(request, values, &question);
    Id made = question.id;
    Err err = question.id ? question_update(request->tx, &question, request->who.person)
                          : question_add(request->tx, &question, request->who.person, &made);
    if (err == ERR_LIMIT || err == ERR_INPUT) {
        refuse(request, form, err);
        return show_one(request, &before, form);
    }
    if (err) return err;
    bool needs_choices = !question.id && question_has_choices(question.kind);
    return respond_redirect(request, needs_choices ? staff_questions_path(request, made, "?done=made")
                                                   : staff_questions_path(request, 0, "?done=saved"));
}

/* Where it stands is nobody's words: whoever presses last decides. */
Err staff_question_move(Request *request) {
    Id id;
    if (!request_id(request, "question", &id)) return ERR_NOT_FOUND;
    bool is_up = str_equal(fields_get(&request->form, STR("to")), STR("up"));
    Err err = question_move(request->tx, request->scope.edition, id, is_up, request->who.person);
    if (err == ERR_INPUT) return respond_redirect(request, staff_questions_path(request, 0, "?done=depends"));
    return err ? err : respond_redirect(request, staff_questions_path(request, 0, ""));
}

Err staff_question_remove(Request *request) {
    Question question;
    QuestionForm *values;
    if (!one_of_path(request, &question) || !question.id) return ERR_NOT_FOUND;
    Form *form = one_form(request, &question, &values);
    if (!form_step_is_current(form)) return show_one(request, &question, form);
    Err err = question_remove(request->tx, &question, request->who.person);
    return err ? err : respond_redirect(request, staff_questions_path(request, 0, "?done=removed"));
}
