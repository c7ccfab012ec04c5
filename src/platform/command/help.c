// SPDX-License-Identifier: EUPL-1.2
/* What is read: help in the terminal, and the manual page. */
#include "platform/command/internal.h"

#include "platform/base/utf8.h"

/* ---- help ------------------------------------------------------------------------------------------ */

enum { OPTION_COLUMN = 26, COMMAND_COLUMN = 34 };

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
        add_padded(out, name, OPTION_COLUMN);
        buffer_format(out, " %s%s\n", options[i].help, options[i].is_required ? " (required)" : "");
    }
}

static Str usage_words(Arena *arena, const Command *command) {
    return str_format(arena, "%s%s%s", command->name, *command->arguments ? " " : "", command->arguments);
}

void command_write_help_of(Buffer *out, const CommandTable *table, const Command *command) {
    buffer_format(out, "usage: %s %.*s [options]\n\n%s\n\n", table->program,
                  STR_FORMAT(usage_words(out->arena, command)), command->summary);
    if (command->option_count) {
        write_options(out, command->options, command->option_count);
        buffer_add(out, STR("\nas with every command:\n"));
    }
    write_options(out, command_common_options, COMMAND_COMMON_COUNT);
}

void command_write_help(Buffer *out, const CommandTable *table, Str first_word) {
    bool is_whole = str_is_absent(first_word);
    if (is_whole)
        buffer_format(out, "usage: %s COMMAND [arguments] [options]\n\n%s\n\n", table->program, table->summary);
    else buffer_format(out, "usage: %s COMMAND [arguments] [options]\n\n", table->program);
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        if (!is_whole && !str_equal(command_first_word(command), first_word)) continue;
        add_padded(out, usage_words(out->arena, command), COMMAND_COLUMN);
        buffer_format(out, " %s\n", command->summary);
    }
    buffer_format(out, "\n%s COMMAND --help tells more; %s --version its version.\n", table->program, table->program);
}

/* ---- the manual page --------------------------------------------------------------------------------- */

enum { ROFF_LINE = 72 };

/* groff(7): a dot or a quote that begins a line would be a request, a plain dash a hyphen. Lines are broken between
 * words, which the reader's program joins again. */
static void write_roff_text(Buffer *out, const char *text) {
    if (*text == '.' || *text == '\'') buffer_add(out, STR("\\&"));
    size_t width = 0;
    for (; *text; text++) {
        bool breaks = *text == ' ' && width > ROFF_LINE - 12 && text[1] != '.' && text[1] != '\'' && text[1] != ' ';
        width = breaks ? 0 : width + 1;
        if (breaks) buffer_add_char(out, '\n');
        else if (*text == '\\') buffer_add(out, STR("\\(rs"));
        else if (*text == '-') buffer_add(out, STR("\\-"));
        else buffer_add_char(out, *text);
    }
}

static void write_roff_line(Buffer *out, const char *text) {
    write_roff_text(out, text);
    buffer_add_char(out, '\n');
}

static void write_man_options(Buffer *out, const CommandOption *options, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, STR(".TP\n.B \\-\\-"));
        write_roff_text(out, options[i].name);
        if (options[i].value) buffer_format(out, " \\fI%s\\fP", options[i].value);
        buffer_add_char(out, '\n');
        write_roff_line(out, options[i].is_required ? str_format(out->arena, "%s (required)", options[i].help).data
                                                    : options[i].help);
    }
}

static void write_terms(Buffer *out, const char *const (*terms)[2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, STR(".TP\n.B "));
        write_roff_line(out, terms[i][0]);
        write_roff_line(out, terms[i][1]);
    }
}

static void write_man_commands(Buffer *out, const CommandTable *table) {
    buffer_add(out, STR(".SH COMMANDS\n"));
    for (size_t i = 0; i < table->count; i++) {
        const Command *command = table->commands[i];
        buffer_add(out, STR(".SS "));
        write_roff_line(out, usage_words(out->arena, command).data);
        write_roff_line(out, command->summary);
        write_man_options(out, command->options, command->option_count);
    }
}

static const char *const exit_statuses[][2] = {
    {"0", "done"},
    {"1", "refused, or not found"},
    {"2", "bad input; one sentence says what was expected"},
    {"3", "cannot be met, or was changed meanwhile"},
    {"74", "disk or file trouble"},
    {"75", "busy: try again"},
};
enum { EXIT_STATUSES = sizeof exit_statuses / sizeof *exit_statuses };

void command_write_man(Buffer *out, const CommandTable *table) {
    buffer_format(out, ".\\\" SPDX-License-Identifier: EUPL-1.2\n.TH WSPOLNIE 1 \"%s\" \"%s %s\"\n.SH NAME\n%s \\- ",
                  table->released, table->program, table->version, table->program);
    write_roff_line(out, table->summary);
    buffer_format(out, ".SH SYNOPSIS\n.B %s\n.I COMMAND\n[arguments] [options]\n", table->program);
    if (table->description) {
        buffer_add(out, STR(".SH DESCRIPTION\n"));
        write_roff_line(out, table->description);
    }
    write_man_commands(out, table);
    buffer_add(out, STR(".SH COMMON OPTIONS\n"));
    write_man_options(out, command_common_options, COMMAND_COMMON_COUNT);
    if (table->environment_count) {
        buffer_add(out, STR(".SH ENVIRONMENT\nAn option that is given counts for more.\n"));
        write_terms(out, table->environment, table->environment_count);
    }
    buffer_add(out, STR(".SH EXIT STATUS\n"));
    write_terms(out, exit_statuses, EXIT_STATUSES);
}
