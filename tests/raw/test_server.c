// SPDX-License-Identifier: EUPL-1.2
/* What the server does for well-meant requests, over real sockets. */
#include "application.h"
#include "platform/http/exchange.h"

#include <pthread.h>
#include <unistd.h>

static const Answer *get(Application *application, const char *path, const char *headers) {
    return client_ask(application,
                      str_format(application->arena, "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n", path, headers));
}

static const Answer *post(Application *application, const char *path, const char *fields, const char *once) {
    return client_ask(application, post_request(application->arena, path, fields, once));
}

static void test_get(void **state) {
    Application *application = *state;
    const Answer *answer = get(application, "/things/abc%C4%85?x=1", "");
    assert_int_equal(answer_status(answer), 200);
    assert_str(answer_body(answer), STR("id=abcą lang=pl person=0 from=127.0.0.1"));
    assert_str(answer_header(answer, "Content-Type"), STR("text/html; charset=utf-8"));
    assert_str(answer_header(answer, "Cache-Control"), STR("no-store"));
    assert_str(answer_header(answer, "X-Content-Type-Options"), STR("nosniff"));
    assert_str(answer_header(answer, "Referrer-Policy"), STR("same-origin"));
    assert_true(
        str_starts_with(answer_header(answer, "Content-Security-Policy"), STR("default-src 'none'; style-src 'self'")));
    assert_str(answer_body(get(application, "/things/new", "")), STR("a new one"));
    assert_str(answer_header(get(application, "/s/secret", ""), "Referrer-Policy"), STR("same-origin"));
    assert_str(answer_header(get(application, "/file", ""), "Content-Disposition"),
               STR("attachment; filename*=UTF-8''%C5%BC%C3%B3%C5%82w.csv"));
}

static void test_head(void **state) {
    Application *application = *state;
    const Answer *answer =
        client_ask(application, STR("HEAD /things/new HTTP/1.0\r\nHost: x\r\nConnection: close\r\n\r\n"));
    assert_int_equal(answer_status(answer), 200);
    assert_str(answer_header(answer, "Content-Length"), STR("9"));
    assert_str(answer_body(answer), STR(""));
}

