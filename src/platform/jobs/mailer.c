// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mailer.h"

#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/format/mime.h"
#include "platform/jobs/mail_letter.h"
#include <pthread.h>
#include <signal.h>
#include <time.h>

enum {
    LOOK_EVERY_MS = 500,
    FIRST_STOP_MS = 2000,
    LONGEST_STOP_MS = 5 * 60 * 1000,
    ROUND_MS = 2000,          /* what a round is to take where the rate is low */
    ROUND_LONGEST_MS = 10000, /* where letters are slow: then what was put off is looked at again */
    BATCH_MS = 1000,          /* behind which no other letter of a batch is begun */
};

struct Mailer {
    MailerOptions options;
    Job job;
    Arena *arena; /* of one round */
    pthread_t thread;
    Random random;
    unsigned stops;        /* in a row */
    bool failed;           /* the store: told in the log once */
    bool was_stopped;      /* the server: told in the log once */
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t changed;
    bool closing, ended, has_hung_up;
};

/* ---- waiting -------------------------------------------------------------------------------------------------- */

static void wait_for_change(Mailer *mailer, int64_t most_ms) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += most_ms % 1000 * 1000000L;
    until.tv_sec += most_ms / 1000 + until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&mailer->changed, &mailer->mutex, &until);
}

static bool is_closing(Mailer *mailer) {
    pthread_mutex_lock(&mailer->mutex);
    bool closing = mailer->closing;
    pthread_mutex_unlock(&mailer->mutex);
    return closing;
}

/* False: closing has begun. */
static bool pause_for(Mailer *mailer, int64_t ms) {
    pthread_mutex_lock(&mailer->mutex);
    if (!mailer->closing && ms > 0) wait_for_change(mailer, ms);
    bool goes_on = !mailer->closing;
    pthread_mutex_unlock(&mailer->mutex);
    return goes_on;
}

static void note(Mailer *mailer, Err err) {
    if (err && !mailer->failed) log_failure(STR("mail"), arena_failure(mailer->arena));
    mailer->failed = err != OK;
}

/* ---- a round ---------------------------------------------------------------------------------------------------- */

typedef struct Round {
    Mailer *mailer;
    bool has_work;
    int64_t taken, began_ms, due_ms, pause_ms /* to the next */;
    MailBatch batch; /* in hand */
    size_t done;     /* of it: they have a reply; the others were not begun */
    MailReply replies[MAIL_BATCH_MOST];
    double jitters[MAIL_BATCH_MOST];
    bool is_in_journal; /* one of them: what the journal said of batches before is over */
    size_t wanted;      /* of the next batch; 0: none */
    bool is_lost;       /* another has the job */
    MailBatch next;     /* apart: a transaction may run again, and then needs the one before */
} Round;

static Err look(Tx *tx, void *context) {
    Round *round = context;
    round->has_work = mail_queue_has_work(tx);
    return OK;
}

static Err begin(Tx *tx, void *context) {
    Round *round = context;
    round->began_ms = tx_now_ms(tx);
    round->taken = mail_queue_begin(tx, &round->mailer->job);
    return OK;
}

static Err step(Tx *tx, void *context) {
    Round *round = context;
    const MailBatch *batch = &round->batch;
    for (size_t i = 0; i < round->done; i++) {
        const MailLetter *letter = &batch->letters[i];
        mail_queue_record(tx, letter->id, letter->message.to_address, letter->tries, &round->replies[i],
                          round->jitters[i]);
    }
    mail_queue_return(tx, batch->letters + round->done, batch->count - round->done);
    round->next.count = 0;
    round->is_lost =
        round->wanted && !mail_queue_next(tx, &round->mailer->job, round->taken, round->wanted, &round->next);
    return OK;
}

static Err finish(Tx *tx, void *context) {
    Round *round = context;
    round->pause_ms = round->due_ms - tx_now_ms(tx);
    mail_queue_end(tx, &round->mailer->job, round->taken, round->due_ms);
    return OK;
}

/* What has become of a letter is said until it is heard; when closing has begun, the helper's journal knows it. */
static bool write_surely(Round *round, TxFunction work) {
    Mailer *mailer = round->mailer;
    for (;;) {
        Err err = store_write(mailer->options.store, mailer->arena, work, round);
        note(mailer, err);
        if (!err) return true;
        if (!pause_for(mailer, LOOK_EVERY_MS)) return false;
    }
}

