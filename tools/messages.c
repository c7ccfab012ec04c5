// SPDX-License-Identifier: EUPL-1.2
/* messages: what the program says, from the sources and the catalogues to tables (docs/internals/messages.md). */
#include "messages.h"

static const char usage[] =
    "usage: messages --out-dir DIR [--strict] --po TAG=FILE.po … SOURCE…\n"
    "       messages [--merge-missing] [--sort] --po TAG=FILE.po … SOURCE…\n"
    "\n"
    "Reads every .c and .html SOURCE and writes messages.h and messages.c into DIR.\n"
    "  --strict         an entry that nobody uses is an error, not a warning\n"
    "  --merge-missing  adds empty entries for messages that a catalogue lacks\n"
    "  --sort           sorts the catalogues by context and text\n";

uint64_t message_hash(Arena *arena, Str context, Str text) {
    return str_hash(str_format(arena, "%.*s\x04%.*s", STR_FORMAT(context), STR_FORMAT(text)));
}

/* A thousand messages or two: the plain search is quick enough. */
static Message *find_hash(MessageList *list, uint64_t hash) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].hash == hash) return &list->items[i];
    return NULL;
}

static void append(Arena *arena, MessageList *list, Message message) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 256;
        list->items = arena_grow(arena, list->items, list->capacity * sizeof message, capacity * sizeof message);
        list->capacity = capacity;
    }
    list->items[list->count++] = message;
}

void message_add(MessagesJob *job, Message message) {
    message.hash = message_hash(job->compiler.arena, message.context, message.text);
    messages_check_english(job, &message);
    const Message *earlier = find_hash(&job->messages, message.hash);
    if (!earlier) {
        append(job->compiler.arena, &job->messages, message);
    } else if (!str_equal(earlier->text, message.text) || !str_equal(earlier->context, message.context)) {
        compiler_error(&job->compiler, message.path, message.line,
                       "\"%.*s\" has the hash of \"%.*s\" (%s:%zu): word one of them otherwise",
                       STR_FORMAT(message.text), STR_FORMAT(earlier->text), earlier->path, earlier->line);
    } else if (!str_equal(earlier->many, message.many) || str_is_absent(earlier->many) != str_is_absent(message.many)) {
        compiler_error(&job->compiler, message.path, message.line, "\"%.*s\" has another plural at %s:%zu",
                       STR_FORMAT(message.text), earlier->path, earlier->line);
    }
}

/* ---- the command line ------------------------------------------------------------------------------------------ */

static void add_catalogue(MessagesJob *job, const char *option) {
    Str tag = STR(""), rest = str_from_c(option);
    str_next_part(&rest, '=', &tag);
    const CatalogueLanguage *language = catalogue_language(tag);
    if (!language || str_is_empty(rest) || job->catalogues_count == sizeof job->catalogues / sizeof *job->catalogues)
        arena_fail(job->compiler.arena, ERR_INPUT, "--po %s: expected pl=FILE or uk=FILE, each once", option);
    job->catalogues[job->catalogues_count++] = (Catalogue){.path = rest.data, .language = language};
}

static void read_source(MessagesJob *job, const char *path) {
    Str name = str_from_c(path);
    if (str_ends_with(name, STR(".c"))) messages_read_c(job, path);
    else if (str_ends_with(name, STR(".html"))) messages_read_html(job, path);
    else arena_fail(job->compiler.arena, ERR_INPUT, "%s: neither .c nor .html\n\n%s", path, usage);
}

static const char *option_value(MessagesJob *job, int *i) {
    if (*i + 1 == job->argc) arena_fail(job->compiler.arena, ERR_INPUT, "%s needs a value", job->argv[*i]);
    return job->argv[++*i];
}

static void read_arguments(MessagesJob *job) {
    for (int i = 1; i < job->argc; i++) {
        Str argument = str_from_c(job->argv[i]);
        if (str_equal(argument, STR("--out-dir"))) job->out_dir = option_value(job, &i);
        else if (str_equal(argument, STR("--po"))) add_catalogue(job, option_value(job, &i));
        else if (str_equal(argument, STR("--strict"))) job->is_strict = true;
        else if (str_equal(argument, STR("--merge-missing"))) job->is_merging = true;
        else if (str_equal(argument, STR("--sort"))) job->is_sorting = true;
        else if (str_starts_with(argument, STR("-"))) arena_fail(job->compiler.arena, ERR_INPUT, "%s", usage);
        else read_source(job, job->argv[i]);
    }
    if (!job->out_dir && !job->is_merging && !job->is_sorting) arena_fail(job->compiler.arena, ERR_INPUT, "%s", usage);
}

static void rewrite_catalogue(MessagesJob *job, Catalogue *catalogue) {
    for (size_t i = 0; job->is_merging && i < job->messages.count; i++) {
        const Message *message = &job->messages.items[i];
        if (!catalogue_find(catalogue, message->context, message->text)) catalogue_add_missing(job, catalogue, message);
    }
    if (job->is_sorting) catalogue_sort(catalogue);
    catalogue_write(job, catalogue);
}

static void work(void *argument) {
    MessagesJob *job = argument;
    read_arguments(job);
    for (size_t i = 0; i < job->catalogues_count; i++) {
        catalogue_read(job, &job->catalogues[i]);
        if (job->is_merging || job->is_sorting) rewrite_catalogue(job, &job->catalogues[i]);
        if (job->out_dir) messages_check_catalogue(job, &job->catalogues[i]);
    }
    if (job->out_dir) messages_write(job);
}

int main(int argc, char **argv) {
    MessagesJob job = {.compiler = {.tool = "messages"}, .argc = argc, .argv = argv};
    return compiler_main(&job.compiler, work, &job);
}
