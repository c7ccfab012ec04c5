// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/outbox.h"

#include "jobs_sql.h"
#include "platform/jobs/outbox_rows.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

static const char *const kind_names[] = {
    [OUTBOX_SIGN_IN] = "sign_in", [OUTBOX_SERVICE] = "service", [OUTBOX_INVITATION] = "invitation"};

static OptionalInt given_unless_zero(int64_t value) { return (OptionalInt){value != 0, value}; }

OutboxMessage outbox_message(const JobsLetterRow *row, OutboxKind kind) {
    Language language = LANGUAGE_PL;
    language_parse(row->language, &language);
    return (OutboxMessage){
        .kind = kind,
        .to_address = row->to_address,
        .to_name = row->to_name,
        .language = language,
        .subject = row->subject,
        .body = row->body,
        .from_name = row->from_name,
        .reply_to = row->reply_to,
        .calendar = row->calendar,
        .unsubscribe = row->unsubscribe,
    };
}

static Id add(Tx *tx, const OutboxMessage *message, const char *state, OptionalInt due_ms, Str about) {
    Id id = tx_new_id(tx);
    bool is_held = message->kind != OUTBOX_SIGN_IN && outbox_is_refused(tx, message->to_address);
    jobs_sql_add(tx, id, str_from_c(kind_names[message->kind]), given_unless_zero(message->edition),
                 given_unless_zero(message->person), message->to_address, message->to_name,
                 str_from_c(language_tag(message->language)), message->subject, message->body, tx_now_ms(tx),
                 given_unless_zero(message->expires_ms), message->from_name, message->reply_to, message->calendar,
                 message->unsubscribe, given_unless_zero(message->mailing), str_from_c(is_held ? "held" : state),
                 is_held ? (OptionalInt){0} : due_ms, about);
    return id;
}

Id outbox_add(Tx *tx, const OutboxMessage *message) {
    return add(tx, message, "waiting", (OptionalInt){0}, STR_ABSENT);
}

/* ---- letters that settle first ----------------------------------------------------------------------------- */

Id outbox_add_settling(Tx *tx, const OutboxMessage *message, Str about) {
    JobsUntriedAboutRow row;
    int64_t now_ms = tx_now_ms(tx), due_ms = now_ms + OUTBOX_SETTLES_MS;
    bool is_there = jobs_sql_untried_about(tx, about, message->to_address, &row);
    /* Under the same number mailboxes would take what is new for the one that they may have. */
    bool may_have_arrived = is_there && row.unsure_ms.given;
    if (may_have_arrived) jobs_sql_remove_untried(tx, row.id);
    if (!is_there || may_have_arrived) return add(tx, message, "later", given_int(due_ms), about);
    if (due_ms > row.created_ms + OUTBOX_SETTLED_MS) due_ms = row.created_ms + OUTBOX_SETTLED_MS;
    jobs_sql_replace_letter(tx, row.id, str_from_c(language_tag(message->language)), message->to_name, message->subject,
                            message->body, message->from_name, message->reply_to, message->calendar, due_ms);
    return row.id;
}

bool outbox_is_settling(const OutboxEntry *entry) {
    bool waits = str_equal(entry->state, STR("later")) || str_equal(entry->state, STR("waiting"));
    return waits && entry->tries == 0 && !entry->unsure_ms.given;
}

void outbox_take_back(Tx *tx, Str about) { jobs_sql_take_back(tx, about); }

static OutboxEntry entry_from(const JobsEntryRow *row) {
    return (OutboxEntry){
        .id = row->id,
        .to_address = row->to_address,
        .to_name = row->to_name,
        .subject = row->subject,
        .state = row->state,
        .created_ms = row->created_ms,
        .sent_ms = row->sent_ms,
        .tried_ms = row->tried_ms,
        .due_ms = row->due_ms,
        .unsure_ms = row->unsure_ms,
        .tries = row->tries,
        .last_error = row->last_error,
        .handed_by = row->handed_by.value,
    };
}

