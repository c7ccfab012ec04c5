// SPDX-License-Identifier: EUPL-1.2
#include "gathering/privacy/privacy.h"

#include "platform/format/json_write.h"
#include "platform/jobs/outbox.h"
#include "privacy_sql.h"

/* ---- finding ------------------------------------------------------------------------------------------------ */

/* What an edition of another series, or of none, has to do with is not that of the series asked for. */
typedef struct SeriesEditions {
    const Id *ids; /* NULL: all */
    size_t count;
} SeriesEditions;

static SeriesEditions editions_in(Tx *tx, Id series) {
    if (!series) return (SeriesEditions){0};
    Editions editions = editions_of_series(tx, series);
    Id *ids = arena_array(tx_arena(tx), Id, editions.count + 1); /* not NULL where there are none */
    for (size_t i = 0; i < editions.count; i++) ids[i] = editions.editions[i].id;
    return (SeriesEditions){ids, editions.count};
}

static bool is_in(const SeriesEditions *editions, Id edition) {
    if (!editions->ids) return true;
    for (size_t i = 0; i < editions->count; i++)
        if (editions->ids[i] == edition) return true;
    return false;
}

static void add_account(const Person *person, Arena *arena, PersonalData *data) {
    Str folded = str_is_absent(person->email) ? STR_ABSENT : str_lower_ascii(arena, person->email);
    personal_add(data, &(PersonalRecord){.table = "person",
                                         .id = person->id,
                                         .values = {{"name", person->name},
                                                    {"email", person->email},
                                                    {"email_folded", folded},
                                                    {"phone", person->phone}}});
}

static void add_letters(Tx *tx, Id person, const SeriesEditions *editions, PersonalData *data) {
    OutboxLetters letters = outbox_to(tx, person, editions->ids, editions->count, PERSONAL_LETTERS);
    for (size_t i = 0; i < letters.count; i++) {
        const OutboxLetter *letter = &letters.letters[i];
        bool is_own = !editions->ids; /* who has the address could act by it in their name */
        Str body = !is_own ? mail_without_secrets(tx_arena(tx), letter->entry.body) : letter->entry.body;
        personal_add(data, &(PersonalRecord){.table = "outbox",
                                             .id = letter->entry.id,
                                             .edition = letter->edition,
                                             .at_ms = letter->entry.created_ms,
                                             .name = letter->entry.subject,
                                             .values = {{"to_address", letter->entry.to_address},
                                                        {"to_name", letter->entry.to_name},
                                                        {"body", body},
                                                        {"calendar", letter->calendar},
                                                        {"unsubscribe", is_own ? letter->unsubscribe : STR("")}}});
    }
}

static void add_detail(PersonalData *data, Id id, OptionalInt edition, int64_t at_ms, Str detail) {
    personal_add(data, &(PersonalRecord){.table = "audit_personal",
                                         .id = id,
                                         .edition = edition.value,
                                         .at_ms = at_ms,
                                         .values = {{"detail", detail}}});
}

static void add_deed(const PrivacyDeedRow *row, PersonalFound *found) {
    found->deeds[found->deed_count++] = (PersonalDeed){row->at_ms, row->action};
    if (!str_is_absent(row->detail)) add_detail(&found->data, row->id, row->edition, row->at_ms, row->detail);
}

static void add_deeds(Tx *tx, Id person, const SeriesEditions *editions, PersonalFound *found) {
    found->deeds = arena_array(tx_arena(tx), PersonalDeed, PERSONAL_DEEDS);
    if (editions->ids) {
        IdList list = {editions->ids, editions->count};
        PrivacyDeedsInRows rows = privacy_sql_deeds_in(tx, person, list, PERSONAL_DEEDS);
        for (size_t i = 0; i < rows.count; i++) add_deed(&rows.rows[i].deed, found);
        return;
    }
    PrivacyDeedsRows rows = privacy_sql_deeds(tx, person, PERSONAL_DEEDS);
    for (size_t i = 0; i < rows.count; i++) add_deed(&rows.rows[i].deed, found);
    PrivacyDoneToRows done = privacy_sql_done_to(tx, person);
    for (size_t i = 0; i < done.count; i++)
        add_detail(&found->data, done.rows[i].id, done.rows[i].edition, done.rows[i].at_ms, done.rows[i].detail);
}

static ConsentsGiven consents_here(ConsentsGiven all, const SeriesEditions *editions) {
    ConsentsGiven here = {all.consents, 0};
    for (size_t i = 0; i < all.count; i++)
        if (is_in(editions, all.consents[i].edition)) here.consents[here.count++] = all.consents[i];
    return here;
}

