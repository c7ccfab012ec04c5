// SPDX-License-Identifier: EUPL-1.2
/* What the targets for forms, cookies and queries share: the input in an arena, and what must be true of the
 * fields that come out of it, whatever went in. */
#ifndef WSPOLNIE_FUZZ_FIELDS_CHECKED_H
#define WSPOLNIE_FUZZ_FIELDS_CHECKED_H

#include "platform/base/utf8.h"
#include "platform/http/fields.h"

#include <assert.h>

enum { FIELDS = 64, ARENA_BYTES = 16 * 1024 * 1024 };

typedef struct Input {
    Arena *arena;
    Str bytes;
} Input;

/* Within the limit, names and texts valid UTF-8 without NUL; an uploaded file may hold any bytes. */
static inline void check(const Fields *fields) {
    assert(fields->count <= FIELDS);
    for (size_t i = 0; i < fields->count; i++) {
        const Field *field = &fields->fields[i];
        assert(utf8_is_valid(field->name) && str_index_of_char(field->name, 0) < 0);
        bool is_file = !str_is_absent(field->file_name);
        assert(is_file || (utf8_is_valid(field->value) && str_index_of_char(field->value, 0) < 0));
    }
}

#endif
