// SPDX-License-Identifier: EUPL-1.2
/* What personal data are called, whom they are about and what for, by table and column of the schema. A test goes
 * through the schema's marks and fails for one that has no words here. */
#include "gathering/privacy/privacy.h"

const PersonalTableWords personal_tables[] = {
    {"person", MSG_INIT("privacy", "Account"),
     MSG_INIT("privacy", "everybody who signs an organisation up, helps or organises"),
     MSG_INIT("privacy", "to know who writes, to answer and to let them in"),
     MSG_INIT("privacy", "they themselves; coordinators of a series in which they take part")},
    {"signup", MSG_INIT("privacy", "Sign-ups"), MSG_INIT("privacy", "the contact person of an organisation"),
     MSG_INIT("privacy", "to arrange the gathering with the organisation"),
     MSG_INIT("privacy", "coordinators; the organisation itself, except what organisers noted")},
    {"signup_note", MSG_INIT("privacy", "Notes on a sign-up"),
     MSG_INIT("privacy", "the contact person of an organisation"),
     MSG_INIT("privacy", "so that nothing gets lost between the people who organise"),
     MSG_INIT("privacy", "coordinators")},
    {"item", MSG_INIT("privacy", "What is needed on stage"), MSG_INIT("privacy", "whoever presents or performs"),
     MSG_INIT("privacy", "to prepare the stage"), MSG_INIT("privacy", "coordinators; the organisation itself")},
    {"guest", MSG_INIT("privacy", "Guests"), MSG_INIT("privacy", "artists, the press, the city’s guests"),
     MSG_INIT("privacy", "to receive them"), MSG_INIT("privacy", "coordinators")},
    {"signup_draft", MSG_INIT("privacy", "Sign-ups being written"), MSG_INIT("privacy", "whoever fills in the form"),
     MSG_INIT("privacy", "so that nothing typed is lost"), MSG_INIT("privacy", "nobody but who writes it")},
    {"import_sheet", MSG_INIT("privacy", "Sheets that wait to be confirmed"),
     MSG_INIT("privacy", "whoever stands in a sheet that was uploaded"),
     MSG_INIT("privacy", "to take sign-ups over from a sheet"), MSG_INIT("privacy", "coordinators")},
    {"ask", MSG_INIT("privacy", "What somebody needs to take part"),
     MSG_INIT("privacy", "whoever asked for it in a sign-up"), MSG_INIT("privacy", "to prepare what they need"),
     MSG_INIT("privacy", "coordinators; the organisation itself")},
    {"venue", MSG_INIT("privacy", "The house"), MSG_INIT("privacy", "who is on duty in the house"),
     MSG_INIT("privacy", "to know whom to call on the day"), MSG_INIT("privacy", "coordinators; the host")},
    {"answer", MSG_INIT("privacy", "Answers to questions of the gathering"),
     MSG_INIT("privacy", "the contact person of an organisation"),
     MSG_INIT("privacy", "to arrange the gathering with the organisation"),
     MSG_INIT("privacy", "coordinators; the organisation itself")},
    {"answer_chunk", MSG_INIT("privacy", "Files sent with answers"),
     MSG_INIT("privacy", "whoever stands in a file that an organisation sent"),
     MSG_INIT("privacy", "to arrange the gathering with the organisation"),
     MSG_INIT("privacy", "coordinators; the organisation itself")},
    {"directory_entry", MSG_INIT("privacy", "In the directory of organisations"),
     MSG_INIT("privacy", "whoever wrote their own number or address there"),
     MSG_INIT("privacy", "so that everybody can reach the organisation"), MSG_INIT("privacy", "everybody")},
    {"mail_refusal", MSG_INIT("privacy", "Addresses that take no letters"),
     MSG_INIT("privacy", "whoever was written to"),
     MSG_INIT("privacy", "so that nobody waits for a letter that cannot arrive"), MSG_INIT("privacy", "coordinators")},
    {"outbox", MSG_INIT("privacy", "Letters"), MSG_INIT("privacy", "whoever is written to"),
     MSG_INIT("privacy", "to send the letter and to prove what it said"),
     MSG_INIT("privacy", "coordinators; who it is for")},
    {"audit_personal", MSG_INIT("privacy", "Details of changes"),
     MSG_INIT("privacy", "whoever changed something, or was changed"), MSG_INIT("privacy", "to find out who did what"),
     MSG_INIT("privacy", "coordinators of the series; the owner of the program")},
};
const size_t personal_table_count = COUNT(personal_tables);

