// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/base_url.h"

#include "platform/http/address.h"

enum { LONGEST_HOST = 253, LONGEST_LABEL = 63, HIGHEST_PORT = 65535 };

static bool is_name(Str host) {
    Str rest = host, label;
    if (!host.size || host.size > LONGEST_HOST) return false;
    while (str_next_part(&rest, '.', &label)) {
        if (!label.size || label.size > LONGEST_LABEL) return false;
        for (size_t i = 0; i < label.size; i++) {
            char c = label.data[i];
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') return false;
        }
    }
    return host.data[host.size - 1] != '.';
}

/* Browsers write an IPv6 address in its shortest form. */
static bool read_bracketed(Arena *arena, Str inside, Str *host) {
    Address address;
    char text[ADDRESS_TEXT_SIZE];
    if (!str_contains(inside, STR(":")) || !address_parse(inside, &address)) return false;
    Str shortest = str_from(text, address_write(text, &address));
    *host = str_format(arena, "[%.*s]", STR_FORMAT(str_contains(shortest, STR(":")) ? shortest : inside));
    return true;
}

/* "host", "host:port"; the port absent where none is said. */
static bool split(Arena *arena, Str authority, Str *host, Str *port) {
    *port = STR_ABSENT;
    ptrdiff_t bracket = str_index_of_char(authority, ']');
    bool is_bracketed = str_starts_with(authority, STR("["));
    Str rest = is_bracketed && bracket > 0 ? str_skip(authority, (size_t)bracket + 1) : authority;
    ptrdiff_t colon = str_index_of_char(rest, ':');
    if (colon >= 0) *port = str_skip(rest, (size_t)colon + 1);
    if (!is_bracketed) {
        *host = colon < 0 ? authority : str_slice(authority, 0, (size_t)colon);
        return is_name(*host);
    }
    return bracket > 0 && (colon == 0 || rest.size == 0) &&
           read_bracketed(arena, str_slice(authority, 1, (size_t)bracket - 1), host);
}

bool base_url_parse(Arena *arena, Str typed, Str *url) {
    Str text = str_lower_ascii(arena, typed), host, digits;
    bool is_secure = str_starts_with(text, STR("https://"));
    if (!is_secure && !str_starts_with(text, STR("http://"))) return false;
    Str authority = str_skip(text, is_secure ? 8 : 7);
    if (str_ends_with(authority, STR("/"))) authority = str_slice(authority, 0, authority.size - 1);
    if (!split(arena, authority, &host, &digits)) return false;
    int64_t usual = is_secure ? 443 : 80, port = usual;
    if (!str_is_absent(digits) && (!str_to_int(digits, &port) || port < 1 || port > HIGHEST_PORT)) return false;
    Str base = str_format(arena, "%s://%.*s", is_secure ? "https" : "http", STR_FORMAT(host));
    *url = port == usual ? base : str_format(arena, "%.*s:%lld", STR_FORMAT(base), (long long)port);
    return true;
}

Str base_url_read(Arena *arena, Str typed) {
    Str url;
    if (!base_url_parse(arena, typed, &url))
        arena_fail(arena, ERR_INPUT,
                   "people cannot reach the pages by \"%.*s\": write it as https://meeting.example or "
                   "http://127.0.0.1:8080, with nothing behind it",
                   STR_FORMAT(typed));
    return url;
}
