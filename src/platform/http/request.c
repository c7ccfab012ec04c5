// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/exchange.h"

#include <assert.h>

const Field *fields_find(const Fields *fields, Str name) {
    for (size_t i = 0; i < fields->count; i++)
        if (str_equal(fields->fields[i].name, name)) return &fields->fields[i];
    return NULL;
}

Str fields_get(const Fields *fields, Str name) {
    const Field *field = fields_find(fields, name);
    return field ? field->value : STR_ABSENT;
}

bool fields_next(const Fields *fields, Str name, size_t *at, Str *value) {
    while (*at < fields->count) {
        const Field *field = &fields->fields[(*at)++];
        if (!str_equal(field->name, name)) continue;
        *value = field->value;
        return true;
    }
    return false;
}

Str request_header(const Request *request, const char *name) {
    return head_get(&((const Exchange *)request)->head, str_from_c(name));
}

Str request_parameter(const Request *request, const char *name) {
    return fields_get(&request->parameters, str_from_c(name));
}

bool request_id(const Request *request, const char *name, Id *id) {
    return id_parse(request_parameter(request, name), id);
}

void respond_clear(Request *request) {
    size_t capacity = request->response.body.capacity;
    char *data = request->response.body.data;
    request->response = (Response){.body = {.arena = request->arena, .data = data, .capacity = capacity}};
    exchange_of(request)->is_stream = exchange_of(request)->is_watching = false;
}

Whom request_whom_to_ask(Request *request) {
    Whom (*hook)(Request *) = request->server ? request->server->options.hooks.whom_to_ask : NULL;
    return hook ? hook(request) : (Whom){0};
}

bool path_is_own(Str path) {
    if (!path.size || path.data[0] != '/') return false;
    return path.size == 1 || (path.data[1] != '/' && path.data[1] != '\\');
}

Err respond_redirect(Request *request, Str path) {
    if (!path_is_own(path)) return ERR_INPUT;
    Buffer location = buffer_in(request->arena);
    if (!str_is_absent(request->view.whom) && !str_starts_with(path, STR("/~")))
        buffer_add(&location, request->view.prefix);
    for (size_t i = 0; i < path.size; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c <= ' ' || c >= 0x7f) buffer_format(&location, "%%%02X", c);
        else buffer_add_char(&location, (char)c);
    }
    request->response.status = 303;
    request->response.location = buffer_str(&location);
    return OK;
}

void respond_wait(Request *request, unsigned seconds) {
    request->response.status = 429;
    exchange_of(request)->retry_after_s = seconds;
}

void respond_file(Request *request, Str content_type, Str file_name) {
    request->response.content_type = content_type;
    request->response.file_name = file_name;
}

static Str *place_of_cookie(Response *response, const char *name) {
    Str begin = str_from_c(name);
    for (size_t i = 0; i < response->cookie_count; i++) {
        Str line = response->cookies[i];
        if (str_starts_with(line, begin) && line.data[begin.size] == '=') return &response->cookies[i];
    }
    assert(response->cookie_count < RESPONSE_COOKIES);
    return &response->cookies[response->cookie_count++];
}

void respond_cookie(Request *request, const char *name, Str value, int64_t max_age_s) {
    *place_of_cookie(&request->response, name) =
        str_format(request->arena, "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name, STR_FORMAT(value),
                   (long long)max_age_s, request->is_secure ? "; Secure" : "");
}

void request_after_commit(Request *request, void (*work)(void *context), void *context) {
    AfterCommit **link = &exchange_of(request)->after_commit;
    for (; *link; link = &(*link)->next)
        if ((*link)->work == work && (*link)->context == context) return;
    *link = arena_new(request->arena, AfterCommit);
    **link = (AfterCommit){.work = work, .context = context};
}
