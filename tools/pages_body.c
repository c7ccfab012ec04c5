// SPDX-License-Identifier: EUPL-1.2
#include "pages_html.h"

#include <unistd.h>

/* What a name means at some place of the body. */
typedef struct Value {
    FieldType type, item;
    Record *record;
    Str expression; /* C */
    bool is_pointer; /* of a record: -> leads on */
} Value;

/* A loop's variable. */
typedef struct Scope {
    const struct Scope *outer;
    Str name, count;
    Value value;
    Node *loop;
} Scope;

typedef struct Body {
    Unit *unit;
    Arena *arena;
    HtmlScan html;
    Buffer raw; /* markup not yet in a node */
    const Scope *scope;
    Str rest; /* what is still to read */
    int nesting;
} Body;

/* The statement between two braces, read word by word. */
typedef struct Statement {
    const char *at; /* the brace */
    Str rest;
} Statement;

enum { MOST_NESTING = 32 };

static bool is_str(Str str, const char *text) { return str_equal(str, str_from_c(text)); }

static Node *add_node(Body *body, NodeList *list, NodeKind kind, Str text) {
    Node *node = arena_new(body->arena, Node);
    *node = (Node){.kind = kind, .text = text};
    if (list->last) list->last->next = node;
    else list->first = node;
    return list->last = node;
}

static void flush_raw(Body *body, NodeList *list) {
    if (!body->raw.size) return;
    add_node(body, list, NODE_RAW, str_copy(body->arena, buffer_str(&body->raw)));
    buffer_clear(&body->raw);
}

static void add_code(Body *body, NodeList *list, Str code) {
    flush_raw(body, list);
    add_node(body, list, NODE_CODE, code);
}

/* ---- words of a statement ---- */

static Str next_word(Statement *statement) {
    Str rest = statement->rest = str_trim(statement->rest);
    size_t size = 0;
    while (size < rest.size && rest.data[size] != ' ' && rest.data[size] != '\n' && rest.data[size] != '"') size++;
    statement->rest = str_skip(rest, size);
    return str_slice(rest, 0, size);
}

static bool at_string(Statement *statement) {
    statement->rest = str_trim(statement->rest);
    return statement->rest.size && statement->rest.data[0] == '"';
}

/* A "…" with \" and \\ inside. */
static Str next_string(Body *body, Statement *statement) {
    if (!at_string(statement)) pages_stop(body->unit, statement->at, "a text in \"…\" is expected");
    Buffer text = buffer_in(body->arena);
    size_t i = 1;
    for (; i < statement->rest.size && statement->rest.data[i] != '"'; i++) {
        if (statement->rest.data[i] == '\\' && i + 1 < statement->rest.size) i++;
        buffer_add_char(&text, statement->rest.data[i]);
    }
    if (i == statement->rest.size) pages_stop(body->unit, statement->at, "the \" that ends a text is missing");
    statement->rest = str_skip(statement->rest, i + 1);
    return buffer_str(&text);
}

static void expect_end(Body *body, Statement *statement) {
    if (!str_is_empty(str_trim(statement->rest)))
        pages_stop(body->unit, statement->at, "not understood: %.*s", STR_FORMAT(str_trim(statement->rest)));
}

/* Takes the statement at the front of body->rest. */
static Statement take_statement(Body *body) {
    Statement statement = {.at = body->rest.data};
    if (body->rest.size > 1 && strchr(" \n\t\r", body->rest.data[1])) pages_stop(body->unit, statement.at, "white space after {: write {{ for a brace");
    bool in_string = false;
    for (size_t i = 1; i < body->rest.size; i++) {
        char c = body->rest.data[i];
        if (in_string && c == '\\') i++;
        else if (c == '"') in_string = !in_string;
        else if (c == '{' && !in_string) break;
        else if (c == '}' && !in_string) {
            statement.rest = str_slice(body->rest, 1, i - 1);
            body->rest = str_skip(body->rest, i + 1);
            return statement;
        }
    }
    pages_stop(body->unit, statement.at, "a statement without its }: write {{ for a brace");
}

/* ---- what names mean ---- */

