// SPDX-License-Identifier: EUPL-1.2
/* What the four small compilers share: reading sources, saying what is wrong, writing results.
 *
 * A compiler does its work under compiler_main and reports every error it can find (compiler_error). After the
 * first one compiler_write leaves its output alone, and the exit status is 1.
 */
#ifndef WSPOLNIE_TOOLS_COMPILER_H
#define WSPOLNIE_TOOLS_COMPILER_H

#include "platform/base/buffer.h"

typedef struct Compiler {
    Arena *arena;
    const char *tool; /* "pages" */
    size_t errors;
} Compiler;

/* The whole file; fails the arena with "FILE: cannot be read: …". */
Str compiler_read(Compiler *compiler, const char *path);

/* To standard error, as compilers do: "walks.html:12: unknown field: titel". line 0: of the file. */
void compiler_error(Compiler *compiler, const char *path, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void compiler_warning(Compiler *compiler, const char *path, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Writes dir/name, unless there were errors; leaves an equal file untouched, so that nothing is rebuilt. */
void compiler_write(Compiler *compiler, const char *dir, const char *name, Str content);

/* Line (from 1) of a byte of the text. */
size_t compiler_line_of(Str text, size_t position);

/* A C string literal with its quotes; long ones broken over lines. */
void compiler_add_literal(Buffer *out, Str text);

/* Runs the tool's work under one protection; prints a failure; the exit status of main. */
int compiler_main(Compiler *compiler, void (*work)(void *argument), void *argument);

#endif
