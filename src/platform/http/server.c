// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/server.h"

#include "platform/base/random.h"
#include "platform/http/base_url.h"
#include "platform/http/exchange.h"
#include "platform/http/watch.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <unistd.h>

enum {
    DEFAULT_CONNECTIONS = 4096,
    DEFAULT_PER_ADDRESS = 512,
    DEFAULT_CHANGES_PER_MIN = 600,
    DEFAULT_TIMEOUT_S = 15,
    DEFAULT_HEADER_BYTES = 16 * 1024,
    DEFAULT_BODY_BYTES = 64 * 1024,
    DEFAULT_FIELDS = 512,
    DEFAULT_LARGE_BODIES_BYTES = 64 * 1024 * 1024,
    MOST_THREADS = 64,
    BACKLOG = 1024,
    TICK_MS = 250,
    LAST_ANSWERS_MS = 1000, /* to send what came back after the drain's time */
};

/* ---- connections -------------------------------------------------------------------------------------- */

static bool is_proxy(const Server *server, const Address *address) {
    return server->has_proxy && address_equal(address, &server->proxy);
}

/* The proxy's connections are those of many people, so they are not counted as one address's. */
static enum MHD_Result on_accept(void *context, const struct sockaddr *socket_address, socklen_t size) {
    (void)size;
    Server *server = context;
    Address address = address_of_socket(socket_address);
    return is_proxy(server, &address) || limits_may_connect(server->limits, &address) ? MHD_YES : MHD_NO;
}

static void peer_open(Server *server, struct MHD_Connection *connection, void **socket_context) {
    Peer *peer = calloc(1, sizeof *peer);
    *socket_context = peer;
    if (!peer) return; /* its first request finds no peer and ends the connection */
    peer->server = server;
    peer->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    peer->address =
        address_of_socket(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    peer->is_proxy = is_proxy(server, &peer->address);
    atomic_store(&peer->deadline_ms, monotonic_ms() + server->options.request_timeout_s * INT64_C(1000));
    if (!peer->is_proxy) limits_connected(server->limits, &peer->address);
    pthread_mutex_lock(&server->mutex);
    peer->next = server->peers;
    peer->link = &server->peers;
    if (peer->next) peer->next->link = &peer->next;
    server->peers = peer;
    pthread_mutex_unlock(&server->mutex);
}

static void peer_close(Server *server, Peer *peer) {
    if (!peer) return;
    pthread_mutex_lock(&server->mutex);
    *peer->link = peer->next;
    if (peer->next) peer->next->link = peer->link;
    pthread_mutex_unlock(&server->mutex);
    if (!peer->is_proxy) limits_disconnected(server->limits, &peer->address);
    free(peer);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code) {
    if (code == MHD_CONNECTION_NOTIFY_STARTED) peer_open(context, connection, socket_context);
    else peer_close(context, *socket_context);
}

/* A connection whose time is up is shut down under libmicrohttpd, which then finds it closed. The lock keeps
 * its descriptor from being closed, and given to another, in between. */
static void cut_slow_peers(Server *server, int64_t now_ms) {
    for (Peer *peer = server->peers; peer; peer = peer->next) {
        int64_t deadline_ms = atomic_load(&peer->deadline_ms);
        if (!deadline_ms || now_ms < deadline_ms) continue;
        shutdown(peer->fd, SHUT_RDWR);
        atomic_store(&peer->deadline_ms, 0);
    }
}

static void *tick(void *argument) {
    Server *server = argument;
    pthread_mutex_lock(&server->mutex);
    while (!server->ended) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += TICK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_cond_timedwait(&server->end, &server->mutex, &until);
        cut_slow_peers(server, monotonic_ms());
        pthread_mutex_unlock(&server->mutex);
        stream_hub_tick(server->streams, monotonic_ms());
        refusals_drop_old(server->refusals, monotonic_ms());
        pthread_mutex_lock(&server->mutex);
    }
    pthread_mutex_unlock(&server->mutex);
    return NULL;
}

/* ---- requests -------------------------------------------------------------------------------------------- */

