// SPDX-License-Identifier: EUPL-1.2
/* Stopping: what was taken in is finished, streams end, nothing new begins. */
#include "application.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static void *stop(void *argument) {
    Application *application = argument;
    server_stop(application->server, 10000);
    return NULL;
}

static void test_requests_in_hand_are_finished(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 2});
    Answer *answer = arena_new(application->arena, Answer);
    int stream = client_connect(application);
    client_send(stream, STR("GET /events HTTP/1.1\r\nHost: x\r\n\r\n"));
    client_read(stream, answer, true);
    assert_int_equal(answer_status(answer), 200);
    int kept = client_connect(application);
    client_send(kept, STR("GET /things/new HTTP/1.1\r\nHost: x\r\n\r\n"));
    client_read(kept, answer, true);
    int slow = client_connect(application);
    client_send(slow, post_request(application->arena, "/slow", "a=b", ONCE_A));
    sem_wait(&application->in_slow);
    pthread_t thread;
    pthread_create(&thread, NULL, stop, application);
    client_read(stream, answer, false); /* ends only because the server is stopping */
    assert_true(answer->closed);
    assert_int_equal(client_try_connect(application), -1);
    client_send(kept, post_request(application->arena, "/notes", "text=late", ONCE_B));
    client_read(kept, answer, true);
    assert_int_equal(answer_status(answer), 503);
    sem_post(&application->let_slow_go);
    client_read(slow, answer, true);
    /* The change was prepared when the stop began, so it was still made. */
    assert_int_equal(answer_status(answer), 303);
    pthread_join(thread, NULL);
    assert_int_equal(notes_in_store(application), 0);
    application->server = NULL;
    close(stream);
    close(kept);
    close(slow);
    application_close(application);
}

/* The writer's thread between the resumed connection and the end of its work on it: held there when asked. The
 * linker puts its own names for such a stand-in (--wrap) in the place of libmicrohttpd's function. */
static struct Holding {
    _Atomic bool holds;
    sem_t is_there, may_go;
} holding;

void real_resume(struct MHD_Connection *connection) __asm__("__real_MHD_resume_connection");
void wrapped_resume(struct MHD_Connection *connection) __asm__("__wrap_MHD_resume_connection");
void wrapped_resume(struct MHD_Connection *connection) {
    real_resume(connection);
    if (!atomic_exchange(&holding.holds, false)) return;
    sem_post(&holding.is_there);
    sem_wait(&holding.may_go);
}

typedef struct Stopping {
    Application *application;
    _Atomic bool is_over;
} Stopping;

static void *stop_and_tell(void *argument) {
    Stopping *stopping = argument;
    server_stop(stopping->application->server, 10000);
    atomic_store(&stopping->is_over, true);
    return NULL;
}

/* An answer may be with its reader while the thread that gave it back still has a hand on the server. */
static void test_the_last_hand_on_the_server_is_waited_for(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 1});
    Answer *answer = arena_new(application->arena, Answer);
    sem_init(&holding.is_there, 0, 0);
    sem_init(&holding.may_go, 0, 0);
    atomic_store(&holding.holds, true);
    int client = client_connect(application);
    client_send(client, post_request(application->arena, "/notes", "text=x", ONCE_A));
    client_read(client, answer, true);
    assert_int_equal(answer_status(answer), 303);
    close(client);
    sem_wait(&holding.is_there);
    Stopping stopping = {.application = application};
    pthread_t thread;
    pthread_create(&thread, NULL, stop_and_tell, &stopping);
    for (int i = 0; i < 50 && !atomic_load(&stopping.is_over); i++) usleep(10000); /* ample for a stop that waits not */
    bool was_over = atomic_load(&stopping.is_over);
    sem_post(&holding.may_go);
    pthread_join(thread, NULL);
    assert_false(was_over);
    application->server = NULL;
    application_close(application);
}

static void test_a_client_that_left_hurts_nobody(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 2});
    int slow = client_connect(application);
    client_send(slow, post_request(application->arena, "/slow", "a=b", ONCE_A));
    sem_wait(&application->in_slow);
    close(slow);
    sem_post(&application->let_slow_go);
    application_close(application);
}

/* Never called: it does not come to that. */
static void nobody(Request *request) { (void)request; }
static Err nowhere(Request *request) { return request ? ERR_NOT_FOUND : OK; }
static bool never(Request *request, unsigned roles) { return request && roles == 0; }
static bool never_once(Request *request) { return request == NULL; }
static void no_page(Request *request, Err err) { (void)request, (void)err; }

static void test_addresses_that_are_none(void **state) {
    Application *first = application_open((ServerOptions){.threads = 1});
    (void)state;
    Arena *arena = arena_open(1024 * 1024);
    ServerOptions options = {.listen = "127.0.0.1:0", .store = first->store, .clock = &first->clock};
    options.hooks = (ServerHooks){nobody, nowhere, never, never_once, nobody, no_page, NULL};
    Server *server;
    options.base_url = STR("https://spotkanie.example/wspolnie");
    assert_int_equal(server_start(arena, &options, &server), ERR_INPUT);
    assert_true(str_contains(str_from_c(arena_failure(arena)->message), STR("\"https://spotkanie.example/wspolnie\"")));
    arena_close(arena);
    application_close(first);
}

static void test_where_one_cannot_listen(void **state) {
    Application *first = application_open((ServerOptions){.threads = 1});
    (void)state;
    Arena *arena = arena_open(1024 * 1024);
    ServerOptions options = {.listen = str_format(arena, "127.0.0.1:%u", server_port(first->server)).data,
                             .store = first->store,
                             .clock = &first->clock};
    options.hooks = (ServerHooks){nobody, nowhere, never, never_once, nobody, no_page, NULL};
    Server *server;
    assert_int_equal(server_start(arena, &options, &server), ERR_BUSY);
    assert_true(str_contains(str_from_c(arena_failure(arena)->message), STR("another program")));
    static const char *const wrong[] = {"",    "x",      "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000",
                                        ":80", "::1:80", "[::1",      "x:80",       "1.2.3:80"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        options.listen = wrong[i];
        assert_int_equal(server_start(arena, &options, &server), ERR_INPUT);
    }
    arena_close(arena);
    application_close(first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_requests_in_hand_are_finished),
        cmocka_unit_test(test_the_last_hand_on_the_server_is_waited_for),
        cmocka_unit_test(test_a_client_that_left_hurts_nobody),
        cmocka_unit_test(test_where_one_cannot_listen),
        cmocka_unit_test(test_addresses_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
