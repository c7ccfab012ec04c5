// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/exchange.h"

#include "platform/base/limits.h"
#include "platform/base/log.h"

enum {
    MOST_SPARES = 64,
    DISCARD_BYTES = 4 * 1024 * 1024, /* read past a refused body, so that the answer reaches its sender */
    SLOWEST_READER_BYTES_PER_S = 1024,
    SLOWEST_SENDER_BYTES_PER_S = 16 * 1024, /* of a body, once it has begun */
};

int64_t monotonic_ms(void) { return clock_monotonic_ns() / 1000000; }

static void set_deadline(const Exchange *exchange, int64_t ms) {
    atomic_store(&exchange->peer->deadline_ms, ms ? monotonic_ms() + ms : 0);
}

/* ---- taking one up and putting it away --------------------------------------------------------- */

static Exchange *exchange_new(void) {
    Exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange) exchange->arena = arena_open(LIMIT_ARENA_REQUEST_BYTES);
    if (exchange && exchange->arena) return exchange;
    free(exchange);
    return NULL;
}

/* From here on the request is in hand, whether or not there was memory for it. */
static Exchange *take_up(Server *server) {
    pthread_mutex_lock(&server->mutex);
    server->in_hand++;
    Exchange *exchange = server->spares;
    if (exchange) {
        server->spares = exchange->next_spare;
        server->spare_count--;
    }
    pthread_mutex_unlock(&server->mutex);
    return exchange ? exchange : exchange_new();
}

/* Exchange NULL: there was no memory for one. */
static void put_away(Server *server, Exchange *exchange) {
    pthread_mutex_lock(&server->mutex);
    bool keep = exchange && server->spare_count < MOST_SPARES;
    if (keep) {
        exchange->next_spare = server->spares;
        server->spares = exchange;
        server->spare_count++;
    }
    server->in_hand--;
    server_tell_drain(server);
    pthread_mutex_unlock(&server->mutex);
    if (keep || !exchange) return;
    arena_close(exchange->arena);
    free(exchange);
}

static void copy_target(void *argument) {
    Exchange *exchange = argument;
    exchange->head.target = str_copy(exchange->arena, exchange->head.target);
}

Exchange *exchange_open(Server *server, struct MHD_Connection *connection, Peer *peer, const char *target) {
    Exchange *exchange = take_up(server);
    if (!exchange) {
        put_away(server, NULL);
        return NULL;
    }
    Arena *arena = exchange->arena;
    arena_set_limit(arena, LIMIT_ARENA_REQUEST_BYTES);
    *exchange = (Exchange){
        .arena = arena,
        .server = server,
        .connection = connection,
        .peer = peer,
        .request = {.arena = arena,
                    .server = server,
                    .store = server->options.store,
                    .application = server->options.application,
                    .base_url = server->base_url,
                    .mail = server->options.mail},
        .body = {.arena = arena},
        .body_limit_bytes = server->options.body_bytes,
        .began_ms = monotonic_ms(),
    };
    respond_clear(&exchange->request);
    exchange->head.target = str_from_c(target);
    set_deadline(exchange, server->options.request_timeout_s * INT64_C(1000));
    if (!arena_protect(arena, copy_target, exchange)) return exchange;
    exchange_close(exchange);
    return NULL;
}

void exchange_close(Exchange *exchange) {
    if (exchange->page) cache_release(exchange->page);
    arena_reset(exchange->arena);
    atomic_fetch_sub(&exchange->server->large_bodies_bytes, exchange->large_bytes);
    put_away(exchange->server, exchange);
}

void exchange_spares_close(Server *server) {
    while (server->spares) {
        Exchange *exchange = server->spares;
        server->spares = exchange->next_spare;
        arena_close(exchange->arena);
        free(exchange);
    }
}

/* ---- answering ------------------------------------------------------------------------------------ */

static void write_error_page(void *argument) {
    Exchange *exchange = argument;
    exchange->server->options.hooks.error_page(&exchange->request, exchange->refused_err);
}

/* From here on it is for the reader to take what is sent, however slow the line. */
static void set_sending(Exchange *exchange, size_t size_bytes) {
    exchange->stage = STAGE_SENT;
    set_deadline(exchange, 2 * exchange->server->options.request_timeout_s * INT64_C(1000) +
                               (int64_t)size_bytes * 1000 / SLOWEST_READER_BYTES_PER_S);
}