static PersonalSubject subject_of(Tx *tx, const Person *person, Id series) {
    return (PersonalSubject){person->id, series,
                             str_is_empty(person->email) ? STR("") : str_lower_ascii(tx_arena(tx), person->email)};
}

/* With what of a series somebody has to do, and with what of others: sign-ups, and rights whatever they are of. A right
 * that has ended is still kept here, and so is asked for here; elsewhere it keeps nobody's account any more. */
typedef struct Ties {
    bool here, elsewhere;
} Ties;

static Ties ties_of(Tx *tx, Id person, Id series) {
    PrivacyReachRow reach = {0};
    privacy_sql_reach(tx, person, series, &reach);
    Ties ties = {reach.signups_here > 0, reach.signups_elsewhere > 0};
    PrivacyRightsRows rights = privacy_sql_rights(tx, person, tx_now_ms(tx));
    for (size_t i = 0; i < rights.count; i++) {
        bool is_here = rights.rows[i].series == series;
        ties.here |= is_here;
        ties.elsewhere |= !is_here && rights.rows[i].holds;
    }
    return ties;
}

/* What the rooms and the letters keep, by person or by their address alone. */
static void find_records(Tx *tx, const House *house, const SeriesEditions *editions, PersonalFound *found) {
    PersonalSubject subject = subject_of(tx, &found->person, found->series);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->personal_find) house->rooms[i]->personal_find(tx, &subject, &found->data);
    if (subject.person) add_letters(tx, subject.person, editions, &found->data);
}

bool personal_of(Tx *tx, const House *house, Id person, Id series, PersonalFound *found) {
    PersonalFound all = {.series = series, .data = {.arena = tx_arena(tx)}};
    if (!person_get(tx, person, &all.person)) return false;
    Ties ties = series ? ties_of(tx, person, series) : (Ties){true, false};
    /* Who is only named here (a draft, a sheet, a letter) is shown that, and not an account that others look after. */
    all.is_elsewhere = ties.elsewhere || !ties.here;
    SeriesEditions editions = editions_in(tx, series);
    if (!all.is_elsewhere) add_account(&all.person, tx_arena(tx), &all.data);
    find_records(tx, house, &editions, &all);
    add_deeds(tx, person, &editions, &all);
    all.consents = consents_here(consents_of(tx, person), &editions);
    if (!ties.here && !all.data.count && !all.deed_count && !all.consents.count) return false;
    if (!series) {
        all.grants = role_grants(tx, person, &all.grant_count);
        all.sessions = account_sessions(tx, person);
        all.cards = card_state(tx, person);
    }
    *found = all;
    return true;
}

bool personal_named(Tx *tx, const House *house, Str email, Id series, PersonalFound *found) {
    PersonalFound all = {.series = series, .is_elsewhere = true, .data = {.arena = tx_arena(tx)}};
    all.person = (Person){.name = STR(""), .email = email, .phone = STR("")};
    SeriesEditions editions = editions_in(tx, series);
    find_records(tx, house, &editions, &all);
    if (!all.data.count) return false;
    *found = all;
    return true;
}

/* ---- taking it along ---------------------------------------------------------------------------------------- */

static void add_text(JsonWriter *json, const char *key, Str value) {
    json_key(json, str_from_c(key));
    json_add_str(json, value);
}

static void add_time(JsonWriter *json, Arena *arena, const char *key, int64_t ms) {
    if (ms) add_text(json, key, time_to_text(arena, ms));
}

static void add_id(JsonWriter *json, Arena *arena, const char *key, Id id) {
    if (id) add_text(json, key, id_text(arena, id));
}

static void write_record(JsonWriter *json, Arena *arena, const PersonalRecord *record, PersonalReader reader) {
    json_object_begin(json);
    add_text(json, "kind", str_from_c(record->table));
    add_id(json, arena, "id", record->id);
    add_id(json, arena, "edition", record->edition);
    add_id(json, arena, "organisation", record->organisation);
    add_time(json, arena, "at", record->at_ms);
    if (!str_is_empty(record->name)) add_text(json, "name", record->name);
    for (size_t i = 0; i < PERSONAL_VALUES && record->values[i].column; i++) {
        const PersonalValue *value = &record->values[i];
        if (str_is_empty(value->value)) continue;
        bool is_shown = personal_is_shown(record->table, value->column, reader);
        add_text(json, value->column,
                 is_shown ? value->value : STR("(kept by the organisers; ask them to read it to you)"));
    }
    json_object_end(json);
}