static void test_what_is_not_there(void **state) {
    Application *application = *state;
    const Answer *answer = get(application, "/nothing", "");
    assert_int_equal(answer_status(answer), 404);
    assert_true(str_starts_with(answer_body(answer), STR("error not_found, request ")));
    assert_int_equal(answer_status(get(application, "/things/nowhere", "")), 404);
    answer = post(application, "/public", "a=b", ONCE_A);
    assert_int_equal(answer_status(answer), 405);
    assert_str(answer_header(answer, "Allow"), STR("GET, HEAD"));
    answer = client_ask(application, STR("DELETE /notes HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_int_equal(answer_status(answer), 405);
    assert_str(answer_header(answer, "Allow"), STR("POST"));
    answer = get(application, "/things/new/?a=b", "");
    assert_int_equal(answer_status(answer), 308);
    assert_str(answer_header(answer, "Location"), STR("/things/new?a=b"));
}

static void test_languages(void **state) {
    Application *application = *state;
    assert_true(
        str_contains(answer_body(get(application, "/things/1", "Accept-Language: de, uk;q=0.8\r\n")), STR("lang=uk")));
    assert_true(str_contains(answer_body(get(application, "/things/1", "Cookie: lang=en\r\nAccept-Language: uk\r\n")),
                             STR("lang=en")));
    const Answer *answer = get(application, "/things/1?lang=uk", "Cookie: lang=en\r\n");
    assert_true(str_contains(answer_body(answer), STR("lang=uk")));
    assert_true(str_starts_with(answer_header(answer, "Set-Cookie"), STR("lang=uk; Path=/")));
    assert_true(
        str_contains(answer_body(get(application, "/things/1", "Cookie: session=owner\r\nAccept-Language: en\r\n")),
                     STR("lang=uk person=7")));
}

static void test_cookies(void **state) {
    const Answer *answer = get(*state, "/cookies?lang=uk", "");
    Str rest = str_from(answer->bytes, answer->size), line;
    Buffer set = buffer_in(((Application *)*state)->arena);
    while (str_next_part(&rest, '\n', &line) && str_trim(line).size) {
        ptrdiff_t end = str_index_of_char(line, ';');
        if (str_starts_with(line, STR("Set-Cookie: "))) buffer_add(&set, str_slice(line, 11, (size_t)end - 11));
    }
    assert_str(buffer_str(&set), STR(" session=second session_of=other lang=uk"));
}

static void test_rights(void **state) {
    Application *application = *state;
    const Answer *answer = get(application, "/owner", "");
    assert_int_equal(answer_status(answer), 303);
    assert_str(answer_header(answer, "Location"), STR("/sign-in?to=/owner"));
    assert_int_equal(answer_status(get(application, "/owner", "Cookie: a=b; session=owner\r\n")), 200);
    int handled = application->handled;
    assert_int_equal(answer_status(post(application, "/owner", "text=x", ONCE_A)), 403);
    assert_int_equal(application->handled, handled);
}

/* What the state of its scope does not allow never reaches the handler, nor the slow step before it; rights come first.
 */
static void test_states(void **state) {
    Application *application = *state;
    int handled = application->handled;
    const char *closed[] = {"/closed", "/closed-slow"};
    for (size_t i = 0; i < 2; i++) {
        const Answer *answer = post(application, closed[i], "text=x", ONCE_A);
        assert_int_equal(answer_status(answer), 409);
        assert_str(answer_body(answer), STR("not in this state"));
    }
    assert_int_equal(answer_status(post(application, "/closed-owner", "text=x", ONCE_A)), 403);
    assert_int_equal(application->handled, handled);
    int waiting;
    sem_getvalue(&application->in_slow, &waiting);
    assert_int_equal(waiting, 0);
}

static void test_post(void **state) {
    Application *application = *state;
    int64_t before = notes_in_store(application);
    const Answer *answer =
        post(application, "/notes", "text=za%C5%BC%C3%B3%C5%82%C4%87", "00000000000000000000000000000000001");
    assert_int_equal(answer_status(answer), 303);
    assert_true(str_starts_with(answer_header(answer, "Location"), STR("/things/")));
    assert_int_equal(notes_in_store(application), before + 1);
    /* The same key again: the same answer, nothing done. */
    Str location = answer_header(answer, "Location");
    int handled = application->handled;
    answer = post(application, "/notes", "text=other", "00000000000000000000000000000000001");
    assert_str(answer_header(answer, "Location"), location);
    assert_int_equal(notes_in_store(application), before + 1);
    assert_int_equal(application->handled, handled);
}

static void test_what_is_rolled_back(void **state) {
    Application *application = *state;
    int64_t before = notes_in_store(application);
    const Answer *answer = post(application, "/notes", "text=again", "00000000000000000000000000000000002");
    assert_int_equal(answer_status(answer), 422);
    assert_str(answer_body(answer), STR("shown again"));
    answer = post(application, "/notes", "text=conflict", "00000000000000000000000000000000002");
    assert_int_equal(answer_status(answer), 409);
    assert_true(str_starts_with(answer_body(answer), STR("error conflict")));
    answer = post(application, "/notes", "text=fault", "00000000000000000000000000000000002");
    assert_int_equal(answer_status(answer), 500);
    assert_true(str_starts_with(answer_body(answer), STR("error internal")));
    assert_int_equal(notes_in_store(application), before);
    /* None of them used up the key. */
    assert_int_equal(answer_status(post(application, "/notes", "text=good", "00000000000000000000000000000000002")),
                     303);
    assert_int_equal(notes_in_store(application), before + 1);
}

/* The page that says so needs memory too, and the request after it has what it should. */
static void test_a_request_that_uses_up_its_memory(void **state) {
    Application *application = *state;
    int64_t before = notes_in_store(application);
    for (int times = 0; times < 3; times++) {
        const Answer *answer = post(application, "/notes", "text=hungry", "00000000000000000000000000000000003");
        assert_int_equal(answer_status(answer), 413);
        assert_true(str_starts_with(answer_body(answer), STR("error limit, request ")));
        assert_str(answer_header(answer, "Content-Type"), STR("text/html; charset=utf-8"));
    }
    const Answer *answer = get(application, "/hungry", "");
    assert_int_equal(answer_status(answer), 503);
    assert_true(str_starts_with(answer_body(answer), STR("error limit, request ")));
    assert_int_equal(notes_in_store(application), before);
    assert_int_equal(answer_status(post(application, "/notes", "text=good", "00000000000000000000000000000000003")),
                     303);
}

static void test_a_refusal_that_is_counted(void **state) {
    Application *application = *state;
    int64_t before = notes_in_store(application);
    const Answer *answer = post(application, "/notes", "text=wait", "00000000000000000000000000000000022");
    assert_int_equal(answer_status(answer), 429);
    assert_str(answer_header(answer, "Retry-After"), STR("7"));
    assert_str(answer_body(answer), STR("counted"));
    assert_int_equal(notes_in_store(application), before + 1);
    /* Sent again by a second press, it counts once; the page stands at its own address. */
    answer = post(application, "/notes", "text=wait", "00000000000000000000000000000000022");
    assert_int_equal(answer_status(answer), 303);
    assert_str(answer_header(answer, "Location"), STR("/notes"));
    assert_int_equal(notes_in_store(application), before + 1);
}

static void test_where_changes_come_from(void **state) {
    Application *application = *state;
    Arena *arena = application->arena;
    static const struct {
        const char *headers;
        int status;
    } cases[] = {
        {"Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n", 303},
        {"Sec-Fetch-Site: none\r\n", 303},
        {"Sec-Fetch-Site: cross-site\r\n", 403},
        {"Sec-Fetch-Site: same-site\r\n", 403},
        {"Sec-Fetch-Site: \r\n", 403},
        {"Origin: https://evil.example\r\n", 403},
        {"Origin: null\r\n", 403},
        {"Origin: \r\n", 403},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str body = str_format(arena, "text=x&once=%035zu", i + 100);
        const Answer *answer = client_ask(
            application,
            str_format(arena,
                       "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                       "Content-Length: %zu\r\n%s\r\n%.*s",
                       body.size, cases[i].headers, STR_FORMAT(body)));
        assert_int_equal(answer_status(answer), cases[i].status);
    }
    Str own = str_format(arena, "Origin: %.*s\r\n", STR_FORMAT(server_base_url(application->server)));
    Str body = str_format(arena, "text=x&once=%035d", 200);
    const Answer *answer = client_ask(
        application, str_format(arena,
                                "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                "Content-Length: %zu\r\n%.*s\r\n%.*s",
                                body.size, STR_FORMAT(own), STR_FORMAT(body)));
    assert_int_equal(answer_status(answer), 303);
    assert_int_equal(answer_status(post(application, "/notes", "text=x", NULL)), 400);
    assert_int_equal(answer_status(post(application, "/notes", "text=x", "short")), 400);
    assert_int_equal(answer_status(post(application, "/outside", "text=x", NULL)), 303);
}

static void test_bodies(void **state) {
    Application *application = *state;
    Arena *arena = application->arena;
    assert_int_equal(answer_status(post(application, "/notes", "text=%zz", ONCE_A)), 400);
    assert_int_equal(answer_status(post(application, "/notes", "text=%00", ONCE_A)), 400);
    assert_int_equal(answer_status(post(application, "/notes", "text=%ff", ONCE_A)), 400);
    char *large = arena_alloc(arena, 100001);
    memset(large, 'a', 100000);
    const Answer *answer = post(application, "/notes", large, ONCE_A);
    assert_int_equal(answer_status(answer), 413);
    assert_true(str_starts_with(answer_body(answer), STR("error limit")));
    Str body = str_format(arena,
                          "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\x\\ark.csv\"\r\n"
                          "Content-Type: text/csv\r\n\r\n%.90000s\r\n--B--\r\n",
                          large);
    answer = client_ask(application,
                        str_format(arena,
                                   "POST /upload HTTP/1.1\r\nHost: x\r\nCookie: session=owner\r\n"
                                   "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: %zu\r\n\r\n%.*s",
                                   body.size, STR_FORMAT(body)));
    assert_int_equal(answer_status(answer), 200);
    assert_str(answer_body(answer), STR("ark.csv 90000"));
    answer = client_ask(
        application, STR("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 2\r\n\r\n<a"));
    assert_int_equal(answer_status(answer), 415);
    answer = client_ask(
        application, STR("POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                         "Transfer-Encoding: "
                         "chunked\r\n\r\n5\r\ntext=\r\n2a\r\nx&once=00000000000000000000000000000000300\r\n0\r\n\r\n"));
    assert_int_equal(answer_status(answer), 303);
}

static void test_rates(void **state) {
    Application *application = *state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(
            answer_status(post(application, "/rare", "text=x", str_format(application->arena, "%035d", 400 + i).data)),
            303);
    const Answer *answer = post(application, "/rare", "text=x", "00000000000000000000000000000000410");
    assert_int_equal(answer_status(answer), 429);
    int64_t wait_s = 0;
    assert_true(str_to_int(answer_header(answer, "Retry-After"), &wait_s));
    assert_in_range(wait_s, 1, 20);
    assert_int_equal(answer_status(post(application, "/notes", "text=x", "00000000000000000000000000000000411")), 303);
}

/* Who has more forms from one address (a hall behind one) has more of these too, and never none. */
static void test_rates_follow_the_servers(void **state) {
    (void)state;
    static const unsigned rates[][2] = {{1200, 6}, {199, 1}};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        Application *application = application_open((ServerOptions){.threads = 1, .changes_per_min = rates[i][0]});
        for (unsigned k = 0; k <= rates[i][1]; k++) {
            const char *once = str_format(application->arena, "%035u", k).data;
            assert_int_equal(answer_status(post(application, "/rare", "text=x", once)), k < rates[i][1] ? 303 : 429);
        }
        application_close(application);
    }
}

static void test_cached_page(void **state) {
    Application *application = *state;
    const Answer *answer = get(application, "/public", "");
    assert_int_equal(answer_status(answer), 200);
    int rendered = application->rendered;
    Str etag = answer_header(answer, "ETag"), body = answer_body(answer);
    assert_true(etag.size > 2 && etag.data[0] == '"');
    answer = get(application, "/public", "Cookie: lang=pl\r\n");
    assert_str(answer_body(answer), body);
    assert_int_equal(application->rendered, rendered);
    answer = get(application, "/public",
                 str_format(application->arena, "If-None-Match: W/\"x\", %.*s\r\n", STR_FORMAT(etag)).data);
    assert_int_equal(answer_status(answer), 304);
    assert_str(answer_body(answer), STR(""));
    assert_str(answer_header(answer, "ETag"), etag);
    const Answer *gzip = get(application, "/public", "Accept-Encoding: gzip, br;q=0\r\n");
    assert_str(answer_header(gzip, "Content-Encoding"), STR("gzip"));
    assert_true(str_starts_with(answer_body(gzip), STR("\x1f\x8b")));
    const Answer *brotli = get(application, "/public", "Accept-Encoding: gzip, deflate, br\r\n");
    assert_str(answer_header(brotli, "Content-Encoding"), STR("br"));
    assert_true(answer_body(brotli).size < body.size / 4);
    assert_false(str_equal(answer_header(gzip, "ETag"), answer_header(brotli, "ETag")));
    assert_int_equal(application->rendered, rendered);
    /* Another language, somebody signed in, a query: made anew. */
    assert_true(str_starts_with(answer_body(get(application, "/public", "Accept-Language: en\r\n")), STR("<p>en ")));
    get(application, "/public", "Cookie: session=owner\r\n");
    get(application, "/public?page=2", "");
    assert_int_equal(application->rendered, rendered + 3);
    /* A change of what it shows. */
    assert_int_equal(answer_status(post(application, "/notes", "text=x", "00000000000000000000000000000000500")), 303);
    answer = get(application, "/public", "");
    assert_false(str_equal(answer_body(answer), body));
    assert_false(str_equal(answer_header(answer, "ETag"), etag));
}

/* A minute that comes again does not make up for a change. */
static void test_a_kept_page_and_a_clock_set_back(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 1});
    assert_int_equal(clock_parse(STR("2026-06-11T12:00:30Z"), &application->clock), OK);
    Str before = answer_body(get(application, "/public", ""));
    assert_int_equal(answer_status(post(application, "/notes", "text=x", ONCE_A)), 303);
    application->clock.start_ms -= 60000;
    assert_false(str_equal(answer_body(get(application, "/public", "")), before));
    application_close(application);
}

