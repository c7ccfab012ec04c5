// SPDX-License-Identifier: EUPL-1.2
/* Who gets a mailing, in which language, and what it says to each. */
#include "gathering/mailing/internal.h"
#include "mailing_sql.h"

/* ---- audiences --------------------------------------------------------------------------------------------------- */

/* Each person once, by the first of their organisations; not_yet: those none of whose organisations has signed up. */
static MailingRecipient *people_agreed(Tx *tx, const Edition *edition, bool not_yet, size_t *count) {
    MailingAgreedRows rows = mailing_sql_agreed(tx, edition->series.id, edition->id, tx_now_ms(tx));
    MailingRecipient *people = arena_array(tx_arena(tx), MailingRecipient, rows.count);
    bool *are_signed_up = arena_array(tx_arena(tx), bool, rows.count);
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const MailingAgreedRow *row = &rows.rows[i];
        size_t at = 0;
        while (at < all && people[at].person != row->id) at++;
        if (at == all) {
            are_signed_up[at] = false;
            people[all++] = (MailingRecipient){.person = row->id,
                                               .organisation = row->organisation,
                                               .name = row->name,
                                               .organisation_name = row->organisation_name,
                                               .email = row->email,
                                               .is_refused = row->is_refused};
            if (!language_parse(row->language, &people[at].language)) people[at].language = edition->series.language;
        }
        are_signed_up[at] |= row->is_signed_up;
    }
    for (size_t i = 0; i < all; i++)
        if (!not_yet || !are_signed_up[i]) people[kept++] = people[i];
    *count = kept;
    return people;
}

static const struct {
    const char *name;
    Msg label;
    bool not_yet;
} invited[] = {
    {INVITED "not_yet", MSG_INIT("mailing", "Invitation: who agreed to be invited, and has not signed up yet"), true},
    {INVITED "all", MSG_INIT("mailing", "Invitation: all who agreed to be invited"), false},
};

Audiences mailing_audiences(Tx *tx, const House *house, const Edition *edition, Language language) {
    Audiences audiences = {.arena = tx_arena(tx)};
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->audiences) house->rooms[i]->audiences(tx, edition->id, language, &audiences);
    for (size_t i = 0; i < COUNT(invited); i++) {
        Audience *audience =
            audiences_ensure(&audiences, str_from_c(invited[i].name), say(audiences.arena, language, invited[i].label));
        people_agreed(tx, edition, invited[i].not_yet, &audience->count);
    }
    return audiences;
}

/* ---- the plan ---------------------------------------------------------------------------------------------------- */

static bool has_language(const Mailing *mailing, Language language) {
    return !str_is_empty(mailing->words[language]) && !str_is_empty(mailing->subject[language]);
}

static Language language_for(const Edition *edition, const Mailing *mailing, Language chosen) {
    if (has_language(mailing, chosen)) return chosen;
    if (has_language(mailing, edition->series.language)) return edition->series.language;
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (has_language(mailing, language)) return language;
    return edition->series.language;
}

static bool is_in(const Audience *audience, Id organisation) {
    for (size_t i = 0; i < audience->count; i++)
        if (audience->organisations[i] == organisation) return true;
    return false;
}

static MailingRecipient contact_from(const Edition *edition, const MailingContactsRow *row) {
    MailingRecipient contact = {
        .person = row->person.value,
        .organisation = row->organisation,
        .name = str_is_empty(row->person_name) ? row->contact_name : row->person_name,
        .organisation_name = row->organisation_name,
        .email = row->email,
        .phone = str_is_empty(row->contact_phone) ? row->phone : row->contact_phone,
        .is_refused = row->is_refused,
    };
    if (str_is_empty(row->language) || !language_parse(row->language, &contact.language))
        contact.language = edition->series.language;
    return contact;
}

/* Contacts of the organisations of an audience; false where there is no such audience any more. */
static bool people_of_audience(Tx *tx, const House *house, const Edition *edition, Str name, MailingSend *send) {
    Audiences audiences = {.arena = tx_arena(tx)};
    const Audience *audience = NULL;
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->audiences) house->rooms[i]->audiences(tx, edition->id, LANGUAGE_EN, &audiences);
    for (size_t i = 0; i < audiences.count; i++)
        if (str_equal(audiences.audiences[i].name, name)) audience = &audiences.audiences[i];
    if (!audience) return false;
    MailingContactsRows rows = mailing_sql_contacts(tx, edition->id);
    send->letters = arena_array(tx_arena(tx), MailingRecipient, rows.count);
    send->to_ring = arena_array(tx_arena(tx), MailingRecipient, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        if (!is_in(audience, rows.rows[i].organisation)) continue;
        MailingRecipient contact = contact_from(edition, &rows.rows[i]);
        if (str_is_empty(contact.email)) send->to_ring[send->to_ring_count++] = contact;
        else send->letters[send->letter_count++] = contact;
    }
    return true;
}