/* False: closing did not wait for its end. */
static bool send_letter(Round *round, size_t number) {
    Mailer *mailer = round->mailer;
    const MailLetter *letter = &round->batch.letters[number];
    MailReply *reply = &round->replies[number];
    if (!mime_is_address(letter->message.to_address)) {
        *reply = (MailReply){.outcome = MAIL_BAD_ADDRESS, .text = "this is no e-mail address"};
        return true;
    }
    MailOrder order = {.id = letter->id,
                       .taken = round->taken,
                       .is_first = !round->is_in_journal,
                       .ehlo = str_to_c(mailer->arena, mailer->options.host),
                       .to = str_to_c(mailer->arena, letter->message.to_address),
                       .letter =
                           mail_letter_write(mailer->arena, mailer->options.settings, mailer->options.host, letter)};
    mail_helper_send(mailer->options.helper, &order, reply);
    round->is_in_journal = true;
    round->jitters[number] = random_unit(&mailer->random);
    pthread_mutex_lock(&mailer->mutex);
    bool is_answer = !mailer->has_hung_up;
    pthread_mutex_unlock(&mailer->mutex);
    return is_answer;
}

static int64_t stop_ms(Mailer *mailer) {
    int64_t pause = FIRST_STOP_MS;
    for (unsigned i = 0; i < mailer->stops && pause < LONGEST_STOP_MS; i++) pause *= 2;
    if (pause > LONGEST_STOP_MS) pause = LONGEST_STOP_MS;
    mailer->stops++;
    return pause + (int64_t)((double)pause * random_unit(&mailer->random) / 4);
}

/* To the log once when it begins and once when it ends; without what the server said, which may name somebody. */
static void tell(Mailer *mailer, const MailReply *reply) {
    bool is_stopped = reply->outcome == MAIL_STOPPED;
    if (is_stopped && !mailer->was_stopped)
        log_error(STR("mail"), "no letter can leave: trouble=%s code=%d", mail_trouble_name(reply->trouble),
                  reply->code);
    if (!is_stopped && mailer->was_stopped) log_info(STR("mail"), "letters leave again");
    mailer->was_stopped = is_stopped;
    if (!is_stopped) mailer->stops = 0;
}

static int64_t rate_of(const Mailer *mailer) {
    return mailer->options.rate_per_min ? mailer->options.rate_per_min : MAIL_RATE_PER_MIN;
}

static int64_t round_size(const Mailer *mailer) {
    int64_t size = rate_of(mailer) * ROUND_MS / 60000;
    return size < 1 ? 1 : size > MAIL_ROUND_MOST ? MAIL_ROUND_MOST : size;
}

/* Those behind the time are not begun: a sign-in letter waits for no batch, and the lease reaches. False: closing did
 * not wait for its end. */
static bool send_batch(Round *round, bool *is_stopped) {
    Mailer *mailer = round->mailer;
    int64_t last_ns = clock_monotonic_ns() + BATCH_MS * INT64_C(1000000);
    round->done = 0;
    round->is_in_journal = false;
    while (round->done < round->batch.count && !*is_stopped) {
        if (round->done && (is_closing(mailer) || clock_monotonic_ns() > last_ns)) break;
        if (!send_letter(round, round->done)) return false;
        const MailReply *reply = &round->replies[round->done++];
        tell(mailer, reply);
        *is_stopped = reply->outcome == MAIL_STOPPED;
        if (reply->outcome == MAIL_UNSURE) break; /* where a helper crashed, the next batch begins its journal anew */
    }
    return true;
}

static void send_all(Round *round) {
    Mailer *mailer = round->mailer;
    size_t most = (size_t)round_size(mailer), count = 0;
    int64_t last_ns = clock_monotonic_ns() + ROUND_LONGEST_MS * INT64_C(1000000);
    MailReply reply;
    bool is_stopped = !mail_helper_begin(mailer->options.helper, round->taken, &reply);
    if (is_stopped) tell(mailer, &reply);
    for (;; count += round->done) {
        bool is_over = is_stopped || is_closing(mailer) || clock_monotonic_ns() > last_ns;
        round->wanted = is_over ? 0 : most - count;
        if (!write_surely(round, step)) return;
        if (round->is_lost) log_warning(STR("mail"), "took so long that another node began to send");
        round->batch = round->next;
        if (!round->batch.count) break;
        if (!count)
            round->began_ms = clock_now_ms(mailer->options.clock); /* rounds are counted from their first letter */
        if (!send_batch(round, &is_stopped)) return;
    }
    round->due_ms = round->began_ms + (int64_t)count * 60000 / rate_of(mailer);
    if (is_stopped) round->due_ms = clock_now_ms(mailer->options.clock) + stop_ms(mailer);
    write_surely(round, finish);
}

static void do_round(void *argument) {
    Round *round = argument;
    Mailer *mailer = round->mailer;
    store_read(mailer->options.store, mailer->arena, look, round);
    if (!round->has_work) return;
    Err err = store_write(mailer->options.store, mailer->arena, begin, round);
    note(mailer, err);
    if (!err && round->taken) send_all(round);
}