static Value value_of_field(Body *body, const Value *owner, Field *field) {
    field->is_used = true;
    Str expression = str_format(body->arena, "%.*s%s%.*s", STR_FORMAT(owner->expression), owner->is_pointer ? "->" : ".",
                                STR_FORMAT(field->name));
    return (Value){.type = field->type, .item = field->item, .record = field->record, .expression = expression};
}

static Value unit_value(Body *body) {
    static const char *const names[] = {"page", "part", "layout"};
    return (Value){.type = TYPE_RECORD, .record = &body->unit->record, .expression = str_from_c(names[body->unit->kind]), .is_pointer = true};
}

/* turn.first and its like. */
static bool loop_word(Body *body, const Scope *scope, Str word, Value *value) {
    Str name = scope->name, count = scope->count;
    if (is_str(word, "first"))
        *value = (Value){.type = TYPE_BOOL, .expression = str_format(body->arena, "(%.*s_index == 0)", STR_FORMAT(name))};
    else if (is_str(word, "last"))
        *value = (Value){.type = TYPE_BOOL, .expression = str_format(body->arena, "(%.*s_index + 1 == %.*s)", STR_FORMAT(name), STR_FORMAT(count))};
    else if (is_str(word, "number"))
        *value = (Value){.type = TYPE_INT, .expression = str_format(body->arena, "((int64_t)%.*s_index + 1)", STR_FORMAT(name))};
    else return false;
    return true;
}

static const Scope *find_scope(const Body *body, Str name) {
    const Scope *scope = body->scope;
    while (scope && !str_equal(scope->name, name)) scope = scope->outer;
    return scope;
}

/* True when the first word (or first two, for turn.number) of the path is found; takes it. */
static bool find_start(Body *body, Str *path, Value *value) {
    Str word;
    str_next_part(path, '.', &word);
    const Scope *scope = find_scope(body, word);
    if (!scope) {
        Field *field = pages_find_field(&body->unit->record, word);
        if (!field) return false;
        Value unit = unit_value(body);
        *value = value_of_field(body, &unit, field);
        return true;
    }
    if (loop_word(body, scope, *path, value)) {
        *path = STR_ABSENT;
        return true;
    }
    scope->loop->variable_is_used = true;
    *value = scope->value;
    return true;
}

/* The value a path names. TYPE_NONE, and an error said, where it names nothing. *member is what
 * follows a form (form.people); without it a form ends a path. */
static Value find_value(Body *body, Str path, Str *member) {
    Value value = {0};
    Str rest = path, word;
    if (!find_start(body, &rest, &value)) {
        pages_error(body->unit, path.data, "unknown field: %.*s", STR_FORMAT(path));
        return value;
    }
    while (str_next_part(&rest, '.', &word)) {
        if (value.type == TYPE_FORM && member && str_is_absent(rest)) {
            *member = word;
            return value;
        }
        Field *field = value.type == TYPE_RECORD ? pages_find_field(value.record, word) : NULL;
        if (!field) {
            pages_error(body->unit, path.data, "unknown field: %.*s", STR_FORMAT(path));
            return (Value){0};
        }
        value = value_of_field(body, &value, field);
    }
    return value;
}

static const char *type_name(FieldType type) {
    static const char *const names[] = {"nothing", "text", "int", "bool", "html", "url", "form", "list", "part"};
    return names[type];
}

static void refuse_type(Body *body, const char *at, FieldType type, const char *place) {
    if (type != TYPE_NONE) pages_error(body->unit, at, "a value of type %s cannot stand %s", type_name(type), place);
}

/* ---- values ---- */

static const char *text_writer(Hole hole) {
    static const char *const writers[] = {
        [HOLE_TEXT] = "page_text", [HOLE_PLAIN] = "page_text", [HOLE_ATTRIBUTE] = "page_attribute", [HOLE_URL] = "page_url",
        [HOLE_URL_SEGMENT] = "page_url_segment", [HOLE_URL_COMPONENT] = "page_url_component", [HOLE_JSON] = "page_json"};
    return writers[hole];
}

/* The function that writes a value of a type in a hole; NULL where it cannot stand there. */
static const char *writer(Hole hole, FieldType type) {
    switch (type) {
    case TYPE_TEXT: return hole == HOLE_URL ? NULL : text_writer(hole);
    case TYPE_URL: return text_writer(hole);
    case TYPE_INT: return hole == HOLE_URL ? NULL : "page_int";
    case TYPE_BOOL: return hole == HOLE_JSON ? "page_json_bool" : NULL;
    case TYPE_HTML: return hole == HOLE_TEXT ? "page_html" : NULL;
    default: return NULL;
    }
}

