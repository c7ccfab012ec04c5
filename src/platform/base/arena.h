// SPDX-License-Identifier: EUPL-1.2
/* Arena: the memory of one request, job or command, and the one place where it gives up.
 *
 * Everything a request needs is taken from its arena and given back at once when
 * the request ends; nothing is freed by hand. Allocation never returns NULL. A
 * limit reached, a failed malloc or a fault inside (arena_fail) leaves by longjmp
 * to the innermost arena_protect, which first runs what was registered with
 * arena_defer since that point, last first: statements, file descriptors,
 * transactions. So a function between the two needs no clean-up code of its own,
 * and must not hold anything that is not registered (a lock, a FILE, a malloc)
 * across a call that allocates.
 *
 *     Arena *arena = arena_open(ARENA_LIMIT_REQUEST);
 *     Err err = arena_protect(arena, answer, request);     // answer() allocates freely
 *     if (err) log_failure(arena_failure(arena));
 *     arena_close(arena);
 *
 * An arena belongs to one thread at a time. In debug builds (ARENA_DEBUG) each
 * allocation is its own malloc, so that the sanitizers see overruns and leaks.
 */
#ifndef WSPOLNIE_BASE_ARENA_H
#define WSPOLNIE_BASE_ARENA_H

#include "platform/base/err.h"
#include <stddef.h>
#include <stdnoreturn.h>

typedef struct Arena Arena;

/* What ended the innermost failed arena_protect. Texts live as long as the arena. */
typedef struct Failure {
    Err err;
    const char *place;   /* "src/platform/store/sqlite.c:120" */
    const char *message; /* for the log and the terminal, in English; never personal data */
} Failure;

/* limit_bytes: the most it may hold at one time. NULL when there is no memory at all. */
Arena *arena_open(size_t limit_bytes);
/* From now on: more, for what tells somebody that the limit was reached, or what it was before. */
void arena_set_limit(Arena *arena, size_t limit_bytes);
/* Runs what is still deferred, then gives everything back. NULL is allowed. */
void arena_close(Arena *arena);
/* As closed and opened anew, keeping a first block for the next use. */
void arena_reset(Arena *arena);

/* Zeroed, aligned for any type, valid until reset or close. size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);
/* Room for a larger block with the old one's bytes; in place where block was the last given. */
void *arena_grow(Arena *arena, void *block, size_t old_size, size_t new_size);

#define arena_new(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, count) ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))
void *arena_alloc_array(Arena *arena, size_t count, size_t size); /* checks the product */

/* undo(argument) runs once: when the protect around it fails, or at reset or close; at once where there
 * is no memory to remember it, which fails the arena. */
void arena_defer(Arena *arena, void (*undo)(void *argument), void *argument);
/* Runs the latest registration of undo with argument now, and forgets it. */
void arena_undo_now(Arena *arena, void (*undo)(void *argument), void *argument);

/* Runs work(argument). OK, or what it failed with; details in arena_failure. May be nested:
 * memory taken inside stays until reset or close, deferred calls made inside are run on failure. */
Err arena_protect(Arena *arena, void (*work)(void *argument), void *argument);

/* Ends the innermost protect. Without one around it, prints the message and aborts. */
#define arena_fail(arena, err, ...) arena_fail_at((arena), (err), __FILE__, __LINE__, __VA_ARGS__)
noreturn void arena_fail_at(Arena *arena, Err err, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Of the last failed protect; err is OK where none failed. Never NULL. */
const Failure *arena_failure(const Arena *arena);

size_t arena_used_bytes(const Arena *arena);

#endif
