// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/inviting.h"

#include "platform/account/account.h"
#include "platform/account/secrets.h"
#include "platform/base/random.h"
#include "signups_sql.h"

static const int64_t kept_ms = INT64_C(90) * 24 * 3600 * 1000;

static Str hash_of(Tx *tx, Str secret) { return secret_hash(tx_arena(tx), "acting", secret); }

static Id series_of_invitation(Tx *tx, const Invitation *invitation) {
    Edition edition;
    if (!edition_get(tx, invitation->edition, &edition))
        arena_fail(tx_arena(tx), ERR_INTERNAL, "an invitation of no edition");
    return edition.series.id;
}

static Invitation from_row(const SignupsInvitationRow *row) {
    return (Invitation){row->edition,    row->id,    row->organisation, row->person,  row->invited_by.value,
                        row->hands_over, row->state, row->invited_ms,   row->ends_ms, row->version};
}

static bool acts(Tx *tx, Id person, Id organisation, Id series) {
    return person &&
           role_held(tx, person, ROLE_REPRESENTATIVE, (Scope){.series = series, .organisation = organisation});
}

/* ---- asking ------------------------------------------------------------------------------------------------- */

Id invitation_add(Tx *tx, const Invitation *invitation, Str secret) {
    Id series = series_of_invitation(tx, invitation), id = tx_new_id(tx);
    Invitations waiting = invitations_of(tx, invitation->organisation, series);
    for (size_t i = 0; i < waiting.count; i++)
        if (waiting.all[i].person == invitation->person)
            invitation_end(tx, &waiting.all[i], "withdrawn", invitation->invited_by);
    signups_sql_add_invitation(tx, invitation->edition, id, invitation->organisation, invitation->person,
                               given_int(invitation->invited_by), invitation->hands_over, hash_of(tx, secret),
                               tx_now_ms(tx), tx_now_ms(tx) + INVITATION_LASTS_MS);
    store_audit(tx, &(AuditEntry){.person = invitation->invited_by,
                                  .edition = invitation->edition,
                                  .action = "signup.invite",
                                  .subject = invitation->person});
    return id;
}

Str invitation_path(Arena *arena, const Edition *edition, Str secret) {
    return str_join(arena, edition_path(arena, edition, "/acting/"), secret);
}

bool invitation_find(Tx *tx, Id edition, Str secret, Invitation *found) {
    SignupsInvitationBySecretRow row;
    if (secret.size != RANDOM_SECRET_TEXT_SIZE ||
        !signups_sql_invitation_by_secret(tx, edition, hash_of(tx, secret), &row))
        return false;
    *found = from_row(&row.invitation);
    return true;
}

bool invitation_get(Tx *tx, Id edition, Id id, Invitation *found) {
    SignupsInvitationGetRow row;
    if (!signups_sql_invitation_get(tx, edition, id, &row)) return false;
    *found = from_row(&row.invitation);
    return true;
}

Invitations invitations_of(Tx *tx, Id organisation, Id series) {
    SignupsInvitationsOfRows rows = signups_sql_invitations_of(tx, organisation, series, tx_now_ms(tx));
    Invitations list = {arena_array(tx_arena(tx), Invitation, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) list.all[i] = from_row(&rows.rows[i].invitation);
    return list;
}

Invitations invitations_to(Tx *tx, Id person) {
    SignupsInvitationsToRows rows = signups_sql_invitations_to(tx, person, tx_now_ms(tx));
    Invitations list = {arena_array(tx_arena(tx), Invitation, rows.count), 0};
    for (size_t i = 0; i < rows.count; i++) {
        Invitation one = from_row(&rows.rows[i].invitation);
        if (invitation_is_open(tx, &one)) list.all[list.count++] = one;
    }
    return list;
}

int64_t invitations_since(Tx *tx, Id organisation, Id person, int64_t since_ms) {
    SignupsInvitedSinceRow row;
    return signups_sql_invited_since(tx, person, organisation, since_ms, &row) ? row.count : 0;
}

/* ---- answering ---------------------------------------------------------------------------------------------- */

bool invitation_is_open(Tx *tx, const Invitation *invitation) {
    return str_equal(invitation->state, STR("waiting")) && invitation->ends_ms > tx_now_ms(tx) &&
           organisation_kept(tx, invitation->organisation) == invitation->organisation &&
           acts(tx, invitation->invited_by, invitation->organisation, series_of_invitation(tx, invitation));
}

bool invitation_end(Tx *tx, const Invitation *invitation, const char *state, Id by) {
    if (!signups_sql_end_invitation(tx, invitation->edition, invitation->id, str_from_c(state), tx_now_ms(tx)))
        return false;
    Str action = str_format(tx_arena(tx), "signup.invite_%s", state);
    store_audit(tx, &(AuditEntry){.person = by,
                                  .edition = invitation->edition,
                                  .action = str_to_c(tx_arena(tx), action),
                                  .subject = invitation->person});
    return true;
}

/* Of the gatherings that are not over, and the one it was said in. */
static void hand_over_contact(Tx *tx, const Invitation *invitation, Id series, bool is_theirs) {
    Person successor;
    SignupsHistoryRows rows = signups_sql_history(tx, invitation->organisation, series);
    if (!person_get(tx, invitation->person, &successor)) return;
    for (size_t i = 0; i < rows.count; i++) {
        Edition edition;
        Signup signup;
        Id id = rows.rows[i].edition;
        bool is_meant =
            id == invitation->edition || (edition_get(tx, id, &edition) && edition.state < EDITION_FINISHED);
        if (!is_meant || !signup_get(tx, id, rows.rows[i].signup, &signup) || signup.contact != invitation->invited_by)
            continue;
        signup.contact = successor.id;
        bool has_name = !str_is_empty(successor.name) && (is_theirs || str_is_empty(successor.email));
        signup.contact_name = has_name ? successor.name : successor.email;
        signup.contact_phone = is_theirs ? str_or_empty(successor.phone) : STR("");
        if (signup_update(tx, &signup, successor.id))
            arena_fail(tx_arena(tx), ERR_INTERNAL, "a sign-up changed in one transaction");
    }
}

Err invitation_accept(Tx *tx, const Invitation *invitation, bool is_theirs) {
    Id series = series_of_invitation(tx, invitation);
    if (!invitation_is_open(tx, invitation)) return ERR_CONFLICT;
    bool acts_already = acts(tx, invitation->person, invitation->organisation, series);
    size_t acting = representatives(tx, invitation->organisation, series).count;
    if (!acts_already && !invitation->hands_over && acting >= ACTING_MOST) return ERR_LIMIT;
    if (!invitation_end(tx, invitation, "accepted", invitation->person)) return ERR_CONFLICT;
    representative_give(tx, invitation->person, invitation->organisation, series);
    if (!invitation->hands_over || invitation->person == invitation->invited_by) return OK;
    hand_over_contact(tx, invitation, series, is_theirs);
    Signup signup;
    if (signup_of_organisation(tx, invitation->edition, invitation->organisation, &signup))
        signup_end_representation(tx, &signup, invitation->invited_by);
    return OK;
}

void invitations_expire(Tx *tx) { signups_sql_expire_invitations(tx, tx_now_ms(tx) - kept_ms); }
