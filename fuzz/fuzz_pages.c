// SPDX-License-Identifier: EUPL-1.2
/* The page compiler on any bytes, beside a layout and a part: it may refuse them, and no more. Nothing is written. */
#include "pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Input {
    Pages pages;
    Str source;
} Input;

static void compile(void *argument) {
    Input *input = argument;
    pages_add(&input->pages, "shared/main.html", STR("layout main\n  title text\n---\n{content}"), true);
    pages_add(&input->pages, "shared/host_card.html", STR("part host_card\n  name text\n---\n"), true);
    pages_add(&input->pages, "fuzz/page.html", input->source, false);
    pages_compile(&input->pages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *arena = arena_open(64 << 20);
    if (!arena) return 0;
    Input input = {.pages = {.compiler = {.arena = arena, .tool = "pages"}, .room = STR("fuzz")}};
    input.source = str_copy(arena, str_from((const char *)data, size));
    arena_protect(arena, compile, &input);
    arena_close(arena);
    return 0;
}
