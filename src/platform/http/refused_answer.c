// SPDX-License-Identifier: EUPL-1.2
/* Refused pages in an exchange: when the answer to a form is kept, and when a page is one that was kept (refused.h). */
#include "platform/http/exchange.h"
#include "platform/http/refused.h"

static const Str name = STR_INIT("refused");

/* Of all that says who reads; the language they read in says nothing. */
static uint64_t reader_of(const Request *request) {
    Buffer cookies = buffer_in(request->arena);
    for (size_t i = 0; i < request->cookies.count; i++) {
        const Field *cookie = &request->cookies.fields[i];
        if (str_equal(cookie->name, STR("lang"))) continue;
        buffer_add(&cookies, cookie->name);
        buffer_add_char(&cookies, '=');
        buffer_add(&cookies, cookie->value);
        buffer_add_char(&cookies, ';');
    }
    return str_hash(buffer_str(&cookies));
}

/* An address as it stands in a browser, without this module's part of it. */
static Str without_key(Arena *arena, Str target) {
    ptrdiff_t mark = str_index_of_char(target, '?');
    if (mark < 0) return target;
    Buffer kept = buffer_in(arena);
    buffer_add(&kept, str_slice(target, 0, (size_t)mark));
    char before = '?';
    for (Str rest = str_skip(target, (size_t)mark + 1), part; str_next_part(&rest, '&', &part);) {
        if (str_starts_with(part, STR("refused=")) || str_is_empty(part)) continue;
        buffer_add_char(&kept, before);
        buffer_add(&kept, part);
        before = '&';
    }
    return buffer_str(&kept);
}

/* The page that the form stood on, where its browser says so and it is one of ours that can be opened; else absent. */
static Str page_of_form(Exchange *exchange, Str *path) {
    Arena *arena = exchange->arena;
    Str base = exchange->server->base_url, page = head_get(&exchange->head, STR("Referer"));
    if (!str_starts_with(page, base) || page.size == base.size || page.data[base.size] != '/') return STR_ABSENT;
    page = without_key(arena, str_skip(page, base.size));
    ptrdiff_t mark = str_index_of_char(page, '?');
    *path = mark < 0 ? page : str_slice(page, 0, (size_t)mark);
    RouteMatch match;
    RouteFinding finding = router_find(exchange->server->router, arena, METHOD_GET, *path, &match);
    return finding == ROUTE_FOUND ? page : STR_ABSENT;
}

static bool is_refusal(const Exchange *exchange) {
    const Request *request = &exchange->request;
    const Response *response = &request->response;
    return request->method == METHOD_POST && (response->status == 422 || response->status == 409) &&
           response->body.size && str_is_absent(response->content_type) && !response->cookie_count &&
           str_contains(head_get(&exchange->head, STR("Accept")), STR("text/html"));
}

void refused_lead(Exchange *exchange) {
    if (exchange->server->options.has_other_nodes || !is_refusal(exchange)) return;
    Response *response = &exchange->request.response;
    Str path, page = page_of_form(exchange, &path);
    if (str_is_absent(page)) return;
    Str key = random_secret_text(exchange->arena);
    RefusedPage kept = {path, buffer_str(&response->body), reader_of(&exchange->request), response->status};
    Str location = str_format(exchange->arena, "%.*s%c%.*s=%.*s", STR_FORMAT(page),
                              str_index_of_char(page, '?') < 0 ? '?' : '&', STR_FORMAT(name), STR_FORMAT(key));
    if (!refusals_keep(exchange->server->refusals, &kept, key, monotonic_ms())) return;
    respond_clear(&exchange->request);
    response->status = 303;
    response->location = location;
}

bool refused_answer(Exchange *exchange) {
    Request *request = &exchange->request;
    Str key = fields_get(&request->query, name);
    if (request->method != METHOD_GET || str_is_empty(key)) return false;
    Str target = exchange->head.target;
    ptrdiff_t mark = str_index_of_char(target, '?');
    RefusedPage page = {.path = mark < 0 ? target : str_slice(target, 0, (size_t)mark), .reader = reader_of(request)};
    if (!refusals_find(exchange->server->refusals, exchange->arena, key, &page, monotonic_ms())) {
        request->response.status = 303;
        request->response.location = without_key(exchange->arena, target);
        return true;
    }
    request->response.status = page.status;
    buffer_add(&request->response.body, page.body);
    return true;
}
