// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_helper.h"

#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/jobs/mail_send.h"
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    LETTER_LIMIT_BYTES = 32 * 1024 * 1024,
    MAGIC = 0x77736d32,
    FIRST_REST_MS = 1000, /* before a crashed helper is started anew; longer each time it crashes soon again */
    LONGEST_REST_MS = 60 * 1000,
};

struct MailHelper {
    int fd;
    bool has_hung_up;
    uint64_t orders; /* given so far */
};

/* Both ends are the same program, so structs go as they are. */
typedef struct Order {
    uint32_t magic;
    Id id; /* 0: only says by which taking letters are in hand from now on */
    int64_t taken;
    bool is_first;
    char ehlo[256], to[256];
    size_t letter_bytes; /* which follow */
} Order;

/* What stands in the journal for each letter, and what the helper says of each order. */
typedef struct Record {
    uint32_t magic;
    Id id; /* 0: no letter was begun */
    int64_t taken;
    uint64_t batch; /* a number of the batch; behind its records those of longer batches before may stand */
    bool is_hello, has_reply;
    MailReply reply;
} Record;

/* What a helper says when it begins: what stood in the journal then. */
typedef struct Hello {
    uint64_t orders; /* how many had been taken out of the socket by those before */
    size_t count;
    Record records[MAIL_BATCH_MOST];
} Hello;

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
    uint64_t orders; /* taken so far, by all that were started; in memory they share */
    uint64_t batch;
    size_t records; /* of letters of this batch in the journal */
} Helper;

static void journal_read(const Helper *helper, Hello *hello) {
    if (helper->journal < 0) return;
    while (flock(helper->journal, LOCK_EX) != 0 && errno == EINTR) continue;
    for (Record record; hello->count < MAIL_BATCH_MOST; hello->records[hello->count++] = record) {
        off_t at = (off_t)(hello->count * sizeof record);
        if (pread(helper->journal, &record, sizeof record, at) != (ssize_t)sizeof record || record.magic != MAGIC)
            break;
        const Record *first = &hello->records[0];
        if (hello->count && (record.batch != first->batch || record.taken != first->taken)) break;
        memset(record.reply.text, 0, sizeof record.reply.text);
        if (record.reply.code) snprintf(record.reply.text, sizeof record.reply.text, "%d", record.reply.code);
    }
}

/* Without the server's words, which may name an address: the file lies there until the next letter. */
static bool journal_write(const Helper *helper, size_t place, const Record *record) {
    if (helper->journal < 0) return true;
    Record kept = *record;
    memset(kept.reply.text, 0, sizeof kept.reply.text);
    return pwrite(helper->journal, &kept, sizeof kept, (off_t)(place * sizeof kept)) == (ssize_t)sizeof kept &&
           (!kept.has_reply || fdatasync(helper->journal) == 0);
}

/* The record of an order that begins. That of the first of a batch ends what stood there of batches before. */
static bool journal_begin(Helper *helper, bool is_first, Record *record) {
    if (is_first) {
        helper->records = 0;
        helper->batch = helper->orders;
    }
    record->batch = helper->batch;
    return helper->records < MAIL_BATCH_MOST && journal_write(helper, helper->records, record);
}

static bool put_record(const Helper *helper, const Record *record) {
    return write_all(helper->fd, record, sizeof *record);
}

/* So that the next order is found behind it. */
static bool pass_over(int fd, size_t size) {
    char part[4096];
    for (size_t step; size; size -= step) {
        step = size < sizeof part ? size : sizeof part;
        if (!read_all(fd, part, step)) return false;
    }
    return true;
}

static void say_not_sent(const Helper *helper, Record *record, const char *why) {
    record->has_reply = true;
    record->reply = (MailReply){MAIL_STOPPED, MAIL_TROUBLE_HELPER, 0, ""};
    snprintf(record->reply.text, sizeof record->reply.text, "%s", why);
    put_record(helper, record);
}

