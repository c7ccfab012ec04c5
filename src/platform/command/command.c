// SPDX-License-Identifier: EUPL-1.2
#include "platform/command/command.h"

#include "platform/base/limits.h"
#include "platform/base/log.h"
#include "platform/base/utf8.h"
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What every command takes. */
static const CommandOption common_options[] = {
    {"data", "FOLDER", "where the data file is kept (default: ./data, or WSPOLNIE_DATA_DIR)", false},
    {"language", "TAG", "language of messages for people: pl, en or uk (default: pl)", false},
    {"clock", "TIME", "hold the clock at TIME, or run it faster with TIME*N (demo and tests only)", false},
    {"json", NULL, "print JSON", false},
    {"quiet", NULL, "print results only", false},
    {"help", NULL, "print this help", false},
};
enum { COMMON_COUNT = sizeof common_options / sizeof *common_options };

typedef struct Run {
    const CommandTable *table;
    int argument_count;
    char **arguments;
    CommandCall call;
    Str common[COMMON_COUNT];
    Clock clock;
    Err err;
    const char *data_file;
} Run;

static Str common_value(const Run *run, const char *name) {
    for (size_t i = 0; i < COMMON_COUNT; i++)
        if (str_equal(str_from_c(common_options[i].name), str_from_c(name))) return run->common[i];
    assert(false && "no such common option");
    return STR_ABSENT;
}

static const Command *find_command(const CommandTable *table, Str name) {
    for (size_t i = 0; i < table->count; i++)
        if (str_equal(str_from_c(table->commands[i]->name), name)) return table->commands[i];
    return NULL;
}

/* ---- help ------------------------------------------------------------------------------------------ */

/* Indented, and as wide in characters as the column. */
static void add_padded(Buffer *out, Str text, size_t width) {
    buffer_add(out, STR("  "));
    buffer_add(out, text);
    for (size_t size = utf8_count(text); size < width; size++) buffer_add_char(out, ' ');
}

static void write_options(Buffer *out, const CommandOption *options, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Str name = str_format(out->arena, "--%s%s%s", options[i].name, options[i].value ? " " : "",
                              options[i].value ? options[i].value : "");
        add_padded(out, name, 26);
        buffer_format(out, " %s%s\n", options[i].help, options[i].is_required ? " (required)" : "");
    }
}

static void write_command_help(Buffer *out, const CommandTable *table, const Command *command) {
    buffer_format(out, "usage: %s %s%s%s [options]\n\n%s\n\n", table->program, command->name,
                  *command->arguments ? " " : "", command->arguments, command->summary);
    write_options(out, command->options, command->option_count);
    write_options(out, common_options, COMMON_COUNT);
}

static void write_help(Buffer *out, const CommandTable *table) {
    buffer_format(out, "usage: %s COMMAND [arguments] [options]\n\n%s\n\n", table->program, table->summary);
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        Str words = str_format(out->arena, "%s%s%s", command->name, *command->arguments ? " " : "", command->arguments);
        add_padded(out, words, 34);
        buffer_format(out, " %s\n", command->summary);
    }
    buffer_format(out, "\n%s COMMAND --help tells more; %s --version its version.\n", table->program, table->program);
}

/* groff(7): a dot or a quote that begins a line would be a request, a plain dash a hyphen. */
static void write_roff_text(Buffer *out, const char *text) {
    if (*text == '.' || *text == '\'') buffer_add(out, STR("\\&"));
    for (; *text; text++) {
        if (*text == '\\') buffer_add(out, STR("\\(rs"));
        else if (*text == '-') buffer_add(out, STR("\\-"));
        else buffer_add_char(out, *text);
    }
}

static void write_man_options(Buffer *out, const CommandOption *options, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, STR(".TP\n.B \\-\\-"));
        write_roff_text(out, options[i].name);
        if (options[i].value) buffer_format(out, " \\fI%s\\fP", options[i].value);
        buffer_add_char(out, '\n');
        write_roff_text(out, options[i].help);
        buffer_add(out, options[i].is_required ? STR(" (required)\n") : STR("\n"));
    }
}

