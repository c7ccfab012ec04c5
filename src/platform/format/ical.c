// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/ical.h"

#include "platform/base/clock.h"
#include <assert.h>

/* ---- lines ------------------------------------------------------------------------------------------ */

static bool is_inside_character(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

/* A line longer than 75 bytes goes on after CRLF and a space (RFC 5545, 3.1). */
static void add_line(Ical *ical, Str line) {
    size_t room = ICAL_LINE_BYTES;
    while (line.size > room) {
        size_t size = room;
        while (size > 1 && is_inside_character(line.data[size])) size--;
        buffer_add(ical->out, str_slice(line, 0, size));
        buffer_add(ical->out, STR("\r\n "));
        line = str_skip(line, size);
        room = ICAL_LINE_BYTES - 1;
    }
    buffer_add(ical->out, line);
    buffer_add(ical->out, STR("\r\n"));
}

/* Text values (3.3.11). Control characters have no place in one. */
static void add_text(Buffer *line, Str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\n') buffer_add(line, STR("\\n"));
        else if (c == '\\' || c == ';' || c == ',') buffer_format(line, "\\%c", c);
        else if (c == '\t') buffer_add_char(line, ' ');
        else if ((unsigned char)c >= ' ' && c != 0x7F) buffer_add_char(line, c);
    }
}

static void add_text_line(Ical *ical, const char *name, Str text) {
    if (str_is_empty(text)) return;
    Buffer line = buffer_in(ical->out->arena);
    buffer_format(&line, "%s:", name);
    add_text(&line, text);
    add_line(ical, buffer_str(&line));
}

/* A URI is no text: it is written as it is, and has no control characters to begin with. */
static void add_uri_line(Ical *ical, const char *name, Str uri) {
    for (size_t i = 0; i < uri.size; i++)
        if ((unsigned char)uri.data[i] <= ' ') return;
    if (!str_is_empty(uri)) add_line(ical, str_format(ical->out->arena, "%s:%.*s", name, STR_FORMAT(uri)));
}

static void add_time_line(Ical *ical, const char *name, int64_t ms) {
    Civil at = civil_from_utc_ms(ms);
    add_line(ical, str_format(ical->out->arena, "%s:%04d%02d%02dT%02d%02d%02dZ", name, at.year, at.month, at.day,
                              at.hour, at.minute, at.second));
}

/* A day that begins wherever its reader is (3.3.4). */
static void add_day_line(Ical *ical, const char *name, int64_t ms) {
    Civil at = civil_from_utc_ms(ms);
    add_line(ical, str_format(ical->out->arena, "%s;VALUE=DATE:%04d%02d%02d", name, at.year, at.month, at.day));
}

/* A parameter's value in quotes holds none, and no control character (3.2). */
static void add_organizer(Ical *ical) {
    Buffer line = buffer_in(ical->out->arena);
    buffer_add(&line, STR("ORGANIZER"));
    if (!str_is_empty(ical->organizer_name)) {
        buffer_add(&line, STR(";CN=\""));
        for (size_t i = 0; i < ical->organizer_name.size; i++) {
            char c = ical->organizer_name.data[i];
            buffer_add_char(&line, c == '"' ? '\'' : (unsigned char)c < ' ' || c == 0x7F ? ' ' : c);
        }
        buffer_add_char(&line, '"');
    }
    buffer_format(&line, ":mailto:%.*s", STR_FORMAT(ical->organizer));
    add_line(ical, buffer_str(&line));
}

/* ---- calendars --------------------------------------------------------------------------------------- */

static void begin(Ical *ical) {
    add_line(ical, STR("BEGIN:VCALENDAR"));
    add_line(ical, STR("VERSION:2.0"));
    add_line(ical, STR("PRODID:-//Wspólnie//Wspólnie//EN"));
    add_line(ical, STR("CALSCALE:GREGORIAN"));
}

Ical ical_begin_letter(Buffer *out, const IcalLetter *letter) {
    Ical ical = {out, letter->organizer, letter->organizer_name, letter->is_cancelled};
    begin(&ical);
    if (!str_is_empty(letter->organizer))
        add_line(&ical, letter->is_cancelled ? STR("METHOD:CANCEL") : STR("METHOD:PUBLISH"));
    return ical;
}

Ical ical_begin(Buffer *out, Str name, Str zone) {
    Ical ical = {.out = out};
    begin(&ical);
    add_text_line(&ical, "NAME", name);
    add_text_line(&ical, "X-WR-CALNAME", name); /* what calendars asked for before RFC 7986, and still do */
    add_text_line(&ical, "X-WR-TIMEZONE", zone);
    add_line(&ical, STR("REFRESH-INTERVAL;VALUE=DURATION:PT1H"));
    return ical;
}

void ical_add(Ical *ical, const IcalEvent *event) {
    assert(!str_is_empty(event->uid) && event->ends_ms >= event->starts_ms);
    add_line(ical, STR("BEGIN:VEVENT"));
    add_text_line(ical, "UID", event->uid);
    add_time_line(ical, "DTSTAMP", event->changed_ms);
    if (!str_is_empty(ical->organizer)) add_organizer(ical);
    if (ical->is_cancelled) add_line(ical, STR("STATUS:CANCELLED"));
    add_time_line(ical, "LAST-MODIFIED", event->changed_ms);
    add_line(ical, str_format(ical->out->arena, "SEQUENCE:%lld", (long long)event->sequence));
    void (*add)(Ical *, const char *, int64_t) = event->is_whole_day ? add_day_line : add_time_line;
    add(ical, "DTSTART", event->starts_ms);
    add(ical, "DTEND", event->ends_ms);
    add_text_line(ical, "SUMMARY", event->summary);
    add_text_line(ical, "DESCRIPTION", event->description);
    add_text_line(ical, "LOCATION", event->location);
    add_uri_line(ical, "URL", event->url);
    add_line(ical, STR("END:VEVENT"));
}

void ical_end(Ical *ical) { add_line(ical, STR("END:VCALENDAR")); }
