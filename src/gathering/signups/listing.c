// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/listing.h"

#include "gathering/signups/internal.h"
#include "platform/account/account.h"
#include "signups_sql.h"

static const char purpose[] = "directory";

/* The same words as the fields of form_pages.c and edit.c ask with; a test compares them. */
Str listing_wording(Arena *arena, Language language) {
    return say(arena, language,
               MSG("signups", "Our organisation may be named in public: in the list of those who come, in the "
                              "programme and in the plan of tables."));
}

/* ---- agreeing, and thinking better of it ------------------------------------------------------------------ */

static void audit(Tx *tx, Id by, Id edition, const char *action, Id subject) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = subject});
}

static bool is_listed(Tx *tx, Id organisation) {
    Organisation found;
    return organisation_get(tx, organisation, &found) && found.is_listed;
}

static bool is_agreed(Tx *tx, Id organisation) {
    ConsentRecord record;
    return consent_about(tx, organisation, purpose, &record) && !record.withdrawn_ms.given;
}

void listing_give(Tx *tx, const ListingGiven *given) {
    if (is_listed(tx, given->organisation) && is_agreed(tx, given->organisation)) return;
    consent_give(tx, &(Consent){.person = given->person,
                                .edition = given->edition,
                                .subject = given->organisation,
                                .purpose = purpose,
                                .wording = given->wording,
                                .channel = given->channel,
                                .given_ms = given->given_ms});
    organisation_set_listed(tx, given->organisation, true);
    signups_sql_clear_wishes(tx, given->organisation);
    audit(tx, given->by, given->edition, "listing.give", given->organisation);
    signups_organisation_changed(tx, given->organisation);
}

void listing_withdraw(Tx *tx, Id organisation, Id edition, Id by) {
    if (!is_listed(tx, organisation)) return;
    consent_withdraw_about(tx, organisation, purpose);
    organisation_set_listed(tx, organisation, false);
    audit(tx, by, edition, "listing.withdraw", organisation);
    signups_organisation_changed(tx, organisation);
}

bool listing_was_withdrawn(Tx *tx, Id organisation) {
    ConsentRecord record;
    return consent_about(tx, organisation, purpose, &record) && record.withdrawn_ms.given;
}

void listing_wish(Tx *tx, Id edition, Id signup, Str wording) { signups_sql_set_wish(tx, edition, signup, wording); }

void listing_refuse(Tx *tx, Id edition, Id signup, Id by) {
    if (signups_sql_drop_wish(tx, edition, signup)) audit(tx, by, edition, "listing.refuse", signup);
}

/* Of two consents about one organisation the later counts: it may have been withdrawn there and given here. */
void listing_join(Tx *tx, Id from, Id to) {
    ConsentRecord here, there;
    bool was_listed = is_listed(tx, from), has_consent = consent_about(tx, from, purpose, &here);
    bool is_over = consent_about(tx, to, purpose, &there) && there.withdrawn_ms.given &&
                   (!has_consent || there.withdrawn_ms.value > here.given_ms);
    consents_move(tx, from, to, purpose);
    if (!was_listed) return;
    organisation_set_listed(tx, from, false);
    if (is_over) consent_withdraw_about(tx, to, purpose);
    else organisation_set_listed(tx, to, true);
    signups_organisation_changed(tx, to);
}

/* ---- who agreed, who did not ------------------------------------------------------------------------------- */

Str listing_channel_words(Arena *arena, Language language, Str channel) {
    static const struct {
        const char *channel;
        Msg words;
    } channels[] = {
        {"form", MSG_INIT("signups", "in the form")},    {"paper", MSG_INIT("signups", "on paper")},
        {"phone", MSG_INIT("signups", "by telephone")},  {"mail", MSG_INIT("signups", "by letter or e-mail")},
        {"spoken", MSG_INIT("signups", "face to face")}, {"import", MSG_INIT("signups", "in an imported sheet")},
    };
    for (size_t i = 0; i < COUNT(channels); i++)
        if (str_equal(channel, str_from_c(channels[i].channel))) return say(arena, language, channels[i].words);
    return channel;
}

UnlistedOnes listing_missing(Tx *tx, Id edition) {
    SignupsNotListedRows rows = signups_sql_not_listed(tx, edition);
    UnlistedOnes missing = {arena_array(tx_arena(tx), Unlisted, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        missing.ones[i] = (Unlisted){rows.rows[i].organisation, rows.rows[i].id, rows.rows[i].name,
                                     !str_is_absent(rows.rows[i].listing_wish), rows.rows[i].withdrawn_ms};
    return missing;
}

Str listing_why(Arena *arena, Language language, const Zone *zone, const Unlisted *one) {
    if (one->is_wished)
        return say(arena, language,
                   MSG("signups", "Ticked in the sign-up form, but the contact person has not confirmed it yet."));
    if (!one->withdrawn_ms.given) return say(arena, language, MSG("signups", "They have not agreed to it."));
    Civil day = zone_civil(zone, one->withdrawn_ms.value);
    return say(arena, language, MSG("signups", "They agreed once and withdrew it on {day}."),
               SAY_TEXT("day", date_day_month_year(arena, language, &day)));
}

static bool has_id(IdList list, Id id) {
    for (size_t i = 0; i < list.count; i++)
        if (list.ids[i] == id) return true;
    return false;
}

bool listing_not_named(Request *request, IdList shown, NotNamedPart *part) {
    enum { SHORT = 4 };
    const Edition *edition = edition_of(request);
    UnlistedOnes missing = listing_missing(request->tx, edition->id);
    NotNamedPartOne *ones = arena_array(request->arena, NotNamedPartOne, missing.count);
    *part = (NotNamedPart){.ones = ones};
    for (size_t i = 0; i < missing.count; i++) {
        const Unlisted *one = &missing.ones[i];
        if (!has_id(shown, one->organisation)) continue;
        Str path = edition_path(request->arena, edition, "/staff/sign-ups/");
        ones[part->ones_count++] = (NotNamedPartOne){
            .name = one->name,
            .href = str_format(request->arena, "%.*s%.*s/listing", STR_FORMAT(path),
                               STR_FORMAT(id_text(request->arena, one->signup))),
            .why = listing_why(request->arena, request->language, edition->zone, one),
        };
    }
    part->count = (int64_t)part->ones_count;
    part->is_short = part->ones_count <= SHORT;
    return part->ones_count > 0;
}
