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

static Str or_empty(Str str) { return str_is_absent(str) ? STR("") : str; }

static Err keep(Tx *tx, DirectoryEntry *entry) {
    if (entry->id) {
        int64_t changed =
            directory_sql_update_entry(tx, entry->organisation, entry->series, entry->version, entry->is_shown,
                                       entry->shows_words, entry->shows_website, entry->shows_exchanges,
                                       entry->shows_numbers, or_empty(entry->phone), or_empty(entry->email));
        return changed ? OK : ERR_CONFLICT;
    }
    entry->id = tx_new_id(tx);
    int64_t added = directory_sql_add_entry(tx, entry->organisation, entry->series, entry->id, entry->is_shown,
                                            entry->shows_words, entry->shows_website, entry->shows_exchanges,
                                            entry->shows_numbers, or_empty(entry->phone), or_empty(entry->email));
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