/* A request that has used up its memory is told so, in words of its language and with what was typed. */
static void allow_memory_for_answer(Exchange *exchange) {
    arena_set_limit(exchange->arena, LIMIT_ARENA_REQUEST_BYTES + LIMIT_ARENA_ANSWER_BYTES);
}

static enum MHD_Result answer(Exchange *exchange) {
    allow_memory_for_answer(exchange);
    set_sending(exchange, exchange->request.response.body.size);
    if (exchange->is_stream) set_deadline(exchange, 0);
    return response_send(exchange);
}

static enum MHD_Result answer_bare(Exchange *exchange, int status) {
    set_sending(exchange, 0);
    return response_send_bare(exchange, status);
}

static enum MHD_Result answer_cached(Exchange *exchange, CachedPage *page) {
    set_sending(exchange, CACHE_LARGEST_PAGE);
    exchange->page = page;
    return response_send_cached(exchange);
}

/* The page of an error under the status given, or a bare line where not even that can be made. */
static enum MHD_Result answer_error(Exchange *exchange, int status, Err err) {
    Request *request = &exchange->request;
    request->tx = NULL;
    if (status == 308) {
        request->response.status = status;
        return answer(exchange);
    }
    allow_memory_for_answer(exchange);
    respond_clear(request);
    exchange->refused_err = err;
    if (arena_protect(exchange->arena, write_error_page, exchange)) {
        log_failure(request->id, arena_failure(exchange->arena));
        return answer_bare(exchange, status);
    }
    request->response.status = status;
    return answer(exchange);
}

/* A fault inside: told in the log by the request's name, which the page shows too. */
static enum MHD_Result answer_fault(Exchange *exchange, Err err) {
    const Failure *failure = arena_failure(exchange->arena);
    if (failure->err) log_failure(exchange->request.id, failure);
    else log_warning(exchange->request.id, "the store ended the request with %s", err_name(err));
    if (err == ERR_LIMIT) /* what was sent is too much, or what is here: the page says either */
        return answer_error(exchange, exchange->request.method == METHOD_POST ? 413 : 503, err);
    bool known = err == ERR_FULL || err == ERR_BUSY || err == ERR_UNCERTAIN || err == ERR_OUTDATED || err == ERR_IO;
    return answer_error(exchange, known ? err_http_status(err) : 500, known ? err : ERR_INTERNAL);
}

static void lead_inside(void *argument) { refused_lead(argument); }

static enum MHD_Result finish(Exchange *exchange) {
    if (exchange->outcome != exchange->returned) return answer_fault(exchange, exchange->outcome);
    if (exchange->returned && !exchange->keeps_answer)
        return answer_error(exchange, err_http_status(exchange->returned), exchange->returned);
    allow_memory_for_answer(exchange);
    if (arena_protect(exchange->arena, lead_inside, exchange)) /* it stays the answer that it is */
        log_failure(exchange->request.id, arena_failure(exchange->arena));
    return answer(exchange);
}

/* ---- what stands before every handler --------------------------------------------------------------- */

static bool is_view(const Request *request) { return !str_is_absent(request->view.whom); }

static Err find_who_and_where(Request *request) {
    const ServerHooks *hooks = &request->server->options.hooks;
    request->who = (Who){0};
    request->scope = (Scope){0};
    hooks->identify(request);
    if (request->who.person && !exchange_of(request)->language_chosen) request->language = request->who.language;
    Err err = hooks->resolve(request);
    return err || !is_view(request) ? err : hooks->view(request);
}

/* Signed in, they come back to where they wanted to go. */
static Err lead_to_sign_in(Request *request) {
    const ServerHooks *hooks = &request->server->options.hooks;
    Str path = hooks->sign_in_path ? hooks->sign_in_path(request) : STR_ABSENT;
    request->view = (View){0}; /* where the view is not theirs yet, the way in is no part of it */
    return str_is_absent(path) ? ERR_DENIED : respond_redirect(request, path);
}

/* Rights, then the state of what the route is about. OK with the answer in the response where it may not go on: a
 * redirect to the sign-in, where nobody is signed in yet; a refusal by state. */
