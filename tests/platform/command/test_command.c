// SPDX-License-Identifier: EUPL-1.2
/* Commands as somebody types them: each call runs in a process of its own, as main would run it. */
#include "../../cmocka_all.h"
#include "platform/command/command.h"
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- a table ------------------------------------------------------------------------------------------ */

static Err greet(CommandCall *call) {
    command_say(call, "on the way");
    buffer_format(&call->out, "%s rounds=%lld loud=%d who=%.*s data=%s store=%s language=%s clock=%lld",
                  call->json ? "json" : "text", (long long)command_int(call, "rounds", 5, 1, 20),
                  command_flag(call, "loud"), STR_FORMAT(command_text(call, "who")), call->data_dir, call->store_at,
                  language_tag(call->language), (long long)clock_now_ms(call->clock));
    for (size_t i = 0; i < call->argument_count; i++)
        buffer_format(&call->out, " [%.*s]", STR_FORMAT(call->arguments[i]));
    buffer_add_char(&call->out, '\n');
    return OK;
}

static Err refuse(CommandCall *call) {
    buffer_format(&call->out, "not so\n");
    return ERR_CONFLICT;
}

static Err show(CommandCall *call) {
    buffer_add(&call->out, command_read_file(call, call->arguments[0], 10));
    return OK;
}

/* As in a transaction that is run again: what was written before is gone. */
static Err list(CommandCall *call) {
    for (int turn = 0; turn < 2; turn++) {
        JsonWriter *json = command_list_begin(call);
        for (size_t i = 0; i < call->argument_count; i++) {
            if (json) json_add_str(json, call->arguments[i]);
            else buffer_format(&call->out, "- %.*s\n", STR_FORMAT(call->arguments[i]));
        }
        command_list_end(json);
    }
    return OK;
}

static Err make(CommandCall *call) {
    command_made(call, 1);
    command_made(call, 77);
    return OK;
}

static const CommandOption greet_options[] = {
    {"who", "NAME", "whom to greet; \\ and -- and 'quotes' stay", true, true},
    {"rounds", "N", ".how many", false, false},
    {"loud", NULL, "louder", false, false},
};
static const Command greet_command = {"greet", "[WORD…]", "greet somebody", OPTIONS(greet_options),
                                      0,       2,         STORE_NOT_USED,   greet};
static const Command greet_all = {"greet all", "", "refuse to", NO_OPTIONS, .run = refuse};
static const Command greetings = {"greetings show", "FILE", "print a small file", NO_OPTIONS, 1, 1,
                                  STORE_NOT_USED,   show};
static const Command list_command = {"list", "[WORD…]", "list words", NO_OPTIONS, 0, 9, STORE_NOT_USED, list};
static const Command make_command = {"make", "", "make something", NO_OPTIONS, .run = make};
static const Command *const commands[] = {&greet_command, &greet_all, &greetings, &list_command, &make_command};
static const char *const environment[][2] = {{"TRIED_WHO", "whom to greet"}};
static const CommandTable table = {.program = "tried",
                                   .version = "1.2",
                                   .summary = "a program to try",
                                   .released = "2026-06-11",
                                   .description = "It greets.",
                                   .environment = environment,
                                   .environment_count = COUNT(environment),
                                   .commands = commands,
                                   .count = COUNT(commands)};

/* ---- running it ------------------------------------------------------------------------------------------ */

typedef struct Outcome {
    int status;
    char out[8192], err[4096];
} Outcome;

static void read_all(int fd, char *text, size_t room) {
    size_t size = 0;
    for (ssize_t got = 1; got > 0 && size + 1 < room; size += got > 0 ? (size_t)got : 0)
        got = read(fd, text + size, room - 1 - size);
    text[size] = '\0';
    close(fd);
}

enum { MOST_WORDS = 16 };

