// SPDX-License-Identifier: EUPL-1.2
/* MIME: a letter as it travels (RFC 5322, RFC 2045 to 2047).
 *
 *     Buffer out = buffer_in(arena);
 *     mime_write(&out, &(MimeMessage){
 *         .id = STR("01jx…@spotkanie.example"), .date_ms = now,
 *         .from = {STR("Fundacja Zaułek"), STR("poczta@spotkanie.example")}, .to = {name, address},
 *         .language = STR("pl"), .subject = STR("Jesteście na liście"), .text = body});
 *
 * The text goes as it is and as HTML made from it: paragraphs, and addresses of pages as links; no pictures, nothing
 * that tells anybody who read it. Lines end in CRLF and none is longer than 76 bytes, but for one long address; bodies
 * are quoted-printable, words of headers that are not plain ASCII are encoded. A control character in a header field
 * becomes a space, so nobody adds a header through a name or a subject. The same message gives the same bytes.
 */
#ifndef WSPOLNIE_FORMAT_MIME_H
#define WSPOLNIE_FORMAT_MIME_H

#include "platform/base/buffer.h"

enum { MIME_LINE_BYTES = 76 };

typedef struct MimeAddress {
    Str name;    /* may be empty */
    Str address; /* mime_is_address; absent: the header is left out */
} MimeAddress;

typedef struct MimeMessage {
    Str id;          /* "local@host", unique for ever and the same whenever this message is sent again */
    int64_t date_ms; /* when it was written */
    MimeAddress from, to, reply_to;
    Str language; /* "pl" */
    Str subject, text;
    Str calendar;         /* an iCalendar goes along (format/ical.h); or absent */
    Str calendar_name;    /* of that file, ASCII: "spotkanie.ics" */
    bool is_draft;        /* for somebody's mail program, which sends it: without an id; from and to may be absent */
    Str unsubscribe_href; /* https address that takes a POST and asks nothing (RFC 8058); or absent */
} MimeMessage;

/* ASCII, one @, a local part of dot-atoms and a host of labels: what may stand in a command of SMTP. */
bool mime_is_address(Str address);
/* from and to must have addresses, but for a draft. */
void mime_write(Buffer *out, const MimeMessage *message);

#endif
