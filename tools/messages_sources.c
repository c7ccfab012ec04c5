// SPDX-License-Identifier: EUPL-1.2
/* Finding messages in sources: MSG(…) and its kin in C, {t "…"} in pages. */
#include "messages.h"

#include "platform/base/utf8.h"
#include <ctype.h>

/* ---- the cursor ------------------------------------------------------------------------------------- */

Cursor cursor_open(Compiler *compiler, const char *path) {
    Str text = compiler_read(compiler, path);
    if (!utf8_is_valid(text)) compiler_error(compiler, path, 0, "is not UTF-8");
    return (Cursor){.compiler = compiler, .path = path, .text = text, .line = 1};
}

char cursor_next(Cursor *cursor) {
    if (cursor_at_end(cursor)) return '\0';
    char c = cursor->text.data[cursor->at++];
    cursor->line += c == '\n';
    return c;
}

bool cursor_sees(const Cursor *cursor, Str word) { return str_starts_with(str_skip(cursor->text, cursor->at), word); }

bool cursor_take(Cursor *cursor, Str word) {
    if (!cursor_sees(cursor, word)) return false;
    for (size_t i = 0; i < word.size; i++) cursor_next(cursor);
    return true;
}

void cursor_skip_space(Cursor *cursor) {
    while (!cursor_at_end(cursor) && isspace((unsigned char)cursor_peek(cursor))) cursor_next(cursor);
}

static bool is_name_char(char c) { return isalnum((unsigned char)c) || c == '_'; }

Str cursor_take_name(Cursor *cursor) {
    size_t from = cursor->at;
    while (is_name_char(cursor_peek(cursor))) cursor_next(cursor);
    return str_slice(cursor->text, from, cursor->at - from);
}

static void cursor_skip_past(Cursor *cursor, Str end) {
    while (!cursor_at_end(cursor) && !cursor_take(cursor, end)) cursor_next(cursor);
}

/* ---- C ------------------------------------------------------------------------------------------------ */

static void skip_to_line_end(Cursor *cursor) {
    while (!cursor_at_end(cursor) && cursor_peek(cursor) != '\n')
        if (cursor_next(cursor) == '\\') cursor_next(cursor); /* a splice lengthens the comment */
}

/* White space, comments and spliced lines. */
static void skip_c_space(Cursor *cursor) {
    for (;;) {
        cursor_skip_space(cursor);
        if (cursor_take(cursor, STR("/*"))) {
            cursor_skip_past(cursor, STR("*/"));
        } else if (cursor_take(cursor, STR("//"))) {
            skip_to_line_end(cursor);
        } else if (!cursor_take(cursor, STR("\\\n"))) {
            return;
        }
    }
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

static uint32_t take_digits(Cursor *cursor, int base, int most) {
    uint32_t value = 0;
    for (int i = 0; i < most && digit_value(cursor_peek(cursor)) < base; i++)
        value = value * (uint32_t)base + (uint32_t)digit_value(cursor_next(cursor));
    return value;
}

static void add_code_point(Buffer *out, uint32_t code) {
    if (code < 0x80) {
        buffer_add_char(out, (char)code);
        return;
    }
    int following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    buffer_add_char(out, (char)(lead[following] | code >> (6 * following)));
    while (following--) buffer_add_char(out, (char)(0x80 | (code >> (6 * following) & 0x3f)));
}

static void take_c_escape(Cursor *cursor, Buffer *out) {
    static const char letters[] = "abfnrtv", meanings[] = "\a\b\f\n\r\t\v";
    if (digit_value(cursor_peek(cursor)) < 8) {
        buffer_add_char(out, (char)take_digits(cursor, 8, 3));
        return;
    }
    char c = cursor_next(cursor);
    const char *letter = c ? strchr(letters, c) : NULL;
    if (letter) buffer_add_char(out, meanings[letter - letters]);
    else if (c == 'x') buffer_add_char(out, (char)take_digits(cursor, 16, 8));
    else if (c == 'u') add_code_point(out, take_digits(cursor, 16, 4));
    else if (c == 'U') add_code_point(out, take_digits(cursor, 16, 8));
    else if (c != '\n') buffer_add_char(out, c); /* a splice is nothing */
}

/* Past a literal that opens here with quote. The compiler proper reports one left open. */
static void take_c_literal(Cursor *cursor, char quote, Buffer *out) {
    cursor_next(cursor);
    while (!cursor_at_end(cursor) && cursor_peek(cursor) != '\n') {
        char c = cursor_next(cursor);
        if (c == quote) return;
        if (c == '\\') take_c_escape(cursor, out);
        else buffer_add_char(out, c);
    }
}

/* One or more adjacent string literals. False: something else stands here. */
static bool take_c_strings(Cursor *cursor, Str *text) {
    skip_c_space(cursor);
    if (cursor_peek(cursor) != '"') return false;
    Buffer out = buffer_in(cursor->compiler->arena);
    while (cursor_peek(cursor) == '"') {
        take_c_literal(cursor, '"', &out);
        skip_c_space(cursor);
    }
    *text = buffer_str(&out);
    return true;
}

static bool take_c_arguments(Cursor *cursor, size_t count, Str *const arguments[]) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !cursor_take(cursor, STR(","))) return false;
        if (!take_c_strings(cursor, arguments[i])) return false;
    }
    return cursor_take(cursor, STR(")"));
}

