// SPDX-License-Identifier: EUPL-1.2
/* Completion for bash, zsh and fish, each from the same cases: what stands before the cursor, and what may follow.
 * Behind an option that wants a value, and for the arguments of a command, the shell offers files. */
#include "platform/command/internal.h"

/* One case: its words have been typed, and one of these follows. */
typedef struct Case {
    Str before;             /* "rounds plan"; empty: nothing yet */
    const Command *command; /* whose options may follow; NULL: none yet */
    bool goes_on;           /* second words may follow too */
} Case;

typedef void (*CaseWritten)(Buffer *out, const CommandTable *table, const Case *one);

/* The first case that fits is taken, so commands of two words come first. */
static void each_case(Buffer *out, const CommandTable *table, CaseWritten write) {
    for (size_t i = 0; i < table->count; i++)
        if (!command_is_one_word(table->commands[i]))
            write(out, table, &(Case){str_from_c(table->commands[i]->name), table->commands[i], false});
    for (size_t i = 0; i < table->count; i++) {
        if (!command_is_first_of_its_word(table, i)) continue;
        Str first = command_first_word(table->commands[i]);
        write(out, table, &(Case){first, command_find(table, first), true});
    }
}

typedef void (*WordWritten)(Buffer *out, const char *word, const char *summary);

static void each_first_word(Buffer *out, const CommandTable *table, WordWritten write) {
    for (size_t i = 0; i < table->count; i++) {
        if (!command_is_first_of_its_word(table, i)) continue;
        const Command *command = table->commands[i];
        write(out, str_to_c(out->arena, command_first_word(command)),
              command_is_one_word(command) ? command->summary : "");
    }
}

static void each_second_word(Buffer *out, const CommandTable *table, Str first, WordWritten write) {
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        if (command_is_one_word(command) || !str_equal(command_first_word(command), first)) continue;
        write(out, command->name + first.size + 1, command->summary);
    }
}

static void each_option(Buffer *out, const Command *command, WordWritten write) {
    for (size_t i = 0; i < command->option_count; i++)
        write(out, str_format(out->arena, "--%s", command->options[i].name).data, command->options[i].help);
    for (size_t i = 0; i < COMMAND_COMMON_COUNT; i++)
        write(out, str_format(out->arena, "--%s", command_common_options[i].name).data, command_common_options[i].help);
}

static void each_word_of(Buffer *out, const CommandTable *table, const Case *one, WordWritten write) {
    if (one->goes_on) each_second_word(out, table, one->before, write);
    if (one->command) each_option(out, one->command, write);
}

/* "--data|--edition|…": options that want a value, each once. */
static void add_options_with_values(Buffer *out, const CommandTable *table, const char *between) {
    Buffer seen = buffer_in(out->arena);
    for (size_t i = 0; i <= table->count; i++) {
        const CommandOption *options = i < table->count ? table->commands[i]->options : command_common_options;
        size_t count = i < table->count ? table->commands[i]->option_count : COMMAND_COMMON_COUNT;
        for (size_t k = 0; k < count; k++) {
            Str name = str_format(out->arena, "|--%s|", options[k].name);
            if (!options[k].value || str_contains(buffer_str(&seen), name)) continue;
            buffer_format(out, "%s--%s", seen.size ? between : "", options[k].name);
            buffer_add(&seen, name);
        }
    }
}

/* In single quotes of a shell; in fish a backslash is one only before a quote or another. */
static void add_quoted(Buffer *out, const char *text, bool is_fish) {
    for (; *text; text++) {
        if (*text == '\'') buffer_add(out, is_fish ? STR("\\'") : STR("'\\''"));
        else if (*text == '\\' && is_fish) buffer_add(out, STR("\\\\"));
        else buffer_add_char(out, *text);
    }
}

/* ---- bash ---------------------------------------------------------------------------------------------- */

static void bash_word(Buffer *out, const char *word, const char *summary) {
    (void)summary;
    buffer_format(out, "%s ", word);
}

static void bash_case(Buffer *out, const CommandTable *table, const Case *one) {
    buffer_format(out, "    '%.*s'", STR_FORMAT(one->before));
    if (one->command) buffer_format(out, "|'%.*s '*", STR_FORMAT(one->before));
    buffer_add(out, STR(") words='"));
    each_word_of(out, table, one, bash_word);
    buffer_add(out, one->command && *one->command->arguments ? STR("' files=1 ;;\n") : STR("' ;;\n"));
}

