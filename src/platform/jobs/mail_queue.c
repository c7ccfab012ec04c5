// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_queue.h"

#include "platform/jobs/outbox_rows.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
enum { AT_ONCE = 500, PASSED_OVER = 50 };
static const char ended_meanwhile[] = "the program ended while it was being sent";

/* ---- the job ------------------------------------------------------------------------------------------------- */

bool mail_queue_has_work(Tx *tx) {
    JobsWaitsRow row;
    JobsNextDueRow due;
    if (jobs_sql_waits(tx, STR("waiting"), &row) || jobs_sql_waits(tx, STR("sending"), &row)) return true;
    return jobs_sql_next_due(tx, &due) && due.due_ms.value <= tx_now_ms(tx);
}

static void give_up_old(Tx *tx) {
    static const Str states[] = {STR_INIT("waiting"), STR_INIT("later")};
    int64_t now_ms = tx_now_ms(tx), before_ms = now_ms - MAIL_GIVE_UP_DAYS * DAY_MS;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        jobs_sql_give_up_old(tx, states[i], before_ms, now_ms, STR("too old"), AT_ONCE);
}

int64_t mail_queue_begin(Tx *tx, const Job *job) {
    int64_t now_ms = tx_now_ms(tx), taken = job_take(tx, job, now_ms);
    if (!taken) return 0;
    jobs_sql_lost_in_hand(tx, now_ms, now_ms + MAIL_UNSURE_PAUSE_MS, str_from_c(ended_meanwhile));
    jobs_sql_due_again(tx, now_ms, AT_ONCE);
    give_up_old(tx);
    return taken;
}

void mail_queue_end(Tx *tx, const Job *job, int64_t taken, int64_t due_ms) { job_finish(tx, job, taken, due_ms); }

/* ---- a letter ------------------------------------------------------------------------------------------------- */

static MailLetter letter_of(const JobsLetterRow *row, OutboxKind kind) {
    return (MailLetter){
        .id = row->id,
        .written_ms = row->queued_ms.given ? row->queued_ms.value : row->created_ms,
        .tries = row->tries,
        .message = outbox_message(row, kind),
    };
}

static void end(Tx *tx, Id letter, const char *state, Str reply) {
    bool is_sent = strcmp(state, "sent") == 0;
    OptionalInt sent_ms = {is_sent, is_sent ? tx_now_ms(tx) : 0};
    jobs_sql_end_letter(tx, letter, str_from_c(state), tx_now_ms(tx), sent_ms, reply);
    jobs_sql_forget_words(tx, letter);
}

/* What is of use no more ends here, and what goes to an address that is none is held; with many of those others come in
 * the next batch. */
static void next_of_kind(Tx *tx, Str name, OutboxKind kind, size_t most, MailBatch *batch) {
    if (batch->count >= most) return;
    JobsNextLettersRows rows = jobs_sql_next_letters(tx, name, (int64_t)(most - batch->count) + PASSED_OVER);
    for (size_t i = 0; i < rows.count && batch->count < most; i++) {
        const JobsLetterRow *row = &rows.rows[i].letter;
        bool is_over = row->expires_ms.given && row->expires_ms.value <= tx_now_ms(tx);
        if (is_over) end(tx, row->id, "given_up", STR("too late"));
        else if (kind != OUTBOX_SIGN_IN && outbox_is_refused(tx, row->to_address))
            jobs_sql_hold(tx, (IdList){&row->id, 1});
        else batch->letters[batch->count++] = letter_of(row, kind);
    }
}

static IdList ids_of(Tx *tx, const MailLetter *letters, size_t count) {
    Id *ids = arena_array(tx_arena(tx), Id, count + 1);
    for (size_t i = 0; i < count; i++) ids[i] = letters[i].id;
    return (IdList){ids, count};
}

bool mail_queue_next(Tx *tx, const Job *job, int64_t taken, size_t most, MailBatch *batch) {
    static const struct {
        Str name;
        OutboxKind kind;
    } kinds[] = {{STR_INIT("sign_in"), OUTBOX_SIGN_IN},
                 {STR_INIT("service"), OUTBOX_SERVICE},
                 {STR_INIT("invitation"), OUTBOX_INVITATION}};
    if (jobs_sql_renew_job(tx, str_from_c(job->name), taken, tx_now_ms(tx) + job->lease_ms) != 1) return false;
    batch->count = 0;
    if (most > MAIL_BATCH_MOST) most = MAIL_BATCH_MOST;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        next_of_kind(tx, kinds[i].name, kinds[i].kind, most, batch);
    if (batch->count) jobs_sql_take_letters(tx, ids_of(tx, batch->letters, batch->count));
    return true;
}