static Err check_rights(Request *request, bool *may_go_on) {
    const ServerHooks *hooks = &request->server->options.hooks;
    *may_go_on = false;
    Err err = find_who_and_where(request);
    if (err == ERR_DENIED && is_view(request) && !request->who.person) return lead_to_sign_in(request);
    if (err) return err;
    bool is_allowed = (request->route->roles & ROLE_ANYONE) || hooks->allows(request, request->route->roles);
    *may_go_on = is_allowed && (!request->route->changes || !hooks->is_open || hooks->is_open(request));
    if (is_allowed) return OK;
    if (request->who.person || request->method != METHOD_GET || is_view(request)) return ERR_DENIED;
    return lead_to_sign_in(request);
}

static void begin_work(Exchange *exchange, Tx *tx) {
    Request *request = &exchange->request;
    respond_clear(request);
    exchange->after_commit = NULL;
    exchange->keeps_answer = false;
    exchange->returned = OK;
    request->tx = tx;
    request->now_ms = tx_now_ms(tx);
}

static Err end_work(Exchange *exchange, Err err) {
    exchange->request.tx = NULL;
    const Response *response = &exchange->request.response;
    if (!err && response->status >= 400 && !response->keeps_changes) {
        exchange->keeps_answer = true;
        err = ERR_INPUT; /* rolls back what the handler changed before it refused */
    }
    exchange->returned = err;
    return err;
}

/* ---- reading -------------------------------------------------------------------------------------------- */

/* Who of staff was shown what is personal. */
static void note_read(Exchange *exchange) {
    Request *request = &exchange->request;
    void (*note)(Request *) = exchange->server->options.hooks.note_read;
    bool is_shown = request->response.status == 0 || request->response.status == 200;
    bool is_personal = is_view(request) ? request->view.reads != NULL : request->route->reads && request->who.person;
    if (note && is_shown && is_personal && !request->response.has_nobody) note(request);
}

static Err read_work(Tx *tx, void *context) {
    Exchange *exchange = context;
    begin_work(exchange, tx);
    bool may_go_on;
    Err err = check_rights(&exchange->request, &may_go_on);
    if (!err && may_go_on && !refused_answer(exchange)) {
        err = exchange->request.route->handler(&exchange->request);
        if (!err) note_read(exchange);
        if (is_view(&exchange->request)) exchange->request.response.cookie_count = 0; /* it is looked at, no more */
    }
    return end_work(exchange, err);
}

static void read_inside(void *argument) {
    Exchange *exchange = argument;
    exchange->outcome = store_read(exchange->server->options.store, exchange->arena, read_work, exchange);
}

static enum MHD_Result run_reading(Exchange *exchange) {
    Err fault = arena_protect(exchange->arena, read_inside, exchange);
    return fault ? answer_fault(exchange, fault) : finish(exchange);
}

/* ---- cached pages ------------------------------------------------------------------------------------------ */

/* Without a cookie that could be a session, and without a query that could change the page. */
static bool may_be_cached(const Exchange *exchange) {
    const Request *request = &exchange->request;
    if (request->route->caching != CACHE_PUBLIC || request->query.count || is_view(request)) return false;
    for (size_t i = 0; i < request->cookies.count; i++)
        if (!str_equal(request->cookies.fields[i].name, STR("lang"))) return false;
    return true;
}

enum { MINUTE_MS = 60 * 1000 };

typedef struct Freshness {
    Exchange *exchange;
    Id edition;
    PageStamp stamp;
    Err err;
} Freshness;

static unsigned parts_of(const Exchange *exchange) { return exchange->request.route->parts | 1u << PART_EDITION; }

static Err resolve_work(Tx *tx, void *context) {
    Freshness *freshness = context;
    begin_work(freshness->exchange, tx);
    Err err = freshness->exchange->server->options.hooks.resolve(&freshness->exchange->request);
    freshness->edition = freshness->exchange->request.scope.edition;
    freshness->exchange->request.tx = NULL;
    return err;
}

