// SPDX-License-Identifier: EUPL-1.2
/* pages --room NAME --out-dir DIR [--assets DIR] [--shared FILE.html …] FILE.html… */
#include "pages.h"

typedef struct Command {
    Pages pages;
    int count;
    char **words;
} Command;

static const char *option_value(Command *command, int *i) {
    if (*i + 1 >= command->count)
        arena_fail(command->pages.compiler.arena, ERR_INPUT, "%s: a value is missing", command->words[*i]);
    return command->words[++*i];
}

static void work(void *argument) {
    Command *command = argument;
    Pages *pages = &command->pages;
    Arena *arena = pages->compiler.arena;
    for (int i = 1; i < command->count; i++) {
        const char *word = command->words[i];
        if (strcmp(word, "--room") == 0)
            pages->room = str_from_c(option_value(command, &i));
        else if (strcmp(word, "--out-dir") == 0)
            pages->out_dir = option_value(command, &i);
        else if (strcmp(word, "--assets") == 0)
            pages->assets_dir = option_value(command, &i);
    }
    if (!pages_is_name(pages->room) || !pages->out_dir)
        arena_fail(arena, ERR_INPUT,
                   "usage: pages --room NAME --out-dir DIR [--assets DIR] [--shared FILE.html …] FILE.html…");
    for (int i = 1; i < command->count; i++) {
        const char *word = command->words[i];
        bool has_value = strcmp(word, "--room") == 0 || strcmp(word, "--out-dir") == 0 || strcmp(word, "--assets") == 0;
        bool is_shared = strcmp(word, "--shared") == 0;
        if (has_value || is_shared) {
            const char *value = option_value(command, &i);
            if (is_shared) pages_add(pages, value, compiler_read(&pages->compiler, value), true);
            continue;
        }
        if (word[0] == '-') arena_fail(arena, ERR_INPUT, "no such option: %s", word);
        pages_add(pages, word, compiler_read(&pages->compiler, word), false);
    }
    pages_compile(pages);
}

int main(int count, char **words) {
    Command command = {.pages = {.compiler = {.tool = "pages"}}, .count = count, .words = words};
    return compiler_main(&command.pages.compiler, work, &command);
}