static Outcome outcome_of(const char *const *words) {
    int out[2], err[2], count = 0;
    char *arguments[MOST_WORDS + 1] = {0};
    while (words[count]) {
        arguments[count] = (char *)words[count];
        count++;
    }
    assert_int_equal(pipe(out) | pipe(err), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        close(out[0]);
        close(err[0]);
        int status = command_main(&table, count, arguments);
        fflush(stdout);
        _exit(status);
    }
    close(out[1]);
    close(err[1]);
    Outcome outcome;
    read_all(out[0], outcome.out, sizeof outcome.out);
    read_all(err[0], outcome.err, sizeof outcome.err);
    waitpid(child, &outcome.status, 0);
    assert_true(WIFEXITED(outcome.status));
    outcome.status = WEXITSTATUS(outcome.status);
    return outcome;
}
#define RUN(...) outcome_of((const char *const[]){"tried", __VA_ARGS__ __VA_OPT__(, ) NULL})

static void expect(Outcome outcome, int status, const char *out, const char *err) {
    if (outcome.status != status || !str_contains(str_from_c(outcome.out), str_from_c(out)) ||
        !str_contains(str_from_c(outcome.err), str_from_c(err)))
        fail_msg("status %d\n%s\n%s\nexpected %d\n%s\n%s", outcome.status, outcome.out, outcome.err, status, out, err);
}

/* ---- parsing ------------------------------------------------------------------------------------------ */

static void test_words(void **state) {
    (void)state;
    unsetenv("WSPOLNIE_DATA_DIR");
    expect(RUN("greet", "--who", "Ola"), 0, "text rounds=5 loud=0 who=Ola data=data store=data/wspolnie.db language=",
           "on the way");
    expect(RUN("greet", "--who=Ola", "--rounds=7", "--loud", "a", "--data=x y", "--language", "uk", "b"), 0,
           "rounds=7 loud=1 who=Ola data=x y store=x y/wspolnie.db language=uk", "");
    expect(RUN("greet", "a", "--who=", "--", "--loud"), 0, "loud=0 who= ", "");
    expect(RUN("greet", "--who=a", "--who", "b"), 0, "who=a\nb data", "");
    expect(RUN("greet", "--who=x", "--clock=2026-06-11T14:00:00Z"), 0, "clock=1781186400000", "");
    setenv("WSPOLNIE_DATA_DIR", "/elsewhere", 1);
    expect(RUN("greet", "--who=x"), 0, "data=/elsewhere", "");
    expect(RUN("greet", "--who=x", "--data=here"), 0, "data=here", "");
    unsetenv("WSPOLNIE_DATA_DIR");
}

static void test_where_the_store_is(void **state) {
    (void)state;
    unsetenv("WSPOLNIE_STORE");
    expect(RUN("greet", "--who=x"), 0, "store=data/wspolnie.db", "");
    char file[] = "--store=/a/file.db";
    expect(RUN("greet", "--who=x", "--data=here", file), 0, "data=here store=/a/file.db", "");
    setenv("WSPOLNIE_STORE", "postgres://server/gathering", 1);
    expect(RUN("greet", "--who=x"), 0, "store=postgres://server/gathering", "");
    expect(RUN("greet", "--who=x", "--data=here"), 0, "store=here/wspolnie.db", "");
    expect(RUN("greet", "--who=x", "--store="), 2, "", "--store needs a file or the address of a server");
    unsetenv("WSPOLNIE_STORE");
}

/* What another user of the machine can read of a running program's words. */
static void test_a_password_is_blotted_out_of_the_words(void **state) {
    (void)state;
    static const struct {
        const char *given, *left;
    } words[] = {
        {"--store=postgres://ola:se@cret@server:5432/x", "--store=postgres://ola:*******@server:5432/x"},
        {"--store=postgres://server/x?user=ola&password=secret&sslmode=require",
         "--store=postgres://server/x?user=ola&password=******&sslmode=require"},
        {"--store=postgres://ola@server/x", "--store=postgres://ola@server/x"},
        {"--store=data:x@y", "--store=data:x@y"},
    };
    enum { ROOM = 120 };
    char *word = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); /* it runs in a child */
    assert_true(word != MAP_FAILED);
    for (size_t i = 0; i < COUNT(words); i++) {
        char store[ROOM];
        snprintf(word, ROOM, "%s", words[i].given);
        snprintf(store, sizeof store, "store=%s", words[i].given + strlen("--store="));
        expect(RUN("greet", "--who=x", word), 0, store, ""); /* the program itself has it whole */
        assert_string_equal(word, words[i].left);
    }
    munmap(word, ROOM);
}