void command_write_man(Buffer *out, const CommandTable *table) {
    buffer_format(out, ".\\\" SPDX-License-Identifier: EUPL-1.2\n.TH WSPOLNIE 1 \"\" \"%s %s\"\n.SH NAME\n%s \\- ",
                  table->program, table->version, table->program);
    write_roff_text(out, table->summary);
    buffer_format(out, "\n.SH SYNOPSIS\n.B %s\n.I COMMAND\n[arguments] [options]\n.SH COMMANDS\n", table->program);
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        buffer_format(out, ".SS %s ", command->name);
        write_roff_text(out, command->arguments);
        buffer_add_char(out, '\n');
        write_roff_text(out, command->summary);
        buffer_add_char(out, '\n');
        write_man_options(out, command->options, command->option_count);
    }
    buffer_add(out, STR(".SH COMMON OPTIONS\n"));
    write_man_options(out, common_options, COMMON_COUNT);
    buffer_add(
        out,
        STR(".SH EXIT STATUS\n0 done, 1 refused or not found, 2 bad input (with what was expected), 3 cannot be met "
            "or changed meanwhile, 74 disk or file trouble, 75 busy: try again.\n"));
}

static Str first_word(const Command *command) {
    Str rest = str_from_c(command->name), first;
    str_next_part(&rest, ' ', &first);
    return first;
}

static bool is_first_of_its_word(const CommandTable *table, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (str_equal(first_word(table->commands[i]), first_word(table->commands[index]))) return false;
    return true;
}

static bool is_one_word(const Command *command) { return first_word(command).size == strlen(command->name); }

static void write_option_words(Buffer *out, const CommandOption *options, size_t count) {
    for (size_t i = 0; i < count; i++) buffer_format(out, "--%s ", options[i].name);
}

static void write_words_behind(Buffer *out, const Command *command) {
    write_option_words(out, command->options, command->option_count);
    write_option_words(out, common_options, COMMON_COUNT);
}

/* What may follow a first word: "plan show publish" behind "rounds", options where it is a command itself. */
static void write_first_case(Buffer *out, const CommandTable *table, Str first) {
    const Command *alone = find_command(table, first);
    buffer_format(out, "    '%.*s'", STR_FORMAT(first));
    if (alone) buffer_format(out, "|'%.*s '*", STR_FORMAT(first));
    buffer_add(out, STR(") words='"));
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        if (is_one_word(command) || !str_equal(first_word(command), first)) continue;
        buffer_format(out, "%s ", command->name + first.size + 1);
    }
    if (alone) write_words_behind(out, alone);
    buffer_add(out, STR("' ;;\n"));
}

/* The first case that fits what stands before the cursor is taken, so commands of two words come first. */
void command_write_completion(Buffer *out, const CommandTable *table) {
    buffer_format(out,
                  "# SPDX-License-Identifier: EUPL-1.2\n_%s() {\n    local words=''\n"
                  "    case \"${COMP_WORDS[*]:1:COMP_CWORD-1}\" in\n    '') words='",
                  table->program);
    for (size_t i = 0; i < table->count; i++)
        if (is_first_of_its_word(table, i)) buffer_format(out, "%.*s ", STR_FORMAT(first_word(table->commands[i])));
    buffer_add(out, STR("' ;;\n"));
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        if (is_one_word(command)) continue;
        buffer_format(out, "    '%s'|'%s '*) words='", command->name, command->name);
        write_words_behind(out, command);
        buffer_add(out, STR("' ;;\n"));
    }
    for (size_t i = 0; i < table->count; i++)
        if (is_first_of_its_word(table, i)) write_first_case(out, table, first_word(table->commands[i]));
    buffer_format(out,
                  "    esac\n    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\n"
                  "complete -o default -F _%s %s\n",
                  table->program, table->program);
}

