// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/signups.h"

#include "gathering/signups/catalogue.h"
#include "gathering/signups/listing.h"
#include "platform/account/account.h"
#include "signups_sql.h"

/* ---- states -------------------------------------------------------------------------------------------- */

static const char *const state_names[SIGNUP_STATE_COUNT] = {
    [SIGNUP_NEW] = "new",           [SIGNUP_ACCEPTED] = "accepted",   [SIGNUP_WAITING] = "waiting",
    [SIGNUP_DECLINED] = "declined", [SIGNUP_WITHDRAWN] = "withdrawn",
};

static const Msg state_words[SIGNUP_STATE_COUNT] = {
    [SIGNUP_NEW] = MSG_INIT("signups", "waits for a decision"),    [SIGNUP_ACCEPTED] = MSG_INIT("signups", "accepted"),
    [SIGNUP_WAITING] = MSG_INIT("signups", "on the waiting list"), [SIGNUP_DECLINED] = MSG_INIT("signups", "declined"),
    [SIGNUP_WITHDRAWN] = MSG_INIT("signups", "withdrawn"),
};

const char *signup_state_name(SignupState state) { return state_names[state]; }

Str signup_state_words(Arena *arena, Language language, SignupState state) {
    return say(arena, language, state_words[state]);
}

bool signup_state_parse(Str name, SignupState *state) {
    for (size_t i = 0; i < SIGNUP_STATE_COUNT; i++) {
        if (!str_equal(name, str_from_c(state_names[i]))) continue;
        *state = (SignupState)i;
        return true;
    }
    return false;
}

/* ---- reading ------------------------------------------------------------------------------------------- */

static SignupState stored_state(Tx *tx, Str name) {
    SignupState state;
    if (!signup_state_parse(name, &state))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "a stored sign-up is in no known state");
    return state;
}

static Signup signup_from(Tx *tx, Id edition, const SignupsSignupRow *row) {
    return (Signup){
        .id = row->id,
        .edition = edition,
        .organisation = row->organisation,
        .contact = row->contact.given ? row->contact.value : 0,
        .state = stored_state(tx, row->state),
        .source = row->source,
        .people = row->people,
        .came_people = row->came_people,
        .first_time = row->first_time,
        .remarks = row->remarks,
        .staff_notes = row->staff_notes,
        .access_needs = row->access_needs,
        .reason = row->reason,
        .submitted_ms = row->submitted_ms,
        .version = row->version,
        .listing_wish = row->listing_wish,
        .in_charge = row->in_charge.value,
        .is_listed = row->is_listed,
        .organisation_name = row->name,
        .name_sort = row->name_sort,
        .contact_name = row->contact_name,
        .contact_email = row->contact_email,
        .is_address_bad = row->is_address_bad,
        .contact_phone = row->contact_phone,
        .organisation_version = row->organisation_version,
    };
}

