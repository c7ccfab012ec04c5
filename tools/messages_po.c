// SPDX-License-Identifier: EUPL-1.2
/* Catalogues: the part of gettext's .po syntax that we use, read and written. */
#include "messages.h"

static const CatalogueLanguage languages[] = {
    {"pl", "LANGUAGE_PL", 3, true}, /* 1 · 2 … 4 · 5 … */
    {"uk", "LANGUAGE_UK", 3, false}, /* 1, 21 … · 2 … 4 · 5 … */
};

const CatalogueLanguage *catalogue_language(Str tag) {
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (str_equal(tag, str_from_c(languages[i].tag))) return &languages[i];
    return NULL;
}

/* ---- reading -------------------------------------------------------------------------------------------- */

static void skip_line(Cursor *cursor) {
    while (!cursor_at_end(cursor) && cursor_peek(cursor) != '\n') cursor_next(cursor);
}

/* White space and comments; the comments are kept as they stand. */
static void take_comments(Cursor *cursor, Entry *entry) {
    Buffer comments = buffer_in(cursor->compiler->arena);
    for (cursor_skip_space(cursor); cursor_peek(cursor) == '#'; cursor_skip_space(cursor)) {
        size_t from = cursor->at, line = cursor->line;
        skip_line(cursor);
        Str comment = str_trim(str_slice(cursor->text, from, cursor->at - from));
        if (str_starts_with(comment, STR("#~")))
            compiler_error(cursor->compiler, cursor->path, line, "an obsolete entry: take it out");
        if (str_starts_with(comment, STR("#,")) && str_contains(comment, STR("fuzzy"))) entry->is_fuzzy = true;
        buffer_add(&comments, comment);
        buffer_add_char(&comments, '\n');
    }
    entry->comments = buffer_str(&comments);
}

static bool take_po_string(Cursor *cursor, Buffer *out) {
    bool is_right = true;
    cursor_next(cursor);
    while (!cursor_at_end(cursor) && cursor_peek(cursor) != '\n') {
        char c = cursor_next(cursor);
        if (c == '"') return is_right;
        if (c == '\\') {
            c = cursor_next(cursor);
            if (c == 'n') c = '\n';
            else if (c == 't') c = '\t';
            is_right = is_right && strchr("\n\t\"\\", c);
        }
        buffer_add_char(out, c);
    }
    return false;
}

/* keyword, then one or more strings. False: another keyword stands here. */
static bool take_field(Cursor *cursor, Str keyword, Str *value) {
    Cursor behind = *cursor;
    if (!cursor_take(&behind, keyword) || (cursor_peek(&behind) != ' ' && cursor_peek(&behind) != '"')) return false;
    *cursor = behind;
    Buffer out = buffer_in(cursor->compiler->arena);
    for (cursor_skip_space(cursor); cursor_peek(cursor) == '"'; cursor_skip_space(cursor)) {
        if (take_po_string(cursor, &out)) continue;
        compiler_error(cursor->compiler, cursor->path, cursor->line,
                       "a string must end on its line and escape with \\n \\t \\\" \\\\ only");
        skip_line(cursor);
    }
    *value = buffer_str(&out);
    return true;
}

static void take_forms(Cursor *cursor, Entry *entry) {
    static const Str keywords[MOST_FORMS] = {STR_INIT("msgstr[0]"), STR_INIT("msgstr[1]"), STR_INIT("msgstr[2]"),
                                             STR_INIT("msgstr[3]")};
    while (entry->forms_count < MOST_FORMS
           && take_field(cursor, keywords[entry->forms_count], &entry->forms[entry->forms_count]))
        entry->forms_count++;
}

/* False at the end of the file, and where no entry stands (told, and the line skipped). */
static bool take_entry(Cursor *cursor, Entry *entry) {
    entry->line = cursor->line;
    take_field(cursor, STR("msgctxt"), &entry->context);
    if (!take_field(cursor, STR("msgid"), &entry->text)) {
        compiler_error(cursor->compiler, cursor->path, cursor->line, "expected msgctxt and msgid");
        skip_line(cursor);
        return false;
    }
    if (take_field(cursor, STR("msgid_plural"), &entry->many)) take_forms(cursor, entry);
    else if (take_field(cursor, STR("msgstr"), &entry->forms[0])) entry->forms_count = 1;
    if (entry->forms_count == 0)
        compiler_error(cursor->compiler, cursor->path, cursor->line, "expected %s behind msgid%s",
                       str_is_absent(entry->many) ? "msgstr" : "msgstr[0]",
                       str_is_absent(entry->many) ? "" : "_plural");
    return true;
}

static void catalogue_add(Arena *arena, Catalogue *catalogue, Entry entry) {
    if (catalogue->count == catalogue->capacity) {
        size_t capacity = catalogue->capacity ? catalogue->capacity * 2 : 256;
        catalogue->entries = arena_grow(arena, catalogue->entries, catalogue->capacity * sizeof entry,
                                        capacity * sizeof entry);
        catalogue->capacity = capacity;
    }
    catalogue->entries[catalogue->count++] = entry;
}

