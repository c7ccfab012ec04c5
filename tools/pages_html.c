// SPDX-License-Identifier: EUPL-1.2
#include "pages_html.h"

/* Elements a page may use; anything else is a slip or asks for trouble (base, object, embed, animate, …). */
static const char *const ELEMENTS =
    " html head title body meta link script main header footer nav section article aside hgroup search h1 h2 h3 h4 h5 "
    "h6"
    " div p ul ol li dl dt dd menu figure figcaption blockquote pre hr address a abbr b bdi bdo br cite code data del "
    "dfn"
    " em i ins kbd mark q s samp small span strong sub sup time u var wbr ruby rt rp table caption colgroup col thead"
    " tbody tfoot tr td th form fieldset legend label input button select optgroup option datalist textarea output"
    " progress meter details summary dialog img picture source audio video track map area noscript template svg ";
/* A browser leaves the drawing when any other element comes. */
static const char *const SVG_ELEMENTS =
    " svg a title script g path circle ellipse line rect polyline polygon text tspan textPath use symbol defs desc"
    " marker mask pattern clipPath linearGradient radialGradient stop ";
static const char *const VOID_ELEMENTS = " area br col hr img input link meta source track wbr ";
static const char *const URL_ATTRIBUTES = " href src action formaction poster cite ";
static const char *const REFUSED_ATTRIBUTES = " style srcdoc xlink:href xml:base background manifest ping ";
/* A browser ends an open p when one of these begins. */
static const char *const ENDS_P =
    " address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hgroup hr main menu nav ol p pre search section table ul ";
/* Where an element must stand directly, so that a browser adds and moves nothing. The root of a part is free. */
static const struct {
    const char *elements, *parents;
} PARENTS[] = {
    {" head body ", " html "},
    {" li ", " ul ol menu "},
    {" dt dd ", " dl div "},
    {" caption colgroup thead tbody tfoot ", " table "},
    {" col ", " colgroup "},
    {" tr ", " thead tbody tfoot "},
    {" td th ", " tr "},
    {" optgroup ", " select "},
    {" option ", " select optgroup datalist "},
    {" summary ", " details "},
    {" figcaption ", " figure "},
    {" source track ", " audio video picture "},
};
/* No text directly in these: a browser would move it elsewhere. */
static const char *const WITHOUT_TEXT =
    " html head table colgroup thead tbody tfoot tr ul ol dl select optgroup picture ";
/* White space directly in these shows nowhere: it is not written. */
static const char *const SPACE_MEANS_NOTHING =
    " html head table colgroup thead tbody tfoot tr select optgroup picture ";