static void write_consents(JsonWriter *json, Arena *arena, const ConsentsGiven *consents) {
    json_key(json, STR("consents"));
    json_array_begin(json);
    for (size_t i = 0; i < consents->count; i++) {
        const ConsentGiven *consent = &consents->consents[i];
        json_object_begin(json);
        add_text(json, "purpose", consent->purpose);
        add_text(json, "wording", consent->wording);
        add_id(json, arena, "about", consent->subject);
        add_id(json, arena, "edition", consent->edition);
        add_text(json, "channel", consent->channel);
        add_time(json, arena, "given", consent->given_ms);
        if (consent->withdrawn_ms.given) add_time(json, arena, "withdrawn", consent->withdrawn_ms.value);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_rights(JsonWriter *json, Arena *arena, const PersonalFound *found) {
    json_key(json, STR("rights"));
    json_array_begin(json);
    for (size_t i = 0; i < found->grant_count; i++) {
        json_object_begin(json);
        add_text(json, "role", str_from_c(role_name((Role)found->grants[i].role)));
        add_id(json, arena, "of", found->grants[i].scope);
        add_id(json, arena, "series", found->grants[i].series);
        json_object_end(json);
    }
    json_array_end(json);
    json_key(json, STR("signed_in"));
    json_array_begin(json);
    for (size_t i = 0; i < found->sessions.count; i++) {
        json_object_begin(json);
        add_time(json, arena, "since", found->sessions.sessions[i].began_ms);
        json_object_end(json);
    }
    json_array_end(json);
    json_key(json, STR("cards"));
    json_add_int(json, (int64_t)found->cards.count);
}

static void write_deeds(JsonWriter *json, Arena *arena, const PersonalFound *found) {
    json_key(json, STR("done"));
    json_array_begin(json);
    for (size_t i = 0; i < found->deed_count; i++) {
        json_object_begin(json);
        add_time(json, arena, "at", found->deeds[i].at_ms);
        add_text(json, "action", found->deeds[i].action);
        json_object_end(json);
    }
    json_array_end(json);
}

void personal_export(Tx *tx, const PersonalFound *found, PersonalReader reader, Buffer *out) {
    Arena *arena = tx_arena(tx);
    JsonWriter json = json_begin(out, 2);
    json_object_begin(&json);
    add_text(&json, "format", STR("wspolnie-my-data"));
    add_time(&json, arena, "made", tx_now_ms(tx));
    add_id(&json, arena, "person", found->person.id);
    add_text(&json, "language", str_from_c(language_tag(found->person.language)));
    json_key(&json, STR("records"));
    json_array_begin(&json);
    for (size_t i = 0; i < found->data.count; i++) write_record(&json, arena, &found->data.records[i], reader);
    json_array_end(&json);
    write_consents(&json, arena, &found->consents);
    if (!found->series) write_rights(&json, arena, found);
    write_deeds(&json, arena, found);
    json_object_end(&json);
    buffer_add_char(out, '\n');
}

/* ---- erasing ------------------------------------------------------------------------------------------------ */

static void erase_records(Tx *tx, const House *house, const PersonalSubject *subject) {
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->personal_erase) house->rooms[i]->personal_erase(tx, subject);
}

void personal_erase_named(Tx *tx, const House *house, Str email, const PersonalErasing *erasing) {
    Person account;
    erase_records(tx, house, &(PersonalSubject){0, erasing->series, str_lower_ascii(tx_arena(tx), email)});
    if (!person_by_email(tx, email, &account)) outbox_forget_refusal(tx, email);
    store_audit(tx, &(AuditEntry){.person = erasing->by, .edition = erasing->edition, .action = "person.erase_named"});
}

void personal_erase(Tx *tx, const House *house, const PersonalErasing *erasing) {
    PersonalFound found;
    if (!personal_of(tx, house, erasing->person, erasing->series, &found)) return;
    PersonalSubject subject = subject_of(tx, &found.person, erasing->series);
    erase_records(tx, house, &subject);
    SeriesEditions editions = editions_in(tx, found.is_elsewhere ? erasing->series : 0);
    outbox_erase_to(tx, erasing->person, editions.ids, editions.count);
    store_audit_erase(tx, erasing->person, editions.ids, editions.count);
    if (!found.is_elsewhere && !str_is_empty(found.person.email)) outbox_forget_refusal(tx, found.person.email);
    if (found.is_elsewhere)
        account_leave_series(tx, erasing->person, erasing->series, (IdList){editions.ids, editions.count});
    else account_erase(tx, erasing->person);
    store_audit(tx, &(AuditEntry){.person = erasing->by,
                                  .edition = erasing->edition,
                                  .action = found.is_elsewhere ? "person.erase_here" : "person.erase",
                                  .subject = erasing->person});
}
