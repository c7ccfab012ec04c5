// SPDX-License-Identifier: EUPL-1.2
/* What the room of sign-ups hands to the house: its routes, and its parts of pages of others. */
#include "gathering/editions/warnings.h"
#include "gathering/signups/access.h"
#include "gathering/signups/address.h"
#include "gathering/signups/asked.h"
#include "gathering/signups/catalogue.h"
#include "gathering/signups/guests.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/inviting.h"
#include "gathering/signups/notes.h"
#include "gathering/signups/public.h"
#include "gathering/signups/same.h"
#include "platform/base/limits.h"
#include "platform/format/csv_read.h"
#include "platform/page/typed.h"
#include "signups_sql.h"

Str signups_said(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

const char *signup_state_tone(SignupState state) {
    static const char *const tones[SIGNUP_STATE_COUNT] = {[SIGNUP_NEW] = "warm",
                                                          [SIGNUP_ACCEPTED] = "good",
                                                          [SIGNUP_WAITING] = "",
                                                          [SIGNUP_DECLINED] = "bad",
                                                          [SIGNUP_WITHDRAWN] = ""};
    return tones[state];
}

/* "64 organisations, 11 for the first time"; empty where there are none. */
Str signups_count_words(const Request *request, int64_t organisations, int64_t first_time) {
    if (organisations == 0) return STR("");
    Str all =
        say(request->arena, request->language, MSG_PLURAL("signups", "{count} organisation", "{count} organisations"),
            SAY_INT("count", organisations));
    if (first_time == 0 || first_time == organisations) return all;
    return say(request->arena, request->language, MSG("signups", "{organisations}, {number} for the first time"),
               SAY_TEXT("organisations", all), SAY_INT("number", first_time));
}

/* ---- "my gathering" -------------------------------------------------------------------------------------------- */

/* What is still open of a sign-up: the state while there is no decision, then what is missing. */
static Str my_words(Request *request, SignupState state, const SignupsMineRow *mine) {
    switch (state) {
    case SIGNUP_NEW: return signups_said(request, MSG("signups", "We read it and write when we have decided."));
    case SIGNUP_WAITING:
        return say(request->arena, request->language,
                   mine->has_email
                       ? MSG("signups", "Your place in the queue: {place}. We write as soon as there is room.")
                       : MSG("signups", "Your place in the queue: {place}. We ring you as soon as there is room."),
                   SAY_INT("place", mine->ahead + 1));
    case SIGNUP_DECLINED: return mine->reason;
    case SIGNUP_WITHDRAWN: return signups_said(request, MSG("signups", "You have withdrawn it."));
    case SIGNUP_ACCEPTED:
    case SIGNUP_STATE_COUNT: break;
    }
    return STR("");
}

static Str missing_words(Request *request, const SignupsMineRow *mine) {
    Str missing[3];
    size_t count = 0;
    if (mine->lacks_words) missing[count++] = signups_said(request, MSG("signups", "a few words about you"));
    if (mine->lacks_profile) missing[count++] = signups_said(request, MSG("signups", "what you do"));
    if (mine->lacks_exchange)
        missing[count++] = signups_said(request, MSG("signups", "what you look for and can give"));
    if (count == 0) return STR("");
    return say(request->arena, request->language, MSG("signups", "Still missing: {what}."),
               SAY_TEXT("what", list_words(request->arena, request->language, missing, count)));
}

/* Somebody ticked it for them: only they themselves can say so. */
static void ask_for_listing(Request *request, MyItems *items, Str path) {
    my_items_add(items,
                 &(MyItem){
                     .is_invitation = true,
                     .title = signups_said(request, MSG("signups", "May we name you in public?")),
                     .words = signups_said(
                         request, MSG("signups", "It was ticked in the sign-up form; it counts when you confirm it.")),
                     .href = str_join(request->arena, path, STR("/listing")),
                     .link = signups_said(request, MSG("signups", "Answer")),
                 });
}

static void offer_same(Request *request, MyItems *items) {
    if (!my_same_is_offered(request, request->scope.organisation)) return;
    my_items_add(items, &(MyItem){
                            .is_invitation = true,
                            .title = signups_said(request, MSG("signups", "Sign up for this edition")),
                            .words = signups_said(request, MSG("signups", "You were with us before: one page, and you "
                                                                          "have signed up.")),
                            .href = edition_my_path(request->arena, edition_of(request), request->scope.organisation,
                                                    "/sign-up/same"),
                            .link = signups_said(request, MSG("signups", "Same as last time")),
                        });
}

static void ask_to_confirm(Request *request, MyItems *items, Str path) {
    my_items_add(items, &(MyItem){
                            .is_invitation = true,
                            .waits_for_them = true,
                            .title = signups_said(request, MSG("signups", "Are you still coming?")),
                            .words = signups_said(request, MSG("signups", "The organiser asks whether you still come. "
                                                                          "One press is enough.")),
                            .href = str_join(request->arena, path, STR("/confirm")),
                            .link = signups_said(request, MSG("signups", "Answer")),
                        });
}

static void my_items(Request *request, MyItems *items) {
    SignupsMineRow mine;
    SignupState state;
    if (!signups_sql_mine(request->tx, request->scope.edition, request->scope.organisation, request->scope.series,
                          &mine)) {
        offer_same(request, items);
        return;
    }
    if (!signup_state_parse(mine.state, &state))
        arena_fail(request->arena, ERR_INTERNAL, "a stored sign-up is in no known state");
    bool is_open = state == SIGNUP_ACCEPTED || state == SIGNUP_NEW || state == SIGNUP_WAITING;
    Str missing = is_open ? missing_words(request, &mine) : STR("");
    Str words = my_words(request, state, &mine);
    if (!str_is_empty(missing))
        words = str_is_empty(words) ? missing
                                    : str_format(request->arena, "%.*s %.*s", STR_FORMAT(words), STR_FORMAT(missing));
    Str path = edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/sign-up");
    if (mine.is_to_confirm) ask_to_confirm(request, items, path);
    if (is_open && !str_is_absent(mine.listing_wish)) ask_for_listing(request, items, path);
    my_items_add(items, &(MyItem){
                            .title = signups_said(request, MSG("signups", "Your sign-up")),
                            .words = words,
                            .tag = signup_state_words(request->arena, request->language, state),
                            .href = path,
                            .link = signups_said(request, MSG("signups", "Read or change it")),
                        });
    if (is_open && !str_is_empty(mine.access_needs))
        access_my_item(request, mine.access_needs,
                       &(Ask){.words = mine.asked,
                              .answer = mine.answer,
                              .answer_words = mine.answer_words,
                              .answer_name = mine.answer_name,
                              .answered_ms = mine.answered_ms},
                       items);
    catalogue_my_items(request, items, mine.is_in_directory);
}

/* ---- "what needs you today" ---------------------------------------------------------------------------------- */

/* A free place is not offered to a double without saying so. */
static Str free_place_words(Request *request, int64_t left, const Signup *first, const Signup *double_of) {
    Str free = say(request->arena, request->language,
                   MSG_PLURAL("signups", "{count} place is free. First on the waiting list: {organisation}.",
                              "{count} places are free. First on the waiting list: {organisation}."),
                   SAY_INT("count", left), SAY_TEXT("organisation", first->organisation_name));
    if (double_of == NULL) return free;
    Str same = say(request->arena, request->language,
                   MSG("signups", "Perhaps it is the same as {organisation}, which has signed up too."),
                   SAY_TEXT("organisation", double_of->organisation_name));
    return str_format(request->arena, "%.*s %.*s", STR_FORMAT(free), STR_FORMAT(same));
}

static void add_waiting_for_place(Request *request, const Signups *all, const Signup **doubles, TodayItems *items) {
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    SignupsFirstWaitingRow first;
    if (!left.given || left.value == 0 || !signups_sql_first_waiting(request->tx, request->scope.edition, &first))
        return;
    for (size_t i = 0; i < all->count; i++) {
        const Signup *signup = &all->signups[i];
        if (signup->id != first.id) continue;
        today_items_add(items, &(TodayItem){
                                   .urgency = URGENT_SOON,
                                   .words = free_place_words(request, left.value, signup, doubles[i]),
                                   .href = staff_signup_path(request, signup->id, ""),
                                   .link = signups_said(request, MSG("signups", "Decide")),
                               });
    }
}

/* Whoever was the contact had themselves erased, or an old sheet named nobody: nobody can be told of anything. */
static void add_unreachable(Request *request, const Signups *all, TodayItems *items) {
    int64_t count = 0;
    Str name = STR("");
    if (edition_of(request)->state >= EDITION_FINISHED) return;
    for (size_t i = 0; i < all->count; i++) {
        const Signup *one = &all->signups[i];
        if (!signup_is_active(one->state) || !str_is_empty(one->contact_phone) || !str_is_empty(one->contact_email))
            continue;
        count++;
        name = one->organisation_name;
    }
    if (count == 0) return;
    today_items_add(
        items,
        &(TodayItem){
            .urgency = URGENT_SOON,
            .words = count == 1 ? say(request->arena, request->language,
                                      MSG("signups", "Nobody can be reached about {organisation}: no e-mail and no "
                                                     "telephone is known."),
                                      SAY_TEXT("organisation", name))
                                : say(request->arena, request->language,
                                      MSG_PLURAL("signups",
                                                 "Nobody can be reached about {count} organisation: no e-mail and "
                                                 "no telephone is known.",
                                                 "Nobody can be reached about {count} organisations: no e-mail and "
                                                 "no telephone is known."),
                                      SAY_INT("count", count)),
            .href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
            .link = signups_said(request, MSG("signups", "Find out whom to ask")),
        });
}

/* Those that are decided were looked at. */
static void add_doubles(Request *request, const Signups *all, const Signup **doubles, TodayItems *items) {
    int64_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        SignupState state = all->signups[i].state;
        count += doubles[i] != NULL && (state == SIGNUP_NEW || state == SIGNUP_WAITING);
    }
    if (count == 0) return;
    today_items_add(
        items, &(TodayItem){
                   .urgency = URGENT_SOON,
                   .words = say(request->arena, request->language,
                                MSG_PLURAL("signups",
                                           "{count} sign-up that is not decided may be of an organisation that has "
                                           "signed up already",
                                           "{count} sign-ups that are not decided may be of organisations that have "
                                           "signed up already"),
                                SAY_INT("count", count)),
                   .href = edition_path(request->arena, edition_of(request), "/staff/sign-ups?state=double"),
                   .link = signups_said(request, MSG("signups", "Look at them")),
               });
}