static void version_inside(void *argument) {
    Freshness *freshness = argument;
    const Exchange *exchange = freshness->exchange;
    /* A call for sign-ups closes by the clock, with no write: what is kept is at most a minute old. */
    freshness->stamp = (PageStamp){
        .version =
            store_version(exchange->server->options.store, exchange->arena, freshness->edition, parts_of(exchange)),
        .minute = clock_now_ms(exchange->server->options.clock) / MINUTE_MS,
    };
}

static void resolve_and_version_inside(void *argument) {
    Freshness *freshness = argument;
    Exchange *exchange = freshness->exchange;
    freshness->err = store_read(exchange->server->options.store, exchange->arena, resolve_work, freshness);
    if (!freshness->err) version_inside(freshness);
}

/* The version is read before the page is: a change in between makes the kept page look older than it is,
 * never newer. A page with a form of its own once-key is not kept, whatever its route says. */
static enum MHD_Result make_cached(Exchange *exchange) {
    Freshness freshness = {.exchange = exchange};
    PageLanguage language = {.asked = exchange->request.language}; /* resolving may choose another */
    Err fault = arena_protect(exchange->arena, resolve_and_version_inside, &freshness);
    if (!fault && !freshness.err) fault = arena_protect(exchange->arena, read_inside, exchange);
    else if (!fault) exchange->outcome = exchange->returned = freshness.err;
    if (fault) return answer_fault(exchange, fault);
    const Request *request = &exchange->request;
    const Response *response = &request->response;
    Str body = buffer_str(&response->body);
    bool plain_page = !exchange->outcome && !exchange->returned && !exchange->is_stream && !response->immutable &&
                      (response->status == 0 || response->status == 200) && !response->cookie_count &&
                      str_is_absent(response->encoding) && str_is_absent(response->file_name) &&
                      str_is_absent(response->location) && request->scope.edition == freshness.edition &&
                      str_is_absent(request->once.text);
    if (!plain_page) return finish(exchange);
    Str type = str_is_absent(response->content_type) ? STR("text/html; charset=utf-8") : response->content_type;
    language.written = request->language;
    CachedPage *page =
        cache_put(exchange->server->cache, request->path, language, freshness.edition, freshness.stamp, type, body);
    return page ? answer_cached(exchange, page) : finish(exchange);
}

static enum MHD_Result run_cached(Exchange *exchange) {
    const Request *request = &exchange->request;
    CachedPage *page = cache_find(exchange->server->cache, request->path, request->language);
    if (!page) return make_cached(exchange);
    Freshness freshness = {.exchange = exchange, .edition = cached_edition(page)};
    Err fault = arena_protect(exchange->arena, version_inside, &freshness);
    if (!fault && cached_is_of(page, freshness.stamp)) return answer_cached(exchange, page);
    cache_release(page);
    return fault ? answer_fault(exchange, fault) : make_cached(exchange);
}

/* ---- changing ---------------------------------------------------------------------------------------------- */

static Err change_work(Tx *tx, void *context) {
    Exchange *exchange = context;
    Request *request = &exchange->request;
    const ServerHooks *hooks = &exchange->server->options.hooks;
    begin_work(exchange, tx);
    bool may_go_on;
    Err err = check_rights(request, &may_go_on);
    bool with_key = !request->route->outside;
    if (!err && may_go_on && (!with_key || hooks->once_begin(request))) {
        err = request->route->handler(request);
        bool stays = request->response.status < 400 || request->response.keeps_changes;
        if (!err && with_key && stays) hooks->once_end(request);
    }
    return end_work(exchange, err);
}

/* False when the server is stopping: nothing more is sent away then. */
static bool go_away(Exchange *exchange) {
    Server *server = exchange->server;
    pthread_mutex_lock(&server->mutex);
    bool may = !server->stopping;
    if (may) server->suspended++;
    pthread_mutex_unlock(&server->mutex);
    if (!may) return false;
    exchange->stage = STAGE_AWAY;
    MHD_suspend_connection(exchange->connection);
    return true;
}

/* From here on the exchange is the pool thread's: nothing of it may be touched any more. */
static void come_back(Exchange *exchange, Err outcome) {
    Server *server = exchange->server;
    exchange->outcome = outcome;
    exchange->stage = STAGE_READY;
    MHD_resume_connection(exchange->connection);
    pthread_mutex_lock(&server->mutex);
    server->suspended--;
    server_tell_drain(server);
    pthread_mutex_unlock(&server->mutex);
}

