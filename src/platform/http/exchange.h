// SPDX-License-Identifier: EUPL-1.2
/* Exchange: one request and its answer, from the first line to the last byte; private to http.
 *
 * libmicrohttpd calls in several times for one request: at its head, for each piece of its
 * body, at its end, and again when a suspended connection is resumed. The stage says where
 * it is. One thread at a time has the exchange: a pool thread, or, while the connection is
 * suspended (STAGE_AWAY), the store's writer or a worker.
 */
#ifndef WSPOLNIE_HTTP_EXCHANGE_H
#define WSPOLNIE_HTTP_EXCHANGE_H

#include "platform/http/address.h"
#include "platform/http/cache.h"
#include "platform/http/guard.h"
#include "platform/http/limits.h"
#include "platform/http/refused.h"
#include "platform/http/router.h"
#include "platform/http/server.h"
#include "platform/http/worker.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

typedef struct Exchange Exchange;
typedef struct StreamHub StreamHub;
typedef struct Watch Watch;

/* One connection. */
typedef struct Peer {
    struct Peer *next, **link; /* of server->peers */
    Server *server;
    int fd;
    Address address;
    bool is_proxy;
    _Atomic int64_t deadline_ms; /* monotonic: cut when it is past; 0: none */
} Peer;

typedef enum Stage {
    STAGE_HEAD,  /* the line is here, the handler of libmicrohttpd was not called yet */
    STAGE_BODY,  /* the body comes in */
    STAGE_AWAY,  /* suspended: with the writer or a worker */
    STAGE_READY, /* the answer is decided, not yet queued */
    STAGE_SENT,
} Stage;

typedef struct AfterCommit {
    struct AfterCommit *next;
    void (*work)(void *context);
    void *context;
} AfterCommit;

struct Exchange {
    Request request; /* first: a Request of ours is its Exchange */
    Exchange *next_spare;
    Arena *arena; /* also request.arena */
    Server *server;
    struct MHD_Connection *connection;
    Peer *peer;
    Stage stage;
    Address client; /* peer, or who the trusted proxy says it is */
    RequestHead head;
    BodyFraming framing;
    Buffer body;
    size_t body_limit_bytes;
    size_t large_bytes;     /* reserved of server->large_bodies_bytes */
    bool large_is_decided;  /* whether a body over the default is taken */
    int64_t began_ms;       /* monotonic */
    size_t discarded_bytes; /* of a body that is not wanted */
    bool is_head;
    bool language_chosen; /* by ?lang or its cookie */
    bool closes;          /* the connection ends with this answer */
    int refused_status;   /* decided before the handler; 0: not refused */
    Err refused_err;
    unsigned retry_after_s;
    Str allow;
    Str language_cookie;
    CachedPage *page; /* pinned while it is sent, or NULL */
    /* What became of it. */
    StoreWrite write;
    Err returned;      /* by the handler or the checks before it */
    bool is_replay;    /* the form was acted on before, and prepare has found its answer */
    bool keeps_answer; /* it answered with a status of 400 or more: rolled back, but sent */
    Err outcome;       /* of the transaction: differs from returned when the store failed */
    AfterCommit *after_commit;
    bool is_stream;
    Id stream_channel;
    bool is_watching; /* a stream of changes, from these versions on */
    int64_t stream_versions[PART_COUNT];
};

struct Server {
    ServerOptions options;
    Str base_url;
    const Router *router;
    struct MHD_Daemon *daemon;
    unsigned port;
    Address proxy;
    bool has_proxy;
    uint64_t seed; /* of request names */
    _Atomic uint64_t requests;
    _Atomic size_t large_bodies_bytes; /* reserved for bodies over the default, at most options.large_bodies_bytes */
    Limits *limits;
    Workers *workers;
    Cache *cache;
    Refusals *refusals;
    StreamHub *streams;
    Watch *watch;
    pthread_t ticker;
    pthread_mutex_t mutex;   /* of all below */
    pthread_cond_t answered; /* while stopping: fewer are in hand or suspended */
    pthread_cond_t end;      /* wakes the ticker */
    Peer *peers;
    Exchange *spares;
    size_t spare_count;
    size_t in_hand;   /* requests taken in and not yet answered */
    size_t suspended; /* connections suspended or being resumed, streams not counted */
    bool stopping, ended;
};

/* With the mutex held, when fewer are in hand or suspended. Nobody waits for that but a server that stops; waking
 * threads for each request was a third of a request's cost. */
static inline void server_tell_drain(Server *server) {
    if (server->stopping) pthread_cond_broadcast(&server->answered);
}

static inline Exchange *exchange_of(Request *request) { return (Exchange *)request; }

Exchange *exchange_open(Server *server, struct MHD_Connection *connection, Peer *peer, const char *target);
void exchange_close(Exchange *exchange);
void exchange_spares_close(Server *server);
/* The three calls of libmicrohttpd, by stage. What they return goes back to it. */
enum MHD_Result exchange_head(Exchange *exchange, const char *method, const char *version);
enum MHD_Result exchange_body(Exchange *exchange, const char *data, size_t size);
enum MHD_Result exchange_end(Exchange *exchange);
enum MHD_Result exchange_resumed(Exchange *exchange);

int64_t monotonic_ms(void);

/* request_read.c: what the head and the body say, put into the Request. A refusal is noted in it. */
void request_read_head(Exchange *exchange);
void request_read_body(Exchange *exchange);
void exchange_refuse(Exchange *exchange, int status, Err err);

/* response.c: queues what request.response holds, and a bare answer when there is no memory for more. */
enum MHD_Result response_send(Exchange *exchange);
enum MHD_Result response_send_bare(Exchange *exchange, int status);
/* The page the exchange has pinned. */
enum MHD_Result response_send_cached(Exchange *exchange);
void response_free_cached(void *answer); /* for the cache */

/* sse.c */
StreamHub *stream_hub_open(void);
void stream_hub_close(StreamHub *hub);
void stream_hub_tick(StreamHub *hub, int64_t now_ms);
void stream_hub_end_all(StreamHub *hub);
/* The editions whose changes somebody listens to, without the first so many, and what was seen of them since: tells
 * what moved. */
size_t stream_hub_watched(StreamHub *hub, size_t skipped, EditionVersions *editions, size_t most);
void stream_hub_seen(StreamHub *hub, const EditionVersions *editions, size_t count);
/* NULL: no memory. Freed with the response. */
struct MHD_Response *stream_response(Exchange *exchange);

/* refused_answer.c. Turns the answer to a form that was refused into the way to the page that shows it. */
void refused_lead(Exchange *exchange);
/* Whether the page asked for is such a one, or was: then it is answered. Within the reading, after the rights. */
bool refused_answer(Exchange *exchange);

#endif
