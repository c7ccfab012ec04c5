// SPDX-License-Identifier: EUPL-1.2
/* "Before you invite": what should be right before the first letter leaves, and what to do about each. */
#include "editions_sql.h"
#include "gathering/editions/internal.h"
#include "gathering/editions/warnings.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"
#include "platform/page/respond.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
enum { BACKUP_DAYS = 7, TEST_DAYS = 30, MOST_CHECKS = 12 };

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

typedef struct Checks {
    Request *request;
    BeforeInvitePageCheck *checks;
    size_t count, bad;
} Checks;

/* advice: said where it is not good. rest: of the address where it is put right; NULL: not on a page. */
static void check_saying(Checks *checks, bool is_good, Msg what, Str advice, const char *rest) {
    Request *request = checks->request;
    checks->bad += !is_good;
    checks->checks[checks->count++] = (BeforeInvitePageCheck){
        .words = words(request, what),
        .advice = is_good ? STR("") : advice,
        .is_good = is_good,
        .tag = is_good ? words(request, MSG("editions", "ready")) : words(request, MSG("editions", "to do")),
        .href = rest && !is_good ? edition_path(request->arena, edition_of(request), rest) : STR_ABSENT,
        .link = rest && !is_good ? words(request, MSG("editions", "Put it right")) : STR(""),
    };
}

static void check(Checks *checks, bool is_good, Msg what, Msg advice, const char *rest) {
    check_saying(checks, is_good, what, words(checks->request, advice), rest);
}

/* ---- what can be asked -------------------------------------------------------------------------------------- */

static bool is_public(Str base_url) {
    static const char *const own[] = {"://127.", "://localhost", "://[::1]", "://0.0.0.0"};
    for (size_t i = 0; i < COUNT(own); i++)
        if (str_contains(base_url, str_from_c(own[i]))) return false;
    return str_starts_with(base_url, STR("https://"));
}

static bool test_was_sent(Request *request) {
    EditionsMailTestRow row;
    return editions_sql_mail_test(request->tx, request->who.person, request->now_ms - TEST_DAYS * DAY_MS, &row) &&
           (str_equal(row.state, STR("sent")) || str_equal(row.state, STR("handed_on")));
}

static bool has_backup(Request *request) {
    EditionsBackupSinceRow row;
    return editions_sql_backup_since(request->tx, request->now_ms - BACKUP_DAYS * DAY_MS, &row);
}

/* Words of the program are words nobody of the team has read. */
static bool has_own_notice(Request *request) {
    EditionsLatestNoticeRow row;
    Str language = str_from_c(language_tag(edition_of(request)->series.language));
    return editions_sql_latest_notice(request->tx, request->scope.series, language, &row) && !row.is_suggested;
}

static void check_the_program(Checks *checks) {
    Request *request = checks->request;
    check_saying(checks, is_public(request->base_url),
                 MSG("editions", "Links in letters lead to an address that everybody can open"),
                 say(request->arena, request->language,
                     MSG("editions", "Start the program with {option} and the secured address that people will use."),
                     SAY_TEXT("option", STR("--base-url"))),
                 NULL);
    check_saying(checks, house_of(request)->has_smtp, MSG("editions", "Letters leave by a mail server"),
                 say(request->arena, request->language,
                     MSG("editions", "Only the person who looks after the program can set it: {option}. Until then "
                                     "letters wait on the page of mail, and you send them from your own "
                                     "mail program, many at once."),
                     SAY_TEXT("option", STR("wspolnie serve --smtp"))),
                 NULL);
    check(checks, test_was_sent(request), MSG("editions", "A letter to try it has arrived"),
          MSG("editions", "Send yourselves one with the button below, open it and answer it."), NULL);
    check_saying(
        checks, has_backup(request), MSG("editions", "A safety copy was made in the last seven days"),
        say(request->arena, request->language,
            MSG("editions", "Run “{command}”, best every night, and keep the copy on another machine. Copies made in "
                            "another way are not seen here."),
            SAY_TEXT("command", STR("wspolnie backup"))),
        NULL);
}

/* What the check above found is put right on the series' own page. */
static void lead_to_series(Checks *checks) {
    BeforeInvitePageCheck *last = &checks->checks[checks->count - 1];
    if (last->is_good) return;
    last->href = str_join(checks->request->arena, STR("/admin/series/"), edition_of(checks->request)->series.slug);
    last->link = words(checks->request, MSG("editions", "Put it right"));
}

