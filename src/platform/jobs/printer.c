// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/printer.h"

#include "platform/base/buffer.h"
#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/jobs/outbox.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { MOST_WAIT_MS = 1000 }; /* of closing, for what is being printed */

struct Printer {
    Store *store;
    int fd;
    Arena *arena; /* of one round, and of what is printed and not yet marked */
    pthread_t thread;
    OutboxEntries waiting;
    bool is_printed;
    bool failed;           /* told in the log once, until it goes well again */
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t changed;
    bool closing, is_printing, ended;
    bool is_left; /* closing did not wait for the end: the thread has the struct, and the store is gone */
};

static void free_printer(Printer *printer) {
    pthread_mutex_destroy(&printer->mutex);
    pthread_cond_destroy(&printer->changed);
    arena_close(printer->arena);
    free(printer);
}

/* With the mutex held, for at most so long. */
static void wait_for_change(Printer *printer, int most_ms) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += most_ms % 1000 * 1000000L;
    until.tv_sec += most_ms / 1000 + until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&printer->changed, &printer->mutex, &until);
}

/* ---- where it may stand still --------------------------------------------------------------------------- */

static bool write_all(int fd, Str text) {
    while (text.size) {
        ssize_t written = write(fd, text.data, text.size);
        if (written > 0) text = str_skip(text, (size_t)written);
        else if (written < 0 && errno == EAGAIN) poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        else if (written == 0 || errno != EINTR) return false;
    }
    return true;
}

typedef enum Printed { PRINTED, NOBODY_READS, TOO_LATE } Printed;

/* The thread holds nothing of the store here. TOO_LATE: nothing of it is there any more. */
static Printed print(Printer *printer, Str text) {
    pthread_mutex_lock(&printer->mutex);
    bool begins = !printer->closing;
    printer->is_printing = begins;
    pthread_mutex_unlock(&printer->mutex);
    if (!begins) return TOO_LATE;
    bool fine = write_all(printer->fd, text);
    pthread_mutex_lock(&printer->mutex);
    printer->is_printing = false;
    bool is_left = printer->is_left;
    pthread_cond_broadcast(&printer->changed);
    pthread_mutex_unlock(&printer->mutex);
    return is_left ? TOO_LATE : fine ? PRINTED : NOBODY_READS;
}

/* ---- a round ---------------------------------------------------------------------------------------------- */

static Err read_waiting(Tx *tx, void *context) {
    *(OutboxEntries *)context = outbox_waiting_sign_ins(tx, PRINTER_AT_ONCE);
    return OK;
}

static Err mark_shown(Tx *tx, void *context) {
    outbox_sign_ins_shown(tx, *(const OutboxEntries *)context);
    return OK;
}

typedef struct Reading {
    Printer *printer;
    Err err;
    Str text;
} Reading;

static void read_inside(void *argument) {
    Reading *reading = argument;
    Printer *printer = reading->printer;
    reading->err = store_read(printer->store, printer->arena, read_waiting, &printer->waiting);
    Buffer text = buffer_in(printer->arena);
    for (size_t i = 0; !reading->err && i < printer->waiting.count; i++) {
        const OutboxEntry *entry = &printer->waiting.entries[i];
        buffer_format(&text, "\n--- message to %.*s: %.*s\n%.*s---\n", STR_FORMAT(entry->to_address),
                      STR_FORMAT(entry->subject), STR_FORMAT(entry->body));
    }
    reading->text = buffer_str(&text);
}

static void note(Printer *printer, Err err) {
    if (err && !printer->failed) log_failure(STR("sign-in messages"), arena_failure(printer->arena));
    printer->failed = err != OK;
}

/* False: there is no use in going on. */
static bool show_waiting(Printer *printer) {
    if (!printer->is_printed) {
        arena_reset(printer->arena);
        printer->waiting = (OutboxEntries){0};
        Reading reading = {.printer = printer};
        Err fault = arena_protect(printer->arena, read_inside, &reading);
        if (fault || reading.err) {
            note(printer, fault ? fault : reading.err);
            return true;
        }
        if (!printer->waiting.count) return true;
        Printed printed = print(printer, reading.text);
        if (printed == NOBODY_READS)
            log_warning(STR("sign-in messages"), "nobody reads what is printed: they wait for the next start");
        if (printed != PRINTED) return false;
        printer->is_printed = true;
    }
    Err err = store_write(printer->store, printer->arena, mark_shown, &printer->waiting);
    if (!err) printer->is_printed = false;
    note(printer, err);
    return true;
}

/* False: closing has begun. */
static bool pause_between(Printer *printer) {
    pthread_mutex_lock(&printer->mutex);
    if (!printer->closing) wait_for_change(printer, PRINTER_EVERY_MS);
    bool goes_on = !printer->closing;
    pthread_mutex_unlock(&printer->mutex);
    return goes_on;
}

static void *printer_main(void *argument) {
    Printer *printer = argument;
    while (show_waiting(printer) && pause_between(printer)) continue;
    pthread_mutex_lock(&printer->mutex);
    printer->ended = true;
    bool is_left = printer->is_left;
    pthread_cond_broadcast(&printer->changed);
    pthread_mutex_unlock(&printer->mutex);
    if (is_left) free_printer(printer);
    return NULL;
}

/* ---- opening and closing ------------------------------------------------------------------------------------ */

Printer *printer_open(Store *store, int fd) {
    Printer *printer = calloc(1, sizeof *printer);
    if (!printer) return NULL;
    *printer = (Printer){.store = store, .fd = fd, .arena = arena_open(LIMIT_ARENA_REQUEST_BYTES)};
    pthread_mutex_init(&printer->mutex, NULL);
    pthread_cond_init(&printer->changed, NULL);
    /* Signals are for the program's main thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = !printer->arena || pthread_create(&printer->thread, NULL, printer_main, printer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!failed) return printer;
    free_printer(printer);
    return NULL;
}

void printer_close(Printer *printer) {
    if (!printer) return;
    int64_t last_ns = clock_monotonic_ns() + MOST_WAIT_MS * INT64_C(1000000);
    pthread_mutex_lock(&printer->mutex);
    printer->closing = true;
    pthread_cond_broadcast(&printer->changed);
    while (!printer->ended && !(printer->is_printing && clock_monotonic_ns() > last_ns))
        wait_for_change(printer, MOST_WAIT_MS / 10);
    printer->is_left = !printer->ended;
    bool is_left = printer->is_left;
    pthread_t thread = printer->thread;
    pthread_mutex_unlock(&printer->mutex);
    if (is_left) {
        pthread_detach(thread); /* the program's end ends it, or the reader who comes back */
        return;
    }
    pthread_join(thread, NULL);
    free_printer(printer);
}
