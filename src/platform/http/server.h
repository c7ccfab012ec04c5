// SPDX-License-Identifier: EUPL-1.2
/* Server: accepts, guards, routes, answers. The only folder that sees libmicrohttpd.
 *
 * server_start listens and returns; requests run on a pool of threads. A changing request
 * suspends its connection while the store's writer runs it, and resumes it after the COMMIT.
 * server_stop refuses new requests, finishes those taken in, ends streams, then closes.
 *
 * What the rooms and account decide comes in through ServerHooks, so http knows nothing of
 * sessions or editions.
 */
#ifndef WSPOLNIE_HTTP_SERVER_H
#define WSPOLNIE_HTTP_SERVER_H

#include "platform/http/rate_use.h"
#include "platform/http/route.h"

typedef struct ServerHooks {
    /* Finds who asks (request->who, ->language) from the cookies. In a read transaction. */
    void (*identify)(Request *request);
    /* Fills request->scope from the path's parameters. ERR_NOT_FOUND. */
    Err (*resolve)(Request *request);
    /* Whether request->who has one of the roles in the scope. */
    bool (*allows)(Request *request, unsigned roles);
    /* In the writer's transaction, before the handler, and in the reading one before .prepare: false when this once-key
     * was used, with the earlier answer (a redirect) put into the response. */
    bool (*once_begin)(Request *request);
    void (*once_end)(Request *request); /* after the handler's OK: remembers its redirect */
    /* The page of an error, in the person's language, keeping what was typed where it can. May be
     * called without a transaction. */
    void (*error_page)(Request *request, Err err);
    /* Instead of a 403: where somebody not signed in goes for this path (sign-in), or absent. */
    Str (*sign_in_path)(Request *request);
    /* Of a changing route, after the rights: whether the state of what its path is about allows it (Route.states).
     * False: it has answered, with a status of 400 or above. NULL: always. */
    bool (*is_open)(Request *request);
    /* In the reading transaction of a page that shows personal data (Route.reads), after its handler's OK. NULL:
     * nothing is noted. */
    void (*note_read)(Request *request);
    /* The organiser, as far as the path or the place somebody wants to go to tells which; may be NULL. */
    Whom (*whom_to_ask)(Request *request);
    /* Of a path that begins with "/~…" (request.h, View), after resolve: whether who asks may look as that person, and
     * if so puts that person's rights into request->who. ERR_DENIED, ERR_NOT_FOUND. NULL: there are no such paths. */
    Err (*view)(Request *request);
} ServerHooks;

typedef struct ServerOptions {
    const char *listen; /* "127.0.0.1:8080", "[::1]:0"; port 0 picks a free one */
    Str base_url;       /* base_url.h; absent: http:// and the listening address */
    MailWay mail;       /* how mail leaves, for the pages that speak of it */
    Str trusted_proxy;  /* address whose X-Forwarded-For and -Proto are believed; absent: none */
    Store *store;
    const Clock *clock;
    void *application;
    ServerHooks hooks;
    RouteTable routes;
    bool has_other_nodes; /* somebody's next request may be another program's: memory is no place for what it needs */
    unsigned threads;     /* 0: one a core */
    /* Limits; 0 takes the default beside each. */
    unsigned connections;             /* 4096 at one time */
    unsigned connections_per_address; /* 512: a hall behind one address */
    unsigned changes_per_min;         /* 600 an address */
    unsigned request_timeout_s;       /* 15 to send a request's head and body */
    size_t header_bytes;              /* 16 KiB for line and headers */
    size_t body_bytes;                /* 64 KiB unless the route says more, to somebody who may use it */
    size_t large_bodies_bytes;        /* 64 MiB in all bodies that are larger */
    unsigned fields;                  /* 512 in a query, a cookie, and a form unless the route says more */
} ServerOptions;

/* ERR_BUSY when the port is taken, ERR_DENIED, ERR_INPUT for an address that is none; the
 * arena's failure message is the sentence for the terminal. */
Err server_start(Arena *arena, const ServerOptions *options, Server **server);
unsigned server_port(const Server *server);
Str server_base_url(const Server *server);
/* Waits at most drain_ms for requests in hand, then closes. */
void server_stop(Server *server, unsigned drain_ms);

/* What addresses used of their minute on this node, and what other nodes say (limits.h). */
void server_rates_use_key(Server *server, const unsigned char *key); /* limits_use_key */
size_t server_rates_used(Server *server, int64_t minute, RateUse uses[LIMITS_TOLD]);
void server_rates_used_elsewhere(Server *server, int64_t minute, const RateUse *uses, size_t count);

/* Work on a worker thread that no request waits for. ERR_BUSY when the queue is full. */
Err server_run(Server *server, void (*work)(void *context), void *context);

#endif
