// SPDX-License-Identifier: EUPL-1.2
#include "platform/command/internal.h"

#include "platform/base/limits.h"
#include "platform/base/log.h"
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const CommandOption command_common_options[COMMAND_COMMON_COUNT] = {
    {"data", "FOLDER", "where the data file is kept (default: ./data, or WSPOLNIE_DATA_DIR)", false},
    {"store", "FILE|URL", "another data file, or postgres://user@host/database (or WSPOLNIE_STORE)", false},
    {"language", "TAG", "language of warnings, reasons, dates: pl, en, uk (default: the terminal's, else en)", false},
    {"clock", "TIME", "hold the clock at TIME, or run it faster with TIME*N (demo and tests only)", false},
    {"json", NULL, "print JSON", false},
    {"quiet", NULL, "print results only", false},
    {"help", NULL, "print this help (-h too)", false},
};

typedef struct Run {
    const CommandTable *table;
    int argument_count;
    char **arguments;
    CommandCall call;
    Str common[COMMAND_COMMON_COUNT];
    Clock clock;
    Err err;
    const char *data_file;
} Run;

static Str common_value(const Run *run, const char *name) {
    for (size_t i = 0; i < COMMAND_COMMON_COUNT; i++)
        if (str_equal(str_from_c(command_common_options[i].name), str_from_c(name))) return run->common[i];
    assert(false && "no such common option");
    return STR_ABSENT;
}

const Command *command_find(const CommandTable *table, Str name) {
    for (size_t i = 0; i < table->count; i++)
        if (str_equal(str_from_c(table->commands[i]->name), name)) return table->commands[i];
    return NULL;
}

/* ---- the table ------------------------------------------------------------------------------------- */

Str command_first_word(const Command *command) {
    Str rest = str_from_c(command->name), first;
    str_next_part(&rest, ' ', &first);
    return first;
}

bool command_is_one_word(const Command *command) { return command_first_word(command).size == strlen(command->name); }

bool command_is_first_of_its_word(const CommandTable *table, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (str_equal(command_first_word(table->commands[i]), command_first_word(table->commands[index]))) return false;
    return true;
}

/* ---- parsing --------------------------------------------------------------------------------------- */

static ptrdiff_t find_option(const CommandOption *options, size_t count, Str name) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(str_from_c(options[i].name), name)) return (ptrdiff_t)i;
    return -1;
}

static noreturn void refuse_option(const Run *run, Str name) {
    const Command *command = run->call.command;
    Arena *arena = run->call.arena;
    Str meant = command_option_meant(arena, command, name);
    Str hint = str_is_absent(meant) ? STR("") : str_format(arena, " (--%.*s?)", STR_FORMAT(meant));
    arena_fail(arena, ERR_INPUT, "unknown option --%.*s%.*s; see %s%s%s --help", STR_FORMAT(name), STR_FORMAT(hint),
               run->table->program, command ? " " : "", command ? command->name : "");
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
        options = command_common_options;
        place = run->common;
        index = find_option(command_common_options, COMMAND_COMMON_COUNT, name);
    }
    if (index < 0) refuse_option(run, name);
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
        if ((run->call.command = command_find(run->table, both))) return 2;
    }
    return (run->call.command = command_find(run->table, first)) ? 1 : 0;
}

/* `help rounds plan` is `rounds plan --help`; a command of the table that begins with "help" comes first. */
static bool is_help(Run *run) {
    if (run->argument_count < 2 || !str_equal(str_from_c(run->arguments[1]), STR("help")) || run->call.command)
        return false;
    run->arguments++;
    run->argument_count--;
    return true;
}