static void carry_out_with(Helper *helper, const Order *order, Str letter) {
    Record record = {.magic = MAGIC, .id = order->id, .taken = order->taken};
    if (!journal_begin(helper, order->is_first, &record)) {
        say_not_sent(helper, &record, "the journal of mail cannot be written");
        return;
    }
    record.has_reply = true;
    if (order->id) {
        mail_sender_send(helper->sender, order->ehlo, order->to, letter, &record.reply);
        journal_write(helper, helper->records, &record);
        helper->records++;
    }
    put_record(helper, &record);
}

/* False: whoever gave the orders is gone. */
static bool carry_out(Helper *helper) {
    Order order;
    if (!read_all(helper->fd, &order, sizeof order)) return false;
    if (order.magic != MAGIC || order.letter_bytes > LETTER_LIMIT_BYTES) abort();
    helper->orders++;
    char *letter = malloc(order.letter_bytes + 1);
    if (!letter) {
        Record record = {.magic = MAGIC, .id = order.id, .taken = order.taken};
        if (!pass_over(helper->fd, order.letter_bytes)) return false;
        say_not_sent(helper, &record, "no memory for the letter");
        return true;
    }
    bool is_whole = read_all(helper->fd, letter, order.letter_bytes);
    if (is_whole) carry_out_with(helper, &order, str_from(letter, order.letter_bytes));
    free(letter);
    return is_whole;
}

static bool say_hello(Helper *helper) {
    Hello hello = {.orders = helper->orders};
    Record first = {.magic = MAGIC, .is_hello = true};
    journal_read(helper, &hello);
    helper->records = hello.count;
    if (hello.count && !hello.records[hello.count - 1].id) helper->records--;
    return put_record(helper, &first) && write_all(helper->fd, &hello, sizeof hello);
}

/* 0: nobody gives orders any more; else it is to be started anew. */
static int helper_main(Helper *helper) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return 1;
    helper->sender = mail_sender_open(helper->settings);
    if (!helper->sender) return 1;
    if (!say_hello(helper)) return 0;
    while (carry_out(helper)) continue;
    mail_sender_close(helper->sender);
    return 0;
}

/* False: nobody gives orders any more. */
static bool rest(const Helper *helper, int ms) {
    return poll(&(struct pollfd){.fd = helper->fd}, 1, ms) <= 0; /* nothing is asked for, so what it says is an end */
}