/* On the writer's thread. */
static void change_done(StoreWrite *write, Err err) {
    Exchange *exchange = write->context;
    for (AfterCommit *after = err ? NULL : exchange->after_commit; after; after = after->next)
        after->work(after->context);
    come_back(exchange, err);
}

/* Changes of one edition, "/{series}/{edition}/…", are one lane's; what belongs to none goes with the rest. */
static uint64_t lane_of(const Request *request) {
    static const char of_edition[] = "/{series}/{edition}";
    if (strncmp(request->route->path, of_edition, sizeof of_edition - 1) != 0) return 0;
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, 64 bits, over the first two parts */
    for (size_t i = 0, slashes = 0; i < request->path.size; i++) {
        slashes += request->path.data[i] == '/';
        if (slashes == 3) break;
        hash = (hash ^ (unsigned char)request->path.data[i]) * 0x100000001b3u;
    }
    return hash >> 32;
}

/* Ids are of the installation, so the gate needs no edition. */
static StoreGate gate_of(const Request *request) {
    Id wanted;
    if (request->route->gate && strcmp(request->route->gate, "edition") == 0)
        return store_edition_gate(request->arena, request_parameter(request, "series"),
                                  request_parameter(request, "edition"));
    bool is_named = request->route->gate && request_id(request, request->route->gate, &wanted);
    return is_named ? (StoreGate){.edition = 0, .gate = wanted} : (StoreGate){0};
}

static void submit_change(Exchange *exchange) {
    exchange->returned = OK;
    exchange->write = (StoreWrite){.work = change_work,
                                   .done = change_done,
                                   .context = exchange,
                                   .arena = exchange->arena,
                                   .lane = lane_of(&exchange->request),
                                   .gate = gate_of(&exchange->request)};
    Err err = store_submit(exchange->server->options.store, &exchange->write);
    if (err) come_back(exchange, err);
}

/* ---- slow work first --------------------------------------------------------------------------------------- */

/* A form sent again is answered as before: what it would prepare may be done already, and be refused now. Where the
 * first sending has not ended yet, the writer finds that out. */
static bool was_done_before(Exchange *exchange) {
    Request *request = &exchange->request;
    const Route *route = request->route;
    exchange->is_replay = route->changes && !route->outside && !exchange->server->options.hooks.once_begin(request);
    return exchange->is_replay;
}

static Err prepare_work(Tx *tx, void *context) {
    Exchange *exchange = context;
    Request *request = &exchange->request;
    begin_work(exchange, tx);
    bool may_go_on;
    Err err = check_rights(request, &may_go_on);
    may_go_on = !err && may_go_on && !was_done_before(exchange);
    if (may_go_on && !request->route->changes) may_go_on = !refused_answer(exchange);
    if (may_go_on) err = request->route->prepare(request);
    if (!err && may_go_on && !request->route->changes) err = request->route->handler(request);
    return end_work(exchange, err);
}

static void prepare_inside(void *argument) {
    Exchange *exchange = argument;
    exchange->outcome = store_read(exchange->server->options.store, exchange->arena, prepare_work, exchange);
}

/* On a worker. */
static void prepare(void *context) {
    Exchange *exchange = context;
    Err fault = arena_protect(exchange->arena, prepare_inside, exchange);
    if (fault) {
        exchange->returned = OK;
        come_back(exchange, fault);
    } else if (exchange->outcome || exchange->is_replay || !exchange->request.route->changes) {
        come_back(exchange, exchange->outcome);
    } else {
        submit_change(exchange);
    }
}

static bool has_slow_work(const Request *request) {
    const Route *route = request->route;
    return route->prepare && (!route->prepares || route->prepares(request));
}

static enum MHD_Result run_away(Exchange *exchange) {
    if (!go_away(exchange)) return answer_error(exchange, 503, ERR_BUSY);
    if (!has_slow_work(&exchange->request)) submit_change(exchange);
    else if (workers_run(exchange->server->workers, prepare, exchange)) come_back(exchange, ERR_BUSY);
    return MHD_YES;
}

/* ---- what a changing request must bring ---------------------------------------------------------------- */