static void add_warning(Request *request, TodayItems *items, Str words, const char *rest, Msg link) {
    if (str_is_empty(words)) return;
    today_items_add(items, &(TodayItem){.urgency = URGENT_SOON,
                                        .words = words,
                                        .href = edition_path(request->arena, edition_of(request), rest),
                                        .link = signups_said(request, link)});
}

/* Of what was accepted, guests too: all of them are there at once. */
static void add_crowd(Request *request, const SignupCounts *counts, TodayItems *items) {
    const Edition *edition = edition_of(request);
    int64_t people = counts->people + counts->guests;
    if (edition->state >= EDITION_FINISHED || people == 0) return;
    Spaces spaces = edition_spaces(request->tx, edition->id);
    Frame frame = edition_frame(request->tx, edition->id);
    Str full = capacity_warning(request->arena, request->language, space_of_all(&spaces, &frame), people);
    Str mass = mass_event_warning(request->arena, request->language, people);
    add_warning(request, items, full, "/staff/settings/places", MSG("signups", "See the rooms"));
    add_warning(request, items, mass, "/staff/figures", MSG("signups", "See the figures"));
}

static void today_items(Request *request, TodayItems *items) {
    const Edition *edition = edition_of(request);
    SignupCounts counts = signup_counts(request->tx, edition->id);
    if (counts.by_state[SIGNUP_NEW] > 0)
        today_items_add(items, &(TodayItem){
                                   .urgency = URGENT_NOW,
                                   .words = say(request->arena, request->language,
                                                MSG_PLURAL("signups", "{count} sign-up waits for your decision",
                                                           "{count} sign-ups wait for your decision"),
                                                SAY_INT("count", counts.by_state[SIGNUP_NEW])),
                                   .href = edition_path(request->arena, edition, "/staff/sign-ups?state=new"),
                                   .link = signups_said(request, MSG("signups", "Decide")),
                               });
    size_t sheets = signups_sql_sheets(request->tx, edition->id).count;
    if (sheets > 0)
        today_items_add(items, &(TodayItem){
                                   .urgency = URGENT_SOON,
                                   .words = say(request->arena, request->language,
                                                MSG_PLURAL("signups", "{count} sheet was uploaded and not confirmed",
                                                           "{count} sheets were uploaded and not confirmed"),
                                                SAY_INT("count", (int64_t)sheets)),
                                   .href = edition_path(request->arena, edition, "/staff/sign-ups/import"),
                                   .link = signups_said(request, MSG("signups", "Look at the rows")),
                               });
    SignupsConfirmCountsRow confirming;
    if (signups_sql_confirm_counts(request->tx, edition->id, &confirming) && confirming.asked > confirming.confirmed)
        today_items_add(items, &(TodayItem){
                                   .urgency = URGENT_SOON,
                                   .words = say(request->arena, request->language,
                                                MSG_PLURAL("signups",
                                                           "{count} organisation has not said yet whether "
                                                           "it still comes",
                                                           "{count} organisations have not said yet whether they "
                                                           "still come"),
                                                SAY_INT("count", confirming.asked - confirming.confirmed)),
                                   .href = edition_path(request->arena, edition, "/staff/sign-ups/confirm"),
                                   .link = signups_said(request, MSG("signups", "Look at them")),
                               });
    Signups all = signups_of(request->tx, edition->id);
    add_unreachable(request, &all, items);
    Aparts aparts = organisations_apart(request->tx, request->scope.series);
    const Signup **doubles = signup_doubles(request->arena, &all, &aparts);
    add_doubles(request, &all, doubles, items);
    add_waiting_for_place(request, &all, doubles, items);
    access_today_items(request, &all, items);
    add_crowd(request, &counts, items);
    calls_today(request, &all, items);
}

