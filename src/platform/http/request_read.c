// SPDX-License-Identifier: EUPL-1.2
/* What the head and the body of a request say, put into the Request. */
#include "platform/http/exchange.h"

#include "platform/http/fields.h"

enum { LANGUAGE_COOKIE_S = 365 * 24 * 3600 };

void exchange_refuse(Exchange *exchange, int status, Err err) {
    if (exchange->refused_status) return; /* the first reason is the one to tell */
    exchange->refused_status = status;
    exchange->refused_err = err;
}

/* What the trusted proxy wrote: the end of the list, be it one line or one line from each program on the way. What
 * stands before that came from outside. Absent: no such header. */
static Str said_by_proxy(const Exchange *exchange, Str name) {
    Str rest = head_get_last(&exchange->head, name), part, last = STR_ABSENT;
    while (str_next_part(&rest, ',', &part)) last = str_trim(part);
    return last;
}

/* An address, as some proxies write it: with brackets, with a port. */
static bool forwarded_address(Str text, Address *address) {
    if (address_parse(text, address)) return true;
    bool is_bracketed = str_starts_with(text, STR("["));
    ptrdiff_t end = str_index_of_char(text, is_bracketed ? ']' : ':');
    if (end <= 0) return false;
    Str inside = is_bracketed ? str_slice(text, 1, (size_t)end - 1) : str_slice(text, 0, (size_t)end);
    Str port = str_skip(text, (size_t)end + is_bracketed);
    int64_t number;
    bool is_port = str_starts_with(port, STR(":")) && str_to_int(str_skip(port, 1), &number) && number >= 0;
    return (is_port || str_is_empty(port)) && address_parse(inside, address);
}

/* Who asks: the peer, or whom the trusted proxy names. Where it knows no address, a name of its own stands for one, so
 * that those it cannot tell of do not use up what is the proxy's, nor each other's. */
static void read_client(Exchange *exchange) {
    Request *request = &exchange->request;
    exchange->client = exchange->peer->address;
    if (exchange->peer->is_proxy) {
        Str client = said_by_proxy(exchange, STR("X-Forwarded-For"));
        if (!str_is_absent(client) && !forwarded_address(client, &exchange->client))
            exchange->client = address_of_name(client);
        request->is_secure = str_equal_ascii_case(said_by_proxy(exchange, STR("X-Forwarded-Proto")), STR("https"));
    }
    char text[ADDRESS_TEXT_SIZE];
    size_t size = address_write(text, &exchange->client);
    request->remote_address = str_copy(request->arena, str_from(text, size));
}

static void read_language(Exchange *exchange) {
    Request *request = &exchange->request;
    Language language;
    request->language = language_from_header(head_get(&exchange->head, STR("Accept-Language")), LANGUAGE_PL);
    if (language_parse(fields_get(&request->query, STR("lang")), &language)) {
        exchange->language_cookie =
            str_format(request->arena, "lang=%s; Path=/; Max-Age=%d; SameSite=Lax%s", language_tag(language),
                       LANGUAGE_COOKIE_S, request->is_secure ? "; Secure" : "");
    } else if (!language_parse(fields_get(&request->cookies, STR("lang")), &language)) {
        return;
    }
    request->language = language;
    exchange->language_chosen = true;
}

/* A browser splits its cookies over several headers only through a proxy that speaks HTTP/2. */
static void read_cookies(Exchange *exchange) {
    Buffer cookies = buffer_in(exchange->arena);
    for (size_t i = 0; i < exchange->head.count; i++) {
        if (!str_equal_ascii_case(exchange->head.lines[i].name, STR("Cookie"))) continue;
        if (cookies.size) buffer_add(&cookies, STR("; "));
        buffer_add(&cookies, exchange->head.lines[i].value);
    }
    if (cookies.size)
        fields_from_cookies(exchange->arena, buffer_str(&cookies), exchange->server->options.fields,
                            &exchange->request.cookies);
}

static void read_route(Exchange *exchange, Str path) {
    Request *request = &exchange->request;
    RouteMatch match = {0};
    RouteFinding finding = router_find(exchange->server->router, request->arena, request->method, path, &match);
    request->route = match.route;
    request->parameters = match.parameters;
    exchange->allow = match.allow;
    if (finding == ROUTE_NONE) exchange_refuse(exchange, 404, ERR_NOT_FOUND);
    if (finding == ROUTE_METHOD) exchange_refuse(exchange, 405, ERR_NOT_FOUND);
    if (finding == ROUTE_REDIRECT) {
        Str prefix = str_or_empty(request->view.prefix);
        exchange->request.response.location = str_format(
            request->arena, "%.*s%.*s%.*s", STR_FORMAT(prefix), STR_FORMAT(str_slice(path, 0, path.size - 1)),
            STR_FORMAT(str_skip(request->target, prefix.size + path.size)));
        exchange_refuse(exchange, 308, OK);
    }
}

