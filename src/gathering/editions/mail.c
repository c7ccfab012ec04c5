// SPDX-License-Identifier: EUPL-1.2
/* The mail of an edition: what waits, what left, and each message to read. */
#include "gathering/editions/internal.h"
#include "platform/jobs/outbox.h"
#include "platform/page/lists.h"
#include "platform/page/respond.h"

enum { MOST_MESSAGES = 2000, CARD_SECRET_CHARS = 20 /* at least: a word of an address is shorter */ };

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static const struct {
    const char *code;
    Msg name;
} mail_states[] = {
    {"waiting", MSG_INIT("editions", "waiting")},           {"sending", MSG_INIT("editions", "being sent")},
    {"later", MSG_INIT("editions", "will be tried again")}, {"sent", MSG_INIT("editions", "sent")},
    {"refused", MSG_INIT("editions", "refused")},           {"failed", MSG_INIT("editions", "not sent")},
    {"shown", MSG_INIT("editions", "read here")},           {"handed_on", MSG_INIT("editions", "handed on")},
    {"came_back", MSG_INIT("editions", "came back")},       {"held", MSG_INIT("editions", "held")},
};

/* Given up after tries, or never tried at all: to who reads it, it has not left. One that settles first just waits. */
static Str told_state(const OutboxEntry *entry) {
    if (str_equal(entry->state, STR("given_up"))) return STR("failed");
    return outbox_is_settling(entry) ? STR("waiting") : entry->state;
}

static Str state_words(const Request *request, const OutboxEntry *entry) {
    for (size_t i = 0; i < COUNT(mail_states); i++)
        if (str_equal(told_state(entry), str_from_c(mail_states[i].code))) return words(request, mail_states[i].name);
    return entry->state;
}

