// SPDX-License-Identifier: EUPL-1.2
/* Load of forms: CLIENTS connections that each send a form again and again for SECONDS, each time with a once-key of
 * its own, and wait for the answer (a redirect, sent after the COMMIT).
 *
 *     bench_posts PORT PATH BODY CLIENTS SECONDS
 *
 * BODY is the form without its once-key; "{n}" in it is replaced by a number no other request has. Prints one JSON
 * line.
 */
#include "platform/base/buffer.h"
#include "platform/base/clock.h"
#include "platform/base/random.h"
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CLIENTS = 512, ANSWER_BYTES = 16384 };

typedef struct Load {
    uint16_t port;
    Str path, body;
    int64_t ends_ns;
    _Atomic int64_t next_number, answered, refused;
} Load;

static int connect_to(uint16_t port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

/* The answers here are short redirects: head and body come within ANSWER_BYTES. Their status, 0 when broken. */
static int read_answer(int fd) {
    char answer[ANSWER_BYTES];
    size_t size = 0;
    for (;;) {
        ssize_t got = recv(fd, answer + size, sizeof answer - size, 0);
        if (got <= 0) return 0;
        size += (size_t)got;
        Str all = str_from(answer, size);
        ptrdiff_t head = str_index_of(all, STR("\r\n\r\n"));
        if (head < 0) continue;
        ptrdiff_t length = str_index_of(all, STR("Content-Length: "));
        int64_t body_size = 0;
        if (length >= 0) {
            Str digits = str_skip(all, (size_t)length + 16), line;
            str_next_part(&digits, '\r', &line);
            str_to_int(line, &body_size);
        }
        if (size < (size_t)head + 4 + (size_t)body_size) continue;
        int64_t status = 0;
        str_to_int(str_slice(all, 9, 3), &status);
        return (int)status;
    }
}

static Str request_of(Arena *arena, Load *load) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)atomic_fetch_add(&load->next_number, 1));
    Str body = str_replace(arena, load->body, STR("{n}"), str_from_c(digits));
    Str form = str_format(arena, "once=%.*s&%.*s", STR_FORMAT(random_secret_text(arena)), STR_FORMAT(body));
    return str_format(arena,
                      "POST %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                      "Sec-Fetch-Site: same-origin\r\nContent-Length: %zu\r\n\r\n%.*s",
                      STR_FORMAT(load->path), form.size, STR_FORMAT(form));
}

static void *send_forms(void *argument) {
    Load *load = argument;
    Arena *arena = arena_open(1 << 20);
    int fd = connect_to(load->port);
    while (arena && fd >= 0 && clock_monotonic_ns() < load->ends_ns) {
        arena_reset(arena);
        Str request = request_of(arena, load);
        int status = send(fd, request.data, request.size, MSG_NOSIGNAL) == (ssize_t)request.size ? read_answer(fd) : 0;
        if (status == 303) atomic_fetch_add(&load->answered, 1);
        else atomic_fetch_add(&load->refused, 1);
        if (status) continue;
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
    if (argument_count != 6 || !str_to_int(str_from_c(arguments[1]), &port) ||
        !str_to_int(str_from_c(arguments[4]), &clients) || clients < 1 || clients > MOST_CLIENTS ||
        !str_to_real(str_from_c(arguments[5]), &seconds)) {
        fprintf(stderr, "usage: bench_posts PORT PATH BODY CLIENTS SECONDS\n");
        return 2;
    }
    int64_t begun_ns = clock_monotonic_ns();
    Load load = {.port = (uint16_t)port,
                 .path = str_from_c(arguments[2]),
                 .body = str_from_c(arguments[3]),
                 .ends_ns = begun_ns + (int64_t)(seconds * 1e9)};
    pthread_t threads[MOST_CLIENTS];
    for (int64_t i = 0; i < clients; i++) pthread_create(&threads[i], NULL, send_forms, &load);
    for (int64_t i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    double passed_s = (double)(clock_monotonic_ns() - begun_ns) / 1e9;
    printf("{\"answered_per_s\": %.0f, \"answered\": %lld, \"refused\": %lld, \"clients\": %lld}\n",
           (double)load.answered / passed_s, (long long)load.answered, (long long)load.refused, (long long)clients);
    return load.answered == 0;
}