void mail_queue_return(Tx *tx, const MailLetter *letters, size_t count) {
    if (count) jobs_sql_not_begun(tx, ids_of(tx, letters, count));
}

static int64_t pause_ms(int64_t tries, bool is_unsure, double jitter) {
    int64_t pause = MAIL_FIRST_PAUSE_MS;
    for (int64_t i = 0; i < tries && pause < MAIL_LONGEST_PAUSE_MS; i++) pause *= 2;
    if (pause > MAIL_LONGEST_PAUSE_MS) pause = MAIL_LONGEST_PAUSE_MS;
    if (is_unsure && pause < MAIL_UNSURE_PAUSE_MS) pause = MAIL_UNSURE_PAUSE_MS;
    return pause + (int64_t)((double)pause * jitter / 4);
}

static void record_reach(Tx *tx, const MailReply *reply, Str text) {
    int64_t now_ms = tx_now_ms(tx);
    if (reply->outcome == MAIL_TAKEN) jobs_sql_worker_sent(tx, now_ms);
    else if (reply->outcome == MAIL_STOPPED)
        jobs_sql_worker_fails(tx, now_ms, str_from_c(mail_trouble_name(reply->trouble)), text);
    else if (reply->code) jobs_sql_worker_reached(tx);
}

/* Whoever it went to was erased while it was in hand: what the server said names them, and it is not tried again. */
static bool was_erased(Tx *tx, Id letter) {
    JobsLetterAddressRow row;
    return !jobs_sql_letter_address(tx, letter, &row) || str_is_empty(row.to_address);
}

static void record_erased(Tx *tx, Id letter, MailOutcome outcome) {
    bool is_refused = outcome == MAIL_REFUSED || outcome == MAIL_BAD_ADDRESS;
    end(tx, letter, outcome == MAIL_TAKEN ? "sent" : is_refused ? "refused" : "given_up", STR_ABSENT);
}

void mail_queue_record(Tx *tx, Id letter, Str to_address, int64_t tries, const MailReply *reply, double jitter) {
    Str text = str_copy(tx_arena(tx), str_from_c(reply->text));
    Str address = str_lower_ascii(tx_arena(tx), to_address);
    bool is_unsure = reply->outcome == MAIL_UNSURE;
    int64_t now_ms = tx_now_ms(tx);
    record_reach(tx, reply, text);
    if (was_erased(tx, letter)) {
        record_erased(tx, letter, reply->outcome);
        return;
    }
    switch (reply->outcome) {
    case MAIL_TAKEN:
        end(tx, letter, "sent", STR_ABSENT);
        if (jobs_sql_accept_address(tx, address)) outbox_release(tx, address);
        return;
    case MAIL_BAD_ADDRESS: jobs_sql_refuse_address(tx, address, now_ms, text); __attribute__((fallthrough));
    case MAIL_REFUSED: end(tx, letter, "refused", text); return;
    case MAIL_PUT_OFF:
    case MAIL_UNSURE:
        jobs_sql_put_off(tx, letter, now_ms, now_ms + pause_ms(tries, is_unsure, jitter),
                         (OptionalInt){is_unsure, now_ms}, text);
        return;
    case MAIL_STOPPED: jobs_sql_put_back(tx, letter, now_ms, tries, text); return;
    }
}

void mail_queue_recover(Tx *tx, const Job *job, bool is_alone, const MailJournal *journal) {
    MailReply begun = {.outcome = MAIL_UNSURE};
    memcpy(begun.text, ended_meanwhile, sizeof ended_meanwhile);
    for (size_t i = 0; i < journal->count; i++) {
        const MailLast *last = &journal->letters[i];
        JobsInHandRow row;
        if (jobs_sql_in_hand(tx, last->id, &row))
            mail_queue_record(tx, last->id, row.to_address, row.tries, last->has_reply ? &last->reply : &begun, 0);
    }
    Str name = str_from_c(job->name);
    int64_t freed = is_alone ? jobs_sql_free_job(tx, name) : jobs_sql_free_job_of(tx, name, journal->taken);
    /* The journal knows of each letter that was begun: others were not. */
    if (journal->taken && freed) jobs_sql_never_in_hand(tx);
}

void mail_queue_fails(Tx *tx, MailTrouble trouble) {
    jobs_sql_worker_fails(tx, tx_now_ms(tx), str_from_c(mail_trouble_name(trouble)), STR(""));
}