/* How long to rest then. */
static int64_t mailer_round(Mailer *mailer) {
    arena_reset(mailer->arena);
    Round round = {.mailer = mailer, .pause_ms = LOOK_EVERY_MS};
    Err fault = arena_protect(mailer->arena, do_round, &round);
    if (fault) note(mailer, fault);
    return fault || round.pause_ms > LOOK_EVERY_MS ? LOOK_EVERY_MS : round.pause_ms;
}

/* ---- what was in hand when the program before ended ---------------------------------------------------------- */

typedef struct Recovery {
    Mailer *mailer;
    MailJournal journal;
} Recovery;

static Err recover(Tx *tx, void *context) {
    Recovery *recovery = context;
    Mailer *mailer = recovery->mailer;
    mail_queue_recover(tx, &mailer->job, mailer->options.is_alone, &recovery->journal);
    return OK;
}

static Err fails(Tx *tx, void *context) {
    (void)context;
    mail_queue_fails(tx, MAIL_TROUBLE_HELPER);
    return OK;
}

/* The helper says what it had in hand, once an older one has ended. False: closing has begun. */
static bool wait_for_helper(Mailer *mailer) {
    Recovery recovery = {.mailer = mailer};
    bool is_told = false;
    MailHello hello;
    while ((hello = mail_helper_last(mailer->options.helper, LOOK_EVERY_MS, &recovery.journal)) != MAIL_HELLO) {
        if (!pause_for(mailer, hello == MAIL_HELLO_GONE ? LOOK_EVERY_MS : 0)) return false;
        if (is_told || hello == MAIL_HELLO_NOT_YET) continue;
        log_error(STR("mail"), "the process that sends has ended");
        is_told = store_write(mailer->options.store, mailer->arena, fails, NULL) == OK;
    }
    for (;;) {
        Err err = store_write(mailer->options.store, mailer->arena, recover, &recovery);
        note(mailer, err);
        if (!err) return true;
        if (!pause_for(mailer, LOOK_EVERY_MS)) return false;
    }
}

static void *mailer_main(void *argument) {
    Mailer *mailer = argument;
    bool goes_on = wait_for_helper(mailer);
    while (goes_on) goes_on = pause_for(mailer, mailer_round(mailer));
    pthread_mutex_lock(&mailer->mutex);
    mailer->ended = true;
    pthread_cond_broadcast(&mailer->changed);
    pthread_mutex_unlock(&mailer->mutex);
    return NULL;
}

/* ---- opening and closing ------------------------------------------------------------------------------------ */

static void free_mailer(Mailer *mailer) {
    pthread_mutex_destroy(&mailer->mutex);
    pthread_cond_destroy(&mailer->changed);
    arena_close(mailer->arena);
    free(mailer);
}

static Job mail_job(const MailSettings *settings) {
    return (Job){"mail", .every_ms = 2 * LONGEST_STOP_MS, .again_ms = LOOK_EVERY_MS,
                 .lease_ms = (settings->timeout_s + MAIL_LEASE_MORE_S) * 1000};
}

Mailer *mailer_open(const MailerOptions *options) {
    Mailer *mailer = calloc(1, sizeof *mailer);
    if (!mailer) return NULL;
    uint64_t seed;
    random_secret(&seed, sizeof seed);
    *mailer = (Mailer){.options = *options,
                       .job = mail_job(options->settings),
                       .arena = arena_open(LIMIT_ARENA_REQUEST_BYTES),
                       .random = random_from_seed(seed)};
    pthread_mutex_init(&mailer->mutex, NULL);
    pthread_cond_init(&mailer->changed, NULL);
    /* Signals are for the program's main thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = !mailer->arena || pthread_create(&mailer->thread, NULL, mailer_main, mailer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!failed) return mailer;
    free_mailer(mailer);
    return NULL;
}

void mailer_close(Mailer *mailer) {
    if (!mailer) return;
    int64_t last_ns = clock_monotonic_ns() + MAIL_CLOSE_MS * INT64_C(1000000);
    pthread_mutex_lock(&mailer->mutex);
    mailer->closing = true;
    pthread_cond_broadcast(&mailer->changed);
    while (!mailer->ended && clock_monotonic_ns() < last_ns) wait_for_change(mailer, MAIL_CLOSE_MS / 100);
    mailer->has_hung_up = true;
    pthread_mutex_unlock(&mailer->mutex);
    mail_helper_hang_up(mailer->options.helper);
    pthread_join(mailer->thread, NULL);
    free_mailer(mailer);
}
