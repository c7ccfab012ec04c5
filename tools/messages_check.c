// SPDX-License-Identifier: EUPL-1.2
/* What is wrong with a text, and with a translation of it. */
#include "messages.h"

#include <ctype.h>
#include <stdarg.h>

/* ---- placeholders: {name}, and the pairs {name}…{/name} ------------------------------------------------- */

/* The names in braces of one text, in order; a closing one begins with '/'. */
typedef struct Names {
    Str items[NAMES_MOST];
    size_t count;
} Names;

typedef struct Place {
    Compiler *compiler;
    const char *path;
    size_t line;
    Str text;
} Place;

static void complain(const Place *place, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void complain(const Place *place, const char *format, ...) {
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    Str rest = place->text, first_line = STR("");
    str_next_part(&rest, '\n', &first_line);
    compiler_error(place->compiler, place->path, place->line, "%s: \"%.*s\"%s", message, STR_FORMAT(first_line),
                   str_is_absent(rest) ? "" : " …");
}

static bool is_name(Str name) {
    if (name.size && name.data[0] == '/') name = str_skip(name, 1);
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && (i == 0 || (c != '_' && !isdigit((unsigned char)c)))) return false;
    }
    return name.size > 0;
}

static bool has_name(const Names *names, Str name) {
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->items[i], name)) return true;
    return false;
}

static Names names_of(Str text) {
    Names names = {0};
    ptrdiff_t open;
    while ((open = str_index_of_char(text, '{')) >= 0 && names.count < NAMES_MOST) {
        text = str_skip(text, (size_t)open + 1);
        ptrdiff_t close = str_index_of_char(text, '}');
        if (close < 0) break;
        names.items[names.count++] = str_slice(text, 0, (size_t)close);
        text = str_skip(text, (size_t)close + 1);
    }
    return names;
}

static bool is_closing(Str name) { return name.size && name.data[0] == '/'; }

/* {b} always opens a pair; another name does where the text closes it. */
static bool opens_pair(const Names *names, Str name) {
    if (str_equal(name, STR("b"))) return true;
    for (size_t i = 0; i < names->count; i++)
        if (is_closing(names->items[i]) && str_equal(str_skip(names->items[i], 1), name)) return true;
    return false;
}

static void check_pairs(const Place *place, const Names *names) {
    Str open[NAMES_MOST];
    size_t depth = 0;
    for (size_t i = 0; i < names->count; i++) {
        Str name = names->items[i];
        if (!is_closing(name)) {
            if (opens_pair(names, name)) open[depth++] = name;
        } else if (depth > 0 && str_equal(open[depth - 1], str_skip(name, 1))) {
            depth--;
        } else {
            complain(place, "{%.*s} closes nothing that is open", STR_FORMAT(name));
            return;
        }
    }
    if (depth > 0) complain(place, "{%.*s} is not closed", STR_FORMAT(open[depth - 1]));
}

static void check_braces(const Place *place) {
    Names names = names_of(place->text);
    size_t braces = 0;
    for (size_t i = 0; i < place->text.size; i++) braces += place->text.data[i] == '{' || place->text.data[i] == '}';
    if (names.count == NAMES_MOST) complain(place, "more than %d placeholders", NAMES_MOST - 1);
    else if (braces != 2 * names.count) complain(place, "a brace that belongs to no placeholder");
    for (size_t i = 0; i < names.count; i++)
        if (!is_name(names.items[i]))
            complain(place, "{%.*s} is not a placeholder's name (a-z, 0-9, _)", STR_FORMAT(names.items[i]));
    check_pairs(place, &names);
}

/* ---- forms that are not written here ------------------------------------------------------------------------ */

static void check_percent(const Place *place) {
    Str rest = place->text;
    ptrdiff_t at;
    while ((at = str_index_of_char(rest, '%')) >= 0) {
        rest = str_skip(rest, (size_t)at + 1);
        size_t i = 0;
        while (i < rest.size && strchr("0123456789.$*+#-'lhzjt", rest.data[i])) i++;
        if (i < rest.size && strchr("diouxXeEfgGaAcspn%", rest.data[i])) {
            complain(place, "a %% format; a value stands in {braces}");
            return;
        }
    }
}