static const char *hole_name(Hole hole) {
    static const char *const names[] = {
        [HOLE_TEXT] = "between tags", [HOLE_PLAIN] = "where only plain text can", [HOLE_ATTRIBUTE] = "in an attribute",
        [HOLE_URL] = "for a whole address: that takes a url", [HOLE_URL_SEGMENT] = "in an address",
        [HOLE_URL_COMPONENT] = "in an address", [HOLE_JSON] = "in a data block"};
    return names[hole];
}

static void write_form(Body *body, NodeList *list, const Statement *statement, Str form, Str member) {
    html_expect_markup(&body->html, statement->at, "a form");
    body->unit->uses_forms = true;
    if (is_str(member, "errors") || is_str(member, "once")) {
        add_code(body, list, str_format(body->arena, "form_write_%.*s(out, %.*s);", STR_FORMAT(member), STR_FORMAT(form)));
    } else if (pages_is_name(member)) {
        add_code(body, list, str_format(body->arena, "form_write_field(out, %.*s, \"%.*s\");", STR_FORMAT(form), STR_FORMAT(member)));
    } else {
        pages_error(body->unit, statement->at, "no name of a form's field: %.*s", STR_FORMAT(member));
    }
}

static void write_value(Body *body, NodeList *list, Statement *statement, Str path) {
    expect_end(body, statement);
    if (is_str(path, "lang")) {
        Hole hole = html_hole(&body->html, statement->at);
        if (hole == HOLE_URL || hole == HOLE_JSON) pages_stop(body->unit, statement->at, "{lang} cannot stand %s", hole_name(hole));
        add_code(body, list, STR("page_lang(out);"));
        return;
    }
    Str member = STR_ABSENT;
    Value value = find_value(body, path, &member);
    if (!str_is_absent(member)) {
        write_form(body, list, statement, value.expression, member);
        return;
    }
    Hole hole = html_hole(&body->html, statement->at);
    const char *function = writer(hole, value.type);
    if (!function) {
        refuse_type(body, statement->at, value.type, hole_name(hole));
        return;
    }
    if (value.type != TYPE_HTML) html_expect_text(&body->html, statement->at);
    add_code(body, list, str_format(body->arena, "%s(out, %.*s);", function, STR_FORMAT(value.expression)));
}

/* ---- conditions and loops ---- */

static Str truth_of(Body *body, const Statement *statement, const Value *value) {
    Str expression = value->expression;
    switch (value->type) {
    case TYPE_BOOL: return expression;
    case TYPE_TEXT:
    case TYPE_URL: return str_format(body->arena, "%.*s.size > 0", STR_FORMAT(expression));
    case TYPE_HTML: return str_format(body->arena, "%.*s.markup.size > 0", STR_FORMAT(expression));
    case TYPE_INT: return str_format(body->arena, "%.*s != 0", STR_FORMAT(expression));
    case TYPE_LIST: return str_format(body->arena, "%.*s_count > 0", STR_FORMAT(expression));
    default: refuse_type(body, statement->at, value->type, "in a condition"); return STR("true");
    }
}

/* x · not x · x is "y" · not x is "y" */
static Str read_condition(Body *body, Statement *statement) {
    Str word = next_word(statement);
    bool negates = is_str(word, "not");
    if (negates) word = next_word(statement);
    if (str_is_empty(word)) pages_stop(body->unit, statement->at, "a condition is {if x}, {if not x} or {if x is \"y\"}");
    Value value = find_value(body, word, NULL);
    Str condition;
    Str is = next_word(statement);
    if (is_str(is, "is")) {
        Buffer literal = buffer_in(body->arena);
        compiler_add_literal(&literal, next_string(body, statement));
        if (value.type != TYPE_TEXT) refuse_type(body, statement->at, value.type, "before \"is\": that takes a text");
        condition = str_format(body->arena, "str_equal(%.*s, STR(%.*s))", STR_FORMAT(value.expression), STR_FORMAT(buffer_str(&literal)));
    } else {
        if (!str_is_empty(is)) pages_stop(body->unit, statement->at, "not understood in a condition: %.*s", STR_FORMAT(is));
        condition = truth_of(body, statement, &value);
    }
    expect_end(body, statement);
    return negates ? str_format(body->arena, "!(%.*s)", STR_FORMAT(condition)) : condition;
}

