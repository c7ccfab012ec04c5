// SPDX-License-Identifier: EUPL-1.2
/* Load of forms: CLIENTS connections that each send a row of forms again and again for SECONDS, each form with a
 * once-key of its own, the next one to where the answer to the last one led. An answer comes after its COMMIT.
 *
 *     bench_posts PORT PATH CLIENTS SECONDS FORM…
 *
 * A FORM is given without its once-key; "{n}" in it is replaced by a number no other row has. Prints one JSON line.
 */
#include "platform/base/buffer.h"
#include "platform/base/clock.h"
#include "platform/http/once_key.h"
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CLIENTS = 512, ANSWER_BYTES = 16384, FIRST_FORM = 5 };

typedef struct Load {
    uint16_t port;
    Str path;
    char **forms;
    int form_count;
    int64_t ends_ns;
    _Atomic int64_t next_number, answered, refused, rows;
} Load;

static int connect_to(uint16_t port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

/* The value of a header in an answer's head, however its name is written (proxies write small letters); absent where
 * it is not there. */
static Str header(Str head, const char *name) {
    Str wanted = str_from_c(name), line;
    for (Str rest = head; str_next_part(&rest, '\n', &line);)
        if (str_equal_ascii_case(str_slice(line, 0, wanted.size), wanted)) return str_trim(str_skip(line, wanted.size));
    return STR_ABSENT;
}

/* The answers here are short redirects: head and body come within ANSWER_BYTES. Their status, 0 when broken. */
static int read_answer(Arena *arena, int fd, Str *location) {
    char answer[ANSWER_BYTES];
    size_t size = 0;
    for (;;) {
        ssize_t got = recv(fd, answer + size, sizeof answer - size, 0);
        if (got <= 0) return 0;
        size += (size_t)got;
        Str all = str_from(answer, size);
        ptrdiff_t head_size = str_index_of(all, STR("\r\n\r\n"));
        if (head_size < 0) continue;
        Str head = str_slice(all, 0, (size_t)head_size + 2);
        int64_t body_size = 0, status = 0;
        str_to_int(header(head, "Content-Length:"), &body_size);
        if (size < (size_t)head_size + 4 + (size_t)body_size) continue;
        str_to_int(str_slice(all, 9, 3), &status);
        *location = str_copy(arena, header(head, "Location:"));
        return (int)status;
    }
}

static Str request_of(Arena *arena, Str path, const char *form, Str number) {
    Clock clock = clock_real();
    OnceKey once = {.now_ms = clock_now_ms(&clock)};
    Str body = str_replace(arena, str_from_c(form), STR("{n}"), number);
    body = str_format(arena, "once=%.*s&%.*s", STR_FORMAT(once_key_text(&once, arena)), STR_FORMAT(body));
    return str_format(arena,
                      "POST %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                      "Sec-Fetch-Site: same-origin\r\nContent-Length: %zu\r\n\r\n%.*s",
                      STR_FORMAT(path), body.size, STR_FORMAT(body));
}

/* One row of forms. False where the connection broke. */
static bool send_row(Arena *arena, Load *load, int fd) {
    Str path = load->path;
    Str number = str_format(arena, "%lld", (long long)atomic_fetch_add(&load->next_number, 1));
    for (int i = 0; i < load->form_count; i++) {
        Str request = request_of(arena, path, load->forms[i], number);
        int status = send(fd, request.data, request.size, MSG_NOSIGNAL) == (ssize_t)request.size
                         ? read_answer(arena, fd, &path)
                         : 0;
        bool taken = status == 303 || status == 200; /* the last form of a sign-up is answered with its receipt */
        atomic_fetch_add(taken ? &load->answered : &load->refused, 1);
        if (!taken) return status != 0;
    }
    atomic_fetch_add(&load->rows, 1);
    return true;
}

static void *send_forms(void *argument) {
    Load *load = argument;
    Arena *arena = arena_open(1 << 20);
    int fd = connect_to(load->port);
    while (arena && fd >= 0 && clock_monotonic_ns() < load->ends_ns) {
        arena_reset(arena);
        if (send_row(arena, load, fd)) continue;
        close(fd);
        fd = connect_to(load->port);
    }
    if (fd >= 0) close(fd);
    arena_close(arena);
    return NULL;
}

int main(int argument_count, char **arguments) {
    int64_t port, clients;
    double seconds;
    if (argument_count <= FIRST_FORM || !str_to_int(str_from_c(arguments[1]), &port) ||
        !str_to_int(str_from_c(arguments[3]), &clients) || clients < 1 || clients > MOST_CLIENTS ||
        !str_to_real(str_from_c(arguments[4]), &seconds)) {
        fprintf(stderr, "usage: bench_posts PORT PATH CLIENTS SECONDS FORM…\n");
        return 2;
    }
    int64_t begun_ns = clock_monotonic_ns();
    Load load = {.port = (uint16_t)port,
                 .path = str_from_c(arguments[2]),
                 .forms = arguments + FIRST_FORM,
                 .form_count = argument_count - FIRST_FORM,
                 .ends_ns = begun_ns + (int64_t)(seconds * 1e9)};
    pthread_t threads[MOST_CLIENTS];
    for (int64_t i = 0; i < clients; i++) pthread_create(&threads[i], NULL, send_forms, &load);
    for (int64_t i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    double passed_s = (double)(clock_monotonic_ns() - begun_ns) / 1e9;
    printf(
        "{\"answered_per_s\": %.0f, \"rows_per_s\": %.0f, \"answered\": %lld, \"refused\": %lld, \"clients\": %lld}\n",
        (double)load.answered / passed_s, (double)load.rows / passed_s, (long long)load.answered,
        (long long)load.refused, (long long)clients);
    return load.answered == 0;
}