/* Sec-Fetch-Site cannot be forged by a page (W3C Fetch Metadata); where a browser is too old for it, the
 * Origin must be ours; where there is neither, no browser of the last ten years is asking. */
static bool is_same_origin(const Exchange *exchange) {
    Str site = head_get(&exchange->head, STR("Sec-Fetch-Site"));
    if (!str_is_absent(site)) return str_equal(site, STR("same-origin")) || str_equal(site, STR("none"));
    Str origin = head_get(&exchange->head, STR("Origin"));
    return str_is_absent(origin) || str_equal_ascii_case(origin, exchange->server->base_url);
}

static void check_change(Exchange *exchange) {
    const Route *route = exchange->request.route;
    unsigned per_min = exchange->server->options.changes_per_min / (route->rate_part ? route->rate_part : 1);
    uint64_t purpose = route->rate_part ? str_hash(str_from_c(route->path)) : 0; /* the same on every node */
    LimitsNow now = {monotonic_ms(), clock_now_ms(exchange->server->options.clock)};
    if (!limits_take(exchange->server->limits, &exchange->client, purpose, per_min, now, &exchange->retry_after_s))
        exchange_refuse(exchange, 429, ERR_LIMIT);
    if (route->outside) return;
    if (!is_same_origin(exchange)) exchange_refuse(exchange, 403, ERR_DENIED);
    if (route->changes && !once_key_is_whole(fields_get(&exchange->request.form, STR("once"))))
        exchange_refuse(exchange, 400, ERR_INPUT);
}

/* ---- large bodies ------------------------------------------------------------------------------------------ */

static Err may_send_large(Tx *tx, void *context) {
    Exchange *exchange = context;
    Request *request = &exchange->request;
    begin_work(exchange, tx);
    unsigned roles = request->route->roles;
    Err err = find_who_and_where(request);
    bool may = !err && request->who.person &&
               ((roles & ROLE_ANYONE) || exchange->server->options.hooks.allows(request, roles));
    request->tx = NULL;
    return !err && !may ? ERR_DENIED : err;
}

static bool reserve_large(Exchange *exchange, size_t bytes) {
    _Atomic size_t *all = &exchange->server->large_bodies_bytes;
    size_t held = atomic_load(all), most = exchange->server->options.large_bodies_bytes;
    do
        if (bytes > most || held > most - bytes) return false;
    while (!atomic_compare_exchange_weak(all, &held, held + bytes));
    exchange->large_bytes = bytes;
    return true;
}

/* Once a request, when its body is to be larger than what is taken from anybody: asks who sends it, before it is in
 * memory. Room is made for all of it at once: what was not sent yet costs none, and nothing is copied on the way. */
static void decide_on_large(void *argument) {
    Exchange *exchange = argument;
    const Route *route = exchange->request.route;
    exchange->large_is_decided = true;
    if (exchange->refused_status || route->body_limit_bytes <= exchange->body_limit_bytes) return;
    size_t bytes = exchange->framing.is_chunked ? route->body_limit_bytes : (size_t)exchange->framing.length_bytes;
    if (bytes > route->body_limit_bytes) return;
    Err err = store_read(exchange->server->options.store, exchange->arena, may_send_large, exchange);
    if (!err && !reserve_large(exchange, bytes)) err = ERR_BUSY;
    if (err) {
        exchange_refuse(exchange, err_http_status(err), err);
        return;
    }
    Str so_far = buffer_str(&exchange->body);
    exchange->body = (Buffer){.arena = exchange->arena, .data = arena_alloc(exchange->arena, bytes), .capacity = bytes};
    buffer_add(&exchange->body, so_far);
    exchange->body_limit_bytes = route->body_limit_bytes;
}

/* Whether a body of so many bytes is taken: refused with the reason where not. */
static Err take_bytes(Exchange *exchange, size_t bytes) {
    Err fault = OK;
    if (bytes > exchange->body_limit_bytes && !exchange->large_is_decided)
        fault = arena_protect(exchange->arena, decide_on_large, exchange);
    if (bytes <= exchange->body_limit_bytes) return fault;
    exchange_refuse(exchange, 413, ERR_LIMIT);
    exchange->closes = true;
    return fault;
}

