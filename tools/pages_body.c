// SPDX-License-Identifier: EUPL-1.2
#include "pages_body.h"

#include <unistd.h>

enum { MOST_NESTING = 32 };

static Node *add_node(Body *body, NodeList *list, NodeKind kind, Str text) {
    Node *node = arena_new(body->arena, Node);
    *node = (Node){.kind = kind, .text = text};
    if (list->last)
        list->last->next = node;
    else
        list->first = node;
    return list->last = node;
}

static void flush_raw(Body *body, NodeList *list) {
    if (!body->raw.size) return;
    add_node(body, list, NODE_RAW, str_copy(body->arena, buffer_str(&body->raw)));
    buffer_clear(&body->raw);
}

void body_add_code(Body *body, NodeList *list, Str code) {
    flush_raw(body, list);
    add_node(body, list, NODE_CODE, code);
}

/* ---- words of a statement ---- */

Str body_next_word(Statement *statement) {
    Str rest = statement->rest = str_trim(statement->rest);
    size_t size = 0;
    while (size < rest.size && rest.data[size] != ' ' && rest.data[size] != '\n' && rest.data[size] != '"') size++;
    statement->rest = str_skip(rest, size);
    return str_slice(rest, 0, size);
}

bool body_at_string(Statement *statement) {
    statement->rest = str_trim(statement->rest);
    return statement->rest.size && statement->rest.data[0] == '"';
}

