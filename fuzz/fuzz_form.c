// SPDX-License-Identifier: EUPL-1.2
/* Any bytes as a urlencoded form: what comes out is valid UTF-8 without NUL, within the limit. */
#include "platform/base/utf8.h"
#include "platform/http/fields.h"

#include <assert.h>

enum { FIELDS = 64, ARENA_BYTES = 16 * 1024 * 1024 };

typedef struct Input {
    Arena *arena;
    Str bytes;
} Input;

static void check(const Fields *fields) {
    assert(fields->count <= FIELDS);
    for (size_t i = 0; i < fields->count; i++) {
        const Field *field = &fields->fields[i];
        assert(utf8_is_valid(field->name) && str_index_of_char(field->name, 0) < 0);
        bool is_file = !str_is_absent(field->file_name);
        assert(is_file || (utf8_is_valid(field->value) && str_index_of_char(field->value, 0) < 0));
    }
}

static void take(void *argument) {
    const Input *input = argument;
    Fields fields;
    if (!fields_from_urlencoded(input->arena, input->bytes, FIELDS, &fields)) check(&fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {arena_open(ARENA_BYTES), str_from((const char *)data, size)};
    arena_protect(input.arena, take, &input);
    arena_close(input.arena);
    return 0;
}