static void test_language_is_the_terminal_s(void **state) {
    (void)state;
    static const struct {
        const char *all, *messages, *lang, *language;
    } cases[] = {
        {NULL, NULL, NULL, "en"},          {"", "", "", "en"},          {NULL, NULL, "pl_PL.UTF-8", "pl"},
        {NULL, NULL, "uk", "uk"},          {NULL, "pl", "uk_UA", "pl"}, {"C.UTF-8", "pl", "pl", "en"},
        {"", "uk_UA@x", "pl", "uk"},       {NULL, NULL, "de_DE", "en"}, {NULL, NULL, "plt_MG", "en"},
        {"p", NULL, "pl_PL.UTF-8", "en"},
    };
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const values[] = {cases[i].all, cases[i].messages, cases[i].lang};
        for (size_t k = 0; k < 3; k++) {
            if (values[k]) setenv(names[k], values[k], 1);
            else unsetenv(names[k]);
        }
        char expected[16];
        snprintf(expected, sizeof expected, "language=%s ", cases[i].language);
        expect(RUN("greet", "--who=x"), 0, expected, "");
        expect(RUN("greet", "--who=x", "--language=uk"), 0, "language=uk ", "");
    }
    for (size_t k = 0; k < 3; k++) unsetenv(names[k]);
}

static void test_quiet_and_json_say_nothing_on_the_way(void **state) {
    (void)state;
    assert_string_equal(RUN("greet", "--who=x", "--quiet").err, "");
    Outcome outcome = RUN("greet", "--who=x", "--json");
    assert_string_equal(outcome.err, "");
    expect(outcome, 0, "json rounds", "");
}

static void test_lists_and_what_was_made(void **state) {
    (void)state;
    assert_string_equal(RUN("list", "a", "b").out, "- a\n- b\n");
    assert_string_equal(RUN("list", "a", "\"b", "--json").out, "[\n  \"a\",\n  \"\\\"b\"\n]\n");
    assert_string_equal(RUN("list").out, "");
    assert_string_equal(RUN("list", "--json").out, "[]\n");
    assert_string_equal(RUN("make").out, "000000000002d\n");
    assert_string_equal(RUN("make", "--json").out, "{\"id\": \"000000000002d\"}\n");
}

static void test_wrong_words(void **state) {
    (void)state;
    expect(RUN("gret"), 2, "", "tried: unknown command: gret; did you mean greet? tried --help lists all\n");
    expect(RUN("graet", "lal"), 2, "", "unknown command: graet lal; did you mean greet all?");
    expect(RUN("gerets", "--who=x"), 2, "", "unknown command: gerets; did you mean greet?");
    expect(RUN("greetigns"), 2, "", "unknown command: greetigns; did you mean greetings?");
    expect(RUN("something"), 2, "", "tried: unknown command: something; tried --help lists them\n");
    expect(RUN("greetings", "shwo", "a"), 2, "", "unknown command: greetings shwo; did you mean greetings show?");
    expect(RUN("greetings", "/tmp"), 2, "", "greetings goes on with one of: show; tried greetings --help tells more\n");
    expect(RUN("--loud", "greet"), 2, "", "unknown option --loud");
    expect(RUN("--json", "greet"), 2, "", "the command comes first");
    expect(RUN("greetings"), 2, "", "greetings goes on with one of: show;");
    expect(RUN("greet"), 2, "", "greet needs --who NAME");
    expect(RUN("greet", "--who"), 2, "", "--who needs a value: NAME");
    expect(RUN("greet", "--who=x", "--loud=1"), 2, "", "--loud takes no value");
    expect(RUN("greet", "--who=x", "--Loud"), 2, "", "unknown option --Loud (--loud?); see tried greet --help");
    expect(RUN("greet", "--who=x", "--jsno"), 2, "", "unknown option --jsno (--json?);");
    expect(RUN("greet", "--who=x", "--nothing"), 2, "", "unknown option --nothing; see tried greet --help");
    expect(RUN("greet", "--who=x", "a", "b", "c"), 2, "", "usage: tried greet [WORD…] [options]");
    expect(RUN("greetings", "show"), 2, "", "usage: tried greetings show FILE [options]");
    expect(RUN("greet", "--who=x", "--rounds=0"), 2, "", "--rounds takes a whole number from 1 to 20; not 0");
    expect(RUN("greet", "--who=x", "--rounds=9x"), 2, "", "not 9x");
    expect(RUN("greet", "--who=x", "--language=de"), 2, "", "--language is one of pl, en, uk; not de");
    expect(RUN("greet", "--who=x", "--clock=now"), 2, "", "--clock takes");
    expect(RUN("greet", "--who=x", "--data="), 2, "", "--data needs the name of a folder");
}