static OutboxEntries entries_of(Tx *tx, Id edition, size_t most) {
    JobsListRows rows = jobs_sql_list(tx, edition, (int64_t)most);
    OutboxEntries entries = {arena_array(tx_arena(tx), OutboxEntry, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) entries.entries[i] = entry_from(&rows.rows[i].entry);
    return entries;
}

static OutboxEntries all_entries(Tx *tx, size_t most) {
    JobsListAllRows rows = jobs_sql_list_all(tx, (int64_t)most);
    OutboxEntries entries = {arena_array(tx_arena(tx), OutboxEntry, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) entries.entries[i] = entry_from(&rows.rows[i].entry);
    return entries;
}

OutboxEntries outbox_list(Tx *tx, Id edition, size_t most) {
    return edition ? entries_of(tx, edition, most) : all_entries(tx, most);
}

bool outbox_get(Tx *tx, Id edition, Id message, OutboxEntry *entry) {
    JobsGetRow row;
    if (!jobs_sql_get(tx, edition, message, &row)) return false;
    *entry = entry_from(&row.entry);
    entry->body = row.body;
    return true;
}

/* ---- addresses that letters do not reach ------------------------------------------------------------------------ */

enum { MOST_CHANGED = 5000 /* letters held or released at once */ };

bool outbox_refusal(Tx *tx, Str address, OutboxRefusal *refusal) {
    JobsRefusalRow row;
    if (str_is_empty(address) || !jobs_sql_refusal(tx, str_lower_ascii(tx_arena(tx), address), &row)) return false;
    *refusal = (OutboxRefusal){row.at_ms, row.by_hand.value};
    return true;
}

bool outbox_is_refused(Tx *tx, Str address) {
    OutboxRefusal refusal;
    return outbox_refusal(tx, address, &refusal);
}

void outbox_refuse_by_hand(Tx *tx, Str address, Id by) {
    jobs_sql_refuse_by_hand(tx, str_lower_ascii(tx_arena(tx), address), tx_now_ms(tx), by);
    JobsAddressesWaitingRows rows = jobs_sql_addresses_waiting(tx, MOST_CHANGED);
    Id *ids = arena_array(tx_arena(tx), Id, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (str_equal_ascii_case(rows.rows[i].to_address, address)) ids[count++] = rows.rows[i].id;
    jobs_sql_hold(tx, (IdList){ids, count});
}

void outbox_accept(Tx *tx, Str address) {
    jobs_sql_forget_address(tx, str_lower_ascii(tx_arena(tx), address));
    outbox_release(tx, address);
}

void outbox_release(Tx *tx, Str address) {
    JobsAddressesHeldRows rows = jobs_sql_addresses_held(tx, MOST_CHANGED);
    Id *ids = arena_array(tx_arena(tx), Id, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (str_equal_ascii_case(rows.rows[i].to_address, address)) ids[count++] = rows.rows[i].id;
    jobs_sql_release(tx, (IdList){ids, count}, tx_now_ms(tx));
}

/* Who has the address of a card comes in as whom it was made for. */
static bool has_way_in(Str body) { return str_index_of(body, STR("/s/")) >= 0; }

int64_t outbox_redirect(Tx *tx, Id edition, Id from, Id to, Str address, Str name) {
    JobsHeldToRows rows = jobs_sql_held_to(tx, edition, from);
    Id *ids = arena_array(tx_arena(tx), Id, rows.count);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (!has_way_in(rows.rows[i].body)) ids[count++] = rows.rows[i].id;
    return jobs_sql_redirect(tx, (IdList){ids, count}, to, address, name, tx_now_ms(tx));
}

/* ---- by hand ---------------------------------------------------------------------------------------------------- */

OutboxToHands outbox_to_hand(Tx *tx, Id edition, size_t most) {
    JobsToHandRows rows = jobs_sql_to_hand(tx, edition, (int64_t)most);
    OutboxToHands found = {arena_array(tx_arena(tx), OutboxToHand, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        const JobsLetterRow *row = &rows.rows[i].letter;
        bool is_invitation = str_equal(row->kind, STR("invitation"));
        found.letters[i] = (OutboxToHand){
            .id = row->id,
            .written_ms = row->created_ms,
            .message = outbox_message(row, is_invitation ? OUTBOX_INVITATION : OUTBOX_SERVICE),
        };
        found.letters[i].message.edition = edition;
        found.letters[i].message.mailing = rows.rows[i].mailing.value;
    }
    return found;
}

bool outbox_hand_on(Tx *tx, Id edition, Id message, Id by) {
    return jobs_sql_hand_on(tx, message, edition, by, tx_now_ms(tx)) == 1;
}

bool outbox_came_back(Tx *tx, Id edition, Id message, Id by) {
    OutboxEntry entry;
    if (!outbox_get(tx, edition, message, &entry) || jobs_sql_came_back(tx, message, edition) != 1) return false;
    outbox_refuse_by_hand(tx, entry.to_address, by);
    return true;
}

bool outbox_send_again(Tx *tx, Id edition, Id message) {
    OutboxEntry entry;
    if (!outbox_get(tx, edition, message, &entry) || jobs_sql_send_again(tx, message, edition, tx_now_ms(tx)) != 1)
        return false;
    outbox_accept(tx, entry.to_address);
    return true;
}

MailHealth outbox_health(Tx *tx) {
    MailHealth health = {0};
    JobsWorkerRow worker;
    if (jobs_sql_worker(tx, &worker))
        health = (MailHealth){worker.sent_ms, worker.failing_ms, .trouble = worker.trouble, .reply = worker.reply};
    JobsOldestWaitingRow oldest;
    if (jobs_sql_oldest_waiting(tx, &oldest)) health.waiting_ms = (OptionalInt){true, oldest.since_ms};
    return health;
}

OutboxEntries outbox_waiting_sign_ins(Tx *tx, size_t most) {
    JobsWaitingSignInsRows rows = jobs_sql_waiting_sign_ins(tx, tx_now_ms(tx), (int64_t)most);
    OutboxEntries entries = {arena_array(tx_arena(tx), OutboxEntry, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) {
        entries.entries[i] = entry_from(&rows.rows[i].entry);
        entries.entries[i].body = rows.rows[i].body;
    }
    return entries;
}

int64_t outbox_written_to(Tx *tx, Id person, int64_t since_ms) {
    JobsWrittenToRow row;
    return jobs_sql_written_to(tx, person, since_ms, &row) ? row.count : 0;
}

void outbox_sign_ins_shown(Tx *tx, OutboxEntries shown) {
    for (size_t i = 0; i < shown.count; i++) jobs_sql_forget(tx, shown.entries[i].id, STR("shown"), tx_now_ms(tx));
}

static OutboxLetter letter_from(const JobsLetterToRow *row) {
    return (OutboxLetter){
        {row->id, row->to_address, row->to_name, row->subject, row->body, row->state, row->created_ms},
        row->edition.value,
        row->unsubscribe,
        row->calendar};
}

static OutboxLetters letters_in(Tx *tx, Id person, IdList editions, size_t most) {
    JobsLettersToInRows rows = jobs_sql_letters_to_in(tx, person, editions, (int64_t)most);
    OutboxLetters letters = {arena_array(tx_arena(tx), OutboxLetter, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) letters.letters[i] = letter_from(&rows.rows[i].letter_to);
    return letters;
}

OutboxLetters outbox_to(Tx *tx, Id person, const Id *editions, size_t count, size_t most) {
    if (editions) return letters_in(tx, person, (IdList){editions, count}, most);
    JobsLettersToRows rows = jobs_sql_letters_to(tx, person, (int64_t)most);
    OutboxLetters letters = {arena_array(tx_arena(tx), OutboxLetter, rows.count), rows.count};
    for (size_t i = 0; i < rows.count; i++) letters.letters[i] = letter_from(&rows.rows[i].letter_to);
    return letters;
}

OutboxEntries outbox_about(Tx *tx, Str about) {
    JobsAboutRows rows = jobs_sql_about(tx, about);
    OutboxEntries entries = {arena_array(tx_arena(tx), OutboxEntry, rows.count), 0};
    for (size_t i = 0; i < rows.count; i++) {
        bool is_older = false; /* rows come by address, the newest of each first */
        if (entries.count)
            is_older = str_equal(entries.entries[entries.count - 1].to_address, rows.rows[i].entry.to_address);
        if (!is_older) entries.entries[entries.count++] = entry_from(&rows.rows[i].entry);
    }
    return entries;
}

void outbox_forget_refusal(Tx *tx, Str address) { jobs_sql_forget_address(tx, str_lower_ascii(tx_arena(tx), address)); }

void outbox_erase_to(Tx *tx, Id person, const Id *editions, size_t count) {
    IdList list = {editions, count};
    if (editions) jobs_sql_remove_waiting_to_in(tx, person, list);
    else jobs_sql_remove_waiting_to(tx, person);
    if (editions) jobs_sql_erase_to_in(tx, person, list);
    else jobs_sql_erase_to(tx, person);
}

int64_t outbox_expire(Tx *tx) {
    int64_t before_ms = tx_now_ms(tx) - OUTBOX_KEPT_DAYS * DAY_MS;
    jobs_sql_give_up(tx, before_ms, STR("not sent in the time for which letters are kept"), OUTBOX_AT_ONCE);
    jobs_sql_expire_refusals(tx, before_ms, OUTBOX_AT_ONCE);
    return jobs_sql_expire(tx, before_ms, OUTBOX_AT_ONCE);
}