/* Behind the name of one of the macros of i18n.h. */
static void read_macro(MessagesJob *job, Cursor *cursor, Str name) {
    bool is_plural = str_starts_with(name, STR("MSG_PLURAL"));
    Message message = {.path = cursor->path, .line = cursor->line, .is_in_c = true};
    skip_c_space(cursor);
    if (!cursor_take(cursor, STR("("))) return;
    if (take_c_arguments(cursor, is_plural ? 3 : 2, (Str *[]){&message.context, &message.text, &message.many})) {
        message_add(job, message);
        return;
    }
    compiler_error(&job->compiler, message.path, message.line, "%.*s takes %s and nothing else", STR_FORMAT(name),
                   is_plural ? "three string literals (context, one, many)" : "two string literals (context, text)");
}

static bool is_macro(Str name) {
    static const Str macros[] = {STR_INIT("MSG"), STR_INIT("MSG_INIT"), STR_INIT("MSG_PLURAL"),
                                 STR_INIT("MSG_PLURAL_INIT")};
    for (size_t i = 0; i < sizeof macros / sizeof *macros; i++)
        if (str_equal(name, macros[i])) return true;
    return false;
}

void messages_read_c(MessagesJob *job, const char *path) {
    Cursor cursor = cursor_open(&job->compiler, path);
    for (skip_c_space(&cursor); !cursor_at_end(&cursor); skip_c_space(&cursor)) {
        char c = cursor_peek(&cursor);
        if (c == '"' || c == '\'') {
            Buffer ignored = buffer_in(job->compiler.arena);
            take_c_literal(&cursor, c, &ignored);
        } else if (isdigit((unsigned char)c)) { /* 1'000: this quote opens nothing */
            while (is_name_char(cursor_peek(&cursor)) || cursor_peek(&cursor) == '\'') cursor_next(&cursor);
        } else if (is_name_char(c)) {
            Str name = cursor_take_name(&cursor);
            if (is_macro(name)) read_macro(job, &cursor, name);
        } else {
            cursor_next(&cursor);
        }
    }
}

/* ---- pages -------------------------------------------------------------------------------------------- */

/* The name of the folder a page stands in: "src/gathering/walks/walk.html" → "walks". */
static Str room_of(const char *path) {
    Str room = STR(""), part = STR(""), rest = str_from_c(path), next;
    while (str_next_part(&rest, '/', &next)) {
        room = part;
        part = next;
    }
    return room;
}

static bool take_page_string(Cursor *cursor, Str *text) {
    cursor_skip_space(cursor);
    if (!cursor_take(cursor, STR("\""))) return false;
    Buffer out = buffer_in(cursor->compiler->arena);
    while (!cursor_at_end(cursor)) {
        char c = cursor_next(cursor);
        if (c == '"') {
            *text = buffer_str(&out);
            return true;
        }
        if (c == '\n') return false;
        if (c == '\\' && (cursor_peek(cursor) == '"' || cursor_peek(cursor) == '\\')) c = cursor_next(cursor);
        buffer_add_char(&out, c);
    }
    return false;
}

/* Behind "{t ". What follows the texts (name=value …) is the business of tools/pages. */
static void read_statement(MessagesJob *job, Cursor *cursor) {
    Message message = {.path = cursor->path, .line = cursor->line};
    cursor_skip_space(cursor);
    Str context = cursor_take_name(cursor);
    message.context = str_is_empty(context) ? room_of(cursor->path) : context;
    bool is_right = take_page_string(cursor, &message.text);
    cursor_skip_space(cursor);
    Cursor behind = *cursor;
    if (is_right && str_equal(cursor_take_name(&behind), STR("many")) && cursor_peek(&behind) != '=') {
        *cursor = behind;
        is_right = take_page_string(cursor, &message.many);
    }
    if (is_right) message_add(job, message);
    else compiler_error(&job->compiler, message.path, message.line,
                        "expected {t [context] \"…\" [many \"…\"] name=value …}, each text on one line");
}

void messages_read_html(MessagesJob *job, const char *path) {
    Cursor cursor = cursor_open(&job->compiler, path);
    while (!cursor_at_end(&cursor)) {
        if (cursor_take(&cursor, STR("{{"))) continue;
        if (cursor_take(&cursor, STR("{#"))) cursor_skip_past(&cursor, STR("#}"));
        else if (cursor_take(&cursor, STR("{t ")) || cursor_take(&cursor, STR("{t\n"))) read_statement(job, &cursor);
        else cursor_next(&cursor);
    }
}
