// SPDX-License-Identifier: EUPL-1.2
#include "gathering/directory/directory.h"

#include "directory_sql.h"

static const char purpose[] = "catalogue";

bool directory_entry_get(Tx *tx, Id organisation, Id series, DirectoryEntry *entry) {
    DirectoryEntryRow row;
    *entry = (DirectoryEntry){.organisation = organisation, .series = series, .phone = STR(""), .email = STR("")};
    if (!directory_sql_entry(tx, organisation, series, &row)) return false;
    entry->id = row.id;
    entry->is_shown = row.is_shown;
    entry->shows_words = row.shows_words;
    entry->shows_website = row.shows_website;
    entry->shows_exchanges = row.shows_exchanges;
    entry->shows_numbers = row.shows_numbers;
    entry->phone = row.phone;
    entry->email = row.email;
    entry->version = row.version;
    return true;
}

const Msg directory_agreed =
    MSG_INIT("directory", "Our organisation may stand in the public directory with its name, legal form, fields of "
                          "work, district, languages, the larger organisation it is part of, the year it was founded, "
                          "and whether it comes for the first time.");

bool directory_tells_history(Tx *tx, const DirectoryEntry *entry) {
    ConsentRecord record;
    if (!entry->id || !consent_about(tx, entry->id, purpose, &record)) return false;
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (str_starts_with(record.wording, say(tx_arena(tx), language, directory_agreed))) return true;
    return false;
}

bool directory_entry_of_id(Tx *tx, Id id, DirectoryEntry *entry) {
    DirectoryPlaceOfEntryRow row;
    return directory_sql_place_of_entry(tx, id, &row) && directory_entry_get(tx, row.organisation, row.series, entry);
}

static Err keep(Tx *tx, DirectoryEntry *entry) {
    if (entry->id) {
        int64_t changed =
            directory_sql_update_entry(tx, entry->organisation, entry->series, entry->version, entry->is_shown,
                                       entry->shows_words, entry->shows_website, entry->shows_exchanges,
                                       entry->shows_numbers, str_or_empty(entry->phone), str_or_empty(entry->email));
        return changed ? OK : ERR_CONFLICT;
    }
    entry->id = tx_new_id(tx);
    int64_t added = directory_sql_add_entry(
        tx, entry->organisation, entry->series, entry->id, entry->is_shown, entry->shows_words, entry->shows_website,
        entry->shows_exchanges, entry->shows_numbers, str_or_empty(entry->phone), str_or_empty(entry->email));
    return added ? OK : ERR_CONFLICT;
}

Err directory_entry_save(Tx *tx, const DirectoryEntry *entry, const DirectorySaying *saying) {
    DirectoryEntry kept = *entry;
    if (!entry->is_shown)
        kept = (DirectoryEntry){
            .id = entry->id, .organisation = entry->organisation, .series = entry->series, .version = entry->version};
    Err err = keep(tx, &kept);
    if (err) return err;
    consent_withdraw_about(tx, kept.id, purpose); /* each time what is shown changes, it is agreed to anew */
    if (kept.is_shown)
        consent_give(tx, &(Consent){.person = saying->by,
                                    .edition = saying->edition,
                                    .subject = kept.id,
                                    .purpose = purpose,
                                    .wording = saying->wording,
                                    .channel = "form"});
    store_audit(tx, &(AuditEntry){.person = saying->by,
                                  .edition = saying->edition,
                                  .action = kept.is_shown ? "directory.show" : "directory.hide",
                                  .subject = kept.organisation});
    return OK;
}

/* Within one transaction nobody else has changed it. */
static void must(Tx *tx, Err err) {
    if (err) arena_fail(tx_arena(tx), ERR_INTERNAL, "an entry of the directory changed in one transaction");
}

void directory_entry_join(Tx *tx, Id from, Id to, Id series, const DirectorySaying *saying) {
    DirectoryEntry left, kept;
    if (!directory_entry_get(tx, from, series, &left) || !left.is_shown) return;
    directory_entry_get(tx, to, series, &kept);
    if (kept.is_shown) {
        left.is_shown = false;
        must(tx, directory_entry_save(tx, &left, saying));
        return;
    }
    DirectoryEntry moved = left;
    moved.id = kept.id;
    moved.organisation = to;
    moved.version = kept.version;
    must(tx, keep(tx, &moved));
    consents_move(tx, left.id, moved.id, purpose);
    must(tx,
         keep(tx, &(DirectoryEntry){.id = left.id, .organisation = from, .series = series, .version = left.version}));
}

void directory_entry_forget(Tx *tx, const DirectoryEntry *entry, Str phone, Str email) {
    DirectoryEntry changed = *entry;
    bool is_phone = !str_is_empty(entry->phone) && str_equal(entry->phone, phone);
    bool is_email = !str_is_empty(entry->email) && str_equal_ascii_case(entry->email, email);
    if (!is_phone && !is_email) return;
    if (is_phone) changed.phone = STR("");
    if (is_email) changed.email = STR("");
    store_changed(tx, 0, PART_DIRECTORY);
    must(tx, keep(tx, &changed));
}

IdArray directory_series(Tx *tx, Id organisation) {
    DirectorySeriesOfRows rows = directory_sql_series_of(tx, organisation);
    IdArray ids = {arena_array(tx_arena(tx), Id, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) ids.ids[i] = rows.rows[i].series;
    return ids;
}

IdArray directory_due(Tx *tx, Str today, size_t most) {
    DirectoryDueRows rows = directory_sql_due(tx, today, (int64_t)most);
    IdArray ids = {arena_array(tx_arena(tx), Id, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) ids.ids[i] = rows.rows[i].organisation;
    return ids;
}
