// SPDX-License-Identifier: EUPL-1.2
/* lint: what the compiler does not see of CODING.md.
 *
 *     lint --floors tools/floors.txt FILE…
 *
 * For each .c, .h, .sql, .html file: the SPDX line; no marks of unfinished work; no line over 120
 * characters (C); no file over 700 lines; no function over 60 lines or nested deeper than three;
 * includes only downwards (floors.txt); no SQL and no markup in C strings outside the folders whose
 * work it is.
 */
#include "compiler.h"

enum { LONGEST_LINE = 120, LONGEST_FUNCTION = 60, LONGEST_FILE = 700, DEEPEST_NESTING = 3, INDENTATION = 4 };
enum { MOST_FLOORS = 64 };

typedef struct Floor {
    Str folder;
    int height; /* folders on one line share it */
} Floor;

typedef struct Lint {
    Compiler compiler;
    int argument_count;
    char **arguments;
    Floor floors[MOST_FLOORS];
    size_t floor_count;
} Lint;

static void read_floors(Lint *lint, const char *path) {
    Str rest = compiler_read(&lint->compiler, path), line, folder;
    for (int height = 0; str_next_part(&rest, '\n', &line); height++) {
        if (str_starts_with(line, STR("#"))) continue;
        for (Str words = str_trim(line); str_next_part(&words, ' ', &folder);) {
            if (str_is_empty(folder)) continue;
            if (lint->floor_count == MOST_FLOORS)
                arena_fail(lint->compiler.arena, ERR_LIMIT, "%s: too many floors", path);
            lint->floors[lint->floor_count++] = (Floor){folder, height};
        }
    }
}

/* -1: not a folder of the house (tools, tests, generated). */
static int floor_of(const Lint *lint, Str folder) {
    for (size_t i = 0; i < lint->floor_count; i++)
        if (str_equal(lint->floors[i].folder, folder)) return lint->floors[i].height;
    return -1;
}

static Str folder_of(Str path) {
    for (size_t i = path.size; i > 0; i--)
        if (path.data[i - 1] == '/') return str_slice(path, 0, i - 1);
    return STR("");
}

/* The folder a generated header stands for: rounds_sql.h belongs to the room of rounds.sql. */
static Str room_of_generated(Str name) {
    static const char *const endings[] = {"_sql.h", "_pages.h"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        Str ending = str_from_c(endings[i]);
        if (str_ends_with(name, ending)) return str_slice(name, 0, name.size - ending.size);
    }
    return STR_ABSENT;
}

static int floor_of_room(const Lint *lint, Str room, Str *folder) {
    for (size_t i = 0; i < lint->floor_count; i++) {
        Str candidate = lint->floors[i].folder;
        if (!str_ends_with(candidate, room) || candidate.size <= room.size) continue;
        if (candidate.data[candidate.size - room.size - 1] != '/') continue;
        *folder = candidate;
        return lint->floors[i].height;
    }
    return -1;
}

static void check_include(Lint *lint, const char *path, size_t line_number, Str line) {
    Str prefix = STR("#include \"");
    if (!str_starts_with(line, prefix)) return;
    Str name = str_skip(line, prefix.size);
    ptrdiff_t end = str_index_of_char(name, '"');
    if (end < 0) return;
    name = str_slice(name, 0, (size_t)end);

    Str own = folder_of(str_from_c(path)), target = str_join(lint->compiler.arena, STR("src/"), folder_of(name));
    int own_floor = floor_of(lint, own), target_floor = floor_of(lint, target);
    Str room = room_of_generated(name);
    if (!str_is_absent(room)) {
        target_floor = floor_of_room(lint, room, &target);
        if (own_floor >= 0 && str_ends_with(name, STR("_sql.h")) && !str_equal(target, own))
            compiler_error(&lint->compiler, path, line_number, "queries of another room: ask it through its header");
    }
    if (own_floor < 0 || target_floor < 0 || str_equal(own, target)) return;
    if (target_floor >= own_floor)
        compiler_error(&lint->compiler, path, line_number, "%.*s stands above or beside %.*s (tools/floors.txt)",
                       STR_FORMAT(target), STR_FORMAT(own));
}

static void check_marks(Lint *lint, const char *path, size_t line_number, Str line) {
    static const char *const marks[] = {"TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"};
    static const char template_of_mkstemp[] = "XX" "XX" "XX";
    if (str_contains(line, str_from_c(template_of_mkstemp))) return;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_contains(line, str_from_c(marks[i])) && !str_contains(line, STR("XXXXXX")))
            compiler_error(&lint->compiler, path, line_number, "a mark of unfinished work: %s", marks[i]);
}

static bool may_speak_sql(Str path) {
    return str_starts_with(path, STR("src/platform/store/")) || !str_starts_with(path, STR("src/"));
}

static bool may_speak_html(Str path) {
    return str_starts_with(path, STR("src/platform/page/")) || !str_starts_with(path, STR("src/"));
}

