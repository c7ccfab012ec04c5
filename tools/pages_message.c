// SPDX-License-Identifier: EUPL-1.2
#include "pages.h"

static const char *add_mark(MessageMarks *marks, Str name, bool is_link) {
    for (size_t i = 0; i < marks->count; i++)
        if (str_equal(marks->names[i], name)) return marks->is_link[i] == is_link ? NULL : "a name is a link and a text";
    if (marks->count == sizeof marks->names / sizeof *marks->names) return "too many placeholders";
    marks->is_link[marks->count] = is_link;
    marks->names[marks->count++] = name;
    return NULL;
}

static bool is_closed_later(Str rest, Str name) {
    for (Str at = rest; at.size > name.size + 2; at = str_skip(at, 1))
        if (str_starts_with(at, STR("{/")) && str_starts_with(str_skip(at, 2), name) && at.data[2 + name.size] == '}') return true;
    return false;
}

enum { MOST_OPEN = 4 };

const char *pages_read_marks(Str text, MessageMarks *marks) {
    Str open[MOST_OPEN];
    size_t depth = 0;
    for (ptrdiff_t brace; (brace = str_index_of_char(text, '{')) >= 0;) {
        text = str_skip(text, (size_t)brace + 1);
        ptrdiff_t end = str_index_of_char(text, '}');
        if (end < 0) return "a { without its }";
        Str name = str_slice(text, 0, (size_t)end);
        text = str_skip(text, (size_t)end + 1);
        bool closes = str_starts_with(name, STR("/"));
        if (closes) name = str_skip(name, 1);
        if (!pages_is_name(name)) return "a placeholder is {name}, a link {name}…{/name}";
        if (closes) {
            if (!depth || !str_equal(open[--depth], name)) return "a mark is closed that is not the last one opened";
            continue;
        }
        bool pairs = is_closed_later(text, name);
        if (str_equal(name, STR("b")) && !pairs) return "{b} is not closed";
        if (pairs) {
            if (depth == MOST_OPEN) return "too many marks inside one another";
            for (size_t i = 0; i < depth; i++)
                if (str_equal(open[i], STR("b")) == str_equal(name, STR("b"))) return "a link in a link, or {b} in {b}";
            open[depth++] = name;
            marks->has_markup = true;
        }
        const char *wrong = str_equal(name, STR("b")) ? NULL : add_mark(marks, name, pairs);
        if (wrong) return wrong;
    }
    return depth ? "a mark is not closed" : NULL;
}

Str pages_message_name(Arena *arena, Str context, Str text) {
    Str whole = str_format(arena, "%.*s\004%.*s", STR_FORMAT(context), STR_FORMAT(text));
    return str_format(arena, "M_%016llx", (unsigned long long)str_hash(whole));
}