static bool tells(const Mailing *mailing, Placeholder placeholder) {
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (placeholders_have(mailing->subject[language], placeholder) ||
            placeholders_have(mailing->words[language], placeholder))
            return true;
    return false;
}

MailingSend mailing_send_plan(Tx *tx, const House *house, const Edition *edition, const Mailing *mailing) {
    MailingSend send = {0};
    size_t at = 0;
    while (at < COUNT(invited) && !str_equal(mailing->audience, str_from_c(invited[at].name))) at++;
    if (at < COUNT(invited)) send.letters = people_agreed(tx, edition, invited[at].not_yet, &send.letter_count);
    else send.has_no_audience = !people_of_audience(tx, house, edition, mailing->audience, &send);
    for (size_t i = 0; i < send.to_ring_count; i++) /* for paper */
        send.to_ring[i].language = language_for(edition, mailing, send.to_ring[i].language);
    for (size_t i = 0; i < send.letter_count; i++) {
        Language chosen = send.letters[i].language;
        send.letters[i].language = language_for(edition, mailing, chosen);
        send.letters[i].is_other_language = send.letters[i].language != chosen;
    }
    Arena *arena = tx_arena(tx);
    send.lacks_date = tells(mailing, PLACEHOLDER_DATE) && str_is_empty(edition_when(arena, edition, LANGUAGE_EN));
    send.lacks_place = tells(mailing, PLACEHOLDER_PLACE) && str_is_empty(edition_where(arena, edition));
    send.is_draft = mailing_is_invitation(mailing) && edition->state == EDITION_DRAFT;
    send.is_too_many = send.letter_count > MAILING_MOST_LETTERS;
    return send;
}

bool mailing_can_be_sent(const MailingSend *send) {
    return send->letter_count && !send->has_no_audience && !send->lacks_date && !send->lacks_place && !send->is_draft &&
           !send->is_too_many;
}

Str mailing_seen(Arena *arena, const Mailing *mailing, const MailingSend *send) {
    Buffer all = buffer_in(arena);
    for (size_t i = 0; i < send->letter_count; i++) {
        const MailingRecipient *one = &send->letters[i];
        buffer_format(&all, "%.*s %.*s %.*s\n", STR_FORMAT(id_text(arena, one->organisation)),
                      STR_FORMAT(id_text(arena, one->person)), STR_FORMAT(one->email));
    }
    return str_format(arena, "%lld.%zu.%016llx", (long long)mailing->version, send->letter_count,
                      (unsigned long long)str_hash(buffer_str(&all)));
}

/* ---- one letter -------------------------------------------------------------------------------------------------- */

static void add_paragraph(Buffer *body, Str words) {
    if (str_is_empty(words)) return;
    if (body->size) buffer_add(body, STR("\n\n"));
    buffer_add(body, words);
}

static void add_signature(Buffer *body, const Series *series, Language language) {
    if (!str_is_empty(series->phone))
        add_paragraph(body, say(body->arena, language, MSG("mailing", "Questions? Ring {phone} or answer this letter."),
                                SAY_TEXT("phone", series->phone)));
    add_paragraph(body, str_is_empty(series->organiser) ? series->name : series->organiser);
}

MailingLetter mailing_letter(Arena *arena, const Edition *edition, const Mailing *mailing,
                             const MailingRecipient *recipient, Str base_url, Str end_path) {
    Language language = recipient->language;
    bool is_invitation = mailing_is_invitation(mailing);
    Str page =
        is_invitation ? edition_path(arena, edition, "") : edition_my_path(arena, edition, recipient->organisation, "");
    Str values[PLACEHOLDER_COUNT] = {
        [PLACEHOLDER_NAME] = recipient->name,
        [PLACEHOLDER_ORGANISATION] = recipient->organisation_name,
        [PLACEHOLDER_EDITION] = edition->title,
        [PLACEHOLDER_DATE] = edition_when(arena, edition, language),
        [PLACEHOLDER_PLACE] = edition_where(arena, edition),
        [PLACEHOLDER_LINK] = str_join(arena, base_url, page),
    };
    Buffer body = buffer_in(arena);
    MailingLetter letter = {.subject = placeholders_fill(arena, mailing->subject[language], values)};
    add_paragraph(&body, placeholders_fill(arena, str_trim(mailing->words[language]), values));
    add_signature(&body, &edition->series, language);
    if (is_invitation) {
        letter.unsubscribe = str_join(arena, base_url, end_path);
        add_paragraph(&body, say(arena, language,
                                 MSG("mailing", "You get this letter because you agreed to be invited to our "
                                                "gatherings. If you do not want that any more, one press is enough: "
                                                "{address}"),
                                 SAY_TEXT("address", letter.unsubscribe)));
    }
    buffer_add_char(&body, '\n');
    letter.body = buffer_str(&body);
    return letter;
}
