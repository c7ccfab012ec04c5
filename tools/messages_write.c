// SPDX-License-Identifier: EUPL-1.2
/* messages.h and messages.c: an enumerator for each message, its texts, and the sorted table of say. */
#include "messages.h"

static void write_header(MessagesJob *job) {
    Buffer out = buffer_in(job->compiler.arena);
    buffer_add(&out, STR("// SPDX-License-Identifier: EUPL-1.2\n"
                         "/* Made by tools/messages. M_ and the FNV-1a hash of a message's name stand for it. */\n"
                         "#ifndef WSPOLNIE_MESSAGES_H\n#define WSPOLNIE_MESSAGES_H\n\nenum {\n"));
    for (size_t i = 0; i < job->messages.count; i++)
        buffer_format(&out, "    M_%016jx,\n", (uintmax_t)job->messages.items[i].hash);
    buffer_add(&out, STR("    MESSAGE_COUNT\n};\n\n#endif\n"));
    compiler_write(&job->compiler, job->out_dir, "messages.h", buffer_str(&out));
}

static void add_forms(Buffer *out, const char *constant, const Str *forms, size_t count) {
    buffer_format(out, "        [%s] = {{", constant);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add(out, STR(", "));
        compiler_add_literal(out, forms[i]);
    }
    buffer_add(out, STR("}},\n"));
}

static void add_texts(MessagesJob *job, Buffer *out, const Message *message) {
    buffer_format(out, "    [M_%016jx] = {\n", (uintmax_t)message->hash);
    add_forms(out, "LANGUAGE_EN", (Str[]){message->text, message->many}, str_is_absent(message->many) ? 1 : 2);
    for (size_t i = 0; i < job->catalogues_count; i++) {
        const Catalogue *catalogue = &job->catalogues[i];
        const Entry *entry = catalogue_find(catalogue, message->context, message->text);
        if (entry) add_forms(out, catalogue->language->constant, entry->forms, entry->forms_count);
    }
    buffer_add(out, STR("    },\n"));
}

static void write_texts(MessagesJob *job) {
    Buffer out = buffer_in(job->compiler.arena);
    buffer_add(&out, STR("// SPDX-License-Identifier: EUPL-1.2\n"
                         "/* Made by tools/messages from the sources and po/. */\n"
                         "#include \"messages.h\"\n#include \"platform/i18n/i18n.h\"\n\n"
                         "const size_t message_count = MESSAGE_COUNT;\n\n"
                         "const uint64_t message_hashes[] = {\n"));
    for (size_t i = 0; i < job->messages.count; i++)
        buffer_format(&out, "    0x%016jx,\n", (uintmax_t)job->messages.items[i].hash);
    buffer_add(&out, STR("    0 /* behind the last */\n};\n\n"
                         "const MessageText message_texts[][LANGUAGE_COUNT] = {\n"));
    for (size_t i = 0; i < job->messages.count; i++) add_texts(job, &out, &job->messages.items[i]);
    buffer_add(&out, STR("    [MESSAGE_COUNT] = {{{NULL}}},\n};\n"));
    compiler_write(&job->compiler, job->out_dir, "messages.c", buffer_str(&out));
}

static int compare_hashes(const void *a, const void *b) {
    const Message *left = a, *right = b;
    return (left->hash > right->hash) - (left->hash < right->hash);
}

void messages_write(MessagesJob *job) {
    if (job->messages.count)
        qsort(job->messages.items, job->messages.count, sizeof *job->messages.items, compare_hashes);
    write_header(job);
    write_texts(job);
}
