// SPDX-License-Identifier: EUPL-1.2
/* Runs the real tool (its path is the first argument) over small folders, and looks at what it made of
 * tests/tools/assets, which is linked in. */
#include "platform/page/asset_table.h"

#include "../cmocka_all.h"
#include "assets.h" /* made from tests/tools/assets */
#include "platform/base/buffer.h"
#include <brotli/decode.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

static const char *tool;
static Arena *arena;
static char folder[] = "/tmp/wspolnie-assets-XXXXXX";

static int open_folder(void **state) {
    (void)state;
    arena = arena_open(64 << 20);
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *ftw) {
    (void)stat, (void)kind, (void)ftw;
    return remove(path);
}

static int close_folder(void **state) {
    (void)state;
    arena_close(arena);
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *path_in_folder(const char *name) {
    return str_to_c(arena, str_format(arena, "%s/%s", folder, name));
}

static void put(const char *name, Str content) {
    FILE *file = fopen(path_in_folder(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content.data, 1, content.size, file), content.size);
    assert_int_equal(fclose(file), 0);
}

static Str get(const char *name) {
    FILE *file = fopen(path_in_folder(name), "rb");
    if (!file) return STR_ABSENT;
    char *content = arena_alloc(arena, 1 << 20);
    size_t size = fread(content, 1, 1 << 20, file);
    fclose(file);
    return str_from(content, size);
}

/* Runs the tool on the named files of the folder; gives its exit status and what it wrote to stderr. */
static int run(const char *const *names, size_t count, Str *said) {
    char *arguments[16] = {(char *)(uintptr_t)tool, (char[]){"--out-dir"}, folder};
    for (size_t i = 0; i < count; i++) arguments[3 + i] = (char *)(uintptr_t)path_in_folder(names[i]);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, path_in_folder("said"), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    pid_t pid;
    int status;
    assert_int_equal(posix_spawn(&pid, tool, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    *said = get("said");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_error(const char *name, Str content, const char *expected) {
    put(name, content);
    Str said;
    assert_int_equal(run(&name, 1, &said), 1);
    Str line = str_format(arena, "%s/%s", folder, expected);
    if (!str_contains(said, line)) fail_msg("expected \"%.*s\", got \"%.*s\"", STR_FORMAT(line), STR_FORMAT(said));
    assert_true(str_is_absent(get("assets.c")));
    assert_true(str_is_absent(get("assets.h")));
    unlink(path_in_folder(name));
}

static void test_errors_of_style_sheets(void **state) {
    (void)state;
    expect_error("a.css", STR("p{}\n\np { background: url(none.png) }"), "a.css:3: there is no asset none.png");
    expect_error("a.css", STR("p { background: url(https://elsewhere.example/x.png) }"),
                 "a.css:1: there is no asset https:");
    expect_error("a.css", STR("\n@import 'b.css';"), "a.css:2: @import");
    expect_error("a.css", STR("p {}\n/* open"), "a.css:2: the comment is not closed");
    expect_error("a.css", STR("p::after { content: \"open\n }"), "a.css:1: the string is not closed");
    expect_error("a.css", STR("p { background: url(x.png"), "a.css:1: url( is not closed");
    expect_error("a.css", STR("p { background: url(a.css) }"), "a.css:1: a circle: a.css needs a.css already");
}

static void test_errors_of_scripts(void **state) {
    (void)state;
    expect_error("a.js", STR("\nimport './none.js'"), "a.js:2: there is no asset none.js");
    expect_error("a.js", STR("import x from 'lodash'"), "a.js:1: an import names a file beside this one");
    expect_error("a.js", STR("import x from 'https://elsewhere.example/x.js'"),
                 "a.js:1: an import names a file beside");
    expect_error("a.js", STR("await import(\"../x.js\")"), "a.js:1: an import names a file beside");
    expect_error("a.js", STR("x = `open ${y} "), "a.js:1: the template is not closed");
    expect_error("a.js", STR("x = `open ${y "), "a.js:1: a ${ is not closed");
    expect_error("a.js", STR("x = /open\n"), "a.js:1: the regular expression is not closed");
    expect_error("a.js", STR("x = 'open\\"), "a.js:1: the string is not closed");
}

static void test_errors_of_files(void **state) {
    (void)state;
    expect_error("a.html", STR("<p>"), "a.html: unknown extension");
    expect_error(".css", STR("p{}"), ".css: unknown extension");
    expect_error("Big.css", STR("p{}"), "Big.css: a name has small letters");
    static char large[64 * 1024 + 1];
    memset(large, 'a', sizeof large);
    expect_error("large.svg", str_from(large, sizeof large), "large.svg: has 65537 bytes, more than 65536");
    put("large.svg", str_from(large, sizeof large - 1));
    const char *const fits[] = {"large.svg"};
    Str said;
    assert_int_equal(run(fits, 1, &said), 0);
    assert_true(unlink(path_in_folder("assets.c")) == 0 && unlink(path_in_folder("assets.h")) == 0);

    const char *const missing[] = {"missing.css"};
    assert_int_equal(run(missing, 1, &said), 1);
    assert_true(str_contains(said, STR("missing.css: cannot be read")));
    put("a-b.css", STR("p{}"));
    put("a_b.css", STR("p{}"));
    const char *const alike[] = {"a-b.css", "a_b.css"};
    assert_int_equal(run(alike, 2, &said), 1);
    assert_true(str_contains(said, STR("a_b.css: its name is too like that of")));
}

static void test_circle_of_two(void **state) {
    (void)state;
    put("one.js", STR("import './two.js';"));
    put("two.js", STR("\nimport './one.js';"));
    const char *const both[] = {"one.js", "two.js"};
    Str said;
    assert_int_equal(run(both, 2, &said), 1);
    assert_true(str_contains(said, STR("two.js:2: a circle: one.js needs two.js already")));
}

static const Asset *asset(const char *path) {
    const Asset *found = asset_find(str_from_c(path));
    if (!found) fail_msg("no asset %s", path);
    return found;
}

static void test_what_is_served(void **state) {
    (void)state;
    const char *dot = ASSET_DOT_SVG, *two = ASSET_TWO_JS;
    assert_str(
        asset(ASSET_STYLE_CSS)->plain,
        str_format(
            arena,
            ":root { --quoted: \"/* stays */\"; }\nbody { background: url(\"%s\") no-repeat; }\n"
            "a/**/b, c { color: red;  }\n"
            "p { background: url(\"%s\"), url(\"#mark\"), url(\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"); }\n"
            ".curl(x) { content: '\\'/*'; }\n",
            dot, dot));
    assert_str(asset(ASSET_BOARD_JS)->plain,
               str_format(arena,
                          "import { two } from \"%s\";\nimport \"%s\";\nconst text = \"// stays\";\n"
                          "const regex = /[/\"]\\/\\/`/g, half = 4 / 2 / 1;\n"
                          "const template = `  // stays\n  ${two({ a: `/* stays */ ${half}` })} \"\n`;\n"
                          "export { two as again } from \"%s\";\n"
                          "export default async () => [text, regex, template, await import(\"%s\"), \"from\", "
                          "'./two.js'] /* stays */;\n",
                          two, two, two, two));
    assert_str(asset(two)->plain, STR("export function two(what) {\nreturn what.a.length;\n}\n"));
    assert_str(asset(ASSET_STYLE_CSS)->media_type, STR("text/css; charset=utf-8"));
    assert_str(asset(dot)->media_type, STR("image/svg+xml"));
    assert_str(asset(dot)->name, STR("dot.svg"));
}

static void test_packed_is_the_same(void **state) {
    (void)state;
    assert_int_equal(asset_count, 4);
    size_t gzips = 0, brotlis = 0;
    for (size_t i = 0; i < asset_count; i++) {
        const Asset *one = &asset_table[i];
        assert_ptr_equal(asset_find(one->path), one);
        uint8_t out[4096];
        if (one->gzip.size) {
            z_stream stream = {.next_in = (Bytef *)(uintptr_t)one->gzip.data, .avail_in = (uInt)one->gzip.size,
                               .next_out = out, .avail_out = sizeof out};
            assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
            assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
            assert_str(str_from((char *)out, stream.total_out), one->plain);
            inflateEnd(&stream);
            assert_true(one->gzip.size < one->plain.size);
            gzips++;
        }
        size_t size = sizeof out;
        if (!one->brotli.size) continue;
        assert_int_equal(BrotliDecoderDecompress(one->brotli.size, (const uint8_t *)one->brotli.data, &size, out),
                         BROTLI_DECODER_RESULT_SUCCESS);
        assert_str(str_from((char *)out, size), one->plain);
        assert_true(one->brotli.size < one->plain.size);
        brotlis++;
    }
    assert_true(gzips > 0 && brotlis > 0);
    assert_null(asset_find(STR("/assets/style.css")));
    assert_null(asset_find(STR("")));
    assert_null(asset_find(STR("/assets/zzz")));
}

/* A change of the script that is imported changes the address of the one that imports. */
static void test_addresses_follow_content(void **state) {
    (void)state;
    const char *const both[] = {"page.js", "part.js"};
    Str said;
    put("page.js", STR("import \"./part.js\";\n"));
    put("part.js", STR("export const a = 1;\n"));
    assert_int_equal(run(both, 2, &said), 0);
    Str first = get("assets.h");
    assert_int_equal(run(both, 2, &said), 0);
    assert_str(get("assets.h"), first);
    put("part.js", STR("export const a = 2;\n"));
    assert_int_equal(run(both, 2, &said), 0);
    Str second = get("assets.h");
    ptrdiff_t page = str_index_of(first, STR("/assets/page."));
    assert_true(page > 0);
    assert_false(str_equal(str_slice(first, (size_t)page, 24), str_slice(second, (size_t)page, 24)));
}

int main(int count, char **values) {
    if (count < 2) return 2;
    tool = values[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors_of_style_sheets), cmocka_unit_test(test_errors_of_scripts),
        cmocka_unit_test(test_errors_of_files),        cmocka_unit_test(test_circle_of_two),
        cmocka_unit_test(test_what_is_served),         cmocka_unit_test(test_packed_is_the_same),
        cmocka_unit_test(test_addresses_follow_content),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
