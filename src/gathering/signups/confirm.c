// SPDX-License-Identifier: EUPL-1.2
/* Whether those who are accepted still come, after the day or the place has changed: asked of all in one press,
 * answered by each in one. */
#include "gathering/signups/internal.h"
#include "gathering/signups/letters.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"
#include "signups_sql.h"

bool confirm_is_asked(Tx *tx, Id edition, Id signup) {
    SignupsConfirmStateRow row;
    return signups_sql_confirm_state(tx, edition, signup, &row) && row.confirm_asked_ms.given &&
           !row.confirmed_ms.given;
}

static void audit(Request *request, const char *action, Id subject) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = subject});
}

static Str moment_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s", STR_FORMAT(date_words(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

/* Of the day and the place: what is agreed to. */
static Str plan_version(Request *request) {
    const Edition *edition = edition_of(request);
    Str plan = str_format(request->arena, "%.*s %lld %lld %.*s", STR_FORMAT(edition->date_text),
                          (long long)edition->starts_ms.value, (long long)edition->ends_ms.value,
                          STR_FORMAT(edition_where(request->arena, edition)));
    return str_format(request->arena, "%016llx", (unsigned long long)str_hash(plan));
}

/* ---- for coordinators ----------------------------------------------------------------------------------------- */

static Str confirming_path(Request *request) {
    return edition_path(request->arena, edition_of(request), "/staff/sign-ups/confirm");
}

/* Who is asked in one press: everybody who is accepted, or only those who have not said yet that they come. */
static bool asks_everybody(Str who) { return str_equal(who, STR("all")); }

/* Until somebody is asked, or asked again, it stays the same: what a second press is told apart by. */
static Str version_of(Request *request, const SignupsConfirmCountsRow *counts) {
    return form_version(request->arena, counts->asked_ms.given ? counts->asked_ms.value : 0);
}

static void fill_review(Request *request, StaffConfirmPage *page) {
    Str who = fields_get(&request->query, STR("who"));
    SignupsToConfirmRows rows = signups_sql_to_confirm(request->tx, request->scope.edition);
    for (size_t i = 0; i < rows.count; i++) {
        if (!asks_everybody(who) && rows.rows[i].confirmed_ms.given) continue;
        if (str_is_empty(rows.rows[i].email)) page->without_email++;
        else page->letters++;
    }
    page->is_review = !str_is_empty(who) && page->letters + page->without_email > 0;
    page->is_all = asks_everybody(who);
    page->who = page->is_all ? STR("all") : STR("rest");
}

static StaffConfirmPageRow *rows_shown(Request *request, size_t *count) {
    SignupsConfirmingRows rows = signups_sql_confirming(request->tx, request->scope.edition);
    StaffConfirmPageRow *shown = arena_array(request->arena, StaffConfirmPageRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsConfirmingRow *row = &rows.rows[i];
        shown[i] = (StaffConfirmPageRow){
            .organisation = row->name,
            .href = staff_signup_path(request, row->id, ""),
            .contact = row->contact_name,
            .phone = row->contact_phone,
            .phone_href = phone_link(request->arena, row->contact_phone),
            .has_email = !str_is_empty(row->contact_email),
            .confirmed = row->confirmed_ms.given ? moment_words(request, row->confirmed_ms.value) : STR(""),
            .action = staff_signup_path(request, row->id, "/confirmed"),
        };
    }
    *count = rows.count;
    return shown;
}

Err confirming_page(Request *request) {
    SignupsConfirmCountsRow counts = {0};
    signups_sql_confirm_counts(request->tx, request->scope.edition, &counts);
    StaffConfirmPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Are they still coming?")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .form = form_open(request, NULL, 0, NULL),
        .action = confirming_path(request),
        .rest_href = str_join(request->arena, confirming_path(request), STR("?who=rest")),
        .all_href = str_join(request->arena, confirming_path(request), STR("?who=all")),
        .version = version_of(request, &counts),
        .plan = plan_version(request),
        .accepted = counts.accepted,
        .asked = counts.asked,
        .confirmed = counts.confirmed,
        .rest = counts.accepted - counts.confirmed,
        .asked_at = counts.asked_ms.given ? moment_words(request, counts.asked_ms.value) : STR(""),
        .when = edition_when(request->arena, edition_of(request), request->language),
        .where = edition_where(request->arena, edition_of(request)),
    };
    page.rows = rows_shown(request, &page.rows_count);
    fill_review(request, &page);
    if (str_equal(fields_get(&request->query, STR("told")), STR("asked")))
        page.layout.notice = signups_said(request, MSG("signups", "They are asked."));
    if (str_equal(fields_get(&request->query, STR("told")), STR("already")))
        page.layout.notice = signups_said(request, MSG("signups", "They had been asked meanwhile: nothing was sent a "
                                                                  "second time."));
    if (str_equal(fields_get(&request->query, STR("told")), STR("changed")))
        page.layout.notice = signups_said(request, MSG("signups", "Nothing was noted: the day or the place has changed "
                                                                  "while you were looking. What they read now stands "
                                                                  "below: did they say yes to that?"));
    PageOut out = page_out(request);
    page_staff_confirm(&out, &page);
    return OK;
}

