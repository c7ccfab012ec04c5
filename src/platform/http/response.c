// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/exchange.h"

static const struct {
    const char *name, *value;
} security_headers[] = {
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                                "font-src 'self'; connect-src 'self'; "
                                "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"}, /* no other site learns a secret address of ours */
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"},
};

static void add(struct MHD_Response *response, const char *name, const char *value) {
    MHD_add_response_header(response, name, value);
}

static void add_str(Arena *arena, struct MHD_Response *response, const char *name, Str value) {
    if (!str_is_absent(value)) add(response, name, str_to_c(arena, value));
}

static void add_security(struct MHD_Response *response) {
    for (size_t i = 0; i < sizeof security_headers / sizeof *security_headers; i++)
        add(response, security_headers[i].name, security_headers[i].value);
}

static enum MHD_Result queue(const Exchange *exchange, int status, struct MHD_Response *response) {
    if (!response) return MHD_NO;
    enum MHD_Result result = MHD_queue_response(exchange->connection, (unsigned)status, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result response_send_bare(Exchange *exchange, int status) {
    char text[64];
    int size = snprintf(text, sizeof text, "%d %s\n", status, MHD_get_reason_phrase_for((unsigned)status));
    struct MHD_Response *response = MHD_create_response_from_buffer((size_t)size, text, MHD_RESPMEM_MUST_COPY);
    if (response) {
        add_security(response);
        if (exchange->closes) add(response, "Connection", "close");
        add(response, "Content-Type", "text/plain; charset=utf-8");
        add(response, "Cache-Control", "no-store");
    }
    return queue(exchange, status, response);
}

/* ---- pages ------------------------------------------------------------------------------------------- */

static const char *cache_control(const Exchange *exchange) {
    const Response *response = &exchange->request.response;
    if (response->status != 200) return "no-store";
    if (response->immutable) return "public, max-age=31536000, immutable";
    return str_is_absent(response->etag) ? "no-store" : "private, no-cache";
}

/* RFC 6266 with RFC 8187: names of files are seldom ASCII. */
static Str disposition(Arena *arena, Str file_name) {
    Buffer value = buffer_in(arena);
    buffer_add(&value, STR("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < file_name.size; i++) {
        unsigned char c = (unsigned char)file_name.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
                     c == '-' || c == '_';
        if (plain) buffer_add_char(&value, (char)c);
        else buffer_format(&value, "%%%02X", c);
    }
    return buffer_str(&value);
}

typedef struct Sending {
    Exchange *exchange;
    struct MHD_Response *made;
} Sending;

static void destroy(void *argument) {
    Sending *sending = argument;
    MHD_destroy_response(sending->made);
    sending->made = NULL;
}

static void add_headers(Sending *sending) {
    Exchange *exchange = sending->exchange;
    Arena *arena = exchange->arena;
    const Response *response = &exchange->request.response;
    struct MHD_Response *made = sending->made;
    add_security(made);
    if (exchange->closes) add(made, "Connection", "close");
    add(made, "Cache-Control", exchange->is_stream ? "no-store" : cache_control(exchange));
    add_str(arena, made, "Content-Type", response->content_type);
    if (str_starts_with(response->content_type, STR("text/html")))
        add(made, "Content-Language", language_tag(exchange->request.language));
    add_str(arena, made, "Content-Encoding", response->encoding);
    add_str(arena, made, "ETag", response->etag);
    add_str(arena, made, "Location", response->location);
    for (size_t i = 0; i < response->cookie_count; i++) add_str(arena, made, "Set-Cookie", response->cookies[i]);
    add_str(arena, made, "Set-Cookie", exchange->language_cookie);
    add_str(arena, made, "Allow", exchange->allow);
    add(made, "Vary", response->immutable ? "Accept-Encoding" : "Cookie, Accept-Language, Accept-Encoding");
    if (!str_is_absent(
            response->file_name)) { /* somebody's bytes: were they shown all the same, they could do nothing */
        add_str(arena, made, "Content-Disposition", disposition(arena, response->file_name));
        add(made, "Content-Security-Policy", "default-src 'none'; sandbox");
    } else if (response->is_foreign) {
        add(made, "Content-Security-Policy", "default-src 'none'; sandbox");
    }
    if (exchange->is_stream) {
        add(made, "X-Accel-Buffering", "no"); /* nginx would hold events back */
        add(made, "Connection", "close");     /* a stream's end is the connection's */
    }
    if (response->status == 429) add_str(arena, made, "Retry-After", str_format(arena, "%u", exchange->retry_after_s));
    if (response->status == 503) add(made, "Retry-After", "5");
}

static void make(void *argument) {
    Sending *sending = argument;
    Exchange *exchange = sending->exchange;
    Response *response = &exchange->request.response;
    if (!response->status) response->status = 200;
    if (str_is_absent(response->content_type) && response->body.size)
        response->content_type = STR("text/html; charset=utf-8");
    Str if_none_match = head_get(&exchange->head, STR("If-None-Match"));
    if (response->status == 200 && exchange->request.method == METHOD_GET &&
        etag_matches(if_none_match, response->etag)) {
        response->status = 304;
        response->body.size = 0;
        response->content_type = response->encoding = STR_ABSENT;
    }
    /* The bytes live in the arena until libmicrohttpd says that the request is over. */
    Str body = buffer_str(&response->body);
    sending->made = exchange->is_stream ? stream_response(exchange)
                                        : MHD_create_response_from_buffer(body.size, (void *)(uintptr_t)body.data,
                                                                          MHD_RESPMEM_PERSISTENT);
    if (!sending->made) arena_fail(exchange->arena, ERR_LIMIT, "no memory for a response");
    arena_defer(exchange->arena, destroy, sending);
    add_headers(sending);
}

enum MHD_Result response_send(Exchange *exchange) {
    Sending sending = {.exchange = exchange};
    if (exchange->language_cookie.data) exchange->request.response.etag = STR_ABSENT;
    if (arena_protect(exchange->arena, make, &sending)) return response_send_bare(exchange, 500);
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, (unsigned)exchange->request.response.status, sending.made);
    arena_undo_now(exchange->arena, destroy, &sending);
    return result;
}

/* ---- cached pages ------------------------------------------------------------------------------------- */

static struct MHD_Response *make_cached(CachedForm *form, CachedAnswer which) {
    bool whole = which == ANSWER_WHOLE;
    struct MHD_Response *response = /* the bytes stay as long as the page is pinned, by every exchange that sends it */
        MHD_create_response_from_buffer(whole ? form->size : 0, form->bytes, MHD_RESPMEM_PERSISTENT);
    if (!response) return NULL;
    add_security(response);
    add(response, "Cache-Control", "no-cache");
    add(response, "Vary", "Cookie, Accept-Language, Accept-Encoding");
    add(response, "ETag", form->etag);
    if (!whole) return response;
    add(response, "Content-Type", cached_type(form->page));
    add(response, "Content-Language", language_tag(cached_language(form->page)));
    if (form->encoding != ENCODING_PLAIN) add(response, "Content-Encoding", encoding_name(form->encoding));
    return response;
}

void response_free_cached(void *answer) { MHD_destroy_response(answer); }

/* libmicrohttpd counts who still sends a response, so one serves any number of connections. */
enum MHD_Result response_send_cached(Exchange *exchange) {
    CachedForm *form = cached_form(exchange->page, encoding_choose(head_get(&exchange->head, STR("Accept-Encoding"))));
    bool same = etag_matches(head_get(&exchange->head, STR("If-None-Match")), str_from_c(form->etag));
    CachedAnswer which = same ? ANSWER_NOT_MODIFIED : ANSWER_WHOLE;
    struct MHD_Response *response = atomic_load(&form->answers[which]);
    if (!response) {
        struct MHD_Response *made = make_cached(form, which);
        if (!made) return MHD_NO;
        response = cached_answer_keep(form, which, made);
        if (response != made) MHD_destroy_response(made);
    }
    return MHD_queue_response(exchange->connection, same ? 304 : 200, response);
}