static void test_a_refusal_goes_to_standard_error(void **state) {
    (void)state;
    Outcome outcome = RUN("greet", "all");
    assert_string_equal(outcome.out, "");
    expect(outcome, err_exit_status(ERR_CONFLICT), "", "not so\n");
}

static void test_help_and_version(void **state) {
    (void)state;
    assert_string_equal(RUN("--version").out, "tried 1.2\n");
    expect(RUN("--help"), 0, "greet [WORD…]", "");
    expect(outcome_of((const char *const[]){"tried", NULL}), 2, "", "usage: tried COMMAND");
    Outcome outcome = RUN("greet", "--help");
    expect(outcome, 0, "usage: tried greet [WORD…] [options]\n\ngreet somebody\n", "");
    expect(outcome, 0, "--who NAME ", "");
    expect(outcome, 0, "(required)\n", "");
    expect(outcome, 0, "--json ", "");
}

static void test_help_is_found_where_people_look(void **state) {
    (void)state;
    Outcome whole = RUN("--help"), greet = RUN("greet", "--help");
    static const char *const for_all[][2] = {{"help", NULL}, {"-h", NULL}, {"help", "--help"}};
    for (size_t i = 0; i < COUNT(for_all); i++) {
        Outcome outcome = RUN(for_all[i][0], for_all[i][1]);
        assert_int_equal(outcome.status, 0);
        assert_string_equal(outcome.out, whole.out);
    }
    assert_string_equal(RUN("help", "greet").out, greet.out);
    assert_string_equal(RUN("greet", "-h").out, greet.out);
    expect(RUN("greet", "--who=x", "--", "-h"), 0, "[-h]", ""); /* behind the dashes all words are arguments */
    expect(RUN("help", "greet", "all"), 0, "usage: tried greet all [options]", "");
    expect(RUN("help", "gret"), 2, "", "did you mean greet?");
    Outcome some = RUN("greetings", "--help");
    expect(some, 0, "  greetings show FILE", "");
    assert_false(str_contains(str_from_c(some.out), STR("greet all")));
    assert_string_equal(RUN("help", "greetings").out, some.out);
}

/* ---- files -------------------------------------------------------------------------------------------- */

static Str write_file(Arena *arena, Str content) {
    char *name = arena_alloc(arena, 64);
    snprintf(name, 64, "/tmp/wspolnie-command-XXXXXX");
    int fd = mkstemp(name);
    assert_true(fd >= 0 && write(fd, content.data, content.size) == (ssize_t)content.size);
    close(fd);
    return str_from_c(name);
}

static void test_files(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 20);
    Str small = write_file(arena, STR("0123456789")), large = write_file(arena, STR("0123456789x"));
    assert_string_equal(RUN("greetings", "show", small.data).out, "0123456789");
    expect(RUN("greetings", "show", large.data), err_exit_status(ERR_LIMIT), "", "is larger than 10 bytes");
    expect(RUN("greetings", "show", "/nowhere/at all"), err_exit_status(ERR_NOT_FOUND), "",
           "/nowhere/at all cannot be read: No such");
    expect(RUN("greetings", "show", "/tmp"), err_exit_status(ERR_IO), "", "/tmp cannot be read: Is a directory");
    unlink(small.data);
    unlink(large.data);
    arena_close(arena);
}