static const char *const NOT_IN_THEMSELVES = " a button form label option h1 h2 h3 h4 h5 h6 ";

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_name_char(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_'; }

static bool is_open(const HtmlScan *scan, const char *name) {
    for (size_t i = 0; i < scan->depth; i++)
        if (pages_is(scan->open[i].name, name)) return true;
    return false;
}

static bool is_url(const HtmlScan *scan) { return pages_is_one_of(URL_ATTRIBUTES, scan->attribute); }

void html_open(HtmlScan *scan, Unit *unit, Buffer *out) {
    *scan = (HtmlScan){.unit = unit, .out = out, .folds_space = true};
    scan->value = buffer_in(unit->pages->compiler.arena);
}

/* ---- tags ---- */

static void check_parent(HtmlScan *scan) {
    if (!scan->depth) return;
    Str parent = scan->open[scan->depth - 1].name;
    for (size_t i = 0; i < sizeof PARENTS / sizeof *PARENTS; i++)
        if (pages_is_one_of(PARENTS[i].elements, scan->tag) && !pages_is_one_of(PARENTS[i].parents, parent))
            pages_stop(scan->unit, scan->name_at, "<%.*s> cannot stand directly in <%.*s>, only in:%s",
                       STR_FORMAT(scan->tag), STR_FORMAT(parent), PARENTS[i].parents);
}

static void check_element(HtmlScan *scan) {
    Str tag = scan->tag;
    const char *at = scan->name_at;
    if (pages_is(tag, "style")) pages_stop(scan->unit, at, "<style> is refused: write it into a style sheet in web/");
    bool is_drawn = pages_is_one_of(SVG_ELEMENTS, tag);
    if (!is_drawn && !pages_is_one_of(ELEMENTS, tag))
        pages_stop(scan->unit, at, "no element we know: <%.*s>", STR_FORMAT(tag));
    if (!is_drawn && is_open(scan, "svg"))
        pages_stop(scan->unit, at, "<%.*s> cannot stand inside <svg>", STR_FORMAT(tag));
    if (!pages_is_one_of(ELEMENTS, tag) && scan->depth && !is_open(scan, "svg"))
        pages_stop(scan->unit, at, "<%.*s> stands only inside <svg>", STR_FORMAT(tag));
    if (pages_is_one_of(ENDS_P, tag) && is_open(scan, "p"))
        pages_stop(scan->unit, at, "<%.*s> cannot stand inside <p>", STR_FORMAT(tag));
    if (pages_is_one_of(NOT_IN_THEMSELVES, tag) && is_open(scan, str_to_c(scan->unit->pages->compiler.arena, tag)))
        pages_stop(scan->unit, at, "<%.*s> cannot stand inside another", STR_FORMAT(tag));
    if (pages_is_one_of(" html head body ", tag) && scan->unit->kind != UNIT_LAYOUT)
        pages_stop(scan->unit, at, "<%.*s> stands only in a layout", STR_FORMAT(tag));
    check_parent(scan);
}

static void end_tag_name(HtmlScan *scan) {
    scan->tag = str_from(scan->name_at, (size_t)(scan->at - scan->name_at));
    check_element(scan);
    scan->attributes_count = 0;
    scan->script_type = STR_ABSENT;
    scan->place = PLACE_AFTER;
}

static bool has_attribute(const HtmlScan *scan, const char *name) {
    for (size_t i = 0; i < scan->attributes_count; i++)
        if (str_equal_ascii_case(scan->attributes[i].name, str_from_c(name))) return true;
    return false;
}

static void end_attribute_name(HtmlScan *scan) {
    Unit *unit = scan->unit;
    Str name = str_from(scan->name_at, (size_t)(scan->at - scan->name_at));
    Str lower = str_lower_ascii(unit->pages->compiler.arena, name);
    if (str_starts_with(lower, STR("on")))
        pages_stop(unit, scan->name_at, "%.*s: event attributes are refused: write a script in web/", STR_FORMAT(name));
    if (pages_is_one_of(REFUSED_ATTRIBUTES, lower))
        pages_stop(unit, scan->name_at, "the attribute %.*s is refused", STR_FORMAT(name));
    for (size_t i = 0; i < scan->attributes_count; i++)
        if (!scan->attributes[i].is_elsewhere && str_equal_ascii_case(scan->attributes[i].name, name))
            pages_stop(unit, scan->name_at, "the attribute %.*s stands twice", STR_FORMAT(name));
    if (pages_is(lower, "http-equiv") && has_attribute(scan, "content"))
        pages_stop(unit, scan->name_at, "write http-equiv before content");
    if (scan->attributes_count == HTML_MOST_ATTRIBUTES) pages_stop(unit, scan->name_at, "too many attributes");
    scan->attributes[scan->attributes_count++] = (HtmlAttribute){.name = name};
    scan->attribute = lower;
    scan->attribute_number++;
    scan->url = URL_EMPTY;
    buffer_clear(&scan->value);
    scan->place = PLACE_AFTER;
}

static void end_value(HtmlScan *scan) {
    Arena *arena = scan->unit->pages->compiler.arena;
    Str value = buffer_str(&scan->value);
    if (pages_is(scan->tag, "script") && pages_is(scan->attribute, "type")) scan->script_type = str_copy(arena, value);
    scan->place = PLACE_AFTER;
}

static void push_tag(HtmlScan *scan) {
    if (scan->depth == HTML_MOST_DEPTH) pages_stop(scan->unit, scan->at, "tags are nested too deep");
    scan->open[scan->depth++] = (HtmlTag){scan->tag, scan->name_at};
}

static Place place_of_script(HtmlScan *scan) {
    bool is_data =
        pages_is(scan->script_type, "application/json") || pages_is(scan->script_type, "application/ld+json");
    if (is_data) return PLACE_JSON;
    if (has_attribute(scan, "src")) return PLACE_SCRIPT;
    pages_stop(scan->unit, scan->name_at, "a script inside a page is refused: write it in web/ and say src=");
}

static void end_tag(HtmlScan *scan, bool is_closed) {
    bool is_void = pages_is_one_of(VOID_ELEMENTS, scan->tag);
    bool in_svg = pages_is(scan->tag, "svg") || is_open(scan, "svg");
    if (is_closed && !is_void && !in_svg)
        pages_stop(scan->unit, scan->at, "/> closes only void and SVG elements: <%.*s>", STR_FORMAT(scan->tag));
    scan->place = PLACE_TEXT;
    scan->folds_space = false;
    if (is_void || is_closed) return;
    push_tag(scan);
    if (pages_is(scan->tag, "script"))
        scan->place = place_of_script(scan);
    else if ((pages_is(scan->tag, "title") && !in_svg) || pages_is(scan->tag, "textarea"))
        scan->place = PLACE_PLAIN;
    scan->in_json_string = scan->json_escape = false;
    scan->drops_newline = pages_is(scan->tag, "textarea") || pages_is(scan->tag, "pre");
}

static void end_closing_tag(HtmlScan *scan) {
    Str name = str_from(scan->name_at, (size_t)(scan->at - scan->name_at));
    if (pages_is_one_of(VOID_ELEMENTS, name))
        pages_stop(scan->unit, scan->name_at, "<%.*s> is never closed", STR_FORMAT(name));
    if (scan->depth <= scan->floor)
        pages_stop(scan->unit, scan->name_at,
                   scan->floor ? "</%.*s> closes a tag opened outside this branch or loop" : "</%.*s> closes nothing",
                   STR_FORMAT(name));
    HtmlTag top = scan->open[scan->depth - 1];
    if (!str_equal(top.name, name))
        pages_stop(scan->unit, scan->name_at, "</%.*s> crosses <%.*s> of line %zu", STR_FORMAT(name),
                   STR_FORMAT(top.name),
                   compiler_line_of(scan->unit->source, (size_t)(top.at - scan->unit->source.data)));
    scan->depth--;
    scan->place = PLACE_TEXT;
    scan->folds_space = false;
}

/* ---- one byte in each place ---- */

/* Passes a comment over: it is not written. */
static void skip_comment(HtmlScan *scan) {
    Str rest = str_from(scan->at, (size_t)(scan->end - scan->at));
    ptrdiff_t size = str_index_of(str_skip(rest, 4), STR("-->"));
    if (size < 0)
        pages_stop(scan->unit, scan->at,
                   "a comment without end, or with a { in it: write {# … #} where a value is named");
    scan->at += 4 + size + 2;
}

static void in_declaration(HtmlScan *scan) {
    Str rest = str_from(scan->at, (size_t)(scan->end - scan->at)), doctype = STR("<!doctype html>");
    bool is_doctype = str_equal_ascii_case(str_slice(rest, 0, doctype.size), doctype);
    if (!is_doctype) pages_stop(scan->unit, scan->at, "<! begins only <!doctype html> and comments");
    bool is_first = str_is_empty(str_trim(str_from(scan->unit->body.data, (size_t)(scan->at - scan->unit->body.data))));
    if (scan->unit->kind != UNIT_LAYOUT || !is_first)
        pages_stop(scan->unit, scan->at, "<!doctype html> stands only at the start of a layout");
    buffer_add(scan->out, doctype);
    scan->at += doctype.size - 1;
}

static void in_angle(HtmlScan *scan) {
    Str rest = str_from(scan->at, (size_t)(scan->end - scan->at));
    if (str_starts_with(rest, STR("<!--"))) {
        skip_comment(scan);
    } else if (str_starts_with(rest, STR("<!"))) {
        in_declaration(scan);
    } else if (str_starts_with(rest, STR("</")) && rest.size > 2 && is_letter(rest.data[2])) {
        buffer_add(scan->out, STR("</"));
        scan->name_at = scan->at + 2;
        scan->at++;
        scan->place = PLACE_CLOSING_NAME;
    } else if (rest.size > 1 && is_letter(rest.data[1])) {
        buffer_add_char(scan->out, '<');
        scan->name_at = scan->at + 1;
        scan->tag_number++;
        scan->place = PLACE_TAG_NAME;
    } else {
        pages_stop(scan->unit, scan->at, "< begins no tag here: write &lt;");
    }
}

void html_expect_text(HtmlScan *scan, const char *at) {
    scan->folds_space = false;
    if (scan->place != PLACE_TEXT || !scan->depth) return;
    Str parent = scan->open[scan->depth - 1].name;
    if (pages_is_one_of(WITHOUT_TEXT, parent))
        pages_stop(scan->unit, at, "no text can stand directly in <%.*s>", STR_FORMAT(parent));
}

static void in_text(HtmlScan *scan, char c) {
    if (c == '<') {
        in_angle(scan);
        return;
    }
    if (is_space(c) && !is_open(scan, "pre")) {
        Str parent = scan->depth ? scan->open[scan->depth - 1].name : STR_ABSENT;
        if (!scan->folds_space && !pages_is_one_of(SPACE_MEANS_NOTHING, parent)) buffer_add_char(scan->out, ' ');
        scan->folds_space = true;
        return;
    }
    html_expect_text(scan, scan->at);
    buffer_add_char(scan->out, c);
}

/* Between <title>, <textarea> or <script> and its end: no tag but that end. */
static bool at_own_end(HtmlScan *scan) {
    Str rest = str_from(scan->at, (size_t)(scan->end - scan->at));
    Str name = scan->open[scan->depth - 1].name;
    if (!str_starts_with(rest, STR("</")) || !str_starts_with(str_skip(rest, 2), name))
        pages_stop(scan->unit, scan->at, "no tag can stand inside <%.*s>", STR_FORMAT(name));
    in_angle(scan);
    return true;
}

static void in_json(HtmlScan *scan, char c) {
    if (c == '<') {
        if (scan->in_json_string) pages_stop(scan->unit, scan->at, "< in a data block: write \\u003c");
        at_own_end(scan);
        return;
    }
    if (scan->json_escape)
        scan->json_escape = false;
    else if (c == '\\')
        scan->json_escape = scan->in_json_string;
    else if (c == '"')
        scan->in_json_string = !scan->in_json_string;
    buffer_add_char(scan->out, c);
}

static void in_tag(HtmlScan *scan, char c) {
    if (is_space(c)) {
        scan->place = PLACE_IN_TAG; /* one space is written before each attribute */
    } else if (c == '>') {
        buffer_add_char(scan->out, c);
        end_tag(scan, false);
    } else if (c == '/') {
        scan->place = PLACE_SLASH;
    } else if (scan->place == PLACE_IN_TAG && is_letter(c)) {
        buffer_add_char(scan->out, ' ');
        buffer_add_char(scan->out, c);
        scan->name_at = scan->at;
        scan->place = PLACE_ATTRIBUTE_NAME;
    } else if (scan->place == PLACE_AFTER && is_letter(c)) {
        pages_stop(scan->unit, scan->at, "white space is missing before an attribute");
    } else {
        pages_stop(scan->unit, scan->at, "'%c' cannot stand in a tag here", c);
    }
}

static void in_attribute_name(HtmlScan *scan, char c) {
    if (is_name_char(c)) {
        buffer_add_char(scan->out, c);
        return;
    }
    end_attribute_name(scan);
    if (c == '=') {
        buffer_add_char(scan->out, c);
        scan->place = PLACE_EQUALS;
    } else {
        in_tag(scan, c);
    }
}

/* What stands before a colon. javascript: and its kin, or a misspelt one, are refused. */
static void check_scheme(HtmlScan *scan, Str scheme) {
    for (size_t i = 0; i < scheme.size; i++)
        if (!is_name_char(scheme.data[i]) && scheme.data[i] != '+' && scheme.data[i] != '.')
            return; /* a colon further on */
    Str lower = str_lower_ascii(scan->unit->pages->compiler.arena, scheme);
    bool is_image = pages_is(scan->tag, "img") && pages_is(scan->attribute, "src") && pages_is(lower, "data");
    if (!is_image && !pages_is_one_of(" http https mailto tel ", lower))
        pages_stop(scan->unit, scan->at, "the scheme %.*s: is refused", STR_FORMAT(scheme));
}

static void check_url_byte(HtmlScan *scan, char c) {
    if (scan->url == URL_WHOLE)
        pages_stop(scan->unit, scan->at, "nothing may stand beside a value that is the whole address");
    Str rest = str_from(scan->at, (size_t)(scan->end - scan->at));
    if (c == '&' && !str_starts_with(rest, STR("&amp;")))
        pages_stop(scan->unit, scan->at, "in an address only &amp; may stand for a character");
    if (is_space(c) || (unsigned char)c < ' ' || c == '\\')
        pages_stop(scan->unit, scan->at, "white space or \\ in an address");
    buffer_add_char(&scan->value, c);
    Str value = buffer_str(&scan->value);
    if (c == ':' && scan->url == URL_OTHER) check_scheme(scan, str_slice(value, 0, value.size - 1));
    if (str_equal(value, STR("//")))
        scan->url = URL_OTHER;
    else if (scan->url == URL_EMPTY)
        scan->url = c == '/' ? URL_SLASH : c == '?' || c == '#' ? URL_PART : URL_OTHER;
    else if (scan->url != URL_OTHER)
        scan->url = c == '/' ? URL_SLASH : URL_PART;
}

static void in_value(HtmlScan *scan, char c) {
    if (c == '<') pages_stop(scan->unit, scan->at, "< in an attribute: a quote is missing, or write &lt;");
    buffer_add_char(scan->out, c);
    if (c == scan->quote)
        end_value(scan);
    else if (is_url(scan))
        check_url_byte(scan, c);
    else
        buffer_add_char(&scan->value, c);
}

static void in_equals(HtmlScan *scan, char c) {
    if (c != '"' && c != '\'') pages_stop(scan->unit, scan->at, "an attribute's value stands in quotes");
    buffer_add_char(scan->out, c);
    scan->quote = c;
    scan->place = PLACE_VALUE;
}

static void in_tag_name(HtmlScan *scan, char c) {
    if (is_letter(c) || (c >= '0' && c <= '9')) {
        buffer_add_char(scan->out, c);
        return;
    }
    end_tag_name(scan);
    in_tag(scan, c);
}

static void in_closing_name(HtmlScan *scan, char c) {
    if (c == '>')
        end_closing_tag(scan);
    else if (!is_name_char(c))
        pages_stop(scan->unit, scan->at, "> is missing");
    buffer_add_char(scan->out, c);
}

static void read_byte(HtmlScan *scan, char c) {
    scan->drops_newline = false;
    switch (scan->place) {
    case PLACE_TEXT:
        in_text(scan, c);
        break;
    case PLACE_PLAIN:
        if (c == '<')
            at_own_end(scan);
        else
            buffer_add_char(scan->out, c);
        break;
    case PLACE_JSON:
        in_json(scan, c);
        break;
    case PLACE_SCRIPT:
        if (c == '<')
            at_own_end(scan);
        else if (!is_space(c))
            pages_stop(scan->unit, scan->at, "a script inside a page is refused: write it in web/");
        break;
    case PLACE_TAG_NAME:
        in_tag_name(scan, c);
        break;
    case PLACE_CLOSING_NAME:
        in_closing_name(scan, c);
        break;
    case PLACE_IN_TAG:
    case PLACE_AFTER:
        in_tag(scan, c);
        break;
    case PLACE_SLASH:
        if (c != '>') pages_stop(scan->unit, scan->at, "> must follow / in a tag");
        buffer_add(scan->out, STR("/>"));
        end_tag(scan, true);
        break;
    case PLACE_ATTRIBUTE_NAME:
        in_attribute_name(scan, c);
        break;
    case PLACE_EQUALS:
        in_equals(scan, c);
        break;
    case PLACE_VALUE:
        in_value(scan, c);
        break;
    }
}

void html_literal(HtmlScan *scan, Str run) {
    scan->end = run.data + run.size;
    for (scan->at = run.data; scan->at < scan->end; scan->at++) {
        unsigned char c = (unsigned char)*scan->at;
        if ((c < ' ' && !is_space((char)c)) || c == 0x7f) pages_stop(scan->unit, scan->at, "a control character");
        read_byte(scan, (char)c);
    }
}

void html_close(HtmlScan *scan, const char *at) {
    if (scan->place != PLACE_TEXT && !scan->depth) pages_stop(scan->unit, at, "the file ends inside a tag");
    if (scan->depth)
        pages_stop(scan->unit, scan->open[scan->depth - 1].at, "<%.*s> is not closed",
                   STR_FORMAT(scan->open[scan->depth - 1].name));
}

/* ---- holes ---- */

/* A browser drops a line end right behind <pre> and <textarea>: it gets ours, not one of the value's. */
static void give_newline(HtmlScan *scan) {
    if (scan->drops_newline) buffer_add_char(scan->out, '\n');
    scan->drops_newline = false;
}

/* A statement ends a name that was being read. */
static void end_name(HtmlScan *scan, const char *at) {
    scan->at = at;
    if (scan->place == PLACE_TAG_NAME)
        end_tag_name(scan);
    else if (scan->place == PLACE_ATTRIBUTE_NAME)
        end_attribute_name(scan);
}

static Hole url_hole(HtmlScan *scan, const char *at) {
    if (pages_is(scan->tag, "script")) pages_stop(scan->unit, at, "a script's address is {asset \"…\"}, never a value");
    switch (scan->url) {
    case URL_EMPTY:
        scan->url = URL_WHOLE;
        return HOLE_URL;
    case URL_SLASH:
        scan->url = URL_PART;
        return HOLE_URL_SEGMENT;
    case URL_PART:
        return HOLE_URL_COMPONENT;
    case URL_WHOLE:
        pages_stop(scan->unit, at, "nothing may stand beside a value that is the whole address");
    case URL_OTHER:
        break;
    }
    pages_stop(scan->unit, at, "a value in an address of elsewhere: the literal start must be one / or ? or #");
}

static Hole value_hole(HtmlScan *scan, const char *at) {
    buffer_add_char(&scan->value, '-'); /* so that what stands on its two sides does not seem to touch */
    if (pages_is(scan->attribute, "srcset") || pages_is(scan->attribute, "imagesrcset") ||
        pages_is(scan->attribute, "http-equiv") ||
        (pages_is(scan->tag, "script") && pages_is(scan->attribute, "type")) ||
        (pages_is(scan->attribute, "content") && has_attribute(scan, "http-equiv")))
        pages_stop(scan->unit, at, "no value may stand in %.*s", STR_FORMAT(scan->attribute));
    return is_url(scan) ? url_hole(scan, at) : HOLE_ATTRIBUTE;
}

Hole html_hole(HtmlScan *scan, const char *at) {
    give_newline(scan);
    scan->folds_space = false;
    switch (scan->place) {
    case PLACE_TEXT:
        return HOLE_TEXT;
    case PLACE_PLAIN:
        return HOLE_PLAIN;
    case PLACE_JSON:
        if (scan->in_json_string) pages_stop(scan->unit, at, "a value brings its own quotes in a data block");
        return HOLE_JSON;
    case PLACE_VALUE:
        return value_hole(scan, at);
    case PLACE_SCRIPT:
        pages_stop(scan->unit, at, "no value may stand in a script");
    case PLACE_EQUALS:
        pages_stop(scan->unit, at, "an attribute's value stands in quotes");
    case PLACE_TAG_NAME:
    case PLACE_CLOSING_NAME:
        pages_stop(scan->unit, at, "no value may stand in a tag's name");
    default:
        pages_stop(scan->unit, at, "no value may stand in a tag outside an attribute's quotes");
    }
}

void html_asset(HtmlScan *scan, const char *at) {
    scan->folds_space = false;
    bool stands =
        scan->place == PLACE_VALUE || scan->place == PLACE_TEXT || (scan->place == PLACE_JSON && scan->in_json_string);
    if (!stands) pages_stop(scan->unit, at, "no asset may stand here");
    if (scan->place != PLACE_VALUE || !is_url(scan)) return;
    if (scan->url != URL_EMPTY) pages_stop(scan->unit, at, "an asset is the start of an address");
    scan->url = URL_PART;
    buffer_add_char(&scan->value, '-');
}

void html_expect_markup(HtmlScan *scan, const char *at, const char *what) {
    if (scan->place != PLACE_TEXT) pages_stop(scan->unit, at, "%s stands only between tags", what);
    give_newline(scan);
    scan->folds_space = false;
}

/* ---- branches ---- */

bool html_is_in_tag(const HtmlScan *scan) { return scan->place == PLACE_IN_TAG || scan->place == PLACE_AFTER; }

HtmlMark html_branch(HtmlScan *scan, const char *at) {
    give_newline(scan);
    end_name(scan, at);
    if (scan->place == PLACE_EQUALS || scan->place == PLACE_CLOSING_NAME || scan->place == PLACE_SLASH)
        pages_stop(scan->unit, at, "no statement may stand here");
    HtmlMark mark = {.place = scan->place,
                     .url = scan->url,
                     .in_json_string = scan->in_json_string,
                     .tag_number = scan->tag_number,
                     .attribute_number = scan->attribute_number,
                     .depth = scan->depth,
                     .floor = scan->floor,
                     .attributes_count = scan->attributes_count,
                     .at = at};
    scan->floor = scan->depth;
    return mark;
}

static void check_same_place(HtmlScan *scan, const HtmlMark *mark, const char *at) {
    end_name(scan, at);
    if (scan->depth > mark->depth)
        pages_stop(scan->unit, scan->open[scan->depth - 1].at, "<%.*s> is not closed in its branch or loop",
                   STR_FORMAT(scan->open[scan->depth - 1].name));
    bool in_same_tag = scan->tag_number == mark->tag_number;
    bool was_in_tag = mark->place == PLACE_IN_TAG || mark->place == PLACE_AFTER;
    bool is_same = was_in_tag ? html_is_in_tag(scan) && in_same_tag : scan->place == mark->place;
    if (mark->place == PLACE_VALUE)
        is_same = is_same && in_same_tag && scan->attribute_number == mark->attribute_number && scan->url == mark->url;
    if (mark->place == PLACE_JSON)
        is_same = is_same && scan->in_json_string == mark->in_json_string && !scan->json_escape;
    if (!is_same)
        pages_stop(scan->unit, at, "the branch or loop of line %zu does not end in the place where it begins",
                   compiler_line_of(scan->unit->source, (size_t)(mark->at - scan->unit->source.data)));
}

void html_other_branch(HtmlScan *scan, const HtmlMark *mark, const char *at) {
    check_same_place(scan, mark, at);
    if (html_is_in_tag(scan)) {
        scan->place = mark->place;
        for (size_t i = mark->attributes_count; i < scan->attributes_count; i++)
            scan->attributes[i].is_elsewhere = true;
    }
    scan->folds_space = false;
}

void html_branch_end(HtmlScan *scan, const HtmlMark *mark, const char *at) {
    check_same_place(scan, mark, at);
    scan->floor = mark->floor;
    scan->folds_space = false;
    if (!html_is_in_tag(scan)) return;
    scan->place = PLACE_AFTER; /* whichever branch was taken, white space is needed now */
    for (size_t i = mark->attributes_count; i < scan->attributes_count; i++) scan->attributes[i].is_elsewhere = false;
}