typedef enum Ending { ENDS_FILE, ENDS_BLOCK, ENDS_WITH_ELSE } Ending;
static Ending read_nodes(Body *body, NodeList *list, Statement *end);

static void enter(Body *body, const Statement *statement) {
    if (++body->nesting > MOST_NESTING) pages_stop(body->unit, statement->at, "branches and loops are nested too deep");
}

static void unclosed(Body *body, const Statement *statement) {
    pages_stop(body->unit, statement->at, "{end} of this branch or loop is missing");
}

static void read_if(Body *body, NodeList *list, Statement *statement) {
    enter(body, statement);
    HtmlMark mark = html_branch(&body->html, statement->at);
    flush_raw(body, list);
    Node *node = add_node(body, list, NODE_IF, read_condition(body, statement));
    bool may_follow = true;
    for (NodeList *into = &node->body;;) {
        Statement end;
        Ending ending = read_nodes(body, into, &end);
        if (ending == ENDS_FILE) unclosed(body, statement);
        if (ending == ENDS_BLOCK) {
            html_branch_end(&body->html, &mark, end.at);
            flush_raw(body, into);
            break;
        }
        if (!may_follow) pages_stop(body->unit, end.at, "{else} stands twice");
        html_other_branch(&body->html, &mark, end.at);
        flush_raw(body, into);
        into = &node->otherwise;
        if (is_str(next_word(&end), "if")) {
            node = add_node(body, into, NODE_IF, read_condition(body, &end));
            into = &node->body;
        } else {
            expect_end(body, &end);
            may_follow = false;
        }
    }
    body->nesting--;
}

static Value loop_value(Body *body, const Value *list, Str name) {
    Value value = {.type = list->item, .record = list->record};
    value.expression = list->item == TYPE_RECORD ? name : str_format(body->arena, "(*%.*s)", STR_FORMAT(name));
    value.is_pointer = list->item == TYPE_RECORD;
    return value;
}

static Str item_type(const Value *list) {
    if (list->item == TYPE_RECORD) return list->record->c_name;
    if (list->item == TYPE_INT) return STR("int64_t");
    if (list->item == TYPE_BOOL) return STR("bool");
    if (list->item == TYPE_HTML) return STR("Html");
    return STR("Str");
}

static Str read_loop_head(Body *body, Statement *statement, Value *of) {
    Str name = next_word(statement);
    if (!pages_is_name(name) || is_str(name, "page") || is_str(name, "part") || is_str(name, "layout") || is_str(name, "out") ||
        is_str(name, "lang") || str_ends_with(name, STR("_index")))
        pages_stop(body->unit, statement->at, "no name for a loop: %.*s", STR_FORMAT(name));
    if (find_scope(body, name) || pages_find_field(&body->unit->record, name))
        pages_stop(body->unit, statement->at, "the name %.*s means something here already", STR_FORMAT(name));
    if (!is_str(next_word(statement), "in")) pages_stop(body->unit, statement->at, "a loop is {for NAME in LIST}");
    *of = find_value(body, next_word(statement), NULL);
    expect_end(body, statement);
    if (of->type != TYPE_LIST) {
        if (of->type != TYPE_NONE) refuse_type(body, statement->at, of->type, "in a loop: that takes a list");
        pages_stop(body->unit, statement->at, "this loop has no list");
    }
    return name;
}

