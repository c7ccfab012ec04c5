// SPDX-License-Identifier: EUPL-1.2
/* What we pack is unpacked by Python's zipfile: names, times, bytes. */
#include "platform/format/zip.h"

#include "cmocka_all.h"
#include "platform/base/random.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena *arena;

static int open_all(void **state) {
    (void)state;
    arena = arena_open(64 << 20);
    return 0;
}

static int close_all(void **state) {
    (void)state;
    arena_close(arena);
    return 0;
}

static const char script[] = "import sys, zipfile\n"
                             "z = zipfile.ZipFile(sys.argv[1])\n"
                             "assert z.testzip() is None\n"
                             "for i in z.infolist():\n"
                             "    b = z.read(i)\n"
                             "    print(i.filename, *i.date_time, len(b), sum(b))\n";

/* A line a file: its name, time, size, sum of bytes. */
static Str unpack(Str packed) {
    char path[] = "/tmp/wspolnie-zip-XXXXXX", said_path[] = "/tmp/wspolnie-zip-XXXXXX";
    int fd = mkstemp(path), said = mkstemp(said_path), status;
    assert_true(fd >= 0 && said >= 0);
    assert_int_equal(write(fd, packed.data, packed.size), packed.size);
    close(fd);
    pid_t reader = fork();
    if (reader == 0) {
        dup2(said, STDOUT_FILENO);
        execl("/usr/bin/python3", "python3", "-X", "utf8", "-c", script, path, NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(reader, &status, 0), reader);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    Buffer words = buffer_in(arena);
    char part[4096];
    lseek(said, 0, SEEK_SET);
    for (ssize_t got; (got = read(said, part, sizeof part)) > 0;) buffer_add(&words, str_from(part, (size_t)got));
    close(said);
    unlink(path);
    unlink(said_path);
    return buffer_str(&words);
}

static void assert_text(Str got, Str wanted) {
    if (!str_equal(got, wanted)) fail_msg("got\n%.*s\nnot\n%.*s", STR_FORMAT(got), STR_FORMAT(wanted));
}

static void test_files_come_out_as_they_went_in(void **state) {
    (void)state;
    Buffer out = buffer_in(arena);
    Zip zip = zip_begin(&out);
    Civil written = {.year = 2026, .month = 11, .day = 30, .hour = 23, .minute = 59, .second = 58};
    zip_add(&zip, STR("001 Zażółć Здравствуйте 🙂.eml"), &written, STR("abc"));
    zip_add(&zip, STR("../../etc\\passwd:\"x\"\n.eml"), &written, STR(""));
    written.year = 1970;
    Buffer name = buffer_in(arena);
    for (int i = 0; i < 150; i++) buffer_add(&name, STR("ż"));
    zip_add(&zip, str_join(arena, buffer_str(&name), STR(".eml")), &written, STR("x"));
    zip_end(&zip);
    Buffer wanted = buffer_in(arena);
    buffer_add(&wanted, STR("001 Zażółć Здравствуйте 🙂.eml 2026 11 30 23 59 58 3 294\n"
                            ".._.._etc_passwd__x__.eml 2026 11 30 23 59 58 0 0\n"));
    buffer_add(&wanted, str_slice(buffer_str(&name), 0, ZIP_NAME_BYTES - 4));
    buffer_add(&wanted, STR(".eml 1980 11 30 23 59 58 1 120\n"));
    assert_text(unpack(buffer_str(&out)), buffer_str(&wanted));
}

static void test_many_files_of_random_bytes(void **state) {
    (void)state;
    Random random = random_from_seed(7);
    Buffer out = buffer_in(arena), wanted = buffer_in(arena);
    Zip zip = zip_begin(&out);
    Civil written = {.year = 2030, .month = 1, .day = 1};
    for (int i = 0; i < 300; i++) {
        Buffer bytes = buffer_in(arena);
        uint64_t sum = 0;
        for (uint64_t left = random_below(&random, 2000); left; left--) {
            unsigned char byte = (unsigned char)random_below(&random, 256);
            buffer_add_char(&bytes, (char)byte);
            sum += byte;
        }
        Str name = str_format(arena, "%03d.eml", i);
        zip_add(&zip, name, &written, buffer_str(&bytes));
        buffer_format(&wanted, "%.*s 2030 1 1 0 0 0 %zu %llu\n", STR_FORMAT(name), bytes.size, (unsigned long long)sum);
    }
    zip_end(&zip);
    assert_text(unpack(buffer_str(&out)), buffer_str(&wanted));
}

static void test_none(void **state) {
    (void)state;
    Buffer out = buffer_in(arena);
    Zip zip = zip_begin(&out);
    zip_end(&zip);
    assert_text(unpack(buffer_str(&out)), STR(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_come_out_as_they_went_in),
        cmocka_unit_test(test_many_files_of_random_bytes),
        cmocka_unit_test(test_none),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
