// SPDX-License-Identifier: EUPL-1.2
/* What personal data are called, whom they are about and what for, by table and column of the schema. A test goes
 * through the schema's marks and fails for one that has no words here. */
#include "gathering/privacy/privacy.h"

/* The law's words for why it may be kept. Which of two holds depends on who is responsible, so that a public body and
 * an organisation find their own; the register says that it is a proposal. */
#define GROUND_ARRANGE                                                                                                \
    MSG_INIT("privacy", "Art. 6(1)(e) GDPR where a public body organises (a task in the public interest), else Art. " \
                        "6(1)(f): its interest in arranging the gathering")
#define GROUND_SIGNUPS                                                                                         \
    MSG_INIT("privacy",                                                                                        \
             "Art. 6(1)(e) GDPR where a public body organises, else Art. 6(1)(f); of what makes it easier to " \
             "take part Art. 9(2)(a): explicit consent")
#define GROUND_HEALTH   \
    MSG_INIT("privacy", \
             "Art. 9(2)(a) GDPR: explicit consent, since it may tell of health; it is told of one’s own will")
#define GROUND_CONSENT MSG_INIT("privacy", "Art. 6(1)(a) GDPR: consent, which can be withdrawn")
#define GROUND_LETTERS \
    MSG_INIT("privacy", "As for sign-ups; of invitations to the next gatherings Art. 6(1)(a) GDPR: consent")
#define GROUND_SECURITY                                                                                                \
    MSG_INIT("privacy", "Art. 6(1)(c) with Art. 5(2) and 32 GDPR: to account for what is done with data, and to keep " \
                        "them safe")