static bool is_among(const SignupsToConfirmRows *rows, Id signup, bool is_all) {
    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].id == signup) return is_all || !rows->rows[i].confirmed_ms.given;
    return false;
}

/* Whoever presses second, or reloads, saw another version: nothing is sent again and no answer is lost. */
Err confirming_ask(Request *request) {
    SignupsConfirmCountsRow counts = {0};
    signups_sql_confirm_counts(request->tx, request->scope.edition, &counts);
    if (!str_equal(fields_get(&request->form, STR("version")), version_of(request, &counts)))
        return respond_redirect(request, str_join(request->arena, confirming_path(request), STR("?told=already")));
    bool is_all = asks_everybody(fields_get(&request->form, STR("who")));
    SignupsToConfirmRows rows = signups_sql_to_confirm(request->tx, request->scope.edition);
    if (is_all) signups_sql_ask_to_confirm(request->tx, request->scope.edition, request->now_ms);
    else signups_sql_ask_the_rest_to_confirm(request->tx, request->scope.edition, request->now_ms);
    Signups all = signups_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < all.count; i++) {
        if (!is_among(&rows, all.signups[i].id, is_all)) continue;
        Str path =
            edition_my_path(request->arena, edition_of(request), all.signups[i].organisation, "/sign-up/confirm");
        letter_of_confirming(request->tx, &all.signups[i], is_all && counts.asked > 0,
                             str_join(request->arena, request->base_url, path));
    }
    audit(request, "signup.ask_to_confirm", request->scope.edition);
    return respond_redirect(request, str_join(request->arena, confirming_path(request), STR("?told=asked")));
}

/* They said so by telephone: to what was planned when the page was made. Where that has changed since, whoever noted it
 * may have told them the old plan. */
Err confirming_noted(Request *request) {
    Id signup;
    if (!request_id(request, "signup", &signup)) return ERR_NOT_FOUND;
    if (!str_equal(fields_get(&request->form, STR("plan")), plan_version(request)))
        return respond_redirect(request, str_join(request->arena, confirming_path(request), STR("?told=changed")));
    if (signups_sql_confirm(request->tx, request->scope.edition, signup, request->now_ms))
        audit(request, "signup.confirm", signup);
    return respond_redirect(request, confirming_path(request));
}

/* ---- for the organisation ------------------------------------------------------------------------------------- */

static Str my_path(Request *request, const char *rest) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, rest);
}

static Err show_confirm(Request *request, const Signup *signup, Form *form, Str changed_from) {
    MyConfirmPage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Are you still coming?")), 0, 0,
                                       my_path(request, "")),
        .organisation = signup->organisation_name,
        .gathering = edition_of(request)->title,
        .when = edition_when(request->arena, edition_of(request), request->language),
        .where = edition_where(request->arena, edition_of(request)),
        .is_asked = confirm_is_asked(request->tx, signup->edition, signup->id),
        .form = form,
        .action = request->path,
        .my_href = my_path(request, ""),
        .withdraw_href = my_path(request, "/sign-up/withdraw"),
        .version = plan_version(request),
        .changed_from = changed_from,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_my_confirm(&out, &page);
    return OK;
}

typedef struct VersionForm {
    Str version;
} VersionForm;
static const FormField version_fields[] = {FORM_VERSION(VersionForm)};

static Form *confirm_form(Request *request) {
    VersionForm *stored = arena_new(request->arena, VersionForm);
    stored->version = plan_version(request);
    return form_open(request, version_fields, COUNT(version_fields), stored);
}

Err my_confirm_page(Request *request) {
    Signup signup;
    if (!signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, &signup))
        return ERR_NOT_FOUND;
    return show_confirm(request, &signup, form_open(request, NULL, 0, NULL), STR_ABSENT);
}

/* A second press, or of somebody else of the same organisation, finds it said. Who says yes says it to the day and the
 * place that they read: where these are others by now, both are shown and nothing is said yet. */
Err my_confirm(Request *request) {
    Signup signup;
    if (!signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, &signup))
        return ERR_NOT_FOUND;
    Form *form = confirm_form(request);
    if (confirm_is_asked(request->tx, signup.edition, signup.id) && !form_step_is_current(form))
        return show_confirm(request, &signup, form, fields_get(&request->form, STR("seen")));
    if (signups_sql_confirm(request->tx, signup.edition, signup.id, request->now_ms))
        audit(request, "signup.confirm", signup.id);
    return respond_redirect(request, my_path(request, "/sign-up/confirm"));
}