static bool is_view_name(Str whom) {
    for (size_t i = 0; i < whom.size; i++)
        if ((whom.data[i] < 'a' || whom.data[i] > 'z') && (whom.data[i] < '0' || whom.data[i] > '9')) return false;
    return whom.size > 0 && whom.size <= VIEW_WHOM_CHARS;
}

/* "/~host/wspolnie/iii" is "/wspolnie/iii", looked at: nothing can be sent to it. Gives the path behind. */
static Str read_view(Exchange *exchange, Str path) {
    Request *request = &exchange->request;
    if (!str_starts_with(path, STR("/~")) || !exchange->server->options.hooks.view) return path;
    Str behind = str_skip(path, 2);
    ptrdiff_t slash = str_index_of_char(behind, '/');
    Str whom = slash < 0 ? behind : str_slice(behind, 0, (size_t)slash);
    if (!is_view_name(whom)) {
        exchange_refuse(exchange, 404, ERR_NOT_FOUND);
        return path;
    }
    request->view.whom = whom;
    request->view.prefix = str_slice(path, 0, whom.size + 2);
    if (request->method != METHOD_GET) {
        exchange->allow = STR("GET, HEAD");
        exchange_refuse(exchange, 405, ERR_DENIED);
    }
    return slash < 0 ? STR("/") : str_skip(path, whom.size + 2);
}

/* Mixes a counter into something that does not tell how many requests there were (splitmix64's end). */
static Str name_of_request(Exchange *exchange) {
    uint64_t z = exchange->server->seed + atomic_fetch_add(&exchange->server->requests, 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return str_format(exchange->arena, "%016llx", (unsigned long long)(z ^ z >> 31));
}

void request_read_head(Exchange *exchange) {
    Request *request = &exchange->request;
    Str target = exchange->head.target;
    ptrdiff_t question = str_index_of_char(target, '?');
    Str path = question < 0 ? target : str_slice(target, 0, (size_t)question);
    request->method = exchange->is_head || str_equal(exchange->head.method, STR("GET")) ? METHOD_GET
                      : str_equal(exchange->head.method, STR("POST"))                   ? METHOD_POST
                                                                                        : METHOD_OTHER;
    request->id = name_of_request(exchange);
    request->now_ms = clock_now_ms(exchange->server->options.clock);
    request->once.now_ms = request->now_ms;
    request->target = target;
    path = read_view(exchange, path);
    if (!percent_decode(request->arena, path, false, &request->path)) exchange_refuse(exchange, 400, ERR_INPUT);
    if (question >= 0) {
        Str query = str_skip(target, (size_t)question + 1);
        Err err = fields_from_urlencoded(request->arena, query, exchange->server->options.fields, &request->query);
        if (err) exchange_refuse(exchange, 400, err);
    }
    read_client(exchange);
    read_cookies(exchange);
    read_language(exchange);
    if (exchange->refused_status != 405) read_route(exchange, path);
}

void request_read_body(Exchange *exchange) {
    Request *request = &exchange->request;
    Str body = buffer_str(&exchange->body), boundary;
    if (!body.size) return;
    Str type = head_get(&exchange->head, STR("Content-Type"));
    ptrdiff_t semicolon = str_index_of_char(type, ';');
    Str media = str_trim(semicolon < 0 ? type : str_slice(type, 0, (size_t)semicolon));
    unsigned own_limit = request->route ? request->route->fields_limit : 0;
    size_t limit = own_limit ? own_limit : exchange->server->options.fields;
    Err err = ERR_INPUT;
    if (str_equal_ascii_case(media, STR("application/x-www-form-urlencoded")))
        err = fields_from_urlencoded(request->arena, body, limit, &request->form);
    else if (multipart_boundary(type, &boundary))
        err = fields_from_multipart(request->arena, boundary, body, limit, &request->form);
    else if (!str_equal_ascii_case(media, STR("multipart/form-data"))) {
        exchange_refuse(exchange, 415, ERR_INPUT);
        return;
    }
    if (err) exchange_refuse(exchange, err == ERR_LIMIT ? 413 : 400, err);
}
