// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/mime.h"

#include "platform/base/clock.h"
#include "platform/base/utf8.h"
#include <assert.h>
#include <cmark.h>

enum { WORD_BYTES = 36 /* of text in an encoded word: 48 characters of base64, and 12 around them */ };

static const char base64_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- addresses ------------------------------------------------------------------------------------------ */

static bool is_dotted(Str text, const char *others) {
    char before = '.';
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '.' ? before == '.' : !c || (!is_letter_or_digit(c) && !strchr(others, c))) return false;
        before = c;
    }
    return before != '.';
}

bool mime_is_address(Str address) {
    ptrdiff_t at = str_index_of_char(address, '@');
    if (at <= 0 || at > 64 || address.size > 254) return false;
    return is_dotted(str_slice(address, 0, (size_t)at), "!#$%&'*+-/=?^_`{|}~") &&
           is_dotted(str_skip(address, (size_t)at + 1), "-");
}

/* ---- headers -------------------------------------------------------------------------------------------- */

/* A header while it is written: folded before a word that would make the line too long. */
typedef struct Header {
    Buffer *out;
    size_t column;
    bool has_words; /* behind which the next is separated */
} Header;

static Header header_begin(Buffer *out, const char *name) {
    size_t before = out->size;
    buffer_format(out, "%s:", name);
    return (Header){out, out->size - before, true};
}

static void header_word(Header *header, Str word) {
    if (header->has_words && header->column + 1 + word.size > MIME_LINE_BYTES && header->column > 1) {
        buffer_add(header->out, STR("\r\n"));
        header->column = 0;
    }
    if (header->has_words) buffer_add_char(header->out, ' ');
    buffer_add(header->out, word);
    header->column += word.size + header->has_words;
    header->has_words = true;
}

static void header_end(const Header *header) { buffer_add(header->out, STR("\r\n")); }

static void add_base64(Buffer *out, Str bytes) {
    for (size_t i = 0; i < bytes.size; i += 3) {
        unsigned triple = 0;
        for (size_t k = 0; k < 3; k++)
            triple = triple << 8 | (i + k < bytes.size ? (unsigned char)bytes.data[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            buffer_add_char(out, k <= bytes.size - i ? base64_letters[triple >> (18 - 6 * k) & 63] : '=');
    }
}

/* Words of RFC 2047, each of whole characters; between two of them the space is not read. */
static void header_encoded(Header *header, Str text) {
    for (size_t from = 0, end = 0; from < text.size; from = end) {
        for (size_t next = from; next < text.size && next - from <= WORD_BYTES;) {
            end = next;
            utf8_next(text, &next);
            if (next - from <= WORD_BYTES) end = next;
        }
        Buffer word = buffer_in(header->out->arena);
        buffer_add(&word, STR("=?UTF-8?B?"));
        add_base64(&word, str_slice(text, from, end - from));
        buffer_add(&word, STR("?="));
        header_word(header, buffer_str(&word));
    }
}

static void header_plain(Header *header, Str text) {
    Str word;
    while (str_next_part(&text, ' ', &word))
        if (word.size) header_word(header, word);
}

/* Without what ends a line, one space between words. */
static Str as_line(Arena *arena, Str text) {
    Buffer line = buffer_in(arena);
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c > ' ' && c != 0x7f) buffer_add_char(&line, text.data[i]);
        else if (line.size && line.data[line.size - 1] != ' ') buffer_add_char(&line, ' ');
    }
    return str_trim(buffer_str(&line));
}

static bool is_plain(Str line) {
    size_t word = 0;
    for (size_t i = 0; i < line.size; i++) {
        if ((unsigned char)line.data[i] >= 0x7f) return false;
        word = line.data[i] == ' ' ? 0 : word + 1;
        if (word > MIME_LINE_BYTES - 20) return false; /* nowhere to fold */
    }
    return !str_contains(line, STR("=?"));
}

static void write_text_header(Buffer *out, const char *name, Str text) {
    Str line = as_line(out->arena, text);
    Header header = header_begin(out, name);
    if (is_plain(line)) header_plain(&header, line);
    else header_encoded(&header, line);
    header_end(&header);
}

/* As a quoted string: a comma or a bracket of a name is none of the header's. */
static Str quoted(Arena *arena, Str line) {
    Buffer text = buffer_in(arena);
    buffer_add_char(&text, '"');
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] == '"' || line.data[i] == '\\') buffer_add_char(&text, '\\');
        buffer_add_char(&text, line.data[i]);
    }
    buffer_add_char(&text, '"');
    return buffer_str(&text);
}

