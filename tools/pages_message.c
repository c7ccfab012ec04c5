// SPDX-License-Identifier: EUPL-1.2
#include "pages_body.h"

/* What a text names. */
typedef struct MessageMarks {
    bool has_markup; /* {b}…{/b} or a link */
    Str names[16];   /* placeholders, each once */
    bool is_link[16];
    size_t count;
} MessageMarks;

static const char *add_mark(MessageMarks *marks, Str name, bool is_link) {
    for (size_t i = 0; i < marks->count; i++)
        if (str_equal(marks->names[i], name))
            return marks->is_link[i] == is_link ? NULL : "a name is a link and a text";
    if (marks->count == sizeof marks->names / sizeof *marks->names) return "too many placeholders";
    marks->is_link[marks->count] = is_link;
    marks->names[marks->count++] = name;
    return NULL;
}

static bool is_closed_later(Str rest, Str name) {
    for (Str at = rest; at.size > name.size + 2; at = str_skip(at, 1))
        if (str_starts_with(at, STR("{/")) && str_starts_with(str_skip(at, 2), name) && at.data[2 + name.size] == '}')
            return true;
    return false;
}

enum { MOST_OPEN = 4 };

static bool stands_in_its_like(const Str *open, size_t depth, Str name) {
    for (size_t i = 0; i < depth; i++)
        if (str_equal(open[i], STR("b")) == str_equal(name, STR("b"))) return true;
    return false;
}

/* NULL, or what is wrong with the text. */
static const char *read_marks(Str text, MessageMarks *marks) {
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
            if (stands_in_its_like(open, depth, name)) return "a link in a link, or {b} in {b}";
            open[depth++] = name;
            marks->has_markup = true;
        }
        const char *wrong = str_equal(name, STR("b")) ? NULL : add_mark(marks, name, pairs);
        if (wrong) return wrong;
    }
    return depth ? "a mark is not closed" : NULL;
}

/* The enumerator: M_ and 16 hexadecimal digits. */
static Str message_name(Arena *arena, Str context, Str text) {
    Str whole = str_format(arena, "%.*s\004%.*s", STR_FORMAT(context), STR_FORMAT(text));
    return str_format(arena, "M_%016llx", (unsigned long long)str_hash(whole));
}

/* ---- the statement ---- */

typedef struct MessageValue {
    Str name;
    Value value;
} MessageValue;

enum { MOST_MESSAGE_VALUES = 16 };

static size_t read_message_values(Body *body, Statement *statement, MessageValue *values) {
    size_t count = 0;
    for (Str word; (word = body_next_word(statement)).size; count++) {
        if (count == MOST_MESSAGE_VALUES) pages_stop(body->unit, statement->at, "too many values in a message");
        Str path = word, name;
        str_next_part(&path, '=', &name);
        if (str_is_empty(path))
            pages_stop(body->unit, statement->at, "a message's values are written name=value: %.*s", STR_FORMAT(word));
        values[count] = (MessageValue){name, body_find_value(body, path, NULL)};
        for (size_t i = 0; i < count; i++)
            if (str_equal(values[i].name, name))
                pages_error(body->unit, statement->at, "the value %.*s stands twice", STR_FORMAT(name));
    }
    body_expect_end(body, statement);
    return count;
}

static const Value *message_value(const MessageValue *values, size_t count, Str name) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(values[i].name, name)) return &values[i].value;
    return NULL;
}

