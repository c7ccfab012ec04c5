// SPDX-License-Identifier: EUPL-1.2
/* The empty form on paper: what the sign-up asks, and the edition's own questions. */
#include "gathering/organisations/organisations.h"
#include "gathering/questions/internal.h"
#include "gathering/signups/asked.h"
#include "platform/page/form.h"
#include "platform/page/respond.h"
#include "questions_pages.h"

enum { FIELDS_MOST = 5 + ASK_COUNT + 1 };

typedef struct Paper {
    Request *request;
    PaperFormPageField *fields;
    size_t count;
} Paper;

static void add(Paper *paper, Str label, bool is_long, const char *kinds) {
    PaperFormPageField *field = &paper->fields[paper->count++];
    *field = (PaperFormPageField){.label = label, .is_long = is_long};
    if (!kinds) return;
    Kinds list = kinds_of(paper->request->tx, str_from_c(kinds), paper->request->language);
    FormOptions options = kind_options(paper->request->arena, &list);
    Str *names = arena_array(paper->request->arena, Str, options.count);
    for (size_t i = 0; i < options.count; i++) names[i] = options.options[i].label;
    field->choices = names;
    field->choices_count = options.count;
}

static void add_built_in(Paper *paper) {
    Request *request = paper->request;
    unsigned asks = signup_asks(request->tx, request->scope.edition);
    add(paper, questions_said(request, MSG("questions", "Name of your organisation or group")), false, NULL);
    add(paper, questions_said(request, MSG("questions", "Your first and last name")), false, NULL);
    add(paper, questions_said(request, MSG("questions", "Telephone or e-mail")), false, NULL);
    add(paper, questions_said(request, MSG("questions", "How many of you will come")), false, NULL);
    add(paper, questions_said(request, MSG("questions", "What you do")), false, "profile");
    for (size_t i = 0; i < ASK_COUNT; i++) {
        unsigned bit = 1u << i;
        if (!(asks & bit)) continue;
        if (bit == ASK_WORDS) {
            add(paper, questions_said(request, MSG("questions", "About you in a few sentences")), true, NULL);
        } else if (bit == ASK_EXCHANGE) {
            add(paper, questions_said(request, MSG("questions", "What you look for")), false, "exchange");
            add(paper, questions_said(request, MSG("questions", "What you can give")), false, "exchange");
        } else if (bit == ASK_ACCESS) {
            add(paper,
                questions_said(request, MSG("questions", "What should we prepare so that everybody can take "
                                                         "part?")),
                true, NULL);
        } else {
            add(paper, signup_ask_words(request->arena, request->language, bit), bit == ASK_REMARKS, NULL);
        }
    }
}

/* When it is to be answered at all, whether it must be, and until when. */
static Str about_words(Request *request, const Questions *all, const Question *question) {
    const Str parts[] = {
        question_condition_words(request, all, question),
        question->is_required ? questions_said(request, MSG("questions", "needed")) : STR(""),
        question_due_words(request, question),
    };
    Buffer words = buffer_in(request->arena);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!str_is_empty(parts[i]))
            buffer_format(&words, "%s%.*s", buffer_str(&words).size ? "\u00a0· " : "", STR_FORMAT(parts[i]));
    return buffer_str(&words);
}

static void add_own(Request *request, const Questions *all, PaperFormPage *page) {
    PaperFormPageQuestion *rows = arena_array(request->arena, PaperFormPageQuestion, all->count);
    page->questions = rows;
    page->questions_count = all->count;
    for (size_t i = 0; i < all->count; i++) {
        const Question *question = &all->questions[i];
        bool is_yes_no = question->kind == QUESTION_YES_NO;
        size_t count = is_yes_no ? 2 : question->choice_count;
        Str *names = arena_array(request->arena, Str, count);
        for (size_t j = 0; j < question->choice_count; j++) names[j] = choice_label(request, &question->choices[j]);
        if (is_yes_no) {
            names[0] = questions_said(request, MSG("questions", "yes"));
            names[1] = questions_said(request, MSG("questions", "no"));
        }
        Str hint = wording_for(&question->hint, request->language, edition_of(request)->series.language);
        if (question->kind == QUESTION_FILE)
            hint = questions_said(request, MSG("questions", "Please add it on paper."));
        rows[i] = (PaperFormPageQuestion){.label = question_label(request, question),
                                          .about = about_words(request, all, question),
                                          .hint = hint,
                                          .is_long = question->kind == QUESTION_TEXT,
                                          .choices = names,
                                          .choices_count = count};
    }
}

Err paper_form_page(Request *request) {
    const Edition *edition = edition_of(request);
    Notice notice = notice_current(request->tx, &edition->series, request->language);
    Questions all = questions_of(request->tx, edition->id);
    Paper paper = {request, arena_array(request->arena, PaperFormPageField, FIELDS_MOST), 0};
    add_built_in(&paper);
    PaperFormPage page = {
        .layout =
            edition_layout(request, questions_said(request, MSG("questions", "Sign-up form")), MENU_STAFF_SIGNUPS),
        .gathering = edition->title,
        .when = edition_when(request->arena, edition, request->language),
        .where = edition_where(request->arena, edition),
        .organiser = str_is_empty(edition->series.organiser) ? edition->series.name : edition->series.organiser,
        .phone = edition->series.phone,
        .back_href = staff_questions_path(request, 0, ""),
        .notice = notice_html(request->arena, &notice, 3),
        .fields = paper.fields,
        .fields_count = paper.count,
    };
    if (edition->closes_ms.given) {
        Civil day = edition_last_day(edition);
        page.last_day = date_words(request->arena, request->language, &day);
    }
    add_own(request, &all, &page);
    PageOut out = page_out(request);
    page_paper_form(&out, &page);
    return OK;
}