static void write_address_header(Buffer *out, const char *name, MimeAddress address) {
    if (str_is_absent(address.address)) return;
    assert(mime_is_address(address.address));
    Str line = as_line(out->arena, address.name);
    Header header = header_begin(out, name);
    if (line.size && is_plain(line)) header_plain(&header, quoted(out->arena, line));
    else if (line.size) header_encoded(&header, line);
    header_word(&header, str_format(out->arena, "<%.*s>", STR_FORMAT(address.address)));
    header_end(&header);
}

static void write_date(Buffer *out, int64_t ms) {
    static const char *const days[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    Civil civil = civil_from_utc_ms(ms);
    buffer_format(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[civil.weekday], civil.day,
                  months[civil.month], civil.year, civil.hour, civil.minute, civil.second);
}

/* ---- bodies --------------------------------------------------------------------------------------------- */

/* Whether a white space at the end of a line must be encoded, and where lines end: CR, LF and CRLF all do. */
static size_t line_end(Str text, size_t at) {
    if (text.data[at] == '\n') return 1;
    if (text.data[at] != '\r') return 0;
    return at + 1 < text.size && text.data[at + 1] == '\n' ? 2 : 1;
}

static void write_quoted_printable(Buffer *out, Str text) {
    size_t column = 0;
    for (size_t i = 0; i < text.size;) {
        size_t end = line_end(text, i);
        if (end) {
            buffer_add(out, STR("\r\n"));
            column = 0;
            i += end;
            continue;
        }
        unsigned char c = (unsigned char)text.data[i++];
        bool ends_line = i == text.size || line_end(text, i);
        bool is_bare = (c > ' ' && c < 0x7f && c != '=' && !(c == '.' && column == 0)) || (c == ' ' && !ends_line);
        size_t width = is_bare ? 1 : 3;
        if (column + width > MIME_LINE_BYTES - 1) {
            buffer_add(out, STR("=\r\n"));
            column = 0;
            is_bare = is_bare && c != '.';
            width = is_bare ? 1 : 3;
        }
        if (is_bare) buffer_add_char(out, (char)c);
        else buffer_format(out, "=%02X", c);
        column += width;
    }
}

/* How long the address of a page is that begins the text; 0: none does. A full stop behind it is the sentence's. */
static size_t link_size(Str text) {
    if (!str_starts_with(text, STR("https://")) && !str_starts_with(text, STR("http://"))) return 0;
    size_t size = 0;
    while (size < text.size && (unsigned char)text.data[size] > ' ' && (unsigned char)text.data[size] < 0x7f &&
           !strchr("<>\"`\\", text.data[size]))
        size++;
    while (size && strchr(".,;:!?)'", text.data[size - 1])) size--;
    return size > sizeof "https://" ? size : 0;
}

static void free_node(void *node) { cmark_node_free(node); }

/* A node of HTML at the end of another; cmark writes it, and escapes what is in it. */
static cmark_node *add_node(Arena *arena, cmark_node *parent, cmark_node_type type) {
    cmark_node *node = cmark_node_new(type); /* ends the program where there is no memory */
    if (!cmark_node_append_child(parent, node)) {
        cmark_node_free(node);
        arena_fail(arena, ERR_INTERNAL, "a node of HTML that fits nowhere");
    }
    return node;
}

static void add_text(Arena *arena, cmark_node *parent, Str text) {
    if (!text.size) return;
    cmark_node_set_literal(add_node(arena, parent, CMARK_NODE_TEXT), str_to_c(arena, text));
}

static void add_line(Arena *arena, cmark_node *paragraph, Str line) {
    size_t from = 0;
    for (size_t i = 0; i < line.size; i++) {
        size_t size = line.data[i] == 'h' ? link_size(str_skip(line, i)) : 0;
        if (!size) continue;
        Str address = str_slice(line, i, size);
        add_text(arena, paragraph, str_slice(line, from, i - from));
        cmark_node *link = add_node(arena, paragraph, CMARK_NODE_LINK);
        cmark_node_set_url(link, str_to_c(arena, address));
        add_text(arena, link, address);
        from = i + size;
        i = from - 1;
    }
    add_text(arena, paragraph, str_skip(line, from));
}

/* An empty line begins a paragraph, any other a line in it. */
static Str html_of(Arena *arena, const MimeMessage *message) {
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT), *paragraph = NULL;
    arena_defer(arena, free_node, document);
    Str text = str_replace(arena, message->text, STR("\r\n"), STR("\n")), line;
    while (str_next_part(&text, '\n', &line)) {
        line = str_trim(line);
        if (!line.size) {
            paragraph = NULL;
            continue;
        }
        if (paragraph) add_node(arena, paragraph, CMARK_NODE_LINEBREAK);
        else paragraph = add_node(arena, document, CMARK_NODE_PARAGRAPH);
        add_line(arena, paragraph, line);
    }
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    arena_defer(arena, free, html);
    Str kept = str_copy(arena, str_from_c(html));
    arena_undo_now(arena, free, html);
    arena_undo_now(arena, free_node, document);
    return kept;
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

/* "=_" never stands in quoted-printable text, so no boundary does. The line end before it is part of it. */
static void write_boundary(Buffer *out, const char *name, const char *end) {
    buffer_format(out, "\r\n--=_%s%s\r\n", name, end);
}

static void write_multipart(Buffer *out, const char *kind, const char *name) {
    buffer_format(out, "Content-Type: multipart/%s; boundary=\"=_%s\"\r\n", kind, name);
}

static void write_part(Buffer *out, const char *type, Str body) {
    buffer_format(out, "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", type);
    write_quoted_printable(out, body);
}

static void write_alternative(Buffer *out, const MimeMessage *message) {
    write_multipart(out, "alternative", "words");
    write_boundary(out, "words", "");
    write_part(out, "text/plain", message->text);
    write_boundary(out, "words", "");
    write_part(out, "text/html", html_of(out->arena, message));
    write_boundary(out, "words", "--");
}

/* What is to be done with it stands in the type too (RFC 6047, 2.4). */
static const char *calendar_type(Str calendar) {
    if (str_index_of(calendar, STR("\r\nMETHOD:PUBLISH\r\n")) >= 0) return "text/calendar; method=PUBLISH";
    if (str_index_of(calendar, STR("\r\nMETHOD:CANCEL\r\n")) >= 0) return "text/calendar; method=CANCEL";
    return "text/calendar";
}

static void write_with_calendar(Buffer *out, const MimeMessage *message) {
    write_multipart(out, "mixed", "whole");
    write_boundary(out, "whole", "");
    write_alternative(out, message);
    write_boundary(out, "whole", "");
    buffer_format(out, "Content-Disposition: attachment; filename=\"%.*s\"\r\n", STR_FORMAT(message->calendar_name));
    write_part(out, calendar_type(message->calendar), message->calendar);
    write_boundary(out, "whole", "--");
}

static void write_unsubscribe(Buffer *out, Str href) {
    Str line = as_line(out->arena, href);
    assert(str_starts_with(line, STR("http")) && str_index_of_char(line, '>') < 0);
    Header header = header_begin(out, "List-Unsubscribe");
    header_word(&header, str_format(out->arena, "<%.*s>", STR_FORMAT(line)));
    header_end(&header);
    buffer_add(out, STR("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

void mime_write(Buffer *out, const MimeMessage *message) {
    assert(message->is_draft || !str_is_absent(message->from.address));
    assert(message->is_draft || !str_is_absent(message->to.address));
    /* What Outlook and others open as a letter that is yet to be sent. */
    if (message->is_draft) buffer_add(out, STR("X-Unsent: 1\r\n"));
    write_date(out, message->date_ms);
    write_address_header(out, "From", message->from);
    write_address_header(out, "To", message->to);
    write_address_header(out, "Reply-To", message->reply_to);
    write_text_header(out, "Subject", message->subject);
    if (!message->is_draft) {
        buffer_format(out, "Message-ID: <%.*s>\r\n", STR_FORMAT(message->id));
        /* Answering machines are not to answer (RFC 3834). */
        buffer_add(out, STR("Auto-Submitted: auto-generated\r\n"));
    }
    write_text_header(out, "Content-Language", message->language);
    if (!str_is_absent(message->unsubscribe_href)) write_unsubscribe(out, message->unsubscribe_href);
    buffer_add(out, STR("MIME-Version: 1.0\r\n"));
    if (str_is_absent(message->calendar)) write_alternative(out, message);
    else write_with_calendar(out, message);
}
