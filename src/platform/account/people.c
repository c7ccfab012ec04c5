// SPDX-License-Identifier: EUPL-1.2
#include "platform/account/account.h"

#include "account_sql.h"

/* ---- people -------------------------------------------------------------------------------------------- */

static Language stored_language(Str tag) {
    Language language;
    return language_parse(tag, &language) ? language : LANGUAGE_PL;
}

static Person person_from(const AccountPersonRow *row) {
    return (Person){
        .id = row->id,
        .name = row->name,
        .email = row->email,
        .phone = row->phone,
        .language = stored_language(row->language),
        .has_password = !str_is_absent(row->password_hash),
        .version = row->version,
    };
}

bool person_get(Tx *tx, Id id, Person *person) {
    AccountPersonByIdRow row;
    if (!account_sql_person_by_id(tx, id, &row)) return false;
    *person = person_from(&row.person);
    return true;
}

bool person_has_come_in(Tx *tx, Id id) {
    AccountHasComeInRow row;
    return account_sql_has_come_in(tx, id, &row);
}

/* Addresses are compared without regard to case: nobody has two that differ only in it. */
static Str folded_email(Tx *tx, Str email) {
    return str_is_empty(email) ? STR_ABSENT : str_lower_ascii(tx_arena(tx), email);
}

bool person_by_email(Tx *tx, Str email, Person *person) {
    if (str_is_empty(email)) return false;
    AccountPersonByEmailRow row;
    if (!account_sql_person_by_email(tx, folded_email(tx, email), &row)) return false;
    *person = person_from(&row.person);
    return true;
}

static Str absent_if_empty(Str str) { return str_is_empty(str) ? STR_ABSENT : str; }

Id person_ensure(Tx *tx, Str name, Str email, Str phone, Language language) {
    Person known;
    if (person_by_email(tx, email, &known)) return known.id;
    Id id = tx_new_id(tx);
    account_sql_add_person(tx, id, name, absent_if_empty(email), folded_email(tx, email), absent_if_empty(phone),
                           str_from_c(language_tag(language)), tx_now_ms(tx));
    return id;
}

Err person_update(Tx *tx, const Person *person) {
    Person other;
    if (person_by_email(tx, person->email, &other) && other.id != person->id) return ERR_CONFLICT;
    int64_t changed = account_sql_update_person(
        tx, person->id, person->version, person->name, absent_if_empty(person->email), folded_email(tx, person->email),
        absent_if_empty(person->phone), str_from_c(language_tag(person->language)));
    return changed ? OK : ERR_CONFLICT;
}

/* ---- who is no longer there ------------------------------------------------------------------------------ */

IdArray account_idle_people(Tx *tx, int64_t since_ms, Id after) {
    AccountIdlePeopleRows rows = account_sql_idle_people(tx, since_ms, tx_now_ms(tx), after, IDLE_PEOPLE_AT_ONCE);
    IdArray people = {arena_array(tx_arena(tx), Id, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) people.ids[i] = rows.rows[i].id;
    return people;
}

int64_t account_forget_people(Tx *tx, IdArray people) {
    IdList list = {people.ids, people.count};
    if (!list.count) return 0;
    account_sql_forget_grants_of(tx, list);
    account_sql_forget_sessions_of(tx, list);
    account_sql_forget_cards_of(tx, list);
    account_sql_forget_sign_ins_of(tx, list);
    account_sql_forget_browsers_of(tx, list);
    return account_sql_forget_people(tx, list);
}

/* ---- consents ------------------------------------------------------------------------------------------ */

static OptionalInt id_or_null(Id id) { return id ? given_int(id) : (OptionalInt){0}; }

Id consent_give(Tx *tx, const Consent *consent) {
    Id id = tx_new_id(tx);
    account_sql_give_consent(tx, id, consent->person, str_from_c(consent->purpose), consent->wording,
                             id_or_null(consent->edition), id_or_null(consent->subject),
                             consent->given_ms ? consent->given_ms : tx_now_ms(tx), str_from_c(consent->channel));
    return id;
}

void consent_withdraw_about(Tx *tx, Id subject, const char *purpose) {
    account_sql_withdraw_consents_about(tx, subject, str_from_c(purpose), tx_now_ms(tx));
}

void consents_move(Tx *tx, Id from, Id to, const char *purpose) {
    account_sql_move_consents(tx, from, to, str_from_c(purpose));
}

bool consent_about(Tx *tx, Id subject, const char *purpose, ConsentRecord *record) {
    AccountConsentAboutRow row;
    if (!account_sql_consent_about(tx, subject, str_from_c(purpose), &row)) return false;
    *record = (ConsentRecord){row.name, row.wording, row.channel, row.given_ms, row.withdrawn_ms};
    return true;
}

static ConsentGiven consent_from(const AccountConsentRow *row) {
    return (ConsentGiven){row->id,      row->edition.value, row->subject.value, row->purpose,
                          row->wording, row->channel,       row->given_ms,      row->withdrawn_ms};
}

ConsentsGiven consents_of(Tx *tx, Id person) {
    AccountConsentsOfRows rows = account_sql_consents_of(tx, person);
    ConsentsGiven given = {arena_array(tx_arena(tx), ConsentGiven, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) given.consents[i] = consent_from(&rows.rows[i].consent);
    return given;
}

bool consent_of(Tx *tx, Id person, Id consent, ConsentGiven *given) {
    AccountConsentOfRow row;
    if (!account_sql_consent_of(tx, person, consent, &row)) return false;
    *given = consent_from(&row.consent);
    return true;
}

void consent_withdraw(Tx *tx, Id person, Id consent) {
    account_sql_withdraw_consent(tx, person, consent, tx_now_ms(tx));
}

/* ---- who asks for their data, or to be forgotten --------------------------------------------------------- */

SessionsSeen account_sessions(Tx *tx, Id person) {
    AccountSessionsOfRows rows = account_sql_sessions_of(tx, person, tx_now_ms(tx));
    SessionsSeen seen = {arena_array(tx_arena(tx), SessionSeen, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++)
        seen.sessions[i] = (SessionSeen){rows.rows[i].created_ms, rows.rows[i].seen_ms};
    return seen;
}

void account_erase(Tx *tx, Id person) {
    account_sql_withdraw_consents_of(tx, person, tx_now_ms(tx));
    account_forget_people(tx, (IdArray){&person, 1});
}

void account_leave_series(Tx *tx, Id person, Id series, IdList editions) {
    account_sql_end_past_grants(tx, person, editions, tx_now_ms(tx));
    account_sql_end_grants_in(tx, person, series);
    account_sql_end_cards_in(tx, person, series);
    account_sql_end_sessions_in(tx, person, series);
}
