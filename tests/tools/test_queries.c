// SPDX-License-Identifier: EUPL-1.2
/* Runs tools/queries over files that say themselves what is wrong with them: "--! message" ends the
 * faulty line, "--!^ message" stands on the line after it, "--!0 message" is of the whole file. Every
 * message must come, at its line, and no other. The tool is the first argument. */
#include "platform/base/buffer.h"
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

static const char *tool; /* set once in main: cmocka hands tests no argument of ours */

typedef struct Expected {
    size_t line;
    Str message;
    bool met;
} Expected;

static Str read_all(Arena *arena, FILE *file) {
    Buffer text = buffer_in(arena);
    for (size_t got = 1; got;) {
        got = fread(buffer_reserve(&text, 4096), 1, 4096, file);
        text.size += got;
    }
    return buffer_str(&text);
}

static Str read_file(Arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    Str text = read_all(arena, file);
    fclose(file);
    return text;
}

static size_t read_expected(Str text, Expected *expected, size_t limit) {
    size_t count = 0, number = 1;
    for (Str line; str_next_part(&text, '\n', &line); number++) {
        ptrdiff_t mark = str_index_of(line, STR("--!"));
        if (mark < 0) continue;
        assert_true(count < limit);
        Str message = str_skip(line, (size_t)mark + 3);
        bool above = str_starts_with(message, STR("^")), whole = str_starts_with(message, STR("0 "));
        expected[count++] = (Expected){whole ? 0 : number - above, str_trim(str_skip(message, above || whole)), false};
    }
    return count;
}

static void meet(const char *path, Str said, Expected *expected, size_t count) {
    Str prefix = str_from_c(path);
    if (!str_starts_with(said, prefix)) return; /* "queries: 12 errors" */
    Str rest = str_skip(said, prefix.size + 1), number;
    int64_t line = 0;
    Str after = rest;
    if (str_next_part(&after, ':', &number) && str_to_int(number, &line)) rest = after;
    for (size_t i = 0; i < count; i++) {
        if (expected[i].met || (int64_t)expected[i].line != line || !str_contains(rest, expected[i].message)) continue;
        expected[i].met = true;
        return;
    }
    fail_msg("not expected: %.*s", STR_FORMAT(said));
}

/* Runs the tool with arguments, parted by spaces; exit status, and what it said. */
static int run(Arena *arena, const char *arguments, Str *said) {
    enum { MOST = 16 };
    char *argv[MOST] = {(char *)tool};
    size_t count = 1;
    Str rest = str_from_c(arguments), part;
    while (str_next_part(&rest, ' ', &part) && count < MOST - 1)
        if (part.size) argv[count++] = (char *)str_to_c(arena, part);
    FILE *output = tmpfile();
    assert_non_null(output);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(fileno(output), STDERR_FILENO);
        execv(tool, argv);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    rewind(output);
    *said = read_all(arena, output);
    fclose(output);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void expect_errors(Arena *arena, const char *path, const char *arguments) {
    enum { MOST = 200 };
    Expected *expected = arena_array(arena, Expected, MOST);
    size_t count = read_expected(read_file(arena, path), expected, MOST);
    assert_true(count > 0);
    Str said, line;
    assert_int_equal(run(arena, arguments, &said), 1);
    while (str_next_part(&said, '\n', &line)) meet(path, line, expected, count);
    for (size_t i = 0; i < count; i++)
        if (!expected[i].met)
            fail_msg("%s:%zu: did not come: %.*s", path, expected[i].line, STR_FORMAT(expected[i].message));
}

#define FOLDER "tests/tools/queries"
#define FLOORS " --floors tools/floors.txt "

static void says_what_is_wrong_with_queries(void **state) {
    expect_errors(*state, FOLDER "/bad.sql",
                  "--schema " FOLDER "/schema" FLOORS "--room walks --out-dir /nowhere " FOLDER "/bad.sql");
    expect_errors(*state, FOLDER "/bad_rows.sql",
                  "--schema " FOLDER "/schema" FLOORS "--room walks --out-dir /nowhere " FOLDER "/bad_rows.sql");
    expect_errors(*state, FOLDER "/bad_room.sql",
                  "--schema " FOLDER "/schema" FLOORS "--room src --out-dir /nowhere " FOLDER "/bad_room.sql");
}

static void says_what_is_wrong_with_migrations(void **state) {
    expect_errors(*state, FOLDER "/bad_schema/0001_bad.sql",
                  "--schema " FOLDER "/bad_schema" FLOORS "--migrations --out-dir /nowhere");
    expect_errors(*state, FOLDER "/bad_gap/0002_second.sql",
                  "--schema " FOLDER "/bad_gap" FLOORS "--migrations --out-dir /nowhere");
    expect_errors(*state, FOLDER "/bad_order/0001_first.sql",
                  "--schema " FOLDER "/bad_order" FLOORS "--migrations --out-dir /nowhere");
}

static void says_how_it_is_used(void **state) {
    Arena *arena = *state;
    Str said;
    assert_int_equal(run(arena, "", &said), 2);
    assert_true(str_contains(said, STR("--registry")));
    assert_int_equal(run(arena, "--registry --out-dir . --unknown", &said), 2);
    assert_int_equal(run(arena, "--registry --out-dir . /nowhere/walks.sql", &said), 1);
    assert_true(str_contains(said, STR("/nowhere/walks.sql: cannot be read")));
    assert_int_equal(run(arena, "--schema tests/tools --migrations --out-dir .", &said), 1);
    assert_true(str_contains(said, STR("tests/tools: holds no migrations")));
}

/* A test that fails jumps out: its arena is closed here. */
static int open_arena(void **state) {
    *state = arena_open(64 << 20);
    return *state ? 0 : -1;
}

static int close_arena(void **state) {
    arena_close(*state);
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 2) return 2;
    tool = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(says_what_is_wrong_with_queries, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(says_what_is_wrong_with_migrations, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(says_how_it_is_used, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
