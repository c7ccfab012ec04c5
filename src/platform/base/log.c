// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/log.h"

#include "platform/base/clock.h"
#include <stdarg.h>
#include <unistd.h>

enum { LONGEST_LINE = 1024 };

static const char *const level_names[] = {"debug", "info", "warning", "error", "nothing"};
static LogLevel lowest_level = LOG_INFO;

void log_set_level(LogLevel level) { lowest_level = level; }

/* One write() a line, so that lines of several threads do not mix. */
typedef struct Line {
    char text[LONGEST_LINE];
    size_t size;
} Line;

static void line_add(Line *line, const char *text, size_t size) {
    size_t room = LONGEST_LINE - 2 - line->size; /* keeps place for the quote and the line's end */
    if (size > room) size = room;
    memcpy(line->text + line->size, text, size);
    line->size += size;
}

/* What does not fit is left out, but no escape is cut: half of one would take the closing quote with it. */
static void line_add_quoted(Line *line, const char *text) {
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        char shown[5] = {*text};
        size_t size = 1;
        if (c == '"' || c == '\\') size = (size_t)snprintf(shown, sizeof shown, "\\%c", c);
        else if (c < ' ' || c == 0x7f) size = (size_t)snprintf(shown, sizeof shown, "\\x%02x", c);
        if (line->size + size > LONGEST_LINE - 2) return;
        line_add(line, shown, size);
    }
}

void log_line(LogLevel level, Str request, const char *format, ...) {
    if (level < lowest_level) return;
    char message[LONGEST_LINE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    Clock clock = clock_real();
    Civil now = civil_from_utc_ms(clock_now_ms(&clock));
    char head[160];
    int size = snprintf(head, sizeof head, "%04d-%02d-%02dT%02d:%02d:%02dZ level=%s%s%.*s message=\"", now.year,
                        now.month, now.day, now.hour, now.minute, now.second, level_names[level],
                        str_is_empty(request) ? "" : " request=", STR_FORMAT(str_slice(request, 0, 64)));
    Line line = {.size = 0};
    line_add(&line, head, size < (int)sizeof head ? (size_t)size : sizeof head - 1);
    line_add_quoted(&line, message);
    line.text[line.size++] = '"';
    line.text[line.size++] = '\n';
    ssize_t written = write(STDERR_FILENO, line.text, line.size);
    (void)written; /* there is nowhere else to tell */
}

void log_failure(Str request, const Failure *failure) {
    log_line(failure->err == ERR_INPUT || failure->err == ERR_LIMIT ? LOG_INFO : LOG_ERROR, request, "%s: %s (%s)",
             err_name(failure->err), failure->message ? failure->message : "", failure->place ? failure->place : "");
}