/* Of the character that ends before position. Of what lies beyond ASCII, Latin and Cyrillic letters
 * start with bytes c3 to d4; c2 and e2 begin signs, quotes and spaces. */
static bool letter_ends_at(Str text, size_t position) {
    if (position == 0) return false;
    size_t i = position - 1;
    while (i > 0 && ((unsigned char)text.data[i] & 0xc0) == 0x80) i--;
    unsigned char first = (unsigned char)text.data[i];
    return isalpha(first) || (first >= 0xc3 && first <= 0xd4);
}

static bool letter_starts_at(Str text, size_t position) {
    if (position >= text.size) return false;
    unsigned char first = (unsigned char)text.data[position];
    return isalpha(first) || (first >= 0xc3 && first <= 0xd4);
}

/* The word round a position, between white space. */
static Str word_around(Str text, size_t position) {
    size_t from = position, to = position;
    while (from > 0 && !isspace((unsigned char)text.data[from - 1])) from--;
    while (to < text.size && !isspace((unsigned char)text.data[to])) to++;
    return str_slice(text, from, to - from);
}

/* Addresses have a scheme, a dot before a letter, or begin with the slash; of units we write one. */
static bool slash_is_allowed(Str word) {
    if (str_contains(word, STR("://")) || str_starts_with(word, STR("/"))) return true;
    if (str_contains(word, STR("km/h")) || str_contains(word, STR("км/год"))) return true;
    for (size_t i = 0; i + 1 < word.size; i++)
        if (word.data[i] == '.' && letter_starts_at(word, i + 1)) return true;
    return false;
}

static void check_forms(const Place *place) {
    Str text = place->text;
    for (size_t i = 0; i < text.size; i++) {
        Str word = word_around(text, i);
        if (text.data[i] == '/' && letter_ends_at(text, i) && letter_starts_at(text, i + 1) && !slash_is_allowed(word))
            complain(place, "a slashed form (%.*s); say it with a noun for the role", STR_FORMAT(word));
        if (text.data[i] == '(' && letter_ends_at(text, i) && letter_starts_at(text, i + 1))
            complain(place, "a bracketed form (%.*s); say it with a noun for the role", STR_FORMAT(word));
    }
}

static void check_text(const Place *place) {
    check_braces(place);
    check_percent(place);
    check_forms(place);
}

/* ---- English -------------------------------------------------------------------------------------------------- */

/* The text names in braces what model names; {count} it may leave out where may_lack_count. */
static void check_same_names(const Place *place, Str model, bool may_lack_count) {
    Names here = names_of(place->text), there = names_of(model);
    for (size_t i = 0; i < there.count; i++)
        if (!has_name(&here, there.items[i]) && !(may_lack_count && str_equal(there.items[i], STR("count"))))
            complain(place, "lacks {%.*s}", STR_FORMAT(there.items[i]));
    for (size_t i = 0; i < here.count; i++)
        if (!has_name(&there, here.items[i]))
            complain(place, "{%.*s} is not in the English text", STR_FORMAT(here.items[i]));
}

static bool has_markup(Str text) {
    Names names = names_of(text);
    for (size_t i = 0; i < names.count; i++)
        if (is_closing(names.items[i])) return true;
    return false;
}

void messages_check_english(MessagesJob *job, const Message *message) {
    Place place = {&job->compiler, message->path, message->line, message->text};
    if (str_is_empty(message->text)) complain(&place, "an empty message");
    if (!is_name(message->context))
        complain(&place, "the context \"%.*s\" is not a room", STR_FORMAT(message->context));
    check_text(&place);
    if (message->is_in_c && (has_markup(message->text) || has_markup(message->many)))
        complain(&place, "markup in plain text; it can stand in pages only");
    if (str_is_absent(message->many)) return;
    check_same_names(&place, message->many, true);
    place.text = message->many;
    check_text(&place);
    Names names = names_of(message->many);
    if (!has_name(&names, STR("count"))) complain(&place, "a text with two forms needs {count}");
}

