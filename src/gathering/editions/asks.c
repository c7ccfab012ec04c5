// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/asks.h"

#include "editions_sql.h"
#include "platform/account/account.h"
#include "platform/page/typed.h"

/* ---- reading and writing ---------------------------------------------------------------------------- */

static Ask ask_from(const EditionsAskRow *row) {
    return (Ask){
        .id = row->id,
        .subject = row->subject.given ? row->subject.value : 0,
        .kind = row->kind,
        .words = row->words,
        .asked_ms = row->asked_ms,
        .answer = row->answer,
        .answer_words = row->answer_words,
        .answer_name = row->answer_name,
        .answered_ms = row->answered_ms,
        .seen_ms = row->seen_ms,
        .version = row->version,
    };
}

Asks asks_of(Tx *tx, Id edition, const char *kind) {
    EditionsAsksRows rows = editions_sql_asks(tx, edition, str_from_c(kind));
    Asks asks = {arena_array(tx_arena(tx), Ask, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) asks.asks[i] = ask_from(&rows.rows[i].ask);
    return asks;
}

Asks asks_about(Tx *tx, Id edition, const char *kind, Id subject) {
    EditionsAsksAboutRows rows = editions_sql_asks_about(tx, edition, str_from_c(kind), subject);
    Asks asks = {arena_array(tx_arena(tx), Ask, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) asks.asks[i] = ask_from(&rows.rows[i].ask);
    return asks;
}

bool ask_get(Tx *tx, Id edition, Id id, Ask *ask) {
    EditionsGetAskRow row;
    if (!editions_sql_get_ask(tx, edition, id, &row)) return false;
    *ask = ask_from(&row.ask);
    return true;
}

static OptionalInt subject_of(Id subject) { return subject ? given_int(subject) : (OptionalInt){0}; }

static void note(Tx *tx, Id edition, Id by, const char *action, Id ask) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = ask});
}

Id ask_add(Tx *tx, Id edition, const char *kind, Id subject, Str words, Id by) {
    Id id = tx_new_id(tx);
    editions_sql_add_ask(tx, edition, id, str_from_c(kind), subject_of(subject), words, tx_now_ms(tx));
    note(tx, edition, by, "ask.add", id);
    return id;
}

Err ask_change(Tx *tx, Id edition, const Ask *ask, Id by) {
    if (editions_sql_update_ask(tx, edition, ask->id, ask->version, subject_of(ask->subject), ask->words,
                                tx_now_ms(tx)) == 0)
        return ERR_CONFLICT;
    note(tx, edition, by, "ask.change", ask->id);
    return OK;
}

Err ask_answer(Tx *tx, Id edition, const Ask *ask, Id by) {
    if (editions_sql_answer_ask(tx, edition, ask->id, ask->version, ask->words, ask->answer, ask->answer_words,
                                ask->answer_name, tx_now_ms(tx)) == 0)
        return ERR_CONFLICT;
    note(tx, edition, by, "ask.answer", ask->id);
    return OK;
}

void asks_erase(Tx *tx, Id edition, Id signup) { editions_sql_erase_asks(tx, edition, signup); }

void asks_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data) {
    EditionsAnsweredByRows rows = editions_sql_answered_by(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++)
        personal_add(data, &(PersonalRecord){.table = "ask",
                                             .id = rows.rows[i].id,
                                             .edition = rows.rows[i].edition,
                                             .at_ms = rows.rows[i].answered_ms.value,
                                             .values = {{"answer_name", rows.rows[i].answer_name}}});
}

void asks_personal_erase(Tx *tx, const PersonalSubject *subject) {
    EditionsAnsweredByRows rows = editions_sql_answered_by(tx, subject->person, subject->series);
    for (size_t i = 0; i < rows.count; i++) editions_sql_erase_answerer(tx, rows.rows[i].edition, rows.rows[i].id);
}

void asks_see_answers(Tx *tx, Id edition, int64_t until_ms) {
    editions_sql_see_answers(tx, edition, until_ms, tx_now_ms(tx));
}

bool ask_is_news(const Ask *ask) { return ask->answered_ms.given && !ask->seen_ms.given; }

bool ask_is_refused(const Ask *ask) {
    return str_equal(ask->answer, STR("no")) || str_equal(ask->answer, STR("instead"));
}

/* ---- in words --------------------------------------------------------------------------------------- */

