// SPDX-License-Identifier: EUPL-1.2
#include "platform/base/arena.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FIRST_BLOCK = 32 * 1024, BLOCK_GROWTH = 2, LARGEST_BLOCK = 1024 * 1024 };

typedef struct Block {
    struct Block *before;
    size_t size; /* of bytes */
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
} Block;

typedef struct Deferred {
    struct Deferred *before;
    void (*undo)(void *argument);
    void *argument;
} Deferred;

typedef struct Protection {
    struct Protection *outer;
    Deferred *deferred; /* as it stood when the protection began */
    jmp_buf recovery;
} Protection;

struct Arena {
    Block *block; /* the one that is filled now; the first is kept by reset */
    size_t limit;
    size_t used;
    void *last; /* the last block given, which arena_grow can lengthen in place */
    Deferred *deferred;
    Protection *protection;
    Failure failure;
    char message[512]; /* of failure: must not need an allocation */
    char place[160];
};

static size_t rounded(size_t size) {
    const size_t unit = _Alignof(max_align_t);
    return (size + unit - 1) / unit * unit;
}

Arena *arena_open(size_t limit_bytes) {
    Arena *arena = calloc(1, sizeof *arena);
    if (arena) arena->limit = limit_bytes;
    return arena;
}

void arena_set_limit(Arena *arena, size_t limit_bytes) { arena->limit = limit_bytes; }

static void run_deferred_until(Arena *arena, const Deferred *last_kept) {
    while (arena->deferred != last_kept) {
        Deferred *deferred = arena->deferred;
        arena->deferred = deferred->before;
        deferred->undo(deferred->argument);
    }
}

static void give_back_blocks(Arena *arena, bool keep_first) {
    while (arena->block && (arena->block->before || !keep_first)) {
        Block *before = arena->block->before;
        free(arena->block);
        arena->block = before;
    }
    if (arena->block) {
        memset(arena->block->bytes, 0, arena->block->used);
        arena->block->used = 0;
    }
    arena->used = 0;
    arena->last = NULL;
}

static bool first_block_is_worth_keeping(const Arena *arena) {
#ifdef ARENA_DEBUG
    (void)arena;
    return false;
#else
    return arena->limit >= FIRST_BLOCK;
#endif
}

void arena_reset(Arena *arena) {
    assert(!arena->protection);
    run_deferred_until(arena, NULL);
    give_back_blocks(arena, first_block_is_worth_keeping(arena));
    arena->failure = (Failure){0};
}

void arena_close(Arena *arena) {
    if (!arena) return;
    assert(!arena->protection);
    run_deferred_until(arena, NULL);
    give_back_blocks(arena, false);
    free(arena);
}

/* Blocks double in size, so that a large request costs few mallocs and a small one little memory. */
static bool add_block(Arena *arena, size_t least) {
    size_t size = least;
#ifndef ARENA_DEBUG
    size_t usual = arena->block ? arena->block->size * BLOCK_GROWTH : FIRST_BLOCK;
    if (usual > LARGEST_BLOCK) usual = LARGEST_BLOCK;
    if (size < usual) size = usual;
#endif
    Block *block = calloc(1, sizeof *block + size);
    if (!block) return false;
    block->size = size;
    block->before = arena->block;
    arena->block = block;
    return true;
}

static bool is_within_limit(const Arena *arena, size_t size) {
    size_t needed = rounded(size);
    return needed >= size && needed <= arena->limit && arena->used <= arena->limit - needed;
}

/* NULL where the limit or the machine's memory does not allow it. */
static void *try_take(Arena *arena, size_t size) {
    size_t needed = rounded(size);
    if (!is_within_limit(arena, size)) return NULL;
#ifdef ARENA_DEBUG
    if (!add_block(arena, size)) return NULL; /* exactly size: the sanitizer guards its end */
    arena->block->used = size;
    void *bytes = arena->block->bytes;
#else
    bool fits = arena->block && arena->block->size - arena->block->used >= needed;
    if (!fits && !add_block(arena, needed)) return NULL;
    void *bytes = arena->block->bytes + arena->block->used;
    arena->block->used += needed;
#endif
    arena->used += needed;
    arena->last = bytes;
    return bytes;
}