/* ---- parsing --------------------------------------------------------------------------------------- */

static ptrdiff_t find_option(const CommandOption *options, size_t count, Str name) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(str_from_c(options[i].name), name)) return (ptrdiff_t)i;
    return -1;
}

/* "--name=value", "--name value" or "--flag"; *next is moved past what was used. */
static void parse_option(Run *run, Str word, int *next) {
    Str name = str_skip(word, 2), value = STR_ABSENT;
    ptrdiff_t equals = str_index_of_char(name, '=');
    if (equals >= 0) {
        value = str_skip(name, (size_t)equals + 1);
        name = str_slice(name, 0, (size_t)equals);
    }
    const Command *command = run->call.command;
    assert(!command || command->option_count <= COMMAND_MOST_OPTIONS);
    const CommandOption *options = command ? command->options : NULL;
    Str *place = run->call.values;
    ptrdiff_t index = command ? find_option(options, command->option_count, name) : -1; /* its own word first */
    if (index < 0) {
        options = common_options;
        place = run->common;
        index = find_option(common_options, COMMON_COUNT, name);
    }
    if (index < 0)
        arena_fail(run->call.arena, ERR_INPUT, "unknown option --%.*s; see %s%s%s --help", STR_FORMAT(name),
                   run->table->program, command ? " " : "", command ? command->name : "");
    if (options[index].value && str_is_absent(value)) {
        if (*next >= run->argument_count)
            arena_fail(run->call.arena, ERR_INPUT, "--%s needs a value: %s", options[index].name, options[index].value);
        value = str_from_c(run->arguments[(*next)++]);
    }
    if (!options[index].value && !str_is_absent(value))
        arena_fail(run->call.arena, ERR_INPUT, "--%s takes no value", options[index].name);
    if (str_is_absent(value)) value = STR("");
    bool is_more = options[index].is_repeated && !str_is_absent(place[index]);
    if (is_more) value = str_format(run->call.arena, "%.*s\n%.*s", STR_FORMAT(place[index]), STR_FORMAT(value));
    place[index] = value;
}

/* The first one or two words name the command. Returns how many words it took. */
static int find_called(Run *run) {
    if (run->argument_count < 2) return 0;
    Str first = str_from_c(run->arguments[1]);
    if (run->argument_count > 2) {
        Str both = str_format(run->call.arena, "%s %s", run->arguments[1], run->arguments[2]);
        if ((run->call.command = find_command(run->table, both))) return 2;
    }
    return (run->call.command = find_command(run->table, first)) ? 1 : 0;
}

static void parse_words(Run *run, int next) {
    CommandCall *call = &run->call;
    bool only_arguments = false;
    while (next < run->argument_count) {
        Str word = str_from_c(run->arguments[next++]);
        if (!only_arguments && str_equal(word, STR("--"))) only_arguments = true;
        else if (!only_arguments && str_starts_with(word, STR("--"))) parse_option(run, word, &next);
        else if (call->argument_count < COMMAND_MOST_ARGUMENTS) call->arguments[call->argument_count++] = word;
        else arena_fail(call->arena, ERR_INPUT, "more than %d arguments", COMMAND_MOST_ARGUMENTS);
    }
}

static void check_words(const Run *run) {
    const CommandCall *call = &run->call;
    const Command *command = call->command;
    if (call->argument_count < command->least_arguments || call->argument_count > command->most_arguments)
        arena_fail(call->arena, ERR_INPUT, "usage: %s %s%s%s [options]", run->table->program, command->name,
                   *command->arguments ? " " : "", command->arguments);
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].is_required && str_is_absent(call->values[i]))
            arena_fail(call->arena, ERR_INPUT, "%s needs --%s %s", command->name, command->options[i].name,
                       command->options[i].value);
}

