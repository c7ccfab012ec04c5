// SPDX-License-Identifier: EUPL-1.2
/* Four questions of the coming edition's own, one of each sort that shows something, and who has answered them. */
#include "demo_fill.h"
#include "gathering/questions/questions.h"

/* The representative who comes in by the terminal's second link (number 1) has two answers and two open questions. */
enum { DUE_BEFORE_DAYS = 7, ANSWERED = 24, WORKSHOP_PLACES = 6 };

static Id add_question(DemoFill *fill, Question question) {
    Id id;
    question.edition = fill->coming;
    if (str_is_absent(question.shown_answer)) question.shown_answer = STR("");
    demo_must(fill, question_add(fill->tx, &question, fill->coordinator, &id), "a question");
    return id;
}

static Id add_choice(DemoFill *fill, Id question, Wording label, int64_t places) {
    Id id;
    Choice choice = {.edition = fill->coming,
                     .question = question,
                     .label = label,
                     .places = places ? given_int(places) : (OptionalInt){0}};
    demo_must(fill, choice_add(fill->tx, &choice, fill->coordinator, &id), "a choice");
    return id;
}

static void answer(DemoFill *fill, const Questions *all, Id question, size_t index, Answer answer,
                   const AnswerFile *file) {
    const Choice *full = NULL;
    answer.organisation = fill->organisations[index];
    AnswerGiven given = {.edition = fill->coming, .answer = answer, .file = file};
    demo_must(fill, answer_save(fill->tx, questions_find(all, question), &given, &full), "an answer");
}

#define IN_THREE(pl, en, uk)                                                                         \
    {                                                                                                \
        { [LANGUAGE_PL] = STR_INIT(pl), [LANGUAGE_EN] = STR_INIT(en), [LANGUAGE_UK] = STR_INIT(uk) } \
    }

void demo_add_questions(DemoFill *fill) {
    OptionalInt due_ms = given_int(demo_moment(fill, fill->coming_day - DUE_BEFORE_DAYS, 0));
    static const Wording stand = IN_THREE("Czy przywieziecie własne stoisko?", "Do you bring a stand of your own?",
                                          "Чи привезете власний стенд?"),
                         power = IN_THREE("Czego potrzebujecie przy stoisku?", "What do you need at the stand?",
                                          "Що вам потрібно біля стенда?"),
                         workshop = IN_THREE("Na który warsztat przyjdziecie?", "Which workshop will you come to?",
                                             "На який майстер-клас прийдете?"),
                         logo =
                             IN_THREE("Wasz znak do programu", "Your sign for the programme", "Ваш знак до програми");
    Id stand_asked =
        add_question(fill, (Question){.kind = QUESTION_YES_NO, .label = stand, .is_required = true, .due_ms = due_ms});
    Id power_asked = add_question(
        fill, (Question){
                  .kind = QUESTION_SEVERAL, .label = power, .shown_question = stand_asked, .shown_answer = STR("yes")});
    Id workshop_asked = add_question(fill, (Question){.kind = QUESTION_CHOICE, .label = workshop, .due_ms = due_ms});
    Id logo_asked = add_question(fill, (Question){.kind = QUESTION_FILE, .label = logo});
    Id socket = add_choice(fill, power_asked, (Wording)IN_THREE("gniazdko", "a socket", "розетка"), 0);
    add_choice(fill, power_asked, (Wording)IN_THREE("stół", "a table", "стіл"), 0);
    Id clay =
        add_choice(fill, workshop_asked, (Wording)IN_THREE("lepienie z gliny", "working with clay", "ліплення з глини"),
                   WORKSHOP_PLACES);
    Id radio = add_choice(fill, workshop_asked,
                          (Wording)IN_THREE("nagrywanie podcastu", "recording a podcast", "записування подкасту"), 0);
    Questions all = questions_of(fill->tx, fill->coming);
    for (size_t i = 0; i < ANSWERED; i++) {
        Id chosen = i < WORKSHOP_PLACES ? clay : radio;
        bool brings = i % 3 == 0;
        answer(fill, &all, stand_asked, i, (Answer){.words = brings ? STR("yes") : STR("no")}, NULL);
        if (brings && i) answer(fill, &all, power_asked, i, (Answer){.picks = &socket, .pick_count = 1}, NULL);
        if (i) answer(fill, &all, workshop_asked, i, (Answer){.picks = &chosen, .pick_count = 1}, NULL);
    }
    static const AnswerFile sign = {STR_INIT("znak.pdf"), STR_INIT("%PDF-1.4\n%%EOF\n")};
    answer(fill, &all, logo_asked, 0, (Answer){0}, &sign);
}
