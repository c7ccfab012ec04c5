// SPDX-License-Identifier: EUPL-1.2
/* Command: one line of the table of what can be typed behind `wspolnie`.
 *
 *     static const CommandOption plan_options[] = {
 *         {"edition", "SERIES/EDITION", "which edition", .is_required = true},
 *         {"rounds", "N", "how many rounds"},
 *     };
 *     static const Command commands[] = {
 *         {"rounds plan", "", "plan who meets whom", OPTIONS(plan_options), .store = STORE_NEEDED, .run = plan_rounds},
 *     };
 *
 *     static Err plan_rounds(CommandCall *call) {
 *         int64_t rounds = command_int(call, "rounds", 5, 1, 20);
 *         …
 *         if (call->json) … else buffer_format(&call->out, "…\n");
 *         return OK;
 *     }
 *
 * The same table parses, answers --help (also -h and `help COMMAND`), says what was probably meant, and writes the
 * manual page and the shells' completion.
 * A command writes its result to call->out, which is printed when it has ended: to standard output,
 * or to standard error where it returns an error. What it says to people on the way goes through command_say.
 * Wrong words fail the arena with ERR_INPUT (exit status 2) and one sentence; the exit status of the rest is
 * err_exit_status. Where a command returns the error of a failed transaction and has written nothing, that
 * transaction's sentence is printed.
 */
#ifndef WSPOLNIE_COMMAND_COMMAND_H
#define WSPOLNIE_COMMAND_COMMAND_H

#include "platform/base/buffer.h"
#include "platform/format/json_write.h"
#include "platform/i18n/i18n.h"
#include "platform/store/store.h"

typedef struct CommandOption {
    const char *name;  /* without the dashes */
    const char *value; /* "N"; NULL: a flag */
    const char *help;
    bool is_required;
    bool is_repeated; /* may be given several times: its values stand one a line */
} CommandOption;

typedef enum CommandStore {
    STORE_NOT_USED,
    STORE_NEEDED, /* opened; made when there is none yet */
    STORE_MUST_EXIST,
    STORE_OWN, /* the command opens it itself (serve, restore) */
} CommandStore;

typedef struct CommandCall CommandCall;

typedef struct Command {
    const char *name;      /* one or two words */
    const char *arguments; /* "FILE…", for --help; "" takes none */
    const char *summary;   /* small letter, no full stop */
    const CommandOption *options;
    size_t option_count;
    unsigned least_arguments, most_arguments;
    CommandStore store;
    Err (*run)(CommandCall *call);
    bool changes;    /* it changes what is kept of what it names, if only when it is asked to */
    unsigned states; /* then, as of a route (http/route.h): in which states; 0: the usual ones */
} Command;
#define OPTIONS(table) (table), sizeof(table) / sizeof *(table)
#define NO_OPTIONS NULL, 0

enum { COMMAND_MOST_ARGUMENTS = 256, COMMAND_MOST_OPTIONS = 24 };

struct CommandCall {
    Arena *arena;
    Store *store;
    const Command *command;
    const Clock *clock;
    void *application;
    Language language;
    bool json;            /* --json */
    bool quiet;           /* --quiet */
    const char *data_dir; /* --data */
    const char *store_at; /* --store: the data file, or a server's address, which may hold a password */
    Buffer out;
    Str arguments[COMMAND_MOST_ARGUMENTS];
    size_t argument_count;
    Str values[COMMAND_MOST_OPTIONS]; /* by option; a flag that is set is "" */
};

typedef struct CommandTable {
    const char *program, *version, *summary;
    const char *released;                /* the day of that version, as the manual page says it */
    const char *description;             /* a paragraph for the manual page, or NULL */
    const char *const (*environment)[2]; /* variables and what they set */
    size_t environment_count;
    const Command *const *commands;
    size_t count;
    void *application;
} CommandTable;

/* Parses, opens the store, runs, prints; the exit status of main. */
int command_main(const CommandTable *table, int argument_count, char **arguments);

/* Whether an option of it has the name of one that every command takes (--data, --language, …): it must not, since
 * nobody could tell which is meant. command_main asserts it of the whole table. */
bool command_repeats_common(const Command *command);

/* Of the running command. A flag: whether it was given. Absent option: STR_ABSENT or the default. */
bool command_flag(const CommandCall *call, const char *option);
Str command_text(const CommandCall *call, const char *option);
/* The option; where it is not given, what the environment's variable says; absent where that is empty too. */
Str command_setting(const CommandCall *call, const char *option, const char *variable);
int64_t command_int(const CommandCall *call, const char *option, int64_t otherwise, int64_t least, int64_t most);
/* For STORE_OWN: opens call->store as the others have it; it is closed when the command has run. */
void command_make_folder(CommandCall *call); /* the data folder, where there is none and the store is a file in it */
void command_open_store(CommandCall *call, bool may_create);
/* Others on this machine see a program's words (ps): what could be a password is blotted out of one that was typed.
 * Take a copy first. */
void command_blot(Str word);
/* A file's bytes, "-" for standard input; fails the arena with one sentence. */
Str command_read_file(CommandCall *call, Str path, size_t most_bytes);
/* The frame of a list: with --json an array, which rows are added to; else NULL, and rows are lines of call->out.
 * Begins call->out anew, since a transaction may run again.
 *
 *     JsonWriter *json = command_list_begin(call);
 *     for (size_t i = 0; i < walks.count; i++)
 *         if (json) json_walk(json, &walks.walks[i]); else text_walk(call, &walks.walks[i]);
 *     command_list_end(json);
 */
JsonWriter *command_list_begin(CommandCall *call);
void command_list_end(JsonWriter *json);
/* The id of what was made, for the next command: a line, or {"id": …}. Begins call->out anew. */
void command_made(CommandCall *call, Id id);
/* To standard error, unless --quiet or --json; for people, not for programs. */
void command_say(const CommandCall *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The manual page (roff) of the whole table. */
void command_write_man(Buffer *out, const CommandTable *table);
/* Its completion for bash, zsh or fish; false for another shell. */
bool command_write_completion(Buffer *out, const CommandTable *table, Str shell);

#endif
