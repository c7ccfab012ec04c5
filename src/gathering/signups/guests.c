// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/guests.h"

#include "gathering/signups/asked.h"

#include "gathering/editions/next.h"
#include "signups_sql.h"

/* ---- reading ------------------------------------------------------------------------------------------------ */

Guests guests_of(Tx *tx, Id edition) {
    SignupsGuestsRows rows = signups_sql_guests(tx, edition);
    Guests guests = {arena_array(tx_arena(tx), Guest, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        guests.guests[i] = (Guest){.edition = edition,
                                   .id = rows.rows[i].id,
                                   .kind = rows.rows[i].kind,
                                   .name = rows.rows[i].name,
                                   .words = rows.rows[i].words,
                                   .people = rows.rows[i].people,
                                   .version = rows.rows[i].version};
    return guests;
}

bool guest_get(Tx *tx, Id edition, Id id, Guest *found) {
    Guests guests = guests_of(tx, edition);
    for (size_t i = 0; i < guests.count; i++) {
        if (guests.guests[i].id != id) continue;
        *found = guests.guests[i];
        return true;
    }
    return false;
}

Str guest_kind_words(Arena *arena, Language language, Str kind) {
    static const struct {
        const char *kind;
        Msg words;
    } kinds[] = {
        {"artist", MSG_INIT("signups", "artist")},
        {"press", MSG_INIT("signups", "press")},
        {"city", MSG_INIT("signups", "city")},
        {"other", MSG_INIT("signups", "other guest")},
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_equal(kind, str_from_c(kinds[i].kind))) return say(arena, language, kinds[i].words);
    return kind;
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

/* Counts show them, and the programme of an edition that was only reported shows their names unpublished. */
static void tell(Tx *tx, Id edition, Id by, const char *action, Id guest) {
    store_audit(tx, &(AuditEntry){.person = by, .edition = edition, .action = action, .subject = guest});
    store_changed(tx, edition, PART_SIGNUPS);
    store_changed(tx, edition, PART_PROGRAMME);
}

Id guest_add(Tx *tx, const Guest *guest, Id by) {
    Id id = tx_new_id(tx);
    signups_sql_add_guest(tx, guest->edition, id, guest->kind, guest->name, guest->words, guest->people);
    tell(tx, guest->edition, by, "guest.add", id);
    return id;
}

static Err why_not(Tx *tx, const Guest *guest) {
    Guest stored;
    return guest_get(tx, guest->edition, guest->id, &stored) ? ERR_CONFLICT : ERR_NOT_FOUND;
}

Err guest_update(Tx *tx, const Guest *guest, Id by) {
    if (!signups_sql_update_guest(tx, guest->edition, guest->id, guest->version, guest->kind, guest->name, guest->words,
                                  guest->people))
        return why_not(tx, guest);
    tell(tx, guest->edition, by, "guest.change", guest->id);
    return OK;
}

Err guest_remove(Tx *tx, const Guest *guest, Id by) {
    if (!signups_sql_remove_guest(tx, guest->edition, guest->id, guest->version)) return why_not(tx, guest);
    tell(tx, guest->edition, by, "guest.remove", guest->id);
    return OK;
}

/* ---- into the next edition -------------------------------------------------------------------------------------- */

static int64_t count_guests(Tx *tx, Id edition) { return (int64_t)signups_sql_guests(tx, edition).count; }

static void copy_guests(const EditionCopy *copy) {
    Guests guests = guests_of(copy->tx, copy->from->id);
    for (size_t i = 0; i < guests.count; i++) {
        guests.guests[i].edition = copy->to->id;
        guest_add(copy->tx, &guests.guests[i], copy->by);
    }
}

const CopyPart signups_copy_parts[SIGNUPS_COPY_PART_COUNT] = {
    {.name = "asked",
     .label = MSG_INIT("signups", "Which of the usual questions are left out"),
     .tables = "signup_unasked",
     .count = signup_unasked_count,
     .copy = signup_unasked_copy},
    {.name = "guests",
     .label = MSG_INIT("signups", "Guests: artists, press, city"),
     .tables = "guest",
     .is_asked = true,
     .count = count_guests,
     .copy = copy_guests},
};