static void parse_words(Run *run, int next) {
    CommandCall *call = &run->call;
    bool only_arguments = false;
    while (next < run->argument_count) {
        Str word = str_from_c(run->arguments[next++]);
        if (!only_arguments && str_equal(word, STR("--"))) only_arguments = true;
        else if (!only_arguments && str_equal(word, STR("-h"))) parse_option(run, STR("--help"), &next);
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

/* The words are the program's own to write to (C17, 5.1.2.2.1). */
void command_blot(Str word) {
    char *text = (char *)word.data;
    ptrdiff_t scheme = str_index_of(word, STR("://"));
    if (scheme < 0) return;
    char *user = text + scheme + 3, *colon = memchr(user, ':', strlen(user)), *at = strrchr(user, '@');
    if (colon && at && colon < at) memset(colon + 1, '*', (size_t)(at - colon - 1));
    static const char *const names[] = {"password=", "sslpassword="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *value = strstr(user, names[i]);
        if (value) memset(value + strlen(names[i]), '*', strcspn(value + strlen(names[i]), "&"));
    }
}

/* A flag counts for more than the environment, so --data also for more than WSPOLNIE_STORE. */
static void take_store(Run *run, bool has_data) {
    CommandCall *call = &run->call;
    Str given = common_value(run, "store");
    const char *variable = getenv("WSPOLNIE_STORE");
    if (str_is_absent(given) && !has_data && variable && *variable) given = str_from_c(variable);
    if (!str_is_absent(given) && str_is_empty(given))
        arena_fail(call->arena, ERR_INPUT, "--store needs a file or the address of a server");
    if (str_is_absent(given)) given = str_format(call->arena, "%s/wspolnie.db", call->data_dir);
    call->store_at = str_to_c(call->arena, str_copy(call->arena, given));
    if (!str_is_absent(common_value(run, "store"))) command_blot(common_value(run, "store"));
}

/* What the terminal is set to, as locale(7) reads it: the first of the three that says anything. "C", a language that
 * is not spoken here, and nothing at all are English, as the commands themselves are. */
static Language language_of_terminal(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    Str said = STR("");
    for (size_t i = 0; i < sizeof variables / sizeof *variables && str_is_empty(said); i++)
        said = str_from_c(getenv(variables[i]));
    Language language;
    bool is_known = language_parse(str_slice(said, 0, 2), &language);
    bool is_longer = said.size > 2 && isalpha((unsigned char)said.data[2]);
    return is_known && !is_longer ? language : LANGUAGE_EN;
}

static void take_common(Run *run) {
    CommandCall *call = &run->call;
    const char *from_environment = getenv("WSPOLNIE_DATA_DIR");
    Str data = common_value(run, "data"), language = common_value(run, "language"), clock = common_value(run, "clock");
    bool has_data = !str_is_absent(data);
    if (!has_data) data = str_from_c(from_environment && *from_environment ? from_environment : "data");
    if (str_is_empty(data)) arena_fail(call->arena, ERR_INPUT, "--data needs the name of a folder");
    call->data_dir = str_to_c(call->arena, data);
    take_store(run, has_data);
    call->json = !str_is_absent(common_value(run, "json"));
    call->quiet = !str_is_absent(common_value(run, "quiet"));
    call->language = language_of_terminal();
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
    bool is_in_it = str_starts_with(str_from_c(call->store_at), str_format(call->arena, "%s/", call->data_dir));
    if (!is_in_it) return;
    if (mkdir(call->data_dir, 0700) != 0 && errno != EEXIST)
        arena_fail(call->arena, errno == EACCES ? ERR_DENIED : ERR_IO, "the folder %s cannot be made: %s",
                   call->data_dir, strerror(errno));
}

void command_open_store(CommandCall *call, bool may_create) {
    if (may_create) command_make_folder(call);
    StoreOptions options = {
        .path = call->store_at,
        .clock = call->clock,
        .may_create = may_create,
        .may_migrate = true,
    };
    Err err = store_open(call->arena, &options, &call->store);
    if (err) arena_fail(call->arena, err, "%s", arena_failure(call->arena)->message);
    arena_defer(call->arena, close_store, call->store);
}

/* "add, list": what may follow a word that begins commands and is none itself; absent: no command begins so. */
static Str second_words(const Run *run, Str first) {
    Buffer words = buffer_in(run->call.arena);
    for (size_t i = 0; i < run->table->count; i++) {
        const Command *command = run->table->commands[i];
        if (command_is_one_word(command) || !str_equal(command_first_word(command), first)) continue;
        buffer_format(&words, "%s%s", words.size ? ", " : "", command->name + first.size + 1);
    }
    return words.size ? buffer_str(&words) : STR_ABSENT;
}

static Str typed_command(const Run *run) {
    bool goes_on = run->argument_count > 2 && !str_starts_with(str_from_c(run->arguments[2]), STR("-"));
    return str_format(run->call.arena, "%s%s%s", run->arguments[1], goes_on ? " " : "",
                      goes_on ? run->arguments[2] : "");
}

static noreturn void refuse_command(const Run *run) {
    Arena *arena = run->call.arena;
    const char *program = run->table->program;
    Str first = str_from_c(run->arguments[1]), typed = typed_command(run), meant = STR_ABSENT;
    Str seconds = second_words(run, first);
    if (str_starts_with(first, STR("-")))
        arena_fail(arena, ERR_INPUT, "the command comes first, then its options; %s --help lists them", program);
    if (!str_equal(typed, first) || str_is_absent(seconds)) meant = command_meant(arena, run->table, typed);
    if (str_is_absent(meant) && str_is_absent(seconds)) meant = command_meant(arena, run->table, first);
    if (!str_is_absent(meant))
        arena_fail(arena, ERR_INPUT, "unknown command: %.*s; did you mean %.*s? %s --help lists all", STR_FORMAT(typed),
                   STR_FORMAT(meant), program);
    if (!str_is_absent(seconds))
        arena_fail(arena, ERR_INPUT, "%.*s goes on with one of: %.*s; %s %.*s --help tells more", STR_FORMAT(first),
                   STR_FORMAT(seconds), program, STR_FORMAT(first));
    arena_fail(arena, ERR_INPUT, "unknown command: %.*s; %s --help lists them", STR_FORMAT(first), program);
}

static bool asks_for_help(const Run *run) {
    for (int i = 1; i < run->argument_count; i++) {
        Str word = str_from_c(run->arguments[i]);
        if (str_equal(word, STR("--help")) || str_equal(word, STR("-h"))) return true;
    }
    return false;
}

/* No command was named: the list of them all, or of those that begin with the one word. */
static void run_without_command(Run *run, bool helps) {
    helps = helps || asks_for_help(run);
    Str first = run->argument_count > 1 ? str_from_c(run->arguments[1]) : STR_ABSENT;
    if (str_starts_with(first, STR("-"))) {
        parse_words(run, 1); /* an option nobody knows is said first */
        if (!helps) refuse_command(run);
        first = STR_ABSENT;
    }
    if (!str_is_absent(first) && (!helps || str_is_absent(second_words(run, first)))) refuse_command(run);
    command_write_help(&run->call.out, run->table, first);
    run->err = helps ? OK : ERR_INPUT;
}

static void run_called(void *argument) {
    Run *run = argument;
    CommandCall *call = &run->call;
    int words = find_called(run);
    bool helps = is_help(run);
    if (helps) words = find_called(run);
    call->out = buffer_in(call->arena);
    if (!call->command) {
        run_without_command(run, helps);
        return;
    }
    parse_words(run, 1 + words);
    if (helps || !str_is_absent(common_value(run, "help"))) {
        command_write_help_of(&call->out, run->table, call->command);
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
        for (size_t k = 0; k < COMMAND_COMMON_COUNT; k++)
            if (!strcmp(command->options[i].name, command_common_options[k].name)) return true;
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
        .call = {.arena = arena, .application = table->application, .language = LANGUAGE_EN},
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

Str command_setting(const CommandCall *call, const char *option, const char *variable) {
    Str given = command_text(call, option);
    if (!str_is_absent(given)) return given;
    Str said = str_from_c(getenv(variable));
    return str_is_empty(said) ? STR_ABSENT : said;
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

/* ---- what commands write ------------------------------------------------------------------------------ */

JsonWriter *command_list_begin(CommandCall *call) {
    buffer_clear(&call->out);
    if (!call->json) return NULL;
    JsonWriter *json = arena_new(call->arena, JsonWriter);
    *json = json_list_begin(&call->out);
    return json;
}

void command_list_end(JsonWriter *json) {
    if (json) json_list_end(json);
}

void command_made(CommandCall *call, Id id) {
    buffer_clear(&call->out);
    buffer_format(&call->out, call->json ? "{\"id\": \"%.*s\"}\n" : "%.*s\n", STR_FORMAT(id_text(call->arena, id)));
}