static Peer *peer_of(struct MHD_Connection *connection) {
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* The first libmicrohttpd tells of a request: its line was read. What is given back becomes *context below. */
static void *on_line(void *context, const char *target, struct MHD_Connection *connection) {
    Peer *peer = peer_of(connection);
    return peer ? exchange_open(context, connection, peer, target) : NULL;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **request_context) {
    (void)context, (void)connection, (void)url;
    Exchange *exchange = *request_context;
    if (!exchange) return MHD_NO;
    switch (exchange->stage) {
    case STAGE_HEAD: return exchange_head(exchange, method, version);
    case STAGE_READY: return exchange_resumed(exchange);
    case STAGE_BODY: break;
    case STAGE_AWAY:
    case STAGE_SENT: return MHD_YES;
    }
    if (*size == 0) return exchange_end(exchange);
    enum MHD_Result result = exchange_body(exchange, data, *size);
    *size = 0;
    return result;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request_context,
                         enum MHD_RequestTerminationCode code) {
    (void)code, (void)context;
    Exchange *exchange = *request_context;
    *request_context = NULL;
    if (!exchange) return;
    Server *server = exchange->server;
    Peer *peer = peer_of(connection);
    /* Between requests a connection may be idle for one time-out and then take another for its next line. */
    atomic_store(&peer->deadline_ms, monotonic_ms() + 2 * server->options.request_timeout_s * INT64_C(1000));
    exchange_close(exchange);
}

/* Escapes are left alone: guard and router read them. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context, (void)connection;
    return strlen(text);
}

/* ---- starting --------------------------------------------------------------------------------------------- */

static void use_default(unsigned *value, unsigned usual) {
    if (!*value) *value = usual;
}

/* Those this process may run on (taskset, a container's cpuset), which can be fewer than the machine has. */
static unsigned cores_allowed(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed)) return 1;
    return (unsigned)CPU_COUNT(&allowed);
}

static void complete_options(ServerOptions *options) {
    unsigned cores = cores_allowed();
    use_default(&options->threads, cores);
    if (options->threads > MOST_THREADS) options->threads = MOST_THREADS;
    use_default(&options->connections, DEFAULT_CONNECTIONS);
    use_default(&options->connections_per_address, DEFAULT_PER_ADDRESS);
    use_default(&options->changes_per_min, DEFAULT_CHANGES_PER_MIN);
    use_default(&options->request_timeout_s, DEFAULT_TIMEOUT_S);
    use_default(&options->fields, DEFAULT_FIELDS);
    if (!options->header_bytes) options->header_bytes = DEFAULT_HEADER_BYTES;
    if (!options->body_bytes) options->body_bytes = DEFAULT_BODY_BYTES;
    if (!options->large_bodies_bytes) options->large_bodies_bytes = DEFAULT_LARGE_BODIES_BYTES;
    if (options->connections < options->threads) options->connections = options->threads;
}

noreturn static void fail_listening(Arena *arena, const char *listen_at, int error) {
    Err err = error == EADDRINUSE                 ? ERR_BUSY
              : error == EACCES || error == EPERM ? ERR_DENIED
              : error == EADDRNOTAVAIL            ? ERR_INPUT
                                                  : ERR_IO;
    const char *reason = err == ERR_BUSY ? "another program is using that port" : strerror(error);
    arena_fail(arena, err, "cannot listen on %s: %s", listen_at, reason);
}

static void close_socket(void *argument) { close(*(int *)argument); }

static void open_socket(Arena *arena, Server *server, int *fd) {
    const char *listen_at = server->options.listen;
    struct sockaddr_storage address;
    socklen_t size;
    if (!address_parse_listen(str_from_c(listen_at), &address, &size))
        arena_fail(arena, ERR_INPUT, "cannot listen on \"%s\": write it as 127.0.0.1:8080 or [::1]:8080", listen_at);
    *fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*fd < 0) fail_listening(arena, listen_at, errno);
    arena_defer(arena, close_socket, fd);
    int on = 1, off = 0;
    setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address.ss_family == AF_INET6) setsockopt(*fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(*fd, (struct sockaddr *)&address, size) || listen(*fd, BACKLOG)) fail_listening(arena, listen_at, errno);
    size = sizeof address;
    if (getsockname(*fd, (struct sockaddr *)&address, &size)) fail_listening(arena, listen_at, errno);
    server->port = address_port(&address);
}

static struct MHD_Daemon *start_daemon(Server *server, int fd) {
    const ServerOptions *options = &server->options;
    /* Reading, the parsed lines and the answer's head share the pool. */
    size_t pool_bytes = 2 * options->header_bytes + 8192;
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, on_accept, server, on_request,
                            server, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, options->threads,
                            MHD_OPTION_CONNECTION_LIMIT, options->connections, MHD_OPTION_CONNECTION_TIMEOUT,
                            options->request_timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, pool_bytes,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_URI_LOG_CALLBACK, on_line,
                            server, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, server, MHD_OPTION_END);
}

static void free_server(void *argument) {
    Server *server = argument;
    watch_close(server->watch);
    exchange_spares_close(server);
    workers_close(server->workers);
    limits_close(server->limits);
    cache_close(server->cache);
    refusals_close(server->refusals);
    stream_hub_close(server->streams);
    pthread_cond_destroy(&server->answered);
    pthread_cond_destroy(&server->end);
    pthread_mutex_destroy(&server->mutex);
}

typedef struct Starting {
    Arena *arena;
    const ServerOptions *options;
    Server *server;
} Starting;