static void read_for(Body *body, NodeList *list, Statement *statement) {
    enter(body, statement);
    HtmlMark mark = html_branch(&body->html, statement->at);
    if (html_is_in_tag(&body->html)) pages_stop(body->unit, statement->at, "a loop cannot write attributes");
    body->html.folds_space = false; /* what stands before the body the second time is its own end */
    flush_raw(body, list);
    Value of;
    Str name = read_loop_head(body, statement, &of);
    Node *node = add_node(body, list, NODE_FOR, of.expression);
    node->variable = name;
    node->item_type = item_type(&of);
    Scope scope = {.outer = body->scope, .name = name, .value = loop_value(body, &of, name), .loop = node,
                   .count = str_join(body->arena, of.expression, STR("_count"))};
    body->scope = &scope;
    Statement end;
    NodeList *into = &node->body;
    Ending ending = read_nodes(body, into, &end);
    body->scope = scope.outer;
    if (ending == ENDS_WITH_ELSE) {
        expect_end(body, (next_word(&end), &end));
        html_other_branch(&body->html, &mark, end.at);
        flush_raw(body, into);
        into = &node->otherwise;
        ending = read_nodes(body, into, &end);
        if (ending == ENDS_WITH_ELSE) pages_stop(body->unit, end.at, "{else} stands twice");
    }
    if (ending == ENDS_FILE) unclosed(body, statement);
    html_branch_end(&body->html, &mark, end.at);
    flush_raw(body, into);
    body->nesting--;
}

/* ---- include, asset, content ---- */

/* Parts with fields cannot include one another in a circle, since their structs would hold themselves. */
static void note_include(Body *body, Unit *part, const char *at) {
    Include *include = arena_new(body->arena, Include);
    *include = (Include){.next = body->unit->includes, .part = part, .at = at};
    body->unit->includes = include;
}

static void read_include(Body *body, NodeList *list, Statement *statement) {
    html_expect_markup(&body->html, statement->at, "{include}");
    Str name = next_word(statement), path = next_word(statement);
    expect_end(body, statement);
    Unit *part = pages_find(body->unit->pages, UNIT_PART, name);
    if (!part) {
        pages_error(body->unit, statement->at, "no such part: %.*s", STR_FORMAT(name));
        return;
    }
    if (part == body->unit) pages_stop(body->unit, statement->at, "the part %.*s includes itself", STR_FORMAT(name));
    if (str_is_empty(path)) {
        if (part->record.fields) pages_error(body->unit, statement->at, "the part %.*s needs its value", STR_FORMAT(name));
        note_include(body, part, statement->at);
        add_code(body, list, str_format(body->arena, "part_%.*s(out, NULL);", STR_FORMAT(name)));
        return;
    }
    Value value = find_value(body, path, NULL);
    if (value.type == TYPE_NONE) return;
    if (value.type != TYPE_RECORD || value.record != &part->record) {
        pages_error(body->unit, statement->at, "%.*s is no %.*s", STR_FORMAT(path), STR_FORMAT(part->record.c_name));
        return;
    }
    for (Field *field = value.record->fields; field; field = field->next) field->is_used = true;
    add_code(body, list, str_format(body->arena, "part_%.*s(out, %s%.*s);", STR_FORMAT(name), value.is_pointer ? "" : "&",
                                    STR_FORMAT(value.expression)));
}

static void read_asset(Body *body, NodeList *list, Statement *statement) {
    html_asset(&body->html, statement->at);
    Str name = next_string(body, statement);
    expect_end(body, statement);
    Buffer macro = buffer_in(body->arena);
    buffer_add(&macro, STR("ASSET_"));
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), is_digit = c >= '0' && c <= '9';
        if (!is_letter && !is_digit && c != '.' && c != '-' && c != '_') pages_stop(body->unit, statement->at, "no name of an asset");
        buffer_add_char(&macro, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : is_letter || is_digit ? c : '_');
    }
    const char *dir = body->unit->pages->assets_dir;
    if (dir && access(str_to_c(body->arena, str_format(body->arena, "%s/%.*s", dir, STR_FORMAT(name))), R_OK) != 0)
        pages_error(body->unit, statement->at, "unknown asset: %.*s", STR_FORMAT(name));
    body->unit->uses_assets = true;
    flush_raw(body, list);
    add_node(body, list, NODE_ASSET, buffer_str(&macro));
}

static void read_content(Body *body, NodeList *list, Statement *statement) {
    expect_end(body, statement);
    if (body->unit->kind != UNIT_LAYOUT) pages_stop(body->unit, statement->at, "{content} stands only in a layout");
    if (body->unit->has_content || body->nesting) pages_stop(body->unit, statement->at, "{content} stands once, outside branches and loops");
    html_expect_markup(&body->html, statement->at, "{content}");
    body->unit->has_content = true;
    flush_raw(body, list);
    add_node(body, list, NODE_CONTENT, STR_ABSENT);
}

