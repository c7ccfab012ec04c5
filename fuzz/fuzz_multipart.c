// SPDX-License-Identifier: EUPL-1.2
/* A Content-Type on the first line, the body after it: whatever the boundary, names and texts come out fit. */
#include "fields_checked.h"

static void take(void *argument) {
    const Input *input = argument;
    Str body = input->bytes, type, boundary;
    Fields fields;
    if (!str_next_part(&body, '\n', &type) || !multipart_boundary(type, &boundary)) return;
    if (!fields_from_multipart(input->arena, boundary, body, FIELDS, &fields)) check(&fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {arena_open(ARENA_BYTES), str_from((const char *)data, size)};
    arena_protect(input.arena, take, &input);
    arena_close(input.arena);
    return 0;
}
