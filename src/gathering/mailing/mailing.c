// SPDX-License-Identifier: EUPL-1.2
#include "gathering/mailing/internal.h"
#include "mailing_sql.h"

static Mailing mailing_from(Id edition, const MailingMailingRow *row) {
    return (Mailing){
        .edition = edition,
        .id = row->id,
        .audience = row->audience,
        .subject = {[LANGUAGE_PL] = row->subject_pl, [LANGUAGE_EN] = row->subject_en, [LANGUAGE_UK] = row->subject_uk},
        .words = {[LANGUAGE_PL] = row->words_pl, [LANGUAGE_EN] = row->words_en, [LANGUAGE_UK] = row->words_uk},
        .created_ms = row->created_ms,
        .sent_ms = row->sent_ms,
        .letters = row->letters,
        .version = row->version,
    };
}

Mailings mailings_of(Tx *tx, Id edition) {
    MailingAllRows rows = mailing_sql_all(tx, edition);
    Mailings mailings = {arena_array(tx_arena(tx), Mailing, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) mailings.mailings[i] = mailing_from(edition, &rows.rows[i].mailing);
    return mailings;
}

bool mailing_get(Tx *tx, Id edition, Id id, Mailing *mailing) {
    MailingGetRow row;
    if (!mailing_sql_get(tx, edition, id, &row)) return false;
    *mailing = mailing_from(edition, &row.mailing);
    return true;
}

Id mailing_add(Tx *tx, const Mailing *mailing) {
    Id id = tx_new_id(tx);
    mailing_sql_add(tx, mailing->edition, id, mailing->audience, mailing->subject[LANGUAGE_PL],
                    mailing->words[LANGUAGE_PL], mailing->subject[LANGUAGE_EN], mailing->words[LANGUAGE_EN],
                    mailing->subject[LANGUAGE_UK], mailing->words[LANGUAGE_UK], tx_now_ms(tx));
    return id;
}

Err mailing_update(Tx *tx, const Mailing *mailing) {
    int64_t rows =
        mailing_sql_update(tx, mailing->edition, mailing->id, mailing->version, mailing->audience,
                           mailing->subject[LANGUAGE_PL], mailing->words[LANGUAGE_PL], mailing->subject[LANGUAGE_EN],
                           mailing->words[LANGUAGE_EN], mailing->subject[LANGUAGE_UK], mailing->words[LANGUAGE_UK]);
    return rows ? OK : ERR_CONFLICT;
}

Err mailing_remove(Tx *tx, const Mailing *mailing) {
    return mailing_sql_remove(tx, mailing->edition, mailing->id, mailing->version) ? OK : ERR_CONFLICT;
}

bool mailing_is_invitation(const Mailing *mailing) { return str_starts_with(mailing->audience, STR(INVITED)); }

/* ---- sending ----------------------------------------------------------------------------------------------------- */

static Str whose_letter(const Series *series) {
    return str_is_empty(series->organiser) ? series->name : series->organiser;
}

static void add_letter(Tx *tx, const Edition *edition, const Mailing *mailing, const MailingRecipient *recipient,
                       Str base_url) {
    bool is_invitation = mailing_is_invitation(mailing);
    Str end_path = is_invitation ? invitation_end_path(tx, recipient->person, edition->series.id) : STR_ABSENT;
    MailingLetter letter = mailing_letter(tx_arena(tx), edition, mailing, recipient, base_url, end_path);
    outbox_add(tx, &(OutboxMessage){
                       .kind = is_invitation ? OUTBOX_INVITATION : OUTBOX_SERVICE,
                       .edition = edition->id,
                       .person = recipient->person,
                       .mailing = mailing->id,
                       .to_address = recipient->email,
                       .to_name = recipient->name,
                       .language = recipient->language,
                       .subject = letter.subject,
                       .body = letter.body,
                       .from_name = whose_letter(&edition->series),
                       .reply_to = edition->series.email,
                       .unsubscribe = letter.unsubscribe,
                   });
}

Err mailing_send(Tx *tx, const House *house, const Edition *edition, const MailingPress *press) {
    Mailing mailing;
    if (!mailing_get(tx, edition->id, press->mailing, &mailing)) return ERR_NOT_FOUND;
    MailingSend send = mailing_send_plan(tx, house, edition, &mailing);
    if (mailing.sent_ms.given || !str_equal(mailing_seen(tx_arena(tx), &mailing, &send), press->seen))
        return ERR_CONFLICT;
    if (!mailing_can_be_sent(&send)) return ERR_INPUT;
    if (!mailing_sql_sent(tx, edition->id, mailing.id, mailing.version, (int64_t)send.letter_count, tx_now_ms(tx)))
        return ERR_CONFLICT;
    for (size_t i = 0; i < send.letter_count; i++) add_letter(tx, edition, &mailing, &send.letters[i], press->base_url);
    store_audit(tx, &(AuditEntry){
                        .person = press->by, .edition = edition->id, .action = "mailing.send", .subject = mailing.id});
    return OK;
}
