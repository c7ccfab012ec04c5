// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_settings.h"

#include "platform/base/buffer.h"
#include "platform/format/mime.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static const char shape[] = "smtp://user:password@host:587 (or smtps://…), with %40 for an @ in user or password";

static const char *decoded(Arena *arena, Str text) {
    Buffer out = buffer_in(arena);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%') {
            int high = i + 2 < text.size ? hex_value(text.data[i + 1]) : -1;
            int low = high >= 0 ? hex_value(text.data[i + 2]) : -1;
            c = (char)(high * 16 + low);
            if (low < 0 || !c) arena_fail(arena, ERR_INPUT, "the mail server's address has a %% that encodes nothing");
            i += 2;
        }
        if ((unsigned char)c < ' ') arena_fail(arena, ERR_INPUT, "the mail server's address holds a line end");
        buffer_add_char(&out, c);
    }
    return str_to_c(arena, buffer_str(&out));
}

static bool is_host(Str host) {
    if (str_starts_with(host, STR("[")) && str_ends_with(host, STR("]"))) host = str_slice(host, 1, host.size - 2);
    else if (str_index_of_char(host, ':') >= 0) return false;
    for (size_t i = 0; i < host.size; i++) {
        char c = host.data[i];
        bool is_fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                       c == '-' || c == ':';
        if (!is_fine) return false;
    }
    return host.size > 0;
}

/* Off the end of *host. */
static int64_t port_of(Arena *arena, Str *host, int64_t otherwise) {
    ptrdiff_t end = -1;
    for (size_t i = 0; i < host->size; i++)
        if (host->data[i] == ':') end = (ptrdiff_t)i;
    if (end < 0 || str_ends_with(*host, STR("]"))) return otherwise;
    int64_t port;
    if (!str_to_int(str_skip(*host, (size_t)end + 1), &port) || port < 1 || port > 65535)
        arena_fail(arena, ERR_INPUT, "the mail server's port is a number from 1 to 65535");
    *host = str_slice(*host, 0, (size_t)end);
    return port;
}

static ptrdiff_t last_at(Str text) {
    ptrdiff_t at = -1;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '@') at = (ptrdiff_t)i;
    return at;
}

static void read_server(Arena *arena, Str typed, MailSettings *settings) {
    bool is_tls = str_starts_with(typed, STR("smtps://"));
    if (!is_tls && !str_starts_with(typed, STR("smtp://")))
        arena_fail(arena, ERR_INPUT, "the mail server's address begins with smtp:// or smtps://: %s", shape);
    Str rest = str_skip(typed, is_tls ? 8 : 7);
    if (str_ends_with(rest, STR("/"))) rest = str_slice(rest, 0, rest.size - 1);
    ptrdiff_t at = last_at(rest);
    if (at >= 0) {
        Str user = str_slice(rest, 0, (size_t)at);
        ptrdiff_t colon = str_index_of_char(user, ':');
        if (str_index_of_char(user, '@') >= 0)
            arena_fail(arena, ERR_INPUT, "an @ in the mail server's user or password is written %%40");
        settings->user = decoded(arena, colon < 0 ? user : str_slice(user, 0, (size_t)colon));
        if (colon >= 0) settings->password = decoded(arena, str_skip(user, (size_t)colon + 1));
        rest = str_skip(rest, (size_t)at + 1);
    }
    int64_t port = port_of(arena, &rest, is_tls ? 465 : 587);
    if (!is_host(rest)) arena_fail(arena, ERR_INPUT, "the mail server's address names no host: %s", shape);
    settings->url = str_format(arena, "%s://%.*s:%d", is_tls ? "smtps" : "smtp", STR_FORMAT(rest), (int)port).data;
}

static void read_password(Arena *arena, Str path, MailSettings *settings) {
    if (!settings->user)
        arena_fail(arena, ERR_INPUT, "a password for the mail server needs a user in its address: %s", shape);
    if (settings->password)
        arena_fail(arena, ERR_INPUT, "the mail server's password stands in its address and in a file: one is enough");
    char text[1024];
    const char *name = str_to_c(arena, path);
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text);
    int error = errno;
    if (fd >= 0) close(fd);
    if (size < 0)
        arena_fail(arena, ERR_INPUT, "the file with the mail server's password cannot be read: %s: %s", name,
                   strerror(error));
    Str password = str_from(text, (size_t)size), line = password;
    str_next_part(&password, '\n', &line);
    if (str_ends_with(line, STR("\r"))) line = str_slice(line, 0, line.size - 1);
    if (str_is_empty(line) || (size_t)size == sizeof text)
        arena_fail(arena, ERR_INPUT, "the file with the mail server's password has no password on its first line: %s",
                   name);
    settings->password = str_to_c(arena, line);
}

/* "Wspólnie <poczta@spotkanie.example>", or the address alone. */
static void read_from(Arena *arena, Str typed, MailSettings *settings) {
    ptrdiff_t open = str_index_of_char(typed, '<');
    Str address = str_trim(typed);
    if (open >= 0 && str_ends_with(address, STR(">"))) {
        settings->from_name = str_trim(str_slice(typed, 0, (size_t)open));
        Str rest = str_trim(str_skip(typed, (size_t)open + 1));
        address = str_slice(rest, 0, rest.size - 1);
    }
    if (!mime_is_address(address))
        arena_fail(arena, ERR_INPUT, "--mail-from is an address, perhaps with a name before it: \"%s\"",
                   "Fundacja Zaułek <poczta@zaulek.example>");
    settings->from_address = address;
}

MailSettings mail_settings_read(Arena *arena, const MailTyped *typed) {
    MailSettings settings = {.timeout_s = typed->timeout_s ? typed->timeout_s : MAIL_TIMEOUT_S};
    bool has_others =
        !str_is_absent(typed->from) || !str_is_absent(typed->password_file) || !str_is_absent(typed->ca_file);
    if (str_is_absent(typed->smtp)) {
        if (has_others)
            arena_fail(arena, ERR_INPUT, "how mail is sent is set, but not by which server: give --smtp %s", shape);
        return settings;
    }
    read_server(arena, typed->smtp, &settings);
    if (!str_is_absent(typed->password_file)) read_password(arena, typed->password_file, &settings);
    if (settings.user && !settings.password)
        arena_fail(arena, ERR_INPUT,
                   "the mail server's address has a user and no password: %s, or the password's file "
                   "with --smtp-password-file",
                   shape);
    if (str_is_absent(typed->from))
        arena_fail(arena, ERR_INPUT,
                   "--smtp needs --mail-from: the address letters are sent from, whose mailbox "
                   "somebody reads");
    read_from(arena, typed->from, &settings);
    if (str_is_absent(typed->ca_file)) return settings;
    settings.ca_file = str_to_c(arena, typed->ca_file);
    if (access(settings.ca_file, R_OK) != 0)
        arena_fail(arena, ERR_INPUT, "the certificates of --smtp-ca cannot be read: %s: %s", settings.ca_file,
                   strerror(errno));
    return settings;
}