static Str moment_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s",
                      STR_FORMAT(date_day_month_year(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

static bool is_in(const OutboxEntry *entry, const char *state) { return str_equal(entry->state, str_from_c(state)); }

static bool has_ended_badly(const OutboxEntry *entry) {
    return is_in(entry, "refused") || is_in(entry, "given_up") || is_in(entry, "failed") || is_in(entry, "came_back") ||
           is_in(entry, "held");
}

/* Names of who handed letters on: few, and each read once. */
enum { HANDERS_MOST = 16 };
typedef struct Handers {
    Id people[HANDERS_MOST];
    Str names[HANDERS_MOST];
    size_t count;
} Handers;

static Str hander_name(Request *request, Handers *known, Id person) {
    Person found;
    for (size_t i = 0; i < known->count; i++)
        if (known->people[i] == person) return known->names[i];
    if (known->count == HANDERS_MOST || !person_get(request->tx, person, &found)) return STR("");
    known->people[known->count] = person;
    return known->names[known->count++] = found.name;
}

static Str handed_words(Request *request, Handers *known, const OutboxEntry *entry) {
    Str when = moment_words(request, entry->sent_ms.value), name = hander_name(request, known, entry->handed_by);
    if (str_is_empty(name)) return when;
    return str_format(request->arena, "%.*s, %.*s", STR_FORMAT(name), STR_FORMAT(when));
}

/* Where it stands, beyond the one word. */
static Str progress_words(Request *request, Handers *known, const OutboxEntry *entry) {
    Arena *arena = request->arena;
    Language language = request->language;
    if (is_in(entry, "handed_on") && entry->sent_ms.given) return handed_words(request, known, entry);
    if (is_in(entry, "held"))
        return say(arena, language, MSG("editions", "Letters do not reach this address, so it has not left."));
    if (is_in(entry, "sent") && entry->sent_ms.given) return moment_words(request, entry->sent_ms.value);
    if (outbox_is_settling(entry) && entry->due_ms.given && !house_of(request)->has_smtp) return STR_ABSENT;
    if (outbox_is_settling(entry) && entry->due_ms.given)
        return say(arena, language,
                   MSG("editions", "It leaves on {when}: what is changed until then still gets into it."),
                   SAY_TEXT("when", moment_words(request, entry->due_ms.value)));
    if (is_in(entry, "later") && entry->due_ms.given)
        return say(
            arena, language,
            MSG_PLURAL("editions", "Tried {count} time; again on {when}.", "Tried {count} times; again on {when}."),
            SAY_INT("count", entry->tries), SAY_TEXT("when", moment_words(request, entry->due_ms.value)));
    if (is_in(entry, "given_up") && str_equal(entry->last_error, STR("too late")))
        return say(arena, language, MSG("editions", "It was of use for a short time only, and that is over."));
    if (is_in(entry, "given_up")) return say(arena, language, MSG("editions", "For five days it could not leave."));
    if (is_in(entry, "refused"))
        return say(arena, language, MSG("editions", "The mail server that got it will not have it."));
    if (is_in(entry, "waiting") && entry->tried_ms.given)
        return say(arena, language, MSG("editions", "Tried last on {when}; it is first in line."),
                   SAY_TEXT("when", moment_words(request, entry->tried_ms.value)));
    return STR_ABSENT;
}

/* ---- whether mail leaves ------------------------------------------------------------------------------ */

static Str trouble_words(const Request *request, Str trouble) {
    static const struct {
        const char *name;
        Msg words;
    } troubles[] = {
        {"name", MSG_INIT("editions", "The name of the mail server is not known.")},
        {"connection", MSG_INIT("editions", "The mail server does not answer, or ends the connection.")},
        {"time", MSG_INIT("editions", "The mail server takes too long to answer.")},
        {"plain", MSG_INIT("editions", "The mail server offers no encryption, and without it we send nothing.")},
        {"certificate", MSG_INIT("editions", "The mail server's certificate cannot be trusted.")},
        {"sign_in", MSG_INIT("editions", "The mail server does not accept our name and password.")},
        {"sender", MSG_INIT("editions", "The mail server does not let us send from our address.")},
        {"server", MSG_INIT("editions", "The mail server says that it takes no letters now.")},
        {"helper", MSG_INIT("editions", "The part of the program that sends has stopped: start the program again.")},
    };
    for (size_t i = 0; i < COUNT(troubles); i++)
        if (str_equal(trouble, str_from_c(troubles[i].name))) return words(request, troubles[i].words);
    return STR("");
}

/* Outside any edition nobody knows in which zone to tell the time. */
static Str alarm_words(Request *request, const MailHealth *health) {
    Arena *arena = request->arena;
    Str why = trouble_words(request, health->trouble);
    if (!request->scope.edition)
        return str_format(arena, "%.*s %.*s",
                          STR_FORMAT(words(request, MSG("editions", "No mail leaves: letters wait and are not sent."))),
                          STR_FORMAT(why));
    int64_t since_ms = health->failing_ms.given ? health->failing_ms.value : health->waiting_ms.value;
    Str first =
        say(arena, request->language, MSG("editions", "No mail has left since {when}: letters wait and are not sent."),
            SAY_TEXT("when", moment_words(request, since_ms)));
    Str last = health->sent_ms.given ? say(arena, request->language, MSG("editions", "The last letter left on {when}."),
                                           SAY_TEXT("when", moment_words(request, health->sent_ms.value)))
                                     : STR("");
    return str_format(arena, "%.*s %.*s %.*s", STR_FORMAT(first), STR_FORMAT(why), STR_FORMAT(last));
}

Str mail_alarm(Request *request) {
    enum { WAITS_LONG_MS = 15 * 60 * 1000 };
    if (!request->tx || !request->application || !house_of(request)->has_smtp) return STR_ABSENT;
    MailHealth health = outbox_health(request->tx);
    int64_t long_ago_ms = request->now_ms - WAITS_LONG_MS;
    bool stands_still = health.waiting_ms.given && health.waiting_ms.value < long_ago_ms &&
                        (!health.sent_ms.given || health.sent_ms.value < long_ago_ms);
    if (!health.failing_ms.given && !stands_still) return STR_ABSENT;
    return str_trim(alarm_words(request, &health));
}

/* ---- list ------------------------------------------------------------------------------------------- */

static ListValue by_age(const void *row, void *context) {
    (void)context;
    return LIST_NUMBER(-((const OutboxEntry *)row)->created_ms);
}
static ListValue by_subject(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(((const OutboxEntry *)row)->subject);
}
static ListValue by_name(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(((const OutboxEntry *)row)->to_name);
}
static ListValue by_state(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(told_state(row));
}

static FormOptions state_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(mail_states));
    for (size_t i = 0; i < COUNT(mail_states); i++)
        options[i] = (FormOption){str_from_c(mail_states[i].code), words(request, mail_states[i].name)};
    return (FormOptions){options, COUNT(mail_states)};
}

