// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_helper.h"

#include "platform/base/log.h"
#include "platform/jobs/mail_send.h"
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LETTER_LIMIT_BYTES = 32 * 1024 * 1024, MAGIC = 0x77736d31 };

struct MailHelper {
    int fd;
    bool has_hung_up;
};

/* Both ends are the same program, so structs go as they are. */
typedef struct Order {
    uint32_t magic;
    Id id;
    int64_t taken;
    char ehlo[256], to[256];
    size_t letter_bytes; /* which follow */
} Order;

/* What stands in the journal, and what the helper says: first what stood there when it began, then of each order. */
typedef struct Record {
    uint32_t magic;
    Id id;
    int64_t taken;
    bool is_first, has_reply;
    MailReply reply;
} Record;

static bool read_all(int fd, void *into, size_t size) {
    for (char *at = into; size;) {
        ssize_t got = read(fd, at, size);
        if (got == 0 || (got < 0 && errno != EINTR)) return false;
        if (got > 0) at += got, size -= (size_t)got;
    }
    return true;
}

static bool write_all(int fd, const void *from, size_t size) {
    for (const char *at = from; size;) {
        ssize_t put = send(fd, at, size, MSG_NOSIGNAL);
        if (put < 0 && errno != EINTR) return false;
        if (put > 0) at += put, size -= (size_t)put;
    }
    return true;
}

/* ---- the helper ------------------------------------------------------------------------------------------------ */

typedef struct Helper {
    int fd, journal; /* -1: without */
    const MailSettings *settings;
    MailSender *sender;
} Helper;

static Record journal_read(const Helper *helper) {
    Record record = {0};
    if (helper->journal < 0) return record;
    while (flock(helper->journal, LOCK_EX) != 0 && errno == EINTR) continue;
    if (pread(helper->journal, &record, sizeof record, 0) != (ssize_t)sizeof record || record.magic != MAGIC)
        record = (Record){0};
    record.reply.text[MAIL_REPLY_BYTES - 1] = 0;
    return record;
}

static bool journal_write(const Helper *helper, const Record *record) {
    if (helper->journal < 0) return true;
    return pwrite(helper->journal, record, sizeof *record, 0) == (ssize_t)sizeof *record &&
           (!record->has_reply || fdatasync(helper->journal) == 0);
}

static bool say(const Helper *helper, const Record *record) { return write_all(helper->fd, record, sizeof *record); }

/* False: whoever gave the orders is gone. */
static bool carry_out(Helper *helper) {
    Order order;
    if (!read_all(helper->fd, &order, sizeof order)) return false;
    if (order.magic != MAGIC || order.letter_bytes > LETTER_LIMIT_BYTES) abort();
    char *letter = malloc(order.letter_bytes + 1);
    if (!letter || !read_all(helper->fd, letter, order.letter_bytes)) {
        free(letter);
        return false;
    }
    Record record = {.magic = MAGIC, .id = order.id, .taken = order.taken};
    if (journal_write(helper, &record)) {
        mail_sender_send(helper->sender, order.ehlo, order.to, str_from(letter, order.letter_bytes), &record.reply);
        record.has_reply = true;
        journal_write(helper, &record);
    } else {
        record.has_reply = true;
        record.reply = (MailReply){MAIL_STOPPED, MAIL_TROUBLE_HELPER, 0, "the journal of mail cannot be written"};
    }
    free(letter);
    say(helper, &record);
    return true;
}

static int helper_main(Helper *helper) {
    helper->sender = mail_sender_open(helper->settings);
    Record first = journal_read(helper);
    first.magic = MAGIC;
    first.is_first = true;
    if (!helper->sender || !say(helper, &first)) return 0;
    while (carry_out(helper)) continue;
    mail_sender_close(helper->sender);
    return 0;
}

/* Starts the helper, and again should it crash; ends with it when nobody gives orders any more. */
static void watch_over(Helper *helper) {
    for (;;) {
        pid_t child = fork();
        if (child == 0) _exit(helper_main(helper));
        int status = 1;
        while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
        if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) _exit(0);
        log_error(STR("mail"), "the helper that sends has crashed and is started anew");
        sleep(1);
    }
}

/* Ctrl-C and the end of a terminal are the program's business; the letter in hand is finished. */
static void become_helper(const MailSettings *settings, int fd, const char *journal) {
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing >= 0) {
        dup2(nothing, STDIN_FILENO);
        dup2(nothing, STDOUT_FILENO);
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_NAME, "wspolnie-mail", 0, 0, 0);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) _exit(0);
    int file = journal ? open(journal, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (journal && file < 0)
        log_warning(STR("mail"), "no journal of mail: a letter in hand when the program is killed may go out twice");
    watch_over(&(Helper){.fd = fd, .journal = file, .settings = settings});
}

/* ---- the side of the program ----------------------------------------------------------------------------------- */

static void close_helper(void *argument) {
    MailHelper *helper = argument;
    close(helper->fd);
}

MailHelper *mail_helper_start(Arena *arena, const MailSettings *settings, const char *journal) {
    MailHelper *helper = arena_new(arena, MailHelper);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        arena_fail(arena, ERR_IO, "no socket for the process that sends mail: %s", strerror(errno));
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) arena_fail(arena, ERR_IO, "no process to send mail: %s", strerror(errno));
    if (child == 0) {
        close(ends[0]);
        become_helper(settings, ends[1], journal);
    }
    close(ends[1]);
    helper->fd = ends[0];
    arena_defer(arena, close_helper, helper);
    return helper;
}

static MailReply gone(void) {
    return (MailReply){MAIL_STOPPED, MAIL_TROUBLE_HELPER, 0, "the process that sends mail has ended"};
}

MailHello mail_helper_last(MailHelper *helper, int most_ms, MailLast *last) {
    Record record;
    if (poll(&(struct pollfd){.fd = helper->fd, .events = POLLIN}, 1, most_ms) <= 0) return MAIL_HELLO_NOT_YET;
    if (!read_all(helper->fd, &record, sizeof record)) return MAIL_HELLO_GONE;
    *last = (MailLast){record.id, record.taken, record.has_reply, record.reply};
    return MAIL_HELLO;
}

/* A helper that was started anew says first what its forerunner had in hand. */
static void take_answer(Id id, const Record *record, MailReply *reply) {
    bool is_known = record->id == id && record->has_reply;
    *reply = is_known ? record->reply
                      : (MailReply){MAIL_UNSURE, MAIL_TROUBLE_NONE, 0, "the process that sends mail has crashed"};
}

void mail_helper_send(MailHelper *helper, Id id, int64_t taken, const char *ehlo, const char *to, Str letter,
                      MailReply *reply) {
    Order order = {.magic = MAGIC, .id = id, .taken = taken, .letter_bytes = letter.size};
    snprintf(order.ehlo, sizeof order.ehlo, "%s", ehlo);
    snprintf(order.to, sizeof order.to, "%s", to);
    Record record;
    *reply = gone();
    if (letter.size > LETTER_LIMIT_BYTES)
        *reply = (MailReply){MAIL_REFUSED, MAIL_TROUBLE_NONE, 0, "the letter is too large"};
    else if (write_all(helper->fd, &order, sizeof order) && write_all(helper->fd, letter.data, letter.size) &&
             read_all(helper->fd, &record, sizeof record) && record.magic == MAGIC)
        take_answer(id, &record, reply);
}

void mail_helper_hang_up(MailHelper *helper) {
    helper->has_hung_up = true;
    shutdown(helper->fd, SHUT_RDWR);
}