Signups signups_of(Tx *tx, Id edition) {
    SignupsAllRows rows = signups_sql_all(tx, edition);
    Signups all = {arena_array(tx_arena(tx), Signup, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) all.signups[i] = signup_from(tx, edition, &rows.rows[i].signup);
    return all;
}

bool signup_get(Tx *tx, Id edition, Id signup, Signup *found) {
    SignupsGetRow row;
    if (!signups_sql_get(tx, edition, signup, &row)) return false;
    *found = signup_from(tx, edition, &row.signup);
    return true;
}

bool signup_of_organisation(Tx *tx, Id edition, Id organisation, Signup *found) {
    SignupsOfOrganisationRow row;
    return signups_sql_of_organisation(tx, edition, organisation, &row) && signup_get(tx, edition, row.id, found);
}

int64_t signup_waiting_since(Tx *tx, Id edition, Id signup) {
    SignupsWaitingSinceRow since;
    return signups_sql_waiting_since(tx, edition, signup, &since) && since.waiting_ms.given ? since.waiting_ms.value
                                                                                            : 0;
}

int64_t signup_queue_place(Tx *tx, Id edition, Id signup) {
    SignupsWaitingSinceRow since;
    SignupsWaitingBeforeRow before;
    if (!signups_sql_waiting_since(tx, edition, signup, &since) || !since.waiting_ms.given) return 0;
    return signups_sql_waiting_before(tx, edition, signup, since.waiting_ms.value, &before) ? before.ahead + 1 : 0;
}

/* ---- writing ------------------------------------------------------------------------------------------- */

static OptionalInt id_or_null(Id id) { return id ? given_int(id) : (OptionalInt){0}; }

/* Only where there was an earlier time: in the first edition of a series, or the first that is kept here, nobody is
 * told apart as new. */
static bool is_first_time(Tx *tx, Id edition, Id organisation) {
    SignupsAcceptedBeforeRow before;
    return signups_sql_accepted_before(tx, edition, organisation, &before) && before.in_all > 0 && before.own == 0;
}

/* Counts, the list of organisations and the facts of the edition show sign-ups. */
static void tell_parts(Tx *tx, Id edition) {
    store_changed(tx, edition, PART_SIGNUPS);
    store_changed(tx, edition, PART_DIRECTORY);
    store_changed(tx, edition, PART_EDITION);
}

void signups_organisation_changed(Tx *tx, Id organisation) {
    SignupsEditionsOfRows rows = signups_sql_editions_of(tx, organisation);
    for (size_t i = 0; i < rows.count; i++) store_changed(tx, rows.rows[i].edition, PART_DIRECTORY);
    catalogue_follow(tx, organisation);
}

Err signup_add(Tx *tx, const Signup *signup, const Exchanges *exchanges, Id *id) {
    SignupsOfOrganisationRow earlier;
    if (signups_sql_of_organisation(tx, signup->edition, signup->organisation, &earlier)) return ERR_CONFLICT;
    Id made = tx_new_id(tx);
    int64_t now_ms = tx_now_ms(tx), submitted_ms = signup->submitted_ms ? signup->submitted_ms : now_ms;
    OptionalInt waiting_ms = signup->state == SIGNUP_WAITING ? given_int(submitted_ms) : (OptionalInt){0};
    signups_sql_add(tx, signup->edition, made, signup->organisation, str_from_c(signup_state_name(signup->state)),
                    signup->source, id_or_null(signup->contact), str_or_empty(signup->contact_name),
                    str_or_empty(signup->contact_phone), signup->people, signup->came_people,
                    is_first_time(tx, signup->edition, signup->organisation), str_or_empty(signup->remarks),
                    str_or_empty(signup->staff_notes), str_or_empty(signup->access_needs), str_or_empty(signup->reason),
                    id_or_null(signup->notice), submitted_ms, waiting_ms);
    if (exchanges != NULL) signup_set_exchanges(tx, signup->edition, signup->organisation, exchanges);
    store_audit(tx, &(AuditEntry){.edition = signup->edition, .action = "signup.add", .subject = made});
    tell_parts(tx, signup->edition);
    catalogue_follow(tx, signup->organisation);
    *id = made;
    return OK;
}

Err signup_update(Tx *tx, const Signup *signup, Id by) {
    int64_t changed = signups_sql_update(tx, signup->edition, signup->id, signup->version, id_or_null(signup->contact),
                                         str_or_empty(signup->contact_name), str_or_empty(signup->contact_phone),
                                         signup->people, str_or_empty(signup->remarks),
                                         str_or_empty(signup->staff_notes), str_or_empty(signup->access_needs));
    Signup stored;
    if (changed == 0) return signup_get(tx, signup->edition, signup->id, &stored) ? ERR_CONFLICT : ERR_NOT_FOUND;
    store_audit(
        tx, &(AuditEntry){.person = by, .edition = signup->edition, .action = "signup.update", .subject = signup->id});
    tell_parts(tx, signup->edition);
    return OK;
}

static Id series_of_edition(Tx *tx, Id edition) {
    Edition found;
    if (!edition_get(tx, edition, &found)) arena_fail(tx_arena(tx), ERR_INTERNAL, "a sign-up of no edition");
    return found.series.id;
}

void signup_let_represent(Tx *tx, Id edition, Id person, Id organisation) {
    representative_give(tx, person, organisation, series_of_edition(tx, edition));
}

void signup_end_representation(Tx *tx, const Signup *signup, Id person) {
    representative_take(tx, person, signup->organisation, series_of_edition(tx, signup->edition));
    size_t left;
    role_grants(tx, person, &left);
    if (left) return;
    card_revoke_all(tx, person);
    sign_in_links_end(tx, person);
}

SignupKnown signup_known(Tx *tx, Id organisation, Id series) {
    SignupsKnownInRow row;
    if (!signups_sql_known_in(tx, organisation, series, &row)) return (SignupKnown){0};
    return (SignupKnown){row.here > 0, row.elsewhere > 0};
}

void signup_move_representatives(Tx *tx, const Signup *signup, Id to) {
    Edition edition;
    if (!edition_get(tx, signup->edition, &edition)) arena_fail(tx_arena(tx), ERR_INTERNAL, "a sign-up of no edition");
    Id from = signup->organisation, series = edition.series.id;
    SignupsOthersInRow others;
    bool is_left = !signups_sql_others_in(tx, from, series, signup->id, &others) || others.count == 0;
    IdArray holders = representatives(tx, from, series);
    for (size_t i = 0; i < holders.count; i++) {
        if (!is_left && holders.ids[i] != signup->contact) continue;
        if (is_left) representative_take(tx, holders.ids[i], from, series);
        representative_give(tx, holders.ids[i], to, series);
        ways_move(tx, holders.ids[i],
                  &(WaysMove){.series = series,
                              .from = from,
                              .to = to,
                              .from_path = edition_my_path(tx_arena(tx), &edition, from, ""),
                              .to_path = edition_my_path(tx_arena(tx), &edition, to, "")});
    }
}

Err signup_join(Tx *tx, const Signup *signup, Id organisation, Id by) {
    SignupsOfOrganisationRow other;
    if (signups_sql_of_organisation(tx, signup->edition, organisation, &other)) return ERR_CONFLICT;
    if (signups_sql_move(tx, signup->edition, signup->id, signup->version, organisation,
                         is_first_time(tx, signup->edition, organisation)) == 0)
        return ERR_CONFLICT;
    signups_sql_move_exchanges(tx, signup->edition, signup->organisation, organisation);
    catalogue_join(tx, signup, organisation, by);
    signup_move_representatives(tx, signup, organisation);
    listing_join(tx, signup->organisation, organisation);
    store_audit(
        tx, &(AuditEntry){.person = by, .edition = signup->edition, .action = "signup.join", .subject = signup->id});
    tell_parts(tx, signup->edition);
    catalogue_follow(tx, signup->organisation);
    catalogue_follow(tx, organisation);
    return OK;
}

Err signup_submit(Tx *tx, Id edition, const SignupAnswers *answers, SignupSent *sent) {
    Id told = answers->organisation.id;
    SignupSent made = {.organisation = told ? organisation_kept(tx, told) : 0};
    SignupsOfOrganisationRow earlier;
    if (made.organisation && signups_sql_of_organisation(tx, edition, made.organisation, &earlier)) return ERR_CONFLICT;
    if (!made.organisation) made.organisation = organisation_add(tx, &answers->organisation);
    bool has_contact = !str_is_empty(answers->contact_name) || !str_is_empty(answers->contact_email) ||
                       !str_is_empty(answers->contact_phone);
    if (has_contact) {
        Person known;
        made.is_known_person = person_by_email(tx, answers->contact_email, &known);
        made.person = person_ensure(tx, str_or_empty(answers->contact_name), answers->contact_email,
                                    answers->contact_phone, answers->language);
        signup_let_represent(tx, edition, made.person, made.organisation);
    }
    Signup signup = {
        .edition = edition,
        .organisation = made.organisation,
        .contact = made.person,
        .contact_name = answers->contact_name,
        .contact_phone = answers->contact_phone,
        .state = answers->state,
        .source = str_from_c(answers->source),
        .people = answers->people,
        .remarks = answers->remarks,
        .access_needs = answers->access_needs,
        .staff_notes = answers->staff_notes,
        .submitted_ms = answers->submitted_ms,
        .notice = answers->notice,
    };
    Err err = signup_add(tx, &signup, &answers->exchanges, &made.signup);
    if (err) return err;
    *sent = made;
    return OK;
}