static void keep_entry(MessagesJob *job, Catalogue *catalogue, Entry entry) {
    if (str_is_empty(entry.text)) {
        if (catalogue->header.line)
            compiler_error(&job->compiler, catalogue->path, entry.line, "a second header (empty msgid)");
        catalogue->header = entry;
        return;
    }
    const Entry *earlier = catalogue_find(catalogue, entry.context, entry.text);
    if (earlier)
        compiler_error(&job->compiler, catalogue->path, entry.line, "a duplicate of the entry of line %zu: \"%.*s\"",
                       earlier->line, STR_FORMAT(entry.text));
    else catalogue_add(job->compiler.arena, catalogue, entry);
}

void catalogue_read(MessagesJob *job, Catalogue *catalogue) {
    Cursor cursor = cursor_open(&job->compiler, catalogue->path);
    for (;;) {
        Entry entry = {0};
        take_comments(&cursor, &entry);
        if (cursor_at_end(&cursor)) {
            catalogue->last_comments = entry.comments;
            return;
        }
        if (take_entry(&cursor, &entry)) keep_entry(job, catalogue, entry);
    }
}

Entry *catalogue_find(const Catalogue *catalogue, Str context, Str text) {
    for (size_t i = 0; i < catalogue->count; i++) {
        Entry *entry = &catalogue->entries[i];
        if (str_equal(entry->text, text) && str_equal(entry->context, context)) return entry;
    }
    return NULL;
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

/* The place is the file, seen from the source's root: a line would soon be another. */
static Str place_comment(Arena *arena, const char *path) {
    Str place = str_from_c(path);
    while (str_starts_with(place, STR("../"))) place = str_skip(place, 3);
    return str_format(arena, "#. %.*s\n", STR_FORMAT(place));
}

Entry catalogue_entry_for(Arena *arena, const Catalogue *catalogue, const Message *message) {
    return (Entry){
        .comments = place_comment(arena, message->path),
        .context = message->context,
        .text = message->text,
        .many = message->many,
        .forms_count = str_is_absent(message->many) ? 1 : catalogue->language->forms,
    };
}

void catalogue_add_missing(MessagesJob *job, Catalogue *catalogue, const Message *message) {
    catalogue_add(job->compiler.arena, catalogue, catalogue_entry_for(job->compiler.arena, catalogue, message));
}

static int compare_entries(const void *a, const void *b) {
    const Entry *left = a, *right = b;
    int order = str_compare(left->context, right->context);
    return order ? order : str_compare(left->text, right->text);
}

void catalogue_sort(Catalogue *catalogue) {
    if (catalogue->count) qsort(catalogue->entries, catalogue->count, sizeof *catalogue->entries, compare_entries);
}

static void add_quoted(Buffer *out, Str text) {
    buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\n') buffer_add(out, STR("\\n"));
        else if (c == '\t') buffer_add(out, STR("\\t"));
        else if (c == '"' || c == '\\') buffer_format(out, "\\%c", c);
        else buffer_add_char(out, c);
    }
    buffer_add(out, STR("\"\n"));
}

/* A text of several lines stands on several lines, after an empty string, as gettext has it. */
static void add_field(Buffer *out, const char *keyword, Str text) {
    buffer_format(out, "%s ", keyword);
    ptrdiff_t first_end = str_index_of_char(text, '\n');
    if (first_end < 0 || (size_t)first_end + 1 == text.size) {
        add_quoted(out, text);
        return;
    }
    add_quoted(out, STR(""));
    while (text.size) {
        ptrdiff_t end = str_index_of_char(text, '\n');
        size_t size = end < 0 ? text.size : (size_t)end + 1;
        add_quoted(out, str_slice(text, 0, size));
        text = str_skip(text, size);
    }
}

void catalogue_add_entry_text(Buffer *out, const Entry *entry) {
    static const char *const keywords[MOST_FORMS] = {"msgstr[0]", "msgstr[1]", "msgstr[2]", "msgstr[3]"};
    buffer_add(out, entry->comments);
    if (!str_is_absent(entry->context)) add_field(out, "msgctxt", entry->context);
    add_field(out, "msgid", entry->text);
    if (str_is_absent(entry->many)) {
        add_field(out, "msgstr", entry->forms[0]);
        return;
    }
    add_field(out, "msgid_plural", entry->many);
    for (size_t i = 0; i < entry->forms_count; i++) add_field(out, keywords[i], entry->forms[i]);
}

void catalogue_write(MessagesJob *job, const Catalogue *catalogue) {
    Arena *arena = job->compiler.arena;
    Buffer out = buffer_in(arena);
    catalogue_add_entry_text(&out, &catalogue->header);
    for (size_t i = 0; i < catalogue->count; i++) {
        buffer_add_char(&out, '\n');
        catalogue_add_entry_text(&out, &catalogue->entries[i]);
    }
    if (catalogue->last_comments.size) buffer_add_char(&out, '\n');
    buffer_add(&out, catalogue->last_comments);
    const char *slash = strrchr(catalogue->path, '/');
    Str dir = slash ? str_from(catalogue->path, (size_t)(slash - catalogue->path)) : STR(".");
    compiler_write(&job->compiler, str_to_c(arena, dir), slash ? slash + 1 : catalogue->path, buffer_str(&out));
}
