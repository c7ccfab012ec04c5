// SPDX-License-Identifier: EUPL-1.2
/* What this room keeps of a person (room.h): the sign-ups whose contact they are, what of theirs is still being
 * written, and the rows that name their e-mail in sheets which wait to be confirmed. */
#include "gathering/editions/asks.h"
#include "gathering/signups/catalogue.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/listing.h"
#include "signups_sql.h"

/* ---- sheets: they belong to nobody, but name people --------------------------------------------------------- */

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80; }

/* Part of an address as well: "a@x.pl" does not stand in "ola@x.pl", nor in "a@x.pl.example". */
static bool is_before_address(char c) { return is_letter(c) || (c && strchr("._%+-'&/=~^`{|}!#$*?", c) != NULL); }

static bool goes_on(Str rest) {
    if (rest.size && (is_letter(rest.data[0]) || rest.data[0] == '-')) return true;
    return rest.size > 1 && rest.data[0] == '.' && is_letter(rest.data[1]);
}

static bool names(Tx *tx, Str text, Str email) {
    Str rest = str_lower_ascii(tx_arena(tx), text);
    char before = ' ';
    ptrdiff_t at;
    if (str_is_empty(email)) return false;
    while ((at = str_index_of(rest, email)) >= 0) {
        if (at > 0) before = rest.data[at - 1];
        Str behind = str_skip(rest, (size_t)at + email.size);
        if (!is_before_address(before) && !goes_on(behind)) return true;
        before = rest.data[at];
        rest = str_skip(rest, (size_t)at + 1);
    }
    return false;
}

/* The lines in which the e-mail stands: the others are about other people. */
static Str lines_naming(Tx *tx, Str text, Str email) {
    Buffer found = buffer_in(tx_arena(tx));
    Str rest = text, line;
    while (str_next_part(&rest, '\n', &line)) {
        if (!names(tx, line, email)) continue;
        if (found.size) buffer_add_char(&found, '\n');
        buffer_add(&found, str_trim(line));
    }
    return buffer_str(&found);
}

/* ---- each kind, found one by one ---------------------------------------------------------------------------- */

typedef struct Search {
    Tx *tx;
    const PersonalSubject *subject;
    SignupsPersonalRows signups;
    IdList editions; /* of the series asked for, where one is */
} Search;

static Search search_begin(Tx *tx, const PersonalSubject *subject) {
    Search search = {tx, subject, signups_sql_personal(tx, subject->person, subject->series), {0}};
    if (!subject->series) return search;
    Editions editions = editions_of_series(tx, subject->series);
    Id *ids = arena_array(tx_arena(tx), Id, editions.count);
    for (size_t i = 0; i < editions.count; i++) ids[i] = editions.editions[i].id;
    search.editions = (IdList){ids, editions.count};
    return search;
}

static bool is_theirs(const Search *search, const SignupsKeptDraftRow *draft) {
    Id person = search->subject->person;
    bool is_sent_by_them = person && draft->contact.given && draft->contact.value == person;
    return is_sent_by_them || names(search->tx, draft->answers, search->subject->email);
}

static void add_signups(const Search *search, PersonalData *data) {
    for (size_t i = 0; i < search->signups.count; i++) {
        const SignupsPersonalRow *row = &search->signups.rows[i];
        personal_add(data, &(PersonalRecord){
                               .table = "signup",
                               .id = row->id,
                               .edition = row->edition,
                               .organisation = row->organisation,
                               .at_ms = row->submitted_ms,
                               .values = {{"contact_name", row->contact_name},
                                          {"contact_phone", row->contact_phone},
                                          {"remarks", row->remarks},
                                          {"access_needs", row->access_needs},
                                          {"reason", row->reason},
                                          {"staff_notes", row->staff_notes}},
                           });
    }
}