/* ---- messages ---- */

typedef struct MessageValue {
    Str name;
    Value value;
} MessageValue;

enum { MOST_MESSAGE_VALUES = 16 };

static size_t read_message_values(Body *body, Statement *statement, MessageValue *values) {
    size_t count = 0;
    for (Str word; (word = next_word(statement)).size; count++) {
        if (count == MOST_MESSAGE_VALUES) pages_stop(body->unit, statement->at, "too many values in a message");
        Str path = word, name;
        str_next_part(&path, '=', &name);
        if (str_is_empty(path)) pages_stop(body->unit, statement->at, "a message's values are written name=value: %.*s", STR_FORMAT(word));
        values[count] = (MessageValue){name, find_value(body, path, NULL)};
        for (size_t i = 0; i < count; i++)
            if (str_equal(values[i].name, name)) pages_error(body->unit, statement->at, "the value %.*s stands twice", STR_FORMAT(name));
    }
    expect_end(body, statement);
    return count;
}

static const Value *message_value(const MessageValue *values, size_t count, Str name) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(values[i].name, name)) return &values[i].value;
    return NULL;
}

/* The text's placeholders and the values given must be the same. */
static void check_marks(Body *body, const Statement *statement, Str text, Hole hole, const MessageValue *values, size_t count,
                        bool is_plural) {
    MessageMarks marks = {0};
    const char *wrong = pages_read_marks(text, &marks);
    if (wrong) pages_stop(body->unit, statement->at, "in the message: %s", wrong);
    if (marks.has_markup && hole != HOLE_TEXT) pages_error(body->unit, statement->at, "a message with markup stands only between tags");
    for (size_t i = 0; i < marks.count; i++) {
        const Value *value = message_value(values, count, marks.names[i]);
        if (!value) {
            pages_error(body->unit, statement->at, "the message needs the value %.*s", STR_FORMAT(marks.names[i]));
        } else if (marks.is_link[i] != (value->type == TYPE_URL)) {
            pages_error(body->unit, statement->at, marks.is_link[i] ? "the link %.*s needs a url" : "the url %.*s is used as a text",
                        STR_FORMAT(marks.names[i]));
        }
    }
    for (size_t i = 0; i < count; i++) {
        bool is_named = is_plural && is_str(values[i].name, "count"); /* "One place is left." */
        for (size_t k = 0; k < marks.count; k++) is_named |= str_equal(marks.names[k], values[i].name);
        if (!is_named) pages_error(body->unit, statement->at, "the message does not name %.*s", STR_FORMAT(values[i].name));
    }
}

static void add_message_values(Body *body, Buffer *code, const Statement *statement, const MessageValue *values, size_t count) {
    if (!count) buffer_add(code, STR("NULL"));
    else buffer_add(code, STR("(const PageValue[]){"));
    for (size_t i = 0; i < count; i++) {
        Str name = values[i].name, expression = values[i].value.expression;
        FieldType type = values[i].value.type;
        if (type == TYPE_INT) buffer_format(code, "%sPAGE_NUMBER(\"%.*s\", %.*s)", i ? ", " : "", STR_FORMAT(name), STR_FORMAT(expression));
        else if (type == TYPE_TEXT || type == TYPE_URL)
            buffer_format(code, "%sPAGE_WORDS(\"%.*s\", %.*s)", i ? ", " : "", STR_FORMAT(name), STR_FORMAT(expression));
        else refuse_type(body, statement->at, type, "in a message");
    }
    if (count) buffer_add_char(code, '}');
}

static const char *message_place(Body *body, const Statement *statement, Hole hole) {
    switch (hole) {
    case HOLE_TEXT:
    case HOLE_PLAIN: return "PAGE_BETWEEN_TAGS";
    case HOLE_ATTRIBUTE: return "PAGE_IN_ATTRIBUTE";
    case HOLE_JSON: return "PAGE_IN_JSON";
    default: pages_stop(body->unit, statement->at, "a message cannot stand in an address");
    }
}