static void open_parts(Arena *arena, Server *server) {
    arena_defer(arena, free_server, server);
    pthread_mutex_init(&server->mutex, NULL);
    pthread_cond_init(&server->answered, NULL);
    pthread_cond_init(&server->end, NULL);
    random_secret(&server->seed, sizeof server->seed);
    server->router = router_build(arena, server->options.routes);
    server->limits = limits_open(server->options.connections_per_address);
    server->cache = cache_open(CACHE_BYTES, response_free_cached);
    server->streams = stream_hub_open();
    server->refusals = refusals_open();
    server->workers = workers_open();
    if (server->streams) server->watch = watch_open(server->options.store, server->streams);
    if (!server->limits || !server->cache || !server->refusals || !server->watch || !server->workers)
        arena_fail(arena, ERR_INTERNAL, "not enough memory or threads for the server");
}

static void start(void *argument) {
    Starting *starting = argument;
    Arena *arena = starting->arena;
    Server *server = arena_new(arena, Server);
    server->options = *starting->options;
    complete_options(&server->options);
    open_parts(arena, server);
    server->has_proxy = !str_is_empty(server->options.trusted_proxy);
    if (server->has_proxy && !address_parse(server->options.trusted_proxy, &server->proxy))
        arena_fail(arena, ERR_INPUT, "the trusted proxy \"%.*s\" is not an address",
                   STR_FORMAT(server->options.trusted_proxy));
    int *fd = arena_new(arena, int);
    open_socket(arena, server, fd);
    Str host = str_from_c(server->options.listen);
    while (host.size && host.data[host.size - 1] != ':') host.size--;
    bool is_said = !str_is_absent(server->options.base_url);
    server->base_url = base_url_read(
        arena, is_said ? server->options.base_url : str_format(arena, "http://%.*s%u", STR_FORMAT(host), server->port));
    if (pthread_create(&server->ticker, NULL, tick, server)) arena_fail(arena, ERR_INTERNAL, "cannot start a thread");
    server->daemon = start_daemon(server, *fd);
    if (!server->daemon) {
        server->ended = true;
        pthread_join(server->ticker, NULL);
        arena_fail(arena, ERR_INTERNAL, "libmicrohttpd did not start");
    }
    starting->server = server;
}

Err server_start(Arena *arena, const ServerOptions *options, Server **server) {
    assert(options->store && options->clock && options->hooks.identify && options->hooks.resolve &&
           options->hooks.allows && options->hooks.once_begin && options->hooks.once_end && options->hooks.error_page);
    Starting starting = {.arena = arena, .options = options};
    Err err = arena_protect(arena, start, &starting);
    if (!err) *server = starting.server;
    return err;
}

unsigned server_port(const Server *server) { return server->port; }

Str server_base_url(const Server *server) { return server->base_url; }

Err server_run(Server *server, void (*work)(void *context), void *context) {
    return workers_run(server->workers, work, context);
}

/* ---- stopping ------------------------------------------------------------------------------------------------ */

/* Also for the writer and the workers to let go: an answer may be sent while the thread that gave it back still has
 * the mutex to lock. False: the time was over before. */
static bool wait_until_answered(Server *server, unsigned most_ms) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += most_ms / 1000;
    until.tv_nsec += most_ms % 1000 * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    int waited = 0;
    while ((server->in_hand || server->suspended) && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&server->answered, &server->mutex, &until);
    return server->in_hand == 0 && server->suspended == 0;
}

/* The requests with the writer or a worker are waited for as long as it takes: their answers are promised, and
 * libmicrohttpd ends the program when it is stopped with connections suspended. */
static void drain(Server *server, unsigned drain_ms) {
    pthread_mutex_lock(&server->mutex);
    if (!wait_until_answered(server, drain_ms)) {
        while (server->suspended) pthread_cond_wait(&server->answered, &server->mutex);
        wait_until_answered(server, LAST_ANSWERS_MS);
    }
    pthread_mutex_unlock(&server->mutex);
}

void server_stop(Server *server, unsigned drain_ms) {
    pthread_mutex_lock(&server->mutex);
    server->stopping = true;
    pthread_mutex_unlock(&server->mutex);
    int listening = MHD_quiesce_daemon(server->daemon);
    if (listening >= 0)
        shutdown(listening, SHUT_RDWR); /* who comes now is refused, not kept waiting; closed with the arena */
    watch_close(server->watch);         /* it reads the store, which is closed next */
    server->watch = NULL;
    stream_hub_end_all(server->streams);
    drain(server, drain_ms);
    MHD_stop_daemon(server->daemon);
    pthread_mutex_lock(&server->mutex);
    server->ended = true;
    pthread_cond_signal(&server->end);
    pthread_mutex_unlock(&server->mutex);
    pthread_join(server->ticker, NULL);
}

void server_rates_use_key(Server *server, const unsigned char *key) { limits_use_key(server->limits, key); }

size_t server_rates_used(Server *server, int64_t minute, RateUse uses[LIMITS_TOLD]) {
    return limits_used(server->limits, minute, uses);
}

void server_rates_used_elsewhere(Server *server, int64_t minute, const RateUse *uses, size_t count) {
    limits_used_elsewhere(server->limits, minute, uses, count);
}