static void add_notes(const Search *search, PersonalData *data) {
    SignupsPersonalNotesRows rows =
        signups_sql_personal_notes(search->tx, search->subject->person, search->subject->series);
    for (size_t i = 0; i < rows.count; i++)
        personal_add(data, &(PersonalRecord){.table = "signup_note",
                                             .id = rows.rows[i].id,
                                             .edition = rows.rows[i].edition,
                                             .organisation = rows.rows[i].organisation,
                                             .at_ms = rows.rows[i].at_ms,
                                             .values = {{"words", rows.rows[i].words}}});
}

/* What they asked for to take part, and the answers. */
static void add_asks(const Search *search, PersonalData *data) {
    for (size_t i = 0; i < search->signups.count; i++) {
        const SignupsPersonalRow *row = &search->signups.rows[i];
        Asks asks = asks_about(search->tx, row->edition, "access", row->id);
        for (size_t k = 0; k < asks.count; k++)
            personal_add(data, &(PersonalRecord){.table = "ask",
                                                 .id = asks.asks[k].id,
                                                 .edition = row->edition,
                                                 .organisation = row->organisation,
                                                 .at_ms = asks.asks[k].asked_ms,
                                                 .values = {{"words", asks.asks[k].words},
                                                            {"answer_words", asks.asks[k].answer_words},
                                                            {"answer_name", asks.asks[k].answer_name}}});
    }
}

static void personal_draft(const Search *search, const SignupsKeptDraftRow *row, PersonalData *data) {
    if (!is_theirs(search, row)) return;
    if (!data) signups_sql_remove_draft(search->tx, row->edition, row->id);
    else
        personal_add(data, &(PersonalRecord){.table = "signup_draft",
                                             .id = row->id,
                                             .edition = row->edition,
                                             .at_ms = row->created_ms,
                                             .values = {{"answers", row->answers}}});
}

/* They belong to nobody: whoever is named in one need not have signed anything up. So all are looked through that are
 * kept, which is for 30 days, or those of the series. data NULL: they go. */
static void personal_drafts(const Search *search, PersonalData *data) {
    if (search->subject->series) {
        SignupsDraftsInRows rows = signups_sql_drafts_in(search->tx, search->editions);
        for (size_t i = 0; i < rows.count; i++) personal_draft(search, &rows.rows[i].kept_draft, data);
        return;
    }
    SignupsDraftsKeptRows rows = signups_sql_drafts_kept(search->tx, 0);
    for (size_t i = 0; i < rows.count; i++) personal_draft(search, &rows.rows[i].kept_draft, data);
}

/* A sheet goes as a whole: it was only uploaded, and whoever has it can upload it again without the row. */
static void personal_sheet(const Search *search, const SignupsKeptSheetRow *row, PersonalData *data) {
    Str lines = lines_naming(search->tx, row->content, search->subject->email);
    if (str_is_empty(lines)) return;
    if (!data) signups_sql_remove_sheet(search->tx, row->edition, row->id);
    else
        personal_add(data, &(PersonalRecord){.table = "import_sheet",
                                             .id = row->id,
                                             .edition = row->edition,
                                             .at_ms = row->created_ms,
                                             .name = row->name,
                                             .values = {{"content", lines}}});
}

static void personal_sheets(const Search *search, PersonalData *data) {
    if (str_is_empty(search->subject->email)) return;
    if (search->subject->series) {
        SignupsSheetsInRows rows = signups_sql_sheets_in(search->tx, search->editions);
        for (size_t i = 0; i < rows.count; i++) personal_sheet(search, &rows.rows[i].kept_sheet, data);
        return;
    }
    SignupsSheetsKeptRows rows = signups_sql_sheets_kept(search->tx, 0);
    for (size_t i = 0; i < rows.count; i++) personal_sheet(search, &rows.rows[i].kept_sheet, data);
}

/* A guest has no account: what is noted of one is theirs where it names their address. Asked for a series alone: who it
 * is about does not read it themselves, it is read to them. */
