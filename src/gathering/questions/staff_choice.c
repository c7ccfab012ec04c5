// SPDX-License-Identifier: EUPL-1.2
/* One answer to choose from, for coordinators; and who answered what. */
#include "gathering/questions/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "questions_pages.h"
#include "questions_sql.h"

typedef struct ChoiceForm {
    Str version, label[LANGUAGE_COUNT];
    OptionalInt places;
} ChoiceForm;

#define AT(member) .offset = offsetof(ChoiceForm, member)
static const FormField choice_fields[] = {
    FORM_VERSION(ChoiceForm),
    {.name = "label_pl",
     .kind = FIELD_LINE,
     AT(label[LANGUAGE_PL]),
     .unmarked = true,
     .label = MSG_INIT("questions", "Answer, in Polish"),
     .hint = MSG_INIT("questions", "One language is enough; the others see this one.")},
    {.name = "label_en",
     .kind = FIELD_LINE,
     AT(label[LANGUAGE_EN]),
     .label = MSG_INIT("questions", "Answer, in English")},
    {.name = "label_uk",
     .kind = FIELD_LINE,
     AT(label[LANGUAGE_UK]),
     .label = MSG_INIT("questions", "Answer, in Ukrainian")},
    {.name = "places",
     .kind = FIELD_OPTIONAL_INT,
     AT(places),
     .least = 1,
     .most = QUESTION_PLACES_MOST,
     .label = MSG_INIT("questions", "How many organisations may choose it"),
     .hint =
         MSG_INIT("questions", "Leave it empty where any number may. A smaller number takes no place from those who "
                               "have one.")},
};
const FormTable choice_asked = {choice_fields, COUNT(choice_fields)};

/* A new one where the path has none. */
static bool choice_of_path(Request *request, Choice *choice, Str *question_words) {
    Questions all;
    const Question *question;
    Id id;
    if (!question_of_path(request, &all, &question) || !question_has_choices(question->kind)) return false;
    *question_words = question_label(request, question);
    *choice = (Choice){.edition = request->scope.edition, .question = question->id};
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) choice->label.in[i] = STR("");
    if (str_is_absent(request_parameter(request, "choice"))) return true;
    const Choice *found = request_id(request, "choice", &id) ? question_choice_find(question, id) : NULL;
    if (found) *choice = *found;
    return found;
}

static ChoiceForm values_of(Request *request, const Choice *choice) {
    ChoiceForm values = {.version = form_version(request->arena, choice->version), .places = choice->places};
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) values.label[i] = choice->label.in[i];
    return values;
}

static Form *open_form(Request *request, const Choice *choice, ChoiceForm **values) {
    *values = arena_new(request->arena, ChoiceForm);
    **values = values_of(request, choice);
    return form_open(request, choice_fields, COUNT(choice_fields), *values);
}

static Str choice_path(Request *request, const Choice *choice, const char *rest) {
    if (!choice->id) return staff_questions_path(request, choice->question, "/choices/new");
    return str_format(request->arena, "%.*s/%.*s%s",
                      STR_FORMAT(staff_questions_path(request, choice->question, "/choices")),
                      STR_FORMAT(id_text(request->arena, choice->id)), rest);
}

static Err show(Request *request, const Choice *choice, Str question, const Form *form) {
    Str heading = choice->id ? choice_label(request, choice)
                             : questions_said(request, MSG("questions", "One more answer to choose from"));
    StaffChoicePage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_SIGNUPS),
        .heading = heading,
        .question = question,
        .back_href = staff_questions_path(request, choice->question, ""),
        .form = form,
        .action = choice_path(request, choice, ""),
        .taken = choice->taken,
        .remove_action = choice->id ? choice_path(request, choice, "/remove") : STR_ABSENT,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_choice(&out, &page);
    return OK;
}

Err staff_choice_page(Request *request) {
    Choice choice;
    Str question;
    ChoiceForm *values;
    if (!choice_of_path(request, &choice, &question)) return ERR_NOT_FOUND;
    return show(request, &choice, question, open_form(request, &choice, &values));
}