static void take_common(Run *run) {
    CommandCall *call = &run->call;
    const char *from_environment = getenv("WSPOLNIE_DATA_DIR");
    Str data = common_value(run, "data"), language = common_value(run, "language"), clock = common_value(run, "clock");
    if (str_is_absent(data)) data = str_from_c(from_environment && *from_environment ? from_environment : "data");
    if (str_is_empty(data)) arena_fail(call->arena, ERR_INPUT, "--data needs the name of a folder");
    call->data_dir = str_to_c(call->arena, data);
    call->json = !str_is_absent(common_value(run, "json"));
    call->quiet = !str_is_absent(common_value(run, "quiet"));
    if (call->quiet) log_set_level(LOG_WARNING);
    if (!str_is_absent(language) && !language_parse(language, &call->language))
        arena_fail(call->arena, ERR_INPUT, "--language is one of pl, en, uk; not %.*s", STR_FORMAT(language));
    run->clock = clock_real();
    if (!str_is_absent(clock) && clock_parse(clock, &run->clock) != OK)
        arena_fail(call->arena, ERR_INPUT, "--clock takes 2026-06-11T14:00:00Z or 2026-06-11T14:00:00Z*60; not %.*s",
                   STR_FORMAT(clock));
    call->clock = &run->clock;
}

/* ---- running --------------------------------------------------------------------------------------- */

static void close_store(void *store) { store_close(store); }

void command_make_folder(CommandCall *call) {
    if (mkdir(call->data_dir, 0700) != 0 && errno != EEXIST)
        arena_fail(call->arena, errno == EACCES ? ERR_DENIED : ERR_IO, "the folder %s cannot be made: %s",
                   call->data_dir, strerror(errno));
}

void command_open_store(CommandCall *call, bool may_create) {
    if (may_create) command_make_folder(call);
    StoreOptions options = {
        .path = str_to_c(call->arena, str_format(call->arena, "%s/wspolnie.db", call->data_dir)),
        .clock = call->clock,
        .may_create = may_create,
        .may_migrate = true,
    };
    Err err = store_open(call->arena, &options, &call->store);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    arena_defer(call->arena, close_store, call->store);
}

static void run_called(void *argument) {
    Run *run = argument;
    CommandCall *call = &run->call;
    int words = find_called(run);
    parse_words(run, 1 + words);
    call->out = buffer_in(call->arena);
    if (!call->command) {
        bool help = !str_is_absent(common_value(run, "help"));
        if (!help && run->argument_count > 1 && str_starts_with(str_from_c(run->arguments[1]), STR("--")))
            arena_fail(call->arena, ERR_INPUT, "the command comes first, then its options; %s --help lists them",
                       run->table->program);
        if (!help && run->argument_count > 1)
            arena_fail(call->arena, ERR_INPUT, "unknown command: %s; %s --help lists them", run->arguments[1],
                       run->table->program);
        write_help(&call->out, run->table);
        run->err = help ? OK : ERR_INPUT;
        return;
    }
    if (!str_is_absent(common_value(run, "help"))) {
        write_command_help(&call->out, run->table, call->command);
        return;
    }
    check_words(run);
    take_common(run);
    CommandStore store = call->command->store;
    if (store == STORE_NEEDED || store == STORE_MUST_EXIST) command_open_store(call, store == STORE_NEEDED);
    run->err = call->command->run(call);
    if (call->store) {
        arena_undo_now(call->arena, close_store, call->store);
        call->store = NULL;
    }
}

/* A command that gave an error back without a word of its own: what failed inside it is the reason. */
static void say_why(const Run *run) {
    const Failure *failure = arena_failure(run->call.arena);
    fprintf(stderr, "%s: %s\n", run->table->program, failure->err == run->err ? failure->message : err_name(run->err));
}

static int print_out(const Run *run) {
    Str out = buffer_str(&run->call.out);
    FILE *to = run->err ? stderr : stdout;
    if (run->err && !out.size) say_why(run);
    if (fwrite(out.data, 1, out.size, to) != out.size || fflush(to) != 0) {
        fprintf(stderr, "%s: the output could not be written: %s\n", run->table->program, strerror(errno));
        return err_exit_status(ERR_IO);
    }
    return err_exit_status(run->err);
}

