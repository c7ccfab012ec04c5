// SPDX-License-Identifier: EUPL-1.2
/* Whether those who are accepted still come, after the day or the place has changed: asked of all in one press,
 * answered by each in one. */
#include "gathering/signups/internal.h"
#include "gathering/signups/letters.h"
#include "platform/page/respond.h"
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

/* ---- for coordinators ----------------------------------------------------------------------------------------- */

static Str confirming_path(Request *request) {
    return edition_path(request->arena, edition_of(request), "/staff/sign-ups/confirm");
}

Err confirming_page(Request *request) {
    SignupsConfirmCountsRow counts = {0};
    signups_sql_confirm_counts(request->tx, request->scope.edition, &counts);
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
    StaffConfirmPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Are they still coming?")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .form = form_open(request, NULL, 0, NULL),
        .action = confirming_path(request),
        .accepted = counts.accepted,
        .asked = counts.asked,
        .confirmed = counts.confirmed,
        .asked_at = counts.asked_ms.given ? moment_words(request, counts.asked_ms.value) : STR(""),
        .when = edition_when(request->arena, edition_of(request), request->language),
        .where = edition_where(request->arena, edition_of(request)),
        .rows = shown,
        .rows_count = rows.count,
    };
    PageOut out = page_out(request);
    page_staff_confirm(&out, &page);
    return OK;
}

/* Once for all who are accepted now; asking again asks everybody anew. */
Err confirming_ask(Request *request) {
    signups_sql_ask_to_confirm(request->tx, request->scope.edition, request->now_ms);
    Signups all = signups_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < all.count; i++) {
        if (all.signups[i].state != SIGNUP_ACCEPTED) continue;
        Str path =
            edition_my_path(request->arena, edition_of(request), all.signups[i].organisation, "/sign-up/confirm");
        letter_of_confirming(request->tx, &all.signups[i], str_join(request->arena, request->base_url, path));
    }
    audit(request, "signup.ask_to_confirm", request->scope.edition);
    return respond_redirect(request, confirming_path(request));
}

/* They said so by telephone. */
Err confirming_noted(Request *request) {
    Id signup;
    if (!request_id(request, "signup", &signup)) return ERR_NOT_FOUND;
    if (signups_sql_confirm(request->tx, request->scope.edition, signup, request->now_ms))
        audit(request, "signup.confirm", signup);
    return respond_redirect(request, confirming_path(request));
}

/* ---- for the organisation ------------------------------------------------------------------------------------- */

static Str my_path(Request *request, const char *rest) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, rest);
}

Err my_confirm_page(Request *request) {
    Signup signup;
    if (!signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, &signup))
        return ERR_NOT_FOUND;
    MyConfirmPage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "Are you still coming?")), 0, 0,
                                       my_path(request, "")),
        .organisation = signup.organisation_name,
        .gathering = edition_of(request)->title,
        .when = edition_when(request->arena, edition_of(request), request->language),
        .where = edition_where(request->arena, edition_of(request)),
        .is_asked = confirm_is_asked(request->tx, signup.edition, signup.id),
        .form = form_open(request, NULL, 0, NULL),
        .action = request->path,
        .my_href = my_path(request, ""),
        .withdraw_href = my_path(request, "/sign-up/withdraw"),
    };
    PageOut out = page_out(request);
    page_my_confirm(&out, &page);
    return OK;
}

/* A second press, or of somebody else of the same organisation, finds it said. */
Err my_confirm(Request *request) {
    Signup signup;
    if (!signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, &signup))
        return ERR_NOT_FOUND;
    if (signups_sql_confirm(request->tx, signup.edition, signup.id, request->now_ms))
        audit(request, "signup.confirm", signup.id);
    return respond_redirect(request, my_path(request, "/sign-up/confirm"));
}
