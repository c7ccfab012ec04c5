// SPDX-License-Identifier: EUPL-1.2
/* A wire that can be cut: stands between the program and a PostgreSQL server on Unix sockets, hands everything on, and
 * cuts one connection at a chosen moment. One thread; connections one after the other or at once. */
#ifndef WSPOLNIE_TESTS_STORE_PROXY_H
#define WSPOLNIE_TESTS_STORE_PROXY_H

#include "../../cmocka_all.h"
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef enum Cut {
    CUT_NOTHING,
    CUT_AFTER_COMMIT,  /* the server has carried it out, and its answer is thrown away */
    CUT_BEFORE_COMMIT, /* it was sent and did not arrive */
    CUT_AT_STATEMENT,  /* the first that inserts a thing does not arrive */
    CUT_EVERYTHING,    /* nobody is let in, and who is in is put out */
} Cut;

enum { PROXY_LINES = 64 };

typedef struct Proxy {
    char folder[64]; /* holds the socket */
    struct sockaddr_un server;
    int listening;
    pthread_t thread;
    atomic_int cut;  /* once; CUT_EVERYTHING until it is taken back */
    atomic_int cuts; /* made so far */
    atomic_bool ends;
    int lines[PROXY_LINES][2]; /* the program's end, the server's; -1: free */
} Proxy;

static void proxy_hang_up(Proxy *proxy, int line) {
    for (int side = 0; side < 2; side++) {
        if (proxy->lines[line][side] >= 0) close(proxy->lines[line][side]);
        proxy->lines[line][side] = -1;
    }
}

static void proxy_accept(Proxy *proxy) {
    int fd = accept(proxy->listening, NULL, NULL);
    if (fd < 0) return;
    for (int line = 0; line < PROXY_LINES && atomic_load(&proxy->cut) != CUT_EVERYTHING; line++) {
        if (proxy->lines[line][0] >= 0) continue;
        int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(server, (struct sockaddr *)&proxy->server, sizeof proxy->server)) {
            close(server);
            break;
        }
        proxy->lines[line][0] = fd;
        proxy->lines[line][1] = server;
        return;
    }
    close(fd);
}

static bool proxy_has(const char *bytes, size_t size, const char *words, size_t length) {
    return memmem(bytes, size, words, length) != NULL;
}

/* Whether the line goes on. A Bind message names its statement between two NULs; "add" is of testing.h. */
static bool proxy_hand_on(Proxy *proxy, int line, int from) {
    static char bytes[65536];
    ssize_t got = recv(proxy->lines[line][from], bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    size_t size = (size_t)got;
    Cut cut = atomic_load(&proxy->cut);
    bool commits = from == 0 && proxy_has(bytes, size, "\0commit\0", 8);
    bool adds = from == 0 && proxy_has(bytes, size, " add\0", 5);
    bool now = (commits && (cut == CUT_AFTER_COMMIT || cut == CUT_BEFORE_COMMIT)) || (adds && cut == CUT_AT_STATEMENT);
    if (now) atomic_store(&proxy->cut, CUT_NOTHING);
    if (now) atomic_fetch_add(&proxy->cuts, 1);
    if (now && cut != CUT_AFTER_COMMIT) return false;
    if (send(proxy->lines[line][1 - from], bytes, size, MSG_NOSIGNAL) != got) return false;
    if (now) recv(proxy->lines[line][1], bytes, sizeof bytes, 0); /* it is done: the answer is here */
    return !now;
}

static void *proxy_main(void *argument) {
    Proxy *proxy = argument;
    while (!atomic_load(&proxy->ends)) {
        struct pollfd fds[1 + 2 * PROXY_LINES] = {{.fd = proxy->listening, .events = POLLIN}};
        for (int i = 0; i < 2 * PROXY_LINES; i++)
            fds[1 + i] = (struct pollfd){.fd = proxy->lines[i / 2][i % 2], .events = POLLIN};
        poll(fds, 1 + 2 * PROXY_LINES, 20);
        for (int i = 0; i < 2 * PROXY_LINES; i++)
            if (fds[1 + i].revents && proxy->lines[i / 2][i % 2] >= 0 && !proxy_hand_on(proxy, i / 2, i % 2))
                proxy_hang_up(proxy, i / 2);
        if (atomic_load(&proxy->cut) == CUT_EVERYTHING)
            for (int line = 0; line < PROXY_LINES; line++) proxy_hang_up(proxy, line);
        if (fds[0].revents) proxy_accept(proxy);
    }
    return NULL;
}

/* cluster: the folder of the server's socket. */
static void proxy_open(Proxy *proxy, const char *cluster) {
    *proxy = (Proxy){.folder = "/tmp/wspolnie-proxy-XXXXXX", .server = {.sun_family = AF_UNIX}};
    memset(proxy->lines, -1, sizeof proxy->lines);
    assert_non_null(mkdtemp(proxy->folder));
    snprintf(proxy->server.sun_path, sizeof proxy->server.sun_path, "%s/.s.PGSQL.5432", cluster);
    struct sockaddr_un own = {.sun_family = AF_UNIX};
    snprintf(own.sun_path, sizeof own.sun_path, "%s/.s.PGSQL.5432", proxy->folder);
    proxy->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(proxy->listening, (struct sockaddr *)&own, sizeof own), 0);
    assert_int_equal(listen(proxy->listening, PROXY_LINES), 0);
    assert_int_equal(pthread_create(&proxy->thread, NULL, proxy_main, proxy), 0);
}

static void proxy_close(Proxy *proxy) {
    atomic_store(&proxy->ends, true);
    pthread_join(proxy->thread, NULL);
    for (int line = 0; line < PROXY_LINES; line++) proxy_hang_up(proxy, line);
    close(proxy->listening);
    char name[100];
    snprintf(name, sizeof name, "%s/.s.PGSQL.5432", proxy->folder);
    unlink(name);
    rmdir(proxy->folder);
}

#endif
