// SPDX-License-Identifier: EUPL-1.2
/* What coordinators ask of the host: the list with its answers, and the form of one. */
#include "gathering/editions/ask_things.h"
#include "gathering/editions/view.h"

#include "editions_sql.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"

typedef struct AskForm {
    Str words, about, version;
} AskForm;

AskSubjects ask_subjects(Request *request) {
    AskSubjects subjects = {.arena = request->arena};
    Spaces spaces = edition_spaces(request->tx, request->scope.edition);
    for (size_t i = 0; i < spaces.count; i++) ask_subjects_add(&subjects, spaces.spaces[i].id, spaces.spaces[i].name);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->ask_subjects) house->rooms[i]->ask_subjects(request, &subjects);
    return subjects;
}

/* Absent: it is gone, or there is none. */
static Str label_of(const AskSubjects *subjects, Id subject) {
    for (size_t i = 0; i < subjects->count; i++)
        if (subjects->subjects[i].id == subject) return subjects->subjects[i].label;
    return STR_ABSENT;
}

Str ask_about_words(Request *request, const AskSubjects *subjects, const Ask *ask) {
    Str about = label_of(subjects, ask->subject);
    if (str_is_absent(about)) return ask->words;
    return str_format(request->arena, "%.*s: %.*s", STR_FORMAT(about), STR_FORMAT(ask->words));
}

static Str said(Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static FormOptions about_choices(Request *request, void *context) {
    (void)context;
    AskSubjects subjects = ask_subjects(request);
    FormOption *options = arena_array(request->arena, FormOption, subjects.count + 1);
    options[0] = (FormOption){STR(""), said(request, MSG("editions", "the whole gathering"))};
    for (size_t i = 0; i < subjects.count; i++)
        options[i + 1] = (FormOption){id_text(request->arena, subjects.subjects[i].id), subjects.subjects[i].label};
    return (FormOptions){options, subjects.count + 1};
}

static const FormField ask_fields[] = {
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(AskForm, words),
     .required = true,
     .most = 500,
     .label = MSG_INIT("editions", "What you ask of the host"),
     .hint = MSG_INIT("editions", "One thing at a time: each gets an answer of its own.")},
    {.name = "about",
     .kind = FIELD_CHOICE,
     .offset = offsetof(AskForm, about),
     .is_guarded = true,
     .unmarked = true,
     .label = MSG_INIT("editions", "What it is about"),
     .options = about_choices},
    FORM_VERSION(AskForm),
};

static Str known(Request *request, Id subject) {
    AskSubjects subjects = ask_subjects(request); /* what it was about may be gone */
    return str_is_absent(label_of(&subjects, subject)) ? STR("") : id_text(request->arena, subject);
}

static void begin_ask(Request *request, void *values) {
    Id about = 0;
    if (!id_parse(fields_get(&request->query, STR("about")), &about)) about = 0;
    *(AskForm *)values = (AskForm){STR(""), known(request, about), STR("")};
}

static bool load_ask(Request *request, Id id, void *values) {
    Ask ask;
    if (!ask_get(request->tx, request->scope.edition, id, &ask) || !str_equal(ask.kind, STR("host"))) return false;
    *(AskForm *)values = (AskForm){ask.words, known(request, ask.subject), form_version(request->arena, ask.version)};
    return true;
}

static Err save_ask(Request *request, Form *form, Id id, const void *values) {
    (void)form;
    const AskForm *typed = values;
    Ask ask = {.id = id, .words = typed->words};
    if (!id_parse(typed->about, &ask.subject)) ask.subject = 0;
    if (!id) {
        ask_add(request->tx, request->scope.edition, "host", ask.subject, ask.words, request->who.person);
        asks_tell_host(request, true);
        return OK;
    }
    ask.version = form_version_number(typed->version);
    Err err = ask_change(request->tx, request->scope.edition, &ask, request->who.person);
    if (!err) asks_tell_host(request, true);
    return err;
}

static bool remove_ask(Request *request, Id id) {
    if (editions_sql_remove_ask(request->tx, request->scope.edition, id) == 0) return false;
    asks_tell_host(request, false);
    return true;
}

const Thing ask_thing = {
    .path = "asks",
    .list = "/staff/settings/host",
    .new_heading = MSG_INIT("editions", "Ask the host for something"),
    .heading = MSG_INIT("editions", "What you asked of the host"),
    .remove = MSG_INIT("editions", "Take this back"),
    .fields = ask_fields,
    .fields_count = COUNT(ask_fields),
    .values_size = sizeof(AskForm),
    .begin = begin_ask,
    .load = load_ask,
    .save = save_ask,
    .remove_one = remove_ask,
};

