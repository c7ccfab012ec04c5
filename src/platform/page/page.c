// SPDX-License-Identifier: EUPL-1.2
#include "platform/page/page.h"

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

void page_raw(PageOut *page, const char *markup, size_t size) { buffer_add(page->out, str_from(markup, size)); }

/* What stands for a byte in an escape; NULL: itself. */
typedef const char *(*Escape)(unsigned char c);

static const char *text_escape(unsigned char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case 0: return "\xef\xbf\xbd";
    default: return NULL;
    }
}

static const char *attribute_escape(unsigned char c) {
    if (c == '"') return "&#34;";
    if (c == '\'') return "&#39;";
    return text_escape(c);
}

/* Runs that need no escape are copied whole. */
static void add_escaped(Buffer *out, Str text, Escape escape) {
    size_t copied = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *instead = escape((unsigned char)text.data[i]);
        if (!instead) continue;
        buffer_add(out, str_slice(text, copied, i - copied));
        buffer_add(out, str_from_c(instead));
        copied = i + 1;
    }
    buffer_add(out, str_skip(text, copied));
}

void page_text(PageOut *page, Str text) { add_escaped(page->out, text, text_escape); }

void page_attribute(PageOut *page, Str text) { add_escaped(page->out, text, attribute_escape); }

/* ---- addresses ---- */

/* Browsers take out tabs and line ends inside an address, and read \ as /: none of that gets through. */
static bool has_bad_bytes(Str url) {
    for (size_t i = 0; i < url.size; i++) {
        unsigned char c = (unsigned char)url.data[i];
        if (c <= ' ' || c == 0x7f || c == '\\') return true;
    }
    return false;
}

static bool has_scheme(Str url, Str *scheme) {
    size_t size = 0;
    while (size < url.size && (is_letter(url.data[size]) || is_digit(url.data[size]) || url.data[size] == '+' ||
                               url.data[size] == '-' || url.data[size] == '.'))
        size++;
    *scheme = str_slice(url, 0, size);
    return size < url.size && url.data[size] == ':';
}

bool page_url_is_safe(Str url) {
    if (!url.size || has_bad_bytes(url)) return false;
    if (url.data[0] == '/') return url.size == 1 || url.data[1] != '/';
    if (url.data[0] == '#' || url.data[0] == '?') return true;
    Str scheme;
    if (!has_scheme(url, &scheme)) return false;
    Str rest = str_skip(url, scheme.size + 1);
    if (str_equal_ascii_case(scheme, STR("http")) || str_equal_ascii_case(scheme, STR("https")))
        return str_starts_with(rest, STR("//")) && rest.size > 2 && rest.data[2] != '/';
    return str_equal_ascii_case(scheme, STR("mailto")) || str_equal_ascii_case(scheme, STR("tel"));
}

void page_url(PageOut *page, Str url) {
    bool is_path = url.size && url.data[0] == '/' && !str_starts_with(url, STR("/~"));
    if (is_path && !str_is_empty(page->prefix) && page_url_is_safe(url)) page_attribute(page, page->prefix);
    page_attribute(page, page_url_is_safe(url) ? url : STR("#"));
}

void page_url_component(PageOut *page, Str text) {
    static const char hex[] = "0123456789ABCDEF";
    char *end = buffer_reserve(page->out, text.size * 3), *at = end;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (is_letter((char)c) || is_digit((char)c) || c == '-' || c == '.' || c == '_' || c == '~') {
            *at++ = (char)c;
        } else {
            *at++ = '%';
            *at++ = hex[c >> 4];
            *at++ = hex[c & 15];
        }
    }
    page->out->size += (size_t)(at - end);
}

Str page_mailto(Arena *arena, Str email) {
    if (str_is_empty(email)) return STR_ABSENT;
    Buffer href = buffer_in(arena);
    PageOut out = {.out = &href};
    ptrdiff_t at = str_index_of_char(email, '@');
    buffer_add(&href, STR("mailto:"));
    page_url_component(&out, at < 0 ? email : str_slice(email, 0, (size_t)at));
    if (at < 0) return buffer_str(&href);
    buffer_add_char(&href, '@');
    page_url_component(&out, str_skip(email, (size_t)at + 1));
    return buffer_str(&href);
}

void page_url_segment(PageOut *page, Str text) {
    bool is_empty = !text.size || str_equal(text, STR(".")) || str_equal(text, STR(".."));
    page_url_component(page, is_empty ? STR("-") : text);
}

/* ---- JSON ---- */

static const char *json_escape(unsigned char c) {
    switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '<': return "\\u003c";
    case '>': return "\\u003e";
    case '&': return "\\u0026";
    default: return NULL;
    }
}

