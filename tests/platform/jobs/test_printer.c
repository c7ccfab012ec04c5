// SPDX-License-Identifier: EUPL-1.2
/* Sign-in messages in the terminal: that it may stand still, or be gone, is shown from outside too
 * (tests/reliability/stop.test.mjs). */
#include "../account/testing.h"
#include "platform/jobs/outbox.h"
#include "platform/jobs/printer.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>

enum { PATIENCE_MS = 30000 };

static Err add_message(Tx *tx, void *context) {
    outbox_add(tx, &(OutboxMessage){.kind = OUTBOX_SIGN_IN,
                                    .to_address = str_from_c(context),
                                    .to_name = STR(""),
                                    .subject = STR("Your link"),
                                    .body = STR("a link\n")});
    return OK;
}

static void add(const char *to) {
    assert_int_equal(store_write(world.store, world.arena, add_message, (void *)(uintptr_t)to), OK);
}

static Err count_waiting(Tx *tx, void *context) {
    *(size_t *)context = outbox_waiting_sign_ins(tx, PRINTER_AT_ONCE).count;
    return OK;
}

static size_t waiting(void) {
    size_t count;
    assert_int_equal(store_read(world.store, world.arena, count_waiting, &count), OK);
    return count;
}

static void until_waiting(size_t count) {
    for (int waited_ms = 0; waiting() != count; waited_ms += 20) {
        if (waited_ms > PATIENCE_MS) fail_msg("%zu still wait", waiting());
        usleep(20000);
    }
}

static void by_sqlite(const char *sql) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(str_format(world.arena, "%s/wspolnie.db", world.folder).data, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 10000);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* What is in the pipe, once something is. */
static Str printed(int fd) {
    static char text[65536];
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&readable, 1, PATIENCE_MS), 1);
    ssize_t size = read(fd, text, sizeof text);
    assert_true(size >= 0);
    return str_from(text, (size_t)size);
}

static bool has_more(int fd) { return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, 0) == 1; }

static void test_each_is_shown_once_and_forgotten(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    add("ola@zaulek.example");
    add("jan@zaulek.example");
    Printer *printer = printer_open(world.store, ends[1]);
    assert_str(printed(ends[0]), STR("\n--- message to ola@zaulek.example: Your link\na link\n---\n"
                                     "\n--- message to jan@zaulek.example: Your link\na link\n---\n"));
    until_waiting(0);
    printer_close(printer);
    assert_false(has_more(ends[0]));
    close(ends[0]);
    close(ends[1]);
}

static void test_what_cannot_be_marked_is_not_printed_again(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    by_sqlite("CREATE TRIGGER no_mark BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'on purpose'); END");
    add("ola@zaulek.example");
    Printer *printer = printer_open(world.store, ends[1]);
    printed(ends[0]);
    for (int times = 0; times < 3; times++) usleep(PRINTER_EVERY_MS * 1000); /* it tries again meanwhile */
    assert_int_equal(waiting(), 1);
    assert_false(has_more(ends[0]));
    by_sqlite("DROP TRIGGER no_mark");
    until_waiting(0);
    add("jan@zaulek.example");
    assert_true(str_contains(printed(ends[0]), STR("jan@zaulek.example")));
    printer_close(printer);
    close(ends[0]);
    close(ends[1]);
}

static void test_a_reader_who_does_not_read(void **state) {
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while (write(ends[1], ".", 1) == 1) continue;
    for (int blocks = 0; blocks < 2; blocks++) { /* where writing says that it would block, and where it does */
        fcntl(ends[1], F_SETFL, blocks ? 0 : O_NONBLOCK);
        Printer *printer = printer_open(world.store, ends[1]);
        add("ola@zaulek.example");
        for (int times = 0; times < 2; times++) usleep(PRINTER_EVERY_MS * 1000);
        add("jan@zaulek.example"); /* what else is written does not wait */
        printer_close(printer);
    }
    assert_int_equal(waiting(), 4);
    close(ends[0]); /* the thread that stood still ends, and finds its store gone */
}

static void test_a_reader_who_is_gone(void **state) {
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    add("ola@zaulek.example");
    Printer *printer = printer_open(world.store, ends[1]);
    usleep(PRINTER_EVERY_MS * 1000);
    printer_close(printer);
    assert_int_equal(waiting(), 1);
    close(ends[1]);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
    const struct CMUnitTest tests[] = {
        CASE(test_each_is_shown_once_and_forgotten),
        CASE(test_what_cannot_be_marked_is_not_printed_again),
        CASE(test_a_reader_who_does_not_read),
        CASE(test_a_reader_who_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