static bool has_label(Request *request, Form *form, const ChoiceForm *values) {
    for (size_t i = 0; i < LANGUAGE_COUNT; i++)
        if (!str_is_empty(values->label[i])) return true;
    form_refuse(form, "label_pl",
                questions_said(request, MSG("questions", "Write the answer in one language at least.")));
    return false;
}

Err staff_choice_save(Request *request) {
    Choice choice;
    Str question;
    ChoiceForm *values;
    if (!choice_of_path(request, &choice, &question)) return ERR_NOT_FOUND;
    ChoiceForm stored = values_of(request, &choice);
    Form *form = open_form(request, &choice, &values);
    if (!form_read(form) || !has_label(request, form, values) || (choice.id && !form_is_current(form, &stored)))
        return show(request, &choice, question, form);
    Choice changed = choice;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) changed.label.in[i] = values->label[i];
    changed.places = values->places;
    Id made;
    Err err = choice.id ? choice_update(request->tx, &changed, request->who.person)
                        : choice_add(request->tx, &changed, request->who.person, &made);
    if (err == ERR_LIMIT) {
        form_refuse(form, NULL,
                    say(request->arena, request->language,
                        MSG_PLURAL("questions", "A question has {count} answer to choose from at most.",
                                   "A question has {count} answers to choose from at most."),
                        SAY_INT("count", QUESTION_CHOICES_MOST)));
        return show(request, &choice, question, form);
    }
    return err ? err : respond_redirect(request, staff_questions_path(request, choice.question, "?done=saved"));
}

Err staff_choice_remove(Request *request) {
    Choice choice;
    Str question;
    ChoiceForm *values;
    if (!choice_of_path(request, &choice, &question) || !choice.id) return ERR_NOT_FOUND;
    Form *form = open_form(request, &choice, &values);
    if (!form_step_is_current(form)) return show(request, &choice, question, form);
    Err err = choice_remove(request->tx, &choice, request->who.person);
    return err ? err : respond_redirect(request, staff_questions_path(request, choice.question, ""));
}

/* ---- who answered what --------------------------------------------------------------------------------------- */

Err staff_answers_page(Request *request) {
    Questions all;
    const Question *question;
    if (!question_of_path(request, &all, &question)) return ERR_NOT_FOUND;
    AnswerSheet sheet = question->shown_question ? answers_all(request->tx, request->scope.edition)
                                                 : answers_to(request->tx, request->scope.edition, question->id);
    QuestionsSignupsRows signups = questions_sql_signups(request->tx, request->scope.edition);
    StaffAnswersPageAnswer *rows = arena_array(request->arena, StaffAnswersPageAnswer, signups.count);
    StaffAnswersPage page = {
        .layout = edition_layout(request, question_label(request, question), MENU_STAFF_SIGNUPS),
        .question = question_label(request, question),
        .back_href = staff_questions_path(request, 0, ""),
        .answers = rows,
    };
    Language written = edition_of(request)->series.language;
    for (size_t i = 0; i < signups.count; i++) {
        const QuestionsSignupsRow *signup = &signups.rows[i];
        const Answer *answer = answer_find(&sheet, signup->organisation, question->id);
        if (!question_applies(&sheet, signup->organisation, question)) continue;
        Str href = str_format(request->arena, "%.*s/%.*s/%.*s",
                              STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/answers")),
                              STR_FORMAT(id_text(request->arena, signup->organisation)),
                              STR_FORMAT(id_text(request->arena, question->id)));
        page.given += answer_is_given(answer);
        rows[page.answers_count++] = (StaffAnswersPageAnswer){
            .organisation = signup->name,
            .answer = answer_words(request->arena, request->language, written, question, answer),
            .href = href,
            .file_href = question->kind == QUESTION_FILE && answer_is_given(answer)
                             ? str_join(request->arena, href, STR("/file"))
                             : STR_ABSENT,
        };
    }
    page.asked = (int64_t)page.answers_count;
    PageOut out = page_out(request);
    page_staff_answers(&out, &page);
    return OK;
}