/* As a browser writes it, whatever was typed. */
static void test_base_url(void **state) {
    (void)state;
    Application *application =
        application_open((ServerOptions){.threads = 1, .base_url = STR("HTTPS://Spotkanie.Example:443/")});
    assert_str(server_base_url(application->server), STR("https://spotkanie.example"));
    Str body = str_format(application->arena, "text=x&once=%s", ONCE_A);
    const Answer *answer = client_ask(
        application, str_format(application->arena,
                                "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                "Origin: https://spotkanie.example\r\nContent-Length: %zu\r\n\r\n%.*s",
                                body.size, STR_FORMAT(body)));
    assert_int_equal(answer_status(answer), 303);
    application_close(application);
}

static void test_page_with_a_once_key_is_not_kept(void **state) {
    Application *application = *state;
    Str first = answer_body(get(application, "/public-form", ""));
    assert_false(str_equal(answer_body(get(application, "/public-form", "")), first));
}

/* ---- many at once, and slow ones ------------------------------------------------------------------------ */

enum { CLIENTS = 8, POSTS = 25 };

typedef struct Client {
    Application *application;
    int number, accepted;
} Client;

static void *post_often(void *argument) {
    Client *client = argument;
    Arena *arena = arena_open(64 * 1024 * 1024);
    Answer *answer = arena_new(arena, Answer);
    int fd = client_connect(client->application);
    for (int i = 0; i < POSTS; i++) {
        char once[ONCE_KEY_SIZE + 1];
        snprintf(once, sizeof once, "%035d", 10000 + client->number * POSTS + i);
        client_send(fd, post_request(arena, "/notes", "text=x", once));
        client_read(fd, answer, true);
        client->accepted += answer_status(answer) == 303;
    }
    close(fd);
    arena_close(arena);
    return NULL;
}

