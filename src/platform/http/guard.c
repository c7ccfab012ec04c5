// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/guard.h"

#include "platform/base/utf8.h"

enum { BAD_REQUEST = 400, URI_TOO_LONG = 414, HEADERS_TOO_LARGE = 431, BAD_VERSION = 505 };

/* RFC 9110, section 5.6.2. */
static bool is_token(Str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c <= ' ' || c >= 0x7f || memchr("\"(),/:;<=>?@[\\]{}", c, 17)) return false;
    }
    return text.size > 0;
}

/* Visible characters, blanks and tabs inside, and bytes from 0x80 on (RFC 9110, section 5.5). */
static bool is_field_value(Str value) {
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if ((c < ' ' && c != '\t') || c == 0x7f) return false;
    }
    return true;
}

/* The byte of the escape at i; -1 where it is broken. */
static int escaped_byte(Str target, size_t i) {
    if (target.size - i < 3) return -1;
    int high = hex_value(target.data[i + 1]), low = hex_value(target.data[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* In the path an escape may not make a slash, a backslash or a control character; in the query only NUL
 * is refused, since a text field sent by GET may hold a line's end. */
static bool target_is_fit(Str target) {
    if (!target.size || target.data[0] != '/' || str_starts_with(target, STR("//"))) return false;
    bool in_query = false;
    char path[GUARD_TARGET_BYTES];
    size_t path_size = 0;
    for (size_t i = 0; i < target.size; i++) {
        int c = (unsigned char)target.data[i];
        if (c <= ' ' || c >= 0x7f || c == '#' || (c == '\\' && !in_query)) return false;
        if (c == '?') in_query = true;
        bool escaped = c == '%';
        if (escaped) {
            c = escaped_byte(target, i);
            if (c <= 0) return false;
            i += 2;
        }
        if (in_query) continue;
        if (escaped && (c < ' ' || c == 0x7f || c == '/' || c == '\\')) return false;
        path[path_size++] = (char)c;
    }
    return utf8_is_valid(str_from(path, path_size));
}

static int check_sizes(const RequestHead *head, size_t header_bytes) {
    if (head->target.size > GUARD_TARGET_BYTES) return URI_TOO_LONG;
    if (head->count > GUARD_LINES) return HEADERS_TOO_LARGE;
    size_t sum = head->method.size + head->target.size + head->version.size;
    for (size_t i = 0; i < head->count; i++) {
        size_t line = head->lines[i].name.size + head->lines[i].value.size;
        if (line > GUARD_LINE_BYTES) return HEADERS_TOO_LARGE;
        sum += line + sizeof ": \r\n" - 1;
    }
    return sum > header_bytes ? HEADERS_TOO_LARGE : 0;
}

static size_t times_given(const RequestHead *head, Str name) {
    size_t times = 0;
    for (size_t i = 0; i < head->count; i++) times += str_equal_ascii_case(head->lines[i].name, name);
    return times;
}

Str head_get(const RequestHead *head, Str name) {
    for (size_t i = 0; i < head->count; i++)
        if (str_equal_ascii_case(head->lines[i].name, name)) return head->lines[i].value;
    return STR_ABSENT;
}

Str head_get_last(const RequestHead *head, Str name) {
    for (size_t i = head->count; i > 0; i--)
        if (str_equal_ascii_case(head->lines[i - 1].name, name)) return head->lines[i - 1].value;
    return STR_ABSENT;
}

/* A host and a port, as far as nothing in it could be taken for more. */
static bool host_is_fit(Str host) {
    for (size_t i = 0; i < host.size; i++) {
        char c = host.data[i];
        bool fit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   (c && memchr("-._:[]~%", c, 8));
        if (!fit) return false;
    }
    return host.size > 0;
}

static int check_host(const RequestHead *head) {
    size_t hosts = times_given(head, STR("Host"));
    if (hosts > 1) return BAD_REQUEST;
    if (hosts == 0) return str_equal(head->version, STR("HTTP/1.1")) ? BAD_REQUEST : 0;
    return host_is_fit(head_get(head, STR("Host"))) ? 0 : BAD_REQUEST;
}

static bool only_digits(Str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    return text.size > 0;
}

static int check_framing(const RequestHead *head, BodyFraming *framing) {
    size_t lengths = times_given(head, STR("Content-Length"));
    size_t encodings = times_given(head, STR("Transfer-Encoding"));
    if (lengths > 1 || encodings > 1 || (lengths && encodings)) return BAD_REQUEST;
    BodyFraming found = {0};
    if (encodings) {
        if (!str_equal(head->version, STR("HTTP/1.1"))) return BAD_REQUEST;
        if (!str_equal_ascii_case(head_get(head, STR("Transfer-Encoding")), STR("chunked"))) return BAD_REQUEST;
        found.is_chunked = true;
    } else if (lengths) {
        Str length = head_get(head, STR("Content-Length"));
        if (!only_digits(length) || !str_to_int(length, &found.length_bytes)) return BAD_REQUEST;
    }
    bool has_body = found.is_chunked || found.length_bytes > 0;
    if (has_body && (str_equal(head->method, STR("GET")) || str_equal(head->method, STR("HEAD")))) return BAD_REQUEST;
    *framing = found;
    return 0;
}

static int check_lines(const RequestHead *head) {
    for (size_t i = 0; i < head->count; i++)
        if (!is_token(head->lines[i].name) || !is_field_value(head->lines[i].value)) return BAD_REQUEST;
    Str expect = head_get(head, STR("Expect"));
    if (!str_is_absent(expect) && !str_equal_ascii_case(expect, STR("100-continue"))) return BAD_REQUEST;
    /* A change of protocol is never wanted here; h2c is a known way to smuggle past a proxy. */
    return times_given(head, STR("HTTP2-Settings")) ? BAD_REQUEST : 0;
}

int guard_head(const RequestHead *head, size_t header_bytes, BodyFraming *framing) {
    bool known_version = str_equal(head->version, STR("HTTP/1.1")) || str_equal(head->version, STR("HTTP/1.0"));
    if (!known_version) return str_starts_with(head->version, STR("HTTP/")) ? BAD_VERSION : BAD_REQUEST;
    if (!is_token(head->method)) return BAD_REQUEST;
    int status = check_sizes(head, header_bytes);
    if (!status) status = target_is_fit(head->target) ? 0 : BAD_REQUEST;
    if (!status) status = check_lines(head);
    if (!status) status = check_host(head);
    if (!status) status = check_framing(head, framing);
    return status;
}
