// SPDX-License-Identifier: EUPL-1.2
#include "pages.h"

#include <assert.h>

static void add_indent(Buffer *out, int depth) {
    for (int i = 0; i < depth; i++) buffer_add(out, STR("    "));
}

/* ---- the header ---- */

static Str c_type(const Field *field, FieldType type) {
    switch (type) {
    case TYPE_INT:
        return STR("int64_t");
    case TYPE_BOOL:
        return STR("bool");
    case TYPE_HTML:
        return STR("Html");
    case TYPE_RECORD:
        assert(field->record); /* pages_head.c gives one to each */
        return field->record->c_name;
    default:
        return STR("Str");
    }
}

static void add_record(Buffer *out, const Unit *unit, const Record *record) {
    for (const Field *field = record->fields; field; field = field->next)
        if (field->type == TYPE_LIST && field->record && str_is_empty(field->part))
            add_record(out, unit, field->record);
    buffer_format(out, "typedef struct %.*s {\n", STR_FORMAT(record->c_name));
    for (const Field *field = record->fields; field; field = field->next) {
        Str name = field->name;
        if (field->type == TYPE_FORM) {
            buffer_format(out, "    const Form *%.*s;\n", STR_FORMAT(name));
        } else if (field->type == TYPE_LIST) {
            Str type = c_type(field, field->item);
            buffer_format(out, "    const %.*s *%.*s;\n    size_t %.*s_count;\n", STR_FORMAT(type), STR_FORMAT(name),
                          STR_FORMAT(name));
        } else {
            Str type = c_type(field, field->type);
            buffer_format(out, "    %.*s %.*s;\n", STR_FORMAT(type), STR_FORMAT(name));
        }
    }
    if (!record->fields) buffer_add(out, STR("    char has_no_fields;\n"));
    buffer_format(out, "} %.*s;\n", STR_FORMAT(record->c_name));
}

static void add_prototypes(Buffer *out, const Unit *unit, const char *end) {
    Str name = unit->name, type = unit->record.c_name;
    switch (unit->kind) {
    case UNIT_PAGE:
        buffer_format(out, "void page_%.*s(PageOut *out, const %.*s *page)%s", STR_FORMAT(name), STR_FORMAT(type), end);
        break;
    case UNIT_PART:
        buffer_format(out, "void part_%.*s(PageOut *out, const %.*s *part)%s", STR_FORMAT(name), STR_FORMAT(type), end);
        break;
    case UNIT_LAYOUT:
        buffer_format(out, "void layout_%.*s_open(PageOut *out, const %.*s *layout)%s", STR_FORMAT(name),
                      STR_FORMAT(type), end);
        break;
    }
}

static void add_layout_close(Buffer *out, const Unit *unit, const char *end) {
    buffer_format(out, "void layout_%.*s_close(PageOut *out, const %.*s *layout)%s", STR_FORMAT(unit->name),
                  STR_FORMAT(unit->record.c_name), end);
}

static void add_shared_includes(Buffer *out, const Pages *pages) {
    for (const Unit *unit = pages->units; unit; unit = unit->next) {
        if (!unit->is_shared) continue;
        bool is_first = true;
        for (const Unit *before = pages->units; before != unit; before = before->next)
            is_first &= !(before->is_shared && str_equal(before->room, unit->room));
        if (is_first) buffer_format(out, "#include \"%.*s_pages.h\"\n", STR_FORMAT(unit->room));
    }
}

static Str header_text(const Pages *pages) {
    Buffer out = buffer_in(pages->compiler.arena);
    buffer_format(&out, "/* Written by tools/pages from the .html files of %.*s. */\n", STR_FORMAT(pages->room));
    buffer_format(&out, "#ifndef GENERATED_%.*s_PAGES_H\n#define GENERATED_%.*s_PAGES_H\n\n", STR_FORMAT(pages->room),
                  STR_FORMAT(pages->room));
    buffer_add(&out, STR("#include \"platform/page/page.h\"\n"));
    add_shared_includes(&out, pages);
    for (size_t i = 0; i < pages->ordered_count; i++) {
        const Unit *unit = pages->ordered[i];
        buffer_add_char(&out, '\n');
        add_record(&out, unit, &unit->record);
        add_prototypes(&out, unit, ";\n");
        if (unit->kind == UNIT_LAYOUT) add_layout_close(&out, unit, ";\n");
    }
    buffer_add(&out, STR("\n#endif\n"));
    return buffer_str(&out);
}

/* ---- the functions ---- */

static void add_nodes(Buffer *out, const Node *node, const Node *end, int depth);

/* Literal markup and assets, one call for all that stand together. Gives the node behind them. */
static const Node *add_markup(Buffer *out, const Node *node, const Node *end, int depth) {
    add_indent(out, depth);
    buffer_add(out, STR("PAGE_RAW(out, "));
    for (bool is_first = true; node && node != end && (node->kind == NODE_RAW || node->kind == NODE_ASSET);
         node = node->next, is_first = false) {
        if (!is_first) buffer_add_char(out, ' ');
        if (node->kind == NODE_RAW)
            compiler_add_literal(out, node->text);
        else
            buffer_add(out, node->text);
    }
    buffer_add(out, STR(");\n"));
    return node;
}