static void read_message(Body *body, NodeList *list, Statement *statement) {
    Hole hole = html_hole(&body->html, statement->at);
    const char *place = message_place(body, statement, hole);
    html_expect_text(&body->html, statement->at);
    Str context = body->unit->room;
    if (!at_string(statement)) {
        context = next_word(statement);
        if (!pages_is_name(context)) pages_stop(body->unit, statement->at, "a message is {t \"…\"} or {t context \"…\"}");
    }
    Str one = next_string(body, statement), many = STR_ABSENT;
    Str rest = statement->rest;
    if (is_str(next_word(statement), "many")) many = next_string(body, statement);
    else statement->rest = rest;
    MessageValue values[MOST_MESSAGE_VALUES];
    size_t count = read_message_values(body, statement, values);
    check_marks(body, statement, one, hole, values, count, !str_is_absent(many));
    Buffer code = buffer_in(body->arena);
    Str name = pages_message_name(body->arena, context, one);
    if (str_is_absent(many)) {
        buffer_format(&code, "page_message(out, %.*s, %s, ", STR_FORMAT(name), place);
    } else {
        check_marks(body, statement, many, hole, values, count, true);
        const Value *number = message_value(values, count, STR("count"));
        if (!number || number->type != TYPE_INT) pages_stop(body->unit, statement->at, "a message with \"many\" needs count=, an int");
        buffer_format(&code, "page_message_plural(out, %.*s, %s, %.*s, ", STR_FORMAT(name), place, STR_FORMAT(number->expression));
    }
    add_message_values(body, &code, statement, values, count);
    buffer_format(&code, ", %zu);", count);
    body->unit->uses_messages = true;
    add_code(body, list, buffer_str(&code));
}

/* ---- the body ---- */

static Ending read_statement(Body *body, NodeList *list, Statement *statement) {
    Str word = next_word(statement);
    if (is_str(word, "end")) {
        expect_end(body, statement);
        return ENDS_BLOCK;
    }
    if (is_str(word, "else")) return ENDS_WITH_ELSE;
    if (is_str(word, "if")) read_if(body, list, statement);
    else if (is_str(word, "for")) read_for(body, list, statement);
    else if (is_str(word, "include")) read_include(body, list, statement);
    else if (is_str(word, "t")) read_message(body, list, statement);
    else if (is_str(word, "asset")) read_asset(body, list, statement);
    else if (is_str(word, "content")) read_content(body, list, statement);
    else if (str_is_empty(word)) pages_stop(body->unit, statement->at, "an empty statement: write {{ for a brace");
    else write_value(body, list, statement, word);
    return ENDS_FILE;
}

static void skip_remark(Body *body) {
    ptrdiff_t end = str_index_of(body->rest, STR("#}"));
    if (end < 0) pages_stop(body->unit, body->rest.data, "a comment without its #}");
    body->rest = str_skip(body->rest, (size_t)end + 2);
}

static Ending read_nodes(Body *body, NodeList *list, Statement *end) {
    while (body->rest.size) {
        ptrdiff_t brace = str_index_of_char(body->rest, '{');
        size_t size = brace < 0 ? body->rest.size : (size_t)brace;
        if (size) {
            html_literal(&body->html, str_slice(body->rest, 0, size));
            body->rest = str_skip(body->rest, size);
        } else if (str_starts_with(body->rest, STR("{{"))) {
            html_literal(&body->html, str_slice(body->rest, 0, 1));
            body->rest = str_skip(body->rest, 2);
        } else if (str_starts_with(body->rest, STR("{#"))) {
            skip_remark(body);
        } else {
            *end = take_statement(body);
            Ending ending = read_statement(body, list, end);
            if (ending != ENDS_FILE) return ending;
        }
    }
    return ENDS_FILE;
}

void pages_read_body(Unit *unit) {
    Body body = {.unit = unit, .arena = unit->pages->compiler.arena, .raw = buffer_in(unit->pages->compiler.arena)};
    body.rest = str_trim(unit->body);
    html_open(&body.html, unit, &body.raw);
    Statement end;
    if (read_nodes(&body, &unit->nodes, &end) != ENDS_FILE) pages_stop(unit, end.at, "{end} or {else} without {if} or {for}");
    html_close(&body.html, unit->source.data + unit->source.size);
    flush_raw(&body, &unit->nodes);
    if (unit->kind == UNIT_LAYOUT && !unit->has_content) pages_stop(unit, unit->source.data, "a layout without {content}");
}