/* The text's placeholders and the values given must be the same. */
static void check_marks(Body *body, const Statement *statement, Str text, Hole hole, const MessageValue *values,
                        size_t count, bool is_plural) {
    MessageMarks marks = {0};
    const char *wrong = read_marks(text, &marks);
    if (wrong) pages_stop(body->unit, statement->at, "in the message: %s", wrong);
    if (marks.has_markup && hole != HOLE_TEXT)
        pages_error(body->unit, statement->at, "a message with markup stands only between tags");
    for (size_t i = 0; i < marks.count; i++) {
        const Value *value = message_value(values, count, marks.names[i]);
        if (!value) {
            pages_error(body->unit, statement->at, "the message needs the value %.*s", STR_FORMAT(marks.names[i]));
        } else if (marks.is_link[i] != (value->type == TYPE_URL)) {
            pages_error(body->unit, statement->at,
                        marks.is_link[i] ? "the link %.*s needs a url" : "the url %.*s is used as a text",
                        STR_FORMAT(marks.names[i]));
        }
    }
    for (size_t i = 0; i < count; i++) {
        bool is_named = is_plural && pages_is(values[i].name, "count"); /* "One place is left." */
        for (size_t k = 0; k < marks.count; k++) is_named |= str_equal(marks.names[k], values[i].name);
        if (!is_named)
            pages_error(body->unit, statement->at, "the message does not name %.*s", STR_FORMAT(values[i].name));
    }
}

static void add_message_values(Body *body, Buffer *code, const Statement *statement, const MessageValue *values,
                               size_t count) {
    if (!count)
        buffer_add(code, STR("NULL"));
    else
        buffer_add(code, STR("(const PageValue[]){"));
    for (size_t i = 0; i < count; i++) {
        Str name = values[i].name, expression = values[i].value.expression;
        FieldType type = values[i].value.type;
        if (type == TYPE_INT)
            buffer_format(code, "%sPAGE_NUMBER(\"%.*s\", %.*s)", i ? ", " : "", STR_FORMAT(name),
                          STR_FORMAT(expression));
        else if (type == TYPE_TEXT || type == TYPE_URL)
            buffer_format(code, "%sPAGE_WORDS(\"%.*s\", %.*s)", i ? ", " : "", STR_FORMAT(name),
                          STR_FORMAT(expression));
        else
            body_refuse_type(body, statement->at, type, "in a message");
    }
    if (count) buffer_add_char(code, '}');
}

static const char *message_place(Body *body, const Statement *statement, Hole hole) {
    switch (hole) {
    case HOLE_TEXT:
    case HOLE_PLAIN:
        return "PAGE_BETWEEN_TAGS";
    case HOLE_ATTRIBUTE:
        return "PAGE_IN_ATTRIBUTE";
    case HOLE_JSON:
        return "PAGE_IN_JSON";
    default:
        pages_stop(body->unit, statement->at, "a message cannot stand in an address");
    }
}

void body_read_message(Body *body, NodeList *list, Statement *statement) {
    Hole hole = html_hole(&body->html, statement->at);
    const char *place = message_place(body, statement, hole);
    html_expect_text(&body->html, statement->at);
    Str context = body->unit->room;
    if (!body_at_string(statement)) {
        context = body_next_word(statement);
        if (!pages_is_name(context))
            pages_stop(body->unit, statement->at, "a message is {t \"…\"} or {t context \"…\"}");
    }
    Str one = body_next_string(body, statement), many = STR_ABSENT;
    Str rest = statement->rest;
    if (pages_is(body_next_word(statement), "many"))
        many = body_next_string(body, statement);
    else
        statement->rest = rest;
    MessageValue values[MOST_MESSAGE_VALUES];
    size_t count = read_message_values(body, statement, values);
    check_marks(body, statement, one, hole, values, count, !str_is_absent(many));
    Buffer code = buffer_in(body->arena);
    Str name = message_name(body->arena, context, one);
    if (str_is_absent(many)) {
        buffer_format(&code, "page_message(out, %.*s, %s, ", STR_FORMAT(name), place);
    } else {
        check_marks(body, statement, many, hole, values, count, true);
        const Value *number = message_value(values, count, STR("count"));
        if (!number || number->type != TYPE_INT)
            pages_stop(body->unit, statement->at, "a message with \"many\" needs count=, an int");
        buffer_format(&code, "page_message_plural(out, %.*s, %s, %.*s, ", STR_FORMAT(name), place,
                      STR_FORMAT(number->expression));
    }
    add_message_values(body, &code, statement, values, count);
    buffer_format(&code, ", %zu);", count);
    body->unit->uses_messages = true;
    body_add_code(body, list, buffer_str(&code));
}