/* ---- translations ----------------------------------------------------------------------------------------------- */

static void check_header(MessagesJob *job, const Catalogue *catalogue) {
    Compiler *compiler = &job->compiler;
    Str header = catalogue->header.forms[0];
    Str language = str_format(compiler->arena, "Language: %s\n", catalogue->language->tag);
    Str plurals = str_format(compiler->arena, "Plural-Forms: nplurals=%zu;", catalogue->language->forms);
    size_t line = catalogue->header.line;
    if (!str_contains(header, STR("charset=UTF-8")))
        compiler_error(compiler, catalogue->path, line, "the header must say charset=UTF-8");
    if (!str_contains(header, language))
        compiler_error(compiler, catalogue->path, line, "the header must say Language: %s", catalogue->language->tag);
    if (!str_contains(header, plurals))
        compiler_error(compiler, catalogue->path, line, "the header must say %.*s", STR_FORMAT(plurals));
}

static bool is_translated(const Entry *entry) {
    for (size_t i = 0; i < entry->forms_count; i++)
        if (str_is_empty(entry->forms[i])) return false;
    return !entry->is_fuzzy;
}

static void check_entry(MessagesJob *job, const Catalogue *catalogue, const Entry *entry, const Message *message) {
    size_t forms = str_is_absent(message->many) ? 1 : catalogue->language->forms;
    Place place = {&job->compiler, catalogue->path, entry->line, entry->text};
    if (!str_equal(entry->many, message->many) || str_is_absent(entry->many) != str_is_absent(message->many)) {
        complain(&place, "%s:%zu says \"%.*s\" as the plural", message->path, message->line,
                 STR_FORMAT(message->many));
        return;
    }
    if (entry->forms_count != forms) {
        complain(&place, "%zu plural forms, expected %zu", entry->forms_count, forms);
        return;
    }
    if (!is_translated(entry)) {
        complain(&place, entry->is_fuzzy ? "still marked fuzzy" : "not translated");
        return;
    }
    for (size_t i = 0; i < forms; i++) {
        place.text = entry->forms[i];
        check_text(&place);
        bool may_lack_count = forms > 1 && i == 0 && catalogue->language->first_form_is_one;
        check_same_names(&place, forms > 1 ? message->many : message->text, may_lack_count);
    }
}

/* Every missing one is told at its place in the sources, and then all of them as they would stand in the catalogue. */
static void report_missing(MessagesJob *job, const Catalogue *catalogue) {
    Arena *arena = job->compiler.arena;
    Buffer paste = buffer_in(arena);
    for (size_t i = 0; i < job->messages.count; i++) {
        const Message *message = &job->messages.items[i];
        if (catalogue_find(catalogue, message->context, message->text)) continue;
        compiler_error(&job->compiler, message->path, message->line, "%s lacks \"%.*s\"", catalogue->path,
                       STR_FORMAT(message->text));
        Entry entry = catalogue_entry_for(arena, catalogue, message);
        buffer_add_char(&paste, '\n');
        catalogue_add_entry_text(&paste, &entry);
    }
    if (paste.size)
        fprintf(stderr, "to paste into %s and translate (or run messages --merge-missing):\n%.*s\n", catalogue->path,
                STR_FORMAT(buffer_str(&paste)));
}

void messages_check_catalogue(MessagesJob *job, Catalogue *catalogue) {
    check_header(job, catalogue);
    for (size_t i = 0; i < job->messages.count; i++) {
        const Message *message = &job->messages.items[i];
        Entry *entry = catalogue_find(catalogue, message->context, message->text);
        if (!entry) continue;
        entry->is_used = true;
        check_entry(job, catalogue, entry, message);
    }
    for (size_t i = 0; i < catalogue->count; i++) {
        const Entry *entry = &catalogue->entries[i];
        if (entry->is_used) continue;
        (job->is_strict ? compiler_error : compiler_warning)(
            &job->compiler, catalogue->path, entry->line, "nobody uses the entry \"%.*s\" of %.*s",
            STR_FORMAT(entry->text), STR_FORMAT(entry->context));
    }
    report_missing(job, catalogue);
}