/* Starts the helper, and again should it crash; ends with it when nobody gives orders any more. */
static void watch_over(Helper *helper) {
    for (int rest_ms = FIRST_REST_MS;;) {
        int64_t began_ns = clock_monotonic_ns();
        pid_t child = fork();
        if (child == 0) _exit(helper_main(helper));
        int status = 1;
        while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
        if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) _exit(0);
        if (clock_monotonic_ns() - began_ns > LONGEST_REST_MS * INT64_C(1000000)) rest_ms = FIRST_REST_MS;
        log_error(STR("mail"), child > 0 ? "the helper that sends has crashed and is started anew"
                                         : "there is no process for the helper that sends; it is tried again");
        if (!rest(helper, rest_ms)) _exit(0);
        rest_ms = rest_ms < LONGEST_REST_MS / 2 ? rest_ms * 2 : LONGEST_REST_MS;
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
    int file = journal ? open(journal, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (journal && file < 0)
        log_warning(STR("mail"), "no journal of mail: a letter in hand when the program is killed may go out twice");
    /* cppcheck-suppress invalidFunctionArg ; anonymous memory has no file: -1 (mmap(2)) */
    Helper *helper = mmap(NULL, sizeof *helper, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (helper == MAP_FAILED) {
        log_error(STR("mail"), "no memory for the process that sends");
        _exit(1);
    }
    *helper = (Helper){.fd = fd, .journal = file, .settings = settings};
    watch_over(helper);
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

static MailJournal journal_of(const Hello *hello) {
    MailJournal journal = {0};
    for (size_t i = 0; i < hello->count; i++) {
        const Record *record = &hello->records[i];
        journal.taken = record->taken;
        if (record->id) journal.letters[journal.count++] = (MailLast){record->id, record->has_reply, record->reply};
    }
    return journal;
}

MailHello mail_helper_last(MailHelper *helper, int most_ms, MailJournal *journal) {
    Record record;
    Hello hello;
    if (poll(&(struct pollfd){.fd = helper->fd, .events = POLLIN}, 1, most_ms) <= 0) return MAIL_HELLO_NOT_YET;
    if (!read_all(helper->fd, &record, sizeof record) || !read_all(helper->fd, &hello, sizeof hello))
        return MAIL_HELLO_GONE;
    *journal = journal_of(&hello);
    return MAIL_HELLO;
}

/* What a helper said that was started anew while nobody asked. */
static bool pass_over_records(MailHelper *helper) {
    Record record;
    Hello hello;
    while (poll(&(struct pollfd){.fd = helper->fd, .events = POLLIN}, 1, 0) > 0)
        if (!read_all(helper->fd, &record, sizeof record) ||
            (record.is_hello && !read_all(helper->fd, &hello, sizeof hello)))
            return false;
    return true;
}

/* What is said of the order: by the helper that carried it out or, where that crashed over it, by the next one, out of
 * the journal. A helper that was started anew before it took the order out of the socket still carries it out. */
static bool read_answer(const MailHelper *helper, const Order *order, Record *answer) {
    for (;;) {
        Hello hello;
        if (!read_all(helper->fd, answer, sizeof *answer) || answer->magic != MAGIC) return false;
        if (!answer->is_hello) return true;
        if (!read_all(helper->fd, &hello, sizeof hello)) return false;
        if (hello.orders < helper->orders) continue;
        for (size_t i = 0; i < hello.count; i++)
            if (hello.records[i].id == order->id && hello.records[i].taken == order->taken) *answer = hello.records[i];
        return true;
    }
}

static void take_answer(const Order *order, const Record *answer, MailReply *reply) {
    bool is_known = answer->id == order->id && answer->taken == order->taken && answer->has_reply;
    *reply = is_known ? answer->reply
                      : (MailReply){MAIL_UNSURE, MAIL_TROUBLE_NONE, 0, "the process that sends mail has crashed"};
}

static void give(MailHelper *helper, const Order *order, Str letter, MailReply *reply) {
    Record answer;
    *reply = gone();
    if (!pass_over_records(helper)) return;
    helper->orders++;
    if (write_all(helper->fd, order, sizeof *order) && write_all(helper->fd, letter.data, letter.size) &&
        read_answer(helper, order, &answer))
        take_answer(order, &answer, reply);
}

void mail_helper_send(MailHelper *helper, const MailOrder *given, MailReply *reply) {
    Order order = {.magic = MAGIC,
                   .id = given->id,
                   .taken = given->taken,
                   .is_first = given->is_first,
                   .letter_bytes = given->letter.size};
    snprintf(order.ehlo, sizeof order.ehlo, "%s", given->ehlo);
    snprintf(order.to, sizeof order.to, "%s", given->to);
    if (given->letter.size > LETTER_LIMIT_BYTES)
        *reply = (MailReply){MAIL_REFUSED, MAIL_TROUBLE_NONE, 0, "the letter is too large"};
    else give(helper, &order, given->letter, reply);
}

bool mail_helper_begin(MailHelper *helper, int64_t taken, MailReply *reply) {
    give(helper, &(Order){.magic = MAGIC, .taken = taken, .is_first = true}, STR(""), reply);
    return reply->outcome == MAIL_TAKEN;
}

void mail_helper_hang_up(MailHelper *helper) {
    helper->has_hung_up = true;
    shutdown(helper->fd, SHUT_RDWR);
}