/* ---- the list --------------------------------------------------------------------------------------- */

static ThingsPageGroupRow ask_row(Request *request, const AskSubjects *subjects, const Ask *ask) {
    const Edition *edition = edition_of(request);
    Str answer = ask_answer_words(request->arena, request->language, edition->zone, ask);
    return (ThingsPageGroupRow){
        .what = ask_about_words(request, subjects, ask),
        .who = ask_is_refused(ask) ? STR_ABSENT : answer,
        .warning = ask_is_refused(ask) ? answer : STR_ABSENT,
        .is_news = ask_is_news(ask),
        .tag = str_equal(ask->answer, STR("yes")) ? said(request, MSG("editions", "yes")) : STR_ABSENT,
        .href = str_join(request->arena, edition_path(request->arena, edition, "/staff/settings/asks/"),
                         id_text(request->arena, ask->id)),
    };
}

/* Whom the letter with what is asked goes to, and that there is nobody it could go to. */
static void fill_told(Request *request, const Asks *asks, ThingsPage *page) {
    IdArray hosts = role_holders(request->tx, ROLE_HOST, request->scope.edition);
    bool has_host = false;
    for (size_t i = 0; i < hosts.count; i++) {
        Person host;
        has_host = has_host || (person_get(request->tx, hosts.ids[i], &host) && !str_is_empty(host.email));
    }
    page->told = asks_told_host(request, &page->told_count);
    if (!has_host && asks->count) {
        page->untold = said(request, MSG("editions", "Nobody has the role of the host here, so nobody gets a letter of "
                                                     "it: give it to somebody with an e-mail address."));
        page->untold_href = edition_path(request->arena, edition_of(request), "/staff/settings/people");
    }
}

/* One press for all that is new; what is answered after this page was made stays new. */
static void fill_news(Request *request, const Asks *asks, ThingsPage *page) {
    int64_t last_ms = 0;
    for (size_t i = 0; i < asks->count; i++)
        if (ask_is_news(&asks->asks[i]) && asks->asks[i].answered_ms.value > last_ms)
            last_ms = asks->asks[i].answered_ms.value;
    if (!last_ms) return;
    page->read_action = edition_path(request->arena, edition_of(request), "/staff/settings/host/read");
    page->read_until = str_format(request->arena, "%lld", (long long)last_ms);
}

Err asks_read(Request *request) {
    int64_t until_ms;
    if (!str_to_int(fields_get(&request->form, STR("until")), &until_ms)) return ERR_INPUT;
    asks_see_answers(request->tx, request->scope.edition, until_ms);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/settings/host"));
}

Err asks_page(Request *request) {
    const Edition *edition = edition_of(request);
    Asks asks = asks_of(request->tx, edition->id, "host");
    AskSubjects subjects = ask_subjects(request);
    ThingsPageGroupRow *rows = arena_array(request->arena, ThingsPageGroupRow, asks.count);
    for (size_t i = 0; i < asks.count; i++) rows[i] = ask_row(request, &subjects, &asks.asks[i]);
    ThingsPageGroup group = {.rows = rows,
                             .rows_count = asks.count,
                             .nothing = said(request, MSG("editions", "Nothing has been asked of the host yet.")),
                             .new_label = said(request, MSG("editions", "Ask the host for something")),
                             .new_href = edition_path(request->arena, edition, "/staff/settings/asks/new")};
    Str title = said(request, MSG("editions", "What you ask of the host"));
    ThingsPage page = {
        .layout = edition_layout(request, title, MENU_STAFF_SETTINGS),
        .heading = title,
        .lead = said(request, MSG("editions", "The host sees each of these on a page of their own and answers yes, no "
                                              "or something instead.")),
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .groups = &group,
        .groups_count = 1,
        .also = said(request, MSG("editions", "The host’s own page")),
        .also_href = edition_path(request->arena, edition, "/host"),
        .seen = said(request, MSG("editions", "See it as the host does, without answering")),
        .seen_href = view_as_host_path(request->arena, edition),
        .form = form_open(request, NULL, 0, NULL),
    };
    fill_told(request, &asks, &page);
    fill_news(request, &asks, &page);
    PageOut out = page_out(request);
    page_things(&out, &page);
    return OK;
}