static const struct {
    const char *table, *column;
    Msg label;
    bool is_staffs; /* written by coordinators for themselves */
} columns[] = {
    {"person", "name", MSG_INIT("privacy", "Name"), false},
    {"person", "email", MSG_INIT("privacy", "E-mail"), false},
    {"person", "email_folded", MSG_INIT("privacy", "E-mail, as it is compared"), false},
    {"person", "phone", MSG_INIT("privacy", "Telephone"), false},
    {"signup", "contact_name", MSG_INIT("privacy", "Contact person"), false},
    {"signup", "contact_phone", MSG_INIT("privacy", "Telephone of the contact person"), false},
    {"signup", "remarks", MSG_INIT("privacy", "Remarks"), false},
    {"signup", "access_needs", MSG_INIT("privacy", "What makes it easier to take part"), false},
    {"signup", "reason", MSG_INIT("privacy", "Reason of a refusal"), false},
    {"signup", "staff_notes", MSG_INIT("privacy", "Notes of those who organise"), true},
    {"signup_note", "words", MSG_INIT("privacy", "Notes of those who organise"), true},
    {"item", "needs", MSG_INIT("privacy", "What is needed on stage"), false},
    {"guest", "words", MSG_INIT("privacy", "What the organisers noted"), true},
    {"signup_draft", "answers", MSG_INIT("privacy", "Answers"), false},
    {"import_sheet", "content", MSG_INIT("privacy", "The row of the sheet"), false},
    {"outbox", "to_address", MSG_INIT("privacy", "Sent to"), false},
    {"outbox", "to_name", MSG_INIT("privacy", "Name on the letter"), false},
    {"outbox", "body", MSG_INIT("privacy", "The letter"), false},
    {"outbox", "calendar", MSG_INIT("privacy", "The day that goes along with it"), false},
    {"outbox", "unsubscribe", MSG_INIT("privacy", "Address that ends such letters"), false},
    {"directory_entry", "phone", MSG_INIT("privacy", "Telephone"), false},
    {"directory_entry", "email", MSG_INIT("privacy", "E-mail"), false},
    {"mail_refusal", "address", MSG_INIT("privacy", "E-mail"), false},
    {"ask", "words", MSG_INIT("privacy", "What was asked for"), false},
    {"ask", "answer_words", MSG_INIT("privacy", "What was answered"), false},
    {"ask", "answer_name", MSG_INIT("privacy", "Who answered"), false},
    {"venue", "on_duty", MSG_INIT("privacy", "On duty in the house"), false},
    {"answer", "words", MSG_INIT("privacy", "The answer, or the name of the file"), false},
    {"answer_chunk", "content", MSG_INIT("privacy", "The file"), false},
    {"audit_personal", "detail", MSG_INIT("privacy", "Detail, for instance an earlier name"), false},
};

static const struct {
    const char *retention;
    Msg words;
} retentions[] = {
    {"person_inactive_plus_2_years", MSG_INIT("privacy", "until two years after the last gathering they took part in")},
    {"edition_end_plus_90_days", MSG_INIT("privacy", "until 90 days after the gathering")},
    {"edition_end_plus_2_years", MSG_INIT("privacy", "until two years after the gathering")},
    {"draft_plus_30_days", MSG_INIT("privacy", "for 30 days")},
    {"sent_plus_90_days", MSG_INIT("privacy", "until 90 days after it was sent")},
    {"audit_plus_90_days", MSG_INIT("privacy", "for 90 days; that something was done stays")},
};

const PersonalTableWords *personal_table_words(const char *table) {
    for (size_t i = 0; i < COUNT(personal_tables); i++)
        if (!strcmp(personal_tables[i].table, table)) return &personal_tables[i];
    return NULL;
}

Str personal_column_words(Arena *arena, Language language, const char *table, const char *column) {
    for (size_t i = 0; i < COUNT(columns); i++)
        if (!strcmp(columns[i].table, table) && !strcmp(columns[i].column, column))
            return say(arena, language, columns[i].label);
    return STR("");
}

bool personal_is_shown(const char *table, const char *column, PersonalReader reader) {
    for (size_t i = 0; i < COUNT(columns); i++)
        if (!strcmp(columns[i].table, table) && !strcmp(columns[i].column, column))
            return reader == PERSONAL_FOR_STAFF || !columns[i].is_staffs;
    return true;
}

Str personal_retention_words(Arena *arena, Language language, const char *retention) {
    for (size_t i = 0; i < COUNT(retentions); i++)
        if (!strcmp(retentions[i].retention, retention)) return say(arena, language, retentions[i].words);
    return STR("");
}

const char *personal_retention(const char *table, const char *column) {
    for (int i = 0; i < store_personal_column_count; i++)
        if (!strcmp(store_personal_columns[i].table, table) && !strcmp(store_personal_columns[i].column, column))
            return store_personal_columns[i].retention;
    return NULL;
}