/* An honest line is given the time it needs, however large what it brings; a dribble is not. */
static void prolong(const Exchange *exchange) {
    int64_t bytes = (int64_t)(exchange->body.size + exchange->discarded_bytes);
    int64_t allowed_ms =
        exchange->server->options.request_timeout_s * INT64_C(1000) + bytes * 1000 / SLOWEST_SENDER_BYTES_PER_S;
    atomic_store(&exchange->peer->deadline_ms, exchange->began_ms + allowed_ms);
}

/* ---- the calls of libmicrohttpd --------------------------------------------------------------------------- */

typedef struct Lines {
    HeadLine *lines;
    size_t count;
} Lines;

static enum MHD_Result take_line(void *context, enum MHD_ValueKind kind, const char *name, size_t name_size,
                                 const char *value, size_t value_size) {
    (void)kind;
    Lines *lines = context;
    if (lines->count == GUARD_LINES + 1) return MHD_NO; /* one too many is enough to be refused */
    lines->lines[lines->count++] = (HeadLine){str_from(name, name_size), str_from(value ? value : "", value_size)};
    return MHD_YES;
}

static void head_inside(void *argument) {
    Exchange *exchange = argument;
    Lines lines = {.lines = arena_array(exchange->arena, HeadLine, GUARD_LINES + 1)};
    MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, take_line, &lines);
    exchange->head.lines = lines.lines;
    exchange->head.count = lines.count;
    int status = guard_head(&exchange->head, exchange->server->options.header_bytes, &exchange->framing);
    exchange->closes = status != 0;
    if (status) exchange_refuse(exchange, status, ERR_INPUT);
    else request_read_head(exchange);
}

enum MHD_Result exchange_head(Exchange *exchange, const char *method, const char *version) {
    exchange->head.method = str_from_c(method);
    exchange->head.version = str_from_c(version);
    exchange->is_head = str_equal(exchange->head.method, STR("HEAD"));
    exchange->stage = STAGE_BODY;
    if (arena_protect(exchange->arena, head_inside, exchange)) return answer_fault(exchange, ERR_INTERNAL);
    if (exchange->closes) return answer_bare(exchange, exchange->refused_status);
    int64_t length = exchange->framing.length_bytes;
    if (take_bytes(exchange, (size_t)length)) return answer_fault(exchange, ERR_INTERNAL);
    if (length <= (int64_t)exchange->body_limit_bytes) return MHD_YES;
    bool expects = !str_is_absent(head_get(&exchange->head, STR("Expect")));
    return length > DISCARD_BYTES || expects ? answer_error(exchange, exchange->refused_status, exchange->refused_err)
                                             : MHD_YES;
}

typedef struct Piece {
    Exchange *exchange;
    Str bytes;
} Piece;

static void keep_piece(void *argument) {
    Piece *piece = argument;
    buffer_add(&piece->exchange->body, piece->bytes);
}

enum MHD_Result exchange_body(Exchange *exchange, const char *data, size_t size) {
    if (take_bytes(exchange, exchange->body.size + size)) return MHD_NO;
    prolong(exchange);
    if (exchange->refused_status) {
        exchange->discarded_bytes += size;
        return exchange->discarded_bytes > DISCARD_BYTES ? MHD_NO : MHD_YES;
    }
    Piece piece = {exchange, str_from(data, size)};
    return arena_protect(exchange->arena, keep_piece, &piece) ? MHD_NO : MHD_YES;
}

static void body_inside(void *argument) {
    Exchange *exchange = argument;
    if (exchange->refused_status) return;
    request_read_body(exchange);
    if (exchange->request.method == METHOD_POST) check_change(exchange);
}

enum MHD_Result exchange_end(Exchange *exchange) {
    set_deadline(exchange, 0);
    if (arena_protect(exchange->arena, body_inside, exchange)) return answer_fault(exchange, ERR_INTERNAL);
    if (exchange->refused_status) return answer_error(exchange, exchange->refused_status, exchange->refused_err);
    if (exchange->request.route->changes || exchange->request.route->prepare) return run_away(exchange);
    return may_be_cached(exchange) ? run_cached(exchange) : run_reading(exchange);
}

enum MHD_Result exchange_resumed(Exchange *exchange) { return finish(exchange); }