/* ---- routes -------------------------------------------------------------------------------------------------- */

#define SIGN_UP "/{series}/{edition}/sign-up"
#define MINE "/me/{series}/{edition}/{organisation}/sign-up"
#define ACTING "/me/{series}/{edition}/{organisation}/people"
#define CATALOGUE "/me/{series}/{edition}/{organisation}/directory"
#define EXCHANGES "/me/{series}/{edition}/{organisation}/exchanges"
#define STAFF "/{series}/{edition}/staff/sign-ups"
#define FIGURES "/{series}/{edition}/staff/figures"
#define GUESTS "/{series}/{edition}/staff/guests"
enum { INVITES_PART = 20 }; /* each is a letter or a card */
enum { UPLOAD_FORM_BYTES = LIMIT_UPLOAD_BYTES + 64 * 1024 };
/* A field for each column and for each row that is doubtful, and a few others. */
enum { CONFIRM_FORM_FIELDS = CSV_LIMIT_COLUMNS + CSV_LIMIT_ROWS + 16, CONFIRM_FORM_BYTES = 32 * CONFIRM_FORM_FIELDS };

static const Route routes[] = {
    {METHOD_GET, "/{series}/{edition}/organisations", ROLE_ANYONE, directory_page, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_DIRECTORY | 1 << PART_SIGNUPS | 1 << PART_EDITION},
    {METHOD_GET, SIGN_UP, ROLE_ANYONE, form_start_page},
    {METHOD_POST, SIGN_UP, ROLE_ANYONE, form_start, .changes = true, .states = STATES_OF_ORGANISATIONS,
     .form = &start_asked},
    {METHOD_GET, SIGN_UP "/{draft}/{step}", ROLE_ANYONE, form_step_page},
    {METHOD_POST, SIGN_UP "/{draft}/{step}", ROLE_ANYONE, form_step, .changes = true, .prepare = form_step_prepare,
     .prepares = form_step_prepares, .states = STATES_OF_ORGANISATIONS, .form = &step_asked},
    {METHOD_GET, MINE, ROLE_REPRESENTATIVE, my_signup_page},
    {METHOD_POST, MINE, ROLE_REPRESENTATIVE, my_signup_save, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED, .form = &edit_own_asked},
    {METHOD_GET, MINE "/withdraw", ROLE_REPRESENTATIVE, my_withdraw_page},
    {METHOD_POST, MINE "/withdraw", ROLE_REPRESENTATIVE, my_withdraw, .changes = true,
     .states = STATES_OF_ORGANISATIONS},
    {METHOD_POST, MINE "/again", ROLE_REPRESENTATIVE, my_renew, .changes = true, .states = IN_CALL_OPEN},
    {METHOD_GET, MINE "/listing", ROLE_REPRESENTATIVE, my_listing_page},
    {METHOD_POST, MINE "/listing", ROLE_REPRESENTATIVE, my_listing_answer, .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/access", ROLE_COORDINATOR, access_page, .reads = "read.signups"},
    {METHOD_GET, STAFF "/{signup}/access", ROLE_COORDINATOR, access_one_page, .reads = "read.signups"},
    {METHOD_POST, STAFF "/{signup}/access", ROLE_COORDINATOR, access_one_answer, .changes = true,
     .form = &answer_asked},
    {METHOD_GET, ACTING, ROLE_REPRESENTATIVE, acting_page},
    {METHOD_POST, ACTING, ROLE_REPRESENTATIVE, acting_invite, .changes = true, .prepare = acting_invite_prepare,
     .prepares = acting_invite_prepares, .states = STATES_OF_ORGANISATIONS | IN_FINISHED, .form = &invite_asked,
     .rate_part = INVITES_PART},
    {METHOD_POST, ACTING "/contact", ROLE_REPRESENTATIVE, acting_contact, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
    {METHOD_POST, ACTING "/end", ROLE_REPRESENTATIVE, acting_end, .changes = true, .states = STATES_ALL},
    {METHOD_POST, ACTING "/again", ROLE_REPRESENTATIVE, acting_again, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED, .rate_part = INVITES_PART},
    {METHOD_POST, ACTING "/withdraw", ROLE_REPRESENTATIVE, acting_withdraw, .changes = true, .states = STATES_ALL},
    {METHOD_GET, "/{series}/{edition}/acting/{secret}", ROLE_ANYONE, acting_answer_page},
    {METHOD_POST, "/{series}/{edition}/acting/{secret}", ROLE_ANYONE, acting_answer, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
    {METHOD_GET, "/me/{series}/{edition}/invited/{invitation}", ROLE_SIGNED_IN, my_invitation_page},
    {METHOD_POST, "/me/{series}/{edition}/invited/{invitation}", ROLE_SIGNED_IN, my_invitation_answer, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
    {METHOD_GET, CATALOGUE, ROLE_REPRESENTATIVE, my_catalogue_page},
    {METHOD_POST, CATALOGUE, ROLE_REPRESENTATIVE, my_catalogue_save, .changes = true, .states = STATES_ALL,
     .form = &catalogue_asked},
    {METHOD_GET, EXCHANGES, ROLE_REPRESENTATIVE, exchanges_page},
    {METHOD_GET, EXCHANGES "/new", ROLE_REPRESENTATIVE, exchange_page},
    {METHOD_POST, EXCHANGES "/new", ROLE_REPRESENTATIVE, exchange_save, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED, .form = &own_exchange_asked},
    {METHOD_GET, EXCHANGES "/{exchange}", ROLE_REPRESENTATIVE, exchange_page},
    {METHOD_POST, EXCHANGES "/{exchange}", ROLE_REPRESENTATIVE, exchange_save, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED, .form = &own_exchange_asked},
    {METHOD_POST, EXCHANGES "/{exchange}/remove", ROLE_REPRESENTATIVE, exchange_remove, .changes = true,
     .states = STATES_OF_ORGANISATIONS | IN_FINISHED},
    {METHOD_GET, STAFF, ROLE_COORDINATOR, staff_list_page, .reads = "read.signups"},
    {METHOD_POST, STAFF, ROLE_COORDINATOR, staff_list_act, .changes = true, .body_limit_bytes = MANY_FORM_BYTES,
     .fields_limit = MANY_FORM_FIELDS, .form = &many_asked},
    {METHOD_GET, STAFF "/export", ROLE_COORDINATOR, staff_export, .reads = "read.signups_file"},
    {METHOD_GET, STAFF "/duplicates", ROLE_COORDINATOR, duplicates_page, .reads = "read.signups"},
    {METHOD_POST, STAFF "/duplicates", ROLE_COORDINATOR, staff_apart, .changes = true},
    {METHOD_GET, STAFF "/duplicates/join", ROLE_COORDINATOR, staff_join_page, .reads = "read.signups"},
    {METHOD_POST, STAFF "/duplicates/join", ROLE_COORDINATOR, staff_join, .changes = true, .form = &join_asked},
    {METHOD_GET, STAFF "/joins", ROLE_COORDINATOR, staff_joins_page},
    {METHOD_POST, STAFF "/joins/ask-again", ROLE_COORDINATOR, staff_ask_again, .changes = true},
    {METHOD_POST, STAFF "/joins/{join}/undo", ROLE_COORDINATOR, staff_unjoin, .changes = true},
    {METHOD_GET, STAFF "/add", ROLE_COORDINATOR, staff_add_page},
    {METHOD_POST, STAFF "/add", ROLE_COORDINATOR, staff_add, .changes = true, .form = &add_asked},
    {METHOD_GET, STAFF "/late", ROLE_COORDINATOR, late_page, .reads = "read.signups"},
    {METHOD_POST, STAFF "/late", ROLE_COORDINATOR, late_add, .changes = true, .prepare = late_prepare,
     .form = &late_asked},
    {METHOD_POST, STAFF "/late/end", ROLE_COORDINATOR, late_stop, .changes = true},
    {METHOD_GET, STAFF "/confirm", ROLE_COORDINATOR, confirming_page, .reads = "read.signups"},
    {METHOD_POST, STAFF "/confirm", ROLE_COORDINATOR, confirming_ask, .changes = true},
    {METHOD_POST, STAFF "/{signup}/confirmed", ROLE_COORDINATOR, confirming_noted, .changes = true},
    {METHOD_GET, MINE "/confirm", ROLE_REPRESENTATIVE, my_confirm_page},
    {METHOD_POST, MINE "/confirm", ROLE_REPRESENTATIVE, my_confirm, .changes = true, .states = STATES_OF_ORGANISATIONS},
    {METHOD_GET, MINE "/same", ROLE_REPRESENTATIVE, my_same_page},
    {METHOD_POST, MINE "/same", ROLE_REPRESENTATIVE, my_same_send, .changes = true, .states = IN_CALL_OPEN,
     .form = &my_same_asked},
    {METHOD_GET, FIGURES, ROLE_COORDINATOR, figures_page},
    {METHOD_GET, GUESTS, ROLE_COORDINATOR, guests_page, .reads = "read.guests"},
    {METHOD_GET, GUESTS "/new", ROLE_COORDINATOR, guest_page},
    {METHOD_POST, GUESTS "/new", ROLE_COORDINATOR, guest_save, .changes = true, .form = &guest_asked},
    {METHOD_GET, GUESTS "/{guest}", ROLE_COORDINATOR, guest_page, .reads = "read.guests"},
    {METHOD_POST, GUESTS "/{guest}", ROLE_COORDINATOR, guest_save, .changes = true, .form = &guest_asked},
    {METHOD_POST, GUESTS "/{guest}/remove", ROLE_COORDINATOR, guest_remove_one, .changes = true},
    {METHOD_GET, STAFF "/import", ROLE_COORDINATOR, import_start_page},
    {METHOD_POST, STAFF "/import", ROLE_COORDINATOR, import_upload, .changes = true, .prepare = import_upload_prepare,
     .body_limit_bytes = UPLOAD_FORM_BYTES},
    {METHOD_GET, STAFF "/import/{sheet}", ROLE_COORDINATOR, import_preview_page, .reads = "read.sheet"},
    {METHOD_POST, STAFF "/import/{sheet}", ROLE_COORDINATOR, import_confirm, .changes = true,
     .prepare = import_confirm_prepare, .body_limit_bytes = CONFIRM_FORM_BYTES, .fields_limit = CONFIRM_FORM_FIELDS},
    {METHOD_POST, STAFF "/import/{sheet}/discard", ROLE_COORDINATOR, import_discard, .changes = true},
    {METHOD_GET, STAFF "/of/{organisation}", ROLE_COORDINATOR, staff_signup_of},
    {METHOD_GET, STAFF "/{signup}", ROLE_COORDINATOR, staff_signup_page, .reads = "read.signup"},
    {METHOD_GET, STAFF "/{signup}/edit", ROLE_COORDINATOR, staff_signup_edit_page, .reads = "read.signup"},
    {METHOD_POST, STAFF "/{signup}/edit", ROLE_COORDINATOR, staff_signup_save, .changes = true,
     .form = &edit_staff_asked},
    {METHOD_GET, STAFF "/{signup}/decide", ROLE_COORDINATOR, staff_signup_decline_page, .reads = "read.signup"},
    {METHOD_POST, STAFF "/{signup}/decide", ROLE_COORDINATOR, staff_signup_decide, .changes = true,
     .form = &decide_asked},
    {METHOD_POST, STAFF "/{signup}/join", ROLE_COORDINATOR, staff_signup_join, .changes = true},
    {METHOD_GET, STAFF "/{signup}/same", ROLE_COORDINATOR, staff_same_page, .reads = "read.signup"},
    {METHOD_POST, STAFF "/{signup}/same", ROLE_COORDINATOR, staff_same_join, .changes = true},
    {METHOD_POST, STAFF "/{signup}/others", ROLE_COORDINATOR, staff_others_end, .changes = true},
    {METHOD_GET, STAFF "/{signup}/notes", ROLE_COORDINATOR, staff_notes_page, .reads = "read.signup"},
    {METHOD_POST, STAFF "/{signup}/notes", ROLE_COORDINATOR, staff_notes_save, .changes = true, .form = &note_asked},
    {METHOD_POST, STAFF "/{signup}/rung", ROLE_COORDINATOR, staff_rung, .changes = true},
    {METHOD_POST, STAFF "/{signup}/address", ROLE_COORDINATOR, staff_address, .changes = true},
    {METHOD_GET, "/{series}/{edition}/staff/calls", ROLE_COORDINATOR, calls_page, .reads = "read.calls"},
    {METHOD_GET, STAFF "/{signup}/listing", ROLE_COORDINATOR, staff_listing_page, .reads = "read.signup"},
    {METHOD_POST, STAFF "/{signup}/listing", ROLE_COORDINATOR, staff_listing_save, .changes = true,
     .form = &listing_asked},
    {METHOD_GET, STAFF "/{signup}/card", ROLE_COORDINATOR, staff_card_page, .reads = "read.signup"},
    {METHOD_POST, STAFF "/{signup}/card", ROLE_COORDINATOR, staff_card_make, .changes = true,
     .prepare = staff_card_prepare, .form = &card_asked},
};

/* ---- where somebody takes part -------------------------------------------------------------------------- */

static void my_places(Request *request, MyPlaces *places) {
    IdList organisations = {places->organisations, places->organisation_count};
    SignupsPlacesOfRows rows = signups_sql_places_of(request->tx, organisations);
    for (size_t i = 0; i < rows.count; i++)
        my_places_add(places, (MyPlace){rows.rows[i].organisation, rows.rows[i].edition,
                                        str_equal(rows.rows[i].state, STR("accepted"))});
}

/* By id, as the list stands. */
static bool id_list_has(const IdList *list, Id id) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->ids[middle] < id) low = middle + 1;
        else high = middle;
    }
    return low < list->count && list->ids[low] == id;
}

/* Contacts of editions that are not over, or not long enough. */
static size_t people_needed(Tx *tx, const Id *people, size_t count, int64_t since_ms, Id *needed) {
    IdList editions = editions_not_over(tx, since_ms);
    SignupsContactsOfRows rows = signups_sql_contacts_of(tx, (IdList){people, count});
    size_t found = 0;
    for (size_t i = 0; i < rows.count && found < count; i++) {
        Id contact = rows.rows[i].contact.value;
        bool is_known = found && needed[found - 1] == contact;
        if (!is_known && id_list_has(&editions, rows.rows[i].edition)) needed[found++] = contact;
    }
    return found;
}

static void people_forgotten(Tx *tx, const Id *people, size_t count) {
    signups_sql_forget_contacts(tx, (IdList){people, count});
}

static void expire(Tx *tx) {
    catalogue_expire(tx);
    invitations_expire(tx);
    signups_sql_expire_drafts(tx, tx_now_ms(tx));
    signups_sql_expire_late(tx, tx_now_ms(tx));
    signups_sql_expire_sheets(tx, tx_now_ms(tx) - IMPORT_SHEET_LASTS_MS);
}

static const JoinColumn join_columns[] = {
    /* the sign-up of a gathering to which both signed up ends, see joins.h */
    {{.table = "signup",
      .column = "organisation",
      .unless = "signup",
      .unless_column = "organisation",
      .unless_same = "edition"},
     JOIN_FOLLOWS,
     NULL},
    {{.table = "exchange", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "acting_invitation", .column = "organisation"},
     JOIN_BY_HAND,
     "what waits is taken back: it was of one of the two alone"},
    {{.table = "organisation_join", .column = "organisation"}, JOIN_STAYS, "what was joined"},
    {{.table = "organisation_join", .column = "kept"}, JOIN_STAYS, "into which"},
    {{.table = "organisation_apart", .column = "lower", .higher = "higher"}, JOIN_FOLLOWS, NULL},
    /* of the account, which has no room */
    {{.table = "role_grant", .column = "scope"}, JOIN_BY_HAND, "who acts for the two is chosen"},
    {{.table = "consent", .column = "subject"},
     JOIN_BY_HAND,
     "of being named; not where the kept one is known to other organisers"},
    {{.table = "card", .column = "only_organisation"}, JOIN_BY_HAND, "of who has no other way in, and acts on"},
    {{.table = "session", .column = "only_organisation"}, JOIN_BY_HAND, "with its card"},
    {{.table = "audit", .column = "subject"}, JOIN_STAYS, "what was done, was done to the one"},
};
/* ---- in other languages --------------------------------------------------------------------------------- */

typedef SignupsOwnTextsRow OwnTexts;

static void add_own_texts(Request *request, TextSources *sources, const OwnTexts *row) {
    TextSource source = {.subject = row->id,
                         .field = "name",
                         .organisation = row->id,
                         .words = row->name,
                         .written_in = row->written_in,
                         .what = signups_said(request, MSG("signups", "Name of the organisation")),
                         .of = row->name,
                         .is_line = true,
                         .is_name = true,
                         .is_public = row->is_listed || row->is_shown,
                         .part = PART_DIRECTORY};
    text_sources_add(sources, &source);
    source.field = "words";
    source.words = row->words;
    source.what = signups_said(request, MSG("signups", "What the organisation does"));
    source.is_line = source.is_name = false;
    source.is_public = row->is_listed || (row->is_shown && row->shows_words);
    text_sources_add(sources, &source);
}

static void add_exchange_text(Request *request, TextSources *sources, const OwnTexts *row, const Exchange *one) {
    text_sources_add(sources,
                     &(TextSource){.subject = one->id,
                                   .field = "words",
                                   .organisation = row->id,
                                   .words = one->words,
                                   .written_in = row->written_in,
                                   .what = one->is_offer ? signups_said(request, MSG("signups", "What it can give"))
                                                         : signups_said(request, MSG("signups", "What it looks for")),
                                   .of = row->name,
                                   .is_line = true,
                                   .is_public = row->is_listed || (row->is_shown && row->shows_exchanges),
                                   .part = PART_DIRECTORY});
}

static void texts_of_signups(Request *request, TextSources *sources) {
    SignupsOwnTextsRows rows =
        signups_sql_own_texts(request->tx, request->scope.edition, request->scope.series, sources->organisation);
    Exchanges all = sources->organisation
                        ? signup_exchanges_of(request->tx, request->scope.edition, sources->organisation)
                        : signup_exchanges(request->tx, request->scope.edition);
    for (size_t i = 0; i < rows.count; i++) {
        add_own_texts(request, sources, &rows.rows[i]);
        for (size_t k = 0; k < all.count; k++)
            if (all.exchanges[k].organisation == rows.rows[i].id)
                add_exchange_text(request, sources, &rows.rows[i], &all.exchanges[k]);
    }
}

const Room signups_room = {
    .name = "signups",
    .join_columns = join_columns,
    .join_column_count = COUNT(join_columns),
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = signups_edition_part,
    .edition_place = EDITION_PLACE_ORGANISATIONS,
    .organisation_part = signups_organisation_part,
    .directory_part = catalogue_part,
    .edition_facts = signups_edition_facts,
    .edition_motif = signups_edition_motif,
    .my_items = my_items,
    .texts = texts_of_signups,
    .my_places = my_places,
    .mine_items = my_invitations,
    .audiences = signups_audiences,
    .today_items = today_items,
    .people_needed = people_needed,
    .people_forgotten = people_forgotten,
    .personal_find = signups_personal_find,
    .personal_erase = signups_personal_erase,
    .consent_withdrawn = signups_consent_withdrawn,
    .expire = expire,
    .commands = signups_commands,
    .command_count = SIGNUPS_COMMANDS,
    .copy_parts = signups_copy_parts,
    .copy_part_count = SIGNUPS_COPY_PART_COUNT,
};