static void write_bash(Buffer *out, const CommandTable *table) {
    buffer_format(out,
                  "# SPDX-License-Identifier: EUPL-1.2\n_%s() {\n"
                  "    local words='' files='' word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
                  "    COMPREPLY=()\n    case \"${COMP_WORDS[COMP_CWORD-1]}\" in\n    ",
                  table->program);
    add_options_with_values(out, table, "|");
    buffer_add(out, STR(") return ;;\n    esac\n    case \"${COMP_WORDS[*]:1:COMP_CWORD-1}\" in\n    '') words='"));
    each_first_word(out, table, bash_word);
    buffer_add(out, STR("' ;;\n"));
    each_case(out, table, bash_case);
    buffer_format(out,
                  "    esac\n    [[ -n $files && $word != -* ]] && words=\"${words%%%%--*}\"\n"
                  "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n}\n"
                  "complete -o default -F _%s %s\n",
                  table->program, table->program);
}

/* ---- zsh ----------------------------------------------------------------------------------------------- */

static void zsh_word(Buffer *out, const char *word, const char *summary) {
    buffer_add(out, STR(" '"));
    buffer_add(out, str_from_c(word));
    if (*summary) buffer_add_char(out, ':');
    add_quoted(out, summary, false);
    buffer_add_char(out, '\'');
}

static void zsh_case(Buffer *out, const CommandTable *table, const Case *one) {
    buffer_format(out, "    '%.*s'", STR_FORMAT(one->before));
    if (one->command) buffer_format(out, "|'%.*s '*", STR_FORMAT(one->before));
    buffer_add(out, STR(") found=("));
    each_word_of(out, table, one, zsh_word);
    buffer_add(out, one->command && *one->command->arguments ? STR(") files=1 ;;\n") : STR(") ;;\n"));
}

static void write_zsh(Buffer *out, const CommandTable *table) {
    buffer_format(out,
                  "#compdef %s\n# SPDX-License-Identifier: EUPL-1.2\n_%s() {\n    local -a found\n    local files=''\n"
                  "    case \"$words[CURRENT-1]\" in\n    ",
                  table->program, table->program);
    add_options_with_values(out, table, "|");
    buffer_add(out, STR(") _files; return ;;\n    esac\n    case \"${(j: :)words[2,CURRENT-1]}\" in\n    '') found=("));
    each_first_word(out, table, zsh_word);
    buffer_add(out, STR(") ;;\n"));
    each_case(out, table, zsh_case);
    buffer_format(out,
                  "    esac\n    if [[ -n $files && $PREFIX != -* ]]; then found=(${found:#--*}); _files; fi\n"
                  "    _describe '%s' found\n}\n"
                  "if [ \"$funcstack[1]\" = _%s ]; then _%s \"$@\"; else compdef _%s %s; fi\n",
                  table->program, table->program, table->program, table->program, table->program);
}

/* ---- fish ---------------------------------------------------------------------------------------------- */

static void fish_word(Buffer *out, const char *word, const char *summary) {
    buffer_format(out, "            '%s\t", word);
    add_quoted(out, summary, true);
    buffer_add(out, STR("' \\\n"));
}

static void fish_case(Buffer *out, const CommandTable *table, const Case *one) {
    buffer_format(out, "        case '%.*s'", STR_FORMAT(one->before));
    if (one->command) buffer_format(out, " '%.*s *'", STR_FORMAT(one->before));
    buffer_add(out, STR("\n            printf '%s\\n' \\\n"));
    each_word_of(out, table, one, fish_word);
    buffer_add(out, STR("            ;\n"));
    if (one->command && *one->command->arguments)
        buffer_add(out, STR("            __fish_complete_path (commandline -ct)\n"));
}

static void write_fish(Buffer *out, const CommandTable *table) {
    buffer_format(out,
                  "# SPDX-License-Identifier: EUPL-1.2\nfunction __%s_words\n    set -l typed (commandline -opc)\n"
                  "    set -e typed[1]\n    if contains -- \"$typed[-1]\" ",
                  table->program);
    add_options_with_values(out, table, " ");
    buffer_add(out, STR("\n        __fish_complete_path (commandline -ct)\n        return\n    end\n"
                        "    switch \"$typed\"\n        case ''\n            printf '%s\\n' \\\n"));
    each_first_word(out, table, fish_word);
    buffer_add(out, STR("            ;\n"));
    each_case(out, table, fish_case);
    buffer_format(out, "    end\nend\ncomplete -c %s -f -a '(__%s_words)'\n", table->program, table->program);
}

bool command_write_completion(Buffer *out, const CommandTable *table, Str shell) {
    static const struct {
        const char *name;
        void (*write)(Buffer *out, const CommandTable *table);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (!str_equal(shell, str_from_c(shells[i].name))) continue;
        shells[i].write(out, table);
        return true;
    }
    return false;
}