const PersonalTableWords personal_tables[] = {
    {"person", MSG_INIT("privacy", "Account"),
     MSG_INIT("privacy", "everybody who signs an organisation up, helps or organises"),
     MSG_INIT("privacy", "to know who writes, to answer and to let them in"),
     MSG_INIT("privacy", "they themselves; coordinators of a series in which they take part"), GROUND_ARRANGE,
     .person = "id"},
    {"signup", MSG_INIT("privacy", "Sign-ups"), MSG_INIT("privacy", "the contact person of an organisation"),
     MSG_INIT("privacy", "to arrange the gathering with the organisation"),
     MSG_INIT("privacy", "coordinators; the organisation itself, except what organisers noted"), GROUND_SIGNUPS,
     .person = "contact"},
    {"signup_note", MSG_INIT("privacy", "Notes on a sign-up"),
     MSG_INIT("privacy", "the contact person of an organisation"),
     MSG_INIT("privacy", "so that nothing gets lost between the people who organise"),
     MSG_INIT("privacy", "coordinators"), GROUND_ARRANGE},
    {"item", MSG_INIT("privacy", "What is needed on stage"), MSG_INIT("privacy", "whoever presents or performs"),
     MSG_INIT("privacy", "to prepare the stage"), MSG_INIT("privacy", "coordinators; the organisation itself"),
     GROUND_ARRANGE},
    {"guest", MSG_INIT("privacy", "Guests"), MSG_INIT("privacy", "artists, the press, the city’s guests"),
     MSG_INIT("privacy", "to receive them"), MSG_INIT("privacy", "coordinators"), GROUND_ARRANGE},
    {"signup_draft", MSG_INIT("privacy", "Sign-ups being written"), MSG_INIT("privacy", "whoever fills in the form"),
     MSG_INIT("privacy", "so that nothing typed is lost"), MSG_INIT("privacy", "nobody but who writes it"),
     GROUND_ARRANGE},
    {"import_sheet", MSG_INIT("privacy", "Sheets that wait to be confirmed"),
     MSG_INIT("privacy", "whoever stands in a sheet that was uploaded"),
     MSG_INIT("privacy", "to take sign-ups over from a sheet"), MSG_INIT("privacy", "coordinators"), GROUND_ARRANGE},
    {"ask", MSG_INIT("privacy", "What somebody needs to take part"),
     MSG_INIT("privacy", "whoever asked for it in a sign-up"), MSG_INIT("privacy", "to prepare what they need"),
     MSG_INIT("privacy", "coordinators; the organisation itself"), GROUND_HEALTH},
    {"venue", MSG_INIT("privacy", "The house"), MSG_INIT("privacy", "who is on duty in the house"),
     MSG_INIT("privacy", "to know whom to call on the day"), MSG_INIT("privacy", "coordinators; the host"),
     GROUND_ARRANGE},
    {"task", MSG_INIT("privacy", "Tasks of the plan"),
     MSG_INIT("privacy", "who of the team does it, or who is named in it"),
     MSG_INIT("privacy", "so that nothing gets lost between the people who organise"),
     MSG_INIT("privacy", "coordinators"), GROUND_ARRANGE},
    {"answer", MSG_INIT("privacy", "Answers to questions of the gathering"),
     MSG_INIT("privacy", "the contact person of an organisation"),
     MSG_INIT("privacy", "to arrange the gathering with the organisation"),
     MSG_INIT("privacy", "coordinators; the organisation itself"), GROUND_ARRANGE},
    {"answer_chunk", MSG_INIT("privacy", "Files sent with answers"),
     MSG_INIT("privacy", "whoever stands in a file that an organisation sent"),
     MSG_INIT("privacy", "to arrange the gathering with the organisation"),
     MSG_INIT("privacy", "coordinators; the organisation itself"), GROUND_ARRANGE},
    {"directory_entry", MSG_INIT("privacy", "In the directory of organisations"),
     MSG_INIT("privacy", "whoever wrote their own number or address there"),
     MSG_INIT("privacy", "so that everybody can reach the organisation"), MSG_INIT("privacy", "everybody"),
     GROUND_CONSENT, .holds = MSG_INIT("privacy", "Telephone and e-mail that the organisation shows in public"),
     .until = MSG_INIT("privacy", "until the organisation takes it back")},
    {"mail_refusal", MSG_INIT("privacy", "Addresses that take no letters"),
     MSG_INIT("privacy", "whoever was written to"),
     MSG_INIT("privacy", "so that nobody waits for a letter that cannot arrive"), MSG_INIT("privacy", "coordinators"),
     GROUND_ARRANGE},
    {"outbox", MSG_INIT("privacy", "Letters"), MSG_INIT("privacy", "whoever is written to"),
     MSG_INIT("privacy", "to send the letter and to prove what it said"),
     MSG_INIT("privacy", "coordinators; who it is for"), GROUND_LETTERS, .person = "person"},
    {"audit_personal", MSG_INIT("privacy", "Details of changes"),
     MSG_INIT("privacy", "whoever changed something, or was changed"), MSG_INIT("privacy", "to find out who did what"),
     MSG_INIT("privacy", "coordinators of the series; the owner of the program"), GROUND_SECURITY},
    {"consent", MSG_INIT("privacy", "Consents"), MSG_INIT("privacy", "whoever agreed to something"),
     MSG_INIT("privacy", "to show that it was agreed to, when and in which words"),
     MSG_INIT("privacy", "coordinators; they themselves"), GROUND_SECURITY, .person = "person",
     .holds = MSG_INIT("privacy", "What for, the exact words, when, by which way, and when it was withdrawn"),
     .until = MSG_INIT("privacy", "stays; without a name once the account is erased")},
    {"role_grant", MSG_INIT("privacy", "Rights"),
     MSG_INIT("privacy", "whoever acts for an organisation, helps or organises"),
     MSG_INIT("privacy", "so that everybody can do what is theirs, and no more"),
     MSG_INIT("privacy", "coordinators; they themselves"), GROUND_SECURITY, .person = "person",
     .holds = MSG_INIT("privacy", "Which role, where, since when and until when"),
     .until = MSG_INIT("privacy", "until it is taken away or the account is erased")},
    {"acting_invitation", MSG_INIT("privacy", "Invitations to act for an organisation"),
     MSG_INIT("privacy", "whoever is invited"), MSG_INIT("privacy", "so that nobody acts before they have accepted"),
     MSG_INIT("privacy", "who acts for the organisation; they themselves"), GROUND_ARRANGE, .person = "person",
     .holds = MSG_INIT("privacy", "For which organisation, by whom, when, and what they answered"),
     .until = MSG_INIT("privacy", "90 days after it ended")},
    {"session", MSG_INIT("privacy", "Signed in"), MSG_INIT("privacy", "whoever is signed in"),
     MSG_INIT("privacy", "so that nobody has to sign in on every page"), MSG_INIT("privacy", "nobody"), GROUND_SECURITY,
     .person = "person", .holds = MSG_INIT("privacy", "Since when; of the cookie only what checks it"),
     .until = MSG_INIT("privacy", "until one signs out, or 30 days after the last visit")},
    {"card", MSG_INIT("privacy", "Cards to sign in"), MSG_INIT("privacy", "whoever has no e-mail, or was given a card"),
     MSG_INIT("privacy", "so that people without e-mail can take part"),
     MSG_INIT("privacy", "coordinators see that there is one"), GROUND_SECURITY, .person = "person",
     .holds = MSG_INIT("privacy", "Made and used when; of its address only what checks it"),
     .until = MSG_INIT("privacy", "until it ends or is taken back")},
    {"audit", MSG_INIT("privacy", "Who did what"),
     MSG_INIT("privacy", "whoever changed something or looked at data of others"),
     MSG_INIT("privacy", "to find out who did what, and who looked at personal data"),
     MSG_INIT("privacy", "coordinators of the series; the owner of the program"), GROUND_SECURITY, .person = "person",
     .holds = MSG_INIT("privacy", "What was done, when, by whom"),
     .until = MSG_INIT("privacy", "stays; without a name once the account is erased")},
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
    {"task", "whom", MSG_INIT("privacy", "For whom, in words"), false},
    {"task", "note", MSG_INIT("privacy", "Notes of those who organise"), false},
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
