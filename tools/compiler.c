// SPDX-License-Identifier: EUPL-1.2
#include "compiler.h"

#include "platform/base/limits.h"
#include <errno.h>
#include <stdarg.h>

static void close_file(void *file) { fclose(file); }

static bool read_file(Compiler *compiler, const char *path, Str *content) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    arena_defer(compiler->arena, close_file, file);
    Buffer buffer = buffer_in(compiler->arena);
    size_t got;
    do {
        char *room = buffer_reserve(&buffer, 65536);
        got = fread(room, 1, 65536, file);
        buffer.size += got;
    } while (got);
    bool whole = !ferror(file);
    arena_undo_now(compiler->arena, close_file, file);
    *content = buffer_str(&buffer);
    return whole;
}

Str compiler_read(Compiler *compiler, const char *path) {
    Str content;
    if (!read_file(compiler, path, &content))
        arena_fail(compiler->arena, ERR_INPUT, "%s: cannot be read: %s", path, strerror(errno));
    return content;
}

static void report(const char *path, size_t line, const char *kind, const char *format, va_list arguments) {
    char message[2048];
    vsnprintf(message, sizeof message, format, arguments);
    if (line) fprintf(stderr, "%s:%zu: %s%s\n", path, line, kind, message);
    else fprintf(stderr, "%s: %s%s\n", path, kind, message);
}

void compiler_error(Compiler *compiler, const char *path, size_t line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    report(path, line, "", format, arguments);
    va_end(arguments);
    compiler->errors++;
}

void compiler_warning(Compiler *compiler, const char *path, size_t line, const char *format, ...) {
    (void)compiler;
    va_list arguments;
    va_start(arguments, format);
    report(path, line, "warning: ", format, arguments);
    va_end(arguments);
}

void compiler_write(Compiler *compiler, const char *dir, const char *name, Str content) {
    if (compiler->errors) return;
    const char *path = str_to_c(compiler->arena, str_format(compiler->arena, "%s/%s", dir, name));
    Str before;
    if (read_file(compiler, path, &before) && str_equal(before, content)) return;
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(content.data, 1, content.size, file) != content.size) {
        if (file) fclose(file);
        arena_fail(compiler->arena, ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
    }
    if (fclose(file) != 0) arena_fail(compiler->arena, ERR_IO, "%s: cannot be written: %s", path, strerror(errno));
}

size_t compiler_line_of(Str text, size_t position) {
    size_t line = 1;
    for (size_t i = 0; i < position && i < text.size; i++) line += text.data[i] == '\n';
    return line;
}

void compiler_add_literal(Buffer *out, Str text) {
    enum { BREAK_AFTER = 100 };
    buffer_add_char(out, '"');
    for (size_t i = 0, width = 0; i < text.size; i++, width++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\' || c == '?') buffer_format(out, "\\%c", c); /* no trigraphs either */
        else if (c == '\n') buffer_add(out, STR("\\n"));
        else if (c < ' ' || c == 0x7f) buffer_format(out, "\\%03o", c);
        else buffer_add_char(out, (char)c);
        bool at_character_start = i + 1 < text.size && ((unsigned char)text.data[i + 1] & 0xc0) != 0x80;
        if (at_character_start && (c == '\n' || width >= BREAK_AFTER)) {
            buffer_add(out, STR("\"\n    \""));
            width = 0;
        }
    }
    buffer_add_char(out, '"');
}

int compiler_main(Compiler *compiler, void (*work)(void *argument), void *argument) {
    Arena *arena = arena_open(LIMIT_ARENA_COMMAND_BYTES);
    if (!arena) return 1;
    compiler->arena = arena;
    Err err = arena_protect(arena, work, argument);
    if (err) fprintf(stderr, "%s: %s\n", compiler->tool, arena_failure(arena)->message);
    if (compiler->errors > 1) fprintf(stderr, "%s: %zu errors\n", compiler->tool, compiler->errors);
    arena_close(arena);
    return err || compiler->errors ? 1 : 0;
}