static void add_if(Buffer *out, const Node *node, int depth) {
    buffer_format(out, "if (%.*s) {\n", STR_FORMAT(node->text));
    add_nodes(out, node->body.first, NULL, depth + 1);
    add_indent(out, depth);
    const Node *other = node->otherwise.first;
    if (other && other->kind == NODE_IF && !other->next) {
        buffer_add(out, STR("} else "));
        add_if(out, other, depth);
        return;
    }
    if (other) {
        buffer_add(out, STR("} else {\n"));
        add_nodes(out, other, NULL, depth + 1);
        add_indent(out, depth);
    }
    buffer_add(out, STR("}\n"));
}

static void add_for(Buffer *out, const Node *node, int depth) {
    Str list = node->text, name = node->variable;
    buffer_format(out, "for (size_t %.*s_index = 0; %.*s_index < %.*s_count; %.*s_index++) {\n", STR_FORMAT(name),
                  STR_FORMAT(name), STR_FORMAT(list), STR_FORMAT(name));
    if (node->variable_is_used) {
        add_indent(out, depth + 1);
        buffer_format(out, "const %.*s *%.*s = &%.*s[%.*s_index];\n", STR_FORMAT(node->item_type), STR_FORMAT(name),
                      STR_FORMAT(list), STR_FORMAT(name));
    }
    add_nodes(out, node->body.first, NULL, depth + 1);
    add_indent(out, depth);
    buffer_add(out, STR("}\n"));
    if (!node->otherwise.first) return;
    add_indent(out, depth);
    buffer_format(out, "if (%.*s_count == 0) {\n", STR_FORMAT(list));
    add_nodes(out, node->otherwise.first, NULL, depth + 1);
    add_indent(out, depth);
    buffer_add(out, STR("}\n"));
}

static void add_nodes(Buffer *out, const Node *node, const Node *end, int depth) {
    while (node && node != end) {
        if (node->kind == NODE_RAW || node->kind == NODE_ASSET) {
            node = add_markup(out, node, end, depth);
            continue;
        }
        add_indent(out, depth);
        if (node->kind == NODE_CODE)
            buffer_format(out, "%.*s\n", STR_FORMAT(node->text));
        else if (node->kind == NODE_IF)
            add_if(out, node, depth);
        else if (node->kind == NODE_FOR)
            add_for(out, node, depth);
        node = node->next;
    }
}

static const Node *find_content(const Unit *unit) {
    const Node *node = unit->nodes.first;
    while (node && node->kind != NODE_CONTENT) node = node->next;
    return node;
}

static void add_function(Buffer *out, const Unit *unit) {
    static const char *const arguments[] = {"page", "part", "layout"};
    const char *argument = arguments[unit->kind];
    const Node *content = unit->kind == UNIT_LAYOUT ? find_content(unit) : NULL;
    buffer_add_char(out, '\n');
    add_prototypes(out, unit, " {\n");
    buffer_format(out, "    (void)out;\n    (void)%s;\n", argument);
    if (unit->layout) buffer_format(out, "    layout_%.*s_open(out, &page->layout);\n", STR_FORMAT(unit->layout_name));
    add_nodes(out, unit->nodes.first, content, 1);
    if (unit->layout) buffer_format(out, "    layout_%.*s_close(out, &page->layout);\n", STR_FORMAT(unit->layout_name));
    buffer_add(out, STR("}\n"));
    if (!content) return;
    buffer_add_char(out, '\n');
    add_layout_close(out, unit, " {\n");
    buffer_format(out, "    (void)out;\n    (void)layout;\n");
    add_nodes(out, content->next, NULL, 1);
    buffer_add(out, STR("}\n"));
}

static Str source_text(const Pages *pages) {
    Buffer out = buffer_in(pages->compiler.arena);
    bool uses_messages = false, uses_assets = false, uses_forms = false;
    for (size_t i = 0; i < pages->ordered_count; i++) {
        uses_messages |= pages->ordered[i]->uses_messages;
        uses_assets |= pages->ordered[i]->uses_assets;
        uses_forms |= pages->ordered[i]->uses_forms;
    }
    buffer_format(&out, "/* Written by tools/pages from the .html files of %.*s. */\n#include \"%.*s_pages.h\"\n\n",
                  STR_FORMAT(pages->room), STR_FORMAT(pages->room));
    if (uses_assets) buffer_add(&out, STR("#include \"assets.h\"\n"));
    if (uses_messages) buffer_add(&out, STR("#include \"messages.h\"\n"));
    if (uses_forms) buffer_add(&out, STR("#include \"platform/page/form.h\"\n"));
    for (size_t i = 0; i < pages->ordered_count; i++) add_function(&out, pages->ordered[i]);
    return buffer_str(&out);
}

void pages_emit(Pages *pages) {
    Arena *arena = pages->compiler.arena;
    Str header_content = header_text(pages), source_content = source_text(pages);
    if (!pages->out_dir) return;
    const char *header = str_to_c(arena, str_format(arena, "%.*s_pages.h", STR_FORMAT(pages->room)));
    const char *source = str_to_c(arena, str_format(arena, "%.*s_pages.c", STR_FORMAT(pages->room)));
    compiler_write(&pages->compiler, pages->out_dir, header, header_content);
    compiler_write(&pages->compiler, pages->out_dir, source, source_content);
}
