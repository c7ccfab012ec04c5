// SPDX-License-Identifier: EUPL-1.2
/* A tiny application for the server's tests: notes in a real store, once-keys in a table, sessions that
 * are believed ("session=owner"); and a client that sends bytes as they are. */
#ifndef WSPOLNIE_TESTS_RAW_APPLICATION_H
#define WSPOLNIE_TESTS_RAW_APPLICATION_H

#include "../cmocka_all.h"
#include "platform/http/server.h"
#include "platform/http/sse.h"
#include <semaphore.h>

enum { UPLOAD_BYTES = 1024 * 1024 }; /* what POST /upload and /owner-upload take from somebody signed in */

typedef struct Application {
    Arena *arena;
    char folder[64];
    Clock clock;
    Store *store;
    Server *server;
    sem_t in_slow, let_slow_go; /* POST /slow waits between them, on a worker */
    _Atomic int handled;        /* calls of the handler of POST /notes */
    _Atomic int planned;        /* calls of the handler of POST /plan, which .prepare refuses after the first */
    _Atomic int rendered;       /* calls of the handler of GET /public */
    _Atomic int64_t edition_of_path;
} Application;

/* options: what differs from the usual; its store, hooks, routes, clock and application are filled in. */
Application *application_open(ServerOptions options);
void application_close(Application *application);
/* A setup and a teardown for a group with the usual options. */
int application_setup(void **state);
int application_teardown(void **state);

/* What came back until the connection was closed, or, with keep, until one whole answer was there. */
typedef struct Answer {
    char bytes[256 * 1024];
    size_t size;
    bool closed;
} Answer;

int client_connect(const Application *application);
/* -1 when nobody listens. */
int client_try_connect(const Application *application);
void client_send(int fd, Str bytes);
void client_read(int fd, Answer *answer, bool keep);
/* The same, content with what came when nothing more does for so long. */
void client_read_for(int fd, Answer *answer, bool keep, int patience_ms);
/* One connection, one request, until it is closed or answered. */
const Answer *client_ask(const Application *application, Str request);
int answer_status(const Answer *answer); /* 0: nothing came */
Str answer_header(const Answer *answer, const char *name);
Str answer_body(const Answer *answer);
/* A POST of a form, with the once-key given. */
Str post_request(Arena *arena, const char *path, const char *fields, const char *once);
int64_t notes_in_store(Application *application);

#define ONCE_A "0000000000123456789abcdefghjkmnpqrs"
#define ONCE_B "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"

#endif
