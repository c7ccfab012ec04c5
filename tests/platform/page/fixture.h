// SPDX-License-Identifier: EUPL-1.2
/* A request as http hands it to a handler, put together by hand: only what forms and lists look at. */
#ifndef WSPOLNIE_TESTS_PAGE_FIXTURE_H
#define WSPOLNIE_TESTS_PAGE_FIXTURE_H

#include "../../cmocka_all.h"
#include "platform/base/limits.h"
#include "platform/page/form.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct Fixture {
    Arena *arena;
    Request request;
    Buffer out;
    PageOut page;
} Fixture;

static inline void fixture_open(Fixture *fixture, Language language) {
    *fixture = (Fixture){.arena = arena_open(LIMIT_ARENA_REQUEST_BYTES)};
    fixture->request =
        (Request){.arena = fixture->arena, .method = METHOD_POST, .language = language, .path = STR("/list"), .once = {.text = STR("key")}};
    fixture->out = buffer_in(fixture->arena);
    fixture->page = (PageOut){.out = &fixture->out, .language = language, .once = &fixture->request.once};
}

static inline void fixture_close(Fixture *fixture) { arena_close(fixture->arena); }

static inline void fields_put(Fixture *fixture, Fields *fields, const char *name, Str value) {
    size_t size = fields->count * sizeof(Field);
    fields->fields = arena_grow(fixture->arena, fields->fields, size, size + sizeof(Field));
    fields->fields[fields->count++] = (Field){.name = str_from_c(name), .value = value};
}

static inline Str written(Fixture *fixture) { return buffer_str(&fixture->out); }

#define assert_writes(fixture, part)                                                                                   \
    do {                                                                                                               \
        if (!str_contains(written(fixture), (part)))                                                                   \
            fail_msg("\"%.*s\" is not in: %.*s", STR_FORMAT(part), STR_FORMAT(written(fixture)));                      \
    } while (0)
#define assert_hides(fixture, part)                                                                                    \
    do {                                                                                                               \
        if (str_contains(written(fixture), (part)))                                                                    \
            fail_msg("\"%.*s\" is in: %.*s", STR_FORMAT(part), STR_FORMAT(written(fixture)));                          \
    } while (0)

#endif
