// SPDX-License-Identifier: EUPL-1.2
/* Goes through style sheets and scripts: takes out comments and leading white space where that changes
 * nothing, and puts hashed addresses for names. It knows just enough of both languages to tell strings,
 * comments, regular expressions and templates from the rest. */
#include "assets.h"

enum { DEEPEST_TEMPLATE = 16 };

typedef struct Scan {
    Assets *assets;
    const AssetFile *file;
    Str text;
    size_t at;
    Buffer out;
    int braces[DEEPEST_TEMPLATE]; /* open { since each template's ${ */
    size_t templates;             /* how many ${ are open */
} Scan;

static size_t line_of(const Scan *scan, size_t at) { return compiler_line_of(scan->text, at); }

#define scan_error(scan, at, ...)                                                                                      \
    compiler_error(&(scan)->assets->compiler, (scan)->file->source, line_of((scan), (at)), __VA_ARGS__)

static bool looking_at(const Scan *scan, Str word) { return str_starts_with(str_skip(scan->text, scan->at), word); }

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '-';
}

static char char_at(const Scan *scan, size_t at) { return at < scan->text.size ? scan->text.data[at] : '\n'; }

static void copy(Scan *scan, size_t size) {
    buffer_add(&scan->out, str_slice(scan->text, scan->at, size));
    scan->at += size;
}

static bool at_line_start(const Scan *scan) { return !scan->out.size || scan->out.data[scan->out.size - 1] == '\n'; }

/* White space: a line's own is kept, that at its ends and empty lines are not. */
static void take_blank(Scan *scan) {
    char c = scan->text.data[scan->at++];
    if (at_line_start(scan) || c == '\r') return;
    if (c == '\n')
        while (scan->out.size && is_blank(scan->out.data[scan->out.size - 1])) scan->out.size--;
    buffer_add_char(&scan->out, c);
}

/* The size of the comment at the place, with both its ends; reports one that is not closed. */
static size_t comment_size(Scan *scan) {
    ptrdiff_t end = str_index_of(str_skip(scan->text, scan->at + 2), STR("*/"));
    if (end >= 0) return (size_t)end + 4;
    scan_error(scan, scan->at, "the comment is not closed");
    return scan->text.size - scan->at;
}

/* The quoted string at the place, with its quotes; it ends within its line. */
static Str string_at(Scan *scan) {
    char quote = scan->text.data[scan->at];
    size_t end = scan->at + 1;
    while (char_at(scan, end) != quote && char_at(scan, end) != '\n') end += scan->text.data[end] == '\\' ? 2 : 1;
    if (char_at(scan, end) != quote) {
        scan_error(scan, scan->at, "the string is not closed in its line");
        return str_skip(scan->text, scan->at);
    }
    return str_slice(scan->text, scan->at, end + 1 - scan->at);
}

static void copy_string(Scan *scan) { copy(scan, string_at(scan).size); }

static Str unquoted(Str string) { return string.size >= 2 ? str_slice(string, 1, string.size - 2) : string; }

/* Style sheets */

/* A comment may part two words: it goes only where white space beside it parts them still. */
static void take_style_comment(Scan *scan) {
    size_t size = comment_size(scan);
    bool parted = at_line_start(scan) || is_blank(scan->out.data[scan->out.size - 1]) ||
                  is_blank(char_at(scan, scan->at + size));
    if (!parted) buffer_add(&scan->out, STR("/**/"));
    scan->at += size;
}

static void take_url(Scan *scan) {
    size_t start = scan->at;
    scan->at += 4;
    while (is_blank(char_at(scan, scan->at)) && scan->at < scan->text.size) scan->at++;
    char c = char_at(scan, scan->at);
    Str given;
    if (c == '"' || c == '\'') {
        Str string = string_at(scan);
        given = unquoted(string);
        scan->at += string.size;
    } else {
        size_t end = scan->at;
        while (char_at(scan, end) != ')' && !is_blank(char_at(scan, end))) end++;
        given = str_slice(scan->text, scan->at, end - scan->at);
        scan->at = end;
    }
    while (is_blank(char_at(scan, scan->at)) && scan->at < scan->text.size) scan->at++;
    if (char_at(scan, scan->at) != ')') {
        scan_error(scan, start, "url( is not closed");
        return;
    }
    scan->at++;
    bool inside = str_starts_with(given, STR("#")) || str_starts_with(given, STR("data:"));
    if (!inside && str_starts_with(given, STR("./"))) given = str_skip(given, 2);
    Str address = inside ? given : assets_address(scan->assets, scan->file, line_of(scan, start), given);
    buffer_add(&scan->out, STR("url(\""));
    buffer_add(&scan->out, address);
    buffer_add(&scan->out, STR("\")"));
}

Str assets_style(Assets *assets, const AssetFile *file) {
    Scan scan = {.assets = assets, .file = file, .text = file->content, .out = buffer_in(assets->compiler.arena)};
    while (scan.at < scan.text.size) {
        char c = scan.text.data[scan.at];
        bool word_before = scan.at && is_word(scan.text.data[scan.at - 1]);
        if (is_blank(c)) take_blank(&scan);
        else if (looking_at(&scan, STR("/*"))) take_style_comment(&scan);
        else if (c == '"' || c == '\'') copy_string(&scan);
        else if (!word_before && looking_at(&scan, STR("url("))) take_url(&scan);
        else if (c == '\\') copy(&scan, 2);
        else if (looking_at(&scan, STR("@import"))) {
            scan_error(&scan, scan.at, "@import: a sheet stands alone; give the page both");
            copy(&scan, 7);
        } else copy(&scan, 1);
    }
    return buffer_str(&scan.out);
}