static void check_strings(Lint *lint, const char *path, size_t line_number, Str line) {
    static const char *const sql[] = {"\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE "};
    static const char *const html[] = {"\"<p", "\"<div", "\"<a ", "\"</", "\"<li", "\"<span", "\"<td"};
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        if (!may_speak_sql(str_from_c(path)) && str_contains(line, str_from_c(sql[i])))
            compiler_error(&lint->compiler, path, line_number, "SQL in a C string: it belongs into the room's .sql");
    for (size_t i = 0; i < sizeof html / sizeof *html; i++)
        if (!may_speak_html(str_from_c(path)) && str_contains(line, str_from_c(html[i])))
            compiler_error(&lint->compiler, path, line_number,
                           "markup in a C string: it belongs into the room's .html");
}

/* Functions as they are written here: the head begins in the first column and ends, there or on a line
 * that goes on with it, with '{'; the end is a '}' in the first column. Tables end with "};" and are data. */
typedef struct FunctionWatch {
    bool inside;
    size_t begins; /* where the last head, or what may be one, began */
    Str head;
} FunctionWatch;

/* Blocks stand one indentation deeper each; lines that go on with another never begin with these words. */
static void check_nesting(Lint *lint, const char *path, size_t line_number, Str line) {
    static const char *const openers[] = {"if (", "for (", "while (", "switch (", "do {"};
    size_t blanks = 0;
    while (blanks < line.size && line.data[blanks] == ' ') blanks++;
    if (blanks / INDENTATION <= DEEPEST_NESTING) return;
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (str_starts_with(str_skip(line, blanks), str_from_c(openers[i])))
            compiler_error(&lint->compiler, path, line_number, "nested %zu deep, at most %d", blanks / INDENTATION,
                           DEEPEST_NESTING);
}

static void check_function(Lint *lint, const char *path, size_t line_number, Str line, FunctionWatch *watch) {
    bool first_column = line.size && line.data[0] != ' ' && line.data[0] != '#' && line.data[0] != '/';
    if (!watch->inside && first_column) *watch = (FunctionWatch){.begins = line_number, .head = line};
    bool is_test = str_starts_with(str_from_c(path), STR("tests/")); /* exhaustive loops may go deep */
    if (watch->inside && !is_test) check_nesting(lint, path, line_number, line);
    if (str_ends_with(line, STR(") {"))) watch->inside = true;
    if (!str_equal(line, STR("}"))) return;
    size_t length = watch->inside ? line_number - watch->begins + 1 : 0;
    if (length > LONGEST_FUNCTION)
        compiler_error(&lint->compiler, path, watch->begins, "a function of %zu lines, at most %d: %.*s", length,
                       LONGEST_FUNCTION, STR_FORMAT(watch->head));
    watch->inside = false;
}

static size_t characters(Str line) {
    size_t count = 0;
    for (size_t i = 0; i < line.size; i++) count += ((unsigned char)line.data[i] & 0xc0) != 0x80;
    return count;
}

static bool is_c(Str path) { return str_ends_with(path, STR(".c")) || str_ends_with(path, STR(".h")); }

static void check_c_line(Lint *lint, const char *path, size_t line_number, Str line, FunctionWatch *watch) {
    check_include(lint, path, line_number, line);
    check_strings(lint, path, line_number, line);
    check_function(lint, path, line_number, line, watch);
    if (characters(line) > LONGEST_LINE)
        compiler_error(&lint->compiler, path, line_number, "a line of %zu characters, at most %d", characters(line),
                       LONGEST_LINE);
}

static void check_file(Lint *lint, const char *path) {
    Str content = compiler_read(&lint->compiler, path), rest = content, line;
    bool c = is_c(str_from_c(path));
    if (c && !str_starts_with(content, STR("// SPDX-License-Identifier: EUPL-1.2\n")))
        compiler_error(&lint->compiler, path, 1, "the SPDX line is missing");
    FunctionWatch watch = {0};
    size_t line_number = 0;
    while (str_next_part(&rest, '\n', &line)) {
        line_number++;
        check_marks(lint, path, line_number, line);
        if (c) check_c_line(lint, path, line_number, line, &watch);
    }
    if (line_number > LONGEST_FILE)
        compiler_error(&lint->compiler, path, 0, "%zu lines, at most %d: split it", line_number, LONGEST_FILE);
}

static void lint_all(void *argument) {
    Lint *lint = argument;
    if (lint->argument_count < 3 || !str_equal(str_from_c(lint->arguments[1]), STR("--floors")))
        arena_fail(lint->compiler.arena, ERR_INPUT, "usage: lint --floors FILE FILE…");
    read_floors(lint, lint->arguments[2]);
    for (int i = 3; i < lint->argument_count; i++) check_file(lint, lint->arguments[i]);
}

int main(int argument_count, char **arguments) {
    Lint lint = {.compiler = {.tool = "lint"}, .argument_count = argument_count, .arguments = arguments};
    return compiler_main(&lint.compiler, lint_all, &lint);
}