static bool is_in_state(const void *row, Str choice, void *context) {
    (void)context;
    return str_equal(told_state(row), choice);
}

static void searched(const void *row, Buffer *found, void *context) {
    (void)context;
    const OutboxEntry *entry = row;
    buffer_format(found, "%.*s %.*s %.*s", STR_FORMAT(entry->subject), STR_FORMAT(entry->to_name),
                  STR_FORMAT(entry->to_address));
}

static const ListColumn columns[] = {
    {"subject", MSG_INIT("editions", "Subject"), by_subject},
    {"to", MSG_INIT("editions", "To"), by_name},
    {"written", MSG_INIT("editions", "Written"), by_age},
    {"state", MSG_INIT("editions", "State"), by_state},
};
static const ListFilter filters[] = {{"state", MSG_INIT("editions", "State"), state_choices, is_in_state}};
static const ListPlan plan = {columns,        COUNT(columns),     filters,
                              COUNT(filters), .search = searched, .first_sort = "written"};

static Str to_words(Request *request, const OutboxEntry *entry) {
    if (str_is_empty(entry->to_address)) return words(request, MSG("editions", "no longer kept"));
    if (str_is_empty(entry->to_name)) return entry->to_address;
    return str_format(request->arena, "%.*s (%.*s)", STR_FORMAT(entry->to_name), STR_FORMAT(entry->to_address));
}

Str mail_told_words(Request *request, const OutboxEntry *entry) {
    Handers known = {0};
    Str progress = str_or_empty(progress_words(request, &known, entry));
    Str told = say(request->arena, request->language, MSG("editions", "Letter to {who}: {state}"),
                   SAY_TEXT("who", to_words(request, entry)), SAY_TEXT("state", state_words(request, entry)));
    if (str_is_empty(progress)) return told;
    return str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(told), STR_FORMAT(progress));
}

static MailPageRow *rows_of(Request *request, const List *list) {
    MailPageRow *rows = arena_array(request->arena, MailPageRow, list_count(list));
    Str base = edition_path(request->arena, edition_of(request), "/staff/mail/");
    Handers known = {0};
    for (size_t i = 0; i < list_count(list); i++) {
        const OutboxEntry *entry = list_row(list, i);
        rows[i] = (MailPageRow){
            .subject = entry->subject,
            .href = str_join(request->arena, base, id_text(request->arena, entry->id)),
            .to = to_words(request, entry),
            .when = moment_words(request, entry->created_ms),
            .state = state_words(request, entry),
            .progress = progress_words(request, &known, entry),
            .is_bad = has_ended_badly(entry),
            .is_sent = is_in(entry, "sent") || is_in(entry, "handed_on"),
        };
    }
    return rows;
}

