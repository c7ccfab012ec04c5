// SPDX-License-Identifier: EUPL-1.2
/* Where in the HTML the page compiler stands: every literal byte of a body goes through here.
 *
 * The grammar is a strict part of HTML: lower-case elements of a known list, all closed except
 * the void ones, attributes in quotes. So strict, that what a browser's parser makes of the
 * result is never a surprise, and the place of each value is known for certain.
 */
#ifndef WSPOLNIE_TOOLS_PAGES_HTML_H
#define WSPOLNIE_TOOLS_PAGES_HTML_H

#include "pages.h"

typedef enum Place {
    PLACE_TEXT,   /* between tags, where markup can stand */
    PLACE_PLAIN,  /* inside title or textarea: text without markup */
    PLACE_JSON,   /* inside a data block */
    PLACE_SCRIPT, /* inside <script src>: nothing may stand here */
    PLACE_TAG_NAME,
    PLACE_CLOSING_NAME,
    PLACE_IN_TAG, /* after white space in a tag */
    PLACE_AFTER,  /* after a name or a value: white space or the end must follow */
    PLACE_SLASH,  /* after / in a tag: > must follow */
    PLACE_ATTRIBUTE_NAME,
    PLACE_EQUALS, /* after =: a quote must follow */
    PLACE_VALUE,
} Place;

typedef enum UrlState {
    URL_EMPTY, /* nothing yet */
    URL_SLASH, /* a path of our own that ends in / */
    URL_PART,  /* behind a literal start with / ? # */
    URL_OTHER, /* an address of elsewhere: no value may follow */
    URL_WHOLE, /* a value: nothing may follow */
} UrlState;

enum { HTML_MOST_DEPTH = 64, HTML_MOST_ATTRIBUTES = 32 };

typedef struct HtmlTag {
    Str name;
    const char *at;
} HtmlTag;

typedef struct HtmlAttribute {
    Str name;
    bool is_elsewhere; /* in another branch of the same condition */
} HtmlAttribute;

typedef struct HtmlScan {
    Unit *unit;
    Buffer *out;    /* literal markup goes here */
    const char *at; /* the byte being read */
    const char *end;
    Place place;
    UrlState url;
    char quote;
    bool in_json_string, json_escape;
    bool folds_space;                    /* the last byte written was white space between tags */
    bool drops_newline;                  /* right behind <pre> or <textarea> */
    size_t tag_number, attribute_number; /* which, so that branches can be compared */
    Str tag, attribute;
    const char *name_at;
    Buffer value; /* of the attribute's value, a - for each statement */
    Str script_type;
    HtmlAttribute attributes[HTML_MOST_ATTRIBUTES];
    size_t attributes_count;
    HtmlTag open[HTML_MOST_DEPTH];
    size_t depth, floor; /* tags below floor were opened outside this branch */
} HtmlScan;

void html_open(HtmlScan *scan, Unit *unit, Buffer *out);
void html_literal(HtmlScan *scan, Str run);
/* At the end of a body: everything closed. */
void html_close(HtmlScan *scan, const char *at);

/* How a value is written here; HOLE_… of the table in docs/internals/pages.md. */
typedef enum Hole {
    HOLE_TEXT,
    HOLE_PLAIN,
    HOLE_ATTRIBUTE,
    HOLE_URL,
    HOLE_URL_SEGMENT, /* right behind a / */
    HOLE_URL_COMPONENT,
    HOLE_JSON,
} Hole;
/* Stops where no value may stand. */
Hole html_hole(HtmlScan *scan, const char *at);
/* The hashed address of an asset, or the language tag: ours, so it may stand in more places. */
void html_asset(HtmlScan *scan, const char *at);
/* Stops where no text can stand directly, as in <ul>. */
void html_expect_text(HtmlScan *scan, const char *at);
void html_expect_markup(HtmlScan *scan, const char *at, const char *what);

/* A branch or loop body begins here. */
typedef struct HtmlMark {
    Place place;
    UrlState url;
    bool in_json_string;
    size_t tag_number, attribute_number, depth, floor, attributes_count;
    const char *at;
} HtmlMark;
HtmlMark html_branch(HtmlScan *scan, const char *at);
/* The other branch begins: its attributes may have the names of the first one's. */
void html_other_branch(HtmlScan *scan, const HtmlMark *mark, const char *at);
void html_branch_end(HtmlScan *scan, const HtmlMark *mark, const char *at);
bool html_is_in_tag(const HtmlScan *scan);

#endif