static void *take(Arena *arena, size_t size) {
    void *bytes = try_take(arena, size);
    if (bytes) return bytes;
    if (!is_within_limit(arena, size)) arena_fail(arena, ERR_LIMIT, "memory limit of %zu bytes reached", arena->limit);
    arena_fail(arena, ERR_LIMIT, "out of memory asking for %zu bytes", size);
}

void *arena_alloc(Arena *arena, size_t size) { return take(arena, size); }

void *arena_alloc_array(Arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) arena_fail(arena, ERR_LIMIT, "an array of %zu times %zu bytes", count, size);
    return take(arena, count * size);
}

/* Lengthening in place: only the last block given, and only while its Block has room. */
static bool grow_in_place(Arena *arena, const void *block, size_t old_size, size_t new_size) {
#ifdef ARENA_DEBUG
    (void)arena, (void)block, (void)old_size, (void)new_size;
    return false;
#else
    if (!block || block != arena->last || new_size < old_size) return false;
    size_t more = rounded(new_size) - rounded(old_size);
    if (more > arena->block->size - arena->block->used || arena->used > arena->limit - more) return false;
    arena->block->used += more;
    arena->used += more;
    return true;
#endif
}

void *arena_grow(Arena *arena, void *block, size_t old_size, size_t new_size) {
    assert(new_size >= old_size);
    if (arena->limit >= new_size && grow_in_place(arena, block, old_size, new_size)) return block;
    void *larger = take(arena, new_size);
    if (old_size) memcpy(larger, block, old_size);
    return larger;
}

void arena_defer(Arena *arena, void (*undo)(void *argument), void *argument) {
    Deferred *deferred = try_take(arena, sizeof *deferred);
    if (!deferred) { /* its caller holds it already, and does not come back from the failure */
        undo(argument);
        arena_fail(arena, ERR_LIMIT, "no memory to register what is to be undone");
    }
    *deferred = (Deferred){.before = arena->deferred, .undo = undo, .argument = argument};
    arena->deferred = deferred;
}

void arena_undo_now(Arena *arena, void (*undo)(void *argument), void *argument) {
    for (Deferred **link = &arena->deferred; *link; link = &(*link)->before) {
        if ((*link)->undo != undo || (*link)->argument != argument) continue;
        *link = (*link)->before;
        undo(argument);
        return;
    }
    assert(false && "arena_undo_now: was never deferred");
}

Err arena_protect(Arena *arena, void (*work)(void *argument), void *argument) {
    Protection protection = {.outer = arena->protection, .deferred = arena->deferred};
    arena->protection = &protection;
    if (setjmp(protection.recovery) == 0) {
        work(argument);
        arena->protection = protection.outer;
        return OK;
    }
    /* Deferred calls run outside the protection that failed: one that fails itself goes further out. */
    arena->protection = protection.outer;
    run_deferred_until(arena, protection.deferred);
    return arena->failure.err;
}

noreturn void arena_fail_at(Arena *arena, Err err, const char *file, int line, const char *format, ...) {
    char message[sizeof arena->message]; /* what is passed on may be the last failure's own message */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    memcpy(arena->message, message, sizeof arena->message);
    snprintf(arena->place, sizeof arena->place, "%s:%d", file, line);
    arena->failure = (Failure){.err = err == OK ? ERR_INTERNAL : err, .place = arena->place, .message = arena->message};
    if (!arena->protection) {
        fprintf(stderr, "wspolnie: %s (%s, %s)\n", arena->message, err_name(err), arena->place);
        abort();
    }
    longjmp(arena->protection->recovery, 1);
}

const Failure *arena_failure(const Arena *arena) { return &arena->failure; }

size_t arena_used_bytes(const Arena *arena) { return arena->used; }