Err mail_page(Request *request) {
    OutboxEntries mail = outbox_list(request->tx, request->scope.edition, MOST_MESSAGES);
    List *list = list_open(request, &plan, mail.entries, mail.count, sizeof *mail.entries, NULL);
    MailPage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "Mail")), MENU_STAFF_MAIL),
        .no_server = !house_of(request)->has_smtp,
        .many_href = edition_path(request->arena, edition_of(request), "/staff/mailings"),
        .hand_href = edition_path(request->arena, edition_of(request), "/staff/mail/hand-on"),
        .filters = list_filter_bar(list),
        .rows = rows_of(request, list),
        .rows_count = list_count(list),
        .pager = list_pager(list),
        .is_empty = mail.count == 0,
        .empty = {.heading = words(request, MSG("editions", "No mail yet")),
                  .words = words(request,
                                 MSG("editions", "Messages to organisations will stand here, as they were written."))},
    };
    page.filters.found_words = say(request->arena, request->language,
                                   MSG_PLURAL("editions", "{count} message found", "{count} messages found"),
                                   SAY_INT("count", list_found(list)));
    page.heads = list_heads(list, &page.heads_count);
    PageOut out = page_out(request);
    page_mail(&out, &page);
    return OK;
}

/* Who has a card's address comes in as its owner: coordinators read the message without it. */
Str mail_without_secrets(Arena *arena, Str body) {
    static const char mark[] = "/s/";
    Buffer kept = buffer_in(arena);
    for (ptrdiff_t at; (at = str_index_of(body, STR("/s/"))) >= 0;) {
        size_t end = (size_t)at + sizeof mark - 1;
        buffer_add(&kept, str_slice(body, 0, end));
        size_t secret = end;
        while (end < body.size &&
               ((body.data[end] >= '0' && body.data[end] <= '9') || (body.data[end] >= 'a' && body.data[end] <= 'z')))
            end++;
        if (end - secret >= CARD_SECRET_CHARS) buffer_add(&kept, STR("…"));
        else end = secret;
        body = str_skip(body, end);
    }
    buffer_add(&kept, body);
    return buffer_str(&kept);
}

/* ---- one message ------------------------------------------------------------------------------------ */

Str mail_link(Arena *arena, Str address, Str subject, Str body) {
    Buffer href = buffer_in(arena);
    PageOut out = {.out = &href};
    buffer_add(&href, page_mailto(arena, address));
    buffer_add(&href, STR("?subject="));
    page_url_component(&out, subject);
    buffer_add(&href, STR("&body="));
    page_url_component(&out, body);
    return buffer_str(&href);
}

/* The sign-up of who the letter is for, as far as the list of sign-ups finds it. */
static Str signups_path(Request *request, const OutboxEntry *entry) {
    Buffer path = buffer_in(request->arena);
    PageOut out = {.out = &path};
    buffer_add(&path, edition_path(request->arena, edition_of(request), "/staff/sign-ups?q="));
    page_url_component(&out, entry->to_address);
    return buffer_str(&path);
}

/* Why letters do not reach the address, and who says so. */
static Str reach_words(Request *request, Str address) {
    OutboxRefusal refusal;
    Person person;
    if (!outbox_refusal(request->tx, address, &refusal)) return STR_ABSENT;
    if (!refusal.by)
        return words(request, MSG("editions", "There is no such address, a mail server says. Ask for the right one, by "
                                              "telephone if need be."));
    return say(request->arena, request->language,
               MSG("editions", "Letters to this address came back, says {name} ({when}). Ask for the right one, by "
                               "telephone if need be."),
               SAY_TEXT("name", person_get(request->tx, refusal.by, &person) ? person.name : STR("–")),
               SAY_TEXT("when", moment_words(request, refusal.at_ms)));
}

static bool is_still_to_go(const OutboxEntry *entry) {
    return is_in(entry, "waiting") || is_in(entry, "later") || is_in(entry, "held");
}