/* ---- what is written from the table ------------------------------------------------------------------------ */

/* Runs a shell line and gives what it prints, both ways. */
static Str shell(Arena *arena, Str line) {
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    char *const arguments[] = {"bash", "-c", (char *)str_to_c(arena, line), NULL};
    pid_t child;
    assert_int_equal(posix_spawn(&child, "/bin/bash", &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    char *text = arena_alloc(arena, 65536);
    read_all(ends[0], text, 65536);
    waitpid(child, &status, 0);
    return str_from_c(text);
}

static Str completed(Arena *arena, Str file, const char *words, int at) {
    Str line = str_format(arena, "source %.*s; COMP_WORDS=(tried %s); COMP_CWORD=%d; _tried; echo ${COMPREPLY[@]}",
                          STR_FORMAT(file), words, at);
    return str_trim(shell(arena, line));
}

static void test_completion_in_bash(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    Buffer script = buffer_in(arena);
    assert_false(command_write_completion(&script, &table, STR("tcsh")));
    assert_true(command_write_completion(&script, &table, STR("bash")));
    Str file = write_file(arena, buffer_str(&script));
    assert_str(completed(arena, file, "''", 1), STR("greet greetings list make"));
    assert_str(completed(arena, file, "greeti", 1), STR("greetings"));
    assert_str(completed(arena, file, "greetings ''", 2), STR("show"));
    assert_str(completed(arena, file, "greet a", 2), STR("all"));
    assert_str(completed(arena, file, "greet --r", 2), STR("--rounds"));
    assert_str(completed(arena, file, "greet --who x --l", 4), STR("--loud --language"));
    assert_str(completed(arena, file, "greet all --l", 3), STR("--language"));
    assert_str(completed(arena, file, "greetings show --q", 3), STR("--quiet"));
    assert_str(completed(arena, file, "nothing ''", 2), STR(""));
    assert_str(completed(arena, file, "greet --data ''", 3), STR("")); /* a value: the shell offers files */
    assert_str(completed(arena, file, "greetings show ''", 3), STR(""));
    assert_str(completed(arena, file, "greet ''", 2), STR("all")); /* or a file, or a second word */
    unlink(file.data);
    arena_close(arena);
}

/* ---- two more shells, where they are installed ---- */

static bool has_shell(Arena *arena, const char *name) {
    return str_trim(shell(arena, str_format(arena, "command -v %s", name))).size > 0;
}

static Str write_completion(Arena *arena, const char *name) {
    Buffer script = buffer_in(arena);
    assert_true(command_write_completion(&script, &table, str_from_c(name)));
    return write_file(arena, buffer_str(&script));
}

/* What zsh's own completion would be told: the words, and whether files too. */
static Str completed_in_zsh(Arena *arena, Str file, const char *words, const char *prefix) {
    Str line = str_format(arena,
                          "zsh -f -c 'compdef() {}; _files() { print -n \"files \" }; _describe() { print -r -- "
                          "${(P)2%%%%:*} }; source %.*s; words=(tried %s \"%s\"); CURRENT=$#words; PREFIX=\"%s\"; "
                          "_tried'",
                          STR_FORMAT(file), words, prefix, prefix);
    return str_trim(shell(arena, line));
}

static void test_completion_in_zsh(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    if (!has_shell(arena, "zsh")) skip();
    Str file = write_completion(arena, "zsh");
    assert_str(completed_in_zsh(arena, file, "", ""), STR("greet greetings list make"));
    assert_str(completed_in_zsh(arena, file, "greetings", ""), STR("show"));
    assert_str(completed_in_zsh(arena, file, "greetings show", ""), STR("files"));
    assert_str(completed_in_zsh(arena, file, "greet --data", ""), STR("files"));
    Str options = completed_in_zsh(arena, file, "greet", "-");
    assert_true(str_starts_with(options, STR("all --who --rounds --loud --data")));
    unlink(file.data);
    arena_close(arena);
}

/* "word word": without what is said of each. */
static Str completed_in_fish(Arena *arena, Str file, const char *typed) {
    Str line =
        str_format(arena,
                   "cd /proc/self && HOME=/nonexistent fish --no-config -c 'source %.*s; complete -C \"tried %s\"' "
                   "2>&1 | cut -f1 | tr '\\n' ' '",
                   STR_FORMAT(file), typed);
    return str_trim(shell(arena, line));
}

static void test_completion_in_fish(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    if (!has_shell(arena, "fish")) skip();
    Str file = write_completion(arena, "fish");
    assert_str(completed_in_fish(arena, file, "gr"), STR("greet greetings"));
    assert_str(completed_in_fish(arena, file, "greetings s"), STR("show"));
    assert_str(completed_in_fish(arena, file, "greet --l"), STR("--language --loud"));
    assert_str(completed_in_fish(arena, file, "greet --who x --r"), STR("--rounds"));
    assert_str(completed_in_fish(arena, file, "greetings show moun"), STR("mountinfo mounts mountstats"));
    assert_str(completed_in_fish(arena, file, "greet --data moun"), STR("mountinfo mounts mountstats"));
    unlink(file.data);
    arena_close(arena);
}

static void test_man_page(void **state) {
    (void)state;
    Arena *arena = arena_open(1 << 22);
    Buffer page = buffer_in(arena);
    command_write_man(&page, &table);
    Str text = buffer_str(&page);
    static const char *const sections[] = {".TH WSPOLNIE 1",
                                           ".SH NAME\ntried \\- a program to try\n",
                                           ".SH SYNOPSIS\n",
                                           ".SH COMMANDS\n",
                                           ".SH DESCRIPTION\nIt greets.\n",
                                           ".SH ENVIRONMENT\n",
                                           ".TP\n.B TRIED_WHO\n",
                                           ".SS greet [WORD…]\n",
                                           ".SH EXIT STATUS\n"};
    for (size_t i = 0; i < COUNT(sections); i++) assert_true(str_contains(text, str_from_c(sections[i])));
    assert_true(str_contains(text, STR("\n\\&.how many\n")));
    assert_true(str_contains(text, STR("\\(rs and \\-\\- and 'quotes' stay")));
    Str file = write_file(arena, text);
    /* Where groff is there, it reads the page without a warning and shows the words as meant. */
    Str shown = shell(
        arena, str_format(arena, "command -v groff >/dev/null || exit 0; groff -K utf8 -man -ww -z %s", file.data));
    assert_str(shown, STR(""));
    Str found =
        shell(arena, str_format(arena, "command -v mandoc >/dev/null || exit 0; mandoc -T lint %s; exit 0", file.data));
    assert_str(found, STR(""));
    unlink(file.data);
    arena_close(arena);
}

static void test_no_option_has_two_meanings(void **state) {
    (void)state;
    static const CommandOption repeating[] = {{"who", "NAME", "whom"}, {"language", "TAG", "of the greeting"}};
    for (size_t i = 0; i < COUNT(commands); i++) assert_false(command_repeats_common(commands[i]));
    assert_true(command_repeats_common(&(Command){.name = "greet", .options = repeating, .option_count = 2}));
    assert_false(command_repeats_common(&(Command){.name = "greet", .options = repeating, .option_count = 1}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_option_has_two_meanings),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_where_the_store_is),
        cmocka_unit_test(test_a_password_is_blotted_out_of_the_words),
        cmocka_unit_test(test_language_is_the_terminal_s),
        cmocka_unit_test(test_quiet_and_json_say_nothing_on_the_way),
        cmocka_unit_test(test_lists_and_what_was_made),
        cmocka_unit_test(test_wrong_words),
        cmocka_unit_test(test_a_refusal_goes_to_standard_error),
        cmocka_unit_test(test_help_and_version),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_help_is_found_where_people_look),
        cmocka_unit_test(test_completion_in_bash),
        cmocka_unit_test(test_completion_in_zsh),
        cmocka_unit_test(test_completion_in_fish),
        cmocka_unit_test(test_man_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
