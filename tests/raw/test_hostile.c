// SPDX-License-Identifier: EUPL-1.2
/* Bytes no well-meant client sends: each gets its refusal and a closed connection, and nothing after it on
 * the same connection is believed. */
#include "application.h"

#include "platform/base/random.h"
#include <dirent.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct Hostile {
    const char *what;
    Str bytes;
    int status; /* 0: closed without an answer, by libmicrohttpd */
} Hostile;

#define HOST "Host: x\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define SMUGGLED "GET /things/smuggled HTTP/1.1\r\n" HOST "\r\n"
#define CASE(what, bytes, status) \
    { what, STR_INIT(bytes), status }

static const Hostile hostile[] = {
    CASE("two lengths",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: 3\r\nContent-Length: 5\r\n\r\na=b" SMUGGLED, 400),
    CASE("the same length twice",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b" SMUGGLED, 400),
    CASE("a list of lengths", "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: 3, 3\r\n\r\na=b" SMUGGLED, 400),
    CASE("a length with a sign", "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: +3\r\n\r\na=b" SMUGGLED, 400),
    CASE("a length below nothing", "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: -3\r\n\r\na=b" SMUGGLED,
         400),
    CASE("a length in hexadecimal", "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: 0x3\r\n\r\na=b" SMUGGLED,
         400),
    CASE("a length with a blank inside",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: 1 3\r\n\r\na=b" SMUGGLED, 400),
    CASE("an empty length", "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: \r\n\r\n" SMUGGLED, 400),
    CASE("a length beyond all numbers",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length: 99999999999999999999\r\n\r\na=b" SMUGGLED, 413),
    CASE("a length and chunks",
         "POST /outside HTTP/1.1\r\n" HOST FORM
         "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
         400),
    CASE("chunks and a length",
         "POST /outside HTTP/1.1\r\n" HOST FORM
         "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" SMUGGLED,
         400),
    CASE("two encodings",
         "POST /outside HTTP/1.1\r\n" HOST FORM
         "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
         400),
    CASE("an encoding before chunks",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED, 400),
    CASE("an encoding unknown",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED, 400),
    CASE("identity", "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: identity\r\n\r\n" SMUGGLED, 400),
    CASE("chunks in HTTP/1.0",
         "POST /outside HTTP/1.0\r\n" HOST FORM "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED, 400),
    CASE("a blank before the colon", "POST /outside HTTP/1.1\r\n" HOST FORM "Content-Length : 3\r\n\r\na=b" SMUGGLED,
         400),
    CASE("a tab before the colon",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n" SMUGGLED, 400),
    CASE("a line without a colon", "GET /things/new HTTP/1.1\r\n" HOST "nonsense\r\n\r\n" SMUGGLED, 400),
    CASE("a folded first line", "GET /things/new HTTP/1.1\r\n a: b\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a NUL in a name", "GET /things/new HTTP/1.1\r\n" HOST "a\0b: c\r\n\r\n" SMUGGLED, 400),
    CASE("a tab in the line", "GET\t/things/new HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a blank in the address", "GET /things/new a HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 0),
    CASE("blanks after the encoding",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n" SMUGGLED, 400),
    CASE("a name with a brace", "GET /things/new HTTP/1.1\r\n" HOST "a{b: x\r\n\r\n" SMUGGLED, 400),
    CASE("a control character in a value",
         "GET /things/new HTTP/1.1\r\n" HOST "a: b\x01"
         "c\r\n\r\n" SMUGGLED,
         400),
    CASE("two hosts", "GET /things/new HTTP/1.1\r\n" HOST "Host: y\r\n\r\n" SMUGGLED, 400),
    CASE("no host", "GET /things/new HTTP/1.1\r\n\r\n" SMUGGLED, 400),
    CASE("an empty host", "GET /things/new HTTP/1.1\r\nHost: \r\n\r\n" SMUGGLED, 400),
    CASE("a host with a path", "GET /things/new HTTP/1.1\r\nHost: x/y\r\n\r\n" SMUGGLED, 400),
    CASE("a host with a user", "GET /things/new HTTP/1.1\r\nHost: a@x\r\n\r\n" SMUGGLED, 400),
    CASE("a broken escape", "GET /things/%zz HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("half an escape", "GET /things/%4 HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a broken escape in the query", "GET /things/new?a=%g1 HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("an escaped NUL", "GET /things/a%00b HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("an escaped line's end", "GET /things/a%0d%0ab HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("an escaped slash", "GET /things/a%2fb HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("an escaped backslash", "GET /things/a%5Cb HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("bytes that are not UTF-8", "GET /things/a%ff HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("an overlong escape", "GET /things/%c0%af HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("raw bytes in the path", "GET /things/\xc4\x85 HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a control character in the path", "GET /things/a\x01 HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a fragment", "GET /things/new#a HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("two slashes at the start", "GET //things/new HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a whole address", "GET http://x/things/new HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("no address", "GET things/new HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a star", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a method that is no token", "G@T /things/new HTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("a body with GET", "GET /things/new HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\na=b" SMUGGLED, 400),
    CASE("chunks with GET", "GET /things/new HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
         400),
    CASE("HTTP/2.0", "GET /things/new HTTP/2.0\r\n" HOST "\r\n" SMUGGLED, 505),
    CASE("HTTP/1.2", "GET /things/new HTTP/1.2\r\n" HOST "\r\n" SMUGGLED, 505),
    CASE("no HTTP", "GET /things/new XTTP/1.1\r\n" HOST "\r\n" SMUGGLED, 400),
    CASE("HTTP/0.9", "GET /things/new\r\n\r\n" SMUGGLED, 400),
    CASE("an expectation unknown",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Expect: 200-ok\r\nContent-Length: 3\r\n\r\na=b" SMUGGLED, 400),
    CASE("a chunk of no number",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: chunked\r\n\r\nxyz\r\na=b\r\n0\r\n\r\n" SMUGGLED,
         400),
    CASE("a chunk longer than it says",
         "POST /outside HTTP/1.1\r\n" HOST FORM "Transfer-Encoding: chunked\r\n\r\n2\r\na=bcd\r\n0\r\n\r\n" SMUGGLED,
         400),
    CASE("a chunk beyond all numbers",
         "POST /outside HTTP/1.1\r\n" HOST FORM
         "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na=b\r\n0\r\n\r\n" SMUGGLED,
         413),
};

static void test_hostile_heads(void **state) {
    Application *application = *state;
    Answer *answer = arena_new(application->arena, Answer);
    size_t failures = 0;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        int64_t before = notes_in_store(application);
        int fd = client_connect(application);
        client_send(fd, hostile[i].bytes);
        client_read(fd, answer, false);
        close(fd);
        Str all = str_from(answer->bytes, answer->size);
        bool believed = str_contains(all, STR("id=smuggled")) || notes_in_store(application) != before;
        bool refused = answer_status(answer) == hostile[i].status;
        if (refused && answer->closed && !believed) continue;
        failures++;
        print_error("%s: %d%s%s\n", hostile[i].what, answer_status(answer), answer->closed ? "" : ", left open",
                    believed ? ", and what followed was believed" : "");
    }
    assert_int_equal(failures, 0);
}

/* ---- too much ------------------------------------------------------------------------------------------- */

static Str repeated(Arena *arena, char c, size_t times) {
    char *text = arena_alloc(arena, times + 1);
    memset(text, c, times);
    return str_from(text, times);
}

static void test_too_long(void **state) {
    Application *application = *state;
    Arena *arena = application->arena;
    Buffer many = buffer_in(arena);
    for (int i = 0; i < 70; i++) buffer_format(&many, "a%d: b\r\n", i);
    const struct {
        Str bytes;
        int status;
    } cases[] = {
        {str_format(arena, "GET /%.*s HTTP/1.1\r\n" HOST "\r\n", STR_FORMAT(repeated(arena, 'a', 4096))), 414},
        {str_format(arena, "GET /%.*s HTTP/1.1\r\n" HOST "\r\n", STR_FORMAT(repeated(arena, 'a', 100000))), 414},
        {str_format(arena, "GET / HTTP/1.1\r\n" HOST "a: %.*s\r\n\r\n", STR_FORMAT(repeated(arena, 'a', 8200))), 431},
        {str_format(arena, "GET / HTTP/1.1\r\n" HOST "a: %.*s\r\n\r\n", STR_FORMAT(repeated(arena, 'a', 100000))), 431},
        {str_format(arena, "GET / HTTP/1.1\r\n" HOST "%.*s\r\n", STR_FORMAT(buffer_str(&many))), 431},
        {str_format(arena, "POST /notes HTTP/1.1\r\n" HOST FORM "Content-Length: 70000\r\n\r\n%.*s",
                    STR_FORMAT(repeated(arena, 'a', 70000))),
         413},
        {STR("POST /notes HTTP/1.1\r\n" HOST FORM "Content-Length: 7000000000\r\n\r\n"), 413},
        {STR("POST /notes HTTP/1.1\r\n" HOST FORM "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n"), 413},
        {str_format(arena, "POST /notes HTTP/1.1\r\n" HOST FORM "Content-Length: 1200\r\n\r\n%.*s",
                    STR_FORMAT(repeated(arena, '&', 1200))),
         400}, /* only empty fields: the once-key is missing */
    };
    Answer *answer = arena_new(arena, Answer);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int fd = client_connect(application);
        client_send(fd, cases[i].bytes);
        client_read(fd, answer, cases[i].status == 400);
        assert_int_equal(answer_status(answer), cases[i].status);
        assert_true(answer->closed || cases[i].status == 400);
        close(fd);
    }
    Buffer fields = buffer_in(arena);
    for (int i = 0; i < 600; i++) buffer_add(&fields, STR("a=b&"));
    assert_int_equal(answer_status(client_ask(
                         application, post_request(arena, "/notes", str_to_c(arena, buffer_str(&fields)), ONCE_A))),
                     413);
    const Answer *query = client_ask(application, str_format(arena, "GET /things/new?%.*s HTTP/1.1\r\n" HOST "\r\n",
                                                             STR_FORMAT(buffer_str(&fields))));
    assert_true(answer_status(query) == 400 || answer_status(query) == 0); /* libmicrohttpd may have no room for them */
}

/* Sends a byte now and then: a patience of inactivity would never end. */
static void test_slow_senders_are_cut(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 2, .request_timeout_s = 1});
    static const char *const beginnings[] = {
        "", "GET /things/new HTTP/1.1\r\nHost: x\r\na: ",
        ("POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
         "Content-Length: 1000\r\n\r\n")};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        int fd = client_connect(application);
        client_send(fd, str_from_c(beginnings[i]));
        bool cut = false;
        for (int pieces = 0; pieces < 400 && !cut; pieces++) {
            usleep(50000);
            cut = send(fd, "a", 1, MSG_NOSIGNAL) != 1;
            char byte;
            if (recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0) cut = true;
        }
        assert_true(cut);
        close(fd);
    }
    assert_int_equal(answer_status(client_ask(application, STR("GET /things/new HTTP/1.1\r\n" HOST "\r\n"))), 200);
    application_close(application);
}

/* ---- large bodies --------------------------------------------------------------------------------------- */

#define SHEET "Content-Type: multipart/form-data; boundary=B\r\n"

static Str large_head(Arena *arena, const char *path, const char *more, size_t size) {
    return str_format(arena, "POST %s HTTP/1.1\r\n" HOST SHEET "%sContent-Length: %zu\r\n\r\n", path, more, size);
}

static Str sheet_of(Arena *arena, size_t size) {
    static const char head[] = "--B\r\nContent-Disposition: form-data; name=\"once\"\r\n\r\n" ONCE_A
                               "\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    return str_format(arena, "%s%.*s\r\n--B--\r\n", head, STR_FORMAT(repeated(arena, 'a', size)));
}

/* Answered at the head: not one byte of the body is sent here. */
static void test_a_large_body_from_whom_it_is_not_taken(void **state) {
    Application *application = *state;
    Arena *arena = application->arena;
    static const struct {
        const char *path, *headers;
        int status;
    } cases[] = {
        {"/owner-upload", "", 403},
        {"/owner-upload", "Cookie: session=stranger\r\n", 403},
        {"/upload", "", 403}, /* open to anyone, as long as it is small */
        {"/notes", "", 413},  /* takes large ones from nobody */
        {"/notes", "Cookie: session=owner\r\n", 413},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *headers = str_to_c(arena, str_format(arena, "%sExpect: 100-continue\r\n", cases[i].headers));
        const Answer *answer = client_ask(application, large_head(arena, cases[i].path, headers, UPLOAD_BYTES));
        if (answer_status(answer) != cases[i].status)
            fail_msg("%s %s: %d", cases[i].path, cases[i].headers, answer_status(answer));
    }
    /* Without a length, it is found out when the body grows large. */
    Str chunk = str_format(arena, "1fff0\r\n%.*s\r\n0\r\n\r\n", STR_FORMAT(repeated(arena, 'a', 0x1fff0)));
    Str head = STR("POST /owner-upload HTTP/1.1\r\n" HOST SHEET "Transfer-Encoding: chunked\r\n\r\n");
    assert_int_equal(answer_status(client_ask(application, str_join(arena, head, chunk))), 403);
    Str sheet = sheet_of(arena, 1000);
    const Answer *small = client_ask(application, str_join(arena, large_head(arena, "/upload", "", sheet.size), sheet));
    assert_str(answer_body(small), STR("a.csv 1000"));
}

static int status_of_sheet(Application *application, bool chunked) {
    Arena *arena = application->arena;
    Str sheet = sheet_of(arena, UPLOAD_BYTES / 2);
    Str head = large_head(arena, "/owner-upload", "Cookie: session=owner\r\n", sheet.size);
    if (chunked) {
        head = STR("POST /owner-upload HTTP/1.1\r\n" HOST SHEET
                   "Cookie: session=owner\r\nTransfer-Encoding: chunked\r\n\r\n");
        sheet = str_format(arena, "%zx\r\n%.*s\r\n0\r\n\r\n", sheet.size, STR_FORMAT(sheet));
    }
    return answer_status(client_ask(application, str_join(arena, head, sheet)));
}

/* All large bodies together have so much memory; who comes then is asked to come again. */
static void test_large_bodies_have_a_budget(void **state) {
    (void)state;
    enum { AT_ONCE = 3 };
    Application *application =
        application_open((ServerOptions){.threads = 2, .large_bodies_bytes = AT_ONCE * UPLOAD_BYTES});
    Arena *arena = application->arena;
    int fds[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) {
        fds[i] = client_connect(application);
        client_send(fds[i], large_head(arena, "/owner-upload", "Expect: 100-continue\r\nCookie: session=owner\r\n",
                                       UPLOAD_BYTES));
        Answer *answer = arena_new(arena, Answer);
        client_read(fds[i], answer, true);
        assert_int_equal(answer_status(answer), 100);
    }
    for (int chunked = 0; chunked < 2; chunked++) assert_int_equal(status_of_sheet(application, chunked), 503);
    assert_int_equal(answer_status(client_ask(application, post_request(arena, "/notes", "text=x", ONCE_B))), 303);
    close(fds[0]);
    /* What the one that left had is given again, as soon as its leaving was noticed; and again after each. */
    for (int chunked = 0; chunked < 8; chunked++) {
        int status = 503;
        for (int tries = 0; tries < 500 && status == 503; tries++) {
            if (tries) usleep(20000);
            status = status_of_sheet(application, chunked % 2);
        }
        assert_int_equal(status, 200);
    }
    for (int i = 1; i < AT_ONCE; i++) close(fds[i]);
    application_close(application);
}

/* Its time grows with what has come: not who is slow is cut, but who is slower than any line. */
static void test_a_slow_line_gets_through(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 2, .request_timeout_s = 3});
    Arena *arena = application->arena;
    Str sheet = sheet_of(arena, 900 * 1000);
    int fd = client_connect(application);
    client_send(fd, large_head(arena, "/owner-upload", "Cookie: session=owner\r\n", sheet.size));
    enum { PIECES = 12 };
    size_t each = sheet.size / PIECES + 1;
    for (size_t i = 0; i < PIECES; i++) {
        client_send(fd, str_slice(sheet, i * each, each));
        usleep(400000);
    }
    Answer *answer = arena_new(arena, Answer);
    client_read(fd, answer, true);
    assert_int_equal(answer_status(answer), 200);
    close(fd);
    application_close(application);
}

static void test_too_many_connections(void **state) {
    (void)state;
    enum { MOST = 3 };
    Application *application = application_open((ServerOptions){.threads = 1, .connections_per_address = MOST});
    Answer *answer = arena_new(application->arena, Answer);
    int fds[MOST];
    for (int i = 0; i < MOST; i++) {
        fds[i] = client_connect(application);
        client_send(fds[i], STR("GET /things/new HTTP/1.1\r\n" HOST "\r\n"));
        client_read(fds[i], answer, true);
        assert_int_equal(answer_status(answer), 200);
    }
    int refused = client_connect(application);
    client_send(refused, STR("GET /things/new HTTP/1.1\r\n" HOST "\r\n"));
    client_read(refused, answer, true);
    assert_int_equal(answer_status(answer), 0);
    assert_true(answer->closed);
    close(refused);
    close(fds[0]);
    /* The place of the one that left is given again, as soon as its leaving was noticed. */
    int status = 0;
    for (int tries = 0; tries < 200 && status != 200; tries++) {
        usleep(20000);
        status = answer_status(client_ask(application, STR("GET /things/new HTTP/1.1\r\n" HOST "\r\n")));
    }
    assert_int_equal(status, 200);
    for (int i = 1; i < MOST; i++) close(fds[i]);
    application_close(application);
}

static void test_proxy(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 1, .trusted_proxy = STR("127.0.0.1")});
    const Answer *answer =
        client_ask(application, STR("GET /things/1?lang=en HTTP/1.1\r\n" HOST
                                    "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n\r\n"));
    assert_true(str_ends_with(answer_body(answer), STR("from=192.0.2.7")));
    assert_true(str_ends_with(answer_header(answer, "Set-Cookie"), STR("; Secure")));
    /* What the proxy wrote stands last, also where it wrote a line of its own. */
    answer = client_ask(application,
                        STR("GET /things/1?lang=en HTTP/1.1\r\n" HOST "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: "
                            "https\r\nX-Forwarded-For: 6.6.6.7, 192.0.2.8\r\nX-Forwarded-Proto: https, http\r\n\r\n"));
    assert_true(str_ends_with(answer_body(answer), STR("from=192.0.2.8")));
    assert_false(str_contains(answer_header(answer, "Set-Cookie"), STR("Secure")));
    application_close(application);
    application = application_open((ServerOptions){.threads = 1});
    answer = client_ask(application, STR("GET /things/1?lang=en HTTP/1.1\r\n" HOST
                                         "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n\r\n"));
    assert_true(str_ends_with(answer_body(answer), STR("from=127.0.0.1")));
    assert_false(str_contains(answer_header(answer, "Set-Cookie"), STR("Secure")));
    application_close(application);
}

static Str seen_through_proxy(const Application *application, const char *forwarded_for) {
    Str body = answer_body(client_ask(
        application, str_format(application->arena, "GET /things/1 HTTP/1.1\r\n" HOST "X-Forwarded-For: %s\r\n\r\n",
                                forwarded_for)));
    return str_skip(body, (size_t)str_index_of(body, STR("from=")) + 5);
}

/* Some proxies add the port, and some a word where they know no address: each such word is somebody of its own, and
 * none of them is the proxy. */
static void test_what_proxies_write(void **state) {
    (void)state;
    Application *application = application_open((ServerOptions){.threads = 1, .trusted_proxy = STR("127.0.0.1")});
    static const char *const written[][2] = {
        {"192.0.2.7:4711", "192.0.2.7"},       {"2001:db8::7", "2001:db8::7"},      {"[2001:db8::7]", "2001:db8::7"},
        {"[2001:db8::7]:4711", "2001:db8::7"}, {"6.6.6.6,192.0.2.7 ", "192.0.2.7"},
    };
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        assert_str(seen_through_proxy(application, written[i][0]), str_from_c(written[i][1]));
    static const char *const words[] = {"unknown", "_hidden", "6.6.6.6, ", "192.0.2.7:x:y", "[2001:db8::7"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str one = seen_through_proxy(application, words[i]);
        assert_true(str_starts_with(one, STR("fd")));
        assert_str(seen_through_proxy(application, words[i]), one);
        for (size_t k = 0; k < i; k++) assert_false(str_equal(seen_through_proxy(application, words[k]), one));
    }
    application_close(application);
}

/* ---- random bytes, and the collected requests of another parser's tests ---------------------------------- */

static void send_and_forget(Application *application, Str bytes, Answer *answer) {
    int fd = client_connect(application);
    client_send(fd, bytes);
    shutdown(fd, SHUT_WR);
    client_read_for(fd, answer, true, 50);
    close(fd);
}

static void test_mangled_requests(void **state) {
    Application *application = *state;
    Arena *arena = application->arena;
    Answer *answer = arena_new(arena, Answer);
    uint64_t seed;
    random_secret(&seed, sizeof seed);
    print_message("seed %llu\n", (unsigned long long)seed);
    Random random = random_from_seed(seed);
    int64_t before = notes_in_store(application);
    for (int i = 0; i < 200; i++) {
        Str request = post_request(arena, "/notes?a=b", "text=x&c=%C4%85", NULL);
        char *bytes = (char *)(uintptr_t)request.data;
        for (uint64_t changes = 1 + random_below(&random, 4); changes; changes--)
            bytes[random_below(&random, request.size)] = (char)random_below(&random, 256);
        send_and_forget(application, str_slice(request, 0, random_below(&random, request.size) + 1), answer);
    }
    assert_int_equal(notes_in_store(application), before);
    assert_int_equal(answer_status(client_ask(application, STR("GET /things/new HTTP/1.1\r\n" HOST "\r\n"))), 200);
}

static int hex(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

/* The notation of those files: a line's end is CRLF, a backslash before it joins lines, \r \n \t \f \xNN stand for
 * bytes. */
static Str bytes_of_block(Arena *arena, Str block) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < block.size; i++) {
        char c = block.data[i], next = i + 1 < block.size ? block.data[i + 1] : '\0';
        if (c == '\n') buffer_add(&out, STR("\r\n"));
        else if (c != '\\') buffer_add_char(&out, c);
        else if (next == 'x' && i + 3 < block.size) {
            buffer_add_char(&out, (char)(hex(block.data[i + 2]) * 16 + hex(block.data[i + 3])));
            i += 3;
        } else {
            if (next != '\n')
                buffer_add_char(&out, next == 'r'   ? '\r'
                                      : next == 'n' ? '\n'
                                      : next == 't' ? '\t'
                                      : next == 'f' ? '\f'
                                                    : next);
            i++;
        }
    }
    return buffer_str(&out);
}

/* Takes what stands between opening and closing off the front of *rest. */
static bool next_between(Str *rest, Str opening, Str closing, Str *found) {
    ptrdiff_t begin = str_index_of(*rest, opening);
    if (begin < 0) return false;
    Str after = str_skip(*rest, (size_t)begin + opening.size);
    ptrdiff_t end = str_index_of(after, closing);
    if (end < 0) return false;
    *found = str_slice(after, 0, (size_t)end);
    *rest = str_skip(after, (size_t)end + closing.size);
    return true;
}

static Str whole_file(Arena *arena, const char *folder, const char *name) {
    FILE *file = fopen(str_format(arena, "%s/%s", folder, name).data, "rb");
    if (!file) return STR_ABSENT;
    char *bytes = arena_alloc(arena, 1024 * 1024);
    size_t size = fread(bytes, 1, 1024 * 1024, file);
    fclose(file);
    return str_from(bytes, size);
}

/* A method we do not know is a 404 here, no error; an empty chunk extension libmicrohttpd does not show us. */
static bool is_exempt(Str block) {
    return str_starts_with(block, STR("ANNOUNCE ")) || str_contains(block, STR("unicorns_after_length"));
}

static size_t try_collection(Application *application, const char *folder, const char *name, size_t *believed) {
    Answer *answer = arena_new(application->arena, Answer);
    Str rest = whole_file(application->arena, folder, name), meta, block, log;
    size_t tried = 0;
    while (next_between(&rest, STR("<!-- meta="), STR("-->"), &meta) &&
           next_between(&rest, STR("```http\n"), STR("\n```"), &block) &&
           next_between(&rest, STR("```log\n"), STR("```"), &log)) {
        send_and_forget(application, bytes_of_block(application->arena, block), answer);
        tried++;
        bool strict = str_contains(meta, STR("\"request\"}")) || str_contains(meta, STR("\"request\", \"noScan\""));
        ptrdiff_t error = str_index_of(log, STR("error code=")), complete = str_index_of(log, STR("message complete"));
        bool is_hostile = strict && error >= 0 && complete < 0 && !str_contains(log, STR("code=21")) &&
                          !str_contains(log, STR("code=23"));
        int status = answer_status(answer);
        if (is_exempt(block)) continue;
        if (!is_hostile || status == 0 || status == 400 || status == 405 || status >= 413) continue;
        ++*believed;
        print_message("%s answered %d: %.*s\n", name, status, STR_FORMAT(block));
    }
    return tried;
}

static void test_collected_requests(void **state) {
    Application *application = *state;
    const char *data = getenv("WSPOLNIE_DATA");
    if (!data) skip();
    const char *folder = str_format(application->arena, "%s/http/llhttp-requests", data).data;
    DIR *dir = opendir(folder);
    if (!dir) skip();
    size_t tried = 0, believed = 0;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.') tried += try_collection(application, folder, entry->d_name, &believed);
    closedir(dir);
    print_message("%zu requests\n", tried);
    assert_true(tried > 50);
    assert_int_equal(believed, 0);
    assert_int_equal(answer_status(client_ask(application, STR("GET /things/new HTTP/1.1\r\n" HOST "\r\n"))), 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_heads),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_slow_senders_are_cut),
        cmocka_unit_test(test_a_large_body_from_whom_it_is_not_taken),
        cmocka_unit_test(test_large_bodies_have_a_budget),
        cmocka_unit_test(test_a_slow_line_gets_through),
        cmocka_unit_test(test_too_many_connections),
        cmocka_unit_test(test_proxy),
        cmocka_unit_test(test_what_proxies_write),
        cmocka_unit_test(test_mangled_requests),
        cmocka_unit_test(test_collected_requests),
    };
    return cmocka_run_group_tests(tests, application_setup, application_teardown);
}
