// SPDX-License-Identifier: EUPL-1.2
/* The messages compiler, inside: what its parts hand to each other (docs/internals/messages.md).
 *
 * messages.c reads the command line and leads; messages_sources.c finds messages in .c and .html;
 * messages_po.c reads and writes catalogues; messages_check.c says what is wrong with a text or a
 * translation; messages_write.c makes messages.h and messages.c.
 */
#ifndef WSPOLNIE_TOOLS_MESSAGES_H
#define WSPOLNIE_TOOLS_MESSAGES_H

#include "compiler.h"

/* ---- reading -------------------------------------------------------------------------------------- */

/* A place in a text, moving forward. */
typedef struct Cursor {
    Compiler *compiler;
    const char *path;
    Str text;
    size_t at;
    size_t line; /* from 1 */
} Cursor;

Cursor cursor_open(Compiler *compiler, const char *path);
static inline bool cursor_at_end(const Cursor *cursor) { return cursor->at >= cursor->text.size; }
static inline char cursor_peek(const Cursor *cursor) {
    return cursor_at_end(cursor) ? '\0' : cursor->text.data[cursor->at];
}
char cursor_next(Cursor *cursor); /* '\0' at the end */
bool cursor_sees(const Cursor *cursor, Str word);
bool cursor_take(Cursor *cursor, Str word); /* past word, if it stands here */
void cursor_skip_space(Cursor *cursor);
Str cursor_take_name(Cursor *cursor); /* letters, digits, '_'; may be empty */

/* ---- what is collected ------------------------------------------------------------------------------ */

typedef struct Message {
    Str context, text, many; /* many is absent where there is no number */
    const char *path;        /* where it was found first */
    size_t line;
    uint64_t hash;
    bool is_in_c; /* say writes plain text: no markup */
} Message;

typedef struct MessageList {
    Message *items;
    size_t count, capacity;
} MessageList;

enum { MOST_FORMS = 4, NAMES_MOST = 32 };

typedef struct CatalogueLanguage {
    const char *tag, *constant; /* "pl", "LANGUAGE_PL" */
    size_t forms;
    bool first_form_is_one; /* form 0 says 1 and nothing else, so it may leave {count} out */
} CatalogueLanguage;
const CatalogueLanguage *catalogue_language(Str tag); /* NULL: not one of ours */

typedef struct Entry {
    Str comments; /* raw lines before it, with their ends */
    Str context, text, many;
    Str forms[MOST_FORMS];
    size_t forms_count;
    size_t line;
    bool is_fuzzy, is_used;
} Entry;

typedef struct Catalogue {
    const char *path;
    const CatalogueLanguage *language;
    Entry header;
    Entry *entries;
    size_t count, capacity;
    Str last_comments; /* behind the last entry */
} Catalogue;

typedef struct MessagesJob {
    Compiler compiler;
    MessageList messages;
    Catalogue catalogues[4];
    size_t catalogues_count;
    const char *out_dir;
    bool is_strict, is_merging, is_sorting;
    int argc;
    char **argv;
} MessagesJob;

/* FNV-1a of context, 0x04, text: the name of a message. */
uint64_t message_hash(Arena *arena, Str context, Str text);
void message_add(MessagesJob *job, Message message);

/* ---- the parts ---------------------------------------------------------------------------------------- */

void messages_read_c(MessagesJob *job, const char *path);
void messages_read_html(MessagesJob *job, const char *path);

void catalogue_read(MessagesJob *job, Catalogue *catalogue);
Entry *catalogue_find(const Catalogue *catalogue, Str context, Str text);
/* An empty entry for the message, its place as a comment. */
void catalogue_add_missing(MessagesJob *job, Catalogue *catalogue, const Message *message);
void catalogue_sort(Catalogue *catalogue);
void catalogue_write(MessagesJob *job, const Catalogue *catalogue);
void catalogue_add_entry_text(Buffer *out, const Entry *entry); /* as it stands in the file */
Entry catalogue_entry_for(Arena *arena, const Catalogue *catalogue, const Message *message);

void messages_check_english(MessagesJob *job, const Message *message);
void messages_check_catalogue(MessagesJob *job, Catalogue *catalogue);

void messages_write(MessagesJob *job);

#endif
