// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/refused.h"

#include <pthread.h>
#include <stdlib.h>

/* One page; path and body stand behind it in the same piece of memory. */
typedef struct Kept {
    char key[RANDOM_SECRET_TEXT_SIZE];
    uint64_t reader;
    int64_t at_ms;
    int status;
    size_t path_size, body_size;
    char bytes[];
} Kept;

struct Refusals {
    pthread_mutex_t mutex;
    Kept *pages[REFUSED_MOST]; /* a ring, the oldest first */
    size_t first, count, bytes;
};

Refusals *refusals_open(void) {
    Refusals *refusals = calloc(1, sizeof *refusals);
    if (refusals && pthread_mutex_init(&refusals->mutex, NULL) == 0) return refusals;
    free(refusals);
    return NULL;
}

static size_t size_of(const Kept *kept) { return sizeof *kept + kept->path_size + kept->body_size; }

static Kept *at(const Refusals *refusals, size_t index) {
    return refusals->pages[(refusals->first + index) % REFUSED_MOST];
}

/* What people typed is not left lying about. */
static void drop_oldest(Refusals *refusals) {
    Kept *kept = at(refusals, 0);
    refusals->bytes -= size_of(kept);
    refusals->first = (refusals->first + 1) % REFUSED_MOST;
    refusals->count--;
    explicit_bzero(kept, size_of(kept));
    free(kept);
}

void refusals_close(Refusals *refusals) {
    if (!refusals) return;
    while (refusals->count) drop_oldest(refusals);
    pthread_mutex_destroy(&refusals->mutex);
    free(refusals);
}

static void drop_old(Refusals *refusals, int64_t now_ms) {
    while (refusals->count && now_ms - at(refusals, 0)->at_ms > REFUSED_LASTS_MS) drop_oldest(refusals);
}

void refusals_drop_old(Refusals *refusals, int64_t now_ms) {
    pthread_mutex_lock(&refusals->mutex);
    drop_old(refusals, now_ms);
    pthread_mutex_unlock(&refusals->mutex);
}

static bool make_room(Refusals *refusals, size_t size, int64_t now_ms) {
    drop_old(refusals, now_ms);
    while (refusals->count == REFUSED_MOST || refusals->bytes + size > REFUSED_BYTES) {
        if (now_ms - at(refusals, 0)->at_ms <= REFUSED_FRESH_MS) return false;
        drop_oldest(refusals);
    }
    return true;
}

bool refusals_keep(Refusals *refusals, const RefusedPage *page, Str key, int64_t now_ms) {
    size_t size = sizeof(Kept) + page->path.size + page->body.size;
    if (page->body.size > REFUSED_PAGE_BYTES || key.size != RANDOM_SECRET_TEXT_SIZE) return false;
    Kept *kept = malloc(size);
    if (!kept) return false;
    kept->reader = page->reader;
    kept->at_ms = now_ms;
    kept->status = page->status;
    kept->path_size = page->path.size;
    kept->body_size = page->body.size;
    memcpy(kept->key, key.data, key.size);
    memcpy(kept->bytes, page->path.data, page->path.size);
    memcpy(kept->bytes + page->path.size, page->body.data, page->body.size);
    pthread_mutex_lock(&refusals->mutex);
    bool has_room = make_room(refusals, size, now_ms);
    if (has_room) {
        refusals->pages[(refusals->first + refusals->count++) % REFUSED_MOST] = kept;
        refusals->bytes += size;
    }
    pthread_mutex_unlock(&refusals->mutex);
    if (!has_room) free(kept);
    return has_room;
}

static const Kept *find(const Refusals *refusals, Str key, const RefusedPage *asked) {
    for (size_t i = 0; i < refusals->count; i++) {
        const Kept *kept = at(refusals, i);
        if (str_equal(str_from(kept->key, sizeof kept->key), key) && kept->reader == asked->reader &&
            str_equal(str_from(kept->bytes, kept->path_size), asked->path))
            return kept;
    }
    return NULL;
}

bool refusals_find(Refusals *refusals, Arena *arena, Str key, RefusedPage *page, int64_t now_ms) {
    char *body = arena_alloc(arena, REFUSED_PAGE_BYTES); /* before the lock: an allocation may not return */
    pthread_mutex_lock(&refusals->mutex);
    drop_old(refusals, now_ms);
    const Kept *kept = find(refusals, key, page);
    if (kept) {
        memcpy(body, kept->bytes + kept->path_size, kept->body_size);
        page->body = str_from(body, kept->body_size);
        page->status = kept->status;
    }
    pthread_mutex_unlock(&refusals->mutex);
    return kept != NULL;
}