static void personal_guests(const Search *search, PersonalData *data) {
    if (!search->subject->series || str_is_empty(search->subject->email)) return;
    SignupsGuestsNotedRows rows = signups_sql_guests_noted(search->tx, search->editions);
    for (size_t i = 0; i < rows.count; i++) {
        const SignupsGuestsNotedRow *row = &rows.rows[i];
        if (!names(search->tx, row->words, search->subject->email)) continue;
        if (!data) signups_sql_erase_guest_words(search->tx, row->edition, row->id);
        else
            personal_add(data, &(PersonalRecord){.table = "guest",
                                                 .id = row->id,
                                                 .edition = row->edition,
                                                 .name = row->name,
                                                 .values = {{"words", row->words}}});
    }
}

/* What they wrote of themselves into an organisation's entry in the directory, which everybody reads: the number and
 * the address that are known to be theirs. Data NULL: it is taken out. */
static void personal_entries(const Search *search, PersonalData *data) {
    Person person;
    ConsentsGiven given = consents_of(search->tx, search->subject->person);
    if (!person_get(search->tx, search->subject->person, &person)) return;
    Id before = 0;
    for (size_t i = 0; i < given.count; i++) {
        DirectoryEntry entry;
        const ConsentGiven *consent = &given.consents[i];
        if (!str_equal(consent->purpose, STR("catalogue")) || consent->subject == before ||
            !directory_entry_of_id(search->tx, consent->subject, &entry) ||
            (search->subject->series && entry.series != search->subject->series))
            continue;
        before = consent->subject;
        Str phone = str_equal(entry.phone, person.phone) ? entry.phone : STR("");
        for (size_t k = 0; k < search->signups.count; k++)
            if (str_equal(entry.phone, search->signups.rows[k].contact_phone)) phone = entry.phone;
        Str email = str_equal_ascii_case(entry.email, search->subject->email) ? entry.email : STR("");
        if (str_is_empty(phone) && str_is_empty(email)) continue;
        if (!data) directory_entry_forget(search->tx, &entry, phone, email);
        else
            personal_add(data, &(PersonalRecord){.table = "directory_entry",
                                                 .id = entry.id,
                                                 .edition = consent->edition,
                                                 .organisation = entry.organisation,
                                                 .at_ms = consent->given_ms,
                                                 .values = {{"phone", phone}, {"email", email}}});
    }
}

/* ---- for the house ------------------------------------------------------------------------------------------ */

void signups_personal_find(Tx *tx, const PersonalSubject *subject, PersonalData *data) {
    Search search = search_begin(tx, subject);
    add_signups(&search, data);
    add_notes(&search, data);
    add_asks(&search, data);
    personal_drafts(&search, data);
    personal_sheets(&search, data);
    personal_guests(&search, data);
    personal_entries(&search, data);
}

void signups_personal_erase(Tx *tx, const PersonalSubject *subject) {
    Search search = search_begin(tx, subject);
    if (subject->series) signups_sql_erase_invitations_in(tx, subject->person, subject->series);
    else signups_sql_erase_invitations(tx, subject->person);
    personal_drafts(&search, NULL);
    personal_sheets(&search, NULL);
    personal_guests(&search, NULL);
    personal_entries(&search, NULL);
    for (size_t i = 0; i < search.signups.count; i++) {
        const SignupsPersonalRow *row = &search.signups.rows[i];
        signups_sql_erase_personal(tx, row->edition, row->id);
        signups_sql_erase_notes(tx, row->edition, row->id);
        asks_erase(tx, row->edition, row->id);
        store_changed(tx, row->edition, PART_SIGNUPS);
    }
}

void signups_consent_withdrawn(Tx *tx, Str purpose, Id subject, Id edition, Id by) {
    if (subject && str_equal(purpose, STR("directory"))) listing_withdraw(tx, subject, edition, by);
    if (subject && str_equal(purpose, STR("catalogue"))) catalogue_withdraw(tx, subject, edition, by);
}