Err message_page(Request *request) {
    Id id;
    OutboxEntry entry;
    Handers known = {0};
    if (!request_id(request, "message", &id) || !outbox_get(request->tx, request->scope.edition, id, &entry))
        return ERR_NOT_FOUND;
    Str shown = mail_without_secrets(request->arena, entry.body);
    bool is_masked = !str_equal(shown, entry.body), is_gone = str_is_empty(entry.body);
    entry.body = shown;
    LetterPage page = {
        .layout = edition_layout(request, entry.subject, MENU_STAFF_MAIL),
        .subject = entry.subject,
        .to = to_words(request, &entry),
        .href = mail_link(request->arena, entry.to_address, entry.subject, entry.body),
        .when = moment_words(request, entry.created_ms),
        .state = state_words(request, &entry),
        .body = entry.body,
        .back = edition_path(request->arena, edition_of(request), "/staff/mail"),
        .action = request->path,
        .form = form_open(request, NULL, 0, NULL),
        .progress = progress_words(request, &known, &entry),
        .is_unsure = entry.unsure_ms.given && !is_gone,
        .server_said = entry.tries && !is_in(&entry, "sent") ? entry.last_error : STR_ABSENT,
        .address_words = reach_words(request, entry.to_address),
        .address_action = str_join(request->arena, request->path, STR("/address")),
        .can_come_back = (is_in(&entry, "sent") || is_in(&entry, "handed_on")) && !str_is_empty(entry.to_address),
        .is_ours = !house_of(request)->has_smtp && is_still_to_go(&entry),
        .can_go_again = house_of(request)->has_smtp && !is_gone &&
                        (has_ended_badly(&entry) || (is_in(&entry, "later") && !outbox_is_settling(&entry))),
        .is_masked = is_masked,
        .signups_href = signups_path(request, &entry),
        .is_gone = is_gone,
    };
    page.is_held = is_in(&entry, "held");
    if (str_equal(fields_get(&request->query, STR("late")), STR("1")))
        page.layout.notice = words(request, MSG("editions", "It was too late: this message no longer waits."));
    PageOut out = page_out(request);
    page_letter(&out, &page);
    return OK;
}

/* With a server it tries again. */
static Err send_again(Request *request) {
    Id id;
    OutboxEntry entry;
    if (!request_id(request, "message", &id) || !outbox_get(request->tx, request->scope.edition, id, &entry))
        return ERR_NOT_FOUND;
    /* Pressed twice, or it left meanwhile: the page shows how it stands. */
    if (outbox_send_again(request->tx, request->scope.edition, id))
        store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                               .edition = request->scope.edition,
                                               .action = "mail.again",
                                               .subject = id});
    return respond_redirect(request, request->path);
}

/* Without a server a coordinator is the one who sends; then it no longer waits. */
Err message_passed_on(Request *request) {
    Id id;
    OutboxEntry entry;
    if (house_of(request)->has_smtp) return send_again(request);
    if (!request_id(request, "message", &id) || !outbox_get(request->tx, request->scope.edition, id, &entry))
        return ERR_NOT_FOUND;
    if (!outbox_hand_on(request->tx, request->scope.edition, id, request->who.person))
        return respond_redirect(request, str_join(request->arena, request->path, STR("?late=1")));
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/mail?state=waiting"));
}

/* The address is none, or is right after all: whichever of the two is said of it. */
Err message_address(Request *request) {
    Id id;
    OutboxEntry entry;
    Str said = fields_get(&request->form, STR("said"));
    bool is_back = str_equal(said, STR("came_back"));
    if (!is_back && !str_equal(said, STR("right"))) return ERR_INPUT;
    if (!request_id(request, "message", &id) || !outbox_get(request->tx, request->scope.edition, id, &entry) ||
        str_is_empty(entry.to_address))
        return ERR_NOT_FOUND;
    /* Pressed twice: the page shows how it stands. */
    if (is_back) outbox_came_back(request->tx, request->scope.edition, id, request->who.person);
    else outbox_accept(request->tx, entry.to_address);
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = is_back ? "mail.came_back" : "mail.address_right",
                                           .subject = id});
    return respond_redirect(request, str_slice(request->path, 0, request->path.size - strlen("/address")));
}