bool command_repeats_common(const Command *command) {
    for (size_t i = 0; i < command->option_count; i++)
        for (size_t k = 0; k < COMMON_COUNT; k++)
            if (!strcmp(command->options[i].name, common_options[k].name)) return true;
    return false;
}

int command_main(const CommandTable *table, int argument_count, char **arguments) {
    if (argument_count == 2 && str_equal(str_from_c(arguments[1]), STR("--version"))) {
        printf("%s %s\n", table->program, table->version);
        return 0;
    }
    for (size_t i = 0; i < table->count; i++) assert(!command_repeats_common(table->commands[i]));
    Arena *arena = arena_open(LIMIT_ARENA_COMMAND_BYTES);
    if (!arena) return err_exit_status(ERR_LIMIT);
    Run run = {
        .table = table,
        .argument_count = argument_count,
        .arguments = arguments,
        .call = {.arena = arena, .application = table->application, .language = LANGUAGE_PL},
    };
    Err err = arena_protect(arena, run_called, &run);
    int status;
    if (err) {
        const Failure *failure = arena_failure(arena);
        fprintf(stderr, "%s: %s\n", table->program, failure->message);
        if (err == ERR_INTERNAL) fprintf(stderr, "%s: a fault in the program, at %s\n", table->program, failure->place);
        status = err_exit_status(err);
    } else {
        status = print_out(&run);
    }
    arena_close(arena);
    return status;
}

/* ---- for commands ----------------------------------------------------------------------------------- */

Str command_text(const CommandCall *call, const char *option) {
    ptrdiff_t index = find_option(call->command->options, call->command->option_count, str_from_c(option));
    assert(index >= 0 && "a command asks for an option it does not have");
    return call->values[index];
}

bool command_flag(const CommandCall *call, const char *option) { return !str_is_absent(command_text(call, option)); }

int64_t command_int(const CommandCall *call, const char *option, int64_t otherwise, int64_t least, int64_t most) {
    Str text = command_text(call, option);
    if (str_is_absent(text)) return otherwise;
    int64_t value;
    if (!str_to_int(text, &value) || value < least || value > most)
        arena_fail(call->arena, ERR_INPUT, "--%s takes a whole number from %lld to %lld; not %.*s", option,
                   (long long)least, (long long)most, STR_FORMAT(text));
    return value;
}

static void close_file(void *file) { fclose(file); }

Str command_read_file(CommandCall *call, Str path, size_t most_bytes) {
    const char *name = str_to_c(call->arena, path);
    bool standard_input = str_equal(path, STR("-"));
    FILE *file = standard_input ? stdin : fopen(name, "rb");
    if (!file)
        arena_fail(call->arena,
                   errno == ENOENT   ? ERR_NOT_FOUND
                   : errno == EACCES ? ERR_DENIED
                                     : ERR_IO,
                   "%s cannot be read: %s", name, strerror(errno));
    if (!standard_input) arena_defer(call->arena, close_file, file);
    Buffer content = buffer_in(call->arena);
    enum { PIECE = 65536 };
    for (size_t got = PIECE; got == PIECE;) {
        got = fread(buffer_reserve(&content, PIECE), 1, PIECE, file);
        content.size += got;
        if (content.size > most_bytes)
            arena_fail(call->arena, ERR_LIMIT, "%s is larger than %zu bytes", name, most_bytes);
    }
    if (ferror(file)) arena_fail(call->arena, ERR_IO, "%s cannot be read: %s", name, strerror(errno));
    if (!standard_input) arena_undo_now(call->arena, close_file, file);
    return buffer_str(&content);
}

void command_say(const CommandCall *call, const char *format, ...) {
    if (call->quiet || call->json) return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}
