// SPDX-License-Identifier: EUPL-1.2
#include "../../cmocka_all.h"
#include "platform/base/log.h"
#include <unistd.h>

enum { LONGEST_LINE = 1024 };

static char text[4096];

/* What log_line writes to standard error. */
static Str logged(LogLevel level, Str request, const char *message) {
    int ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    log_line(level, request, "%s", message);
    dup2(kept, STDERR_FILENO);
    close(kept);
    ssize_t size = read(ends[0], text, sizeof text);
    close(ends[0]);
    assert_true(size >= 0);
    return str_from(text, (size_t)size);
}

static void test_a_line(void **state) {
    (void)state;
    Str line = logged(LOG_ERROR, STR("0d3f"), "the disk is full");
    assert_true(str_ends_with(line, STR("Z level=error request=0d3f message=\"the disk is full\"\n")));
    assert_true(str_ends_with(logged(LOG_INFO, STR_ABSENT, "up"), STR("Z level=info message=\"up\"\n")));
}

static void test_levels(void **state) {
    (void)state;
    assert_str(logged(LOG_DEBUG, STR_ABSENT, "x"), STR(""));
    log_set_level(LOG_WARNING);
    assert_str(logged(LOG_INFO, STR_ABSENT, "x"), STR(""));
    assert_false(str_is_empty(logged(LOG_WARNING, STR_ABSENT, "x")));
    log_set_level(LOG_INFO);
}

static void test_a_line_stays_a_line(void **state) {
    (void)state;
    Str line = logged(LOG_INFO, STR_ABSENT, "a\nb\x1b[2J \"c\\");
    assert_true(str_ends_with(line, STR("message=\"a\\x0ab\\x1b[2J \\\"c\\\\\"\n")));
}

/* However long the text before it, an escape is there whole or not at all, and the last quote closes. */
static void test_cut_between_escapes(void **state) {
    (void)state;
    static const char *const ends[] = {"\"\"\"\"\"\"\"\"\"\"", "\\\\\\\\\\\\\\\\\\\\", "\n\n\n\n\n\n\n\n\n\n"};
    for (size_t length = LONGEST_LINE - 80; length < LONGEST_LINE; length++) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            char message[LONGEST_LINE * 2];
            snprintf(message, sizeof message, "%*s%s", (int)length, "", ends[i]);
            Str line = logged(LOG_INFO, STR_ABSENT, message);
            assert_true(line.size <= LONGEST_LINE);
            assert_true(str_ends_with(line, STR("\"\n")));
            size_t at = (size_t)str_index_of(line, STR("message=\"")) + 9;
            while (at < line.size && line.data[at] != '"')
                at += line.data[at] != '\\' ? 1 : line.data[at + 1] == 'x' ? 4 : 2;
            assert_int_equal(at, line.size - 2);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_line),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_a_line_stays_a_line),
        cmocka_unit_test(test_cut_between_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