/* Inside the quotes. U+2028 and U+2029 end a line in scripts (ECMA-262), so they are escaped too. */
static void add_json(Buffer *out, Str text) {
    size_t copied = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        const char *instead = json_escape(c);
        Str here = str_slice(text, i, 3);
        bool ends_line = str_equal(here, STR("\xe2\x80\xa8")) || str_equal(here, STR("\xe2\x80\xa9"));
        if (!instead && !ends_line && c >= ' ' && c != 0x7f) continue;
        buffer_add(out, str_slice(text, copied, i - copied));
        if (instead) buffer_add(out, str_from_c(instead));
        else if (ends_line) buffer_add(out, here.data[2] == '\xa8' ? STR("\\u2028") : STR("\\u2029"));
        else buffer_format(out, "\\u%04x", c);
        i += ends_line ? 2 : 0;
        copied = i + 1;
    }
    buffer_add(out, str_skip(text, copied));
}

void page_json(PageOut *page, Str text) {
    buffer_add_char(page->out, '"');
    add_json(page->out, text);
    buffer_add_char(page->out, '"');
}

void page_json_bool(PageOut *page, bool value) { buffer_add(page->out, value ? STR("true") : STR("false")); }

/* ---- the rest ---- */

void page_int(PageOut *page, int64_t number) { buffer_add_int(page->out, number); }

void page_html(PageOut *page, Html html) { buffer_add(page->out, html.markup); }

void page_lang(PageOut *page) { buffer_add(page->out, str_from_c(language_tag(page->language))); }

/* ---- messages ---- */

static void add_words(PageOut *page, PagePlace place, Str words) {
    switch (place) {
    case PAGE_BETWEEN_TAGS: page_text(page, words); break;
    case PAGE_IN_ATTRIBUTE: page_attribute(page, words); break;
    case PAGE_IN_JSON: add_json(page->out, words); break;
    }
}

static const PageValue *find_value(PageOut *page, Str name, const PageValue *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(values[i].name, name)) return &values[i];
    arena_fail(page->out->arena, ERR_INTERNAL, "a message names {%.*s}, which it was not given", STR_FORMAT(name));
}

/* A {name} in a text opens a link when {/name} follows. */
static bool opens_link(Str rest, Str name) {
    for (ptrdiff_t at; (at = str_index_of(rest, STR("{/"))) >= 0;) {
        rest = str_skip(rest, (size_t)at + 2);
        if (str_starts_with(rest, name) && rest.size > name.size && rest.data[name.size] == '}') return true;
    }
    return false;
}

/* As people write numbers; small ones, nearly all there are, need no text of their own for it. */
static void add_number(PageOut *page, PagePlace place, int64_t number) {
    if (number >= 0 && number < 1000) page_int(page, number);
    else add_words(page, place, number_words(page->out->arena, page->language, number));
}

static void add_mark(PageOut *page, PagePlace place, Str name, Str rest, const PageValue *values, size_t count) {
    if (str_equal(name, STR("b"))) {
        PAGE_RAW(page, "<strong>");
    } else if (str_equal(name, STR("/b"))) {
        PAGE_RAW(page, "</strong>");
    } else if (str_starts_with(name, STR("/"))) {
        PAGE_RAW(page, "</a>");
    } else {
        const PageValue *value = find_value(page, name, values, count);
        if (opens_link(rest, name)) {
            PAGE_RAW(page, "<a href=\"");
            page_url(page, value->text);
            PAGE_RAW(page, "\">");
        } else if (value->is_number) {
            add_number(page, place, value->number);
        } else {
            add_words(page, place, value->text);
        }
    }
}

static void add_message(PageOut *page, const char *form, PagePlace place, const PageValue *values, size_t count) {
    if (!form) arena_fail(page->out->arena, ERR_INTERNAL, "a message has no %s text", language_tag(page->language));
    Str text = str_from_c(form);
    if (place == PAGE_IN_JSON) buffer_add_char(page->out, '"');
    for (ptrdiff_t brace; (brace = str_index_of_char(text, '{')) >= 0;) {
        add_words(page, place, str_slice(text, 0, (size_t)brace));
        text = str_skip(text, (size_t)brace + 1);
        ptrdiff_t end = str_index_of_char(text, '}');
        if (end < 0) arena_fail(page->out->arena, ERR_INTERNAL, "a message with a { but no }");
        Str name = str_slice(text, 0, (size_t)end);
        text = str_skip(text, (size_t)end + 1);
        add_mark(page, place, name, text, values, count);
    }
    add_words(page, place, text);
    if (place == PAGE_IN_JSON) buffer_add_char(page->out, '"');
}

void page_message(PageOut *page, int message, PagePlace place, const PageValue *values, size_t count) {
    add_message(page, message_texts[message][page->language].forms[0], place, values, count);
}

void page_message_plural(PageOut *page, int message, PagePlace place, int64_t number, const PageValue *values,
                         size_t count) {
    int form = plural_form(page->language, number);
    add_message(page, message_texts[message][page->language].forms[form], place, values, count);
}