static void test_many_posts(void **state) {
    Application *application = *state;
    int64_t before = notes_in_store(application);
    pthread_t threads[CLIENTS];
    Client clients[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (Client){application, i, 0};
        pthread_create(&threads[i], NULL, post_often, &clients[i]);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(clients[i].accepted, POSTS);
    }
    assert_int_equal(notes_in_store(application), before + CLIENTS * POSTS);
}

static void test_pipelined(void **state) {
    Application *application = *state;
    int fd = client_connect(application);
    Answer *answer = arena_new(application->arena, Answer);
    client_send(fd, post_request(application->arena, "/notes", "text=x", "00000000000000000000000000000000600"));
    client_send(fd, STR("GET /things/new HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    client_read(fd, answer, false);
    assert_int_equal(answer_status(answer), 303);
    assert_true(str_ends_with(str_from(answer->bytes, answer->size), STR("a new one")));
    close(fd);
}

static void test_prepared_on_a_worker(void **state) {
    Application *application = *state;
    int fd = client_connect(application);
    client_send(fd, post_request(application->arena, "/slow", "a=b", "00000000000000000000000000000000700"));
    sem_wait(&application->in_slow);
    assert_int_equal(answer_status(get(application, "/things/new", "")), 200); /* nobody waits for it */
    assert_int_equal(answer_status(post(application, "/notes", "text=x", "00000000000000000000000000000000701")), 303);
    sem_post(&application->let_slow_go);
    Answer *answer = arena_new(application->arena, Answer);
    client_read(fd, answer, true);
    assert_str(answer_header(answer, "Location"), STR("/things/slow"));
    close(fd);
}

/* The answer to the first was lost, so the browser sends the form again. */
static void test_prepared_and_sent_again(void **state) {
    Application *application = *state;
    for (int times = 0; times < 2; times++) {
        const Answer *answer = post(application, "/plan", "a=b", "00000000000000000000000000000000710");
        assert_int_equal(answer_status(answer), 303);
        assert_str(answer_header(answer, "Location"), STR("/things/plan"));
    }
    assert_int_equal(application->planned, 1);
    assert_int_equal(answer_status(post(application, "/plan", "a=b", "00000000000000000000000000000000711")), 409);
    assert_int_equal(application->planned, 1);
}

/* ---- streams ------------------------------------------------------------------------------------------------- */

static void read_until(int fd, Answer *answer, Str end) {
    answer->size = 0;
    while (!str_contains(str_from(answer->bytes, answer->size), end)) {
        ssize_t size = read(fd, answer->bytes + answer->size, sizeof answer->bytes - answer->size);
        assert_true(size > 0);
        answer->size += (size_t)size;
    }
}

static Str last_id(Arena *arena, const Answer *answer) {
    Str rest = str_from(answer->bytes, answer->size), line, id = STR_ABSENT;
    while (str_next_part(&rest, '\n', &line))
        if (str_starts_with(line, STR("id: "))) id = str_trim(str_skip(line, 4));
    return str_copy(arena, id);
}

static int open_stream(Application *application, const char *headers) {
    int fd = client_connect(application);
    client_send(fd, str_format(application->arena, "GET /events HTTP/1.1\r\nHost: x\r\n%s\r\n", headers));
    return fd;
}

static void test_stream(void **state) {
    Application *application = *state;
    Answer *answer = arena_new(application->arena, Answer);
    int fd = open_stream(application, "");
    read_until(fd, answer, STR("id: "));
    assert_str(answer_header(answer, "Content-Type"), STR("text/event-stream"));
    Str start = last_id(application->arena, answer);
    post(application, "/notes", "text=x", "00000000000000000000000000000000800");
    read_until(fd, answer, STR("event: note\ndata: one more\n\n"));
    close(fd);
    for (int i = 0; i < 3; i++) sse_publish(application->server, 42, "tick", str_format(application->arena, "%d", i));
    /* Come back with the first id: the one seen and the three missed. */
    fd = open_stream(application, str_format(application->arena, "Last-Event-ID: %.*s\r\n", STR_FORMAT(start)).data);
    read_until(fd, answer, STR("data: 2\n\n"));
    Str all = str_from(answer->bytes, answer->size);
    assert_true(str_index_of(all, STR("data: one more")) < str_index_of(all, STR("data: 0")));
    assert_true(str_index_of(all, STR("data: 0")) < str_index_of(all, STR("data: 1")));
    assert_false(str_contains(all, STR("event: reload")));
    close(fd);
    for (int i = 0; i < SSE_REPLAY; i++) sse_publish(application->server, 42, "tick", STR("more"));
    fd = open_stream(application, str_format(application->arena, "Last-Event-ID: %.*s\r\n", STR_FORMAT(start)).data);
    read_until(fd, answer, STR("event: reload"));
    close(fd);
    fd = open_stream(application, "Last-Event-ID: 0000000000000000-12\r\n");
    read_until(fd, answer, STR("event: reload"));
    close(fd);
}

/* ---- too many streams ------------------------------------------------------------------------------------ */

static int open_stream_from(Application *application, const char *client, Answer *answer) {
    int fd = client_connect(application);
    client_send(
        fd, str_format(application->arena, "GET /events HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\n\r\n", client));
    read_until(fd, answer, STR("\r\n\r\n"));
    return fd;
}

static void wait_for_streams(const Application *application, size_t count) {
    for (int i = 0; i < 1000 && sse_open_streams(application->server) != count; i++) usleep(10000);
    assert_int_equal(sse_open_streams(application->server), count);
}

static void refuse_stream_from(Application *application, const char *client, Answer *answer) {
    close(open_stream_from(application, client, answer));
    assert_int_equal(answer_status(answer), 503);
    assert_str(answer_header(answer, "Retry-After"), STR("5"));
}

static void test_too_many_streams(void **state) {
    (void)state;
    enum { MOST = 96 };
    Application *application = application_open(
        (ServerOptions){.threads = 1, .connections = MOST * SSE_SHARE, .trusted_proxy = STR("127.0.0.1")});
    Answer *answer = arena_new(application->arena, Answer);
    int fds[MOST];
    for (int i = 0; i < MOST; i++) {
        if (i == SSE_PER_ADDRESS) refuse_stream_from(application, "192.0.2.7", answer);
        fds[i] = open_stream_from(application, i < SSE_PER_ADDRESS ? "192.0.2.7" : "192.0.2.8", answer);
        assert_int_equal(answer_status(answer), 200);
    }
    refuse_stream_from(application, "192.0.2.9", answer);
    /* Who leaves makes room at once, also where nothing is said in the stream. */
    close(fds[0]);
    wait_for_streams(application, MOST - 1);
    fds[0] = open_stream_from(application, "192.0.2.9", answer);
    assert_int_equal(answer_status(answer), 200);
    stream_hub_tick(application->server->streams, monotonic_ms() + SSE_LONGEST_S * INT64_C(1000));
    wait_for_streams(application, 0);
    for (int i = 0; i < MOST; i++) close(fds[i]);
    application_close(application);
}

/* More editions are listened to than one query asks for: each hears of its own changes, the last as the first. */
static void test_streams_of_many_editions(void **state) {
    (void)state;
    enum { MOST = 300 };
    Application *application = application_open(
        (ServerOptions){.threads = 2, .connections = MOST * SSE_SHARE + 100, .trusted_proxy = STR("127.0.0.1")});
    Answer *answer = arena_new(application->arena, Answer);
    int fds[MOST];
    for (int i = 0; i < MOST; i++) {
        fds[i] = client_connect(application);
        client_send(fds[i], str_format(application->arena,
                                       "GET /changes/%d HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.%d\r\n\r\n",
                                       1000 + i, 1 + i % 7));
        read_until(fds[i], answer, STR("\r\n\r\n"));
        assert_int_equal(answer_status(answer), 200);
    }
    static const int some[] = {0, 1, 255, 256, 257, MOST - 1};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char path[32];
        snprintf(path, sizeof path, "/changes/%d", 1000 + some[i]);
        const char *once = str_format(application->arena, "0000000000000000000000000000009%04d", some[i]).data;
        post(application, path, "", once);
        read_until(fds[some[i]], answer, STR("event: changed\ndata: rounds\n\n"));
    }
    for (int i = 0; i < MOST; i++) close(fds[i]);
    application_close(application);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_what_is_not_there),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_rights),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_post),
        cmocka_unit_test(test_what_is_rolled_back),
        cmocka_unit_test(test_a_request_that_uses_up_its_memory),
        cmocka_unit_test(test_a_refusal_that_is_counted),
        cmocka_unit_test(test_where_changes_come_from),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_rates_follow_the_servers),
        cmocka_unit_test(test_cached_page),
        cmocka_unit_test(test_a_kept_page_and_a_clock_set_back),
        cmocka_unit_test(test_base_url),
        cmocka_unit_test(test_page_with_a_once_key_is_not_kept),
        cmocka_unit_test(test_many_posts),
        cmocka_unit_test(test_pipelined),
        cmocka_unit_test(test_prepared_on_a_worker),
        cmocka_unit_test(test_prepared_and_sent_again),
        cmocka_unit_test(test_stream),
        cmocka_unit_test(test_too_many_streams),
        cmocka_unit_test(test_streams_of_many_editions),
    };
    return cmocka_run_group_tests(tests, application_setup, application_teardown);
}
