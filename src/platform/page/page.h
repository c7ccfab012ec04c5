// SPDX-License-Identifier: EUPL-1.2
/* Page: what functions generated from *.html write into.
 *
 * tools/pages compiles each page into a struct of what it shows and a function that writes
 * it, escaped for the place each value stands in (docs/internals/pages.md). This header is
 * what the generated functions call, and the few types their structs use.
 */
#ifndef WSPOLNIE_PAGE_PAGE_H
#define WSPOLNIE_PAGE_PAGE_H

#include "platform/base/buffer.h"
#include "platform/http/once_key.h"
#include "platform/i18n/i18n.h"

/* HTML that is already HTML: made by a page function, a form or cmark, never from typed text. */
typedef struct Html {
    Str markup;
} Html;

typedef struct Form Form; /* page/form.h */

typedef struct PageOut {
    Buffer *out;
    Language language;
    OnceKey *once; /* of the request, for forms */
    Str prefix;    /* stands before every path of ours in an attribute: "/~host" of a page that is looked at as the host
                      sees it (http/request.h, View); absent: none */
} PageOut;

/* ---- what generated code calls --------------------------------------------------------------- */
/* Markup of the .html itself, a string literal (generated code joins literals and asset names). */
#define PAGE_RAW(page, literal) page_raw((page), "" literal, sizeof("" literal) - 1)
void page_raw(PageOut *page, const char *markup, size_t size);
void page_text(PageOut *page, Str text);          /* between tags: & < > */
void page_attribute(PageOut *page, Str text);     /* inside "…": & < > " ' */
void page_url(PageOut *page, Str url);            /* a whole URL in an attribute: http, https, mailto, tel, or a
                                                     path, query or fragment of our own; anything else becomes "#" */
bool page_url_is_safe(Str url);                   /* what page_url lets through */
void page_url_component(PageOut *page, Str text); /* a part of a path or query: percent-encoded */
void page_url_segment(PageOut *page, Str text);   /* the same right behind a /: "", "." and ".." become "-", so that
                                                     no value makes // or climbs out of its path */
/* "mailto:" and the address, whose local part may hold ? & % that would add to the letter (RFC 6068). Empty for none.
 */
Str page_mailto(Arena *arena, Str email);
void page_json(PageOut *page, Str text); /* a JSON string inside a data block: also < > & and U+2028 */
void page_json_bool(PageOut *page, bool value);
void page_int(PageOut *page, int64_t number); /* digits only */
void page_html(PageOut *page, Html html);
void page_lang(PageOut *page); /* "pl" */

/* Messages: the text of {t "…"} in the page's language, with each {name} written as its value,
 * escaped for the place. Between tags {b}…{/b} becomes <strong>, and {name}…{/name} a link to the
 * URL that is name's value. What a text names was compared with the values when the page and
 * the catalogues were compiled; a name without a value is a fault (arena_fail). */
typedef enum PagePlace { PAGE_BETWEEN_TAGS, PAGE_IN_ATTRIBUTE, PAGE_IN_JSON } PagePlace;
typedef struct PageValue {
    Str name, text;
    int64_t number;
    bool is_number;
} PageValue;
#define PAGE_WORDS(value_name, value) \
    { .name = STR_INIT(value_name), .text = (value) }
#define PAGE_NUMBER(value_name, value) \
    { .name = STR_INIT(value_name), .number = (value), .is_number = true }
/* message: an enumerator of the generated messages.h. */
void page_message(PageOut *page, int message, PagePlace place, const PageValue *values, size_t count);
/* The plural form for number. */
void page_message_plural(PageOut *page, int message, PagePlace place, int64_t number, const PageValue *values,
                         size_t count);

#endif