Str body_next_string(Body *body, Statement *statement) {
    if (!body_at_string(statement)) pages_stop(body->unit, statement->at, "a text in \"…\" is expected");
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

void body_expect_end(Body *body, Statement *statement) {
    if (!str_is_empty(str_trim(statement->rest)))
        pages_stop(body->unit, statement->at, "not understood: %.*s", STR_FORMAT(str_trim(statement->rest)));
}

/* Takes the statement at the front of body->rest. */
static Statement take_statement(Body *body) {
    Statement statement = {.at = body->rest.data};
    if (body->rest.size > 1 && strchr(" \n\t\r", body->rest.data[1]))
        pages_stop(body->unit, statement.at, "white space after {: write {{ for a brace");
    bool in_string = false;
    for (size_t i = 1; i < body->rest.size; i++) {
        char c = body->rest.data[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (c == '{' && !in_string)
            break;
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
    Str expression = str_format(body->arena, "%.*s%s%.*s", STR_FORMAT(owner->expression),
                                owner->is_pointer ? "->" : ".", STR_FORMAT(field->name));
    return (Value){.type = field->type, .item = field->item, .record = field->record, .expression = expression};
}

static Value unit_value(Body *body) {
    static const char *const names[] = {"page", "part", "layout"};
    return (Value){.type = TYPE_RECORD,
                   .record = &body->unit->record,
                   .expression = str_from_c(names[body->unit->kind]),
                   .is_pointer = true};
}

/* turn.first and its like. */
static bool loop_word(Body *body, const Scope *scope, Str word, Value *value) {
    Str name = scope->name, count = scope->count;
    if (pages_is(word, "first"))
        *value = (Value){.type = TYPE_BOOL, .expression = str_format(body->arena, "%.*s_index == 0", STR_FORMAT(name))};
    else if (pages_is(word, "last"))
        *value = (Value){.type = TYPE_BOOL,
                         .expression =
                             str_format(body->arena, "%.*s_index + 1 == %.*s", STR_FORMAT(name), STR_FORMAT(count))};
    else if (pages_is(word, "number"))
        *value = (Value){.type = TYPE_INT,
                         .expression = str_format(body->arena, "(int64_t)%.*s_index + 1", STR_FORMAT(name))};
    else
        return false;
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

Value body_find_value(Body *body, Str path, Str *member) {
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

void body_refuse_type(Body *body, const char *at, FieldType type, const char *place) {
    if (type != TYPE_NONE) pages_error(body->unit, at, "a value of type %s cannot stand %s", type_name(type), place);
}

/* ---- values ---- */

static const char *text_writer(Hole hole) {
    static const char *const writers[] = {[HOLE_TEXT] = "page_text",
                                          [HOLE_PLAIN] = "page_text",
                                          [HOLE_ATTRIBUTE] = "page_attribute",
                                          [HOLE_URL] = "page_url",
                                          [HOLE_URL_SEGMENT] = "page_url_segment",
                                          [HOLE_URL_COMPONENT] = "page_url_component",
                                          [HOLE_JSON] = "page_json"};
    return writers[hole];
}

/* The function that writes a value of a type in a hole; NULL where it cannot stand there. */
static const char *writer(Hole hole, FieldType type) {
    switch (type) {
    case TYPE_TEXT:
        return hole == HOLE_URL ? NULL : text_writer(hole);
    case TYPE_URL:
        return text_writer(hole);
    case TYPE_INT:
        return hole == HOLE_URL ? NULL : "page_int";
    case TYPE_BOOL:
        return hole == HOLE_JSON ? "page_json_bool" : NULL;
    case TYPE_HTML:
        return hole == HOLE_TEXT ? "page_html" : NULL;
    default:
        return NULL;
    }
}

static const char *hole_name(Hole hole) {
    static const char *const names[] = {
        [HOLE_TEXT] = "between tags",         [HOLE_PLAIN] = "where only plain text can",
        [HOLE_ATTRIBUTE] = "in an attribute", [HOLE_URL] = "for a whole address: that takes a url",
        [HOLE_URL_SEGMENT] = "in an address", [HOLE_URL_COMPONENT] = "in an address",
        [HOLE_JSON] = "in a data block"};
    return names[hole];
}

static void write_form(Body *body, NodeList *list, const Statement *statement, Str form, Str member) {
    html_expect_markup(&body->html, statement->at, "a form");
    body->unit->uses_forms = true;
    if (pages_is(member, "errors") || pages_is(member, "once")) {
        body_add_code(body, list,
                      str_format(body->arena, "form_write_%.*s(out, %.*s);", STR_FORMAT(member), STR_FORMAT(form)));
    } else if (pages_is_name(member)) {
        body_add_code(
            body, list,
            str_format(body->arena, "form_write_field(out, %.*s, \"%.*s\");", STR_FORMAT(form), STR_FORMAT(member)));
    } else {
        pages_error(body->unit, statement->at, "no name of a form's field: %.*s", STR_FORMAT(member));
    }
}

static void write_value(Body *body, NodeList *list, Statement *statement, Str path) {
    body_expect_end(body, statement);
    if (pages_is(path, "lang")) {
        Hole hole = html_hole(&body->html, statement->at);
        if (hole == HOLE_URL || hole == HOLE_JSON)
            pages_stop(body->unit, statement->at, "{lang} cannot stand %s", hole_name(hole));
        body_add_code(body, list, STR("page_lang(out);"));
        return;
    }
    Str member = STR_ABSENT;
    Value value = body_find_value(body, path, &member);
    if (!str_is_absent(member)) {
        write_form(body, list, statement, value.expression, member);
        return;
    }
    Hole hole = html_hole(&body->html, statement->at);
    const char *function = writer(hole, value.type);
    if (!function) {
        body_refuse_type(body, statement->at, value.type, hole_name(hole));
        return;
    }
    if (value.type != TYPE_HTML) html_expect_text(&body->html, statement->at);
    body_add_code(body, list, str_format(body->arena, "%s(out, %.*s);", function, STR_FORMAT(value.expression)));
}

/* ---- conditions and loops ---- */

static Str truth_of(Body *body, const Statement *statement, const Value *value) {
    Str expression = value->expression;
    switch (value->type) {
    case TYPE_BOOL:
        return expression;
    case TYPE_TEXT:
    case TYPE_URL:
        return str_format(body->arena, "%.*s.size > 0", STR_FORMAT(expression));
    case TYPE_HTML:
        return str_format(body->arena, "%.*s.markup.size > 0", STR_FORMAT(expression));
    case TYPE_INT:
        return str_format(body->arena, "%.*s != 0", STR_FORMAT(expression));
    case TYPE_LIST:
        return str_format(body->arena, "%.*s_count > 0", STR_FORMAT(expression));
    default:
        body_refuse_type(body, statement->at, value->type, "in a condition");
        return STR("true");
    }
}

/* x · not x · x is "y" · not x is "y" */
static Str read_condition(Body *body, Statement *statement) {
    Str word = body_next_word(statement);
    bool negates = pages_is(word, "not");
    if (negates) word = body_next_word(statement);
    if (str_is_empty(word))
        pages_stop(body->unit, statement->at, "a condition is {if x}, {if not x} or {if x is \"y\"}");
    Value value = body_find_value(body, word, NULL);
    Str condition;
    Str is = body_next_word(statement);
    if (pages_is(is, "is")) {
        Buffer literal = buffer_in(body->arena);
        compiler_add_literal(&literal, body_next_string(body, statement));
        if (value.type != TYPE_TEXT)
            body_refuse_type(body, statement->at, value.type, "before \"is\": that takes a text");
        condition = str_format(body->arena, "str_equal(%.*s, STR(%.*s))", STR_FORMAT(value.expression),
                               STR_FORMAT(buffer_str(&literal)));
    } else {
        if (!str_is_empty(is))
            pages_stop(body->unit, statement->at, "not understood in a condition: %.*s", STR_FORMAT(is));
        condition = truth_of(body, statement, &value);
    }
    body_expect_end(body, statement);
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
        if (pages_is(body_next_word(&end), "if")) {
            node = add_node(body, into, NODE_IF, read_condition(body, &end));
            into = &node->body;
        } else {
            body_expect_end(body, &end);
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
    Str name = body_next_word(statement);
    if (!pages_is_name(name) || pages_is(name, "page") || pages_is(name, "part") || pages_is(name, "layout") ||
        pages_is(name, "out") || pages_is(name, "lang") || str_ends_with(name, STR("_index")))
        pages_stop(body->unit, statement->at, "no name for a loop: %.*s", STR_FORMAT(name));
    if (find_scope(body, name) || pages_find_field(&body->unit->record, name))
        pages_stop(body->unit, statement->at, "the name %.*s means something here already", STR_FORMAT(name));
    if (!pages_is(body_next_word(statement), "in"))
        pages_stop(body->unit, statement->at, "a loop is {for NAME in LIST}");
    *of = body_find_value(body, body_next_word(statement), NULL);
    body_expect_end(body, statement);
    if (of->type != TYPE_LIST) {
        if (of->type != TYPE_NONE) body_refuse_type(body, statement->at, of->type, "in a loop: that takes a list");
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
    Scope scope = {.outer = body->scope,
                   .name = name,
                   .value = loop_value(body, &of, name),
                   .loop = node,
                   .count = str_join(body->arena, of.expression, STR("_count"))};
    body->scope = &scope;
    Statement end;
    NodeList *into = &node->body;
    Ending ending = read_nodes(body, into, &end);
    body->scope = scope.outer;
    if (ending == ENDS_WITH_ELSE) {
        body_expect_end(body, (body_next_word(&end), &end));
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
    Str name = body_next_word(statement), path = body_next_word(statement);
    body_expect_end(body, statement);
    Unit *part = pages_find(body->unit->pages, UNIT_PART, name);
    if (!part) {
        pages_error(body->unit, statement->at, "no such part: %.*s", STR_FORMAT(name));
        return;
    }
    if (part == body->unit) pages_stop(body->unit, statement->at, "the part %.*s includes itself", STR_FORMAT(name));
    if (str_is_empty(path)) {
        if (part->record.fields)
            pages_error(body->unit, statement->at, "the part %.*s needs its value", STR_FORMAT(name));
        note_include(body, part, statement->at);
        body_add_code(body, list, str_format(body->arena, "part_%.*s(out, NULL);", STR_FORMAT(name)));
        return;
    }
    Value value = body_find_value(body, path, NULL);
    if (value.type == TYPE_NONE) return;
    if (value.type != TYPE_RECORD || value.record != &part->record) {
        pages_error(body->unit, statement->at, "%.*s is no %.*s", STR_FORMAT(path), STR_FORMAT(part->record.c_name));
        return;
    }
    for (Field *field = value.record->fields; field; field = field->next) field->is_used = true;
    body_add_code(body, list,
                  str_format(body->arena, "part_%.*s(out, %s%.*s);", STR_FORMAT(name), value.is_pointer ? "" : "&",
                             STR_FORMAT(value.expression)));
}

static void read_asset(Body *body, NodeList *list, Statement *statement) {
    html_asset(&body->html, statement->at);
    Str name = body_next_string(body, statement);
    body_expect_end(body, statement);
    Buffer macro = buffer_in(body->arena);
    buffer_add(&macro, STR("ASSET_"));
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), is_digit = c >= '0' && c <= '9';
        if (!is_letter && !is_digit && c != '.' && c != '-' && c != '_')
            pages_stop(body->unit, statement->at, "no name of an asset");
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
    body_expect_end(body, statement);
    if (body->unit->kind != UNIT_LAYOUT) pages_stop(body->unit, statement->at, "{content} stands only in a layout");
    if (body->unit->has_content || body->nesting)
        pages_stop(body->unit, statement->at, "{content} stands once, outside branches and loops");
    html_expect_markup(&body->html, statement->at, "{content}");
    body->unit->has_content = true;
    flush_raw(body, list);
    add_node(body, list, NODE_CONTENT, STR_ABSENT);
}

/* ---- the body ---- */

static Ending read_statement(Body *body, NodeList *list, Statement *statement) {
    Str word = body_next_word(statement);
    if (pages_is(word, "end")) {
        body_expect_end(body, statement);
        return ENDS_BLOCK;
    }
    if (pages_is(word, "else")) return ENDS_WITH_ELSE;
    if (pages_is(word, "if"))
        read_if(body, list, statement);
    else if (pages_is(word, "for"))
        read_for(body, list, statement);
    else if (pages_is(word, "include"))
        read_include(body, list, statement);
    else if (pages_is(word, "t"))
        body_read_message(body, list, statement);
    else if (pages_is(word, "asset"))
        read_asset(body, list, statement);
    else if (pages_is(word, "content"))
        read_content(body, list, statement);
    else if (str_is_empty(word))
        pages_stop(body->unit, statement->at, "an empty statement: write {{ for a brace");
    else
        write_value(body, list, statement, word);
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
    if (read_nodes(&body, &unit->nodes, &end) != ENDS_FILE)
        pages_stop(unit, end.at, "{end} or {else} without {if} or {for}");
    html_close(&body.html, unit->source.data + unit->source.size);
    flush_raw(&body, &unit->nodes);
    if (unit->kind == UNIT_LAYOUT && !unit->has_content)
        pages_stop(unit, unit->source.data, "a layout without {content}");
}