static void check_the_pages(Checks *checks) {
    const Edition *edition = edition_of(checks->request);
    const Series *series = &edition->series;
    check(checks, !str_is_empty(series->phone), MSG("editions", "A telephone number stands on every page"),
          MSG("editions", "Many ring before they write. Give the series a number that somebody answers."), NULL);
    lead_to_series(checks);
    check(checks, !str_is_empty(series->email), MSG("editions", "Answers to letters reach a person"),
          MSG("editions", "Give the series an e-mail address that somebody reads."), NULL);
    lead_to_series(checks);
    check(checks, has_own_notice(checks->request),
          MSG("editions", "What you do with people’s data is said in your words"),
          MSG("editions", "Read the words the program suggests and make them yours: they bind you."),
          "/staff/settings/notice");
}

static void check_the_edition(Checks *checks) {
    const Edition *edition = edition_of(checks->request);
    check(checks, edition->starts_ms.given && edition->ends_ms.given, MSG("editions", "The day and its hours are told"),
          MSG("editions", "People who cannot put it into their calendar do not sign up."), "/staff/settings");
    check(checks, !str_is_empty(edition_where(checks->request->arena, edition)), MSG("editions", "The place is told"),
          MSG("editions", "Name the place and its address, with how to get in without steps."),
          "/staff/settings/places");
    check(checks, edition->closes_ms.given, MSG("editions", "The last day for sign-ups is told"),
          MSG("editions", "Without it nobody hurries, and you cannot plan the tables."), "/staff/settings");
    check(checks, edition->places.given, MSG("editions", "How many organisations there is room for is told"),
          MSG("editions", "Then a waiting list begins by itself when the places are taken."), "/staff/settings");
    check(checks, edition->state >= EDITION_CALL_OPEN, MSG("editions", "Sign-ups are open"),
          MSG("editions", "Open them last, when all the rest is ready."), "/staff/settings/state");
}

/* ---- the page ----------------------------------------------------------------------------------------------- */

Err before_page(Request *request) {
    Checks checks = {request, arena_array(request->arena, BeforeInvitePageCheck, MOST_CHECKS), 0, 0};
    check_the_program(&checks);
    check_the_pages(&checks);
    check_the_edition(&checks);
    Person me = {0};
    bool has_email = person_get(request->tx, request->who.person, &me) && !str_is_empty(me.email);
    BeforeInvitePage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "Before you invite")), MENU_STAFF_SETTINGS),
        .back = edition_path(request->arena, edition_of(request), "/staff/settings"),
        .plan_href = edition_path(request->arena, edition_of(request), "/staff/tasks"),
        .day_warning = edition_day_warning(request->arena, request->language, edition_of(request)),
        .lead = checks.bad == 0
                    ? words(request, MSG("editions", "All is ready. Invite them."))
                    : say(request->arena, request->language,
                          MSG_PLURAL("editions", "{count} thing is left to do.", "{count} things are left to do."),
                          SAY_INT("count", (int64_t)checks.bad)),
        .checks = checks.checks,
        .checks_count = checks.count,
        .form = form_open(request, NULL, 0, NULL),
        .action = request->path,
        .to = has_email ? me.email : STR(""),
    };
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice =
            house_of(request)->has_smtp
                ? words(request, MSG("editions", "The letter is on its way; look into your mailbox."))
                : words(request, MSG("editions", "The letter waits on the page of mail: no mail server is set, so "
                                                 "nothing sends it."));
    PageOut out = page_out(request);
    page_before_invite(&out, &page);
    return OK;
}

/* A letter like those to others, with the same answering address. */
Err before_try(Request *request) {
    const Edition *edition = edition_of(request);
    Person me;
    if (!person_get(request->tx, request->who.person, &me) || str_is_empty(me.email)) return ERR_CONFLICT;
    Str subject = say(request->arena, request->language, MSG("editions", "A letter to try it: {edition}"),
                      SAY_TEXT("edition", edition->title));
    Str address = str_join(request->arena, request->base_url, edition_path(request->arena, edition, ""));
    Str body = say(request->arena, request->language,
                   MSG("editions", "If you read this, letters arrive. Answer it once, to see that answers arrive too, "
                                   "and open this link: {address}"),
                   SAY_TEXT("address", address));
    Id message = letter_of_edition(request->tx, edition, &me, request->language, subject, body);
    store_audit(request->tx,
                &(AuditEntry){.person = me.id, .edition = edition->id, .action = "mail.test", .subject = message});
    return respond_redirect(request, edition_path(request->arena, edition, "/staff/settings/before?done=1"));
}
