// SPDX-License-Identifier: EUPL-1.2
/* Mailing: one letter to many, seen before it leaves.
 *
 * A mailing is words in up to three languages and whom they are for: an audience (room.h: "accepted",
 * "brings a dish", "in the programme in: …"), or those who agreed to be invited. The first is a service
 * letter, about a gathering that its reader takes part in. The second is an invitation: it goes to those
 * alone who consented to it in this series, and carries an address that ends it with one press, without
 * signing in (RFC 8058). No mailing is both.
 *
 * Words hold placeholders, "{organisation}". What stands in braces and is none is refused when the words
 * are saved, so no letter leaves with "{organistaion}" in it. Everybody gets the language they chose, where
 * the mailing has it; else that of the series, else the first that is written.
 *
 *     MailingSend send = mailing_send_plan(tx, house, &edition, &mailing, base_url);  // who gets what
 *     Str seen = mailing_seen(arena, &mailing, &send);                                // stands in the form
 *     … somebody looks at it and presses …
 *     mailing_send(tx, house, &edition, id, seen, base_url, by);                      // just that, once
 */
#ifndef WSPOLNIE_MAILING_MAILING_H
#define WSPOLNIE_MAILING_MAILING_H

#include "gathering/editions/editions.h"

/* ---- words ------------------------------------------------------------------------------------------------------ */

typedef enum Placeholder {
    PLACEHOLDER_NAME,
    PLACEHOLDER_ORGANISATION,
    PLACEHOLDER_EDITION,
    PLACEHOLDER_DATE,
    PLACEHOLDER_PLACE,
    PLACEHOLDER_LINK,
    PLACEHOLDER_COUNT
} Placeholder;
const char *placeholder_name(Placeholder placeholder); /* "organisation", as it stands between braces */
Str placeholder_words(Arena *arena, Language language, Placeholder placeholder); /* what it becomes */

/* Whether all that stands in braces is a placeholder. False: *wrong is the first that is none, with its braces ("{" to
 * the end of its line where none closes it), and *nearest the placeholder that is spelt most like it. */
bool placeholders_are_right(Str words, Str *wrong, Placeholder *nearest);
bool placeholders_have(Str words, Placeholder placeholder);
/* The words with each placeholder's value. What a value holds is no placeholder again. The words must be right. */
Str placeholders_fill(Arena *arena, Str words, const Str values[PLACEHOLDER_COUNT]);

/* ---- a mailing -------------------------------------------------------------------------------------------------- */

enum { MAILING_SUBJECT_CHARS = 150, MAILING_WORDS_CHARS = 4000, MAILING_MOST_LETTERS = 2000 };

typedef struct Mailing {
    Id edition, id;
    Str audience;
    Str subject[LANGUAGE_COUNT], words[LANGUAGE_COUNT]; /* of a language not written both are empty */
    int64_t created_ms;
    OptionalInt sent_ms; /* not given: a draft */
    int64_t letters;     /* written when it was sent */
    int64_t version;
} Mailing;
typedef struct Mailings {
    Mailing *mailings;
    size_t count;
} Mailings;

Mailings mailings_of(Tx *tx, Id edition); /* the newest first */
bool mailing_get(Tx *tx, Id edition, Id id, Mailing *mailing);
Id mailing_add(Tx *tx, const Mailing *mailing);
/* ERR_CONFLICT: version is not the stored one, it was sent, or it is gone. */
Err mailing_update(Tx *tx, const Mailing *mailing);
Err mailing_remove(Tx *tx, const Mailing *mailing); /* a draft; as above */
bool mailing_is_invitation(const Mailing *mailing);

/* Whom it can go to, with how many; the invitations last. */
Audiences mailing_audiences(Tx *tx, const House *house, const Edition *edition, Language language);

/* ---- who gets what ---------------------------------------------------------------------------------------------- */

typedef struct MailingRecipient {
    Id person, organisation; /* person 0: the sign-up has no contact */
    Str name, organisation_name, email, phone;
    Language language;      /* of the letter */
    bool is_other_language; /* not the one they chose */
    bool is_refused;        /* letters do not reach that address: this one is held */
} MailingRecipient;
typedef struct MailingSend {
    MailingRecipient *letters; /* by name */
    size_t letter_count;
    MailingRecipient *to_ring; /* no e-mail is known */
    size_t to_ring_count;
    /* Why it cannot be sent. */
    bool has_no_audience;         /* it was there when the mailing was written */
    bool lacks_date, lacks_place; /* the words tell it, and it is not set */
    bool is_draft;                /* an invitation to a gathering that nobody outside can see yet */
    bool is_too_many;             /* over MAILING_MOST_LETTERS */
} MailingSend;
MailingSend mailing_send_plan(Tx *tx, const House *house, const Edition *edition, const Mailing *mailing);
bool mailing_can_be_sent(const MailingSend *send);
/* The mailing and its recipients in a few letters: another text where anything of them is another. */
Str mailing_seen(Arena *arena, const Mailing *mailing, const MailingSend *send);

typedef struct MailingLetter {
    Str subject, body;
    Str unsubscribe; /* the whole address; absent: a service letter */
} MailingLetter;
/* As it leaves; end_path: of an invitation, the path that ends them. */
MailingLetter mailing_letter(Arena *arena, const Edition *edition, const Mailing *mailing,
                             const MailingRecipient *recipient, Str base_url, Str end_path);

typedef struct MailingPress {
    Id mailing, by;
    Str seen; /* mailing_seen of what was looked at */
    Str base_url;
} MailingPress;
/* Writes all letters into the outbox. ERR_CONFLICT: it was sent meanwhile, or is not what was seen any more. ERR_INPUT:
 * it cannot be sent. ERR_NOT_FOUND. */
Err mailing_send(Tx *tx, const House *house, const Edition *edition, const MailingPress *press);

/* ---- agreeing to invitations ------------------------------------------------------------------------------------ */

#define INVITATIONS "invitations" /* the consent's purpose */
Str invitation_wording(Arena *arena, Language language, const Series *series);
bool invitations_agreed(Tx *tx, Id person, Id series);
/* Does nothing where they agreed already. */
void invitations_agree(Tx *tx, Id person, const Edition *edition, Language language);
void invitations_withdraw(Tx *tx, Id person, Id series); /* nothing where they did not agree */
/* "/unsubscribe/…", the same for all letters to somebody of a series. */
Str invitation_end_path(Tx *tx, Id person, Id series);
/* Whose that secret is. False: nobody's. */
bool invitation_end_find(Tx *tx, Str secret, Id *person, Id *series);

extern const Room mailing_room;

#endif
