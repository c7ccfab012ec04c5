// SPDX-License-Identifier: EUPL-1.2
/* Any bytes as a Cookie header: names and values come out fit, within the limit. */
#include "fields_checked.h"

static void take(void *argument) {
    const Input *input = argument;
    Fields fields = {0};
    fields_from_cookies(input->arena, input->bytes, FIELDS, &fields);
    check(&fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input = {arena_open(ARENA_BYTES), str_from((const char *)data, size)};
    arena_protect(input.arena, take, &input);
    arena_close(input.arena);
    return 0;
}
