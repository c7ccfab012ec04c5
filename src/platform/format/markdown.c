// SPDX-License-Identifier: EUPL-1.2
#include "platform/format/markdown.h"

#include <assert.h>
#include <cmark.h>

static bool is_safe_address(const char *address) {
    static const Str schemes[] = {STR_INIT("http://"), STR_INIT("https://"), STR_INIT("mailto:")};
    Str given = str_from_c(address);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_equal_ascii_case(str_slice(given, 0, schemes[i].size), schemes[i])) return true;
    return false;
}

/* Puts the node's children in its place. */
static void unwrap(cmark_node *node) {
    for (cmark_node *child; (child = cmark_node_first_child(node));) cmark_node_insert_before(node, child);
    cmark_node_free(node);
}

static cmark_node *text_node(const char *literal) {
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, literal);
    return text;
}

static void replace(cmark_node *node, cmark_node *by) {
    cmark_node_replace(node, by);
    cmark_node_free(node);
}

static void show_html_block(cmark_node *node) {
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_append_child(paragraph, text_node(cmark_node_get_literal(node)));
    replace(node, paragraph);
}

static void lower_heading(cmark_node *node, int top_heading) {
    int level = cmark_node_get_heading_level(node) + top_heading - 1;
    cmark_node_set_heading_level(node, level > 6 ? 6 : level);
}

/* Called when the node is left, so that its children are done and it may go away. */
static void make_safe(cmark_node *node, int top_heading) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_INLINE: replace(node, text_node(cmark_node_get_literal(node))); break;
    case CMARK_NODE_HTML_BLOCK: show_html_block(node); break;
    case CMARK_NODE_IMAGE: unwrap(node); break;
    case CMARK_NODE_LINK:
        if (!is_safe_address(cmark_node_get_url(node))) unwrap(node);
        break;
    case CMARK_NODE_HEADING: lower_heading(node, top_heading); break;
    default: break;
    }
}

/* Leaf nodes are entered and never left. */
static bool is_done(cmark_event_type event, cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    return event == CMARK_EVENT_EXIT || type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK;
}

static void release_document(void *document) { cmark_node_free(document); }

Str markdown_html(Arena *arena, Str text, int top_heading) {
    assert(top_heading >= 1 && top_heading <= 6);
    const int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8; /* raw HTML stays off: no CMARK_OPT_UNSAFE */
    cmark_node *document = cmark_parse_document(text.data ? text.data : "", text.size, options);
    arena_defer(arena, release_document, document);
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (is_done(event, node)) make_safe(node, top_heading);
    }
    cmark_iter_free(iterator);
    char *html = cmark_render_html(document, options);
    arena_defer(arena, free, html);
    Str copy = str_copy(arena, str_from_c(html));
    arena_undo_now(arena, free, html);
    arena_undo_now(arena, release_document, document);
    return copy;
}