static const struct {
    const char *code;
    Msg name, said;
} answers[] = {
    {"yes", MSG_INIT("editions", "yes"), MSG_INIT("editions", "Yes")},
    {"no", MSG_INIT("editions", "no"), MSG_INIT("editions", "No")},
    {"instead", MSG_INIT("editions", "something else instead"), MSG_INIT("editions", "Instead")},
};

Str ask_answer_words(Arena *arena, Language language, const Zone *zone, const Ask *ask) {
    if (str_is_empty(ask->answer) || !ask->answered_ms.given)
        return say(arena, language, MSG("editions", "No answer yet."));
    Buffer said = buffer_in(arena);
    for (size_t i = 0; i < COUNT(answers); i++)
        if (str_equal(ask->answer, str_from_c(answers[i].code)))
            buffer_add(&said, say(arena, language, answers[i].said));
    if (!str_is_empty(ask->answer_words)) buffer_format(&said, ": %.*s", STR_FORMAT(ask->answer_words));
    Str so_far = buffer_str(&said);
    if (!str_ends_with(so_far, STR(".")) && !str_ends_with(so_far, STR("!"))) buffer_add(&said, STR("."));
    Civil day = zone_civil(zone, ask->answered_ms.value);
    Str date = date_day_month_year(arena, language, &day);
    if (str_is_empty(ask->answer_name)) buffer_format(&said, " (%.*s)", STR_FORMAT(date));
    else buffer_format(&said, " (%.*s, %.*s)", STR_FORMAT(ask->answer_name), STR_FORMAT(date));
    return buffer_str(&said);
}

Str *ask_notes(Request *request, Id subject, size_t *count) {
    Asks asks = asks_about(request->tx, request->scope.edition, "host", subject);
    Str *notes = arena_array(request->arena, Str, asks.count);
    for (size_t i = 0; i < asks.count; i++)
        notes[i] = say(request->arena, request->language, MSG("editions", "Asked of the host: {words} {answer}"),
                       SAY_TEXT("words", asks.asks[i].words),
                       SAY_TEXT("answer", ask_answer_words(request->arena, request->language, edition_of(request)->zone,
                                                           &asks.asks[i])));
    *count = asks.count;
    return notes;
}

Str ask_refusals(Request *request, const Asks *asks, Id subject) {
    Buffer said = buffer_in(request->arena);
    for (size_t i = 0; i < asks->count; i++) {
        const Ask *ask = &asks->asks[i];
        if (ask->subject != subject || !ask_is_refused(ask)) continue;
        Str answer = ask_answer_words(request->arena, request->language, edition_of(request)->zone, ask);
        buffer_format(&said, "%s%.*s %.*s", said.size ? " " : "", STR_FORMAT(ask->words), STR_FORMAT(answer));
    }
    return said.size ? buffer_str(&said) : STR_ABSENT;
}

Str ask_new_path(Request *request, Id subject) {
    return str_join(request->arena,
                    edition_path(request->arena, edition_of(request), "/staff/settings/asks/new?about="),
                    id_text(request->arena, subject));
}

/* ---- the form of an answer -------------------------------------------------------------------------- */

static FormOptions answer_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(answers));
    for (size_t i = 0; i < COUNT(answers); i++)
        options[i] = (FormOption){str_from_c(answers[i].code), say(request->arena, request->language, answers[i].name)};
    return (FormOptions){options, COUNT(answers)};
}

const FormField answer_fields[] = {
    {.name = "answer",
     .kind = FIELD_CHOICE,
     .offset = offsetof(AnswerForm, answer),
     .required = true,
     .label = MSG_INIT("editions", "Your answer"),
     .options = answer_choices},
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(AnswerForm, words),
     .most = 500,
     .unmarked = true,
     .label = MSG_INIT("editions", "In words"),
     .hint = MSG_INIT("editions", "Why not, or what instead. With a yes it may be left empty.")},
    FORM_VERSION(AnswerForm),
};
const size_t answer_fields_count = COUNT(answer_fields);
const FormTable answer_asked = {answer_fields, COUNT(answer_fields)};

AnswerForm answer_form_of(Arena *arena, const Ask *ask) {
    return (AnswerForm){ask->answer, ask->answer_words, form_version(arena, ask->version)};
}

void answer_form_check(Form *form, Request *request, const AnswerForm *values) {
    if (str_equal(values->answer, STR("yes")) || !str_is_empty(values->words)) return;
    form_refuse(form, "words",
                say(request->arena, request->language, MSG("editions", "Say in a sentence why not, or what instead.")));
}

Str answerer_name(Request *request) { return str_is_empty(request->who.name) ? STR("") : request->who.name; }