/* Scripts */

static Str word_before(const Scan *scan) {
    size_t end = scan->out.size;
    while (end && is_blank(scan->out.data[end - 1])) end--;
    size_t start = end;
    while (start && is_word(scan->out.data[start - 1]) && scan->out.data[start - 1] != '-') start--;
    return str_from(scan->out.data + start, end - start);
}

static char char_before(const Scan *scan) {
    size_t end = scan->out.size;
    while (end && is_blank(scan->out.data[end - 1])) end--;
    return end ? scan->out.data[end - 1] : ';';
}

/* A slash divides after a value, and begins a regular expression elsewhere. */
static bool begins_regex(const Scan *scan) {
    static const Str words[] = {STR_INIT("return"), STR_INIT("typeof"),    STR_INIT("case"), STR_INIT("in"),
                                STR_INIT("of"),     STR_INIT("delete"),    STR_INIT("void"), STR_INIT("throw"),
                                STR_INIT("new"),    STR_INIT("else"),      STR_INIT("do"),   STR_INIT("await"),
                                STR_INIT("yield"),  STR_INIT("instanceof")};
    Str word = word_before(scan);
    for (size_t i = 0; word.size && i < sizeof words / sizeof *words; i++)
        if (str_equal(word, words[i])) return true;
    return str_index_of_char(STR("(,=:[!&|?{};+-*%~^<>"), char_before(scan)) >= 0;
}

static void copy_regex(Scan *scan) {
    size_t end = scan->at + 1;
    bool in_class = false;
    for (; char_at(scan, end) != '\n' && (in_class || char_at(scan, end) != '/'); end++) {
        char c = scan->text.data[end];
        if (c == '\\') end++;
        else if (c == '[') in_class = true;
        else if (c == ']') in_class = false;
    }
    if (char_at(scan, end) == '\n') scan_error(scan, scan->at, "the regular expression is not closed in its line");
    copy(scan, end + 1 - scan->at);
}

/* From behind the ` or the } of ${…} to the template's end or its next ${. */
static void copy_template(Scan *scan) {
    size_t start = scan->at;
    while (scan->at < scan->text.size && scan->text.data[scan->at] != '`') {
        if (looking_at(scan, STR("${"))) {
            copy(scan, 2);
            if (scan->templates == DEEPEST_TEMPLATE)
                arena_fail(scan->assets->compiler.arena, ERR_LIMIT, "%s:%zu: templates are nested too deep",
                           scan->file->source, line_of(scan, start));
            scan->braces[scan->templates++] = 0;
            return;
        }
        copy(scan, scan->text.data[scan->at] == '\\' ? 2 : 1);
    }
    if (scan->at >= scan->text.size) scan_error(scan, start ? start - 1 : 0, "the template is not closed");
    else copy(scan, 1);
}

static void take_brace(Scan *scan) {
    bool closes = scan->text.data[scan->at] == '}';
    copy(scan, 1);
    if (!scan->templates) return;
    int *open = &scan->braces[scan->templates - 1];
    if (!closes) ++*open;
    else if (*open) --*open;
    else {
        scan->templates--;
        copy_template(scan);
    }
}

static void take_script_comment(Scan *scan) {
    if (looking_at(scan, STR("//"))) {
        while (scan->at < scan->text.size && scan->text.data[scan->at] != '\n') scan->at++;
        return;
    }
    size_t size = comment_size(scan);
    bool alone = at_line_start(scan) && char_at(scan, scan->at + size) == '\n';
    if (alone) scan->at += size;
    else copy(scan, size); /* within a line it may part two words, or end a statement by its line break */
}

/* A string behind import or from, or in import(…), names another script. */
static void take_script_string(Scan *scan) {
    Str word = word_before(scan);
    bool refers = str_equal(word, STR("import")) || str_equal(word, STR("from"));
    if (char_before(scan) == '(') {
        Scan before = *scan;
        while (before.out.size && is_blank(before.out.data[before.out.size - 1])) before.out.size--;
        before.out.size--;
        refers = str_equal(word_before(&before), STR("import"));
    }
    if (!refers) {
        copy_string(scan);
        return;
    }
    size_t start = scan->at;
    Str string = string_at(scan), given = unquoted(string);
    scan->at += string.size;
    if (!str_starts_with(given, STR("./"))) {
        scan_error(scan, start, "an import names a file beside this one: \"./name.js\", not \"%.*s\"",
                   STR_FORMAT(given));
        return;
    }
    buffer_add_char(&scan->out, '"');
    buffer_add(&scan->out, assets_address(scan->assets, scan->file, line_of(scan, start), str_skip(given, 2)));
    buffer_add_char(&scan->out, '"');
}

Str assets_script(Assets *assets, const AssetFile *file) {
    Scan scan = {.assets = assets, .file = file, .text = file->content, .out = buffer_in(assets->compiler.arena)};
    while (scan.at < scan.text.size) {
        char c = scan.text.data[scan.at];
        if (is_blank(c)) take_blank(&scan);
        else if (looking_at(&scan, STR("//")) || looking_at(&scan, STR("/*"))) take_script_comment(&scan);
        else if (c == '/' && begins_regex(&scan)) copy_regex(&scan);
        else if (c == '"' || c == '\'') take_script_string(&scan);
        else if (c == '{' || c == '}') take_brace(&scan);
        else if (c == '`') {
            copy(&scan, 1);
            copy_template(&scan);
        } else copy(&scan, 1);
    }
    if (scan.templates) scan_error(&scan, scan.text.size, "a ${ is not closed");
    return buffer_str(&scan.out);
}
